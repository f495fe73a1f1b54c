"""印章 by pressed keys, further: a seal out of the office and back, a line found again, an approval on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals import carry_pages, pages
from govoffice_tui.registers.seals.approvals import apply_for_stamp, approve_stamp
from govoffice_tui.registers.seals.carrying import Errand, Leave, apply_carry, approve_carry, bring_back
from govoffice_tui.registers.seals.requests import Consent, Request
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import CarryState
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.seals.answers import batch_text, read_batch, read_organs
from govoffice_tui.screens.seals.finding import SealSearch
from govoffice_tui.screens.seals.lines import use_words
from tests.factories import staff_lines
from tests.screens.driving import open_tab, painted, press, settled
from tests.seal_factories import BOSS, HEAD, KEEPER, SECOND, notice, stamp, two_seals

TODAY = date(2026, 10, 12)
FIVE = datetime(2026, 10, 12, 17, 0)
CARRIES = ("f8",) * 4
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 10, 12, 8, 30))


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Twelve people; 赵敏 is 主任, 钱峰 分管副主任, 周小萍 (staff 3) keeps the seals."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(12), by=None)
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


def page(pilot: Pilot[str]) -> RegisterScreen:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert isinstance(screen, RegisterScreen)
    return screen


def on_the_page(pilot: Pilot[str]) -> bool:
    return pilot.app.screen is page(pilot)


def status(pilot: Pilot[str]) -> str:
    return page(pilot).status.shown


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


def _let_out(office: Office, seal: int, place: str) -> int:
    carry = apply_carry(office, Errand(seal, "县医院", "项目合同20份", place, FIVE), by=KEEPER).carry
    approve_carry(office, carry, Leave(BOSS, TODAY), by=KEEPER)
    return carry


async def test_a_seal_goes_out_is_used_on_the_spot_and_comes_back(office: Office, clock: SetClock, run: Run) -> None:
    ours, _ = two_seals(office)
    stamp(office, ours, notice(1, "上一件"))
    async with run() as pilot:
        await press(pilot, *CARRIES)
        assert shows(pilot, "没有印章外带")
        await press(pilot, "f2", "2", "enter")
        await type_in(pilot, "县医院")
        await press(pilot, "enter")
        await type_in(pilot, "项目合同20份")
        await press(pilot, "enter")
        await type_in(pilot, "县医院会议室")
        await press(pilot, "f2")
        assert shows(pilot, "请填几点前归还")
        await type_in(pilot, "1700")
        await press(pilot, "f2")
        assert status(pilot) == "已登记 带〔2026〕1号 测试县人民政府办公室 县医院会议室 申请"
        await press(pilot, "f5", "1", "ctrl+u")
        await type_in(pilot, "钱峰")
        await press(pilot, "f2")
        assert shows(pilot, "副主任 钱峰不能批准:印章带出办公室使用,须请示主任批准")
        await press(pilot, "ctrl+u")
        await type_in(pilot, "赵敏")
        await press(pilot, "f2")
        assert status(pilot).endswith("同意")
        await press(pilot, "f5", "1", "f2")
        assert status(pilot).endswith("外带")
        assert shows(pilot, "在外 1枚")
        await press(pilot, "f5", "1")
        assert shows(pilot, "1 测试县人民政府办公室(外带)")  # the one that is out, no other
        await press(pilot, "1", "enter")
        await type_in(pilot, "项目合同")
        await press(pilot, "enter", "enter", "enter")
        await type_in(pilot, "20")
        await press(pilot, "enter", "space", "enter")
        await type_in(pilot, "韩文斌")
        await press(pilot, "enter", "1", "enter")
        assert status(pilot) == "已登记 印〔2026〕2号 行政股 公文 20份"
        assert shows(pilot, "县医院会议室")
        clock.set(datetime(2026, 10, 12, 11, 0))
        await press(pilot, "f5", "2", "f2")
        assert status(pilot).endswith("已归还")
        await press(pilot, "f5", "1", "f2")
        assert shows(pilot, "验收要由携带人以外的人办,周小萍不能验收自己带出的印章")
    async with run((80, 24), who=HEAD) as pilot:
        await press(pilot, *CARRIES, "f5", "1", "f2")
        assert status(pilot).endswith("已验收")
        await press(pilot, "enter")
        assert shows(pilot, "现场用印  印〔2026〕2号")
    (row,) = carry_pages.carries(office)
    assert (row.state, row.keeper, row.inspected_by) == (CarryState.INSPECTED, KEEPER, HEAD)
    assert [(one.copies, one.carry) for one in row.uses] == [(20, row.id)]
    assert verify_office(office).findings == ()


async def test_only_the_holder_takes_a_seal_out_and_nobody_takes_it_twice(office: Office, run: Run) -> None:
    ours, _ = two_seals(office)
    _let_out(office, ours, "县医院")
    async with run(who=HEAD) as pilot:
        await press(pilot, *CARRIES, "f5", "1", "f2")
        assert shows(pilot, "测试县人民政府办公室现由周小萍保管")
        assert shows(pilot, "不能用印")
    _let_out(office, ours, "县中学")
    async with run() as pilot:
        await press(pilot, *CARRIES, "f5", "1", "f2")
        assert shows(pilot, "在外 1枚")
        place = [one.state for one in carry_pages.carries(office)].index(CarryState.APPROVED)
        await press(pilot, "home", *["down"] * place, "f5", "1", "f2")
        assert shows(pilot, "测试县人民政府办公室正在外带,归还以前不能再带出")
        await press(pilot, "escape", "f8", "f2")
        assert shows(pilot, "2 测试县人民政府办公室(外带)")
        await press(pilot, "escape", *CARRIES, "home", *["down"] * (1 - place), "f5")
        out = next(one.id for one in carry_pages.carries(office) if one.state is CarryState.OUT)
        bring_back(office, out, by=KEEPER)  # at another window, while the menu stands here
        await press(pilot, "1")
        assert status(pilot) == "这枚印章已经归还,不能再登记现场用印。"
    assert sorted(one.state.value for one in carry_pages.carries(office)) == ["approved", "back"]


async def test_a_line_of_another_day_is_found_and_gone_to(office: Office, clock: SetClock, run: Run) -> None:
    ours, _ = two_seals(office)
    stamp(office, ours, notice(title="关于林地证明100%_属实的函"), unit="林业局")
    clock.set(datetime(2026, 10, 15, 8, 40))
    for number in range(3):
        stamp(office, ours, notice(title=f"第{number}号通知"), unit="教育局")
    async with run((80, 24)) as pilot:
        await press(pilot, "f3")
        assert isinstance(pilot.app.screen, SealSearch)
        await type_in(pilot, "教育局")
        assert shows(pilot, "共3件")
        assert pilot.app.screen.query_one(OptionList).option_count == 3
        for typed in ("%", "_"):
            await press(pilot, "ctrl+u")
            await type_in(pilot, typed)
            assert shows(pilot, "共1件")
        await press(pilot, "ctrl+u")
        await type_in(pilot, "教育_")
        assert shows(pilot, "登记簿里没有这样的用印")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, SealSearch)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "林业局 100%")
        await press(pilot, "enter")
        assert on_the_page(pilot)
        assert shows(pilot, "2026年10月12日")
        assert shows(pilot, "林业局")
        await press(pilot, "f3", "escape")
        assert on_the_page(pilot)
        assert shows(pilot, "2026年10月12日")


async def test_the_approval_under_the_cursor_is_written_by_f7(office: Office, run: Run) -> None:
    ours, _ = two_seals(office)
    for title in ("甲", "乙"):
        stamp(office, ours, notice(1, title))
    asked = apply_for_stamp(office, Request(ours, "水利局", "韩文斌"), [notice(8)], by=KEEPER)
    approve_stamp(office, asked.approval, Consent(BOSS, deputy=SECOND), by=KEEPER)
    async with run() as pilot:
        await press(pilot, "end", "f8", "f8", "f7")  # the cursor of the stamps' page means nothing on the approvals'
        assert shows(pilot, "用印审批单")
        await press(pilot, "4")
        assert "2026-10_批2026-3_用印审批单.xlsx" in status(pilot)
    (written,) = (office.folder / "exports").rglob("*.xlsx")
    assert written.name == "2026-10_批2026-3_用印审批单.xlsx"


def test_a_batch_is_read_with_the_marks_a_chinese_keyboard_writes_and_no_count_is_guessed(office: Office) -> None:
    first = notice(2)
    read = read_batch("会议纪要\uff1b政办纪〔2026〕3号\uff1b5份\n\n在职证明;3\n合同;;\uff12", first)
    assert [(one.title, one.document_number, one.copies) for one in read] == [
        ("会议纪要", "政办纪〔2026〕3号", 5),
        ("在职证明", "", 3),
        ("合同", "", 2),
    ]
    for text in ("会议纪要", "会议纪要;政办纪〔2026〕3号", "甲;乙;丙;1", "甲;1000000", "甲;-1", "甲;"):
        with pytest.raises(Refused, match="第2行读不懂或没有份数") as refused:
            read_batch(f"在职证明;3\n{text}", first)
        assert refused.value.field == "batch"
    again = apply_for_stamp(
        office,
        Request(two_seals(office)[0], "水利局"),
        [first, replace(first, title="涉密件,见机要第3册第12页", document_number="")],
        by=KEEPER,
    )
    found = pages.approval(office, again.approval)
    assert found is not None
    assert batch_text(found.items[1:]) == "涉密件,见机要第3册第12页;;2"
    organs = read_organs("县委办\uff0c本单位\uff1b人大办、县政协办", office)
    assert [(one.name, one.is_ours) for one in organs] == [
        ("县委办", False),
        ("测试县人民政府办公室", True),
        ("人大办", False),
        ("县政协办", False),
    ]


def test_a_number_of_five_digits_stands_apart_from_the_next_column(office: Office) -> None:
    ours, _ = two_seals(office)
    stamp(office, ours)
    line = replace(pages.uses(office, TODAY, TODAY)[0], number="印〔2026〕14948号")
    for width in (78, 98):
        assert use_words(line, width, with_day=False).plain.startswith("14948号 办公室")
