"""Backups as the office sees them: recorded once verified, their age told, and a restore put into words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock, epoch
from govoffice_tui.journal import chain
from govoffice_tui.registers import backups, settings
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.backups import (
    BackupDone,
    anchor_of,
    back_up,
    listed,
    may_back_up_now,
    restore_here,
    shown,
    state,
)
from govoffice_tui.registers.office import Busy, CannotWrite, Office, open_office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.backup import list_backups, own_folder
from govoffice_tui.storage.check import verify_anchor
from govoffice_tui.storage.files import newest_anchor
from tests.restoring import found_by_verify

NOW = datetime(2026, 10, 12, 7, 50)


@pytest.fixture
def usb(office: Office, tmp_path: Path) -> Path:
    """A second folder, there and named in the settings."""
    folder = tmp_path / "usb"
    folder.mkdir()
    settings.change(office, "backup_folder", str(folder), by=None)
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_recorded_after_it_was_verified_and_anchored(office: Office) -> None:
    tail = office.tail()
    done = back_up(office, None, by=3)
    assert done == BackupDone(own_folder(office.folder) / done.path.name, None, "")
    assert done.path.name == f"office-20261012-075000-{tail.seq}-{chain.code(tail.hash)}.db"
    assert _names(done.path.parent) == [done.path.name]
    assert office.fetch("SELECT kind, detail FROM events") == [("backup", f"{done.path.name} 第{tail.seq}笔")]
    line = "SELECT verb, operator FROM journal ORDER BY seq DESC LIMIT 1"
    assert office.fetch(line) == [("record_backup", 3)]
    anchor = newest_anchor(office.folder)
    assert anchor is not None
    assert (anchor.seq, anchor.hash, anchor.kind) == (
        office.tail().seq,
        office.tail().hash,
        f"备份 {done.path.name}",
    )
    assert found_by_verify(office) == []


def test_nothing_is_recorded_when_there_is_no_backup(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise CannotWrite("备份没有做成:磁盘已满。")

    monkeypatch.setattr(backups, "take_backup", full)
    with pytest.raises(CannotWrite):
        back_up(office, None, by=None)
    assert office.fetch("SELECT count(*) FROM events") == [(0,)]


def test_the_same_form_sent_again_is_one_backup(office: Office, clock: SetClock) -> None:
    first = back_up(office, None, by=None, form_key="form")
    clock.at += 5
    assert back_up(office, None, by=None, form_key="form") == first
    assert _names(first.path.parent) == [first.path.name]
    assert back_up(office, None, by=None, form_key="another").path != first.path


def test_a_reader_makes_no_backup(office: Office) -> None:
    assign_post(office, 1, Post.READER, by=None)
    with pytest.raises(Refused, match="查阅人员"):
        back_up(office, None, by=1)
    assert not own_folder(office.folder).exists()


def test_a_backup_of_an_idle_year_is_made_though_the_book_takes_no_record(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2027, 10, 12, 7, 50))
    done = back_up(office, None, by=None)
    assert done.path.is_file()
    assert done.sentence.startswith("备份已做好,只是没有记全:距最后一笔登记")
    assert not state(office).is_overdue


def test_the_second_folder_gets_the_same_file(office: Office, usb: Path) -> None:
    done = back_up(office, None, by=None)
    assert done.second == usb / done.path.name
    assert done.second.read_bytes() == done.path.read_bytes()
    assert done.sentence == ""
    assert [kind for (kind,) in office.fetch("SELECT kind FROM events ORDER BY id")] == ["backup", "backup_second"]


def test_a_second_folder_that_is_away_is_told_and_never_made(office: Office, usb: Path) -> None:
    usb.rmdir()
    done = back_up(office, None, by=None)
    assert (done.second, done.sentence) == (None, "第二备份文件夹不在(U盘没有插?),这次只备份了一份。")
    assert not usb.exists()
    assert done.path.is_file()


def test_a_second_folder_that_fails_does_not_spoil_the_first(
    office: Office, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise CannotWrite("第二份备份没有做成:磁盘已满。")

    monkeypatch.setattr(backups, "copy_backup", full)
    done = back_up(office, None, by=None)
    assert (done.second, done.sentence) == (None, "第二份备份没有做成:磁盘已满。")
    assert office.fetch("SELECT kind FROM events") == [("backup",)]


def test_only_the_folders_of_the_office_are_thinned_out(
    office: Office, usb: Path, tmp_path: Path, clock: SetClock
) -> None:
    kept = tmp_path / "kept"
    for _ in range(2):
        clock.at += 60
        back_up(office, None, by=None)
        back_up(office, kept, by=None)
    assert [len(list_backups(folder)) for folder in (own_folder(office.folder), usb, kept)] == [1, 1, 2]


def test_a_folder_is_made_for_a_backup_but_not_the_folders_above_it(office: Office, tmp_path: Path) -> None:
    assert back_up(office, tmp_path / "one", by=None).path.parent == tmp_path / "one"
    with pytest.raises(CannotWrite, match="建不了"):
        back_up(office, tmp_path / "gone" / "one", by=None)
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize(
    ("later", "sentence", "is_overdue"),
    [
        (timedelta(0), "今日07:50,已核验", False),
        (timedelta(hours=20), "昨日07:50,已核验", False),
        (timedelta(days=1), "昨日07:50,已核验", False),
        (timedelta(days=1, seconds=1), "昨日07:50,已核验,已超过一天,请现在备份", True),
        (timedelta(days=5), "10月12日07:50,已核验,已超过一天,请现在备份", True),
    ],
)
def test_a_backup_is_overdue_after_a_day(
    office: Office, clock: SetClock, later: timedelta, sentence: str, is_overdue: bool
) -> None:
    back_up(office, None, by=None)
    clock.set(NOW + later)
    found = state(office)
    assert (found.last_at, found.sentence) == (epoch(NOW), sentence)
    assert (found.is_overdue, found.is_red) == (is_overdue, is_overdue)
    assert (found.second_last_at, found.second_overdue) == (None, False)


def test_an_office_without_a_backup_is_red(office: Office) -> None:
    found = state(office)
    assert (found.last_at, found.is_red, found.sentence) == (None, True, "还没有备份,请现在备份")


def test_a_backup_that_is_gone_or_from_a_time_to_come_is_no_witness(office: Office, clock: SetClock) -> None:
    done = back_up(office, None, by=None)
    done.path.rename(done.path.with_name(done.path.name.replace("20261012", "20271012")))
    assert state(office).last_at is None


def test_the_second_backup_is_overdue_after_seven_days_present_or_away(
    office: Office, usb: Path, clock: SetClock
) -> None:
    assert state(office).sentence == "还没有备份,请现在备份;U盘还没有备份"
    assert state(office).second_overdue
    back_up(office, None, by=None)
    assert state(office).sentence == "今日07:50,已核验;U盘备份今日"
    for is_away in (False, True):
        if is_away:
            usb.rename(usb.with_name("pocket"))
        clock.set(NOW + timedelta(days=7))
        assert (state(office).second_last_at, state(office).second_overdue) == (epoch(NOW), False)
        clock.set(NOW + timedelta(days=7, seconds=1))
        assert state(office).second_overdue
        assert state(office).sentence.endswith(";U盘备份7天前,已超过7天")
    usb.mkdir()
    assert state(office).second_last_at is None


@pytest.mark.parametrize(
    ("hour", "minute", "is_free"),
    [(7, 44, True), (7, 45, False), (8, 15, False), (8, 16, True), (14, 14, True), (14, 45, False), (17, 30, True)],
)
def test_no_backup_begins_in_the_half_hour_before_a_cut_off(hour: int, minute: int, is_free: bool) -> None:
    cutoffs = [datetime(2026, 10, 12, 8, 15), datetime(2026, 10, 12, 14, 45)]
    assert may_back_up_now(datetime(2026, 10, 12, hour, minute), cutoffs) is is_free


def _sign(office: Office, people: range) -> None:
    for person in people:
        sign_in(office, person, NOW.date(), Half.MORNING, by=person)


def test_a_restore_names_the_lost_entries_and_where_the_old_file_stays(office: Office, clock: SetClock) -> None:
    _sign(office, range(1, 2))
    done = back_up(office, None, by=None)
    seq = list_backups(done.path.parent)[0].seq
    _sign(office, range(2, 9))
    office.close()
    assert restore_here(office.folder, done.path, clock) == [
        f"已恢复到第{seq}笔,备份文件{done.path.name}。",
        "这份备份之后登记或改动过的,现在没有了,请补登:"
        "签到7条(签〔2026〕2号、签〔2026〕3号、签〔2026〕4号、签〔2026〕5号、签〔2026〕6号等)。",
        f"原来的登记库留在{office.path.with_name('office-被替换-20261012-075000.db')}。",
    ]
    again = open_office(office.folder, clock)
    assert found_by_verify(again) == []
    assert back_up(again, None, by=3).sentence == ""
    again.close()


def test_going_back_to_the_last_backup_with_nothing_since_loses_nothing(office: Office, clock: SetClock) -> None:
    done = back_up(office, None, by=None)
    office.close()
    assert restore_here(office.folder, done.path, clock)[1] == "没有少登记。"


def _garble(path: Path) -> None:
    path.write_bytes(b"x" * 9000)


@pytest.mark.parametrize(
    ("harm", "words", "lines"), [(_garble, "说不出少了哪些登记", 3), (Path.unlink, "这里原来没有登记库", 2)]
)
def test_a_file_that_cannot_be_read_cannot_say_what_is_lost_or_who_may_restore(
    office: Office, clock: SetClock, harm: Callable[[Path], None], words: str, lines: int
) -> None:
    assign_post(office, 3, Post.SIGN_IN_KEEPER, by=None)
    done = back_up(office, None, by=None)
    office.close()
    harm(office.path)
    said = restore_here(office.folder, done.path, clock, by=5)
    assert len(said) == lines
    assert words in said[1]


def test_somebody_without_the_post_does_not_restore_and_nobody_while_a_window_is_open(
    office: Office, clock: SetClock
) -> None:
    assign_post(office, 3, Post.SIGN_IN_KEEPER, by=None)
    done = back_up(office, None, by=None)
    tail = office.tail()
    office.close()
    with pytest.raises(Refused, match="需由签到管理人"):
        restore_here(office.folder, done.path, clock, by=5)
    again = open_office(office.folder, clock)
    assert again.tail() == tail
    with pytest.raises(Busy, match="另一窗口正开着"):
        restore_here(office.folder, done.path, clock, by=3)
    again.close()
    assert restore_here(office.folder, done.path, clock, by=3)[0].startswith("已恢复")


def test_the_list_of_backups_needs_no_office_that_opens(office: Office) -> None:
    assert listed(office.folder) == []
    done = back_up(office, None, by=None)
    office.close()
    _garble(office.path)
    (backup,) = listed(office.folder)
    _, _, _, seq, code = done.path.stem.split("-")
    assert shown(backup).startswith(f"2026-10-12 07:50  第{seq}笔  核对码{seq}-{code}  ")
    size = done.path.stat().st_size
    words = f"{size / 1e6:.1f}MB" if size >= 1e6 else f"{-(-size // 1000)}KB"
    assert (shown(backup).endswith(f"  {words}"), backup.path) == (True, done.path)


def test_the_name_of_a_backup_is_an_anchor_the_book_agrees_with(office: Office, tmp_path: Path) -> None:
    anchor = anchor_of(back_up(office, None, by=None).path)
    assert list(verify_anchor(office, anchor)) == []
    assert [one.kind for one in verify_anchor(office, replace(anchor, hash=bytes(4)))] == ["anchor"]
    (tmp_path / "office.xlsx").write_bytes(b"x")
    for name in ("office.xlsx", "gone.db"):
        with pytest.raises(Refused, match="不是本程序的备份文件"):
            anchor_of(tmp_path / name)
