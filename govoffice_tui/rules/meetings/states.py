"""Where a meeting stands, and what may be done to it there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.meetings.articles import MATERIALS, MINUTES, ORGANISING, SECRECY, SERVICE
from govoffice_tui.rules.refusal import Refused


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    COLLECTING = "collecting"
    SETTLED = "settled"
    NOTIFIED = "notified"
    HELD = "held"
    ARCHIVED = "archived"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _STATE_TITLES[self]

    @property
    def is_ahead(self) -> bool:
        """Return whether it is still to be held on its day."""
        return self in AHEAD

    @property
    def is_held(self) -> bool:
        """Return whether it took place, so that it counts."""
        return self in (MeetingState.HELD, MeetingState.ARCHIVED)


_STATE_TITLES: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: "拟办",
    MeetingState.COLLECTING: "议题征集",
    MeetingState.SETTLED: "议题审定",
    MeetingState.NOTIFIED: "已通知",
    MeetingState.HELD: "已召开",
    MeetingState.ARCHIVED: "归档",
    MeetingState.POSTPONED: "延期",
    MeetingState.CANCELLED: "取消",
}

AHEAD = (MeetingState.PLANNED, MeetingState.COLLECTING, MeetingState.SETTLED, MeetingState.NOTIFIED)
_WAITING = (*AHEAD, MeetingState.POSTPONED)
_LIVE = (*_WAITING, MeetingState.HELD)
_CLERK = Post.SIGN_IN_KEEPER
Move = tuple[MeetingState, str, Post | None]


def _stay(states: tuple[MeetingState, ...], article: str, *verbs: str) -> dict[tuple[MeetingState, str], Move]:
    """Return moves that leave a meeting where it stands."""
    return {(state, verb): (state, article, _CLERK) for state in states for verb in verbs}


STATES = tuple(MeetingState)
MOVES: Mapping[tuple[MeetingState, str], Move] = {
    (MeetingState.PLANNED, "collect_topics"): (MeetingState.COLLECTING, SERVICE, _CLERK),
    (MeetingState.COLLECTING, "settle_topics"): (MeetingState.SETTLED, SERVICE, _CLERK),
    **{(state, "send_notices"): (MeetingState.NOTIFIED, SERVICE, _CLERK) for state in AHEAD},
    **{(state, "postpone_meeting"): (MeetingState.POSTPONED, SERVICE, _CLERK) for state in AHEAD},
    **_stay(AHEAD, SERVICE, "move_meeting"),
    (MeetingState.POSTPONED, "move_meeting"): (MeetingState.PLANNED, SERVICE, _CLERK),
    **{(state, "cancel_meeting"): (MeetingState.CANCELLED, SERVICE, _CLERK) for state in _WAITING},
    **{(state, "hold_meeting"): (MeetingState.HELD, SERVICE, _CLERK) for state in AHEAD},
    (MeetingState.HELD, "archive_meeting"): (MeetingState.ARCHIVED, SERVICE, _CLERK),
    (MeetingState.HELD, "take_back_meeting"): (MeetingState.NOTIFIED, SERVICE, _CLERK),
    (MeetingState.ARCHIVED, "take_back_meeting"): (MeetingState.HELD, SERVICE, _CLERK),
    **_stay(_LIVE, ORGANISING, "correct_meeting", "void_meeting"),
    **_stay((MeetingState.CANCELLED,), ORGANISING, "void_meeting"),
    **_stay(_WAITING, SERVICE, "add_topic", "review_topic"),
    **_stay(_LIVE, SERVICE, "correct_topic", "strike_topic", "decide_topic"),
    **_stay(_LIVE, MATERIALS, "add_material", "correct_material", "strike_material", "give_copies", "take_back_copies"),
    **_stay(_WAITING, SERVICE, "add_units", "import_attendees"),
    **{(state, "reply_notice"): (MeetingState.NOTIFIED, SERVICE, _CLERK) for state in AHEAD},
    **_stay(AHEAD, SERVICE, "take_back_reply"),
    **_stay(_LIVE, SERVICE, "fill_notice", "strike_notice", "change_attendee"),
    **_stay((*AHEAD, MeetingState.HELD), SERVICE, "mark_attendee", "add_visitor", "strike_attendee"),
    **_stay(_LIVE, SERVICE, "add_task", "change_task", "finish_task"),
    **_stay(
        (MeetingState.HELD,),
        MINUTES,
        "draft_minutes",
        "check_minutes",
        "return_minutes",
        "sign_minutes",
        "issue_minutes",
        "correct_minutes",
        "void_minutes",
        "go_without_minutes",
    ),
}
"""(state, verb) → (state after, article, post that may) of a meeting and everything that hangs on it."""

VERB_WORDS: Mapping[str, str] = {
    "collect_topics": "征集议题",
    "settle_topics": "审定议题",
    "send_notices": "发通知",
    "postpone_meeting": "延期",
    "move_meeting": "改期",
    "cancel_meeting": "取消",
    "hold_meeting": "到会核对",
    "archive_meeting": "归档",
    "take_back_meeting": "撤回",
    "correct_meeting": "更正",
    "void_meeting": "作废",
    "add_topic": "登记议题",
    "correct_topic": "更正议题",
    "strike_topic": "划去议题",
    "review_topic": "审议题",
    "decide_topic": "记议题结果",
    "add_material": "登记材料",
    "correct_material": "更正材料",
    "strike_material": "划去材料",
    "give_copies": "发放材料",
    "take_back_copies": "收回材料",
    "add_units": "添加通知单位",
    "import_attendees": "导入参会名单",
    "reply_notice": "记回执",
    "take_back_reply": "撤回回执",
    "fill_notice": "补写回执",
    "strike_notice": "划去单位",
    "change_attendee": "改参会人",
    "mark_attendee": "记到会",
    "add_visitor": "添加列席人员",
    "strike_attendee": "划去人员",
    "add_task": "添加事项",
    "change_task": "改事项",
    "finish_task": "办结事项",
    "draft_minutes": "整理纪要",
    "check_minutes": "核稿",
    "return_minutes": "退回纪要",
    "sign_minutes": "签发纪要",
    "issue_minutes": "印发纪要",
    "correct_minutes": "更正纪要",
    "void_minutes": "作废纪要",
    "go_without_minutes": "不印发纪要",
}

CLASSIFIED_VERBS = frozenset(
    {"correct_meeting", "void_meeting", "postpone_meeting", "move_meeting", "cancel_meeting", "hold_meeting"}
    | {"archive_meeting", "take_back_meeting"}
)
"""All that may be done to a 涉密会议: its number and its day, and whether it was held."""


def require_move(state: MeetingState, verb: str, is_classified: bool = False) -> MeetingState:
    """Return the state a verb leads a meeting to, or refuse it in this one."""
    words = VERB_WORDS[verb]
    if is_classified and verb not in CLASSIFIED_VERBS:
        raise Refused(f"涉密会议只记编号和日期,不能{words}。议题、名单、材料请在机要登记簿上办理。", SECRECY)
    move = MOVES.get((state, verb))
    if move is not None:
        return move[0]
    article = next((article for (_, known), (_, article, _) in MOVES.items() if known == verb), SERVICE)
    if state is MeetingState.CANCELLED:
        raise Refused(f"会议已取消,不能再{words}。仍要召开的请另行登记,编号照取下一个。", article)
    if state is MeetingState.ARCHIVED:
        raise Refused(f"会议已归档,不能再{words}。", article)
    if state is MeetingState.HELD:
        raise Refused(f"会议已召开,不能再{words}。记错了的按F4更正。", article)
    if state is MeetingState.POSTPONED:
        raise Refused(f"会议已延期,还没有定新时间,不能{words}。请先改期。", article)
    if any(known == verb and before is MeetingState.HELD for before, known in MOVES):
        raise Refused(f"会议还没有召开,不能{words}。请先在到会页核对到会。", article)
    raise Refused(f"会议现在是{state.label},不能{words}。", article)
