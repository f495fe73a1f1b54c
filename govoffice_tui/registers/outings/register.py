"""The register of outings as one of the office's books."""

from __future__ import annotations

from govoffice_tui.registers.outings import checks as outing_checks
from govoffice_tui.registers.outings import pages as outing_pages
from govoffice_tui.registers.register import Due, Hit, Register

OUTINGS = Register(
    word=outing_checks.REGISTER,
    title="外出",
    tab=outing_checks.REGISTER,
    pending=outing_pages.pending,
    due=lambda office, now: [
        Due(text, late, day, outing_checks.REGISTER) for text, late, day in outing_pages.due_returns(office, now)
    ],
    search=lambda office, words: [Hit(text, day) for text, day in outing_pages.search(office, words)],
    month_summary=outing_pages.month_summary,
    seal_digest=outing_pages.seal_digest,
)
