"""停机补登: what was stamped on paper while the program was down is recorded as done, with its gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.models import SealApproval, SealUse
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.reviews import workday_after
from govoffice_tui.registers.seals.checks import require_moment, require_open, require_usable, required, seal_of
from govoffice_tui.registers.seals.lines import Used, check_values, insert_use, rekey, repeated_uses, standing_use, used
from govoffice_tui.registers.seals.requests import (
    Consent,
    Request,
    Title,
    checked_titles,
    consent_values,
    insert_approval,
    require_state,
)
from govoffice_tui.registers.seals.signatories import settled
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import MOVES, ApprovalState, require_move
from govoffice_tui.rules.seals import AUTHORITY, KEEPING, Checks, Signatory


@dataclass(frozen=True)
class Outage:
    """When it was stamped on paper, by whose hand, why the program was not used, and the page of the paper.

    `is_signed` is whether the agent signed on that page.
    """

    stamped_at: datetime
    reason: str
    page: str
    keeper: int
    is_signed: bool = False


def record_outage_uses(
    office: Office,
    request: Request,
    consent: Consent,
    titles: Sequence[Title],
    checks: Checks,
    outage: Outage,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Used:
    """Record what was stamped on paper during an outage, one number a title, marked 补登.

    What is missing of approval, deputy's signature, checks and the agent's is not refused but stands red until it is
    filled in. Refused without the reason, the page, a time gone by, and
    who stamped; and, on record, for blank paper.
    """
    with office.write("record_outage_uses", by, form_key) as writing:
        if writing.repeated is not None:
            return repeated_uses(office, writing)
        posts.require(office, "record_outage_uses", by, day_of(writing.now))
        require_moment(outage.stamped_at, local(writing.now), "用印时间", "stamped_at")
        day = outage.stamped_at.date()
        why = required(outage.reason, "outage_reason", "请写为什么没有用本机登记,如 停电、机器故障。")
        page = required(outage.page, "outage_page", "请写纸上登记在第几页。")
        card = require_usable(office, request.seal, day)
        if not staff.memberships_on(office, outage.keeper, day):
            raise Refused("盖章的人那天不在册,请核对。", KEEPING, field="keeper")
        ready = checked_titles(titles)
        approval: int | None = None
        items: list[int | None] = [None] * len(ready)
        if consent.approver is not None:
            values = _consent(office, consent, day)
            approval, rows_of = insert_approval(
                office, writing, request, ready, ApprovalState.APPROVED, values, event_day=day
            )
            items = [*rows_of]
        signature: dict[str, Value] = {
            "agent": checked(request.agent, "agent"),
            "page_id": None,
            "page_line": None,
            "signed_at": epoch(outage.stamped_at) if outage.is_signed else None,
        }
        return used(
            office,
            [
                insert_use(
                    office,
                    writing,
                    card,
                    approval,
                    item,
                    request.unit,
                    one,
                    checks,
                    signature,
                    event_day=day,
                    keeper_id=outage.keeper,
                    stamped_at=epoch(outage.stamped_at),
                    late_reason=f"停机补登:{why}",
                    outage_reason=why,
                    outage_page=page,
                )
                for item, one in zip(items, ready, strict=True)
            ],
        )


def fill_outage(
    office: Office,
    use: int,
    consent: Consent | None = None,
    checks: Checks | None = None,
    agent: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Used:
    """Fill in what a line stamped during an outage lacks: approval, the deputy's signature, checks, the agent.

    Now the matrix holds: refused for an approval nobody entitled gave, and for a line that was not an outage's.
    """
    with office.write("fill_outage", by, form_key) as writing:
        if writing.repeated is not None:
            return used(office, [use])
        posts.require(office, "fill_outage", by, day_of(writing.now))
        row = standing_use(office, use)
        require_move(MOVES, row.state, "fill_outage", AUTHORITY)
        require_open(office, row.event_day)
        found = office.fetch(
            "SELECT outage_reason, unit, title, document_number, copies, per_copy, is_classified, paper_book,"
            " paper_page, agent FROM seal_uses WHERE id = ?",
            use,
        )[0]
        if not found[0]:
            raise Refused("这一笔不是停机补登的,没有缺项可补。", AUTHORITY)
        values: dict[str, Value] = {}
        if consent is not None and consent.approver is not None:
            kind = seal_of(office, row.seal).kind
            columns = consent_values(office, writing, consent, kind, [row.kind])
            if row.approval is None:
                title = Title(
                    found[2],
                    row.kind,
                    found[4],
                    found[5],
                    found[3],
                    is_classified=bool(found[6]),
                    paper_book=found[7],
                    paper_page=found[8],
                )
                request = Request(row.seal, found[1], found[9])
                approval, items = insert_approval(
                    office, writing, request, [title], ApprovalState.APPROVED, columns, event_day=row.event_day
                )
                values |= {"approval_id": approval, "item_id": items[0]}
            else:
                require_state(office, row.approval, "use_approval")
                writing.update(SealApproval, row.approval, **columns)
        if checks is not None:
            if checks.left:
                raise Refused(f"还缺核对:{'、'.join(checks.left)}。", AUTHORITY, field="checks")
            values |= check_values(checks)
        name = checked(agent, "agent")
        if name and not found[9]:
            values["agent"] = name
        if not values and consent is None:
            raise Refused("没有写补什么。", AUTHORITY)
        if values:
            writing.update(SealUse, use, **values)
        rekey(office, writing, use)
        return used(office, [use])


def _consent(office: Office, consent: Consent, day: date) -> dict[str, Value]:
    """Return the columns of a consent as it stands on the paper: one the matrix does not accept shows as a gap."""
    assert consent.approver is not None
    approver = settled(office, consent.approver, consent.approved_day or day)
    deputy: Signatory | None = None
    if consent.deputy is not None:
        deputy = settled(office, consent.deputy, consent.deputy_day or day, "deputy")
    elif approver.is_in_charge:
        deputy = approver
    values: dict[str, Value] = {
        "approver_id": approver.person,
        "approver_name": approver.name,
        "approver_post": approver.post.value,
        "approved_day": (consent.approved_day or day).isoformat(),
    }
    if consent.is_by_phone:
        called = consent.phone_at
        values |= {
            "mode": "phone",
            "phone_at": None if called is None else epoch(called),
            "phone_number": checked(consent.phone_number, "phone_number"),
            "follow_up_day": workday_after(office, day if called is None else called.date(), 1).isoformat(),
        }
    if deputy is not None:
        values |= {
            "deputy_id": deputy.person,
            "deputy_name": deputy.name,
            "deputy_day": (consent.deputy_day or day).isoformat(),
        }
    return values
