"""The page of matters in hand as it is painted, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.supervision.recording import Matter, enter_decision
from govoffice_tui.registers.supervision.steps import finish_decision, note_progress, remind_unit
from govoffice_tui.screens.desk import Desk

PLAN = Matter(
    "推进买买提·吐尔逊等三户群众反映的城乡供水一体化管网改造遗留问题整改并于汛期前完成验收",
    "县住房和城乡建设局",
    date(2026, 10, 20),
    date(2026, 10, 12),
    source_words="县长批示",
    co_units="城关镇、县财政局",
    person="阿卜杜热合曼·买买提明",
    phone="13900010001",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The demo's people on 22 October 2026 with matters late, close, far, 长期 and done."""
    clock = SetClock(datetime(2026, 10, 12, 8, 20))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, demo_lines(date(2026, 10, 10)), by=None)
    calendar.ensure(founded, 2026)
    late = enter_decision(founded, PLAN, by=6).key
    for matter, due in (("清淤", date(2026, 10, 24)), ("除险加固", date(2026, 10, 28)), ("规划", date(2027, 3, 1))):
        enter_decision(founded, replace(PLAN, matter=matter, lead_unit="县水利局", co_units="", due=due), by=6)
    enter_decision(founded, replace(PLAN, matter="常年保洁", lead_unit="城关镇", co_units="", due=None), by=6)
    done = enter_decision(founded, replace(PLAN, matter="造林", lead_unit="白水镇", co_units=""), by=6).key
    finish_decision(founded, done, "验收单", by=6)
    note_progress(founded, late, "正在走程序", by=6)
    clock.set(datetime(2026, 10, 22, 9))
    remind_unit(founded, late, by=6)
    yield founded
    founded.close()


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_matters_in_hand(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == 6)
    app = OfficeApp(desk)
    async with app.run_test(size=size) as pilot:
        await app.switch_mode(f"tab{[tab.id for tab in app.tabs].index('supervision') + 1}")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    desk.close()
    assert "\n".join(row for row in text.splitlines() if "月报  设置" not in row) == snapshot
