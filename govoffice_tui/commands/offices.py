"""Open, found and make up an office."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from govoffice_tui.commands.usage import FINDING, FINE, USAGE, ChineseParser, read_day, say

if TYPE_CHECKING:
    from govoffice_tui.registers.office import Office


def open_app(options: argparse.Namespace) -> int:
    """Open the app where there is a terminal for it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return say("这里不是终端,打不开程序界面。请在终端窗口里运行 govoffice。", USAGE)
    gc.disable()  # what a start makes lives as long as the program; the app collects again once it rests
    from govoffice_tui.app import run

    return run(options.office, options.clock)


def open_here(options: argparse.Namespace) -> Office:
    """Open the office of the folder that was named."""
    from govoffice_tui.registers.office import open_office

    return open_office(options.office, options.clock, tell=_tell_at_once)


def _tell_at_once(sentence: str) -> None:
    """Say what takes a while, beside the command's own output."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def prepare_init(parser: ChineseParser) -> None:
    """Take the name of the office."""
    parser.options.add_argument("--name", metavar="名称", required=True, help="单位名称,印在每张表上")


def init(options: argparse.Namespace) -> int:
    """Found an office."""
    from govoffice_tui.registers.founding import found_office

    office = found_office(options.office, options.clock, {"office_name": options.name})
    print(f"已建{options.name}的登记库:{office.path}")
    office.close()
    return FINE


def prepare_demo(parser: ChineseParser) -> None:
    """Take the folder, the last day, and whether to open what was built."""
    parser.options.add_argument(
        "folder", metavar="文件夹", nargs="?", type=Path, default=Path("demo"), help="建在哪里,默认 demo"
    )
    parser.options.add_argument("--last-day", metavar="日期", type=read_day, help="记到哪一天,默认昨天")
    parser.options.add_argument("--no-open", action="store_true", help="只建,不打开")


def demo(options: argparse.Namespace) -> int:
    """Build the made-up office and open it."""
    from govoffice_tui.registers.demo.build import build_demo

    def told(done: int, total: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r正在建演示办公室 {done * 100 // total}%" + ("\n" if done + 1 == total else ""))

    try:
        build_demo(options.folder, options.last_day, options.clock, progress=told)
    except KeyboardInterrupt:
        return say("\n已停下,什么也没有留下。", FINDING)
    print(f"已建演示办公室:{options.folder}")
    if options.no_open:
        return FINE
    options.office = options.folder
    return open_app(options)
