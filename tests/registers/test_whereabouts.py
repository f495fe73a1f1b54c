"""Who is where at a moment, read from the sign-in book and from what other books claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.attendance import facts
from govoffice_tui.registers.attendance.signing import collect_book, note_arrival, sign_in
from govoffice_tui.registers.attendance.whereabouts import Whereabouts, whereabouts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff_changes import lend_out
from govoffice_tui.registers.staff_profiles import change_profile
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit, span
from govoffice_tui.rules.people import AttendanceMode
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.whereabouts import Presence

TODAY = date(2026, 10, 12)
NOW = datetime(2026, 10, 12, 9, 20)
KEEPER = 3


def claim(monkeypatch: pytest.MonkeyPatch, claimed: dict[str, dict[int, dict[HalfStatus, int]]]) -> None:
    """Let a further book claim half-days, by month."""

    def read(office: Office, days: Sequence[date]) -> facts.Claims:
        return claimed.get(f"{days[0]:%Y-%m}", {})

    monkeypatch.setattr(facts, "CLAIMS", (*facts.CLAIMS, read))


@pytest.fixture
def morning(office: Office, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Office:
    """9:20 on Monday: 1, 2 and 3 signed, 8 came late, 5 is sick until Wednesday noon, 6 out, the rest not signed."""
    calendar.ensure(office, 2026)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=None)
    for person in (1, 2, 3):
        sign_in(office, person, TODAY, Half.MORNING, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 15, 30))
    collect_book(office, TODAY, Half.MORNING, by=KEEPER)
    clock.set(NOW)
    note_arrival(office, 8, TODAY, Half.MORNING, ArrivalKind.LATE, datetime(2026, 10, 12, 8, 40), by=KEEPER)
    sick = span(date(2026, 10, 8), date(2026, 10, 14)) & ~bit(date(2026, 10, 14), Half.AFTERNOON)
    claim(monkeypatch, {"2026-10": {5: {HalfStatus.SICK: sick}, 6: {HalfStatus.OUT: span(TODAY, TODAY)}}})
    return office


def told(seen: Whereabouts) -> dict[int, str]:
    return {one.person.id: one.words for one in seen.whole.people}


def test_everybody_is_where_the_books_say(morning: Office) -> None:
    seen = whereabouts(morning, NOW)
    words = told(seen)
    assert words[5] == "阿依古丽·买买提 请假 10月8日至10月14日上午"
    assert words[6] == "王伟(资料动态股) 公出 10月12日"
    assert words[7] == "冯䶮 未签"
    whole = seen.whole
    assert [whole.count(presence) for presence in Presence] == [4, 1, 1, 0, 2, 0, 0]
    assert whole.due == 8


def test_of_somebody_sick_nothing_is_said_but_the_leave(morning: Office) -> None:
    assert not any("病" in words for words in told(whereabouts(morning, NOW)).values())


def test_who_came_late_was_not_there_before(morning: Office) -> None:
    assert told(whereabouts(morning, NOW))[8] == "吴桂芳 在岗"
    assert told(whereabouts(morning, datetime(2026, 10, 12, 8, 39)))[8] == "吴桂芳 未签"


def test_due_is_the_sum_of_what_explains_it_in_every_section(morning: Office) -> None:
    for section in whereabouts(morning, NOW).sections:
        assert section.due == sum(section.count(presence) for presence in Presence if presence.is_due)


def test_the_lent_and_the_exempt_are_not_due(office: Office, clock: SetClock) -> None:
    calendar.ensure(office, 2026)
    lend_out(office, 2, date(2026, 10, 12), None, "县委办", by=KEEPER)
    change_profile(office, 1, TODAY, mode=AttendanceMode.EXEMPT, remark="主任批准", by=KEEPER)
    seen = whereabouts(office, datetime(2026, 10, 12, 7, 50))
    assert (told(seen)[2], told(seen)[1]) == ("钱峰 借出 10月12日起", "赵敏 免签")
    assert seen.whole.due == 6
    assert [one.person.id for one in seen.sections[0].away] == [2]


def test_a_leave_over_the_turn_of_the_year_is_told_with_its_years(
    office: Office, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar.ensure(office, 2026)
    calendar.ensure(office, 2027)
    clock.set(datetime(2026, 12, 31, 9, 0))
    whole = span(date(2026, 12, 28), date(2026, 12, 31))
    after = span(date(2027, 1, 1), date(2027, 1, 5))
    claim(monkeypatch, {"2026-12": {5: {HalfStatus.SICK: whole}}, "2027-01": {5: {HalfStatus.ANNUAL: after}}})
    assert told(whereabouts(office, office.now()))[5] == "阿依古丽·买买提 请假 12月28日至2027年1月5日"


def test_leave_before_and_after_a_weekend_is_one_absence(
    office: Office, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar.ensure(office, 2026)
    days = span(date(2026, 10, 15), date(2026, 10, 16)) | span(date(2026, 10, 19), date(2026, 10, 19))
    claim(monkeypatch, {"2026-10": {5: {HalfStatus.PERSONAL: days}}})
    clock.set(datetime(2026, 10, 16, 15, 0))
    assert told(whereabouts(office, office.now()))[5] == "阿依古丽·买买提 请假 10月15日至10月19日"


def test_a_day_of_rest_and_a_moment_to_come_are_refused(office: Office, clock: SetClock) -> None:
    calendar.ensure(office, 2026)
    with pytest.raises(Refused, match=r"10月11日上午\(休息日\)不设签到"):
        whereabouts(office, datetime(2026, 10, 11, 9, 0))
    with pytest.raises(Refused, match="2026年10月12日 7:51还没有到"):
        whereabouts(office, datetime(2026, 10, 12, 7, 51))
