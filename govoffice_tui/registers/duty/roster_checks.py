"""What is wrong with a roster: uncovered time, people away, nights that run together, turns out of balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import chinese_short_day, month_of
from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.duty.roster import RosterDocument, ShiftLine, shifts
from govoffice_tui.registers.duty.roster_facts import ONE_DAY, Staffing, beside, slot_of, staffing, turns_before
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.roster import DutyKind, DutyPost, RosterState, Span, gaps, handover, office_hours

SHOWN_NAMES = 2


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a roster; a blocking one keeps it from being issued. `shift` is the place to change."""

    problem: Problem
    is_blocking: bool
    shift: int | None = None
    needs_change: bool = False


def findings(office: Office, made: RosterDocument) -> list[Finding]:
    """Return all that is wrong with a roster, what blocks it first."""
    lines = shifts(office, made.id)
    names = staff.names_ever(office, made.first)
    people = {month: staffing(office, month) for month in sorted({month_of(line.day) for line in lines})}
    found = clashes(lines, people, names, office.now().date())
    if not made.title:
        found = [*_uncovered(office, made, lines), *found]
        found += _running(lines, names, beside(office, month_of(made.first)))
        if made.state is not RosterState.ISSUED:
            found += _imbalance(office, made, lines, people, names)
    else:
        found = [*_vacant(lines), *found, *_running(lines, names, {})]
    return sorted(found, key=lambda one: not one.is_blocking)


def clashes(
    lines: Sequence[ShiftLine], people: Mapping[str, Staffing], names: Mapping[int, str], today: date
) -> list[Finding]:
    """Return a finding for everybody who has a place on a day they are away, not on the roster or not available."""
    found = []
    for line in lines:
        if line.staff is None:
            continue
        mine = people[month_of(line.day)]
        word = mine.away.get((line.staff, line.day), "" if line.staff in mine.people else "不在册")
        if word:
            place = f"{chinese_short_day(line.day)}{line.label}"
            words = f"{names.get(line.staff, '')}{word},{'须换人' if line.day >= today else '请核对当天谁值的班'}"
            found.append(Finding(Problem(place, words, line.day), True, line.id, needs_change=True))
    return found


def _vacant(lines: Sequence[ShiftLine]) -> list[Finding]:
    return [
        Finding(Problem(f"{chinese_short_day(line.day)}{line.label}", "空缺", line.day), True, line.id)
        for line in lines
        if line.staff is None
    ]


def _uncovered(office: Office, made: RosterDocument, lines: Sequence[ShiftLine]) -> list[Finding]:
    """Return the minutes that neither 行政股 nor somebody of a post covers, from the first day of the roster on."""
    first = min((line.day for line in lines), default=made.first)
    days = [first + timedelta(days=place) for place in range((made.last - first).days + 1)]
    chart = calendar.load(office, [made.first.year])
    worked = [span for day in days for span in office_hours(chart, settings.on(office, day), day)]
    starts = handover(settings.on(office, first), first)
    ends = handover(settings.on(office, made.last + ONE_DAY), made.last + ONE_DAY)
    found = []
    for post in DutyPost:
        covered = [piece for line in lines if line.post is post and line.staff is not None for piece in pieces(line)]
        by_day: dict[date, list[Span]] = defaultdict(list)
        for gap in gaps([*worked, *covered], starts, ends):
            by_day[gap.starts.date()].append(gap)
        for day, missing in by_day.items():
            vacant = next((line.id for line in lines if line.post is post and line.day == day and not line.staff), None)
            words = f"{'、'.join(_hours(gap) for gap in missing)}没有{post.label}"
            found.append(Finding(Problem(chinese_short_day(day), words, day), True, vacant))
    covered_days = {(one.problem.day, one.shift) for one in found}
    return sorted(
        [*found, *(one for one in _vacant(lines) if (one.problem.day, one.shift) not in covered_days)],
        key=lambda one: one.problem.day or made.first,
    )


def _hours(gap: Span) -> str:
    last = "" if gap.ends.date() == gap.starts.date() else chinese_short_day(gap.ends.date())
    return f"{gap.starts:%-H:%M}到{last}{gap.ends:%-H:%M}"


def pieces(line: ShiftLine) -> list[Span]:
    """Return the time a line covers, its noon gap first."""
    return [*noon_of(line), Span(line.starts_at, line.ends_at)]


def noon_of(line: ShiftLine) -> list[Span]:
    """Return the noon gap that belongs to a line."""
    found = []
    for words in line.also.split():
        starts, ends = (line.starts_at.replace(hour=0, minute=0) + _clock(part) for part in words.split("-"))
        found.append(Span(starts, ends))
    return found


def _clock(text: str) -> timedelta:
    hour, minute = text.split(":")
    return timedelta(hours=int(hour), minutes=int(minute))


def _running(
    lines: Sequence[ShiftLine], names: Mapping[int, str], others: Mapping[int, frozenset[date]]
) -> list[Finding]:
    """Return who is on duty two days running, a line a person and stretch."""
    days: dict[int, dict[date, ShiftLine]] = defaultdict(dict)
    posts: dict[int, DutyPost] = {}
    for line in lines:
        if line.staff is not None:
            days[line.staff][line.day] = line
            posts[line.staff] = line.post
    found = []
    for person, mine in sorted(days.items()):
        stood = sorted({*mine, *others.get(person, ())})
        running = [day for day in stood if day - ONE_DAY in stood and (day in mine or day - ONE_DAY in mine)]
        if not running:
            continue
        first = running[0]
        shown = f"{chinese_short_day(first - ONE_DAY)}、{chinese_short_day(first)}"
        more = f"等{len(running)}处" if len(running) > 1 else ""
        line = mine.get(first) or mine[first - ONE_DAY]
        found.append(
            Finding(
                Problem(f"{names.get(person, '')}", f"{shown}连值{more}", line.day), is_blocking=False, shift=line.id
            )
        )
    return found


def _imbalance(
    office: Office,
    made: RosterDocument,
    lines: Sequence[ShiftLine],
    people: Mapping[str, Staffing],
    names: Mapping[int, str],
) -> list[Finding]:
    """Return the rotations in which two who could stand the same days of the year differ by more than one."""
    month = month_of(made.first)
    mine = people.get(month) or staffing(office, month)
    turns = turns_before(office, month)
    for line in lines:
        if line.part == 0:
            turns.add(line.planned, slot_of(line), mine.able(line.post, line.day))
    found = []
    for post in DutyPost:
        for kind in DutyKind:
            groups: dict[float, list[int]] = defaultdict(list)
            for person in mine.pools[post]:
                groups[round(turns.year_shares[person, (post, kind), made.first.year], 9)].append(person)
            for share, alike in groups.items():
                had = {person: turns.year_counts[person, (post, kind), made.first.year] for person in alike}
                most, least = max(had, key=lambda one: had[one]), min(had, key=lambda one: had[one])
                if share and had[most] - had[least] > 1:
                    words = f"全年{names.get(most, '')}{had[most]}次,{names.get(least, '')}{had[least]}次,相差超过1次"
                    found.append(Finding(Problem(f"{kind.label}{post.label}", words, made.first), is_blocking=False))
    return found
