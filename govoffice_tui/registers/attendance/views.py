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
from govoffice_tui.rules.sign_sheets import SheetMark, SheetState


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
class Sheet:
    """The sheet of a session at one 签到点; `row` is None while the session has not begun."""

    row: int | None
    point: str
    state: SheetState
    is_paper: bool
    reason: str = ""
    decided_by: str = ""
    is_reopened: bool = False
    book: str = ""
    page: str = ""
    collected_at: datetime | None = None
    collected_by: str = ""
    early_reason: str = ""
    expected: int | None = None
    signed: int | None = None
    checked_at: datetime | None = None
    checked_by: str = ""

    @property
    def is_unread(self) -> bool:
        """Return whether nothing of a collected paper sheet has been typed yet."""
        return self.state is SheetState.TRANSCRIBING and self.signed is None

    @property
    def is_settled(self) -> bool:
        """Return whether the book says who signed here: whoever does not stand in it is missing."""
        return not self.state.is_out and not self.is_unread

    @property
    def paper_words(self) -> str:
        """Return why the sheet is paper and who decided it: 纸质:停电,分管副主任钱峰定."""
        if not self.is_paper:
            return ""
        carrier = "屏幕收存后改用纸质" if self.is_reopened else "纸质"
        decided = f"{self.decided_by}定" if self.decided_by else ""
        return ",".join(part for part in (f"{carrier}:{self.reason}" if self.reason else carrier, decided) if part)

    @property
    def page_words(self) -> str:
        """Return where the sheet is kept: 2026年签到簿第12页."""
        return f"{self.book}第{self.page}页" if self.page else ""

    @property
    def transcription_words(self) -> str:
        """Return how far what was typed from the sheet has been checked."""
        if self.state is SheetState.CHECKED and self.checked_at is not None:
            return f"录入已核对 {self.checked_by} {self.checked_at:%-m月%-d日%-H:%M}"
        if self.state is SheetState.TRANSCRIBING:
            return "未录入" if self.is_unread else "已录入,未核对"
        return ""


@dataclass(frozen=True)
class SheetLine:
    """One person on the page a paper sheet is transcribed on.

    `signed_at` is the time of a signature on the screen, which stays; `is_excused` says that leave or an outing
    stands in the book.
    """

    person: Person
    display_name: str
    mark: SheetMark
    at: datetime | None
    signed_at: datetime | None
    is_excused: bool


@dataclass(frozen=True)
class SheetPage:
    """A paper sheet as it is transcribed: everybody due at its place, in rank order."""

    day: date
    half: Half
    hours: SessionHours
    sheet: Sheet
    lines: tuple[SheetLine, ...]


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
    paper_page: str = ""
    is_untimed: bool = False
    is_late_entry: bool = False
    point: str = ""
    arrival_remark: str = ""
    left_early_at: datetime | None = None

    @property
    def time_words(self) -> str:
        """Return when the person signed: 08:03, or 纸 where the sheet gives no time; empty without a signature."""
        if self.signed_at is None:
            return ""
        return "纸" if self.is_untimed else f"{self.signed_at:%H:%M}"

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
    sheets: tuple[Sheet, ...] = ()
    without_book: WithoutBook | None = None
    presence_check: PresenceCheck | None = None

    @property
    def has_points(self) -> bool:
        """Return whether people sign at several places."""
        return len(self.sheets) > 1

    @property
    def is_on_screen(self) -> bool:
        """Return whether anybody may sign on the screen: not where every sheet is paper or collected."""
        return not self.sheets or any(sheet.state is SheetState.OPEN for sheet in self.sheets)

    @property
    def unread(self) -> tuple[Sheet, ...]:
        """The paper sheets that were collected and of which nothing has been typed."""
        return tuple(sheet for sheet in self.sheets if sheet.is_unread)

    @property
    def out_sheets(self) -> tuple[Sheet, ...]:
        """The sheets nobody has collected yet."""
        return tuple(sheet for sheet in self.sheets if sheet.state.is_out)

    @property
    def unfinished(self) -> tuple[Sheet, ...]:
        """The paper sheets that wait to be typed or checked."""
        return tuple(sheet for sheet in self.sheets if sheet.state is SheetState.TRANSCRIBING)

    @property
    def noted_missing(self) -> tuple[BoardLine, ...]:
        """Whoever the collected book does not name; nobody of a sheet that has not been typed."""
        if not self.is_closed:
            return ()
        return tuple(line for line in self.missing if line.status is not HalfStatus.NOT_DUE)

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
