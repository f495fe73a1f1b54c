"""未设簿: a session without a book accuses nobody, and the deputy's decision closes it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import settings
from govoffice_tui.registers.adjustments import adjust
from govoffice_tui.registers.attendance.months import figures, month, shortfalls
from govoffice_tui.registers.attendance.no_book import (
    declare_no_book,
    mark_present,
    rule_no_book,
    strike_presence,
    withdraw_no_book,
)
from govoffice_tui.registers.attendance.pages import board, story
from govoffice_tui.registers.attendance.register import ATTENDANCE
from govoffice_tui.registers.attendance.sheets import collect_sheet
from govoffice_tui.registers.attendance.signing import collect_book, note_arrival, sign_in, strike_sign_in
from govoffice_tui.registers.closing import close_month
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff_changes import lend_out
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import ArrivalKind, NoBookDecision, SessionState, StrikeReason
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import AdjustmentKind, Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused

TODAY = date(2026, 10, 12)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
DIRECTOR, DEPUTY, KEEPER = 1, 2, 3
EVERYBODY, ONE_BY_ONE = NoBookDecision.EVERYBODY, NoBookDecision.ONE_BY_ONE


@pytest.fixture
def kept(office: Office, clock: SetClock) -> Office:
    """The office with its keeper, deputy and director, at nine in the morning."""
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    assign_post(office, DEPUTY, Post.DEPUTY_IN_CHARGE, by=DIRECTOR)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=DIRECTOR)
    clock.set(datetime(2026, 10, 12, 9, 0))
    return office


def declare(office: Office, half: Half = MORNING) -> None:
    declare_no_book(office, TODAY, half, "停电", by=KEEPER)


def rule(office: Office, decision: NoBookDecision, by: int = DEPUTY) -> None:
    rule_no_book(office, TODAY, MORNING, decision, by, "第3页", by=KEEPER)


def statuses(office: Office) -> set[HalfStatus]:
    """Return what everybody's morning is, on the board and in the month alike."""
    on_board = [line.status for line in board(office, TODAY, MORNING).lines]
    in_month = [one.status(TODAY, MORNING) for one in figures(office, "2026-10")[2]]
    assert sorted(on_board) == sorted(in_month)
    return set(on_board)


def test_a_session_without_a_book_accuses_nobody(kept: Office) -> None:
    before = [one.due_count for one in figures(kept, "2026-10")[2]]
    declare(kept)
    assert statuses(kept) == {HalfStatus.NO_BOOK}
    people = figures(kept, "2026-10")[2]
    assert [one.due_count for one in people] == [count - 1 for count in before]
    assert all(one.imbalance == 0 and one.absent_count == 0 for one in people)
    assert all(one.status(TODAY, MORNING) is not HalfStatus.PENDING for one in people)
    page = board(kept, TODAY, MORNING)
    assert (page.state, page.missing, page.collected) == (SessionState.NO_BOOK, (), None)
    assert story(kept, 5, TODAY, MORNING).facts[-1].words == "登记未设簿:停电(周小萍)"


def test_until_the_deputy_decides_the_month_cannot_be_sealed(kept: Office, clock: SetClock) -> None:
    declare(kept)
    assert ("10月12日上午", "签到簿未设,等分管副主任决定") in [
        (one.place, one.message) for one in shortfalls(kept, "2026-10")
    ]
    due = [one for one in ATTENDANCE.due(kept, kept.now()) if "未设簿" in one.text]
    assert [(one.text, one.is_overdue) for one in due] == [("10月12日上午未设簿,等分管副主任书面决定", False)]
    clock.set(datetime(2026, 11, 2, 9, 0))
    with pytest.raises(Refused, match="还不能封存"):
        close_month(kept, "attendance", "2026-10", shortfalls, lambda *_: "数", by=KEEPER)


def test_everybody_is_counted_as_there_when_that_is_decided(kept: Office) -> None:
    declare(kept)
    before = [one.attended_count for one in figures(kept, "2026-10")[2]]
    rule(kept, EVERYBODY)
    assert statuses(kept) == {HalfStatus.DEEMED}
    assert [one.attended_count for one in figures(kept, "2026-10")[2]] == [count + 1 for count in before]
    assert HalfStatus.DEEMED.mark_key == "signed"
    assert not any("10月12日上午" in one.place for one in shortfalls(kept, "2026-10"))
    assert not any("10月12日上午" in one.text for one in ATTENDANCE.due(kept, kept.now()))
    assert [note.kind for note in month(kept, "2026-10").notes] == ["未设簿", "未设簿决定"]
    assert "决定:全体视同出勤(钱峰 书面第3页)" in [fact.words for fact in story(kept, 5, TODAY, MORNING).facts]
    assert verify_office(kept).findings == ()


def test_who_is_lent_out_is_not_counted_as_there(kept: Office, clock: SetClock) -> None:
    lend_out(kept, 5, date(2026, 10, 13), by=KEEPER)
    clock.set(datetime(2026, 10, 13, 9, 0))
    tomorrow = date(2026, 10, 13)
    declare_no_book(kept, tomorrow, MORNING, "停电", by=KEEPER)
    rule_no_book(kept, tomorrow, MORNING, EVERYBODY, DEPUTY, "第3页", by=KEEPER)
    lines = {line.person.id: line.status for line in board(kept, tomorrow, MORNING).lines}
    assert (lines[5], lines[4]) == (HalfStatus.SECONDED, HalfStatus.DEEMED)


def test_one_by_one_leaves_the_others_to_be_found_out(kept: Office) -> None:
    declare(kept)
    with pytest.raises(Refused, match="未设簿,等分管副主任"):
        mark_present(kept, TODAY, MORNING, [1], by=KEEPER)
    rule(kept, ONE_BY_ONE)
    assert statuses(kept) == {HalfStatus.PENDING}
    assert mark_present(kept, TODAY, MORNING, [1, 2, 3, 4, 5, 6], by=KEEPER) == 6
    assert mark_present(kept, TODAY, MORNING, [6], by=KEEPER) == 0
    page = board(kept, TODAY, MORNING)
    assert (page.deemed, [line.person.id for line in page.missing]) == (6, [7, 8])
    note_arrival(kept, 7, TODAY, MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 40), by=KEEPER)
    with pytest.raises(Refused, match="已核实到岗"):
        note_arrival(kept, 6, TODAY, MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 40), by=KEEPER)
    assert statuses(kept) == {HalfStatus.DEEMED, HalfStatus.LATE, HalfStatus.PENDING}
    with pytest.raises(Refused, match="写原因"):
        strike_presence(kept, 6, TODAY, MORNING, "", by=KEEPER)
    assert strike_presence(kept, 6, TODAY, MORNING, "认错人", by=KEEPER) == "王伟"
    with pytest.raises(Refused, match="没有核实到岗"):
        strike_presence(kept, 6, TODAY, MORNING, "认错人", by=KEEPER)
    assert board(kept, TODAY, MORNING).deemed == 5
    mark_present(kept, TODAY, MORNING, [6], by=KEEPER)
    assert [fact.words.partition("(")[0] for fact in story(kept, 6, TODAY, MORNING).facts] == [
        "登记未设簿:停电",
        "决定:逐人核实",
        "核实到岗",
        "核实划销:认错人",
        "核实到岗",
    ]
    assert verify_office(kept).findings == ()


def test_a_second_decision_corrects_the_first_which_stays(kept: Office) -> None:
    declare(kept)
    rule(kept, ONE_BY_ONE)
    rule(kept, EVERYBODY, DIRECTOR)
    rows = kept.fetch("SELECT number, revision, decision, struck_at IS NULL FROM no_books ORDER BY id")
    assert rows == [(1, 1, "one_by_one", 0), (1, 2, "everybody", 1)]
    assert statuses(kept) == {HalfStatus.DEEMED}
    with pytest.raises(Refused, match="全体视同出勤"):
        mark_present(kept, TODAY, MORNING, [1], by=KEEPER)
    with pytest.raises(Refused, match="全体视同出勤"):
        note_arrival(kept, 7, TODAY, MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 40), by=KEEPER)


@pytest.mark.parametrize(
    ("decided_by", "page", "field"),
    [(5, "第3页", "decided_by"), (KEEPER, "第3页", "decided_by"), (2, " ", "paper_page")],
)
def test_a_decision_is_the_deputys_and_stands_on_paper(kept: Office, decided_by: int, page: str, field: str) -> None:
    declare(kept)
    with pytest.raises(Refused) as refusal:
        rule_no_book(kept, TODAY, MORNING, EVERYBODY, decided_by, page, by=KEEPER)
    assert refusal.value.field == field
    assert statuses(kept) == {HalfStatus.NO_BOOK}


def test_where_a_signature_stands_there_was_a_book(kept: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 14, 10))
    row = sign_in(kept, 4, TODAY, AFTERNOON, by=KEEPER).sign_in
    with pytest.raises(Refused, match="已有人签到"):
        declare(kept, AFTERNOON)
    strike_sign_in(kept, row, StrikeReason.MISTAKE, by=KEEPER)
    declare(kept, AFTERNOON)
    with pytest.raises(Refused, match="未设簿"):
        sign_in(kept, 4, TODAY, AFTERNOON, by=KEEPER)
    with pytest.raises(Refused, match="未设簿"):
        collect_book(kept, TODAY, AFTERNOON, by=KEEPER)


@pytest.mark.parametrize(
    ("day", "half", "reason", "by", "told"),
    [
        (TODAY, AFTERNOON, "停电", KEEPER, "还没有开始"),
        (date(2026, 10, 11), MORNING, "停电", KEEPER, "没有签到簿"),
        (TODAY, MORNING, "  ", KEEPER, "为什么没有设簿"),
        (TODAY, MORNING, "机密★3年", KEEPER, "涉密"),
        (TODAY, MORNING, "停电", 5, "需由签到管理人办理"),
        (TODAY, MORNING, "停电", None, "经办人"),
    ],
)
def test_what_cannot_be_declared_is_refused_whole(
    kept: Office, day: date, half: Half, reason: str, by: int | None, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        declare_no_book(kept, day, half, reason, by=by)
    assert kept.fetch("SELECT * FROM no_books") == []
    assert kept.fetch("SELECT * FROM sign_sessions") == []


def test_a_collected_book_was_a_book(kept: Office) -> None:
    collect_book(kept, TODAY, MORNING, by=KEEPER)
    with pytest.raises(Refused, match="已收存"):
        declare(kept)


def test_a_session_of_which_one_place_was_collected_had_a_book(kept: Office, clock: SetClock) -> None:
    settings.change(kept, "sign_points", "主楼=办领导、行政股;老楼=信息股、资料动态股", by=KEEPER)
    collect_sheet(kept, TODAY, MORNING, "老楼", by=KEEPER)
    with pytest.raises(Refused, match="已收存过签到表"):
        declare(kept)


def test_a_declaration_by_mistake_is_taken_back_while_nothing_is_decided(kept: Office) -> None:
    declare(kept)
    with pytest.raises(Refused, match="写原因"):
        withdraw_no_book(kept, TODAY, MORNING, "", by=KEEPER)
    withdraw_no_book(kept, TODAY, MORNING, "登记错了一场", by=KEEPER)
    assert board(kept, TODAY, MORNING).state is SessionState.OPEN
    declare(kept)
    assert kept.fetch("SELECT number, struck_reason FROM no_books ORDER BY id") == [(1, "登记错了一场"), (2, None)]
    rule(kept, EVERYBODY)
    with pytest.raises(Refused, match="已有书面决定"):
        withdraw_no_book(kept, TODAY, MORNING, "登记错了一场", by=KEEPER)


def test_the_same_form_sent_twice_declares_and_rules_once(kept: Office) -> None:
    for _ in range(2):
        declare_no_book(kept, TODAY, MORNING, "停电", by=KEEPER, form_key="one")
    for _ in range(2):
        rule_no_book(kept, TODAY, MORNING, EVERYBODY, DEPUTY, "第3页", by=KEEPER, form_key="two")
    assert kept.fetch("SELECT revision, decision FROM no_books") == [(1, "everybody")]


def test_what_is_decided_is_not_closed_away_as_a_day_off(kept: Office) -> None:
    declare(kept)
    rule(kept, EVERYBODY)
    with pytest.raises(Refused, match="未设簿已有决定"):
        adjust(kept, TODAY, [MORNING], AdjustmentKind.CLOSED, "主任", by=KEEPER)


def test_a_sealed_month_is_not_decided_about(kept: Office) -> None:
    declare(kept)
    close_month(kept, "attendance", "2026-10", lambda *_: [], lambda *_: "数", by=KEEPER)
    with pytest.raises(Refused, match="已封存"):
        rule(kept, EVERYBODY)
    with pytest.raises(Refused, match="已封存"):
        declare(kept, MORNING)
