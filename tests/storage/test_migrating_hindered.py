"""Another window, a share, a medium without room or rights: the old office stays, and a sentence says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from govoffice_tui.__main__ import main
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.registers.backups import listed
from govoffice_tui.registers.office import Busy, CannotWrite, Office, open_office
from govoffice_tui.storage import migrating, opening
from tests.older import (
    a_day_later,
    left_in,
    old_office,
    version_of,
)
from tests.restoring import found_by_verify


def test_another_window_that_is_open_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = old_office(tmp_path)
    before = path.read_bytes()
    window = open_office(tmp_path, a_day_later(), as_is=True)
    with pytest.raises(Busy, match="另一窗口正开着"):
        open_office(tmp_path, a_day_later())
    assert main(["backup", "--office", str(tmp_path)]) == 4
    assert capsys.readouterr().err == "登记库要升级,而另一窗口正开着。请关掉所有窗口再打开。\n"
    assert path.read_bytes() == before
    window.close()
    open_office(tmp_path, a_day_later()).close()
    assert version_of(path) == SCHEMA


def test_a_window_that_comes_while_another_has_just_done_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_office(tmp_path)
    first = list[Office]()
    check_header = opening.check_header

    def overtaken(asked: Path) -> int:
        monkeypatch.setattr(opening, "check_header", check_header)
        version = check_header(asked)
        first.append(open_office(tmp_path, a_day_later()))
        return version

    monkeypatch.setattr(opening, "check_header", overtaken)
    second = open_office(tmp_path, a_day_later())
    assert second.fetch("SELECT count(*) FROM events WHERE kind = 'migrate'") == [(1,)]
    assert version_of(path) == SCHEMA
    second.close()
    first[0].close()


OPEN = """
import sys
from pathlib import Path
from govoffice_tui.registers.office import Busy, open_office
from tests.older import a_day_later
print("ready", flush=True)
sys.stdin.readline()
try:
    open_office(Path(sys.argv[1]), a_day_later()).close()
    print("opened")
except Busy as error:
    print(error)
"""


def test_two_processes_that_open_at_once_bring_it_up_once(tmp_path: Path) -> None:
    for place in range(3):
        folder = tmp_path / str(place)
        old_office(folder)
        pair = [
            subprocess.Popen(
                [sys.executable, "-c", OPEN, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                cwd=Path(__file__).resolve().parents[2],
            )
            for _ in range(2)
        ]  # fmt: skip
        for process in pair:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in pair:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        said = sorted(process.communicate()[0].strip() for process in pair)
        assert "opened" in said
        assert all(words == "opened" or "另一窗口正开着" in words for words in said)
        office = open_office(folder, a_day_later())
        assert office.fetch("SELECT count(*) FROM events WHERE kind = 'migrate'") == [(1,)]
        assert found_by_verify(office) == []
        office.close()
        assert left_in(folder) == []


def test_an_old_office_on_a_share_cannot_be_brought_up_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_office(tmp_path)
    monkeypatch.setattr(opening, "is_on_network", lambda path: True)
    with pytest.raises(CannotWrite, match=r"旧格式\(1\),要先升级才能打开,现在升级不了:登记库在网络共享盘上"):
        open_office(tmp_path, a_day_later())
    office = open_office(tmp_path, a_day_later(), as_is=True)
    assert found_by_verify(office) == []
    office.close()
    assert sorted(one.name for one in path.parent.iterdir()) == ["anchors.log", "office.db"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of another user")
@pytest.mark.parametrize(
    ("mode", "words"),
    [(0o444, "现在升级不了:没有写这个文件的权限。"), (0o666, "现在升级不了:没有写data文件夹的权限。")],
)
def test_a_medium_that_may_not_be_written_is_told_and_its_office_still_verifies(mode: int, words: str) -> None:
    with tempfile.TemporaryDirectory() as name:  # not in the folder of the tests, which only its owner may enter
        folder = Path(name)
        path = old_office(folder)
        before = path.read_bytes()
        path.with_name("office.lock").touch()
        os.chmod(path.with_name("office.lock"), 0o666)
        os.chmod(path, mode)
        os.chmod(path.with_name("anchors.log"), 0o444)
        os.chmod(path.parent, 0o555)
        os.chmod(folder, 0o755)
        child = os.fork()
        if child == 0:
            end = 1
            with suppress(BaseException):
                if os.geteuid() == 0:
                    os.setuid(65534)
                end = 0 if words in _told(folder) else 2
            os._exit(end)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        os.chmod(path.parent, 0o700)
        assert path.read_bytes() == before
        assert left_in(folder) == []


def _told(folder: Path) -> str:
    """Return what is told of an office that cannot be brought up; it can be read and verifies."""
    try:
        open_office(folder, a_day_later())
    except CannotWrite as error:
        office = open_office(folder, a_day_later(), as_is=True)
        assert found_by_verify(office) == []
        office.close()
        return str(error)
    return "it was opened"


def test_a_disk_without_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_office(tmp_path)
    before = path.read_bytes()
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=9 << 20))
        with pytest.raises(CannotWrite, match=r"升级没有做成:磁盘剩余空间9MB,升级要17MB。登记库没有动。"):
            open_office(tmp_path, a_day_later())
    assert path.read_bytes() == before
    assert listed(tmp_path) == []
    open_office(tmp_path, a_day_later()).close()


def test_whoever_breaks_it_off_is_told_and_the_old_office_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = old_office(tmp_path)
    before = path.read_bytes()

    def broken_off(path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "sync_file", broken_off)
        assert main(["backup", "--office", str(tmp_path)]) == 1
    assert capsys.readouterr().err.endswith("\n已中断,没有写到一半的登记,可以重新运行。\n")
    assert path.read_bytes() == before
    assert left_in(tmp_path) == []
    open_office(tmp_path, a_day_later()).close()
    assert len(listed(tmp_path)) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only an administrator gives files away")
def test_an_administrator_does_not_take_the_file_from_its_owner(tmp_path: Path) -> None:
    path = old_office(tmp_path)
    os.chown(path, 65534, 65534)
    open_office(tmp_path, a_day_later()).close()
    assert version_of(path) == SCHEMA
    status = path.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o777) == (65534, 65534, 0o600)
