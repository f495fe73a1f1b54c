"""单台设备履历: everything that ever happened to one machine, and the list of all machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import chinese_short_day, day_of
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.equipment import pages
from govoffice_tui.registers.equipment.views import Happening, History, Machine, RepairLine
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.refusal import Refused

_CHANGES = {"rest": "停用", "resume": "启用", "scrap": "报废", "plan": "保养计划"}


@dataclass(frozen=True)
class EquipmentList:
    """The machines of the office on a day (设备台账)."""

    office_name: str
    day: date
    machines: tuple[Machine, ...]


def equipment_list(office: Office, period: str) -> EquipmentList:
    """Return the list of machines as they stand now; `period` is the day it is made."""
    day = date.fromisoformat(period[:10])
    return EquipmentList(settings.on(office, day).office_name, day, tuple(pages.machines(office)))


def history(office: Office, equipment: int) -> History:
    """Return everything that ever happened to a machine, oldest first; refused for one that is not there."""
    machine = pages.machine(office, equipment)
    if machine is None:
        raise Refused("没有这台设备,或设备卡已作废。")
    root = machine.root
    names = staff.names_ever(office, office.now().date())
    repairs = pages.repairs(office, "r.equipment_id = ?", root)
    loans = pages.loans(office, "l.equipment_id = ?", root)
    services = pages.upkeep(office, "u.equipment_id = ?", root)
    bought = [Happening(machine.bought_day, "购置", _price(machine))] if machine.bought_day else []
    happened = [
        *bought,
        Happening(machine.entered_day, "建卡", f"{machine.number} {machine.title}"),
        *_places(office, root, names),
        *_changes(office, root, names),
        *(
            Happening(
                one.day,
                "保养",
                _joined(one.number, one.work, one.done_by, f"{yuan(one.cost_fen)}元" if one.cost_fen else ""),
                one.struck_reason is not None,
            )
            for one in services
        ),
        *(Happening(one.event_day, "报修", _repair_words(one), one.is_struck) for one in repairs),
        *(
            Happening(
                one.event_day,
                "借用",
                _joined(
                    one.number,
                    one.who,
                    one.purpose,
                    f"{one.approver}批准" if one.approver else "",
                    f"应{chinese_short_day(one.due)}还",
                    *(extension.words for extension in one.extensions),
                    f"{chinese_short_day(one.returned_at.date())}归还{one.outcome}"
                    if one.returned_at
                    else one.state.label,
                    f"{one.liable}负责,{one.treatment}" if one.settled_day else one.treatment,
                    f"划去:{one.struck_reason}" if one.is_struck else "",
                ),
                one.is_struck,
            )
            for one in loans
        ),
        *(
            Happening(
                one.day,
                "违规",
                _joined(one.number, one.kind.label, one.person, one.words, one.treatment),
                one.struck_reason is not None,
            )
            for one in pages.breaches(office, "b.equipment_id = ?", root)
        ),
        *_corrections(office, root),
    ]
    standing = [one for one in repairs if not one.is_struck]
    cost = sum(one.cost_fen or 0 for one in standing)
    cost += sum(one.cost_fen or 0 for one in services if one.struck_reason is None)
    return History(
        settings.on(office, office.now().date()).office_name,
        machine,
        tuple(sorted(happened, key=lambda one: one.day)),
        len(standing),
        cost,
        sum(not one.is_struck for one in loans),
    )


def _places(office: Office, root: int, names: dict[int, str]) -> list[Happening]:
    rows = office.fetch(
        "SELECT from_day, section, room, keeper_id, remark, struck_at FROM equipment_places WHERE equipment_id = ?"
        " ORDER BY from_day, id",
        root,
    )
    return [
        Happening(
            date.fromisoformat(day),
            "调配" if place else "使用",
            _joined(section, room, names.get(keeper, "") if keeper else "", remark),
            struck is not None,
        )
        for place, (day, section, room, keeper, remark, struck) in enumerate(rows)
    ]


def _changes(office: Office, root: int, names: dict[int, str]) -> list[Happening]:
    rows = office.fetch(
        "SELECT event_day, kind, months, approver_id, remark, struck_at FROM equipment_changes WHERE equipment_id = ?"
        " ORDER BY event_day, id",
        root,
    )
    return [
        Happening(
            date.fromisoformat(day),
            _CHANGES[kind],
            (f"每{months}个月保养一次" if months else "不再定期保养")
            if kind == "plan"
            else _joined(f"{names.get(approver, '')}批准" if approver else "", remark),
            struck is not None,
        )
        for day, kind, months, approver, remark, struck in rows
    ]


def _corrections(office: Office, root: int) -> list[Happening]:
    rows = office.fetch(
        "SELECT struck_at, struck_reason, name, model FROM equipment WHERE coalesce(card, id) = ?"
        " AND struck_at IS NOT NULL ORDER BY id",
        root,
    )
    return [Happening(day_of(at), "更正", f"原写{f'{name} {model}'.strip()}:{why}") for at, why, name, model in rows]


def _repair_words(one: RepairLine) -> str:
    return _joined(
        one.number,
        one.fault,
        f"{one.reporter}报",
        f"{one.handling.label} {one.repairer}" if one.handling else "",
        one.storage_words,
        one.parts and f"换{one.parts}",
        one.result,
        f"{one.cost}元" if one.cost_fen else "",
        one.state.label,
        f"划去:{one.struck_reason}" if one.is_struck else "",
    )


def _price(machine: Machine) -> str:
    return f"{yuan(machine.price_fen)}元" if machine.price_fen is not None else "没有写价格"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
