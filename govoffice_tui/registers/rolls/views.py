"""What the two roll books hand to screens and forms: a session, its page, a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.rolls import Book, MarkKind, RollState, Span, Tally, tally


@dataclass(frozen=True)
class Topic:
    """What a session was about: 学习内容 or 卫生区域, and who led it."""

    subject: str = ""
    form: str = ""
    speaker: str = ""
    led_by: str = ""
    place: str = ""

    def values(self) -> dict[str, str]:
        """Return the texts by column."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def words(self) -> str:
        """Return everything said, in one line."""
        return " ".join(text for text in self.values().values() if text)


@dataclass(frozen=True)
class Session:
    """One session: `row` is None while nothing of it stands in the book."""

    row: int | None
    number: str
    day: date
    planned_day: date | None
    span: Span
    state: RollState
    topic: Topic = field(default_factory=Topic)
    ordered_by: str = ""
    order_reason: str = ""
    paper_page: str = ""
    is_late: bool = False
    expected: int | None = None
    attended: int | None = None
    checked_at: datetime | None = None
    checked_by: str = ""
    entered_by: str = ""

    @property
    def is_extra(self) -> bool:
        """Return whether it was ordered besides the calendar's own."""
        return self.planned_day is None

    @property
    def is_elsewhere(self) -> bool:
        """Return whether it is held on another day than the calendar's."""
        return self.planned_day is not None and self.planned_day != self.day


@dataclass(frozen=True)
class PersonMark:
    """One person's mark in a session as it stands in the book."""

    row: int
    person: int
    day: date
    kind: MarkKind
    moment: datetime | None
    told_to: str
    told_at: datetime | None
    approved_by: int | None
    made_up_day: date | None
    made_up_words: str
    remark: str
    revision: int


@dataclass(frozen=True)
class PersonLine:
    """One person due at a session: what counts, whether only another book says so, and where the books differ."""

    person: Person
    display_name: str
    kind: MarkKind
    mark: PersonMark | None
    suggested: str
    hint: str
    approver: str = ""


@dataclass(frozen=True)
class RollPage:
    """One day of a book as its page shows it.

    `session` is None on a day that has none; `offer` is the first workday after a holiday the session may be put off
    to, `moved_to` where the day's session went.
    """

    book: Book
    office_name: str
    day: date
    day_title: str
    session: Session | None
    lines: tuple[PersonLine, ...]
    offer: date | None = None
    moved_to: date | None = None
    is_sealed: bool = False

    @property
    def counts(self) -> Tally:
        """Return what the roll counts as it is marked now."""
        return tally(line.kind for line in self.lines)

    @property
    def is_outdated(self) -> bool:
        """Return whether the roll no longer counts what was written when it was checked."""
        session = self.session
        return (
            session is not None
            and session.state is RollState.CHECKED
            and (session.expected, session.attended) != (self.counts.due, self.counts.attended)
        )


@dataclass(frozen=True)
class PersonRolls:
    """One person's month: `kinds` by day of the sessions held while they were on the roster."""

    person: Person
    display_name: str
    kinds: Mapping[date, MarkKind]
    made_up: int

    @property
    def counts(self) -> Tally:
        """Return what the month's form counts of the person."""
        return tally(self.kinds.values())


@dataclass(frozen=True)
class HeldRoll:
    """One session of a month with its count and, by words, who was not there."""

    session: Session
    counts: Tally
    missing: tuple[str, ...]
    late: tuple[str, ...]


@dataclass(frozen=True)
class Trained:
    """One course with who was on it; `half_hours` counts half 学时."""

    row: int
    number: str
    first: date
    last: date
    course: str
    organiser: str
    half_hours: int
    people: tuple[tuple[int, str], ...]
    remark: str

    @property
    def hours(self) -> str:
        """Return 学时: 4, 4.5."""
        return f"{self.half_hours / 2:g}"


@dataclass(frozen=True)
class TrainingYear:
    """One person's courses of a year."""

    person: Person
    display_name: str
    courses: int
    half_hours: int

    @property
    def hours(self) -> str:
        """Return 学时: 4, 4.5."""
        return f"{self.half_hours / 2:g}"


@dataclass(frozen=True)
class RollMonth:
    """One month of a book: every session of it, everybody's marks, 编外 apart at the end.

    `revision` is 0 while the month is not sealed; `notes` tell what was moved, cancelled, entered late or corrected.
    """

    office_name: str
    book: Book
    month: str
    sessions: tuple[HeldRoll, ...]
    people: tuple[PersonRolls, ...]
    shortfalls: tuple[Problem, ...]
    notes: tuple[str, ...]
    revision: int
    trainings: tuple[Trained, ...] = ()
    year: tuple[TrainingYear, ...] = ()

    @property
    def held(self) -> tuple[HeldRoll, ...]:
        """Return the sessions whose roll was taken."""
        return tuple(one for one in self.sessions if one.session.state.is_held)

    @property
    def counts(self) -> Tally:
        """Return what the whole month counts."""
        return sum((one.counts for one in self.people), Tally())
