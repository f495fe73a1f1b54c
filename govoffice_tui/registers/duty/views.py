"""What the duty book hands to screens and forms: a shift's page, its lines, open matters, a month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.numbering import shown
from govoffice_tui.rules.duty import EntryState, Kind, ShiftHours, ShiftState, Stage, Urgency

FAXES = "传"


@dataclass(frozen=True)
class Details:
    """What can be said of a line; a classified one has a book and a page of the paper register and nothing else."""

    gist: str = ""
    unit: str = ""
    caller: str = ""
    phone: str = ""
    grade: str = ""
    pages: int | None = None
    answered_by: int | None = None
    is_classified: bool = False
    paper_book: str = ""
    paper_page: str = ""


@dataclass(frozen=True)
class StageLine:
    """One report of an incident."""

    stage: Stage
    at: datetime
    to: str
    words: str

    @property
    def told(self) -> str:
        """Return 首报 22:44 报市应急局:…."""
        return f"{self.stage.label} {self.at:%H:%M} 报{self.to}:{self.words}"


@dataclass(frozen=True)
class Handing:
    """The last handing of a line: from which shift, to whom, and who took it over."""

    id: int
    from_day: date
    from_start: datetime
    receiver: int
    receiver_name: str
    accepted_by: int | None
    accepted_name: str
    accepted_at: datetime | None
    is_one_sided: bool

    @property
    def holder(self) -> int:
        """Return whose matter it is now."""
        return self.receiver if self.accepted_by is None else self.accepted_by

    @property
    def told(self) -> str:
        """Return 移交冯䶮 8:02接收, or who has yet to take it over."""
        if self.accepted_at is None:
            return f"移交{self.receiver_name} 待接收"
        who = "" if self.accepted_by == self.receiver else self.accepted_name
        return f"移交{self.receiver_name} {who}{self.accepted_at.hour}:{self.accepted_at:%M}接收"


@dataclass(frozen=True)
class EntryLine:
    """One line of the duty book as it stands."""

    id: int
    year: int
    number: int
    revision: int
    shift: int
    day: date
    part: str
    place: int
    kind: Kind
    state: EntryState
    urgency: Urgency | None
    happened_at: datetime
    entered_at: datetime
    is_backfilled: bool
    details: Details
    answered_name: str
    reported_to: str
    reported_at: datetime | None
    instruction: str
    result: str
    done_at: datetime | None
    fax: tuple[int, int] | None
    entered_by: str
    late_reason: str
    remark: str
    struck_reason: str = ""
    handing: Handing | None = None
    stages: tuple[StageLine, ...] = ()

    @property
    def told(self) -> str:
        """Return 10月11日第3号, with 白班 or 夜班 where its day has several shifts."""
        return f"{chinese_short_day(self.day)}{self.part}第{self.place}号"

    @property
    def is_struck(self) -> bool:
        """Return whether a line is drawn through it."""
        return bool(self.struck_reason)

    @property
    def fax_words(self) -> str:
        """Return 传〔2026〕12号, empty for what is no fax or telegram."""
        return shown(FAXES, *self.fax) if self.fax else ""

    @property
    def words(self) -> str:
        """Return what the line says in one text: what came in, or where the paper register has it."""
        if self.details.is_classified:
            return f"涉密件,见机要登记簿第{self.details.paper_book}册第{self.details.paper_page}页"
        return self.details.gist

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the line still lacks, in the order it is asked for."""
        if self.is_struck or self.state is EntryState.DONE:
            return ()
        found = []
        named = self.kind not in (Kind.ROUND, Kind.INSTRUCTION) and not self.details.is_classified
        if named and not self.details.unit:
            found.append("谁查岗" if self.kind is Kind.INSPECTION else "单位")
        if self.kind is Kind.INSPECTION and self.details.answered_by is None:
            found.append("谁接的")
        if self.kind.has_number and not self.details.grade and not self.details.is_classified:
            found.append("等级")
        if self.urgency is None:
            found.append("缓急")
        if self.state.presses and not self.reported_to:
            found.append("报告谁")
        if self.kind is Kind.INCIDENT and not self.stages:
            found.append("首报")
        return tuple(found)

    def minutes_waiting(self, now: datetime) -> int | None:
        """Return how long nobody has been told of an urgent line, None where nobody has to be or somebody was."""
        if self.is_struck or not self.state.presses or self.reported_to:
            return None
        return max(0, int((now - self.happened_at).total_seconds()) // 60)


@dataclass(frozen=True)
class ChangeLine:
    """A swap inside the shift."""

    left: int
    came: int
    left_name: str
    came_name: str
    at: datetime
    reason: str

    @property
    def told(self) -> str:
        """Return 临时调换 20:00 冯䶮→陈喆(急病)."""
        reason = f"({self.reason})" if self.reason else ""
        return f"临时调换 {self.at:%H:%M} {self.left_name}→{self.came_name}{reason}"


@dataclass(frozen=True)
class AbsenceLine:
    """Somebody on duty away for a while."""

    name: str
    is_found: bool
    start: datetime
    end: datetime
    relief_name: str
    relief_start: datetime | None
    relief_end: datetime | None
    found_by: str
    remark: str

    @property
    def told(self) -> str:
        """Return 临时替班 21:00—21:20 冯䶮离开,刘建华21:00—21:20替班."""
        span = f"{self.start:%H:%M}—{self.end:%H:%M}"
        tail = f":{self.remark}" if self.remark else ""
        if self.is_found:
            return f"脱岗 {span} {self.name},{self.found_by}发现{tail}"
        if self.relief_start is None or self.relief_end is None:
            return f"离开 {span} {self.name},无人替班{tail}"
        return f"临时替班 {span} {self.name},{self.relief_name}{self.relief_start:%H:%M}—{self.relief_end:%H:%M}{tail}"


@dataclass(frozen=True)
class Shift:
    """The head and foot of a shift's page; people by staff id with their names beside them."""

    id: int
    day: date
    number: str
    state: ShiftState
    hours: ShiftHours
    took_at: datetime
    officer: int
    second: int | None
    leader: int | None
    messenger: int | None
    names: dict[int, str]
    weather: str
    is_one_sided: bool
    is_quiet: bool
    handed_at: datetime | None
    incoming: int | None
    five_missing: str
    hand_over_words: str
    signed_by: int | None
    signed_day: date | None
    sign_paper_page: str
    late_reason: str
    remark: str
    code_words: str = ""
    changes: tuple[ChangeLine, ...] = ()

    @property
    def officers(self) -> frozenset[int]:
        """Return everybody who was an officer of the shift at any time of it."""
        people = {self.officer, *(change.came for change in self.changes)}
        return frozenset(people | ({self.second} if self.second is not None else set()))

    @property
    def present(self) -> tuple[int, ...]:
        """Return who is on duty after every swap, the first officer first."""
        people = [self.officer, *([self.second] if self.second is not None else [])]
        for change in self.changes:
            people = [change.came if one == change.left else one for one in people]
        return tuple(dict.fromkeys(people))

    @property
    def officer_names(self) -> str:
        """Return every officer's name, those who came by a swap behind an arrow."""
        people = [self.name(self.officer), *([self.name(self.second)] if self.second is not None else [])]
        for change in self.changes:
            people.append(f"{change.came_name}({change.at:%H:%M}接{change.left_name})")
        return "、".join(people)

    def name(self, person: int | None) -> str:
        """Return somebody's name, empty for nobody."""
        return "" if person is None else self.names.get(person, "")


@dataclass(frozen=True)
class ShiftPage:
    """One page of the duty book: its shift if it was taken over, its lines, and what was handed to it."""

    office_name: str
    day: date
    day_title: str
    hours: ShiftHours
    is_current: bool
    is_over: bool
    report_minutes: int
    shift: Shift | None = None
    lines: tuple[EntryLine, ...] = ()
    matters: tuple[EntryLine, ...] = ()
    absences: tuple[AbsenceLine, ...] = ()
    uncovered: int = 0
    blank_reason: str = ""

    @property
    def standing(self) -> tuple[EntryLine, ...]:
        """Return the lines no line is drawn through."""
        return tuple(line for line in self.lines if not line.is_struck)

    @property
    def is_blank(self) -> bool:
        """Return whether the shift is 空白班: nobody took it over, or it was closed without a line or a word."""
        if self.shift is None:
            return self.is_over
        return self.shift.state is not ShiftState.OPEN and not self.standing and not self.shift.is_quiet

    @property
    def unsettled(self) -> int:
        """Return how many lines of the page and matters handed to it are still open."""
        return sum(not line.state.is_settled for line in (*self.standing, *self.matters))


@dataclass(frozen=True)
class MonthRow:
    """One shift in the month's list."""

    day: date
    template: str
    state: str
    leader: str
    officers: str
    counts: dict[Kind, int]
    lines: int
    unsettled: int
    is_blank: bool
    is_signed: bool
    shift: int | None
    hours: ShiftHours


@dataclass(frozen=True)
class DutyMonth:
    """A month of the duty book with its figures."""

    office_name: str
    month: str
    rows: tuple[MonthRow, ...]
    figures: dict[str, int]
    highlights: tuple[str, ...]
    remarks: tuple[str, ...]
    shortfalls: tuple[str, ...] = ()
    revision: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
