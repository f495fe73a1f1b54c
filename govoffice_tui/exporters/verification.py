"""Reading the anchor back out of a workbook that may come from anywhere."""

from __future__ import annotations

import re
import warnings
import zlib
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from govoffice_tui.exporters.page import VERIFICATION_LABELS, VERIFICATION_SHEET, VerificationInfo

SIZE_LIMIT = 64 * 2**20
"""Bytes a workbook may have unpacked: a zip of a megabyte can hold gigabytes."""

ROW_LIMIT = 40
UNREADABLE = (
    OSError,
    EOFError,
    BadZipFile,
    zlib.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    SyntaxError,
    RuntimeError,
)
"""What the reader raises on damaged and hostile files; entity bombs are ValueErrors, bad XML SyntaxErrors."""

_HASH = re.compile(r"[0-9a-f]{64}")


class ExportUnreadable(Exception):
    """A file holds no anchor that can be read; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_verification(path: Path) -> VerificationInfo:
    """Return the anchor that stands in sheet 核对信息 of an exported workbook.

    Raises ExportUnreadable where the file cannot be opened, is too large, or has no such sheet whole.
    """
    try:
        with ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
        words = _read_words(path) if size <= SIZE_LIMIT else None
    except FileNotFoundError as error:
        raise ExportUnreadable(f"没有找到文件{path.name}。") from error
    except UNREADABLE as error:
        raise ExportUnreadable(f"{path.name}打不开,不是完好的.xlsx文件。") from error
    if words is None:
        raise ExportUnreadable(f"{path.name}展开后超过{SIZE_LIMIT // 2**20} MB,不像本程序导出的表。")
    if not words:
        raise ExportUnreadable(f"{path.name}里没有“{VERIFICATION_SHEET}”这一页,不是本程序导出的表。")
    try:
        return _info(words)
    except (KeyError, ValueError) as error:
        raise ExportUnreadable(f"{path.name}的“{VERIFICATION_SHEET}”不完整或被改过,无法核对。") from error


def _read_words(path: Path) -> dict[str, str]:
    """Return the sheet's contents by label, empty where there is no such sheet."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library tells the terminal what it thinks of a file's other sheets
        book = load_workbook(path, read_only=True)
        try:
            if VERIFICATION_SHEET not in book.sheetnames:
                return {}
            rows = book[VERIFICATION_SHEET].iter_rows(max_row=ROW_LIMIT, max_col=2, values_only=True)
            return {str(label): str(value) for label, value in rows if value is not None}
        finally:
            book.close()


def _info(words: dict[str, str]) -> VerificationInfo:
    """Return the anchor; KeyError or ValueError where a word is missing or is not what it must be."""
    named = {key: words[title] for key, title in VERIFICATION_LABELS.items()}
    previous = "" if named["previous_hash"] == "无" else named["previous_hash"]
    hashes = [named["hash"], named["digest"], *([previous] if previous else [])]
    if not all(_HASH.fullmatch(text) for text in hashes):
        raise ValueError("a hash is not 64 hex digits")
    seq, version = int(named["seq"]), int(named["version"])
    if seq < 1 or version < 1:
        raise ValueError("a number is not positive")
    made_at = datetime.fromisoformat(named["made_at"])
    return VerificationInfo(seq, named["hash"], previous, version, named["digest"], named["office_uuid"], made_at)
