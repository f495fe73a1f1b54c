"""An office that is being begun: it grows in a place apart and is moved into its folder whole, or not at all."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from govoffice_tui.storage.copies import sync_folder
from govoffice_tui.storage.errors import AlreadyAnOffice, CannotWrite
from govoffice_tui.storage.files import ANCHORS, DATABASE

PREFIX = ".govoffice-new-"
STALE_SECONDS = 86_400
"""After this long a place apart was left by a power cut and is cleared away."""


@dataclass(frozen=True)
class Draft:
    """Where an office grows (`place`), where it belongs (`folder`), and which folders were made for it."""

    folder: Path
    place: Path
    made: tuple[Path, ...]


def begin(folder: Path) -> Draft:
    """Make the place apart for a new office of a folder.

    Raises AlreadyAnOffice where an office stands or is missing from what it left behind, and CannotWrite.
    """
    _require_free(folder)
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    made: list[Path] = []
    place = folder / f"{PREFIX}{uuid4().hex[:8]}"
    try:
        for one in reversed(missing):
            one.mkdir(mode=0o700)
            made.append(one)
        _clear_stale(folder)
        place.mkdir(mode=0o700)
    except OSError:
        _remove(made)
        raise CannotWrite(f"不能在{folder}里建登记库:没有权限、磁盘已满或有同名文件。") from None
    return Draft(folder, place, tuple(made))


def settle(draft: Draft) -> None:
    """Move a finished office into its folder; it must be closed. Raises AlreadyAnOffice or CannotWrite."""
    grown, data = draft.place / "data", draft.folder / "data"
    try:
        _require_free(draft.folder)
        data.mkdir(exist_ok=True, mode=0o700)
        if (grown / ANCHORS).is_file():
            (grown / ANCHORS).rename(data / ANCHORS)
        _move_new(grown / DATABASE, data / DATABASE)
        sync_folder(data)
    except FileExistsError:  # another window began the same folder
        raise AlreadyAnOffice(f"{draft.folder}里已经有登记库,没有改动。") from None
    except OSError:
        raise CannotWrite(f"不能在{draft.folder}里建登记库:没有权限、磁盘已满或有同名文件。") from None
    shutil.rmtree(draft.place, ignore_errors=True)


def discard(draft: Draft) -> None:
    """Take away everything an unfinished office left, and the folders made for it."""
    shutil.rmtree(draft.place, ignore_errors=True)
    _remove(list(draft.made))


def _require_free(folder: Path) -> None:
    data = folder / "data"
    if data.exists() and not (data.is_dir() and os.access(data, os.W_OK)):
        raise CannotWrite(f"不能在{folder}里建data文件夹:没有权限、磁盘已满或有同名文件。")
    if (data / DATABASE).exists():
        raise AlreadyAnOffice(f"{folder}里已经有登记库,没有改动。")
    left = [data / ANCHORS] if (data / ANCHORS).exists() else list((data / "backups").glob("office-*.db"))
    if left:
        raise AlreadyAnOffice(
            f"{folder}里有以前登记库的锚点或备份,登记库却不在。要接着用,先运行 govoffice restore --list 恢复备份;"
            "要新建,请换一个空文件夹。"
        )


def _move_new(source: Path, target: Path) -> None:
    """Rename a file to a name that is free; raises FileExistsError where two windows began at once."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # file systems of U-disks know no links
        if target.exists():
            raise FileExistsError(target) from None
        source.rename(target)
    else:
        source.unlink()


def _clear_stale(folder: Path) -> None:
    for one in folder.glob(f"{PREFIX}*"):
        if time.time() - one.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(one, ignore_errors=True)


def _remove(made: list[Path]) -> None:
    for one in reversed(made):
        with suppress(OSError):
            one.rmdir()
