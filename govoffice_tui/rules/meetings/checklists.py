"""What is done before, during and after a meeting of each type (会议管理制度第5条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from govoffice_tui.rules.meetings.kinds import MeetingKind


class Phase(StrEnum):
    """When a line of the checklist falls: before, during or after the meeting."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"

    @property
    def label(self) -> str:
        return {"before": "会前", "during": "会中", "after": "会后"}[self.value]


@dataclass(frozen=True)
class TaskPlan:
    """One line of a type's checklist: `days` from the meeting's day, by `by`; None is the meeting's own beginning.

    `verb` is what finishes the line by itself.
    """

    phase: Phase
    words: str
    days: int
    by: time | None
    verb: str = ""


_EVENING = time(17, 30)
_BEFORE, _DURING, _AFTER = Phase.BEFORE, Phase.DURING, Phase.AFTER
_TOPICS = (
    TaskPlan(_BEFORE, "征集议题", -7, _EVENING, "collect_topics"),
    TaskPlan(_BEFORE, "议题送审审定", -3, _EVENING, "settle_topics"),
)
_ROOM = (
    TaskPlan(_BEFORE, "会场、座签、话筒、投影", -1, _EVENING),
    TaskPlan(_DURING, "签到、到会核对", 0, None, "hold_meeting"),
    TaskPlan(_DURING, "会议记录、会场服务", 0, None),
)
_NOTICE = TaskPlan(_BEFORE, "发会议通知,收回执", -2, _EVENING, "send_notices")
_PAPERS = TaskPlan(_BEFORE, "材料印制、编号", -1, _EVENING)
_BACK = TaskPlan(_AFTER, "收回会议材料", 1, _EVENING)
_MINUTES = (
    TaskPlan(_AFTER, "纪要整理、核稿", 3, _EVENING, "check_minutes"),
    TaskPlan(_AFTER, "纪要签发", 5, _EVENING, "sign_minutes"),
    TaskPlan(_AFTER, "纪要印发", 7, _EVENING, "issue_minutes"),
)
_END = (
    TaskPlan(_AFTER, "议定事项交督办", 7, _EVENING),
    TaskPlan(_AFTER, "整理归档", 15, _EVENING, "archive_meeting"),
)
_LARGE = (
    TaskPlan(_BEFORE, "会议方案、议程、分工", -10, _EVENING),
    TaskPlan(_BEFORE, "场地、食宿、交通、安全", -3, _EVENING),
)
CHECKLISTS: Mapping[MeetingKind, tuple[TaskPlan, ...]] = {
    MeetingKind.PLENARY: (*_TOPICS, _NOTICE, _PAPERS, *_ROOM, _BACK, *_MINUTES, *_END),
    MeetingKind.EXECUTIVE: (*_TOPICS, _NOTICE, _PAPERS, *_ROOM, _BACK, *_MINUTES, *_END),
    MeetingKind.COUNTY: (*_LARGE, _NOTICE, _PAPERS, *_ROOM, *_END),
    MeetingKind.GRAND: (*_LARGE, _NOTICE, _PAPERS, *_ROOM, *_END),
    MeetingKind.SPECIAL: (_NOTICE, _PAPERS, *_ROOM, *_MINUTES, *_END),
    MeetingKind.PROPOSED: (
        TaskPlan(_BEFORE, "承办部门方案报审", -5, _EVENING),
        _NOTICE,
        _PAPERS,
        *_ROOM,
        *_MINUTES,
        *_END,
    ),
}
"""What is done before, during and after a meeting of each type (会议管理制度第5条)."""


def task_due(plan: TaskPlan, starts: datetime) -> datetime:
    """Return when a line of the checklist is to be done."""
    if plan.by is None:
        return starts
    return datetime.combine(starts.date() + timedelta(days=plan.days), plan.by)
