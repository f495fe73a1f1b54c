"""复核: a correction after collection holds at once, and a second person answers within two workdays."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.attendance.months import month, shortfalls
from govoffice_tui.registers.attendance.pages import board, story
from govoffice_tui.registers.attendance.register import ATTENDANCE
from govoffice_tui.registers.attendance.signing import collect_book, note_arrival, sign_in, strike_sign_in
from govoffice_tui.registers.closing import close_month
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.reviews import open_reviews, review, workday_after
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import ArrivalKind, StrikeReason
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused

TODAY = date(2026, 10, 12)
MORNING = Half.MORNING
KEEPER, SECOND, READER = 3, 8, 7
LATE, PENDING = ArrivalKind.LATE, ArrivalKind.PENDING


@pytest.fixture
def collected(office: Office, clock: SetClock) -> Office:
    """Six of eight signed, the book collected; 吴桂芳 (8) has come late."""
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=1)
    assign_post(office, READER, Post.READER, by=1)
    for person in range(1, 7):
        sign_in(office, person, TODAY, MORNING, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 15, 20))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 9, 0))
    return office


def sign_in_of(office: Office, person: int) -> int:
    row: int = office.fetch("SELECT max(id) FROM sign_ins WHERE staff_id = ?", person)[0][0]
    return row


def struck(office: Office, person: int = 4) -> int:
    """Strike a signature and return its review."""
    strike_sign_in(office, sign_in_of(office, person), StrikeReason.FOR_ANOTHER, by=KEEPER)
    return open_reviews(office)[-1].id


def status(office: Office, person: int) -> HalfStatus:
    return next(line.status for line in board(office, TODAY, MORNING).lines if line.person.id == person)


def late(office: Office, hour: int, minute: int, kind: ArrivalKind = LATE) -> None:
    at = datetime(2026, 10, 12, hour, minute) if kind is LATE else None
    note_arrival(office, 8, TODAY, MORNING, kind, at, by=KEEPER)


def test_a_signature_struck_after_collection_is_struck_at_once_and_waits_for_a_second_person(collected: Office) -> None:
    struck(collected)
    assert status(collected, 4) is HalfStatus.PENDING
    (waiting,) = open_reviews(collected)
    assert waiting.words == "10月12日上午划销王伟07:50的签到(代签)"
    assert (waiting.asked_by, waiting.due_day, waiting.is_overdue) == (KEEPER, date(2026, 10, 14), False)
    book = board(collected, TODAY, MORNING).collected
    assert book is not None
    assert book.signed == 6
    note_arrival(collected, 4, TODAY, MORNING, LATE, datetime(2026, 10, 12, 8, 40), by=KEEPER)
    assert status(collected, 4) is HalfStatus.LATE
    assert len(open_reviews(collected)) == 1


def test_before_collection_nobody_is_asked(office: Office) -> None:
    row = sign_in(office, 1, TODAY, MORNING, by=KEEPER).sign_in
    strike_sign_in(office, row, StrikeReason.OTHER, by=KEEPER)
    assert open_reviews(office) == []


def test_other_needs_words_after_collection(collected: Office) -> None:
    row = sign_in_of(collected, 4)
    with pytest.raises(Refused) as refusal:
        strike_sign_in(collected, row, StrikeReason.OTHER, by=KEEPER)
    assert refusal.value.field == "remark"
    assert status(collected, 4) is HalfStatus.SIGNED
    strike_sign_in(collected, row, StrikeReason.OTHER, "当天在县医院", by=KEEPER)
    assert "其他:当天在县医院" in open_reviews(collected)[0].words


def test_agreeing_leaves_the_correction_with_both_names_in_the_notes(collected: Office, clock: SetClock) -> None:
    row = struck(collected)
    notes = {note.kind: note for note in month(collected, "2026-10").notes}
    assert notes["划销签到"].detail == "代签;收存后更正,待复核"
    clock.set(datetime(2026, 10, 13, 9, 0))
    assert review(collected, row, True, by=SECOND).agrees
    assert status(collected, 4) is HalfStatus.PENDING
    note = next(note for note in month(collected, "2026-10").notes if note.kind == "划销签到")
    assert (note.noted_by, note.detail) == ("周小萍", "代签;收存后更正,10月13日吴桂芳复核同意")
    assert "复核同意(吴桂芳)" in [fact.words for fact in story(collected, 4, TODAY, MORNING).facts]
    assert verify_office(collected).findings == ()


def test_rejecting_a_strike_enters_the_signature_back_in_a_line_of_its_own(collected: Office, clock: SetClock) -> None:
    row = struck(collected)
    clock.set(datetime(2026, 10, 13, 9, 0))
    with pytest.raises(Refused, match="不同意要写说明"):
        review(collected, row, False, by=SECOND)
    review(collected, row, False, "本人在场", by=SECOND)
    assert status(collected, 4) is HalfStatus.SIGNED
    lines = collected.fetch(
        "SELECT number, revision, struck_at IS NULL, signed_at, entered_by, remark FROM sign_ins"
        " WHERE staff_id = 4 ORDER BY id"
    )
    assert [line[:3] for line in lines] == [(4, 1, 0), (4, 2, 1)]
    assert lines[0][3] == lines[1][3]
    assert lines[1][4:] == (SECOND, "复核不同意划销:本人在场")
    assert [note.kind for note in month(collected, "2026-10").notes] == ["划销签到", "恢复签到"]
    told = [fact.words for fact in story(collected, 4, TODAY, MORNING).facts]
    assert [words.partition("(")[0] for words in told] == [
        "签到",
        "签到簿收存",
        "签到划销:代签",
        "请人复核:10月12日上午划销王伟07:50的签到",
        "恢复07:50的签到",
        "复核不同意:本人在场",
    ]
    assert verify_office(collected).findings == ()


def test_a_signature_put_back_can_be_struck_again(collected: Office) -> None:
    review(collected, struck(collected), False, "本人在场", by=SECOND)
    review(collected, struck(collected), False, "本人在场", by=SECOND)
    assert collected.fetch("SELECT max(revision), count(*) FROM sign_ins WHERE staff_id = 4") == [(3, 3)]
    assert status(collected, 4) is HalfStatus.SIGNED


@pytest.mark.parametrize(
    ("by", "told"),
    [(KEEPER, "不能自己复核"), (4, "本人的登记"), (READER, "查阅人员不能登记"), (None, "经办人")],
)
def test_only_a_second_person_answers(collected: Office, by: int | None, told: str) -> None:
    row = struck(collected)
    with pytest.raises(Refused, match=told):
        review(collected, row, True, by=by)
    assert len(open_reviews(collected)) == 1


def test_an_answer_is_given_once(collected: Office) -> None:
    row = struck(collected)
    for _ in range(2):
        review(collected, row, False, "本人在场", by=SECOND, form_key="one")
    with pytest.raises(Refused, match="已经复核过"):
        review(collected, row, True, by=1)
    with pytest.raises(Refused, match="没有这件复核"):
        review(collected, 99, True, by=1)
    assert collected.fetch("SELECT count(*) FROM sign_ins WHERE staff_id = 4") == [(2,)]


def test_after_two_workdays_it_is_late_and_on_the_day_page(collected: Office, clock: SetClock) -> None:
    row = struck(collected)
    for day, is_late in ((14, False), (15, True)):
        clock.set(datetime(2026, 10, day, 7, 30))
        due = [one for one in ATTENDANCE.due(collected, collected.now()) if one.review is not None]
        assert [(one.review, one.is_overdue, one.day) for one in due] == [(row, is_late, TODAY)]
    review(collected, row, True, by=SECOND)
    assert not any(one.review for one in ATTENDANCE.due(collected, collected.now()))


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 10, 9), date(2026, 10, 12)),  # Friday; the Saturday after it is worked
        (date(2026, 9, 30), date(2026, 10, 9)),
        (date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_two_workdays_pass_over_days_off(collected: Office, day: date, after: date) -> None:
    assert workday_after(collected, day, 2) == after


def test_a_month_is_not_sealed_while_one_of_its_corrections_waits(collected: Office, clock: SetClock) -> None:
    row = struck(collected)
    waiting = [one for one in shortfalls(collected, "2026-10") if "待复核" in one.message]
    assert [str(one) for one in waiting] == ["10月12日:10月12日上午划销王伟07:50的签到(代签),待复核"]
    assert not any("待复核" in one.message for one in shortfalls(collected, "2026-09"))
    with pytest.raises(Refused, match="还不能封存"):
        close_month(collected, "attendance", "2026-10", shortfalls, lambda *_: "数", by=KEEPER)
    review(collected, row, True, by=SECOND)
    assert not any("待复核" in one.message for one in shortfalls(collected, "2026-10"))


def test_nothing_is_struck_in_a_sealed_month(collected: Office) -> None:
    close_month(collected, "attendance", "2026-10", lambda *_: [], lambda *_: "数", by=KEEPER)
    with pytest.raises(Refused, match="已封存"):
        strike_sign_in(collected, sign_in_of(collected, 4), StrikeReason.MISTAKE, by=KEEPER)
    assert status(collected, 4) is HalfStatus.SIGNED


def test_from_pending_to_late_is_progress_and_another_time_is_a_correction(collected: Office) -> None:
    late(collected, 0, 0, PENDING)
    late(collected, 8, 20)
    assert open_reviews(collected) == []
    late(collected, 8, 20)
    assert open_reviews(collected) == []
    late(collected, 8, 40)
    late(collected, 0, 0, PENDING)
    assert [one.words for one in open_reviews(collected)] == [
        "10月12日上午吴桂芳迟到08:20到岗改为迟到08:40到岗",
        "10月12日上午吴桂芳迟到08:40到岗改为待核",
    ]


def arrival(office: Office) -> tuple[str, str]:
    kind, at = office.fetch(
        "SELECT kind, strftime('%H:%M', arrived_at, 'unixepoch', '+8 hours') FROM arrivals WHERE struck_at IS NULL"
    )[0]
    return kind, at


def test_a_note_corrected_and_rejected_goes_back_to_what_it_was(collected: Office) -> None:
    late(collected, 8, 20)
    late(collected, 8, 40)
    review(collected, open_reviews(collected)[0].id, False, "门口有记录", by=1)
    assert arrival(collected) == ("late", "08:20")
    rows = collected.fetch("SELECT number, revision, struck_at IS NULL FROM arrivals ORDER BY id")
    assert rows == [(1, 1, 0), (1, 2, 0), (1, 3, 1)]
    assert verify_office(collected).findings == ()


def test_of_two_corrections_rejected_one_after_the_other_the_first_note_stands_again(collected: Office) -> None:
    late(collected, 8, 20)
    late(collected, 8, 40)
    late(collected, 8, 50)
    for one in open_reviews(collected):
        review(collected, one.id, False, "门口有记录", by=1)
    assert arrival(collected) == ("late", "08:20")
    assert verify_office(collected).findings == ()


def test_an_amendment_of_a_sealed_month_was_approved_already_and_seals_its_next_revision(collected: Office) -> None:
    close_month(collected, "attendance", "2026-10", lambda *_: [], ATTENDANCE.seal_digest, by=KEEPER)
    row = sign_in_of(collected, 4)
    amend(
        collected,
        Amendment(1, "代签查实", "第5页"),
        lambda: strike_sign_in(collected, row, StrikeReason.FOR_ANOTHER, by=KEEPER),
        by=KEEPER,
    )
    assert status(collected, 4) is HalfStatus.PENDING
    assert open_reviews(collected) == []
    assert collected.fetch("SELECT max(revision) FROM closings") == [(2,)]
    assert verify_office(collected).findings == ()
