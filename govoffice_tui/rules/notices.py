"""The State Council's notice of a year's days off: what it says, what must be true of it, and the year it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.rules.calendar import CalendarYear, DayKind, Half

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
FIXED_DAYS: Mapping[str, tuple[int, int]] = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
"""Festivals that fall on the same month and day every year."""

WEEKDAYS = "一二三四五六日"
FEWEST_WORKDAYS, MOST_WORKDAYS = 240, 255
YEAR_END = (12, 25)
"""From this day on December may belong to the next year's notice: a 元旦 that begins before the year does."""


@dataclass(frozen=True)
class HolidayNotice:
    """One notice as it was read.

    `days_off` gives every day off its festival, `make_up` every exchanged workday the festival it pays for;
    both may hold days of the December before. `problems` are what must be put right before it may be entered,
    `notices` what is only worth knowing.
    """

    year: int
    notice_number: str
    days_off: Mapping[date, str]
    make_up: Mapping[date, str]
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayChange:
    """One day that a notice changes: what it is called before and after, and whether it is worked."""

    day: date
    before: str
    after: str
    was_work: bool
    is_work: bool

    def __str__(self) -> str:
        return f"{_shown(self.day)}:{self.before} → {self.after}"


@dataclass(frozen=True)
class MonthChange:
    """One month (YYYY-MM) whose worked days change: how many before and after, and whether it is under seal."""

    month: str
    before: int
    after: int
    is_sealed: bool

    def __str__(self) -> str:
        words = f"{self.month[:4]}年{int(self.month[5:])}月 工作日{self.before}天 → {self.after}天"
        return f"{words}(已封存,仍按封存时的日历)" if self.is_sealed else words


def plain_kind(day: date) -> DayKind:
    """Return what a day is that no notice names."""
    return DayKind.REST if day.weekday() >= 5 else DayKind.WORKDAY


def workday_count(notice: HolidayNotice) -> int:
    """Return how many days of its year a notice leaves to be worked."""
    day, count = date(notice.year, 1, 1), 0
    while day.year == notice.year:
        count += day in notice.make_up or (day not in notice.days_off and plain_kind(day).is_work)
        day += timedelta(days=1)
    return count


def summary(notice: HolidayNotice) -> list[str]:
    """Return the notice as it was understood, a line a festival, to be compared with the paper."""
    lines = []
    for festival in dict.fromkeys(notice.days_off[day] for day in sorted(notice.days_off)):
        runs: list[list[date]] = []
        for day in sorted(day for day, name in notice.days_off.items() if name == festival):
            if runs and day - runs[-1][-1] == timedelta(days=1):
                runs[-1].append(day)
            else:
                runs.append([day])
        spans = "、".join(_span(run[0], run[-1]) + f"放假{len(run)}天" for run in runs)
        work = "、".join(_shown(day) for day, name in sorted(notice.make_up.items()) if name == festival)
        lines.append(f"{festival}:{spans}" + (f",{work}上班" if work else ""))
    return lines


def year_of(notice: HolidayNotice, standing: CalendarYear | None) -> CalendarYear:
    """Return the year a notice makes, as the next revision of what stands.

    What the last days of December already hold from the following year's notice stays.
    """
    kinds: dict[date, DayKind] = {}
    names: dict[date, str] = {}
    day = date(notice.year, 1, 1)
    while day.year == notice.year:
        if day in notice.days_off:
            kinds[day], names[day] = DayKind.HOLIDAY, notice.days_off[day]
        elif day in notice.make_up:
            kinds[day] = DayKind.MAKE_UP
        else:
            kept = _kind_in(standing, day) if (day.month, day.day) >= YEAR_END else plain_kind(day)
            kinds[day] = kept
            if standing is not None and kept is DayKind.HOLIDAY:
                names[day] = standing.names.get(day, "")
        day += timedelta(days=1)
    return CalendarYear(
        notice.year,
        standing.revision + 1 if standing else 1,
        "".join(kind.value * len(Half) for kind in kinds.values()),
        names,
        "notice",
        notice.notice_number,
        False,
    )


def december_of(notice: HolidayNotice, standing: CalendarYear) -> CalendarYear:
    """Return the year before a notice's own with the December days the notice names, as its next revision."""
    codes, names = list(standing.codes), dict(standing.names)
    for day in sorted(notice.days_off.keys() | notice.make_up.keys()):
        if day.year == standing.year:
            kind = DayKind.HOLIDAY if day in notice.days_off else DayKind.MAKE_UP
            place = len(Half) * (day.timetuple().tm_yday - 1)
            codes[place : place + len(Half)] = kind.value * len(Half)
            names.pop(day, None)
            if kind is DayKind.HOLIDAY:
                names[day] = notice.days_off[day]
    return CalendarYear(
        standing.year,
        standing.revision + 1,
        "".join(codes),
        names,
        standing.source,
        standing.notice,
        standing.is_provisional,
    )


def day_changes(before: CalendarYear, after: CalendarYear) -> list[DayChange]:
    """Return the days two states of one year tell differently, in order."""
    found = []
    day = date(after.year, 1, 1)
    while day.year == after.year:
        kinds = _kind_in(before, day), _kind_in(after, day)
        words = [_words(year, day, kind) for year, kind in zip((before, after), kinds, strict=True)]
        if words[0] != words[1] or kinds[0] is not kinds[1]:
            found.append(DayChange(day, words[0], words[1], kinds[0].is_work, kinds[1].is_work))
        day += timedelta(days=1)
    return found


def worked_days(year: CalendarYear, month: str) -> int:
    """Return how many days of a month (YYYY-MM) are worked."""
    first = date.fromisoformat(f"{month}-01")
    days = (first + timedelta(days=offset) for offset in range(31))
    return sum(_kind_in(year, day).is_work for day in days if day.month == first.month)


def _span(first: date, last: date) -> str:
    if first == last:
        return _shown(first)
    return f"{_shown(first)}至" + _shown(last).removeprefix(f"{first.month}月")


def _shown(day: date) -> str:
    return f"{day.month}月{day.day}日(周{WEEKDAYS[day.weekday()]})"


def _kind_in(year: CalendarYear | None, day: date) -> DayKind:
    if year is None:
        return plain_kind(day)
    return DayKind(year.codes[len(Half) * (day.timetuple().tm_yday - 1)])


def _words(year: CalendarYear, day: date, kind: DayKind) -> str:
    return year.names.get(day) or kind.label
