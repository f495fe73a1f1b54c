"""A year of months added up, runs of 旷工 over months and rest days, and what is pointed out of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.clock import month_days
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import (
    LEAVES,
    HalfStatus,
    MonthFacts,
    MonthFrame,
    bit,
    half_days,
    rule_month,
    span,
)
from govoffice_tui.rules.people import AttendanceMode, Category, Person
from govoffice_tui.rules.year_totals import (
    PersonYear,
    YearMonth,
    absence_runs,
    alarms,
    reaches_back,
    year_totals,
)

WHO = Person(1, "001", "王伟", "行政股", "科员", Category.CIVIL_SERVANT, AttendanceMode.SIGNS, 100, "", "ww")
KINDS = (HalfStatus.SIGNED, HalfStatus.LATE, HalfStatus.SICK, HalfStatus.OUT, HalfStatus.ABSENT, None)


def frame_of(month: str, settled_to: date | None = None) -> MonthFrame:
    """Return a month of five worked days a week, its half-days past up to a day."""
    days = tuple(month_days(month))
    work = sum(bit(day, half) for day in days for half in Half if day.weekday() < 5)
    whole = span(days[0], days[-1])
    settled = whole if settled_to is None else (span(days[0], settled_to) if settled_to >= days[0] else 0)
    return MonthFrame(days, work, settled)


def month_with(
    month: str, claims: dict[HalfStatus, set[date]], settled_to: date | None = None, who: Person = WHO
) -> YearMonth:
    """Return a month in which one person signed but on the days claimed; None is nothing said of the day."""
    frame = frame_of(month, settled_to)
    halves = {status: sum(span(day, day) for day in days if day in frame.days) for status, days in claims.items()}
    taken = 0
    for claimed in halves.values():
        taken |= claimed
    pending = halves.pop(HalfStatus.PENDING, 0)
    signed = frame.work & frame.settled & ~taken & ~pending
    facts = MonthFacts(frame.whole, claims={**halves, HalfStatus.SIGNED: signed})
    return frame, [rule_month(who, frame, facts)]


def days_from(first: date, count: int) -> set[date]:
    """Return a number of worked days in a row."""
    found: set[date] = set()
    day = first
    while len(found) < count:
        if day.weekday() < 5:
            found.add(day)
        day += timedelta(days=1)
    return found


def absent_year(absent: set[date], first: int = 1, last: int = 12, who: Person = WHO) -> PersonYear:
    months = [month_with(f"2026-{n:02d}", {HalfStatus.ABSENT: absent}, who=who) for n in range(first, last + 1)]
    (one,) = year_totals(months)
    return one


def test_a_run_goes_on_over_weekends_and_the_end_of_a_month() -> None:
    one = absent_year(days_from(date(2026, 1, 28), 6))
    assert (one.longest_run, one.current_run, one.absent) == (6, 0, 12)


def test_a_day_at_work_parts_two_runs() -> None:
    absent = days_from(date(2026, 3, 2), 4) | days_from(date(2026, 3, 9), 2)
    assert absent_year(absent).longest_run == 4


def test_leave_between_parts_two_runs_and_rest_does_not() -> None:
    absent = {date(2026, 3, 5), date(2026, 3, 9)}
    leave = month_with("2026-03", {HalfStatus.ABSENT: absent, HalfStatus.PERSONAL: {date(2026, 3, 6)}})
    assert absence_runs([leave])[1][0] == 1
    friday = month_with("2026-03", {HalfStatus.ABSENT: {*absent, date(2026, 3, 6)}})
    assert absence_runs([friday])[1][0] == 3


def test_undecided_days_neither_lengthen_a_run_nor_end_it() -> None:
    absent, undecided = days_from(date(2026, 3, 2), 3), {date(2026, 3, 5), date(2026, 3, 6)}
    claims = {HalfStatus.ABSENT: absent, HalfStatus.PENDING: undecided}
    assert absence_runs([month_with("2026-03", claims, date(2026, 3, 6))])[1] == (3, 3)
    claims[HalfStatus.ABSENT] = absent | {date(2026, 3, 9)}
    assert absence_runs([month_with("2026-03", claims, date(2026, 3, 9))])[1] == (3, 1)


def test_a_run_that_has_not_ended_is_told_as_such_and_days_to_come_do_not_end_it() -> None:
    month = month_with("2026-03", {HalfStatus.ABSENT: days_from(date(2026, 3, 2), 3)}, date(2026, 3, 4))
    assert absence_runs([month])[1] == (3, 3)
    ended = month_with("2026-03", {HalfStatus.ABSENT: days_from(date(2026, 3, 2), 3)}, date(2026, 3, 5))
    assert absence_runs([ended])[1] == (3, 0)


def test_half_a_day_without_leave_is_a_day_of_the_run_and_one_of_the_total() -> None:  # example 9
    day = date(2026, 3, 2)
    frame = frame_of("2026-03")
    morning = bit(day, Half.MORNING)
    facts = MonthFacts(frame.whole, claims={HalfStatus.ABSENT: morning, HalfStatus.SIGNED: frame.work & ~morning})
    (one,) = year_totals([(frame, [rule_month(WHO, frame, facts)])])
    assert (one.absent, one.longest_run, one.imbalance) == (2, 1, 0)


def test_a_run_from_last_year_is_counted_whole_and_its_days_in_their_own_year() -> None:
    absent = days_from(date(2025, 12, 22), 16)
    december = month_with("2025-12", {HalfStatus.ABSENT: absent})
    january = month_with("2026-01", {HalfStatus.ABSENT: absent})
    assert reaches_back([january])
    assert not reaches_back([december])
    (one,) = year_totals([january], [december])
    assert (one.longest_run, one.absent) == (16, 16)
    (alone,) = year_totals([january])
    assert alone.longest_run == 8


def test_a_run_that_ended_last_year_is_not_this_years() -> None:
    december = month_with("2025-12", {HalfStatus.ABSENT: days_from(date(2025, 12, 1), 12)})
    january = month_with("2026-01", {HalfStatus.ABSENT: {date(2026, 1, 20)}})
    (one,) = year_totals([january], [december])
    assert one.longest_run == 1


def test_somebody_not_in_the_office_a_month_long_has_no_run_over_it() -> None:
    absent = days_from(date(2026, 1, 29), 2) | days_from(date(2026, 3, 2), 2)
    january, march = (month_with(month, {HalfStatus.ABSENT: absent}) for month in ("2026-01", "2026-03"))
    assert absence_runs([january, (frame_of("2026-02"), []), march])[1][0] == 2


@pytest.mark.parametrize(
    ("days", "threshold"), [(2, None), (3, 3), (9, 3), (10, 10), (14, 10), (15, 15), (16, 15), (29, 15)]
)
def test_the_highest_threshold_reached_in_a_row_is_pointed_out(days: int, threshold: int | None) -> None:
    found = alarms(absent_year(days_from(date(2026, 3, 2), days)))
    assert [(one.threshold, one.is_consecutive) for one in found] == ([(threshold, True)] if threshold else [])


def test_thirty_days_of_a_year_are_pointed_out_though_no_two_are_in_a_row() -> None:
    days = [day for month in range(1, 13) for day in month_days(f"2026-{month:02d}") if day.weekday() in (0, 2)]
    assert alarms(absent_year(set(days[:29]))) == ()
    (found,) = alarms(absent_year(set(days[:30])))
    assert (found.days, found.threshold, found.is_consecutive) == (30, 30, False)
    assert found.words == "本年累计旷工30个工作日(提示线30)"


@pytest.mark.parametrize("category", Category)
def test_the_law_is_for_civil_servants_and_those_it_is_applied_to(category: Category) -> None:
    one = absent_year(days_from(date(2026, 3, 2), 40), who=replace(WHO, category=category))
    assert bool(alarms(one)) is (category in (Category.CIVIL_SERVANT, Category.REFERENCE))
    assert one.longest_run == 40


def test_people_stand_as_in_their_last_month_in_rank_order_with_those_apart_behind() -> None:
    moved = replace(WHO, section="信息股", rank=300)
    apart = replace(WHO, id=2, rank=50, category=Category.CONTRACT)
    other = replace(WHO, id=3, rank=200)
    frame = frame_of("2026-01")

    def all_signed(*people: Person) -> YearMonth:
        facts = MonthFacts(frame.whole, claims={HalfStatus.SIGNED: frame.work})
        return frame, [rule_month(person, frame, facts, (f"{person.section}备注",)) for person in people]

    totals = year_totals([all_signed(WHO, apart), all_signed(moved, other, apart)])
    assert [(one.person.id, one.person.section) for one in totals] == [(3, "行政股"), (1, "信息股"), (2, "行政股")]
    assert totals[1].remarks == ("行政股备注", "信息股备注")
    assert totals[1].due == 2 * totals[0].due


@st.composite
def years(draw: st.DrawFn) -> list[YearMonth]:
    """Some months in a row with every half-day of some people claimed at random."""
    months: list[YearMonth] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        frame = frame_of(f"2026-{number:02d}", draw(st.sampled_from([None, date(2026, number, 15)])))
        people = []
        for person in range(1, draw(st.integers(1, 3)) + 1):
            claims: dict[HalfStatus, int] = {}
            for day, half in half_days(frame.days, frame.work):
                kind = draw(st.sampled_from(KINDS))
                if kind is not None:
                    claims[kind] = claims.get(kind, 0) | bit(day, half)
            member = frame.whole if draw(st.booleans()) else span(frame.days[4], frame.days[-1])
            exempt = span(frame.days[10], frame.days[12]) if draw(st.booleans()) else 0
            facts = MonthFacts(member, exempt=exempt, claims=claims)
            people.append(rule_month(replace(WHO, id=person, rank=person), frame, facts))
        months.append((frame, people))
    return months


@given(years())
def test_a_year_is_the_sum_of_its_months_and_comes_out(months: list[YearMonth]) -> None:
    totals = {one.person.id: one for one in year_totals(months)}
    rows = [one for _, people in months for one in people]
    assert set(totals) == {one.person.id for one in rows}
    for person, total in totals.items():
        mine = [one for one in rows if one.person.id == person]
        assert total.imbalance == 0
        assert total.due == sum(one.due_count for one in mine)
        assert total.attended == sum(one.attended_count for one in mine)
        assert total.leave == {kind: sum(one.count(kind) for one in mine) for kind in LEAVES}
        assert total.absent == sum(one.absent_count for one in mine)


@given(years())
def test_a_run_is_never_longer_than_the_days_absent_and_is_found_day_by_day(months: list[YearMonth]) -> None:
    runs = absence_runs(months)
    for person in {one.person.id for _, people in months for one in people}:
        spelled = []
        for frame, people in months:
            one = next((one for one in people if one.person.id == person), None)
            for day in frame.days:
                worked = frame.work & span(day, day)
                if worked:
                    spelled.append("." if one is None else _letter(worked, one.counted))
        told = "".join(spelled).replace("-", "")
        longest = max(len(piece) for piece in told.replace("?", ".").split("."))
        assert runs.get(person, (0, 0))[0] == longest
        tail = told.rstrip("?").split(".")[-1].split("?")[-1]
        assert runs.get(person, (0, 0))[1] == len(tail)


def _letter(worked: int, counted: object) -> str:
    """Return x for a day of 旷工, ? for one undecided, - for one to come, . for any other."""
    assert callable(counted)
    if counted(HalfStatus.ABSENT) & worked:
        return "x"
    if counted(HalfStatus.PENDING) & worked:
        return "?"
    return "." if worked & ~counted(HalfStatus.NOT_DUE) else "-"
