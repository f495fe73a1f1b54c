"""The pages of the book of outings: a month, who is out now, whose return is asked for, and the month's summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, local, month_days
from govoffice_tui.registers import calendar, closing, settings, staff
from govoffice_tui.registers.attendance.months import figures
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.checks import REGISTER
from govoffice_tui.registers.outings.claims import SERIES, moment_words, read_stretch, stretch_words
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, PersonMonth
from govoffice_tui.rules.outings import Notice, OutingState, Stretch, return_due, state_at
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.text import fold

_OUTING = (
    "id, year, number, revision, state, event_day, half, left_at, until_day, until_half, until_at, matter, place,"
    " sent_by, notice, notified_at, taken_by_id, is_leader_report, is_late_notice, remark, late_reason, entered_at,"
    " entered_by, struck_at, struck_reason"
)
NAMES_SHOWN = 3


@dataclass(frozen=True)
class Traveller:
    """One person of an outing: with their return, or struck."""

    person: int
    name: str
    stretch: Stretch
    is_back: bool
    struck_reason: str

    @property
    def is_struck(self) -> bool:
        return bool(self.struck_reason)

    @property
    def back_words(self) -> str:
        """Return 10月12日11:20, empty while the person is out."""
        if not self.is_back:
            return ""
        return f"{chinese_short_day(self.stretch.last)}{moment_words(self.stretch.back_at, self.stretch.to_half)}"


@dataclass(frozen=True)
class OutingLine:
    """One line of the book of outings, as it stands now."""

    id: int
    number: str
    revision: int
    state: OutingState
    expected: Stretch
    matter: str
    place: str
    sent_by: str
    notice: Notice
    notified_at: datetime
    taken_by: int | None
    is_leader_report: bool
    is_late_notice: bool
    remark: str
    is_late_entry: bool
    entered_at: datetime
    entered_by: int | None
    struck_reason: str | None
    travellers: tuple[Traveller, ...]

    @property
    def is_struck(self) -> bool:
        return self.struck_reason is not None

    @property
    def standing(self) -> tuple[Traveller, ...]:
        """Return everybody who went, without those struck."""
        return tuple(one for one in self.travellers if not one.is_struck)

    @property
    def still_out(self) -> tuple[Traveller, ...]:
        """Return whose return is not noted."""
        return tuple(one for one in self.standing if not one.is_back)

    @property
    def names(self) -> str:
        """Return 王伟、赵敏等5人."""
        named = [one.name for one in (self.standing or self.travellers)]
        more = f"等{len(named)}人" if len(named) > NAMES_SHOWN else ""
        return "、".join(named[:NAMES_SHOWN]) + more

    @property
    def when(self) -> str:
        """Return from when to when it is expected to last."""
        return stretch_words(self.expected)

    def is_unreturned(self, now: datetime) -> bool:
        """Return whether somebody should be back by now and is not noted so."""
        return not self.is_struck and bool(self.still_out) and now >= self.expected.ends


@dataclass(frozen=True)
class OutingFigures:
    """What the month's list says of one person: how often out, half-days counted as 公出, word given late, not back."""

    person: Person
    display_name: str
    times: int
    halves: int
    matters: tuple[str, ...]
    late_notices: int
    unreturned: int


@dataclass(frozen=True)
class OutingsMonth:
    """One month of outings, people in rank order with 编外 apart at the end; `revision` 0 while it is not sealed."""

    office_name: str
    month: str
    people: tuple[OutingFigures, ...]
    lines: tuple[OutingLine, ...]
    entered_names: Mapping[int, str]
    shortfalls: tuple[Problem, ...]
    revision: int


def month(office: Office, word: str, *, with_struck: bool = True) -> list[OutingLine]:
    """Return the outings that touch a month (YYYY-MM), newest first."""
    days = month_days(word)
    condition = (
        "event_day <= ? AND (until_day >= ? OR id IN (SELECT outing_id FROM outing_people WHERE back_day >= ?))"
        + ("" if with_struck else " AND struck_at IS NULL")
    )
    first = days[0].isoformat()
    return _lines(office, condition, days[-1].isoformat(), first, first)


def line(office: Office, outing: int) -> OutingLine | None:
    """Return one outing by its row, None where there is none."""
    found = _lines(office, "id = ?", outing)
    return found[0] if found else None


def not_back(office: Office) -> list[OutingLine]:
    """Return the outings somebody is not noted back from, newest first."""
    return _lines(
        office,
        "struck_at IS NULL AND state IN ('noticed', 'out') AND id IN"
        " (SELECT outing_id FROM outing_people WHERE struck_at IS NULL AND back_day IS NULL)",
    )


def due_returns(office: Office, now: datetime) -> list[tuple[str, bool, date]]:
    """Return the lines of 今日: who should be back, red once a workday has passed since."""
    found = []
    chart = calendar.load(office, {now.year - 1, now.year})
    for one in reversed(not_back(office)):
        if not one.is_unreturned(now) or one.expected.last >= now.date():
            continue
        names = "、".join(person.name for person in one.still_out[:NAMES_SHOWN])
        more = f"等{len(one.still_out)}人" if len(one.still_out) > NAMES_SHOWN else ""
        words = f"{one.number} {names}{more} 应{chinese_short_day(one.expected.last)}返回,没有登记返回"
        found.append((words, now.date() > return_due(one.expected.last, chart), one.expected.first))
    return found


def pending(office: Office, word: str) -> list[Problem]:
    """Return what keeps a month's outings from being sealed: not back, not checked off, nowhere named."""
    last = month_days(word)[-1]
    found = []
    now = office.now()
    if now.date() <= last:
        found.append(Problem("外出", "本月还没有过完", now.date()))
    for one in reversed(month(office, word, with_struck=False)):
        if one.expected.last > last:
            continue
        if one.state is OutingState.OUT:
            found.append(Problem(one.number, f"{one.names} 没有登记返回", one.expected.first))
        elif one.state is OutingState.BACK:
            left = "还没有核销" if one.place else "没有写去哪里"
            found.append(Problem(one.number, f"{one.names} {left}", one.expected.first))
    return found


def figures_of(office: Office, word: str) -> list[OutingFigures]:
    """Return what the month's list says of everybody who was out, days as the sheet of attendance counts them."""
    _, _, people = figures(office, word)
    return _figures(people, month(office, word, with_struck=False), month_days(word)[-1], office.now())


def outings_month(office: Office, word: str) -> OutingsMonth:
    """Return one month (YYYY-MM) of outings, read while nobody wrote."""
    return office.steady(lambda: _outings_month(office, word))


def month_summary(office: Office, word: str) -> str:
    """Return the month in one line."""
    lines = month(office, word, with_struck=False)
    people = figures_of(office, word)
    days = sum(one.halves for one in people) / 2
    late = sum(one.is_late_notice for one in lines)
    return f"外出{len(lines)}件 {sum(one.times for one in people)}人次 计{days:g}天 事后告知{late}件"


def seal_digest(office: Office, word: str) -> str:
    """Return the digest of a month's outings as it stands beside the seal."""
    end = month_days(word)[-1]
    lines = []
    for one in month(office, word, with_struck=False):
        people = " ".join(f"{person.person}:{_within(person.stretch, end)}" for person in one.standing)
        lines.append(f"{one.number} {one.matter} {one.place} {one.sent_by} {one.is_late_notice:d} {people}")
    return sha256("\n".join(lines).encode()).hexdigest()


def _within(stretch: Stretch, end: date) -> str:
    """Return an outing as a month ending on a day knows it: what comes after is another month's."""
    if stretch.last <= end:
        return stretch_words(stretch)
    return stretch_words(replace(stretch, last=end, to_half=Half.AFTERNOON, back_at=None))


def search(office: Office, words: str) -> list[tuple[str, date]]:
    """Return the outings a text means, newest first: by name, matter, place, who sent them, or number."""
    key = fold(words)
    if not key:
        return []
    first = (office.now().date() - timedelta(days=366)).isoformat()
    found = []
    for one in _lines(office, "event_day >= ?", first):
        texts = (one.number, one.matter, one.place, one.sent_by, *(person.name for person in one.travellers))
        if any(key in fold(text) for text in texts):
            found.append((f"{one.number} {one.names} {one.when} {one.matter} {one.place}".strip(), one.expected.first))
    return found


def recent(office: Office, limit: int) -> list[OutingLine]:
    """Return the outings of the last year, newest first, so many at the most."""
    first = (office.now().date() - timedelta(days=366)).isoformat()
    return _lines(office, "event_day >= ? AND struck_at IS NULL", first)[:limit]


def texts_used(office: Office, column: str, limit: int = 30) -> tuple[str, ...]:
    """Return what was written last as matter, place or sender, newest first, each once."""
    assert column in ("matter", "place", "sent_by")
    rows = office.fetch(
        f"SELECT {column} FROM outings WHERE struck_at IS NULL AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


def _outings_month(office: Office, word: str) -> OutingsMonth:
    days = month_days(word)
    _, _, people = figures(office, word)
    lines = month(office, word, with_struck=False)
    seal = closing.sealed(office, REGISTER, word)
    names = display_names(staff.everybody(office, days[-1]))
    return OutingsMonth(
        office_name=settings.on(office, days[-1]).office_name,
        month=word,
        people=tuple(_figures(people, lines, days[-1], office.now())),
        lines=tuple(reversed(lines)),
        entered_names=names,
        shortfalls=tuple(pending(office, word)),
        revision=seal.revision if seal else 0,
    )


def _figures(
    people: Sequence[PersonMonth], lines: Iterable[OutingLine], end: date, now: datetime
) -> list[OutingFigures]:
    mine: dict[int, list[tuple[OutingLine, Traveller]]] = defaultdict(list)
    for one in lines:
        for traveller in one.standing:
            mine[traveller.person].append((one, traveller))
    names = display_names(one.person for one in people)
    found = []
    for row in people:
        gone = sorted(mine.get(row.person.id, ()), key=lambda pair: (pair[0].expected.starts, pair[0].id))
        halves = row.count(HalfStatus.OUT)
        if gone or halves:
            found.append(
                OutingFigures(
                    row.person,
                    names[row.person.id],
                    len(gone),
                    halves,
                    tuple(dict.fromkeys(outing.matter for outing, _ in gone)),
                    sum(outing.is_late_notice for outing, _ in gone),
                    sum(
                        not traveller.is_back and outing.expected.last <= end and now >= outing.expected.ends
                        for outing, traveller in gone
                    ),
                )
            )
    return found


def _lines(office: Office, condition: str, *values: object) -> list[OutingLine]:
    rows = office.fetch(f"SELECT {_OUTING} FROM outings WHERE {condition} ORDER BY event_day DESC, id DESC", *values)
    if not rows:
        return []
    now = office.now()
    people = _people(office, [row[0] for row in rows], now.date())
    found = []
    for row in rows:
        outing, year, number, revision, state, *stretch = row[:11]
        expected = read_stretch((*stretch, None, None, None))
        matter, place, sent_by, notice, notified, taken, reports, late, remark, late_entry, at, by, struck, why = row[
            11:
        ]
        found.append(
            OutingLine(
                outing,
                shown(SERIES, year, number),
                revision,
                state_at(OutingState(state), expected.starts, now),
                expected,
                matter,
                place,
                sent_by,
                Notice(notice),
                local(notified),
                taken,
                bool(reports),
                bool(late),
                remark,
                late_entry is not None,
                local(at),
                by,
                None if struck is None else (why or "划去"),
                tuple(people.get(outing, ())),
            )
        )
    current = {one.number: one for one in found if not one.is_struck}
    return [
        replace(one, travellers=current[one.number].travellers)
        if one.is_struck and not one.travellers and one.number in current
        else one
        for one in found
    ]


def _people(office: Office, outings: Sequence[int], today: date) -> dict[int, list[Traveller]]:
    """Return who went on which outing in rank order; a line put right shows only as it is now."""
    found: dict[int, list[Traveller]] = defaultdict(list)
    known = {person.id: person for person in staff.everybody(office, today + timedelta(days=366))}
    names = display_names(known.values())
    columns = "o.event_day, o.half, o.left_at, o.until_day, o.until_half, o.until_at"
    for start in range(0, len(outings), 500):
        part = outings[start : start + 500]
        marks = ", ".join("?" * len(part))
        for outing, person, struck, why, *stretch in office.fetch(
            f"SELECT p.outing_id, p.staff_id, p.struck_at, p.struck_reason, {columns}, p.back_day, p.back_half,"
            " p.back_at FROM outing_people p JOIN outings o ON o.id = p.outing_id"
            f" WHERE p.outing_id IN ({marks}) AND NOT EXISTS"
            " (SELECT 1 FROM outing_people n WHERE n.outing_id = p.outing_id AND n.corrects = p.id) ORDER BY p.id",
            *part,
        ):
            found[outing].append(
                Traveller(
                    person,
                    names.get(person, ""),
                    read_stretch(stretch),
                    stretch[6] is not None,
                    (why or "划去") if struck is not None else "",
                )
            )
    for mine in found.values():
        mine.sort(key=lambda one: (known[one.person].rank, one.person) if one.person in known else (0, one.person))
    return found
