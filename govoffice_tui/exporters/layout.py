"""Where everything on a page falls: heights of rows in points, and the breaks between printed pages.

Breaks are counted at full size. A program that shows the columns wider prints the page smaller, so that what fits
here fits there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from govoffice_tui.exporters.page import SETTINGS, Block, Cell, Orientation, Page, Row
from govoffice_tui.exporters.words import ems

POINTS_PER_MM = 72 / 25.4
LINE_HEIGHT = 1.45
"""Height of a line over the size of its letters: 仿宋 needs 1.2, the fonts that stand in for it up to this."""

ROW_LIMIT = 409.0
"""Points a row may be high: a spreadsheet refuses more."""

PADDING = 1.8
"""Millimetres of a cell's width that no text may use."""

SLACK = 0.985
"""Part of a printed page that is filled, against rounding of heights to the printer's dots."""


LEAST_ROWS = 3
"""Rows of the table the last printed page has, so that no line and its sum stand there alone."""


@dataclass(frozen=True)
class Layout:
    """The rows of a page from top to bottom with their heights; rows are counted from 1 as in a workbook.

    `breaks` are the rows after which a new printed page begins, `blocks` the first and last row of each block.
    """

    rows: tuple[Row, ...]
    heights: tuple[float, ...]
    header: tuple[int, int]
    blocks: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...]

    @property
    def pages(self) -> int:
        """Return how many pages are printed."""
        return len(self.breaks) + 1


def printable(page: Page) -> tuple[float, float]:
    """Return the width and height inside the white edges in millimetres."""
    width, height = (210.0, 297.0) if page.orientation is Orientation.PORTRAIT else (297.0, 210.0)
    margins = page.edges.margins(page.orientation)
    return width - margins.left - margins.right, height - margins.top - margins.bottom


def scale(page: Page) -> float:
    """Return by how much the page is made smaller so that its columns fit the width."""
    return min(1.0, printable(page)[0] / sum(page.columns))


def lines(text: str, width: float, points: float) -> int:
    """Return how many lines a text takes in a cell of `width` millimetres."""
    room = max(1.0, (width - PADDING) * POINTS_PER_MM / points)
    return sum(max(1, _wrapped(part, room)) for part in text.split("\n"))


def _wrapped(text: str, room: float) -> int:
    if ems(text) <= room:
        return 1
    count, used = 1, 0.0
    for letter in text:
        wide = ems(letter)
        if used + wide > room:
            count, used = count + 1, 0.0
        used += wide
    return count


def heights(page: Page, block: Block) -> list[float]:
    """Return the height of each row of a block, grown until every text fits its cell; it may pass ROW_LIMIT.

    Raises ValueError where a row has more or fewer cells than the page has columns.
    """
    found = [row.height for row in block]
    for place, row in enumerate(block):
        column = 0
        for cell in row.cells:
            if cell is None:
                column += 1
                continue
            need = _needed(page, cell, sum(page.columns[column : column + cell.across]))
            column += cell.across
            have = sum(found[place : place + cell.down])
            if need > have:
                for below in range(place, place + cell.down):
                    found[below] += (need - have) / cell.down
        if column != len(page.columns):
            raise ValueError(f"a row of {column} cells on a page of {len(page.columns)} columns")
    return [ceil(height * 4) / 4 for height in found]


def _needed(page: Page, cell: Cell, width: float) -> float:
    """Return the height in points a cell's text takes, 0 for what shrinks into its cell."""
    setting = SETTINGS[cell.look]
    if not isinstance(cell.value, str) or not cell.value:
        return 0.0
    points = setting.points or page.body_points
    if setting.stacks:
        return len(cell.value) * points * LINE_HEIGHT
    if not setting.wraps:
        return 0.0
    return lines(cell.value, width, points) * points * LINE_HEIGHT + 2


def lay_out(page: Page) -> Layout:
    """Return the page's rows, heights and breaks; the closing rows stay with the last block."""
    opening, closing = page.opening(), page.closing()
    body = list(page.blocks)
    together = (*body.pop(), *closing) if body else closing
    parts = [opening, page.header, *body, together]
    measured = [heights(page, part) for part in parts]
    begun = [] if page.is_one_page else _begun(page, measured, len(together) - len(closing))
    for place in begun:
        again = _again(page, place)
        parts[place] = (*again, *parts[place])
        measured[place] = [*heights(page, again), *measured[place]]
    starts = [1]
    for part in parts:
        starts.append(starts[-1] + len(part))
    blocks = [(starts[place], starts[place + 1] - 1) for place in range(2, len(parts))]
    blocks[-1] = (blocks[-1][0], blocks[-1][1] - len(closing))
    return Layout(
        rows=tuple(row for part in parts for row in part),
        heights=tuple(min(ROW_LIMIT, height) for part in measured for height in part),
        header=(starts[1], starts[2] - 1),
        blocks=tuple(block for block in blocks if block[0] <= block[1]),
        breaks=tuple(starts[place] - 1 for place in begun),
    )


def _again(page: Page, place: int) -> Block:
    """Return the heads that are printed again above a part that begins a printed page."""
    return page.continued[place - 2] if place - 2 < len(page.continued) else ()


def _begun(page: Page, measured: Sequence[Sequence[float]], last_rows: int) -> list[int]:
    """Return which parts begin a new printed page; `last_rows` of the last part belong to the table."""
    if page.is_page_a_block:
        return list(range(3, len(measured)))
    room = printable(page)[1] * POINTS_PER_MM * SLACK / scale(page)
    high = [sum(part) for part in measured]
    used, begun = high[0] + high[1], list[int]()
    for place in range(2, len(high)):
        if used + high[place] > room and place > 2:
            begun.append(place)
            used = high[1] + sum(heights(page, _again(page, place)))
        used += high[place]
    if not begun:
        return begun
    kept = begun[-2] if len(begun) > 1 else 2
    rows = last_rows + sum(len(part) for part in measured[begun[-1] : -1])
    while rows < LEAST_ROWS and begun[-1] - kept > LEAST_ROWS:
        before = begun[-1] - 1
        if high[1] + sum(heights(page, _again(page, before))) + sum(high[before:]) > room:
            break
        begun[-1] = before
        rows += len(measured[before])
    return begun


def room_left(page: Page) -> float:
    """Return the points of height that are free on a page that must be one page."""
    full = printable(page)[1] * POINTS_PER_MM * SLACK / scale(page)
    parts: Sequence[Block] = (page.opening(), page.header, *page.blocks, page.closing())
    return full - sum(sum(heights(page, part)) for part in parts)
