"""One page into one sheet of a workbook, by way of openpyxl.

Every look is one NamedStyle and cells take a copy of its style array: a style object a cell makes the sheet of a
month twice as slow. Text is always text here, whatever it looks like: a formula, an error, a number.
"""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govoffice_tui.exporters.layout import Layout, lay_out
from govoffice_tui.exporters.page import (
    RARE_FONT,
    SETTINGS,
    SMALL_POINTS,
    Cell,
    Check,
    Look,
    Orientation,
    Page,
)
from govoffice_tui.exporters.words import foot_text, is_common, literal

SHADE = "E4E4E4"
MM_PER_INCH = 25.4
PIXELS_PER_INCH = 96
BASE_FONT, BASE_POINTS, PIXELS_PER_WIDTH = "宋体", 12, 8
"""The font whose digits are the unit of column widths, and the pixels of one: half a character in any such font."""

FOOT_MM = 9.0
STACKED = 255
"""The rotation that sets one character under the other."""


class Styles:
    """The named styles of one workbook, made when first used."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        # openpyxl has no open door to the style that all others stand on.
        vars(book)["_named_styles"]["Normal"].font = Font(name=BASE_FONT, size=BASE_POINTS)
        self._made: dict[tuple[Look, float, bool, bool], NamedStyle] = {}

    def get(self, look: Look, body_points: float, is_shaded: bool, is_rare: bool) -> NamedStyle:
        """Return the style of a look; `is_rare` where the text has characters its font lacks."""
        key = (look, SETTINGS[look].points or body_points, is_shaded, is_rare)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(*key)
        return made

    def _make(self, look: Look, points: float, is_shaded: bool, is_rare: bool) -> NamedStyle:
        setting = SETTINGS[look]
        edge = Side(style="thin", color="000000")
        words = (f"{look.value}{points:g}", "底纹" if is_shaded else "", "生僻字" if is_rare else "")
        style = NamedStyle(
            name="".join(words),
            font=Font(name=RARE_FONT if is_rare else setting.font, size=points),
            alignment=Alignment(
                horizontal=setting.across,
                vertical=setting.upright,
                text_rotation=STACKED if setting.stacks else 0,
                wrap_text=setting.wraps or None,
                shrink_to_fit=setting.shrinks or None,
            ),
            border=Border(left=edge, right=edge, top=edge, bottom=edge) if setting.ruled else Border(),
            fill=PatternFill("solid", start_color=SHADE) if is_shaded else PatternFill(),
            number_format="General;-General;" if setting.hides_zero else "General",
        )
        self._book.add_named_style(style)
        return style


def fill(sheet: Worksheet, page: Page, styles: Styles) -> None:
    """Write one page into an empty sheet."""
    layout = lay_out(page)
    _write_rows(sheet, page, layout, styles)
    for place, width in enumerate(page.columns, 1):
        pixels = int(width / MM_PER_INCH * PIXELS_PER_INCH)
        sheet.column_dimensions[get_column_letter(place)].width = pixels / PIXELS_PER_WIDTH
    for place, height in enumerate(layout.heights, 1):
        sheet.row_dimensions[place].height = height
    _set_up(sheet, page, layout)


def _write_rows(sheet: Worksheet, page: Page, layout: Layout, styles: Styles) -> None:
    """Write the cells row by row; what a wide or high cell covers gets its style too, for the rules round it."""
    first = layout.blocks[0][0] if layout.blocks else 1
    covered: dict[int, tuple[int, NamedStyle]] = {}
    for place, row in enumerate(layout.rows, 1):
        line: list[SheetCell] = []
        for cell in row.cells:
            column = len(line) + 1
            if cell is None:
                left, style = covered[column]
                covered[column] = (left - 1, style)
                line.append(SheetCell(sheet, place, column, style_array=style.as_tuple()))
                continue
            style = styles.get(cell.look, page.body_points, cell.is_shaded, _is_rare(cell))
            line.append(_sheet_cell(sheet, cell, style, place, column, first))
            for beside in range(column + 1, column + cell.across):
                line.append(SheetCell(sheet, place, beside, style_array=style.as_tuple()))
            if cell.across > 1 or cell.down > 1:
                for under in range(column, column + cell.across):
                    covered[under] = (cell.down - 1, style)
                end = (column + cell.across - 1, place + cell.down - 1)
                # merge_cells compares each range with all before it: seconds for a month of 120 people.
                sheet.merged_cells.ranges.add(CellRange(None, column, place, *end))
        sheet.append(line)


def _sheet_cell(sheet: Worksheet, cell: Cell, style: NamedStyle, row: int, column: int, first: int) -> SheetCell:
    value = cell.value
    if isinstance(value, Check):
        letter = get_column_letter(column)
        formula = value.formula.format(column=letter, row=row, above=row - 1, first=first, last=row - 2)
        return SheetCell(sheet, row, column, formula, style_array=style.as_tuple())
    if not isinstance(value, str):
        return SheetCell(sheet, row, column, value, style_array=style.as_tuple())
    text = literal(value)
    made = SheetCell(sheet, row, column, text, style_array=style.as_tuple())
    made.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        made.quotePrefix = True
    return made


def _is_rare(cell: Cell) -> bool:
    return isinstance(cell.value, str) and not is_common(cell.value)


def _set_up(sheet: Worksheet, page: Page, layout: Layout) -> None:
    """Set paper, edges, repeated rows, breaks and the foot of a sheet."""
    last_column, last_row = get_column_letter(len(page.columns)), len(layout.rows)
    sheet.print_area = f"A1:{last_column}{last_row}"
    if page.header:
        sheet.print_title_rows = f"{layout.header[0]}:{layout.header[1]}"
    sheet.page_setup.orientation = "landscape" if page.orientation is Orientation.LANDSCAPE else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if page.is_one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = page.edges.margins(page.orientation)
    for edge in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, edge, getattr(margins, edge) / MM_PER_INCH)
    sheet.page_margins.header = sheet.page_margins.footer = FOOT_MM / MM_PER_INCH
    for row in layout.breaks:
        sheet.row_breaks.append(Break(id=row))
    foot = HeaderFooterItem()
    for part, words in (
        (foot.left, foot_text(page.running_foot)),
        (foot.center, "第&P页 共&N页"),
        (foot.right, foot_text(page.made_foot)),
    ):
        part.text = words or None
        part.size = int(SMALL_POINTS)
    sheet.HeaderFooter.oddFooter = foot
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"{get_column_letter(page.frozen_columns + 1)}{layout.header[1] + 1}"
