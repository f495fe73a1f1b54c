"""Notices of a meeting by unit: who is asked, what each answered, and whose list was brought in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Meeting, MeetingAttendee, MeetingNotice
from govoffice_tui.registers.meetings.checks import next_place, require, require_part, required, short, tick
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.meetings.parts import Reply
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import clean, clean_name

MOST_UNITS = 300
MOST_ATTENDEES = 1000
_SEPARATORS = re.compile(r"[、,\uff0c;\uff1b/|\n]+")


@dataclass(frozen=True)
class AttendeeEntry:
    """One line of a list of people asked: `row` is where it stands in the file."""

    row: int
    unit: str
    name: str = ""
    position: str = ""


@dataclass(frozen=True)
class Asked:
    """What a list added: units and people, and how many stood there already."""

    units: int
    people: int
    already: int

    @property
    def words(self) -> str:
        """Return 单位40个 人员62名,原有3."""
        known = f",原有{self.already}" if self.already else ""
        return f"单位{self.units}个 人员{self.people}名{known}"


@dataclass(frozen=True)
class Comer:
    """Who comes in one chair, and for whom where somebody stands in (替会)."""

    attendee: int
    name: str
    position: str = ""
    stands_for: str = ""


@dataclass(frozen=True)
class Stay:
    """What is known of a unit's answer beyond the answer: who took the call, who agreed to it, why, and who comes."""

    receiver: str = ""
    approved_by: str = ""
    remark: str = ""
    comer: Comer | None = None


def split_units(text: str) -> list[str]:
    """Return the units of a typed or pasted list, each once."""
    parts = (clean(part).text for part in _SEPARATORS.split(clean(text, multiline=True).text))
    return list(dict.fromkeys(part for part in parts if part))


def add_units(
    office: Office, meeting: MeetingKey, units: Sequence[str], *, by: int | None, form_key: str | None = None
) -> Asked:
    """Ask units to a meeting, each with one chair until somebody is named; who is asked already is left alone."""
    return _ask(office, meeting, "add_units", [AttendeeEntry(0, unit) for unit in units], by, form_key)


def import_attendees(
    office: Office,
    meeting: MeetingKey,
    lines: Sequence[AttendeeEntry],
    *,
    by: int | None,
    form_key: str | None = None,
) -> Asked:
    """Ask the units and people of a list, all of it or nothing; who stands there already is left alone."""
    return _ask(office, meeting, "import_attendees", lines, by, form_key)


def reply_notice(
    office: Office, meeting: MeetingKey, notice: int, reply: Reply, *, by: int | None, form_key: str | None = None
) -> str:
    """Note what a unit answered; when, and who called, go down by themselves. A later answer takes its place."""
    with office.write("reply_notice", by, form_key) as writing:
        if writing.repeated is not None:
            return _unit(office, notice)
        row = require(office, writing, meeting, "reply_notice")
        require_part(office, MeetingNotice, meeting, notice, "个单位")
        stamps: dict[str, Value] = {"replied_at": writing.now, "replied_by": by, "told_at": writing.now, "told_by": by}
        writing.update(MeetingNotice, notice, reply=reply.value, **stamps)
        if row.state is not row.after:
            writing.update(Meeting, row.id, state=row.after.value)
            tick(office, writing, row, "send_notices")
        return f"{_unit(office, notice)} {reply.label}"


def take_back_reply(
    office: Office, meeting: MeetingKey, notice: int, *, by: int | None, form_key: str | None = None
) -> str:
    """Take an answer back that was noted for the wrong unit."""
    with office.write("take_back_reply", by, form_key) as writing:
        if writing.repeated is not None:
            return _unit(office, notice)
        require(office, writing, meeting, "take_back_reply")
        require_part(office, MeetingNotice, meeting, notice, "个单位")
        if not office.fetch("SELECT reply FROM meeting_notices WHERE id = ?", notice)[0][0]:
            raise Refused("这个单位还没有回执。", SERVICE)
        empty: dict[str, Value] = {"replied_at": None, "replied_by": None, "told_at": None, "told_by": None}
        writing.update(MeetingNotice, notice, reply="", **empty)
        return _unit(office, notice)


def fill_notice(
    office: Office, meeting: MeetingKey, notice: int, stay: Stay, *, by: int | None, form_key: str | None = None
) -> str:
    """Write who took the call, why a unit stays away, who agreed to a 请假 or 替会, and who comes instead."""
    with office.write("fill_notice", by, form_key) as writing:
        if writing.repeated is not None:
            return _unit(office, notice)
        require(office, writing, meeting, "fill_notice")
        require_part(office, MeetingNotice, meeting, notice, "个单位")
        writing.update(
            MeetingNotice,
            notice,
            receiver=short(stay.receiver, "receiver"),
            approved_by=short(stay.approved_by, "approved_by"),
            remark=short(stay.remark, "remark", 200),
        )
        if stay.comer is not None:
            require_part(office, MeetingAttendee, meeting, stay.comer.attendee, "人")
            writing.update(
                MeetingAttendee,
                stay.comer.attendee,
                name=clean_name(required(stay.comer.name, "name", "请写姓名。")).text,
                position=short(stay.comer.position, "position"),
                stands_for=short(stay.comer.stands_for, "stands_for"),
            )
        return _unit(office, notice)


def strike_notice(
    office: Office, meeting: MeetingKey, notice: int, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike a unit that should not have been asked, with its people."""
    with office.write("strike_notice", by, form_key) as writing:
        if writing.repeated is not None:
            return _unit(office, notice)
        row = require(office, writing, meeting, "strike_notice")
        require_part(office, MeetingNotice, meeting, notice, "个单位")
        why = required(reason, "why", "请写为什么划去。")
        if row.state is MeetingState.HELD:
            raise Refused("会议已召开,单位不能再划去;没有来的请在到会页记缺席。", SERVICE)
        unit = _unit(office, notice)
        for (person,) in office.fetch(
            "SELECT id FROM meeting_attendees WHERE meeting_year = ? AND meeting_number = ? AND unit = ?"
            " AND is_visitor = 0 AND struck_at IS NULL",
            meeting.year,
            meeting.number,
            unit,
        ):
            writing.strike(MeetingAttendee, person, why)
        writing.strike(MeetingNotice, notice, why)
        return unit


def _ask(
    office: Office,
    meeting: MeetingKey,
    verb: str,
    lines: Sequence[AttendeeEntry],
    by: int | None,
    form_key: str | None,
) -> Asked:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated is not None:
            return Asked(0, 0, len(lines))
        require(office, writing, meeting, verb)
        if not lines:
            raise Refused("请写通知哪些单位。", SERVICE, field="units")
        listed = _checked(lines)
        units = _standing(office, meeting)
        people = {
            (unit, name)
            for unit, name in office.fetch(
                "SELECT unit, name FROM meeting_attendees WHERE meeting_year = ? AND meeting_number = ?"
                " AND struck_at IS NULL",
                meeting.year,
                meeting.number,
            )
        }
        unit_place = next_place(office, MeetingNotice, meeting)
        person_place = next_place(office, MeetingAttendee, meeting)
        added = named = already = 0
        for one in listed:
            is_new = one.unit not in units
            if (one.unit, one.name) in people or (not one.name and not is_new):
                already += 1
                continue
            stamps: dict[str, Value] = {
                "meeting_year": meeting.year,
                "meeting_number": meeting.number,
                "entered_at": writing.now,
                "entered_by": by,
            }
            if is_new:
                if len(units) >= MOST_UNITS:
                    raise Refused(f"一次会议最多通知{MOST_UNITS}个单位。", SERVICE, field="units")
                writing.insert(MeetingNotice, place=unit_place, unit=one.unit, **stamps)
                units.add(one.unit)
                unit_place += 1
                added += 1
            if (one.unit, "") in people and one.name:
                _name_chair(office, writing, meeting, one)
                people.discard((one.unit, ""))
            else:
                writing.insert(
                    MeetingAttendee,
                    place=person_place,
                    unit=one.unit,
                    name=one.name,
                    position=one.position,
                    **stamps,
                )
                person_place += 1
            people.add((one.unit, one.name))
            named += bool(one.name)
        return Asked(added, named, already)


def _checked(lines: Sequence[AttendeeEntry]) -> list[AttendeeEntry]:
    """Return the lines as they may be stored; who is named beside the bare unit needs no empty chair."""
    if len(lines) > MOST_ATTENDEES:
        raise Refused(f"名单最多{MOST_ATTENDEES}行,现在是{len(lines)}行。", SERVICE, field="units")
    found = []
    for line in lines:
        where = f"第{line.row}行" if line.row else ""
        unit = required(line.unit, "units", f"{where}没有单位。")
        found.append(
            AttendeeEntry(line.row, unit, clean_name(short(line.name, "units")).text, short(line.position, "units"))
        )
    named = {one.unit for one in found if one.name}
    return [one for one in found if one.name or one.unit not in named]


def _name_chair(office: Office, writing: Change, meeting: MeetingKey, one: AttendeeEntry) -> None:
    """Write a person's name on the chair that was kept for the unit."""
    row = office.fetch(
        "SELECT id FROM meeting_attendees WHERE meeting_year = ? AND meeting_number = ? AND unit = ? AND name = ''"
        " AND struck_at IS NULL ORDER BY place",
        meeting.year,
        meeting.number,
        one.unit,
    )[0][0]
    writing.update(MeetingAttendee, row, name=one.name, position=one.position)


def _standing(office: Office, meeting: MeetingKey) -> set[str]:
    rows: Iterable[tuple[str]] = office.fetch(
        "SELECT unit FROM meeting_notices WHERE meeting_year = ? AND meeting_number = ? AND struck_at IS NULL",
        meeting.year,
        meeting.number,
    )
    return {unit for (unit,) in rows}


def _unit(office: Office, notice: int) -> str:
    return str(office.fetch("SELECT unit FROM meeting_notices WHERE id = ?", notice)[0][0])
