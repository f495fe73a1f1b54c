"""Dates and times as people type them, seen from Monday 12 October 2026."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.widgets.date_field import Unreadable, read_date, read_time, spelled_date

TODAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12", date(2026, 10, 12)),
        ("5日", date(2026, 10, 5)),
        ("１２", date(2026, 10, 12)),
        ("12.5", date(2026, 12, 5)),
        ("12月5日", date(2026, 12, 5)),
        ("10-11", date(2026, 10, 11)),
        ("10/9", date(2026, 10, 9)),
        ("1009", date(2026, 10, 9)),
        ("3.1", date(2027, 3, 1)),
        ("5.1", date(2026, 5, 1)),
        ("2026-10-12", date(2026, 10, 12)),
        ("2025.3.1", date(2025, 3, 1)),
        ("2025年3月1日", date(2025, 3, 1)),
        ("20260301", date(2026, 3, 1)),
        (" 今天 ", TODAY),
        ("明天", date(2026, 10, 13)),
        ("昨天", date(2026, 10, 11)),
        ("大后天", date(2026, 10, 15)),
        ("周五", date(2026, 10, 16)),
        ("星期日", date(2026, 10, 18)),
        ("周天", date(2026, 10, 18)),
        ("上周五", date(2026, 10, 9)),
        ("下周一", date(2026, 10, 19)),
        ("周5", date(2026, 10, 16)),
    ],
)
def test_a_date_is_read_as_it_is_meant(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "32", "2.30", "13.1", "2026-02-29", "周八", "下下周一", "[/]", "明", "0"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Unreadable, match=r"12\.5"):
        read_date(typed, TODAY)


def test_a_month_and_a_day_are_taken_in_the_year_that_brings_them_nearest() -> None:
    assert read_date("12.30", date(2026, 1, 2)) == date(2025, 12, 30)
    assert read_date("1.3", date(2026, 12, 28)) == date(2027, 1, 3)
    assert read_date("2.29", date(2027, 6, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("815", time(8, 15)),
        ("8:15", time(8, 15)),
        ("0815", time(8, 15)),
        ("８：１５", time(8, 15)),
        ("8.15", time(8, 15)),
        ("8点15", time(8, 15)),
        ("8点15分", time(8, 15)),
        ("8点", time(8)),
        ("8点半", time(8, 30)),
        ("17", time(17)),
        ("1730", time(17, 30)),
        ("下午3点", time(15)),
        ("晚上8:15", time(20, 15)),
        ("上午9:05", time(9, 5)),
        ("0:00", time(0)),
    ],
)
def test_a_time_is_read_as_it_is_meant(typed: str, moment: time) -> None:
    assert read_time(typed) == moment


@pytest.mark.parametrize("typed", ["", "24:00", "8:60", "860", "25", "下午", "八点", "12345", "[/]"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Unreadable, match="8:15"):
        read_time(typed)


@given(st.text(max_size=30))
def test_any_text_is_either_read_or_refused(typed: str) -> None:
    for read in (lambda: read_date(typed, TODAY), lambda: read_time(typed)):
        with suppress(Unreadable):
            assert isinstance(read(), date | time)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_a_whole_date_means_itself_on_any_day(day: date) -> None:
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日", TODAY) == day


def test_a_date_is_spelled_back_with_its_year_only_where_that_is_another_one() -> None:
    assert spelled_date(date(2026, 10, 16), TODAY) == "10月16日 星期五"
    assert spelled_date(date(2027, 1, 3), TODAY) == "2027年1月3日 星期日"
