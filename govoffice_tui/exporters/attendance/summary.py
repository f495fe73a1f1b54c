"""月考勤汇总, the one page the deputy signs: totals by section, and everybody with something to be said of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.exporters.attendance.figures import (
    ABSENT,
    APART,
    EARLY,
    FIGURES,
    LATE,
    LEAVES,
    OUT,
    PENDING,
    Figure,
    counted,
    due_days,
    holiday_lines,
    runs,
    sections,
)
from govoffice_tui.exporters.layout import ROW_LIMIT, heights, room_left
from govoffice_tui.exporters.page import SIGNATURES, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.attendance.views import AttendanceMonth
from govoffice_tui.rules.half_days import HalfStatus, PersonMonth, half_days

SHEET = "月考勤汇总"
SECTION_MM, FIGURE_MM = 27.2, 11.9
ROW_HEIGHT = 19.0
BODY_POINTS = 10.0
OPINION_HEIGHT, OPINION_LIMIT = 60.0, 150.0
SHORTFALLS_SHOWN = 6

EXCEPTIONS = (
    ABSENT,
    PENDING,
    LATE,
    EARLY,
    *LEAVES,
    OUT,
    Figure("借出", counted(HalfStatus.SECONDED)),
    Figure("免签", counted(HalfStatus.EXEMPT)),
)
"""What the deputy must see of a person, the gravest first."""


@dataclass(frozen=True)
class Exceptions:
    """One kind of exception with everybody it is true of: with the dates, and in brief without them."""

    title: str
    full: tuple[str, ...]
    brief: tuple[str, ...]

    def dated(self, between: str) -> Row:
        """Return the row with everybody's dates."""
        return _exception_row(self.title, between.join(self.full))

    def named(self, shown: int | None = None) -> Row:
        """Return the row with the names of the first `shown`, or of everybody, and the dates in the 附表."""
        left = 0 if shown is None else len(self.brief) - shown
        names = "、".join(self.brief[:shown])
        return _exception_row(self.title, f"{names},其余{left}人见附表" if left else f"{names}(日期见附表)")


def summary_page(month: AttendanceMonth, made_at: datetime, suffix: str, period: str) -> Page:
    """Return the deputy's page of a month; it is one page whatever happened, the rest is in the 附表."""
    bare = Page(
        sheet=SHEET,
        title=f"{month.office_name}{SHEET}{suffix}",
        subline=f"{period}    应出勤天数:{due_days(month)}天    单位:人/天/次",
        columns=(SECTION_MM, *([FIGURE_MM] * (len(FIGURES) + 1))),
        header=(
            Row(
                tuple(Cell(title, Look.HEAD) for title in ("股室", "人数", *(_head(figure) for figure in FIGURES))),
                30,
            ),
        ),
        blocks=(_totals(month),),
        lead=_lead(month),
        notes=_notes(month),
        opinion_height=OPINION_HEIGHT,
        body_points=BODY_POINTS,
        signatures=SIGNATURES,
        is_one_page=True,
        made_foot=made_words(made_at),
    )
    full = replace(bare, blocks=(*bare.blocks, _exception_rows(bare, month)))
    return replace(full, opinion_height=min(OPINION_LIMIT, OPINION_HEIGHT + max(0.0, room_left(full))))


def _head(figure: Figure) -> str:
    """Return a column's title, four characters as two lines of two."""
    return f"{figure.title[:2]}\n{figure.title[2:]}" if len(figure.title) > 3 else figure.title


def _lead(month: AttendanceMonth) -> tuple[str, ...]:
    """Return what an unsealed month still lacks."""
    if month.revision:
        return ()
    named = [str(problem) for problem in month.shortfalls]
    shown = ";".join(named[:SHORTFALLS_SHOWN])
    more = f";等{len(named)}项" if len(named) > SHORTFALLS_SHOWN else ""
    return (f"未定稿:{shown}{more}。" if named else "未定稿:本月还没有封存。",)


def _notes(month: AttendanceMonth) -> tuple[str, ...]:
    notes = [*holiday_lines(month), "每人逐日情况见附表《考勤月报表》,划销、迟到、更正记录见《说明》。"]
    return tuple(f"{'注:' if number == 1 else ''}{number}.{note}" for number, note in enumerate(notes, 1))


def _totals(month: AttendanceMonth) -> tuple[Row, ...]:
    rows = [_total_row(section.title, section.people, Look.MIDDLE, Look.NUMBER) for section in sections(month)]
    return (*rows, _total_row("合计", month.people, Look.TOTAL, Look.TOTAL_NUMBER))


def _total_row(title: str, people: Sequence[PersonMonth], words: Look, numbers: Look) -> Row:
    cells = [Cell(title, words), Cell(len(people), numbers), *(Cell(figure.of(people), numbers) for figure in FIGURES)]
    return Row(tuple(cells), ROW_HEIGHT)


def _exception_rows(page: Page, month: AttendanceMonth) -> tuple[Row, ...]:
    """Return the exceptions as fully as the page has room for: a line a person, dates, names, or the 附表."""
    heading = Row((Cell("需说明人员及日期", Look.HEAD, across=len(page.columns)),), ROW_HEIGHT)
    found = exceptions(month)
    if not found:
        return (heading, _exception_row("", "本月无迟到、早退、请假、旷工、待核。"))
    room = room_left(page) - _high(page, heading)
    rows = [kind.dated("\n") for kind in found]
    if _high(page, *rows) <= room:
        return (heading, *rows)
    rows = [kind.named() for kind in found]
    if _high(page, *rows) > room:
        return (heading, *_cut(page, found, room))
    for place, kind in enumerate(found):
        dated = [*rows[:place], kind.dated(";"), *rows[place + 1 :]]
        rows = dated if _high(page, *dated) <= room else rows
    return (heading, *rows)


def _cut(page: Page, found: Sequence[Exceptions], room: float) -> list[Row]:
    """Return the names there is room for, and a last row that counts who is only in the 附表."""
    rows: list[Row] = []
    rest: list[str] = []
    room -= _high(page, _rest_row([f"{kind.title}{len(kind.brief)}人" for kind in found]))
    for kind in found:
        shown = next((n for n in range(len(kind.brief), 0, -1) if _high(page, kind.named(n)) <= room), 0)
        if shown:
            rows.append(kind.named(shown))
            room -= _high(page, rows[-1])
        else:
            rest.append(f"{kind.title}{len(kind.brief)}人")
    return [*rows, _rest_row(rest)] if rest else rows


def _rest_row(kinds: Sequence[str]) -> Row:
    return _exception_row("其余", f"{'、'.join(kinds)},见附表")


def _high(page: Page, *rows: Row) -> float:
    """Return the points of height some rows take together, without end where one of them cannot be so high."""
    high = heights(page, rows)
    return inf if max(high) > ROW_LIMIT else sum(high)


def _exception_row(title: str, text: str) -> Row:
    """Return a row of one kind: its name, and the people."""
    return Row((Cell(title, Look.HEAD), Cell(text, Look.TEXT, across=len(FIGURES) + 1)), ROW_HEIGHT)


def exceptions(month: AttendanceMonth) -> list[Exceptions]:
    """Return everybody with an exception by kind, the gravest kind first, 编外 apart at the end."""
    found = _by_kind(month, [one for one in month.people if not one.person.category.is_apart])
    apart = _by_kind(month, [one for one in month.people if one.person.category.is_apart])
    if not apart:
        return found
    full = tuple(f"{kind.title} {'、'.join(kind.full)}" for kind in apart)
    brief = tuple(f"{kind.title} {'、'.join(kind.brief)}" for kind in apart)
    return [*found, Exceptions(APART, full, brief)]


def _by_kind(month: AttendanceMonth, people: Sequence[PersonMonth]) -> list[Exceptions]:
    found = []
    for kind in EXCEPTIONS:
        entries = [_entry(month, one, kind) for one in people if kind.places(one)]
        if entries:
            full, brief = zip(*entries, strict=True)
            found.append(Exceptions(kind.title.removesuffix("次数"), full, brief))
    changes = tuple(f"{month.display_names[one.person.id]} {'、'.join(one.remarks)}" for one in people if one.remarks)
    return [*found, Exceptions("备注", changes, changes)] if changes else found


def _entry(month: AttendanceMonth, one: PersonMonth, kind: Figure) -> tuple[str, str]:
    """Return 王伟 1.5天:10月9日上午、10月12日 and 王伟1.5天; only the name where it is so all month."""
    name, places = month.display_names[one.person.id], kind.places(one)
    if places == month.frame.work:
        return f"{name} 全月", f"{name}全月"
    if kind.counts_occasions:
        listed = half_days(month.frame.days, places)
        when = [f"{chinese_short_day(day)}{half.label}" for day, half in listed]
    else:
        when = runs(month, places)
    count = f"{kind.of([one])}{'次' if kind.counts_occasions else '天'}"
    return f"{name} {count}:{'、'.join(when)}", f"{name}{count}"
