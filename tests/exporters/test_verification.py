"""The anchor of an export: what is written comes back, and nothing else is taken for one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from govoffice_tui.exporters.page import Page, Properties, VerificationInfo, verification_page
from govoffice_tui.exporters.verification import SIZE_LIMIT, ExportUnreadable, read_verification
from govoffice_tui.exporters.workbook import write_workbook
from tests.exporters.factories import MADE_AT

INFO = VerificationInfo(
    seq=123,
    hash="7f3a91c2" * 8,
    previous_hash="ab" * 32,
    version=2,
    digest="0e" * 32,
    office_uuid="000102030405060708090a0b0c0d0e0f",
    made_at=datetime(2026, 11, 2, 9, 30, 5),
)
SHEET = Page("月考勤汇总", "题", "副", (20.0,), (), ())


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A workbook with its anchor."""
    path = tmp_path / "2026-10_考勤月报表.xlsx"
    write_workbook([SHEET, verification_page(INFO)], Properties("题", "办公室", MADE_AT), path)
    return path


def rewrite(path: Path, changes: dict[str, bytes]) -> None:
    """Put other contents into members of a workbook."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in {**members, **changes}.items():
            archive.writestr(name, content)


def test_the_anchor_comes_back_as_it_was_written(export: Path) -> None:
    assert read_verification(export) == INFO


def test_the_first_export_has_none_before_it(tmp_path: Path) -> None:
    first = replace(INFO, previous_hash="", version=1)
    write_workbook([verification_page(first)], Properties("题", "办公室", MADE_AT), tmp_path / "first.xlsx")
    assert read_verification(tmp_path / "first.xlsx") == first


def test_the_sheet_shows_the_code_that_is_printed_elsewhere() -> None:
    assert verification_page(INFO).subline == "核对码 123-7f3a91c2"


def test_a_workbook_of_another_program_has_no_anchor(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(ExportUnreadable, match="没有“核对信息”这一页"):
        read_verification(tmp_path / "other.xlsx")


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (4, "0"),
        (4, "一百"),
        (5, "7f3a"),
        (5, "Z" * 64),
        (6, "ab"),
        (7, "-1"),
        (8, ""),
        (8, "0e" * 31),
        (10, "昨天"),
        (9, None),
    ],
)
def test_an_anchor_that_was_changed_is_not_read(export: Path, row: int, value: str | None) -> None:
    book = load_workbook(export)
    book["核对信息"].cell(row, 2).value = value
    book.save(export)
    with pytest.raises(ExportUnreadable, match="不完整或被改过"):
        read_verification(export)


@pytest.mark.parametrize("content", [b"", b"PK", "不是表".encode(), b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    with pytest.raises(ExportUnreadable, match="打不开"):
        read_verification(path)


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadable, match="没有找到"):
        read_verification(tmp_path / "表.xlsx")


def test_a_folder_is_told_as_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadable, match="打不开"):
        read_verification(tmp_path)


def test_a_workbook_that_unpacks_beyond_measure_is_not_unpacked(export: Path) -> None:
    rewrite(export, {"xl/media/image1.png": bytes(SIZE_LIMIT + 1)})
    assert export.stat().st_size < SIZE_LIMIT / 100
    with pytest.raises(ExportUnreadable, match="展开后超过64 MB"):
        read_verification(export)


def test_an_entity_bomb_is_refused(export: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    rewrite(export, {"xl/workbook.xml": bomb})
    with pytest.raises(ExportUnreadable, match="打不开"):
        read_verification(export)


def test_a_damaged_export_is_read_right_or_not_at_all(export: Path, tmp_path: Path) -> None:
    chance, whole, refused = random.Random(7), export.read_bytes(), 0
    broken = tmp_path / "broken.xlsx"
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 4, 40))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        broken.write_bytes(content[: chance.choice((len(content), chance.randrange(len(content))))])
        try:
            assert read_verification(broken) == INFO
        except ExportUnreadable:
            refused += 1
    assert refused > 50


def test_damaged_parts_inside_a_whole_archive_never_end_in_a_traceback(export: Path) -> None:
    chance, whole = random.Random(11), export.read_bytes()
    with ZipFile(export) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    refused = 0
    for _ in range(150):
        export.write_bytes(whole)
        name = chance.choice(sorted(members))
        content = bytearray(members[name])
        at = chance.randrange(len(content))
        content[at : at + chance.choice((1, 8, 60))] = chance.choice((b"", b"<", b"9", b'"', b"x"))
        rewrite(export, {name: bytes(content)})
        try:
            read_verification(export)
        except ExportUnreadable:
            refused += 1
    assert refused > 30
