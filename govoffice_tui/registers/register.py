"""What every book of the office is to the pages that loop over books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Problem


@dataclass(frozen=True)
class Due:
    """One line of 今日: what is to be done, whether it is late, and the page it stands on.

    `review` is the correction a second person is asked about, where the line is that.
    """

    text: str
    is_overdue: bool
    day: date
    tab: str
    review: int | None = None


@dataclass(frozen=True)
class Hit:
    """One thing a search found: what it is, and the day of its page."""

    text: str
    day: date
    person: int | None = None


@dataclass(frozen=True)
class YearInBrief:
    """One year of a register: its totals in one line, the months not under seal, and what is to be pointed out."""

    summary: str
    open_months: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One book of the office: what it is called, its tab, and what every page that loops over books may ask of it."""

    word: str
    title: str
    tab: str
    pending: Callable[[Office, str], list[Problem]]
    due: Callable[[Office, datetime], list[Due]]
    search: Callable[[Office, str], list[Hit]]
    month_summary: Callable[[Office, str], str]
    seal_digest: Callable[[Office, str], str]
    year: Callable[[Office, int], YearInBrief | None] | None = None
