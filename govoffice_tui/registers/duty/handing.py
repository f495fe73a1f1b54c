"""Lines handed on by name, taken over by name, until they are done (值班制度第3条)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from govoffice_tui.clock import epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import DutyEntry, DutyHanding
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.duty.book import REGISTER, WORDS
from govoffice_tui.registers.duty.checks import (
    checked_moment,
    limited,
    require_entry,
    require_on_duty,
    require_shift_row,
    require_staff,
)
from govoffice_tui.registers.duty.entry_rows import entry, open_matters
from govoffice_tui.registers.duty.shift_rows import open_shift
from govoffice_tui.registers.duty.views import EntryLine, Shift
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import RECORD, EntryState, ShiftState, Urgency, require_move
from govoffice_tui.rules.refusal import Refused


def hand_to(
    office: Office,
    writing: Change,
    shift: Shift,
    line: EntryLine,
    receiver: int,
    day: date,
    *,
    is_one_sided: bool = False,
) -> None:
    """Hand a line on to somebody by name inside a change."""
    require_staff(office, receiver, day, "receivers")
    if shift.state is not ShiftState.OPEN:
        raise Refused("本班已经交班,请由接收的人再移交。", RECORD)
    state = require_move(line.state, "hand_on")
    writing.update(DutyEntry, line.id, state=state.value, urgency=line.urgency or Urgency.HAND_ON.value)
    writing.insert(
        DutyHanding,
        shift_id=shift.id,
        entry_year=line.year,
        entry_number=line.number,
        receiver_id=receiver,
        is_one_sided=int(is_one_sided),
        entered_at=writing.now,
        entered_by=writing.operator,
    )


def dispose(
    office: Office,
    row: int,
    urgency: Urgency,
    receiver: int | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> EntryLine:
    """Give a line its urgency, and with it what becomes of it: 急办, 请示, 移交 by name, 存查 (第3条).

    Refused where the line's state does not allow it, and for 移交 without a receiver.
    """
    with office.write(urgency.verb, by, form_key) as writing:
        line = _entry_of(office, row)
        if writing.repeated is not None:
            return line
        line = require_entry(office, row)
        shift = _require_handler(office, urgency.verb, by, line)
        closing.require_open(office, REGISTER, line.day, WORDS)
        state = require_move(line.state, urgency.verb)
        if urgency is Urgency.HAND_ON:
            if receiver is None:
                raise Refused("移交要写明移交给谁:下一班值班员或行政股人员。", RECORD, field="receiver")
            if line.handing is not None and line.handing.holder == receiver:
                raise Refused(f"本来就移交给{line.handing.receiver_name}。", RECORD, field="receiver")
            giving = open_shift(office) if shift.state is not ShiftState.OPEN else shift
            if giving is None:
                raise Refused("现在没有人在班,不能移交。请先接班。", RECORD)
            hand_to(office, writing, giving, line, receiver, local(writing.now).date())
        else:
            writing.update(DutyEntry, row, state=state.value, urgency=urgency.value)
        return _entry_of(office, row)


def report_entry(
    office: Office,
    row: int,
    reported_to: str,
    at: datetime | None = None,
    instruction: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> EntryLine:
    """Note whom an urgent line was reported to, when, and what the leader said (第3条)."""
    with office.write("report_entry", by, form_key) as writing:
        line = _entry_of(office, row)
        if writing.repeated is not None:
            return line
        line = require_entry(office, row)
        shift = _require_handler(office, "report_entry", by, line)
        closing.require_open(office, REGISTER, line.day, WORDS)
        state = require_move(line.state, "report_entry")
        to, said = limited(reported_to, "reported_to", 50), limited(instruction, "instruction", 300)
        if not to:
            raise Refused("请写报告给谁。", RECORD, field="reported_to")
        moment = writing.now if shift.state is not ShiftState.OPEN and at is None else None
        told_at = moment or checked_moment(shift, at, writing.now, "at")
        before = [part for part in (line.reported_to, to) if part]
        instructions = [part for part in (line.instruction, said) if part]
        writing.update(
            DutyEntry,
            row,
            state=state.value,
            reported_to="、".join(dict.fromkeys(before)),
            reported_at=told_at if line.reported_at is None else epoch(line.reported_at),
            instruction=";".join(dict.fromkeys(instructions)),
        )
        return _entry_of(office, row)


def accept_matter(office: Office, row: int, *, by: int | None, form_key: str | None = None) -> EntryLine:
    """Take over a line that was handed on; whoever does it in another's place stands with their own name (第3条)."""
    with office.write("accept_matter", by, form_key) as writing:
        line = _entry_of(office, row)
        if writing.repeated is not None:
            return line
        line = require_entry(office, row)
        require_move(line.state, "accept_matter")
        posts.require(office, "accept_matter", by, local(writing.now).date())
        closing.require_open(office, REGISTER, line.day, WORDS)
        assert line.handing is not None
        if line.handing.accepted_at is not None:
            raise Refused(f"{line.handing.accepted_name}已经接收。", RECORD)
        writing.update(DutyHanding, line.handing.id, accepted_at=writing.now, accepted_by=by)
        return _entry_of(office, row)


def accept_matters(office: Office, *, by: int | None, form_key: str | None = None) -> int:
    """Take over every line that was handed on to this shift's officers, or to oneself; returns how many (第3条).

    What was handed to somebody else is taken over line by line. Refused where none waits.
    """
    with office.write("accept_matters", by, form_key) as writing:
        if writing.repeated is not None:
            lines = office.fetch(
                "SELECT count(*) FROM journal WHERE form_key = ? AND register = 'duty_handings'", form_key
            )
            return int(lines[0][0])
        posts.require(office, "accept_matters", by, local(writing.now).date())
        current = open_shift(office)
        mine = current.officers if current is not None and by in current.officers else frozenset({by})
        waiting = awaiting(open_matters(office, current.hours.starts if current else None), mine)
        if not waiting:
            raise Refused("没有等着接收的移交事项。移交给别人的,在那一件上按F5接收。", RECORD)
        for line in waiting:
            closing.require_open(office, REGISTER, line.day, WORDS)
            assert line.handing is not None
            writing.update(DutyHanding, line.handing.id, accepted_at=writing.now, accepted_by=by)
        return len(waiting)


def awaiting(lines: Sequence[EntryLine], people: Collection[int | None]) -> list[EntryLine]:
    """Return the lines handed on to some people that nobody has taken over yet."""
    return [
        line
        for line in lines
        if line.handing is not None and line.handing.accepted_at is None and line.handing.receiver in people
    ]


def finish_entry(
    office: Office, row: int, result: str, at: datetime | None = None, *, by: int | None, form_key: str | None = None
) -> EntryLine:
    """Close a line with its result; whoever holds it may, on whatever shift they are (第3条). Refused without one."""
    with office.write("finish_entry", by, form_key) as writing:
        line = _entry_of(office, row)
        if writing.repeated is not None:
            return line
        line = require_entry(office, row)
        _require_handler(office, "finish_entry", by, line)
        closing.require_open(office, REGISTER, line.day, WORDS)
        state = require_move(line.state, "finish_entry")
        said = limited(result, "result", 300)
        if not said:
            raise Refused("请写办理结果,如 已通知、已答复、已送达。", RECORD, field="result")
        if at is not None and not line.happened_at <= at <= local(writing.now):
            raise Refused("办结时间要在来的时间以后、现在以前。", RECORD, field="at")
        done_at = writing.now if at is None else epoch(at)
        writing.update(DutyEntry, row, state=state.value, result=said, done_at=done_at)
        return _entry_of(office, row)


def _require_handler(office: Office, verb: str, by: int | None, line: EntryLine) -> Shift:
    """Return the line's shift; refused for whoever neither has it, nor holds the line, nor is on duty now."""
    shift = require_shift_row(office, line.shift)
    current = open_shift(office)
    holds = line.state is EntryState.HANDED and line.handing is not None and by == line.handing.holder
    is_on = current is not None and by in current.officers
    if by is None or not (holds or (is_on and line.state is EntryState.HANDED)):
        require_on_duty(office, verb, by, shift)
    return shift


def _entry_of(office: Office, row: int) -> EntryLine:
    found = entry(office, row)
    if found is None:
        raise Refused("值班记录里没有这一笔。")
    return found
