"""What every book says of people's half-days, gathered for the ruling and told in time order to whoever asks why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from govoffice_tui.registers.absence.claims import absence_claims, absence_story
from govoffice_tui.registers.attendance import stories
from govoffice_tui.registers.attendance.views import Fact
from govoffice_tui.registers.duty.roster_rest import duty_rests, rest_story
from govoffice_tui.registers.leave import excuses
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.claims import outing_claims, outing_story
from govoffice_tui.rules.attendance import Finding, NoBookDecision
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import EXCUSED, HalfStatus, bit
from govoffice_tui.rules.refusal import Problem

Claims = Mapping[int, Mapping[HalfStatus, int]]
"""By person and status, the half-days of one month (`rules.half_days.bit`) that a book claims."""

_SLOTS = "CAST(1 AS BIGINT) << (2 * (CAST(substr(event_day, 9, 2) AS INTEGER) - 1) + half)"
"""The place of a half-day in a month's set in SQL, as `rules.half_days` keeps it."""


def slots(
    office: Office, table: str, days: Sequence[date], condition: str = "", *, distinct: bool = False
) -> dict[int, int]:
    """Return each person's half-days in a table of unstruck lines that have `event_day`, `half` and `staff_id`.

    `days` run from first to last inside one month; `distinct` where a half-day may have several lines.
    """
    summed = f"SUM({'DISTINCT ' if distinct else ''}{_SLOTS})"
    return {
        person: int(halves)
        for person, halves in office.fetch(
            f"SELECT staff_id, {summed} FROM {table} WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL {condition}"
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


def _without_book(office: Office, days: Sequence[date]) -> Claims:
    """Return for everybody the half-days that had no book: attended where that was decided, open until it is."""
    everybodys = undecided = 0
    for day, half, decision in office.fetch(
        "SELECT event_day, half, decision FROM no_books WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL",
        days[0].isoformat(),
        days[-1].isoformat(),
    ):
        place = bit(date.fromisoformat(day), Half(half))
        everybodys |= place if decision == NoBookDecision.EVERYBODY else 0
        undecided |= 0 if decision else place
    if not everybodys | undecided:
        return {}
    said = {HalfStatus.DEEMED: everybodys, HalfStatus.NO_BOOK: undecided}
    return {person: said for (person,) in office.fetch("SELECT id FROM staff")}


def _found_present(office: Office, days: Sequence[date]) -> Claims:
    return {person: {HalfStatus.DEEMED: halves} for person, halves in slots(office, "presences", days).items()}


def left_early(office: Office, days: Sequence[date]) -> dict[int, int]:
    """Return the half-days 在岗抽查 found somebody gone before their end."""
    return slots(office, "spot_checks", days, f"AND state = '{Finding.LEFT_EARLY.value}'", distinct=True)


CLAIMS: tuple[Callable[[Office, Sequence[date]], Claims], ...] = (
    _signatures,
    _late_notes,
    _without_book,
    _found_present,
    excuses.excused,
    outing_claims,
    absence_claims,
    duty_rests,
)
"""Every book that has something to say of a half-day; `days` run from first to last inside one month."""

STORIES: tuple[Callable[[Office, int, date, Half], list[Fact]], ...] = (
    stories.of_no_book,
    stories.of_checks,
    stories.of_reviews,
    excuses.facts_of,
    outing_story,
    absence_story,
    rest_story,
)
"""Every further book that tells what happened in a person's half-day."""

UNSETTLED: tuple[Callable[[Office, Sequence[date]], list[Problem]], ...] = (excuses.unsettled,)
"""Every further book whose open matters may still change half-days of a month, and so keep it from being sealed."""


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


def unsettled(office: Office, days: Sequence[date]) -> list[Problem]:
    """Return what other books still leave open about the half-days of a month."""
    return [problem for read in UNSETTLED for problem in read(office, days)]
