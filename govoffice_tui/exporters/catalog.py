"""The forms the office can write, so that reports and screens loop over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from govoffice_tui.exporters import absence, hygiene, outings, rolls, study
from govoffice_tui.exporters.attendance import workbook_pages
from govoffice_tui.exporters.attendance.whereabouts import whereabouts_digest, whereabouts_page
from govoffice_tui.exporters.attendance.year_sheet import year_digest, year_pages
from govoffice_tui.exporters.duty import call_slip, contact_pages, month_report, page_sheet, roster_forms
from govoffice_tui.exporters.duty.roster_forms import RosterSheets
from govoffice_tui.exporters.leave import workbook_pages as leave_pages
from govoffice_tui.exporters.meetings import ledger, sheets
from govoffice_tui.exporters.page import Page
from govoffice_tui.exporters.supervision import month_report as supervision_report
from govoffice_tui.exporters.supervision import unit_sheet
from govoffice_tui.registers.absence.pages import PaperSheet, paper_sheet
from govoffice_tui.registers.attendance import months, pages
from govoffice_tui.registers.attendance.views import AttendanceMonth, DaySheet
from govoffice_tui.registers.attendance.whereabouts import Whereabouts, whereabouts
from govoffice_tui.registers.attendance.years import AttendanceYear, attendance_year
from govoffice_tui.registers.duty import months as duty_months
from govoffice_tui.registers.duty import pages as duty_book
from govoffice_tui.registers.duty import slips as duty_slips
from govoffice_tui.registers.duty.contact_list import ContactSheet, contact_sheet
from govoffice_tui.registers.duty.roster_fairness import DutyMonth as RosterFigures
from govoffice_tui.registers.duty.roster_fairness import duty_month
from govoffice_tui.registers.duty.roster_pages import RosterPage, roster_page
from govoffice_tui.registers.duty.views import DutyMonth, ShiftPage
from govoffice_tui.registers.leave import months as leave_months
from govoffice_tui.registers.leave import slips
from govoffice_tui.registers.leave.months import LeaveMonth
from govoffice_tui.registers.leave.slips import SlipSheet
from govoffice_tui.registers.meetings import months as meeting_months
from govoffice_tui.registers.meetings import papers as meeting_papers
from govoffice_tui.registers.meetings.views import MeetingPage, MeetingsMonth
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.pages import OutingsMonth, outings_month
from govoffice_tui.registers.rolls import months as roll_months
from govoffice_tui.registers.rolls.views import RollMonth, RollPage
from govoffice_tui.registers.supervision import months as supervision_months
from govoffice_tui.registers.supervision.unit_list import UnitList, unit_list
from govoffice_tui.registers.supervision.views import SupervisionMonth
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.periods import Span, file_word
from govoffice_tui.rules.study import STUDY

Summary = TypeVar("Summary")


def always(office: Office, period: str) -> bool:
    """Return that there is something to write whatever the period."""
    return True


@dataclass(frozen=True)
class Form(Generic[Summary]):
    """One form of a register: `summary` reads what `pages` sets and `digest` fingerprints.

    `name` is the fixed pattern of its file; `{period}` is as long as `span` says (`rules.periods`).
    `applies` says whether there is such a form for a period: not every day has a session.
    """

    id: str
    title: str
    register: str
    name: str
    span: Span
    summary: Callable[[Office, str], Summary]
    pages: Callable[[Summary, datetime], list[Page]]
    digest: Callable[[Summary], str]
    applies: Callable[[Office, str], bool] = always

    def file_name(self, period: str, version: int = 1) -> str:
        """Return 2026-10_考勤月报表.xlsx, with _v2 from the second version of the figures on."""
        return f"{self.name.format(period=file_word(period))}{f'_v{version}' if version > 1 else ''}.xlsx"


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
LEAVE_MONTH: Form[LeaveMonth] = Form(
    id="leave_month",
    title="请假情况汇总表",
    register="leave",
    name="{period}_请假情况汇总表",
    span=Span.MONTH,
    summary=leave_months.month,
    pages=leave_pages.month_pages,
    digest=leave_pages.month_digest,
)
LEAVE_SLIP: Form[SlipSheet] = Form(
    id="leave_slip",
    title="请假审批单",
    register="leave",
    name="{period}_请假审批单",
    span=Span.MONTH,
    summary=slips.slip_sheet,
    pages=leave_pages.slip_pages,
    digest=leave_pages.slip_digest,
)
"""One slip to be signed: written for a slip, never for a whole day or month."""

OUTINGS_MONTH: Form[OutingsMonth] = Form(
    id="outings_month",
    title=outings.TITLE,
    register="outings",
    name="{period}_因公外出情况汇总表",
    span=Span.MONTH,
    summary=outings_month,
    pages=outings.month_pages,
    digest=outings.month_digest,
)
STUDY_MONTH: Form[RollMonth] = Form(
    id="study_month",
    title=study.TITLE,
    register=STUDY.word,
    name="{period}_集中学习考勤汇总表",
    span=Span.MONTH,
    summary=lambda office, month: roll_months.month(office, STUDY, month),
    pages=study.month_pages,
    digest=rolls.month_digest,
)
STUDY_ROLL: Form[RollPage] = Form(
    id="study_roll",
    title="集中学习点名表",
    register=STUDY.word,
    name="{period}_集中学习点名表",
    span=Span.DAY,
    summary=lambda office, day: rolls.session_page(office, STUDY, day),
    pages=study.roll_pages,
    digest=rolls.sheet_digest,
    applies=lambda office, day: rolls.has_session(office, STUDY, day),
)
HYGIENE_MONTH: Form[RollMonth] = Form(
    id="hygiene_month",
    title=hygiene.TITLE,
    register=HYGIENE.word,
    name="{period}_大扫除登记汇总表",
    span=Span.MONTH,
    summary=lambda office, month: roll_months.month(office, HYGIENE, month),
    pages=hygiene.month_pages,
    digest=rolls.month_digest,
)
HYGIENE_ROLL: Form[RollPage] = Form(
    id="hygiene_roll",
    title="大扫除点名表",
    register=HYGIENE.word,
    name="{period}_大扫除点名表",
    span=Span.DAY,
    summary=lambda office, day: rolls.session_page(office, HYGIENE, day),
    pages=hygiene.roll_pages,
    digest=rolls.sheet_digest,
    applies=lambda office, day: rolls.has_session(office, HYGIENE, day),
)
SUPERVISION_MONTH: Form[SupervisionMonth] = Form(
    id="supervision_month",
    title=supervision_report.TITLE,
    register="supervision",
    name="{period}_会议及督办情况月报",
    span=Span.MONTH,
    summary=supervision_months.month,
    pages=supervision_report.month_pages,
    digest=supervision_report.month_digest,
)
SUPERVISION_LIST: Form[UnitList] = Form(
    id="supervision_list",
    title=unit_sheet.TITLE,
    register="supervision",
    name="{period}_督办清单",
    span=Span.DAY,
    summary=unit_list,
    pages=unit_sheet.list_pages,
    digest=unit_sheet.list_digest,
)
"""What one unit has in hand: written for a unit, never for a whole day or month."""

DUTY_MONTH: Form[DutyMonth] = Form(
    id="duty_month",
    title="值班工作情况月报表",
    register="duty",
    name="{period}_值班工作情况月报表",
    span=Span.MONTH,
    summary=duty_months.month,
    pages=month_report.month_pages,
    digest=month_report.month_digest,
)
DUTY_PAGE: Form[tuple[ShiftPage, ...]] = Form(
    id="duty_page",
    title="值班记录",
    register="duty",
    name="{period}_值班记录",
    span=Span.DAY,
    summary=lambda office, day: duty_book.pages_on(office, date.fromisoformat(day)),
    pages=page_sheet.duty_pages,
    digest=page_sheet.duty_digests,
    applies=lambda office, day: duty_book.has_begun(office, date.fromisoformat(day)),
)
DUTY_SLIP: Form[duty_slips.CallSlip] = Form(
    id="duty_slip",
    title="值班来电呈阅单",
    register="duty",
    name="{period}_值班来电呈阅单",
    span=Span.DAY,
    summary=duty_slips.call_slip,
    pages=call_slip.slip_pages,
    digest=call_slip.slip_digest,
)
"""One line laid before a leader: written for a line, never for a whole day or month."""

DUTY_CONTACTS: Form[ContactSheet] = Form(
    id="duty_contacts",
    title="应急联系表",
    register="duty",
    name="{period}_应急联系表",
    span=Span.DAY,
    summary=lambda office, day: contact_sheet(office, date.fromisoformat(day)),
    pages=contact_pages.contact_pages,
    digest=contact_pages.contact_digest,
)
"""The list that hangs in the duty room: written when somebody wants it anew, not with every day's forms."""

DUTY_ROSTER: Form[RosterSheets] = Form(
    id="duty_roster",
    title="值班表",
    register="roster",
    name="{period}_值班表",
    span=Span.MONTH,
    summary=roster_forms.roster_sheets,
    pages=roster_forms.roster_forms,
    digest=roster_forms.roster_digest,
)
DUTY_CHANGES: Form[RosterPage] = Form(
    id="duty_changes",
    title="调班申请单",
    register="roster",
    name="{period}_调班申请单",
    span=Span.MONTH,
    summary=roster_page,
    pages=roster_forms.change_forms,
    digest=roster_forms.change_digest,
)
DUTY_FIGURES: Form[RosterFigures] = Form(
    id="duty_figures",
    title="值班统计表",
    register="roster",
    name="{period}_值班统计表",
    span=Span.MONTH,
    summary=duty_month,
    pages=roster_forms.figure_forms,
    digest=roster_forms.figure_digest,
)
MEETINGS_MONTH: Form[MeetingsMonth] = Form(
    id="meetings_month",
    title=ledger.TITLE,
    register="meetings",
    name="{period}_会议台账",
    span=Span.MONTH,
    summary=meeting_months.month,
    pages=ledger.ledger_pages,
    digest=ledger.ledger_digest,
)
MEETING_SIGN_SHEET: Form[MeetingPage] = Form(
    id="meeting_sign_sheet",
    title=sheets.SIGN_TITLE,
    register="meetings",
    name="{period}_会议签到表",
    span=Span.DAY,
    summary=meeting_papers.paper_page,
    pages=sheets.sign_pages,
    digest=sheets.sign_digest,
)
MEETING_LISTS: Form[MeetingPage] = Form(
    id="meeting_lists",
    title=sheets.LISTS_TITLE,
    register="meetings",
    name="{period}_参会情况名单",
    span=Span.DAY,
    summary=meeting_papers.paper_page,
    pages=sheets.list_pages,
    digest=sheets.list_digest,
)
"""Papers of one meeting: the sheet that is signed, and who comes, stands in and is excused."""

FORMS: tuple[Form[Any], ...] = (
    ATTENDANCE_MONTH,
    ATTENDANCE_DAY,
    ATTENDANCE_MOMENT,
    ATTENDANCE_YEAR,
    LEAVE_MONTH,
    DUTY_MONTH,
    DUTY_PAGE,
    OUTINGS_MONTH,
    DUTY_ROSTER,
    DUTY_CHANGES,
    DUTY_FIGURES,
    STUDY_MONTH,
    STUDY_ROLL,
    HYGIENE_MONTH,
    HYGIENE_ROLL,
    SUPERVISION_MONTH,
    MEETINGS_MONTH,
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
PAPERS: tuple[Form[Any], ...] = (
    LEAVE_SLIP,
    ABSENCE_PAPER,
    DUTY_SLIP,
    DUTY_CONTACTS,
    MEETING_SIGN_SHEET,
    MEETING_LISTS,
    SUPERVISION_LIST,
)
"""Papers written when asked for: their period is a day, and behind it what they are about, if it is one matter."""
