"""Where what hangs on a meeting stands: topics, answers, people and minutes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.meetings.articles import MINUTES
from govoffice_tui.rules.meetings.states import VERB_WORDS
from govoffice_tui.rules.refusal import Refused


class TopicStage(StrEnum):
    """How far a topic's review has come."""

    COLLECTED = "collected"
    FIRST = "first"
    SECOND = "second"
    DIRECTOR = "director"
    LEADER = "leader"

    @property
    def label(self) -> str:
        return {
            "collected": "已征集",
            "first": "初审",
            "second": "二审",
            "director": "主任审",
            "leader": "县领导审定",
        }[self.value]


TOPIC_STAGES = tuple(TopicStage)
"""In the order of the review: no step is left out."""


def next_stage(stage: TopicStage) -> TopicStage | None:
    """Return the step of the review that follows, None once the county's leader has settled a topic."""
    at = TOPIC_STAGES.index(stage)
    return TOPIC_STAGES[at + 1] if at + 1 < len(TOPIC_STAGES) else None


class Outcome(StrEnum):
    """What became of a topic."""

    PASSED = "passed"
    IN_PRINCIPLE = "in_principle"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"passed": "通过", "in_principle": "原则通过", "deferred": "缓议", "withdrawn": "撤下"}[self.value]


class Reply(StrEnum):
    """What a unit answered, in the order of its digit."""

    COMING = "coming"
    SUBSTITUTE = "substitute"
    EXCUSED = "excused"
    UNREACHED = "unreached"

    @property
    def label(self) -> str:
        return {"coming": "参会", "substitute": "替会", "excused": "请假", "unreached": "未接通"}[self.value]


class Mark(StrEnum):
    """How somebody stood to the meeting on its day, in the order of its digit."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def label(self) -> str:
        return {"present": "到会", "late": "迟到", "absent": "缺席", "excused": "请假"}[self.value]

    @property
    def is_attended(self) -> bool:
        """Return whether the person was there."""
        return self in (Mark.PRESENT, Mark.LATE)


class MinutesState(StrEnum):
    """Where the minutes of a meeting stand."""

    DRAFTING = "drafting"
    CHECKED = "checked"
    SIGNED = "signed"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        return {"drafting": "整理中", "checked": "已核稿", "signed": "已签发", "issued": "已印发"}[self.value]


_CLERK = Post.SIGN_IN_KEEPER
MinutesMove = tuple[MinutesState, str, Post | None]
MINUTES_MOVES: Mapping[tuple[MinutesState, str], MinutesMove] = {
    (MinutesState.DRAFTING, "check_minutes"): (MinutesState.CHECKED, MINUTES, _CLERK),
    (MinutesState.CHECKED, "return_minutes"): (MinutesState.DRAFTING, MINUTES, _CLERK),
    (MinutesState.CHECKED, "sign_minutes"): (MinutesState.SIGNED, MINUTES, _CLERK),
    (MinutesState.SIGNED, "issue_minutes"): (MinutesState.ISSUED, MINUTES, _CLERK),
    **{
        (state, verb): (state, MINUTES, _CLERK)
        for state in MinutesState
        for verb in ("correct_minutes", "void_minutes")
    },
}
"""(state, verb) → (state after, article, post that may) of the minutes: 整理 → 核稿 → 签发 → 印发."""


def require_minutes_move(state: MinutesState | None, verb: str) -> MinutesState:
    """Return the state a verb leads minutes to, or refuse it; None is a meeting whose minutes nobody has begun."""
    words = VERB_WORDS[verb]
    if state is None:
        raise Refused(f"纪要还没有整理,不能{words}。请先登记由谁整理。", MINUTES)
    move = MINUTES_MOVES.get((state, verb))
    if move is not None:
        return move[0]
    order = "纪要先整理,再核稿,后签发,签发了才印发"
    raise Refused(f"纪要现在是{state.label},不能{words}。{order}。", MINUTES)
