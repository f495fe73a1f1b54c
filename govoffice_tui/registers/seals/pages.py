"""The pages of the seal register: lines of a day or month, approvals, seals with their keepers, counts, refusals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from govoffice_tui.clock import local, month_days
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.keeping_pages import names_of_all
from govoffice_tui.registers.seals.views import (
    APPROVALS,
    PAGES,
    SERIES,
    AmendmentRow,
    ApprovalRow,
    ItemRow,
    OrganRow,
    UseRow,
)
from govoffice_tui.rules.seal_states import ApprovalState, UseState
from govoffice_tui.rules.seals import Checks, DocumentKind, SealKind, Signatory, SignPost

SLICE = 400


_USE = (
    "u.id, u.year, u.number, u.revision, u.state, u.event_day, u.seal_id, s.name, s.kind, u.approval_id, a.year,"
    " a.number, u.item_id, u.carry_id, u.unit, u.title, u.document_number, u.kind, u.copies, u.per_copy, u.impressions,"
    " u.impressions_reason, u.is_complete, u.is_not_blank, u.is_as_approved, u.is_dated_and_signed, a.approver_id,"
    " a.approver_name, a.approver_post, a.deputy_id, a.deputy_name, a.approved_day, a.mode, a.papered_day, u.agent,"
    " u.page_id, p.year, p.number, u.page_line, u.signed_at, u.keeper_id, u.stamped_at, u.checked_at, u.is_clear,"
    " u.spoiled_copies, u.spoiled_words, u.is_classified, u.paper_book, u.paper_page, u.outage_reason, u.outage_page,"
    " u.late_reason, u.remark, u.entered_at, u.entered_by, u.struck_at, u.struck_reason,"
    " u.struck_at IS NOT NULL AND EXISTS (SELECT 1 FROM seal_uses n WHERE n.series = u.series AND n.year = u.year"
    " AND n.number = u.number AND n.revision > u.revision)"
)


_USES = (
    "seal_uses u JOIN seals s ON s.id = u.seal_id LEFT JOIN seal_approvals a ON a.id = u.approval_id"
    " LEFT JOIN seal_pages p ON p.id = u.page_id"
)


_APPROVAL = (
    "a.id, a.year, a.number, a.revision, a.state, a.event_day, a.seal_id, s.name, s.kind, a.unit, a.unit_head, a.agent,"
    " a.approver_id, a.approver_name, a.approver_post, a.approved_day, a.mode, a.phone_at, a.phone_number,"
    " a.follow_up_day, a.papered_day, a.deputy_id, a.deputy_name, a.deputy_day, a.decision_words, a.attachments,"
    " a.paper_page, a.remark, a.entered_at, a.entered_by, a.struck_at, a.struck_reason"
)


def month(office: Office, word: str, *, with_struck: bool = True) -> list[UseRow]:
    """Return the lines of a month (YYYY-MM) by the day they were stamped on, newest number first."""
    days = month_days(word)
    return uses(office, days[0], days[-1], with_struck=with_struck)


def uses(office: Office, first: date, last: date, *, with_struck: bool = True) -> list[UseRow]:
    """Return the lines stamped from one day to another, newest number first."""
    condition = "u.event_day BETWEEN ? AND ?" + ("" if with_struck else " AND u.struck_at IS NULL")
    return select_uses(office, condition, first.isoformat(), last.isoformat())


def use(office: Office, row: int) -> UseRow | None:
    """Return one line by its row, None where there is none."""
    found = select_uses(office, "u.id = ?", row)
    return found[0] if found else None


def waiting(office: Office) -> list[UseRow]:
    """Return the lines somebody has still to sign for, or that lack something, the oldest first."""
    found = select_uses(
        office,
        "u.id IN (SELECT id FROM seal_uses WHERE state = ? AND struck_at IS NULL UNION"
        " SELECT id FROM seal_uses WHERE event_day >= ? AND outage_reason <> '' AND struck_at IS NULL)",
        UseState.WAITING.value,
        date.fromordinal(office.now().date().toordinal() - 366).isoformat(),
    )
    return [one for one in reversed(found) if one.gaps]


def select_uses(office: Office, condition: str, *values: object) -> list[UseRow]:
    """Return the lines a fixed condition means, newest number first; `u` is the line, `a` its approval."""
    rows = office.fetch(
        f"SELECT {_USE} FROM {_USES} WHERE {condition} ORDER BY u.year DESC, u.number DESC, u.revision DESC", *values
    )
    if not rows:
        return []
    organs = _organs(office, [row[0] for row in rows])
    names = names_of_all(office)
    return [_use_row(row, organs.get(row[0], ()), names) for row in rows]


def approvals(office: Office, limit: int = 200) -> list[ApprovalRow]:
    """Return the approvals, those to be done something about first: to be answered, papered, or with copies left."""
    found = select_approvals(office, "a.struck_at IS NULL ORDER BY a.id DESC LIMIT ?", limit)
    return sorted(found, key=lambda one: not _is_open(one))


def approval(office: Office, row: int) -> ApprovalRow | None:
    """Return one approval by its row, None where there is none."""
    found = select_approvals(office, "a.id = ?", row)
    return found[0] if found else None


def to_be_papered(office: Office) -> list[ApprovalRow]:
    """Return the telephone approvals no paper has followed, the oldest first."""
    return select_approvals(
        office,
        "a.follow_up_day IS NOT NULL AND a.struck_at IS NULL AND a.papered_day IS NULL AND a.state = ? ORDER BY a.id",
        ApprovalState.APPROVED.value,
    )


def select_approvals(office: Office, condition: str, *values: object) -> list[ApprovalRow]:
    """Return the approvals a fixed condition with its order means; `a` is the approval."""
    rows = office.fetch(
        f"SELECT {_APPROVAL} FROM seal_approvals a JOIN seals s ON s.id = a.seal_id WHERE {condition}", *values
    )
    if not rows:
        return []
    ids = [row[0] for row in rows]
    items, amendments = _items(office, ids), _amendments(office, ids)
    in_charge: dict[str, int | None] = {}
    return [
        _approval_row(row, tuple(items.get(row[0], ())), tuple(amendments.get(row[0], ())), in_charge) for row in rows
    ]


def texts_used(office: Office, column: str, limit: int = 30) -> tuple[str, ...]:
    """Return what was written last as unit, agent or document number, newest first, each once."""
    assert column in ("unit", "agent", "document_number")
    rows = office.fetch(
        f"SELECT {column} FROM (SELECT id, {column} FROM seal_uses WHERE struck_at IS NULL AND {column} <> ''"
        f" ORDER BY id DESC LIMIT 2000) GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


def last_use(office: Office, keeper: int | None) -> UseRow | None:
    """Return what somebody stamped last, None at the beginning."""
    found = select_uses(
        office,
        "u.id = (SELECT id FROM (SELECT id, keeper_id FROM seal_uses WHERE struck_at IS NULL ORDER BY id DESC"
        " LIMIT 5000) WHERE keeper_id = ? ORDER BY id DESC LIMIT 1)",
        keeper or 0,
    )
    return found[0] if found else None


def _is_open(one: ApprovalRow) -> bool:
    if one.state in (ApprovalState.APPLIED, ApprovalState.RETURNED) or one.awaits_paper:
        return True
    return one.state is ApprovalState.APPROVED and one.left > 0


def _use_row(row: Sequence[object], organs: Sequence[OrganRow], names: Mapping[int, str]) -> UseRow:
    values = iter(row)

    def take(count: int) -> list[object]:
        return [next(values) for _ in range(count)]

    ident, year, number, revision, state, day, seal, seal_name, seal_kind = take(9)
    approval, approval_year, approval_number, item, carry = take(5)
    unit, title, document, kind, copies, per_copy, impressions, why_impressions = take(8)
    checks = Checks(*(bool(one) for one in take(4)))
    approver_id, approver_name, approver_post, deputy_id, deputy_name, approved, mode, papered = take(8)
    agent, page, page_year, page_number, page_line, signed, keeper, stamped, checked_at = take(9)
    is_clear, spoiled, spoiled_words, is_classified, book, paper_page, outage, outage_page = take(8)
    late, remark, entered_at, entered_by, struck, why, is_replaced = take(7)
    return UseRow(
        id=_int(ident),
        number=shown(SERIES, _int(year), _int(number)),
        year=_int(year),
        running=_int(number),
        revision=_int(revision),
        state=UseState(str(state)),
        event_day=date.fromisoformat(str(day)),
        seal=_int(seal),
        seal_name=str(seal_name),
        seal_kind=SealKind(str(seal_kind)),
        approval=_int_or(approval),
        approval_number="" if approval is None else shown(APPROVALS, _int(approval_year), _int(approval_number)),
        item=_int_or(item),
        carry=_int_or(carry),
        unit=str(unit),
        title=str(title),
        document_number=str(document),
        kind=DocumentKind(str(kind)),
        copies=_int(copies),
        per_copy=_int(per_copy),
        impressions=_int(impressions),
        impressions_reason=str(why_impressions),
        checks=checks,
        approver=_signatory(approver_id, approver_name, approver_post, deputy_id, deputy_name),
        approved_day=date.fromisoformat(str(approved)) if approved else None,
        is_by_phone=mode == "phone",
        awaits_paper=mode == "phone" and papered is None,
        deputy=str(deputy_name or ""),
        agent=str(agent),
        page=_int_or(page),
        page_number="" if page is None else shown(PAGES, _int(page_year), _int(page_number)),
        page_line=_int_or(page_line),
        signed_at=None if signed is None else local(_int(signed)),
        keeper=_int_or(keeper),
        keeper_name="" if keeper is None else names.get(_int(keeper), ""),
        stamped_at=None if stamped is None else local(_int(stamped)),
        checked_at=None if checked_at is None else local(_int(checked_at)),
        is_clear=bool(is_clear),
        spoiled_copies=_int(spoiled),
        spoiled_words=str(spoiled_words),
        is_classified=bool(is_classified),
        paper_book=str(book),
        paper_page=str(paper_page),
        outage_reason=str(outage),
        outage_page=str(outage_page),
        late_reason=None if late is None else str(late),
        remark=str(remark),
        entered_at=local(_int(entered_at)),
        entered_by=_int_or(entered_by),
        struck_reason=None if struck is None else str(why or "划去"),
        is_replaced=bool(is_replaced),
        organs=tuple(organs),
    )


def _approval_row(
    row: Sequence[object],
    items: tuple[ItemRow, ...],
    amendments: tuple[AmendmentRow, ...],
    in_charge: dict[str, int | None],
) -> ApprovalRow:
    values = iter(row)

    def take(count: int) -> list[object]:
        return [next(values) for _ in range(count)]

    ident, year, number, revision, state, day, seal, seal_name, seal_kind = take(9)
    unit, unit_head, agent, approver_id, approver_name, approver_post, approved, mode = take(8)
    phone_at, phone_number, follow_up, papered, deputy_id, deputy_name, deputy_day = take(7)
    decision, attachments, page, remark, entered_at, entered_by, struck, why = take(8)
    deputy = (
        Signatory(str(deputy_name), SignPost.DEPUTY_DIRECTOR, _int_or(deputy_id), is_in_charge=True)
        if deputy_name
        else None
    )
    return ApprovalRow(
        id=_int(ident),
        number=shown(APPROVALS, _int(year), _int(number)),
        revision=_int(revision),
        state=ApprovalState(str(state)),
        event_day=date.fromisoformat(str(day)),
        seal=_int(seal),
        seal_name=str(seal_name),
        seal_kind=SealKind(str(seal_kind)),
        unit=str(unit),
        unit_head=str(unit_head),
        agent=str(agent),
        approver=_signatory(approver_id, approver_name, approver_post, deputy_id, deputy_name),
        approved_day=date.fromisoformat(str(approved)) if approved else None,
        is_by_phone=mode == "phone",
        phone_at=None if phone_at is None else local(_int(phone_at)),
        phone_number=str(phone_number),
        follow_up_day=date.fromisoformat(str(follow_up)) if follow_up else None,
        papered_day=date.fromisoformat(str(papered)) if papered else None,
        deputy=deputy,
        deputy_day=date.fromisoformat(str(deputy_day)) if deputy_day else None,
        decision_words=str(decision),
        attachments=str(attachments),
        paper_page=str(page),
        remark=str(remark),
        entered_at=local(_int(entered_at)),
        entered_by=_int_or(entered_by),
        struck_reason=None if struck is None else str(why or "作废"),
        items=items,
        amendments=amendments,
    )


def _signatory(person: object, name: object, post: object, deputy: object, deputy_name: object) -> Signatory | None:
    """Return who approved; they are 分管副主任 where the deputy's signature is their own."""
    if not name:
        return None
    is_in_charge = bool(deputy_name) and (person == deputy if person is not None else False)
    return Signatory(str(name), SignPost(str(post)), _int_or(person), is_in_charge)


def _items(office: Office, ids: Sequence[int]) -> dict[int, list[ItemRow]]:
    found: dict[int, list[ItemRow]] = defaultdict(list)
    for part in _slices(ids):
        marks = ", ".join("?" * len(part))
        for approval_id, *row in office.fetch(
            "SELECT i.approval_id, i.id, i.place, i.title, i.document_number, i.kind, i.copies, i.per_copy,"
            " coalesce((SELECT sum(u.copies) FROM seal_uses u WHERE u.approval_id = i.approval_id AND u.item_id = i.id"
            " AND u.struck_at IS NULL), 0), i.is_classified, i.paper_book, i.paper_page FROM seal_items i"
            f" WHERE i.struck_at IS NULL AND i.approval_id IN ({marks}) ORDER BY i.approval_id, i.place",
            *part,
        ):
            ident, place, title, number, kind, copies, per_copy, used, classified, book, page = row
            found[approval_id].append(
                ItemRow(
                    ident,
                    place,
                    title,
                    number,
                    DocumentKind(kind),
                    copies,
                    per_copy,
                    used,
                    bool(classified),
                    book,
                    page,
                )
            )
    return found


def _amendments(office: Office, ids: Sequence[int]) -> dict[int, list[AmendmentRow]]:
    found: dict[int, list[AmendmentRow]] = defaultdict(list)
    for part in _slices(ids):
        marks = ", ".join("?" * len(part))
        for approval_id, item, day, before, after, name, post, page in office.fetch(
            "SELECT i.approval_id, m.item_id, m.event_day, m.copies_before, m.copies_after, m.approver_name,"
            " m.approver_post, m.paper_page FROM seal_amendments m JOIN seal_items i ON i.id = m.item_id"
            f" WHERE m.struck_at IS NULL AND i.approval_id IN ({marks}) ORDER BY m.id",
            *part,
        ):
            words = Signatory(name, SignPost(post)).words
            found[approval_id].append(AmendmentRow(item, date.fromisoformat(day), before, after, words, page))
    return found


def _organs(office: Office, ids: Sequence[int]) -> dict[int, list[OrganRow]]:
    found: dict[int, list[OrganRow]] = defaultdict(list)
    for part in _slices(ids):
        marks = ", ".join("?" * len(part))
        for use_id, place, organ, ours in office.fetch(
            "SELECT o.use_id, o.place, o.organ, o.is_ours FROM seal_organs o JOIN seal_uses u ON u.id = o.use_id"
            f" WHERE o.use_id IN ({marks}) AND (o.struck_at IS NULL OR u.struck_at IS NOT NULL)"
            " ORDER BY o.use_id, o.place",
            *part,
        ):
            found[use_id].append(OrganRow(place, organ, bool(ours)))
    return found


def _slices(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + SLICE] for start in range(0, len(ids), SLICE)]


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _int_or(value: object) -> int | None:
    return None if value is None else _int(value)
