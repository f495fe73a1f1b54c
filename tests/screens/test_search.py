"""F3 on 今日: what the books hold of some words, and the page it leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.leave.applying import apply_leave
from govoffice_tui.registers.leave.checks import LeaveRequest
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment, Stretch
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.search import SearchScreen
from tests.screens.conftest import each_hostile
from tests.screens.driving import painted, press

DAY = date(2026, 10, 20)


@pytest.fixture
def kept(office: Office) -> Office:
    """An office with one slip of 冯䶮."""
    calendar.ensure(office, 2026)
    asked = Stretch(LeaveKind.PERSONAL, Moment(DAY, Half.MORNING), Moment(DAY, Half.AFTERNOON))
    apply_leave(office, LeaveRequest(7, asked, LeaveMode.WRITTEN, date(2026, 10, 12), reason="家事"), by=3)
    return office


@asynccontextmanager
async def searching(office: Office) -> AsyncIterator[Pilot[str]]:
    desk = Desk(office, REGISTERS)
    app = OfficeApp(desk)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "escape", "f3")
            assert isinstance(app.screen, SearchScreen)
            yield pilot
    finally:
        desk.close()


async def test_a_name_is_found_in_every_book_and_leads_to_its_page(kept: Office) -> None:
    async with searching(kept) as pilot:
        await press(pilot, *"冯䶮")
        rows = [row for row in painted(pilot) if "冯䶮" in row and "2026-10-" in row]
        assert any("考勤" in row for row in rows)
        assert any("请假" in row and "2026-10-20" in row for row in rows)
        place = next(place for place, row in enumerate(rows) if "请假" in row)
        await press(pilot, *["down"] * place, "enter")
        app = pilot.app
        assert isinstance(app, OfficeApp)
        assert app.page is not None
        assert app.page.tab == "leave"


async def test_what_no_book_holds_is_said(kept: Office) -> None:
    async with searching(kept) as pilot:
        await press(pilot, *"没有这回事")
        assert any("各册里都没有" in row for row in painted(pilot))
        await press(pilot, "enter", "escape")
        assert not isinstance(pilot.app.screen, SearchScreen)


@each_hostile
async def test_hostile_words_find_nothing_and_break_nothing(kept: Office, text: str) -> None:
    async with searching(kept) as pilot:
        pilot.app.screen.query_one("MenuField").value = text[:2000]  # type: ignore[attr-defined]
        await press(pilot, "down", "enter")
        painted(pilot)
