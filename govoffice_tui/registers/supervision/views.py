"""What the book of supervision hands out: frozen lines of matters, their steps, and a month of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.meetings.views import KindFigures, MeetingKey
from govoffice_tui.registers.numbering import shown
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.supervision import (
    STANDING,
    Alert,
    Course,
    DecisionState,
    Fact,
    Flow,
    Source,
    StepKind,
    UnitFigures,
    Way,
    alert_of,
    days_words,
    due_after,
    state_after,
    until,
)

REGISTER, WORDS, SERIES = "supervision", "督办", "督"


@dataclass(frozen=True, order=True)
class DecisionKey:
    """The number of a matter, which every revision of it keeps."""

    year: int
    number: int

    @property
    def shown(self) -> str:
        """Return 督〔2026〕12号."""
        return shown(SERIES, self.year, self.number)


@dataclass(frozen=True)
class StepLine:
    """One step of a matter: what happened on a day, who said it, and what it rests on."""

    id: int
    place: int
    kind: StepKind
    day: date
    happened: datetime | None
    way: Way | None
    said_by: str
    text: str
    approved_by: str
    due: date | None
    revision: int
    entered_at: datetime
    entered_by: int | None
    struck_reason: str | None

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def fact(self) -> Fact:
        """Return the step as the rules see it."""
        return Fact(self.kind, self.day, self.due)

    @property
    def words(self) -> str:
        """Return 10月20日 延期至11月5日,分管副县长批准:汛期停工."""
        when = chinese_short_day(self.day) + (f"{self.happened:%-H:%M}" if self.happened else "")
        way = self.way.label if self.way else ""
        if self.kind is StepKind.PROGRESS:
            said = f"({way}{self.said_by and f',{self.said_by}报'})" if way or self.said_by else ""
            return f"{when} {self.text}{said}"
        if self.kind is StepKind.REMINDED:
            return f"{when} {way}催办 {self.said_by}{self.text and f':{self.text}'}".rstrip()
        due = f"至{due_words(self.due)}" if self.due is not None else ""
        if self.kind is StepKind.RETURNED and due:
            due = f",限{due_words(self.due)}"
        by = f",{self.approved_by}{'批准' if self.kind is StepKind.EXTENDED else '定'}" if self.approved_by else ""
        if self.kind is StepKind.SETTLED:
            by = f",{self.approved_by}同意"
        return f"{when} {self.kind.label}{due}{by}{self.text and f':{self.text}'}"


@dataclass(frozen=True)
class DecisionLine:
    """One line of the book of supervision with its steps, the struck ones behind; `first_due` None is 长期.

    `voided` is the day it was struck without a successor.
    """

    id: int
    key: DecisionKey
    revision: int
    begun: date
    source: Source
    source_words: str
    source_day: date | None
    meeting: MeetingKey | None
    topic: int | None
    matter: str
    lead_unit: str
    co_units: str
    person: str
    phone: str
    first_due: date | None
    supervisor: int | None
    is_opening: bool
    is_late_entry: bool
    remark: str
    entered_at: datetime
    entered_by: int | None
    struck_reason: str | None
    voided: date | None
    steps: tuple[StepLine, ...]
    struck_steps: tuple[StepLine, ...]

    @property
    def number(self) -> str:
        return self.key.shown

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(one.fact for one in self.steps)

    @property
    def course(self) -> Course:
        """Return its way through the months."""
        return Course(self.begun, self.facts, self.voided)

    @property
    def state(self) -> DecisionState:
        """Return where it stands now."""
        return state_after(self.facts)

    @property
    def due(self) -> date | None:
        """Return the day it is due now."""
        return due_after(self.first_due, self.facts)

    def state_on(self, day: date) -> DecisionState:
        """Return where it stood at the end of a day."""
        return state_after(until(self.facts, day))

    def due_on(self, day: date) -> date | None:
        """Return the day it was due as it was known at the end of a day."""
        return due_after(self.first_due, until(self.facts, day))

    def of_kind(self, kind: StepKind) -> tuple[StepLine, ...]:
        """Return its steps of one kind in their order."""
        return tuple(one for one in self.steps if one.kind is kind)

    @property
    def units(self) -> str:
        """Return 水利局(协办 城关镇、财政局)."""
        return f"{self.lead_unit}(协办 {self.co_units})" if self.co_units else self.lead_unit

    @property
    def origin(self) -> str:
        """Return where it comes from, with the meeting's number."""
        number = f"{self.meeting.shown} " if self.meeting else ""
        topic = f" 议题{self.topic}" if self.topic is not None else ""
        day = f" {chinese_short_day(self.source_day)}" if self.source_day and not self.meeting else ""
        return f"{number}{self.source_words}{topic}{day}" or self.source.label

    @property
    def due_told(self) -> str:
        """Return 11月5日(原定10月20日,延期1次), or 长期."""
        words = due_words(self.due)
        times = len(self.of_kind(StepKind.EXTENDED))
        if self.due == self.first_due:
            return words
        told = f",延期{times}次" if times else ",重办"
        return f"{words}(原定{due_words(self.first_due)}{told})"

    def state_told(self, day: date) -> str:
        """Return 逾期 for an open matter whose day is past, else the state."""
        state = self.state_on(day)
        return "逾期" if self.is_overdue_on(day) else state.label

    def is_overdue_on(self, day: date) -> bool:
        """Return whether it was open and past its day at the end of a day."""
        due = self.due_on(day)
        return self.course.is_open_after(day) and due is not None and due < day

    def days_told(self, day: date) -> str:
        """Return 余3天 or 逾期2天 of an open matter, else its state."""
        return days_words(self.due, day) if self.state.is_open else self.state.label

    def alert(self, day: date, blue_days: int, yellow_days: int) -> Alert:
        """Return the colour of its days, none once it is done."""
        return alert_of(self.due, day, blue_days, yellow_days) if self.state.is_open else Alert.NONE

    @property
    def reminders(self) -> str:
        """Return 已催2次 最近11月20日, empty where nobody asked."""
        found = self.of_kind(StepKind.REMINDED)
        return f"已催{len(found)}次 最近{chinese_short_day(found[-1].day)}" if found else ""


def due_words(day: date | None) -> str:
    """Return 11月5日, with the year where the day is far, or 长期."""
    return STANDING if day is None else f"{day.year}年{chinese_short_day(day)}"


@dataclass(frozen=True)
class MonthLine:
    """One matter as a month's form prints it: how it counted, where it stood at the end, and its day then."""

    line: DecisionLine
    flow: Flow
    state: str
    due: str
    done_day: date | None
    is_in_time: bool
    is_overdue: bool


@dataclass(frozen=True)
class SourceFlow:
    """The month's balance of the matters from one source."""

    source: Source
    flow: Flow
    overdue: int


@dataclass(frozen=True)
class SupervisionMonth:
    """A month of meetings and matters; `revision` 0 while it is not sealed. `as_of` is the day it was counted to."""

    office_name: str
    month: str
    as_of: date
    kinds: tuple[KindFigures, ...]
    is_meetings_sealed: bool
    sources: tuple[SourceFlow, ...]
    flow: Flow
    overdue: int
    standing: int
    not_begun: int
    waiting: int
    settled: int
    lines: tuple[MonthLine, ...]
    units: tuple[tuple[int | None, UnitFigures], ...]
    names: Mapping[int, str]
    shortfalls: tuple[Problem, ...]
    notes: tuple[str, ...]
    revision: int
