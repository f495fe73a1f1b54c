"""印章 by pressed keys: a stamp in twelve of them, what is missing named, and a seal from hand to hand."""

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
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.reviews import open_reviews
from govoffice_tui.registers.seals import keeping_pages, pages
from govoffice_tui.registers.seals.views import UseRow
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.seal_states import UseState
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from tests.factories import staff_lines
from tests.screens.conftest import HOSTILE
from tests.screens.driving import open_tab, painted, press, settled
from tests.seal_factories import KEEPER, notice, posts_filled, stamp, two_seals

TODAY = date(2026, 10, 12)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Sixty people; 赵敏 is 主任, 钱峰 分管副主任, 周小萍 (staff 3) keeps the seals."""
    clock = SetClock(datetime(2026, 10, 12, 8, 30))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(60), by=None)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on the tab, with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30), who: int = KEEPER) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, TODAY) if one.id == who)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                await open_tab(pilot, "seals")
                yield pilot
        finally:
            desk.close()

    return running


def status(pilot: Pilot[str]) -> str:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert isinstance(screen, RegisterScreen)
    return screen.status.shown


def lines(office: Office) -> list[UseRow]:
    return list(reversed(pages.month(office, "2026-10")))


async def type_in(pilot: Pilot[str], text: str) -> None:
    """Paste a text into the field that has the focus."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(events.Paste(text))
    await settled(pilot)


def shows(pilot: Pilot[str], words: str) -> bool:
    rows = painted(pilot)
    if not any(words in row for row in rows):
        print("\n".join(rows))
        return False
    return True


class Keyboard:
    """Presses keys and counts them; typed text is not counted."""

    def __init__(self, pilot: Pilot[str]) -> None:
        self.pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await press(self.pilot, *keys)

    async def type(self, text: str) -> None:
        await type_in(self.pilot, text)


async def test_a_stamp_takes_at_most_twelve_keys_beside_what_is_typed(office: Office, run: Run) -> None:
    ours, _ = two_seals(office)
    stamp(office, ours, notice(1, "上一件"))
    async with run() as pilot:
        keys = Keyboard(pilot)
        await keys.press("f2")
        assert shows(pilot, "还缺:分管副主任签字、")
        await keys.press("1", "enter")
        await keys.type("关于做好秋季防火工作的通知")
        await keys.press("enter")
        await keys.type("政办发〔2026〕88号")
        await keys.press("enter", "enter")
        await keys.type("30")
        await keys.press("enter", "space", "enter")
        await keys.type("韩文斌")
        await keys.press("enter")
        assert shows(pilot, "还缺:承办人签字")
        await keys.press("1", "enter")
        assert keys.count <= 12
        assert status(pilot) == "已登记 印〔2026〕2号 行政股 公文 30份"
        assert shows(pilot, "关于做好秋季防火工作的通知")
    line = lines(office)[-1]
    assert (line.seal, line.unit, line.copies, line.impressions, line.state) == (ours, "行政股", 30, 30, UseState.USED)
    assert line.approver is not None
    assert (line.approver.words, line.deputy, line.agent, line.page_line) == ("主任 赵敏", "钱峰", "韩文斌", 2)
    assert (line.gaps, line.document_number) == ((), "政办发〔2026〕88号")
    assert verify_office(office).findings == ()


async def test_the_first_stamp_of_a_new_office_step_by_step_at_80_by_24(office: Office, run: Run) -> None:
    posts_filled(office)
    async with run(size=(80, 24)) as pilot:
        await press(pilot, "f2")
        assert "还没有印章" in status(pilot)
        await press(pilot, "f8", "f8", "f8")
        assert shows(pilot, "还没有印章。")
        await press(pilot, "f2")
        await type_in(pilot, "测试县人民政府办公室")
        await press(pilot, "enter", "2", "enter")
        await type_in(pilot, "行政股保险柜")
        await press(pilot, "f2")
        assert "已登记印章" in status(pilot)
        assert shows(pilot, "没有保管人")
        await press(pilot, "f5", "1")
        await press(pilot, "enter")
        await type_in(pilot, "周小萍")
        await press(pilot, "enter")
        await type_in(pilot, "吴桂芳")
        await press(pilot, "f2")
        assert "由周小萍保管" in status(pilot)
        await press(pilot, "f6", "enter")
        assert status(pilot) == "已清点上锁 测试县人民政府办公室"
        assert shows(pilot, "已清点 8:30")
        await press(pilot, "f8", "f8", "f2")
        await type_in(pilot, "赵敏")
        await press(pilot, "enter", "1", "enter")
        await type_in(pilot, "教育局")
        await press(pilot, "enter")
        await type_in(pilot, "会议纪要")
        await press(pilot, "f2")
        assert shows(pilot, "请填份数")
        await type_in(pilot, "5")
        await press(pilot, "f2")
        assert shows(pilot, "还缺承办人签字")
        assert shows(pilot, "印章管理制度第3条")
        await press(pilot, "1", "f2")
        assert shows(pilot, "请写承办人签在第几页")
        await type_in(pilot, "1")
        await press(pilot, "f2")
        assert shows(pilot, "还缺核对:内容完整、非空白、与批准件一致、落款相符")
        await press(pilot, "space", "f2")
        assert shows(pilot, "还缺承办人")
        await type_in(pilot, "马立新")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 印〔2026〕1号 教育局 公文 5份"
        await press(pilot, "1")
        assert status(pilot) == "已验印 印〔2026〕1号 端正、清晰"
        assert shows(pilot, "已验印")
        await press(pilot, "f1")
        assert shows(pilot, "印章管理制度第3条")
    assert verify_office(office).findings == ()


async def test_blank_paper_is_refused_and_listed_and_an_outage_is_recorded_with_its_gaps(
    office: Office, run: Run
) -> None:
    ours, _ = two_seals(office)
    stamp(office, ours, notice(1, "上一件"))
    async with run() as pilot:
        await press(pilot, "f2", "1", "enter")
        await type_in(pilot, "介绍信")
        await press(pilot, "enter", "enter", "9")
        assert shows(pilot, "一律不盖章")
        await press(pilot, "enter", "2", "f2")
        assert shows(pilot, "一律不盖章,已记入拒绝用印清单")
        await press(pilot, "escape", "ctrl+p")
        await type_in(pilot, "停机补登")
        await press(pilot, "enter", "enter")
        await type_in(pilot, "810")
        await press(pilot, "enter")
        await type_in(pilot, "停电")
        await press(pilot, "enter")
        await type_in(pilot, "应急页1")
        await press(pilot, "enter", "enter", "2", *["tab"] * 7)
        await type_in(pilot, "教育局")
        await press(pilot, "enter")
        await type_in(pilot, "学籍证明")
        await press(pilot, "enter", "enter", "3", "enter")
        await type_in(pilot, "2")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 印〔2026〕2号 教育局 证明 2份"
        assert shows(pilot, "缺项")
    (line,) = [one for one in lines(office) if one.is_outage]
    assert (line.gaps, f"{line.stamped_at:%H:%M}") == (("批准人", "核对", "承办人", "承办人签字"), "08:10")
    (kept,) = keeping_pages.refusals(office, TODAY, TODAY)
    assert (kept.name, "行政股送来的“介绍信”" in kept.words) == ("周小萍", True)


async def test_a_line_goes_from_waiting_to_signed_corrected_and_void(office: Office, run: Run) -> None:
    ours, _ = two_seals(office)
    stamp(office, ours, page=None)
    stamp(office, ours, replace(notice(2, "会议纪要"), document_number=""))
    async with run() as pilot:
        assert shows(pilot, "待签字")
        await press(pilot, "down", "f5", "1")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 印〔2026〕1号 行政股 公文 30份"
        await press(pilot, "f4", "1")
        await type_in(pilot, "单位写错")
        await press(pilot, "enter", "ctrl+u")
        await type_in(pilot, "信息股")
        await press(pilot, "f2")
        assert status(pilot) == "已更正 印〔2026〕1号 信息股 公文 30份,待复核"
        await press(pilot, "up", "up", "f4", "2")
        await type_in(pilot, "没有盖")
        await press(pilot, "f2")
        assert status(pilot) == "已作废 印〔2026〕2号,待复核"
        await press(pilot, "f8")
        assert shows(pilot, "作废 1号")
        assert shows(pilot, "已更正")
        await press(pilot, "enter")
        assert shows(pilot, "齐年盖月")
        await press(pilot, "escape", "pageup")
        assert shows(pilot, "2026年9月 用印登记簿")
    assert [one.words for one in open_reviews(office, "seals")] == [
        "更正印〔2026〕1号(单位写错)",
        "作废印〔2026〕2号(没有盖)",
    ]
    assert verify_office(office).findings == ()


async def test_an_application_is_agreed_to_drawn_down_and_a_stranger_cannot_stamp(office: Office, run: Run) -> None:
    two_seals(office)
    async with run() as pilot:
        await press(pilot, "f8", "f8", "f2")
        await press(pilot, "1", "enter")
        await type_in(pilot, "县水利局")
        await press(pilot, "enter", "enter", "enter")
        await type_in(pilot, "取水许可")
        await press(pilot, "enter", "enter", "enter")
        await type_in(pilot, "4")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 批〔2026〕1号 县水利局 申请"
        await press(pilot, "f5", "1")
        await type_in(pilot, "副县长 马骏")
        await press(pilot, "f2")
        assert shows(pilot, "还缺分管副主任签字")
        await press(pilot, "1", "f2")
        assert status(pilot) == "已登记 批〔2026〕1号 县水利局 同意"
        await press(pilot, "f5", "1")
        await press(pilot, "enter", "space", "enter")
        await type_in(pilot, "马立新")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 印〔2026〕1号 县水利局 公文 4份"
        assert shows(pilot, "已用完")
    async with run(who=8) as pilot:
        await press(pilot, "f6", "enter")
        assert "手里没有印章" in status(pilot)
    assert verify_office(office).findings == ()


async def test_hostile_texts_of_the_book_are_shown_as_text(office: Office, run: Run) -> None:
    ours, _ = two_seals(office)
    for text in HOSTILE.values():
        stamp(office, ours, notice(1, text), unit=text)
    async with run() as pilot:
        await press(pilot, "f8")
        assert shows(pilot, "[/]")
        await press(pilot, "enter", "escape", "f3", "escape", "f2", "escape", "f4", "1", "escape")
        assert shows(pilot, "用印登记簿")
