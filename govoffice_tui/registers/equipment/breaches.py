"""What was found against the rule of machines (私自外借、违章操作、做与业务无关的事): noted with person and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.models import EquipmentBreach
from govoffice_tui.registers import closing, staff
from govoffice_tui.registers.equipment.checks import (
    BREACHES,
    REGISTER,
    WORDS,
    begin,
    card,
    require_day,
    require_person,
    required,
    said,
)
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.equipment import Breach
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Noted:
    """One finding as it now stands in the book."""

    id: int
    number: str
    kind: Breach
    name: str

    @property
    def words(self) -> str:
        """Return 违〔2026〕1号 私自外借 王伟."""
        return f"{self.number} {self.kind.label} {self.name}"


def note_breach(
    office: Office,
    equipment: int,
    kind: Breach,
    person: int,
    words: str,
    treatment: str = "",
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Note who lent a machine without approval or handled it against the rules, what happened and what followed.

    It decides nothing: 责任自负 (办公设施管理制度第4条) is carried out on paper. Refused without the facts.
    """
    with office.write("note_breach", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, writing.repeated_entry)
        today = begin(office, writing, "note_breach", by)
        on = require_day(office, day or today, today, "day")
        machine = card(office, equipment)
        require_person(office, person, on, "person")
        row = enter(
            office,
            writing,
            EquipmentBreach,
            BREACHES,
            on,
            "noted",
            equipment_id=machine.root,
            kind=kind.value,
            person_id=person,
            words=required(words, "words", "请写怎么一回事。", kind.article),
            treatment=said(treatment, "treatment"),
        )
        return _noted(office, row)


def void_breach(office: Office, breach: int, reason: str, *, by: int | None, form_key: str | None = None) -> Noted:
    """Strike a finding that was wrong; it stays readable with the reason."""
    with office.write("void_breach", by, form_key) as writing:
        rows = office.fetch("SELECT struck_at, event_day FROM equipment_breaches WHERE id = ?", breach)
        if not rows:
            raise Refused("没有这一笔违规登记。")
        if writing.repeated is None:
            begin(office, writing, "void_breach", by)
            if rows[0][0] is not None:
                raise Refused("这一笔已经划去。")
            closing.require_open(office, REGISTER, date.fromisoformat(rows[0][1]), WORDS)
            writing.strike(EquipmentBreach, breach, required(reason, "why", "请写为什么划去。"))
        return _noted(office, breach)


def _noted(office: Office, row: int) -> Noted:
    year, number, kind, person, day = office.fetch(
        "SELECT year, number, kind, person_id, event_day FROM equipment_breaches WHERE id = ?", row
    )[0]
    name = staff.name_of(office, person, date.fromisoformat(day))
    return Noted(row, shown(BREACHES, year, number), Breach(kind), name)
