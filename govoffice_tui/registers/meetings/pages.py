"""The page of one meeting with everything that hangs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from govoffice_tui.clock import local
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.meetings.checklist import tasks
from govoffice_tui.registers.meetings.checks import seats_of
from govoffice_tui.registers.meetings.reading import OF_MEETING, lines
from govoffice_tui.registers.meetings.topics import COLUMNS
from govoffice_tui.registers.meetings.views import (
    MINUTES_SERIES,
    AttendeeLine,
    ChangeLine,
    HandoutLine,
    MaterialLine,
    MeetingKey,
    MeetingLine,
    MeetingPage,
    MinutesLine,
    NoticeLine,
    ReviewStep,
    TopicLine,
)
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.kinds import SignerPost
from govoffice_tui.rules.meetings.parts import Mark, MinutesState, Outcome, Reply, TopicStage
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused


def page(office: Office, meeting: MeetingKey) -> MeetingPage:
    """Return a meeting with everything that hangs on it, read while nobody wrote; refused for one there is not."""
    return office.steady(lambda: _page(office, meeting))


def line_of(office: Office, meeting: MeetingKey) -> MeetingLine | None:
    """Return one meeting as it stands, None where it was voided."""
    found = lines(office, "year = ? AND number = ? AND struck_at IS NULL", meeting.year, meeting.number)
    return found[0] if found else None


def _page(office: Office, meeting: MeetingKey) -> MeetingPage:
    line = line_of(office, meeting)
    if line is None:
        raise Refused("没有这次会议,或已经作废。")
    now = office.now()
    names = display_names(staff.everybody_ever(office, max(line.day, now.date())))
    changes = _changes(office, meeting)
    moved = max((one.at for one in changes if one.kind == "moved"), default=None)
    people = _people(office, meeting)
    return MeetingPage(
        office_name=settings.on(office, line.day).office_name,
        line=line,
        changes=changes,
        tasks=tuple(tasks(office, line, names)),
        topics=_topics(office, meeting),
        materials=_materials(office, meeting),
        notices=_notices(office, meeting, people, names, moved, is_ahead=line.state.is_ahead),
        visitors=tuple(one for one in people if one.is_visitor),
        minutes=_minutes(office, meeting),
        names=names,
        seats=None if line.is_classified else seats_of(office, line.place, line.day),
        read_at=now,
    )


def _changes(office: Office, meeting: MeetingKey) -> tuple[ChangeLine, ...]:
    return tuple(
        ChangeLine(kind, local(was), local(then) if then is not None else None, ordered_by, reason, local(entered_at))
        for kind, was, then, ordered_by, reason, entered_at in office.fetch(
            "SELECT kind, was_at, now_at, ordered_by, remark, entered_at"
            f" FROM meeting_changes {OF_MEETING} ORDER BY id",
            meeting.year,
            meeting.number,
        )
    )


def _topics(office: Office, meeting: MeetingKey) -> tuple[TopicLine, ...]:
    columns = ", ".join(f"{day}, {by}" for day, by in COLUMNS.values())
    found = []
    for topic, place, title, unit, reporter, attending, state, outcome, words, remark, *steps in office.fetch(
        "SELECT id, place, title, unit, reporter, attending, state, outcome, outcome_words, remark,"
        f" {columns} FROM meeting_topics {OF_MEETING} ORDER BY place",
        meeting.year,
        meeting.number,
    ):
        taken = tuple(
            ReviewStep(stage, date.fromisoformat(steps[2 * at]), steps[2 * at + 1])
            for at, stage in enumerate(COLUMNS)
            if steps[2 * at]
        )
        decided = Outcome(outcome) if outcome else None
        found.append(
            TopicLine(topic, place, title, unit, reporter, attending, TopicStage(state), taken, decided, words, remark)
        )
    return tuple(found)


def _materials(office: Office, meeting: MeetingKey) -> tuple[MaterialLine, ...]:
    given: dict[int, list[HandoutLine]] = defaultdict(list)
    for row, material, holder, first, last, at, back in office.fetch(
        "SELECT id, material, holder, first_copy, last_copy, given_at, back_at"
        f" FROM meeting_handouts {OF_MEETING} ORDER BY material, first_copy",
        meeting.year,
        meeting.number,
    ):
        returned = local(back) if back is not None else None
        given[material].append(HandoutLine(row, material, holder, first, last, local(at), returned))
    return tuple(
        MaterialLine(row, place, title, lead, copies, bool(is_back), tuple(given[place]), remark)
        for row, place, title, lead, copies, is_back, remark in office.fetch(
            "SELECT id, place, title, lead, copies, is_collected_back, remark"
            f" FROM meeting_materials {OF_MEETING} ORDER BY place",
            meeting.year,
            meeting.number,
        )
    )


def _people(office: Office, meeting: MeetingKey) -> list[AttendeeLine]:
    return [
        AttendeeLine(
            row,
            place,
            unit,
            name,
            position,
            stands_for,
            bool(visitor),
            Mark(mark) if mark else None,
            local(arrived) if arrived is not None else None,
            remark,
        )
        for row, place, unit, name, position, stands_for, visitor, mark, arrived, remark in office.fetch(
            "SELECT id, place, unit, name, position, stands_for, is_visitor, mark, arrived_at, remark"
            f" FROM meeting_attendees {OF_MEETING} ORDER BY place",
            meeting.year,
            meeting.number,
        )
    ]


def _notices(
    office: Office,
    meeting: MeetingKey,
    people: Sequence[AttendeeLine],
    names: Mapping[int, str],
    moved: datetime | None,
    *,
    is_ahead: bool,
) -> tuple[NoticeLine, ...]:
    asked: dict[str, list[AttendeeLine]] = defaultdict(list)
    for person in people:
        if not person.is_visitor:
            asked[person.unit].append(person)
    found = []
    for row, place, unit, told, told_by, receiver, reply, replied, by, approved, remark in office.fetch(
        "SELECT id, place, unit, told_at, told_by, receiver, reply, replied_at, replied_by, approved_by, remark"
        f" FROM meeting_notices {OF_MEETING} ORDER BY place",
        meeting.year,
        meeting.number,
    ):
        when = local(told) if told is not None else None
        is_stale = is_ahead and moved is not None and when is not None and when < moved
        found.append(
            NoticeLine(
                row,
                place,
                unit,
                when,
                names.get(told_by, ""),
                receiver,
                Reply(reply) if reply else None,
                local(replied) if replied is not None else None,
                names.get(by, ""),
                approved,
                remark,
                is_stale,
                tuple(asked[unit]),
            )
        )
    return tuple(found)


def _minutes(office: Office, meeting: MeetingKey) -> MinutesLine | None:
    rows = office.fetch(
        "SELECT id, state, drafter, begun_day, checker, checked_day, signer, signer_post, signed_day, issue_year,"
        f" issue_number, issued_day, copies, recipients, remark FROM meeting_minutes {OF_MEETING}",
        meeting.year,
        meeting.number,
    )
    if not rows:
        return None
    row, state, drafter, begun, checker, checked, signer, post, signed, year, number, issued, copies, to, remark = rows[
        0
    ]
    return MinutesLine(
        row,
        MinutesState(state),
        drafter,
        date.fromisoformat(begun),
        checker,
        _day(checked),
        signer,
        SignerPost(post) if post else None,
        _day(signed),
        shown(MINUTES_SERIES, year, number) if number is not None else "",
        _day(issued),
        copies,
        to,
        remark,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
