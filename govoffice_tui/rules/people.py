"""Who belongs to the office on a day, and how a person is written where a name alone would be ambiguous."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Membership(StrEnum):
    """How a person stands to the office in an interval of days."""

    EMPLOYED = "employed"
    SECONDED_IN = "seconded_in"
    SECONDED_OUT = "seconded_out"

    @property
    def label(self) -> str:
        return {"employed": "在册", "seconded_in": "借入", "seconded_out": "借出"}[self.value]


class AttendanceMode(StrEnum):
    """How a person's presence is known."""

    SIGNS = "signs"
    EXEMPT = "exempt"
    SHIFTS = "shifts"

    @property
    def label(self) -> str:
        return {"signs": "签到", "exempt": "免签", "shifts": "轮班"}[self.value]


class Category(StrEnum):
    """人员类别: on what footing a person is employed."""

    CIVIL_SERVANT = "civil_servant"
    REFERENCE = "reference"
    INSTITUTION = "institution"
    WORKER = "worker"
    CONTRACT = "contract"
    PUBLIC_POST = "public_post"
    INTERN = "intern"

    @property
    def label(self) -> str:
        return _CATEGORY_TITLES[self]

    @property
    def is_apart(self) -> bool:
        """Return whether the person stands apart at the end of every form (编外)."""
        return self in (Category.CONTRACT, Category.PUBLIC_POST, Category.INTERN)


_CATEGORY_TITLES: Mapping[Category, str] = {
    Category.CIVIL_SERVANT: "公务员",
    Category.REFERENCE: "参公",
    Category.INSTITUTION: "事业",
    Category.WORKER: "工勤",
    Category.CONTRACT: "编外聘用",
    Category.PUBLIC_POST: "公益性岗位",
    Category.INTERN: "实习",
}


@dataclass(frozen=True)
class Person:
    """One person as the office knew them on a day."""

    id: int
    number: str
    name: str
    section: str
    position: str
    category: Category
    mode: AttendanceMode
    rank: int
    phone: str
    initials: str


@dataclass(frozen=True)
class Period:
    """Days a person stood to the office in one way; `last` is None while it goes on."""

    person: int
    kind: Membership
    first: date
    last: date | None
    remark: str = ""

    def covers(self, day: date) -> bool:
        """Return whether the day lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)


class Named(Protocol):
    """What is needed of a person to write a name that means nobody else."""

    @property
    def id(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def section(self) -> str: ...


def display_names(people: Iterable[Named]) -> dict[int, str]:
    """Return each person's name, with the section behind it where two share one: 王伟(行政股).

    Where two of one section share it, the staff number stands behind the section: 王伟(行政股009).
    """
    listed = list(people)
    shared = Counter(person.name for person in listed)
    together = Counter((person.name, person.section) for person in listed)

    def shown(person: Named) -> str:
        if shared[person.name] == 1:
            return person.name
        is_alone = person.section and together[person.name, person.section] == 1
        return f"{person.name}({person.section if is_alone else person.section + person.number})"

    return {person.id: shown(person) for person in listed}


@dataclass(frozen=True)
class StaffLine:
    """One person of a list brought in; `row` is the line of the file, an empty `number` asks for one."""

    row: int
    number: str
    name: str
    sex: str
    section: str
    position: str
    phone: str
    joined: date | None
    category: Category | None
    remark: str
