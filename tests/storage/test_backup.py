"""Backups: whole, verified, taken while others write, and never at the price of an earlier one."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock, epoch
from govoffice_tui.journal import chain
from govoffice_tui.models import Event
from govoffice_tui.registers.office import Busy, CannotWrite, Damaged, Office, open_office
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.storage import backup as backups
from govoffice_tui.storage.backup import Backup, copy_backup, list_backups, own_folder, take_backup

NOW = datetime(2026, 10, 12, 7, 50)


def _fill(office: Office, lines: int) -> None:
    """Let the file grow, so that a copy takes many steps."""
    with office.write("fill") as writing:
        for number in range(lines):
            writing.insert(Event, at=writing.now, kind="fill", detail=f"{number:04d}" * 200)


def _take(office: Office) -> Backup:
    folder = own_folder(office.folder)
    folder.mkdir(exist_ok=True)
    return take_backup(office, folder, "备份")


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_file_of_a_backup_copied_alone_opens_and_verifies(office: Office, clock: SetClock, tmp_path: Path) -> None:
    backup = _take(office)
    (tmp_path / "elsewhere" / "data").mkdir(parents=True)
    shutil.copy(backup.path, tmp_path / "elsewhere" / "data" / "office.db")
    copy = open_office(tmp_path / "elsewhere", clock)
    report = verify_office(copy)
    assert report.findings == ()
    assert report.lines == office.tail().seq > 0
    assert copy.fetch("SELECT count(*) FROM staff") == [(8,)]
    copy.close()


def test_the_name_of_a_backup_is_its_anchor_and_nobody_else_may_read_it(office: Office) -> None:
    backup = _take(office)
    tail = office.tail()
    assert backup.path.name == f"office-20261012-075000-{tail.seq}-{chain.code(tail.hash)}.db"
    assert backup == Backup(backup.path, epoch(NOW), tail.seq, chain.code(tail.hash), backup.path.stat().st_size)
    assert list_backups(backup.path.parent) == [backup]
    assert sys.platform == "win32" or backup.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.path.parent.iterdir()] == [backup.path.name]


def test_a_backup_goes_on_while_somebody_writes_every_20_ms(
    office: Office, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    _fill(office, 400)
    monkeypatch.setattr(backups, "PAGES_A_STEP", 4)
    begun, done = threading.Event(), threading.Event()
    waits: list[float] = []
    failures: list[Exception] = []

    def write() -> None:
        desk = office.another(5.0)
        while not done.is_set():
            start = time.perf_counter()
            try:
                with desk.write("fill") as writing:
                    writing.insert(Event, at=writing.now, kind="fill", detail="x")
            except Busy as busy:
                failures.append(busy)
            waits.append(time.perf_counter() - start)
            begun.set()
            time.sleep(0.02)
        desk.close()

    before = office.tail().seq
    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(10)
    taken = [_take(office) for _ in range(3)]
    done.set()
    thread.join()
    record_property("longest wait of the writer, s", round(max(waits), 3))
    assert failures == []
    assert before < taken[0].seq <= taken[1].seq <= taken[2].seq <= office.tail().seq


class _Desk:
    """Somebody who wants to write and to read after every step of a copy."""

    def __init__(self, office: Office) -> None:
        self.office = office.another(0.02)
        self.wrote = self.waited = self.read = 0

    def act(self) -> None:
        self.read += bool(self.office.fetch("SELECT count(*) FROM staff"))
        try:
            with self.office.write("fill") as writing:
                writing.insert(Event, at=writing.now, kind="fill", detail="x")
            self.wrote += 1
        except Busy:
            self.waited += 1


def test_a_copy_that_begins_again_too_often_keeps_writers_out_for_one_round_and_readers_never(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(office, 100)
    desk = _Desk(office)
    watch = backups._Steps.__call__

    def step(self: backups._Steps, status: int, remaining: int, total: int) -> None:
        desk.act()
        watch(self, status, remaining, total)

    monkeypatch.setattr(backups, "PAGES_A_STEP", 8)
    monkeypatch.setattr(backups._Steps, "__call__", step)
    backup = _take(office)
    assert desk.wrote == backups.RESTARTS + 2
    assert desk.waited > 3
    assert desk.read == desk.wrote + desk.waited
    assert backup.seq == office.tail().seq
    desk.office.close()


def test_a_copy_that_would_keep_writers_waiting_too_long_is_given_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "STEPPED_AT_MOST", -1.0)
    monkeypatch.setattr(backups, "HELD_AT_MOST", -1.0)
    with pytest.raises(Busy, match="稍后再备份"):
        _take(office)
    assert list(own_folder(office.folder).iterdir()) == []
    with office.write("fill") as writing:
        writing.insert(Event, at=writing.now, kind="fill", detail="x")


FULL = """
import sys
from datetime import datetime
from pathlib import Path
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.office import CannotWrite, open_office
from govoffice_tui.storage.backup import take_backup
if sys.argv[3] != "0":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
office = open_office(Path(sys.argv[1]), SetClock(datetime(2026, 10, 12, 8, 0)))
try:
    take_backup(office, Path(sys.argv[2]), "备份")
except CannotWrite as error:
    print(error)
"""


def _run_full(office: Office, target: Path, limit: int) -> str:
    folder = office.folder
    office.close()
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(folder), str(target), str(limit)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    return run.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_file_that_cannot_grow_leaves_the_earlier_backup_and_nothing_else(office: Office, share: float) -> None:
    _fill(office, 100)
    earlier = _take(office)
    before = _snapshot(earlier.path.parent)
    said = _run_full(office, earlier.path.parent, int(earlier.size * share))
    assert said.startswith("备份没有做成:")
    assert said.endswith("以前的备份没有受影响。\n")
    assert _snapshot(earlier.path.parent) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this machine lets a test have one."""
    folder = tmp_path / "usb"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_named_and_keeps_what_stood_on_it(office: Office, small_disk: Path) -> None:
    earlier = take_backup(office, small_disk, "备份")
    before = _snapshot(small_disk)
    _fill(office, 1500)
    assert "磁盘已满" in _run_full(office, small_disk, 0)
    assert _snapshot(small_disk) == before
    assert list_backups(small_disk) == [earlier]
    assert list(own_folder(office.folder).iterdir()) == []


class _Failing:
    """Fails the call it is told to, in the order the calls come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        self.left = number
        for name in ("fsync", "replace"):
            monkeypatch.setattr(os, name, self._wrapped(getattr(os, name)))

    def _wrapped(self, call: object) -> object:
        assert callable(call)

        def run(*given: object) -> object:
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*given)

        return run


def test_a_disk_that_fails_at_any_step_leaves_the_earlier_backup(office: Office, clock: SetClock) -> None:
    earlier = _take(office)
    clock.at += 60
    _fill(office, 1)
    folder = earlier.path.parent
    said: list[str] = []
    taken = None
    while taken is None:
        with pytest.MonkeyPatch.context() as patch:
            _Failing(patch, len(said) + 1)
            try:
                taken = _take(office)
            except CannotWrite as error:
                said.append(str(error))
        names = {path.name for path in folder.iterdir()}
        assert earlier.path.name in names
        assert not {name for name in names if name.startswith(".")}
    assert said == ["备份没有做成:磁盘已满。登记和以前的备份没有受影响。"] * 3
    assert list_backups(folder) == [taken, earlier]


def test_a_folder_that_vanished_is_named(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "gone", tmp_path / "file"):
        with pytest.raises(CannotWrite, match="文件夹不见了"):
            take_backup(office, folder, "备份")
    assert not (tmp_path / "gone").exists()


def test_an_office_that_does_not_verify_is_not_taken_for_a_backup(office: Office) -> None:
    earlier = _take(office)
    connection = sqlite3.connect(office.path)
    connection.execute("UPDATE staff SET number = '99' WHERE id = 3")
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="没有通过核验:花名册第3行被改动"):
        _take(office)
    assert _snapshot(earlier.path.parent).keys() == {earlier.path.name}


def test_what_a_killed_backup_left_goes_after_an_hour(office: Office) -> None:
    folder = own_folder(office.folder)
    folder.mkdir()
    old, fresh, foreign = (folder / name for name in (f".{'a' * 32}.tmp", f".{'b' * 32}.tmp", ".notes.tmp"))
    for path in (old, fresh, foreign):
        path.write_text("x")
    for path in (old, foreign):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    _take(office)
    assert [path.exists() for path in (old, fresh, foreign)] == [False, True, True]


def test_a_copy_on_the_second_disk_is_verified_before_it_has_a_name(office: Office, tmp_path: Path) -> None:
    backup = _take(office)
    second = tmp_path / "usb"
    second.mkdir()
    copy = copy_backup(office, backup, second, "第二份备份")
    assert (copy.path.name, copy.seq) == (backup.path.name, backup.seq)
    assert copy.path.read_bytes() == backup.path.read_bytes()
    copy.path.unlink()
    content = bytearray(backup.path.read_bytes())
    place = content.index("周小萍".encode())
    content[place : place + 3] = "吴".encode()
    backup.path.write_bytes(content)
    with pytest.raises(CannotWrite, match="没有通过核验"):
        copy_backup(office, backup, second, "第二份备份")
    assert list(second.iterdir()) == []
