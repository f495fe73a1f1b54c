"""What the attendance register hands to screens and forms: one day's board, one day's sheet, one month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.rules.attendance import ArrivalKind, NoBookDecision, Seen, SessionHours, SessionState
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import LEAVES, HalfStatus, MonthFrame, PersonMonth
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Problem


@dataclass(frozen=True)
class Fact:
    """One thing the book says about a half-day of a person."""

    at: datetime
    words: str


@dataclass(frozen=True)
class CollectedBook:
    """The band under a closed page: who collected the book, when, and what stood in it."""

    at: datetime
    by: str
    expected: int
    signed: int
    early_reason: str
    code: str
    code_seq: int

    @property
    def code_words(self) -> str:
        """Return the 核对码 as it is printed: 123-7f3a91c2."""
        return f"{self.code_seq}-{self.code}"


@dataclass(frozen=True)
class WithoutBook:
    """Why a session had no book, and what the deputy decided on paper; `decision` is None until then."""

    id: int
    number: str
    reason: str
    decision: NoBookDecision | None
    decided_by: str
    paper_page: str
    ruled_at: datetime | None


@dataclass(frozen=True)
class DrawnPerson:
    """One name that 抽查到岗 drew; `seen` is None until somebody has looked."""

    row: int
    person: int
    name: str
    seen: Seen | None


@dataclass(frozen=True)
class PresenceCheck:
    """抽查到岗 of a session: when the names were drawn, by whom, and what was found."""

    drawn_at: datetime
    inspector: str
    people: tuple[DrawnPerson, ...]

    @property
    def unanswered(self) -> int:
        """Return how many names still wait for an answer."""
        return sum(one.seen is None for one in self.people)


@dataclass(frozen=True)
class BoardLine:
    """One person on the board of a session."""

    person: Person
    display_name: str
    status: HalfStatus
    signed_at: datetime | None
    sign_in: int | None
    arrival: int | None
    arrival_kind: ArrivalKind | None
    arrived_at: datetime | None
    struck: tuple[str, ...]
    left_early_at: datetime | None = None

    @property
    def is_due(self) -> bool:
        """Return whether the person belongs to 应到, on leave or out on business though they may be."""
        return self.status not in (HalfStatus.OFF_ROSTER, HalfStatus.SECONDED, HalfStatus.REST, HalfStatus.EXEMPT)

    @property
    def is_missing(self) -> bool:
        """Return whether a signature is looked for that no book explains."""
        return self.status in (HalfStatus.LATE, HalfStatus.PENDING, HalfStatus.NOT_DUE, HalfStatus.ABSENT)


@dataclass(frozen=True)
class Board:
    """One session as its page shows it; `state` is None while nobody has signed, and `is_work` False on rest days."""

    day: date
    half: Half
    day_title: str
    is_work: bool
    hours: SessionHours
    state: SessionState | None
    halted_reason: str
    collected: CollectedBook | None
    lines: tuple[BoardLine, ...]
    without_book: WithoutBook | None = None
    presence_check: PresenceCheck | None = None

    @property
    def is_closed(self) -> bool:
        """Return whether nobody signs any more and who is missing is found out: collected, or decided about."""
        return self.state is not None and self.state.is_closed

    @property
    def expected(self) -> int:
        """应到: everybody due to sign."""
        return sum(line.is_due for line in self.lines)

    @property
    def signed(self) -> int:
        """已签."""
        return sum(line.status is HalfStatus.SIGNED for line in self.lines)

    @property
    def deemed(self) -> int:
        """视同出勤: there without a signature, by decision."""
        return sum(line.status is HalfStatus.DEEMED for line in self.lines)

    @property
    def on_leave(self) -> int:
        """请假, of whatever kind."""
        return sum(line.status in LEAVES for line in self.lines)

    @property
    def out(self) -> int:
        """公出."""
        return sum(line.status is HalfStatus.OUT for line in self.lines)

    @property
    def missing(self) -> tuple[BoardLine, ...]:
        """Everybody due who has not signed and is not explained, in rank order."""
        return tuple(line for line in self.lines if line.is_missing)


@dataclass(frozen=True)
class DaySheet:
    """Both sessions of one day, for the printed 签到表; a session that is not worked is None."""

    office_name: str
    day: date
    day_title: str
    morning: Board | None
    afternoon: Board | None


@dataclass(frozen=True)
class BookNote:
    """One remark of the month's 说明: a strike, a late note, a correction; `half` is None for the whole month."""

    day: date
    half: Half | None
    kind: str
    person: str
    detail: str
    noted_by: str
    noted_at: datetime

    @property
    def half_words(self) -> str:
        """Return 上午, 下午, or nothing."""
        return self.half.label if self.half is not None else ""


@dataclass(frozen=True)
class AttendanceMonth:
    """One month of the whole office, people in rank order with 编外 apart at the end.

    `shortfalls` is what keeps the month from being sealed; `legend` gives the mark of each status.
    `revision` is 0 while the month is not sealed.
    """

    office_name: str
    month: str
    frame: MonthFrame
    calendar: Calendar
    people: tuple[PersonMonth, ...]
    display_names: Mapping[int, str]
    legend: Mapping[str, str]
    notes: tuple[BookNote, ...]
    shortfalls: tuple[Problem, ...]
    hours_note: str
    revision: int
