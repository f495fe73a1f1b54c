"""旷工认定 (考勤制度第3条): the paper a person's absence rests on, who may decide it, and what the sheet says of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum

from govoffice_tui.rules.attendance import ABSENCE
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import ATTENDED, LEAVES, HalfStatus, PersonMonth, bit
from govoffice_tui.rules.refusal import Refused

PAPER = "旷工认定单"


class AbsenceState(StrEnum):
    """Where a 旷工认定单 stands."""

    OPENED = "opened"
    HEARD = "heard"
    PROPOSED = "proposed"
    FOUND = "found"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        return {
            "opened": "已开单",
            "heard": "本人已陈述",
            "proposed": "已提请",
            "found": "认定旷工",
            "dismissed": "不予认定",
        }[self.value]


class Decision(StrEnum):
    """What the deputy or the director signed."""

    FOUND = "found"
    PENDING = "pending"
    DEEMED = "deemed"

    @property
    def label(self) -> str:
        return {"found": "认定旷工", "pending": "不予认定,仍待核", "deemed": "不予认定,视同出勤"}[self.value]

    @property
    def state(self) -> AbsenceState:
        """Return what the paper becomes."""
        return AbsenceState.FOUND if self is Decision.FOUND else AbsenceState.DISMISSED


_KEEPER = Post.SIGN_IN_KEEPER
STATES = tuple(AbsenceState)
MOVES: Mapping[tuple[AbsenceState, str], tuple[AbsenceState, str, Post | None]] = {
    (AbsenceState.OPENED, "note_own_words"): (AbsenceState.HEARD, ABSENCE, _KEEPER),
    (AbsenceState.HEARD, "note_own_words"): (AbsenceState.HEARD, ABSENCE, _KEEPER),
    (AbsenceState.HEARD, "propose_absence"): (AbsenceState.PROPOSED, ABSENCE, _KEEPER),
    (AbsenceState.PROPOSED, "decide_absence"): (AbsenceState.FOUND, ABSENCE, _KEEPER),
    **{(state, "void_absence"): (state, ABSENCE, _KEEPER) for state in AbsenceState},
}
"""(state, verb) → (state after, article, post that may); `decide_absence` leads to 不予认定 where that was signed."""

_NEXT = {
    AbsenceState.OPENED: "先记下本人的陈述",
    AbsenceState.HEARD: "先由股长提请",
    AbsenceState.PROPOSED: "等领导签字后登记决定",
    AbsenceState.FOUND: "有错请按F4作废后另开",
    AbsenceState.DISMISSED: "有错请按F4作废后另开",
}
_WORDS = {"note_own_words": "记本人陈述", "propose_absence": "提请", "decide_absence": "登记决定"}


def require_move(state: AbsenceState, verb: str) -> AbsenceState:
    """Return the state a verb leads to, or refuse it in this one."""
    move = MOVES.get((state, verb))
    if move is None:
        raise Refused(f"这张认定单{state.label},不能{_WORDS[verb]};{_NEXT[state]}。", ABSENCE)
    return move[0]


def signers(person_posts: Collection[Post]) -> frozenset[Post]:
    """Return whose signature decides: the deputy's or the director's, of the deputy only the director's.

    Empty for the director, whose absence a county leader decides.
    """
    if Post.DIRECTOR in person_posts:
        return frozenset()
    if Post.DEPUTY_IN_CHARGE in person_posts:
        return frozenset({Post.DIRECTOR})
    return frozenset({Post.DEPUTY_IN_CHARGE, Post.DIRECTOR})


def require_other(person: int, others: Mapping[str, int | None]) -> None:
    """Refuse whoever has a part in the finding about themselves; `others` names the field of each part."""
    for field, other in others.items():
        if other == person:
            raise Refused("本人不能参与对自己的旷工认定,请换人办理。", ABSENCE, field=None if field == "by" else field)


def halves_of(mask: int) -> tuple[Half, ...]:
    """Return the half-days of a paper: 1 is the morning, 2 the afternoon, 3 both."""
    return tuple(half for half in Half if mask & 1 << half)


def mask_of(halves: Collection[Half]) -> int:
    """Return how a paper keeps its half-days."""
    return sum(1 << half for half in set(halves))


def halves_label(halves: Collection[Half]) -> str:
    """Return 上午, 下午 or 全天."""
    return "全天" if len(set(halves)) == len(Half) else "、".join(half.label for half in sorted(halves))


_REFUSALS: Mapping[HalfStatus, str] = {
    HalfStatus.OUT: "已登记因公外出",
    HalfStatus.SIGNED: "已签到",
    HalfStatus.LATE: "已记迟到",
    HalfStatus.DEEMED: "已定为视同出勤",
    HalfStatus.ABSENT: "已认定旷工",
    HalfStatus.NO_BOOK: "没有签到簿(未设簿)",
    HalfStatus.REST: "不上班",
    HalfStatus.EXEMPT: "是免签或轮班人员,不用签到",
    HalfStatus.OFF_ROSTER: "不在册",
    HalfStatus.SECONDED: "已借出",
    HalfStatus.NOT_DUE: "还没有到收存时间",
}


def require_pending(name: str, day: date, half: Half, status: HalfStatus) -> None:
    """Refuse a finding about a half-day that is anything but 待核: unexplained, past, and due."""
    if status is HalfStatus.PENDING:
        return
    why = "已请假" if status in LEAVES else _REFUSALS[status]
    raise Refused(f"{name}{day.month}月{day.day}日{half.label}{why},不能认定旷工。", ABSENCE, field="halves")


def absence_remarks(month: PersonMonth, days: Sequence[date]) -> tuple[str, ...]:
    """Return what a sheet says of each day of 旷工: it counts as a whole day, and leave on it is not counted again."""
    found = []
    for day in days:
        absent = [half for half in Half if month.statuses.get(HalfStatus.ABSENT, 0) & bit(day, half)]
        if not absent:
            continue
        words = f"{day.month}月{day.day}日{halves_label(absent)}旷工"
        if len(absent) < len(Half):
            words += ",按日计"
            other = Half(1 - absent[0])
            status = month.status(day, other)
            if month.forfeited & bit(day, other) and status in (*LEAVES, *ATTENDED):
                words += f"({other.label}{status.label}不另计)"
        found.append(words)
    return tuple(found)
