"""Whether somebody sets the machine's clock while the program is open."""

from __future__ import annotations

from govoffice_tui.clock import STEP, Clock


class ClockWatch:
    """Compares the wall clock with one nobody can set."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = self._wall_ahead()

    def step(self) -> int:
        """Return by how many seconds the clock jumped since the last look, 0 for what is no step."""
        before, self._ahead = self._ahead, self._wall_ahead()
        moved = round(self._ahead - before)
        return moved if abs(moved) > STEP else 0

    def _wall_ahead(self) -> float:
        return self._clock.now() - self._clock.running()
