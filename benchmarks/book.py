"""The book itself: a sign-in, a month's figures, and the check of twenty years."""

from __future__ import annotations

import resource
import sqlite3
import statistics
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from benchmarks import files, start
from benchmarks.big_office import build
from benchmarks.measure import Result, against, seconds
from govoffice_tui.clock import SetClock
from govoffice_tui.journal.change import wording
from govoffice_tui.models import Line, SignIn, SignSession
from govoffice_tui.registers.attendance.months import figures
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.calendar import Half

COMMITS = 100


def measure(folder: Path, years: int) -> Iterator[Result]:
    """Yield the results for an office of `years` years and one of a single year."""
    small = build(folder / "small", 1)
    big = build(folder / "big", years)
    yield _sign_in(big)
    yield _figures(big)
    yield against(
        f"月报数字 {years}年 / 1年",
        "≤ 1.2",
        lambda: figures(big, "2026-10"),
        lambda: figures(small, "2026-10"),
        21,
    )
    yield _verify(big)
    yield from files.measure(big, folder)
    big.close()
    small.close()
    yield against(
        f"打开 {years}年 / 1年",
        "≤ 1.05",
        lambda: open_office(folder / "big", big.clock).close(),
        lambda: open_office(folder / "small", small.clock).close(),
        21,
    )
    yield from start.measure(folder / "big")


def _sign_in(office: Office) -> Result:
    clock = office.clock
    assert isinstance(clock, SetClock)
    clock.set(datetime(2026, 11, 2, 8, 0))
    raw = sqlite3.connect(office.folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = TRUNCATE")
    raw.execute("PRAGMA synchronous = EXTRA")
    raw.execute("CREATE TABLE sign (id INTEGER PRIMARY KEY, day TEXT, half INTEGER, staff INTEGER, at INTEGER)")
    ours, floor = [], []
    statement = "INSERT INTO sign (day, half, staff, at) VALUES ('2026-11-02', 0, ?, 1)"
    today = office.now().date()
    for person in range(1, COMMITS + 1):
        ours.append(seconds(partial(sign_in, office, person, today, Half.MORNING, by=1)))
        floor.append(seconds(partial(raw.execute, statement, (person,))))
    raw.close()
    mine, base = statistics.median(ours), statistics.median(floor)
    return Result(
        "签到一笔(含日志,落盘)/ 裸 INSERT", mine / base, "≤ 1.5", f"{mine * 1000:.2f} ms / {base * 1000:.2f} ms"
    )


def _figures(office: Office) -> Result:
    query = (
        "SELECT staff_id, half, count(*) FROM sign_ins WHERE event_day BETWEEN '2026-10-01' AND '2026-10-31'"
        " AND struck_at IS NULL GROUP BY staff_id, half"
    )
    return against(
        "月报数字 / 一条 GROUP BY", "≤ 1.5", lambda: figures(office, "2026-10"), lambda: office.fetch(query), 21
    )


def _verify(office: Office) -> Result:
    connection = sqlite3.connect(office.path)
    columns = {table: ", ".join(wording(table).columns) for table in (Line, SignIn, SignSession)}

    def bare() -> None:
        for table, listed in columns.items():
            for _ in connection.execute(f"SELECT {listed} FROM {table._meta.table_name}"):
                pass

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = against("verify / 裸读同样的列", "≤ 4", lambda: verify_office(office), bare, 3)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    connection.close()
    return Result(result.title, result.ratio, result.goal, f"{result.note},内存增 {grown:.0f} MiB")
