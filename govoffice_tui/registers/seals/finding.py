"""Finding a line of 用印登记簿 among twenty years of them: a year at a time, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.pages import select_uses
from govoffice_tui.registers.seals.views import SERIES, UseRow
from govoffice_tui.rules.seal_search import SealQuery
from govoffice_tui.text import fold

MOST = 500
"""Lines a search shows at the most; who finds more has to write more."""


@dataclass(frozen=True)
class Slice:
    """What one year of the register holds of what is looked for, newest first; `is_cut` where it holds more."""

    year: int
    lines: tuple[UseRow, ...]
    is_cut: bool


def years(office: Office, query: SealQuery) -> list[int]:
    """Return the years of the register worth looking through, the newest first."""
    if query.number is not None:
        return [query.number[0]]
    newest, oldest = office.fetch(
        "SELECT (SELECT max(year) FROM seal_uses WHERE series = ?), (SELECT min(year) FROM seal_uses WHERE series = ?)",
        SERIES,
        SERIES,
    )[0]
    if newest is None:
        return []
    # A line entered late is of the year it was entered in: the first days of a year tell of the one before.
    last = newest if query.last is None else min(newest, query.last.year + 1)
    first = oldest if query.first is None else max(oldest, query.first.year)
    return list(range(last, first - 1, -1))


def find_in_year(office: Office, query: SealQuery, year: int, most: int = MOST) -> Slice:
    """Return the lines of a year that have every word of a query, at most so many."""
    if query.is_empty or most < 1 or not all(_searched(word) for word in query.words):
        return Slice(year, (), False)
    conditions, values = ["series = ?", "year = ?"], [SERIES, year]
    if query.number is not None:
        conditions.append("number = ?")
        values.append(query.number[1])
    if query.first is not None and query.last is not None:
        conditions.append("event_day BETWEEN ? AND ?")
        values += [query.first.isoformat(), query.last.isoformat()]
    for word in query.words:
        conditions.append("search_key LIKE ? ESCAPE '!'")
        values.append(f"%{_escaped(_searched(word))}%")
    found = office.fetch(
        f"SELECT id FROM seal_uses WHERE {' AND '.join(conditions)} ORDER BY number DESC, revision DESC LIMIT ?",
        *values,
        most + 1,
    )
    rows = [str(int(row)) for (row,) in found[:most]]
    lines = select_uses(office, f"u.id IN ({', '.join(rows)})") if rows else []
    return Slice(year, tuple(lines), len(found) > most)


def find(office: Office, query: SealQuery, most: int = MOST) -> Iterator[Slice]:
    """Yield what is found year by year, the newest first, until so many lines are."""
    for year in years(office, query):
        found = find_in_year(office, query, year, most)
        most -= len(found.lines)
        yield found
        if most < 1:
            return


def _searched(word: str) -> str:
    """Return a word as the folded text of a line has it, where | parts one text from the next."""
    return fold(word).replace("|", "")


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
