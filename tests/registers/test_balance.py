"""The balance of a month, whatever was entered in whatever order: every due half-day explained once or 待核."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import adjustments, staff, staff_changes
from govoffice_tui.registers.absence import finding
from govoffice_tui.registers.attendance import months, signing
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.leave import applying
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.recording import Plan, enter_outing
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.absence import Decision
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import AdjustmentKind, Half
from govoffice_tui.rules.half_days import ATTENDED, LEAVES, HalfStatus
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment, Stretch
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings
from tests.factories import staff_lines
from tests.laws import cases

DIRECTOR, DEPUTY, KEEPER = 1, 2, 3
DAYS = [date(2026, 10, day) for day in (8, 9, 12, 13)]
END = datetime(2026, 10, 14, 20, 0)

people = st.integers(4, 8)
days = st.sampled_from(DAYS)
halves = st.sampled_from(Half)
kinds = st.sampled_from((LeaveKind.PERSONAL, LeaveKind.SICK, LeaveKind.ANNUAL, LeaveKind.MARRIAGE))
Act = Callable[[Office], object]


def leave(person: int, kind: LeaveKind, first: date, from_half: Half, length: int) -> Act:
    start = Moment(first, from_half)
    end = start
    for _ in range(length):
        end = end.following
    asked = LeaveRequest(person, Stretch(kind, start, end), LeaveMode.WRITTEN, DAYS[0])
    return lambda office: applying.apply_leave(office, asked, Approval(DAYS[0], DIRECTOR), by=KEEPER)


def outing(person: int, first: date, from_half: Half, length: int) -> Act:
    plan = Plan("公务", "县里", first, from_half, first + timedelta(days=length), Half.AFTERNOON)
    return lambda office: enter_outing(office, [person], plan, by=KEEPER)


def closed(day: date, half: Half) -> Act:
    return lambda office: adjustments.adjust(office, day, [half], AdjustmentKind.CLOSED, "县政府办通知", by=KEEPER)


def gone(person: int, last: date) -> Act:
    return lambda office: staff_changes.transfer_out(office, person, last, by=DIRECTOR)


def lent(person: int, first: date) -> Act:
    return lambda office: staff_changes.lend_out(office, person, first, by=DIRECTOR)


def absent(person: int, day: date, half: Half) -> Act:
    def decide(office: Office) -> None:
        paper = finding.open_absence(office, person, day, [half], asked="问过本人", by=KEEPER)
        finding.note_own_words(office, paper.id, "没有理由", by=KEEPER)
        finding.propose_absence(office, paper.id, DEPUTY, day, "请审定", by=KEEPER)
        finding.decide_absence(office, paper.id, Decision.FOUND, DIRECTOR, DAYS[-1], "第1页", "属实", by=KEEPER)

    return decide


before = st.lists(
    st.one_of(
        st.builds(leave, people, kinds, days, halves, st.integers(0, 6)),
        st.builds(leave, people, kinds, days, halves, st.integers(0, 1)),
        st.builds(outing, people, days, halves, st.integers(0, 2)),
        st.builds(closed, days, halves),
        st.builds(gone, people, days),
        st.builds(lent, people, days),
    ),
    min_size=4,
    max_size=12,
)
after = st.lists(
    st.one_of(
        st.builds(absent, people, days, halves),
        st.builds(leave, people, kinds, days, halves, st.integers(0, 3)),
        st.builds(outing, people, days, halves, st.integers(0, 1)),
    ),
    max_size=6,
)
signatures = st.lists(st.sets(people, min_size=2), min_size=2 * len(DAYS), max_size=2 * len(DAYS))


def carried_out(office: Office, acts: list[Act]) -> None:
    for act in acts:
        with suppress(Refused):
            act(office)


def keep_books(office: Office, clock: SetClock, signing_people: list[set[int]]) -> None:
    """Sign and collect every session of the days; whoever may not sign is refused and left out."""
    for place, who in enumerate(signing_people):
        day, half = DAYS[place // 2], Half(place % 2)
        hours = session_hours(day, half, Settings())
        clock.set(hours.opens + timedelta(minutes=5))
        for person in sorted(who):
            with suppress(Refused):
                signing.sign_in(office, person, day, half, by=KEEPER)
        clock.set(hours.cutoff + timedelta(minutes=1))
        with suppress(Refused):
            signing.collect_book(office, day, half, by=KEEPER)


@pytest.mark.law
@settings(max_examples=cases(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before, signatures, after)
def test_every_due_half_day_is_explained_once_or_waits(
    acts_before: list[Act], signed: list[set[int]], acts_after: list[Act]
) -> None:
    with TemporaryDirectory() as folder:
        clock = SetClock(datetime(2026, 10, 8, 6, 30))
        office = found_office(Path(folder), clock, {"office_name": "测试县人民政府办公室"})
        try:
            staff.import_staff(office, staff_lines(8), by=None)
            assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
            assign_post(office, DEPUTY, Post.DEPUTY_IN_CHARGE, by=DIRECTOR)
            assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=DIRECTOR)
            carried_out(office, acts_before)
            keep_books(office, clock, signed)
            clock.set(END)
            carried_out(office, acts_after)
            chart, frame, found = months.figures(office, "2026-10")
            worked = sum(chart.is_work(day, half) for day in (*DAYS, date(2026, 10, 10)) for half in Half)
            for one in found:
                counts = Counter({status: one.count(status) for status in HalfStatus})
                explained = sum(counts[status] for status in (*ATTENDED, *LEAVES, HalfStatus.ABSENT))
                assert one.imbalance == 0
                assert one.due_count == explained + counts[HalfStatus.PENDING]
                assert one.absent_count <= one.due_count
                assert counts.total() == frame.whole.bit_count()
            whole = next(one for one in found if one.person.id == KEEPER)
            assert whole.due_count == worked + 2  # and 14 October, whose sessions are past as well
            assert verify_office(office).findings == ()
        finally:
            office.close()
