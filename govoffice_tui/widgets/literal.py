"""Text a person typed, made safe to show: never markup, never a command to the terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from govoffice_tui.text import clean

SHOWN_LIMIT = 20_000
"""Characters of one text a screen shows at most; nobody reads further, and laying it out takes the keys away."""


def plain(text: str, *, multiline: bool = False) -> str:
    """Return a text without control characters, one line unless `multiline`."""
    return clean(text, multiline=multiline, limit=SHOWN_LIMIT).text


def literal(text: str, *, multiline: bool = False) -> Content:
    """Return a text as content that shows every bracket as it was typed."""
    return Content(plain(text, multiline=multiline))


def fitted(text: str, width: int) -> str:
    """Return one line cut to a width in cells, with … where something went."""
    line = plain(text)
    if cell_len(line) <= width:
        return line
    return set_cell_size(line, max(0, width - 1)).rstrip() + "…" if width > 0 else ""
