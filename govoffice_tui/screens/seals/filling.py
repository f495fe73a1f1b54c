"""What every act of the seal register does: it is offered by digit, and asks with a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.content import Content

from govoffice_tui.registers.seals.signatories import county_leaders, in_charge, leaders
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.seals.answers import Answers
from govoffice_tui.widgets.form_rows import Field

Deed = Callable[[Answers], Callable[..., Any]]
"""From the answers of a form to a verb that waits only for the office, who is at the keyboard, and the form."""


@dataclass(frozen=True)
class Act:
    """One thing that can be done: its word, and how it is begun."""

    title: str
    run: Callable[[], object]


class FillingScreen(RegisterScreen):
    """A page whose acts are offered by digit and asked for by forms."""

    def offer(self, title: str, acts: Sequence[Act]) -> None:
        """Offer some acts by digit, or say that there are none."""
        if not acts:
            self.note("现在没有可以办的。")
            return
        options = [(str(place), Content(act.title), act) for place, act in enumerate(acts, 1)]
        self.app.push_screen(ChooseScreen(title, options), lambda act: act.run() if act is not None else None)

    def fill(
        self,
        title: str,
        fields: list[Field],
        verb: Deed,
        words: Callable[[Any], str],
        *,
        hint: str = "",
        word: str = "登记",
        draft: str = "",
        about: str = "",
    ) -> None:
        """Open a form, carry out its verb, and say what stands in the book afterwards."""

        async def submit(values: Answers, *, form_key: str) -> tuple[Any]:
            return (await self.desk.carry_out(verb(values), form_key=form_key),)

        self.open_form(
            title, fields, submit, hint, verb=word, then=lambda done: self.say(words(done[0])), draft=draft, about=about
        )

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


def act(verb: Callable[..., Any], *args: object) -> Callable[..., Any]:
    """Return a verb that waits only for the office, who is at the keyboard, and the form."""
    return lambda office, **kwargs: verb(office, *args, **kwargs)
