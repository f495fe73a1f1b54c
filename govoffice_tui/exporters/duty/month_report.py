"""值班工作情况月报表: the month's figures on one page, a line a shift behind it."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import WEEKDAYS, chinese_short_day
from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.duty.views import DutyMonth, MonthRow
from govoffice_tui.rules.duty import Kind

SHEET, LIST_SHEET = "值班工作情况月报表", "逐班情况"
FIGURES = ("班次数", "来电", "传真电报", "来访", "急办", "请示", "移交", "未结", "脱漏岗", "空白班")
COLUMNS = (17.0,) * 10
PIECE = 400
SHOWN_SHORTFALLS = 5
LIST_HEADS = ("日期", "班次", "带班领导", "值班员", "来电", "传真电报", "来访", "其他", "未结", "交班", "签阅")
LIST_COLUMNS = (21.0, 14.0, 20.0, 36.0, 11.0, 13.0, 11.0, 11.0, 11.0, 16.0, 12.0)


def month_pages(month: DutyMonth, made_at: datetime) -> list[Page]:
    """Return the month's page and its list of shifts, made at an office time; unsealed it is headed 未定稿."""
    year, number = month.month.split("-")
    period = f"{year}年{int(number)}月"
    return [_figures_page(month, made_at, period), _list_page(month, made_at, period)]


def month_digest(month: DutyMonth) -> str:
    """Return the SHA-256 in hex of everything the month's sheets show, but not of when or how they were set."""
    shown = [
        month.office_name,
        month.month,
        month.revision,
        month.figures,
        month.kinds,
        list(month.highlights),
        list(month.remarks),
        list(month.shortfalls),
        [_list_values(row) for row in month.rows],
    ]
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def suffix(revision: int) -> str:
    """Return (未定稿) of a month not sealed, (更正,第2版) of one sealed again."""
    if revision == 0:
        return "(未定稿)"
    return f"(更正,第{revision}版)" if revision > 1 else ""


def _figures_page(month: DutyMonth, made_at: datetime, period: str) -> Page:
    lead: tuple[str, ...] = ()
    if not month.revision:
        left = ";".join(month.shortfalls[:SHOWN_SHORTFALLS]) or "本月还没有封存"
        more = f";等{len(month.shortfalls)}项" if len(month.shortfalls) > SHOWN_SHORTFALLS else ""
        lead = (f"未定稿:{left}{more}。",)
    kinds = "、".join(f"{title}{count}" for title, count in month.kinds.items() if count) or "没有登记"
    return Page(
        sheet=SHEET,
        title=f"{month.office_name}{SHEET}{suffix(month.revision)}",
        subline=f"{period}    单位:班/件/次",
        columns=COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in FIGURES), 24),),
        blocks=(
            (Row(tuple(Cell(month.figures[title], Look.MARK) for title in FIGURES), 24),),
            (_texts_row(f"分类:{kinds}"),),
            *_texts("要情摘要", month.highlights),
            *_texts("说明", month.remarks),
        ),
        lead=lead,
        notes=("注:一班算在开始的那一天;次日凌晨的来电记在前一天的班。涉密件不摘要。",),
        opinion_height=60,
        signatures=SIGNATURES,
        running_foot=f"{SHEET} {period}",
        made_foot=made_words(made_at),
    )


def _texts_row(text: str) -> Row:
    return Row((Cell(text, Look.TEXT, len(COLUMNS)),), 20)


def _texts(title: str, lines: tuple[str, ...]) -> list[Block]:
    """Return a heading and its lines, each broken where a row could not hold it."""
    head = Row((Cell(title, Look.TOTAL, len(COLUMNS)),), 20)
    if not lines:
        return [(head, _texts_row("无"))]
    rows = [
        _texts_row(f"{number}.{line[start : start + PIECE]}" if start == 0 else line[start : start + PIECE])
        for number, line in enumerate(lines, 1)
        for start in range(0, len(line), PIECE)
    ]
    return [(head, rows[0]), *((row,) for row in rows[1:])]


def _list_page(month: DutyMonth, made_at: datetime, period: str) -> Page:
    looks = (*[Look.MIDDLE] * 4, *[Look.NUMBER] * 5, *[Look.MIDDLE] * 2)
    blocks: list[Block] = [
        (Row(tuple(Cell(value, look) for value, look in zip(_list_values(row), looks, strict=True)), 16),)
        for row in month.rows
    ] or [(Row((Cell("本月没有值班登记。", Look.MIDDLE, len(LIST_COLUMNS)),), 20),)]
    return Page(
        sheet=LIST_SHEET,
        title=f"值班{LIST_SHEET}{suffix(month.revision)}",
        subline=f"{month.office_name}    {period}",
        columns=LIST_COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in LIST_HEADS), 22),),
        blocks=tuple(blocks),
        orientation=Orientation.PORTRAIT,
        body_points=SMALL_POINTS,
        running_foot=f"值班{LIST_SHEET} {period}",
        made_foot=made_words(made_at),
    )


def _list_values(row: MonthRow) -> list[str | int]:
    named = (Kind.CALL_IN, Kind.FAX, Kind.TELEGRAM, Kind.VISIT)
    return [
        f"{chinese_short_day(row.day)} {WEEKDAYS[row.day.weekday()]}",
        row.template,
        row.leader,
        row.officers,
        row.counts.get(Kind.CALL_IN, 0),
        row.counts.get(Kind.FAX, 0) + row.counts.get(Kind.TELEGRAM, 0),
        row.counts.get(Kind.VISIT, 0),
        sum(count for kind, count in row.counts.items() if kind not in named),
        row.unsettled,
        "空白班" if row.is_blank else row.state,
        "已签" if row.is_signed else "",
    ]
