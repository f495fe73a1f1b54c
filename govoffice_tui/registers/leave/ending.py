"""How leave ends: cleared in time, early or late, extended, withdrawn; and what was wrong, corrected or void."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from govoffice_tui.clock import local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Leave
from govoffice_tui.registers import closing, posts, settings
from govoffice_tui.registers.leave import checks
from govoffice_tui.registers.leave.applying import Slip, slip
from govoffice_tui.registers.leave.charts import LEAVE_REGISTER, LONGEST, chart_for, ensure_years
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.leave.excuses import back_at
from govoffice_tui.registers.leave.records import SERIES, LeaveRecord, by_id, in_states, revisions, touching
from govoffice_tui.registers.leave.standing import right_of, ruling_on
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import LEAVE, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import LeaveMode, LeaveState, Moment, Stretch, days_words, first_worked, state_after
from govoffice_tui.rules.leave_approval import require_level, require_mode
from govoffice_tui.rules.refusal import Refused

_RUNNING = (LeaveState.GRANTED, LeaveState.PHONED)


@dataclass(frozen=True)
class Ended:
    """How leave was cleared: `early` and `over` are worked half-days it was shorter or longer than granted."""

    slip: Slip
    early: int
    over: int

    @property
    def words(self) -> str:
        """Return what the clerk is told beside 已销假."""
        if self.early:
            return f"提前销假,少休{days_words(self.early)}"
        return f"超假{days_words(self.over)},这些半天待核" if self.over else ""


def end_leave(office: Office, row: int, returned: Moment, *, by: int | None, form_key: str | None = None) -> Ended:
    """Clear leave with the first half-day back at work (销假).

    Back early, the rest is no longer leave; back late, the half-days between are 待核. Refused for a return to come,
    and for one not after the leave began.
    """
    with office.write("end_leave", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _ended(office, writing.repeated_entry)
        posts.require(office, "end_leave", by, checks.written_today(writing))
        found = checks.require_slip(office, row)
        state = state_after(found.state, "end_leave")
        now = local(writing.now)
        if returned > Moment(now.date(), Half.AFTERNOON if now.hour >= 12 else Half.MORNING):
            raise Refused(f"{returned}还没有到,到岗后再销假。", field="returned")
        if returned <= found.start:
            raise Refused(f"返岗({returned})要在请假开始({found.start})以后;没有休的请按撤销。", field="returned")
        is_early = returned <= found.end
        first = returned.day if is_early else found.end.day
        checks.require_open_days(office, first, found.end.day, changes_attendance=is_early)
        writing.update(Leave, row, state=state.value, cleared_at=writing.now, **_return(returned))
        return _ended(office, row)


def end_signed_leave(office: Office, *, by: int | None, form_key: str | None = None) -> tuple[Slip, ...]:
    """Clear all leave whose people signed in the first session after it: the signature is the return."""
    with office.write("end_signed_leave", by, form_key) as writing:
        if writing.repeated is not None:
            return ()
        today = checks.written_today(writing)
        posts.require(office, "end_signed_leave", by, today)
        done = []
        for one in in_states(office, _RUNNING, today):
            returned = signed_return(office, one)
            if returned is None or closing.sealed(office, LEAVE_REGISTER, f"{one.end.day:%Y-%m}") is not None:
                continue
            if returned != first_worked(one.end.following, chart_for(office, one.start.day, one.end.day)):
                continue
            state = state_after(one.state, "end_leave")
            writing.update(Leave, one.id, state=state.value, cleared_at=writing.now, **_return(returned))
            done.append(one.id)
        return tuple(slip(office, row) for row in done)


def signed_return(office: Office, one: LeaveRecord) -> Moment | None:
    """Return the first half-day after some leave in which its person signed or came late, None where there is none."""
    after = one.end.following
    rows = office.fetch(
        "SELECT event_day, half FROM sign_ins WHERE staff_id = ? AND struck_at IS NULL AND event_day >= ?"
        " UNION SELECT event_day, half FROM arrivals WHERE staff_id = ? AND struck_at IS NULL AND kind = 'late'"
        " AND event_day >= ? ORDER BY 1, 2 LIMIT 2",
        one.person,
        after.day.isoformat(),
        one.person,
        after.day.isoformat(),
    )
    found = (Moment(date.fromisoformat(day), Half(half)) for day, half in rows)
    return next((moment for moment in found if moment >= after), None)


def extend_leave(
    office: Office,
    row: int,
    end: Moment,
    mode: LeaveMode,
    asked_day: date,
    approval: Approval,
    paper_page: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Slip:
    """Enter the extension of running leave as a slip of its own; both lengths together make the tier (续假).

    Refused for an end not after the first, for leave that is over before the extension was asked for, and for what
    `apply_leave` refuses.
    """
    ensure_years(office, end.day, end.day)
    with office.write("extend_leave", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return slip(office, writing.repeated_entry)
        today = checks.written_today(writing)
        posts.require(office, "extend_leave", by, today)
        found = checks.require_slip(office, row)
        extended = state_after(found.state, "extend_leave")
        if end <= found.end:
            raise Refused(f"续假要到{found.end}以后;提前回来的请按销假。", field="last")
        if (end.day - found.end.day).days > LONGEST:
            raise Refused("续到的日子太远,请核对年份。", field="last")
        start = first_worked(found.end.following, chart_for(office, found.end.day, end.day))
        request = LeaveRequest(
            found.person,
            Stretch(found.kind, start, end),
            mode,
            asked_day,
            reason=found.reason,
            destination=found.destination,
            phone=found.phone,
            has_proof=found.has_proof,
            paper_page=paper_page,
        )
        if mode is LeaveMode.PHONE:
            raise Refused("电话续假请按F2作电话请假登记,会和原来的假条连着算。", field="mode")
        checks.require_days(office, found.person, request.stretch, today)
        checks.require_open_days(office, start.day, end.day)
        checks.require_free(office, found.person, request.stretch)
        values = checks.request_values(request, checks.asked_moment(office, request, local(writing.now)))
        ruling, delegation = checks.rule_and_require(office, request, approval, today)
        values |= checks.approval_values(approval, delegation)
        values["extends"] = row
        done = enter(office, writing, Leave, SERIES, start.day, LeaveState.GRANTED.value, **values)
        writing.update(Leave, row, state=extended.value)
        return slip(office, done, ruling.adjoining_words)


def withdraw_leave(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> Slip:
    """Take a slip back before its leave began (撤销); refused without a reason and once it has begun."""
    with office.write("withdraw_leave", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return slip(office, writing.repeated_entry)
        today = checks.written_today(writing)
        posts.require(office, "withdraw_leave", by, today)
        found = checks.require_slip(office, row)
        state = state_after(found.state, "withdraw_leave")
        why = checked(reason, "reason")
        if not why:
            raise Refused("撤销要写原因。", field="reason")
        if found.state in _RUNNING and not _may_be_untaken(office, found, today):
            raise Refused(f"{found.number}{found.start}已经开始休,不能撤销;提前回来的请按销假。", LEAVE)
        checks.require_open_days(office, found.start.day, found.end.day)
        writing.update(Leave, row, state=state.value, remark=why)
        _reopen_extended(office, writing, found)
        return slip(office, row)


def correct_leave(
    office: Office,
    row: int,
    request: LeaveRequest,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Slip:
    """Put right what a slip says: the old line is struck, the new one has its number and the next revision.

    State and approval stay; refused without a reason, for another person, and where the approver is below what the
    new length needs: such a slip is void and made anew.
    """
    ensure_years(office, request.stretch.start.day, request.stretch.end.day)
    with office.write("correct_leave", by, form_key) as writing:
        if writing.repeated is not None:
            return slip(office, revisions(office, row)[-1])
        today = checks.written_today(writing)
        posts.require(office, "correct_leave", by, today)
        found = checks.require_slip(office, row)
        if found.state in (LeaveState.REFUSED, LeaveState.WITHDRAWN):
            raise Refused(f"这张假条{found.state.label},不能更正;要休假请重新登记。")
        why = checked(reason, "why")
        if not why:
            raise Refused("更正要写原因。", field="why")
        if request.person != found.person:
            raise Refused("不能改成别人的假条,登记错人的请作废后重新登记。", field="person")
        if (request.mode is LeaveMode.PHONE) is not (found.mode is LeaveMode.PHONE):
            raise Refused("电话请假和其他方式不能互改,请作废后重新登记。", field="mode")
        if found.returned is not None and found.returned <= request.stretch.start:
            raise Refused(f"已登记{found.returned}返岗,起日不能在这以后。", field="first")
        checks.require_days(office, found.person, request.stretch, today)
        for stretch in (found.stretch, request.stretch):
            checks.require_open_days(office, stretch.start.day, stretch.end.day)
        checks.require_free(office, found.person, request.stretch, [row])
        request = replace(request, taken_by=request.taken_by if request.taken_by is not None else found.taken_by)
        values = checks.request_values(request, checks.asked_moment(office, request, found.entered_at))
        ruling = ruling_on(office, found.person, request.stretch, without=row)
        require_mode(ruling, request.mode)
        if found.approved_day is not None and found.approver is not None:
            right = right_of(office, found.approver, found.approved_day)
            name = checks.known_person(office, found.approver, max(found.approved_day, today)).name
            require_level(ruling, right.level(ruling.total), name)
        start = request.stretch.start.day.isoformat()
        values["paper_page"] = values["paper_page"] or found.paper_page
        done = writing.correct(Leave, row, why, event_day=start, **values)
        return slip(office, done, ruling.adjoining_words)


def void_leave(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> Slip:
    """Strike a slip without a successor (作废): its number is spent. Refused without a reason, and while extended."""
    with office.write("void_leave", by, form_key) as writing:
        if writing.repeated is not None:
            return slip(office, row)
        posts.require(office, "void_leave", by, checks.written_today(writing))
        found = checks.require_slip(office, row)
        why = checked(reason, "reason")
        if not why:
            raise Refused("作废要写原因。", field="reason")
        checks.require_open_days(office, found.start.day, found.end.day)
        if found.state is LeaveState.EXTENDED:
            raise Refused(f"{found.number}后面还有续假,请先作废续假。")
        writing.strike(Leave, row, why)
        _reopen_extended(office, writing, found)
        return slip(office, row)


def absent_over(office: Office, one: LeaveRecord) -> list[Moment]:
    """Return the worked half-days between the end of leave and a late return."""
    if one.returned is None or one.returned <= one.end:
        return []
    chart = chart_for(office, one.start.day, one.returned.day)
    between = Stretch(one.kind, one.end.following, one.returned.before)
    held = (
        touching(office, between.start.day, between.end.day, person=one.person) if between.start <= between.end else []
    )
    return [
        moment
        for moment in between.moments()
        if chart.is_work(moment.day, moment.half) and not any(x.taken.start <= moment <= x.taken.end for x in held)
    ]


def _reopen_extended(office: Office, writing: Change, found: LeaveRecord) -> None:
    """Let the slip before an extension that fell away end by itself again."""
    if found.extends is None:
        return
    before = by_id(office, revisions(office, found.extends)[-1])
    if before is not None and before.struck_at is None and before.state is LeaveState.EXTENDED:
        writing.update(Leave, before.id, state=LeaveState.GRANTED.value)


def _may_be_untaken(office: Office, found: LeaveRecord, today: date) -> bool:
    """Return whether leave has not begun, or its person signed in its first session."""
    first = first_worked(found.start, chart_for(office, found.start.day, found.end.day))
    signed = office.fetch(
        "SELECT 1 FROM sign_ins WHERE staff_id = ? AND event_day = ? AND half = ? AND struck_at IS NULL",
        found.person,
        first.day.isoformat(),
        int(first.half),
    )
    now = local(office.clock.now())
    hours = session_hours(first.day, first.half, settings.on(office, first.day))
    return first.day > today or bool(signed) or now <= hours.cutoff


def _return(returned: Moment) -> dict[str, int | str]:
    return {"returned_day": returned.day.isoformat(), "returned_half": int(returned.half)}


def _ended(office: Office, row: int) -> Ended:
    found = checks.require_slip(office, row)
    over = len(absent_over(office, found))
    chart = chart_for(office, found.start.day, found.end.day)
    early = 0
    if found.returned is not None and found.returned <= found.end:
        rest = Stretch(found.kind, found.returned, found.end)
        early = sum(chart.is_work(moment.day, moment.half) for moment in rest.moments())
    return Ended(slip(office, row), early, over)


def expected_return(office: Office, one: LeaveRecord) -> Moment:
    """Return the half-day a person on leave is expected back, or came back."""
    return back_at(one, chart_for(office, one.start.day, one.end.day))
