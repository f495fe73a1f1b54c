"""What the seal register hands to screens and forms: seals, handovers, approvals, lines of use, carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.rules.seal_states import ApprovalState, CarryState, UseState
from govoffice_tui.rules.seals import CLASSIFIED_TITLE, Checks, DocumentKind, SealKind, Signatory, gaps_of, may_approve

REGISTER, WORDS = "seals", "印章"
SERIES, APPROVALS, HANDOVERS, PAGES, CARRIES = "印", "批", "交", "签", "带"
"""The runs of numbers: lines of use, approvals, 印章交接单, 签字页 and 外带."""


@dataclass(frozen=True)
class Holding:
    """Who holds a seal: since when, and until when where it is only minded for somebody (代管)."""

    person: int
    name: str
    since: datetime
    is_acting: bool
    until: date | None
    keeper: int
    keeper_name: str

    @property
    def words(self) -> str:
        """Return 李卫东, or 吴桂芳代管(至10月15日)."""
        until = "" if self.until is None else f"(至{chinese_short_day(self.until)})"
        return f"{self.name}代管{until}" if self.is_acting else self.name

    @property
    def kept_words(self) -> str:
        """Return 由李卫东保管, or 由李卫东代管(至10月15日)."""
        return f"由{self.words}" if self.is_acting else f"由{self.words}保管"


@dataclass(frozen=True)
class SealCard:
    """One seal, and who holds it now; nobody until it was handed out."""

    id: int
    name: str
    kind: SealKind
    place: str
    from_day: date
    to_day: date | None
    holding: Holding | None
    carry: int | None = None
    remark: str = ""

    @property
    def is_out(self) -> bool:
        """Return whether the seal is outside the office."""
        return self.carry is not None

    @property
    def whereabouts_name(self) -> str:
        """Return the name, with (外带) where the seal is outside the office."""
        return f"{self.name}(外带)" if self.is_out else self.name

    def is_in_use(self, day: date) -> bool:
        """Return whether the seal may be used on a day."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True)
class HandoverRow:
    """One 印章交接单; `kind` is issue, change, acting or back."""

    id: int
    number: str
    seal: int
    seal_name: str
    kind: str
    giver: int | None
    giver_name: str
    receiver: int
    receiver_name: str
    supervisor: str
    condition: str
    handed_at: datetime
    until: date | None
    designated_by: str
    designated_post: str
    paper_page: str
    remark: str
    is_late_entry: bool
    struck_reason: str | None

    @property
    def kind_words(self) -> str:
        """Return 启用, 专人变更, 代管 or 交还."""
        return {"issue": "启用", "change": "专人变更", "acting": "代管", "back": "交还"}[self.kind]


@dataclass(frozen=True)
class CountRow:
    """One 清点上锁 of a seal; `found` is locked, out or missing."""

    seal: int
    seal_name: str
    day: date
    counted_at: datetime
    counted_by: str
    found: str
    remark: str


@dataclass(frozen=True)
class CleaningRow:
    """One cleaning of a seal."""

    id: int
    seal: int
    seal_name: str
    day: date
    cleaned_by: str
    words: str


@dataclass(frozen=True)
class ItemRow:
    """One title of an approval: how many copies are let, how many are used by standing lines."""

    id: int
    place: int
    title: str
    document_number: str
    kind: DocumentKind
    copies: int
    per_copy: int
    used: int
    is_classified: bool
    paper_book: str
    paper_page: str

    @property
    def left(self) -> int:
        """Return the copies that may still be stamped."""
        return self.copies - self.used

    @property
    def shown_title(self) -> str:
        """Return the title, or 涉密件(机要第3册第12页)."""
        return title_words(self.title, self.is_classified, self.paper_book, self.paper_page)


@dataclass(frozen=True)
class AmendmentRow:
    """One change of the copies let: from how many to how many, by whom, when."""

    item: int
    day: date
    before: int
    after: int
    approver: str
    paper_page: str


@dataclass(frozen=True)
class ApprovalRow:
    """One approval with its titles, as it stands."""

    id: int
    number: str
    revision: int
    state: ApprovalState
    event_day: date
    seal: int
    seal_name: str
    seal_kind: SealKind
    unit: str
    unit_head: str
    agent: str
    approver: Signatory | None
    approved_day: date | None
    is_by_phone: bool
    phone_at: datetime | None
    phone_number: str
    follow_up_day: date | None
    papered_day: date | None
    deputy: Signatory | None
    deputy_day: date | None
    decision_words: str
    attachments: str
    paper_page: str
    remark: str
    entered_at: datetime
    entered_by: int | None
    struck_reason: str | None
    items: tuple[ItemRow, ...]
    amendments: tuple[AmendmentRow, ...] = ()

    @property
    def awaits_paper(self) -> bool:
        """Return whether a telephone approval has not been followed by paper."""
        return self.struck_reason is None and self.is_by_phone and self.papered_day is None

    @property
    def titles(self) -> str:
        """Return the first title, and how many there are."""
        more = f"等{len(self.items)}件" if len(self.items) > 1 else ""
        return (self.items[0].shown_title if self.items else "") + more

    @property
    def left(self) -> int:
        """Return the copies that may still be stamped, of all titles."""
        return sum(item.left for item in self.items)


@dataclass(frozen=True)
class OrganRow:
    """One organ of a joint document, in the order of the seals."""

    place: int
    name: str
    is_ours: bool


@dataclass(frozen=True)
class UseRow:
    """One line of 用印登记簿, as it stands."""

    id: int
    number: str
    year: int
    running: int
    revision: int
    state: UseState
    event_day: date
    seal: int
    seal_name: str
    seal_kind: SealKind
    approval: int | None
    approval_number: str
    item: int | None
    carry: int | None
    unit: str
    title: str
    document_number: str
    kind: DocumentKind
    copies: int
    per_copy: int
    impressions: int
    impressions_reason: str
    checks: Checks
    approver: Signatory | None
    approved_day: date | None
    is_by_phone: bool
    awaits_paper: bool
    deputy: str
    agent: str
    page: int | None
    page_number: str
    page_line: int | None
    signed_at: datetime | None
    keeper: int | None
    keeper_name: str
    stamped_at: datetime | None
    checked_at: datetime | None
    is_clear: bool
    spoiled_copies: int
    spoiled_words: str
    is_classified: bool
    paper_book: str
    paper_page: str
    outage_reason: str
    outage_page: str
    late_reason: str | None
    remark: str
    entered_at: datetime
    entered_by: int | None
    struck_reason: str | None
    is_replaced: bool
    organs: tuple[OrganRow, ...] = ()

    @property
    def struck_word(self) -> str:
        """Return what became of a struck line: 更正 where another stands under its number, else 作废; else nothing."""
        return "" if not self.is_struck else "已更正" if self.is_replaced else "作废"

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def is_outage(self) -> bool:
        """Return whether it was stamped on paper while the program was down."""
        return bool(self.outage_reason)

    @property
    def is_joint(self) -> bool:
        return bool(self.organs)

    @property
    def shown_title(self) -> str:
        """Return the title, or 涉密件(机要第3册第12页)."""
        return title_words(self.title, self.is_classified, self.paper_book, self.paper_page)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what the line still lacks; only what was stamped during an outage, or waits, lacks anything."""
        if self.is_struck:
            return ()
        may = self.approver is not None and may_approve(self.seal_kind, self.approver.post)
        return gaps_of(
            approver=self.approver.name if self.approver is not None and may else "",
            needs_deputy=self.kind.needs_deputy and not (self.approver is not None and self.approver.is_in_charge),
            deputy=self.deputy,
            checks=self.checks,
            agent=self.agent,
            is_signed=self.signed_at is not None,
        )


@dataclass(frozen=True)
class PageRow:
    """One 签字页: how many of its lines are taken."""

    id: int
    number: str
    running: int
    lines: int
    closed_at: datetime | None


@dataclass(frozen=True)
class CarryRow:
    """One way of a seal out of the office, as it stands."""

    id: int
    number: str
    revision: int
    state: CarryState
    event_day: date
    seal: int
    seal_name: str
    unit: str
    matter: str
    destination: str
    companions: str
    approver: Signatory | None
    approved_day: date | None
    decision_words: str
    keeper: int | None
    keeper_name: str
    due_at: datetime
    out_at: datetime | None
    back_at: datetime | None
    inspected_by: int | None
    inspected_name: str
    inspected_at: datetime | None
    condition: str
    paper_page: str
    remark: str
    struck_reason: str | None
    uses: tuple[UseRow, ...] = ()


@dataclass(frozen=True)
class RefusalRow:
    """One stamp that was refused and put on record."""

    at: datetime
    day: date
    by: int | None
    name: str
    words: str


def title_words(title: str, is_classified: bool, book: str, page: str) -> str:
    """Return a title as it is shown: a classified one is 涉密件(机要第3册第12页)."""
    return f"{CLASSIFIED_TITLE}(机要第{book}册第{page}页)" if is_classified else title
