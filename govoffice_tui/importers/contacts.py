"""单位通讯录 as offices keep it: unit, name, position, phone under their titles, checked whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.registers.duty.contacts import ContactLine, line_key
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.text import Verdict, guard

COLUMNS = {
    "unit": ("单位", "单位名称", "部门", "部门名称", "乡镇", "乡镇部门"),
    "name": ("姓名", "联系人", "负责人"),
    "position": ("职务", "岗位", "职务职级"),
    "phone": ("电话", "联系电话", "值班电话", "办公电话", "手机", "手机号", "手机号码", "联系方式"),
}
LIMITS = {"unit": 50, "name": 50, "position": 50, "phone": 60}
_TITLES = {"unit": "单位", "name": "姓名", "position": "职务", "phone": "电话"}
_FOOTERS = ("合计", "制表", "审核", "填表", "注:", "备注:")
_MARKED = "这一格像密级标志,涉密内容不得录入本机:确是的请报告保密办,不是的请改写"


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
    reading = _Reading(table.rows, heading)
    reading.read()
    notices = [f"读的是工作表“{table.sheet}”"] if table.sheet and guard(table.sheet) is not Verdict.REFUSE else []
    if table.removed:
        notices.append(f"已去掉{table.removed}个不能显示的字符")
    if reading.carried:
        notices.append(f"单位空着的{reading.carried}行随上面一格")
    if reading.doubles:
        notices.append(f"单位、姓名都重复的{reading.doubles}行以最后一行为准")
    return ContactList(tuple(reading.lines.values()), tuple(reading.problems), tuple(notices))


class _Reading:
    """One pass over a table below its heading."""

    def __init__(self, rows: Sequence[Sequence[str]], heading: Heading) -> None:
        self._rows = rows
        self._heading = heading
        self.lines: dict[tuple[str, str, str], ContactLine] = {}
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
                line = ContactLine(index + 1, cells["unit"], cells["name"], cells["position"], cells["phone"])
                key = line_key(line.unit, line.name, line.position)
                self.doubles += key in self.lines
                self.lines[key] = line
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
