"""Workbooks: the month sheet over openpyxl cell by cell, and a staff list over openpyxl read_only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from benchmarks.big_office import people_lines
from benchmarks.measure import Result, against
from govoffice_tui.exporters.attendance.workbook_pages import month_pages
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import SETTINGS, Check, Page, Properties
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.importers.staff import read_staff_list
from govoffice_tui.registers.attendance.months import month
from govoffice_tui.registers.office import Office

MADE_AT = datetime(2026, 11, 2, 9, 0)
LIST_LENGTH = 5000


def measure(office: Office, folder: Path) -> Iterator[Result]:
    """Yield the figures for the grid of October 2026 and a list of 5,000 people."""
    page = month_pages(month(office, "2026-10"), MADE_AT)[1]
    properties = Properties("考勤月报表", "测试", MADE_AT)
    yield against(
        f"考勤月报表({len(office.fetch('SELECT id FROM staff'))}人) / openpyxl 逐格",
        "≤ 0.60",
        lambda: write_workbook([page], properties, folder / "ours.xlsx"),
        lambda: _cell_by_cell(page, folder / "cells.xlsx"),
        5,
    )
    listed = _list(folder / "list.xlsx")
    yield against(
        f"读入花名册({LIST_LENGTH}人) / openpyxl read_only",
        "≤ 0.2",
        lambda: read_staff_list(listed),
        lambda: [row for row in load_workbook(listed, read_only=True).worksheets[0].iter_rows(values_only=True)],
        5,
    )


def _cell_by_cell(page: Page, target: Path) -> None:
    """Write the same page with style objects shared by look, assigned cell by cell, merges left out."""
    layout = lay_out(page)
    edge = Side(style="thin", color="000000")
    border, shade = Border(edge, edge, edge, edge), PatternFill("solid", start_color="E4E4E4")
    fonts = {look: Font(name=one.font, size=one.points or 9) for look, one in SETTINGS.items()}
    places = {
        look: Alignment(horizontal=one.across, vertical=one.upright, wrap_text=one.wraps)
        for look, one in SETTINGS.items()
    }
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(layout.rows, 1):
        column = 1
        for cell in row.cells:
            if cell is None:
                column += 1
                continue
            for down in range(cell.down):
                for across in range(cell.across):
                    target_cell = sheet.cell(number + down, column + across)
                    if not down and not across and not isinstance(cell.value, Check):
                        target_cell.value = cell.value
                    target_cell.font, target_cell.alignment = fonts[cell.look], places[cell.look]
                    if SETTINGS[cell.look].ruled:
                        target_cell.border = border
                    if cell.is_shaded:
                        target_cell.fill = shade
            column += cell.across
    book.save(target)


def _list(path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["序号", "姓名", "股室", "职务", "联系电话", "到岗日期", "人员类别", "备注"])
    for number, line in enumerate(people_lines(LIST_LENGTH, date(2020, 3, 1)), 1):
        name = f"测{chr(0x4E00 + number % 2000)}{chr(0x5000 + number // 7)}"
        sheet.append([number, name, line.section, line.position, "13900000000", "2020-03-01", "公务员", ""])
    book.save(path)
    return path
