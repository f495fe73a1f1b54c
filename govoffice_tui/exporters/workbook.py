"""The one writer of workbooks: pages in, an .xlsx file out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from govoffice_tui.clock import OFFICE_ZONE
from govoffice_tui.exporters.page import Page, Properties
from govoffice_tui.exporters.words import seen


def write_workbook(sheets: Sequence[Page], properties: Properties, target: Path) -> None:
    """Write pages as the sheets of one workbook.

    The same pages and properties give the same sheets. `target` is written in place: `saving.save_atomically` hands
    in the path. Raises OSError where the file cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    from govoffice_tui.exporters.sheets import Styles, fill

    book = Workbook()
    book.remove(book.worksheets[0])
    styles = Styles(book)
    for page in sheets:
        fill(book.create_sheet(page.sheet), page, styles)
    made_at = properties.made_at.replace(tzinfo=OFFICE_ZONE).astimezone(UTC).replace(tzinfo=None)
    book.properties.title = seen(properties.title)
    book.properties.creator = seen(properties.author)
    book.properties.lastModifiedBy = seen(properties.author)
    book.properties.created = book.properties.modified = made_at
    # Workbook.save would set the time of modification to now.
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
