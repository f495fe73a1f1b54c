"""The demo office's sign-in book: most in time, a few late, now and then a slip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from govoffice_tui.registers import settings
from govoffice_tui.registers.attendance import signing
from govoffice_tui.registers.attendance.pages import due_people
from govoffice_tui.registers.demo.attendance_events import is_dark
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.rules.attendance import ArrivalKind, StrikeReason, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import Person

KEEPER = "周小萍"
LATE, SLIP = 0.012, 0.0015
"""How often somebody does not come in time, and how often a name is signed by mistake first."""


def sign_ins(day: DemoDay) -> Iterator[Act]:
    """Sign, strike, collect and note one day as an office does."""
    keeper = day.people[KEEPER].id
    rules = settings.on(day.office, day.day)
    people = due_people(day.office, day.day)
    for half in Half:
        if not day.chart.is_work(day.day, half) or half in day.on_paper or is_dark(day, half):
            continue
        cutoff = session_hours(day.day, half, rules).cutoff
        missing = []
        for moment, person in arrivals(cutoff, [one for one in people if one.id not in day.away[half]], day):
            if moment is None:
                missing.append(person.id)
            else:
                has_slipped = day.chance.random() < SLIP
                yield moment, partial(_sign, day, half, person.id, keeper, has_slipped)
        collected = cutoff + timedelta(seconds=day.chance.randint(5, 90))
        yield collected, partial(signing.collect_book, day.office, day.day, half, by=keeper)
        times = sorted(cutoff + timedelta(minutes=day.chance.randint(2, 40)) for _ in missing)
        for person_id, arrived in zip(missing, times, strict=True):
            is_late = day.is_settled or day.chance.random() < 0.7
            yield (
                arrived + timedelta(minutes=1),
                partial(_note, day, half, person_id, arrived if is_late else None, keeper),
            )


def _sign(day: DemoDay, half: Half, person: int, keeper: int, has_slipped: bool) -> None:
    if has_slipped:
        slip = signing.sign_in(day.office, person, day.day, half, by=keeper)
        signing.strike_sign_in(day.office, slip.sign_in, StrikeReason.MISTAKE, by=keeper)
    signing.sign_in(day.office, person, day.day, half, by=keeper)


def _note(day: DemoDay, half: Half, person: int, arrived: datetime | None, keeper: int) -> None:
    kind = ArrivalKind.PENDING if arrived is None else ArrivalKind.LATE
    signing.note_arrival(day.office, person, day.day, half, kind, arrived, by=keeper)


def arrivals(cutoff: datetime, people: list[Person], day: DemoDay) -> Iterator[tuple[datetime | None, Person]]:
    """Yield who comes when; those who do not come in time without a moment."""
    for person in people:
        if day.chance.random() < LATE:
            yield None, person
        else:
            before = min(40.0, day.chance.gammavariate(2.2, 4.0))
            yield cutoff - timedelta(seconds=int(before * 60) + day.chance.randint(1, 59)), person
