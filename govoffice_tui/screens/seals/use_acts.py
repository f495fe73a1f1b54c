"""The acts on a line of the register: signed for, looked at, put right, filled in after an outage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any

from govoffice_tui.registers.seals import corrections, keeping_pages, outages, pages, refusals, using
from govoffice_tui.registers.seals.views import UseRow
from govoffice_tui.rules.seal_states import MOVES
from govoffice_tui.rules.seals import Checks
from govoffice_tui.screens.acting import Act, act
from govoffice_tui.screens.seals.answers import (
    CHECKS,
    Answers,
    Kept,
    consent_fields,
    read_checks,
    read_consent,
    read_request,
    read_title,
    seal_field,
    title_fields,
)
from govoffice_tui.screens.seals.approval_acts import ApprovalActs, registered
from govoffice_tui.screens.seals.filling import filled
from govoffice_tui.widgets.form_rows import Field

NO_YES = (("0", "否"), ("1", "是"))


class UseActs(ApprovalActs):
    """What is done about a line."""

    def clear_imprint(self, line: UseRow) -> None:
        """Note at one key that the imprint is straight and clear and nothing was spoiled."""
        self.perform(using.check_imprint, line.id, done=lambda done: f"已验印 {done.numbers[0]} 端正、清晰")

    def record_outage(self) -> None:
        """Enter what was stamped on paper while the program was down."""
        cards = keeping_pages.seals(self.desk.office)
        if not cards:
            self.note("还没有印章。")
            return
        office = self.desk.office
        fields = [
            Field("stamped_day", "哪天盖的", "date", True, value=self.today.isoformat()),
            Field("stamped_at", "几点盖的", "time", True, width=24),
            Field("outage_reason", "停机原因", required=True, placeholder="如 停电、机器故障"),
            Field("outage_page", "纸上第几页", required=True, placeholder="应急用印页的页号", width=24),
            Field("keeper", "谁盖的", "person", True, people=self.desk.people, value=str(self.desk.operator_id or "")),
            seal_field(cards, ""),
            *filled(
                consent_fields(Kept(), self.approvers(), self.deputy_name(), self.today),
                {"approved_day": ""},
            ),
            Field("unit", "用印单位", required=True, history=pages.texts_used(office, "unit"), width=40),
            *[one for one in title_fields(Kept()) if one.name not in ("approved", "organs")],
            Field("checks", "当时核对", "checks", choices=CHECKS),
            Field("agent", "承办人", history=pages.texts_used(office, "agent"), width=24),
            Field("is_signed", "纸上已签字", "choice", True, choices=NO_YES, value="0"),
            Field("remark", "备注", placeholder="可不写"),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            at = datetime.combine(date.fromisoformat(values["stamped_day"]), time.fromisoformat(values["stamped_at"]))
            outage = outages.Outage(
                at, values["outage_reason"], values["outage_page"], int(values["keeper"]), values["is_signed"] == "1"
            )
            return act(
                outages.record_outage_uses,
                read_request(values, int(values["seal"])),
                read_consent(values, office, self.today),
                [read_title(values, office)],
                read_checks(values["checks"]),
                outage,
            )

        hint = "停机时纸上已经盖了的照实补登:缺的标红,不拒绝,以后按 F5 补。"
        self.fill("停机补登", fields, verb, registered, hint=hint, draft="seal.outage")

    def refuse_blank(self) -> None:
        """Enter that blank paper was brought to be stamped."""
        fields = [
            Field("unit", "哪个单位", required=True, history=pages.texts_used(self.desk.office, "unit"), width=40),
            Field("what", "送来什么", required=True, placeholder="如 空白介绍信2份"),
        ]
        self.fill(
            "拒绝用印登记",
            fields,
            lambda values: act(refusals.refuse_stamp, values["unit"], values["what"]),
            lambda words: f"已记入拒绝用印清单 {words}",
        )

    def next_of_use(self, line: UseRow) -> list[Act]:
        """Return what a line's state allows next."""
        if line.is_struck:
            return []
        legal = {verb for state, verb in MOVES if state is line.state}
        acts = []
        if "sign_use" in legal and line.signed_at is None:
            acts.append(Act("承办人已签字", partial(self._sign, line)))
        if "check_imprint" in legal:
            acts.append(Act("印迹端正、清晰", partial(self.clear_imprint, line)))
            acts.append(Act("印迹不清或有作废份数", partial(self._spoiled, line)))
        if line.is_outage and line.gaps:
            acts.append(Act("补缺项(批准、分管签字、核对)", partial(self._fill_outage, line)))
        if line.awaits_paper and line.approval is not None:
            acts.append(Act("补办书面审批", partial(self.paper, line.approval, line.approval_number)))
        return acts

    def correct_use(self, line: UseRow) -> None:
        """Put a line right."""
        organs = "、".join("本单位" if one.is_ours else one.name for one in line.organs)
        usual = line.impressions == line.copies * line.per_copy
        fields = [
            Field("why", "更正原因", required=True, placeholder="如 单位写错"),
            Field("unit", "用印单位", required=True, value=line.unit, width=40),
            *filled(
                [one for one in title_fields(Kept()) if one.name != "approved"],
                {
                    "title": line.title,
                    "paper_book": line.paper_book,
                    "paper_page": line.paper_page,
                    "document_number": line.document_number,
                    "kind": line.kind.value,
                    "copies": str(line.copies),
                    "per_copy": str(line.per_copy),
                    "impressions": "" if usual else str(line.impressions),
                    "impressions_reason": line.impressions_reason,
                    "organs": organs,
                },
            ),
            Field("agent", "承办人", value=line.agent, width=24),
            Field("remark", "备注", value=line.remark),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            title = read_title(values, self.desk.office)
            said = corrections.Corrected(values["unit"], title, values["agent"], values["remark"])
            return act(corrections.correct_use, line.id, said, values["why"])

        self.fill(
            f"更正 {line.number} {line.unit}",
            fields,
            verb,
            lambda done: f"已更正 {done.words},待复核",
            hint="原来的一笔划去,仍看得到;另一个人在两个工作日内复核。",
            word="更正",
            draft="seal.correct",
            about=f"{line.id}",
        )

    def void_use(self, line: UseRow) -> None:
        """Strike a line."""
        self.fill(
            f"作废 {line.number} {line.unit}",
            [Field("why", "作废原因", required=True, placeholder="如 登记后没有盖")],
            lambda values: act(corrections.void_use, line.id, values["why"]),
            lambda number: f"已作废 {number},待复核",
            hint="号不再用,划去的一笔仍看得到;另一个人在两个工作日内复核。",
            word="作废",
        )

    def _sign(self, line: UseRow) -> None:
        page, _ = keeping_pages.sign_page(self.desk.office, self.today.year)
        fields = [
            Field("agent", "承办人", required=True, value=line.agent, width=24),
            Field("page", "签字页第几页", "number", True, value=str(page), width=12),
        ]
        if line.checks.left:
            fields.append(Field("checks", "核对", "checks", choices=CHECKS))

        def verb(values: Answers) -> Callable[..., Any]:
            signing = using.Signing(values["agent"], int(values["page"]))
            checks = read_checks(values["checks"]) if values.get("checks") else None
            return act(using.sign_use, line.id, signing, checks)

        self.fill(f"承办人签字 {line.number} {line.unit}", fields, verb, registered)

    def _spoiled(self, line: UseRow) -> None:
        fields = [
            Field("is_clear", "印迹清晰", "choice", True, choices=(("1", "端正、清晰"), ("0", "不清晰")), value="1"),
            Field("spoiled", "作废份数", "number", True, value="0", width=12),
            Field("words", "怎么处理", placeholder="如 当面销毁、留存;重盖情况", article="印章管理制度第4条"),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            return act(using.check_imprint, line.id, values["is_clear"] == "1", int(values["spoiled"]), values["words"])

        self.fill(f"验印 {line.number} {line.unit}", fields, verb, lambda done: f"已验印 {done.numbers[0]}")

    def _fill_outage(self, line: UseRow) -> None:
        fields = [
            *consent_fields(Kept(), self.approvers(), self.deputy_name(), self.today),
            Field("checks", "核对", "checks", choices=CHECKS),
            Field("agent", "承办人", value=line.agent, width=24),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            consent = read_consent(values, self.desk.office, self.today)
            checks = read_checks(values["checks"])
            made = None if checks == Checks() else checks
            given = consent if consent.approver is not None else None
            return act(outages.fill_outage, line.id, given, made, values["agent"])

        missing = f"缺:{'、'.join(line.gaps)}"
        self.fill(f"补缺项 {line.number} {line.unit}", fields, verb, registered, hint=missing)
