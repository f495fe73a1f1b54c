"""The sign-in book: every act on it, each one transaction (考勤制度第1条至第3条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Arrival, SignIn, SignSession
from govoffice_tui.registers import calendar, closing, posts, settings, staff
from govoffice_tui.registers.attendance import corrections
from govoffice_tui.registers.attendance.facts import explained
from govoffice_tui.registers.attendance.guards import require_begun, require_due
from govoffice_tui.registers.attendance.pages import REGISTER, Session, due_people, session_on, signed_people
from govoffice_tui.registers.attendance.sheet_rows import lay_out, planned_sheets, require_on_screen, sheets_on
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import (
    ABSENCE,
    COLLECTION,
    ArrivalKind,
    SessionState,
    StrikeReason,
    require_open_session,
    require_state,
    session_hours,
)
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused

WORDS = "考勤"
SESSIONS, SIGN_INS, ARRIVALS = "簿", "签", "到"


@dataclass(frozen=True)
class Signed:
    """What now stands in the book: who signed, and when."""

    sign_in: int
    staff: int
    name: str
    at: datetime


@dataclass(frozen=True)
class Collected:
    """What stood in the book when it was collected."""

    session: int
    expected: int
    signed: int
    at: datetime


@dataclass(frozen=True)
class Noted:
    """What was noted of somebody who had not signed."""

    arrival: int
    name: str
    kind: ArrivalKind
    arrived_at: datetime | None
    asks_review: bool = False


def sign_in(
    office: Office, person: int, day: date, half: Half, *, by: int | None, form_key: str | None = None
) -> Signed:
    """Enter one signature, decided by the time it is written with: 8:15:00 is in, 8:15:01 is not (第2条).

    Refused outside the session, after collection, for somebody not due, and for a second signature.
    Whoever signs with nobody chosen at the keyboard stands for themselves.
    """
    with office.write("sign_in", person if by is None else by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _signed(office, writing.repeated_entry)
        now = local(writing.now)
        session = session_on(office, day, half)
        if session is not None:
            require_state(session.state, "sign_in", half)
        rules = settings.on(office, day)
        if day != now.date():
            raise Refused(f"不能补签:{day.month}月{day.day}日{half.label}的签到已经过了。", COLLECTION)
        require_open_session(day, half, now, rules, calendar.for_day(office, day))
        closing.require_open(office, REGISTER, day, WORDS)
        found = require_due(office, person, day)
        require_on_screen(office, "sign_in", person, day, half)
        before = office.fetch(
            "SELECT signed_at FROM sign_ins WHERE event_day = ? AND half = ? AND staff_id = ? AND struck_at IS NULL",
            day.isoformat(),
            int(half),
            person,
        )
        if before:
            raise Refused(f"{found.name}已在{local(before[0][0]):%H:%M:%S}签到,不用再签。")
        session = session or open_session(office, writing, day, half)
        row = enter(
            office,
            writing,
            SignIn,
            SIGN_INS,
            day,
            "signed",
            session_id=session.id,
            half=int(half),
            staff_id=person,
            signed_at=writing.now,
        )
        return Signed(row, person, found.name, now)


def take_back_sign_in(office: Office, row: int, *, by: int | None, form_key: str | None = None) -> Signed:
    """Strike the signature just made; the struck line stays (Esc right after it)."""
    return _strike(office, row, "take_back_sign_in", StrikeReason.TAKEN_BACK, "", by, form_key)


def strike_sign_in(
    office: Office, row: int, reason: StrikeReason, remark: str = "", *, by: int | None, form_key: str | None = None
) -> Signed:
    """Strike a signature: 点错, 代签 or 其他; the keeper alone does it (第2条).

    After collection it holds at once as well, and a second person looks at it within two workdays.
    """
    return _strike(office, row, "strike_sign_in", reason, remark, by, form_key)


def _strike(
    office: Office, row: int, verb: str, reason: StrikeReason, remark: str, by: int | None, form_key: str | None
) -> Signed:
    found = _signed(office, row)
    with office.write(verb, found.staff if by is None and verb == "take_back_sign_in" else by, form_key) as writing:
        if writing.repeated is not None:
            return found
        day, half, struck_at = office.fetch("SELECT event_day, half, struck_at FROM sign_ins WHERE id = ?", row)[0]
        day, half = date.fromisoformat(day), Half(half)
        if struck_at is not None:
            raise Refused(f"{found.name}的这一笔已经划销。")
        session = session_on(office, day, half)
        assert session is not None
        require_state(session.state, verb, half)
        require_on_screen(office, verb, found.staff, day, half)
        if verb == "strike_sign_in":
            posts.require(office, verb, by, day)
        elif local(writing.now) > session.cutoff:
            raise Refused(f"{half.label}签到已截止,不能撤回;需要划销请签到管理人按F4。", COLLECTION)
        said = checked(remark, "remark")
        words = f"{reason.label}:{said}" if said else reason.label
        if session.state is SessionState.COLLECTED:
            corrections.strike_after_collection(office, writing, row, day, half, reason, said)
        writing.strike(SignIn, row, words)
        return found


def collect_book(
    office: Office, day: date, half: Half, early_reason: str = "", *, by: int | None, form_key: str | None = None
) -> Collected:
    """Collect the book of a session: nothing is signed in it afterwards, by any path (第2条).

    Before the cut-off a reason is needed while somebody is missing. Refused on a rest day, before the
    session opens, a second time, to anybody but the keeper, and where sheets are collected one by one.
    """
    with office.write("collect_book", by, form_key) as writing:
        if writing.repeated is not None:
            done = session_on(office, day, half)
            assert done is not None
            return _collected(office, done.id)
        posts.require(office, "collect_book", by, day)
        now = local(writing.now)
        require_begun(office, day, half, now)
        closing.require_open(office, REGISTER, day, WORDS)
        if sheets_on(office, day, half, settings.on(office, day)):
            raise Refused(f"{half.label}有纸质签到簿或几个签到点,请按F6逐张收存。", COLLECTION)
        session = session_on(office, day, half) or open_session(office, writing, day, half)
        require_state(session.state, "collect_book", half)
        due = {person.id for person in due_people(office, day)}
        signed = signed_people(office, day, half)
        missing = due - signed - explained(office, day, half)
        reason = checked(early_reason, "early_reason")
        if missing and now <= session.cutoff and not reason:
            raise Refused(
                f"还没到{session.cutoff:%-H:%M},{len(missing)}人未签,提前收存要写原因。",
                COLLECTION,
                field="early_reason",
            )
        writing.update(
            SignSession,
            session.id,
            state=SessionState.COLLECTED.value,
            collected_at=writing.now,
            collected_by_id=by,
            expected=len(due),
            signed=len(due & signed),
            early_reason=reason or None,
        )
    office.note_anchor("收存")
    return _collected(office, session.id)


def halt_signing(office: Office, writing: Change, reason: str) -> bool:
    """Stop today's open session inside a change that recorded a step of the clock; return whether one was open."""
    rows = office.fetch(
        "SELECT id FROM sign_sessions WHERE state = 'open' AND struck_at IS NULL AND cutoff_at >= ?", writing.now
    )
    for (row,) in rows:
        writing.update(SignSession, row, state=SessionState.HALTED.value, remark=reason)
    return bool(rows)


def resume_signing(office: Office, day: date, half: Half, *, by: int | None, form_key: str | None = None) -> None:
    """Let signing go on after the keeper compared the clock with the wall (第2条)."""
    with office.write("resume_signing", by, form_key) as writing:
        if writing.repeated is not None:
            return
        posts.require(office, "resume_signing", by, day)
        session = session_on(office, day, half)
        if session is None:
            raise Refused("这一场没有停签。")
        state = require_state(session.state, "resume_signing", half)
        writing.update(SignSession, session.id, state=state.value)


def note_arrival(
    office: Office,
    person: int,
    day: date,
    half: Half,
    kind: ArrivalKind,
    arrived_at: datetime | None = None,
    remark: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Note of somebody who had not signed when the book was collected: late, with the time, or 待核 (第3条).

    A second note of the same person corrects the first, which stays readable; where that was 迟到 a second
    person looks at it. Refused before
    collection, for somebody who signed, and for a time not after the cut-off or in the future.
    """
    with office.write("note_arrival", by, form_key) as writing:
        if writing.repeated is not None:
            return _noted(office, _current_arrival(office, person, day, half) or 0)
        posts.require(office, "note_arrival", by, day)
        closing.require_open(office, REGISTER, day, WORDS)
        session = session_on(office, day, half)
        if session is None:
            raise Refused(f"{half.label}签到簿还没有收存,收存后才能记到岗情况。", COLLECTION)
        require_state(session.state, "note_arrival", half)
        found = require_due(office, person, day)
        corrections.require_unsettled(office, session, person, day, half)
        if person in signed_people(office, day, half):
            raise Refused(f"{found.name}{half.label}已签到,不用记到岗情况。")
        now = local(writing.now)
        arrived = (arrived_at or now) if kind is ArrivalKind.LATE else None
        if arrived is not None and arrived > now:
            raise Refused(f"到岗时间{arrived:%-H:%M}还没有到。", field="arrived_at")
        collected = office.fetch("SELECT collected_at FROM sign_sessions WHERE id = ?", session.id)[0][0]
        earliest = session.cutoff if collected is None else min(session.cutoff, local(collected))
        if arrived is not None and (arrived.date() != day or arrived < earliest):
            raise Refused(
                f"到岗时间应在当天{session.cutoff:%-H:%M}以后:在这以前到的可以签到。", ABSENCE, field="arrived_at"
            )
        values = {
            "kind": kind.value,
            "arrived_at": None if arrived is None else epoch(arrived),
            "remark": checked(remark, "remark"),
        }
        before, asked = _current_arrival(office, person, day, half), False
        if before is not None:
            row = writing.correct(Arrival, before, "更正", state=kind.value, **values)
            asked = corrections.note_anew(office, writing, before, row, found.name)
        else:
            row = enter(
                office,
                writing,
                Arrival,
                ARRIVALS,
                day,
                kind.value,
                session_id=session.id,
                half=int(half),
                staff_id=person,
                **values,
            )
        return Noted(row, found.name, kind, arrived, asked)


def open_session(office: Office, writing: Change, day: date, half: Half) -> Session:
    """Begin the book of a session, with the hours, the carrier and the places as they are decided on its day."""
    rules = settings.on(office, day)
    hours = session_hours(day, half, rules)
    row = enter(
        office,
        writing,
        SignSession,
        SESSIONS,
        day,
        SessionState.OPEN.value,
        half=int(half),
        opens_at=epoch(hours.opens),
        cutoff_at=epoch(hours.cutoff),
        carrier=rules.carrier,
    )
    lay_out(office, writing, row, day, half, planned_sheets(rules))
    return Session(row, SessionState.OPEN, hours.cutoff, "")


def _current_arrival(office: Office, person: int, day: date, half: Half) -> int | None:
    rows = office.fetch(
        "SELECT id FROM arrivals WHERE event_day = ? AND half = ? AND staff_id = ? AND struck_at IS NULL",
        day.isoformat(),
        int(half),
        person,
    )
    return rows[0][0] if rows else None


def _signed(office: Office, row: int) -> Signed:
    person, day, at = office.fetch("SELECT staff_id, event_day, signed_at FROM sign_ins WHERE id = ?", row)[0]
    return Signed(row, person, staff.name_of(office, person, date.fromisoformat(day)), local(at))


def _collected(office: Office, session: int) -> Collected:
    expected, signed, at = office.fetch(
        "SELECT expected, signed, collected_at FROM sign_sessions WHERE id = ?", session
    )[0]
    return Collected(session, expected, signed, local(at))


def _noted(office: Office, row: int) -> Noted:
    person, day, kind, at = office.fetch(
        "SELECT staff_id, event_day, kind, arrived_at FROM arrivals WHERE id = ?", row
    )[0]
    name = staff.name_of(office, person, date.fromisoformat(day))
    return Noted(row, name, ArrivalKind(kind), None if at is None else local(at))
