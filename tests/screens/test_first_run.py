"""From an empty folder to the first signature by pressed keys, and every way back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pyte
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock, SystemClock, local
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.demo import build as demo
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.posts import holdings_on
from govoffice_tui.registers.settings import on
from govoffice_tui.registers.staff import people_on
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.first_people import FirstPeopleScreen
from govoffice_tui.screens.first_run import Beginning, FirstRunApp, WelcomeScreen
from govoffice_tui.screens.staff_import import StaffImportScreen
from govoffice_tui.widgets.lines import StatusLine
from tests.screens.driving import painted, press, settled

TODAY = date(2026, 10, 12)
NAMED = (*"测试县", "enter", "enter", "enter")
TWO_PEOPLE = (*"周小萍", "enter", *"行政股", "enter", *"王伟", "enter", "enter", "enter")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "office"


@pytest.fixture
def begun(folder: Path, clock: SetClock) -> Iterator[Office]:
    """The office the test founds, opened when the test asks for it."""
    opened: list[Office] = []

    class Later:
        def __getattr__(self, name: str) -> Any:
            if not opened:
                opened.append(open_office(folder, clock))
            return getattr(opened[0], name)

    yield Later()  # type: ignore[misc]
    for office in opened:
        office.close()


def shown(pilot: Pilot[bool]) -> str:
    return "\n".join(painted(pilot))


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else []


async def test_by_hand_two_people_and_a_keeper_stand_in_the_book(folder: Path, clock: SetClock, begun: Office) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *NAMED)
        await press(pilot, *TWO_PEOPLE)
        await press(pilot, "f2")
    assert app.return_value is True
    assert app.beginning == Beginning(folder, 1)
    assert [(one.name, one.section) for one in people_on(begun, TODAY)] == [("周小萍", "行政股"), ("王伟", "行政股")]
    assert [(one.label, one.staff) for one in holdings_on(begun, TODAY)] == [("签到管理人A角", 1)]
    assert verify_office(begun).findings == ()
    assert left_in(folder) == ["data", "office.db", "office.lock"]


async def test_heads_are_named_in_the_same_step_or_later(folder: Path, clock: SetClock, begun: Office) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *NAMED)
        await press(pilot, *TWO_PEOPLE)
        assert "以后再设就空着回车" in shown(pilot)
        await press(pilot, "down", *"ww", "enter", "enter", "enter", *"ww", "f2")
    held = {(one.post.label, one.part, one.staff) for one in holdings_on(begun, TODAY)}
    assert held == {("签到管理人", "A", 1), ("签到管理人", "B", 2), ("主任", "A", 2)}


async def test_the_keeper_cannot_be_his_own_deputy(folder: Path, clock: SetClock) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *NAMED)
        await press(pilot, *TWO_PEOPLE)
        await press(pilot, "down", *"zxp", "enter", "f2")
        assert "B角要是另一个人" in shown(pilot)
        await press(pilot, "ctrl+q")
    assert left_in(folder.parent) == []


async def test_esc_goes_a_step_back_with_what_was_typed_and_never_out(
    folder: Path, clock: SetClock, begun: Office
) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "3", *NAMED)
        await press(pilot, *TWO_PEOPLE)
        await press(pilot, "escape")
        assert isinstance(app.screen, FirstPeopleScreen)
        assert "王伟" in shown(pilot)
        await press(pilot, "escape")
        assert "测试县" in shown(pilot)
        assert left_in(folder.parent) == []
        await press(pilot, "escape")
        assert isinstance(app.screen, WelcomeScreen)
        await press(pilot, "escape", "3", "enter", "enter", "enter", "enter", "f2")
    assert [one.name for one in people_on(begun, TODAY)] == ["周小萍", "王伟"]
    assert len(begun.fetch("SELECT 1 FROM posts")) == 1


async def test_an_empty_list_an_empty_name_and_a_double_are_met_with_a_sentence(folder: Path, clock: SetClock) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter")
        assert "请填单位名称" in shown(pilot)
        await press(pilot, *NAMED, "enter")
        assert "至少写一个人" in shown(pilot)
        await press(pilot, *"周小萍", "enter", *"行政股", "enter", *"周小萍", "enter", "enter")
        assert "已经写过" in shown(pilot)
        await press(pilot, "f2")
        assert "还没有写完" in shown(pilot)
        await press(pilot, "shift+tab", "ctrl+u", "f4")
        assert "已写" not in app.screen.query_one(StatusLine).shown
    assert left_in(folder.parent) == []


async def test_a_name_that_bears_a_classification_mark_does_not_stay_on_the_screen(
    folder: Path, clock: SetClock
) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *NAMED)
        app.screen.query_one("#name", Input).value = "机密★3年"
        await press(pilot, "enter")
        assert "这里不能写涉密内容" in shown(pilot)
        assert "机密★" not in shown(pilot)


async def test_a_list_is_brought_in_and_esc_before_the_end_leaves_nothing(folder: Path, clock: SetClock) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", *NAMED)
        assert isinstance(app.screen, StaffImportScreen)
        assert "Esc 上一步" in shown(pilot)
        await press(pilot, "escape")
        assert "建立登记库" in shown(pilot)
        assert left_in(folder.parent) == []
        await press(pilot, "ctrl+q")
    assert app.return_value is False


async def test_the_sample_list_is_offered_where_nothing_else_lies_about(
    folder: Path, clock: SetClock, begun: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: folder.parent / "nobody")
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "1", *NAMED)
        assert "样例,可先试用" in shown(pilot)
        await press(pilot, "tab", "enter")
        await press(pilot, "f2")
        await press(pilot, *"zxp", "enter", "f2")
    assert len(people_on(begun, TODAY)) == 56
    (folder / "名单.csv").write_text("姓名,股室\n赵敏,办领导\n", encoding="utf-8")
    app = FirstRunApp(folder / "next", clock)
    async with app.run_test(size=(100, 30)) as pilot:
        (folder / "next").mkdir()
        (folder / "next" / "名单.csv").write_text("姓名,股室\n赵敏,办领导\n", encoding="utf-8")
        await press(pilot, "1", *NAMED)
        assert "名单.csv" in shown(pilot)
        assert "样例" not in shown(pilot)


async def test_a_folder_that_takes_no_office_is_told_under_the_form(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "office").write_text("x")
    app = FirstRunApp(tmp_path / "office", clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *NAMED)
        assert "没有权限、磁盘已满或有同名文件" in shown(pilot)
    assert left_in(tmp_path) == ["office"]


@pytest.fixture
def slow_demo(monkeypatch: pytest.MonkeyPatch) -> Event:
    """A demo of one month that waits after its third day until the event is set."""
    go_on = Event()
    build = demo.build_demo

    def building(folder: Path, last_day: date | None, clock: SetClock, **kwargs: Any) -> None:
        told = kwargs.pop("progress")

        def progress(done: int, total: int) -> None:
            told(done, total)
            if done == 3:
                go_on.wait(60)

        build(folder, last_day, clock, months=1, progress=progress, **kwargs)

    monkeypatch.setattr(demo, "build_demo", building)
    return go_on


async def test_the_demo_is_built_and_opened(folder: Path, clock: SetClock, slow_demo: Event) -> None:
    slow_demo.set()
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2")
    assert app.beginning == Beginning(folder / "demo", None)
    office = open_office(folder / "demo", clock)
    assert len(people_on(office, TODAY)) == 56
    office.close()
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2")
        assert "以前建过" in shown(pilot)
        await press(pilot, "1")
    assert app.beginning == Beginning(folder / "demo", None)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_a_demo_stopped_halfway_leaves_nothing(folder: Path, clock: SetClock, slow_demo: Event, key: str) -> None:
    app = FirstRunApp(folder, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        while "%" not in shown(pilot) or "  0%" in shown(pilot):
            await pilot.pause(0.01)
        await pilot.press("1", "3")
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press(key)
        slow_demo.set()
        await settled(pilot)
    assert left_in(folder.parent) == []


@pytest.mark.parametrize(
    ("now", "tab", "words"),
    [
        (datetime(2026, 10, 12, 7, 50), "attendance", ""),
        (datetime(2026, 10, 12, 9, 0), "today", "下一场:今天下午,14:00起可以签到"),
        (datetime(2026, 10, 12, 20, 0), "today", "下一场:10月13日 星期二上午,7:00起可以签到"),
        (datetime(2026, 10, 1, 9, 0), "today", "下一场:10月8日 星期四上午,7:00起可以签到"),
    ],
)
async def test_after_the_last_question_the_reader_stands_where_work_begins(
    folder: Path, now: datetime, tab: str, words: str
) -> None:
    clock = SetClock(now)
    first = FirstRunApp(folder, clock)
    async with first.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *NAMED)
        await press(pilot, *TWO_PEOPLE)
        await press(pilot, "f2")
    assert first.beginning is not None
    office = open_office(folder, clock)
    desk = Desk(office, REGISTERS)
    desk.operator = people_on(office, now.date())[0]
    app = OfficeApp(desk)
    app.greet = first.beginning.greet
    async with app.run_test(size=(80, 24)) as pilot_of_office:
        await settled(pilot_of_office)
        assert app.page is not None
        assert app.page.tab == tab
        assert words in app.page.status.shown
        if tab == "attendance":
            await press(pilot_of_office, *"zxp", "enter")
            assert "已登记 周小萍" in app.page.status.shown
    desk.close()
    office.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal is of Unix")
def test_from_an_empty_folder_to_the_open_program_on_a_real_terminal(tmp_path: Path) -> None:
    import pexpect

    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)
    command = f"-m govoffice_tui --office {tmp_path}"
    child: pexpect.spawn[bytes] = pexpect.spawn(sys.executable, command.split(), dimensions=(24, 80), timeout=30)

    def text() -> str:
        cells = "".join(screen.buffer[row][column].data for row in range(24) for column in range(80))
        return "".join(cells.split())

    def until(words: str) -> None:
        deadline = SystemClock().running() + 30
        while words not in text():
            assert SystemClock().running() < deadline, text()
            try:
                stream.feed(child.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue

    steps = (
        ("手工开始", "3"),
        ("单位名称›", "测试县\r"),
        ("暑期从›05-01", "\r"),
        ("暑期到›09-30", "\r"),
        ("手工开始:先写几个人", "周小萍\r"),
        ("股室›", "行政股\r"),
        ("已写1人", "\r"),
        ("谁管签到簿", "\x1bOQ"),
    )
    for words, keys in steps:
        until(words)
        child.send(keys)
    until("经办人周小萍")
    child.send("\x11")
    child.expect(pexpect.EOF)
    office = open_office(tmp_path, SystemClock())
    today = local(SystemClock().now()).date()
    assert [one.name for one in people_on(office, today)] == ["周小萍"]
    assert on(office, today + timedelta(days=1)).office_name == "测试县"
    office.close()
