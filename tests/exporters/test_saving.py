"""Putting a finished file in its place: whole or not at all, and never over a file somebody has open."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from govoffice_tui.exporters.page import Cell, Page, Properties, Row
from govoffice_tui.exporters.saving import ExportFailed, save_atomically
from govoffice_tui.exporters.workbook import write_workbook
from tests.exporters.factories import MADE_AT

OLD = b"the file that stood here before"
PAGE = Page("表", "标题", "副题", (20.0,), (), ((Row((Cell("甲"),)),),))


def write_whole(path: Path) -> None:
    """Write a small workbook."""
    write_workbook([PAGE], Properties("题", "办公室", MADE_AT), path)


def names(folder: Path) -> list[str]:
    """Return what stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file of an earlier export."""
    path = tmp_path / "2026-10" / "2026-10_考勤月报表.xlsx"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def test_a_file_is_put_in_place_of_the_old_one(target: Path) -> None:
    assert save_atomically(target, write_whole) == target
    assert target.read_bytes().startswith(b"PK")
    assert names(target.parent) == [target.name]


def test_the_folder_of_a_new_month_is_made(tmp_path: Path) -> None:
    target = tmp_path / "exports" / "2026-11" / "2026-11_考勤月报表.xlsx"
    assert save_atomically(target, write_whole) == target
    assert target.exists()


def test_writing_that_fails_midway_leaves_the_old_file_and_nothing_else(target: Path) -> None:
    def half(path: Path) -> None:
        path.write_bytes(b"PK half")
        raise OSError(errno.EIO, "gone")

    with pytest.raises(ExportFailed, match="原来的文件没有动"):
        save_atomically(target, half)
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_a_mistake_in_the_writer_leaves_no_temporary_file(target: Path) -> None:
    def mistaken(path: Path) -> None:
        path.write_bytes(b"PK half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_atomically(target, mistaken)
    assert names(target.parent) == [target.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told_and_leaves_nothing_half_written(target: Path) -> None:
    def onto_full_disk(path: Path) -> None:
        write_whole(path)
        shutil.copyfile(path, "/dev/full")

    with pytest.raises(ExportFailed) as told:
        save_atomically(target, onto_full_disk)
    assert told.value.sentence.startswith("磁盘已满,2026-10_考勤月报表.xlsx没有写成")
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_what_cannot_be_read_back_is_not_put_in_place(target: Path) -> None:
    def damaged(path: Path) -> None:
        write_whole(path)
        content = bytearray(path.read_bytes())
        middle = len(content) // 3
        content[middle : middle + 40] = bytes(40)
        path.write_bytes(content)

    for bad in (damaged, lambda path: path.write_bytes(b"not a workbook"), lambda path: None):
        with pytest.raises(ExportFailed, match="读不回来"):
            save_atomically(target, bad)
        assert target.read_bytes() == OLD


@pytest.mark.parametrize("mark", ["~${name}", ".~{name}", ".~lock.{name}#"])
def test_a_file_that_is_open_elsewhere_gets_another_name(target: Path, mark: str) -> None:
    target.with_name(mark.format(name=target.name)).write_bytes(b"")
    first = save_atomically(target, write_whole)
    second = save_atomically(target, write_whole)
    assert [first.name, second.name] == ["2026-10_考勤月报表_另存1.xlsx", "2026-10_考勤月报表_另存2.xlsx"]
    assert target.read_bytes() == OLD


def test_a_lock_without_a_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "~$表.xlsx").write_bytes(b"")
    assert save_atomically(tmp_path / "表.xlsx", write_whole) == tmp_path / "表.xlsx"


def test_a_read_only_file_gets_another_name(target: Path) -> None:
    target.chmod(0o444)
    assert save_atomically(target, write_whole).name == "2026-10_考勤月报表_另存1.xlsx"
    assert target.read_bytes() == OLD


def test_a_file_that_the_system_holds_gets_another_name(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def held(source: Path, path: Path) -> None:
        if path == target:
            raise PermissionError(errno.EACCES, "held")
        replace(source, path)

    monkeypatch.setattr(os, "replace", held)
    assert save_atomically(target, write_whole).name == "2026-10_考勤月报表_另存1.xlsx"
    assert target.read_bytes() == OLD


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(source: Path, path: Path) -> None:
        raise PermissionError(errno.EACCES, "forbidden")

    monkeypatch.setattr(os, "replace", forbidden)
    with pytest.raises(ExportFailed, match="不能写入"):
        save_atomically(tmp_path / "表.xlsx", write_whole)
    assert names(tmp_path) == []


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "exports").write_bytes(b"")
    with pytest.raises(ExportFailed, match="没有写成"):
        save_atomically(tmp_path / "exports" / "表.xlsx", write_whole)
