"""Which half-days the book of outings explains, and what it tells of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from govoffice_tui.clock import chinese_short_day, local
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.attendance.views import Fact
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.outings import Cutoff, Notice, Stretch, covered

SERIES = "外"
PERSON_OUTING = "outing_people p JOIN outings o ON o.id = p.outing_id"
STANDING = "p.struck_at IS NULL AND o.struck_at IS NULL"
STRETCH = "o.event_day, o.half, o.left_at, o.until_day, o.until_half, o.until_at, p.back_day, p.back_half, p.back_at"
"""What `read_stretch` reads of one person's outing."""

TOUCHES = "o.event_day <= ? AND coalesce(p.back_day, o.until_day) >= ?"
"""Whose outing touches the days from the second to the first parameter."""


def cutoffs(office: Office) -> Cutoff:
    """Return what gives the cut-off of a half-day, each day's settings read once."""

    @cache
    def cutoff(day: date, half: Half) -> datetime:
        return session_hours(day, half, settings.on(office, day)).cutoff

    return cutoff


def read_stretch(row: Sequence[Any]) -> Stretch:
    """Return from when to when a person is or was out: to the noted return, else to the expected one."""
    first, half, left_at, until, until_half, until_at, back, back_half, back_at = row
    is_back = back is not None
    last, to_half, ended = (back, back_half, back_at) if is_back else (until, until_half, until_at)
    return Stretch(
        date.fromisoformat(first),
        Half(half),
        date.fromisoformat(last),
        Half(to_half),
        None if left_at is None else local(left_at),
        None if ended is None else local(ended),
    )


def outing_claims(office: Office, days: Sequence[date]) -> Mapping[int, Mapping[HalfStatus, int]]:
    """Return whose half-days the outings explain; `days` run from first to last inside one month."""
    cutoff = cutoffs(office)
    found: dict[int, int] = defaultdict(int)
    for person, *row in office.fetch(
        f"SELECT p.staff_id, {STRETCH} FROM {PERSON_OUTING} WHERE {STANDING} AND {TOUCHES}",
        days[-1].isoformat(),
        days[0].isoformat(),
    ):
        found[person] |= covered(read_stretch(row), days[0], days[-1], cutoff)
    return {person: {HalfStatus.OUT: halves} for person, halves in found.items() if halves}


def outing_story(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Return what the book of outings says of a person's half-day: word given, return noted, what was struck."""
    return list(dict.fromkeys(_facts(office, person, day, half)))


def _facts(office: Office, person: int, day: date, half: Half) -> Iterator[Fact]:
    cutoff = cutoffs(office)
    for row in office.fetch(
        f"SELECT {STRETCH}, o.year, o.number, o.matter, o.place, o.sent_by, o.notice, o.notified_at, o.taken_by_id,"
        f" o.is_late_notice, p.struck_at, p.struck_reason, p.struck_by"
        f" FROM {PERSON_OUTING} WHERE p.staff_id = ? AND o.event_day <= ? AND coalesce(p.back_day, o.until_day) >= ?"
        " ORDER BY p.id",
        person,
        day.isoformat(),
        day.isoformat(),
    ):
        year, number, matter, place, sent_by, notice, notified, taken, is_late, struck, why, struck_by = row[9:]
        stretch = read_stretch(row[:9])
        name = shown(SERIES, year, number)
        words = " ".join(part for part in (f"因公外出{name}", matter, place, sent_by and f"{sent_by}派出") if part)
        heard = f"{Notice(notice).label}告知" + (f",{staff.name_of(office, taken, day)}接" if taken is not None else "")
        is_explained = covered(stretch, day, day, cutoff) & bit(day, half)
        late = "(事后告知)" if is_late else ""
        yield Fact(local(notified), f"{words}({heard}){late}{'' if is_explained else f',{half.label}仍应签到'}")
        if row[6] is not None and struck is None:
            yield Fact(stretch.ends, f"{name}返回")
        if struck is not None:
            yield Fact(local(struck), f"外出{name}划去:{why}({staff.name_of(office, struck_by, day)})")


def moment_words(at: datetime | None, half: Half) -> str:
    """Return 9:30, or 上午 where no time was given."""
    return half.label if at is None else f"{at:%-H:%M}"


def stretch_words(stretch: Stretch) -> str:
    """Return 10月12日上午, 10月12日9:30—11:00 or 10月12日下午至10月14日."""
    start = f"{chinese_short_day(stretch.first)}{moment_words(stretch.left_at, stretch.from_half)}"
    if stretch.first != stretch.last:
        begin = stretch.left_at is None and stretch.from_half is Half.MORNING
        finish = stretch.back_at is None and stretch.to_half is Half.AFTERNOON
        first = chinese_short_day(stretch.first) if begin else start
        last = "" if finish else moment_words(stretch.back_at, stretch.to_half)
        return f"{first}至{chinese_short_day(stretch.last)}{last}"
    if stretch.left_at is None and stretch.back_at is None:
        if stretch.from_half is not stretch.to_half:
            return f"{chinese_short_day(stretch.first)}全天"
        return start
    return f"{start}—{moment_words(stretch.back_at, stretch.to_half)}"
