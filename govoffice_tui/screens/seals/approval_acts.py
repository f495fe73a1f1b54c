"""The acts on an approval: asked for ahead, decided, drawn down, amended, followed by paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from govoffice_tui.registers.seals import approvals as approving
from govoffice_tui.registers.seals import keeping_pages, lines, pages, requests, using
from govoffice_tui.registers.seals.signatories import read_signatory
from govoffice_tui.registers.seals.views import ApprovalRow
from govoffice_tui.rules.seal_states import APPROVAL_MOVES
from govoffice_tui.screens.acting import Act, act
from govoffice_tui.screens.seals.answers import (
    CHECKS,
    Answers,
    Kept,
    batch_text,
    consent_fields,
    read_batch,
    read_checks,
    read_consent,
    read_request,
    read_title,
    seal_field,
    title_fields,
)
from govoffice_tui.screens.seals.filling import FillingScreen, filled
from govoffice_tui.widgets.form_rows import Field

_NOT_APPLIED = ("approved", "impressions", "impressions_reason", "organs")


class ApprovalActs(FillingScreen):
    """What is done about an approval."""

    def apply_ahead(self, line: ApprovalRow | None = None) -> None:
        """Enter an application ahead, or again what came back."""
        cards = keeping_pages.seals(self.desk.office, with_retired=False)
        if not cards:
            self.note("还没有印章。请先按 F8 到保管人页,登记印章和保管人。")
            return
        first = None if line is None or not line.items else line.items[0]
        fields = [
            seal_field(cards, "" if line is None else str(line.seal)),
            Field(
                "unit",
                "用印单位",
                required=True,
                value="" if line is None else line.unit,
                history=pages.texts_used(self.desk.office, "unit"),
                width=40,
            ),
            Field("unit_head", "单位负责人", value="" if line is None else line.unit_head, width=24),
            Field("agent", "承办人", value="" if line is None else line.agent, width=24),
            *filled(
                [one for one in title_fields(Kept()) if one.name not in _NOT_APPLIED],
                {}
                if first is None
                else {
                    "title": first.title,
                    "document_number": first.document_number,
                    "kind": first.kind.value,
                    "copies": str(first.copies),
                    "per_copy": str(first.per_copy),
                    "paper_book": first.paper_book,
                    "paper_page": first.paper_page,
                },
            ),
            Field(
                "batch",
                "同批其他",
                "multiline",
                value="" if line is None else batch_text(line.items[1:]),
                placeholder="一行一件:标题;文号;份数",
            ),
            Field("attachments", "附件", placeholder="可不写"),
            Field("remark", "备注", placeholder="可不写"),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            request, title = read_request(values, int(values["seal"])), read_title(values, self.desk.office)
            titles = [title, *read_batch(values["batch"], title)]
            if line is None:
                return act(approving.apply_for_stamp, request, titles)
            return act(approving.reapply_stamp, line.id, request, titles)

        self.fill("用印申请", fields, verb, decided, draft="seal.apply", about="" if line is None else f"{line.id}")

    def next_of_approval(self, line: ApprovalRow) -> list[Act]:
        """Return what an approval's state allows next."""
        if line.struck_reason is not None:
            return []
        legal = {verb for state, verb in APPROVAL_MOVES if state is line.state}
        offered = [
            ("approve_stamp", "同意", partial(self._approve, line)),
            ("decline_stamp", "不同意", partial(self._answer, line, approving.decline_stamp, "不同意")),
            ("return_stamp", "退回", partial(self._answer, line, approving.return_stamp, "退回")),
            ("reapply_stamp", "重新申请", partial(self.apply_ahead, line)),
            ("use_approval", "用印", partial(self._draw_down, line)),
            ("paper_approval", "补办书面审批", partial(self.paper, line.id, line.number)),
        ]
        return [
            Act(title, run)
            for verb, title, run in offered
            if verb in legal
            and (verb != "paper_approval" or line.awaits_paper)
            and (verb != "use_approval" or line.left > 0)
        ]

    def _approve(self, line: ApprovalRow) -> None:
        fields = consent_fields(Kept(), self.approvers(), self.deputy_name(), self.today)

        def verb(values: Answers) -> Callable[..., Any]:
            return act(approving.approve_stamp, line.id, read_consent(values, self.desk.office, self.today))

        self.fill(f"同意 {line.number} {line.unit}", fields, verb, decided, hint=line.titles)

    def _answer(self, line: ApprovalRow, verb: Callable[..., Any], word: str) -> None:
        fields = [
            Field("words", f"{word}原因", required=True),
            Field("who", "谁定的", history=tuple(self.approvers()), placeholder="可不写", width=40),
        ]

        def deed(values: Answers) -> Callable[..., Any]:
            who = read_signatory(self.desk.office, values["who"], self.today, "who") if values["who"] else None
            return act(verb, line.id, who, values["words"])

        self.fill(f"{word} {line.number} {line.unit}", fields, deed, decided, hint=line.titles)

    def _draw_down(self, line: ApprovalRow) -> None:
        page, _ = keeping_pages.sign_page(self.desk.office, self.today.year)
        fields = [
            *(
                Field(
                    f"copies{item.id}",
                    f"{item.place} {item.shown_title}",
                    "number",
                    value=str(item.left) if item.left else "",
                    placeholder=f"还可盖{item.left}份",
                    width=24,
                )
                for item in line.items
            ),
            Field("checks", "核对", "checks", choices=CHECKS),
            Field("agent", "承办人", value=line.agent, width=24),
            Field("page", "签字页第几页", "number", value=str(page), placeholder="空着就是待签字", width=24),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            copies = {item.id: int(values[f"copies{item.id}"] or 0) for item in line.items}
            signing = using.Signing(values["agent"], int(values["page"]) if values["page"] else None)
            return act(using.use_approval, line.id, copies, read_checks(values["checks"]), signing)

        self.fill(f"用印 {line.number} {line.unit}", fields, verb, registered, word="用印")

    def paper(self, approval: int, number: str) -> None:
        """Enter that paper followed a telephone approval."""
        fields = [
            Field("day", "补办日期", "date", True, value=self.today.isoformat()),
            Field("paper_page", "审批单存放", required=True, placeholder="哪一册第几页"),
        ]
        self.fill(
            f"补办书面审批 {number}",
            fields,
            lambda values: act(
                approving.paper_approval, approval, date.fromisoformat(values["day"]), values["paper_page"]
            ),
            lambda done: f"已补办 {done.number}",
        )

    def amend(self, item: int, copies: int) -> None:
        """Enter that another number of copies was let."""
        fields = [
            Field("copies", "改为几份", "number", True, width=12),
            Field("who", "谁批准的", required=True, history=tuple(self.approvers()), width=40),
            Field("approved_day", "批准日期", "date", True, value=self.today.isoformat()),
            Field("paper_page", "存放", placeholder="册、页,可不写", width=24),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            day = date.fromisoformat(values["approved_day"])
            who = read_signatory(self.desk.office, values["who"], day, "who")
            return act(approving.amend_approval, item, int(values["copies"]), who, day, values["paper_page"])

        self.fill(f"改批准份数(现批准{copies}份)", fields, verb, lambda done: f"已改批准份数 {done.number}")

    def void_approval(self, line: ApprovalRow) -> None:
        """Strike an approval."""
        self.fill(
            f"作废 {line.number} {line.unit}",
            [Field("why", "作废原因", required=True)],
            lambda values: act(approving.void_approval, line.id, values["why"]),
            lambda number: f"已作废 {number}",
            word="作废",
        )


def decided(done: requests.Decided) -> str:
    """Return what now stands in the book of an approval."""
    return f"已登记 {done.words}"


def registered(done: lines.Used) -> str:
    """Return what now stands in the register."""
    return f"已登记 {done.words}"
