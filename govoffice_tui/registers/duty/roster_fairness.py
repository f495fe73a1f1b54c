"""值班统计: what everybody stood, by kind and over the year, what changed hands, and how evenly it is shared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from govoffice_tui.clock import month_days
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.duty.roster import ShiftLine, document, issued_between, shifts
from govoffice_tui.registers.duty.roster_facts import staffing
from govoffice_tui.registers.duty.roster_rest import RestBalance, balances
from govoffice_tui.registers.duty.roster_slips import ChangeLine, changes_in_month
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.roster import ChangeKind, DutyKind, DutyPost


@dataclass(frozen=True)
class DutyFigures:
    """One person's month and year on duty: places stood by kind, as a leader, given away, taken, and 补休 left.

    `owing` is the turns of the year that others stood for this person, less those stood for others: 欠 above
    nought, 补 below.
    """

    person: Person
    name: str
    post: DutyPost
    month: Mapping[DutyKind, int]
    year: Mapping[DutyKind, int]
    weekends: int
    led: int
    given: int
    taken: int
    owing: int
    last: date | None
    rest: RestBalance

    @property
    def count(self) -> int:
        """Return how often this person was on duty in the month."""
        return sum(self.month.values())

    @property
    def year_count(self) -> int:
        """Return how often this person was on duty in the year up to the month's end."""
        return sum(self.year.values())

    @property
    def owing_words(self) -> str:
        """Return 欠1, 补2, or nothing."""
        return f"欠{self.owing}" if self.owing > 0 else f"补{-self.owing}" if self.owing < 0 else ""


@dataclass(frozen=True)
class DutyMonth:
    """值班统计表 of one month."""

    office_name: str
    month: str
    is_issued: bool
    people: tuple[DutyFigures, ...]
    changes: tuple[ChangeLine, ...]
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def spread(self) -> dict[tuple[DutyPost, DutyKind], tuple[int, int]]:
        """Return the fewest and most of the year in each rotation, among those who stand it."""
        found = {}
        for post in DutyPost:
            for kind in DutyKind:
                had = [one.year[kind] for one in self.people if one.post is post]
                if had:
                    found[post, kind] = (min(had), max(had))
        return found


def duty_month(office: Office, month: str) -> DutyMonth:
    """Return who was on duty how often in a month (YYYY-MM) and in its year so far, in rank order.

    A place counts for who stood it; who took over midway has stood it as well. What is not issued yet counts as a
    draft of the month only.
    """
    days = month_days(month)
    made = document(office, month)
    lines = [] if made is None else shifts(office, made.id)
    year = [line for line in issued_between(office, date(days[0].year, 1, 1), days[-1]) if line.day < days[0]] + lines
    people = staffing(office, month)
    names = staff.names_ever(office, days[-1])
    posts = {person: post for post, mine in people.pools.items() for person in mine}
    slips = [slip for slip in changes_in_month(office, month) if slip.struck_reason is None]
    stood, whole, last, owing = _stood(lines), _stood(year), _last(year), _owing(year)
    rests = balances(office, days[0].year, days[-1])
    given: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    for slip in slips:
        pairs = [(slip.given_by, slip.taken_by)]
        if slip.kind is ChangeKind.EXCHANGE:
            pairs.append((slip.taken_by, slip.given_by or 0))
        for giver, taker in pairs:
            given[giver or 0] += 1
            taken[taker] += 1
    found = [
        DutyFigures(
            person,
            names[person.id],
            posts[person.id],
            {kind: stood[person.id, kind] for kind in DutyKind},
            {kind: whole[person.id, kind] for kind in DutyKind},
            len({line.day for line in lines if line.staff == person.id and line.day.weekday() >= 5}),
            len({line.day for line in lines if line.staff == person.id and line.post is DutyPost.LEADER}),
            given[person.id],
            taken[person.id],
            owing[person.id],
            last.get(person.id),
            rests.get(person.id, RestBalance(0, 0)),
        )
        for person in sorted(people.people.values(), key=lambda one: (one.rank, one.id))
        if person.id in posts
    ]
    is_issued = made is not None and made.issued_at is not None
    name = settings.on(office, days[-1]).office_name
    return DutyMonth(name, month, is_issued, tuple(found), tuple(changes_in_month(office, month)), names)


def _stood(lines: list[ShiftLine]) -> Counter[tuple[int, DutyKind]]:
    places = {(line.staff, line.kind, line.day, line.template) for line in lines if line.staff is not None}
    return Counter((person, kind) for person, kind, _, _ in places)


def _last(lines: list[ShiftLine]) -> dict[int, date]:
    found: dict[int, date] = {}
    for line in lines:
        if line.staff is not None:
            found[line.staff] = max(found.get(line.staff, line.day), line.day)
    return found


def _owing(lines: list[ShiftLine]) -> dict[int, int]:
    """Return by person the turns others stood for them, less those they stood for others."""
    found: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.part != 0 or line.staff is None or line.planned is None:
            continue
        if line.staff != line.planned:
            found[line.planned] += 1
            found[line.staff] -= 1
    return found
