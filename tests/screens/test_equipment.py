"""设备 by pressed keys: a card, a fault brought to its end, a loan refused, lent and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.equipment import breaches, cards, pages
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import people_on
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.equipment import Breach, EquipmentState, LoanState, RepairState
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.form import FormScreen
from tests.screens.conftest import HOSTILE
from tests.screens.driving import open_tab, painted, press, settled


@asynccontextmanager
async def running(office: Office, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[str]]:
    """The app on 设备 with 周小萍 at the keyboard, 吴桂芳 being 股长."""
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, 8, Post.SECTION_HEAD, by=1)
    assign_post(office, 3, Post.SIGN_IN_KEEPER, by=1)
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == 3)
    app = OfficeApp(desk)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            await open_tab(pilot, "equipment")
            yield pilot
    finally:
        desk.close()


async def fill(pilot: Pilot[str], **values: str) -> None:
    """Put answers into the form on top and send it."""
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    for row in form.rows:
        if row.field.name in values:
            row.fill(values[row.field.name])
    form.begin_editing()
    await press(pilot, "f2")


def said(pilot: Pilot[str]) -> str:
    assert isinstance(pilot.app, OfficeApp)
    assert pilot.app.page is not None
    return pilot.app.page.status.shown


async def test_a_machine_is_entered_repaired_and_lent_by_keys(office: Office) -> None:
    async with running(office) as pilot:
        await press(pilot, "f2")
        await fill(pilot, name="投影仪", section="行政股", keeper="3")
        assert said(pilot) == "已登记 设〔2026〕1号 投影仪"
        await press(pilot, "f5", "1")
        pilot.app.focused.post_message(events.Paste("不亮"))  # type: ignore[union-attr]
        await settled(pilot)
        await press(pilot, "f2")
        assert said(pilot) == "已登记 修〔2026〕1号 投影仪 报修"
        await press(pilot, "f8", "2")
        assert any("1号" in line and "不亮" in line and "报修" in line for line in painted(pilot))
        await press(pilot, "f5", "1")
        await fill(pilot)
        await press(pilot, "f5", "1")
        await fill(pilot, repairer="宏达维修部")
        await press(pilot, "f5", "2")
        await fill(pilot, result="换灯泡", cost="一百")
        assert any("金额写元" in line for line in painted(pilot))
        await fill(pilot, cost="120")
        await press(pilot, "f5", "1")
        await fill(pilot)
        assert pages.repairs(office, "1")[0].state is RepairState.CHECKED
        await press(pilot, "f8", "3")
        await press(pilot, "f2", "enter")
        await fill(pilot, borrower="4", purpose="放映", due="2026-10-14")
        assert any("私自外借" in line for line in painted(pilot))
        await fill(pilot, approver="8")
        assert said(pilot) == "已登记 借〔2026〕1号 投影仪 借出 应还10月14日"
        await press(pilot, "f5", "1")
        await fill(pilot)
        assert pages.loans(office, "1")[0].state is LoanState.RETURNED
        assert pages.machines(office)[0].state is EquipmentState.IN_USE
        await press(pilot, "enter")
        assert any("归还完好" in line for line in painted(pilot))
        await press(pilot, "escape", "f6", "enter")
        assert "还不能封存" in said(pilot)
        await press(pilot, "f8", "1")
        (machine,) = pages.machines(office)
        breaches.note_breach(office, machine.root, Breach.MISHANDLING, 4, "插错电源", by=3)
        await press(pilot, "f4", "3")
        await fill(pilot, why="记错了人")
        assert said(pilot).startswith("已作废 违〔2026〕1号")
        assert pages.breaches(office, "b.equipment_id = ?", machine.root)[0].struck_reason == "记错了人"


@pytest.mark.parametrize("size", [(80, 24)])
async def test_hostile_names_are_painted_as_typed_and_every_list_stands_at_80_columns(
    office: Office, size: tuple[int, int]
) -> None:
    for words in HOSTILE.values():
        plan = cards.CardPlan(words[:150], upkeep_months=1)
        cards.enter_equipment(office, plan, cards.Place(words[:150], words[:100]), by=3)
    async with running(office, size) as pilot:
        for place in "1234":
            await press(pilot, "f8", place)
            painted(pilot)
        await press(pilot, "f8", "1", "enter")
        painted(pilot)
        await press(pilot, "escape", "f1", "escape", "f3", "escape", "f7", "escape", "f4", "escape")
        assert pages.machines(office)[0].name == "[/]"
