"""The working-day calendar in the book: a year at a time from the State Council's notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from govoffice_tui.models import CalendarRow
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Adjustment, AdjustmentKind, Calendar, CalendarYear, DayKind, Half
from govoffice_tui.rules.refusal import Refused

FIRST_YEAR, LAST_YEAR = 2001, 2099


def load(office: Office, years: Iterable[int], revision: int | None = None) -> Calendar:
    """Return the years of the calendar that the book holds, with the office's own adjustments over them.

    Each comes in its newest revision, or in the one given.
    """
    wanted = tuple(sorted(set(years)))
    return office.remembered(("calendar", wanted, revision), lambda: _load(office, wanted, revision))


def _load(office: Office, wanted: Sequence[int], revision: int | None) -> Calendar:
    marks = ", ".join("?" * len(wanted))
    limit = "" if revision is None else f" AND revision <= {revision}"
    rows = office.fetch(
        f"SELECT year, revision, codes, names, source, notice, is_provisional FROM calendar"
        f" WHERE year IN ({marks}){limit} ORDER BY year, revision",
        *wanted,
    )
    found = {
        year: CalendarYear(year, revision, codes, _read_names(names), source, notice, bool(provisional))
        for year, revision, codes, names, source, notice, provisional in rows
    }
    return Calendar(found, _adjustments(office, wanted[0], wanted[-1]) if found else {})


def for_day(office: Office, day: date, revision: int | None = None) -> Calendar:
    """Return the calendar of a day's year, in its newest revision or the one given.

    Refused where the book does not hold the year.
    """
    calendar = load(office, [day.year], revision)
    if day.year not in calendar.years:
        raise Refused(f"{day.year}年工作日历还没有装入,请在菜单里选“放假通知”。")
    return calendar


def ensure(office: Office, year: int, *, by: int | None = None, form_key: str | None = None) -> bool:
    """Load a year into the book unless it is there; return whether it was added.

    A year whose notice the library does not have is 暂定: statutory days only, no exchanged weekends.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"没有{year}年的工作日历。")
    if load(office, [year]).years:
        return False
    published = from_library(year)
    with office.write("load_calendar", by, form_key) as writing:
        if load(office, [year]).years:
            return False
        writing.insert(
            CalendarRow,
            year=year,
            revision=1,
            codes=published.codes,
            names=written_names(published.names),
            source=published.source,
            is_provisional=int(published.is_provisional),
            entered_at=writing.now,
            entered_by=by,
        )
    return True


def written_names(names: Mapping[date, str]) -> str:
    """Return the names of days as a row holds them: a line a day."""
    return "\n".join(f"{day.isoformat()} {name}" for day, name in sorted(names.items()))


def _adjustments(office: Office, first_year: int, last_year: int) -> dict[tuple[date, Half], Adjustment]:
    rows = office.fetch(
        "SELECT id, event_day, half, kind, ordered_by, remark FROM calendar_adjustments"
        " WHERE struck_at IS NULL AND event_day BETWEEN ? AND ?",
        f"{first_year}-01-01",
        f"{last_year}-12-31",
    )
    return {
        (date.fromisoformat(day), Half(half)): Adjustment(row, AdjustmentKind(kind), ordered_by, reason)
        for row, day, half, kind, ordered_by, reason in rows
    }


def _read_names(text: str) -> dict[date, str]:
    return {date.fromisoformat(line[:10]): line[11:] for line in text.splitlines()}


def from_library(year: int) -> CalendarYear:
    """Return a year as the library knows it; 暂定 where it has no exchanged weekends of the year."""
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
    return CalendarYear(year, 1, "".join(codes), names, "holidays", "", not make_up)


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
