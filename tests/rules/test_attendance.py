"""The attendance rules, against the worked examples of the office's handbook where they have a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.clock import month_days
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.attendance import (
    COLLECTION,
    MOVES,
    STATES,
    TWO_SIGN_INS,
    ArrivalKind,
    Finding,
    SessionState,
    needs_review,
    require_open_session,
    require_state,
    session_hours,
)
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.calendar import Calendar, CalendarYear, DayKind, Half
from govoffice_tui.rules.half_days import (
    CLAIMED,
    EXCUSED,
    HalfStatus,
    MonthFacts,
    MonthFrame,
    PersonMonth,
    bit,
    half_days,
    month_frame,
    rule_month,
    span,
)
from govoffice_tui.rules.people import AttendanceMode, Category, Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

PERSON = Person(1, "001", "王伟", "行政股", "科员", Category.CIVIL_SERVANT, AttendanceMode.SIGNS, 100, "", "ww")
MAKE_UP_2026 = [date(2026, *day) for day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))]
OFF_2026 = [
    date(2026, month, day)
    for month, days in {
        1: (1, 2),
        2: (16, 17, 18, 19, 20, 23),
        4: (6,),
        5: (1, 4, 5),
        6: (19,),
        9: (25,),
        10: (1, 2, 5, 6, 7),
    }.items()
    for day in days
]


def _codes() -> Iterator[str]:
    for month in range(1, 13):
        for day in month_days(f"2026-{month:02d}"):
            if day in OFF_2026:
                yield DayKind.HOLIDAY * 2
            elif day in MAKE_UP_2026:
                yield DayKind.MAKE_UP * 2
            else:
                yield (DayKind.REST if day.weekday() >= 5 else DayKind.WORKDAY) * 2


CALENDAR = Calendar({2026: CalendarYear(2026, 1, "".join(_codes()), {}, "test", "", False)})


@pytest.mark.parametrize(
    ("day", "half", "now", "accepted"),
    [
        (date(2026, 6, 10), Half.MORNING, "06:59:59", False),
        (date(2026, 6, 10), Half.MORNING, "07:00:00", True),
        (date(2026, 6, 10), Half.MORNING, "08:15:00", True),  # example 1
        (date(2026, 6, 10), Half.MORNING, "08:15:01", False),
        (date(2026, 6, 10), Half.MORNING, "08:15:30", False),  # example 1
        (date(2026, 4, 30), Half.AFTERNOON, "14:45:00", True),  # example 3
        (date(2026, 4, 30), Half.AFTERNOON, "14:45:01", False),
        (date(2026, 5, 6), Half.AFTERNOON, "14:00:00", False),
        (date(2026, 5, 6), Half.AFTERNOON, "15:15:00", True),  # example 3
        (date(2026, 5, 6), Half.AFTERNOON, "15:15:01", False),
        (date(2026, 10, 8), Half.AFTERNOON, "14:45:00", True),  # example 3
        (date(2026, 10, 8), Half.AFTERNOON, "14:45:01", False),
        (date(2026, 2, 14), Half.MORNING, "08:00:00", True),  # example 4
        (date(2026, 1, 4), Half.AFTERNOON, "14:30:00", True),  # example 4
        (date(2026, 9, 20), Half.MORNING, "08:00:00", True),  # example 4
        (date(2026, 10, 3), Half.MORNING, "08:00:00", False),
        (date(2026, 10, 11), Half.MORNING, "08:00:00", False),
    ],
)
def test_a_signature_is_accepted_from_opening_to_the_cut_off_second(
    day: date, half: Half, now: str, accepted: bool
) -> None:
    moment = datetime.fromisoformat(f"{day} {now}")
    if accepted:
        require_open_session(day, half, moment, Settings(), CALENDAR)
        return
    with pytest.raises(Refused) as refusal:
        require_open_session(day, half, moment, Settings(), CALENDAR)
    assert refusal.value.article in (TWO_SIGN_INS, COLLECTION)


@pytest.mark.parametrize("day", MAKE_UP_2026)
def test_a_make_up_weekend_counts_as_due_in_both_halves(day: date) -> None:  # example 4
    frame = month_frame(month_days(f"{day:%Y-%m}"), CALENDAR, datetime(2027, 1, 1), Settings())
    month = rule_month(PERSON, frame, MonthFacts(member=frame.whole))
    assert month.status(day, Half.MORNING) is HalfStatus.PENDING
    assert month.status(day, Half.AFTERNOON) is HalfStatus.PENDING


def test_the_summer_cut_off_holds_from_the_first_of_may_to_the_end_of_september() -> None:
    cutoffs = {
        day: f"{session_hours(day, Half.AFTERNOON, Settings()).cutoff:%H:%M}"
        for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 30), date(2026, 10, 1))
    }
    assert list(cutoffs.values()) == ["14:45", "15:15", "15:15", "14:45"]


def test_every_move_is_ruled_and_every_other_is_refused() -> None:
    verbs = {verb for _, verb in MOVES}
    for state in STATES:
        for verb in verbs:
            if (state, verb) in MOVES:
                assert require_state(state, verb, Half.MORNING) is MOVES[state, verb][0]
            else:
                with pytest.raises(Refused, match="签到"):
                    require_state(state, verb, Half.MORNING)


def test_nothing_leads_out_of_a_collected_book() -> None:
    assert {after for (before, _), (after, _, _) in MOVES.items() if before is SessionState.COLLECTED} == {
        SessionState.COLLECTED
    }


def test_every_verb_of_the_moves_is_in_the_table_of_authority() -> None:
    for (_, verb), (_, _, post) in MOVES.items():
        assert post is None or post in VERBS[verb]


OCTOBER = tuple(month_days("2026-10"))


def test_a_transfer_out_ends_what_is_due() -> None:  # example 14
    november = month_days("2026-11")
    frame = month_frame(november, CALENDAR, datetime(2026, 12, 1), Settings())
    assert frame.work.bit_count() / 2 == 21
    month = rule_month(PERSON, frame, MonthFacts(member=frame.within(date(2020, 1, 1), date(2026, 11, 15))))
    assert month.due_count / 2 == 10
    assert month.status(date(2026, 11, 16), Half.MORNING) is HalfStatus.OFF_ROSTER


def test_somebody_lent_out_owes_nothing_and_is_not_absent() -> None:  # example 15
    frame = month_frame(OCTOBER, CALENDAR, datetime(2026, 11, 1), Settings())
    month = rule_month(PERSON, frame, MonthFacts(member=frame.whole, seconded=frame.whole))
    assert (month.due_count, month.pending_count) == (0, 0)
    assert month.status(date(2026, 10, 12), Half.MORNING) is HalfStatus.SECONDED


def test_nobody_is_due_before_the_book_was_begun() -> None:
    frame = month_frame(OCTOBER, CALENDAR, datetime(2026, 11, 1), Settings(first_session="2026-10-12 1"))
    assert half_days(OCTOBER, frame.work)[0] == (date(2026, 10, 12), Half.AFTERNOON)


def test_a_late_note_does_not_take_a_signature_away() -> None:
    place = bit(date(2026, 10, 12), Half.MORNING)
    frame = MonthFrame(OCTOBER, place, place)
    month = rule_month(
        PERSON, frame, MonthFacts(member=place, claims={HalfStatus.SIGNED: place, HalfStatus.LATE: place})
    )
    assert month.status(date(2026, 10, 12), Half.MORNING) is HalfStatus.SIGNED
    assert month.late_count == 0


sets = st.integers(min_value=0, max_value=(1 << 62) - 1)


@given(
    work=sets,
    settled=sets,
    facts=st.builds(
        MonthFacts,
        member=sets,
        seconded=sets,
        exempt=sets,
        left_early=sets,
        claims=st.dictionaries(st.sampled_from(CLAIMED), sets),
    ),
)
def test_every_half_day_has_one_status_and_the_month_balances(work: int, settled: int, facts: MonthFacts) -> None:
    frame = MonthFrame(OCTOBER, work, settled)
    month = rule_month(PERSON, frame, facts)
    covered = 0
    for halves in month.statuses.values():
        assert covered & halves == 0
        covered |= halves
    assert covered == frame.whole
    assert month.imbalance == 0
    counted = [month.counted(status) for status in HalfStatus]
    assert sum(halves.bit_count() for halves in counted) == frame.whole.bit_count()


def one_day(morning: MonthFacts) -> PersonMonth:
    """Return the month of somebody who was due on 12 October alone, past its cut-offs."""
    day = bit(date(2026, 10, 12), Half.MORNING) | bit(date(2026, 10, 12), Half.AFTERNOON)
    return rule_month(PERSON, MonthFrame(OCTOBER, day, day), morning)


AM, PM = bit(date(2026, 10, 12), Half.MORNING), bit(date(2026, 10, 12), Half.AFTERNOON)


def test_half_a_day_of_leave_and_a_late_afternoon_are_half_a_day_attended() -> None:  # example 8
    month = one_day(MonthFacts(member=AM | PM, claims={HalfStatus.PERSONAL: AM, HalfStatus.LATE: PM}))
    assert (month.count(HalfStatus.PERSONAL), month.late_count, month.attended_count) == (1, 1, 1)


def test_a_half_day_without_excuse_makes_the_whole_day_absence() -> None:  # example 9
    month = one_day(MonthFacts(member=AM | PM, claims={HalfStatus.ABSENT: AM, HalfStatus.SIGNED: PM}))
    assert (month.absent_count, month.attended_count) == (2, 0)
    assert month.status(date(2026, 10, 12), Half.AFTERNOON) is HalfStatus.SIGNED


def test_leave_on_a_day_of_absence_is_not_counted_again() -> None:  # example 10
    month = one_day(MonthFacts(member=AM | PM, claims={HalfStatus.PERSONAL: AM, HalfStatus.ABSENT: PM}))
    assert (month.absent_count, month.leave_count) == (2, 0)
    assert month.status(date(2026, 10, 12), Half.MORNING) is HalfStatus.PERSONAL


def test_leaving_early_is_an_occasion_and_the_half_day_stays_attended() -> None:
    month = one_day(MonthFacts(member=AM | PM, left_early=PM, claims={HalfStatus.SIGNED: AM | PM}))
    assert (month.early_count, month.attended_count) == (1, 2)


def test_leave_granted_ahead_is_due_and_somebody_without_excuse_is_not_yet() -> None:
    frame = MonthFrame(OCTOBER, AM | PM, 0)
    month = rule_month(PERSON, frame, MonthFacts(member=AM | PM, claims={HalfStatus.ANNUAL: AM}))
    assert (month.due_count, month.leave_count, month.count(HalfStatus.NOT_DUE)) == (1, 1, 1)


@given(first=st.integers(1, 31), last=st.integers(1, 31))
def test_a_span_holds_exactly_its_days(first: int, last: int) -> None:
    start, end = sorted((first, last))
    found = half_days(OCTOBER, span(OCTOBER[start - 1], OCTOBER[end - 1]))
    assert found == [(day, half) for day in OCTOBER[start - 1 : end] for half in Half]


def test_a_half_day_without_a_book_is_not_due_until_it_is_decided_about() -> None:
    month = one_day(MonthFacts(member=AM | PM, claims={HalfStatus.NO_BOOK: AM, HalfStatus.SIGNED: PM}))
    assert (month.status(date(2026, 10, 12), Half.MORNING), month.due_count) == (HalfStatus.NO_BOOK, 1)
    assert (month.pending_count, month.absent_count, month.imbalance) == (0, 0, 0)
    decided = one_day(MonthFacts(member=AM | PM, claims={HalfStatus.DEEMED: AM, HalfStatus.SIGNED: PM}))
    assert (decided.due_count, decided.attended_count) == (2, 2)


@pytest.mark.parametrize("status", [*EXCUSED, HalfStatus.SIGNED, HalfStatus.ABSENT])
def test_what_another_book_says_comes_before_a_missing_book(status: HalfStatus) -> None:
    month = one_day(MonthFacts(member=AM | PM, claims={HalfStatus.NO_BOOK: AM, status: AM}))
    assert month.status(date(2026, 10, 12), Half.MORNING) is status


def test_leave_comes_before_being_counted_as_there() -> None:
    month = one_day(MonthFacts(member=AM | PM, claims={HalfStatus.DEEMED: AM | PM, HalfStatus.SICK: AM}))
    assert (month.count(HalfStatus.SICK), month.count(HalfStatus.DEEMED)) == (1, 1)


def test_nobody_left_early_who_was_on_leave_or_out() -> None:
    month = one_day(MonthFacts(member=AM | PM, left_early=AM | PM, claims={HalfStatus.SICK: AM, HalfStatus.SIGNED: PM}))
    assert month.left_early == PM


SEEN_AT, OTHER_TIME = datetime(2026, 10, 12, 8, 20), datetime(2026, 10, 12, 8, 40)


@pytest.mark.parametrize(
    ("before", "after", "is_asked"),
    [
        ((ArrivalKind.PENDING, None), (ArrivalKind.LATE, SEEN_AT), False),
        ((ArrivalKind.PENDING, None), (ArrivalKind.PENDING, None), False),
        ((ArrivalKind.LATE, SEEN_AT), (ArrivalKind.LATE, SEEN_AT), False),
        ((ArrivalKind.LATE, SEEN_AT), (ArrivalKind.LATE, OTHER_TIME), True),
        ((ArrivalKind.LATE, SEEN_AT), (ArrivalKind.PENDING, None), True),
    ],
)
def test_progress_asks_nobody_and_a_correction_asks_a_second_person(
    before: tuple[ArrivalKind, datetime | None], after: tuple[ArrivalKind, datetime | None], is_asked: bool
) -> None:
    assert needs_review(before, after) is is_asked


def test_the_article_of_a_finding_is_cited_with_its_sentence() -> None:
    assert {finding.article for finding in Finding} == {"考勤制度第3条", "考勤制度第4条"}
    assert all(article_text(finding.article) for finding in Finding)
