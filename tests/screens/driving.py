"""How tests drive the app: keys pressed, everything awaited, the screen read as it is painted."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from govoffice_tui.app import OfficeApp


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until everything that was asked for stands in the book and on the screen."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after another and wait for what they do; what a named key begins is met by the next one done."""
    for key in keys:
        await pilot.press(key)
        if len(key) > 1:
            await pilot.app.workers.wait_for_complete()
    await settled(pilot)


async def open_tab(pilot: Pilot[Any], word: str) -> None:
    """Open the tab of a register by its word, wherever it stands on the strip."""
    assert isinstance(pilot.app, OfficeApp)
    place = [tab.id for tab in pilot.app.tabs].index(word) + 1
    await pilot.app.switch_mode(f"tab{place}")
    await settled(pilot)


def painted(pilot: Pilot[Any]) -> list[str]:
    """Return the screen line by line; none is wider than the window."""
    width, height = pilot.app.size
    rows = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    assert len(rows) == height
    assert all(cell_len(row) <= width for row in rows)
    return rows
