"""Whom the duty room calls: the office's own people, then the units of the phone book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.people import Membership, Person


@dataclass(frozen=True)
class Callee:
    """One line of the list; `name` is empty where a unit's number is nobody's own."""

    name: str
    position: str
    phone: str


@dataclass(frozen=True)
class CalleeGroup:
    """A section or a unit, and whom of it to call."""

    title: str
    callees: tuple[Callee, ...]


@dataclass(frozen=True)
class ContactSheet:
    """What a 应急联系表 shows: people in rank order by section, 编外 apart, units as the phone book has them."""

    office_name: str
    sections: tuple[CalleeGroup, ...]
    apart: tuple[CalleeGroup, ...]
    units: tuple[CalleeGroup, ...]

    @property
    def without_phone(self) -> int:
        """Return how many lines have no number."""
        groups = (*self.sections, *self.apart, *self.units)
        return sum(not one.phone for group in groups for one in group.callees)


def contact_sheet(office: Office, day: date) -> ContactSheet:
    """Return whom to call as the staff list has them on a day, those lent out left out, and the phone book."""
    lent = {
        period.person
        for periods in staff.periods(office, day, day).values()
        for period in periods
        if period.kind is Membership.SECONDED_OUT
    }
    people = [person for person in staff.people_on(office, day) if person.id not in lent]
    return ContactSheet(
        office_name=settings.on(office, day).office_name,
        sections=_neighbours(person for person in people if not person.category.is_apart),
        apart=_neighbours(person for person in people if person.category.is_apart),
        units=_units(office),
    )


def _neighbours(people: Iterable[Person]) -> tuple[CalleeGroup, ...]:
    """Group those of one section who follow each other: nobody leaves the rank order for it."""
    groups: list[tuple[str, list[Callee]]] = []
    for person in people:
        if not groups or groups[-1][0] != person.section:
            groups.append((person.section, []))
        groups[-1][1].append(Callee(person.name, person.position, person.phone))
    return tuple(CalleeGroup(title, tuple(callees)) for title, callees in groups)


def _units(office: Office) -> tuple[CalleeGroup, ...]:
    """Return the units in the order they were first brought in: a line that was corrected keeps its place."""
    rows = office.fetch("SELECT id, corrects, struck_at, unit, name, position, phone FROM contacts ORDER BY id")
    first: dict[int, int] = {}
    for row, corrects, *_ in rows:
        first[row] = row if corrects is None else first[corrects]
    found: dict[str, list[Callee]] = {}
    for _, _, struck_at, unit, name, position, phone in sorted(rows, key=lambda row: first[row[0]]):
        if struck_at is None:
            found.setdefault(unit, []).append(Callee(name, position, phone))
    return tuple(CalleeGroup(unit, tuple(callees)) for unit, callees in found.items())
