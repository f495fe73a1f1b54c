"""耗材台账: a page an item, as the paper book has it; 过次页 and 承前页 where it goes on (stock ledgers alone)."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.supplies.views import LedgerLine, LedgerPage

TITLE = "办公耗材台账"
HEADS = ("日期", "凭证号", "摘要", "收入", "发出", "结存", "经手")
COLUMNS = (18.0, 33.0, 60.0, 14.0, 14.0, 15.0, 16.0)
LINES_A_SHEET = 39
"""Lines of one printed page; what goes on is carried over."""

ROW_HEIGHT = 15.25
STRUCK = "划去"


def ledger_sheets(pages: tuple[LedgerPage, ...], made_at: datetime) -> list[Page]:
    """Return a sheet for every item."""
    if not pages:
        return []
    return [_sheet(page, made_at) for page in pages]


def ledger_digest(pages: tuple[LedgerPage, ...]) -> str:
    """Return the SHA-256 in hex of everything the pages show."""
    shown = [[page.office_name, page.item.title, page.last_month, *map(_words, page.lines)] for page in pages]
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def carried_over(lines: tuple[LedgerLine, ...]) -> list[list[LedgerLine]]:
    """Return the lines by printed page: each but the last ends with 过次页, each but the first begins with 承前页."""
    room = LINES_A_SHEET if len(lines) <= LINES_A_SHEET else LINES_A_SHEET - 2
    parts = [list(lines[start : start + room]) for start in range(0, len(lines), room)]
    balance: int | None = 0
    for place, part in enumerate(parts):
        known = [line.balance for line in part if line.balance is not None]
        if place:
            part.insert(0, LedgerLine(None, "", "承前页", None, None, balance, kind="carried"))
        balance = known[-1] if known else balance
        if place < len(parts) - 1:
            part.append(LedgerLine(None, "", "过次页", None, None, balance, kind="carried"))
    return parts


def _sheet(page: LedgerPage, made_at: datetime) -> Page:
    item = page.item
    year = page.last_month[:4]
    blocks: list[Block] = []
    for part in carried_over(page.lines):
        block = tuple(_row(line) for line in part)
        blocks.append(block)
    packs = f"    1{item.pack_unit}={item.pack_size}{item.unit}" if item.pack_size > 1 else ""
    return Page(
        sheet=f"{item.code} {_sheet_word(item.name)}",
        title=f"{page.office_name}{TITLE}",
        subline=f"{item.title}    单位:{item.unit}{packs}    最低库存:{item.minimum}    {year}年",
        columns=COLUMNS,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in HEADS), 20),),
        blocks=tuple(blocks),
        body_points=SMALL_POINTS,
        is_page_a_block=True,
        notes=("注:摘要注明“划去”的行为更正前的记载,不计入结存。",)
        if any(line.is_struck for line in page.lines)
        else (),
        running_foot=f"{TITLE} {item.code} {item.name}",
        made_foot=made_words(made_at),
    )


def _sheet_word(name: str) -> str:
    """Return a name as the tab of a sheet may hold it."""
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")[:18]


def _words(line: LedgerLine) -> list[str]:
    day = "" if line.day is None else f"{line.day.month}月{line.day.day}日"
    summary = f"{line.summary}({STRUCK}:{line.struck_reason})" if line.is_struck else line.summary
    income, outgo = _count(line.income), _count(line.outgo)
    if line.is_struck:
        income, outgo = (f"({value})" if value else "" for value in (income, outgo))
    return [day, line.voucher, summary, income, outgo, _count(line.balance), line.handler]


def _row(line: LedgerLine) -> Row:
    is_sum = line.kind != "movement"
    looks = (Look.TOTAL,) * 7 if is_sum else (Look.MIDDLE, Look.MIDDLE, Look.TEXT, *[Look.MIDDLE] * 4)
    return Row(
        tuple(Cell(value, look, is_shaded=line.is_struck) for value, look in zip(_words(line), looks, strict=True)),
        ROW_HEIGHT,
    )


def _count(value: int | None) -> str:
    return "" if value is None else str(value)
