"""Whose turn it is: a month of duty shared out by rotation, each choice with its reason in words (值班制度第1条).

Workdays, days off and statutory holidays are three rotations. In each of them a duty is owed in equal parts by
everybody who could stand it that day; who has had least of what they owe comes first, then who was on duty longest
ago, then the office's order of people. Two people who could stand the same days never differ by more than one in a
calendar year, nor over all the years that count: the first turn of a year goes to who ended the last one behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from govoffice_tui.rules.roster import DutyKind, DutyPost, Slot

SlotKey = tuple[date, str, str, int]
Rotation = tuple[DutyPost, DutyKind]
Class = tuple[tuple[int, ...], ...]
"""Who is held equal with somebody: first over all years that count, then in the calendar year."""

NEVER = date(1900, 1, 1)
"""Stands for the last duty of somebody who has had none."""

_EXACT = 9
"""Decimals a share is compared to: equal shares are sums of the same parts."""


@dataclass
class Turns:
    """What people had and owed, by person and rotation, over all and in each year; and the day of their last duty."""

    counts: dict[tuple[int, Rotation], int] = field(default_factory=lambda: defaultdict(int))
    shares: dict[tuple[int, Rotation], float] = field(default_factory=lambda: defaultdict(float))
    year_counts: dict[tuple[int, Rotation, int], int] = field(default_factory=lambda: defaultdict(int))
    year_shares: dict[tuple[int, Rotation, int], float] = field(default_factory=lambda: defaultdict(float))
    last: dict[int, date] = field(default_factory=dict)

    def add(self, person: int | None, slot: Slot, able: Sequence[int]) -> None:
        """Note one duty: its turn for whoever it fell to, an equal part owed for everybody who was able."""
        self.owe(slot, able)
        if person is not None:
            self.count(person, slot)
            self.last[person] = max(self.last.get(person, NEVER), slot.day)

    def owe(self, slot: Slot, able: Sequence[int]) -> None:
        """Note an equal part owed for everybody who was able."""
        rotation = (slot.post, slot.kind)
        for one in able:
            self.shares[one, rotation] += 1 / len(able)
            self.year_shares[one, rotation, slot.day.year] += 1 / len(able)

    def count(self, person: int, slot: Slot, turns: int = 1) -> None:
        """Note turns somebody had, or with -1 one they had not."""
        rotation = (slot.post, slot.kind)
        self.counts[person, rotation] += turns
        self.year_counts[person, rotation, slot.day.year] += turns

    def had(self, person: int, slot: Slot) -> tuple[int, int]:
        """Return what somebody had of a place's rotation: over all, and in its year."""
        rotation = (slot.post, slot.kind)
        return self.counts[person, rotation], self.year_counts[person, rotation, slot.day.year]

    def copied(self) -> Turns:
        """Return the same, to go on from."""
        fresh = Turns()
        fresh.counts.update(self.counts)
        fresh.shares.update(self.shares)
        fresh.year_counts.update(self.year_counts)
        fresh.year_shares.update(self.year_shares)
        fresh.last.update(self.last)
        return fresh


@dataclass(frozen=True)
class Choice:
    """Who takes a place and why; None where nobody could. `is_running` stands for two nights running."""

    slot: Slot
    person: int | None
    reason: str
    is_pinned: bool = False
    is_running: bool = False


@dataclass(frozen=True)
class Candidate:
    """Somebody who might take one place: what they had of this rotation and owed, and what speaks against it."""

    person: int
    count: int
    share: float
    last: date | None
    obstacle: str = ""

    @property
    def order(self) -> tuple[bool, float, date]:
        """Return by what candidates come one after another, before the order of people."""
        return (bool(self.obstacle), round(self.count - self.share, _EXACT), self.last or NEVER)


@dataclass(frozen=True)
class Question:
    """All a month is shared out from.

    `able` gives for each post and day who could stand it, in the office's order of people; `before` what everybody
    had until then, `pinned` what was fixed by hand, `beside` on which days somebody is on duty elsewhere.
    """

    slots: Sequence[Slot]
    able: Mapping[tuple[DutyPost, date], Sequence[int]]
    before: Turns
    pinned: Mapping[SlotKey, int | None] = field(default_factory=dict)
    beside: Mapping[int, frozenset[date]] = field(default_factory=dict)


def share_out(question: Question) -> list[Choice]:
    """Return every place of the month with who takes it; the same question always has the same answer."""
    work = _Sharing(question)
    for slot in work.order:
        work.fill(slot)
    work.part_running_nights()
    return work.choices()


class _Sharing:
    """A month on its way: first by turns, then nights that run together are parted by exchanges."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._slots = {slot.key: slot for slot in question.slots}
        self._turns = question.before.copied()
        self._taken: dict[SlotKey, int | None] = {}
        self._reasons: dict[SlotKey, str] = {}
        self._duties: dict[int, dict[int, list[SlotKey]]] = defaultdict(lambda: defaultdict(list))
        self._rank: dict[int, int] = {}
        for people in question.able.values():
            for place, person in enumerate(people):
                self._rank.setdefault(person, place)
        self._peers = self._classes()
        self.order = [slot for slot in question.slots if slot.key not in question.pinned]
        for person, days in question.beside.items():
            for day in days:
                self._duties[person][day.toordinal()].append((day, "", "", 0))
        for key, fixed in question.pinned.items():
            if key in self._slots:
                slot = self._slots[key]
                self._put(slot, fixed)
                self._owe(slot)
                if fixed is not None:
                    self._turns.count(fixed, slot)
                self._reasons[key] = "手工指定"

    def _classes(self) -> dict[tuple[DutyPost, int], Class]:
        """Return for each person of a post everybody who could stand the same days and owed the same until then."""
        days: dict[tuple[DutyPost, int], list[date]] = defaultdict(list)
        for (post, day), people in sorted(self._question.able.items()):
            for person in people:
                days[post, person].append(day)
        before = self._question.before
        found: dict[tuple[DutyPost, int], list[tuple[int, ...]]] = defaultdict(list)
        for is_year in (False, True):
            groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
            keys = {}
            for (post, person), mine in days.items():
                owed = tuple(
                    round(
                        before.year_shares.get((person, (post, kind), mine[0].year), 0.0)
                        if is_year
                        else before.shares.get((person, (post, kind)), 0.0),
                        _EXACT,
                    )
                    for kind in DutyKind
                )
                keys[post, person] = (post, tuple(mine), owed)
                groups[keys[post, person]].append(person)
            classes = {key: tuple(people) for key, people in groups.items()}
            for who, key in keys.items():
                found[who].append(classes[key])
        return {who: tuple(classes) for who, classes in found.items()}

    def fill(self, slot: Slot) -> None:
        """Give a place to whose turn it is; somebody of the night before only where nobody else has the turn."""
        everybody = self._question.able.get((slot.post, slot.day), ())
        self._owe(slot)
        able = [person for person in everybody if self._is_free(person, slot)]
        fair = self._least(able, slot) or self._least(able, slot, is_year_enough=True) or able
        rested = [person for person in fair if not self._runs(person, slot.day)]
        ranked = sorted(rested or fair, key=lambda person: self._order(person, slot))
        if not ranked:
            self._put(slot, None)
            self._reasons[slot.key] = "没有可排的人"
            return
        person = ranked[0]
        self._reasons[slot.key] = self._words(slot, ranked, len(able))
        self._turns.count(person, slot)
        self._turns.last[person] = slot.day
        self._put(slot, person)

    def part_running_nights(self) -> None:
        """Exchange places of one rotation, or give one to a peer, until no exchange parts two nights more."""
        for _ in range(4):
            has_parted = False
            for slot in self.order:
                person = self._taken[slot.key]
                if person is not None and self._runs(person, slot.day, slot.key):
                    has_parted |= self._part(slot, person)
            if not has_parted:
                return

    def choices(self) -> list[Choice]:
        """Return the month in the order of its places."""
        found = []
        for slot in self._question.slots:
            person = self._taken[slot.key]
            is_running = person is not None and self._runs(person, slot.day, slot.key)
            found.append(Choice(slot, person, self._reasons[slot.key], slot.key in self._question.pinned, is_running))
        return found

    def _part(self, slot: Slot, person: int) -> bool:
        rivals = sorted(
            (
                other
                for other in self.order
                if other.post is slot.post and other.kind is slot.kind and other.key != slot.key
            ),
            key=lambda other: (abs((other.day - slot.day).days), other.day, other.place),
        )
        for other in rivals:
            partner = self._taken[other.key]
            if partner is not None and partner != person and self._may_exchange(slot, person, other, partner):
                self._move(slot, partner)
                self._move(other, person)
                self._reasons[slot.key] += f";免连值,与{_short(other.day)}互换"
                self._reasons[other.key] += f";免连值,与{_short(slot.day)}互换"
                return True
        return self._give(slot, person)

    def _give(self, slot: Slot, person: int) -> bool:
        """Give a place to somebody with fewer turns, where that leaves everybody as even as before."""
        mine = self._turns.had(person, slot)
        if not all(
            count >= max(self._turns.had(peer, slot)[window] for peer in peers)
            for window, (count, peers) in enumerate(zip(mine, self._peers_of(slot, person), strict=True))
        ):
            return False
        for partner in self._question.able.get((slot.post, slot.day), ()):
            if partner == person or not self._is_free(partner, slot) or self._runs(partner, slot.day):
                continue
            theirs = self._turns.had(partner, slot)
            is_fewer = all(their < my for their, my in zip(theirs, mine, strict=True))
            is_peer = partner in self._peers_of(slot, person)[0]
            is_owing = is_peer or self._owes(partner, slot) < self._owes(person, slot) - 1
            if is_fewer and is_owing and self._least([partner], slot):
                self._move(slot, partner)
                self._turns.count(person, slot, -1)
                self._turns.count(partner, slot)
                self._reasons[slot.key] = "免连值,由同样次数最少的人承担"
                return True
        return False

    def _owe(self, slot: Slot) -> None:
        self._turns.owe(slot, self._question.able.get((slot.post, slot.day), ()))

    def _may_exchange(self, slot: Slot, person: int, other: Slot, partner: int) -> bool:
        able = self._question.able
        if partner not in able.get((slot.post, slot.day), ()) or person not in able.get((other.post, other.day), ()):
            return False
        self._lift(slot)
        self._lift(other)
        is_better = not self._runs(partner, slot.day) and not self._runs(person, other.day)
        is_apart = self._is_free(partner, slot) and self._is_free(person, other)
        self._lay(slot, person)
        self._lay(other, partner)
        return is_better and is_apart

    def _is_free(self, person: int, slot: Slot) -> bool:
        """Return whether somebody has no other place in the same shift of the day."""
        return all(
            key[1] != slot.shift.template and key[2] == slot.post.value
            for key in self._duties[person].get(slot.day.toordinal(), ())
        )

    def _runs(self, person: int, day: date, own: SlotKey | None = None) -> bool:
        """Return whether somebody is on duty beside a day: the day before, the day after, or twice on it."""
        mine, place = self._duties[person], day.toordinal()
        if mine.get(place - 1) or mine.get(place + 1):
            return True
        last = self._question.before.last.get(person)
        if last is not None and (day - last).days == 1:
            return True
        return any(key != own for key in mine.get(place, ()))

    def _least(self, people: Sequence[int], slot: Slot, *, is_year_enough: bool = False) -> list[int]:
        """Return of whom nobody held equal had fewer, over all the years that count and in this one."""
        fewest: dict[tuple[int, int], int] = {}
        found = []
        for person in people:
            mine = self._turns.had(person, slot)
            is_least = True
            for window, peers in enumerate(self._peers_of(slot, person)):
                key = (window, id(peers))
                if key not in fewest:
                    fewest[key] = min(self._turns.had(peer, slot)[window] for peer in peers)
                is_least &= mine[window] <= fewest[key] or (is_year_enough and not window)
            if is_least:
                found.append(person)
        return found

    def _peers_of(self, slot: Slot, person: int) -> Class:
        return self._peers.get((slot.post, person), ((person,), (person,)))

    def _owes(self, person: int, slot: Slot) -> float:
        rotation = (slot.post, slot.kind)
        return round(self._turns.counts[person, rotation] - self._turns.shares[person, rotation], _EXACT)

    def _order(self, person: int, slot: Slot) -> tuple[float, date, int]:
        return (self._owes(person, slot), self._turns.last.get(person, NEVER), self._rank[person])

    def _words(self, slot: Slot, ranked: Sequence[int], able: int) -> str:
        """Return which of the three orders decided, and the figures it decided by."""
        person = ranked[0]
        rotation = (slot.post, slot.kind)
        had, owed = self._turns.counts[person, rotation], self._turns.shares[person, rotation]
        words = [f"本类最少({slot.kind.label}值过{had}次,应{owed:.1f}次)"]
        level = [one for one in ranked if self._owes(one, slot) == self._owes(person, slot)]
        last = self._turns.last.get(person, NEVER)
        if len(level) > 1:
            words.append(f"最久未值({_short(last)})" if last > NEVER else "最久未值(没有值过)")
        if sum(self._turns.last.get(one, NEVER) == last for one in level) > 1:
            words.append("排序在前")
        return f"{' → '.join(words)};{able}人可排"

    def _put(self, slot: Slot, person: int | None) -> None:
        self._taken[slot.key] = person
        if person is not None:
            self._duties[person][slot.day.toordinal()].append(slot.key)

    def _lift(self, slot: Slot) -> None:
        person = self._taken[slot.key]
        if person is not None:
            self._duties[person][slot.day.toordinal()].remove(slot.key)

    def _lay(self, slot: Slot, person: int) -> None:
        self._duties[person][slot.day.toordinal()].append(slot.key)

    def _move(self, slot: Slot, person: int) -> None:
        self._lift(slot)
        self._put(slot, person)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
