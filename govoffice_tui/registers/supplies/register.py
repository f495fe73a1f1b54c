"""The stock book as one of the office's books."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due, Hit, Register
from govoffice_tui.registers.supplies import months as supply_months
from govoffice_tui.registers.supplies.counts import count_sheet, last_count, open_count
from govoffice_tui.registers.supplies.items import items as kept_items
from govoffice_tui.registers.supplies.pages import months_up_to, slips_of, unsigned_slips
from govoffice_tui.registers.supplies.stock import REGISTER, WORDS, broken_counts, stocks
from govoffice_tui.text import fold

UNSIGNED_DAYS = 2
"""Days after which an issue nobody signed for is late."""

LOW_SHOWN = 3


def due(office: Office, now: datetime) -> list[Due]:
    """Return what 今日 says: a count the book contradicts, a count due or under way, open signatures, low stock."""
    today = now.date()
    found = [Due(str(one), True, one.day or today, REGISTER) for one in broken_counts(office)]
    under_way = open_count(office)
    if under_way is not None:
        sheet = count_sheet(office, under_way)
        assert sheet is not None
        words = (
            f"盘点{sheet.number}没有完成,还有{len(sheet.left)}种没填实存" if sheet.left else f"盘点{sheet.number}等批准"
        )
        found.append(Due(words, sheet.day < today, sheet.day, REGISTER))
    elif (line := _count_due(office, today)) is not None:
        found.append(line)
    waiting = unsigned_slips(office)
    if waiting:
        oldest = waiting[0]
        words = f"领用单待签字 {len(waiting)}张,最早{oldest.number}({chinese_short_day(oldest.day)})"
        found.append(Due(words, (today - oldest.day).days > UNSIGNED_DAYS, oldest.day, REGISTER))
    standing = stocks(office)
    low = [(one, standing.get(one.id, 0)) for one in kept_items(office) if standing.get(one.id, 0) < one.minimum]
    if low:
        words = "、".join(f"{one.title}{stock}{one.unit}(最低{one.minimum})" for one, stock in low[:LOW_SHOWN])
        more = f"等{len(low)}种" if len(low) > LOW_SHOWN else ""
        found.append(Due(f"库存低 {words}{more}", any(not stock for _, stock in low), today, REGISTER))
    return found


def search(office: Office, words: str) -> list[Hit]:
    """Return the slips of the last year a text means: by number, item, taker, section, source or remark."""
    key = fold(words)
    if not key:
        return []
    found = []
    for month in reversed(months_up_to(f"{office.now():%Y-%m}", 13)):
        for slip in slips_of(office, month):
            lines = [
                text
                for line in slip.lines
                for text in (line.item.title, line.item.initials, line.person_name, line.section, line.remark)
            ]
            if any(key in fold(text) for text in (slip.number, slip.source, slip.remark, *lines)):
                what = "、".join(f"{line.item.title}{line.count}{line.item.unit}" for line in slip.lines[:3])
                who = slip.lines[0].to_whom if slip.lines else ""
                struck = " 作废" if slip.is_struck else ""
                found.append(Hit(f"{slip.number} {slip.kind.label} {who} {what}{struck}".replace("  ", " "), slip.day))
    return found


def _count_due(office: Office, today: date) -> Due | None:
    """Return that a count is due: so many months after the last one, or after the book began."""
    every = settings.on(office, today).supplies_count_months
    begun = office.fetch("SELECT min(event_day) FROM supply_slips WHERE struck_at IS NULL")[0][0]
    if not every or begun is None:
        return None
    last = last_count(office)
    since = last or date.fromisoformat(begun)
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    if months < every:
        return None
    words = f"耗材该盘点了,上次{chinese_short_day(last)}" if last is not None else "耗材该盘点了,还没有盘点过"
    return Due(words, today - since > timedelta(days=31 * (every + 1)), today, REGISTER)


SUPPLIES = Register(
    word=REGISTER,
    title=WORDS,
    tab=REGISTER,
    pending=supply_months.pending,
    due=due,
    search=search,
    month_summary=supply_months.month_summary,
    seal_digest=supply_months.seal_digest,
)
