"""The papers of one matter: a 报修单, a 借用单, a machine's history, each by what its file is named after."""

from __future__ import annotations

from dataclasses import dataclass

from govoffice_tui.registers import settings
from govoffice_tui.registers.equipment import pages
from govoffice_tui.registers.equipment.history import history
from govoffice_tui.registers.equipment.views import History, LoanLine, Machine, RepairLine
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Refused

BLANK = "空白"


@dataclass(frozen=True)
class RepairSlip:
    """What a 报修单 prints; `line` is None on a blank one."""

    office_name: str
    line: RepairLine | None
    machine: Machine | None


@dataclass(frozen=True)
class LoanSlip:
    """What a 借用单 prints; `line` is None on a blank one."""

    office_name: str
    line: LoanLine | None
    machine: Machine | None


def period_of(office: Office, number: str = "") -> str:
    """Return what a paper's file is named after: 2026-10-12_修2026-3, of a blank one 2026-10-12_空白."""
    word = number.replace("〔", "").replace("〕", "-").removesuffix("号") if number else BLANK
    return f"{office.now().date().isoformat()}_{word}"


def repair_slip(office: Office, period: str) -> RepairSlip:
    """Return the slip of a fault report; refused where there is none any more."""
    name = settings.on(office, office.now().date()).office_name
    asked = _asked(period)
    if asked is None:
        return RepairSlip(name, None, None)
    found = pages.repairs(office, "r.struck_at IS NULL AND r.year = ? AND r.number = ?", *asked)
    if not found:
        raise Refused("没有这一件报修,可能已作废。")
    return RepairSlip(name, found[0], pages.machine(office, found[0].equipment))


def loan_slip(office: Office, period: str) -> LoanSlip:
    """Return the slip of a loan; refused where there is none any more."""
    name = settings.on(office, office.now().date()).office_name
    asked = _asked(period)
    if asked is None:
        return LoanSlip(name, None, None)
    found = pages.loans(office, "l.struck_at IS NULL AND l.year = ? AND l.number = ?", *asked)
    if not found:
        raise Refused("没有这一件借用,可能已作废。")
    return LoanSlip(name, found[0], pages.machine(office, found[0].equipment))


def history_paper(office: Office, period: str) -> History:
    """Return the history of a machine by what its file is named after."""
    asked = _asked(period)
    machine = pages.machine_numbered(office, *asked) if asked is not None else None
    if machine is None:
        raise Refused("没有这台设备,或设备卡已作废。")
    return history(office, machine.root)


def _asked(period: str) -> tuple[int, int] | None:
    """Return year and number a file is named after, None for a blank paper."""
    word = period.rpartition("_")[2]
    if word == BLANK:
        return None
    year, _, number = word[1:].partition("-")
    return int(year), int(number)
