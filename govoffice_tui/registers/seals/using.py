"""Stamping: a line is registered item by item, the agent signs for it, and only then the seal is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SealUse
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import require_holder, require_open, require_usable, required, seal_of
from govoffice_tui.registers.seals.lines import (
    Used,
    check_values,
    insert_use,
    rekey,
    repeated_uses,
    standing_use,
    take_line,
    used,
)
from govoffice_tui.registers.seals.requests import (
    Consent,
    Request,
    Title,
    checked_title,
    checked_titles,
    consent_values,
    insert_approval,
    require_state,
)
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.blank_paper import blank_refused
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import MOVES, ApprovalState, UseState, require_move
from govoffice_tui.rules.seals import AUTHORITY, IMPRINT, LINES_A_PAGE, MOST_COPIES, Checks, DocumentKind, Organ


@dataclass(frozen=True)
class Signing:
    """The agent's signature: who signed, and on which 签字页 of the year; without a page the line waits for it."""

    agent: str
    page: int | None = None


def use_seal(
    office: Office,
    request: Request,
    consent: Consent,
    titles: Sequence[Title],
    checks: Checks,
    signing: Signing,
    *,
    carry: int | None = None,
    by: int | None,
    form_key: str | None = None,
) -> Used:
    """Register one or several documents under one approval and note that they were stamped (印章管理制度第3条).

    Each title takes a number of its own. Refused to whoever does not hold the seal, without the approval the matrix
    asks for, without the deputy's signature on documents and letters, with a check left out, for more copies than are
    approved, without the agent and their signature's page, and, on record, for blank paper. Without a page the lines
    wait and the seal is not used yet. `carry` is the 外带 what is stamped belongs to.
    """
    with office.write("use_seal", by, form_key) as writing:
        if writing.repeated is not None:
            return repeated_uses(office, writing)
        posts.require(office, "use_seal", by, day_of(writing.now))
        card = require_usable(office, request.seal, day_of(writing.now))
        require_holder(office, writing, card, carry)
        ready = checked_titles(titles)
        values = consent_values(office, writing, consent, card.kind, [one.kind for one in ready])
        approval, items = insert_approval(office, writing, request, ready, ApprovalState.APPROVED, values)
        _require_checks(checks)
        place = _signature(office, writing, signing, len(ready))
        rows = [
            insert_use(office, writing, card, approval, item, request.unit, one, checks, place[at], carry=carry)
            for at, (item, one) in enumerate(zip(items, ready, strict=True))
        ]
        return used(office, rows)


def use_approval(
    office: Office,
    approval: int,
    copies: Mapping[int, int],
    checks: Checks,
    signing: Signing,
    *,
    impressions: Mapping[int, int] | None = None,
    impressions_reason: str = "",
    organs: Mapping[int, Sequence[Organ]] | None = None,
    carry: int | None = None,
    by: int | None,
    form_key: str | None = None,
) -> Used:
    """Draw an approval entered ahead down: so many copies of each of its titles, by item (印章管理制度第3条).

    Refused as `use_seal` refuses, for an approval that is not 同意, and for more copies than are left of it.
    """
    with office.write("use_approval", by, form_key) as writing:
        if writing.repeated is not None:
            return repeated_uses(office, writing)
        posts.require(office, "use_approval", by, day_of(writing.now))
        seal, _ = require_state(office, approval, "use_approval")
        card = require_usable(office, seal, day_of(writing.now))
        require_holder(office, writing, card, carry)
        wanted = [(item, count) for item, count in copies.items() if count]
        if not wanted:
            raise Refused("请写这次盖几份。", AUTHORITY, field="copies")
        _require_checks(checks)
        place = _signature(office, writing, signing, len(wanted))
        unit = office.fetch("SELECT unit FROM seal_approvals WHERE id = ?", approval)[0][0]
        rows = []
        for at, (item, count) in enumerate(wanted):
            title = replace(
                _title_of(office, approval, item, count, tuple((organs or {}).get(item, ()))),
                impressions=(impressions or {}).get(item),
                impressions_reason=impressions_reason,
            )
            rows.append(insert_use(office, writing, card, approval, item, unit, title, checks, place[at], carry=carry))
        return used(office, rows)


def sign_use(
    office: Office,
    use: int,
    signing: Signing,
    checks: Checks | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Used:
    """Enter that the agent signed for a line, on which page: a waiting line is stamped with it.

    What was stamped during an outage without a signature is signed for later the same way.
    """
    with office.write("sign_use", by, form_key) as writing:
        if writing.repeated is not None:
            return used(office, [use])
        posts.require(office, "sign_use", by, day_of(writing.now))
        row = standing_use(office, use)
        state = require_move(MOVES, row.state, "sign_use", AUTHORITY)
        require_open(office, row.event_day)
        if row.page is not None:
            raise Refused(f"{row.number}承办人已经签字。", AUTHORITY)
        card = seal_of(office, row.seal)
        values: dict[str, Value] = {}
        if row.state is UseState.WAITING:
            require_holder(office, writing, card, row.carry)
            values = {"keeper_id": writing.operator, "stamped_at": writing.now}
        if checks is not None:
            _require_checks(checks)
            values |= check_values(checks)
        if signing.page is None:
            raise Refused("请写承办人签在第几页。", AUTHORITY, field="page")
        place = _signature(office, writing, signing, 1)[0]
        writing.update(SealUse, use, state=state.value, **values, **place)
        rekey(office, writing, use)
        return used(office, [use])


def check_imprint(
    office: Office,
    use: int,
    is_clear: bool = True,
    spoiled: int = 0,
    words: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Used:
    """Note how the imprint came out (印迹端正、清晰) and how many copies were spoiled, with what became of them.

    The impressions of spoiled copies stay counted. Refused without words where anything went wrong, and for more
    spoiled copies than impressions were made.
    """
    with office.write("check_imprint", by, form_key) as writing:
        if writing.repeated is not None:
            return used(office, [use])
        posts.require(office, "check_imprint", by, day_of(writing.now))
        row = standing_use(office, use)
        state = require_move(MOVES, row.state, "check_imprint", IMPRINT)
        require_open(office, row.event_day)
        said = checked(words, "words")
        if not 0 <= spoiled <= MOST_COPIES:
            raise Refused(f"作废份数写0到{MOST_COPIES}。", field="spoiled")
        if (spoiled or not is_clear) and not said:
            raise Refused("请写作废件怎么处理,如 当面销毁、留存;印迹不清写重盖情况。", IMPRINT, field="words")
        writing.update(
            SealUse,
            use,
            state=state.value,
            checked_at=writing.now,
            is_clear=int(is_clear),
            spoiled_copies=spoiled,
            spoiled_words=said,
        )
        return used(office, [use])


def _signature(office: Office, writing: Change, signing: Signing, lines: int) -> list[dict[str, Value]]:
    """Return the columns of the agent's signature for so many lines; the page turns where it is full."""
    agent = required(signing.agent, "agent", "还缺承办人:由用印单位承办人签字,方可用印。", AUTHORITY)
    if signing.page is None:
        return [{"agent": agent, "page_id": None, "page_line": None, "signed_at": None}] * lines
    found: list[dict[str, Value]] = []
    page = signing.page
    row, line = take_line(office, writing, page)
    for _ in range(lines):
        if line > LINES_A_PAGE:
            page += 1
            row, line = take_line(office, writing, page)
        found.append({"agent": agent, "page_id": row, "page_line": line, "signed_at": writing.now})
        line += 1
    return found


def _require_checks(checks: Checks) -> None:
    """Refuse with a check left out; what was found blank is refused on record."""
    if checks.left == ("非空白",):
        raise blank_refused("核对时发现")
    if checks.left:
        raise Refused(f"还缺核对:{'、'.join(checks.left)}。", AUTHORITY, field="checks")


def _title_of(office: Office, approval: int, item: int, copies: int, organs: tuple[Organ, ...]) -> Title:
    rows = office.fetch(
        "SELECT title, kind, per_copy, document_number, is_classified, paper_book, paper_page FROM seal_items"
        " WHERE id = ? AND approval_id = ? AND struck_at IS NULL",
        item,
        approval,
    )
    if not rows:
        raise Refused("这份审批单上没有这个文件。", AUTHORITY, field="title")
    title, kind, per_copy, number, is_classified, book, page = rows[0]
    return checked_title(
        Title(
            title,
            DocumentKind(kind),
            copies,
            per_copy,
            number,
            is_classified=bool(is_classified),
            paper_book=book,
            paper_page=page,
            organs=organs,
        )
    )
