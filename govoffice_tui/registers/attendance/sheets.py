"""The sheets of a session: paper declared, each sheet collected, a paper one typed and checked (考勤制度第2条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SignSession, SignSheet
from govoffice_tui.registers import closing, posts, settings, staff
from govoffice_tui.registers.attendance.facts import explained
from govoffice_tui.registers.attendance.guards import require_begun, require_worked
from govoffice_tui.registers.attendance.pages import REGISTER, Session, due_people, session_on, signed_people
from govoffice_tui.registers.attendance.sheet_rows import SHEETS, sheet_at, sheets_on
from govoffice_tui.registers.attendance.signing import WORDS, open_session
from govoffice_tui.registers.attendance.views import Sheet
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import COLLECTION, SessionHours, SessionState, require_state, session_hours
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.sign_sheets import (
    PaperReason,
    SheetState,
    require_sheet_state,
    require_taken_at,
    sheet_place,
)


@dataclass(frozen=True)
class SheetCollected:
    """What stands after a sheet was collected, and whether the whole session is."""

    sheet: Sheet
    is_last: bool
    expected: int
    signed: int


def use_paper(
    office: Office,
    day: date,
    half: Half,
    reason: PaperReason,
    decided_by: str,
    point: str | None = None,
    remark: str = "",
    page: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> tuple[Sheet, ...]:
    """Let a session be signed on paper from now on: at one place, or at every place where none is named.

    Allowed before, during and after the session until its month is sealed; what stands on the screen stays.
    Where the session was collected on the screen already, `page` says which sheet is to be typed. Refused without who
    decided it, for a day to come, on a rest day, and where the book is paper already.
    """
    with office.write("use_paper", by, form_key) as writing:
        rules = settings.on(office, day)
        if writing.repeated is not None:
            return sheets_on(office, day, half, rules)
        posts.require(office, "use_paper", by, day_of(writing.now))
        if day > day_of(writing.now):
            raise Refused("还没到这一天,请到当天再定。", COLLECTION)
        require_worked(office, day, half)
        closing.require_open(office, REGISTER, day, WORDS)
        who, why = checked(decided_by, "decided_by"), checked(remark, "remark")
        if not who:
            raise Refused("改用纸质要写谁定的,如“分管副主任钱峰”。", COLLECTION, field="decided_by")
        if reason is PaperReason.OTHER and not why:
            raise Refused("原因选其他的,请写明是什么。", COLLECTION, field="remark")
        session = session_on(office, day, half) or open_session(office, writing, day, half)
        sheets = sheets_on(office, day, half, rules) or _first_sheet(office, writing, session, day, half)
        wanted = _wanted(sheets, point, day, half)
        said_page = checked(page, "page")
        for sheet in wanted:
            state = require_sheet_state(sheet.state, "use_paper", sheet_place(sheet.point, day, half))
            if state is SheetState.TRANSCRIBING and not said_page:
                raise Refused("这一场已收存,请写要录入的纸质签到簿第几页。", COLLECTION, field="page")
            writing.update(
                SignSheet,
                _row(sheet),
                state=state.value,
                carrier="paper",
                paper_reason=reason.value,
                decided_by=who,
                remark=why,
                declared_at=writing.now,
                declared_by_id=by,
                is_reopened=int(state is SheetState.TRANSCRIBING),
                paper_page=said_page,
                signed=None,
            )
        after = sheets_on(office, day, half, rules)
        if all(sheet.is_paper for sheet in after):
            writing.update(SignSession, session.id, carrier="paper")
        return after


def collect_sheet(
    office: Office,
    day: date,
    half: Half,
    point: str = "",
    taken_at: datetime | None = None,
    page: str = "",
    book: str = "",
    early_reason: str = "",
    collector: int | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> SheetCollected:
    """Collect one sheet: a paper one is typed afterwards, and with the last one the session is collected (第2条).

    `taken_at` is when the paper was collected, the cut-off where it has passed and nothing is said; `collector` who
    collected it, by default whoever writes. Refused before the session opens, a second time, for paper without a page
    number, and before the cut-off without a reason where somebody is missing.
    """
    with office.write("collect_sheet", by, form_key) as writing:
        rules = settings.on(office, day)
        if writing.repeated is not None:
            return _collected(office, day, half, point)
        posts.require(office, "collect_sheet", by, day_of(writing.now))
        now = local(writing.now)
        require_begun(office, day, half, now)
        closing.require_open(office, REGISTER, day, WORDS)
        session = session_on(office, day, half) or open_session(office, writing, day, half)
        require_state(session.state, "collect_book", half)
        sheets = sheets_on(office, day, half, rules)
        if not sheets:
            raise Refused(f"{half.label}签到簿不分签到点,也不是纸质,请整本收存。", COLLECTION)
        sheet = _wanted(sheets, point, day, half)[0]
        state = require_sheet_state(sheet.state, "collect_sheet", sheet_place(sheet.point, day, half))
        hours = session_hours(day, half, rules)
        due = _due_at(office, sheets, sheet, day, half)
        signed = signed_people(office, day, half) & due
        reason = checked(early_reason, "early_reason")
        if sheet.is_paper:
            taken = taken_at or min(hours.cutoff, now)
            require_taken_at(taken, now, hours)
            said_page = checked(page, "page")
            if not said_page:
                raise Refused("请写纸质签到簿的页号;单张的签到表写“1”。", COLLECTION, field="page")
            is_early = taken < hours.cutoff
        else:
            taken, said_page = now, ""
            is_early = now <= hours.cutoff and bool(due - signed - explained(office, day, half))
        if is_early and not reason:
            raise Refused(f"还没到{hours.cutoff:%-H:%M},提前收存要写原因。", COLLECTION, field="early_reason")
        taker = collector if collector is not None else by
        assert taker is not None
        if not staff.memberships_on(office, taker, day):
            raise Refused(f"收存人{day.month}月{day.day}日不在册,请另选一位。", COLLECTION, field="collector")
        writing.update(
            SignSheet,
            _row(sheet),
            state=state.value,
            collected_at=epoch(taken),
            collected_by_id=taker,
            early_reason=reason or None,
            expected=len(due),
            signed=None if sheet.is_paper else len(signed),
            paper_page=said_page,
            paper_book=checked(book, "book"),
        )
        is_last = all(not one.state.is_out for one in sheets if one.row != sheet.row)
        if is_last:
            _collect_session(office, writing, session, day, half, taker)
    if is_last:
        office.note_anchor("收存")
    return _collected(office, day, half, point)


def finish_transcription(
    office: Office, day: date, half: Half, point: str = "", *, by: int | None, form_key: str | None = None
) -> Sheet:
    """Note that what was typed has been compared with the paper: nothing is typed from it afterwards (第2条).

    Refused before anything was typed, a second time, and in a month under seal.
    """
    with office.write("finish_transcription", by, form_key) as writing:
        rules = settings.on(office, day)
        sheet = _wanted(sheets_on(office, day, half, rules), point, day, half)[0]
        if writing.repeated is not None:
            return sheet
        posts.require(office, "finish_transcription", by, day_of(writing.now))
        closing.require_open(office, REGISTER, day, WORDS)
        place = sheet_place(sheet.point, day, half)
        state = require_sheet_state(sheet.state, "finish_transcription", place)
        if sheet.is_unread:
            raise Refused(f"{place}纸质签到簿还没有录入,录入后才能核对。", COLLECTION)
        writing.update(SignSheet, _row(sheet), state=state.value, checked_at=writing.now, checked_by_id=by)
        return _wanted(sheets_on(office, day, half, rules), point, day, half)[0]


def sheet_named(office: Office, day: date, half: Half, point: str) -> Sheet:
    """Return the sheet of a place; refused where the session has none of that name."""
    return _wanted(sheets_on(office, day, half, settings.on(office, day)), point, day, half)[0]


def due_on_sheet(office: Office, day: date, half: Half, point: str) -> list[Person]:
    """Return who is expected to sign at a place, in rank order."""
    rules = settings.on(office, day)
    sheets = sheets_on(office, day, half, rules)
    return [one for one in due_people(office, day) if sheet_at(sheets, one.section, rules).point == point]


def hours_on(office: Office, day: date, half: Half) -> SessionHours:
    """Return the session's hours as its day decides them."""
    return session_hours(day, half, settings.on(office, day))


def recount(office: Office, writing: Change, sheet: Sheet, day: date, half: Half) -> None:
    """Write how many names the book of a place and of its session now holds, where that has changed."""
    rules = settings.on(office, day)
    signed = signed_people(office, day, half)
    here = len(signed & _due_at(office, sheets_on(office, day, half, rules), sheet, day, half))
    if sheet.signed != here:
        writing.update(SignSheet, _row(sheet), signed=here)
    session = session_on(office, day, half)
    if session is None or session.state is not SessionState.COLLECTED:
        return
    everybody = len(signed & {one.id for one in due_people(office, day)})
    if office.fetch("SELECT signed FROM sign_sessions WHERE id = ?", session.id)[0][0] != everybody:
        writing.update(SignSession, session.id, signed=everybody)


def _wanted(sheets: Sequence[Sheet], point: str | None, day: date, half: Half) -> list[Sheet]:
    """Return the sheet of a place, or every sheet that is not paper yet where no place is named."""
    if point is None:
        return [sheet for sheet in sheets if not sheet.is_paper] or list(sheets[:1])
    found = [sheet for sheet in sheets if sheet.point == point]
    if not found:
        named = f"没有“{point}”这个签到点" if point else "请选是哪个签到点" if sheets else "不是纸质,也不分签到点"
        raise Refused(f"{sheet_place('', day, half)}{named}。", COLLECTION)
    return found


def _row(sheet: Sheet) -> int:
    assert sheet.row is not None, "a session that has begun has its sheets written"
    return sheet.row


def _first_sheet(office: Office, writing: Change, session: Session, day: date, half: Half) -> tuple[Sheet, ...]:
    """Write the sheet of a session that had none: it stands where the session stands."""
    is_collected = session.state is SessionState.COLLECTED
    at, taker, expected = office.fetch(
        "SELECT collected_at, collected_by_id, expected FROM sign_sessions WHERE id = ?", session.id
    )[0]
    enter(
        office,
        writing,
        SignSheet,
        SHEETS,
        day,
        (SheetState.COLLECTED if is_collected else SheetState.OPEN).value,
        session_id=session.id,
        half=int(half),
        collected_at=at,
        collected_by_id=taker,
        expected=expected,
    )
    return sheets_on(office, day, half, settings.on(office, day))


def _due_at(office: Office, sheets: Sequence[Sheet], sheet: Sheet, day: date, half: Half) -> set[int]:
    rules = settings.on(office, day)
    return {one.id for one in due_people(office, day) if sheet_at(sheets, one.section, rules).point == sheet.point}


def _collect_session(office: Office, writing: Change, session: Session, day: date, half: Half, taker: int) -> None:
    """Collect the session with its last sheet: its time is that of the sheet collected last."""
    due = {one.id for one in due_people(office, day)}
    latest = office.fetch("SELECT max(collected_at) FROM sign_sheets WHERE session_id = ?", session.id)[0][0]
    writing.update(
        SignSession,
        session.id,
        state=SessionState.COLLECTED.value,
        collected_at=latest,
        collected_by_id=taker,
        expected=len(due),
        signed=len(due & signed_people(office, day, half)),
    )


def _collected(office: Office, day: date, half: Half, point: str) -> SheetCollected:
    session = session_on(office, day, half)
    assert session is not None
    expected, signed = office.fetch("SELECT expected, signed FROM sign_sessions WHERE id = ?", session.id)[0]
    sheet = sheet_named(office, day, half, point)
    is_last = session.state is SessionState.COLLECTED
    return SheetCollected(sheet, is_last, expected or sheet.expected or 0, signed or sheet.signed or 0)


def usual_decider(office: Office, day: date) -> str:
    """Return who usually decides such a change, as it is written down: 分管副主任钱峰; empty where nobody is named."""
    holder = next((one for one in posts.holdings_on(office, day) if one.post is Post.DEPUTY_IN_CHARGE), None)
    return f"{holder.post.label}{staff.name_of(office, holder.staff, day)}" if holder else ""
