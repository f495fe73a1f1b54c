"""When and where a meeting can be: its time, others at the same time, and its seats."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.refusal import Refused

USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is taken to last where no end was given."""

FARTHEST = timedelta(days=366)


def overlaps(starts: datetime, ends: datetime | None, others: datetime, other_ends: datetime | None) -> bool:
    """Return whether two meetings run at the same time; one may begin where the other ends."""
    return starts < (other_ends or others + USUAL_LENGTH) and others < (ends or starts + USUAL_LENGTH)


def seats_short(seats: int | None, expected: int) -> str:
    """Return in words that more people are expected than a room holds, empty where they fit or nobody wrote it."""
    if seats is None or expected <= seats:
        return ""
    return f"会场坐{seats}人,预计{expected}人,少{expected - seats}座"


def require_time(starts: datetime, ends: datetime | None, today: date) -> None:
    """Refuse a meeting that ends before it begins or lies far from today."""
    if ends is not None and ends <= starts:
        raise Refused("结束时间不晚于开始时间,请核对。", SERVICE, field="ends")
    if abs(starts.date() - today) > FARTHEST:
        raise Refused(f"{starts.year}年{starts.month}月离今天太远,请核对年份。", field="day")


def require_begun(starts: datetime, now: datetime, words: str) -> None:
    """Refuse what nobody can know before the meeting began."""
    if now < starts:
        when = f"{starts:%-H:%M}" if starts.date() == now.date() else f"{starts.month}月{starts.day}日"
        raise Refused(f"会议{when}才开始,现在还不能{words}。", SERVICE)


def days_taken(begun: date, ended: date | None) -> int | None:
    """Return how many days a step of the minutes took, None while it is open."""
    return None if ended is None else (ended - begun).days
