"""Timing two things in turn and giving the ratio of their medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the report: what was measured, the ratio, and the goal it is held against."""

    title: str
    ratio: float
    goal: str
    note: str

    def __str__(self) -> str:
        return f"{self.title:<58}{self.ratio:>7.2f}   目标 {self.goal:<8}{self.note}"


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def against(title: str, goal: str, ours: Callable[[], object], floor: Callable[[], object], rounds: int = 9) -> Result:
    """Run both in turn and return the ratio of the medians."""
    pairs = [(seconds(ours), seconds(floor)) for _ in range(rounds)]
    mine, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Result(title, mine / base, goal, f"{mine * 1000:.1f} ms / {base * 1000:.1f} ms")
