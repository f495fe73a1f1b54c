"""Finding a slip by its number, its person or its kind, newest first."""

from __future__ import annotations

from datetime import date

from govoffice_tui.registers import staff
from govoffice_tui.registers.leave.excuses import shown_state
from govoffice_tui.registers.leave.records import found_by, latest
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.leave import LeaveKind
from govoffice_tui.rules.people import display_names
from govoffice_tui.text import fold

FOUND_AT_MOST = 100
LISTED_AT_MOST = 500


def search_leave(office: Office, words: str) -> list[tuple[str, date, int]]:
    """Return (words, first day, person) of the slips a text means."""
    today = office.now().date()
    key = fold(words)
    if not key:
        return []
    people = staff.everybody(office, today)
    names = display_names(people)
    meant = [person.id for person in staff.match(people, words)]
    kinds = [kind.value for kind in LeaveKind if key in fold(kind.label)]
    number = "".join(letter for letter in key.split("〕")[-1] if letter.isdecimal())
    records = found_by(office, meant, kinds, int(number[:9]) if number and not meant else None, FOUND_AT_MOST)
    return [
        (
            f"{one.number} {names.get(one.person, '')} {one.stretch}{one.kind.label} {shown_state(office, one)}",
            one.start.day,
            one.person,
        )
        for one in records
    ]


def newest(office: Office) -> list[tuple[str, date, int]]:
    """Return (words, first day, person) of the newest slips, for a list to be searched in."""
    today = office.now().date()
    names = display_names(staff.everybody(office, today))
    return [
        (
            f"{names.get(one.person, '')} {one.stretch}{one.kind.label} {one.number} {shown_state(office, one)}",
            one.start.day,
            one.person,
        )
        for one in latest(office, LISTED_AT_MOST)
    ]
