"""The sign-in tab by pressed keys: what a keeper does on a morning, and what a hostile list cannot do."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import backups
from govoffice_tui.registers.attendance.months import seal_digest
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.closing import close_month, sealed
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.screens.attendance.board import AttendanceScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.missing_list import MissingList
from govoffice_tui.widgets.people_board import PeopleBoard
from tests.factories import staff_lines
from tests.screens.driving import painted, press, settled

TODAY = date(2026, 10, 12)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people; 周小萍 (staff 3) keeps the book."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(60), by=None)
    assign_post(founded, 3, Post.SIGN_IN_KEEPER, by=None)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on the sign-in tab, with 周小萍 at the keyboard unless told otherwise."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30), operator: int | None = 3) -> AsyncIterator[Pilot[str]]:
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


async def move_clock(pilot: Pilot[str], clock: SetClock, moment: datetime) -> None:
    """Let the time of day come, as a screen left open meets it."""
    clock.set(moment)
    assert isinstance(pilot.app, OfficeApp)
    pilot.app.beat()
    await settled(pilot)


def page(pilot: Pilot[str]) -> AttendanceScreen:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert isinstance(screen, AttendanceScreen)
    return screen


def status(pilot: Pilot[str]) -> str:
    return page(pilot).status.shown


async def test_two_letters_and_enter_sign_a_person(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        assert "已登记 赵敏 上午签到" in status(pilot)
        assert page(pilot).picker.input.value == ""
        await press(pilot, "q", "f", "enter")
    assert board(office, TODAY, Half.MORNING).signed == 2


async def test_a_digit_signs_the_namesake_of_another_section(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "w", "w")
        row = next(line for line in painted(pilot) if "签到人" in line)
        assert "王伟(行政股)" in row
        assert "王伟(资料动态股)" in row
        await press(pilot, "2")
    signed = [line for line in board(office, TODAY, Half.MORNING).lines if line.signed_at]
    assert [line.display_name for line in signed] == ["王伟(资料动态股)"]


async def test_keys_that_come_in_one_burst_sign_each_person(office: Office, run: Run) -> None:
    async with run() as pilot:
        field = page(pilot).picker.input
        for key in ("z", "m", "enter", "q", "f", "enter", "w", "w", "2", "0", "0", "3", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await settled(pilot)
        assert field.value == ""
    signed = [line.display_name for line in board(office, TODAY, Half.MORNING).lines if line.signed_at]
    assert signed == ["赵敏", "钱峰", "周小萍", "王伟(资料动态股)"]


async def test_the_down_arrow_means_the_next_candidate(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "w", "w", "down")
        assert page(pilot).query_one(PeopleBoard).marked == 6
        await press(pilot, "enter")
    signed = [line.display_name for line in board(office, TODAY, Half.MORNING).lines if line.signed_at]
    assert signed == ["王伟(资料动态股)"]


async def test_enter_takes_the_namesake_who_has_not_signed(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "w", "w", "enter")
        await press(pilot, "w", "w", "enter")
    signed = [line.display_name for line in board(office, TODAY, Half.MORNING).lines if line.signed_at]
    assert signed == ["王伟(行政股)", "王伟(资料动态股)"]


@pytest.mark.parametrize("typed", ["zxp", "ZXP", "ｚｘｐ", "周小", "小萍", "003", "洲晓苹"])
async def test_letters_pieces_numbers_and_an_input_methods_characters_find_a_person(
    office: Office, run: Run, typed: str
) -> None:
    async with run() as pilot:
        page(pilot).picker.input.value = typed
        await settled(pilot)
        await press(pilot, "enter")
    signed = [line.person.name for line in board(office, TODAY, Half.MORNING).lines if line.signed_at]
    assert signed == ["周小萍"]


async def test_escape_right_after_a_signature_takes_it_back(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        await press(pilot, "escape")
        assert "已撤回 赵敏" in status(pilot)
    line = board(office, TODAY, Half.MORNING).lines[0]
    assert (line.signed_at, line.struck) == (None, ("07:50 点错撤回",))


async def test_signing_twice_is_refused_with_why(run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        await press(pilot, "z", "m", "enter")
        assert "赵敏已在07:50:00签到" in status(pilot)


async def test_a_click_on_a_name_signs(office: Office, run: Run) -> None:
    async with run() as pilot:
        await pilot.click("#board", offset=(20, 0))
        await settled(pilot)
    assert board(office, TODAY, Half.MORNING).signed == 1


async def test_sixty_people_fit_a_hundred_by_thirty(run: Run) -> None:
    async with run() as pilot:
        text = "\n".join(painted(pilot))
        assert page(pilot).query_one("#board-scroll").max_scroll_y == 0
        assert text.count("未签") >= 60
        assert "F6" in text


async def test_the_keys_stay_on_eighty_by_twenty_four_and_the_board_scrolls(run: Run) -> None:
    async with run(size=(80, 24)) as pilot:
        assert "F6 收存" in "\n".join(painted(pilot))
        assert page(pilot).query_one("#board-scroll").max_scroll_y > 0


async def test_whom_enter_would_sign_is_brought_into_sight_where_the_board_scrolls(run: Run) -> None:
    async with run(size=(80, 24)) as pilot:
        shown = page(pilot)._board
        assert shown is not None
        first, last = shown.lines[0].person, shown.lines[-1].person
        scroll = page(pilot).query_one("#board-scroll")
        await press(pilot, *last.number)
        assert page(pilot).query_one(PeopleBoard).marked == last.id
        assert scroll.scroll_y == scroll.max_scroll_y
        await press(pilot, "escape", *first.number)
        assert scroll.scroll_y == 0


async def test_letters_after_escape_go_back_into_the_field(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "escape", "z", "x", "p", "enter")
        assert "周小萍" in status(pilot)


async def test_at_the_cut_off_the_field_closes_by_itself(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        await move_clock(pilot, clock, datetime(2026, 10, 12, 8, 15, 0))
        assert page(pilot).query_one("#sign-field").display
        await move_clock(pilot, clock, datetime(2026, 10, 12, 8, 15, 1))
        assert not page(pilot).query_one("#sign-field").display
        assert any("已到收存时间" in line for line in painted(pilot))
        await press(pilot, "z", "m", "enter")
    assert board(office, TODAY, Half.MORNING).signed == 0


async def test_a_signature_sent_after_the_cut_off_is_refused(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        clock.set(datetime(2026, 10, 12, 8, 14, 50))
        await press(pilot, "z", "m")
        clock.set(datetime(2026, 10, 12, 8, 16))
        await press(pilot, "enter")
        assert "不能补签" in status(pilot)
    assert board(office, TODAY, Half.MORNING).signed == 0


async def test_five_minutes_and_one_before_the_cut_off_are_told_once_each(clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        for moment in ("08:09:59", "08:10:00", "08:10:01", "08:14:00", "08:14:01"):
            await move_clock(pilot, clock, datetime.fromisoformat(f"2026-10-12 {moment}"))
        told = [notice.message for notice in pilot.app._notifications]
        assert told == ["还有5分钟收存,60人未签", "还有1分钟收存,60人未签"]


async def test_f6_collects_and_shows_the_code(office: Office, clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        await move_clock(pilot, clock, datetime(2026, 10, 12, 8, 15, 30))
        await press(pilot, "f6", "enter")
        book = board(office, TODAY, Half.MORNING).collected
        assert book is not None
        assert book.code_words in status(pilot)
        assert any(f"收存人 周小萍  核对码 {book.code_words}" in line for line in painted(pilot))


async def test_collecting_early_asks_for_the_reason(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f6", "enter", "enter")
        assert board(office, TODAY, Half.MORNING).collected is None
        await press(pilot, *"停电", "enter")
    book = board(office, TODAY, Half.MORNING).collected
    assert book is not None
    assert book.early_reason == "停电"


async def test_a_marked_text_leaves_the_form_at_once(run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f6", "enter", *"机密★3年", "enter")
        text = "\n".join(painted(pilot))
        assert "这里不能写涉密内容" in text
        assert "★" not in text


async def test_somebody_who_does_not_keep_the_book_cannot_collect_it(office: Office, clock: SetClock, run: Run) -> None:
    async with run(operator=5) as pilot:
        await move_clock(pilot, clock, datetime(2026, 10, 12, 8, 15, 30))
        await press(pilot, "f6", "enter")
        assert "需由签到管理人办理" in status(pilot)
    assert board(office, TODAY, Half.MORNING).collected is None


async def test_down_and_a_digit_note_a_missing_person(office: Office, clock: SetClock, run: Run) -> None:
    for person in range(3, 61):
        sign_in(office, person, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 16))
    collect_book(office, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 31))
    async with run() as pilot:
        assert page(pilot).query_one(MissingList).has_focus
        await press(pilot, "1")
        assert "已登记 赵敏 迟到 08:31到岗" in status(pilot)
        await press(pilot, "down", "4")
        assert "已登记 钱峰 待核" in status(pilot)
        await press(pilot, "enter", *"820", "enter", "enter")
        assert "已登记 钱峰 迟到 08:20到岗" in status(pilot)
    assert [line.display_name for line in board(office, TODAY, Half.MORNING).missing] == ["赵敏", "钱峰"]


async def test_f4_strikes_a_signature_with_its_reason(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "z", "m", "enter")
        await press(pilot, "q", "f", "enter")
        await press(pilot, "f4")
        await press(pilot, *"zm", "enter")
        await press(pilot, "2")
        assert "已划销 赵敏 的签到:代签" in status(pilot)
    struck = board(office, TODAY, Half.MORNING).lines[0].struck
    assert struck == ("07:50 代签",)


async def test_a_screen_left_open_meets_the_afternoon_and_the_next_day(clock: SetClock, run: Run) -> None:
    async with run() as pilot:
        await move_clock(pilot, clock, datetime(2026, 10, 12, 14, 0))
        assert any("下午签到" in line for line in painted(pilot))
        await move_clock(pilot, clock, datetime(2026, 10, 13, 7, 30))
        rows = painted(pilot)
        assert any("10月13日" in line for line in rows)
        assert any("上午签到" in line and "未签 60" in line for line in rows)
        assert page(pilot).query_one("#sign-field").display


async def test_page_up_leafs_to_past_sessions_and_back(office: Office, clock: SetClock, run: Run) -> None:
    sign_in(office, 1, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 20))
    collect_book(office, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 13, 7, 30))
    async with run() as pilot:
        await press(pilot, "pageup", "pageup")
        assert any("10月12日 上午签到" in line for line in painted(pilot))
        assert any("收存人 周小萍" in line for line in painted(pilot))
        await press(pilot, "pagedown", "pagedown")
        assert page(pilot).query_one("#sign-field").display


async def test_f8_shows_the_month_and_f1_explains_a_cell(office: Office, run: Run) -> None:
    sign_in(office, 1, TODAY, Half.MORNING, by=3)
    async with run() as pilot:
        await press(pilot, "f8")
        rows = painted(pilot)
        assert any(line.startswith("2026年10月") and "12一" in line for line in rows)
        page(pilot).grid.move_cursor(row=0, column=7 + 11)
        await press(pilot, "f1")
        text = "\n".join(painted(pilot))
        assert "签到(签〔2026〕1号)" in text
        assert "考勤制度第" in text


async def test_f3_finds_a_person_and_goes_to_one_of_their_days(office: Office, clock: SetClock, run: Run) -> None:
    sign_in(office, 1, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 13, 7, 30))
    async with run() as pilot:
        await press(pilot, "f3")
        await press(pilot, *"zm", "enter")
        await press(pilot, *"10-12", "enter")
        assert any("10月12日 上午签到" in line for line in painted(pilot))


async def test_another_windows_rows_appear_without_a_key(office: Office, run: Run) -> None:
    async with run() as pilot:
        sign_in(office, 1, TODAY, Half.MORNING, by=3)
        page(pilot).look_at_file()
        await settled(pilot)
        assert any("赵敏 07:50" in line for line in painted(pilot))


async def test_before_it_opens_and_on_rest_days_there_is_no_field(clock: SetClock, run: Run) -> None:
    clock.set(datetime(2026, 10, 13, 6, 30))
    async with run() as pilot:
        assert not page(pilot).query_one("#sign-field").display
        assert any("7:00 开始" in line for line in painted(pilot))
        await move_clock(pilot, clock, datetime(2026, 10, 17, 8, 0))
        assert any("休息日,不设签到" in line for line in painted(pilot))


HOSTILE = ["[/]", "[red]张三[/red]", "[@click=app.quit]点我[/]", "=1+1", "#N/A", "$primary", ":smile:", "张" * 50]


async def test_hostile_names_are_shown_as_they_are_and_do_nothing(tmp_path: Path, clock: SetClock) -> None:
    founded = found_office(tmp_path / "hostile", clock, {"office_name": "[bold]县[/]"})
    named = [replace(line, name=name, section=name[:12]) for line, name in zip(staff_lines(8), HOSTILE, strict=True)]
    import_staff(founded, named, by=None)
    desk = Desk(founded, REGISTERS)
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("escape", "ctrl+right")
        await settled(pilot)
        text = "\n".join(painted(pilot))
        for name in HOSTILE[:-1]:
            assert name in text
        await pilot.click(PeopleBoard, offset=(20, 2))
        await settled(pilot)
        for keys in (("f3",), ("escape", "f4"), ("escape", "f1"), ("escape", "f8"), ("ctrl+p",)):
            await press(pilot, *keys)
            painted(pilot)
        assert app.is_running
    desk.close()
    assert verify_office(founded).findings == ()
    founded.close()


async def test_a_pasted_flood_is_cut_and_told(run: Run) -> None:
    async with run() as pilot:
        pilot.app.post_message(events.Paste("张\x1b[31m三" + "四" * 200_000))
        await settled(pilot)
        assert len(page(pilot).picker.input.value) <= 60
        await press(pilot, "enter")
        assert page(pilot).is_running


async def test_a_skipped_workday_asks_for_the_date_once(office: Office, clock: SetClock, run: Run) -> None:
    sign_in(office, 1, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 15, 7, 40))
    desk = Desk(office, REGISTERS)
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await move_clock(pilot, clock, datetime(2026, 10, 15, 7, 40, 1))
        assert any("今天是2026年10月" in line for line in painted(pilot))
        await press(pilot, "enter")
    desk.close()
    assert office.fetch("SELECT kind FROM events ORDER BY id DESC LIMIT 1") == [("confirm_day",)]


async def test_a_new_year_loads_its_calendar_by_itself(office: Office, clock: SetClock, run: Run) -> None:
    for day in (date(2026, 11, 18), date(2026, 12, 25)):
        clock.set(datetime.combine(day, datetime(2026, 1, 1, 7, 30).time()))
        sign_in(office, 1, day, Half.MORNING, by=3)
    clock.set(datetime(2026, 12, 25, 20, 0))
    async with run() as pilot:
        await move_clock(pilot, clock, datetime(2027, 1, 4, 7, 30))
        await settled(pilot)
        assert any("工作日(暂定)" in line for line in painted(pilot))
    assert office.fetch("SELECT year, is_provisional FROM calendar ORDER BY year") == [(2026, 0), (2027, 1)]


async def test_a_row_changed_from_outside_raises_the_alarm_soon_after_the_start(
    office: Office, clock: SetClock, run: Run
) -> None:
    row = sign_in(office, 1, TODAY, Half.MORNING, by=3).sign_in
    connection = sqlite3.connect(office.path)
    connection.execute("UPDATE sign_ins SET staff_id = 2 WHERE id = ?", (row,))
    connection.commit()
    connection.close()
    async with run() as pilot:
        for _ in range(6):
            await move_clock(pilot, clock, datetime(2026, 10, 12, 7, 51))
        assert any("签〔2026〕1号被改动" in line for line in painted(pilot))


async def test_the_director_puts_a_wrong_future_time_right_from_the_menu(office: Office, clock: SetClock) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=3)
    clock.set(datetime(2026, 10, 30, 8, 0))
    sign_in(office, 1, date(2026, 10, 30), Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 7, 50))
    desk = Desk(office, REGISTERS)
    desk.operator = people_on(office, TODAY)[0]
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"gzjqsj", "enter")
        await press(pilot, *"主板电池换过", "enter")
        assert any("机器时间已更正" in line for line in painted(pilot))
    desk.close()
    assert sign_in(office, 2, TODAY, Half.MORNING, by=3).name == "钱峰"


async def test_a_burst_of_keys_in_the_menu_does_what_it_names(run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "ctrl+p")
        for key in ("h", "m", "c", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await settled(pilot)
        assert any("花名册   在册60人" in line for line in painted(pilot))


async def test_the_menu_names_what_is_called_so_before_what_only_mentions_it(run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "ctrl+p", "月", "报", "enter")
        assert isinstance(pilot.app, OfficeApp)
        assert pilot.app.page is not None
        assert pilot.app.page.tab == "months"


async def test_collecting_backs_up_but_not_in_the_half_hour_before_the_cut_off(
    office: Office, clock: SetClock, run: Run
) -> None:
    async with run() as pilot:
        await press(pilot, "f6", "enter", *"停电", "enter")
        assert backups.listed(office.folder) == []
        await move_clock(pilot, clock, datetime(2026, 10, 12, 14, 45, 30))
        await press(pilot, "f6", "enter")
        assert len(backups.listed(office.folder)) == 1


async def test_a_month_under_seal_asks_for_the_slip_and_takes_the_late_fact(
    office: Office, clock: SetClock, run: Run
) -> None:  # example 30
    assign_post(office, 1, Post.DIRECTOR, by=3)
    sign_in(office, 3, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 40))
    collect_book(office, TODAY, Half.MORNING, by=3)
    close_month(office, "attendance", "2026-10", lambda *_: [], seal_digest, by=3)
    async with run() as pilot:
        await press(pilot, "1")
        assert "2026年10月已封存,按更正单登记" in "\n".join(painted(pilot))
        await press(pilot, "z", "m", "enter", *"buji", "enter", "enter")
        assert "已登记 赵敏 迟到" in status(pilot)
        await press(pilot, "down", "1", "escape")
        assert "已封存" in status(pilot)
    assert [line.arrival for line in board(office, TODAY, Half.MORNING).lines if line.arrival] == [1]
    seal = sealed(office, "attendance", "2026-10")
    assert seal is not None
    assert seal.revision == 2


async def test_a_form_in_a_month_under_seal_asks_for_the_slip_over_itself(
    office: Office, clock: SetClock, run: Run
) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=3)
    sign_in(office, 3, TODAY, Half.MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 40))
    collect_book(office, TODAY, Half.MORNING, by=3)
    close_month(office, "attendance", "2026-10", lambda *_: [], seal_digest, by=3)
    async with run() as pilot:
        await press(pilot, "enter", *"831", "enter", "enter")
        assert "按更正单登记" in "\n".join(painted(pilot))
        await press(pilot, "escape")
        assert "已封存" in "\n".join(painted(pilot))
        await press(pilot, "enter", "z", "m", "enter", *"buji", "enter", "enter")
        assert "已登记 赵敏 迟到 08:31到岗" in status(pilot)
