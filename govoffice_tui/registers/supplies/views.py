"""What the pages and forms of the stock book are made of: frozen rows, counts in base units, money in fen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.supplies import Balance, Item, Signal, SlipKind, SlipState


def to_whom(section: str, name: str) -> str:
    """Return 综合股 王建国; a name that several bear says its section itself."""
    return name if name and f"({section}" in name else f"{section} {name}".strip()


@dataclass(frozen=True)
class SlipLine:
    """One line of a slip, as it stands or struck; `count` is what it says, `change` what it does to the stock.

    `amount_fen` is None where no price is known. On a count `book` and `counted` stand, None while nothing is
    counted. `returned` is how many of an issued line came back.
    """

    id: int
    item: Item
    change: int
    amount_fen: int | None
    person: int | None
    person_name: str
    section: str
    old_parts: int
    old_missing: str
    returned_line: int | None
    returned: int
    book: int | None
    counted: int | None
    paper_page: str
    paper_row: int | None
    remark: str
    revision: int
    struck_reason: str | None

    @property
    def count(self) -> int:
        return abs(self.change)

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def is_signed(self) -> bool:
        return bool(self.paper_page)

    @property
    def to_whom(self) -> str:
        """Return 综合股 王建国, as far as it is known."""
        return to_whom(self.section, self.person_name)


@dataclass(frozen=True)
class Slip:
    """One voucher of the stock book with its lines; `place` orders slips of one day."""

    id: int
    kind: SlipKind
    number: str
    day: date
    place: int
    state: SlipState
    source: str
    accepted_by: str
    approved_by: str
    watched_by: str
    keeper: str
    fact_day: date | None
    late_reason: str
    remark: str
    entered_at: datetime
    struck_reason: str | None
    lines: tuple[SlipLine, ...]

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def standing(self) -> tuple[SlipLine, ...]:
        return tuple(line for line in self.lines if not line.is_struck)

    @property
    def unsigned(self) -> tuple[SlipLine, ...]:
        """Return the lines of an issue or a return whose signature is not on a page."""
        return tuple(line for line in self.standing if not line.is_signed)


@dataclass(frozen=True)
class StockRow:
    """One item of a month; without a purchase there is no price, and `amount_fen` is what the closing stock is worth.

    `unit_fen` is the last purchase's price of a unit up to the month's end.
    """

    item: Item
    balance: Balance
    unit_fen: int | None
    amount_fen: int | None
    remark: str = ""


@dataclass(frozen=True)
class StockMonth:
    """办公耗材收发存月报表: every item in stock or moved in a month; `revision` 0 while it is not closed.

    `notes` are what the form says under itself: late postings, counts, struck slips.
    """

    office_name: str
    month: str
    rows: tuple[StockRow, ...]
    notes: tuple[str, ...]
    shortfalls: tuple[Problem, ...]
    revision: int

    @property
    def amount_fen(self) -> int | None:
        """Return what the stock with a price is worth, None where nothing has one."""
        known = [row.amount_fen for row in self.rows if row.amount_fen is not None]
        return sum(known) if known else None

    @property
    def is_balanced(self) -> bool:
        """Return whether every stock is what the stock before it and the month's movements make."""
        return all(row.balance.closing >= 0 for row in self.rows)


@dataclass(frozen=True)
class SectionUse:
    """What one section used in a month: issued less returned, by item in the table's order.

    `amount_fen` adds what has a price; `heads` are the people of the section on the month's last day.
    """

    section: str
    heads: int
    counts: tuple[int, ...]
    amount_fen: int | None


@dataclass(frozen=True)
class CrossTab:
    """各股室领用: sections by items, with the totals of every item."""

    office_name: str
    month: str
    items: tuple[Item, ...]
    rows: tuple[SectionUse, ...]
    totals: tuple[int, ...]
    amount_fen: int | None
    revision: int


@dataclass(frozen=True)
class LedgerLine:
    """One line of an item's page: a movement, or a heading line (上月结转, 本月合计, 本年累计, 结转) without a voucher.

    `income` and `outgo` are None where the column is empty. A struck line keeps its counts and has no balance.
    """

    day: date | None
    voucher: str
    summary: str
    income: int | None
    outgo: int | None
    balance: int | None
    handler: str = ""
    kind: str = "movement"
    struck_reason: str | None = None
    slip: int | None = None
    line: int | None = None
    note: str = ""

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None


@dataclass(frozen=True)
class LedgerPage:
    """The page of one item from a month to a month, as the paper book has it; `stock` is what is there now.

    `twelve` is the use of the last twelve months with the one shown, the newest last.
    """

    office_name: str
    item: Item
    first_month: str
    last_month: str
    lines: tuple[LedgerLine, ...]
    stock: int
    unit_fen: int | None
    twelve: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CountLine:
    """One item on a count sheet; `counted` is None until it is typed back."""

    line: int
    item: Item
    book: int
    counted: int | None
    reason: str

    @property
    def difference(self) -> int | None:
        return None if self.counted is None else self.counted - self.book


@dataclass(frozen=True)
class CountSheet:
    """One count: frozen at a moment, typed back, and approved."""

    id: int
    office_name: str
    number: str
    day: date
    begun_at: datetime
    state: SlipState
    counted_by: str
    watched_by: str
    approved_by: str
    lines: tuple[CountLine, ...]

    @property
    def left(self) -> tuple[CountLine, ...]:
        """Return what is not counted yet."""
        return tuple(line for line in self.lines if line.counted is None)

    @property
    def differing(self) -> tuple[CountLine, ...]:
        """Return where the stock is not what the book says."""
        return tuple(line for line in self.lines if line.difference)


@dataclass(frozen=True)
class StockItem:
    """One item as it stands now: what is there, and whether that is below its minimum."""

    item: Item
    stock: int
    unit_fen: int | None
    last_move: date | None

    @property
    def is_low(self) -> bool:
        return self.stock < self.item.minimum


@dataclass(frozen=True)
class PurchaseLine:
    """One item of 采购计划申请: what is there, what a month takes, and how much to buy at the last price."""

    item: Item
    stock: int
    usual: float
    count: int
    unit_fen: int | None
    amount_fen: int | None


@dataclass(frozen=True)
class PurchasePlan:
    """采购计划申请 of a day: what is below its minimum, or will be before long."""

    office_name: str
    day: date
    lines: tuple[PurchaseLine, ...]

    @property
    def amount_fen(self) -> int | None:
        known = [line.amount_fen for line in self.lines if line.amount_fen is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class UseRow:
    """What one section used of one item in a month beside the month before and its own past."""

    section: str
    heads: int
    item: Item
    this: int
    last: int
    signal: Signal

    @property
    def per_head(self) -> float | None:
        """Return the month's use a head, None for a section without people."""
        return self.this / self.heads if self.heads else None


@dataclass(frozen=True)
class UseMonth:
    """A month's use by section and item, what is far above the past first."""

    office_name: str
    month: str
    rows: tuple[UseRow, ...]

    @property
    def far_above(self) -> tuple[UseRow, ...]:
        return tuple(row for row in self.rows if row.signal.is_far_above)
