"""The forms of meetings: 会议台账 of a month, and the papers of one meeting."""

from __future__ import annotations

from govoffice_tui.exporters.form import Form
from govoffice_tui.exporters.meetings import ledger, sheets
from govoffice_tui.registers.meetings.months import REGISTER, month
from govoffice_tui.registers.meetings.papers import paper_page
from govoffice_tui.registers.meetings.views import MeetingPage, MeetingsMonth
from govoffice_tui.rules.periods import Span

MEETINGS_MONTH: Form[MeetingsMonth] = Form(
    id="meetings_month",
    title=ledger.TITLE,
    register=REGISTER,
    name="{period}_会议台账",
    span=Span.MONTH,
    summary=month,
    pages=ledger.ledger_pages,
    digest=ledger.ledger_digest,
)
MEETING_SIGN_SHEET: Form[MeetingPage] = Form(
    id="meeting_sign_sheet",
    title=sheets.SIGN_TITLE,
    register=REGISTER,
    name="{period}_会议签到表",
    span=Span.DAY,
    summary=paper_page,
    pages=sheets.sign_pages,
    digest=sheets.sign_digest,
)
MEETING_LISTS: Form[MeetingPage] = Form(
    id="meeting_lists",
    title=sheets.LISTS_TITLE,
    register=REGISTER,
    name="{period}_参会情况名单",
    span=Span.DAY,
    summary=paper_page,
    pages=sheets.list_pages,
    digest=sheets.list_digest,
)
FORMS = (MEETINGS_MONTH,)
PAPERS = (MEETING_SIGN_SHEET, MEETING_LISTS)
