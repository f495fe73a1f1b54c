"""Who had not signed when the book was collected, one under another, each noted by a digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from govoffice_tui.registers.attendance.views import BoardLine
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.literal import plain

KEYS = {"1": ArrivalKind.LATE, "4": ArrivalKind.PENDING}
LEAVE_KEY = "2"
"""The digit of 请假, which another book explains."""

OUT_KEY = "3"
"""The digit of 公出, which another book explains."""


class MissingList(OptionList):
    """The list: ↓ and a digit note a person, Enter asks for time and remark."""

    @dataclass
    class Noted(Message):
        """A person is to be noted; without a kind, by the form."""

        line: BoardLine
        kind: ArrivalKind | None

    @dataclass
    class SentOut(Message):
        """A person is said to have been out on business."""

        line: BoardLine

    @dataclass
    class LeaveAsked(Message):
        """A slip is to be entered for a person's half-day."""

        line: BoardLine

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._people: tuple[BoardLine, ...] = ()

    @property
    def highlighted_person(self) -> Person | None:
        """Return whose line is highlighted."""
        return None if self.highlighted is None else self._people[self.highlighted].person

    def show(self, lines: Sequence[BoardLine]) -> None:
        """Show these people; the highlight stays where it was."""
        if tuple(lines) == self._people:
            return
        place = self.highlighted
        self._people = tuple(lines)
        self.set_options(Option(_words(line)) for line in self._people)
        if self._people:
            self.highlighted = min(place or 0, len(self._people) - 1)

    def on_key(self, event: events.Key) -> None:
        """Note the highlighted person by a digit."""
        if event.character in KEYS and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self._note(KEYS[event.character])
        elif event.character == OUT_KEY and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.SentOut(self._people[self.highlighted]))
        elif event.character == LEAVE_KEY and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.LeaveAsked(self._people[self.highlighted]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for time and remark of the line."""
        event.stop()
        self._note(None)

    def _note(self, kind: ArrivalKind | None) -> None:
        assert self.highlighted is not None
        self.post_message(self.Noted(self._people[self.highlighted], kind))


def _words(line: BoardLine) -> Content:
    """Return a missing person's line: who, and what is noted."""
    remark = f"  {plain(line.arrival_remark)}" if line.arrival_remark else ""
    who = set_cell_size(f"{line.display_name} {line.person.position}", 30)
    if line.arrived_at is not None:
        return Content.assemble(who, Content.styled(f"迟到 {line.arrived_at:%H:%M}到岗", "$due"), remark)
    noted = "待核" if line.arrival is not None else "缺签(待核)"
    return Content.assemble(who, Content.styled(noted, "bold $late"), remark)
