"""会议管理制度 as rules: what each type decides, and what each state allows."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from govoffice_tui.rules.articles import ARTICLES
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.meetings.articles import MATERIALS, MINUTES, ORGANISING
from govoffice_tui.rules.meetings.checklists import CHECKLISTS, TaskPlan, task_due
from govoffice_tui.rules.meetings.kinds import (
    TYPES,
    Leader,
    MeetingKind,
    SignerPost,
    materials_ruling,
    organiser_ruling,
    require_leader,
    require_organiser,
    require_signer,
    signer_ruling,
)
from govoffice_tui.rules.meetings.parts import MINUTES_MOVES, MinutesState, TopicStage, next_stage, require_minutes_move
from govoffice_tui.rules.meetings.states import CLASSIFIED_VERBS, MOVES, VERB_WORDS, MeetingState, require_move
from govoffice_tui.rules.meetings.times import overlaps, require_begun, require_time, seats_short
from govoffice_tui.rules.refusal import Refused

DEPUTY, WRITERS = "分管副主任牵头,资料动态股配合", "对口文秘人员与相关部门承担"
SECTION, BODY, DEPARTMENT = "行政股", "防汛抗旱会议领导小组", "县水利局"
HEAD, VICE, OTHER = SignerPost.HEAD, SignerPost.VICE, SignerPost.OTHER
K = MeetingKind

TABLE = [
    # type, whose meeting, organisers that may be, organisers that may not, materials (第3条), who may sign (第4条)
    (K.PLENARY, Leader.HEAD, (SECTION,), ("", DEPARTMENT, BODY), DEPUTY, (HEAD, VICE, OTHER)),
    (K.EXECUTIVE, Leader.HEAD, (SECTION,), ("", DEPARTMENT, BODY), DEPUTY, (HEAD,)),
    (K.COUNTY, Leader.HEAD, (SECTION,), ("", DEPARTMENT, BODY), DEPUTY, (HEAD, VICE, OTHER)),
    (K.COUNTY, Leader.VICE, (SECTION,), ("", DEPARTMENT, BODY), WRITERS, (HEAD, VICE, OTHER)),
    (K.GRAND, Leader.HEAD, (BODY,), ("", SECTION), DEPUTY, (HEAD, VICE, OTHER)),
    (K.GRAND, Leader.VICE, (BODY,), ("", SECTION), WRITERS, (HEAD, VICE, OTHER)),
    (K.SPECIAL, Leader.VICE, (DEPARTMENT,), ("", SECTION), WRITERS, (HEAD, VICE)),
    (K.SPECIAL, Leader.HEAD, (DEPARTMENT,), ("", SECTION), DEPUTY, (HEAD, VICE)),
    (K.PROPOSED, Leader.VICE, (DEPARTMENT,), ("", SECTION), WRITERS, (HEAD, VICE)),
    (K.PROPOSED, Leader.HEAD, (DEPARTMENT,), ("", SECTION), DEPUTY, (HEAD, VICE)),
]


@pytest.mark.parametrize(("kind", "leader", "allowed", "refused", "materials", "signers"), TABLE)
def test_the_type_decides_organiser_materials_and_signer(
    kind: MeetingKind,
    leader: Leader,
    allowed: tuple[str, ...],
    refused: tuple[str, ...],
    materials: str,
    signers: tuple[SignerPost, ...],
) -> None:
    require_leader(kind, leader)
    for organiser in allowed:
        require_organiser(kind, organiser, DEPARTMENT)
    for organiser in refused:
        with pytest.raises(Refused) as refusal:
            require_organiser(kind, organiser, DEPARTMENT)
        assert (refusal.value.article, refusal.value.field) == (ORGANISING, "organiser")
    assert (materials_ruling(kind, leader).words, materials_ruling(kind, leader).article) == (materials, MATERIALS)
    for post in SignerPost:
        if post in signers:
            require_signer(kind, post)
        else:
            with pytest.raises(Refused) as refusal:
                require_signer(kind, post)
            assert (refusal.value.article, refusal.value.field) == (MINUTES, "signer_post")


def test_every_type_and_leader_the_rules_know_stands_in_the_table() -> None:
    assert {(kind, leader) for kind, leader, *_ in TABLE} == {
        (kind, leader) for kind in MeetingKind for leader in TYPES[kind].leaders
    }


@pytest.mark.parametrize("kind", [K.PLENARY, K.EXECUTIVE])
def test_the_county_heads_own_meetings_are_no_vice_heads(kind: MeetingKind) -> None:
    with pytest.raises(Refused, match="县长的会议"):
        require_leader(kind, Leader.VICE)


def test_a_county_wide_meeting_names_the_department_beside_the_section() -> None:
    with pytest.raises(Refused, match="会同") as refusal:
        require_organiser(K.COUNTY, SECTION, "")
    assert refusal.value.field == "partner"


def test_every_ruling_cites_an_article_that_has_its_sentence() -> None:
    for kind in MeetingKind:
        rulings = [organiser_ruling(kind), signer_ruling(kind), *(materials_ruling(kind, one) for one in Leader)]
        assert all(ruling.article in ARTICLES for ruling in rulings if ruling is not None)
    assert {article for _, article, _ in [*MOVES.values(), *MINUTES_MOVES.values()]} <= ARTICLES.keys()
    assert signer_ruling(K.EXECUTIVE) is not None
    assert signer_ruling(K.PLENARY) is None


def test_moves_walk_every_state_and_verb() -> None:
    for verb in VERB_WORDS:
        assert any(known == verb for _, known in MOVES), verb
        for state in MeetingState:
            move = MOVES.get((state, verb))
            if move is None:
                with pytest.raises(Refused) as refusal:
                    require_move(state, verb)
                assert refusal.value.article
                assert VERB_WORDS[verb] in refusal.value.message
                assert refusal.value.message.endswith("。")
                continue
            after, _, post = move
            assert require_move(state, verb) is after
            assert post in VERBS[verb]
    assert {verb for _, verb in MOVES} == set(VERB_WORDS)


def test_every_state_is_reached_and_none_is_left_without_a_way() -> None:
    reached, before = {MeetingState.PLANNED}, set[MeetingState]()
    while reached != before:
        before = set(reached)
        reached |= {after for (state, _), (after, _, _) in MOVES.items() if state in reached}
    assert reached == set(MeetingState)
    assert all(any(state is known for known, _ in MOVES) for state in MeetingState)


def test_minutes_are_written_checked_signed_and_issued_in_this_order_alone() -> None:
    steps = ("check_minutes", "sign_minutes", "issue_minutes")
    state = MinutesState.DRAFTING
    for place, verb in enumerate(steps):
        for other in steps:
            if other != verb:
                with pytest.raises(Refused, match="先整理,再核稿,后签发"):
                    require_minutes_move(state, other)
        state = require_minutes_move(state, verb)
        assert state is list(MinutesState)[place + 1]
    with pytest.raises(Refused, match="还没有整理"):
        require_minutes_move(None, "check_minutes")


def test_nothing_but_day_and_state_of_a_classified_meeting_can_be_touched() -> None:
    for verb in VERB_WORDS:
        states = [state for state in MeetingState if (state, verb) in MOVES]
        for state in states:
            if verb in CLASSIFIED_VERBS:
                require_move(state, verb, is_classified=True)
            else:
                with pytest.raises(Refused, match="只记编号和日期"):
                    require_move(state, verb, is_classified=True)


def test_a_topic_passes_every_step_of_its_review() -> None:
    stages = [TopicStage.COLLECTED]
    while (after := next_stage(stages[-1])) is not None:
        stages.append(after)
    assert [stage.label for stage in stages] == ["已征集", "初审", "二审", "主任审", "县领导审定"]


def test_each_checklist_runs_from_before_the_meeting_to_its_archive() -> None:
    starts = datetime(2026, 10, 14, 9, 0)
    for kind, plans in CHECKLISTS.items():
        assert {plan.phase.label for plan in plans} == {"会前", "会中", "会后"}
        assert plans[-1].verb == "archive_meeting"
        assert len({plan.words for plan in plans}) == len(plans)
        assert ("sign_minutes" in {plan.verb for plan in plans}) == (
            kind in (K.PLENARY, K.EXECUTIVE, K.SPECIAL, K.PROPOSED)
        )
        assert all((task_due(plan, starts) <= starts) == (plan.phase.label != "会后") for plan in plans)
    notice = TaskPlan(CHECKLISTS[K.SPECIAL][0].phase, "通知", -2, time(17, 30))
    assert task_due(notice, starts) == datetime(2026, 10, 12, 17, 30)


def test_a_meeting_may_begin_where_another_ends() -> None:
    nine, eleven, noon = (datetime(2026, 10, 14, hour) for hour in (9, 11, 12))
    assert not overlaps(nine, eleven, eleven, noon)
    assert not overlaps(nine, None, eleven, None)
    assert overlaps(nine, noon, eleven, None)
    assert overlaps(eleven, None, nine, noon)


def test_reversed_and_far_times_are_refused() -> None:
    nine = datetime(2026, 10, 14, 9)
    today = date(2026, 10, 12)
    with pytest.raises(Refused, match="结束时间"):
        require_time(nine, nine, today)
    with pytest.raises(Refused, match="核对年份"):
        require_time(nine.replace(year=2036), None, today)
    with pytest.raises(Refused, match="10月14日才开始"):
        require_begun(nine, datetime(2026, 10, 13, 9), "核对到会")
    with pytest.raises(Refused, match="会议9:00才开始"):
        require_begun(nine, datetime(2026, 10, 14, 8, 59), "核对到会")


def test_seats_are_said_to_be_short_only_where_they_are_known_and_too_few() -> None:
    assert seats_short(40, 41) == "会场坐40人,预计41人,少1座"
    assert seats_short(40, 40) == seats_short(None, 900) == ""
