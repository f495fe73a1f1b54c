"""A staff list brought in again: who of it stands in the book, what is different, and what has to be asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff_changes import NewPerson, Origin, add_row, rejoin_row
from govoffice_tui.registers.staff_profiles import change_row
from govoffice_tui.registers.staff_rows import (
    authorise,
    correct_run,
    end_stay,
    lend,
    profiles_of,
    require_plausible,
)
from govoffice_tui.rules.people import Category, Person, StaffLine, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import fold, initials

FIELDS = {"name": "姓名", "section": "股室", "position": "职务", "phone": "电话", "category": "人员类别"}
"""What a list says of a person, and how the columns are called."""


@dataclass(frozen=True)
class Difference:
    """One thing the list says differently of one person; values in the words of the list."""

    person: Person
    row: int
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Doubt:
    """A line that may be somebody the book knows; `may_be_new` is False where its number is theirs."""

    line: StaffLine
    candidates: tuple[Person, ...]
    may_be_new: bool = True


@dataclass(frozen=True)
class Differences:
    """What a list says against the book on a day; `same` are the pairs (row, staff id) beyond doubt.

    `departed` are those among the candidates who had left: nobody asks where they are now.
    """

    added: tuple[StaffLine, ...]
    same: tuple[tuple[int, int], ...]
    changed: tuple[Difference, ...]
    doubtful: tuple[Doubt, ...]
    missing: tuple[Person, ...]
    departed: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether the list says nothing the book does not."""
        return not (self.added or self.changed or self.doubtful or self.missing)


class Fate(StrEnum):
    """What became of somebody the list does not have."""

    STAYS = "stays"
    TRANSFERRED = "transferred"
    RETIRED = "retired"
    LENT = "lent"

    @property
    def label(self) -> str:
        return {"stays": "仍在册", "transferred": "调出", "retired": "退休", "lent": "借出"}[self.value]


@dataclass(frozen=True)
class Left:
    """The answer about somebody missing; `day` is the last day at the office, or the first day lent out."""

    fate: Fate
    day: date | None = None


@dataclass(frozen=True)
class Decisions:
    """The answers to everything a list leaves open.

    `from_day` is the day changes hold from and new people without a 到岗日期 come. `same` gives for each
    doubtful row the staff id it is, None for somebody new. `missing` answers for each missing staff id.
    `renamed` are the rows whose other name is a 更名; elsewhere it is put right as 改错字.
    """

    from_day: date
    same: Mapping[int, int | None] = field(default_factory=dict)
    missing: Mapping[int, Left] = field(default_factory=dict)
    renamed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Applied:
    """How many came, were changed, and went."""

    added: int
    changed: int
    left: int


def compare(office: Office, lines: Sequence[StaffLine]) -> Differences:
    """Return what a checked list says differently from the book today; nothing is written.

    A line is somebody by number and name, else by name and section, else by name and mobile phone. By name
    alone, or where two of these disagree, it is doubtful. Empty cells of the list say nothing.
    """
    today = day_of(office.clock.now())
    return _Comparison(
        staff.everybody_ever(office, today), staff.people_on(office, today), staff.staying(office, today)
    ).compare(lines)


def apply_differences(
    office: Office,
    lines: Sequence[StaffLine],
    seen: Differences,
    decisions: Decisions,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Applied:
    """Enter what a list says and what was decided about it, all or nothing; nobody is ever deleted.

    Refused while a doubtful line or somebody missing is not decided, where one person is given to two lines,
    and where the book changed since `seen` was shown.
    """
    with office.write("apply_differences", by, form_key) as writing:
        pairs = _pairs(seen, decisions)
        if writing.repeated is None:
            authorise(office, writing)
            require_plausible(writing, decisions.from_day, "from_day")
            if compare(office, lines) != seen:
                raise Refused("花名册刚才有变动,请重新读一次名单,再看差异。")
            _require_decided(seen, decisions, pairs)
            _write(office, writing, lines, seen, decisions, pairs)
        changed = {one.person.id for one in seen.changed} | {one for one in decisions.same.values() if one is not None}
        left = sum(answer.fate is not Fate.STAYS for answer in decisions.missing.values())
        return Applied(len(lines) - len(pairs), len(changed), left)


def differences_of(person: Person, line: StaffLine) -> list[Difference]:
    """Return what a line says differently of a person; an empty cell says nothing."""
    category = line.category.label if line.category else ""
    told = (line.name, line.section, line.position, line.phone, category)
    held = (person.name, person.section, person.position, person.phone, person.category.label)
    return [
        Difference(person, line.row, name, old, new)
        for name, old, new in zip(FIELDS, held, told, strict=True)
        if new and new != old
    ]


class _Comparison:
    """One pass over a list: who is beyond doubt first, then who of the others it may be."""

    def __init__(self, known: Sequence[Person], present: Sequence[Person], staying: set[int]) -> None:
        self._present = present
        self._here = staying
        self._by_number = {fold(person.number): person for person in known}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in known:
            self._by_name[fold(person.name)].append(person)

    def compare(self, lines: Sequence[StaffLine]) -> Differences:
        found = {line.row: self._certain(line) for line in lines}
        claims = Counter(person.id for person in found.values() if person is not None)
        same = {row: person for row, person in found.items() if person is not None and claims[person.id] == 1}
        taken = {person.id for person in same.values()}
        added, doubtful = [], []
        for line in lines:
            if line.row in same:
                continue
            candidates = [person for person in self._possible(line) if person.id not in taken]
            holder = self._by_number.get(fold(line.number)) if line.number else None
            if candidates:
                doubtful.append(Doubt(line, tuple(candidates), holder is None))
            else:
                added.append(line)
        asked = {person.id for doubt in doubtful for person in doubt.candidates}
        changed = [one for line in lines if line.row in same for one in differences_of(same[line.row], line)]
        missing = [person for person in self._present if person.id not in taken | asked]
        return Differences(
            tuple(added),
            tuple((row, person.id) for row, person in same.items()),
            tuple(changed),
            tuple(doubtful),
            tuple(missing),
            tuple(sorted(asked - self._here)),
        )

    def _certain(self, line: StaffLine) -> Person | None:
        """Return who a line is beyond doubt; somebody who had left is always asked about."""
        namesakes = [person for person in self._by_name[fold(line.name)] if person.id in self._here]
        if line.number and fold(line.number) in self._by_number:
            holder = self._by_number[fold(line.number)]
            return holder if holder in namesakes else None
        by_phone = [person for person in namesakes if _same_phone(person, line)]
        by_place = [person for person in namesakes if person.section == line.section]
        if line.number and not (by_place and by_place == by_phone):
            return None  # a number the book never gave is somebody new, unless everything else agrees
        if len(by_place) == 1 and (not by_phone or by_phone == by_place):
            return by_place[0]
        both = [person for person in by_place if person in by_phone]
        if len(both) == 1:
            return both[0]
        return by_phone[0] if len(by_phone) == 1 and not by_place else None

    def _possible(self, line: StaffLine) -> Iterable[Person]:
        """Return whom a line may mean: the holder of its number, else namesakes, those at the office first."""
        if line.number and fold(line.number) in self._by_number:
            return [self._by_number[fold(line.number)]]
        namesakes = self._by_name[fold(line.name)]
        return sorted(
            namesakes,
            key=lambda person: (
                person.section != line.section,
                not _same_phone(person, line),
                person.id not in self._here,
                person.rank,
            ),
        )


def _same_phone(person: Person, line: StaffLine) -> bool:
    return bool(line.phone) and fold(person.phone) == fold(line.phone)


def _pairs(seen: Differences, decisions: Decisions) -> dict[int, int]:
    """Return which row is which person, once everything doubtful is decided."""
    decided = {row: person for row, person in decisions.same.items() if person is not None}
    return {**dict(seen.same), **decided}


def _require_decided(seen: Differences, decisions: Decisions, pairs: Mapping[int, int]) -> None:
    for doubt in seen.doubtful:
        name = f"第{doubt.line.row}行{doubt.line.name}"
        if doubt.line.row not in decisions.same:
            raise Refused(f"{name}是不是花名册上的人,还没有定。")
        chosen = decisions.same[doubt.line.row]
        if chosen is None and not doubt.may_be_new:
            raise Refused(f"{name}的工号已是别人的,请改正名单后再读。")
        if chosen is not None and chosen not in [person.id for person in doubt.candidates]:
            raise Refused(f"{name}不是选的这个人,请再选。")
    rows: dict[int, int] = {}
    for row, person in pairs.items():
        if person in rows:
            raise Refused(f"第{rows[person]}行和第{row}行定成了同一个人,请再选。")
        rows[person] = row
    for absent in undecided(seen, decisions):
        raise Refused(f"{absent.name}不在名单上,是仍在册还是已经离开,还没有定。")


def undecided(seen: Differences, decisions: Decisions) -> list[Person]:
    """Return the people missing from the list who are not answered for, those no doubtful line turned out to be too."""
    paired = set(_pairs(seen, decisions).values())
    candidates = {person.id: person for doubt in seen.doubtful for person in doubt.candidates}
    passed_over = [person for person in candidates.values() if person.id not in {*paired, *seen.departed}]
    return [person for person in (*seen.missing, *passed_over) if person.id not in decisions.missing]


def _write(
    office: Office,
    writing: Change,
    lines: Sequence[StaffLine],
    seen: Differences,
    decisions: Decisions,
    pairs: Mapping[int, int],
) -> None:
    today = day_of(writing.now)
    here = staff.staying(office, today)
    known = {person.id: person for person in staff.everybody_ever(office, today)}
    names = display_names(known.values())
    for absent, answer in decisions.missing.items():
        if answer.fate is not Fate.STAYS and absent in here:
            _let_go(office, writing, absent, names[absent], answer)
    for line in lines:
        if line.row in pairs:
            person = known[pairs[line.row]]
            if person.id not in here:
                rejoin_row(office, writing, person.id, Origin.TRANSFERRED_IN, line.joined or decisions.from_day)
            _bring_up(office, writing, person, line, decisions)
        else:
            new = NewPerson(
                line.name,
                line.section,
                line.position,
                line.category or Category.CIVIL_SERVANT,
                line.phone,
                line.sex,
                line.number,
                line.remark,
            )
            add_row(office, writing, new, Origin.TRANSFERRED_IN, line.joined or decisions.from_day)


def _bring_up(office: Office, writing: Change, person: Person, line: StaffLine, decisions: Decisions) -> None:
    """Enter what a line says differently: another name as it was decided, everything else from the day on."""
    values: dict[str, Value] = {}
    for one in differences_of(person, line):
        if one.field == "name" and line.row not in decisions.renamed:
            today = day_of(writing.now)
            right: dict[str, Value] = {"name": line.name, "initials": initials(line.name)}
            correct_run(office, writing, person.id, today, "改错字", **right)
        elif one.field == "name":
            values |= {"name": line.name, "initials": initials(line.name)}
        elif one.field == "category" and line.category is not None:
            values["category"] = line.category.value
        else:
            values[one.field] = one.new
    if values:
        first = max(decisions.from_day, profiles_of(office, person.id)[0].first)
        change_row(office, writing, person.id, first, "导入花名册", values)


def _let_go(office: Office, writing: Change, person: int, name: str, answer: Left) -> None:
    if answer.day is None:
        raise Refused(f"{name}{answer.fate.label},请写日期。")
    require_plausible(writing, answer.day, "day")
    if answer.fate is Fate.LENT:
        lend(office, writing, person, name, answer.day, None, "")
    else:
        end_stay(office, writing, person, name, answer.day, answer.fate.label)
