"""督办 as rules: the walk through its states, the days in colours, the months' balance, the order of units."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import (
    FOLLOWING,
    MOVES,
    STATES,
    STEP_VERBS,
    VERB_WORDS,
    Alert,
    Course,
    DecisionState,
    Fact,
    Flow,
    StepKind,
    UnitFigures,
    alert_of,
    days_words,
    due_after,
    month_flow,
    ranked,
    require_course,
    require_move,
    state_after,
)

NEW, GOING, DONE, SETTLED = STATES
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
TODAY = date(2026, 11, 30)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def done(month: int, number: int) -> Fact:
    return Fact(StepKind.DONE, day(month, number))


def returned(month: int, number: int, due: date | None = None) -> Fact:
    return Fact(StepKind.RETURNED, day(month, number), due)


def test_every_move_is_a_verb_that_its_post_may_do_and_every_other_one_is_refused() -> None:
    for state in DecisionState:
        for verb in VERB_WORDS:
            if (state, verb) in MOVES:
                after, article, post = MOVES[state, verb]
                assert require_move(state, verb) is after
                assert post in VERBS[verb]
                assert article_text(article)
            else:
                with pytest.raises(Refused, match=VERB_WORDS[verb]) as refused:
                    require_move(state, verb)
                assert refused.value.article == FOLLOWING
    assert {verb for _, verb in MOVES} == set(VERB_WORDS)


def test_every_state_is_reached_and_only_a_settled_matter_is_at_its_end() -> None:
    reached, waiting = {NEW}, [NEW]
    while waiting:
        state = waiting.pop()
        for verb in STEP_VERBS.values():
            move = MOVES.get((state, verb))
            if move and move[0] not in reached:
                reached.add(move[0])
                waiting.append(move[0])
    assert reached == set(DecisionState)
    assert [state for state in DecisionState if not any((state, verb) in MOVES for verb in STEP_VERBS.values())] == [
        SETTLED
    ]


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ("", NEW),
        ("reminded extended", NEW),
        ("progress", GOING),
        ("done", DONE),
        ("progress done returned", GOING),
        ("done returned done settled", SETTLED),
    ],
)
def test_the_steps_tell_the_state(kinds: str, state: DecisionState) -> None:
    assert state_after(Fact(StepKind(kind), TODAY) for kind in kinds.split()) is state


@pytest.mark.parametrize(
    ("left", "alert", "words"),
    [
        (8, Alert.NONE, "余8天"),
        (7, Alert.BLUE, "余7天"),
        (4, Alert.BLUE, "余4天"),
        (3, Alert.YELLOW, "余3天"),
        (0, Alert.YELLOW, "今天到期"),
        (-1, Alert.RED, "逾期1天"),
    ],
)
def test_the_colour_follows_the_days_left_and_never_stands_without_words(left: int, alert: Alert, words: str) -> None:
    due = TODAY + timedelta(days=left)
    assert alert_of(due, TODAY, 7, 3) is alert
    assert days_words(due, TODAY) == words


def test_a_standing_matter_has_neither_days_nor_colour() -> None:
    assert (alert_of(None, TODAY, 7, 3), days_words(None, TODAY)) == (Alert.NONE, "长期")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ([Fact(StepKind.PROGRESS, day(12, 1))], "还没有到"),
        ([Fact(StepKind.PROGRESS, day(10, 4))], "早于立项10月5日"),
        ([Fact(StepKind.PROGRESS, day(10, 12)), done(10, 11)], "早于10月12日的进展"),
        ([done(10, 12), returned(10, 11)], "早于办结10月12日"),
        ([done(10, 12), Fact(StepKind.SETTLED, day(10, 13)), returned(10, 14)], "已经销号"),
        ([returned(10, 12)], "还没有办结"),
        ([Fact(StepKind.EXTENDED, day(10, 12), day(10, 20))], "延期要晚于现在的时限10月20日"),
        ([Fact(StepKind.EXTENDED, day(10, 12), None)], "延期要晚于"),
        (
            [
                Fact(StepKind.EXTENDED, day(10, 12), day(10, 30)),
                Fact(StepKind.EXTENDED, day(10, 11), day(11, 30)),
            ],
            "前后不合",
        ),
        ([done(10, 12), returned(10, 14, day(10, 13))], "早于退回"),
    ],
)
def test_steps_that_do_not_follow_one_another_are_refused(facts: list[Fact], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        require_course(day(10, 5), day(10, 20), facts, TODAY)


def test_a_matter_without_a_limit_is_not_put_off_and_a_limit_does_not_lie_before_the_matter() -> None:
    with pytest.raises(Refused, match="长期"):
        require_course(day(10, 5), None, [Fact(StepKind.EXTENDED, day(10, 12), day(10, 30))], TODAY)
    with pytest.raises(Refused, match="早于立项"):
        require_course(day(10, 5), day(10, 4), [], TODAY)
    with pytest.raises(Refused, match="还没有到"):
        require_course(day(12, 5), None, [], TODAY)


def test_extensions_and_a_return_move_the_limit_and_the_first_one_stays_what_it_was() -> None:
    facts = [Fact(StepKind.EXTENDED, day(10, 12), day(10, 30)), done(10, 29), returned(10, 30, day(11, 9))]
    require_course(day(10, 5), day(10, 20), facts, TODAY)
    assert due_after(day(10, 20), facts[:1]) == day(10, 30)
    assert due_after(day(10, 20), facts) == day(11, 9)


@pytest.mark.parametrize(
    ("course", "october", "november"),
    [
        (Course(day(10, 5)), Flow(added=1, left=1), Flow(carried=1, left=1)),
        (Course(day(10, 5), (done(10, 20),)), Flow(added=1, done=1), Flow()),
        (Course(day(9, 5), (done(10, 20),)), Flow(carried=1, done=1), Flow()),
        # returned in its month: the 办结 is taken back
        (Course(day(9, 5), (done(10, 20), returned(10, 25))), Flow(carried=1, left=1), Flow(carried=1, left=1)),
        # returned in a later month: 退回重办, and 办结 again
        (
            Course(day(9, 5), (done(10, 20), returned(11, 3), done(11, 20))),
            Flow(carried=1, done=1),
            Flow(returned=1, done=1),
        ),
        (Course(day(9, 5), (done(10, 20), returned(11, 3))), Flow(carried=1, done=1), Flow(returned=1, left=1)),
        (Course(day(10, 5), (), day(10, 6)), Flow(), Flow()),
        (Course(day(10, 5), (), day(11, 6)), Flow(added=1, left=1), Flow(carried=1, voided=1)),
        (
            Course(day(9, 5), (done(10, 20), returned(11, 3)), day(11, 6)),
            Flow(carried=1, done=1),
            Flow(returned=1, voided=1),
        ),
    ],
)
def test_a_month_counts_a_matter_once_in_each_column(course: Course, october: Flow, november: Flow) -> None:
    assert month_flow(course, *OCTOBER) == october
    assert month_flow(course, *NOVEMBER) == november


gaps = st.lists(st.integers(0, 45), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 80), gaps, st.none() | st.integers(0, 60))
def test_what_a_month_hands_on_is_what_the_next_takes_over(start: int, waits: list[int], void: int | None) -> None:
    begun = date(2026, 1, 10) + timedelta(days=start)
    at, facts = begun, []
    for place, wait in enumerate(waits):
        at += timedelta(days=wait)
        facts.append(Fact(StepKind.RETURNED if place % 2 else StepKind.DONE, at))
    is_open = len(facts) % 2 == 0
    voided = at + timedelta(days=void) if void is not None and is_open else None
    course = Course(begun, tuple(facts), voided)
    carried = 0
    for month in range(24):
        first = date(2026 + month // 12, month % 12 + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        flow = month_flow(course, first, last)
        assert flow.imbalance == 0
        assert flow.carried == carried
        assert flow.left == course.is_open_after(last)
        assert max(flow.carried + flow.added + flow.returned, flow.done + flow.voided + flow.left) <= 1
        carried = flow.left
    assert carried == (is_open and voided is None)


def test_units_stand_in_the_order_they_kept_their_days_and_equal_ones_share_a_place() -> None:
    slow = UnitFigures("水利局", 4, 2, 1, 2, 2, 3)
    quick = UnitFigures("财政局", 3, 3, 3, 0, 0, 0)
    twin = UnitFigures("教育局", 3, 3, 3, 0, 0, 0)
    idle = UnitFigures("城关镇", 5, 0, 0, 0, 5, 0)
    never = UnitFigures("白水镇", 1, 0, 0, 1, 1, 0)
    found = [(place, one.unit, one.rate) for place, one in ranked([idle, never, slow, twin, quick])]
    assert found == [
        (1, "教育局", 100),
        (1, "财政局", 100),
        (3, "水利局", 25),
        (4, "白水镇", 0),
        (None, "城关镇", None),
    ]
