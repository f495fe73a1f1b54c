"""The page of one session: everybody due, what stands in the book of each, and what the other books say."""

from __future__ import annotations

from datetime import date

from govoffice_tui.clock import local, month_of
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.attendance.facts import claims
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import sessions
from govoffice_tui.registers.rolls.views import PersonLine, PersonMark, RollPage, Session
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import LEAVES, HalfStatus, bit
from govoffice_tui.rules.people import AttendanceMode, Membership, Person, display_names
from govoffice_tui.rules.rolls import Book, MarkKind

SUGGESTED = {MarkKind.LEAVE: "请假登记", MarkKind.OUT: "外出登记"}
"""Which other book a mark is taken from until the recorder confirms it."""


def page(office: Office, book: Book, day: date) -> RollPage:
    """Return the page of a day, read while nobody wrote."""
    return office.steady(lambda: _page(office, book, day))


def roster(office: Office, day: date) -> list[Person]:
    """Return whom a roll calls on a day: everybody there, exempt from signing or not, but not who is lent out."""
    memberships = staff.periods(office, day, day)
    present = [
        person
        for person in staff.people_on(office, day)
        if all(period.kind is not Membership.SECONDED_OUT for period in memberships[person.id])
    ]
    return sorted(present, key=lambda person: (person.category.is_apart, person.rank, person.id))


def marks(office: Office, book: Book, first: date, last: date) -> dict[tuple[date, int], PersonMark]:
    """Return the marks that stand from first to last, by day and person."""
    rows = office.fetch(
        "SELECT id, staff_id, event_day, kind, moment_at, told_to, told_at, approved_by_id, made_up_day, made_up_words,"
        " remark, revision FROM roll_marks"
        " WHERE series = ? AND event_day BETWEEN ? AND ? AND struck_at IS NULL",
        book.series,
        first.isoformat(),
        last.isoformat(),
    )
    found = {}
    for row, person, day, kind, moment, told_to, told_at, approved, made_up, words, remark, revision in rows:
        mark = PersonMark(
            row=row,
            person=person,
            day=date.fromisoformat(day),
            kind=MarkKind(kind),
            moment=None if moment is None else local(moment),
            told_to=told_to,
            told_at=None if told_at is None else local(told_at),
            approved_by=approved,
            made_up_day=date.fromisoformat(made_up) if made_up else None,
            made_up_words=words,
            remark=remark,
            revision=revision,
        )
        found[mark.day, person] = mark
    return found


def suggestions(office: Office, day: date, half: Half) -> dict[int, MarkKind]:
    """Return whom the books of leave and outings explain in a half-day, and as what."""
    place = bit(day, half)
    found = {}
    for person, mine in claims(office, [day]).items():
        if any(mine.get(status, 0) & place for status in LEAVES):
            found[person] = MarkKind.LEAVE
        elif mine.get(HalfStatus.OUT, 0) & place:
            found[person] = MarkKind.OUT
    return found


def _page(office: Office, book: Book, day: date) -> RollPage:
    chart = closing.calendar_of(office, book.word, day)
    session = sessions.session_on(office, book, day)
    went = sessions.moved_away(office, book, day, day).get(day) if session is None else None
    is_open = session is None and day in sessions.offers(office, book, day, day)
    return RollPage(
        book=book,
        office_name=settings.on(office, day).office_name,
        day=day,
        day_title=chart.title(day),
        session=session,
        lines=() if session is None else tuple(_lines(office, book, session)),
        offer=sessions.next_workday(office, day) if is_open else None,
        moved_to=went,
        is_sealed=closing.sealed(office, book.word, month_of(day)) is not None,
    )


def _lines(office: Office, book: Book, session: Session) -> list[PersonLine]:
    day, half = session.day, session.span.half
    people = roster(office, day)
    names = display_names(people)
    standing = marks(office, book, day, day)
    known = suggestions(office, day, half)
    signs = _signatures(office, day, half)
    found = []
    for person in people:
        mark = standing.get((day, person.id))
        suggested = None if session.state.is_held or mark else known.get(person.id)
        kind = mark.kind if mark else suggested or MarkKind.PRESENT
        hint = _hint(session, person, kind, known.get(person.id), signs)
        approver = staff.name_of(office, mark.approved_by, day) if mark and mark.approved_by else ""
        words = SUGGESTED[suggested] if suggested else ""
        found.append(PersonLine(person, names[person.id], kind, mark, words, hint, approver))
    return found


def _signatures(office: Office, day: date, half: Half) -> tuple[set[int], bool]:
    """Return who signed in the half-day's book or came late to it, and whether that book is closed."""
    place = bit(day, half)
    came = {
        person
        for person, mine in claims(office, [day]).items()
        if (mine.get(HalfStatus.SIGNED, 0) | mine.get(HalfStatus.LATE, 0)) & place
    }
    collected = office.fetch(
        "SELECT 1 FROM sign_sessions WHERE event_day = ? AND half = ? AND state = 'collected' AND struck_at IS NULL",
        day.isoformat(),
        int(half),
    )
    return came, bool(collected)


def _hint(
    session: Session, person: Person, kind: MarkKind, claimed: MarkKind | None, signs: tuple[set[int], bool]
) -> str:
    """Say where the books differ; neither is inferred from the other."""
    came, is_collected = signs
    is_held = session.state.is_held
    if claimed is not None and kind is not claimed and (is_held or kind is not MarkKind.PRESENT):
        return f"{SUGGESTED[claimed]}有记录"
    if not kind.is_attended and person.id in came:
        return "签到簿已签"
    is_missing = is_collected and person.id not in came and person.mode is AttendanceMode.SIGNS
    if kind.is_attended and is_held and is_missing and claimed is None:
        return "签到簿没有签"
    return ""
