"""The duty roster as it stands in the book: its versions, its shifts, and who is planned on a day (值班制度第1条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from govoffice_tui.clock import local, month_days
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.roster import DutyKind, DutyPost, RosterState

REGISTER = "roster"
SERIES = "调"
BOOK = "值班表"
MONTHLY = ""
"""The title of a month's own roster; a 专项值班安排 has one."""


@dataclass(frozen=True)
class PlannedShift:
    """Who is to be on duty from a moment to a moment; staff ids in the order of their places, None where vacant."""

    leader: int | None
    officers: tuple[int, ...]
    messenger: int | None
    starts_at: datetime
    ends_at: datetime
    template: str


@dataclass(frozen=True)
class RosterDocument:
    """One version of a roster: its days, its state, and who did what with it."""

    id: int
    title: str
    first: date
    last: date
    version: int
    state: RosterState
    is_provisional: bool
    made_at: int
    made_by: int | None
    checked_at: int | None
    checked_by: int | None
    issued_at: int | None
    issued_by: int | None


@dataclass(frozen=True)
class ShiftLine:
    """One person's place in a shift as it stands; `planned` is whose turn it was.

    `also` is a noon gap such as 12:00-14:30 that belongs to the shift, `basis` why it fell to whom it did; `part` 1
    took over midway; `post_title` names a post of a 专项值班安排's own.
    """

    id: int
    day: date
    template: str
    kind: DutyKind
    post: DutyPost
    place: int
    part: int
    starts_at: datetime
    ends_at: datetime
    also: str
    staff: int | None
    planned: int | None
    is_pinned: bool
    basis: str
    revision: int
    notified_at: int | None
    post_title: str = ""

    @property
    def label(self) -> str:
        """Return what the place is called, 值班员 or 抢险组."""
        return self.post_title or self.post.label


_DOCUMENT = (
    "SELECT id, title, first_day, last_day, version, state, is_provisional, entered_at, entered_by, checked_at,"
    " checked_by, issued_at, issued_by FROM rosters"
)
_SHIFT = (
    "SELECT id, event_day, template, kind, post, place, part, starts_at, ends_at, also, staff_id, planned_id,"
    " is_pinned, basis, revision, notified_at, post_title FROM roster_shifts"
)
_POSTS = {post: place for place, post in enumerate(DutyPost)}


def document(office: Office, month: str, title: str = MONTHLY) -> RosterDocument | None:
    """Return the newest version of a month's roster (YYYY-MM), None where none was made."""
    days = month_days(month)
    rows = office.fetch(
        f"{_DOCUMENT} WHERE first_day = ? AND last_day = ? AND title = ? AND struck_at IS NULL",
        days[0].isoformat(),
        days[-1].isoformat(),
        title,
    )
    return _document(rows[0]) if rows else None


def document_by_id(office: Office, roster: int) -> RosterDocument | None:
    """Return one version of a roster by its row."""
    rows = office.fetch(f"{_DOCUMENT} WHERE id = ?", roster)
    return _document(rows[0]) if rows else None


def specials(office: Office, first: date, last: date) -> list[RosterDocument]:
    """Return the 专项值班安排 that touch some days."""
    rows = office.fetch(
        f"{_DOCUMENT} WHERE title <> '' AND struck_at IS NULL AND first_day <= ? AND last_day >= ?"
        " ORDER BY first_day, id",
        last.isoformat(),
        first.isoformat(),
    )
    return [_document(row) for row in rows]


def shifts(office: Office, roster: int) -> list[ShiftLine]:
    """Return the standing places of a roster in the order of its days, 带班领导 first."""
    return _lines(office.fetch(f"{_SHIFT} WHERE roster_id = ? AND struck_at IS NULL", roster))


def issued_between(office: Office, first: date, last: date) -> list[ShiftLine]:
    """Return the standing places of all issued month rosters on some days."""
    return _lines(
        office.fetch(
            f"{_SHIFT} WHERE struck_at IS NULL AND event_day BETWEEN ? AND ? AND roster_id IN"
            " (SELECT id FROM rosters WHERE title = '' AND state = 'issued' AND struck_at IS NULL)",
            first.isoformat(),
            last.isoformat(),
        )
    )


def planned_on(office: Office, day: date) -> PlannedShift | None:
    """Return who the issued roster has on a day, None where none is issued.

    A day divided into a day and a night shift is given whole: `shifts_on` gives each.
    """
    found = shifts_on(office, day)
    if not found:
        return None
    officers = dict.fromkeys(officer for shift in found for officer in shift.officers)
    return PlannedShift(
        found[0].leader,
        tuple(officers),
        found[0].messenger,
        found[0].starts_at,
        found[-1].ends_at,
        "、".join(shift.template for shift in found),
    )


def shifts_on(office: Office, day: date) -> tuple[PlannedShift, ...]:
    """Return each shift of a day as the issued roster has it; who took over midway stands after whom they relieved."""
    lines = issued_between(office, day, day)
    whole: dict[DutyPost, int | None] = {
        post: next((line.staff for line in lines if line.post is post and line.part == 0), None)
        for post in (DutyPost.LEADER, DutyPost.MESSENGER)
    }
    names = dict.fromkeys(line.template for line in lines if line.post is DutyPost.OFFICER)
    found = []
    for name in names or dict.fromkeys(line.template for line in lines):
        mine = [line for line in lines if line.template == name]
        officers = tuple(line.staff for line in mine if line.post is DutyPost.OFFICER and line.staff is not None)
        found.append(
            PlannedShift(
                whole[DutyPost.LEADER],
                officers,
                whole[DutyPost.MESSENGER],
                min(line.starts_at for line in mine),
                max(line.ends_at for line in mine),
                name,
            )
        )
    return tuple(sorted(found, key=lambda shift: shift.starts_at))


def _document(row: Sequence[Any]) -> RosterDocument:
    found, title, first, last, version, state, is_provisional, *stamps = row
    return RosterDocument(
        found,
        title,
        date.fromisoformat(first),
        date.fromisoformat(last),
        version,
        RosterState(state),
        bool(is_provisional),
        *stamps,
    )


def _lines(rows: Sequence[Sequence[Any]]) -> list[ShiftLine]:
    found = [
        ShiftLine(
            row,
            date.fromisoformat(day),
            template,
            DutyKind(kind),
            DutyPost(post),
            place,
            part,
            local(starts),
            local(ends),
            also,
            staff,
            planned,
            bool(pinned),
            basis,
            revision,
            notified,
            title,
        )
        for (
            row,
            day,
            template,
            kind,
            post,
            place,
            part,
            starts,
            ends,
            also,
            staff,
            planned,
            pinned,
            basis,
            revision,
            notified,
            title,
        ) in rows
    ]
    return sorted(found, key=lambda line: (line.day, _POSTS[line.post], line.starts_at, line.place, line.part))
