"""The forms as they come out of the printer: LibreOffice prints them, and the pages are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.exporters.attendance.blank_sheet import blank_pages
from govoffice_tui.exporters.attendance.figures import FIGURES
from govoffice_tui.exporters.attendance.grid import SUM_CHECK
from govoffice_tui.exporters.attendance.whereabouts import whereabouts_page
from govoffice_tui.exporters.attendance.workbook_pages import day_pages, month_pages
from govoffice_tui.exporters.attendance.year_sheet import year_pages
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import Cell, Look, Page, Properties, Row
from govoffice_tui.exporters.workbook import write_workbook
from tests.exporters.factories import MADE_AT, day_sheet, october
from tests.exporters.test_blanks import blank
from tests.exporters.test_whereabouts import CROWDS, at_door
from tests.exporters.test_year_sheet import year
from tests.exporters.tools import need, printed

HOSTILE = ("=1+1", "=== 会议 ===", "#N/A", "[red]", "_x0041_", "&Z&F", "12-13")
Printed = dict[str, list[str]]


def _hostile_page() -> Page:
    """Return a page of hostile texts, with a sum that is wrong by one."""
    rows = [Row((Cell(number, Look.NUMBER), Cell(text))) for number, text in enumerate(HOSTILE, 1)]
    total = sum(range(1, len(HOSTILE) + 1)) + 1
    sums = (Row((Cell(total, Look.TOTAL_NUMBER), Cell("合计"))), Row((Cell(SUM_CHECK, Look.CHECK), Cell("复核"))))
    blocks = (*((row,) for row in rows), sums)
    return Page("表", "标题", "副题", (30.0, 90.0), (), blocks, running_foot="A&B表")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the workbooks to print."""
    folder = tmp_path_factory.mktemp("paper")
    sheets = {
        "month": month_pages(october(), MADE_AT),
        "busy": month_pages(october(late=60, pending=60, revision=0), MADE_AT),
        "day": day_pages(day_sheet(), MADE_AT),
        "hostile": [_hostile_page()],
        "blank": blank_pages([blank()], MADE_AT),
        "door": [whereabouts_page(at_door(CROWDS[1]), MADE_AT)],
        "crowd": [whereabouts_page(at_door(CROWDS[4]), MADE_AT)],
        "year": year_pages(year({7: 10}), MADE_AT),
    }
    for name, pages in sheets.items():
        write_workbook(pages, Properties("题", "办公室", MADE_AT), folder / f"{name}.xlsx")
    return folder


@pytest.fixture(scope="module")
def paper(books: Path) -> Printed:
    """The text of every printed page by workbook."""
    return printed(sorted(books.glob("*.xlsx")), books)


def _grid_pages(pages: list[str]) -> list[str]:
    """Return the pages of the grid, known by their foot."""
    return [page for page in pages if re.search(r"考勤月报表 2026年10月 +第\d+页", page)]


def test_the_deputys_page_is_exactly_one_page(paper: Printed) -> None:
    for name in ("month", "busy"):
        assert "月考勤汇总" in paper[name][0]
        assert "分管副主任签字:" in paper[name][0]
        assert "考勤月报表 2026年10月" in paper[name][1]
    assert "阿卜杜热合曼·买买提明 2次" in paper["month"][0]


def test_fifty_six_people_take_as_many_pages_as_were_laid_out(paper: Printed) -> None:
    laid_out = lay_out(month_pages(october(), MADE_AT)[1]).pages
    assert len(_grid_pages(paper["month"])) == laid_out
    assert len(paper["month"]) == laid_out + 2


def test_every_page_of_the_grid_has_its_head_and_its_last_column(paper: Printed) -> None:
    for page in _grid_pages(paper["month"]):
        assert all(head in page for head in ("姓名", "股室", "备注", "每人上行为上午、下行为下午"))


def test_every_person_is_printed_once_in_the_grid(paper: Printed) -> None:
    words = "\n".join(_grid_pages(paper["month"]))
    for one in october().people:
        if len(one.person.name) == 3 and one.person.name != "冯䶮":
            assert len(re.findall(rf"\b{one.person.id}\b +{one.person.name}", words)) == 1


def test_a_persons_two_lines_are_never_parted(books: Path) -> None:
    sheet = load_workbook(books / "month.xlsx")["考勤月报表"]
    breaks = {one.id for one in sheet.row_breaks.brk}
    assert breaks
    assert not any(merged.min_row <= row < merged.max_row for merged in sheet.merged_cells.ranges for row in breaks)


def test_nothing_is_printed_as_hashes(paper: Printed) -> None:
    assert not any("##" in page for pages in paper.values() for page in pages)


def test_the_check_of_every_column_comes_out_as_nought(paper: Printed) -> None:
    (line,) = [line for page in paper["month"] for line in page.splitlines() if "复核(应为0)" in line]
    assert line.split()[1:] == ["0"] * len(FIGURES)


def test_a_check_shows_by_how_much_a_sum_is_wrong(paper: Printed) -> None:
    (line,) = [line for line in paper["hostile"][0].splitlines() if "复核" in line]
    assert line.split()[0] == "-1"


def test_hostile_text_is_printed_as_it_was_typed(paper: Printed) -> None:
    (page,) = paper["hostile"]
    assert all(text in page for text in HOSTILE)
    assert "A&B表" in page


def test_the_days_book_has_its_head_on_both_pages_and_the_keepers_line_at_the_end(paper: Printed) -> None:
    first, second = paper["day"]
    assert all("上午签到" in page and "备注" in page for page in (first, second))
    assert "收存人 周小萍 核对码 123-7f3a91c2" in second
    assert "第2页 共2页" in second


def test_every_page_of_the_blank_has_its_head_and_the_keepers_lines_stand_on_the_last(paper: Printed) -> None:
    pages = paper["blank"]
    assert len(pages) == lay_out(blank_pages([blank()], MADE_AT)[0]).pages
    assert all("上午签到" in page and "备注" in page and re.search(r"\d+ +\S{2,}|来访", page) for page in pages)
    assert "上午 8:15 收存" in pages[-1]
    assert "来访、新到人员" in pages[-1]
    assert sum("阿卜杜热合曼" in page for page in pages) == 1


def test_the_page_at_the_door_is_one_page_whoever_is_away(paper: Printed) -> None:
    for name in ("door", "crowd"):
        (page,) = paper[name]
        assert "2026年10月12日 9:20" in page
        assert "不在岗人员及起止" in page
        assert "行政股负责人:" in page
    words = re.sub(r"\s", "", paper["door"][0])
    assert all(f"{one.display_name}{one.presence.label}" in words for one in at_door(CROWDS[1]).whole.away)


def test_every_page_of_the_year_has_its_head_and_everybody_once(paper: Printed) -> None:
    pages = paper["year"]
    assert len(pages) == lay_out(year_pages(year({7: 10}), MADE_AT)[0]).pages
    assert all("姓名" in page and "待核" in page and "备注" in page for page in pages)
    words = "\n".join(pages)
    for one in year().people:
        if len(one.person.name) == 3:
            assert len(re.findall(rf"^ *{one.person.id} +{one.person.name} ", words, re.MULTILINE)) == 1
    (line,) = [line for line in words.splitlines() if "复核(应为0)" in line]
    assert set(line.split()[1:]) == {"0"}
    assert "分管副主任签字:" in pages[-1]


def test_an_unsealed_month_is_headed_so_on_paper(paper: Printed) -> None:
    assert "未定稿:本月还没有封存。" in paper["busy"][0]
    assert "考勤月报表(未定稿)" in paper["busy"][1]


def test_a_missing_tool_skips_unless_all_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_TOOLS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="missing: no-such-tool"):
        need("no-such-tool")
    monkeypatch.setenv("REQUIRE_TOOLS", "1")
    with pytest.raises(pytest.fail.Exception, match="missing: no-such-tool"):
        need("no-such-tool", "python3")
