"""外出 and 待核 by pressed keys: word taken, people back, and a half-day brought to its decision."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.absence.papers import papers
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings import pages
from govoffice_tui.registers.outings.recording import Plan, enter_outing
from govoffice_tui.registers.outings.returning import record_return
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.absence import AbsenceState
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.outings import OutingState
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.leave.board_hooks import phone_outing
from govoffice_tui.screens.leave.outings import OutingsScreen
from govoffice_tui.widgets.form import FormScreen
from tests.factories import staff_lines
from tests.screens.conftest import each_hostile
from tests.screens.driving import painted, press, settled

TODAY = date(2026, 10, 12)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
PLAN = Plan("下乡督查", "城关镇", TODAY, MORNING, TODAY, MORNING)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people; 周小萍 (staff 3) keeps the book, 吴桂芳 (8) is 股长, 钱峰 (2) the deputy."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(60), by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    for person, post in ((2, Post.DEPUTY_IN_CHARGE), (8, Post.SECTION_HEAD), (3, Post.SIGN_IN_KEEPER)):
        assign_post(founded, person, post, by=1)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on a tab, with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(tab: str = "outings", size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == 3)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                for _ in range([one.id for one in app.tabs].index(tab)):
                    await press(pilot, "ctrl+right")
                yield pilot
        finally:
            desk.close()

    return running


def page(pilot: Pilot[str]) -> RegisterScreen:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert screen is not None
    return screen


def status(pilot: Pilot[str]) -> str:
    return page(pilot).status.shown


def form(pilot: Pilot[str]) -> FormScreen[object]:
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen)
    return screen


async def type_in(pilot: Pilot[str], text: str) -> None:
    """Paste a text into the field that has the focus."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(events.Paste(text))
    await settled(pilot)


async def ask(pilot: Pilot[str], key: str) -> None:
    """Press a key whose deed waits for an answer."""
    await pilot.press(key)
    await pilot.pause()
    await pilot.pause()


async def enter(pilot: Pilot[str], people: str, matter: str = "下乡督查", place: str = "城关镇") -> None:
    """Fill in the three fields that must be, and send."""
    await press(pilot, "f2")
    for text in (people, matter, place):
        await type_in(pilot, text)
        await press(pilot, "enter")
    await press(pilot, "f2")


def lines(office: Office) -> list[pages.OutingLine]:
    return pages.month(office, "2026-10")


async def test_three_texts_and_f2_enter_an_outing(office: Office, run: Run) -> None:
    async with run() as pilot:
        assert any("没有因公外出登记" in row for row in painted(pilot))
        await enter(pilot, "赵敏、信息股")
        assert status(pilot) == "已登记 外〔2026〕1号 赵敏、阿依古丽·买买提、吴桂芳"
        assert any("赵敏、阿依古丽" in row and "外出中" in row for row in painted(pilot))
    (line,) = lines(office)
    assert (line.matter, line.place, line.when, line.taken_by) == ("下乡督查", "城关镇", "10月12日上午", 3)
    assert verify_office(office).findings == ()


async def test_a_namesake_is_asked_for_and_esc_enters_nobody(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        for text in ("赵敏 王伟", "下乡督查", "城关镇"):
            await type_in(pilot, text)
            await press(pilot, "enter")
        await ask(pilot, "f2")
        assert any("王伟有2人,是哪一位" in row for row in painted(pilot))
        await press(pilot, "escape")
        assert any("王伟有2人,请写王伟(行政股)或王伟(资料动态股)" in row for row in painted(pilot))
        assert lines(office) == []
        await ask(pilot, "f2")
        await press(pilot, "2")
        assert "赵敏、王伟(资料动态股)" in status(pilot)
    assert [one.person for one in lines(office)[0].standing] == [1, 6]


async def test_names_nobody_bears_stand_under_the_field_and_what_was_typed_stays(office: Office, run: Run) -> None:
    async with run() as pilot:
        await enter(pilot, "赵敏、张三丰\n李四光")
        assert any("花名册里没有:张三丰、李四光。" in row for row in painted(pilot))
        assert form(pilot).rows[0].field.name == "people"
        assert any("赵敏、张三丰 李四光" in row for row in painted(pilot))
        await press(pilot, "escape")
    assert lines(office) == []


async def test_a_classified_matter_is_wiped_and_told_where_to_go(office: Office, run: Run) -> None:
    async with run() as pilot:
        await enter(pilot, "赵敏", "送机密★3年文件")
        rows = painted(pilot)
        assert any("这里不能写涉密内容" in row for row in rows)
        assert not any("★" in row for row in rows)
        await press(pilot, "escape")
    assert lines(office) == []


async def test_one_key_notes_that_everybody_is_back_and_f6_enter_checks_off(
    office: Office, clock: SetClock, run: Run
) -> None:
    enter_outing(office, [4, 5], PLAN, by=3)
    clock.set(datetime(2026, 10, 12, 11, 20))
    async with run() as pilot:
        await press(pilot, "1")
        assert status(pilot) == "已登记 外〔2026〕1号 王伟(行政股)、阿依古丽·买买提 10月12日11:20返回"
        await press(pilot, "f6", "enter")
        assert status(pilot) == "已核销 1件外出"
        await press(pilot, "f5")
        assert "没有可以下一步的" in status(pilot)
    assert lines(office)[0].state is OutingState.SETTLED


async def test_one_person_is_noted_back_with_a_time_and_put_right(office: Office, clock: SetClock, run: Run) -> None:
    enter_outing(office, [4, 5], PLAN, by=3)
    clock.set(datetime(2026, 10, 12, 11, 50))
    async with run() as pilot:
        await press(pilot, "f5", "2", "2", "tab", "tab", "tab")
        await type_in(pilot, "1130")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 外〔2026〕1号 阿依古丽·买买提 10月12日11:30返回,还有1人未返回"
        await press(pilot, "f5", "3")
        assert "延期" in "".join(painted(pilot))
        await press(pilot, "escape", "f4", "4")
        assert "改返回时间" not in status(pilot)
        await press(pilot, "escape", "enter")
        detail = painted(pilot)
        assert any("阿依古丽·买买提" in row and "10月12日11:30返回" in row for row in detail)
        assert any("王伟(行政股)" in row and "没有登记返回" in row for row in detail)


async def test_a_correction_strikes_the_line_and_writes_it_again(office: Office, run: Run) -> None:
    enter_outing(office, [4], PLAN, by=3)
    async with run() as pilot:
        await press(pilot, "f4", "1")
        await type_in(pilot, "地点写错")
        await press(pilot, "tab", "tab", "ctrl+u")
        await type_in(pilot, "东风镇")
        await press(pilot, "f2")
        assert status(pilot) == "已更正 外〔2026〕1号 王伟(行政股)"
        assert any("划去" in row for row in painted(pilot))
    assert [(one.place, one.is_struck) for one in lines(office)] == [("东风镇", False), ("城关镇", True)]


async def test_a_month_under_seal_asks_for_the_slip_and_takes_the_outing_with_it(
    office: Office, clock: SetClock, run: Run
) -> None:
    clock.set(datetime(2026, 11, 4, 9, 0))
    closing.close_month(office, "outings", "2026-10", lambda *_: [], pages.seal_digest, by=3)
    async with run() as pilot:
        await press(pilot, "f2")
        for text in ("赵敏", "下乡督查", "城关镇"):
            await type_in(pilot, text)
            await press(pilot, "enter")
        await press(pilot, "tab", "ctrl+u")
        await type_in(pilot, "10.13")
        await press(pilot, "f2")
        assert any("更正单" in row for row in painted(pilot))
        await press(pilot, "escape", "escape")
    assert lines(office) == []


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
@each_hostile
async def test_hostile_texts_are_shown_as_they_are(office: Office, run: Run, text: str, size: tuple[int, int]) -> None:
    enter_outing(office, [4], replace(PLAN, matter=f"去{text}", sent_by=text[:200] or "甲"), by=3)
    async with run(size=size) as pilot:
        row = next(row for row in painted(pilot) if "王伟(行政股)" in row)
        assert "去" in row
        await press(pilot, "enter", "escape", "f3", "escape", "f1")
        painted(pilot)
    assert not any("\x1b" in line.matter for line in lines(office))


async def test_what_another_window_enters_appears(office: Office, run: Run) -> None:
    async with run() as pilot:
        enter_outing(office, [4], PLAN, by=3)
        page(pilot).look_at_file()
        await settled(pilot)
        assert any("王伟(行政股)" in row for row in painted(pilot))


async def test_the_pages_turn_by_months_and_f8_leads_to_leave(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "pageup")
        assert any("2026年9月 因公外出" in row for row in painted(pilot))
        await press(pilot, "pagedown")
        assert any("2026年10月 因公外出" in row for row in painted(pilot))
        assert any("请假页" in row for row in painted(pilot))
        await press(pilot, "f8")
        assert any("请假登记 2026年10月" in row for row in painted(pilot))


async def test_a_phoned_outing_takes_no_typing(office: Office, run: Run) -> None:
    async with run("attendance") as pilot:
        person = people_on(office, TODAY)[3]
        phone_outing(page(pilot), person, TODAY, MORNING)
        await settled(pilot)
        assert status(pilot) == "已登记 外〔2026〕1号 王伟(行政股)"
    assert board(office, TODAY, MORNING).out == 1


async def test_three_on_a_missing_person_opens_the_form_filled_and_flags_the_word_as_late(
    office: Office, clock: SetClock, run: Run
) -> None:
    for person in range(5, 61):
        sign_in(office, person, TODAY, MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 40))
    collect_book(office, TODAY, MORNING, by=3)
    async with run("attendance") as pilot:
        await press(pilot, "down", "down", "down", "3")
        rows = painted(pilot)
        assert any("因公外出 王伟(行政股) 10月12日上午" in row for row in rows)
        await press(pilot, "enter")
        await type_in(pilot, "送材料")
        await press(pilot, "enter")
        await type_in(pilot, "市政府办")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 外〔2026〕1号 王伟(行政股) 事后告知"
    page_now = board(office, TODAY, MORNING)
    assert page_now.lines[3].status is HalfStatus.OUT
    assert len(page_now.missing) == 3


@pytest.fixture
def missed(office: Office, clock: SetClock) -> Office:
    """阿依古丽·买买提 (5) missed Monday morning; it is Thursday."""
    for half, hour in ((MORNING, 8), (AFTERNOON, 14)):
        clock.set(datetime(2026, 10, 12, hour, 5))
        for person in range(1, 61):
            if person != 5 or half is AFTERNOON:
                sign_in(office, person, TODAY, half, by=3)
        clock.set(datetime(2026, 10, 12, hour, 50))
        collect_book(office, TODAY, half, by=3)
    clock.set(datetime(2026, 10, 15, 7, 30))
    return office


async def test_the_line_of_today_leads_to_the_half_days_pending(missed: Office, run: Run) -> None:
    async with run("today") as pilot:
        row = next(place for place, row in enumerate(painted(pilot)) if "待核 1 个半天 最早10月12日" in row)
        listing = pilot.app.screen.query_one("#today", OptionList)
        listing.highlighted = row - 3
        await press(pilot, "enter")
        assert page(pilot).tab == "absence"
        assert any(
            "10月12日上午" in row and "阿依古丽·买买提" in row and "已3个工作日" in row for row in painted(pilot)
        )


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_a_paper_goes_from_the_half_day_to_the_signed_decision(
    missed: Office, run: Run, size: tuple[int, int]
) -> None:
    # example 9
    async with run("absence", size) as pilot:
        await press(pilot, "5")
        assert any("没有签到、请假和因公外出登记" in row for row in painted(pilot))
        await press(pilot, "f2")
        assert status(pilot) == "已登记 旷〔2026〕1号 阿依古丽·买买提 10月12日上午 已开单"
        await press(pilot, "f5", "1")
        await type_in(pilot, "睡过了")
        await press(pilot, "f2", "f5", "1")
        await type_in(pilot, "wgf")
        await press(pilot, "enter", "f2")
        assert status(pilot).endswith("已提请")
        await press(pilot, "f5", "1", "1", "tab", "tab", "tab")
        await type_in(pilot, "夹第1页")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 旷〔2026〕1号 阿依古丽·买买提 10月12日上午 认定旷工"
        assert any("待核 0 个半天" in row for row in painted(pilot))
        await press(pilot, "f4", "1")
        await press(pilot, "f2")
        assert any("请填作废原因" in row for row in painted(pilot))
        await type_in(pilot, "补了假条")
        await press(pilot, "f2")
        assert status(pilot).endswith("作废")
    (paper,) = papers(missed, "1 = 1")
    assert (paper.state, paper.signed_name, paper.struck_reason) == (AbsenceState.FOUND, "钱峰", "补了假条")
    assert board(missed, TODAY, MORNING).lines[4].status is HalfStatus.PENDING


async def test_a_half_day_pending_is_explained_by_a_digit(missed: Office, run: Run) -> None:
    async with run("absence") as pilot:
        await press(pilot, "1")
        await type_in(pilot, "9:10")
        await press(pilot, "f2")
        assert "到岗" in status(pilot)
        assert any("没有待核的半天" in row for row in painted(pilot))
    assert board(missed, TODAY, MORNING).lines[4].status is HalfStatus.LATE


async def test_a_half_day_pending_turns_into_an_outing_told_afterwards(missed: Office, run: Run) -> None:
    async with run("absence", (80, 24)) as pilot:
        await press(pilot, "3", "enter")
        await type_in(pilot, "送材料")
        await press(pilot, "enter")
        await type_in(pilot, "市政府办")
        await press(pilot, "f2")
        assert "事后告知" in status(pilot)
    assert board(missed, TODAY, MORNING).lines[4].status is HalfStatus.OUT


async def test_the_paper_under_the_cursor_and_a_blank_one_are_printed(missed: Office, run: Run) -> None:
    async with run("absence") as pilot:
        await press(pilot, "f7")
        assert "空白_旷工认定单.xlsx" in status(pilot)
        await press(pilot, "5", "f2", "f7", "1")
        assert "旷〔2026〕1号_旷工认定单.xlsx" in status(pilot)
    assert len(list((missed.folder / "exports" / "2026-10").iterdir())) == 2


async def test_a_return_noted_elsewhere_meets_the_one_noted_here(office: Office, clock: SetClock, run: Run) -> None:
    outing = enter_outing(office, [4], PLAN, by=3).outing
    clock.set(datetime(2026, 10, 12, 11, 20))
    async with run() as pilot:
        record_return(office, outing, by=3)
        await press(pilot, "1")
        assert "都已登记返回" in status(pilot)
        assert isinstance(page(pilot), OutingsScreen)
