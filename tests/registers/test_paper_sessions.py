"""A session on paper, and one at several places: declared, collected, typed, checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.attendance import months
from govoffice_tui.registers.attendance.months import days_of, month, shortfalls
from govoffice_tui.registers.attendance.pages import REGISTER, board, story
from govoffice_tui.registers.attendance.register import ATTENDANCE
from govoffice_tui.registers.attendance.sheets import collect_sheet, finish_transcription, use_paper
from govoffice_tui.registers.attendance.signing import collect_book, note_arrival, sign_in, strike_sign_in
from govoffice_tui.registers.attendance.transcription import sheet_page, transcribe
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import ArrivalKind, StrikeReason
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.sign_sheets import PaperReason, SheetEntry, SheetMark, SheetState
from tests.factories import staff_lines
from tests.laws import cases

TODAY = date(2026, 10, 12)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
KEEPER = 3
DECIDED = "分管副主任钱峰"
POINTS = "主楼=办领导、行政股;老楼=信息股、资料动态股"


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime.combine(TODAY, time(hour, minute, second))


def declare(office: Office, point: str | None = None, **kwargs: str) -> None:
    use_paper(office, TODAY, MORNING, PaperReason.POWER, DECIDED, point, by=KEEPER, **kwargs)


def present(people: Iterable[int]) -> list[SheetEntry]:
    return [SheetEntry(person, SheetMark.PRESENT) for person in people]


def collected_paper(office: Office, clock: SetClock) -> None:
    """A power cut at 7:55: two signed on the screen, the paper sheet is collected at the cut-off."""
    sign_in(office, 1, TODAY, MORNING, by=KEEPER)
    sign_in(office, 2, TODAY, MORNING, by=KEEPER)
    clock.set(at(7, 55))
    declare(office)
    clock.set(at(9, 0))
    collect_sheet(office, TODAY, MORNING, page="12", book="2026年签到簿", by=KEEPER)


def rows_of(office: Office, table: str) -> int:
    return int(office.fetch(f"SELECT count(*) FROM {table}")[0][0])


def status_of(office: Office, person: int, half: Half = MORNING) -> HalfStatus:
    return next(line.status for line in board(office, TODAY, half).lines if line.person.id == person)


def test_nobody_signs_on_the_screen_once_paper_is_declared_and_who_signed_before_stays(
    office: Office, clock: SetClock
) -> None:
    sign_in(office, 1, TODAY, MORNING, by=KEEPER)
    clock.set(at(7, 55))
    declare(office)
    with pytest.raises(Refused, match="请在纸质签到簿上签") as refusal:
        sign_in(office, 2, TODAY, MORNING, by=KEEPER)
    assert refusal.value.article == "考勤制度第2条"
    page = board(office, TODAY, MORNING)
    assert page.signed == 1
    assert not page.is_on_screen
    strike_sign_in(office, page.lines[0].sign_in or 0, StrikeReason.FOR_ANOTHER, by=KEEPER)
    assert board(office, TODAY, MORNING).signed == 0
    assert page.sheets[0].paper_words == "纸质:停电,分管副主任钱峰定"


@pytest.mark.parametrize("moment", [at(13, 0), at(14, 20), at(16, 0)], ids=["before", "during", "after"])
def test_paper_is_declared_before_during_and_after_a_session_at_once(
    office: Office, clock: SetClock, moment: datetime
) -> None:
    clock.set(moment)
    use_paper(office, TODAY, AFTERNOON, PaperReason.FAULT, DECIDED, by=KEEPER)
    assert board(office, TODAY, AFTERNOON).sheets[0].state is SheetState.PAPER


def test_paper_wants_who_decided_it_and_other_reasons_in_words(office: Office) -> None:
    with pytest.raises(Refused, match="写谁定的") as refusal:
        use_paper(office, TODAY, MORNING, PaperReason.POWER, " ", by=KEEPER)
    assert refusal.value.field == "decided_by"
    with pytest.raises(Refused, match="写明是什么"):
        use_paper(office, TODAY, MORNING, PaperReason.OTHER, DECIDED, by=KEEPER)
    use_paper(office, TODAY, MORNING, PaperReason.OTHER, DECIDED, remark="全体赴现场", by=KEEPER)
    assert board(office, TODAY, MORNING).sheets[0].paper_words == "纸质:全体赴现场,分管副主任钱峰定"
    with pytest.raises(Refused, match="已经是纸质"):
        declare(office)


def test_paper_is_refused_for_tomorrow_for_a_rest_day_and_to_who_keeps_nothing(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=1)
    for head in (Post.DEPUTY_IN_CHARGE, Post.SECTION_HEAD):
        assign_post(office, 1, head, by=1)
    with pytest.raises(Refused, match="到当天再定"):
        use_paper(office, date(2026, 10, 13), MORNING, PaperReason.POWER, DECIDED, by=KEEPER)
    with pytest.raises(Refused, match="没有签到簿"):
        use_paper(office, date(2026, 10, 11), MORNING, PaperReason.POWER, DECIDED, by=KEEPER)
    with pytest.raises(Refused, match="签到管理人"):
        use_paper(office, TODAY, MORNING, PaperReason.POWER, DECIDED, by=5)
    assert rows_of(office, "sign_sessions") == 0


def test_a_text_with_a_classification_mark_is_refused_and_nothing_is_written(office: Office) -> None:
    with pytest.raises(Refused, match="涉密"):
        use_paper(office, TODAY, MORNING, PaperReason.OTHER, DECIDED, remark="机密★3年 会议", by=KEEPER)
    assert rows_of(office, "sign_sheets") == 0


def test_a_paper_sheet_is_collected_with_the_cut_off_its_page_and_who_took_it(office: Office, clock: SetClock) -> None:
    declare(office)
    clock.set(at(9, 0))
    with pytest.raises(Refused, match="页号"):
        collect_sheet(office, TODAY, MORNING, by=KEEPER)
    with pytest.raises(Refused, match="还没有到"):
        collect_sheet(office, TODAY, MORNING, taken_at=at(9, 1), page="12", by=KEEPER)
    with pytest.raises(Refused, match="7:00以后"):
        collect_sheet(office, TODAY, MORNING, taken_at=at(6, 59), page="12", by=KEEPER)
    with pytest.raises(Refused, match="原因"):
        collect_sheet(office, TODAY, MORNING, taken_at=at(8, 12), page="12", by=KEEPER)
    done = collect_sheet(office, TODAY, MORNING, page="12", collector=8, by=KEEPER)
    assert done.is_last
    page = board(office, TODAY, MORNING)
    assert page.collected is not None
    assert (page.collected.at, page.collected.by) == (at(8, 15), "吴桂芳")
    assert page.collected.code_seq > 0
    assert page.sheets[0].page_words == "第12页"
    assert [line.status for line in page.lines] == [HalfStatus.NOT_DUE] * 8  # nothing typed yet accuses nobody
    with pytest.raises(Refused, match="已收存"):
        collect_sheet(office, TODAY, MORNING, page="12", by=KEEPER)


def test_the_whole_book_is_not_collected_over_a_paper_sheet(office: Office, clock: SetClock) -> None:
    declare(office)
    clock.set(at(8, 16))
    with pytest.raises(Refused, match="逐张收存"):
        collect_book(office, TODAY, MORNING, by=KEEPER)


def test_a_sheet_of_sixty_is_typed_in_one_change_with_its_exceptions(office: Office, clock: SetClock) -> None:
    collected_paper(office, clock)
    entries = [
        *present([1, 2]),
        SheetEntry(3, SheetMark.PRESENT, at(8, 2)),
        SheetEntry(4, SheetMark.PRESENT),
        SheetEntry(5, SheetMark.LATE, at(8, 31)),
        SheetEntry(6, SheetMark.LEAVE),
        SheetEntry(7, SheetMark.OUT),
        SheetEntry(8, SheetMark.MISSING),
    ]
    before = rows_of(office, "submissions")
    done = transcribe(office, TODAY, MORNING, entries, by=KEEPER, form_key="sheet")
    assert (done.present, done.late, done.missing, done.changed) == (4, 1, 3, 5)
    assert rows_of(office, "submissions") == before + 1
    page = board(office, TODAY, MORNING)
    lines = {line.person.id: line for line in page.lines}
    assert (lines[1].time_words, lines[1].paper_page) == ("07:50", "")
    assert (lines[3].time_words, lines[3].paper_page) == ("08:02", "12")
    assert (lines[4].time_words, lines[4].signed_at) == ("纸", at(8, 15))
    assert [lines[person].status for person in (5, 6, 7, 8)] == [HalfStatus.LATE, *[HalfStatus.PENDING] * 3]
    assert [line.person.id for line in page.noted_missing] == [5, 6, 7, 8]
    assert page.collected is not None
    assert (page.collected.expected, page.collected.signed) == (8, 4)
    remarks = office.fetch("SELECT staff_id, remark FROM arrivals WHERE kind = 'pending' ORDER BY staff_id")
    assert remarks == [(6, "请假,手续后补"), (7, "公出,登记后补")]
    assert not verify_office(office).findings


def test_a_form_sent_twice_types_a_sheet_once(office: Office, clock: SetClock) -> None:
    collected_paper(office, clock)
    first = transcribe(office, TODAY, MORNING, present(range(1, 9)), by=KEEPER, form_key="one")
    written = rows_of(office, "journal")
    again = transcribe(office, TODAY, MORNING, present(range(1, 9)), by=KEEPER, form_key="one")
    assert (again.sheet, again.present) == (first.sheet, first.present)
    assert rows_of(office, "journal") == written


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (at(8, 15, 1), "不能补签"),  # example 1: the cut-off second is in, the next is not
        (at(6, 59), "7:00开始"),
        (datetime(2026, 10, 11, 8, 0), "不在本场"),
        (datetime(2026, 10, 13, 8, 0), "不在本场"),
    ],
)
def test_a_time_outside_the_session_is_refused_and_nothing_of_the_sheet_is_written(
    office: Office, clock: SetClock, moment: datetime, why: str
) -> None:
    collected_paper(office, clock)
    before = rows_of(office, "journal")
    with pytest.raises(Refused, match=why):
        transcribe(office, TODAY, MORNING, [*present([4, 5]), SheetEntry(6, SheetMark.PRESENT, moment)], by=KEEPER)
    assert rows_of(office, "journal") == before
    transcribe(office, TODAY, MORNING, [SheetEntry(6, SheetMark.PRESENT, at(8, 15, 0))], by=KEEPER)


def test_a_time_after_the_collection_is_refused(office: Office, clock: SetClock) -> None:
    declare(office)
    clock.set(at(9, 0))
    collect_sheet(office, TODAY, MORNING, taken_at=at(8, 10), page="1", early_reason="全体赴现场", by=KEEPER)
    with pytest.raises(Refused, match="晚于收存8:10"):
        transcribe(office, TODAY, MORNING, [SheetEntry(4, SheetMark.PRESENT, at(8, 11))], by=KEEPER)
    transcribe(office, TODAY, MORNING, [SheetEntry(4, SheetMark.PRESENT)], by=KEEPER)
    assert (
        office.fetch("SELECT signed_at FROM sign_ins")[0][0]
        <= office.fetch("SELECT collected_at FROM sign_sheets")[0][0]
    )


@pytest.mark.parametrize(("moment", "why"), [(None, "到岗时间"), (at(8, 14), "8:15以后"), (at(9, 1), "还没有到")])
def test_somebody_late_needs_a_time_after_the_cut_off(
    office: Office, clock: SetClock, moment: datetime | None, why: str
) -> None:
    collected_paper(office, clock)
    with pytest.raises(Refused, match=why):
        transcribe(office, TODAY, MORNING, [SheetEntry(5, SheetMark.LATE, moment)], by=KEEPER)


def test_a_sheet_typed_the_next_morning_is_flagged_and_keeps_both_times(
    office: Office, clock: SetClock
) -> None:  # example 2
    collected_paper(office, clock)
    clock.set(datetime(2026, 10, 13, 9, 40))
    transcribe(office, TODAY, MORNING, [SheetEntry(4, SheetMark.PRESENT, at(8, 3))], by=KEEPER)
    row = office.fetch("SELECT signed_at, entered_at, late_reason FROM sign_ins WHERE staff_id = 4")[0]
    assert row[2] == "补录"
    assert row[0] < row[1]
    assert next(line for line in board(office, TODAY, MORNING).lines if line.person.id == 4).is_late_entry
    notes = [note for note in month(office, "2026-10").notes if note.kind == "纸质签到"]
    assert [note.detail for note in notes] == [
        "纸质:停电,分管副主任钱峰定,2026年签到簿第12页,已录入,未核对,本场补录1人"
    ]


def test_taken_up_again_only_what_differs_is_written_and_a_wrong_line_is_struck(
    office: Office, clock: SetClock
) -> None:
    collected_paper(office, clock)
    transcribe(office, TODAY, MORNING, present(range(1, 9)), by=KEEPER)
    lines = sheet_page(office, TODAY, MORNING).lines
    entries = [SheetEntry(line.person.id, line.mark, line.at) for line in lines]
    before = rows_of(office, "journal")
    assert transcribe(office, TODAY, MORNING, entries, by=KEEPER).changed == 0
    assert rows_of(office, "journal") == before
    changed = [*entries[:4], SheetEntry(5, SheetMark.PRESENT, at(8, 1)), SheetEntry(6, SheetMark.MISSING)]
    assert transcribe(office, TODAY, MORNING, changed, by=KEEPER).changed == 2
    struck = office.fetch("SELECT staff_id, struck_reason FROM sign_ins WHERE struck_at IS NOT NULL ORDER BY staff_id")
    assert struck == [(5, "录入更正"), (6, "录入更正")]
    assert office.fetch("SELECT revision FROM sign_ins WHERE staff_id = 5 AND struck_at IS NULL") == [(2,)]
    page = board(office, TODAY, MORNING)
    assert page.collected is not None
    assert page.collected.signed == 7
    assert [line.person.id for line in page.noted_missing] == [6]


def test_every_mark_can_become_every_other(office: Office, clock: SetClock) -> None:
    collected_paper(office, clock)
    for before in SheetMark:
        for after in SheetMark:
            for mark in (before, after):
                moment = at(8, 40) if mark is SheetMark.LATE else None
                transcribe(office, TODAY, MORNING, [SheetEntry(7, mark, moment)], by=KEEPER)
                line = next(one for one in sheet_page(office, TODAY, MORNING).lines if one.person.id == 7)
                assert (line.mark, line.at) == (mark, moment)
    assert not verify_office(office).findings


def test_who_signed_on_the_screen_is_not_marked_otherwise(office: Office, clock: SetClock) -> None:
    collected_paper(office, clock)
    with pytest.raises(Refused, match="已在屏幕上07:50:00签到"):
        transcribe(office, TODAY, MORNING, [SheetEntry(1, SheetMark.MISSING)], by=KEEPER)


def test_what_another_window_typed_meanwhile_is_not_typed_over(office: Office, clock: SetClock) -> None:
    collected_paper(office, clock)
    seen = [SheetEntry(line.person.id, line.mark, line.at) for line in sheet_page(office, TODAY, MORNING).lines[2:]]
    other = [*present(range(3, 9))]
    other[4] = SheetEntry(7, SheetMark.LATE, at(8, 40))
    transcribe(office, TODAY, MORNING, other, seen=seen, by=KEEPER)
    with pytest.raises(Refused, match="冯䶮这一行别的窗口刚改过"):
        transcribe(office, TODAY, MORNING, present(range(3, 9)), seen=seen, by=KEEPER)
    assert status_of(office, 7) is HalfStatus.LATE


def test_whoever_collects_is_on_the_roster_of_that_day(office: Office, clock: SetClock) -> None:
    declare(office)
    clock.set(at(9, 0))
    with pytest.raises(Refused, match="不在册") as refusal:
        collect_sheet(office, TODAY, MORNING, page="1", collector=99, by=KEEPER)
    assert refusal.value.field == "collector"
    done = collect_sheet(office, TODAY, MORNING, page="1", collector=1, by=KEEPER)
    assert done.sheet.collected_by == "赵敏"


def test_the_remark_of_a_place_says_who_declared_it_and_when(two_places: Office, clock: SetClock) -> None:
    sign_in(two_places, 5, TODAY, MORNING, by=5)
    clock.set(at(8, 0))
    declare(two_places, "老楼")
    note = next(note for note in month(two_places, "2026-10").notes if note.kind == "纸质签到")
    assert (note.noted_by, note.noted_at) == ("周小萍", at(8, 0))
    assert note.detail == "老楼 纸质:停电,分管副主任钱峰定"


def test_the_story_tells_of_the_place_a_person_signs_at_and_of_no_other(two_places: Office, clock: SetClock) -> None:
    declare(two_places, "老楼")
    clock.set(at(8, 30))
    collect_sheet(two_places, TODAY, MORNING, "老楼", page="7", by=KEEPER)
    assert [fact.words for fact in story(two_places, 5, TODAY, MORNING).facts] == [
        "老楼签到簿 纸质:停电,分管副主任钱峰定 第7页(周小萍登记)",
        "老楼签到簿收存(收存人周小萍)",
    ]
    assert story(two_places, 4, TODAY, MORNING).facts == ()


def test_nothing_is_typed_before_collection_nor_after_the_check(office: Office, clock: SetClock) -> None:
    declare(office)
    with pytest.raises(Refused, match="还没有收存"):
        transcribe(office, TODAY, MORNING, present([4]), by=KEEPER)
    clock.set(at(9, 0))
    collect_sheet(office, TODAY, MORNING, page="12", by=KEEPER)
    with pytest.raises(Refused, match="还没有录入"):
        finish_transcription(office, TODAY, MORNING, by=KEEPER)
    transcribe(office, TODAY, MORNING, present([4]), by=KEEPER)
    sheet = finish_transcription(office, TODAY, MORNING, by=KEEPER)
    assert sheet.transcription_words == "录入已核对 周小萍 10月12日9:00"
    with pytest.raises(Refused, match="已核对完毕,不能再录"):
        transcribe(office, TODAY, MORNING, present([5]), by=KEEPER)
    with pytest.raises(Refused, match="已经是纸质"):
        declare(office)
    note_arrival(office, 5, TODAY, MORNING, ArrivalKind.LATE, at(8, 40), by=KEEPER)
    assert status_of(office, 5) is HalfStatus.LATE


def test_a_session_collected_on_the_screen_may_still_be_typed_from_paper(office: Office, clock: SetClock) -> None:
    sign_in(office, 1, TODAY, MORNING, by=KEEPER)
    clock.set(at(8, 40))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    assert status_of(office, 4) is HalfStatus.PENDING
    with pytest.raises(Refused, match="第几页"):
        declare(office)
    declare(office, page="12")
    assert status_of(office, 4) is HalfStatus.NOT_DUE
    assert board(office, TODAY, MORNING).sheets[0].paper_words == "屏幕收存后改用纸质:停电,分管副主任钱峰定"
    transcribe(office, TODAY, MORNING, present([1, 4]), by=KEEPER)
    page = board(office, TODAY, MORNING)
    assert page.collected is not None
    assert (page.collected.signed, page.collected.at) == (2, at(8, 40))


def test_somebody_not_due_and_a_sealed_month_are_refused(office: Office, clock: SetClock) -> None:
    collected_paper(office, clock)
    with pytest.raises(Refused, match="不在这一页上"):
        transcribe(office, TODAY, MORNING, present([99]), by=KEEPER)
    clock.set(datetime(2026, 11, 2, 9, 0))
    closing.close_month(office, REGISTER, "2026-10", lambda *_: [], months.seal_digest, by=KEEPER)
    with pytest.raises(Refused, match="已封存"):
        transcribe(office, TODAY, MORNING, present([4]), by=KEEPER)
    with pytest.raises(Refused, match="已封存"):
        use_paper(office, TODAY, AFTERNOON, PaperReason.FAULT, DECIDED, by=KEEPER)


def test_an_unfinished_sheet_is_due_today_late_tomorrow_and_keeps_the_month_open(
    office: Office, clock: SetClock
) -> None:
    collected_paper(office, clock)

    def due() -> list[tuple[str, bool]]:
        found = ATTENDANCE.due(office, office.now())
        return [(one.text, one.is_overdue) for one in found if "纸质" in one.text]

    assert due() == [("10月12日上午 纸质签到簿未录完", False)]
    found = shortfalls(office, "2026-10")
    assert any(problem.message == "纸质签到簿未录完" for problem in found)
    assert not any("待核" in problem.message for problem in found)  # a sheet nobody typed accuses nobody
    transcribe(office, TODAY, MORNING, present(range(1, 9)), by=KEEPER)
    clock.set(datetime(2026, 10, 13, 6, 30))
    assert due() == [("10月12日上午 纸质签到簿未核对", True)]
    assert any(problem.message == "纸质签到簿未核对" for problem in shortfalls(office, "2026-10"))
    finish_transcription(office, TODAY, MORNING, by=KEEPER)
    assert due() == []
    assert not any("纸质" in problem.message for problem in shortfalls(office, "2026-10"))


def test_the_story_and_the_days_of_a_person_tell_of_the_paper(office: Office, clock: SetClock) -> None:
    collected_paper(office, clock)
    transcribe(office, TODAY, MORNING, present(range(1, 9)), by=KEEPER)
    finish_transcription(office, TODAY, MORNING, by=KEEPER)
    told = [fact.words for fact in story(office, 4, TODAY, MORNING).facts]
    assert told[0] == "本场签到簿 纸质:停电,分管副主任钱峰定 2026年签到簿第12页(周小萍登记)"
    assert any("在纸质签到簿第12页签到,簿上没有时间(签〔2026〕" in words for words in told)
    assert "从纸质签到簿录入(周小萍)" in told
    assert told[-1] == "本场纸质签到簿录入核对完毕(周小萍)"
    assert sum("收存" in words for words in told) == 1
    assert days_of(office, 4, "2026-10")[0].morning == "已签 纸"


def test_the_office_default_opens_every_session_on_paper(office: Office, clock: SetClock) -> None:
    settings.change(office, "carrier", "paper", by=KEEPER)
    assert not board(office, TODAY, MORNING).is_on_screen
    with pytest.raises(Refused, match="纸质签到簿"):
        sign_in(office, 1, TODAY, MORNING, by=KEEPER)
    assert rows_of(office, "sign_sessions") == 0
    clock.set(at(8, 30))
    collect_sheet(office, TODAY, MORNING, page="3", by=KEEPER)
    assert office.fetch("SELECT carrier, state FROM sign_sessions") == [("paper", "collected")]
    transcribe(office, TODAY, MORNING, present(range(1, 9)), by=KEEPER)
    assert board(office, TODAY, MORNING).signed == 8


@pytest.fixture
def two_places(office: Office) -> Office:
    """An office that signs in two buildings."""
    settings.change(office, "sign_points", POINTS, by=KEEPER)
    return office


def test_the_session_is_collected_in_the_transaction_of_its_last_place(two_places: Office, clock: SetClock) -> None:
    for person in (1, 2, 3, 5):
        sign_in(two_places, person, TODAY, MORNING, by=KEEPER)
    clock.set(at(8, 16))
    first = collect_sheet(two_places, TODAY, MORNING, "主楼", by=KEEPER)
    assert not first.is_last
    page = board(two_places, TODAY, MORNING)
    assert page.collected is None
    assert [sheet.point for sheet in page.out_sheets] == ["老楼"]
    assert (first.expected, first.signed) == (4, 3)
    clock.set(at(8, 20))
    last = collect_sheet(two_places, TODAY, MORNING, "老楼", collector=8, by=KEEPER, form_key="last")
    assert last.is_last
    assert collect_sheet(two_places, TODAY, MORNING, "老楼", by=KEEPER, form_key="last") == last
    page = board(two_places, TODAY, MORNING)
    assert page.collected is not None
    assert (page.collected.at, page.collected.expected, page.collected.signed) == (at(8, 20), 8, 4)
    lines = two_places.fetch(
        "SELECT count(DISTINCT form_key), count(*) FROM journal WHERE verb = 'collect_sheet' AND form_key = 'last'"
    )
    assert lines == [(1, 2)]


def test_after_one_place_is_collected_its_people_sign_no_more_and_the_others_do(
    two_places: Office, clock: SetClock
) -> None:
    row = sign_in(two_places, 3, TODAY, MORNING, by=KEEPER).sign_in
    collect_sheet(two_places, TODAY, MORNING, "主楼", early_reason="开会", by=KEEPER)
    with pytest.raises(Refused, match="主楼上午签到簿已收存"):
        sign_in(two_places, 4, TODAY, MORNING, by=KEEPER)
    with pytest.raises(Refused, match="已收存"):
        strike_sign_in(two_places, row, StrikeReason.MISTAKE, by=KEEPER)
    sign_in(two_places, 5, TODAY, MORNING, by=KEEPER)
    assert status_of(two_places, 4) is HalfStatus.PENDING
    assert status_of(two_places, 8) is HalfStatus.NOT_DUE


def test_one_place_goes_over_to_paper_by_itself(two_places: Office, clock: SetClock) -> None:
    declare(two_places, "老楼")
    sign_in(two_places, 3, TODAY, MORNING, by=KEEPER)
    with pytest.raises(Refused, match="老楼上午改用纸质"):
        sign_in(two_places, 5, TODAY, MORNING, by=KEEPER)
    clock.set(at(8, 30))
    collect_sheet(two_places, TODAY, MORNING, "老楼", page="7", by=KEEPER)
    transcribe(two_places, TODAY, MORNING, present([5, 6, 7]), "老楼", by=KEEPER)
    with pytest.raises(Refused, match="不在这一页上"):
        transcribe(two_places, TODAY, MORNING, present([4]), "老楼", by=KEEPER)
    with pytest.raises(Refused, match="不是纸质"):
        transcribe(two_places, TODAY, MORNING, present([4]), "主楼", by=KEEPER)
    collect_sheet(two_places, TODAY, MORNING, "主楼", by=KEEPER)
    page = board(two_places, TODAY, MORNING)
    assert page.collected is not None
    assert (page.collected.signed, page.signed) == (4, 4)
    assert two_places.fetch("SELECT carrier FROM sign_sessions") == [("screen",)]


@pytest.mark.parametrize("point", ["新楼", ""])
def test_a_place_that_does_not_exist_is_refused(two_places: Office, clock: SetClock, point: str) -> None:
    sign_in(two_places, 1, TODAY, MORNING, by=KEEPER)
    clock.set(at(8, 30))
    with pytest.raises(Refused, match="签到点"):
        collect_sheet(two_places, TODAY, MORNING, point, by=KEEPER)


def test_a_plain_session_has_no_sheet_to_collect(office: Office, clock: SetClock) -> None:
    sign_in(office, 1, TODAY, MORNING, by=KEEPER)
    clock.set(at(8, 30))
    with pytest.raises(Refused, match="整本收存"):
        collect_sheet(office, TODAY, MORNING, by=KEEPER)
    assert rows_of(office, "sign_sheets") == 0


@pytest.mark.law
@hypothesis_settings(max_examples=cases(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    passes=st.lists(
        st.dictionaries(st.integers(3, 8), st.sampled_from(list(SheetMark)), min_size=1), min_size=1, max_size=4
    )
)
def test_however_often_a_sheet_is_taken_up_the_book_says_what_was_typed_last(
    tmp_path_factory: pytest.TempPathFactory, passes: list[dict[int, SheetMark]]
) -> None:
    clock = SetClock(at(7, 50))
    office = found_office(tmp_path_factory.mktemp("office"), clock, {"office_name": "测试县人民政府办公室"})
    try:
        import_staff(office, staff_lines(8), by=None)
        collected_paper(office, clock)
        said: dict[int, SheetMark] = {}
        for marks in passes:
            said |= marks
            entries = [
                SheetEntry(person, mark, at(8, 40) if mark is SheetMark.LATE else None)
                for person, mark in marks.items()
            ]
            transcribe(office, TODAY, MORNING, entries, by=KEEPER)
        lines = {line.person.id: line.mark for line in sheet_page(office, TODAY, MORNING).lines}
        assert all(lines[person] is mark for person, mark in said.items())
        page = board(office, TODAY, MORNING)
        assert page.collected is not None
        assert page.collected.signed == page.signed == 2 + list(said.values()).count(SheetMark.PRESENT)
        assert not verify_office(office).findings
    finally:
        office.close()
