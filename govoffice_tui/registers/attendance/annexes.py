"""What is filed beside the sheet of a session: why it had no book, who was looked for, who was found to have left."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.clock import local
from govoffice_tui.registers import staff
from govoffice_tui.registers.attendance.views import DrawnPerson, PresenceCheck, WithoutBook
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import Finding, NoBookDecision, Seen
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import display_names


def without_book(office: Office, day: date, half: Half) -> WithoutBook | None:
    """Return why a session had no book and what was decided, None where it had one."""
    rows = office.fetch(
        "SELECT id, series, year, number, remark, decision, decided_by_id, paper_page, ruled_at FROM no_books"
        " WHERE event_day = ? AND half = ? AND struck_at IS NULL",
        day.isoformat(),
        int(half),
    )
    if not rows:
        return None
    row, series, year, number, reason, decision, decided_by, paper_page, ruled_at = rows[0]
    return WithoutBook(
        id=row,
        number=shown(series, year, number),
        reason=reason,
        decision=NoBookDecision(decision) if decision else None,
        decided_by=staff.name_of(office, decided_by, day) if decided_by else "",
        paper_page=paper_page,
        ruled_at=None if ruled_at is None else local(ruled_at),
    )


def found_present(office: Office, day: date, half: Half) -> set[int]:
    """Return who was found to have been there in a session without a book."""
    rows = office.fetch(
        "SELECT staff_id FROM presences WHERE event_day = ? AND half = ? AND struck_at IS NULL",
        day.isoformat(),
        int(half),
    )
    return {person for (person,) in rows}


def presence_check(office: Office, day: date, half: Half) -> PresenceCheck | None:
    """Return the 抽查到岗 of a session with its answers as they stand, None where nobody drew."""
    rows = office.fetch(
        "SELECT id, drawn_at, inspector_id FROM presence_draws WHERE event_day = ? AND half = ? AND struck_at IS NULL",
        day.isoformat(),
        int(half),
    )
    if not rows:
        return None
    draw, drawn_at, inspector = rows[0]
    names = display_names(staff.people_on(office, day))
    people = tuple(
        DrawnPerson(
            row,
            person,
            names.get(person) or staff.name_of(office, person, day),
            Seen(found) if found else None,
        )
        for row, person, found in office.fetch(
            "SELECT id, staff_id, found FROM drawn_names WHERE draw_id = ? AND struck_at IS NULL ORDER BY place", draw
        )
    )
    return PresenceCheck(local(drawn_at), staff.name_of(office, inspector, day), people)


def left_early_on(office: Office, day: date, half: Half) -> dict[int, datetime]:
    """Return when 在岗抽查 found somebody gone before the end of a half-day."""
    rows = office.fetch(
        "SELECT staff_id, min(checked_at) FROM spot_checks WHERE event_day = ? AND half = ? AND state = ?"
        " AND struck_at IS NULL GROUP BY staff_id",
        day.isoformat(),
        int(half),
        Finding.LEFT_EARLY.value,
    )
    return {person: local(at) for person, at in rows}
