"""Finding a line of 用印登记簿: the first page of twenty years with 15,000 lines each, and all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

from benchmarks.big_office import LAST_DAY
from benchmarks.measure import Result, against
from govoffice_tui.clock import SetClock, epoch
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.seals import finding
from govoffice_tui.rules.seal_search import read_query
from govoffice_tui.text import fold

LINES_A_YEAR = 15_000
UNITS = ("教育局", "农业农村局", "城关镇", "河东镇", "交通运输局", "水利局", "行政股", "综合股")
MATTERS = ("关于做好防汛工作的通知", "关于报送年度总结的函", "任职证明", "购销合同", "统计报表", "会议纪要")
COMMON, RARE = "防汛", "水库除险"


def measure(folder: Path, years: int) -> Iterator[Result]:
    """Yield the results for a register of `years` years and one of a single year."""
    small, big = _build(folder / "seals-small", 1), _build(folder / "seals-big", years)
    yield against(
        "用印查找第一页 / 同年一条 LIKE",
        "≤ 2",
        lambda: _first_page(big),
        lambda: big.fetch(
            "SELECT * FROM seal_uses WHERE series = '印' AND year = ? AND search_key LIKE ? ORDER BY number DESC"
            " LIMIT ?",
            LAST_DAY.year,
            f"%{COMMON}%",
            finding.MOST + 1,
        ),
        21,
    )
    yield against(f"用印查找第一页 {years}年 / 1年", "≤ 1.2", lambda: _first_page(big), lambda: _first_page(small), 21)
    yield against(
        f"用印查找查完{years}年 / 全表一条 LIKE",
        "≤ 1.5",
        lambda: list(finding.find(big, read_query(RARE))),
        lambda: big.fetch("SELECT * FROM seal_uses WHERE search_key LIKE ?", f"%{RARE}%"),
    )
    big.close()
    small.close()


def _first_page(office: Office) -> None:
    """Look through the newest year for something common, as the page does before it shows anything."""
    query = read_query(COMMON)
    finding.find_in_year(office, query, finding.years(office, query)[0])


def _build(folder: Path, years: int) -> Office:
    """Return an office with so many years of stamps, written past the journal: only the reading is measured."""
    clock = SetClock(datetime.combine(LAST_DAY, time(8, 0)))
    first = date(LAST_DAY.year - years + 1, 1, 1)
    office = found_office(folder, clock, {"office_name": "测试县人民政府办公室", "first_session": f"{first} 0"})
    path = office.path
    office.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO seals (id, revision, name, kind, place, from_day, entered_at, remark)"
            " VALUES (1, 1, '测试县人民政府办公室', 'office', '保险柜', ?, ?, '')",
            (first.isoformat(), epoch(datetime.combine(first, time(8, 0)))),
        )
        for year in range(first.year, LAST_DAY.year + 1):
            connection.executemany(
                "INSERT INTO seal_uses (series, year, number, revision, event_day, entered_at, state, remark, seal_id,"
                " unit, title, kind, copies, per_copy, impressions, search_key)"
                " VALUES ('印', ?, ?, 1, ?, ?, 'used', '', 1, ?, ?, 'document', 1, 1, 1, ?)",
                _lines(year),
            )
    return open_office(folder, clock)


def _lines(year: int) -> Iterator[tuple[object, ...]]:
    for number in range(1, LINES_A_YEAR + 1):
        day = date(year, 1, 1) + timedelta(days=number * 300 // LINES_A_YEAR)
        unit = UNITS[number % len(UNITS)]
        title = f"{RARE}加固的批复" if number == year % 97 + 1 else f"{MATTERS[number % len(MATTERS)]}{number}"
        key = "|".join(map(fold, (f"印〔{year}〕{number}号", unit, title, "测试县人民政府办公室", "马骏")))
        yield year, number, day.isoformat(), epoch(datetime.combine(day, time(9, 0))), unit, title, key
