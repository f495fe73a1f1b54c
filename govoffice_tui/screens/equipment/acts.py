"""The acts on a machine, a fault report and a loan: what its state allows, each by its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any

from govoffice_tui.registers import posts
from govoffice_tui.registers.equipment import breaches, cards, loans, pages, repairs
from govoffice_tui.registers.equipment.views import LoanLine, Machine, RepairLine, UpkeepLine
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.equipment import (
    EQUIPMENT_MOVES,
    LOAN_MOVES,
    REPAIR_MOVES,
    Breach,
    Condition,
    Handling,
    read_cost,
)
from govoffice_tui.screens.acting import ActingScreen, Verb, act
from govoffice_tui.screens.equipment import forms
from govoffice_tui.screens.equipment.forms import Answers
from govoffice_tui.widgets.form_rows import Field

Deed = tuple[str, str, Callable[[], object]]
"""A verb, its word, and how it is begun."""


class EquipmentActs(ActingScreen):
    """The acts of 设备; the page that inherits them says on what, and shows it."""

    def machine_deeds(self, one: Machine) -> list[Deed]:
        """Return what can be done next with a machine."""
        deeds: list[Deed] = [
            ("report_fault", "报修", partial(self.report_fault, one)),
            ("apply_loan", "借用", partial(self.lend, one)),
            ("record_upkeep", "登记保养", partial(self.service, one)),
            ("move_equipment", "调配(换股室、责任人)", partial(self._move, one)),
            ("plan_upkeep", "保养计划", partial(self._plan, one)),
            ("rest_equipment", "停用", partial(self._change, one, "停用", cards.rest_equipment)),
            ("resume_equipment", "启用", partial(self._change, one, "启用", cards.resume_equipment)),
            ("scrap_equipment", "报废", partial(self._scrap, one)),
        ]
        legal = [deed for deed in deeds if (one.state, deed[0]) in EQUIPMENT_MOVES]
        return [*legal, ("note_breach", "登记违规", partial(self._note_breach, one))]

    def repair_deeds(self, line: RepairLine) -> list[Deed]:
        """Return what can be done next with a fault report."""
        deeds: list[Deed] = [
            ("accept_repair", "受理", partial(self._accept, line)),
            ("begin_repair", "维修(现场、上门、更换)", partial(self._begin, line)),
            ("send_repair", "送修", partial(self._send, line)),
            ("finish_repair", "修复", partial(self._finish, line, "修复", repairs.finish_repair)),
            ("advise_scrap", "报废建议", partial(self._finish, line, "报废建议", repairs.advise_scrap)),
            ("check_repair", "验收", partial(self._check, line)),
            ("redo_repair", "退回重修", partial(self._redo, line)),
        ]
        return [deed for deed in deeds if (line.state, deed[0]) in REPAIR_MOVES]

    def loan_deeds(self, line: LoanLine) -> list[Deed]:
        """Return what can be done next with a loan."""
        deeds: list[Deed] = [
            ("approve_loan", "批准", partial(self._approve, line)),
            ("refuse_loan", "不同意", partial(self._refuse, line)),
            ("hand_out", "借出", partial(self._hand_out, line)),
            ("take_back_loan", "归还", partial(self._give_back, line)),
            ("extend_loan", "延期", partial(self._extend, line)),
            ("settle_loan", "处理损坏、丢失", partial(self._settle, line)),
        ]
        return [deed for deed in deeds if (line.state, deed[0]) in LOAN_MOVES]

    def machine_corrections(self, one: Machine) -> list[Deed]:
        """Return what is to be put right of a machine."""
        deeds: list[Deed] = [
            ("correct_equipment", "更正设备卡", partial(self._correct_card, one)),
            ("void_equipment", "作废设备卡", partial(self._void, one.number, cards.void_equipment, one.root)),
        ]
        legal = [deed for deed in deeds if (one.state, deed[0]) in EQUIPMENT_MOVES]
        found = pages.breaches(self.desk.office, "b.equipment_id = ? AND b.struck_at IS NULL", one.root)
        return legal + [
            (
                "void_breach",
                f"划去违规 {breach.number} {breach.person}",
                partial(self._void, breach.number, breaches.void_breach, breach.id),
            )
            for breach in found
        ]

    def repair_corrections(self, line: RepairLine) -> list[Deed]:
        """Return what is to be put right of a fault report."""
        deeds: list[Deed] = [
            ("correct_repair", "更正", partial(self._correct_repair, line)),
            ("void_repair", "作废", partial(self._void, line.number, repairs.void_repair, line.id)),
        ]
        return [deed for deed in deeds if (line.state, deed[0]) in REPAIR_MOVES]

    def loan_corrections(self, line: LoanLine) -> list[Deed]:
        """Return what is to be put right of a loan."""
        deeds: list[Deed] = [
            ("correct_loan", "更正", partial(self._correct_loan, line)),
            ("void_loan", "作废", partial(self._void, line.number, loans.void_loan, line.id)),
        ]
        return [deed for deed in deeds if (line.state, deed[0]) in LOAN_MOVES]

    def upkeep_corrections(self, line: UpkeepLine) -> list[Deed]:
        """Return what is to be put right of a service."""
        return [("void_upkeep", "作废", partial(self._void, line.number, cards.void_upkeep, line.id))]

    def enter_card(self) -> None:
        """Open the form of a new card."""
        office = self.desk.office
        fields = [
            *forms.card_fields(office)[:1],
            *forms.place_fields(office, cards.sections(office), self.desk.people, None),
            *forms.card_fields(office)[1:-1],
            Field("months", "几个月保养一次", "number", value="0", width=10),
            *forms.card_fields(office)[-1:],
        ]

        def verb(values: Answers) -> Verb:
            plan = forms.read_card(values, int(values["months"] or 0))
            return act(cards.enter_equipment, plan, forms.read_place(values))

        self.fill("设备卡登记", fields, verb, lambda card: f"已登记 {card.words}", draft="equipment.enter")

    def report_fault(self, one: Machine) -> None:
        """Open the form of a fault report."""
        fields = forms.fault_fields(self.desk.office, self.desk.people, one, self.desk.operator_id)

        def verb(values: Answers) -> Verb:
            day = forms.day_of(values["day"])
            return act(repairs.report_fault, one.root, values["fault"], int(values["reporter"]), day)

        title = f"报修 {one.number} {one.title}"
        self.fill(title, fields, verb, _registered, draft="equipment.fault", about=str(one.root))

    def lend(self, one: Machine) -> None:
        """Open the form of a loan."""
        fields = forms.loan_fields(self.desk.office, self.desk.people, one)

        def verb(values: Answers) -> Verb:
            approver = forms.person_of(values["approver"])
            approval = loans.Approval(approver) if approver is not None else None
            return act(
                loans.apply_loan,
                one.root,
                forms.read_loan(values),
                approval,
                is_handed_out=values["now"] == "1",
                is_cleared=values.get("is_cleared") == "1",
            )

        hint = "没有批准不能借出;还没有批的,批准人不写、马上借出选“否”。"
        title = f"借用 {one.number} {one.title}"
        self.fill(title, fields, verb, _registered, hint=hint, draft="equipment.loan", about=str(one.root))

    def service(self, one: Machine) -> None:
        """Open the form of a service."""
        fields = forms.upkeep_fields(self.desk.office, self.today)

        def verb(values: Answers) -> Verb:
            day, cost = forms.day_of(values["day"]), read_cost(values["cost"], "cost")
            return act(cards.record_upkeep, one.root, values["work"], values["done_by"], day, cost)

        title = f"保养 {one.number} {one.title}"
        self.fill(title, fields, verb, lambda number: f"已登记 {number} {one.title} 保养", draft="equipment.upkeep")

    def _move(self, one: Machine) -> None:
        office = self.desk.office
        fields = [
            *forms.place_fields(office, cards.sections(office), self.desk.people, one),
            Field("day", "哪天起", "date", True, value=self.today.isoformat()),
            Field("remark", "说明", placeholder="可不写"),
        ]

        def verb(values: Answers) -> Verb:
            place, day = forms.read_place(values), forms.day_of(values["day"])
            return act(cards.move_equipment, one.root, place, day, values["remark"])

        self.fill(f"调配 {one.number} {one.title}", fields, verb, lambda card: f"已调配 {card.words}")

    def _plan(self, one: Machine) -> None:
        fields = [Field("months", "几个月保养一次", "number", True, value=str(one.upkeep_months), width=10)]
        self.fill(
            f"保养计划 {one.number} {one.title}",
            fields,
            lambda values: act(cards.plan_upkeep, one.root, int(values["months"])),
            lambda card: f"已改保养计划 {card.words}",
            hint="0 是不定期保养。",
        )

    def _change(self, one: Machine, word: str, deed: Verb) -> None:
        fields = [forms.WHY, Field("day", "哪天", "date", True, value=self.today.isoformat())]
        self.fill(
            f"{word} {one.number} {one.title}",
            fields,
            lambda values: act(deed, one.root, values["why"], forms.day_of(values["day"])),
            lambda card: f"已{word} {card.words}",
            word=word,
        )

    def _scrap(self, one: Machine) -> None:
        fields = [
            Field("approver", "批准人", "person", True, people=self.desk.people),
            forms.WHY,
            Field("day", "哪天", "date", True, value=self.today.isoformat()),
        ]

        def verb(values: Answers) -> Verb:
            approver, day = forms.person_of(values["approver"]), forms.day_of(values["day"])
            return act(cards.scrap_equipment, one.root, approver, values["why"], day)

        title = f"报废 {one.number} {one.title}"
        self.fill(title, fields, verb, lambda card: f"已报废 {card.words}", word="报废", hint="报废以后不能恢复。")

    def _note_breach(self, one: Machine) -> None:
        def verb(values: Answers) -> Verb:
            day = forms.day_of(values["day"])
            kind, person = Breach(values["kind"]), int(values["person"])
            return act(breaches.note_breach, one.root, kind, person, values["words"], values["treatment"], day)

        title = f"登记违规 {one.number} {one.title}"
        self.fill(title, forms.breach_fields(self.desk.people, self.today), verb, _registered)

    def _accept(self, line: RepairLine) -> None:
        def verb(values: Answers) -> Verb:
            head, day = forms.person_of(values["head"]), forms.day_of(values["day"])
            return act(repairs.accept_repair, line.id, head, values["opinion"], day)

        fields = forms.accept_fields(self.desk.office, self.desk.people, self._section_head(), self.today)
        self.fill(f"受理 {line.number} {line.machine}", fields, verb, _registered)

    def _begin(self, line: RepairLine) -> None:
        def verb(values: Answers) -> Verb:
            day, handling = forms.day_of(values["day"]), Handling(values["handling"])
            return act(repairs.begin_repair, line.id, handling, values["repairer"], values["escort"], day)

        fields = forms.begin_fields(self.desk.office, line, self.today)
        self.fill(f"维修 {line.number} {line.machine}", fields, verb, _registered)

    def _send(self, line: RepairLine) -> None:
        def verb(values: Answers) -> Verb:
            day = forms.day_of(values["day"])
            return act(repairs.send_repair, line.id, values["repairer"], forms.read_ticks(values), day)

        hint = "涉密设备:每一项都办到、有人保管、有人陪同,才能送出去。" if line.is_classified else ""
        fields = forms.send_fields(self.desk.office, line, self.today)
        self.fill(f"送修 {line.number} {line.machine}", fields, verb, _registered, word="送修", hint=hint)

    def _finish(self, line: RepairLine, word: str, deed: Verb) -> None:
        fields = forms.outcome_fields(self.desk.office, self.today, is_given_up=word != "修复")

        def verb(values: Answers) -> Verb:
            return act(deed, line.id, forms.read_outcome(values))

        self.fill(f"{word} {line.number} {line.machine}", fields, verb, _registered)

    def _check(self, line: RepairLine) -> None:
        def verb(values: Answers) -> Verb:
            person, day = forms.person_of(values["confirmed_by"]), forms.day_of(values["day"])
            back = values.get("is_storage_back") == "1"
            return act(repairs.check_repair, line.id, person, day, is_storage_back=back)

        fields = forms.check_fields(line, self.desk.people, self.today)
        self.fill(f"验收 {line.number} {line.machine}", fields, verb, _registered, word="验收")

    def _redo(self, line: RepairLine) -> None:
        self.fill(
            f"退回重修 {line.number} {line.machine}",
            [Field("why", "还有什么毛病", required=True)],
            lambda values: act(repairs.redo_repair, line.id, values["why"]),
            _registered,
        )

    def _approve(self, line: LoanLine) -> None:
        self.fill(
            f"批准 {line.number} {line.machine}",
            self._approval_fields(),
            lambda values: act(loans.approve_loan, line.id, _approval(values)),
            _registered,
        )

    def _refuse(self, line: LoanLine) -> None:
        self.fill(
            f"不同意 {line.number} {line.machine}",
            [*self._approval_fields(), forms.WHY],
            lambda values: act(loans.refuse_loan, line.id, _approval(values), values["why"]),
            _registered,
        )

    def _hand_out(self, line: LoanLine) -> None:
        if not line.holds_data:
            self.perform(loans.hand_out, line.id, done=_registered)
            return
        cleared = Field("is_cleared", "内容已清除", "choice", True, value="0", choices=forms.NO_YES)
        self.fill(
            f"借出 {line.number} {line.machine}",
            [cleared],
            lambda values: act(loans.hand_out, line.id, is_cleared=values["is_cleared"] == "1"),
            _registered,
            word="借出",
        )

    def _give_back(self, line: LoanLine) -> None:
        def verb(values: Answers) -> Verb:
            at = _moment(values["day"], values["at"], self.desk.office.now())
            cleared = values.get("is_cleared") == "1"
            condition = Condition(values["condition"])
            given = loans.GivenBack(condition, at, values["missing"], values["damage"], cleared)
            return act(loans.give_back, line.id, given)

        self.fill(
            f"归还 {line.number} {line.machine} {line.who}",
            forms.return_fields(line, self.today),
            verb,
            _registered,
            word="归还",
            hint=f"附件:{line.accessories}" if line.accessories else "",
        )

    def _extend(self, line: LoanLine) -> None:
        fields = [
            Field("due", "延到", "date", True),
            Field("approver", "批准人", "person", True, value=str(self._section_head() or ""), people=self.desk.people),
            forms.WHY,
        ]

        def verb(values: Answers) -> Verb:
            due = date.fromisoformat(values["due"])
            return act(loans.extend_loan, line.id, due, forms.person_of(values["approver"]), values["why"])

        self.fill(f"延期 {line.number} {line.machine}", fields, verb, _registered)

    def _settle(self, line: LoanLine) -> None:
        fields = [
            Field("liable", "谁负责", required=True, value=line.who, width=40),
            Field("treatment", "怎样处理", required=True, placeholder="修复、赔偿、补齐"),
        ]
        self.fill(
            f"处理 {line.number} {line.machine} {line.outcome}",
            fields,
            lambda values: act(loans.settle_loan, line.id, values["liable"], values["treatment"]),
            _registered,
        )

    def _correct_card(self, one: Machine) -> None:
        fields = [Field("why", "更正原因", required=True), *forms.card_fields(self.desk.office, one)]

        def verb(values: Answers) -> Verb:
            return act(cards.correct_equipment, one.root, forms.read_card(values), values["why"])

        self.fill(f"更正 {one.number}", fields, verb, lambda card: f"已更正 {card.words}", word="更正")

    def _correct_repair(self, line: RepairLine) -> None:
        def verb(values: Answers) -> Verb:
            changes: dict[str, Any] = {name: value for name, value in values.items() if name not in ("why", "cost")}
            if "cost" in values:
                changes["cost_fen"] = read_cost(values["cost"], "cost")
            return act(repairs.correct_repair, line.id, changes, values["why"])

        fields = forms.repair_correction_fields(line)
        self.fill(f"更正 {line.number}", fields, verb, lambda done: f"已更正 {done.words}", word="更正")

    def _correct_loan(self, line: LoanLine) -> None:
        fields = forms.loan_correction_fields(line, self.desk.people)

        def verb(values: Answers) -> Verb:
            return act(loans.correct_loan, line.id, forms.read_loan(values), values["why"])

        self.fill(f"更正 {line.number}", fields, verb, lambda done: f"已更正 {done.words}", word="更正")

    def _void(self, number: str, deed: Verb, row: int) -> None:
        self.fill(
            f"作废 {number}",
            [Field("why", "作废原因", required=True)],
            lambda values: act(deed, row, values["why"]),
            lambda _: f"已作废 {number}",
            word="作废",
        )

    def _approval_fields(self) -> list[Field]:
        return [
            Field("approver", "批准人", "person", True, value=str(self._section_head() or ""), people=self.desk.people),
            Field("day", "签字日期", "date", True, value=self.today.isoformat()),
        ]

    def _section_head(self) -> int | None:
        """Return the section head whose word the counter usually goes by, None where several or none are named."""
        heads = [one.staff for one in posts.holdings_on(self.desk.office, self.today) if one.post is Post.SECTION_HEAD]
        return heads[0] if len(heads) == 1 else None


def _registered(done: Any) -> str:
    return f"已登记 {done.words}"


def _approval(values: Answers) -> loans.Approval:
    return loans.Approval(forms.person_of(values["approver"]), forms.day_of(values["day"]))


def _moment(day: str, at: str, now: datetime) -> datetime | None:
    """Return when something came back; without a time it is now, or the end of the worked day before."""
    on = date.fromisoformat(day)
    if at:
        return datetime.combine(on, datetime.strptime(at, "%H:%M").time())
    return None if on == now.date() else datetime.combine(on, time(17, 30))
