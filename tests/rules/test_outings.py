"""The rules of outings: coverage by the cut-off, word in time, the moves, and laws over months."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.clock import month_days, month_of
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, MonthFacts, MonthFrame, bit, half_days, rule_month
from govoffice_tui.rules.outings import (
    MOVES,
    STATES,
    OutingState,
    Stretch,
    covered,
    half_of,
    is_late_notice,
    require_move,
    require_order,
    return_due,
    state_at,
)
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings
from tests.rules.test_attendance import CALENDAR, PERSON

DAY = date(2026, 10, 12)
OCTOBER = tuple(month_days("2026-10"))
AM, PM = Half.MORNING, Half.AFTERNOON


def cutoff(day: date, half: Half) -> datetime:
    return session_hours(day, half, Settings()).cutoff


def stretch(first: date, from_half: Half, last: date, to_half: Half, left: str = "", back: str = "") -> Stretch:
    return Stretch(
        first,
        from_half,
        last,
        to_half,
        datetime.combine(first, time.fromisoformat(left)) if left else None,
        datetime.combine(last, time.fromisoformat(back)) if back else None,
    )


@pytest.mark.parametrize(
    ("left", "back", "halves"),
    [
        ("", "", [AM, PM]),
        ("09:30", "11:00", []),  # due at 8:15 and at 14:45
        ("08:15", "14:44", [AM]),
        ("08:15", "14:45", [AM, PM]),
        ("08:16", "14:45", [PM]),
        ("14:46", "17:00", []),
        ("06:00", "08:14", []),
        ("06:00", "08:15", [AM]),
    ],
)
def test_an_outing_explains_the_half_days_whose_cut_off_falls_inside_it(
    left: str, back: str, halves: list[Half]
) -> None:
    out = stretch(DAY, half_of(time.fromisoformat(left or "00:00")), DAY, PM, left, back)
    if back:
        out = stretch(DAY, out.from_half, DAY, half_of(time.fromisoformat(back)), left, back)
    assert [half for _, half in half_days(OCTOBER, covered(out, OCTOBER[0], OCTOBER[-1], cutoff))] == halves


@pytest.mark.parametrize(("notified", "is_late"), [("08:05", False), ("08:15", False), ("09:00", True)])
def test_word_after_the_cut_off_is_late(notified: str, is_late: bool) -> None:  # example 13
    moment = datetime.combine(DAY, time.fromisoformat(notified))
    assert is_late_notice(moment, [(DAY, AM), (DAY, PM)], cutoff) is is_late
    assert not is_late_notice(moment, [], cutoff)


def test_every_move_is_ruled_and_every_other_is_refused() -> None:
    verbs = {verb for _, verb in MOVES}
    for state in STATES:
        for verb in verbs:
            if (state, verb) in MOVES:
                after, article, post = MOVES[state, verb]
                assert require_move(state, verb) is after
                assert article == "考勤制度第5条"
                assert post is not None
                assert post in VERBS[verb]
            else:
                with pytest.raises(Refused, match=r"不能|请"):
                    require_move(state, verb)


def test_nothing_leads_out_of_what_is_checked_off() -> None:
    assert not [verb for state, verb in MOVES if state is OutingState.SETTLED]


def test_what_was_announced_begins_by_itself() -> None:
    starts = datetime(2026, 10, 12, 9, 30)
    assert state_at(OutingState.NOTICED, starts, starts - timedelta(seconds=1)) is OutingState.NOTICED
    assert state_at(OutingState.NOTICED, starts, starts) is OutingState.OUT
    assert state_at(OutingState.BACK, starts, starts) is OutingState.BACK


@pytest.mark.parametrize(
    ("until", "asked"),
    [
        (date(2026, 10, 12), date(2026, 10, 13)),
        (date(2026, 10, 16), date(2026, 10, 19)),
        (date(2026, 9, 30), date(2026, 10, 8)),
        (date(2026, 10, 9), date(2026, 10, 10)),  # a Saturday worked in exchange
    ],
)
def test_the_return_is_asked_for_on_the_workday_after(until: date, asked: date) -> None:
    assert return_due(until, CALENDAR) == asked


def test_a_reversed_time_is_refused() -> None:
    with pytest.raises(Refused):
        require_order(stretch(DAY, PM, DAY, AM), DAY)
    with pytest.raises(Refused):
        require_order(stretch(DAY, PM, DAY, PM, "15:00", "15:00"), DAY)
    require_order(stretch(DAY, AM, DAY, AM), DAY)


days = st.integers(0, 120).map(lambda offset: date(2026, 8, 15) + timedelta(days=offset))
halves = st.sampled_from(Half)
minutes = st.none() | st.times(min_value=time(0, 0), max_value=time(23, 59)).map(lambda at: at.replace(microsecond=0))


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    """Draw an outing that ends after it begins, of up to two months, with or without times."""
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 60)))
    left, back = draw(minutes), draw(minutes)
    out = Stretch(
        first,
        half_of(left) if left else draw(halves),
        last,
        half_of(back) if back else draw(halves),
        datetime.combine(first, left) if left else None,
        datetime.combine(last, back) if back else None,
    )
    if out.ends <= out.starts:
        return Stretch(first, out.from_half, last + timedelta(days=1), out.to_half, out.left_at, None)
    return out


def months_of(out: Stretch) -> list[str]:
    found, day = [], out.first
    while day <= out.last:
        found.append(month_of(day))
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return list(dict.fromkeys([*found, month_of(out.last)]))


@given(stretches())
def test_the_months_together_explain_exactly_what_the_whole_does(out: Stretch) -> None:
    found = []
    for word in months_of(out):
        listed = month_days(word)
        found += half_days(listed, covered(out, listed[0], listed[-1], cutoff))
    day, expected = out.first, []
    while day <= out.last:
        expected += [
            (day, half) for half in Half if out.starts <= cutoff(day, half) and (cutoff(day, half) <= out.ends)
        ]
        day += timedelta(days=1)
    assert found == expected


@given(stretches())
def test_a_day_looked_at_alone_agrees_with_its_month(out: Stretch) -> None:
    for word in months_of(out):
        listed = month_days(word)
        whole = covered(out, listed[0], listed[-1], cutoff)
        for day in listed:
            alone = covered(out, day, day, cutoff)
            assert alone == whole & (bit(day, AM) | bit(day, PM))


@given(stretches(), stretches())
def test_overlapping_is_the_same_from_both_sides_and_everything_overlaps_itself(one: Stretch, other: Stretch) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    assert one.overlaps(one)


sets = st.integers(min_value=0, max_value=(1 << 62) - 1)


@given(
    outings=st.lists(stretches(), max_size=4),
    signed=sets,
    leave=sets,
    absent=sets,
    work=sets,
    settled=sets,
)
def test_a_month_with_outings_leave_and_findings_balances(
    outings: list[Stretch], signed: int, leave: int, absent: int, work: int, settled: int
) -> None:
    out = 0
    for one in outings:
        out |= covered(one, OCTOBER[0], OCTOBER[-1], cutoff)
    frame = MonthFrame(OCTOBER, work, settled)
    claims = {
        HalfStatus.OUT: out,
        HalfStatus.SIGNED: signed,
        HalfStatus.PERSONAL: leave,
        HalfStatus.ABSENT: absent,
    }
    month = rule_month(PERSON, frame, MonthFacts(member=frame.whole, claims=claims))
    assert month.imbalance == 0
    assert month.statuses[HalfStatus.OUT] == out & work & ~leave
    assert month.absent_count <= 2 * len(OCTOBER)
