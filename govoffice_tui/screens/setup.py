"""The small app that runs where there is no office to open yet, or one that cannot be opened."""

from __future__ import annotations

import sys
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from govoffice_tui.clock import local
from govoffice_tui.screens.quiet_app import QuietApp


class SetupApp(QuietApp[bool]):
    """One page with the looks of the program; its result says whether an office can be opened now."""

    CSS_PATH = "../app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "退出", tooltip="退出程序", priority=True, id="app.quit"),
        Binding("ctrl+c", "leave", show=False, system=True),
    ]

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

    def succeeds(self) -> bool:
        """Run the app and return whether an office can be opened now; an unforeseen end says its one sentence."""
        result = self.run()
        if self.last_words:
            sys.stderr.write(f"{self.last_words}\n")
        return bool(result) and not self.last_words
