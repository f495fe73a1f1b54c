"""What a verb says when it cannot do what was asked, and what a batch check finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class Refused(Exception):
    """A request the person at the keyboard can put right.

    `message` is the whole Chinese sentence, `article` the citation it rests on (empty when the
    reason is not the regulation's), `field` the form field it belongs under, and `recorded` asks
    for an event in the book, written after the refused change was rolled back.
    """

    def __init__(self, message: str, article: str = "", field: str | None = None, *, recorded: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.article = article
        self.field = field
        self.recorded = recorded

    def __str__(self) -> str:
        return f"{self.message}({self.article})" if self.article else self.message


class Sealed(Refused):
    """A change in a month (YYYY-MM) under seal: it may still be made as an amendment that somebody approved."""

    def __init__(self, message: str, month: str) -> None:
        super().__init__(message)
        self.month = month


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where it is (row, column, day, person) and what to do.

    `day` is the page it is settled on, in the register's own tab or in `tab`.
    """

    place: str
    message: str
    day: date | None = None
    tab: str = ""

    def __str__(self) -> str:
        return f"{self.place}:{self.message}" if self.place else self.message
