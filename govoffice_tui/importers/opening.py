"""What runs in the child process: opens one hostile file under limits, prints its cells as JSON, and may die.

Its imports are kept small because every import of a list waits for them.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

FILE_BYTES = 20 << 20
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 8

MOST_ROWS = 20_000
MOST_COLUMNS = 256
MOST_CELLS = 200_000
MOST_CHARACTERS = 4_000_000
CELL_CHARACTERS = 10_000
"""A longer cell is cut here already; what is kept of it is far less."""

UNPACKED_BYTES = 200 << 20
SUSPICIOUS_BYTES = 16 << 20
SUSPICIOUS_RATIO = 200

SAVE_ANEW = "请用WPS打开,另存为.xlsx再导入"
COPY_LIST = "请在WPS里只把名单复制到一张新表,另存为.xlsx再导入"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_SUFFIXES = (".csv", ".txt")
_DELIMITERS = ",\t;\uff0c"

Cell = str | int | float | bool | date | datetime | time | timedelta


class Unfit(Exception):
    """A file that cannot be taken; the text goes behind its name: what it is, then what to do."""


def serve(path: str) -> None:
    """Print the first sheet of a file as JSON: {"sheet": …, "rows": [[…]]}, or {"unfit": …}."""
    gc.disable()  # nothing here goes round in circles, and the process ends with the answer
    _limit_this_process()
    try:
        with open(path, "rb") as file:
            data = file.read(FILE_BYTES + 1)
        sheet, rows = open_table(data, path)
        answer = json.dumps({"sheet": sheet, "rows": rows})
    except Unfit as error:
        answer = json.dumps({"unfit": str(error)})
    except MemoryError:
        answer = json.dumps({"unfit": f"里内容太多,内存放不下,{COPY_LIST}"})
    sys.stdout.write(answer)


def open_table(data: bytes, path: str) -> tuple[str, list[list[str]]]:
    """Return the name of the first sheet with content and its rows, the first of the file first."""
    if data.startswith(_OLE):
        _check_ole(data)
        return _first_sheet(data, path, (".xls",))
    if data.startswith(b"PK"):
        _check_zip(data)
        return _first_sheet(data, path, (".xlsx", ".ods"))
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") or not path.lower().endswith(_TEXT_SUFFIXES):
        raise Unfit(f"里面其实是网页或文本,不是表格,{SAVE_ANEW}")
    return "", _kept(_text_rows(_decoded(data)))


def _limit_this_process() -> None:
    if sys.platform == "win32":
        return  # the parent's clock alone limits it there
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))


def _check_ole(data: bytes) -> None:
    if _has_stream(data, "EncryptedPackage"):
        raise Unfit("设了打开密码,请在WPS里去掉密码,另存后再导入")
    if not (_has_stream(data, "Workbook") or _has_stream(data, "Book")):
        raise Unfit("里面不是表格(像是Word等别的文档),请在WPS里把名单另存为.xlsx再导入")


def _has_stream(data: bytes, name: str) -> bool:
    """Return whether an OLE file's directory, 128 bytes an entry, names a stream."""
    entry = f"{name}\0".encode("utf-16-le")
    place = data.find(entry)
    while place >= 0 and place % 128:
        place = data.find(entry, place + 1)
    return place >= 0


def _check_zip(data: bytes) -> None:
    """Refuse by what the zip's own directory declares, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unfit("已损坏或没有下载完整,请重新取得这个文件,或用WPS打开后另存为.xlsx再导入") from error
    if any(member.flag_bits & 1 for member in members):
        raise Unfit("设了打开密码,请在WPS里去掉密码,另存后再导入")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > UNPACKED_BYTES or (unpacked > SUSPICIOUS_BYTES and unpacked > SUSPICIOUS_RATIO * packed):
        raise Unfit(f"展开后大得不像一份名单,{COPY_LIST}")


def _first_sheet(data: bytes, path: str, suffixes: tuple[str, ...]) -> tuple[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        if path.lower().endswith(suffixes):
            book = CalamineWorkbook.from_path(path)
        else:  # a wrong suffix is no harm, but this way a password is not told from damage
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
                cells = book.get_sheet_by_index(place)
                rows = _kept(cells.iter_rows(), cells.start[1] if cells.start else 0)
                if rows:
                    return sheet.name, rows
    except PasswordError as error:
        raise Unfit("设了打开密码,请在WPS里去掉密码,另存后再导入") from error
    except CalamineError as error:
        raise Unfit(f"已损坏,或里面不是表格,{SAVE_ANEW}") from error
    return "", []


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise Unfit(f"不是文本,{SAVE_ANEW}")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit(f"的文字认不出来,{SAVE_ANEW}")


def _text_rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(FILE_BYTES)
    head = [line for line in text[:100_000].splitlines() if line.strip()][:30]
    delimiter = max(_DELIMITERS, key=lambda sign: (sum(sign in line for line in head), sign == ","))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise Unfit(f"第{reader.line_num}行的引号不成对,{SAVE_ANEW}") from error


def _kept(rows: Iterable[Sequence[Cell]], indent: int = 0) -> list[list[str]]:
    """Return rows as text without the empty cells and rows behind the last that says something.

    `indent` is how many empty columns stand before the first cell of each row.
    """
    kept: list[list[str]] = []
    blank = cells = characters = 0
    for row in rows:
        shown = [cell if type(cell) is str else _shown(cell) for cell in row]
        while shown and not shown[-1].strip():
            shown.pop()
        if not shown:
            blank += 1
            continue
        shown[:0] = [""] * indent
        cells += len(shown)
        length = sum(map(len, shown))
        if length > CELL_CHARACTERS:
            shown = [cell[:CELL_CHARACTERS] for cell in shown]
            length = sum(map(len, shown))
        characters += length
        height = len(kept) + blank + 1
        if height > MOST_ROWS or len(shown) > MOST_COLUMNS or cells > MOST_CELLS or characters > MOST_CHARACTERS:
            raise Unfit(f"里内容太多(最多{MOST_ROWS}行、{MOST_COLUMNS}列、{MOST_CELLS // 10_000}万格),{COPY_LIST}")
        kept.extend([] for _ in range(blank))
        blank = 0
        kept.append(shown)
    return kept


def _shown(cell: Cell) -> str:
    """Return a cell as a person would type it: 13900001111, 2026-03-01, 8:30."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        clock = _clock(cell.hour, cell.minute, cell.second)
        return str(cell.date()) if clock == "0:00" else f"{cell.date()} {clock}"
    if isinstance(cell, time):
        return _clock(cell.hour, cell.minute, cell.second)
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return _clock(minutes // 60, minutes % 60, seconds)
    return str(cell)


def _clock(hour: int, minute: int, second: int) -> str:
    return f"{hour}:{minute:02d}:{second:02d}" if second else f"{hour}:{minute:02d}"
