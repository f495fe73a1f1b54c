"""What was typed into forms and not entered yet: a file of its own beside the book, and no part of it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from govoffice_tui.storage.errors import CannotWrite
from govoffice_tui.storage.files import remove_database

DRAFTS = "drafts.db"
DAY = 86400
KEPT_SECONDS = 7 * DAY
MOST_OF_ONE_FORM = 5
"""Drafts of one person, one form and one matter that are kept; the oldest goes."""

PATIENCE = 1.0

_HINDRANCES = tuple(
    f"SQLITE_{word}" for word in ("BUSY", "LOCKED", "FULL", "IOERR", "CANTOPEN", "PERM", "READONLY_", "NOMEM")
)
_TABLE = (
    "CREATE TABLE drafts (key TEXT PRIMARY KEY, office BLOB NOT NULL, person INTEGER NOT NULL, form TEXT NOT NULL, "
    "about TEXT NOT NULL, saved_at INTEGER NOT NULL, answers TEXT NOT NULL) STRICT, WITHOUT ROWID"
)
_OF_SUBJECT = "office = ? AND person = ? AND form = ? AND about = ?"

T = TypeVar("T")


@dataclass(frozen=True)
class Subject:
    """Whose drafts of which form they are, and about which matter."""

    office: bytes
    person: int
    form: str
    about: str = ""

    @property
    def columns(self) -> tuple[bytes, int, str, str]:
        """Return the columns in their order."""
        return self.office, self.person, self.form, self.about


@dataclass(frozen=True)
class Draft:
    """What was typed into one opened form: a text by the name of its field."""

    key: str
    saved_at: int
    answers: Mapping[str, str]


class _NotOurs(Exception):
    """The file is not what the program made."""


class Drafts:
    """The drafts of the office in a folder. The file is opened anew each time and never held.

    One that cannot be read, or is made differently, is thrown away and made anew: it is no evidence. Raises
    CannotWrite where the disk does not take it, or another window holds it too long.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / DRAFTS

    def keep(self, subject: Subject, draft: Draft, instead_of: str = "") -> None:
        """Keep what one opened form holds now, in place of what it held before and of the draft it went on with."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM drafts WHERE key IN (?, ?)", (draft.key, instead_of))
            answers = json.dumps(dict(draft.answers), ensure_ascii=False)
            row = (draft.key, *subject.columns, draft.saved_at, answers)
            connection.execute("INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute(
                f"DELETE FROM drafts WHERE key != ? AND key IN (SELECT key FROM drafts WHERE {_OF_SUBJECT} "
                "ORDER BY saved_at DESC, key LIMIT -1 OFFSET ?)",
                (draft.key, *subject.columns, MOST_OF_ONE_FORM),
            )

        self._make()
        self._act(write)

    def find(self, subject: Subject, now: int) -> list[Draft]:
        """Return the drafts of a form that are not too old nor far in the future, the newest first."""

        def read(connection: sqlite3.Connection) -> list[Draft]:
            found = connection.execute(
                f"SELECT key, saved_at, answers FROM drafts WHERE {_OF_SUBJECT} AND saved_at BETWEEN ? AND ? "
                "ORDER BY saved_at DESC, key",
                (*subject.columns, now - KEPT_SECONDS + 1, now + DAY),
            ).fetchall()
            drafts = [Draft(key, at, _answers(text)) for key, at, text in found]
            return [draft for draft in drafts if draft.answers]

        return self._act(read) or []

    def drop(self, key: str) -> None:
        """Forget what one opened form held."""
        self._act(lambda connection: connection.execute("DELETE FROM drafts WHERE key = ?", (key,)))

    def clear(self, now: int) -> None:
        """Forget what is too old; one from the future, which a wrong clock left, ages from now on."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM drafts WHERE saved_at <= ?", (now - KEPT_SECONDS,))
            connection.execute("UPDATE drafts SET saved_at = ? WHERE saved_at > ?", (now, now))

        self._act(write)

    def _make(self) -> None:
        """Make the file, for its owner only, where there is none."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            pass
        except OSError as error:
            raise CannotWrite(str(error)) from error

    def _act(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the file in one transaction; without a file there is nothing to do."""
        if not self.path.exists():
            return None
        try:
            with self._opened() as connection:
                return act(connection)
        except (_NotOurs, sqlite3.DatabaseError) as error:
            if self._is_hindrance(error):
                raise CannotWrite(str(error)) from error
        try:
            remove_database(self.path)
            self._make()
            with self._opened() as connection:
                return act(connection)
        except (_NotOurs, sqlite3.DatabaseError, OSError) as error:
            raise CannotWrite(str(error)) from error

    def _is_hindrance(self, error: Exception) -> bool:
        """Return whether the disk or another window stands in the way; else it is the file that cannot be right."""
        name = str(getattr(error, "sqlite_errorname", ""))
        if name == "SQLITE_READONLY":
            return not os.access(self.path, os.W_OK)
        return name.startswith(_HINDRANCES)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        uri = f"{self.path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            with suppress(OSError):
                self.path.chmod(0o600)
            for pragma in ("synchronous = FULL", "secure_delete = 1", "trusted_schema = 0", "cell_size_check = 1"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN IMMEDIATE")
            made = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master")]
            if not made:
                connection.execute(_TABLE)
            elif made != [_TABLE]:
                raise _NotOurs
            yield connection
            connection.execute("COMMIT")
        finally:
            connection.close()


def _answers(text: str) -> dict[str, str]:
    """Return the answers of a row, none where they cannot be read."""
    try:
        answers = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(answers, dict):
        return {}
    return {name: answer for name, answer in answers.items() if isinstance(answer, str)}
