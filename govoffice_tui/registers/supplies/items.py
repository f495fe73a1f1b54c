"""The items of the stock book: what is kept, in which units, from what minimum on, and how an item is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SupplyItem, SupplyProfile
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import LARGEST_COUNT, SUPPLIES, Item
from govoffice_tui.text import fold, initials

NAME_LIMIT, WORD_LIMIT, CODE_LIMIT = 30, 30, 12
UNIT_LIMIT = 4

_ITEM = (
    "SELECT i.id, i.code, p.name, p.specification, p.unit, p.pack_unit, p.pack_size, p.minimum, p.limit_count,"
    " p.is_swap, p.is_retired, p.initials FROM supply_items i JOIN supply_profiles p"
    " ON p.item_id = i.id AND p.struck_at IS NULL"
)


@dataclass(frozen=True)
class ItemPlan:
    """What is said of an item; an empty `code` asks for the next number, empty `initials` for those of the name."""

    name: str
    unit: str
    specification: str = ""
    code: str = ""
    pack_unit: str = ""
    pack_size: int = 1
    minimum: int = 0
    limit: int | None = None
    is_swap: bool = False
    initials: str = ""


def items(office: Office, *, with_retired: bool = False) -> list[Item]:
    """Return the items by code, those no longer kept only where asked for."""
    found = [_item(row) for row in office.fetch(f"{_ITEM} ORDER BY i.id")]
    return sorted((one for one in found if with_retired or not one.is_retired), key=_order)


def item_of(office: Office, item: int) -> Item | None:
    """Return one item as it is now, None for one nobody entered."""
    rows = office.fetch(f"{_ITEM} WHERE i.id = ?", item)
    return _item(rows[0]) if rows else None


def require_item(office: Office, item: int, *, is_kept: bool = True) -> Item:
    """Return an item, or refuse one that is unknown or, with `is_kept`, no longer kept."""
    found = item_of(office, item)
    if found is None:
        raise Refused("台账里没有这个品目。", field="item")
    if is_kept and found.is_retired:
        raise Refused(f"{found.title}已停用,不能再登记。要用请先按F4恢复。", field="item")
    return found


def match_items(listed: Sequence[Item], typed: str) -> list[Item]:
    """Return which items a piece of text means, best first: code, pinyin initials, a piece of the name."""
    key = fold(typed)
    if not key:
        return []
    same = [one for one in listed if fold(one.code) == key]
    if same:
        return same
    starts = [one for one in listed if one.initials.startswith(key) or fold(one.title).startswith(key)]
    exact = [one for one in starts if one.initials == key or fold(one.name) == key]
    holds = [one for one in listed if one not in starts and (key in fold(one.title) or key in one.initials)]
    return exact + [one for one in starts if one not in exact] + holds


def add_item(office: Office, plan: ItemPlan, *, by: int | None, form_key: str | None = None) -> Item:
    """Enter a new item; refused without name or unit, for a code given before and for the same thing twice."""
    with office.write("add_supply_item", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _known(office, writing.repeated_entry)
        posts.require(office, "add_supply_item", by, day_of(writing.now))
        return _known(office, enter_item(office, writing, plan))


def enter_item(office: Office, writing: Change, plan: ItemPlan) -> int:
    """Write a new item and return it; inside a writing transaction only."""
    values = _values(office, plan)
    code = checked(plan.code, "code") or _next_code(office)
    if len(code) > CODE_LIMIT or not fold(code).isascii() or not fold(code).isalnum():
        raise Refused(f"编码用字母和数字,最多{CODE_LIMIT}个。", field="code")
    if any(fold(code) == fold(used) for (used,) in office.fetch("SELECT code FROM supply_items")):
        raise Refused(f"编码{code}已经用过,编码不重复使用。", field="code")
    item = writing.insert(SupplyItem, code=code, entered_at=writing.now, entered_by=writing.operator)
    writing.insert(SupplyProfile, item_id=item, entered_at=writing.now, entered_by=writing.operator, **values)
    return item


def change_item(
    office: Office, item: int, plan: ItemPlan, reason: str, *, by: int | None, form_key: str | None = None
) -> Item:
    """Put an item right or set it anew; what stood before is struck and kept.

    The unit stays once anything was entered in it: what was counted in 包 does not become 箱.
    """
    with office.write("change_supply_item", by, form_key) as writing:
        if writing.repeated is not None:
            return _known(office, item)
        posts.require(office, "change_supply_item", by, day_of(writing.now))
        before = require_item(office, item, is_kept=False)
        why = checked(reason, "why")
        if not why:
            raise Refused("请写为什么改。", field="why")
        values = _values(office, plan, ignoring=item)
        is_used = bool(office.fetch("SELECT 1 FROM supply_lines WHERE item_id = ? LIMIT 1", item))
        if is_used and values["unit"] != before.unit:
            raise Refused(f"{before.title}的账已按{before.unit}记了,单位不能改。请停用它,另立一个品目。", field="unit")
        writing.correct(SupplyProfile, _profile(office, item), why, **values)
        return _known(office, item)


def retire_item(
    office: Office, item: int, reason: str, *, back: bool = False, by: int | None, form_key: str | None = None
) -> Item:
    """Keep an item no longer (停用), or again with `back`; refused while any is in stock."""
    with office.write("retire_supply_item", by, form_key) as writing:
        if writing.repeated is not None:
            return _known(office, item)
        posts.require(office, "retire_supply_item", by, day_of(writing.now))
        before = require_item(office, item, is_kept=False)
        why = checked(reason, "why")
        if not why:
            raise Refused("请写原因。", field="why")
        if before.is_retired is not back:
            raise Refused(f"{before.title}{'没有停用' if back else '已经停用'}。")
        stock = office.fetch(
            "SELECT coalesce(sum(change), 0) FROM supply_lines WHERE item_id = ? AND struck_at IS NULL", item
        )[0][0]
        if stock and not back:
            raise Refused(f"{before.title}还有{before.shown(stock)},不能停用。请先领完、报废或盘点。", SUPPLIES)
        if back:
            _require_single(office, before.name, before.specification, ignoring=item)
        writing.correct(SupplyProfile, _profile(office, item), why, is_retired=int(not back))
        return _known(office, item)


def plan_of(item: Item) -> ItemPlan:
    """Return what stands in the book of an item as a plan."""
    return ItemPlan(
        item.name,
        item.unit,
        item.specification,
        item.code,
        item.pack_unit,
        item.pack_size,
        item.minimum,
        item.limit,
        item.is_swap,
        item.initials,
    )


def _values(office: Office, plan: ItemPlan, *, ignoring: int = 0) -> dict[str, Value]:
    """Return the columns of a plan, checked."""
    plan = replace(plan, name=checked(plan.name, "name"), unit=checked(plan.unit, "unit"))
    specification, pack_unit = checked(plan.specification, "specification"), checked(plan.pack_unit, "pack_unit")
    if not plan.name:
        raise Refused("请写品名。", field="name")
    if len(plan.name) > NAME_LIMIT:
        raise Refused(f"品名最多{NAME_LIMIT}个字。", field="name")
    if len(specification) > WORD_LIMIT:
        raise Refused(f"规格最多{WORD_LIMIT}个字。", field="specification")
    if not plan.unit:
        raise Refused("请写最小的单位,如 包、支、个。", field="unit")
    for word, field in ((plan.unit, "unit"), (pack_unit, "pack_unit")):
        if len(word) > UNIT_LIMIT or any(sign.isdigit() for sign in fold(word)):
            raise Refused(f"单位最多{UNIT_LIMIT}个字,不带数字。", field=field)
    if (plan.pack_size > 1) != bool(pack_unit):
        raise Refused("整件写单位和数量两项,如 箱、10;不成箱的两项都空着。", field="pack_size")
    if pack_unit and fold(pack_unit) == fold(plan.unit):
        raise Refused("整件的单位要和最小单位不同。", field="pack_unit")
    for number, field in ((plan.pack_size, "pack_size"), (1 if plan.limit is None else plan.limit, "limit")):
        if not 1 <= number <= LARGEST_COUNT:
            raise Refused("数量要大于0,也不能太大。", field=field)
    if not 0 <= plan.minimum <= LARGEST_COUNT:
        raise Refused("最低库存写0或更大的数。", field="minimum")
    _require_single(office, plan.name, specification, ignoring=ignoring)
    letters = fold(checked(plan.initials, "initials")) or initials(plan.name)
    return {
        "name": plan.name,
        "specification": specification,
        "unit": plan.unit,
        "pack_unit": pack_unit,
        "pack_size": plan.pack_size,
        "minimum": plan.minimum,
        "limit_count": plan.limit,
        "is_swap": int(plan.is_swap),
        "initials": letters[:WORD_LIMIT],
    }


def _require_single(office: Office, name: str, specification: str, *, ignoring: int) -> None:
    """Refuse the same name and specification a second time: one would be issued and the other counted."""
    for one in items(office):
        if one.id != ignoring and (fold(one.name), fold(one.specification)) == (fold(name), fold(specification)):
            raise Refused(f"已有{one.title}(编码{one.code}),请用它,或写明不同的规格。", field="name")


def _next_code(office: Office) -> str:
    used = {code for (code,) in office.fetch("SELECT code FROM supply_items")}
    number = len(used) + 1
    while f"{number:02d}" in used:
        number += 1
    return f"{number:02d}"


def _profile(office: Office, item: int) -> int:
    return int(office.fetch("SELECT id FROM supply_profiles WHERE item_id = ? AND struck_at IS NULL", item)[0][0])


def _known(office: Office, item: int) -> Item:
    found = item_of(office, item)
    assert found is not None
    return found


def _order(item: Item) -> tuple[int, str, int]:
    return (len(item.code), item.code, item.id)


def _item(row: tuple[Any, ...]) -> Item:
    item, code, name, specification, unit, pack_unit, pack_size, minimum, limit, is_swap, is_retired, letters = row
    return Item(
        item,
        code,
        name,
        specification,
        unit,
        pack_unit,
        pack_size,
        minimum,
        limit,
        bool(is_swap),
        bool(is_retired),
        letters,
    )
