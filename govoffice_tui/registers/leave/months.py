"""A month of the leave register: who was away how often and how long, what is still open, and what is due today."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, month_days, month_of
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.leave.charts import LEAVE_REGISTER, chart_for
from govoffice_tui.registers.leave.ending import absent_over, expected_return
from govoffice_tui.registers.leave.excuses import UNENDED, approver_words, due_day, is_overdue, shown_state
from govoffice_tui.registers.leave.records import LeaveRecord, in_states, of_month, touching
from govoffice_tui.registers.leave.rights import Annual, annual_of
from govoffice_tui.registers.leave.standing import delegation_of, ruling_on
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar
from govoffice_tui.rules.leave import (
    STANDING,
    UNDECIDED,
    UNPAPERED,
    LeaveKind,
    LeaveMode,
    LeaveState,
    Moment,
    days_words,
)
from govoffice_tui.rules.leave_approval import Level
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.settings import Settings

WARN = timedelta(days=1)
"""How long before its last day a follow-up is called out."""


@dataclass(frozen=True)
class LeaveLine:
    """One slip as lists and the detail sheet show it; `inside` are its half-days in the month, none once overdue."""

    record: LeaveRecord
    person: Person
    name: str
    state: str
    halves: int
    inside: int
    tier_words: str
    level: Level
    approver: str
    giver: str
    over: int
    paper_due: date | None

    @property
    def reason(self) -> str:
        """Return why leave was asked for; of sick leave only whether there is a certificate."""
        if self.record.kind is LeaveKind.SICK:
            return "有证明" if self.record.has_proof else "无证明"
        return self.record.reason


@dataclass(frozen=True)
class PersonLeave:
    """One person's month: by kind how often leave began and the half-days inside; the year's half-days so far."""

    person: Person
    name: str
    times: Mapping[LeaveKind, int]
    halves: Mapping[LeaveKind, int]
    modes: Mapping[LeaveMode, int]
    unpapered: int
    unended: int
    annual: Annual | None
    year: Mapping[LeaveKind, int]
    remarks: tuple[str, ...]

    @property
    def total(self) -> int:
        """Return the half-days of all kinds."""
        return sum(self.halves.values())


@dataclass(frozen=True)
class LeaveMonth:
    """One month of the whole office, people with leave in rank order, 编外 apart at the end; slips by their start."""

    office_name: str
    month: str
    people: tuple[PersonLeave, ...]
    lines: tuple[LeaveLine, ...]
    shortfalls: tuple[Problem, ...]
    revision: int


def month(office: Office, word: str) -> LeaveMonth:
    """Return one month (YYYY-MM), read while nobody wrote."""
    return office.steady(lambda: _month(office, word))


def lines_of(office: Office, word: str) -> list[LeaveLine]:
    """Return every slip of a month for the page, newest first, void and withdrawn ones among them."""
    days = month_days(word)
    records = of_month(office, days[0], days[-1])
    return _lines(office, records, days)


def open_lines(office: Office) -> list[LeaveLine]:
    """Return every slip that still wants something: its paper, a decision, or to be cleared; the oldest first."""
    today = office.now().date()
    records = in_states(office, (*UNPAPERED, *UNDECIDED), today + timedelta(days=400))
    records += in_states(office, (LeaveState.GRANTED,), today)
    records.sort(key=lambda one: (one.start, one.id))
    open_ones = [one for one in records if one.state is not LeaveState.GRANTED or one.end.day <= today]
    return _lines(office, open_ones, month_days(month_of(today)))


def line_of(office: Office, record: LeaveRecord) -> LeaveLine:
    """Return one slip for the page."""
    return _lines(office, [record], month_days(month_of(record.start.day)))[0]


def pending(office: Office, word: str) -> list[Problem]:
    """Return what keeps the month from being sealed.

    Phoned leave without its paper, leave that ends in the month and was not cleared, slips nobody decided on.
    """
    days = month_days(word)
    people = {person.id: person for person in staff.everybody(office, days[-1])}
    names = display_names(people.values())
    found = []
    for one in touching(office, days[0], days[-1], STANDING + UNDECIDED):
        who = f"{names.get(one.person, '')} {one.number}"
        if one.state in UNPAPERED:
            due = due_day(office, one)
            late = "已过" if office.now().date() > due else ""
            words = f"{one.stretch}{one.kind.label}待补手续({chinese_short_day(due)}到期{late})"
            found.append(Problem(who, words, one.start.day))
        elif one.state in UNDECIDED:
            found.append(Problem(who, f"{one.stretch}{one.kind.label}{one.state.label}", one.start.day))
        elif one.state is LeaveState.GRANTED and one.end.day <= days[-1]:
            found.append(Problem(who, f"{one.stretch}{one.kind.label}未销假", one.start.day))
    return found


def seal_digest(office: Office, word: str) -> str:
    """Return the digest of the month's slips as they stand beside the seal."""
    days = month_days(word)
    lines = [
        [one.record.id, one.record.revision, one.record.state.value, str(one.record.taken), one.inside]
        for one in _lines(office, of_month(office, days[0], days[-1]), days)
    ]
    return sha256(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def summary(office: Office, word: str) -> str:
    """Return the month in one line."""
    days = month_days(word)
    counted = _lines(office, touching(office, days[0], days[-1]), days)
    unpapered = sum(one.record.state in UNPAPERED for one in counted)
    people = len({one.record.person for one in counted})
    return f"请假{people}人{len(counted)}次 {sum(one.inside for one in counted) / 2:g}天 待补手续{unpapered}件"


@dataclass(frozen=True)
class LeaveDue:
    """One thing the register wants today."""

    text: str
    is_overdue: bool
    day: date


def due(office: Office, now: datetime) -> list[LeaveDue]:
    """Return what is due today: papers of phoned leave from the day before, leave not cleared, slips not decided on."""
    today = now.date()
    open_ones = in_states(office, (*UNPAPERED, LeaveState.GRANTED), today) + in_states(
        office, UNDECIDED, today + timedelta(days=400)
    )
    if not open_ones:
        return []
    names = display_names(staff.everybody(office, today))
    found = []
    for one in open_ones:
        who, day = names.get(one.person, ""), one.start.day
        if one.state in UNPAPERED:
            last = due_day(office, one)
            if today > last:
                found.append(LeaveDue(f"补办手续 {who}{one.stretch}{one.kind.label} 已过期,转待核", True, day))
            elif today >= last - WARN:
                found.append(LeaveDue(f"补办手续 {who} {chinese_short_day(last)}到期", False, day))
        elif one.state in UNDECIDED:
            text = f"{one.state.label} {who}{one.stretch}{one.kind.label}"
            found.append(LeaveDue(text, today > one.start.day, day))
        elif today >= expected_return(office, one).day:
            back = expected_return(office, one)
            is_late = today > back.day
            found.append(LeaveDue(f"未销假 {who}{one.stretch}{one.kind.label},应{back}返岗", is_late, day))
    return found


def _month(office: Office, word: str) -> LeaveMonth:
    days = month_days(word)
    seal = closing.sealed(office, LEAVE_REGISTER, word)
    records = touching(office, days[0], days[-1])
    lines = _lines(office, records, days)
    return LeaveMonth(
        office_name=settings.on(office, days[-1]).office_name,
        month=word,
        people=tuple(_people(office, lines, days)),
        lines=tuple(lines),
        shortfalls=tuple(pending(office, word)),
        revision=seal.revision if seal else 0,
    )


def _lines(office: Office, records: Sequence[LeaveRecord], days: Sequence[date]) -> list[LeaveLine]:
    """Return slips with names and lengths; calendars and settings are read once a run of years or a day."""
    if not records:
        return []
    known = {person.id: person for person in staff.everybody(office, days[-1])}
    first, last = min(one.start.day for one in records), max(one.end.day for one in records)
    known |= {person.id: person for person in staff.everybody(office, last) if person.id not in known}
    names = display_names(known.values())
    chart, rules = chart_for(office, first, last), _rules(office)
    found = []
    for one in records:
        counted = one.taken.counted(chart, rules(one.start.day))
        inside = sum(days[0] <= moment.day <= days[-1] for moment in counted)
        delegation = delegation_of(office, one.delegation)
        ruling = ruling_on(office, one.person, one.stretch, without=one.id)
        found.append(
            LeaveLine(
                record=one,
                person=known[one.person],
                name=names[one.person],
                state=shown_state(office, one),
                halves=len(counted),
                inside=0 if is_overdue(office, one) else inside,
                tier_words=ruling.words,
                level=ruling.level,
                approver=approver_words(office, one),
                giver="" if delegation is None else names.get(delegation.giver, ""),
                over=len(absent_over(office, one)),
                paper_due=due_day(office, one) if one.state in UNPAPERED else None,
            )
        )
    return found


def _rules(office: Office) -> Callable[[date], Settings]:
    known: dict[date, Settings] = {}

    def on(day: date) -> Settings:
        if day not in known:
            known[day] = settings.on(office, day)
        return known[day]

    return on


def _people(office: Office, lines: Sequence[LeaveLine], days: Sequence[date]) -> list[PersonLeave]:
    year = year_halves(office, date(days[0].year, 1, 1), days[-1])
    annual = annual_of(office, days[0].year, days[-1])
    mine: dict[int, list[LeaveLine]] = defaultdict(list)
    for line in lines:
        mine[line.record.person].append(line)
    found = [_person(own, annual.get(person), year.get(person, {}), days) for person, own in mine.items()]
    found.sort(key=lambda one: (one.person.category.is_apart, one.person.rank, one.person.id))
    return found


def _person(
    own: Sequence[LeaveLine], annual: Annual | None, year: Mapping[LeaveKind, int], days: Sequence[date]
) -> PersonLeave:
    times: dict[LeaveKind, int] = defaultdict(int)
    halves: dict[LeaveKind, int] = defaultdict(int)
    modes: dict[LeaveMode, int] = defaultdict(int)
    remarks = []
    unended = 0
    for line in own:
        one = line.record
        halves[one.kind] += line.inside
        if one.start.day >= days[0] and one.extends is None:
            times[one.kind] += 1
            modes[one.mode] += 1
        if one.start.day < days[0]:
            remarks.append(f"{chinese_short_day(one.start.day)}起{one.kind.label}接上月")
        if one.end.day > days[-1]:
            remarks.append(f"{one.kind.label}至{chinese_short_day(one.end.day)}")
        if line.over:
            remarks.append(f"超假{days_words(line.over)}")
        if line.giver:
            remarks.append(f"{line.approver}批")
        unended += line.state == UNENDED
    unpapered = sum(line.record.state in UNPAPERED for line in own)
    first = own[0]
    return PersonLeave(first.person, first.name, times, halves, modes, unpapered, unended, annual, year, tuple(remarks))


def year_halves(office: Office, first: date, last: date) -> dict[int, dict[LeaveKind, int]]:
    """Return by person and kind the half-days of leave from a day to a day of one year."""
    found: dict[int, dict[LeaveKind, int]] = defaultdict(lambda: defaultdict(int))
    records = [one for one in touching(office, first, last) if not is_overdue(office, one)]
    if not records:
        return found
    span = min(one.start.day for one in records), max(one.end.day for one in records)
    chart: Calendar = chart_for(office, *span)
    rules = _rules(office)
    for one in records:
        counted: list[Moment] = one.taken.counted(chart, rules(one.start.day))
        found[one.person][one.kind] += sum(first <= moment.day <= last for moment in counted)
    return found
