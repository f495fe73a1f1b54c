"""Building the demo office: day by day, all its books in the order of the clock."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from govoffice_tui.clock import Clock, SetClock, day_of, month_of
from govoffice_tui.registers import calendar, catalog, closing, posts, staff
from govoffice_tui.registers.attendance.facts import explained
from govoffice_tui.registers.demo.absence import absence
from govoffice_tui.registers.demo.attendance_events import attendance_events
from govoffice_tui.registers.demo.days import Act, Book, DemoDay
from govoffice_tui.registers.demo.duty import duty
from govoffice_tui.registers.demo.equipment import equipment
from govoffice_tui.registers.demo.leave import leave
from govoffice_tui.registers.demo.meetings import meetings
from govoffice_tui.registers.demo.outings import outings
from govoffice_tui.registers.demo.paper import paper_sessions
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.demo.rolls import rolls
from govoffice_tui.registers.demo.roster import duty_rosters
from govoffice_tui.registers.demo.seals import seals
from govoffice_tui.registers.demo.sign_ins import sign_ins
from govoffice_tui.registers.demo.supervision import supervision
from govoffice_tui.registers.demo.supplies import supplies
from govoffice_tui.registers.founding import begin, discard, found_in, settle
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half

NAME = "测试县人民政府办公室"
MONTHS = 14
SEED = 20261012
HEAD = "李卫东"

_HOLDERS = {
    Post.DIRECTOR: ("赵敏", None),
    Post.DEPUTY_IN_CHARGE: ("钱峰", None),
    Post.SECTION_HEAD: (HEAD, None),
    Post.SIGN_IN_KEEPER: ("周小萍", "吴桂芳"),
    Post.STUDY_RECORDER: ("郑爽爽", "吴桂芳"),
    Post.HYGIENE_RECORDER: ("郑爽爽", "刘建华"),
    Post.DUTY_OFFICER: ("郑爽爽", None),
    Post.SUPPLIES_KEEPER: ("吴桂芳", "刘建华"),
}


def _heard(done: int, days: int) -> None:
    """Tell nobody how far the building is."""


def build_demo(
    folder: Path,
    last_day: date | None,
    clock: Clock,
    *,
    seed: int = SEED,
    months: int = MONTHS,
    progress: Callable[[int, int], object] = _heard,
) -> None:
    """Build the office in `folder` with its books kept up to `last_day` (yesterday when None).

    Months long past are sealed; the last two are left as a clerk would find them. `progress` hears how many of how
    many days are done; what it raises ends the building. The office stands in its folder whole or not at all. Raises
    AlreadyAnOffice or CannotWrite.
    """
    last = last_day or day_of(clock.now()) - timedelta(days=1)
    draft = begin(folder)
    try:
        _build(draft.place, last, seed, months, progress)
        settle(draft)
    except BaseException:
        discard(draft)
        raise


def _build(place: Path, last: date, seed: int, months: int, progress: Callable[[int, int], object]) -> None:
    first = _months_before(last.replace(day=1), months - 1)
    hands = SetClock(datetime.combine(first, time(6, 30)))
    office = found_in(place, hands, {"office_name": NAME, "first_session": f"{first.isoformat()} 0"})
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
        days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
        for done, day in enumerate(days):
            progress(done, len(days))
            page = DemoDay(office, day, last, chart, people, chance, month_of(day) < month_of(last))
            for half in Half:
                page.away[half] |= explained(office, day, half)
            acts = [act for book in BOOKS for act in book(page)]
            with office.bulk():
                for moment, act in sorted(acts, key=lambda one: one[0]):
                    hands.set(moment)
                    act()
    finally:
        office.close()


def _months_before(first: date, count: int) -> date:
    """Return the first day of the month `count` months earlier."""
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _seals(day: DemoDay) -> Iterator[Act]:
    """Seal the month before on the third workday of a month, but for the one before the last."""
    before = day.day.replace(day=1) - timedelta(days=1)
    is_third = day.is_workday and len(day.chart.workdays(day.day.replace(day=1), day.day)) == 3
    has_begun = bool(day.office.fetch("SELECT 1 FROM sign_sessions WHERE event_day <= ? LIMIT 1", before.isoformat()))
    if not is_third or not has_begun or month_of(day.day) == month_of(day.last):
        return
    for place, register in enumerate(catalog.REGISTERS):
        yield (
            day.at(16, place),
            partial(
                closing.close_month,
                day.office,
                register.word,
                month_of(before),
                register.pending,
                register.seal_digest,
                by=day.people[HEAD].id,
            ),
        )


BOOKS: tuple[Book, ...] = (
    leave,
    outings,
    duty_rosters,
    absence,
    paper_sessions,
    sign_ins,
    attendance_events,
    duty,
    rolls,
    meetings,
    supervision,
    seals,
    equipment,
    supplies,
    _seals,
)
"""Every register's part; those who tell of people away come before the sign-in book."""
