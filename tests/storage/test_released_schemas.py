"""Schemas that offices in use have: their text is on record, never changes, and each step only adds."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from peewee import Model, SqliteDatabase

from govoffice_tui.journal.change import wording
from govoffice_tui.migrations import RELEASED, SCHEMA
from govoffice_tui.models import OUTSIDE_THE_CHAIN, REGISTERS, Event
from govoffice_tui.storage.schema import SCHEMA_DIGEST, expected_schema, schema_digest, text_digest
from tests.older import old_office

REPOSITORY = Path(__file__).resolve().parents[2]
KNOWN = sorted({*RELEASED, SCHEMA})
Column = tuple[str, int, str | None, int]


def _columns(version: int) -> dict[str, dict[str, Column]]:
    """Return the columns of every table of a schema: type, whether a value is needed, default, place in the key."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for sql in expected_schema(version).values():
            connection.execute(sql)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            table: {column[1]: column[2:] for column in connection.execute(f'PRAGMA table_info("{table}")')}
            for (table,) in tables
        }


def test_every_schema_before_todays_is_on_record() -> None:
    assert sorted(RELEASED) in (list(range(1, SCHEMA)), list(range(1, SCHEMA + 1)))


@pytest.mark.parametrize("version", RELEASED)
def test_the_text_on_record_has_the_digest_on_record(version: int) -> None:
    assert text_digest(expected_schema(version)) == RELEASED[version]


@pytest.mark.parametrize("version", RELEASED)
def test_an_office_kept_at_a_released_schema_has_the_digest_on_record(version: int, tmp_path: Path) -> None:
    database = SqliteDatabase(str(old_office(tmp_path, version)))
    assert schema_digest(database) == RELEASED[version]
    assert database.execute_sql("PRAGMA user_version").fetchone() == (version,)
    database.close()


def test_the_models_do_not_change_under_a_released_number() -> None:
    assert text_digest(expected_schema()) == SCHEMA_DIGEST, "run `make schema`, or raise SCHEMA if it was released"
    assert RELEASED.get(SCHEMA, SCHEMA_DIGEST) == SCHEMA_DIGEST, "a released schema changes by raising SCHEMA only"


def test_a_release_puts_its_schema_on_record() -> None:
    changes = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    unreleased = changes.partition("## [Unreleased]")[2].partition("\n## [")[0]
    assert SCHEMA in RELEASED or re.search("^- ", unreleased, re.MULTILINE), "nothing is unreleased but the schema"


@pytest.mark.parametrize(("old", "new"), list(pairwise(KNOWN)))
def test_a_step_only_adds_tables_and_columns_with_a_constant_default(old: int, new: int) -> None:
    before, after = _columns(old), _columns(new)
    assert before.keys() <= after.keys()
    for table, columns in before.items():
        for name, column in columns.items():
            assert after[table].get(name) == column, f"{table}.{name} was changed, renamed or dropped"
        for name in after[table].keys() - columns.keys():
            _, is_needed, default, key = after[table][name]
            assert key == 0
            assert not is_needed or default is not None, f"{table}.{name} needs a default in SQL"
            assert default is None or re.fullmatch(r"-?\d+|'[^']*'", default), f"{table}.{name}: {default}"


@pytest.mark.parametrize("table", REGISTERS, ids=lambda table: str(table._meta.table_name))
def test_a_default_is_the_same_in_the_file_and_in_the_program(table: type[Model]) -> None:
    words = wording(table)
    name = table._meta.table_name
    since, told = _columns(1).get(name, {}).keys(), _columns(SCHEMA)[name]
    with closing(sqlite3.connect(":memory:")) as connection:
        for column, default in zip(words.columns, words.defaults, strict=True):
            if since and column not in since:
                assert connection.execute(f"SELECT {told[column][2] or 'NULL'}").fetchone() == (default,), (
                    f"{name}.{column}"
                )


@pytest.mark.parametrize("table", [Event, *OUTSIDE_THE_CHAIN], ids=lambda table: str(table._meta.table_name))
def test_what_a_restore_writes_into_an_older_backup_keeps_its_columns(table: type[Model]) -> None:
    name = table._meta.table_name
    assert _columns(1)[name] == _columns(SCHEMA)[name]
