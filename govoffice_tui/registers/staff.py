"""The staff list (花名册): who belonged to the office on a day, under which name, in which section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Staff, StaffPeriod, StaffProfile
from govoffice_tui.registers import posts, settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.people import AttendanceMode, Category, Membership, Period, Person, StaffLine, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import fold, initials

LAST_DAY = date(2199, 12, 31)
"""The last day the book can hold."""

GUARDED = ("number", "name", "section", "position", "phone", "remark")
"""What of a list is free text: guarded here too, whoever brings the list in."""

RANK_STEP = 100
"""Room between two neighbours of the rank order, so that one can be moved between them."""

_CATEGORIES = {category.value: category for category in Category}
_MODES = {mode.value: mode for mode in AttendanceMode}
_PROFILE = "s.id, s.number, p.name, p.section, p.position, p.category, p.mode, p.rank, p.phone, p.initials"
_AS_OF = (
    f"SELECT {_PROFILE} FROM staff s JOIN staff_profiles p ON p.id = (SELECT q.id FROM staff_profiles q"
    " WHERE q.staff_id = s.id AND q.struck_at IS NULL AND q.from_day <= ? ORDER BY q.from_day DESC LIMIT 1)"
)


@dataclass(frozen=True)
class Imported:
    """What a list added, and who of it stood in the book already."""

    added: tuple[str, ...]
    already: tuple[str, ...]


def everybody(office: Office, as_of: date) -> list[Person]:
    """Return everybody the office has known up to a day, as they were on it, in rank order."""
    return list(office.remembered(("everybody", as_of), lambda: _ranked(office.fetch(_AS_OF, as_of.isoformat()))))


def everybody_ever(office: Office, day: date) -> list[Person]:
    """Return everybody of the staff list in rank order as they are on a day, those still to come as they will be."""
    people = {person.id: person for person in everybody(office, LAST_DAY)} | {
        person.id: person for person in everybody(office, day)
    }
    return sorted(people.values(), key=lambda person: (person.rank, person.id))


class NamedRow(NamedTuple):
    """Just what a name is written from: reading whole people costs five times as much."""

    id: int
    number: str
    name: str
    section: str


def names_ever(office: Office, day: date) -> dict[int, str]:
    """Return what everybody of the staff list is called on a day, those still to come as they will be."""
    return dict(office.remembered(("names", day), lambda: _names_ever(office, day)))


def _names_ever(office: Office, day: date) -> dict[int, str]:
    rows = office.fetch(
        "SELECT s.id, s.number, p.name, p.section FROM staff s JOIN staff_profiles p ON p.id = coalesce("
        "(SELECT q.id FROM staff_profiles q WHERE q.staff_id = s.id AND q.struck_at IS NULL AND q.from_day <= ?"
        " ORDER BY q.from_day DESC LIMIT 1),"
        " (SELECT q.id FROM staff_profiles q WHERE q.staff_id = s.id AND q.struck_at IS NULL"
        " ORDER BY q.from_day DESC LIMIT 1))",
        day.isoformat(),
    )
    return display_names(NamedRow(*row) for row in rows)


def staying(office: Office, day: date) -> set[int]:
    """Return who is at the office on a day or is still to come."""
    rows = office.fetch(
        "SELECT DISTINCT staff_id FROM staff_periods WHERE struck_at IS NULL AND kind <> ?"
        " AND (to_day IS NULL OR to_day >= ?)",
        Membership.SECONDED_OUT.value,
        day.isoformat(),
    )
    return {person for (person,) in rows}


def people_on(office: Office, day: date) -> list[Person]:
    """Return the office's people on a day in rank order, those lent out or borrowed in among them."""
    return list(office.remembered(("people", day), lambda: _people_on(office, day)))


def _people_on(office: Office, day: date) -> tuple[Person, ...]:
    shown = day.isoformat()
    rows = office.fetch(
        f"{_AS_OF} WHERE EXISTS (SELECT 1 FROM staff_periods d WHERE d.staff_id = s.id AND d.struck_at IS NULL"
        " AND d.from_day <= ? AND (d.to_day IS NULL OR d.to_day >= ?))",
        shown,
        shown,
        shown,
    )
    return _ranked(rows)


def person_on(office: Office, staff: int, day: date) -> Person | None:
    """Return one person as they were on a day, None for somebody unknown then."""
    return office.remembered(("person", staff, day), lambda: _person_on(office, staff, day))


def _person_on(office: Office, staff: int, day: date) -> Person | None:
    rows = office.fetch(f"{_AS_OF} WHERE s.id = ?", day.isoformat(), staff)
    return _person(rows[0]) if rows else None


def memberships_on(office: Office, staff: int, day: date) -> set[Membership]:
    """Return how one person stood to the office on a day; empty for somebody not on its roster."""
    rows = office.fetch(
        "SELECT kind FROM staff_periods WHERE staff_id = ? AND struck_at IS NULL AND from_day <= ?"
        " AND (to_day IS NULL OR to_day >= ?)",
        staff,
        day.isoformat(),
        day.isoformat(),
    )
    return {Membership(kind) for (kind,) in rows}


def name_of(office: Office, staff: int | None, day: date) -> str:
    """Return a person's name as it was on a day; 系统 where nobody acted."""
    person = None if staff is None else person_on(office, staff, day)
    return "系统" if person is None else person.name


def periods(office: Office, first: date, last: date) -> dict[int, list[Period]]:
    """Return each person's memberships that touch the days from first to last."""
    rows = office.fetch(
        "SELECT staff_id, kind, from_day, to_day, remark FROM staff_periods WHERE struck_at IS NULL"
        " AND from_day <= ? AND (to_day IS NULL OR to_day >= ?) ORDER BY from_day, id",
        last.isoformat(),
        first.isoformat(),
    )
    found: dict[int, list[Period]] = defaultdict(list)
    for staff, kind, start, end, remark in rows:
        period = Period(
            staff, Membership(kind), date.fromisoformat(start), date.fromisoformat(end) if end else None, remark
        )
        found[staff].append(period)
    return found


def modes(office: Office, last: date) -> dict[int, list[tuple[date, AttendanceMode]]]:
    """Return from which day who has had which 考勤方式, up to a day, for everybody who ever did not sign."""
    rows = office.fetch(
        "SELECT staff_id, from_day, mode FROM staff_profiles WHERE struck_at IS NULL AND from_day <= ?"
        " AND staff_id IN (SELECT staff_id FROM staff_profiles WHERE mode <> ?) ORDER BY from_day, id",
        last.isoformat(),
        AttendanceMode.SIGNS.value,
    )
    found: dict[int, list[tuple[date, AttendanceMode]]] = defaultdict(list)
    for staff, start, mode in rows:
        found[staff].append((date.fromisoformat(start), AttendanceMode(mode)))
    return found


def match(people: Sequence[Person], typed: str) -> list[Person]:
    """Return whom a piece of text means, best first: staff number, pinyin initials, a piece of the name.

    Characters an input method left there match by their initials when no name holds them.
    """
    key = fold(typed)
    if not key:
        return []
    by_number = [person for person in people if fold(person.number) == key]
    if by_number:
        return by_number
    starts = [person for person in people if person.initials.startswith(key) or fold(person.name).startswith(key)]
    holds = [
        person for person in people if person not in starts and (key in fold(person.name) or key in person.initials)
    ]
    exact = [person for person in starts if person.initials == key or fold(person.name) == key]
    found = exact + [person for person in starts if person not in exact] + holds
    if not found and not key.isascii():
        letters = initials(key)
        found = match(people, letters) if letters != key and letters.isascii() else []
    return found


def import_staff(
    office: Office, lines: Sequence[StaffLine], *, by: int | None, form_key: str | None = None
) -> Imported:
    """Enter a checked list into the book, all or nothing; people who stand in it already are left as they are.

    A person without a number gets the next free one. The first list needs no post; later ones do.
    Refused for an empty list, for a number that belongs to somebody else, and for a name the book knows in
    another section: whether it is the same person has to be asked (`staff_differences`).
    """
    if not lines:
        raise Refused("名单里没有人员。")
    today = day_of(office.clock.now())
    with office.write("import_staff", by, form_key) as writing:
        known = everybody(office, today)
        if known or by is not None:
            posts.require(office, "import_staff", by, today)
        numbers = numbers_given(office)
        by_number = {person.number: person for person in known}
        by_place = {(person.name, person.section): person for person in known}
        rank = max((person.rank for person in known), default=0)
        started, _ = settings.on(office, today).first_half_day
        added, already = [], []
        for line in lines:
            for field in GUARDED:
                checked(getattr(line, field), field)
            same = by_number.get(line.number) if line.number else by_place.get((line.name, line.section))
            if same is not None:
                if same.name != line.name:
                    raise Refused(
                        f"第{line.row}行“{line.name}”的工号{line.number}已是{same.name}的,请核对后再导入。",
                        field="number",
                    )
                already.append(line.name)
                continue
            if any(person.name == line.name for person in known):
                raise Refused(
                    f"第{line.row}行“{line.name}”在花名册上有同名的人,是不是同一个人要逐个核对:"
                    "请打开程序,从菜单“导入花名册”导入。",
                    field="name",
                )
            rank += RANK_STEP
            number = line.number or next_number(numbers)
            numbers.add(number)
            first = line.joined or min(started, today)
            enter_person(
                writing,
                number,
                line.sex,
                Membership.EMPLOYED,
                first,
                line.remark,
                name=line.name,
                section=line.section,
                position=line.position,
                category=(line.category or Category.CIVIL_SERVANT).value,
                mode=AttendanceMode.SIGNS.value,
                rank=rank,
                phone=line.phone,
                initials=initials(line.name),
            )
            added.append(line.name)
    return Imported(tuple(added), tuple(already))


def enter_person(
    writing: Change, number: str, sex: str, kind: Membership, first: date, remark: str, **profile: Value
) -> int:
    """Write a person with the first profile and period, and return the staff id; inside a writing transaction only."""
    stamps: dict[str, Value] = {"entered_at": writing.now, "entered_by": writing.operator}
    staff = writing.insert(Staff, number=number, sex=sex, **stamps)
    since: dict[str, Value] = {"staff_id": staff, "from_day": first.isoformat()}
    writing.insert(StaffProfile, **since, **profile, remark=remark, **stamps)
    writing.insert(StaffPeriod, **since, kind=kind.value, **stamps)
    return staff


def numbers_given(office: Office) -> set[str]:
    """Return every staff number the office has ever given."""
    return {number for (number,) in office.fetch("SELECT number FROM staff")}


def next_number(taken: set[str]) -> str:
    """Return the number after the highest the office has given, at least three digits."""
    highest = max((int(number) for number in taken if number.isascii() and number.isdecimal()), default=0)
    return f"{highest + 1:03d}"


def _ranked(rows: Iterable[Sequence[Any]]) -> tuple[Person, ...]:
    return tuple(sorted(map(_person, rows), key=lambda person: (person.rank, person.id)))


def _person(row: Sequence[Any]) -> Person:
    staff, number, name, section, position, category, mode, rank, phone, letters = row
    return Person(staff, number, name, section, position, _CATEGORIES[category], _MODES[mode], rank, phone, letters)
