"""What the papers of the stock book are read from: by day, or by what a slip's file is named after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.registers import settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies import pages, use
from govoffice_tui.registers.supplies.counts import count_sheet
from govoffice_tui.registers.supplies.items import items as kept_items
from govoffice_tui.registers.supplies.months import balances, stock_month
from govoffice_tui.registers.supplies.views import (
    CountSheet,
    CrossTab,
    LedgerPage,
    Slip,
    StockItem,
    StockMonth,
    UseMonth,
)
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class MonthForms:
    """What a month's workbook says: the stock, who used what, and each section beside its past."""

    stock: StockMonth
    sections: CrossTab
    use: UseMonth


@dataclass(frozen=True)
class SlipPaper:
    """One slip to be signed, or a blank one without it."""

    office_name: str
    slip: Slip | None


@dataclass(frozen=True)
class LowList:
    """What is below its minimum on a day."""

    office_name: str
    day: date
    rows: tuple[StockItem, ...]


@dataclass(frozen=True)
class SignPage:
    """A 签字页 with its number, to be signed line by line."""

    office_name: str
    year: int
    page: str


def month_forms(office: Office, month: str) -> MonthForms:
    """Return a month (YYYY-MM) of the stock book, read while nobody wrote."""
    return office.steady(
        lambda: MonthForms(stock_month(office, month), use.cross_tab(office, month), use.use_month(office, month))
    )


def ledger_pages(office: Office, month: str) -> tuple[LedgerPage, ...]:
    """Return the page of every item that was in stock or moved in the year up to a month, from January on."""
    found = []
    for item in kept_items(office, with_retired=True):
        page = pages.ledger(office, item, month)
        if any(line.kind == "movement" or line.balance for line in page.lines):
            found.append(page)
    return tuple(found)


def has_ledger(office: Office, month: str) -> bool:
    """Return whether anything stood in the book in a month."""
    return any(one.opening or one.is_moved for one in balances(office, month).values())


def slip_paper(office: Office, period: str) -> SlipPaper:
    """Return an issue or a return by what its file is named after (2026-10-12_领2026-311), a blank one for a day."""
    day, _, rest = period.partition("_")
    name = settings.on(office, date.fromisoformat(day)).office_name
    return SlipPaper(name, _slip(office, period) if rest else None)


def count_paper(office: Office, period: str) -> CountSheet:
    """Return a count by what its file is named after (2026-10-12_盘2026-3)."""
    sheet = count_sheet(office, _slip(office, period).id)
    if sheet is None:
        raise Refused("这张单不是盘点,没有盘点表。")
    return sheet


def low_list(office: Office, day: str) -> LowList:
    """Return what is below its minimum now, dated a day."""
    on = date.fromisoformat(day)
    return LowList(settings.on(office, on).office_name, on, tuple(use.low_stock(office)))


def sign_page(office: Office, period: str) -> SignPage:
    """Return a blank 签字页 by what its file is named after (2026-10-12_第12页)."""
    day, _, page = period.partition("_")
    on = date.fromisoformat(day)
    return SignPage(settings.on(office, on).office_name, on.year, page.removeprefix("第").removesuffix("页"))


def _slip(office: Office, period: str) -> Slip:
    _, _, rest = period.partition("_")
    series, (year, _, number) = rest[:1], rest[1:].partition("-")
    rows = office.fetch(
        "SELECT id FROM supply_slips WHERE series = ? AND year = ? AND number = ? AND struck_at IS NULL",
        series,
        int(year),
        int(number),
    )
    slip = pages.slip_of(office, rows[0][0]) if rows else None
    if slip is None:
        raise Refused("这张单已作废或更正,请重新选。")
    return slip
