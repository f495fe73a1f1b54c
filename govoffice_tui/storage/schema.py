"""The schema as SQLite text: tables from the models, and triggers that stop accidents."""

from __future__ import annotations

from hashlib import sha256

from peewee import Database, SqliteDatabase

from govoffice_tui.models import OUTSIDE_THE_CHAIN, REGISTERS, STRUCK_BY_DAY, UNIQUE_WHILE_CURRENT

SCHEMA_DIGEST = "f1f587e55bb1990d0bf447b01873488d4271728dd96666afe9c09fc8185e8d58"
"""The digest of `schema_text` of an office made by this program; a test holds it to the models."""

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
    """Return one digest of the whole schema text."""
    return sha256(repr(sorted(schema_text(database).items())).encode()).hexdigest()


def expected_schema() -> dict[str, str]:
    """Return the schema text a new office would have."""
    database = SqliteDatabase(":memory:")
    database.connect()
    create_schema(database)
    text = schema_text(database)
    database.close()
    return text
