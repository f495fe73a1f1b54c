"""F1: what rests on which article under the cursor, how the page is used, and its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from textual.binding import ActiveBinding
from textual.content import Content

from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.widgets.key_line import key_name
from govoffice_tui.widgets.literal import literal


@dataclass(frozen=True)
class Explanation:
    """Why something under the cursor is as it is: the facts, and the article with its words."""

    title: str
    facts: list[str]
    article: str = ""
    article_text: str = ""


class HelpScreen(TextScreen):
    """The help of one page."""

    def __init__(
        self, title: str, text: str, bindings: Mapping[str, ActiveBinding], explanation: Explanation | None = None
    ) -> None:
        parts = [] if explanation is None else [_explained(explanation)]
        if text.strip():
            parts.append(literal(text, multiline=True))
        parts.append(_keys(bindings))
        super().__init__(f"{title} 帮助", Content("\n\n").join(parts))


def _explained(explanation: Explanation) -> Content:
    lines = [literal(explanation.title).stylize("bold")]
    lines.extend(literal(fact) for fact in explanation.facts)
    if explanation.article:
        lines.append(Content.assemble(("依据 ", "bold"), literal(explanation.article)))
        lines.append(literal(explanation.article_text, multiline=True))
    return Content("\n").join(lines)


def _keys(bindings: Mapping[str, ActiveBinding]) -> Content:
    """Return the keys that work on the page now, one a line: the key, its word, and what it does."""
    keys: dict[str, list[str]] = {}
    words: dict[str, tuple[str, str]] = {}
    for key, (_, binding, enabled, tooltip) in bindings.items():
        if binding.id and binding.description and enabled:
            keys.setdefault(binding.id, []).append(binding.key_display or key_name(key))
            words[binding.id] = (binding.description, tooltip)
    rows = [(" ".join(keys[one]), *words[one]) for one in words]
    key_width = max((cell_len(key) for key, _, _ in rows), default=0)
    word_width = max((cell_len(word) for _, word, _ in rows), default=0)
    lines = [Content("本页的键").stylize("bold")]
    for key, word, tooltip in sorted(rows, key=lambda row: (len(row[0].split()[0]), row[0])):
        gap, rest = " " * (key_width - cell_len(key) + 3), " " * (word_width - cell_len(word) + 3)
        lines.append(Content.assemble((key, "$chosen"), gap, word, rest, (tooltip, "$faint")))
    return Content("\n").join(lines)
