"""The demo office's duty roster: every month issued in time, a few swaps, the next month a draft."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from govoffice_tui.clock import month_days, month_of
from govoffice_tui.registers import staff
from govoffice_tui.registers.attendance.facts import explained
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.duty import roster, roster_making, roster_placing, roster_telling
from govoffice_tui.registers.duty.roster import ShiftLine, issued_between
from govoffice_tui.registers.duty.roster_changes import Slip, change_shift
from govoffice_tui.registers.duty.roster_checks import findings
from govoffice_tui.registers.duty.roster_due import next_month, workdays_left
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import ChangeKind, DutyPost

KEEPER, HEAD = "周小萍", "李卫东"
REASONS = ("家中老人住院", "下乡督查", "孩子开家长会", "参加培训")
DRAFTED, ISSUED = 7, 4
"""Workdays before the end of a month on which the next roster is drafted, and issued."""

SWAPPED = 0.1
ONE_DAY = timedelta(days=1)


def duty_rosters(day: DemoDay) -> Iterator[Act]:
    """Make, check and issue rosters, tell tomorrow's people, and let now and then two of them change."""
    chance = random.Random(day.day.toordinal())
    keeper, following = day.people[KEEPER].id, next_month(day.day)
    if roster.document(day.office, month_of(day.day)) is None:
        yield day.at(6, 40), partial(_issue, day, month_of(day.day))
    left = workdays_left(day.chart, day.day)
    if day.is_workday and day.is_settled and left == ISSUED:
        yield day.at(16, 40), partial(_issue, day, following)
    elif (day.is_workday and left == DRAFTED) or day.day == day.last:
        yield day.at(10, 20), partial(_draft, day, following)
    if chance.random() < SWAPPED:
        yield day.at(11, 5), partial(_swap, day, chance, keeper)
    yield day.at(16, 10), partial(_replace_absent, day, keeper)
    if day.day != day.last:
        yield day.at(16, 50), partial(_tell, day, keeper)


def _draft(day: DemoDay, month: str) -> None:
    if roster.document(day.office, month) is None:
        roster_making.make_roster(day.office, month, by=day.people[KEEPER].id)


def _issue(day: DemoDay, month: str) -> None:
    office, keeper = day.office, day.people[KEEPER].id
    _draft(day, month)
    made = roster.document(office, month)
    assert made is not None
    away = {one.shift for one in findings(office, made) if one.needs_change}
    for line in roster.shifts(office, made.id):
        if line.id in away:
            roster_placing.set_shift(office, line.id, _free(day, line), by=keeper)
    roster_making.move_roster(office, made.id, "check_roster", by=day.people[HEAD].id)
    roster_making.move_roster(office, made.id, "issue_roster", is_acknowledged=True, by=keeper)
    roster_telling.receive_roster(office, made.id, [one.id for one in staff.people_on(office, day.day)], by=keeper)


def _swap(day: DemoDay, chance: random.Random, keeper: int) -> None:
    """Let somebody of the coming days give a night away, or exchange it, as told beforehand."""
    first = day.day + ONE_DAY * 2
    lines = [line for line in issued_between(day.office, first, first + ONE_DAY * 12) if line.post is DutyPost.OFFICER]
    if len(lines) < 2:
        return
    line, other = lines[0], chance.choice(lines[1:])
    reason = chance.choice(REASONS)
    slip = Slip(ChangeKind.EXCHANGE, line.id, None, reason, is_agreed=True, other_shift=other.id)
    if chance.random() < 0.5:
        slip = Slip(ChangeKind.SUBSTITUTE, line.id, _free(day, line), reason, is_agreed=True)
    try:
        change_shift(day.office, slip, by=keeper)
    except Refused:
        return  # one of the two is away or on duty that day: they do without


def _replace_absent(day: DemoDay, keeper: int) -> None:
    """Find somebody for whoever is on duty tomorrow and has leave or is out."""
    tomorrow = day.day + ONE_DAY
    away = {person for half in Half for person in explained(day.office, tomorrow, half)}
    for line in issued_between(day.office, tomorrow, tomorrow):
        if line.staff in away:
            slip = Slip(ChangeKind.SUBSTITUTE, line.id, _free(day, line), "请假、公出", is_agreed=True)
            change_shift(day.office, slip, by=keeper)


def _tell(day: DemoDay, keeper: int) -> None:
    if issued_between(day.office, day.day + ONE_DAY, day.day + ONE_DAY):
        roster_telling.note_notified(day.office, day.day + ONE_DAY, by=keeper)


def _free(day: DemoDay, line: ShiftLine) -> int:
    """Return who can stand in: of the same post with nothing near the day, else with nothing on it, else anybody."""
    office = day.office
    month = _month_round(line.day)
    close = issued_between(office, line.day - ONE_DAY, line.day + ONE_DAY)
    same = {one.staff for one in close if one.day == line.day}
    away = {person for half in Half for person in explained(office, line.day, half)}
    last = {one.id: month[0] for one in staff.people_on(office, line.day)}
    listed = issued_between(office, month[0], month[-1])
    last |= {one.staff: one.day for one in listed if one.staff is not None}
    pool = {one.staff for one in listed if one.post is line.post}
    able = [one for one in last if one not in same | away]
    near = {one.staff for one in close}
    for group in ([one for one in able if one in pool - near], [one for one in able if one in pool], able):
        if group:
            return min(group, key=lambda one: (last[one], one))
    raise AssertionError("everybody of the demo office is away")


def _month_round(day: date) -> list[date]:
    days = month_days(month_of(day))
    return [days[0] - ONE_DAY * 31, *days]
