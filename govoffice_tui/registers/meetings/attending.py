"""Who is at a meeting: people marked on the day, visitors added, and the count."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from govoffice_tui.clock import epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Meeting, MeetingAttendee
from govoffice_tui.registers.meetings.checks import Row, next_place, require, require_part, required, short
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.meetings.parts import Mark
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import clean_name

DOORS_OPEN = timedelta(hours=2)
"""How long before the beginning people may be marked: they sign in at the door."""


def count_attended(office: Office, meeting: MeetingKey) -> int | None:
    """Return how many are taken to be there: marked so, or not marked where the unit did not ask for leave.

    None where nobody is listed.
    """
    listed, there = office.fetch(
        "SELECT count(*), coalesce(sum(a.mark IN ('present', 'late') OR (a.mark = '' AND coalesce(n.reply, '')"
        " <> 'excused')), 0) FROM meeting_attendees a LEFT JOIN meeting_notices n ON n.struck_at IS NULL"
        " AND n.meeting_year = a.meeting_year AND n.meeting_number = a.meeting_number AND n.unit = a.unit"
        " AND a.is_visitor = 0 WHERE a.struck_at IS NULL AND a.meeting_year = ? AND a.meeting_number = ?",
        meeting.year,
        meeting.number,
    )[0]
    return int(there) if listed else None


def mark_attendee(
    office: Office,
    meeting: MeetingKey,
    attendee: int,
    mark: Mark | None,
    arrived: time | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Mark somebody as there, late, absent or excused; None takes the mark away. Who is not marked counts as there.

    Refused long before the meeting begins, but for leave, and for a time of coming that does not lie after the
    beginning.
    """
    with office.write("mark_attendee", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "mark_attendee")
        require_part(office, MeetingAttendee, meeting, attendee, "人")
        now = local(writing.now)
        if mark is not None and mark is not Mark.EXCUSED and now < row.starts - DOORS_OPEN:
            when = f"{row.starts.month}月{row.starts.day}日{row.starts:%-H:%M}"
            raise Refused(f"会议{when}才开始,现在还不能记到会;事先请假的可以先记。", SERVICE)
        if mark is Mark.LATE and now < row.starts:
            raise Refused("会议还没有开始,不会迟到。", SERVICE)
        came = None
        if arrived is not None:
            came = datetime.combine(row.starts.date(), arrived)
            if mark is not Mark.LATE or not row.starts < came <= now:
                raise Refused("到会时间只记迟到的人,应在开始以后、现在以前。", SERVICE, field="arrived")
        elif mark is Mark.LATE and now.date() == row.starts.date() and row.state is not MeetingState.HELD:
            came = now
        writing.update(
            MeetingAttendee,
            attendee,
            mark=mark.value if mark is not None else "",
            arrived_at=None if came is None else epoch(came),
        )
        recount(office, writing, row)
        return _who(office, attendee)


def add_visitor(
    office: Office,
    meeting: MeetingKey,
    unit: str,
    name: str,
    position: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Add somebody who came without having been asked; they are there."""
    with office.write("add_visitor", by, form_key) as writing:
        if writing.repeated is not None:
            return clean_name(name).text
        row = require(office, writing, meeting, "add_visitor")
        who = clean_name(required(name, "name", "请写姓名。")).text
        where = required(unit, "unit", "请写单位。")
        if local(writing.now) < row.starts - DOORS_OPEN:
            raise Refused("会议还没有到时间;事先知道要来的,请在通知页添加单位。", SERVICE)
        known = office.fetch(
            "SELECT 1 FROM meeting_attendees WHERE meeting_year = ? AND meeting_number = ? AND unit = ? AND name = ?"
            " AND struck_at IS NULL",
            meeting.year,
            meeting.number,
            where,
            who,
        )
        if known:
            raise Refused(f"{where}{who}已在名单上。", SERVICE, field="name")
        writing.insert(
            MeetingAttendee,
            meeting_year=meeting.year,
            meeting_number=meeting.number,
            place=next_place(office, MeetingAttendee, meeting),
            unit=where,
            name=who,
            position=short(position, "position"),
            is_visitor=1,
            mark=Mark.PRESENT.value,
            entered_at=writing.now,
            entered_by=by,
        )
        recount(office, writing, row)
        return f"{where} {who}"


def change_attendee(
    office: Office,
    meeting: MeetingKey,
    attendee: int,
    name: str,
    position: str = "",
    stands_for: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Write who comes, and for whom where somebody stands in (替会); an earlier name stays readable in the journal."""
    with office.write("change_attendee", by, form_key) as writing:
        if writing.repeated is not None:
            return _who(office, attendee)
        require(office, writing, meeting, "change_attendee")
        require_part(office, MeetingAttendee, meeting, attendee, "人")
        writing.update(
            MeetingAttendee,
            attendee,
            name=clean_name(required(name, "name", "请写姓名。")).text,
            position=short(position, "position"),
            stands_for=short(stands_for, "stands_for"),
        )
        return _who(office, attendee)


def strike_attendee(
    office: Office, meeting: MeetingKey, attendee: int, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike somebody who should not be on the list."""
    with office.write("strike_attendee", by, form_key) as writing:
        if writing.repeated is not None:
            return _who(office, attendee)
        row = require(office, writing, meeting, "strike_attendee")
        require_part(office, MeetingAttendee, meeting, attendee, "人")
        writing.strike(MeetingAttendee, attendee, required(reason, "why", "请写为什么划去。"))
        recount(office, writing, row)
        return _who(office, attendee)


def recount(office: Office, writing: Change, row: Row) -> None:
    """Bring the count of a meeting held to what its list says now."""
    if row.state is not MeetingState.HELD:
        return
    counted = count_attended(office, row.key)
    before = office.fetch("SELECT attended FROM meetings WHERE id = ?", row.id)[0][0]
    if counted is not None and counted != before:
        writing.update(Meeting, row.id, attended=counted)


def _who(office: Office, attendee: int) -> str:
    unit, name = office.fetch("SELECT unit, name FROM meeting_attendees WHERE id = ?", attendee)[0]
    return f"{unit} {name}".strip()
