"""Periods as the command line and the file names write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from govoffice_tui.rules.periods import Span, file_word, folder_word, moment_word, span_of


@pytest.mark.parametrize(
    ("period", "span", "folder"),
    [
        ("2026", Span.YEAR, "2026"),
        ("2026-10", Span.MONTH, "2026-10"),
        ("2026-10-12", Span.DAY, "2026-10"),
        ("2026-10-12T09:20", Span.MOMENT, "2026-10"),
    ],
)
def test_a_period_is_as_long_as_it_is_written(period: str, span: Span, folder: str) -> None:
    assert (span_of(period), folder_word(period)) == (span, folder)


@pytest.mark.parametrize(
    "period",
    [
        "",
        "26",
        "0000",
        "20260",
        "+026",
        "2026-13",
        "2026-1",
        "2026W10",
        "2026-W42-1",
        "2026-02-30",
        "20261012",
        "2026-10-12T24:30",
        "2026-10-12 09:20",
        "2026-10-12T09:20:30",
        "2026-10-12T09:20+08:00",
        "２０２６",
        "../../etc",
        "十月",
    ],
)
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        span_of(period)


def test_a_moment_makes_a_file_name_every_system_takes() -> None:
    word = moment_word(datetime(2026, 10, 12, 9, 5, 59))
    assert (word, file_word(word), file_word("2026-10")) == ("2026-10-12T09:05", "2026-10-12_0905", "2026-10")
