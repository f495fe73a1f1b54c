"""What the duty book is called, its two series of numbers, and whose names stand on its pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office

REGISTER = "duty"

WORDS = "值班"

SHIFTS, ENTRIES = "班", "值"

Names = Mapping[int, str]


def names_on(office: Office, day: date) -> dict[int, str]:
    """Return what everybody is called on a day, those of the same name with their section; old pages keep old names."""
    return staff.names_ever(office, day)
