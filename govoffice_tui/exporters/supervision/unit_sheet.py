"""督办清单: what one unit has in hand, given to it with its days, colours and what it has reported."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.supervision.unit_list import UnitList
from govoffice_tui.registers.supervision.views import DecisionLine
from govoffice_tui.rules.supervision import StepKind

TITLE = "督办清单"
HEADS = ("编号", "议定事项", "来源", "分工", "责任人\n电话", "时限", "状态\n预警", "最近进展", "办理情况\n(单位填写)")
COLUMNS = (27.0, 41.0, 34.0, 24.5, 23.0, 25.5, 20.0, 32.0, 30.0)
ROW_HEIGHT = 30.0


def list_pages(sheet: UnitList, made_at: datetime) -> list[Page]:
    """Return the one sheet of a unit's list."""
    looks = (Look.MIDDLE, Look.TEXT, Look.TEXT, *[Look.MIDDLE] * 4, Look.TEXT, Look.TEXT)
    blocks: list[Block] = [
        (Row(tuple(Cell(value, look) for value, look in zip(_row(sheet, one), looks, strict=True)), ROW_HEIGHT),)
        for one in sheet.lines
    ]
    still_open = [one for one in sheet.lines if one.state.is_open]
    late = sum(one.is_overdue_on(sheet.day) for one in still_open)
    return [
        Page(
            sheet=TITLE,
            title=f"{sheet.office_name}{TITLE}",
            subline=f"{sheet.unit}    {chinese_day(sheet.day)}    在办{len(still_open)}件,其中逾期{late}件",
            columns=COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in HEADS), 30),),
            blocks=tuple(blocks),
            notes=(
                f"注:1.预警:余{sheet.blue_days}天以内标蓝,余{sheet.yellow_days}天以内标黄,过了时限标红。",
                "  2.办结须附依据(文号、报告、验收单等);延期须经领导批准。请填写办理情况后按时退回。",
            ),
            signatures=("单位负责人:", "联系人:", "督办人:"),
            orientation=Orientation.LANDSCAPE,
            body_points=SMALL_POINTS,
            running_foot=f"{TITLE} {sheet.unit}",
            made_foot=made_words(made_at),
        )
    ]


def list_digest(sheet: UnitList) -> str:
    """Return the SHA-256 in hex of everything the list shows."""
    shown = [sheet.office_name, sheet.day.isoformat(), sheet.unit, [_row(sheet, one) for one in sheet.lines]]
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _row(sheet: UnitList, one: DecisionLine) -> tuple[str, ...]:
    alert = one.alert(sheet.day, sheet.blue_days, sheet.yellow_days)
    told = one.of_kind(StepKind.PROGRESS)
    done = one.of_kind(StepKind.DONE)
    state = one.state_told(sheet.day)
    days = f"\n{one.days_told(sheet.day)}" if one.state.is_open else ""
    colour = f"({alert.label})" if alert.label else ""
    last = (done or told)[-1].words if (done or told) else ""
    return (
        one.number,
        one.matter,
        one.origin,
        "主办" if one.lead_unit == sheet.unit else f"协办\n(主办{one.lead_unit})",
        f"{one.person}\n{one.phone}".strip(),
        one.due_told,
        f"{state}{days}{colour}",
        last,
        "",
    )
