"""空白应急表: a blank 签到表 of a day's names, with cells a hand can sign in, and the hours of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from govoffice_tui.exporters.attendance.blank_sheet import GUEST_LINES, blank_pages
from govoffice_tui.exporters.catalog import BLANKS, packet_name
from govoffice_tui.exporters.layout import POINTS_PER_MM, lay_out
from govoffice_tui.exporters.page import Look, Page, Row
from govoffice_tui.registers.attendance.blanks import BlankSheet, by_point
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.settings import Settings
from tests.exporters.factories import MADE_AT, OFFICE, staff, texts

DAY, SUMMER_DAY = date(2026, 10, 12), date(2026, 7, 1)


def blank(day: date = DAY, *, halves: tuple[Half, ...] = tuple(Half)) -> BlankSheet:
    """Return the sheet of 56 people, of whom the first is exempt and the ninth lent out."""
    people = staff()
    names = display_names(people)
    return BlankSheet(
        office_name=OFFICE,
        day=day,
        day_title="工作日",
        hours={half: session_hours(day, half, Settings()) for half in halves},
        signers=tuple(one for one in people if one.id not in (1, 9)),
        excused=((names[1], "免签"), (names[9], "借出")),
        display_names=names,
    )


def page_of(sheet: BlankSheet) -> Page:
    (page,) = blank_pages([sheet], MADE_AT)
    return page


def rows_of(page: Page) -> list[Row]:
    return [row for block in page.blocks for row in block]


def names_of(page: Page) -> list[str]:
    """Return the names in the order they are printed."""
    lines = [row.cells for row in rows_of(page) if len(row.cells) > 1]
    return [str(cells[1].value) for cells in lines if cells[1] and cells[1].value]


def test_names_stand_in_rank_order_with_the_exempt_and_lent_left_out() -> None:
    sheet = blank()
    page = page_of(sheet)
    assert names_of(page) == [sheet.display_names[one.id] for one in sheet.signers]
    assert f"不列入本表:免签:{sheet.display_names[1]};借出:{sheet.display_names[9]}。" in texts(page)


def test_those_apart_stand_under_their_heading_at_the_end() -> None:
    titles = [str(row.cells[0].value) for row in rows_of(page_of(blank())) if row.cells[0] and len(row.cells) == 1]
    assert titles[:2] == ["编外", "来访、新到人员"]
    mixed = blank()
    first_apart = replace(mixed, signers=(mixed.signers[-1], *mixed.signers[:-1]))
    assert names_of(page_of(first_apart))[-3] == mixed.display_names[mixed.signers[-1].id]


def test_every_line_is_high_enough_to_sign_in() -> None:
    page = page_of(blank())
    signed_in = [row for row in rows_of(page) if len(row.cells) == len(page.columns)]
    assert len(signed_in) == 54 + GUEST_LINES
    assert min(row.height for row in signed_in) / POINTS_PER_MM >= 8
    assert min(page.columns[3], page.columns[5]) >= 20


def test_five_lines_are_left_for_visitors_on_one_sheet_with_the_keepers_lines() -> None:
    page = page_of(blank())
    empty = [row for row in page.blocks[-1] if len(row.cells) == len(page.columns)]
    assert len(empty) == GUEST_LINES == 5
    assert not any(cell.value for row in empty for cell in row.cells if cell)
    layout = lay_out(page)
    assert not any(first <= place < last for first, last in layout.blocks for place in layout.breaks)


def test_the_keepers_lines_have_the_hours_of_the_day() -> None:
    assert "上午 8:15 收存" in texts(page_of(blank()))
    assert "下午 14:45 收存" in texts(page_of(blank()))
    assert "下午 15:15 收存" in texts(page_of(blank(SUMMER_DAY)))
    assert "应到______ 实到______    收存人______________" in texts(page_of(blank()))


def test_of_a_half_day_only_the_worked_half_is_signed_in() -> None:
    page = page_of(blank(halves=(Half.MORNING,)))
    words = texts(page)
    assert "下午 不设签到" in words
    assert "14:45" not in words
    cells = page.blocks[0][0].cells
    assert [bool(cell and cell.is_shaded) for cell in cells] == [False] * 5 + [True, True, False]


def test_a_day_without_a_session_has_no_blank() -> None:
    assert blank_pages([blank(halves=())], MADE_AT) == []


def test_each_place_a_book_lies_at_has_a_sheet_of_its_own() -> None:
    sheets = by_point(blank(), lambda person: "政务大厅" if person.section == "信息股" else "一号楼")
    pages = blank_pages(sheets, MADE_AT)
    assert [page.sheet for page in pages] == ["签到表1", "签到表2"]
    assert [page.subline.split("    ")[1] for page in pages] == ["签到点:一号楼", "签到点:政务大厅"]
    signers = blank().signers
    assert names_of(pages[1]) == [blank().display_names[one.id] for one in signers if one.section == "信息股"]
    assert len(names_of(pages[0])) + len(names_of(pages[1])) == len(signers)
    (whole,) = by_point(blank(), lambda person: "")
    assert whole == blank()


def test_nobody_has_signed_and_no_figure_stands_on_a_blank() -> None:
    page = page_of(blank())
    for row in rows_of(page):
        if len(row.cells) == len(page.columns):
            assert not any(cell.value for cell in row.cells[3:] if cell)
    assert not any(cell.look is Look.TOTAL_NUMBER for row in rows_of(page) for cell in row.cells if cell)


def test_every_blank_has_a_name_of_its_own() -> None:
    assert len({one.id for one in BLANKS}) == len({one.title for one in BLANKS}) == len(BLANKS)
    assert packet_name(datetime(2026, 1, 5).date()) == "2026-01-05_空白应急表.xlsx"
