"""A choice of a few words on one line: a digit chooses, so do the arrows and the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message

from govoffice_tui.text import fold
from govoffice_tui.widgets.word_line import Word, WordLine


class ChoiceLine(WordLine, can_focus=True):
    """One of a few values, each with its digit before it."""

    WRAPS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("enter", "go_on", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A value was chosen by digit or pointer."""

        line: ChoiceLine

        @property
        def control(self) -> ChoiceLine:
            return self.line

    @dataclass
    class Submitted(Message):
        """Enter was pressed on the choice."""

        line: ChoiceLine

        @property
        def control(self) -> ChoiceLine:
            return self.line

    def __init__(self, choices: Sequence[tuple[str, str]], value: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices = tuple(choices)
        self.value = value if value in [one for one, _ in self.choices] else ""
        self._draw()

    def choose(self, place: int) -> None:
        """Choose by place in the list."""
        self.value = self.choices[place][0]
        self._draw()

    def action_step(self, step: int) -> None:
        """Move to the neighbour."""
        values = [value for value, _ in self.choices]
        place = values.index(self.value) + step if self.value in values else (0 if step > 0 else -1)
        self.choose(place % len(values))

    def action_go_on(self) -> None:
        """Take what is chosen."""
        self.post_message(self.Submitted(self))

    def on_key(self, event: events.Key) -> None:
        """Choose by digit."""
        digit = fold(event.character) if event.character else ""
        if len(digit) == 1 and digit in "123456789" and int(digit) <= len(self.choices):
            event.stop()
            event.prevent_default()
            self.choose(int(digit) - 1)
            self.post_message(self.Chosen(self))

    @on(WordLine.Picked)
    def _choose_clicked(self, event: WordLine.Picked) -> None:
        """Choose what was clicked."""
        event.stop()
        self.focus()
        self.choose(int(event.value))
        self.post_message(self.Chosen(self))

    def _draw(self) -> None:
        self.show(
            [
                Word(label, str(place), str(place + 1) if place < 9 else "", is_chosen=value == self.value)
                for place, (value, label) in enumerate(self.choices)
            ]
        )
