"""The pages of the duty book, read from the book: which shift it is now, a shift with its lines, open matters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from govoffice_tui.clock import epoch
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.duty.entry_rows import entries_of, open_matters
from govoffice_tui.registers.duty.hours import current_hours, hours_of, hours_on
from govoffice_tui.registers.duty.shift_rows import absences_of, first_day, open_shift, shift_at
from govoffice_tui.registers.duty.views import (
    AbsenceLine,
    Shift,
    ShiftPage,
)
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import (
    ShiftHours,
    uncovered,
)


def has_begun(office: Office, day: date) -> bool:
    """Return whether the duty book was kept by a day: its page may be printed, blank though it may be."""
    first = first_day(office)
    return first is not None and first <= day <= current_hours(office, office.now()).day


def current_page(office: Office) -> ShiftHours:
    """Return whose page is worked on now: that of the open shift, else of the shift the clock stands in."""
    hours = current_hours(office, office.now())
    found = open_shift(office)
    if found is None or (found.hours.starts < hours.starts and shift_at(office, hours) is not None):
        return hours
    return found.hours


def current_day(office: Office) -> date:
    """Return the day whose page is worked on now."""
    return current_page(office).day


def neighbour(office: Office, hours: ShiftHours, step: int) -> ShiftHours:
    """Return the shift after one, or the one before: of its own day where it has one, else of the day beside."""
    found = hours_on(office, hours.day)
    others = [one for one in found if (one.starts > hours.starts if step > 0 else one.starts < hours.starts)]
    if not others:
        others = list(hours_on(office, hours.day + timedelta(days=step)))
    return others[0] if step > 0 else others[-1]


def page(office: Office, day: date, starts: datetime | None = None) -> ShiftPage:
    """Return the page of the shift of a day a moment lies in, of its first without one, read while nobody wrote."""
    return office.steady(lambda: _page(office, hours_of(office, day, starts)))


def pages_on(office: Office, day: date) -> tuple[ShiftPage, ...]:
    """Return the pages of every shift of a day in the order of their starts, read while nobody wrote."""
    return office.steady(lambda: tuple(_page(office, hours) for hours in hours_on(office, day)))


def blank_reason(office: Office, hours: ShiftHours) -> str:
    """Return what was found out about a shift nobody kept, of the day where it is its only one; or nothing."""
    rows = office.fetch(
        "SELECT remark FROM duty_blanks WHERE event_day = ? AND struck_at IS NULL AND (? OR starts_at BETWEEN ? AND ?)"
        " ORDER BY id DESC",
        hours.day.isoformat(),
        int(not hours.template.is_part),
        epoch(hours.starts),
        epoch(hours.ends) - 1,
    )
    return str(rows[0][0]) if rows else ""


def _page(office: Office, hours: ShiftHours) -> ShiftPage:
    day = hours.day
    rules = settings.on(office, day)
    now = office.now()
    shift = shift_at(office, hours)
    current = current_page(office)
    is_current = (hours.day, hours.starts) == (current.day, current.starts)
    chart = calendar.load(office, [day.year])
    absences = absences_of(office, shift) if shift else ()
    return ShiftPage(
        office_name=rules.office_name,
        day=day,
        day_title=chart.title(day) if day.year in chart.years else "",
        hours=hours,
        is_current=is_current,
        is_over=now >= hours.ends,
        report_minutes=rules.duty_report_minutes,
        shift=shift,
        lines=tuple(entries_of(office, shift.id)) if shift else (),
        matters=tuple(open_matters(office, hours.starts)) if is_current else (),
        absences=absences,
        uncovered=uncovered_minutes(shift, absences, now) if shift else 0,
        blank_reason=blank_reason(office, hours),
    )


def uncovered_minutes(shift: Shift, absences: Iterable[AbsenceLine], now: datetime) -> int:
    """Return the minutes of a shift up to now in which nobody was there (第2条, 第6条)."""
    end = min(shift.hours.ends, now)
    if end <= shift.hours.starts:
        return 0
    here = [(shift.took_at, max(shift.took_at, shift.hours.ends))]
    away = []
    for one in absences:
        away.append((one.start, one.end))
        if one.relief_start is not None and one.relief_end is not None:
            away.pop()
            away += _outside((one.start, one.end), (one.relief_start, one.relief_end))
    return uncovered((shift.hours.starts, end), here, away)


def _outside(span: tuple[datetime, datetime], relief: tuple[datetime, datetime]) -> list[tuple[datetime, datetime]]:
    start, end = span
    pieces = [(start, min(end, relief[0])), (max(start, relief[1]), end)]
    return [piece for piece in pieces if piece[0] < piece[1]]
