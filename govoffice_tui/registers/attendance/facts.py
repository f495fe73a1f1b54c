"""What every book says of people's half-days, gathered for the ruling and told in time order to whoever asks why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from govoffice_tui.registers.attendance.views import Fact
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import EXCUSED, HalfStatus, bit

Claims = Mapping[int, Mapping[HalfStatus, int]]
"""By person and status, the half-days of one month (`rules.half_days.bit`) that a book claims."""

_SLOTS = "SUM(CAST(1 AS BIGINT) << (2 * (CAST(substr(event_day, 9, 2) AS INTEGER) - 1) + half))"
"""The set of a month's half-days in SQL, as `rules.half_days` keeps it."""


def slots(office: Office, table: str, days: Sequence[date], condition: str = "") -> dict[int, int]:
    """Return each person's half-days in a table of unstruck lines that have `event_day`, `half` and `staff_id`.

    `days` run from first to last inside one month.
    """
    return {
        person: int(halves)
        for person, halves in office.fetch(
            f"SELECT staff_id, {_SLOTS} FROM {table} WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL {condition}"
            " GROUP BY staff_id",
            days[0].isoformat(),
            days[-1].isoformat(),
        )
    }


def _signatures(office: Office, days: Sequence[date]) -> Claims:
    return {person: {HalfStatus.SIGNED: halves} for person, halves in slots(office, "sign_ins", days).items()}


def _late_notes(office: Office, days: Sequence[date]) -> Claims:
    late = slots(office, "arrivals", days, "AND kind = 'late'")
    return {person: {HalfStatus.LATE: halves} for person, halves in late.items()}


CLAIMS: tuple[Callable[[Office, Sequence[date]], Claims], ...] = (_signatures, _late_notes)
"""Every book that has something to say of a half-day; `days` run from first to last inside one month."""

STORIES: tuple[Callable[[Office, int, date, Half], list[Fact]], ...] = ()
"""Every further book that tells what happened in a person's half-day."""


def claims(office: Office, days: Sequence[date]) -> dict[int, dict[HalfStatus, int]]:
    """Return what all books together claim of everybody's half-days on some days of one month."""
    found: dict[int, dict[HalfStatus, int]] = defaultdict(dict)
    for read in CLAIMS:
        for person, mine in read(office, days).items():
            for status, halves in mine.items():
                found[person][status] = found[person].get(status, 0) | halves
    return found


def explained(office: Office, day: date, half: Half) -> set[int]:
    """Return whose half-day leave, an outing or a decision explains without a signature."""
    place = bit(day, half)
    return {
        person
        for person, mine in claims(office, [day]).items()
        if any(halves & place for status, halves in mine.items() if status in EXCUSED)
    }


def further_facts(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Return what the books beside the sign-in book say of a person's half-day."""
    return [fact for read in STORIES for fact in read(office, person, day, half)]
