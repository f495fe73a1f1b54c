"""What somebody looks for in 用印登记簿: words, a number, a year, a month, a day or years from–to."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_SPLIT = re.compile("[\\s、,;\uff0c\uff1b]+")
_NUMBER = re.compile("印[〔\\[(\uff3b\uff08]?(\\d{4})[〕\\])\uff3d\uff09年-](\\d{1,6})号?")
_YEARS = re.compile("(\\d{4})年?(?:-|—|——|–|~|\uff5e|至|到)(\\d{4})年?")
_DAY = re.compile(r"(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})(?:-|年)(\d{1,2})月?")
_YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True)
class SealQuery:
    """Words all of which a line has, the days it was stamped between, and its number where one was written."""

    words: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    number: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is looked for."""
        return not self.words and self.first is None and self.number is None


def read_query(typed: str) -> SealQuery:
    """Return what a text looks for: 教育局 证明 2019-2021年, 印〔2026〕137号, 2026年3月 介绍信.

    What cannot be a period is a word: there is no 2026年13月.
    """
    words: list[str] = []
    first = last = number = None
    for part in filter(None, _SPLIT.split(typed)):
        if found := _NUMBER.fullmatch(part):
            number = (int(found[1]), int(found[2]))
            continue
        span = _period(part)
        if span is None:
            words.append(part)
        else:
            first, last = span
    return SealQuery(tuple(words), first, last, number)


def _period(part: str) -> tuple[date, date] | None:
    try:
        if found := _YEARS.fullmatch(part):
            years = sorted((int(found[1]), int(found[2])))
            return date(years[0], 1, 1), date(years[1], 12, 31)
        if found := _DAY.fullmatch(part):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            return day, day
        if found := _MONTH.fullmatch(part):
            year, month = int(found[1]), int(found[2])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        if found := _YEAR.fullmatch(part):
            return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    except ValueError:  # also calendar.IllegalMonthError: no such day or month
        return None
    return None
