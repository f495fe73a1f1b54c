"""因公外出 on a real file: what each verb writes, what it explains of half-days, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.attendance.months import figures
from govoffice_tui.registers.attendance.pages import board, story
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.outings import pages
from govoffice_tui.registers.outings.names import goers, read_names
from govoffice_tui.registers.outings.recording import (
    Plan,
    add_travellers,
    correct_outing,
    enter_outing,
    extend_outing,
    phone_outing,
    strike_traveller,
    void_outing,
)
from govoffice_tui.registers.outings.returning import record_return, settle_outings, take_back_return
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff_changes import transfer_out
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.outings import OutingState
from govoffice_tui.rules.refusal import Refused

TODAY = date(2026, 10, 12)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
KEEPER = 3
PLAN = Plan("下乡督查", "城关镇", TODAY, MORNING, TODAY, MORNING)


def status(office: Office, person: int, day: date = TODAY, half: Half = MORNING) -> HalfStatus:
    _, _, people = figures(office, f"{day:%Y-%m}")
    return next(one for one in people if one.person.id == person).status(day, half)


def enter(office: Office, *people: int, plan: Plan = PLAN) -> int:
    return enter_outing(office, people, plan, by=KEEPER).outing


def at(office: Office, clock: SetClock, hour: int, minute: int = 0, day: int = 12) -> None:
    clock.set(datetime(2026, 10, day, hour, minute))


def test_word_before_the_cut_off_is_an_outing_and_after_it_one_flagged(office: Office, clock: SetClock) -> None:
    # example 13
    at(office, clock, 8, 5)
    early = enter_outing(office, [4], PLAN, by=KEEPER)
    at(office, clock, 9, 0)
    late = enter_outing(office, [5], PLAN, by=KEEPER)
    assert (early.is_late_notice, late.is_late_notice) == (False, True)
    assert status(office, 4) is status(office, 5) is HalfStatus.OUT
    assert late.words == "外〔2026〕2号 阿依古丽·买买提 事后告知"
    facts = [fact.words for fact in story(office, 5, TODAY, MORNING).facts]
    assert facts == ["因公外出外〔2026〕2号 下乡督查 城关镇(电话告知,周小萍接)(事后告知)"]
    assert story(office, 5, TODAY, MORNING).article == "考勤制度第5条"


@pytest.mark.parametrize(("second", "is_late"), [(0, False), (1, True)])
def test_the_cut_off_second_is_in_time_for_word_of_an_outing(
    office: Office, clock: SetClock, second: int, is_late: bool
) -> None:
    clock.set(datetime(2026, 10, 12, 8, 15, second))
    assert enter_outing(office, [4], PLAN, by=KEEPER).is_late_notice is is_late


def test_somebody_announced_out_is_not_missed_when_the_book_is_collected(office: Office, clock: SetClock) -> None:
    for person in (1, 2, 3, 5, 6, 7, 8):
        sign_in(office, person, TODAY, MORNING, by=KEEPER)
    enter(office, 4)
    done = collect_book(office, TODAY, MORNING, by=KEEPER)
    assert (done.expected, done.signed) == (8, 7)
    assert board(office, TODAY, MORNING).missing == ()
    assert board(office, TODAY, MORNING).out == 1


def test_an_hour_out_inside_a_half_day_takes_no_signature_away(office: Office, clock: SetClock) -> None:
    at(office, clock, 8, 0)
    sign_in(office, 4, TODAY, MORNING, by=KEEPER)
    at(office, clock, 9, 20)
    plan = replace(PLAN, left_at=time(9, 30), until_at=time(11, 0))
    enter(office, 4, plan=plan)
    enter(office, 5, plan=plan)
    at(office, clock, 11, 30)
    assert status(office, 4) is HalfStatus.SIGNED
    assert status(office, 5) is HalfStatus.PENDING
    assert story(office, 5, TODAY, MORNING).facts[0].words.endswith("上午仍应签到")


def test_who_leaves_before_the_cut_off_is_explained_and_who_leaves_after_it_was_due(
    office: Office, clock: SetClock
) -> None:
    at(office, clock, 8, 10)
    enter(office, 4, plan=replace(PLAN, left_at=time(8, 15), until_at=time(11, 0)))
    enter(office, 5, plan=replace(PLAN, left_at=time(8, 16), until_at=time(11, 0)))
    at(office, clock, 12, 0)
    assert (status(office, 4), status(office, 5)) == (HalfStatus.OUT, HalfStatus.PENDING)


def test_a_journey_of_days_explains_every_half_day_between_and_ends_with_the_return(
    office: Office, clock: SetClock
) -> None:
    plan = replace(PLAN, from_half=AFTERNOON, last=date(2026, 10, 16), to_half=AFTERNOON)
    outing = enter(office, 4, 5, plan=plan)
    clock.set(datetime(2026, 10, 15, 9, 0))
    done = record_return(office, outing, [4], date(2026, 10, 14), None, time(10, 30), by=KEEPER)
    assert (done.when, done.still_out) == ("10月14日10:30", 1)
    clock.set(datetime(2026, 10, 17, 9, 0))
    assert status(office, 4, TODAY, MORNING) is HalfStatus.PENDING
    assert status(office, 4, TODAY, AFTERNOON) is HalfStatus.OUT
    assert status(office, 4, date(2026, 10, 14), MORNING) is HalfStatus.OUT
    assert status(office, 4, date(2026, 10, 14), AFTERNOON) is HalfStatus.PENDING
    assert status(office, 5, date(2026, 10, 16), AFTERNOON) is HalfStatus.OUT


def test_one_record_for_many_is_all_or_nobody(office: Office, clock: SetClock) -> None:
    transfer_out(office, 7, TODAY, by=KEEPER)
    clock.set(datetime(2026, 10, 13, 7, 50))
    plan = replace(PLAN, first=date(2026, 10, 13), last=date(2026, 10, 13))
    with pytest.raises(Refused, match="冯䶮10月13日不在册") as refusal:
        enter(office, 1, 7, plan=plan)
    assert refusal.value.field == "people"
    assert pages.month(office, "2026-10") == []
    done = enter_outing(office, [8, 1, 8, 2], plan, by=KEEPER)
    assert done.people == ("赵敏", "钱峰", "吴桂芳")


def test_somebody_out_already_is_refused_by_name_and_a_touching_outing_is_not(office: Office) -> None:
    enter(office, 4, 5, plan=replace(PLAN, to_half=AFTERNOON, left_at=time(9, 0), until_at=time(15, 0)))
    with pytest.raises(Refused, match=r"王伟\(行政股\)\(外〔2026〕1号 10月12日9:00—15:00\)") as refusal:
        enter(office, 1, 4, plan=replace(PLAN, left_at=time(14, 59), until_at=time(16, 0)))
    assert (refusal.value.field, len(pages.month(office, "2026-10"))) == ("people", 1)
    enter(office, 4, plan=replace(PLAN, left_at=time(15, 0), until_at=time(16, 0)))


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"matter": " \u200b"}, "matter", "请写外出事由"),
        ({"place": ""}, "place", "请写去哪里"),
        ({"last": date(2026, 10, 9)}, "last", "预计返回不晚于外出时间"),
        ({"left_at": time(11, 0), "until_at": time(11, 0)}, "last", "预计返回不晚于外出时间"),
        ({"last": date(2028, 10, 12)}, "last", "最长一年"),
        ({"first": date(2036, 10, 12), "last": date(2036, 10, 12)}, "first", "请核对年份"),
        ({"notified_at": datetime(2026, 10, 12, 9, 0)}, "notified_at", "还没有到"),
        ({"matter": "送机密★3年文件"}, "matter", "涉密"),
        ({"place": "绝密级会议室"}, "place", "涉密"),
        ({"sent_by": "[秘密]"}, "sent_by", "涉密"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(
    office: Office, change: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refusal:
        enter(office, 4, plan=replace(PLAN, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert pages.month(office, "2026-10") == []


def test_nobody_is_refused_too(office: Office) -> None:
    with pytest.raises(Refused, match="请写谁外出"):
        enter(office)
    with pytest.raises(Refused, match="没有这个人"):
        enter(office, 99)


def test_a_phoned_outing_needs_nothing_but_the_person_and_is_checked_off_once_its_place_is_known(
    office: Office, clock: SetClock
) -> None:
    done = phone_outing(office, 4, TODAY, MORNING, by=KEEPER)
    assert status(office, 4) is HalfStatus.OUT
    at(office, clock, 11, 0)
    record_return(office, done.outing, by=KEEPER)
    with pytest.raises(Refused, match="还没有写去哪里"):
        settle_outings(office, [done.outing], by=KEEPER)
    again = correct_outing(office, done.outing, replace(PLAN, place="县医院"), "补地点", by=KEEPER)
    assert settle_outings(office, [again.outing], by=KEEPER) == 1


def test_a_correction_keeps_number_people_and_returns(office: Office, clock: SetClock) -> None:
    outing = enter(office, 4, 5)
    at(office, clock, 11, 0)
    record_return(office, outing, [4], by=KEEPER)
    done = correct_outing(office, outing, replace(PLAN, place="东风镇"), "地点写错", by=KEEPER)
    assert done.number == "外〔2026〕1号"
    now, before = pages.month(office, "2026-10")
    assert (now.place, now.revision, before.is_struck, before.place) == ("东风镇", 2, True, "城关镇")
    assert [one.back_words for one in now.standing] == ["10月12日11:00", ""]
    assert now.notified_at == datetime(2026, 10, 12, 7, 50)
    with pytest.raises(Refused, match="已经划去或更正"):
        extend_outing(office, outing, TODAY, AFTERNOON, by=KEEPER)
    with pytest.raises(Refused, match="外出不能晚于返回"):
        correct_outing(office, done.outing, replace(PLAN, left_at=time(11, 30)), "晚走", by=KEEPER)


def test_a_person_who_did_not_go_is_struck_singly_and_the_last_by_voiding(office: Office, clock: SetClock) -> None:
    outing = enter(office, 4, 5)
    at(office, clock, 10, 0)
    record_return(office, outing, [5], by=KEEPER)
    strike_traveller(office, outing, 4, "没有去", by=KEEPER)
    line = pages.month(office, "2026-10")[0]
    assert [(one.name, one.struck_reason) for one in line.travellers] == [
        ("王伟(行政股)", "没有去"),
        ("阿依古丽·买买提", ""),
    ]
    assert line.state is OutingState.BACK
    assert status(office, 4) is HalfStatus.PENDING
    with pytest.raises(Refused, match="只有一个人"):
        strike_traveller(office, outing, 5, "没有去", by=KEEPER)
    assert void_outing(office, outing, "会议取消", by=KEEPER) == "外〔2026〕1号"
    assert status(office, 5) is HalfStatus.PENDING
    assert enter_outing(office, [5], PLAN, by=KEEPER).number == "外〔2026〕2号"
    with pytest.raises(Refused, match="已经划去"):
        void_outing(office, outing, "会议取消", by=KEEPER)


def test_people_are_added_and_never_twice(office: Office) -> None:
    outing = enter(office, 4)
    assert add_travellers(office, outing, [5], by=KEEPER).people == ("王伟(行政股)", "阿依古丽·买买提")
    with pytest.raises(Refused, match="已在这一笔外出里"):
        add_travellers(office, outing, [5, 6], by=KEEPER)
    other = enter(office, 7)
    with pytest.raises(Refused, match="已有外出登记"):
        add_travellers(office, other, [5], by=KEEPER)


def test_a_return_is_not_before_the_start_not_to_come_and_not_after_a_signature(
    office: Office, clock: SetClock
) -> None:
    outing = enter(office, 4, plan=replace(PLAN, left_at=time(9, 0), until_at=time(11, 0)))
    with pytest.raises(Refused, match="还没有到外出时间"):
        record_return(office, outing, by=KEEPER)
    at(office, clock, 14, 20)
    sign_in(office, 4, TODAY, AFTERNOON, by=KEEPER)
    at(office, clock, 16, 0)
    for wrong, sentence in ((time(8, 0), "不晚于外出"), (time(17, 0), "还没有到"), (time(15, 0), "14:20已签到")):
        with pytest.raises(Refused, match=sentence) as refusal:
            record_return(office, outing, [4], TODAY, None, wrong, by=KEEPER)
        assert refusal.value.field == "day"
    assert record_return(office, outing, by=KEEPER).when == "10月12日14:20"


def test_a_return_is_put_right_and_taken_back_with_every_line_kept(office: Office, clock: SetClock) -> None:
    outing = enter(office, 4)
    at(office, clock, 11, 30)
    record_return(office, outing, by=KEEPER)
    record_return(office, outing, [4], TODAY, None, time(11, 0), by=KEEPER)
    assert pages.month(office, "2026-10")[0].standing[0].back_words == "10月12日11:00"
    with pytest.raises(Refused, match="都已登记返回"):
        record_return(office, outing, by=KEEPER)
    assert take_back_return(office, outing, 4, by=KEEPER) == "王伟(行政股)"
    assert pages.month(office, "2026-10")[0].state is OutingState.OUT
    kept = office.fetch("SELECT revision, struck_reason FROM outing_people ORDER BY id")
    assert kept == [(1, "更正返回时间"), (2, "撤回返回"), (3, None)]


def test_a_late_return_may_not_reach_into_the_next_outing(office: Office, clock: SetClock) -> None:
    first = enter(office, 4, plan=replace(PLAN, left_at=time(9, 0), until_at=time(10, 0)))
    enter(office, 4, plan=replace(PLAN, left_at=time(10, 30), until_at=time(11, 0)))
    at(office, clock, 12, 0)
    with pytest.raises(Refused, match="已有外出登记"):
        record_return(office, first, [4], TODAY, None, time(10, 45), by=KEEPER)
    record_return(office, first, [4], TODAY, None, time(10, 30), by=KEEPER)


def test_putting_off_moves_the_expected_end_and_nobody_back_is_moved(office: Office, clock: SetClock) -> None:
    outing = enter(office, 4, 5)
    at(office, clock, 11, 0)
    record_return(office, outing, [5], by=KEEPER)
    extend_outing(office, outing, date(2026, 10, 13), MORNING, remark="会期延长", by=KEEPER)
    clock.set(datetime(2026, 10, 13, 9, 0))
    assert status(office, 4, date(2026, 10, 13)) is HalfStatus.OUT
    assert status(office, 5, date(2026, 10, 13)) is HalfStatus.PENDING
    with pytest.raises(Refused, match="不晚于外出"):
        extend_outing(office, outing, date(2026, 10, 9), MORNING, by=KEEPER)


def test_a_return_not_noted_is_asked_for_and_turns_red_after_a_workday(office: Office, clock: SetClock) -> None:
    enter(office, 4, plan=replace(PLAN, first=TODAY, last=date(2026, 10, 16), to_half=AFTERNOON))
    clock.set(datetime(2026, 10, 16, 18, 0))
    assert pages.due_returns(office, office.now()) == []
    for day, is_late in ((17, False), (19, False), (20, True)):  # Friday's return; Monday is the workday after
        clock.set(datetime(2026, 10, day, 9, 0))
        assert pages.due_returns(office, office.now()) == [
            ("外〔2026〕1号 王伟(行政股) 应10月16日返回,没有登记返回", is_late, TODAY)
        ]


def test_a_month_is_sealed_once_everybody_is_back_and_checked_off(office: Office, clock: SetClock) -> None:
    one, many = enter(office, 4), enter(office, 5, 6)
    at(office, clock, 12, 0)
    record_return(office, one, by=KEEPER)
    clock.set(datetime(2026, 11, 2, 9, 0))
    assert [str(problem) for problem in pages.pending(office, "2026-10")] == [
        "外〔2026〕1号:王伟(行政股) 还没有核销",
        "外〔2026〕2号:阿依古丽·买买提、王伟(资料动态股) 没有登记返回",
    ]
    record_return(office, many, (), TODAY, MORNING, by=KEEPER)
    settle_outings(office, [one, many], by=KEEPER)
    with pytest.raises(Refused, match="已核销"):
        void_outing(office, one, "错了", by=KEEPER)
    closing.close_month(office, "outings", "2026-10", pages.pending, pages.seal_digest, by=KEEPER)
    with pytest.raises(Refused, match="2026年10月外出已封存"):
        enter(office, 7)


def test_nothing_changes_a_sheet_of_attendance_under_seal(office: Office, clock: SetClock) -> None:
    outing = enter(office, 4, plan=replace(PLAN, last=date(2026, 11, 3), to_half=AFTERNOON))
    clock.set(datetime(2026, 11, 4, 9, 0))
    none: Callable[[Office, str], list[object]] = lambda _office, _month: []  # noqa: E731
    closing.close_month(office, "attendance", "2026-10", none, lambda *_: "", by=KEEPER)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="考勤已封存"):
        enter(office, 5)
    with pytest.raises(Refused, match="考勤已封存"):
        record_return(office, outing, [4], date(2026, 10, 30), MORNING, by=KEEPER)
    assert record_return(office, outing, [4], date(2026, 11, 2), MORNING, by=KEEPER).still_out == 0
    enter(office, 5, plan=replace(PLAN, left_at=time(9, 0), until_at=time(11, 0)))  # explains no half-day


def test_a_slip_lets_an_outing_into_a_month_under_seal_as_the_next_revision_of_both_books(
    office: Office, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 4, 9, 0))
    for register in ("attendance", "outings"):
        digest = {one.word: one.seal_digest for one in REGISTERS}[register]
        closing.close_month(office, register, "2026-10", lambda *_: [], digest, by=KEEPER)
    slip = Amendment(1, "通知晚到", "更正单第1页")
    plan = replace(PLAN, first=date(2026, 10, 13), last=date(2026, 10, 13))
    amend(office, slip, lambda: enter_outing(office, [4], plan, by=KEEPER), by=KEEPER)
    assert status(office, 4, date(2026, 10, 13)) is HalfStatus.OUT
    revisions = office.fetch("SELECT register, max(revision) FROM closings GROUP BY register ORDER BY register")
    assert revisions == [("attendance", 2), ("outings", 2)]


def test_only_the_keeper_or_a_head_writes_and_a_reader_never(office: Office) -> None:
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=None)
    assign_post(office, 1, Post.DIRECTOR, by=KEEPER)
    with pytest.raises(Refused, match="签到管理人"):
        enter_outing(office, [4], PLAN, by=5)
    enter_outing(office, [4], PLAN, by=1)
    with pytest.raises(Refused, match="F9"):
        enter_outing(office, [5], PLAN, by=None)


def test_the_same_form_sent_twice_changes_nothing(office: Office, clock: SetClock) -> None:
    first = enter_outing(office, [4, 5], PLAN, by=KEEPER, form_key="one")
    assert enter_outing(office, [4, 5], PLAN, by=KEEPER, form_key="one") == first
    assert add_travellers(office, first.outing, [6], by=KEEPER, form_key="two") == add_travellers(
        office, first.outing, [6], by=KEEPER, form_key="two"
    )
    corrected = correct_outing(office, first.outing, PLAN, "重写", by=KEEPER, form_key="three")
    assert correct_outing(office, first.outing, PLAN, "重写", by=KEEPER, form_key="three") == corrected
    outing = corrected.outing
    assert strike_traveller(office, outing, 6, "没去", by=KEEPER, form_key="four") == strike_traveller(
        office, outing, 6, "没去", by=KEEPER, form_key="four"
    )
    at(office, clock, 11, 0)
    assert record_return(office, outing, by=KEEPER, form_key="five") == record_return(
        office, outing, by=KEEPER, form_key="five"
    )
    assert take_back_return(office, outing, 4, by=KEEPER, form_key="six") == "王伟(行政股)"
    assert take_back_return(office, outing, 4, by=KEEPER, form_key="six") == "王伟(行政股)"
    record_return(office, outing, by=KEEPER)
    assert [settle_outings(office, [outing], by=KEEPER, form_key="seven") for _ in range(2)] == [1, 1]
    assert len(pages.month(office, "2026-10", with_struck=False)) == 1
    assert verify_office(office).findings == ()


def test_two_windows_never_send_one_person_out_twice(office: Office) -> None:
    other = open_office(office.folder, office.clock)
    enter(office, 4)
    with pytest.raises(Refused, match="已有外出登记"):
        enter_outing(other, [4], PLAN, by=KEEPER)
    outing = pages.month(other, "2026-10")[0].id
    void_outing(other, outing, "重复", by=KEEPER)
    with pytest.raises(Refused, match="已经划去"):
        add_travellers(office, outing, [5], by=KEEPER)
    other.close()


def names_of(office: Office, typed: str) -> list[int]:
    found = read_names(goers(office, TODAY), typed)
    assert found.problem == ""
    return [person.id for person in found.found]


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("赵敏、钱峰", [1, 2]),
        ("钱峰 赵敏", [1, 2]),
        ("1、赵敏\n2. 钱峰\r\n(3)周小萍", [1, 2, 3]),
        ("赵　敏,钱峰;周 小 萍同志", [1, 2, 3]),
        ("王伟(行政股)", [4]),
        ("王伟\uff08资料动态股\uff09", [6]),
        ("王伟、王伟(行政股)、006", [4, 6]),
        ("阿依古丽・买买提", [5]),
        ("003、004", [3, 4]),
        ("zm qf", [1, 2]),
        ("信息股", [5, 8]),
        ("信息股全体、赵敏", [1, 5, 8]),
        ("全体", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("赵敏、赵敏、赵敏", [1]),
        ("\u202e赵敏\u200b、\x1b[31m冯䶮", [1, 7]),
        ("", []),
    ],
)
def test_a_list_of_names_means_people_however_it_was_written(office: Office, typed: str, people: list[int]) -> None:
    assert names_of(office, typed) == people


def test_unknown_and_shared_names_are_listed_and_nobody_is_guessed(office: Office) -> None:
    found = read_names(goers(office, TODAY), "赵敏、张三丰、王伟、[red]、" + "长" * 4000)
    assert [person.id for person in found.found] == [1]
    assert found.unknown[:2] == ("张三丰", "[red]")
    assert found.problem == (f"花名册里没有:张三丰、[red]、{'长' * 12}…;王伟有2人,请写王伟(行政股)或王伟(资料动态股)。")
    assert [one.id for one in read_names(goers(office, TODAY), "王伟", {"王伟": 6}).found] == [6]
