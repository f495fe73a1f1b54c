"""The pages of the stock book: what is there now, a month's slips, one item's page as the paper book has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from govoffice_tui.clock import local, month_days
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.items import items as kept_items
from govoffice_tui.registers.supplies.slips import returned_of
from govoffice_tui.registers.supplies.stock import JOINED, prices, stocks
from govoffice_tui.registers.supplies.views import LedgerLine, LedgerPage, Slip, SlipLine, StockItem, to_whom
from govoffice_tui.rules.supplies import Item, SlipKind, SlipState

MONTHS_SHOWN = 12

_SLIP = (
    "id, kind, series, year, number, event_day, place, state, source, accepted_by_id, approved_by_id, watched_by_id,"
    " entered_by, fact_day, late_reason, remark, entered_at, struck_at, struck_reason"
)
_LINE = (
    "l.slip_id, l.id, l.item_id, l.change, l.amount_fen, l.staff_id, l.section, l.old_parts, l.old_missing,"
    " l.returned_line, l.book, l.counted, l.paper_page, l.paper_row, l.remark, l.revision, l.struck_at, l.struck_reason"
)


def stock_list(office: Office) -> list[StockItem]:
    """Return every item that is kept as it stands now, by code."""
    today = office.now().date()
    standing, known = stocks(office), prices(office, today)
    moved = dict(
        office.fetch(f"SELECT l.item_id, max(s.event_day) FROM {JOINED} WHERE l.struck_at IS NULL GROUP BY l.item_id")
    )
    found = []
    for item in kept_items(office):
        price, last = known.get(item.id), moved.get(item.id)
        found.append(
            StockItem(
                item,
                standing.get(item.id, 0),
                None if price is None else price.unit_fen,
                date.fromisoformat(last) if last else None,
            )
        )
    return found


def slips_of(office: Office, month: str, *, with_struck: bool = True) -> list[Slip]:
    """Return a month's slips (YYYY-MM), the newest first; struck ones stand among them."""
    days = month_days(month)
    condition = "event_day BETWEEN ? AND ?" + ("" if with_struck else " AND struck_at IS NULL")
    return _slips(office, condition, days[0].isoformat(), days[-1].isoformat())


def slip_of(office: Office, slip: int) -> Slip | None:
    """Return one slip by its row, None where there is none."""
    found = _slips(office, "id = ?", slip)
    return found[0] if found else None


def unsigned_slips(office: Office) -> list[Slip]:
    """Return the issues somebody has not signed for, the oldest first."""
    return _slips(office, "state = ? AND struck_at IS NULL", SlipState.UNSIGNED.value)[::-1]


def returnable(office: Office, item: int | None = None, limit: int = 200) -> list[tuple[Slip, SlipLine]]:
    """Return the issued lines of the last year of which something is still out, the newest first."""
    first = (office.now().date() - timedelta(days=366)).isoformat()
    found = []
    for slip in _slips(office, "kind = 'issue' AND struck_at IS NULL AND event_day >= ?", first):
        for line in slip.standing:
            if line.count > line.returned and (item is None or line.item.id == item):
                found.append((slip, line))
                if len(found) == limit:
                    return found
    return found


def sources_used(office: Office, column: str = "source", limit: int = 30) -> tuple[str, ...]:
    """Return what was written last as a source or a remark, newest first, each once."""
    assert column in ("source", "remark")
    rows = office.fetch(
        f"SELECT {column} FROM supply_slips WHERE struck_at IS NULL AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


def twelve_months(office: Office, item: int, last: str) -> tuple[tuple[str, int], ...]:
    """Return what was used of an item in each of the twelve months up to one (YYYY-MM): issued less returned."""
    months = months_up_to(last, MONTHS_SHOWN)
    rows = office.fetch(
        f"SELECT substr(s.event_day, 1, 7), -sum(l.change) FROM {JOINED} WHERE l.item_id = ? AND l.struck_at IS NULL"
        " AND s.kind IN ('issue', 'return') AND s.event_day >= ? GROUP BY 1",
        item,
        f"{months[0]}-01",
    )
    used = dict(rows)
    return tuple((month, int(used.get(month, 0))) for month in months)


def months_up_to(last: str, count: int) -> list[str]:
    """Return so many months (YYYY-MM) up to one, the oldest first."""
    place = int(last[:4]) * 12 + int(last[5:]) - 1
    return [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(place - count + 1, place + 1)]


def ledger(office: Office, item: Item, last_month: str, first_month: str | None = None) -> LedgerPage:
    """Return an item's page from a month to a month, by default from January on.

    It opens with 上年结转 or 上月结转, every month closes with 本月合计 and 本年累计, and it ends with what is carried
    over. Struck lines stand where they were written.
    """
    first_month = first_month or f"{last_month[:4]}-01"
    first, last = month_days(first_month)[0], month_days(last_month)[-1]
    balance = stocks(office, first).get(item.id, 0)
    opened = "上年结转" if first.month == 1 else "上月结转"
    year_in, year_out = _year_so_far(office, item.id, first)
    lines = [LedgerLine(None, "", opened, None, None, balance, kind="carried")]
    by_month = _ledger_lines(office, item, first, last)
    for month in _months_between(first_month, last_month):
        income = outgo = 0
        if month[5:] == "01":
            year_in = year_out = 0
        for line, change in by_month.get(month, ()):
            if line.is_struck:
                lines.append(line)
                continue
            balance += change
            income, outgo = income + (line.income or 0), outgo + (line.outgo or 0)
            lines.append(_with_balance(line, balance))
        year_in, year_out = year_in + income, year_out + outgo
        lines.append(LedgerLine(None, "", "本月合计", income, outgo, balance, kind="month"))
        lines.append(LedgerLine(None, "", "本年累计", year_in, year_out, balance, kind="year"))
    over = "结转下年" if last_month[5:] == "12" else "结转下月"
    lines.append(LedgerLine(None, "", over, None, None, balance, kind="carried"))
    price = prices(office, last).get(item.id)
    return LedgerPage(
        settings.on(office, last).office_name,
        item,
        first_month,
        last_month,
        tuple(lines),
        stocks(office).get(item.id, 0),
        None if price is None else price.unit_fen,
        twelve_months(office, item.id, last_month),
    )


def _with_balance(line: LedgerLine, balance: int) -> LedgerLine:
    return LedgerLine(
        line.day,
        line.voucher,
        line.summary,
        line.income,
        line.outgo,
        balance,
        line.handler,
        line.kind,
        line.struck_reason,
        line.slip,
        line.line,
        line.note,
    )


def _months_between(first: str, last: str) -> list[str]:
    count = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    return months_up_to(last, max(1, count))


def _year_so_far(office: Office, item: int, first: date) -> tuple[int, int]:
    """Return what came in and went out of an item in a day's year before that day."""
    if first.month == 1:
        return 0, 0
    income, outgo = office.fetch(
        f"SELECT coalesce(sum(max(l.change, 0)), 0), coalesce(sum(max(-l.change, 0)), 0) FROM {JOINED}"
        " WHERE l.item_id = ? AND l.struck_at IS NULL AND s.event_day >= ? AND s.event_day < ?",
        item,
        f"{first.year}-01-01",
        first.isoformat(),
    )[0]
    return int(income), int(outgo)


def _ledger_lines(office: Office, item: Item, first: date, last: date) -> Mapping[str, list[tuple[LedgerLine, int]]]:
    found: dict[str, list[tuple[LedgerLine, int]]] = defaultdict(list)
    names = staff.names_ever(office, last)
    for (
        kind,
        series,
        year,
        number,
        day,
        source,
        remark,
        late,
        by,
        slip,
        line,
        change,
        person,
        section,
        counted,
        said,
        struck,
        why,
    ) in office.fetch(
        "SELECT s.kind, s.series, s.year, s.number, s.event_day, s.source, s.remark, s.late_reason, s.entered_by, s.id,"
        f" l.id, l.change, l.staff_id, l.section, l.counted, l.remark, l.struck_at, l.struck_reason FROM {JOINED}"
        " WHERE l.item_id = ? AND s.event_day BETWEEN ? AND ? AND s.state <> 'counting'"
        " ORDER BY s.event_day, s.place, l.id",
        item.id,
        first.isoformat(),
        last.isoformat(),
    ):
        kind = SlipKind(kind)
        if kind is SlipKind.ISSUE or kind is SlipKind.RETURN:
            words = to_whom(section, names.get(person, "")) + ("退回" if kind is SlipKind.RETURN else "")
        elif kind is SlipKind.COUNT:
            words = f"盘点 实存{counted}" + (f" {said}" if said else "")
        elif kind is SlipKind.RECEIVE:
            words = f"入库 {source}".strip()
        else:
            words = f"{kind.label} {remark}".strip()
        found[day[:7]].append(
            (
                LedgerLine(
                    date.fromisoformat(day),
                    shown(series, year, number),
                    f"{words}({late})" if late and kind is not SlipKind.OPENING else words,
                    change if change > 0 else None,
                    -change if change < 0 else None,
                    None,
                    names.get(by, "系统"),
                    struck_reason=None if struck is None else (why or "划去"),
                    slip=slip,
                    line=line,
                ),
                change,
            )
        )
    return found


def _slips(office: Office, condition: str, *values: object) -> list[Slip]:
    rows = office.fetch(
        f"SELECT {_SLIP} FROM supply_slips WHERE {condition} ORDER BY event_day DESC, place DESC, id DESC", *values
    )
    if not rows:
        return []
    names = staff.names_ever(office, office.now().date())
    lines = _lines(office, [row[0] for row in rows], names)
    found = []
    for (
        slip,
        kind,
        series,
        year,
        number,
        day,
        place,
        state,
        source,
        accepted,
        approved,
        watched,
        by,
        fact_day,
        late,
        remark,
        at,
        struck,
        why,
    ) in rows:
        found.append(
            Slip(
                slip,
                SlipKind(kind),
                shown(series, year, number),
                date.fromisoformat(day),
                place,
                SlipState(state),
                source,
                names.get(accepted, ""),
                names.get(approved, ""),
                names.get(watched, ""),
                names.get(by, "系统"),
                date.fromisoformat(fact_day) if fact_day else None,
                late or "",
                remark,
                local(at),
                None if struck is None else (why or "划去"),
                tuple(lines.get(slip, ())),
            )
        )
    return found


def _lines(office: Office, slips: Sequence[int], names: Mapping[int, str]) -> dict[int, list[SlipLine]]:
    listed = {one.id: one for one in kept_items(office, with_retired=True)}
    found: dict[int, list[SlipLine]] = defaultdict(list)
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(slips), 500):
        part = slips[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows += office.fetch(f"SELECT {_LINE} FROM supply_lines l WHERE l.slip_id IN ({marks}) ORDER BY l.id", *part)
    back: dict[int, int] = {}
    issued = [row[1] for row in rows if row[3] < 0]
    for start in range(0, len(issued), 500):
        back |= returned_of(office, issued[start : start + 500])
    for slip, line, item, change, fen, person, section, *rest, struck, why in rows:
        old, missing, returned_line, book, counted, page, row, remark, revision = rest
        found[slip].append(
            SlipLine(
                line,
                listed[item],
                change,
                fen,
                person,
                names.get(person, "") if person is not None else "",
                section,
                old,
                missing,
                returned_line,
                back.get(line, 0),
                book,
                counted,
                page,
                row,
                remark,
                revision,
                None if struck is None else (why or "划去"),
            )
        )
    return found
