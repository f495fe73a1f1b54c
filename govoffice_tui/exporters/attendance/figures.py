"""What the attendance forms count and how they write it: columns, marks, sections, runs of half-days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import attrgetter, or_
from typing import Generic, TypeVar

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.exporters.words import joined
from govoffice_tui.registers.attendance.views import AttendanceMonth
from govoffice_tui.rules.calendar import DayKind, Half
from govoffice_tui.rules.half_days import ATTENDED, HalfStatus, PersonMonth, bit, half_days
from govoffice_tui.rules.half_days import LEAVES as LEAVE_KINDS

HALVES_A_DAY = 2

LEGEND_TITLES: Mapping[str, str] = {
    "signed": "出勤",
    "late": "迟到",
    "early": "早退",
    "absent": "旷工",
    "personal": "事假",
    "sick": "病假",
    "out": "因公外出",
    "annual": "年休假",
    "marriage": "婚假",
    "maternity": "产假",
    "paternity": "护理假",
    "bereavement": "丧假",
    "family_visit": "探亲假",
    "training": "学习培训",
    "compensatory": "补休",
    "seconded": "借调",
    "exempt": "免签",
    "off_roster": "不在册",
    "pending": "待核",
}
"""What each mark of the office's legend means, in the order it is printed."""

NO_BOOK_MARK = "未"
"""Stands where a session had no book and nothing is decided yet: no month is sealed with it, so no legend has it."""

OTHER_LEAVE = tuple(
    kind for kind in LEAVE_KINDS if kind not in (HalfStatus.PERSONAL, HalfStatus.SICK, HalfStatus.ANNUAL)
)


def counted(*statuses: HalfStatus) -> Callable[[PersonMonth], int]:
    """Return what reads the half-days a sheet counts under some statuses."""
    return lambda one: reduce(or_, (one.counted(status) for status in statuses), 0)


@dataclass(frozen=True)
class Figure:
    """A column of the month's sheet: the set of half-days it counts, in days or as a number of occasions."""

    title: str
    places: Callable[[PersonMonth], int]
    counts_occasions: bool = False

    def halves(self, person: PersonMonth) -> int:
        """Return how many half-days of one person the column counts."""
        return self.places(person).bit_count()

    def of(self, people: Iterable[PersonMonth]) -> int | float:
        """Return the figure of one or many people as it is printed."""
        halves = sum(self.halves(person) for person in people)
        return halves if self.counts_occasions else in_days(halves)


OUT = Figure("因公外出", counted(HalfStatus.OUT))
LATE = Figure("迟到次数", counted(HalfStatus.LATE), counts_occasions=True)
EARLY = Figure("早退次数", attrgetter("left_early"), counts_occasions=True)
LEAVES = (
    Figure("事假", counted(HalfStatus.PERSONAL)),
    Figure("病假", counted(HalfStatus.SICK)),
    Figure("年休假", counted(HalfStatus.ANNUAL)),
    Figure("其他假", counted(*OTHER_LEAVE)),
)
ABSENT = Figure("旷工", counted(HalfStatus.ABSENT))
PENDING = Figure("待核", counted(HalfStatus.PENDING))
FIGURES = (
    Figure("应出勤", attrgetter("due")),
    Figure("实出勤", counted(*ATTENDED)),
    OUT,
    LATE,
    EARLY,
    *LEAVES,
    ABSENT,
    PENDING,
)
"""The columns of the month's sheet after its days, in print order."""


def in_days(halves: int) -> int | float:
    """Return half-days as days: 18 or 17.5."""
    return halves / HALVES_A_DAY if halves % HALVES_A_DAY else halves // HALVES_A_DAY


Counted = TypeVar("Counted")


@dataclass(frozen=True)
class Section(Generic[Counted]):
    """The people of one section, or everybody 编外, in rank order, each with what was counted of them."""

    title: str
    people: tuple[Counted, ...]


APART = "编外"


def sections(month: AttendanceMonth) -> list[Section[PersonMonth]]:
    """Return the month's people by section in the order of their first, with 编外 as the last."""
    found: dict[str, list[PersonMonth]] = {}
    apart = []
    for one in month.people:
        if one.person.category.is_apart:
            apart.append(one)
        else:
            found.setdefault(one.person.section, []).append(one)
    listed = [Section(title or "未分股室", tuple(people)) for title, people in found.items()]
    return [*listed, Section(APART, tuple(apart))] if apart else listed


def marks(month: AttendanceMonth, person: PersonMonth) -> dict[tuple[date, Half], str]:
    """Return the mark of every half-day of one person, empty on days of rest and on days still to come."""
    found = {}
    for status, halves in person.statuses.items():
        mark = NO_BOOK_MARK if status is HalfStatus.NO_BOOK else month.legend.get(status.mark_key, "")
        if mark:
            found.update(dict.fromkeys(half_days(month.frame.days, halves), mark))
    if early := month.legend.get("early", ""):
        found.update(dict.fromkeys(half_days(month.frame.days, person.left_early), early))
    return found


def due_days(month: AttendanceMonth) -> int | float:
    """Return 应出勤天数: the days the calendar has people at work."""
    return in_days(sum(month.calendar.is_work(day, half) for day in month.frame.days for half in Half))


def legend_line(month: AttendanceMonth) -> str:
    """Return √ 出勤  ◇ 迟到 … of every mark in the office's legend."""
    listed = [f"{month.legend[key]} {title}" for key, title in LEGEND_TITLES.items() if key in month.legend]
    if any(one.statuses.get(HalfStatus.NO_BOOK) for one in month.people):
        listed.append(f"{NO_BOOK_MARK} 未设簿(待决定)")
    return "  ".join([*listed, "空白 休息或未到"])


def runs(month: AttendanceMonth, places: int) -> list[str]:
    """Return a set of half-days in words, those that follow each other at work as one: 10月12日下午至10月14日."""
    found: list[list[tuple[date, Half]]] = [[]]
    for day, half in half_days(month.frame.days, month.frame.work | places):
        if places & bit(day, half):
            found[-1].append((day, half))
        elif found[-1]:
            found.append([])
    return [_run_words(run) for run in found if run]


def _run_words(run: list[tuple[date, Half]]) -> str:
    (first, from_half), (last, to_half) = run[0], run[-1]
    if len(run) == 1:
        return f"{chinese_short_day(first)}{from_half.label}"
    if first == last:
        return chinese_short_day(first)
    start = Half.AFTERNOON.label if from_half is Half.AFTERNOON else ""
    end = Half.MORNING.label if to_half is Half.MORNING else ""
    return f"{chinese_short_day(first)}{start}至{chinese_short_day(last)}{end}"


def holiday_lines(month: AttendanceMonth) -> list[str]:
    """Return what the calendar has this month besides weekends, and whether it is 暂定."""
    calendar, days = month.calendar, month.frame.days
    spans: list[list[date]] = [[]]
    for day in days:
        if calendar.kind(day) is DayKind.HOLIDAY:
            spans[-1].append(day)
        elif calendar.is_workday(day) and spans[-1]:
            spans.append([])
    holidays = [_span_words(span, _names(calendar.name(day) for day in span)) for span in spans if span]
    made_up = [chinese_short_day(day) for day in days if calendar.kind(day) is DayKind.MAKE_UP]
    half = [
        f"{chinese_short_day(day)}{half.label}"
        for day in days
        for half in Half
        if calendar.is_workday(day) and not calendar.is_work(day, half)
    ]
    parts = [
        (f"法定节假日:{'、'.join(holidays)}" if holidays else ""),
        (f"调休上班:{'、'.join(made_up)}" if made_up else ""),
        (f"半天不上班:{'、'.join(half)}" if half else ""),
    ]
    lines = [joined(parts, ";")]
    if any(calendar.is_provisional(day) for day in days):
        lines.append("暂定:本年度放假调休安排尚未录入,应出勤天数以录入后为准。")
    return [line for line in lines if line]


def _span_words(span: list[date], name: str) -> str:
    dates = chinese_short_day(span[0])
    if len(span) > 1:
        dates += f"至{chinese_short_day(span[-1])}"
    return f"{dates}{name}"


def _names(names: Iterable[str]) -> str:
    """Return the festivals of some days, each once; days exchanged into one are not named apart."""
    return joined(dict.fromkeys(name.removesuffix("调休") for name in names))
