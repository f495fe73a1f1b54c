"""The office's time: UTC+8 whatever the machine's zone says, and the rule against clocks that go back."""

from __future__ import annotations

import time as system_time
from datetime import date, datetime, time, timedelta, timezone
from typing import Protocol

OFFICE_ZONE = timezone(timedelta(hours=8))
_EPOCH = datetime.fromtimestamp(0, OFFICE_ZONE).replace(tzinfo=None)
WEEKDAYS = "一二三四五六日"

TOLERATED_STEP_BACK = 120
"""Seconds the clock may stand behind the last line of the book before every register refuses."""

STEP = 60
"""Seconds by which wall and running time may part within one check before it counts as a step."""


class Clock(Protocol):
    """Where a verb gets its time from."""

    def now(self) -> int:
        """Return the wall time in epoch seconds."""

    def running(self) -> float:
        """Return seconds since some fixed moment, unmoved by anyone who sets the clock."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        return int(system_time.time())

    def running(self) -> float:
        boot = getattr(system_time, "CLOCK_BOOTTIME", None)  # unlike the monotonic clock it counts a suspend
        return system_time.clock_gettime(boot) if boot is not None else system_time.monotonic()


class SetClock:
    """A clock that stands where it was set: tests and the demo office."""

    def __init__(self, at: int | datetime) -> None:
        self.at = epoch(at) if isinstance(at, datetime) else at

    def now(self) -> int:
        return self.at

    def running(self) -> float:
        return float(self.at)

    def set(self, at: datetime) -> None:
        """Move the hands to a local date and time of the office."""
        self.at = epoch(at)


def local(at: int) -> datetime:
    """Return epoch seconds as the office's date and time, without a zone."""
    return _EPOCH + timedelta(seconds=at)


def epoch(moment: datetime) -> int:
    """Return an office-local date and time as epoch seconds."""
    return int(moment.replace(tzinfo=OFFICE_ZONE).timestamp())


def day_of(at: int) -> date:
    """Return the office's day at epoch seconds."""
    return local(at).date()


def hour_minute(at: int) -> str:
    """Return 08:05."""
    return f"{local(at):%H:%M}"


def chinese_day(day: date) -> str:
    """Return 2026年10月12日, without zero padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_short_day(day: date) -> str:
    """Return 10月12日."""
    return f"{day.month}月{day.day}日"


def chinese_weekday(day: date) -> str:
    """Return 星期一."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def chinese_time(moment: time) -> str:
    """Return 8:15, as the regulation writes times."""
    return f"{moment.hour}:{moment.minute:02d}"


def month_days(month: str) -> list[date]:
    """Return every day of a month given as YYYY-MM."""
    first = date.fromisoformat(f"{month}-01")
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return [first + timedelta(days=offset) for offset in range((after - first).days)]


def month_of(day: date) -> str:
    """Return YYYY-MM of a day."""
    return day.isoformat()[:7]
