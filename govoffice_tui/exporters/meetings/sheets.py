"""The papers of one meeting: 会议签到表 to be signed, and the list of who comes, stands in and is excused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.meetings.views import AttendeeLine, MeetingPage, NoticeLine
from govoffice_tui.rules.meetings.parts import Mark, Reply

SIGN_TITLE, LISTS_TITLE = "会议签到表", "参会情况名单"
SIGN_HEADS = ("序号", "单位", "姓名", "职务", "签名", "备注")
SIGN_COLUMNS = (11.0, 42.0, 26.0, 32.0, 32.0, 27.0)
LIST_HEADS = ("序号", "单位", "参会人", "替谁、事由、同意人", "联系时间")
LIST_COLUMNS = (11.0, 42.0, 41.0, 46.0, 30.0)
SIGN_HEIGHT, LIST_HEIGHT = 26.0, 20.0
SPARE_LINES = 5
"""Blank lines for visitors nobody announced."""

SHEET_LINES = 20
"""Lines a sheet has at least: they fill one printed page, for a meeting whose people sign without a list."""

GROUPS = (
    (Reply.COMING, "参会"),
    (Reply.SUBSTITUTE, "替会"),
    (Reply.EXCUSED, "请假"),
    (None, "未回执"),
)


def sign_pages(page: MeetingPage, made_at: datetime) -> list[Page]:
    """Return the sheet people sign at the door, by unit in the order they were asked, with blank lines at the end."""
    blocks: list[Block] = [(_row(cells, _SIGN_LOOKS, SIGN_HEIGHT),) for cells in _sign_rows(page)]
    return [
        Page(
            sheet=SIGN_TITLE,
            title=SIGN_TITLE,
            subline=page.line.name,
            columns=SIGN_COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in SIGN_HEADS), 24),),
            blocks=tuple(blocks),
            lead=_head(page),
            notes=("注:替会的写“替×××”;没有列名的单位和列席人员签在后面空行。",),
            signatures=("会务:", "核对:"),
            running_foot=f"{SIGN_TITLE} {page.line.number}",
            made_foot=made_words(made_at),
        )
    ]


def sign_digest(page: MeetingPage) -> str:
    """Return the SHA-256 in hex of everything the sheet shows."""
    return _digest([_head(page), page.line.name, [list(cells) for cells in _sign_rows(page)]])


def list_pages(page: MeetingPage, made_at: datetime) -> list[Page]:
    """Return who comes, who stands in, who is excused and who has not answered, for whoever takes the chair."""
    blocks: list[Block] = []
    for title, cells in _groups(page):
        head = Row((Cell(title, Look.TOTAL, len(LIST_COLUMNS)),), LIST_HEIGHT)
        rows = [_row(one, _LIST_LOOKS, LIST_HEIGHT) for one in cells]
        blocks.append((head, *rows[:1]))
        blocks += [(row,) for row in rows[1:]]
    if not blocks:
        blocks = [(Row((Cell("还没有通知单位。", Look.MIDDLE, len(LIST_COLUMNS)),), LIST_HEIGHT),)]
    return [
        Page(
            sheet=LISTS_TITLE,
            title=LISTS_TITLE,
            subline=page.line.name,
            columns=LIST_COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in LIST_HEADS), 22),),
            blocks=tuple(blocks),
            lead=_head(page),
            signatures=("制表:", "核对:"),
            running_foot=f"{LISTS_TITLE} {page.line.number}",
            made_foot=made_words(made_at),
        )
    ]


def list_digest(page: MeetingPage) -> str:
    """Return the SHA-256 in hex of everything the list shows."""
    return _digest(
        [_head(page), page.line.name, [[title, [list(one) for one in cells]] for title, cells in _groups(page)]]
    )


def _head(page: MeetingPage) -> tuple[str, ...]:
    line = page.line
    return (
        f"时间:{line.day.year}年{line.when}    地点:{line.place}    主持人:{line.chair}",
        f"组织承办:{line.organisers}    编号:{line.number}",
    )


_SIGN_LOOKS = (Look.NUMBER, Look.TEXT, Look.MIDDLE, Look.MIDDLE, Look.MIDDLE, Look.MIDDLE)
_LIST_LOOKS = (Look.NUMBER, Look.TEXT, Look.TEXT, Look.TEXT, Look.MIDDLE)


def _sign_rows(page: MeetingPage) -> list[tuple[str | int, ...]]:
    replies = {notice.unit: notice.reply for notice in page.notices}
    rows: list[tuple[str | int, ...]] = []
    for one in page.attendees:
        remark = _sign_remark(one, None if one.is_visitor else replies.get(one.unit))
        rows.append((len(rows) + 1, one.unit, one.name, one.position, "", remark))
    return rows + [("", "", "", "", "", "")] * max(SPARE_LINES, SHEET_LINES - len(rows))


def _sign_remark(one: AttendeeLine, reply: Reply | None) -> str:
    """Return what stands beside a name: for whom somebody stands in, and what the day showed."""
    shown = ""
    if one.mark in (Mark.ABSENT, Mark.EXCUSED) or (one.mark is None and reply is Reply.EXCUSED):
        shown = (one.mark or Mark.EXCUSED).label
    elif one.mark is Mark.LATE:
        shown = f"迟到{one.arrived:%-H:%M}" if one.arrived is not None else "迟到"
    return joined((f"替{one.stands_for}" if one.stands_for else "", "列席" if one.is_visitor else "", shown), ";")


def _groups(page: MeetingPage) -> list[tuple[str, list[tuple[str | int, ...]]]]:
    """Return the units by answer, each group headed by its count; a unit not reached has not answered."""
    found = []
    for reply, title in GROUPS:
        mine = [one for one in page.notices if _group(one) is reply]
        if mine:
            cells = [_list_cells(place, one) for place, one in enumerate(mine, 1)]
            found.append((f"{title}({len(mine)}个单位 {sum(len(one.people) for one in mine)}人)", cells))
    return found


def _group(one: NoticeLine) -> Reply | None:
    return None if one.is_open else one.reply


def _list_cells(place: int, one: NoticeLine) -> tuple[str | int, ...]:
    stands_for = "、".join(f"替{person.stands_for}" for person in one.people if person.stands_for)
    agreed = f"{one.approved_by}同意" if one.approved_by else ""
    unreached = "未接通" if one.reply is Reply.UNREACHED else ("改期后未再通知" if one.is_stale else "")
    when = f"{one.replied.month}月{one.replied.day}日{one.replied:%-H:%M}" if one.replied is not None else ""
    return (place, one.unit, one.names, joined((stands_for, one.remark, agreed, unreached), ";"), when)


def _row(values: Sequence[str | int], looks: Sequence[Look], height: float) -> Row:
    return Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), height)


def _digest(shown: object) -> str:
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()
