"""The folder of backups: which files count, and which are kept as they grow old."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from govoffice_tui.clock import local
from govoffice_tui.storage import backup as backups
from govoffice_tui.storage.backup import list_backups, prune

NOW = datetime(2026, 10, 12, 7, 50)
Usage = namedtuple("Usage", "total used free")


def test_files_of_other_names_are_no_backups(tmp_path: Path) -> None:
    names = [
        "office-20261012-075000-12-0123abcd.db",
        "office-20261012-075000-9-0123abcd.db",
        "office-20261013-075000-13-0123abcd.db",
    ]
    others = [
        "office.db",
        "office-20261312-075000-12-0123abcd.db",
        "office-20261012-075000-12-0123ABCD.db",
        "office-20261012-075000-12-0123abcd.db-journal",
        "office-20261012-075000-１２-0123abcd.db",
    ]
    for name in names + others:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "office-20261014-075000-14-0123abcd.db").mkdir()
    assert [backup.path.name for backup in list_backups(tmp_path)] == [names[2], names[0], names[1]]
    assert list_backups(tmp_path / "gone") == []


def _history(folder: Path, days: int) -> list[datetime]:
    """Make empty backups, two a day up to NOW, and return when they were taken."""
    moments = []
    for back in range(days):
        for hour in (8, 17):
            moment = datetime.combine(NOW.date() - timedelta(days=back), datetime.min.time()) + timedelta(hours=hour)
            (folder / f"office-{moment:%Y%m%d-%H%M%S}-{9999 - back}-0123abcd.db").write_bytes(b"x")
            moments.append(moment)
    return moments


def test_fourteen_days_eight_weeks_and_36_month_ends_are_kept(tmp_path: Path) -> None:
    moments = _history(tmp_path, 1300)
    assert prune(tmp_path) == ""
    kept = {local(backup.taken_at) for backup in list_backups(tmp_path)}
    assert {moment.hour for moment in kept} == {17}
    days = {moment.date() for moment in kept}
    today = NOW.date()
    fortnight = {today - timedelta(days=back) for back in range(14)}
    sundays = {date(2026, 10, 11) - timedelta(weeks=back) for back in range(7)}
    ends = {
        date(year + (month == 12), month % 12 + 1, 1) - timedelta(days=1)
        for year, month in ((2023 + (10 + count) // 12, (10 + count) % 12 + 1) for count in range(35))
    }
    assert min(ends) == date(2023, 11, 30)
    assert max(ends) == date(2026, 9, 30)
    assert days == fortnight | sundays | ends
    assert max(moments) in kept


def test_a_short_disk_keeps_fewer_backups_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _history(tmp_path, 100)
    prune(tmp_path)
    whole = len(list_backups(tmp_path))

    def usage(folder: Path) -> Usage:
        return Usage(0, 0, backups.SPARE_ROOM + 2 - 6 + whole - len(list(tmp_path.iterdir())))

    monkeypatch.setattr(shutil, "disk_usage", usage)
    prune(tmp_path)
    assert len(list_backups(tmp_path)) == whole - 6
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0, 0, 0))
    newest = list_backups(tmp_path)[:3]
    assert prune(tmp_path) == "放备份的磁盘剩余空间不多,只留着最近的3份备份,请清理磁盘。"
    assert list_backups(tmp_path) == newest
