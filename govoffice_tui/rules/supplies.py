"""耗材 (办公设施管理制度第5条): units, money, the stock that never falls below nothing, counts, and waste."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.money import narrowed, read_fen
from govoffice_tui.rules.refusal import Refused

SUPPLIES = "办公设施管理制度第5条"
"""The article the stock book rests on."""

PAGE_LINES = 25
"""Lines of one pre-numbered 签字页."""

LARGEST_COUNT = 1_000_000
LARGEST_FEN = 10_000_000_00
PRICE_DECIMALS = 6

FAR_ABOVE = 2
"""A month's use this many times what the section used before is pointed out."""
FAR_ABOVE_LEAST = 3
"""Units a month's use must lie above the past to be pointed out: one more pen is no waste."""
PAST_NEEDED = 3
"""Months of the past it takes to say that a month is far above it."""


class SlipKind(StrEnum):
    """What a slip does to the stock."""

    OPENING = "opening"
    RECEIVE = "receive"
    ISSUE = "issue"
    RETURN = "return"
    WASTE = "waste"
    COUNT = "count"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def series(self) -> str:
        """Return the character of its numbers: 领〔2026〕311号."""
        return {"opening": "初", "waste": "废"}.get(self.value, self.label[0])

    @property
    def sign(self) -> int:
        """Return 1 for what comes in, -1 for what goes out, 0 for a count, which finds out by itself."""
        return {"issue": -1, "waste": -1, "count": 0}.get(self.value, 1)


_LABELS: Mapping[SlipKind, str] = {
    SlipKind.OPENING: "期初",
    SlipKind.RECEIVE: "入库",
    SlipKind.ISSUE: "领用",
    SlipKind.RETURN: "退库",
    SlipKind.WASTE: "报废",
    SlipKind.COUNT: "盘点",
}


class SlipState(StrEnum):
    """Where a slip stands."""

    BOOKED = "booked"
    UNSIGNED = "unsigned"
    SIGNED = "signed"
    COUNTING = "counting"
    COUNTED = "counted"

    @property
    def label(self) -> str:
        return {
            "booked": "已入账",
            "unsigned": "待签字",
            "signed": "已签字",
            "counting": "盘点中",
            "counted": "已盘点",
        }[self.value]


_KEEPER = Post.SUPPLIES_KEEPER
STATES = tuple(SlipState)
MOVES: Mapping[tuple[SlipState, str], tuple[SlipState, str, Post | None]] = {
    **{
        (state, verb): (state, SUPPLIES, _KEEPER)
        for state in (SlipState.BOOKED, SlipState.UNSIGNED, SlipState.SIGNED)
        for verb in ("correct_supply_line", "correct_supply_slip", "void_supply_slip")
    },
    (SlipState.UNSIGNED, "sign_supplies"): (SlipState.SIGNED, SUPPLIES, _KEEPER),
    (SlipState.UNSIGNED, "return_supplies"): (SlipState.UNSIGNED, SUPPLIES, _KEEPER),
    (SlipState.SIGNED, "return_supplies"): (SlipState.SIGNED, SUPPLIES, _KEEPER),
    (SlipState.COUNTING, "enter_supply_counts"): (SlipState.COUNTING, SUPPLIES, _KEEPER),
    (SlipState.COUNTING, "finish_supply_count"): (SlipState.COUNTED, SUPPLIES, _KEEPER),
    (SlipState.COUNTING, "cancel_supply_count"): (SlipState.COUNTING, SUPPLIES, _KEEPER),
    (SlipState.COUNTED, "correct_supply_line"): (SlipState.COUNTED, SUPPLIES, _KEEPER),
}
"""(state, verb) → (state after, article, post that may).

A signature of the last line leads to 已签字; a count changes nothing before it is approved and afterwards is only
put right item by item.
"""

_WORDS = {
    "correct_supply_line": "更正",
    "correct_supply_slip": "更正",
    "void_supply_slip": "作废",
    "sign_supplies": "记签字页",
    "return_supplies": "退库",
    "enter_supply_counts": "填实存",
    "finish_supply_count": "完成盘点",
    "cancel_supply_count": "取消盘点",
}


def moves_from(state: SlipState) -> tuple[str, ...]:
    """Return the verbs a slip in a state allows, in the table's order."""
    return tuple(verb for start, verb in MOVES if start is state)


def require_move(state: SlipState, verb: str) -> SlipState:
    """Return the state a verb leads to, or refuse it in this one."""
    move = MOVES.get((state, verb))
    if move is not None:
        return move[0]
    words = _WORDS[verb]
    if state is SlipState.COUNTING:
        raise Refused(f"盘点还没有完成,不能{words}。请先填完实存或取消盘点。", SUPPLIES)
    if state is SlipState.COUNTED:
        raise Refused(f"盘点已经批准入账,不能再{words}。某一品目盘错了请按F4更正那一行。", SUPPLIES)
    if verb == "sign_supplies":
        raise Refused("这张单不用记签字页,或已经签字。", SUPPLIES)
    raise Refused(f"这张单不能{words}。", SUPPLIES)


@dataclass(frozen=True)
class Item:
    """One kind of consumable as it is called and counted now.

    `pack_size` units make one `pack_unit` (1 and empty where it is not packed); `limit` is the count above which
    the section head approves an issue, None where the office's rule holds. With `is_swap` an old one comes in for
    a new one.
    """

    id: int
    code: str
    name: str
    specification: str
    unit: str
    pack_unit: str
    pack_size: int
    minimum: int
    limit: int | None
    is_swap: bool
    is_retired: bool
    initials: str

    @property
    def title(self) -> str:
        """Return A4复印纸 70g."""
        return f"{self.name} {self.specification}".strip()

    def shown(self, count: int) -> str:
        """Return 12包, and where it comes in packs what that makes: 12包(1箱2包)."""
        words = f"{count}{self.unit}"
        packs, rest = divmod(abs(count), self.pack_size)
        if self.pack_size == 1 or not packs:
            return words
        return f"{words}({packs}{self.pack_unit}{f'{rest}{self.unit}' if rest else ''})"


def read_count(text: str, item: Item, field: str = "count") -> int:
    """Return the base units a typed count means: `12`, `12包`, `2箱`, `1箱2包`; refused for anything else.

    What is counted has no half: 半包 is no stock any more.
    """
    key = narrowed(text)
    units = {"": 1, narrowed(item.unit): 1}
    if item.pack_size > 1 and item.pack_unit:
        units[narrowed(item.pack_unit)] = item.pack_size
    parts = re.findall(r"([0-9]+)([^0-9]*)", key)
    if not key or "".join(number + unit for number, unit in parts) != key or len(parts) > 2:
        raise Refused(f"数量要写整数,单位是{_units(item)}。", field=field)
    total, seen = 0, set()
    for number, unit in parts:
        if unit not in units or unit in seen or (len(parts) == 2 and not unit):
            raise Refused(f"{item.name}的单位是{_units(item)},没有“{unit[:6]}”。", field=field)
        if len(number) > 7:
            raise Refused("数量太大,请核对。", field=field)
        seen.add(unit)
        total += int(number) * units[unit]
    if total > LARGEST_COUNT:
        raise Refused("数量太大,请核对。", field=field)
    return total


def _units(item: Item) -> str:
    if item.pack_size == 1 or not item.pack_unit:
        return item.unit
    return f"{item.unit}或{item.pack_unit}(1{item.pack_unit}={item.pack_size}{item.unit})"


def read_money(text: str, field: str = "amount") -> int | None:
    """Return the fen a typed sum of 元 means, half a fen rounded up; None for nothing typed, refused for no sum."""
    return read_fen(text, field, most=LARGEST_FEN, decimals=PRICE_DECIMALS)


@dataclass(frozen=True)
class Price:
    """What was paid for a count of units, so that a unit's price loses nothing before it is rounded."""

    fen: int
    count: int

    @property
    def unit_fen(self) -> int:
        """Return a unit's price, half a fen up."""
        return (2 * self.fen + self.count) // (2 * self.count)

    def of(self, count: int) -> int:
        """Return what a count of units is worth, half a fen up."""
        return (2 * self.fen * count + self.count) // (2 * self.count)


@dataclass(frozen=True)
class Movement:
    """What one line does to an item's stock, in the order of the book; `place` is its slip's."""

    day: str
    place: int
    change: int
    words: str = ""


def shortfall(movements: Sequence[Movement]) -> tuple[Movement, int] | None:
    """Return the first movement that would take the stock below nothing and what would be missing, None if none.

    The movements are sorted by day and by the order their slips came into the book in. Lines of one slip act at once.
    """
    stock, last = 0, None
    for movement in sorted(movements, key=lambda one: (one.day, one.place)):
        if last is not None and stock < 0 and (movement.day, movement.place) != (last.day, last.place):
            return last, -stock
        stock += movement.change
        last = movement
    return (last, -stock) if last is not None and stock < 0 else None


def stock_at(movements: Sequence[Movement], day: str, place: int) -> int:
    """Return the stock just before the slip of a place in the book on a day."""
    return sum(one.change for one in movements if (one.day, one.place) < (day, place))


@dataclass(frozen=True)
class Balance:
    """One item's month in base units: 结存 = 上存 + 入 − 领 + 退 − 废 ± 盘."""

    opening: int = 0
    received: int = 0
    issued: int = 0
    returned: int = 0
    wasted: int = 0
    adjusted: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.received - self.issued + self.returned - self.wasted + self.adjusted

    @property
    def is_moved(self) -> bool:
        """Return whether anything happened."""
        return any((self.received, self.issued, self.returned, self.wasted, self.adjusted))


def balance(opening: int, changes: Sequence[tuple[SlipKind, int]]) -> Balance:
    """Return the month of an item from its stock at the beginning and each change by its kind.

    What a book begins with counts as its first month's 上存.
    """
    sums = dict.fromkeys(SlipKind, 0)
    for kind, change in changes:
        sums[kind] += change
    return Balance(
        opening + sums[SlipKind.OPENING],
        sums[SlipKind.RECEIVE],
        -sums[SlipKind.ISSUE],
        sums[SlipKind.RETURN],
        -sums[SlipKind.WASTE],
        sums[SlipKind.COUNT],
    )


def needs_approval(item: Item, count: int, office_limit: int) -> bool:
    """Return whether an issue of so many units of an item is for the section head to approve; 0 asks for none."""
    limit = office_limit if item.limit is None else item.limit
    return bool(limit) and count > limit


def check_old_parts(item: Item, count: int, old_parts: int, reason: str) -> None:
    """Refuse new ones without as many old ones, or a reason where they are missing (以旧换新)."""
    if not item.is_swap:
        if old_parts:
            raise Refused(f"{item.name}不以旧换新,旧件数不用填。", SUPPLIES, field="old_parts")
        return
    if old_parts > count:
        raise Refused(f"交回旧件{old_parts}{item.unit},比领用的{count}{item.unit}还多,请核对。", field="old_parts")
    if old_parts < count and not reason:
        raise Refused(
            f"{item.name}以旧换新,还少{count - old_parts}{item.unit}旧件。请写没有旧件的原因。",
            SUPPLIES,
            field="old_missing",
        )


@dataclass(frozen=True)
class Signal:
    """How a month's use stands to the past: the usual month, and a word where the month is far above it."""

    usual: float | None
    word: str

    @property
    def is_far_above(self) -> bool:
        return bool(self.word)


def use_signal(this: int, past: Sequence[int]) -> Signal:
    """Return how a month's use stands to the months before it, the newest last.

    Far above is twice the usual month and at least three units more; without three months of the past nothing is said.
    """
    if len(past) < PAST_NEEDED:
        return Signal(None, "")
    usual = sum(past) / len(past)
    is_far = this >= FAR_ABOVE * usual and this - usual >= FAR_ABOVE_LEAST
    return Signal(usual, "明显偏高" if is_far else "")


def suggested_purchase(item: Item, stock: int, usual: float, months: int = 3) -> int:
    """Return how many units to buy: the minimum and some months' usual use are there again, whole packs."""
    wanted = item.minimum + int(-(-usual * months // 1)) - stock
    if wanted <= 0:
        return 0
    packs = -(-wanted // item.pack_size)
    return packs * item.pack_size
