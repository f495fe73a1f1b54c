"""The duty roster's words and shifts: posts, kinds of days, states, and how a month is covered (值班制度第1条)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar, DayKind, Half
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.settings import Settings, read_hours, read_pools

ROUND_THE_CLOCK = "值班制度第1条"
OWN_STAFF = "值班制度第2条"
MESSENGERS = "值班制度第6条"

_ONE_DAY = timedelta(days=1)
_NOON = time(13, 0)
"""Office hours that begin before belong to the morning, the others to the afternoon."""


class DutyPost(StrEnum):
    """What somebody is on duty as."""

    LEADER = "leader"
    OFFICER = "officer"
    MESSENGER = "messenger"

    @property
    def label(self) -> str:
        return {"leader": "带班领导", "officer": "值班员", "messenger": "通讯员"}[self.value]

    @property
    def article(self) -> str:
        """Return the article the post rests on."""
        return MESSENGERS if self is DutyPost.MESSENGER else ROUND_THE_CLOCK


class DutyKind(StrEnum):
    """The three rotations: each is shared out by itself."""

    WORKDAY = "workday"
    REST = "rest"
    HOLIDAY = "holiday"

    @property
    def label(self) -> str:
        return {"workday": "工作日", "rest": "休息日", "holiday": "法定节假日"}[self.value]


class RosterState(StrEnum):
    """How far a roster has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        return {"draft": "草拟", "checked": "已核", "issued": "已印发"}[self.value]


class ChangeKind(StrEnum):
    """How a shift changes hands."""

    EXCHANGE = "exchange"
    SUBSTITUTE = "substitute"
    TEMPORARY = "temporary"

    @property
    def label(self) -> str:
        return {"exchange": "调班", "substitute": "替班", "temporary": "临时调换"}[self.value]


STATES = tuple(RosterState)
MOVES: Mapping[tuple[RosterState, str], tuple[RosterState, str, Post]] = {
    (RosterState.DRAFT, "check_roster"): (RosterState.CHECKED, ROUND_THE_CLOCK, Post.SECTION_HEAD),
    (RosterState.CHECKED, "issue_roster"): (RosterState.ISSUED, ROUND_THE_CLOCK, Post.SECTION_HEAD),
    (RosterState.CHECKED, "return_roster"): (RosterState.DRAFT, ROUND_THE_CLOCK, Post.SECTION_HEAD),
}
"""Which verb leads from a state to which, by which article, and whose it is."""

MOVE_TITLES: Mapping[str, str] = {"check_roster": "核对", "issue_roster": "印发", "return_roster": "退回草拟"}


@dataclass(frozen=True)
class Span:
    """Time from a moment to a later one."""

    starts: datetime
    ends: datetime

    @property
    def words(self) -> str:
        """Return 17:30-8:00."""
        return f"{self.starts:%-H:%M}-{self.ends:%-H:%M}"


@dataclass(frozen=True)
class Shift:
    """One shift of a day: what it is called, its hours, and the noon gap that belongs to it (empty for none)."""

    template: str
    main: Span
    noon: tuple[Span, ...] = ()

    @property
    def pieces(self) -> tuple[Span, ...]:
        """Return every piece of time the shift covers."""
        return (*self.noon, self.main)

    @property
    def also(self) -> str:
        """Return 12:00-14:30 where a noon gap belongs to the shift."""
        return " ".join(piece.words for piece in self.noon)


@dataclass(frozen=True)
class Slot:
    """One place to fill: a post in a shift of a day, and the how-manieth."""

    day: date
    kind: DutyKind
    post: DutyPost
    place: int
    shift: Shift

    @property
    def key(self) -> tuple[date, str, str, int]:
        """Return what tells the place apart from every other of the roster."""
        return (self.day, self.shift.template, self.post.value, self.place)


def duty_kind(chart: Calendar, day: date) -> DutyKind:
    """Return which rotation a day belongs to; a make-up Saturday is a workday (值班制度第1条)."""
    if chart.is_workday(day):
        return DutyKind.WORKDAY
    is_holiday = any(chart.kind(day, half) is DayKind.HOLIDAY for half in Half)
    return DutyKind.HOLIDAY if is_holiday else DutyKind.REST


def handover(rules: Settings, day: date) -> datetime:
    """Return when the duty of a day begins: at the start of the first shift of a day off."""
    return datetime.combine(day, read_hours(rules.duty_rest_shifts)[0][0])


def office_hours(chart: Calendar, rules: Settings, day: date) -> list[Span]:
    """Return when 行政股 itself answers on a day: the office hours of each half that is worked."""
    text = rules.duty_summer_hours if rules.is_summer(day) else rules.duty_hours
    found = []
    for starts, ends in read_hours(text):
        half = Half.MORNING if starts < _NOON else Half.AFTERNOON
        if chart.is_work(day, half):
            found.append(Span(datetime.combine(day, starts), datetime.combine(day, ends)))
    if rules.duty_noon == "section":
        found = [Span(found[0].starts, found[-1].ends)] if found else []
    return found


def day_shifts(chart: Calendar, rules: Settings, next_rules: Settings, day: date) -> list[Shift]:
    """Return the shifts of a day: all that is not office hours, up to the handover of the day after.

    `next_rules` are the settings of the following day, whose handover may be another.
    """
    begins, ends = handover(rules, day), handover(next_rules, day + _ONE_DAY)
    worked = office_hours(chart, rules, day)
    if not worked:
        return _rest_shifts(rules, begins, ends)
    free = gaps([*worked], begins, ends)
    if not free:
        return []
    main = max(free, key=lambda span: span.ends)
    return [Shift("夜班", main, tuple(span for span in free if span is not main))]


def _rest_shifts(rules: Settings, begins: datetime, ends: datetime) -> list[Shift]:
    parts = read_hours(rules.duty_rest_shifts)
    if len(parts) == 1:
        return [Shift("全天", Span(begins, ends))]
    edges = [begins]
    for starts, _ in parts[1:]:
        edge = datetime.combine(begins.date(), starts)
        edges.append(edge if edge > begins else edge + _ONE_DAY)
    edges.append(ends)
    titles = ("白班", "夜班") if len(parts) == 2 else tuple(f"第{place}班" for place in range(1, len(parts) + 1))
    return [Shift(title, Span(edges[place], edges[place + 1])) for place, title in enumerate(titles)]


def slots_of(chart: Calendar, rules_on: Callable[[date], Settings], days: Sequence[date]) -> list[Slot]:
    """Return every place of some days: one leader and one messenger a day, the officers of each shift."""
    found = []
    for day in days:
        rules, kind = rules_on(day), duty_kind(chart, day)
        shifts = day_shifts(chart, rules, rules_on(day + _ONE_DAY), day)
        if not shifts:
            continue
        template = shifts[0].template if len(shifts) == 1 else "全天"
        whole = Shift(template, Span(shifts[0].main.starts, shifts[-1].main.ends), shifts[0].noon)
        found.append(Slot(day, kind, DutyPost.LEADER, 0, whole))
        for shift in shifts:
            found += [Slot(day, kind, DutyPost.OFFICER, place, shift) for place in range(int(rules.duty_officers))]
        found.append(Slot(day, kind, DutyPost.MESSENGER, 0, whole))
    return found


def gaps(covered: Iterable[Span], starts: datetime, ends: datetime) -> list[Span]:
    """Return the times between two moments that nothing covers."""
    found, reached = [], starts
    for span in sorted(covered, key=lambda one: one.starts):
        if span.starts > reached:
            found.append(Span(reached, min(span.starts, ends)))
        reached = max(reached, span.ends)
        if reached >= ends:
            return found
    if reached < ends:
        found.append(Span(reached, ends))
    return found


def pools(people: Iterable[Person], text: str) -> dict[DutyPost, list[Person]]:
    """Return who takes turns in each post, as `带班领导=办领导;通讯员=通讯员` says.

    A word is a section or a position. Whoever is named for no post is a 值班员, unless 值班员 has words of its own.
    """
    words = read_pools(text)
    named = {post: set(words.get(post.label, ())) for post in DutyPost}
    found: dict[DutyPost, list[Person]] = {post: [] for post in DutyPost}
    for person in people:
        mine = {person.section, person.position}
        for post in (DutyPost.LEADER, DutyPost.MESSENGER):
            if mine & named[post]:
                found[post].append(person)
                break
        else:
            if not named[DutyPost.OFFICER] or mine & named[DutyPost.OFFICER]:
                found[DutyPost.OFFICER].append(person)
    return found
