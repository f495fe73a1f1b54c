"""F3 on 用印登记簿: the first page and the whole of twenty years of 15,000 lines, over a bare LIKE on the same rows."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from benchmarks.measure import Result, against
from govoffice_tui.clock import SetClock, epoch
from govoffice_tui.models import SealApproval, SealOrgan, SealPage, SealUse
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.seals.finding import find, find_in_year, years
from govoffice_tui.registers.seals.keeping import add_seal
from govoffice_tui.registers.seals.views import APPROVALS, PAGES, SERIES
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.people import Category, StaffLine
from govoffice_tui.rules.seal_search import SealQuery, read_query
from govoffice_tui.rules.seals import LINES_A_PAGE, SealKind
from govoffice_tui.text import fold

LINES_A_YEAR = 15_000
JOINT_EACH = 40
"""Every so many lines is a joint document of three organs."""

SEAL = "测试县人民政府办公室"
UNITS = ("行政股", "督查股", "综合股", "教育局", "水利局", "卫健局", "自然资源局", "农业农村局", "交通运输局", "民政局")
MATTERS = ("会议纪要", "重点工作通报", "项目立项请示", "在职情况证明", "消防维保合同", "信息报送报表", "整治经费商请函")
APPROVERS = ("赵敏", "钱峰", "马骏", "杜怀远")
RARE = "水库除险加固批复"
"""A title one line has, in the oldest year."""

Row = dict[str, object]


def measure(folder: Path, span: int) -> Iterator[Result]:
    """Yield the figures of a search over `span` years."""
    office = build(folder, span)
    newest = office.now().year
    for title, query in (("常见的单位", "教育局"), ("两个词", "教育局 合同"), ("没有的词", "从来没有的词")):
        asked = read_query(query)
        yield against(
            f"查用印第一屏({title})/ 同一年裸 LIKE",
            "≤ 2",
            partial(_first, office, asked),
            partial(_bare, office, asked, newest),
            9,
        )
    asked = read_query(RARE)
    assert [len(one.lines) for one in find(office, asked)] == [0] * (span - 1) + [1]
    yield against(
        f"查用印翻完{span}年(只有一件的标题)/ 全表裸 LIKE",
        "≤ 1.5",
        lambda: list(find(office, asked)),
        partial(_bare, office, asked, None),
        5,
    )
    office.close()


def build(folder: Path, span: int) -> Office:
    """Build an office with `span` years of the register, its rows put in past the journal: only reading is measured."""
    last = date(2026, 10, 30)
    first = date(last.year - span + 1, 1, 1)
    clock = SetClock(datetime.combine(first, time(8, 0)))
    office = found_office(folder, clock, {"office_name": SEAL})
    people = [StaffLine(0, "", "测试甲", "", "行政股", "科员", "", first, Category.CIVIL_SERVANT, "")]
    import_staff(office, people, by=None)
    assign_post(office, 1, Post.SEAL_KEEPER, by=None)
    add_seal(office, SEAL, SealKind.OFFICE, "保险柜", first, by=1)
    raw = sqlite3.connect(office.path)
    chance = random.Random(1)
    for year in range(first.year, last.year + 1):
        _write_year(raw, year, first.year, chance)
    raw.commit()
    raw.close()
    clock.set(datetime.combine(last, time(9, 0)))
    return office


def _first(office: Office, query: SealQuery) -> None:
    find_in_year(office, query, years(office, query)[0])


def _bare(office: Office, query: SealQuery, year: int | None) -> None:
    words = [f"%{fold(word)}%" for word in query.words]
    likes = " AND ".join("search_key LIKE ?" for _ in words)
    if year is not None:
        likes += f" AND series = '{SERIES}' AND year = {year}"
    office.fetch(f"SELECT id FROM seal_uses WHERE {likes}", *words)


def _write_year(raw: sqlite3.Connection, year: int, oldest: int, chance: random.Random) -> None:
    base = (year - oldest) * LINES_A_YEAR
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    uses: list[Row] = []
    approvals: list[Row] = []
    organs: list[Row] = []
    pages: list[Row] = []
    for number in range(1, LINES_A_YEAR + 1):
        row, day = base + number, date(year, 1, 1) + timedelta(number * days // (LINES_A_YEAR + 1))
        unit, matter, approver = chance.choice(UNITS), chance.choice(MATTERS), chance.choice(APPROVERS)
        title = f"关于{day.month}月份{chance.randrange(1000)}号{matter}"
        if year == oldest and number == LINES_A_YEAR // 2:
            title = f"关于{RARE}"
        joint = ("测试县委办公室", SEAL, "测试县人大办公室") if number % JOINT_EACH == 0 else ()
        texts = (shown(SERIES, year, number), unit, title, "龙玉梅", SEAL, approver, *joint)
        at = epoch(datetime.combine(day, time(10, 0)))
        place = base // LINES_A_PAGE + (number - 1) // LINES_A_PAGE + 1
        head: Row = {"id": row, "year": year, "number": number, "event_day": day.isoformat(), "entered_at": at}
        if (number - 1) % LINES_A_PAGE == 0:
            page = {"id": place, "number": (number - 1) // LINES_A_PAGE + 1}
            pages.append(head | page | {"series": PAGES, "state": "open"})
        signer: Row = {"approver_name": approver, "approver_post": "director", "approved_day": day.isoformat()}
        approvals.append(
            head | signer | {"series": APPROVALS, "state": "approved", "seal_id": 1, "unit": unit, "mode": "paper"}
        )
        paper: Row = {"unit": unit, "title": title, "kind": "report", "copies": 3, "per_copy": 1, "impressions": 3}
        stamped: Row = {"agent": "龙玉梅", "page_id": place, "page_line": (number - 1) % LINES_A_PAGE + 1}
        uses.append(
            head
            | paper
            | stamped
            | {"series": SERIES, "state": "checked", "seal_id": 1, "approval_id": row, "keeper_id": 1}
            | {"signed_at": at, "stamped_at": at, "search_key": "|".join(fold(text) for text in texts)}
        )
        organs += [
            {"use_id": row, "place": order, "organ": organ, "is_ours": int(organ == SEAL), "entered_at": at}
            for order, organ in enumerate(joint, 1)
        ]
    for table, rows in ((SealPage, pages), (SealApproval, approvals), (SealUse, uses), (SealOrgan, organs)):
        unsaid = {one.column_name: one.default for one in table._meta.sorted_fields if one.default is not None}
        columns = list(unsaid | rows[0])
        raw.executemany(
            f"INSERT INTO {table._meta.table_name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            ([one.get(column, unsaid.get(column)) for column in columns] for one in rows),
        )
