"""Keeping a roll: what the session was about, who was not simply there, the roll closed and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import RollMark, RollSession
from govoffice_tui.registers import closing, posts, staff
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import pages, sessions
from govoffice_tui.registers.rolls.views import PersonMark, Session, Topic
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import (
    MISSED,
    Book,
    MarkKind,
    RollState,
    Tally,
    ToldTo,
    require_begun,
    require_moment,
    require_move,
    require_notice,
    tally,
)

LATE_ENTRY = "补录"
CONFIRMED = "已由记录人确认"


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


@dataclass(frozen=True)
class Kept:
    """A session as it stands now, and what its roll counts."""

    number: str
    day: date
    state: RollState
    counts: Tally


def write(
    office: Office,
    book: Book,
    day: date,
    topic: Topic,
    paper_page: str = "",
    reason: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Kept:
    """Enter what a session is about, before or after it is held (学习制度第2条, 卫生制度第1条).

    What is filled in is progress; what replaces something already said is a correction, and once the session was
    checked needs `reason`. Refused without the subject, on a day without a session, and in a month under seal.
    """
    said = Topic(**{name: checked(text, name) for name, text in topic.values().items()})
    paper, why = checked(paper_page, "paper_page"), checked(reason, "reason")
    if not said.subject:
        raise Refused(f"请写{book.subject_label}。", book.record_article, field="subject")
    with office.write(book.verb("write"), by, form_key) as writing:
        if writing.repeated is None:
            session = begin(office, writing, book, day, "write")
            row = opened(office, writing, book, session)
            old = session.topic.values() | {"paper_page": session.paper_page}
            new = said.values() | {"paper_page": paper or session.paper_page}
            changed: dict[str, Value] = {name: text for name, text in new.items() if text != old[name]}
            if not changed:
                raise Refused("与已登记的一样,没有要改的。", field="subject")
            if session.state is RollState.CHECKED and not why:
                raise Refused("已核对的要写更正原因。", field="reason")
            is_correction = any(old[name] for name in changed)
            if changed.get("paper_page"):
                changed["carrier"] = "paper"
            if is_correction:
                writing.correct(RollSession, row, why or "更正", **changed)
            else:
                writing.update(RollSession, row, **changed)
        return kept(office, book, day)


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
            _enter(writing, book, day, person, values | noted)
        if session.state.is_held:
            _count(office, writing, book, day)
        return Marked(person, found.name, kind)


def finish(
    office: Office, book: Book, day: date, paper_page: str = "", *, by: int | None, form_key: str | None = None
) -> Kept:
    """Close the roll: whoever bears no mark was there, and what the other books said is confirmed.

    From a later day on it is taken from paper, whose page has to be named, and marked 补录. Refused before the session
    began, a second time, and in a month under seal.
    """
    paper = checked(paper_page, "paper_page")
    with office.write(book.verb("finish"), by, form_key) as writing:
        if writing.repeated is None:
            session = begin(office, writing, book, day, "finish")
            require_begun(book, None, session.span, local(writing.now))
            is_later = day < day_of(writing.now)
            if is_later and not (paper or session.paper_page):
                raise Refused(
                    "过后补录的,要写纸质点名册第几页;没有纸质的写明凭什么补录。",
                    book.record_article,
                    field="paper_page",
                )
            row = opened(office, writing, book, session)
            standing = pages.marks(office, book, day, day)
            called = {one.id for one in pages.roster(office, day)}
            for person, kind in sorted(pages.suggestions(office, day, session.span.half).items()):
                if person in called and (day, person) not in standing:
                    _enter(writing, book, day, person, {**_NOTHING, "kind": kind.value, "remark": CONFIRMED})
            values: dict[str, Value] = {"state": require_move(book, session.state, "finish").value}
            if is_later or paper or session.paper_page:
                values |= {"carrier": "paper", "paper_page": paper or session.paper_page}
            if is_later:
                values["late_reason"] = LATE_ENTRY
            writing.update(RollSession, row, **values, **_figures(office, book, day))
        return kept(office, book, day)


def check(office: Office, book: Book, day: date, *, by: int | None, form_key: str | None = None) -> Kept:
    """Check a roll that was closed, or check it again where the staff list has changed since.

    Refused without the subject, before the roll is closed, and where nothing has changed since the last time.
    """
    with office.write(book.verb("check"), by, form_key) as writing:
        if writing.repeated is None:
            session = begin(office, writing, book, day, "check")
            if not session.topic.subject:
                raise Refused(f"还没有写{book.subject_label},请先按F2登记。", book.record_article)
            figures = _figures(office, book, day)
            if session.state is RollState.CHECKED and figures == {
                "expected": session.expected,
                "attended": session.attended,
            }:
                raise Refused(f"这次{book.title}已核对。", book.record_article)
            state = require_move(book, session.state, "check")
            writing.update(
                RollSession,
                session.row or 0,
                state=state.value,
                checked_at=writing.now,
                checked_by_id=by,
                **figures,
            )
        return kept(office, book, day)


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


def begin(office: Office, writing: Change, book: Book, day: date, deed: str) -> Session:
    """Return the session a deed may be done to, inside its transaction; refused to whom and when it may not."""
    posts.require(office, book.verb(deed), writing.operator, day_of(writing.now))
    closing.require_open(office, book.word, day, book.title)
    session = sessions.session_for(office, book, day, deed)
    require_move(book, session.state, deed)
    return session


def opened(office: Office, writing: Change, book: Book, session: Session) -> int:
    """Return the session's row, entering it where nothing of it stands in the book yet."""
    if session.row is not None:
        return session.row
    return enter(
        office,
        writing,
        RollSession,
        book.series,
        session.day,
        session.state.value,
        planned_day=session.planned_day.isoformat() if session.planned_day else None,
        starts_at=epoch(session.span.starts),
        ends_at=epoch(session.span.ends),
    )


def kept(office: Office, book: Book, day: date) -> Kept:
    """Return a session with what its roll counts."""
    page = pages.page(office, book, day)
    assert page.session is not None
    return Kept(page.session.number, day, page.session.state, page.counts)


def directors(office: Office, day: date) -> list[int]:
    """Return who is 主任 on a day."""
    return [one.staff for one in posts.holdings_on(office, day) if one.post is Post.DIRECTOR]


_NOTHING: dict[str, Value] = {
    "moment_at": None,
    "told_to": "",
    "told_at": None,
    "approved_by_id": None,
    "remark": "",
}


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
    values = _NOTHING | {"kind": kind.value, "remark": checked(said.remark, "remark")}
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


def _enter(writing: Change, book: Book, day: date, person: int, values: dict[str, Value]) -> None:
    writing.insert(
        RollMark,
        series=book.series,
        event_day=day.isoformat(),
        staff_id=person,
        entered_at=writing.now,
        entered_by=writing.operator,
        **values,
    )


def _figures(office: Office, book: Book, day: date) -> dict[str, Value]:
    """Return 应到 and 实到 of a closed roll as its marks stand inside this transaction."""
    standing = pages.marks(office, book, day, day)
    kinds = [
        standing[day, one.id].kind if (day, one.id) in standing else MarkKind.PRESENT
        for one in pages.roster(office, day)
    ]
    counts = tally(kinds)
    return {"expected": counts.due, "attended": counts.attended}


def _count(office: Office, writing: Change, book: Book, day: date) -> None:
    """Write anew what a closed roll counts."""
    session = sessions.session_on(office, book, day)
    figures = _figures(office, book, day)
    if (
        session is not None
        and session.row is not None
        and figures
        != {
            "expected": session.expected,
            "attended": session.attended,
        }
    ):
        writing.update(RollSession, session.row, **figures)
