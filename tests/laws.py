"""How often a law is tried: `make test` tries fewer cases than `make test-slow`, which takes its time."""

from __future__ import annotations

import os

TRIED_IN_FULL = bool(os.environ.get("LAWS_IN_FULL"))


def cases(full: int) -> int:
    """Return how many cases hypothesis tries of a law that is dear to try."""
    return full if TRIED_IN_FULL else max(5, full // 3)
