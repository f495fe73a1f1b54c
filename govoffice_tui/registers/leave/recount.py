"""Leave booked before the calendar changed: which lengths and tiers are other ones now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from govoffice_tui.registers import staff
from govoffice_tui.registers.leave.charts import chart_for, with_sealed_months
from govoffice_tui.registers.leave.records import LeaveRecord, touching
from govoffice_tui.registers.leave.standing import NEAR, ruling_on
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar, CalendarYear, Half
from govoffice_tui.rules.leave import STANDING, UNDECIDED, days_words
from govoffice_tui.rules.leave_approval import LeaveRuling
from govoffice_tui.rules.notices import DayChange


@dataclass(frozen=True)
class Recounted:
    """One slip whose length or tier a change of the calendar changed."""

    number: str
    name: str
    slip: str
    before: LeaveRuling
    after: LeaveRuling

    @property
    def needs_higher_approval(self) -> bool:
        """Return whether whoever approved is below what the new length needs."""
        return self.after.level > self.before.level

    def __str__(self) -> str:
        lengths = f"{days_words(self.before.halves)}改为{days_words(self.after.halves)}"
        more = f",{self.after.form_words}" if self.after.tier != self.before.tier else ""
        return f"{self.number} {self.name} {self.slip} {lengths}{more}"


def recount(office: Office, before: Calendar, after: Calendar) -> list[Recounted]:
    """Return the slips whose length or tier differs between two calendars, in order of their start.

    Months under seal keep their calendar in both, so that what stands in them is never listed.
    """
    changed = _changed_days(before, after)
    if not changed:
        return []
    found = []
    for one in touching(office, changed[0] - NEAR, changed[-1] + NEAR, STANDING + UNDECIDED):
        pair = [_ruling(office, one, chart) for chart in (before, after)]
        if (pair[0].halves, pair[0].tier) != (pair[1].halves, pair[1].tier):
            name = staff.name_of(office, one.person, one.start.day)
            found.append(Recounted(one.number, name, f"{one.stretch}{one.kind.label}", *pair))
    return found


def before_notice(after: Calendar, days: tuple[DayChange, ...]) -> Calendar:
    """Return the calendar as it worked before a notice changed these days."""
    years: dict[int, CalendarYear] = dict(after.years)
    for change in days:
        year = years[change.day.year]
        place = 2 * (change.day.timetuple().tm_yday - 1)
        letters = "WW" if change.was_work else "RR"
        years[year.year] = replace(year, codes=year.codes[:place] + letters + year.codes[place + 2 :])
    return replace(after, years=years)


def _changed_days(before: Calendar, after: Calendar) -> list[date]:
    found = []
    for year in sorted(set(before.years) & set(after.years)):
        day = date(year, 1, 1)
        while day.year == year:
            if any(before.is_work(day, half) is not after.is_work(day, half) for half in Half):
                found.append(day)
            day += timedelta(days=1)
    return found


def _ruling(office: Office, one: LeaveRecord, chart: Calendar) -> LeaveRuling:
    wide = chart_for(office, one.start.day - timedelta(days=366), one.end.day + timedelta(days=366))
    merged = with_sealed_months(office, Calendar({**wide.years, **chart.years}, chart.adjustments))
    return ruling_on(office, one.person, one.taken if one.returned else one.stretch, without=one.id, chart=merged)
