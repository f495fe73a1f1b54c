"""The forms of 空白应急表: what the office writes on by hand, and whom it calls, while the program cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.exporters import hygiene, study
from govoffice_tui.exporters.attendance.blank_sheet import blank_pages
from govoffice_tui.exporters.duty.contact_pages import contact_pages
from govoffice_tui.exporters.duty.page_sheet import BLANK_SHEET, blank_duty_page
from govoffice_tui.exporters.leave.slip import slip_pages
from govoffice_tui.exporters.page import Page
from govoffice_tui.exporters.rolls import has_session
from govoffice_tui.registers import calendar
from govoffice_tui.registers.attendance.blanks import blank_sheets
from govoffice_tui.registers.duty.contact_list import contact_sheet
from govoffice_tui.registers.duty.pages import pages_on as duty_pages_on
from govoffice_tui.registers.leave.slips import BLANK as BLANK_SLIP
from govoffice_tui.registers.leave.slips import slip_sheet
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.study import STUDY

PACKET = "空白应急表"


@dataclass(frozen=True)
class Blank:
    """One blank form of a register: `pages` sets it for a day, made at an office time, and is empty on a day without.

    The sheets of one packet need names of their own: `Page.sheet` begins with the blank's title.
    """

    id: str
    title: str
    register: str
    pages: Callable[[Office, date, datetime], list[Page]]


BLANK_SIGN_IN = Blank(
    id="blank_sign_in",
    title="签到表",
    register="attendance",
    pages=lambda office, day, made_at: blank_pages(blank_sheets(office, day), made_at),
)
BLANK_STUDY = Blank(
    id="blank_study",
    title="集中学习点名表",
    register=STUDY.word,
    pages=lambda office, day, made_at: (
        study.blank_pages(office, day, made_at) if has_session(office, STUDY, day.isoformat()) else []
    ),
)
BLANK_HYGIENE = Blank(
    id="blank_hygiene",
    title="大扫除点名表",
    register=HYGIENE.word,
    pages=lambda office, day, made_at: (
        hygiene.blank_pages(office, day, made_at) if has_session(office, HYGIENE, day.isoformat()) else []
    ),
)
BLANK_LEAVE_SLIP = Blank(
    id="blank_leave_slip",
    title="请假审批单",
    register="leave",
    pages=lambda office, day, made_at: (
        slip_pages(slip_sheet(office, BLANK_SLIP), made_at) if calendar.for_day(office, day).is_workday(day) else []
    ),
)
BLANK_DUTY_PAGE = Blank(
    id="blank_duty_page",
    title="值班页",
    register="duty",
    pages=lambda office, day, made_at: [
        blank_duty_page(page, made_at, f"{BLANK_SHEET}{page.hours.part}") for page in duty_pages_on(office, day)
    ],
)
CONTACT_LIST = Blank(
    id="contact_list",
    title="应急联系表",
    register="duty",
    pages=lambda office, day, made_at: contact_pages(contact_sheet(office, day), made_at),
)
BLANKS: tuple[Blank, ...] = (
    BLANK_SIGN_IN,
    BLANK_LEAVE_SLIP,
    BLANK_DUTY_PAGE,
    BLANK_STUDY,
    BLANK_HYGIENE,
    CONTACT_LIST,
)


def packet_name(day: date) -> str:
    """Return 2026-10-12_空白应急表.xlsx."""
    return f"{day.isoformat()}_{PACKET}.xlsx"
