"""The attendance system (考勤制度第1条至第3条): sessions, the cut-off, and what each half-day of a month is.

A month of one person is a set of half-days, kept as the bits of an integer: bit `2 × (day of month − 1) + half`.
Each status is such a set, every due half-day is in exactly one of them, and counting is `int.bit_count()`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

TWO_SIGN_INS = "考勤制度第1条"
COLLECTION = "考勤制度第2条"
ABSENCE = "考勤制度第3条"


class SessionState(StrEnum):
    """Where the sign-in book of one session stands."""

    OPEN = "open"
    HALTED = "halted"
    COLLECTED = "collected"

    @property
    def label(self) -> str:
        return {"open": "签到中", "halted": "已停签", "collected": "已收存"}[self.value]


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
}
"""(state, verb) → (state after, article, post that may): what the book of a session allows."""


class StrikeReason(StrEnum):
    """Why a signature is struck while its session is open."""

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


class HalfStatus(StrEnum):
    """What one half-day of one person is."""

    OFF_ROSTER = "off_roster"
    SECONDED = "seconded"
    REST = "rest"
    EXEMPT = "exempt"
    SIGNED = "signed"
    LATE = "late"
    PENDING = "pending"
    NOT_DUE = "not_due"

    @property
    def label(self) -> str:
        return _STATUS_TITLES[self]

    @property
    def article(self) -> str:
        """Return the article the status rests on."""
        return _STATUS_ARTICLES.get(self, TWO_SIGN_INS)


_STATUS_TITLES: Mapping[HalfStatus, str] = {
    HalfStatus.OFF_ROSTER: "不在册",
    HalfStatus.SECONDED: "借出",
    HalfStatus.REST: "休息",
    HalfStatus.EXEMPT: "免签",
    HalfStatus.SIGNED: "已签",
    HalfStatus.LATE: "迟到",
    HalfStatus.PENDING: "待核",
    HalfStatus.NOT_DUE: "未签",
}
_STATUS_ARTICLES: Mapping[HalfStatus, str] = {
    HalfStatus.LATE: ABSENCE,
    HalfStatus.PENDING: ABSENCE,
}


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
        message = f"{half.label}签到簿已收存,不能再签到、划销或重收。到岗情况请在缺签名单里记。"
    elif state is SessionState.HALTED:
        message = f"机器时间变动,{half.label}签到已停。请签到管理人核对时间后按F5继续,或按F6收存。"
    else:
        message = f"{half.label}签到簿还没有收存,收存后才能记到岗情况。"
    raise Refused(message, COLLECTION)


def bit(day: date, half: Half) -> int:
    """Return the half-day's place in a month's set."""
    return 1 << (2 * (day.day - 1) + half)


def half_days(days: Sequence[date], halves: int) -> list[tuple[date, Half]]:
    """Return the half-days of a set in order, given the month's days."""
    return [(day, half) for day in days for half in Half if halves & bit(day, half)]


def span(first: date, last: date) -> int:
    """Return every half-day from first to last, two days of one month."""
    return (1 << 2 * last.day) - (1 << 2 * (first.day - 1))


@dataclass(frozen=True)
class MonthFrame:
    """What a month is for everybody: its days and three sets of half-days.

    `work` are the worked ones, `settled` those whose cut-off has passed.
    """

    days: tuple[date, ...]
    work: int
    settled: int

    @property
    def whole(self) -> int:
        """Every half-day of the month."""
        return span(self.days[0], self.days[-1])

    def within(self, first: date, last: date | None) -> int:
        """Return the month's half-days inside an interval that may begin or end outside it."""
        start, end = max(first, self.days[0]), self.days[-1] if last is None else min(last, self.days[-1])
        return span(start, end) if start <= end else 0


def month_frame(days: Sequence[date], calendar: Calendar, now: datetime, settings: Settings) -> MonthFrame:
    """Return the frame of a month, given all its days, seen at `now` under the settings of that day."""
    work = settled = 0
    for day in days:
        for half in Half:
            place = bit(day, half)
            if calendar.is_work(day, half) and (day, half) >= settings.first_half_day:
                work |= place
            if day < now.date() or (day == now.date() and now > session_hours(day, half, settings).cutoff):
                settled |= place
    return MonthFrame(tuple(days), work, settled)


@dataclass(frozen=True)
class MonthFacts:
    """What the books say about one person's month, each a set of half-days."""

    member: int
    seconded: int = 0
    exempt: int = 0
    signed: int = 0
    late: int = 0


@dataclass(frozen=True)
class PersonMonth:
    """One person's month: every half-day in one status, and the counts the sheet prints.

    `due` is found from the roster and the calendar alone, the statuses from the books; `imbalance`
    is what the two disagree on. Counts are half-days (two make a day); `late_count` counts occasions.
    """

    person: Person
    due: int
    statuses: Mapping[HalfStatus, int]
    remarks: tuple[str, ...] = ()

    def count(self, status: HalfStatus) -> int:
        """Return how many half-days have the status."""
        return self.statuses.get(status, 0).bit_count()

    @property
    def due_count(self) -> int:
        """应出勤: half-days on the roster, worked, and past."""
        return self.due.bit_count()

    @property
    def attended_count(self) -> int:
        """实出勤: signed, or noted as late."""
        return self.count(HalfStatus.SIGNED) + self.count(HalfStatus.LATE)

    @property
    def pending_count(self) -> int:
        """待核: due, past and not explained."""
        return self.count(HalfStatus.PENDING)

    @property
    def late_count(self) -> int:
        return self.count(HalfStatus.LATE)

    @property
    def imbalance(self) -> int:
        """Return the half-days by which 应出勤 differs from 实出勤 + 待核: 0 in a sheet that may be written."""
        return self.due_count - self.attended_count - self.pending_count

    def status(self, day: date, half: Half) -> HalfStatus:
        """Return what one half-day is."""
        place = bit(day, half)
        return next(status for status, halves in self.statuses.items() if halves & place)


def rule_month(person: Person, frame: MonthFrame, facts: MonthFacts, remarks: tuple[str, ...] = ()) -> PersonMonth:
    """Rule on every half-day of one person's month, in this order of precedence.

    Not on the roster, seconded away, not worked, exempt from signing, signed, noted late, still to
    come, and what is left is 待核 (考勤制度第3条): it accuses nobody until a person decides.
    """
    present = facts.member & ~facts.seconded
    on_roster = facts.member | facts.seconded
    signs = present & frame.work & ~facts.exempt
    signed = signs & facts.signed
    late = signs & facts.late & ~signed
    open_halves = signs & ~signed & ~late
    statuses = {
        HalfStatus.SIGNED: signed,
        HalfStatus.REST: on_roster & ~frame.work,
        HalfStatus.LATE: late,
        HalfStatus.PENDING: open_halves & frame.settled,
        HalfStatus.NOT_DUE: open_halves & ~frame.settled,
        HalfStatus.EXEMPT: present & frame.work & facts.exempt,
        HalfStatus.SECONDED: facts.seconded & frame.work,
        HalfStatus.OFF_ROSTER: frame.whole & ~on_roster,
    }
    return PersonMonth(person, signs & (frame.settled | signed | late), statuses, remarks)
