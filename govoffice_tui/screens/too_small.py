"""What covers everything while the window is smaller than any page."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

LEAST = Size(60, 18)


class TooSmallScreen(ModalScreen[None]):
    """窗口太小: goes by itself when the window grows."""

    def compose(self) -> ComposeResult:
        yield Static(f"窗口太小(需要{LEAST.width}×{LEAST.height}),请把窗口拉大。", markup=False)


def fits(size: Size) -> bool:
    """Return whether a page fits into a window."""
    return size.width >= LEAST.width and size.height >= LEAST.height
