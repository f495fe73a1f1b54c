"""What a form is to the pages and reports that loop over forms: written for a period, or blank to be filled by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from govoffice_tui.exporters.page import Page
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.periods import Span, file_word

Summary = TypeVar("Summary")


def always(office: Office, period: str) -> bool:
    """Return that there is something to write whatever the period."""
    return True


@dataclass(frozen=True)
class Form(Generic[Summary]):
    """One form of a register: `summary` reads what `pages` sets and `digest` fingerprints.

    `name` is the fixed pattern of its file; `{period}` is as long as `span` says (`rules.periods`).
    `applies` says whether there is such a form for a period: not every day has a session.
    """

    id: str
    title: str
    register: str
    name: str
    span: Span
    summary: Callable[[Office, str], Summary]
    pages: Callable[[Summary, datetime], list[Page]]
    digest: Callable[[Summary], str]
    applies: Callable[[Office, str], bool] = always

    def file_name(self, period: str, version: int = 1) -> str:
        """Return 2026-10_考勤月报表.xlsx, with _v2 from the second version of the figures on."""
        return f"{self.name.format(period=file_word(period))}{f'_v{version}' if version > 1 else ''}.xlsx"


@dataclass(frozen=True)
class Blank:
    """One blank form of a register: `pages` sets it for a day, made at an office time, and is empty on a day without.

    The sheets of one packet need names of their own: `Page.sheet` begins with the blank's title.
    """

    id: str
    title: str
    register: str
    pages: Callable[[Office, date, datetime], list[Page]]
