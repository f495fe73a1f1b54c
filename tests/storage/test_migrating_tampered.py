"""An older office somebody changed behind the program: found as it lies, and never brought up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import peewee
import pytest

from govoffice_tui.journal import chain
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.registers.backups import listed
from govoffice_tui.registers.office import Damaged, open_office
from govoffice_tui.storage import migrating, schema
from govoffice_tui.storage.copies import check_copy
from govoffice_tui.storage.errors import BadBackup
from tests.older import (
    LAST_CODE,
    a_day_later,
    left_in,
    old_office,
)
from tests.restoring import found_by_verify

JOURNAL_TRIGGERS = ("journal_no_delete", "journal_purge_only", "sign_ins_no_delete")


def _by_hand(*statements: str) -> Callable[[Path], None]:
    """Return a change made behind the program's back, its triggers put back afterwards."""

    def harm(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            kept = [
                connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
                for name in JOURNAL_TRIGGERS
            ]
            for statement in (*(f"DROP TRIGGER {name}" for name in JOURNAL_TRIGGERS), *statements, *kept):
                connection.execute(statement)
            connection.commit()

    return harm


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (_by_hand("UPDATE sign_ins SET signed_at = signed_at - 60 WHERE number = 2"), "签到 签〔2026〕2号被改动"),
        (_by_hand("DELETE FROM sign_ins WHERE number = 2"), "签到第2行不见了"),
        (_by_hand("INSERT INTO events (at, kind, detail) VALUES (1, 'x', '')"), "大事记第2行没有日志"),
        (
            _by_hand("UPDATE journal SET payload = replace(payload, '签', '到') WHERE seq = 40"),
            "日志第40笔内容被改动",
        ),
        (_by_hand("UPDATE journal SET at = at + 1 WHERE seq = 40"), "日志第40笔被改动"),
        (_by_hand("DELETE FROM journal WHERE seq = 40"), "日志第40笔到第40笔不见了"),
        (_by_hand("UPDATE journal SET payload = NULL, salt = NULL WHERE seq = 40"), "日志第40笔内容被抹去"),
    ],
)
def test_a_change_made_behind_the_program_is_found_before_and_stops_the_step(
    tmp_path: Path, harm: Callable[[Path], None], found: str
) -> None:
    path = old_office(tmp_path)
    harm(path)
    before = path.read_bytes()
    office = open_office(tmp_path, a_day_later(), as_is=True)
    assert any(one.startswith(found) for one in found_by_verify(office))
    office.close()
    with pytest.raises(Damaged, match=f"登记库升级前的备份没有通过核验:{found}"):
        open_office(tmp_path, a_day_later())
    assert path.read_bytes() == before
    assert left_in(tmp_path) == []
    assert listed(tmp_path) == []


@pytest.mark.parametrize(
    "harm",
    [
        _by_hand("CREATE TRIGGER quiet AFTER INSERT ON sign_ins BEGIN UPDATE sign_ins SET remark = 'x'; END"),
        _by_hand("CREATE TABLE more (a)"),
        _by_hand("ALTER TABLE sign_ins ADD COLUMN desk TEXT NOT NULL DEFAULT ''"),
        _by_hand("PRAGMA user_version = 0"),
        _by_hand(f"PRAGMA user_version = {SCHEMA}"),
        _by_hand("UPDATE journal SET verb = 'x' WHERE seq = (SELECT max(seq) FROM journal)"),
    ],
)
def test_an_old_file_of_another_schema_text_or_tail_is_refused_at_once(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = old_office(tmp_path)
    harm(path)
    before = path.read_bytes()
    for as_is in (True, False):
        with pytest.raises(Damaged, match="被改动过"):
            open_office(tmp_path, a_day_later(), as_is=as_is)
    with pytest.raises(BadBackup):
        check_copy(path)
    assert path.read_bytes() == before
    assert listed(tmp_path) == []


def test_a_table_of_an_old_file_that_is_gone_while_it_is_open_is_found(tmp_path: Path) -> None:
    path = old_office(tmp_path)
    office = open_office(tmp_path, a_day_later(), as_is=True)
    _by_hand("DROP TABLE exports")(path)
    assert found_by_verify(office) == [
        "表结构“exports”不见了",
        "表结构“exports_form_period_version”不见了",
        "表结构“exports_no_delete”不见了",
        "导出整册不见了,日志里有1笔",
    ]
    office.close()


def test_an_old_file_older_than_its_anchors_is_refused(tmp_path: Path) -> None:
    old_office(tmp_path)
    with (tmp_path / "data" / "anchors.log").open("a", encoding="utf-8") as log:
        log.write(f"2026-11-02T10:00:00 70 {'0' * 64} 导出 另一张.xlsx\n")
    with pytest.raises(Damaged, match="比锚点旧"):
        open_office(tmp_path, a_day_later())


def test_rows_the_new_schema_does_not_admit_stop_the_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_office(tmp_path)
    before = path.read_bytes()
    stricter = schema.expected_schema()
    stricter["staff"] = stricter["staff"].replace('"sex" TEXT NOT NULL', "\"sex\" TEXT NOT NULL CHECK (sex <> '')")
    monkeypatch.setattr(migrating, "expected_schema", lambda: dict(stricter))
    with pytest.raises(Damaged, match="有的登记不合新格式的要求"):
        open_office(tmp_path, a_day_later())
    assert path.read_bytes() == before
    assert left_in(tmp_path) == []
    assert chain.code(check_copy(listed(tmp_path)[0].path).tail.hash) == LAST_CODE


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("UPDATE sign_ins SET signed_at = signed_at - 60 WHERE number = 2", "签到 签〔2026〕2号被改动"),
        ("UPDATE closings SET reason = 'x'", "封存第1行被改动"),
        ("DELETE FROM arrivals WHERE id = 1", "到岗情况第1行不见了"),
        ("UPDATE office SET value = randomblob(16)", "日志第1笔接不上前一笔"),
        ("CREATE TABLE more (a)", "表结构被改动过"),
    ],
)
def test_a_copy_that_is_not_the_same_book_never_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str, found: str
) -> None:
    path = old_office(tmp_path)
    before = path.read_bytes()

    def fill(database: peewee.SqliteDatabase) -> None:
        filled = schema.expected_schema()
        guards = [name for name in filled if name.endswith("_no_delete")]
        rightly_filled(database)
        for statement in (*(f"DROP TRIGGER {name}" for name in guards), harm, *(filled[name] for name in guards)):
            database.execute_sql(statement)

    rightly_filled = migrating._fill
    monkeypatch.setattr(migrating, "_fill", fill)
    with pytest.raises(Damaged, match=f"登记库升级没有做成:{found}.*登记库没有动。"):
        open_office(tmp_path, a_day_later())
    assert path.read_bytes() == before
    assert left_in(tmp_path) == []
