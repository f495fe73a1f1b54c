"""The seal register as it is painted: a day's page with every kind of line, and the form of a stamp."""

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
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.corrections import void_use
from govoffice_tui.registers.seals.requests import Consent
from govoffice_tui.registers.seals.using import check_imprint
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.seals import DocumentKind, Organ
from govoffice_tui.screens.desk import Desk
from tests.factories import staff_lines
from tests.seal_factories import BOSS, KEEPER, SECOND, VICE, notice, stamp, two_seals


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One day of stamps: looked at, void, waiting, by telephone, joint, classified."""
    clock = SetClock(datetime(2026, 10, 12, 9, 0))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(8), by=None)
    calendar.ensure(founded, 2026)
    ours, county = two_seals(founded)
    long = "关于进一步做好今冬明春安全生产和森林草原防火工作的紧急通知"
    first, second = stamp(founded, ours, notice(30, long), notice(2, "会议纪要"), unit="资料动态股").uses
    check_imprint(founded, first, by=KEEPER)
    void_use(founded, second, "没有盖", by=KEEPER)
    licence = replace(notice(2, "取水许可证"), kind=DocumentKind.LICENCE)
    stamp(founded, county, licence, consent=Consent(VICE), unit="县水利局水资源管理办公室")
    organs = (Organ("县财政局"), Organ("测试县人民政府办公室", True))
    phoned = Consent(BOSS, date(2026, 10, 12), SECOND, None, True, datetime(2026, 10, 12, 8, 40), "13900000001")
    stamp(founded, ours, notice(10, "联合检查方案", organs=organs), consent=phoned)
    secret = replace(notice(1, "涉密件", is_classified=True, paper_book="3", paper_page="12"), document_number="")
    stamp(founded, ours, secret, page=None, unit="县教育局")
    yield founded
    founded.close()


async def painted(office: Office, size: tuple[int, int], *keys: str) -> str:
    """Return the page after some keys, line by line."""
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == KEEPER)
    app = OfficeApp(desk)
    async with app.run_test(size=size) as pilot:
        await app.switch_mode(f"tab{[tab.id for tab in app.tabs].index('seals') + 1}")
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    desk.close()
    return "\n".join(row for row in text.splitlines() if "月报" not in row)


async def test_a_day_of_stamps_at_80_by_24(office: Office, snapshot: SnapshotAssertion) -> None:
    assert await painted(office, (80, 24)) == snapshot


async def test_the_form_of_a_stamp_names_what_is_missing(office: Office, snapshot: SnapshotAssertion) -> None:
    assert await painted(office, (100, 30), "f2", "1", "enter") == snapshot
