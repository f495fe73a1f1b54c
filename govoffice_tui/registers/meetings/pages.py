"""The pages of the book of meetings: one meeting with everything on it, what is due, what was written before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, local
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.duty import contacts
from govoffice_tui.registers.meetings.checks import seats_of
from govoffice_tui.registers.meetings.months import listed
from govoffice_tui.registers.meetings.reading import lines
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
    TaskLine,
    TopicLine,
)
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.checklists import CHECKLISTS, Phase, task_due
from govoffice_tui.rules.meetings.kinds import SignerPost
from govoffice_tui.rules.meetings.parts import Mark, MinutesState, Outcome, Reply, TopicStage
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import fold

OF_MEETING = "WHERE meeting_year = ? AND meeting_number = ? AND struck_at IS NULL"
SOON = timedelta(days=2)
"""How long before a meeting an open answer is shown on the day page."""

SEARCHED = timedelta(days=366)
TEXTS = ("title", "place", "chair", "organiser", "partner", "scope")
"""Columns of a meeting that offer what was written before."""


def page(office: Office, meeting: MeetingKey) -> MeetingPage:
    """Return a meeting with everything that hangs on it, read while nobody wrote; refused for one there is not."""
    return office.steady(lambda: _page(office, meeting))


def line_of(office: Office, meeting: MeetingKey) -> MeetingLine | None:
    """Return one meeting as it stands, None where it was voided."""
    found = lines(office, "year = ? AND number = ? AND struck_at IS NULL", meeting.year, meeting.number)
    return found[0] if found else None


def live(office: Office) -> list[MeetingLine]:
    """Return the meetings that are neither archived nor called off."""
    return lines(office, "struck_at IS NULL AND state NOT IN ('archived', 'cancelled')")


def due(office: Office, now: datetime) -> list[tuple[str, bool, date]]:
    """Return the lines of 今日: meetings of the day, lines of a checklist that are late, and what is still open."""
    found: list[tuple[str, bool, date]] = []
    for one in live(office):
        if one.state is MeetingState.POSTPONED:
            continue
        name = f"{one.number} {one.name}"
        if one.state.is_ahead:
            if one.day == now.date():
                words = one.name if one.is_classified else f"{one.starts:%-H:%M} {one.name} {one.place}"
                is_over = not one.is_classified and now > (one.ends or one.starts + timedelta(hours=2))
                found.append((f"今日会议 {words}{',还没有核对到会' if is_over else ''}", is_over, one.day))
            elif one.day < now.date():
                found.append((f"{name} {chinese_short_day(one.day)}应召开,没有登记召开、改期或取消", True, one.day))
            open_answers = one.notices - one.replied
            if open_answers and now.date() <= one.day <= (now + SOON).date():
                found.append((f"{name} 还有{open_answers}个单位没有回执", one.day == now.date(), one.day))
        elif one.copies_out and now.date() > one.day:
            found.append((f"{name} 材料还有{one.copies_out}份没有收回", True, one.day))
        if not one.is_classified:
            passed = (Phase.BEFORE,) if one.state is MeetingState.HELD else ()
            late = [task for task in tasks(office, one, {}) if task.is_late(now) and task.phase not in passed]
            if late:
                more = f"等{len(late)}项" if len(late) > 1 else ""
                found.append((f"{name} {late[0].phase.label}“{late[0].words}”{more}到期没有办", True, one.day))
    return found


def search(office: Office, words: str) -> list[tuple[str, date]]:
    """Return the meetings a text means, newest first: by number, title, place, chair, organiser, topic or minutes."""
    key = fold(words)
    if not key:
        return []
    first = (office.now() - SEARCHED).date().isoformat()
    topics: dict[MeetingKey, list[str]] = defaultdict(list)
    for year, number, title in office.fetch(
        "SELECT t.meeting_year, t.meeting_number, t.title FROM meeting_topics t JOIN meetings m ON m.year ="
        " t.meeting_year AND m.number = t.meeting_number AND m.struck_at IS NULL WHERE t.struck_at IS NULL"
        " AND m.event_day >= ?",
        first,
    ):
        topics[MeetingKey(year, number)].append(title)
    found = []
    for one in reversed(lines(office, "event_day >= ?", first)):
        mine = topics.get(one.key, []) if not one.is_struck else []
        texts = (one.number, one.name, one.place, one.chair, one.organisers, one.minutes_number)
        hits = [title for title in mine if key in fold(title)]
        if hits or any(key in fold(text) for text in texts):
            about = f" 议题:{hits[0]}" if hits else ""
            struck = " 作废" if one.is_struck else ""
            found.append((f"{one.number} {one.name} {one.when} {one.place}{struck}{about}".strip(), one.day))
    return found


def recent(office: Office, limit: int) -> list[MeetingLine]:
    """Return the meetings of the last year, newest first, so many at the most."""
    first = (office.now() - SEARCHED).date().isoformat()
    return list(reversed(lines(office, "event_day >= ? AND struck_at IS NULL", first)))[:limit]


def month_lines(office: Office, word: str) -> list[MeetingLine]:
    """Return a month (YYYY-MM) as its page shows it: everything of it, struck lines too, newest first."""
    return list(reversed(listed(office, word, with_struck=True)))


def texts_used(office: Office, column: str, limit: int = 30) -> tuple[str, ...]:
    """Return what was written last in a column of meetings, newest first, each once."""
    assert column in TEXTS
    rows = office.fetch(
        f"SELECT {column} FROM meetings WHERE struck_at IS NULL AND is_classified = 0 AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


def names_used(office: Office, table: str, column: str, limit: int = 30) -> tuple[str, ...]:
    """Return what was written last in a column of what hangs on meetings: who reviewed, drafted, signed, approved."""
    assert (table, column) in {
        *(("meeting_topics", by) for _, by in COLUMNS.values()),
        ("meeting_topics", "unit"),
        ("meeting_topics", "reporter"),
        ("meeting_notices", "approved_by"),
        ("meeting_minutes", "drafter"),
        ("meeting_minutes", "checker"),
        ("meeting_minutes", "signer"),
        ("meeting_minutes", "recipients"),
        ("meeting_materials", "title"),
        ("meeting_materials", "lead"),
        ("meeting_changes", "ordered_by"),
    }
    rows = office.fetch(
        f"SELECT {column} FROM {table} WHERE struck_at IS NULL AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


def units_known(office: Office) -> tuple[str, ...]:
    """Return the units that were asked before, newest first, then those of the phone book and the duty book."""
    asked = office.fetch(
        "SELECT unit FROM meeting_notices WHERE struck_at IS NULL GROUP BY unit ORDER BY max(id) DESC LIMIT 500"
    )
    return tuple(dict.fromkeys([*(unit for (unit,) in asked), *contacts.units(office)]))


def phone_of(office: Office, unit: str) -> str:
    """Return whom to call in a unit, as the phone book has it: 副镇长 马骏 0599-…; empty where it has none."""
    return contacts.last_call(office, unit)


def tasks(office: Office, line: MeetingLine, names: Mapping[int, str]) -> list[TaskLine]:
    """Return a meeting's checklist: the type's lines with what was done about them, and those that were added."""
    if line.kind is None:
        return []
    touched = {
        row[0]: row[1:]
        for row in office.fetch(
            "SELECT place, id, phase, words, owner_id, due_at, done_at, done_by, is_needless, remark"
            f" FROM meeting_tasks {OF_MEETING} ORDER BY place",
            line.key.year,
            line.key.number,
        )
    }
    found = []
    for place, plan in enumerate(CHECKLISTS[line.kind], 1):
        due_at = task_due(plan, line.starts)
        if place not in touched:
            owner = line.arranger
            who = names.get(owner, "") if owner is not None else ""
            found.append(TaskLine(None, place, plan.phase, plan.words, owner, who, due_at, None, "", False, ""))
        else:
            found.append(_task(place, touched.pop(place), names, line.arranger, due_at))
    found += [_task(place, row, names, line.arranger, None) for place, row in sorted(touched.items())]
    order = list(Phase)
    return sorted(found, key=lambda one: (order.index(one.phase), one.place))


def _task(
    place: int, row: Sequence[object], names: Mapping[int, str], arranger: int | None, usual: datetime | None
) -> TaskLine:
    task, phase, words, owner, due_at, done_at, done_by, needless, remark = row
    who = owner if isinstance(owner, int) else arranger
    return TaskLine(
        task if isinstance(task, int) else None,
        place,
        Phase(str(phase)),
        str(words),
        who,
        names.get(who, "") if who is not None else "",
        local(due_at) if isinstance(due_at, int) else usual,
        local(done_at) if isinstance(done_at, int) else None,
        names.get(done_by, "") if isinstance(done_by, int) else "",
        bool(needless),
        str(remark),
    )


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
