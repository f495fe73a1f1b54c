"""Small questions over a page: a menu by digit, yes or no, and a text to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.text import fold
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.literal import literal, plain

T = TypeVar("T")

OPTION_LIMIT = 200
"""Characters of one option a menu shows at most."""


def take(act: Callable[[], object] | None) -> None:
    """Do what was chosen in a menu of acts."""
    if act is not None:
        act()


class ChooseScreen(ModalScreen[T | None], Generic[T]):
    """A few things to choose from, by digit, arrows and Enter, or pointer; Esc chooses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "选定", priority=True, id="dialog.take"),
        Binding("escape", "leave", "返回", id="dialog.leave"),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, Content, T]]) -> None:
        super().__init__()
        self.dialog_title = plain(title)
        self.options = tuple(options)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self.dialog_title, markup=False, classes="title")
            yield OptionList(
                *(
                    Option(Content.assemble((f"{digit}  ", "bold"), words[:OPTION_LIMIT]))
                    for digit, words, _ in self.options
                ),
                markup=False,
                compact=True,
            )
            yield KeyLine()

    def action_take(self) -> None:
        """Take what is highlighted."""
        self.query_one(OptionList).action_select()

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Choose by digit."""
        digit = fold(event.character) if event.character else ""
        for key, _, value in self.options:
            if digit and key == digit:
                event.stop()
                self.dismiss(value)
                return

    @on(OptionList.OptionSelected)
    def _take_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was chosen in the list."""
        event.stop()
        self.dismiss(self.options[event.option_index][2])


class ConfirmScreen(ChooseScreen[bool]):
    """One question with two answers; the first is the one Enter gives."""

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__(question, [("1", literal(yes), True), ("2", literal(no), False)])


class TextScreen(ModalScreen[None]):
    """A text to read, scrolled by the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", "返回", id="dialog.leave"),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", "上翻", id="dialog.up"),
        Binding("pagedown,space", "scroll(10)", "下翻", id="dialog.down"),
    ]

    def __init__(self, title: str, text: str | Content) -> None:
        super().__init__()
        self.dialog_title = plain(title)
        self.words = text if isinstance(text, Content) else literal(text, multiline=True)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog reading"):
            yield Static(self.dialog_title, markup=False, classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(self.words, classes="reading-text")
            yield KeyLine()

    def action_scroll(self, lines: int) -> None:
        """Move through the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back to the page."""
        self.dismiss(None)
