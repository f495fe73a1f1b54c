"""签到表, the day's book on paper: who signed when in both sessions, and the keeper's line under it."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.clock import chinese_day, chinese_time, chinese_weekday
from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.attendance.views import Board, BoardLine, DaySheet, PresenceCheck, Sheet, WithoutBook
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.sign_sheets import LATE_ENTRY

SHEET = "签到表"
HEADS = ("序号", "姓名", "股室", "上午签到", "时间", "下午签到", "时间", "备注")
COLUMNS = (10.0, 24.0, 28.0, 18.0, 15.0, 18.0, 15.0, 42.0)
ROW_HEIGHT = 18.0
SIGNED_MARK = "√"
NOT_HELD = "不设签到"


def day_page(sheet: DaySheet, made_at: datetime) -> Page:
    """Return the printed book of one day, everybody in rank order."""
    boards = {half: board for half, board in zip(Half, (sheet.morning, sheet.afternoon), strict=True) if board}
    people = {line.person.id: line for board in boards.values() for line in board.lines}
    lines = {half: {line.person.id: line for line in board.lines} for half, board in boards.items()}
    blocks: list[Block] = [
        (_person_row(number, line, {half: lines[half].get(person) for half in lines}),)
        for number, (person, line) in enumerate(people.items(), 1)
    ]
    if not blocks:
        blocks = [(Row((Cell(f"本日{sheet.day_title},{NOT_HELD}。", Look.MIDDLE, len(COLUMNS)),), ROW_HEIGHT),)]
    return Page(
        sheet=SHEET,
        title=f"{sheet.office_name}{SHEET}",
        subline=f"{chinese_day(sheet.day)} {chinese_weekday(sheet.day)} {sheet.day_title}",
        columns=COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 20),),
        blocks=tuple(blocks),
        notes=(
            *(line for half in Half for line in _foot_lines(half, boards.get(half))),
            *(_check_line(half, board.presence_check) for half, board in boards.items() if board.presence_check),
        ),
        frozen_columns=2,
        running_foot=f"{SHEET} {chinese_day(sheet.day)}",
        made_foot=made_words(made_at),
    )


def _person_row(number: int, line: BoardLine, halves: dict[Half, BoardLine | None]) -> Row:
    cells = [
        Cell(number, Look.NUMBER),
        Cell(line.display_name, Look.MIDDLE),
        Cell(line.person.section, Look.MIDDLE),
    ]
    for half in Half:
        mine = halves.get(half)
        cells.append(Cell(_mark(mine) if half in halves else NOT_HELD, Look.MARK, is_shaded=half not in halves))
        cells.append(Cell(mine.time_words if mine else "", Look.MARK, is_shaded=half not in halves))
    remarks = [_remark(half, mine) for half, mine in halves.items() if mine]
    return Row((*cells, Cell(joined(remarks, ";"), Look.TEXT)), ROW_HEIGHT)


def _mark(line: BoardLine | None) -> str:
    if line is None:
        return HalfStatus.OFF_ROSTER.label
    return SIGNED_MARK if line.status is HalfStatus.SIGNED else line.status.label


def _remark(half: Half, line: BoardLine) -> str:
    """Return 上午迟到,8:40到岗;上午补录;上午划销08:03 点错."""
    arrived = line.arrived_at if line.arrival_kind is ArrivalKind.LATE else None
    late = f"{half.label}迟到,{chinese_time(arrived.time())}到岗" if arrived else ""
    gone = f"{half.label}{chinese_time(line.left_early_at.time())}早退" if line.left_early_at else ""
    typed = f"{half.label}{LATE_ENTRY}" if line.is_late_entry else ""
    return joined([late, gone, typed, *(f"{half.label}划销 {struck}" for struck in line.struck)], ";")


def _foot_lines(half: Half, board: Board | None) -> list[str]:
    """Return the keeper's line of a session; one more for each place, and what is said of a paper sheet."""
    line = _foot_line(half, board)
    sheets = board.sheets if board else ()
    if len(sheets) < 2:
        return [joined([line, *(_paper_words(sheet) for sheet in sheets)], " ")]
    return [line, *(_sheet_line(half, sheet) for sheet in sheets)]


def _sheet_line(half: Half, sheet: Sheet) -> str:
    """Return 上午 老楼 8:15收存 应到20 实到19 收存人 吴桂芳 纸质:停电,分管副主任钱峰定 第12页 录入已核对."""
    if sheet.collected_at is None:
        words = f"{half.label} {sheet.point} 未收存 收存人________"
    else:
        signed = "____" if sheet.signed is None else sheet.signed
        at = chinese_time(sheet.collected_at.time())
        words = f"{half.label} {sheet.point} {at}收存 应到{sheet.expected} 实到{signed} 收存人 {sheet.collected_by}"
    return joined([words, _paper_words(sheet)], " ")


def _paper_words(sheet: Sheet) -> str:
    early = f"提前收存:{sheet.early_reason}" if sheet.early_reason else ""
    return joined([sheet.paper_words, sheet.page_words, sheet.transcription_words, early], " ")


def _foot_line(half: Half, board: Board | None) -> str:
    """Return the keeper's line: 上午 8:15收存 应到56 实到53 收存人 周小萍 核对码 123-7f3a91c2."""
    if board is None:
        return f"{half.label} {NOT_HELD}"
    book = board.collected
    if board.without_book:
        return f"{half.label} {no_book_words(board.without_book)}"
    if book is None:
        return f"{half.label} 未收存 应到{board.expected} 实到{board.signed} 收存人________"
    words = (
        f"{half.label} {chinese_time(book.at.time())}收存 应到{book.expected} 实到{book.signed}"
        f" 收存人 {book.by} 核对码 {book.code_words}"
    )
    return words + (f" 提前收存:{book.early_reason}" if book.early_reason else "")


def no_book_words(book: WithoutBook) -> str:
    """Return 未设簿:停电 决定:全体视同出勤 钱峰 书面第3页."""
    if book.decision is None:
        return f"未设簿:{book.reason} 决定________ 分管副主任________"
    return f"未设簿:{book.reason} 决定:{book.decision.label} {book.decided_by} 书面{book.paper_page}"


def _check_line(half: Half, check: PresenceCheck) -> str:
    """Return 上午抽查到岗 8:20 钱峰:张三 见到、李四 未见到."""
    found = "、".join(f"{one.name} {one.seen.label if one.seen else '____'}" for one in check.people)
    return f"{half.label}抽查到岗 {chinese_time(check.drawn_at.time())} {check.inspector}:{found}"
