"""Slips of the roster as they stand in the book: whose place went to whom, when it was told, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, local, month_days
from govoffice_tui.registers import staff
from govoffice_tui.registers.duty.roster import SERIES
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.roster import ChangeKind, DutyPost


@dataclass(frozen=True)
class Entered:
    """A slip as it stands in the book."""

    id: int
    number: str
    words: str


@dataclass(frozen=True)
class ChangeLine:
    """One slip of the book: whose place of which day went to whom, and what was given for it."""

    id: int
    number: str
    kind: ChangeKind
    day: date
    other_day: date | None
    post: DutyPost
    shift: int
    given_by: int | None
    taken_by: int
    told_at: datetime
    taken_over_at: datetime | None
    reason: str
    struck_reason: str | None
    is_prior: bool
    post_title: str = ""

    @property
    def label(self) -> str:
        """Return what the place is called, 值班员 or 抢险组."""
        return self.post_title or self.post.label


def changes_of(office: Office, first: date, last: date) -> list[ChangeLine]:
    """Return the slips that touch some days in the order of their numbers, struck ones among them."""
    return slips_where(
        office,
        "c.event_day BETWEEN ? AND ? OR c.other_day BETWEEN ? AND ?",
        first.isoformat(),
        last.isoformat(),
        first.isoformat(),
        last.isoformat(),
    )


def changes_in_month(office: Office, month: str) -> list[ChangeLine]:
    """Return the slips that touch the days of a month (YYYY-MM)."""
    days = month_days(month)
    return changes_of(office, days[0], days[-1])


def slips_where(office: Office, condition: str, *values: int | str) -> list[ChangeLine]:
    """Return the slips that a condition in SQL holds for (c the slip, s its place), in the order of their numbers."""
    rows = office.fetch(
        "SELECT c.id, c.year, c.number, c.kind, c.event_day, c.other_day, c.post, c.shift_id, c.given_by_id,"
        " c.taken_by_id, c.told_at, c.taken_over_at, c.reason, c.struck_reason, s.starts_at, s.post_title"
        f" FROM roster_changes c JOIN roster_shifts s ON s.id = c.shift_id WHERE {condition} ORDER BY c.year, c.number",
        *values,
    )
    return [
        ChangeLine(
            row,
            shown(SERIES, year, number),
            ChangeKind(kind),
            date.fromisoformat(day),
            date.fromisoformat(other) if other else None,
            DutyPost(post),
            shift,
            given,
            taken,
            local(told),
            local(over) if over is not None else None,
            reason,
            struck,
            told < starts,
            title,
        )
        for (
            row,
            year,
            number,
            kind,
            day,
            other,
            post,
            shift,
            given,
            taken,
            told,
            over,
            reason,
            struck,
            starts,
            title,
        ) in rows
    ]


def entered_by_form(office: Office, form_key: str) -> Entered:
    """Return the slip that a form sent before became."""
    rows = office.fetch("SELECT entry FROM journal WHERE form_key = ? AND register = 'roster_changes'", form_key)
    return entered(office, rows[0][0])


def entered(office: Office, row: int) -> Entered:
    """Return a slip by its row, as it was entered."""
    found = slips_where(office, "c.id = ?", row)[0]
    return Entered(row, found.number, words_of(office, found))


def words_of(office: Office, change: ChangeLine) -> str:
    """Return 12月5日值班员 冯䶮 → 陈喆 替班, with the day given in return or the time of taking over."""
    given, taken = (staff.name_of(office, one, change.day) for one in (change.given_by, change.taken_by))
    words = f"{chinese_short_day(change.day)}{change.label} {given} → {taken} {change.kind.label}"
    if change.other_day is not None:
        words += f",换{chinese_short_day(change.other_day)}"
    if change.taken_over_at is not None:
        words += f",{change.taken_over_at:%-H:%M}接手"
    return words
