"""The half-days still 待核, the papers in hand, and what of both is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, month_days, month_of
from govoffice_tui.registers import calendar, closing, settings, staff
from govoffice_tui.registers.absence.papers import AbsencePaper, papers
from govoffice_tui.registers.attendance.months import figures
from govoffice_tui.registers.attendance.pages import REGISTER as ATTENDANCE
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.absence import PAPER, AbsenceState, Decision
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import HalfStatus, half_days
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Problem, Refused

WORKDAYS_TO_EXPLAIN = 2
"""Workdays a half-day may stay 待核 before it is overdue: as many as a phoned leave has for its paper."""

MONTHS_LOOKED_AT = 3
"""Months back in which a half-day 待核 is looked for; older ones are sealed, or named by 月报."""

TAB = "absence"
"""The page of half-days 待核 and of the papers about them."""

IN_HAND = (AbsenceState.OPENED, AbsenceState.HEARD, AbsenceState.PROPOSED)


@dataclass(frozen=True)
class PendingHalf:
    """One half-day of a person that nothing explains: since how many workdays, what was noted, and its paper."""

    person: Person
    display_name: str
    day: date
    half: Half
    age: int
    remark: str
    paper: AbsencePaper | None

    @property
    def is_overdue(self) -> bool:
        """Return whether it has waited longer than an explanation may take."""
        return self.age > WORKDAYS_TO_EXPLAIN

    @property
    def when(self) -> str:
        """Return 10月12日上午."""
        return f"{chinese_short_day(self.day)}{self.half.label}"


@dataclass(frozen=True)
class PaperSheet:
    """What a 旷工认定单 prints: `paper` is None on a blank one."""

    office_name: str
    paper: AbsencePaper | None = None
    name: str = ""
    section: str = ""
    position: str = ""
    proposer: str = ""


BLANK = "空白"


def period_of(paper: AbsencePaper) -> str:
    """Return under which period a paper is exported: 2026-10-12_旷〔2026〕1号."""
    return f"{paper.day.isoformat()}_{paper.number}"


def paper_sheet(office: Office, period: str) -> PaperSheet:
    """Return the paper of an export's period, the newest under its number; a blank one for `…_空白`.

    Refused where there is none.
    """
    day_word, _, number = period.partition("_")
    day = date.fromisoformat(day_word)
    office_name = settings.on(office, day).office_name
    if number == BLANK:
        return PaperSheet(office_name)
    found = [one for one in papers(office, "event_day = ?", day_word) if one.number == number]
    if not found:
        raise Refused("没有这张认定单。")
    paper = found[-1]
    person = staff.person_on(office, paper.person, day)
    assert person is not None
    names = display_names(staff.people_on(office, day))
    proposer = "" if paper.proposed_by is None else staff.name_of(office, paper.proposed_by, day)
    name = names.get(person.id, person.name)
    return PaperSheet(office_name, paper, name, person.section, person.position, proposer)


def open_months(office: Office, today: date) -> list[str]:
    """Return the months not under seal whose half-days are looked at, oldest first."""
    found, day = [], today.replace(day=1)
    first, _ = settings.on(office, today).first_half_day
    for _ in range(MONTHS_LOOKED_AT):
        if month_of(day) >= month_of(first) and closing.sealed(office, ATTENDANCE, month_of(day)) is None:
            found.append(month_of(day))
        day = (day - timedelta(days=1)).replace(day=1)
    return found[::-1]


def pending_halves(office: Office, today: date) -> list[PendingHalf]:
    """Return every half-day 待核 of the months not under seal, oldest first, people in rank order.

    A book that was not collected accuses nobody: its half-days are not among them.
    """
    found = []
    chart = calendar.load(office, {today.year - 1, today.year})
    for word in open_months(office, today):
        _, frame, people = figures(office, word)
        waiting = [one for one in people if one.pending_count]
        if not waiting:
            continue
        names = display_names(one.person for one in people)
        days = month_days(word)
        closed = _collected(office, days)
        remarks = _remarks(office, days)
        standing = {
            (one.person, one.day): one
            for one in papers(
                office,
                "event_day BETWEEN ? AND ? AND struck_at IS NULL",
                days[0].isoformat(),
                days[-1].isoformat(),
            )
        }
        for one in waiting:
            for day, half in half_days(frame.days, one.statuses[HalfStatus.PENDING]):
                if (day.isoformat(), int(half)) not in closed:
                    continue
                mine = standing.get((one.person.id, day))
                own = mine if mine is not None and half in mine.halves else None
                remark = remarks.get((one.person.id, day.isoformat(), int(half)), "")
                found.append(
                    PendingHalf(one.person, names[one.person.id], day, half, _age(chart, day, today), remark, own)
                )
    return sorted(found, key=lambda one: (one.day, one.half, one.person.rank))


def papers_in_hand(office: Office) -> list[AbsencePaper]:
    """Return the papers nothing was decided on, oldest first."""
    marks = ", ".join("?" * len(IN_HAND))
    return papers(office, f"struck_at IS NULL AND state IN ({marks})", *(state.value for state in IN_HAND))


def papers_of_month(office: Office, word: str) -> list[AbsencePaper]:
    """Return every paper about the days of a month, voided ones among them."""
    days = month_days(word)
    return papers(office, "event_day BETWEEN ? AND ?", days[0].isoformat(), days[-1].isoformat())


def contradictions(office: Office, word: str) -> list[Problem]:
    """Return what keeps a month from being sealed: papers in hand, and findings a later entry has overtaken."""
    found = []
    mine = [one for one in papers_of_month(office, word) if one.struck_at is None]
    if not mine:
        return []
    _, _, people = figures(office, word)
    months = {one.person.id: one for one in people}
    names = display_names(one.person for one in people)
    for one in mine:
        name = names.get(one.person) or staff.name_of(office, one.person, one.day)
        if one.state in IN_HAND:
            found.append(Problem(name, f"{one.when}{PAPER}{one.number}{one.state.label},还没有办结", one.day, TAB))
        elif one.decision is Decision.FOUND and any(
            months[one.person].status(one.day, half) is not HalfStatus.ABSENT for half in one.halves
        ):
            found.append(Problem(name, f"{one.when}已另有登记,{PAPER}{one.number}请作废", one.day, TAB))
    return found


def due_sentence(halves: Sequence[PendingHalf]) -> str:
    """Return 待核 3 个半天 最早10月9日."""
    return f"待核 {len(halves)} 个半天 最早{chinese_short_day(halves[0].day)}"


def awaiting_words(office: Office, now: datetime) -> list[tuple[str, bool, date]]:
    """Return the lines of 今日 with whether each is late and its day: half-days 待核, papers waiting for a step."""
    found = []
    waiting = [one for one in pending_halves(office, now.date()) if one.age > 0]
    if waiting:
        found.append((due_sentence(waiting), any(one.is_overdue for one in waiting), waiting[0].day))
    for one in papers_in_hand(office):
        name = staff.name_of(office, one.person, one.day)
        found.append((f"{PAPER}{one.number} {name} {one.when} {one.state.label}", False, one.day))
    return found


def _age(chart: Calendar, day: date, today: date) -> int:
    """Return how many workdays have begun since a day."""
    if day >= today or day.year not in chart.years:
        return 0 if day >= today else WORKDAYS_TO_EXPLAIN + 1
    return len(chart.workdays(day + timedelta(days=1), today))


def _collected(office: Office, days: Sequence[date]) -> set[tuple[str, int]]:
    """Return the half-days whose book was collected."""
    return set(
        office.fetch(
            "SELECT event_day, half FROM sign_sessions WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL"
            " AND state = 'collected'",
            days[0].isoformat(),
            days[-1].isoformat(),
        )
    )


def _remarks(office: Office, days: Sequence[date]) -> dict[tuple[int, str, int], str]:
    """Return what the keeper noted of half-days, and why a finding was not made."""
    between = (days[0].isoformat(), days[-1].isoformat())
    found = {
        (person, day, half): remark
        for person, day, half, remark in office.fetch(
            "SELECT staff_id, event_day, half, remark FROM arrivals WHERE event_day BETWEEN ? AND ?"
            " AND struck_at IS NULL AND kind = 'pending'",
            *between,
        )
    }
    for one in papers(office, "event_day BETWEEN ? AND ? AND struck_at IS NULL AND state = 'dismissed'", *between):
        for half in one.halves:
            found[one.person, one.day.isoformat(), int(half)] = f"不予认定:{one.ground}"
    return found
