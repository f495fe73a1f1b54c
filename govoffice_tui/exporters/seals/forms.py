"""The forms of the seal register: what a month is written to, papers of one matter, and blank ones."""

from __future__ import annotations

from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.exporters.seals import book, figures, sign_page, slips
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.seals import papers
from govoffice_tui.registers.seals.months import SealsMonth, seals_month
from govoffice_tui.registers.seals.papers import ApprovalSheet, HandoverSheet, SignSheet
from govoffice_tui.rules.periods import Span

SEALS_BOOK: Form[SealsMonth] = Form(
    id="seals_book",
    title=book.TITLE,
    register="seals",
    name="{period}_用印登记簿",
    span=Span.MONTH,
    summary=seals_month,
    pages=book.book_pages,
    digest=book.book_digest,
)
SEALS_MONTH: Form[SealsMonth] = Form(
    id="seals_month",
    title=figures.TITLE,
    register="seals",
    name="{period}_用印情况月统计表",
    span=Span.MONTH,
    summary=seals_month,
    pages=figures.figure_pages,
    digest=figures.figure_digest,
)
"""The month's sums by seal and by unit, what is open or was refused, and 外带清单."""

SEAL_APPROVAL: Form[ApprovalSheet] = Form(
    id="seal_approval",
    title=slips.APPROVAL_TITLE,
    register="seals",
    name="{period}_用印审批单",
    span=Span.MONTH,
    summary=papers.approval_sheet,
    pages=slips.approval_pages,
    digest=slips.approval_digest,
)
SEAL_HANDOVER: Form[HandoverSheet] = Form(
    id="seal_handover",
    title=slips.HANDOVER_TITLE,
    register="seals",
    name="{period}_印章交接单",
    span=Span.MONTH,
    summary=papers.handover_sheet,
    pages=slips.handover_pages,
    digest=slips.handover_digest,
)
SEAL_SIGN_PAGE: Form[SignSheet] = Form(
    id="seal_sign_page",
    title=sign_page.SIGN_TITLE,
    register="seals",
    name="{period}_用印签字页",
    span=Span.MONTH,
    summary=papers.sign_sheet,
    pages=sign_page.sign_pages,
    digest=sign_page.sign_digest,
)

BLANK_USE_PAGE = Blank(
    id="blank_use_page",
    title=sign_page.USE_TITLE,
    register="seals",
    pages=lambda office, day, made_at: (
        [sign_page.blank_use_page(settings.on(office, day).office_name)]
        if calendar.for_day(office, day).is_workday(day)
        else []
    ),
)
BLANK_APPROVAL = Blank(
    id="blank_seal_approval",
    title=slips.APPROVAL_TITLE,
    register="seals",
    pages=lambda office, day, made_at: (
        slips.approval_pages(ApprovalSheet(settings.on(office, day).office_name, None), made_at)
        if calendar.for_day(office, day).is_workday(day)
        else []
    ),
)

FORMS = (SEALS_BOOK, SEALS_MONTH)

PAPERS = (SEAL_APPROVAL, SEAL_HANDOVER, SEAL_SIGN_PAGE)

BLANKS = (BLANK_USE_PAGE, BLANK_APPROVAL)
