"""会议台账 of a month: every meeting in the order of its day, and what the month comes to by type."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import joined, made_words, number_in_two
from govoffice_tui.registers.meetings.views import MeetingLine, MeetingsMonth
from govoffice_tui.rules.meetings.parts import MinutesState
from govoffice_tui.rules.meetings.states import MeetingState

TITLE = "会议台账"
HEADS = (
    "编号",
    "会议名称",
    "类型",
    "时间",
    "地点",
    "主持人",
    "组织承办",
    "材料负责",
    "会务\n负责",
    "人数",
    "纪要",
    "状态",
    "备注",
)
COLUMNS = (18.5, 38.0, 24.5, 25.0, 18.5, 14.0, 19.0, 26.0, 13.0, 11.0, 18.5, 13.0, 18.0)
ROW_HEIGHT = 22.0
SHORTFALLS_SHOWN = 6
_NUMBERS = (HEADS.index("编号"), HEADS.index("纪要"))
_LOOKS = (
    Look.MIDDLE,
    Look.TEXT,
    *[Look.MIDDLE] * 3,
    Look.MIDDLE,
    Look.TEXT,
    Look.TEXT,
    Look.MIDDLE,
    Look.NUMBER,
    Look.MIDDLE,
    Look.MIDDLE,
    Look.TEXT,
)


def ledger_pages(month: MeetingsMonth, made_at: datetime) -> list[Page]:
    """Return the month's meetings; a month that is not sealed is headed 未定稿 with what is missing."""
    year, number = month.month.split("-")
    period = f"{year}年{int(number)}月"
    suffix = "(未定稿)" if month.revision == 0 else (f"(更正,第{month.revision}版)" if month.revision > 1 else "")
    blocks: list[Block] = [(_row(month, one),) for one in month.lines]
    if not blocks:
        blocks = [(Row((Cell("本月没有会议。", Look.MIDDLE, len(COLUMNS)),), ROW_HEIGHT),)]
    else:
        blocks[-1] = (*blocks[-1], _sum_row(month))
    return [
        Page(
            sheet=TITLE,
            title=f"{month.office_name}{TITLE}{suffix}",
            subline=period,
            columns=COLUMNS,
            header=(Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 28),),
            blocks=tuple(blocks),
            lead=_lead(month),
            notes=_notes(month),
            signatures=SIGNATURES,
            orientation=Orientation.LANDSCAPE,
            body_points=SMALL_POINTS,
            running_foot=f"{TITLE} {period}",
            made_foot=made_words(made_at),
        )
    ]


def ledger_digest(month: MeetingsMonth) -> str:
    """Return the SHA-256 in hex of everything the sheet shows, but not of when or how it was set."""
    shown = {
        "office": month.office_name,
        "month": month.month,
        "revision": month.revision,
        "lines": [_cells(month, one) for one in month.lines],
        "notes": _notes(month),
        "lead": _lead(month),
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _cells(month: MeetingsMonth, one: MeetingLine) -> tuple[str | int, ...]:
    """Return a meeting's cells; of a 涉密会议 number, day and state alone."""
    if one.is_classified:
        nothing = ("",) * 4
        return (one.number, one.title, "", one.when, one.place, *nothing, "", "", one.state.label, "")
    remark = joined(
        (
            "补登" if one.is_late_entry else "",
            f"不印发纪要:{one.no_minutes_reason}" if one.no_minutes_reason else "",
            one.remark,
        ),
        ";",
    )
    return (
        one.number,
        one.name,
        one.kind.label if one.kind is not None else "",
        one.when,
        one.place,
        one.chair,
        one.organisers,
        one.materials_lead,
        month.entered_names.get(one.arranger or 0, ""),
        one.people if one.state.is_held else "",
        _minutes(one),
        one.state.label,
        remark,
    )


def _minutes(one: MeetingLine) -> str:
    if one.minutes_number:
        return one.minutes_number if one.minutes_state is MinutesState.ISSUED else f"{one.minutes_number}(未印发)"
    return one.minutes_state.label if one.minutes_state is not None else ""


def _row(month: MeetingsMonth, one: MeetingLine) -> Row:
    values = _cells(month, one)
    shown = [number_in_two(str(value)) if place in _NUMBERS else value for place, value in enumerate(values)]
    return Row(tuple(Cell(value, look) for value, look in zip(shown, _LOOKS, strict=True)), ROW_HEIGHT)


def _sum_row(month: MeetingsMonth) -> Row:
    return Row(
        (
            Cell("合计", Look.TOTAL),
            Cell(f"召开{month.count}次", Look.TOTAL, across=8),
            Cell(month.people, Look.TOTAL_NUMBER),
            Cell(f"延期{month.postponed}  取消{month.cancelled}", Look.TOTAL, across=3),
        ),
        ROW_HEIGHT,
    )


def _notes(month: MeetingsMonth) -> tuple[str, ...]:
    held = [f"{one.label}{one.count}次{f' {one.people}人次' if one.people else ''}" for one in month.kinds if one.count]
    minutes = sum(one.minutes_state is MinutesState.ISSUED for one in month.lines)
    waiting = sum(one.state is MeetingState.HELD for one in month.lines)
    first = f"注:1.{';'.join(held)}。" if held else "注:1.本月没有召开会议。"
    return (
        first,
        f"  2.印发纪要{minutes}期;已召开、还没有归档{waiting}次。涉密会议只记编号和日期。",
        *(f"  {place}.{words}" for place, words in enumerate(month.notes, 3)),
    )


def _lead(month: MeetingsMonth) -> tuple[str, ...]:
    if month.revision:
        return ()
    named = [str(problem) for problem in month.shortfalls]
    more = f";等{len(named)}项" if len(named) > SHORTFALLS_SHOWN else ""
    return (f"未定稿:{';'.join(named[:SHORTFALLS_SHOWN])}{more}。" if named else "未定稿:本月还没有封存。",)
