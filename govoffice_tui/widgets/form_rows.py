"""The kinds of rows a form has: text and numbers, dates and times, several lines, a person, a choice, checks."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from govoffice_tui.text import clean, fold
from govoffice_tui.widgets.check_line import CheckLine
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
from govoffice_tui.widgets.form_row import Field, FieldRow
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.literal import plain
from govoffice_tui.widgets.person_picker import PersonPicker
from govoffice_tui.widgets.text_box import TextBox
from govoffice_tui.widgets.word_line import Word, WordLine

__all__ = ["Field", "FieldRow", "row_for"]

HISTORY_SHOWN = 6
NO_LIMIT = "长期"
"""What a limit is where there is no day."""


class TextRow(FieldRow):
    """Text, a number, a date, a limit, a day of the year or a time on one line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "complete", show=False)]

    def compose(self) -> ComposeResult:
        yield from super().compose()
        if self.field.history:
            line = WordLine(classes="history")
            line.styles.margin = (0, 0, 0, self.label_width)
            line.display = False
            yield line

    def control(self) -> Widget:
        hints = {
            "date": DATE_EXAMPLES,
            "due": f"如 12、12.5、周五、2026-10-12,没有时限写 {NO_LIMIT}",
            "month_day": MONTH_DAY_EXAMPLES,
            "time": TIME_EXAMPLES,
        }
        placeholder = self.field.placeholder or hints.get(self.field.kind, "")
        field = LineInput(self.field.value, placeholder=plain(placeholder), joint=self.field.joint)
        field.styles.max_width = self.field.width
        return field

    def read(self) -> str:
        text = clean(self.query_one(LineInput).value).text
        if not text or self.field.kind == "text":
            return text
        if self.field.kind == "due" and fold(text) in (NO_LIMIT, "长期坚持", "常年"):
            return NO_LIMIT
        if self.field.kind in ("date", "due"):
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
        if self.field.kind in ("date", "due") and event.value.strip():
            try:
                read = self.read()
                reading = "没有时限" if read == NO_LIMIT else spelled_date(date.fromisoformat(read), self.today)
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


class CheckRow(FieldRow):
    """Several things to be looked at; the value names those that were, in their order, with commas between."""

    def control(self) -> Widget:
        return CheckLine(self.field.choices, self.field.value.split(","))

    def read(self) -> str:
        ticked = self.query_one(CheckLine).values
        return ",".join(value for value, _ in self.field.choices if value in ticked)

    def fill(self, value: str) -> None:
        self.query_one(CheckLine).tick(value.split(","))

    @on(CheckLine.Ticked)
    @on(CheckLine.Submitted)
    def _go_on(self, event: CheckLine.Ticked | CheckLine.Submitted) -> None:
        """Tell what was ticked; Enter goes on."""
        event.stop()
        self.note("")
        self.post_message(self.Edited(self))
        if isinstance(event, CheckLine.Submitted):
            self.post_message(self.Done(self))


_ROWS: dict[str, type[FieldRow]] = {
    "multiline": MultilineRow,
    "person": PersonRow,
    "choice": ChoiceRow,
    "checks": CheckRow,
}


def row_for(field: Field, today: date, label_width: int) -> FieldRow:
    """Return the row of a field."""
    return _ROWS.get(field.kind, TextRow)(field, today, label_width)
