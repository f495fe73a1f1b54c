"""The duty book and the duty roster as two of the office's books."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.registers.duty import agenda as duty_agenda
from govoffice_tui.registers.duty import months as duty_months
from govoffice_tui.registers.duty import roster, roster_due
from govoffice_tui.registers.duty.book import REGISTER as DUTY_REGISTER
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due, Hit, Register


def _duty_due(office: Office, now: datetime) -> list[Due]:
    """Return tonight's shift, what was handed on, pages not signed and blank shifts."""
    return [Due(one.text, one.is_overdue, one.day, DUTY_REGISTER) for one in duty_agenda.due(office, now)]


def _duty_search(office: Office, words: str) -> list[Hit]:
    """Return the lines of the duty book that hold the words: unit, name, phone, gist."""
    return [Hit(one.text, one.day) for one in duty_agenda.search(office, words)]


DUTY = Register(
    word=DUTY_REGISTER,
    title="值班",
    tab=DUTY_REGISTER,
    pending=duty_months.pending,
    due=_duty_due,
    search=_duty_search,
    month_summary=duty_months.summary,
    seal_digest=duty_months.seal_digest,
)


ROSTER = Register(
    word=roster.REGISTER,
    title="值班表",
    tab=roster.REGISTER,
    pending=roster_due.shortfalls,
    due=lambda office, now: [Due(*line, roster.REGISTER) for line in roster_due.due_lines(office, now)],
    search=lambda office, words: [Hit(*found) for found in roster_due.search_words(office, words)],
    month_summary=roster_due.summary_words,
    seal_digest=roster_due.seal_digest,
)
