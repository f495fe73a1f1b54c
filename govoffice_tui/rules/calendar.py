"""The working-day calendar: two letters a day, morning and afternoon, and what each day is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum


class Half(IntEnum):
    """The two sessions of a day."""

    MORNING = 0
    AFTERNOON = 1

    @property
    def label(self) -> str:
        return ("上午", "下午")[self]


class DayKind(StrEnum):
    """One letter a half-day in a calendar row."""

    WORKDAY = "W"
    REST = "R"
    HOLIDAY = "H"
    MAKE_UP = "M"

    @property
    def label(self) -> str:
        return {"W": "工作日", "R": "休息日", "H": "法定节假日", "M": "调休上班"}[self.value]

    @property
    def is_work(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


_KINDS = {kind.value: kind for kind in DayKind}
_WORKED = frozenset(kind.value for kind in DayKind if kind.is_work)


class AdjustmentKind(StrEnum):
    """What the office decided about a half-day of its own, whatever the notice says."""

    CLOSED = "closed"
    EXTRA = "extra"

    @property
    def label(self) -> str:
        return {"closed": "停班", "extra": "临时上班"}[self.value]

    @property
    def day_kind(self) -> DayKind:
        """Return what the half-day counts as."""
        return DayKind.REST if self is AdjustmentKind.CLOSED else DayKind.WORKDAY


@dataclass(frozen=True)
class Adjustment:
    """One half-day the office decided about: who ordered it, and why."""

    id: int
    kind: AdjustmentKind
    ordered_by: str
    reason: str


@dataclass(frozen=True)
class CalendarYear:
    """One year as it stands in the book: `codes` holds two letters for each day from 1 January."""

    year: int
    revision: int
    codes: str
    names: Mapping[date, str]
    source: str
    notice: str
    is_provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The years the office has loaded, with its own adjustments over them.

    A day of a year that is not loaded raises KeyError.
    """

    years: Mapping[int, CalendarYear]
    adjustments: Mapping[tuple[date, Half], Adjustment] = field(default_factory=dict)

    def kind(self, day: date, half: Half = Half.MORNING) -> DayKind:
        """Return what the half-day is."""
        adjustment = self.adjustments.get((day, half))
        return self.published_kind(day, half) if adjustment is None else adjustment.kind.day_kind

    def published_kind(self, day: date, half: Half = Half.MORNING) -> DayKind:
        """Return what the half-day is by the notice alone."""
        row = self.years[day.year]
        return _KINDS[row.codes[2 * (day.timetuple().tm_yday - 1) + half]]

    def is_work(self, day: date, half: Half) -> bool:
        """Return whether people are due at work in this half-day."""
        return self.kind(day, half).is_work

    def is_workday(self, day: date) -> bool:
        """Return whether either half of the day is worked."""
        return self.is_work(day, Half.MORNING) or self.is_work(day, Half.AFTERNOON)

    def name(self, day: date) -> str:
        """Return 国庆节 on a named day, else an empty string."""
        return self.years[day.year].names.get(day, "")

    def title(self, day: date) -> str:
        """Return how the page head calls the day: 工作日, 国庆节, 调休上班, 停班(下午), with 暂定 where it is."""
        words = self._adjusted_title(day)
        if not words:
            kind = self.kind(day)
            words = self.name(day) if kind is DayKind.HOLIDAY and self.name(day) else kind.label
        return f"{words}(暂定)" if self.is_provisional(day) else words

    def _adjusted_title(self, day: date) -> str:
        """Return 停班 of a day adjusted as a whole, 停班(下午) of one adjusted in part, else an empty string."""
        found = {half: self.adjustments[day, half].kind for half in Half if (day, half) in self.adjustments}
        if len(found) == len(Half) and len(set(found.values())) == 1:
            return found[Half.MORNING].label
        return "、".join(f"{kind.label}({half.label})" for half, kind in found.items())

    def is_provisional(self, day: date) -> bool:
        """Return whether the year's State Council notice is missing."""
        return self.years[day.year].is_provisional

    def workdays(self, first: date, last: date) -> list[date]:
        """Return the worked days from first to last, both included."""
        adjusted = {day for day, _ in self.adjustments}
        found = []
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day in adjusted:
                is_worked = self.is_workday(day)
            else:
                place = 2 * (ordinal - date(day.year, 1, 1).toordinal())
                codes = self.years[day.year].codes
                is_worked = codes[place] in _WORKED or codes[place + 1] in _WORKED
            if is_worked:
                found.append(day)
        return found
