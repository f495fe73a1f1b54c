"""因公外出 (考勤制度第5条): which half-days an outing explains, whether word came in time, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from govoffice_tui.rules.attendance import LEAVE
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import bit, span
from govoffice_tui.rules.refusal import Refused

OUTING = LEAVE
"""The article outings rest on."""

NOON = time(12, 0)
LONGEST = timedelta(days=366)
LEDGER_WORD = "公务"
"""What is written in place of a matter that must not be typed, and of one nobody has named yet."""


class Notice(StrEnum):
    """How word of an outing came."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        return {"phone": "电话", "in_person": "当面", "meeting": "会议通知"}[self.value]


class OutingState(StrEnum):
    """Where an outing stands."""

    NOTICED = "noticed"
    OUT = "out"
    BACK = "back"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        return {"noticed": "已告知", "out": "外出中", "back": "已返回", "settled": "核销"}[self.value]


_KEEPER = Post.SIGN_IN_KEEPER
STATES = tuple(OutingState)
MOVES: Mapping[tuple[OutingState, str], tuple[OutingState, str, Post | None]] = {
    **{
        (state, verb): (state, OUTING, _KEEPER)
        for state in (OutingState.NOTICED, OutingState.OUT)
        for verb in ("correct_outing", "add_travellers", "strike_traveller", "extend_outing", "void_outing")
    },
    (OutingState.OUT, "record_return"): (OutingState.BACK, OUTING, _KEEPER),
    (OutingState.BACK, "record_return"): (OutingState.BACK, OUTING, _KEEPER),
    (OutingState.BACK, "take_back_return"): (OutingState.OUT, OUTING, _KEEPER),
    (OutingState.OUT, "take_back_return"): (OutingState.OUT, OUTING, _KEEPER),
    (OutingState.BACK, "correct_outing"): (OutingState.BACK, OUTING, _KEEPER),
    (OutingState.BACK, "strike_traveller"): (OutingState.BACK, OUTING, _KEEPER),
    (OutingState.BACK, "void_outing"): (OutingState.BACK, OUTING, _KEEPER),
    (OutingState.BACK, "settle_outings"): (OutingState.SETTLED, OUTING, _KEEPER),
}
"""(state, verb) → (state after, article, post that may).

`record_return` leads to 已返回 when the last of the people is back; time alone leads from 已告知 to 外出中.
"""

_WORDS = {
    "correct_outing": "更正",
    "add_travellers": "添人",
    "strike_traveller": "划去人员",
    "extend_outing": "延期",
    "void_outing": "作废",
    "record_return": "登记返回",
    "take_back_return": "撤回返回",
    "settle_outings": "核销",
}


@dataclass(frozen=True)
class Stretch:
    """From when to when somebody is out: half-days, with a time where one was given.

    `left_at` and `back_at` are the very moments; without them the half-days at both ends are meant as a whole.
    """

    first: date
    from_half: Half
    last: date
    to_half: Half
    left_at: datetime | None = None
    back_at: datetime | None = None

    @property
    def starts(self) -> datetime:
        """Return the moment it begins."""
        return self.left_at or datetime.combine(self.first, NOON if self.from_half is Half.AFTERNOON else time())

    @property
    def ends(self) -> datetime:
        """Return the moment it is over."""
        if self.back_at is not None:
            return self.back_at
        if self.to_half is Half.MORNING:
            return datetime.combine(self.last, NOON)
        return datetime.combine(self.last, time()) + timedelta(days=1)

    def overlaps(self, other: Stretch) -> bool:
        """Return whether somebody would be in two places; one may end where the other begins."""
        return self.starts < other.ends and other.starts < self.ends


def half_of(moment: time) -> Half:
    """Return the half of the day a time belongs to."""
    return Half.MORNING if moment < NOON else Half.AFTERNOON


Cutoff = Callable[[date, Half], datetime]
"""When the sign-in book of a half-day is collected."""


def covered(stretch: Stretch, first: date, last: date, cutoff: Cutoff) -> int:
    """Return the half-days an outing explains between two days of one month, as a set of `half_days.bit`.

    A half-day is explained where its cut-off falls inside the outing: who left at 9:30 was due at 8:15 and who is
    back at 14:00 is due at 14:45, so an hour out neither replaces a signature nor takes one away.
    """
    start, end = max(stretch.first, first), min(stretch.last, last)
    if start > end:
        return 0
    halves = span(start, end)
    if start == stretch.first:
        if stretch.from_half is Half.AFTERNOON:
            halves &= ~bit(start, Half.MORNING)
        if stretch.left_at is not None and stretch.left_at > cutoff(start, stretch.from_half):
            halves &= ~bit(start, stretch.from_half)
    if end == stretch.last:
        if stretch.to_half is Half.MORNING:
            halves &= ~bit(end, Half.AFTERNOON)
        if stretch.back_at is not None and stretch.back_at < cutoff(end, stretch.to_half):
            halves &= ~bit(end, stretch.to_half)
    return halves


def is_late_notice(notified: datetime, due: Sequence[tuple[date, Half]], cutoff: Cutoff) -> bool:
    """Return whether word came after the cut-off of the first half-day to be explained (事后告知).

    The half-day is 公出 all the same. `due` are the worked half-days the outing explains, in order.
    """
    return bool(due) and notified > cutoff(*due[0])


def state_at(stored: OutingState, starts: datetime, now: datetime) -> OutingState:
    """Return where an outing stands now: what was announced begins by itself."""
    return OutingState.OUT if stored is OutingState.NOTICED and now >= starts else stored


def return_due(until: date, chart: Calendar) -> date:
    """Return the workday after the expected return: whoever is not noted as back on it is asked for from then on."""
    day = until + timedelta(days=1)
    while day.year in chart.years and not chart.is_workday(day):
        day += timedelta(days=1)
    return day


def require_move(state: OutingState, verb: str) -> OutingState:
    """Return the state a verb leads to, or refuse it in this one."""
    move = MOVES.get((state, verb))
    if move is not None:
        return move[0]
    words = _WORDS[verb]
    if state is OutingState.SETTLED:
        raise Refused(f"这一笔外出已核销,不能再{words}。", OUTING)
    if state is OutingState.NOTICED:
        raise Refused(f"还没有到外出时间,不能{words};不去了请按F4作废。", OUTING)
    if verb == "settle_outings":
        raise Refused("还有人没有登记返回,不能核销。请先登记返回。", OUTING)
    raise Refused(f"人已返回,不能再{words}。时间写错了请按F4更正。", OUTING)


def require_order(stretch: Stretch, today: date) -> None:
    """Refuse an outing that ends before it begins, that lasts over a year, or that lies far from today."""
    if stretch.ends <= stretch.starts:
        raise Refused("预计返回不晚于外出时间,请核对起止。", OUTING, field="last")
    if stretch.last - stretch.first > LONGEST:
        raise Refused("一次外出最长一年,更长的请在花名册里办借出。", OUTING, field="last")
    if abs(stretch.first - today) > LONGEST:
        raise Refused(f"{stretch.first.year}年{stretch.first.month}月离今天太远,请核对年份。", field="first")
