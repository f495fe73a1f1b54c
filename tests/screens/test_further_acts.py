"""What else is done about a session, by pressed keys: no book, people looked for, inspections, corrections reviewed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance.no_book import declare_no_book, rule_no_book
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.attendance.signing import collect_book, sign_in, strike_sign_in
from govoffice_tui.registers.attendance.spot_checks import inspections, record_spot_checks
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.reviews import open_reviews
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.timekeeping import record_step
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import Finding, NoBookDecision, StrikeReason
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.screens.attendance.board import AttendanceScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.marking import MarkScreen
from tests.factories import staff_lines
from tests.screens.driving import painted, press, settled

TODAY = date(2026, 10, 12)
MORNING = Half.MORNING
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Eight people: 赵敏 (1) director, 钱峰 (2) deputy, 周小萍 (3) keeper; one bears a hostile name."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    lines = staff_lines(8)
    lines[6] = replace(lines[6], name="[/]冯[red]")
    import_staff(founded, lines, by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    assign_post(founded, 2, Post.DEPUTY_IN_CHARGE, by=1)
    assign_post(founded, 3, Post.SIGN_IN_KEEPER, by=1)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on the sign-in tab with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(
        size: tuple[int, int] = (100, 30), operator: int | None = 3, tab: str = "tab2"
    ) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next((one for one in people_on(office, office.now().date()) if one.id == operator), None)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                if tab == "tab2":
                    await press(pilot, "ctrl+right")
                yield pilot
        finally:
            desk.close()

    return running


def signed(office: Office, clock: SetClock, *people: int) -> None:
    """Let people sign, collect at 8:16, and go on to ten o'clock."""
    for person in people:
        sign_in(office, person, TODAY, MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 8, 16))
    collect_book(office, TODAY, MORNING, by=3)
    clock.set(datetime(2026, 10, 12, 10, 0))


def text(pilot: Pilot[str]) -> str:
    return "\n".join(painted(pilot))


def status(pilot: Pilot[str]) -> str:
    assert isinstance(pilot.app, OfficeApp)
    page = pilot.app.page
    assert page is not None
    return page.status.shown


async def test_f6_lists_how_the_page_is_closed_with_collecting_first(run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f6")
        screen = pilot.app.screen
        assert isinstance(screen, ChooseScreen)
        assert [(digit, str(words)[:3]) for digit, words, _ in screen.options] == [
            ("1", "收存"),
            ("2", "本场改"),
            ("3", "未设簿"),
            ("4", "签到台"),
        ]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, AttendanceScreen)


async def test_no_book_is_not_offered_where_somebody_signed(office: Office, run: Run) -> None:
    sign_in(office, 4, TODAY, MORNING, by=3)
    async with run() as pilot:
        await press(pilot, "f6")
        assert "未设簿" not in text(pilot)


async def test_a_session_without_a_book_from_its_reason_to_its_decision(
    office: Office, clock: SetClock, run: Run
) -> None:
    clock.set(datetime(2026, 10, 12, 9, 0))
    async with run() as pilot:
        await press(pilot, "f6", "3", *"停电", "enter")
        assert status(pilot) == "已登记 上午未设簿,等决定"
        shown = text(pilot)
        assert "未设簿:停电" in shown
        assert "缺签" not in shown
        assert "F6" not in shown
        await press(pilot, "f5", "1")
        await press(pilot, "1", "enter", "enter", *"第3页", "enter")
        assert "已登记 上午未设簿:全体视同出勤" in status(pilot)
        assert "F5 下一步" in text(pilot)
        assert "钱峰 书面第3页" in text(pilot)
        await press(pilot, "f8")
        assert "视" in text(pilot)
    assert {line.status for line in board(office, TODAY, MORNING).lines} == {HalfStatus.DEEMED}


async def test_one_by_one_marks_by_digit_and_leaves_the_others_missing(
    office: Office, clock: SetClock, run: Run
) -> None:
    clock.set(datetime(2026, 10, 12, 9, 0))
    declare_no_book(office, TODAY, MORNING, "停电", by=3)
    rule_no_book(office, TODAY, MORNING, NoBookDecision.ONE_BY_ONE, 2, "第3页", by=3)
    async with run() as pilot:
        assert text(pilot).count("缺签(待核)") == 8
        await press(pilot, "f5", "1")
        assert isinstance(pilot.app.screen, MarkScreen)
        await press(pilot, "enter")
        assert "还没有标一个人" in text(pilot)
        await press(pilot, "1", "1", "down", "1", "backspace", *"aygl", "1", "enter")
        assert "已核实" in status(pilot)
        assert "视同 3" in text(pilot)
        await press(pilot, "f5", "2", *"zm", "enter", *"认错人", "enter")
        assert "已划销 赵敏 的核实" in status(pilot)
    present = [line.person.id for line in board(office, TODAY, MORNING).lines if line.status is HalfStatus.DEEMED]
    assert present == [2, 5]


async def test_five_names_are_drawn_and_answered_by_digit_now_and_later(
    office: Office, clock: SetClock, run: Run
) -> None:
    signed(office, clock, 1, 2, 3, 4, 5, 6, 7)
    async with run() as pilot:
        await press(pilot, "f5", "1")
        screen = pilot.app.screen
        assert isinstance(screen, MarkScreen)
        assert len(screen.people) == 5
        await press(pilot, "1", "2", "enter")
        assert status(pilot) == "已登记 抽查到岗,还有3人没有结果"
        assert "还有3人没有结果" in text(pilot)
        await press(pilot, "f5", "1", "down", "down", "1", "1", "2", "enter")
        assert status(pilot) == "已登记 抽查到岗"
    check = board(office, TODAY, MORNING).presence_check
    assert check is not None
    assert [one.seen and one.seen.label for one in check.people] == ["见到", "未见到", "见到", "见到", "未见到"]
    assert verify_office(office).findings == ()


async def test_an_inspection_of_several_people_is_one_form_and_one_list(
    office: Office, clock: SetClock, run: Run
) -> None:
    signed(office, clock, *range(1, 9))
    async with run() as pilot:
        await press(pilot, "f5", "2")
        await press(pilot, *"2300", "enter", "enter", "enter")
        assert "23:00还没有到" in text(pilot)
        await press(pilot, "home", *["delete"] * 5, *"950", "enter", "enter", "enter")
        assert isinstance(pilot.app.screen, MarkScreen)
        await press(pilot, *"zm", "1", *"aygl", "3", "enter")
        assert "已登记 在岗抽查2人 查〔2026〕1号" in status(pilot)
        assert "早退09:50" in text(pilot)
        await press(pilot, "f5", "3", *"早退", "enter", "2")
        assert "在岗抽查为离岗" in status(pilot)
        await press(pilot, "f5", "3", *"离岗", "enter", "4", *"看错人", "enter")
        assert "已作废" in status(pilot)
    assert [(one.name, one.finding) for one in inspections(office, TODAY)] == [("赵敏", Finding.PRESENT)]


async def test_the_month_page_shows_who_left_early(office: Office, clock: SetClock, run: Run) -> None:
    signed(office, clock, *range(1, 9))
    record_spot_checks(office, datetime(2026, 10, 12, 9, 50), 2, {4: Finding.LEFT_EARLY}, by=3)
    async with run() as pilot:
        await press(pilot, "f8")
        assert next(row for row in painted(pilot) if row.startswith("王伟(行政股)")).count("退") == 1


async def test_f4_after_collection_strikes_and_asks_for_a_second_person(
    office: Office, clock: SetClock, run: Run
) -> None:
    signed(office, clock, *range(1, 8))
    async with run() as pilot:
        await press(pilot, "f4", *"zm", "enter", "2")
        assert status(pilot) == "已划销 赵敏 的签到:代签,待另一个人两个工作日内复核"
        await press(pilot, "f4", *"qf", "enter", "3")
        await press(pilot, "enter")
        assert len(open_reviews(office)) == 1
        await press(pilot, *"当天在县医院", "enter")
        assert "待另一个人" in status(pilot)
        assert "缺签 3" in text(pilot)
    assert [one.words for one in open_reviews(office)] == [
        "10月12日上午划销赵敏07:50的签到(代签)",
        "10月12日上午划销钱峰07:50的签到(其他:当天在县医院)",
    ]


async def test_another_time_of_arrival_says_that_a_second_person_looks(
    office: Office, clock: SetClock, run: Run
) -> None:
    signed(office, clock, *range(2, 9))
    async with run() as pilot:
        await press(pilot, "1")
        assert status(pilot) == "已登记 赵敏 迟到 10:00到岗"
        await press(pilot, "4")
        assert status(pilot) == "已登记 赵敏 待核,待另一个人两个工作日内复核"
    assert len(open_reviews(office)) == 1


def struck(office: Office, clock: SetClock) -> None:
    """Collect, strike 王伟's signature, and let two workdays pass."""
    signed(office, clock, *range(1, 9))
    row = office.fetch("SELECT id FROM sign_ins WHERE staff_id = 4")[0][0]
    strike_sign_in(office, row, StrikeReason.FOR_ANOTHER, by=3)
    clock.set(datetime(2026, 10, 15, 7, 30))


async def test_on_the_day_page_the_second_person_agrees_with_one_digit(
    office: Office, clock: SetClock, run: Run
) -> None:
    struck(office, clock)
    async with run(operator=8, tab="tab1") as pilot:
        leading = [row for row in painted(pilot) if "›" in row]
        place = next(place for place, row in enumerate(leading) if "复核 10月12日" in row)
        await press(pilot, *["down"] * place, "enter")
        assert isinstance(pilot.app.screen, ChooseScreen)
        await press(pilot, "1")
        assert "已复核 同意" in status(pilot)
        assert "复核 10月12日" not in text(pilot)
    assert open_reviews(office) == []


async def test_on_the_board_the_second_person_rejects_with_words(office: Office, clock: SetClock, run: Run) -> None:
    struck(office, clock)
    async with run(operator=8) as pilot:
        await press(pilot, "pageup", "pageup", "pageup", "pageup", "pageup", "pageup")
        await press(pilot, "ctrl+p", *"复核更正", "enter", "2")
        await press(pilot, "enter")
        assert len(open_reviews(office)) == 1
        await press(pilot, *"本人在场", "enter")
        assert "不同意,已恢复原来的登记" in status(pilot)
    assert next(line for line in board(office, TODAY, MORNING).lines if line.person.id == 4).signed_at is not None


async def test_who_asked_cannot_answer(office: Office, clock: SetClock, run: Run) -> None:
    struck(office, clock)
    async with run(operator=3) as pilot:
        await press(pilot, "ctrl+p", *"复核更正", "enter", "1")
        assert "不能自己复核" in status(pilot)
    assert len(open_reviews(office)) == 1


async def test_a_stopped_session_is_still_continued_by_f5(office: Office, run: Run) -> None:
    sign_in(office, 4, TODAY, MORNING, by=3)
    record_step(office, 3600, by=None)
    async with run() as pilot:
        assert "F5 继续签到" in text(pilot)
        await press(pilot, "f5")
        assert "上午继续签到" in status(pilot)
        assert "F5 下一步" in text(pilot)


HOSTILE = "[/][@click=app.quit]停电[/] [red]$primary"


async def test_hostile_words_are_shown_as_they_are_on_every_page_they_reach(
    office: Office, clock: SetClock, run: Run
) -> None:
    signed(office, clock, *range(1, 9))
    row = office.fetch("SELECT id FROM sign_ins WHERE staff_id = 4")[0][0]
    strike_sign_in(office, row, StrikeReason.OTHER, HOSTILE, by=3)
    record_spot_checks(office, datetime(2026, 10, 12, 9, 50), 2, {7: Finding.AWAY}, HOSTILE, by=3)
    clock.set(datetime(2026, 10, 12, 15, 0))
    declare_no_book(office, TODAY, Half.AFTERNOON, HOSTILE * 40, by=3)
    async with run(operator=8, tab="tab1") as pilot:
        assert "[@click=app.quit]停电[/]" in text(pilot)
        await press(pilot, "ctrl+right")
        shown = painted(pilot)
        assert sum("[@click=app.quit]停电[/]" in line for line in shown) <= 3
        assert any(line.startswith(" 办领导") for line in shown)
        await press(pilot, "ctrl+p", *"复核更正", "enter")
        assert "[@click=app.quit]停电[/]" in text(pilot)
        await press(pilot, "2", "escape", "pageup", "f5", "3", "escape")
        await press(pilot, "f3", *"]", "enter", "enter", "f1", "escape")
        painted(pilot)
        assert pilot.app.is_running


async def test_before_the_session_opens_there_is_no_next_step(clock: SetClock, run: Run) -> None:
    clock.set(datetime(2026, 10, 13, 6, 30))
    async with run() as pilot:
        assert "下一步" not in text(pilot)
        await press(pilot, "f5", "f6", "f4")
        assert isinstance(pilot.app.screen, AttendanceScreen)


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_the_list_is_whole_in_both_windows_and_hostile_names_do_nothing(
    office: Office, clock: SetClock, run: Run, size: tuple[int, int]
) -> None:
    signed(office, clock, *range(1, 9))
    async with run(size=size) as pilot:
        await press(pilot, "f5", "2", "enter", "enter", "enter")
        shown = text(pilot)
        assert "[/]冯[red]" in shown
        for words in ("1 在岗", "2 离岗", "3 早退", "登记", "Esc 不登记"):
            assert words in shown
        await press(pilot, *"]]]]", "escape")
        assert isinstance(pilot.app.screen, AttendanceScreen)
    assert inspections(office, TODAY) == []
