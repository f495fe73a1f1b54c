"""The book of machines as one of the office's books."""

from __future__ import annotations

from govoffice_tui.registers.equipment import months
from govoffice_tui.registers.equipment.checks import REGISTER, WORDS
from govoffice_tui.registers.register import Register

EQUIPMENT = Register(
    word=REGISTER,
    title=WORDS,
    tab=REGISTER,
    pending=months.pending,
    due=months.due,
    search=months.search,
    month_summary=months.month_summary,
    seal_digest=months.seal_digest,
)
