"""The line over each page of the stock book: which page it is, and what there is to be seen to."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from govoffice_tui.registers.supplies.views import LedgerPage, Slip, StockItem, UseRow
from govoffice_tui.rules.supplies import Signal, SlipKind


def ledger(page: LedgerPage, signal: Signal, month: str) -> Content:
    """Return an item with its minimum, what is there, and how the month stands to the past."""
    item = page.item
    parts = [
        Content.styled(f"{item.title}({item.unit}) {_words(month)}", "bold"),
        Content(f"   最低 {item.minimum}   现存 {item.shown(page.stock)}"),
    ]
    if signal.usual is not None:
        parts.append(Content(f"   以往月均 {signal.usual:.1f}"))
    if signal.word:
        parts.append(Content.styled(f"   本月{signal.word}", "bold $late"))
    return Content.assemble(*parts)


def month_use(rows: Sequence[UseRow], month: str) -> Content:
    """Return the month's use with how much of it is far above the past."""
    high = sum(one.signal.is_far_above for one in rows)
    mark = Content.styled(f"   明显偏高 {high}处", "bold $late") if high else Content("")
    return Content.assemble(Content.styled(f"{_words(month)} 各股室用量", "bold"), Content(f"   {len(rows)}行"), mark)


def stock(
    items: Sequence[StockItem], slips: Sequence[Slip], month: str, *, is_stock: bool, is_closed: bool, counting: str
) -> Content:
    """Return what is in stock, or the month's slips, with what is low and what waits for a signature."""
    low = sum(one.is_low for one in items)
    standing = [one for one in slips if not one.is_struck]
    unsigned = sum(len(one.unsigned) for one in standing if one.kind is SlipKind.ISSUE)
    parts = [
        Content.styled("耗材 库存" if is_stock else f"{_words(month)} 耗材凭证", "bold"),
        Content(f"   {len(items)}种" if is_stock else f"   {len(standing)}张"),
    ]
    if counting:
        parts.append(Content.styled(f"   正在盘点 {counting}", "bold $due"))
    if low:
        parts.append(Content.styled(f"   低于最低 {low}种", "bold $due"))
    if unsigned:
        parts.append(Content.styled(f"   待签字 {unsigned}行", "$due"))
    if is_closed:
        parts.append(Content.styled("   已月结", "$done"))
    return Content.assemble(*parts)


def _words(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"
