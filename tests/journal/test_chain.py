"""The journal: its format by test vectors, and that no change behind the program's back goes unseen."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.journal import chain
from govoffice_tui.models import REGISTERS
from govoffice_tui.registers.attendance.months import month
from govoffice_tui.registers.attendance.signing import (
    collect_book,
    note_arrival,
    sign_in,
    strike_sign_in,
    take_back_sign_in,
)
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Anchor, Damaged, Office, open_office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.verification import verify_office, verify_recent
from govoffice_tui.rules.attendance import ArrivalKind, StrikeReason
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.schema import SCHEMA_DIGEST, schema_digest
from tests.factories import staff_lines
from tests.laws import cases

FORMAT = Path(__file__).resolve().parents[2] / "docs" / "journal-format.md"


def test_the_vectors_of_the_format_document_come_out() -> None:
    vectors = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", FORMAT.read_text("utf-8"), re.DOTALL)]
    assert len(vectors) == 2
    previous = chain.genesis(bytes.fromhex(vectors[0]["uuid"]))
    for vector in vectors:
        assert vector["previous"] == previous.hex()
        payload = chain.payload_hash(bytes.fromhex(vector["salt"]), vector["payload"])
        assert payload.hex() == vector["payload_hash"]
        previous = chain.line_hash(previous, vector["seq"], vector["at"], vector["head"], payload)
        assert previous.hex() == vector["hash"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": None, "名": "王\n伟"}, '{"a":null,"b":1,"名":"王\\n伟"}'),
        (["sign_ins", 3, "sign_in", None, "k", 1], '["sign_ins",3,"sign_in",null,"k",1]'),
    ],
)
def test_there_is_one_spelling(value: dict[str, chain.Value] | list[chain.Value], text: str) -> None:
    assert chain.canonical(value) == text


def test_the_schema_of_a_new_office_is_the_one_the_program_expects(empty_office: Office) -> None:
    assert schema_digest(empty_office.database) == SCHEMA_DIGEST


def test_rows_and_lines_cannot_be_deleted_or_changed_by_accident(office: Office) -> None:
    connection = sqlite3.connect(office.path)
    for table in REGISTERS:
        name = table._meta.table_name
        if connection.execute(f"SELECT 1 FROM {name}").fetchone():
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(f"DELETE FROM {name}")
    for statement in ("DELETE FROM journal", "UPDATE journal SET verb = 'x'", "UPDATE journal SET payload = '{}'"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


steps = st.lists(st.tuples(st.sampled_from("sstkcnw"), st.integers(1, 8), st.integers(0, 240)), max_size=40)


@pytest.mark.law
@settings(max_examples=cases(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_after_any_sequence_of_verbs_nothing_is_found_and_the_month_balances(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    clock = SetClock(datetime(2026, 10, 12, 7, 0))
    office = found_office(tmp_path_factory.mktemp("office"), clock, {})
    import_staff(office, staff_lines(8), by=None)
    signed: list[int] = []
    for verb, person, minutes in steps:
        clock.at += minutes * 10
        now = office.now()
        half = Half(now.hour >= 12)
        try:
            match verb:
                case "s":
                    signed.append(sign_in(office, person, now.date(), half, by=3).sign_in)
                case "t" if signed:
                    take_back_sign_in(office, signed[-1], by=3)
                case "k" if signed:
                    strike_sign_in(office, random.choice(signed), StrikeReason.OTHER, by=3)
                case "c":
                    collect_book(office, now.date(), half, "测试", by=3)
                case "n":
                    note_arrival(office, person, now.date(), half, ArrivalKind.LATE, by=3)
                case "w":
                    clock.set(datetime.combine(now.date() + timedelta(days=1), datetime(2026, 1, 1, 7, 0).time()))
        except Refused:
            continue
    assert verify_office(office).findings == ()
    assert all(one.imbalance == 0 for one in month(office, "2026-10").people)
    office.close()


def _used_office(folder: Path) -> Path:
    """Return the file of an office with every kind of row in it."""
    clock = SetClock(datetime(2026, 10, 12, 7, 50))
    office = found_office(folder, clock, {"office_name": "测试县"})
    import_staff(office, staff_lines(8), by=None)
    for person in range(1, 7):
        sign_in(office, person, date(2026, 10, 12), Half.MORNING, by=3)
    take_back_sign_in(office, 6, by=3)
    clock.set(datetime(2026, 10, 12, 8, 20))
    collect_book(office, date(2026, 10, 12), Half.MORNING, by=3)
    note_arrival(office, 8, date(2026, 10, 12), Half.MORNING, ArrivalKind.LATE, by=3)
    office.close()
    return office.path


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _used_office(tmp_path_factory.mktemp("used"))


def _changed_copy(used: Path, folder: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """Change a copy of the file as a stranger would, triggers off and on again."""
    copy = folder / "data" / "office.db"
    copy.parent.mkdir(parents=True)
    shutil.copy(used, copy)
    connection = sqlite3.connect(copy)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    change(connection)
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def _tampered(used: Path, folder: Path, change: Callable[[sqlite3.Connection], object]) -> list[str]:
    """Change a copy and return what is found."""
    _changed_copy(used, folder, change)
    try:
        office = open_office(folder, SetClock(datetime(2026, 10, 12, 9, 0)))
    except Damaged as damage:
        return [str(damage)]
    found = [str(finding) for finding in verify_office(office).findings]
    office.close()
    return found


TABLES = [table._meta.table_name for table in REGISTERS]


def _columns(used: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(used)
    found = []
    for table in [*TABLES, "journal"]:
        if connection.execute(f"SELECT 1 FROM {table}").fetchone():
            found += [(table, row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    connection.close()
    return found


def test_a_change_of_any_column_of_any_row_is_found(used: Path, tmp_path: Path) -> None:
    pairs = _columns(used)
    assert len(pairs) > 80
    for place, (table, column) in enumerate(pairs):
        if column in ("id", "seq"):
            continue

        def change(connection: sqlite3.Connection, table: str = table, column: str = column) -> None:
            key = "seq" if table == "journal" else "id"
            row, value = connection.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key} DESC").fetchone()
            other: object
            if isinstance(value, int):
                other = 1 - value if value in (0, 1) else value + 1
            elif isinstance(value, bytes):
                other = bytes([value[0] ^ 1]) + value[1:]
            else:
                other = {"kind": "pending", "part": "B", "carrier": "paper"}.get(column) or (
                    "2026-10-11" if column.endswith("_day") else f"{value or ''}改"
                )
                kinds = dict(connection.execute(f"SELECT name, type FROM pragma_table_info('{table}')").fetchall())
                if value is None and kinds[column] == "INTEGER":
                    other = 1
            connection.execute("PRAGMA foreign_keys = 0")
            connection.execute("PRAGMA ignore_check_constraints = 1")
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (other, row))

        assert _tampered(used, tmp_path / str(place), change), f"{table}.{column}"


@pytest.mark.parametrize("table", ["sign_ins", "staff", "arrivals", "settings"])
def test_a_row_taken_away_or_slipped_in_is_named(used: Path, tmp_path: Path, table: str) -> None:
    gone = _tampered(used, tmp_path / "gone", lambda c: c.execute(f"DELETE FROM {table} WHERE id = 1"))
    assert any("不见了" in finding for finding in gone)
    if table == "settings":
        slipped = (
            "INSERT INTO settings (key, value, from_day, entered_at) VALUES ('summer_from', '06-01', '2026-01-01', 5)"
        )
        assert any(
            "没有日志" in finding for finding in _tampered(used, tmp_path / "slip", lambda c: c.execute(slipped))
        )


def test_a_line_taken_out_of_the_journal_is_found(used: Path, tmp_path: Path) -> None:
    found = _tampered(used, tmp_path, lambda c: c.execute("DELETE FROM journal WHERE seq = 5"))
    assert any("第5笔" in finding for finding in found)


def test_the_book_cut_off_at_the_end_is_older_than_its_anchor(used: Path, tmp_path: Path) -> None:
    def cut(connection: sqlite3.Connection) -> None:
        (seq,) = connection.execute("SELECT seq FROM journal WHERE verb = 'collect_book'").fetchone()
        connection.execute("DELETE FROM journal WHERE seq >= ?", (seq,))

    _changed_copy(used, tmp_path, cut)
    shutil.copy(used.with_name("anchors.log"), tmp_path / "data" / "anchors.log")
    with pytest.raises(Damaged, match="比锚点旧"):
        open_office(tmp_path, SetClock(datetime(2026, 10, 12, 9, 0)))


def test_a_printed_code_agrees_or_does_not(office: Office, clock: SetClock) -> None:
    tail = office.tail()
    good = Anchor(tail.seq, tail.hash[:4], "核对码")
    bad = Anchor(tail.seq, bytes(4), "核对码")
    future = Anchor(tail.seq + 9, tail.hash[:4], "核对码")
    assert verify_office(office, [good]).findings == ()
    kinds = [finding.kind for finding in verify_office(office, [bad, future]).findings]
    assert kinds == ["anchor", "older"]


def test_a_dropped_trigger_is_named(used: Path, tmp_path: Path) -> None:
    copy = tmp_path / "data" / "office.db"
    copy.parent.mkdir()
    shutil.copy(used, copy)
    connection = sqlite3.connect(copy)
    connection.execute("DROP TRIGGER journal_no_delete")
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="表结构"):
        open_office(tmp_path, SetClock(datetime(2026, 10, 12, 9, 0)))


def test_the_check_after_the_start_goes_on_from_the_last_good_one(office: Office, clock: SetClock) -> None:
    assert verify_recent(office) == ()
    anchors = (office.folder / "data" / "anchors.log").read_text("utf-8")
    assert verify_recent(office) == ()
    assert (office.folder / "data" / "anchors.log").read_text("utf-8") == anchors
    row = sign_in(office, 1, date(2026, 10, 12), Half.MORNING, by=3).sign_in
    connection = sqlite3.connect(office.path)
    connection.execute("UPDATE sign_ins SET staff_id = 2 WHERE id = ?", (row,))
    connection.commit()
    connection.close()
    assert [finding.register for finding in verify_recent(office)] == ["sign_ins"]
    assert (office.folder / "data" / "anchors.log").read_text("utf-8") == anchors
