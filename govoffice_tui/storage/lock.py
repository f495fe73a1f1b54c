"""Who has the office open: every process holds office.lock shared, and a few tasks need it alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from govoffice_tui.storage.errors import Busy, CannotWrite


class OfficeLock:
    """A lock the operating system lets go of when the process dies.

    It is a lock of the database engine on an empty file of its own, so that it is shared or
    exclusive alike on every system the engine runs on.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "data" / "office.lock"
        self._connection: sqlite3.Connection | None = None

    def hold_shared(self) -> None:
        """Say that this process has the office open; raises Busy while a task has it alone."""
        self._take("BEGIN", "SELECT count(*) FROM sqlite_master")

    def hold_alone(self, patience: float = 0.0) -> None:
        """Keep everybody else out; raises Busy while another window is open.

        Of two that ask at the same moment one is sure to be given it only where both have some patience.
        """
        self.release()
        self._take("BEGIN EXCLUSIVE", patience=patience)

    def release(self) -> None:
        """Let go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _take(self, *statements: str, patience: float = 0.0) -> None:
        try:
            connection = sqlite3.connect(self._path, timeout=patience, isolation_level=None, check_same_thread=False)
            try:
                for statement in statements:
                    connection.execute(statement).fetchall()
            except sqlite3.Error:
                connection.close()
                raise
        except sqlite3.OperationalError as error:
            if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
                raise Busy("另一窗口正开着。") from None
            raise CannotWrite("锁文件不能写,请检查磁盘和文件权限。") from None
        self._connection = connection
