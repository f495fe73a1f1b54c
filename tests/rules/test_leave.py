"""The rule on leave: lengths, tiers, whose approval, adjoining leave, and every move of a slip (考勤制度第5条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.registers.calendar import from_library
from govoffice_tui.rules.attendance import LEAVE
from govoffice_tui.rules.authority import VERBS, Post
from govoffice_tui.rules.calendar import Adjustment, AdjustmentKind, Calendar, Half
from govoffice_tui.rules.half_days import LEAVES, HalfStatus
from govoffice_tui.rules.leave import (
    MOVE_TITLES,
    MOVES,
    STATES,
    LeaveKind,
    LeaveMode,
    LeaveState,
    Moment,
    Stretch,
    days_words,
    followup_due,
    moves_from,
    state_after,
)
from govoffice_tui.rules.leave_approval import (
    Level,
    Standing,
    Tier,
    adjoining,
    require_level,
    require_mode,
    rule_leave,
    standing_of,
    tier_of,
)
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings

CHART = Calendar({year: from_library(year) for year in (2025, 2026, 2027)})
RULES = Settings()
AM, PM = Half.MORNING, Half.AFTERNOON
PERSONAL = LeaveKind.PERSONAL


def leave(first: str, last: str, kind: LeaveKind = PERSONAL) -> Stretch:
    """Return leave written as 04-02am to 04-07pm of 2026; without am or pm it is whole days."""

    def moment(word: str, otherwise: Half) -> Moment:
        half = {"am": AM, "pm": PM}.get(word[5:], otherwise)
        return Moment(date(2026, int(word[:2]), int(word[3:5])), half)

    return Stretch(kind, moment(first, AM), moment(last, PM))


def ruled(asked: Stretch, *others: Stretch, standing: Standing = Standing.STAFF, rules: Settings = RULES) -> str:
    ruling = rule_leave(standing, asked, others, CHART, rules)
    return ruling.words


def test_leave_over_a_holiday_counts_workdays_only() -> None:  # example 6
    assert ruled(leave("04-02", "04-07")) == "3天 须书面向主任请假"


def test_leave_over_the_month_end_counts_each_half_day_in_its_month() -> None:  # example 7
    asked = leave("09-29", "10-08")
    counted = asked.counted(CHART, RULES)
    by_month = [sum(moment.day.month == month for moment in counted) for month in (9, 10)]
    assert (len(counted), by_month) == (6, [4, 2])
    assert ruled(asked) == "3天 须书面向主任请假"


def test_half_a_day_may_be_asked_for_by_word_of_mouth() -> None:  # example 8
    assert ruled(leave("11-03", "11-03am")) == "半天 可口头向分管副主任请假"


def test_an_extension_is_summed_with_what_it_extends() -> None:  # example 11
    first = leave("10-12", "10-13")
    assert ruled(first) == "2天 须书面向分管副主任请假"
    ruling = rule_leave(Standing.STAFF, leave("10-14", "10-14am"), [first], CHART, RULES)
    assert (ruling.total, ruling.level) == (5, Level.DIRECTOR)
    assert ruling.adjoining_words == "与10月12日至10月13日事假相连,合计2.5天,合计超过2日"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("10-16pm", "10-19am", "1天"),  # Friday afternoon and Monday morning
        ("10-15", "10-18", "2天"),  # two workdays and the weekend
        ("02-13", "02-14", "2天"),  # a Saturday worked in exchange
        ("10-09pm", "10-10am", "1天"),
        ("10-17", "10-18", "0天"),
    ],
)
def test_lengths_follow_the_calendar_by_half_days(first: str, last: str, words: str) -> None:
    assert days_words(len(leave(first, last).counted(CHART, RULES))) == words


def test_a_half_day_the_office_closed_is_not_leave() -> None:
    closed = Adjustment(1, AdjustmentKind.CLOSED, "县政府办", "")
    chart = replace(CHART, adjustments={(date(2026, 10, 14), PM): closed})
    assert len(leave("10-14", "10-14").counted(chart, RULES)) == 1


@pytest.mark.parametrize("kind", list(LeaveKind))
def test_maternity_and_family_visits_count_days_of_rest_too(kind: LeaveKind) -> None:
    by_calendar = kind in (LeaveKind.MATERNITY, LeaveKind.FAMILY_VISIT)
    counted = leave("10-16", "10-19", kind).counted(CHART, RULES)
    assert len(counted) == (8 if by_calendar else 4)


def test_sick_leave_over_the_set_length_counts_by_the_calendar() -> None:
    rules = replace(RULES, leave_long_sick_days=5)
    assert len(leave("10-12", "10-16", LeaveKind.SICK).counted(CHART, rules)) == 10
    assert len(leave("10-12", "10-17", LeaveKind.SICK).counted(CHART, rules)) == 12
    assert len(leave("10-12", "10-17").counted(CHART, rules)) == 10


@pytest.mark.parametrize(
    ("halves", "tier"),
    [(1, Tier.ORAL), (2, Tier.WRITTEN), (3, Tier.WRITTEN), (4, Tier.WRITTEN), (5, Tier.DIRECTOR), (60, Tier.DIRECTOR)],
)
def test_the_boundaries_belong_to_the_lower_tier(halves: int, tier: Tier) -> None:
    assert tier_of(halves, RULES) is tier


def test_an_office_may_give_the_boundaries_to_the_higher_tier() -> None:
    rules = replace(RULES, leave_oral_halves=0, leave_deputy_halves=3)
    assert [tier_of(halves, rules) for halves in (1, 3, 4)] == [Tier.WRITTEN, Tier.WRITTEN, Tier.DIRECTOR]


LENGTHS = {"半天": leave("10-12", "10-12am"), "1天": leave("10-12", "10-12"), "2天": leave("10-12", "10-13")} | {
    "2.5天": leave("10-12", "10-14am")
}
NEEDED = {
    (Standing.STAFF, "半天"): Level.DEPUTY,
    (Standing.STAFF, "1天"): Level.DEPUTY,
    (Standing.STAFF, "2天"): Level.DEPUTY,
    (Standing.STAFF, "2.5天"): Level.DIRECTOR,
    **{(Standing.DEPUTY, length): Level.DIRECTOR for length in LENGTHS},
    **{(Standing.DIRECTOR, length): Level.COUNTY for length in LENGTHS},
}


@pytest.mark.parametrize(
    ("standing", "length", "level", "mode", "delegated"),
    list(product(Standing, LENGTHS, Level, LeaveMode, (Level.NONE, Level.DEPUTY, Level.DIRECTOR))),
)
def test_the_whole_matrix_of_who_how_long_by_whom_and_how(
    standing: Standing, length: str, level: Level, mode: LeaveMode, delegated: Level
) -> None:
    ruling = rule_leave(standing, LENGTHS[length], [], CHART, RULES)
    needed = NEEDED[standing, length]
    assert ruling.level is needed
    assert ruling.article == LEAVE
    if mode is LeaveMode.ORAL and length != "半天":
        with pytest.raises(Refused, match="须书面"):
            require_mode(ruling, mode)
    else:
        require_mode(ruling, mode)
    if max(level, delegated) < needed:
        with pytest.raises(Refused, match=f"须{needed.label}批准") as refused:
            require_level(ruling, max(level, delegated), "王伟")
        assert (refused.value.field, refused.value.article) == ("approver", LEAVE)
    else:
        require_level(ruling, max(level, delegated), "王伟")


@pytest.mark.parametrize(
    ("posts", "position", "together", "standing"),
    [
        ({Post.DIRECTOR}, "主任", True, Standing.DIRECTOR),
        ({Post.DEPUTY_IN_CHARGE}, "副主任", True, Standing.DEPUTY),
        (set(), "副主任", True, Standing.DEPUTY),
        (set(), "党组成员、副主任", True, Standing.DEPUTY),
        (set(), "副主任", False, Standing.STAFF),
        (set(), "副主任科员", True, Standing.STAFF),
        ({Post.SECTION_HEAD}, "股长", True, Standing.STAFF),
        (set(), "主任", False, Standing.STAFF),
    ],
)
def test_deputies_and_the_director_are_not_their_own_approvers(
    posts: set[Post], position: str, together: bool, standing: Standing
) -> None:
    assert standing_of(posts, position, is_with_director=together) is standing


def test_leave_with_work_between_does_not_adjoin() -> None:
    assert adjoining(leave("10-14", "10-14"), [leave("10-12", "10-12")], CHART) == []
    assert len(adjoining(leave("10-13pm", "10-13"), [leave("10-12", "10-13am")], CHART)) == 1


def test_leave_split_round_weekends_and_holidays_is_found_through_its_links() -> None:
    parts = [leave("09-29", "09-30"), leave("10-08", "10-08"), leave("10-12", "10-12")]
    found = adjoining(leave("10-09", "10-10"), parts, CHART)
    assert found == parts
    ruling = rule_leave(Standing.STAFF, leave("10-09", "10-10"), parts, CHART, RULES)
    assert (ruling.halves, ruling.total, ruling.level) == (4, 12, Level.DIRECTOR)


def test_the_paper_is_due_so_many_workdays_after_the_return() -> None:
    assert followup_due(date(2026, 10, 15), CHART, RULES) == date(2026, 10, 19)
    assert followup_due(date(2026, 9, 30), CHART, RULES) == date(2026, 10, 9)
    assert followup_due(date(2026, 10, 15), CHART, replace(RULES, leave_followup_days=0)) == date(2026, 10, 15)


def test_every_move_leads_to_a_state_with_its_article_and_a_verb_that_has_rights() -> None:
    for (state, verb), (after, article, post) in MOVES.items():
        assert (state in STATES, after in STATES, article) == (True, True, LEAVE)
        assert verb in VERBS
        assert post is None or post in VERBS[verb]
        assert state_after(state, verb) is after


def test_what_is_no_move_is_refused_with_what_can_be_done() -> None:
    for state, verb in product(STATES, MOVE_TITLES):
        if (state, verb) in MOVES:
            continue
        with pytest.raises(Refused, match=f"{state.label},不能{MOVE_TITLES[verb]}"):
            state_after(state, verb)
    assert moves_from(LeaveState.GRANTED) == ["end_leave", "extend_leave", "withdraw_leave"]
    assert moves_from(LeaveState.ENDED) == []


def test_every_slip_can_reach_an_end() -> None:
    reached = {LeaveState.APPLIED, LeaveState.PHONED}
    while more := {after for (state, _), (after, _, _) in MOVES.items() if state in reached} - reached:
        reached |= more
    assert reached == set(STATES)


def test_every_kind_is_a_status_of_the_month() -> None:
    assert {kind.status for kind in LeaveKind} == set(LEAVES) - {HalfStatus.COMPENSATORY}


moments = st.builds(
    Moment,
    st.dates(date(2025, 3, 1), date(2026, 11, 30)),
    st.sampled_from(Half),
)


@given(moments, st.integers(0, 120), st.sampled_from(LeaveKind))
def test_the_months_of_some_leave_add_up_to_the_whole(start: Moment, length: int, kind: LeaveKind) -> None:
    end = start
    for _ in range(length):
        end = end.following
    asked = Stretch(kind, start, end)
    assert len(list(asked.moments())) == length + 1
    counted = asked.counted(CHART, RULES)
    months = {(moment.day.year, moment.day.month) for moment in counted}
    by_month = [sum((moment.day.year, moment.day.month) == month for moment in counted) for month in months]
    assert sum(by_month) == len(counted) == len(set(counted)) <= length + 1


@given(moments, st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_cutting_leave_in_two_changes_neither_length_nor_tier(start: Moment, first: int, rest: int, gap: int) -> None:
    whole = [start]
    for _ in range(first + rest + 1):
        whole.append(whole[-1].following)
    one = Stretch(PERSONAL, whole[0], whole[first])
    other = Stretch(PERSONAL, whole[first + 1], whole[-1])
    together = rule_leave(Standing.STAFF, Stretch(PERSONAL, whole[0], whole[-1]), [], CHART, RULES)
    split = rule_leave(Standing.STAFF, other, [one], CHART, RULES)
    assert (split.total, split.tier, split.level) == (together.total, together.tier, together.level)
    far = Stretch(PERSONAL, *(Moment(moment.day - timedelta(days=60 + gap), moment.half) for moment in whole[:2]))
    assert rule_leave(Standing.STAFF, other, [one, far], CHART, RULES).total == together.total
