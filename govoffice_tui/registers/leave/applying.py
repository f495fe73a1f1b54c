"""Asking for leave and deciding on it: phoned, applied for, granted, refused, sent back, the paper brought later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Leave
from govoffice_tui.registers import posts
from govoffice_tui.registers.duty.roster_due import duty_meanwhile
from govoffice_tui.registers.leave import checks
from govoffice_tui.registers.leave.charts import ensure_years
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.leave.excuses import due_day
from govoffice_tui.registers.leave.records import SERIES, LeaveRecord, by_id
from govoffice_tui.registers.leave.standing import ruling_on
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import name_of
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.leave import UNPAPERED, LeaveMode, LeaveState, days_words, state_after
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Slip:
    """What stands in the book now: the slip in words, and what the clerk is told beside it."""

    id: int
    number: str
    name: str
    words: str
    warning: str = ""


def phone_leave(office: Office, request: LeaveRequest, *, by: int | None, form_key: str | None = None) -> Slip:
    """Enter leave told by telephone before the work: its paper is due after the return (第5条).

    `request.taken_by` is who took the call, by default who enters it. Refused for a call after the cut-off of the
    first session, and for what `apply_leave` refuses.
    """
    ensure_years(office, request.stretch.start.day, request.stretch.end.day)
    with office.write("phone_leave", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return slip(office, writing.repeated_entry)
        today = _require_request(office, writing, "phone_leave", request)
        if request.mode is not LeaveMode.PHONE:
            raise Refused("电话请假的方式只能是电话。", field="mode")
        values = _values(office, writing, request)
        values["taken_by_id"] = request.taken_by if request.taken_by is not None else by
        checks.known_person(office, int(values["taken_by_id"] or 0), today, "taken_by")
        ruling = ruling_on(office, request.person, request.stretch)
        row = enter(office, writing, Leave, SERIES, request.stretch.start.day, LeaveState.PHONED.value, **values)
        return slip(office, row, ruling.adjoining_words)


def apply_leave(
    office: Office,
    request: LeaveRequest,
    approval: Approval | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Slip:
    """Enter a slip asked for by word of mouth or in writing; with `approval` it is granted at once.

    Refused under its field: reversed days, days off the roster or all rest, half-days another slip holds, months
    under seal, leave asked for after the cut-off, a form or an approver below what the length needs (第5条).
    """
    ensure_years(office, request.stretch.start.day, request.stretch.end.day)
    with office.write("apply_leave", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return slip(office, writing.repeated_entry)
        today = _require_request(office, writing, "apply_leave", request)
        if request.mode is LeaveMode.PHONE:
            raise Refused("电话请假请按电话登记:要写来电时间和接听人。", field="mode")
        values = _values(office, writing, request)
        ruling, delegation = checks.rule_and_require(office, request, approval, today)
        state = LeaveState.APPLIED
        if approval is not None:
            state = state_after(state, "grant_leave")
            values |= checks.approval_values(approval, delegation)
        row = enter(office, writing, Leave, SERIES, request.stretch.start.day, state.value, **values)
        return slip(office, row, ruling.adjoining_words)


def grant_leave(office: Office, row: int, approval: Approval, *, by: int | None, form_key: str | None = None) -> Slip:
    """Record that a slip was approved; refused for an approver below what its length needs (第5条)."""
    with office.write("grant_leave", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return slip(office, writing.repeated_entry)
        found, state = _require_move(office, writing, "grant_leave", row)
        today = checks.written_today(writing)
        ruling = ruling_on(office, found.person, found.stretch, without=row)
        delegation = checks.require_approval(office, ruling, found.person, approval, found.applied_day, today)
        writing.update(Leave, row, state=state.value, **checks.approval_values(approval, delegation))
        return slip(office, row, ruling.adjoining_words)


def refuse_leave(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> Slip:
    """Record that a slip was not agreed to, with what was said."""
    return _decline(office, "refuse_leave", row, reason, by, form_key)


def send_back_leave(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> Slip:
    """Record that a slip was sent back to be completed; it can still be granted."""
    return _decline(office, "send_back_leave", row, reason, by, form_key)


def paper_leave(
    office: Office,
    row: int,
    approval: Approval,
    papered_day: date,
    paper_page: str = "",
    late_reason: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Slip:
    """Record the paper of phoned leave with its approval (补办手续).

    Refused for a day to come or before the call; after the deadline `late_reason` says who accepted it and why,
    for then a person decided that it is not unexcused (第5条).
    """
    with office.write("paper_leave", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return slip(office, writing.repeated_entry)
        found, state = _require_move(office, writing, "paper_leave", row)
        today = checks.written_today(writing)
        if papered_day > today:
            raise Refused(f"{papered_day.month}月{papered_day.day}日还没有到,请核对补办日期。", field="papered_day")
        if papered_day < found.applied_day:
            raise Refused("补办日期早于来电日期,请核对。", field="papered_day")
        due, late = due_day(office, found), checked(late_reason, "papered_late")
        if papered_day > due and not late:
            raise Refused(
                f"补办期限是{due.month}月{due.day}日,已经过了,半天已转待核。认可补办的,请写谁认可、为什么晚。",
                field="papered_late",
            )
        ruling = ruling_on(office, found.person, found.stretch, without=row)
        delegation = checks.require_approval(office, ruling, found.person, approval, found.applied_day, today)
        writing.update(
            Leave,
            row,
            state=state.value,
            papered_day=papered_day.isoformat(),
            papered_late=late if papered_day > due else None,
            paper_page=checked(paper_page, "paper_page") or found.paper_page,
            **checks.approval_values(approval, delegation),
        )
        return slip(office, row, ruling.adjoining_words)


def slip(office: Office, row: int, warning: str = "") -> Slip:
    """Return a slip in words: 王伟 事假 10月12日上午 半天."""
    found = by_id(office, row)
    assert found is not None
    ruling = ruling_on(office, found.person, found.stretch, without=row)
    words = f"{found.stretch}{found.kind.label}{days_words(ruling.halves)} {found.state.label}"
    is_away = found.state in (*UNPAPERED, LeaveState.GRANTED)
    duty = duty_meanwhile(office, (found.person,), found.start.day, found.end.day) if is_away else ""
    told = ";".join(word for word in (warning, duty) if word)
    return Slip(row, found.number, name_of(office, found.person, found.start.day), words, told)


def _require_request(office: Office, writing: Change, verb: str, request: LeaveRequest) -> date:
    today = checks.written_today(writing)
    posts.require(office, verb, writing.operator, today)
    checks.known_person(office, request.person, max(today, request.stretch.start.day))
    checks.require_days(office, request.person, request.stretch, today)
    checks.require_open_days(office, request.stretch.start.day, request.stretch.end.day)
    checks.require_free(office, request.person, request.stretch)
    if request.cover is not None:
        checks.known_person(office, request.cover, today, "cover")
        if request.cover == request.person:
            raise Refused("工作交接人不能是请假的人自己。", field="cover")
    return today


def _values(office: Office, writing: Change, request: LeaveRequest) -> dict[str, Value]:
    return checks.request_values(request, checks.asked_moment(office, request, local(writing.now)))


def _require_move(office: Office, writing: Change, verb: str, row: int) -> tuple[LeaveRecord, LeaveState]:
    posts.require(office, verb, writing.operator, checks.written_today(writing))
    found = checks.require_slip(office, row)
    state = state_after(found.state, verb)
    checks.require_open_days(office, found.start.day, found.end.day)
    return found, state


def _decline(office: Office, verb: str, row: int, reason: str, by: int | None, form_key: str | None) -> Slip:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated_entry is not None:
            return slip(office, writing.repeated_entry)
        _, state = _require_move(office, writing, verb, row)
        why = checked(reason, "reason")
        if not why:
            raise Refused("请写原因。", field="reason")
        writing.update(Leave, row, state=state.value, remark=why)
        return slip(office, row)
