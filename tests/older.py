"""Offices as earlier schemas kept them, built from their text, and a schema newer than today's."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from peewee import SQL, TextField

from govoffice_tui.clock import SetClock
from govoffice_tui.journal import verify
from govoffice_tui.journal.change import wording
from govoffice_tui.models import REGISTERS, Entry, SignIn
from govoffice_tui.storage import schema
from govoffice_tui.storage.backup import own_folder

KEPT = Path(__file__).resolve().parent / "storage"
LAST_SEQ, LAST_CODE = 61, "e6c0dd2b"
"""The last line of the office kept at schema 1."""


def a_day_later() -> SetClock:
    """Return a clock of the workday after the last line of the office kept at schema 1."""
    return SetClock(datetime(2026, 11, 3, 7, 40))


def old_office(folder: Path, version: int = 1) -> Path:
    """Build the office kept at a released schema, with its anchors, and return its file."""
    path = folder / "data" / "office.db"
    path.parent.mkdir(parents=True, mode=0o700)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((KEPT / f"schema-{version}.sql").read_text("utf-8"))
    os.chmod(path, 0o600)
    anchors = (KEPT / f"schema-{version}-anchors.log").read_text("utf-8")
    (path.parent / "anchors.log").write_text(anchors, "utf-8")
    return path


def rows_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of a file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}


def left_in(folder: Path) -> list[str]:
    """Return what lies beside the office but does not belong there."""
    known = {"office.db", "office.db-journal", "office.lock", "anchors.log", "backups"}
    backups = own_folder(folder)
    strange = [path.name for path in backups.iterdir()] if backups.is_dir() else []
    strange = [name for name in strange if not name.startswith("office-")]
    return strange + [path.name for path in (folder / "data").iterdir() if path.name not in known]


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


class Parcel(Entry):
    """A register no schema has yet."""

    sender = TextField()

    class Meta:
        table_name = "parcels"


@contextmanager
def a_further_schema(name: str = "desk") -> Iterator[None]:
    """Give today's schema a table more, and the signatures a column more that holds 门口 by default."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "REGISTERS", (*REGISTERS, Parcel))
        patch.setattr(verify, "_TABLES", {**verify._TABLES, "parcels": Parcel})
        patch.setattr(verify, "REGISTER_WORDS", {**verify.REGISTER_WORDS, "parcels": "包裹"})
        SignIn._meta.add_field(name, TextField(default="门口", constraints=[SQL("DEFAULT '门口'")]))
        wording.cache_clear()
        patch.setattr(schema, "SCHEMA_DIGEST", schema.text_digest(schema.expected_schema()))
        try:
            yield
        finally:
            SignIn._meta.remove_field(name)
            wording.cache_clear()
