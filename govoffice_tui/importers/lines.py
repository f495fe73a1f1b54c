"""The lines below the heading of a list people made: which are read, what is wrong with a cell, how it was read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from govoffice_tui.importers.headings import Heading
from govoffice_tui.importers.reader import Table
from govoffice_tui.importers.staff_words import is_footer
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.text import Verdict, guard

_NOBODYS = ("合计", "总计", "共计", "小计", "制表", "审核", "填表")
"""What a line of totals or signatures begins with, whatever else stands in it."""

MARKED = "这一格像密级标志,涉密内容不得录入本机:确是的请报告保密办,不是的请改写"
UNREAD_SHOWN = 8
TEXT_LIMIT = 40


class Lines:
    """One pass over a table below its heading; what is wrong is kept with the line and the title of the column."""

    def __init__(self, table: Table, heading: Heading, columns: Mapping[str, Sequence[str]]) -> None:
        self._table = table
        self._heading = heading
        self._columns = columns
        self.problems: list[Problem] = []

    def below(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Give the place and the cells of every line that says something and is no footer."""
        for index in range(self._heading.last + 1, len(self._table.rows)):
            cells = {name: self._cell(index, name) for name in self._columns}
            first = next((cell.strip() for cell in self._table.rows[index] if cell.strip()), "")
            filled = sum(map(bool, cells.values()))
            is_nobodys = first.startswith(_NOBODYS) or (filled == 1 and is_footer(first))
            if filled and not is_nobodys:
                yield index, cells

    def say(self, index: int, name: str, message: str) -> None:
        """Note what is wrong with a cell."""
        title = self._heading.titles.get(name, self._columns[name][0])
        self.problems.append(Problem(f"第{index + 1}行“{title}”", message))

    def require(self, index: int, cells: Mapping[str, str], missing: Mapping[str, str]) -> None:
        """Note the cells that may not be empty, each with its words."""
        for name, words in missing.items():
            if not cells[name]:
                self.say(index, name, f"{words},请补上")

    def check_texts(
        self,
        index: int,
        cells: Mapping[str, str],
        limits: Mapping[str, int],
        most: int = TEXT_LIMIT,
        unguarded: Collection[str] = (),
    ) -> None:
        """Note every cell that looks classified or is too long; `most` is the limit of those not in `limits`."""
        for name, text in cells.items():
            limit = limits.get(name, most)
            if name not in unguarded and guard(text) is Verdict.REFUSE:
                self.say(index, name, MARKED)
            elif len(text) > limit:
                self.say(index, name, f"超过{limit}个字,请核对")

    def notices(self) -> list[str]:
        """Return how the table was read: which sheet, what was left out of it."""
        sheet, removed = self._table.sheet, self._table.removed
        unread = [title for title in self._heading.unread if guard(title) is not Verdict.REFUSE]
        return [
            *([f"读的是工作表“{sheet}”"] if sheet and guard(sheet) is not Verdict.REFUSE else []),
            *([f"已去掉{removed}个不能显示的字符"] if removed else []),
            *([f"没有读的列:{'、'.join(unread[:UNREAD_SHOWN])}"] if unread else []),
        ]

    def _cell(self, index: int, name: str) -> str:
        column = self._heading.columns.get(name)
        row = self._table.rows[index]
        return row[column].strip() if column is not None and column < len(row) else ""
