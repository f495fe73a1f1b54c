"""The forms of the stock book: cells read back, what they add up to, and the pages LibreOffice prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import Cell, Check, Look, Page, Properties
from govoffice_tui.exporters.supplies.forms import (
    BLANK_SLIP,
    SUPPLIES_COUNT,
    SUPPLIES_LEDGER,
    SUPPLIES_LOW,
    SUPPLIES_MONTH,
    SUPPLIES_PAGE,
    SUPPLIES_PLAN,
    SUPPLIES_SLIP,
)
from govoffice_tui.exporters.supplies.ledger import LINES_A_SHEET, carried_over
from govoffice_tui.exporters.supplies.slips import SLIP_ROWS
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.booking import Goods, Head
from govoffice_tui.registers.supplies.correcting import correct_line
from govoffice_tui.registers.supplies.counts import begin_count, count_sheet, enter_counts, finish_count
from govoffice_tui.registers.supplies.items import ItemPlan, add_item
from govoffice_tui.registers.supplies.papers import (
    count_paper,
    ledger_pages,
    low_list,
    month_forms,
    sign_page,
    slip_paper,
)
from govoffice_tui.registers.supplies.slips import give_back, issue, receive
from govoffice_tui.registers.supplies.use import purchase_plan
from govoffice_tui.registers.supplies.views import LedgerLine
from govoffice_tui.reports import write_forms, write_paper
from govoffice_tui.rules.refusal import Refused
from tests.exporters.factories import MADE_AT
from tests.exporters.tools import printed
from tests.stock_book import AYI, DEPUTY, KEEPER, PAPER, PENS, TONER, WANG, open_stock

HOSTILE = "=1+1 [red] &Z&F"


@pytest.fixture
def stock(office: Office, clock: SetClock) -> Office:
    """October of example 26 for the paper, pens corrected, an item with a hostile name, a count one short."""
    open_stock(office, clock)
    item = add_item(office, ItemPlan(HOSTILE, "个"), by=KEEPER).id
    receive(office, [Goods(PAPER, 20, amount_fen=48000), Goods(item, 2)], Head(source=HOSTILE), by=KEEPER)
    issue(office, [Goods(PAPER, 10, WANG), Goods(PAPER, 5, AYI)], Head(), "7", by=KEEPER)
    first = office.fetch("SELECT min(id) FROM supply_lines WHERE change = -10")[0][0]
    give_back(office, first, 2, Head(), is_unopened=True, by=KEEPER)
    issue(office, [Goods(PENS, 6, AYI, remark=HOSTILE), Goods(TONER, 1, WANG, old_parts=1)], Head(), "7", by=KEEPER)
    pens = office.fetch("SELECT max(id) FROM supply_lines WHERE item_id = ?", PENS)[0][0]
    correct_line(office, pens, Goods(PENS, 5, AYI, remark=HOSTILE), "数错", by=KEEPER)
    slip = begin_count(office, by=KEEPER).slip
    sheet = count_sheet(office, slip)
    assert sheet is not None
    found = {line.line: (line.book - (line.item.id == PAPER), "破损") for line in sheet.lines}
    enter_counts(office, slip, found, by=KEEPER)
    finish_count(office, slip, WANG, DEPUTY, by=KEEPER)
    return office


def cells(page: Page) -> list[list[object]]:
    return [[cell.value for cell in row.cells if cell] for block in page.blocks for row in block]


# example 26
def test_the_month_prints_every_movement_with_its_identity(stock: Office) -> None:
    page = SUPPLIES_MONTH.pages(month_forms(stock, "2026-10"), MADE_AT)[0]
    paper, toner, pens, hostile, total = cells(page)
    assert paper[:12] == [1, "01", "A4复印纸", "70g", "包", 12, 20, 15, 2, 0, -1, 18]
    assert paper[13:] == ["24.00", "432.00", ""]
    assert toner[5:12] == [3, 0, 1, 0, 0, 0, 2]
    assert toner[13:] == ["", "", ""]
    assert pens[11:15] == [15, pens[12], "1.50", "22.50"]
    assert hostile[2] == HOSTILE
    assert total == ["合计", "共4种,本月有收发4种", "", "454.50", ""]
    assert all(isinstance(row[12], Check) for row in (paper, toner, pens, hostile))
    assert page.title.endswith("办公耗材收发存月报表(未定稿)")
    assert page.lead == ("未定稿:耗材:本月还没有过完。",)
    assert "  3.10月12日盘点(盘〔2026〕1号):A4复印纸 70g-1包" in page.notes
    assert page.signatures[0] == "保管:"


def test_sections_by_items_add_up_to_the_month(stock: Office) -> None:
    _, table, use = SUPPLIES_MONTH.pages(month_forms(stock, "2026-10"), MADE_AT)
    assert [cell.value for cell in table.header[0].cells if cell][2:] == [
        "A4复印纸\n70g\n(包)",
        "硒鼓\n388A\n(支)",
        "中性笔\n0.5黑\n(支)",
        "金额\n(元)",
    ]
    assert cells(table) == [
        ["行政股", 2, 8, 1, 0, "192.00"],
        ["信息股", 2, 5, 0, 5, "127.50"],
        ["合计", 4, 13, 1, 5, "319.50"],
    ]
    assert [row[0] for row in cells(use)] == ["行政股", "行政股", "信息股", "信息股"]


def test_the_ledger_prints_struck_lines_and_what_is_carried_over(stock: Office) -> None:
    pages = SUPPLIES_LEDGER.pages(ledger_pages(stock, "2026-10"), MADE_AT)
    assert [page.sheet for page in pages] == ["01 A4复印纸", "02 硒鼓", "03 中性笔", "04 =1+1 red &Z&F"]
    rows = cells(pages[2])
    assert rows[0][2] == "上年结转"
    struck = next(row for row in rows if "划去" in str(row[2]))
    assert struck[2:6] == ["信息股 阿依古丽·买买提(划去:数错)", "", "(6)", ""]
    assert rows[-3][2:6] == ["本月合计", "20", "5", "15"]
    assert [rows[-2][2], rows[-1][2]] == ["本年累计", "结转下月"]


def test_a_page_that_goes_on_ends_and_begins_with_the_same_stock() -> None:
    lines = tuple(LedgerLine(date(2026, 1, 1), f"{place}", "", None, 1, 500 - place) for place in range(100))
    parts = carried_over(lines)
    assert [len(part) for part in parts[:-1]] == [LINES_A_SHEET - 1, LINES_A_SHEET, LINES_A_SHEET][: len(parts) - 1]
    for before, after in pairwise(parts):
        assert (before[-1].summary, after[0].summary) == ("过次页", "承前页")
        assert before[-1].balance == after[0].balance == before[-2].balance
    assert [line for part in parts for line in part if line.kind == "movement"] == list(lines)


def test_a_ledger_that_fills_a_sheet_is_carried_nowhere(stock: Office) -> None:
    first, *_ = ledger_pages(stock, "2026-10")
    line = LedgerLine(date(2026, 1, 1), "领〔2026〕1号", "资料动态股 阿依古丽·买买提", None, 1, 500)
    (page,) = SUPPLIES_LEDGER.pages((replace(first, lines=(line,) * LINES_A_SHEET),), MADE_AT)
    assert len(cells(page)) == LINES_A_SHEET
    assert lay_out(page).pages == 1
    for more, printed_pages in ((1, 2), (LINES_A_SHEET - 2, 3), (LINES_A_SHEET * 2, 4)):
        (longer,) = SUPPLIES_LEDGER.pages((replace(first, lines=(line,) * (LINES_A_SHEET + more)),), MADE_AT)
        layout = lay_out(longer)
        assert layout.pages == printed_pages
        assert [layout.rows[row].cells[2] for row in layout.breaks] == [Cell("承前页", Look.TOTAL)] * (
            printed_pages - 1
        )


def test_a_slip_stands_twice_on_a_sheet_and_a_long_one_by_itself(stock: Office) -> None:
    (page,) = SUPPLIES_SLIP.pages(slip_paper(stock, "2026-10-12_领2026-2"), MADE_AT)
    shown = [row[0] for row in cells(page)]
    assert shown.count("中性笔 0.5黑") == shown.count("硒鼓 388A") == 2
    assert page.subline == "领〔2026〕2号    2026年10月12日    行政股存"
    assert next(row for row in cells(page) if row[0] == "硒鼓 388A")[3:6] == ["王伟(行政股)", "", "1"]
    issue(stock, [Goods(PENS, 1, None, f"第{place}股") for place in range(SLIP_ROWS + 1)], Head(), by=KEEPER)
    (long,) = SUPPLIES_SLIP.pages(slip_paper(stock, "2026-10-12_领2026-3"), MADE_AT)
    assert len(cells(long)) == SLIP_ROWS + 1
    (blank,) = BLANK_SLIP.pages(stock, date(2026, 10, 13), MADE_AT)
    assert "编号:" in blank.subline
    assert all(not any(row) for row in cells(blank) if len(row) == 7 and row[0] != "品名规格")
    with pytest.raises(Refused, match="已作废或更正"):
        slip_paper(stock, "2026-10-12_领2026-99")


def test_a_count_sheet_is_blank_until_it_is_approved(stock: Office) -> None:
    (done,) = SUPPLIES_COUNT.pages(count_paper(stock, "2026-10-12_盘2026-1"), MADE_AT)
    assert cells(done)[0][5:] == ["19", "18", "-1", "破损"]
    assert done.notes == ("注:差异1种。盘点:周小萍  监盘:王伟  批准:钱峰",)
    begin_count(stock, [PENS], by=KEEPER)
    (blank,) = SUPPLIES_COUNT.pages(count_paper(stock, "2026-10-12_盘2026-2"), MADE_AT)
    assert cells(blank) == [["1", "03", "中性笔", "0.5黑", "支", "", "", "", ""]]
    assert blank.title.endswith("(盘点用)")


def test_what_is_low_and_what_to_buy_are_listed(stock: Office) -> None:
    issue(stock, [Goods(PAPER, 9, WANG)], Head(), by=KEEPER)
    assert cells(SUPPLIES_LOW.pages(low_list(stock, "2026-10-12"), MADE_AT)[0]) == [
        ["1", "01", "A4复印纸 70g", "包", "9", "10", "1", ""]
    ]
    assert cells(SUPPLIES_PLAN.pages(purchase_plan(stock), MADE_AT)[0]) == [
        ["1", "A4复印纸 70g", "包", "9", "10", "0.0", "10包(1箱)", "24.00", "240.00"],
        ["合计", "", "240.00"],
    ]
    (page,) = SUPPLIES_PAGE.pages(sign_page(stock, "2026-10-12_第8页"), MADE_AT)
    assert page.subline == "2026年    第8页"
    assert [row[0] for row in cells(page)] == [str(line) for line in range(1, 26)]


def test_the_digest_follows_what_is_shown(stock: Office) -> None:
    before = SUPPLIES_MONTH.digest(month_forms(stock, "2026-10"))
    ledger = SUPPLIES_LEDGER.digest(ledger_pages(stock, "2026-10"))
    assert before == SUPPLIES_MONTH.digest(month_forms(stock, "2026-10"))
    issue(stock, [Goods(PENS, 1, WANG)], Head(), by=KEEPER)
    assert SUPPLIES_MONTH.digest(month_forms(stock, "2026-10")) != before
    assert SUPPLIES_LEDGER.digest(ledger_pages(stock, "2026-10")) != ledger


def test_the_forms_are_written_named_and_print(stock: Office, clock: SetClock, tmp_path: Path) -> None:
    clock.set(datetime(2026, 10, 12, 10, 0))
    month, ledger = write_forms(stock, "2026-10", ["supplies"], by=KEEPER)
    count = write_paper(stock, "supplies_count", "2026-10-12_盘2026-1", by=KEEPER)
    assert [one.path.name for one in (month, ledger, count)] == [
        "2026-10_办公耗材收发存月报表.xlsx",
        "2026-10_办公耗材台账.xlsx",
        "2026-10-12_盘2026-1_耗材盘点表.xlsx",
    ]
    book = load_workbook(month.path)
    assert book.sheetnames == ["收发存月报表", "各股室领用", "用量对比", "核对信息"]
    kept = {str(cell.value): cell.data_type for row in book["收发存月报表"].iter_rows() for cell in row}
    assert kept[HOSTILE] == "s"
    slip = tmp_path / "slip.xlsx"
    pages = [
        *SUPPLIES_SLIP.pages(slip_paper(stock, "2026-10-12_领2026-2"), MADE_AT),
        *SUPPLIES_PAGE.pages(sign_page(stock, "2026-10-12_第8页"), MADE_AT),
    ]
    write_workbook(pages, Properties("题", "办公室", MADE_AT), slip)
    paper = printed([month.path, slip], tmp_path)
    table = paper[month.path.stem]
    assert len(table) == 4
    assert "办公耗材收发存月报表" in table[0].replace(" ", "")
    (line,) = [one.split() for one in table[0].splitlines() if "A4复印纸" in one and "24.00" in one]
    assert line[-9:] == ["12", "20", "15", "2", "-1", "18", "0", "24.00", "432.00"]
    assert len(paper["slip"]) == 2
