"""The attendance forms: the month's three sheets with their digest, and the day's book on paper."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.exporters.attendance.day_sheet import day_page, no_book_words
from govoffice_tui.exporters.attendance.figures import FIGURES, in_days
from govoffice_tui.exporters.attendance.grid import grid_page
from govoffice_tui.exporters.attendance.summary import summary_page
from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.attendance.views import AttendanceMonth, Board, BookNote, DaySheet, Sheet
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Problem

NOTES_SHEET = "说明"
NOTE_HEADS = ("序号", "日期", "场次", "事项", "姓名", "内容", "记录人", "记录时间")
NOTE_LOOKS = (Look.NUMBER, *[Look.MIDDLE] * 4, Look.TEXT, *[Look.MIDDLE] * 2)
NOTE_PIECE = 240
"""Characters of a remark that one row takes."""

NOTE_COLUMNS = (10.0, 19.0, 12.0, 23.0, 23.0, 42.0, 17.0, 24.0)


class Unbalanced(Exception):
    """A month whose sheet must not be written: for somebody 应出勤 is not what the books explain."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("平衡校验没有通过:" + ";".join(str(problem) for problem in problems))
        self.problems = problems


def unbalanced(month: AttendanceMonth) -> list[Problem]:
    """Return one problem, with figures in days, for each person whose 应出勤 is not the sum of what explains it."""
    return [
        Problem(
            month.display_names[one.person.id],
            f"应出勤{in_days(one.due_count)}天,实出勤{in_days(one.attended_count)}天,请假{in_days(one.leave_count)}天,"
            f"旷工{in_days(one.absent_count)}天,待核{in_days(one.pending_count)}天,相差{in_days(abs(one.imbalance))}天",
        )
        for one in month.people
        if one.imbalance
    ]


def month_pages(month: AttendanceMonth, made_at: datetime) -> list[Page]:
    """Return 月考勤汇总, 考勤月报表 and 说明 of a month, made at an office time.

    A month that is not sealed is headed 未定稿, one sealed again 更正. Raises Unbalanced where the figures of somebody
    do not come out.
    """
    problems = unbalanced(month)
    if problems:
        raise Unbalanced(problems)
    year, number = month.month.split("-")
    period = f"{year}年{int(number)}月"
    suffix = _suffix(month.revision)
    return [
        summary_page(month, made_at, suffix, period),
        grid_page(month, made_at, suffix, period),
        _notes_page(month, made_at, suffix, period),
    ]


def day_pages(sheet: DaySheet, made_at: datetime) -> list[Page]:
    """Return the one page of the day's 签到表, made at an office time."""
    return [day_page(sheet, made_at)]


def figures_digest(month: AttendanceMonth) -> str:
    """Return the SHA-256 in hex of everything the month's sheets show, but not of when or how they were set."""
    calendar = month.calendar
    people = [
        {
            "name": month.display_names[one.person.id],
            "section": one.person.section,
            "is_apart": one.person.category.is_apart,
            "halves": {status.value: f"{halves:x}" for status, halves in one.statuses.items() if halves},
            "figures": [figure.halves(one) for figure in FIGURES],
            "remarks": one.remarks,
            "forfeited": f"{one.forfeited:x}",
        }
        for one in month.people
    ]
    days = [
        [
            day.isoformat(),
            *(calendar.kind(day, half) for half in Half),
            calendar.name(day),
            calendar.is_provisional(day),
        ]
        for day in month.frame.days
    ]
    return _digest(
        {
            "office": month.office_name,
            "month": month.month,
            "revision": month.revision,
            "legend": dict(month.legend),
            "days": days,
            "work": f"{month.frame.work:x}",
            "hours": month.hours_note,
            "people": people,
            "notes": [_note_words(note) for note in month.notes],
            "shortfalls": [str(problem) for problem in month.shortfalls],
        }
    )


def day_digest(sheet: DaySheet) -> str:
    """Return the SHA-256 in hex of everything the day's sheet shows, but not of when or how it was set."""
    boards = [None if board is None else _board_words(board) for board in (sheet.morning, sheet.afternoon)]
    return _digest([sheet.office_name, sheet.day.isoformat(), sheet.day_title, boards])


def _digest(shown: object) -> str:
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _note_words(note: BookNote) -> list[str]:
    when = [note.day.isoformat(), note.half_words]
    return [*when, note.kind, note.person, note.detail, note.noted_by, note.noted_at.isoformat()]


def _board_words(board: Board) -> list[object]:
    """Return what a session prints, as texts and numbers."""
    book = board.collected
    collected = book and [book.at.isoformat(), book.by, book.expected, book.signed, book.early_reason, book.code_words]
    lines = [
        [
            line.display_name,
            line.person.section,
            line.status.value,
            line.signed_at.isoformat() if line.signed_at else "",
            line.arrival_kind.value if line.arrival_kind else "",
            line.arrived_at.isoformat() if line.arrived_at else "",
            list(line.struck),
            *([line.left_early_at.isoformat()] if line.left_early_at else ()),
        ]
        for line in board.lines
    ]
    if not board.sheets:
        return [collected, lines, *_annex_words(board)]
    typed = [[line.paper_page, line.is_untimed, line.is_late_entry] for line in board.lines]
    return [collected, lines, typed, [_sheet_words(sheet) for sheet in board.sheets], *_annex_words(board)]


def _sheet_words(sheet: Sheet) -> list[object]:
    """Return what the line of a sheet prints."""
    taken = sheet.collected_at and sheet.collected_at.isoformat()
    words = [sheet.point, sheet.paper_words, sheet.page_words, sheet.transcription_words]
    return [*words, taken, sheet.collected_by, sheet.early_reason, sheet.expected, sheet.signed]


def _annex_words(board: Board) -> list[str]:
    """Return what stands under the sheet where there is anything: a sheet without it keeps its digest."""
    book, check = board.without_book, board.presence_check
    found = [no_book_words(book)] if book else []
    if check:
        found += [check.drawn_at.isoformat(), check.inspector]
        found += [f"{one.name} {one.seen.value if one.seen else ''}" for one in check.people]
    return found


def _suffix(revision: int) -> str:
    if revision == 0:
        return "(未定稿)"
    return f"(更正,第{revision}版)" if revision > 1 else ""


def _notes_page(month: AttendanceMonth, made_at: datetime, suffix: str, period: str) -> Page:
    blocks: list[Block] = [(row,) for number, note in enumerate(month.notes, 1) for row in _note_rows(number, note)]
    if not blocks:
        words = "本月没有划销、迟到、更正、抽查或提前收存的记录。"
        blocks = [(Row((Cell(words, Look.MIDDLE, len(NOTE_COLUMNS)),), 20),)]
    return Page(
        sheet=NOTES_SHEET,
        title=f"考勤月报表说明{suffix}",
        subline=f"{month.office_name}    {period}",
        columns=NOTE_COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in NOTE_HEADS), 20),),
        blocks=tuple(blocks),
        body_points=SMALL_POINTS,
        running_foot=f"考勤月报表说明 {period}",
        made_foot=made_words(made_at),
    )


def _note_rows(number: int, note: BookNote) -> list[Row]:
    """Return the rows of one remark: a long one goes on in the next row, since a row can only be so high."""
    at = note.noted_at
    pieces = [note.detail[start : start + NOTE_PIECE] for start in range(0, len(note.detail), NOTE_PIECE)] or [""]
    day, noted = chinese_short_day(note.day), f"{chinese_short_day(at.date())} {at:%H:%M}"
    rows: list[tuple[str | int, ...]] = [
        (number, day, note.half_words, note.kind, note.person, pieces[0], note.noted_by, noted)
    ]
    rows += [(number, day, note.half_words, "(续)", note.person, piece, "", "") for piece in pieces[1:]]
    return [Row(tuple(Cell(value, look) for value, look in zip(row, NOTE_LOOKS, strict=True)), 16) for row in rows]
