"""What every app of the program shares: its looks, and an end that prints no contents."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from rich.console import RenderableType
from textual.app import App
from textual.scrollbar import ScrollBar

from govoffice_tui.clock import Clock, local
from govoffice_tui.screens.crash import leave_report
from govoffice_tui.screens.looks import remember_theme, remembered_theme
from govoffice_tui.screens.themes import THEMES
from govoffice_tui.widgets.scroll_bar import WholeCellBar

T = TypeVar("T")


class QuietApp(App[T]):
    """An app in the program's themes; after an unforeseen error `last_words` is the one sentence to print."""

    TITLE = "行政股登记簿"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock
        self.last_words = ""
        ScrollBar.renderer = WholeCellBar
        for _, theme in THEMES.values():
            self.register_theme(theme)
        # Set as if it were the default: setting it as a change would read every style sheet twice at the start.
        self.set_reactive(App.theme, remembered_theme(folder) or next(iter(THEMES)))
        self.stylesheet.set_variables(self.get_css_variables())

    def wear(self, theme: str) -> str:
        """Change to a theme, at the next start too; return the sentence to show."""
        self.theme = theme
        title = THEMES[theme][0]
        return (
            f"已换主题 {title}"
            if remember_theme(self.folder, theme)
            else f"已换主题 {title},下次打开还是原来的:磁盘不能写"
        )

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets anew; before the first page is there, nothing of them can have changed."""
        if self.screen_stack and self.screen.is_mounted:
            super().refresh_css(animate)

    def panic(self, *renderables: RenderableType) -> None:
        """End after a failure of the terminal; what is given to print may hold what somebody typed."""
        self._break(RuntimeError())

    def _handle_exception(self, error: Exception) -> None:
        """End after an error nobody foresaw."""
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._break(error)

    def _break(self, error: Exception) -> None:
        self._return_code = 1
        if not self.last_words:
            self.last_words = leave_report(self.folder, error, local(self.clock.now()))
        self._close_messages_no_wait()
