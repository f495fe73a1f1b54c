"""Lines of the register as they are written and read by every act: numbers, titles, pages to sign, search text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SealOrgan, SealPage, SealUse
from govoffice_tui.registers.numbering import enter, shown, take
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import require_open, required
from govoffice_tui.registers.seals.requests import (
    Title,
    copies_used,
)
from govoffice_tui.registers.seals.views import PAGES, SERIES, SealCard
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import UseState
from govoffice_tui.rules.seals import (
    AUTHORITY,
    LINES_A_PAGE,
    MOST_COPIES,
    Checks,
    DocumentKind,
    Organ,
    SealKind,
    require_left,
)
from govoffice_tui.text import fold

NUMBERS_SHOWN = 3


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


def repeated_uses(office: Office, writing: Change) -> Used:
    """Return the lines the same form became before."""
    rows = office.fetch(
        "SELECT DISTINCT j.entry FROM submissions s JOIN journal j ON j.seq BETWEEN s.first_seq AND s.last_seq"
        " WHERE s.form_key = ? AND j.register = 'seal_uses' ORDER BY j.entry",
        writing.form_key,
    )
    return used(office, [row for (row,) in rows])


def _approver(office: Office, approval: int) -> str:
    return str(office.fetch("SELECT approver_name FROM seal_approvals WHERE id = ?", approval)[0][0])


def _key(number: str, unit: str, title: Title, agent: str, seal: str, approver: str) -> str:
    texts = (number, unit, title.title, title.document_number, agent, seal, approver, title.paper_book)
    listed = (*texts, title.paper_page, *(organ.name for organ in title.organs))
    return "|".join(fold(one).replace("|", "") for one in listed if one)
