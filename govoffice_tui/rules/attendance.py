"""The attendance system (考勤制度第1条至第3条): sessions, their hours and the cut-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from random import Random

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

TWO_SIGN_INS = "考勤制度第1条"
COLLECTION = "考勤制度第2条"
ABSENCE = "考勤制度第3条"
AT_WORK = "考勤制度第4条"
LEAVE = "考勤制度第5条"


class SessionState(StrEnum):
    """Where the sign-in book of one session stands."""

    OPEN = "open"
    HALTED = "halted"
    COLLECTED = "collected"
    NO_BOOK = "no_book"
    RULED = "ruled"

    @property
    def label(self) -> str:
        return {
            "open": "签到中",
            "halted": "已停签",
            "collected": "已收存",
            "no_book": "未设簿",
            "ruled": "未设簿,已有决定",
        }[self.value]

    @property
    def is_closed(self) -> bool:
        """Return whether the session wants nothing more before its month can be sealed."""
        return self in (SessionState.COLLECTED, SessionState.RULED)


STATES = tuple(SessionState)
MOVES: Mapping[tuple[SessionState, str], tuple[SessionState, str, Post | None]] = {
    (SessionState.OPEN, "sign_in"): (SessionState.OPEN, TWO_SIGN_INS, None),
    (SessionState.OPEN, "strike_sign_in"): (SessionState.OPEN, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.OPEN, "take_back_sign_in"): (SessionState.OPEN, COLLECTION, None),
    (SessionState.OPEN, "record_clock_step"): (SessionState.HALTED, COLLECTION, None),
    (SessionState.OPEN, "collect_book"): (SessionState.COLLECTED, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.HALTED, "resume_signing"): (SessionState.OPEN, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.HALTED, "collect_book"): (SessionState.COLLECTED, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.COLLECTED, "note_arrival"): (SessionState.COLLECTED, ABSENCE, Post.SIGN_IN_KEEPER),
    (SessionState.COLLECTED, "strike_sign_in"): (SessionState.COLLECTED, COLLECTION, Post.SIGN_IN_KEEPER),
    **{
        (state, "draw_presence_check"): (state, ABSENCE, Post.SIGN_IN_KEEPER)
        for state in (SessionState.OPEN, SessionState.HALTED, SessionState.COLLECTED)
    },
    (SessionState.OPEN, "declare_no_book"): (SessionState.NO_BOOK, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.HALTED, "declare_no_book"): (SessionState.NO_BOOK, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.NO_BOOK, "withdraw_no_book"): (SessionState.OPEN, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.NO_BOOK, "rule_no_book"): (SessionState.RULED, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.RULED, "rule_no_book"): (SessionState.RULED, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.RULED, "mark_present"): (SessionState.RULED, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.RULED, "strike_presence"): (SessionState.RULED, COLLECTION, Post.SIGN_IN_KEEPER),
    (SessionState.RULED, "note_arrival"): (SessionState.RULED, ABSENCE, Post.SIGN_IN_KEEPER),
}
"""(state, verb) → (state after, article, post that may): what the book of a session allows."""


class StrikeReason(StrEnum):
    """Why a signature is struck."""

    MISTAKE = "mistake"
    FOR_ANOTHER = "for_another"
    OTHER = "other"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return {"mistake": "点错", "for_another": "代签", "other": "其他", "taken_back": "点错撤回"}[self.value]


class ArrivalKind(StrEnum):
    """What the keeper notes of somebody who did not sign."""

    LATE = "late"
    PENDING = "pending"

    @property
    def label(self) -> str:
        return {"late": "迟到", "pending": "待核"}[self.value]


class NoBookDecision(StrEnum):
    """What the deputy decides of a session that had no book."""

    EVERYBODY = "everybody"
    ONE_BY_ONE = "one_by_one"

    @property
    def label(self) -> str:
        return {"everybody": "全体视同出勤", "one_by_one": "逐人核实"}[self.value]


class Finding(StrEnum):
    """What 在岗抽查 found of one person."""

    PRESENT = "present"
    AWAY = "away"
    LEFT_EARLY = "left_early"

    @property
    def label(self) -> str:
        return {"present": "在岗", "away": "离岗", "left_early": "早退"}[self.value]

    @property
    def article(self) -> str:
        """Return the article the finding rests on."""
        return ABSENCE if self is Finding.LEFT_EARLY else AT_WORK


class Seen(StrEnum):
    """What 抽查到岗 says of a name that was drawn: a fact, never a status."""

    SEEN = "seen"
    NOT_SEEN = "not_seen"

    @property
    def label(self) -> str:
        return {"seen": "见到", "not_seen": "未见到"}[self.value]


DRAWN = 5
"""How many of the signed names 抽查到岗 draws."""


def draw_names(signed: Sequence[int], chance: Random) -> list[int]:
    """Return who is looked for: some of the signed names at random, everybody where no more signed."""
    return chance.sample(list(signed), min(DRAWN, len(signed)))


def needs_review(before: tuple[ArrivalKind, datetime | None], after: tuple[ArrivalKind, datetime | None]) -> bool:
    """Return whether a second person looks at a note made anew after collection.

    From 待核 to 迟到 is progress; another time of arrival, or 待核 instead of 迟到, is a correction.
    """
    return before[0] is ArrivalKind.LATE and before != after


@dataclass(frozen=True)
class SessionHours:
    """When one session may be signed: from `opens` to `cutoff`, both included."""

    opens: datetime
    cutoff: datetime


def session_hours(day: date, half: Half, settings: Settings) -> SessionHours:
    """Return the session's hours under the settings of its day (考勤制度第2条, summer hours included)."""
    if half is Half.MORNING:
        opens, cutoff = settings.morning_opens, settings.morning_cutoff
    elif settings.is_summer(day):
        opens, cutoff = settings.summer_afternoon_opens, settings.summer_afternoon_cutoff
    else:
        opens, cutoff = settings.afternoon_opens, settings.afternoon_cutoff
    return SessionHours(datetime.combine(day, opens), datetime.combine(day, cutoff))


def require_open_session(day: date, half: Half, now: datetime, settings: Settings, calendar: Calendar) -> None:
    """Refuse a signature outside its session: on a rest day, before it opens, or a second after the cut-off."""
    if not calendar.is_work(day, half):
        raise Refused(f"{day.month}月{day.day}日{half.label}是{calendar.title(day)},不设签到。", TWO_SIGN_INS)
    hours = session_hours(day, half, settings)
    if now < hours.opens:
        raise Refused(f"{half.label}签到{hours.opens:%-H:%M}开始,请到时再签。", TWO_SIGN_INS)
    if now > hours.cutoff:
        raise Refused(f"不能补签:{half.label}签到{hours.cutoff:%-H:%M}已截止。请由签到管理人记到岗情况。", COLLECTION)


def require_state(state: SessionState, verb: str, half: Half) -> SessionState:
    """Return the state the verb leads to, or refuse it in this one."""
    move = MOVES.get((state, verb))
    if move is not None:
        return move[0]
    if state is SessionState.COLLECTED:
        message = f"{half.label}签到簿已收存,不能再签到、撤回或重收。到岗情况请在缺签名单里记。"
    elif state in (SessionState.NO_BOOK, SessionState.RULED):
        told = "等分管副主任的书面决定。" if state is SessionState.NO_BOOK else "分管副主任已有书面决定。"
        message = f"{half.label}签到登记为未设簿,{told}"
    elif state is SessionState.HALTED:
        message = f"机器时间变动,{half.label}签到已停。请签到管理人核对时间后按F5继续,或按F6收存。"
    else:
        message = (
            f"{half.label}签到簿还没有收存,收存后才能记到岗情况。"
            if verb == "note_arrival"
            else f"{half.label}签到没有登记为未设簿。"
        )
    raise Refused(message, COLLECTION)
