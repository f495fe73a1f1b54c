"""Files people bring, honest and hostile: a table, or one sentence that says what to do, and nothing left behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from govoffice_tui.importers import reader
from govoffice_tui.importers.reader import Table, Unreadable, read_table
from tests.importers import files

READ_IN_A_PROGRAM = """
import sys
from pathlib import Path
from govoffice_tui.importers.reader import Unreadable, read_table
try:
    read_table(Path(sys.argv[1]))
except Unreadable as error:
    print(error)
"""


def sentence(path: Path) -> str:
    """Return what is said of a file that gives no table."""
    with pytest.raises(Unreadable) as caught:
        read_table(path)
    return str(caught.value)


def rows_of(path: Path) -> list[list[str]]:
    return [list(row) for row in read_table(path).rows]


def test_a_workbook_is_read_as_a_person_would_type_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("名单")
    cells: dict[str, str | float | date | time | timedelta] = {
        "B2": "冯䶮",
        "C2": 13900001111,
        "D2": 3.5,
        "E2": date(2026, 3, 1),
        "F2": datetime(2026, 3, 1, 8, 30),
        "G2": time(8, 5),
        "H2": time(8, 5, 9),
        "I2": timedelta(hours=30),
        "J2": True,
        "K2": 12345678901234567890,
        "L2": "007",
        "M4": " \ufeff张\u200b\n三 ",
        "N6": "   ",
    }
    for place, value in cells.items():
        sheet[place] = value
    book.save(tmp_path / "名单.xlsx")
    shown = "冯䶮 13900001111 3.5 2026-03-01 2026-03-01_8:30 8:05 8:05:09 30:00 TRUE 1.23456789012346e+19 007"
    assert read_table(tmp_path / "名单.xlsx") == Table(
        "名单",
        ((), ("", *(cell.replace("_", " ") for cell in shown.split())), (), (*[""] * 12, "张 三")),
        removed=2,
    )


def test_the_first_visible_sheet_with_content_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, state in (("藏起来的", "hidden"), ("名单", "visible"), ("去年", "visible")):
        sheet = book.create_sheet(name)
        sheet["A1"] = name
        sheet.sheet_state = state
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx") == Table("名单", (("名单",),))


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xls"
    path.write_bytes(files.xls([["姓名", "电话"], ["冯䶮", 13900001111.0]]))
    assert read_table(path) == Table("名单", (("姓名", "电话"), ("冯䶮", "13900001111")))


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    assert rows_of(files.ods(tmp_path / "a.ods", [["姓名", "电话"], ["冯䶮", "1"]])) == [
        ["姓名", "电话"],
        ["冯䶮", "1"],
    ]


def test_a_workbook_under_another_workbooks_suffix_is_read(tmp_path: Path) -> None:
    path = files.raw_xlsx(tmp_path / "a.xls", ['<row r="1">', files.text_cell("A1", "姓名"), "</row>"])
    assert rows_of(path) == [["姓名"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "\uff0c"])
def test_a_text_table_is_read_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    rows = [["姓名", "股室", "备注"], ["冯䶮", "资料动态股", ""], ["买买提·吐尔逊", "信息股", "休"]]
    path = tmp_path / "名单.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert rows_of(path) == [rows[0], rows[1][:2], rows[2]]


def test_a_quoted_text_cell_keeps_its_commas_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text('姓名,备注\n\n王伟,"一,二\n三"\n', "utf-8")
    assert rows_of(path) == [["姓名", "备注"], [], ["王伟", "一,二 三"]]


def test_an_open_quote_does_not_swallow_the_rest_of_the_list(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,备注\n王伟,"一\n李卫东,二\n', "utf-8")
    assert "引号不成对" in sentence(path)


def test_a_long_cell_is_cut_and_hostile_characters_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,备注\n张\x1b[31m三\u202e,{'长' * 200_000}\n", "utf-8")
    table = read_table(path)
    assert table.rows[1] == ("张三", "长" * 2000)
    assert table.removed == 6


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def sheet_of(path: Path, reference: str) -> Path:
    """Write a sheet whose second cell stands far away."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = ['<row r="1">', files.text_cell("A1", "姓名"), "</row>"]
    return files.raw_xlsx(path, [*rows, f'<row r="{row}">', files.text_cell(reference, "x"), "</row>"])


def entities(path: Path, declared: str) -> Path:
    row = ['<row r="1">', files.text_cell("A1", "姓名&e;"), "</row>"]
    return files.raw_xlsx(path, row, prologue=f"<!DOCTYPE x [{declared}]>")


BIG_CELL = ['<row r="1"><c r="A1" t="inlineStr"><is><t>', *["A" * (1 << 20)] * 300, "</t></is></c></row>"]
TWO_MILLION = [f"<row>{'<c><v>1</v></c>' * 100}</row>"] * 20_000
DAMAGED, TOO_MUCH, NO_TABLE, LOCKED = "已损坏", "只把名单复制到一张新表", "不是表格", "去掉密码"

HOSTILE: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "a bomb": (lambda path: files.raw_xlsx(path, BIG_CELL), "a.xlsx", TOO_MUCH),
    "a bomb that lies": (lambda path: files.lying_zip(path, BIG_CELL), "a.xlsx", DAMAGED),
    "two million cells": (lambda path: files.raw_xlsx(path, TWO_MILLION), "a.xlsx", TOO_MUCH),
    "a cell in the last corner": (lambda path: sheet_of(path, "XFD1048576"), "a.xlsx", TOO_MUCH),
    "a cell in the last row": (lambda path: sheet_of(path, "A1048576"), "a.xlsx", TOO_MUCH),
    "a cell far out": (lambda path: sheet_of(path, "ZZ60000"), "a.xlsx", TOO_MUCH),
    "an outside entity": (lambda path: entities(path, '<!ENTITY e SYSTEM "file:///etc/passwd">'), "a.xlsx", DAMAGED),
    "a billion laughs": (lambda path: entities(path, f'<!ENTITY e "{"哈" * 9999}">'), "a.xlsx", DAMAGED),
    "broken XML": (lambda path: files.raw_xlsx(path, ["<row><c"]), "a.xlsx", DAMAGED),
    "a zip of nothing": (lambda path: write(path, b"PK\5\6" + b"\0" * 18), "a.xlsx", DAMAGED),
    "a beginning only": (lambda path: write(path, b"PK\3\4" + b"\0" * 900), "a.xlsx", DAMAGED),
    "an encrypted workbook": (
        lambda path: write(path, files.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})),
        "a.xlsx",
        LOCKED,
    ),
    "an old locked workbook": (lambda path: write(path, files.xls([["姓名"]], locked=True)), "a.xls", LOCKED),
    "a locked document sheet": (lambda path: files.ods(path, [["姓名"]], locked=True), "a.ods", LOCKED),
    "a letter called a table": (lambda path: write(path, files.ole({"WordDocument": b"x"})), "a.xls", NO_TABLE),
    "half an old workbook": (lambda path: write(path, files.xls([["姓名"]])[:2000]), "a.xls", DAMAGED),
    "a web page called a table": (lambda path: write(path, b"\xef\xbb\xbf\r\n<html><table>"), "a.xls", NO_TABLE),
    "a web page called text": (lambda path: write(path, b"<!DOCTYPE html><table>"), "a.csv", NO_TABLE),
    "text called a table": (lambda path: write(path, "姓名,电话".encode()), "a.xlsx", NO_TABLE),
    "text with NULs": (lambda path: write(path, "姓名,电话\n王\0伟,1".encode()), "a.csv", "不是文本"),
    "a picture called text": (lambda path: write(path, b"\xff\xd8\xff\xe1\x01" * 99), "a.csv", "认不出来"),
    "half a character": (lambda path: write(path, "姓名".encode("utf-16")[:-1]), "a.csv", "认不出来"),
    "blanks only": (lambda path: write(path, b" , ,\n\n , \n"), "a.csv", "没有内容"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gives_one_sentence_and_leaves_nothing_behind(kind: str, tmp_path: Path) -> None:
    make, name, expected = HOSTILE[kind]
    scratch = tmp_path / "scratch"
    folder = tmp_path / "folder"
    scratch.mkdir()
    folder.mkdir()
    path = make(folder / name)
    ran = subprocess.run(
        [sys.executable, "-c", READ_IN_A_PROGRAM, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        cwd=folder,
        env={"TMPDIR": str(scratch), "PYTHONUTF8": "1"},
        check=True,
    )
    said = ran.stdout.strip()
    assert expected in said
    assert said.startswith(f"“{name}”")
    assert said.endswith("。")
    assert "\n" not in said
    assert "请" in said
    assert ran.stderr == ""
    assert list(scratch.iterdir()) == []
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize(
    ("rows", "columns", "length"),
    [(20_001, 1, 1), (1, 257, 1), (1_000, 201, 1), (500, 1, 9_000)],
)
def test_more_than_a_list_can_be_is_refused(tmp_path: Path, rows: int, columns: int, length: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(["长" * length] * columns)] * rows), "utf-8")
    assert "内容太多(最多20000行、256列、20万格)" in sentence(path)


def test_a_list_just_within_the_limits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(["1"] * 10)] * 20_000), "utf-8")
    assert len(read_table(path).rows) == 20_000


def test_what_can_be_told_from_outside_is_said_without_opening(tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").touch()
    (tmp_path / "夹.xlsx").mkdir()
    (tmp_path / "信.doc").write_bytes(b"x")
    with (tmp_path / "大.csv").open("wb") as file:
        file.truncate((20 << 20) + 1)
    assert sentence(tmp_path / "无.xlsx") == "找不到“无.xlsx”,请核对文件名和所在文件夹。"
    assert sentence(tmp_path / "空.xlsx") == "“空.xlsx”是空文件,请重新取得或另存一份再导入。"
    assert sentence(tmp_path / "夹.xlsx") == "“夹.xlsx”不是文件,请选里面的表格文件。"
    assert "可以是.xlsx、.xls、.ods、.csv、.txt" in sentence(tmp_path / "信.doc")
    assert "超过20 MiB" in sentence(tmp_path / "大.csv")
    assert "找不到" in sentence(Path("a\0b.xlsx"))


def test_a_file_name_with_a_classified_mark_is_refused_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "机密★3年.csv"
    path.write_text("姓名,电话\n", "utf-8")
    assert "密级标志" in sentence(path)
    assert "★" not in sentence(path)


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    assert sentence(tmp_path / "a\x1b]0;x\x07.csv") == "找不到“a.csv”,请核对文件名和所在文件夹。"


def test_a_file_whose_name_no_encoding_knows_is_read(tmp_path: Path) -> None:
    path = tmp_path / b"\xd0\xd5.csv".decode("utf-8", "surrogateescape")
    path.write_text("姓名,电话\n", "utf-8")
    assert rows_of(path) == [["姓名", "电话"]]


@pytest.mark.parametrize(
    ("child", "said"),
    [
        ("import time; time.sleep(60)", "读了0.5秒还没有读完,已停止"),
        ("import os, time; os.close(1); time.sleep(60)", "读了0.5秒还没有读完,已停止"),
        ("import os; os.abort()", "已损坏,或内容异常地多"),
        ("import sys; sys.stdout.write('x' * (33 << 20))", "已损坏,或内容异常地多"),
        (
            "import sys; sys.path += sys.argv[2:]; from govoffice_tui.importers import opening as o;"
            "o.open_table = lambda *_: bytearray(2 << 30); o.serve(sys.argv[1])",
            "内存放不下",
        ),
    ],
)
def test_however_the_child_ends_it_is_one_sentence_and_no_process_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: str, said: str
) -> None:
    children: list[subprocess.Popen[bytes]] = []

    start = subprocess.Popen

    def watched(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        children.append(start(*args, **options))
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    monkeypatch.setattr(reader, "_CHILD", child)
    if "sleep" in child:
        monkeypatch.setattr(reader, "WALL_SECONDS", 0.5)
    path = tmp_path / "a.csv"
    path.write_text("姓名,电话\n", "utf-8")
    assert said in sentence(path)
    assert [one.returncode is not None for one in children] == [True]


def test_the_child_imports_neither_the_app_nor_the_tables() -> None:
    heavy = ("textual", "peewee", "openpyxl", "dataclasses", "govoffice_tui.text")
    program = f"import govoffice_tui.importers.opening, sys; print([name for name in {heavy!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
