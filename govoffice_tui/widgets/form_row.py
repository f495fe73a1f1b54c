"""A row of a form: a label, a field, and under it what was read or what is wrong; what all kinds of fields share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from rich.cells import set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.date_field import Unreadable
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.lines import cited
from govoffice_tui.widgets.literal import fitted, plain
from govoffice_tui.widgets.text_box import TextBox

Kind = Literal["text", "multiline", "number", "date", "month_day", "time", "due", "person", "choice", "checks"]


def nobody() -> Sequence[Person]:
    """Return no people: the list of a form without a field for persons."""
    return ()


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `value` stands there at the start: for a date or time in ISO form, for a limit (due) a date or 长期, for a day of
    the year as MM-DD, for a person the staff id, for a choice its value, for checks those ticked with commas between.
    `last` is what the same field held last time, `history` what others typed there. `choices` are (value, words);
    `people` gives the list a person is picked from; `width` is in cells; `joint` is put between the cells of a pasted
    column, where the text is a list. What is secret is never kept in a draft.
    """

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    article: str = ""
    history: tuple[str, ...] = ()
    width: int = 50
    value: str = ""
    last: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    people: Callable[[], Sequence[Person]] = nobody
    placeholder: str = ""
    joint: str = ""
    is_secret: bool = False


class FieldRow(Vertical):
    """One row: what all kinds share."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    @dataclass
    class Done(Message):
        """Enter was pressed in a row: the next one is wanted."""

        row: FieldRow

    @dataclass
    class Edited(Message):
        """What stands in a row was changed by hand."""

        row: FieldRow

    def __init__(self, field: Field, today: date, label_width: int) -> None:
        super().__init__(id=f"row-{field.name}")
        self.field = field
        self.today = today
        self.label_width = label_width

    def compose(self) -> ComposeResult:
        words = set_cell_size(fitted(self.field.label, self.label_width - 3), self.label_width - 3)
        label = Static(f"{words} ›", markup=False, classes="label")
        label.styles.width = self.label_width
        with Horizontal(classes="line"):
            yield label
            yield self.control()
        note = Static("", markup=False, classes="note")
        note.styles.margin = (0, 0, 0, self.label_width + 1)
        note.display = False
        yield note

    def control(self) -> Widget:
        """Return the field itself."""
        raise NotImplementedError

    def read(self) -> str:
        """Return the value as the verb takes it; raises Unreadable."""
        raise NotImplementedError

    def fill(self, value: str) -> None:
        """Put a value in, in the form `Field.value` has."""
        raise NotImplementedError

    def typed(self) -> str:
        """Return what stands there for a draft: read where it can be, so that 明天 stays the day it meant."""
        try:
            return self.read()
        except Unreadable:
            return self.unread()

    def unread(self) -> str:
        """Return what stands there where it cannot be read, as far as it is worth keeping."""
        return ""

    def restore(self, typed: str) -> None:
        """Put in again what was typed before."""
        self.fill(typed)

    def begin(self) -> None:
        """Put the cursor where typing goes."""
        self.query("LineInput, TextBox, ChoiceLine, CheckLine").first(Widget).focus()

    def checked(self) -> str:
        """Return the value; raises Unreadable also where a needed one is missing."""
        value = self.read()
        if self.field.required and not value:
            basis = f"(依据:{self.field.article})" if self.field.article else ""
            raise Unreadable(f"请填{self.field.label}{basis}")
        return value

    def note(self, text: str, *, is_bad: bool = False) -> None:
        """Show a sentence under the field, or take it away."""
        line = self.query_one(".note", Static)
        line.update(plain(text))
        line.display = bool(text)
        line.set_class(is_bad, "-bad")

    def complain(self, message: str, article: str = "") -> None:
        """Show what cannot be, with its article."""
        self.note(cited(message, article), is_bad=True)

    @on(LineInput.Told)
    @on(TextBox.Told)
    def _tell(self, event: LineInput.Told | TextBox.Told) -> None:
        """Say what became of a text."""
        event.stop()
        self.note(event.text)
