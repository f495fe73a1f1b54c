"""Verbs from the keyboard: who does them, what speaks against them, and that nothing freezes."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import settings
from govoffice_tui.registers.office import Busy, CannotWrite, Office
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens import frame
from govoffice_tui.screens.base import BUSY
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ConfirmScreen
from govoffice_tui.screens.frame import WAITING
from govoffice_tui.widgets.lines import AlarmBand
from tests.screens.conftest import SIZE, deeds_of, page_of, settle, shown_text, status_of, top_of


@contextmanager
def held(office: Office) -> Iterator[None]:
    """Hold the file as a window does in the middle of a commit."""
    other = sqlite3.connect(office.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


class Deed:
    """A verb that notes how it was called; `error` is raised instead."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.calls: list[tuple[int | None, str, int]] = []

    def __call__(self, office: Office, *, by: int | None, form_key: str) -> str:
        self.calls.append((by, form_key, threading.get_ident()))
        if self.error is not None:
            raise self.error
        return "第1号"


async def test_a_verb_is_done_as_who_is_at_the_keyboard_off_the_screen_thread(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        deed = deeds_of(seated).verb = Deed()
        await pilot.press("f2")
        await settle(pilot)
        assert status_of(seated) == "已登记 第1号"
        [(by, _, thread)] = deed.calls
        assert by == 3
        assert thread != threading.get_ident()


async def test_two_presses_are_two_deeds_with_two_keys(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        deed = deeds_of(seated).verb = Deed()
        await pilot.press("f2", "f2")
        await settle(pilot)
        assert len({key for _, key, _ in deed.calls}) == 2


async def test_a_verb_without_a_person_asks_first_and_then_goes_on(app: OfficeApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        deed = deeds_of(app).verb = Deed()
        await pilot.press("escape", "f2")
        await settle(pilot)
        assert deed.calls == []
        assert "先选经办人" in shown_text(app)
        await pilot.press("z", "m", "enter")
        await settle(pilot)
        assert [by for by, _, _ in deed.calls] == [1]
        assert status_of(app) == "已登记 第1号"


async def test_a_verb_that_waited_for_a_person_is_forgotten_when_nobody_sits_down(app: OfficeApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        deed = deeds_of(app).verb = Deed()
        await pilot.press("f2", "escape", "f9", "z", "m", "enter")
        await settle(pilot)
        assert deed.calls == []


async def test_a_refusal_stands_in_the_status_line_with_its_article(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        deeds_of(seated).verb = Deed(Refused("不能补签。", "考勤制度第2条"))
        await pilot.press("f2")
        await settle(pilot)
        assert status_of(seated) == "不能补签。(依据:考勤制度第2条)"
        assert page_of(seated).status.has_class("-refused")


async def test_a_busy_book_says_so_and_the_key_can_be_pressed_again(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        deed = deeds_of(seated).verb = Deed(Busy("另一窗口正在写"))
        await pilot.press("f2")
        await settle(pilot)
        assert status_of(seated) == BUSY
        deed.error = None
        await pilot.press("f2")
        await settle(pilot)
        assert status_of(seated) == "已登记 第1号"


async def test_a_disk_that_cannot_be_written_is_a_lasting_band_on_every_tab(seated: OfficeApp) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        deed = deeds_of(seated).verb = Deed(CannotWrite("磁盘已满,没有登记上。"))
        await pilot.press("f2")
        await settle(pilot)
        assert "磁盘已满" in shown_text(seated)
        await pilot.press("ctrl+right")
        await settle(pilot)
        assert "磁盘已满" in shown_text(seated)
        await pilot.press("ctrl+left")
        deed.error = None
        await pilot.press("f2")
        await settle(pilot)
        assert not page_of(seated).query_one(AlarmBand).display


async def test_verbs_run_one_after_another_in_the_order_they_were_asked_for(desk: Desk) -> None:
    running: list[str] = []

    def verb(office: Office, name: str, pause: threading.Event, *, by: int | None, form_key: str) -> None:
        running.append(f"{name} begins")
        pause.wait(5)
        running.append(f"{name} ends")

    first, second = threading.Event(), threading.Event()
    second.set()
    one = asyncio.create_task(desk.carry_out(verb, "甲", first))
    two = asyncio.create_task(desk.carry_out(verb, "乙", second))
    await asyncio.sleep(0)
    assert desk.is_writing
    first.set()
    await asyncio.gather(one, two)
    assert running == ["甲 begins", "甲 ends", "乙 begins", "乙 ends"]
    await asyncio.sleep(0)
    assert not desk.is_writing


async def test_a_write_that_has_begun_goes_to_its_end_when_nobody_waits_any_more(desk: Desk) -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def verb(office: Office, *, by: int | None, form_key: str) -> None:
        begun.set()
        go_on.wait(5)
        ended.set()

    task = asyncio.create_task(desk.carry_out(verb))
    await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await asyncio.to_thread(ended.wait, 5)


async def test_leaving_while_the_book_is_written_asks_and_waits(seated: OfficeApp) -> None:
    go_on = threading.Event()

    def slow(office: Office, **_: Any) -> str:
        go_on.wait(5)
        return "第1号"

    async with seated.run_test(size=SIZE) as pilot:
        deeds_of(seated).verb = slow
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("ctrl+q", "ctrl+q")
        await pilot.pause()
        assert isinstance(top_of(seated), ConfirmScreen)
        assert "还没有写完" in shown_text(seated)
        await pilot.press("2")
        await pilot.pause()
        assert top_of(seated) is seated.page
        go_on.set()
        await settle(pilot)
        assert status_of(seated) == "已登记 第1号"


async def test_a_page_that_cannot_be_read_says_whom_it_waits_for_and_reads_again_by_itself(
    seated: OfficeApp, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "RETRY_SECONDS", 0.01)
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        page = page_of(seated)
        page.reads = lambda: office_rows(seated)
        with held(office):
            page.reload()
            assert status_of(seated) == WAITING
            page.noted.clear()
        for _ in range(500):
            await pilot.pause(0.01)
            if page.noted:
                break
        assert "read" in page.noted
        assert status_of(seated) == ""


def office_rows(app: OfficeApp) -> object:
    """Read what a page reads."""
    return app.desk.office.fetch("SELECT count(*) FROM staff")


async def test_a_hook_or_a_key_that_finds_the_file_held_does_not_end_the_program(
    seated: OfficeApp, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated.run_test(size=SIZE) as pilot:
        await settle(pilot)
        page = deeds_of(seated)
        monkeypatch.setattr(page, "second_changed", lambda now: office_rows(seated))
        monkeypatch.setattr(page, "action_record", lambda: office_rows(seated))
        with held(office):
            seated.beat()
            seated.beat()
            assert status_of(seated) == WAITING
            page.status.say("")
            await pilot.press("f2")
            await pilot.pause()
            assert status_of(seated) == WAITING


async def test_a_name_field_goes_on_with_the_list_last_read_while_the_file_is_held(
    app: OfficeApp, office: Office
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("z")
        await pilot.pause()
        with held(office):
            await pilot.press("m", "enter")
            await pilot.pause()
        assert app.desk.operator is not None
        assert app.desk.operator.name == "赵敏"


class SteppingClock(SetClock):
    """A clock somebody sets while it runs."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.ran = 0.0

    def running(self) -> float:
        return self.ran


@pytest.mark.parametrize(("moved", "is_step"), [(59, False), (61, True), (3600, True), (-90, True)])
async def test_a_clock_set_by_more_than_a_minute_is_recorded_and_warned_of(
    office: Office, people: list[Person], moved: int, is_step: bool
) -> None:
    clock = SteppingClock(office.clock.now() + 600)
    office.clock = clock
    desk = Desk(office)
    desk.operator = people[0]
    app = OfficeApp(desk, tabs_of_one())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        clock.at += 10 + moved
        clock.ran += 10
        for _ in range(10):
            app.beat()
        await settle(pilot)
        recorded = desk.office.fetch("SELECT detail FROM events WHERE kind = 'clock_step'")
        assert recorded == ([(f"{moved:+d}秒",)] if is_step else [])
        assert (f"机器时间跳了{moved:+d}秒" in shown_text(app)) == is_step
    desk.close()


def tabs_of_one() -> Any:
    """Return the tabs of a program with one page."""
    from tests.screens.conftest import NotingScreen, tabs_of

    return tabs_of(NotingScreen)


async def test_the_desk_reads_people_anew_after_a_write(desk: Desk, office: Office) -> None:
    assert desk.people() is desk.people()
    before = desk.people()
    settings.change(office, "backup_folder", "/media/usb", by=3)
    assert desk.people() is not before
    assert desk.people() == before
