"""Entering meetings: what the type fills in and enforces, lines put right and voided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import (
    Meeting,
    MeetingAttendee,
    MeetingChange,
    MeetingHandout,
    MeetingMaterial,
    MeetingMinutes,
    MeetingNotice,
    MeetingPart,
    MeetingTask,
    MeetingTopic,
)
from govoffice_tui.registers import calendar, closing, posts, staff
from govoffice_tui.registers.meetings.checks import (
    at,
    find,
    people_in_the_way,
    require,
    require_room,
    required,
    seats_of,
    short,
)
from govoffice_tui.registers.meetings.months import REGISTER, WORDS
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.reading import lines
from govoffice_tui.registers.meetings.sittings import count_sitting
from govoffice_tui.registers.meetings.views import SERIES, MeetingKey
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.meetings.articles import ORGANISING, SECRECY, SERVICE
from govoffice_tui.rules.meetings.kinds import (
    CLASSIFIED_TITLE,
    NO_PLACE,
    TYPES,
    materials_ruling,
    require_leader,
    require_organiser,
)
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.meetings.times import require_time, seats_short
from govoffice_tui.rules.refusal import Refused

PARTS: tuple[type[MeetingPart], ...] = (
    MeetingChange,
    MeetingTask,
    MeetingTopic,
    MeetingMaterial,
    MeetingHandout,
    MeetingNotice,
    MeetingAttendee,
    MeetingMinutes,
)
"""Everything that hangs on a meeting by its number."""

MOST_PEOPLE = 20000


@dataclass(frozen=True)
class Entered:
    """What now stands in the book, and what has to be told about it."""

    key: MeetingKey
    name: str
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return 会〔2026〕12号 县政府常务会议(第21次);注意:…."""
        told = f";注意:{';'.join(self.warnings)}" if self.warnings else ""
        return f"{self.name}{told}"


def enter_meeting(
    office: Office,
    plan: MeetingPlan,
    like: MeetingKey | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Entered:
    """Enter a meeting (会议管理制度第2、3条); `like` brings over the units and people of an earlier one.

    Refused without title, place and chair, for an organiser or leader the type does not allow, for a 第N次 that stands
    already, for a room another meeting holds then, and in a month under seal. People who are elsewhere are told of.
    """
    with office.write("enter_meeting", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, writing.repeated_entry)
        posts.require(office, "enter_meeting", by, day_of(writing.now))
        values = _values(office, writing, plan, None)
        closing.require_open(office, REGISTER, plan.starts.date(), WORDS)
        row = enter(
            office, writing, Meeting, SERIES, plan.starts.date(), MeetingState.PLANNED.value, remark="", **values
        )
        year, number = office.fetch("SELECT year, number FROM meetings WHERE id = ?", row)[0]
        if plan.remark:
            writing.update(Meeting, row, remark=checked(plan.remark, "remark"))
        if like is not None:
            _bring_over(office, writing, like, MeetingKey(year, number))
        return _entered(office, row)


def enter_classified_meeting(office: Office, day: date, *, by: int | None, form_key: str | None = None) -> Entered:
    """Enter that there is a 涉密会议 on a day: its number and its day, and nothing else (保密制度第2条)."""
    with office.write("enter_meeting", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, writing.repeated_entry)
        posts.require(office, "enter_meeting", by, day_of(writing.now))
        starts = datetime.combine(day, time())
        require_time(starts, None, day_of(writing.now))
        closing.require_open(office, REGISTER, day, WORDS)
        row = enter(
            office,
            writing,
            Meeting,
            SERIES,
            day,
            MeetingState.PLANNED.value,
            kind="",
            title=CLASSIFIED_TITLE,
            starts_at=epoch(starts),
            place=NO_PLACE,
            is_classified=1,
        )
        return _entered(office, row)


def correct_meeting(
    office: Office, meeting: MeetingKey, plan: MeetingPlan, reason: str, *, by: int | None, form_key: str | None = None
) -> Entered:
    """Put a meeting right: its line is struck and written again under its number; what hangs on it stays.

    Refused for a 涉密会议, which has nothing to be put right but its day, and for another type once there are minutes.
    """
    with office.write("correct_meeting", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _entered(office, _standing(office, meeting))
        row = require(office, writing, meeting, "correct_meeting")
        why = required(reason, "why", "请写为什么更正。")
        if row.is_classified:
            raise Refused("涉密会议只记编号和日期:日期变了请改期,记错了请作废。", SECRECY)
        has_minutes = office.fetch(
            "SELECT 1 FROM meeting_minutes WHERE meeting_year = ? AND meeting_number = ? AND struck_at IS NULL",
            meeting.year,
            meeting.number,
        )
        if plan.kind is not row.kind and has_minutes:
            raise Refused("已有纪要,会议类型不能再改;确实错了请先作废纪要。", ORGANISING, field="kind")
        if row.state is MeetingState.HELD and plan.starts > local(writing.now):
            raise Refused("会议已召开,时间不会在以后。", SERVICE, field="day")
        values = _values(office, writing, plan, meeting)
        closing.require_open(office, REGISTER, plan.starts.date(), WORDS)
        values["event_day"] = plan.starts.date().isoformat()
        values["remark"] = checked(plan.remark, "remark")
        return _entered(office, writing.correct(Meeting, row.id, why, **values))


def void_meeting(
    office: Office, meeting: MeetingKey, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike a meeting with everything that hangs on it, its number is spent; return the number."""
    with office.write("void_meeting", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "void_meeting")
        why = required(reason, "why", "请写为什么作废。")
        for table in PARTS:
            for (part,) in office.fetch(
                f"SELECT id FROM {table._meta.table_name} WHERE meeting_year = ? AND meeting_number = ?"
                " AND struck_at IS NULL",
                meeting.year,
                meeting.number,
            ):
                writing.strike(table, part, why)
        writing.strike(Meeting, row.id, why)
        return meeting.shown


def _values(office: Office, writing: Change, plan: MeetingPlan, meeting: MeetingKey | None) -> dict[str, Value]:
    """Return a meeting's columns, the type's rulings filled in and enforced."""
    today = day_of(writing.now)
    decided = TYPES[plan.kind]
    title = short(plan.title, "title") or (decided.label if decided.has_sittings else "")
    if not title:
        raise Refused("请写会议名称。", ORGANISING, field="title")
    if title == CLASSIFIED_TITLE:
        raise Refused("涉密会议请用菜单里的“登记涉密会议”,只记编号和日期。", SECRECY, field="title")
    chair = required(plan.chair, "chair", "请写主持人。")
    place = required(plan.place, "place", "请写地点,没有定的写“待定”。")
    require_time(plan.starts, plan.ends, today)
    leader = plan.leader or decided.leaders[0]
    require_leader(plan.kind, leader)
    organiser = short(plan.organiser, "organiser") or decided.organiser
    partner = short(plan.partner, "partner") if decided.needs_partner else ""
    require_organiser(plan.kind, organiser, partner)
    if plan.planned_people is not None and not 1 <= plan.planned_people <= MOST_PEOPLE:
        raise Refused(f"人数写1到{MOST_PEOPLE}。", field="planned_people")
    if plan.arranger is not None and staff.person_on(office, plan.arranger, plan.starts.date()) is None:
        raise Refused("会务负责人这一天不在册,请另选。", field="arranger")
    require_room(office, place, plan.starts, plan.ends, meeting)
    run, sitting = count_sitting(office, plan, meeting) if decided.has_sittings else ("", None)
    return {
        "kind": plan.kind.value,
        "title": title,
        "sitting_run": run,
        "sitting": sitting,
        "starts_at": epoch(plan.starts),
        "ends_at": at(plan.ends),
        "place": place,
        "leader": leader.value,
        "chair": chair,
        "organiser": organiser,
        "partner": partner,
        "materials_lead": materials_ruling(plan.kind, leader).words,
        "arranger_id": plan.arranger,
        "scope": short(plan.scope, "scope", 200),
        "planned_people": plan.planned_people,
    }


def _bring_over(office: Office, writing: Change, like: MeetingKey, new: MeetingKey) -> None:
    """Write the units and people of an earlier meeting for a new one; what they answered then is left."""
    if find(office, like).is_classified:
        raise Refused("涉密会议没有名单,不能照它登记。", SECRECY)
    stamps: dict[str, Value] = {
        "meeting_year": new.year,
        "meeting_number": new.number,
        "entered_at": writing.now,
        "entered_by": writing.operator,
    }
    part = "WHERE meeting_year = ? AND meeting_number = ? AND struck_at IS NULL"
    for place, unit in office.fetch(
        f"SELECT place, unit FROM meeting_notices {part} ORDER BY place", like.year, like.number
    ):
        writing.insert(MeetingNotice, place=place, unit=unit, **stamps)
    for place, unit, name, position, stands_for in office.fetch(
        f"SELECT place, unit, name, position, stands_for FROM meeting_attendees {part} AND is_visitor = 0"
        " ORDER BY place",
        like.year,
        like.number,
    ):
        known = {} if stands_for else {"name": name, "position": position}
        writing.insert(MeetingAttendee, place=place, unit=unit, **known, **stamps)


def _entered(office: Office, row: int) -> Entered:
    """Return what now stands, with who is elsewhere at that time, too few seats and a day that is not worked."""
    line = lines(office, "id = ?", row)[0]
    if line.is_classified:
        return Entered(line.key, f"{line.number} {line.name} {line.when}")
    warnings = list(people_in_the_way(office, line.chair, line.arranger, line.starts, line.ends, line.key))
    crowded = seats_short(seats_of(office, line.place, line.day), line.planned_people or 0)
    if crowded:
        warnings.append(crowded)
    chart = calendar.for_day(office, line.day)
    if line.day.year in chart.years and not chart.is_workday(line.day):
        warnings.append("这一天不是工作日")
    return Entered(line.key, f"{line.number} {line.name} {line.when}", tuple(warnings))


def _standing(office: Office, meeting: MeetingKey) -> int:
    return find(office, meeting).id
