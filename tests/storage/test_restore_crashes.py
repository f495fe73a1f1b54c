"""Going back to a backup, cut off at every step: the old office opens or the new one does."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import CannotWrite, Damaged, open_office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.storage.restore import restore_backup
from tests.crashing import full_disk_at, run_until
from tests.factories import staff_lines
from tests.restoring import backup_of, found_by_verify, sign

NOW = datetime(2026, 10, 12, 7, 50)


def _as_is(office: Path) -> None:
    """The present file is whole."""


def _branched(office: Path) -> None:
    """The present file went another way than the backup from the second signature on."""
    clock = SetClock(datetime(2026, 10, 12, 8, 0))
    restore_backup(office, office / "first.db", clock, None)
    other = open_office(office, clock)
    sign(other, 8, 7, 6, 5)
    other.note_anchor("备份")
    other.close()


def _garbled(office: Path) -> None:
    """The present file cannot be read."""
    path = office / "data" / "office.db"
    path.write_bytes(b"x" * 9000)


@pytest.fixture(scope="module")
def killable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with two backups: one after a single signature and one after three; six stand in the book."""
    folder = tmp_path_factory.mktemp("killable")
    clock = SetClock(NOW)
    office = found_office(folder, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(office, staff_lines(8), by=None)
    for people, name in (((1,), "first.db"), ((2, 3), "second.db"), ((4, 5, 6), "")):
        sign(office, *people)
        office.note_anchor("备份")
        if name:
            backup_of(office).rename(folder / name)
    office.close()
    return folder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be cut off")
@pytest.mark.parametrize("prepare", [_as_is, _branched, _garbled])
def test_a_kill_at_any_step_leaves_the_old_or_the_new_office(
    killable: Path, tmp_path: Path, prepare: Callable[[Path], None]
) -> None:
    start = tmp_path / "start"
    shutil.copytree(killable, start)
    prepare(start)
    clock = SetClock(datetime(2026, 10, 12, 9, 0))
    try:
        office = open_office(start, clock)
        old_tail = office.tail()
        office.close()
    except Damaged:
        old_tail = None
    step, seen, is_through = 0, set(), False
    while not is_through:
        step += 1
        folder = tmp_path / f"step{step}"
        shutil.copytree(start, folder)
        restore = partial(restore_backup, folder, folder / "second.db", clock, 3)
        is_through = run_until(step, restore)
        try:
            office = open_office(folder, clock)
        except Damaged:
            assert old_tail is None
            seen.add("damaged")
        else:
            is_new = office.fetch("SELECT 1 FROM journal WHERE verb = 'restore' AND operator = 3") != []
            assert is_new or office.tail() == old_tail
            assert found_by_verify(office) == []
            seen.add("new" if is_new else "old")
            office.close()
        assert is_through or step < 60
        restore()
        again = open_office(folder, clock)
        assert again.fetch("SELECT staff_id FROM sign_ins") == [(1,), (2,), (3,)]
        assert found_by_verify(again) == []
        again.close()
        assert not list((folder / "data").glob("restoring*"))
        shutil.rmtree(folder)
    assert step > 10
    assert seen == ({"damaged", "new"} if old_tail is None else {"old", "new"})


def test_a_disk_that_fails_at_any_step_is_told_and_an_office_opens(killable: Path, tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 10, 12, 9, 0))
    said: list[str] = []
    for step in range(1, 60):
        folder = tmp_path / f"step{step}"
        shutil.copytree(killable, folder)
        with full_disk_at(step):
            try:
                restore_backup(folder, folder / "second.db", clock, None)
            except CannotWrite as error:
                said.append(str(error))
        office = open_office(folder, clock)
        assert found_by_verify(office) == []
        is_new = office.fetch("SELECT count(*) FROM events WHERE kind = 'restore'") == [(1,)]
        office.close()
        if len(said) < step:
            break
        assert said[-1].startswith("备份已经恢复" if is_new else "恢复没有做成:磁盘已满。现在的登记库没有动。")
        assert not list((folder / "data").glob("restoring*"))
    assert len(said) > 8
    assert is_new
    assert re.fullmatch("备份已经恢复,只是没有记上锚点:磁盘已满。.*", said[-1])
