"""What the cells of a staff list can say: titles, people's categories, days, and the lines that are nobody."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from govoffice_tui.rules.people import Category

# The surest title of a column first. 参加工作时间 is no 到岗日期: most people worked elsewhere before.
_COLUMN_WORDS = {
    "serial": "序号 序 顺序号 no",
    "number": "工号 员工编号 员工号 职工编号 职工号 人员编号 编号",
    "name": "姓名 名字 人员姓名 职工姓名 员工姓名 干部姓名",
    "sex": "性别",
    "section": "股室 所在股室 所属股室 科室 所在科室 内设机构 部门 所在部门 处室 股 单位",
    "position": "职务 职务职级 现任职务 职位 岗位 岗位职务",
    "phone": "手机号码 手机号 手机 移动电话 联系手机 联系电话 电话号码 电话 联系方式 电话手机 办公电话 座机",
    "joined": "到岗日期 到岗时间 到岗 入职日期 入职时间 报到日期 报到时间 调入时间 来办时间",
    "category": "人员类别 人员类型 编制类型 编制性质 人员性质 人员身份 身份 类别 编制",
    "remark": "备注 说明 备考",
}
COLUMNS = {field: tuple(words.split()) for field, words in _COLUMN_WORDS.items()}

_CATEGORY_WORDS = {
    Category.CIVIL_SERVANT: "公务员 行政 行政编 行政编制 公务员编制",
    Category.REFERENCE: "参公 参照 参照管理 参公管理 参公人员 参公编制 参照公务员管理 参照公务员法管理",
    Category.INSTITUTION: "事业 事业编 事业编制 事业人员 事业干部 事业单位人员 全额事业",
    Category.WORKER: "工勤 工勤人员 工勤编 工勤编制 机关工勤 工人",
    Category.CONTRACT: "编外聘用 编外 编外人员 聘用 聘用人员 劳务派遣 劳务 派遣 派遣人员 合同制 合同工 临聘 临时工",
    Category.PUBLIC_POST: "公益性岗位 公益岗位 公益岗 公益性岗 公岗",
    Category.INTERN: "实习 实习生 实习人员 见习 见习生 见习人员",
}
CATEGORIES = {word: category for category, words in _CATEGORY_WORDS.items() for word in words.split()}
SEXES = {"男": "男", "男性": "男", "女": "女", "女性": "女"}

NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
MOBILE = re.compile(r"1[0-9]{10}")

_FOOTER = re.compile(
    r"(?:合计|总计|共计|小计|总人数).*"
    r"|共(?:计|有)?:?[0-9]+(?:人|名).*"
    r"|[一-鿿]{0,6}(?:人|表|日期|时间|领导|签字|盖章|审核|电话|说明|注|单位)(?:\([^()]*\))?:.*"
    r"|[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?"
)

_CLOCK_BEHIND = re.compile(r"(?<=[0-9])[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$")
_DAY = re.compile(r"([0-9]{4})[-/.、年]([0-9]{1,2})(?:[-/.、月]([0-9]{1,2})日?|月)?\.?")
_SOLID_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_OCTOBER_TOO = re.compile(r"[0-9]{4}\.1")
_EARLIEST_YEAR, _LATEST_YEAR = 1949, 2099


def is_footer(text: str) -> bool:
    """Return whether a line beginning with this text is a total, a signature or a note and nobody's line."""
    return not text.isdecimal() and _FOOTER.fullmatch("".join(unicodedata.normalize("NFKC", text).split())) is not None


def is_name(text: str) -> bool:
    """Return whether a cleaned text can be a person's name: letters of any script, a dot or □ for a missing one."""
    kinds = [unicodedata.category(sign) for sign in text]
    letters = [kind[0] == "L" or kind == "Co" for kind in kinds]
    return any(letters) and all(
        letter or kind[0] == "M" or sign in "·〇□ -'’" for letter, kind, sign in zip(letters, kinds, text, strict=True)
    )


@dataclass(frozen=True)
class ReadDay:
    """A day as a list gave it; with `month_only` the first of the month stands for a day nobody wrote."""

    day: date
    month_only: bool


def read_day(text: str) -> ReadDay | None:
    """Return the day a cell means (2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301, 2026.03), or None.

    2026.1 means none: a workbook shows October so when the cell is a number.
    """
    written = text
    found = _DAY.fullmatch(written)
    if found is None:
        written = "".join(_CLOCK_BEHIND.sub("", unicodedata.normalize("NFKC", text)).split())
        found = _DAY.fullmatch(written) or _SOLID_DAY.fullmatch(written)
    if found is None or (found[3] is None and _OCTOBER_TOO.fullmatch(written)):
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    try:
        return ReadDay(date(year, month, day or 1), month_only=found[3] is None)
    except ValueError:
        return None
