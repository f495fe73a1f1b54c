"""What every act on the sign-in book asks first: whether there is a book, has begun, and expects the person."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import COLLECTION, TWO_SIGN_INS, session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import AttendanceMode, Membership, Person
from govoffice_tui.rules.refusal import Refused


def require_worked(office: Office, day: date, half: Half) -> None:
    """Refuse a half-day that has no sign-in book: a rest day, or one before the book was begun."""
    chart = calendar.for_day(office, day)
    if not chart.is_work(day, half):
        raise Refused(f"{day.month}月{day.day}日{half.label}是{chart.title(day)},没有签到簿。", TWO_SIGN_INS)
    if (day, half) < settings.on(office, day).first_half_day:
        raise Refused(f"{day.month}月{day.day}日{half.label}还没有启用本簿,不用收存。")


def require_begun(office: Office, day: date, half: Half, now: datetime) -> None:
    """Refuse to collect a book that does not exist, or whose session has not opened yet."""
    require_worked(office, day, half)
    if now < session_hours(day, half, settings.on(office, day)).opens:
        raise Refused(f"{half.label}签到还没有开始,不能收存。", COLLECTION)


def require_due(office: Office, person: int, day: date) -> Person:
    """Return the person, or refuse with why they are not expected to sign."""
    known = staff.person_on(office, person, day)
    if known is None:
        raise Refused("花名册里没有这个人。")
    memberships = staff.memberships_on(office, person, day)
    if not memberships or Membership.SECONDED_OUT in memberships:
        raise Refused(f"{known.name}{day.month}月{day.day}日不在册(调出、借出或还没有到岗),不能签到。")
    if known.mode is not AttendanceMode.SIGNS:
        raise Refused(f"{known.name}是{known.mode.label}人员,不用签到。")
    return known
