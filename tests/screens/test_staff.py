"""The staff list by pressed keys: who comes, goes, moves and is called something else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post, holdings_on
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.staff_changes import NewPerson, Origin, add_person, lend_out
from govoffice_tui.registers.staff_pages import entries, history
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import AttendanceMode
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.staff import StaffScreen
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.lines import StatusLine
from tests.factories import staff_lines
from tests.screens.driving import press, settled

TODAY = date(2026, 10, 12)
KEEPER = 3
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Thirty people; 赵敏 (staff 1) is the director, 周小萍 (staff 3) keeps the sign-in book."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(30), by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    assign_post(founded, KEEPER, Post.SIGN_IN_KEEPER, by=1)
    calendar.ensure(founded, 2026)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app with the staff list open, called from the menu of the 今日 tab."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30), operator: int = KEEPER) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == operator)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                await press(pilot, "ctrl+p", *"hmc", "enter")
                yield pilot
        finally:
            desk.close()

    return running


async def write(pilot: Pilot[str], text: str) -> None:
    """Put a text into the field with the focus, as an input method does."""
    from textual import events

    pilot.app.post_message(events.Paste(text))
    await settled(pilot)


def page(pilot: Pilot[str]) -> StaffScreen:
    screen = next(screen for screen in pilot.app.screen_stack if isinstance(screen, StaffScreen))
    return screen


def status(pilot: Pilot[str]) -> str:
    return page(pilot).query_one("#staff-status", StatusLine).shown


def lines(pilot: Pilot[str]) -> list[str]:
    width, height = pilot.app.size
    rows = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    assert len(rows) == height
    assert all(cell_len(row) <= width for row in rows)
    return rows


@pytest.mark.parametrize("tab", ["today", "attendance"])
async def test_the_list_is_in_the_menu_of_both_tabs(office: Office, run: Run, tab: str) -> None:
    async with run() as pilot:
        await press(pilot, "escape")
        if tab == "attendance":
            await press(pilot, "ctrl+right")
        assert not isinstance(pilot.app.screen, StaffScreen)
        await press(pilot, "ctrl+p", *"hmc", "enter")
        assert isinstance(pilot.app.screen, StaffScreen)


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_list_is_whole_in_rank_order(run: Run, size: tuple[int, int]) -> None:
    async with run(size) as pilot:
        shown = lines(pilot)
        assert "在册30人" in shown[0]
        assert "没有B角:签到管理人" in shown[1]
        assert shown[2].split() == ["工号", "姓名", "股室", "职务", "类别", "考勤", "在册", "岗位"]
        assert shown[3].split() == ["001", "赵敏", "办领导", "主任", "公务员", "签到", "在册", "主任"]
        assert shown[7].split()[:2] == ["005", "阿依古丽·买买提"]
        assert "F5" in shown[-1]
        assert max(cell_len(row.rstrip()) for row in shown) <= size[0]


async def test_somebody_added_at_8_02_signs_at_8_03(office: Office, run: Run, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 2))
    async with run() as pilot:
        await press(pilot, "f2")
        await write(pilot, "贺文斌")
        await press(pilot, "f2")
        assert "已登记 贺文斌" in status(pilot)
        assert page(pilot).chosen is not None
        await press(pilot, "escape", "ctrl+right")
        clock.set(datetime(2026, 10, 12, 8, 3))
        await press(pilot, *"hwb", "enter")
    rows = office.fetch("SELECT staff_id, struck_at FROM sign_ins")
    assert rows == [(31, None)]


async def test_a_refusal_stands_under_its_field_and_the_form_stays(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "down", "down", "down", "f5", "1")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.rows[0].fill("2026-09-01")
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "王伟2026年10月12日才到岗" in "".join(lines(pilot))
        form.rows[0].fill("2026-11-15")
        await press(pilot, "f2")
        assert "已登记 王伟 调出 最后一天2026年11月15日" in status(pilot)
        assert "11月16日离岗" in "".join(lines(pilot))
    assert len(people_on(office, date(2026, 11, 16))) == 29


async def test_a_rename_and_a_wrong_character_have_their_own_entries(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, *["down"] * 6, "f4", "2")
        await write(pilot, "冯晓龙")
        await press(pilot, "f2")
        assert "已登记 冯晓龙 2026年10月12日起更名" in status(pilot)
        await press(pilot, "f4", "1")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.rows[0].fill("冯小龙")
        await press(pilot, "f2")
        assert "已改错字" in status(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, TextScreen)
        assert "改错字" in "".join(lines(pilot))
    assert [line.is_struck for line in history(office, 7)].count(True) == 2


async def test_exemption_without_a_reason_stays_open(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "down", "f4", "4", "2", "f2")
        assert "免签要写明理由和批准人" in "".join(lines(pilot))
        await write(pilot, "驻村,赵敏批准")
        await press(pilot, "f2")
        assert "起变动" in status(pilot)
    assert people_on(office, TODAY)[1].mode is AttendanceMode.EXEMPT


async def test_ctrl_up_and_down_move_the_line(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "down", "ctrl+up")
        assert [person.id for person in people_on(office, TODAY)][:3] == [2, 1, 3]
        await press(pilot, "ctrl+up")
        await press(pilot, "ctrl+down")
        await press(pilot, "ctrl+down")
        assert [person.id for person in people_on(office, TODAY)][:3] == [1, 3, 2]
        chosen = page(pilot).chosen
        assert chosen is not None
        assert chosen.person.id == 2
        assert lines(pilot)[5].split()[0] == "002"


async def test_a_loan_and_the_way_back(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f5", "3", "f2")
        assert "10月12日起借出" in status(pilot)
        assert "其中借出1人" in lines(pilot)[0]
        await press(pilot, "f5", "3", "f2")
        assert "归来" in status(pilot)
    assert not entries(office, TODAY)[0].is_lent


async def test_a_planned_loan_is_called_off_on_the_list(office: Office, run: Run) -> None:
    lend_out(office, 2, date(2026, 11, 2), by=KEEPER)
    async with run() as pilot:
        assert "11月2日借出" in lines(pilot)[4]
        await press(pilot, "down", "f5", "3", "f2")
        assert "2026年11月2日归来" in status(pilot)
        assert "借出" not in "".join(lines(pilot)[:-2])


async def test_the_day_of_arrival_is_put_right_on_the_list(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "down", "f4", "6")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.rows[0].fill("2026-10-14")
        await press(pilot, "f2")
        assert "到岗日期为2026年10月14日" in status(pilot)
        assert "10月14日到岗" in lines(pilot)[4]
    assert 2 not in [person.id for person in people_on(office, TODAY)]


async def test_posts_are_given_and_ended_on_the_list(office: Office, run: Run) -> None:
    async with run(operator=1) as pilot:
        await press(pilot, *["down"] * 3, "f5", "4")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.rows[0].fill("sign_in_keeper")
        form.rows[1].fill("B")
        await press(pilot, "f2")
        assert "已登记 定岗位" in status(pilot)
        assert "没有B角" not in "".join(lines(pilot))
        await press(pilot, "f5", "5", "f2")
        assert "已登记 卸任签到管理人B角" in status(pilot)
    assert [one.staff for one in holdings_on(office, TODAY)] == [1, KEEPER, 4]
    assert [one.staff for one in holdings_on(office, date(2026, 10, 13))] == [1, KEEPER]


async def test_those_who_left_stand_at_the_end_and_may_come_back(office: Office, run: Run, clock: SetClock) -> None:
    async with run() as pilot:
        await press(pilot, "down", "f5", "2", "f2")
        clock.set(datetime(2026, 10, 13, 8, 0))
        await press(pilot, "escape", "ctrl+p", *"hmc", "enter")
        await press(pilot, "f3", *"qf", "enter")
        chosen = page(pilot).chosen
        assert chosen is not None
        assert (chosen.person.name, chosen.standing, chosen.is_listed) == ("钱峰", "已离岗", False)
        await press(pilot, "f5", "1", "f2")
        assert "已登记 钱峰 调入" in status(pilot)
    assert 2 in [person.id for person in people_on(office, date(2026, 10, 13))]


async def test_a_hostile_name_is_shown_as_it_was_typed(office: Office, run: Run) -> None:
    for name in ("[/]", "[red]王", "$primary"):
        add_person(office, NewPerson(name, "[/]"), Origin.RECRUITED, TODAY, by=KEEPER)
    sign_in(office, 1, TODAY, Half.MORNING, by=KEEPER)
    async with run() as pilot:
        await press(pilot, "ctrl+end")
        await press(pilot, "f4", "escape", "f5", "escape", "enter", "escape", "f3")
        assert pilot.app.is_running
        await press(pilot, "escape")
        assert "[red]王" in "".join(lines(pilot))
    assert not verify_office(office).findings


async def test_what_another_window_writes_appears_by_itself(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "down", "down")
        add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=KEEPER)
        page(pilot)._look()
        await settled(pilot)
        assert "在册31人" in lines(pilot)[0]
        chosen = page(pilot).chosen
        assert chosen is not None
        assert chosen.person.id == KEEPER
