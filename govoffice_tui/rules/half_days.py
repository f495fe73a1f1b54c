"""What each half-day of a person's month is, and what the month's sheet counts (考勤制度第1条、第3条、第5条).

A month of one person is a set of half-days, kept as the bits of an integer: bit `2 × (day of month − 1) + half`.
Each status is such a set, every half-day is in exactly one of them, and counting is `int.bit_count()`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_

from govoffice_tui.rules.attendance import ABSENCE, LEAVE, TWO_SIGN_INS, session_hours
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.settings import Settings

MORNINGS = sum(1 << (2 * place) for place in range(31))
"""The morning of every day of a month."""


class HalfStatus(StrEnum):
    """What one half-day of one person is; the value is its mark's key in the office's legend."""

    OFF_ROSTER = "off_roster"
    SECONDED = "seconded"
    REST = "rest"
    EXEMPT = "exempt"
    PERSONAL = "personal"
    SICK = "sick"
    ANNUAL = "annual"
    MARRIAGE = "marriage"
    MATERNITY = "maternity"
    PATERNITY = "paternity"
    BEREAVEMENT = "bereavement"
    FAMILY_VISIT = "family_visit"
    TRAINING = "training"
    COMPENSATORY = "compensatory"
    OUT = "out"
    SIGNED = "signed"
    LATE = "late"
    DEEMED = "deemed"
    ABSENT = "absent"
    NO_BOOK = "no_book"
    PENDING = "pending"
    NOT_DUE = "not_due"

    @property
    def label(self) -> str:
        return _TITLES[self]

    @property
    def article(self) -> str:
        """Return the article the status rests on."""
        if self in (HalfStatus.LATE, HalfStatus.PENDING, HalfStatus.ABSENT):
            return ABSENCE
        return LEAVE if self in LEAVES or self is HalfStatus.OUT else TWO_SIGN_INS

    @property
    def mark_key(self) -> str:
        """Return the status whose mark of the legend is printed: what counts as attended is ticked."""
        return (HalfStatus.SIGNED if self is HalfStatus.DEEMED else self).value


_TITLES: Mapping[HalfStatus, str] = {
    HalfStatus.OFF_ROSTER: "不在册",
    HalfStatus.SECONDED: "借出",
    HalfStatus.REST: "休息",
    HalfStatus.EXEMPT: "免签",
    HalfStatus.PERSONAL: "事假",
    HalfStatus.SICK: "病假",
    HalfStatus.ANNUAL: "年休假",
    HalfStatus.MARRIAGE: "婚假",
    HalfStatus.MATERNITY: "产假",
    HalfStatus.PATERNITY: "护理假",
    HalfStatus.BEREAVEMENT: "丧假",
    HalfStatus.FAMILY_VISIT: "探亲假",
    HalfStatus.TRAINING: "学习培训",
    HalfStatus.COMPENSATORY: "补休",
    HalfStatus.OUT: "因公外出",
    HalfStatus.SIGNED: "已签",
    HalfStatus.LATE: "迟到",
    HalfStatus.DEEMED: "视同出勤",
    HalfStatus.ABSENT: "旷工",
    HalfStatus.NO_BOOK: "未设簿",
    HalfStatus.PENDING: "待核",
    HalfStatus.NOT_DUE: "未签",
}

LEAVES = (
    HalfStatus.PERSONAL,
    HalfStatus.SICK,
    HalfStatus.ANNUAL,
    HalfStatus.MARRIAGE,
    HalfStatus.MATERNITY,
    HalfStatus.PATERNITY,
    HalfStatus.BEREAVEMENT,
    HalfStatus.FAMILY_VISIT,
    HalfStatus.TRAINING,
    HalfStatus.COMPENSATORY,
)
"""Approved leave by kind: due, and not attended."""

ATTENDED = (HalfStatus.SIGNED, HalfStatus.LATE, HalfStatus.DEEMED, HalfStatus.OUT)
"""What counts as 实出勤; somebody out on business is at work."""

EXCUSED = (*LEAVES, HalfStatus.OUT)
"""What explains a half-day without a signature."""

CLAIMED = (*EXCUSED, HalfStatus.SIGNED, HalfStatus.LATE, HalfStatus.DEEMED, HalfStatus.ABSENT, HalfStatus.NO_BOOK)
"""What the books can say of a half-day, in order of precedence: the first that holds is its status."""


def bit(day: date, half: Half) -> int:
    """Return the half-day's place in a month's set."""
    return 1 << (2 * (day.day - 1) + half)


def half_days(days: Sequence[date], halves: int) -> list[tuple[date, Half]]:
    """Return the half-days of a set in order, given the month's days."""
    return [(day, half) for day in days for half in Half if halves & bit(day, half)]


def span(first: date, last: date) -> int:
    """Return every half-day from first to last, two days of one month."""
    return (1 << 2 * last.day) - (1 << 2 * (first.day - 1))


def whole_days(halves: int) -> int:
    """Return both half-days of every day a set touches."""
    mornings = (halves | halves >> 1) & MORNINGS
    return mornings | mornings << 1


@dataclass(frozen=True)
class MonthFrame:
    """What a month is for everybody: its days and three sets of half-days.

    `work` are the worked ones, `settled` those whose cut-off has passed.
    """

    days: tuple[date, ...]
    work: int
    settled: int

    @property
    def whole(self) -> int:
        """Every half-day of the month."""
        return span(self.days[0], self.days[-1])

    def within(self, first: date, last: date | None) -> int:
        """Return the month's half-days inside an interval that may begin or end outside it."""
        start, end = max(first, self.days[0]), self.days[-1] if last is None else min(last, self.days[-1])
        return span(start, end) if start <= end else 0


def month_frame(days: Sequence[date], calendar: Calendar, now: datetime, settings: Settings) -> MonthFrame:
    """Return the frame of a month, given all its days, seen at `now` under the settings of that day."""
    work = settled = 0
    for day in days:
        for half in Half:
            place = bit(day, half)
            if calendar.is_work(day, half) and (day, half) >= settings.first_half_day:
                work |= place
            if day < now.date() or (day == now.date() and now > session_hours(day, half, settings).cutoff):
                settled |= place
    return MonthFrame(tuple(days), work, settled)


@dataclass(frozen=True)
class MonthFacts:
    """What the books say about one person's month, each a set of half-days.

    `claims` holds what speaks for each status of `CLAIMED`, which may overlap: leave approved and a signature all the
    same; `left_early` where an inspection found 早退.
    """

    member: int
    seconded: int = 0
    exempt: int = 0
    left_early: int = 0
    claims: Mapping[HalfStatus, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonMonth:
    """One person's month: every half-day in one status, and the counts the sheet prints.

    `due` is found from the roster and the calendar alone, the statuses from the books; `imbalance`
    is what the two disagree on. `forfeited` are half-days that keep their mark and count as 旷工 all the same,
    because the other half of their day is (第3条). Counts are half-days (two make a day); `late_count` and
    `early_count` count occasions.
    """

    person: Person
    due: int
    statuses: Mapping[HalfStatus, int]
    remarks: tuple[str, ...] = ()
    forfeited: int = 0
    left_early: int = 0

    def counted(self, status: HalfStatus) -> int:
        """Return the half-days the sheet counts under a status: those of a day of 旷工 under that alone."""
        halves = self.statuses.get(status, 0)
        return halves | self.forfeited if status is HalfStatus.ABSENT else halves & ~self.forfeited

    def count(self, status: HalfStatus) -> int:
        """Return how many half-days the sheet counts under a status."""
        return self.counted(status).bit_count()

    @property
    def due_count(self) -> int:
        """应出勤: half-days on the roster, worked, and past; one without a book counts once it is decided about."""
        return self.due.bit_count()

    @property
    def attended_count(self) -> int:
        """实出勤: signed, noted as late, counted as attended by decision, or out on business."""
        return sum(self.count(status) for status in ATTENDED)

    @property
    def leave_count(self) -> int:
        """请假: half-days of approved leave of every kind."""
        return sum(self.count(status) for status in LEAVES)

    @property
    def absent_count(self) -> int:
        """旷工: every due half-day of the days a decision names."""
        return self.count(HalfStatus.ABSENT)

    @property
    def pending_count(self) -> int:
        """待核: due, past and not explained."""
        return self.count(HalfStatus.PENDING)

    @property
    def late_count(self) -> int:
        return self.count(HalfStatus.LATE)

    @property
    def early_count(self) -> int:
        """早退: occasions an inspection found; the half-day stays attended."""
        return self.left_early.bit_count()

    @property
    def imbalance(self) -> int:
        """Return the half-days by which 应出勤 differs from 实出勤 + 请假 + 旷工 + 待核: 0 in a sheet to be written."""
        explained = self.attended_count + self.leave_count + self.absent_count + self.pending_count
        return self.due_count - explained

    def status(self, day: date, half: Half) -> HalfStatus:
        """Return what one half-day is."""
        place = bit(day, half)
        return next(status for status, halves in self.statuses.items() if halves & place)


def rule_month(person: Person, frame: MonthFrame, facts: MonthFacts, remarks: tuple[str, ...] = ()) -> PersonMonth:
    """Rule on every half-day of one person's month, in this order of precedence.

    Not on the roster, seconded away, not worked, exempt from signing, on approved leave, out on business, signed,
    noted late, counted as attended by decision, found 旷工, without a book and not yet decided about, still to come,
    and what is left is 待核 (考勤制度第3条): it accuses nobody until a person decides. 早退 holds where somebody was
    at work. A day with one half 旷工 is 旷工 as a whole and never more than one.
    """
    present = facts.member & ~facts.seconded
    on_roster = facts.member | facts.seconded
    signs = present & frame.work & ~facts.exempt
    statuses = {}
    left = signs
    for status in CLAIMED:
        statuses[status] = left & facts.claims.get(status, 0)
        left &= ~statuses[status]
    due = signs & (frame.settled | ~left) & ~statuses[HalfStatus.NO_BOOK]
    excused = reduce(or_, (statuses[status] for status in EXCUSED))
    statuses |= {
        HalfStatus.REST: on_roster & ~frame.work,
        HalfStatus.PENDING: left & frame.settled,
        HalfStatus.NOT_DUE: left & ~frame.settled,
        HalfStatus.EXEMPT: present & frame.work & facts.exempt,
        HalfStatus.SECONDED: facts.seconded & frame.work,
        HalfStatus.OFF_ROSTER: frame.whole & ~on_roster,
    }
    forfeited = whole_days(statuses[HalfStatus.ABSENT]) & due & ~statuses[HalfStatus.ABSENT]
    return PersonMonth(person, due, statuses, remarks, forfeited, facts.left_early & signs & ~excused)
