"""The schema as SQLite text: tables from the models, and triggers that stop accidents."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from hashlib import sha256

from peewee import Database, SqliteDatabase

from govoffice_tui.migrations import RELEASED, SCHEMA, released_sql
from govoffice_tui.models import OUTSIDE_THE_CHAIN, REGISTERS, STRUCK_BY_DAY, UNIQUE_WHILE_CURRENT

SCHEMA_DIGEST = "8a787b04f493ed3483b830f563fb0f2f795a690a5e980208fd7f249f52529253"
"""The digest of `schema_text` of an office made by this program; a test holds it to the models.

After a change of the models `make schema` (`python -m govoffice_tui.storage.schema`) prints it anew.
"""

_MAKING_ORDER = ("table", "index", "trigger")
_JOURNAL_TRIGGERS = (
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never deleted from'); END""",
    """CREATE TRIGGER journal_next_seq BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END""",
    """CREATE TRIGGER journal_purge_only BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at
OR NEW.register IS NOT OLD.register OR NEW.entry IS NOT OLD.entry OR NEW.verb IS NOT OLD.verb
OR NEW.operator IS NOT OLD.operator OR NEW.form_key IS NOT OLD.form_key OR NEW.schema IS NOT OLD.schema
OR NEW.payload_hash IS NOT OLD.payload_hash OR NEW.previous IS NOT OLD.previous OR NEW.hash IS NOT OLD.hash
BEGIN SELECT RAISE(ABORT, 'a line of the journal is never changed'); END""",
)


def create_schema(database: Database) -> None:
    """Create every table, index and trigger in an empty database, inside the caller's transaction."""
    tables = [*OUTSIDE_THE_CHAIN, *REGISTERS]
    with database.bind_ctx(tables):
        database.create_tables(tables, safe=False)
    for table, columns in UNIQUE_WHILE_CURRENT.items():
        name = table._meta.table_name
        database.execute_sql(
            f"CREATE UNIQUE INDEX {name}_current ON {name} ({', '.join(columns)}) WHERE struck_at IS NULL"
        )
    for table in STRUCK_BY_DAY:
        name = table._meta.table_name
        database.execute_sql(f"CREATE INDEX {name}_struck ON {name} (event_day) WHERE struck_at IS NOT NULL")
    for table in REGISTERS:
        name = table._meta.table_name
        database.execute_sql(
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name}\n"
            "BEGIN SELECT RAISE(ABORT, 'a line of the book is struck, never deleted'); END"
        )
    for trigger in _JOURNAL_TRIGGERS:
        database.execute_sql(trigger)


def schema_text(database: Database) -> dict[str, str]:
    """Return the SQL of every table, index and trigger by name."""
    cursor = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return {name: sql for name, sql in cursor.fetchall() if not name.startswith("sqlite_")}


def schema_digest(database: Database) -> str:
    """Return one digest of the whole schema text of a file."""
    return text_digest(schema_text(database))


def text_digest(text: Mapping[str, str]) -> str:
    """Return one digest of a schema text."""
    return sha256(repr(sorted(text.items())).encode()).hexdigest()


def columns_of(database: Database, name: str = "main") -> dict[str, list[str]]:
    """Return the tables of a file, or of one attached under a name, each with its columns."""
    cursor = database.execute_sql(
        f"SELECT t.name, c.name FROM {name}.sqlite_master t JOIN pragma_table_info(t.name, ?) c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY t.rowid, c.cid",
        (name,),
    )
    found: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        found.setdefault(table, []).append(column)
    return found


def expected_digest(version: int) -> str | None:
    """Return the digest of an untouched office of a schema, None for one this program does not know."""
    return SCHEMA_DIGEST if version == SCHEMA else RELEASED.get(version)


def expected_schema(version: int = SCHEMA) -> dict[str, str]:
    """Return the schema text an untouched office of a known schema has: tables first, then indexes, then triggers."""
    database = SqliteDatabase(":memory:")
    database.connect()
    if version == SCHEMA:
        create_schema(database)
    else:
        database.connection().executescript(released_sql(version))
    kinds = dict(database.execute_sql("SELECT name, type FROM sqlite_master").fetchall())
    text = schema_text(database)
    database.close()
    return {name: text[name] for name in sorted(text, key=lambda name: _MAKING_ORDER.index(kinds[name]))}


if __name__ == "__main__":
    statements = expected_schema()
    if "--text" in sys.argv:
        print(f"-- Every table, index and trigger of an office at schema {SCHEMA}, as the engine keeps their text.")
        print("".join(f"{sql};\n" for sql in statements.values()), end="")
    else:
        print(f'SCHEMA_DIGEST = "{text_digest(statements)}"')
