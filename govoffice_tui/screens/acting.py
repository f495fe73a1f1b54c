"""What the acts of every book do: they are offered by digit, asked for by a form, and become one verb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from textual.content import Content

from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen, take
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]
"""What was typed into a form, by the names of its fields."""

Verb = Callable[..., Any]
"""A verb of a register that waits only for the office, who is at the keyboard, and the form."""


class Act(NamedTuple):
    """One thing that can be done: its word, and how it is begun."""

    title: str
    run: Callable[[], object]


class ActingScreen(RegisterScreen):
    """A page whose acts are offered by digit and asked for by forms."""

    def offer(
        self, title: str, acts: Sequence[tuple[str, Callable[[], object]]], nothing: str = "现在没有可以办的。"
    ) -> None:
        """Offer some acts by digit, or say that there are none."""
        if not acts:
            self.note(nothing)
            return
        options = [(str(place), Content(words), run) for place, (words, run) in enumerate(acts, 1)]
        self.app.push_screen(ChooseScreen(title, options), take)

    def fill(
        self,
        title: str,
        fields: Sequence[Field],
        verb: Callable[[Answers], Verb],
        done: Callable[[Any], object],
        *,
        word: str = "登记",
        hint: str = "",
        draft: str = "",
        about: str = "",
    ) -> None:
        """Open a form whose answers become one verb; afterwards `done` says what stands, or does what follows."""

        async def submit(values: Answers, *, form_key: str) -> tuple[Any]:
            return (await self.desk.carry_out(verb(values), form_key=form_key),)

        def then(result: tuple[Any]) -> None:
            words = done(result[0])
            if isinstance(words, str):
                self.say(words)

        self.open_form(title, fields, submit, hint, verb=word, then=then, draft=draft, about=about)


def act(verb: Verb, *args: object, **given: object) -> Verb:
    """Return a verb with what it is about, waiting only for the office, who is at the keyboard, and the form."""
    return lambda office, **kwargs: verb(office, *args, **given, **kwargs)
