"""The forms of the duty book and of the roster."""

from __future__ import annotations

from datetime import date

from govoffice_tui.exporters.duty import call_slip, month_report, page_sheet, roster_forms
from govoffice_tui.exporters.duty.contact_pages import contact_digest, contact_pages
from govoffice_tui.exporters.duty.page_sheet import BLANK_SHEET, blank_duty_page
from govoffice_tui.exporters.duty.roster_forms import RosterSheets
from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.registers.duty import months as duty_months
from govoffice_tui.registers.duty import pages as duty_book
from govoffice_tui.registers.duty import slips as duty_slips
from govoffice_tui.registers.duty.contact_list import ContactSheet, contact_sheet
from govoffice_tui.registers.duty.roster_fairness import DutyMonth as RosterFigures
from govoffice_tui.registers.duty.roster_fairness import duty_month
from govoffice_tui.registers.duty.roster_pages import RosterPage, roster_page
from govoffice_tui.registers.duty.views import DutyMonth, ShiftPage
from govoffice_tui.rules.periods import Span

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
    pages=contact_pages,
    digest=contact_digest,
)
"""The list that hangs in the duty room: written when somebody wants it anew, not with every day's forms."""

BLANK_DUTY_PAGE = Blank(
    id="blank_duty_page",
    title="值班页",
    register="duty",
    pages=lambda office, day, made_at: [
        blank_duty_page(page, made_at, f"{BLANK_SHEET}{page.hours.part}") for page in duty_book.pages_on(office, day)
    ],
)
CONTACT_LIST = Blank(
    id="contact_list",
    title="应急联系表",
    register="duty",
    pages=lambda office, day, made_at: contact_pages(contact_sheet(office, day), made_at),
)

FORMS = (
    DUTY_MONTH,
    DUTY_PAGE,
    DUTY_ROSTER,
    DUTY_CHANGES,
    DUTY_FIGURES,
)

PAPERS = (
    DUTY_SLIP,
    DUTY_CONTACTS,
)

BLANKS = (BLANK_DUTY_PAGE,)
