"""Where people sign (签到点): several places, each with the sections that sign there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SignPoint:
    """One place; its name is empty where the office has one place only."""

    name: str
    sections: tuple[str, ...] = ()


ONE_POINT = (SignPoint(""),)

EVERYWHERE = "="
"""Stands for every place at once in a choice; no place is called so, because the sign ends a name."""


def point_of(section: str, points: Sequence[SignPoint]) -> str:
    """Return where a section signs; one that no place names signs at the first."""
    return next((point.name for point in points if section in point.sections), points[0].name)
