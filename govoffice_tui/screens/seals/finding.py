"""F3 on 印章: one field over every year of 用印登记簿; the newest stands at once, older years follow."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.registers.office import StorageError
from govoffice_tui.registers.seals import finding
from govoffice_tui.registers.seals.views import UseRow
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_search import SealQuery, read_query
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.menu import MenuField
from govoffice_tui.screens.seals.lines import found_words
from govoffice_tui.text import clean
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.literal import plain

PAUSE = 0.2
"""Seconds without a key before the register is searched."""

ASKED = "单位、标题、文号、批准人、印章的几个字,或 印〔2026〕137号;年份写 2019年、2019-2021年、2026年3月"


class SealSearch(ModalScreen[UseRow | None]):
    """A field and the lines that have all its words; dismissed with the line that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "下一条", show=False, id="seal-search.down"),
        Binding("up", "move(-1)", "上一条", show=False, id="seal-search.up"),
        Binding("pagedown", "move(10)", "下十条", show=False, id="seal-search.down-ten"),
        Binding("pageup", "move(-10)", "上十条", show=False, id="seal-search.up-ten"),
        Binding("escape", "leave", "返回", id="seal-search.leave"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[UseRow] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog menu seal-search"):
            yield Static("查用印", markup=False, classes="title")
            yield MenuField(placeholder="几个词用空格隔开,都有的才列出")
            yield OptionList(markup=False, compact=True)
            yield Static(plain(ASKED), classes="hint", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False

    def action_move(self, step: int) -> None:
        """Move the highlight; a single step goes round, ten stop at the end."""
        if self._found:
            options = self.query_one(OptionList)
            place = (options.highlighted or 0) + step
            last = len(self._found) - 1
            options.highlighted = place % (last + 1) if abs(step) == 1 else max(0, min(place, last))

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """Search the register once the typing pauses."""
        event.stop()
        self._look(read_query(clean(event.value).text))

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
    async def _look(self, query: SealQuery) -> None:
        """List what is found as it comes, a year at a time."""
        options = self.query_one(OptionList)
        self._found = []
        options.clear_options()
        self._tell(ASKED)
        if query.is_empty:
            return
        await asyncio.sleep(PAUSE)
        try:
            for year in await self._desk.read(finding.years, query):
                self._tell(f"正在查{year}年…  已找到{len(self._found)}件")
                found = await self._desk.read(finding.find_in_year, query, year, finding.MOST - len(self._found))
                self._add(list(found.lines))
                if found.is_cut or len(self._found) >= finding.MOST:
                    self._tell(f"已列出最近的{len(self._found)}件,更早的请多写几个字或年份再查。")
                    return
        except (Refused, StorageError) as error:
            self._tell(str(error))
            return
        self._tell(f"共{len(self._found)}件" if self._found else "登记簿里没有这样的用印")

    def _add(self, lines: list[UseRow]) -> None:
        if not lines:
            return
        options = self.query_one(OptionList)
        width = max(40, options.size.width - 2)
        self._found += lines
        options.add_options(Option(found_words(one, width)) for one in lines)
        if options.highlighted is None:
            options.highlighted = 0

    def _tell(self, words: str) -> None:
        self.query_one(".hint", Static).update(Content(words))
