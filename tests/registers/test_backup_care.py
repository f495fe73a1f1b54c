"""The second folder of backups, and the drill that goes back to one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.backup_care import drill, drill_words, second_folder
from govoffice_tui.registers.backups import back_up
from govoffice_tui.registers.office import Office, StorageError
from govoffice_tui.rules.refusal import Refused


@pytest.fixture
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder elsewhere, as a U-disk would be."""
    return tmp_path_factory.mktemp("usb")


def test_a_folder_that_serves_is_kept_whole_and_left_as_it_was(office: Office, disk: Path) -> None:
    found = second_folder(office, f" '{disk}' ")
    assert found.path == str(disk.resolve())
    assert "同一块盘" in found.sentence
    assert list(disk.iterdir()) == []
    assert second_folder(office, "  ").path == ""


@pytest.mark.parametrize(
    ("place", "reason"),
    [("backup", "写全"), ("/no/such/folder", "没有这个文件夹"), ("own", "自己的文件夹"), ("inside", "自己的文件夹")],
)
def test_a_folder_that_is_no_second_place_is_refused(office: Office, place: str, reason: str) -> None:
    named = {"own": str(office.folder), "inside": str(office.folder / "data" / "backups" / "..")}
    (office.folder / "data" / "backups").mkdir(exist_ok=True)
    with pytest.raises(Refused, match=reason) as refused:
        second_folder(office, named.get(place, place))
    assert refused.value.field == "backup_folder"


def test_a_way_round_into_the_offices_own_folder_is_seen_through(office: Office, disk: Path) -> None:
    (disk / "link").symlink_to(office.folder / "data")
    with pytest.raises(Refused, match="自己的文件夹"):
        second_folder(office, str(disk / "link"))


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a file system that takes no files")
def test_a_folder_that_cannot_be_written_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="不能写"):
        second_folder(office, "/proc/self")


def test_a_drill_checks_every_line_of_the_newest_backup_and_is_recorded(office: Office) -> None:
    assert drill_words(office) == ("还没有做过", True)
    with pytest.raises(Refused, match="还没有备份"):
        drill(office, by=3)
    lines = office.tail().seq
    backup = back_up(office, None, by=3).path
    done = drill(office, by=3)
    assert (done.file_name, done.lines) == (backup.name, lines)
    assert drill_words(office) == ("2026年10月12日做过", False)
    assert office.fetch("SELECT detail FROM events WHERE kind = 'restore_drill'") == [(f"{backup.name} {lines}笔一致",)]
    assert not list((office.folder / "data").glob("drill-*"))


def test_a_drill_older_than_a_month_is_due(office: Office, clock: SetClock) -> None:
    back_up(office, None, by=3)
    drill(office, by=3)
    clock.set(datetime(2026, 11, 14, 9, 0))
    assert drill_words(office) == ("2026年10月12日做过,已超过一个月", True)


def test_a_spoiled_backup_fails_the_drill_and_nothing_is_recorded(office: Office) -> None:
    backup = back_up(office, None, by=3).path
    os.chmod(backup, 0o600)
    spoiled = bytearray(backup.read_bytes())
    place = spoiled.index("阿依古丽".encode())
    spoiled[place : place + 3] = "刘".encode()
    backup.write_bytes(spoiled)
    with pytest.raises((Refused, StorageError)):
        drill(office, by=3)
    assert office.fetch("SELECT count(*) FROM events WHERE kind = 'restore_drill'") == [(0,)]
    assert not list((office.folder / "data").glob("drill-*"))
