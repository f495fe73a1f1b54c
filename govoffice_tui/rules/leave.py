"""The leave system (考勤制度第5条): kinds and lengths, the moves of a slip; who approves is in leave_approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from govoffice_tui.rules.attendance import LEAVE, session_hours
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

_ONE_DAY = timedelta(days=1)


class LeaveKind(StrEnum):
    """The kinds of leave a slip may ask for; the value is that of the half-day's status."""

    PERSONAL = "personal"
    SICK = "sick"
    ANNUAL = "annual"
    MARRIAGE = "marriage"
    MATERNITY = "maternity"
    PATERNITY = "paternity"
    BEREAVEMENT = "bereavement"
    FAMILY_VISIT = "family_visit"
    TRAINING = "training"

    @property
    def status(self) -> HalfStatus:
        """Return what a half-day of such leave is in the month."""
        return HalfStatus(self.value)

    @property
    def label(self) -> str:
        return self.status.label


CALENDAR_COUNTED = frozenset({LeaveKind.MATERNITY, LeaveKind.FAMILY_VISIT})
"""Kinds that count days of rest too."""


class LeaveMode(StrEnum):
    """How leave was asked for."""

    ORAL = "oral"
    WRITTEN = "written"
    PHONE = "phone"

    @property
    def label(self) -> str:
        return {"oral": "口头", "written": "书面", "phone": "电话"}[self.value]


class LeaveState(StrEnum):
    """Where a slip stands in the book."""

    PHONED = "phoned"
    OWING = "owing"
    APPLIED = "applied"
    SENT_BACK = "sent_back"
    REFUSED = "refused"
    GRANTED = "granted"
    EXTENDED = "extended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _STATE_TITLES[self]


_STATE_TITLES: Mapping[LeaveState, str] = {
    LeaveState.PHONED: "待补手续",
    LeaveState.OWING: "已返岗待补",
    LeaveState.APPLIED: "待批",
    LeaveState.SENT_BACK: "已退回",
    LeaveState.REFUSED: "不同意",
    LeaveState.GRANTED: "已同意",
    LeaveState.EXTENDED: "已续假",
    LeaveState.ENDED: "已销假",
    LeaveState.WITHDRAWN: "已撤销",
}

STATES = tuple(LeaveState)
UNPAPERED = (LeaveState.PHONED, LeaveState.OWING)
UNDECIDED = (LeaveState.APPLIED, LeaveState.SENT_BACK)
STANDING = (LeaveState.PHONED, LeaveState.OWING, LeaveState.GRANTED, LeaveState.EXTENDED, LeaveState.ENDED)
"""States in which the half-days of a slip are leave."""

HOLDING = (*STANDING, *UNDECIDED)
"""States in which nobody may ask for the same half-days again."""

_KEEPER = Post.SIGN_IN_KEEPER
MOVES: Mapping[tuple[LeaveState, str], tuple[LeaveState, str, Post | None]] = {
    (LeaveState.PHONED, "paper_leave"): (LeaveState.GRANTED, LEAVE, _KEEPER),
    (LeaveState.PHONED, "end_leave"): (LeaveState.OWING, LEAVE, _KEEPER),
    (LeaveState.PHONED, "withdraw_leave"): (LeaveState.WITHDRAWN, LEAVE, _KEEPER),
    (LeaveState.OWING, "paper_leave"): (LeaveState.ENDED, LEAVE, _KEEPER),
    (LeaveState.APPLIED, "grant_leave"): (LeaveState.GRANTED, LEAVE, _KEEPER),
    (LeaveState.APPLIED, "refuse_leave"): (LeaveState.REFUSED, LEAVE, _KEEPER),
    (LeaveState.APPLIED, "send_back_leave"): (LeaveState.SENT_BACK, LEAVE, _KEEPER),
    (LeaveState.APPLIED, "withdraw_leave"): (LeaveState.WITHDRAWN, LEAVE, _KEEPER),
    (LeaveState.SENT_BACK, "grant_leave"): (LeaveState.GRANTED, LEAVE, _KEEPER),
    (LeaveState.SENT_BACK, "refuse_leave"): (LeaveState.REFUSED, LEAVE, _KEEPER),
    (LeaveState.SENT_BACK, "withdraw_leave"): (LeaveState.WITHDRAWN, LEAVE, _KEEPER),
    (LeaveState.GRANTED, "end_leave"): (LeaveState.ENDED, LEAVE, _KEEPER),
    (LeaveState.GRANTED, "extend_leave"): (LeaveState.EXTENDED, LEAVE, _KEEPER),
    (LeaveState.GRANTED, "withdraw_leave"): (LeaveState.WITHDRAWN, LEAVE, _KEEPER),
}
"""(state, verb) → (state after, article, post that may)."""

MOVE_TITLES: Mapping[str, str] = {
    "paper_leave": "补办手续",
    "grant_leave": "同意",
    "refuse_leave": "不同意",
    "send_back_leave": "退回",
    "end_leave": "销假",
    "extend_leave": "续假",
    "withdraw_leave": "撤销",
}
"""What each move is called, in the order it is offered."""


def moves_from(state: LeaveState) -> list[str]:
    """Return the verbs a slip in this state allows, in the order they are offered."""
    return [verb for verb in MOVE_TITLES if (state, verb) in MOVES]


def state_after(state: LeaveState, verb: str) -> LeaveState:
    """Return the state a verb leads to, or refuse it in this one."""
    move = MOVES.get((state, verb))
    if move is None:
        able = "、".join(MOVE_TITLES[one] for one in moves_from(state))
        then = f"现在可以{able}。" if able else "已经了结,要改请用更正或作废(F4)。"
        raise Refused(f"这张假条{state.label},不能{MOVE_TITLES[verb]}。{then}", LEAVE)
    return move[0]


@dataclass(frozen=True, order=True)
class Moment:
    """One half-day: leave begins with one and ends with one, both included."""

    day: date
    half: Half

    @property
    def following(self) -> Moment:
        """Return the half-day after it."""
        return Moment(self.day, Half.AFTERNOON) if self.half is Half.MORNING else Moment(self.day + _ONE_DAY, Half(0))

    @property
    def before(self) -> Moment:
        """Return the half-day before it."""
        return Moment(self.day - _ONE_DAY, Half.AFTERNOON) if self.half is Half.MORNING else Moment(self.day, Half(0))

    def __str__(self) -> str:
        return f"{_short_day(self.day)}{self.half.label}"


@dataclass(frozen=True)
class Stretch:
    """Leave of one kind without a gap, from a half-day to a half-day, both included."""

    kind: LeaveKind
    start: Moment
    end: Moment

    def moments(self) -> Iterable[Moment]:
        """Yield its half-days, days of rest among them."""
        moment = self.start
        while moment <= self.end:
            yield moment
            moment = moment.following

    def counted(self, chart: Calendar, settings: Settings) -> list[Moment]:
        """Return the half-days that count: the worked ones, or all of them for a kind counted by the calendar."""
        if self.kind in CALENDAR_COUNTED or self._is_long_illness(settings):
            return list(self.moments())
        return [moment for moment in self.moments() if chart.is_work(moment.day, moment.half)]

    def _is_long_illness(self, settings: Settings) -> bool:
        return self.kind is LeaveKind.SICK and (self.end.day - self.start.day).days >= settings.leave_long_sick_days

    def __str__(self) -> str:
        first, last = self.start, self.end
        if first == last:
            return str(first)
        if first.day == last.day:
            return _short_day(first.day)
        start = Half.AFTERNOON.label if first.half is Half.AFTERNOON else ""
        end = Half.MORNING.label if last.half is Half.MORNING else ""
        return f"{_short_day(first.day)}{start}至{_short_day(last.day)}{end}"


def followup_due(back: date, chart: Calendar, settings: Settings) -> date:
    """Return the last day for the paper of phoned leave: so many workdays after the day of return."""
    day, left = back, settings.leave_followup_days
    while left > 0:
        day += _ONE_DAY
        left -= chart.is_workday(day)
    return day


def first_worked(moment: Moment, chart: Calendar) -> Moment:
    """Return the first worked half-day from a moment on."""
    while not chart.is_work(moment.day, moment.half):
        moment = moment.following
    return moment


def cutoff_words(moment: Moment, settings: Settings) -> str:
    """Return 8:15, until when leave that begins with the half-day may be told."""
    return f"{session_hours(moment.day, moment.half, settings).cutoff:%-H:%M}"


def days_words(halves: int) -> str:
    """Return half-days in words: 半天, 2.5天."""
    return "半天" if halves == 1 else f"{halves / 2:g}天"


def _short_day(day: date) -> str:
    return f"{day.month}月{day.day}日"
