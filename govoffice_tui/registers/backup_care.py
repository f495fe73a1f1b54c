"""What keeps backups worth having: a second folder that serves, and a drill that goes back to one now and then."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.models import Event
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import CannotWrite, Office, open_office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.backup import list_backups, own_folder
from govoffice_tui.storage.check import verify_office

DRILL = "restore_drill"
DRILL_DAYS = 31
"""How old the last drill may be: it is done every month."""

_FIELD = "backup_folder"


@dataclass(frozen=True)
class SecondFolder:
    """A folder that takes the second copy, and what to tell besides (empty when nothing is)."""

    path: str
    sentence: str


@dataclass(frozen=True)
class Drill:
    """A backup that was gone back to for trial: its file name, and how many lines came out right."""

    file_name: str
    lines: int


def second_folder(office: Office, typed: str) -> SecondFolder:
    """Return a folder for the second copy as it is to be stored; empty stays empty.

    Refused for a path that is not absolute, no folder, the office's own folder or one inside it, and one
    that cannot be written. A folder on the disk of the book is told of: both are lost with it.
    """
    text = typed.strip().strip("'\"")
    if not text:
        return SecondFolder("", "")
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise Refused("请写全文件夹的位置,如 /media/usb/备份。", field=_FIELD)
    if not path.is_dir():
        raise Refused("没有这个文件夹。U盘先插好,文件夹先建好。", field=_FIELD)
    resolved, own = path.resolve(), office.folder.resolve()
    if resolved == own or resolved.is_relative_to(own):
        raise Refused("这是登记库自己的文件夹,第二份要放到U盘或另一块盘上。", field=_FIELD)
    try:
        with tempfile.TemporaryFile(dir=resolved) as trial:
            trial.write(b"govoffice")
    except OSError:
        raise Refused("这个文件夹不能写:没有权限、磁盘已满或写保护开着。", field=_FIELD) from None
    is_same_disk = resolved.stat().st_dev == office.path.stat().st_dev
    note = "它和登记库在同一块盘上,盘坏了两份都没有,最好换成U盘。" if is_same_disk else ""
    return SecondFolder(str(resolved), note)


def drill(office: Office, *, by: int | None, form_key: str | None = None) -> Drill:
    """Go back to the newest backup in a place apart, check every line of it, and record that.

    Refused where there is no backup and where the check finds anything; raises CannotWrite or Damaged. The
    office itself is not touched.
    """
    backups = list_backups(own_folder(office.folder))
    if not backups:
        raise Refused("还没有备份,先做一份备份再演练。")
    newest = backups[0]
    try:
        with tempfile.TemporaryDirectory(prefix="drill-", dir=office.path.parent) as place:
            lines = _checked_copy(office, newest.path, Path(place))
    except OSError:
        raise CannotWrite("恢复演练没有做成:磁盘已满或没有权限。") from None
    with office.write("record_drill", by, form_key) as writing:
        if writing.repeated is None:
            if by is not None:
                posts.require(office, "record_drill", by, day_of(writing.now))
            writing.insert(Event, at=writing.now, kind=DRILL, detail=f"{newest.path.name} {lines}笔一致")
    return Drill(newest.path.name, lines)


def drill_words(office: Office) -> tuple[str, bool]:
    """Return when the last drill was, and whether another is due (never done, or longer ago than a month)."""
    ((last,),) = office.fetch("SELECT max(at) FROM events WHERE kind = ?", DRILL)
    if last is None:
        return "还没有做过", True
    days = (day_of(office.clock.now()) - day_of(last)).days
    late = days > DRILL_DAYS
    return f"{chinese_day(day_of(last))}做过{',已超过一个月' if late else ''}", late


def _checked_copy(office: Office, backup: Path, place: Path) -> int:
    """Restore a backup in a place of its own and return how many lines of it came out right."""
    data = place / "data"
    data.mkdir(mode=0o700)
    shutil.copyfile(backup, data / office.path.name)
    os.chmod(data / office.path.name, 0o600)
    restored = open_office(place, office.clock)
    try:
        report = verify_office(restored)
    finally:
        restored.close()
    if report.findings:
        raise Refused(f"这份备份有{len(report.findings)}处不一致:{report.findings[0]}。请现在另做一份备份。")
    return report.lines
