"""The register of meetings as one of the office's books."""

from __future__ import annotations

from govoffice_tui.registers.meetings import listing, months
from govoffice_tui.registers.register import Due, Hit, Register

MEETINGS = Register(
    word=months.REGISTER,
    title=months.WORDS,
    tab=months.REGISTER,
    pending=months.pending,
    due=lambda office, now: [Due(text, late, day, months.REGISTER) for text, late, day in listing.due(office, now)],
    search=lambda office, words: [Hit(text, day) for text, day in listing.search(office, words)],
    month_summary=months.month_summary,
    seal_digest=months.seal_digest,
)
