"""A rest day divided into a day and a night shift: each is a page of the duty book of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.duty import (
    agenda,
    entries,
    handing,
    hours,
    months,
    pages,
    presence,
    shift_rows,
    shifts,
    slips,
)
from govoffice_tui.registers.duty.planned import planned
from govoffice_tui.registers.duty.register import DUTY
from govoffice_tui.registers.duty.shifts import Crew, LateShift
from govoffice_tui.registers.duty.views import Details
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.duty import Kind, ShiftState, Template, Urgency
from govoffice_tui.rules.refusal import Refused

DEPUTY, NIGHT, SECOND, OTHER, THIRD = 2, 4, 5, 6, 7
SUNDAY = date(2026, 11, 29)
MORNING, EVENING = datetime(2026, 11, 29, 8, 0), datetime(2026, 11, 29, 20, 0)
DIVIDED = "8:00-20:00 20:00-8:00"


@pytest.fixture
def clock() -> SetClock:
    """Sunday 29 November 2026, 7:50."""
    return SetClock(datetime(2026, 11, 29, 7, 50))


@pytest.fixture
def divided(office: Office) -> Office:
    """An office whose rest days have a day and a night shift."""
    settings.change_many(office, {"duty_rest_shifts": DIVIDED}, by=None)
    return office


def take(office: Office, clock: SetClock, officer: int, moment: datetime) -> int:
    clock.set(moment)
    return shifts.take_over_duty(office, Crew(officer, None, DEPUTY), by=officer).shift


def hand(office: Office, clock: SetClock, shift: int, officer: int, to: int, moment: datetime) -> None:
    clock.set(moment)
    shifts.hand_over_duty(office, shift, to, is_quiet=True, by=officer)


@pytest.fixture
def evening(divided: Office, clock: SetClock) -> tuple[int, int]:
    """Both shifts of the Sunday: the day handed over at 20:00, the night taken over."""
    day = take(divided, clock, NIGHT, datetime(2026, 11, 29, 7, 50))
    entries.record_entry(divided, day, Kind.CALL_IN, Details("询问会议时间"), urgency=Urgency.FILE, by=NIGHT)
    hand(divided, clock, day, NIGHT, SECOND, datetime(2026, 11, 29, 19, 58))
    return day, take(divided, clock, SECOND, datetime(2026, 11, 29, 19, 59))


def test_each_shift_of_a_day_is_a_page_in_the_order_of_its_start(divided: Office, evening: tuple[int, int]) -> None:
    found = pages.pages_on(divided, SUNDAY)
    assert [page.hours.words for page in found] == ["11月29日白班(8:00—20:00)", "11月29日夜班(20:00—次日8:00)"]
    assert [page.shift.id for page in found if page.shift] == list(evening)
    assert [page.is_current for page in found] == [False, True]
    assert [len(page.lines) for page in found] == [1, 0]
    assert [page.hours.noon for page in found] == [None, None]


def test_a_call_after_midnight_stands_on_the_page_of_the_night(
    divided: Office, clock: SetClock, evening: tuple[int, int]
) -> None:  # example 16
    clock.set(datetime(2026, 11, 30, 2, 10))
    assert hours.current_hours(divided, divided.now()).starts == EVENING
    line = entries.record_entry(divided, evening[1], Kind.CALL_IN, Details("K12处塌方"), by=SECOND)
    assert (line.day, line.place, line.told) == (SUNDAY, 1, "11月29日夜班第1号")
    assert [one.id for one in pages.page(divided, SUNDAY, EVENING).lines] == [line.id]
    assert slips.call_slip(divided, slips.slip_period(divided, line.id)).line.id == line.id


def test_a_night_takes_over_one_sidedly_what_the_day_left(divided: Office, clock: SetClock) -> None:
    day = take(divided, clock, NIGHT, datetime(2026, 11, 29, 7, 50))
    line = entries.record_entry(divided, day, Kind.CALL_IN, Details("停水"), by=NIGHT)
    clock.set(datetime(2026, 11, 29, 18, 59))
    with pytest.raises(Refused, match="不用再接"):
        shifts.take_over_duty(divided, Crew(SECOND), by=SECOND)
    clock.set(datetime(2026, 11, 29, 20, 5))
    done = shifts.take_over_duty(divided, Crew(SECOND), by=SECOND)
    assert (done.is_one_sided, done.matters) == (True, 1)
    first, second = pages.pages_on(divided, SUNDAY)
    assert first.shift is not None
    assert (first.shift.state, first.shift.incoming) == (ShiftState.ONE_SIDED, SECOND)
    assert [one.id for one in second.matters] == [line.id]
    assert second.uncovered == 5
    handing.accept_matter(divided, line.id, by=SECOND)
    with pytest.raises(Refused, match="11月29日白班第1号还没有办结"):
        shifts.hand_over_duty(divided, done.shift, OTHER, is_quiet=True, by=SECOND)
    with pytest.raises(Refused, match="20:05已接班"):
        shifts.take_over_duty(divided, Crew(THIRD), by=THIRD)


def test_leafing_goes_shift_by_shift(divided: Office, evening: tuple[int, int]) -> None:
    night = hours.hours_of(divided, SUNDAY, EVENING)
    day = pages.neighbour(divided, night, -1)
    assert day.starts == MORNING
    saturday = pages.neighbour(divided, day, -1)
    assert saturday.starts == EVENING - timedelta(days=1)
    assert pages.neighbour(divided, saturday, 1) == day
    monday = pages.neighbour(divided, night, 1)
    assert (monday.day, monday.template) == (date(2026, 11, 30), Template.NIGHT)
    assert hours.next_hours(divided, day) == night
    assert hours.next_hours(divided, night) == monday


def test_a_month_counts_every_shift_of_a_day(divided: Office, clock: SetClock, evening: tuple[int, int]) -> None:
    month = months.month(divided, "2026-11")
    assert [(row.template, row.state) for row in month.rows] == [("白班", "已交班"), ("夜班", "值班中")]
    assert (month.figures["班次数"], month.figures["空白班"]) == (2, 0)
    assert [str(one) for one in months.pending(divided, "2026-11")][1] == "11月29日夜班:值班中,还没有交班"


def test_a_part_nobody_kept_is_blank_and_explained_by_itself(divided: Office, clock: SetClock) -> None:
    day = take(divided, clock, NIGHT, datetime(2026, 11, 29, 7, 50))
    hand(divided, clock, day, NIGHT, SECOND, datetime(2026, 11, 29, 20, 0))
    assert [row.state for row in months.rows(divided, "2026-11")] == ["已交班", "未接班"]
    clock.set(datetime(2026, 11, 30, 9, 0))
    blank = [one.text for one in agenda.due(divided, divided.now()) if "空白班" in one.text]
    assert blank == ["11月29日夜班空白班:没有接班或一笔也没有,请写说明(F4)"]
    presence.explain_duty(divided, SUNDAY, "停电", EVENING, by=NIGHT)
    assert [page.blank_reason for page in pages.pages_on(divided, SUNDAY)] == ["", "停电"]
    assert [one.text for one in agenda.due(divided, divided.now()) if "空白班" in one.text] == []
    assert "11月29日夜班空白班:停电" in months.month(divided, "2026-11").remarks
    assert [row.is_blank for row in months.rows(divided, "2026-11")] == [False, True]


def test_nothing_before_the_first_shift_of_the_book_is_blank(divided: Office, clock: SetClock) -> None:
    take(divided, clock, SECOND, datetime(2026, 11, 29, 20, 0))
    assert [row.template for row in months.rows(divided, "2026-11")] == ["夜班"]


def test_a_night_kept_on_paper_is_entered_beside_its_day(divided: Office, clock: SetClock) -> None:
    day = take(divided, clock, NIGHT, datetime(2026, 11, 29, 7, 50))
    hand(divided, clock, day, NIGHT, SECOND, datetime(2026, 11, 29, 20, 0))
    clock.set(datetime(2026, 11, 30, 9, 0))
    late = LateShift(SUNDAY, datetime(2026, 11, 29, 19, 55), "停电")
    row = shifts.take_over_duty(divided, Crew(SECOND), late, by=DEPUTY).shift
    found = shift_rows.shift_by_id(divided, row)
    assert found is not None
    assert (found.hours.starts, found.hours.template) == (EVENING, Template.REST_NIGHT)
    with pytest.raises(Refused, match="已接班"):
        shifts.take_over_duty(divided, Crew(THIRD), late, by=DEPUTY)


def test_a_day_taken_over_whole_stays_whole_when_rest_days_are_divided_later(
    office: Office, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(office, clock, NIGHT, datetime(2026, 11, 29, 7, 50))
    plans = plan(NIGHT, MORNING, EVENING), plan(SECOND, EVENING, datetime(2026, 11, 30, 8, 0))
    monkeypatch.setattr("govoffice_tui.registers.duty.hours.planned_shifts", lambda *_: plans)
    assert [one.template for one in hours.hours_on(office, SUNDAY)] == [Template.WHOLE_DAY]
    clock.set(datetime(2026, 11, 29, 20, 0))
    with pytest.raises(Refused, match="已接班"):
        shifts.take_over_duty(office, Crew(SECOND), by=SECOND)


def test_what_is_left_of_a_day_that_is_divided_no_longer_is_still_a_shift(
    divided: Office, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(divided, clock, NIGHT, datetime(2026, 11, 29, 7, 50))
    whole = (plan(NIGHT, MORNING, datetime(2026, 11, 30, 8, 0)),)
    monkeypatch.setattr("govoffice_tui.registers.duty.hours.planned_shifts", lambda *_: whole)
    found = hours.hours_on(divided, SUNDAY)
    assert [(one.starts, one.part) for one in found] == [(MORNING, "白班"), (EVENING, "2000班")]


@dataclass(frozen=True)
class Plan:
    """A planned shift as the roster gives it."""

    officers: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime
    leader: int | None = DEPUTY
    messenger: int | None = None
    template: str = "白班"


def plan(officer: int, starts: datetime, ends: datetime) -> Plan:
    return Plan((officer,), starts, ends)


def test_the_roster_names_the_crew_of_each_part(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = plan(NIGHT, MORNING, EVENING), plan(SECOND, EVENING, datetime(2026, 11, 30, 8, 0))
    monkeypatch.setattr("govoffice_tui.registers.duty.planned.shifts_on", lambda *_: plans)
    found = [planned(office, SUNDAY, one.starts) for one in hours.hours_on(office, SUNDAY)]
    assert [one.officers for one in found if one is not None] == [(NIGHT,), (SECOND,)]


def test_three_shifts_a_day_end_where_the_next_day_begins(office: Office, clock: SetClock) -> None:
    settings.change_many(office, {"duty_rest_shifts": "8:00-16:00 16:00-0:00 0:00-8:00"}, by=None)
    found = hours.hours_on(office, SUNDAY)
    assert [one.part for one in found] == ["0800班", "1600班", "0000班"]
    assert [one.ends for one in found[:-1]] == [one.starts for one in found[1:]]
    for moment, part in ((datetime(2026, 11, 29, 15, 30), "1600班"), (datetime(2026, 11, 30, 2, 10), "0000班")):
        now = hours.current_hours(office, moment)
        assert (now.day, now.part) == (SUNDAY, part)


def test_a_month_with_divided_days_seals_and_verifies(
    divided: Office, clock: SetClock, evening: tuple[int, int]
) -> None:
    hand(divided, clock, evening[1], SECOND, NIGHT, datetime(2026, 11, 30, 8, 0))
    night = take(divided, clock, NIGHT, datetime(2026, 11, 30, 17, 30))
    hand(divided, clock, night, NIGHT, SECOND, datetime(2026, 12, 1, 8, 0))
    before = months.seal_digest(divided, "2026-11")
    closing.close_month(divided, "duty", "2026-11", DUTY.pending, DUTY.seal_digest, by=DEPUTY)
    assert months.month(divided, "2026-11").figures["班次数"] == 3
    assert months.seal_digest(divided, "2026-11") == before
    assert verify_office(divided).findings == ()
