"""The list of the page 会议: digits answer for a line, left and right turn the section."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import OptionList


class MeetingList(OptionList):
    """The lines of the page; digits answer for the line under the cursor, left and right turn the section."""

    @dataclass
    class Digit(Message):
        """A digit was pressed on a line."""

        digit: int

    @dataclass
    class Turn(Message):
        """Another section is wanted."""

        step: int

    takes_digits = False

    def on_key(self, event: events.Key) -> None:
        """Take digits where a line takes an answer, elsewhere they choose tabs; left and right turn the section."""
        if event.key in ("left", "right"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Turn(1 if event.key == "right" else -1))
        elif self.takes_digits and event.character in ("1", "2", "3", "4") and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(int(event.character)))
