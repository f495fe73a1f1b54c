"""The working-day calendar in the book: a year at a time from the State Council's notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from govoffice_tui.models import CalendarRow
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar, CalendarYear, DayKind
from govoffice_tui.rules.refusal import Refused

FIRST_YEAR, LAST_YEAR = 2001, 2099


def load(office: Office, years: Iterable[int]) -> Calendar:
    """Return the years of the calendar that the book holds, each in its newest revision."""
    wanted = sorted(set(years))
    marks = ", ".join("?" * len(wanted))
    rows = office.fetch(
        f"SELECT year, revision, codes, names, source, notice, is_provisional FROM calendar"
        f" WHERE year IN ({marks}) ORDER BY year, revision",
        *wanted,
    )
    return Calendar(
        {
            year: CalendarYear(year, revision, codes, _read_names(names), source, notice, bool(provisional))
            for year, revision, codes, names, source, notice, provisional in rows
        }
    )


def for_day(office: Office, day: date) -> Calendar:
    """Return the calendar of a day's year; refused where the book does not hold it."""
    calendar = load(office, [day.year])
    if day.year not in calendar.years:
        raise Refused(f"{day.year}年工作日历还没有装入,请在菜单里选“装入工作日历”。")
    return calendar


def ensure(office: Office, year: int, *, by: int | None = None, form_key: str | None = None) -> bool:
    """Load a year into the book unless it is there; return whether it was added.

    A year whose notice the library does not have is 暂定: statutory days only, no exchanged weekends.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"没有{year}年的工作日历。")
    if load(office, [year]).years:
        return False
    codes, names, provisional = _from_library(year)
    with office.write("load_calendar", by, form_key) as writing:
        if load(office, [year]).years:
            return False
        writing.insert(
            CalendarRow,
            year=year,
            revision=1,
            codes=codes,
            names="\n".join(f"{day.isoformat()} {name}" for day, name in sorted(names.items())),
            source="holidays",
            is_provisional=int(provisional),
            entered_at=writing.now,
            entered_by=by,
        )
    return True


def _read_names(text: str) -> dict[date, str]:
    return {date.fromisoformat(line[:10]): line[11:] for line in text.splitlines()}


def _from_library(year: int) -> tuple[str, dict[date, str], bool]:
    """Return a year's codes, the names of its days off, and whether its notice is missing."""
    from holidays import country_holidays

    published = country_holidays("CN", years=year, language="zh_CN")
    make_up = {day for day in published.weekend_workdays if day.year == year}
    names: dict[date, str] = {}
    codes = []
    day = date(year, 1, 1)
    while day.year == year:
        if day in published:
            names[day] = _festival(published, day)
            kind = DayKind.HOLIDAY
        elif day in make_up:
            kind = DayKind.MAKE_UP
        else:
            kind = DayKind.REST if day.weekday() >= 5 else DayKind.WORKDAY
        codes.append(kind.value * 2)
        day += timedelta(days=1)
    return "".join(codes), names, not make_up


def _festival(published: dict[date, str], day: date) -> str:
    """Return what a day off is called: its festival, or that of the days off it was exchanged into."""
    name = _bare(published[day])
    if not name.startswith("休息日"):
        return name
    for distance in range(1, 9):
        for neighbour in (day - timedelta(days=distance), day + timedelta(days=distance)):
            other = _bare(published.get(neighbour, "休息日"))
            if not other.startswith("休息日"):
                return f"{other}调休"
    return "调休放假"


def _bare(name: str) -> str:
    """Return 国庆节 of 国庆节（补假）; 除夕 of 农历除夕."""
    return name.split("（")[0].split("(")[0].split("; ")[0].removeprefix("农历")
