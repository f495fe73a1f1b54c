"""The small app that runs where there is no office to open yet, or one that cannot be opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from govoffice_tui.clock import Clock, local
from govoffice_tui.screens.themes import THEMES


class SetupApp(App[bool]):
    """One page with the looks of the program; its result says whether an office can be opened now."""

    CSS_PATH = "../app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "退出", tooltip="退出程序", priority=True, id="app.quit"),
        Binding("ctrl+c", "leave", show=False, system=True),
    ]

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock
        for _, theme in THEMES.values():
            self.register_theme(theme)
        self.theme = next(iter(THEMES))

    @property
    def today(self) -> date:
        """Return the office's day."""
        return local(self.clock.now()).date()

    def first_screen(self) -> Screen[None]:
        """Return the page to show."""
        raise KeyError("a setup has a page")

    def leave(self) -> None:
        """End without an office."""
        self.exit(False)

    async def on_mount(self) -> None:
        await self.push_screen(self.first_screen())

    def action_leave(self) -> None:
        """Leave the program."""
        self.leave()
