"""A month of 设备 as it stood at its end: what was reported, repaired and lent, what keeps it open, what is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, month_days
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.equipment import pages
from govoffice_tui.registers.equipment.checks import REGISTER
from govoffice_tui.registers.equipment.views import EquipmentMonth, LoanLine, MonthLoan, MonthRepair, RepairLine
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due, Hit
from govoffice_tui.rules.equipment import LoanState, RepairState
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.text import fold

SLOW_REPAIR = timedelta(days=7)
"""After how long an open repair turns red."""

_SEARCHED = timedelta(days=366)


def equipment_month(office: Office, month: str) -> EquipmentMonth:
    """Return one month (YYYY-MM), read while nobody wrote."""
    return office.steady(lambda: _month(office, month))


def month_summary(office: Office, month: str) -> str:
    """Return the month in one line."""
    found = _month(office, month)
    overdue = sum(one.is_overdue for one in found.out)
    late = f"(超期{overdue})" if overdue else ""
    given_up = f" 报废建议{found.given_up}" if found.given_up else ""
    return (
        f"报修{found.reported}件 修复{found.repaired}{given_up} 未修{found.unrepaired} 费用{yuan(found.cost_fen)}元"
        f" 在借{len(found.out)}台{late} 保养{len(found.upkeep)}次"
    )


def seal_digest(office: Office, month: str) -> str:
    """Return the digest of a month as it stands beside the seal: what happened later is another month's."""
    found = _month(office, month)
    parts = [
        *(
            f"{one.line.number} {one.state} {one.line.fault} "
            f"{f'{one.line.repairer} {one.line.result} {one.line.parts} {one.line.cost_fen}' if one.is_ended else ''}"
            for one in found.repairs
        ),
        *(
            f"{one.line.number} {one.is_out} {one.due} {one.line.who} {one.line.purpose} {one.line.accessories}"
            f" {one.line.outcome if one.is_returned else ''}"
            for one in found.loans
        ),
        *(f"{one.number} {one.work} {one.done_by} {one.cost_fen}" for one in found.upkeep),
        *(f"{one.number} {one.kind} {one.person} {one.words}" for one in found.breaches),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def pending(office: Office, month: str) -> list[Problem]:
    """Return what keeps a month from being sealed: not over, faults nobody took up, loans undecided or overdue."""
    last = month_days(month)[-1]
    now = office.now()
    found = []
    if now.date() <= last:
        found.append(Problem("设备", "本月还没有过完", now.date()))
    for one in reversed(pages.open_repairs(office)):
        if one.event_day <= last and one.state is RepairState.REPORTED:
            found.append(Problem(one.number, f"{one.machine} 还没有受理", one.event_day))
    for loan in reversed(pages.open_loans(office)):
        if loan.event_day > last:
            continue
        if loan.state in (LoanState.APPLIED, LoanState.APPROVED):
            left = "还没有批准" if loan.state is LoanState.APPLIED else "批准了还没有借出,不借了请作废"
            found.append(Problem(loan.number, f"{loan.machine} {left}", loan.event_day))
        elif loan.state is LoanState.OUT and loan.due <= min(last, now.date() - timedelta(days=1)):
            words = f"{loan.machine} {loan.who} 应{chinese_short_day(loan.due)}还,请催还、延期或登记丢失"
            found.append(Problem(loan.number, words, loan.event_day))
    return found


def due(office: Office, now: datetime) -> list[Due]:
    """Return the lines of 今日: loans that come due or are late, open repairs, damage not dealt with, services."""
    today = now.date()
    found = []
    for loan in reversed(pages.open_loans(office)):
        line = _loan_due(loan, today)
        if line is not None:
            found.append(line)
    for repair in reversed(pages.open_repairs(office)):
        is_slow = repair.state.is_open and today > repair.event_day + SLOW_REPAIR
        words = f"{repair.number} {repair.machine} {repair.state.label}"
        left = "待验收" if not repair.state.is_open else f"{(today - repair.event_day).days}天"
        found.append(Due(f"{words} {left}", is_slow, repair.event_day, REGISTER))
    near = [one for one in pages.machines(office, "e.upkeep_months > 0") if one.is_upkeep_near(today)]
    for machine in near[:_SERVICES_SHOWN]:
        assert machine.due_day is not None
        words = f"保养 {machine.title} {machine.section} 应{chinese_short_day(machine.due_day)}"
        found.append(Due(words, today > machine.due_day, today, REGISTER))
    if len(near) > _SERVICES_SHOWN:
        left_out = near[_SERVICES_SHOWN:]
        is_late = any(one.due_day is not None and today > one.due_day for one in left_out)
        found.append(Due(f"保养 另有{len(left_out)}台到期", is_late, today, REGISTER))
    return found


_SERVICES_SHOWN = 3


def search(office: Office, words: str) -> list[Hit]:
    """Return the machines, and the repairs and loans of the last year, that a text means."""
    key = fold(words)
    if not key:
        return []
    first = (office.now().date() - _SEARCHED).isoformat()
    today = office.now().date()
    found = [
        Hit(f"{one.number} {one.title} {one.place} {one.state.label}", today)
        for one in pages.machines(office)
        if key in fold(one.text())
    ]
    for repair in pages.repairs(office, "r.struck_at IS NULL AND r.event_day >= ?", first):
        text = (
            f"{repair.number} {repair.machine} {repair.section} {repair.fault} {repair.reporter} {repair.state.label}"
        )
        if key in fold(f"{text} {repair.repairer} {repair.parts}"):
            found.append(Hit(text, repair.event_day))
    for loan in pages.loans(office, "l.struck_at IS NULL AND l.event_day >= ?", first):
        text = f"{loan.number} {loan.machine} {loan.who} {loan.purpose} {loan.state.label}"
        if key in fold(text):
            found.append(Hit(text, loan.event_day))
    return found


def _loan_due(loan: LoanLine, today: date) -> Due | None:
    who = f"{loan.number} {loan.machine} {loan.who}"
    if loan.state is LoanState.DAMAGED:
        return Due(f"{who} {loan.outcome},还没有处理", False, loan.event_day, REGISTER)
    if loan.state is LoanState.APPLIED:
        return Due(f"{who} 借用待批", False, loan.event_day, REGISTER)
    if loan.state is LoanState.APPROVED:
        return Due(f"{who} 已批准,待借出", False, loan.event_day, REGISTER)
    if today >= loan.due:
        return Due(f"{who} 应{chinese_short_day(loan.due)}还", today > loan.due, loan.event_day, REGISTER)
    return None


def _month(office: Office, month: str) -> EquipmentMonth:
    days = month_days(month)
    first, last = days[0].isoformat(), days[-1].isoformat()
    like = f"{month}-%"
    repairs = pages.repairs(
        office,
        "r.struck_at IS NULL AND r.event_day <= ? AND (r.finished_day IS NULL OR r.finished_day >= ?)",
        last,
        first,
    )
    loans = pages.loans(
        office,
        "l.struck_at IS NULL AND l.lent_day <= ? AND (l.returned_day IS NULL OR l.returned_day >= ?)",
        last,
        first,
    )
    seal = closing.sealed(office, REGISTER, month)
    return EquipmentMonth(
        office_name=settings.on(office, days[-1]).office_name,
        month=month,
        repairs=tuple(_repair_then(one, days[0], days[-1]) for one in reversed(repairs)),
        loans=tuple(_loan_then(one, days[0], days[-1], office.now().date()) for one in reversed(loans)),
        upkeep=tuple(reversed(pages.upkeep(office, "u.struck_at IS NULL AND u.event_day LIKE ?", like))),
        breaches=tuple(reversed(pages.breaches(office, "b.struck_at IS NULL AND b.event_day LIKE ?", like))),
        shortfalls=tuple(pending(office, month)),
        revision=seal.revision if seal else 0,
    )


def _repair_then(line: RepairLine, first: date, last: date) -> MonthRepair:
    """Return a fault report as it stood on the last day of a month."""
    is_ended = line.finished_day is not None and line.finished_day <= last
    state = RepairState.REPORTED
    for day, reached in (
        (line.accepted_day, RepairState.ACCEPTED),
        (line.begun_day, RepairState.REPAIRING),
        (line.sent_day, RepairState.SENT),
        (line.finished_day, RepairState.SCRAP_ADVISED if line.is_given_up else RepairState.REPAIRED),
        (line.checked_day, RepairState.CHECKED),
    ):
        if day is not None and day <= last:
            state = reached
    return MonthRepair(line, state, line.event_day >= first, is_ended)


def _loan_then(line: LoanLine, first: date, last: date, today: date) -> MonthLoan:
    """Return a loan as it stood on the last day of a month, or today in the present one."""
    lent = pages.lent_on(line)
    returned = None if line.returned_at is None else line.returned_at.date()
    is_out = returned is None or returned > last
    later = [one for one in line.extensions if one.day > last]
    due_day = later[0].from_day if later else line.due
    return MonthLoan(
        line,
        due_day,
        is_out,
        is_out and due_day < min(last + timedelta(days=1), today),
        lent is not None and lent >= first,
        not is_out,
    )
