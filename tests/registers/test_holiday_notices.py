"""A notice entered into the calendar: two people, one revision, open months recomputed and sealed ones left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.importers.holidays import parse_notice
from govoffice_tui.registers import calendar
from govoffice_tui.registers.attendance.months import figures, shortfalls
from govoffice_tui.registers.attendance.pages import is_worked
from govoffice_tui.registers.closing import close_month
from govoffice_tui.registers.holiday_notices import enter_notice, propose, told
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.timekeeping import confirm_day
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import DayKind, Half
from govoffice_tui.rules.refusal import Refused
from tests.notices import TEXT_2026, TEXT_2027, TEXT_2028

NOTICE = parse_notice(TEXT_2026)
NEXT = parse_notice(TEXT_2027)
SHIFTED = parse_notice(TEXT_2026.replace("10月10日(周六)上班", "10月17日(周六)上班"))
"""A notice that pays for the 国庆节 a week later than the published one."""


def jump(office: Office, clock: SetClock, at: datetime) -> None:
    """Go far ahead, and have two people confirm the date."""
    clock.set(at)
    confirm_day(office, 4, by=3)


def revisions(office: Office) -> list[tuple[int, int, str, int]]:
    return [
        tuple(row) for row in office.fetch("SELECT year, revision, source, is_provisional FROM calendar ORDER BY id")
    ]


def test_a_year_without_a_notice_becomes_official_by_it(office: Office, clock: SetClock) -> None:  # example 31
    jump(office, clock, datetime(2026, 12, 20, 9, 0))
    calendar.ensure(office, 2027)
    assert calendar.for_day(office, date(2027, 1, 4)).is_provisional(date(2027, 1, 4))
    entered = enter_notice(office, NEXT, second=4, by=3)
    assert (entered.year, entered.revision, entered.is_new) == (2027, 2, True)
    chart = calendar.for_day(office, date(2027, 1, 31))
    assert not chart.is_provisional(date(2027, 1, 31))
    assert chart.title(date(2027, 1, 31)) == "调休上班"
    january = [day for day in chart.workdays(date(2027, 1, 1), date(2027, 1, 31))]
    assert (len(january), january[0], january[-1]) == (21, date(2027, 1, 4), date(2027, 1, 31))
    assert verify_office(office).findings == ()


def test_both_people_stand_in_the_row(office: Office) -> None:
    enter_notice(office, NOTICE, second=4, by=3)
    row = office.fetch("SELECT source, notice, entered_by, checked_by FROM calendar ORDER BY id DESC LIMIT 1")[0]
    assert row == ("notice", "国办发明电〔2025〕7号", 3, 4)


@pytest.mark.parametrize(
    ("by", "second", "told_why"),
    [(3, 3, "不能是同一个人"), (3, None, "第二个人"), (None, 4, "经办人"), (3, 99, "不在册")],
)
def test_a_notice_needs_two_people_of_the_office(
    office: Office, by: int | None, second: int | None, told_why: str
) -> None:
    with pytest.raises(Refused, match=told_why):
        enter_notice(office, NOTICE, second=second, by=by)
    assert revisions(office) == [(2026, 1, "holidays", 0)]


def test_only_the_posts_that_may_enter_a_notice(office: Office) -> None:
    for post in (Post.SIGN_IN_KEEPER, Post.SECTION_HEAD, Post.DEPUTY_IN_CHARGE, Post.DIRECTOR):
        assign_post(office, 1, post, by=None if post is Post.SIGN_IN_KEEPER else 1)
    with pytest.raises(Refused, match="办理"):
        enter_notice(office, NOTICE, second=1, by=3)
    assert enter_notice(office, NOTICE, second=3, by=1).is_new


def test_a_notice_with_problems_is_refused_and_nothing_is_written(office: Office) -> None:
    broken = parse_notice(TEXT_2026.replace("共9天", "共8天"))
    with pytest.raises(Refused, match="通知还不能装入"):
        enter_notice(office, broken, second=4, by=3)
    with pytest.raises(Refused, match="起止日期"):
        propose(office, broken)
    assert revisions(office) == [(2026, 1, "holidays", 0)]


def test_the_published_notice_changes_no_working_day_of_the_library(office: Office) -> None:
    changes = propose(office, NOTICE)
    assert [change for change in changes if change.was_work is not change.is_work] == []
    assert any(change.day == date(2026, 10, 4) and change.after == "国庆节" for change in changes)


def test_an_open_month_is_told_with_its_days_before_and_after(office: Office) -> None:
    frame_before = figures(office, "2026-10")[1]
    entered = enter_notice(office, SHIFTED, second=4, by=3)
    assert [(one.day, one.is_work) for one in entered.days if one.was_work is not one.is_work] == [
        (date(2026, 10, 10), False),
        (date(2026, 10, 17), True),
    ]
    assert [(one.month, one.before, one.after, one.is_sealed) for one in entered.months] == [("2026-10", 18, 18, False)]
    assert figures(office, "2026-10")[1].work != frame_before.work
    lines = told(entered.days, entered.months)
    assert lines[0] == "2026年10月 工作日18天 → 18天"
    assert lines[1] == "  · 10月10日(周六):调休上班 → 休息日"
    assert lines[-1].startswith("另有")


def test_a_month_under_seal_keeps_the_calendar_it_was_sealed_with(office: Office) -> None:
    seal = close_month(office, "attendance", "2026-10", lambda *_: [], lambda *_: "数", by=3)
    assert seal.calendar_revision == 1
    before = figures(office, "2026-10")[1]
    entered = enter_notice(office, SHIFTED, second=4, by=3)
    assert [(one.month, one.is_sealed) for one in entered.months] == [("2026-10", True)]
    assert figures(office, "2026-10")[1] == before
    assert is_worked(office, date(2026, 10, 17), Half.MORNING) is False
    assert calendar.for_day(office, date(2026, 10, 17)).kind(date(2026, 10, 17)) is DayKind.MAKE_UP
    assert any("已封存" in line for line in told(entered.days, entered.months))


def test_a_new_year_in_december_gives_the_old_year_a_revision_and_is_not_lost_again(
    office: Office, clock: SetClock
) -> None:
    jump(office, clock, datetime(2027, 11, 10, 9, 0))
    enter_notice(office, NEXT, second=4, by=3)
    entered = enter_notice(office, parse_notice(TEXT_2028), second=4, by=3)
    assert [(one.month, one.before, one.after) for one in entered.months if one.month < "2028"] == [("2027-12", 23, 23)]
    eve, make_up = date(2027, 12, 31), date(2027, 12, 26)
    chart = calendar.for_day(office, eve)
    assert (chart.title(eve), chart.kind(make_up)) == ("元旦", DayKind.MAKE_UP)
    again = enter_notice(office, NEXT, second=4, by=3)
    assert not again.is_new
    assert calendar.for_day(office, eve).title(eve) == "元旦"


def test_the_seal_of_a_month_is_open_until_the_notice_is_in(office: Office, clock: SetClock) -> None:
    jump(office, clock, datetime(2027, 1, 20, 9, 0))
    calendar.ensure(office, 2027)
    assert any("放假通知" in str(problem) for problem in shortfalls(office, "2027-01"))
    enter_notice(office, NEXT, second=4, by=3)
    assert not any("放假通知" in str(problem) for problem in shortfalls(office, "2027-01"))


def test_the_same_form_sent_twice_is_entered_once(office: Office) -> None:
    for _ in range(2):
        enter_notice(office, NOTICE, second=4, by=3, form_key="once")
    assert len(revisions(office)) == 2


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.sampled_from([NOTICE, SHIFTED, NEXT, parse_notice(TEXT_2028)]), min_size=1, max_size=4))
def test_entering_the_same_notice_again_changes_nothing(office: Office, order: list[object]) -> None:
    for notice in order:
        assert isinstance(notice, type(NOTICE))
        enter_notice(office, notice, second=4, by=3)
        before = revisions(office)
        again = enter_notice(office, notice, second=5, by=3)
        assert (again.is_new, again.days, again.months) == (False, (), ())
        assert propose(office, notice) == []
        assert revisions(office) == before
    assert verify_office(office).findings == ()


def test_a_corrected_number_alone_is_a_revision_without_other_days(office: Office) -> None:
    enter_notice(office, replace(NOTICE, notice_number=""), second=4, by=3)
    entered = enter_notice(office, NOTICE, second=4, by=3)
    assert (entered.is_new, entered.revision, entered.days) == (True, 3, ())
