"""设备报修与借用月报表: faults, what became of them and cost; what is lent out; services and findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.equipment.views import EquipmentMonth, MonthLoan, MonthRepair
from govoffice_tui.rules.money import yuan

TITLE = "设备报修与借用月报表"
COLUMNS = (24.0, 34.0, 17.0, 33.0, 18.0, 28.0, 16.0)
REPAIR_HEADS = ("编号", "设备", "报修日期", "故障现象", "现在", "处理方式、维修人", "费用(元)")
LOAN_HEADS = ("编号", "设备", "借出日期", "借用人、用途", "应还日期", "批准人、附件", "现在")
OTHER_HEADS = ("编号", "设备", "日期", "内容", "类别", "保养人、当事人", "费用(元)")
ROW_HEIGHT = 19.0
SHORTFALLS_SHOWN = 6
_LOOKS = (Look.MIDDLE, Look.TEXT, Look.MIDDLE, Look.TEXT, Look.MIDDLE, Look.TEXT, Look.MIDDLE)


def month_pages(month: EquipmentMonth, made_at: datetime) -> list[Page]:
    """Return the one sheet of a month; one that is not sealed is headed 未定稿."""
    year, number = month.month.split("-")
    period = f"{year}年{int(number)}月"
    suffix = "(未定稿)" if month.revision == 0 else (f"(更正,第{month.revision}版)" if month.revision > 1 else "")
    back = [_loan(one) for one in month.loans if one.is_returned]
    blocks: list[Block] = [_summary(month)]
    continued: list[Block] = [()]
    for title, heads, lines, nothing in (
        ("一、报修", REPAIR_HEADS, [_repair(one) for one in month.repairs], "本月没有报修。"),
        ("二、在借清单", LOAN_HEADS, [_loan(one) for one in month.out], "月末没有借出的设备。"),
        ("三、本月归还", LOAN_HEADS, back, "本月没有归还的设备。"),
        ("四、保养和违规", OTHER_HEADS, _others(month), "本月没有保养和违规登记。"),
    ):
        part = _part(title, heads, lines, nothing)
        blocks += part
        continued += [(), *[_heads(f"{title}(续)", heads)] * (len(part) - 1)]
    return [
        Page(
            sheet="设备月报",
            title=f"{month.office_name}{TITLE}{suffix}",
            subline=period,
            columns=COLUMNS,
            header=(),
            blocks=tuple(blocks),
            continued=tuple(continued),
            lead=_lead(month),
            notes=(
                "注:1.费用是本月修完的和本月保养的合计;跨月的报修在修完的月份计费用。",
                "  2.设备严禁私自外借;违章操作或外借造成损坏、丢失的,责任自负(办公设施管理制度第4条)。",
            ),
            opinion_height=50,
            signatures=SIGNATURES,
            body_points=SMALL_POINTS,
            running_foot=f"{TITLE} {period}",
            made_foot=made_words(made_at),
        )
    ]


def month_digest(month: EquipmentMonth) -> str:
    """Return the SHA-256 in hex of everything the sheet shows, but not of when it was made."""
    shown = {
        "office": month.office_name,
        "month": month.month,
        "revision": month.revision,
        "repairs": [_repair(one) for one in month.repairs],
        "loans": [_loan(one) for one in month.loans],
        "others": _others(month),
        "figures": _figures(month),
        "shortfalls": [str(problem) for problem in month.shortfalls],
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _figures(month: EquipmentMonth) -> tuple[tuple[str, str], ...]:
    overdue = sum(one.is_overdue for one in month.out)
    return (
        ("本月报修", f"{month.reported}件"),
        ("修复", f"{month.repaired}件"),
        ("报废建议", f"{month.given_up}件"),
        ("月末未修", f"{month.unrepaired}件"),
        ("费用", f"{yuan(month.cost_fen)}元"),
        ("月末在借", f"{len(month.out)}台"),
        ("其中超期", f"{overdue}台"),
    )


def _summary(month: EquipmentMonth) -> Block:
    figures = _figures(month)
    return (
        Row(tuple(Cell(title, Look.HEAD) for title, _ in figures), 20),
        Row(tuple(Cell(value, Look.TOTAL) for _, value in figures), 22),
    )


def _part(title: str, heads: Sequence[str], lines: Sequence[Sequence[str]], nothing: str) -> list[Block]:
    rows = [
        Row(tuple(Cell(value, look) for value, look in zip(line, _LOOKS, strict=True)), ROW_HEIGHT) for line in lines
    ] or [Row((Cell(nothing, Look.MIDDLE, len(COLUMNS)),), ROW_HEIGHT)]
    return [(*_heads(title, heads), rows[0]), *((row,) for row in rows[1:])]


def _heads(title: str, heads: Sequence[str]) -> Block:
    return (
        Row((Cell(title, Look.TOTAL, len(COLUMNS)),), 20),
        Row(tuple(Cell(word, Look.HEAD) for word in heads), 20),
    )


def _machine(title: str) -> str:
    """Return a machine with its number on a line of its own."""
    name, bracket, number = title.rpartition("(")
    return f"{name}\n{bracket}{number}" if name else title


def _repair(one: MonthRepair) -> tuple[str, ...]:
    line = one.line
    state = one.state.label
    if one.is_ended and line.finished_day is not None and line.days_taken is not None:
        state = f"{state}\n{chinese_short_day(line.finished_day)}\n{line.days_taken}天"
    how = joined((line.handling.label if line.handling else "", line.repairer), " ")
    storage = line.storage_words if line.is_classified else ""
    return (
        line.number,
        joined((_machine(line.machine), "涉密" if line.is_classified else "", line.section), "\n"),
        chinese_short_day(line.event_day),
        joined((line.fault, line.result if one.is_ended else "", f"换{line.parts}" if line.parts else ""), ";"),
        state,
        joined((how, f"{line.escort}在场" if line.escort else "", storage), ";"),
        line.cost if one.is_ended else "",
    )


def _loan(one: MonthLoan) -> tuple[str, ...]:
    line = one.line
    state = ("超期未还" if one.is_overdue else "借出") if one.is_out else f"归还{line.outcome}"
    approved = f"{line.approver}批准" if line.approver else ""
    return (
        line.number,
        _machine(line.machine),
        chinese_short_day(line.lent_at.date()) if line.lent_at is not None else "",
        joined((line.who, line.purpose), ":"),
        chinese_short_day(one.due),
        joined((approved, line.accessories), ";"),
        state,
    )


def _others(month: EquipmentMonth) -> list[tuple[str, ...]]:
    services = [
        (
            one.number,
            _machine(one.machine),
            chinese_short_day(one.day),
            one.work,
            "保养",
            one.done_by,
            yuan(one.cost_fen),
        )
        for one in month.upkeep
    ]
    findings = [
        (
            one.number,
            _machine(one.machine),
            chinese_short_day(one.day),
            joined((one.words, one.treatment), ";"),
            one.kind.label,
            one.person,
            "",
        )
        for one in month.breaches
    ]
    return [*services, *findings]


def _lead(month: EquipmentMonth) -> tuple[str, ...]:
    if month.revision:
        return ()
    named = [str(problem) for problem in month.shortfalls]
    more = f";等{len(named)}项" if len(named) > SHORTFALLS_SHOWN else ""
    shown = ";".join(named[:SHORTFALLS_SHOWN])
    return (f"未定稿:{shown}{more}。" if named else "未定稿:本月还没有封存。",)
