"""A line of words that can be clicked: the tabs, the keys at the foot, candidates and choices are all one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from govoffice_tui.widgets.literal import plain

KEY_STYLE = "bold $chosen"
QUIET_STYLE = "$faint"
CHOSEN_STYLE = "bold $on-chosen on $chosen"


@dataclass(frozen=True)
class Word:
    """One word of a line: `key` stands quietly before the text, `value` comes back with a click."""

    text: str
    value: str
    key: str = ""
    is_chosen: bool = False
    is_quiet: bool = False

    @property
    def label(self) -> str:
        return f"{self.key} {self.text}" if self.key else self.text

    @property
    def width(self) -> int:
        return cell_len(self.label)


class WordLine(Widget):
    """Words in a row, the chosen one on a band of its own; on one line what does not fit is left out."""

    ALLOW_SELECT = False
    GAP: ClassVar[int] = 2
    WRAPS: ClassVar[bool] = False

    words: reactive[tuple[Word, ...]] = reactive((), layout=True)
    pinned: reactive[Word | None] = reactive(None)
    """A word that always stands at the right end."""

    @dataclass
    class Picked(Message):
        """A word was clicked."""

        line: WordLine
        value: str

        @property
        def control(self) -> WordLine:
            return self.line

    def show(self, words: Sequence[Word]) -> None:
        """Show these words."""
        self.words = tuple(replace(word, text=plain(word.text), key=plain(word.key)) for word in words)

    @property
    def gap(self) -> int:
        """Return the blank cells between two words."""
        return self.GAP

    def rows(self, width: int) -> list[list[Word]]:
        """Return the words that fit into a width, line by line; a line begins one cell in."""
        space = width - 1 - (self.pinned.width + self.gap if self.pinned else 0)
        rows: list[list[Word]] = [[]]
        used = 0
        for word in self.words:
            needed = word.width + (self.gap if rows[-1] else 0)
            if used + needed > space and rows[-1]:
                if not self.WRAPS:
                    break
                rows.append([])
                used, needed = 0, word.width
            rows[-1].append(word)
            used += needed
        return rows

    def render(self) -> Content:
        width = self.content_region.width
        lines = [self._line(row) for row in self.rows(width)]
        if self.pinned is not None:
            room = max(0, width - lines[0].cell_length - self.pinned.width - 1)
            lines[0] = Content.assemble(lines[0], " " * room, self._word(self.pinned))
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.rows(width)) if self.WRAPS else 1

    def on_click(self, event: events.Click) -> None:
        """Report the word under the pointer."""
        value = event.style.meta.get("word")
        if value:
            event.stop()
            self.post_message(self.Picked(self, str(value)))

    def _line(self, row: Sequence[Word]) -> Content:
        parts: list[Content | str] = []
        for place, word in enumerate(row):
            before = row[place - 1] if place else None
            gap = self.gap - bool(before and before.is_chosen) - word.is_chosen if before else 1 - word.is_chosen
            parts.append(" " * max(0, gap))
            parts.append(self._word(word))
        return Content.assemble(*parts)

    def _word(self, word: Word) -> Content:
        if word.is_chosen:
            content = Content.styled(f" {word.label} ", CHOSEN_STYLE)
        elif word.key:
            content = Content.assemble((word.key, KEY_STYLE), " ", word.text, strip_control_codes=False)
        else:
            content = Content.styled(word.text, QUIET_STYLE if word.is_quiet else "")
        return content.stylize(Style.from_meta({"word": word.value}))
