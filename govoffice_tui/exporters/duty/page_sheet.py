"""值班记录: one shift as a page of the book, and the same page blank for a night the screen stays dark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day, chinese_short_day, chinese_weekday
from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.duty.views import EntryLine, Shift, ShiftPage
from govoffice_tui.rules.duty import FIVE, ShiftState

SHEET = "值班记录"
BLANK_SHEET = "值班页"
HEADS = ("序号", "时间", "类别", "来电(文)单位\n姓名职务 电话", "内容摘要", "缓急", "报告、批示和办理结果")
COLUMNS = (9.0, 15.0, 13.0, 36.0, 49.0, 12.0, 36.0)
BLANK_LINES = 14
ROW_HEIGHT, BLANK_HEIGHT, FOOT_HEIGHT = 20.0, 31.0, 22.0
PIECE = 300
"""Characters of a text one row takes: a row can only be so high."""


def duty_pages(pages: Sequence[ShiftPage], made_at: datetime) -> list[Page]:
    """Return a sheet for the page of each shift of a day, made at an office time; what has not come is left out."""
    return [duty_page(page, made_at) for page in _begun(pages)]


def duty_digests(pages: Sequence[ShiftPage]) -> str:
    """Return the SHA-256 in hex of everything the pages of a day show."""
    return sha256("".join(duty_digest(page) for page in _begun(pages)).encode()).hexdigest()


def _begun(pages: Sequence[ShiftPage]) -> list[ShiftPage]:
    """Return the first page of a day and those of its other shifts that were taken over, are on or over."""
    return [
        page
        for place, page in enumerate(pages)
        if place == 0 or page.shift is not None or page.is_current or page.is_over
    ]


def duty_page(page: ShiftPage, made_at: datetime) -> Page:
    """Return the printed page of one shift: its head, its lines in the order of their numbers, its hand-over."""
    blocks: list[Block] = [(row,) for line in page.lines for row in _line_rows(line, page)]
    if not blocks:
        words = "本班无重要事项。" if page.shift is not None and page.shift.is_quiet else "本班没有登记。"
        blocks = [(Row((Cell(words, Look.MIDDLE, len(COLUMNS)),), ROW_HEIGHT),)]
    return Page(
        sheet=f"{SHEET}{page.hours.part}",
        title=f"{page.office_name}{SHEET}{_suffix(page)}",
        subline=f"{chinese_day(page.day)} {chinese_weekday(page.day)} {page.day_title}    {_hours(page)}",
        columns=COLUMNS,
        header=(*_head(page), Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 32)),
        blocks=(*blocks, _foot(page)),
        notes=_notes(page),
        running_foot=f"{SHEET} {chinese_day(page.day)}",
        made_foot=made_words(made_at),
    )


def blank_duty_page(page: ShiftPage, made_at: datetime, sheet: str = BLANK_SHEET) -> Page:
    """Return the blank page of a shift: what is written on it is entered afterwards (补登)."""
    lines: list[Block] = [
        (Row((Cell(number, Look.NUMBER), *(Cell("") for _ in COLUMNS[1:])), BLANK_HEIGHT),)
        for number in range(1, BLANK_LINES + 1)
    ]
    foot = (
        _whole("未结事项移交:                                接收人签字:", FOOT_HEIGHT),
        _whole(
            f"五项({'、'.join(FIVE)}):齐 / 缺______\n"
            "交班人签字:______________    接班人签字:______________    时间:__________",
            FOOT_HEIGHT,
        ),
        _whole("改用纸质原因__________________    决定人__________    补登人__________  第____页", FOOT_HEIGHT),
    )
    return Page(
        sheet=sheet,
        title=f"{page.office_name}{SHEET}",
        subline=f"{chinese_day(page.day)} {chinese_weekday(page.day)} {page.day_title}    {_hours(page)}",
        columns=COLUMNS,
        header=(
            _whole("带班领导:          值班员:              通讯员:          天气:        接班时间:", FOOT_HEIGHT),
            Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 32),
        ),
        blocks=(*lines, foot),
        notes=("注:涉密件不在本页写单位、标题和内容,只写“涉密件1份,见机要登记簿第__册第__页”。",),
        running_foot=f"空白{SHEET} {chinese_day(page.day)}",
        made_foot=made_words(made_at),
    )


def duty_digest(page: ShiftPage) -> str:
    """Return the SHA-256 in hex of everything the page shows, but not of when or how it was set."""
    shown = [page.office_name, page.day.isoformat(), _hours(page), _suffix(page)]
    shown += [text for row in (*_head(page), *_foot(page)) for text in _texts(row)]
    shown += [text for line in page.lines for row in _line_rows(line, page) for text in _texts(row)]
    shown += _notes(page)
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _texts(row: Row) -> list[str]:
    return [str(cell.value) for cell in row.cells if cell is not None]


def _suffix(page: ShiftPage) -> str:
    if page.is_blank:
        return "(空白班)"
    return "(未交班)" if page.shift is None or page.shift.state is ShiftState.OPEN else ""


def _hours(page: ShiftPage) -> str:
    return page.hours.words.partition("日")[2]


def _whole(text: str, height: float) -> Row:
    return Row((Cell(text, Look.TEXT, len(COLUMNS)),), height)


def _head(page: ShiftPage) -> Block:
    shift = page.shift
    if shift is None:
        return (_whole(f"没有人接班{f':{page.blank_reason}' if page.blank_reason else ''}", FOOT_HEIGHT),)
    first = [
        f"带班领导:{shift.name(shift.leader) or '______'}",
        f"值班员:{shift.officer_names}",
        f"通讯员:{shift.name(shift.messenger) or '______'}",
        f"天气:{shift.weather}" if shift.weather else "",
        f"接班:{_moment(page, shift.took_at)}{'(单方接班)' if shift.is_one_sided else ''}",
        f"编号:{shift.number}",
    ]
    further = [change.told for change in shift.changes] + [absence.told for absence in page.absences]
    rows = [_whole(joined(first, "    "), FOOT_HEIGHT)]
    if further or page.uncovered:
        gap = f"无人在岗{page.uncovered}分钟" if page.uncovered else ""
        rows.append(_whole(joined([*further, gap], ";"), FOOT_HEIGHT))
    return tuple(rows)


def _moment(page: ShiftPage, at: datetime) -> str:
    """Return a time as the page writes it, with its day where that is not the day of the page."""
    clock = f"{at.hour}:{at.minute:02d}"
    return clock if at.date() == page.day else f"{chinese_short_day(at.date())} {clock}"


def _line_rows(line: EntryLine, page: ShiftPage) -> list[Row]:
    details = line.details
    who = joined([details.unit, details.caller, details.phone], "\n")
    if line.answered_name:
        who = joined([who, f"{line.answered_name}接"], "\n")
    fax = joined([line.fax_words, details.grade, f"{details.pages}页" if details.pages else ""], " ")
    what = joined([fax, line.words], "\n")
    told = f"报{line.reported_to}{f' {_moment(page, line.reported_at)}' if line.reported_at else ''}"
    done = f"{line.result}({_moment(page, line.done_at)})" if line.done_at else line.result
    handled = joined(
        [
            told if line.reported_to else "",
            f"批示:{line.instruction}" if line.instruction else "",
            *(stage.told for stage in line.stages),
            line.handing.told if line.handing else "",
            done,
            f"补记 {_moment(page, line.entered_at)}" if line.is_backfilled else "",
            line.late_reason,
        ],
        "\n",
    )
    number = str(line.place) + ("(划去)" if line.is_struck else "(更)" if line.revision > 1 else "")
    if line.is_struck:
        handled = joined([f"已划去:{line.struck_reason}", handled], "\n")
    moment = _moment(page, line.happened_at).replace(" ", "\n")
    state = line.urgency.label if line.urgency else line.state.label
    pieces = max(1, -(-len(what) // PIECE), -(-len(handled) // PIECE))
    rows = []
    for place in range(pieces):
        is_first = place == 0
        cut = slice(place * PIECE, (place + 1) * PIECE)
        cells = (
            Cell(number if is_first else "(续)", Look.MIDDLE),
            Cell(moment if is_first else "", Look.MIDDLE),
            Cell(line.kind.label if is_first else "", Look.MIDDLE),
            Cell(who if is_first else "", Look.TEXT),
            Cell(what[cut], Look.TEXT),
            Cell(state if is_first else "", Look.MIDDLE),
            Cell(handled[cut], Look.TEXT),
        )
        rows.append(Row(cells, ROW_HEIGHT))
    return rows


def _foot(page: ShiftPage) -> Block:
    shift = page.shift
    if shift is None:
        return (_whole("交班:________    接班:________", FOOT_HEIGHT),)
    return (
        _whole(f"未结{page.unsettled}件    五项({'、'.join(FIVE)}):{_five(shift)}", FOOT_HEIGHT),
        _whole(_hand_over_words(page, shift), FOOT_HEIGHT),
        _whole(_signature(shift), FOOT_HEIGHT + 6),
    )


def _five(shift: Shift) -> str:
    if shift.state is not ShiftState.HANDED_OVER:
        return "______"
    return f"缺{shift.five_missing}" if shift.five_missing else "齐"


def _hand_over_words(page: ShiftPage, shift: Shift) -> str:
    if shift.state is ShiftState.ONE_SIDED:
        return f"没有交班,{shift.name(shift.incoming)}单方接班"
    if shift.handed_at is None:
        return "交班人签字:________    接班人签字:________    交班时间:________"
    last = "、".join(shift.name(one) for one in shift.present)
    words = f"交班:{last}    接班:{shift.name(shift.incoming)}    {_moment(page, shift.handed_at)}"
    return joined([words, f"核对码 {shift.code_words}", shift.hand_over_words], "    ")


def _signature(shift: Shift) -> str:
    if shift.signed_by is None or shift.signed_day is None:
        return "带班领导签阅:________________          年   月   日"
    page = f"(纸质第{shift.sign_paper_page}页)" if shift.sign_paper_page else ""
    return f"带班领导签阅:{shift.name(shift.signed_by)} {chinese_day(shift.signed_day)}{page}"


def _notes(page: ShiftPage) -> tuple[str, ...]:
    shift = page.shift
    words = [part for part in ((shift.late_reason, shift.remark) if shift else ()) if part]
    return tuple(f"注:{word}" for word in words)
