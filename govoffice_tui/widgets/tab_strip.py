"""The strip of tabs under the head of every page, always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from govoffice_tui.widgets.word_line import Word, WordLine


class TabStrip(WordLine):
    """The registers' names in the regulation's order; the open one stands on an indigo band."""

    def __init__(self, tabs: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__(id="tabs")
        self.set_reactive(WordLine.words, tuple(Word(title, tab, is_chosen=tab == current) for tab, title in tabs))

    @property
    def gap(self) -> int:
        """Return two blank cells where they fit, else one."""
        width = sum(word.width for word in self.words)
        return 2 if width + 2 * len(self.words) <= self.content_region.width else 1
