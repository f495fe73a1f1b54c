"""Killed while signing, and two windows at once: what the screen called 已登记 is there, and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.verification import verify_office
from tests.factories import staff_lines

PEOPLE = 200


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of two hundred people on a Monday morning, to be copied for each round."""
    folder = tmp_path_factory.mktemp("template")
    office = found_office(folder, SetClock(datetime(2026, 10, 12, 7, 45)), {})
    import_staff(office, staff_lines(PEOPLE), by=None)
    office.close()
    return folder


def _start(folder: Path, first: int, last: int, then: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.slow.signer", str(folder), str(first), str(last), then]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[2])


def _standing(office: Office) -> dict[int, int]:
    return dict(office.fetch("SELECT id, staff_id FROM sign_ins WHERE struck_at IS NULL"))


def _kill_round(template: Path, folder: Path, chance: random.Random) -> None:
    shutil.copytree(template, folder)
    process = _start(folder, 1, PEOPLE, "forever")
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(chance.uniform(0.0, 0.15))
    os.kill(process.pid, signal.SIGKILL)
    said = [line.split() for line in process.stdout.read().splitlines()]
    process.wait()
    office = open_office(folder, SetClock(datetime(2026, 10, 12, 8, 30)))
    assert verify_office(office).findings == ()
    standing = _standing(office)
    for word, person, row in said:
        assert word == "signed"
        assert standing[int(row)] == int(person)
    assert len(standing) <= len(said) + 1
    office.close()
    shutil.rmtree(folder)


def test_every_signature_the_screen_confirmed_survives_a_kill(template: Path, tmp_path: Path) -> None:
    for count in range(8):
        _kill_round(template, tmp_path / str(count), random.Random(count))


@pytest.mark.slow
def test_every_signature_the_screen_confirmed_survives_two_hundred_kills(template: Path, tmp_path: Path) -> None:
    for count in range(200):
        _kill_round(template, tmp_path / str(count), random.Random(1000 + count))


def _race_round(template: Path, folder: Path) -> None:
    shutil.copytree(template, folder)
    left, right = _start(folder, 1, 60, "stay"), _start(folder, 61, 120, "collect")
    said = [process.communicate(timeout=120)[0].split("\n") for process in (left, right)]
    words = [line for part in said for line in part]
    office = open_office(folder, SetClock(datetime(2026, 10, 12, 8, 30)))
    assert verify_office(office).findings == ()
    signed = {int(line.split()[1]) for line in words if line.startswith("signed")}
    assert set(_standing(office).values()) == signed
    assert not any(line.startswith("busy") for line in words)
    after_collection = words[words.index("collected") + 1 :]
    assert not any(line.startswith("signed") for line in after_collection)
    (line,) = office.fetch("SELECT min(seq) FROM journal WHERE verb = 'collect_book'")[0]
    assert office.fetch("SELECT count(*) FROM journal WHERE verb = 'sign_in' AND seq > ?", line) == [(0,)]
    (expected,) = office.fetch("SELECT signed FROM sign_sessions")[0]
    assert expected == len(signed)
    numbers = [number for (number,) in office.fetch("SELECT number FROM sign_ins ORDER BY number")]
    assert numbers == list(range(1, len(numbers) + 1))
    office.close()
    shutil.rmtree(folder)


def test_two_windows_sign_and_collect_without_losing_or_adding_a_row(template: Path, tmp_path: Path) -> None:
    for count in range(4):
        _race_round(template, tmp_path / str(count))


@pytest.mark.slow
def test_two_windows_sign_and_collect_a_hundred_times(template: Path, tmp_path: Path) -> None:
    for count in range(100):
        _race_round(template, tmp_path / str(count))
