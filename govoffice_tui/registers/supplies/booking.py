"""What the verbs of the stock book share: a slip and its lines written, signed on a page, and told of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import chinese_short_day, day_of, month_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SupplyLine, SupplySlip
from govoffice_tui.registers import closing, posts, staff
from govoffice_tui.registers.numbering import LATE, enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.items import require_item
from govoffice_tui.registers.supplies.stock import REGISTER, require_not_counting, require_postable, require_stock
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import HEADS
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import LARGEST_COUNT, PAGE_LINES, SUPPLIES, Item, SlipKind, SlipState
from govoffice_tui.text import fold

MOST_LINES = 400
"""Lines of one slip: a month's distribution of every item to every section."""


@dataclass(frozen=True)
class Head:
    """What a slip says above its lines: `day` None is today, `fact_day` the day something posted late happened."""

    day: date | None = None
    source: str = ""
    accepted_by: int | None = None
    approved_by: int | None = None
    fact_day: date | None = None
    remark: str = ""


@dataclass(frozen=True)
class Goods:
    """One line that is wanted: so many units of an item, to whom and what for, or from where and for how much.

    A section that is not given is the person's own; `old_parts` came back for the new ones.
    """

    item: int
    count: int
    person: int | None = None
    section: str = ""
    amount_fen: int | None = None
    old_parts: int = 0
    old_missing: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Booked:
    """What now stands in the book: a slip, its number and what is on it; `unsigned` lines wait for a signature."""

    slip: int
    number: str
    words: str
    unsigned: int = 0
    low: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return 领〔2026〕311号 张伟 A4复印纸 2包,现存10包."""
        low = f";低于最低:{'、'.join(self.low)}" if self.low else ""
        waiting = f";{self.unsigned}行待签字" if self.unsigned else ""
        return f"{self.number} {self.words}{waiting}{low}"


def head_day(office: Office, writing: Change, head: Head) -> date:
    """Return the day a slip is posted on, refused where it cannot be."""
    today = day_of(writing.now)
    day = head.day or today
    require_postable(office, day, today)
    if head.fact_day is not None:
        if head.fact_day >= day:
            raise Refused("补登的日期要早于记账的日期。", field="fact_day")
        if closing.sealed(office, REGISTER, month_of(head.fact_day)) is None:
            raise Refused(
                f"{head.fact_day.month}月还没有月结,日期直接写{chinese_short_day(head.fact_day)},不用补登。",
                field="fact_day",
            )
    return day


def enter_slip(office: Office, writing: Change, kind: SlipKind, state: SlipState, day: date, head: Head) -> int:
    """Write the head of a slip and return it; inside a writing transaction only."""
    place = office.fetch("SELECT coalesce(max(place), 0) + 1 FROM supply_slips")[0][0]
    late = {} if head.fact_day is None else {"late_reason": f"{LATE}{chinese_short_day(head.fact_day)}"}
    return enter(
        office,
        writing,
        SupplySlip,
        kind.series,
        day,
        state.value,
        kind=kind.value,
        place=place,
        fact_day=None if head.fact_day is None else head.fact_day.isoformat(),
        source=checked(head.source, "source"),
        accepted_by_id=head.accepted_by,
        approved_by_id=head.approved_by,
        remark=checked(head.remark, "remark"),
        **late,
    )


def enter_lines(
    office: Office,
    writing: Change,
    slip: int,
    kind: SlipKind,
    day: date,
    goods: Sequence[Goods],
    page: str = "",
) -> int:
    """Write the lines of a slip and check the stock; return how many wait for a signature.

    With a page the lines stand signed on it as far as it has room.
    """
    if not goods:
        raise Refused("请写品目和数量。", SUPPLIES, field="lines")
    if len(goods) > MOST_LINES:
        raise Refused(f"一张单最多{MOST_LINES}行,请分几张写。", field="lines")
    require_counts(office, goods)
    row = next_row(office, page, day) if page else PAGE_LINES + 1
    if page and row > PAGE_LINES:
        raise Refused(f"签字页第{page}页{PAGE_LINES}行已写满,请写新的一页。", field="page")
    written = 0
    for place, one in enumerate(goods):
        is_on_page = row + place <= PAGE_LINES
        written += is_on_page
        writing.insert(
            SupplyLine,
            slip_id=slip,
            item_id=one.item,
            change=kind.sign * one.count,
            amount_fen=one.amount_fen,
            staff_id=one.person,
            section=section_of(office, one, day),
            old_parts=one.old_parts,
            old_missing=checked(one.old_missing, "old_missing"),
            paper_page=page if is_on_page else "",
            paper_row=row + place if is_on_page else None,
            remark=checked(one.remark, "remark"),
            entered_at=writing.now,
            entered_by=writing.operator,
        )
    touched = {one.item for one in goods}
    require_not_counting(office, touched)
    require_stock(office, touched, number_of(office, slip), kind)
    return len(goods) - written


def require_counts(office: Office, goods: Sequence[Goods]) -> None:
    """Refuse a line of nothing, of too much, or of an item that is not kept."""
    for one in goods:
        item = require_item(office, one.item)
        if not 1 <= one.count <= LARGEST_COUNT:
            raise Refused(f"{item.title}的数量要大于0,也不能太大。", field="count")


def number_of(office: Office, slip: int) -> str:
    """Return a slip's number as it is shown."""
    return shown(*office.fetch("SELECT series, year, number FROM supply_slips WHERE id = ?", slip)[0])


def read_page(raw: str) -> str:
    """Return the number of a 签字页 as it is kept: 第12页 is 12; empty for none, refused where it is no number."""
    page = fold(checked(raw, "page")).removeprefix("第").removesuffix("页")
    if page and not (page.isascii() and page.isdecimal() and len(page) <= 6 and int(page)):
        raise Refused("签字页写页号,如 12。", field="page")
    return str(int(page)) if page else ""


def next_row(office: Office, page: str, day: date) -> int:
    """Return the next free line of a 签字页 in a year, struck lines counted: on paper they stand there too."""
    year = f"{day.year}-01-01", f"{day.year}-12-31"
    row = office.fetch(
        "SELECT max(l.paper_row) FROM supply_lines l JOIN supply_slips s ON s.id = l.slip_id"
        " WHERE l.paper_page = ? AND s.event_day BETWEEN ? AND ?",
        page,
        *year,
    )[0][0]
    return (row or 0) + 1


def open_page(office: Office, day: date) -> str:
    """Return the 签字页 that was written on last in a day's year, empty where it is full or there is none."""
    rows = office.fetch(
        "SELECT l.paper_page, max(l.paper_row) FROM supply_lines l JOIN supply_slips s ON s.id = l.slip_id"
        " WHERE l.paper_page <> '' AND s.event_day BETWEEN ? AND ? GROUP BY l.paper_page"
        " ORDER BY CAST(l.paper_page AS INTEGER) DESC LIMIT 1",
        f"{day.year}-01-01",
        f"{day.year}-12-31",
    )
    return str(rows[0][0]) if rows and rows[0][1] < PAGE_LINES else ""


def require_people(office: Office, people: Collection[int | None], day: date, field: str = "person") -> None:
    """Refuse who is not at the office on a day, by name."""
    wanted = {person for person in people if person is not None}
    here = {person.id for person in staff.people_on(office, day)} if wanted else set()
    for person in sorted(wanted - here):
        name = staff.names_ever(office, day).get(person)
        known = f"{name}{chinese_short_day(day)}不在册" if name else "花名册里没有这个人"
        raise Refused(f"{known},请另选一个人。", field=field)


def require_approver(
    office: Office, approver: int | None, why: str, day: date, *, by: int | None, takers: Collection[int | None] = ()
) -> None:
    """Refuse what has to be approved (`why` says what) without a head who neither writes nor takes it."""
    if approver is None:
        raise Refused(f"{why},请写批准人。", SUPPLIES, field="approved_by")
    if approver == by:
        raise Refused("登记的人不能自己批准。", SUPPLIES, field="approved_by")
    if approver in takers:
        raise Refused("领用人不能批准自己领用的,请由上一级批准。", SUPPLIES, field="approved_by")
    heads = {one.staff for one in posts.holdings_on(office, day) if one.post in HEADS}
    if heads and approver not in heads:
        raise Refused(f"{why},要由股长、分管副主任或主任批准。", SUPPLIES, field="approved_by")
    require_people(office, [approver], day, "approved_by")


def settle_signatures(office: Office, writing: Change, slip: int) -> None:
    """Bring an issue's state up to its lines: 已签字 once the last of them stands on a page."""
    state = office.fetch("SELECT state FROM supply_slips WHERE id = ?", slip)[0][0]
    left = office.fetch(
        "SELECT count(*) FROM supply_lines WHERE slip_id = ? AND struck_at IS NULL AND paper_page = ''", slip
    )[0][0]
    wanted = SlipState.UNSIGNED if left else SlipState.SIGNED
    if state in (SlipState.UNSIGNED, SlipState.SIGNED) and state != wanted:
        writing.update(SupplySlip, slip, state=wanted.value)


def listed(items: Sequence[tuple[Item, int]], limit: int = 3) -> str:
    """Return A4复印纸 2包、中性笔 5支等8种."""
    words = [f"{item.title} {count}{item.unit}" for item, count in items[:limit]]
    more = f"等{len(items)}种" if len(items) > limit else ""
    return "、".join(words) + more


def section_of(office: Office, goods: Goods, day: date) -> str:
    """Return the section a line is charged to: the one given, else the person's own on the day."""
    if goods.section or goods.person is None:
        return checked(goods.section, "section")
    person = staff.person_on(office, goods.person, day)
    return "" if person is None else person.section
