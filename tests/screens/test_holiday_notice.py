"""The page of a holiday notice and the form of the office's own days off, by pressed keys."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import people_on
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.holiday_notice import HolidayNoticeScreen
from govoffice_tui.screens.menu import entries_of
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.lines import StatusLine
from govoffice_tui.widgets.text_box import TextBox
from tests.notices import NOTICE_2026, TEXT_2027
from tests.screens.conftest import settle, shown_text

SIZES = ((80, 24), (100, 30))
TUESDAY = date(2026, 10, 13)


@pytest.fixture
def real(office: Office) -> OfficeApp:
    """The program as it is, with 周小萍 (staff 3) at the keyboard."""
    desk = Desk(office, REGISTERS)
    desk.operator = people_on(office, office.now().date())[2]
    return OfficeApp(desk)


async def open_page(app: OfficeApp, pilot: Pilot[str], letters: str) -> None:
    await settle(pilot)
    await pilot.press("ctrl+p", *letters, "enter")
    await settle(pilot)


def said(app: OfficeApp) -> str:
    return app.screen.query_one("#notice-status", StatusLine).shown


def words(app: OfficeApp) -> str:
    return str(app.screen.query_one("#notice-words", Static).content)


async def paste(app: OfficeApp, pilot: Pilot[str], text: str) -> None:
    app.screen.query_one("#notice-text", TextBox).post_message(events.Paste(text))
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_pasted_notice_is_checked_and_entered_by_two_people(
    real: OfficeApp, office: Office, size: tuple[int, int]
) -> None:
    async with real.run_test(size=size) as pilot:
        await open_page(real, pilot, "fjtz")
        await paste(real, pilot, TEXT_2027)
        await pilot.press("f5")
        await settle(pilot)
        assert "春节:2月5日(周五)至11日(周四)放假7天" in words(real)
        assert "2027年10月 工作日18天 → 17天" in words(real)
        assert "F2 装入" in shown_text(real)
        before = shown_text(real)
        await pilot.press("pagedown")
        await settle(pilot)
        assert shown_text(real) != before
        await pilot.press("f2")
        await settle(pilot)
        assert "第二个人" in said(real)
        await pilot.press("q", "f", "enter", "f2")
        await settle(pilot)
        assert isinstance(real.screen, RegisterScreen)
        assert "已装入 2027年放假通知" in real.screen.status.shown
    assert office.fetch("SELECT year, entered_by, checked_by FROM calendar WHERE source = 'notice'") == [(2027, 3, 2)]
    assert verify_office(office).findings == ()


async def test_problems_stand_under_the_text_and_nothing_can_be_entered(real: OfficeApp, office: Office) -> None:
    async with real.run_test(size=(80, 24)) as pilot:
        await open_page(real, pilot, "fjtz")
        await pilot.press("f5")
        await settle(pilot)
        assert "还没有粘贴" in said(real)
        await paste(real, pilot, TEXT_2027.replace("共7天", "共6天"))
        await pilot.press("f5")
        await settle(pilot)
        assert words(real).count("写的是6天") == 2
        assert "有2处要改" in said(real)
        shown = shown_text(real)
        assert "F2" not in shown
        assert "七、国庆节:10月1日" in shown
        await pilot.press("f2", "escape")
        await settle(pilot)
        assert isinstance(real.screen, RegisterScreen)
    assert office.fetch("SELECT count(*) FROM calendar WHERE source = 'notice'") == [(0,)]


async def test_escape_goes_back_to_the_text_first(real: OfficeApp) -> None:
    async with real.run_test(size=(80, 24)) as pilot:
        await open_page(real, pilot, "fjtz")
        await paste(real, pilot, TEXT_2027)
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(real.screen, HolidayNoticeScreen)
        assert real.screen.query_one("#notice-text", TextBox).text.startswith("关于2027年")
        assert "没有装入" in said(real)


async def test_a_notice_can_be_read_from_a_file(real: OfficeApp, tmp_path: Path) -> None:
    async with real.run_test(size=(80, 24)) as pilot:
        await open_page(real, pilot, "fjtz")
        await pilot.press("shift+tab")
        real.screen.query_one("#notice-path").post_message(events.Paste(str(tmp_path / "没有.txt")))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "打不开" in said(real)
        await pilot.press("ctrl+u")
        real.screen.query_one("#notice-path").post_message(events.Paste(str(NOTICE_2026)))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "2026年放假通知 国办发明电〔2025〕7号" in words(real)
        assert "天只改名称" in words(real)


async def test_a_notice_lying_beside_the_office_is_offered(real: OfficeApp, office: Office) -> None:
    (office.folder / "2027年放假通知.txt").write_text(TEXT_2027, "utf-8")
    (office.folder / "别的.txt").write_text("别的", "utf-8")
    async with real.run_test(size=(80, 24)) as pilot:
        await open_page(real, pilot, "fjtz")
        assert "2027年放假通知.txt" in shown_text(real)
        assert "别的.txt" not in shown_text(real)
        await pilot.press("shift+tab", "enter")
        await settle(pilot)
        assert "2027年放假通知" in words(real)


async def test_the_person_at_the_keyboard_is_not_offered_as_the_second(real: OfficeApp) -> None:
    async with real.run_test(size=(80, 24)) as pilot:
        await open_page(real, pilot, "fjtz")
        await paste(real, pilot, TEXT_2027)
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("z", "x", "p")
        await settle(pilot)
        assert "没有这个人" in shown_text(real)


@pytest.mark.parametrize("size", SIZES)
async def test_a_day_is_closed_and_opened_again_by_a_form(
    real: OfficeApp, office: Office, size: tuple[int, int]
) -> None:
    async with real.run_test(size=size) as pilot:
        await open_page(real, pilot, "bdwfj")
        assert isinstance(real.screen, FormScreen)
        await pilot.press(*"13", "enter", "3", "enter", "1", "enter")
        await pilot.press("f2")
        await settle(pilot)
        assert "要写谁定的" in shown_text(real)
        await pilot.press(*"leader", "f2")
        await settle(pilot)
        assert isinstance(real.screen, RegisterScreen)
        assert real.screen.status.shown == "已定 10月13日下午停班"
        assert not calendar.for_day(office, TUESDAY).is_work(TUESDAY, Half.AFTERNOON)
        await open_page(real, pilot, "bdwfj")
        await pilot.press(*"13", "enter", "1", "enter", "3", "enter", "enter", *"again", "f2")
        await settle(pilot)
        assert isinstance(real.screen, RegisterScreen)
        assert real.screen.status.shown == "已取消 10月13日下午原来定的"
    assert calendar.for_day(office, TUESDAY).is_work(TUESDAY, Half.AFTERNOON)
    assert verify_office(office).findings == ()


async def test_the_head_tells_at_once_what_kind_of_day_it_has_become(real: OfficeApp) -> None:
    async with real.run_test(size=(100, 30)) as pilot:
        await open_page(real, pilot, "bdwfj")
        await pilot.press(*"12", "enter", "1", "enter", "1", "enter", *"leader", "f2")
        await settle(pilot)
        assert "星期一 停班" in shown_text(real)


async def test_today_and_the_months_offer_both(real: OfficeApp) -> None:
    async with real.run_test(size=(100, 30)) as pilot:
        for key in ("1", "ctrl+left"):
            await settle(pilot)
            await pilot.press("escape", key)
            await settle(pilot)
            assert isinstance(real.screen, RegisterScreen)
            titles = [entry.title for entry in entries_of(real.screen)]
            assert ("放假通知" in titles, "本单位放假/停班" in titles) == (True, True)


async def test_a_year_without_a_notice_tells_where_one_is_entered(real: OfficeApp, clock: SetClock) -> None:
    calendar.ensure(real.desk.office.another(1), 2027)
    clock.set(datetime(2026, 11, 25, 9, 0))
    async with real.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        assert "2027年的工作日历暂定,没有调休:放假通知来了按 Ctrl+P 选“放假通知”装入" in shown_text(real)
