"""Who uses how much: sections by items, a month beside its past, what is low, and what to buy (杜绝浪费)."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

from govoffice_tui.clock import month_days, month_of
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.items import items as kept_items
from govoffice_tui.registers.supplies.pages import MONTHS_SHOWN, months_up_to, stock_list, twelve_months
from govoffice_tui.registers.supplies.stock import JOINED, REGISTER, prices
from govoffice_tui.registers.supplies.views import (
    CrossTab,
    PurchaseLine,
    PurchasePlan,
    SectionUse,
    StockItem,
    UseMonth,
    UseRow,
)
from govoffice_tui.rules.supplies import Signal, suggested_purchase, use_signal

NO_SECTION = "未写股室"


def cross_tab(office: Office, month: str) -> CrossTab:
    """Return 各股室领用 of a month (YYYY-MM): sections in rank order by the items anybody used, returns taken off."""
    days = month_days(month)
    used = _used(office, month, month)
    known, seal = prices(office, days[-1]), closing.sealed(office, REGISTER, month)
    listed = [one for one in kept_items(office, with_retired=True) if any(item == one.id for _, _, item in used)]
    heads = _heads(office, month)
    rows = []
    for section in _in_order(office, {section for _, section, _ in used}, month):
        counts = tuple(used.get((month, section, item.id), 0) for item in listed)
        priced = [
            known[item.id].of(count)
            for item, count in zip(listed, counts, strict=True)
            if item.id in known and count > 0
        ]
        rows.append(SectionUse(section, heads.get(section, 0), counts, sum(priced) if priced else None))
    totals = tuple(sum(row.counts[place] for row in rows) for place in range(len(listed)))
    amounts = [row.amount_fen for row in rows if row.amount_fen is not None]
    return CrossTab(
        settings.on(office, days[-1]).office_name,
        month,
        tuple(listed),
        tuple(rows),
        totals,
        sum(amounts) if amounts else None,
        seal.revision if seal else 0,
    )


def use_month(office: Office, month: str) -> UseMonth:
    """Return a month's use by section and item beside the month before and its own past, far above first.

    The past is the section's own, month by month from its first use of the item on, twelve at the most.
    """
    months = months_up_to(month, MONTHS_SHOWN + 1)
    used = _used(office, months[0], month)
    heads, listed = _heads(office, month), {one.id: one for one in kept_items(office, with_retired=True)}
    order = {section: place for place, section in enumerate(_in_order(office, {key[1] for key in used}, month))}
    rows = []
    for section, item in sorted({(section, item) for _, section, item in used}):
        this, last = used.get((month, section, item), 0), used.get((months[-2], section, item), 0)
        if not this and not last:
            continue
        begun = min(one for one, where, what in used if (where, what) == (section, item))
        past = [used.get((one, section, item), 0) for one in months[:-1] if one >= begun]
        signal = use_signal(this, past)
        rows.append(UseRow(section, heads.get(section, 0), listed[item], this, last, signal))
    rows.sort(key=lambda row: (not row.signal.is_far_above, order[row.section], row.item.code))
    return UseMonth(settings.on(office, month_days(month)[-1]).office_name, month, tuple(rows))


def low_stock(office: Office) -> list[StockItem]:
    """Return what is below its minimum now, by code."""
    return [one for one in stock_list(office) if one.is_low]


def purchase_plan(office: Office) -> PurchasePlan:
    """Return 采购计划申请 as of today: what is below its minimum or will be within a usual month, whole packs."""
    today = office.now().date()
    known = prices(office, today)
    lines = []
    for one in stock_list(office):
        usual = _usual(office, one.item.id, month_of(today))
        if one.stock >= one.item.minimum + usual and not one.is_low:
            continue
        count = suggested_purchase(one.item, one.stock, usual)
        if count:
            price = known.get(one.item.id)
            amount = None if price is None else price.of(count)
            lines.append(PurchaseLine(one.item, one.stock, usual, count, one.unit_fen, amount))
    return PurchasePlan(settings.on(office, today).office_name, today, tuple(lines))


def signal_of(office: Office, item: int, month: str) -> Signal:
    """Return how the whole office's use of an item in a month stands to the months before it."""
    counts = [count for _, count in twelve_months(office, item, month)]
    begun = office.fetch(f"SELECT min(s.event_day) FROM {JOINED} WHERE l.item_id = ? AND l.struck_at IS NULL", item)[0][
        0
    ]
    months = months_up_to(month, MONTHS_SHOWN)
    past = [count for one, count in zip(months, counts, strict=True) if begun is not None and begun[:7] <= one < month]
    return use_signal(counts[-1], past)


def _usual(office: Office, item: int, month: str) -> float:
    """Return what a usual month takes of an item: the mean of the whole months before, six at the most."""
    rows = twelve_months(office, item, month)[:-1]
    begun = office.fetch(f"SELECT min(s.event_day) FROM {JOINED} WHERE l.item_id = ? AND l.struck_at IS NULL", item)[0][
        0
    ]
    counts = [count for one, count in rows if begun is not None and one >= begun[:7]][-6:]
    return sum(counts) / len(counts) if counts else 0.0


def _used(office: Office, first: str, last: str) -> dict[tuple[str, str, int], int]:
    """Return what each section used of each item in each month: issued less returned."""
    rows = office.fetch(
        f"SELECT substr(s.event_day, 1, 7), l.section, l.item_id, -sum(l.change) FROM {JOINED}"
        " WHERE l.struck_at IS NULL AND s.kind IN ('issue', 'return') AND s.event_day BETWEEN ? AND ?"
        " GROUP BY 1, 2, 3",
        f"{first}-01",
        month_days(last)[-1].isoformat(),
    )
    found: Counter[tuple[str, str, int]] = Counter()
    for month, section, item, count in rows:
        found[month, section or NO_SECTION, item] += int(count)
    return dict(found)


def _heads(office: Office, month: str) -> dict[str, int]:
    """Return how many people each section has on a month's last day."""
    found: dict[str, int] = defaultdict(int)
    for person in staff.people_on(office, min(month_days(month)[-1], office.now().date() + timedelta(days=1))):
        found[person.section] += 1
    return found


def _in_order(office: Office, sections: set[str], month: str) -> list[str]:
    """Return sections in the rank order of their people; one nobody is in stands at the end."""
    ranked = dict.fromkeys(person.section for person in staff.everybody(office, month_days(month)[-1]))
    known = [section for section in ranked if section in sections]
    return known + sorted(sections - set(known))
