"""The writer: text stays text, forms are set as they should be, the same pages give the same file."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from govoffice_tui.exporters.page import Cell, Check, Look, Orientation, Page, Properties, Row
from govoffice_tui.exporters.words import CUT_MARK, TEXT_LIMIT, literal
from govoffice_tui.exporters.workbook import write_workbook

MADE_AT = datetime(2026, 11, 2, 9, 30)
PROPERTIES = Properties("考勤月报表", "测试县人民政府办公室", MADE_AT)
HOSTILE = (
    "=1+1",
    "=",
    "=== 会议 ===",
    '=HYPERLINK("http://x","y")',
    "+86 139",
    "-1",
    "@SUM(1)",
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "[red]张三[/red]",
    "[/]",
    "12",
    "TRUE",
    "2026-10-12",
    "𠮷野家",
    "<b>&amp;</b>",
)


def page_of(texts: tuple[str, ...] = ("甲",), look: Look = Look.TEXT, **more: Any) -> Page:
    """Return a page with one text a row."""
    page = Page(
        "表", "标题", "副题", (20.0, 90.0),
        header=(Row((Cell("序号", Look.HEAD), Cell("内容", Look.HEAD))),),
        blocks=tuple((Row((Cell(number, Look.NUMBER), Cell(text, look))),) for number, text in enumerate(texts, 1)),
    )  # fmt: skip
    return replace(page, **more)


def written(tmp_path: Path, *pages: Page) -> Path:
    """Write pages and return the file."""
    path = tmp_path / "book.xlsx"
    write_workbook(pages, PROPERTIES, path)
    return path


def sheet_of(path: Path, name: str = "表") -> Worksheet:
    """Load one sheet of a file."""
    sheet = load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("look", [Look.TEXT, Look.MARK, Look.NOTE, Look.HEAD])
def test_hostile_text_stays_the_text_it_was(tmp_path: Path, look: Look) -> None:
    sheet = sheet_of(written(tmp_path, page_of(HOSTILE, look)))
    for row, text in enumerate(HOSTILE, 4):
        cell = sheet.cell(row, 2)
        assert (cell.value, cell.data_type) == (text, "s")
        assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


def test_text_that_looks_like_an_escape_is_written_so_that_a_reader_shows_it(tmp_path: Path) -> None:
    path = written(tmp_path, page_of(("_x0041_", "a_x000d_b", "_x004_")))
    values = [sheet_of(path).cell(row, 2).value for row in (4, 5, 6)]
    assert values == ["_x005F_x0041_", "a_x005F_x000d_b", "_x004_"]


def test_control_characters_never_reach_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, page_of(("甲\x00乙\x0b丙\ufffe丁\ud800戊\u202e己", "一\r\n二")))
    assert [sheet_of(path).cell(row, 2).value for row in (4, 5)] == ["甲乙丙丁戊己", "一\n二"]


@pytest.mark.parametrize("letter", ["汉", "𠮷"])
def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(tmp_path: Path, letter: str) -> None:
    value = sheet_of(written(tmp_path, page_of((letter * 40_000,), Look.MARK))).cell(4, 2).value
    assert isinstance(value, str)
    assert value.endswith(CUT_MARK)
    assert TEXT_LIMIT - 2 <= len(value.encode("utf-16-le")) // 2 <= TEXT_LIMIT
    assert set(value.removesuffix(CUT_MARK)) == {letter}


def test_a_text_of_just_the_limit_is_kept_whole() -> None:
    assert literal("汉" * TEXT_LIMIT) == "汉" * TEXT_LIMIT
    assert literal("𠮷" * (TEXT_LIMIT // 2)) == "𠮷" * (TEXT_LIMIT // 2)


def test_numbers_are_numbers_and_zeros_stay_blank_on_paper(tmp_path: Path) -> None:
    path = written(
        tmp_path, Page("表", "题", "副", (20.0, 20.0), (), ((Row((Cell(17.5, Look.NUMBER), Cell(0, Look.NUMBER))),),))
    )
    sheet = sheet_of(path)
    assert [sheet.cell(3, 1).value, sheet.cell(3, 2).value] == [17.5, 0]
    assert sheet.cell(3, 2).number_format == "General;-General;"


def test_a_check_is_the_only_formula(tmp_path: Path) -> None:
    rows = (
        Row((Cell(1, Look.NUMBER), Cell(2, Look.NUMBER))),
        Row((Cell("合计", Look.TOTAL), Cell(2, Look.TOTAL_NUMBER))),
        Row((Cell("=1+1"), Cell(Check("=SUM({column}{first}:{column}{last})-{column}{above}"), Look.CHECK))),
    )
    sheet = sheet_of(written(tmp_path, Page("表", "题", "副", (20.0, 20.0), (), (rows,))))
    formulas = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"B5": "=SUM(B3:B3)-B4"}


def test_a_wide_and_high_cell_is_merged_and_ruled_all_round(tmp_path: Path) -> None:
    pair = (Row((Cell("甲", Look.MIDDLE, down=2), Cell("√", Look.MARK))), Row((None, Cell("√", Look.MARK))))
    sheet = sheet_of(written(tmp_path, Page("表", "题", "副", (20.0, 20.0), (), (pair,))))
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:B1", "A2:B2", "A3:A4"}
    assert sheet["A4"].border.bottom.style == sheet["A3"].border.top.style == "thin"


def test_the_page_is_set_for_a4_with_repeated_heads_and_page_numbers(tmp_path: Path) -> None:
    page = page_of(
        ("甲",) * 90, orientation=Orientation.LANDSCAPE, running_foot="A&B表", made_foot="制表", frozen_columns=1
    )
    sheet = sheet_of(written(tmp_path, page))
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'表'!$A$1:$B$93"
    assert sheet.print_options.horizontalCentered
    assert sheet.page_margins.left == pytest.approx(20 / 25.4)
    assert sheet.freeze_panes == "B4"
    assert len(sheet.row_breaks.brk) >= 2
    with ZipFile(tmp_path / "book.xlsx") as archive:
        foot = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "A&amp;&amp;B表" in foot
    assert "第&amp;P页 共&amp;N页" in foot


def test_one_page_is_asked_for_where_it_must_be_one(tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path, page_of(("甲",) * 90, is_one_page=True)))
    assert sheet.page_setup.fitToHeight == 1
    assert not sheet.row_breaks.brk


def test_the_fonts_are_those_of_official_documents_and_rare_names_have_one_that_knows_them(tmp_path: Path) -> None:
    names = ("王伟", "阿卜杜热合曼·买买提明", "冯䶮", "陈喆", "王𬸚")
    sheet = sheet_of(written(tmp_path, page_of(names, Look.MIDDLE)))
    assert (sheet["A1"].font.name, sheet["A1"].font.sz) == ("方正小标宋简体", 22)
    assert (sheet["A2"].font.name, sheet["A2"].font.sz) == ("楷体", 12)
    assert sheet["A3"].font.name == "黑体"
    fonts = [sheet.cell(row, 2).font.name for row in range(4, 9)]
    assert fonts == ["仿宋_GB2312", "仿宋_GB2312", "宋体", "宋体", "宋体"]
    assert min(cell.font.sz for row in sheet.iter_rows() for cell in row) >= 9


def test_every_cell_takes_a_named_style(tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path, page_of(HOSTILE)))
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, SheetCell)]
    assert len(cells) > 2 * len(HOSTILE)
    assert all(cell.style != "Normal" for cell in cells)


def test_a_long_title_shrinks_and_a_long_text_wraps(tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path, page_of(("很长" * 60,))))
    assert sheet["A1"].alignment.shrink_to_fit
    assert sheet["B4"].alignment.wrap_text
    assert sheet.row_dimensions[4].height > 3 * 10.5


def test_columns_are_as_wide_in_print_as_they_are_told(tmp_path: Path) -> None:
    sheet = sheet_of(written(tmp_path, page_of()))
    base = load_workbook(tmp_path / "book.xlsx")
    assert (vars(base)["_named_styles"]["Normal"].font.name, vars(base)["_named_styles"]["Normal"].font.sz) == (
        "宋体",
        12,
    )
    assert sheet.column_dimensions["B"].width * 8 / 96 * 25.4 == pytest.approx(90, abs=0.3)


def test_the_same_pages_give_the_same_file(tmp_path: Path) -> None:
    parts = []
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook([page_of(HOSTILE)], PROPERTIES, tmp_path / name)
        with ZipFile(tmp_path / name) as archive:
            parts.append({member: archive.read(member) for member in archive.namelist()})
    assert parts[0] == parts[1]
    assert b"2026-11-02T01:30:00Z" in parts[0]["docProps/core.xml"]


def test_naming_the_forms_does_not_load_the_workbook_library() -> None:
    modules = ("catalog", "workbook", "saving", "verification")
    code = "".join(f"import govoffice_tui.exporters.{name};" for name in modules)
    check = f"import sys;{code}sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
