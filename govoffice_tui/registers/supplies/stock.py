"""What is in stock by the book: every movement of an item in the book's order, and the check that none is lacking."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from govoffice_tui.clock import chinese_short_day, month_days, month_of
from govoffice_tui.registers import closing
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.items import require_item
from govoffice_tui.rules.refusal import Problem, Refused
from govoffice_tui.rules.supplies import SUPPLIES, Movement, Price, SlipKind, SlipState, shortfall

REGISTER, WORDS = "supplies", "耗材"

JOINED = "supply_lines l JOIN supply_slips s ON s.id = l.slip_id"
"""Lines with their slips; a line is current while it is not struck itself."""


def movements(office: Office, item: int) -> list[Movement]:
    """Return what an item's lines do to its stock, in the order of the book."""
    rows = office.fetch(
        f"SELECT s.event_day, s.place, l.change, s.series, s.year, s.number FROM {JOINED}"
        " WHERE l.item_id = ? AND l.struck_at IS NULL ORDER BY s.event_day, s.place, l.id",
        item,
    )
    return [Movement(day, place, change, shown(*number)) for day, place, change, *number in rows]


def stock_of(office: Office, item: int) -> int:
    """Return how many units of an item there are now."""
    return int(
        office.fetch("SELECT coalesce(sum(change), 0) FROM supply_lines WHERE item_id = ? AND struck_at IS NULL", item)[
            0
        ][0]
    )


def stocks(office: Office, before: date | None = None) -> dict[int, int]:
    """Return the stock of every item that has a line: now, or when a day begins."""
    if before is None:
        rows = office.fetch("SELECT item_id, sum(change) FROM supply_lines WHERE struck_at IS NULL GROUP BY item_id")
    else:
        rows = office.fetch(
            f"SELECT l.item_id, sum(l.change) FROM {JOINED} WHERE l.struck_at IS NULL AND s.event_day < ?"
            " GROUP BY l.item_id",
            before.isoformat(),
        )
    return {item: int(stock) for item, stock in rows}


def prices(office: Office, until: date) -> dict[int, Price]:
    """Return what was paid last for each item up to a day; what nobody knows the price of is left out."""
    rows = office.fetch(
        f"SELECT l.item_id, l.amount_fen, l.change FROM {JOINED} WHERE l.struck_at IS NULL AND l.amount_fen IS NOT NULL"
        " AND l.change > 0 AND s.kind IN ('opening', 'receive') AND s.event_day <= ?"
        " ORDER BY s.event_day, s.place, l.id",
        until.isoformat(),
    )
    return {item: Price(fen, count) for item, fen, count in rows}


def require_stock(office: Office, items: Collection[int], number: str, kind: SlipKind) -> None:
    """Refuse what was just written where an item would ever have been fewer than none.

    `number` is the slip at hand: the sentence differs where another slip is the one that could not have been.
    """
    for item in sorted(items):
        moves = movements(office, item)
        lacking = shortfall(moves)
        if lacking is None:
            continue
        movement, missing = lacking
        found = require_item(office, item, is_kept=False)
        if movement.words == number and kind.sign < 0:
            taken = -sum(one.change for one in moves if one.words == number)
            raise Refused(
                f"{found.title}只有{found.shown(taken - missing)},不够{kind.label}{taken}{found.unit}。"
                f"请少写一些,或先登记入库。",
                SUPPLIES,
                field="count",
            )
        day = chinese_short_day(date.fromisoformat(movement.day))
        raise Refused(
            f"{found.title}的库存不能小于零:这样记,{day}{movement.words}就少{missing}{found.unit}。请核对日期和数量。",
            SUPPLIES,
            field="count",
        )


def require_not_counting(office: Office, items: Collection[int]) -> None:
    """Refuse to move what is being counted: the figures on the sheet would not be those of the shelf."""
    rows = office.fetch(
        f"SELECT DISTINCT l.item_id, s.series, s.year, s.number FROM {JOINED}"
        " WHERE s.state = ? AND l.struck_at IS NULL",
        SlipState.COUNTING.value,
    )
    for item, *number in rows:
        if item in items:
            title = require_item(office, item, is_kept=False).title
            raise Refused(f"{title}正在盘点({shown(*number)}),先完成或取消盘点再登记。", SUPPLIES)


def require_postable(office: Office, day: date, today: date) -> None:
    """Refuse a new slip for a day to come, long gone, or of a closed month: that is posted in the present month."""
    if day > today:
        raise Refused("日期还没有到,请核对。", field="day")
    if (today - day).days > 366:
        raise Refused(f"{day.year}年{day.month}月离今天太远,请核对年份。", field="day")
    if closing.sealed(office, REGISTER, month_of(day)) is not None:
        raise Refused(
            f"{day.year}年{day.month}月已月结,不能再记进去。请记在本月:日期写今天,"
            f"“补登的日期”写{chinese_short_day(day)}。",
            SUPPLIES,
            field="day",
        )


def require_changeable(office: Office, *days: date) -> None:
    """Refuse to change lines from a day on, but as an amendment of every month closed since: their 上存 changes too."""
    first = month_of(min(days))
    for (month,) in office.fetch(
        "SELECT DISTINCT month FROM closings WHERE register = ? AND month >= ? ORDER BY month", REGISTER, first
    ):
        closing.require_open(office, REGISTER, month_days(month)[0], WORDS)


def broken_counts(office: Office) -> list[Problem]:
    """Return every count the book no longer agrees with: replayed to its moment the stock is not what was counted.

    A count is an assertion. What breaks it was entered or put right later for a day before it.
    """
    found = []
    counted = office.fetch(
        f"SELECT DISTINCT l.item_id FROM {JOINED} WHERE l.counted IS NOT NULL AND l.struck_at IS NULL AND s.state = ?",
        SlipState.COUNTED.value,
    )
    for (item,) in counted:
        stock = 0
        for day, change, claim, state, *number in office.fetch(
            f"SELECT s.event_day, l.change, l.counted, s.state, s.series, s.year, s.number FROM {JOINED}"
            " WHERE l.item_id = ? AND l.struck_at IS NULL ORDER BY s.event_day, s.place, l.id",
            item,
        ):
            stock += change
            if claim is not None and state == SlipState.COUNTED.value and stock != claim:
                one = require_item(office, item, is_kept=False)
                moment = date.fromisoformat(day)
                words = f"{one.title} {chinese_short_day(moment)}盘点{claim}{one.unit},账上推算{stock}{one.unit}"
                found.append(Problem(shown(*number), f"{words},盘点以前的账改过或补登过,请更正盘点", moment, REGISTER))
                break
    return found
