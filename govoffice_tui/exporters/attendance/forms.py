"""The forms of the sign-in book, with 旷工认定单."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.exporters import absence
from govoffice_tui.exporters.attendance import workbook_pages
from govoffice_tui.exporters.attendance.blank_sheet import blank_pages
from govoffice_tui.exporters.attendance.whereabouts import whereabouts_digest, whereabouts_page
from govoffice_tui.exporters.attendance.year_sheet import year_digest, year_pages
from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.registers.absence.pages import PaperSheet, paper_sheet
from govoffice_tui.registers.attendance import months, pages
from govoffice_tui.registers.attendance.blanks import blank_sheets
from govoffice_tui.registers.attendance.views import AttendanceMonth, DaySheet
from govoffice_tui.registers.attendance.whereabouts import Whereabouts, whereabouts
from govoffice_tui.registers.attendance.years import AttendanceYear, attendance_year
from govoffice_tui.rules.periods import Span

ATTENDANCE_MONTH: Form[AttendanceMonth] = Form(
    id="attendance_month",
    title="考勤月报表",
    register="attendance",
    name="{period}_考勤月报表",
    span=Span.MONTH,
    summary=months.month,
    pages=workbook_pages.month_pages,
    digest=workbook_pages.figures_digest,
)
ATTENDANCE_DAY: Form[DaySheet] = Form(
    id="attendance_day",
    title="签到表",
    register="attendance",
    name="{period}_签到表",
    span=Span.DAY,
    summary=lambda office, day: pages.day_sheet(office, date.fromisoformat(day)),
    pages=workbook_pages.day_pages,
    digest=workbook_pages.day_digest,
)
ATTENDANCE_MOMENT: Form[Whereabouts] = Form(
    id="attendance_moment",
    title="今日在岗情况表",
    register="attendance",
    name="{period}_在岗情况表",
    span=Span.MOMENT,
    summary=lambda office, moment: whereabouts(office, datetime.fromisoformat(moment)),
    pages=lambda seen, made_at: [whereabouts_page(seen, made_at)],
    digest=whereabouts_digest,
)
ATTENDANCE_YEAR: Form[AttendanceYear] = Form(
    id="attendance_year",
    title="年度考勤汇总表",
    register="attendance",
    name="{period}_年度考勤汇总表",
    span=Span.YEAR,
    summary=lambda office, year: attendance_year(office, int(year)),
    pages=year_pages,
    digest=year_digest,
)
ABSENCE_PAPER: Form[PaperSheet] = Form(
    id="absence_paper",
    title="旷工认定单",
    register="attendance",
    name="{period}_旷工认定单",
    span=Span.DAY,
    summary=paper_sheet,
    pages=absence.paper_pages,
    digest=absence.paper_digest,
)
BLANK_SIGN_IN = Blank(
    id="blank_sign_in",
    title="签到表",
    register="attendance",
    pages=lambda office, day, made_at: blank_pages(blank_sheets(office, day), made_at),
)

FORMS = (
    ATTENDANCE_MONTH,
    ATTENDANCE_DAY,
    ATTENDANCE_MOMENT,
    ATTENDANCE_YEAR,
)

PAPERS = (ABSENCE_PAPER,)

BLANKS = (BLANK_SIGN_IN,)
