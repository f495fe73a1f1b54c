"""One office in one SQLite file: opening, reading, and the one way to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import uuid4

import peewee
from peewee import SqliteDatabase

from govoffice_tui import models
from govoffice_tui.clock import TOLERATED_STEP_BACK, Clock, local
from govoffice_tui.journal.change import Change, Tail, read_tail
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.models import Event
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.errors import (
    Busy,
    CannotWrite,
    Damaged,
    Moved,
    StorageError,
)
from govoffice_tui.storage.files import DATABASE, append_anchor
from govoffice_tui.storage.lock import OfficeLock

if TYPE_CHECKING:
    from govoffice_tui.storage.bulk import Bulk

FAR_AHEAD = 40 * 86400
"""Seconds the clock may run ahead of the last line before two people must confirm the date."""

READ_PATIENCE = 0.05
WRITE_PATIENCE = 5.0

_UNCHECKED_VERBS = frozenset({"fix_clock"})
_AHEAD_VERBS = frozenset({"fix_clock", "confirm_day", "record_clock_step"})

T = TypeVar("T")


class Amends(Protocol):
    """Lets a change into months under seal, and leaves their next revision at its end."""

    def touch(self, month: str) -> None:
        """Meet a month (YYYY-MM) under seal before anything of it is changed."""

    def finish(self, change: Change) -> None:
        """Write what the change made of the months that were met."""


class Office:
    """One open office, as one thread or one desk of it sees it.

    Reads raise `Busy` after `patience` seconds; `read_only` names why nothing can be written.
    """

    def __init__(self, folder: Path, clock: Clock, patience: float, read_only: str = "") -> None:
        self.folder = folder
        self.path = folder / "data" / DATABASE
        self.clock = clock
        self.read_only = read_only
        self.patience = patience
        self.uuid = b""
        self.amends: Amends | None = None
        self._bulk: Bulk | None = None
        self._lock: OfficeLock | None = None
        self._opened_inode: tuple[int, int] | None = None
        mode = "ro" if read_only else "rw"
        self.database = SqliteDatabase(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=patience,
            pragmas=[
                *([] if read_only else [("journal_mode", "truncate")]),
                ("synchronous", "extra"),
                ("foreign_keys", 1),
                ("recursive_triggers", 1),
                ("secure_delete", 1),
                ("trusted_schema", 0),
                ("cell_size_check", 1),
            ],
        )

    def fetch(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Run fixed SQL to its end and return every row."""
        if self._bulk is not None:
            return self._bulk.fetch(sql, params)
        with in_sentences():
            return list(self.database.execute_sql(sql, params).fetchall())

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        """Run a peewee query to its end and return every row as a tuple."""
        with in_sentences():
            return models.rows(query, self.database)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` builds from `fetch` alone; among many verbs of one bulk it is built once.

        The key names everything it depends on but the book; what is returned is shared and must not be changed.
        """
        return make() if self._bulk is None else self._bulk.remembered(key, make)

    def steady(self, read: Callable[[], T]) -> T:
        """Return what `read` finds while nobody writes: it is repeated when the journal moved meanwhile."""
        while True:
            before = self.tail()
            result = read()
            if self.tail().seq == before.seq:
                return result

    def tail(self) -> Tail:
        """Return the journal's last line."""
        with in_sentences():
            return read_tail(self.database, self.uuid)

    def data_version(self) -> int:
        """Return a number that changes whenever another connection has written."""
        return int(self.fetch("PRAGMA data_version")[0][0])

    def hold(self, lock: OfficeLock) -> None:
        """Keep the office open for this process until it is closed."""
        self._lock = lock

    def remember_file(self) -> None:
        """Remember which file this is, to notice another one in its place."""
        self._opened_inode = self._inode()

    def was_swapped(self) -> bool:
        """Return whether another file now stands where this one was opened."""
        return self._inode() != self._opened_inode

    def now(self) -> datetime:
        """Return the office's date and time."""
        return local(self.clock.now())

    def another(self, patience: float) -> Office:
        """Return a second handle on the same office, for another thread or another patience."""
        other = Office(self.folder, self.clock, patience, self.read_only)
        other.uuid = self.uuid
        other._opened_inode = self._opened_inode
        return other

    def set_patience(self, seconds: float) -> None:
        """Wait this long at most for another process."""
        self.database.timeout = seconds
        self.patience = seconds

    def close(self) -> None:
        """Close this thread's connection and let go of the office."""
        if not self.database.is_closed():
            self.database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @contextmanager
    def write(self, verb: str, operator: int | None = None, form_key: str | None = None) -> Iterator[Change]:
        """Carry out one verb: one immediate transaction that checks, writes rows, and writes the journal.

        Raises Refused when the office cannot be written now, Busy when another process holds it, and
        CannotWrite when the disk does; in each case nothing was written. A refusal to be recorded is
        written as an event after the rollback.
        """
        if self.read_only:
            raise Refused(f"只读打开,不能登记:{self.read_only}")
        key = form_key or uuid4().hex
        if self._bulk is not None:
            now = self.clock.now()
            change = Change(self.database, self._bulk.tail, now, verb, operator, key, SCHEMA, self._bulk.wrote)
            yield change
            change.finish()
            self._bulk.tail = change.tail
            return
        try:
            with in_sentences():
                self.database.connect(reuse_if_open=True)
                self.database.begin("IMMEDIATE")
                with self._rolled_back_unless_committed():
                    tail = read_tail(self.database, self.uuid)
                    now = self._checked_time(tail, verb)
                    change = Change(self.database, tail, now, verb, operator, key, SCHEMA)
                    yield change
                    if self.amends is not None:
                        self.amends.finish(change)
                    change.finish()
                    self.database.commit()
        except Refused as refusal:
            if refusal.recorded:
                with self.write("record_refusal", operator) as record:
                    record.insert(Event, at=record.now, kind="refusal", detail=f"{verb}:{refusal}")
            raise

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Write many verbs in one transaction without waiting for the disk: new files only, which nobody else opens."""
        from govoffice_tui.storage.bulk import Bulk

        with in_sentences():
            self.database.connect(reuse_if_open=True)
            self.database.execute_sql("PRAGMA synchronous = OFF")
            self.database.begin("IMMEDIATE")
            self._bulk = Bulk(self.database, read_tail(self.database, self.uuid))
        try:
            with in_sentences(), self._rolled_back_unless_committed():
                yield
                self.database.commit()
        finally:
            self._bulk = None
            self.database.execute_sql("PRAGMA synchronous = EXTRA")

    @contextmanager
    def _rolled_back_unless_committed(self) -> Iterator[None]:
        """Leave no transaction open, however its work ends; what ended it is what the caller hears."""
        try:
            yield
        finally:
            if self.database.connection().in_transaction:
                with suppress(peewee.OperationalError, sqlite3.OperationalError):
                    self.database.rollback()

    def note_anchor(self, kind: str, line: Tail | None = None) -> Tail:
        """Write a line's number and hash, by default the last one's, into anchors.log outside the file.

        Raises CannotWrite where the log cannot be written; the book itself stands.
        """
        tail = line or self.tail()
        try:
            append_anchor(self.folder, self.clock.now(), tail, kind, is_awaited=self._bulk is None)
        except OSError:
            raise CannotWrite("登记已经写好,但锚点文件anchors.log写不进去,请检查磁盘。") from None
        return tail

    def _checked_time(self, tail: Tail, verb: str) -> int:
        """Return the time of a change; refuse it where the clock cannot be right."""
        now = self.clock.now()
        if tail.seq == 0 or verb in _UNCHECKED_VERBS:
            return now
        if now < tail.at - TOLERATED_STEP_BACK:
            raise Refused(
                f"机器时间不对:现在是{local(now):%Y-%m-%d %H:%M:%S},"
                f"而最后一笔登记在{local(tail.at):%Y-%m-%d %H:%M:%S}。请先把机器时间调准。"
            )
        if now > tail.at + FAR_AHEAD and verb not in _AHEAD_VERBS:
            raise Refused(
                f"距最后一笔登记({local(tail.at):%Y-%m-%d})已有{(now - tail.at) // 86400}天,"
                f"请两人核对今天的日期({local(now):%Y-%m-%d}),在菜单“核对日期”里确认后再登记。"
            )
        return max(now, tail.at)

    def _inode(self) -> tuple[int, int] | None:
        with suppress(OSError):
            status = self.path.stat()
            return status.st_dev, status.st_ino
        return None


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turn what the engine says into what the office can be told."""
    try:
        yield
    except (peewee.IntegrityError, peewee.ProgrammingError):
        raise
    except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
        raise _sentence(error) from error


def _sentence(error: Exception) -> StorageError:
    """Return the sentence for an error of the engine."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__ or error.__context__ or error
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy("另一窗口正在写,没有登记上,请再按一次。")
    if name.startswith("SQLITE_FULL"):
        return CannotWrite("磁盘已满,没有登记上。请清理磁盘后再登记,已有的登记没有受影响。")
    if name == "SQLITE_READONLY_DBMOVED":
        return Moved("登记库文件被移动或替换,没有登记上,正在重新打开。")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return CannotWrite("登记库文件不能写,没有登记上。请检查磁盘和文件权限。")
    if name.startswith("SQLITE_IOERR"):
        return CannotWrite("读写磁盘出错,没有登记上。请检查磁盘后再试。")
    return Damaged(f"登记库文件读不通({name or type(cause).__name__}:{cause})。请用备份恢复,不要继续登记。")
