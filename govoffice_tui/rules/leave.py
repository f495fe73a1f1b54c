"""The leave system (考勤制度第5条): kinds and lengths, whose approval a length needs, the moves of a slip."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from govoffice_tui.rules.attendance import LEAVE, session_hours
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

_ONE_DAY = timedelta(days=1)
_DEPUTY = re.compile("副主任(?!科员)")
"""The office's deputies by position; 副主任科员 is a rank of clerks."""


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


class Tier(IntEnum):
    """What a length of leave asks for: oral to the deputy, in writing to the deputy, in writing to the director."""

    ORAL = 0
    WRITTEN = 1
    DIRECTOR = 2


class Level(IntEnum):
    """Whose approval counts how much."""

    NONE = 0
    DEPUTY = 1
    DIRECTOR = 2
    COUNTY = 3

    @property
    def label(self) -> str:
        return ("无权批假的人", "分管副主任", "主任", "县领导")[self]


class Standing(StrEnum):
    """Whose leave it is: that of those who approve goes to somebody above them."""

    STAFF = "staff"
    DEPUTY = "deputy"
    DIRECTOR = "director"


def standing_of(posts: Collection[Post], position: str, *, is_with_director: bool) -> Standing:
    """Return how a person stands to those who approve; `is_with_director` is whether they share a section."""
    if Post.DIRECTOR in posts:
        return Standing.DIRECTOR
    is_deputy = Post.DEPUTY_IN_CHARGE in posts or (is_with_director and _DEPUTY.search(position) is not None)
    return Standing.DEPUTY if is_deputy else Standing.STAFF


def level_of(posts: Collection[Post]) -> Level:
    """Return what a person's posts let them approve."""
    if Post.DIRECTOR in posts:
        return Level.DIRECTOR
    return Level.DEPUTY if Post.DEPUTY_IN_CHARGE in posts else Level.NONE


def tier_of(halves: int, settings: Settings) -> Tier:
    """Return what a length in half-days asks for; the boundaries belong to the lower tier unless set otherwise."""
    if halves <= settings.leave_oral_halves:
        return Tier.ORAL
    return Tier.WRITTEN if halves <= settings.leave_deputy_halves else Tier.DIRECTOR


@dataclass(frozen=True)
class LeaveRuling:
    """What a slip asks for: its own length, that with adjoining leave, and who has to approve in which form.

    Lengths are half-days. `adjoining` are the other stretches summed, in order.
    """

    halves: int
    total: int
    tier: Tier
    level: Level
    adjoining: tuple[Stretch, ...]
    deputy_days: str

    @property
    def may_be_oral(self) -> bool:
        """Return whether asking by word of mouth is enough."""
        return self.tier is Tier.ORAL

    @property
    def article(self) -> str:
        return LEAVE

    @property
    def words(self) -> str:
        """Return 3天 须书面向主任请假, as it stands under the field."""
        return f"{days_words(self.halves)} {self.form_words}"

    @property
    def form_words(self) -> str:
        """Return 须书面向主任请假."""
        return f"{'可口头' if self.may_be_oral else '须书面'}向{self.level.label}请假"

    @property
    def adjoining_words(self) -> str:
        """Return what adjoining leave adds, empty where there is none."""
        if not self.adjoining:
            return ""
        listed = "、".join(f"{one}{one.kind.label}" for one in self.adjoining)
        over = f",合计超过{self.deputy_days}日" if self.tier is Tier.DIRECTOR else ""
        return f"与{listed}相连,合计{days_words(self.total)}{over}"


def rule_leave(
    standing: Standing, asked: Stretch, others: Sequence[Stretch], chart: Calendar, settings: Settings
) -> LeaveRuling:
    """Rule on one slip (考勤制度第5条): adjoining leave, with only rest between, is summed for the tier."""
    near = adjoining(asked, others, chart)
    halves = len(asked.counted(chart, settings))
    total = halves + sum(len(one.counted(chart, settings)) for one in near)
    tier = tier_of(total, settings)
    if standing is Standing.DIRECTOR:
        level = Level.COUNTY
    elif standing is Standing.DEPUTY or tier is Tier.DIRECTOR:
        level = Level.DIRECTOR
    else:
        level = Level.DEPUTY
    return LeaveRuling(halves, total, tier, level, tuple(near), f"{settings.leave_deputy_halves / 2:g}")


def adjoining(asked: Stretch, others: Sequence[Stretch], chart: Calendar) -> list[Stretch]:
    """Return the stretches that touch one, directly or through each other, with nothing worked between."""
    left, found = list(others), [asked]
    while near := [one for one in left if any(_touch(one, other, chart) for other in found)]:
        found += near
        left = [one for one in left if one not in near]
    return sorted(found[1:], key=lambda one: one.start)


def _touch(one: Stretch, other: Stretch, chart: Calendar) -> bool:
    earlier, later = (one, other) if one.start <= other.start else (other, one)
    between = (later.start.day - earlier.end.day).days
    if between > 31:
        return False
    moment = earlier.end.following
    while moment < later.start:
        if chart.is_work(moment.day, moment.half):
            return False
        moment = moment.following
    return True


def require_mode(ruling: LeaveRuling, mode: LeaveMode) -> None:
    """Refuse leave by word of mouth where the length asks for writing."""
    if mode is LeaveMode.ORAL and not ruling.may_be_oral:
        near = f"({ruling.adjoining_words})" if ruling.adjoining else ""
        raise Refused(
            f"{days_words(ruling.total)}{near}须书面向{ruling.level.label}请假,口头请假只限半日以内。",
            LEAVE,
            field="mode",
        )


def require_level(ruling: LeaveRuling, level: Level, name: str) -> None:
    """Refuse the approval of somebody below whom the rule names; somebody above is always accepted."""
    if level < ruling.level:
        near = f"({ruling.adjoining_words})" if ruling.adjoining else ""
        what = f"{name}是{level.label}" if level else f"{name}不是分管副主任或主任"
        raise Refused(
            f"{days_words(ruling.total)}{near}须{ruling.level.label}批准,{what},又没有委托代批记录。"
            f"请由{ruling.level.label}批,或先登记委托代批。",
            LEAVE,
            field="approver",
        )


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
