"""盘点, item by item: what was found is typed back from the sheet, and stands in the book at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import set_cell_size
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.registers.supplies.counts import count_sheet, enter_counts
from govoffice_tui.registers.supplies.views import CountLine, CountSheet
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import read_count
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import fitted, plain


class CountField(LineInput):
    """The field; arrows go through the items, Enter is met in its turn among the digits."""

    def __init__(self, move: Callable[[int], object]) -> None:
        super().__init__(placeholder="实存,差异再写原因,如 19 丢失一支")
        self._move = move

    async def _on_key(self, event: events.Key) -> None:
        """Go to another item, or send."""
        if event.key in ("up", "down"):
            self._move(1 if event.key == "down" else -1)
        elif event.key == "enter":
            await self.action_submit()
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()


class CountScreen(ModalScreen[bool]):
    """The sheet: one item after another, the book's figure shown once the shelf's is typed; True once all are there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "记下", show=True, id="count.send"),
        Binding("escape", "leave", "先放下", tooltip="填了的都已记下,以后接着填", id="count.leave"),
    ]

    def __init__(self, desk: Desk, sheet: CountSheet) -> None:
        super().__init__()
        self.desk = desk
        self.sheet = sheet
        self.place = next((place for place, line in enumerate(sheet.lines) if line.counted is None), 0)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog counting"):
            yield Static(plain(f"盘点 {self.sheet.number}"), markup=False, classes="title")
            yield Static("", markup=False, classes="hint", id="count-asked")
            yield OptionList(markup=False, compact=True)
            yield CountField(self.move)
            yield StatusLine(id="count-status")
            yield KeyLine()

    def on_mount(self) -> None:
        listing = self.query_one(OptionList)
        listing.can_focus = False
        listing.set_options(Option(_words(line)) for line in self.sheet.lines)
        self._ask()
        self.query_one(CountField).focus()

    @property
    def line(self) -> CountLine:
        """Return the item that is asked for."""
        return self.sheet.lines[self.place]

    def move(self, step: int) -> None:
        """Go to the next item or the one before."""
        self.place = (self.place + step) % len(self.sheet.lines)
        self._ask()

    def action_send(self) -> None:
        """Write down what stands in the field."""
        self._send(self.query_one(CountField).value)

    def action_leave(self) -> None:
        """Back to the page; everything typed so far stands in the book."""
        self.dismiss(not self.sheet.left)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Write down what was typed."""
        event.stop()
        self._send(event.value)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        """Go to the item that was clicked."""
        event.stop()
        self.place = event.option_index
        self._ask()

    @work(group="count")
    async def _send(self, typed: str) -> None:
        """Enter one item; a difference without a reason asks for it and stays."""
        line, status = self.line, self.query_one("#count-status", StatusLine)
        words = typed.split(maxsplit=1)
        try:
            counted = read_count(words[0] if words else "", line.item)
            reason = words[1] if len(words) > 1 else line.reason if counted == line.counted else ""
            values = {line.line: (counted, reason)}
            await self.desk.carry_out(enter_counts, self.sheet.id, values)
            sheet = count_sheet(self.desk.office, self.sheet.id)
        except Busy:
            status.say("另一窗口正在写,没有记下,请再按一次。", "refused")
            return
        except (Refused, StorageError) as error:
            words_of = cited(error.message, error.article) if isinstance(error, Refused) else str(error)
            status.say(words_of, "refused")
            return
        if sheet is None:
            self.dismiss(False)
            return
        self.sheet = sheet
        place = next(at for at, one in enumerate(sheet.lines) if one.line == line.line)
        self.query_one(OptionList).replace_option_prompt_at_index(place, _words(sheet.lines[place]))
        if counted != line.book and not reason:
            status.say(
                f"{line.item.title}账存{line.book}、实存{counted},差{counted - line.book:+d}。请写原因。", "refused"
            )
            field = self.query_one(CountField)
            field.value = f"{counted} "
            field.cursor_position = len(field.value)
            return
        status.say(f"已记 {line.item.title} 实存{counted}{line.item.unit}", "done")
        if not sheet.left:
            self.dismiss(True)
            return
        later = [at for at, one in enumerate(sheet.lines) if one.counted is None]
        self.place = next((at for at in later if at > place), later[0])
        self._ask()

    def _ask(self) -> None:
        line = self.line
        self.query_one("#count-asked", Static).update(
            Content(
                f"第{self.place + 1}项 {line.item.code} {line.item.title},实存多少{line.item.unit}?"
                f"  还有{len(self.sheet.left)}种没填"
            )
        )
        self.query_one(OptionList).highlighted = self.place
        field = self.query_one(CountField)
        field.value = "" if line.counted is None else f"{line.counted} {line.reason}".strip()
        field.cursor_position = len(field.value)


def _words(line: CountLine) -> Content:
    head = set_cell_size(fitted(line.item.code, 5), 6) + set_cell_size(fitted(line.item.title, 25), 26)
    if line.counted is None:
        return Content(f"{head}没填")
    words = f"{head}账存{line.book:<6}实存{line.counted:<6}"
    if not line.difference:
        return Content.assemble(words, ("相符", "$done"))
    return Content.assemble(words, (f"差{line.difference:+d} {line.reason or '没写原因'}", "$due"))
