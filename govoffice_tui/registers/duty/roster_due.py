"""What the roster wants of the day page, the month page and the search."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime, timedelta
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, month_days, month_of
from govoffice_tui.registers import calendar, staff
from govoffice_tui.registers.duty.roster import document, issued_between, shifts
from govoffice_tui.registers.duty.roster_checks import Finding, clashes
from govoffice_tui.registers.duty.roster_facts import staffing
from govoffice_tui.registers.duty.roster_slips import changes_in_month
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.roster import DutyPost, RosterState

COUNTED_DAYS = 14
"""Workdays before the end of a month from which the next roster is counted down."""

REMINDED_AT = 17
"""The hour after which tomorrow's officers should have been told."""

AHEAD = timedelta(days=40)
ONE_DAY = timedelta(days=1)


def next_month(day: date) -> str:
    """Return the month after a day's."""
    return month_of((day.replace(day=28) + timedelta(days=4)).replace(day=1))


def has_rosters(office: Office) -> bool:
    """Return whether any roster was ever issued here."""
    return bool(office.fetch("SELECT 1 FROM rosters WHERE state = 'issued' LIMIT 1"))


def workdays_left(chart: Calendar, today: date) -> int:
    """Return how many workdays the month still has, today among them."""
    return len(chart.workdays(today, month_days(month_of(today))[-1]))


def countdown(office: Office, today: date) -> tuple[str, bool] | None:
    """Return what is to be issued before the month ends (值班制度第1条), and whether it is late; None for nothing."""
    month = month_of(today)
    if has_rosters(office):
        made = document(office, month)
        if made is None or made.state is not RosterState.ISSUED:
            state = "还没有生成" if made is None else made.state.label
            return f"本月值班表没有印发({state}),应在上月月底前印发", True
    following = next_month(today)
    made = document(office, following)
    chart = calendar.load(office, [today.year])
    if (made is not None and made.state is RosterState.ISSUED) or today.year not in chart.years:
        return None
    left = workdays_left(chart, today)
    if left > COUNTED_DAYS:
        return None
    state = "未生成" if made is None else made.state.label
    words = f"还有{left}个工作日" if left else "月底前已没有工作日"
    return f"{int(following[5:])}月值班表未印发({state},{words})", left <= 1 and has_rosters(office)


def forced_changes(office: Office, today: date) -> list[Finding]:
    """Return who stands in an issued roster from today on and is away: each needs a 调班."""
    lines = issued_between(office, today, today + AHEAD)
    if not lines:
        return []
    people = {month: staffing(office, month) for month in sorted({month_of(line.day) for line in lines})}
    return clashes(lines, people, staff.names_ever(office, today), today)


def duty_meanwhile(office: Office, people: Collection[int], first: date, last: date) -> str:
    """Return in words which duties of an issued roster some people cannot keep on some days, "" for none."""
    lines = [line for line in issued_between(office, first, last) if line.staff in people]
    if not lines:
        return ""
    kept = {month: staffing(office, month) for month in sorted({month_of(line.day) for line in lines})}
    found = clashes(lines, kept, staff.names_ever(office, first), office.now().date())
    return ";".join(f"值班表 {one.problem}" for one in found)


def tomorrows(office: Office, today: date) -> tuple[int, int]:
    """Return how many are on duty tomorrow, and how many of them have not been told."""
    lines = [line for line in issued_between(office, today + ONE_DAY, today + ONE_DAY) if line.staff is not None]
    return len({line.staff for line in lines}), len({line.staff for line in lines if line.notified_at is None})


def due_lines(office: Office, now: datetime) -> list[tuple[str, bool, date]]:
    """Return what is to be done: its words, whether it is late, and the day of the page."""
    today = now.date()
    found: list[tuple[str, bool, date]] = []
    counted = countdown(office, today)
    if counted is not None:
        is_this_month = counted[0].startswith("本月")
        found.append((*counted, today if is_this_month else month_days(next_month(today))[0]))
    for one in forced_changes(office, today):
        found.append((f"须调班 {one.problem}", True, one.problem.day or today))
    _, untold = tomorrows(office, today)
    if untold:
        found.append((f"明日值班 还有{untold}人没有通知", now.hour >= REMINDED_AT, today + ONE_DAY))
    return found


def shortfalls(office: Office, month: str) -> list[Problem]:
    """Return what keeps a month (YYYY-MM) from being sealed: a roster that was not issued."""
    made = document(office, month)
    first = month_days(month)[0]
    if made is None:
        return [Problem("", "值班表没有生成", first)]
    return [] if made.state is RosterState.ISSUED else [Problem("", f"值班表{made.state.label},没有印发", first)]


def summary_words(office: Office, month: str) -> str:
    """Return the month in one line."""
    made = document(office, month)
    if made is None:
        return "没有值班表"
    slips = [slip for slip in changes_in_month(office, month) if slip.struck_reason is None]
    return f"第{made.version}版 {made.state.label} 调班{len(slips)}次"


def seal_digest(office: Office, month: str) -> str:
    """Return the SHA-256 in hex of who stood when, and of every slip."""
    made = document(office, month)
    lines = [] if made is None else shifts(office, made.id)
    standing = [
        [
            *(line.day.isoformat(), line.template, line.post, line.place, line.part, line.staff, line.planned),
            *(line.starts_at.isoformat(), line.ends_at.isoformat()),
        ]
        for line in lines
    ]
    slips = [
        [slip.number, slip.day.isoformat(), slip.given_by, slip.taken_by, slip.reason, slip.struck_reason]
        for slip in changes_in_month(office, month)
    ]
    text = json.dumps([standing, slips], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def search_words(office: Office, words: str) -> list[tuple[str, date, int]]:
    """Return the next and last duties of whom the words mean."""
    today = office.now().date()
    people = staff.match(staff.everybody(office, today), words)
    found = []
    for person in people[:20]:
        rows = office.fetch(
            "SELECT event_day, post, post_title FROM roster_shifts WHERE staff_id = ? AND struck_at IS NULL"
            " AND roster_id IN (SELECT id FROM rosters WHERE state = 'issued' AND struck_at IS NULL)"
            " ORDER BY event_day DESC LIMIT 6",
            person.id,
        )
        for day, post, title in rows:
            shown = date.fromisoformat(day)
            label = title or DutyPost(post).label
            found.append((f"{person.name} {shown.year}年{chinese_short_day(shown)}{label}", shown, person.id))
    return found
