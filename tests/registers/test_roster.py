"""The duty roster in the book: made, checked, issued, changed by slips, and what it wants of the day page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock, month_days
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.attendance.facts import claims, further_facts
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.duty import roster, roster_due
from govoffice_tui.registers.duty.register import ROSTER
from govoffice_tui.registers.duty.roster import ShiftLine, document, planned_on, shifts, shifts_on
from govoffice_tui.registers.duty.roster_changes import Slip, cancel_change, change_shift
from govoffice_tui.registers.duty.roster_checks import findings
from govoffice_tui.registers.duty.roster_fairness import duty_month
from govoffice_tui.registers.duty.roster_making import make_roster, move_roster
from govoffice_tui.registers.duty.roster_pages import roster_page
from govoffice_tui.registers.duty.roster_placing import candidates, set_shift
from govoffice_tui.registers.duty.roster_rest import balances, rests_taken, take_back_rest, take_duty_rest
from govoffice_tui.registers.duty.roster_slips import changes_in_month
from govoffice_tui.registers.duty.roster_special import OwnPost, Special, make_special
from govoffice_tui.registers.duty.roster_telling import note_notified, receive_roster, received, take_back_receipt
from govoffice_tui.registers.duty.unavailable import end_unavailable, note_unavailable, unavailable
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.leave.applying import apply_leave, grant_leave
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.leave.ending import withdraw_leave
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.recording import Plan, enter_outing
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.staff_changes import transfer_out
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment
from govoffice_tui.rules.leave import Stretch as LeaveStretch
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import MOVES, STATES, ChangeKind, DutyKind, DutyPost, RosterState

NOVEMBER, DECEMBER, JANUARY = "2026-11", "2026-12", "2027-01"
DIRECTOR, HEAD, KEEPER = 1, 5, 6
ONE_DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Office:
    """The demo's fifty-six people; 赵敏 is the director, 李卫东 the section head, 周小萍 the keeper. 20 November."""
    clock.set(datetime(2026, 10, 20, 9, 0))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, demo_lines(date(2026, 10, 1)), by=None)
    assign_post(founded, DIRECTOR, Post.DIRECTOR, by=None)
    assign_post(founded, HEAD, Post.SECTION_HEAD, by=DIRECTOR)
    assign_post(founded, KEEPER, Post.SIGN_IN_KEEPER, by=DIRECTOR)
    clock.set(datetime(2026, 11, 20, 9, 0))
    return founded


def issue(office: Office, month: str, *, is_acknowledged: bool = False) -> int:
    made = document(office, month)
    row = make_roster(office, month, by=KEEPER).roster if made is None else made.id
    move_roster(office, row, "check_roster", by=HEAD)
    move_roster(office, row, "issue_roster", is_acknowledged=is_acknowledged, by=KEEPER)
    return row


def line_on(office: Office, day: date, post: DutyPost = DutyPost.OFFICER) -> ShiftLine:
    made = document(office, f"{day:%Y-%m}")
    assert made is not None
    return next(line for line in shifts(office, made.id) if line.day == day and line.post is post and line.part == 0)


def slip(kind: ChangeKind, line: ShiftLine, taker: int | None, **more: object) -> Slip:
    return replace(Slip(kind, line.id, taker, "家中有事", is_agreed=True), **more)  # type: ignore[arg-type]


def other_officer(office: Office, line: ShiftLine) -> int:
    """Return an officer who has no duty near a line."""
    near = {line.day + ONE_DAY * step for step in (-1, 0, 1)}
    made = document(office, f"{line.day:%Y-%m}")
    assert made is not None
    busy = {one.staff for one in shifts(office, made.id) if one.day in near}
    return next(person.id for person in people_on(office, line.day) if person.id > 12 and person.id not in busy)


def test_a_month_is_generated_whole_with_a_reason_for_every_choice(office: Office) -> None:
    made = make_roster(office, DECEMBER, by=KEEPER)
    lines = shifts(office, made.roster)
    assert (made.version, made.vacant, made.running) == (1, 0, 0)
    assert {line.day for line in lines} == set(month_days(DECEMBER))
    assert len(lines) == 31 * 3
    assert all(line.staff == line.planned and "本类最少" in line.basis for line in lines)
    names = {person.id: person for person in people_on(office, date(2026, 12, 1))}
    for line in lines:
        assert line.staff is not None
        section = names[line.staff].section
        assert (section == "办领导") is (line.post is DutyPost.LEADER)
        assert (names[line.staff].position == "通讯员") is (line.post is DutyPost.MESSENGER)
    assert verify_office(office).findings == ()


def test_a_workday_night_has_the_noon_gap_and_a_day_off_goes_round_the_clock(office: Office) -> None:
    make_roster(office, DECEMBER, by=KEEPER)
    night, whole = line_on(office, date(2026, 12, 1)), line_on(office, date(2026, 12, 5))
    assert (night.template, night.also) == ("夜班", "12:00-14:30")
    assert (night.starts_at, night.ends_at) == (datetime(2026, 12, 1, 17, 30), datetime(2026, 12, 2, 8, 0))
    assert (whole.template, whole.also, whole.kind) == ("全天", "", DutyKind.REST)
    assert (whole.starts_at, whole.ends_at) == (datetime(2026, 12, 5, 8, 0), datetime(2026, 12, 6, 8, 0))


def test_a_make_up_saturday_is_a_workday_of_the_roster(tmp_path: Path, clock: SetClock) -> None:  # example 4
    clock.set(datetime(2026, 9, 25, 9, 0))
    early = found_office(tmp_path / "early", clock, {"office_name": "测试县人民政府办公室"})
    import_staff(early, demo_lines(date(2026, 9, 1)), by=None)
    make_roster(early, "2026-10", by=KEEPER)
    assert line_on(early, date(2026, 10, 10)).kind is DutyKind.WORKDAY
    assert line_on(early, date(2026, 10, 10)).template == "夜班"
    assert line_on(early, date(2026, 10, 1)).kind is DutyKind.HOLIDAY
    early.close()


def test_a_month_that_has_begun_is_made_from_today_on(office: Office, clock: SetClock) -> None:
    make_roster(office, NOVEMBER, by=KEEPER)
    line = line_on(office, date(2026, 11, 20))
    made = document(office, NOVEMBER)
    assert made is not None
    assert min(one.day for one in shifts(office, made.id)) == date(2026, 11, 20)
    assert not [one for one in findings(office, made) if one.is_blocking]
    clock.set(datetime(2026, 11, 23, 9, 0))
    note_unavailable(office, line.staff or 0, date(2026, 11, 23), None, "住院", by=KEEPER)
    make_roster(office, NOVEMBER, by=KEEPER)
    assert line_on(office, date(2026, 11, 20)).staff == line.staff


def test_a_day_off_may_be_divided_into_a_day_and_a_night(office: Office, clock: SetClock) -> None:
    settings.change_many(office, {"duty_rest_shifts": "8:00-20:00 20:00-8:00", "duty_officers": "2"}, by=KEEPER)
    clock.set(datetime(2026, 11, 21, 9, 0))
    issue(office, DECEMBER)
    found = shifts_on(office, date(2026, 12, 5))
    assert [shift.template for shift in found] == ["白班", "夜班"]
    assert len({officer for shift in found for officer in shift.officers}) == 4
    assert found[0].ends_at == found[1].starts_at == datetime(2026, 12, 5, 20, 0)
    assert found[0].leader == found[1].leader is not None
    planned = planned_on(office, date(2026, 12, 5))
    assert planned is not None
    assert (len(planned.officers), planned.template) == (4, "白班、夜班")
    assert (planned.starts_at, planned.ends_at) == (datetime(2026, 12, 5, 8, 0), datetime(2026, 12, 6, 8, 0))


def test_only_an_issued_roster_plans_a_day(office: Office) -> None:
    make_roster(office, DECEMBER, by=KEEPER)
    assert planned_on(office, date(2026, 12, 1)) is None
    issue(office, DECEMBER)
    planned = planned_on(office, date(2026, 12, 1))
    assert planned is not None
    assert planned.starts_at == datetime(2026, 12, 1, 17, 30)
    assert planned.leader is not None
    assert planned.messenger is not None


def test_a_generation_anew_is_the_next_version_and_keeps_what_was_set_by_hand(office: Office) -> None:
    make_roster(office, DECEMBER, by=KEEPER)
    line = line_on(office, date(2026, 12, 9))
    taker = other_officer(office, line)
    set_shift(office, line.id, taker, by=KEEPER)
    note_unavailable(office, line.staff or 0, date(2026, 12, 1), None, "产后", by=KEEPER)
    again = make_roster(office, DECEMBER, by=KEEPER)
    assert (again.version, again.pinned) == (2, 1)
    kept = line_on(office, date(2026, 12, 9))
    assert (kept.staff, kept.planned, kept.is_pinned) == (taker, taker, True)
    assert line.staff not in {one.staff for one in shifts(office, again.roster)}


def test_the_same_book_gives_the_same_roster_again(office: Office) -> None:
    first = [(line.day, line.post, line.staff) for line in shifts(office, make_roster(office, DECEMBER, by=5).roster)]
    again = [(line.day, line.post, line.staff) for line in shifts(office, make_roster(office, DECEMBER, by=5).roster)]
    assert first == again


def test_the_same_form_sent_twice_makes_one_version(office: Office) -> None:
    first = make_roster(office, DECEMBER, by=KEEPER, form_key="k")
    assert make_roster(office, DECEMBER, by=KEEPER, form_key="k").roster == first.roster
    assert office.fetch("SELECT count(*) FROM rosters") == [(1,)]


def test_the_turns_of_the_months_before_count(office: Office, clock: SetClock) -> None:
    issue(office, NOVEMBER)
    issue(office, DECEMBER)
    had: dict[int, int] = {}
    for month in (NOVEMBER, DECEMBER):
        made = document(office, month)
        assert made is not None
        for line in shifts(office, made.id):
            if line.post is DutyPost.LEADER and line.kind is DutyKind.REST and line.staff is not None:
                had[line.staff] = had.get(line.staff, 0) + 1
    assert max(had.values()) - min(had.values()) <= 1
    last, first = line_on(office, date(2026, 11, 30)), line_on(office, date(2026, 12, 1))
    assert last.staff != first.staff


def test_who_leaves_stands_only_as_long_as_they_are_here(office: Office) -> None:  # example 14
    transfer_out(office, 20, date(2026, 12, 10), by=KEEPER)
    made = make_roster(office, DECEMBER, by=KEEPER)
    assert all(line.day < date(2026, 12, 10) for line in shifts(office, made.roster) if line.staff == 20)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ["check_roster", "issue_roster", "return_roster"])
def test_a_roster_moves_only_as_the_table_says(office: Office, state: RosterState, verb: str) -> None:
    row = make_roster(office, DECEMBER, by=KEEPER).roster
    for step in {"draft": (), "checked": ("check_roster",), "issued": ("check_roster", "issue_roster")}[state.value]:
        move_roster(office, row, step, by=HEAD)
    if (state, verb) in MOVES:
        assert move_roster(office, row, verb, by=HEAD).state is MOVES[state, verb][0]
    else:
        with pytest.raises(Refused, match=state.label):
            move_roster(office, row, verb, by=HEAD)


def test_only_the_heads_check_a_roster(office: Office) -> None:
    row = make_roster(office, DECEMBER, by=KEEPER).roster
    with pytest.raises(Refused, match="股长"):
        move_roster(office, row, "check_roster", by=KEEPER)


def test_an_issued_roster_is_neither_generated_nor_set_by_hand(office: Office) -> None:
    issue(office, DECEMBER)
    with pytest.raises(Refused, match="已印发,不能重排"):
        make_roster(office, DECEMBER, by=KEEPER)
    with pytest.raises(Refused, match="印发以后用调班"):
        set_shift(office, line_on(office, date(2026, 12, 9)).id, 20, by=KEEPER)


def test_a_month_gone_by_is_not_made(office: Office) -> None:
    with pytest.raises(Refused, match="已经过去"):
        make_roster(office, "2026-10", by=KEEPER)


def test_a_provisional_year_is_issued_only_when_acknowledged(office: Office, clock: SetClock) -> None:  # example 31
    row = make_roster(office, JANUARY, by=KEEPER).roster
    made = document(office, JANUARY)
    assert made is not None
    assert made.is_provisional
    move_roster(office, row, "check_roster", by=HEAD)
    with pytest.raises(Refused, match="暂定"):
        move_roster(office, row, "issue_roster", by=HEAD)
    move_roster(office, row, "issue_roster", is_acknowledged=True, by=HEAD)
    assert office.fetch("SELECT acknowledged_at FROM rosters WHERE id = ?", row) == [(clock.at,)]


def test_somebody_away_fails_the_check_before_issue_and_forces_a_change_after(office: Office) -> None:  # example 19
    row = make_roster(office, DECEMBER, by=KEEPER).roster
    line = line_on(office, date(2026, 12, 9))
    note = note_unavailable(office, line.staff or 0, date(2026, 12, 9), date(2026, 12, 9), "住院", by=KEEPER)
    move_roster(office, row, "check_roster", by=HEAD)
    with pytest.raises(Refused, match=r"12月9日值班员:.*不能值班\(住院\)"):
        move_roster(office, row, "issue_roster", by=KEEPER)
    end_unavailable(office, note, by=KEEPER)
    assert not unavailable(office, date(2026, 12, 9), date(2026, 12, 9))
    move_roster(office, row, "issue_roster", by=KEEPER)
    note_unavailable(office, line.staff or 0, date(2026, 12, 9), date(2026, 12, 9), "住院", by=KEEPER)
    (task,) = [due for due in ROSTER.due(office, office.now()) if "须调班" in due.text]
    assert (task.is_overdue, task.day) == (True, date(2026, 12, 9))
    line = line_on(office, date(2026, 12, 9))
    change_shift(office, slip(ChangeKind.SUBSTITUTE, line, other_officer(office, line)), by=KEEPER)
    assert not [due for due in ROSTER.due(office, office.now()) if "须调班" in due.text]


def test_leave_and_an_outing_over_a_duty_say_at_once_that_somebody_else_has_to_keep_it(office: Office) -> None:
    issue(office, DECEMBER)
    day = date(2026, 12, 9)
    officer, messenger = line_on(office, day), line_on(office, day, DutyPost.MESSENGER)
    whole = LeaveStretch(LeaveKind.PERSONAL, Moment(day, Half.MORNING), Moment(day, Half.AFTERNOON))
    request = LeaveRequest(officer.staff or 0, whole, LeaveMode.WRITTEN, date(2026, 11, 20))
    asked = apply_leave(office, request, by=KEEPER)
    granted = grant_leave(office, asked.id, Approval(date(2026, 11, 20), DIRECTOR), by=KEEPER)
    assert (asked.warning, granted.warning) == ("", f"值班表 12月9日值班员:{granted.name}事假,须换人")
    assert withdraw_leave(office, granted.id, "不请了", by=KEEPER).warning == ""
    plan = Plan("送材料", "市档案馆", day, Half.MORNING, day, Half.AFTERNOON)
    gone = enter_outing(office, [messenger.staff or 0], plan, by=KEEPER)
    assert gone.words.endswith(f";值班表 12月9日通讯员:{gone.people[0]}因公外出,须换人")
    elsewhere = replace(plan, first=date(2026, 12, 1), last=date(2026, 12, 1))
    free = next(one for one in range(20, 56) if not roster_due.duty_meanwhile(office, [one], day, day))
    assert enter_outing(office, [free], elsewhere, by=KEEPER).duty == ""


def test_a_vacant_place_is_an_uncovered_time_and_blocks(office: Office) -> None:
    row = make_roster(office, DECEMBER, by=KEEPER).roster
    set_shift(office, line_on(office, date(2026, 12, 5)).id, None, by=KEEPER)
    made = document(office, DECEMBER)
    assert made is not None
    found = [str(one.problem) for one in findings(office, made) if one.is_blocking]
    assert found == ["12月5日:8:00到12月6日8:00没有值班员"]
    move_roster(office, row, "check_roster", by=HEAD)
    with pytest.raises(Refused, match="没有值班员"):
        move_roster(office, row, "issue_roster", by=KEEPER)


def test_two_nights_running_and_a_lopsided_month_are_told_but_do_not_block(office: Office) -> None:
    make_roster(office, DECEMBER, by=KEEPER)
    taker = line_on(office, date(2026, 12, 8)).staff
    set_shift(office, line_on(office, date(2026, 12, 9)).id, taker, by=KEEPER)
    set_shift(office, line_on(office, date(2026, 12, 15)).id, taker, by=KEEPER)
    made = document(office, DECEMBER)
    assert made is not None
    found = [one for one in findings(office, made) if not one.is_blocking]
    assert any("12月8日、12月9日连值" in str(one.problem) for one in found)
    assert any("工作日值班员:" in str(one.problem) and "3次" in str(one.problem) for one in found)
    assert not [one for one in findings(office, made) if one.is_blocking]


def test_candidates_come_by_turns_with_what_speaks_against_them(office: Office) -> None:
    make_roster(office, DECEMBER, by=KEEPER)
    line = line_on(office, date(2026, 12, 9))
    found = candidates(office, line.id)
    assert found[0].person == line.staff or found[0].count <= found[-1].count
    assert [bool(one.obstacle) for one in found] == sorted(bool(one.obstacle) for one in found)
    night_before = line_on(office, date(2026, 12, 8)).staff
    assert next(one for one in found if one.person == night_before).obstacle == "前后一天有班"


def test_a_substitute_stands_and_the_turn_stays_with_who_was_planned(office: Office) -> None:
    issue(office, DECEMBER)
    line = line_on(office, date(2026, 12, 9))
    taker = other_officer(office, line)
    entered = change_shift(office, slip(ChangeKind.SUBSTITUTE, line, taker), by=KEEPER)
    assert entered.number == "调〔2026〕1号"
    now = line_on(office, date(2026, 12, 9))
    assert (now.staff, now.planned) == (taker, line.staff)
    figures = {one.person.id: one for one in duty_month(office, DECEMBER).people}
    assert (figures[line.staff or 0].owing_words, figures[taker].owing_words) == ("欠1", "补1")
    assert (figures[line.staff or 0].given, figures[taker].taken) == (1, 1)
    assert changes_in_month(office, DECEMBER)[0].is_prior
    assert verify_office(office).findings == ()


def test_an_exchange_gives_each_the_place_of_the_other(office: Office) -> None:
    issue(office, DECEMBER)
    one, other = line_on(office, date(2026, 12, 9)), line_on(office, date(2026, 12, 16))
    change_shift(office, slip(ChangeKind.EXCHANGE, one, None, other_shift=other.id), by=KEEPER)
    assert line_on(office, date(2026, 12, 9)).staff == other.staff
    assert line_on(office, date(2026, 12, 16)).staff == one.staff
    assert not any(figures.owing for figures in duty_month(office, DECEMBER).people)


def test_an_exchange_keeps_to_one_post(office: Office) -> None:
    issue(office, DECEMBER)
    one, leader = line_on(office, date(2026, 12, 9)), line_on(office, date(2026, 12, 16), DutyPost.LEADER)
    with pytest.raises(Refused, match="不能对调"):
        change_shift(office, slip(ChangeKind.EXCHANGE, one, None, other_shift=leader.id), by=KEEPER)


def test_a_swap_phoned_after_the_shift_began_splits_it(office: Office, clock: SetClock) -> None:  # example 17
    issue(office, DECEMBER)
    clock.set(datetime(2026, 12, 9, 20, 5))
    line = line_on(office, date(2026, 12, 9))
    taker = other_officer(office, line)
    with pytest.raises(Refused, match="临时调换"):
        change_shift(office, slip(ChangeKind.SUBSTITUTE, line, taker), by=KEEPER)
    at = datetime(2026, 12, 9, 20, 0)
    entered = change_shift(office, slip(ChangeKind.TEMPORARY, line, taker, taken_over_at=at), by=KEEPER)
    assert entered.words.endswith("临时调换,20:00接手")
    made = document(office, DECEMBER)
    assert made is not None
    both = [one for one in shifts(office, made.id) if one.day == line.day and one.post is DutyPost.OFFICER]
    assert [(one.staff, one.starts_at, one.ends_at) for one in both] == [
        (line.staff, line.starts_at, at),
        (taker, at, line.ends_at),
    ]
    planned = planned_on(office, line.day)
    assert planned is not None
    assert planned.officers == (line.staff, taker)
    assert not [one for one in findings(office, made) if one.is_blocking]
    assert not changes_in_month(office, DECEMBER)[0].is_prior
    assert duty_month(office, DECEMBER).people
    figures = {one.person.id: one for one in duty_month(office, DECEMBER).people}
    assert figures[taker].taken == 1


@pytest.mark.parametrize("at", [datetime(2026, 12, 9, 17, 0), datetime(2026, 12, 9, 21, 0), None])
def test_taking_over_is_inside_the_shift_and_not_to_come(office: Office, clock: SetClock, at: datetime | None) -> None:
    issue(office, DECEMBER)
    clock.set(datetime(2026, 12, 9, 20, 5))
    line = line_on(office, date(2026, 12, 9))
    with pytest.raises(Refused, match="接手时间"):
        change_shift(office, slip(ChangeKind.TEMPORARY, line, other_officer(office, line), taken_over_at=at), by=KEEPER)


@pytest.mark.parametrize("outsider", [None, 999])
def test_a_brother_or_an_outsider_does_not_sit_in(office: Office, outsider: int | None) -> None:  # example 18
    issue(office, DECEMBER)
    line = line_on(office, date(2026, 12, 9))
    with pytest.raises(Refused) as refusal:
        change_shift(office, slip(ChangeKind.SUBSTITUTE, line, outsider), by=KEEPER)
    assert refusal.value.article == "值班制度第2条"
    assert refusal.value.field == "taken_by"
    assert line_on(office, date(2026, 12, 9)) == line


def test_a_special_roster_has_posts_with_names_of_its_own(office: Office, clock: SetClock) -> None:
    own = [OwnPost("抢险组", [30, 31, 32], 2), OwnPost("车辆保障", [40])]
    people = {DutyPost.LEADER: [1], DutyPost.MESSENGER: [10]}
    first, last = date(2026, 12, 10), date(2026, 12, 13)
    row = make_special(office, Special("防汛值班安排", first, last, "8:00-8:00", people, {}, own), by=KEEPER)
    page = roster_page(office, DECEMBER, row)
    assert page.labels == ("带班领导", "抢险组", "车辆保障", "通讯员")
    assert [line.staff for day in page.rows for line in day.of("抢险组")] == [30, 31, 32, 30, 31, 32, 30, 31]
    assert not page.rows[0].of("值班员")
    move_roster(office, row, "check_roster", by=HEAD)
    move_roster(office, row, "issue_roster", by=HEAD)
    rescue, driver = page.rows[1].of("抢险组")[0], page.rows[1].of("车辆保障")[0]
    entered = change_shift(office, slip(ChangeKind.SUBSTITUTE, rescue, 33), by=KEEPER)
    assert "抢险组" in entered.words
    other = page.rows[2].of("抢险组")[0]
    with pytest.raises(Refused, match="抢险组和车辆保障不能对调"):
        change_shift(office, slip(ChangeKind.EXCHANGE, other, None, other_shift=driver.id), by=KEEPER)
    clock.set(datetime(2026, 12, 11, 21, 0))
    at = datetime(2026, 12, 11, 20, 0)
    change_shift(office, slip(ChangeKind.TEMPORARY, driver, 41, taken_over_at=at), by=KEEPER)
    assert [line.staff for line in roster_page(office, DECEMBER, row).rows[1].of("车辆保障")] == [40, 41]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda one: replace(one, reason=" "), "原因"),
        (lambda one: replace(one, is_agreed=False), "同意"),
        (lambda one: replace(one, shift=99999), "刚才已经改过"),
        (lambda one: replace(one, reason="机密★3年"), "涉密"),
    ],
)
def test_a_slip_wants_a_reason_consent_and_a_standing_place(
    office: Office, spoil: Callable[[Slip], Slip], words: str
) -> None:
    issue(office, DECEMBER)
    line = line_on(office, date(2026, 12, 9))
    with pytest.raises(Refused, match=words):
        change_shift(office, spoil(slip(ChangeKind.SUBSTITUTE, line, other_officer(office, line))), by=KEEPER)
    assert not changes_in_month(office, DECEMBER)


def test_who_stands_that_day_already_cannot_stand_in(office: Office) -> None:
    issue(office, DECEMBER)
    line = line_on(office, date(2026, 12, 9))
    leader = line_on(office, date(2026, 12, 9), DutyPost.LEADER).staff
    with pytest.raises(Refused, match="当天已有班"):
        change_shift(office, slip(ChangeKind.SUBSTITUTE, line, leader), by=KEEPER)


def test_a_slip_is_taken_back_before_the_shift_and_stays_readable(office: Office, clock: SetClock) -> None:
    issue(office, DECEMBER)
    line = line_on(office, date(2026, 12, 9))
    entered = change_shift(office, slip(ChangeKind.SUBSTITUTE, line, other_officer(office, line)), by=KEEPER)
    cancel_change(office, entered.id, "本人能来了", by=KEEPER)
    assert line_on(office, date(2026, 12, 9)).staff == line.staff
    assert changes_in_month(office, DECEMBER)[0].struck_reason == "本人能来了"
    with pytest.raises(Refused, match="已经撤销"):
        cancel_change(office, entered.id, "再一次", by=KEEPER)
    again = change_shift(
        office, slip(ChangeKind.SUBSTITUTE, line_on(office, line.day), other_officer(office, line)), by=KEEPER
    )
    assert again.number == "调〔2026〕2号"
    clock.set(datetime(2026, 12, 9, 18, 0))
    with pytest.raises(Refused, match="已经开始"):
        cancel_change(office, again.id, "太晚", by=KEEPER)


def test_the_same_slip_sent_twice_is_one(office: Office) -> None:
    issue(office, DECEMBER)
    line = line_on(office, date(2026, 12, 9))
    asked = slip(ChangeKind.SUBSTITUTE, line, other_officer(office, line))
    first = change_shift(office, asked, by=KEEPER, form_key="k")
    assert change_shift(office, asked, by=KEEPER, form_key="k") == first


def test_the_next_roster_is_counted_down_and_red_at_the_end(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 20, 9, 1))
    issue(office, NOVEMBER)
    assert roster_due.countdown(office, date(2026, 11, 9)) is None
    assert roster_due.countdown(office, date(2026, 11, 20)) == ("12月值班表未印发(未生成,还有7个工作日)", False)
    make_roster(office, DECEMBER, by=KEEPER)
    assert roster_due.countdown(office, date(2026, 11, 30)) == ("12月值班表未印发(草拟,还有1个工作日)", True)
    late = roster_due.countdown(office, date(2026, 12, 1))
    assert late == ("本月值班表没有印发(草拟),应在上月月底前印发", True)
    issue(office, DECEMBER)
    assert roster_due.countdown(office, date(2026, 12, 1)) is None


def test_tomorrows_people_are_told_once(office: Office, clock: SetClock) -> None:
    issue(office, DECEMBER)
    clock.set(datetime(2026, 12, 8, 9, 0))
    assert roster_due.tomorrows(office, date(2026, 12, 8)) == (3, 3)
    assert note_notified(office, date(2026, 12, 9), by=KEEPER) == 3
    assert roster_due.tomorrows(office, date(2026, 12, 8)) == (3, 0)
    with pytest.raises(Refused, match="没有要通知的人"):
        note_notified(office, date(2026, 12, 9), by=KEEPER)
    line = line_on(office, date(2026, 12, 9))
    change_shift(office, slip(ChangeKind.SUBSTITUTE, line, other_officer(office, line)), by=KEEPER)
    assert roster_due.tomorrows(office, date(2026, 12, 8)) == (3, 1)


def test_who_received_an_issued_roster_is_ticked_once(office: Office) -> None:
    row = make_roster(office, DECEMBER, by=KEEPER).roster
    with pytest.raises(Refused, match="印发以后"):
        receive_roster(office, row, [7], by=KEEPER)
    issue(office, DECEMBER)
    assert receive_roster(office, row, [7, 8], by=KEEPER) == 2
    assert receive_roster(office, row, [8, 9], by=KEEPER) == 1
    take_back_receipt(office, row, 8, by=KEEPER)
    assert set(received(office, row)) == {7, 9}
    with pytest.raises(Refused, match="不用撤回"):
        take_back_receipt(office, row, 8, by=KEEPER)
    assert receive_roster(office, row, [8], by=KEEPER) == 1
    assert set(received(office, row)) == {7, 8, 9}


def test_a_rest_after_the_night_excuses_the_morning_and_the_others_are_kept(office: Office, clock: SetClock) -> None:
    settings.change(office, "duty_rest_after", "morning", by=KEEPER)
    clock.set(datetime(2026, 11, 21, 9, 0))
    issue(office, DECEMBER)
    line, friday = line_on(office, date(2026, 12, 9)), line_on(office, date(2026, 12, 4))
    assert line.staff is not None
    assert friday.staff is not None
    mine = claims(office, month_days(DECEMBER))[line.staff][HalfStatus.COMPENSATORY]
    assert mine & bit(date(2026, 12, 10), Half.MORNING)
    assert not claims(office, [date(2026, 12, 5)]).get(friday.staff, {})
    told = further_facts(office, line.staff, date(2026, 12, 10), Half.MORNING)
    assert [fact.words for fact in told] == ["12月9日值班到8:00,次日上午补休"]
    assert not further_facts(office, line.staff, date(2026, 12, 10), Half.AFTERNOON)
    clock.set(datetime(2026, 12, 7, 9, 0))
    before = balances(office, 2026, date(2026, 12, 7))[friday.staff].left
    assert before >= 1
    take_duty_rest(office, friday.staff, date(2026, 12, 15), Half.AFTERNOON, by=KEEPER)
    assert balances(office, 2026, date(2026, 12, 7))[friday.staff].left == before - 1
    with pytest.raises(Refused, match="已是补休"):
        take_duty_rest(office, friday.staff, date(2026, 12, 15), Half.AFTERNOON, by=KEEPER)


def test_a_rest_taken_back_excuses_nothing_and_may_be_taken_another_day(office: Office, clock: SetClock) -> None:
    settings.change(office, "duty_rest_after", "morning", by=KEEPER)
    clock.set(datetime(2026, 11, 21, 9, 0))
    issue(office, DECEMBER)
    clock.set(datetime(2026, 12, 7, 9, 0))
    friday, monday = line_on(office, date(2026, 12, 4)), date(2026, 12, 7)
    person = friday.staff or 0
    left = balances(office, 2026, monday)[person].left
    take_duty_rest(office, person, monday, Half.MORNING, by=KEEPER)
    (taken,) = rests_taken(office, monday, monday)
    with pytest.raises(Refused, match="需由"):
        take_back_rest(office, taken.id, by=40)
    take_back_rest(office, taken.id, by=KEEPER)
    assert not rests_taken(office, monday, monday)
    assert balances(office, 2026, monday)[person].left == left >= 1
    assert HalfStatus.COMPENSATORY not in claims(office, [monday]).get(person, {})
    with pytest.raises(Refused, match="已经撤回"):
        take_back_rest(office, taken.id, by=KEEPER)
    take_duty_rest(office, person, monday, Half.AFTERNOON, by=KEEPER)


def test_without_the_setting_a_night_gives_no_rest(office: Office) -> None:
    issue(office, DECEMBER)
    assert not balances(office, 2026, date(2026, 12, 31))
    assert not any(HalfStatus.COMPENSATORY in mine for mine in claims(office, month_days(DECEMBER)).values())


def test_a_special_roster_lies_over_the_months_with_shifts_of_its_own(office: Office) -> None:
    people = {DutyPost.LEADER: [1, 2], DutyPost.OFFICER: [20, 21, 22], DutyPost.MESSENGER: [10]}
    special = Special("防汛值班安排", date(2026, 12, 30), date(2027, 1, 2), "8:00-20:00 20:00-8:00", people, {})
    row = make_special(office, special, by=KEEPER)
    lines = shifts(office, row)
    assert len(lines) == 4 * 2 * 3
    assert [line.staff for line in lines if line.post is DutyPost.OFFICER][:4] == [20, 21, 22, 20]
    assert lines[-1].ends_at == datetime(2027, 1, 3, 8, 0)
    assert roster.specials(office, date(2027, 1, 1), date(2027, 1, 1))[0].title == "防汛值班安排"
    made = make_roster(office, DECEMBER, by=KEEPER)
    assert not {20, 21, 22} & {line.staff for line in shifts(office, made.roster) if line.day.day >= 30}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"title": ""}, "题目"),
        ({"last": date(2026, 12, 1)}, "早于"),
        ({"last": date(2028, 1, 1)}, "最多"),
        ({"hours": "早到晚"}, "班次"),
        ({"hours": "8:00-12:00 14:00-8:00"}, "空当"),
        ({"people": {DutyPost.OFFICER: [20]}}, "带班领导"),
        ({"people": {DutyPost.LEADER: [1], DutyPost.OFFICER: [999]}}, "花名册"),
        ({"counts": {DutyPost.OFFICER: 2}}, "只写了1人"),
        ({"own": [OwnPost("抢险组", [21], 2)]}, "每班2名抢险组"),
        ({"own": [OwnPost("值班员", [21])]}, "值班员一栏"),
        ({"own": [OwnPost("抢险组", [])]}, "由谁轮"),
        ({"own": [OwnPost("抢险组", [21]), OwnPost("抢险组", [22])]}, "重复"),
        ({"own": [OwnPost("司机", [999])]}, "花名册"),
        ({"own": [OwnPost(str(place), [21]) for place in range(7)]}, "最多6个"),
    ],
)
def test_a_special_roster_that_makes_no_sense_is_refused(office: Office, spoil: dict[str, object], words: str) -> None:
    people = {DutyPost.LEADER: [1], DutyPost.OFFICER: [20]}
    special = Special("春节值班安排", date(2026, 12, 30), date(2026, 12, 31), "8:00-8:00", people, {})
    with pytest.raises(Refused, match=words):
        make_special(office, replace(special, **spoil), by=KEEPER)  # type: ignore[arg-type]
    assert office.fetch("SELECT count(*) FROM rosters") == [(0,)]


def test_a_month_seals_once_issued_and_then_takes_no_slip(office: Office, clock: SetClock) -> None:
    make_roster(office, DECEMBER, by=KEEPER)
    register = ROSTER
    assert [str(one) for one in register.pending(office, DECEMBER)] == ["值班表草拟,没有印发"]
    issue(office, DECEMBER)
    assert not register.pending(office, DECEMBER)
    assert register.month_summary(office, DECEMBER) == "第1版 已印发 调班0次"
    before = register.seal_digest(office, DECEMBER)
    line = line_on(office, date(2026, 12, 9))
    change_shift(office, slip(ChangeKind.SUBSTITUTE, line, other_officer(office, line)), by=KEEPER)
    assert register.seal_digest(office, DECEMBER) != before
    clock.set(datetime(2026, 12, 28, 9, 0))
    closing.close_month(office, register.word, DECEMBER, register.pending, register.seal_digest, by=KEEPER)
    line = line_on(office, date(2026, 12, 10))
    with pytest.raises(Refused, match="已封存"):
        change_shift(office, slip(ChangeKind.SUBSTITUTE, line, other_officer(office, line)), by=KEEPER)


def test_the_search_finds_when_somebody_is_on_duty(office: Office) -> None:
    issue(office, DECEMBER)
    found = ROSTER.search(office, "赵敏")
    assert found
    assert all("赵敏" in hit.text and hit.text.endswith("带班领导") for hit in found)
