"""Forms by pressed keys: who is at work, for an inspector at the door, and the blank packet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.attendance import facts
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, span
from govoffice_tui.screens.attendance.whereabouts import WhereaboutsScreen
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from tests.factories import staff_lines
from tests.screens.driving import painted, press, settled

TODAY = date(2026, 10, 12)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """The demo's people on a Monday at 7:50, the first three signed."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    calendar.ensure(founded, 2026)
    import_staff(founded, demo_lines(TODAY), by=None)
    for person in (1, 2, 3):
        sign_in(founded, person, TODAY, Half.MORNING, by=6)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on 今日, with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, TODAY) if one.id == 6)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                yield pilot
        finally:
            desk.close()

    return running


def page(pilot: Pilot[str]) -> RegisterScreen:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert isinstance(screen, RegisterScreen)
    return screen


def written(office: Office) -> list[str]:
    return sorted(path.name for path in (office.folder / "exports").rglob("*.xlsx"))


async def test_two_keys_write_who_is_at_work_and_say_where(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f7", "1")
        assert "2026-10-12_0750_在岗情况表.xlsx" in page(pilot).status.shown
    assert written(office) == ["2026-10-12_0750_在岗情况表.xlsx"]


async def test_the_menu_writes_it_by_its_letters(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "ctrl+p", "j", "r", "z", "g", "enter")
        assert "已导出 今日在岗情况表第1版" in page(pilot).status.shown
    assert written(office) == ["2026-10-12_0750_在岗情况表.xlsx"]


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_it_is_shown_on_the_screen_without_a_file(office: Office, run: Run, size: tuple[int, int]) -> None:
    async with run(size) as pilot:
        await press(pilot, "ctrl+p", *"kzg", "enter")
        assert isinstance(pilot.app.screen, WhereaboutsScreen)
        text = "\n".join(painted(pilot))
        assert "2026年10月12日 7:50 在岗情况" in text
        assert "应到56  在岗3  未签(待核)53" in text
        assert "未签  何志远" in text
        assert written(office) == []
        await press(pilot, "f7")
        assert "在岗情况表.xlsx" in page(pilot).status.shown
    assert len(written(office)) == 1


async def test_on_a_day_of_rest_it_is_refused_in_a_sentence(office: Office, clock: SetClock, run: Run) -> None:
    clock.set(datetime(2026, 10, 17, 9, 0))
    async with run() as pilot:
        await press(pilot, "f7", "1")
        assert "不设签到,没有在岗情况" in page(pilot).status.shown
        await press(pilot, "ctrl+p", *"kzg", "enter")
        assert "不设签到,没有在岗情况" in page(pilot).status.shown
    assert written(office) == []


@pytest.mark.parametrize("tab", ["today", "attendance", "months"])
async def test_the_blank_packet_is_in_the_menu_of_every_page_it_is_looked_for(
    office: Office, run: Run, tab: str
) -> None:
    async with run() as pilot:
        assert isinstance(pilot.app, OfficeApp)
        place = [one.id for one in pilot.app.tabs].index(tab)
        await pilot.app.switch_mode(f"tab{place + 1}")
        await settled(pilot)
        await press(pilot, "ctrl+p", *"kbyj", "enter")
        assert (
            "已写好10月12日空白应急表(签到表、请假审批单、值班页、大扫除点名表、用印页、"
            "用印审批单、设备报修单、设备借用单、耗材领用单、应急联系表)"
            " exports/2026-10/2026-10-12_空白应急表.xlsx" in page(pilot).status.shown
        )
    assert written(office) == ["2026-10-12_空白应急表.xlsx"]


async def test_f7_on_the_sign_in_page_offers_every_form_of_the_day(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "ctrl+right", "f7")
        text = "\n".join(painted(pilot))
        assert all(form in text for form in ("10月12日签到表", "2026年10月考勤月报表", "此刻在岗情况表", "空白应急表"))
        await press(pilot, "4")
        assert "空白应急表" in page(pilot).status.shown
        await press(pilot, "f7", "escape")
    assert written(office) == ["2026-10-12_空白应急表.xlsx"]


async def test_the_first_line_of_a_persons_days_is_their_year(office: Office, clock: SetClock, run: Run) -> None:
    clock.set(datetime(2026, 10, 12, 9, 20))
    async with run() as pilot:
        await press(pilot, "ctrl+right", "f3", *"hzy", "enter")
        assert any("本年" in row and "待核0.5天" in row for row in painted(pilot))
        await press(pilot, "enter")
        text = "\n".join(painted(pilot))
        assert "何志远 2026年" in text
        assert "2026年10月  应出勤0.5天  实出勤0天" in text
        assert "未定稿:10月还没有封存。" in text
        await press(pilot, "escape")
        assert pilot.app.screen is page(pilot)


async def test_a_threshold_of_absence_is_a_line_of_the_day_page(
    office: Office, clock: SetClock, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(office: Office, days: Sequence[date]) -> facts.Claims:
        return {7: {HalfStatus.ABSENT: span(days[0], days[-1])}} if days[0].month == 10 else {}

    monkeypatch.setattr(facts, "CLAIMS", (*facts.CLAIMS, absent))
    clock.set(datetime(2026, 10, 16, 9, 20))
    async with run() as pilot:
        assert any("提示:吴桂芳 连续旷工15天,由办公室按规定研究" in row for row in painted(pilot))


HOSTILE = ["[/]", "[red]张三[/red]", "[@click=app.quit]点我[/]", "=1+1", "#N/A", "$primary", ":smile:", "张" * 50]


async def test_hostile_names_are_shown_and_printed_as_they_are(tmp_path: Path, clock: SetClock) -> None:
    founded = found_office(tmp_path / "hostile", clock, {"office_name": "[bold]县[/]"})
    named = [replace(line, name=name, section=name[:12]) for line, name in zip(staff_lines(8), HOSTILE, strict=True)]
    import_staff(founded, named, by=None)
    desk = Desk(founded, REGISTERS)
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await press(pilot, "escape", "ctrl+p", *"kzg", "enter")
        text = "\n".join(painted(pilot))
        assert all(name in text for name in HOSTILE[:-1])
        await press(pilot, "f7")
        await press(pilot, "ctrl+p", *"kbyj", "enter")
        assert app.is_running
    desk.close()
    for path in (founded.folder / "exports").rglob("*.xlsx"):
        book = load_workbook(path)
        values = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
        assert all(any(name in value for value in values) for name in HOSTILE)
        assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)
    assert len(written(founded)) == 2
    founded.close()
