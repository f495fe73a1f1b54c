"""The forms the office can write, so that reports and screens loop over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from govoffice_tui.exporters.attendance import workbook_pages
from govoffice_tui.exporters.page import Page
from govoffice_tui.registers.attendance import months, pages
from govoffice_tui.registers.attendance.views import AttendanceMonth, DaySheet
from govoffice_tui.registers.office import Office

Summary = TypeVar("Summary")


@dataclass(frozen=True)
class Form(Generic[Summary]):
    """One form of a register: `summary` reads what `pages` sets and `digest` fingerprints.

    `name` is the fixed pattern of its file; `{period}` is a month YYYY-MM, or a day YYYY-MM-DD of a daily form.
    """

    id: str
    title: str
    register: str
    name: str
    is_daily: bool
    summary: Callable[[Office, str], Summary]
    pages: Callable[[Summary, datetime], list[Page]]
    digest: Callable[[Summary], str]

    def file_name(self, period: str, version: int = 1) -> str:
        """Return 2026-10_考勤月报表.xlsx, with _v2 from the second version of the figures on."""
        return f"{self.name.format(period=period)}{f'_v{version}' if version > 1 else ''}.xlsx"


ATTENDANCE_MONTH: Form[AttendanceMonth] = Form(
    id="attendance_month",
    title="考勤月报表",
    register="attendance",
    name="{period}_考勤月报表",
    is_daily=False,
    summary=months.month,
    pages=workbook_pages.month_pages,
    digest=workbook_pages.figures_digest,
)
ATTENDANCE_DAY: Form[DaySheet] = Form(
    id="attendance_day",
    title="签到表",
    register="attendance",
    name="{period}_签到表",
    is_daily=True,
    summary=lambda office, day: pages.day_sheet(office, date.fromisoformat(day)),
    pages=workbook_pages.day_pages,
    digest=workbook_pages.day_digest,
)
FORMS: tuple[Form[Any], ...] = (ATTENDANCE_MONTH, ATTENDANCE_DAY)
