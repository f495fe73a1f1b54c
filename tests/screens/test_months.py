"""月报 by pressed keys: the months turn, an open matter leads to its page, a settled month is sealed."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with its books kept from August to 12 October 2026; a test takes a copy."""
    folder = tmp_path_factory.mktemp("built")
    build_demo(folder, LAST, SetClock(datetime(2026, 10, 13, 9, 0)), months=3)
    return folder


@pytest.fixture
def kept(built: Path, tmp_path: Path) -> Iterator[Office]:
    """The same office, seen on the 13th."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    office = open_office(tmp_path, SetClock(datetime(2026, 10, 13, 9, 0)))
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
        await press(pilot, "f6", "enter")
        assert any("还不能封存" in row for row in painted(pilot))
    assert closing.sealed(kept, "attendance", "2026-10") is None


async def test_f6_asks_before_it_seals_and_escape_seals_nothing(kept: Office) -> None:
    async with on_months(kept) as pilot:
        await press(pilot, "f6")
        assert any("封存后只能按更正单改" in row for row in painted(pilot))
        await press(pilot, "escape")
        assert not any("还不能封存" in row for row in painted(pilot))
    assert closing.sealed(kept, "attendance", "2026-10") is None


async def test_a_year_has_a_page_that_is_read_and_exported_but_not_sealed(kept: Office) -> None:
    async with on_months(kept) as pilot:
        await press(pilot, "f8")
        text = "\n".join(painted(pilot))
        assert " 2026年 全年" in text
        assert "考勤        应出勤" in text
        assert "未定稿:9月、10月还没有封存" in text
        assert "还没有导出过(F7 导出)" in text
        await press(pilot, "f6")
        assert not any("封存前" in row or "还不能封存" in row for row in painted(pilot))
        await press(pilot, "f7")
        assert any("2026_年度考勤汇总表.xlsx" in row for row in painted(pilot))
        await press(pilot, "f8")
        assert painted(pilot)[3].startswith(" 2026年10月")
        await press(pilot, "f8")
        assert any("2026_年度考勤汇总表.xlsx" in row and "核对码" in row for row in painted(pilot))
    assert (kept.folder / "exports" / "2026" / "2026_年度考勤汇总表.xlsx").is_file()


async def test_the_years_turn_and_stop_at_this_one(kept: Office) -> None:
    async with on_months(kept) as pilot:
        await press(pilot, "f8", "pagedown")
        assert painted(pilot)[3].startswith(" 2026年 全年")
        await press(pilot, "pageup")
        text = "\n".join(painted(pilot))
        assert " 2025年 全年" in text
        assert "这一年还没有登记。" in text
        await press(pilot, "pagedown", "f8")
        assert painted(pilot)[3].startswith(" 2026年10月")


async def test_whoever_is_sent_to_a_day_meets_its_month(kept: Office) -> None:
    async with on_months(kept) as pilot:
        await press(pilot, "f8")
        app = pilot.app
        assert isinstance(app, OfficeApp)
        assert app.page is not None
        app.page.visit(date(2026, 9, 3))
        await settled(pilot)
        assert painted(pilot)[3].startswith(" 2026年9月")
        assert "F6 封存" in painted(pilot)[-1]


async def test_keys_in_one_burst_leave_the_page_that_was_asked_for_last(kept: Office) -> None:
    async with on_months(kept) as pilot:
        await pilot.press("f8", "f8", "f8", "pageup", "f8", "pagedown", "f8")
        await settled(pilot)
        assert painted(pilot)[3].startswith(" 2025年 全年")
        assert not pilot.app.screen.query_one("#months").display
