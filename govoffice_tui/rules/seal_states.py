"""印章管理制度: where an approval, a line of 用印登记簿 and a seal's way out stand, and what leads on from there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import AUTHORITY, IMPRINT, OUTSIDE


class ApprovalState(StrEnum):
    """Where an approval stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return {"applied": "申请", "approved": "同意", "refused": "不同意", "returned": "退回"}[self.value]


class UseState(StrEnum):
    """Where a line of the register stands."""

    WAITING = "waiting"
    USED = "used"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        return {"waiting": "待签字", "used": "已用印", "checked": "已验印"}[self.value]


class CarryState(StrEnum):
    """Where a seal's way out of the office stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    OUT = "out"
    BACK = "back"
    INSPECTED = "inspected"

    @property
    def label(self) -> str:
        return _CARRY_TITLES[self]


_CARRY_TITLES: Mapping[CarryState, str] = {
    CarryState.APPLIED: "申请",
    CarryState.APPROVED: "同意",
    CarryState.REFUSED: "不同意",
    CarryState.OUT: "外带",
    CarryState.BACK: "已归还",
    CarryState.INSPECTED: "已验收",
}

_KEEPER = Post.SEAL_KEEPER

APPROVAL_STATES = tuple(ApprovalState)
APPROVAL_MOVES: Mapping[tuple[ApprovalState, str], tuple[ApprovalState, str, Post | None]] = {
    (ApprovalState.APPLIED, "approve_stamp"): (ApprovalState.APPROVED, AUTHORITY, _KEEPER),
    (ApprovalState.APPLIED, "decline_stamp"): (ApprovalState.REFUSED, AUTHORITY, _KEEPER),
    (ApprovalState.APPLIED, "return_stamp"): (ApprovalState.RETURNED, AUTHORITY, _KEEPER),
    (ApprovalState.RETURNED, "reapply_stamp"): (ApprovalState.APPLIED, AUTHORITY, _KEEPER),
    (ApprovalState.APPROVED, "use_approval"): (ApprovalState.APPROVED, AUTHORITY, None),
    (ApprovalState.APPROVED, "amend_approval"): (ApprovalState.APPROVED, AUTHORITY, _KEEPER),
    (ApprovalState.APPROVED, "paper_approval"): (ApprovalState.APPROVED, AUTHORITY, _KEEPER),
    **{
        (state, "void_approval"): (state, AUTHORITY, _KEEPER)
        for state in (ApprovalState.APPLIED, ApprovalState.RETURNED, ApprovalState.APPROVED)
    },
}
"""(state, verb) → (state after, article, post that may) of an approval; a use is the holder's of the seal."""

STATES = tuple(UseState)
MOVES: Mapping[tuple[UseState, str], tuple[UseState, str, Post | None]] = {
    (UseState.WAITING, "sign_use"): (UseState.USED, AUTHORITY, None),
    (UseState.USED, "sign_use"): (UseState.USED, AUTHORITY, None),
    (UseState.CHECKED, "sign_use"): (UseState.CHECKED, AUTHORITY, None),
    (UseState.USED, "check_imprint"): (UseState.CHECKED, IMPRINT, None),
    **{
        (state, verb): (state, AUTHORITY, _KEEPER)
        for state in UseState
        for verb in ("correct_use", "void_use", "fill_outage")
    },
}
"""(state, verb) → (state after, article, post that may) of a line.

What was stamped on paper during an outage may be signed and completed later; whoever holds the seal signs and looks.
"""

CARRY_STATES = tuple(CarryState)
CARRY_MOVES: Mapping[tuple[CarryState, str], tuple[CarryState, str, Post | None]] = {
    (CarryState.APPLIED, "approve_carry"): (CarryState.APPROVED, OUTSIDE, _KEEPER),
    (CarryState.APPLIED, "decline_carry"): (CarryState.REFUSED, OUTSIDE, _KEEPER),
    (CarryState.APPROVED, "take_out"): (CarryState.OUT, OUTSIDE, None),
    (CarryState.APPROVED, "extend_carry"): (CarryState.APPROVED, OUTSIDE, _KEEPER),
    (CarryState.OUT, "extend_carry"): (CarryState.OUT, OUTSIDE, _KEEPER),
    (CarryState.OUT, "bring_back"): (CarryState.BACK, OUTSIDE, None),
    (CarryState.BACK, "inspect_carry"): (CarryState.INSPECTED, OUTSIDE, None),
    **{
        (state, "void_carry"): (state, OUTSIDE, _KEEPER)
        for state in (CarryState.APPLIED, CarryState.APPROVED, CarryState.REFUSED)
    },
}
"""(state, verb) → (state after, article, post that may) of a seal's way out; only whoever holds it takes it out."""

VERB_WORDS: Mapping[str, str] = {
    "approve_stamp": "登记同意",
    "decline_stamp": "登记不同意",
    "return_stamp": "退回",
    "reapply_stamp": "重新申请",
    "use_approval": "用印",
    "amend_approval": "改批准份数",
    "paper_approval": "补办手续",
    "void_approval": "作废",
    "sign_use": "登记承办人签字",
    "check_imprint": "验印",
    "correct_use": "更正",
    "void_use": "作废",
    "fill_outage": "补缺项",
    "approve_carry": "登记同意",
    "decline_carry": "登记不同意",
    "take_out": "带出",
    "extend_carry": "改归还时间",
    "bring_back": "归还",
    "inspect_carry": "验收",
    "void_carry": "作废",
}

State = TypeVar("State", ApprovalState, UseState, CarryState)


def require_move(
    moves: Mapping[tuple[State, str], tuple[State, str, Post | None]], state: State, verb: str, article: str
) -> State:
    """Return the state a verb leads to, or refuse it in this one."""
    move = moves.get((state, verb))
    if move is None:
        raise Refused(f"现在是“{state.label}”,不能{VERB_WORDS[verb]}。", article)
    return move[0]


def legal(moves: Mapping[tuple[State, str], tuple[State, str, Post | None]], state: State) -> tuple[str, ...]:
    """Return the verbs a state allows, in the order of the table."""
    return tuple(verb for (held, verb) in moves if held is state)
