"""Many verbs in one transaction of a new file, and what they read again and again meanwhile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar, cast

from peewee import SqliteDatabase

from govoffice_tui.journal.change import Tail
from govoffice_tui.models import OUTSIDE_THE_CHAIN, REGISTERS

T = TypeVar("T")

_KEPT = frozenset(str(table._meta.table_name) for table in REGISTERS)
_NEVER_KEPT = frozenset(str(table._meta.table_name) for table in OUTSIDE_THE_CHAIN)


@cache
def _tables(sql: str) -> frozenset[str] | None:
    """Return the tables a query is about; None where its result may change without a line of the journal."""
    words = frozenset(re.findall(r"\w+", sql))
    found = words & _KEPT
    return found if found and not words & _NEVER_KEPT else None


class Bulk:
    """One transaction of many verbs: the journal's end inside it, and what was read in it.

    Nobody else writes meanwhile, and whatever a verb writes goes through the journal: what was read stands until a
    table it was read from is written.
    """

    def __init__(self, database: SqliteDatabase, tail: Tail) -> None:
        self.tail = tail
        self._execute = database.connection().execute
        self._found: dict[Hashable, tuple[Any, frozenset[str]]] = {}
        self._read_from: dict[str, set[Hashable]] = defaultdict(set)
        self._readers: list[set[str] | None] = []

    def fetch(self, sql: str, params: tuple[object, ...]) -> list[tuple[Any, ...]]:
        """Return the rows of fixed SQL."""
        tables = _tables(sql)
        if tables is None:
            self._note(None)
            return list(self._execute(sql, params).fetchall())
        key = (sql, params)
        kept = self._found.get(key)
        if kept is None:
            kept = self._keep(key, tuple(self._execute(sql, params).fetchall()), tables)
        self._note(tables)
        return list(kept[0])

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` builds from what it reads, built anew only after a table of it was written."""
        kept = self._found.get(key)
        if kept is None:
            self._readers.append(set())
            try:
                made = make()
            finally:
                tables = self._readers.pop()
            if tables is None:
                self._note(None)
                return made
            kept = self._keep(key, made, frozenset(tables))
        self._note(kept[1])
        return cast("T", kept[0])

    def wrote(self, table: str) -> None:
        """Forget what was read from a table."""
        for key in self._read_from.pop(table, ()):
            self._found.pop(key, None)

    def _keep(self, key: Hashable, found: object, tables: frozenset[str]) -> tuple[Any, frozenset[str]]:
        kept = self._found[key] = (found, tables)
        for table in tables:
            self._read_from[table].add(key)
        return kept

    def _note(self, tables: frozenset[str] | None) -> None:
        """Note for what is being built that it rests on these tables, or, for None, that it cannot be kept."""
        if not self._readers:
            return
        reader = self._readers[-1]
        if tables is None:
            self._readers[-1] = None
        elif reader is not None:
            reader |= tables
