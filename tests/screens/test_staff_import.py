"""A staff list brought in again by pressed keys: the difference is shown, decided and entered whole, or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.people import StaffLine
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.staff_differences import DifferencesScreen
from govoffice_tui.screens.staff_import import StaffImportScreen
from govoffice_tui.widgets.lines import StatusLine
from tests.factories import staff_lines
from tests.screens.driving import press, settled

TODAY = date(2026, 10, 12)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """An office without people."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    calendar.ensure(founded, 2026)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office, tmp_path: Path) -> Run:
    """The import page with a list read; 周小萍 at the keyboard where the office knows her."""

    @asynccontextmanager
    async def running(lines: Sequence[StaffLine], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[str]]:
        rows = ["姓名,股室,职务,联系电话", *(f"{one.name},{one.section},{one.position},{one.phone}" for one in lines)]
        path = tmp_path / "名单.csv"
        path.write_text("\n".join(rows), encoding="utf-8")
        desk = Desk(office, REGISTERS)
        desk.operator = next((one for one in people_on(office, TODAY) if one.id == 3), None)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                await app.push_screen(StaffImportScreen(desk))
                app.screen.query_one("#path", Input).value = str(path)
                await press(pilot, "enter")
                yield pilot
        finally:
            desk.close()

    return running


def shown(pilot: Pilot[str]) -> str:
    rows = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    assert all(cell_len(row) <= pilot.app.size.width for row in rows)
    return "\n".join(rows)


def status(pilot: Pilot[str]) -> str:
    return pilot.app.screen.query_one("#difference-status", StatusLine).shown


async def test_the_first_list_is_entered_as_it_was_read(office: Office, run: Run) -> None:
    async with run(staff_lines(8)) as pilot:
        assert isinstance(pilot.app.screen, StaffImportScreen)
        await press(pilot, "f2")
    assert len(people_on(office, TODAY)) == 8
    assert [path.name for path in (office.folder / "exports").rglob("*.xlsx")] == ["2026-10-12_空白应急表.xlsx"]


async def test_the_first_list_is_entered_where_the_blank_packet_cannot_be_written(office: Office, run: Run) -> None:
    (office.folder / "exports").write_text("a file where the folder should be")
    async with run(staff_lines(8)) as pilot:
        await press(pilot, "f2")
        told = [note.message for note in pilot.app._notifications]
        assert not isinstance(pilot.app.screen, StaffImportScreen)
    assert any("花名册已导入。空白应急表没有写成" in words for words in told)
    assert len(people_on(office, TODAY)) == 8


async def test_the_same_list_says_that_nothing_differs(office: Office, run: Run) -> None:
    import_staff(office, staff_lines(8), by=None)
    before = office.tail()
    async with run(staff_lines(8)) as pilot:
        assert isinstance(pilot.app.screen, DifferencesScreen)
        assert "完全一样" in status(pilot)
        await press(pilot, "f2")
    assert office.tail() == before


async def test_the_doubtful_and_the_missing_are_decided_before_anything_is_written(office: Office, run: Run) -> None:
    import_staff(office, staff_lines(8), by=None)
    lines = staff_lines(8)[:7]
    lines[1] = replace(lines[1], position="主任")
    lines[5] = replace(lines[5], section="法制股", phone="")
    before = office.tail()
    async with run(lines) as pilot:
        assert "钱峰 职务 副主任 → 主任" in shown(pilot)
        await press(pilot, "f2")
        assert "还有2行没有定" in status(pilot)
        assert office.tail() == before
        await press(pilot, "enter")
        assert "同一人:006 王伟 资料动态股" in shown(pilot)
        await press(pilot, "1")
        assert "不在名单  吴桂芳" in shown(pilot)
        await press(pilot, "3")
        await press(pilot, "f2")
        assert "退休 10月12日" in shown(pilot)
        assert "都定了" in status(pilot)
        await press(pilot, "f2")
        assert not isinstance(pilot.app.screen, (DifferencesScreen, StaffImportScreen))
    people = {person.id: person for person in people_on(office, date(2026, 10, 13))}
    assert sorted(people) == [1, 2, 3, 4, 5, 6, 7]
    assert (people[2].position, people[6].section) == ("主任", "法制股")


async def test_a_namesake_who_is_new_leaves_the_old_one_to_be_asked_about(office: Office, run: Run) -> None:
    import_staff(office, staff_lines(8), by=None)
    lines = staff_lines(8)
    lines[6] = replace(lines[6], section="法制股", phone="")
    async with run(lines) as pilot:
        await press(pilot, "enter", "2")
        assert "新来的人" in shown(pilot)
        assert "不在名单  冯䶮 资料动态股" in shown(pilot)
        await press(pilot, "1", "f2")
    assert [person.name for person in people_on(office, TODAY)].count("冯䶮") == 2


async def test_leaving_writes_nothing_and_another_file_may_be_read(office: Office, run: Run) -> None:
    import_staff(office, staff_lines(8), by=None)
    before = office.tail()
    async with run(staff_lines(9)) as pilot:
        assert "新增" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, StaffImportScreen)
        await press(pilot, "f2")
    assert office.tail() == before
