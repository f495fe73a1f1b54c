"""What the leave register says of people's half-days: which are leave, and what happened to each slip."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from govoffice_tui.clock import chinese_short_day, day_of, hour_minute, local
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.attendance.views import Fact
from govoffice_tui.registers.leave.charts import LEAVE_REGISTER, chart_for
from govoffice_tui.registers.leave.records import LeaveRecord, revisions, touching
from govoffice_tui.registers.leave.standing import delegation_of, ruling_on
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.leave import (
    STATES,
    UNPAPERED,
    LeaveKind,
    LeaveMode,
    LeaveState,
    Moment,
    Stretch,
    first_worked,
    followup_due,
)
from govoffice_tui.rules.refusal import Problem

UNENDED, OVERDUE, VOID = "待销假", "逾期未补", "作废"
"""States that follow from the day, beside those the book holds."""


@dataclass(frozen=True)
class Step:
    """One step of a slip: when it was entered, and in words what and by whom."""

    at: datetime
    words: str


def excused(office: Office, days: Sequence[date]) -> dict[int, dict[HalfStatus, int]]:
    """Return by person the half-days of some days of one month that are leave.

    Approved leave is, up to an early return; phoned leave is until its paper is overdue: then a person decides.
    """
    found: dict[int, dict[HalfStatus, int]] = defaultdict(dict)
    for one in touching(office, days[0], days[-1]):
        if is_overdue(office, one):
            continue
        taken, mine = one.taken, found[one.person]
        halves = _bits(taken, days[0], days[-1])
        mine[one.kind.status] = mine.get(one.kind.status, 0) | halves
    return found


def _bits(taken: Stretch, first: date, last: date) -> int:
    start = max(taken.start, Moment(first, Half.MORNING))
    end = min(taken.end, Moment(last, Half.AFTERNOON))
    if start > end:
        return 0
    inside = Stretch(taken.kind, start, end)
    return reduce(or_, (bit(moment.day, moment.half) for moment in inside.moments()), 0)


def back_at(one: LeaveRecord, chart: Calendar) -> Moment:
    """Return the first half-day a person is or was expected back at work."""
    return one.returned or first_worked(one.end.following, chart)


def due_day(office: Office, one: LeaveRecord) -> date:
    """Return the last day for the paper of phoned leave."""
    chart = chart_for(office, one.start.day, one.end.day if one.returned is None else one.returned.day)
    return followup_due(back_at(one, chart).day, chart, settings.on(office, one.start.day))


def is_overdue(office: Office, one: LeaveRecord) -> bool:
    """Return whether the paper of phoned leave is missing after its last day: its half-days are 待核."""
    return one.state in UNPAPERED and office.now().date() > due_day(office, one)


def unsettled(office: Office, days: Sequence[date]) -> list[Problem]:
    """Return the phoned leave of a month whose paper is missing: its half-days may still become 待核."""
    return [
        Problem(
            staff.name_of(office, one.person, one.start.day),
            f"{one.stretch}{one.kind.label}待补手续",
            one.start.day,
            LEAVE_REGISTER,
        )
        for one in touching(office, days[0], days[-1], UNPAPERED)
    ]


def facts_of(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Return what the leave register tells of a person's half-day, slip by slip in time order."""
    here = Moment(day, half)
    facts = []
    for one in touching(office, day, day, STATES, person):
        if not one.start <= here <= one.end:
            continue
        facts += [Fact(step.at, f"{one.number} {step.words}") for step in steps(office, one)]
        if is_overdue(office, one):
            due = due_day(office, one)
            words = f"{one.number} {chinese_short_day(due)}前没有补办手续,待核"
            facts.append(Fact(datetime.combine(due, datetime.max.time()).replace(microsecond=0), words))
    return facts


def steps(office: Office, one: LeaveRecord) -> list[Step]:
    """Return everything that was entered about a slip in time order, from its lines in the journal."""
    rows = revisions(office, one.id)
    marks = ", ".join("?" * len(rows))
    found = []
    for at, verb, operator, payload in office.fetch(
        "SELECT at, verb, operator, payload FROM journal WHERE register = 'leaves'"
        f" AND entry IN ({marks}) ORDER BY seq",
        *rows,
    ):
        row = json.loads(payload) if payload else None
        words = _step_words(office, verb, row, one) if row is None or not _is_struck_by(verb, row) else ""
        if words:
            by = staff.name_of(office, operator, day_of(at))
            found.append(Step(local(at), f"{words}({by}登记)"))
    return found


def _is_struck_by(verb: str, row: dict[str, Any]) -> bool:
    """Return whether a line only draws the stroke of a correction: the line after it says what holds."""
    return verb == "correct_leave" and row["struck_at"] is not None


def _step_words(office: Office, verb: str, row: dict[str, Any] | None, one: LeaveRecord) -> str:
    if row is None:
        return "(内容已清除)"
    return "".join(_parts(office, verb, row, one))


def _parts(office: Office, verb: str, row: dict[str, Any], one: LeaveRecord) -> Iterator[str]:
    day = date.fromisoformat(row["event_day"])
    stretch = _stretch(row)
    asked = f"{stretch}{stretch.kind.label}"
    if verb == "phone_leave":
        taken_by = staff.name_of(office, row["taken_by_id"], day)
        yield f"{chinese_short_day(day_of(row['told_at']))}{hour_minute(row['told_at'])}电话请{asked},接听{taken_by}"
    elif verb in ("apply_leave", "extend_leave"):
        what = "续假" if row["extends"] else "请"
        yield f"{chinese_short_day(date.fromisoformat(row['applied_day']))}{LeaveMode(row['mode']).label}{what}{asked}"
    elif verb == "correct_leave":
        yield f"更正为{asked}:{_reason_before(office, row)}"
    elif verb == "void_leave":
        yield f"作废:{row['struck_reason']}"
    elif verb == "refuse_leave":
        yield f"不同意:{row['remark']}"
    elif verb == "send_back_leave":
        yield f"退回:{row['remark']}"
    elif verb == "withdraw_leave":
        yield f"撤销:{row['remark']}"
    elif verb in ("end_leave", "end_signed_leave"):
        back = f"{chinese_short_day(date.fromisoformat(row['returned_day']))}{Half(row['returned_half']).label}"
        yield f"销假,{back}返岗"
    if verb == "paper_leave":
        late = f",逾期:{row['papered_late']}" if row["papered_late"] else ""
        yield f"{chinese_short_day(date.fromisoformat(row['papered_day']))}补办书面手续{late}"
    if row["approved_day"] is not None and verb in ("apply_leave", "grant_leave", "paper_leave", "extend_leave"):
        ruling = ruling_on(office, row["staff_id"], stretch, without=one.id)
        yield f";{chinese_short_day(date.fromisoformat(row['approved_day']))}{approver_words(office, one)}同意"
        yield f"({ruling.words},{ruling.article})"


def _stretch(row: dict[str, Any]) -> Stretch:
    start = Moment(date.fromisoformat(row["event_day"]), Half(row["half"]))
    end = Moment(date.fromisoformat(row["end_day"]), Half(row["end_half"]))
    return Stretch(LeaveKind(row["kind"]), start, end)


def _reason_before(office: Office, row: dict[str, Any]) -> str:
    found = office.fetch("SELECT struck_reason FROM leaves WHERE id = ?", row["corrects"])
    return str(found[0][0]) if found else ""


def approver_words(office: Office, one: LeaveRecord) -> str:
    """Return who approved: 主任赵敏, or 钱峰受赵敏委托, or the county leader by post and name."""
    if one.leader:
        return one.leader
    if one.approver is None:
        return ""
    day = one.approved_day or one.start.day
    name = _name_on(office, one.approver, day)
    record = delegation_of(office, one.delegation)
    return name if record is None else f"{name}(受{_name_on(office, record.giver, day)}委托)"


def _name_on(office: Office, person: int, day: date) -> str:
    """Return a name as it was on a day, of somebody the list knows only since then as it is today."""
    found = staff.person_on(office, person, day) or staff.person_on(office, person, office.now().date())
    return found.name if found else ""


def shown_state(office: Office, one: LeaveRecord) -> str:
    """Return the state in words as of now: 休假中 and 待销假 follow the day, phoned leave may be overdue."""
    if one.struck_at is not None:
        return VOID
    now = office.now()
    if is_overdue(office, one):
        return OVERDUE
    if one.state is LeaveState.GRANTED:
        here = Moment(now.date(), Half.AFTERNOON if now.hour >= 12 else Half.MORNING)
        if here > one.end:
            return UNENDED
        return "休假中" if here >= one.start else one.state.label
    return one.state.label
