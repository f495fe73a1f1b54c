"""One person's duties as an iCalendar file (RFC 5545), in the office's own time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from govoffice_tui.registers.duty.roster import ShiftLine
from govoffice_tui.text import clean

ZONE = "Asia/Shanghai"
FOLD_OCTETS = 75

_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def duty_calendar(name: str, office_uuid: str, lines: Sequence[ShiftLine], made_at: datetime) -> str:
    """Return a calendar of somebody's duties: an event keeps its UID however often it is written.

    `made_at` is office time; lines end with CRLF and fold at 75 octets.
    """
    found = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//govoffice//duty//ZH", "CALSCALE:GREGORIAN", *_ZONE_LINES]
    for line in lines:
        found += [
            "BEGIN:VEVENT",
            f"UID:{line.day:%Y%m%d}-{line.post.value}-{line.place}-{line.part}-{_code(line)}@{office_uuid}",
            f"DTSTAMP:{_utc(made_at)}",
            f"DTSTART;TZID={ZONE}:{line.starts_at:%Y%m%dT%H%M%S}",
            f"DTEND;TZID={ZONE}:{line.ends_at:%Y%m%dT%H%M%S}",
            f"SUMMARY:{escaped(f'{line.label}{line.template} {name}')}",
        ]
        if line.also:
            found.append(f"DESCRIPTION:{escaped(f'中午 {line.also} 也由当天值班员值守')}")
        found += [f"SEQUENCE:{line.revision - 1}", "END:VEVENT"]
    found.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in found for piece in folded(line))


def escaped(text: str) -> str:
    """Return a text as a calendar's value holds it."""
    seen = clean(text).text
    return seen.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> list[str]:
    """Return a line in pieces of 75 octets at most, every further one indented, no character divided."""
    pieces, used = [""], 0
    for letter in line:
        size = len(letter.encode())
        if used + size > FOLD_OCTETS:
            pieces.append(" ")
            used = 1
        pieces[-1] += letter
        used += size
    return pieces


def _code(line: ShiftLine) -> str:
    return f"{line.starts_at:%H%M}" if not line.part else "part"


def _utc(moment: datetime) -> str:
    from datetime import timedelta

    return f"{moment - timedelta(hours=8):%Y%m%dT%H%M%SZ}"
