"""Older duty rosters (值班表) as offices keep them: days and names found by their titles, checked whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govoffice_tui.importers.headings import find_heading
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.importers.staff_words import read_day
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.roster import DutyPost
from govoffice_tui.text import Verdict, clean, clean_name, guard

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("日期", "值班日期", "时间", "值班时间"),
    "leader": ("带班领导", "带班", "带班人", "值班领导"),
    "officer": ("值班员", "值班人员", "值班人", "值班"),
    "messenger": ("通讯员", "值班通讯员"),
}
VACANT = frozenset({"", "—", "-", "无", "空缺"})
MOST_LINES = 3000

_ASIDE = re.compile("[(\uff08][^()\uff08\uff09]*[)\uff09]|[0-9][0-9-]{6,}")
_MONTH_DAY = re.compile(r"(?:([0-9]{1,2})[月./-])?([0-9]{1,2})日?号?")
_NAMES = re.compile(r"[、,\uff0c/;\uff1b\s]+")


@dataclass(frozen=True)
class DutyLine:
    """One name of one day: `row` is the line of the file."""

    row: int
    day: date
    post: DutyPost
    name: str


@dataclass(frozen=True)
class DutyList:
    """The duties of a roster; with any problem nothing of it may be entered."""

    lines: tuple[DutyLine, ...]
    problems: tuple[Problem, ...]


def read_duty_roster(path: Path, year: int) -> DutyList:
    """Return the duties of a 值班表 file; `year` stands for days written without one (12月5日).

    Raises:
        Unreadable: when the file gives no table at all.
    """
    return parse_duties(read_table(path), year)


def parse_duties(table: Table, year: int) -> DutyList:
    """Return the duties of a table with all its problems: a day column and 带班领导, 值班员 or 通讯员."""
    heading = find_heading(table.rows, COLUMNS, "day")
    if heading is None:
        return DutyList((), (Problem("", "找不到表头,要有“日期”和“带班领导”“值班员”“通讯员”里的一列"),))
    lines: list[DutyLine] = []
    problems: list[Problem] = []
    for index in range(heading.last + 1, len(table.rows)):
        row = table.rows[index]

        def cell(field: str, row: tuple[str, ...] = row) -> str:
            column = heading.columns.get(field)
            return row[column].strip() if column is not None and column < len(row) else ""

        names = {post: cell(post.value) for post in DutyPost}
        if guard("".join(row)) is Verdict.REFUSE:
            problems.append(Problem(f"第{index + 1}行", "像密级标志,涉密内容不得录入本机"))
            continue
        if not any(names.values()):
            continue
        day = _day(cell("day"), year)
        if day is None:
            if any(sign.isdecimal() for sign in cell("day")):
                problems.append(Problem(f"第{index + 1}行", "日期读不懂,请写成 2026-12-5 或 12月5日"))
            continue
        for post, text in names.items():
            for name in _NAMES.split(_unbracketed(text)):
                if name not in VACANT:
                    lines.append(DutyLine(index + 1, day, post, clean_name(name).text))
    if len(lines) > MOST_LINES:
        problems.append(Problem("", f"超过{MOST_LINES}个班次,请分年导入"))
    if not lines and not problems:
        problems.append(Problem("", "表头下面没有值班人员,请核对是不是选错了文件或工作表"))
    return DutyList(tuple(lines), tuple(problems))


def _day(text: str, year: int) -> date | None:
    found = read_day(text)
    if found is not None and not found.month_only:
        return found.day
    match = _MONTH_DAY.match("".join(unicodedata.normalize("NFKC", clean(text).text).split()))
    if match is None or match[1] is None:
        return None
    try:
        return date(year, int(match[1]), int(match[2]))
    except ValueError:
        return None


def _unbracketed(text: str) -> str:
    """Return names without the phones that stand behind them."""
    return _ASIDE.sub(" ", text)
