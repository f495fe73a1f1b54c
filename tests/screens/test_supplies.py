"""耗材 by pressed keys: an issue in eight, a month's distribution, a count typed back, corrections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import people_on
from govoffice_tui.registers.supplies import pages
from govoffice_tui.registers.supplies.booking import Goods, Head
from govoffice_tui.registers.supplies.counts import count_sheet, open_count
from govoffice_tui.registers.supplies.items import ItemPlan, add_item
from govoffice_tui.registers.supplies.slips import issue, receive
from govoffice_tui.registers.supplies.stock import stock_of
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.supplies import SlipState
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.supplies.counting import CountScreen
from govoffice_tui.screens.supplies.distribution import DistributionScreen
from govoffice_tui.screens.supplies.page import SuppliesScreen
from govoffice_tui.widgets.form import FormScreen
from tests.screens.conftest import HOSTILE
from tests.screens.driving import open_tab, painted, press
from tests.stock_book import AYI, KEEPER, PAPER, PENS, TONER, WANG, open_stock

Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def stock(office: Office, clock: SetClock) -> Office:
    calendar.ensure(office, 2026)
    return open_stock(office, clock)


@pytest.fixture
def run(stock: Office) -> Run:
    """The app on the tab of supplies, with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[str]]:
        desk = Desk(stock, REGISTERS)
        desk.operator = next(one for one in people_on(stock, stock.now().date()) if one.id == KEEPER)
        app = OfficeApp(desk)
        async with app.run_test(size=size, notifications=True) as pilot:
            await open_tab(pilot, "supplies")
            yield pilot
        desk.close()

    return running


def page(pilot: Pilot[str]) -> SuppliesScreen:
    app = pilot.app
    assert isinstance(app, OfficeApp)
    shown = app.page
    assert isinstance(shown, SuppliesScreen)
    return shown


def said(pilot: Pilot[str]) -> str:
    return page(pilot).status.shown


async def type_in(pilot: Pilot[str], text: str) -> None:
    for sign in text:
        await pilot.press("space" if sign == " " else sign)
    await pilot.pause()


async def test_an_issue_takes_eight_keys_and_what_it_lacks_is_said(stock: Office, run: Run) -> None:
    async with run() as pilot:
        keys = ("f", "y", "space", "a", "4", "space", "2", "enter")
        assert len(keys) <= 8
        await press(pilot, *keys)
        assert said(pilot) == "已登记 领〔2026〕1号 冯䶮 A4复印纸 70g 2包,现存10包(1箱);1行待签字"
        assert stock_of(stock, PAPER) == 10
        await type_in(pilot, "ww zxb 3")
        assert any("“ww”有几个:1王伟(行政股)  2王伟(资料动态股)" in row for row in painted(pilot))
        await press(pilot, "enter")
        assert "“ww”有几个" in said(pilot)
        await press(pilot, "end", "ctrl+u")
        await type_in(pilot, "ww2 zxb 3")
        await press(pilot, "enter")
        assert "王伟 中性笔" in said(pilot)
        await type_in(pilot, "fy xg 1")
        await press(pilot, "enter")
        assert "以旧换新" in said(pilot)
        await type_in(pilot, " 旧1")
        await press(pilot, "enter")
        assert "硒鼓 388A 1支" in said(pilot)
        await type_in(pilot, "xxg zxb 99")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        assert any("超过限额10支,请写批准人" in row for row in painted(pilot))
        await press(pilot, "escape")
        assert stock_of(stock, PENS) == 17


async def test_the_months_distribution_is_typed_into_one_grid_and_signed_on_one_page(stock: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2", "2")
        await type_in(pilot, "a4 zxb")
        await press(pilot, "f2")
        grid = pilot.app.screen
        assert isinstance(grid, DistributionScreen)
        await press(pilot, "1", "enter", "2", "enter", "1", "3", "backspace", "enter", "4", "enter", "9", "9", "delete")
        assert any("合计/现存" in row and "8/12" in row for row in painted(pilot))
        await press(pilot, "right", "9", "f2")
        assert not isinstance(pilot.app.screen, DistributionScreen)
        (slip,) = pages.unsigned_slips(stock)
        assert [(line.section, line.item.id, line.count) for line in slip.lines] == [
            ("办领导", PAPER, 1),
            ("办领导", PENS, 9),
            ("行政股", PAPER, 2),
            ("信息股", PAPER, 1),
            ("资料动态股", PAPER, 4),
        ]
        await press(pilot, "f8", "f5", "1")
        await type_in(pilot, "12")
        await press(pilot, "enter")
        assert not pages.unsigned_slips(stock)
        await press(pilot, "f8", "f8")
        assert any("签字页第12页,下一行第6行" in row for row in painted(pilot))


async def test_a_count_is_typed_back_item_by_item_with_reasons_and_approved(stock: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2", "6", "1")
        assert open_count(stock) is not None
        await press(pilot, "f6", "enter")
        assert isinstance(pilot.app.screen, CountScreen)
        await type_in(pilot, "1箱2包")
        await press(pilot, "enter")
        await type_in(pilot, "x")
        await press(pilot, "enter", "end", "ctrl+u", "3", "enter")
        await type_in(pilot, "19")
        await press(pilot, "enter")
        assert any("差-1。请写原因" in row for row in painted(pilot))
        await press(pilot, "escape")
        sheet = count_sheet(stock, open_count(stock) or 0)
        assert sheet is not None
        assert [line.counted for line in sheet.lines] == [12, 3, 19]
        await press(pilot, "escape", "f6", "enter", "down", "down")
        await type_in(pilot, " 丢失一支")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        await type_in(pilot, "fy")
        await press(pilot, "enter")
        await type_in(pilot, "qf")
        await press(pilot, "enter", "enter")
        assert open_count(stock) is None
        assert stock_of(stock, PENS) == 19


async def test_a_line_is_put_right_on_the_items_page_and_a_slip_voided(stock: Office, run: Run) -> None:
    issue(stock, [Goods(PENS, 6, AYI), Goods(PENS, 1, WANG)], Head(), by=KEEPER)
    async with run() as pilot:
        await press(pilot, "down", "down", "down", "enter")
        rows = painted(pilot)
        assert any("上月结转" in row for row in rows)
        assert any("结转下月" in row and "13" in row for row in rows)
        listing = page(pilot).query_one("#supplies", OptionList)
        listing.highlighted = 2
        await press(pilot, "f4", "1")
        await type_in(pilot, "数错")
        await press(pilot, "enter", "end", "ctrl+u", "4", "f2")
        rows = painted(pilot)
        assert any("划去:数错" in row for row in rows)
        assert stock_of(stock, PENS) == 15
        await press(pilot, "escape", "f8", "f4")
        listing = pilot.app.screen.query_one(OptionList)
        listing.highlighted = listing.option_count - 1
        await press(pilot, "enter")
        await type_in(pilot, "重复")
        await press(pilot, "enter")
        assert stock_of(stock, PENS) == 20
        assert any("作废" in row for row in painted(pilot))
        assert not verify_office(stock).findings


async def test_hostile_text_is_shown_as_text_on_every_page_and_in_a_small_window(stock: Office, run: Run) -> None:
    for place, text in enumerate(HOSTILE.values()):
        item = add_item(stock, ItemPlan(f"{place}{text[:20]}", "个", text[:25], minimum=5), by=KEEPER).id
        receive(stock, [Goods(item, 9)], Head(source=text), by=KEEPER)
        issue(stock, [Goods(item, 5, None, text[:40])], Head(remark=text), by=KEEPER)
    async with run(size=(80, 24)) as pilot:
        assert any("[red]x" in row for row in painted(pilot))
        for _ in range(3):
            await press(pilot, "f8")
            painted(pilot)
        await press(pilot, "f8", "enter", "escape", "f1", "escape", "f3", "escape", "f7", "escape")
        await press(pilot, "ctrl+p", "escape", "f8", "down", "enter", "f4", "escape", "escape")
        await type_in(pilot, "[/] a4 2")
        await press(pilot, "enter")
        assert "没有这个人或股室" in said(pilot)
        painted(pilot)
        assert (stock_of(stock, PAPER), stock_of(stock, TONER)) == (12, 3)


async def test_an_empty_book_says_how_to_begin(office: Office, clock: SetClock) -> None:
    calendar.ensure(office, 2026)
    desk = Desk(office, REGISTERS)
    desk.operator = people_on(office, office.now().date())[2]
    async with OfficeApp(desk).run_test(size=(100, 30)) as pilot:
        await open_tab(pilot, "supplies")
        assert any("还没有品目" in row for row in painted(pilot))
        await press(pilot, "f2", "7")
        await type_in(pilot, "订书钉")
        await press(pilot, "enter", "enter")
        await type_in(pilot, "盒")
        await press(pilot, "f2")
        assert said(pilot) == "已登记 品目01 订书钉"
    desk.close()
    assert SlipState.COUNTING.label == "盘点中"
