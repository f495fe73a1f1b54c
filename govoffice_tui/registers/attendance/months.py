"""A month of the sign-in book: everybody's half-days, what the sheet says, and what still keeps it open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

from govoffice_tui.clock import chinese_short_day, hour_minute, month_days
from govoffice_tui.registers import closing, reviews, settings, staff
from govoffice_tui.registers.attendance.facts import claims, left_early, unsettled
from govoffice_tui.registers.attendance.notes import month_notes
from govoffice_tui.registers.attendance.pages import REGISTER
from govoffice_tui.registers.attendance.sheet_rows import unfinished_problems, unread_sessions
from govoffice_tui.registers.attendance.views import AttendanceMonth
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.absence import absence_remarks
from govoffice_tui.rules.attendance import SessionState, session_hours
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import (
    HalfStatus,
    MonthFacts,
    MonthFrame,
    PersonMonth,
    bit,
    half_days,
    month_frame,
    rule_month,
)
from govoffice_tui.rules.people import AttendanceMode, Membership, Period, display_names
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.settings import read_legend


@dataclass(frozen=True)
class PersonDay:
    """One person's day, each half in words: 已签 08:05."""

    day: date
    morning: str
    afternoon: str


def month(office: Office, word: str) -> AttendanceMonth:
    """Return one month (YYYY-MM) of the whole office, read while nobody wrote."""
    return office.steady(lambda: _month(office, word))


def figures(office: Office, word: str) -> tuple[Calendar, MonthFrame, list[PersonMonth]]:
    """Return the month's frame and everybody's half-days, 编外 apart at the end; no notes, no names of days."""
    days = month_days(word)
    chart = closing.calendar_of(office, REGISTER, days[0])
    now = office.now()
    frame = month_frame(days, chart, now, settings.on(office, min(max(now.date(), days[0]), days[-1])))
    people = staff.everybody(office, days[-1])
    memberships = staff.periods(office, days[0], days[-1])
    modes = staff.modes(office, days[-1])
    claimed = claims(office, days)
    gone = left_early(office, days)
    found = []
    for person in people:
        mine = memberships.get(person.id)
        if not mine:
            continue
        facts = MonthFacts(
            member=_within(frame, mine, lent=False),
            seconded=_within(frame, mine, lent=True),
            exempt=_exempt(frame, modes[person.id]) if person.id in modes else 0,
            left_early=gone.get(person.id, 0),
            claims=claimed.get(person.id, {}),
        )
        ruled = rule_month(person, frame, facts, _remarks(mine, days))
        found.append(replace(ruled, remarks=(*absence_remarks(ruled, days), *ruled.remarks)))
    found.sort(key=lambda one: (one.person.category.is_apart, one.person.rank, one.person.id))
    return chart, frame, found


def shortfalls(office: Office, word: str) -> list[Problem]:
    """Return what keeps the month from being sealed: books not collected, half-days 待核."""
    return office.steady(lambda: _shortfalls(office, figures(office, word)))


def seal_digest(office: Office, word: str) -> str:
    """Return the digest of everybody's half-days in a month, as it stands beside the seal."""
    _, _, people = figures(office, word)
    lines = [
        f"{one.person.id} {word} {halves:x}"
        for one in people
        for word, halves in (*one.statuses.items(), ("forfeited", one.forfeited), ("left_early", one.left_early))
        if halves
    ]
    return sha256("\n".join(lines).encode()).hexdigest()


def days_of(office: Office, person: int, word: str) -> list[PersonDay]:
    """Return one person's days of a month that were worked and are past, newest first."""
    _, frame, people = figures(office, word)
    mine = next((one for one in people if one.person.id == person), None)
    if mine is None:
        return []
    signed = {
        (day, half): "纸" if is_untimed else hour_minute(at)
        for day, half, at, is_untimed in office.fetch(
            "SELECT event_day, half, signed_at, is_untimed FROM sign_ins"
            " WHERE staff_id = ? AND event_day BETWEEN ? AND ? AND struck_at IS NULL",
            person,
            frame.days[0].isoformat(),
            frame.days[-1].isoformat(),
        )
    }

    def words(day: date, half: Half) -> str:
        return f"{mine.status(day, half).label} {signed.get((day.isoformat(), int(half)), '')}".strip()

    today = office.now().date()
    return [
        PersonDay(day, words(day, Half.MORNING), words(day, Half.AFTERNOON))
        for day in reversed(frame.days)
        if day <= today and frame.work & frame.within(day, day)
    ]


def _month(office: Office, word: str) -> AttendanceMonth:
    chart, frame, people = figures(office, word)
    days = list(frame.days)
    rules = settings.on(office, days[-1])
    seal = closing.sealed(office, REGISTER, word)
    return AttendanceMonth(
        office_name=rules.office_name,
        month=word,
        frame=frame,
        calendar=chart,
        people=tuple(people),
        display_names=display_names(one.person for one in people),
        legend=read_legend(rules.legend),
        notes=tuple(month_notes(office, days)),
        shortfalls=tuple(_shortfalls(office, (chart, frame, people))),
        hours_note=_hours_note(office, days),
        revision=seal.revision if seal else 0,
    )


def _shortfalls(office: Office, read: tuple[Calendar, MonthFrame, list[PersonMonth]]) -> list[Problem]:
    chart, frame, people = read
    days = list(frame.days)
    states = {
        (day, half): SessionState(state)
        for day, half, state in office.fetch(
            "SELECT event_day, half, state FROM sign_sessions WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL",
            days[0].isoformat(),
            days[-1].isoformat(),
        )
    }
    problems = []
    for day, half in half_days(days, frame.work):
        if frame.settled & bit(day, half) == 0:
            problems.append(Problem(f"{chinese_short_day(day)}{half.label}", "还没有到收存时间", day))
            break
        state = states.get((day.isoformat(), int(half)), SessionState.OPEN)
        if not state.is_closed:
            missing = "签到簿未设,等分管副主任决定" if state is SessionState.NO_BOOK else "签到簿未收存"
            problems.append(Problem(f"{chinese_short_day(day)}{half.label}", missing, day))
    problems += unfinished_problems(office, days[0], days[-1])
    closed = {place for place, state in states.items() if state.is_closed}
    typed = closed - unread_sessions(office, days[0], days[-1])
    names = display_names(one.person for one in people)
    for one in people:
        pending = half_days(days, one.statuses.get(HalfStatus.PENDING, 0))
        waiting = [(day, half) for day, half in pending if (day.isoformat(), int(half)) in typed]
        if waiting:
            listed = "、".join(f"{chinese_short_day(day)}{half.label}" for day, half in waiting[:3])
            more = f"等{len(waiting)}个半天" if len(waiting) > 3 else ""
            problems.append(Problem(names[one.person.id], f"{listed}{more}待核", waiting[0][0]))
    problems += [
        Problem(chinese_short_day(one.event_day), f"{one.words},待复核", one.event_day)
        for one in reviews.open_reviews(office, REGISTER, days)
    ]
    problems += unsettled(office, days)
    if chart.is_provisional(days[0]):
        problems.append(Problem("工作日历", f"{days[0].year}年放假通知还没有装入,现为暂定", days[0], "months"))
    return problems


def _within(frame: MonthFrame, memberships: Iterable[Period], *, lent: bool) -> int:
    halves = 0
    for period in memberships:
        if (period.kind is Membership.SECONDED_OUT) is lent:
            halves |= frame.within(period.first, period.last)
    return halves


def _exempt(frame: MonthFrame, changes: list[tuple[date, AttendanceMode]]) -> int:
    """Return the half-days in which a person need not sign; each change holds until the next."""
    exempt = 0
    for first, mode in changes:
        rest = frame.within(first, None)
        exempt = exempt & ~rest if mode is AttendanceMode.SIGNS else exempt | rest
    return exempt


def _remarks(memberships: Iterable[Period], days: list[date]) -> tuple[str, ...]:
    """Return what the sheet says of somebody who came or went inside the month."""
    words = []
    for period in memberships:
        lent = period.kind is Membership.SECONDED_OUT
        if days[0] < period.first <= days[-1]:
            words.append(f"{chinese_short_day(period.first)}{'借出' if lent else '到岗'}")
        if period.last is not None and days[0] <= period.last < days[-1]:
            after = period.last + timedelta(days=1)  # paper names the first day away: 11月16日调出
            words.append(f"{chinese_short_day(after)}{'归来' if lent else period.remark or '离岗'}")
    return tuple(words)


def _hours_note(office: Office, days: list[date]) -> str:
    """Return what changed in the sessions' hours inside the month, empty where nothing did."""

    def hours(day: date) -> tuple[str, str]:
        rules = settings.on(office, day)
        cutoffs = [f"{session_hours(day, half, rules).cutoff:%-H:%M}" for half in Half]
        return cutoffs[0], cutoffs[1]

    words = []
    for before, day in pairwise(days):
        if hours(before) != hours(day):
            morning, afternoon = hours(day)
            words.append(f"{chinese_short_day(day)}起签到簿收存时间为上午{morning}、下午{afternoon}")
    return ";".join(words)
