"""The forms of the stock book: a month's, the papers of one matter, and what is filled in by hand."""

from __future__ import annotations

from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.exporters.supplies import buying, ledger, month_report, slips
from govoffice_tui.registers.supplies import papers, use
from govoffice_tui.registers.supplies.views import CountSheet, LedgerPage, PurchasePlan
from govoffice_tui.rules.periods import Span

SUPPLIES_MONTH: Form[papers.MonthForms] = Form(
    id="supplies_month",
    title=month_report.TITLE,
    register="supplies",
    name="{period}_办公耗材收发存月报表",
    span=Span.MONTH,
    summary=papers.month_forms,
    pages=month_report.month_pages,
    digest=month_report.month_digest,
)
SUPPLIES_LEDGER: Form[tuple[LedgerPage, ...]] = Form(
    id="supplies_ledger",
    title=ledger.TITLE,
    register="supplies",
    name="{period}_办公耗材台账",
    span=Span.MONTH,
    summary=papers.ledger_pages,
    pages=ledger.ledger_sheets,
    digest=ledger.ledger_digest,
    applies=papers.has_ledger,
)
FORMS = (SUPPLIES_MONTH, SUPPLIES_LEDGER)

SUPPLIES_SLIP: Form[papers.SlipPaper] = Form(
    id="supplies_slip",
    title=slips.SLIP,
    register="supplies",
    name="{period}_耗材领用单",
    span=Span.DAY,
    summary=papers.slip_paper,
    pages=slips.slip_pages,
    digest=slips.slip_digest,
)
SUPPLIES_BLANK_SLIP: Form[papers.SlipPaper] = Form(
    id="supplies_blank_slip",
    title=slips.SLIP,
    register="supplies",
    name="{period}_空白耗材领用单",
    span=Span.DAY,
    summary=papers.slip_paper,
    pages=slips.slip_pages,
    digest=slips.slip_digest,
)
SUPPLIES_COUNT: Form[CountSheet] = Form(
    id="supplies_count",
    title=slips.COUNT,
    register="supplies",
    name="{period}_耗材盘点表",
    span=Span.DAY,
    summary=papers.count_paper,
    pages=slips.count_pages,
    digest=slips.count_digest,
)
SUPPLIES_PAGE: Form[papers.SignPage] = Form(
    id="supplies_page",
    title=slips.SIGN,
    register="supplies",
    name="{period}_耗材领用签字页",
    span=Span.DAY,
    summary=papers.sign_page,
    pages=slips.sign_pages,
    digest=slips.sign_digest,
)
SUPPLIES_LOW: Form[papers.LowList] = Form(
    id="supplies_low",
    title=buying.LOW,
    register="supplies",
    name="{period}_低库存清单",
    span=Span.DAY,
    summary=papers.low_list,
    pages=buying.low_pages,
    digest=buying.low_digest,
)
SUPPLIES_PLAN: Form[PurchasePlan] = Form(
    id="supplies_plan",
    title="采购计划申请",
    register="supplies",
    name="{period}_采购计划申请",
    span=Span.DAY,
    summary=lambda office, day: use.purchase_plan(office),
    pages=buying.plan_pages,
    digest=buying.plan_digest,
)
PAPERS = (SUPPLIES_SLIP, SUPPLIES_BLANK_SLIP, SUPPLIES_COUNT, SUPPLIES_PAGE, SUPPLIES_LOW, SUPPLIES_PLAN)

BLANK_SLIP = Blank(
    id="blank_supplies_slip",
    title=slips.SLIP,
    register="supplies",
    pages=slips.blank_slips,
)
BLANKS = (BLANK_SLIP,)
