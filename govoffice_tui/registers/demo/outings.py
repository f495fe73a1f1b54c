"""The demo office's outings: single people, sections, leaders' reports, days away, an hour out, late word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from random import Random

from govoffice_tui.registers.attendance.pages import due_people
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.demo.sign_ins import KEEPER
from govoffice_tui.registers.outings.claims import cutoffs
from govoffice_tui.registers.outings.pages import OutingLine, month, not_back
from govoffice_tui.registers.outings.recording import Plan, enter_outing
from govoffice_tui.registers.outings.returning import record_return, settle_outings
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import bit
from govoffice_tui.rules.outings import Notice, OutingState, covered
from govoffice_tui.rules.people import Person

AT_THE_DESK = (KEEPER, "吴桂芳")
SENDERS = ("钱峰", "赵敏", "孙立人")
LEADERS = ("孙立人", "何志远")
MATTERS = (
    ("下乡督查", "城关镇"),
    ("送材料", "市政府办"),
    ("参加全市工作会议", "市会议中心"),
    ("项目现场调研", "工业园区"),
    ("防汛检查", "水库管理所"),
    ("业务培训", "市委党校"),
    ("公务", "市区"),
)
STRAY = 5
"""How many workdays of the history are left on the day an outing ends whose return nobody notes."""


def outings(day: DemoDay) -> Iterator[Act]:
    """Send people out before the first session, one now and then after it; note in the evening who is back."""
    if not day.is_workday:
        return
    chance = Random(f"outings {day.day.isoformat()}")
    keeper = day.people[KEEPER].id
    taken: set[int] = set()
    for place, (people, plan) in enumerate(_plans(day, chance, taken)):
        taken |= {one.id for one in people}
        _note_away(day, people, plan)
        yield day.at(7, 2 + place), partial(enter_outing, day.office, [one.id for one in people], plan, by=keeper)
    if day.day.toordinal() % 11 == 0 and day.chart.is_work(day.day, Half.MORNING):
        people = [chance.choice(_able(day, taken))]
        plan = _plan(day.day, Half.MORNING, day.day, Half.MORNING, chance)
        _note_away(day, people, plan)
        yield day.at(9, 5), partial(enter_outing, day.office, [one.id for one in people], plan, by=keeper)
    yield day.at(17, 20), partial(_close, day)


def _plans(day: DemoDay, chance: Random, taken: set[int]) -> Iterator[tuple[list[Person], Plan]]:
    """Yield who is sent out before the first session, with the plan; `taken` fills with who was yielded."""
    number, today = day.day.toordinal(), day.day
    if number % 9 == 0:
        sections = sorted({one.section for one in day.people.values()} - {"办领导", "行政股", "编外人员"})
        section = sections[number // 9 % len(sections)]
        people = [one for one in _able(day, taken) if one.section == section]
        if people:
            plan = _plan(today, Half.AFTERNOON, today, Half.AFTERNOON, chance)
            yield people, replace(plan, notice=Notice.IN_PERSON)
    if number % 23 == 0:
        leader = [one for one in _able(day, taken) if one.name == LEADERS[number // 23 % len(LEADERS)]]
        if leader:
            plan = _plan(today, Half.MORNING, _workday(day, 2), Half.AFTERNOON, chance)
            yield leader, replace(plan, sent_by="赵敏", notice=Notice.IN_PERSON, is_leader_report=True)
    count = chance.choice((0, 1, 1, 2))
    for _ in range(max(1, count) if _left(day, today) == STRAY else count):
        kind, half = chance.random(), chance.choice(tuple(Half))
        person = [chance.choice(_able(day, taken))]
        if _left(day, today) == STRAY:
            yield person, _plan(today, half, today, half, chance)
        elif kind < 0.25:
            plan = _plan(today, Half.MORNING, today, Half.MORNING, chance)
            yield person, replace(plan, left_at=time(9, 30), until_at=time(11, 0))
        elif kind < 0.6:
            yield person, _plan(today, half, today, half, chance)
        elif kind < 0.85:
            yield person, _plan(today, Half.MORNING, today, Half.AFTERNOON, chance)
        else:
            plan = _plan(today, Half.MORNING, _workday(day, 1), Half.AFTERNOON, chance)
            yield person, replace(plan, notice=Notice.MEETING)


def _plan(first: date, from_half: Half, last: date, to_half: Half, chance: Random) -> Plan:
    matter, place = chance.choice(MATTERS)
    return Plan(matter, place, first, from_half, last, to_half, sent_by=chance.choice(SENDERS))


def _able(day: DemoDay, taken: set[int]) -> list[Person]:
    """Return who may be sent out: not away in either half, not sent out already, and not at the sign-in desk."""
    away = day.away[Half.MORNING] | day.away[Half.AFTERNOON] | taken
    return [one for one in due_people(day.office, day.day) if one.id not in away and one.name not in AT_THE_DESK]


def _note_away(day: DemoDay, people: Sequence[Person], plan: Plan) -> None:
    """Note who need not sign in which half of the day."""
    halves = covered(plan.stretch, day.day, day.day, cutoffs(day.office))
    for half in Half:
        if halves & bit(day.day, half):
            day.away[half] |= {one.id for one in people}


def _workday(day: DemoDay, ahead: int) -> date:
    """Return the workday so many after today, inside the year the calendar is known for."""
    end = min(day.day + timedelta(days=12), date(day.day.year, 12, 31))
    return day.chart.workdays(day.day, end)[: ahead + 1][-1]


def _left(day: DemoDay, of: date) -> int:
    return len(day.chart.workdays(of, day.last))


def _close(day: DemoDay) -> None:
    """Note who is back as expected, and check off what is done with."""
    keeper = day.people[KEEPER].id
    for line in reversed(not_back(day.office)):
        if line.expected.last <= day.day and not _is_stray(day, line):
            back = line.expected
            at = back.back_at.time() if back.back_at is not None else None
            record_return(day.office, line.id, (), back.last, back.to_half, at, by=keeper)
    done = [line.id for line in month(day.office, f"{day.day:%Y-%m}") if line.state is OutingState.BACK]
    if done:
        settle_outings(day.office, done, by=keeper)


def _is_stray(day: DemoDay, line: OutingLine) -> bool:
    """Return whether this is the one outing whose return nobody notes: the last entered of its day."""
    if _left(day, line.expected.last) != STRAY or line.expected.first != line.expected.last:
        return False
    return line.id == max(one.id for one in not_back(day.office) if one.expected.first == line.expected.first)
