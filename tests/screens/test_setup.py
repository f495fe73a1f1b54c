"""The first run and a damaged office, by pressed keys."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from textual.widgets import Static

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.backups import back_up
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import open_office
from govoffice_tui.registers.posts import holdings_on
from govoffice_tui.registers.settings import on
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.screens.damaged import DamagedApp
from govoffice_tui.screens.first_run import FirstRunApp
from tests.factories import staff_lines
from tests.screens.driving import press

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "花名册.xlsx"


async def test_from_nothing_to_a_kept_book_by_keys(tmp_path: Path, clock: SetClock) -> None:
    folder = tmp_path / "office"
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", *"测试县", "enter", "enter", "enter")
        await press(pilot, *str(SAMPLE), "enter")
        await press(pilot, "f2")
        await press(pilot, *"zxp", "enter")
        await press(pilot, "f2")
    assert app.return_value is True
    office = open_office(folder, clock)
    today = office.now().date()
    assert on(office, today).office_name == "测试县"
    assert len(people_on(office, today)) == 56
    assert [holding.post.label for holding in holdings_on(office, today)] == ["签到管理人"]
    office.close()


async def test_a_summer_that_is_no_date_stands_under_its_field_and_founds_nothing(
    tmp_path: Path, clock: SetClock
) -> None:
    app = FirstRunApp(tmp_path, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *"测试县", "enter", *["backspace"] * 5, *"13-45", "enter", "enter")
        painted = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "没有“13-45”这一天" in painted
        await press(pilot, "escape", "ctrl+q")
    assert not (tmp_path / "data").exists()


async def test_leaving_the_first_run_leaves_nothing_behind(tmp_path: Path, clock: SetClock) -> None:
    app = FirstRunApp(tmp_path / "none", clock)
    async with app.run_test() as pilot:
        await press(pilot, "ctrl+q")
    assert app.return_value is False
    assert not (tmp_path / "none").exists()


async def test_a_damaged_office_offers_its_backups_and_goes_back_to_one(tmp_path: Path, clock: SetClock) -> None:
    office = found_office(tmp_path, clock, {"office_name": "测试县"})
    import_staff(office, staff_lines(8), by=None)
    back_up(office, None, by=None)
    path = office.path
    office.close()
    os.truncate(path, 5000)
    app = DamagedApp(tmp_path, SetClock(datetime(2026, 10, 12, 8, 0)), "登记库长短不对。")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await press(pilot, "1")
        assert "已恢复" in str(app.screen.query_one("#welcome-title", Static).content)
        await press(pilot, "ctrl+q")
    assert app.return_value is True
    again = open_office(tmp_path, SetClock(datetime(2026, 10, 12, 8, 0)))
    assert again.fetch("SELECT count(*) FROM staff") == [(8,)]
    again.close()
    assert list((tmp_path / "data").glob("office-被替换-*.db"))
