"""The month page of the sign-in book: a line a person, a column a day, two characters a cell."""

from __future__ import annotations

from datetime import date

from rich.cells import set_cell_size
from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from govoffice_tui.clock import WEEKDAYS
from govoffice_tui.registers.attendance import months
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.people import display_names

_MARKS = {
    HalfStatus.SIGNED: "签",
    HalfStatus.LATE: "迟",
    HalfStatus.PENDING: "待",
    HalfStatus.DEEMED: "视",
    HalfStatus.NO_BOOK: "未",
    HalfStatus.ABSENT: "旷",
    HalfStatus.OUT: "公",
    HalfStatus.PERSONAL: "事",
    HalfStatus.SICK: "病",
    HalfStatus.ANNUAL: "年",
    HalfStatus.MARRIAGE: "婚",
    HalfStatus.MATERNITY: "产",
    HalfStatus.PATERNITY: "护",
    HalfStatus.BEREAVEMENT: "丧",
    HalfStatus.FAMILY_VISIT: "探",
    HalfStatus.TRAINING: "学",
    HalfStatus.COMPENSATORY: "休",
    HalfStatus.NOT_DUE: "  ",
    HalfStatus.EXEMPT: "免",
    HalfStatus.SECONDED: "借",
    HalfStatus.OFF_ROSTER: "  ",
    HalfStatus.REST: "  ",
}
_COLOURS = {
    HalfStatus.LATE: "due",
    HalfStatus.PENDING: "late",
    HalfStatus.NO_BOOK: "due",
    HalfStatus.ABSENT: "late",
    HalfStatus.SIGNED: "faint",
    HalfStatus.DEEMED: "faint",
}
"""Which colour of the theme a mark is drawn in."""


TOTALS = ("应到", "实到", "请假", "迟到", "旷工", "待核")


class MonthGrid(DataTable[Text]):
    """Everybody's half-days of a month; the cursor's cell is what F1 explains."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, fixed_columns=1, cursor_type="cell", cell_padding=0)
        self._people: list[int] = []
        self._days: tuple[date, ...] = ()
        self._month = ""
        self._shown: object = None

    def show(self, office: Office, month: str) -> None:
        """Read the month's figures and draw them; nothing is drawn anew where nothing differs."""
        chart, frame, people = office.steady(lambda: months.figures(office, month))
        drawn = (self.app.theme, month, [(one.person.id, one.statuses, one.left_early) for one in people])
        if drawn == self._shown:
            return
        cursor = self.cursor_coordinate if month == self._month else None
        self._shown, self._month, self._days = drawn, month, frame.days
        self._people = [one.person.id for one in people]
        self.clear(columns=True)
        self.add_column(Text(f"{month[:4]}年{int(month[5:])}月"), width=18)
        for heading in TOTALS:
            self.add_column(Text(heading), width=5)
        for day in frame.days:
            style = "" if chart.is_workday(day) else "dim"
            self.add_column(Text(f"{day.day}{WEEKDAYS[day.weekday()]}", style=style), width=5)
        colours = self.app.theme_variables
        styles = {status: colours[name] for status, name in _COLOURS.items()}
        names = display_names(one.person for one in people)
        for one in people:
            totals = (
                one.due_count / 2,
                one.attended_count / 2,
                one.leave_count / 2,
                one.late_count,
                one.absent_count / 2,
                one.pending_count / 2,
            )
            cells = [Text(set_cell_size(names[one.person.id], 18)), *(Text(f"{total:g}") for total in totals)]
            for day in frame.days:
                cell = Text()
                for half in Half:
                    status = one.status(day, half)
                    is_early = bool(one.left_early & bit(day, half))
                    style = colours["late"] if is_early else styles.get(status, "")
                    cell.append("退" if is_early else _MARKS[status], style=style)
                cells.append(cell)
            self.add_row(*cells)
        today = office.now().date()
        column = 1 + len(TOTALS) + (frame.days.index(today) if today in frame.days else 0)
        self.cursor_coordinate = cursor or Coordinate(0, column)

    def under_cursor(self) -> tuple[int, date, tuple[Half, ...]] | None:
        """Return the person, day and halves of the cursor's cell, None outside the days."""
        row, column = self.cursor_coordinate
        place = column - 1 - len(TOTALS)
        if row < len(self._people) and 0 <= place < len(self._days):
            return self._people[row], self._days[place], tuple(Half)
        return None
