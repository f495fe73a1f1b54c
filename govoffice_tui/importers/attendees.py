"""参会名单 as units send it: unit, name, position under their titles, checked whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading
from govoffice_tui.importers.lines import Lines
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.registers.meetings.notices import AttendeeEntry
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.text import clean_name

COLUMNS = {
    "unit": ("单位", "单位名称", "参会单位", "部门", "部门名称", "工作单位", "乡镇", "乡镇部门"),
    "name": ("姓名", "参会人员", "参会人", "参会领导", "人员", "负责人", "联系人"),
    "position": ("职务", "岗位", "职务职级"),
}
LIMITS = {"unit": 50, "name": 50, "position": 50}
NOT_ASKED = "number"
_NUMBERS = ("序号", "编号", "号")


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
    reading = _Reading(table, heading)
    reading.read()
    notices = reading.notices()
    if reading.carried:
        notices.append(f"单位空着的{reading.carried}行随上面一格")
    if reading.doubles:
        notices.append(f"单位、姓名都重复的{reading.doubles}行只取一次")
    return AttendeeList(tuple(reading.lines.values()), tuple(reading.problems), tuple(notices))


class _Reading(Lines):
    """One pass over a table below its heading."""

    def __init__(self, table: Table, heading: Heading) -> None:
        super().__init__(table, heading, COLUMNS)
        self.lines: dict[tuple[str, str], AttendeeEntry] = {}
        self.carried = 0
        self.doubles = 0

    def read(self) -> None:
        """Read every line; the unit of a merged cell goes down."""
        unit = ""
        for index, cells in self.below():
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
        self.require(index, cells, {"unit": "没有单位"})
        self.check_texts(index, cells, LIMITS)
        return len(self.problems) == before
