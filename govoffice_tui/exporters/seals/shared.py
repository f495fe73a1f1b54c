"""What the forms of the seal register share: the heading of a month, cells, and the words of a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from govoffice_tui.exporters.page import Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined
from govoffice_tui.registers.seals.months import SealsMonth
from govoffice_tui.registers.seals.views import UseRow

ROW_HEIGHT = 20.0
NO_DAY = "    年  月  日"
SHORTFALLS_SHOWN = 6


def suffix_of(month: SealsMonth) -> str:
    """Return what stands behind the title of a month not sealed, or sealed again."""
    if month.revision == 0:
        return "(未定稿)"
    return f"(更正,第{month.revision}版)" if month.revision > 1 else ""


def period_of(month: SealsMonth) -> str:
    """Return 2026年10月."""
    return f"{month.month[:4]}年{int(month.month[5:])}月"


def lead_of(month: SealsMonth) -> tuple[str, ...]:
    """Return what a month that is not sealed still lacks."""
    if month.revision:
        return ()
    named = [str(problem) for problem in month.shortfalls]
    more = f";等{len(named)}项" if len(named) > SHORTFALLS_SHOWN else ""
    shown = ";".join(named[:SHORTFALLS_SHOWN])
    return (f"未定稿:{shown}{more}。" if named else "未定稿:本月还没有封存。",)


def head_row(titles: Sequence[str], height: float = 20) -> Row:
    """Return the row of a table's heads."""
    return Row(tuple(Cell(title, Look.HEAD) for title in titles), height)


def row(values: Sequence[str | int], looks: Sequence[Look], height: float = ROW_HEIGHT) -> Row:
    """Return a row of values, each printed in its look."""
    return Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), height)


def title_of(use: UseRow) -> str:
    """Return the title of a line, under it its number, and the organs of a joint document in the order of the seals."""
    organs = "、".join(f"{one.place}{one.name}" for one in use.organs)
    return joined((use.shown_title, use.document_number, organs and f"联合用印:{organs}"), "\n")


def approval_words(use: UseRow) -> str:
    """Return who approved a line and when."""
    if use.approver is None:
        return "未批准"
    day = "" if use.approved_day is None else f"{use.approved_day:%-m-%-d}"
    phone = ("电话,未补办" if use.awaits_paper else "电话") if use.is_by_phone else ""
    return joined((use.approver.words, joined((day, phone), " ")), "\n")


def digest_of(shown: object) -> str:
    """Return the SHA-256 in hex of what a form shows."""
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def cells_of(pages: Sequence[Page]) -> list[object]:
    """Return everything some sheets show, but not how they were set or when."""
    return [
        [
            page.title,
            page.subline,
            list(page.lead),
            list(page.notes),
            [[str(cell.value) for cell in line.cells if cell is not None] for block in page.blocks for line in block],
        ]
        for page in pages
    ]
