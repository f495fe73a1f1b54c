"""A month of a roll book: every session and everybody's marks, what keeps it open, what it comes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, chinese_weekday, local, month_days, month_of
from govoffice_tui.registers import closing, settings, staff, training
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.rolls import pages, sessions
from govoffice_tui.registers.rolls.calling import CONFIRMED
from govoffice_tui.registers.rolls.views import (
    HeldRoll,
    PersonMark,
    PersonRolls,
    RollMonth,
    Session,
)
from govoffice_tui.rules.people import Membership, Period, Person, display_names
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.rolls import Book, MarkKind, RollState, ToldTo, tally

NOTES_A_LINE = 20
"""Short notes that stand in one paragraph under a form."""


def month(office: Office, book: Book, word: str) -> RollMonth:
    """Return one month (YYYY-MM) of a book, read while nobody wrote."""
    return office.steady(lambda: _month(office, book, word))


def shortfalls(office: Office, book: Book, word: str) -> list[Problem]:
    """Return what keeps a month from being sealed: sessions nobody recorded or checked, topics not written."""
    return list(month(office, book, word).shortfalls)


def seal_digest(office: Office, book: Book, word: str) -> str:
    """Return the digest of a month's sessions, marks and courses, as it stands beside the seal."""
    read = month(office, book, word)
    lines = [
        f"{one.session.day} {one.session.span.starts:%H:%M} {one.session.state.value} {one.session.topic.words}"
        for one in read.sessions
    ]
    lines += [
        f"{one.person.id} {one.made_up} " + " ".join(f"{day} {kind.value}" for day, kind in sorted(one.kinds.items()))
        for one in read.people
    ]
    lines += [
        f"{one.number} {one.first} {one.last} {one.course} {one.organiser} {one.half_hours}"
        f" {' '.join(str(person) for person, _ in one.people)}"
        for one in read.trainings
    ]
    return sha256("\n".join(lines).encode()).hexdigest()


def summary_words(office: Office, book: Book, word: str) -> str:
    """Return a month in one line: how many sessions, 应到, 实到, 出勤率 and what was missed."""
    read = month(office, book, word)
    counts = read.counts
    rate = f" 出勤率{counts.rate}%" if counts.due else ""
    words = (
        f"{book.title}{len(read.held)}次 应到{counts.due}人次 实到{counts.attended} 请假{counts.leave}"
        f" 公出{counts.out} 缺席{counts.absent} 迟到{counts.late} 早退{counts.early}{rate}"
    )
    return f"{words} 培训{len(read.trainings)}项" if read.trainings else words


def _month(office: Office, book: Book, word: str) -> RollMonth:
    days = month_days(word)
    listed = sessions.sessions(office, book, days[0], days[-1])
    standing = pages.marks(office, book, days[0], days[-1])
    everybody = staff.everybody(office, days[-1])
    memberships = staff.periods(office, days[0], days[-1])
    names = display_names(person for person in everybody if person.id in memberships)
    held = [session for session in listed if session.state.is_held]
    people = []
    for person in everybody:
        mine = memberships.get(person.id, [])
        kinds = {session.day: _kind(standing, session.day, person.id) for session in held if _is_due(mine, session.day)}
        if not kinds and not any(period.kind is not Membership.SECONDED_OUT for period in mine):
            continue
        made_up = sum(standing[day, person.id].made_up_day is not None for day in kinds if (day, person.id) in standing)
        people.append(PersonRolls(person, names[person.id], kinds, made_up))
    people.sort(key=lambda one: (one.person.category.is_apart, one.person.rank, one.person.id))
    rolls = tuple(_held(session, people, standing) for session in listed)
    seal = closing.sealed(office, book.word, word)
    is_study = book.needs_director
    return RollMonth(
        office_name=settings.on(office, days[-1]).office_name,
        book=book,
        month=word,
        sessions=rolls,
        people=tuple(people),
        shortfalls=tuple(_shortfalls(office, book, days, rolls)),
        notes=tuple(_notes(office, book, days, listed, everybody)),
        revision=seal.revision if seal else 0,
        trainings=tuple(training.between(office, days[0], days[-1])) if is_study else (),
        year=tuple(training.year_totals(office, days[0].year, days[-1])) if is_study else (),
    )


def _is_due(memberships: Iterable[Period], day: date) -> bool:
    kinds = {period.kind for period in memberships if period.covers(day)}
    return bool(kinds) and Membership.SECONDED_OUT not in kinds


def _kind(standing: dict[tuple[date, int], PersonMark], day: date, person: int) -> MarkKind:
    mark = standing.get((day, person))
    return MarkKind.PRESENT if mark is None else mark.kind


def _held(session: Session, people: Iterable[PersonRolls], standing: dict[tuple[date, int], PersonMark]) -> HeldRoll:
    """Return a session with its count; who was not there stands with why."""
    kinds, missing, late = [], [], []
    for one in people:
        kind = one.kinds.get(session.day)
        if kind is None:
            continue
        kinds.append(kind)
        mark = standing.get((session.day, one.person.id))
        if not kind.is_attended:
            missing.append(f"{one.display_name}({_why(kind, mark)})")
        elif kind is MarkKind.LATE:
            late.append(one.display_name)
    return HeldRoll(session, tally(kinds), tuple(missing), tuple(late))


def _why(kind: MarkKind, mark: PersonMark | None) -> str:
    said = mark.remark if mark else ""
    return f"{kind.label}:{said}" if said and said != CONFIRMED else kind.label


def _shortfalls(office: Office, book: Book, days: list[date], rolls: Iterable[HeldRoll]) -> list[Problem]:
    now, begun = office.now(), sessions.begun(office, book)
    if days[-1] < begun:
        return [Problem(book.title, "本月还没有启用这一册")]
    problems = []
    for one in rolls:
        session = one.session
        if session.row is None and session.day < begun:
            continue
        place = f"{chinese_short_day(session.day)}{chinese_weekday(session.day)}"
        if session.state.is_ahead and now < session.span.ends:
            problems.append(Problem(place, f"{book.title}还没有到时间", session.day))
            break
        if session.state.is_ahead:
            problems.append(Problem(place, f"{book.title}没有登记", session.day))
        elif session.state is RollState.HELD:
            problems.append(Problem(place, "已点名,还没有核对", session.day))
        elif session.state is RollState.CHECKED and (session.expected, session.attended) != (
            one.counts.due,
            one.counts.attended,
        ):
            then, now_counted = (session.expected, session.attended), (one.counts.due, one.counts.attended)
            words = "核对时应到{}实到{},现为应到{}实到{},请重新核对".format(*then, *now_counted)
            problems.append(Problem(place, words, session.day))
    if not problems and now.date() <= days[-1]:
        problems.append(Problem("本月", "还没有过完"))
    if closing.calendar_of(office, book.word, days[0]).is_provisional(days[0]):
        problems.append(Problem("工作日历", f"{days[0].year}年放假通知还没有装入,现为暂定"))
    return problems


def _notes(
    office: Office, book: Book, days: list[date], listed: Iterable[Session], everybody: list[Person]
) -> list[str]:
    """Return what the form says under its table: moved, cancelled, added, entered late, corrected and made up."""
    words = []
    between = (days[0].isoformat(), days[-1].isoformat())
    for planned, day in sorted(sessions.moved_away(office, book, days[0], days[-1]).items()):
        if day > days[-1] or day < days[0]:
            words.append(f"{chinese_short_day(planned)}{book.title}改到{chinese_short_day(day)}。")
    for session in listed:
        decided = f"({session.ordered_by}定:{session.order_reason})" if session.ordered_by else ""
        place = chinese_short_day(session.day)
        if session.state is RollState.CANCELLED:
            words.append(f"{place}{book.title}取消{decided}。")
        elif session.is_elsewhere and session.planned_day:
            words.append(f"{chinese_short_day(session.planned_day)}{book.title}改在{place}{decided}。")
        elif session.is_extra:
            words.append(f"{place}加开{book.title}{decided}。")
        elif session.ordered_by:
            words.append(f"{place}{book.title}改为{session.span.starts:%-H:%M}{decided}。")
        if session.is_late and session.state.is_held:
            paper = f",纸质点名册第{session.paper_page}页" if session.paper_page else ""
            words.append(f"{place}{book.title}为过后补录{paper}。")
    names = display_names(everybody)
    corrected = []
    for day, person, kind, reason, at in office.fetch(
        "SELECT event_day, staff_id, kind, struck_reason, struck_at FROM roll_marks WHERE series = ?"
        " AND event_day BETWEEN ? AND ? AND struck_at IS NOT NULL ORDER BY struck_at, id",
        book.series,
        *between,
    ):
        place, when = chinese_short_day(date.fromisoformat(day)), chinese_short_day(local(at).date())
        corrected.append(f"{place}{names.get(person, '')}原记{MarkKind(kind).label},{when}{reason}")
    told, made_up = [], []
    for day, person, told_to, told_at, done, said in office.fetch(
        "SELECT event_day, staff_id, told_to, told_at, made_up_day, made_up_words FROM roll_marks WHERE series = ?"
        " AND event_day BETWEEN ? AND ? AND struck_at IS NULL AND (made_up_day IS NOT NULL OR told_at IS NOT NULL)"
        " ORDER BY event_day, staff_id",
        book.series,
        *between,
    ):
        who = f"{chinese_short_day(date.fromisoformat(day))}{names.get(person, '')}"
        if told_at is not None:
            moment = local(told_at)
            other = "" if moment.date().isoformat() == day else chinese_short_day(moment.date())
            told.append(f"{who}{other}{moment:%-H:%M}告知{ToldTo(told_to).label}")
        if done:
            how = f"({said})" if said else ""
            made_up.append(f"{who}{chinese_short_day(date.fromisoformat(done))}补{how}")
    for title, items in (("更正", corrected), ("请假", told), ("补学", made_up)):
        words += _paragraphs(title, items)
    for revision, reason, approved_by, page in office.fetch(
        "SELECT revision, reason, approved_by, paper_page FROM closings WHERE register = ? AND month = ?"
        " AND revision > 1 ORDER BY revision",
        book.word,
        month_of(days[0]),
    ):
        filed = f",更正单第{page}页" if page else ""
        words.append(f"封存后更正,第{revision}版:{reason}({names.get(approved_by, '')}批准{filed})。")
    return words


def _paragraphs(title: str, items: list[str]) -> list[str]:
    """Return many short notes as a few lines that fit a row each."""
    return [
        f"{title}:{';'.join(items[start : start + NOTES_A_LINE])}。" for start in range(0, len(items), NOTES_A_LINE)
    ]
