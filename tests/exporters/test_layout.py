"""The page model: what falls where before anything is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from govoffice_tui.exporters.layout import ROW_LIMIT, heights, lay_out, lines, printable, room_left, scale
from govoffice_tui.exporters.page import (
    SETTINGS,
    SMALL_POINTS,
    Block,
    Cell,
    Edges,
    Look,
    Margins,
    Orientation,
    Page,
    Row,
)
from govoffice_tui.exporters.words import ems, foot_text, is_common

HEADER = (Row((Cell("序号", Look.HEAD), Cell("姓名", Look.HEAD))),)


def page_of(blocks: list[Block], **more: Any) -> Page:
    """Return a page of two columns, 30 and 60 mm wide."""
    columns = (30.0, 60.0)
    page = Page("表", "标题", "副题", columns, HEADER, tuple(blocks), signatures=("制表:", "审核:"))
    return replace(page, **more)


def block(height: float = 20, rows: int = 2) -> Block:
    """Return a block of rows that belong together."""
    return tuple(Row((Cell("1"), Cell("甲")), height) for _ in range(rows))


def test_a_block_never_stands_on_two_pages() -> None:
    layout = lay_out(page_of([block() for _ in range(60)]))
    assert len(layout.breaks) > 2
    for first, last in layout.blocks:
        assert not any(first <= row < last for row in layout.breaks)


def test_no_page_is_fuller_than_the_paper() -> None:
    page = page_of([block() for _ in range(60)])
    layout = lay_out(page)
    repeated = sum(layout.heights[layout.header[0] - 1 : layout.header[1]])
    edges = [0, *layout.breaks, len(layout.rows)]
    for number, (before, after) in enumerate(pairwise(edges)):
        used = sum(layout.heights[before:after]) + (repeated if number else 0)
        assert used <= printable(page)[1] * 72 / 25.4


def test_the_signature_line_never_stands_alone_on_a_page() -> None:
    for count in range(15, 40):
        layout = lay_out(page_of([block() for _ in range(count)]))
        assert not layout.breaks or layout.breaks[-1] < layout.blocks[-1][0]


def test_no_line_stands_alone_with_its_sum_on_the_last_page() -> None:
    for count in range(20, 80):
        lines = [block(rows=1) for _ in range(count - 1)]
        layout = lay_out(page_of([*lines, block(rows=2)]))
        if layout.breaks:
            assert layout.blocks[-1][1] - layout.breaks[-1] >= 3
        full = lay_out(page_of([*lines, block(rows=1)], signatures=()))
        if full.breaks:
            assert full.blocks[-1][1] - full.breaks[-1] >= 3


def test_heads_are_printed_again_above_the_block_that_begins_a_page() -> None:
    again = (Row((Cell("编号", Look.HEAD), Cell("设备", Look.HEAD)), 30),)
    blocks = [block(rows=1) for _ in range(70)]
    page = page_of(blocks, header=(), continued=((), *[again] * 69))
    layout = lay_out(page)
    assert layout.breaks
    assert [place for place, row in enumerate(layout.rows) if row == again[0]] == list(layout.breaks)
    edges = [0, *layout.breaks, len(layout.rows)]
    for before, after in pairwise(edges):
        assert sum(layout.heights[before:after]) <= printable(page)[1] * 72 / 25.4
    assert len(lay_out(page_of(blocks[:5], header=(), continued=((), *[again] * 4))).rows) == 5 + 2 + 2


def test_a_page_that_must_be_one_has_no_breaks() -> None:
    assert lay_out(page_of([block() for _ in range(60)], is_one_page=True)).breaks == ()


def test_a_row_grows_until_its_text_fits() -> None:
    long = Row((Cell("1"), Cell("阿卜杜热合曼·买买提明" * 4)), 15)
    page = page_of([(long,)])
    assert lines("阿卜杜热合曼·买买提明" * 4, 60, 10.5) == 3
    assert heights(page, (long,))[0] >= 3 * 10.5 * 1.2


def test_no_row_is_written_higher_than_a_spreadsheet_takes() -> None:
    long = (Row((Cell("1"), Cell("很长" * 5000)), 15),)
    page = page_of([long])
    assert heights(page, long)[0] > ROW_LIMIT
    assert max(lay_out(page).heights) == ROW_LIMIT


def test_no_letter_is_smaller_than_a_form_may_have() -> None:
    assert set(SETTINGS) == set(Look)
    assert min(setting.points or SMALL_POINTS for setting in SETTINGS.values()) >= 9


def test_two_lines_of_one_person_share_the_height_a_long_name_needs() -> None:
    name = Cell("阿卜杜热合曼·买买提明" * 3, Look.MIDDLE, down=2)
    pair = (Row((name, Cell("√", Look.MARK)), 10), Row((None, Cell("√", Look.MARK)), 10))
    high = heights(page_of([pair]), pair)
    assert high[0] == high[1] > 20


def test_a_row_that_does_not_fill_the_columns_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="1 cells"):
        lay_out(page_of([(Row((Cell("1"),)),)]))


def test_a_page_wider_than_the_paper_is_made_smaller() -> None:
    assert scale(page_of([block()])) == 1
    wide = Page("表", "标题", "副题", (150.0, 100.0), HEADER, (block(),))
    assert scale(wide) == pytest.approx(170 / 250)


def test_room_left_and_what_is_used_make_the_paper_full() -> None:
    page = page_of([block()])
    used = sum(lay_out(page).heights)
    assert room_left(page) + used == pytest.approx(printable(page)[1] * 72 / 25.4 * 0.985)


def test_the_strict_edges_are_those_of_the_standard_and_turn_with_the_sheet() -> None:
    assert Edges.STRICT.margins(Orientation.PORTRAIT) == Margins(left=28, right=26, top=37, bottom=35)
    lying = Edges.STRICT.margins(Orientation.LANDSCAPE)
    assert lying == Margins(left=35, right=37, top=28, bottom=26)
    standing = page_of([block()], edges=Edges.STRICT)
    assert printable(standing) == (156, 225)
    assert printable(page_of([block()], edges=Edges.STRICT, orientation=Orientation.LANDSCAPE)) == (225, 156)
    assert Edges.RELAXED.margins(Orientation.LANDSCAPE) == Margins(20, 20, 20, 20)


@pytest.mark.parametrize("columns", [(10.0,) * 13, (7.0, 15.0, 18.0, *([4.0] * 31), *([7.0] * 12)), (34.0, 136.0, 9.0)])
def test_signatures_are_spread_over_all_columns(columns: tuple[float, ...]) -> None:
    page = Page("表", "标题", "副题", columns, (), ())
    parts = page.spread(3)
    assert sum(parts) == len(columns)
    assert min(parts) >= 1


def test_the_office_font_lacks_rare_characters_but_not_the_middle_dot() -> None:
    assert all(is_common(text) for text in ("阿卜杜热合曼·买买提明", "√◇□×△○☆◎－—", "王伟(行政股)"))
    assert not any(is_common(text) for text in ("冯䶮", "陈喆", "𬸚"))


def test_latin_letters_are_half_as_wide_as_characters() -> None:
    assert ems("考勤") == 2
    assert 1 <= ems("ab") < 2


def test_an_ampersand_in_the_foot_of_a_page_is_doubled() -> None:
    assert foot_text("A&B\n&Z") == "A&&B &&Z"
