"""Stamping: a line is registered item by item, the agent signs for it, and only then the seal is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SealOrgan, SealPage, SealUse
from govoffice_tui.registers import posts
from govoffice_tui.registers.numbering import enter, shown, take
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.approvals import (
    Consent,
    Request,
    Title,
    checked_title,
    consent_values,
    copies_used,
    insert_approval,
    require_state,
)
from govoffice_tui.registers.seals.checks import require_holder, require_open, require_usable, required, seal_of
from govoffice_tui.registers.seals.views import PAGES, SERIES, SealCard
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import (
    AUTHORITY,
    IMPRINT,
    LINES_A_PAGE,
    MOST_COPIES,
    MOVES,
    ApprovalState,
    Checks,
    DocumentKind,
    Organ,
    SealKind,
    UseState,
    blank_refused,
    require_left,
    require_move,
)
from govoffice_tui.text import fold

NUMBERS_SHOWN = 3


@dataclass(frozen=True)
class Signing:
    """The agent's signature: who signed, and on which 签字页 of the year; without a page the line waits for it."""

    agent: str
    page: int | None = None


@dataclass(frozen=True)
class Used:
    """What now stands in the register: the lines, in one sentence."""

    uses: tuple[int, ...]
    numbers: tuple[str, ...]
    unit: str
    kind: DocumentKind
    copies: int
    state: UseState

    @property
    def words(self) -> str:
        """Return 印〔2026〕137号 行政股 通知 30份."""
        numbers = "、".join(self.numbers[:NUMBERS_SHOWN])
        numbers += f"等{len(self.numbers)}件" if len(self.numbers) > NUMBERS_SHOWN else ""
        waits = ",待承办人签字" if self.state is UseState.WAITING else ""
        return f"{numbers} {self.unit} {self.kind.label} {self.copies}份{waits}"


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
            return _repeated(office, writing)
        posts.require(office, "use_seal", by, day_of(writing.now))
        card = require_usable(office, request.seal, day_of(writing.now))
        require_holder(office, writing, card, carry)
        ready = [checked_title(one) for one in titles]
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
            return _repeated(office, writing)
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


@dataclass(frozen=True)
class Standing:
    """A line as the acts on it need it."""

    id: int
    number: str
    state: UseState
    event_day: date
    seal: int
    seal_kind: SealKind
    kind: DocumentKind
    approval: int | None
    item: int | None
    carry: int | None
    page: int | None
    copies: int


def standing_use(office: Office, use: int) -> Standing:
    """Return a line that stands, or refuse."""
    rows = office.fetch(
        "SELECT u.year, u.number, u.state, u.event_day, u.seal_id, s.kind, u.kind, u.approval_id, u.item_id,"
        " u.carry_id, u.page_id, u.copies, u.struck_at FROM seal_uses u JOIN seals s ON s.id = u.seal_id"
        " WHERE u.id = ?",
        use,
    )
    if not rows:
        raise Refused("没有这一笔用印。")
    year, number, state, day, seal, seal_kind, kind, approval, item, carry, page, copies, struck = rows[0]
    if struck is not None:
        raise Refused("这一笔用印已经作废或更正,请看最新的一笔。")
    return Standing(
        use,
        shown(SERIES, year, number),
        UseState(state),
        date.fromisoformat(day),
        seal,
        SealKind(seal_kind),
        DocumentKind(kind),
        approval,
        item,
        carry,
        page,
        copies,
    )


def insert_use(
    office: Office,
    writing: Change,
    card: SealCard,
    approval: int | None,
    item: int | None,
    unit: str,
    title: Title,
    checks: Checks,
    signature: dict[str, Value],
    *,
    carry: int | None = None,
    event_day: date | None = None,
    **values: Value,
) -> int:
    """Write one line of the register and return its row; inside a writing transaction only."""
    if item is not None:
        approved = office.fetch("SELECT copies FROM seal_items WHERE id = ?", item)[0][0]
        require_left(approved, copies_used(office, item), title.copies)
    day = event_day or day_of(writing.now)
    require_open(office, day)
    is_signed = signature["signed_at"] is not None
    stamped: dict[str, Value] = (
        {"keeper_id": writing.operator, "stamped_at": writing.now} if is_signed and event_day is None else {}
    )
    unit = required(unit, "unit", "请写用印单位。", AUTHORITY)
    number = shown(SERIES, *take(office, SealUse, SERIES, writing.now))
    approver = "" if approval is None else _approver(office, approval)
    agent = str(signature["agent"])
    row = enter(
        office,
        writing,
        SealUse,
        SERIES,
        day,
        (UseState.USED if is_signed or event_day is not None else UseState.WAITING).value,
        seal_id=card.id,
        approval_id=approval,
        item_id=item,
        carry_id=carry,
        unit=unit,
        search_key=_key(number, unit, title, agent, card.name, approver),
        **title_values(title),
        **check_values(checks),
        **(signature | stamped | values),
    )
    for place, organ in enumerate(title.organs, 1):
        writing.insert(
            SealOrgan,
            use_id=row,
            place=place,
            organ=organ.name,
            is_ours=int(organ.is_ours),
            entered_at=writing.now,
            entered_by=writing.operator,
        )
    return row


def title_values(title: Title) -> dict[str, Value]:
    """Return the columns of a title on a line; refused where impressions differ without a reason."""
    usual = title.copies * title.per_copy
    impressions = usual if title.impressions is None else title.impressions
    if not 1 <= impressions <= MOST_COPIES:
        raise Refused(f"枚数写1到{MOST_COPIES}。", field="impressions")
    reason = checked(title.impressions_reason, "impressions_reason")
    if impressions != usual and not reason:
        raise Refused(
            f"{title.copies}份每份{title.per_copy}枚应是{usual}枚,写{impressions}枚请说明原因。",
            AUTHORITY,
            field="impressions_reason",
        )
    return {
        "title": title.title,
        "document_number": title.document_number,
        "kind": title.kind.value,
        "copies": title.copies,
        "per_copy": title.per_copy,
        "impressions": impressions,
        "impressions_reason": reason if impressions != usual else "",
        "is_classified": int(title.is_classified),
        "paper_book": title.paper_book,
        "paper_page": title.paper_page,
    }


def check_values(checks: Checks) -> dict[str, Value]:
    """Return the columns of the four checks."""
    return {
        "is_complete": int(checks.is_complete),
        "is_not_blank": int(checks.is_not_blank),
        "is_as_approved": int(checks.is_as_approved),
        "is_dated_and_signed": int(checks.is_dated_and_signed),
    }


def take_line(office: Office, writing: Change, page: int) -> tuple[int, int]:
    """Return the row of a 签字页 of the year and its next free line, opening the page where it is the next one.

    What is left of the page before is crossed out. Refused for a page that is full or closed, and for one that
    leaves out another.
    """
    year, following = take(office, SealPage, PAGES, writing.now)
    if page == following:
        for (earlier,) in office.fetch(
            "SELECT id FROM seal_pages WHERE series = ? AND year = ? AND closed_at IS NULL AND struck_at IS NULL",
            PAGES,
            year,
        ):
            writing.update(SealPage, earlier, closed_at=writing.now)
        return enter(office, writing, SealPage, PAGES, day_of(writing.now), "open"), 1
    rows = office.fetch(
        "SELECT id, closed_at FROM seal_pages WHERE series = ? AND year = ? AND number = ? AND struck_at IS NULL",
        PAGES,
        year,
        page,
    )
    if not rows:
        raise Refused(f"签字页要接着用,下一页是第{following}页。", AUTHORITY, field="page")
    row, closed = rows[0]
    lines = office.fetch("SELECT coalesce(max(page_line), 0) FROM seal_uses WHERE page_id = ?", row)[0][0]
    if closed is not None or lines >= LINES_A_PAGE:
        raise Refused(f"签字页第{page}页已用完,请用第{following}页。", AUTHORITY, field="page")
    return row, lines + 1


def key_of(office: Office, use: int) -> str:
    """Return the folded text a search for a line looks through, as it should be now."""
    year, number, unit, title, document, agent, book, page, seal, approval = office.fetch(
        "SELECT u.year, u.number, u.unit, u.title, u.document_number, u.agent, u.paper_book, u.paper_page, s.name,"
        " u.approval_id FROM seal_uses u JOIN seals s ON s.id = u.seal_id WHERE u.id = ?",
        use,
    )[0]
    organs = office.fetch("SELECT organ FROM seal_organs WHERE use_id = ? AND struck_at IS NULL ORDER BY place", use)
    said = Title(
        title,
        DocumentKind.OTHER,
        document_number=document,
        paper_book=book,
        paper_page=page,
        organs=tuple(Organ(organ) for (organ,) in organs),
    )
    approver = "" if approval is None else _approver(office, approval)
    return _key(shown(SERIES, year, number), unit, said, agent, seal, approver)


def rekey(office: Office, writing: Change, use: int) -> None:
    """Write the text a search looks through anew where something in it has changed."""
    key = key_of(office, use)
    if office.fetch("SELECT search_key FROM seal_uses WHERE id = ?", use)[0][0] != key:
        writing.update(SealUse, use, search_key=key)


def used(office: Office, rows: Sequence[int]) -> Used:
    """Return what stands in the register of some lines."""
    found = []
    for row in rows:
        found += office.fetch("SELECT id, year, number, unit, kind, copies, state FROM seal_uses WHERE id = ?", row)
    return Used(
        tuple(one[0] for one in found),
        tuple(shown(SERIES, one[1], one[2]) for one in found),
        found[0][3],
        DocumentKind(found[0][4]),
        sum(one[5] for one in found),
        UseState(found[0][6]),
    )


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


def _approver(office: Office, approval: int) -> str:
    return str(office.fetch("SELECT approver_name FROM seal_approvals WHERE id = ?", approval)[0][0])


def _key(number: str, unit: str, title: Title, agent: str, seal: str, approver: str) -> str:
    texts = (number, unit, title.title, title.document_number, agent, seal, approver, title.paper_book)
    return "|".join(fold(one) for one in (*texts, title.paper_page, *(organ.name for organ in title.organs)) if one)


def _repeated(office: Office, writing: Change) -> Used:
    """Return the lines the same form became before."""
    rows = office.fetch(
        "SELECT DISTINCT j.entry FROM submissions s JOIN journal j ON j.seq BETWEEN s.first_seq AND s.last_seq"
        " WHERE s.form_key = ? AND j.register = 'seal_uses' ORDER BY j.entry",
        writing.form_key,
    )
    return used(office, [row for (row,) in rows])
