"""办公耗材收发存月报表 with its identity, 各股室领用 as a cross-tab, and each section's use beside its past."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Check, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.supplies.papers import MonthForms
from govoffice_tui.registers.supplies.views import CrossTab, StockMonth, StockRow, UseMonth
from govoffice_tui.rules.money import yuan

TITLE, SECTIONS, USE = "办公耗材收发存月报表", "各股室领用情况表", "各股室用量对比表"
HEADS = (
    *("序号", "编码", "品名", "规格", "单位", "上月\n结存", "本月\n入库", "本月\n领用", "退库", "报废", "盘盈\n盘亏"),
    *("本月\n结存", "复核", "单价\n(元)", "金额\n(元)", "备注"),
)
COLUMNS = (9.0, 12.0, 36.0, 24.0, 11.0, 14.0, 14.0, 14.0, 12.0, 12.0, 13.0, 15.0, 11.0, 16.0, 20.0, 24.0)
IDENTITY = "注:1.本月结存=上月结存+本月入库-本月领用+退库-报废±盘盈盘亏;“复核”按此式计算,应为0。"
PRICE = "  2.单价为最近一次进价,没有进价的空着;金额=本月结存×进价,四舍五入到分。"
SIGNED = ("保管:", *SIGNATURES)
ITEMS_A_SHEET = 12
"""Items across one sheet of the cross-tab; more go on on the next."""

ROW_HEIGHT = 18.0
NOTES_SHOWN, SHORTFALLS_SHOWN = 12, 6

IDENTITY_CHECK = Check("=F{row}+G{row}-H{row}+I{row}-J{row}+K{row}-L{row}")
"""What the movements of a row make, less what stands there: 0."""


def month_pages(forms: MonthForms, made_at: datetime) -> list[Page]:
    """Return a month's sheets; one that is not closed is headed 未定稿 with what is missing."""
    return [_stock(forms.stock, made_at), *_sections(forms.sections, made_at), _use(forms.use, forms.stock, made_at)]


def month_digest(forms: MonthForms) -> str:
    """Return the SHA-256 in hex of everything the sheets show, but not of when or how they were set."""
    shown = {
        "office": forms.stock.office_name,
        "month": forms.stock.month,
        "revision": forms.stock.revision,
        "rows": [[str(value) for value in _values(0, row)] for row in forms.stock.rows],
        "notes": [*forms.stock.notes, *(str(one) for one in forms.stock.shortfalls)],
        "sections": [[row.section, row.heads, list(row.counts), row.amount_fen] for row in forms.sections.rows],
        "items": [item.title for item in forms.sections.items],
        "use": [[row.section, row.item.title, row.this, row.last, row.signal.word] for row in forms.use.rows],
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _stock(month: StockMonth, made_at: datetime) -> Page:
    rows = month.rows
    blocks: list[Block] = [(_row(number, row),) for number, row in enumerate(rows, 1)]
    if blocks:
        blocks[-1] = (*blocks[-1], _total(month))
    else:
        blocks = [(Row((Cell("本月没有收发。", Look.MIDDLE, len(COLUMNS)),), ROW_HEIGHT),)]
    said = [f"  {place}.{note}" for place, note in enumerate(month.notes[:NOTES_SHOWN], 3)]
    if len(month.notes) > NOTES_SHOWN:
        said.append(f"  另有{len(month.notes) - NOTES_SHOWN}条说明,见台账。")
    return Page(
        sheet="收发存月报表",
        title=f"{month.office_name}{TITLE}{_suffix(month.revision)}",
        subline=f"{_period(month.month)}    单位:按各品目所列",
        columns=COLUMNS,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in HEADS), 30),),
        blocks=tuple(blocks),
        lead=_lead(month),
        notes=(IDENTITY, PRICE, *said),
        signatures=SIGNED,
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        running_foot=f"{TITLE} {_period(month.month)}",
        made_foot=made_words(made_at),
    )


def _values(number: int, row: StockRow) -> tuple[str | int, ...]:
    one, item = row.balance, row.item
    return (
        number,
        item.code,
        item.name,
        item.specification,
        item.unit,
        one.opening,
        one.received,
        one.issued,
        one.returned,
        one.wasted,
        one.adjusted,
        one.closing,
        yuan(row.unit_fen),
        yuan(row.amount_fen),
        row.remark,
    )


def _row(number: int, row: StockRow) -> Row:
    place, code, name, specification, unit, *counts, price, amount, remark = _values(number, row)
    return Row(
        (
            Cell(place, Look.NUMBER),
            Cell(code, Look.MIDDLE),
            Cell(name),
            Cell(specification),
            Cell(unit, Look.MIDDLE),
            *(Cell(count, Look.NUMBER) for count in counts[:-1]),
            Cell(counts[-1], Look.CHECK),
            Cell(IDENTITY_CHECK, Look.CHECK),
            Cell(price, Look.MIDDLE),
            Cell(amount, Look.MIDDLE),
            Cell(remark, Look.MIDDLE),
        ),
        ROW_HEIGHT,
    )


def _total(month: StockMonth) -> Row:
    kinds = f"共{len(month.rows)}种"
    moved = sum(row.balance.is_moved for row in month.rows)
    return Row(
        (
            Cell("合计", Look.TOTAL, across=5),
            Cell(f"{kinds},本月有收发{moved}种", Look.TOTAL, across=8),
            Cell("", Look.TOTAL),
            Cell(yuan(month.amount_fen), Look.TOTAL),
            Cell("", Look.TOTAL),
        ),
        ROW_HEIGHT,
    )


def _sections(table: CrossTab, made_at: datetime) -> list[Page]:
    """Return the cross-tab, a sheet for so many items as fit across."""
    parts = [
        range(start, min(start + ITEMS_A_SHEET, len(table.items)))
        for start in range(0, len(table.items), ITEMS_A_SHEET)
    ]
    return [
        _section_sheet(table, part, place, len(parts), made_at) for place, part in enumerate(parts or [range(0)], 1)
    ]


def _section_sheet(table: CrossTab, part: range, place: int, sheets: int, made_at: datetime) -> Page:
    is_last = place == sheets
    width = 190.0 / max(6, len(part))
    columns = (32.0, 12.0, *([width] * len(part)), *((22.0,) if is_last else ()))
    heads = ["股室", "人数", *(_item_head(table, at) for at in part), *(["金额\n(元)"] if is_last else [])]
    blocks: list[Block] = []
    for row in table.rows:
        cells = [Cell(row.section), Cell(row.heads, Look.NUMBER), *(Cell(row.counts[at], Look.NUMBER) for at in part)]
        blocks.append((Row((*cells, *((Cell(yuan(row.amount_fen), Look.MIDDLE),) if is_last else ())), ROW_HEIGHT),))
    if blocks:
        sums = [Cell("合计", Look.TOTAL), Cell(sum(row.heads for row in table.rows), Look.TOTAL_NUMBER)]
        sums += [Cell(table.totals[at], Look.TOTAL_NUMBER) for at in part]
        sums += [Cell(yuan(table.amount_fen), Look.TOTAL)] if is_last else []
        blocks[-1] = (*blocks[-1], Row(tuple(sums), ROW_HEIGHT))
    else:
        blocks = [(Row((Cell("本月没有领用。", Look.MIDDLE, len(columns)),), ROW_HEIGHT),)]
    more = f"(之{place})" if sheets > 1 else ""
    return Page(
        sheet=f"各股室领用{place if sheets > 1 else ''}",
        title=f"{table.office_name}{SECTIONS}{_suffix(table.revision)}{more}",
        subline=_period(table.month),
        columns=columns,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in heads), 42),),
        blocks=tuple(blocks),
        notes=("注:已减去退库;金额按最近一次进价,没有进价的品目不计。",),
        signatures=SIGNED if is_last else (),
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        running_foot=f"{SECTIONS} {_period(table.month)}",
        made_foot=made_words(made_at),
    )


def _item_head(table: CrossTab, place: int) -> str:
    item = table.items[place]
    return f"{item.name}\n{item.specification}\n({item.unit})" if item.specification else f"{item.name}\n({item.unit})"


def _use(month: UseMonth, stock: StockMonth, made_at: datetime) -> Page:
    heads = ("股室", "人数", "品目", "单位", "本月", "上月", "以往月均", "人均", "提示")
    looks = (Look.TEXT, Look.NUMBER, Look.TEXT, Look.MIDDLE, *[Look.NUMBER] * 2, *[Look.MIDDLE] * 3)
    blocks: list[Block] = []
    for row in month.rows:
        usual = "" if row.signal.usual is None else f"{row.signal.usual:.1f}"
        per_head = "" if row.per_head is None else f"{row.per_head:.1f}"
        values = (
            row.section,
            row.heads,
            row.item.title,
            row.item.unit,
            row.this,
            row.last,
            usual,
            per_head,
            row.signal.word,
        )
        blocks.append((_cells(values, looks),))
    return Page(
        sheet="用量对比",
        title=f"{month.office_name}{USE}{_suffix(stock.revision)}",
        subline=_period(month.month),
        columns=(32.0, 11.0, 42.0, 11.0, 13.0, 13.0, 18.0, 13.0, 19.0),
        header=(Row(tuple(Cell(head, Look.HEAD) for head in heads), 20),),
        blocks=tuple(blocks) or ((Row((Cell("本月没有领用。", Look.MIDDLE, len(heads)),), ROW_HEIGHT),),),
        notes=("注:本月达到以往月均两倍且多3个以上的,提示“明显偏高”,请股室说明(办公设施管理制度第5条)。",),
        running_foot=f"{USE} {_period(month.month)}",
        made_foot=made_words(made_at),
    )


def _cells(values: Sequence[str | int], looks: Sequence[Look]) -> Row:
    return Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), ROW_HEIGHT)


def _lead(month: StockMonth) -> tuple[str, ...]:
    if month.revision:
        return ()
    named = [str(problem) for problem in month.shortfalls]
    more = f";等{len(named)}项" if len(named) > SHORTFALLS_SHOWN else ""
    return (f"未定稿:{';'.join(named[:SHORTFALLS_SHOWN])}{more}。" if named else "未定稿:本月还没有月结。",)


def _suffix(revision: int) -> str:
    return "(未定稿)" if revision == 0 else f"(更正,第{revision}版)" if revision > 1 else ""


def _period(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"
