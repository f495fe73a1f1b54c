"""Backups as the office sees them: making one, how old the last is, and going back to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from govoffice_tui.clock import TOLERATED_STEP_BACK, Clock, chinese_short_day, day_of, hour_minute, local
from govoffice_tui.models import Event
from govoffice_tui.registers import posts, settings
from govoffice_tui.registers.office import Anchor, CannotWrite, Damaged, NoOffice, Office, StorageError, open_office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.backup import Backup, copy_backup, list_backups, own_folder, prune, take_backup
from govoffice_tui.storage.copies import explained
from govoffice_tui.storage.restore import Restored, restore_backup

DAY = 86400
SECOND_DAYS = 7
QUIET = timedelta(minutes=30)
"""How long before a cut-off no backup begins."""

BACKUP, SECOND_BACKUP = "backup", "backup_second"
"""Kinds of event; the detail begins with the file's name."""


@dataclass(frozen=True)
class BackupDone:
    """Where a verified backup and its second copy stand, and what to tell besides (empty when all went well)."""

    path: Path
    second: Path | None
    sentence: str


@dataclass(frozen=True)
class BackupState:
    """When the office was last backed up, and the one line that says so (`is_red` when somebody must act)."""

    last_at: int | None
    is_overdue: bool
    second_last_at: int | None
    second_overdue: bool
    sentence: str

    @property
    def is_red(self) -> bool:
        return self.is_overdue or self.second_overdue


def back_up(office: Office, folder: Path | None, *, by: int | None, form_key: str | None = None) -> BackupDone:
    """Back the office up into `folder` (by default its own), copy it to the second folder, and record both.

    Only the two folders of the office are thinned out. `by` None is the program itself. Refused to a
    reader; raises Busy, CannotWrite or Damaged when there is no backup. A second folder that is away or
    does not serve, and a book that takes no record, are told in the sentence: the backup itself is good.
    """
    repeated = _recorded(office, form_key)
    own = own_folder(office.folder)
    target = own if folder is None else folder
    if repeated is not None:
        return BackupDone(target / repeated, None, "")
    today = day_of(office.clock.now())
    if by is not None:
        posts.require(office, "record_backup", by, today)
    backup = take_backup(office, _made(target), "备份")
    second, told = _copy_second(office, backup, settings.on(office, today).backup_folder)
    try:
        with office.write("record_backup", by, form_key) as writing:
            for kind, done in ((BACKUP, backup), (SECOND_BACKUP, second)):
                if done is not None:
                    writing.insert(Event, at=writing.now, kind=kind, detail=f"{done.path.name} 第{done.seq}笔")
        with explained("锚点没有记上", ""):
            office.note_anchor(f"备份 {backup.path.name}")
    except (Refused, StorageError) as reason:
        told.append(f"备份已做好,只是没有记全:{reason}")
    told += [prune(done.path.parent) for done in (backup, second) if done and (done is second or target == own)]
    return BackupDone(backup.path, second.path if second else None, "".join(told))


def state(office: Office) -> BackupState:
    """Return how old the newest backup is that can be found, and the newest copy in the second folder.

    The first is overdue after a day, the second after seven; without a second folder in the settings it
    never is. While the second folder is away the book's own record of the last copy counts.
    """
    now = office.clock.now()
    second_folder = settings.on(office, day_of(now)).backup_folder
    last = _newest(own_folder(office.folder), now)
    second = None
    if second_folder and Path(second_folder).is_dir():
        second = _newest(Path(second_folder), now)
    elif second_folder:
        ((second,),) = office.fetch("SELECT max(at) FROM events WHERE kind = ?", SECOND_BACKUP)
    is_overdue = last is None or now - last > DAY
    second_overdue = bool(second_folder) and (second is None or now - second > SECOND_DAYS * DAY)
    sentence = _last_words(last, now)
    if second_folder:
        sentence += f";{_second_words(second, now)}"
    return BackupState(last, is_overdue, second, second_overdue, sentence)


def may_back_up_now(now: datetime, cutoffs: Iterable[datetime]) -> bool:
    """Return whether a backup may begin by itself: not in the half hour before a cut-off of the day."""
    return not any(cutoff - QUIET <= now <= cutoff for cutoff in cutoffs)


def restore_here(folder: Path, backup: Path, clock: Clock, *, by: int | None = None) -> list[str]:
    """Go back to a backup and return what happened, a sentence a line: which entries are lost comes second.

    The office must be closed everywhere. `by` None is the command line. Refused to somebody whose posts
    do not allow it, as far as the present file can tell; raises Busy, BadBackup or CannotWrite, and
    then nothing was changed.
    """
    if by is not None:
        _require_restore(folder, clock, by)
    done = restore_backup(folder, backup, clock, by)
    lines = [f"已恢复到第{done.new_seq}笔,备份文件{backup.name}。", _lost_words(done)]
    if done.kept_aside is not None:
        lines.append(f"原来的登记库留在{done.kept_aside}。")
    return lines


def listed(folder: Path) -> list[Backup]:
    """Return the backups in the office's own folder, newest first; the office need not open."""
    return list_backups(own_folder(folder))


def shown(backup: Backup) -> str:
    """Return one line about a backup."""
    taken = f"{local(backup.taken_at):%Y-%m-%d %H:%M}"
    return f"{taken}  第{backup.seq}笔  核对码{backup.seq}-{backup.hash_prefix}  {_size(backup.size)}"


def anchor_of(path: Path) -> Anchor:
    """Return the line of the book a backup's name remembers; refused for a file that is no backup."""
    found = next((backup for backup in list_backups(path.parent) if backup.path.name == path.name), None)
    if found is None:
        raise Refused(f"{path.name}不是本程序的备份文件(office-日期-时间-笔数-核对码.db)。")
    return Anchor(found.seq, bytes.fromhex(found.hash_prefix), path.name)


def _recorded(office: Office, form_key: str | None) -> str | None:
    """Return the file name that a form sent before became."""
    if form_key is None:
        return None
    rows = office.fetch(
        "SELECT e.detail FROM submissions s JOIN journal j ON j.seq = s.first_seq JOIN events e ON e.id = j.entry"
        " WHERE s.form_key = ? AND j.register = 'events' AND e.kind = ?",
        form_key,
        BACKUP,
    )
    return str(rows[0][0]).split(" ")[0] if rows else None


def _made(folder: Path) -> Path:
    """Make the folder of a backup, but not the folders above it: a disk that is not there stays missed."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        raise CannotWrite(f"备份没有做成:{folder}这个文件夹建不了,请检查磁盘和权限。") from None
    return folder


def _copy_second(office: Office, backup: Backup, folder: str) -> tuple[Backup | None, list[str]]:
    """Copy a backup to the second folder where that is set, there and another one; else say what is missing."""
    if not folder or Path(folder) == backup.path.parent:
        return None, []
    if not Path(folder).is_dir():
        return None, ["第二备份文件夹不在(U盘没有插?),这次只备份了一份。"]
    try:
        return copy_backup(office, backup, Path(folder), "第二份备份"), []
    except StorageError as error:
        return None, [str(error)]


def _newest(folder: Path, now: int) -> int | None:
    """Return when the newest backup in a folder was taken; one from a time to come is no witness."""
    times = (backup.taken_at for backup in list_backups(folder))
    return next((taken_at for taken_at in times if taken_at <= now + TOLERATED_STEP_BACK), None)


def _last_words(last: int | None, now: int) -> str:
    if last is None:
        return "还没有备份,请现在备份"
    days = (day_of(now) - day_of(last)).days
    when = ("今日", "昨日")[days] if 0 <= days <= 1 else chinese_short_day(day_of(last))
    late = ",已超过一天,请现在备份" if now - last > DAY else ""
    return f"{when}{hour_minute(last)},已核验{late}"


def _second_words(last: int | None, now: int) -> str:
    if last is None:
        return "U盘还没有备份"
    days = max(0, (day_of(now) - day_of(last)).days)
    late = f",已超过{SECOND_DAYS}天" if now - last > SECOND_DAYS * DAY else ""
    return f"U盘备份{f'{days}天前' if days else '今日'}{late}"


def _require_restore(folder: Path, clock: Clock, by: int) -> None:
    """Refuse a restore to somebody without the post; a file that does not open cannot say who holds one."""
    try:
        office = open_office(folder, clock)
    except (Damaged, NoOffice):
        return
    try:
        posts.require(office, "restore", by, day_of(clock.now()))
    finally:
        office.close()


def _lost_words(done: Restored) -> str:
    if done.kept_aside is None:
        return "这里原来没有登记库,备份之后的登记请对照纸质簿册和导出的表补登。"
    if done.lost is None:
        return "原来的登记库读不通,说不出少了哪些登记,请对照纸质簿册和导出的表补登。"
    if not done.lost:
        return "没有少登记。"
    parts = (
        f"{one.register}{one.count}条({'、'.join(one.names)}{'等' if one.count > len(one.names) else ''})"
        for one in done.lost
    )
    return f"这份备份之后登记或改动过的,现在没有了,请补登:{';'.join(parts)}。"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f}MB" if size >= 1e6 else f"{-(-size // 1000)}KB"
