"""The hours of duty: which shifts a day has, by the book, the roster and the settings, and which it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from govoffice_tui.clock import local
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.duty.planned import planned_shifts
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import ShiftHours, Template, day_hours, part_templates, shift_hours, shift_of, without


def is_workday(office: Office, day: date) -> bool:
    """Return whether a day is worked; of a year without a calendar by its weekday."""
    chart = calendar.load(office, [day.year])
    return chart.is_workday(day) if day.year in chart.years else day.weekday() < 5


def hours_on(office: Office, day: date) -> tuple[ShiftHours, ...]:
    """Return the hours of every shift of a day in the order of their starts, one page each.

    What was taken over keeps the hours it was taken over with; a divided day is filled up as it is planned now.
    """
    kept = [
        stored_hours(office, day, Template(template), local(starts), local(ends))
        for template, starts, ends in office.fetch(
            "SELECT template, starts_at, ends_at FROM duty_shifts WHERE event_day = ? AND struck_at IS NULL"
            " ORDER BY starts_at",
            day.isoformat(),
        )
    ]
    if any(not one.template.is_part for one in kept):
        return tuple(kept)
    taken = [(one.starts, one.ends) for one in kept]
    for one in planned_hours(office, day):
        for starts, ends in without([(one.starts, one.ends)], taken):
            is_whole = (starts, ends) == (one.starts, one.ends)
            kept.append(one if is_whole else ShiftHours(day, Template.REST_PART, starts, ends))
    return tuple(sorted(kept, key=lambda one: one.starts))


def planned_hours(office: Office, day: date) -> tuple[ShiftHours, ...]:
    """Return the hours of a day's shifts as the roster plans them, else by the settings."""
    is_worked, rules = is_workday(office, day), settings.on(office, day)
    plans = planned_shifts(office, day)
    if not plans:
        return day_hours(day, is_worked, rules)
    if len(plans) == 1:
        usual = shift_hours(day, is_worked, rules)
        return (replace(usual, starts=plans[0].starts_at, ends=plans[0].ends_at),)
    templates = part_templates(len(plans))
    return tuple(
        ShiftHours(day, template, plan.starts_at, plan.ends_at) for template, plan in zip(templates, plans, strict=True)
    )


def hours_of(office: Office, day: date, starts: datetime | None = None) -> ShiftHours:
    """Return the hours of the shift of a day that a moment lies in, of its first one without a moment."""
    found = hours_on(office, day)
    if starts is not None:
        for one in found:
            if one.starts <= starts < one.ends:
                return one
    return found[0]


def current_hours(office: Office, now: datetime) -> ShiftHours:
    """Return the shift a moment belongs to, whether or not anybody took it over."""
    usual = shift_of(now, lambda day: is_workday(office, day), settings.on(office, now.date()))
    found = hours_on(office, usual.day)
    begun = [one for one in found if one.takes_from <= now]
    return begun[-1] if begun else found[0]


def next_hours(office: Office, hours: ShiftHours) -> ShiftHours:
    """Return the hours of the shift that follows one: the next of its day, else the first of the day it ends on."""
    later = [one for one in hours_on(office, hours.day) if one.starts > hours.starts]
    return later[0] if later else hours_on(office, hours.ends.date())[0]


def stored_hours(office: Office, day: date, template: Template, starts: datetime, ends: datetime) -> ShiftHours:
    """Return a shift's hours as they were decided when it was taken over, with the noon gap of its day."""
    noon = None
    if template is Template.NIGHT:
        noon = shift_hours(day, True, settings.on(office, day)).noon
    return ShiftHours(day, template, starts, ends, noon)
