"""Bringing an office up to a newer schema, cut off at every step: the old office opens or the new one does."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from govoffice_tui.journal import chain
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.registers.office import CannotWrite, Office, open_office
from govoffice_tui.storage.backup import list_backups, own_folder
from govoffice_tui.storage.check import verify_office
from govoffice_tui.storage.copies import check_copy
from tests.crashing import DISK, ENGINE, Calls, full_disk_at, run_until
from tests.older import LAST_CODE, LAST_SEQ, a_day_later, a_further_schema, old_office

RUNAWAY = 5000
"""Steps no migration takes: one that never ends would be cut off for ever."""

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be cut off")


def _open(folder: Path) -> None:
    open_office(folder, a_day_later()).close()


def _version(office: Office) -> int:
    return int(office.fetch("PRAGMA user_version")[0][0])


def _is_brought_up(folder: Path) -> bool:
    """Return whether the office is of the newest schema; as it lies there it is whole, old or new."""
    office = open_office(folder, a_day_later(), as_is=True)
    version, tail = _version(office), office.tail()
    assert verify_office(office).findings == ()
    office.close()
    assert version in (1, SCHEMA)
    if version == 1:
        assert (tail.seq, chain.code(tail.hash)) == (LAST_SEQ, LAST_CODE)
    return version == SCHEMA


def _require_finished(folder: Path) -> None:
    """Open the office: it is brought up once, its backup serves, and nothing lies about."""
    office = open_office(folder, a_day_later())
    assert _version(office) == SCHEMA
    assert office.fetch("SELECT count(*) FROM events WHERE kind = 'migrate'") == [(1,)]
    assert verify_office(office).findings == ()
    ((detail,),) = office.fetch("SELECT detail FROM events WHERE kind = 'migrate'")
    office.close()
    (backup,) = list_backups(own_folder(folder))
    assert detail.endswith(f"升级前备份{backup.path.name}")
    assert check_copy(backup.path).tail.seq == LAST_SEQ
    assert [path.name for path in own_folder(folder).iterdir()] == [backup.path.name]
    assert not list((folder / "data").glob("migrating*"))


@needs_fork
@pytest.mark.parametrize(
    ("calls", "stride", "at_least"),
    [
        pytest.param(DISK, 1, 12, id="calls of the disk"),
        pytest.param(ENGINE, 23, 100, id="statements"),
        pytest.param(ENGINE, 5, 100, id="every fifth statement", marks=pytest.mark.slow),
    ],
)
def test_a_kill_at_any_step_leaves_the_old_or_the_new_office(
    tmp_path: Path, calls: Calls, stride: int, at_least: int
) -> None:
    with a_further_schema():
        start = tmp_path / "start"
        old_office(start)
        step, seen, is_through = 1, set(), False
        while not is_through:
            folder = tmp_path / f"step{step}"
            shutil.copytree(start, folder)
            is_through = run_until(step, lambda folder=folder: _open(folder), calls)  # type: ignore[misc]
            seen.add(_is_brought_up(folder))
            _require_finished(folder)
            shutil.rmtree(folder)
            assert is_through or step < RUNAWAY
            step += stride
    assert step > at_least
    assert seen == {False, True}


def test_a_disk_that_fails_at_any_step_is_told_and_the_office_opens_afterwards(tmp_path: Path) -> None:
    said: list[str] = []
    for step in range(1, 60):
        folder = tmp_path / f"step{step}"
        old_office(folder)
        with full_disk_at(step):
            try:
                _open(folder)
            except CannotWrite as error:
                said.append(str(error))
        if len(said) < step:
            break
        is_new = _is_brought_up(folder)
        before = ("登记库升级没有做成:磁盘已满。登记库没有动。", "登记库升级前的备份没有做成:磁盘已满。")
        assert said[-1].startswith("登记库已经升级,只是没有记上锚点:磁盘已满。" if is_new else before)
        assert not list((folder / "data").glob("migrating*"))
        _require_finished(folder)
    assert len(said) >= 6
    assert said[-1].startswith("登记库已经升级")


@needs_fork
@pytest.mark.parametrize(("room", "failed"), [(0.3, "登记库升级前的备份没有做成:"), (1.0, "登记库升级没有做成:")])
def test_a_disk_that_fills_while_the_engine_writes_leaves_the_old_office(
    tmp_path: Path, room: float, failed: str
) -> None:
    path = old_office(tmp_path)
    before, size = path.read_bytes(), int(path.stat().st_size * room)
    with a_further_schema():
        child = os.fork()
        if child == 0:
            end = 1
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            try:
                _open(tmp_path)
            except CannotWrite as error:
                end = 0 if str(error).startswith(failed) else 2
            finally:
                os._exit(end)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert path.read_bytes() == before
        assert not list(path.parent.glob("migrating*"))
        _require_finished(tmp_path)
