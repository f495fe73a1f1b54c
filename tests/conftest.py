"""What every test shares: a set clock, a founded office, and a guard over the real one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual import _wait

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from tests.factories import staff_lines

# Behind every key Textual's pilot looks whether the program rests, in slices of 20 ms; a shorter look sees the same,
# and the suite, which presses thousands of keys, spent half its time looking.
_wait.SLEEP_GRANULARITY = 1 / 200
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 20

REAL_DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(autouse=True)
def _the_real_office_is_never_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def guarded(database: Any, *args: Any, **kwargs: Any) -> Any:
        if str(REAL_DATA) in str(database):
            raise AssertionError(f"a test opened {database}")
        return connect(database, *args, **kwargs)

    monkeypatch.setattr(sqlite3, "connect", guarded)


@pytest.fixture
def clock() -> SetClock:
    """Monday 12 October 2026, 7:50."""
    return SetClock(datetime(2026, 10, 12, 7, 50))


@pytest.fixture
def empty_office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """An office without people."""
    office = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    yield office
    office.close()


@pytest.fixture
def office(empty_office: Office) -> Office:
    """An office of eight people: staff ids 1 to 8, of whom 4 and 6 are both called 王伟."""
    import_staff(empty_office, staff_lines(8), by=None)
    return empty_office
