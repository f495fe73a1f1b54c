"""The roster by pressed keys: generated, set by hand, checked, issued, changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.duty.roster import ShiftLine, document, shifts, specials
from govoffice_tui.registers.duty.roster_making import make_roster, move_roster
from govoffice_tui.registers.duty.roster_slips import changes_in_month
from govoffice_tui.registers.duty.roster_telling import received
from govoffice_tui.registers.duty.unavailable import unavailable
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.roster import DutyPost, RosterState
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.duty.roster import RosterScreen
from govoffice_tui.widgets.form import FormScreen
from tests.screens.driving import painted, press, settled

Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]
HEAD, KEEPER = 5, 6
DECEMBER = "2026-12"


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """The demo's people on 20 November, 9:00; nothing made yet."""
    clock.set(datetime(2026, 11, 20, 9, 0))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, demo_lines(date(2026, 10, 1)), by=None)
    assign_post(founded, HEAD, Post.SECTION_HEAD, by=None)
    assign_post(founded, KEEPER, Post.SIGN_IN_KEEPER, by=HEAD)
    calendar.ensure(founded, 2026)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on the roster's tab, turned to December."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30), operator: int = HEAD) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, date(2026, 11, 20)) if one.id == operator)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                assert app.page is not None
                app.page.open_tab("roster", date(2026, 12, 1))
                await settled(pilot)
                yield pilot
        finally:
            desk.close()

    return running


def page_of(pilot: Pilot[str]) -> RosterScreen:
    page = pilot.app.screen_stack[0]
    assert isinstance(page, RosterScreen)
    return page


def status(pilot: Pilot[str]) -> str:
    return page_of(pilot).status.shown


def lines(office: Office, day: int, post: DutyPost = DutyPost.OFFICER) -> list[ShiftLine]:
    made = document(office, DECEMBER)
    assert made is not None
    return [line for line in shifts(office, made.id) if line.day.day == day and line.post is post]


def issued(office: Office) -> int:
    row = make_roster(office, DECEMBER, by=KEEPER).roster
    move_roster(office, row, "check_roster", by=HEAD)
    move_roster(office, row, "issue_roster", by=KEEPER)
    return row


async def test_an_empty_month_teaches_and_f2_generates_it(run: Run, office: Office) -> None:
    async with run() as pilot:
        assert "按 F2 生成" in "\n".join(painted(pilot))
        await press(pilot, "f2")
        assert status(pilot) == "已生成 12月值班表第1版 93格"
        shown = "\n".join(painted(pilot))
        assert "12-01 二" in shown
        assert "草拟" in shown
    assert document(office, DECEMBER) is not None


async def test_enter_tells_why_and_a_digit_puts_another_in(run: Run, office: Office) -> None:
    make_roster(office, DECEMBER, by=KEEPER)
    async with run() as pilot:
        await press(pilot, "down", "enter")
        shown = "\n".join(painted(pilot))
        assert "12月2日值班员" in shown
        assert "本类最少" in shown
        before = lines(office, 2)[0]
        await press(pilot, "3")
        (after,) = lines(office, 2)
        assert after.staff != before.staff
        assert after.is_pinned
        assert status(pilot).startswith("已改 12月2日值班员")
        await press(pilot, "f2")
        assert "手工定的1格没动" in status(pilot)
        assert lines(office, 2)[0].staff == after.staff


async def test_f5_checks_then_issues_and_then_takes_receipts(run: Run, office: Office) -> None:
    row = make_roster(office, DECEMBER, by=KEEPER).roster
    async with run() as pilot:
        await press(pilot, "f5", "1")
        assert status(pilot) == "2026年12月值班表 已核"
        await press(pilot, "f5", "1")
        assert status(pilot) == "2026年12月值班表 已印发"
        await press(pilot, "f5", "1")
        assert status(pilot) == "已登记 56人收到2026年12月值班表"
        assert "收到56/56" in str(page_of(pilot).query_one("#roster-head", Static).content)
    assert len(received(office, row)) == 56
    made = document(office, DECEMBER)
    assert made is not None
    assert made.state is RosterState.ISSUED


async def test_a_finding_is_a_place_to_go(run: Run, office: Office) -> None:
    from govoffice_tui.registers.duty.roster_placing import set_shift

    make_roster(office, DECEMBER, by=KEEPER)
    set_shift(office, lines(office, 20)[0].id, None, by=KEEPER)
    async with run() as pilot:
        checks = page_of(pilot).query_one("#roster-checks", OptionList)
        assert checks.display
        await press(pilot, "tab", "enter")
        assert page_of(pilot).grid.has_focus
        under = page_of(pilot).grid.under_cursor()
        assert under is not None
        assert under[0].day == date(2026, 12, 20)
        await press(pilot, "f5", "1", "f5", "1")
        assert "没有值班员" in status(pilot)


async def test_f4_writes_a_slip_and_an_outsider_is_refused_under_the_field(run: Run, office: Office) -> None:
    issued(office)
    async with run() as pilot:
        await press(pilot, "f4", "1")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        await press(pilot, *"xqr", "enter", "tab", "f2")
        assert isinstance(pilot.app.screen, FormScreen)
        assert not changes_in_month(office, DECEMBER)
        await press(pilot, "escape", "f4", "1", *"qxy", "enter", *"jzys", "f2")
        assert status(pilot).startswith("已登记 调〔2026〕1号 12月1日值班员")
    assert lines(office, 1)[0].staff == next(p.id for p in people_on(office, date(2026, 12, 1)) if p.name == "秦秀英")


async def test_an_issued_cell_offers_changes_and_f2_is_gone(run: Run, office: Office) -> None:
    issued(office)
    async with run() as pilot:
        await press(pilot, "enter")
        assert "替班" in "\n".join(painted(pilot))
        await press(pilot, "escape")
        assert page_of(pilot).check_action("generate", ()) is False


async def test_pages_turn_to_the_next_year_and_f8_shows_the_figures(run: Run, office: Office) -> None:
    issued(office)
    async with run() as pilot:
        await press(pilot, "pagedown")
        assert "2027年1月值班表" in "\n".join(painted(pilot))
        await press(pilot, "f2")
        assert "暂定" in str(page_of(pilot).query_one("#roster-head", Static).content)
        await press(pilot, "f5", "1", "f5", "1")
        assert "暂定" in "\n".join(painted(pilot))
        await press(pilot, "2")
        made = document(office, "2027-01")
        assert made is not None
        assert made.state is RosterState.CHECKED
        await press(pilot, "f5", "1", "1")
        assert status(pilot) == "2027年1月值班表 已印发"
        await press(pilot, "pageup", "f8")
        assert "带班领导 8" in "\n".join(painted(pilot)) or "带班领导 7" in "\n".join(painted(pilot))
        await press(pilot, "escape")
        assert page_of(pilot).grid.display


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_the_page_is_whole_in_a_small_window(run: Run, office: Office, size: tuple[int, int]) -> None:
    issued(office)
    async with run(size) as pilot:
        rows = painted(pilot)
        assert any("备注" in row for row in rows)
        assert any("F4 调班" in row for row in rows)
        await press(pilot, "f8")
        assert any("上次" in row for row in painted(pilot))


async def test_the_menu_keeps_people_out_and_makes_a_special_roster(run: Run, office: Office) -> None:
    async with run() as pilot:
        await press(pilot, "ctrl+p", *"bnzb", "enter")
        await press(pilot, *"qxy", "enter", "enter", "enter", *"zy", "f2")
        assert status(pilot) == "已登记 不能值班,以后生成时避开"
        assert len(unavailable(office, date(2026, 12, 1), date(2026, 12, 31))) == 1
        await press(pilot, "ctrl+p", *"zxzbap", "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        rows = {row.field.name: row for row in pilot.app.screen.rows}
        rows["title"].fill("防汛值班安排")
        rows["first"].fill("2026-12-30")
        rows["last"].fill("2027-01-02")
        rows["leader"].fill("赵敏、外单位的人")
        rows["officer"].fill("秦秀英、冯䶮")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, FormScreen)
        rows["leader"].fill("赵敏、钱峰")
        rows["own"].fill("抢险组2人:秦秀英")
        await press(pilot, "f2")
        assert "每班2名抢险组,只写了1人" in "\n".join(painted(pilot))
        rows["own"].fill("抢险组2人\uff1a秦秀英、冯䶮\uff1b车辆保障:欧阳丽娟")
        await press(pilot, "f2")
        assert not isinstance(pilot.app.screen, FormScreen), painted(pilot)
        assert "车辆保障" in "\n".join(painted(pilot))
        assert "防汛值班安排" in "\n".join(painted(pilot))
        await press(pilot, "escape")
        assert "12月值班表" in str(page_of(pilot).query_one("#roster-head", Static).content)
    assert [one.title for one in specials(office, date(2027, 1, 1), date(2027, 1, 1))] == ["防汛值班安排"]


async def test_tomorrows_people_are_shown_with_phones_and_one_key_notes_them(
    run: Run, office: Office, clock: SetClock
) -> None:
    issued(office)
    clock.set(datetime(2026, 12, 1, 15, 0))
    async with run() as pilot:
        await press(pilot, "f5", "3")
        assert "1390000" in "\n".join(painted(pilot))
        await press(pilot, "1")
        assert status(pilot) == "已登记 12月2日值班3人已通知"
