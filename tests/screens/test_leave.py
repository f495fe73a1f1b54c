"""请假 by its keys: the form that tells the rule, the moves of a line, and leave from the sign-in board."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime, time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.leave import months
from govoffice_tui.registers.leave.applying import apply_leave
from govoffice_tui.registers.leave.months import LeaveLine
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, LeaveState
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.leave.form import LeaveForm
from govoffice_tui.screens.leave.page import LeaveScreen
from govoffice_tui.widgets.form_rows import FieldRow
from tests.factories import staff_lines
from tests.leave_factories import CLERK, KEEPER, granted, phoned, request, seat
from tests.screens.driving import open_tab, painted, press, settled

TODAY = date(2026, 10, 12)
Run = Callable[..., AbstractAsyncContextManager[Pilot[str]]]


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people with director, deputy and keeper; Monday 12 October 2026, 7:50."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(60), by=None)
    seat(founded)
    calendar.ensure(founded, 2026)
    yield founded
    founded.close()


@pytest.fixture
def run(office: Office) -> Run:
    """The app on a tab, by default 请假, with 周小萍 at the keyboard."""

    @asynccontextmanager
    async def running(
        tab: str = "leave", size: tuple[int, int] = (100, 30), operator: int | None = KEEPER
    ) -> AsyncIterator[Pilot[str]]:
        desk = Desk(office, REGISTERS)
        desk.operator = next((one for one in people_on(office, office.now().date()) if one.id == operator), None)
        app = OfficeApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await open_tab(pilot, tab)
                yield pilot
        finally:
            desk.close()

    return running


def page(pilot: Pilot[str]) -> LeaveScreen:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert isinstance(screen, LeaveScreen)
    return screen


def status(pilot: Pilot[str]) -> str:
    assert isinstance(pilot.app, OfficeApp)
    screen = pilot.app.page
    assert screen is not None
    return screen.status.shown


def form(pilot: Pilot[str]) -> LeaveForm:
    top = pilot.app.screen_stack[-1]
    assert isinstance(top, LeaveForm)
    return top


def note(pilot: Pilot[str], field: str) -> str:
    row = pilot.app.screen_stack[-1].query_one(f"#row-{field}", FieldRow)
    return str(row.query_one(".note").render()) if row.query_one(".note").display else ""


async def typed(pilot: Pilot[str], *words: str) -> None:
    """Type words letter by letter, each followed by Enter."""
    for word in words:
        await press(pilot, *word, "enter")


def lines(office: Office) -> list[LeaveLine]:
    return months.lines_of(office, "2026-10")


def status_of(office: Office, person: int, half: Half = Half.MORNING) -> HalfStatus:
    return next(line.status for line in board(office, TODAY, half).lines if line.person.id == person)


async def test_a_slip_left_half_written_comes_back_as_it_was_with_what_was_decided_by_hand(run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "qf", "1", "13", "1", "15", "2")
        before = {row.field.name: row.typed() for row in form(pilot).query(FieldRow)}
        await press(pilot, "escape", "f2")
        assert form(pilot).foot.shown == "上次没有登记完(7:50),按 F5 接着写,F4 不要了。"
        await press(pilot, "f5")
        assert {row.field.name: row.typed() for row in form(pilot).query(FieldRow)} == before
        assert {row.field.name for row in form(pilot).rows} > {"approver", "reason"}
        await press(pilot, "f2")
        assert status(pilot) == "已登记 假〔2026〕1号 钱峰 10月13日至10月15日事假3天 已同意"
        await press(pilot, "f2")
        assert form(pilot).foot.shown == ""


async def test_the_form_tells_the_rule_while_it_is_typed_and_names_the_approver(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "zm", "1", "13", "1", "13", "1")
        assert note(pilot, "last_half") == "半天 可口头向县领导请假(考勤制度第5条)"
        await press(pilot, "escape", "f2")
        await typed(pilot, "qf", "1", "13", "1", "15", "2")
        assert note(pilot, "last_half") == "3天 须书面向主任请假(考勤制度第5条)"
        assert form(pilot).query_one("#row-approver", FieldRow).read() == "1"
        await press(pilot, "f2")
        assert status(pilot) == "已登记 假〔2026〕1号 钱峰 10月13日至10月15日事假3天 已同意"
        assert "10月13日至10月15日" in "\n".join(painted(pilot))
    (line,) = lines(office)
    assert (line.approver, line.record.mode, line.record.state) == ("赵敏", LeaveMode.WRITTEN, LeaveState.GRANTED)


async def test_the_last_day_follows_the_first_until_it_is_typed(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "wgf", "1", "14")
        assert form(pilot).query_one("#row-last", FieldRow).read() == "2026-10-14"
        await press(pilot, "f2")
    assert str(lines(office)[0].record.stretch) == "10月14日"


async def test_a_refusal_stands_under_its_field_and_the_form_stays(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "wgf", "1", "13", "1", "15", "2", "2", "1")
        await press(pilot, *"qf", "enter", "f2")
        assert "3天须主任批准,钱峰是分管副主任" in note(pilot, "approver")
        assert "考勤制度第5条" in note(pilot, "approver")
        assert not lines(office)
        await press(pilot, "escape")


async def test_reversed_days_are_told_at_once(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "wgf", "1", "15", "1", "13", "2")
        assert note(pilot, "last_half") == "止早于起"
        await press(pilot, "f2")
        assert "早于起" in note(pilot, "last")


async def test_sick_leave_is_never_asked_for_a_reason(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "wgf", "2")
        asked = [row.field.name for row in form(pilot).rows]
        assert ("reason" in asked, "has_proof" in asked) == (False, True)
        await press(pilot, "f2")
    (line,) = lines(office)
    assert (line.record.kind, line.reason) == (LeaveKind.SICK, "无证明")


async def test_the_directors_leave_asks_for_a_county_leader(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "zm", "1", "13", "1", "13", "2")
        shown = [row.field.name for row in form(pilot).rows]
        assert ("leader_name" in shown, "approver" in shown) == (True, False)
        for name, words in (("leader_post", "县长"), ("leader_name", "高志明")):
            form(pilot).query_one(f"#row-{name}", FieldRow).fill(words)
        await press(pilot, "f2")
    assert lines(office)[0].approver == "县长高志明"


@pytest.mark.parametrize(("digit", "kind"), [("1", LeaveKind.PERSONAL), ("2", LeaveKind.SICK), ("3", LeaveKind.ANNUAL)])
async def test_phoned_leave_takes_five_keys_on_the_board(office: Office, run: Run, digit: str, kind: LeaveKind) -> None:
    async with run("attendance") as pilot:
        await press(pilot, "q", "f", "f2", digit, "enter")
        assert "已登记 假〔2026〕1号 钱峰 10月12日上午" in status(pilot)
        assert "返岗后补办手续" in status(pilot)
        assert "请假 1" in painted(pilot)[3]
    (line,) = lines(office)
    assert (line.record.kind, line.record.mode, line.record.taken_by) == (kind, LeaveMode.PHONE, KEEPER)
    assert (line.record.told_at, line.state) == (datetime(2026, 10, 12, 7, 50), "待补手续")
    assert status_of(office, 2) is kind.status
    assert status_of(office, 2, Half.AFTERNOON) is HalfStatus.NOT_DUE


async def test_a_whole_day_is_the_second_choice_and_other_kinds_open_the_form(office: Office, run: Run) -> None:
    async with run("attendance") as pilot:
        await press(pilot, "q", "f", "f2", "1", "2")
        await press(pilot, "w", "g", "f", "f2", "4")
        assert form(pilot).query_one("#row-mode", FieldRow).read() == "phone"
        await press(pilot, "escape", "escape")
    assert status_of(office, 2, Half.AFTERNOON) is HalfStatus.PERSONAL


async def test_esc_leaves_the_choice_and_nothing_is_written(office: Office, run: Run) -> None:
    async with run("attendance") as pilot:
        await press(pilot, "q", "f", "f2", "escape")
        await press(pilot, "f2", "1", "escape")
    assert not lines(office)


async def test_2_enters_a_slip_for_somebody_missing(office: Office, run: Run, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 15, 30))
    collect_book(office, TODAY, Half.MORNING, by=KEEPER)
    async with run("attendance") as pilot:
        await press(pilot, "down", "2")
        assert form(pilot).query_one("#row-person", FieldRow).read() == "2"
        await typed(pilot, "")
        await press(pilot, "1", "f2")
        assert "请假要写几点请的" in note(pilot, "asked_at")
        form(pilot).query_one("#row-asked_at", FieldRow).fill("820")
        await press(pilot, "f2")
        assert "8:20还没有到" in note(pilot, "asked_at")
        clock.set(datetime(2026, 10, 12, 8, 30))
        await press(pilot, "f2")
        assert "晚于上午签到截止8:15" in note(pilot, "asked_at")
        form(pilot).query_one("#row-asked_day", FieldRow).fill("11")
        form(pilot).query_one("#row-asked_at", FieldRow).fill("")
        form(pilot).query_one("#row-approved_day", FieldRow).fill("11")
        await press(pilot, "f2")
        assert "已登记 假〔2026〕1号 钱峰 10月12日上午事假半天 已同意" in status(pilot)
    assert lines(office)[0].approver == "赵敏"
    assert status_of(office, 2) is HalfStatus.PERSONAL


async def test_f5_offers_the_legal_moves_only(office: Office, run: Run, clock: SetClock) -> None:
    phoned(office, "10-12", at=time(7, 45))
    clock.set(datetime(2026, 10, 13, 8, 0))
    sign_in(office, CLERK, date(2026, 10, 13), Half.MORNING, by=KEEPER)
    async with run() as pilot:
        await press(pilot, "f5")
        rows = "\n".join(painted(pilot))
        assert all(word in rows for word in ("补办手续", "销假", "撤销"))
        assert "续假" not in rows
        await press(pilot, "2", "f2")
        assert "已返岗待补" in status(pilot)
        await press(pilot, "f5", "1", "f2")
        assert "已登记 假〔2026〕1号 王伟 10月12日事假1天 已销假" in status(pilot)
        await press(pilot, "f5")
        assert "没有下一步" in status(pilot)


async def test_f4_voids_with_a_reason_and_the_line_stays_struck(office: Office, run: Run) -> None:
    granted(office, "10-13")
    async with run() as pilot:
        await press(pilot, "f4", "2", "f2")
        assert note(pilot, "reason") == "请填作废原因"
        await press(pilot, *"cuo", "f2")
        assert "作废" in "\n".join(painted(pilot))
        await press(pilot, "f4")
        assert "已作废:cuo" in status(pilot)
    assert [line.state for line in lines(office)] == ["作废"]


async def test_f4_corrects_under_the_same_number(office: Office, run: Run) -> None:
    granted(office, "10-13")
    async with run() as pilot:
        await press(pilot, "f4", "1")
        form(pilot).query_one("#row-first", FieldRow).fill("14")
        form(pilot).query_one("#row-last", FieldRow).fill("14")
        form(pilot).query_one("#row-why", FieldRow).fill("日子写错")
        await press(pilot, "f2")
        assert "已登记 假〔2026〕1号" in status(pilot)
    (line,) = lines(office)
    assert (str(line.record.stretch), line.record.revision, line.approver) == ("10月14日", 2, "赵敏")


async def test_f8_shows_what_is_open_and_names_what_is_missing(office: Office, run: Run, clock: SetClock) -> None:
    granted(office, "10-13", "10-16")
    phoned(office, "10-12", at=time(7, 45))
    apply_leave(office, request("10-20", person=5), by=KEEPER)
    clock.set(datetime(2026, 10, 19, 9, 0))
    async with run() as pilot:
        await press(pilot, "f8")
        rows = "\n".join(painted(pilot))
        assert "还没有了结的   3张" in rows
        assert all(word in rows for word in ("逾期未补", "待批", "待销假"))
        await press(pilot, "f8", "pagedown")
        assert "这个月还没有请假登记" in "\n".join(painted(pilot))
        await press(pilot, "pageup")
        assert "2026年10月" in "\n".join(painted(pilot))


async def test_the_menu_clears_everybody_who_signed(office: Office, run: Run, clock: SetClock) -> None:
    granted(office, "10-12")
    clock.set(datetime(2026, 10, 13, 8, 0))
    sign_in(office, CLERK, date(2026, 10, 13), Half.MORNING, by=KEEPER)
    async with run() as pilot:
        await press(pilot, "ctrl+p", *"aqdxj", "enter")
        await settled(pilot)
        assert "已销假 1张 王伟" in status(pilot)


async def test_a_delegation_and_annual_leave_are_entered_from_the_menu(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "ctrl+p", *"djwtdp", "enter")
        await typed(pilot, "zm", "qf", "", "16", "", "", "3")
        await settled(pilot)
        assert "已登记 委托代批" in status(pilot)
        await press(pilot, "ctrl+p", *"nxj", "enter")
        await typed(pilot, "wgf", "", "7.5")
        assert "已登记 年休假应休天数" in status(pilot)
        await press(pilot, "ctrl+p", *"nxj", "enter")
        await typed(pilot, "wgf", "", "十天")
        assert "天数按半天写" in note(pilot, "days")
    assert office.fetch("SELECT halves FROM leave_entitlements") == [(15,)]


async def test_enter_shows_the_whole_course_of_a_slip(office: Office, run: Run) -> None:
    granted(office, "10-13")
    async with run() as pilot:
        await press(pilot, "enter")
        rows = "\n".join(painted(pilot))
        assert "依据  1天 须书面向分管副主任请假(考勤制度第5条)" in rows
        assert "10月12日书面请10月13日事假" in rows
        await press(pilot, "escape", "f1")
        assert "考勤制度第5条" in "\n".join(painted(pilot))


@pytest.mark.parametrize("text", ["[/]", "[red]x", "[@click=app.quit]x[/]", "长" * 5000])
async def test_hostile_text_is_shown_as_it_is(office: Office, run: Run, text: str) -> None:
    apply_leave(office, request("10-13", reason=text), by=KEEPER)
    async with run() as pilot:
        await press(pilot, "enter")
        assert text[:20] in "".join(painted(pilot)).replace(" ", "")
        await press(pilot, "escape", "f5", "3")
        assert page(pilot).chosen is not None


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 18)])
async def test_the_page_is_whole_at_every_size(office: Office, run: Run, size: tuple[int, int]) -> None:
    granted(office, "10-13pm", "10-15am")
    async with run(size=size) as pilot:
        rows = "\n".join(painted(pilot))
        assert "王伟" in rows
        if size[0] >= 80:
            assert "10月13日下午至10月15日上午" in rows


async def test_nobody_at_the_keyboard_is_asked_first(office: Office, run: Run) -> None:
    async with run(operator=None) as pilot:
        await press(pilot, "f2")
        assert "先选经办人" in "\n".join(painted(pilot))


async def test_a_closed_half_day_lists_the_slips_it_changes(office: Office, run: Run) -> None:
    granted(office, "10-13", "10-15")
    async with run() as pilot:
        await press(pilot, "ctrl+left", "ctrl+left", "ctrl+p", *"bdwfj", "enter")
        await press(pilot, *"14", "enter", "1", "enter", "1", "enter", *"leader", "f2")
        rows = "\n".join(painted(pilot))
        assert "1张假条随日历变动" in rows
        assert "3天改为2天,须书面向分管副主任请假" in "".join(rows.split())


async def test_without_anybody_in_the_post_the_form_says_where_to_name_one(
    empty_office: Office, clock: SetClock
) -> None:
    import_staff(empty_office, staff_lines(8), by=None)
    calendar.ensure(empty_office, 2026)
    desk = Desk(empty_office, REGISTERS)
    desk.operator = people_on(empty_office, TODAY)[2]
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "ctrl+right", "ctrl+right", "f2")
        await typed(pilot, "wgf", "1", "13")
        await press(pilot, "f2")
        assert "还没有指定分管副主任" in note(pilot, "approver")
    desk.close()


async def test_a_long_text_and_a_classified_one_are_met_in_the_form(office: Office, run: Run) -> None:
    async with run() as pilot:
        await press(pilot, "f2")
        await typed(pilot, "wgf", "1", "13")
        form(pilot).query_one("#row-reason", FieldRow).fill("送机密★3年件")
        await press(pilot, "f2")
        assert "不能写涉密内容" in note(pilot, "reason")
        assert "★" not in "\n".join(painted(pilot))
        form(pilot).query_one("#row-first", FieldRow).fill("2099-01-01")
        form(pilot).query_one("#row-last", FieldRow).fill("2099-01-01")
        await press(pilot, "f2")
        assert "核对年份" in note(pilot, "first")
    assert not lines(office)
