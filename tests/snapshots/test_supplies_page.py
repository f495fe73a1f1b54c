"""The stock book as it is painted, kept as text: long names, a struck line, an item that is low."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import people_on
from govoffice_tui.registers.supplies.booking import Goods, Head
from govoffice_tui.registers.supplies.correcting import correct_line
from govoffice_tui.registers.supplies.items import ItemPlan, add_item
from govoffice_tui.registers.supplies.slips import issue, receive
from govoffice_tui.screens.desk import Desk
from tests.screens.driving import open_tab, painted, press
from tests.stock_book import AYI, KEEPER, PAPER, WANG, open_stock


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_the_stock_and_an_items_page(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    calendar.ensure(office, 2026)
    open_stock(office, clock)
    item = add_item(office, ItemPlan("多功能一体机专用黑色碳粉盒", "个", "适用4015、4515、3015各型"), by=KEEPER).id
    receive(office, [Goods(item, 2, amount_fen=68000)], Head(source="县文化用品经营部"), by=KEEPER)
    issue(office, [Goods(PAPER, 5, WANG), Goods(PAPER, 2, AYI)], Head(), "7", by=KEEPER)
    line = office.fetch("SELECT max(id) FROM supply_lines")[0][0]
    correct_line(office, line, Goods(PAPER, 1, AYI), "数错", by=KEEPER)
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == KEEPER)
    async with OfficeApp(desk).run_test(size=size) as pilot:
        await open_tab(pilot, "supplies")
        shown = painted(pilot)[2:]
        await press(pilot, "down", "enter")
        shown += painted(pilot)[2:]
    desk.close()
    assert "\n".join(row.rstrip() for row in shown) == snapshot
