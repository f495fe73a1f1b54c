"""The duty system at night (值班制度第2条至第6条): shifts and their hours, lines and their urgency, what may follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings, read_hours

PRESENCE = "值班制度第2条"
RECORD = "值班制度第3条"
SECRECY = "值班制度第4条"
HAND_OVER = "值班制度第5条"
MESSENGER = "值班制度第6条"

EARLY = timedelta(hours=1)
"""How long before a shift of a rest day begins it may be taken over."""

BACKFILL = timedelta(minutes=30)
"""What is entered so much later than it happened is marked 补记."""


class Template(StrEnum):
    """The kinds of shift: the night of a workday, a rest day's twenty-four hours, and the parts of a divided one."""

    NIGHT = "night"
    WHOLE_DAY = "whole_day"
    REST_DAY = "rest_day"
    REST_NIGHT = "rest_night"
    REST_PART = "rest_part"

    @property
    def label(self) -> str:
        return _TEMPLATE_WORDS[self]

    @property
    def is_part(self) -> bool:
        """Return whether the day has other shifts beside it."""
        return self in (Template.REST_DAY, Template.REST_NIGHT, Template.REST_PART)


_TEMPLATE_WORDS = {
    Template.NIGHT: "夜班",
    Template.WHOLE_DAY: "全天班",
    Template.REST_DAY: "白班",
    Template.REST_NIGHT: "夜班",
    Template.REST_PART: "分班",
}


class ShiftState(StrEnum):
    """Where the page of one shift stands."""

    OPEN = "open"
    HANDED_OVER = "handed_over"
    ONE_SIDED = "one_sided"

    @property
    def label(self) -> str:
        return {"open": "值班中", "handed_over": "已交班", "one_sided": "单方接班"}[self.value]


class EntryState(StrEnum):
    """How far a line of the duty book has come."""

    REGISTERED = "registered"
    URGENT = "urgent"
    ASKING = "asking"
    HANDED = "handed"
    FILED = "filed"
    DONE = "done"

    @property
    def label(self) -> str:
        return _STATE_WORDS[self]

    @property
    def is_settled(self) -> bool:
        """Return whether nothing remains to be done."""
        return self in (EntryState.FILED, EntryState.DONE)

    @property
    def presses(self) -> bool:
        """Return whether the minutes since it came are counted: a leader has to hear of it."""
        return self in (EntryState.URGENT, EntryState.ASKING)


_STATE_WORDS = {
    EntryState.REGISTERED: "登记",
    EntryState.URGENT: "急办",
    EntryState.ASKING: "请示",
    EntryState.HANDED: "移交",
    EntryState.FILED: "存查",
    EntryState.DONE: "办结",
}


class Urgency(StrEnum):
    """缓急 of a line and with it what becomes of it: 急办, 请示, 移交次日 or 存查 (第3条)."""

    URGENT = "urgent"
    ASK = "ask"
    HAND_ON = "hand_on"
    FILE = "file"

    @property
    def label(self) -> str:
        return {"urgent": "急办", "ask": "请示", "hand_on": "移交", "file": "存查"}[self.value]

    @property
    def verb(self) -> str:
        """Return the move a line makes when it is given this urgency."""
        return {"urgent": "treat_urgently", "ask": "ask_leader", "hand_on": "hand_on", "file": "file_entry"}[self.value]


class Kind(StrEnum):
    """类别 of a line."""

    CALL_IN = "call_in"
    CALL_OUT = "call_out"
    FAX = "fax"
    TELEGRAM = "telegram"
    VISIT = "visit"
    INSTRUCTION = "instruction"
    INCIDENT = "incident"
    ROUND = "round"
    INSPECTION = "inspection"

    @property
    def label(self) -> str:
        return _KIND_WORDS[self]

    @property
    def has_number(self) -> bool:
        """Return whether it takes a number of the year, 传〔2026〕12号."""
        return self in (Kind.FAX, Kind.TELEGRAM)


_KIND_WORDS = {
    Kind.CALL_IN: "来电",
    Kind.CALL_OUT: "去电",
    Kind.FAX: "传真",
    Kind.TELEGRAM: "电报",
    Kind.VISIT: "来访",
    Kind.INSTRUCTION: "领导指示",
    Kind.INCIDENT: "突发",
    Kind.ROUND: "巡查",
    Kind.INSPECTION: "查岗",
}


class Stage(StrEnum):
    """A report of the chain an incident makes."""

    FIRST = "first"
    FURTHER = "further"
    FINAL = "final"

    @property
    def label(self) -> str:
        return {"first": "首报", "further": "续报", "final": "终报"}[self.value]


GRADES = ("特提", "特急", "加急", "平急")
"""等级 of a fax or telegram."""

FIVE = ("房间卫生", "钥匙", "电话", "传真机", "值班本")
"""What is in order when a shift is handed over (第5条)."""

STATES = tuple(ShiftState)
ENTRY_STATES = tuple(EntryState)

SHIFT_MOVES: Mapping[tuple[ShiftState, str], tuple[ShiftState, str, Post | None]] = {
    (ShiftState.OPEN, "record_entry"): (ShiftState.OPEN, RECORD, Post.DUTY_OFFICER),
    (ShiftState.OPEN, "swap_officer"): (ShiftState.OPEN, PRESENCE, Post.DUTY_OFFICER),
    (ShiftState.OPEN, "record_absence"): (ShiftState.OPEN, MESSENGER, Post.DUTY_OFFICER),
    (ShiftState.OPEN, "hand_over_duty"): (ShiftState.HANDED_OVER, HAND_OVER, Post.DUTY_OFFICER),
    (ShiftState.OPEN, "take_over_duty"): (ShiftState.ONE_SIDED, HAND_OVER, None),
    (ShiftState.HANDED_OVER, "record_absence"): (ShiftState.HANDED_OVER, PRESENCE, Post.DUTY_OFFICER),
    (ShiftState.ONE_SIDED, "record_absence"): (ShiftState.ONE_SIDED, PRESENCE, Post.DUTY_OFFICER),
    (ShiftState.HANDED_OVER, "sign_duty_page"): (ShiftState.HANDED_OVER, RECORD, Post.DUTY_OFFICER),
    (ShiftState.ONE_SIDED, "sign_duty_page"): (ShiftState.ONE_SIDED, RECORD, Post.DUTY_OFFICER),
}
"""(state, verb) → (state after, article, post): what the page of a shift allows."""

_LOOSE = (EntryState.REGISTERED, EntryState.URGENT, EntryState.ASKING, EntryState.FILED)

MOVES: Mapping[tuple[EntryState, str], tuple[EntryState, str, Post | None]] = {
    **{
        (state, "treat_urgently"): (EntryState.URGENT, RECORD, Post.DUTY_OFFICER)
        for state in _LOOSE
        if state is not EntryState.URGENT
    },
    **{
        (state, "ask_leader"): (EntryState.ASKING, RECORD, Post.DUTY_OFFICER)
        for state in _LOOSE
        if state is not EntryState.ASKING
    },
    **{(state, "hand_on"): (EntryState.HANDED, RECORD, Post.DUTY_OFFICER) for state in (*_LOOSE, EntryState.HANDED)},
    (EntryState.REGISTERED, "file_entry"): (EntryState.FILED, RECORD, Post.DUTY_OFFICER),
    (EntryState.URGENT, "report_entry"): (EntryState.URGENT, RECORD, Post.DUTY_OFFICER),
    (EntryState.ASKING, "report_entry"): (EntryState.ASKING, RECORD, Post.DUTY_OFFICER),
    (EntryState.HANDED, "report_entry"): (EntryState.HANDED, RECORD, Post.DUTY_OFFICER),
    (EntryState.HANDED, "accept_matter"): (EntryState.HANDED, RECORD, None),
    **{(state, "finish_entry"): (EntryState.DONE, RECORD, Post.DUTY_OFFICER) for state in (*_LOOSE, EntryState.HANDED)},
}
"""(state, verb) → (state after, article, post): what may become of a line."""

MOVE_WORDS: Mapping[str, str] = {
    "treat_urgently": "急办",
    "ask_leader": "请示",
    "hand_on": "移交",
    "file_entry": "存查",
    "report_entry": "记报告和批示",
    "accept_matter": "接收",
    "finish_entry": "办结",
}


@dataclass(frozen=True)
class ShiftHours:
    """When a shift begins and ends, and which day's page it stands on."""

    day: date
    template: Template
    starts: datetime
    ends: datetime
    noon: tuple[datetime, datetime] | None = None

    @property
    def words(self) -> str:
        """Return 10月11日夜班(17:30—次日8:00)."""
        begins, ends = (f"{one.hour}:{one.minute:02d}" for one in (self.starts, self.ends))
        after = "次日" if self.ends.date() > self.starts.date() else ""
        return f"{self.day.month}月{self.day.day}日{self.template.label}({begins}—{after}{ends})"

    @property
    def part(self) -> str:
        """Return what tells the shift apart from the others of its day, 白班 or 1600班; empty where it is alone."""
        return part_words(self.template, self.starts)

    @property
    def takes_from(self) -> datetime:
        """Return the first moment it may be taken over: a workday's from the noon gap on, which it covers too."""
        return self.noon[0] if self.noon else self.starts - EARLY


def shift_hours(day: date, is_workday: bool, settings: Settings) -> ShiftHours:
    """Return the hours of the shift that starts on a day: a workday's night with its noon, a rest day's 24 hours."""
    morning = read_hours(settings.duty_rest_shifts)[0][0]
    ends = datetime.combine(day + timedelta(days=1), morning)
    if not is_workday:
        return ShiftHours(day, Template.WHOLE_DAY, datetime.combine(day, morning), ends)
    office = read_hours(settings.duty_summer_hours if settings.is_summer(day) else settings.duty_hours)
    noon = None
    if len(office) > 1 and settings.duty_noon == "officer":
        noon = (datetime.combine(day, office[0][1]), datetime.combine(day, office[1][0]))
    return ShiftHours(day, Template.NIGHT, datetime.combine(day, office[-1][1]), ends, noon)


def day_hours(day: date, is_workday: bool, settings: Settings) -> tuple[ShiftHours, ...]:
    """Return the hours of every shift of a day: one, or the parts the settings divide a rest day into (第1条)."""
    whole = shift_hours(day, is_workday, settings)
    parts = read_hours(settings.duty_rest_shifts)
    if is_workday or len(parts) == 1:
        return (whole,)
    edges = [whole.starts]
    for begins, _ in parts[1:]:
        edge = datetime.combine(day, begins)
        edges.append(edge if edge > whole.starts else edge + timedelta(days=1))
    edges.append(whole.ends)
    return tuple(
        ShiftHours(day, template, starts, ends)
        for template, starts, ends in zip(part_templates(len(parts)), edges, edges[1:], strict=False)
    )


def part_templates(count: int) -> tuple[Template, ...]:
    """Return what the shifts of a day divided into so many are: 白班 and 夜班 where there are two."""
    return (Template.REST_DAY, Template.REST_NIGHT) if count == 2 else (Template.REST_PART,) * count


def part_words(template: Template, starts: datetime) -> str:
    """Return what tells a shift apart from the others of its day, empty where it is the only one."""
    if template is Template.REST_PART:
        return f"{starts:%H%M}班"
    return template.label if template.is_part else ""


def shift_of(now: datetime, is_workday: Callable[[date], bool], settings: Settings) -> ShiftHours:
    """Return the shift a moment belongs to: the one that may be taken over, else that of the evening before.

    A call at 2:10 on the 1st belongs to the 30th (example 16).
    """
    today = now.date()
    mine = shift_hours(today, is_workday(today), settings)
    if now >= mine.takes_from:
        return mine
    before = today - timedelta(days=1)
    return shift_hours(before, is_workday(before), settings)


def require_shift(state: ShiftState, verb: str) -> ShiftState:
    """Return the state of a shift after a verb, or refuse it."""
    move = SHIFT_MOVES.get((state, verb))
    if move is not None:
        return move[0]
    if state is ShiftState.OPEN:
        raise Refused("本班还没有交班,交班后才能记带班领导签阅。请先按F6交班。", HAND_OVER)
    if verb == "hand_over_duty":
        raise Refused(f"本班{state.label},不能再交一次。", HAND_OVER)
    raise Refused(f"本班{state.label},不能再往这一页登记。请翻到现在的班(PgDn),先接班。", HAND_OVER)


def require_move(state: EntryState, verb: str) -> EntryState:
    """Return the state of a line after a verb, or refuse it."""
    move = MOVES.get((state, verb))
    if move is None:
        words = MOVE_WORDS.get(verb, verb)
        raise Refused(f"这一笔现在是“{state.label}”,不能{words}。要改的请按F4更正。", RECORD)
    return move[0]


def legal_moves(state: EntryState) -> list[str]:
    """Return the verbs a line allows in its state, the usual ones first."""
    verbs = [verb for verb in MOVE_WORDS if (state, verb) in MOVES]
    if state.presses:
        verbs.sort(key=lambda verb: verb not in ("report_entry", "finish_entry"))
    return verbs


Interval = tuple[datetime, datetime]


def uncovered(span: Interval, present: Iterable[Interval], away: Iterable[Interval]) -> int:
    """Return the whole minutes of a span in which nobody was there: outside `present`, or inside `away`."""
    gaps = without([span], present)
    for absence in away:
        gaps += without(_clipped(absence, span), gaps)
    return sum(int((end - start).total_seconds()) for start, end in gaps) // 60


def _clipped(one: Interval, span: Interval) -> list[Interval]:
    start, end = max(one[0], span[0]), min(one[1], span[1])
    return [(start, end)] if start < end else []


def without(spans: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """Return what is left of some spans when others are taken out."""
    left = list(spans)
    for start, end in taken:
        left = [
            piece
            for first, last in left
            for piece in ((first, min(last, start)), (max(first, end), last))
            if piece[0] < piece[1]
        ]
    return left
