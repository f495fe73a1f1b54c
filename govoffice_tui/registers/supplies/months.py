"""A month of the stock book: its table, what keeps it from being closed, and the figures it is closed with."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, day_of, month_days
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.items import items as kept_items
from govoffice_tui.registers.supplies.pages import months_up_to, slips_of
from govoffice_tui.registers.supplies.stock import JOINED, REGISTER, broken_counts, prices, stocks
from govoffice_tui.registers.supplies.use import use_month
from govoffice_tui.registers.supplies.views import StockMonth, StockRow
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.supplies import Balance, SlipKind, SlipState, balance


def stock_month(office: Office, month: str) -> StockMonth:
    """Return 收发存 of a month (YYYY-MM), read while nobody wrote."""
    return office.steady(lambda: _stock_month(office, month))


def balances(office: Office, month: str) -> dict[int, Balance]:
    """Return each item's month: what it began with, its movements by kind, and so what it ends with."""
    days = month_days(month)
    opening = stocks(office, days[0])
    changes: dict[int, list[tuple[SlipKind, int]]] = defaultdict(list)
    for item, kind, change in office.fetch(
        f"SELECT l.item_id, s.kind, sum(l.change) FROM {JOINED} WHERE l.struck_at IS NULL"
        " AND s.event_day BETWEEN ? AND ? GROUP BY l.item_id, s.kind",
        days[0].isoformat(),
        days[-1].isoformat(),
    ):
        changes[item].append((SlipKind(kind), int(change)))
    return {item: balance(opening.get(item, 0), changes.get(item, ())) for item in opening.keys() | changes.keys()}


def pending(office: Office, month: str) -> list[Problem]:
    """Return what keeps a month of the stock book from being closed.

    A month that is not over, an earlier one that is open, a count under way or no longer true, and issues nobody
    signed for.
    """
    last = month_days(month)[-1]
    found = []
    if office.now().date() <= last:
        found.append(Problem(REGISTER_TITLE, "本月还没有过完", office.now().date()))
    before = months_up_to(month, 2)[0]
    earlier = month_days(before)[-1].isoformat()
    if closing.sealed(office, REGISTER, before) is None and office.fetch(
        "SELECT 1 FROM supply_slips WHERE event_day <= ? LIMIT 1", earlier
    ):
        found.append(Problem(REGISTER_TITLE, f"{int(before[5:])}月还没有月结,先结上月", date.fromisoformat(earlier)))
    for series, year, number, day, state in office.fetch(
        "SELECT series, year, number, event_day, state FROM supply_slips WHERE struck_at IS NULL AND state IN (?, ?)"
        " AND event_day BETWEEN ? AND ? ORDER BY event_day, place",
        SlipState.COUNTING.value,
        SlipState.UNSIGNED.value,
        f"{month}-01",
        last.isoformat(),
    ):
        left = "盘点还没有完成" if state == SlipState.COUNTING else "领用人还没有签字"
        found.append(Problem(shown(series, year, number), left, date.fromisoformat(day)))
    found += [problem for problem in broken_counts(office) if problem.day is not None and problem.day <= last]
    return found


def month_summary(office: Office, month: str) -> str:
    """Return the month in one line."""
    counts: dict[str, int] = dict(
        office.fetch(
            "SELECT kind, count(*) FROM supply_slips WHERE struck_at IS NULL AND event_day BETWEEN ? AND ?"
            " GROUP BY kind",
            f"{month}-01",
            month_days(month)[-1].isoformat(),
        )
    )
    words = [f"{kind.label}{counts[kind.value]}笔" for kind in SlipKind if counts.get(kind.value)]
    high = len(use_month(office, month).far_above)
    return (" ".join(words) or "没有收发") + (f" 用量偏高{high}处" if high else "")


def seal_digest(office: Office, month: str) -> str:
    """Return the digest of a month's stock and slips as it stands beside the seal."""
    lines = [
        f"{item} {one.opening} {one.received} {one.issued} {one.returned} {one.wasted} {one.adjusted} {one.closing}"
        for item, one in sorted(balances(office, month).items())
    ]
    for slip in sorted(slips_of(office, month, with_struck=False), key=lambda one: (one.day, one.place)):
        rows = " ".join(
            f"{line.item.id}:{line.change}:{line.section}:{line.person}:{line.amount_fen}" for line in slip.standing
        )
        lines.append(f"{slip.number} {slip.day} {rows}")
    return sha256("\n".join(lines).encode()).hexdigest()


def notes_of(office: Office, month: str) -> list[str]:
    """Return what the month's form says under its table: late postings, counts, write-offs, struck slips."""
    found = []
    slips = sorted(slips_of(office, month), key=lambda one: (one.day, one.place))
    late = [slip for slip in slips if slip.fact_day is not None and not slip.is_struck]
    for slip in late:
        assert slip.fact_day is not None
        found.append(f"{slip.number}补登{chinese_short_day(slip.fact_day)}的{slip.kind.label}")
    for slip in slips:
        if slip.kind is SlipKind.COUNT and slip.state is SlipState.COUNTED and not slip.is_struck:
            wrong = [line for line in slip.standing if line.change]
            words = "、".join(f"{line.item.title}{line.change:+d}{line.item.unit}" for line in wrong[:4])
            more = f"等{len(wrong)}种" if len(wrong) > 4 else ""
            found.append(f"{chinese_short_day(slip.day)}盘点({slip.number}):" + (words + more if wrong else "账实相符"))
        if slip.kind is SlipKind.WASTE and not slip.is_struck:
            found.append(f"{slip.number}报废:{slip.remark}({slip.approved_by}批准)")
    struck = [slip.number for slip in slips if slip.is_struck]
    if struck:
        found.append("作废或更正:" + "、".join(dict.fromkeys(struck)))
    return found


def _stock_month(office: Office, month: str) -> StockMonth:
    days = month_days(month)
    found, known = balances(office, month), prices(office, days[-1])
    rows = []
    for item in kept_items(office, with_retired=True):
        one = found.get(item.id, Balance())
        if item.is_retired and not one.opening and not one.is_moved:
            continue
        if item.id not in found and not _was_kept(office, item.id, days[-1]):
            continue
        price = known.get(item.id)
        rows.append(
            StockRow(
                item,
                one,
                None if price is None else price.unit_fen,
                None if price is None else price.of(one.closing),
                "低于最低" if one.closing < item.minimum and not item.is_retired else "",
            )
        )
    seal = closing.sealed(office, REGISTER, month)
    return StockMonth(
        settings.on(office, days[-1]).office_name,
        month,
        tuple(rows),
        tuple(notes_of(office, month)),
        tuple(pending(office, month)) if seal is None else (),
        seal.revision if seal else 0,
    )


def _was_kept(office: Office, item: int, last: date) -> bool:
    """Return whether an item without a movement stood in the book at a month's end."""
    at = office.fetch("SELECT entered_at FROM supply_items WHERE id = ?", item)[0][0]
    return day_of(at) <= last


REGISTER_TITLE = "耗材"
