"""What an inspector is told of a half-day, and from when to when an absence lasts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import LEAVES, HalfStatus
from govoffice_tui.rules.whereabouts import Presence, presence_at, stretch_around

MOMENT = datetime(2026, 10, 12, 9, 20)
FIRST = date(2026, 10, 1)
PLACES = [(FIRST + timedelta(days=place // 2), Half(place % 2)) for place in range(60)]


@pytest.mark.parametrize("status", HalfStatus)
def test_every_status_is_told_once_or_is_of_no_session(status: HalfStatus) -> None:
    told = presence_at(status, None, MOMENT)
    assert (told is None) is (status in (HalfStatus.OFF_ROSTER, HalfStatus.REST))
    assert sum(status in presence.statuses for presence in Presence) == (told is not None)


@pytest.mark.parametrize("status", [status for status in LEAVES if status is not HalfStatus.COMPENSATORY])
def test_of_a_leave_no_kind_is_told(status: HalfStatus) -> None:
    told = presence_at(status, None, MOMENT)
    assert told is not None
    assert told.label == "请假"


def test_somebody_who_came_later_was_not_there_yet() -> None:
    assert presence_at(HalfStatus.LATE, datetime(2026, 10, 12, 9, 20), MOMENT) is Presence.PRESENT
    assert presence_at(HalfStatus.LATE, datetime(2026, 10, 12, 9, 21), MOMENT) is Presence.UNSIGNED
    assert presence_at(HalfStatus.OUT, datetime(2026, 10, 12, 9, 21), MOMENT) is Presence.OUT


def test_only_what_is_due_is_counted_as_due() -> None:
    assert [one.label for one in Presence if not one.is_due] == ["免签", "借出"]


@given(
    st.sets(st.integers(0, 59), min_size=1).flatmap(lambda away: st.tuples(st.just(away), st.sampled_from([*away]))),
    st.sets(st.integers(0, 59)),
)
def test_a_stretch_holds_its_half_day_and_no_worked_one_somebody_was_at(
    given_away: tuple[set[int], int], rest: set[int]
) -> None:
    away, at = given_away

    def index(day: date, half: Half) -> int:
        return (day - FIRST).days * 2 + half

    stretch = stretch_around(
        PLACES[at],
        lambda day, half: index(day, half) in away,
        lambda day, half: not 0 <= index(day, half) < 60 or index(day, half) not in rest,
        40,
    )
    first, last = index(*stretch.first), index(*stretch.last)
    assert first <= at <= last
    assert {first, last} <= away
    assert all(place in away or place in rest for place in range(first, last + 1))
    before, after = first - 1, last + 1
    while before in rest and before not in away:
        before -= 1
    while after in rest and after not in away:
        after += 1
    assert not {before, after} & away


def test_an_absence_without_end_is_followed_so_far_and_no_further() -> None:
    stretch = stretch_around((FIRST, Half.MORNING), lambda day, half: True, lambda day, half: True, 10)
    assert (stretch.last[0] - stretch.first[0]).days == 20
