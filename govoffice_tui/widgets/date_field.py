"""Dates and times as people type them: 12, 12.5, 明天, 周五, 815; read by pure functions."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from govoffice_tui.clock import WEEKDAYS, chinese_short_day, chinese_weekday
from govoffice_tui.text import fold

DATE_EXAMPLES = "如 12、12.5、明天、周五、2026-10-12"
TIME_EXAMPLES = "如 8:15 或 815"
MONTH_DAY_EXAMPLES = "如 5.1 或 5月1日"

_NEAR_DAYS = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_WEEKS = {"上": -1, "上个": -1, "本": 0, "这": 0, "这个": 0, "": 0, "下": 1, "下个": 1}
_WEEKDAY = re.compile(r"(上个?|下个?|本|这个?|)(?:周|星期|礼拜)([一二三四五六日天1-7])")
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_SOLID_MONTH_DAY = re.compile(r"(\d{2})(\d{2})")
_DAY = re.compile(r"(\d{1,2})[日号]?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.点时](\d{1,2})?分?)?")
_SOLID_CLOCK = re.compile(r"(\d{1,2})(\d{2})")
_HALF_DAYS = ("上午", "早上", "中午", "下午", "晚上")


class Unreadable(ValueError):
    """What was typed is not what the field asks for; `str()` is the sentence that stands under it."""


def read_date(typed: str, today: date) -> date:
    """Return the day a text means, seen from today.

    A bare number is a day of this month; a month and a day are taken in the year that brings them nearest.
    Raises Unreadable.
    """
    text = fold(typed)
    if text in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[text])
    if found := _WEEKDAY.fullmatch(text):
        letter = found[2].replace("天", "日")
        weekday = int(letter) - 1 if letter.isdecimal() else WEEKDAYS.index(letter)
        return today + timedelta(days=weekday - today.weekday() + 7 * _WEEKS[found[1]])
    if found := _FULL.fullmatch(text) or _SOLID.fullmatch(text):
        return _existing(typed, int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_DAY.fullmatch(text) or _SOLID_MONTH_DAY.fullmatch(text):
        return _nearest(typed, int(found[1]), int(found[2]), today)
    if found := _DAY.fullmatch(text):
        return _existing(typed, today.year, today.month, int(found[1]))
    raise Unreadable(f"“{_short(typed)}”不是日期,{DATE_EXAMPLES}")


def read_time(typed: str) -> time:
    """Return the time of day a text means; raises Unreadable."""
    text = fold(typed)
    half = next((word for word in _HALF_DAYS if text.startswith(word)), "")
    rest = text.removeprefix(half).replace("点半", ":30")
    found = _SOLID_CLOCK.fullmatch(rest) if len(rest) >= 3 else None
    found = found or _CLOCK.fullmatch(rest)
    if found is None:
        raise Unreadable(f"“{_short(typed)}”不是时间,{TIME_EXAMPLES}")
    hour, minute = int(found[1]), int(found[2] or 0)
    if half in ("中午", "下午", "晚上") and hour < (10 if half == "中午" else 12):
        hour += 12
    if hour > 23 or minute > 59:
        raise Unreadable(f"没有{hour}:{minute:02d}这个时间,{TIME_EXAMPLES}")
    return time(hour, minute)


def read_month_day(typed: str) -> str:
    """Return the day of any year a text means as MM-DD; raises Unreadable."""
    found = _MONTH_DAY.fullmatch(fold(typed))
    if found is None:
        raise Unreadable(f"“{_short(typed)}”不是几月几日,{MONTH_DAY_EXAMPLES}")
    try:
        return f"{date(2024, int(found[1]), int(found[2])):%m-%d}"
    except ValueError:
        raise Unreadable(f"没有“{_short(typed)}”这一天,{MONTH_DAY_EXAMPLES}") from None


def spelled_date(day: date, today: date) -> str:
    """Return a day as the field shows it back: 10月12日 星期一, with the year where it is another one."""
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{chinese_short_day(day)} {chinese_weekday(day)}"


def _existing(typed: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"没有“{_short(typed)}”这一天,{DATE_EXAMPLES}") from None


def _nearest(typed: str, month: int, day: int, today: date) -> date:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise Unreadable(f"没有“{_short(typed)}”这一天,{DATE_EXAMPLES}")
    return min(found, key=lambda one: abs((one - today).days))


def _short(typed: str) -> str:
    text = typed.strip()
    return text if len(text) <= 12 else f"{text[:12]}…"
