"""Numbered steps from one schema to the next; a new office is made at the newest.

A step only adds tables, and columns with a constant default: nothing is renamed, dropped or retyped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from peewee import Database

from govoffice_tui.journal.change import Change

SCHEMA = 3
"""The schema this program writes, kept in the file as its user_version."""

RELEASED: Mapping[int, str] = {
    1: "a190a0296aad779c95a9185031f5ab98bb526cecf236b9c93a1563958948f97e",
    2: "be4f125205f0da54c99415c3f054e1d576a9dd6116915b905544ef4253e0d9e8",
    3: "8a787b04f493ed3483b830f563fb0f2f795a690a5e980208fd7f249f52529253",
}
"""The digest of the schema text of every schema that offices in use may have; only ever added to.

Before a release of the program its schema is recorded: `python -m govoffice_tui.storage.schema --text` writes
`schema-N.sql`, and its digest stands here. From then on the models change only together with `SCHEMA`.
"""

REWRITES: Mapping[int, Callable[[Database, Change], None]] = {}
"""What the step to a schema changes in rows already there, each through the change, which leaves its line."""


def released_sql(version: int) -> str:
    """Return the statements that make an empty office of a released schema."""
    return Path(__file__).with_name(f"schema-{version}.sql").read_text("utf-8")
