"""Cards of machines: entered, put right, moved, laid up, scrapped, and serviced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Equipment, EquipmentChange, EquipmentPlace, Upkeep
from govoffice_tui.registers import closing, staff
from govoffice_tui.registers.equipment.checks import (
    CARDS,
    LEADERS,
    REGISTER,
    SERVICES,
    WORDS,
    Card,
    begin,
    card,
    move_card,
    require_approver,
    require_day,
    require_known_day,
    require_person,
    required,
    said,
)
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.equipment import (
    CARE,
    LARGEST_FEN,
    LONGEST_INTERVAL,
    REPAIRING,
    EquipmentState,
    equipment_move,
)
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class CardPlan:
    """What a card says: what the machine is, when it was bought for how many fen, and whether it holds anything.

    `upkeep_months` 0 is no plan of services.
    """

    name: str
    model: str = ""
    serial: str = ""
    asset: str = ""
    bought_day: date | None = None
    price_fen: int | None = None
    is_classified: bool = False
    holds_data: bool = False
    upkeep_months: int = 0
    remark: str = ""


@dataclass(frozen=True)
class Place:
    """Where a machine stands: section, room, and who answers for it."""

    section: str
    room: str = ""
    keeper: int | None = None


def enter_equipment(
    office: Office, plan: CardPlan, place: Place, *, by: int | None, form_key: str | None = None
) -> Card:
    """Enter the card of a machine with the section that has it (办公设施管理制度第1条).

    Refused without a name or a section, for an asset or serial number another card holds, and for wrong days or sums.
    """
    with office.write("enter_equipment", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return card(office, writing.repeated_entry)
        today = begin(office, writing, "enter_equipment", by)
        return card(office, put_in(office, writing, plan, place, today))


def put_in(office: Office, writing: Change, plan: CardPlan, place: Place, today: date) -> int:
    """Write a new card and its place, inside a writing transaction; return the row."""
    values = card_values(office, plan, today)
    where = _place_values(office, place, today)
    closing.require_open(office, REGISTER, today, WORDS)
    plan_from = today.isoformat() if plan.upkeep_months else None
    row = enter(office, writing, Equipment, CARDS, today, EquipmentState.IN_USE.value, upkeep_from=plan_from, **values)
    writing.insert(
        EquipmentPlace,
        equipment_id=row,
        from_day=today.isoformat(),
        entered_at=writing.now,
        entered_by=writing.operator,
        **where,
    )
    return row


def correct_equipment(
    office: Office, equipment: int, plan: CardPlan, reason: str, *, by: int | None, form_key: str | None = None
) -> Card:
    """Put a card right: struck and written again under its number; place, repairs and loans stay with it."""
    with office.write("correct_equipment", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return card(office, writing.repeated_entry)
        today = begin(office, writing, "correct_equipment", by)
        before = move_card(office, writing, equipment, "correct_equipment")
        why = required(reason, "why", "请写为什么更正。")
        values = card_values(office, plan, today, ignoring=before.root)
        values.pop("upkeep_months")
        new = writing.correct(Equipment, before.row, why, card=before.root, **values)
        return card(office, new)


def void_equipment(office: Office, equipment: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a card entered by mistake; refused once anything was repaired, lent or serviced under it."""
    with office.write("void_equipment", by, form_key) as writing:
        if writing.repeated is not None:
            return _number(office, equipment)
        begin(office, writing, "void_equipment", by)
        before = move_card(office, writing, equipment, "void_equipment")
        why = required(reason, "why", "请写为什么作废。")
        for table in ("repairs", "equipment_loans", "equipment_upkeep", "equipment_breaches"):
            if office.fetch(f"SELECT 1 FROM {table} WHERE equipment_id = ? AND struck_at IS NULL LIMIT 1", before.root):
                raise Refused("这台设备已有报修、借用、保养或违规登记,不能作废。不用了请办停用或报废。", CARE)
        day = date.fromisoformat(office.fetch("SELECT event_day FROM equipment WHERE id = ?", before.row)[0][0])
        closing.require_open(office, REGISTER, day, WORDS)
        writing.strike(Equipment, before.row, why)
        return before.number


def move_equipment(
    office: Office,
    equipment: int,
    place: Place,
    day: date | None = None,
    remark: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Card:
    """Give a machine to another section, room or person from a day on, today by default (调配).

    Refused for the place it has already, for a day before it came where it is, and while it is lent out.
    """
    with office.write("move_equipment", by, form_key) as writing:
        if writing.repeated is not None:
            return card(office, equipment)
        today = begin(office, writing, "move_equipment", by)
        before = move_card(office, writing, equipment, "move_equipment")
        since, *stands = place_row(office, before.root)
        on = require_day(office, day or today, today, "day", earliest=since)
        where = _place_values(office, place, on)
        if stands == [where["section"], where["room"], where["keeper_id"]]:
            raise Refused("股室、房间、责任人都和现在一样,没有可改的。", CARE, field="section")
        values: dict[str, Value] = {"remark": said(remark, "remark"), **where}
        if on == since:
            row = office.fetch(
                "SELECT id FROM equipment_places WHERE equipment_id = ? AND from_day = ? AND struck_at IS NULL",
                before.root,
                on.isoformat(),
            )[0][0]
            writing.correct(EquipmentPlace, row, "当天又调配", **values)
        else:
            writing.insert(
                EquipmentPlace,
                equipment_id=before.root,
                from_day=on.isoformat(),
                entered_at=writing.now,
                entered_by=by,
                **values,
            )
        return card(office, equipment)


def rest_equipment(
    office: Office, equipment: int, reason: str, day: date | None = None, *, by: int | None, form_key: str | None = None
) -> Card:
    """Lay a machine up (停用), with the reason."""
    return _change(office, "rest_equipment", "rest", equipment, reason, day, None, by, form_key)


def resume_equipment(
    office: Office, equipment: int, reason: str, day: date | None = None, *, by: int | None, form_key: str | None = None
) -> Card:
    """Take a machine that was laid up into use again (启用)."""
    return _change(office, "resume_equipment", "resume", equipment, reason, day, None, by, form_key)


def scrap_equipment(
    office: Office,
    equipment: int,
    approver: int | None,
    reason: str,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Card:
    """Scrap a machine that 分管副主任 or 主任 approved; refused while it is repaired or lent out."""
    return _change(office, "scrap_equipment", "scrap", equipment, reason, day, approver, by, form_key)


def plan_upkeep(office: Office, equipment: int, months: int, *, by: int | None, form_key: str | None = None) -> Card:
    """Have a machine serviced every so many months from today on; 0 ends the plan (办公设施管理制度第2条)."""
    with office.write("plan_upkeep", by, form_key) as writing:
        if writing.repeated is not None:
            return card(office, equipment)
        today = begin(office, writing, "plan_upkeep", by)
        before = move_card(office, writing, equipment, "plan_upkeep")
        _require_interval(months)
        if months == before.upkeep_months:
            raise Refused("和现在的保养计划一样,没有可改的。", REPAIRING, field="months")
        closing.require_open(office, REGISTER, today, WORDS)
        _insert_change(writing, before.root, "plan", today, "", None, months)
        writing.update(Equipment, before.row, upkeep_months=months, upkeep_from=today.isoformat() if months else None)
        return card(office, equipment)


def record_upkeep(
    office: Office,
    equipment: int,
    work: str,
    done_by: str,
    day: date | None = None,
    cost_fen: int | None = None,
    remark: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note that a machine was serviced: what was done, by whom, which day, for how many fen; return the number."""
    with office.write("record_upkeep", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _upkeep_number(office, writing.repeated_entry)
        today = begin(office, writing, "record_upkeep", by)
        before = move_card(office, writing, equipment, "record_upkeep")
        on = require_day(office, day or today, today, "day")
        row = enter(
            office,
            writing,
            Upkeep,
            SERVICES,
            on,
            "done",
            equipment_id=before.root,
            work=required(work, "work", "请写保养了什么。", REPAIRING),
            done_by=required(done_by, "done_by", "请写谁保养的。", REPAIRING),
            cost_fen=_sum(cost_fen, "cost"),
            remark=said(remark, "remark"),
        )
        return _upkeep_number(office, row)


def void_upkeep(office: Office, upkeep: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a service that was not done; return its number."""
    with office.write("void_upkeep", by, form_key) as writing:
        rows = office.fetch("SELECT struck_at, event_day FROM equipment_upkeep WHERE id = ?", upkeep)
        if not rows:
            raise Refused("没有这一次保养。")
        if writing.repeated is None:
            begin(office, writing, "void_upkeep", by)
            if rows[0][0] is not None:
                raise Refused("这一次保养已经划去。")
            closing.require_open(office, REGISTER, date.fromisoformat(rows[0][1]), WORDS)
            writing.strike(Upkeep, upkeep, required(reason, "why", "请写为什么作废。"))
        return _upkeep_number(office, upkeep)


def place_row(office: Office, root: int) -> tuple[date, str, str, int | None]:
    """Return since when a machine stands where it does: day, section, room, who answers for it."""
    since, section, room, keeper = office.fetch(
        "SELECT from_day, section, room, keeper_id FROM equipment_places WHERE equipment_id = ?"
        " AND struck_at IS NULL ORDER BY from_day DESC LIMIT 1",
        root,
    )[0]
    return date.fromisoformat(since), section, room, keeper


def card_values(office: Office, plan: CardPlan, today: date, ignoring: int = 0) -> dict[str, Value]:
    """Return the columns of a card, checked; `ignoring` is the card that may keep its own numbers."""
    _require_interval(plan.upkeep_months)
    values: dict[str, Value] = {
        "name": required(plan.name, "name", "请写设备名称。", CARE),
        "model": said(plan.model, "model"),
        "serial": said(plan.serial, "serial"),
        "asset": said(plan.asset, "asset"),
        "bought_day": require_known_day(plan.bought_day, today, "bought"),
        "price_fen": _sum(plan.price_fen, "price"),
        "is_classified": int(plan.is_classified),
        "holds_data": int(plan.holds_data),
        "upkeep_months": plan.upkeep_months,
        "remark": said(plan.remark, "remark"),
    }
    for column, title in (("asset", "资产编号"), ("serial", "序列号")):
        if not values[column]:
            continue
        rows = office.fetch(
            f"SELECT year, number, name FROM equipment WHERE {column} = ? AND struck_at IS NULL"
            " AND coalesce(card, id) <> ?",
            values[column],
            ignoring,
        )
        if rows:
            year, number, name = rows[0]
            raise Refused(f"{title}{values[column]}已是{shown(CARDS, year, number)}{name}的。", CARE, field=column)
    return values


def _place_values(office: Office, place: Place, day: date) -> dict[str, Value]:
    if place.keeper is not None:
        require_person(office, place.keeper, day, "keeper")
    return {
        "section": required(place.section, "section", "请写哪个股室用。", CARE),
        "room": said(place.room, "room"),
        "keeper_id": place.keeper,
    }


def _change(
    office: Office,
    verb: str,
    kind: str,
    equipment: int,
    reason: str,
    day: date | None,
    approver: int | None,
    by: int | None,
    form_key: str | None,
) -> Card:
    with office.write(verb, by, form_key) as writing:
        if writing.repeated is not None:
            return card(office, equipment)
        today = begin(office, writing, verb, by)
        equipment_move(card(office, equipment).state, verb)
        on = require_day(office, day or today, today, "day")
        why = required(reason, "why", "请写原因。", CARE)
        if kind == "scrap":
            require_approver(office, approver, on, among=LEADERS, article=CARE)
        before = move_card(office, writing, equipment, verb)
        last = office.fetch(
            "SELECT max(event_day) FROM equipment_changes WHERE equipment_id = ? AND struck_at IS NULL"
            " AND kind <> 'plan'",
            before.root,
        )[0][0]
        if last is not None and on.isoformat() < last:
            raise Refused(f"不能早于{chinese_day(date.fromisoformat(last))}的上一次变动。", CARE, field="day")
        _insert_change(writing, before.root, kind, on, why, approver, 0)
        return card(office, equipment)


def _insert_change(
    writing: Change, root: int, kind: str, day: date, why: str, approver: int | None, months: int
) -> None:
    writing.insert(
        EquipmentChange,
        equipment_id=root,
        event_day=day.isoformat(),
        kind=kind,
        months=months,
        approver_id=approver,
        remark=why,
        entered_at=writing.now,
        entered_by=writing.operator,
    )


def _require_interval(months: int) -> None:
    if not 0 <= months <= LONGEST_INTERVAL:
        raise Refused(f"保养间隔写0到{LONGEST_INTERVAL}个月,0是不定期保养。", REPAIRING, field="months")


def _sum(fen: int | None, field: str) -> int | None:
    if fen is not None and not 0 <= fen <= LARGEST_FEN:
        raise Refused("金额不对,请核对。", field=field)
    return fen


def _number(office: Office, equipment: int) -> str:
    year, number = office.fetch("SELECT year, number FROM equipment WHERE id = ?", equipment)[0]
    return shown(CARDS, year, number)


def _upkeep_number(office: Office, row: int) -> str:
    year, number = office.fetch("SELECT year, number FROM equipment_upkeep WHERE id = ?", row)[0]
    return shown(SERVICES, year, number)


def sections(office: Office) -> tuple[str, ...]:
    """Return the sections a machine may stand in: those of the roster, then those typed before."""
    today = day_of(office.clock.now())
    listed = [one.section for one in staff.people_on(office, today) if one.section]
    typed = [
        section
        for (section,) in office.fetch(
            "SELECT section FROM equipment_places WHERE struck_at IS NULL GROUP BY section ORDER BY max(id) DESC"
        )
    ]
    return tuple(dict.fromkeys([*listed, *typed]))
