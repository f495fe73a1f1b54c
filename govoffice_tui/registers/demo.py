"""A made-up office with fourteen months of history: the same for the same last day, to look at and to test with."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from govoffice_tui.clock import Clock, SetClock, day_of, month_of
from govoffice_tui.registers import calendar, closing, posts, settings, staff
from govoffice_tui.registers.attendance import months, signing
from govoffice_tui.registers.attendance.pages import REGISTER, due_people
from govoffice_tui.registers.demo_people import demo_lines
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import ArrivalKind, StrikeReason, session_hours
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.people import Person

NAME = "测试县人民政府办公室"
MONTHS = 14
SEED = 20261012

_HOLDERS = {
    Post.DIRECTOR: ("赵敏", None),
    Post.DEPUTY_IN_CHARGE: ("钱峰", None),
    Post.SECTION_HEAD: ("李卫东", None),
    Post.SIGN_IN_KEEPER: ("周小萍", "吴桂芳"),
}


def build_demo(folder: Path, last_day: date | None, clock: Clock, *, seed: int = SEED, months: int = MONTHS) -> None:
    """Build the office in `folder` with its books kept up to `last_day` (yesterday when None).

    Months long past are sealed; the last two are left as a clerk would find them.
    """
    last = last_day or day_of(clock.now()) - timedelta(days=1)
    first = _months_before(last.replace(day=1), months - 1)
    hands = SetClock(datetime.combine(first, time(6, 30)))
    office = found_office(folder, hands, {"office_name": NAME, "first_session": f"{first.isoformat()} 0"})
    try:
        for year in range(first.year, last.year + 1):
            calendar.ensure(office, year)
        staff.import_staff(office, demo_lines(first), by=None)
        people = {person.name: person for person in staff.people_on(office, first)}
        for post, holders in _HOLDERS.items():
            for part, name in zip("AB", holders, strict=True):
                if name is not None:
                    head = None if not posts.holdings_on(office, first) else people["赵敏"].id
                    posts.assign_post(office, people[name].id, post, part, by=head)
        chance = random.Random(seed)
        chart = calendar.load(office, range(first.year, last.year + 1))
        for day in chart.workdays(first, last):
            with office.bulk():
                _keep_day(office, hands, day, chart, people["周小萍"], chance, settled=month_of(day) < month_of(last))
        _seal_old_months(office, hands, first, last, people["李卫东"])
    finally:
        office.close()


def _months_before(first: date, count: int) -> date:
    """Return the first day of the month `count` months earlier."""
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _keep_day(
    office: Office, hands: SetClock, day: date, chart: Calendar, keeper: Person, chance: random.Random, *, settled: bool
) -> None:
    """Sign, strike, collect and note one day as an office does: most in time, a few late, now and then a slip."""
    rules = settings.on(office, day)
    people = due_people(office, day)
    for half in Half:
        if not chart.is_work(day, half):
            continue
        cutoff = session_hours(day, half, rules).cutoff
        missing = []
        for moment, person in _arrivals(cutoff, people, chance):
            if moment is None:
                missing.append(person)
                continue
            hands.set(moment)
            if chance.random() < 0.0015:
                slip = signing.sign_in(office, person.id, day, half, by=keeper.id)
                signing.strike_sign_in(office, slip.sign_in, StrikeReason.MISTAKE, by=keeper.id)
            signing.sign_in(office, person.id, day, half, by=keeper.id)
        hands.set(cutoff + timedelta(seconds=chance.randint(5, 90)))
        signing.collect_book(office, day, half, by=keeper.id)
        times = sorted(cutoff + timedelta(minutes=chance.randint(2, 40)) for _ in missing)
        for person, arrived in zip(missing, times, strict=True):
            hands.set(arrived + timedelta(minutes=1))
            kind = ArrivalKind.LATE if settled or chance.random() < 0.7 else ArrivalKind.PENDING
            seen = arrived if kind is ArrivalKind.LATE else None
            signing.note_arrival(office, person.id, day, half, kind, seen, by=keeper.id)


def _arrivals(
    cutoff: datetime, people: list[Person], chance: random.Random
) -> Iterator[tuple[datetime | None, Person]]:
    """Yield who comes when, in time order; those who do not come in time first, without a time."""
    coming = []
    for person in people:
        if chance.random() < 0.012:
            yield None, person
        else:
            before = min(40.0, chance.gammavariate(2.2, 4.0))
            coming.append((cutoff - timedelta(seconds=int(before * 60) + chance.randint(1, 59)), person.rank, person))
    for moment, _, person in sorted(coming):
        yield moment, person


def _seal_old_months(office: Office, hands: SetClock, first: date, last: date, head: Person) -> None:
    """Seal every month but the last two."""
    end = datetime.combine(last, time(23, 0))
    hands.set(end)
    month = first
    while _months_before(last.replace(day=1), 1) > month:
        closing.close_month(
            office,
            REGISTER,
            month_of(month),
            months.shortfalls,
            months.seal_digest,
            by=head.id,
        )
        month = _months_before(month, -1)
