"""Loans of machines (借用): asked for, approved, handed out, put off, taken back, and damage made good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import EquipmentLoan, LoanExtension
from govoffice_tui.registers import closing
from govoffice_tui.registers.equipment.checks import (
    LOANS,
    REGISTER,
    WORDS,
    LoanRow,
    begin,
    card,
    move_card,
    require_approver,
    require_day,
    require_loan,
    require_person,
    required,
    said,
)
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.equipment import (
    LENDING,
    SECRECY,
    Condition,
    LoanState,
    accessories_of,
    equipment_move,
    loan_move,
    require_clearing,
    require_due,
    unknown_accessories,
)
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class LoanPlan:
    """What a loan is for: who takes it (one of ours, or a unit), why, until when, with which accessories."""

    borrower: int | None
    unit: str
    purpose: str
    due: date
    accessories: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Approval:
    """Who approved a loan, and the day they signed; None is today."""

    approver: int | None
    day: date | None = None


@dataclass(frozen=True)
class Lent:
    """What now stands in the book of a loan."""

    id: int
    number: str
    state: LoanState
    name: str
    due: date

    @property
    def words(self) -> str:
        """Return 借〔2026〕3号 投影仪 借出 应还10月14日."""
        due = f" 应还{chinese_short_day(self.due)}" if self.state in _STANDING else ""
        return f"{self.number} {self.name} {self.state.label}{due}"


_STANDING = (LoanState.APPLIED, LoanState.APPROVED, LoanState.OUT)


@dataclass(frozen=True)
class GivenBack:
    """How a machine came back: when (None is now), its condition, what is missing or broken, whether it is cleared."""

    condition: Condition
    at: datetime | None = None
    missing: str = ""
    damage: str = ""
    is_cleared: bool = False


def apply_loan(
    office: Office,
    equipment: int,
    plan: LoanPlan,
    approval: Approval | None = None,
    *,
    is_handed_out: bool = False,
    is_cleared: bool = False,
    by: int | None,
    form_key: str | None = None,
) -> Lent:
    """Enter a loan that is asked for; with an approval it is approved at once, and may be handed out in the same act.

    Refused for a machine that is not 在用 (repaired, lent, laid up, scrapped), for a classified one, without a
    borrower or a purpose, and handed out without an approval or with its content (办公设施管理制度第4条).
    """
    with office.write("apply_loan", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _lent(office, writing.repeated_entry)
        today = begin(office, writing, "apply_loan", by)
        machine = card(office, equipment)
        _require_lendable(office, equipment)
        closing.require_open(office, REGISTER, today, WORDS)
        if plan.borrower is not None:
            require_person(office, plan.borrower, today, "borrower")
        unit = said(plan.unit, "unit")
        if plan.borrower is None and not unit:
            raise Refused("请写借用人,外单位的写单位和姓名。", LENDING, field="borrower")
        require_due(plan.due, today)
        row = enter(
            office,
            writing,
            EquipmentLoan,
            LOANS,
            today,
            LoanState.APPLIED.value,
            equipment_id=machine.root,
            borrower_id=plan.borrower,
            unit=unit,
            purpose=required(plan.purpose, "purpose", "请写借去做什么。", LENDING),
            first_due_day=plan.due.isoformat(),
            due_day=plan.due.isoformat(),
            accessories="、".join(accessories_of(said(plan.accessories, "accessories"))),
            remark=said(plan.remark, "remark"),
        )
        if approval is not None:
            _approve(office, writing, require_loan(office, row, "approve_loan"), approval, today)
        if is_handed_out:
            _hand_out(office, writing, require_loan(office, row, "hand_out"), is_cleared)
        return _lent(office, row)


def approve_loan(office: Office, loan: int, approval: Approval, *, by: int | None, form_key: str | None = None) -> Lent:
    """Note who approved a loan and when; refused for somebody whose post does not allow it, and for the borrower."""

    def act(writing: Change, row: LoanRow, today: date) -> None:
        _approve(office, writing, row, approval, today)

    return _step(office, "approve_loan", loan, act, by, form_key)


def refuse_loan(
    office: Office, loan: int, approval: Approval, why: str, *, by: int | None, form_key: str | None = None
) -> Lent:
    """Note that a loan was not agreed to, by whom and why."""

    def act(writing: Change, row: LoanRow, today: date) -> None:
        day = require_day(office, approval.day or today, today, "approved_day", earliest=row.asked_day)
        who = require_approver(office, approval.approver, day, not_for=row.borrower)
        words = required(why, "why", "请写为什么不同意。", LENDING)
        _progress(
            writing, row, "refuse_loan", approver_id=who, approved_day=day.isoformat(), treatment=f"不同意:{words}"
        )

    return _step(office, "refuse_loan", loan, act, by, form_key)


def hand_out(
    office: Office, loan: int, *, is_cleared: bool = False, by: int | None, form_key: str | None = None
) -> Lent:
    """Hand a machine out now; refused without an approval, while it is anywhere else, and with its content in it."""

    def act(writing: Change, row: LoanRow, today: date) -> None:
        _hand_out(office, writing, row, is_cleared)

    return _step(office, "hand_out", loan, act, by, form_key)


def extend_loan(
    office: Office,
    loan: int,
    due: date,
    approver: int | None,
    why: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Lent:
    """Put off the day a loan is due, with who approved it; refused for a day that is no later, or over a year away."""

    def act(writing: Change, row: LoanRow, today: date) -> None:
        who = require_approver(office, approver, today, not_for=row.borrower)
        words = required(why, "why", "请写为什么延期。", LENDING)
        if due <= row.due_day or due < today:
            raise Refused(f"延期要晚于{chinese_short_day(max(row.due_day, today))}。", LENDING, field="due")
        require_due(due, row.lent_day or today)
        closing.require_open(office, REGISTER, today, WORDS)
        _progress(writing, row, "extend_loan", due_day=due.isoformat())
        writing.insert(
            LoanExtension,
            loan_id=row.id,
            event_day=today.isoformat(),
            from_day=row.due_day.isoformat(),
            due_day=due.isoformat(),
            approver_id=who,
            remark=words,
            entered_at=writing.now,
            entered_by=writing.operator,
        )

    return _step(office, "extend_loan", loan, act, by, form_key)


def give_back(office: Office, loan: int, given: GivenBack, *, by: int | None, form_key: str | None = None) -> Lent:
    """Take a machine back: in good order it is in use again, otherwise laid up until the damage is dealt with.

    Refused for a time before it went out or still to come, for something missing that never went out, for damage
    without words, and for a machine that holds data and was not cleared.
    """
    verb = "take_back_loan" if given.condition is Condition.GOOD else "note_damage"

    def act(writing: Change, row: LoanRow, today: date) -> None:
        now = local(writing.now)
        at = given.at or now
        lent_at = local(office.fetch("SELECT lent_at FROM equipment_loans WHERE id = ?", row.id)[0][0])
        if at > now:
            raise Refused("归还时间还没有到,请到时再登记。", LENDING, field="at")
        if at < lent_at:
            raise Refused(
                f"归还不能早于借出({chinese_short_day(lent_at.date())}{lent_at:%-H:%M})。", LENDING, field="at"
            )
        closing.require_open(office, REGISTER, at.date(), WORDS)
        missing = accessories_of(said(given.missing, "missing"))
        strange = unknown_accessories(accessories_of(row.accessories), missing)
        if strange:
            raise Refused(f"借出时的附件里没有{'、'.join(strange)}。", LENDING, field="missing")
        damage = said(given.damage, "damage")
        if given.condition is Condition.GOOD and (missing or damage):
            raise Refused("有缺件或损坏的,完好情况不能写“完好”。", LENDING, field="condition")
        if given.condition is Condition.SHORT and not missing:
            raise Refused("请写缺哪几样附件。", LENDING, field="missing")
        if given.condition in (Condition.DAMAGED, Condition.LOST) and not damage:
            raise Refused("请写损坏或丢失的情况。", LENDING, field="damage")
        machine = card(office, row.equipment)
        if given.condition is not Condition.LOST:
            require_clearing(machine.holds_data, given.is_cleared, "归还后")
        move_card(office, writing, row.equipment, verb)
        _progress(
            writing,
            row,
            verb,
            returned_at=epoch(at),
            returned_day=at.date().isoformat(),
            condition=given.condition.value,
            missing="、".join(missing),
            damage=damage,
            is_cleared_after=int(given.is_cleared),
        )

    return _step(office, verb, loan, act, by, form_key)


def settle_loan(
    office: Office, loan: int, liable: str, treatment: str, *, by: int | None, form_key: str | None = None
) -> Lent:
    """Note who answers for what was damaged, short or lost, and what was done about it (办公设施管理制度第4条)."""

    def act(writing: Change, row: LoanRow, today: date) -> None:
        closing.require_open(office, REGISTER, today, WORDS)
        _progress(
            writing,
            row,
            "settle_loan",
            liable=required(liable, "liable", "请写谁负责;不是人为的写“无”。", LENDING),
            treatment=required(treatment, "treatment", "请写怎样处理(修复、赔偿、补齐)。", LENDING),
            settled_day=today.isoformat(),
        )

    return _step(office, "settle_loan", loan, act, by, form_key)


def correct_loan(
    office: Office, loan: int, plan: LoanPlan, reason: str, *, by: int | None, form_key: str | None = None
) -> Lent:
    """Put right who borrows, why, until when or with what; approval and handing out stand as they are.

    The day it is due is put right only before it was put off; refused without a reason.
    """
    with office.write("correct_loan", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _lent(office, _newest(office, loan))
        today = begin(office, writing, "correct_loan", by)
        row = require_loan(office, loan, "correct_loan")
        why = required(reason, "why", "请写为什么更正。")
        for day in {row.asked_day, row.lent_day or row.asked_day}:
            closing.require_open(office, REGISTER, day, WORDS)
        unit = said(plan.unit, "unit")
        if plan.borrower is None and not unit:
            raise Refused("请写借用人,外单位的写单位和姓名。", LENDING, field="borrower")
        if plan.borrower is not None:
            require_person(office, plan.borrower, today, "borrower")
            approver = office.fetch("SELECT approver_id FROM equipment_loans WHERE id = ?", loan)[0][0]
            if approver == plan.borrower:
                raise Refused("借用人不能批准自己的借用,请先作废这一笔再登记。", LENDING, field="borrower")
        extensions = [
            one for (one,) in office.fetch("SELECT id FROM loan_extensions WHERE loan_id = ? ORDER BY id", loan)
        ]
        values: dict[str, Value] = {
            "borrower_id": plan.borrower,
            "unit": unit,
            "purpose": required(plan.purpose, "purpose", "请写借去做什么。", LENDING),
            "accessories": "、".join(accessories_of(said(plan.accessories, "accessories"))),
            "remark": said(plan.remark, "remark"),
        }
        if plan.due != row.due_day:
            if extensions:
                raise Refused("已经延期过,应还日期不能更正,请再办延期。", LENDING, field="due")
            require_due(plan.due, row.lent_day or row.asked_day)
            values |= {"due_day": plan.due.isoformat(), "first_due_day": plan.due.isoformat()}
        new = writing.correct(EquipmentLoan, loan, why, **values)
        for extension in extensions:
            writing.update(LoanExtension, extension, loan_id=new)
        return _lent(office, new)


def void_loan(office: Office, loan: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a loan entered by mistake; a machine that counted as lent is in use again. Return the number."""
    with office.write("void_loan", by, form_key) as writing:
        if writing.repeated is None:
            begin(office, writing, "void_loan", by)
            row = require_loan(office, loan, "void_loan")
            for day in {row.asked_day, row.lent_day or row.asked_day}:
                closing.require_open(office, REGISTER, day, WORDS)
            why = required(reason, "why", "请写为什么作废。")
            if row.state is LoanState.OUT:
                move_card(office, writing, row.equipment, "void_loan")
            writing.strike(EquipmentLoan, loan, why)
        year, number = office.fetch("SELECT year, number FROM equipment_loans WHERE id = ?", loan)[0]
        return shown(LOANS, year, number)


def _step(
    office: Office,
    verb: str,
    loan: int,
    act: Callable[[Change, LoanRow, date], None],
    by: int | None,
    form_key: str | None,
) -> Lent:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated is None:
            today = begin(office, writing, verb, by)
            act(writing, require_loan(office, loan, verb), today)
        return _lent(office, loan)


def _progress(writing: Change, row: LoanRow, verb: str, **values: Value) -> None:
    writing.update(EquipmentLoan, row.id, state=loan_move(row.state, verb).value, **values)


def _approve(office: Office, writing: Change, row: LoanRow, approval: Approval, today: date) -> None:
    day = require_day(office, approval.day or today, today, "approved_day")
    who = require_approver(office, approval.approver, day, not_for=row.borrower)
    _progress(writing, row, "approve_loan", approver_id=who, approved_day=day.isoformat())


def _require_lendable(office: Office, equipment: int) -> None:
    machine = card(office, equipment)
    equipment_move(machine.state, "apply_loan")
    if machine.is_classified:
        raise Refused("涉密设备不外借,也不借给别的股室,需要的请到设备旁使用。", SECRECY, field="equipment")


def _hand_out(office: Office, writing: Change, row: LoanRow, is_cleared: bool) -> None:
    today = day_of(writing.now)
    closing.require_open(office, REGISTER, today, WORDS)
    machine = card(office, row.equipment)
    if machine.is_classified:
        _require_lendable(office, row.equipment)
    require_clearing(machine.holds_data, is_cleared, "借出前")
    require_due(row.due_day, today)
    _progress(
        writing,
        row,
        "hand_out",
        lent_at=writing.now,
        lent_day=today.isoformat(),
        is_cleared_before=int(is_cleared),
    )
    move_card(office, writing, row.equipment, "hand_out")


def _newest(office: Office, loan: int) -> int:
    """Return the row that followed a corrected one."""
    while rows := office.fetch("SELECT id FROM equipment_loans WHERE corrects = ?", loan):
        loan = rows[0][0]
    return loan


def _lent(office: Office, loan: int) -> Lent:
    year, number, state, equipment, due = office.fetch(
        "SELECT year, number, state, equipment_id, due_day FROM equipment_loans WHERE id = ?", loan
    )[0]
    name = card(office, equipment).name
    return Lent(loan, shown(LOANS, year, number), LoanState(state), name, date.fromisoformat(due))
