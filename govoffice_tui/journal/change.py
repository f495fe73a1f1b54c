"""One change of the book: rows written and their journal lines, inside one transaction."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from peewee import Database, Model

from govoffice_tui.journal import chain
from govoffice_tui.journal.chain import Value
from govoffice_tui.models import Line, Submission, Table


@dataclass(frozen=True)
class Tail:
    """The last line of the journal: its number, time and hash."""

    seq: int
    at: int
    hash: bytes


@dataclass(frozen=True)
class Wording:
    """A table's fixed SQL: building a query costs more than running it."""

    columns: tuple[str, ...]
    defaults: tuple[Value, ...]
    insert: str
    select: str


@cache
def wording(table: type[Model]) -> Wording:
    """Return the SQL of a table, columns in alphabetical order, id among them."""
    fields = sorted(table._meta.sorted_fields, key=lambda field: str(field.column_name))
    columns = tuple(str(field.column_name) for field in fields)
    name = table._meta.table_name
    quoted = ", ".join(f'"{column}"' for column in columns)
    return Wording(
        columns,
        tuple(field.default for field in fields),
        f'INSERT INTO "{name}" ({quoted}) VALUES ({", ".join("?" * len(columns))})',
        f'SELECT {quoted} FROM "{name}" WHERE id = ?',
    )


def read_tail(database: Database, uuid: bytes) -> Tail:
    """Return the journal's last line; of an empty journal line 0, whose hash is the genesis."""
    row = database.execute_sql("SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Tail(row[0], row[1], bytes(row[2])) if row else Tail(0, 0, chain.genesis(uuid))


def _unheard(table: str) -> None:
    """Tell nobody which table was written."""


class Change:
    """What a verb writes with: every row goes through here, and each leaves its line.

    `now` is the one time of the whole change. `repeated` is the first line that the same form
    became when it was sent before: the verb returns that result and writes nothing. `wrote` hears of every table.
    """

    def __init__(
        self,
        database: Database,
        tail: Tail,
        now: int,
        verb: str,
        operator: int | None,
        form_key: str,
        schema: int,
        wrote: Callable[[str], object] = _unheard,
    ) -> None:
        self.now = now
        self.verb = verb
        self.operator = operator
        self.form_key = form_key
        self._database = database
        self._schema = schema
        self._wrote = wrote
        self._tail = tail
        self._first_seq = tail.seq + 1
        row = database.execute_sql("SELECT first_seq FROM submissions WHERE form_key = ?", (form_key,)).fetchone()
        self.repeated: int | None = row[0] if row else None

    @property
    def tail(self) -> Tail:
        """Return the last line as it stands inside this change."""
        return self._tail

    @property
    def has_written(self) -> bool:
        """Return whether the change has left a line."""
        return self._tail.seq >= self._first_seq

    @property
    def repeated_entry(self) -> int | None:
        """Return the row that the first line of the repeated form belongs to."""
        if self.repeated is None:
            return None
        row = self._database.execute_sql("SELECT entry FROM journal WHERE seq = ?", (self.repeated,)).fetchone()
        return int(row[0])

    def insert(self, table: type[Table], **values: Value) -> int:
        """Insert a row and its line, and return the row's id. A column that is not given takes its default."""
        words = wording(table)
        unknown = values.keys() - set(words.columns)
        if unknown:
            raise KeyError(f"{table._meta.table_name}: {sorted(unknown)}")
        given = [values.get(column, default) for column, default in zip(words.columns, words.defaults, strict=True)]
        cursor = self._database.execute_sql(words.insert, given)
        row_id = int(cursor.lastrowid)
        self._journal(table, row_id)
        return row_id

    def update(self, table: type[Table], row_id: int, **values: Value) -> None:
        """Change columns of one row and write its line."""
        assignments = ", ".join(f'"{column}" = ?' for column in values)
        self._database.execute_sql(
            f'UPDATE "{table._meta.table_name}" SET {assignments} WHERE id = ?', [*values.values(), row_id]
        )
        self._journal(table, row_id)

    def strike(self, table: type[Table], row_id: int, reason: str) -> None:
        """Draw the line through a row: it stays readable, and its number is spent."""
        self.update(table, row_id, struck_at=self.now, struck_by=self.operator, struck_reason=reason)

    def correct(self, table: type[Table], row_id: int, why: str, /, **values: Value) -> int:
        """Strike a row and write its successor with the same number and the next revision; return the new id."""
        old = self._row(table, row_id)
        self.strike(table, row_id, why)
        return self._follow(table, row_id, old | values)

    def put_back(self, table: type[Table], row_id: int, **values: Value) -> int:
        """Write a struck row anew with the same number and the next revision; return the new id."""
        standing = {"struck_at": None, "struck_by": None, "struck_reason": None}
        return self._follow(table, row_id, self._row(table, row_id) | standing | values)

    def _row(self, table: type[Table], row_id: int) -> dict[str, Value]:
        """Return a row by its columns."""
        words = wording(table)
        row = self._database.execute_sql(words.select, (row_id,)).fetchone()
        return dict(zip(words.columns, row, strict=True))

    def _follow(self, table: type[Table], row_id: int, values: dict[str, Value]) -> int:
        """Write the next revision of a row."""
        stamps = {"id": None, "entered_at": self.now, "entered_by": self.operator, "corrects": row_id}
        revision = values["revision"]
        assert isinstance(revision, int)
        return self.insert(table, **(values | stamps | {"revision": revision + 1}))

    def _journal(self, table: type[Table], row_id: int) -> None:
        """Write the line of one row as the database now holds it."""
        words = wording(table)
        row = self._database.execute_sql(words.select, (row_id,)).fetchone()
        payload = chain.canonical(dict(zip(words.columns, row, strict=True)))
        register = str(table._meta.table_name)
        self._wrote(register)
        head = chain.canonical([register, row_id, self.verb, self.operator, self.form_key, self._schema])
        salt = os.urandom(16)
        hash_of_payload = chain.payload_hash(salt, payload)
        seq = self._tail.seq + 1
        hash_of_line = chain.line_hash(self._tail.hash, seq, self.now, head, hash_of_payload)
        line: dict[str, object] = {
            "seq": seq,
            "at": self.now,
            "register": register,
            "entry": row_id,
            "verb": self.verb,
            "operator": self.operator,
            "form_key": self.form_key,
            "schema": self._schema,
            "payload": payload,
            "salt": salt,
            "payload_hash": hash_of_payload,
            "previous": self._tail.hash,
            "hash": hash_of_line,
        }
        journal = wording(Line)
        self._database.execute_sql(journal.insert, [line[column] for column in journal.columns])
        self._tail = Tail(seq, self.now, hash_of_line)

    def finish(self) -> None:
        """Note which lines the form became; called once, before the commit."""
        if self.has_written:
            self._database.execute_sql(
                wording(Submission).insert,
                [
                    {"form_key": self.form_key, "first_seq": self._first_seq, "last_seq": self._tail.seq}[column]
                    for column in wording(Submission).columns
                ],
            )
