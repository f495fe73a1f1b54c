"""The leave register as one of the office's books."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.registers.leave import months as leave_months
from govoffice_tui.registers.leave.charts import LEAVE_REGISTER
from govoffice_tui.registers.leave.finding import search_leave
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due, Hit, Register


def _leave_due(office: Office, now: datetime) -> list[Due]:
    """Return follow-ups, leave not cleared and slips not decided on."""
    return [Due(one.text, one.is_overdue, one.day, LEAVE_REGISTER) for one in leave_months.due(office, now)]


def _leave_search(office: Office, words: str) -> list[Hit]:
    """Return the slips the words mean: a number, a person, a kind."""
    return [Hit(words, day, person) for words, day, person in search_leave(office, words)]


LEAVE = Register(
    word=LEAVE_REGISTER,
    title="请假",
    tab=LEAVE_REGISTER,
    pending=leave_months.pending,
    due=_leave_due,
    search=_leave_search,
    month_summary=leave_months.summary,
    seal_digest=leave_months.seal_digest,
)
