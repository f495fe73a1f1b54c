"""The periods a form is of, as the command line, the exports and the file names write them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum


class Span(StrEnum):
    """How long a form's period is; a moment is for what changes by the minute."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MOMENT = "moment"


_LENGTHS = {len("2026"): Span.YEAR, len("2026-10"): Span.MONTH, len("2026-10-12"): Span.DAY}
FOLDER_LENGTH = len("2026-10")


def span_of(period: str) -> Span:
    """Return how long a period written YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM is.

    Raises ValueError for a text that is none of them, and for a day or time there is not.
    """
    span = _LENGTHS.get(len(period), Span.MOMENT)
    if span is Span.MOMENT:
        moment = datetime.fromisoformat(period)
        if moment.tzinfo is not None or moment_word(moment) != period:
            raise ValueError(f"not a moment: {period}")
        return span
    first = f"{period}{'2026-01-01'[len(period) :]}"
    if date.fromisoformat(first).isoformat() != first:
        raise ValueError(f"not a period: {period}")
    return span


def moment_word(moment: datetime) -> str:
    """Return 2026-10-12T09:20."""
    return moment.isoformat(timespec="minutes")


def file_word(period: str) -> str:
    """Return a period as a file name may hold it: 2026-10-12_0920 for a moment."""
    return period.replace("T", "_").replace(":", "")


def folder_word(period: str) -> str:
    """Return the folder of a period's forms: its month, or its year."""
    return period[:FOLDER_LENGTH]
