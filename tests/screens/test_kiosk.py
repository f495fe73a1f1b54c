"""签到台 by pressed keys and clicks: people sign, and nothing else of the program can be reached until the keeper."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance import facts
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.timekeeping import record_step
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.screens.attendance.kiosk import KioskScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.frame import OpenTab
from tests.factories import staff_lines
from tests.screens.driving import painted, press, settled

TODAY = date(2026, 10, 12)
MORNING = Half.MORNING
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]
LONG = "阿卜杜热合曼·买买提明·吐尔逊江·艾合麦提"


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people, one with a very long name; 周小萍 (3) keeps the book, 王伟 (4) is B角, 赵敏 (1) director."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    lines = staff_lines(60)
    lines[20] = replace(lines[20], name=LONG)
    import_staff(founded, lines, by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    assign_post(founded, 3, Post.SIGN_IN_KEEPER, by=1)
    assign_post(founded, 4, Post.SIGN_IN_KEEPER, "B", by=1)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app with the board running alone, begun by 周小萍 from F6."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, TODAY) if one.id == 3)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await press(pilot, "ctrl+right")
                await press(pilot, "f6", "4")
                assert isinstance(app.screen, KioskScreen)
                yield pilot
        finally:
            desk.close()

    return running


def alone(pilot: Pilot[str]) -> bool:
    return isinstance(pilot.app.screen, KioskScreen)


def desk_of(pilot: Pilot[str]) -> Desk:
    assert isinstance(pilot.app, OfficeApp)
    return pilot.app.desk


async def beat(pilot: Pilot[str]) -> None:
    """Let a second pass."""
    assert isinstance(pilot.app, OfficeApp)
    pilot.app.beat()
    await settled(pilot)


def text(pilot: Pilot[str]) -> str:
    return "\n".join(painted(pilot))


async def test_who_signs_stands_for_themselves(office: Office, run: Run) -> None:
    async with run() as pilot:
        assert desk_of(pilot).operator is None
        await press(pilot, "z", "m", "enter")
        assert "已登记 赵敏 上午签到" in text(pilot)
        assert "应到 60   已签 1" in text(pilot)
    rows = office.fetch("SELECT staff_id, entered_by FROM sign_ins")
    assert rows == [(1, 1)]


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_it_shows_the_head_the_field_and_the_board_and_nothing_else(size: tuple[int, int], run: Run) -> None:
    async with run(size=size) as pilot:
        shown = text(pilot)
        for words in ("今日", "月报", "设置", "F1", "F3", "F6", "F7", "菜单", "更正", "经办人"):
            assert words not in shown
        for words in ("上午签到", "8:15 截止,还有 25分00秒", "应到 60", "已签 0", "签到人 ›", "F9 管理人接手"):
            assert words in shown


LEADING_AWAY = [
    *(f"f{number}" for number in range(1, 9)),
    "ctrl+p",
    "ctrl+q",
    "ctrl+c",
    "ctrl+z",
    "ctrl+d",
    "ctrl+right",
    "ctrl+left",
    "ctrl+pageup",
    "ctrl+pagedown",
    "ctrl+w",
    "tab",
    "shift+tab",
    *"123456789",
    "f10",
    "f11",
    "f12",
    "home",
    "end",
]


async def test_no_key_leads_anywhere_else(office: Office, run: Run) -> None:
    async with run() as pilot:
        mode = pilot.app.current_mode
        for key in LEADING_AWAY:
            await pilot.press(key)
            await pilot.pause()
            assert alone(pilot), key
            assert pilot.app.is_running, key
            assert pilot.app.current_mode == mode, key
            await pilot.press("escape")
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 2
        assert desk_of(pilot).operator is None
    assert office.fetch("SELECT * FROM sign_ins") == []


async def test_an_empty_field_makes_no_difference_to_digits(run: Run) -> None:
    async with run() as pilot:
        pilot.app.screen.set_focus(None)
        await press(pilot, "1", "3", "ctrl+right", "ctrl+q")
        assert alone(pilot)


async def test_no_click_leads_anywhere_else(office: Office, run: Run) -> None:
    async with run() as pilot:
        width, height = pilot.app.size
        for row in (0, 1, 2, 3, 4, height - 2, height - 1):
            for column in range(0, width, 4):
                await pilot.click(offset=(column, row))
        await settled(pilot)
        assert alone(pilot)
        assert desk_of(pilot).operator is None
        await press(pilot, "escape")
    assert office.fetch("SELECT * FROM sign_ins") == []


async def test_a_message_of_the_page_under_it_opens_no_tab(run: Run) -> None:
    async with run() as pilot:
        assert isinstance(pilot.app, OfficeApp)
        page = pilot.app.page
        assert page is not None
        page.post_message(OpenTab("months"))
        await settled(pilot)
        assert alone(pilot)


async def test_a_pasted_flood_stays_in_the_field(office: Office, run: Run) -> None:
    async with run() as pilot:
        pilot.app.post_message(events.Paste("\x1b[31m\x11\x03赵敏\n钱峰\n" + "四" * 100_000))
        await settled(pilot)
        assert alone(pilot)
        await press(pilot, "enter", "escape")
        assert alone(pilot)
    assert office.fetch("SELECT * FROM sign_ins WHERE staff_id <> 1") == []


async def test_escape_takes_back_only_the_signature_just_made(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        await press(pilot, "q", "f", "enter")
        await press(pilot, "escape")
        assert "已撤回 钱峰" in text(pilot)
        await press(pilot, "escape")
        await press(pilot, "q", "f", "enter")
        clock.at += 61
        await press(pilot, "escape")
    signed = [line.display_name for line in board(office, TODAY, MORNING).lines if line.signed_at]
    assert signed == ["赵敏", "钱峰"]
    assert office.fetch("SELECT struck_reason, struck_by FROM sign_ins WHERE struck_at IS NOT NULL") == [
        ("点错撤回", 2)
    ]


async def test_a_click_on_a_name_signs_and_explains_nothing_later(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        await pilot.click("#kiosk-board", offset=(16, 0))
        await settled(pilot)
        assert board(office, TODAY, MORNING).signed == 1
        clock.set(datetime(2026, 10, 12, 8, 15, 1))
        await beat(pilot)
        await pilot.click("#kiosk-board", offset=(16, 1))
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 2
    assert board(office, TODAY, MORNING).signed == 1


async def test_no_kind_of_leave_is_shown(office: Office, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    place = bit(TODAY, MORNING)
    kinds = {5: HalfStatus.SICK, 6: HalfStatus.MATERNITY, 7: HalfStatus.COMPENSATORY, 8: HalfStatus.OUT}
    told = {person: {status: place} for person, status in kinds.items()}
    monkeypatch.setattr(facts, "CLAIMS", (*facts.CLAIMS, lambda office, days: told))
    async with run() as pilot:
        shown = text(pilot)
        assert shown.count("请假") == 3
        assert shown.count("公出") == 1
        for word in ("病假", "产假", "补休", "事假"):
            assert word not in shown


async def test_at_the_cut_off_it_says_so_and_waits(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        clock.set(datetime(2026, 10, 12, 8, 15, 0))
        await beat(pilot)
        assert pilot.app.screen.query_one("#kiosk-field").display
        clock.set(datetime(2026, 10, 12, 8, 15, 1))
        await beat(pilot)
        assert not pilot.app.screen.query_one("#kiosk-field").display
        assert "上午签到8:15已截止,等签到管理人收存" in text(pilot)
        await press(pilot, "z", "m", "enter", "f6", "enter")
        clock.set(datetime(2026, 10, 12, 9, 30))
        await beat(pilot)
        assert alone(pilot)
    page = board(office, TODAY, MORNING)
    assert (page.signed, page.collected) == (0, None)


async def test_a_signature_sent_after_the_cut_off_is_refused(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m")
        clock.set(datetime(2026, 10, 12, 8, 16))
        await press(pilot, "enter")
        assert "不能补签" in text(pilot)
    assert board(office, TODAY, MORNING).signed == 0


async def test_another_desks_signatures_and_collection_appear_by_themselves(
    office: Office, clock: SetClock, run: Run
) -> None:
    async with run() as pilot:
        sign_in(office, 2, TODAY, MORNING, by=3)
        await beat(pilot)
        assert "钱峰 07:50" in text(pilot)
        assert "已签 1" in text(pilot)
        collect_book(office, TODAY, MORNING, "停电", by=3)
        await beat(pilot)
        assert "上午签到簿7:50已收存,不得补签" in text(pilot)
        assert not pilot.app.screen.query_one("#kiosk-field").display


async def test_a_step_of_the_clock_stops_signing_here_too(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        record_step(office, 3600, by=None)
        await beat(pilot)
        assert "签到已停" in text(pilot)
        assert not pilot.app.screen.query_one("#kiosk-field").display


@pytest.mark.parametrize(("typed", "person"), [("zxp", 3), ("zm", 1), ("004", 4)])
async def test_the_keeper_her_deputy_or_a_head_ends_it_and_has_the_keyboard(
    office: Office, run: Run, typed: str, person: int
) -> None:
    async with run() as pilot:
        await press(pilot, "f9", *typed, "enter")
        assert not alone(pilot)
        seated = desk_of(pilot).operator
        assert seated is not None
        assert seated.id == person
        await press(pilot, "ctrl+left")
        assert pilot.app.current_mode == "tab1"


@pytest.mark.parametrize("typed", ["qf", "王伟(资料", "不存在", "", "1", "aygl"])
async def test_anybody_else_is_refused(run: Run, typed: str) -> None:
    async with run() as pilot:
        await press(pilot, "f9", *typed, "enter")
        assert alone(pilot)
        assert desk_of(pilot).operator is None
        await press(pilot, "ctrl+q", "ctrl+right", "escape")
        assert alone(pilot)
        await press(pilot, "z", "m", "enter")
        assert "已登记 赵敏" in text(pilot)


async def test_the_question_goes_by_itself_when_nobody_answers(clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f9", "q")
        assert "谁来接手" in text(pilot)
        clock.at += 31
        await beat(pilot)
        assert "谁来接手" not in text(pilot)
        await press(pilot, "z", "m", "enter")
        assert "已登记 赵敏" in text(pilot)


async def test_a_window_made_too_small_and_large_again_is_still_alone(run: Run) -> None:
    async with run() as pilot:
        await pilot.resize_terminal(40, 10)
        await settled(pilot)
        await press(pilot, "ctrl+q", "ctrl+right", "f9", "ctrl+p")
        assert pilot.app.is_running
        assert pilot.app.current_mode == "tab2"
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert alone(pilot)


async def test_what_it_says_is_signed_stands_in_the_file_and_nobody_is_seated_when_it_is_opened_again(
    office: Office, clock: SetClock, run: Run
) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        again = open_office(office.folder, clock)  # as after a crash: the first program never said goodbye
        assert board(again, TODAY, MORNING).signed == 1
        assert verify_office(again).findings == ()
        again.close()
        assert desk_of(pilot).operator is None


async def test_a_long_name_is_whole_in_a_small_window(run: Run) -> None:
    async with run(size=(80, 24)) as pilot:
        assert cell_len(LONG) > 36
        for _ in range(6):
            await press(pilot, "pagedown")
            if LONG in text(pilot):
                return
        raise AssertionError("the long name is cut")


async def test_the_afternoon_opens_by_itself(clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        clock.set(datetime(2026, 10, 12, 14, 0))
        await beat(pilot)
        assert "下午签到   14:45 截止" in text(pilot)
        assert pilot.app.screen.query_one("#kiosk-field").display


async def test_who_may_not_end_it_may_not_begin_it(office: Office) -> None:
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, TODAY) if one.id == 5)
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "ctrl+right", "f6", "4")
        assert len(app.screen_stack) == 1
        assert app.page is not None
        assert "需由" in app.page.status.shown
    desk.close()


async def test_it_is_offered_in_the_menu_while_the_session_is_open(office: Office, clock: SetClock) -> None:
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, TODAY) if one.id == 3)
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "ctrl+right", "ctrl+p", *"签到台", "enter")
        assert isinstance(app.screen, KioskScreen)
    desk.close()
