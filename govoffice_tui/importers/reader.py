"""A table out of a file somebody brings: the file is opened in a child process, which may die of it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import Any

from govoffice_tui.importers.opening import COPY_LIST, FILE_BYTES, SAVE_ANEW
from govoffice_tui.text import Verdict, clean, guard, is_clean

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".txt")
WALL_SECONDS = 9
ANSWER_BYTES = 32 << 20

_ROOT = Path(__file__).resolve().parents[2]
# Neither the environment nor the folder the program was started in has a say in what the child imports.
_CHILD = "import sys; sys.path += sys.argv[2:]; from govoffice_tui.importers.opening import serve; serve(sys.argv[1])"


class Unreadable(Exception):
    """A file that gives no table; the text is one Chinese sentence that ends with what to do."""


@dataclass(frozen=True)
class Table:
    """The cells of one sheet as cleaned text, the file's first row first.

    `sheet` is empty where a file has no sheets, `removed` counts the characters cleaning took away.
    """

    sheet: str
    rows: tuple[tuple[str, ...], ...]
    removed: int = 0


def read_table(path: Path) -> Table:
    """Return the first visible sheet with content of an .xlsx, .xls, .ods, .csv or .txt file.

    Comes back within ten seconds and bounded memory whatever the file holds.

    Raises:
        Unreadable: for anything that is no such table, is damaged, locked by a password, or too much.
    """
    shown = _shown_name(path)
    _check_outside(path, shown)
    answer = _ask_child(path, shown)
    if "unfit" in answer:
        raise Unreadable(f"{shown}{answer['unfit']}。")
    removed = 0
    rows = []
    for raw_row in answer["rows"]:
        together = "".join(raw_row)
        if not is_clean(together) or " " in together:
            cleaned = [clean(raw) for raw in raw_row]
            removed += sum(cell.removed - cell.cut for cell in cleaned)
            raw_row = [cell.text for cell in cleaned]
        rows.append(tuple(raw_row))
    if not rows:
        raise Unreadable(f"{shown}里没有内容,请核对是不是选错了文件。")
    return Table(clean(answer["sheet"], limit=50).text, tuple(rows), removed)


def _shown_name(path: Path) -> str:
    """Return the file's name as a sentence may show it; refused when the name itself bears a classified mark."""
    if guard(path.name) is Verdict.REFUSE:
        raise Unreadable("文件名像带有密级标志,没有打开。涉密文件不得放在本机,请立即报告保密办处理。")
    return f"“{clean(path.name, limit=80).text}”"


def _check_outside(path: Path, shown: str) -> None:
    """Refuse what can be told without opening: missing, a folder, another kind, empty, too large, locked."""
    try:
        if not path.exists():
            raise Unreadable(f"找不到{shown},请核对文件名和所在文件夹。")
        if not path.is_file():
            raise Unreadable(f"{shown}不是文件,请选里面的表格文件。")
        if path.suffix.lower() not in SUFFIXES:
            raise Unreadable(f"{shown}不是能导入的表格(可以是{'、'.join(SUFFIXES)}),{SAVE_ANEW}。")
        size = path.stat().st_size
        if size == 0:
            raise Unreadable(f"{shown}是空文件,请重新取得或另存一份再导入。")
        if size > FILE_BYTES:
            raise Unreadable(f"{shown}有{size / (1 << 20):.1f} MiB,超过{FILE_BYTES >> 20} MiB,{COPY_LIST}。")
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        raise Unreadable(f"{shown}打不开,请关闭正在用它的程序,或复制一份到本机再导入。") from error


def _ask_child(path: Path, shown: str) -> dict[str, Any]:
    """Return what the child says of a file, or raise the sentence for its death."""
    late = Event()
    places = [str(_ROOT), *_library_places()]
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _CHILD, str(path.absolute()), *places],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:

        def end() -> None:
            late.set()
            child.kill()

        timer = Timer(WALL_SECONDS, end)
        timer.daemon = True
        timer.start()
        try:
            assert child.stdout is not None
            answer = child.stdout.read(ANSWER_BYTES + 1)
            if len(answer) <= ANSWER_BYTES:
                child.wait()
        finally:
            timer.cancel()
            child.kill()
    if late.is_set():
        raise Unreadable(f"{shown}读了{WALL_SECONDS}秒还没有读完,已停止,{COPY_LIST}。")
    if child.returncode != 0 or len(answer) > ANSWER_BYTES:
        raise Unreadable(f"{shown}读不了:已损坏,或内容异常地多(常是很远处有一个多余的格子),{COPY_LIST}。")
    said: dict[str, Any] = json.loads(answer)
    return said


def _library_places() -> list[str]:
    spec = importlib.util.find_spec("python_calamine")
    return [str(Path(spec.origin).parents[1])] if spec is not None and spec.origin is not None else []
