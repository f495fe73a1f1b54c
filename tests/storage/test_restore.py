"""Going back to a backup: nothing is touched before it is checked, and what is lost is said and explained."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.models import Event
from govoffice_tui.registers.attendance.signing import take_back_sign_in
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Anchor, Busy, Damaged, Office, open_office
from govoffice_tui.storage.errors import BadBackup
from govoffice_tui.storage.files import read_anchors
from govoffice_tui.storage.restore import LostEntry, Restored, is_before_restore, restore_backup
from tests.restoring import backup_of, found_by_verify, sign


def _restore_open(folder: Path, backup: Path, clock: SetClock, by: int | None = None) -> tuple[Restored, Office]:
    done = restore_backup(folder, backup, clock, by)
    return done, open_office(folder, clock)


def _files(folder: Path) -> dict[str, bytes]:
    """Return every file of an office but the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "office.lock" and path.stat().st_size
    }


@pytest.fixture
def backup(office: Office) -> Path:
    """A backup after three signatures, with an anchor noted behind it and three signatures after that."""
    sign(office, 1, 2, 3)
    path = backup_of(office)
    office.note_anchor("备份")
    sign(office, 4, 5)
    office.note_anchor("导出")
    sign(office, 6)
    return path


def test_a_restored_office_opens_verifies_and_says_which_entries_are_lost(
    office: Office, backup: Path, clock: SetClock
) -> None:
    old = office.tail()
    take_back_sign_in(office, 3, by=3)
    office.close()
    before = office.path.read_bytes()
    clock.at += 60
    done, restored = _restore_open(office.folder, backup, clock, by=3)
    assert done.lost == (LostEntry("签到", 4, ("签〔2026〕4号", "签〔2026〕5号", "签〔2026〕6号", "签〔2026〕3号")),)
    assert (done.old_seq, done.new_seq) == (old.seq + 1, int(backup.name.split("-")[3]))
    assert done.kept_aside == office.path.with_name("office-被替换-20261012-075100.db")
    assert done.kept_aside.read_bytes() == before
    assert restored.fetch("SELECT staff_id FROM sign_ins") == [(1,), (2,), (3,)]
    line = restored.fetch("SELECT verb, operator, register FROM journal ORDER BY seq DESC LIMIT 1")
    assert line == [("restore", 3, "events")]
    assert restored.tail().seq == done.new_seq + 1
    assert found_by_verify(restored) == []
    sign(restored, 4, 5, 6, 7)
    restored.note_anchor("备份")
    restored.close()
    again = open_office(office.folder, clock)
    assert found_by_verify(again) == []
    again.close()


def test_at_most_five_entries_are_named_and_the_others_counted(office: Office, clock: SetClock) -> None:
    path = backup_of(office)
    sign(office, *range(1, 9))
    office.close()
    lost = restore_backup(office.folder, path, clock, None).lost
    assert lost is not None
    sessions, signed = lost
    assert (sessions.register, sessions.count) == ("签到簿", 1)
    assert (signed.register, signed.count, len(signed.names)) == ("签到", 8, 5)


def test_nothing_is_lost_by_going_back_to_the_present(office: Office, clock: SetClock) -> None:
    path = backup_of(office)
    office.close()
    assert restore_backup(office.folder, path, clock, None).lost == ()


HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.office import open_office
office = open_office(Path(sys.argv[1]), SetClock(datetime(2026, 10, 12, 8, 0)))
print("open", flush=True)
sys.stdin.readline()
office.close()
"""


def test_a_restore_is_refused_while_another_window_is_open(office: Office, backup: Path, clock: SetClock) -> None:
    office.close()
    before = _files(office.folder)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(office.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(Busy, match="另一窗口正开着"):
        restore_backup(office.folder, backup, clock, None)
    holder.communicate("\n")
    assert _files(office.folder) == before
    _restore_open(office.folder, backup, clock)[1].close()


def test_no_window_opens_while_a_restore_runs(
    office: Office, backup: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.close()
    replace = os.replace
    refused = []

    def opening(source: Path, target: Path) -> None:
        with pytest.raises(Busy):
            open_office(office.folder, clock)
        refused.append(target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", opening)
    _restore_open(office.folder, backup, clock)[1].close()
    assert office.path in refused


def _changed(path: Path, old: str, new: str) -> None:
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode()))


def _blank_index(path: Path, name: str) -> None:
    """Overwrite the first page of an index that no check of the rows reads."""
    connection = sqlite3.connect(path)
    ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchall()
    ((size,),) = connection.execute("PRAGMA page_size").fetchall()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))


def _sql(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda path: path.unlink(), "没有“.*”这个备份文件"),
        (lambda path: path.write_bytes(b""), "不是登记库文件"),
        (lambda path: path.write_text("x" * 5000), "文件读不通"),
        (lambda path: os.truncate(path, path.stat().st_size - 4096), "文件读不通"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x" * 100), "文件不完整"),
        (lambda path: _blank_index(path, "sign_ins_current"), "文件不完整"),
        (lambda path: _changed(path, "周小萍", "周大萍"), "被改动"),
        (lambda path: _sql(path, "UPDATE staff SET number = '99' WHERE id = 3"), "花名册第3行被改动"),
        (lambda path: _sql(path, "DROP TRIGGER journal_no_delete"), "表结构被改动过"),
        (lambda path: _sql(path, "PRAGMA user_version = 99"), "较新的程序"),
        (lambda path: _sql(path, "PRAGMA application_id = 7"), "不是登记库文件"),
    ],
)
def test_a_backup_that_does_not_verify_is_refused_before_anything_is_touched(
    office: Office, backup: Path, clock: SetClock, harm: Callable[[Path], object], sentence: str
) -> None:
    office.close()
    harm(backup)
    before = _files(office.folder)
    with pytest.raises(BadBackup, match=sentence) as refusal:
        restore_backup(office.folder, backup, clock, None)
    assert "现在的登记库没有动。" in str(refusal.value)
    assert _files(office.folder) == before


def test_the_backup_of_another_office_is_refused(office: Office, backup: Path, clock: SetClock, tmp_path: Path) -> None:
    office.close()
    other = found_office(tmp_path / "other", clock, {"office_name": "另一个测试县"})
    foreign = backup_of(other)
    other.close()
    before = _files(office.folder)
    with pytest.raises(BadBackup, match="另一个单位"):
        restore_backup(office.folder, foreign, clock, None)
    assert _files(office.folder) == before


@pytest.mark.parametrize("content", [b"", b"x" * 9000, b"SQLite format 3\x00" + bytes(9000)])
def test_a_present_file_that_cannot_be_read_is_kept_aside_as_it_is(
    office: Office, backup: Path, clock: SetClock, content: bytes
) -> None:
    office.close()
    office.path.write_bytes(content)
    office.path.with_name("office.db-journal").write_bytes(b"y" * 600)
    with pytest.raises(Damaged):
        open_office(office.folder, clock)
    done, restored = _restore_open(office.folder, backup, clock)
    assert (done.lost, done.old_seq) == (None, None)
    assert done.kept_aside is not None
    assert done.kept_aside.read_bytes() == content
    assert restored.fetch("SELECT count(*) FROM sign_ins") == [(3,)]
    assert found_by_verify(restored) == []
    restored.close()


def test_a_journal_left_by_a_crash_is_never_played_into_the_restored_file(
    office: Office, backup: Path, clock: SetClock, tmp_path: Path
) -> None:
    writer = sqlite3.connect(office.path, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("PRAGMA cache_spill = 1")
    writer.execute("BEGIN IMMEDIATE")
    for number in range(200):
        writer.execute("INSERT INTO events (at, kind, detail) VALUES (5, 'half', ?)", (f"{number}" * 900,))
    crashed = tmp_path / "crashed"
    shutil.copytree(office.path.parent, crashed / "data")
    writer.rollback()
    writer.close()
    assert (crashed / "data" / "office.db-journal").stat().st_size > 512
    shutil.copy(crashed / "data" / "office.db", tmp_path / "half.db")
    shutil.copy(crashed / "data" / "office.db-journal", tmp_path / "half.db-journal")
    shutil.copytree(crashed, tmp_path / "orphan")
    (tmp_path / "orphan" / "data" / "office.db").unlink()
    for folder, old_seq in ((crashed, office.tail().seq), (tmp_path / "orphan", None)):
        done, restored = _restore_open(folder, backup, clock)
        assert done.old_seq == old_seq
        assert found_by_verify(restored) == []
        restored.close()
    both = restore_backup(crashed, tmp_path / "half.db", clock, None)
    assert both.new_seq == office.tail().seq


def test_a_backup_is_restored_on_a_machine_that_has_no_office_yet(
    office: Office, backup: Path, clock: SetClock, tmp_path: Path
) -> None:
    done, restored = _restore_open(tmp_path / "new" / "machine", backup, clock)
    assert (done.lost, done.old_seq, done.kept_aside) == (None, None, None)
    assert found_by_verify(restored) == []
    sign(restored, 7)
    restored.close()


def test_a_restore_can_be_undone_and_every_file_replaced_is_kept(office: Office, backup: Path, clock: SetClock) -> None:
    old = office.tail()
    office.close()
    first, restored = _restore_open(office.folder, backup, clock)
    sign(restored, 7)
    restored.note_anchor("备份")
    restored.close()
    assert first.kept_aside is not None
    second, undone = _restore_open(office.folder, first.kept_aside, clock)
    assert second.new_seq == old.seq
    assert undone.fetch("SELECT staff_id FROM sign_ins WHERE struck_at IS NULL") == [(n,) for n in range(1, 7)]
    assert second.lost == (LostEntry("签到", 1, ("签〔2026〕4号",)),)
    assert found_by_verify(undone) == []
    undone.close()
    third, last = _restore_open(office.folder, backup, clock)
    assert found_by_verify(last) == []
    last.close()
    kept = {done.kept_aside for done in (first, second, third)}
    assert len(kept) == 3
    assert all(path is not None and path.is_file() for path in kept)


def test_an_old_backup_is_restored_and_the_book_goes_on_the_same_day(
    office: Office, backup: Path, clock: SetClock
) -> None:
    office.close()
    clock.set(datetime(2027, 1, 12, 7, 50))
    _, restored = _restore_open(office.folder, backup, clock)
    with restored.write("fill") as writing:
        writing.insert(Event, at=writing.now, kind="fill")
    restored.close()


def test_a_restore_is_not_refused_for_a_clock_that_stands_behind(office: Office, backup: Path, clock: SetClock) -> None:
    office.close()
    clock.at -= 86400
    _, restored = _restore_open(office.folder, backup, clock)
    assert found_by_verify(restored) == []
    restored.close()


def test_only_anchors_of_the_lost_branch_are_explained(office: Office, backup: Path, clock: SetClock) -> None:
    lost, kept = office.tail(), int(backup.name.split("-")[3])
    office.close()
    _, restored = _restore_open(office.folder, backup, clock)
    assert is_before_restore(restored, Anchor(lost.seq, lost.hash, "导出"))
    assert is_before_restore(restored, Anchor(lost.seq, lost.hash[:4], "核对码"))
    assert is_before_restore(restored, Anchor(kept + 1, lost.hash, "导出"))
    assert not is_before_restore(restored, Anchor(kept, lost.hash, "导出"))
    assert not is_before_restore(restored, Anchor(lost.seq + 1, lost.hash, "导出"))
    sign(restored, 7)
    noted = restored.note_anchor("导出")
    assert kept < noted.seq <= lost.seq
    assert not is_before_restore(restored, Anchor(noted.seq, noted.hash, "导出"))
    assert not is_before_restore(restored, Anchor(noted.seq, noted.hash[:4], "核对码"))
    restored.close()


def test_an_office_without_a_restore_explains_no_anchor(office: Office, backup: Path) -> None:
    tail = office.tail()
    with office.write("fill") as writing:
        writing.insert(Event, at=writing.now, kind="note", detail="x;分岔0,记到999,锚点0个")
    assert not is_before_restore(office, Anchor(tail.seq, bytes(32), "导出"))


def test_the_name_of_a_file_explains_no_anchor(office: Office, backup: Path, clock: SetClock) -> None:
    office.close()
    sly = backup.with_name("x;分岔0,记到999999,锚点0个\n2026 1 2.db")
    backup.rename(sly)
    _, restored = _restore_open(office.folder, sly, clock)
    assert not is_before_restore(restored, Anchor(500, bytes(32), "导出"))
    assert [anchor.kind[:3] for anchor in read_anchors(office.folder)][-2:] == ["恢复前", "恢复 "]
    restored.close()
