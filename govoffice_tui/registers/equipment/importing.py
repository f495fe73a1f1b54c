"""An existing list of machines brought in as cards, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govoffice_tui.clock import day_of
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.equipment.cards import CardPlan, Place, put_in
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Problem, Refused


@dataclass(frozen=True)
class EquipmentLine:
    """One machine of a list; `row` is the line of the file, `keeper` the name of who answers for it."""

    row: int
    plan: CardPlan
    section: str
    room: str
    keeper: str


@dataclass(frozen=True)
class EquipmentImported:
    """How many cards a list made, and how many machines the book had."""

    added: int
    already: int


def check_lines(office: Office, lines: Sequence[EquipmentLine]) -> list[Problem]:
    """Return what is wrong of a list against the book: people it does not know, or knows twice."""
    people = staff.people_on(office, office.now().date())
    found = []
    for line in lines:
        same = [one for one in people if one.name == line.keeper]
        if line.keeper and not same:
            found.append(Problem(f"第{line.row}行“责任人”", f"花名册里没有{line.keeper},请改名字或留空"))
        elif len(same) > 1 and sum(one.section == line.section for one in same) != 1:
            found.append(Problem(f"第{line.row}行“责任人”", f"有{len(same)}个{line.keeper},请在股室栏写他的股室或留空"))
    return found


def import_equipment(
    office: Office, lines: Sequence[EquipmentLine], *, by: int | None, form_key: str | None = None
) -> EquipmentImported:
    """Enter a checked list, all of it or nothing; a machine whose asset or serial number the book holds stays as it is.

    Refused for an empty list and for a line that is wrong, by its row.
    """
    with office.write("import_equipment", by, form_key) as writing:
        if writing.repeated is not None:
            return EquipmentImported(0, len(lines))
        today = day_of(writing.now)
        if by is not None:
            posts.require(office, "import_equipment", by, today)
        if not lines:
            raise Refused("清单里没有设备。")
        problems = check_lines(office, lines)
        if problems:
            raise Refused(f"{problems[0]}。")
        people = staff.people_on(office, today)
        known = {
            number
            for row in office.fetch("SELECT asset, serial FROM equipment WHERE struck_at IS NULL")
            for number in row
            if number
        }
        added = 0
        for line in lines:
            mine = {number for number in (line.plan.asset, line.plan.serial) if number}
            if mine & known:
                continue
            same = [one for one in people if one.name == line.keeper]
            one = [each for each in same if each.section == line.section] if len(same) > 1 else same
            place = Place(line.section, line.room, one[0].id if line.keeper else None)
            try:
                put_in(office, writing, line.plan, place, today)
            except Refused as refusal:
                raise Refused(f"第{line.row}行:{refusal.message}", refusal.article, refusal.field) from None
            added += 1
        return EquipmentImported(added, len(lines) - added)
