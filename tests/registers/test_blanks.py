"""What a blank 签到表 is printed from: who signs on a day, and the hours of its sessions."""

from __future__ import annotations

from datetime import date, datetime, time

from govoffice_tui.registers import calendar
from govoffice_tui.registers.adjustments import adjust
from govoffice_tui.registers.attendance.blanks import blank_sheet, next_worked_day
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff_changes import lend_out
from govoffice_tui.registers.staff_profiles import change_profile
from govoffice_tui.rules.calendar import AdjustmentKind, Half
from govoffice_tui.rules.people import AttendanceMode

TODAY = date(2026, 10, 12)
KEEPER = 3


def test_everybody_who_signs_that_day_is_on_it_and_nobody_else(office: Office) -> None:
    calendar.ensure(office, 2026)
    lend_out(office, 2, TODAY, None, "县委办", by=KEEPER)
    change_profile(office, 1, TODAY, mode=AttendanceMode.EXEMPT, remark="主任批准", by=KEEPER)
    change_profile(office, 7, TODAY, mode=AttendanceMode.SHIFTS, by=KEEPER)
    sheet = blank_sheet(office, TODAY)
    assert [person.id for person in sheet.signers] == [3, 4, 5, 6, 8]
    assert sheet.excused == (("赵敏", "免签"), ("钱峰", "借出"), ("冯䶮", "轮班"))
    assert sheet.display_names[4] == "王伟(行政股)"


def test_the_hours_are_those_of_the_day(office: Office) -> None:
    calendar.ensure(office, 2026)
    assert {half: hours.cutoff.time() for half, hours in blank_sheet(office, TODAY).hours.items()} == {
        Half.MORNING: time(8, 15),
        Half.AFTERNOON: time(14, 45),
    }
    assert blank_sheet(office, date(2026, 10, 17)).hours == {}


def test_of_an_afternoon_the_office_closed_there_is_no_session(office: Office) -> None:
    calendar.ensure(office, 2026)
    adjust(office, TODAY, (Half.AFTERNOON,), AdjustmentKind.CLOSED, "赵敏", "集体活动", by=KEEPER)
    assert list(blank_sheet(office, TODAY).hours) == [Half.MORNING]


def test_the_next_day_is_today_while_a_session_is_ahead_or_the_first_after_the_rest(office: Office) -> None:
    assert next_worked_day(office, datetime(2026, 10, 12, 7, 50)) == TODAY
    assert next_worked_day(office, datetime(2026, 10, 12, 14, 44)) == TODAY
    assert next_worked_day(office, datetime(2026, 10, 12, 14, 45)) == date(2026, 10, 13)
    assert next_worked_day(office, datetime(2026, 10, 17, 9, 0)) == date(2026, 10, 19)
    assert next_worked_day(office, datetime(2026, 12, 31, 20, 0)) == date(2027, 1, 4)
