"""The rotation: fair in each kind of day, never two nights running without need, and the same again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.rules.calendar import Calendar, CalendarYear
from govoffice_tui.rules.roster import DutyKind, DutyPost, Slot, gaps, handover, office_hours, slots_of
from govoffice_tui.rules.roster_rotation import Choice, Question, Turns, share_out
from govoffice_tui.rules.settings import Settings
from tests.laws import TRIED_IN_FULL

ONE_DAY = timedelta(days=1)


def random_year(letters: str) -> Calendar:
    """Return 2026 and 2027 with kinds of days as drawn, repeated over both."""
    codes = "".join(letters[place % len(letters)] * 2 for place in range(730))
    years = {2026: codes[:730], 2027: codes[730:], 2028: "WW" * 366}
    return Calendar({year: CalendarYear(year, 1, mine, {}, "", "", False) for year, mine in years.items()})


def months(year: int = 2026) -> list[list[date]]:
    days = [date(year, 1, 1) + ONE_DAY * place for place in range(365)]
    return [[day for day in days if day.month == month] for month in range(1, 13)]


@dataclass(frozen=True)
class Away:
    person: int
    first: int
    length: int


@dataclass(frozen=True)
class Year:
    """A year of duty as it was drawn."""

    chart: Calendar
    rules: Settings
    staff: dict[DutyPost, list[int]]
    away: list[Away]

    def able(self, post: DutyPost, day: date) -> list[int]:
        place = (day - date(2026, 1, 1)).days
        gone = {one.person for one in self.away if one.first <= place < one.first + one.length}
        return [person for person in self.staff[post] if person not in gone]

    def roster(self, last: int = 2026) -> list[Choice]:
        turns, found = Turns(), []
        for days in [month for year in range(2026, last + 1) for month in months(year)]:
            slots = slots_of(self.chart, lambda _: self.rules, days)
            able = {(post, day): self.able(post, day) for post in DutyPost for day in days}
            chosen = share_out(Question(slots, able, turns.copied()))
            for choice in chosen:
                turns.add(choice.person, choice.slot, able[choice.slot.post, choice.slot.day])
            found += chosen
        return found


SIZES = {6: (2, 3, 1), 22: (4, 16, 2), 60: (5, 52, 3)}


@st.composite
def years(draw: st.DrawFn, among: Sequence[int] = tuple(SIZES)) -> Year:
    size = draw(st.sampled_from(among))
    leaders, officers, _ = SIZES[size]
    staff = {
        DutyPost.LEADER: list(range(1, leaders + 1)),
        DutyPost.OFFICER: list(range(leaders + 1, leaders + officers + 1)),
        DutyPost.MESSENGER: list(range(leaders + officers + 1, size + 1)),
    }
    letters = draw(st.text("WRHM", min_size=5, max_size=40))
    away = draw(
        st.lists(st.builds(Away, st.integers(1, size), st.integers(-30, 720), st.integers(1, 400)), max_size=size // 2)
    )
    rules = Settings(
        duty_officers=draw(st.sampled_from("12")),
        duty_rest_shifts=draw(st.sampled_from(["8:00-8:00", "8:00-20:00 20:00-8:00"])),
        duty_noon=draw(st.sampled_from(["officer", "section"])),
    )
    return Year(random_year(letters), rules, staff, away)


def quick(examples: int) -> settings:
    return settings(
        max_examples=3 * examples if TRIED_IN_FULL else examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


@pytest.mark.parametrize("size", SIZES)
@given(data=st.data())
@pytest.mark.law
@quick(3)
def test_who_could_stand_the_same_days_differs_by_at_most_one_in_each_kind_of_a_year(
    size: int, data: st.DataObject
) -> None:
    year = data.draw(years([size]))
    counts: dict[tuple[int, DutyPost, DutyKind, int], int] = defaultdict(int)
    for choice in year.roster(2027):
        if choice.person is not None:
            counts[choice.person, choice.slot.post, choice.slot.kind, choice.slot.day.year] += 1
    for span in ((2026,), (2027,), (2026, 2027)):
        days = [day for one in span for month in months(one) for day in month]
        for post, people in year.staff.items():
            groups = defaultdict(list)
            for person in people:
                groups[tuple(day for day in days if person in year.able(post, day))].append(person)
            for alike, kind in product(groups.values(), DutyKind):
                had = [sum(counts[person, post, kind, one] for one in span) for person in alike]
                assert max(had) - min(had) <= 1, (span, post, kind, had)


@given(years())
@pytest.mark.law
@quick(10)
def test_nobody_stands_who_could_not_and_a_place_is_vacant_only_where_nobody_could(year: Year) -> None:
    for choice in year.roster():
        able = year.able(choice.slot.post, choice.slot.day)
        if choice.person is None:
            needed = int(year.rules.duty_officers) if choice.slot.post is DutyPost.OFFICER else 1
            assert len(able) < needed
        else:
            assert choice.person in able


@given(years())
@pytest.mark.law
@quick(10)
def test_no_minute_of_the_year_is_uncovered(year: Year) -> None:
    days = [day for month in months() for day in month]
    slots = slots_of(year.chart, lambda _: year.rules, days)
    for post in DutyPost:
        covered = [piece for slot in slots if slot.post is post for piece in slot.shift.pieces]
        covered += [span for day in days for span in office_hours(year.chart, year.rules, day)]
        assert not gaps(covered, handover(year.rules, days[0]), handover(year.rules, days[-1] + ONE_DAY))


@given(years())
@pytest.mark.law
@quick(10)
def test_two_nights_run_only_where_no_exchange_parts_them_and_it_is_said(year: Year) -> None:
    roster = year.roster()
    nights: dict[int, list[Slot]] = defaultdict(list)
    for choice in roster:
        if choice.person is not None:
            nights[choice.person].append(choice.slot)
    stood = {person: {slot.day for slot in slots} for person, slots in nights.items()}
    for person, slots in nights.items():
        running = {day for day in stood[person] if {day - ONE_DAY, day + ONE_DAY} & stood[person]}
        running |= {one.day for one, other in pairwise(slots) if one.day == other.day}
        flagged = {choice.slot.day for choice in roster if choice.person == person and choice.is_running}
        within = {day for day in running if day.day > 1 and (day + ONE_DAY).day > 1}
        assert within <= flagged <= running
    for choice in roster:
        slot, held = choice.slot, choice.person
        if not choice.is_running or held is None:
            continue
        near = {slot.day - ONE_DAY, slot.day + ONE_DAY}
        for other in roster:
            partner = other.person
            same = other.slot.post is slot.post and other.slot.kind is slot.kind
            if not same or partner in (None, held) or other.slot.day.month != slot.day.month:
                continue
            able = partner in year.able(slot.post, slot.day) and held in year.able(slot.post, other.slot.day)
            mine, others = stood[held] - {slot.day}, stood[partner or 0] - {other.slot.day}
            there = {other.slot.day - ONE_DAY, other.slot.day, other.slot.day + ONE_DAY}
            parts = not mine & there and not others & (near | {slot.day})
            assert not (able and parts), (slot.day, held, other.slot.day, partner)


@pytest.mark.parametrize("size", [22, 60])
def test_a_staff_that_is_large_enough_never_has_two_nights_running(size: int) -> None:
    leaders, officers, _ = SIZES[size]
    people = {
        DutyPost.LEADER: list(range(1, leaders + 1)),
        DutyPost.OFFICER: list(range(10, 10 + officers)),
        DutyPost.MESSENGER: list(range(90, 95)),
    }
    year = Year(random_year("WWWWWRR"), Settings(), people, [])
    assert not [choice for choice in year.roster() if choice.is_running]


@given(years())
@pytest.mark.law
@quick(4)
def test_the_same_question_has_the_same_answer(year: Year) -> None:
    assert year.roster() == year.roster()


def test_what_is_fixed_by_hand_stays_and_counts() -> None:
    year = Year(random_year("WWWWWRR"), Settings(), {post: list(range(9)) for post in DutyPost}, [])
    days = months()[0]
    slots = [slot for slot in slots_of(year.chart, lambda _: year.rules, days) if slot.post is DutyPost.OFFICER]
    able = {(DutyPost.OFFICER, day): list(range(9)) for day in days}
    workdays = [slot for slot in slots if slot.kind is DutyKind.WORKDAY]
    pinned = {workdays[0].key: 8, workdays[9].key: 8}
    chosen = share_out(Question(slots, able, Turns(), pinned))
    assert {choice.slot.key for choice in chosen if choice.is_pinned} == set(pinned)
    assert all(choice.person == 8 for choice in chosen if choice.slot.key in pinned)
    had = [sum(choice.person == one and choice.slot.kind is DutyKind.WORKDAY for choice in chosen) for one in range(9)]
    assert max(had) - min(had) <= 1


def test_each_choice_says_by_which_order_it_was_made() -> None:
    days = months()[0][:9]
    slots = [one for one in slots_of(random_year("W"), lambda _: Settings(), days) if one.post is DutyPost.OFFICER]
    able = {(DutyPost.OFFICER, day): [1, 2, 3] for day in days}
    turns = Turns()
    turns.last.update({1: date(2025, 12, 20), 2: date(2025, 12, 10), 3: date(2025, 12, 10)})
    chosen = share_out(Question(slots, able, turns))
    assert chosen[0].person == 2
    assert chosen[0].reason == "本类最少(工作日值过0次,应0.3次) → 最久未值(12月10日) → 排序在前;3人可排"
    assert "排序" not in chosen[1].reason
    assert chosen[2].reason.startswith("本类最少(工作日值过0次,应1.0次);")


def test_no_place_stays_vacant_because_its_turn_is_somebody_elses_who_is_busy() -> None:
    days = months()[0][:1]
    slots = [one for one in slots_of(random_year("W"), lambda _: Settings(), days) if one.post is DutyPost.OFFICER]
    turns = Turns()
    for _ in range(3):
        turns.count(1, slots[0])
    able = {(DutyPost.OFFICER, day): [1, 2] for day in days}
    chosen = share_out(Question(slots, able, turns, beside={2: frozenset(days)}))
    assert [choice.person for choice in chosen] == [1]
