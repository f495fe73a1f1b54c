"""The forms of leave."""

from __future__ import annotations

from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.exporters.leave import workbook_pages as leave_pages
from govoffice_tui.exporters.leave.slip import slip_pages
from govoffice_tui.registers import calendar
from govoffice_tui.registers.leave import months as leave_months
from govoffice_tui.registers.leave import slips
from govoffice_tui.registers.leave.months import LeaveMonth
from govoffice_tui.registers.leave.slips import BLANK as BLANK_SLIP
from govoffice_tui.registers.leave.slips import SlipSheet, slip_sheet
from govoffice_tui.rules.periods import Span

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

BLANK_LEAVE_SLIP = Blank(
    id="blank_leave_slip",
    title="请假审批单",
    register="leave",
    pages=lambda office, day, made_at: (
        slip_pages(slip_sheet(office, BLANK_SLIP), made_at) if calendar.for_day(office, day).is_workday(day) else []
    ),
)

FORMS = (LEAVE_MONTH,)

PAPERS = (LEAVE_SLIP,)

BLANKS = (BLANK_LEAVE_SLIP,)
