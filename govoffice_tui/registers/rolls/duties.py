"""What a roll book wants of the office today, and what a search finds in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, chinese_weekday, month_of
from govoffice_tui.registers import closing
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import sessions
from govoffice_tui.registers.rolls.views import Session
from govoffice_tui.rules.rolls import Book, RollState
from govoffice_tui.text import fold

BACK = timedelta(days=14)
"""How long a session nobody recorded stands on the page of today."""

AHEAD = timedelta(days=10)
"""How long before a holiday's Monday it is asked whether the session is put off."""

FOUND = 100
"""Sessions a search gives at most."""


@dataclass(frozen=True)
class Duty:
    """One thing to do in a book: its words, whether it is late, and the day of its page."""

    text: str
    is_overdue: bool
    day: date


def due(office: Office, book: Book, now: datetime) -> list[Duty]:
    """Return today's session, those of two weeks nobody recorded or checked, and holidays to decide about."""
    today = now.date()
    first = max(today - BACK, sessions.begun(office, book))
    found = []
    for session in sessions.sessions(office, book, first, today):
        if closing.sealed(office, book.word, month_of(session.day)) is None:
            found += _of_session(book, session, now)
    found += _offered(office, book, today)
    return found


def search(office: Office, book: Book, words: str) -> list[tuple[str, date]]:
    """Return the sessions whose topic, leader, place or decision holds the words, newest first."""
    key = fold(words)
    if not key:
        return []
    found = []
    for day, *texts in office.fetch(
        "SELECT event_day, subject, form, speaker, led_by, place, order_reason FROM roll_sessions"
        " WHERE series = ? AND struck_at IS NULL ORDER BY event_day DESC",
        book.series,
    ):
        if any(key in fold(text) for text in texts):
            said = " ".join(text for text in texts if text)
            found.append((f"{day} {book.title} {said}", date.fromisoformat(day)))
        if len(found) == FOUND:
            break
    return found


def _of_session(book: Book, session: Session, now: datetime) -> list[Duty]:
    """Return what one session wants: its roll, its check; of today's also when it is."""
    day, span = session.day, session.span
    is_today = day == now.date()
    when = "今天" if is_today else f"{chinese_short_day(day)}{chinese_weekday(day)}"
    if session.state is RollState.HELD:
        return [Duty(f"{when}{book.title} 已点名,还没有核对", not is_today, day)]
    if not session.state.is_ahead:
        return []
    subject = f" {session.topic.subject}" if session.topic.subject else ""
    if not is_today:
        return [Duty(f"{when}{book.title} 没有登记{subject}", True, day)]
    if now < span.starts:
        return [Duty(f"{span.starts:%-H:%M} {book.title}{subject}", False, day)]
    if now < span.ends:
        return [Duty(f"{book.title}正在进行,到{span.ends:%-H:%M},请点名{subject}", False, day)]
    return [Duty(f"今天{span.starts:%-H:%M}{book.title} 还没有点名{subject}", True, day)]


def _offered(office: Office, book: Book, today: date) -> list[Duty]:
    """Ask about each holiday's Monday until the first workday after it has begun."""
    found = []
    for day in sessions.offers(office, book, today - BACK, today + AHEAD):
        after = sessions.next_workday(office, day)
        if after is not None and today <= after:
            words = f"{chinese_short_day(day)}{chinese_weekday(day)}放假,没有{book.title},是否改期到节后首个工作日"
            found.append(Duty(f"{words}({chinese_short_day(after)})", False, day))
    return found
