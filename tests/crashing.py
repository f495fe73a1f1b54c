"""Work cut off in the middle: a process that dies, and a disk that fails, at a given step."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from peewee import SqliteDatabase

DISK = tuple((os, name) for name in ("fsync", "replace", "write", "unlink"))
"""Every call of the program that changes the disk itself."""

ENGINE = ((SqliteDatabase, "execute_sql"),)
"""Every statement given to the engine."""

Calls = Sequence[tuple[object, str]]


def run_until(step: int, run: Callable[[], object], calls: Calls = DISK) -> bool:
    """Run in a process that dies at the given one of the calls; return whether it got through."""
    child = os.fork()
    if child == 0:
        left = step

        def dying(call: Callable[..., object]) -> Callable[..., object]:
            def one(*given: object, **named: object) -> object:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return call(*given, **named)

            return one

        for owner, name in calls:
            setattr(owner, name, dying(getattr(owner, name)))
        try:
            run()
        finally:
            os._exit(0 if left > 0 else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@contextmanager
def full_disk_at(step: int) -> Iterator[None]:
    """Let the given call that writes to the disk find it full."""
    left = step

    def failing(call: Callable[..., object]) -> Callable[..., object]:
        def one(*given: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*given)

        return one

    with pytest.MonkeyPatch.context() as patch:
        for name in ("fsync", "replace", "write"):
            patch.setattr(os, name, failing(getattr(os, name)))
        yield
