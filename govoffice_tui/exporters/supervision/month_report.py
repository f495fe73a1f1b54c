"""会议及督办情况月报: meetings by type, the month's balance of matters, the units in their order, and every matter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Check, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.supervision.views import MonthLine, SupervisionMonth
from govoffice_tui.rules.supervision import Flow

TITLE = "会议及督办情况月报"
UNITS, DETAIL = "单位办理情况", "督办事项明细"
COLUMNS = (61.0, 28.0, 28.0, 28.0, 28.0, 28.0, 28.0, 28.0)
MEETING_HEADS = ("会议类型", "次数", "人次")
FLOW_HEADS = ("督办来源", "上月结转", "新增", "退回重办", "办结", "作废", "结转下月", "其中逾期")
BALANCE = Check("=B{above}+C{above}+D{above}-E{above}-F{above}-G{above}")
"""上月结转+新增+退回重办-办结-作废-结转下月 of the row above, which the spreadsheet works out to 0."""

UNIT_HEADS = ("名次", "主办单位", "件数", "办结", "其中\n按期办结", "按期\n办结率", "逾期", "催办\n次数", "结转\n下月")
UNIT_COLUMNS = (16.0, 45.0, 15.0, 15.0, 17.0, 18.0, 15.0, 15.0, 14.0)
DETAIL_HEADS = ("编号", "议定事项", "来源", "主办单位", "立项", "时限", "状态", "办结", "本月")
DETAIL_COLUMNS = (27.0, 58.0, 45.0, 32.0, 19.0, 26.0, 15.0, 17.0, 18.0)
ROW_HEIGHT = 19.0
SHORTFALLS_SHOWN = 4


def month_pages(month: SupervisionMonth, made_at: datetime) -> list[Page]:
    """Return the report, the units and the matters of a month; one that is not sealed is headed 未定稿."""
    year, number = month.month.split("-")
    period = f"{year}年{int(number)}月"
    suffix = "(未定稿)" if month.revision == 0 else (f"(更正,第{month.revision}版)" if month.revision > 1 else "")
    return [
        _report(month, made_at, suffix, period),
        _units(month, made_at, suffix, period),
        _detail(month, made_at, suffix, period),
    ]


def month_digest(month: SupervisionMonth) -> str:
    """Return the SHA-256 in hex of everything the sheets show, but not of when or how they were set."""
    shown = {
        "office": month.office_name,
        "month": month.month,
        "revision": month.revision,
        "meetings": [[one.label, one.count, one.people] for one in month.kinds],
        "meetings_sealed": month.is_meetings_sealed,
        "sources": [[one.source.label, *_flow(one.flow), one.overdue] for one in month.sources],
        "state": [month.overdue, month.standing, month.not_begun, month.waiting, month.settled],
        "units": [
            [place, one.unit, one.in_hand, one.done, one.in_time, one.overdue, one.reminded, one.left]
            for place, one in month.units
        ],
        "lines": [list(_detail_row(one)) for one in month.lines],
        "notes": list(month.notes),
        "shortfalls": [str(problem) for problem in month.shortfalls],
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _report(month: SupervisionMonth, made_at: datetime, suffix: str, period: str) -> Page:
    meetings: list[Row] = [
        Row((*(Cell(one, Look.HEAD) for one in MEETING_HEADS), Cell("备注", Look.HEAD, 5)), 20),
        *(
            Row((Cell(one.label), Cell(one.count, Look.NUMBER), Cell(one.people, Look.NUMBER), Cell("", across=5)), 17)
            for one in month.kinds
        ),
        Row(
            (
                Cell("合计", Look.TOTAL),
                Cell(sum(one.count for one in month.kinds), Look.TOTAL_NUMBER),
                Cell(sum(one.people for one in month.kinds), Look.TOTAL_NUMBER),
                Cell("", Look.TOTAL, 5),
            ),
            17,
        ),
    ]
    flows: list[Row] = [
        Row(tuple(Cell(one, Look.HEAD) for one in FLOW_HEADS), 20),
        *(_flow_row(one.source.label, one.flow, one.overdue, Look.TEXT, Look.NUMBER) for one in month.sources),
        _flow_row("合计", month.flow, month.overdue, Look.TOTAL, Look.TOTAL_NUMBER),
        Row(
            (
                Cell("复核(上月结转+新增+退回重办-办结-作废-结转下月)", Look.MIDDLE, 6),
                Cell(BALANCE, Look.CHECK),
                Cell(""),
            ),
            17,
        ),
    ]
    words = (
        f"结转下月{month.flow.left}件中:未启动{month.not_begun}件,长期{month.standing}件,逾期{month.overdue}件;"
        f"本月销号{month.settled}件,已办结等销号{month.waiting}件。"
    )
    return Page(
        sheet="会议及督办月报",
        title=f"{month.office_name}{TITLE}{suffix}",
        subline=f"{period}    单位:次/人次/件    督办计至{chinese_short_day(month.as_of)}",
        columns=COLUMNS,
        header=(),
        blocks=(tuple(meetings), tuple(flows), (Row((Cell(words, across=len(COLUMNS)),), ROW_HEIGHT),)),
        lead=_lead(month),
        notes=(
            "注:1.上月结转+新增+退回重办-办结-作废=结转下月,复核应为0;一件事一个月内各栏至多计一次。",
            "  2.办结后当月退回的,当月不计办结;隔月退回的计退回重办,再办结再计。销号在办结之后,不影响结转。",
            "  3.逾期按经领导批准延期以后的时限算。涉密会议只计次数。",
            *(f"  {place}.{note}" for place, note in enumerate(month.notes, 4)),
        ),
        opinion_height=44,
        signatures=SIGNATURES,
        orientation=Orientation.LANDSCAPE,
        is_one_page=True,
        running_foot=f"{TITLE} {period}",
        made_foot=made_words(made_at),
    )


def _flow(flow: Flow) -> tuple[int, ...]:
    return (flow.carried, flow.added, flow.returned, flow.done, flow.voided, flow.left)


def _flow_row(title: str, flow: Flow, overdue: int, text: Look, number: Look) -> Row:
    """Return one row of the balance."""
    figures = tuple(Cell(value, number) for value in (*_flow(flow), overdue))
    return Row((Cell(title, text), *figures), ROW_HEIGHT)


def _units(month: SupervisionMonth, made_at: datetime, suffix: str, period: str) -> Page:
    looks = (Look.MIDDLE, Look.TEXT, *[Look.NUMBER] * 3, Look.MIDDLE, *[Look.NUMBER] * 3)
    rows: list[Row] = []
    for place, one in month.units:
        rate = "—" if one.rate is None else f"{one.rate}%"
        rows.append(
            _row(
                (
                    "—" if place is None else place,
                    one.unit,
                    one.in_hand,
                    one.done,
                    one.in_time,
                    rate,
                    one.overdue,
                    one.reminded,
                    one.left,
                ),
                looks,
            )
        )
    if rows:
        units = [one for _, one in month.units]
        was_due, in_time = sum(one.was_due for one in units), sum(one.in_time for one in units)
        totals = (
            sum(one.in_hand for one in units),
            sum(one.done for one in units),
            in_time,
            f"{in_time * 100 // was_due}%" if was_due else "—",
            sum(one.overdue for one in units),
            sum(one.reminded for one in units),
            sum(one.left for one in units),
        )
        cells = [Cell(value, Look.TOTAL if isinstance(value, str) else Look.TOTAL_NUMBER) for value in totals]
        rows.append(Row((Cell("合计", Look.TOTAL, 2), *cells), ROW_HEIGHT))
    return Page(
        sheet=UNITS,
        title=f"督办事项单位办理情况{suffix}",
        subline=f"{month.office_name}    {period}    单位:件",
        columns=UNIT_COLUMNS,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in UNIT_HEADS), 30),),
        blocks=tuple((row,) for row in rows) or _nothing("本月没有督办事项。", len(UNIT_COLUMNS)),
        notes=(
            "注:1.按主办单位计;件数为上月结转、新增、退回重办之和。",
            "  2.按期办结率=按期办结÷(办结+逾期未办结)。先比按期办结率,相同的比逾期少、办结多;没有到期事项的不排名。",
            "  3.经领导批准延期的,按延期后的时限算。",
        ),
        running_foot=f"{UNITS} {period}",
        made_foot=made_words(made_at),
    )


def _detail(month: SupervisionMonth, made_at: datetime, suffix: str, period: str) -> Page:
    looks = (Look.MIDDLE, Look.TEXT, Look.TEXT, Look.TEXT, *[Look.MIDDLE] * 5)
    blocks: list[Block] = [(_row(_detail_row(one), looks),) for one in month.lines]
    return Page(
        sheet=DETAIL,
        title=f"{DETAIL}{suffix}",
        subline=f"{month.office_name}    {period}",
        columns=DETAIL_COLUMNS,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in DETAIL_HEADS), 20),),
        blocks=tuple(blocks) or _nothing("本月没有督办事项。", len(DETAIL_COLUMNS)),
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        running_foot=f"{DETAIL} {period}",
        made_foot=made_words(made_at),
    )


def _detail_row(one: MonthLine) -> tuple[str, ...]:
    line, flow = one.line, one.flow
    counted = (
        ("结转", flow.carried),
        ("新增", flow.added),
        ("重办", flow.returned),
        ("办结", flow.done),
        ("作废", flow.voided),
    )
    day = chinese_short_day(one.done_day) if one.done_day else ""
    done = day if not day or one.is_in_time else f"{day}\n(超期)"
    return (
        line.number,
        line.matter,
        line.origin,
        line.lead_unit,
        f"{line.begun.year}.{line.begun.month}.{line.begun.day}",
        one.due,
        one.state,
        done,
        joined(word for word, count in counted if count),
    )


def _lead(month: SupervisionMonth) -> tuple[str, ...]:
    if month.revision and month.is_meetings_sealed:
        return ()
    open_books = joined(
        (
            "督办本月还没有封存" if not month.revision else "",
            "会议本月还没有封存" if not month.is_meetings_sealed else "",
        ),
        ";",
    )
    named = [str(problem) for problem in month.shortfalls[:SHORTFALLS_SHOWN]]
    return (f"未定稿:{joined([*named, open_books], ';')}。",)


def _nothing(words: str, across: int) -> tuple[Block, ...]:
    return ((Row((Cell(words, Look.MIDDLE, across),), ROW_HEIGHT),),)


def _row(values: Sequence[str | int], looks: Sequence[Look]) -> Row:
    return Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), ROW_HEIGHT)
