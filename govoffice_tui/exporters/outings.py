"""因公外出情况汇总表 with its detail, and the list of the leaders' 外出报备."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, month_days
from govoffice_tui.exporters.form import Form
from govoffice_tui.exporters.page import SIGNATURES, SMALL_POINTS, Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.outings.pages import OutingFigures, OutingLine, OutingsMonth, Traveller, outings_month
from govoffice_tui.rules.periods import Span

TITLE = "因公外出情况汇总表"
DETAIL, REPORTS = "外出明细", "外出报备"
APART, NO_SECTION = "编外", "未分股室"
HEADS = ("序号", "姓名", "股室", "次数", "天数", "事由摘要", "其中\n事后告知", "未返回\n登记")
COLUMNS = (10.0, 27.0, 30.0, 12.0, 13.0, 46.0, 16.0, 16.0)
DETAIL_HEADS = ("编号", "姓名", "事由", "地点", "外出时间(预计)", "实际返回", "派出领导", "告知", "备注")
DETAIL_COLUMNS = (26.0, 44.0, 36.0, 28.0, 32.0, 26.0, 18.0, 29.0, 18.0)
REPORT_HEADS = ("编号", "姓名", "事由", "地点", "外出时间(预计)", "实际返回", "同意领导", "告知")
REPORT_COLUMNS = (23.0, 22.0, 28.0, 22.0, 25.0, 20.0, 14.0, 16.0)
ROW_HEIGHT = 19.0
NAMES_A_ROW = 24
"""Names one row of the detail takes: a row can only be so high."""

MATTERS_LIMIT = 60
SHORTFALLS_SHOWN = 6


def month_pages(month: OutingsMonth, made_at: datetime) -> list[Page]:
    """Return the summary, the detail and the leaders' list of a month; one that is not sealed is headed 未定稿."""
    year, number = month.month.split("-")
    period = f"{year}年{int(number)}月"
    suffix = "(未定稿)" if month.revision == 0 else (f"(更正,第{month.revision}版)" if month.revision > 1 else "")
    return [
        _summary(month, made_at, suffix, period),
        _detail(month, made_at, suffix, period),
        _reports(month, made_at, suffix, period),
    ]


def month_digest(month: OutingsMonth) -> str:
    """Return the SHA-256 in hex of everything the sheets show, but not of when or how they were set."""
    shown = {
        "office": month.office_name,
        "month": month.month,
        "revision": month.revision,
        "people": [
            [one.display_name, one.person.section, one.person.category.is_apart, *_figures(one)[2:]]
            for one in month.people
        ],
        "lines": [[str(cell) for row in _detail_rows(month, one) for cell in row] for one in month.lines],
        "reports": [one.number for one in month.lines if one.is_leader_report],
        "shortfalls": [str(problem) for problem in month.shortfalls],
    }
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _summary(month: OutingsMonth, made_at: datetime, suffix: str, period: str) -> Page:
    blocks: list[Block] = []
    number = 0
    for title, people in _sections(month.people):
        rows = []
        for one in people:
            number += 1
            rows.append(_row((number, *_figures(one)), _LOOKS))
        blocks += [(row,) for row in rows[:-1]]
        blocks.append((rows[-1], _sum_row(f"{title}小计", people)))
    if not blocks:
        blocks = [(Row((Cell("本月没有因公外出登记。", Look.MIDDLE, len(COLUMNS)),), ROW_HEIGHT),)]
    else:
        blocks[-1] = (*blocks[-1], _sum_row("合计", month.people))
    return Page(
        sheet="因公外出汇总",
        title=f"{month.office_name}{TITLE}{suffix}",
        subline=f"{period}    单位:次/天",
        columns=COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 30),),
        blocks=tuple(blocks),
        lead=_lead(month),
        notes=(
            "注:1.天数与考勤月报表“因公外出”一致;没有跨过收存时间的外出只计次数,不计天数。",
            "  2.跨月的外出,次数各月都计,天数按各月的半天分别计。",
        ),
        opinion_height=60,
        signatures=SIGNATURES,
        running_foot=f"{TITLE} {period}",
        made_foot=made_words(made_at),
    )


_LOOKS = (
    Look.NUMBER,
    Look.MIDDLE,
    Look.MIDDLE,
    Look.NUMBER,
    Look.NUMBER,
    Look.TEXT,
    Look.NUMBER,
    Look.NUMBER,
)


def _figures(one: OutingFigures) -> tuple[str | int | float, ...]:
    """Return a person's cells after the number."""
    matters = "、".join(one.matters)
    if len(matters) > MATTERS_LIMIT:
        matters = f"{matters[: MATTERS_LIMIT - 1]}…"
    days = one.halves / 2
    return (
        one.display_name,
        one.person.section,
        one.times,
        int(days) if days == int(days) else days,
        matters,
        one.late_notices,
        one.unreturned,
    )


def _sum_row(title: str, people: Sequence[OutingFigures]) -> Row:
    halves = sum(one.halves for one in people)
    return Row(
        (
            Cell(title, Look.TOTAL, across=3),
            Cell(sum(one.times for one in people), Look.TOTAL_NUMBER),
            Cell(halves // 2 if halves % 2 == 0 else halves / 2, Look.TOTAL_NUMBER),
            Cell(f"{len(people)}人", Look.TOTAL),
            Cell(sum(one.late_notices for one in people), Look.TOTAL_NUMBER),
            Cell(sum(one.unreturned for one in people), Look.TOTAL_NUMBER),
        ),
        ROW_HEIGHT,
    )


def _sections(people: Sequence[OutingFigures]) -> list[tuple[str, list[OutingFigures]]]:
    """Return the people by section in the order of their first, with 编外 as the last."""
    found: dict[str, list[OutingFigures]] = {}
    apart = [one for one in people if one.person.category.is_apart]
    for one in people:
        if not one.person.category.is_apart:
            found.setdefault(one.person.section or NO_SECTION, []).append(one)
    return [*found.items(), *([(APART, apart)] if apart else [])]


def _lead(month: OutingsMonth) -> tuple[str, ...]:
    if month.revision:
        return ()
    named = [str(problem) for problem in month.shortfalls]
    more = f";等{len(named)}项" if len(named) > SHORTFALLS_SHOWN else ""
    shown = ";".join(named[:SHORTFALLS_SHOWN])
    return (f"未定稿:{shown}{more}。" if named else "未定稿:本月还没有封存。",)


def _detail(month: OutingsMonth, made_at: datetime, suffix: str, period: str) -> Page:
    looks = (Look.MIDDLE, Look.TEXT, Look.TEXT, Look.TEXT, *[Look.MIDDLE] * 5)
    blocks: list[Block] = [(_row(row, looks),) for one in month.lines for row in _detail_rows(month, one)]
    return _list_page(
        DETAIL,
        f"因公外出登记明细{suffix}",
        f"{month.office_name}    {period}",
        DETAIL_HEADS,
        DETAIL_COLUMNS,
        blocks,
        "本月没有因公外出登记。",
        Orientation.LANDSCAPE,
        made_at,
    )


def _reports(month: OutingsMonth, made_at: datetime, suffix: str, period: str) -> Page:
    looks = (Look.MIDDLE, Look.TEXT, Look.TEXT, Look.TEXT, *[Look.MIDDLE] * 4)
    blocks: list[Block] = [
        (_row(row[:8], looks),) for one in month.lines if one.is_leader_report for row in _detail_rows(month, one)
    ]
    return _list_page(
        REPORTS,
        f"领导外出报备一览{suffix}",
        f"{month.office_name}    {period}",
        REPORT_HEADS,
        REPORT_COLUMNS,
        blocks,
        "本月没有外出报备。",
        Orientation.PORTRAIT,
        made_at,
    )


def _list_page(
    sheet: str,
    title: str,
    subline: str,
    heads: Sequence[str],
    columns: tuple[float, ...],
    blocks: list[Block],
    nothing: str,
    orientation: Orientation,
    made_at: datetime,
) -> Page:
    return Page(
        sheet=sheet,
        title=title,
        subline=subline,
        columns=columns,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in heads), 20),),
        blocks=tuple(blocks) or ((Row((Cell(nothing, Look.MIDDLE, len(columns)),), ROW_HEIGHT),),),
        orientation=orientation,
        body_points=SMALL_POINTS,
        running_foot=title,
        made_foot=made_words(made_at),
    )


def _detail_rows(month: OutingsMonth, one: OutingLine) -> list[tuple[str, ...]]:
    """Return the rows of one outing: many people go on in further rows."""
    end = month_days(month.month)[-1]
    people = one.standing
    parts = [people[start : start + NAMES_A_ROW] for start in range(0, len(people), NAMES_A_ROW)] or [()]
    at = one.notified_at
    taker = month.entered_names.get(one.taken_by or 0, "")
    notice = joined((f"{one.notice.label}{chinese_short_day(at.date())}{at:%-H:%M}", taker and f"{taker}接"), "\n")
    remark = joined(("事后告知" if one.is_late_notice else "", "补登" if one.is_late_entry else "", one.remark), ";")
    rows: list[tuple[str, ...]] = []
    for place, part in enumerate(parts):
        names = "、".join(person.name for person in part)
        if place == 0:
            rest = (one.matter, one.place, one.when, _returns(part, end), one.sent_by, notice, remark)
        else:
            rest = ("(续)", "", "", _returns(part, end), "", "", "")
        rows.append((one.number, names, *rest))
    return rows


def _returns(people: Sequence[Traveller], end: date) -> str:
    """Return when people came back: once where all came together, else by name; a later month's return is its own."""
    found: dict[str, list[str]] = {}
    for person in people:
        words = "转下月" if person.stretch.last > end else person.back_words or "未登记"
        found.setdefault(words, []).append(person.name)
    if len(found) == 1:
        return next(iter(found))
    return ";".join(f"{'、'.join(names)} {words}" for words, names in found.items())


def _row(values: Sequence[str | int | float], looks: Sequence[Look]) -> Row:
    return Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), ROW_HEIGHT)


OUTINGS_MONTH: Form[OutingsMonth] = Form(
    id="outings_month",
    title=TITLE,
    register="outings",
    name="{period}_因公外出情况汇总表",
    span=Span.MONTH,
    summary=outings_month,
    pages=month_pages,
    digest=month_digest,
)
FORMS = (OUTINGS_MONTH,)
