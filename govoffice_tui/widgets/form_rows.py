"""The rows of a form: a label, a field of its kind, and under it what was read or what is wrong."""

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
from textual.widgets import Input, Static

from govoffice_tui.rules.people import Person
from govoffice_tui.text import clean, fold
from govoffice_tui.widgets.choice_line import ChoiceLine
from govoffice_tui.widgets.date_field import (
    DATE_EXAMPLES,
    MONTH_DAY_EXAMPLES,
    TIME_EXAMPLES,
    Unreadable,
    read_date,
    read_month_day,
    read_time,
    spelled_date,
)
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.lines import cited
from govoffice_tui.widgets.literal import fitted, plain
from govoffice_tui.widgets.person_picker import PersonPicker
from govoffice_tui.widgets.text_box import TextBox
from govoffice_tui.widgets.word_line import Word, WordLine

Kind = Literal["text", "multiline", "number", "date", "month_day", "time", "person", "choice"]

HISTORY_SHOWN = 6


def nobody() -> Sequence[Person]:
    """Return no people: the list of a form without a field for persons."""
    return ()


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `value` stands there at the start: for a date or time in ISO form, for a day of the year as MM-DD, for a person
    the staff id, for a choice its value. `last` is what the same field held last time, `history` what others typed
    there. `choices` are (value, words); `people` gives the list a person is picked from; `width` is in cells. What is
    secret is never kept in a draft.
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
        self.query("LineInput, TextBox, ChoiceLine").first(Widget).focus()

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


class TextRow(FieldRow):
    """Text, a number, a date, a day of the year or a time on one line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "complete", show=False)]

    def compose(self) -> ComposeResult:
        yield from super().compose()
        if self.field.history:
            line = WordLine(classes="history")
            line.styles.margin = (0, 0, 0, self.label_width)
            line.display = False
            yield line

    def control(self) -> Widget:
        hints = {"date": DATE_EXAMPLES, "month_day": MONTH_DAY_EXAMPLES, "time": TIME_EXAMPLES}
        placeholder = self.field.placeholder or hints.get(self.field.kind, "")
        field = LineInput(self.field.value, placeholder=plain(placeholder))
        field.styles.max_width = self.field.width
        return field

    def read(self) -> str:
        text = clean(self.query_one(LineInput).value).text
        if not text or self.field.kind == "text":
            return text
        if self.field.kind == "date":
            return read_date(text, self.today).isoformat()
        if self.field.kind == "month_day":
            return read_month_day(text)
        if self.field.kind == "time":
            return f"{read_time(text):%H:%M}"
        number = fold(text)
        if not (number.isascii() and number.isdecimal()):
            raise Unreadable(f"{self.field.label}要写数字")
        return str(int(number[:18]))

    def unread(self) -> str:
        return clean(self.query_one(LineInput).value).text

    def fill(self, value: str) -> None:
        field = self.query_one(LineInput)
        field.value = clean(value).text
        field.cursor_position = len(field.value)

    def action_complete(self) -> None:
        """Take the next thing from history, or go to the next field where there is none."""
        matches = self._matches()
        if not matches:
            self.app.action_focus_next()
            return
        value = self.query_one(LineInput).value
        self.fill(matches[(matches.index(value) + 1) % len(matches)] if value in matches else matches[0])

    def _matches(self) -> list[str]:
        """Return what history offers for the text that stands there."""
        text = self.query_one(LineInput).value
        key = fold(text)
        if text in self.field.history:
            return list(self.field.history[:HISTORY_SHOWN])
        return [one for one in self.field.history if key in fold(one)][:HISTORY_SHOWN]

    @on(Input.Changed)
    def _show_reading(self, event: Input.Changed) -> None:
        """Show what a date will be read as, and what history offers."""
        event.stop()
        reading = ""
        if self.field.kind == "date" and event.value.strip():
            try:
                reading = spelled_date(date.fromisoformat(self.read()), self.today)
            except Unreadable:
                reading = ""
        self.note(reading)
        self._offer()
        self.post_message(self.Edited(self))

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        """Go on where the text can be read."""
        event.stop()
        try:
            self.checked()
        except Unreadable as error:
            self.complain(str(error))
            return
        self.post_message(self.Done(self))

    @on(WordLine.Picked)
    def _take_history(self, event: WordLine.Picked) -> None:
        """Take what was clicked."""
        event.stop()
        self.fill(event.value)
        self.begin()

    def on_descendant_focus(self) -> None:
        self._offer()

    def on_descendant_blur(self) -> None:
        for line in self.query(".history"):
            line.display = False

    def _offer(self) -> None:
        for line in self.query(".history").results(WordLine):
            matches = self._matches() if self.query_one(LineInput).has_focus else []
            line.show([Word(one, one) for one in matches])
            line.display = bool(matches)


class MultilineRow(FieldRow):
    """Several lines of text; Tab goes on."""

    def control(self) -> Widget:
        return TextBox(clean(self.field.value, multiline=True).text)

    def read(self) -> str:
        return clean(self.query_one(TextBox).text, multiline=True).text

    def fill(self, value: str) -> None:
        self.query_one(TextBox).text = clean(value, multiline=True).text

    def typed(self) -> str:
        box = self.query_one(TextBox)
        return clean(box.text, multiline=True, limit=box.limit).text

    def restore(self, typed: str) -> None:
        box = self.query_one(TextBox)
        box.text = clean(typed, multiline=True, limit=box.limit).text
        box.move_cursor(box.document.end)

    @on(TextBox.Changed)
    def _edited(self, event: TextBox.Changed) -> None:
        """Tell that something was typed."""
        event.stop()
        self.note("")
        self.post_message(self.Edited(self))


class PersonRow(FieldRow):
    """A person of the list."""

    def control(self) -> Widget:
        return PersonPicker(self.field.people, placeholder=plain(self.field.placeholder) or "姓名、首字母或工号")

    def on_mount(self) -> None:
        if self.field.value:
            self.fill(self.field.value)

    def read(self) -> str:
        picker = self.query_one(PersonPicker)
        if picker.person is not None:
            return str(picker.person.id)
        if not picker.input.value.strip():
            return ""
        if len(picker.candidates) == 1:
            return str(picker.candidates[0].id)
        raise Unreadable("请从名单里选一个人" if picker.candidates else "名单里没有这个人")

    def fill(self, value: str) -> None:
        found = [person for person in self.field.people() if str(person.id) == value]
        if found:
            self.query_one(PersonPicker).settle(found[0])

    @on(PersonPicker.Chosen)
    @on(PersonPicker.Passed)
    def _go_on(self, event: PersonPicker.Chosen | PersonPicker.Passed) -> None:
        """Go on with whoever was chosen."""
        event.stop()
        try:
            self.checked()
        except Unreadable as error:
            self.complain(str(error))
            return
        self.note("")
        self.post_message(self.Done(self))

    @on(PersonPicker.Sought)
    def _edited(self, event: PersonPicker.Sought) -> None:
        """Tell that something was typed."""
        event.stop()
        self.note("")
        self.post_message(self.Edited(self))


class ChoiceRow(FieldRow):
    """One of a few words."""

    def control(self) -> Widget:
        return ChoiceLine(self.field.choices, self.field.value)

    def read(self) -> str:
        return self.query_one(ChoiceLine).value

    def fill(self, value: str) -> None:
        values = [one for one, _ in self.field.choices]
        if value in values:
            self.query_one(ChoiceLine).choose(values.index(value))

    @on(ChoiceLine.Chosen)
    @on(ChoiceLine.Submitted)
    def _go_on(self, event: ChoiceLine.Chosen | ChoiceLine.Submitted) -> None:
        """Go on with what was chosen; a digit alone never sends the form."""
        event.stop()
        self.note("")
        self.post_message(self.Edited(self))
        if isinstance(event, ChoiceLine.Submitted):
            self.post_message(self.Done(self))


_ROWS: dict[str, type[FieldRow]] = {"multiline": MultilineRow, "person": PersonRow, "choice": ChoiceRow}


def row_for(field: Field, today: date, label_width: int) -> FieldRow:
    """Return the row of a field."""
    return _ROWS.get(field.kind, TextRow)(field, today, label_width)
