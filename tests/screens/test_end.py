"""The ends of the program: what a crash leaves, and what is loaded before anything is seen."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pexpect
import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.registers.office import Office
from govoffice_tui.screens.crash import describe, leave_report
from govoffice_tui.screens.quiet_app import QuietApp
from tests.older import old_office, version_of

SECRET = "口令4711"
WAIT = 60


class BrokenApp(QuietApp[None]):
    """A program that fails with something typed in its hands."""

    def on_mount(self) -> None:
        typed = SECRET
        raise ValueError(f"bad {typed}")


def only_report(folder: Path) -> str:
    """Return the text of the one crash report of an office."""
    [report] = (folder / "data").glob("crash-*.txt")
    assert report.stat().st_mode & 0o077 == 0
    return report.read_text(encoding="utf-8")


def test_a_crash_leaves_kind_and_place_and_nothing_anybody_typed(
    tmp_path: Path, clock: SetClock, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    app = BrokenApp(tmp_path, clock)
    app.run(headless=True)
    report = only_report(tmp_path)
    assert "builtins.ValueError" in report
    assert "BrokenApp.on_mount" in report
    assert "crash-20261012-075000.txt" in app.last_words
    assert app.return_code == 1
    printed = capfd.readouterr()
    assert SECRET not in report + app.last_words + printed.out + printed.err


def test_a_report_names_the_errors_behind_the_error() -> None:
    def inner() -> None:
        raise KeyError(SECRET)

    try:
        try:
            inner()
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        text = describe(error)
    assert text.index("builtins.RuntimeError") < text.index("builtins.KeyError") < text.index(".inner")
    assert SECRET not in text


def test_a_report_that_cannot_be_written_does_not_hide_the_end(tmp_path: Path, clock: SetClock) -> None:
    from datetime import datetime

    sentence = leave_report(tmp_path / "gone", ValueError(SECRET), datetime(2026, 10, 12))
    assert sentence == "程序出错,已退出。已登记的内容都在登记库里。"


def terminal_with(code: str, folder: Path) -> pexpect.spawn[bytes]:
    """Return a terminal in which a program runs on the office in a folder."""
    program = f"""
    import sys
    from pathlib import Path
    from govoffice_tui.app import run
    from govoffice_tui.clock import SystemClock
    {code}
    sys.exit(run(Path({str(folder)!r}), SystemClock()))
    """
    return pexpect.spawn(
        sys.executable, ["-c", textwrap.dedent(program)], dimensions=(30, 100), timeout=WAIT, env={"TERM": "xterm"}
    )


def test_an_unforeseen_error_ends_with_code_1_and_one_chinese_sentence(office: Office) -> None:
    office.close()
    breaking = f"""
    from govoffice_tui.screens.frame import FrameScreen
    def broken(self):
        typed = {SECRET!r}
        raise ValueError(typed)
    FrameScreen.show_frame = broken
    """
    terminal = terminal_with(textwrap.dedent(breaking).replace("\n", "\n    "), office.folder)
    seen = terminal.read()
    terminal.close()
    assert terminal.exitstatus == 1
    assert "程序出错,已退出。".encode() in seen
    assert SECRET.encode() not in seen
    assert b"Traceback" not in seen
    assert "broken" in only_report(office.folder)
    assert SECRET not in only_report(office.folder)


def test_a_terminal_that_sends_gbk_does_not_end_the_program(office: Office) -> None:
    office.close()
    terminal = terminal_with("", office.folder)
    terminal.expect("现在谁在用".encode())
    terminal.send("中文".encode("gbk"))
    terminal.expect("终端发来的字符读不懂".encode())
    terminal.send(b"\x11")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


def test_an_older_office_is_brought_up_before_the_first_frame_and_the_terminal_says_so(tmp_path: Path) -> None:
    old_office(tmp_path)
    terminal = terminal_with("", tmp_path)
    terminal.expect(r"登记库是旧格式\(1\),正在备份并升级到格式[0-9]+,请稍候,不要关机。".encode())
    terminal.expect("现在谁在用".encode())
    terminal.send(b"\x11")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert version_of(tmp_path / "data" / "office.db") == SCHEMA


def test_nothing_heavy_is_loaded_before_the_first_frame(office: Office) -> None:
    office.close()
    program = f"""
    import asyncio, json, sys
    from pathlib import Path
    from govoffice_tui.app import REGISTERS, Desk, OfficeApp, open_office
    from govoffice_tui.clock import SetClock

    async def first_frame() -> None:
        opened = open_office(Path({str(office.folder)!r}), SetClock({office.clock.now()}))
        desk = Desk(opened, REGISTERS)
        async with OfficeApp(desk).run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            print(json.dumps(sorted(sys.modules)))
        desk.close()

    asyncio.run(first_frame())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=WAIT, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert "textual" in loaded
    heavy = {"pypinyin", "openpyxl", "python_calamine", "dateutil", "holidays", "markdown_it"}
    assert loaded & heavy == set()
