"""The duty page as it is painted: before it is taken over, in the night, after it was handed over, its month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.duty import entries, handing, shifts
from govoffice_tui.registers.duty.shifts import Crew
from govoffice_tui.registers.duty.views import Details
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.duty import Kind, Urgency
from govoffice_tui.screens.desk import Desk

SIZES = ((100, 30), (80, 24))
CLERK, DEPUTY, MESSENGER, FIRST, SECOND = 6, 2, 10, 14, 16


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The demo's people on Sunday evening 11 October 2026; a matter of the night before is handed on."""
    clock = SetClock(datetime(2026, 10, 10, 17, 28))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, demo_lines(date(2026, 10, 10)), by=None)
    calendar.ensure(founded, 2026)
    night = shifts.take_over_duty(founded, Crew(FIRST, None, DEPUTY, MESSENGER), by=FIRST).shift
    line = entries.record_entry(founded, night, Kind.CALL_IN, Details("停水,请协调供水公司", "白水镇"), by=FIRST)
    clock.set(datetime(2026, 10, 11, 7, 55))
    shifts.hand_over_duty(founded, night, SECOND, {line.id: SECOND}, by=FIRST)
    yield founded
    founded.close()


def night(office: Office, clock: SetClock) -> int:
    """Keep the 24 hours of Sunday: a call told of, one nobody was told of, a fax, a classified fax."""
    shift = shifts.take_over_duty(office, Crew(SECOND, None, DEPUTY, None, "小雨"), by=SECOND).shift
    clock.set(datetime(2026, 10, 11, 22, 41))
    said = Details("强降雨预警,要求加密巡查", "市应急局", "值班员 柳敏", "13900010001")
    line = entries.record_entry(office, shift, Kind.CALL_IN, said, urgency=Urgency.URGENT, by=SECOND)
    clock.set(datetime(2026, 10, 11, 22, 44))
    handing.report_entry(office, line.id, "钱峰", by=SECOND)
    entries.record_entry(office, shift, Kind.FAX, Details("视频会议通知", "县教育局", grade="加急"), by=SECOND)
    kept = Details(is_classified=True, paper_book="3", paper_page="12")
    entries.record_entry(office, shift, Kind.FAX, kept, urgency=Urgency.FILE, by=SECOND)
    clock.set(datetime(2026, 10, 12, 2, 10))
    slide = Details("K12处塌方,一车道通行", "城关镇")
    entries.record_entry(office, shift, Kind.CALL_IN, slide, urgency=Urgency.ASK, by=SECOND)
    clock.set(datetime(2026, 10, 12, 2, 23))
    return shift


async def painted(office: Office, size: tuple[int, int], *keys: str) -> str:
    """Return the duty page after some keys, line by line."""
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == SECOND)
    app = OfficeApp(desk)
    async with app.run_test(size=size) as pilot:
        await app.switch_mode(f"tab{[tab.id for tab in app.tabs].index('duty') + 1}")
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    desk.close()
    return "\n".join(row for row in text.splitlines() if "月报  设置" not in row)


def clock_of(office: Office) -> SetClock:
    """Return the office's clock, whose hands tests move."""
    assert isinstance(office.clock, SetClock)
    return office.clock


@pytest.mark.parametrize("size", SIZES)
async def test_before_it_is_taken_over(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert await painted(office, size) == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_night(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    night(office, clock_of(office))
    assert await painted(office, size) == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_handing_it_over(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    night(office, clock_of(office))
    assert await painted(office, size, "3") == snapshot


async def test_its_month(office: Office, snapshot: SnapshotAssertion) -> None:
    night(office, clock_of(office))
    assert await painted(office, SIZES[0], "f8") == snapshot
