"""What 集中学习 and 大扫除 share: sessions the calendar makes, and a roll of everybody at each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, DayKind, Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

NOON = time(12, 0)


class RollState(StrEnum):
    """Where one session stands."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        return _STATE_TITLES[self]

    @property
    def is_held(self) -> bool:
        """Return whether the roll was taken, so that the session counts."""
        return self in (RollState.HELD, RollState.CHECKED)

    @property
    def is_ahead(self) -> bool:
        """Return whether the session is still to be held."""
        return self in (RollState.PLANNED, RollState.MOVED)


_STATE_TITLES: Mapping[RollState, str] = {
    RollState.PLANNED: "计划",
    RollState.MOVED: "已变更",
    RollState.CANCELLED: "已取消",
    RollState.HELD: "已开展",
    RollState.CHECKED: "已核对",
}


class MarkKind(StrEnum):
    """How a person stood to one session."""

    PRESENT = "present"
    LATE = "late"
    LEAVE = "leave"
    OUT = "out"
    ABSENT = "absent"
    EARLY = "early"

    @property
    def label(self) -> str:
        return _MARK_TITLES[self][0]

    @property
    def sign(self) -> str:
        """Return the one character of the month's page."""
        return _MARK_TITLES[self][1]

    @property
    def is_attended(self) -> bool:
        """Return whether it counts as 实到: who came late or left early was there."""
        return self in (MarkKind.PRESENT, MarkKind.LATE, MarkKind.EARLY)


_MARK_TITLES: Mapping[MarkKind, tuple[str, str]] = {
    MarkKind.PRESENT: ("到", "到"),
    MarkKind.LATE: ("迟到", "迟"),
    MarkKind.LEAVE: ("请假", "假"),
    MarkKind.OUT: ("公出", "公"),
    MarkKind.ABSENT: ("缺席", "缺"),
    MarkKind.EARLY: ("早退", "退"),
}

FORETOLD = (MarkKind.LEAVE, MarkKind.OUT)
"""What may be entered before the session begins, when somebody tells of it."""

MISSED = (MarkKind.LEAVE, MarkKind.OUT, MarkKind.ABSENT)
"""What may be made up for later."""


class ToldTo(StrEnum):
    """Who was told of an absence in advance (学习制度第3条)."""

    LEADER = "leader"
    SECTION = "section"

    @property
    def label(self) -> str:
        return {"leader": "办公室领导", "section": "行政股"}[self.value]


@dataclass(frozen=True)
class Book:
    """One of the two books: when its sessions are, who keeps it, which article each part of it rests on.

    `weekdays` count from Monday 0. `asks_after_holiday` is 大扫除 only: whether a holiday's session moves behind it.
    `needs_director` is 集中学习 only: changes and leaving early are the director's, absence is told in advance.
    """

    word: str
    title: str
    noun: str
    series: str
    weekdays: frozenset[int]
    recorder: Post
    schedule_article: str
    record_article: str
    attend_article: str
    subject_label: str
    led_label: str
    needs_director: bool
    asks_after_holiday: bool

    def verb(self, deed: str) -> str:
        """Return the verb of a deed in this book, as authority and journal know it."""
        return f"{deed}_{self.word}"


@dataclass(frozen=True)
class Span:
    """When one session begins and ends."""

    starts: datetime
    ends: datetime

    @property
    def half(self) -> Half:
        """Return the half-day the session lies in."""
        return Half.MORNING if self.starts.time() < NOON else Half.AFTERNOON


DEEDS: Mapping[str, str] = {
    "write": "登记内容",
    "mark": "点名",
    "finish": "其余全到",
    "check": "核对",
    "move": "变更时间",
    "cancel": "取消",
    "order": "加开",
    "make_up": "补学",
    "void": "作废",
}
"""Every deed on a session, and what it is called."""

Moves = Mapping[tuple[RollState, str], tuple[RollState, str, Post | None]]


def moves(book: Book) -> Moves:
    """Return (state, deed) → (state after, article, post that may) of a book."""
    ahead, checked, post = (RollState.PLANNED, RollState.MOVED), RollState.CHECKED, book.recorder
    found: dict[tuple[RollState, str], tuple[RollState, str, Post | None]] = {}
    for state in (*ahead, RollState.HELD, checked):
        found[state, "write"] = (state, book.record_article, post)
        found[state, "mark"] = (state, book.attend_article, post)
    for state in ahead:
        found[state, "finish"] = (RollState.HELD, book.record_article, post)
        found[state, "move"] = (RollState.MOVED, book.schedule_article, post)
        found[state, "cancel"] = (RollState.CANCELLED, book.schedule_article, post)
    for state in (RollState.HELD, checked):
        found[state, "check"] = (checked, book.record_article, post)
        if book.needs_director:
            found[state, "make_up"] = (state, book.attend_article, post)
    for state in RollState:
        found[state, "void"] = (state, book.record_article, post)
    return found


def require_move(book: Book, state: RollState, deed: str) -> RollState:
    """Return the state a deed leads to, or refuse it in this one."""
    move = moves(book).get((state, deed))
    if move is not None:
        return move[0]
    if state is RollState.CANCELLED:
        message = f"这次{book.title}已取消。仍要开展的,先作废取消(F4),再点名。"
    elif state.is_held and deed in ("move", "cancel"):
        message = f"这次{book.title}已开展,不能再{DEEDS[deed]}。记错了的用F4作废。"
    elif state.is_held:
        message = f"这次{book.title}已点过名,要改请在名单上选人改。"
    else:
        message = f"这次{book.title}还没有点名,不能{DEEDS.get(deed, deed)}。"
    raise Refused(message, book.record_article)


def is_planned(book: Book, calendar: Calendar, day: date) -> bool:
    """Return whether the calendar itself makes a session that day.

    Only on an ordinary working morning: not on holidays, nor on a morning the office closed, nor on a day that is
    worked by exchange or by a decision of the office (examples 4, 5).
    """
    is_day = day.weekday() in book.weekdays
    return (
        is_day and calendar.published_kind(day, Half.MORNING) is DayKind.WORKDAY and calendar.is_work(day, Half.MORNING)
    )


def is_offered(book: Book, calendar: Calendar, day: date) -> bool:
    """Return whether the section has to say if this day's session, which falls away, moves behind the holiday."""
    return book.asks_after_holiday and day.weekday() in book.weekdays and not calendar.is_work(day, Half.MORNING)


def span_on(book: Book, day: date, settings: Settings, starts: time | None = None) -> Span:
    """Return a session's time on a day, the book's own unless it begins at another; it lasts as long as always."""
    usual = {
        "study": (settings.study_starts, settings.study_ends),
        "hygiene": (settings.cleaning_starts, settings.cleaning_ends),
    }[book.word]
    begin, end = (datetime.combine(day, moment) for moment in usual)
    if starts is None:
        return Span(begin, end)
    moved = datetime.combine(day, starts)
    return Span(moved, moved + (end - begin))


def require_begun(book: Book, kind: MarkKind | None, span: Span, now: datetime) -> None:
    """Refuse what nobody can know before the session began; None asks for the whole roll."""
    if now >= span.starts or kind in FORETOLD:
        return
    when = f"{span.starts:%-H:%M}" if span.starts.date() == now.date() else f"{span.starts.month}月{span.starts.day}日"
    raise Refused(
        f"{book.title}{when}才开始,现在还不能点名;事先告知的请假、公出可以先记。", book.attend_article, field="kind"
    )


def require_notice(book: Book, told_to: str, told_at: datetime | None, span: Span, now: datetime) -> None:
    """Refuse an absence nobody was told of before the session began: it is 缺席 (学习制度第3条)."""
    if told_at is None or not told_to:
        field = "told_at" if told_to else "told_to"
        raise Refused("请假要写明事先告知了谁、什么时候告知的;没有事先告知的记缺席。", book.attend_article, field=field)
    if told_at > now:
        raise Refused(f"告知时间{told_at:%-H:%M}还没有到。", field="told_at")
    if told_at >= span.starts:
        raise Refused(f"{span.starts:%-H:%M}开始以后才告知的不算请假,请记缺席。", book.attend_article, field="told_at")


def require_moment(kind: MarkKind, moment: datetime | None, span: Span, now: datetime) -> None:
    """Refuse a time of coming late or leaving early that does not lie inside the session."""
    if moment is None:
        return
    if moment > now:
        raise Refused(f"{moment:%-H:%M}还没有到。", field="moment")
    if not span.starts < moment < span.ends:
        words = f"{span.starts:%-H:%M}到{span.ends:%-H:%M}之间"
        raise Refused(f"{kind.label}的时间应在{words};一直没有到的记缺席。", field="moment")


@dataclass(frozen=True)
class Tally:
    """What a roll counts: `late` and `early` are among `attended`."""

    due: int = 0
    attended: int = 0
    leave: int = 0
    out: int = 0
    absent: int = 0
    late: int = 0
    early: int = 0

    def __add__(self, other: Tally) -> Tally:
        mine, theirs = vars(self), vars(other)
        return Tally(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def rate(self) -> str:
        """Return 出勤率, 实到 of 应到 in percent with one decimal, empty where nobody was due."""
        if not self.due:
            return ""
        tenths = (2000 * self.attended + self.due) // (2 * self.due)
        return f"{tenths // 10}.{tenths % 10}"


def tally(kinds: Iterable[MarkKind]) -> Tally:
    """Return what a roll counts, one kind for each person due: 应到 = 实到 + 请假 + 公出 + 缺席."""
    listed = list(kinds)
    return Tally(
        due=len(listed),
        attended=sum(kind.is_attended for kind in listed),
        leave=listed.count(MarkKind.LEAVE),
        out=listed.count(MarkKind.OUT),
        absent=listed.count(MarkKind.ABSENT),
        late=listed.count(MarkKind.LATE),
        early=listed.count(MarkKind.EARLY),
    )
