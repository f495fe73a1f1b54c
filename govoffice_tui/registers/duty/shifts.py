"""Shifts: taken over by name, swapped, relieved, handed over, signed by the leader (值班制度第2条至第6条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import DutyShift
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.duty.book import REGISTER, SHIFTS, WORDS
from govoffice_tui.registers.duty.checks import (
    enter_line,
    limited,
    require_head,
    require_on_duty,
    require_shift_row,
    require_staff,
)
from govoffice_tui.registers.duty.entry_rows import entries_of, loose_matters, open_matters
from govoffice_tui.registers.duty.handing import hand_to
from govoffice_tui.registers.duty.hours import current_hours, hours_of, hours_on, next_hours
from govoffice_tui.registers.duty.shift_rows import shift_at, shift_by_id
from govoffice_tui.registers.duty.views import Shift
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.duty import HAND_OVER, PRESENCE, RECORD, ShiftHours, ShiftState, require_shift
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Crew:
    """Who has a shift; people by staff id."""

    officer: int
    second: int | None = None
    leader: int | None = None
    messenger: int | None = None
    weather: str = ""


@dataclass(frozen=True)
class TakenOver:
    """What now stands in the book: whose shift it is, and what came with it."""

    shift: int
    day: date
    officer_name: str
    at: datetime
    is_one_sided: bool
    matters: int


@dataclass(frozen=True)
class HandedOver:
    """What stood on the page when it was handed over."""

    shift: int
    day: date
    lines: int
    handed_on: int
    incoming_name: str
    at: datetime
    code_words: str


@dataclass(frozen=True)
class LateShift:
    """A night kept on paper, entered afterwards: which day's, from when, why, and on which page."""

    day: date
    took_at: datetime
    reason: str
    paper_page: str = ""


def take_over_duty(
    office: Office, crew: Crew, late: LateShift | None = None, *, by: int | None, form_key: str | None = None
) -> TakenOver:
    """Take over the shift the clock stands in; one before it that nobody handed over becomes 单方接班 (第5条).

    Whoever takes over with nobody chosen at the keyboard stands for themselves. Refused for somebody not on the
    staff list, a shift that has its officer, and before its time. A night kept on paper is entered by a head.
    """
    operator = crew.officer if by is None else by
    with office.write("take_over_duty", operator, form_key) as writing:
        if writing.repeated_entry is not None:
            return _taken(office, writing.repeated_entry)
        now = local(writing.now)
        posts.require(office, "take_over_duty", operator, now.date())
        hours, took_at, reason = _wanted(office, late, now, operator)
        closing.require_open(office, REGISTER, hours.day, WORDS)
        name = _check_crew(office, crew, now.date())
        before = shift_at(office, hours)
        if before is not None:
            words = f"{hours.words}{before.officer_names}{before.took_at:%H:%M}已接班"
            raise Refused(f"{words},不用再接。中途换人请用“调换值班员”。", PRESENCE)
        unhanded = _unhanded(office, hours.starts)
        row = enter_line(
            office,
            writing,
            DutyShift,
            SHIFTS,
            hours.day,
            ShiftState.OPEN.value,
            reason,
            template=hours.template.value,
            starts_at=epoch(hours.starts),
            ends_at=epoch(hours.ends),
            took_at=epoch(took_at),
            officer_id=crew.officer,
            second_id=crew.second,
            leader_id=crew.leader,
            messenger_id=crew.messenger,
            weather=limited(crew.weather, "weather", 20),
            is_one_sided=int(bool(unhanded)),
        )
        for shift in unhanded:
            _close_one_sided(office, writing, shift, crew.officer)
        matters = len(open_matters(office, hours.starts))
        return TakenOver(row, hours.day, name, took_at, bool(unhanded), matters)


def hand_over_duty(
    office: Office,
    shift: int,
    incoming: int,
    receivers: Mapping[int, int] | None = None,
    five_missing: str = "",
    is_quiet: bool = False,
    words: str = "",
    at: datetime | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> HandedOver:
    """Hand a shift over: every open line is done or goes to somebody by name, 五项 are in order or said (第3条, 第5条).

    `receivers` gives by line id who takes an open line, `at` when a night kept on paper was handed over. Refused with
    a loose line, without any line and without 本班无重要事项, a second time, and to somebody from outside.
    """
    with office.write("hand_over_duty", by, form_key) as writing:
        found = require_shift_row(office, shift)
        if writing.repeated is not None:
            return _handed(office, found)
        require_on_duty(office, "hand_over_duty", by, found)
        require_shift(found.state, "hand_over_duty")
        closing.require_open(office, REGISTER, found.day, WORDS)
        today = local(writing.now).date()
        require_staff(office, incoming, today, "incoming")
        lines = [line for line in entries_of(office, shift) if not line.is_struck]
        if not lines and not is_quiet:
            raise Refused("本班一笔也没有登记。确实没有事的,请选“本班无重要事项”。", RECORD, field="is_quiet")
        loose = loose_matters(office, found)
        given = receivers or {}
        left = [line for line in loose if line.id not in given]
        if left:
            listed = "、".join(line.told for line in left)
            raise Refused(f"{listed}还没有办结,也没有移交给谁。请写明接收人,或先按F5办结。", RECORD, field="receivers")
        for line in loose:
            hand_to(office, writing, found, line, given[line.id], today)
        writing.update(
            DutyShift,
            shift,
            state=ShiftState.HANDED_OVER.value,
            handed_at=_handed_at(found, at, writing.now),
            incoming_id=incoming,
            is_quiet=int(is_quiet),
            five_missing=limited(five_missing, "five_missing", 100),
            hand_over_words=limited(words, "words", 300),
        )
    office.note_anchor("交班")
    return _handed(office, require_shift_row(office, shift))


def correct_crew(
    office: Office, shift: int, crew: Crew, reason: str, *, by: int | None, form_key: str | None = None
) -> Shift:
    """Fill in who leads and runs messages, and the weather; what was entered wrong is struck and written again (第3条).

    The officers of the open shift and the heads may; swaps are `swap_officer`.
    """
    with office.write("correct_crew", by, form_key) as writing:
        found = require_shift_row(office, shift)
        if writing.repeated is not None:
            return found
        if by not in found.officers or found.state is not ShiftState.OPEN:
            require_head(office, by, "更正班头")
        closing.require_open(office, REGISTER, found.day, WORDS)
        _check_crew(office, crew, found.day)
        weather = limited(crew.weather, "weather", 20)
        if found.changes and crew.officer != found.officer:
            raise Refused("本班有过临时调换,值班员不能再改。", PRESENCE, field="officer")
        new = {
            "officer_id": (found.officer, crew.officer),
            "second_id": (found.second, crew.second),
            "leader_id": (found.leader, crew.leader),
            "messenger_id": (found.messenger, crew.messenger),
            "weather": (found.weather, weather),
        }
        changed = {key: after for key, (before, after) in new.items() if after != before}
        if not changed:
            raise Refused("和原来一样,没有要改的。")
        if any(new[key][0] for key in changed) and not checked(reason, "reason"):
            raise Refused("原来写的要改,请写更正原因。", RECORD, field="reason")
        said = checked(reason, "reason")
        note = f"班头更正:{said}" if said else found.remark
        writing.update(DutyShift, shift, **changed, remark=note)
        after = shift_by_id(office, shift)
        assert after is not None
        return after


def _wanted(office: Office, late: LateShift | None, now: datetime, by: int | None) -> tuple[ShiftHours, datetime, str]:
    """Return which shift is taken over, when, and why late where it was kept on paper."""
    hours = current_hours(office, now)
    if late is None:
        if now >= hours.ends:
            opens = next_hours(office, hours).takes_from
            raise Refused(f"{hours.words}已经过去,下一班{opens:%-H:%M}起可以接。", PRESENCE)
        return hours, now, ""
    require_head(office, by, "纸上值班的补登")
    reason = limited(late.reason, "reason", 100)
    if not reason:
        raise Refused("请写为什么补登,如 停电,用纸质值班页。", RECORD, field="reason")
    wanted = _late_hours(office, late)
    if wanted.starts >= hours.starts and now < wanted.ends:
        raise Refused("补登的只能是已经过去的班;现在这一班请直接接班。", RECORD, field="day")
    if not wanted.takes_from - timedelta(hours=1) <= late.took_at <= wanted.ends:
        raise Refused(f"接班时间不在{wanted.words}里。", PRESENCE, field="took_at")
    page = limited(late.paper_page, "paper_page", 20)
    return wanted, late.took_at, f"{reason},纸质值班页第{page}页" if page else reason


def _late_hours(office: Office, late: LateShift) -> ShiftHours:
    """Return the shift of a day that was taken over at a time: of several the last that could be by then.

    Between two shifts it is the one nobody took over yet.
    """
    found = [one for one in hours_on(office, late.day) if one.takes_from <= late.took_at]
    free = [one for one in found if late.took_at < one.ends and shift_at(office, one) is None]
    if free:
        return free[0]
    return found[-1] if found else hours_of(office, late.day)


def _check_crew(office: Office, crew: Crew, day: date) -> str:
    name = require_staff(office, crew.officer, day, "officer")
    for person, field in ((crew.second, "second"), (crew.leader, "leader"), (crew.messenger, "messenger")):
        if person is not None:
            require_staff(office, person, day, field)
    if crew.second == crew.officer:
        raise Refused("两个值班员不能是同一个人。", PRESENCE, field="second")
    return name


def _unhanded(office: Office, starts: datetime) -> list[Shift]:
    rows = office.fetch(
        "SELECT id FROM duty_shifts WHERE state = 'open' AND struck_at IS NULL AND starts_at < ? ORDER BY starts_at",
        epoch(starts),
    )
    return [require_shift_row(office, row) for (row,) in rows]


def _close_one_sided(office: Office, writing: Change, shift: Shift, officer: int) -> None:
    """Close a shift nobody handed over: its loose lines go to whoever takes over, not lost and not yet accepted."""
    state = require_shift(shift.state, "take_over_duty")
    for line in loose_matters(office, shift):
        hand_to(office, writing, shift, line, officer, local(writing.now).date(), is_one_sided=True)
    writing.update(DutyShift, shift.id, state=state.value, handed_at=None, incoming_id=officer)


def _handed_at(shift: Shift, at: datetime | None, now: int) -> int:
    """Return when a shift was handed over: now, or for a night kept on paper the time that stands there."""
    if at is None:
        return now
    if not shift.late_reason:
        raise Refused("交班时间就是现在;只有补登的纸质值班才写交班时间。", HAND_OVER, field="at")
    if not shift.took_at < at <= local(now):
        raise Refused("交班时间要在接班以后、现在以前。", HAND_OVER, field="at")
    return epoch(at)


def _taken(office: Office, row: int) -> TakenOver:
    found = require_shift_row(office, row)
    matters = len(open_matters(office, found.hours.starts))
    return TakenOver(row, found.day, found.name(found.officer), found.took_at, found.is_one_sided, matters)


def _handed(office: Office, shift: Shift) -> HandedOver:
    assert shift.handed_at is not None
    lines = sum(not line.is_struck for line in entries_of(office, shift.id))
    handed = office.fetch("SELECT count(*) FROM duty_handings WHERE shift_id = ? AND struck_at IS NULL", shift.id)[0][0]
    name = shift.name(shift.incoming)
    return HandedOver(shift.id, shift.day, lines, handed, name, shift.handed_at, shift.code_words)
