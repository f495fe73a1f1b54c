"""Finds the row of column titles in a list people made for print, by what its cells say."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SEARCHED_ROWS = 30

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Heading:
    """Where each known column stands, and its title without ornament.

    Rows and columns count from 0; a heading may be two rows deep. `unread` are the titles nobody asked for,
    `repeated` the fields that more than one column claims.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    titles: Mapping[str, str]
    unread: tuple[str, ...]
    repeated: frozenset[str]


def find_heading(rows: Rows, aliases: Mapping[str, Sequence[str]], required: str) -> Heading | None:
    """Return the first row that names the required column and one more, None where no row does.

    `aliases` gives each column's titles as `plain` writes them, the surest first: of two columns with titles
    of one field the surer is read and the other one left.
    """
    known = {alias: (field, place) for field, words in aliases.items() for place, alias in enumerate(words)}
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        found = {known[title][0] for title in map(plain, row) if title in known}
        if required in found and len(found) > 1:
            lower = rows[index + 1] if index + 1 < len(rows) else ()
            titles = _merged(row, lower, known, required)
            return _placed(index, index if titles is None else index + 1, titles or list(row), known)
    return None


def plain(title: str) -> str:
    """Return a column title without spaces, line ends, punctuation and what stands in brackets."""
    text = unicodedata.normalize("NFKC", title)
    outside = _letters(_ASIDE.sub("", text))
    return outside or _letters(text)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _merged(
    upper: Sequence[str], lower: Sequence[str], known: Mapping[str, tuple[str, int]], required: str
) -> list[str] | None:
    """Return the titles of two rows in one where the lower row divides columns of the upper, else None."""
    below = [plain(cell) for cell in lower]
    if not any(title in known for title in below) or any(sign.isdecimal() for title in below for sign in title):
        return None
    if any(
        known[plain(up)][0] == required and low for up, low in zip(upper, below, strict=False) if plain(up) in known
    ):
        return None
    titles = [*upper, *[""] * (len(lower) - len(upper))]
    for column, title in enumerate(below):
        if title and (title in known or plain(titles[column]) not in known):
            titles[column] = lower[column]
    return titles


def _placed(first: int, last: int, titles: Sequence[str], known: Mapping[str, tuple[str, int]]) -> Heading:
    candidates: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for column, title in enumerate(titles):
        if plain(title) in known:
            field, place = known[plain(title)]
            candidates[field].append((place, column))
    columns = {field: min(places)[1] for field, places in candidates.items()}
    read = set(columns.values())
    return Heading(
        first,
        last,
        columns,
        {field: plain(titles[column]) for field, column in columns.items()},
        tuple("".join(title.split()) for column, title in enumerate(titles) if plain(title) and column not in read),
        frozenset(field for field, places in candidates.items() if len(places) > 1),
    )
