"""What a terminal sends, made harmless before the key parser sees it."""

from __future__ import annotations

import sys
from codecs import getincrementaldecoder

from govoffice_tui.widgets.line_input import ESCAPE_STAND_IN

PASTE_BEGINS = "\x1b[200~"
PASTE_ENDS = "\x1b[201~"


class TerminalDecoder:
    """Bytes to text: what is not UTF-8 becomes U+FFFD, and escapes inside a paste travel as a stand-in.

    The key parser takes an escape inside a paste for a key and scatters the rest of the paste over the field.
    """

    def __init__(self) -> None:
        self._bytes = getincrementaldecoder("utf-8")("replace")
        self._is_pasting = False
        self._held = ""

    def decode(self, received: bytes, final: bool = False) -> str:
        """Return the text of some bytes; the beginning of a marker is held back until the rest of it comes."""
        text = self._held + self._bytes.decode(received, final)
        self._held = ""
        done: list[str] = []
        while text:
            marker = PASTE_ENDS if self._is_pasting else PASTE_BEGINS
            before, found, text = text.partition(marker)
            if not found:
                held = _unfinished(before, marker) if self._is_pasting and not final else 0
                before, self._held = before[: len(before) - held], before[len(before) - held :]
            done.append(before.replace("\x1b", ESCAPE_STAND_IN) if self._is_pasting else before)
            if found:
                done.append(marker)
                self._is_pasting = not self._is_pasting
        return "".join(done)


def _unfinished(text: str, marker: str) -> int:
    """Return how many characters at the end of a text may be the beginning of a marker."""
    return next((size for size in range(len(marker) - 1, 0, -1) if text.endswith(marker[:size])), 0)


def _decoder_for(_encoding: str) -> type[TerminalDecoder]:
    return TerminalDecoder


def accept_any_terminal() -> None:
    """Let the terminal driver use the decoder above: its own ends the program at the first byte of GBK."""
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    vars(linux_driver)["getincrementaldecoder"] = _decoder_for
