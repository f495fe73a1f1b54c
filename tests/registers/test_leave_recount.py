"""Leave and the calendar: what a change of it makes of slips booked before, and laws that always hold."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.importers.holidays import parse_notice
from govoffice_tui.registers import calendar
from govoffice_tui.registers.adjustments import adjust, withdraw_adjustment
from govoffice_tui.registers.attendance import months as attendance_months
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.closing import close_month
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.holiday_notices import enter_notice
from govoffice_tui.registers.leave import months
from govoffice_tui.registers.leave.applying import apply_leave, phone_leave
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.leave.ending import end_leave, void_leave
from govoffice_tui.registers.leave.recount import before_notice, recount
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.calendar import AdjustmentKind, Half
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment, Stretch
from govoffice_tui.rules.refusal import Refused
from tests.factories import staff_lines
from tests.leave_factories import CLERK, DIRECTOR, KEEPER, granted, seat
from tests.notices import TEXT_2026

AM, PM = Half.MORNING, Half.AFTERNOON
SHIFTED = parse_notice(TEXT_2026.replace("10月10日(周六)上班", "10月17日(周六)上班"))
"""A notice that pays for the 国庆节 a week later than the published one."""


@pytest.fixture
def office(office: Office) -> Office:
    """Eight people with director, deputy and keeper."""
    seat(office)
    calendar.ensure(office, 2026)
    return office


def test_a_notice_lists_the_slips_it_lengthens(office: Office) -> None:
    granted(office, "10-16", "10-19")
    granted(office, "10-20", person=5)
    done = enter_notice(office, SHIFTED, second=4, by=KEEPER)
    after = calendar.load(office, [2026])
    (found,) = recount(office, before_notice(after, done.days), after)
    assert str(found) == "假〔2026〕1号 王伟 10月16日至10月19日事假 2天改为3天,须书面向主任请假"
    assert found.needs_higher_approval
    assert months.lines_of(office, "2026-10")[1].halves == 6


def test_a_closed_half_day_shortens_leave_and_its_withdrawal_lengthens_it(office: Office) -> None:
    granted(office, "10-14", "10-16")
    before = calendar.load(office, [2026])
    adjust(office, date(2026, 10, 15), [PM], AdjustmentKind.CLOSED, "县政府办", by=KEEPER)
    closed = calendar.load(office, [2026])
    assert [str(one) for one in recount(office, before, closed)] == [
        "假〔2026〕1号 王伟 10月14日至10月16日事假 3天改为2.5天"
    ]
    withdraw_adjustment(office, date(2026, 10, 15), [PM], "改期", by=KEEPER)
    (found,) = recount(office, closed, calendar.load(office, [2026]))
    assert (found.before.halves, found.after.halves) == (5, 6)
    assert recount(office, before, before) == []


def test_leave_that_became_adjoining_is_listed_for_its_tier(office: Office) -> None:
    granted(office, "10-13", "10-14")
    granted(office, "10-16", "10-16")
    before = calendar.load(office, [2026])
    adjust(office, date(2026, 10, 15), list(Half), AdjustmentKind.CLOSED, "县政府办", by=KEEPER)
    found = recount(office, before, calendar.load(office, [2026]))
    assert [one.number for one in found] == ["假〔2026〕1号", "假〔2026〕2号"]
    assert all(one.needs_higher_approval for one in found)


def test_a_sealed_month_keeps_the_lengths_it_was_sealed_with(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-16", "10-19")
    clock.set(datetime(2026, 11, 2, 9, 0))
    end_leave(office, slip.id, Moment(date(2026, 10, 20), AM), by=KEEPER)
    close_month(office, "leave", "2026-10", months.pending, months.seal_digest, by=DIRECTOR)
    digest = months.seal_digest(office, "2026-10")
    done = enter_notice(office, SHIFTED, second=4, by=KEEPER)
    after = calendar.load(office, [2026])
    assert recount(office, before_notice(after, done.days), after) == []
    assert months.lines_of(office, "2026-10")[0].halves == 4
    assert months.seal_digest(office, "2026-10") == digest


slip_plans = st.tuples(
    st.integers(1, 8),
    st.integers(-1, 45),
    st.integers(0, 1),
    st.integers(0, 24),
    st.sampled_from(LeaveKind),
    st.sampled_from(["grant", "apply", "phone", "early", "late", "void"]),
)


def carry_out(office: Office, clock: SetClock, plans: list[tuple[int, int, int, int, LeaveKind, str]]) -> None:
    """Enter slips as they come; what cannot be is refused."""
    for person, ahead, half, length, kind, what in plans:
        today = office.now().date()
        start = Moment(date.fromordinal(date(2026, 10, 13).toordinal() + ahead), Half(half))
        end = start
        for _ in range(length):
            end = end.following
        stretch = Stretch(kind, start, end)
        try:
            if what == "phone":
                phone_leave(office, LeaveRequest(person, stretch, LeaveMode.PHONE, today, time(7, 45)), by=KEEPER)
                continue
            leader = Approval(today, None, "高志明", "县长") if person == DIRECTOR else Approval(today, DIRECTOR)
            asked = LeaveRequest(person, stretch, LeaveMode.WRITTEN, today)
            slip = apply_leave(office, asked, None if what == "apply" else leader, by=KEEPER)
            if what == "void":
                void_leave(office, slip.id, "登记错", by=KEEPER)
            if what in ("early", "late"):
                returned = Moment(start.day, PM) if what == "early" else end.following.following
                clock.set(max(office.now(), datetime.combine(returned.day, time(18, 0))))
                end_leave(office, slip.id, returned, by=KEEPER)
        except Refused:
            continue


@examples(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(slip_plans, max_size=10))
def test_every_month_balances_and_the_months_add_up(
    tmp_path: Path, plans: list[tuple[int, int, int, int, LeaveKind, str]]
) -> None:
    clock = SetClock(datetime(2026, 10, 12, 7, 50))
    office = found_office(tmp_path / uuid4().hex, clock, {"office_name": "测试县人民政府办公室"})
    try:
        import_staff(office, staff_lines(8), by=None)
        seat(office)
        calendar.ensure(office, 2026)
        sign_in(office, CLERK, date(2026, 10, 12), AM, by=KEEPER)
        carry_out(office, clock, plans)
        clock.set(max(office.now(), datetime(2026, 12, 1, 9, 0)))
        for word in ("2026-10", "2026-11", "2026-12"):
            _, frame, people = attendance_months.figures(office, word)
            assert all(one.imbalance == 0 for one in people)
            said = {one.person.id: one for one in months.month(office, word).people}
            for one in people:
                mine = said.get(one.person.id)
                counted = sum(
                    (mine.halves.get(kind, 0) if mine else 0)
                    for kind in LeaveKind
                    if kind not in (LeaveKind.MATERNITY, LeaveKind.FAMILY_VISIT)
                )
                calendar_counted = (LeaveKind.MATERNITY.status, LeaveKind.FAMILY_VISIT.status)
                by_calendar = sum(one.count(status) for status in calendar_counted)
                settled = one.leave_count - by_calendar
                assert settled == counted, (word, one.person.name, frame.days[0])
        whole: dict[int, list[int]] = {}
        for word in ("2026-10", "2026-11", "2026-12"):
            for line in months.month(office, word).lines:
                done = whole.setdefault(line.record.id, [line.halves, 0])
                done[1] += line.inside
                if line.state == "逾期未补":
                    done[0] = 0
        assert all(length == inside for length, inside in whole.values())
        assert verify_office(office).findings == ()
    finally:
        office.close()
