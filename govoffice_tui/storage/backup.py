"""Backups of one office: taken in steps, verified before they get their name, and thinned out with age."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.journal import chain
from govoffice_tui.storage.copies import check_copy, copy_file, create_private, explained, sync_file, sync_folder
from govoffice_tui.storage.errors import BadBackup, Busy, CannotWrite, Damaged
from govoffice_tui.storage.files import remove_database
from govoffice_tui.storage.sqlite import WRITE_PATIENCE, Office

PAGES_A_STEP = 512
STEP_PAUSE = 0.01
"""Seconds to wait where somebody else is just writing."""

RESTARTS = 3
"""How often a copy in steps may begin again because somebody wrote in between."""

STEPPED_AT_MOST = 60.0
HELD_AT_MOST = 2.0
"""Seconds a writer may be kept waiting for a copy that would never end in steps; below what writers wait."""

DAYS, WEEKS, MONTHS = 14, 8, 36
LEAST = 3
"""Backups kept however little room the disk has."""

SPARE_ROOM = 64 << 20
"""Bytes to stay free beside the room of the next backup."""

_NAME = re.compile(r"office-(\d{8}-\d{6})-(\d+)-([0-9a-f]{8})\.db", re.ASCII)
_LEFTOVER = re.compile(r"\.[0-9a-f]{32}\.tmp(-journal)?", re.ASCII)
_LEFTOVER_AGE = 3600
_INTACT = "登记和以前的备份没有受影响。"


@dataclass(frozen=True)
class Backup:
    """One backup as its name tells: when it was taken, and the last line of the journal in it."""

    path: Path
    taken_at: int
    seq: int
    hash_prefix: str
    size: int


def own_folder(folder: Path) -> Path:
    """Return where the office in `folder` keeps its backups."""
    return folder / "data" / "backups"


def take_backup(office: Office, target_folder: Path, kind: str) -> Backup:
    """Write a verified backup of the office into a folder that exists; `kind` names it in what goes wrong.

    Raises Busy when others write all the time, CannotWrite when a disk does not serve, and Damaged when
    the office itself does not verify; in each case no file is left behind and earlier backups stay.
    """
    taken_at = office.clock.now()
    own = own_folder(office.folder)
    with explained(f"{kind}没有做成", _INTACT):
        own.mkdir(mode=0o700, exist_ok=True)
        with _temporary(target_folder) as compact:
            with _temporary(own) as staged:
                _copy_office(office, staged)
                create_private(compact).close()
                with closing(sqlite3.connect(staged, isolation_level=None)) as database:
                    database.execute("VACUUM INTO ?", (str(compact),))
            try:
                return _settle(compact, target_folder, taken_at, office.uuid)
            except BadBackup as fault:
                raise Damaged(
                    f"{kind}没有通过核验:{fault}。这份没有留下,请运行 govoffice verify 核对登记库,并检查放备份的磁盘。"
                ) from None


def copy_backup(office: Office, backup: Backup, target_folder: Path, kind: str) -> Backup:
    """Copy a backup of the office into a second folder that exists, and verify the copy before it gets its name."""
    with explained(f"{kind}没有做成", _INTACT), _temporary(target_folder) as copy:
        copy_file(backup.path, copy)
        try:
            return _settle(copy, target_folder, backup.taken_at, office.uuid)
        except BadBackup as fault:
            raise CannotWrite(f"{kind}没有通过核验:{fault}。这份没有留下,请检查那个磁盘。{_INTACT}") from None


def list_backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first; files of other names are passed over."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        parts = _NAME.fullmatch(path.name)
        taken_at = _read_moment(parts[1]) if parts else None
        if parts and taken_at is not None and path.is_file():
            found.append(Backup(path, taken_at, int(parts[2]), parts[3], path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.taken_at, backup.seq), reverse=True)


def prune(folder: Path) -> str:
    """Thin a folder out to 14 days, 8 weeks and 36 months, further where room is short; the newest always stay.

    Return the sentence to show when room was short or a file could not be removed, else an empty one.
    """
    backups = list_backups(folder)
    if not backups:
        return ""
    kept = sorted(_kept(backups), key=backups.index)
    try:
        for backup in backups:
            if backup not in kept:
                backup.path.unlink()
        needed = 2 * backups[0].size + SPARE_ROOM
        while (is_short := shutil.disk_usage(folder).free < needed) and len(kept) > LEAST:
            kept.pop().path.unlink()
    except OSError:
        return "较早的备份删不掉,请检查备份文件夹的权限。"
    return f"放备份的磁盘剩余空间不多,只留着最近的{len(kept)}份备份,请清理磁盘。" if is_short else ""


def _kept(backups: list[Backup]) -> set[Backup]:
    """Return the newest backup of each of the last days, weeks and months that have one."""
    kept: set[Backup] = set()
    periods: tuple[tuple[int, Callable[[date], tuple[int, ...]]], ...] = (
        (DAYS, lambda day: (day.year, day.month, day.day)),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    )
    for count, period in periods:
        newest: dict[tuple[int, ...], Backup] = {}
        for backup in backups:
            newest.setdefault(period(day_of(backup.taken_at)), backup)
        kept.update(islice(newest.values(), count))
    return kept


def remove_leftovers(folder: Path, age: float) -> None:
    """Remove what backups cut off by a crash left in a folder `age` seconds ago and before."""
    for leftover in folder.iterdir():
        with suppress(FileNotFoundError):
            if _LEFTOVER.fullmatch(leftover.name) and leftover.stat().st_mtime <= time.time() - age:
                leftover.unlink()


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """Give the path of a file that is gone afterwards unless it got another name; what a crash left goes first."""
    remove_leftovers(folder, _LEFTOVER_AGE)
    path = folder / f".{uuid4().hex}.tmp"
    try:
        yield path
    finally:
        remove_database(path)


class _Steps:
    """Watches a copy in steps; raises Busy when it begins again too often or takes too long."""

    def __init__(self, restarts: int, seconds: float) -> None:
        self._restarts_left = restarts
        self._deadline = time.monotonic() + seconds
        self._remaining: int | None = None

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
            if self._remaining is not None and remaining >= self._remaining > 0:
                self._restarts_left -= 1
            self._remaining = remaining
        if self._restarts_left < 0 or time.monotonic() > self._deadline:
            raise Busy(f"备份没有做成:一直有人在登记,请稍后再备份。{_INTACT}")


def _copy_office(office: Office, target: Path) -> None:
    """Copy the office's pages in steps, between which everybody may read and write.

    A write of somebody else makes the copy begin again. Where that happens too often the last round
    keeps writers out, never readers: it holds the lock of one who is about to write.
    """
    with closing(_connect(office)) as source:
        try:
            _copy_pages(source, target, _Steps(RESTARTS, STEPPED_AT_MOST))
        except Busy:
            if office.read_only:
                raise
            target.unlink()
            with closing(_connect(office)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                _copy_pages(source, target, _Steps(0, HELD_AT_MOST))


def _connect(office: Office) -> sqlite3.Connection:
    mode = "ro" if office.read_only else "rw"
    address = f"{office.path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=WRITE_PATIENCE, isolation_level=None)


def _copy_pages(source: sqlite3.Connection, target: Path, steps: _Steps) -> None:
    create_private(target).close()
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy, pages=PAGES_A_STEP, progress=steps, sleep=STEP_PAUSE)


def _settle(temporary: Path, folder: Path, taken_at: int, uuid: bytes) -> Backup:
    """Verify a finished file and give it the name that holds its anchor."""
    sync_file(temporary)
    contents = check_copy(temporary)
    if contents.uuid != uuid:
        raise BadBackup("不是这个单位的登记库")
    tail = contents.tail
    path = folder / f"office-{local(taken_at):%Y%m%d-%H%M%S}-{tail.seq}-{chain.code(tail.hash)}.db"
    os.replace(temporary, path)
    sync_folder(folder)
    return Backup(path, taken_at, tail.seq, chain.code(tail.hash), path.stat().st_size)


def _read_moment(text: str) -> int | None:
    """Return the office's time in a file name as epoch seconds, None where there is no such moment."""
    try:
        return epoch(datetime.strptime(text, "%Y%m%d-%H%M%S"))
    except ValueError:
        return None
