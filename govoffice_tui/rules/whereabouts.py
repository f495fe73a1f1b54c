"""Who is at work at a moment, as an inspector at the door asks it: by kind, without why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import LEAVES, HalfStatus


class Presence(StrEnum):
    """What an inspector is told of a person; the kind of a leave is nobody's business at the door."""

    PRESENT = "present"
    ON_LEAVE = "on_leave"
    OUT = "out"
    COMPENSATED = "compensated"
    UNSIGNED = "unsigned"
    EXEMPT = "exempt"
    LENT = "lent"

    @property
    def label(self) -> str:
        return _TITLES[self]

    @property
    def is_due(self) -> bool:
        """Return whether the person belongs to 应到."""
        return self not in (Presence.EXEMPT, Presence.LENT)

    @property
    def is_explained(self) -> bool:
        """Return whether a book says from when to when the person is away."""
        return self in (Presence.ON_LEAVE, Presence.OUT, Presence.COMPENSATED)

    @property
    def statuses(self) -> tuple[HalfStatus, ...]:
        """Return the statuses of a half-day that are told so."""
        return tuple(status for status, presence in _PRESENCES.items() if presence is self)


_TITLES = {
    Presence.PRESENT: "在岗",
    Presence.ON_LEAVE: "请假",
    Presence.OUT: "公出",
    Presence.COMPENSATED: "补休",
    Presence.UNSIGNED: "未签(待核)",
    Presence.EXEMPT: "免签",
    Presence.LENT: "借出",
}

_PRESENCES = {
    **dict.fromkeys((HalfStatus.SIGNED, HalfStatus.LATE, HalfStatus.DEEMED), Presence.PRESENT),
    **dict.fromkeys(LEAVES, Presence.ON_LEAVE),
    HalfStatus.COMPENSATORY: Presence.COMPENSATED,
    HalfStatus.OUT: Presence.OUT,
    **dict.fromkeys((HalfStatus.NOT_DUE, HalfStatus.PENDING, HalfStatus.ABSENT, HalfStatus.NO_BOOK), Presence.UNSIGNED),
    HalfStatus.EXEMPT: Presence.EXEMPT,
    HalfStatus.SECONDED: Presence.LENT,
}


def presence_at(status: HalfStatus, came_at: datetime | None, moment: datetime) -> Presence | None:
    """Return what is told of a half-day's status at a moment inside it; None for nobody of this half-day.

    `came_at` is when the person signed or was noted to have come: before it they were not there.
    """
    presence = _PRESENCES.get(status)
    if presence is Presence.PRESENT and came_at is not None and came_at > moment:
        return Presence.UNSIGNED
    return presence


@dataclass(frozen=True)
class Stretch:
    """From which half-day to which somebody is away, both included."""

    first: tuple[date, Half]
    last: tuple[date, Half]


def stretch_around(
    at: tuple[date, Half],
    is_away: Callable[[date, Half], bool],
    is_worked: Callable[[date, Half], bool],
    limit: int,
) -> Stretch:
    """Return the stretch of an absence that holds at a half-day, over rest days between; at most `limit` days each way.

    Rest at its ends does not belong to it.
    """
    ends = []
    for step in (-1, 1):
        end, (day, half) = at, at
        for _ in range(2 * limit):
            day, half = _beside(day, half, step)
            if is_away(day, half):
                end = (day, half)
            elif is_worked(day, half):
                break
        ends.append(end)
    return Stretch(ends[0], ends[1])


def _beside(day: date, half: Half, step: int) -> tuple[date, Half]:
    """Return the half-day before or after."""
    is_crossed = (half is Half.MORNING) is (step < 0)
    return (date.fromordinal(day.toordinal() + step) if is_crossed else day), Half(1 - half)
