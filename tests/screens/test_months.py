"""月报 by pressed keys: the months turn, an open matter leads to its page, a settled month is sealed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.demo.build import build_demo
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.staff import people_on
from govoffice_tui.screens.desk import Desk
from tests.screens.driving import painted, press, settled

LAST = date(2026, 10, 12)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Office]:
    """An office with its books kept from August to 12 October 2026, seen on the 13th."""
    clock = SetClock(datetime(2026, 10, 13, 9, 0))
    build_demo(tmp_path, LAST, clock, months=3)
    office = open_office(tmp_path, clock)
    yield office
    office.close()


@asynccontextmanager
async def on_months(office: Office) -> AsyncIterator[Pilot[str]]:
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, LAST) if one.name == "周小萍")
    app = OfficeApp(desk)
    try:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            place = [tab.id for tab in app.tabs].index("months")
            await app.switch_mode(f"tab{place + 1}")
            await settled(pilot)
            yield pilot
    finally:
        desk.close()


async def test_the_months_turn_and_stop_at_this_one(kept: Office) -> None:
    async with on_months(kept) as pilot:
        assert painted(pilot)[3].startswith(" 2026年10月")
        await press(pilot, "pagedown")
        assert painted(pilot)[3].startswith(" 2026年10月")
        await press(pilot, "pageup", "pageup")
        assert painted(pilot)[3].startswith(f" 2026年8月   应汇总 {len(REGISTERS)}   已封存 {len(REGISTERS)}")


async def test_an_open_matter_leads_to_its_page(kept: Office) -> None:
    async with on_months(kept) as pilot:
        text = "\n".join(painted(pilot))
        assert "考勤 封存前还有" in text
        await press(pilot, "enter", "enter")
        app = pilot.app
        assert isinstance(app, OfficeApp)
        assert app.page is not None
        assert app.page.tab == "attendance"


async def test_a_month_with_open_matters_is_not_sealed_and_says_which(kept: Office) -> None:
    async with on_months(kept) as pilot:
        await press(pilot, "f6")
        assert any("还不能封存" in row for row in painted(pilot))
    assert closing.sealed(kept, "attendance", "2026-10") is None
