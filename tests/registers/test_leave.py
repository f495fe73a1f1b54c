"""The leave register on a real file: what each verb writes, what it refuses, and what the month says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.attendance import months as attendance_months
from govoffice_tui.registers.attendance.pages import board, story
from govoffice_tui.registers.attendance.signing import collect_book, note_arrival, sign_in
from govoffice_tui.registers.closing import close_month, sealed
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.leave import ending, months
from govoffice_tui.registers.leave.applying import (
    apply_leave,
    grant_leave,
    paper_leave,
    phone_leave,
    refuse_leave,
    send_back_leave,
)
from govoffice_tui.registers.leave.checks import Approval
from govoffice_tui.registers.leave.ending import (
    correct_leave,
    end_leave,
    end_signed_leave,
    extend_leave,
    void_leave,
    withdraw_leave,
)
from govoffice_tui.registers.leave.excuses import shown_state
from govoffice_tui.registers.leave.finding import newest, search_leave
from govoffice_tui.registers.leave.records import LeaveRecord, by_id
from govoffice_tui.registers.leave.rights import annual_of, end_delegation, record_delegation, set_entitlement
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.staff_changes import lend_out, transfer_out
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, LeaveState, Moment
from govoffice_tui.rules.refusal import Refused, Sealed
from tests.factories import staff_lines
from tests.leave_factories import CLERK, DEPUTY, DIRECTOR, KEEPER, granted, moment, phoned, request, seat, stretch

TODAY = date(2026, 10, 12)
AM, PM = Half.MORNING, Half.AFTERNOON


@pytest.fixture
def office(office: Office) -> Office:
    """Eight people: 赵敏 director, 钱峰 deputy in charge, 周小萍 keeper, 王伟 (4) asks for leave."""
    seat(office)
    for year in (2026, 2027):
        calendar.ensure(office, year)
    return office


@pytest.fixture
def september(tmp_path: Path) -> Iterator[tuple[Office, SetClock]]:
    """The same office on Monday 28 September 2026."""
    clock = SetClock(datetime(2026, 9, 28, 9, 0))
    founded = found_office(tmp_path / "september", clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(8), by=None)
    seat(founded)
    calendar.ensure(founded, 2026)
    yield founded, clock
    founded.close()


def record(office: Office, row: int) -> LeaveRecord:
    found = by_id(office, row)
    assert found is not None
    return found


def status(office: Office, day: date, half: Half, person: int = CLERK) -> HalfStatus:
    return next(line.status for line in board(office, day, half).lines if line.person.id == person)


def by_deputy(day: date = TODAY) -> Approval:
    return Approval(day, DEPUTY)


def by_director(day: date = TODAY) -> Approval:
    return Approval(day, DIRECTOR)


def test_leave_granted_in_writing_takes_the_next_number_and_excuses_its_half_days(office: Office) -> None:
    slip = apply_leave(office, request("10-12pm", "10-13", reason="家事"), by_deputy(), by=KEEPER)
    assert (slip.number, slip.name, slip.words) == (
        "假〔2026〕1号",
        "王伟",
        "10月12日下午至10月13日事假1.5天 已同意",
    )
    assert status(office, TODAY, AM) is HalfStatus.NOT_DUE
    assert status(office, TODAY, PM) is HalfStatus.PERSONAL
    assert granted(office, "10-20").number == "假〔2026〕2号"
    assert verify_office(office).findings == ()


def test_the_same_form_sent_twice_is_one_slip(office: Office) -> None:
    first = apply_leave(office, request("10-13"), by_deputy(), by=KEEPER, form_key="same")
    again = apply_leave(office, request("10-13"), by_deputy(), by=KEEPER, form_key="same")
    assert (first.id, first.number) == (again.id, again.number)
    assert office.fetch("SELECT count(*) FROM leaves") == [(1,)]


def test_a_slip_nobody_decided_on_excuses_nothing_until_it_is_granted(office: Office) -> None:
    slip = apply_leave(office, request("10-13"), by=KEEPER)
    assert (record(office, slip.id).state, status(office, date(2026, 10, 13), AM)) == (
        LeaveState.APPLIED,
        HalfStatus.NOT_DUE,
    )
    grant_leave(office, slip.id, by_deputy(), by=KEEPER)
    assert status(office, date(2026, 10, 13), AM) is HalfStatus.PERSONAL


def test_a_slip_sent_back_can_be_granted_and_a_refused_one_cannot(office: Office) -> None:
    slip = apply_leave(office, request("10-13"), by=KEEPER)
    send_back_leave(office, slip.id, "没有写去向", by=KEEPER)
    refuse_leave(office, slip.id, "当天有会", by=KEEPER)
    with pytest.raises(Refused, match="不同意,不能同意"):
        grant_leave(office, slip.id, by_deputy(), by=KEEPER)
    with pytest.raises(Refused, match="请写原因"):
        refuse_leave(office, apply_leave(office, request("10-14"), by=KEEPER).id, "  ", by=KEEPER)


def test_a_lower_tier_than_the_rules_is_refused_and_a_higher_one_accepted(office: Office) -> None:
    with pytest.raises(Refused, match=r"2\.5天须主任批准,钱峰是分管副主任,又没有委托代批记录") as refused:
        apply_leave(office, request("10-13", "10-15am"), by_deputy(), by=KEEPER)
    assert refused.value.field == "approver"
    apply_leave(office, request("10-13", "10-15am"), by_director(), by=KEEPER)
    apply_leave(office, request("10-20am"), by_director(), by=KEEPER)
    with pytest.raises(Refused, match="周小萍不是分管副主任或主任"):
        apply_leave(office, request("10-22"), Approval(TODAY, KEEPER), by=KEEPER)


def test_the_deputys_leave_goes_to_the_director_and_the_directors_to_a_county_leader(office: Office) -> None:
    with pytest.raises(Refused, match="钱峰不能批自己的假,须主任批准"):
        apply_leave(office, request("10-13am", person=DEPUTY), by_deputy(), by=KEEPER)
    apply_leave(office, request("10-13am", person=DEPUTY), by_director(), by=KEEPER)
    with pytest.raises(Refused, match="主任请假须县领导批准"):
        apply_leave(office, request("10-13", person=DIRECTOR), by_deputy(), by=KEEPER)
    with pytest.raises(Refused, match="请写高志明的职务"):
        apply_leave(office, request("10-13", person=DIRECTOR), Approval(TODAY, None, "高志明"), by=KEEPER)
    with pytest.raises(Refused, match="周小萍在花名册里"):
        apply_leave(office, request("10-13", person=DIRECTOR), Approval(TODAY, None, "周小萍", "县长"), by=KEEPER)
    slip = apply_leave(office, request("10-13", person=DIRECTOR), Approval(TODAY, None, "高志明", "县长"), by=KEEPER)
    assert record(office, slip.id).leader == "县长高志明"


def test_a_delegation_lets_another_approve_and_both_names_stand(office: Office) -> None:
    long = request("10-13", "10-15")
    record_delegation(office, DIRECTOR, DEPUTY, TODAY, date(2026, 10, 16), "出差期间", 6, "批示册3页", by=KEEPER)
    slip = apply_leave(office, long, by_deputy(), by=KEEPER)
    line = months.line_of(office, record(office, slip.id))
    assert (line.approver, line.giver) == ("钱峰(受赵敏委托)", "赵敏")
    with pytest.raises(Refused, match=r"3\.5天须主任批准"):
        apply_leave(office, request("10-20", "10-23am", person=5), by_deputy(), by=KEEPER)
    with pytest.raises(Refused, match="不能批自己的假"):
        apply_leave(office, request("10-13am", person=DEPUTY), by_deputy(), by=KEEPER)


def test_a_delegation_holds_in_its_days_only(office: Office, clock: SetClock) -> None:
    row = record_delegation(office, DIRECTOR, DEPUTY, TODAY, date(2026, 10, 14), paper_page="3页", by=KEEPER)
    clock.set(datetime(2026, 10, 13, 9, 0))
    end_delegation(office, row, "已回", by=KEEPER)
    with pytest.raises(Refused, match="须主任批准"):
        apply_leave(
            office, request("10-20", "10-22", asked=date(2026, 10, 13)), by_deputy(date(2026, 10, 13)), by=KEEPER
        )
    with pytest.raises(Refused, match="已经结束"):
        end_delegation(office, row, "再收", by=KEEPER)


@pytest.mark.parametrize(
    ("giver", "taker", "first", "last", "page", "field"),
    [
        (KEEPER, DEPUTY, TODAY, TODAY, "3页", "giver"),
        (DIRECTOR, DIRECTOR, TODAY, TODAY, "3页", "taker"),
        (DIRECTOR, 99, TODAY, TODAY, "3页", "taker"),
        (DIRECTOR, DEPUTY, TODAY, date(2026, 10, 1), "3页", "last"),
        (DIRECTOR, DEPUTY, date(2036, 10, 1), date(2036, 10, 2), "3页", "first"),
        (DIRECTOR, DEPUTY, TODAY, TODAY, " ", "paper_page"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused_under_its_field(
    office: Office, giver: int, taker: int, first: date, last: date, page: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        record_delegation(office, giver, taker, first, last, paper_page=page, by=KEEPER)
    assert refused.value.field == field


def test_word_of_mouth_is_for_half_a_day(office: Office) -> None:
    apply_leave(office, request("10-12am", mode=LeaveMode.ORAL), by_deputy(), by=KEEPER)
    with pytest.raises(Refused, match="口头请假只限半日以内") as refused:
        apply_leave(office, request("10-13", mode=LeaveMode.ORAL), by_deputy(), by=KEEPER)
    assert refused.value.field == "mode"


def test_an_extension_needs_the_director_for_the_sum(office: Office, clock: SetClock) -> None:  # example 11
    first = apply_leave(office, request("10-12pm", "10-14am"), by_deputy(), by=KEEPER)
    clock.set(datetime(2026, 10, 14, 8, 0))
    day = date(2026, 10, 14)
    longer = moment("10-15", PM)
    with pytest.raises(
        Refused, match=r"3\.5天\(与10月12日下午至10月14日上午事假相连,合计3\.5天,合计超过2日\)须主任批准"
    ):
        extend_leave(office, first.id, longer, LeaveMode.WRITTEN, day, by_deputy(day), by=KEEPER)
    slip = extend_leave(office, first.id, longer, LeaveMode.WRITTEN, day, by_director(day), by=KEEPER)
    assert slip.warning.endswith("合计超过2日")
    assert record(office, slip.id).extends == first.id
    assert record(office, first.id).state is LeaveState.EXTENDED
    assert record(office, slip.id).start == Moment(day, PM)
    with pytest.raises(Refused, match="后面还有续假"):
        void_leave(office, first.id, "登记错", by=KEEPER)
    void_leave(office, slip.id, "登记错", by=KEEPER)
    assert record(office, first.id).state is LeaveState.GRANTED


def test_adjoining_slips_are_summed_and_the_clerk_is_told(office: Office) -> None:
    apply_leave(office, request("10-15", "10-16"), by_deputy(), by=KEEPER)
    with pytest.raises(Refused, match="合计4天,合计超过2日"):
        apply_leave(office, request("10-19", "10-20"), by_deputy(), by=KEEPER)
    slip = apply_leave(office, request("10-19", "10-20"), by_director(), by=KEEPER)
    assert slip.warning == "与10月15日至10月16日事假相连,合计4天,合计超过2日"


def test_adjoining_leave_is_summed_across_the_new_year(office: Office, clock: SetClock) -> None:
    for later in (datetime(2026, 11, 16, 9, 0), datetime(2026, 12, 21, 9, 0), datetime(2026, 12, 28, 7, 50)):
        clock.set(later)
        set_entitlement(office, CLERK, 2026, 10, by=KEEPER)
    day = date(2026, 12, 28)
    apply_leave(office, request("12-30", "12-31", asked=day), by_deputy(day), by=KEEPER)
    after = request("10-12", asked=day)
    new_year = stretch("12-30")
    january = type(new_year)(LeaveKind.PERSONAL, Moment(date(2027, 1, 4), AM), Moment(date(2027, 1, 4), PM))
    with pytest.raises(Refused, match="合计3天"):
        apply_leave(office, type(after)(CLERK, january, LeaveMode.WRITTEN, day), by_deputy(day), by=KEEPER)


def test_a_call_before_the_cut_off_is_leave_and_its_paper_follows(office: Office, clock: SetClock) -> None:
    # example 12
    clock.set(datetime(2026, 10, 12, 8, 30))
    slip = phoned(office, "10-12", at=time(7, 50))
    assert status(office, TODAY, AM) is HalfStatus.PERSONAL
    clock.set(datetime(2026, 10, 13, 8, 0))
    end_leave(office, slip.id, Moment(date(2026, 10, 13), AM), by=KEEPER)
    clock.set(datetime(2026, 10, 14, 9, 0))
    day = date(2026, 10, 14)
    paper_leave(office, slip.id, by_deputy(day), day, by=KEEPER)
    assert record(office, slip.id).state is LeaveState.ENDED
    clock.set(datetime(2026, 10, 30, 9, 0))
    assert status(office, TODAY, AM) is HalfStatus.PERSONAL


def test_a_call_without_its_paper_is_pending_after_the_deadline(office: Office, clock: SetClock) -> None:  # example 12
    slip = phoned(office, "10-12", at=time(7, 50))
    clock.set(datetime(2026, 10, 14, 9, 0))
    assert [(one.text, one.is_overdue) for one in months.due(office, office.now())] == [
        ("补办手续 王伟(行政股) 10月15日到期", False)
    ]
    clock.set(datetime(2026, 10, 15, 23, 0))
    assert status(office, TODAY, AM) is HalfStatus.PERSONAL
    clock.set(datetime(2026, 10, 16, 9, 0))
    people = {one.person.id: one for one in attendance_months.figures(office, "2026-10")[2]}
    assert people[CLERK].status(TODAY, AM) is HalfStatus.PENDING
    assert people[CLERK].status(TODAY, AM) is not HalfStatus.ABSENT
    assert shown_state(office, record(office, slip.id)) == "逾期未补"
    assert months.due(office, office.now())[0].is_overdue
    told = [fact.words for fact in story(office, CLERK, TODAY, AM).facts]
    assert any("10月15日前没有补办手续,待核" in words for words in told)
    day = date(2026, 10, 16)
    with pytest.raises(Refused, match="补办期限是10月15日") as refused:
        paper_leave(office, slip.id, by_deputy(day), day, by=KEEPER)
    assert refused.value.field == "papered_late"
    paper_leave(office, slip.id, by_deputy(day), day, "7页", "钱峰认可,人在外地", by=KEEPER)
    assert status(office, TODAY, AM) is HalfStatus.PERSONAL


def test_a_call_after_the_cut_off_is_not_leave_for_that_half_day(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 9, 0))
    with pytest.raises(Refused, match="8:20来电,晚于上午签到截止8:15") as refused:
        phoned(office, "10-12", at=time(8, 20))
    assert refused.value.field == "asked_at"
    phoned(office, "10-12pm", at=time(8, 20))
    clock.set(datetime(2026, 10, 13, 9, 0))
    with pytest.raises(Refused, match="10月13日才请10月12日的假,不是事前请假"):
        apply_leave(office, request("10-12am", asked=date(2026, 10, 13)), by_deputy(), by=KEEPER)


def test_somebody_who_signed_may_ask_to_leave_later_in_the_half_day(office: Office, clock: SetClock) -> None:
    sign_in(office, CLERK, TODAY, AM, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 10, 0))
    apply_leave(office, request("10-12am", mode=LeaveMode.ORAL, at=time(9, 55)), by_deputy(), by=KEEPER)
    assert status(office, TODAY, AM) is HalfStatus.PERSONAL


def test_leave_granted_the_day_before_may_be_entered_after_collection(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 13, 8, 20))
    collect_book(office, date(2026, 10, 13), AM, by=KEEPER)
    assert status(office, date(2026, 10, 13), AM) is HalfStatus.PENDING
    apply_leave(office, request("10-13am"), by_deputy(), by=KEEPER)
    assert status(office, date(2026, 10, 13), AM) is HalfStatus.PERSONAL


def test_half_a_day_of_leave_and_late_in_the_afternoon(office: Office, clock: SetClock) -> None:  # example 8
    clock.set(datetime(2026, 11, 2, 9, 0))
    day, other = date(2026, 11, 3), date(2026, 11, 2)
    apply_leave(office, request("11-03am", mode=LeaveMode.ORAL, asked=other), by_deputy(other), by=KEEPER)
    clock.set(datetime(2026, 11, 3, 14, 46))
    collect_book(office, day, PM, by=KEEPER)
    clock.set(datetime(2026, 11, 3, 14, 51))
    note_arrival(office, CLERK, day, PM, ArrivalKind.LATE, datetime(2026, 11, 3, 14, 50), by=KEEPER)
    mine = next(one for one in attendance_months.figures(office, "2026-11")[2] if one.person.id == CLERK)
    assert mine.counted(HalfStatus.PERSONAL).bit_count() == 1
    assert (mine.late_count, mine.attended_count, mine.imbalance) == (1, 1, 0)


def test_leave_over_the_month_end_is_told_in_both_months(september: tuple[Office, SetClock]) -> None:  # example 7
    office, clock = september
    day = date(2026, 9, 28)
    asked = request("09-29", "10-08", asked=day)
    with pytest.raises(Refused, match="3天须主任批准"):
        apply_leave(office, asked, by_deputy(day), by=KEEPER)
    apply_leave(office, asked, by_director(day), by=KEEPER)
    clock.set(datetime(2026, 10, 20, 9, 0))
    for word, halves, times in (("2026-09", 4, 1), ("2026-10", 2, 0)):
        (one,) = months.month(office, word).people
        assert (one.total, one.times.get(LeaveKind.PERSONAL, 0)) == (halves, times)
        mine = next(found for found in attendance_months.figures(office, word)[2] if found.person.id == CLERK)
        assert mine.leave_count == halves
    assert months.month(office, "2026-10").people[0].remarks == ("9月29日起事假接上月",)
    assert months.month(office, "2026-10").people[0].year == {LeaveKind.PERSONAL: 6}


def test_back_early_the_rest_is_no_leave(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-13", "10-16")
    clock.set(datetime(2026, 10, 15, 8, 0))
    done = end_leave(office, slip.id, Moment(date(2026, 10, 15), AM), by=KEEPER)
    assert (done.early, done.over, done.words) == (4, 0, "提前销假,少休2天")
    assert status(office, date(2026, 10, 14), PM) is HalfStatus.PERSONAL
    assert status(office, date(2026, 10, 15), AM) is HalfStatus.NOT_DUE
    assert months.month(office, "2026-10").people[0].total == 4
    granted(office, "10-16", "10-16")


def test_back_late_the_half_days_between_are_pending(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-13")
    clock.set(datetime(2026, 10, 15, 14, 40))
    done = end_leave(office, slip.id, Moment(date(2026, 10, 15), PM), by=KEEPER)
    assert (done.over, done.words) == (3, "超假1.5天,这些半天待核")
    mine = next(one for one in attendance_months.figures(office, "2026-10")[2] if one.person.id == CLERK)
    assert mine.status(date(2026, 10, 14), AM) is HalfStatus.PENDING
    assert months.month(office, "2026-10").people[0].remarks == ("超假1.5天",)


def test_a_return_still_to_come_or_before_the_leave_is_refused(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-13")
    with pytest.raises(Refused, match="还没有到") as refused:
        end_leave(office, slip.id, Moment(date(2026, 10, 14), AM), by=KEEPER)
    assert refused.value.field == "returned"
    clock.set(datetime(2026, 10, 14, 8, 0))
    with pytest.raises(Refused, match="没有休的请按撤销"):
        end_leave(office, slip.id, Moment(date(2026, 10, 13), AM), by=KEEPER)


def test_signatures_clear_all_leave_that_ended_in_time(office: Office, clock: SetClock) -> None:
    granted(office, "10-12")
    granted(office, "10-12", person=5)
    granted(office, "10-12", person=7)
    clock.set(datetime(2026, 10, 13, 8, 0))
    sign_in(office, CLERK, date(2026, 10, 13), AM, by=KEEPER)
    clock.set(datetime(2026, 10, 13, 14, 40))
    sign_in(office, 5, date(2026, 10, 13), PM, by=KEEPER)
    done = end_signed_leave(office, by=KEEPER, form_key="once")
    assert [slip.name for slip in done] == ["王伟"]
    assert end_signed_leave(office, by=KEEPER, form_key="once") == ()
    assert [one.text[:3] for one in months.due(office, office.now())] == ["未销假", "未销假"]


def test_leave_is_withdrawn_before_it_begins_only(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-13")
    withdraw_leave(office, slip.id, "会议改期", by=KEEPER)
    assert status(office, date(2026, 10, 13), AM) is HalfStatus.NOT_DUE
    other = granted(office, "10-13")
    clock.set(datetime(2026, 10, 13, 9, 0))
    with pytest.raises(Refused, match="已经开始休,不能撤销"):
        withdraw_leave(office, other.id, "会议改期", by=KEEPER)


def test_a_correction_strikes_the_line_and_keeps_its_number(office: Office) -> None:
    slip = apply_leave(office, request("10-13"), by_deputy(), by=KEEPER)
    with pytest.raises(Refused, match=r"2\.5天须主任批准"):
        correct_leave(office, slip.id, request("10-13", "10-15am"), "写错止日", by=KEEPER)
    again = correct_leave(office, slip.id, request("10-14"), "写错日子", by=KEEPER)
    old, new = record(office, slip.id), record(office, again.id)
    assert (old.struck_reason, new.number, new.revision, new.state) == ("写错日子", old.number, 2, old.state)
    assert new.approver == DEPUTY
    with pytest.raises(Refused, match="已更正,请重新打开"):
        void_leave(office, slip.id, "重复", by=KEEPER)
    with pytest.raises(Refused, match="不能改成别人的假条"):
        correct_leave(office, again.id, request("10-14", person=5), "错人", by=KEEPER)
    assert verify_office(office).findings == ()


def test_a_void_slip_excuses_nothing_and_its_number_is_spent(office: Office) -> None:
    slip = granted(office, "10-13")
    void_leave(office, slip.id, "登记错人", by=KEEPER)
    assert status(office, date(2026, 10, 13), AM) is HalfStatus.NOT_DUE
    assert granted(office, "10-13").number == "假〔2026〕2号"
    assert [line.state for line in months.lines_of(office, "2026-10")] == ["已同意", "作废"]


@pytest.mark.parametrize(
    ("first", "last", "person", "field"),
    [
        ("10-14", "10-13", CLERK, "last"),
        ("10-14pm", "10-14am", CLERK, "last"),
        ("10-17", "10-18", CLERK, "last"),
        ("10-14", "10-14", 99, "person"),
    ],
)
def test_days_that_cannot_be_leave_are_refused_under_their_field(
    office: Office, first: str, last: str, person: int, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        apply_leave(office, request(first, last, person=person), by_deputy(), by=KEEPER)
    assert refused.value.field == field
    assert office.fetch("SELECT count(*) FROM leaves") == [(0,)]


@pytest.mark.parametrize(("year", "end_year", "field"), [(2030, 2030, "first"), (2026, 2029, "last")])
def test_years_far_away_are_refused(office: Office, year: int, end_year: int, field: str) -> None:
    far = stretch("10-14")
    far = type(far)(far.kind, moment("10-14", AM, year), moment("10-14", PM, end_year))
    with pytest.raises(Refused, match="核对") as refused:
        apply_leave(office, type(request("10-14"))(CLERK, far, LeaveMode.WRITTEN, TODAY), by=KEEPER)
    assert refused.value.field == field


def test_overlapping_leave_is_refused_and_adjoining_is_not(office: Office) -> None:
    granted(office, "10-13", "10-14am")
    with pytest.raises(Refused, match=r"与假〔2026〕1号.*重叠") as refused:
        granted(office, "10-14am")
    assert refused.value.field == "first"
    assert "在那张假条上办" in refused.value.message
    granted(office, "10-14pm")


def test_leave_of_somebody_not_on_the_roster_is_refused(office: Office) -> None:
    lend_out(office, CLERK, date(2026, 10, 14), date(2026, 10, 16), "县委办", by=DIRECTOR)
    with pytest.raises(Refused, match="10月14日借出,不能登记请假"):
        granted(office, "10-13", "10-14")
    transfer_out(office, 5, date(2026, 10, 15), by=DIRECTOR)
    with pytest.raises(Refused, match="10月16日不在册"):
        granted(office, "10-15", "10-16", person=5)


def test_a_reason_for_sick_leave_is_never_stored(office: Office) -> None:
    with pytest.raises(Refused, match="病假不登记病情") as refused:
        apply_leave(office, request("10-13", kind=LeaveKind.SICK, reason="感冒"), by_deputy(), by=KEEPER)
    assert refused.value.field == "reason"
    assert "感冒" not in str(office.fetch("SELECT payload FROM journal"))


def test_classified_text_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="不能写涉密内容"):
        apply_leave(office, request("10-13", reason="送机密★3年文件"), by_deputy(), by=KEEPER)


def test_leave_in_a_sealed_month_is_refused(september: tuple[Office, SetClock]) -> None:
    office, clock = september
    clock.set(datetime(2026, 9, 30, 9, 0))
    day = date(2026, 9, 30)
    slip = apply_leave(office, request("09-30pm", "10-08", asked=day), by_deputy(day), by=KEEPER)
    clock.set(datetime(2026, 10, 9, 8, 0))
    close_month(office, "leave", "2026-09", months.pending, months.seal_digest, by=DIRECTOR)
    with pytest.raises(Refused, match="2026年9月请假已封存"):
        void_leave(office, slip.id, "登记错", by=KEEPER)
    end_leave(office, slip.id, Moment(date(2026, 10, 9), AM), by=KEEPER)


def test_a_late_slip_of_a_sealed_month_is_an_amendment(september: tuple[Office, SetClock]) -> None:  # example 30
    office, clock = september
    clock.set(datetime(2026, 10, 9, 8, 0))
    close_month(office, "leave", "2026-09", months.pending, months.seal_digest, by=DIRECTOR)
    asked = request("09-30", asked=date(2026, 9, 29))
    with pytest.raises(Sealed, match="2026年9月请假已封存"):
        apply_leave(office, asked, by_deputy(date(2026, 9, 29)), by=KEEPER)
    late = Amendment(DEPUTY, "假条月后才交来", "3页")
    amend(
        office,
        late,
        lambda: apply_leave(office, asked, by_deputy(date(2026, 9, 29)), by=KEEPER, form_key="late"),
        by=KEEPER,
    )
    seal = sealed(office, "leave", "2026-09")
    assert seal is not None
    assert seal.revision == 2
    assert seal.figures_digest == months.seal_digest(office, "2026-09")
    assert months.month(office, "2026-09").people[0].halves == {LeaveKind.PERSONAL: 2}
    assert verify_office(office).findings == ()


def test_a_month_is_not_sealed_over_open_slips(office: Office, clock: SetClock) -> None:
    phoned(office, "10-12")
    apply_leave(office, request("10-14", person=5), by=KEEPER)
    granted(office, "10-15", person=7)
    granted(office, "10-30", "11-02", person=8)
    clock.set(datetime(2026, 11, 3, 9, 0))
    assert [problem.message for problem in months.pending(office, "2026-10")] == [
        "10月12日事假待补手续(10月15日到期已过)",
        "10月14日事假待批",
        "10月15日事假未销假",
    ]
    assert [problem.message for problem in months.pending(office, "2026-11")] == ["10月30日至11月2日事假未销假"]
    assert "10月12日事假待补手续" in [one.message for one in attendance_months.shortfalls(office, "2026-10")]
    with pytest.raises(Refused, match="还不能封存"):
        close_month(office, "leave", "2026-10", months.pending, months.seal_digest, by=DIRECTOR)


def test_annual_leave_is_held_against_what_is_due(office: Office, clock: SetClock) -> None:
    set_entitlement(office, CLERK, 2026, 10, by=KEEPER)
    set_entitlement(office, CLERK, 2026, 20, by=KEEPER)
    slip = granted(office, "10-13", "10-16", kind=LeaveKind.ANNUAL)
    one = annual_of(office, 2026, date(2026, 12, 31))[CLERK]
    assert (one.due, one.used, one.left) == (20, 8, 12)
    clock.set(datetime(2026, 10, 14, 8, 0))
    end_leave(office, slip.id, Moment(date(2026, 10, 14), AM), by=KEEPER)
    assert annual_of(office, 2026, date(2026, 12, 31))[CLERK].used == 2
    with pytest.raises(Refused, match="在0到60之间"):
        set_entitlement(office, CLERK, 2026, 999, by=KEEPER)


def test_nobody_but_the_keeper_and_the_heads_writes_in_the_register(office: Office) -> None:
    with pytest.raises(Refused, match="需由"):
        apply_leave(office, request("10-13"), by_deputy(), by=5)
    with pytest.raises(Refused, match="还没有选经办人"):
        apply_leave(office, request("10-13"), by_deputy(), by=None)
    phone_leave(office, request("10-13", mode=LeaveMode.PHONE), by=5)


def test_the_story_of_a_half_day_tells_every_step(office: Office, clock: SetClock) -> None:
    slip = apply_leave(office, request("10-13", "10-15am", reason="家事"), by_director(), by=KEEPER)
    again = correct_leave(office, slip.id, request("10-13", "10-15", reason="家事"), "止日写错", by=KEEPER)
    clock.set(datetime(2026, 10, 16, 8, 0))
    end_leave(office, again.id, Moment(date(2026, 10, 16), AM), by=KEEPER)
    told = [fact.words for fact in story(office, CLERK, date(2026, 10, 13), AM).facts]
    assert told == [
        "假〔2026〕1号 10月12日书面请10月13日至10月15日上午事假;10月12日赵敏同意"
        "(2.5天 须书面向主任请假,考勤制度第5条)(周小萍登记)",
        "假〔2026〕1号 更正为10月13日至10月15日事假:止日写错(周小萍登记)",
        "假〔2026〕1号 销假,10月16日上午返岗(周小萍登记)",
    ]


def test_slips_are_found_by_number_person_and_kind(office: Office) -> None:
    granted(office, "10-13")
    granted(office, "10-14", person=5, kind=LeaveKind.ANNUAL)
    assert [text for text, _, _ in search_leave(office, "2")] == ["假〔2026〕2号 阿依古丽·买买提 10月14日年休假 已同意"]
    assert len(search_leave(office, "假〔2026〕1号")) == 1
    assert [person for _, _, person in search_leave(office, "aygl")] == [5]
    assert [person for _, _, person in search_leave(office, "年休")] == [5]
    assert search_leave(office, "没有这个") == []


def test_slips_found_tell_namesakes_apart(office: Office) -> None:
    granted(office, "10-13", person=4)
    assert [text for text, _, _ in search_leave(office, "王伟")] == [
        "假〔2026〕1号 王伟(行政股) 10月13日事假 已同意",
    ]
    assert [text for text, _, _ in newest(office)] == ["王伟(行政股) 10月13日事假 假〔2026〕1号 已同意"]


def test_the_boundary_can_be_set_to_the_higher_tier(office: Office) -> None:
    settings.change(office, "leave_deputy_halves", "3", by=KEEPER)
    with pytest.raises(Refused, match="2天须主任批准"):
        apply_leave(office, request("10-13", "10-14"), by_deputy(), by=KEEPER)
    for bad in ("-1", "两天", "9999", ""):
        with pytest.raises(Refused, match="不能作为"):
            settings.change(office, "leave_deputy_halves", bad, by=KEEPER)


def test_nothing_is_written_by_a_refused_verb(office: Office) -> None:
    before = office.tail().seq
    with pytest.raises(Refused):
        apply_leave(office, request("10-13", "10-16"), by_deputy(), by=KEEPER)
    assert office.tail().seq == before
    assert ending.signed_return(office, record(office, granted(office, "10-13").id)) is None


@pytest.mark.parametrize("far", [date(1, 1, 1), date(1990, 1, 1), date(2099, 12, 31), date(9999, 12, 31)])
def test_impossible_years_are_sentences_and_load_no_calendar(office: Office, far: date) -> None:
    years = office.fetch("SELECT count(*) FROM calendar")
    slip = granted(office, "10-13")
    wild = type(stretch("10-13"))(LeaveKind.PERSONAL, Moment(far, AM), Moment(far, PM))
    with pytest.raises(Refused):
        apply_leave(office, type(request("10-13"))(5, wild, LeaveMode.WRITTEN, TODAY), by=KEEPER)
    with pytest.raises(Refused):
        extend_leave(office, slip.id, Moment(far, PM), LeaveMode.WRITTEN, TODAY, by_director(), by=KEEPER)
    with pytest.raises(Refused):
        end_leave(office, slip.id, Moment(far, AM), by=KEEPER)
    with pytest.raises(Refused):
        record_delegation(office, DIRECTOR, DEPUTY, far, far, paper_page="3页", by=KEEPER)
    with pytest.raises(Refused):
        set_entitlement(office, CLERK, far.year * 10**9, 10, by=KEEPER)
    assert office.fetch("SELECT count(*) FROM calendar") == years


def test_an_approval_is_not_before_the_asking_nor_after_today(office: Office) -> None:
    for day in (date(2026, 10, 11), date(2026, 10, 13)):
        with pytest.raises(Refused) as refused:
            apply_leave(office, request("10-14"), by_deputy(day), by=KEEPER)
        assert refused.value.field == "approved_day"


def test_a_slip_that_was_withdrawn_is_not_corrected(office: Office) -> None:
    slip = granted(office, "10-13")
    withdraw_leave(office, slip.id, "改期", by=KEEPER)
    with pytest.raises(Refused, match="已撤销,不能更正"):
        correct_leave(office, slip.id, request("10-14"), "改日子", by=KEEPER)


def test_two_windows_clear_the_same_leave_once(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-12")
    clock.set(datetime(2026, 10, 13, 8, 0))
    end_leave(office, slip.id, Moment(date(2026, 10, 13), AM), by=KEEPER)
    with pytest.raises(Refused, match="已销假,不能销假"):
        end_leave(office, slip.id, Moment(date(2026, 10, 13), AM), by=KEEPER)
