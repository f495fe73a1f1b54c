"""学习 and 卫生 by pressed keys: a recorder's morning, the plan changed, and what the clumsy cannot do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar, closing, staff_profiles, timekeeping
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.rolls import calling, marking, planning
from govoffice_tui.registers.rolls.marking import Detail
from govoffice_tui.registers.rolls.months import month
from govoffice_tui.registers.rolls.pages import page
from govoffice_tui.registers.rolls.views import RollPage, Topic
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.registers.training import between
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.people import AttendanceMode
from govoffice_tui.rules.rolls import Book, MarkKind, RollState
from govoffice_tui.rules.study import STUDY
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.menu import MenuScreen
from govoffice_tui.screens.rolls.page import RollScreen
from govoffice_tui.screens.trainings import TrainingsScreen
from govoffice_tui.widgets.form import FormScreen
from tests.factories import staff_lines
from tests.screens.conftest import HOSTILE, each_hostile
from tests.screens.driving import open_tab, painted, press, settled

MONDAY, TUESDAY, THURSDAY = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 15)
IN_SESSION = datetime(2026, 10, 13, 8, 40)
RECORDER = 3
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people on Tuesday 13 October, 8:40; 赵敏 (1) is 主任, 周小萍 (3) keeps both rolls."""
    clock.set(datetime(2026, 9, 30, 8, 0))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室", "first_session": "2026-09-01 0"})
    import_staff(founded, staff_lines(60), by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    calendar.ensure(founded, 2026)
    assign_post(founded, RECORDER, Post.STUDY_RECORDER, by=1)
    assign_post(founded, RECORDER, Post.HYGIENE_RECORDER, by=1)
    clock.set(IN_SESSION)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on a roll's tab, with 周小萍 at the keyboard unless told otherwise."""

    @asynccontextmanager
    async def running(
        book: Book = STUDY, size: tuple[int, int] = (100, 30), operator: int | None = RECORDER
    ) -> AsyncIterator[Pilot[str]]:
        timekeeping.confirm_day(office, by=RECORDER)
        desk = Desk(office, REGISTERS)
        desk.operator = next((one for one in people_on(office, office.now().date()) if one.id == operator), None)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await open_tab(pilot, book.word)
                yield pilot
        finally:
            desk.close()

    return running


def tab(pilot: Pilot[str]) -> RollScreen:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert isinstance(screen, RollScreen)
    return screen


def status(pilot: Pilot[str]) -> str:
    return tab(pilot).status.shown


def said(pilot: Pilot[str], place: str) -> str:
    return str(tab(pilot).query_one(place, Static).content)


def marked(shown: RollPage) -> dict[str, MarkKind]:
    return {line.display_name: line.kind for line in shown.lines if line.kind is not MarkKind.PRESENT}


async def choose(pilot: Pilot[str], words: str) -> None:
    """Choose the line of a small menu that begins so, by its digit."""
    dialog = pilot.app.screen
    assert isinstance(dialog, ChooseScreen)
    digit = next(digit for digit, line, _ in dialog.options if str(line).startswith(words))
    await press(pilot, digit)


async def fill(pilot: Pilot[str], **values: str) -> None:
    """Fill rows of the open form and send it."""
    form = pilot.app.screen
    assert isinstance(form, FormScreen)
    for row in form.rows:
        if row.field.name in values:
            row.begin()
            await pilot.pause()
            row.fill(values[row.field.name])
    form.is_edited = True
    await press(pilot, "f2")


async def test_a_roll_of_sixty_with_three_exceptions_takes_under_twenty_keys(office: Office, run: Run) -> None:
    keys = ("q", "f", "1", "w", "g", "f", "4", "z", "x", "p", "3", "enter", "f6", "escape")
    assert len(keys) < 20
    async with run() as pilot:
        await press(pilot, *keys)
        shown = page(office, STUDY, TUESDAY)
        assert marked(shown) == {"钱峰": MarkKind.LATE, "吴桂芳": MarkKind.ABSENT, "周小萍": MarkKind.OUT}
        assert shown.session is not None
        assert shown.session.state is RollState.HELD
        assert said(pilot, "#roll-counts").startswith("应到 60   实到 58   公出 1   缺席 1   迟到 1   出勤率 96.7%")
        assert status(pilot).startswith("已点名 学〔2026〕1号 应到60 实到58 没到2")


async def test_a_burst_of_keys_marks_each_person_once(office: Office, run: Run) -> None:
    async with run() as pilot:
        await pilot.press("1", "4", "3", "z", "x", "p", "1")
        await settled(pilot)
        assert list(marked(page(office, STUDY, TUESDAY)).values()) == [
            MarkKind.LATE,
            MarkKind.ABSENT,
            MarkKind.LATE,
        ]
    assert office.fetch("SELECT count(*) FROM roll_marks WHERE struck_at IS NULL") == [(3,)]


async def test_leave_asks_whom_was_told_and_when_and_late_notice_stays_under_its_field(
    office: Office, run: Run
) -> None:
    async with run() as pilot:
        await press(pilot, "q", "f", "2")
        assert isinstance(pilot.app.screen, FormScreen)
        assert tab(pilot).roll.values[2] == "present"
        await press(pilot, "down", *"820", "f2")
        assert any("开始以后才告知的不算请假" in row for row in painted(pilot))
        assert marked(page(office, STUDY, TUESDAY)) == {}
        await press(pilot, *["backspace"] * 3, *"750", "f2")
        assert marked(page(office, STUDY, TUESDAY)) == {"钱峰": MarkKind.LEAVE}
        assert any("7:50告知行政股" in row for row in painted(pilot))


async def test_a_form_that_is_left_changes_nothing(office: Office, run: Run) -> None:
    async with run() as pilot:
        for digit in ("2", "5"):
            await press(pilot, "q", "f", digit)
            assert isinstance(pilot.app.screen, FormScreen)
            await press(pilot, "escape")
            assert tab(pilot).roll.values[2] == "present"
    assert office.fetch("SELECT count(*) FROM roll_marks") == [(0,)]


async def test_leaving_early_asks_for_the_director(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "q", "f", "5", "f2")
        assert marked(page(office, STUDY, TUESDAY)) == {}
        assert any("请填哪位主任同意(依据:学习制度第3条)" in row for row in painted(pilot))
        await press(pilot, "z", "m", "enter", "f2")
        assert marked(page(office, STUDY, TUESDAY)) == {"钱峰": MarkKind.EARLY}
        assert any("赵敏同意" in row for row in painted(pilot))


async def test_cleaning_takes_leave_and_leaving_early_by_the_digit_alone(
    office: Office, run: Run, clock: SetClock
) -> None:
    clock.set(datetime(2026, 10, 12, 7, 50))
    async with run(HYGIENE) as pilot:
        await press(pilot, "2", "5", "4", "up", "enter")
        await fill(pilot, remark="家里停水")
        assert any("家里停水" in row for row in painted(pilot))
        await press(pilot, "end", "enter")
        shown = page(office, HYGIENE, MONDAY)
        assert list(marked(shown).values()) == [MarkKind.LEAVE, MarkKind.EARLY, MarkKind.ABSENT]
        assert shown.session is not None
        assert shown.session.number == "卫〔2026〕1号"


async def test_the_topic_is_written_once_and_offered_again(office: Office, run: Run, clock: SetClock) -> None:
    topic = Topic("学习《信访工作条例》", "集体学习", "钱峰", "赵敏", "三楼会议室")
    calling.write(office, STUDY, TUESDAY, topic, by=RECORDER)
    clock.set(datetime(2026, 10, 15, 8, 20))
    async with run() as pilot:
        assert "还没有写学习内容" in said(pilot, "#roll-topic")
        await press(pilot, "f2", "f2", "f2")
        assert "学习《信访工作条例》" in said(pilot, "#roll-topic")
        session = page(office, STUDY, THURSDAY).session
        assert session is not None
        assert session.topic == topic


async def test_f6_enter_closes_then_checks_and_a_check_without_topic_says_what_to_do(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f6", "enter")
        await press(pilot, "f6", "enter")
        assert "请先按F2登记" in status(pilot)
        calling.write(office, STUDY, TUESDAY, Topic("保密制度学习"), by=RECORDER)
        await press(pilot, "f6", "enter")
        assert "8:40核对  应到60 实到60  核对人 周小萍" in said(pilot, "#band")
        await press(pilot, "4")
        assert isinstance(pilot.app.screen, FormScreen)
        await fill(pilot, reason="点名后才发现没有来")
        assert marked(page(office, STUDY, TUESDAY)) == {"赵敏": MarkKind.ABSENT}
        assert "实到59" in said(pilot, "#band")


async def test_before_it_begins_only_notice_is_taken_and_nobody_is_shown_as_there(
    office: Office, run: Run, clock: SetClock
) -> None:
    clock.set(datetime(2026, 10, 13, 7, 50))
    async with run() as pilot:
        assert set(tab(pilot).roll.values.values()) == {"ahead"}
        await press(pilot, "1")
        assert "8:15才开始" in status(pilot)
        assert set(tab(pilot).roll.values.values()) == {"ahead"}
        await press(pilot, "enter")
        assert "8:15才开始" in status(pilot)
        await press(pilot, "home", "3")
        assert marked(page(office, STUDY, TUESDAY)) == {"赵敏": MarkKind.OUT}
        clock.set(datetime(2026, 10, 13, 8, 15))
        assert isinstance(pilot.app, OfficeApp)
        pilot.app.beat()
        await settled(pilot)
        assert tab(pilot).roll.counts == {"present": 59, "out": 1}


async def test_a_roll_of_another_day_asks_for_the_page_of_the_paper(office: Office, run: Run, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 14, 9, 0))
    async with run() as pilot:
        await press(pilot, "pageup")
        assert "照纸质点名册记" in said(pilot, "#band")
        await press(pilot, "4", "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        await press(pilot, "f2")
        assert isinstance(pilot.app.screen, FormScreen)
        await press(pilot, "1", "2", "f2")
        session = page(office, STUDY, TUESDAY).session
        assert session is not None
        assert (session.paper_page, session.is_late) == ("12", True)


async def test_study_is_put_off_cancelled_added_and_an_entry_is_voided(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "pagedown", "f5")
        await choose(pilot, "变更时间")
        await fill(pilot, to_day="2026-10-16", starts="15:00", reason="全县大会")
        assert status(pilot) == "已登记 10月15日集中学习改到10月16日 15:00"
        assert "由10月15日改来(赵敏定:全县大会)" in said(pilot, "#band")
        await press(pilot, "pagedown", "f5")
        await choose(pilot, "取消")
        await fill(pilot, reason="防汛")
        assert "已取消(赵敏定:防汛)" in said(pilot, "#band")
        await press(pilot, "f4")
        await choose(pilot, "作废")
        await fill(pilot, reason="雨停了")
        session = page(office, STUDY, date(2026, 10, 20)).session
        assert session is not None
        assert (session.state, session.row) == (RollState.PLANNED, None)
        await press(pilot, "f5")
        await choose(pilot, "加开")
        await fill(pilot, to_day="2026-10-17", reason="传达会议精神")
        assert "加开(赵敏定:传达会议精神)" in said(pilot, "#band")
    assert not verify_office(office).findings


async def test_who_is_not_the_director_cannot_decide(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "pagedown", "f5")
        await choose(pilot, "取消")
        await fill(pilot, ordered_by="2", reason="我定的")
        assert any("由主任确定" in row for row in painted(pilot))
        assert isinstance(pilot.app.screen, FormScreen)
    assert office.fetch("SELECT count(*) FROM roll_sessions") == [(0,)]


async def test_a_holidays_monday_asks_and_f5_puts_the_cleaning_off(office: Office, run: Run, clock: SetClock) -> None:
    clock.set(datetime(2026, 9, 30, 9, 0))
    async with run(HYGIENE) as pilot:
        assert "是否改期到节后首个工作日(10月8日)" in said(pilot, "#roll-empty")
        await press(pilot, "f5", "1")
        await fill(pilot, ordered_by=str(RECORDER), reason="节后补扫")
        shown = page(office, HYGIENE, date(2026, 10, 8))
        assert shown.session is not None
        assert shown.session.state is RollState.MOVED
        assert tab(pilot)._day == date(2026, 10, 8)


async def test_who_missed_study_makes_up_for_it_through_f5(office: Office, run: Run) -> None:
    marking.mark(office, STUDY, TUESDAY, 2, MarkKind.ABSENT, by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    async with run() as pilot:
        await press(pilot, "q", "f", "f5")
        await choose(pilot, "补学 钱峰")
        await fill(pilot, words="自学并交笔记")
        assert any("10月13日补学" in row for row in painted(pilot))


async def test_the_month_has_a_line_a_person_and_goes_back_to_the_session_under_the_cursor(
    office: Office, run: Run
) -> None:
    marking.mark(office, STUDY, TUESDAY, 2, MarkKind.ABSENT, by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    planning.cancel(office, STUDY, THURSDAY, 1, "防汛", by=RECORDER)
    async with run() as pilot:
        await press(pilot, "f8")
        rows = painted(pilot)
        assert any("13二" in row and "出勤率" in row for row in rows)
        chief = next(row for row in rows if row.startswith("钱峰"))
        assert "缺" in chief
        await press(pilot, "down", "f1")
        assert any("钱峰 缺席" in row for row in painted(pilot))
        await press(pilot, "escape", "right", "f8")
        assert tab(pilot)._day == THURSDAY
        await press(pilot, "f8", "pageup")
        assert any("2026年9月" in row for row in painted(pilot))
        await press(pilot, "pageup")
        assert status(pilot) == "前面没有了。"


async def test_f3_finds_a_person_and_leads_to_a_session(office: Office, run: Run) -> None:
    marking.mark(office, STUDY, TUESDAY, 2, MarkKind.ABSENT, Detail(remark="没有来"), by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    async with run() as pilot:
        await press(pilot, "pagedown", "f3", *"qf", "enter")
        assert isinstance(pilot.app.screen, MenuScreen)
        assert "不是到的1次" in pilot.app.screen.menu_title
        await press(pilot, "enter")
        assert tab(pilot)._day == TUESDAY


async def test_f7_writes_the_month_or_the_roll_of_this_book_alone(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f7", "1")
        await press(pilot, "f7", "2")
        await press(pilot, "ctrl+right", "f7", "1")
    names = sorted(path.name for path in (office.folder / "exports").rglob("*.xlsx"))
    assert names == [
        "2026-10-13_集中学习点名表.xlsx",
        "2026-10_大扫除登记汇总表.xlsx",
        "2026-10_集中学习考勤汇总表.xlsx",
    ]


async def test_today_leads_to_the_session_that_waits(office: Office, run: Run) -> None:
    async with run() as pilot:
        await open_tab(pilot, "today")
        assert any("集中学习正在进行,到8:45,请点名" in row for row in painted(pilot))


async def test_nobody_at_the_keyboard_is_asked_who_before_a_mark(office: Office, run: Run) -> None:
    async with run(operator=None) as pilot:
        await press(pilot, "4")
        assert any("先选经办人" in row for row in painted(pilot))
        assert tab(pilot).roll.values[1] == "present"
        await press(pilot, *"zxp", "enter")
        assert marked(page(office, STUDY, TUESDAY)) == {"赵敏": MarkKind.ABSENT}


async def test_somebody_without_the_post_is_told_and_the_roll_stays(office: Office, run: Run) -> None:
    async with run(operator=2) as pilot:
        await press(pilot, "4")
        assert "需由学习记录员办理" in status(pilot)
        assert tab(pilot).roll.values[1] == "present"


async def test_a_sealed_month_asks_for_the_slip_that_lets_a_change_in(office: Office, run: Run) -> None:
    calling.write(office, STUDY, TUESDAY, Topic("保密制度学习"), by=RECORDER)
    calling.finish(office, STUDY, TUESDAY, by=RECORDER)
    register = REGISTERS[1]
    closing.close_month(office, "study", "2026-10", lambda office, word: [], register.seal_digest, by=1)
    async with run() as pilot:
        assert said(pilot, "#band").startswith("本月已封存")
        await press(pilot, "4")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "按更正单登记" in pilot.app.screen.form_title
        await press(pilot, "escape")
        assert marked(page(office, STUDY, TUESDAY)) == {}
        assert tab(pilot).roll.values[1] == "present"
        await press(pilot, "home", "4")
        await fill(pilot, approved_by="1", reason="点名后才发现没有来")
        assert marked(page(office, STUDY, TUESDAY)) == {"赵敏": MarkKind.ABSENT}
    assert any(
        "封存后更正,第2版:点名后才发现没有来(赵敏批准)" in note for note in month(office, STUDY, "2026-10").notes
    )
    assert not verify_office(office).findings


async def test_an_office_without_people_says_where_to_begin(empty_office: Office, clock: SetClock) -> None:
    calendar.ensure(empty_office, 2026)
    desk = Desk(empty_office, REGISTERS)
    app = OfficeApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        await open_tab(pilot, "hygiene")
        assert any("花名册还是空的" in row for row in painted(pilot))
        await press(pilot, "f8", "f8", "f6", "enter", "pageup")
        painted(pilot)
    desk.close()


@each_hostile
async def test_a_hostile_text_is_shown_as_it_is(office: Office, run: Run, text: str) -> None:
    calling.write(office, STUDY, TUESDAY, Topic(text, text, text, text, text), by=RECORDER)
    marking.mark(office, STUDY, TUESDAY, 2, MarkKind.OUT, Detail(remark=text), by=RECORDER)
    async with run(size=(80, 24)) as pilot:
        painted(pilot)
        await press(pilot, "f8")
        painted(pilot)
        await press(pilot, "f8", "q", "f", "f1")
        painted(pilot)
        await press(pilot, "escape", "enter")
        painted(pilot)
        await press(pilot, "escape", "pagedown", "f2", "f2")
        painted(pilot)
        await press(pilot, "escape", "f3", *"qf", "enter")
        painted(pilot)


@pytest.mark.parametrize("book", [STUDY, HYGIENE], ids=lambda book: book.word)
async def test_the_clumsiest_hand_breaks_nothing(office: Office, run: Run, book: Book) -> None:
    keys = ["f8", "f6", "enter", "f5", "9", "escape", "f4", "escape", "pageup", "pagedown", "delete", "0", "8"]
    keys += [
        "enter",
        "enter",
        "backspace",
        "left",
        "tab",
        "f7",
        "escape",
        "f2",
        "escape",
        "f9",
        "escape",
        "f3",
        "escape",
    ]
    async with run(book, size=(80, 24)) as pilot:
        await press(pilot, *keys, *keys[::-1], *keys)
        painted(pilot)
    assert not verify_office(office).findings


async def test_another_window_marks_and_this_one_shows_it(office: Office, run: Run) -> None:
    async with run() as pilot:
        marking.mark(office, STUDY, TUESDAY, 2, MarkKind.ABSENT, by=RECORDER)
        tab(pilot).look_at_file()
        await settled(pilot)
        assert tab(pilot).roll.values[2] == "absent"


async def test_an_exempt_leader_is_on_the_roll(office: Office, run: Run) -> None:
    staff_profiles.change_profile(office, 1, TUESDAY, mode=AttendanceMode.EXEMPT, remark="县领导同意", by=1)
    async with run() as pilot:
        assert 1 in tab(pilot).roll.values


# Trainings


async def trainings(pilot: Pilot[str]) -> TrainingsScreen:
    await press(pilot, "ctrl+p", *"培训登记", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, TrainingsScreen)
    return screen


async def test_a_course_is_entered_corrected_and_voided(office: Office, run: Run) -> None:
    async with run() as pilot:
        await trainings(pilot)
        assert any("还没有登记过培训" in row for row in painted(pilot))
        await press(pilot, "f2")
        await fill(pilot, people="钱峰、李四", course="公文写作", organiser="市政府办公室", hours="4")
        assert any("没有“李四”" in row for row in painted(pilot))
        await fill(pilot, people="钱峰、吴桂芳")
        assert any("训〔2026〕1号" in row and "公文写作" in row for row in painted(pilot))
        await press(pilot, "f8")
        assert any(row.startswith("钱峰") and "4" in row for row in painted(pilot))
        await press(pilot, "f8", "f4", "1")
        await fill(pilot, hours="6", reason="写错")
        assert [one.hours for one in between(office, date(2026, 1, 1), TUESDAY)] == ["6"]
        await press(pilot, "enter")
        assert any("参加的人 钱峰、吴桂芳" in row for row in painted(pilot))
        await press(pilot, "escape", "f4", "2")
        await fill(pilot, reason="没有去")
        assert between(office, date(2026, 1, 1), TUESDAY) == []
        await press(pilot, "pageup")
        assert any("2025年还没有登记过培训" in row for row in painted(pilot))
        await press(pilot, "escape")
        assert pilot.app.screen is tab(pilot)


@pytest.mark.parametrize("text", [HOSTILE["closing tag"], HOSTILE["action tag"], HOSTILE["escape"]])
async def test_a_hostile_course_is_listed_as_it_is(office: Office, run: Run, text: str) -> None:
    async with run(size=(80, 24)) as pilot:
        await trainings(pilot)
        await press(pilot, "f2")
        await fill(pilot, people="钱峰", course=text, organiser=text, hours="4", remark=text)
        painted(pilot)
        await press(pilot, "enter")
        painted(pilot)
    assert len(between(office, date(2026, 1, 1), TUESDAY)) == 1
