"""Every register the office keeps, so that the day page, the search, the months and the exports loop over one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, overload

from govoffice_tui.clock import day_of, month_of
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Register, YearInBrief
from govoffice_tui.rules.refusal import Problem

if TYPE_CHECKING:
    from govoffice_tui.registers.closing import SealedMonth


class Registers(Sequence[Register]):
    """Books by where they stand, `package.module:NAME`; their modules are imported when one is first looked at.

    The first page is painted before any of them is needed, and together they take as long to import as it does.
    """

    def __init__(self, *places: str) -> None:
        self._places = places

    @cached_property
    def _registers(self) -> tuple[Register, ...]:
        return tuple(map(_register_at, self._places))

    @overload
    def __getitem__(self, place: int) -> Register: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Register, ...]: ...

    def __getitem__(self, place: int | slice) -> Register | tuple[Register, ...]:
        return self._registers[place]

    def __len__(self) -> int:
        return len(self._places)


def _register_at(place: str) -> Register:
    module, name = place.split(":")
    register = getattr(import_module(f"govoffice_tui.registers.{module}"), name)
    assert isinstance(register, Register)
    return register


REGISTERS = Registers(
    "attendance.register:ATTENDANCE",
    "leave.register:LEAVE",
    "outings.register:OUTINGS",
    "duty.register:DUTY",
    "duty.register:ROSTER",
    "rolls.register:STUDY",
    "rolls.register:HYGIENE",
    "meetings.register:MEETINGS",
    "supervision.register:SUPERVISION",
    "seals.register:SEALS",
    "equipment.register:EQUIPMENT",
    "supplies.register:SUPPLIES",
)
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
    from govoffice_tui.registers import closing

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
