"""The day's 签到表: who signed when, what the keeper noted, and the line under the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from govoffice_tui.exporters.attendance.workbook_pages import day_digest, day_pages
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import Page
from govoffice_tui.registers.attendance.views import DaySheet, DrawnPerson, PresenceCheck, Sheet, WithoutBook
from govoffice_tui.rules.attendance import NoBookDecision, Seen, SessionState
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.sign_sheets import SheetState
from tests.exporters.factories import MADE_AT, day_sheet


def page_of(sheet: DaySheet) -> Page:
    """Return the one page of a day."""
    (page,) = day_pages(sheet, MADE_AT)
    return page


def line(page: Page, number: int) -> list[object]:
    """Return the values of one person's line."""
    return [cell.value for cell in page.blocks[number - 1][0].cells if cell]


def test_the_head_says_which_day_it_is() -> None:
    page = page_of(day_sheet())
    assert page.title == "测试县人民政府办公室签到表"
    assert page.subline == "2026年10月12日 星期一 工作日"
    heads = [cell.value for cell in page.header[0].cells if cell]
    assert heads == ["序号", "姓名", "股室", "上午签到", "时间", "下午签到", "时间", "备注"]


def test_people_stand_in_rank_order_with_their_times() -> None:
    page = page_of(day_sheet())
    assert [line(page, number)[0] for number in range(1, 57)] == list(range(1, 57))
    assert line(page, 2) == [2, "孙春国", "办领导", "√", "08:12", "√", "14:42", ""]


def test_late_missing_and_lent_out_are_said_in_words_and_never_signed() -> None:
    page = page_of(day_sheet())
    assert line(page, 3)[3:] == ["迟到", "", "迟到", "", "上午迟到,8:40到岗;下午迟到,15:10到岗"]
    assert line(page, 4)[3:] == ["待核", "", "待核", "", ""]
    assert line(page, 9)[3:] == ["借出", "", "借出", "", ""]


def test_a_struck_signature_is_printed_beside_the_one_that_stands() -> None:
    assert line(page_of(day_sheet()), 5)[3:] == ["√", "08:09", "√", "14:39", "上午划销 08:03 点错;下午划销 08:03 点错"]


def test_the_keepers_line_stands_under_each_session() -> None:
    morning, afternoon = page_of(day_sheet()).notes
    assert morning == "上午 8:15收存 应到55 实到53 收存人 周小萍 核对码 123-7f3a91c2"
    assert afternoon == "下午 14:45收存 应到55 实到53 收存人 周小萍 核对码 124-7f3a91c2"


def test_a_book_that_is_not_collected_says_so() -> None:
    assert page_of(day_sheet(is_collected=False)).notes[1].startswith("下午 未收存 应到55 实到53")


def test_a_book_collected_early_says_why() -> None:
    sheet = day_sheet(8)
    assert sheet.morning is not None
    assert sheet.morning.collected is not None
    early = replace(sheet.morning, collected=replace(sheet.morning.collected, early_reason="停电"))
    assert page_of(replace(sheet, morning=early)).notes[0].endswith("提前收存:停电")


def checked(sheet: DaySheet) -> DaySheet:
    """Return the day with a 抽查到岗 of the morning, one of three names without an answer."""
    assert sheet.morning is not None
    names = (
        DrawnPerson(1, 2, "孙春国", Seen.SEEN),
        DrawnPerson(2, 6, "吴文兰", Seen.NOT_SEEN),
        DrawnPerson(3, 7, "郑玉芳", None),
    )
    check = PresenceCheck(datetime(2026, 10, 12, 8, 20), "钱峰", names)
    return replace(sheet, morning=replace(sheet.morning, presence_check=check))


def test_who_was_looked_for_stands_under_the_keepers_lines_with_room_for_what_is_open() -> None:
    notes = page_of(checked(day_sheet(8))).notes
    assert notes[2:] == ("上午抽查到岗 8:20 钱峰:孙春国 见到、吴文兰 未见到、郑玉芳 ____",)
    assert len(page_of(day_sheet(8)).notes) == 2


def without_book(sheet: DaySheet, decision: NoBookDecision | None) -> DaySheet:
    """Return the day with a morning that had no book."""
    assert sheet.morning is not None
    status = HalfStatus.DEEMED if decision else HalfStatus.NO_BOOK
    lines = tuple(replace(line, status=status, signed_at=None, sign_in=None) for line in sheet.morning.lines)
    ruled_at = datetime(2026, 10, 13, 9, 0) if decision else None
    book = WithoutBook(
        1, "未〔2026〕1号", "停电", decision, "钱峰" if decision else "", "第3页" if decision else "", ruled_at
    )
    morning = replace(sheet.morning, lines=lines, collected=None, state=SessionState.RULED, without_book=book)
    return replace(sheet, morning=morning)


def test_a_session_without_a_book_says_why_and_what_was_decided() -> None:
    ruled = page_of(without_book(day_sheet(8), NoBookDecision.EVERYBODY))
    assert ruled.notes[0] == "上午 未设簿:停电 决定:全体视同出勤 钱峰 书面第3页"
    assert line(ruled, 2)[3:5] == ["视同出勤", ""]
    waiting = page_of(without_book(day_sheet(8), None))
    assert waiting.notes[0] == "上午 未设簿:停电 决定________ 分管副主任________"
    assert line(waiting, 2)[3:5] == ["未设簿", ""]


def test_who_left_early_keeps_the_signature_and_has_a_remark() -> None:
    sheet = day_sheet(8)
    assert sheet.morning is not None
    first, second, *others = sheet.morning.lines
    gone = replace(second, left_early_at=datetime(2026, 10, 12, 11, 20))
    page = page_of(replace(sheet, morning=replace(sheet.morning, lines=(first, gone, *others))))
    assert line(page, 2)[3:] == ["√", "08:12", "√", "14:42", "上午11:20早退"]


def test_a_session_that_is_not_held_is_shaded_and_has_no_marks() -> None:
    page = page_of(replace(day_sheet(8), afternoon=None))
    assert line(page, 2)[3:7] == ["√", "08:12", "不设签到", ""]
    assert [cell.is_shaded for cell in page.blocks[1][0].cells if cell] == [*[False] * 5, True, True, False]
    assert page.notes[1] == "下午 不设签到"


def test_a_day_of_rest_is_one_line() -> None:
    page = page_of(replace(day_sheet(8), day_title="国庆节", morning=None, afternoon=None))
    assert [cell.value for block in page.blocks for row in block for cell in row.cells if cell] == [
        "本日国庆节,不设签到。"
    ]


def test_who_is_only_in_one_session_is_not_on_the_roster_in_the_other() -> None:
    sheet = day_sheet(8)
    assert sheet.afternoon is not None
    page = page_of(replace(sheet, afternoon=replace(sheet.afternoon, lines=sheet.afternoon.lines[:-1])))
    assert line(page, 8)[3:7] == ["√", "08:06", "不在册", ""]


def test_fifty_six_people_take_two_pages() -> None:
    assert lay_out(page_of(day_sheet())).pages == 2


def test_the_digest_is_of_what_the_sheet_shows() -> None:
    sheet = day_sheet(8)
    assert sheet.morning is not None
    first = sheet.morning.lines[0]
    changed = [
        replace(sheet, morning=replace(sheet.morning, lines=(replace(first, **change), *sheet.morning.lines[1:])))
        for change in (
            {"signed_at": datetime(2026, 10, 12, 7, 1)},
            {"display_name": "王伟(行政股)"},
            {"struck": ("08:03 点错",)},
            {"status": sheet.morning.lines[3].status},
        )
    ]
    gone = replace(first, left_early_at=datetime(2026, 10, 12, 11, 20))
    changed.append(replace(sheet, morning=replace(sheet.morning, lines=(gone, *sheet.morning.lines[1:]))))
    changed += [checked(sheet), without_book(sheet, None), without_book(sheet, NoBookDecision.EVERYBODY)]
    changed += [replace(sheet, morning=None), replace(sheet, day_title="调休上班"), day_sheet(8, is_collected=False)]
    digests = {day_digest(other) for other in [sheet, *changed]}
    assert len(digests) == len(changed) + 1
    assert day_digest(sheet) == day_digest(day_sheet(8))


PAPER = Sheet(
    row=1,
    point="",
    state=SheetState.CHECKED,
    is_paper=True,
    reason="停电",
    decided_by="分管副主任钱峰",
    book="2026年签到簿",
    page="12",
    collected_at=datetime(2026, 10, 12, 8, 15),
    collected_by="周小萍",
    expected=55,
    signed=53,
    checked_at=datetime(2026, 10, 12, 9, 20),
    checked_by="吴桂芳",
)


def with_sheets(*sheets: Sheet) -> DaySheet:
    """Return the day with its morning on these sheets, the first person signed without a time and typed a day later."""
    sheet = day_sheet(8)
    assert sheet.morning is not None
    first = replace(sheet.morning.lines[0], paper_page="12", is_untimed=True, is_late_entry=True)
    return replace(sheet, morning=replace(sheet.morning, sheets=sheets, lines=(first, *sheet.morning.lines[1:])))


def test_a_paper_session_says_why_by_whom_on_which_page_and_who_compared_it() -> None:
    assert page_of(with_sheets(PAPER)).notes[0] == (
        "上午 8:15收存 应到55 实到53 收存人 周小萍 核对码 123-7f3a91c2"
        " 纸质:停电,分管副主任钱峰定 2026年签到簿第12页 录入已核对 吴桂芳 10月12日9:20"
    )


def test_a_signature_without_a_time_prints_paper_and_one_typed_a_day_later_says_so() -> None:
    assert line(page_of(with_sheets(PAPER)), 1)[3:] == ["√", "纸", "√", "14:43", "上午补录"]


def test_each_place_has_its_own_line() -> None:
    main = replace(PAPER, point="主楼", is_paper=False, state=SheetState.COLLECTED, book="", page="", checked_at=None)
    old = replace(PAPER, point="老楼", state=SheetState.TRANSCRIBING, signed=None, early_reason="开会")
    out = Sheet(3, "新楼", SheetState.OPEN, False)
    assert page_of(with_sheets(main, old, out)).notes[1:4] == (
        "上午 主楼 8:15收存 应到55 实到53 收存人 周小萍",
        "上午 老楼 8:15收存 应到55 实到____ 收存人 周小萍 纸质:停电,分管副主任钱峰定 2026年签到簿第12页 未录入"
        " 提前收存:开会",
        "上午 新楼 未收存 收存人________",
    )


def test_the_digest_changes_with_the_sheets() -> None:
    digests = {day_digest(with_sheets(*sheets)) for sheets in ((), (PAPER,), (replace(PAPER, page="13"),))}
    assert len(digests) == 3
