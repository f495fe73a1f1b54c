"""Marking people of a roll: who was late, away, absent or left early, and who made up for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import RollMark, RollSession
from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import pages, sessions
from govoffice_tui.registers.rolls.calling import NOTHING, begin, directors, enter_mark, figures, opened
from govoffice_tui.registers.rolls.views import PersonMark, Session
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import (
    MISSED,
    Book,
    MarkKind,
    RollState,
    ToldTo,
    require_begun,
    require_moment,
    require_notice,
)


@dataclass(frozen=True)
class Detail:
    """What may be said of a mark: the time somebody came or left, who was told when, who approved, and why."""

    moment: datetime | None = None
    told_to: str = ""
    told_at: datetime | None = None
    approved_by: int | None = None
    remark: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Marked:
    """What now stands of one person."""

    person: int
    name: str
    kind: MarkKind


def mark(
    office: Office,
    book: Book,
    day: date,
    person: int,
    kind: MarkKind,
    detail: Detail | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Marked:
    """Mark one person of a roll; another mark of the same person corrects the first, which stays readable.

    请假 of 集中学习 that the leave book does not know needs whom was told when, before the session began, else it is
    缺席; 早退 needs the director (学习制度第3条). Before the session only 请假 and 公出 may be entered. Once checked a
    correction needs `detail.reason`. Refused for somebody not due, and in a month under seal.
    """
    said = detail or Detail()
    with office.write(book.verb("mark"), by, form_key) as writing:
        found = _called(office, book, person, day)
        if writing.repeated is not None:
            return Marked(person, found.name, kind)
        session = begin(office, writing, book, day, "mark")
        now = local(writing.now)
        require_begun(book, kind, session.span, now)
        values = _values(office, book, session, person, kind, said, now)
        standing = pages.marks(office, book, day, day).get((day, person))
        why = checked(said.reason, "reason")
        if session.state is RollState.CHECKED and not why:
            raise Refused("已核对的名单,更正要写原因。", book.record_article, field="reason")
        if standing is not None:
            if _says(standing) == values:
                return Marked(person, found.name, kind)
            writing.correct(RollMark, standing.row, why or "更正", **values)
        elif kind is not MarkKind.PRESENT or _explained(office, session, person) is not None:
            opened(office, writing, book, session)
            noted: dict[str, Value] = {"remark": f"{values['remark']} 更正:{why}".strip()} if why else {}
            enter_mark(writing, book, day, person, values | noted)
        if session.state.is_held:
            _count(office, writing, book, day)
        return Marked(person, found.name, kind)


def make_up(
    office: Office,
    book: Book,
    day: date,
    person: int,
    made_up_day: date,
    words: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Marked:
    """Note that somebody who missed a session made up for it on a later day (补学).

    Refused for somebody who was there, for a day before the session or still to come, and in a month under seal.
    """
    said = checked(words, "words")
    with office.write(book.verb("make_up"), by, form_key) as writing:
        standing = pages.marks(office, book, day, day).get((day, person))
        name = staff.name_of(office, person, day)
        kind = standing.kind if standing else MarkKind.PRESENT
        if writing.repeated is None:
            begin(office, writing, book, day, "make_up")
            if standing is None or kind not in MISSED:
                raise Refused(f"{name}这次记的是{kind.label},不用补学。", field="person")
            if not day <= made_up_day <= day_of(writing.now):
                raise Refused(f"补学日期应在{chinese_short_day(day)}到今天之间。", field="made_up_day")
            writing.update(RollMark, standing.row, made_up_day=made_up_day.isoformat(), made_up_words=said)
        return Marked(person, name, kind)


def _called(office: Office, book: Book, person: int, day: date) -> Person:
    """Return the person, or refuse with why no roll calls them."""
    found = next((one for one in pages.roster(office, day) if one.id == person), None)
    if found is None:
        known = staff.person_on(office, person, day)
        who = known.name if known else "这个人"
        raise Refused(f"{who}{chinese_short_day(day)}不在册或已借出,不参加{book.title}。", field="person")
    return found


def _values(
    office: Office, book: Book, session: Session, person: int, kind: MarkKind, said: Detail, now: datetime
) -> dict[str, Value]:
    """Return the columns of a mark, refused where the rule asks for more."""
    values = NOTHING | {"kind": kind.value, "remark": checked(said.remark, "remark")}
    if kind is MarkKind.LEAVE:
        told_to = ToldTo(said.told_to).value if said.told_to else ""
        is_known = _explained(office, session, person) is MarkKind.LEAVE
        if (book.needs_director and not is_known) or said.told_at or told_to:
            require_notice(book, told_to, said.told_at, session.span, now)
        values |= {"told_to": told_to, "told_at": None if said.told_at is None else epoch(said.told_at)}
    if kind in (MarkKind.LATE, MarkKind.EARLY):
        require_moment(kind, said.moment, session.span, now)
        values["moment_at"] = None if said.moment is None else epoch(said.moment)
    if kind is MarkKind.EARLY and book.needs_director:
        chiefs = directors(office, session.day)
        if said.approved_by is None or (chiefs and said.approved_by not in chiefs):
            raise Refused(
                "早退须向主任请假,请写哪位主任同意的;没有请假自己走的记缺席,在说明里写离开时间。",
                book.attend_article,
                field="approved_by",
            )
        values["approved_by_id"] = said.approved_by
    return values


def _says(mark: PersonMark) -> dict[str, Value]:
    """Return a mark's columns as `_values` gives them."""
    return {
        "kind": mark.kind.value,
        "moment_at": None if mark.moment is None else epoch(mark.moment),
        "told_to": mark.told_to,
        "told_at": None if mark.told_at is None else epoch(mark.told_at),
        "approved_by_id": mark.approved_by,
        "remark": mark.remark,
    }


def _explained(office: Office, session: Session, person: int) -> MarkKind | None:
    """Return as what another book explains somebody's absence, None where none does."""
    return pages.suggestions(office, session.day, session.span.half).get(person)


def _count(office: Office, writing: Change, book: Book, day: date) -> None:
    """Write anew what a closed roll counts."""
    session = sessions.session_on(office, book, day)
    counted = figures(office, book, day)
    if session is None or session.row is None:
        return
    if (counted["expected"], counted["attended"]) != (session.expected, session.attended):
        writing.update(RollSession, session.row, **counted)
