"""Who is at the keyboard: asked in one line under the tabs, not in a dialog before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.literal import plain
from govoffice_tui.widgets.person_picker import PersonPicker


class PersonStrip(Horizontal):
    """现在谁在用?"""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "以后再选", id="operator.leave")]

    @dataclass
    class Seated(Message):
        """Somebody said who they are; None when the question was left."""

        person: Person | None

    def __init__(self, people: Callable[[], Sequence[Person]], question: str) -> None:
        super().__init__(id="person-strip")
        self._people = people
        self._question = question

    def compose(self) -> ComposeResult:
        yield Static(plain(self._question), markup=False, classes="question")
        yield PersonPicker(self._people, placeholder="姓名、首字母或工号")

    def ask(self, question: str) -> None:
        """Ask in other words, with the cursor in the field."""
        self.query_one(".question", Static).update(plain(question))
        self.query_one(PersonPicker).input.focus()

    def on_mount(self) -> None:
        self.query_one(PersonPicker).input.focus()

    def action_leave(self) -> None:
        """Leave the question open."""
        self.post_message(self.Seated(None))

    @on(PersonPicker.Chosen)
    def _seat(self, event: PersonPicker.Chosen) -> None:
        """Tell who it is."""
        event.stop()
        self.post_message(self.Seated(event.person))

    @on(PersonPicker.Passed)
    @on(PersonPicker.Sought)
    def _keep(self, event: PersonPicker.Passed | PersonPicker.Sought) -> None:
        """What happens while somebody types concerns nobody else."""
        event.stop()
