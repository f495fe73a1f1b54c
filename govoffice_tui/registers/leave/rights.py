"""委托代批 and 年休假应休: who may approve for another, and how much annual leave is due to whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.models import Delegation, LeaveEntitlement
from govoffice_tui.registers import posts, settings, staff
from govoffice_tui.registers.leave import checks
from govoffice_tui.registers.leave.charts import FARTHEST, chart_for
from govoffice_tui.registers.leave.records import touching
from govoffice_tui.registers.leave.standing import right_of
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import LEAVE
from govoffice_tui.rules.leave import LeaveKind
from govoffice_tui.rules.leave_approval import Level
from govoffice_tui.rules.refusal import Refused

MOST_DAYS = 60
"""Days of annual leave a year nobody has; more is a slip of the key."""


@dataclass(frozen=True)
class Annual:
    """Annual leave of one person in one year, in half-days; `due` is None where nobody entered it."""

    due: int | None
    used: int

    @property
    def left(self) -> int | None:
        """Return what is left, negative where more was taken than is due."""
        return None if self.due is None else self.due - self.used


def record_delegation(
    office: Office,
    giver: int,
    taker: int,
    first: date,
    last: date,
    scope: str = "",
    limit: int | None = None,
    paper_page: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> int:
    """Record that somebody who approves leave lets another do it, up to `limit` half-days where one is given.

    Refused for a giver without the post, for reversed days or days gone by for a year, for somebody not on the
    roster, for oneself, and without the page of the paper it stands on.
    """
    with office.write("record_delegation", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return writing.repeated_entry
        today = day_of(writing.now)
        posts.require(office, "record_delegation", by, today)
        if last < first:
            raise Refused("止日早于起日,请核对。", field="last")
        if abs((first - today).days) > FARTHEST or (last - first).days > FARTHEST:
            raise Refused(f"{chinese_day(first)}到{chinese_day(last)}离今天太远,请核对年份。", field="first")
        who, other = (checks.known_person(office, one, first, at) for one, at in ((giver, "giver"), (taker, "taker")))
        if giver == taker:
            raise Refused("不能委托自己。", field="taker")
        if not staff.memberships_on(office, taker, first):
            raise Refused(f"{other.name}{chinese_day(first)}不在册。", field="taker")
        if right_of(office, giver, first).own is Level.NONE:
            raise Refused(f"{who.name}不是分管副主任或主任,没有可以委托的批假权。", LEAVE, field="giver")
        if limit is not None and not 0 < limit <= 2 * FARTHEST:
            raise Refused("最多批几天写1到366。", field="days")
        page = checked(paper_page, "paper_page")
        if not page:
            raise Refused("请写委托书或批示在哪一册第几页。", field="paper_page")
        return writing.insert(
            Delegation,
            giver_id=giver,
            taker_id=taker,
            scope=checked(scope, "scope"),
            limit_halves=limit,
            from_day=first.isoformat(),
            to_day=last.isoformat(),
            paper_page=page,
            entered_at=writing.now,
            entered_by=by,
        )


def end_delegation(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> None:
    """Let a delegation end yesterday, or strike one that has not begun; refused without a reason."""
    with office.write("end_delegation", by, form_key) as writing:
        if writing.repeated is not None:
            return
        today = day_of(writing.now)
        posts.require(office, "end_delegation", by, today)
        why = checked(reason, "reason")
        if not why:
            raise Refused("收回委托要写原因。", field="reason")
        found = office.fetch("SELECT from_day, to_day FROM delegations WHERE id = ? AND struck_at IS NULL", row)
        if not found or date.fromisoformat(found[0][1]) < today:
            raise Refused("这项委托已经结束。")
        if date.fromisoformat(found[0][0]) >= today:
            writing.strike(Delegation, row, why)
        else:
            yesterday = date.fromordinal(today.toordinal() - 1)
            writing.update(Delegation, row, to_day=yesterday.isoformat(), remark=why)


def set_entitlement(
    office: Office, person: int, year: int, halves: int, *, by: int | None, form_key: str | None = None
) -> int:
    """Enter the half-days of annual leave due to a person in a year; a second entry corrects the first."""
    with office.write("set_entitlement", by, form_key) as writing:
        if writing.repeated is not None:
            return _entitlement(office, person, year) or 0
        today = day_of(writing.now)
        posts.require(office, "set_entitlement", by, today)
        if abs(year - today.year) > 1:
            raise Refused(f"{year}年离今年太远,请核对年份。", field="year")
        checks.known_person(office, person, date(year, 12, 31) if year >= today.year else today)
        if not 0 <= halves <= 2 * MOST_DAYS:
            raise Refused(f"年休假应休天数在0到{MOST_DAYS}之间。", field="days")
        before = _entitlement(office, person, year)
        if before is not None:
            return writing.correct(LeaveEntitlement, before, "更正", halves=halves)
        return writing.insert(
            LeaveEntitlement, staff_id=person, year=year, halves=halves, entered_at=writing.now, entered_by=by
        )


def annual_of(office: Office, year: int, until: date) -> dict[int, Annual]:
    """Return everybody's annual leave of a year as due and as taken or granted up to a day."""
    first, last = date(year, 1, 1), min(until, date(year, 12, 31))
    used: dict[int, int] = defaultdict(int)
    for one in touching(office, first, last):
        if one.kind is LeaveKind.ANNUAL:
            chart = chart_for(office, one.start.day, one.end.day)
            counted = one.taken.counted(chart, settings.on(office, one.start.day))
            used[one.person] += sum(first <= moment.day <= last for moment in counted)
    due = {
        person: halves
        for person, halves in office.fetch(
            "SELECT staff_id, halves FROM leave_entitlements WHERE year = ? AND struck_at IS NULL", year
        )
    }
    return {person: Annual(due.get(person), used[person]) for person in {*due, *used}}


def _entitlement(office: Office, person: int, year: int) -> int | None:
    rows = office.fetch(
        "SELECT id FROM leave_entitlements WHERE staff_id = ? AND year = ? AND struck_at IS NULL", person, year
    )
    return int(rows[0][0]) if rows else None
