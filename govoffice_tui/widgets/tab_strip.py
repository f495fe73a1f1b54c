"""The strip of tabs under the head of every page, always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from govoffice_tui.widgets.word_line import Word, WordLine

BEFORE, BEHIND = "<", ">"
"""They stand where tabs are cut off; the pretty ones of Unicode are two cells wide in some terminals."""


class TabStrip(WordLine):
    """The registers' names in the regulation's order; the open one stands on an indigo band.

    Where not all fit, the strip begins as far left as shows the open tab and the one behind it whole.
    """

    def __init__(self, tabs: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__(id="tabs")
        self.set_reactive(WordLine.words, tuple(Word(title, tab, is_chosen=tab == current) for tab, title in tabs))

    @property
    def gap(self) -> int:
        """Return two blank cells where they fit, else one."""
        width = sum(word.width for word in self.words)
        return 2 if width + 2 * len(self.words) <= self.content_region.width else 1

    def rows(self, width: int) -> list[list[Word]]:
        """Return the tabs that fit; the sign at a cut end leads to the nearest tab beyond it."""
        room = width - 2  # the band of the open tab is a cell wider at both ends
        current = next((place for place, word in enumerate(self.words) if word.is_chosen), 0)
        wanted = min(current + 2, len(self.words))
        begin = 0
        while begin < current and self._end(begin, room) < wanted:
            begin += 1
        end = max(self._end(begin, room), current + 1)
        row = list(self.words[begin:end])
        if begin > 0:
            row.insert(0, Word(BEFORE, self.words[begin - 1].value))
        if end < len(self.words):
            row.append(Word(BEHIND, self.words[end].value))
        return [row]

    def _end(self, begin: int, room: int) -> int:
        """Return behind which tab the strip is cut off when it begins with this one."""
        sign = len(BEHIND) + self.gap
        used = sign if begin else 0
        for place, word in enumerate(self.words[begin:], begin):
            used += word.width + (self.gap if place > begin else 0)
            is_last = place == len(self.words) - 1
            if used + (0 if is_last else sign) > room:
                return place
        return len(self.words)
