"""The sign-in book on a real file: what each verb writes, and what it refuses."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance.months import days_of, figures, month, shortfalls
from govoffice_tui.registers.attendance.pages import board, story
from govoffice_tui.registers.attendance.signing import (
    collect_book,
    note_arrival,
    resume_signing,
    sign_in,
    strike_sign_in,
    take_back_sign_in,
)
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.timekeeping import record_step
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import ArrivalKind, SessionState, StrikeReason
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused

TODAY = date(2026, 10, 12)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
KEEPER = 3


def sign(office: Office, *people: int, half: Half = MORNING) -> list[int]:
    return [sign_in(office, person, TODAY, half, by=KEEPER).sign_in for person in people]


def test_a_signature_stands_with_its_time(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 3, 5))
    signed = sign_in(office, 4, TODAY, MORNING, by=KEEPER)
    assert (signed.name, signed.at) == ("王伟", datetime(2026, 10, 12, 8, 3, 5))
    page = board(office, TODAY, MORNING)
    line = next(line for line in page.lines if line.person.id == 4)
    assert (line.status, line.signed_at, line.display_name) == (HalfStatus.SIGNED, signed.at, "王伟(行政股)")
    assert (page.expected, page.signed, page.state) == (8, 1, SessionState.OPEN)


def test_the_cut_off_second_is_in_and_the_next_is_not(office: Office, clock: SetClock) -> None:  # example 1
    clock.set(datetime(2026, 10, 12, 8, 15, 0))
    sign(office, 1)
    clock.set(datetime(2026, 10, 12, 8, 15, 1))
    with pytest.raises(Refused, match="不能补签"):
        sign(office, 2)


def test_a_form_opened_before_the_cut_off_and_sent_after_it_is_refused(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 14, 50))
    page = board(office, TODAY, MORNING)
    clock.set(datetime(2026, 10, 12, 8, 16))
    with pytest.raises(Refused) as refusal:
        sign_in(office, page.lines[0].person.id, page.day, page.half, by=KEEPER)
    assert refusal.value.article == "考勤制度第2条"
    assert board(office, TODAY, MORNING).signed == 0


def test_the_same_form_sent_twice_signs_once(office: Office) -> None:
    first = sign_in(office, 1, TODAY, MORNING, by=KEEPER, form_key="one form")
    again = sign_in(office, 1, TODAY, MORNING, by=KEEPER, form_key="one form")
    assert first == again
    assert board(office, TODAY, MORNING).signed == 1


def test_signing_twice_is_refused_with_when(office: Office) -> None:
    sign(office, 1)
    with pytest.raises(Refused, match="赵敏已在07:50:00签到"):
        sign(office, 1)


@pytest.mark.parametrize(("person", "why"), [(99, "没有这个人")])
def test_somebody_not_on_the_roster_is_refused(office: Office, person: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        sign(office, person)


def test_yesterday_cannot_be_signed(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 13, 7, 50))
    with pytest.raises(Refused, match="不能补签"):
        sign(office, 1)


def test_a_rest_day_has_no_book(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 17, 7, 50))
    with pytest.raises(Refused, match="休息日"):
        sign_in(office, 1, date(2026, 10, 17), MORNING, by=KEEPER)
    with pytest.raises(Refused, match="休息日"):
        collect_book(office, date(2026, 10, 17), MORNING, by=KEEPER)


def test_a_signature_taken_back_is_struck_and_kept_and_may_be_given_again(office: Office) -> None:
    row = sign(office, 1)[0]
    take_back_sign_in(office, row, by=KEEPER)
    page = board(office, TODAY, MORNING)
    assert page.signed == 0
    assert page.lines[0].struck == ("07:50 点错撤回",)
    sign(office, 1)
    assert board(office, TODAY, MORNING).signed == 1
    with pytest.raises(Refused, match="已经划销"):
        take_back_sign_in(office, row, by=KEEPER)


def test_only_the_keeper_strikes_and_nobody_takes_back_after_collection(office: Office, clock: SetClock) -> None:
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=None)
    one, two = sign(office, 1, 2)
    with pytest.raises(Refused, match="签到管理人"):
        strike_sign_in(office, one, StrikeReason.FOR_ANOTHER, by=5)
    strike_sign_in(office, one, StrikeReason.FOR_ANOTHER, "李代签", by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 15, 20))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    with pytest.raises(Refused, match="签到管理人"):
        strike_sign_in(office, two, StrikeReason.MISTAKE, by=5)
    with pytest.raises(Refused, match="已收存"):
        take_back_sign_in(office, two, by=KEEPER)


def test_a_sign_in_after_collection_is_refused(office: Office, clock: SetClock) -> None:
    sign(office, 1)
    collect_book(office, TODAY, MORNING, "全体赴现场", by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 0))
    with pytest.raises(Refused, match="已收存"):
        sign(office, 2)
    with pytest.raises(Refused, match="已收存"):
        collect_book(office, TODAY, MORNING, by=KEEPER)


def test_collecting_early_with_people_missing_asks_for_a_reason(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 12))
    sign(office, 1)
    with pytest.raises(Refused, match="7人未签") as refusal:
        collect_book(office, TODAY, MORNING, by=KEEPER)
    assert refusal.value.field == "early_reason"
    done = collect_book(office, TODAY, MORNING, "停电", by=KEEPER)
    assert (done.expected, done.signed) == (8, 1)


def test_collecting_early_with_everybody_there_needs_no_reason(office: Office) -> None:
    sign(office, *range(1, 9))
    assert collect_book(office, TODAY, MORNING, by=KEEPER).signed == 8


def test_only_the_keeper_collects(office: Office, clock: SetClock) -> None:
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=None)
    clock.set(datetime(2026, 10, 12, 8, 15, 20))
    with pytest.raises(Refused, match="需由签到管理人办理"):
        collect_book(office, TODAY, MORNING, by=5)
    with pytest.raises(Refused, match="经办人"):
        collect_book(office, TODAY, MORNING, by=None)


def test_the_code_of_a_collection_is_the_hash_of_its_line(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 15, 20))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    book = board(office, TODAY, MORNING).collected
    assert book is not None
    (hashed,) = office.fetch("SELECT hash FROM journal WHERE seq = ?", book.code_seq)[0]
    assert bytes(hashed).hex().startswith(book.code)
    assert book.by == "周小萍"


def test_a_late_arrival_is_noted_after_collection_only(office: Office, clock: SetClock) -> None:
    sign(office, *range(1, 8))
    with pytest.raises(Refused, match="还没有收存"):
        note_arrival(office, 8, TODAY, MORNING, ArrivalKind.LATE, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 15, 20))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 31))
    noted = note_arrival(office, 8, TODAY, MORNING, ArrivalKind.LATE, by=KEEPER)
    assert noted.arrived_at == datetime(2026, 10, 12, 8, 31)
    with pytest.raises(Refused, match="已签到"):
        note_arrival(office, 1, TODAY, MORNING, ArrivalKind.LATE, by=KEEPER)
    assert story(office, 8, TODAY, MORNING).article == "考勤制度第3条"


@pytest.mark.parametrize(
    "arrived", [datetime(2026, 10, 12, 8, 10), datetime(2026, 10, 12, 9, 0), datetime(2026, 10, 11, 8, 30)]
)
def test_a_late_time_before_the_cut_off_or_in_the_future_is_refused(
    office: Office, clock: SetClock, arrived: datetime
) -> None:
    clock.set(datetime(2026, 10, 12, 8, 40))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    with pytest.raises(Refused) as refusal:
        note_arrival(office, 8, TODAY, MORNING, ArrivalKind.LATE, arrived, by=KEEPER)
    assert refusal.value.field == "arrived_at"


def test_a_second_note_corrects_the_first_which_stays(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 9, 0))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    note_arrival(office, 8, TODAY, MORNING, ArrivalKind.PENDING, remark="电话没人接", by=KEEPER)
    note_arrival(office, 8, TODAY, MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 20), by=KEEPER)
    rows = office.fetch("SELECT number, revision, struck_at IS NULL, kind FROM arrivals ORDER BY id")
    assert rows == [(1, 1, 0, "pending"), (1, 2, 1, "late")]
    assert [note.kind for note in month(office, "2026-10").notes] == ["待核", "更正为迟到"]
    assert len(story(office, 8, TODAY, MORNING).facts) == 3


def test_a_step_of_the_clock_stops_signing_until_the_keeper_says(office: Office, clock: SetClock) -> None:
    sign(office, 1)
    assert record_step(office, 3600, by=None)
    with pytest.raises(Refused, match="已停"):
        sign(office, 2)
    resume_signing(office, TODAY, MORNING, by=KEEPER)
    sign(office, 2)


def test_a_clock_behind_the_book_refuses_every_register(office: Office, clock: SetClock) -> None:
    sign(office, 1)
    clock.set(datetime(2026, 10, 12, 7, 47))
    with pytest.raises(Refused, match="机器时间不对"):
        sign(office, 2)
    clock.set(datetime(2026, 10, 12, 7, 49))
    assert sign_in(office, 2, TODAY, MORNING, by=KEEPER).at == datetime(2026, 10, 12, 7, 50)


def test_a_month_of_books_counts_and_balances(office: Office, clock: SetClock) -> None:
    for day in (12, 13):
        for half, hour in ((MORNING, 8), (AFTERNOON, 14)):
            today = date(2026, 10, day)
            clock.set(datetime(2026, 10, day, hour, 5))
            for person in range(1, 8):
                sign_in(office, person, today, half, by=KEEPER)
            clock.set(datetime(2026, 10, day, hour, 50))
            collect_book(office, today, half, by=KEEPER)
    note_arrival(office, 8, date(2026, 10, 13), AFTERNOON, ArrivalKind.LATE, by=KEEPER)
    _, _, people = figures(office, "2026-10")
    by_id = {one.person.id: one for one in people}
    assert (by_id[1].due_count, by_id[1].attended_count, by_id[1].imbalance) == (4, 4, 0)
    assert (by_id[8].due_count, by_id[8].attended_count, by_id[8].pending_count) == (4, 1, 3)
    assert days_of(office, 8, "2026-10")[0].afternoon == "迟到"
    assert any("待核" in problem.message for problem in shortfalls(office, "2026-10"))
    assert verify_office(office).findings == ()


def test_the_summer_cut_off_is_taken_from_the_settings_of_the_day(empty_office: Office) -> None:  # example 3
    for day, cutoff in ((date(2026, 4, 30), "14:45"), (date(2026, 5, 6), "15:15"), (date(2026, 10, 8), "14:45")):
        assert f"{board(empty_office, day, AFTERNOON).hours.cutoff:%H:%M}" == cutoff


def test_an_entry_of_the_new_year_for_the_old_takes_the_new_years_number(office: Office, clock: SetClock) -> None:
    # example 32
    last = date(2026, 12, 31)
    clock.set(datetime(2026, 11, 20, 8, 0))
    sign_in(office, 1, date(2026, 11, 20), MORNING, by=KEEPER)
    clock.set(datetime(2026, 12, 25, 8, 0))
    sign_in(office, 1, date(2026, 12, 25), MORNING, by=KEEPER)
    clock.set(datetime(2026, 12, 31, 14, 50))
    collect_book(office, last, AFTERNOON, by=KEEPER)
    clock.set(datetime(2027, 1, 2, 9, 0))
    noted = note_arrival(office, 1, last, AFTERNOON, ArrivalKind.PENDING, by=KEEPER)
    columns = "series, year, number, event_day, late_reason"
    assert office.fetch(f"SELECT {columns} FROM arrivals WHERE id = ?", noted.arrival) == [
        ("到", 2027, 1, "2026-12-31", "补登")
    ]


@pytest.mark.parametrize("text", ["机密★3年", "绝密级文件在车上", "[秘密]"])
def test_a_marked_text_is_refused_and_stands_nowhere(office: Office, text: str) -> None:  # example 29
    with pytest.raises(Refused) as refusal:
        collect_book(office, TODAY, MORNING, text, by=KEEPER)
    assert refusal.value.field == "early_reason"
    assert text not in str(refusal.value)
    office.close()
    assert text.encode() not in office.path.read_bytes()
