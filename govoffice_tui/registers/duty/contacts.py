"""Who calls: the phone book of units, and what earlier lines know of a unit or a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.models import Contact
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import fold

UNITS_KNOWN = 2000


@dataclass(frozen=True)
class ContactLine:
    """One line of a phone book: `row` is where it stands in the file."""

    row: int
    unit: str
    name: str
    position: str
    phone: str


def line_key(unit: str, name: str, position: str) -> tuple[str, str, str]:
    """Return by what a line is known again: the person, or the post (值班室, 传真) where nobody is named."""
    return unit, name, "" if name else position


@dataclass(frozen=True)
class ContactsImported:
    """What a phone book changed."""

    added: int
    changed: int
    already: int


def import_contacts(
    office: Office, lines: Sequence[ContactLine], *, by: int | None, form_key: str | None = None
) -> ContactsImported:
    """Enter a phone book: all of it or nothing. Who stood there with another phone or position is corrected.

    Refused for an empty list and a line without a unit; nobody is taken out by a list that lacks them.
    """
    with office.write("import_contacts", by, form_key) as writing:
        if writing.repeated is not None:
            return ContactsImported(0, 0, len(lines))
        if by is not None:
            posts.require(office, "import_contacts", by, day_of(writing.now))
        if not lines:
            raise Refused("通讯录是空的,没有可导入的单位。")
        known = {
            line_key(unit, name, position): (row, position, phone)
            for row, unit, name, position, phone in office.fetch(
                "SELECT id, unit, name, position, phone FROM contacts WHERE struck_at IS NULL ORDER BY id"
            )
        }
        added = changed = already = 0
        for line in lines:
            unit, name = checked(line.unit, "unit"), checked(line.name, "name")
            position, phone = checked(line.position, "position"), checked(line.phone, "phone")
            if not unit:
                raise Refused(f"第{line.row}行没有单位。")
            callee = line_key(unit, name, position)
            before = known.get(callee)
            if before is not None and before[1:] == (position, phone):
                already += 1
                continue
            if before is not None:
                row = writing.correct(Contact, before[0], "通讯录更新", position=position, phone=phone)
                changed += 1
            else:
                row = writing.insert(
                    Contact,
                    unit=unit,
                    name=name,
                    position=position,
                    phone=phone,
                    entered_at=writing.now,
                    entered_by=by,
                )
                added += 1
            known[callee] = (row, position, phone)
        return ContactsImported(added, changed, already)


def units(office: Office) -> tuple[str, ...]:
    """Return the units known, those that called last first, then those of the phone book."""
    called = office.fetch(
        "SELECT unit FROM duty_entries WHERE unit <> '' AND struck_at IS NULL GROUP BY unit ORDER BY max(id) DESC"
        f" LIMIT {UNITS_KNOWN}"
    )
    listed = office.fetch(
        f"SELECT DISTINCT unit FROM contacts WHERE struck_at IS NULL ORDER BY unit LIMIT {UNITS_KNOWN}"
    )
    return tuple(dict.fromkeys(unit for (unit,) in (*called, *listed)))


def callers(office: Office, unit: str = "") -> tuple[str, ...]:
    """Return the people known of a unit, or of all, as they are written on a line: 副镇长 马骏."""
    called = office.fetch(
        "SELECT caller FROM duty_entries WHERE caller <> '' AND struck_at IS NULL AND (? = '' OR unit = ?)"
        f" GROUP BY caller ORDER BY max(id) DESC LIMIT {UNITS_KNOWN}",
        unit,
        unit,
    )
    listed = [
        f"{position} {name}".strip()
        for name, position in office.fetch(
            "SELECT name, position FROM contacts WHERE struck_at IS NULL AND (? = '' OR unit = ?) ORDER BY id"
            f" LIMIT {UNITS_KNOWN}",
            unit,
            unit,
        )
    ]
    return tuple(dict.fromkeys([*(caller for (caller,) in called), *listed]))


def phones(office: Office, unit: str = "") -> tuple[str, ...]:
    """Return the numbers known of a unit, or of all."""
    called = office.fetch(
        "SELECT phone FROM duty_entries WHERE phone <> '' AND struck_at IS NULL AND (? = '' OR unit = ?)"
        f" GROUP BY phone ORDER BY max(id) DESC LIMIT {UNITS_KNOWN}",
        unit,
        unit,
    )
    listed = office.fetch(
        "SELECT phone FROM contacts WHERE struck_at IS NULL AND phone <> '' AND (? = '' OR unit = ?) ORDER BY id"
        f" LIMIT {UNITS_KNOWN}",
        unit,
        unit,
    )
    return tuple(dict.fromkeys(phone for (phone,) in (*called, *listed)))


def last_call(office: Office, unit: str, before: int | None = None) -> str:
    """Return who of a unit called last: 上次来电 10-02 副镇长 马骏 139…; empty for a unit nobody heard of."""
    if not fold(unit):
        return ""
    rows = office.fetch(
        "SELECT event_day, caller, phone FROM duty_entries WHERE unit = ? AND struck_at IS NULL AND id < ?"
        " ORDER BY id DESC LIMIT 1",
        unit,
        before if before is not None else 1 << 60,
    )
    if rows:
        day, caller, phone = rows[0]
        return f"上次来电 {date.fromisoformat(day):%m-%d} {caller} {phone}".replace("  ", " ").strip()
    listed = office.fetch(
        "SELECT position, name, phone FROM contacts WHERE unit = ? AND struck_at IS NULL ORDER BY id LIMIT 1", unit
    )
    return f"通讯录 {' '.join(part for part in listed[0] if part)}" if listed else ""
