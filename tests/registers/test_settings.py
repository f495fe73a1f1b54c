"""Dated settings: at once before the first session, the next day afterwards, never a day that began."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.models import Closing, Setting
from govoffice_tui.registers import setting_pages
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.settings import EVER, change, change_many, next_effective_day, on, rows_of, take_back
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.setting_topics import TOPICS

TODAY, TOMORROW = date(2026, 10, 12), date(2026, 10, 13)
KEEPER = 3


@pytest.fixture
def begun(office: Office) -> Office:
    """An office in which somebody has signed."""
    sign_in(office, 4, TODAY, Half.MORNING, by=KEEPER)
    return office


def count(office: Office) -> int:
    return int(office.fetch("SELECT count(*) FROM settings")[0][0])


def test_before_anybody_signed_a_change_holds_at_once_and_always(office: Office) -> None:
    assert change(office, "morning_cutoff", "08:20", by=KEEPER) == EVER
    assert on(office, TODAY).morning_cutoff == time(8, 20)


def test_before_anybody_signed_a_later_change_at_once_is_not_hidden_by_a_dated_one(
    office: Office, clock: SetClock
) -> None:
    change(office, "morning_cutoff", "08:20", TOMORROW, by=KEEPER)
    clock.set(datetime(2026, 10, 13, 7, 0))
    assert change(office, "morning_cutoff", "08:25", by=KEEPER) == TOMORROW
    assert on(office, TOMORROW).morning_cutoff == time(8, 25)


def test_once_somebody_signed_a_change_holds_from_the_next_day(begun: Office) -> None:
    before = begun.fetch("SELECT opens_at, cutoff_at FROM sign_sessions")
    assert change(begun, "morning_cutoff", "08:20", by=KEEPER) == TOMORROW
    assert on(begun, TODAY).morning_cutoff == time(8, 15)
    assert on(begun, TOMORROW).morning_cutoff == time(8, 20)
    assert begun.fetch("SELECT opens_at, cutoff_at FROM sign_sessions") == before
    with pytest.raises(Refused, match="当天不变,“上午收存”最早从2026年10月13日起改") as refused:
        change(begun, "morning_cutoff", "08:25", TODAY, by=KEEPER)
    assert refused.value.field == "from_day"


def test_a_day_gone_by_and_a_year_mistyped_are_refused(office: Office) -> None:
    with pytest.raises(Refused, match="已经过去的日子不变"):
        change(office, "morning_cutoff", "08:20", TODAY - timedelta(days=1), by=KEEPER)
    with pytest.raises(Refused, match="请核对年份"):
        change(office, "morning_cutoff", "08:20", date(2126, 10, 13), by=KEEPER)
    assert count(office) == 2


def test_a_month_under_seal_keeps_its_rules(begun: Office) -> None:
    with begun.write("close_month", KEEPER) as writing:
        writing.insert(
            Closing,
            register="attendance",
            month="2026-10",
            revision=1,
            closed_at=writing.now,
            closed_by=KEEPER,
            figures_digest="",
            calendar_revision=1,
        )
    with pytest.raises(Refused, match="2026年10月已封存"):
        change(begun, "legend", "late=迟", by=KEEPER)
    assert change(begun, "legend", "late=迟", date(2026, 11, 1), by=KEEPER) == date(2026, 11, 1)
    assert change(begun, "backup_folder", "/media/usb", by=KEEPER) == TODAY


def test_opening_and_cutoff_change_together_or_not_at_all(office: Office) -> None:
    with pytest.raises(Refused, match="上午的收存时间要晚于开始时间") as refused:
        change(office, "morning_cutoff", "06:50", by=KEEPER)
    assert refused.value.field == "morning_cutoff"
    assert count(office) == 2
    change_many(office, {"morning_opens": "06:30", "morning_cutoff": "06:50"}, by=KEEPER)
    assert on(office, TODAY).morning_opens == time(6, 30)


def test_what_is_to_hold_later_is_checked_together_with_what_changes_before(office: Office) -> None:
    change(office, "morning_cutoff", "07:30", date(2026, 11, 1), by=KEEPER)
    with pytest.raises(Refused, match="2026年11月1日起:上午的收存时间要晚于开始时间") as refused:
        change(office, "morning_opens", "07:40", by=KEEPER)
    assert refused.value.field == "morning_opens"


def test_a_change_taken_back_before_its_day_is_one_more_row(begun: Office) -> None:
    change_many(begun, {"morning_opens": "06:50", "morning_cutoff": "08:20"}, by=KEEPER)
    line = setting_pages.lines(begun, TODAY)["morning"]
    [coming] = line.coming
    assert (coming.first, coming.words) == (TOMORROW, "6:50开始,8:20收存")
    before = count(begun)
    take_back(begun, coming.keys, coming.first, by=KEEPER)
    assert count(begun) == before + 2
    assert on(begun, TOMORROW).morning_cutoff == time(8, 15)
    assert setting_pages.lines(begun, TODAY)["morning"].coming == ()
    with pytest.raises(Refused, match="没有要变的"):
        take_back(begun, coming.keys, coming.first, by=KEEPER)
    assert verify_office(begun).findings == ()


def test_what_already_holds_cannot_be_taken_back(begun: Office, clock: SetClock) -> None:
    change(begun, "morning_cutoff", "08:20", by=KEEPER)
    clock.set(datetime(2026, 10, 13, 7, 0))
    with pytest.raises(Refused, match="已经开始,不能收回"):
        take_back(begun, ("morning_cutoff",), TOMORROW, by=KEEPER)


def test_taking_back_half_of_what_belongs_together_is_refused(begun: Office) -> None:
    change_many(begun, {"morning_opens": "08:16", "morning_cutoff": "08:40"}, by=KEEPER)
    with pytest.raises(Refused, match="上午的收存时间要晚于开始时间"):
        take_back(begun, ("morning_cutoff",), TOMORROW, by=KEEPER)
    assert on(begun, TOMORROW).morning_cutoff == time(8, 40)


def test_the_same_form_sent_twice_changes_once(begun: Office) -> None:
    first = change(begun, "morning_cutoff", "08:20", by=KEEPER, form_key="form")
    before = begun.tail()
    assert change(begun, "morning_cutoff", "08:20", by=KEEPER, form_key="form") == first
    assert begun.tail() == before
    take_back(begun, ("morning_cutoff",), first, by=KEEPER, form_key="back")
    after = begun.tail()
    assert take_back(begun, ("morning_cutoff",), first, by=KEEPER, form_key="back") == first
    assert begun.tail() == after


def test_what_already_stands_so_is_not_written_again(office: Office) -> None:
    before = office.tail()
    with pytest.raises(Refused, match="没有改动"):
        change(office, "morning_cutoff", "08:15", by=KEEPER)
    assert office.tail() == before


def test_only_keepers_and_heads_change_rules_once_there_are_any(office: Office) -> None:
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=None)
    assign_post(office, 1, Post.DIRECTOR, by=KEEPER)
    with pytest.raises(Refused, match="需由"):
        change(office, "morning_cutoff", "08:20", by=4)
    with pytest.raises(Refused, match="需由"):
        take_back(office, ("morning_cutoff",), TOMORROW, by=4)
    change(office, "morning_cutoff", "08:20", by=1)
    change(office, "morning_cutoff", "08:25", by=KEEPER)


def test_the_first_session_is_settled_once_somebody_signed(office: Office) -> None:
    with pytest.raises(Refused, match="已经过去的场次"):
        change(office, "first_session", "2026-10-11 0", by=KEEPER)
    change(office, "first_session", "2026-10-12 1", by=KEEPER)
    change(office, "first_session", "2026-10-12 0", by=KEEPER)
    sign_in(office, 4, TODAY, Half.MORNING, by=KEEPER)
    with pytest.raises(Refused, match="已经启用"):
        change(office, "first_session", "2026-10-13 0", by=KEEPER)


def test_a_stored_value_nobody_can_read_closes_the_day_until_it_is_put_right_at_once(begun: Office) -> None:
    for key in ("morning_cutoff", "summer_from"):
        with begun.write("damage", KEEPER) as writing:
            writing.insert(
                Setting, key=key, value="?", from_day=TODAY.isoformat(), entered_at=writing.now, entered_by=KEEPER
            )
    with pytest.raises(Refused, match="读不懂"):
        on(begun, TODAY)
    assert "读不懂" in setting_pages.lines(begun, TODAY)["morning"].words
    assert next_effective_day(begun, "morning_cutoff") == TODAY
    change(begun, "morning_cutoff", "08:15", by=KEEPER)
    change(begun, "summer_from", "05-01", by=KEEPER)
    assert on(begun, TODAY).morning_cutoff == time(8, 15)


def test_a_text_that_bears_a_classification_mark_is_refused(office: Office) -> None:
    for key in ("office_name", "sign_points"):
        with pytest.raises(Refused, match="涉密"):
            change(office, key, "主楼=机密★3年", by=KEEPER)
    with pytest.raises(Refused, match="没有“theme”这项设置"):
        change(office, "theme", "ink", by=KEEPER)


def test_history_tells_every_value_with_its_day_and_who(begun: Office) -> None:
    change(begun, "morning_cutoff", "08:20", by=KEEPER)
    take_back(begun, ("morning_cutoff",), TOMORROW, by=KEEPER)
    told = setting_pages.history(begun, TOPICS["morning"], TODAY)
    assert [(one.first, one.words, one.is_coming) for one in told] == [
        ("2026年10月13日起", "上午收存 收回,仍是 8:15", True),
        ("2026年10月13日起", "上午收存 8:20", True),
    ]
    assert told[0].entered == "2026年10月12日 07:50 周小萍 登记"
    [founded] = setting_pages.history(begun, TOPICS["office_name"], TODAY)
    assert (founded.first, founded.entered) == ("建库起", "2026年10月12日 07:50 系统 登记")
    [never] = setting_pages.history(begun, TOPICS["carrier"], TODAY)
    assert (never.words, never.entered) == ("屏幕上签到", "没有改过")


def test_the_hours_of_today_and_their_next_change(begun: Office, clock: SetClock) -> None:
    now = datetime(2026, 10, 12, 8, 0)
    assert setting_pages.hours_today(begun, now) == (
        "上午7:00—8:15  下午14:00—14:45",
        "2027年5月1日起 下午14:30—15:15",
    )
    change(begun, "morning_cutoff", "08:20", date(2026, 11, 1), by=KEEPER)
    assert setting_pages.hours_today(begun, now)[1] == "11月1日起 上午7:00—8:20"


_moves = st.lists(
    st.tuples(
        st.sampled_from(["morning_opens", "morning_cutoff"]),
        st.sampled_from(["06:30", "07:30", "08:00", "08:30"]),
        st.integers(min_value=-2, max_value=20),
        st.booleans(),
    ),
    max_size=12,
)


@trials(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=_moves)
def test_no_order_of_changes_moves_a_day_that_began_or_leaves_hours_that_contradict(
    begun: Office, moves: list[tuple[str, str, int, bool]]
) -> None:
    past = [on(begun, TODAY - timedelta(days=back)) for back in range(3)]
    for key, value, ahead, is_back in moves:
        first, rows = TODAY + timedelta(days=ahead), len(rows_of(begun, (key,)))
        try:
            if is_back:
                take_back(begun, (key,), first, by=KEEPER)
            else:
                change(begun, key, value, first, by=KEEPER)
        except Refused:
            assert len(rows_of(begun, (key,))) == rows
    assert [on(begun, TODAY - timedelta(days=back)) for back in range(3)] == past
    for ahead in range(22):
        rules = on(begun, TODAY + timedelta(days=ahead))
        assert rules.morning_opens < rules.morning_cutoff
