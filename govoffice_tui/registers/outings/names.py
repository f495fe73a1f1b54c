"""Whom a typed or pasted list of names means: everybody, whole sections, names; nobody is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.people import Membership, Person, display_names
from govoffice_tui.text import clean, clean_name, fold

EVERYBODY = ("全体", "全体人员", "全办", "全办人员", "所有人", "全员")
_ORDINAL = re.compile(r"(?m)^\s*[(\uff08]?([1-9]\d{0,2})\s*[)\uff09、.\uff0e:\uff1a]\s*(?=\D)")
_SEPARATORS = re.compile(r"[、,\uff0c;\uff1b/|\n]+")
_TITLES = ("同志", "等同志")
NAME_SHOWN, LISTED = 12, 8


@dataclass(frozen=True)
class NameList:
    """What a list came to: people in rank order, names nobody bears, and names several bear."""

    found: tuple[Person, ...]
    unknown: tuple[str, ...] = ()
    shared: tuple[tuple[str, tuple[Person, ...]], ...] = ()

    @property
    def problem(self) -> str:
        """Return the sentence that lists what has to be put right, empty where nothing has."""
        parts = []
        if self.unknown:
            more = f"等{len(self.unknown)}个" if len(self.unknown) > LISTED else ""
            parts.append(f"花名册里没有:{'、'.join(_short(name) for name in self.unknown[:LISTED])}{more}")
        for name, people in self.shared[:LISTED]:
            names = display_names(people)
            parts.append(f"{_short(name)}有{len(people)}人,请写{'或'.join(names[one.id] for one in people)}")
        return ";".join(parts) + "。" if parts else ""


def goers(office: Office, day: date) -> list[Person]:
    """Return who can be sent out on a day in rank order: on the roster and not lent out."""
    memberships = staff.periods(office, day, day)
    return [
        person
        for person in staff.people_on(office, day)
        if all(period.kind is not Membership.SECONDED_OUT for period in memberships[person.id])
    ]


def read_names(people: Sequence[Person], typed: str, chosen: Mapping[str, int] | None = None) -> NameList:
    """Return whom a text means, of these people: names set apart by 、, blanks or lines, sections, 全体.

    A namesake is meant by 王伟(行政股), by the staff number, or by `chosen`: name to staff id, as somebody was asked.
    A name written with a blank inside (张 伟) is one name where one person bears it.
    """
    known = _Known(people, chosen or {})
    numbers = {person.number for person in people}
    whole = clean(typed, multiline=True, limit=len(typed)).text
    text = _ORDINAL.sub(lambda ordinal: ordinal[0] if ordinal[1] in numbers else "", whole)
    found: set[int] = set()
    unknown: list[str] = []
    shared: dict[str, tuple[Person, ...]] = {}
    for chunk in _SEPARATORS.split(text):
        for token in known.tokens(chunk.split()):
            meant = known.meant(token)
            if not meant:
                unknown.append(token)
            elif len(meant) > 1 and not known.is_group(token):
                shared[clean_name(token).text] = meant
            else:
                found |= {person.id for person in meant}
    for name, bearers in list(shared.items()):
        if sum(person.id in found for person in bearers) == len(bearers):
            del shared[name]
    return NameList(
        tuple(person for person in people if person.id in found),
        tuple(dict.fromkeys(unknown)),
        tuple(shared.items()),
    )


class _Known:
    """The people a list is read against."""

    def __init__(self, people: Sequence[Person], chosen: Mapping[str, int]) -> None:
        self.people = people
        self.chosen = chosen
        self.sections = {fold(person.section) for person in people if person.section}
        self.names = {fold(person.name) for person in people}
        self.written = {fold(name): person for person, name in display_names(people).items()}

    def tokens(self, words: Sequence[str]) -> list[str]:
        """Return words as names, the pieces of one written apart together again."""
        found, place = [], 0
        while place < len(words):
            for length in range(min(4, len(words) - place), 0, -1):
                joined = "".join(words[place : place + length])
                if length == 1 or self.meant(joined):
                    found.append(joined)
                    place += length
                    break
        return found

    def is_group(self, token: str) -> bool:
        """Return whether a word means several people on purpose."""
        key = self._key(token)
        return key in EVERYBODY or key.removesuffix("全体") in self.sections

    def meant(self, token: str) -> tuple[Person, ...]:
        """Return everybody a word may mean."""
        key = self._key(token)
        if key in EVERYBODY:
            return tuple(self.people)
        if key.removesuffix("全体") in self.sections:
            return tuple(one for one in self.people if fold(one.section) == key.removesuffix("全体"))
        if key in self.written:
            return self._only(self.written[key])
        named = tuple(one for one in self.people if fold(one.name) == key)
        wanted = self.chosen.get(clean_name(token).text)
        if len(named) > 1 and wanted is not None:
            return self._only(wanted)
        if named:
            return named
        return tuple(one for one in self.people if fold(one.number) == key or (len(key) > 1 and one.initials == key))

    def _only(self, person: int) -> tuple[Person, ...]:
        return tuple(one for one in self.people if one.id == person)

    def _key(self, token: str) -> str:
        key = fold(token)
        for title in _TITLES:
            if key not in self.names:
                key = key.removesuffix(title)
        return key


def _short(name: str) -> str:
    return name if len(name) <= NAME_SHOWN else f"{name[:NAME_SHOWN]}…"
