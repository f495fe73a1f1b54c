"""One line of the duty book as it is laid before a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.registers import settings
from govoffice_tui.registers.duty.book import ENTRIES
from govoffice_tui.registers.duty.checks import require_entry
from govoffice_tui.registers.duty.entry_rows import entries_of
from govoffice_tui.registers.duty.shift_rows import shifts_of_day
from govoffice_tui.registers.duty.views import EntryLine
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class CallSlip:
    """What a 值班来电呈阅单 shows: the line and the shift it came in."""

    office_name: str
    shift_words: str
    number: str
    leader: str
    line: EntryLine


def slip_period(office: Office, row: int) -> str:
    """Return what one slip's file is named after: 2026-10-11_3号. A classified line has none (第4条)."""
    line = require_entry(office, row)
    if line.details.is_classified:
        raise Refused("涉密件不在本机打印呈阅单,请按机要程序呈送。", "值班制度第4条")
    return f"{line.day.isoformat()}_{line.part}{line.place}号"


def call_slip(office: Office, period: str) -> CallSlip:
    """Return the slip of a line by what its file is named after."""
    day, _, place = period.partition("_")
    found = [
        (shift, one)
        for shift in shifts_of_day(office, date.fromisoformat(day))
        for one in entries_of(office, shift.id)
        if not one.is_struck and f"{one.part}{one.place}号" == place
    ]
    if not found:
        raise Refused("这一笔已经划去,请重新选一行。")
    shift, line = found[0]
    return CallSlip(
        settings.on(office, shift.day).office_name,
        shift.hours.words,
        shown(ENTRIES, line.year, line.number),
        shift.name(shift.leader),
        line,
    )
