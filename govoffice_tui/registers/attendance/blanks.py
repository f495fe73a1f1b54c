"""What a blank 签到表 is printed from: who signs on a day, who need not, and the hours of its sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.attendance.pages import due_people, is_worked
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import SessionHours, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import AttendanceMode, Person, display_names

LOOKED_AHEAD = 40
"""Days in which the next worked one is looked for: no holiday is nearly so long."""


@dataclass(frozen=True)
class BlankSheet:
    """A day's 签到表 before anybody has signed: people in rank order, 编外 among them.

    `hours` has the worked halves only. `point` is the place the book lies at, empty where there is but one;
    `excused` names who is on the roster and not looked for, each with 免签, 轮班 or 借出.
    """

    office_name: str
    day: date
    day_title: str
    hours: Mapping[Half, SessionHours]
    signers: tuple[Person, ...]
    excused: tuple[tuple[str, str], ...]
    display_names: Mapping[int, str]
    point: str = ""


def blank_sheet(office: Office, day: date) -> BlankSheet:
    """Return what the blank 签到表 of a day shows; `hours` is empty on a day nobody is due."""
    rules = settings.on(office, day)
    people = staff.people_on(office, day)
    names = display_names(people)
    signers = tuple(due_people(office, day))
    due = {person.id for person in signers}
    return BlankSheet(
        office_name=rules.office_name,
        day=day,
        day_title=calendar.for_day(office, day).title(day),
        hours={half: session_hours(day, half, rules) for half in Half if is_worked(office, day, half)},
        signers=signers,
        excused=tuple((names[person.id], _why(person)) for person in people if person.id not in due),
        display_names=names,
    )


def blank_sheets(office: Office, day: date) -> list[BlankSheet]:
    """Return the blank 签到表 of each place people sign at on a day."""
    return by_point(blank_sheet(office, day), lambda person: "")


def by_point(sheet: BlankSheet, point_of: Callable[[Person], str]) -> list[BlankSheet]:
    """Return a sheet for each place people sign at, in the order of their first; the whole one where nobody signs."""
    places = dict.fromkeys(point_of(person) for person in sheet.signers)
    return [
        replace(sheet, point=place, signers=tuple(one for one in sheet.signers if point_of(one) == place))
        for place in places
    ] or [sheet]


def next_worked_day(office: Office, now: datetime) -> date:
    """Return the first day with a session that can still be signed, today where there is none in sight."""
    days = (now.date() + timedelta(days=step) for step in range(LOOKED_AHEAD))
    return next((day for day in days if _is_ahead(office, day, now)), now.date())


def _is_ahead(office: Office, day: date, now: datetime) -> bool:
    calendar.ensure(office, day.year)
    return any(hours.cutoff > now for hours in blank_sheet(office, day).hours.values())


def _why(person: Person) -> str:
    """Return why a person of the roster does not sign: lent out, or the mode that spares them."""
    return "借出" if person.mode is AttendanceMode.SIGNS else person.mode.label
