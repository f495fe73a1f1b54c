"""单位通讯录 as offices keep it: unit, name, position, phone under their titles, checked whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading
from govoffice_tui.importers.lines import Lines
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.registers.duty.contacts import ContactLine, line_key
from govoffice_tui.rules.refusal import Problem

COLUMNS = {
    "unit": ("单位", "单位名称", "部门", "部门名称", "乡镇", "乡镇部门"),
    "name": ("姓名", "联系人", "负责人"),
    "position": ("职务", "岗位", "职务职级"),
    "phone": ("电话", "联系电话", "值班电话", "办公电话", "手机", "手机号", "手机号码", "联系方式"),
}
LIMITS = {"unit": 50, "name": 50, "position": 50, "phone": 60}


@dataclass(frozen=True)
class ContactList:
    """The lines of a phone book. With any problem nothing of it may be entered; notices say how it was read."""

    lines: tuple[ContactLine, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def read_contacts(path: Path) -> ContactList:
    """Return the lines of a 单位通讯录 file (.xlsx, .xls, .ods, .csv, .txt).

    Raises:
        Unreadable: when the file gives no table at all.
    """
    return parse_contacts(read_table(path))


def parse_contacts(table: Table) -> ContactList:
    """Return the lines of a table with all its problems and notices.

    A blank unit takes the one above, as merged cells leave it; a line that says nothing but its unit is passed over
    where the unit has other lines, footers always.
    """
    heading = find_heading(table.rows, COLUMNS, "unit")
    if heading is None:
        words = "找不到表头。通讯录里要有一行列名:单位、姓名、职务、电话(单位和另外至少一列),请补上后再导入"
        return ContactList((), (Problem("", words),), ())
    reading = _Reading(table, heading)
    reading.read()
    notices = reading.notices()
    if reading.carried:
        notices.append(f"单位空着的{reading.carried}行随上面一格")
    if reading.doubles:
        notices.append(f"单位、姓名都重复的{reading.doubles}行以最后一行为准")
    return ContactList(tuple(reading.lines.values()), tuple(reading.problems), tuple(notices))


class _Reading(Lines):
    """One pass over a table below its heading."""

    def __init__(self, table: Table, heading: Heading) -> None:
        super().__init__(table, heading, COLUMNS)
        self.lines: dict[tuple[str, str, str], ContactLine] = {}
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
                line = ContactLine(index + 1, cells["unit"], cells["name"], cells["position"], cells["phone"])
                key = line_key(line.unit, line.name, line.position)
                self.doubles += key in self.lines
                self.lines[key] = line
        if not self.lines and not self.problems:
            self.problems.append(Problem("", "表头下面没有单位,请核对是不是选错了文件或工作表"))

    def _check(self, index: int, cells: dict[str, str]) -> bool:
        before = len(self.problems)
        self.require(index, cells, {"unit": "没有单位"})
        self.check_texts(index, cells, LIMITS)
        return len(self.problems) == before
