"""设备台账, the list of all machines, and 单台设备履历, everything that ever happened to one."""

from __future__ import annotations

import json
from datetime import date, datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.equipment.history import EquipmentList
from govoffice_tui.registers.equipment.views import History, Machine
from govoffice_tui.rules.equipment import EquipmentState
from govoffice_tui.rules.money import yuan

LIST_TITLE, HISTORY_TITLE = "设备台账", "设备履历"
HEADS = (
    "编号",
    "设备名称",
    "型号",
    "序列号",
    "资产编号",
    "股室、房间",
    "责任人",
    "购置日期",
    "价格(元)",
    "涉密",
    "现状",
)
COLUMNS = (27.0, 25.0, 27.0, 28.0, 28.0, 33.0, 23.0, 22.0, 20.0, 11.0, 13.0)
_LOOKS = (Look.MIDDLE, *[Look.TEXT] * 5, *[Look.MIDDLE] * 5)
HISTORY_HEADS = ("日期", "事项", "情况")
HISTORY_COLUMNS = (32.0, 20.0, 118.0)
ROW_HEIGHT = 19.0


def list_pages(found: EquipmentList, made_at: datetime) -> list[Page]:
    """Return the list of all machines, with how many stand where and what they cost."""
    blocks: list[Block] = [
        (Row(tuple(Cell(value, look) for value, look in zip(_line(one), _LOOKS, strict=True)), ROW_HEIGHT),)
        for one in found.machines
    ]
    if not blocks:
        blocks = [(Row((Cell("还没有设备卡。", Look.MIDDLE, len(COLUMNS)),), ROW_HEIGHT),)]
    total = sum(one.price_fen or 0 for one in found.machines)
    counted = joined((f"{state.label}{count}台" for state in EquipmentState if (count := _count(found, state))), "、")
    foot = Row(
        (
            Cell("合计", Look.TOTAL, 2),
            Cell(counted, Look.TOTAL, 6),
            Cell(yuan(total), Look.TOTAL),
            Cell("", Look.TOTAL, 2),
        ),
        ROW_HEIGHT,
    )
    blocks[-1] = (*blocks[-1], foot)
    return [
        Page(
            sheet=LIST_TITLE,
            title=f"{found.office_name}{LIST_TITLE}",
            subline=f"{chinese_day(found.day)}    共{len(found.machines)}台",
            columns=COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in HEADS), 20),),
            blocks=tuple(blocks),
            signatures=SIGNATURES,
            orientation=Orientation.LANDSCAPE,
            body_points=SMALL_POINTS,
            running_foot=LIST_TITLE,
            made_foot=made_words(made_at),
        )
    ]


def list_digest(found: EquipmentList) -> str:
    """Return the SHA-256 in hex of everything the list shows."""
    return _digest([found.office_name, [_line(one) for one in found.machines]])


def history_pages(found: History, made_at: datetime) -> list[Page]:
    """Return the history of one machine, its card on top; struck lines are marked 已划去."""
    machine = found.machine
    facts = joined(
        (
            f"型号{machine.model}" if machine.model else "",
            f"序列号{machine.serial}" if machine.serial else "",
            f"资产编号{machine.asset}" if machine.asset else "",
            "涉密设备" if machine.is_classified else "",
            f"现在{machine.state.label}",
            machine.place,
        ),
        "  ",
    )
    rows: list[Block] = [
        (
            Row(
                (
                    Cell(chinese_day(one.day), Look.MIDDLE),
                    Cell(one.kind, Look.MIDDLE),
                    Cell(f"(已划去){one.words}" if one.is_struck else one.words),
                ),
                ROW_HEIGHT,
            ),
        )
        for one in found.happenings
    ]
    return [
        Page(
            sheet=HISTORY_TITLE,
            title=f"{found.office_name}{HISTORY_TITLE}",
            subline=f"{machine.number}  {machine.title}",
            columns=HISTORY_COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in HISTORY_HEADS), 20),),
            blocks=tuple(rows),
            lead=(facts,),
            notes=(f"报修{found.repairs}次,借用{found.loans}次,维修保养费用{yuan(found.cost_fen)}元。",),
            running_foot=f"{HISTORY_TITLE} {machine.number}",
            made_foot=made_words(made_at),
        )
    ]


def history_digest(found: History) -> str:
    """Return the SHA-256 in hex of everything a history shows."""
    happened = [[one.day.isoformat(), one.kind, one.words, one.is_struck] for one in found.happenings]
    return _digest([found.office_name, _line(found.machine), happened])


def _line(one: Machine) -> tuple[str, ...]:
    return (
        one.number,
        one.name,
        one.model,
        one.serial,
        one.asset,
        joined((one.section, one.room), " "),
        one.keeper_name,
        _day(one.bought_day),
        yuan(one.price_fen),
        "是" if one.is_classified else "",
        one.state.label,
    )


def _count(found: EquipmentList, state: EquipmentState) -> int:
    return sum(one.state is state for one in found.machines)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _digest(shown: object) -> str:
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
