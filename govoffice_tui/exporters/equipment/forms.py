"""The forms of 设备."""

from __future__ import annotations

from govoffice_tui.exporters.equipment import ledger, month_report, slips
from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.registers import calendar
from govoffice_tui.registers.equipment import papers
from govoffice_tui.registers.equipment.history import EquipmentList, equipment_list
from govoffice_tui.registers.equipment.months import equipment_month
from govoffice_tui.registers.equipment.papers import BLANK, LoanSlip, RepairSlip
from govoffice_tui.registers.equipment.views import EquipmentMonth, History
from govoffice_tui.rules.periods import Span

EQUIPMENT_MONTH: Form[EquipmentMonth] = Form(
    id="equipment_month",
    title=month_report.TITLE,
    register="equipment",
    name="{period}_设备报修与借用月报表",
    span=Span.MONTH,
    summary=equipment_month,
    pages=month_report.month_pages,
    digest=month_report.month_digest,
)
EQUIPMENT_LIST: Form[EquipmentList] = Form(
    id="equipment_list",
    title=ledger.LIST_TITLE,
    register="equipment",
    name="{period}_设备台账",
    span=Span.DAY,
    summary=equipment_list,
    pages=ledger.list_pages,
    digest=ledger.list_digest,
)
EQUIPMENT_HISTORY: Form[History] = Form(
    id="equipment_history",
    title=ledger.HISTORY_TITLE,
    register="equipment",
    name="{period}_设备履历",
    span=Span.DAY,
    summary=papers.history_paper,
    pages=ledger.history_pages,
    digest=ledger.history_digest,
)
REPAIR_SLIP: Form[RepairSlip] = Form(
    id="repair_slip",
    title=slips.REPAIR_TITLE,
    register="equipment",
    name="{period}_设备报修单",
    span=Span.DAY,
    summary=papers.repair_slip,
    pages=slips.repair_pages,
    digest=slips.repair_digest,
)
LOAN_SLIP: Form[LoanSlip] = Form(
    id="loan_slip",
    title=slips.LOAN_TITLE,
    register="equipment",
    name="{period}_设备借用单",
    span=Span.DAY,
    summary=papers.loan_slip,
    pages=slips.loan_pages,
    digest=slips.loan_digest,
)
BLANK_REPAIR = Blank(
    id="blank_repair",
    title=slips.REPAIR_TITLE,
    register="equipment",
    pages=lambda office, day, made_at: (
        slips.repair_pages(papers.repair_slip(office, BLANK), made_at)
        if calendar.for_day(office, day).is_workday(day)
        else []
    ),
)
BLANK_LOAN = Blank(
    id="blank_loan",
    title=slips.LOAN_TITLE,
    register="equipment",
    pages=lambda office, day, made_at: (
        slips.loan_pages(papers.loan_slip(office, BLANK), made_at)
        if calendar.for_day(office, day).is_workday(day)
        else []
    ),
)

FORMS = (EQUIPMENT_MONTH,)

PAPERS = (EQUIPMENT_LIST, EQUIPMENT_HISTORY, REPAIR_SLIP, LOAN_SLIP)

BLANKS = (BLANK_REPAIR, BLANK_LOAN)
