"""What every act on a meeting looks at first: the line as it stands, whether it may be, and who is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import MeetingPart, MeetingTask
from govoffice_tui.registers import closing, posts, settings
from govoffice_tui.registers.meetings.months import REGISTER, WORDS
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.meetings.checklists import CHECKLISTS
from govoffice_tui.rules.meetings.kinds import NO_PLACE, MeetingKind
from govoffice_tui.rules.meetings.states import MeetingState, require_move
from govoffice_tui.rules.meetings.times import USUAL_LENGTH, overlaps
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import fold

UNDECIDED = ("待定", "另定", NO_PLACE)
"""Places that are none, so that nobody is in the way there."""

LIMIT = 60
"""Characters of a unit, a name or a place: more do not fit a form."""


@dataclass(frozen=True)
class Row:
    """One meeting as it stands in the book, and where the act at hand leads it."""

    id: int
    key: MeetingKey
    kind: MeetingKind | None
    title: str
    sitting: int | None
    starts: datetime
    state: MeetingState
    is_classified: bool
    after: MeetingState

    @property
    def name(self) -> str:
        """Return 会〔2026〕12号 县政府常务会议(第21次)."""
        counted = f"(第{self.sitting}次)" if self.sitting is not None else ""
        return f"{self.key.shown} {self.title}{counted}"


def find(office: Office, meeting: MeetingKey) -> Row:
    """Return a meeting as it stands, or refuse one there is not."""
    rows = office.fetch(
        "SELECT id, kind, title, sitting, starts_at, state, is_classified FROM meetings"
        " WHERE series = '会' AND year = ? AND number = ? AND struck_at IS NULL",
        meeting.year,
        meeting.number,
    )
    if not rows:
        raise Refused("没有这次会议,或已经作废。")
    row, kind, title, sitting, starts, state, is_classified = rows[0]
    stands = MeetingState(state)
    return Row(
        row,
        meeting,
        MeetingKind(kind) if kind else None,
        title,
        sitting,
        local(starts),
        stands,
        bool(is_classified),
        stands,
    )


def require(office: Office, writing: Change, meeting: MeetingKey, verb: str) -> Row:
    """Return a meeting that may be treated so by whoever is at the keyboard, or refuse."""
    posts.require(office, verb, writing.operator, day_of(writing.now))
    row = find(office, meeting)
    after = require_move(row.state, verb, row.is_classified)
    closing.require_open(office, REGISTER, row.starts.date(), WORDS)
    return Row(row.id, meeting, row.kind, row.title, row.sitting, row.starts, row.state, row.is_classified, after)


def required(raw: str, field: str, sentence: str, article: str = SERVICE) -> str:
    """Return a text that may not be left out, checked and of a length that prints."""
    text = short(raw, field)
    if not text:
        raise Refused(sentence, article, field=field)
    return text


def short(raw: str, field: str, limit: int = LIMIT) -> str:
    """Return a text checked and of a length that prints."""
    text = checked(raw, field)
    if len(text) > limit:
        raise Refused(f"最多{limit}个字,现在是{len(text)}个。", field=field)
    return text


def require_part(office: Office, table: type[MeetingPart], meeting: MeetingKey, row: int, what: str) -> None:
    """Refuse a row that is not of this meeting, or has been struck or put right."""
    found = office.fetch(
        f"SELECT 1 FROM {table._meta.table_name} WHERE id = ? AND meeting_year = ? AND meeting_number = ?"
        " AND struck_at IS NULL",
        row,
        meeting.year,
        meeting.number,
    )
    if not found:
        raise Refused(f"没有这一{what},或已经划去、更正,请看最新的。")


def next_place(office: Office, table: type[MeetingPart], meeting: MeetingKey) -> int:
    """Return the next running number of a meeting's topics, papers, units or people; a struck one is spent."""
    highest = office.fetch(
        f"SELECT max(place) FROM {table._meta.table_name} WHERE meeting_year = ? AND meeting_number = ?",
        meeting.year,
        meeting.number,
    )[0][0]
    return (highest or 0) + 1


def tick(office: Office, writing: Change, row: Row, verb: str) -> None:
    """Finish the lines of the checklist that an act finishes by itself."""
    if row.kind is None:
        return
    for place, plan in enumerate(CHECKLISTS[row.kind], 1):
        if plan.verb == verb:
            finish_task_line(office, writing, row, place)


def untick(office: Office, writing: Change, row: Row, verb: str) -> None:
    """Open the lines of the checklist again that an act had finished, once it is taken back."""
    if row.kind is None:
        return
    for place, plan in enumerate(CHECKLISTS[row.kind], 1):
        if plan.verb == verb:
            finish_task_line(office, writing, row, place, done_at=None, done_by=None)


def finish_task_line(office: Office, writing: Change, row: Row, place: int, **values: int | str | None) -> None:
    """Write that a line of the checklist is done, or what else is given of it; a line done already stays so."""
    assert row.kind is not None
    told: dict[str, int | str | None] = dict(values) or {"done_at": writing.now, "done_by": writing.operator}
    stands = office.fetch(
        "SELECT id, done_at FROM meeting_tasks WHERE meeting_year = ? AND meeting_number = ? AND place = ?"
        " AND struck_at IS NULL",
        row.key.year,
        row.key.number,
        place,
    )
    if not stands:
        plan = CHECKLISTS[row.kind][place - 1]
        writing.insert(
            MeetingTask,
            meeting_year=row.key.year,
            meeting_number=row.key.number,
            phase=plan.phase.value,
            place=place,
            words=plan.words,
            entered_at=writing.now,
            entered_by=writing.operator,
            **told,
        )
    elif values or stands[0][1] is None:
        writing.update(MeetingTask, stands[0][0], **told)


def require_room(
    office: Office, place: str, starts: datetime, ends: datetime | None, ignoring: MeetingKey | None
) -> None:
    """Refuse a room that another meeting holds at that time, and say which."""
    if not place or place in UNDECIDED:
        return
    for year, number, title, other, until, where in _around(office, starts, ends):
        if MeetingKey(year, number) != ignoring and fold(where) == fold(place):
            key = MeetingKey(year, number)
            when = f"{chinese_short_day(other.date())}{other:%-H:%M}"
            end = f"—{until:%-H:%M}" if until is not None else "起"
            raise Refused(
                f"{place}这个时间已有{key.shown}{title}({when}{end})。请换会场或时间。", SERVICE, field="place"
            )


def _around(
    office: Office, starts: datetime, ends: datetime | None
) -> list[tuple[int, int, str, datetime, datetime | None, str]]:
    """Return the meetings not called off that run at the same time."""
    until = ends or starts + USUAL_LENGTH
    found = []
    for year, number, title, other, other_ends, where in office.fetch(
        "SELECT year, number, title, starts_at, ends_at, place FROM meetings WHERE struck_at IS NULL"
        " AND is_classified = 0 AND state NOT IN ('cancelled', 'postponed') AND event_day BETWEEN ? AND ?"
        " ORDER BY starts_at, number",
        starts.date().isoformat(),
        until.date().isoformat(),
    ):
        begins = local(other)
        finish = local(other_ends) if other_ends is not None else None
        if overlaps(starts, ends, begins, finish):
            found.append((year, number, title, begins, finish, where))
    return found


def seats_of(office: Office, place: str, day: date) -> int | None:
    """Return how many people a room holds, as the setting of a day has it; None where that is not written."""
    held = {fold(room): seats for room, seats in settings.on(office, day).rooms}
    return held.get(fold(place))


def people_in_the_way(
    office: Office,
    chair: str,
    arranger: int | None,
    starts: datetime,
    ends: datetime | None,
    ignoring: MeetingKey | None,
) -> tuple[str, ...]:
    """Return in words who of chair and arranger is at another meeting then: told, never refused."""
    words = []
    for year, number, title, begins, _, _ in _around(office, starts, ends):
        key = MeetingKey(year, number)
        if key == ignoring:
            continue
        other_chair, other_arranger = office.fetch(
            "SELECT chair, arranger_id FROM meetings WHERE series = '会' AND year = ? AND number = ?"
            " AND struck_at IS NULL",
            year,
            number,
        )[0]
        when = f"{begins:%-H:%M}{key.shown}{title}"
        if chair and fold(chair) == fold(other_chair):
            words.append(f"主持人{chair}同时有{when}")
        if arranger is not None and arranger == other_arranger:
            words.append(f"会务负责人同时有{when}")
    return tuple(words)


def at(moment: datetime | None) -> int | None:
    """Return a moment as it is stored, None where there is none."""
    return None if moment is None else epoch(moment)
