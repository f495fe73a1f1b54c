"""A field of several lines, with the same door as a field of one."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from govoffice_tui.text import TEXT_LIMIT
from govoffice_tui.widgets.line_input import WRONG_BYTES, cleaned_paste


class TextBox(TextArea):
    """Several lines of plain text."""

    @dataclass
    class Told(Message):
        """Something about the text has to be said to whoever typed it."""

        box: TextArea
        text: str

        @property
        def control(self) -> TextArea:
            return self.box

    def __init__(self, value: str = "", *, limit: int = TEXT_LIMIT * 4, id: str | None = None) -> None:
        super().__init__(value, id=id, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        self.limit = limit

    async def _on_paste(self, event: events.Paste) -> None:
        """Take in a paste without what cannot be seen."""
        event.stop()
        event.prevent_default()
        text, note = cleaned_paste(event.text, self.limit - len(self.text), multiline=True)
        self.replace(text, *self.selection)
        if note:
            self.post_message(self.Told(self, note))

    async def _on_key(self, event: events.Key) -> None:
        """Keep out what a terminal with another encoding sends, and typing past the end of the field."""
        is_text = event.is_printable or event.key == "enter"
        if event.character == "\ufffd" or (is_text and len(self.text) >= self.limit):
            event.stop()
            event.prevent_default()
            self.post_message(self.Told(self, WRONG_BYTES if event.character == "\ufffd" else "这一栏已写满"))
