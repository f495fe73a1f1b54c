"""The pages of 设备: the machines, fault reports, loans and services, each as it stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from govoffice_tui.clock import day_of, local
from govoffice_tui.registers import staff
from govoffice_tui.registers.equipment.checks import BREACHES, CARDS, LOANS, REPAIRS, SERVICES
from govoffice_tui.registers.equipment.views import (
    BreachLine,
    Extension,
    LoanLine,
    Machine,
    RepairLine,
    UpkeepLine,
)
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.equipment import Breach, Condition, EquipmentState, Handling, LoanState, RepairState

LISTED = 1000
"""Lines a list holds at most; older ones are reached by month and by search."""

_MACHINE = (
    "SELECT coalesce(e.card, e.id), e.id, e.year, e.number, e.revision, e.state, e.event_day, e.name, e.model,"
    " e.serial, e.asset, e.bought_day, e.price_fen, e.is_classified, e.holds_data, e.upkeep_months,"
    " (SELECT max(u.event_day) FROM equipment_upkeep u WHERE u.equipment_id = coalesce(e.card, e.id)"
    " AND u.struck_at IS NULL), e.upkeep_from, e.remark, p.section, p.room, p.keeper_id, p.from_day"
    " FROM equipment e JOIN equipment_places p ON p.id ="
    " (SELECT q.id FROM equipment_places q WHERE q.equipment_id = coalesce(e.card, e.id) AND q.struck_at IS NULL"
    " ORDER BY q.from_day DESC LIMIT 1) WHERE e.struck_at IS NULL"
)
_REPAIR = (
    "SELECT r.id, r.year, r.number, r.revision, r.state, r.event_day, r.late_reason, coalesce(e.card, e.id), e.name,"
    " e.model, e.year, e.number, e.is_classified, coalesce("
    "(SELECT q.section FROM equipment_places q WHERE q.equipment_id = r.equipment_id AND q.struck_at IS NULL"
    " AND q.from_day <= r.event_day ORDER BY q.from_day DESC LIMIT 1), (SELECT q.section FROM equipment_places q"
    " WHERE q.equipment_id = r.equipment_id AND q.struck_at IS NULL ORDER BY q.from_day LIMIT 1)),"
    " r.fault, r.reporter_id, r.accepted_day, r.head_id, r.opinion, r.handling,"
    " r.repairer, r.begun_day, r.sent_day, r.is_removed, r.is_kept, r.is_emptied, r.storage_keeper, r.escort,"
    " r.finished_day, r.result, r.parts, r.cost_fen, r.is_given_up, r.checked_day, r.confirmed_by_id,"
    " r.is_storage_back, r.remark, r.struck_at, r.struck_reason FROM repairs r JOIN equipment e ON"
    " coalesce(e.card, e.id) = r.equipment_id AND e.struck_at IS NULL"
)
_LOAN = (
    "SELECT l.id, l.year, l.number, l.revision, l.state, l.event_day, coalesce(e.card, e.id), e.name, e.model, e.year,"
    " e.number, e.holds_data, l.borrower_id, l.unit, l.purpose, l.approver_id, l.approved_day, l.lent_at,"
    " l.first_due_day, l.due_day, l.accessories, l.is_cleared_before, l.returned_at, l.condition, l.missing, l.damage,"
    " l.is_cleared_after, l.liable, l.treatment, l.settled_day, l.entered_by, l.remark, l.struck_at, l.struck_reason"
    " FROM equipment_loans l JOIN equipment e ON coalesce(e.card, e.id) = l.equipment_id AND e.struck_at IS NULL"
)


def machines(office: Office, condition: str = "1", *values: object) -> list[Machine]:
    """Return the machines of the office, by number."""
    rows = office.fetch(f"{_MACHINE} AND {condition} ORDER BY e.year, e.number LIMIT {LISTED}", *values)
    names = staff.names_ever(office, office.now().date()) if rows else {}
    return [_machine(row, names) for row in rows]


def machine(office: Office, equipment: int) -> Machine | None:
    """Return one machine by its first row, None where there is none."""
    found = machines(office, "coalesce(e.card, e.id) = ?", equipment)
    return found[0] if found else None


def machine_numbered(office: Office, year: int, number: int) -> Machine | None:
    """Return the machine 设〔year〕number号, None where there is none."""
    found = machines(office, "e.year = ? AND e.number = ?", year, number)
    return found[0] if found else None


def repairs(office: Office, condition: str, *values: object) -> list[RepairLine]:
    """Return fault reports, newest first."""
    rows = office.fetch(f"{_REPAIR} WHERE {condition} ORDER BY r.event_day DESC, r.id DESC LIMIT {LISTED}", *values)
    names = staff.names_ever(office, office.now().date()) if rows else {}
    return [_repair(row, names) for row in rows]


def repair(office: Office, row: int) -> RepairLine | None:
    """Return one fault report by its row."""
    found = repairs(office, "r.id = ?", row)
    return found[0] if found else None


def repairs_of_month(office: Office, month: str) -> list[RepairLine]:
    """Return what was reported or ended in a month (YYYY-MM), struck lines among them."""
    like = f"{month}-%"
    return repairs(office, "(r.event_day LIKE ? OR r.finished_day LIKE ? OR r.checked_day LIKE ?)", like, like, like)


def open_repairs(office: Office) -> list[RepairLine]:
    """Return the fault reports that are not checked off."""
    return repairs(office, "r.struck_at IS NULL AND r.state <> 'checked'")


def loans(office: Office, condition: str, *values: object) -> list[LoanLine]:
    """Return loans, newest first."""
    rows = office.fetch(f"{_LOAN} WHERE {condition} ORDER BY l.event_day DESC, l.id DESC LIMIT {LISTED}", *values)
    if not rows:
        return []
    names = staff.names_ever(office, office.now().date())
    extensions = _extensions(office, names)
    return [_loan(row, names, extensions.get(row[0], ())) for row in rows]


def loan(office: Office, row: int) -> LoanLine | None:
    """Return one loan by its row."""
    found = loans(office, "l.id = ?", row)
    return found[0] if found else None


def loans_of_month(office: Office, month: str) -> list[LoanLine]:
    """Return what was asked for, lent or returned in a month (YYYY-MM), struck lines among them."""
    like = f"{month}-%"
    return loans(office, "(l.event_day LIKE ? OR l.lent_day LIKE ? OR l.returned_day LIKE ?)", like, like, like)


def open_loans(office: Office) -> list[LoanLine]:
    """Return the loans that are neither back in order, refused, nor dealt with."""
    return loans(office, "l.struck_at IS NULL AND l.state IN ('applied', 'approved', 'out', 'damaged')")


def upkeep(office: Office, condition: str, *values: object) -> list[UpkeepLine]:
    """Return services, newest first."""
    rows = office.fetch(
        "SELECT u.id, u.year, u.number, u.event_day, u.equipment_id, e.name, e.model, e.year, e.number, u.work,"
        " u.done_by, u.cost_fen, u.remark, u.struck_at, u.struck_reason FROM equipment_upkeep u JOIN equipment e ON"
        f" coalesce(e.card, e.id) = u.equipment_id AND e.struck_at IS NULL WHERE {condition}"
        f" ORDER BY u.event_day DESC, u.id DESC LIMIT {LISTED}",
        *values,
    )
    return [
        UpkeepLine(
            row,
            shown(SERVICES, year, number),
            date.fromisoformat(day),
            equipment,
            _titled(name, model, card_year, card_number),
            work,
            done_by,
            cost,
            remark,
            _struck(struck, why),
        )
        for (
            row,
            year,
            number,
            day,
            equipment,
            name,
            model,
            card_year,
            card_number,
            work,
            done_by,
            cost,
            remark,
            struck,
            why,
        ) in rows
    ]


def breaches(office: Office, condition: str, *values: object) -> list[BreachLine]:
    """Return what was found against the rule, newest first."""
    rows = office.fetch(
        "SELECT b.id, b.year, b.number, b.event_day, b.equipment_id, e.name, e.model, e.year, e.number, b.kind,"
        " b.person_id, b.words, b.treatment, b.struck_at, b.struck_reason FROM equipment_breaches b JOIN equipment e"
        f" ON coalesce(e.card, e.id) = b.equipment_id AND e.struck_at IS NULL WHERE {condition}"
        f" ORDER BY b.event_day DESC, b.id DESC LIMIT {LISTED}",
        *values,
    )
    names = staff.names_ever(office, office.now().date()) if rows else {}
    return [
        BreachLine(
            row,
            shown(BREACHES, year, number),
            date.fromisoformat(day),
            equipment,
            _titled(name, model, card_year, card_number),
            Breach(kind),
            names.get(person, ""),
            words,
            treatment,
            _struck(struck, why),
        )
        for (
            row,
            year,
            number,
            day,
            equipment,
            name,
            model,
            card_year,
            card_number,
            kind,
            person,
            words,
            treatment,
            struck,
            why,
        ) in rows
    ]


def texts_used(office: Office, table: str, column: str, limit: int = 30) -> tuple[str, ...]:
    """Return what was written last in a column of a book, newest first, each once."""
    assert (table, column) in _OFFERED
    rows = office.fetch(
        f"SELECT {column} FROM {table} WHERE struck_at IS NULL AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT ?",
        limit,
    )
    return tuple(text for (text,) in rows)


_OFFERED = {
    ("equipment", "name"),
    ("equipment", "model"),
    ("equipment_places", "room"),
    ("equipment_upkeep", "work"),
    ("equipment_upkeep", "done_by"),
    ("repairs", "fault"),
    ("repairs", "opinion"),
    ("repairs", "repairer"),
    ("repairs", "result"),
    ("repairs", "parts"),
    ("equipment_loans", "unit"),
    ("equipment_loans", "purpose"),
    ("equipment_loans", "accessories"),
}


def _machine(row: Sequence[Any], names: dict[int, str]) -> Machine:
    (
        root,
        at,
        year,
        number,
        revision,
        state,
        entered,
        name,
        model,
        serial,
        asset,
        bought,
        price,
        classified,
        data,
        months,
        serviced,
        planned,
        remark,
        section,
        room,
        keeper,
        since,
    ) = row
    return Machine(
        root,
        at,
        shown(CARDS, year, number),
        revision,
        EquipmentState(state),
        date.fromisoformat(entered),
        name,
        model,
        serial,
        asset,
        _day(bought),
        price,
        bool(classified),
        bool(data),
        months,
        _day(max((one for one in (serviced, planned) if one), default=None)),
        remark,
        section,
        room,
        keeper,
        names.get(keeper, "") if keeper else "",
        date.fromisoformat(since),
    )


def _repair(row: Sequence[Any], names: dict[int, str]) -> RepairLine:
    at, year, number, revision, state, event, late, root, name, model, card_year, card_number, classified = row[:13]
    section, fault, reporter, accepted, head, opinion, handling, repairer, begun, sent = row[13:23]
    removed, kept, emptied, keeper, escort, finished, result, parts, cost, given_up = row[23:33]
    checked, confirmed, back, remark, struck, why = row[33:]
    return RepairLine(
        at,
        shown(REPAIRS, year, number),
        revision,
        RepairState(state),
        date.fromisoformat(event),
        late is not None,
        root,
        _titled(name, model, card_year, card_number),
        bool(classified),
        section or "",
        fault,
        names.get(reporter, ""),
        reporter,
        _day(accepted),
        names.get(head, "") if head else "",
        opinion,
        Handling(handling) if handling else None,
        repairer,
        _day(begun),
        _day(sent),
        bool(removed),
        bool(kept),
        bool(emptied),
        keeper,
        escort,
        _day(finished),
        result,
        parts,
        cost,
        bool(given_up),
        _day(checked),
        names.get(confirmed, "") if confirmed else "",
        bool(back),
        remark,
        _struck(struck, why),
    )


def _loan(row: Sequence[Any], names: dict[int, str], extensions: tuple[Extension, ...]) -> LoanLine:
    at, year, number, revision, state, event, root, name, model, card_year, card_number, data = row[:12]
    borrower, unit, purpose, approver, approved, lent, first_due, due, accessories, before = row[12:22]
    returned, condition, missing, damage, after, liable, treatment, settled, by, remark, struck, why = row[22:]
    return LoanLine(
        at,
        shown(LOANS, year, number),
        revision,
        LoanState(state),
        date.fromisoformat(event),
        root,
        _titled(name, model, card_year, card_number),
        bool(data),
        borrower,
        names.get(borrower, "") if borrower else "",
        unit,
        purpose,
        names.get(approver, "") if approver else "",
        _day(approved),
        local(lent) if lent is not None else None,
        date.fromisoformat(first_due),
        date.fromisoformat(due),
        accessories,
        bool(before),
        local(returned) if returned is not None else None,
        Condition(condition) if condition else None,
        missing,
        damage,
        bool(after),
        liable,
        treatment,
        _day(settled),
        names.get(by, "系统") if by else "系统",
        remark,
        _struck(struck, why),
        extensions,
    )


def _extensions(office: Office, names: dict[int, str]) -> dict[int, tuple[Extension, ...]]:
    found: dict[int, list[Extension]] = defaultdict(list)
    for loan_row, day, from_day, due, approver, why in office.fetch(
        "SELECT loan_id, event_day, from_day, due_day, approver_id, remark FROM loan_extensions"
        " WHERE struck_at IS NULL ORDER BY id"
    ):
        on, before, after = (date.fromisoformat(one) for one in (day, from_day, due))
        found[loan_row].append(Extension(on, before, after, names.get(approver, ""), why))
    return {key: tuple(value) for key, value in found.items()}


def _titled(name: str, model: str, year: int, number: int) -> str:
    """Return 打印机 M403(设〔2026〕3号)."""
    return f"{f'{name} {model}'.strip()}({shown(CARDS, year, number)})"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _struck(struck: int | None, why: str | None) -> str | None:
    return None if struck is None else (why or "划去")


def lent_on(line: LoanLine) -> date | None:
    """Return the day a machine went out."""
    return None if line.lent_at is None else line.lent_at.date()


def today_of(office: Office) -> date:
    """Return the office's day."""
    return day_of(office.clock.now())
