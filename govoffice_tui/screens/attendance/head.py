"""What stands over the board of a session and in its cells, from the page that was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from govoffice_tui.clock import chinese_short_day, chinese_time
from govoffice_tui.registers.attendance.views import Board, BoardLine, Sheet, WithoutBook
from govoffice_tui.rules.attendance import SessionState
from govoffice_tui.rules.half_days import ATTENDED, LEAVES, HalfStatus
from govoffice_tui.widgets.people_board import Cell

URGENT = 300
"""Seconds before the cut-off from which the countdown is red."""

_WORDS = {
    HalfStatus.NOT_DUE: ("未签", "bold"),
    HalfStatus.NO_BOOK: ("未设簿", "$due"),
    HalfStatus.PENDING: ("缺签", "bold $late"),
    HalfStatus.LATE: ("迟到", "$due"),
    HalfStatus.DEEMED: ("视同", "$done"),
    HalfStatus.ABSENT: ("旷工", "bold $late"),
    HalfStatus.OUT: ("公出", "$chosen"),
    **dict.fromkeys(LEAVES, ("请假", "$chosen")),
    HalfStatus.COMPENSATORY: ("补休", "$chosen"),
    HalfStatus.EXEMPT: ("免签", "$faint"),
    HalfStatus.SECONDED: ("借出", "$faint"),
    HalfStatus.REST: ("休息", "$faint"),
    HalfStatus.OFF_ROSTER: ("不在册", "$faint"),
}


def seconds_left(page: Board, now: datetime) -> int:
    """Return the seconds until the cut-off, negative after it."""
    return int((page.hours.cutoff - now).total_seconds())


def head_of(page: Board, now: datetime) -> Content:
    """Return the line over the board: which session, how long it is open, 应到 已签 未签."""
    is_today = page.day == now.date()
    title = f"{page.half.label}签到" if is_today else f"{chinese_short_day(page.day)} {page.half.label}签到"
    parts = [Content.styled(title, "bold $chosen")]
    if not is_today:
        parts.append(Content(f"  {page.day_title}"))
    cutoff = chinese_time(page.hours.cutoff.time())
    left = seconds_left(page, now)
    if not page.is_work:
        parts.append(Content(f"   {page.day_title},不设签到" if is_today else "   不设签到"))
    elif page.collected is None and is_today and now < page.hours.opens:
        parts.append(Content(f"   {chinese_time(page.hours.opens.time())} 开始,{cutoff} 收存"))
    elif page.collected is None and page.without_book is None and left >= 0:
        words = f"   {cutoff} 收存,还有 {left // 60}分{left % 60:02d}秒"
        parts.append(Content.styled(words, "bold $late" if left <= URGENT else ""))
    if page.is_work:
        missing = len(page.missing)
        parts += [
            Content(f"     应到 {page.expected}   "),
            Content.styled(f"已签 {page.signed}", "$done"),
            Content("   "),
            Content.styled(f"{_missing_word(page)} {missing}", "bold" if missing else ""),
        ]
        parts += [
            Content(f"   {word} {count}")
            for word, count in (("视同", page.deemed), ("请假", page.on_leave), ("公出", page.out))
            if count
        ]
        if page.has_points and page.out_sheets:
            parts.append(Content(f"   未收存 {'、'.join(sheet.point for sheet in page.out_sheets)}"))
    return Content.assemble(*parts)


def band_of(page: Board, now: datetime) -> tuple[str, bool]:
    """Return the words of the band under the head and whether they are an alert; no words, no band."""
    words, is_alert = _band_of_session(page, now)
    if not page.sheets or not page.is_work:
        return words, is_alert
    return "\n".join(line for line in (words, *_sheet_lines(page)) if line), is_alert


def _sheet_lines(page: Board) -> list[str]:
    """Return what the band says of each sheet: its place, whether it is out, and why it is paper."""
    lines = []
    for sheet in page.sheets:
        taken = ""
        if page.has_points:
            taken = "未收存" if sheet.collected_at is None else f"{sheet.collected_at:%-H:%M}收存 {sheet.collected_by}"
        early = f"提前收存:{sheet.early_reason}" if sheet.early_reason else ""
        paper = (sheet.paper_words, sheet.page_words, sheet.transcription_words)
        lines.append("  ".join(part for part in (sheet.point, taken, *paper, early) if part))
    return lines


def _missing_word(page: Board) -> str:
    """Return what those are called whom the book does not name: nobody is missing from a sheet nobody has typed."""
    if page.unread:
        return "未录"
    return "缺签" if page.is_closed else "未签"


def _band_of_session(page: Board, now: datetime) -> tuple[str, bool]:
    book, check = page.collected, page.presence_check
    if page.without_book is not None:
        return _no_book_words(page.without_book), page.without_book.decision is None
    if book is not None:
        early = f"  提前收存:{book.early_reason}" if book.early_reason else ""
        words = f"{page.half.label} {book.at:%-H:%M}收存  应到{book.expected} 实到{book.signed}  收存人 {book.by}"
        waiting = f"  抽查到岗还有{check.unanswered}人没有结果(F5)" if check and check.unanswered else ""
        return f"{words}  核对码 {book.code_words}{early}{waiting}", False
    if page.state is SessionState.HALTED:
        return f"{page.halted_reason},签到已停。请签到管理人核对时间,F5 继续签到,F6 收存。", True
    if page.is_work and now > page.hours.cutoff:
        what = "按 F6 收存" if page.is_on_screen else "收存纸质签到簿,按 F6 登记收存并录入"
        return f"已到收存时间,不再签到。请签到管理人{what}。", True
    if page.is_work and page.sheets and not page.is_on_screen:
        return "请在纸质签到簿上签,收存后按 F6 录入。", False
    return "", False


def _no_book_words(book: WithoutBook) -> str:
    """Return why there was no book and what was decided, or whom it waits for."""
    if book.decision is None:
        return f"{book.number} 未设簿:{book.reason}。等分管副主任书面决定,有了决定按 F5 登记。"
    ruled = f"{book.ruled_at:%-m月%-d日}" if book.ruled_at else ""
    return f"未设簿:{book.reason}  {ruled}决定:{book.decision.label}  {book.decided_by} 书面{book.paper_page}"


def cell_of(line: BoardLine, unread: Sequence[Sheet] = ()) -> Cell:
    """Return how one person stands on the board; whose paper sheet nobody has typed is 未录."""
    if line.left_early_at is not None and line.status is not HalfStatus.OUT and line.status in ATTENDED:
        word, style = f"早退{line.left_early_at:%H:%M}", "$late"
    elif line.status is HalfStatus.SIGNED and line.signed_at is not None:
        word, style = line.time_words, "$done"
    elif line.status is HalfStatus.LATE and line.arrived_at is not None:
        word, style = f"迟{line.arrived_at:%H:%M}", "$due"
    elif line.status is HalfStatus.NOT_DUE and any(sheet.point == line.point for sheet in unread):
        word, style = "未录", "$faint"
    else:
        word, style = _WORDS[line.status]
    return Cell(line.person.id, line.person.section or "未分股室", line.person.name, word, style)
