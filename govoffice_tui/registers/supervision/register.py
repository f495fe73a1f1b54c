"""Supervision as one of the office's books."""

from __future__ import annotations

from govoffice_tui.registers.register import Due, Hit, Register
from govoffice_tui.registers.supervision import months, pages
from govoffice_tui.registers.supervision.views import REGISTER, WORDS

SUPERVISION = Register(
    word=REGISTER,
    title=WORDS,
    tab=REGISTER,
    pending=months.pending,
    due=lambda office, now: [Due(text, late, day, REGISTER) for text, late, day in pages.due_matters(office, now)],
    search=lambda office, words: [Hit(text, day) for text, day in pages.search(office, words)],
    month_summary=months.month_summary,
    seal_digest=months.seal_digest,
)
