"""The settings page by pressed keys: what holds, what is to hold, how it came to be."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, time
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.models import Setting
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import people_on
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.settings import read_legend
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.looks import remembered_theme
from govoffice_tui.screens.settings import SettingsScreen
from govoffice_tui.screens.staff import StaffScreen
from tests.screens.conftest import each_hostile
from tests.screens.driving import painted, press, settled

TODAY, TOMORROW = date(2026, 10, 12), date(2026, 10, 13)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def run(office: Office) -> Run:
    """The settings page, reached by its key, with 周小萍 or somebody else at the keyboard."""
    calendar.ensure(office, 2026)

    @asynccontextmanager
    async def running(who: int = 3, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, TODAY) if one.id == who)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                await press(pilot, "ctrl+left")
                assert isinstance(app.page, SettingsScreen)
                yield pilot
        finally:
            desk.close()

    return running


@pytest.fixture
def begun(office: Office) -> Office:
    sign_in(office, 4, TODAY, Half.MORNING, by=3)
    return office


def shown(pilot: Pilot[str]) -> str:
    return "\n".join(painted(pilot))


def status(pilot: Pilot[str]) -> str:
    app = pilot.app
    assert isinstance(app, OfficeApp)
    assert app.page is not None
    return app.page.status.shown


async def paste(pilot: Pilot[str], text: str) -> None:
    """Replace what stands in the field by a pasted text: not every character has a key."""
    await press(pilot, "ctrl+u")
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(events.Paste(text))
    await settled(pilot)


async def go_to(pilot: Pilot[str], title: str) -> None:
    """Put the cursor on the line of a title."""
    app = pilot.app
    assert isinstance(app, OfficeApp)
    page = app.page
    assert isinstance(page, SettingsScreen)
    place = [row.title for row in page._rows].index(title)
    page.query_one("#settings", OptionList).highlighted = place
    await settled(pilot)


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_the_page_says_what_holds_and_leads_on(run: Run, size: tuple[int, int]) -> None:
    async with run(size=size) as pilot:
        text = shown(pilot)
        assert "单位名称       测试县人民政府办公室" in text
        assert "7:00开始,8:15收存" in text
        assert "上午7:00—8:15  下午14:00—14:45" in text
        assert "2027年5月1日起 下午14:30—15:15"[:20] in text
        await press(pilot, "end")
        assert "主题" in shown(pilot)


async def test_hours_change_by_keys_from_the_next_day_and_are_taken_back(begun: Office, run: Run) -> None:
    async with run() as pilot:
        await go_to(pilot, "上午签到")
        await press(pilot, "f4", "enter", "ctrl+u", *"820", "enter", "enter")
        assert status(pilot) == "已登记 上午签到,10月13日起"
        assert "10月13日起:7:00开始,8:20收存" in shown(pilot)
        assert settings.on(begun, TODAY).morning_cutoff == time(8, 15)
        assert settings.on(begun, TOMORROW).morning_cutoff == time(8, 20)
        await press(pilot, "f5", "1")
        assert "已收回 上午签到" in status(pilot)
        assert "10月13日起:" not in shown(pilot).replace(status(pilot), "")
        await press(pilot, "enter")
        assert "收回,仍是 8:15" in shown(pilot)
        assert "周小萍 登记" in shown(pilot)
    assert settings.on(begun, TOMORROW).morning_cutoff == time(8, 15)


async def test_what_contradicts_stands_under_its_field_and_nothing_is_written(office: Office, run: Run) -> None:
    before = office.tail()
    async with run() as pilot:
        await go_to(pilot, "上午签到")
        await press(pilot, "f4", "ctrl+u", *"900", "f2")
        assert "上午的收存时间要晚于开始时间:现在是9:00和8:15" in shown(pilot)
        await press(pilot, "escape")
        await go_to(pilot, "暑期起止")
        await press(pilot, "f4", "ctrl+u", *"13-40", "f2")
        assert "没有“13-40”这一天" in shown(pilot)
        await press(pilot, "ctrl+u", *"10.1", "f2")
        assert "暑期的开始要早于结束" in shown(pilot)
        await press(pilot, "escape")
    assert office.tail() == before


async def test_summer_is_typed_as_people_write_it(office: Office, run: Run) -> None:
    async with run() as pilot:
        await go_to(pilot, "暑期起止")
        await press(pilot, "f4", "ctrl+u", *"6.1", "f2")
        assert "6月1日到9月30日" in shown(pilot)
    assert settings.on(office, TODAY).summer_from == "06-01"


async def test_a_day_that_began_is_refused_under_its_field(begun: Office, run: Run) -> None:
    async with run() as pilot:
        await go_to(pilot, "单位名称")
        await press(pilot, "f4", "ctrl+u", *"新县", "enter", "ctrl+u", *"12", "enter")
        assert "最早从2026年10月13日起改" in shown(pilot)


async def test_without_the_post_nothing_changes_and_the_reason_is_said(office: Office, run: Run) -> None:
    assign_post(office, 3, Post.SIGN_IN_KEEPER, by=None)
    assign_post(office, 1, Post.DIRECTOR, by=3)
    async with run(who=4) as pilot:
        await go_to(pilot, "签到簿用什么")
        await press(pilot, "f4", "2", "f2")
        assert "需由" in shown(pilot)
    assert settings.on(office, TODAY).carrier == "screen"


async def test_the_marks_are_taken_whole_or_one_by_one(office: Office, run: Run) -> None:
    async with run() as pilot:
        await go_to(pilot, "月报表符号")
        await press(pilot, "f4", "2", "f2")
        assert "汉字式" in shown(pilot)
        await press(pilot, "f4", "3", "down")
        await paste(pilot, "✓")
        await press(pilot, "f2")
        assert "国标字库里没有" in shown(pilot)
        await press(pilot, "ctrl+u", *"退", "f2")
        assert "“退”已经是迟到的符号" in shown(pilot)
        await press(pilot, "escape", "f4", "3", "down", "ctrl+u", *"晚", "f2")
        assert "自定" in shown(pilot)
    assert read_legend(settings.on(office, TODAY).legend)["late"] == "晚"


async def test_a_sign_in_place_of_a_section_nobody_is_in_is_refused(office: Office, run: Run) -> None:
    async with run() as pilot:
        await go_to(pilot, "签到点")
        await press(pilot, "f4", *"主楼=行政古", "f2")
        assert "花名册里没有“行政古”这个股室" in shown(pilot)
        await paste(pilot, "主楼=办领导、行政股;老楼=信息股")
        await press(pilot, "f2")
        assert "主楼=办领导、行政股;老楼=信息股" in shown(pilot)
    assert settings.on(office, TODAY).sign_points == "主楼=办领导、行政股;老楼=信息股"


async def test_a_second_folder_that_does_not_serve_is_refused_and_one_that_does_holds_at_once(
    begun: Office, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    disk = tmp_path_factory.mktemp("usb")
    async with run() as pilot:
        await go_to(pilot, "第二备份文件夹")
        await press(pilot, "f4", *"/no/such", "f2")
        assert "没有这个文件夹" in shown(pilot)
        await press(pilot, "ctrl+u", *str(begun.folder), "f2")
        assert "自己的文件夹" in shown(pilot)
        await press(pilot, "ctrl+u", *str(disk), "f2")
        assert "马上生效" in status(pilot)
    assert settings.on(begun, TODAY).backup_folder == str(disk)


async def test_a_keeper_without_a_deputy_is_marked_and_the_line_leads_to_the_staff_list(
    office: Office, run: Run
) -> None:
    assign_post(office, 3, Post.SIGN_IN_KEEPER, by=None)
    async with run() as pilot:
        await go_to(pilot, "签到管理人")
        assert "周小萍 A角   缺B角" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, StaffScreen)


async def test_a_backup_and_a_drill_are_done_from_their_lines(office: Office, run: Run) -> None:
    async with run() as pilot:
        await go_to(pilot, "最近备份")
        await press(pilot, "enter")
        assert "今日07:50,已核验" in shown(pilot)
        await go_to(pilot, "恢复演练")
        await press(pilot, "enter")
        assert "逐笔核对一致" in status(pilot)
        assert "2026年10月12日做过" in shown(pilot)


async def test_another_windows_change_and_its_name_of_the_office_are_met(office: Office, run: Run) -> None:
    async with run() as pilot:
        app = pilot.app
        assert isinstance(app, OfficeApp)
        settings.change(office, "office_name", "改名县人民政府办公室", by=3)
        app.beat()
        app.beat()
        await settled(pilot)
        assert shown(pilot).splitlines()[0].startswith(" 改名县人民政府办公室")
        assert "单位名称       改名县人民政府办公室" in shown(pilot)


async def test_a_setting_nobody_can_read_is_named_and_can_be_put_right(office: Office, run: Run) -> None:
    with office.write("damage", 3) as writing:
        writing.insert(Setting, key="carrier", value="?", from_day="1990-01-01", entered_at=writing.now, entered_by=3)
    async with run() as pilot:
        assert "“?”(读不懂)" in shown(pilot)
        await go_to(pilot, "签到簿用什么")
        await press(pilot, "f4", "1", "f2")
        assert "屏幕上签到" in shown(pilot)
    assert settings.on(office, TODAY).carrier == "screen"


@each_hostile
async def test_what_a_setting_holds_is_shown_as_it_stands_and_commands_nothing(
    office: Office, run: Run, text: str
) -> None:
    for key in ("office_name", "sign_points", "backup_folder"):
        with office.write("change_setting", 3) as writing:
            writing.insert(Setting, key=key, value=text, from_day="1990-01-01", entered_at=writing.now, entered_by=3)
    async with run() as pilot:
        assert "\x1b" not in shown(pilot)
        for title in ("单位名称", "签到点", "第二备份文件夹"):
            await go_to(pilot, title)
            await press(pilot, "enter")
            assert "\x1b" not in shown(pilot)
            await press(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, SettingsScreen)


async def test_f1_explains_the_setting_with_its_article(run: Run) -> None:
    async with run() as pilot:
        await go_to(pilot, "上午签到")
        await press(pilot, "f1")
        assert "考勤制度第2条" in shown(pilot)
        assert "不得补签" in shown(pilot)


async def test_a_theme_is_worn_again_at_the_next_start(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        assert pilot.app.theme == "paper"
        await go_to(pilot, "主题")
        await press(pilot, "enter", "2")
        assert pilot.app.theme == "ink"
        assert status(pilot) == "已换主题 墨"
    async with run() as pilot:
        assert pilot.app.theme == "ink"
        await go_to(pilot, "主题")
        assert "主题           墨" in shown(pilot)


@pytest.mark.parametrize("kept", ["", "[]", '{"theme": "solarized"}', '{"theme": 3}', "\x00\xff", "[" * 100_000])
def test_a_spoiled_file_of_looks_means_paper(tmp_path: Path, kept: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "looks.json").write_bytes(kept.encode("latin-1"))
    assert remembered_theme(tmp_path) == ""
    (tmp_path / "data" / "looks.json").write_text(json.dumps({"theme": "ink"}))
    assert remembered_theme(tmp_path) == "ink"
