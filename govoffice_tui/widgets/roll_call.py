"""A roll call: everybody one under another, all of them present until a digit says otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from govoffice_tui.text import fold, initials
from govoffice_tui.widgets.literal import plain

GAP = 2
WIDEST_NAME = 34
WIDEST_GROUP = 14
"""Cells of a column at most; a name has the room of `阿依古丽·买买提(资料动态股)`."""


@dataclass(frozen=True)
class Mark:
    """What may be said of a person: its digit, its value, and the word it shows.

    Enter on a line so marked asks for more where `wants_detail`, and ends the roll call elsewhere.
    """

    digit: str
    value: str
    word: str
    style: str = ""
    wants_detail: bool = False


@dataclass(frozen=True)
class RollLine:
    """One person of the roll; `initials` are read from the name where none are given."""

    key: int
    name: str
    group: str
    value: str
    note: str = ""
    initials: str = ""


class RollCall(OptionList):
    """The roll: a digit marks the highlighted line and goes on to the next, letters and characters find a name.

    What was typed stands in the last line until a mark or Esc; while it means several people the arrows go from
    one to the next of them, and while it means nobody no digit marks anybody.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("escape", "forget", show=False),
        Binding("delete", "unmark", show=False),
        Binding("backspace", "shorten", show=False),
    ]

    @dataclass
    class Marked(Message):
        """A line was marked."""

        roll: RollCall
        key: int
        value: str

        @property
        def control(self) -> RollCall:
            return self.roll

    @dataclass
    class Detailed(Message):
        """More is to be said of a line: a time, a note."""

        roll: RollCall
        key: int

        @property
        def control(self) -> RollCall:
            return self.roll

    @dataclass
    class Finished(Message):
        """The roll has been called: whoever was not marked is what everybody was to begin with."""

        roll: RollCall

        @property
        def control(self) -> RollCall:
            return self.roll

    def __init__(self, marks: Sequence[Mark], default_value: str, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._marks = {mark.value: mark for mark in marks}
        self._by_digit = {mark.digit: mark for mark in marks}
        self._default = self._marks[default_value]
        self._roll: list[RollLine] = []
        self._keys: list[tuple[str, str]] = []
        self._widths = (0, 0)
        self._typed = ""

    @property
    def lines(self) -> tuple[RollLine, ...]:
        """Return everybody as marked by now."""
        return tuple(self._roll)

    @property
    def values(self) -> dict[int, str]:
        """Return everybody's value by key."""
        return {line.key: line.value for line in self._roll}

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many lines bear each value; 0 for a value nobody bears."""
        return Counter(line.value for line in self._roll)

    @property
    def typed(self) -> str:
        """Return what has been typed to find a name."""
        return self._typed

    @property
    def highlighted_line(self) -> RollLine | None:
        """Return the line a digit would mark."""
        return None if self.highlighted is None else self._roll[self.highlighted]

    def show(self, lines: Sequence[RollLine]) -> None:
        """Show these people; only lines that differ are drawn anew where the people are the same."""
        if [line.key for line in lines] != [line.key for line in self._roll] or not lines:
            place = self.highlighted
            self._take_lines(lines)
            self.set_options(Option(self._words(line)) for line in self._roll)
            self.highlighted = min(place or 0, len(self._roll) - 1) if self._roll else None
            return
        before = self._roll
        widths = self._widths
        self._take_lines(lines)
        for place, (old, new) in enumerate(zip(before, self._roll, strict=True)):
            if old != new or widths != self._widths:
                self.replace_option_prompt_at_index(place, self._words(new))

    def set_line(self, key: int, *, value: str | None = None, note: str | None = None) -> None:
        """Change what one line says, and nothing else."""
        place = next(place for place, line in enumerate(self._roll) if line.key == key)
        self._put(place, value=value, note=note)

    def finish(self) -> None:
        """Tell that the roll has been called."""
        self.post_message(self.Finished(self))

    def action_take(self) -> None:
        """Ask for more of a line that wants it, or end the roll call."""
        line = self.highlighted_line
        if line is not None and self._marks[line.value].wants_detail:
            self._type("")
            self.post_message(self.Detailed(self, line.key))
        else:
            self.finish()

    def action_forget(self) -> None:
        """Forget what was typed."""
        self._type("")

    def action_shorten(self) -> None:
        """Take back the last character typed."""
        self._type(self._typed[:-1])

    def action_unmark(self) -> None:
        """Make the highlighted line again what everybody is to begin with."""
        if self.highlighted is not None and self.highlighted_line is not None:
            self._mark(self.highlighted, self._default, goes_on=False)

    def action_cursor_down(self) -> None:
        """Go to the next line, or to the next person the text means."""
        if not self._step(1):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go to the line before, or to the person before whom the text means."""
        if not self._step(-1):
            super().action_cursor_up()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc and Backspace to the page while nothing is typed."""
        return bool(self._typed) if action in ("forget", "shorten") else True

    def on_key(self, event: events.Key) -> None:
        """Mark by digit, find by anything else that is written."""
        character = fold(event.character) if event.character and event.is_printable else ""
        if not character:
            return
        event.stop()
        event.prevent_default()
        if character in self._by_digit:
            if self.highlighted is not None and not (self._typed and not self._found(self._typed)):
                self._mark(self.highlighted, self._by_digit[character])
        elif not character.isdecimal():
            self._type(self._typed + character)

    def on_paste(self, event: events.Paste) -> None:
        """Find a name an input method or the clipboard hands over whole."""
        event.stop()
        letters = "".join(sign for sign in fold(plain(event.text)) if not sign.isdecimal())
        self._type(self._typed + letters)

    def on_click(self, event: events.Click) -> None:
        """Highlight the line that was clicked; a click takes nothing."""
        event.prevent_default()
        place = event.style.meta.get("option")
        if isinstance(place, int):
            self._type("")
            self.highlighted = place

    def _take_lines(self, lines: Sequence[RollLine]) -> None:
        self._roll = list(lines)
        self._keys = [(fold(line.name), line.initials or initials(line.name.split("(")[0])) for line in self._roll]
        self._widths = (
            min(WIDEST_NAME, max((cell_len(plain(line.name)) for line in self._roll), default=0)) + GAP,
            min(WIDEST_GROUP, max((cell_len(plain(line.group)) for line in self._roll), default=0)) + GAP,
        )
        self._type("")

    def _mark(self, place: int, mark: Mark, *, goes_on: bool = True) -> None:
        self._put(place, value=mark.value)
        self._type("")
        if goes_on:
            self.highlighted = min(place + 1, len(self._roll) - 1)
        self.post_message(self.Marked(self, self._roll[place].key, mark.value))

    def _put(self, place: int, *, value: str | None = None, note: str | None = None) -> None:
        line = self._roll[place]
        self._roll[place] = replace(
            line, value=line.value if value is None else value, note=line.note if note is None else note
        )
        if self._roll[place] != line:
            self.replace_option_prompt_at_index(place, self._words(self._roll[place]))

    def _type(self, text: str) -> None:
        """Take what was typed, go to whom it means, and say so in the last line."""
        self._typed = text
        if not text:
            self.border_subtitle = ""
            return
        found = self._found(text)
        if found and self.highlighted not in found:
            self.highlighted = next((place for place in found if place >= (self.highlighted or 0)), found[0])
        self._say_typed(found)

    def _say_typed(self, found: Sequence[int]) -> None:
        if not found:
            self.border_subtitle = Content.assemble(f"找 › {self._typed}  ", ("没有这个人,退格或Esc重找", "$late"))
        elif len(found) > 1:
            place = found.index(self.highlighted) + 1 if self.highlighted in found else 0
            self.border_subtitle = Content(f"找 › {self._typed}  第{place}个,共{len(found)}个,上下键换")
        else:
            self.border_subtitle = Content(f"找 › {self._typed}")

    def _found(self, text: str) -> list[int]:
        """Return the places of whom a text means: by the beginning where any begin so, else by a piece."""
        for letters in (text, "" if text.isascii() else initials(text)):
            if not letters:
                continue
            begins = [place for place, keys in enumerate(self._keys) if any(key.startswith(letters) for key in keys)]
            holds = [place for place, keys in enumerate(self._keys) if any(letters in key for key in keys)]
            if begins or holds:
                return begins or holds
        return []

    def _step(self, step: int) -> bool:
        """Go on among several people the text means; return whether there are several."""
        found = self._found(self._typed) if self._typed else []
        if len(found) < 2:
            return False
        here = found.index(self.highlighted) if self.highlighted in found else 0
        self.highlighted = found[(here + step) % len(found)]
        self._say_typed(found)
        return True

    def _words(self, line: RollLine) -> Content:
        """Return a line: who, of which section, what is said of them, and the note."""
        mark = self._marks[line.value]
        name, group = self._widths
        return Content.assemble(
            set_cell_size(plain(line.name), name),
            Content.styled(set_cell_size(plain(line.group), group), "$faint"),
            Content.styled(mark.word, mark.style or "$foreground"),
            "  ",
            plain(line.note),
        )
