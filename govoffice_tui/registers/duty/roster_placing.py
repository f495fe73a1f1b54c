"""Who stands in a place of a roster: whose turn it is, what keeps somebody from it, and setting it by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from govoffice_tui.clock import chinese_short_day, day_of, month_of
from govoffice_tui.models import RosterShift
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.duty.roster import (
    RosterDocument,
    ShiftLine,
    document_by_id,
    shifts,
)
from govoffice_tui.registers.duty.roster_facts import slot_of, staffing, turns_before
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import ROUND_THE_CLOCK, RosterState
from govoffice_tui.rules.roster_rotation import Candidate


def set_shift(office: Office, shift: int, person: int | None, *, by: int | None, form_key: str | None = None) -> str:
    """Put somebody into a place of a draft by hand, None leaving it vacant; a later generation keeps it.

    Refused outside a draft, for somebody not on the staff list that day (值班制度第2条), one kept from duty, and one
    who has another place that day. Returns the name.
    """
    with office.write("set_shift", by, form_key) as writing:
        line, made = line_of(office, shift, is_repeated=writing.repeated is not None)
        if writing.repeated is not None:
            return staff.name_of(office, person, line.day)
        posts.require(office, "set_shift", by, day_of(writing.now))
        if made.state is not RosterState.DRAFT:
            raise Refused(f"值班表{made.state.label},不能直接改:先退回草拟,印发以后用调班。", ROUND_THE_CLOCK)
        if person is not None:
            obstacle = obstacle_of(office, person, line, shifts(office, made.id))
            if obstacle:
                raise Refused(f"{staff.name_of(office, person, line.day)}{chinese_short_day(line.day)}{obstacle}。")
        writing.correct(
            RosterShift, shift, "手工指定", staff_id=person, planned_id=person, is_pinned=1, basis="手工指定"
        )
        return staff.name_of(office, person, line.day) if person is not None else "空缺"


def candidates(office: Office, shift: int) -> list[Candidate]:
    """Return who takes turns in the post of a place, whose turn it is first, each with what speaks against it."""
    line, made = line_of(office, shift)
    lines = shifts(office, made.id)
    month = month_of(line.day)
    people = staffing(office, month)
    turns = turns_before(office, month)
    for other in lines:
        if other.id != line.id and other.part == 0:
            turns.add(other.planned, slot_of(other), people.able(other.post, other.day))
    rotation = (line.post, line.kind)
    days: dict[int, set[date]] = {}
    for other in lines:
        if other.staff is not None and other.id != line.id:
            days.setdefault(other.staff, set()).add(other.day)
    found = []
    for person in people.pools[line.post]:
        obstacle = people.away.get((person, line.day), "")
        near = {abs((day - line.day).days) for day in days.get(person, ())}
        if not obstacle and 0 in near:
            obstacle = "当天已有班"
        if not obstacle and 1 in near:
            obstacle = "前后一天有班"
        last = turns.last.get(person)
        found.append(Candidate(person, turns.counts[person, rotation], turns.shares[person, rotation], last, obstacle))
    return sorted(found, key=lambda one: one.order)


def obstacle_of(office: Office, person: int, line: ShiftLine, lines: Collection[ShiftLine]) -> str:
    """Return what keeps somebody from a place, empty for nothing; outsiders are refused (值班制度第2条)."""
    if person not in {one.id for one in staff.people_on(office, line.day)}:
        raise Refused("不在本办公室花名册上:严禁外单位职工或亲属代值。请从本办公室人员里选。", "值班制度第2条", "staff")
    obstacle = staffing(office, month_of(line.day)).away.get((person, line.day), "")
    if obstacle:
        return obstacle
    is_double = any(other.staff == person and other.day == line.day and other.id != line.id for other in lines)
    return "当天已有班" if is_double else ""


def line_of(office: Office, shift: int, *, is_repeated: bool = False) -> tuple[ShiftLine, RosterDocument]:
    """Return a place with its roster; refused where another window has written it anew meanwhile."""
    found = office.fetch("SELECT roster_id FROM roster_shifts WHERE id = ?", shift)
    made = document_by_id(office, found[0][0]) if found else None
    if made is not None:
        for line in shifts(office, made.id):
            if line.id == shift:
                return line, made
        if is_repeated:
            newer = office.fetch("SELECT id FROM roster_shifts WHERE corrects = ?", shift)
            if newer:
                return line_of(office, newer[0][0], is_repeated=True)
    raise Refused("这一格刚才已经改过,请看清现在的再改。")
