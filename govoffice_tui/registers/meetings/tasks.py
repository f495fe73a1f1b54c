"""The checklist of a meeting (会议管理制度第5条): done, assigned, given another time, not needed, or added."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.clock import day_of, epoch
from govoffice_tui.models import MeetingTask
from govoffice_tui.registers import staff
from govoffice_tui.registers.meetings.checks import Row, finish_task_line, require, required, short
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.meetings.checklists import CHECKLISTS, Phase
from govoffice_tui.rules.refusal import Refused

ADDED = 100
"""Lines an office adds stand behind this place: the type's own come first."""


def finish_task(
    office: Office,
    meeting: MeetingKey,
    place: int,
    *,
    is_needless: bool = False,
    remark: str = "",
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Tick a line off, or say why this meeting does not need it; refused for one that is done."""
    with office.write("finish_task", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "finish_task")
        words, done, needless = _line(office, row, place)
        if done or needless:
            raise Refused(f"“{words}”已经{'办结' if done else '不需要办'}。", SERVICE)
        if is_needless:
            why = required(remark, "remark", "请写为什么不需要。")
            finish_task_line(office, writing, row, place, is_needless=1, remark=why)
        else:
            finish_task_line(office, writing, row, place)
        return words


def change_task(
    office: Office,
    meeting: MeetingKey,
    place: int,
    owner: int | None,
    due: datetime | None,
    *,
    is_reopened: bool = False,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Say who sees to a line and by when; one ticked off by mistake is opened again with `is_reopened`."""
    with office.write("change_task", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        row = require(office, writing, meeting, "change_task")
        words, _, _ = _line(office, row, place)
        if owner is not None and staff.person_on(office, owner, day_of(writing.now)) is None:
            raise Refused("这个人不在册,请另选。", field="owner")
        again: dict[str, int | None] = {"done_at": None, "done_by": None, "is_needless": 0} if is_reopened else {}
        told: dict[str, int | None] = {"owner_id": owner, "due_at": None if due is None else epoch(due)}
        finish_task_line(office, writing, row, place, **told, **again)
        return words


def add_task(
    office: Office,
    meeting: MeetingKey,
    phase: Phase,
    words: str,
    owner: int | None,
    due: datetime | None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Add a line the type's checklist does not have."""
    with office.write("add_task", by, form_key) as writing:
        if writing.repeated is not None:
            return meeting.shown
        require(office, writing, meeting, "add_task")
        what = short(words, "words", 60)
        if not what:
            raise Refused("请写要办什么。", SERVICE, field="words")
        highest = office.fetch(
            "SELECT max(place) FROM meeting_tasks WHERE meeting_year = ? AND meeting_number = ?",
            meeting.year,
            meeting.number,
        )[0][0]
        writing.insert(
            MeetingTask,
            meeting_year=meeting.year,
            meeting_number=meeting.number,
            phase=phase.value,
            place=max(highest or 0, ADDED) + 1,
            words=what,
            owner_id=owner,
            due_at=None if due is None else epoch(due),
            entered_at=writing.now,
            entered_by=by,
        )
        return what


def _line(office: Office, row: Row, place: int) -> tuple[str, bool, bool]:
    """Return a line's words, and whether it is done or not needed."""
    stands = office.fetch(
        "SELECT words, done_at IS NOT NULL, is_needless FROM meeting_tasks WHERE meeting_year = ?"
        " AND meeting_number = ? AND place = ? AND struck_at IS NULL",
        row.key.year,
        row.key.number,
        place,
    )
    if stands:
        words, done, needless = stands[0]
        return words, bool(done), bool(needless)
    assert row.kind is not None
    plans = CHECKLISTS[row.kind]
    if not 1 <= place <= len(plans):
        raise Refused("清单里没有这一项。", SERVICE)
    return plans[place - 1].words, False, False
