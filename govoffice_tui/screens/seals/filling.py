"""Who may sign, as the forms of the seal register offer it, and fields filled with what stands in the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govoffice_tui.registers.seals.signatories import county_leaders, in_charge, leaders
from govoffice_tui.screens.acting import ActingScreen
from govoffice_tui.screens.seals.answers import Answers
from govoffice_tui.widgets.form_rows import Field


class FillingScreen(ActingScreen):
    """A page of the seal register whose forms ask who signs."""

    def approvers(self) -> list[str]:
        """Return who may be written as approver, in words."""
        office = self.desk.office
        return [one.words for one in (*leaders(office, self.today), *county_leaders(office))]

    def deputy_name(self) -> str:
        """Return 分管副主任 by name, empty while nobody is named."""
        deputy = in_charge(self.desk.office, self.today)
        return "" if deputy is None else deputy.name


def filled(fields: Sequence[Field], values: Answers) -> list[Field]:
    """Return fields with what stands in the book."""
    return [replace(field, value=values.get(field.name, field.value)) for field in fields]
