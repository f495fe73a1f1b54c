"""Corrections of a book that was collected: at once effective, and looked at by a second person afterwards."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.clock import hour_minute, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Arrival, SignIn
from govoffice_tui.registers import closing, reviews
from govoffice_tui.registers.attendance import annexes
from govoffice_tui.registers.attendance.pages import REGISTER, Session
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import (
    COLLECTION,
    ArrivalKind,
    NoBookDecision,
    SessionState,
    StrikeReason,
    needs_review,
)
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused

WORDS = "考勤"


def strike_after_collection(
    office: Office, writing: Change, row: int, day: date, half: Half, reason: StrikeReason, said: str
) -> None:
    """Ask for a review of a signature to be struck after collection; 其他 needs words, and a month under seal refuses.

    An amendment of a sealed month was approved by a second person already.
    """
    closing.require_open(office, REGISTER, day, WORDS)
    if reason is StrikeReason.OTHER and not said:
        raise Refused("收存后划销,选“其他”要写说明。", COLLECTION, field="remark")
    if office.amends is not None:
        return
    person, name, at = office.fetch(
        "SELECT s.staff_id, p.name, s.signed_at FROM sign_ins s JOIN staff_profiles p ON p.staff_id = s.staff_id"
        " AND p.struck_at IS NULL AND p.from_day <= s.event_day WHERE s.id = ? ORDER BY p.from_day DESC LIMIT 1",
        row,
    )[0]
    why = f"{reason.label}:{said}" if said else reason.label
    words = f"{reviews.half_day_words(day, half)}划销{name}{hour_minute(at)}的签到({why})"
    reviews.ask(office, writing, SignIn, row, day, words, person)


def note_anew(office: Office, writing: Change, before: int, row: int, name: str) -> bool:
    """Ask for a review where a note made anew says another time, or 待核 instead of 迟到; return whether it does."""
    old, new = (
        (ArrivalKind(kind), None if at is None else local(at))
        for kind, at in (
            office.fetch("SELECT kind, arrived_at FROM arrivals WHERE id = ?", one)[0] for one in (before, row)
        )
    )
    if office.amends is not None or not needs_review(old, new):
        return False
    person, day, half = office.fetch("SELECT staff_id, event_day, half FROM arrivals WHERE id = ?", row)[0]
    event_day = date.fromisoformat(day)
    where = reviews.half_day_words(event_day, Half(half))
    words = f"{where}{name}{_noted(*old)}改为{_noted(*new)}"
    reviews.ask(office, writing, Arrival, row, event_day, words, person)
    return True


def require_unsettled(office: Office, session: Session, person: int, day: date, half: Half) -> None:
    """Refuse a note of somebody whom the decision about a session without a book already counts as there."""
    if session.state is not SessionState.RULED:
        return
    book = annexes.without_book(office, day, half)
    if book is not None and book.decision is NoBookDecision.EVERYBODY:
        raise Refused(f"{half.label}未设簿,已定全体视同出勤,不用记到岗情况。")
    if person in annexes.found_present(office, day, half):
        raise Refused("这个人已核实到岗,不用记到岗情况。")


def _noted(kind: ArrivalKind, at: datetime | None) -> str:
    return f"迟到{at:%H:%M}到岗" if at is not None else kind.label
