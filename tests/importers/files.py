"""Builders of the files an importer meets: honest ones by hand, hostile ones on purpose."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SECTOR = 512
END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def text_cell(reference: str, text: str) -> str:
    """Return a cell that holds its text itself."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def raw_xlsx(path: Path, rows: Iterable[str], prologue: str = "") -> Path:
    """Write a workbook of one sheet that holds the rows given as XML; nothing is checked."""
    sheet = '<sheet name="名单" sheetId="1" r:id="r1"/>'
    target = f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    root = f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}">{root}</Relationships>')
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheet}</sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{target}</Relationships>')
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<?xml version="1.0"?>{prologue}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for row in rows:
                part.write(row.encode())
            part.write(b"</sheetData></worksheet>")
    return path


def ods(path: Path, rows: Sequence[Sequence[str]], *, locked: bool = False) -> Path:
    """Write an OpenDocument sheet of text cells; a locked one has the manifest that says so."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    lock = "<manifest:encryption-data/>" if locked else ""
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry'
            f' manifest:full-path="content.xml" manifest:media-type="text/xml">{lock}</manifest:file-entry>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0"'
            f' xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="名单">'
            f"{body}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE compound file; each stream is padded to the 4096 bytes that spare it the small-stream table."""
    padded = {name: data.ljust(max(4096, -(-len(data) // SECTOR) * SECTOR), b"\0") for name, data in streams.items()}
    fat = [FAT_SECTOR, END]
    entries = [_entry("Root Entry", 5, child=1 if padded else FREE, start=END, size=0)]
    for place, (name, data) in enumerate(padded.items(), 1):
        start, count = len(fat), len(data) // SECTOR
        fat += [*range(start + 1, start + count), END]
        after = place + 1 if place < len(padded) else FREE
        entries.append(_entry(name, 2, right=after, start=start, size=len(data)))
    entries += [_entry("", 0)] * (SECTOR // 128 - len(entries))
    header = struct.pack(
        "<8s16x5H6x9I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, END, 0, END, 0),
        *[0, *[FREE] * 108],
    )
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return header + table + b"".join(entries) + b"".join(padded.values())


def _entry(name: str, kind: int, *, child: int = FREE, right: int = FREE, start: int = 0, size: int = 0) -> bytes:
    written = name.encode("utf-16-le")
    length = len(written) + 2 if name else 0
    return struct.pack("<64sHBBIII36xIQ", written, length, kind, 1, FREE, right, child, start, size)


def xls(rows: Sequence[Sequence[str | float]], *, locked: bool = False) -> bytes:
    """Return an Excel 97 workbook of one sheet; a locked one has the record that says so."""
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                body += _record(0x0204, struct.pack("<HHH", row, column, 0) + text)
            else:
                body += _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    body += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if locked:
        start += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48)
    start += _record(0x0042, struct.pack("<H", 1200))
    name = "名单".encode("utf-16-le")
    place = len(start) + 4 + 8 + len(name) + 4
    sheet = _record(0x0085, struct.pack("<IBBBB", place, 0, 0, 2, 1) + name)
    return ole({"Workbook": start + sheet + _record(0x000A, b"") + body})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def lying_zip(path: Path, rows: Iterable[str]) -> Path:
    """Write a workbook whose directory declares its largest part to be a hundred bytes."""
    raw_xlsx(path, rows)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        largest = max(archive.infolist(), key=lambda member: member.file_size)
    place = data.rfind(largest.filename.encode()) - 46
    struct.pack_into("<I", data, place + 24, 100)
    path.write_bytes(bytes(data))
    return path
