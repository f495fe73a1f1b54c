"""One slip as it is printed to be signed, or a blank one."""

from __future__ import annotations

from dataclasses import dataclass

from govoffice_tui.clock import month_of
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.leave.months import LeaveLine, line_of
from govoffice_tui.registers.leave.records import by_id
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Refused

BLANK = "空白"


@dataclass(frozen=True)
class SlipSheet:
    """What the sheet prints; `line` is None on a blank one."""

    office_name: str
    line: LeaveLine | None
    cover: str


def slip_period(office: Office, row: int | None) -> str:
    """Return what one slip's file is named after: 2026-10_假2026-12, of a blank one 2026-10_空白."""
    if row is None:
        return f"{month_of(office.now().date())}_{BLANK}"
    found = by_id(office, row)
    if found is None or found.struck_at is not None:
        raise Refused("这张假条已作废或更正,请重新选一行。")
    year, number = office.fetch("SELECT year, number FROM leaves WHERE id = ?", row)[0]
    return f"{month_of(found.start.day)}_假{year}-{number}"


def slip_sheet(office: Office, period: str) -> SlipSheet:
    """Return the sheet of a slip by what its file is named after; refused where there is no such slip."""
    name = settings.on(office, office.now().date()).office_name
    what = period.rpartition("_")[2]
    if what == BLANK:
        return SlipSheet(name, None, "")
    year, _, number = what.removeprefix("假").partition("-")
    rows = office.fetch(
        "SELECT id FROM leaves WHERE year = ? AND number = ? AND struck_at IS NULL", int(year), int(number)
    )
    found = by_id(office, rows[0][0]) if rows else None
    if found is None:
        raise Refused("没有这张假条,可能已作废。")
    cover = staff.name_of(office, found.cover, found.start.day) if found.cover is not None else ""
    return SlipSheet(name, line_of(office, found), cover)
