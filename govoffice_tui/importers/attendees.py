"""参会名单 as units send it: unit, name, position under their titles, checked whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.registers.meetings.notices import AttendeeEntry
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.text import Verdict, clean_name, guard

COLUMNS = {
    "unit": ("单位", "单位名称", "参会单位", "部门", "部门名称", "工作单位", "乡镇", "乡镇部门"),
    "name": ("姓名", "参会人员", "参会人", "参会领导", "人员", "负责人", "联系人"),
    "position": ("职务", "岗位", "职务职级"),
}
LIMITS = {"unit": 50, "name": 50, "position": 50}
NOT_ASKED = "number"
_NUMBERS = ("序号", "编号", "号")
_TITLES = {"unit": "单位", "name": "姓名", "position": "职务"}
_FOOTERS = ("合计", "制表", "审核", "填表", "注:", "备注:", "联系人:", "说明:")
_MARKED = "这一格像密级标志,涉密内容不得录入本机:确是的请报告保密办,不是的请改写"


@dataclass(frozen=True)
class AttendeeList:
    """The people of a list. With any problem nothing of it may be entered; notices say how it was read."""

    lines: tuple[AttendeeEntry, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def read_attendees(path: Path) -> AttendeeList:
    """Return the people of a 参会名单 file (.xlsx, .xls, .ods, .csv, .txt).

    Raises:
        Unreadable: when the file gives no table at all.
    """
    return parse_attendees(read_table(path))


def parse_attendees(table: Table) -> AttendeeList:
    """Return the people of a table with all its problems and notices; a list of units alone is one too.

    A blank unit takes the one above, as merged cells leave it; footers are passed over.
    """
    columns = {**COLUMNS, NOT_ASKED: _NUMBERS}
    heading = find_heading(table.rows, columns, "unit")
    if heading is None:
        words = "找不到表头。名单里要有一行列名:单位,和姓名、职务、序号里的至少一列,请补上后再导入"
        return AttendeeList((), (Problem("", words),), ())
    reading = _Reading(table.rows, heading)
    reading.read()
    notices = [f"读的是工作表“{table.sheet}”"] if table.sheet and guard(table.sheet) is not Verdict.REFUSE else []
    if table.removed:
        notices.append(f"已去掉{table.removed}个不能显示的字符")
    if reading.carried:
        notices.append(f"单位空着的{reading.carried}行随上面一格")
    if reading.doubles:
        notices.append(f"单位、姓名都重复的{reading.doubles}行只取一次")
    return AttendeeList(tuple(reading.lines.values()), tuple(reading.problems), tuple(notices))


class _Reading:
    """One pass over a table below its heading."""

    def __init__(self, rows: Sequence[Sequence[str]], heading: Heading) -> None:
        self._rows = rows
        self._heading = heading
        self.lines: dict[tuple[str, str], AttendeeEntry] = {}
        self.problems: list[Problem] = []
        self.carried = 0
        self.doubles = 0

    def read(self) -> None:
        """Read every line; the unit of a merged cell goes down."""
        unit = ""
        for index in range(self._heading.last + 1, len(self._rows)):
            cells = {name: self._cell(index, name) for name in COLUMNS}
            first = next((cell.strip() for cell in self._rows[index] if cell.strip()), "")
            if not any(cells.values()) or first.startswith(_FOOTERS):
                continue
            if not cells["unit"]:
                cells["unit"] = unit
                self.carried += bool(unit)
            unit = cells["unit"]
            if self._check(index, cells):
                key = (cells["unit"], clean_name(cells["name"]).text)
                self.doubles += key in self.lines
                self.lines.setdefault(key, AttendeeEntry(index + 1, cells["unit"], cells["name"], cells["position"]))
        if not self.lines and not self.problems:
            self.problems.append(Problem("", "表头下面没有单位,请核对是不是选错了文件或工作表"))

    def _check(self, index: int, cells: dict[str, str]) -> bool:
        before = len(self.problems)
        if not cells["unit"]:
            self._say(index, "unit", "没有单位,请补上")
        for name, text in cells.items():
            if guard(text) is Verdict.REFUSE:
                self._say(index, name, _MARKED)
            elif len(text) > LIMITS[name]:
                self._say(index, name, f"超过{LIMITS[name]}个字,请核对")
        return len(self.problems) == before

    def _say(self, index: int, name: str, message: str) -> None:
        self.problems.append(Problem(f"第{index + 1}行“{self._heading.titles.get(name, _TITLES[name])}”", message))

    def _cell(self, index: int, name: str) -> str:
        column = self._heading.columns.get(name)
        row = self._rows[index]
        return row[column].strip() if column is not None and column < len(row) else ""
