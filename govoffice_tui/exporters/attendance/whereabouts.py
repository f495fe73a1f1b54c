"""今日在岗情况表, one page for an inspector at the door: how many are where, and who is away from when to when."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day, chinese_time
from govoffice_tui.exporters.layout import ROW_LIMIT, heights, room_left
from govoffice_tui.exporters.page import BODY_POINTS, SMALL_POINTS, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.attendance.whereabouts import SectionWhereabouts, Whereabout, Whereabouts
from govoffice_tui.rules.whereabouts import Presence

SHEET = "今日在岗情况表"
SECTION_MM, FIGURE_MM, UNSIGNED_MM, WIDTH_MM = 25.0, 8.5, 13.0, 170.0
ROW_HEIGHT = 22.0
SIGNATURES = ("制表:", "行政股负责人:")

Words = Callable[[tuple[Whereabout, ...]], str]


def whereabouts_page(seen: Whereabouts, made_at: datetime) -> Page:
    """Return the page of a moment: everybody away on a line of their own, closer where one page would not hold it."""
    ways = ((_lines, BODY_POINTS), (_lines, SMALL_POINTS), (_run_in, SMALL_POINTS), (_names, SMALL_POINTS))
    pages = [_page(seen, made_at, words, points) for words, points in ways]
    return next((page for page in pages if _is_whole(page)), pages[-1])


def whereabouts_digest(seen: Whereabouts) -> str:
    """Return the SHA-256 in hex of everything the page shows, but not of when or how it was set."""
    sections = [
        [section.title, *(section.count(presence) for presence in Presence), [one.words for one in section.away]]
        for section in seen.sections
    ]
    shown = [seen.office_name, seen.moment.isoformat(), seen.half.label, seen.day_title, sections]
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _page(seen: Whereabouts, made_at: datetime, words: Words, points: float) -> Page:
    figures = [UNSIGNED_MM if presence is Presence.UNSIGNED else FIGURE_MM for presence in Presence]
    fixed = [SECTION_MM, FIGURE_MM, *figures]
    heads = ("股室", "应到", *(_head(presence) for presence in Presence), "不在岗人员及起止")
    rows = [_row(section, words(section.away), Look.MIDDLE, Look.NUMBER) for section in seen.sections]
    total = _row(seen.whole, "", Look.TOTAL, Look.TOTAL_NUMBER)
    page = Page(
        sheet=SHEET,
        title=f"{seen.office_name}{SHEET}",
        subline=f"{chinese_day(seen.moment.date())} {chinese_time(seen.moment.time())}    {seen.day_title}    单位:人",
        columns=(*fixed, WIDTH_MM - sum(fixed)),
        header=(Row(tuple(Cell(title, Look.HEAD) for title in heads), 34),),
        blocks=((*rows, total),),
        notes=(
            f"注:1.按{seen.half.label}签到簿和请假、外出登记统计;应到=在岗+请假+公出+补休+未签(待核)。",
            "  2.免签、借出不计入应到。",
        ),
        signatures=SIGNATURES,
        body_points=points,
        is_one_page=True,
        made_foot=made_words(made_at),
    )
    return page if rows else replace(page, blocks=((_empty(len(page.columns)),),))


def _row(section: SectionWhereabouts, away: str, words: Look, numbers: Look) -> Row:
    figures = [section.due, *(section.count(presence) for presence in Presence)]
    return Row((Cell(section.title, words), *(Cell(figure, numbers) for figure in figures), Cell(away)), ROW_HEIGHT)


def _head(presence: Presence) -> str:
    return presence.label.replace("(", "\n(")


def _empty(columns: int) -> Row:
    return Row((Cell("花名册上没有人。", Look.MIDDLE, columns),), ROW_HEIGHT)


def _is_whole(page: Page) -> bool:
    """Return whether the page holds every row at full size."""
    return room_left(page) >= 0 and all(max(heights(page, block)) <= ROW_LIMIT for block in page.blocks)


def _lines(away: tuple[Whereabout, ...]) -> str:
    return "\n".join(one.words for one in away)


def _run_in(away: tuple[Whereabout, ...]) -> str:
    """Return everybody away one behind the other, those not signed by their names alone."""
    told = [one.words for one in away if one.presence is not Presence.UNSIGNED]
    return ";".join([*told, *_unsigned(away)])


def _names(away: tuple[Whereabout, ...]) -> str:
    """Return the names alone by kind, for a page that has no room for days."""
    kinds = [
        f"{presence.label}:{'、'.join(one.display_name for one in away if one.presence is presence)}"
        for presence in Presence
        if presence is not Presence.UNSIGNED and any(one.presence is presence for one in away)
    ]
    return ";".join([*kinds, *_unsigned(away)])


def _unsigned(away: tuple[Whereabout, ...]) -> list[str]:
    names = [one.display_name for one in away if one.presence is Presence.UNSIGNED]
    return [f"未签:{'、'.join(names)}"] if names else []
