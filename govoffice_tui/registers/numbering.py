"""Numbers of the book: one run a series and year, taken inside the writing transaction, never given twice."""

from __future__ import annotations

from datetime import date

from govoffice_tui.clock import day_of, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Entry
from govoffice_tui.registers.office import Office

LATE = "补登"
"""What stands beside a line entered after the day it is about."""


def take(office: Office, table: type[Entry], series: str, at: int) -> tuple[int, int]:
    """Return the year of registration and its next number; call it inside the writing transaction only."""
    year = local(at).year
    highest = office.fetch(
        f"SELECT max(number) FROM {table._meta.table_name} WHERE series = ? AND year = ?", series, year
    )[0][0]
    return year, (highest or 0) + 1


def enter(
    office: Office, writing: Change, table: type[Entry], series: str, event_day: date, state: str, **values: Value
) -> int:
    """Write a new numbered line of a book and return its row.

    What happened on an earlier day takes the next number of the year it is entered in, marked 补登; a given
    `late_reason` stands instead.
    """
    late: dict[str, Value] = {"late_reason": LATE if event_day < day_of(writing.now) else None}
    year, number = take(office, table, series, writing.now)
    return writing.insert(
        table,
        series=series,
        year=year,
        number=number,
        event_day=event_day.isoformat(),
        entered_at=writing.now,
        entered_by=writing.operator,
        state=state,
        **(late | values),
    )


def shown(series: str, year: int, number: int) -> str:
    """Return a number as it is written on paper: 印〔2026〕137号."""
    return f"{series}〔{year}〕{number}号"
