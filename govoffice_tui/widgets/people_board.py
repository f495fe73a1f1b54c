"""Everybody of the office on one page: a line a section, a cell a person, each with a word and a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

GAP = 2


@dataclass(frozen=True)
class Cell:
    """One person on the board: what is written, and how it looks; `key` comes back with a click."""

    key: int
    group: str
    name: str
    word: str
    style: str


def _parts(cells: Sequence[Cell], width: int, column: int) -> list[list[tuple[Cell, int]]]:
    """Break one section's cells into rows; a long name takes as many columns as it needs."""
    columns = max(1, width // column)
    rows: list[list[tuple[Cell, int]]] = [[]]
    used = 0
    for cell in cells:
        needed = cell_len(f"{cell.name} {cell.word}") + GAP
        span = min(columns, -(-needed // column))
        if used + span > columns:
            rows.append([])
            used = 0
        rows[-1].append((cell, span * column))
        used += span
    return rows


class PeopleBoard(Static):
    """The board itself: it re-flows to its width, marks the first candidate, and reports clicks on a name."""

    marked: reactive[int | None] = reactive(None)
    """The person a signature would go to now, drawn in reverse."""

    @dataclass
    class Picked(Message):
        """A name was clicked."""

        key: int

    def __init__(self, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._cells: tuple[Cell, ...] = ()
        self._rows: dict[int, int] = {}

    def show(self, cells: Sequence[Cell]) -> None:
        """Show these people; nothing is drawn anew where nothing differs."""
        if tuple(cells) != self._cells:
            self._cells = tuple(cells)
            self._draw()

    def watch_marked(self) -> None:
        self._draw()
        self.call_after_refresh(self._show_marked)

    def on_resize(self) -> None:
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Report whose cell was clicked."""
        key = event.style.meta.get("person")
        if isinstance(key, int):
            event.stop()
            self.post_message(self.Picked(key))

    def _draw(self) -> None:
        width = self.content_region.width
        if not self._cells or width < 20:
            self.update("")
            return
        label = min(14, max(cell_len(cell.group) for cell in self._cells) + GAP)
        column = self._column(width - label)
        lines: list[Content] = []
        for group, members in groupby(self._cells, key=lambda cell: cell.group):
            for place, row in enumerate(_parts(list(members), width - label, column)):
                head = Content.styled(set_cell_size(group if place == 0 else "", label), "bold $text-muted")
                self._rows.update((cell.key, len(lines)) for cell, _ in row)
                lines.append(Content.assemble(head, *(self._cell(cell, size) for cell, size in row)))
        self.update(Content("\n").join(lines))

    def _show_marked(self) -> None:
        """Bring the row of the person marked into sight, where the window shows fewer rows than there are."""
        place = self._rows.get(self.marked) if self.marked is not None else None
        if place is not None and isinstance(self.parent, Widget):
            self.parent.scroll_to_region(Region(0, place, 1, 1).translate(self.virtual_region.offset), animate=False)

    def _column(self, width: int) -> int:
        """Return the width of a column: most cells fit one, and the columns share the line evenly."""
        needs = sorted(cell_len(f"{cell.name} {cell.word}") + GAP for cell in self._cells)
        usual = needs[min(len(needs) - 1, len(needs) * 4 // 5)]
        return width // max(1, width // usual)

    def _cell(self, cell: Cell, size: int) -> Content:
        words = Content(set_cell_size(f"{cell.name} {cell.word}", size))
        length = len(cell.name) + 1 + len(cell.word)
        words = words.stylize(cell.style, 0, length).stylize(Style.from_meta({"person": cell.key}), 0, length)
        return words.stylize("reverse", 0, length) if cell.key == self.marked else words
