"""What covers everything while the window is smaller than any page."""

from __future__ import annotations

from typing import TypeVar

from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

T = TypeVar("T")

LEAST = Size(60, 18)


class TooSmallScreen(ModalScreen[None]):
    """窗口太小: goes by itself when the window grows."""

    def compose(self) -> ComposeResult:
        yield Static(f"窗口太小(需要{LEAST.width}×{LEAST.height}),请把窗口拉大。", markup=False)


def cover_where_small(app: App[T], size: Size) -> None:
    """Cover everything while a window is too small for any page, and uncover it afterwards."""
    fits = size.width >= LEAST.width and size.height >= LEAST.height
    is_covered = isinstance(app.screen, TooSmallScreen)
    if not fits and not is_covered:
        app.push_screen(TooSmallScreen())
    elif fits and is_covered:
        app.pop_screen()
