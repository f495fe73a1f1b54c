"""What becomes of a meeting: topics called for, notices out, put off, called off, held, archived."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Meeting, MeetingChange
from govoffice_tui.registers import closing
from govoffice_tui.registers.meetings.attending import count_attended
from govoffice_tui.registers.meetings.checks import Row, at, require, require_room, required, short, tick, untick
from govoffice_tui.registers.meetings.entering import MOST_PEOPLE
from govoffice_tui.registers.meetings.months import REGISTER, WORDS
from govoffice_tui.registers.meetings.reading import lines
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import MINUTES, SERVICE
from govoffice_tui.rules.meetings.parts import MinutesState, TopicStage
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.meetings.times import require_begun, require_time
from govoffice_tui.rules.refusal import Refused


def collect_topics(office: Office, meeting: MeetingKey, *, by: int | None, form_key: str | None = None) -> str:
    """Note that topics are called for."""
    return _step(office, meeting, "collect_topics", by, form_key)


def settle_topics(office: Office, meeting: MeetingKey, *, by: int | None, form_key: str | None = None) -> str:
    """Note that the topics are settled; refused while one has not been through its whole review."""
    with office.write("settle_topics", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "settle_topics")
        topics = office.fetch(
            "SELECT place, state, outcome FROM meeting_topics WHERE meeting_year = ? AND meeting_number = ?"
            " AND struck_at IS NULL ORDER BY place",
            meeting.year,
            meeting.number,
        )
        if not topics:
            raise Refused("还没有登记议题,不能审定。", SERVICE)
        for place, state, outcome in topics:
            if outcome != "withdrawn" and state != TopicStage.LEADER.value:
                raise Refused(
                    f"第{place}个议题还在{TopicStage(state).label},县领导审定了才能上会;不上会的请撤下。", SERVICE
                )
        writing.update(Meeting, row.id, state=row.after.value)
        tick(office, writing, row, "settle_topics")
        return row.name


def send_notices(office: Office, meeting: MeetingKey, *, by: int | None, form_key: str | None = None) -> str:
    """Note that the notice is out; each unit's call and answer is noted on its own."""
    return _step(office, meeting, "send_notices", by, form_key)


def postpone_meeting(
    office: Office, meeting: MeetingKey, ordered_by: str, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Put a meeting off without a new time; it keeps its number."""
    return _put_off(office, meeting, "postpone_meeting", ordered_by, reason, by, form_key)


def cancel_meeting(
    office: Office, meeting: MeetingKey, ordered_by: str, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Call a meeting off; it keeps its number."""
    return _put_off(office, meeting, "cancel_meeting", ordered_by, reason, by, form_key)


def move_meeting(
    office: Office,
    meeting: MeetingKey,
    starts: datetime,
    ends: datetime | None,
    place: str,
    ordered_by: str,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Give a meeting another time and place; the units have to be told again. It keeps its number.

    Refused for a time gone by, a room that is held, and where either month is under seal. Of a 涉密会议 the day counts.
    """
    with office.write("move_meeting", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "move_meeting")
        who = required(ordered_by, "ordered_by", "请写谁定的。")
        why = required(reason, "why", "请写为什么改期。")
        if row.is_classified:
            starts, ends = datetime.combine(starts.date(), datetime.min.time()), None
        require_time(starts, ends, day_of(writing.now))
        if starts.date() < day_of(writing.now):
            raise Refused("新的时间已经过去,请核对。", SERVICE, field="day")
        if starts == row.starts and row.state is not MeetingState.POSTPONED:
            raise Refused("时间没有变,改地点请按F4更正。", SERVICE, field="day")
        where = None
        if not row.is_classified:
            where = required(place, "place", "请写地点,没有定的写“待定”。")
            require_room(office, where, starts, ends, meeting)
        closing.require_open(office, REGISTER, starts.date(), WORDS)
        _note_change(writing, row, "moved", starts, who, why)
        told: dict[str, Value] = {
            "starts_at": epoch(starts),
            "event_day": starts.date().isoformat(),
            "ends_at": at(ends),
        }
        if where is not None:
            told["place"] = where
        writing.update(Meeting, row.id, state=row.after.value, **told)
        return f"{row.name} 改到{chinese_short_day(starts.date())}{'' if row.is_classified else f'{starts:%-H:%M}'}"


def hold_meeting(
    office: Office, meeting: MeetingKey, attended: int | None = None, *, by: int | None, form_key: str | None = None
) -> str:
    """Note that a meeting was held: whoever is not marked was there, but of a unit that asked for leave.

    `attended` is asked where nobody is listed. Refused before the meeting began.
    """
    with office.write("hold_meeting", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "hold_meeting")
        require_begun(row.starts, local(writing.now), "核对到会")
        counted = None if row.is_classified else count_attended(office, meeting)
        if counted is None and not row.is_classified:
            if attended is None:
                raise Refused("这次会议没有名单,请写到会人数。", SERVICE, field="attended")
            if not 1 <= attended <= MOST_PEOPLE:
                raise Refused(f"到会人数写1到{MOST_PEOPLE}。", SERVICE, field="attended")
            counted = attended
        writing.update(Meeting, row.id, state=row.after.value, held_at=writing.now, attended=counted)
        tick(office, writing, row, "hold_meeting")
        return row.name if counted is None else f"{row.name} 到会{counted}人"


def take_back_meeting(office: Office, meeting: MeetingKey, *, by: int | None, form_key: str | None = None) -> str:
    """Take back the last step, 已召开 or 归档; refused for a meeting held that has minutes."""
    with office.write("take_back_meeting", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "take_back_meeting")
        if row.state is MeetingState.ARCHIVED:
            writing.update(Meeting, row.id, state=row.after.value, archived_at=None, archived_by=None)
            untick(office, writing, row, "archive_meeting")
            return f"{row.name} 撤回归档"
        if lines(office, "id = ?", row.id)[0].minutes_state is not None:
            raise Refused("这次会议已有纪要,不能撤回召开;确实记错了请先作废纪要。", MINUTES)
        writing.update(Meeting, row.id, state=row.after.value, held_at=None, attended=None)
        untick(office, writing, row, "hold_meeting")
        return f"{row.name} 撤回召开"


def archive_meeting(
    office: Office,
    meeting: MeetingKey,
    paper_book: str = "",
    paper_page: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Archive a meeting; refused while copies are out or its minutes are not issued."""
    with office.write("archive_meeting", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "archive_meeting")
        line = lines(office, "id = ?", row.id)[0]
        if line.copies_out:
            raise Refused(f"材料还有{line.copies_out}份没有收回,不能归档。", SERVICE)
        has_begun = line.minutes_state is not None and line.minutes_state is not MinutesState.ISSUED
        if has_begun or (line.needs_minutes and line.minutes_state is None):
            raise Refused("纪要还没有印发,不能归档。不印发纪要的,请在纪要页写明原因。", MINUTES)
        writing.update(
            Meeting,
            row.id,
            state=row.after.value,
            archived_at=writing.now,
            archived_by=by,
            paper_book="" if row.is_classified else short(paper_book, "paper_book"),
            paper_page="" if row.is_classified else short(paper_page, "paper_page"),
        )
        tick(office, writing, row, "archive_meeting")
        return row.name


def _step(office: Office, meeting: MeetingKey, verb: str, by: int | None, form_key: str | None) -> str:
    """Carry out a verb that changes nothing but where a meeting stands."""
    with office.write(verb, by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, verb)
        if row.after is not row.state:
            writing.update(Meeting, row.id, state=row.after.value)
        tick(office, writing, row, verb)
        return row.name


def _put_off(
    office: Office,
    meeting: MeetingKey,
    verb: str,
    ordered_by: str,
    reason: str,
    by: int | None,
    form_key: str | None,
) -> str:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, verb)
        who = required(ordered_by, "ordered_by", "请写谁定的。")
        why = required(reason, "why", "请写原因。")
        _note_change(writing, row, row.after.value, None, who, why)
        writing.update(Meeting, row.id, state=row.after.value)
        return row.name


def _note_change(writing: Change, row: Row, kind: str, now: datetime | None, ordered_by: str, reason: str) -> None:
    writing.insert(
        MeetingChange,
        meeting_year=row.key.year,
        meeting_number=row.key.number,
        kind=kind,
        was_at=epoch(row.starts),
        now_at=at(now),
        ordered_by=ordered_by,
        entered_at=writing.now,
        entered_by=writing.operator,
        remark=reason,
    )
