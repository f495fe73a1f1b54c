"""The frame: head, tabs, who is at the keyboard, and how a page left open keeps up."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from textual.geometry import Offset

from govoffice_tui.app import REOPEN, OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import settings
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due
from govoffice_tui.rules.people import Person
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.too_small import TooSmallScreen
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.person_picker import PersonPicker
from govoffice_tui.widgets.person_strip import PersonStrip
from govoffice_tui.widgets.tab_strip import TabStrip
from tests.screens.conftest import SIZE, NotingScreen, page_of, settle, shown_text, status_of, tabs_of, top_of


async def test_the_head_says_office_day_kind_time_and_who(app: OfficeApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        head = shown_text(app).splitlines()[0]
        assert "测试县人民政府办公室   2026年10月12日 星期一 工作日   07:50:00" in head
        assert head.rstrip().endswith("经办人 未选")


async def test_the_head_stays_whole_in_80_columns_and_shortens_the_office_first(app: OfficeApp, office: Office) -> None:
    settings.change(office, "office_name", "某某自治区某某自治州某某某某自治县人民政府办公室行政股", by=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        head = shown_text(app).splitlines()[0]
        assert "某某自治区" in head
        assert "…" in head
        assert "2026年10月12日" in head
        assert "07:50:00" in head
        assert head.rstrip().endswith("经办人 未选")


async def test_what_is_late_is_a_word_in_the_head_not_a_colour_alone(app: OfficeApp, clock: SetClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "逾期" not in shown_text(app)
        app.desk.agenda = (("考勤", Due("上午签到簿 未收存", True, app.desk.office.now().date(), "甲")),)
        app.desk.on_change()
        await settle(pilot)
        assert shown_text(app).splitlines()[0].rstrip().endswith("逾期")


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("z", "x", "p", "enter"), "周小萍"),
        (("小", "enter"), "周小萍"),
        (("w", "w", "enter"), "王伟"),
        (("w", "w", "2"), "王伟"),
        (("0", "0", "3", "enter"), "周小萍"),
    ],
)
async def test_who_is_at_the_keyboard_is_found_by_initials_name_digit_or_number(
    app: OfficeApp, keys: tuple[str, ...], name: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*keys)
        await settle(pilot)
        assert app.desk.operator is not None
        assert app.desk.operator.name == name
        assert f"经办人 {name}" in shown_text(app)
        assert not page_of(app).query(PersonStrip)


async def test_a_digit_takes_the_candidate_of_that_number(app: OfficeApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "w")
        await settle(pilot)
        second = page_of(app).query_one(PersonPicker).candidates[1]
        await pilot.press("2")
        await settle(pilot)
        assert app.desk.operator == second


async def test_the_head_tells_namesakes_apart(app: OfficeApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("w", "w", "enter")
        await settle(pilot)
        assert shown_text(app).splitlines()[0].rstrip().endswith("经办人 王伟(行政股)")


async def test_the_question_can_be_left_and_asked_again_with_f9(app: OfficeApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("escape")
        await settle(pilot)
        assert not page_of(app).query(PersonStrip)
        assert app.desk.operator is None
        await pilot.press("f9", "z", "m", "enter")
        await settle(pilot)
        assert app.desk.operator is not None
        assert app.desk.operator.name == "赵敏"


async def test_nobody_of_that_name_is_said_and_enter_chooses_nobody(app: OfficeApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q", "q", "q", "enter")
        await settle(pilot)
        assert "没有这个人" in shown_text(app)
        assert app.desk.operator is None


async def test_tabs_change_by_ctrl_arrows_even_inside_a_field_and_only_visited_ones_are_mounted(
    seated: OfficeApp,
) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        page_of(seated).query_one("#field").focus()
        await pilot.press("a", "ctrl+right")
        await settle(pilot)
        assert page_of(seated).tab == "乙"
        await pilot.press("ctrl+pageup")
        await settle(pilot)
        assert page_of(seated).tab == "甲"
        with pytest.raises(KeyError):
            seated.get_screen_stack("tab3")
        await pilot.press("ctrl+left")
        await settle(pilot)
        assert page_of(seated).tab == "丙"


async def test_digits_choose_a_tab_only_while_no_field_has_the_cursor(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        field = page_of(seated).query_one("#field")
        field.focus()
        await pilot.press("2")
        await settle(pilot)
        assert page_of(seated).tab == "甲"
        await pilot.press("escape", "2")
        await settle(pilot)
        assert page_of(seated).tab == "乙"
        await pilot.press("escape", "9")
        await settle(pilot)
        assert page_of(seated).tab == "乙"


async def test_tabs_and_keys_can_be_clicked(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.click(TabStrip, offset=Offset(5, 0))
        await settle(pilot)
        assert page_of(seated).tab == "乙"
        await pilot.click(KeyLine, offset=Offset(SIZE[0] - 3, 0))
        await settle(pilot)
        assert "菜单" in shown_text(seated)
        assert "到 甲" in shown_text(seated)


async def test_the_foot_shows_only_keys_that_work_now(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        foot = shown_text(seated).splitlines()[-1]
        assert "F1 帮助  F2 登记  F9 换经办人" in foot
        assert "收存" not in foot
        assert foot.rstrip().endswith("Ctrl+P 菜单")


async def test_a_page_left_open_meets_midnight_and_the_end_of_the_month(seated: OfficeApp, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 31, 23, 59, 59))
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        page_of(seated).noted.clear()
        clock.set(datetime(2026, 11, 1, 0, 0, 0))
        seated.beat()
        await settle(pilot)
        assert page_of(seated).noted[:3] == ["month 2026-11", "day 2026-11-01", "minute 00:00"]
        assert "2026年11月1日 星期日 休息日   00:00:00" in shown_text(seated)


async def test_each_minute_is_met_once(seated: OfficeApp, clock: SetClock) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        page_of(seated).noted.clear()
        for second in (58, 59):
            clock.set(datetime(2026, 10, 12, 8, 14, second))
            seated.beat()
        clock.set(datetime(2026, 10, 12, 8, 15, 0))
        seated.beat()
        seated.beat()
        await settle(pilot)
        assert [one for one in page_of(seated).noted if one.startswith("minute")] == ["minute 08:14", "minute 08:15"]


async def test_what_is_late_is_looked_for_soon_after_the_start(office: Office, people: Sequence[Person]) -> None:
    late = replace(REGISTERS[0], due=lambda office, now: [Due("上午签到簿 未收存", True, now.date(), "甲")])
    desk = Desk(office, [late])
    desk.operator = people[0]
    app = OfficeApp(desk, tabs_of(NotingScreen))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.beat()
        await settle(pilot)
        assert "逾期" in shown_text(app)
    desk.close()


async def test_a_hidden_tab_is_not_ticked_and_catches_up_when_it_is_shown(seated: OfficeApp, clock: SetClock) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        first = page_of(seated)
        await pilot.press("ctrl+right")
        await settle(pilot)
        first.noted.clear()
        clock.set(datetime(2026, 10, 13, 7, 0))
        seated.beat()
        await settle(pilot)
        assert first.noted == []
        await pilot.press("ctrl+left")
        await settle(pilot)
        assert first.noted[:2] == ["day 2026-10-13", "minute 07:00"]
        assert "10月13日" in shown_text(seated)


async def test_what_others_write_is_met_on_the_shown_page(seated: OfficeApp, office: Office) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        page_of(seated).noted.clear()
        seated.beat()
        seated.beat()
        await settle(pilot)
        assert "others" not in page_of(seated).noted
        settings.change(office, "backup_folder", "/media/usb", by=3)
        seated.beat()
        seated.beat()
        await settle(pilot)
        assert page_of(seated).noted.count("others") == 1


async def test_a_file_swapped_under_the_window_opens_everything_again(seated: OfficeApp, office: Office) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        copy = office.path.with_suffix(".copy")
        shutil.copy(office.path, copy)
        copy.replace(office.path)
        page_of(seated).look_at_file()
        await pilot.pause()
    assert seated.return_value == REOPEN


async def test_below_60_by_18_one_sentence_covers_everything(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(59, 30)
        await settle(pilot)
        assert "窗口太小(需要60×18)" in shown_text(seated)
        assert "甲" not in shown_text(seated)
        await pilot.press("ctrl+right")
        await settle(pilot)
        assert isinstance(top_of(seated), TooSmallScreen)
        await pilot.resize_terminal(60, 18)
        await settle(pilot)
        assert page_of(seated).tab == "甲"
        assert top_of(seated) is page_of(seated)


async def test_ctrl_c_tells_how_to_leave_and_ctrl_q_leaves_without_a_question(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        page_of(seated).set_focus(None)
        await pilot.press("ctrl+c")
        await settle(pilot)
        assert status_of(seated) == "退出请按 Ctrl+Q"
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert seated.return_code == 0
