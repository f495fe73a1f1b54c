"""Every page as it is painted, kept as text: a changed page is looked at before `make snapshots` keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.absence.finding import open_absence
from govoffice_tui.registers.attendance.no_book import declare_no_book
from govoffice_tui.registers.attendance.sheets import collect_sheet, use_paper
from govoffice_tui.registers.attendance.signing import collect_book, note_arrival, sign_in
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.duty.roster import shifts
from govoffice_tui.registers.duty.roster_changes import Slip, change_shift
from govoffice_tui.registers.duty.roster_making import make_roster, move_roster
from govoffice_tui.registers.duty.roster_placing import set_shift
from govoffice_tui.registers.equipment import cards
from govoffice_tui.registers.equipment.repairs import report_fault
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.leave.applying import apply_leave, phone_leave
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.leave.ending import void_leave
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.recording import Plan, enter_outing
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.rolls import calling, marking
from govoffice_tui.registers.rolls.marking import Detail
from govoffice_tui.registers.rolls.views import Topic
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.leave import LeaveKind, LeaveMode
from govoffice_tui.rules.rolls import MarkKind
from govoffice_tui.rules.roster import ChangeKind, DutyPost
from govoffice_tui.rules.sign_sheets import PaperReason
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.first_run import FirstRunApp
from tests.leave_factories import stretch
from tests.screens.driving import press

TODAY = date(2026, 10, 12)
SIZES = ((100, 30), (80, 24))


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """The demo's people on a Monday morning, half of them signed."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, demo_lines(TODAY), by=None)
    assign_post(founded, 6, Post.SIGN_IN_KEEPER, by=None)
    for person in range(1, 57, 2):
        clock.at += 17
        sign_in(founded, person, TODAY, Half.MORNING, by=6)
    yield founded
    founded.close()


async def painted(office: Office, size: tuple[int, int], *keys: str, tab: str = "today") -> str:
    """Return the screen after some keys on a tab, line by line."""
    desk = Desk(office, REGISTERS)
    desk.operator = next(one for one in people_on(office, TODAY) if one.id == 6)
    app = OfficeApp(desk)
    async with app.run_test(size=size) as pilot:
        await app.switch_mode(f"tab{[one.id for one in app.tabs].index(tab) + 1}")
        await app.workers.wait_for_complete()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    desk.close()
    return re.sub(r"核对码 \d+-[0-9a-f]{8}", "核对码 番号-核对码码", text)


def collected(office: Office, clock: SetClock) -> None:
    """Collect the morning's book and note two of the missing."""
    clock.set(datetime(2026, 10, 12, 8, 15, 20))
    collect_book(office, TODAY, Half.MORNING, by=6)
    clock.set(datetime(2026, 10, 12, 8, 40))
    note_arrival(office, 2, TODAY, Half.MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 31), by=6)
    note_arrival(office, 4, TODAY, Half.MORNING, ArrivalKind.PENDING, by=6)


def on_paper(office: Office, clock: SetClock) -> None:
    """Let the power fail at 8:00; the paper sheet is collected at the cut-off, and it is 9:00."""
    clock.set(datetime(2026, 10, 12, 8, 0))
    use_paper(office, TODAY, Half.MORNING, PaperReason.POWER, "分管副主任钱峰", by=6)
    clock.set(datetime(2026, 10, 12, 9, 0))
    collect_sheet(office, TODAY, Half.MORNING, page="12", book="2026年签到簿", by=6)


@pytest.mark.parametrize("size", SIZES)
async def test_the_board(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert await painted(office, size, "ctrl+right") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_with_a_name_being_typed(
    office: Office, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    assert await painted(office, size, "ctrl+right", "w", "w") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_form_of_an_early_collection(
    office: Office, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    assert await painted(office, size, "ctrl+right", "f6", "enter") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_a_paper_sheet_half_typed(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    on_paper(office, clock)
    assert await painted(office, size, "ctrl+right", "f5", "q", "f", "2", "m", "m") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_of_a_session_on_paper(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    clock.set(datetime(2026, 10, 12, 8, 0))
    use_paper(office, TODAY, Half.MORNING, PaperReason.POWER, "分管副主任钱峰", by=6)
    assert await painted(office, size, "ctrl+right") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_that_runs_alone(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert await painted(office, size, "ctrl+right", "f6", "4") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_people_marked_by_digit(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    clock.set(datetime(2026, 10, 12, 10, 0))
    keys = ("f5", "2", "enter", "enter", "enter", "1", "2", "down", "3", "z", "w")
    assert await painted(office, size, "ctrl+right", *keys) == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_a_session_without_a_book(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    clock.set(datetime(2026, 10, 12, 15, 0))
    declare_no_book(office, TODAY, Half.AFTERNOON, "线路检修停电", by=6)
    assert await painted(office, size, "ctrl+right") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_today(office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    clock.set(datetime(2026, 10, 13, 8, 5))
    assert await painted(office, size) == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_month(office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    clock.set(datetime(2026, 10, 12, 9, 0))
    assert await painted(office, size, "ctrl+right", "f8") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_menu(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert await painted(office, size, "ctrl+right", "ctrl+p") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_help(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert await painted(office, size, "ctrl+right", "f1") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_missing_after_collection(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    collected(office, clock)
    assert await painted(office, size, "ctrl+right") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_months(office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    collected(office, clock)
    assert await painted(office, size, "ctrl+left", "ctrl+left") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_where(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    collected(office, clock)
    assert await painted(office, size, "ctrl+p", *"kzg", "enter") == snapshot


async def test_a_year(office: Office, clock: SetClock, snapshot: SnapshotAssertion) -> None:
    collected(office, clock)
    assert await painted(office, (80, 24), "ctrl+left", "ctrl+left", "f8") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_machines(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    secret = cards.CardPlan("台式电脑", "T630", is_classified=True)
    machine = cards.enter_equipment(office, secret, cards.Place("机要室", "215室", 40), by=6).root
    cards.enter_equipment(office, cards.CardPlan("投影仪", "CB-X06"), cards.Place("资料动态股", "", 16), by=6)
    report_fault(office, machine, "电源不通", 40, by=6)
    assert await painted(office, size, tab="equipment") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_outings(office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    clock.set(datetime(2026, 10, 12, 7, 59))
    plan = Plan("项目现场调研", "工业园区", TODAY, Half.MORNING, date(2026, 10, 14), Half.AFTERNOON)
    enter_outing(office, [16, 13, 24], plan, by=6)
    clock.set(datetime(2026, 10, 12, 9, 0))
    hour = replace(plan, last=TODAY, to_half=Half.MORNING, left_at=time(8, 0), until_at=time(11, 0))
    enter_outing(office, [2], hour, by=6)
    assert await painted(office, size, tab="outings") == snapshot


@pytest.mark.parametrize("size", SIZES)
def with_leave(office: Office, clock: SetClock) -> None:
    """Enter slips in every state a clerk meets, long names among them."""
    for person, post in ((1, Post.DIRECTOR), (2, Post.DEPUTY_IN_CHARGE)):
        assign_post(office, person, post, by=1)
    asked = [
        LeaveRequest(16, stretch("10-12pm", "10-14am"), LeaveMode.WRITTEN, TODAY, reason="家事"),
        LeaveRequest(21, stretch("10-13", "10-15", LeaveKind.ANNUAL), LeaveMode.WRITTEN, TODAY),
        LeaveRequest(9, stretch("10-20am"), LeaveMode.ORAL, TODAY),
    ]
    for one in asked:
        apply_leave(office, one, Approval(TODAY, 1), by=6)
    apply_leave(office, LeaveRequest(12, stretch("10-26", "10-28"), LeaveMode.WRITTEN, TODAY), by=6)
    phone_leave(office, LeaveRequest(14, stretch("10-12"), LeaveMode.PHONE, TODAY), by=6)
    void_leave(office, apply_leave(office, replace(asked[2], person=30), Approval(TODAY, 2), by=6).id, "登记错人", by=6)
    clock.set(datetime(2026, 10, 14, 9, 30))


@pytest.mark.parametrize("size", SIZES)
async def test_the_leave_page(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    with_leave(office, clock)
    assert await painted(office, size, tab="leave") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_form_of_an_outing(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert await painted(office, size, "f2", tab="outings") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_half_days_pending(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    collected(office, clock)
    clock.set(datetime(2026, 10, 15, 7, 30))
    open_absence(office, 8, TODAY, [Half.MORNING], by=6)
    assert await painted(office, size, tab="absence") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_leave_form(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    keys = ("f2", *"zw", "enter", "1", "enter", *"13", "enter", "enter", *"16", "enter")
    assert await painted(office, size, *keys, tab="leave") == snapshot


async def test_the_leave_page_without_slips(office: Office, snapshot: SnapshotAssertion) -> None:
    assert await painted(office, (80, 24), tab="leave") == snapshot


async def test_an_office_without_people(tmp_path: Path, clock: SetClock, snapshot: SnapshotAssertion) -> None:
    founded = found_office(tmp_path / "empty", clock, {"office_name": "测试县人民政府办公室"})
    desk = Desk(founded, REGISTERS)
    app = OfficeApp(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("escape", "ctrl+right")
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    desk.close()
    founded.close()
    assert text == snapshot


async def test_the_first_run(tmp_path: Path, clock: SetClock, snapshot: SnapshotAssertion) -> None:
    app = FirstRunApp(tmp_path / "none", clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    assert text == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_settings(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    collected(office, clock)
    settings.change(office, "morning_cutoff", "08:20", by=6)
    assert await painted(office, size, "ctrl+left") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_past_of_a_setting(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    collected(office, clock)
    settings.change(office, "morning_cutoff", "08:20", by=6)
    assert await painted(office, size, "ctrl+left", "down", "enter") == snapshot


async def test_the_first_people_written_by_hand(tmp_path: Path, clock: SetClock, snapshot: SnapshotAssertion) -> None:
    app = FirstRunApp(tmp_path / "none", clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", *"测试县", "enter", "enter", "enter")
        await press(pilot, *"周小萍", "enter", *"行政股", "enter")
        await press(pilot, *"欧阳丽娟", "enter", "ctrl+u", *"资料动态股", "enter")
        text = "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
    assert text == snapshot


def called(office: Office, clock: SetClock) -> None:
    """Close and check the roll of the morning's cleaning, with an absence and somebody who came late."""
    clock.set(datetime(2026, 10, 12, 8, 5))
    calling.write(office, HYGIENE, TODAY, Topic("主楼前和东侧停车场", led_by="李卫东"), by=6)
    marking.mark(office, HYGIENE, TODAY, 9, MarkKind.ABSENT, Detail(remark="家里停水"), by=6)
    marking.mark(office, HYGIENE, TODAY, 16, MarkKind.LATE, Detail(datetime(2026, 10, 12, 7, 41)), by=6)
    calling.finish(office, HYGIENE, TODAY, by=6)
    calling.check(office, HYGIENE, TODAY, by=6)


@pytest.mark.parametrize("size", SIZES)
async def test_a_study_still_to_come(office: Office, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    assert await painted(office, size, tab="study") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_a_roll_checked(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    called(office, clock)
    assert await painted(office, size, tab="hygiene") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_a_month_of_rolls(
    office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    called(office, clock)
    assert await painted(office, size, "f8", tab="hygiene") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_the_roster(office: Office, clock: SetClock, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    calendar.ensure(office, 2026)
    row = make_roster(office, "2026-10", by=6).roster
    move_roster(office, row, "check_roster", by=6)
    move_roster(office, row, "issue_roster", by=6)
    line = next(one for one in shifts(office, row) if one.day.day == 14 and one.post is DutyPost.OFFICER)
    change_shift(office, Slip(ChangeKind.SUBSTITUTE, line.id, 51, "家中有事", is_agreed=True), by=6)
    assert await painted(office, size, tab="roster") == snapshot


@pytest.mark.parametrize("size", SIZES)
async def test_a_draft_of_the_roster_with_what_is_wrong(
    office: Office, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    calendar.ensure(office, 2026)
    row = make_roster(office, "2026-10", by=6).roster
    lines = [one for one in shifts(office, row) if one.post is DutyPost.OFFICER]
    set_shift(office, lines[13].id, None, by=6)
    set_shift(office, lines[15].id, lines[14].staff, by=6)
    assert await painted(office, size, tab="roster") == snapshot
