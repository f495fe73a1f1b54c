"""What is decided about a session: another time, none at all, one more, or that an entry was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from govoffice_tui.clock import chinese_day, chinese_short_day, day_of, epoch
from govoffice_tui.journal.change import Change
from govoffice_tui.models import RollMark, RollSession
from govoffice_tui.registers import calendar, closing, posts, settings, staff
from govoffice_tui.registers.numbering import LATE, enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import pages, sessions
from govoffice_tui.registers.rolls.calling import begin, directors, opened
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import Book, RollState, require_move, span_on

FARTHEST = timedelta(days=62)
"""How far from its day a session may be put off."""


@dataclass(frozen=True)
class Decided:
    """What was decided: the day it is about, and in words what holds now."""

    day: date
    words: str


def move(
    office: Office,
    book: Book,
    day: date,
    to_day: date,
    starts: time | None,
    ordered_by: int | None,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Decided:
    """Hold a session on another day or at another time, as the director decided (学习制度第1条).

    大扫除 of a holiday's Monday is put off by the section. Marks entered for the old time are struck: whoever cannot
    come then tells it again. Refused without who decided and why, where a session stands that day already, and where
    either month is under seal.
    """
    why = checked(reason, "reason")
    with office.write(book.verb("move"), by, form_key) as writing:
        if writing.repeated is None:
            session = begin(office, writing, book, day, "move")
            who = _decider(office, book, ordered_by, why, to_day)
            span = span_on(book, to_day, settings.on(office, to_day), starts)
            if span == session.span:
                raise Refused("与现在的时间一样,没有要改的。", field="to_day")
            _require_free(office, book, to_day, near=day, own=day)
            row = opened(office, writing, book, session)
            _strike_marks(office, writing, book, day, f"改到{chinese_short_day(to_day)}")
            writing.update(
                RollSession,
                row,
                event_day=to_day.isoformat(),
                starts_at=epoch(span.starts),
                ends_at=epoch(span.ends),
                state=require_move(book, session.state, "move").value,
                ordered_by_id=who,
                order_reason=why,
                late_reason=LATE if to_day < day_of(writing.now) else None,
            )
        shown = span_on(book, to_day, settings.on(office, to_day), starts)
        words = f"{chinese_short_day(day)}{book.title}改到{chinese_short_day(to_day)} {shown.starts:%-H:%M}"
        return Decided(to_day, words)


def cancel(
    office: Office,
    book: Book,
    day: date,
    ordered_by: int | None,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Decided:
    """Hold no session this time, as the director decided (学习制度第1条); of 大扫除 the section does.

    Refused without who decided and why, after it was held, and in a month under seal.
    """
    why = checked(reason, "reason")
    with office.write(book.verb("cancel"), by, form_key) as writing:
        if writing.repeated is None:
            session = begin(office, writing, book, day, "cancel")
            who = _decider(office, book, ordered_by, why, day)
            row = opened(office, writing, book, session)
            _strike_marks(office, writing, book, day, "取消")
            state = require_move(book, session.state, "cancel").value
            writing.update(RollSession, row, state=state, ordered_by_id=who, order_reason=why)
        return Decided(day, f"{chinese_short_day(day)}{book.title}取消")


def order(
    office: Office,
    book: Book,
    day: date,
    starts: time | None,
    ordered_by: int | None,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Decided:
    """Hold one session more than the calendar makes, on any day, as the director decided.

    Refused without who decided and why, where a session stands that day already, and in a month under seal.
    """
    why = checked(reason, "reason")
    with office.write(book.verb("order"), by, form_key) as writing:
        if writing.repeated is None:
            posts.require(office, book.verb("order"), by, day_of(writing.now))
            who = _decider(office, book, ordered_by, why, day)
            _require_free(office, book, day, near=day_of(writing.now), own=None)
            span = span_on(book, day, settings.on(office, day), starts)
            enter(
                office,
                writing,
                RollSession,
                book.series,
                day,
                RollState.PLANNED.value,
                starts_at=epoch(span.starts),
                ends_at=epoch(span.ends),
                ordered_by_id=who,
                order_reason=why,
            )
        return Decided(day, f"{chinese_short_day(day)}加开{book.title}")


def void(office: Office, book: Book, day: date, reason: str, *, by: int | None, form_key: str | None = None) -> Decided:
    """Strike all that was entered about a session (作废): its number is spent, and what the calendar plans holds again.

    Refused without a reason, where nothing was entered, and where a month concerned is under seal.
    """
    why = checked(reason, "reason")
    if not why:
        raise Refused("作废要写原因。", field="reason")
    with office.write(book.verb("void"), by, form_key) as writing:
        if writing.repeated is None:
            session = begin(office, writing, book, day, "void")
            if session.row is None:
                raise Refused(f"这次{book.title}还没有登记,没有要作废的。")
            if session.planned_day is not None:
                closing.require_open(office, book.word, session.planned_day, book.title)
            writing.strike(RollSession, session.row, why)
            _strike_marks(office, writing, book, day, f"作废:{why}")
        return Decided(day, f"{chinese_short_day(day)}{book.title}的登记作废")


def _decider(office: Office, book: Book, ordered_by: int | None, reason: str, day: date) -> int:
    """Return who decided, refused where the rule names somebody else, and without a reason."""
    what = "主任" if book.needs_director else "行政股哪位"
    if ordered_by is None:
        raise Refused(f"请写{what}定的。", book.schedule_article, field="ordered_by")
    today = office.now().date()
    if all(ordered_by != one.id for then in (today, day) for one in staff.people_on(office, then)):
        raise Refused("定的人不在册。", field="ordered_by")
    chiefs = directors(office, today)
    if book.needs_director and chiefs and ordered_by not in chiefs:
        raise Refused("集中学习变更、取消、加开由主任确定。", book.schedule_article, field="ordered_by")
    if not reason:
        raise Refused("请写原因。", book.schedule_article, field="reason")
    return ordered_by


def _require_free(office: Office, book: Book, day: date, *, near: date, own: date | None) -> None:
    """Refuse a day that has another session, lies far from `near`, before the books, or in a month under seal."""
    shown = chinese_short_day(day)
    if abs(day - near) > FARTHEST:
        raise Refused(f"{chinese_day(day)}离得太远,请核对日期。", field="to_day")
    if day < sessions.first_day(office):
        raise Refused(f"{shown}还没有启用本簿。", field="to_day")
    calendar.for_day(office, day)
    closing.require_open(office, book.word, day, book.title)
    standing = sessions.session_on(office, book, day)
    if standing is not None and day != own:
        raise Refused(f"{shown}已有{book.title}({standing.state.label}),一天只登记一次。", field="to_day")


def _strike_marks(office: Office, writing: Change, book: Book, day: date, reason: str) -> None:
    for mark in pages.marks(office, book, day, day).values():
        writing.strike(RollMark, mark.row, reason)
