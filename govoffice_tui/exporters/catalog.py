"""Every form the office can write, so that reports and screens loop over one list: each book names its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from govoffice_tui.exporters import outings
from govoffice_tui.exporters.attendance import forms as attendance
from govoffice_tui.exporters.duty import forms as duty
from govoffice_tui.exporters.equipment import forms as equipment
from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.exporters.leave import forms as leave
from govoffice_tui.exporters.meetings import forms as meetings
from govoffice_tui.exporters.rolls import forms as rolls
from govoffice_tui.exporters.seals import forms as seals
from govoffice_tui.exporters.supervision import forms as supervision
from govoffice_tui.exporters.supplies import forms as supplies

PACKET = "空白应急表"

FORMS: tuple[Form[Any], ...] = (
    *attendance.FORMS,
    *leave.FORMS,
    *outings.FORMS,
    *duty.FORMS,
    *rolls.FORMS,
    *meetings.FORMS,
    *supervision.FORMS,
    *seals.FORMS,
    *equipment.FORMS,
    *supplies.FORMS,
)
"""What a period of a book is written to, in the order of the regulation."""

PAPERS: tuple[Form[Any], ...] = (
    *attendance.PAPERS,
    *leave.PAPERS,
    *duty.PAPERS,
    *meetings.PAPERS,
    *supervision.PAPERS,
    *seals.PAPERS,
    *equipment.PAPERS,
    *supplies.PAPERS,
)
"""Papers written when asked for: their period is a day, and behind it what they are about, if it is one matter."""

BLANKS: tuple[Blank, ...] = (
    *attendance.BLANKS,
    *leave.BLANKS,
    *duty.BLANKS,
    *rolls.BLANKS,
    *seals.BLANKS,
    *equipment.BLANKS,
    *supplies.BLANKS,
    duty.CONTACT_LIST,
)
"""What the office writes on by hand, and whom it calls, while the program cannot be used: 空白应急表."""


def packet_name(day: date) -> str:
    """Return 2026-10-12_空白应急表.xlsx."""
    return f"{day.isoformat()}_{PACKET}.xlsx"
