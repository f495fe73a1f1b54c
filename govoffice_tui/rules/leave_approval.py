"""Whose approval a length of leave needs, and in which form (考勤制度第5条)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from govoffice_tui.rules.attendance import LEAVE
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar
from govoffice_tui.rules.leave import LeaveMode, Stretch, days_words
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

_DEPUTY = re.compile("副主任(?!科员)")
"""The office's deputies by position; 副主任科员 is a rank of clerks."""


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
