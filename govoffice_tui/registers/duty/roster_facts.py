"""What a roster is shared out from: who could stand which day in which post, and what everybody had until then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import month_days, month_of
from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.attendance.facts import claims
from govoffice_tui.registers.closing import calendar_of
from govoffice_tui.registers.duty.roster import MONTHLY, REGISTER, ShiftLine, document, shifts, specials
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import EXCUSED, HalfStatus, bit
from govoffice_tui.rules.people import Membership, Period, Person
from govoffice_tui.rules.roster import DutyKind, DutyPost, Shift, Slot, Span, pools, slots_of
from govoffice_tui.rules.roster_rotation import Turns
from govoffice_tui.rules.settings import Settings

FORMER_YEARS = 1
"""Whole years before a roster's own whose turns still count: nobody's debt ends with a calendar year."""

ONE_DAY = timedelta(days=1)
_AWAY = frozenset(EXCUSED) - {HalfStatus.COMPENSATORY}
"""What keeps somebody from standing a day; the rest after a night on duty does not."""


@dataclass(frozen=True)
class Staffing:
    """The people of some days of one month: whose turns go in which post, and what keeps whom away when."""

    people: Mapping[int, Person]
    pools: Mapping[DutyPost, Sequence[int]]
    away: Mapping[tuple[int, date], str]

    def able(self, post: DutyPost, day: date) -> list[int]:
        """Return who could stand a post on a day, in the office's order of people."""
        return [person for person in self.pools[post] if (person, day) not in self.away]


def staffing(office: Office, month: str) -> Staffing:
    """Return the people of a month (YYYY-MM) with every day they are kept from duty, and why in a word."""
    days = month_days(month)
    listed = staff.everybody(office, days[-1])
    here = staff.periods(office, days[0], days[-1])
    people = {person.id: person for person in listed if person.id in here}
    words = settings.on(office, days[0]).duty_pools
    away: dict[tuple[int, date], str] = {}
    for person, periods in here.items():
        if len(periods) == 1 and _is_here_throughout(periods[0], days):
            continue
        for day in days:
            now = [period for period in periods if period.covers(day)]
            if not now:
                away[person, day] = "不在册"
            elif any(period.kind is Membership.SECONDED_OUT for period in now):
                away[person, day] = "借出"
    for person, first, last, remark in office.fetch(
        "SELECT staff_id, from_day, to_day, remark FROM duty_unavailable WHERE struck_at IS NULL"
        " AND from_day <= ? AND (to_day IS NULL OR to_day >= ?)",
        days[-1].isoformat(),
        days[0].isoformat(),
    ):
        for day in days:
            if first <= day.isoformat() <= (last or "9999"):
                away.setdefault((person, day), f"不能值班({remark})" if remark else "不能值班")
    chart = calendar.load(office, [days[0].year])
    kept_by = {day: _hours_of_duty(chart, day) for day in days}
    for person, mine in claims(office, days).items():
        for status, halves in mine.items():
            if status in _AWAY and halves:
                for day in days:
                    if halves & kept_by[day]:
                        away.setdefault((person, day), status.label)
    mine_of = {post: [one.id for one in found] for post, found in pools(people.values(), words).items()}
    return Staffing(people, mine_of, away)


def _is_here_throughout(period: Period, days: Sequence[date]) -> bool:
    return period.kind is not Membership.SECONDED_OUT and period.covers(days[0]) and period.covers(days[-1])


def _hours_of_duty(chart: Calendar, day: date) -> int:
    """Return the half-days whose absence keeps somebody from duty: of a workday the one before the night."""
    afternoon = bit(day, Half.AFTERNOON)
    is_worked = day.year in chart.years and chart.is_work(day, Half.AFTERNOON)
    return afternoon if is_worked else afternoon | bit(day, Half.MORNING)


def slots(office: Office, days: Sequence[date]) -> list[Slot]:
    """Return every place of some days of one month, by the calendar and the settings of each day."""
    chart = calendar_of(office, REGISTER, days[0])
    read: dict[date, Settings] = {}

    def rules(day: date) -> Settings:
        if day not in read:
            read[day] = settings.on(office, day)
        return read[day]

    return slots_of(chart, rules, days)


def slot_of(line: ShiftLine) -> Slot:
    """Return the place a line of a roster stands in."""
    return Slot(line.day, line.kind, line.post, line.place, Shift(line.template, Span(line.starts_at, line.ends_at)))


def turns_before(office: Office, month: str) -> Turns:
    """Return what everybody had and owed in the months before one, from its rosters and duties brought in.

    Whose turn it was counts, whoever stood in; the last duty is that of who stood.
    """
    turns = Turns()
    first = month_days(month)[0]
    start = date(first.year - FORMER_YEARS, 1, 1)
    earlier = _duties_brought_in(office, start, first)
    for before in _months(start, first):
        made = document(office, before)
        lines = [] if made is None else shifts(office, made.id)
        brought = [one for one in earlier if month_of(one[0].day) == before]
        if not lines and not brought:
            continue
        people = staffing(office, before)
        for slot, person in brought:
            turns.add(person, slot, people.able(slot.post, slot.day))
        for line in lines:
            if line.part == 0:
                turns.add(line.planned, slot_of(line), people.able(line.post, line.day))
            if line.staff is not None:
                turns.last[line.staff] = max(turns.last.get(line.staff, line.day), line.day)
    return turns


def beside(office: Office, month: str) -> dict[int, frozenset[date]]:
    """Return on which days people are on duty by another roster: a 专项值班安排, or the months next to this one."""
    days = month_days(month)
    first, last = days[0] - ONE_DAY, days[-1] + ONE_DAY
    found: dict[int, set[date]] = defaultdict(set)
    others = [made.id for made in specials(office, first, last)]
    others += [made.id for day in (first, last) if (made := document(office, month_of(day), MONTHLY)) is not None]
    for roster in others:
        for line in shifts(office, roster):
            if line.staff is not None and first <= line.day <= last:
                found[line.staff].add(line.day)
    return {person: frozenset(mine) for person, mine in found.items()}


def _duties_brought_in(office: Office, first: date, last: date) -> list[tuple[Slot, int]]:
    """Return the duties of an older roster that was brought in."""
    found = []
    for day, kind, post, person in office.fetch(
        "SELECT event_day, kind, post, staff_id FROM duty_starts WHERE struck_at IS NULL"
        " AND event_day >= ? AND event_day < ? ORDER BY event_day, id",
        first.isoformat(),
        last.isoformat(),
    ):
        begins = datetime.fromisoformat(day)
        shift = Shift("", Span(begins, begins + ONE_DAY))
        found.append((Slot(begins.date(), DutyKind(kind), DutyPost(post), 0, shift), int(person)))
    return found


def _months(first: date, last: date) -> list[str]:
    found, day = [], first
    while day < last:
        found.append(month_of(day))
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found


def ensure_calendar(office: Office, days: Sequence[date]) -> Calendar:
    """Load the years of some days where the book does not hold them, and return the calendar of them all."""
    years = sorted({day.year for day in days})
    for year in years:
        calendar.ensure(office, year)
    return calendar.load(office, years)
