"""Every register the office keeps, so that the day page, the search, the months and the exports loop over one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import day_of, month_of
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.attendance.register import ATTENDANCE
from govoffice_tui.registers.closing import SealedMonth
from govoffice_tui.registers.duty.register import DUTY, ROSTER
from govoffice_tui.registers.leave.register import LEAVE
from govoffice_tui.registers.meetings.register import MEETINGS
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.register import OUTINGS
from govoffice_tui.registers.register import Register, YearInBrief
from govoffice_tui.registers.rolls.register import HYGIENE, STUDY
from govoffice_tui.registers.supervision.register import SUPERVISION
from govoffice_tui.rules.refusal import Problem

REGISTERS: tuple[Register, ...] = (ATTENDANCE, LEAVE, OUTINGS, DUTY, ROSTER, STUDY, HYGIENE, MEETINGS, SUPERVISION)
"""In the order of the regulation."""


@dataclass(frozen=True)
class RegisterMonth:
    """One month of a register: its seal, what keeps it open, and the month in one line."""

    register: Register
    seal: SealedMonth | None
    sealed_by: str
    pending: tuple[Problem, ...]
    summary: str


def register_months(office: Office, month: str) -> list[RegisterMonth]:
    """Return how a month (YYYY-MM) stands in every register; one under seal has nothing open."""
    found = []
    for register in REGISTERS:
        seal = closing.sealed(office, register.word, month)
        by = "" if seal is None else staff.name_of(office, seal.closed_by, day_of(seal.closed_at))
        pending = () if seal is not None else tuple(register.pending(office, month))
        found.append(RegisterMonth(register, seal, by, pending, register.month_summary(office, month)))
    return found


@dataclass(frozen=True)
class RegisterYear:
    """One year of a register that adds its months up."""

    register: Register
    brief: YearInBrief


def register_years(office: Office, year: int) -> list[RegisterYear]:
    """Return how a year stands in every register that adds its months up and was kept in it."""
    read = [(register, register.year(office, year)) for register in REGISTERS if register.year is not None]
    return [RegisterYear(register, brief) for register, brief in read if brief is not None]


def months_begun(office: Office) -> list[str]:
    """Return the months the office has kept its books in, newest first."""
    today = office.now().date()
    first, _ = settings.on(office, today).first_half_day
    begun = office.fetch("SELECT min(event_day) FROM sign_sessions")[0][0]
    day = min(date.fromisoformat(begun) if begun else today, max(first, today - timedelta(days=31)))
    found = []
    while day <= today:
        found.append(month_of(day))
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return list(dict.fromkeys([*found, month_of(today)]))[::-1]
