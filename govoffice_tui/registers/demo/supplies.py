"""The demo office's stock book: an opening list, a purchase a quarter, an issue a week, counts, and what is low now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.supplies.booking import Goods, Head, open_page
from govoffice_tui.registers.supplies.counts import begin_count, count_sheet, enter_counts, finish_count
from govoffice_tui.registers.supplies.items import ItemPlan
from govoffice_tui.registers.supplies.slips import give_back, issue, open_book, receive, sign, write_off
from govoffice_tui.registers.supplies.stock import stocks

KEEPER, WATCHER, HEAD = "吴桂芳", "郑爽爽", "李卫东"
SUPPLIER = "县文化用品经营部"
SECTIONS = ("资料动态股", "信息股", "综合股", "督查股", "法制股", "应急股", "机要室", "后勤服务中心", "行政股")
LINES = 3
"""Lines of a week's slip besides the paper."""

_ITEMS = """
A4复印纸|70g|包|箱|10|30|23.50|160
A3复印纸|70g|包|箱|5|4|45.00|15
硒鼓|388A|支||1|2|185.00|6
硒鼓|CF280A|支||1|2|260.00|4
墨盒|黑色|盒||1|2|68.00|9
中性笔|0.5黑|支|盒|12|36|1.20|120
中性笔芯|0.5黑|支|盒|20|20|0.50|100
铅笔|HB|支|盒|12|12|0.60|36
订书钉|24/6|盒|包|10|10|1.50|40
订书机|12号|个||1|1|18.00|20
回形针|29mm|盒|包|10|10|1.80|30
长尾夹|25mm|盒||1|5|6.50|36
长尾夹|41mm|盒||1|3|9.80|30
档案盒|55mm|个||1|30|6.00|80
档案袋|牛皮纸|个|包|50|50|0.60|200
文件夹|A4双夹|个||1|10|5.50|40
笔记本|B5|本||1|20|4.50|80
信笺纸|16开|本||1|10|3.20|40
信封|7号|个|包|100|100|0.15|400
固体胶|21g|支|盒|12|12|2.00|36
透明胶带|45mm|卷||1|6|3.50|24
便利贴|76mm|本||1|12|2.80|48
印油|红色|瓶||1|2|8.00|24
5号电池|碱性|节|板|4|16|2.20|60
电话线|2米|根||1|2|6.00|6
"""

PLANS = tuple(
    (
        ItemPlan(
            name,
            unit,
            specification,
            pack_unit=pack,
            pack_size=int(size),
            minimum=int(minimum),
            limit=1 if name == "硒鼓" else None,
            is_swap=name in ("硒鼓", "墨盒"),
        ),
        int(count),
        round(float(price) * 100) * int(count),
    )
    for name, specification, unit, pack, size, minimum, price, count in (
        line.split("|") for line in _ITEMS.strip().splitlines()
    )
)
PAPER, TONER, KEPT_LOW = 1, 3, 25
"""Items by their place: what every section uses, what is swapped, and what nobody buys in time."""


def supplies(day: DemoDay) -> Iterator[Act]:
    """Open the book on its first day; issue every Tuesday, buy and count once a quarter."""
    if not day.is_workday:
        return
    keeper = day.people[KEEPER].id
    if not day.office.fetch("SELECT 1 FROM supply_items LIMIT 1"):
        yield day.at(8, 40), partial(open_book, day.office, PLANS, by=keeper)
        return
    week = day.day.toordinal() // 7
    chance = Random(f"supplies {week}")
    is_recent = (day.last - day.day).days < 7
    if day.day.weekday() == 1 or (is_recent and day.day.weekday() == 3):
        yield day.at(10, 5), partial(_issue, day, chance, week, is_recent and day.day.weekday() == 3)
    if day.day.weekday() == 2 and week % 9 == 0:
        yield day.at(15, 20), partial(_return, day)
    if day.day.month % 3 == 1 and _is_workday_of_month(day, 4):
        yield day.at(9, 30), partial(_buy, day)
    if day.day.month % 3 == 0 and _is_workday_of_month(day, 15):
        yield day.at(16, 10), partial(_count, day, chance)
    if day.day.month % 6 == 2 and _is_workday_of_month(day, 8):
        head = Head(remark="受潮发黄", approved_by=day.people[HEAD].id)
        yield day.at(11, 0), partial(write_off, day.office, [Goods(PAPER, 1)], head, by=keeper)


def _issue(day: DemoDay, chance: Random, week: int, is_waiting: bool) -> None:
    """Issue a week's needs to three sections on one slip; the newest one waits for its signatures."""
    standing = stocks(day.office)
    goods = []
    for place in range(3):
        section = SECTIONS[(week * 3 + place) % len(SECTIONS)]
        person = chance.choice([one for one in day.people.values() if one.section == section])
        wanted = {PAPER: chance.randint(2, 4)}
        if section == "信息股" and (day.last - day.day).days < 24:
            wanted[PAPER] = 9
        for item in chance.sample(range(6, 26), LINES - 1):
            wanted[item] = chance.randint(1, 3)
        if (week + place) % 4 == 0:
            wanted[chance.choice((2, 3, 4, 5))] = 1
        for item, count in wanted.items():
            if standing.get(item, 0) >= count:
                standing[item] -= count
                old = 1 if 3 <= item <= 5 else 0
                goods.append(Goods(item, count, person.id, old_parts=old, remark="办公用"))
    keeper, page = day.people[KEEPER].id, "" if is_waiting else open_page(day.office, day.day)
    done = issue(day.office, goods, Head(), page, by=keeper)
    if not is_waiting and done.unsigned:
        sign(day.office, done.slip, (), _new_page(day), by=keeper)


def _new_page(day: DemoDay) -> str:
    """Return the number of the next 签字页 of the year."""
    rows = day.office.fetch(
        "SELECT max(CAST(l.paper_page AS INTEGER)) FROM supply_lines l JOIN supply_slips s ON s.id = l.slip_id"
        " WHERE s.event_day >= ?",
        f"{day.day.year}-01-01",
    )
    return str((rows[0][0] or 0) + 1)


def _return(day: DemoDay) -> None:
    """Take back one of the pens or the like that were issued last and not opened."""
    rows = day.office.fetch(
        "SELECT l.id FROM supply_lines l JOIN supply_slips s ON s.id = l.slip_id WHERE s.kind = 'issue'"
        " AND l.item_id > 5 AND l.change < -1 ORDER BY l.id DESC LIMIT 1"
    )
    for (line,) in rows:
        give_back(day.office, line, 1, Head(), is_unopened=True, by=day.people[KEEPER].id)


def _buy(day: DemoDay) -> None:
    """Buy what brings every item back to what the book began with, but the one that is forgotten."""
    standing = stocks(day.office)
    goods = []
    for item, (plan, begun, fen) in enumerate(PLANS, 1):
        wanted = begun - standing.get(item, 0)
        packs = -(-wanted // plan.pack_size) * plan.pack_size
        if packs > 0 and item != KEPT_LOW:
            goods.append(Goods(item, packs, amount_fen=None if plan.name == "印油" else fen // begun * packs))
    if goods:
        head = Head(source=SUPPLIER, accepted_by=day.people[WATCHER].id)
        receive(day.office, goods, head, by=day.people[KEEPER].id)


def _count(day: DemoDay, chance: Random) -> None:
    """Count everything; one item is one short."""
    keeper = day.people[KEEPER].id
    slip = begin_count(day.office, by=keeper).slip
    sheet = count_sheet(day.office, slip)
    assert sheet is not None
    short = chance.choice([line.line for line in sheet.lines if line.book > 5])
    found = {line.line: (line.book - 1, "零星损耗") if line.line == short else (line.book, "") for line in sheet.lines}
    enter_counts(day.office, slip, found, by=keeper)
    finish_count(day.office, slip, day.people[WATCHER].id, day.people[HEAD].id, by=keeper)


def _is_workday_of_month(day: DemoDay, place: int) -> bool:
    """Return whether this is a month's workday of a place, or the last one where it has fewer."""
    first = day.day.replace(day=1)
    next_month: date = (first + timedelta(days=32)).replace(day=1)
    workdays = day.chart.workdays(first, next_month - timedelta(days=1))
    return bool(workdays) and day.day == workdays[min(place, len(workdays)) - 1]
