"""办公设施 (办公设施管理制度第1–4条): how a machine, its repair and its loan go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.money import read_fen
from govoffice_tui.rules.refusal import Refused

CARE = "办公设施管理制度第1条"
REPAIRING = "办公设施管理制度第2条"
MISUSE = "办公设施管理制度第3条"
LENDING = "办公设施管理制度第4条"
SECRECY = "保密制度第4条"
"""A classified machine holds what may not be carried out: it is repaired under eyes, or leaves without its storage."""

LONGEST_LOAN = timedelta(days=366)
LARGEST_FEN = 10**11
LONGEST_INTERVAL = 60
"""Months between two services at the most."""

UPKEEP_NOTICE = timedelta(days=7)
"""How long before its day a service stands in 今日."""

_CLERK = Post.SIGN_IN_KEEPER


class EquipmentState(StrEnum):
    """Where a machine stands."""

    IN_USE = "in_use"
    REPAIR = "repair"
    LENT = "lent"
    IDLE = "idle"
    SCRAPPED = "scrapped"

    @property
    def label(self) -> str:
        return {"in_use": "在用", "repair": "维修", "lent": "借出", "idle": "停用", "scrapped": "报废"}[self.value]


class RepairState(StrEnum):
    """Where a fault report stands."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REPAIRING = "repairing"
    SENT = "sent"
    REPAIRED = "repaired"
    SCRAP_ADVISED = "scrap_advised"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        return _REPAIR_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Return whether the machine is neither repaired nor given up."""
        return self in (RepairState.REPORTED, RepairState.ACCEPTED, RepairState.REPAIRING, RepairState.SENT)


_REPAIR_LABELS = {
    RepairState.REPORTED: "报修",
    RepairState.ACCEPTED: "受理",
    RepairState.REPAIRING: "维修",
    RepairState.SENT: "送修",
    RepairState.REPAIRED: "修复",
    RepairState.SCRAP_ADVISED: "报废建议",
    RepairState.CHECKED: "验收",
}


class Handling(StrEnum):
    """How a machine is repaired; SENT is the one way in which it leaves the house."""

    ON_SITE = "on_site"
    VISIT = "visit"
    SENT = "sent"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        return {"on_site": "现场", "visit": "上门", "sent": "送修", "replaced": "更换"}[self.value]


class LoanState(StrEnum):
    """Where a loan stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    OUT = "out"
    RETURNED = "returned"
    DAMAGED = "damaged"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        return _LOAN_LABELS[self]


_LOAN_LABELS = {
    LoanState.APPLIED: "申请",
    LoanState.APPROVED: "批准",
    LoanState.REFUSED: "不同意",
    LoanState.OUT: "借出",
    LoanState.RETURNED: "归还",
    LoanState.DAMAGED: "待处理",
    LoanState.SETTLED: "已处理",
}


class Condition(StrEnum):
    """How a machine came back."""

    GOOD = "good"
    DAMAGED = "damaged"
    SHORT = "short"
    LOST = "lost"

    @property
    def label(self) -> str:
        return {"good": "完好", "damaged": "损坏", "short": "缺附件", "lost": "丢失"}[self.value]


class Breach(StrEnum):
    """What was found against the rule: lent without approval, operated against the rules, used for other ends."""

    PRIVATE_LOAN = "private_loan"
    MISHANDLING = "mishandling"
    OTHER_USE = "other_use"

    @property
    def label(self) -> str:
        return {"private_loan": "私自外借", "mishandling": "违章操作", "other_use": "做与业务无关的事"}[self.value]

    @property
    def article(self) -> str:
        return MISUSE if self is Breach.OTHER_USE else LENDING


_E, _R, _L = EquipmentState, RepairState, LoanState
EQUIPMENT_STATES = tuple(EquipmentState)
EQUIPMENT_MOVES: Mapping[tuple[EquipmentState, str], tuple[EquipmentState, str, Post | None]] = {
    **{(state, "report_fault"): (_E.REPAIR, REPAIRING, None) for state in (_E.IN_USE, _E.IDLE)},
    (_E.REPAIR, "check_repair"): (_E.IN_USE, REPAIRING, _CLERK),
    (_E.REPAIR, "void_repair"): (_E.IN_USE, REPAIRING, _CLERK),
    (_E.IN_USE, "apply_loan"): (_E.IN_USE, LENDING, _CLERK),
    (_E.IN_USE, "hand_out"): (_E.LENT, LENDING, _CLERK),
    (_E.LENT, "take_back_loan"): (_E.IN_USE, LENDING, _CLERK),
    (_E.LENT, "note_damage"): (_E.IDLE, LENDING, _CLERK),
    (_E.LENT, "void_loan"): (_E.IN_USE, LENDING, _CLERK),
    (_E.IN_USE, "rest_equipment"): (_E.IDLE, CARE, _CLERK),
    (_E.IDLE, "resume_equipment"): (_E.IN_USE, CARE, _CLERK),
    **{(state, "scrap_equipment"): (_E.SCRAPPED, CARE, _CLERK) for state in (_E.IN_USE, _E.IDLE)},
    **{(state, "void_equipment"): (state, CARE, _CLERK) for state in (_E.IN_USE, _E.IDLE)},
    **{(state, "record_upkeep"): (state, REPAIRING, _CLERK) for state in (_E.IN_USE, _E.IDLE)},
    **{(state, "move_equipment"): (state, CARE, _CLERK) for state in (_E.IN_USE, _E.REPAIR, _E.IDLE)},
    **{
        (state, verb): (state, CARE, _CLERK)
        for state in (_E.IN_USE, _E.REPAIR, _E.LENT, _E.IDLE)
        for verb in ("correct_equipment", "plan_upkeep")
    },
}
"""(state, verb) → (state after, article, post that may).

A repair that ends with the advice to scrap leaves its machine 停用, a voided one as it stood before.
"""

REPAIR_STATES = tuple(RepairState)
REPAIR_MOVES: Mapping[tuple[RepairState, str], tuple[RepairState, str, Post | None]] = {
    (_R.REPORTED, "accept_repair"): (_R.ACCEPTED, REPAIRING, _CLERK),
    (_R.ACCEPTED, "begin_repair"): (_R.REPAIRING, REPAIRING, _CLERK),
    **{(state, "send_repair"): (_R.SENT, REPAIRING, _CLERK) for state in (_R.ACCEPTED, _R.REPAIRING)},
    **{(state, "finish_repair"): (_R.REPAIRED, REPAIRING, _CLERK) for state in (_R.REPAIRING, _R.SENT)},
    **{
        (state, "advise_scrap"): (_R.SCRAP_ADVISED, REPAIRING, _CLERK) for state in (_R.ACCEPTED, _R.REPAIRING, _R.SENT)
    },
    **{(state, "check_repair"): (_R.CHECKED, REPAIRING, _CLERK) for state in (_R.REPAIRED, _R.SCRAP_ADVISED)},
    (_R.REPAIRED, "redo_repair"): (_R.ACCEPTED, REPAIRING, _CLERK),
    **{(state, "correct_repair"): (state, REPAIRING, _CLERK) for state in RepairState},
    **{(state, "void_repair"): (state, REPAIRING, _CLERK) for state in RepairState if state is not _R.CHECKED},
}
"""(state, verb) → (state after, article, post that may)."""

LOAN_STATES = tuple(LoanState)
LOAN_MOVES: Mapping[tuple[LoanState, str], tuple[LoanState, str, Post | None]] = {
    (_L.APPLIED, "approve_loan"): (_L.APPROVED, LENDING, _CLERK),
    (_L.APPLIED, "refuse_loan"): (_L.REFUSED, LENDING, _CLERK),
    (_L.APPROVED, "hand_out"): (_L.OUT, LENDING, _CLERK),
    (_L.OUT, "extend_loan"): (_L.OUT, LENDING, _CLERK),
    (_L.OUT, "take_back_loan"): (_L.RETURNED, LENDING, _CLERK),
    (_L.OUT, "note_damage"): (_L.DAMAGED, LENDING, _CLERK),
    (_L.DAMAGED, "settle_loan"): (_L.SETTLED, LENDING, _CLERK),
    **{(state, "correct_loan"): (state, LENDING, _CLERK) for state in (_L.APPLIED, _L.APPROVED, _L.OUT)},
    **{(state, "void_loan"): (state, LENDING, _CLERK) for state in (_L.APPLIED, _L.APPROVED, _L.OUT)},
}
"""(state, verb) → (state after, article, post that may)."""

_WORDS = {
    "report_fault": "报修",
    "apply_loan": "借用",
    "hand_out": "借出",
    "take_back_loan": "归还",
    "note_damage": "登记损坏丢失",
    "void_loan": "作废借用",
    "check_repair": "验收",
    "void_repair": "作废报修",
    "rest_equipment": "停用",
    "resume_equipment": "启用",
    "scrap_equipment": "报废",
    "void_equipment": "作废",
    "record_upkeep": "登记保养",
    "move_equipment": "调配",
    "correct_equipment": "更正",
    "plan_upkeep": "改保养计划",
    "accept_repair": "受理",
    "begin_repair": "开始维修",
    "send_repair": "送修",
    "finish_repair": "登记修复",
    "advise_scrap": "建议报废",
    "redo_repair": "退回重修",
    "correct_repair": "更正",
    "approve_loan": "批准",
    "refuse_loan": "登记不同意",
    "extend_loan": "延期",
    "settle_loan": "登记处理",
    "correct_loan": "更正",
}
_WAYS_OUT = {
    EquipmentState.REPAIR: "请先在报修里验收",
    EquipmentState.LENT: "请先登记归还",
    EquipmentState.IDLE: "请先启用",
    EquipmentState.SCRAPPED: "请另选一台",
    EquipmentState.IN_USE: "它正在用",
}


def equipment_move(state: EquipmentState, verb: str) -> EquipmentState:
    """Return the state a verb leads a machine to, or refuse it in this one."""
    move = EQUIPMENT_MOVES.get((state, verb))
    if move is not None:
        return move[0]
    article = LENDING if verb in ("apply_loan", "hand_out", "take_back_loan", "note_damage") else REPAIRING
    raise Refused(f"这台设备{state.label},不能{_WORDS[verb]}。{_WAYS_OUT[state]}。", article, field="equipment")


def repair_move(state: RepairState, verb: str) -> RepairState:
    """Return the state a verb leads a repair to, or refuse it in this one."""
    move = REPAIR_MOVES.get((state, verb))
    if move is not None:
        return move[0]
    following = "、".join(
        _WORDS[word] for (at, word) in REPAIR_MOVES if at is state and word[:4] not in ("corr", "void")
    )
    hint = f"下一步请办{following}" if following else "已经办完"
    raise Refused(f"这一件现在是“{state.label}”,不能{_WORDS[verb]}。{hint}。", REPAIRING)


def loan_move(state: LoanState, verb: str) -> LoanState:
    """Return the state a verb leads a loan to, or refuse it in this one."""
    move = LOAN_MOVES.get((state, verb))
    if move is not None:
        return move[0]
    if verb == "hand_out" and state is LoanState.APPLIED:
        raise Refused("还没有批准,不能借出:设备严禁私自外借。请先登记谁批准的。", LENDING, field="approver")
    raise Refused(f"这一件现在是“{state.label}”,不能{_WORDS[verb]}。请核对选的是不是这一件。", LENDING)


@dataclass(frozen=True)
class StorageTicks:
    """What is ticked off before a machine with secrets leaves the house, and who keeps its storage and goes along."""

    is_removed: bool = False
    is_kept: bool = False
    is_emptied: bool = False
    keeper: str = ""
    escort: str = ""


def storage_left(ticks: StorageTicks) -> tuple[str, ...]:
    """Return what is still to be done before a classified machine may leave, in words; empty when it may."""
    wanted = (
        (ticks.is_removed, "存储部件(硬盘)已拆下"),
        (ticks.is_kept, "拆下的存储部件已交机要人员保管"),
        (ticks.is_emptied, "光盘、U盘等随机介质和纸质材料已取出"),
        (bool(ticks.keeper), "存储部件由谁保管"),
        (bool(ticks.escort), "谁送去、谁在场"),
    )
    return tuple(words for is_done, words in wanted if not is_done)


STORAGE_FIELDS = ("is_removed", "is_kept", "is_emptied", "keeper", "escort")


def require_storage_out(ticks: StorageTicks) -> None:
    """Refuse to send a classified machine away while anything of the tick list is open (保密制度第4条)."""
    left = storage_left(ticks)
    if left:
        have = (ticks.is_removed, ticks.is_kept, ticks.is_emptied, ticks.keeper, ticks.escort)
        field = next(name for name, value in zip(STORAGE_FIELDS, have, strict=True) if not value)
        raise Refused(
            f"涉密设备不能送修,还缺{len(left)}项:{';'.join(left)}。办不到的请改为上门维修、专人在场。",
            SECRECY,
            field=field,
        )


def require_handling(handling: Handling, is_classified: bool, escort: str) -> None:
    """Refuse a repair in the house under the name of one outside it, and a classified machine without eyes on it."""
    if handling is Handling.SENT:
        raise Refused("设备要离开办公室的,请选“送修”。", REPAIRING, field="handling")
    if is_classified and not escort:
        raise Refused("涉密设备维修要有专人在场,请写谁在场。", SECRECY, field="escort")


def require_clearing(holds_data: bool, is_cleared: bool, when: str) -> None:
    """Refuse to lend, or to take back, what holds data while it is not cleared; `when` is 借出前 or 归还后."""
    if holds_data and not is_cleared:
        raise Refused(f"这台设备能存资料,{when}要把内容清除干净,清除后再登记。", LENDING, field="is_cleared")


def require_due(due: date, from_day: date) -> None:
    """Refuse a loan that is due before it begins, or over a year."""
    if due < from_day:
        raise Refused("应还日期早于借出日期,请核对。", LENDING, field="due")
    if due - from_day > LONGEST_LOAN:
        raise Refused("一次借用最长一年,更长的请办调配。", LENDING, field="due")


def accessories_of(raw: str) -> tuple[str, ...]:
    """Return the things of a checklist: 电源线、遥控器 or with commas; each once."""
    parts = (part.strip() for part in re.split("[、,,;;\n]", raw))
    return tuple(dict.fromkeys(part for part in parts if part))


def unknown_accessories(given: Sequence[str], missing: Sequence[str]) -> tuple[str, ...]:
    """Return what is said to be missing and never went out."""
    return tuple(one for one in missing if one not in given)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, the last of a shorter month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def upkeep_due(last: date, months: int) -> date | None:
    """Return the day the next service is due, None without a plan."""
    return add_months(last, months) if months else None


def read_cost(typed: str, field: str) -> int | None:
    """Return the fen of a sum typed in 元 with two decimals at the most; None for nothing typed."""
    return read_fen(typed, field, most=LARGEST_FEN)
