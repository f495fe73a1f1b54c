"""F3 on 今日: one field over every register; what is found leads to its page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Office, StorageError
from govoffice_tui.registers.register import Hit, Register
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.menu import MenuField
from govoffice_tui.text import clean
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.literal import fitted

PAUSE = 0.2
"""Seconds without a key before the books are searched."""

MOST = 30
"""Hits of one register the list shows."""

TITLE_CELLS, WORDS_CELLS = 8, 44


@dataclass(frozen=True)
class Found:
    """One hit, and the register it stands in."""

    register: Register
    hit: Hit


def _search(words: str, register: Register, office: Office) -> list[Found]:
    return [Found(register, hit) for hit in register.search(office, words)[:MOST]]


class SearchScreen(ModalScreen[Found | None]):
    """A field and what the books hold of its words, register by register; dismissed with what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "下一条", show=False, id="search.down"),
        Binding("up", "move(-1)", "上一条", show=False, id="search.up"),
        Binding("escape", "leave", "返回", id="search.leave"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[Found] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog menu"):
            yield Static("查找", markup=False, classes="title")
            yield MenuField(placeholder="姓名、首字母、编号、单位、事由")
            yield OptionList(markup=False, compact=True)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False

    def action_move(self, step: int) -> None:
        """Move the highlight."""
        if self._found:
            options = self.query_one(OptionList)
            options.highlighted = ((options.highlighted or 0) + step) % len(self._found)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """Search the books once the typing pauses."""
        event.stop()
        self._look(clean(event.value).text)

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Go to what is highlighted."""
        event.stop()
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._found):
            self.dismiss(self._found[place])

    @on(OptionList.OptionSelected)
    def take_clicked(self, event: OptionList.OptionSelected) -> None:
        """Go to what was clicked."""
        event.stop()
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index])

    @work(group="search", exclusive=True)
    async def _look(self, words: str) -> None:
        self._show([])
        if not words:
            return
        await asyncio.sleep(PAUSE)
        found: list[Found] = []
        for register in REGISTERS:
            try:
                found += await self._desk.read(partial(_search, words, register))
            except (Refused, StorageError) as error:
                self._tell(str(error))
                return
            self._show(found)
        if not found:
            self._tell("各册里都没有")

    def _show(self, found: list[Found]) -> None:
        options = self.query_one(OptionList)
        self._found = list(found)
        options.set_options(Option(_words(one)) for one in found)
        if found:
            options.highlighted = 0

    def _tell(self, words: str) -> None:
        self._found = []
        self.query_one(OptionList).set_options([Option(Content(words), disabled=True)])


def _words(one: Found) -> Content:
    """Return what was found: the register, the words of the line, and its day."""
    heading = Content.styled(set_cell_size(one.register.title, TITLE_CELLS), "bold $faint")
    words = set_cell_size(fitted(one.hit.text, WORDS_CELLS), WORDS_CELLS)
    return Content.assemble(heading, words, Content.styled(f"  {one.hit.day.isoformat()}", "$faint"))
