"""督办清单: what one unit has in hand on a day, as it is given to the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.registers import settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.pages import of_unit
from govoffice_tui.registers.supervision.reading import line
from govoffice_tui.registers.supervision.views import DecisionKey, DecisionLine
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import FOLLOWING


@dataclass(frozen=True)
class UnitList:
    """What one unit has in hand; with the days from which a matter is marked blue and yellow."""

    office_name: str
    day: date
    unit: str
    lines: tuple[DecisionLine, ...]
    blue_days: int
    yellow_days: int


def list_period(office: Office, unit: str) -> str:
    """Return what the list of a unit is named after: the day, and the first of the matters it has in hand.

    Its file bears no unit's name, which may hold what a file name must not.
    """
    keys = [one.key for one in of_unit(office, unit) if one.lead_unit == unit]
    if not keys:
        raise Refused(f"{unit}没有在办的督办事项。", FOLLOWING)
    first = min(keys)
    return f"{office.now().date().isoformat()}_{first.year}-{first.number}号"


def unit_list(office: Office, period: str) -> UnitList:
    """Return the list of a unit by what its file is named after; refused where it has nothing in hand."""
    word, _, number = period.partition("_")
    day = date.fromisoformat(word)
    year, _, place = number.removesuffix("号").partition("-")
    named = line(office, DecisionKey(int(year), int(place)))
    if named is None or named.is_struck:
        raise Refused("这一件督办已经作废,请重新选一行。", FOLLOWING)
    unit = named.lead_unit
    found = of_unit(office, unit)
    rules = settings.on(office, day)
    return UnitList(
        rules.office_name,
        day,
        unit,
        tuple(found),
        rules.supervision_blue_days,
        rules.supervision_yellow_days,
    )
