"""The duty system's rules: hours of shifts, moves of lines, minutes nobody was there."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.duty import (
    MOVE_WORDS,
    MOVES,
    SHIFT_MOVES,
    EntryState,
    ShiftState,
    Template,
    Urgency,
    day_hours,
    legal_moves,
    require_move,
    require_shift,
    shift_hours,
    shift_of,
    uncovered,
)
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings, read_value

RULES = Settings()


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 12), "10月12日夜班(17:30—次日8:00)"),
        (date(2026, 7, 6), "7月6日夜班(18:00—次日8:00)"),
        (date(2026, 10, 11), "10月11日全天班(8:00—次日8:00)"),
    ],
)
def test_a_shift_has_the_hours_of_its_day(day: date, words: str) -> None:
    assert shift_hours(day, weekday(day), RULES).words == words


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 12, 1, 2, 10), date(2026, 11, 30)),  # example 16
        (datetime(2026, 12, 1, 7, 59), date(2026, 11, 30)),
        (datetime(2026, 12, 1, 11, 59), date(2026, 11, 30)),
        (datetime(2026, 12, 1, 12, 0), date(2026, 12, 1)),
        (datetime(2026, 12, 1, 17, 26), date(2026, 12, 1)),
        (datetime(2026, 10, 11, 6, 59), date(2026, 10, 10)),
        (datetime(2026, 10, 11, 7, 50), date(2026, 10, 11)),
    ],
)
def test_a_moment_belongs_to_the_shift_of_the_day_it_started(now: datetime, day: date) -> None:
    assert shift_of(now, weekday, RULES).day == day


@given(start=st.dates(date(2026, 1, 2), date(2026, 12, 30)))
def test_shifts_and_office_hours_leave_no_gap(start: date) -> None:
    mine, after = (shift_hours(day, weekday(day), RULES) for day in (start, start + timedelta(days=1)))
    if after.template is Template.WHOLE_DAY:
        assert mine.ends == after.starts
    else:
        assert mine.ends == datetime.combine(start + timedelta(days=1), time(8, 0))
        assert after.starts > mine.ends


def test_every_move_rests_on_an_article_and_a_post_that_may() -> None:
    for (_, verb), (_, article, post) in [*MOVES.items(), *SHIFT_MOVES.items()]:
        assert article_text(article)
        assert post is None or post in VERBS[verb]


@pytest.mark.parametrize("state", EntryState)
@pytest.mark.parametrize("verb", MOVE_WORDS)
def test_a_line_moves_as_the_table_says_and_no_other_way(state: EntryState, verb: str) -> None:
    if (state, verb) in MOVES:
        assert require_move(state, verb) is MOVES[state, verb][0]
        assert verb in legal_moves(state)
    else:
        with pytest.raises(Refused, match="不能"):
            require_move(state, verb)
        assert verb not in legal_moves(state)


@pytest.mark.parametrize("state", ShiftState)
@pytest.mark.parametrize("verb", sorted({verb for _, verb in SHIFT_MOVES}))
def test_a_shift_moves_as_the_table_says_and_no_other_way(state: ShiftState, verb: str) -> None:
    if (state, verb) in SHIFT_MOVES:
        assert require_shift(state, verb) is SHIFT_MOVES[state, verb][0]
    else:
        with pytest.raises(Refused):
            require_shift(state, verb)


def test_a_line_that_is_done_allows_nothing_and_every_urgency_is_a_move() -> None:
    assert legal_moves(EntryState.DONE) == []
    assert all((EntryState.REGISTERED, urgency.verb) in MOVES for urgency in Urgency)
    assert legal_moves(EntryState.URGENT)[0] == "report_entry"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 12, hour, minute)


def test_minutes_nobody_was_there_are_counted_once() -> None:
    night = at(17, 30), at(23, 0)
    assert uncovered(night, [(at(17, 30), at(23))], []) == 0
    assert uncovered(night, [(at(17, 42), at(23))], []) == 12
    assert uncovered(night, [(at(17, 42), at(23))], [(at(17, 35), at(17, 50))]) == 20
    assert uncovered(night, [(at(17), at(23))], [(at(16), at(17, 40)), (at(22, 50), at(23, 30))]) == 20


minutes = st.integers(0, 600)
spans = st.lists(st.tuples(minutes, minutes).filter(lambda one: one[0] < one[1]), max_size=5)


@given(present=spans, away=spans)
def test_uncovered_minutes_are_those_of_the_plain_count(
    present: list[tuple[int, int]], away: list[tuple[int, int]]
) -> None:
    zero = at(0)

    def moments(listed: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
        return [(zero + timedelta(minutes=start), zero + timedelta(minutes=end)) for start, end in listed]

    plain = sum(
        not any(start <= minute < end for start, end in present) or any(start <= minute < end for start, end in away)
        for minute in range(100, 500)
    )
    span = zero + timedelta(minutes=100), zero + timedelta(minutes=500)
    assert uncovered(span, moments(present), moments(away)) == plain


@pytest.mark.parametrize("value", ["0", "241", "010", "十", ""])
def test_minutes_to_report_within_that_cannot_be_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"minutes|invalid literal"):
        read_value("duty_report_minutes", value)


@given(
    st.lists(st.integers(1, 47), min_size=1, max_size=4, unique=True), st.dates(date(2026, 1, 1), date(2027, 12, 31))
)
def test_the_parts_of_a_rest_day_meet_and_fill_it_and_a_workday_has_one(steps: list[int], day: date) -> None:
    edges = [datetime(2026, 1, 1, 8) + timedelta(minutes=30 * step) for step in (0, *sorted(steps), 48)]
    words = " ".join(f"{a:%-H:%M}-{b:%-H:%M}" for a, b in itertools.pairwise(edges))
    rules = replace(RULES, duty_rest_shifts=words)
    parts = day_hours(day, False, rules)
    whole = shift_hours(day, False, RULES)
    assert len(parts) == len(steps) + 1
    assert (parts[0].starts, parts[-1].ends) == (whole.starts, whole.ends)
    assert all(one.ends == after.starts for one, after in itertools.pairwise(parts))
    assert len({one.part for one in parts}) == len(parts)
    assert day_hours(day, True, rules) == (shift_hours(day, True, RULES),)
