"""Things to be looked at on one line: space ticks them all, a digit one of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message

from govoffice_tui.text import fold
from govoffice_tui.widgets.word_line import Word, WordLine


class CheckLine(WordLine, can_focus=True):
    """A few things that are each looked at or not."""

    WRAPS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick_all", show=False),
        Binding("enter", "go_on", show=False),
    ]

    @dataclass
    class Ticked(Message):
        """Something was ticked, or a tick taken away."""

        line: CheckLine

        @property
        def control(self) -> CheckLine:
            return self.line

    @dataclass
    class Submitted(Message):
        """Enter was pressed on the line."""

        line: CheckLine

        @property
        def control(self) -> CheckLine:
            return self.line

    def __init__(self, choices: Sequence[tuple[str, str]], values: Collection[str] = ()) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self.values: frozenset[str] = frozenset()
        self.tick(values)

    def tick(self, values: Collection[str]) -> None:
        """Tick exactly these."""
        self.values = frozenset(values) & {value for value, _ in self.choices}
        self.show(
            [
                Word(label, value, str(place), value in self.values)
                for place, (value, label) in enumerate(self.choices, 1)
            ]
        )

    def action_tick_all(self) -> None:
        """Tick everything, or take every tick away."""
        listed = [value for value, _ in self.choices]
        self.tick(() if len(self.values) == len(listed) else listed)
        self.post_message(self.Ticked(self))

    def action_go_on(self) -> None:
        """Take what is ticked."""
        self.post_message(self.Submitted(self))

    def on_key(self, event: events.Key) -> None:
        """Tick one by its digit."""
        digit = fold(event.character) if event.character else ""
        if len(digit) == 1 and digit in "123456789" and int(digit) <= len(self.choices):
            event.stop()
            event.prevent_default()
            self._turn(self.choices[int(digit) - 1][0])

    @on(WordLine.Picked)
    def _turn_clicked(self, event: WordLine.Picked) -> None:
        """Tick what was clicked."""
        event.stop()
        self.focus()
        self._turn(event.value)

    def _turn(self, value: str) -> None:
        self.tick(self.values ^ {value})
        self.post_message(self.Ticked(self))
