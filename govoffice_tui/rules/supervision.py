"""督办 (会议管理制度第5条): where a matter stands, how near its day is, and how the months carry it forward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused

FOLLOWING = "会议管理制度第5条"
"""会后督促落实: the article supervision rests on."""

SECRECY = "保密制度第2条"
STANDING = "长期"
"""What stands in place of a day where a matter has none."""

FARTHEST = timedelta(days=366 * 10)

EVIDENCE_LENGTH = 3
_NO_EVIDENCE = frozenset({"已办结", "办结了", "已完成", "完成了", "已落实", "没有依据", "办理完毕", "已办理完毕"})


class Source(StrEnum):
    """Where a matter comes from."""

    MEETING = "meeting"
    INSTRUCTION = "instruction"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"meeting": "会议", "instruction": "领导批示", "other": "其他"}[self.value]


class Way(StrEnum):
    """How word of a matter came or went."""

    PHONE = "phone"
    PAPER = "paper"
    IN_PERSON = "in_person"

    @property
    def label(self) -> str:
        return {"phone": "电话", "paper": "书面", "in_person": "当面"}[self.value]


class DecisionState(StrEnum):
    """Where a matter stands in the book; 逾期 is no state of its own but what its day makes of an open one."""

    NEW = "new"
    GOING = "going"
    DONE = "done"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        return {"new": "未启动", "going": "办理中", "done": "办结", "settled": "销号"}[self.value]

    @property
    def is_open(self) -> bool:
        """Return whether the matter is still to be done."""
        return self in (DecisionState.NEW, DecisionState.GOING)


class StepKind(StrEnum):
    """What is written under a matter, each with its day."""

    PROGRESS = "progress"
    REMINDED = "reminded"
    EXTENDED = "extended"
    DONE = "done"
    RETURNED = "returned"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        return {
            "progress": "进展",
            "reminded": "催办",
            "extended": "延期",
            "done": "办结",
            "returned": "退回重办",
            "settled": "销号",
        }[self.value]


STATES = tuple(DecisionState)
_CLERK, _HEAD = Post.SIGN_IN_KEEPER, Post.SECTION_HEAD
Move = tuple[DecisionState, str, Post]


def _stay(states: Iterable[DecisionState], *verbs: str) -> dict[tuple[DecisionState, str], Move]:
    return {(state, verb): (state, FOLLOWING, _CLERK) for state in states for verb in verbs}


_OPEN = (DecisionState.NEW, DecisionState.GOING)
MOVES: Mapping[tuple[DecisionState, str], Move] = {
    **{(state, "note_progress"): (DecisionState.GOING, FOLLOWING, _CLERK) for state in _OPEN},
    **_stay(_OPEN, "remind_unit", "extend_decision", "void_decision"),
    **{(state, "finish_decision"): (DecisionState.DONE, FOLLOWING, _CLERK) for state in _OPEN},
    (DecisionState.DONE, "return_decision"): (DecisionState.GOING, FOLLOWING, _CLERK),
    (DecisionState.DONE, "settle_decision"): (DecisionState.SETTLED, FOLLOWING, _HEAD),
    **_stay(STATES, "correct_decision", "correct_step", "strike_step"),
}
"""(state, verb) → (state after, article, post that may).

A step struck leads back to where it came from, as `state_after` reads it from the steps that are left.
"""

VERB_WORDS: Mapping[str, str] = {
    "note_progress": "记进展",
    "remind_unit": "催办",
    "extend_decision": "延期",
    "finish_decision": "办结",
    "return_decision": "退回重办",
    "settle_decision": "销号",
    "correct_decision": "更正",
    "correct_step": "更正经过",
    "strike_step": "划去经过",
    "void_decision": "作废",
}

STEP_VERBS: Mapping[StepKind, str] = {
    StepKind.PROGRESS: "note_progress",
    StepKind.REMINDED: "remind_unit",
    StepKind.EXTENDED: "extend_decision",
    StepKind.DONE: "finish_decision",
    StepKind.RETURNED: "return_decision",
    StepKind.SETTLED: "settle_decision",
}
"""The verb that writes a step."""


def require_move(state: DecisionState, verb: str) -> DecisionState:
    """Return the state a verb leads a matter to, or refuse it in this one."""
    move = MOVES.get((state, verb))
    if move is not None:
        return move[0]
    words = VERB_WORDS[verb]
    if state is DecisionState.SETTLED:
        raise Refused(f"这一件已经销号,不能再{words}。要接着办的请另登记一件,在备注写原来的编号。", FOLLOWING)
    if state is DecisionState.DONE:
        raise Refused(f"这一件已经办结,不能再{words}。没有办好的请先退回重办。", FOLLOWING)
    raise Refused(f"这一件还没有办结,不能{words}。请先写明办结依据。", FOLLOWING)


@dataclass(frozen=True)
class Fact:
    """One step as the rules see it; `due` is the day it sets, if it sets one."""

    kind: StepKind
    day: date
    due: date | None = None


def state_after(facts: Iterable[Fact]) -> DecisionState:
    """Return where a matter stands after its steps, in the order they were written."""
    state = DecisionState.NEW
    for fact in facts:
        state = MOVES[state, STEP_VERBS[fact.kind]][0]
    return state


def due_after(first: date | None, facts: Iterable[Fact]) -> date | None:
    """Return the day a matter is due after its steps, None where it is 长期."""
    due = first
    for fact in facts:
        if fact.due is not None and fact.kind in (StepKind.EXTENDED, StepKind.RETURNED):
            due = fact.due
    return due


def until(facts: Iterable[Fact], day: date) -> tuple[Fact, ...]:
    """Return the steps up to the end of a day."""
    return tuple(fact for fact in facts if fact.day <= day)


def require_course(begun: date, first_due: date | None, facts: Sequence[Fact], today: date) -> None:
    """Refuse steps that do not follow one another: in the future, before what went before, or out of their state."""
    if begun > today:
        raise Refused("立项日期还没有到,请到时再登记。", FOLLOWING, field="begun")
    if first_due is not None and first_due < begun:
        raise Refused("办理时限早于立项日期,请核对。", FOLLOWING, field="due")
    if first_due is not None and first_due - begun > FARTHEST:
        raise Refused(f"{first_due.year}年离立项太远,请核对年份;没有时限的写“长期”。", FOLLOWING, field="due")
    state, due = DecisionState.NEW, first_due
    floor, floor_words = begun, "立项"
    progressed = limited = begun
    for fact in facts:
        label, shown = fact.kind.label, _short(fact.day)
        if fact.day > today:
            raise Refused(f"{shown}还没有到,不能先记{label}。", FOLLOWING, field="day")
        if fact.day < floor:
            raise Refused(f"{label}{shown}早于{floor_words}{_short(floor)},前后不合。", FOLLOWING, field="day")
        state = require_move(state, STEP_VERBS[fact.kind])
        if fact.kind is StepKind.PROGRESS:
            progressed = max(progressed, fact.day)
        elif fact.kind is StepKind.EXTENDED:
            due, limited = _extended(due, fact, limited), fact.day
        elif fact.kind is StepKind.DONE and fact.day < progressed:
            words = f"办结{shown}早于{_short(progressed)}的进展,前后不合。"
            raise Refused(words, FOLLOWING, field="day")
        elif fact.kind is StepKind.RETURNED and fact.due is not None:
            if fact.due < fact.day:
                raise Refused("重办的时限早于退回的日期,请核对。", FOLLOWING, field="due")
            due, limited = fact.due, fact.day
        if fact.kind in (StepKind.DONE, StepKind.RETURNED, StepKind.SETTLED):
            floor, floor_words = fact.day, label


def _extended(due: date | None, fact: Fact, limited: date) -> date:
    """Return the day an extension leads to, or refuse it."""
    if due is None:
        raise Refused("这一件是长期事项,没有时限,不用延期。", FOLLOWING, field="due")
    if fact.due is None or fact.due <= due:
        raise Refused(f"延期要晚于现在的时限{_short(due)}。", FOLLOWING, field="due")
    if fact.due - due > FARTHEST:
        raise Refused(f"{fact.due.year}年太远,请核对年份。", FOLLOWING, field="due")
    if fact.day < limited:
        raise Refused(f"这次批准早于{_short(limited)}定的时限,前后不合。", FOLLOWING, field="day")
    return fact.due


def require_evidence(text: str) -> None:
    """Refuse what shows nothing (办结依据): a stroke of the pen, or only that the matter is said to be done."""
    if len(text) < EVIDENCE_LENGTH or text.rstrip("。.!") in _NO_EVIDENCE:
        raise Refused("办结要有依据,不能只说办好了:写文号、报告、验收单或现场核实的情况。", FOLLOWING, field="words")


class Alert(StrEnum):
    """The colour of a warning slip: blue as the day comes near, yellow when it is close, red once it is past."""

    NONE = ""
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"

    @property
    def label(self) -> str:
        return {"": "", "blue": "蓝", "yellow": "黄", "red": "红"}[self.value]


def alert_of(due: date | None, today: date, blue_days: int, yellow_days: int) -> Alert:
    """Return the colour of an open matter by the days left: red from the day after it was due."""
    if due is None:
        return Alert.NONE
    left = (due - today).days
    if left < 0:
        return Alert.RED
    if left <= yellow_days:
        return Alert.YELLOW
    return Alert.BLUE if left <= blue_days else Alert.NONE


def days_words(due: date | None, today: date) -> str:
    """Return 余3天, 今天到期, 逾期2天, or 长期."""
    if due is None:
        return STANDING
    left = (due - today).days
    if left == 0:
        return "今天到期"
    return f"余{left}天" if left > 0 else f"逾期{-left}天"


@dataclass(frozen=True)
class Course:
    """One matter's way through the months: begun, done and returned in turn, and voided."""

    begun: date
    facts: tuple[Fact, ...] = ()
    voided: date | None = None

    def is_open_after(self, day: date) -> bool:
        """Return whether the matter is in hand at the end of a day."""
        if day < self.begun or (self.voided is not None and self.voided <= day):
            return False
        return state_after(until(self.facts, day)).is_open


@dataclass(frozen=True)
class Flow:
    """How many matters a month took over, got, and handed on."""

    carried: int = 0
    added: int = 0
    returned: int = 0
    done: int = 0
    voided: int = 0
    left: int = 0

    def __add__(self, other: Flow) -> Flow:
        return Flow(
            self.carried + other.carried,
            self.added + other.added,
            self.returned + other.returned,
            self.done + other.done,
            self.voided + other.voided,
            self.left + other.left,
        )

    @property
    def imbalance(self) -> int:
        """Return 上月结转+新增+退回重办−办结−作废−结转下月, which is 0."""
        return self.carried + self.added + self.returned - self.done - self.voided - self.left

    @property
    def in_hand(self) -> int:
        """Return how many matters the month had to do with."""
        return self.carried + self.added + self.returned


def month_flow(course: Course, first: date, last: date) -> Flow:
    """Return what one matter is in a month (会议管理制度第5条); every column counts it once at the most.

    Returned in the month it was done in takes the 办结 back; in a later month it is 退回重办, and 办结 a second time
    when it is done again. Voided in the month it was begun in it is nothing at all, later it leaves as 作废.
    """
    carried = course.is_open_after(first - timedelta(days=1))
    left = course.is_open_after(last)
    is_voided = course.voided is not None and first <= course.voided <= last
    is_begun = first <= course.begun <= last
    if is_begun and is_voided:
        return Flow()
    has_returned = any(fact.kind is StepKind.RETURNED and first <= fact.day <= last for fact in course.facts)
    is_added = is_begun
    is_returned = not carried and not is_begun and has_returned
    leaves = (carried or is_added or is_returned) and not left
    return Flow(
        carried=int(carried),
        added=int(is_added),
        returned=int(is_returned),
        done=int(leaves and not is_voided),
        voided=int(leaves and is_voided),
        left=int(left),
    )


def done_day(course: Course, last: date) -> date | None:
    """Return the day a matter that is done at the end of a day was done on."""
    if course.is_open_after(last):
        return None
    days = [fact.day for fact in until(course.facts, last) if fact.kind is StepKind.DONE]
    return days[-1] if days else None


@dataclass(frozen=True)
class UnitFigures:
    """What a month says of one responsible unit."""

    unit: str
    in_hand: int
    done: int
    in_time: int
    overdue: int
    left: int
    reminded: int

    @property
    def was_due(self) -> int:
        """Return how many were to be done by the end of the month: those done, and those past their day."""
        return self.done + self.overdue

    @property
    def rate(self) -> int | None:
        """Return 按期办结率 in whole percent, None where nothing was due."""
        return None if not self.was_due else self.in_time * 100 // self.was_due


def ranked(units: Iterable[UnitFigures]) -> list[tuple[int | None, UnitFigures]]:
    """Return the units in the order they did their matters in time, equal ones at one place.

    By rate, then fewer overdue, then more done; who had nothing due has no place and stands behind.
    """

    def key(one: UnitFigures) -> tuple[int, int, int, int]:
        return (one.rate is None, -(one.rate or 0), one.overdue, -one.done)

    found: list[tuple[int | None, UnitFigures]] = []
    ordered = sorted(units, key=lambda one: (*key(one), one.unit))
    place = 0
    for at, one in enumerate(ordered, 1):
        if at == 1 or key(one) != key(ordered[at - 2]):
            place = at
        found.append((None if one.rate is None else place, one))
    return found


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
