"""Copies of an office's file: verifying one, writing one safely, and saying in one sentence what went wrong."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import peewee
from peewee import SqliteDatabase

from govoffice_tui.journal.change import Tail, read_tail
from govoffice_tui.journal.verify import verify_chain, verify_rows
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.storage.errors import BadBackup, Busy, CannotWrite, Damaged
from govoffice_tui.storage.opening import APPLICATION_ID
from govoffice_tui.storage.schema import columns_of, expected_digest, schema_digest


@dataclass(frozen=True)
class Contents:
    """What a verified copy of an office holds: whose it is, its schema, and its last line."""

    uuid: bytes
    schema: int
    tail: Tail


def check_copy(path: Path, mode: str = "ro") -> Contents:
    """Verify a file that nobody writes to: its length, its pages, its schema, its journal and every row.

    Raises BadBackup with what is wrong, as a clause without a full stop. `mode` rw lets the engine
    finish what a crash left in a journal beside the file.
    """
    try:
        with opened(path, mode) as database:
            fetch = partial(_fetch, database)
            if fetch("PRAGMA application_id")[0][0] != APPLICATION_ID:
                raise BadBackup("不是登记库文件")
            length = fetch("PRAGMA page_count")[0][0] * fetch("PRAGMA page_size")[0][0]
            if path.stat().st_size != length or fetch("PRAGMA quick_check(1)") != [("ok",)]:
                raise BadBackup("文件不完整")
            schema = int(fetch("PRAGMA user_version")[0][0])
            if schema > SCHEMA:
                raise BadBackup("是较新的程序写的,请先更新程序")
            if schema_digest(database) != expected_digest(schema):
                raise BadBackup("表结构被改动过")
            found = fetch("SELECT value FROM office WHERE key = 'uuid'")
            if not found or len(found[0][0]) != 16:
                raise BadBackup("没有单位编号")
            uuid = bytes(found[0][0])
            older = columns_of(database) if schema < SCHEMA else None
            for findings in (verify_chain(fetch, uuid), verify_rows(fetch, columns=older)):
                for finding in findings:
                    raise BadBackup(str(finding))
            return Contents(uuid, schema, read_tail(database, uuid))
    except peewee.DatabaseError:
        raise BadBackup("文件读不通") from None


@contextmanager
def opened(path: Path, mode: str) -> Iterator[SqliteDatabase]:
    """Open a copy of an office, never the office itself."""
    database = SqliteDatabase(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        pragmas=[("synchronous", "extra"), ("foreign_keys", 1), ("trusted_schema", 0), ("cell_size_check", 1)],
    )
    try:
        yield database
    finally:
        database.close()


def _fetch(database: SqliteDatabase, sql: str, *params: object) -> list[tuple[Any, ...]]:
    return list(database.execute_sql(sql, params).fetchall())


def create_private(path: Path) -> BinaryIO:
    """Create a file nobody else may read, and open it for writing."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def copy_file(source: Path, target: Path) -> None:
    """Copy a plain file byte by byte and wait for the disk."""
    with source.open("rb") as reading, create_private(target) as writing:
        shutil.copyfileobj(reading, writing, 1 << 20)
        writing.flush()
        os.fsync(writing.fileno())


def sync_file(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(staged: Path, path: Path) -> None:
    """Put a finished copy in the place of an office nobody has open, by one rename; the caller syncs the folder."""
    if path.is_file() and sys.platform != "win32":
        # Who runs one command as administrator does not take the file away from those who use it every day.
        with suppress(PermissionError):
            os.chown(staged, path.stat().st_uid, path.stat().st_gid)
    # A journal left beside the old file would be played back into the new one.
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    sync_folder(path.parent)
    os.replace(staged, path)


@contextmanager
def explained(failed: str, intact: str) -> Iterator[None]:
    """Turn what the disk and the engine say into one sentence: what failed, why, and what is still whole."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            cause = "磁盘已满"
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            cause = "没有权限"
        elif error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENODEV):
            cause = "文件夹不见了"
        else:
            cause = "读写磁盘出错"
        raise CannotWrite(f"{failed}:{cause}。{intact}") from error
    except (sqlite3.DatabaseError, peewee.DatabaseError) as error:
        engine = error if isinstance(error, sqlite3.Error) else error.__cause__ or error.__context__
        name = str(getattr(engine, "sqlite_errorname", ""))
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy(f"{failed}:另一窗口正在写,请稍后再试。{intact}") from error
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise Damaged(f"{failed}:登记库文件读不通。请运行 govoffice verify 查看,并用以前的备份恢复。") from error
        cause = "磁盘已满" if name.startswith("SQLITE_FULL") else "读写磁盘出错"
        raise CannotWrite(f"{failed}:{cause}。{intact}") from error
