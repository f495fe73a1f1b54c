"""What the book of meetings hands out: frozen lines of meetings and of everything that hangs on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, chinese_weekday
from govoffice_tui.registers.numbering import shown
from govoffice_tui.rules.meetings.checklists import Phase
from govoffice_tui.rules.meetings.kinds import CLASSIFIED_TITLE, TYPES, Leader, MeetingKind, SignerPost
from govoffice_tui.rules.meetings.parts import Mark, MinutesState, Outcome, Reply, TopicStage
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.meetings.times import days_taken
from govoffice_tui.rules.refusal import Problem

SERIES = "会"
MINUTES_SERIES = "纪"


@dataclass(frozen=True, order=True)
class MeetingKey:
    """The number of a meeting, which every revision of it keeps."""

    year: int
    number: int

    @property
    def shown(self) -> str:
        """Return 会〔2026〕12号."""
        return shown(SERIES, self.year, self.number)


@dataclass(frozen=True)
class MeetingLine:
    """One line of the book of meetings; `kind` and `leader` are None for a 涉密会议.

    `notices` counts the units asked, `replied` those that answered, `copies_out` the copies that are to come back;
    `attended` is how many were there.
    """

    id: int
    key: MeetingKey
    revision: int
    kind: MeetingKind | None
    title: str
    sitting: int | None
    starts: datetime
    ends: datetime | None
    place: str
    leader: Leader | None
    chair: str
    organiser: str
    partner: str
    materials_lead: str
    arranger: int | None
    scope: str
    planned_people: int | None
    attended: int | None
    is_classified: bool
    state: MeetingState
    held_at: datetime | None
    no_minutes_reason: str
    paper_book: str
    paper_page: str
    remark: str
    is_late_entry: bool
    entered_at: datetime
    entered_by: int | None
    struck_reason: str | None
    notices: int = 0
    replied: int = 0
    minutes_state: MinutesState | None = None
    minutes_number: str = ""
    copies_out: int = 0

    @property
    def number(self) -> str:
        return self.key.shown

    @property
    def people(self) -> int:
        """Return how many were there, 0 while nobody has counted."""
        return self.attended or 0

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def day(self) -> date:
        return self.starts.date()

    @property
    def name(self) -> str:
        """Return the title, with 第N次 behind a meeting that is counted."""
        return f"{self.title}(第{self.sitting}次)" if self.sitting is not None else self.title

    @property
    def kind_label(self) -> str:
        return self.kind.label if self.kind is not None else CLASSIFIED_TITLE

    @property
    def organisers(self) -> str:
        """Return who organises it, with the department beside the section."""
        return f"{self.organiser}会同{self.partner}" if self.partner else self.organiser

    @property
    def when(self) -> str:
        """Return 10月12日星期一9:00; of a 涉密会议 the day alone."""
        day = f"{chinese_short_day(self.day)}{chinese_weekday(self.day)}"
        if self.is_classified:
            return day
        until = f"—{self.ends:%-H:%M}" if self.ends is not None else ""
        return f"{day}{self.starts:%-H:%M}{until}"

    @property
    def needs_minutes(self) -> bool:
        """Return whether minutes are expected of it: the article names a signer, and nobody said there are none."""
        return self.kind is not None and TYPES[self.kind].signer is not None and not self.no_minutes_reason


@dataclass(frozen=True)
class ChangeLine:
    """A meeting put off or called off."""

    kind: str
    was: datetime
    now: datetime | None
    ordered_by: str
    reason: str
    at: datetime

    @property
    def words(self) -> str:
        """Return 10月12日9:00改到10月14日9:00(主任定:县长出差)."""
        was = f"{chinese_short_day(self.was.date())}{self.was:%-H:%M}"
        end = {"cancelled": "取消", "postponed": "延期,时间另定"}.get(self.kind, "")
        if self.now is not None:
            end = f"改到{chinese_short_day(self.now.date())}{self.now:%-H:%M}"
        return f"{was}{end}({self.ordered_by}定:{self.reason})"


@dataclass(frozen=True)
class TaskLine:
    """One line of a checklist; `id` is None while nobody has touched it."""

    id: int | None
    place: int
    phase: Phase
    words: str
    owner: int | None
    owner_name: str
    due: datetime | None
    done: datetime | None
    done_by: str
    is_needless: bool
    remark: str

    @property
    def is_open(self) -> bool:
        return self.done is None and not self.is_needless

    def is_late(self, now: datetime) -> bool:
        return self.is_open and self.due is not None and now > self.due


@dataclass(frozen=True)
class ReviewStep:
    """One step of a topic's review: by whom and on which day."""

    stage: TopicStage
    day: date
    by: str


@dataclass(frozen=True)
class TopicLine:
    """One topic with the steps of its review."""

    id: int
    place: int
    title: str
    unit: str
    reporter: str
    attending: str
    stage: TopicStage
    steps: tuple[ReviewStep, ...]
    outcome: Outcome | None
    outcome_words: str
    remark: str


@dataclass(frozen=True)
class HandoutLine:
    """Copies of a paper in one hand."""

    id: int
    material: int
    holder: str
    first: int
    last: int
    given: datetime
    back: datetime | None

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def copies_words(self) -> str:
        """Return 第3号, or 第3—7号."""
        return f"第{self.first}号" if self.first == self.last else f"第{self.first}—{self.last}号"


@dataclass(frozen=True)
class MaterialLine:
    """One paper of a meeting with its copies."""

    id: int
    place: int
    title: str
    lead: str
    copies: int
    is_collected_back: bool
    handouts: tuple[HandoutLine, ...]
    remark: str

    @property
    def given(self) -> int:
        return sum(one.count for one in self.handouts)

    @property
    def still_out(self) -> tuple[HandoutLine, ...]:
        """Return the copies that are to come back and have not."""
        return tuple(one for one in self.handouts if self.is_collected_back and one.back is None)


@dataclass(frozen=True)
class AttendeeLine:
    """One person of a meeting, or one chair of a unit that has named nobody."""

    id: int
    place: int
    unit: str
    name: str
    position: str
    stands_for: str
    is_visitor: bool
    mark: Mark | None
    arrived: datetime | None
    remark: str


@dataclass(frozen=True)
class NoticeLine:
    """One unit asked to a meeting, with its people; `is_stale` where the meeting was put off since it was told."""

    id: int
    place: int
    unit: str
    told: datetime | None
    told_by: str
    receiver: str
    reply: Reply | None
    replied: datetime | None
    replied_by: str
    approved_by: str
    remark: str
    is_stale: bool
    people: tuple[AttendeeLine, ...]

    @property
    def names(self) -> str:
        """Return 局长 马骏、副局长 丁宁."""
        return "、".join(" ".join(part for part in (one.position, one.name) if part) for one in self.people)

    @property
    def is_open(self) -> bool:
        """Return whether the unit still has to answer."""
        return self.is_stale or self.reply in (None, Reply.UNREACHED)


@dataclass(frozen=True)
class MinutesLine:
    """The minutes of a meeting with the days each step took."""

    id: int
    state: MinutesState
    drafter: str
    begun: date
    checker: str
    checked: date | None
    signer: str
    signer_post: SignerPost | None
    signed: date | None
    number: str
    issued: date | None
    copies: int | None
    recipients: str
    remark: str

    @property
    def days(self) -> tuple[int | None, int | None, int | None]:
        """Return the days that 核稿, 签发 and 印发 took, each since the step before it."""
        return (
            days_taken(self.begun, self.checked),
            None if self.checked is None else days_taken(self.checked, self.signed),
            None if self.signed is None else days_taken(self.signed, self.issued),
        )

    @property
    def total_days(self) -> int | None:
        """Return the days from the first draft to the printed minutes."""
        return days_taken(self.begun, self.issued)


@dataclass(frozen=True)
class MeetingPage:
    """One meeting with everything that hangs on it; `names` are the staff's names by id.

    `seats` is how many people the room holds, None where the setting does not say.
    """

    office_name: str
    line: MeetingLine
    changes: tuple[ChangeLine, ...]
    tasks: tuple[TaskLine, ...]
    topics: tuple[TopicLine, ...]
    materials: tuple[MaterialLine, ...]
    notices: tuple[NoticeLine, ...]
    visitors: tuple[AttendeeLine, ...]
    minutes: MinutesLine | None
    names: Mapping[int, str]
    seats: int | None
    read_at: datetime

    @property
    def expected(self) -> int:
        """Return how many people are expected: those on the list who are not excused, or what was planned."""
        excused = {one.unit for one in self.notices if one.reply is Reply.EXCUSED}
        listed = sum(one.is_visitor or one.unit not in excused for one in self.attendees)
        return max(listed, self.line.planned_people or 0)

    @property
    def attendees(self) -> tuple[AttendeeLine, ...]:
        """Return everybody by unit in the order they were asked, visitors last."""
        return (*(one for notice in self.notices for one in notice.people), *self.visitors)


@dataclass(frozen=True)
class KindFigures:
    """What a month comes to for one type: meetings held, and people there; `kind` None is 涉密会议, without people."""

    kind: MeetingKind | None
    label: str
    count: int
    people: int


@dataclass(frozen=True)
class MeetingsMonth:
    """One month of meetings: every line in the order of its day, and the meetings held by type.

    `kinds` has all six types in the regulation's order, 涉密会议 last where there was one; `revision` is 0 while the
    month is not under seal.
    """

    office_name: str
    month: str
    lines: tuple[MeetingLine, ...]
    kinds: tuple[KindFigures, ...]
    postponed: int
    cancelled: int
    entered_names: Mapping[int, str]
    shortfalls: tuple[Problem, ...]
    notes: tuple[str, ...]
    revision: int

    @property
    def count(self) -> int:
        """Return how many meetings were held."""
        return sum(one.count for one in self.kinds)

    @property
    def people(self) -> int:
        """Return how many people were at them, each time counted."""
        return sum(one.people for one in self.kinds)
