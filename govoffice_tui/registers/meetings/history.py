"""What was written before, to be offered again: texts of meetings, names, units and whom to call."""

from __future__ import annotations

from govoffice_tui.registers.duty import contacts
from govoffice_tui.registers.meetings.topics import COLUMNS
from govoffice_tui.registers.office import Office

TEXTS = ("title", "place", "chair", "organiser", "partner", "scope")
"""Columns of a meeting that offer what was written before."""


def texts_used(office: Office, column: str, limit: int = 30) -> tuple[str, ...]:
    """Return what was written last in a column of meetings, newest first, each once."""
    assert column in TEXTS
    rows = office.fetch(
        f"SELECT {column} FROM meetings WHERE struck_at IS NULL AND is_classified = 0 AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


def names_used(office: Office, table: str, column: str, limit: int = 30) -> tuple[str, ...]:
    """Return what was written last in a column of what hangs on meetings: who reviewed, drafted, signed, approved."""
    assert (table, column) in {
        *(("meeting_topics", by) for _, by in COLUMNS.values()),
        ("meeting_topics", "unit"),
        ("meeting_topics", "reporter"),
        ("meeting_notices", "approved_by"),
        ("meeting_minutes", "drafter"),
        ("meeting_minutes", "checker"),
        ("meeting_minutes", "signer"),
        ("meeting_minutes", "recipients"),
        ("meeting_materials", "title"),
        ("meeting_materials", "lead"),
        ("meeting_changes", "ordered_by"),
    }
    rows = office.fetch(
        f"SELECT {column} FROM {table} WHERE struck_at IS NULL AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


def units_known(office: Office) -> tuple[str, ...]:
    """Return the units that were asked before, newest first, then those of the phone book and the duty book."""
    asked = office.fetch(
        "SELECT unit FROM meeting_notices WHERE struck_at IS NULL GROUP BY unit ORDER BY max(id) DESC LIMIT 500"
    )
    return tuple(dict.fromkeys([*(unit for (unit,) in asked), *contacts.units(office)]))


def phone_of(office: Office, unit: str) -> str:
    """Return whom to call in a unit, as the phone book has it: 副镇长 马骏 0599-…; empty where it has none."""
    return contacts.last_call(office, unit)
