"""Leave in few words for tests: 10-12am to 10-13."""

from __future__ import annotations

from datetime import date, time

from govoffice_tui.registers.leave.applying import Slip, apply_leave, phone_leave
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment, Stretch

DIRECTOR, DEPUTY, KEEPER, CLERK = 1, 2, 3, 4


def seat(office: Office) -> None:
    """Give 赵敏, 钱峰 and 周小萍 their posts."""
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    assign_post(office, DEPUTY, Post.DEPUTY_IN_CHARGE, by=DIRECTOR)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=DIRECTOR)


def moment(word: str, otherwise: Half, year: int = 2026) -> Moment:
    """Return the half-day written as 10-12am; without am or pm it is `otherwise`."""
    half = {"am": Half.MORNING, "pm": Half.AFTERNOON}.get(word[5:], otherwise)
    return Moment(date(year, int(word[:2]), int(word[3:5])), half)


def stretch(first: str, last: str = "", kind: LeaveKind = LeaveKind.PERSONAL) -> Stretch:
    """Return leave from a half-day to a half-day of 2026; one word is that day or half-day."""
    return Stretch(kind, moment(first, Half.MORNING), moment(last or first, Half.AFTERNOON))


def request(
    first: str,
    last: str = "",
    *,
    person: int = CLERK,
    kind: LeaveKind = LeaveKind.PERSONAL,
    mode: LeaveMode = LeaveMode.WRITTEN,
    asked: date = date(2026, 10, 12),
    at: time | None = None,
    reason: str = "",
) -> LeaveRequest:
    """Return a slip asked for on 12 October."""
    return LeaveRequest(person, stretch(first, last, kind), mode, asked, at, reason=reason)


def granted(
    office: Office, first: str, last: str = "", *, person: int = CLERK, kind: LeaveKind = LeaveKind.PERSONAL
) -> Slip:
    """Enter leave that 赵敏 granted on 12 October."""
    asked = request(first, last, person=person, kind=kind)
    return apply_leave(office, asked, Approval(date(2026, 10, 12), DIRECTOR), by=KEEPER)


def phoned(office: Office, first: str, last: str = "", *, at: time | None = None) -> Slip:
    """Enter leave told by telephone."""
    return phone_leave(office, request(first, last, mode=LeaveMode.PHONE, at=at), by=KEEPER)
