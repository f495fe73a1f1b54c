"""The seal register as one of the office's books."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due, Hit, Register
from govoffice_tui.registers.reviews import open_reviews
from govoffice_tui.registers.seals import duties
from govoffice_tui.registers.seals.views import REGISTER, WORDS


def _due(office: Office, now: datetime) -> list[Due]:
    """Return what has to be done, and the corrections that wait for a second person."""
    return [
        *(Due(text, late, day, REGISTER) for text, late, day in duties.due(office, now)),
        *(
            Due(f"复核 {one.sentence}", one.is_overdue, one.event_day, REGISTER, one.id)
            for one in open_reviews(office, REGISTER)
        ),
    ]


SEALS = Register(
    word=REGISTER,
    title=WORDS,
    tab=REGISTER,
    pending=duties.pending,
    due=_due,
    search=lambda office, words: [Hit(text, day) for text, day in duties.search(office, words)],
    month_summary=duties.month_summary,
    seal_digest=duties.seal_digest,
)
