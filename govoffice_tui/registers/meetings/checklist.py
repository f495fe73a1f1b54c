"""A meeting's checklist: the type's lines with what was done about them, and those that were added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from govoffice_tui.clock import local
from govoffice_tui.registers.meetings.reading import OF_MEETING
from govoffice_tui.registers.meetings.views import MeetingLine, TaskLine
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.checklists import CHECKLISTS, Phase, task_due


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
