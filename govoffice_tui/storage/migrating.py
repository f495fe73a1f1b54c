"""Bringing an office of an older schema to this program's: on a copy, verified, put in place by one rename.

Whatever step a crash ends it at, the old office or the new one opens, and every line of its journal is as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import peewee
from peewee import SqliteDatabase

from govoffice_tui.clock import Clock, local
from govoffice_tui.journal import chain
from govoffice_tui.journal.change import Change, Tail
from govoffice_tui.migrations import REWRITES, SCHEMA
from govoffice_tui.models import Event
from govoffice_tui.storage.backup import list_backups, own_folder, remove_leftovers, take_backup
from govoffice_tui.storage.copies import (
    Contents,
    check_copy,
    create_private,
    explained,
    opened,
    put_in_place,
    sync_file,
    sync_folder,
)
from govoffice_tui.storage.errors import BadBackup, Busy, CannotWrite, Damaged
from govoffice_tui.storage.files import DATABASE, MIGRATED, append_anchor, remove_database
from govoffice_tui.storage.lock import OfficeLock
from govoffice_tui.storage.opening import APPLICATION_ID, check_header, open_checked
from govoffice_tui.storage.schema import columns_of, expected_schema
from govoffice_tui.storage.sqlite import WRITE_PATIENCE, Office

SIZES_NEEDED = 3
"""The backup is written twice, and the new file stands beside one of them; the third is for new indexes."""

SPARE_ROOM = 16 << 20

PATIENCE = 0.5
"""Seconds that two windows opened at once may take to see which of them does it."""

_FAILED, _INTACT = "登记库升级没有做成", "登记库没有动。"


def migrate_office(folder: Path, clock: Clock, tell: Callable[[str], None]) -> None:
    """Bring the office in `folder` to the newest schema, after a verified backup; `tell` hears that it takes a while.

    Raises Busy while another window has the office open, Damaged where the old file is not what the program
    wrote, CannotWrite when the disk does not serve; in each case the office stays as it was.
    """
    path = folder / "data" / DATABASE
    lock = OfficeLock(folder)
    try:
        lock.hold_alone(PATIENCE)
    except Busy:
        if check_header(path) >= SCHEMA:
            return  # the other window has just done it
        raise Busy("登记库要升级,而另一窗口正开着。请关掉所有窗口再打开。") from None
    try:
        version = check_header(path)
        if version < SCHEMA:
            _migrate(path, folder, clock, version, tell)
    finally:
        lock.release()


def _migrate(path: Path, folder: Path, clock: Clock, version: int, tell: Callable[[str], None]) -> None:
    staged = path.with_name(MIGRATED)
    # The first connection also finishes what a crash left in the old file's journal.
    office = open_checked(folder, clock, WRITE_PATIENCE, version, "", OfficeLock(folder))
    try:
        tail = office.tail()
        with explained(_FAILED, _INTACT):
            remove_database(staged)
            _require_room(path)
            tell(f"登记库是旧格式({version}),正在备份并升级到格式{SCHEMA},请稍候,不要关机。")
            backup = _verified_backup(office, tail)
    finally:
        office.close()
    try:
        with explained(_FAILED, _INTACT):
            event = _copy(path, staged, version, tail, clock, backup)
            sync_file(staged)
            if check_copy(staged) != Contents(office.uuid, SCHEMA, event):
                raise BadBackup("升级后的登记库不是原来的那一本")
            put_in_place(staged, path)
    except BadBackup as fault:
        raise Damaged(f"{_FAILED}:{fault}。{_INTACT}请运行 govoffice verify 查看,或用备份恢复。") from None
    finally:
        remove_database(staged)
    with explained("登记库已经升级,只是没有记上锚点", "请检查磁盘后再打开一次。"):
        sync_folder(path.parent)
        append_anchor(folder, clock.now(), event, f"升级 {version}→{SCHEMA}")


def _require_room(path: Path) -> None:
    """Refuse to begin what the disk has no room for."""
    needed = SIZES_NEEDED * path.stat().st_size + SPARE_ROOM
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        sizes = f"磁盘剩余空间{free >> 20}MB,升级要{(needed >> 20) + 1}MB"
        raise CannotWrite(f"{_FAILED}:{sizes}。{_INTACT}请清理磁盘后再打开。")


def _verified_backup(office: Office, tail: Tail) -> str:
    """Return the name of a verified backup of the office as it is; one that an earlier attempt took serves again."""
    folder = own_folder(office.folder)
    if folder.is_dir():
        remove_leftovers(folder, 0)
    for backup in list_backups(folder):
        if (backup.seq, backup.hash_prefix) == (tail.seq, chain.code(tail.hash)):
            try:
                if check_copy(backup.path).tail == tail:
                    return backup.path.name
            except BadBackup:
                continue
    return take_backup(office, folder, "登记库升级前的备份").path.name


def _copy(path: Path, staged: Path, version: int, tail: Tail, clock: Clock, backup: str) -> Tail:
    """Write a new file of the newest schema with every row of the old one, and return the line that says so."""
    create_private(staged).close()
    try:
        with opened(staged, "rw") as database:
            database.execute_sql("PRAGMA temp_store = MEMORY")
            database.execute_sql("ATTACH DATABASE ? AS old", (f"{path.absolute().as_uri()}?mode=ro",))
            with database.atomic("IMMEDIATE"):
                _fill(database)
                database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                database.execute_sql(f"PRAGMA user_version = {SCHEMA}")
                # The time of the last line: nobody has said yet that the machine's is right.
                at = tail.at if tail.seq else clock.now()
                change = Change(database, tail, at, "migrate", None, uuid4().hex, SCHEMA)
                for step in range(version + 1, SCHEMA + 1):
                    if step in REWRITES:
                        REWRITES[step](database, change)
                detail = f"{version}→{SCHEMA} 机器时间{local(clock.now()):%Y-%m-%d %H:%M:%S} 升级前备份{backup}"
                change.insert(Event, at=change.now, kind="migrate", detail=detail)
                change.finish()
    except peewee.IntegrityError as fault:
        raise BadBackup(f"有的登记不合新格式的要求({fault})") from None
    return change.tail


def _fill(database: SqliteDatabase) -> None:
    """Make every table and copy the old rows into it as they are; a new column takes its default.

    Indexes and triggers come afterwards: they are for those who write the book, and quicker made at once.
    """
    database.execute_sql("PRAGMA defer_foreign_keys = ON")
    making = expected_schema()
    old = columns_of(database, "old")
    tables = [name for name, sql in making.items() if sql.startswith("CREATE TABLE")]
    for name in tables:
        database.execute_sql(making.pop(name))
    for name, columns in old.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        database.execute_sql(f'INSERT INTO main."{name}" ({listed}) SELECT {listed} FROM old."{name}"')
    for sql in making.values():
        database.execute_sql(sql)
