"""The working days leave is counted by: the newest calendar, but of a month under seal the one it was sealed with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from govoffice_tui.registers import calendar
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar, CalendarYear

LEAVE_REGISTER, ATTENDANCE_REGISTER = "leave", "attendance"
FARTHEST = 366
"""Days before or after today leave may begin."""

LONGEST = 400
"""Days one slip may last."""

_AFTER = timedelta(days=40)
"""How far behind the last day a return and a follow-up are looked for."""


def chart_for(office: Office, first: date, last: date) -> Calendar:
    """Return the calendar of all years from a day to another and a while after it; nothing is written.

    A year the book does not hold is taken as the library knows it.
    """
    years = range(first.year, (last + _AFTER).year + 1)
    chart = calendar.load(office, years)
    missing = {year: _published(year) for year in years if year not in chart.years}
    chart = replace(chart, years={**chart.years, **missing})
    return with_sealed_months(office, chart)


@cache
def _published(year: int) -> CalendarYear:
    """Return a year as the library knows it, worked out once."""
    return calendar.from_library(year)


def ensure_years(office: Office, first: date, last: date) -> None:
    """Load the years of some leave into the book; in a transaction of its own, before the verb's.

    Days no slip may have are left to the verb, which refuses them.
    """
    today = office.now().date()
    if abs((first - today).days) > FARTHEST or (last - first).days > LONGEST:
        return
    for year in range(first.year, (last + _AFTER).year + 1):
        calendar.ensure(office, year)


def with_sealed_months(office: Office, chart: Calendar) -> Calendar:
    """Put back into each sealed month the days of the revision it was sealed with."""
    years = dict(chart.years)
    for month, revision in office.fetch(
        "SELECT month, max(calendar_revision) FROM closings WHERE register IN (?, ?)"
        " AND month BETWEEN ? AND ? GROUP BY month",
        LEAVE_REGISTER,
        ATTENDANCE_REGISTER,
        f"{min(years)}-01",
        f"{max(years)}-12",
    ):
        year = int(month[:4])
        if year not in years or years[year].revision == revision:
            continue
        old = calendar.load(office, [year], revision).years.get(year)
        if old is None:
            continue
        first = date.fromisoformat(f"{month}-01")
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        start = 2 * (first.timetuple().tm_yday - 1)
        end = start + 2 * (after - first).days
        codes = years[year].codes
        years[year] = replace(years[year], codes=codes[:start] + old.codes[start:end] + codes[end:])
    return replace(chart, years=years)
