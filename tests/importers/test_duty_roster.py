"""Older duty rosters as offices keep them: what is read, what is passed over, and every problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.importers.duty_roster import DutyList, parse_duties, read_duty_roster
from govoffice_tui.importers.reader import Table, Unreadable
from govoffice_tui.rules.roster import DutyPost

HEADING = ("日期", "星期", "带班领导", "电话", "值班员", "电话", "通讯员")


def parse(*rows: Sequence[str]) -> DutyList:
    return parse_duties(Table("", tuple(tuple(row) for row in rows)), 2026)


def test_every_name_of_a_day_is_read_under_its_post() -> None:
    read = parse(
        ("××县人民政府办公室2026年9月值班表",),
        HEADING,
        ("9月1日", "二", "钱峰", "13900000001", "冯䶮、陈喆(13900000002)", "", "刘建华"),
        ("2026-9-2", "三", "赵敏", "", "—", "", "陶永福"),
        ("值班电话:", "", "", "", "", "", ""),
    )
    assert read.problems == ()
    assert [(line.row, line.day, line.post, line.name) for line in read.lines] == [
        (3, date(2026, 9, 1), DutyPost.LEADER, "钱峰"),
        (3, date(2026, 9, 1), DutyPost.OFFICER, "冯䶮"),
        (3, date(2026, 9, 1), DutyPost.OFFICER, "陈喆"),
        (3, date(2026, 9, 1), DutyPost.MESSENGER, "刘建华"),
        (4, date(2026, 9, 2), DutyPost.LEADER, "赵敏"),
        (4, date(2026, 9, 2), DutyPost.MESSENGER, "陶永福"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("姓名", "股室"), ("冯䶮", "行政股")], "找不到表头"),
        ([HEADING], "没有值班人员"),
        ([HEADING, ("13月40日", "", "钱峰", "", "", "", "")], "日期读不懂"),
        ([HEADING, ("9月1日", "", "机密★3年", "", "", "", "")], "密级"),
    ],
)
def test_a_table_that_is_no_roster_is_told_so(rows: list[tuple[str, ...]], words: str) -> None:
    read = parse(*rows)
    assert words in str(read.problems[0])
    assert read.lines == ()


def test_a_file_that_is_no_table_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "值班表.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(Unreadable):
        read_duty_roster(path, 2026)


def test_a_csv_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "值班表.csv"
    path.write_text("日期,带班领导,值班员\n2026-09-01,钱峰,冯䶮\n", encoding="utf-8-sig")
    assert [line.name for line in read_duty_roster(path, 2026).lines] == ["钱峰", "冯䶮"]


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=7), max_size=6))
def test_whatever_a_table_holds_something_is_said(rows: list[list[str]]) -> None:
    read = parse(HEADING, *rows)
    assert read.lines or read.problems
