"""用印审批: applications and what was decided, copies let anew, telephone approvals followed by paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from govoffice_tui.clock import chinese_short_day, day_of
from govoffice_tui.models import SealAmendment, SealApproval, SealItem
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import (
    require_day,
    require_usable,
    required,
    seal_of,
)
from govoffice_tui.registers.seals.requests import (
    Consent,
    Decided,
    Request,
    Title,
    checked_titles,
    consent_values,
    copies_used,
    decided,
    insert_approval,
    insert_items,
    request_values,
    require_count,
    require_some,
    require_state,
)
from govoffice_tui.registers.seals.signatories import settled
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import ApprovalState
from govoffice_tui.rules.seals import AUTHORITY, DocumentKind, Signatory, require_authority


def apply_for_stamp(
    office: Office, request: Request, titles: Sequence[Title], *, by: int | None, form_key: str | None = None
) -> Decided:
    """Enter an application ahead of its approval; refused for blank paper, for nothing to stamp, and texts missing."""
    with office.write("apply_for_stamp", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return decided(office, writing.repeated_entry)
        posts.require(office, "apply_for_stamp", by, day_of(writing.now))
        require_usable(office, request.seal, day_of(writing.now))
        return decided(office, insert_approval(office, writing, request, titles, ApprovalState.APPLIED, {})[0])


def approve_stamp(
    office: Office, approval: int, consent: Consent, *, by: int | None, form_key: str | None = None
) -> Decided:
    """Enter that an application was let, by whom and how; refused to who may not let it (印章管理制度第3条)."""
    with office.write("approve_stamp", by, form_key) as writing:
        if writing.repeated is not None:
            return decided(office, approval)
        posts.require(office, "approve_stamp", by, day_of(writing.now))
        seal, state = require_state(office, approval, "approve_stamp")
        kinds = [DocumentKind(kind) for (kind,) in _item_kinds(office, approval)]
        values = consent_values(office, writing, consent, seal_of(office, seal).kind, kinds)
        writing.update(SealApproval, approval, state=state.value, **values)
        return decided(office, approval)


def decline_stamp(
    office: Office, approval: int, who: Signatory | None, words: str, *, by: int | None, form_key: str | None = None
) -> Decided:
    """Enter that an application was not let (不同意), with the reason; it is over."""
    return _answer(office, "decline_stamp", approval, who, words, by, form_key)


def return_stamp(
    office: Office, approval: int, who: Signatory | None, words: str, *, by: int | None, form_key: str | None = None
) -> Decided:
    """Enter that an application went back (退回), with what has to be put right before it is asked for again."""
    return _answer(office, "return_stamp", approval, who, words, by, form_key)


def reapply_stamp(
    office: Office,
    approval: int,
    request: Request,
    titles: Sequence[Title],
    *,
    by: int | None,
    form_key: str | None = None,
) -> Decided:
    """Enter what came back put right: the application stands under its number in the next revision."""
    with office.write("reapply_stamp", by, form_key) as writing:
        if writing.repeated is not None:
            return decided(office, _newest(office, approval))
        posts.require(office, "reapply_stamp", by, day_of(writing.now))
        require_usable(office, request.seal, day_of(writing.now))
        _, state = require_state(office, approval, "reapply_stamp")
        ready = checked_titles(titles)
        require_some(ready)
        for (item,) in office.fetch("SELECT id FROM seal_items WHERE approval_id = ? AND struck_at IS NULL", approval):
            writing.strike(SealItem, item, "退回后重报")
        row = writing.correct(
            SealApproval,
            approval,
            "退回后重报",
            state=state.value,
            seal_id=request.seal,
            approver_id=None,
            approver_name="",
            approver_post="",
            **request_values(request),
        )
        insert_items(writing, row, ready)
        return decided(office, row)


def amend_approval(
    office: Office,
    item: int,
    copies: int,
    who: Signatory,
    day: date,
    paper_page: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Decided:
    """Enter that the approver let another number of copies of a title; the change stands beside the approval.

    Refused to who may not approve that seal, for fewer copies than are stamped, and where nothing changes.
    """
    with office.write("amend_approval", by, form_key) as writing:
        rows = office.fetch("SELECT approval_id, copies FROM seal_items WHERE id = ? AND struck_at IS NULL", item)
        if not rows:
            raise Refused("没有这件批准的文件。")
        approval, before = rows[0]
        if writing.repeated is not None:
            return decided(office, approval)
        today = day_of(writing.now)
        posts.require(office, "amend_approval", by, today)
        seal, _ = require_state(office, approval, "amend_approval")
        require_count(copies, "copies", "份数")
        if copies == before:
            raise Refused(f"批准的就是{before}份,没有改动。", field="copies")
        used = copies_used(office, item)
        if copies < used:
            raise Refused(f"已盖{used}份,不能改成{copies}份。", AUTHORITY, field="copies")
        require_day(day, today, "批准日期", "approved_day")
        signer = settled(office, who, day)
        require_authority(seal_of(office, seal).kind, DocumentKind.OTHER, signer, None)
        writing.insert(
            SealAmendment,
            item_id=item,
            event_day=day.isoformat(),
            copies_before=before,
            copies_after=copies,
            approver_id=signer.person,
            approver_name=signer.name,
            approver_post=signer.post.value,
            paper_page=checked(paper_page, "paper_page"),
            entered_at=writing.now,
            entered_by=by,
        )
        writing.update(SealItem, item, copies=copies)
        return decided(office, approval)


def paper_approval(
    office: Office, approval: int, day: date, paper_page: str, *, by: int | None, form_key: str | None = None
) -> Decided:
    """Enter that a telephone approval was followed by paper on a day, and where it is filed."""
    with office.write("paper_approval", by, form_key) as writing:
        if writing.repeated is not None:
            return decided(office, approval)
        today = day_of(writing.now)
        posts.require(office, "paper_approval", by, today)
        require_state(office, approval, "paper_approval")
        mode, papered, phoned = office.fetch(
            "SELECT mode, papered_day, phone_at FROM seal_approvals WHERE id = ?", approval
        )[0]
        if mode != "phone":
            raise Refused("不是电话批准的,不用补办。", AUTHORITY)
        if papered is not None:
            raise Refused(f"{chinese_short_day(date.fromisoformat(papered))}已补办手续。", AUTHORITY)
        require_day(day, today, "补办日期", "day")
        if phoned is not None and day < day_of(phoned):
            raise Refused("补办早于电话批准,请核对日期。", AUTHORITY, field="day")
        page = required(paper_page, "paper_page", "请写审批单存在哪一册第几页。")
        writing.update(SealApproval, approval, papered_day=day.isoformat(), paper_page=page)
        return decided(office, approval)


def void_approval(office: Office, approval: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike an approval nothing was stamped on, its number is spent; return the number."""
    with office.write("void_approval", by, form_key) as writing:
        if writing.repeated is not None:
            return decided(office, approval).number
        posts.require(office, "void_approval", by, day_of(writing.now))
        require_state(office, approval, "void_approval")
        why = required(reason, "why", "请写为什么作废。")
        if office.fetch("SELECT 1 FROM seal_uses WHERE approval_id = ? AND struck_at IS NULL LIMIT 1", approval):
            raise Refused("已按这份审批用印,不能作废;用印登错了请更正或作废那一笔。", AUTHORITY)
        for (item,) in office.fetch("SELECT id FROM seal_items WHERE approval_id = ? AND struck_at IS NULL", approval):
            writing.strike(SealItem, item, why)
        writing.strike(SealApproval, approval, why)
        return decided(office, approval).number


def _answer(
    office: Office,
    verb: str,
    approval: int,
    who: Signatory | None,
    words: str,
    by: int | None,
    form_key: str | None,
) -> Decided:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated is not None:
            return decided(office, approval)
        today = day_of(writing.now)
        posts.require(office, verb, by, today)
        _, state = require_state(office, approval, verb)
        why = required(words, "words", f"请写{state.label}的原因。")
        signer = None if who is None else settled(office, who, today)
        writing.update(
            SealApproval,
            approval,
            state=state.value,
            decision_words=why,
            approved_day=today.isoformat(),
            **(
                {}
                if signer is None
                else {
                    "approver_id": signer.person,
                    "approver_name": signer.name,
                    "approver_post": signer.post.value,
                }
            ),
        )
        return decided(office, approval)


def _item_kinds(office: Office, approval: int) -> list[tuple[str]]:
    return [
        (kind,)
        for (kind,) in office.fetch(
            "SELECT kind FROM seal_items WHERE approval_id = ? AND struck_at IS NULL ORDER BY place", approval
        )
    ]


def _newest(office: Office, approval: int) -> int:
    """Return the row that stands under the number of a row."""
    rows = office.fetch(
        "SELECT n.id FROM seal_approvals n JOIN seal_approvals o"
        " ON n.series = o.series AND n.year = o.year AND n.number = o.number WHERE o.id = ? ORDER BY n.revision DESC",
        approval,
    )
    return int(rows[0][0]) if rows else approval
