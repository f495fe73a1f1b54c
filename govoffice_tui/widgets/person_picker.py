"""A person found by initials, by a piece of the name or by number: the first with Enter, the others by digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from govoffice_tui.registers.staff import match
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.text import NAME_LIMIT, fold
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.word_line import Word, WordLine

SHOWN = 9
"""As many candidates as there are digits."""

HINT = Word("Enter 选定,数字或下键选其他", "", is_quiet=True)
ROOM_FOR_HINT = 64
WIDEST_FIELD = 40
"""Cells; a field is at least as wide as what stands in it while it is empty."""


class NameInput(LineInput):
    """The field of a picker; while candidates stand beside a word in it, digits and arrows choose among them."""

    takes_digits = False
    takes_arrows = False

    @dataclass
    class Digit(Message):
        """A candidate was chosen by its digit."""

        digit: int

    @dataclass
    class Step(Message):
        """The next candidate (1) or the one before (-1) is meant."""

        step: int

    async def _on_key(self, event: events.Key) -> None:
        """Keep a digit or an arrow that chooses out of the text."""
        if self.takes_arrows and event.key in ("down", "up"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Step(1 if event.key == "down" else -1))
            return
        digit = fold(event.character) if event.character else ""
        if self.takes_digits and len(digit) == 1 and digit in "123456789":
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(int(digit)))


class PersonPicker(Horizontal):
    """A field and, beside it, whom its text may mean."""

    @dataclass
    class Chosen(Message):
        """Somebody was chosen."""

        picker: PersonPicker
        person: Person

        @property
        def control(self) -> PersonPicker:
            return self.picker

    @dataclass
    class Passed(Message):
        """Enter was pressed with nothing to choose from: the field is empty or settled."""

        picker: PersonPicker

        @property
        def control(self) -> PersonPicker:
            return self.picker

    @dataclass
    class Sought(Message):
        """The candidates changed; `first` is whom Enter would take."""

        picker: PersonPicker
        first: Person | None

        @property
        def control(self) -> PersonPicker:
            return self.picker

    def __init__(self, people: Callable[[], Sequence[Person]], *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._people = people
        self._placeholder = placeholder
        self.person: Person | None = None
        self.candidates: tuple[Person, ...] = ()
        self._place = 0

    def compose(self) -> ComposeResult:
        field = NameInput(placeholder=self._placeholder, limit=NAME_LIMIT)
        field.styles.min_width = min(WIDEST_FIELD, cell_len(self._placeholder) + 3)
        yield field
        yield WordLine(id="candidates")

    @property
    def meant(self) -> Person | None:
        """Return whom Enter would take."""
        return self.candidates[self._place] if self.candidates else None

    @property
    def input(self) -> NameInput:
        """Return the field."""
        return self.query_one(NameInput)

    def clear(self) -> None:
        """Empty the field for the next person."""
        self.person = None
        self.input.value = ""

    def settle(self, person: Person) -> None:
        """Show somebody as chosen."""
        self.person = person
        self.input.value = self._names()[person.id]
        self.input.cursor_position = len(self.input.value)
        self._offer(())

    def _names(self) -> dict[int, str]:
        return display_names(self._people())

    def _offer(self, people: Sequence[Person]) -> None:
        """Show candidates; the first one is whom Enter takes, until an arrow means another."""
        self.candidates = tuple(people[:SHOWN])
        self._place = 0
        self._draw()
        self.input.takes_arrows = len(self.candidates) > 1
        self.input.takes_digits = bool(self.candidates) and not fold(self.input.value).isdecimal()

    def _draw(self) -> None:
        names = self._names() if self.candidates else {}
        words = [
            Word(names[person.id], str(place), str(place + 1), is_chosen=place == self._place)
            for place, person in enumerate(self.candidates)
        ]
        line = self.query_one(WordLine)
        line.show(words)
        line.pinned = HINT if len(words) > 1 and line.size.width >= ROOM_FOR_HINT else None

    @on(Input.Changed)
    def _seek(self, event: Input.Changed) -> None:
        """Look for whom the text may mean."""
        event.stop()
        people = self._people()
        if self.person is not None and event.value == display_names(people).get(self.person.id):
            return
        self.person = None
        found = match(people, event.value)
        self._offer(found)
        if not found and event.value.strip():
            self.query_one(WordLine).show([Word("没有这个人", "")])
        self.post_message(self.Sought(self, found[0] if found else None))

    @on(Input.Submitted)
    def _take_meant(self, event: Input.Submitted) -> None:
        """Take the candidate that is meant."""
        event.stop()
        if self.candidates:
            self._choose(self._place)
        elif self.person is not None or not event.value.strip():
            self.post_message(self.Passed(self))

    @on(NameInput.Step)
    def _step(self, event: NameInput.Step) -> None:
        """Mean the next candidate, or the one before."""
        event.stop()
        self._place = (self._place + event.step) % len(self.candidates)
        self._draw()
        self.post_message(self.Sought(self, self.candidates[self._place]))

    @on(NameInput.Digit)
    def _take_by_digit(self, event: NameInput.Digit) -> None:
        """Take a candidate by its digit."""
        event.stop()
        self._choose(event.digit - 1)

    @on(WordLine.Picked)
    def _take_clicked(self, event: WordLine.Picked) -> None:
        """Take the candidate that was clicked."""
        event.stop()
        if event.value:
            self._choose(int(event.value))

    def _choose(self, place: int) -> None:
        if place < len(self.candidates):
            person = self.candidates[place]
            self.settle(person)
            self.post_message(self.Chosen(self, person))
