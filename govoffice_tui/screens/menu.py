"""A list to search by a piece of a name or its pinyin initials; Ctrl+P opens it on all that can be done on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.screens.quiet_app import QuietApp
from govoffice_tui.screens.themes import THEMES
from govoffice_tui.text import fold, initials
from govoffice_tui.widgets.key_line import KeyLine, key_name
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.literal import fitted, plain

if TYPE_CHECKING:
    from govoffice_tui.screens.base import RegisterScreen


KEY_LIMIT, TITLE_LIMIT, HINT_LIMIT = 14, 48, 60
"""Cells a column of the list takes at most."""


@dataclass(frozen=True)
class Entry:
    """One thing that can be done: what it is called, the key that does it too, more words, and the deed."""

    title: str
    run: Callable[[], object]
    key: str = ""
    hint: str = ""


def entries_of(screen: RegisterScreen) -> list[Entry]:
    """Return what can be done on a page: its verbs, what has no key, the other tabs, the looks."""
    app = screen.app
    entries: dict[str, Entry] = {}
    for key, (namespace, binding, enabled, tooltip) in screen.active_bindings.items():
        if not (binding.id and binding.description and enabled) or binding.id in ("app.menu", *entries):
            continue
        deed = partial(app.call_later, app.run_action, binding.action, namespace)
        entries[binding.id] = Entry(binding.description, deed, binding.key_display or key_name(key), tooltip)
    own = [entry for name, entry in entries.items() if not name.startswith("app.")]
    shared = [entry for name, entry in entries.items() if name.startswith("app.")]
    found = [*own, *screen.menu_entries(), *shared]
    found.extend(
        Entry(f"到 {tab.title}", partial(screen.open_tab, tab.id), key=str(place) if place < 10 else "")
        for place, tab in enumerate(screen.tabs, 1)
        if tab.id != screen.tab
    )
    found.extend(
        Entry(f"换主题 {title}", partial(_wear, screen, name))
        for name, (title, _) in THEMES.items()
        if name != app.theme
    )
    return found


def _wear(screen: RegisterScreen, theme: str) -> None:
    if isinstance(screen.app, QuietApp):
        screen.note(screen.app.wear(theme))


@cache
def _letters(title: str) -> str:
    return initials(title)


def matching(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Return the entries a text means: named by it first, then those that mention it, then those of its initials."""
    key = fold(typed)
    named = [entry for entry in entries if key in fold(entry.title)]
    named += [entry for entry in entries if entry not in named and key in fold(entry.hint)]
    if not key.isascii() or not key:
        return named
    return named + [entry for entry in entries if entry not in named and key in _letters(entry.title)]


class MenuField(LineInput):
    """The field of a menu; Enter is met in its turn among the letters, also where keys come in one burst."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "执行", id="menu.take")]

    async def _on_key(self, event: events.Key) -> None:
        """Take Enter behind the letters before it."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.action_submit()


class MenuScreen(ModalScreen[None]):
    """A field and the list under it; what is taken runs after the menu has gone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "下一条", show=False, id="menu.down"),
        Binding("up", "move(-1)", "上一条", show=False, id="menu.up"),
        Binding("escape", "leave", "返回", id="menu.leave"),
    ]

    def __init__(
        self, entries: Sequence[Entry], title: str = "菜单", placeholder: str = "要做什么?写几个字或首字母"
    ) -> None:
        super().__init__()
        self.entries = tuple(entries)
        self.menu_title = plain(title)
        self.placeholder = plain(placeholder)
        self.shown: list[Entry] = list(entries)
        self._typed = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog menu"):
            yield Static(self.menu_title, markup=False, classes="title")
            yield MenuField(placeholder=self.placeholder)
            yield OptionList(markup=False, compact=True)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._list("")

    def action_move(self, step: int) -> None:
        """Move the highlight."""
        options = self.query_one(OptionList)
        if self.shown:
            options.highlighted = ((options.highlighted or 0) + step) % len(self.shown)

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        """List what the text may mean."""
        event.stop()
        self._list(event.value)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        """Do what is highlighted among what the text names."""
        event.stop()
        if event.value != self._typed:
            self._list(event.value)
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self.shown):
            self._run(self.shown[place])

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        """Do what was clicked."""
        event.stop()
        if event.option_index < len(self.shown):
            self._run(self.shown[event.option_index])

    def _run(self, entry: Entry) -> None:
        self.dismiss(None)
        self.app.call_later(entry.run)

    def _list(self, typed: str) -> None:
        self._typed = typed
        self.shown = matching(self.entries, typed)
        key_width = min(KEY_LIMIT, max((cell_len(entry.key) for entry in self.entries), default=0)) + 2
        width = min(TITLE_LIMIT, max((cell_len(entry.title) for entry in self.entries), default=0)) + 3
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(
                Content.assemble(
                    (set_cell_size(fitted(entry.key, KEY_LIMIT), key_width), "dim"),
                    set_cell_size(fitted(entry.title, TITLE_LIMIT), width),
                    (fitted(entry.hint, HINT_LIMIT), "dim"),
                )
            )
            for entry in self.shown
        )
        if self.shown:
            options.highlighted = 0
        else:
            options.add_option(Option(Content("没有这一项"), disabled=True))
