"""旷工认定 on a real file: what a paper may be about, who decides, and what the month counts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.absence.finding import (
    decide_absence,
    note_own_words,
    open_absence,
    propose_absence,
    void_absence,
)
from govoffice_tui.registers.absence.pages import awaiting_words, contradictions, pending_halves
from govoffice_tui.registers.absence.papers import papers
from govoffice_tui.registers.attendance.months import figures, month, shortfalls
from govoffice_tui.registers.attendance.pages import story
from govoffice_tui.registers.attendance.register import ATTENDANCE
from govoffice_tui.registers.attendance.signing import collect_book, note_arrival, sign_in
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.outings.recording import Plan, enter_outing
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.absence import AbsenceState, Decision
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, PersonMonth
from govoffice_tui.rules.refusal import Refused

TODAY, NEXT = date(2026, 10, 12), date(2026, 10, 13)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
DIRECTOR, DEPUTY, KEEPER, HEAD = 1, 2, 3, 8
WHO = 5
"""阿依古丽·买买提 of 信息股, whose head 吴桂芳 (8) holds the post of 股长."""


@pytest.fixture
def kept(office: Office, clock: SetClock) -> Office:
    """The posts are held; everybody but 5 and 6 signed on Monday morning, everybody but 6 in the afternoon."""
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    for person, post in ((DEPUTY, Post.DEPUTY_IN_CHARGE), (HEAD, Post.SECTION_HEAD), (KEEPER, Post.SIGN_IN_KEEPER)):
        assign_post(office, person, post, by=DIRECTOR)
    for half, hour, away in ((MORNING, 8, (5, 6)), (AFTERNOON, 14, (6,))):
        clock.set(datetime(2026, 10, 12, hour, 5))
        for person in set(range(1, 9)) - set(away):
            sign_in(office, person, TODAY, half, by=KEEPER)
        clock.set(datetime(2026, 10, 12, hour, 50))
        collect_book(office, TODAY, half, by=KEEPER)
    clock.set(datetime(2026, 10, 13, 9, 0))
    return office


def opened(office: Office, person: int = WHO, halves: tuple[Half, ...] = (MORNING,)) -> int:
    return open_absence(office, person, TODAY, halves, asked="电话问过本人", by=KEEPER).id


def proposed(office: Office, person: int = WHO, halves: tuple[Half, ...] = (MORNING,)) -> int:
    row = opened(office, person, halves)
    note_own_words(office, row, "睡过了", by=KEEPER)
    propose_absence(office, row, HEAD, NEXT, "建议认定", by=KEEPER)
    return row


def decided(office: Office, decision: Decision = Decision.FOUND, person: int = WHO) -> int:
    row = proposed(office, person)
    decide_absence(office, row, decision, DEPUTY, NEXT, "认定单第1页", "无故未到岗", by=KEEPER)
    return row


def of(office: Office, person: int) -> PersonMonth:
    return next(one for one in figures(office, "2026-10")[2] if one.person.id == person)


def test_a_paper_finds_nothing_until_it_is_signed_and_then_the_day_is_absence(kept: Office) -> None:  # example 9
    row = opened(kept)
    assert of(kept, WHO).status(TODAY, MORNING) is HalfStatus.PENDING
    note_own_words(kept, row, "睡过了", by=KEEPER)
    propose_absence(kept, row, HEAD, NEXT, "建议认定", by=KEEPER)
    assert of(kept, WHO).absent_count == 0
    found = decide_absence(kept, row, Decision.FOUND, DEPUTY, NEXT, "认定单第1页", by=KEEPER)
    assert (found.number, found.state, found.signed_name) == ("旷〔2026〕1号", AbsenceState.FOUND, "钱峰")
    mine = of(kept, WHO)
    assert (mine.absent_count, mine.attended_count, mine.imbalance) == (2, 0, 0)
    assert (mine.status(TODAY, MORNING), mine.status(TODAY, AFTERNOON)) == (HalfStatus.ABSENT, HalfStatus.SIGNED)
    assert mine.remarks[0] == "10月12日上午旷工,按日计(下午已签不另计)"
    notes = [note for note in month(kept, "2026-10").notes if note.kind == "旷工认定单"]
    assert [(note.half, note.detail) for note in notes] == [(MORNING, "旷〔2026〕1号 认定旷工 钱峰10月13日签字")]
    assert story(kept, WHO, TODAY, MORNING).status is HalfStatus.ABSENT
    assert [fact.words for fact in story(kept, WHO, TODAY, MORNING).facts][-2:] == [
        "开旷工认定单旷〔2026〕1号(周小萍)",
        "旷工认定单旷〔2026〕1号 认定旷工 钱峰10月13日签字",
    ]


def test_the_paper_begins_with_what_the_books_say(kept: Office, clock: SetClock) -> None:
    note_arrival(kept, 6, TODAY, AFTERNOON, ArrivalKind.PENDING, remark="电话没人接", by=KEEPER)
    paper = open_absence(kept, 6, TODAY, (MORNING, AFTERNOON), by=KEEPER)
    assert paper.facts == (
        "10月12日上午签到簿8:50收存,没有签到、请假和因公外出登记。"
        "下午签到簿14:50收存,没有签到、请假和因公外出登记;记待核:电话没人接(周小萍)。"
    )
    assert paper.when == "10月12日全天"


def test_not_found_leaves_the_half_day_pending_with_the_reason_and_the_month_open(kept: Office) -> None:
    decided(kept, Decision.PENDING)
    assert of(kept, WHO).status(TODAY, MORNING) is HalfStatus.PENDING
    waiting = next(one for one in pending_halves(kept, NEXT) if one.person.id == WHO and one.day == TODAY)
    assert waiting.remark == "不予认定:无故未到岗"
    assert any("待核" in problem.message for problem in shortfalls(kept, "2026-10"))
    with pytest.raises(Refused, match=r"已有认定单旷〔2026〕1号\(不予认定,仍待核\)"):
        opened(kept)
    note_arrival(kept, WHO, TODAY, MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 55), by=KEEPER)
    assert of(kept, WHO).status(TODAY, MORNING) is HalfStatus.LATE


def test_the_deputys_decision_counts_a_half_day_as_attended(kept: Office) -> None:
    decided(kept, Decision.DEEMED)
    mine = of(kept, WHO)
    assert mine.status(TODAY, MORNING) is HalfStatus.DEEMED
    assert (mine.attended_count, mine.absent_count, mine.imbalance) == (2, 0, 0)


@pytest.mark.parametrize("decision", [Decision.PENDING, Decision.DEEMED])
def test_not_found_needs_its_ground(kept: Office, decision: Decision) -> None:
    row = proposed(kept)
    with pytest.raises(Refused, match="不予认定要写理由") as refusal:
        decide_absence(kept, row, decision, DEPUTY, NEXT, "第1页", by=KEEPER)
    assert refusal.value.field == "ground"


def test_a_half_day_that_is_explained_is_refused_with_how(kept: Office, clock: SetClock) -> None:
    enter_outing(kept, [6], Plan("督查", "城关镇", TODAY, AFTERNOON, TODAY, AFTERNOON), by=KEEPER)
    note_arrival(kept, 6, TODAY, MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 55), by=KEEPER)
    for person, day, half, why in (
        (4, TODAY, MORNING, "已签到"),
        (6, TODAY, AFTERNOON, "已登记因公外出"),
        (6, TODAY, MORNING, "已记迟到"),
        (WHO, NEXT, AFTERNOON, "还没有到收存时间"),
        (WHO, date(2026, 10, 14), MORNING, "还没有到"),
        (WHO, NEXT, MORNING, "签到簿还没有收存"),
    ):
        with pytest.raises(Refused, match=why) as refusal:
            open_absence(kept, person, day, (half,), by=KEEPER)
        assert refusal.value.field == "halves"
    with pytest.raises(Refused, match="没有这个人"):
        open_absence(kept, 99, TODAY, (MORNING,), by=KEEPER)
    clock.set(datetime(2026, 10, 19, 9, 0))
    with pytest.raises(Refused, match="不上班"):
        open_absence(kept, WHO, date(2026, 10, 17), (MORNING,), by=KEEPER)
    assert papers(kept, "1 = 1") == []


def test_an_explanation_that_came_meanwhile_stops_the_decision(kept: Office) -> None:
    row = proposed(kept)
    enter_outing(kept, [WHO], Plan("送件", "市政府办", TODAY, MORNING, TODAY, MORNING), by=KEEPER)
    with pytest.raises(Refused, match="已登记因公外出,不能认定旷工"):
        decide_absence(kept, row, Decision.FOUND, DEPUTY, NEXT, "第1页", by=KEEPER)


def test_an_outing_over_a_finding_is_refused_until_the_finding_is_voided(kept: Office) -> None:
    row = decided(kept)
    plan = Plan("送件", "市政府办", TODAY, MORNING, TODAY, MORNING)
    with pytest.raises(Refused, match="已认定旷工"):
        enter_outing(kept, [WHO], plan, by=KEEPER)
    with pytest.raises(Refused, match="请写为什么作废"):
        void_absence(kept, row, " ", by=KEEPER)
    void_absence(kept, row, "补交了出差通知", by=KEEPER)
    assert of(kept, WHO).status(TODAY, MORNING) is HalfStatus.PENDING
    enter_outing(kept, [WHO], plan, by=KEEPER)
    assert of(kept, WHO).status(TODAY, MORNING) is HalfStatus.OUT
    notes = [note.detail for note in month(kept, "2026-10").notes if note.kind == "旷工认定单"]
    assert notes == ["旷〔2026〕1号 认定旷工:无故未到岗 钱峰10月13日签字 已作废:补交了出差通知"]


def test_a_finding_that_a_late_note_overtakes_is_named_before_the_month_is_sealed(kept: Office) -> None:
    decided(kept)
    note_arrival(kept, WHO, TODAY, MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 55), by=KEEPER)
    assert [str(one) for one in contradictions(kept, "2026-10")] == [
        "阿依古丽·买买提:10月12日上午已另有登记,旷工认定单旷〔2026〕1号请作废"
    ]


def test_nobody_has_a_part_in_their_own_case(kept: Office) -> None:
    with pytest.raises(Refused, match="本人不能参与"):
        open_absence(kept, KEEPER, TODAY, (MORNING,), by=KEEPER)
    row = proposed(kept)
    with pytest.raises(Refused, match="本人不能参与") as refusal:
        decide_absence(kept, row, Decision.FOUND, WHO, NEXT, "第1页", by=KEEPER)
    assert refusal.value.field == "signed_by"


def test_only_the_deputy_or_the_director_signs_and_on_a_page(kept: Office) -> None:
    row = proposed(kept)
    for signer, day, page, field in (
        (HEAD, NEXT, "第1页", "signed_by"),
        (None, NEXT, "第1页", "signed_by"),
        (DEPUTY, date(2026, 10, 14), "第1页", "signed_day"),
        (DEPUTY, TODAY, "第1页", "signed_day"),
        (DEPUTY, NEXT, "", "paper_page"),
    ):
        with pytest.raises(Refused) as refusal:
            decide_absence(kept, row, Decision.FOUND, signer, day, page, by=KEEPER)
        assert refusal.value.field == field
    assert decide_absence(kept, row, Decision.FOUND, DIRECTOR, NEXT, "第1页", by=KEEPER).signed_name == "赵敏"


def test_the_deputys_own_case_is_the_directors_and_the_directors_a_county_leaders(
    office: Office, clock: SetClock
) -> None:
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    for person, post in ((DEPUTY, Post.DEPUTY_IN_CHARGE), (KEEPER, Post.SIGN_IN_KEEPER)):
        assign_post(office, person, post, by=DIRECTOR)
    clock.set(datetime(2026, 10, 12, 8, 50))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    for person, wrong, right, name in ((DEPUTY, DEPUTY, DIRECTOR, ""), (DIRECTOR, DEPUTY, None, "县长孙某")):
        row = open_absence(office, person, TODAY, (MORNING,), by=KEEPER).id
        note_own_words(office, row, "本人不陈述", by=KEEPER)
        propose_absence(office, row, DIRECTOR if person == DEPUTY else DEPUTY, TODAY, "建议认定", by=KEEPER)
        with pytest.raises(Refused):
            decide_absence(office, row, Decision.FOUND, wrong, TODAY, "第1页", by=KEEPER)
        paper = decide_absence(office, row, Decision.FOUND, right, TODAY, "第1页", signed_name=name, by=KEEPER)
        assert paper.signed_name == (name or "赵敏")


def test_a_proposer_is_a_head_or_stands_before_the_person_in_the_section(kept: Office) -> None:
    row = opened(kept)
    note_own_words(kept, row, "睡过了", by=KEEPER)
    for proposer in (7, 4):
        with pytest.raises(Refused, match="提请人应是本股股长") as refusal:
            propose_absence(kept, row, proposer, NEXT, "建议认定", by=KEEPER)
        assert refusal.value.field == "proposed_by"
    other = opened(kept, 6, (AFTERNOON,))
    note_own_words(kept, other, "忘了", by=KEEPER)
    with pytest.raises(Refused, match="本人不能参与"):
        propose_absence(kept, other, 6, NEXT, "建议认定", by=KEEPER)


def test_the_steps_are_taken_in_order(kept: Office) -> None:
    row = opened(kept)
    with pytest.raises(Refused, match="先记下本人的陈述"):
        propose_absence(kept, row, HEAD, NEXT, "建议认定", by=KEEPER)
    with pytest.raises(Refused, match="先记下本人的陈述"):
        decide_absence(kept, row, Decision.FOUND, DEPUTY, NEXT, "第1页", by=KEEPER)
    with pytest.raises(Refused, match="请写本人的陈述"):
        note_own_words(kept, row, "", by=KEEPER)


def test_a_month_under_seal_takes_no_finding_and_loses_none(kept: Office, clock: SetClock) -> None:
    row, other = decided(kept), opened(kept, 6, (AFTERNOON,))
    clock.set(datetime(2026, 11, 2, 9, 0))
    closing.close_month(kept, "attendance", "2026-10", lambda *_: [], lambda *_: "", by=KEEPER)
    with pytest.raises(Refused, match="已封存"):
        void_absence(kept, row, "错了", by=KEEPER)
    with pytest.raises(Refused, match="已封存"):
        note_own_words(kept, other, "忘了", by=KEEPER)
    with pytest.raises(Refused, match="已封存"):
        open_absence(kept, WHO, NEXT, (MORNING,), by=KEEPER)


def test_a_marked_text_stands_nowhere(kept: Office) -> None:  # example 29
    row = opened(kept)
    text = "去送机密★3年文件"
    with pytest.raises(Refused) as refusal:
        note_own_words(kept, row, text, by=KEEPER)
    assert refusal.value.field == "own_words"
    kept.close()
    assert text.encode() not in kept.path.read_bytes()


def test_the_same_form_sent_twice_changes_nothing(kept: Office) -> None:
    papers_ = [open_absence(kept, WHO, TODAY, (MORNING,), by=KEEPER, form_key="a") for _ in range(2)]
    row = papers_[0].id
    for _ in range(2):
        note_own_words(kept, row, "睡过了", by=KEEPER, form_key="b")
    for _ in range(2):
        propose_absence(kept, row, HEAD, NEXT, "建议认定", by=KEEPER, form_key="c")
    for _ in range(2):
        decide_absence(kept, row, Decision.FOUND, DEPUTY, NEXT, "第1页", by=KEEPER, form_key="d")
    for _ in range(2):
        void_absence(kept, row, "错了", by=KEEPER, form_key="e")
    assert papers_[0] == papers_[1]
    lines = kept.fetch("SELECT verb FROM journal WHERE register = 'absences' ORDER BY seq")
    assert [verb for (verb,) in lines] == [
        "open_absence",
        "note_own_words",
        "propose_absence",
        "decide_absence",
        "void_absence",
    ]
    assert verify_office(kept).findings == ()


def test_two_windows_decide_once(kept: Office) -> None:
    row = proposed(kept)
    other = open_office(kept.folder, kept.clock)
    decide_absence(kept, row, Decision.FOUND, DEPUTY, NEXT, "第1页", by=KEEPER)
    with pytest.raises(Refused, match="认定旷工,不能登记决定"):
        decide_absence(other, row, Decision.PENDING, DEPUTY, NEXT, "第2页", "另有情况", by=KEEPER)
    with pytest.raises(Refused, match="已认定旷工"):
        open_absence(other, WHO, TODAY, (MORNING,), by=KEEPER)
    other.close()


def test_what_waits_is_due_and_turns_late_after_two_workdays(kept: Office, clock: SetClock) -> None:
    for day, is_late in ((13, False), (14, False), (15, True)):
        clock.set(datetime(2026, 10, day, 7, 30))
        for one in pending_halves(kept, date(2026, 10, day)):
            assert one.age <= day - 12
        text, late, first = awaiting_words(kept, kept.now())[0]
        assert (text.split(" 最早")[1], late, first) == ("10月12日", is_late, TODAY)
    clock.set(datetime(2026, 10, 13, 9, 0))
    opened(kept)
    texts = [due.text for due in ATTENDANCE.due(kept, kept.now()) if due.tab == "absence"]
    assert texts == ["待核 3 个半天 最早10月12日", "旷工认定单旷〔2026〕1号 阿依古丽·买买提 10月12日上午 已开单"]


def test_the_keeper_opens_and_a_clerk_does_not(kept: Office) -> None:
    with pytest.raises(Refused, match="签到管理人"):
        open_absence(kept, WHO, TODAY, (MORNING,), by=7)
