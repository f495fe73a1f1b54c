"""The sessions of a roll book: those the calendar makes, and what was decided and recorded about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from govoffice_tui.clock import chinese_short_day, local, month_of
from govoffice_tui.registers import calendar, closing, settings, staff
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls.views import Session, Topic
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import Book, RollState, Span, is_offered, is_planned, span_on

NEAR = timedelta(days=40)
"""How far a page is looked for in either direction: no row of holidays is longer."""

_ROW = (
    "SELECT id, year, number, event_day, planned_day, starts_at, ends_at, state, subject, form, speaker, led_by, place,"
    " ordered_by_id, order_reason, paper_page, late_reason, expected, attended, checked_at, checked_by_id, entered_by"
    " FROM roll_sessions WHERE series = ? AND struck_at IS NULL"
)


def recorded(office: Office, book: Book, first: date, last: date) -> list[Session]:
    """Return the sessions that stand in the book from first to last, in order."""
    rows = office.fetch(
        f"{_ROW} AND event_day BETWEEN ? AND ? ORDER BY event_day",
        book.series,
        first.isoformat(),
        last.isoformat(),
    )
    return [_session(office, book, row) for row in rows]


def sessions(office: Office, book: Book, first: date, last: date) -> list[Session]:
    """Return every session from first to last, recorded or made by the calendar alone, in order of days."""
    found = {session.day: session for session in recorded(office, book, first, last)}
    away = moved_away(office, book, first, last)
    for day, chart in _charted(office, book, _weekdays(book, first, last)):
        if day not in found and day not in away and is_planned(book, chart, day):
            found[day] = _planned(office, book, day)
    return [found[day] for day in sorted(found)]


def offers(office: Office, book: Book, first: date, last: date) -> list[date]:
    """Return the days whose session falls away and about which the section has not decided."""
    if not book.asks_after_holiday:
        return []
    known = {session.day for session in recorded(office, book, first, last)} | set(
        moved_away(office, book, first, last)
    )
    return [
        day
        for day, chart in _charted(office, book, _weekdays(book, first, last))
        if day not in known and is_offered(book, chart, day)
    ]


def moved_away(office: Office, book: Book, first: date, last: date) -> dict[date, date]:
    """Return the planned days whose session is held on another day, and on which."""
    rows = office.fetch(
        "SELECT planned_day, event_day FROM roll_sessions WHERE series = ? AND struck_at IS NULL"
        " AND planned_day BETWEEN ? AND ? AND planned_day <> event_day",
        book.series,
        first.isoformat(),
        last.isoformat(),
    )
    return {date.fromisoformat(planned): date.fromisoformat(day) for planned, day in rows}


def session_on(office: Office, book: Book, day: date) -> Session | None:
    """Return the session of a day, None where there is none."""
    found = sessions(office, book, day, day)
    return found[0] if found else None


def session_for(office: Office, book: Book, day: date, deed: str) -> Session:
    """Return the session a deed is about; refused on a day that has none, and where it went elsewhere.

    A holiday's Monday can be put off or cancelled though nothing is planned on it.
    """
    found = session_on(office, book, day)
    if found is not None:
        return found
    went = moved_away(office, book, day, day).get(day)
    if went is not None:
        raise Refused(
            f"{chinese_short_day(day)}的{book.title}已改到{chinese_short_day(went)},请翻到那一天。",
            book.schedule_article,
        )
    if day < first_day(office):
        raise Refused(f"{chinese_short_day(day)}还没有启用本簿。", book.schedule_article)
    chart = calendar.for_day(office, day)
    if deed in ("move", "cancel") and is_offered(book, chart, day):
        return _planned(office, book, day)
    raise Refused(
        f"{chinese_short_day(day)}没有{book.title}({chart.title(day)})。另行安排的先按F5加开。", book.schedule_article
    )


def begun(office: Office, book: Book) -> date:
    """Return the first day the book has been kept for, today while it is empty: nothing before it is missing."""
    held, planned = office.fetch(
        "SELECT min(event_day), min(planned_day) FROM roll_sessions WHERE series = ? AND struck_at IS NULL", book.series
    )[0]
    days = [date.fromisoformat(day) for day in (held, planned) if day]
    return max(first_day(office), min([office.now().date(), *days]))


def first_day(office: Office) -> date:
    """Return the day the office began to keep its books here."""
    return settings.on(office, office.now().date()).first_half_day[0]


def neighbour(office: Office, book: Book, day: date, step: int) -> date | None:
    """Return the next day in a direction that has a page: a session, or a holiday's Monday; None beyond the last."""
    first, last = (day + timedelta(days=1), day + NEAR) if step > 0 else (day - NEAR, day - timedelta(days=1))
    days = [session.day for session in sessions(office, book, first, last)] + offers(office, book, first, last)
    days = [one for one in days if one >= first_day(office)]
    if not days:
        return None
    return min(days) if step > 0 else max(days)


def current_day(office: Office, book: Book) -> date:
    """Return the day whose page is looked at first: today's session, else the next, or a holiday to decide about."""
    today = office.now().date()
    last = today + NEAR
    ahead = [one.day for one in sessions(office, book, today, last) if one.state is not RollState.CANCELLED]
    ahead += offers(office, book, today, last)
    return min(ahead) if ahead else neighbour(office, book, today + timedelta(days=1), -1) or today


def next_workday(office: Office, day: date) -> date | None:
    """Return the first day after a day whose morning is worked, None where the calendar ends before it."""
    days = [day + timedelta(days=step) for step in range(1, NEAR.days)]
    chart = calendar.load(office, {one.year for one in days})
    return next((one for one in days if one.year in chart.years and chart.is_work(one, Half.MORNING)), None)


def _weekdays(book: Book, first: date, last: date) -> list[date]:
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [day for day in days if day.weekday() in book.weekdays]


def _charted(office: Office, book: Book, days: Sequence[date]) -> Iterable[tuple[date, Calendar]]:
    """Yield the days the office keeps books for, each with the calendar its month goes by."""
    start = first_day(office)
    charts: dict[str, Calendar | None] = {}
    for day in days:
        month = month_of(day)
        if month not in charts:
            is_known = day.year in calendar.load(office, [day.year]).years
            charts[month] = closing.calendar_of(office, book.word, day) if is_known else None
        chart = charts[month]
        if chart is not None and day >= start:
            yield day, chart


def _planned(office: Office, book: Book, day: date) -> Session:
    return Session(None, "", day, day, span_on(book, day, settings.on(office, day)), RollState.PLANNED)


def _session(office: Office, book: Book, row: Sequence[Any]) -> Session:
    (
        key, year, number, day, planned, starts, ends, state, subject, form, speaker, led_by, place,
        ordered_by, reason, page, late, expected, attended, checked_at, checked_by, entered_by,
    ) = row  # fmt: skip
    held = date.fromisoformat(day)
    return Session(
        row=key,
        number=shown(book.series, year, number),
        day=held,
        planned_day=date.fromisoformat(planned) if planned else None,
        span=Span(local(starts), local(ends)),
        state=RollState(state),
        topic=Topic(subject, form, speaker, led_by, place),
        ordered_by=_named(office, ordered_by, held),
        order_reason=reason,
        paper_page=page,
        is_late=late is not None,
        expected=expected,
        attended=attended,
        checked_at=_moment(checked_at),
        checked_by=_named(office, checked_by, held),
        entered_by=_named(office, entered_by, held),
    )


def _named(office: Office, person: int | None, day: date) -> str:
    return "" if person is None else staff.name_of(office, person, day)


def _moment(at: int | None) -> datetime | None:
    return None if at is None else local(at)
