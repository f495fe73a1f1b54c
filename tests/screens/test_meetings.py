"""会议 by pressed keys: forty units from the first line to the archive, corrections, lists, and what is not to be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import settings
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.meetings import months, pages
from govoffice_tui.registers.meetings.entering import enter_meeting
from govoffice_tui.registers.meetings.moving import cancel_meeting
from govoffice_tui.registers.meetings.notices import AttendeeEntry, import_attendees
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.topics import TopicPlan, add_topic
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.meetings.kinds import MeetingKind
from govoffice_tui.rules.meetings.parts import Mark, Outcome, Reply
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.form import FormScreen
from tests.factories import staff_lines
from tests.screens.conftest import HOSTILE
from tests.screens.driving import open_tab, painted, press, settled

Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]
FIRST = MeetingKey(2026, 1)
UNITS = "、".join(f"第{number}局" for number in range(1, 41))
EXECUTIVE = MeetingPlan(MeetingKind.EXECUTIVE, "县政府常务会议", datetime(2026, 10, 14, 9), "一楼会议室", "江一帆")


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Eight people; 周小萍 (staff 3) keeps the book."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(8), by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    assign_post(founded, 3, Post.SIGN_IN_KEEPER, by=1)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on the tab 会议, with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next(one for one in people_on(office, office.now().date()) if one.id == 3)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                await open_tab(pilot, "meetings")
                yield pilot
        finally:
            desk.close()

    return running


def status(pilot: Pilot[str]) -> str:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert screen is not None
    return screen.status.shown


async def fill(pilot: Pilot[str], **answers: str) -> None:
    """Fill fields of the open form by their names, each by the keyboard, and send."""
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    for name, text in answers.items():
        row = next(row for row in form.rows if row.field.name == name)
        row.begin()
        await pilot.pause()
        if row.field.kind == "choice":
            await press(pilot, text)
        else:
            row.fill("")
            assert pilot.app.focused is not None
            pilot.app.focused.post_message(events.Paste(text))
            await settled(pilot)
    await press(pilot, "f2")
    assert not isinstance(pilot.app.screen, FormScreen), painted(pilot)


async def choose(pilot: Pilot[str], key: str, words: str) -> None:
    """Open the menu of a key and take the entry that begins so, by its digit."""
    await press(pilot, key)
    options = pilot.app.screen.options  # type: ignore[attr-defined]
    digit = next(digit for digit, shown, _ in options if shown.plain.startswith(words))
    await press(pilot, digit)


async def test_a_meeting_of_forty_units_from_notice_to_archived_minutes_needs_no_mouse(
    office: Office, clock: SetClock, run: Run
) -> None:
    async with run() as pilot:
        assert any("这个月没有会议" in row for row in painted(pilot))
        await press(pilot, "f2", "2")
        assert any("纪要:县长签发(会议管理制度第4条)" in row for row in painted(pilot))
        await fill(pilot, day="10.14", starts="900", place="一楼会议室", chair="江一帆")
        assert status(pilot).startswith("已登记 会〔2026〕1号 县政府常务会议(第1次)")
        await press(pilot, "right", "f2")
        await fill(pilot, title="审议防汛预案", unit="第1局")
        for reviewer in ("冯䶮", "钱峰", "赵敏", "江一帆"):
            await choose(pilot, "f5", "送审下一步")
            await fill(pilot, reviewer=reviewer)
        await choose(pilot, "f5", "议题审定")
        assert "议题已审定" in status(pilot)
        await press(pilot, "right", "f2")
        await fill(pilot, title="防汛预案(送审稿)", copies="40", is_collected_back="2")
        await press(pilot, "right", "f2")
        await fill(pilot, units=UNITS)
        assert status(pilot) == "已添加 单位40个 人员0名"
        await press(pilot, *"1" * 20, *"2" * 2, *"3" * 3, *"4" * 2, *"1" * 13)
        assert pages.page(office, FIRST).line.replied == 38
        await press(pilot, "home", "4")
        await press(pilot, "1")
        found = pages.page(office, FIRST).notices
        assert [one.reply for one in found].count(Reply.COMING) == 33
        assert found[0].reply is Reply.UNREACHED
        assert {one.replied_by for one in found} == {"周小萍"}
        await press(pilot, "left", "f5")
        await press(pilot, "1")
        await fill(pilot)
        assert "发给第2局等35处" in status(pilot)

        clock.set(datetime(2026, 10, 14, 9, 5))
        await press(pilot, "right", "right")
        await press(pilot, "end", "up", "3", "2")
        await press(pilot, "f2")
        await fill(pilot, unit="县电视台", name="任远")
        await press(pilot, "f6", "enter")
        assert "到会37人" in status(pilot)
        await press(pilot, *["left"] * 3)
        await press(pilot, "home", "1")
        await press(pilot, "right", "home", "1")
        assert "已收回 防汛预案(送审稿) 35份" in status(pilot)
        await press(pilot, *["right"] * 3)
        await choose(pilot, "f5", "整理纪要")
        await fill(pilot, drafter="冯䶮")
        await choose(pilot, "f5", "核稿")
        await fill(pilot, checker="钱峰")
        await press(pilot, "f5", "1")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.rows[0].fill("vice")
        form.rows[1].fill("陆远")
        await press(pilot, "f2")
        assert any("由县长签发,不能由分管副县长签发" in row for row in painted(pilot))
        await fill(pilot, signer_post="1", signer="江一帆")
        assert status(pilot) == "已签发 纪〔2026〕1号"
        await choose(pilot, "f5", "印发")
        await fill(pilot, copies="45", recipients="县政府领导,各有关单位")
        await press(pilot, "f6", "enter")
        await fill(pilot, paper_book="会议卷", paper_page="1")
        assert "已归档" in status(pilot)
        assert any("编号  纪〔2026〕1号   共0天" in row for row in painted(pilot))
        await press(pilot, "escape")
        assert any("县政府常务会议(第1次)" in row and "37人" in row and "归档" in row for row in painted(pilot))
    (line,) = months.listed(office, "2026-10")
    assert (line.state, line.people, line.minutes_number) == (MeetingState.ARCHIVED, 37, "纪〔2026〕1号")
    seen = pages.page(office, FIRST)
    assert seen.topics[0].outcome is Outcome.PASSED
    assert [one.mark for one in seen.attendees][-3:] == [Mark.ABSENT, Mark.LATE, Mark.PRESENT]
    assert verify_office(office).findings == ()


async def test_a_meeting_is_put_right_put_off_copied_and_voided_by_keys(
    office: Office, clock: SetClock, run: Run
) -> None:
    enter_meeting(office, EXECUTIVE, by=3)
    people = [AttendeeEntry(2, "县财政局", "马骏", "局长"), AttendeeEntry(3, "县水利局", "白羽", "局长")]
    import_attendees(office, FIRST, people, by=3)
    async with run((80, 24)) as pilot:
        await choose(pilot, "f4", "更正会议")
        await fill(pilot, why="写错", place="三楼会议室")
        await choose(pilot, "f5", "改期")
        await fill(pilot, day="10.15", ordered_by="主任 赵敏", why="县长出差")
        assert "改到10月15日9:00" in status(pilot)
        await press(pilot, "enter", *["right"] * 3, "home")
        await choose(pilot, "f4", "替会人")
        await fill(pilot, name="丁平", position="副局长", stands_for="局长 马骏", approved_by="江一帆")
        assert any("副局长 丁平" in row and "替局" in row for row in painted(pilot))
        await press(pilot, "2")
        await press(pilot, "home")
        await choose(pilot, "f4", "撤回回执")
        assert "已撤回 县财政局 的回执" in status(pilot)
        await press(pilot, "down")
        await choose(pilot, "f4", "划去这个单位")
        await fill(pilot, why="多通知了")
        await press(pilot, "f8")
        await choose(pilot, "f5", "照此登记下一次")
        await fill(pilot, day="10.21")
        assert status(pilot).startswith("已登记 会〔2026〕2号 县政府常务会议(第2次)")
        assert [one.unit for one in pages.page(office, MeetingKey(2026, 2)).notices] == ["县财政局"]
        await choose(pilot, "f4", "作废会议")
        await fill(pilot, why="登错")
        assert status(pilot) == "已作废 会〔2026〕2号"
        await press(pilot, "ctrl+p")
        await pilot.press(*"登记涉密会议", "enter")
        await settled(pilot)
        await fill(pilot, day="10.16")
        assert any("只记编号和日期,不记议题、名单、材料" in row for row in painted(pilot))
        for words in ("添加事项", "登记议题", "登记材料", "添加通知单位", "添加列席人员"):
            await press(pilot, "f2")
            assert status(pilot).startswith(f"涉密会议只记编号和日期,不能{words}")
            assert not isinstance(pilot.app.screen, FormScreen)
            await press(pilot, "right")
        await press(pilot, "f4", "escape", "escape")
        await press(pilot, "f6", "1")
        assert "还不能封存" in status(pilot)
    stored = office.fetch("SELECT place, chair, organiser FROM meetings WHERE is_classified = 1")
    assert stored == [("—", "", "")]
    assert verify_office(office).findings == ()


async def test_a_list_is_read_and_looked_at_before_it_is_written(office: Office, tmp_path: Path, run: Run) -> None:
    enter_meeting(office, EXECUTIVE, by=3)
    listed = tmp_path / "名单.csv"
    listed.write_text("参会单位,姓名,职务\n县财政局,马骏,局长\n,白羽,副局长\n城关镇,丁宁,镇长\n", encoding="utf-8")
    wrong = tmp_path / "名单2.csv"
    wrong.write_text("单位,姓名\n,马骏\n县财政局,机密★3年\n", encoding="utf-8")
    async with run() as pilot:
        await press(pilot, "enter", "ctrl+p")
        await pilot.press(*"导入参会名单", "enter")
        await settled(pilot)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.rows[0].fill(str(wrong))
        await press(pilot, "f2")
        assert any("没有导入:第2行“单位”:没有单位,请补上等2处" in row for row in painted(pilot))
        await fill(pilot, path=str(listed))
        assert any("读到单位2个、人员3名" in row for row in painted(pilot))
        assert office.fetch("SELECT count(*) FROM meeting_notices") == [(0,)]
        await press(pilot, "2")
        assert any("副局长 白羽" in row for row in painted(pilot))
        await press(pilot, "escape", "1")
        assert status(pilot) == "已导入 单位2个 人员3名"


async def test_f2_leads_to_the_new_line_and_f5_offers_only_what_may_be_done_now(office: Office, run: Run) -> None:
    settings.change(office, "meeting_rooms", "一楼会议室=2;三楼会议室", by=3)
    enter_meeting(office, EXECUTIVE, by=3)
    add_topic(office, FIRST, TopicPlan("审议抗旱预案", "县水利局"), by=3)
    async with run((80, 24)) as pilot:
        await press(pilot, "enter", "right", "f2")
        await fill(pilot, title="审议防汛预案", unit="县水利局")
        await press(pilot, "f5")
        shown = [words.plain for _, words, _ in pilot.app.screen.options]  # type: ignore[attr-defined]
        assert "送审下一步" in shown
        assert not any("到会核对" in words for words in shown)
        await press(pilot, "1")
        assert any("初审 议题2 审议防汛预案" in row for row in painted(pilot))
        await press(pilot, "escape", "right", "right")
        assert not any("会场坐" in row for row in painted(pilot))
        await press(pilot, "f2")
        await fill(pilot, units="县财政局\n县水利局\n城关镇\n")
        assert status(pilot) == "已添加 单位3个 人员0名"
        assert any("会场坐2人,预计3人,少1座" in row for row in painted(pilot))
        await press(pilot, "3")
        assert not any("会场坐" in row for row in painted(pilot))
        cancel_meeting(office, FIRST, "主任 赵敏", "县长出差", by=3)
        await press(pilot, "f2")
        assert status(pilot).startswith("会议已取消,不能再添加通知单位")
        assert not isinstance(pilot.app.screen, FormScreen)


async def test_hostile_words_are_shown_as_they_are_and_break_nothing(office: Office, run: Run) -> None:
    enter_meeting(office, EXECUTIVE, by=3)
    for text in (HOSTILE["closing tag"], HOSTILE["action tag"], HOSTILE["escape"], HOSTILE["direction"]):
        add_topic(office, FIRST, TopicPlan(text, text), by=3)
    async with run((80, 24)) as pilot:
        await press(pilot, "enter", "right")
        rows = painted(pilot)
        assert any("[/]" in row for row in rows)
        assert any("[@click=app.quit]x[/]" in row for row in rows)
        assert not any("\x1b" in row or "\u202e" in row for row in rows)
        await press(pilot, "down", "enter", "escape", "f1", "escape", "pagedown", "pageup")
        assert pilot.app.is_running
