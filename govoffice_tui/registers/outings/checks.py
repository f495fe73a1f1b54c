"""What every act on an outing looks at first: the line as it stands, who is free, and which months are under seal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, local, month_days, month_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Outing
from govoffice_tui.registers import closing, staff
from govoffice_tui.registers.attendance.pages import REGISTER as ATTENDANCE
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.claims import (
    PERSON_OUTING,
    SERIES,
    STANDING,
    STRETCH,
    cutoffs,
    read_stretch,
    stretch_words,
)
from govoffice_tui.registers.outings.names import goers
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import half_days
from govoffice_tui.rules.outings import OUTING, OutingState, Stretch, covered, require_move, state_at
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused

REGISTER, WORDS = "outings", "外出"
NAMES_SHOWN = 6

HalfDays = frozenset[tuple[date, Half]]


@dataclass(frozen=True)
class Row:
    """One outing as it stands in the book."""

    id: int
    number: str
    state: OutingState
    stretch: Stretch
    notified_at: int
    place: str


def required(raw: str, field: str, sentence: str) -> str:
    """Return a text that may not be left out, checked."""
    text = checked(raw, field)
    if not text:
        raise Refused(sentence, OUTING, field=field)
    return text


def require(office: Office, writing: Change, outing: int, verb: str) -> Row:
    """Return an outing that may be treated so, or refuse."""
    rows = office.fetch("SELECT struck_at FROM outings WHERE id = ?", outing)
    if not rows:
        raise Refused("没有这一笔外出。")
    if rows[0][0] is not None:
        raise Refused("这一笔外出已经划去或更正,请看最新的一笔。")
    row = row_of(office, outing, local(writing.now))
    require_move(row.state, verb)
    return row


def row_of(office: Office, outing: int, now: datetime) -> Row:
    """Return an outing by its row, as it stands at a time."""
    columns = "event_day, half, left_at, until_day, until_half, until_at, NULL, NULL, NULL"
    year, number, state, notified, place, *stretch = office.fetch(
        f"SELECT year, number, state, notified_at, place, {columns} FROM outings WHERE id = ?", outing
    )[0]
    lasting = read_stretch(stretch)
    stands = state_at(OutingState(state), lasting.starts, now)
    return Row(outing, shown(SERIES, year, number), stands, lasting, notified, place)


def travellers_of(office: Office, outing: int, condition: str = "") -> list[tuple[int, int]]:
    """Return row and staff id of everybody in an outing."""
    rows = office.fetch(
        f"SELECT id, staff_id FROM outing_people WHERE outing_id = ? AND struck_at IS NULL {condition} ORDER BY id",
        outing,
    )
    return [(row, person) for row, person in rows]


def half_days_of(stretch: Stretch, office: Office) -> list[tuple[date, Half]]:
    """Return every half-day an outing explains, worked or not."""
    cutoff = cutoffs(office)
    found: list[tuple[date, Half]] = []
    day = stretch.first
    while day <= stretch.last:
        days = month_days(month_of(day))
        found += half_days(days, covered(stretch, days[0], days[-1], cutoff))
        day = days[-1] + timedelta(days=1)
    return found


def stretches_of(office: Office, outing: int) -> dict[int, Stretch]:
    """Return from when to when each person of an outing is or was out."""
    rows = office.fetch(
        f"SELECT p.staff_id, {STRETCH} FROM {PERSON_OUTING} WHERE {STANDING} AND o.id = ? ORDER BY p.id", outing
    )
    return {person: read_stretch(row) for person, *row in rows}


def names_of(office: Office, people: Collection[int], day: date) -> list[str]:
    """Return people's names in rank order, with the section behind a name that several bear."""
    known = staff.everybody(office, day)
    names = display_names(known)
    return [names[person.id] for person in known if person.id in people]


def require_change(
    office: Office, before: Mapping[int, Stretch], after: Mapping[int, Stretch], days: Collection[date] = ()
) -> None:
    """Refuse a change, before anything is written, that shows in a month under seal or overrules a finding.

    `days` are those whose list of outings says something else now, whatever half-days are explained.
    """
    told = {person: frozenset(half_days_of(stretch, office)) for person, stretch in before.items()}
    telling = {person: frozenset(half_days_of(stretch, office)) for person, stretch in after.items()}
    nothing: HalfDays = frozenset()
    changed = {
        day for person in {*told, *telling} for day, _ in told.get(person, nothing) ^ telling.get(person, nothing)
    }
    for day in sorted({day.replace(day=1) for day in changed}):
        closing.require_open(office, ATTENDANCE, day, "考勤")
    for day in sorted({day.replace(day=1) for day in (*changed, *days)}):
        closing.require_open(office, REGISTER, day, WORDS)
    _require_no_finding(office, {person: halves - told.get(person, nothing) for person, halves in telling.items()})


def _require_no_finding(office: Office, added: Mapping[int, HalfDays]) -> None:
    """Refuse to explain a half-day that was found to be 旷工: the finding has to be voided first."""
    for person, halves in added.items():
        for day in sorted({day for day, _ in halves}):
            rows = office.fetch(
                "SELECT year, number, halves FROM absences WHERE staff_id = ? AND event_day = ? AND state = 'found'"
                " AND struck_at IS NULL",
                person,
                day.isoformat(),
            )
            if rows and any((day, half) in halves and rows[0][2] & 1 << half for half in Half):
                (name,) = names_of(office, {person}, day)
                raise Refused(
                    f"{name}{chinese_short_day(day)}已认定旷工({shown('旷', *rows[0][:2])}),要改先作废认定单。",
                    OUTING,
                    field="people",
                )


def require_goers(office: Office, people: Sequence[int], day: date) -> None:
    """Refuse whoever cannot be sent out on a day, by name."""
    able = {person.id for person in goers(office, day)}
    wrong = [person for person in people if person not in able]
    if not wrong:
        return
    names = "、".join(names_of(office, wrong, day))
    if not names:
        raise Refused("花名册里没有这个人。", field="people")
    raise Refused(f"{names}{chinese_short_day(day)}不在册(调出、借出或还没有到岗),不能登记外出。", field="people")


def require_free(office: Office, stretches: Mapping[int, Stretch], ignoring: int = 0) -> None:
    """Refuse whoever is out already in that time, each by name with the outing that stands in the way."""
    if not stretches:
        return
    found = []
    for person, year, number, *row in office.fetch(
        f"SELECT p.staff_id, o.year, o.number, {STRETCH} FROM {PERSON_OUTING}"
        f" WHERE {STANDING} AND o.id <> ? AND o.event_day <= ? AND coalesce(p.back_day, o.until_day) >= ?"
        " ORDER BY p.id",
        ignoring,
        max(one.last for one in stretches.values()).isoformat(),
        min(one.first for one in stretches.values()).isoformat(),
    ):
        other = read_stretch(row)
        if person in stretches and other.overlaps(stretches[person]):
            (name,) = names_of(office, {person}, stretches[person].first)
            found.append(f"{name}({shown(SERIES, year, number)} {stretch_words(other)})")
    if found:
        more = f"等{len(found)}人" if len(found) > NAMES_SHOWN else ""
        raise Refused(f"这段时间已有外出登记:{'、'.join(found[:NAMES_SHOWN])}{more}。", OUTING, field="people")


def note_all_back(office: Office, writing: Change, outing: int) -> None:
    """Note 已返回 once nobody of an outing that has begun is still out."""
    row = row_of(office, outing, local(writing.now))
    if row.state in (OutingState.OUT, OutingState.BACK):
        still_out = travellers_of(office, outing, "AND back_day IS NULL")
        writing.update(Outing, outing, state=(OutingState.OUT if still_out else OutingState.BACK).value)
