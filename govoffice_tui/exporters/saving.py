"""Putting a finished file in its place: whole or not at all, and never over a file somebody has open."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import zlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

OTHER_NAME = "_另存{number}"
OWNER_MARKS = ("~${name}", ".~{name}", ".~lock.{name}#")
"""The files by which Excel, WPS and LibreOffice show that they have a workbook open."""


class ExportFailed(Exception):
    """A form could not be written; `sentence` says why, and what stood there before still stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def save_atomically(target: Path, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a temporary file beside `target`, read it back, and put it in place.

    Returns where the file stands: `target`, or a name beside it (`…_另存1.xlsx`) where that is open in another program
    or read-only. Raises ExportFailed where nothing could be written; nothing half written stays.
    """
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=target.suffix)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        if target.suffix == ".xlsx":
            _read_back(temporary)
        return _put(temporary, target)
    except OSError as error:
        raise ExportFailed(_sentence(error, target)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _read_back(path: Path) -> None:
    """Raise OSError where the file just written cannot be read as a workbook."""
    from zipfile import BadZipFile, ZipFile

    from openpyxl import load_workbook

    try:
        with ZipFile(path) as archive:
            damaged = archive.testzip()
        book = load_workbook(path, read_only=True)
        book.close()
    except (BadZipFile, zlib.error, EOFError, KeyError, ValueError, SyntaxError) as error:
        raise OSError(errno.EIO, "unreadable") from error
    if damaged is not None:
        raise OSError(errno.EIO, "damaged")


def _put(temporary: Path, target: Path) -> Path:
    """Move the file to the first name that may be written."""
    names = _names(target)
    while True:
        path = next(names)
        try:
            os.replace(temporary, path)
        except PermissionError:
            if not path.exists():
                raise
        else:
            return path


def _names(target: Path) -> Iterator[Path]:
    if not _is_held(target):
        yield target
    for number in count(1):
        other = target.with_stem(target.stem + OTHER_NAME.format(number=number))
        if not other.exists():
            yield other


def _is_held(target: Path) -> bool:
    """Return whether the file is read-only or another program has it open."""
    if not target.exists():
        return False
    if not target.stat().st_mode & stat.S_IWUSR:
        return True
    return any(target.with_name(mark.format(name=target.name)).exists() for mark in OWNER_MARKS)


def _sentence(error: OSError, target: Path) -> str:
    kept = "原来的文件没有动" if target.exists() else "没有留下半个文件"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘已满,{target.name}没有写成,{kept}。请腾出空间后再导出。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"文件夹{target.parent}不能写入,{target.name}没有写成。请换一个文件夹,或检查权限。"
    if error.errno == errno.EIO:
        return f"{target.name}写出后读不回来,{kept}。请检查磁盘后再导出。"
    return f"{target.name}没有写成({error.strerror or error}),{kept}。"
