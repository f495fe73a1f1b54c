"""Opening an office of an older schema: backed up, brought up on a copy, verified, and the same book as before."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import peewee
import pytest

from govoffice_tui.__main__ import main
from govoffice_tui.clock import SetClock
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.migrations import RELEASED, SCHEMA, released_sql
from govoffice_tui.models import StaffProfile
from govoffice_tui.registers.attendance.months import month
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.backups import anchor_of, listed, restore_here
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Anchor, open_office
from govoffice_tui.registers.timekeeping import day_question
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage import check, copies, migrating, opening, schema, sqlite
from govoffice_tui.storage.backup import list_backups, own_folder
from govoffice_tui.storage.check import verify_office
from govoffice_tui.storage.copies import check_copy
from govoffice_tui.storage.files import read_anchors
from tests.older import (
    LAST_CODE,
    LAST_SEQ,
    Parcel,
    a_day_later,
    a_further_schema,
    left_in,
    old_office,
    rows_of,
    version_of,
)
from tests.restoring import backup_of, found_by_verify

CODE = Anchor(LAST_SEQ, bytes.fromhex(LAST_CODE), "核对码")


def test_the_kept_office_is_whole_and_verify_reads_it_as_it_is(tmp_path: Path) -> None:
    path = old_office(tmp_path)
    before = path.read_bytes()
    office = open_office(tmp_path, a_day_later(), as_is=True)
    report = verify_office(office, [CODE])
    assert (report.lines, report.code, report.findings) == (LAST_SEQ, LAST_CODE, ())
    with pytest.raises(Refused, match=r"只读打开,不能登记:登记库是旧格式\(1\)"):
        sign_in(office, 1, date(2026, 11, 3), Half.MORNING, by=1)
    office.close()
    assert path.read_bytes() == before


def test_an_old_office_is_brought_up_with_every_row_and_line_as_it_was(tmp_path: Path) -> None:
    path = old_office(tmp_path)
    before, heard = rows_of(path), list[str]()
    clock = a_day_later()
    office = open_office(tmp_path, clock, tell=heard.append)
    assert heard == [f"登记库是旧格式(1),正在备份并升级到格式{SCHEMA},请稍候,不要关机。"]
    after = rows_of(path)
    for table, rows in before.items():
        assert len(rows) > 0
        found = [{column: row[column] for column in rows[0]} for row in after[table]]
        more = {"events": 1, "journal": 1, "submissions": 1}.get(table, 0)
        assert len(found) == len(rows) + more
        assert all(row in found for row in rows)
    assert verify_office(office, [CODE]).findings == ()
    assert left_in(tmp_path) == []
    assert path.stat().st_mode & 0o777 == 0o600
    sign_in(office, 1, date(2026, 11, 3), Half.MORNING, by=1)
    assert verify_office(office, [CODE]).findings == ()
    assert len(month(office, "2026-10").people) == 6
    office.close()
    again = open_office(tmp_path, clock, tell=heard.append)
    assert len(heard) == 1
    again.close()


def test_the_step_is_a_line_of_the_book_an_anchor_and_a_verified_backup(tmp_path: Path) -> None:
    path = old_office(tmp_path)
    noted = read_anchors(tmp_path)
    office = open_office(tmp_path, a_day_later())
    (backup,) = list_backups(own_folder(tmp_path))
    assert (backup.seq, backup.hash_prefix) == (LAST_SEQ, LAST_CODE)
    assert check_copy(backup.path).schema == 1
    detail = f"1→{SCHEMA} 机器时间2026-11-03 07:40:00 升级前备份{backup.path.name}"
    assert office.fetch("SELECT detail FROM events WHERE kind = 'migrate'") == [(detail,)]
    line = "SELECT seq, register, verb, operator, schema FROM journal ORDER BY seq DESC LIMIT 1"
    assert office.fetch(line) == [(LAST_SEQ + 1, "events", "migrate", None, SCHEMA)]
    tail = office.tail()
    assert read_anchors(tmp_path) == [*noted, Anchor(tail.seq, tail.hash, f"升级 1→{SCHEMA}")]
    assert version_of(path) == SCHEMA
    office.close()


@pytest.mark.parametrize("now", [datetime(2026, 11, 5, 7, 40), datetime(2031, 1, 1, 0, 0), datetime(2020, 1, 1, 0, 0)])
def test_a_wrong_clock_is_not_written_into_the_book_and_still_asked_about(tmp_path: Path, now: datetime) -> None:
    old_office(tmp_path)
    unmoved = open_office(tmp_path, SetClock(now), as_is=True)
    last, question = unmoved.tail().at, day_question(unmoved)
    unmoved.close()
    office = open_office(tmp_path, SetClock(now))
    assert office.tail().at == last
    assert day_question(office) == question
    assert found_by_verify(office) == []
    office.close()


def test_a_new_table_and_a_new_column_are_there_and_hold_their_default(tmp_path: Path) -> None:
    path = old_office(tmp_path)
    clock = a_day_later()
    with a_further_schema():
        office = open_office(tmp_path, clock)
        assert office.fetch("SELECT DISTINCT desk FROM sign_ins") == [("门口",)]
        sign_in(office, 1, date(2026, 11, 3), Half.MORNING, by=1)
        with office.write("receive_parcel", 1) as writing:
            head: dict[str, Value] = {"series": "包", "year": 2026, "number": 1, "event_day": "2026-11-03"}
            writing.insert(Parcel, **head, entered_at=writing.now, state="here", sender="测试乡")
        assert verify_office(office, [CODE]).findings == ()
        backup = backup_of(office)
        office.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE sign_ins SET desk = '后门' WHERE number = 3")
            connection.commit()
        changed = open_office(tmp_path, clock)
        assert found_by_verify(changed) == ["签到 签〔2026〕3号被改动(desk与日志不符)"]
        changed.close()
        restore_here(tmp_path, backup, clock)
        whole = open_office(tmp_path, clock)
        assert found_by_verify(whole) == []
        whole.close()


def test_two_steps_are_taken_at_once_and_a_step_may_rewrite_rows_by_lines_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_today = tmp_path / "two"
    found_office(made_today, a_day_later(), {"office_name": "测试县"}).close()
    old_office(tmp_path / "one")
    text = "".join(f"{sql};\n" for sql in schema.expected_schema().values())
    digests = {**RELEASED, SCHEMA: schema.SCHEMA_DIGEST}

    def rewrite(database: peewee.Database, change: Change) -> None:
        for (row,) in database.execute_sql("SELECT id FROM staff_profiles WHERE section = '信息股'").fetchall():
            change.update(StaffProfile, row, section="信息中心")

    with a_further_schema():
        monkeypatch.setattr(schema, "RELEASED", digests)
        monkeypatch.setattr(schema, "released_sql", lambda one: text if one == SCHEMA else released_sql(one))
        monkeypatch.setattr(migrating, "REWRITES", {SCHEMA + 1: rewrite})
        monkeypatch.setattr(schema.expected_schema, "__defaults__", (SCHEMA + 1,))
        for module in (check, copies, migrating, opening, schema, sqlite):
            monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)
        for folder, start in ((tmp_path / "one", 1), (made_today, SCHEMA)):
            as_is = open_office(folder, a_day_later(), as_is=True)
            assert found_by_verify(as_is) == []
            as_is.close()
            office = open_office(folder, a_day_later())
            ((detail,),) = office.fetch("SELECT detail FROM events WHERE kind = 'migrate'")
            assert detail.startswith(f"{start}→{SCHEMA + 1} ")
            assert found_by_verify(office) == []
            assert office.fetch("SELECT count(*) FROM staff_profiles WHERE section = '信息股'") == [(0,)]
            rewritten = "SELECT count(*) FROM journal WHERE verb = 'migrate' AND register = 'staff_profiles'"
            ((count,),) = office.fetch(rewritten)
            assert (count > 0) is (start == 1)
            office.close()


def test_an_old_backup_is_listed_verified_restored_and_then_brought_up(tmp_path: Path) -> None:
    old_office(tmp_path)
    clock = a_day_later()
    office = open_office(tmp_path, clock)
    sign_in(office, 1, date(2026, 11, 3), Half.MORNING, by=1)
    office.note_anchor("收存")
    anchors = read_anchors(tmp_path)
    (backup,) = listed(tmp_path)
    assert verify_office(office, [anchor_of(backup.path)]).findings == ()
    office.close()
    told = restore_here(tmp_path, backup.path, clock)
    assert told[0] == f"已恢复到第{LAST_SEQ}笔,备份文件{backup.path.name}。"
    assert "签到簿1条" in told[1]
    assert version_of(tmp_path / "data" / "office.db") == 1
    as_is = open_office(tmp_path, clock, as_is=True)
    assert found_by_verify(as_is) == []
    as_is.close()
    again = open_office(tmp_path, clock)
    assert again.fetch("SELECT count(*) FROM sign_ins WHERE event_day = '2026-11-03'") == [(0,)]
    assert again.fetch("SELECT kind FROM events ORDER BY id DESC LIMIT 2") == [("migrate",), ("restore",)]
    assert found_by_verify(again) == []
    found = [(one.kind, one.seq) for one in verify_office(again, anchors).findings]
    assert found == [("branch", LAST_SEQ + 1), ("branch", anchors[-1].seq)]
    again.close()


def test_the_command_line_tells_beside_its_output_and_verify_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = old_office(tmp_path)
    before = path.read_bytes()
    copy = tmp_path / f"office-20261102-090000-{LAST_SEQ}-{LAST_CODE}.db"
    shutil.copy(path, copy)
    code = f"{LAST_SEQ}:{LAST_CODE}"
    assert main(["verify", "--anchor", str(copy), "--code", code, "--office", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("一致:61笔")
    assert path.read_bytes() == before
    assert main(["backup", "--office", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("已备份并核验:")
    assert said.err.startswith("登记库是旧格式(1),正在备份并升级")
    assert main(["verify", "--anchor", str(copy), "--code", code, "--office", str(tmp_path)]) == 0


def test_what_a_crash_of_the_old_program_left_is_taken_back_first(tmp_path: Path) -> None:
    path = old_office(tmp_path / "crashed")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO settings (key, value, from_day, entered_at) VALUES ('x', ?, '2026-01-01', 1)",
            [("y" * 900,)] * 200,
        )
        for name in ("read", "opened"):
            shutil.copytree(path.parent, tmp_path / name / "data")
        connection.execute("ROLLBACK")
    for folder, as_is in ((tmp_path / "read", True), (tmp_path / "opened", False)):
        journal = folder / "data" / "office.db-journal"
        assert journal.stat().st_size > 4096
        office = open_office(folder, a_day_later(), as_is=as_is)
        assert office.fetch("SELECT count(*) FROM settings") == [(2,)]
        assert found_by_verify(office) == []
        office.close()
        assert not journal.is_file() or journal.stat().st_size == 0
