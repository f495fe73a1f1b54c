"""补休 after a night on duty: the half-day it gives by the office's setting, and what is left of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import chinese_short_day, day_of, local
from govoffice_tui.models import DutyRest
from govoffice_tui.registers import calendar, closing, posts, settings, staff
from govoffice_tui.registers.attendance.views import Fact
from govoffice_tui.registers.duty.roster import BOOK, REGISTER, ShiftLine, issued_between
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import DutyPost

ONE_DAY = timedelta(days=1)
MORNING_AFTER = "morning"


@dataclass(frozen=True)
class RestBalance:
    """Half-days of 补休 of one person: given by nights on duty, taken the morning after or later, and left."""

    earned: int
    taken: int

    @property
    def left(self) -> int:
        """Return what may still be taken."""
        return self.earned - self.taken


def earned_rests(office: Office, first: date, last: date) -> list[tuple[ShiftLine, date | None]]:
    """Return each night on duty of some days that gives a half-day, with the workday morning it falls on.

    None where the next morning is no work: the half-day is kept. The setting of the night's own day decides.
    """
    nights = [
        line
        for line in issued_between(office, first, last)
        if line.staff is not None and line.post is not DutyPost.LEADER and line.ends_at.date() > line.day
    ]
    if not nights:
        return []
    given = {day: settings.on(office, day).duty_rest_after == MORNING_AFTER for day in {line.day for line in nights}}
    chart = calendar.load(office, {line.day.year for line in nights} | {last.year, (last + ONE_DAY).year})
    found: list[tuple[ShiftLine, date | None]] = []
    for line in nights:
        if given[line.day]:
            after = line.day + ONE_DAY
            is_due = after.year in chart.years and chart.is_work(after, Half.MORNING)
            found.append((line, after if is_due else None))
    return found


def duty_rests(office: Office, days: Sequence[date]) -> Mapping[int, Mapping[HalfStatus, int]]:
    """Return the half-days of one month that a night on duty excuses, for the sign-in book."""
    if not office.fetch("SELECT 1 FROM settings WHERE key = 'duty_rest_after' LIMIT 1"):
        return {}
    found: dict[int, int] = {}
    for line, morning in earned_rests(office, days[0] - ONE_DAY, days[-1]):
        if line.staff is not None and morning is not None and days[0] <= morning <= days[-1]:
            found[line.staff] = found.get(line.staff, 0) | bit(morning, Half.MORNING)
    for person, day, half in office.fetch(
        "SELECT staff_id, event_day, half FROM duty_rests WHERE struck_at IS NULL AND event_day BETWEEN ? AND ?",
        days[0].isoformat(),
        days[-1].isoformat(),
    ):
        found[person] = found.get(person, 0) | bit(date.fromisoformat(day), Half(half))
    return {person: {HalfStatus.COMPENSATORY: halves} for person, halves in found.items()}


def rest_story(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Return why a half-day of somebody is 补休, for whoever asks."""
    if not office.fetch("SELECT 1 FROM settings WHERE key = 'duty_rest_after' LIMIT 1"):
        return []
    found = [
        Fact(line.ends_at, f"{chinese_short_day(line.day)}值班到{line.ends_at:%-H:%M},次日上午补休")
        for line, morning in earned_rests(office, day - ONE_DAY, day - ONE_DAY)
        if line.staff == person and morning == day and half is Half.MORNING
    ]
    for at, by in office.fetch(
        "SELECT entered_at, entered_by FROM duty_rests WHERE struck_at IS NULL AND staff_id = ? AND event_day = ?"
        " AND half = ?",
        person,
        day.isoformat(),
        int(half),
    ):
        found.append(Fact(local(at), f"登记补休({staff.name_of(office, by, day)})"))
    return found


def balances(office: Office, year: int, until: date) -> dict[int, RestBalance]:
    """Return everybody's 补休 of a year up to a day, in half-days."""
    first = date(year, 1, 1)
    earned: dict[int, int] = {}
    taken: dict[int, int] = {}
    for line, morning in earned_rests(office, first, until):
        assert line.staff is not None
        earned[line.staff] = earned.get(line.staff, 0) + 1
        if morning is not None:
            taken[line.staff] = taken.get(line.staff, 0) + 1
    for person, count in office.fetch(
        "SELECT staff_id, count(*) FROM duty_rests WHERE struck_at IS NULL AND event_day BETWEEN ? AND ?"
        " GROUP BY staff_id",
        first.isoformat(),
        date(year, 12, 31).isoformat(),
    ):
        taken[person] = taken.get(person, 0) + count
    return {person: RestBalance(earned.get(person, 0), taken.get(person, 0)) for person in {*earned, *taken}}


@dataclass(frozen=True)
class RestTaken:
    """One half-day of 补休 that was entered."""

    id: int
    staff: int
    day: date
    half: Half


def rests_taken(office: Office, first: date, last: date) -> list[RestTaken]:
    """Return the half-days of 补休 entered for some days, the newest first."""
    return [
        RestTaken(row, person, date.fromisoformat(day), Half(half))
        for row, person, day, half in office.fetch(
            "SELECT id, staff_id, event_day, half FROM duty_rests WHERE struck_at IS NULL"
            " AND event_day BETWEEN ? AND ? ORDER BY event_day DESC, id DESC",
            first.isoformat(),
            last.isoformat(),
        )
    ]


def take_back_rest(office: Office, rest: int, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a half-day of 补休 that was not taken, which may then be taken another day; returns the name.

    Refused in a month under seal, and where it is taken back already.
    """
    with office.write("take_back_rest", by, form_key) as writing:
        rows = office.fetch("SELECT staff_id, event_day, struck_at FROM duty_rests WHERE id = ?", rest)
        if not rows:
            raise Refused("没有这一条补休。")
        person, day = rows[0][0], date.fromisoformat(rows[0][1])
        name = staff.name_of(office, person, day)
        if writing.repeated is not None:
            return name
        posts.require(office, "take_back_rest", by, day_of(writing.now))
        if rows[0][2] is not None:
            raise Refused(f"{name}{chinese_short_day(day)}的补休已经撤回。")
        closing.require_open(office, REGISTER, day, BOOK)
        closing.require_open(office, "attendance", day, "签到簿")
        writing.strike(DutyRest, rest, "撤回")
        return name


def take_duty_rest(
    office: Office, person: int, day: date, half: Half, *, by: int | None, form_key: str | None = None
) -> str:
    """Enter a half-day of 补休 kept from a night before a day off; returns the name.

    Refused where nothing is left, on a half-day that is not worked, twice, and in a month under seal.
    """
    with office.write("take_duty_rest", by, form_key) as writing:
        if writing.repeated is not None:
            return staff.name_of(office, person, day)
        posts.require(office, "take_duty_rest", by, day_of(writing.now))
        closing.require_open(office, REGISTER, day, BOOK)
        closing.require_open(office, "attendance", day, "签到簿")
        name = staff.name_of(office, person, day)
        if not calendar.for_day(office, day).is_work(day, half):
            raise Refused(f"{chinese_short_day(day)}{half.label}不上班,不用补休。", field="day")
        if duty_rests(office, [day]).get(person, {}).get(HalfStatus.COMPENSATORY, 0) & bit(day, half):
            raise Refused(f"{name}{chinese_short_day(day)}{half.label}已是补休。", field="day")
        balance = balances(office, day.year, day).get(person, RestBalance(0, 0))
        if balance.left < 1:
            raise Refused(f"{name}没有可补休的半天了(应补{balance.earned},已补{balance.taken})。", field="staff")
        writing.insert(
            DutyRest,
            event_day=day.isoformat(),
            half=int(half),
            staff_id=person,
            entered_at=writing.now,
            entered_by=by,
        )
        return name
