"""An office that is begun stands whole in its folder or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.founding import discard, draft_office, found_office, settle
from govoffice_tui.registers.office import AlreadyAnOffice, CannotWrite, open_office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.drafting import PREFIX

NAME = {"office_name": "测试县"}


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_nothing_stands_in_the_folder_until_the_draft_is_settled(tmp_path: Path, clock: SetClock) -> None:
    draft = draft_office(tmp_path / "office", clock, NAME)
    assert not (tmp_path / "office" / "data").exists()
    settle(draft)
    open_office(tmp_path / "office", clock).close()
    assert not list((tmp_path / "office").glob(f"{PREFIX}*"))


def test_a_discarded_draft_takes_the_folders_made_for_it_along(tmp_path: Path, clock: SetClock) -> None:
    discard(draft_office(tmp_path / "a" / "b", clock, NAME))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    "values", [{"office_name": ""}, NAME | {"summer_from": "13-40"}, NAME | {"summer_from": "10-01"}]
)
def test_what_is_refused_leaves_nothing(tmp_path: Path, clock: SetClock, values: dict[str, str]) -> None:
    with pytest.raises(Refused):
        found_office(tmp_path / "office", clock, values)
    assert left_in(tmp_path) == []


def test_of_two_windows_that_begin_at_once_the_second_is_told(tmp_path: Path, clock: SetClock) -> None:
    one, other = draft_office(tmp_path, clock, NAME), draft_office(tmp_path, clock, {"office_name": "另一县"})
    settle(one)
    with pytest.raises(AlreadyAnOffice, match="已经有登记库"):
        settle(other)
    discard(other)
    office = open_office(tmp_path, clock)
    assert office.fetch("SELECT value FROM settings WHERE key = 'office_name'") == [("测试县",)]
    office.close()


@pytest.mark.parametrize("left", ["anchors.log", "backups/office-20261012-081500-12-7f3a91c2.db"])
def test_a_folder_whose_book_is_gone_is_not_begun_anew(tmp_path: Path, clock: SetClock, left: str) -> None:
    path = tmp_path / "data" / left
    path.parent.mkdir(parents=True)
    path.write_text("x")
    with pytest.raises(AlreadyAnOffice, match="登记库却不在"):
        found_office(tmp_path, clock, NAME)
    assert left_in(tmp_path) == sorted({"data", *left.split("/")})


def test_a_place_apart_that_a_power_cut_left_is_cleared_away_after_a_day(tmp_path: Path, clock: SetClock) -> None:
    stale, fresh = tmp_path / f"{PREFIX}old", tmp_path / f"{PREFIX}new"
    stale.mkdir()
    fresh.mkdir()
    long_ago = time.time() - 2 * 86_400
    os.utime(stale, (long_ago, long_ago))
    found_office(tmp_path, clock, NAME).close()
    assert (stale.exists(), fresh.exists()) == (False, True)


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are of Unix")
@pytest.mark.parametrize("limit", [0, 8_192, 100_000, 200_000])
def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path, limit: int) -> None:
    script = f"""
        import resource, signal
        from pathlib import Path
        from govoffice_tui.clock import SystemClock
        from govoffice_tui.registers.demo.build import build_demo
        from govoffice_tui.registers.office import StorageError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
        try:
            build_demo(Path({str(tmp_path / "demo")!r}), None, SystemClock(), months=1)
        except StorageError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip().endswith("。")
    assert left_in(tmp_path) == []


def test_a_folder_that_is_a_file_is_named(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "office").write_text("x")
    with pytest.raises(CannotWrite, match="同名文件"):
        found_office(tmp_path / "office", clock, NAME)
    assert left_in(tmp_path) == ["office"]
