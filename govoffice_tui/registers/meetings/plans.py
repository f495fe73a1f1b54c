"""What is said of a meeting before it is entered, and what an earlier one says of the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from govoffice_tui.registers.meetings.views import MeetingLine
from govoffice_tui.rules.meetings.kinds import Leader, MeetingKind


@dataclass(frozen=True)
class MeetingPlan:
    """What is said of a meeting; what the type decides is filled in where it is left out.

    `sitting` None takes the next of its run; `leader` is whose meeting it is (会议管理制度第3条).
    """

    kind: MeetingKind
    title: str
    starts: datetime
    place: str
    chair: str
    ends: datetime | None = None
    leader: Leader | None = None
    organiser: str = ""
    partner: str = ""
    arranger: int | None = None
    scope: str = ""
    planned_people: int | None = None
    sitting: int | None = None
    remark: str = ""


def plan_of(line: MeetingLine) -> MeetingPlan:
    """Return what a meeting says of itself, to be put right or to begin the next of its kind with."""
    assert line.kind is not None
    return MeetingPlan(
        line.kind,
        line.title,
        line.starts,
        line.place,
        line.chair,
        line.ends,
        line.leader,
        line.organiser,
        line.partner,
        line.arranger,
        line.scope,
        line.planned_people,
        line.sitting,
        line.remark,
    )


def plan_like(line: MeetingLine, day: date) -> MeetingPlan:
    """Return the next meeting of the same kind on a day: the same in everything but day, count and remark."""
    plan = plan_of(line)
    ends = None if plan.ends is None else datetime.combine(day, plan.ends.time())
    return replace(plan, starts=datetime.combine(day, plan.starts.time()), ends=ends, sitting=None, remark="")
