"""What a clerk types for one line of a slip: 领用人 品目 数量, each as short as it still means one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from govoffice_tui.registers.staff import match
from govoffice_tui.registers.supplies.booking import Goods
from govoffice_tui.registers.supplies.items import match_items
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import SUPPLIES, Item, read_count, read_money
from govoffice_tui.text import fold, initials

T = TypeVar("T")

SHOWN = 5
"""Candidates named where a word means several."""

OLD, NO_OLD = "旧", "无旧"


@dataclass(frozen=True)
class Typed:
    """What a line means so far; `problem` says what is missing or ambiguous, empty once the line is whole."""

    person: Person | None = None
    section: str = ""
    item: Item | None = None
    count: int | None = None
    rest: str = ""
    problem: str = ""

    def words(self, names: dict[int, str]) -> str:
        """Return 张伟(综合股) A4复印纸 70g 2包."""
        who = self.section if self.person is None else f"{names.get(self.person.id, '')} {self.person.section}"
        what = "" if self.item is None else self.item.title
        count = "" if self.item is None or self.count is None else self.item.shown(self.count)
        return "  ".join(word for word in (who, what, count, self.rest) if word)


def sections_of(people: Sequence[Person]) -> list[str]:
    """Return the sections of people, in rank order."""
    return list(dict.fromkeys(person.section for person in people if person.section))


def read_typed(text: str, people: Sequence[Person], items: Sequence[Item], *, with_person: bool = True) -> Typed:
    """Return what a line means so far: who, by initials, name, number or section; which item; how many.

    A digit behind a word that means several chooses among them: ww2 is the second 王伟.
    """
    words = text.replace("\u3000", " ").split()
    typed = Typed()
    if with_person:
        if not words:
            return Typed(problem="写 领用人 品目 数量,中间空格")
        typed = _read_taker(words.pop(0), people)
        if typed.problem:
            return typed
    if not words:
        return replace(typed, problem="再写品目")
    found = _chosen(words.pop(0), lambda key: match_items(items, key), lambda one: one.title)
    if isinstance(found, str):
        return replace(typed, problem=found or "没有这个品目")
    typed = replace(typed, item=found)
    if not words:
        return replace(typed, problem=f"再写数量({found.unit})")
    try:
        count = read_count(words.pop(0), found)
    except Refused as refusal:
        return replace(typed, problem=refusal.message)
    return replace(typed, count=count, rest=" ".join(words))


def read_goods(
    text: str, people: Sequence[Person], items: Sequence[Item], field: str, *, with_person: bool = True
) -> Goods:
    """Return a whole line as goods, or refuse under its field what it lacks.

    Behind the count may stand 旧2 (old ones that came in), 无旧 with a reason, or what it is for; where something
    comes in, what the line cost in 元.
    """
    typed = read_typed(text, people, items, with_person=with_person)
    if typed.problem or typed.item is None or typed.count is None:
        raise Refused(f"{typed.problem.removesuffix('。')}。", SUPPLIES, field=field)
    person = None if typed.person is None else typed.person.id
    if not with_person:
        return Goods(typed.item.id, typed.count, amount_fen=read_money(typed.rest, field))
    old, missing, purpose = 0, "", []
    for word in typed.rest.split():
        if word.startswith(NO_OLD):
            missing = word.removeprefix(NO_OLD).lstrip(":：,、") or " "
        elif (given := re.fullmatch(f"{OLD}([0-9]{{1,6}})", fold(word))) is not None:
            old = int(given[1])
        else:
            purpose.append(word)
    if missing == " ":
        missing, purpose = " ".join(purpose), []
    return Goods(
        typed.item.id,
        typed.count,
        person,
        typed.section,
        old_parts=old,
        old_missing=missing,
        remark=" ".join(purpose),
    )


def _read_taker(word: str, people: Sequence[Person]) -> Typed:
    sections = sections_of(people)
    for section in sections:
        if fold(word) == fold(section):
            return Typed(section=section)
    names = display_names(people)
    found = _chosen(word, lambda key: match(people, key), lambda one: names[one.id])
    if not isinstance(found, str):
        return Typed(person=found)
    if found:
        return Typed(problem=found)
    meant = [one for one in sections if fold(one).startswith(fold(word)) or initials(one).startswith(fold(word))]
    if len(meant) == 1:
        return Typed(section=meant[0])
    return Typed(problem="没有这个人或股室")


def _chosen(word: str, find: Callable[[str], Sequence[T]], title: Callable[[T], str]) -> T | str:
    """Return the one thing a word means; else what to write instead, empty where it means nothing."""
    found = find(word)
    if len(found) > 1 and _is_sure(word, found, title):
        return found[0]
    if not found and word[-1:].isdigit() and word[:-1]:
        among = find(word[:-1])
        place = int(fold(word[-1])) - 1
        if len(among) > 1 and 0 <= place < len(among):
            return among[place]
    if len(found) > 1:
        listed = "  ".join(f"{place}{title(one)}" for place, one in enumerate(found[:SHOWN], 1))
        more = f"等{len(found)}个" if len(found) > SHOWN else ""
        return f"“{word[:8]}”有几个:{listed}{more},后面加数字选,如{word[:8]}1"
    return found[0] if found else ""


def _is_sure(word: str, found: Sequence[T], title: Callable[[T], str]) -> bool:
    """Return whether the first of several is the only one a word names whole."""
    return [fold(title(one)) == fold(word) for one in found].count(True) == 1 and fold(title(found[0])) == fold(word)
