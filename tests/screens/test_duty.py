"""值班 by pressed keys: taken over, a call on record with F2 gist Enter, handed over; what is missing is named."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.duty import entries, entry_rows, handing, pages, planned, shift_rows, shifts
from govoffice_tui.registers.duty.shifts import Crew
from govoffice_tui.registers.duty.views import Details, EntryLine
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import people_on
from govoffice_tui.rules.duty import EntryState, Kind, ShiftState, Urgency
from govoffice_tui.screens import duty as screens_duty
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.duty.page import DutyScreen
from govoffice_tui.widgets.form import FormScreen
from tests.screens.conftest import each_hostile
from tests.screens.driving import painted, press, settled

DEPUTY, CLERK, SECOND, NIGHT = 2, 3, 5, 7
MONDAY = date(2026, 11, 30)


@pytest.fixture
def clock() -> SetClock:
    """Monday 30 November 2026, 17:26."""
    return SetClock(datetime(2026, 11, 30, 17, 26))


@asynccontextmanager
async def on_duty(
    office: Office, who: int | None = NIGHT, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[Pilot[str]]:
    calendar.ensure(office, 2026)
    desk = Desk(office, REGISTERS)
    people = people_on(office, office.now().date())
    desk.operator = next((one for one in people if one.id == who), None)
    app = OfficeApp(desk)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            place = [tab.id for tab in app.tabs].index("duty")
            await app.switch_mode(f"tab{place + 1}")
            await settled(pilot)
            yield pilot
    finally:
        desk.close()


def page_of(pilot: Pilot[str]) -> DutyScreen:
    app = pilot.app
    assert isinstance(app, OfficeApp)
    assert isinstance(app.page, DutyScreen)
    return app.page


def taken(office: Office) -> int:
    """Take the night of 30 November over."""
    return shifts.take_over_duty(office, Crew(NIGHT, None, DEPUTY), by=NIGHT).shift


def lines(office: Office, day: date = MONDAY) -> list[EntryLine]:
    return list(pages.page(office, day).lines)


async def typed(pilot: Pilot[str], text: str) -> None:
    """Type a text as a terminal sends it."""
    await press(pilot, *text)


async def fill(pilot: Pilot[str], **values: str) -> None:
    """Fill the fields of the open form."""
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    rows = {row.field.name: row for row in form.rows}
    for name, value in values.items():
        rows[name].fill(value)
    await settled(pilot)


@dataclass(frozen=True)
class Plan:
    """A planned shift as the roster gives it."""

    leader: int | None
    officers: tuple[int, ...]
    messenger: int | None
    starts_at: datetime
    ends_at: datetime
    template: str


async def test_one_digit_takes_over_where_the_roster_names_who_is_there(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan(DEPUTY, (NIGHT,), CLERK, datetime(2026, 11, 30, 17, 30), datetime(2026, 12, 1, 8, 0), "night")
    for module in ("acts", "page"):
        monkeypatch.setattr(f"govoffice_tui.screens.duty.{module}.planned", lambda *_: plan)
    async with on_duty(office) as pilot:
        await press(pilot, "1")
        assert "已接班 11月30日 值班员冯䶮 17:26" in page_of(pilot).status.shown
    shift = shift_rows.shift_on(office, MONDAY)
    assert shift is not None
    assert (shift.officer, shift.leader, shift.messenger) == (NIGHT, DEPUTY, CLERK)
    assert planned.planned(office, MONDAY) is None


async def test_without_a_roster_the_officer_is_prefilled_with_who_is_there(office: Office) -> None:
    async with on_duty(office) as pilot:
        assert "还没有人接班" in "\n".join(painted(pilot))
        await press(pilot, "1", "enter", "q", "f", "enter", "enter", "enter", "enter")
        shift = shift_rows.shift_on(office, MONDAY)
        assert shift is not None
        assert (shift.officer, shift.leader, shift.messenger) == (NIGHT, DEPUTY, None)
        assert "缺通讯员" in painted(pilot)[4]


async def test_nobody_at_the_keyboard_is_asked_who_before_the_shift_is_taken(office: Office) -> None:
    async with on_duty(office, None) as pilot:
        await press(pilot, "1")
        assert "先选经办人" in "\n".join(painted(pilot))
        await press(pilot, "f", "y", "enter")
        await press(pilot, "f2")
        shift = shift_rows.shift_on(office, MONDAY)
        assert shift is not None
        assert shift.officer == NIGHT


async def test_a_call_is_on_record_with_f2_gist_enter(office: Office, clock: SetClock) -> None:
    taken(office)
    clock.set(datetime(2026, 12, 1, 2, 10))  # example 16
    async with on_duty(office) as pilot:
        await press(pilot, "f2")
        await typed(pilot, "K12处塌方,一车道通行")
        await press(pilot, "enter")
        (line,) = lines(office)
        assert (line.kind, line.words, line.happened_at) == (
            Kind.CALL_IN,
            "K12处塌方,一车道通行",
            datetime(2026, 12, 1, 2, 10),
        )
        assert page_of(pilot).status.shown == "已登记 第1号 来电 02:10 还缺单位、缓急,回车补"
        assert any("缺单位、缓急" in row and row.lstrip().startswith("1") for row in painted(pilot))


async def test_enter_on_the_line_fills_in_the_rest_and_tells_who_called_last(office: Office, clock: SetClock) -> None:
    shift = taken(office)
    said = Details("早先", "城关镇", "副镇长 马骏", "13900010001")
    entries.record_entry(office, shift, Kind.CALL_IN, said, urgency=Urgency.FILE, by=NIGHT)
    async with on_duty(office) as pilot:
        await press(pilot, "2")
        await typed(pilot, "塌方")
        await press(pilot, "enter", "enter")
        await typed(pilot, "城关镇")
        assert any("上次来电 11-30 副镇长 马骏 13900010001" in row for row in painted(pilot))
        await press(pilot, "enter", "enter", "enter", "1", "enter", "f2")
        line = lines(office)[-1]
        assert (line.details.unit, line.state) == ("城关镇", EntryState.URGENT)
        assert any("急办 已过0分钟 报带班领导" in row for row in painted(pilot))
        clock.at += 11 * 60
        page_of(pilot).tick(office.now())
        await settled(pilot)
        assert any("急办 已过11分钟 尚未报告" in row for row in painted(pilot))
        await press(pilot, "f5", "1")
        await typed(pilot, "钱峰")
        await press(pilot, "f2")
        assert lines(office)[-1].reported_to == "钱峰"


async def test_the_shift_is_handed_over_in_ten_keys_with_its_open_lines(office: Office, clock: SetClock) -> None:
    shift = taken(office)
    for gist in ("停水", "塌方"):
        entries.record_entry(office, shift, Kind.CALL_IN, Details(gist), by=NIGHT)
    clock.set(datetime(2026, 12, 1, 7, 58))
    async with on_duty(office) as pilot:
        keys = ["f6", "enter", *["enter"] * 7]
        assert len(keys) <= 10
        await press(pilot, *keys)
        found = shift_rows.shift_by_id(office, shift)
        assert found is not None
        assert (found.state, found.incoming) == (ShiftState.HANDED_OVER, CLERK)
        assert [line.state for line in lines(office)] == [EntryState.HANDED] * 2
        text = "\n".join(painted(pilot))
        assert "已交班 07:58 接班周小萍 登记2笔 移交2件 核对码" in text
        assert "五项齐" in text


async def test_a_quiet_night_is_handed_over_as_quiet(office: Office, clock: SetClock) -> None:
    shift = taken(office)
    clock.set(datetime(2026, 12, 1, 7, 58))
    async with on_duty(office) as pilot:
        await press(pilot, "3", "f2")
        found = shift_rows.shift_by_id(office, shift)
        assert found is not None
        assert found.is_quiet
        assert "本班无重要事项" in "\n".join(painted(pilot))


async def test_after_handing_over_the_page_says_from_when_the_next_shift_may_be_taken(
    office: Office, clock: SetClock
) -> None:
    shift = taken(office)
    clock.set(datetime(2026, 12, 1, 7, 58))
    shifts.hand_over_duty(office, shift, CLERK, is_quiet=True, by=NIGHT)
    async with on_duty(office) as pilot:
        assert any("下一班12月1日12:00起可以接" in row for row in painted(pilot))
        await press(pilot, "1")
        assert page_of(pilot).status.shown == "下一班12月1日12:00起可以接。"


async def test_matters_stand_on_top_of_the_next_shift_and_are_taken_over_by_f5_enter(
    office: Office, clock: SetClock
) -> None:
    shift = taken(office)
    line = entries.record_entry(office, shift, Kind.CALL_IN, Details("停水", "白水镇"), by=NIGHT)
    others = [entries.record_entry(office, shift, Kind.CALL_IN, Details(gist), by=NIGHT) for gist in ("停电", "修路")]
    given = {one.id: SECOND for one in (line, *others)}
    shifts.hand_over_duty(office, shift, SECOND, given, by=NIGHT)
    clock.set(datetime(2026, 12, 1, 17, 28))
    shifts.take_over_duty(office, Crew(SECOND), by=SECOND)
    async with on_duty(office, SECOND) as pilot:
        rows = painted(pilot)
        place = next(index for index, row in enumerate(rows) if "以前各班移交" in row)
        assert "移交待阿依古丽·买买提接收" in rows[place + 1]
        assert any("5 全部接收" in row for row in rows)
        await press(pilot, "down", "down", "down", "down", "f5", "enter")
        holders = [one.handing.accepted_by if one.handing else None for one in entry_rows.open_matters(office)]
        assert holders == [SECOND, None, None]
        await press(pilot, "5")
        assert page_of(pilot).status.shown == "已接收 移交来的2件"
        assert not any("全部接收" in row for row in painted(pilot))


async def test_a_night_on_paper_is_entered_after_midnight_as_it_was_kept(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 2, 10, 0))
    async with on_duty(office) as pilot:
        await press(pilot, "ctrl+p", *"bdzzzb", "enter")
        await fill(pilot, day="2026-11-30", took="0030", officer=str(NIGHT), late="停电", paper_page="3")
        await press(pilot, "f2")
        assert not isinstance(pilot.app.screen, FormScreen), "\n".join(painted(pilot))
        assert "已补登 11月30日的班 值班员冯䶮" in page_of(pilot).status.shown
        await press(pilot, "f2")
        await fill(pilot, gist="塌方", at="0210", urgency="file")
        await press(pilot, "f2")
        await press(pilot, "f6", "enter")
        await fill(pilot, incoming=str(CLERK), at="0805")
        await press(pilot, "f2")
        assert "已交班 08:05" in page_of(pilot).status.shown
    shift = shift_rows.shift_on(office, MONDAY)
    assert shift is not None
    assert (shift.took_at, shift.handed_at) == (datetime(2026, 12, 1, 0, 30), datetime(2026, 12, 1, 8, 5))
    (line,) = lines(office)
    assert (line.happened_at, line.late_reason) == (datetime(2026, 12, 1, 2, 10), "补登:停电,纸质值班页第3页")


def test_every_form_of_duty_keeps_what_is_typed_into_it() -> None:
    calls = [
        (path.name, node)
        for path in Path(screens_duty.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "open_form"
    ]
    loose = [
        (name, node.lineno)
        for name, node in calls
        if "draft" not in [key.arg for key in node.keywords] and "查" not in ast.dump(node)
    ]
    assert len(calls) > 15
    assert not loose


async def test_a_digit_in_the_list_begins_an_act_and_no_tab(office: Office) -> None:
    async with on_duty(office) as pilot:
        await press(pilot, "2")
        assert page_of(pilot).status.shown == "还没有接班:先按1接班,再登记。"
        await press(pilot, "3")
        assert page_of(pilot).status.shown == "还没有接班,没有可以交的班。"


async def test_marked_text_in_a_call_stands_nowhere(office: Office) -> None:
    taken(office)
    async with on_duty(office) as pilot:
        await press(pilot, "f2")
        await typed(pilot, "机密★3年")
        await press(pilot, "enter")
        text = "\n".join(painted(pilot))
        assert "这里不能写涉密内容" in text
        assert "★" not in text
    assert lines(office) == []


@each_hostile
async def test_hostile_text_stands_on_the_page_as_it_was_typed(office: Office, text: str) -> None:
    shift = taken(office)
    gist = "塌方" + text[:300]
    line = entries.record_entry(office, shift, Kind.CALL_IN, Details(gist, text[:40]), by=NIGHT)
    handing.dispose(office, line.id, Urgency.URGENT, by=NIGHT)
    async with on_duty(office) as pilot:
        assert any("塌方" in row for row in painted(pilot))
        await press(pilot, "down", "down", "down", "f1")
        assert "第1号" in "\n".join(painted(pilot))


async def test_pages_and_months_turn_and_a_search_leads_to_its_page(office: Office, clock: SetClock) -> None:
    shift = taken(office)
    said = Details("塌方", "城关镇")
    entries.record_entry(office, shift, Kind.CALL_IN, said, urgency=Urgency.FILE, by=NIGHT)
    shifts.hand_over_duty(office, shift, CLERK, by=NIGHT)
    clock.set(datetime(2026, 12, 2, 17, 30))
    async with on_duty(office) as pilot:
        assert painted(pilot)[3].startswith(" 12月2日夜班")
        await press(pilot, "pageup")
        assert "空白班" in "\n".join(painted(pilot))
        await press(pilot, "f8")
        assert painted(pilot)[3].startswith(" 2026年12月值班")
        await press(pilot, "pageup", "enter")
        assert painted(pilot)[3].startswith(" 11月30日夜班")
        await press(pilot, "pagedown", "pagedown", "pagedown")
        assert painted(pilot)[3].startswith(" 12月2日夜班")
        await press(pilot, "f3")
        await typed(pilot, "城关 塌方")
        await press(pilot, "enter", "enter")
        assert painted(pilot)[3].startswith(" 11月30日夜班")


async def test_a_correction_strikes_the_line_and_writes_it_again(office: Office) -> None:
    shift = taken(office)
    entries.record_entry(office, shift, Kind.CALL_IN, Details("停水"), urgency=Urgency.FILE, by=NIGHT)
    async with on_duty(office) as pilot:
        await press(pilot, "down", "down", "down", "f4", "2")
        await typed(pilot, "重复登记")
        await press(pilot, "enter")
        assert lines(office)[0].struck_reason == "作废:重复登记"
        assert any("作废" in row and "停水" in row for row in painted(pilot))


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 18)])
async def test_a_long_line_keeps_its_state_in_sight(office: Office, size: tuple[int, int]) -> None:
    shift = taken(office)
    details = Details("强降雨" * 60, "市人民政府防汛抗旱指挥部办公室总值班室", "副主任 阿卜杜热合曼")
    entries.record_entry(office, shift, Kind.CALL_IN, details, by=NIGHT)
    async with on_duty(office, size=size) as pilot:
        assert any("缺缓急" in row for row in painted(pilot))


async def test_advice_is_a_page_a_kind(office: Office) -> None:
    taken(office)
    async with on_duty(office) as pilot:
        await press(pilot, "ctrl+p")
        await typed(pilot, "处置")
        await press(pilot, "enter", "down", "enter")
        assert "处置提示" in "\n".join(painted(pilot))


async def test_whom_to_call_is_written_from_the_menu_and_by_f7(office: Office) -> None:
    async with on_duty(office) as pilot:
        await press(pilot, "ctrl+p", *"yjlxb", "enter")
        assert "已导出 应急联系表第1版 exports/2026-11/2026-11-30_应急联系表.xlsx" in "\n".join(painted(pilot))
        assert (office.folder / "exports" / "2026-11" / "2026-11-30_应急联系表.xlsx").exists()
        await press(pilot, "f7")
        assert "3  应急联系表" in "\n".join(painted(pilot)).replace("   ", "  ")
        await press(pilot, "3")
        assert "应急联系表第1版" in "\n".join(painted(pilot))


async def test_a_divided_rest_day_is_leafed_through_shift_by_shift(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 6, 7, 50))
    settings.change_many(office, {"duty_rest_shifts": "8:00-20:00 20:00-8:00"}, by=None)
    day = shifts.take_over_duty(office, Crew(NIGHT, None, DEPUTY), by=NIGHT).shift
    clock.set(datetime(2026, 12, 6, 19, 59))
    async with on_duty(office, SECOND) as pilot:
        assert "12月6日白班(8:00—20:00)" in "\n".join(painted(pilot))
        shifts.hand_over_duty(office, day, SECOND, is_quiet=True, by=NIGHT)
        shifts.take_over_duty(office, Crew(SECOND, None, DEPUTY), by=SECOND)
        page_of(pilot).follow()
        await settled(pilot)
        assert "12月6日夜班(20:00—次日8:00)" in "\n".join(painted(pilot))
        clock.set(datetime(2026, 12, 7, 2, 10))  # example 16
        await press(pilot, "f2")
        await typed(pilot, "K12")
        await press(pilot, "enter")
        (line,) = pages.page(office, date(2026, 12, 6), datetime(2026, 12, 6, 20, 0)).lines
        assert line.told == "12月6日夜班第1号"
        await press(pilot, "pageup")
        assert "12月6日白班(8:00—20:00)" in "\n".join(painted(pilot))
        await press(pilot, "pagedown")
        assert "12月6日夜班" in "\n".join(painted(pilot))
        await press(pilot, "pagedown")
        assert "12月6日夜班" in "\n".join(painted(pilot))
        await press(pilot, "f8")
        rows = [row for row in painted(pilot) if "6日" in row and "班" in row]
        assert any("白班" in row for row in rows)
        assert any("夜班" in row for row in rows)
        await press(pilot, "up", "enter")
        assert "12月6日白班(8:00—20:00)" in "\n".join(painted(pilot))


async def test_each_part_is_taken_over_by_whom_the_roster_plans(
    office: Office, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    edges = [datetime(2026, 12, 6, 8, 0), datetime(2026, 12, 6, 20, 0), datetime(2026, 12, 7, 8, 0)]
    plans = (
        Plan(DEPUTY, (NIGHT,), CLERK, edges[0], edges[1], "白班"),
        Plan(DEPUTY, (SECOND,), CLERK, edges[1], edges[2], "夜班"),
    )
    sunday = date(2026, 12, 6)
    monkeypatch.setattr("govoffice_tui.registers.duty.planned.shifts_on", lambda _, day: plans if day == sunday else ())
    clock.set(datetime(2026, 12, 6, 7, 50))
    async with on_duty(office) as pilot:
        await press(pilot, "1")
        day = shift_rows.shift_on(office, sunday)
        assert day is not None
        assert (day.officer, day.leader, day.messenger) == (NIGHT, DEPUTY, CLERK)
        await press(pilot, "f6", "enter")
        assert any("阿依古丽" in row for row in painted(pilot))
        await press(pilot, "escape")
        shifts.hand_over_duty(office, day.id, SECOND, is_quiet=True, by=NIGHT)
    clock.set(datetime(2026, 12, 6, 19, 59))
    async with on_duty(office, SECOND) as pilot:
        await press(pilot, "1")
        assert [one.officer for one in shift_rows.shifts_of_day(office, sunday)] == [NIGHT, SECOND]
        assert "已接班 12月6日" in page_of(pilot).status.shown


async def test_a_blank_night_of_a_divided_day_is_explained_on_its_own_page(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 6, 7, 50))
    settings.change_many(office, {"duty_rest_shifts": "8:00-20:00 20:00-8:00"}, by=None)
    day = shifts.take_over_duty(office, Crew(NIGHT, None, DEPUTY), by=NIGHT).shift
    clock.set(datetime(2026, 12, 6, 20, 0))
    shifts.hand_over_duty(office, day, SECOND, is_quiet=True, by=NIGHT)
    clock.set(datetime(2026, 12, 7, 9, 0))
    async with on_duty(office) as pilot:
        page_of(pilot).visit(date(2026, 12, 6))
        await settled(pilot)
        assert "12月6日夜班" in "\n".join(painted(pilot))
        assert "空白班 没有人接班" in "\n".join(painted(pilot))
