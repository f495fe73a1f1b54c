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
    """The field of a picker. It decides by itself whom each key means, at the moment of the key.

    Keys may come in a burst (a badge reader, a slow line): what Enter or a digit chooses is settled before
    the next letter, which then begins the next name.
    """

    @dataclass
    class Taken(Message):
        """Somebody was chosen by Enter or by digit."""

        person: Person

    @dataclass
    class Left(Message):
        """Enter was pressed on a text that means nobody."""

        text: str

    @dataclass
    class Stepped(Message):
        """An arrow means another candidate now."""

    def __init__(self, find: Callable[[str], Sequence[Person]], *, empties: bool, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, limit=NAME_LIMIT)
        self._find = find
        self._empties = empties
        self._stepped = ("", 0)

    @property
    def place(self) -> int:
        """Return which of the candidates Enter takes: the first, until an arrow means another."""
        text, place = self._stepped
        return place if text == self.value else 0

    async def _on_key(self, event: events.Key) -> None:
        """Keep a key that chooses out of the text."""
        found = self._find(self.value) if self.value else ()
        digit = fold(event.character) if event.character else ""
        is_choice = len(digit) == 1 and digit in "123456789" and not fold(self.value).isdecimal()
        if len(found) > 1 and event.key in ("down", "up"):
            step = 1 if event.key == "down" else -1
            self._stepped = (self.value, (self.place + step) % len(found))
            self.post_message(self.Stepped())
        elif is_choice and found and int(digit) <= len(found):
            self._take(found[int(digit) - 1])
        elif event.key == "enter":  # as a binding it would run behind letters that came after it
            await self.action_submit()
        else:
            return
        event.stop()
        event.prevent_default()

    async def action_submit(self) -> None:
        """Take whom the text means."""
        found = self._find(self.value)
        if found:
            self._take(found[self.place])
        else:
            self.post_message(self.Left(self.value))

    def _take(self, person: Person) -> None:
        if self._empties:
            self.value = ""
        self.post_message(self.Taken(person))


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

    def __init__(
        self,
        people: Callable[[], Sequence[Person]],
        *,
        placeholder: str = "",
        empties: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._people = people
        self._placeholder = placeholder
        self._empties = empties
        self.person: Person | None = None
        self.candidates: tuple[Person, ...] = ()

    def compose(self) -> ComposeResult:
        field = NameInput(self._find, empties=self._empties, placeholder=self._placeholder)
        field.styles.min_width = min(WIDEST_FIELD, cell_len(self._placeholder) + 3)
        yield field
        yield WordLine(id="candidates")

    @property
    def meant(self) -> Person | None:
        """Return whom Enter would take."""
        return self.candidates[self.input.place] if self.candidates else None

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

    def _find(self, text: str) -> Sequence[Person]:
        """Return whom a text means; the name of who is chosen means nobody else."""
        people = self._people()
        if self.person is not None and text == display_names(people).get(self.person.id):
            return ()
        return match(people, text)[:SHOWN]

    def _offer(self, people: Sequence[Person]) -> None:
        """Show candidates, the one Enter takes among them."""
        self.candidates = tuple(people)
        names = self._names() if self.candidates else {}
        words = [
            Word(names[person.id], str(place), str(place + 1), is_chosen=place == self.input.place)
            for place, person in enumerate(self.candidates)
        ]
        line = self.query_one(WordLine)
        line.show(words)
        line.pinned = HINT if len(words) > 1 and line.size.width >= ROOM_FOR_HINT else None

    @on(Input.Changed)
    def _seek(self, event: Input.Changed) -> None:
        """Look for whom the text may mean, unless the field has gone on since."""
        event.stop()
        if event.value != self.input.value:
            return
        found = self._find(event.value)
        if self.person is not None and event.value != self._names().get(self.person.id):
            self.person = None
        self._offer(found)
        if not found and event.value.strip() and self.person is None:
            self.query_one(WordLine).show([Word("没有这个人", "")])
        self.post_message(self.Sought(self, found[0] if found else None))

    @on(NameInput.Left)
    def _pass(self, event: NameInput.Left) -> None:
        """Enter goes on where nothing or somebody chosen stands in the field."""
        event.stop()
        if self.person is not None or not event.text.strip():
            self.post_message(self.Passed(self))

    @on(NameInput.Stepped)
    def _step(self, event: NameInput.Stepped) -> None:
        """Show which candidate is meant now."""
        event.stop()
        self._offer(self._find(self.input.value))
        self.post_message(self.Sought(self, self.meant))

    @on(NameInput.Taken)
    def _choose(self, event: NameInput.Taken) -> None:
        """Take who was chosen; a field that empties is ready for the next at once."""
        event.stop()
        if not self._empties:
            self.settle(event.person)
        self.post_message(self.Chosen(self, event.person))

    @on(WordLine.Picked)
    def _take_clicked(self, event: WordLine.Picked) -> None:
        """Take the candidate that was clicked."""
        event.stop()
        if event.value and int(event.value) < len(self.candidates):
            person = self.candidates[int(event.value)]
            if self._empties:
                self.clear()
            self.post_message(NameInput.Taken(person))
