"""The grids of the duty roster: a line a day, and a line a person of 值班统计."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from govoffice_tui.clock import WEEKDAYS
from govoffice_tui.registers.duty.roster import ShiftLine
from govoffice_tui.registers.duty.roster_fairness import DutyMonth
from govoffice_tui.registers.duty.roster_pages import DayRow, RosterPage
from govoffice_tui.rules.roster import DutyKind, DutyPost
from govoffice_tui.widgets.literal import fitted

_FIXED = (("日期", 6), ("星期", 5), ("性质", 11))
_PLACES = {DutyPost.LEADER.label: 15, DutyPost.OFFICER.label: 18, DutyPost.MESSENGER.label: 13}
_OWN = 14
"""Cells of a post of a 专项值班安排's own; the remarks give way to it."""
_LEAST_REMARK = 8
_FIRST_PLACE = len(_FIXED)


class RosterGrid(DataTable[Text]):
    """A month, one line a day; the cursor's cell is a place to fill or to change."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, cursor_type="cell", cell_padding=0)
        self._rows: tuple[DayRow, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._shown: object = None

    def show(self, page: RosterPage, width: int, today: date) -> None:
        """Draw a roster, the cursor on today at first; what changed, is vacant or was set by hand stands out."""
        drawn = (self.app.theme, page.title, page.rows, page.names, page.findings, width)
        if drawn == self._shown:
            return
        kept = self.cursor_coordinate if self._rows and self._rows[0].day == page.rows[0].day else None
        self._shown, self._rows, self._labels = drawn, page.rows, page.labels
        self.clear(columns=True)
        places = [(label, _PLACES.get(label, _OWN)) for label in page.labels]
        widths = [size for _, size in (*_FIXED, *places)]
        room = max(_LEAST_REMARK, width - sum(widths) - 2)
        for title, size in (*_FIXED, *((fitted(label, size - 1), size) for label, size in places), ("备注", room)):
            self.add_column(Text(title), width=size)
        colours = self.app.theme_variables
        late = {one.shift for one in page.findings if one.is_blocking and one.shift}
        for row in page.rows:
            faint = "" if row.is_work else colours["due"]
            cells = [
                Text(f"{row.day.month}-{row.day.day:02d}"),
                Text(WEEKDAYS[row.day.weekday()], style=faint),
                Text(fitted(row.kind, widths[2] - 1), style=faint),
            ]
            for label, size in places:
                lines = row.of(label)
                cells.append(Text(fitted(page.names_in(lines), size - 1), style=_style(lines, late, colours)))
            cells.append(Text(fitted(page.remark(row), room), style=colours["due"]))
            self.add_row(*cells)
        days = [row.day for row in page.rows]
        first = days.index(today) if today in days else 0
        self.cursor_coordinate = kept or Coordinate(first, _FIRST_PLACE + 1)

    def action_scroll_home(self) -> None:
        """Go to the first day."""
        self.cursor_coordinate = Coordinate(0, self.cursor_column)

    def action_scroll_end(self) -> None:
        """Go to the last day."""
        self.cursor_coordinate = Coordinate(max(0, len(self._rows) - 1), self.cursor_column)

    def under_cursor(self) -> tuple[DayRow, tuple[ShiftLine, ...]] | None:
        """Return the day under the cursor and the places of the cell, all of the day outside the posts."""
        row, column = self.cursor_coordinate
        if not 0 <= row < len(self._rows):
            return None
        day, place = self._rows[row], column - _FIRST_PLACE
        return day, day.of(self._labels[place]) if 0 <= place < len(self._labels) else day.lines

    def go_to(self, line: int | None, day: date | None) -> None:
        """Put the cursor on a place, or on a day."""
        for number, row in enumerate(self._rows):
            for place, label in enumerate(self._labels):
                if line is not None and any(one.id == line for one in row.of(label)):
                    self.cursor_coordinate = Coordinate(number, _FIRST_PLACE + place)
                    return
        for number, row in enumerate(self._rows):
            if row.day == day:
                self.cursor_coordinate = Coordinate(number, _FIRST_PLACE + 1)
                return


class FairnessGrid(DataTable[Text]):
    """值班统计: a line a person, this month and the year by kind."""

    def show(self, month: DutyMonth, width: int) -> None:
        """Draw the figures; who owes a turn or is owed one stands out."""
        place = self.cursor_row
        self.clear(columns=True)
        kinds = [(words, 4) for words in ("工", "休", "节")]
        titles = [("姓名", 14), ("岗位", 9), ("本月", 5), *kinds, ("全年", 5), *kinds]
        titles += [("欠补", 5), ("补休", 5), ("上次", 6)]
        for title, size in titles:
            self.add_column(Text(title), width=size)
        colours = self.app.theme_variables
        for one in month.people:
            cells = [one.name, one.post.label, str(one.count), *(str(one.month[kind]) for kind in DutyKind)]
            cells += [str(one.year_count), *(str(one.year[kind]) for kind in DutyKind)]
            cells += [one.owing_words, f"{one.rest.left / 2:g}" if one.rest.earned else ""]
            cells.append(f"{one.last.month}-{one.last.day:02d}" if one.last else "")
            style = colours["due"] if one.owing else ""
            self.add_row(
                *(Text(fitted(cell, size - 1), style=style) for cell, (_, size) in zip(cells, titles, strict=True))
            )
        if month.people:
            self.move_cursor(row=min(place, len(month.people) - 1))


def _style(lines: Sequence[ShiftLine], late: set[int], colours: dict[str, str]) -> str:
    if any(line.id in late or line.staff is None for line in lines):
        return f"bold {colours['late']}"
    if any(line.staff != line.planned or line.part for line in lines):
        return colours["due"]
    return colours["chosen"] if any(line.is_pinned for line in lines) else ""
