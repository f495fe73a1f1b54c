"""How people stand to those who approve: who decides on whose leave, and for whom somebody acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.registers import posts, settings, staff
from govoffice_tui.registers.leave.charts import chart_for
from govoffice_tui.registers.leave.records import LeaveRecord, holding
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Calendar
from govoffice_tui.rules.leave import Stretch
from govoffice_tui.rules.leave_approval import LeaveRuling, Level, Standing, level_of, rule_leave, standing_of

NEAR = timedelta(days=60)
"""How far on both sides adjoining leave is looked for."""


@dataclass(frozen=True)
class DelegationRecord:
    """One 委托代批: who lets whom approve, from when to when, up to how many half-days (None: any length)."""

    id: int
    giver: int
    taker: int
    scope: str
    limit: int | None
    first: date
    last: date
    paper_page: str


@dataclass(frozen=True)
class ApprovalRight:
    """What somebody may approve on a day: by their own post, and for whom they act."""

    own: Level
    delegated: Level = Level.NONE
    delegation: DelegationRecord | None = None

    def level(self, total: int) -> Level:
        """Return what the right is worth for leave of so many half-days."""
        return max(self.own, self.delegated_for(total))

    def delegated_for(self, total: int) -> Level:
        """Return what the delegation is worth for leave of so many half-days."""
        record = self.delegation
        fits = record is not None and (record.limit is None or total <= record.limit)
        return self.delegated if fits else Level.NONE


def ruling_on(
    office: Office, person: int, asked: Stretch, *, without: int | None = None, chart: Calendar | None = None
) -> LeaveRuling:
    """Rule on leave a person asks for, held against what else stands for them; `without` leaves one slip out.

    `chart` is another calendar than the one that holds.
    """
    near = [one.taken for one in neighbours(office, person, asked) if one.id != without]
    near = [one for one in near if one.start <= one.end]
    first = min(one.start.day for one in (asked, *near))
    last = max(one.end.day for one in (asked, *near))
    rules = settings.on(office, asked.start.day)
    return rule_leave(
        standing(office, person, asked.start.day), asked, near, chart or chart_for(office, first, last), rules
    )


def neighbours(office: Office, person: int, asked: Stretch) -> list[LeaveRecord]:
    """Return what a person has asked for around some leave, as far as adjoining leave may reach."""
    return holding(office, person, asked.start.day - NEAR, asked.end.day + NEAR)


def standing(office: Office, person: int, day: date) -> Standing:
    """Return how a person stands to those who approve."""
    held = heads_on(office, day)
    found = staff.person_on(office, person, day)
    if found is None:
        return Standing.STAFF
    director = held.get(Post.DIRECTOR)
    head = None if director is None else staff.person_on(office, director, day)
    is_with_director = head is None or not head.section or head.section == found.section
    mine = {post for post, holder in held.items() if holder == person}
    return standing_of(mine, found.position, is_with_director=is_with_director)


def right_of(office: Office, person: int, day: date) -> ApprovalRight:
    """Return what somebody may approve on a day."""
    held = heads_on(office, day)

    def level(staff_id: int) -> Level:
        return level_of({post for post, holder in held.items() if holder == staff_id})

    best = ApprovalRight(level(person))
    for record in delegations_on(office, day):
        if record.taker == person and level(record.giver) > best.delegated:
            best = ApprovalRight(best.own, level(record.giver), record)
    return best


def approvers_on(office: Office, day: date) -> dict[Level, int]:
    """Return who holds the posts that approve on a day."""
    return {level_of({post}): holder for post, holder in heads_on(office, day).items()}


def heads_on(office: Office, day: date) -> dict[Post, int]:
    """Return who approves leave on a day.

    A post nobody held yet is its first holder's: slips from before the posts were entered can still be recorded.
    """
    found: dict[Post, int] = {}
    for one in sorted(posts.holdings_from(office, day), key=lambda holding: holding.first):
        if one.post in (Post.DIRECTOR, Post.DEPUTY_IN_CHARGE) and one.part == "A":
            found.setdefault(one.post, one.staff)
    return found


def delegations_on(office: Office, day: date) -> list[DelegationRecord]:
    """Return the delegations that hold on a day."""
    return _delegations(office, "AND from_day <= ? AND to_day >= ?", day.isoformat(), day.isoformat())


def delegations_between(office: Office, first: date, last: date) -> list[DelegationRecord]:
    """Return the delegations that touch some days."""
    return _delegations(office, "AND from_day <= ? AND to_day >= ?", last.isoformat(), first.isoformat())


def delegation_of(office: Office, row: int | None) -> DelegationRecord | None:
    """Return one delegation."""
    return None if row is None else next(iter(_delegations(office, "AND id = ?", row)), None)


def _delegations(office: Office, condition: str, *params: object) -> list[DelegationRecord]:
    return [
        DelegationRecord(
            row, giver, taker, scope, limit, date.fromisoformat(first), date.fromisoformat(last), paper_page
        )
        for row, giver, taker, scope, limit, first, last, paper_page in office.fetch(
            "SELECT id, giver_id, taker_id, scope, limit_halves, from_day, to_day, paper_page FROM delegations"
            f" WHERE struck_at IS NULL {condition} ORDER BY from_day, id",
            *params,
        )
    ]
