"""Opening an office: every wrong file gets its sentence, and nothing is made or mended on the way."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import AlreadyAnOffice, Busy, CannotWrite, Damaged, NoOffice, Office, open_office
from govoffice_tui.registers.timekeeping import confirm_day, day_question, fix_clock
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage import opening as engine
from govoffice_tui.storage.lock import OfficeLock

NOW = datetime(2026, 10, 12, 7, 50)


def test_a_missing_office_is_not_made_on_the_way(tmp_path: Path) -> None:
    with pytest.raises(NoOffice):
        open_office(tmp_path, SetClock(NOW))
    assert list(tmp_path.iterdir()) == []


def test_an_office_is_not_founded_twice(office: Office, clock: SetClock) -> None:
    with pytest.raises(AlreadyAnOffice):
        found_office(office.folder, clock, {})
    assert office.fetch("SELECT count(*) FROM staff") == [(8,)]


def test_a_setting_that_cannot_be_read_founds_nothing(tmp_path: Path, clock: SetClock) -> None:
    with pytest.raises(Refused) as refusal:
        found_office(tmp_path, clock, {"summer_from": "13-45"})
    assert refusal.value.field == "summer_from"
    assert list(tmp_path.iterdir()) == []


def _closed(office: Office) -> Path:
    office.close()
    return office.path


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda path: path.write_bytes(b""), "不是登记库文件"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(500)), "不是登记库文件"),
        (lambda path: os.truncate(path, path.stat().st_size - 100), "长短不对"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x" * 10), "长短不对"),
        (lambda path: _replaced_by_another_database(path), "别的程序"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    office: Office, harm: Callable[[Path], object], sentence: str
) -> None:
    path = _closed(office)
    harm(path)
    before = path.read_bytes()
    with pytest.raises(Damaged, match=sentence):
        open_office(office.folder, SetClock(NOW))
    assert path.read_bytes() == before


def _replaced_by_another_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()


def test_a_changed_last_line_is_seen_before_the_first_frame(office: Office) -> None:
    path = _closed(office)
    connection = sqlite3.connect(path)
    (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_purge_only'").fetchone()
    connection.execute("DROP TRIGGER journal_purge_only")
    connection.execute("UPDATE journal SET verb = 'x' WHERE seq = (SELECT max(seq) FROM journal)")
    connection.execute(trigger)
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="最后一笔"):
        open_office(office.folder, SetClock(NOW))


def test_a_file_of_a_newer_program_is_read_only(office: Office) -> None:
    path = _closed(office)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    newer = open_office(office.folder, SetClock(NOW))
    assert "较新的程序" in newer.read_only
    assert newer.fetch("SELECT count(*) FROM staff") == [(8,)]
    with pytest.raises(Refused, match="只读"):
        sign_in(newer, 1, date(2026, 10, 12), Half.MORNING, by=1)
    newer.close()


def test_an_office_on_a_share_is_read_only(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _closed(office)
    monkeypatch.setattr(engine, "is_on_network", lambda path: True)
    shared = open_office(office.folder, SetClock(NOW))
    assert "网络共享" in shared.read_only
    shared.close()


def test_a_task_that_needs_the_office_alone_waits_for_every_window(office: Office) -> None:
    alone = OfficeLock(office.folder)
    with pytest.raises(Busy, match="另一窗口正开着"):
        alone.hold_alone()
    office.close()
    alone.hold_alone()
    with pytest.raises(Busy):
        open_office(office.folder, SetClock(NOW))
    alone.release()
    open_office(office.folder, SetClock(NOW)).close()


def test_a_writer_that_waits_too_long_is_told_and_nothing_is_written(office: Office) -> None:
    other = sqlite3.connect(office.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    impatient = office.another(0.05)
    with pytest.raises(Busy, match="没有登记上"):
        sign_in(impatient, 1, date(2026, 10, 12), Half.MORNING, by=1)
    other.execute("ROLLBACK")
    assert sign_in(impatient, 1, date(2026, 10, 12), Half.MORNING, by=1).name == "赵敏"
    impatient.close()
    other.close()


def test_the_file_and_its_folder_are_the_owners_alone(office: Office) -> None:
    assert office.path.stat().st_mode & 0o777 == 0o600
    assert office.path.parent.stat().st_mode & 0o077 == 0


def test_a_swapped_file_is_noticed(office: Office, tmp_path: Path) -> None:
    assert not office.was_swapped()
    copy = tmp_path / "copy.db"
    shutil.copy(office.path, copy)
    os.replace(copy, office.path)
    assert office.was_swapped()


FULL_DISK = """
import resource, sys
from datetime import datetime
from pathlib import Path
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.office import open_office, CannotWrite
from govoffice_tui.rules.calendar import Half
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
office = open_office(Path(sys.argv[1]), SetClock(datetime(2026, 10, 12, 7, 55)))
size = office.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
done = 0
try:
    for person in range(1, 9):
        sign_in(office, person, office.now().date(), Half.MORNING, by=person)
        done += 1
    for key in range(400):
        with office.write("fill") as writing:
            from govoffice_tui.models import Event
            writing.insert(Event, at=writing.now, kind="fill", detail="x" * 900)
except CannotWrite as error:
    print(done, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
def test_a_full_disk_keeps_every_confirmed_row_and_says_so(office: Office) -> None:
    folder = office.folder
    office.close()
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(folder)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert "没有登记上" in run.stdout
    done = int(run.stdout.split()[0])
    again = open_office(folder, SetClock(datetime(2026, 10, 12, 7, 56)))
    assert again.fetch("SELECT count(*) FROM sign_ins") == [(done,)]
    again.close()


def test_a_skipped_workday_asks_one_person_and_forty_days_two(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 13, 7, 50))
    assert day_question(office) is None
    clock.set(datetime(2026, 10, 14, 7, 50))
    question = day_question(office)
    assert question is not None
    assert not question.needs_two
    confirm_day(office, by=3)
    assert day_question(office) is None
    clock.set(datetime(2026, 12, 14, 7, 50))
    with pytest.raises(Refused, match="两人核对"):
        sign_in(office, 1, date(2026, 12, 14), Half.MORNING, by=1)
    with pytest.raises(Refused, match="两个人"):
        confirm_day(office, by=3)
    confirm_day(office, 4, by=3)
    sign_in(office, 1, date(2026, 12, 14), Half.MORNING, by=1)


def test_a_wrong_future_time_is_put_right_by_the_director_only(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 30, 8, 0))
    sign_in(office, 1, date(2026, 10, 30), Half.MORNING, by=1)
    clock.set(NOW)
    from govoffice_tui.registers.posts import assign_post
    from govoffice_tui.rules.authority import Post

    with pytest.raises(Refused, match="机器时间不对"):
        assign_post(office, 1, Post.DIRECTOR, by=None)
    fix_clock(office, "主板电池换过,与电视时间核对", by=1)
    sign_in(office, 2, date(2026, 10, 12), Half.MORNING, by=1)
    from govoffice_tui.registers.verification import verify_office

    assert verify_office(office).findings == ()


def test_a_medium_that_cannot_be_written_is_named(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(CannotWrite, match="data文件夹"):
        found_office(tmp_path, clock, {})
