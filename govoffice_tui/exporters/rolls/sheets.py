"""What the forms of 集中学习 and 大扫除 share: the roll of one session on paper, notes, and the digest of a month."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day, chinese_short_day, chinese_time, chinese_weekday
from govoffice_tui.exporters.page import SMALL_POINTS, Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers import settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls.pages import page, roster
from govoffice_tui.registers.rolls.views import PersonLine, RollMonth, RollPage
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.rolls import Book, MarkKind, RollState, Tally, span_on

PAPER_MARKS = {
    MarkKind.PRESENT: "√",
    MarkKind.LATE: "迟",
    MarkKind.LEAVE: "假",
    MarkKind.OUT: "公",
    MarkKind.ABSENT: "缺",
    MarkKind.EARLY: "退",
}
LEGEND = "符号:√ 到  迟 迟到  退 早退  假 请假  公 公出  缺 缺席  － 不在册。"
RATE_NOTE = "出勤率=实到÷应到;实到含迟到、早退。"
SHEET = "点名表"
SHEET_HEADS = ("序号", "姓名", "股室", "到场", "告知、事由")
SHEET_COLUMNS = (8.0, 28.0, 21.0, 10.0, 18.0) * 2
ROW_HEIGHT = 17.0
BLANK_LINE = "______________________"


@dataclass(frozen=True)
class SheetLine:
    """One person of a roll on paper: a mark and words, both empty on a blank one."""

    person: Person
    name: str
    mark: str = ""
    words: str = ""


def month_suffix(revision: int) -> str:
    """Return what stands behind the title of a month not sealed, or sealed again."""
    if revision == 0:
        return "(未定稿)"
    return f"(更正,第{revision}版)" if revision > 1 else ""


def period_of(month: RollMonth) -> str:
    """Return 2026年10月."""
    return f"{month.month[:4]}年{int(month.month[5:])}月"


def month_notes(month: RollMonth, *lines: str) -> tuple[str, ...]:
    """Return the notes under a month's table: the legend, what was decided and corrected, what is missing."""
    missing = ";".join(str(problem) for problem in month.shortfalls)
    draft = f"未定稿,尚缺:{missing}。" if month.revision == 0 and missing else ""
    numbered = [*lines, *month.notes, draft]
    return tuple(f"注:{words}" if place == 0 else words for place, words in enumerate(filter(None, numbered)))


def month_digest(month: RollMonth) -> str:
    """Return the SHA-256 in hex of everything a month's sheets show, but not of when or how they were set."""
    sessions = [
        [
            one.session.day.isoformat(),
            one.session.span.starts.isoformat(),
            one.session.state.value,
            one.session.number,
            list(one.session.topic.values().values()),
            one.session.entered_by,
            list(one.missing),
            list(one.late),
        ]
        for one in month.sessions
    ]
    people = [
        [
            one.display_name,
            one.person.section,
            one.person.category.is_apart,
            {day.isoformat(): kind.value for day, kind in one.kinds.items()},
            one.made_up,
        ]
        for one in month.people
    ]
    trainings = [
        [one.number, one.first.isoformat(), one.last.isoformat(), one.course, one.organiser, one.hours, one.remark]
        + [name for _, name in one.people]
        for one in month.trainings
    ]
    year = [[one.display_name, one.courses, one.half_hours] for one in month.year]
    shown = {
        "office": month.office_name,
        "month": month.month,
        "revision": month.revision,
        "sessions": sessions,
        "people": people,
        "trainings": trainings,
        "year": year,
        "notes": list(month.notes),
        "shortfalls": [str(problem) for problem in month.shortfalls],
    }
    return _digest(shown)


def sheet_digest(roll: RollPage) -> str:
    """Return the SHA-256 in hex of everything the roll of one session shows."""
    session = roll.session
    assert session is not None
    lines = [[one.name, one.person.section, one.mark, one.words] for one in _lines(roll)]
    topic = list(session.topic.values().values())
    return _digest([roll.office_name, roll.day.isoformat(), session.state.value, session.number, topic, lines])


def sheet_page(roll: RollPage, made_at: datetime) -> Page:
    """Return the roll of one session: filled in once it was taken, else to be called on paper."""
    session, book = roll.session, roll.book
    assert session is not None
    topic = session.topic
    said = [
        f"{book.subject_label}:{topic.subject or BLANK_LINE}",
        f"{book.led_label}:{topic.led_by or '__________'}",
    ]
    if book.needs_director:
        said.insert(1, f"形式:{topic.form or '__________'}")
        said.insert(2, f"主讲:{topic.speaker or '__________'}")
        said.append(f"地点:{topic.place or '__________'}")
    counts = roll.counts if session.state.is_held else None
    number = f"{session.number}  " if session.number else ""
    when = f"{session.span.starts:%-H:%M}到{session.span.ends:%-H:%M}"
    return _sheet(book, roll.office_name, roll.day, when, number, said, _lines(roll), counts, made_at)


def blank_sheet(office: Office, book: Book, day: date, made_at: datetime) -> Page:
    """Return an empty roll with the names of a day, to be called on paper whatever the calendar says."""
    rules = settings.on(office, day)
    people = roster(office, day)
    names = display_names(people)
    span = span_on(book, day, rules)
    said = [f"{book.subject_label}:{BLANK_LINE}", f"{book.led_label}:__________"]
    if book.needs_director:
        said[1:1] = ["主讲:__________"]
        said.append("地点:__________")
    lines = [SheetLine(person, names[person.id]) for person in people]
    when = f"{span.starts:%-H:%M}到{span.ends:%-H:%M}"
    return _sheet(book, rules.office_name, day, when, "", said, lines, None, made_at)


def session_page(office: Office, book: Book, day: str) -> RollPage:
    """Return the page of a day's session, which `has_session` says there is."""
    return page(office, book, date.fromisoformat(day))


def has_session(office: Office, book: Book, day: str) -> bool:
    """Return whether a day has a session that is not cancelled, so that a roll can be printed."""
    session = page(office, book, date.fromisoformat(day)).session
    return session is not None and session.state is not RollState.CANCELLED


def _sheet(
    book: Book,
    office_name: str,
    day: date,
    when: str,
    number: str,
    said: list[str],
    lines: list[SheetLine],
    counts: Tally | None,
    made_at: datetime,
) -> Page:
    half = (len(lines) + 1) // 2
    blocks: list[Block] = []
    for place in range(half):
        left, right = lines[place], lines[place + half] if place + half < len(lines) else None
        blocks.append((Row((*_cells(place + 1, left), *_cells(place + 1 + half, right)), ROW_HEIGHT),))
    if not blocks:
        blocks = [(Row((Cell("花名册还是空的。", Look.MIDDLE, len(SHEET_COLUMNS)),), ROW_HEIGHT),)]
    return Page(
        sheet=f"{book.title}{SHEET}",
        title=f"{office_name}{book.title}{SHEET}",
        subline=f"{number}{chinese_day(day)} {chinese_weekday(day)} {when}",
        columns=SHEET_COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in (*SHEET_HEADS, *SHEET_HEADS)), 22),),
        blocks=tuple(blocks),
        lead=("  ".join(said),),
        notes=(_foot(counts, len(lines)), f"注:{LEGEND}", *_rules(book)),
        signatures=("点名人:", "记录人:"),
        body_points=SMALL_POINTS,
        frozen_columns=2,
        running_foot=f"{book.title}{SHEET} {chinese_day(day)}    第____页",
        made_foot=made_words(made_at),
    )


def _cells(number: int, line: SheetLine | None) -> tuple[Cell, ...]:
    if line is None:
        return tuple(Cell("", Look.MIDDLE) for _ in SHEET_HEADS)
    return (
        Cell(number, Look.NUMBER),
        Cell(line.name, Look.MIDDLE),
        Cell(line.person.section, Look.MIDDLE),
        Cell(line.mark, Look.MARK),
        Cell(line.words, Look.TEXT),
    )


def _lines(roll: RollPage) -> list[SheetLine]:
    """Return everybody: marked once the roll was taken, before that only who told in advance."""
    assert roll.session is not None
    is_held = roll.session.state.is_held
    found = []
    for line in roll.lines:
        is_told = line.mark is not None or bool(line.suggested)
        mark = PAPER_MARKS[line.kind] if is_held or (is_told and line.kind is not MarkKind.PRESENT) else ""
        found.append(SheetLine(line.person, line.display_name, mark, _words(line)))
    return found


def _words(line: PersonLine) -> str:
    """Return what stands beside a mark: the time, who was told, who approved, a remark."""
    mark = line.mark
    if mark is None:
        return line.suggested
    told = f"{chinese_time(mark.told_at.time())}告知" if mark.told_at else ""
    came = chinese_time(mark.moment.time()) if mark.moment else ""
    approved = f"{line.approver}同意" if line.approver else ""
    made_up = f"{chinese_short_day(mark.made_up_day)}补学" if mark.made_up_day else ""
    return joined([came, told, approved, mark.remark, made_up], " ")


def figures(counts: Tally, look: Look) -> tuple[Cell, ...]:
    """Return 应到 实到 请假 公出 缺席 迟到 早退 出勤率 as cells."""
    numbers = (counts.due, counts.attended, counts.leave, counts.out, counts.absent, counts.late, counts.early)
    rate = Cell(counts.rate, Look.MARK if look is Look.NUMBER else Look.TOTAL)
    return (*(Cell(number, look) for number in numbers), rate)


def _foot(counts: Tally | None, due: int) -> str:
    if counts is None:
        return f"应到 {due}    实到 ____    请假 ____    公出 ____    缺席 ____    迟到 ____    早退 ____"
    return (
        f"应到 {counts.due}    实到 {counts.attended}    请假 {counts.leave}    公出 {counts.out}"
        f"    缺席 {counts.absent}    迟到 {counts.late}    早退 {counts.early}    出勤率 {counts.rate}%"
    )


def _rules(book: Book) -> tuple[str, ...]:
    if book.needs_director:
        return ("有事缺席须在开始前告知办公室领导或行政股,有事早退须向主任请假(学习制度第3条)。",)
    return ("缺席的写明原因(卫生制度第1条)。",)


def _digest(shown: object) -> str:
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()
