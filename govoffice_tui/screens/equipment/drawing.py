"""The lines of 设备 as they are painted: the number, what it is, whose, and where it stands."""

from __future__ import annotations

from datetime import date

from rich.cells import set_cell_size
from textual.content import Content

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.equipment.views import LoanLine, Machine, RepairLine, UpkeepLine
from govoffice_tui.rules.equipment import EquipmentState, LoanState, RepairState
from govoffice_tui.widgets.literal import fitted

NUMBER, DAY, STATE = 7, 9, 10
"""Cells of the columns that never give way; the others share the rest."""


def machine_words(one: Machine, width: int, today: date) -> Content:
    """Return one machine: number, name and model, place, state; what needs a service is marked 保养."""
    styles = {
        EquipmentState.IN_USE: "",
        EquipmentState.REPAIR: "$due",
        EquipmentState.LENT: "$chosen",
        EquipmentState.IDLE: "$faint",
        EquipmentState.SCRAPPED: "strike $faint",
    }
    marks = "密" if one.is_classified else "  "
    needs = Content.styled(" 保养", "$due") if one.is_upkeep_near(today) else Content("")
    return Content.assemble(
        _columns(one.number, width, f"{marks} {one.title}", one.place),
        Content.styled(one.state.label, styles[one.state]),
        needs,
    )


def repair_words(line: RepairLine, width: int, today: date) -> Content:
    """Return one fault report: number, machine, fault, where it stands and for how long."""
    if line.is_struck:
        return _struck(line.number, width, line.machine, line.fault)
    is_slow = line.state.is_open and (today - line.event_day).days > 7
    style = "bold $late" if is_slow else "$due" if line.state.is_open else "$done"
    style = "$faint" if line.state is RepairState.CHECKED else style
    marks = "密" if line.is_classified else "  "
    left = f"{(today - line.event_day).days}天" if line.state.is_open else ""
    return Content.assemble(
        _columns(line.number, width, f"{marks} {line.machine}", line.fault, line.event_day),
        Content.styled(f"{line.state.label} {left}".strip(), style),
    )


def loan_words(line: LoanLine, width: int, today: date) -> Content:
    """Return one loan: number, machine, who and why, when it is due, where it stands."""
    if line.is_struck:
        return _struck(line.number, width, line.machine, f"{line.who} {line.purpose}")
    style = {
        LoanState.APPLIED: "$due",
        LoanState.APPROVED: "$due",
        LoanState.OUT: "$chosen",
        LoanState.DAMAGED: "bold $late",
    }.get(line.state, "$faint")
    is_late = line.is_overdue(today)
    state = "超期未还" if is_late else line.state.label
    due = line.due if line.state in (LoanState.APPLIED, LoanState.APPROVED, LoanState.OUT) else line.event_day
    return Content.assemble(
        _columns(line.number, width, line.machine, f"{line.who} {line.purpose}", due),
        Content.styled(state, "bold $late" if is_late else style),
    )


def upkeep_words(line: UpkeepLine, width: int) -> Content:
    """Return one service that was done."""
    if line.struck_reason is not None:
        return _struck(line.number, width, line.machine, line.work)
    return Content.assemble(
        _columns(line.number, width, line.machine, f"{line.work} {line.done_by}", line.day),
        Content.styled("已保养", "$done"),
    )


def due_words(one: Machine, width: int, today: date) -> Content:
    """Return one machine whose service is due."""
    assert one.due_day is not None
    is_late = today > one.due_day
    return Content.assemble(
        _columns("", width, f"{one.title}({one.number})", one.place, one.due_day),
        Content.styled("逾期未养" if is_late else "该保养", "bold $late" if is_late else "$due"),
    )


def _columns(number: str, width: int, what: str, who: str, day: date | None = None) -> str:
    room = max(20, width - NUMBER - STATE - DAY * (day is not None))
    first = room * 11 // 20
    words = set_cell_size(number.split("〕")[-1], NUMBER)
    words += set_cell_size(fitted(what, first - 1), first)
    words += set_cell_size(fitted(who, room - first - 1), room - first)
    return words + (set_cell_size(chinese_short_day(day), DAY) if day is not None else "")


def _struck(number: str, width: int, what: str, who: str) -> Content:
    return Content.assemble(
        Content.styled(_columns(number, width, what, who), "strike $faint"), Content.styled("划去", "strike $faint")
    )
