"""What was said and marked before: former topics to take again, one person's sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import pages, sessions
from govoffice_tui.registers.rolls.views import Session, Topic
from govoffice_tui.rules.people import Membership
from govoffice_tui.rules.rolls import Book, MarkKind

REMEMBERED = 40
"""Former sessions whose words are offered again."""

LEAFED = timedelta(days=400)


@dataclass(frozen=True)
class PersonSession:
    """One session of one person."""

    session: Session
    kind: MarkKind
    words: str


def said_before(office: Office, book: Book, day: date) -> list[Topic]:
    """Return what the sessions before a day were about, newest first."""
    rows = office.fetch(
        "SELECT subject, form, speaker, led_by, place FROM roll_sessions WHERE series = ? AND struck_at IS NULL"
        " AND event_day < ? AND subject <> '' ORDER BY event_day DESC LIMIT ?",
        book.series,
        day.isoformat(),
        REMEMBERED,
    )
    return [Topic(*row) for row in rows]


def of_person(office: Office, book: Book, person: int) -> list[PersonSession]:
    """Return the sessions held while somebody was on the roster, newest first, over about a year."""
    today = office.now().date()
    first = today - LEAFED
    standing = pages.marks(office, book, first, today)
    stays = staff.periods(office, first, today).get(person, [])
    found = []
    for session in sessions.recorded(office, book, first, today):
        kinds = {stay.kind for stay in stays if stay.covers(session.day)}
        if not session.state.is_held or not kinds or Membership.SECONDED_OUT in kinds:
            continue
        mark = standing.get((session.day, person))
        kind = mark.kind if mark else MarkKind.PRESENT
        found.append(PersonSession(session, kind, mark.remark if mark else ""))
    return found[::-1]


def is_empty(office: Office, book: Book) -> bool:
    """Return whether no roll was ever taken in the book."""
    return not office.fetch(
        "SELECT 1 FROM roll_sessions WHERE series = ? AND state IN ('held', 'checked') AND struck_at IS NULL LIMIT 1",
        book.series,
    )
