"""督办 by pressed keys: a matter from its meeting to its striking off, the three pages, an older ledger brought in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.meetings.entering import enter_meeting
from govoffice_tui.registers.meetings.moving import hold_meeting
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.supervision import pages
from govoffice_tui.registers.supervision.recording import Matter, enter_decision
from govoffice_tui.registers.supervision.steps import note_progress
from govoffice_tui.registers.supervision.views import DecisionLine
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.meetings.kinds import MeetingKind
from govoffice_tui.rules.supervision import DecisionState
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from tests.factories import staff_lines
from tests.screens.conftest import HOSTILE
from tests.screens.driving import open_tab, painted, press, settled

TODAY = date(2026, 10, 12)
PLAN = Matter("修复水毁道路", "县交通局", date(2026, 10, 20), TODAY, source_words="县长批示", person="贺远山")
MEETING = MeetingPlan(
    MeetingKind.EXECUTIVE, "县政府常务会议", datetime(2026, 10, 12, 7), "一楼会议室", "孙县长", organiser="行政股"
)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Eight people; 周小萍 (staff 3) keeps the book, 吴桂芳 (8) is 股长."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(8), by=None)
    calendar.ensure(founded, 2026)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    for person, post in ((8, Post.SECTION_HEAD), (3, Post.SIGN_IN_KEEPER)):
        assign_post(founded, person, post, by=1)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on a tab, with somebody at the keyboard."""

    @asynccontextmanager
    async def running(
        tab: str = "supervision", by: int = 3, size: tuple[int, int] = (100, 30)
    ) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == by)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await open_tab(pilot, tab)
                yield pilot
        finally:
            desk.close()

    return running


def status(pilot: Pilot[str]) -> str:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert isinstance(screen, RegisterScreen)
    return screen.status.shown


def only(office: Office) -> DecisionLine:
    (line,) = pages.recent(office)
    return line


def shows(pilot: Pilot[str], words: str) -> bool:
    return any(words in row for row in painted(pilot))


async def type_in(pilot: Pilot[str], *texts: str) -> None:
    """Paste a text into the field that has the focus and go on, one after another."""
    for text in texts:
        assert pilot.app.focused is not None
        if text:
            pilot.app.focused.post_message(events.Paste(text))
            await settled(pilot)
        await press(pilot, "enter")


async def test_a_matter_is_entered_reported_put_off_done_and_struck_off_by_keys(
    office: Office, clock: SetClock, run: Run
) -> None:
    meeting = enter_meeting(office, MEETING, by=3).key
    hold_meeting(office, meeting, 30, by=3)
    async with run() as pilot:
        assert shows(pilot, "没有在办的督办事项")
        await press(pilot, "f2")
        await type_in(pilot, "修复水毁道路", "县交通局", "10.9", "", "1")
        await press(pilot, "f2")
        assert shows(pilot, "办理时限早于立项日期")
        await press(pilot, *["backspace"] * 4)
        await type_in(pilot, "20")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 督〔2026〕1号 县交通局 时限2026年10月20日"
        assert shows(pilot, "余8天")
        await press(pilot, "1")
        assert status(pilot).endswith("10月12日7:50 电话催办 县交通局")
        await press(pilot, "f5", "1")
        await type_in(pilot, "路基已回填")
        await press(pilot, "f2")
        assert status(pilot).endswith("路基已回填(电话)")
        await press(pilot, "f5", "3")
        await type_in(pilot, "30")
        await press(pilot, "f2")
        assert shows(pilot, "请填批准领导")
        await type_in(pilot, "孙县长", "连日下雨")
        await press(pilot, "f2")
        assert status(pilot).endswith("延期至2026年10月30日,孙县长批准:连日下雨")
        await press(pilot, "f5", "2", "f2")
        assert only(office).state is DecisionState.GOING
        await type_in(pilot, "验收单第3号")
        await press(pilot, "f2")
        assert status(pilot).endswith("办结:验收单第3号")
        await press(pilot, "f5", "1")
        await type_in(pilot, "孙县长")
        await press(pilot, "f2")
        assert shows(pilot, "需由股长、分管副主任、主任办理")
        await press(pilot, "escape", "enter")
        assert shows(pilot, "原定2026年10月20日,延期1次")
        await press(pilot, "escape", "f4", "3", "1")
        await type_in(pilot, "记在别的事上了")
        await press(pilot, "f2")
        assert status(pilot).startswith("已划去 督〔2026〕1号 10月12日 办结")
    assert (only(office).meeting, only(office).state) == (meeting, DecisionState.GOING)
    assert verify_office(office).findings == ()


async def test_a_meeting_that_was_held_opens_the_form_filled_with_it(office: Office, run: Run) -> None:
    meeting = enter_meeting(office, MEETING, by=3).key
    hold_meeting(office, meeting, 30, by=3)
    async with run("meetings", by=8) as pilot:
        await press(pilot, "enter", "f5")
        rows = [row for row in painted(pilot) if "登记议定事项(督办)" in row]
        await press(pilot, rows[0].split("登记议定事项")[0].strip()[-1])
        assert shows(pilot, f"登记议定事项 {meeting.shown} 县政府常务会议(第1次)")
        await type_in(pilot, "修复水毁道路", "县交通局", "长期")
        await press(pilot, "f2")
        assert "已登记 督〔2026〕1号 县交通局 时限长期" in status(pilot)
        await press(pilot, "f5")
        assert shows(pilot, "看督办事项1件")
    assert (only(office).meeting, only(office).due) == (meeting, None)


async def test_three_pages_in_turn_and_the_papers_of_each(office: Office, clock: SetClock, run: Run) -> None:
    key = enter_decision(office, replace(PLAN, due=date(2026, 10, 14)), by=3).key
    enter_decision(office, replace(PLAN, matter="清淤", lead_unit="县水利局", due=None), by=3)
    note_progress(office, key, "进场", by=3)
    clock.set(datetime(2026, 11, 2, 9))
    async with run(by=8, size=(80, 24)) as pilot:
        assert shows(pilot, "逾期19天")
        await press(pilot, "f8")
        assert shows(pilot, "2026年11月 督办   上月结转2 +新增0 -办结0 =结转下月2")
        await press(pilot, "pageup", "f8")
        assert any("第1" in row and "县交通局" in row and "逾期1" in row for row in painted(pilot))
        await press(pilot, "f6", "1")
        assert status(pilot) == "已封存 2026年10月督办"
        await press(pilot, "f7", "2")
        assert "督办清单第1版" in status(pilot)
        await press(pilot, "f7", "1")
        assert "2026-10_会议及督办情况月报.xlsx" in status(pilot)
        await press(pilot, "f8", "f4", "1")
        await type_in(pilot, "单位写错", "", "县水利局")
        await press(pilot, "f2")
        assert shows(pilot, "更正单")
    assert pages.in_hand(office)[0].lead_unit == "县交通局"


async def test_an_older_ledger_is_shown_before_it_is_entered(office: Office, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("督办事项,责任单位,时限,交办时间\n修路,城关镇,2026-11-05,2026-09-01\n", encoding="utf-8")
    wrong = tmp_path / "错.csv"
    wrong.write_text("督办事项,责任单位,时限\n修路,城关镇,下月\n", encoding="utf-8")
    async with run() as pilot:
        for file, words in ((wrong, "有1处要改"), (path, "没办完的1件")):
            await press(pilot, "ctrl+p")
            await type_in(pilot, "导入督办")
            await type_in(pilot, str(file))
            assert shows(pilot, words)
            assert pages.in_hand(office) == []
            if file is wrong:
                await press(pilot, "escape")
        await press(pilot, "1")
        assert status(pilot) == "已导入督办1件"
    assert only(office).is_opening


async def test_what_somebody_typed_is_never_markup(office: Office, run: Run) -> None:
    for text in HOSTILE.values():
        words = text[:60]
        key = enter_decision(office, replace(PLAN, matter=f"甲{words}", lead_unit=f"乙{words}"), by=3).key
        note_progress(office, key, f"丙{words}", by=3)
    async with run() as pilot:
        for _ in HOSTILE:
            await press(pilot, "enter")
            assert shows(pilot, "丙")
            await press(pilot, "escape", "down")
        await press(pilot, "f5", "1")
        assert shows(pilot, "记进展")
        await press(pilot, "escape", "f8")
        assert any("甲[red]x" in row for row in painted(pilot))
        await press(pilot, "f8", "enter")
        assert shows(pilot, "时限2026年10月20日")
