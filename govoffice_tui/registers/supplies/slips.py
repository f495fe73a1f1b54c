"""The slips of the stock book: what comes in, is issued, comes back unopened, or is written off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.models import SupplyLine
from govoffice_tui.registers import posts, settings, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.booking import (
    Booked,
    Goods,
    Head,
    enter_lines,
    enter_slip,
    head_day,
    listed,
    next_row,
    number_of,
    read_page,
    require_approver,
    require_counts,
    require_people,
    settle_signatures,
)
from govoffice_tui.registers.supplies.items import ItemPlan, enter_item, require_item
from govoffice_tui.registers.supplies.stock import stock_of
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import (
    PAGE_LINES,
    SUPPLIES,
    SlipKind,
    SlipState,
    check_old_parts,
    needs_approval,
    require_move,
)


def receive(
    office: Office, goods: Sequence[Goods], head: Head, *, by: int | None, form_key: str | None = None
) -> Booked:
    """Enter what was delivered (入库), one slip of any number of items; an unknown price stays empty.

    Refused for a closed month, a day to come, a count that is none, and while an item is being counted.
    """
    return _book(office, "receive_supplies", SlipKind.RECEIVE, SlipState.BOOKED, goods, head, by=by, form_key=form_key)


def issue(
    office: Office,
    goods: Sequence[Goods],
    head: Head,
    page: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Booked:
    """Issue items to people or sections (领用), all or nothing; with a 签字页 the lines stand signed on it.

    Refused where the stock does not suffice, to whom is not at the office, above the limit without a head's approval
    and where an old one should come in for the new (办公设施管理制度第5条).
    """
    return _book(
        office, "issue_supplies", SlipKind.ISSUE, SlipState.UNSIGNED, goods, head, page, by=by, form_key=form_key
    )


def write_off(
    office: Office, goods: Sequence[Goods], head: Head, *, by: int | None, form_key: str | None = None
) -> Booked:
    """Write off what cannot be used any more (报废); refused without a reason and a head's approval."""
    return _book(office, "waste_supplies", SlipKind.WASTE, SlipState.BOOKED, goods, head, by=by, form_key=form_key)


def open_book(
    office: Office,
    balances: Sequence[tuple[ItemPlan, int, int | None]],
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Booked:
    """Enter an existing stock list: items new to the book, each with its count and what it is worth (期初), at once.

    Refused for a month that is closed and for an item that stands in the book already.
    """
    with office.write("import_supplies", by, form_key) as writing:
        if writing.repeated is not None:
            rows = office.fetch("SELECT max(id) FROM supply_slips WHERE kind = ?", SlipKind.OPENING.value)
            return _told(office, rows[0][0])
        posts.require(office, "import_supplies", by, day_of(writing.now))
        if not balances:
            raise Refused("清单里没有品目。", field="lines")
        head = Head(day)
        on = head_day(office, writing, head)
        goods = [Goods(enter_item(office, writing, plan), count, amount_fen=fen) for plan, count, fen in balances]
        slip = enter_slip(office, writing, SlipKind.OPENING, SlipState.BOOKED, on, head)
        counted = [one for one in goods if one.count]
        if counted:
            enter_lines(office, writing, slip, SlipKind.OPENING, on, counted)
        return _told(office, slip)


def give_back(
    office: Office,
    line: int,
    count: int,
    head: Head,
    *,
    is_unopened: bool,
    by: int | None,
    form_key: str | None = None,
) -> Booked:
    """Take back what was issued (退库), in a slip of its own that names the line it was issued by.

    Refused for what has been opened or used, which is no stock any more, and for more than is still out.
    """
    with office.write("return_supplies", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _told(office, writing.repeated_entry)
        posts.require(office, "return_supplies", by, day_of(writing.now))
        rows = office.fetch(
            "SELECT l.item_id, l.change, l.staff_id, l.section, l.struck_at, s.kind, s.state, s.event_day"
            " FROM supply_lines l JOIN supply_slips s ON s.id = l.slip_id WHERE l.id = ?",
            line,
        )
        if not rows or rows[0][4] is not None or rows[0][5] != SlipKind.ISSUE:
            raise Refused("请选一行领用来退,已划去的不能退。", field="line")
        item_id, change, person, section, _, _, state, issued = rows[0]
        require_move(SlipState(state), "return_supplies")
        item = require_item(office, item_id)
        if not is_unopened:
            raise Refused(f"拆过封、用过的不能退库。{item.name}用剩的请交旧件或作报废。", SUPPLIES, field="is_unopened")
        day = head_day(office, writing, head)
        if day < date.fromisoformat(issued):
            raise Refused("退库的日期不能早于领用。", field="day")
        left = -change - returned_of(office, [line]).get(line, 0)
        if count > left:
            raise Refused(f"这一行领用还有{left}{item.unit}没有退,退不了{count}{item.unit}。", SUPPLIES, field="count")
        slip = enter_slip(office, writing, SlipKind.RETURN, SlipState.BOOKED, day, head)
        enter_lines(office, writing, slip, SlipKind.RETURN, day, [Goods(item_id, count, person, section)])
        row = office.fetch("SELECT max(id) FROM supply_lines WHERE slip_id = ?", slip)[0][0]
        writing.update(SupplyLine, row, returned_line=line)
        return _told(office, slip)


def sign(
    office: Office, slip: int, lines: Sequence[int], page: str, *, by: int | None, form_key: str | None = None
) -> Booked:
    """Note the 签字页 on which lines of an issue are signed, all that wait where none are named.

    What does not fit the page goes on waiting for the next one. Refused without a page and for one that is full.
    """
    with office.write("sign_supplies", by, form_key) as writing:
        if writing.repeated is not None:
            return _told(office, slip)
        posts.require(office, "sign_supplies", by, day_of(writing.now))
        state, day = state_of(office, slip)
        require_move(state, "sign_supplies")
        number = read_page(page)
        if not number:
            raise Refused("请写签字页的页号。", SUPPLIES, field="page")
        row = next_row(office, number, day)
        if row > PAGE_LINES:
            raise Refused(f"签字页第{number}页{PAGE_LINES}行已写满,请写新的一页。", field="page")
        waiting = [
            one
            for (one,) in office.fetch(
                "SELECT id FROM supply_lines WHERE slip_id = ? AND struck_at IS NULL AND paper_page = '' ORDER BY id",
                slip,
            )
            if not lines or one in lines
        ]
        if not waiting:
            raise Refused("这几行已经签字。", SUPPLIES)
        for place, one in enumerate(waiting[: PAGE_LINES + 1 - row]):
            writing.update(SupplyLine, one, paper_page=number, paper_row=row + place)
        settle_signatures(office, writing, slip)
        return _told(office, slip)


def returned_of(office: Office, lines: Sequence[int]) -> dict[int, int]:
    """Return how many units of issued lines came back."""
    if not lines:
        return {}
    marks = ", ".join("?" * len(lines))
    rows = office.fetch(
        f"SELECT returned_line, sum(change) FROM supply_lines WHERE struck_at IS NULL AND returned_line IN ({marks})"
        " GROUP BY returned_line",
        *lines,
    )
    return {line: int(count) for line, count in rows}


def state_of(office: Office, slip: int) -> tuple[SlipState, date]:
    """Return where a slip stands and its day, refused for one that is struck or unknown."""
    rows = office.fetch("SELECT state, event_day, struck_at FROM supply_slips WHERE id = ?", slip)
    if not rows:
        raise Refused("没有这张单。")
    state, day, struck = rows[0]
    if struck is not None:
        raise Refused("这张单已作废或更正,请看最新的一张。")
    return SlipState(state), date.fromisoformat(day)


def _book(
    office: Office,
    verb: str,
    kind: SlipKind,
    state: SlipState,
    goods: Sequence[Goods],
    head: Head,
    page: str = "",
    *,
    by: int | None,
    form_key: str | None,
) -> Booked:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _told(office, writing.repeated_entry)
        posts.require(office, verb, by, day_of(writing.now))
        day = head_day(office, writing, head)
        require_counts(office, goods)
        require_people(office, [one.person for one in goods], day)
        require_people(office, [head.accepted_by], day, "accepted_by")
        if kind is SlipKind.ISSUE:
            check_issue(office, goods, head, day, by=by)
        if kind is SlipKind.WASTE:
            if not checked(head.remark, "remark"):
                raise Refused("报废要写原因。", SUPPLIES, field="remark")
            require_approver(office, head.approved_by, "报废要批准", day, by=by)
        slip = enter_slip(office, writing, kind, state, day, head)
        enter_lines(office, writing, slip, kind, day, goods, read_page(page))
        settle_signatures(office, writing, slip)
        return _told(office, slip)


def check_issue(office: Office, goods: Sequence[Goods], head: Head, day: date, *, by: int | None) -> None:
    """Refuse an issue to nobody, above the limit without approval, and without the old ones that belong to it."""
    limit = settings.on(office, day).supplies_limit
    taken: dict[tuple[int, int | None, str], int] = defaultdict(int)
    for one in goods:
        item = require_item(office, one.item)
        if one.person is None and not checked(one.section, "section"):
            raise Refused("请写领用人或股室。", SUPPLIES, field="person")
        check_old_parts(item, one.count, one.old_parts, checked(one.old_missing, "old_missing"))
        taken[one.item, one.person, one.section if one.person is None else ""] += one.count
    over = [
        (item, count)
        for (item, _, _), count in taken.items()
        if needs_approval(require_item(office, item), count, limit)
    ]
    if over:
        first = require_item(office, over[0][0])
        most = limit if first.limit is None else first.limit
        why = f"{first.title}领{over[0][1]}{first.unit},超过限额{most}{first.unit}"
        takers = {one.person for one in goods if one.item in {item for item, _ in over}}
        require_approver(office, head.approved_by, why, day, by=by, takers=takers)
    elif head.approved_by is not None:
        require_people(office, [head.approved_by], day, "approved_by")


def _told(office: Office, slip: int) -> Booked:
    """Return what a slip says in one line, and what it left below its minimum."""
    kind, day = office.fetch("SELECT kind, event_day FROM supply_slips WHERE id = ?", slip)[0]
    rows = office.fetch(
        "SELECT item_id, change, staff_id, section, paper_page FROM supply_lines"
        " WHERE slip_id = ? AND struck_at IS NULL ORDER BY id",
        slip,
    )
    totals: Counter[int] = Counter()
    for item, change, *_ in rows:
        totals[item] += abs(change)
    goods = [(require_item(office, item, is_kept=False), count) for item, count in totals.items()]
    who = _to_whom(office, [(person, section) for _, _, person, section, _ in rows], date.fromisoformat(day))
    left = f",现存{goods[0][0].shown(stock_of(office, goods[0][0].id))}" if len(goods) == 1 else ""
    unsigned = sum(not page for *_, page in rows) if kind == SlipKind.ISSUE else 0
    low = () if kind in (SlipKind.RECEIVE, SlipKind.OPENING, SlipKind.RETURN) else low_titles(office, totals)
    what = listed(goods) if goods else "没有结存"
    return Booked(slip, number_of(office, slip), f"{who} {what}{left}".strip(), unsigned, low)


def low_titles(office: Office, items: Mapping[int, int]) -> tuple[str, ...]:
    """Return which of some items are below their minimum now: A4复印纸6包(最低10)."""
    found = []
    for one in (require_item(office, item, is_kept=False) for item in items):
        stock = stock_of(office, one.id)
        if stock < one.minimum:
            found.append(f"{one.title}{stock}{one.unit}(最低{one.minimum})")
    return tuple(found)


def _to_whom(office: Office, takers: Sequence[tuple[int | None, str]], day: date) -> str:
    names = list(
        dict.fromkeys(section if person is None else staff.name_of(office, person, day) for person, section in takers)
    )
    names = [name for name in names if name]
    return "、".join(names[:2]) + (f"等{len(names)}处" if len(names) > 2 else "")
