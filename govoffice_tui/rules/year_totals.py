"""What a year of months comes to for each person, and from when on a run of 旷工 is pointed out (公务员法第88条).

Totals are shown, never decided on: every 旷工 in them is a decision on paper already, and what follows from many of
them is the office's to consider.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govoffice_tui.rules.half_days import LEAVES, HalfStatus, MonthFrame, PersonMonth, span
from govoffice_tui.rules.people import Category, Person

DISMISSAL = "公务员法第88条"

CONSECUTIVE_DAYS = (3, 10, 15)
"""Workdays of 旷工 in a row from which on it is pointed out, ever more urgently; the law speaks of more than 15."""

CUMULATIVE_DAYS = 30
"""Workdays of 旷工 in one year from which on it is pointed out; the law speaks of more than 30."""

UNDER_THE_LAW = (Category.CIVIL_SERVANT, Category.REFERENCE)

YearMonth = tuple[MonthFrame, Sequence[PersonMonth]]
"""One month: what it is for everybody, and everybody's half-days."""


@dataclass(frozen=True)
class PersonYear:
    """One person's months together, as the person was in the last of them.

    Counts are half-days (two make a day), `late` and `early` occasions. `longest_run` and `current_run` are workdays of
    旷工 in a row: the longest that reaches into the year, and the one that has not ended.
    """

    person: Person
    due: int
    attended: int
    out: int
    late: int
    early: int
    leave: Mapping[HalfStatus, int]
    absent: int
    pending: int
    exempt: int
    seconded: int
    longest_run: int
    current_run: int
    remarks: tuple[str, ...] = ()

    @property
    def leave_count(self) -> int:
        """请假: half-days of approved leave of every kind."""
        return sum(self.leave.values())

    @property
    def imbalance(self) -> int:
        """Return the half-days by which 应出勤 differs from what explains it: 0 in a sheet to be written."""
        return self.due - self.attended - self.leave_count - self.absent - self.pending


@dataclass(frozen=True)
class Alarm:
    """A total that has reached a threshold: shown with its basis, decided by nobody here."""

    days: int | float
    threshold: int
    is_consecutive: bool

    @property
    def words(self) -> str:
        """Return 连续旷工3个工作日(提示线3)."""
        kind = "连续旷工" if self.is_consecutive else "本年累计旷工"
        return f"{kind}{self.days:g}个工作日(提示线{self.threshold})"

    @property
    def brief(self) -> str:
        """Return 连续旷工3天, or 本年累计旷工30天: workdays both."""
        return f"{'连续旷工' if self.is_consecutive else '本年累计旷工'}{self.days:g}天"


def alarms(one: PersonYear) -> tuple[Alarm, ...]:
    """Return what is to be pointed out of a person: the highest threshold reached in a row, and that of the year.

    Of those the law is not for, nothing.
    """
    if one.person.category not in UNDER_THE_LAW:
        return ()
    found = []
    reached = [days for days in CONSECUTIVE_DAYS if one.longest_run >= days]
    if reached:
        found.append(Alarm(one.longest_run, reached[-1], is_consecutive=True))
    if one.absent >= 2 * CUMULATIVE_DAYS:
        found.append(Alarm(one.absent / 2, CUMULATIVE_DAYS, is_consecutive=False))
    return tuple(found)


def year_totals(months: Sequence[YearMonth], before: Sequence[YearMonth] = ()) -> list[PersonYear]:
    """Add up the months of a year for everybody in them, in rank order with 编外 apart at the end.

    `months` follow each other, and so do those `before` the year, in which a run of 旷工 may have begun; nothing else
    of them is counted.
    """
    by_person: dict[int, list[PersonMonth]] = {}
    for _, people in months:
        for one in people:
            by_person.setdefault(one.person.id, []).append(one)
    runs = absence_runs(months, before)
    totals = [_total(mine, *runs.get(person, (0, 0))) for person, mine in by_person.items()]
    return sorted(totals, key=lambda one: (one.person.category.is_apart, one.person.rank, one.person.id))


def absence_runs(months: Sequence[YearMonth], before: Sequence[YearMonth] = ()) -> dict[int, tuple[int, int]]:
    """Return the longest and the unfinished run of 旷工 of everybody who has one, in workdays over rest days.

    A run ends on a worked day that is not 旷工. Days of 待核 are undecided: a run that reaches them has not ended, and
    one behind them is another.
    """
    concerned = {one.person.id for _, people in (*before, *months) for one in people if one.counted(HalfStatus.ABSENT)}
    runs = {person: _Run() for person in concerned}
    for place, (frame, people) in enumerate((*before, *months)):
        known = {one.person.id: one for one in people if one.person.id in concerned}
        for person, run in runs.items():
            run.follow(frame, known.get(person), counts=place >= len(before))
    return {person: (run.longest, run.length) for person, run in runs.items()}


def reaches_back(months: Sequence[YearMonth]) -> bool:
    """Return whether the first worked day of the first month is 旷工 for somebody, whose run may be older."""
    if not months:
        return False
    frame, people = months[0]
    first = next((day for day in frame.days if frame.work & span(day, day)), None)
    return first is not None and any(one.counted(HalfStatus.ABSENT) & span(first, first) for one in people)


class _Run:
    """A run of 旷工 as the days go by."""

    def __init__(self) -> None:
        self.longest = self.length = 0
        self._is_undecided = False

    def follow(self, frame: MonthFrame, one: PersonMonth | None, *, counts: bool) -> None:
        """Go on through a month; None is a month the person was not in. The longest is kept of what `counts`."""
        for day in frame.days:
            worked = frame.work & span(day, day)
            if not worked:
                continue
            if one is None:
                self.length = 0
            elif one.counted(HalfStatus.ABSENT) & worked:
                self.length = 1 if self._is_undecided else self.length + 1
                self._is_undecided = False
            elif one.counted(HalfStatus.PENDING) & worked:
                self._is_undecided = True
            elif worked & ~one.counted(HalfStatus.NOT_DUE):
                self.length, self._is_undecided = 0, False
            if counts:
                self.longest = max(self.longest, self.length)


def _total(months: Sequence[PersonMonth], longest: int, current: int) -> PersonYear:
    def count(status: HalfStatus) -> int:
        return sum(one.count(status) for one in months)

    return PersonYear(
        person=months[-1].person,
        due=sum(one.due_count for one in months),
        attended=sum(one.attended_count for one in months),
        out=count(HalfStatus.OUT),
        late=sum(one.late_count for one in months),
        early=sum(one.early_count for one in months),
        leave={status: count(status) for status in LEAVES},
        absent=sum(one.absent_count for one in months),
        pending=sum(one.pending_count for one in months),
        exempt=count(HalfStatus.EXEMPT),
        seconded=count(HalfStatus.SECONDED),
        longest_run=longest,
        current_run=current,
        remarks=tuple(remark for one in months for remark in one.remarks),
    )
