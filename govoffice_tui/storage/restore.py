"""Putting a backup in the place of the office: checked first, the present file kept aside, the loss named.

Whatever step a crash ends it at, the old office or the restored one opens: the database changes by one
rename, and before it anchors.log ends with a line that both of them have.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from peewee import SqliteDatabase

from govoffice_tui.clock import Clock, local
from govoffice_tui.journal import chain
from govoffice_tui.journal.change import Change, Tail
from govoffice_tui.journal.verify import REGISTER_WORDS
from govoffice_tui.models import Event
from govoffice_tui.storage.copies import (
    Contents,
    check_copy,
    copy_file,
    explained,
    opened,
    put_in_place,
    sync_file,
    sync_folder,
)
from govoffice_tui.storage.errors import BadBackup, Busy, CannotWrite, StorageError
from govoffice_tui.storage.files import (
    DATABASE,
    Anchor,
    append_anchor,
    is_on_network,
    read_anchors,
    remove_database,
)
from govoffice_tui.storage.lock import OfficeLock
from govoffice_tui.storage.sqlite import WRITE_PATIENCE, Office
from govoffice_tui.text import clean

STAGED = "restoring.db"
NAMED_AT_MOST = 5
"""Lost entries named of each register; of the others the count."""

_FAILED, _INTACT = "恢复没有做成", "现在的登记库没有动。"
_BRANCH = re.compile(r";分岔(\d+),记到(\d+),锚点(\d+)个", re.ASCII)
_BRANCHES = re.compile(f"(?:{_BRANCH.pattern})+$", re.ASCII)
_RESTORES = "SELECT detail FROM events WHERE kind = 'restore'"


@dataclass(frozen=True)
class LostEntry:
    """What a restore left behind of one register: how many entries were new or changed, and the first of them."""

    register: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Restored:
    """What a restore did; `old_seq` and `lost` are None where the file it replaced could not be read."""

    lost: tuple[LostEntry, ...] | None
    old_seq: int | None
    new_seq: int
    kept_aside: Path | None


@dataclass(frozen=True, order=True)
class _Branch:
    """Lines a restore left behind: those after `fork` up to `last`, anchored at most in the first `noted` anchors."""

    fork: int
    last: int
    noted: int


@dataclass(frozen=True)
class _Present:
    """The office as it stands before a restore, and the last line it has in common with the backup.

    `branches` are those its own events explain and the backup, being older, does not know.
    """

    tail: Tail
    fork: Tail
    branches: frozenset[_Branch]
    lost: tuple[LostEntry, ...] | None


def restore_backup(folder: Path, backup: Path, clock: Clock, by: int | None) -> Restored:
    """Put a backup in the place of the office in `folder`, and record who did it and what it left behind.

    Raises Busy while a window has the office open, BadBackup when the file does not verify or is another
    office's, CannotWrite when the disk does not serve; in each case the office stays as it was.
    """
    data = folder / "data"
    with explained(_FAILED, _INTACT):
        if not backup.is_file():
            raise BadBackup(f"没有“{backup}”这个备份文件。{_INTACT}")
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_on_network(data):
        raise CannotWrite("登记库不能放在网络共享盘上,请选本机磁盘的文件夹。")
    lock = OfficeLock(folder)
    lock.hold_alone()
    try:
        return _restore(folder, backup, clock, by)
    finally:
        _remove(data / STAGED)
        lock.release()


def is_before_restore(office: Office, anchor: Anchor) -> bool:
    """Return whether an anchor the book does not agree with is of a branch that a recorded restore left behind.

    Every restore leaves an event with the line where the branches part, the last line known of the old
    one, and how many anchors were noted by then: one noted later is of the book as it is now.
    """
    noted = read_anchors(office.folder)
    for branch in _branches(office.fetch(_RESTORES)):
        later = (one for one in noted[branch.noted :] if one.seq == anchor.seq)
        is_of_it = branch.fork < anchor.seq <= branch.last
        if is_of_it and not any(one.hash.startswith(anchor.hash) for one in later):
            return True
    return False


def _branches(rows: Iterable[tuple[Any, ...]]) -> frozenset[_Branch]:
    """Return every branch that the details of restore events name at their end."""
    ends = (_BRANCHES.search(detail) for (detail,) in rows)
    return frozenset(_Branch(*map(int, found)) for end in ends if end for found in _BRANCH.findall(end[0]))


def _restore(folder: Path, backup: Path, clock: Clock, by: int | None) -> Restored:
    data = folder / "data"
    path, staged = data / DATABASE, data / STAGED
    name = clean(backup.name).text
    with explained(_FAILED, _INTACT):
        contents = _stage(backup, staged, name)
        present = _read_present(folder, clock, staged, contents)
        aside = _keep_aside(path, clock)
        anchors = read_anchors(folder)
        fork = present.fork if present else contents.tail
        old = f"{present.tail.seq}-{chain.code(present.tail.hash)}" if present else "读不通"
        last = max(fork.seq, present.tail.seq if present else 0, *(anchor.seq for anchor in anchors))
        branches = {_Branch(fork.seq, last, len(anchors)), *(present.branches if present else ())}
        detail = f"{name} 恢复到{contents.tail.seq}-{chain.code(contents.tail.hash)},恢复前{old}" + "".join(
            f";分岔{branch.fork},记到{branch.last},锚点{branch.noted}个" for branch in sorted(branches)
        )
        event = _record(staged, contents, clock, by, detail)
        append_anchor(folder, clock.now(), fork, f"恢复前 {name}")
        put_in_place(staged, path)
    with explained("备份已经恢复,只是没有记上锚点", "请运行 govoffice verify 核对一次。"):
        sync_folder(data)
        append_anchor(folder, clock.now(), event, f"恢复 {name}")
    return Restored(present.lost if present else None, present.tail.seq if present else None, contents.tail.seq, aside)


def _stage(backup: Path, staged: Path, name: str) -> Contents:
    """Copy the backup beside the office and verify the copy."""
    _remove(staged)
    copy_file(backup, staged)
    journal = backup.with_name(backup.name + "-journal")
    if journal.is_file() and journal.stat().st_size:
        copy_file(journal, staged.with_name(staged.name + "-journal"))
    try:
        return check_copy(staged, "rw")
    except BadBackup as fault:
        raise BadBackup(f"备份“{name}”不能用:{fault}。{_INTACT}请换一份备份。") from None


def _read_present(folder: Path, clock: Clock, staged: Path, contents: Contents) -> _Present | None:
    """Return what the present file holds, None where there is none or it cannot be read.

    Reading it also finishes what a crash left in its journal.
    """
    office = Office(folder, clock, WRITE_PATIENCE)
    if not office.path.is_file():
        return None
    try:
        found = office.fetch("SELECT value FROM office WHERE key = 'uuid'")
        if not found or not isinstance(found[0][0], bytes):
            return None
        office.uuid = found[0][0]
        tail = office.tail()
        if office.uuid == contents.uuid:
            with opened(staged, "ro") as copy:
                fork = _fork(office, tail, copy, contents)
                known = _branches(copy.execute_sql(_RESTORES).fetchall())
            branches = _branches(office.fetch(_RESTORES)) - known
            return _Present(tail, fork, branches, _lost(office, fork.seq))
    except Busy:
        raise
    except StorageError:
        return None
    finally:
        office.close()
    raise BadBackup(f"这份备份是另一个单位的登记库,不能恢复到这里。{_INTACT}")


def _fork(office: Office, tail: Tail, copy: SqliteDatabase, contents: Contents) -> Tail:
    """Return the last line the office and the backup have in common: every line before it is common too."""
    line = "SELECT seq, at, hash FROM journal WHERE seq = ?"
    common = Tail(0, 0, chain.genesis(contents.uuid))
    low, high = 0, min(tail.seq, contents.tail.seq)
    while low < high:
        middle = (low + high + 1) // 2
        ours = office.fetch(line, middle)
        if ours and ours == copy.execute_sql(line, (middle,)).fetchall():
            low, common = middle, Tail(*ours[0])
        else:
            high = middle - 1
    return common


def _lost(office: Office, fork: int) -> tuple[LostEntry, ...] | None:
    """Return what the journal of the old file has after the fork, None where those lines cannot be read.

    Events are left out: nobody can enter them again, and the record of the backup itself is one.
    """
    try:
        counts = office.fetch(
            "SELECT register, count(DISTINCT entry) FROM journal WHERE seq > ? AND register <> 'events'"
            " GROUP BY register ORDER BY min(seq)",
            fork,
        )
        return tuple(
            LostEntry(REGISTER_WORDS.get(register, register), count, _first_names(office, register, fork))
            for register, count in counts
        )
    except StorageError:
        return None


def _first_names(office: Office, register: str, fork: int) -> tuple[str, ...]:
    """Name the first entries of a register that were written or changed after the fork."""
    lines = office.fetch(
        "SELECT entry, payload, min(seq) FROM journal WHERE seq > ? AND register = ? GROUP BY entry"
        f" ORDER BY min(seq) LIMIT {NAMED_AT_MOST}",
        fork,
        register,
    )
    return tuple(_entry_name(entry, payload) for entry, payload, _ in lines)


def _entry_name(entry: int, payload: str | None) -> str:
    """Name an entry by its number in the book where it has one, else by its row."""
    try:
        row = json.loads(payload or "{}")
        return f"{row['series']}〔{row['year']}〕{row['number']}号"
    except (ValueError, KeyError, TypeError):
        return f"第{entry}行"


def _keep_aside(path: Path, clock: Clock) -> Path | None:
    """Copy the present file, and a journal beside it, to a name of its own; return it."""
    if not path.is_file():
        return None
    stem = f"office-被替换-{local(clock.now()):%Y%m%d-%H%M%S}"
    aside = path.with_name(f"{stem}.db")
    times = 1
    while aside.exists():
        times += 1
        aside = path.with_name(f"{stem}-{times}.db")
    temporary = path.with_name(f"{STAGED}.aside")
    for suffix in ("-journal", ""):
        source = path.with_name(path.name + suffix)
        if source.is_file() and (source.stat().st_size or not suffix):
            temporary.unlink(missing_ok=True)
            copy_file(source, temporary)
            os.replace(temporary, aside.with_name(aside.name + suffix))
    sync_folder(path.parent)
    return aside


def _record(staged: Path, contents: Contents, clock: Clock, by: int | None, detail: str) -> Tail:
    """Write the restore into the book that is about to take its place, and return that line.

    A restore is never refused for the clock: the last line's time is used where it is later.
    """
    with opened(staged, "rw") as database:
        with database.atomic("IMMEDIATE"):
            now = max(clock.now(), contents.tail.at)
            change = Change(database, contents.tail, now, "restore", by, uuid4().hex, contents.schema)
            change.insert(Event, at=change.now, kind="restore", detail=detail)
            change.finish()
        line = change.tail
    sync_file(staged)
    return line


def _remove(staged: Path) -> None:
    remove_database(staged)
    staged.with_name(f"{staged.name}.aside").unlink(missing_ok=True)
