"""The leave of the made-up office: every kind and every state, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from govoffice_tui.registers.attendance.pages import due_people
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.leave import applying, ending, rights, standing
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.leave.records import LeaveRecord, in_states, touching
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import (
    HOLDING,
    UNDECIDED,
    UNPAPERED,
    LeaveKind,
    LeaveMode,
    LeaveState,
    Moment,
    Stretch,
    first_worked,
)
from govoffice_tui.rules.leave_approval import LeaveRuling, Level
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.settings import Settings

KEEPER = "周小萍"
CALLS_A_DAY, SLIPS_A_DAY = 0.16, 0.85
APART = timedelta(days=12)
"""Days between two slips of one person, so that they do not adjoin."""

LENGTHS = {
    LeaveKind.PERSONAL: (1, 1, 1, 2, 2, 4, 6),
    LeaveKind.SICK: (1, 2, 2, 4, 6),
    LeaveKind.ANNUAL: (4, 6, 10, 10),
    LeaveKind.MARRIAGE: (6, 20),
    LeaveKind.MATERNITY: (316,),
    LeaveKind.PATERNITY: (30,),
    LeaveKind.BEREAVEMENT: (6,),
    LeaveKind.FAMILY_VISIT: (40,),
    LeaveKind.TRAINING: (4, 10),
}
"""Half-days of work a slip asks for, by the calendar where the kind counts so."""

WEIGHTS = (46, 22, 20, 1.2, 0.5, 1, 1.6, 0.8, 3)
_RULES = Settings()
RARE = (LeaveKind.MATERNITY, LeaveKind.FAMILY_VISIT, LeaveKind.MARRIAGE, LeaveKind.PATERNITY)
REASONS = ("家事", "搬家", "办理证件", "接送家人", "参加家长会", "探望老人")
PLACES = ("本县", "市里", "省城", "外省")


def leave(day: DemoDay) -> Iterator[Act]:
    """Take calls and early returns in the morning, and do the paper in the afternoon."""
    if not day.is_workday:
        return
    desk = LeaveDesk(day)
    if not day.office.fetch("SELECT 1 FROM leave_entitlements WHERE year = ? LIMIT 1", day.day.year):
        yield day.at(6, 40), desk.begin_year
    back = desk.early_returns()
    for half in Half:
        day.away[half] -= {one.person for one in back}
    call = desk.call()
    if call is not None:
        yield day.at(7, 10), partial(applying.phone_leave, day.office, call, by=desk.keeper)
        day.away[Half.MORNING].add(call.person)
        if call.stretch.end.half is Half.AFTERNOON:
            day.away[Half.AFTERNOON].add(call.person)
    for one in back:
        morning = Moment(day.day, Half.MORNING)
        yield day.at(7, 25), partial(ending.end_leave, day.office, one.id, morning, by=desk.keeper)
    yield day.at(16, 30), desk.close_day
    if day.day == max(day.chart.workdays(day.last - timedelta(days=20), day.last)):
        yield day.at(16, 50), desk.leave_open


class LeaveDesk:
    """Whoever keeps the leave register of the made-up office on one day."""

    def __init__(self, page: DemoDay) -> None:
        self._office, self._chart, self._day, self._last = page.office, page.chart, page.day, page.last
        self._chance = random.Random(page.chance.random())
        self.keeper = page.people[KEEPER].id
        worked = page.chart.workdays(page.last - timedelta(days=20), page.last)
        self._calls = {worked[-7], worked[-1]} if len(worked) > 7 else set()

    def begin_year(self) -> None:
        """Enter the annual leave due, by rank."""
        for person in due_people(self._office, self._day):
            days = (15, 10, 10, 5)[min(3, person.rank // 1500)]
            rights.set_entitlement(self._office, person.id, self._day.year, 2 * days, by=self.keeper)

    def call(self) -> LeaveRequest | None:
        """Return the call that comes before the book is opened, most days none."""
        wanted = self._day in self._calls or self._chance.random() < CALLS_A_DAY
        if not wanted or not self._chart.is_work(self._day, Half.MORNING):
            return None
        person = next(filter(None, (self._somebody() for _ in range(9))), None)
        if person is None:
            return None
        half = self._chance.choice((Half.MORNING, Half.AFTERNOON, Half.AFTERNOON))
        kind = self._chance.choice((LeaveKind.PERSONAL, LeaveKind.PERSONAL, LeaveKind.SICK))
        asked = Stretch(kind, Moment(self._day, Half.MORNING), Moment(self._day, half))
        return LeaveRequest(person.id, asked, LeaveMode.PHONE, self._day)

    def early_returns(self) -> list[LeaveRecord]:
        """Return the long leave whose people come back this morning, on its last day."""
        return [
            one
            for one in in_states(self._office, (LeaveState.GRANTED,), self._day)
            if one.end.day == self._day and (self._day - one.start.day).days >= 3 and self._chance.random() < 0.15
        ]

    def close_day(self) -> None:
        """Do the day's paper: clear, take follow-ups, extend, decide, and enter new slips."""
        day = self._day
        ending.end_signed_leave(self._office, by=self.keeper)
        for one in in_states(self._office, (LeaveState.GRANTED,), day):
            back = first_worked(one.end.following, self._chart)
            if back.day < day:  # back at work and sent out at once, so that nothing was signed
                ending.end_leave(self._office, one.id, back, by=self.keeper)
        is_late = self._last - day < timedelta(days=14)
        for one in in_states(self._office, UNPAPERED, day):
            if one.returned is not None and one.returned.day < day and one.start.day not in self._calls:
                approval = self._approval(one.person, one.stretch, one.id)
                applying.paper_leave(self._office, one.id, approval, day, by=self.keeper)
        for one in in_states(self._office, UNDECIDED, day + timedelta(days=40)):
            self._decide(one)
        self._extend()
        expected = SLIPS_A_DAY + (0.8 if is_late else 0)
        while self._chance.random() < expected / (1 + expected):
            self._apply(self._chance.choices(list(LENGTHS), WEIGHTS)[0])
        self._rare()
        if day.day == 12 and day.month % 5 == 0:
            self._delegate()

    def _rare(self) -> None:
        """Enter once a quarter a kind of leave that is seldom asked for."""
        first, day = self._day.replace(day=8), self._day
        if day.month % 3 == 0 and day == min(self._chart.workdays(first, first + timedelta(days=12))):
            self._apply(RARE[day.month // 3 - 1])

    def leave_open(self) -> None:
        """Leave on the last day what a clerk would find: slips to come, one undecided, one sent back."""
        rows = []
        for _ in range(3):
            found = self._plan(self._chance.choice((LeaveKind.PERSONAL, LeaveKind.ANNUAL)))
            if found is not None:
                person, stretch = found
                asked = LeaveRequest(person.id, stretch, LeaveMode.WRITTEN, self._day, reason="家事")
                rows.append(applying.apply_leave(self._office, asked, by=self.keeper).id)
        if rows:
            applying.send_back_leave(self._office, rows[-1], "没有写去向和联系电话", by=self.keeper)

    def _apply(self, kind: LeaveKind) -> None:
        found = self._plan(kind)
        if found is None:
            return
        person, stretch = found
        ruling = standing.ruling_on(self._office, person.id, stretch)
        is_oral = ruling.may_be_oral and self._chance.random() < 0.8
        reason = "" if kind is LeaveKind.SICK else self._chance.choice(REASONS)
        asked = LeaveRequest(
            person.id,
            stretch,
            LeaveMode.ORAL if is_oral else LeaveMode.WRITTEN,
            self._day,
            reason=reason if kind is LeaveKind.PERSONAL else "",
            destination=self._chance.choice(PLACES),
            phone=person.phone,
            has_proof=kind is LeaveKind.SICK and self._chance.random() < 0.7,
        )
        waits = not is_oral and self._chance.random() < 0.15
        approval = None if waits else self._approving(person.id, ruling)
        slip = applying.apply_leave(self._office, asked, approval, by=self.keeper)
        if approval is not None and self._chance.random() < 0.02:
            ending.withdraw_leave(self._office, slip.id, "会议改期,不休了", by=self.keeper)
        elif approval is not None and self._chance.random() < 0.02:
            ending.correct_leave(self._office, slip.id, asked, "去向写错", by=self.keeper)
        elif approval is not None and self._chance.random() < 0.01:
            ending.void_leave(self._office, slip.id, "登记重复", by=self.keeper)

    def _plan(self, kind: LeaveKind) -> tuple[Person, Stretch] | None:
        """Return somebody without leave near by and the days of a slip, none where the year ends before it does."""
        person, day = self._somebody(), self._day
        halves = self._chance.choice(LENGTHS[kind])
        start = Moment(day + timedelta(days=self._chance.randint(1, 4)), self._chance.choice(tuple(Half)))
        if halves % 2 == 0:
            start = Moment(start.day, Half.MORNING)
        ahead = 1.5 if kind in (LeaveKind.MATERNITY, LeaveKind.FAMILY_VISIT) else 3
        if person is None or (start.day + timedelta(days=halves * ahead / 2)).year not in self._chart.years:
            return None
        start = first_worked(start, self._chart)
        end = start
        while len(Stretch(kind, start, end).counted(self._chart, _RULES)) < halves:
            end = end.following
        return person, Stretch(kind, start, end)

    def _somebody(self) -> Person | None:
        """Return one of those who sign, not on leave or soon to be."""
        day = self._day
        person = self._chance.choice(due_people(self._office, day))
        near = touching(self._office, day - APART, day + APART, HOLDING, person.id)
        return None if near or person.id == self.keeper else person

    def _decide(self, one: LeaveRecord) -> None:
        if one.applied_day >= self._day:
            return
        if self._chance.random() < 0.2:
            applying.refuse_leave(self._office, one.id, "当天有会议任务", by=self.keeper)
        elif one.state is LeaveState.APPLIED and self._chance.random() < 0.15:
            applying.send_back_leave(self._office, one.id, "没有写去向", by=self.keeper)
        else:
            approval = self._approval(one.person, one.stretch, one.id)
            applying.grant_leave(self._office, one.id, approval, by=self.keeper)

    def _extend(self) -> None:
        day = self._day
        for one in in_states(self._office, (LeaveState.GRANTED,), day):
            is_whole = one.end == Moment(day, Half.AFTERNOON) and one.kind in (LeaveKind.PERSONAL, LeaveKind.SICK)
            if is_whole and one.extends is None and self._chance.random() < 0.08:
                start = first_worked(one.end.following, self._chart)
                end = Moment(start.day, Half.AFTERNOON)
                approval = self._approval(one.person, Stretch(one.kind, start, end), None)
                ending.extend_leave(self._office, one.id, end, LeaveMode.WRITTEN, day, approval, by=self.keeper)

    def _delegate(self) -> None:
        day = self._day
        heads = standing.approvers_on(self._office, day)
        if Level.DIRECTOR in heads and Level.DEPUTY in heads:
            rights.record_delegation(
                self._office,
                heads[Level.DIRECTOR],
                heads[Level.DEPUTY],
                day,
                day + timedelta(days=7),
                "外出学习期间的请假审批",
                20,
                f"批示登记簿{day.month}页",
                by=self.keeper,
            )

    def _approval(self, person: int, stretch: Stretch, without: int | None) -> Approval:
        return self._approving(person, standing.ruling_on(self._office, person, stretch, without=without))

    def _approving(self, person: int, ruling: LeaveRuling) -> Approval:
        """Return the approval the rule asks for; where the director let the deputy act, it is the deputy's."""
        day = self._day
        heads = standing.approvers_on(self._office, day)
        if ruling.level is Level.COUNTY:
            return Approval(day, None, "高志明", "副县长")
        if ruling.level is Level.DIRECTOR:
            for record in standing.delegations_on(self._office, day):
                is_within = record.limit is None or ruling.total <= record.limit
                if is_within and record.giver == heads[Level.DIRECTOR] and record.taker != person:
                    return Approval(day, record.taker)
        return Approval(day, heads[ruling.level])
