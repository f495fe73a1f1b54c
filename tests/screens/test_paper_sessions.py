"""Paper sessions by pressed keys: a power cut declared, the sheet collected, sixty names typed, the page checked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import settings
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.attendance.sheets import collect_sheet, use_paper
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.attendance.transcription import transcribe
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.sign_sheets import PaperReason, SheetState
from govoffice_tui.screens.attendance.transcription import TranscriptionScreen
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.lines import StatusLine
from govoffice_tui.widgets.missing_list import MissingList
from govoffice_tui.widgets.roll_call import RollCall
from tests.factories import staff_lines
from tests.screens.conftest import each_hostile
from tests.screens.driving import painted, press, settled

TODAY = date(2026, 10, 12)
MORNING = Half.MORNING
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people; 赵敏 is director, 钱峰 the deputy in charge, 周小萍 (staff 3) keeps the book."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(60), by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    assign_post(founded, 2, Post.DEPUTY_IN_CHARGE, by=1)
    assign_post(founded, 3, Post.SIGN_IN_KEEPER, by=1)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on the sign-in tab, with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30), operator: int | None = 3) -> AsyncIterator[Pilot[str]]:
        from govoffice_tui.screens.desk import Desk

        desk = Desk(office, REGISTERS)
        desk.operator = next((one for one in people_on(office, office.now().date()) if one.id == operator), None)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await pilot.press("ctrl+right")
                await settled(pilot)
                yield pilot
        finally:
            desk.close()

    return running


def on_paper(office: Office, clock: SetClock) -> None:
    """Paper was declared at 7:50 and its sheet collected; it is 9:00."""
    use_paper(office, TODAY, MORNING, PaperReason.POWER, "分管副主任钱峰", by=3)
    clock.set(datetime(2026, 10, 12, 9, 0))
    collect_sheet(office, TODAY, MORNING, page="12", by=3)


def shown(pilot: Pilot[str]) -> str:
    return "\n".join(painted(pilot))


def foot(pilot: Pilot[str]) -> str:
    """Return the line above the keys of whatever stands on top."""
    return pilot.app.screen.query(StatusLine).last(StatusLine).shown


async def test_a_power_cut_is_declared_with_a_few_keys(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        await press(pilot, "f6", "2", "f2")
        text = shown(pilot)
        assert "纸质:停电,分管副主任钱峰定" in text
        assert "请在纸质签到簿上签" in text
        assert not pilot.app.screen.query_one("#sign-field").display
    page = board(office, TODAY, MORNING)
    assert (page.signed, page.is_on_screen) == (1, False)


async def test_sixty_names_with_three_exceptions_take_a_handful_of_keys(
    office: Office, clock: SetClock, run: Run
) -> None:
    sign_in(office, 1, TODAY, MORNING, by=3)
    use_paper(office, TODAY, MORNING, PaperReason.POWER, "分管副主任钱峰", by=3)
    clock.set(datetime(2026, 10, 12, 9, 0))
    async with run() as pilot:
        await press(pilot, "f6", "enter", *"12", "f2")
        assert isinstance(pilot.app.screen, TranscriptionScreen)
        assert "屏幕上已签 1(不列)" in shown(pilot)
        await press(pilot, *"qf", "1", *"831", "enter")
        await press(pilot, *"zxp", "2", *"wgf", "4")
        text = shown(pilot)
        assert "应到 60   到 56   迟到 1   请假 1   公出 0   缺签 1" in text
        await press(pilot, "f2")
        assert "已录入 第12页 到57 迟到1 未到2。请与纸质签到簿对照,无误按 F5 核对完毕。" in foot(pilot)
        await press(pilot, "f5")
        assert not isinstance(pilot.app.screen, TranscriptionScreen)
        assert "已核对完毕 上午纸质签到簿第12页" in foot(pilot)
        assert pilot.app.screen.query_one(MissingList).display
        assert "录入已核对 周小萍" in shown(pilot)
    page = board(office, TODAY, MORNING)
    assert [(line.display_name, line.status) for line in page.noted_missing] == [
        ("钱峰", HalfStatus.LATE),
        ("周小萍", HalfStatus.PENDING),
        ("吴桂芳", HalfStatus.PENDING),
    ]
    assert page.sheets[0].state is SheetState.CHECKED


async def test_a_time_after_the_cut_off_is_refused_under_its_field(office: Office, clock: SetClock, run: Run) -> None:
    on_paper(office, clock)
    async with run() as pilot:
        await press(pilot, "f5", "enter", *"816", "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "不能补签:赵敏的签到时间8:16晚于截止8:15,请记迟到。" in shown(pilot)
        await press(pilot, *["backspace"] * 5, *"803", "enter")
        assert isinstance(pilot.app.screen, TranscriptionScreen)
        await press(pilot, "f2")
    assert board(office, TODAY, MORNING).lines[0].time_words == "08:03"
    assert board(office, TODAY, MORNING).lines[1].time_words == "纸"


async def test_somebody_late_without_a_time_keeps_the_sheet_from_being_typed(
    office: Office, clock: SetClock, run: Run
) -> None:
    on_paper(office, clock)
    async with run() as pilot:
        await press(pilot, "f5", "1", "escape", "f2")
        assert "记迟到要写到岗时间" in foot(pilot)
        assert board(office, TODAY, MORNING).sheets[0].is_unread
        await press(pilot, "enter", *"840", "enter")
        await press(pilot, "f2")
    line = board(office, TODAY, MORNING).lines[0]
    assert (line.status, line.arrived_at) == (HalfStatus.LATE, datetime(2026, 10, 12, 8, 40))


async def test_leaving_a_sheet_that_is_not_typed_asks_and_the_page_says_it_is_due(
    office: Office, clock: SetClock, run: Run
) -> None:
    on_paper(office, clock)
    async with run() as pilot:
        await press(pilot, "f5", "escape")
        assert "这一张还没有录入" in shown(pilot)
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, TranscriptionScreen)
        await press(pilot, "escape", "2")
        text = shown(pilot)
        assert "未录 60" in text
        assert not pilot.app.screen.query_one(MissingList).display
        await press(pilot, "ctrl+left")
        assert "10月12日上午 纸质签到簿未录完" in shown(pilot)
    assert board(office, TODAY, MORNING).signed == 0


async def test_taken_up_again_it_shows_what_stands_and_is_checked_by_f5(
    office: Office, clock: SetClock, run: Run
) -> None:
    on_paper(office, clock)
    async with run() as pilot:
        await press(pilot, "f5", "down", "4", "f2")
        await press(pilot, "escape")
        await press(pilot, "f6", "enter")
        assert isinstance(pilot.app.screen, TranscriptionScreen)
        roll = pilot.app.screen.query_one(RollCall)
        assert roll.counts == {"present": 59, "missing": 1}
        await press(pilot, "down", "5", "f5")  # not before what was changed stands in the book
        assert isinstance(pilot.app.screen, TranscriptionScreen)
        await press(pilot, "f2")
        await press(pilot, "f5")
        assert not isinstance(pilot.app.screen, TranscriptionScreen)
    page = board(office, TODAY, MORNING)
    assert (page.signed, page.sheets[0].checked_by) == (60, "周小萍")


async def test_what_another_window_checked_is_refused_here(office: Office, clock: SetClock, run: Run) -> None:
    from govoffice_tui.registers.attendance.sheets import finish_transcription

    on_paper(office, clock)
    async with run() as pilot:
        await press(pilot, "f5")
        transcribe(office, TODAY, MORNING, [], by=3)
        finish_transcription(office, TODAY, MORNING, by=3)
        await press(pilot, "f2")
        assert "已核对完毕,不能再录" in foot(pilot)
    assert board(office, TODAY, MORNING).signed == 0


async def test_each_place_is_collected_by_a_digit_and_the_head_says_which_is_out(
    office: Office, clock: SetClock, run: Run
) -> None:
    settings.change(office, "sign_points", "主楼=办领导、行政股;老楼=信息股、资料动态股", by=3)
    sign_in(office, 1, TODAY, MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 16))
    async with run() as pilot:
        await press(pilot, "f6", "enter", "2", "f2")
        assert "已收存 老楼签到簿,主楼还没有收存" in foot(pilot)
        assert "未收存 主楼" in shown(pilot)
        await press(pilot, "f6", "enter", "f2")
        assert "已收存 上午签到簿 应到60 实到1 核对码" in foot(pilot)
    assert board(office, TODAY, MORNING).collected is not None


async def test_a_session_collected_on_the_screen_goes_to_paper_from_the_menu(
    office: Office, clock: SetClock, run: Run
) -> None:
    clock.set(datetime(2026, 10, 12, 8, 20))
    collect_book(office, TODAY, MORNING, by=3)
    async with run() as pilot:
        await press(pilot, "ctrl+p", *"改用纸质", "enter")
        await press(pilot, "3", "tab", "tab", *"12", "f2")
        assert "已登记 上午签到簿 屏幕收存后改用纸质:未开机,分管副主任钱峰定" in foot(pilot)
        await press(pilot, "f5")
        await press(pilot, "f2")
        await press(pilot, "f5")
    page = board(office, TODAY, MORNING)
    assert (page.signed, page.sheets[0].page) == (60, "12")


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_the_sheet_fits_the_window_and_keeps_names_times_and_keys(
    office: Office, clock: SetClock, run: Run, size: tuple[int, int]
) -> None:
    on_paper(office, clock)
    async with run(size=size) as pilot:
        await press(pilot, "f5", *"ayg", "1", *"831", "enter")
        rows = painted(pilot)
        assert any("阿依古丽·买买提" in row and "迟到" in row and "08:31" in row for row in rows)
        assert any("F2 录入" in row for row in rows)
        assert any("1 迟到" in row and "5 到" in row for row in rows)


@each_hostile
async def test_hostile_words_about_a_sheet_are_shown_as_they_are(
    office: Office, clock: SetClock, run: Run, text: str
) -> None:
    use_paper(office, TODAY, MORNING, PaperReason.OTHER, text + "甲", remark=text + "乙", by=3)
    clock.set(datetime(2026, 10, 12, 9, 0))
    collect_sheet(office, TODAY, MORNING, page=text + "丙", book=text, by=3)
    async with run(size=(80, 24)) as pilot:
        painted(pilot)
        await press(pilot, "f5")
        assert isinstance(pilot.app.screen, TranscriptionScreen)
        await press(pilot, "f2")
        await press(pilot, "f5")
        painted(pilot)
    assert board(office, TODAY, MORNING).sheets[0].state is SheetState.CHECKED
