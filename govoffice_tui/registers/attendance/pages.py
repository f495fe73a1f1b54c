"""The pages of the sign-in book, read from the book: a session's board, a day, a month, one half-day explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, day_of, hour_minute, local, month_days
from govoffice_tui.journal import chain
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.attendance import annexes
from govoffice_tui.registers.attendance.facts import claims, further_facts
from govoffice_tui.registers.attendance.sheet_rows import sheet_at, sheet_facts, sheets_on
from govoffice_tui.registers.attendance.views import (
    Board,
    BoardLine,
    CollectedBook,
    DaySheet,
    Fact,
)
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import ArrivalKind, SessionState, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, MonthFacts, MonthFrame, bit, rule_month
from govoffice_tui.rules.people import AttendanceMode, Membership, Person, display_names

REGISTER = "attendance"


@dataclass(frozen=True)
class Session:
    """The book of one half-day as it stands."""

    id: int
    state: SessionState
    cutoff: datetime
    remark: str


@dataclass(frozen=True)
class HalfDayStory:
    """Why a half-day is what it is: the facts in time order, and the article."""

    title: str
    status: HalfStatus
    facts: tuple[Fact, ...]
    article: str


def session_on(office: Office, day: date, half: Half) -> Session | None:
    """Return the book of a half-day, None while nobody has signed in it."""
    rows = office.fetch(
        "SELECT id, state, cutoff_at, remark FROM sign_sessions WHERE event_day = ? AND half = ? AND struck_at IS NULL",
        day.isoformat(),
        int(half),
    )
    return Session(rows[0][0], SessionState(rows[0][1]), local(rows[0][2]), rows[0][3]) if rows else None


def is_worked(office: Office, day: date, half: Half) -> bool:
    """Return whether a half-day has a sign-in book here: worked, and not before the book was begun."""
    is_begun = (day, half) >= settings.on(office, day).first_half_day
    return is_begun and closing.calendar_of(office, REGISTER, day).is_work(day, half)


def due_people(office: Office, day: date) -> list[Person]:
    """Return who is expected to sign on a day, in rank order: on the roster, not lent out, not exempt."""
    memberships = staff.periods(office, day, day)
    return [
        person
        for person in staff.people_on(office, day)
        if person.mode is AttendanceMode.SIGNS
        and all(period.kind is not Membership.SECONDED_OUT for period in memberships[person.id])
    ]


def signed_people(office: Office, day: date, half: Half) -> set[int]:
    """Return whose signature stands in the book of a half-day."""
    rows = office.fetch(
        "SELECT staff_id FROM sign_ins WHERE event_day = ? AND half = ? AND struck_at IS NULL",
        day.isoformat(),
        int(half),
    )
    return {person for (person,) in rows}


def board(office: Office, day: date, half: Half) -> Board:
    """Return the page of one session: everybody on the roster that day, and where the book stands."""
    chart = closing.calendar_of(office, REGISTER, day)
    rules = settings.on(office, day)
    session = session_on(office, day, half)
    collected = _collected_book(office, session) if session else None
    place = bit(day, half)
    is_work = is_worked(office, day, half)
    days = tuple(month_days(f"{day:%Y-%m}"))
    work = place if is_work else 0
    frames = {settled: MonthFrame(days, work, place if settled else 0) for settled in (False, True)}
    sheets = sheets_on(office, day, half, rules) if is_work else ()
    is_closed = session is not None and session.state.is_closed
    people = staff.people_on(office, day)
    memberships = staff.periods(office, day, day)
    names = display_names(people)
    signed, struck = _signatures(office, day, half)
    arrivals = {
        person: (row, ArrivalKind(kind), None if at is None else local(at), remark)
        for row, person, kind, at, remark in office.fetch(
            "SELECT id, staff_id, kind, arrived_at, remark FROM arrivals"
            " WHERE event_day = ? AND half = ? AND struck_at IS NULL",
            day.isoformat(),
            int(half),
        )
    }
    claimed = claims(office, [day])
    gone = annexes.left_early_on(office, day, half)
    lines = []
    for person in people:
        row, at, page, is_untimed, is_late_entry = signed.get(person.id, (None, None, "", False, False))
        arrival, kind, arrived, remark = arrivals.get(person.id, (None, None, None, ""))
        is_lent = any(period.kind is Membership.SECONDED_OUT for period in memberships[person.id])
        facts = MonthFacts(
            member=place,
            seconded=place if is_lent else 0,
            exempt=0 if person.mode is AttendanceMode.SIGNS else place,
            claims=claimed.get(person.id, {}),
        )
        sheet = sheet_at(sheets, person.section, rules) if sheets else None
        is_settled = is_closed if sheet is None else sheet.is_settled
        status = rule_month(person, frames[is_settled], facts).status(day, half)
        lines.append(
            BoardLine(
                person,
                names[person.id],
                status,
                at,
                row,
                arrival,
                kind,
                arrived,
                tuple(struck.get(person.id, ())),
                page,
                is_untimed,
                is_late_entry,
                sheet.point if sheet else "",
                remark,
                gone.get(person.id),
            )
        )
    return Board(
        day=day,
        half=half,
        day_title=chart.title(day),
        is_work=is_work,
        hours=session_hours(day, half, rules),
        state=session.state if session else None,
        halted_reason=session.remark if session and session.state is SessionState.HALTED else "",
        collected=collected,
        lines=tuple(lines),
        sheets=sheets,
        without_book=annexes.without_book(office, day, half),
        presence_check=annexes.presence_check(office, day, half),
    )


def day_sheet(office: Office, day: date) -> DaySheet:
    """Return both sessions of a day for the printed 签到表."""
    pages = {half: board(office, day, half) for half in Half}
    return DaySheet(
        office_name=settings.on(office, day).office_name,
        day=day,
        day_title=pages[Half.MORNING].day_title,
        morning=pages[Half.MORNING] if pages[Half.MORNING].is_work else None,
        afternoon=pages[Half.AFTERNOON] if pages[Half.AFTERNOON].is_work else None,
    )


def story(office: Office, person: int, day: date, half: Half) -> HalfDayStory:
    """Return one half-day of one person with every fact in time order and the article it rests on."""
    page = board(office, day, half)
    line = next((line for line in page.lines if line.person.id == person), None)
    columns = "signed_at, year, number, struck_at, struck_reason, struck_by, paper_page, is_untimed, entered_at"
    columns += ", entered_by, revision"
    facts = []
    for condition in ("IS NULL", "IS NOT NULL"):
        for at, year, number, struck_at, reason, by, paper, untimed, entered, typist, revision in office.fetch(
            f"SELECT {columns} FROM sign_ins"
            f" WHERE event_day = ? AND half = ? AND staff_id = ? AND struck_at {condition}",
            day.isoformat(),
            int(half),
            person,
        ):
            doer = staff.name_of(office, typist, day)
            if revision > 1:
                facts.append(Fact(local(entered), f"恢复{hour_minute(at)}的签到({doer})"))
            else:
                where = f"在纸质签到簿第{paper}页签到{',簿上没有时间' if untimed else ''}" if paper else "签到"
                facts.append(Fact(local(at), f"{where}({shown('签', year, number)})"))
                if paper:
                    facts.append(Fact(local(entered), f"从纸质签到簿录入({doer})"))
            if struck_at is not None:
                facts.append(Fact(local(struck_at), f"签到划销:{reason}({staff.name_of(office, by, day)})"))
    for at, by, kind, arrived, remark in office.fetch(
        "SELECT entered_at, entered_by, kind, arrived_at, remark FROM arrivals"
        " WHERE event_day = ? AND half = ? AND staff_id = ?",
        day.isoformat(),
        int(half),
        person,
    ):
        what = f"迟到,{hour_minute(arrived)}到岗" if kind == ArrivalKind.LATE else "待核"
        tail = f":{remark}" if remark else ""
        facts.append(Fact(local(at), f"记{what}{tail}({staff.name_of(office, by, day)})"))
    facts += sheet_facts(office, day, half, line.point if line else "")
    facts += further_facts(office, person, day, half)
    if page.collected:
        facts.append(Fact(page.collected.at, f"签到簿收存(收存人{page.collected.by})"))
    name = line.display_name if line else staff.name_of(office, person, day)
    status = line.status if line else HalfStatus.OFF_ROSTER
    title = f"{name} {chinese_short_day(day)}{half.label} {status.label}"
    return HalfDayStory(title, status, tuple(sorted(facts, key=lambda fact: fact.at)), status.article)


def _collected_book(office: Office, session: Session) -> CollectedBook | None:
    if session.state is not SessionState.COLLECTED:
        return None
    at, by, expected, signed, reason = office.fetch(
        "SELECT collected_at, collected_by_id, expected, signed, early_reason FROM sign_sessions WHERE id = ?",
        session.id,
    )[0]
    seq, hashed = office.fetch(
        "SELECT seq, hash FROM journal WHERE register = 'sign_sessions' AND entry = ?"
        " AND verb IN ('collect_book', 'collect_sheet') ORDER BY seq DESC LIMIT 1",
        session.id,
    )[0]
    by_name = staff.name_of(office, by, day_of(at))
    return CollectedBook(local(at), by_name, expected, signed, reason or "", chain.code(bytes(hashed)), seq)


def _signatures(
    office: Office, day: date, half: Half
) -> tuple[Mapping[int, tuple[int, datetime, str, bool, bool]], Mapping[int, list[str]]]:
    """Return by person the standing signatures of a session, with page and how they were typed, and what was struck."""
    signed = {
        person: (row, local(at), page, bool(is_untimed), late is not None)
        for row, person, at, page, is_untimed, late in office.fetch(
            "SELECT id, staff_id, signed_at, paper_page, is_untimed, late_reason FROM sign_ins"
            " WHERE event_day = ? AND half = ? AND struck_at IS NULL",
            day.isoformat(),
            int(half),
        )
    }
    struck: dict[int, list[str]] = defaultdict(list)
    for person, at, reason in office.fetch(
        "SELECT staff_id, signed_at, struck_reason FROM sign_ins"
        " WHERE event_day = ? AND half = ? AND struck_at IS NOT NULL ORDER BY id",
        day.isoformat(),
        int(half),
    ):
        struck[person].append(f"{hour_minute(at)} {reason}")
    return signed, struck
