"""Keeping a roll: what the session was about, who was not simply there, the roll closed and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import RollMark, RollSession
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import pages, sessions
from govoffice_tui.registers.rolls.views import Session, Topic
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import (
    Book,
    MarkKind,
    RollState,
    Tally,
    require_begun,
    require_move,
    tally,
)

LATE_ENTRY = "补录"
CONFIRMED = "已由记录人确认"


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
                    enter_mark(writing, book, day, person, {**NOTHING, "kind": kind.value, "remark": CONFIRMED})
            values: dict[str, Value] = {"state": require_move(book, session.state, "finish").value}
            if is_later or paper or session.paper_page:
                values |= {"carrier": "paper", "paper_page": paper or session.paper_page}
            if is_later:
                values["late_reason"] = LATE_ENTRY
            writing.update(RollSession, row, **values, **figures(office, book, day))
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
            counted = figures(office, book, day)
            if session.state is RollState.CHECKED and counted == {
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
                **counted,
            )
        return kept(office, book, day)


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


NOTHING: dict[str, Value] = {
    "moment_at": None,
    "told_to": "",
    "told_at": None,
    "approved_by_id": None,
    "remark": "",
}


def enter_mark(writing: Change, book: Book, day: date, person: int, values: dict[str, Value]) -> None:
    """Write one person's mark; inside a writing transaction only."""
    writing.insert(
        RollMark,
        series=book.series,
        event_day=day.isoformat(),
        staff_id=person,
        entered_at=writing.now,
        entered_by=writing.operator,
        **values,
    )


def figures(office: Office, book: Book, day: date) -> dict[str, Value]:
    """Return 应到 and 实到 of a closed roll as its marks stand inside this transaction."""
    standing = pages.marks(office, book, day, day)
    kinds = [
        standing[day, one.id].kind if (day, one.id) in standing else MarkKind.PRESENT
        for one in pages.roster(office, day)
    ]
    counts = tally(kinds)
    return {"expected": counts.due, "attended": counts.attended}
