"""The one list of the duty page: acts by digit, then the lines, each with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from govoffice_tui.registers.duty.views import EntryLine
from govoffice_tui.text import fold


@dataclass(frozen=True)
class Item:
    """One row of the list: an act with its digit, a line of the book, or only words."""

    words: Content
    act: int = 0
    line: EntryLine | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        """Return what the row is, so that the cursor finds it again after a correction."""
        return (self.act, self.line.year, self.line.number) if self.line else (self.act, 0, 0)


class DutyLines(OptionList):
    """Acts and lines; a digit begins an act wherever the cursor is."""

    @dataclass
    class Act(Message):
        """An act was chosen."""

        digit: int

    @dataclass
    class Opened(Message):
        """Enter was pressed on a line."""

        line: EntryLine

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self.items: tuple[Item, ...] = ()

    @property
    def line(self) -> EntryLine | None:
        """Return the line under the cursor."""
        place = self.highlighted
        return self.items[place].line if place is not None and place < len(self.items) else None

    def show(self, items: Sequence[Item], wanted: tuple[int, int] | None = None) -> None:
        """Show these rows; the cursor stays on its row, or goes to the line whose year and number are wanted."""
        before = self.items[self.highlighted].key if self.highlighted is not None and self.items else None
        place = self.highlighted or 0
        self.items = tuple(items)
        self.set_options(Option(item.words, disabled=not item.act and item.line is None) for item in self.items)
        keys = [item.key for item in self.items]
        key = (0, *wanted) if wanted is not None else before
        standing = [index for index, one in enumerate(keys) if one == key]
        if standing:
            self.highlighted = standing[-1]
        elif self.items:
            self.highlighted = min(place, len(self.items) - 1)

    def on_key(self, event: events.Key) -> None:
        """Begin an act by its digit."""
        digit = fold(event.character) if event.character else ""
        if len(digit) == 1 and digit in "12345" and any(item.act == int(digit) for item in self.items):
            event.stop()
            event.prevent_default()
            self.post_message(self.Act(int(digit)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin the act, or open the line."""
        event.stop()
        item = self.items[event.option_index]
        self.post_message(self.Act(item.act) if item.line is None else self.Opened(item.line))
