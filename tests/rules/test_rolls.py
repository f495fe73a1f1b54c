"""The sessions the calendar makes, what each state allows, and what a roll counts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.registers.calendar import from_library
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.authority import ROLL_DEEDS, VERBS
from govoffice_tui.rules.calendar import Adjustment, AdjustmentKind, Calendar, Half
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.hygiene import MOVES as HYGIENE_MOVES
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import (
    DEEDS,
    Book,
    MarkKind,
    Moves,
    RollState,
    Span,
    Tally,
    ToldTo,
    is_offered,
    is_planned,
    require_begun,
    require_moment,
    require_move,
    require_notice,
    span_on,
    tally,
)
from govoffice_tui.rules.settings import Settings
from govoffice_tui.rules.study import MOVES as STUDY_MOVES
from govoffice_tui.rules.study import STUDY

YEAR = Calendar({2026: from_library(2026)})
DAYS = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
TUESDAY = Span(datetime(2026, 10, 13, 8, 15), datetime(2026, 10, 13, 8, 45))
KINDS = st.lists(st.sampled_from(MarkKind), max_size=120)


def planned(book: Book, calendar: Calendar = YEAR) -> list[date]:
    return [day for day in DAYS if is_planned(book, calendar, day)]


def test_the_year_2026_has_99_days_of_study_and_47_mondays() -> None:
    assert len(planned(STUDY)) == 99
    assert {day.isoweekday() for day in planned(STUDY)} == {2, 4}
    assert len(planned(HYGIENE)) == 47
    assert {day.isoweekday() for day in planned(HYGIENE)} == {1}


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 1, 4), date(2026, 9, 20)])
def test_a_weekend_worked_by_exchange_has_neither(day: date) -> None:  # example 4
    assert YEAR.is_workday(day)
    assert not is_planned(STUDY, YEAR, day)
    assert not is_planned(HYGIENE, YEAR, day)


def test_a_holiday_has_neither_and_its_monday_asks_whether_to_put_off() -> None:  # example 5
    monday, tuesday = date(2026, 2, 16), date(2026, 2, 17)
    assert not is_planned(HYGIENE, YEAR, monday)
    assert not is_planned(STUDY, YEAR, tuesday)
    assert is_offered(HYGIENE, YEAR, monday)
    assert not is_offered(STUDY, YEAR, tuesday)
    assert not is_offered(HYGIENE, YEAR, tuesday)


@pytest.mark.parametrize(
    ("day", "half", "kind", "is_kept"),
    [
        (date(2026, 10, 13), Half.MORNING, AdjustmentKind.CLOSED, False),
        (date(2026, 10, 13), Half.AFTERNOON, AdjustmentKind.CLOSED, True),
        (date(2026, 2, 17), Half.MORNING, AdjustmentKind.EXTRA, False),
    ],
)
def test_a_closed_morning_has_no_study_and_a_holiday_worked_by_order_makes_none(
    day: date, half: Half, kind: AdjustmentKind, is_kept: bool
) -> None:
    adjusted = Calendar(YEAR.years, {(day, half): Adjustment(1, kind, "赵敏", "")})
    assert is_planned(STUDY, adjusted, day) is is_kept


@pytest.mark.parametrize(("book", "table"), [(STUDY, STUDY_MOVES), (HYGIENE, HYGIENE_MOVES)])
def test_every_move_is_allowed_and_every_other_refused_with_its_article(book: Book, table: Moves) -> None:
    for state in RollState:
        for deed in DEEDS:
            if (state, deed) in table:
                after, article, post = table[state, deed]
                assert require_move(book, state, deed) is after
                assert article_text(article)
                assert post is book.recorder
                assert VERBS[book.verb(deed)] == {post}
            else:
                with pytest.raises(Refused) as refusal:
                    require_move(book, state, deed)
                assert refusal.value.article == book.record_article


def test_a_session_goes_from_the_plan_to_the_check_and_no_further_back() -> None:
    state = RollState.PLANNED
    for deed in ("write", "mark", "finish", "mark", "check", "check"):
        state = require_move(STUDY, state, deed)
    assert state is RollState.CHECKED
    for deed in ("finish", "move", "cancel"):
        with pytest.raises(Refused):
            require_move(STUDY, state, deed)
    with pytest.raises(Refused, match="已取消"):
        require_move(STUDY, RollState.CANCELLED, "mark")
    with pytest.raises(Refused, match="还没有点名"):
        require_move(STUDY, RollState.PLANNED, "check")


def test_only_study_is_made_up_for() -> None:
    assert (RollState.HELD, "make_up") in STUDY_MOVES
    assert (RollState.HELD, "make_up") not in HYGIENE_MOVES


def test_the_deeds_have_one_list() -> None:
    assert tuple(DEEDS) == ROLL_DEEDS


def test_study_lasts_its_half_hour_whenever_it_begins() -> None:
    assert span_on(STUDY, date(2026, 10, 13), Settings()) == TUESDAY
    moved = span_on(STUDY, date(2026, 10, 14), Settings(), time(15, 0))
    assert (moved.starts, moved.ends) == (datetime(2026, 10, 14, 15), datetime(2026, 10, 14, 15, 30))
    assert (TUESDAY.half, moved.half) == (Half.MORNING, Half.AFTERNOON)
    assert span_on(HYGIENE, date(2026, 10, 12), Settings()).ends == datetime(2026, 10, 12, 8)


@pytest.mark.parametrize(
    ("told_at", "is_in_time"),
    [
        (datetime(2026, 10, 13, 7, 50), True),
        (datetime(2026, 10, 13, 8, 14, 59), True),
        (datetime(2026, 10, 13, 8, 15), False),
        (datetime(2026, 10, 13, 8, 20), False),
        (None, False),
    ],
)
def test_absence_told_once_study_has_begun_is_no_leave(told_at: datetime | None, is_in_time: bool) -> None:
    now = datetime(2026, 10, 13, 8, 50)
    if is_in_time:
        require_notice(STUDY, ToldTo.SECTION, told_at, TUESDAY, now)
        return
    with pytest.raises(Refused, match="缺席") as refusal:
        require_notice(STUDY, ToldTo.SECTION, told_at, TUESDAY, now)
    assert (refusal.value.article, refusal.value.field) == ("学习制度第3条", "told_at")


def test_notice_needs_somebody_who_was_told_and_no_time_to_come() -> None:
    with pytest.raises(Refused) as refusal:
        require_notice(STUDY, "", datetime(2026, 10, 13, 7, 50), TUESDAY, datetime(2026, 10, 13, 8))
    assert refusal.value.field == "told_to"
    with pytest.raises(Refused, match="还没有到"):
        require_notice(STUDY, ToldTo.LEADER, datetime(2026, 10, 13, 8, 10), TUESDAY, datetime(2026, 10, 13, 8))


@pytest.mark.parametrize("kind", MarkKind)
def test_before_the_session_only_what_is_told_in_advance_may_be_entered(kind: MarkKind) -> None:
    before = datetime(2026, 10, 13, 8, 14, 59)
    require_begun(STUDY, kind, TUESDAY, TUESDAY.starts)
    if kind in (MarkKind.LEAVE, MarkKind.OUT):
        require_begun(STUDY, kind, TUESDAY, before)
        return
    with pytest.raises(Refused, match="8:15才开始"):
        require_begun(STUDY, kind, TUESDAY, before)


def test_coming_late_lies_inside_the_session() -> None:
    now = datetime(2026, 10, 13, 9)
    require_moment(MarkKind.LATE, datetime(2026, 10, 13, 8, 20), TUESDAY, now)
    require_moment(MarkKind.LATE, None, TUESDAY, now)
    for moment in (TUESDAY.starts, TUESDAY.ends, datetime(2026, 10, 13, 7)):
        with pytest.raises(Refused, match="之间"):
            require_moment(MarkKind.LATE, moment, TUESDAY, now)
    with pytest.raises(Refused, match="还没有到"):
        require_moment(MarkKind.EARLY, datetime(2026, 10, 13, 8, 40), TUESDAY, datetime(2026, 10, 13, 8, 30))


@given(KINDS)
def test_everybody_due_was_there_or_on_leave_or_out_or_absent(kinds: list[MarkKind]) -> None:
    counts = tally(kinds)
    assert counts.due == counts.attended + counts.leave + counts.out + counts.absent == len(kinds)
    assert counts.late + counts.early <= counts.attended


@given(KINDS, KINDS)
def test_two_rolls_together_count_what_each_counts(one: list[MarkKind], other: list[MarkKind]) -> None:
    assert tally(one) + tally(other) == tally(one + other)


@pytest.mark.parametrize(
    ("attended", "due", "rate"), [(52, 56, "92.9"), (56, 56, "100.0"), (0, 3, "0.0"), (1, 3, "33.3"), (1, 16, "6.3")]
)
def test_the_rate_has_one_decimal(attended: int, due: int, rate: str) -> None:
    assert Tally(due=due, attended=attended).rate == rate
    assert Tally().rate == ""
