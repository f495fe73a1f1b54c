"""集中学习 and 大扫除 on a real file: what each verb writes, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import adjustments, calendar, closing, staff_changes, staff_profiles
from govoffice_tui.registers.attendance import facts
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.register import Register
from govoffice_tui.registers.rolls import calling, marking, planning, sessions
from govoffice_tui.registers.rolls.marking import Detail
from govoffice_tui.registers.rolls.months import month, seal_digest, shortfalls, summary_words
from govoffice_tui.registers.rolls.pages import page
from govoffice_tui.registers.rolls.views import PersonLine, RollPage, Topic
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import AdjustmentKind, Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.people import AttendanceMode
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import Book, MarkKind, RollState, ToldTo
from govoffice_tui.rules.study import STUDY

MONDAY, TUESDAY, THURSDAY = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 15)
DIRECTOR, RECORDER = 1, 3
TOPIC = Topic("学习《信访工作条例》", "集体学习", "钱峰", "赵敏", "三楼会议室")
IN_SESSION = datetime(2026, 10, 13, 8, 40)
TOLD = Detail(told_to=ToldTo.SECTION, told_at=datetime(2026, 10, 13, 7, 50))

ROLL_BOOKS = {register.word: register for register in REGISTERS if register.word in ("study", "hygiene")}


@pytest.fixture
def empty_office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """An office that keeps its books here since September."""
    named = {"office_name": "测试县人民政府办公室", "first_session": "2026-09-01 0"}
    founded = found_office(tmp_path, clock, named)
    yield founded
    founded.close()


@pytest.fixture
def office(office: Office, clock: SetClock) -> Office:
    """Eight people, the first 主任; the calendar of 2026; Tuesday 13 October, 8:40."""
    calendar.ensure(office, 2026)
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    clock.set(IN_SESSION)
    return office


def line(shown: RollPage, person: int) -> PersonLine:
    return next(one for one in shown.lines if one.person.id == person)


def held(office: Office, book: Book = STUDY, day: date = TUESDAY) -> None:
    """Write, close and check a session."""
    calling.write(office, book, day, TOPIC, by=RECORDER)
    calling.finish(office, book, day, by=RECORDER)
    calling.check(office, book, day, by=RECORDER)


def test_a_session_is_not_in_the_book_until_something_is_recorded(office: Office) -> None:
    shown = page(office, STUDY, TUESDAY)
    assert shown.session is not None
    assert (shown.session.row, shown.session.state, shown.session.number) == (None, RollState.PLANNED, "")
    assert office.fetch("SELECT count(*) FROM roll_sessions") == [(0,)]
    calling.write(office, STUDY, TUESDAY, TOPIC, by=RECORDER)
    shown = page(office, STUDY, TUESDAY)
    assert shown.session is not None
    assert (shown.session.number, shown.session.topic) == ("学〔2026〕1号", TOPIC)


def test_the_roll_is_everybody_there_but_not_who_is_lent_out(office: Office) -> None:
    staff_profiles.change_profile(
        office, 2, TUESDAY, mode=AttendanceMode.EXEMPT, remark="领导免签,赵敏批准", by=DIRECTOR
    )
    staff_changes.lend_out(office, 5, TUESDAY, None, "县委办", by=DIRECTOR)
    called = [one.person.id for one in page(office, STUDY, TUESDAY).lines]
    assert 2 in called
    assert 5 not in called
    with pytest.raises(Refused, match="借出"):
        marking.mark(office, STUDY, TUESDAY, 5, MarkKind.ABSENT, by=RECORDER)


def test_only_who_is_not_simply_there_has_a_row(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 2, MarkKind.LATE, Detail(datetime(2026, 10, 13, 8, 20)), by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 5, MarkKind.LEAVE, TOLD, by=RECORDER)
    done = calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    assert (done.counts.due, done.counts.attended, done.counts.late) == (8, 6, 1)
    assert done.state is RollState.HELD
    assert office.fetch("SELECT count(*) FROM roll_marks") == [(3,)]
    session = page(office, STUDY, TUESDAY).session
    assert session is not None
    assert (session.expected, session.attended) == (8, 6)


def test_leave_told_before_the_start_stands_and_later_it_is_absence(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.LEAVE, TOLD, by=RECORDER)
    late = Detail(told_to=ToldTo.LEADER, told_at=datetime(2026, 10, 13, 8, 16))
    with pytest.raises(Refused, match="请记缺席") as refusal:
        marking.mark(office, STUDY, TUESDAY, 5, MarkKind.LEAVE, late, by=RECORDER)
    assert refusal.value.article == "学习制度第3条"
    with pytest.raises(Refused, match="告知了谁"):
        marking.mark(office, STUDY, TUESDAY, 5, MarkKind.LEAVE, by=RECORDER)
    assert line(page(office, STUDY, TUESDAY), 5).kind is MarkKind.PRESENT


def test_leave_may_be_entered_days_before_and_lateness_may_not(office: Office) -> None:
    told = Detail(told_to=ToldTo.LEADER, told_at=IN_SESSION)
    marking.mark(office, STUDY, THURSDAY, 4, MarkKind.LEAVE, told, by=RECORDER)
    with pytest.raises(Refused, match="10月15日才开始"):
        marking.mark(office, STUDY, THURSDAY, 5, MarkKind.ABSENT, by=RECORDER)
    with pytest.raises(Refused, match="才开始"):
        calling.finish(office, STUDY, THURSDAY, by=RECORDER)
    assert line(page(office, STUDY, THURSDAY), 4).mark is not None


def test_leaving_early_needs_the_director(office: Office) -> None:
    for approver in (None, 2):
        with pytest.raises(Refused, match="须向主任请假") as refusal:
            marking.mark(office, STUDY, TUESDAY, 4, MarkKind.EARLY, Detail(approved_by=approver), by=RECORDER)
        assert refusal.value.field == "approved_by"
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.EARLY, Detail(approved_by=DIRECTOR), by=RECORDER)
    shown = line(page(office, STUDY, TUESDAY), 4)
    assert (shown.kind, shown.approver) == (MarkKind.EARLY, "赵敏")
    marking.mark(office, HYGIENE, MONDAY, 4, MarkKind.EARLY, by=RECORDER)


def test_a_second_mark_corrects_the_first_which_stays(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.LATE, by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.LATE, by=RECORDER)
    rows = office.fetch("SELECT kind, revision, struck_reason FROM roll_marks ORDER BY id")
    assert rows == [("absent", 1, "更正"), ("late", 2, None)]


def test_a_checked_roll_is_corrected_with_a_reason_and_counted_anew(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    held(office)
    for kind in (MarkKind.LATE, MarkKind.PRESENT):
        with pytest.raises(Refused, match="写原因"):
            marking.mark(office, STUDY, TUESDAY, 4, kind, by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.PRESENT, Detail(reason="坐在后排没看见"), by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 5, MarkKind.ABSENT, Detail(reason="点名时漏了"), by=RECORDER)
    shown = page(office, STUDY, TUESDAY)
    assert shown.session is not None
    assert (shown.session.state, shown.session.attended) == (RollState.CHECKED, 7)
    assert not shown.is_outdated
    assert shown.counts.absent == 1
    assert any("坐在后排没看见" in note for note in month(office, STUDY, "2026-10").notes)
    with pytest.raises(Refused, match="更正原因"):
        calling.write(office, STUDY, TUESDAY, Topic("别的"), by=RECORDER)
    calling.write(office, STUDY, TUESDAY, Topic("别的"), reason="写错了", by=RECORDER)
    assert page(office, STUDY, TUESDAY).counts == shown.counts
    assert office.fetch("SELECT revision, subject FROM roll_sessions WHERE struck_at IS NULL") == [(2, "别的")]


def test_a_roll_is_checked_after_it_is_closed_and_with_its_topic(office: Office) -> None:
    with pytest.raises(Refused, match="还没有点名"):
        calling.check(office, STUDY, TUESDAY, by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    with pytest.raises(Refused, match="还没有写学习内容"):
        calling.check(office, STUDY, TUESDAY, by=RECORDER)
    with pytest.raises(Refused, match="请写学习内容"):
        calling.write(office, STUDY, TUESDAY, Topic("  "), by=RECORDER)
    calling.write(office, STUDY, TUESDAY, TOPIC, by=RECORDER)
    calling.check(office, STUDY, TUESDAY, by=RECORDER)
    with pytest.raises(Refused, match="已核对"):
        calling.check(office, STUDY, TUESDAY, by=RECORDER)
    with pytest.raises(Refused, match="已点过名"):
        calling.finish(office, STUDY, TUESDAY, by=RECORDER)


def test_a_change_of_the_staff_list_asks_for_another_check(office: Office) -> None:
    held(office)
    staff_changes.transfer_out(office, 8, MONDAY, by=DIRECTOR)
    assert page(office, STUDY, TUESDAY).is_outdated
    assert any("重新核对" in str(problem) for problem in shortfalls(office, STUDY, "2026-10"))
    calling.check(office, STUDY, TUESDAY, by=RECORDER)
    assert not page(office, STUDY, TUESDAY).is_outdated


def test_a_roll_taken_from_paper_on_a_later_day_names_its_page(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 14, 9, 0))
    with pytest.raises(Refused, match="第几页"):
        calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, "12", by=RECORDER)
    session = page(office, STUDY, TUESDAY).session
    assert session is not None
    assert (session.paper_page, session.is_late) == ("12", True)
    assert any("补录,纸质点名册第12页" in note for note in month(office, STUDY, "2026-10").notes)


def test_the_same_form_sent_twice_changes_nothing(office: Office) -> None:
    for _ in range(2):
        calling.write(office, STUDY, TUESDAY, TOPIC, by=RECORDER, form_key="a")
        marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER, form_key="b")
        calling.finish(office, STUDY, TUESDAY, by=RECORDER, form_key="c")
        calling.check(office, STUDY, TUESDAY, by=RECORDER, form_key="d")
        marking.make_up(office, STUDY, TUESDAY, 4, TUESDAY, by=RECORDER, form_key="e")
    assert office.fetch("SELECT count(*) FROM roll_sessions") == [(1,)]
    assert office.fetch("SELECT count(*) FROM roll_marks") == [(1,)]
    for _ in range(2):
        planning.move(office, STUDY, THURSDAY, date(2026, 10, 16), None, DIRECTOR, "会议", by=RECORDER, form_key="f")
        planning.order(office, STUDY, date(2026, 10, 17), None, DIRECTOR, "传达", by=RECORDER, form_key="g")
        planning.void(office, STUDY, date(2026, 10, 17), "不开了", by=RECORDER, form_key="h")
        planning.cancel(office, STUDY, date(2026, 10, 20), DIRECTOR, "防汛", by=RECORDER, form_key="i")
    assert office.fetch("SELECT count(*) FROM roll_sessions") == [(4,)]


# Changes of the plan


def test_study_is_moved_by_the_director_with_a_reason(office: Office) -> None:
    friday = date(2026, 10, 16)
    for who, why, field in ((None, "会议", "ordered_by"), (2, "会议", "ordered_by"), (DIRECTOR, " ", "reason")):
        with pytest.raises(Refused) as refusal:
            planning.move(office, STUDY, THURSDAY, friday, None, who, why, by=RECORDER)
        assert (refusal.value.field, refusal.value.article) == (field, "学习制度第1条")
    planning.move(office, STUDY, THURSDAY, friday, time(15, 0), DIRECTOR, "全县大会", by=RECORDER)
    moved = page(office, STUDY, friday).session
    assert moved is not None
    assert (moved.state, moved.planned_day, moved.span.starts) == (
        RollState.MOVED,
        THURSDAY,
        datetime(2026, 10, 16, 15, 0),
    )
    assert page(office, STUDY, THURSDAY).moved_to == friday
    with pytest.raises(Refused, match="已改到10月16日"):
        marking.mark(office, STUDY, THURSDAY, 4, MarkKind.LEAVE, TOLD, by=RECORDER)
    assert [one.day.day for one in sessions.sessions(office, STUDY, TUESDAY, date(2026, 10, 18))] == [13, 16]


def test_what_was_told_for_the_old_time_is_struck_when_study_is_moved(office: Office) -> None:
    told = Detail(told_to=ToldTo.LEADER, told_at=IN_SESSION)
    marking.mark(office, STUDY, THURSDAY, 4, MarkKind.LEAVE, told, by=RECORDER)
    planning.move(office, STUDY, THURSDAY, THURSDAY, time(16, 0), DIRECTOR, "全县大会", by=RECORDER)
    assert line(page(office, STUDY, THURSDAY), 4).mark is None
    assert office.fetch("SELECT struck_reason FROM roll_marks") == [("改到10月15日",)]


def test_a_day_holds_one_session_and_a_move_has_its_bounds(office: Office) -> None:
    def moving(to_day: date, starts: time | None = None) -> Callable[[], object]:
        return lambda: planning.move(office, STUDY, THURSDAY, to_day, starts, DIRECTOR, "会议", by=RECORDER)

    for act, words in (
        (moving(TUESDAY), "已有集中学习"),
        (moving(THURSDAY), "没有要改的"),
        (moving(date(2026, 12, 31)), "离得太远"),
        (moving(date(2027, 1, 5)), "离得太远"),
    ):
        with pytest.raises(Refused, match=words):
            act()
    moving(THURSDAY, time(15, 0))()
    moving(date(2026, 10, 16))()
    moving_back = planning.move(office, STUDY, date(2026, 10, 16), THURSDAY, None, DIRECTOR, "会议取消", by=RECORDER)
    assert moving_back.day == THURSDAY
    assert office.fetch("SELECT count(*) FROM roll_sessions") == [(1,)]


def test_a_cancelled_session_takes_no_roll_until_the_entry_is_void(office: Office) -> None:
    planning.cancel(office, STUDY, TUESDAY, DIRECTOR, "防汛", by=RECORDER)
    with pytest.raises(Refused, match="已取消"):
        marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    with pytest.raises(Refused, match="已有集中学习"):
        planning.order(office, STUDY, TUESDAY, None, DIRECTOR, "又开了", by=RECORDER)
    with pytest.raises(Refused, match="作废要写原因"):
        planning.void(office, STUDY, TUESDAY, "", by=RECORDER)
    planning.void(office, STUDY, TUESDAY, "雨停了", by=RECORDER)
    session = page(office, STUDY, TUESDAY).session
    assert session is not None
    assert (session.state, session.row) == (RollState.PLANNED, None)
    with pytest.raises(Refused, match="没有要作废的"):
        planning.void(office, STUDY, TUESDAY, "再来", by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    session = page(office, STUDY, TUESDAY).session
    assert session is not None
    assert session.number == "学〔2026〕2号"


def test_a_roll_taken_is_neither_moved_nor_cancelled(office: Office) -> None:
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    with pytest.raises(Refused, match="已开展"):
        planning.cancel(office, STUDY, TUESDAY, DIRECTOR, "防汛", by=RECORDER)
    with pytest.raises(Refused, match="已开展"):
        planning.move(office, STUDY, TUESDAY, date(2026, 10, 16), None, DIRECTOR, "防汛", by=RECORDER)


def test_an_extra_session_is_the_directors_order_on_any_day(office: Office, clock: SetClock) -> None:
    saturday = date(2026, 10, 17)
    with pytest.raises(Refused, match="没有集中学习"):
        calling.write(office, STUDY, saturday, TOPIC, by=RECORDER)
    with pytest.raises(Refused, match="由主任确定"):
        planning.order(office, STUDY, saturday, time(9, 0), 2, "传达会议精神", by=RECORDER)
    planning.order(office, STUDY, saturday, time(9, 0), DIRECTOR, "传达会议精神", by=RECORDER)
    with pytest.raises(Refused, match="已有集中学习"):
        planning.order(office, STUDY, saturday, None, DIRECTOR, "再来", by=RECORDER)
    with pytest.raises(Refused, match="已有集中学习"):
        planning.order(office, STUDY, TUESDAY, None, DIRECTOR, "再来", by=RECORDER)
    clock.set(datetime(2026, 10, 17, 9, 40))
    held(office, day=saturday)
    assert any("10月17日加开集中学习(赵敏定:传达会议精神)" in note for note in month(office, STUDY, "2026-10").notes)


def test_the_section_puts_a_holidays_cleaning_off_to_the_first_workday(office: Office) -> None:
    monday, thursday = date(2026, 10, 5), date(2026, 10, 8)
    shown = page(office, HYGIENE, monday)
    assert (shown.session, shown.offer) == (None, thursday)
    assert page(office, STUDY, date(2026, 10, 6)).offer is None
    planning.move(office, HYGIENE, monday, thursday, None, RECORDER, "节后补扫", by=RECORDER)
    shown = page(office, HYGIENE, thursday)
    assert shown.session is not None
    assert shown.session.state is RollState.MOVED
    assert page(office, HYGIENE, monday).offer is None


def test_a_holidays_monday_is_asked_about_until_it_is_decided(office: Office, clock: SetClock) -> None:
    register = ROLL_BOOKS["hygiene"]
    clock.set(datetime(2026, 10, 8, 7, 0))
    assert any("是否改期到节后首个工作日(10月8日)" in due.text for due in register.due(office, office.now()))
    clock.set(IN_SESSION)
    planning.cancel(office, HYGIENE, date(2026, 10, 5), RECORDER, "节前已扫", by=RECORDER)
    clock.set(datetime(2026, 10, 8, 7, 0))
    assert not any("是否改期" in due.text for due in register.due(office, office.now()))


def test_a_morning_the_office_closed_has_no_session(office: Office) -> None:
    adjustments.adjust(office, THURSDAY, [Half.MORNING], AdjustmentKind.CLOSED, "县政府办", "停电", by=DIRECTOR)
    assert page(office, STUDY, THURSDAY).session is None
    assert sessions.neighbour(office, STUDY, TUESDAY, 1) == date(2026, 10, 20)


# Beside the other books


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other books claim that 4 is on leave and 5 out on business the morning of the 13th."""
    place = bit(TUESDAY, Half.MORNING)

    def claimed(office: Office, days: Sequence[date]) -> facts.Claims:
        return {4: {HalfStatus.SICK: place}, 5: {HalfStatus.OUT: place}} if TUESDAY in days else {}

    monkeypatch.setattr(facts, "CLAIMS", (*facts.CLAIMS, claimed))


@pytest.mark.usefixtures("explained")
def test_leave_and_outings_are_marked_beforehand_and_stand_once_the_recorder_confirms(office: Office) -> None:
    shown = page(office, STUDY, TUESDAY)
    assert (line(shown, 4).kind, line(shown, 4).suggested) == (MarkKind.LEAVE, "请假登记")
    assert (line(shown, 5).kind, line(shown, 5).suggested) == (MarkKind.OUT, "外出登记")
    assert office.fetch("SELECT count(*) FROM roll_marks") == [(0,)]
    done = calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    assert (done.counts.leave, done.counts.out, done.counts.attended) == (1, 1, 6)
    assert line(page(office, STUDY, TUESDAY), 4).suggested == ""
    assert office.fetch("SELECT staff_id, kind FROM roll_marks ORDER BY staff_id") == [(4, "leave"), (5, "out")]


@pytest.mark.usefixtures("explained")
def test_who_came_all_the_same_is_marked_as_there_and_the_difference_shows(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.PRESENT, by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    shown = line(page(office, STUDY, TUESDAY), 4)
    assert (shown.kind, shown.hint) == (MarkKind.PRESENT, "请假登记有记录")


@pytest.mark.usefixtures("explained")
def test_leave_the_leave_book_knows_needs_no_notice(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.LEAVE, by=RECORDER)
    with pytest.raises(Refused, match="告知了谁"):
        marking.mark(office, STUDY, TUESDAY, 5, MarkKind.LEAVE, by=RECORDER)


@pytest.mark.usefixtures("explained")
def test_what_is_known_of_one_half_day_says_nothing_of_another(office: Office) -> None:
    planning.move(office, STUDY, TUESDAY, TUESDAY, time(16, 0), DIRECTOR, "全县大会", by=RECORDER)
    assert line(page(office, STUDY, TUESDAY), 4).suggested == ""


def test_the_books_infer_nothing_from_each_other_and_show_where_they_differ(office: Office, clock: SetClock) -> None:
    clock.at -= 3600
    sign_in(office, 4, TUESDAY, Half.MORNING, by=RECORDER)
    clock.set(IN_SESSION)
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    assert line(page(office, STUDY, TUESDAY), 4).hint == "签到簿已签"
    assert line(page(office, STUDY, TUESDAY), 5).hint == ""
    collect_book(office, TUESDAY, Half.MORNING, by=RECORDER)
    shown = page(office, STUDY, TUESDAY)
    assert (line(shown, 4).kind, line(shown, 5).kind) == (MarkKind.ABSENT, MarkKind.PRESENT)
    assert line(shown, 5).hint == "签到簿没有签"


def test_the_roll_is_taken_while_the_sign_in_book_is_being_collected(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 13, 8, 15, 0))
    other = office.another(1.0)
    sign_in(office, 4, TUESDAY, Half.MORNING, by=RECORDER)
    marking.mark(other, STUDY, TUESDAY, 5, MarkKind.ABSENT, by=RECORDER)
    collect_book(office, TUESDAY, Half.MORNING, "开始学习", by=RECORDER)
    calling.finish(other, STUDY, TUESDAY, by=RECORDER)
    other.close()
    assert page(office, STUDY, TUESDAY).counts.absent == 1


# Months


def test_somebody_who_missed_study_makes_up_for_it(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    for person, made_up, words in (
        (5, TUESDAY, "不用补学"),
        (4, TUESDAY - timedelta(days=1), "之间"),
        (4, THURSDAY, "之间"),
    ):
        with pytest.raises(Refused, match=words):
            marking.make_up(office, STUDY, TUESDAY, person, made_up, by=RECORDER)
    marking.make_up(office, STUDY, TUESDAY, 4, TUESDAY, "自学并交笔记", by=RECORDER)
    read = month(office, STUDY, "2026-10")
    assert next(one for one in read.people if one.person.id == 4).made_up == 1
    assert any("补学:10月13日王伟(行政股)10月13日补(自学并交笔记)。" in note for note in read.notes)


def test_a_month_is_sealed_when_every_session_is_checked_and_then_takes_nothing(
    office: Office, clock: SetClock
) -> None:
    for day in (TUESDAY, THURSDAY, *(date(2026, 10, day) for day in (20, 22, 27, 29))):
        clock.set(datetime.combine(day, time(8, 50)))
        assert shortfalls(office, STUDY, "2026-10")
        held(office, day=day)
    clock.set(datetime(2026, 11, 2, 9, 0))
    assert shortfalls(office, STUDY, "2026-10") == []
    register = ROLL_BOOKS["study"]
    digest = seal_digest(office, STUDY, "2026-10")
    closing.close_month(office, "study", "2026-10", register.pending, register.seal_digest, by=DIRECTOR)
    for act in (
        lambda: calling.write(office, STUDY, TUESDAY, Topic("别的"), reason="错", by=RECORDER),
        lambda: marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, Detail(reason="错"), by=RECORDER),
        lambda: calling.check(office, STUDY, TUESDAY, by=RECORDER),
        lambda: marking.make_up(office, STUDY, TUESDAY, 4, TUESDAY, by=RECORDER),
        lambda: planning.void(office, STUDY, TUESDAY, "错", by=RECORDER),
        lambda: planning.order(office, STUDY, date(2026, 10, 17), None, DIRECTOR, "补", by=RECORDER),
        lambda: planning.move(office, STUDY, date(2026, 11, 3), date(2026, 10, 31), None, DIRECTOR, "补", by=RECORDER),
    ):
        with pytest.raises(Refused, match="已封存"):
            act()
    assert seal_digest(office, STUDY, "2026-10") == digest
    assert "集中学习6次 应到48人次 实到48" in summary_words(office, STUDY, "2026-10")
    assert "出勤率100.0%" in summary_words(office, STUDY, "2026-10")


def test_what_was_before_the_book_began_is_not_missing(office: Office) -> None:
    assert shortfalls(office, STUDY, "2026-09") != []
    days = [due.day for due in ROLL_BOOKS["study"].due(office, office.now())]
    assert days == [TUESDAY]
    calling.finish(office, STUDY, date(2026, 9, 29), "3", by=RECORDER)
    places = [problem.place for problem in shortfalls(office, STUDY, "2026-10")]
    assert "10月8日星期四" in places


@pytest.mark.parametrize("register", ROLL_BOOKS.values(), ids=lambda register: register.word)
def test_today_asks_for_the_roll_the_check_and_what_was_forgotten(
    office: Office, clock: SetClock, register: Register
) -> None:
    book = {"study": STUDY, "hygiene": HYGIENE}[register.word]
    day = TUESDAY if book is STUDY else MONDAY
    clock.set(datetime.combine(day, time(7, 0)))
    assert [due.is_overdue for due in register.due(office, office.now()) if due.day == day] == [False]
    clock.set(datetime.combine(day, time(9, 0)))
    assert [due.is_overdue for due in register.due(office, office.now()) if due.day == day] == [True]
    calling.finish(office, book, day, by=RECORDER)
    assert any("还没有核对" in due.text for due in register.due(office, office.now()))
    calling.write(office, book, day, TOPIC, by=RECORDER)
    calling.check(office, book, day, by=RECORDER)
    assert not [due for due in register.due(office, office.now()) if due.day == day]
    assert [hit.day for hit in register.search(office, "信访")] == [day]
    clock.set(datetime.combine(day + timedelta(days=8), time(7, 0)))
    assert any("没有登记" in due.text for due in register.due(office, office.now())) or book is HYGIENE


def test_each_book_is_kept_by_its_own_recorder(office: Office) -> None:
    assign_post(office, 5, Post.STUDY_RECORDER, by=DIRECTOR)
    assign_post(office, 7, Post.HYGIENE_RECORDER, by=DIRECTOR)
    with pytest.raises(Refused, match="学习记录员"):
        calling.finish(office, STUDY, TUESDAY, by=7)
    with pytest.raises(Refused, match="卫生登记员"):
        calling.finish(office, HYGIENE, MONDAY, "1", by=5)
    calling.finish(office, STUDY, TUESDAY, by=5)
    calling.finish(office, HYGIENE, MONDAY, "1", by=7)


@pytest.mark.parametrize("text", ["机密★3年", "密码电报"])
def test_a_classified_mark_is_refused_under_its_field(office: Office, text: str) -> None:
    for act, field in (
        (lambda: calling.write(office, STUDY, TUESDAY, Topic(text), by=RECORDER), "subject"),
        (lambda: calling.write(office, STUDY, TUESDAY, Topic("学习", speaker=text), by=RECORDER), "speaker"),
        (lambda: marking.mark(office, STUDY, TUESDAY, 4, MarkKind.OUT, Detail(remark=text), by=RECORDER), "remark"),
        (lambda: planning.cancel(office, STUDY, TUESDAY, DIRECTOR, text, by=RECORDER), "reason"),
    ):
        with pytest.raises(Refused, match="涉密") as refusal:
            act()
        assert refusal.value.field == field
    assert office.fetch("SELECT count(*) FROM roll_sessions") == [(0,)]


def test_the_book_verifies_after_every_deed(office: Office) -> None:
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.ABSENT, by=RECORDER)
    held(office)
    marking.mark(office, STUDY, TUESDAY, 4, MarkKind.LATE, Detail(reason="看错"), by=RECORDER)
    planning.cancel(office, STUDY, THURSDAY, DIRECTOR, "防汛", by=RECORDER)
    planning.void(office, STUDY, THURSDAY, "雨停", by=RECORDER)
    assert not verify_office(office).findings


ROLLS = st.lists(
    st.dictionaries(st.integers(1, 8), st.sampled_from([MarkKind.LATE, MarkKind.OUT, MarkKind.ABSENT]), max_size=8),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROLLS)
def test_a_months_totals_are_those_of_its_rolls(
    office: Office, clock: SetClock, rolls: list[dict[int, MarkKind]]
) -> None:
    """Each example writes over the marks of the one before: a correction changes the totals, too."""
    clock.set(datetime(2026, 10, 29, 8, 50))
    days = [TUESDAY, THURSDAY, date(2026, 10, 20), date(2026, 10, 22)]
    for day, roll in zip(days, rolls, strict=False):
        for person in range(1, 9):
            marking.mark(office, STUDY, day, person, roll.get(person, MarkKind.PRESENT), by=RECORDER)
        shown = page(office, STUDY, day)
        if shown.session is not None and not shown.session.state.is_held:
            calling.finish(office, STUDY, day, "1", by=RECORDER)
    read = month(office, STUDY, "2026-10")
    counts = read.counts
    assert counts.due == counts.attended + counts.leave + counts.out + counts.absent == 8 * len(read.held)
    assert counts.absent == sum(one.counts.absent for one in read.held)
    for day, roll in zip(days, rolls, strict=False):
        shown = page(office, STUDY, day)
        assert {one.person.id: one.kind for one in shown.lines if one.kind is not MarkKind.PRESENT} == roll
