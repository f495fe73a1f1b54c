"""Who a command acts for, by the name or number that was typed."""

from __future__ import annotations

from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import match, people_on
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused


def person_named(office: Office, typed: str | None) -> int | None:
    """Return the staff id of a person of today by whole name or number, None where nothing was typed.

    Refused when the name means nobody or more than one.
    """
    if typed is None:
        return None
    people = people_on(office, office.now().date())
    found = [person for person in match(people, typed) if typed in (person.name, person.number)]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise Refused(f"花名册里没有“{typed}”,请写姓名或工号。")
    names = display_names(people)
    listed = "、".join(f"{names[person.id]}工号{person.number}" for person in found)
    raise Refused(f"“{typed}”有{len(found)}人:{listed},请写工号。")
