"""Creating an office's file, and opening it after every check that fits before the first frame."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from govoffice_tui.clock import Clock
from govoffice_tui.journal import chain
from govoffice_tui.journal.change import read_tail
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.models import OfficeKey
from govoffice_tui.storage.errors import AlreadyAnOffice, CannotWrite, Damaged, NoOffice, StorageError
from govoffice_tui.storage.files import DATABASE, MIGRATED, is_on_network, newest_anchor, remove_database
from govoffice_tui.storage.lock import OfficeLock
from govoffice_tui.storage.schema import create_schema, expected_digest, schema_digest
from govoffice_tui.storage.sqlite import WRITE_PATIENCE, Office, in_sentences

APPLICATION_ID = 0x676F7646
"""`govF` in the header of every office file."""

_MAGIC = b"SQLite format 3\x00"


def create_office(folder: Path, clock: Clock) -> Office:
    """Create the file of a new office in `folder/data` and open it; raises AlreadyAnOffice."""
    data = folder / "data"
    path = data / DATABASE
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise CannotWrite(f"不能在{folder}里建data文件夹:没有权限、磁盘已满或有同名文件。") from None
    if is_on_network(data):
        raise CannotWrite("登记库不能建在网络共享盘上,请选本机磁盘的文件夹。")
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        raise AlreadyAnOffice(f"{folder}里已经有登记库,没有改动。") from None
    except OSError:
        raise CannotWrite(f"不能在{folder}里建登记库:没有权限或磁盘已满。") from None
    os.close(descriptor)
    lock = OfficeLock(folder)
    lock.hold_shared()
    office = Office(folder, clock, WRITE_PATIENCE)
    office.hold(lock)
    try:
        with in_sentences():
            _fill(office)
    except BaseException:
        office.close()
        raise
    office.remember_file()
    return office


def _fill(office: Office) -> None:
    """Write the tables and the identity of a new office."""
    office.database.connect()
    office.database.begin("IMMEDIATE")
    office.uuid = uuid4().bytes
    create_schema(office.database)
    office.database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    office.database.execute_sql(f"PRAGMA user_version = {SCHEMA}")
    OfficeKey.insert(key="uuid", value=office.uuid).execute(office.database)
    office.database.commit()


def _unheard(sentence: str) -> None:
    """Tell nobody what takes so long."""


def open_office(
    folder: Path,
    clock: Clock,
    patience: float = WRITE_PATIENCE,
    *,
    tell: Callable[[str], None] = _unheard,
    as_is: bool = False,
) -> Office:
    """Open the office in `folder` after every check that fits before the first frame.

    An office of an older schema is brought to this program's first, and `tell` is given one sentence about
    it; `as_is` opens it unchanged and for reading, where only its journal and its files are of interest.
    Raises NoOffice, Busy (an exclusive task is running, or this one has to wait for another window),
    CannotWrite where an older office cannot be brought up, or Damaged with what is wrong.
    """
    path = folder / "data" / DATABASE
    if not path.is_file():
        raise NoOffice(f"{folder}里还没有登记库。")
    version = check_header(path)
    reason = _why_read_only(path, version)
    if version < SCHEMA and not as_is:
        from govoffice_tui.storage.migrating import migrate_office

        if not reason and not os.access(path.parent, os.W_OK):
            reason = f"没有写{path.parent.name}文件夹的权限。"
        if reason:
            raise CannotWrite(f"登记库是旧格式({version}),要先升级才能打开,现在升级不了:{reason}")
        migrate_office(folder, clock, tell)
        version = check_header(path)
    lock = OfficeLock(folder)
    if not reason:
        lock.hold_shared()
        # Whoever brings an office up holds the lock alone, so what lies there now a crash has left.
        with suppress(OSError):
            remove_database(path.with_name(MIGRATED))
    return open_checked(folder, clock, patience, version, reason, lock)


def _why_read_only(path: Path, version: int) -> str:
    """Return why nothing can be written into an office, empty where it can."""
    if is_on_network(path):
        return "登记库在网络共享盘上,多人同时写会损坏。请把整个文件夹移到本机磁盘。"
    if version > SCHEMA:
        return f"登记库是较新的程序写的(格式{version},本程序{SCHEMA}),请更新程序。"
    if not os.access(path, os.W_OK):
        return "没有写这个文件的权限。"
    return ""


def open_checked(folder: Path, clock: Clock, patience: float, version: int, reason: str, lock: OfficeLock) -> Office:
    """Open a file whose header was read, with the checks of its inside; an older one is not written to.

    `reason` says why it is opened for reading only; raises Damaged, and lets the lock go.
    """
    office = Office(folder, clock, patience, reason)
    if version < SCHEMA:
        office.read_only = reason or f"登记库是旧格式({version}),重新打开时先升级。"
    office.hold(lock)
    try:
        with in_sentences():
            office.database.connect()
            _check_inside(office, version)
    except StorageError:
        office.close()
        raise
    office.remember_file()
    return office


def check_header(path: Path) -> int:
    """Return the file's schema version; raises Damaged unless it is a whole office file.

    The header is read as a plain file, before any connection of this process is open: closing a
    plain descriptor would drop the locks of one.
    """
    with path.open("rb") as file:
        header = file.read(100)
        size = file.seek(0, os.SEEK_END)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise Damaged(f"{path.name}不是登记库文件,或已损坏。请用备份恢复。")
    page_size = struct.unpack_from(">H", header, 16)[0]
    page_size = 65536 if page_size == 1 else page_size
    pages, version, application = (struct.unpack_from(">I", header, offset)[0] for offset in (28, 60, 68))
    if application != APPLICATION_ID:
        raise Damaged(f"{path.name}是别的程序的数据库,不是登记库。")
    journal = path.with_name(path.name + "-journal")
    has_hot_journal = journal.is_file() and journal.stat().st_size > 0
    if size != pages * page_size and not has_hot_journal:
        raise Damaged(f"{path.name}长短不对(少了一截或多了一截)。请用备份恢复。")
    return int(version)


def _check_inside(office: Office, version: int) -> None:
    """Check identity, schema, the last line and the newest anchor; raises Damaged."""
    found = office.database.execute_sql("SELECT value FROM office WHERE key = 'uuid'").fetchone()
    if found is None or len(found[0]) != 16:
        raise Damaged("登记库没有编号,不是完整的登记库。请用备份恢复。")
    office.uuid = bytes(found[0])
    if version <= SCHEMA and schema_digest(office.database) != expected_digest(version):
        raise Damaged("登记库的表结构被改动过。请运行 govoffice verify 查看,并用备份恢复。")
    tail = read_tail(office.database, office.uuid)
    if tail.seq:
        columns = "at, register, entry, verb, operator, form_key, schema, payload_hash, previous"
        at, *head, of_payload, previous = office.database.execute_sql(
            f"SELECT {columns} FROM journal WHERE seq = ?", (tail.seq,)
        ).fetchone()
        if chain.line_hash(bytes(previous), tail.seq, at, chain.canonical(head), bytes(of_payload)) != tail.hash:
            raise Damaged(f"登记库最后一笔(第{tail.seq}笔)被改动过。请运行 govoffice verify 查看,并用备份恢复。")
    anchor = newest_anchor(office.folder)
    if anchor is None:
        return
    line = office.database.execute_sql("SELECT hash FROM journal WHERE seq = ?", (anchor.seq,)).fetchone()
    if line is None and anchor.seq:
        raise Damaged(f"登记库比锚点旧:锚点记到第{anchor.seq}笔,库里只有{tail.seq}笔。请用较新的备份恢复。")
    if line is not None and bytes(line[0]) != anchor.hash:
        raise Damaged(f"登记库与锚点不一致(第{anchor.seq}笔)。请运行 govoffice verify 查看,并用备份恢复。")
