"""低库存清单 and 采购计划申请."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.page import SIGNATURES, Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.supplies.papers import LowList
from govoffice_tui.registers.supplies.views import PurchasePlan
from govoffice_tui.rules.money import yuan

LOW, PLAN = "低库存清单", "办公耗材采购计划申请"
LOW_HEADS = ("序号", "编码", "品名规格", "单位", "现存", "最低库存", "还差", "备注")
LOW_COLUMNS = (11.0, 14.0, 54.0, 13.0, 17.0, 20.0, 16.0, 25.0)
PLAN_HEADS = ("序号", "品名规格", "单位", "现存", "最低\n库存", "月均\n用量", "计划\n采购", "单价\n(元)", "金额\n(元)")
PLAN_COLUMNS = (11.0, 50.0, 12.0, 14.0, 14.0, 15.0, 21.0, 16.0, 20.0)
ROW_HEIGHT = 20.0


def low_pages(low: LowList, made_at: datetime) -> list[Page]:
    """Return the list of what is below its minimum."""
    looks = (Look.MIDDLE, Look.MIDDLE, Look.TEXT, *[Look.MIDDLE] * 5)
    blocks: list[Block] = []
    for place, one in enumerate(low.rows, 1):
        item = one.item
        counts = (str(one.stock), str(item.minimum), str(item.minimum - one.stock))
        values = (str(place), item.code, item.title, item.unit, *counts, "" if one.stock else "已无")
        blocks.append((_row(values, looks),))
    return [
        Page(
            sheet=LOW,
            title=f"{low.office_name}耗材{LOW}",
            subline=chinese_day(low.day),
            columns=LOW_COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in LOW_HEADS), 22),),
            blocks=tuple(blocks) or (_nothing("没有低于最低库存的品目。", len(LOW_HEADS)),),
            signatures=("保管:", "审核:"),
            running_foot=LOW,
            made_foot=made_words(made_at),
        )
    ]


def low_digest(low: LowList) -> str:
    """Return the SHA-256 in hex of everything the list shows."""
    return _digest([low.office_name, low.day.isoformat(), [[one.item.code, one.stock] for one in low.rows]])


def plan_pages(plan: PurchasePlan, made_at: datetime) -> list[Page]:
    """Return the application to buy: what is low or will be, in whole packs, at the last price."""
    looks = (Look.MIDDLE, Look.TEXT, *[Look.MIDDLE] * 7)
    blocks: list[Block] = []
    for place, one in enumerate(plan.lines, 1):
        item = one.item
        money = (yuan(one.unit_fen), yuan(one.amount_fen))
        stock = (str(one.stock), str(item.minimum), f"{one.usual:.1f}", item.shown(one.count))
        blocks.append((_row((str(place), item.title, item.unit, *stock, *money), looks),))
    if blocks:
        total = Row(
            (
                Cell("合计", Look.TOTAL, across=7),
                Cell("", Look.TOTAL),
                Cell(yuan(plan.amount_fen), Look.TOTAL),
            ),
            ROW_HEIGHT,
        )
        blocks[-1] = (*blocks[-1], total)
    return [
        Page(
            sheet="采购计划申请",
            title=f"{plan.office_name}{PLAN}",
            subline=chinese_day(plan.day),
            columns=PLAN_COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in PLAN_HEADS), 30),),
            blocks=tuple(blocks) or (_nothing("库存够用,没有要采购的。", len(PLAN_HEADS)),),
            notes=(
                "注:1.计划采购=最低库存+三个月的月均用量-现存,按整件取整;月均用量为最近六个月的平均。",
                "  2.单价为最近一次进价,没有进价的空着,不计入合计。",
            ),
            opinion_height=70,
            signatures=("保管:", *SIGNATURES[1:]),
            running_foot=PLAN,
            made_foot=made_words(made_at),
        )
    ]


def plan_digest(plan: PurchasePlan) -> str:
    """Return the SHA-256 in hex of everything the application shows."""
    rows = [
        [one.item.code, one.item.title, one.stock, f"{one.usual:.1f}", one.count, one.amount_fen] for one in plan.lines
    ]
    return _digest([plan.office_name, plan.day.isoformat(), rows])


def _nothing(words: str, columns: int) -> Block:
    return (Row((Cell(words, Look.MIDDLE, columns),), ROW_HEIGHT),)


def _row(values: tuple[str, ...], looks: tuple[Look, ...]) -> Row:
    return Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), ROW_HEIGHT)


def _digest(shown: object) -> str:
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()
