"""The forms of meetings."""

from __future__ import annotations

from govoffice_tui.exporters.form import Form
from govoffice_tui.exporters.meetings import ledger, sheets
from govoffice_tui.registers.meetings import months as meeting_months
from govoffice_tui.registers.meetings import papers as meeting_papers
from govoffice_tui.registers.meetings.views import MeetingPage, MeetingsMonth
from govoffice_tui.rules.periods import Span

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

FORMS = (MEETINGS_MONTH,)

PAPERS = (MEETING_SIGN_SHEET, MEETING_LISTS)
