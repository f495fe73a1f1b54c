"""A field of one line: what is pasted is cleaned at the door, and whoever pasted is told what went."""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input

from govoffice_tui.text import TEXT_LIMIT, clean, cleaned_note

ESCAPE_STAND_IN = "\ufdd0"
"""A character no text may hold: pasted escapes travel as it, because the key parser would scatter the paste."""

WRONG_BYTES = "终端发来的字符读不懂,请把终端的编码设为UTF-8。"
_BETWEEN_CELLS = re.compile(r"\s*[\t\r\n]\s*")


def cleaned_paste(pasted: str, room: int, *, multiline: bool = False, joint: str = "") -> tuple[str, str]:
    """Return what a paste leaves in a field with room for so many characters, and the sentence that tells of it.

    `joint` is put between the cells of a pasted column or row, where the field holds a list on its one line.
    """
    raw = pasted.replace(ESCAPE_STAND_IN, "\x1b")
    joined = _BETWEEN_CELLS.sub(joint, raw.strip()) if joint else raw
    cleaned = clean(joined, multiline=multiline, limit=max(0, room))
    notes = [cleaned_note(cleaned)]
    if not multiline and len(raw.strip().splitlines()) > 1:
        notes.append("多行已并成一行")
    if "\ufffd" in raw:
        notes.append(WRONG_BYTES)
    return cleaned.text, ",".join(note for note in notes if note)


class LineInput(Input):
    """One line of text without a frame round it."""

    @dataclass
    class Told(Message):
        """Something about the text has to be said to whoever typed it."""

        input: Input
        text: str

        @property
        def control(self) -> Input:
            return self.input

    def __init__(
        self, value: str = "", *, placeholder: str = "", limit: int = TEXT_LIMIT, joint: str = "", id: str | None = None
    ) -> None:
        super().__init__(clean(value, limit=limit).text, placeholder, max_length=limit, compact=True, id=id)
        self.limit = limit
        self.joint = joint

    def _on_paste(self, event: events.Paste) -> None:
        """Take in a paste as one clean line, in place of what is selected."""
        event.stop()
        event.prevent_default()
        self._take_in(event.text)

    def action_paste(self) -> None:
        """Take in what the program itself copied."""
        self._take_in(self.app.clipboard)

    async def _on_key(self, event: events.Key) -> None:
        """Keep out what a terminal with another encoding sends."""
        if event.character == "\ufffd":
            event.stop()
            event.prevent_default()
            self.post_message(self.Told(self, WRONG_BYTES))

    def _take_in(self, pasted: str) -> None:
        start, end = sorted(self.selection)
        text, note = cleaned_paste(pasted, self.limit - len(self.value) + end - start, joint=self.joint)
        self.replace(text, start, end)
        if note:
            self.post_message(self.Told(self, note))
