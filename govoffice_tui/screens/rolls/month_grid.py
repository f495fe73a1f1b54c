"""The month page of a roll book: a line a person, a column a session, one character a cell, totals first."""

from __future__ import annotations

from datetime import date

from rich.cells import set_cell_size
from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from govoffice_tui.clock import WEEKDAYS
from govoffice_tui.registers.rolls.views import HeldRoll, PersonRolls, RollMonth
from govoffice_tui.rules.rolls import MarkKind, RollState, Tally
from govoffice_tui.widgets.literal import fitted

NAME_WIDTH = 18
TOTALS = ("应到", "实到", "请假", "公出", "缺席", "迟到", "早退", "出勤率")
_COLOURS = {
    MarkKind.PRESENT: "faint",
    MarkKind.LATE: "due",
    MarkKind.EARLY: "due",
    MarkKind.ABSENT: "late",
    MarkKind.LEAVE: "chosen",
    MarkKind.OUT: "chosen",
}
_NOT_HELD = {
    RollState.PLANNED: "未点",
    RollState.MOVED: "未点",
    RollState.CANCELLED: "取消",
}
SUMS = "合计(实到)"


class RollGrid(DataTable[Text]):
    """Everybody's sessions of a month; the cursor's cell is what F1 explains."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, fixed_columns=1, cursor_type="cell", cell_padding=0)
        self._month: RollMonth | None = None
        self._shown: object = None

    def show(self, month: RollMonth, day: date) -> None:
        """Draw a month with the cursor on a day's session; nothing is drawn anew where nothing differs."""
        drawn = (self.app.theme, month)
        if drawn == self._shown:
            return
        is_same = self._month is not None and self._month.month == month.month
        days = [one.session.day for one in month.sessions]
        near = next((place for place, one in enumerate(days) if one >= day), max(0, len(days) - 1))
        cursor = self.cursor_coordinate if is_same else Coordinate(0, 1 + near)
        self._shown, self._month = drawn, month
        self.clear(columns=True)
        self.add_column(Text(f"{month.month[:4]}年{int(month.month[5:])}月"), width=NAME_WIDTH)
        for one in month.sessions:
            style = "" if one.session.state.is_held else "dim"
            self.add_column(Text(f"{one.session.day.day}{WEEKDAYS[one.session.day.weekday()]}", style=style), width=5)
        for heading in TOTALS if not month.book.needs_director else (*TOTALS, "补学"):
            self.add_column(Text(heading), width=7 if heading == "出勤率" else 5)
        colours = self.app.theme_variables
        for mine in month.people:
            self.add_row(*self._cells(month, mine, colours))
        made_up = sum(mine.made_up for mine in month.people)
        words = [SUMS, *(_sum(one) for one in month.sessions), *_figures(month.counts, made_up, month)]
        self.add_row(*(Text(word, style="bold") for word in words))
        last = Coordinate(max(0, self.row_count - 1), max(0, len(self.columns) - 1))
        self.cursor_coordinate = Coordinate(min(cursor.row, last.row), min(cursor.column, last.column))

    def under_cursor(self) -> tuple[PersonRolls | None, date | None]:
        """Return the person and the session's day of the cursor's cell."""
        if self._month is None:
            return None, None
        row, column = self.cursor_coordinate
        person = self._month.people[row] if row < len(self._month.people) else None
        is_session = 1 <= column <= len(self._month.sessions)
        return person, self._month.sessions[column - 1].session.day if is_session else None

    def _cells(self, month: RollMonth, mine: PersonRolls, colours: dict[str, str]) -> list[Text]:
        cells = [Text(set_cell_size(fitted(mine.display_name, NAME_WIDTH - 1), NAME_WIDTH))]
        for one in month.sessions:
            kind = mine.kinds.get(one.session.day)
            cells.append(Text("") if kind is None else Text(kind.sign, style=colours[_COLOURS[kind]]))
        return cells + [Text(word) for word in _figures(mine.counts, mine.made_up, month)]


def _figures(counts: Tally, made_up: int, month: RollMonth) -> list[str]:
    """Return what stands under the totals; nothing where there was nothing but for 应到 and 实到."""
    always = [str(counts.due), str(counts.attended)]
    rest = [str(one or "") for one in (counts.leave, counts.out, counts.absent, counts.late, counts.early)]
    return [*always, *rest, counts.rate, *([str(made_up or "")] if month.book.needs_director else [])]


def _sum(one: HeldRoll) -> str:
    """Return how many were there, or why nobody was called."""
    return _NOT_HELD.get(one.session.state, f"{one.counts.attended}")
