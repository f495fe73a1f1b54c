"""集中学习 and 大扫除 as two of the office's books."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.registers.office import Office
from govoffice_tui.registers.register import Due, Hit, Register
from govoffice_tui.registers.rolls import duties
from govoffice_tui.registers.rolls import months as rolls
from govoffice_tui.rules.hygiene import HYGIENE as HYGIENE_BOOK
from govoffice_tui.rules.rolls import Book
from govoffice_tui.rules.study import STUDY as STUDY_BOOK


def _roll_register(book: Book) -> Register:
    """Return the register of 集中学习 or 大扫除."""

    def due(office: Office, now: datetime) -> list[Due]:
        found = duties.due(office, book, now)
        return [Due(one.text, one.is_overdue, one.day, book.word) for one in found]

    def search(office: Office, words: str) -> list[Hit]:
        return [Hit(text, day) for text, day in duties.search(office, book, words)]

    return Register(
        word=book.word,
        title="学习" if book is STUDY_BOOK else "卫生",
        tab=book.word,
        pending=lambda office, month: rolls.shortfalls(office, book, month),
        due=due,
        search=search,
        month_summary=lambda office, month: rolls.summary_words(office, book, month),
        seal_digest=lambda office, month: rolls.seal_digest(office, book, month),
    )


STUDY, HYGIENE = _roll_register(STUDY_BOOK), _roll_register(HYGIENE_BOOK)
