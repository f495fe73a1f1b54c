"""未设簿: a session that had no book at all accuses nobody; the deputy's written decision closes it (第2条)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import NoBook, Presence, SignSession
from govoffice_tui.registers import calendar, closing, posts, settings, staff
from govoffice_tui.registers.attendance import annexes, signing
from govoffice_tui.registers.attendance.pages import REGISTER, Session, due_people, session_on, signed_people
from govoffice_tui.registers.attendance.sheet_rows import sheets_on
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import (
    COLLECTION,
    TWO_SIGN_INS,
    NoBookDecision,
    SessionState,
    require_state,
    session_hours,
)
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused

NO_BOOKS = "未"


@dataclass(frozen=True)
class Declared:
    """What now stands of a session without a book."""

    day: date
    half: Half
    decision: NoBookDecision | None


def declare_no_book(
    office: Office, day: date, half: Half, reason: str, *, by: int | None, form_key: str | None = None
) -> Declared:
    """Put on record that a session had no book, with the reason; nobody is absent from it.

    Refused before the session opens, on a rest day, without a reason, where a signature stands, and after collection
    of any of its sheets.
    """
    with office.write("declare_no_book", by, form_key) as writing:
        if writing.repeated is not None:
            return _declared(office, day, half)
        posts.require(office, "declare_no_book", by, day_of(writing.now))
        _require_begun(office, writing, day, half)
        said = checked(reason, "reason")
        if not said:
            raise Refused("请写为什么没有设簿,如停电、全员下乡。", COLLECTION, field="reason")
        session = session_on(office, day, half) or signing.open_session(office, writing, day, half)
        state = require_state(session.state, "declare_no_book", half)
        if signed_people(office, day, half):
            raise Refused(f"{half.label}已有人签到,不能登记为未设簿。请按F6收存。", COLLECTION)
        if any(sheet.collected_at is not None for sheet in sheets_on(office, day, half, settings.on(office, day))):
            raise Refused(f"{half.label}已收存过签到表,不能登记为未设簿。请按F6收存其余各处。", COLLECTION)
        writing.update(SignSession, session.id, state=state.value)
        enter(office, writing, NoBook, NO_BOOKS, day, "declared", session_id=session.id, half=int(half), remark=said)
        return Declared(day, half, None)


def withdraw_no_book(
    office: Office, day: date, half: Half, reason: str, *, by: int | None, form_key: str | None = None
) -> Declared:
    """Strike the record that there was no book, while nothing is decided; refused without a reason."""
    with office.write("withdraw_no_book", by, form_key) as writing:
        if writing.repeated is not None:
            return Declared(day, half, None)
        session = _require(office, writing, "withdraw_no_book", day, half, by)
        said = checked(reason, "reason")
        if not said:
            raise Refused("取消要写原因。", field="reason")
        writing.strike(NoBook, _current(office, day, half), said)
        writing.update(SignSession, session.id, state=SessionState.OPEN.value)
        return Declared(day, half, None)


def rule_no_book(
    office: Office,
    day: date,
    half: Half,
    decision: NoBookDecision,
    decided_by: int,
    paper_page: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Declared:
    """Enter the deputy's written decision; a second one corrects the first, which stays readable.

    Refused without the page of the paper, and where `decided_by` is neither 分管副主任 nor 主任 that day.
    """
    with office.write("rule_no_book", by, form_key) as writing:
        if writing.repeated is not None:
            return _declared(office, day, half)
        session = _require(office, writing, "rule_no_book", day, half, by)
        page = checked(paper_page, "paper_page")
        if not page:
            raise Refused("请写书面决定在哪一页,如 第3页。", COLLECTION, field="paper_page")
        _require_deputy(office, decided_by, day_of(writing.now))
        before = _current(office, day, half)
        values = {
            "decision": decision.value,
            "decided_by_id": decided_by,
            "paper_page": page,
            "ruled_at": writing.now,
            "ruled_by": by,
            "state": "ruled",
        }
        if session.state is SessionState.RULED:
            writing.correct(NoBook, before, "改定", **values)
        else:
            writing.update(NoBook, before, **values)
            writing.update(SignSession, session.id, state=SessionState.RULED.value)
    return Declared(day, half, decision)


def mark_present(
    office: Office, day: date, half: Half, people: Collection[int], *, by: int | None, form_key: str | None = None
) -> int:
    """Enter who was found to have been there, one by one; return how many are new.

    Refused where the decision is not 逐人核实, and for somebody who was not due.
    """
    with office.write("mark_present", by, form_key) as writing:
        if writing.repeated is not None:
            return len(people)
        _require(office, writing, "mark_present", day, half, by)
        book = annexes.without_book(office, day, half)
        assert book is not None
        if book.decision is not NoBookDecision.ONE_BY_ONE:
            raise Refused(f"{half.label}已定全体视同出勤,不用逐人核实。")
        due = {person.id for person in due_people(office, day)}
        known = annexes.found_present(office, day, half)
        for person in people:
            if person not in due:
                raise Refused(f"{staff.name_of(office, person, day)}这一场不用签到,不用核实。")
        new = [person for person in people if person not in known]
        for person in new:
            writing.insert(
                Presence,
                no_book_id=book.id,
                event_day=day.isoformat(),
                half=int(half),
                staff_id=person,
                entered_at=writing.now,
                entered_by=by,
            )
        return len(new)


def strike_presence(
    office: Office, person: int, day: date, half: Half, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike that somebody was found to have been there, with a reason; return the name."""
    name = staff.name_of(office, person, day)
    with office.write("strike_presence", by, form_key) as writing:
        if writing.repeated is not None:
            return name
        _require(office, writing, "strike_presence", day, half, by)
        said = checked(reason, "reason")
        if not said:
            raise Refused("划销要写原因。", field="reason")
        rows = office.fetch(
            "SELECT id FROM presences WHERE event_day = ? AND half = ? AND staff_id = ? AND struck_at IS NULL",
            day.isoformat(),
            int(half),
            person,
        )
        if not rows:
            raise Refused(f"{name}没有核实到岗的登记。")
        writing.strike(Presence, rows[0][0], said)
        return name


def _require(office: Office, writing: Change, verb: str, day: date, half: Half, by: int | None) -> Session:
    """Return the session, or refuse the verb: to who may not, in this state, and in a month under seal."""
    posts.require(office, verb, by, day_of(writing.now))
    closing.require_open(office, REGISTER, day, signing.WORDS)
    session = session_on(office, day, half)
    if session is None:
        raise Refused(f"{half.label}签到没有登记为未设簿。", COLLECTION)
    require_state(session.state, verb, half)
    return session


def _require_begun(office: Office, writing: Change, day: date, half: Half) -> None:
    chart = calendar.for_day(office, day)
    rules = settings.on(office, day)
    if not chart.is_work(day, half):
        raise Refused(f"{day.month}月{day.day}日{half.label}是{chart.title(day)},没有签到簿。", TWO_SIGN_INS)
    if (day, half) < rules.first_half_day:
        raise Refused(f"{day.month}月{day.day}日{half.label}还没有启用本簿,不用登记。")
    if local(writing.now) < session_hours(day, half, rules).opens:
        raise Refused(f"{half.label}签到还没有开始,不能登记为未设簿。", COLLECTION)
    closing.require_open(office, REGISTER, day, signing.WORDS)


def _require_deputy(office: Office, person: int, day: date) -> None:
    try:
        posts.require(office, "decide_no_book", person, day)
    except Refused:
        raise Refused("未设簿由分管副主任(或主任)书面决定,请核对是谁定的。", COLLECTION, field="decided_by") from None


def _current(office: Office, day: date, half: Half) -> int:
    row: int = office.fetch(
        "SELECT id FROM no_books WHERE event_day = ? AND half = ? AND struck_at IS NULL", day.isoformat(), int(half)
    )[0][0]
    return row


def _declared(office: Office, day: date, half: Half) -> Declared:
    book = annexes.without_book(office, day, half)
    return Declared(day, half, book.decision if book else None)
