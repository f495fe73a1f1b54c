"""督办台账 as offices keep it in a spreadsheet: the matters not yet done under their titles, checked whole."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading, plain
from govoffice_tui.importers.lines import Lines
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.importers.staff_words import read_day
from govoffice_tui.registers.supervision.importing import LedgerLine, ledger_problems
from govoffice_tui.rules.refusal import Problem

COLUMNS = {
    "matter": ("议定事项", "督办事项", "督查事项", "督办内容", "工作任务", "事项", "事项内容", "任务", "内容"),
    "unit": ("主办单位", "责任单位", "牵头单位", "承办单位", "主办", "主办承办单位", "单位"),
    "co_units": ("协办单位", "配合单位", "协办", "协同单位", "配合部门"),
    "person": ("责任人", "责任领导", "联系人", "负责人", "承办人"),
    "phone": ("联系电话", "电话", "手机", "手机号码", "联系方式"),
    "due": ("办理时限", "时限", "完成时限", "办结时限", "完成时间", "要求完成时间", "限办日期", "截止日期", "截止时间"),
    "begun": ("立项日期", "立项时间", "交办日期", "交办时间", "登记日期", "登记时间", "会议时间", "批示时间", "日期"),
    "source": ("来源", "事项来源", "督办来源", "会议名称", "会议", "批示领导", "交办领导", "立项依据", "依据"),
    "progress": ("进展", "进展情况", "办理进展", "办理情况", "落实情况", "工作进展", "完成情况"),
    "state": ("状态", "办理状态", "是否办结", "办结情况", "是否完成"),
    "remark": ("备注", "说明"),
    "number": ("编号", "督办编号", "文号"),
}
LIMITS = {"matter": 500, "source": 200, "progress": 500, "remark": 200}
LIMIT = 100
STANDING = ("长期", "长期坚持", "常年", "持续推进", "持续", "长期任务", "全年", "常态化")
DONE = ("办结", "已办结", "完成", "已完成", "销号", "已销号", "是", "终结", "已终结")
_DAYS = "写成 2026年10月20日 或 2026-10-20"


@dataclass(frozen=True)
class Ledger:
    """The open lines of a ledger. With any problem nothing of it may be entered; notices say how it was read."""

    lines: tuple[LedgerLine, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def read_ledger(path: Path, today: date) -> Ledger:
    """Return the open lines of a 督办台账 file (.xlsx, .xls, .ods, .csv, .txt) as seen on a day.

    Raises:
        Unreadable: when the file gives no table at all.
    """
    return parse_ledger(read_table(path), today)


def parse_ledger(table: Table, today: date) -> Ledger:
    """Return the open lines of a table with all its problems and notices.

    A line marked done is passed over, a blank unit or source takes the one above where cells were merged, and a line
    without a day of its own is carried over from the end of the month before.
    """
    heading = find_heading(table.rows, COLUMNS, "matter")
    if heading is None or "unit" not in heading.columns or "due" not in heading.columns:
        words = "找不到表头。台账里要有一行列名:议定事项(或督办事项)、主办单位(或责任单位)、时限,请补上后再导入"
        return Ledger((), (Problem("", words),), ())
    reading = _Reading(table, heading, today)
    reading.read()
    problems = [*reading.problems, *ledger_problems(reading.lines, today)]
    notices = reading.notices()
    if reading.done:
        notices.append(f"已办结的{reading.done}行不导入")
    if reading.undated:
        notices.append(f"没有立项日期的{reading.undated}行,按{reading.month_end.month}月底以前立项结转")
    return Ledger(tuple(reading.lines), tuple(problems), tuple(notices))


class _Reading(Lines):
    """One pass over a table below its heading."""

    def __init__(self, table: Table, heading: Heading, today: date) -> None:
        super().__init__(table, heading, COLUMNS)
        self.month_end = today.replace(day=1) - timedelta(days=1)
        self.lines: list[LedgerLine] = []
        self.done = 0
        self.undated = 0

    def read(self) -> None:
        """Read every line; what merged cells say goes down."""
        above = {"unit": "", "source": ""}
        for index, cells in self.below():
            if not cells["matter"] and not cells["unit"]:
                continue
            for name in above:
                cells[name] = cells[name] or above[name]
                above[name] = cells[name]
            if plain(cells["state"]) in DONE:
                self.done += 1
                continue
            self._read_line(index, cells)
        if not self.lines and not self.problems and not self.done:
            self.problems.append(Problem("", "表头下面没有督办事项,请核对是不是选错了文件或工作表"))

    def _read_line(self, index: int, cells: dict[str, str]) -> None:
        before = len(self.problems)
        self.check_texts(index, cells, LIMITS, LIMIT)
        self.require(
            index, cells, {"matter": "没有写要办什么事", "unit": "没有主办单位", "due": "没有时限,没有的写“长期”"}
        )
        begun, due = self._begun(index, cells["begun"]), self._due(index, cells["due"])
        if len(self.problems) > before:
            return
        lead, *helping = [part for part in cells["unit"].replace(",", "、").replace(",", "、").split("、") if part]
        number = f"原编号{cells['number']}" if cells["number"] else ""
        self.lines.append(
            LedgerLine(
                index + 1,
                begun,
                cells["matter"],
                cells["source"],
                lead.strip(),
                "、".join([*helping, *([cells["co_units"]] if cells["co_units"] else [])]),
                cells["person"],
                cells["phone"],
                due,
                cells["progress"],
                " ".join(part for part in (cells["remark"], number) if part),
            )
        )

    def _begun(self, index: int, text: str) -> date:
        if not text:
            self.undated += 1
            return self.month_end
        found = read_day(text)
        if found is None:
            self.say(index, "begun", f"“{text[:20]}”不是年月日,请{_DAYS}")
            return self.month_end
        return found.day

    def _due(self, index: int, text: str) -> date | None:
        if not text or plain(text) in STANDING:
            return None
        written = text.removesuffix("前").removesuffix("以").removesuffix("底")
        found = read_day(written)
        if found is None:
            self.say(index, "due", f"“{text[:20]}”不是年月日,请{_DAYS},没有时限的写“长期”")
            return None
        if found.month_only:
            return found.day.replace(day=calendar.monthrange(found.day.year, found.day.month)[1])
        return found.day
