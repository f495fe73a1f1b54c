"""Leave slips as they stand in the book, read for screens, forms and the checks of every verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from govoffice_tui.clock import local
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import (
    HOLDING,
    STANDING,
    LeaveKind,
    LeaveMode,
    LeaveState,
    Moment,
    Stretch,
)

SERIES = "假"

_COLUMNS = (
    "id, year, number, revision, staff_id, kind, mode, state, event_day, half, end_day, end_half, reason, destination,"
    " phone, cover_id, has_proof, applied_day, told_at, taken_by_id, approver_id, leader_name, leader_post, delegation,"
    " approved_day, papered_day, papered_late, paper_page, returned_day, returned_half, cleared_at, extends, remark,"
    " late_reason, entered_at, entered_by, struck_at, struck_reason"
)


@dataclass(frozen=True)
class LeaveRecord:
    """One revision of one slip. Staff are ids; `returned` is the first half-day back at work."""

    id: int
    number: str
    revision: int
    person: int
    mode: LeaveMode
    state: LeaveState
    stretch: Stretch
    reason: str
    destination: str
    phone: str
    cover: int | None
    has_proof: bool
    applied_day: date
    told_at: datetime | None
    taken_by: int | None
    approver: int | None
    leader: str
    delegation: int | None
    approved_day: date | None
    papered_day: date | None
    papered_late: str
    paper_page: str
    returned: Moment | None
    cleared_at: datetime | None
    extends: int | None
    remark: str
    late_reason: str
    entered_at: datetime
    entered_by: int | None
    struck_at: datetime | None
    struck_reason: str

    @property
    def kind(self) -> LeaveKind:
        return self.stretch.kind

    @property
    def start(self) -> Moment:
        return self.stretch.start

    @property
    def end(self) -> Moment:
        return self.stretch.end

    @property
    def taken(self) -> Stretch:
        """Return the leave really taken: up to the return, where that was early."""
        if self.returned is None or self.returned > self.end:
            return self.stretch
        return Stretch(self.kind, self.start, self.returned.before)


def by_id(office: Office, row: int) -> LeaveRecord | None:
    """Return one revision of one slip."""
    return next(iter(_records(office, "WHERE id = ?", row)), None)


def touching(
    office: Office, first: date, last: date, states: Sequence[LeaveState] = STANDING, person: int | None = None
) -> list[LeaveRecord]:
    """Return the unstruck slips in some states that touch the days from first to last, in order of their start."""
    marks = ", ".join("?" * len(states))
    mine, who = ("", ()) if person is None else (" AND staff_id = ?", (person,))
    return _records(
        office,
        f"WHERE end_day >= ? AND event_day <= ? AND struck_at IS NULL AND state IN ({marks}){mine}"
        " ORDER BY event_day, half, id",
        first.isoformat(),
        last.isoformat(),
        *(state.value for state in states),
        *who,
    )


def holding(office: Office, person: int, first: date, last: date) -> list[LeaveRecord]:
    """Return what holds half-days of a person: slips that stand or are not decided yet."""
    return touching(office, first, last, HOLDING, person)


def in_states(office: Office, states: Sequence[LeaveState], until: date) -> list[LeaveRecord]:
    """Return every unstruck slip in some states that begins on a day or before."""
    marks = ", ".join("?" * len(states))
    return _records(
        office,
        f"WHERE struck_at IS NULL AND state IN ({marks}) AND event_day <= ? ORDER BY event_day, half, id",
        *(state.value for state in states),
        until.isoformat(),
    )


def of_month(office: Office, first: date, last: date) -> list[LeaveRecord]:
    """Return every slip that touches the days, struck revisions without successor (作废) too, newest first."""
    return _records(
        office,
        "WHERE end_day >= ? AND event_day <= ? AND (struck_at IS NULL OR NOT EXISTS"
        " (SELECT 1 FROM leaves n WHERE n.corrects = leaves.id)) ORDER BY event_day DESC, half DESC, id DESC",
        first.isoformat(),
        last.isoformat(),
    )


def revisions(office: Office, row: int) -> list[int]:
    """Return the ids of all revisions of a slip, oldest first."""
    found = [row]
    while before := office.fetch("SELECT corrects FROM leaves WHERE id = ? AND corrects IS NOT NULL", found[0]):
        found.insert(0, int(before[0][0]))
    while after := office.fetch("SELECT id FROM leaves WHERE corrects = ?", found[-1]):
        found.append(int(after[0][0]))
    return found


def _records(office: Office, condition: str, *params: object) -> list[LeaveRecord]:
    return [_record(row) for row in office.fetch(f"SELECT {_COLUMNS} FROM leaves {condition}", *params)]


def _record(row: tuple[Any, ...]) -> LeaveRecord:
    (
        (id, year, number, revision, person, kind, mode, state, start, half, end, end_half, reason, destination),
        (phone, cover, proof, applied, told, taken_by, approver, name, post, delegation, approved, papered, late),
        (page, returned, returned_half, cleared, extends, remark, entered_late, entered_at, entered_by),
        (struck_at, struck_reason),
    ) = row[:14], row[14:27], row[27:36], row[36:]
    return LeaveRecord(
        id=id,
        number=shown(SERIES, year, number),
        revision=revision,
        person=person,
        mode=LeaveMode(mode),
        state=LeaveState(state),
        stretch=Stretch(LeaveKind(kind), _moment(start, half), _moment(end, end_half)),
        reason=reason,
        destination=destination,
        phone=phone,
        cover=cover,
        has_proof=bool(proof),
        applied_day=date.fromisoformat(applied),
        told_at=None if told is None else local(told),
        taken_by=taken_by,
        approver=approver,
        leader=f"{post}{name}",
        delegation=delegation,
        approved_day=_day(approved),
        papered_day=_day(papered),
        papered_late=late or "",
        paper_page=page,
        returned=None if returned is None else _moment(returned, returned_half),
        cleared_at=None if cleared is None else local(cleared),
        extends=extends,
        remark=remark,
        late_reason=entered_late or "",
        entered_at=local(entered_at),
        entered_by=entered_by,
        struck_at=None if struck_at is None else local(struck_at),
        struck_reason=struck_reason or "",
    )


def _moment(day: str, half: int) -> Moment:
    return Moment(date.fromisoformat(day), Half(half))


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def found_by(
    office: Office, people: Sequence[int], kinds: Sequence[str], number: int | None, limit: int
) -> list[LeaveRecord]:
    """Return the unstruck slips of some people, of some kinds, or with a number, newest first."""
    conditions: list[str] = []
    params: list[object] = []
    for column, values in (
        ("staff_id", people),
        ("kind", kinds),
        ("number", [] if number is None else [number]),
    ):
        if values:
            conditions.append(f"{column} IN ({', '.join('?' * len(values))})")
            params.extend(values)
    if not conditions:
        return []
    return _records(
        office,
        f"WHERE struck_at IS NULL AND ({' OR '.join(conditions)}) ORDER BY event_day DESC, id DESC LIMIT {limit}",
        *params,
    )


def latest(office: Office, limit: int) -> list[LeaveRecord]:
    """Return the unstruck slips that begin last, newest first."""
    return _records(office, f"WHERE struck_at IS NULL ORDER BY event_day DESC, id DESC LIMIT {limit}")
