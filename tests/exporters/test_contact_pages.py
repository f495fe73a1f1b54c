"""应急联系表: the office's people in rank order, 编外 apart, the units of the phone book, on the pages it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.duty.contact_pages import HEADS, TITLE, TOGETHER, contact_digest, contact_pages
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import Look, Page, Properties
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.duty.contact_list import Callee, CalleeGroup, contact_sheet
from govoffice_tui.registers.duty.contacts import ContactLine, import_contacts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.staff_changes import lend_out
from govoffice_tui.reports import write_packet, write_paper
from tests.exporters.tools import printed

MONDAY = date(2026, 10, 12)
KEEPER = 3
MADE_AT = datetime(2026, 10, 12, 9, 0)
PHONE_BOOK = [
    ContactLine(2, "白水镇", "", "值班室", "0999-8800201"),
    ContactLine(3, "县应急局", "柳敏", "局长", "0999-8800301"),
    ContactLine(4, "白水镇", "丁宏", "镇长", "13900010002"),
    ContactLine(5, "龙潭乡", "任敏", "乡长", ""),
]


@pytest.fixture
def full(empty_office: Office) -> Office:
    """The demo office's people and a phone book of sixty lines, one unit of twenty among them."""
    import_staff(empty_office, demo_lines(date(2025, 9, 1)), by=None)
    book = [
        ContactLine(
            row + 2,
            "县供电公司" if row >= 40 else f"第{row // 4 + 1}乡镇人民政府",
            f"联系人{row + 1}",
            "副乡镇长",
            f"0999-88{row:05d}",
        )
        for row in range(60)
    ]
    import_contacts(empty_office, book, by=None)
    return empty_office


def cells_of(page: Page) -> list[list[str]]:
    """Return the lines as they are read: the section or unit on each, though it is printed once."""
    found: list[list[str]] = []
    title = ""
    for row in (row for block in page.blocks for row in block if len(row.cells) == len(HEADS)):
        if row.cells[0] is not None:
            title = str(row.cells[0].value)
        found.append([title, *(str(cell.value) for cell in row.cells[1:] if cell is not None)])
    return found


def headings_of(page: Page) -> list[str]:
    rows = [row for block in page.blocks for row in block]
    return [str(row.cells[0].value) for row in rows if row.cells[0] and row.cells[0].look is Look.TOTAL]


def test_people_stand_in_rank_order_with_post_and_phone_then_the_units(office: Office) -> None:
    import_contacts(office, PHONE_BOOK, by=None)
    (page,) = contact_pages(contact_sheet(office, MONDAY), MADE_AT)
    assert (page.title, page.subline) == ("测试县人民政府办公室应急联系表", "2026年10月12日制")
    assert headings_of(page) == ["一、本办人员(8)", "二、有关单位(4)"]
    lines = cells_of(page)
    assert lines[0] == ["办领导", "主任", "赵敏", "13900000000"]
    assert [line[2] for line in lines[3:5]] == ["王伟", "阿依古丽·买买提"]
    assert lines[8:] == [
        ["白水镇", "值班室", "", "0999-8800201"],
        ["白水镇", "镇长", "丁宏", "13900010002"],
        ["县应急局", "局长", "柳敏", "0999-8800301"],
        ["龙潭乡", "乡长", "任敏", ""],
    ]
    last = page.blocks[-1][0].cells[0]
    assert last is not None
    assert str(last.value).startswith("值班电话:____")
    assert "有1行没有电话,请核实后写在空格里。" in page.notes


def test_those_apart_stand_under_a_heading_of_their_own(full: Office) -> None:
    sheet = contact_sheet(full, MONDAY)
    (page,) = contact_pages(sheet, MADE_AT)
    assert headings_of(page) == ["一、本办人员(51)", "二、编外人员(5)", "三、有关单位(60)"]
    assert len(cells_of(page)) == 116
    assert {one.position for group in sheet.apart for one in group.callees} == {"打字员", "保洁员", "实习生"}


def test_who_is_lent_out_is_not_called(office: Office) -> None:
    def names(day: date) -> list[str]:
        return [one.name for group in contact_sheet(office, day).sections for one in group.callees]

    lend_out(office, 5, MONDAY, None, "县委办", by=KEEPER)
    assert "阿依古丽·买买提" not in names(MONDAY)
    assert len(names(MONDAY)) == 7


def test_a_corrected_line_keeps_its_place(office: Office) -> None:
    import_contacts(office, PHONE_BOOK, by=None)
    import_contacts(office, [replace(PHONE_BOOK[0], phone="0999-8800299")], by=None)
    units = contact_sheet(office, MONDAY).units
    assert [unit.title for unit in units] == ["白水镇", "县应急局", "龙潭乡"]
    assert units[0].callees[0] == Callee("", "值班室", "0999-8800299")


def test_the_digest_follows_what_is_shown_and_not_the_day(office: Office, clock: SetClock) -> None:
    before = contact_digest(contact_sheet(office, MONDAY))
    assert contact_digest(contact_sheet(office, date(2026, 10, 13))) == before
    import_contacts(office, PHONE_BOOK[:1], by=None)
    assert contact_digest(contact_sheet(office, MONDAY)) != before


def test_no_phone_book_and_nobody_are_said(office: Office, empty_office: Office) -> None:
    sheet = contact_sheet(office, MONDAY)
    assert "单位通讯录还没有导入,有关单位的电话请手写附后。" in contact_pages(sheet, MADE_AT)[0].notes
    (page,) = contact_pages(replace(sheet, sections=()), MADE_AT)
    assert page.blocks[0][0].cells[0].value == "花名册和单位通讯录都是空的。"  # type: ignore[union-attr]


def test_a_long_unit_begins_again_and_no_part_of_it_is_parted(full: Office) -> None:
    (page,) = contact_pages(contact_sheet(full, MONDAY), MADE_AT)
    titles = [line[0] for line in cells_of(page)]
    assert titles.count("县供电公司") == TOGETHER
    assert titles.count("县供电公司(续)") == 20 - TOGETHER
    layout = lay_out(page)
    assert not any(first <= place < last for first, last in layout.blocks for place in layout.breaks)


def test_the_paper_is_written_once_for_the_same_list_and_again_for_another(office: Office) -> None:
    first = write_paper(office, "duty_contacts", "2026-10-12", by=7)
    assert first.path.name == "2026-10-12_应急联系表.xlsx"
    assert not write_paper(office, "duty_contacts", "2026-10-12", by=7).is_new
    import_contacts(office, PHONE_BOOK, by=None)
    second = write_paper(office, "duty_contacts", "2026-10-12", by=7)
    assert (second.version, second.path.name) == (2, "2026-10-12_应急联系表_v2.xlsx")
    sheet = load_workbook(second.path)[TITLE]
    assert [cell.value for cell in sheet[3]] == list(HEADS)
    said = {str(cell.value): cell.data_type for row in sheet.iter_rows() for cell in row}
    assert said["0999-8800201"] == said["13900010002"] == "s"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("portrait", "$3:$3")


def test_the_packet_holds_the_list(office: Office) -> None:
    packet = write_packet(office, MONDAY, ["duty"])
    assert packet.titles == ("值班页", TITLE)
    assert TITLE in load_workbook(packet.path).sheetnames


def test_on_paper_every_page_has_its_head_and_last_column_and_everybody_is_printed(
    full: Office, tmp_path: Path
) -> None:
    sheet = contact_sheet(full, MONDAY)
    hostile = CalleeGroup("=1+1 [red]" * 4, (Callee("_x0041_ &Z", "阿" * 50, "0777-8800001转8023,13900001234"),))
    (page,) = contact_pages(replace(sheet, units=(*sheet.units, hostile)), MADE_AT)
    book = tmp_path / "list.xlsx"
    write_workbook([page], Properties("题", "办公室", MADE_AT), book)
    paper = printed([book], tmp_path)["list"]
    assert len(paper) == lay_out(page).pages == 4
    for number, text in enumerate(paper, 1):
        assert all(head in text for head in HEADS)
        assert f"第{number}页 共{len(paper)}页" in text
    words = "\n".join(paper)
    for group in (*sheet.sections, *sheet.apart, *sheet.units):
        for one in group.callees:
            assert one.name in words
            assert words.count(one.phone) == 1
    assert "_x0041_ &Z" in words
    assert "值班电话:" in paper[-1]
    assert "###" not in words
