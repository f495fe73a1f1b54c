"""How a command is written: a parser that speaks Chinese, the kinds of words it takes, and the exit codes."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

from govoffice_tui.rules.periods import span_of

FINE, FINDING, USAGE, CANNOT_OPEN, BUSY = 0, 1, 2, 3, 4


class ChineseFormatter(argparse.HelpFormatter):
    """Help whose fixed words are Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法:" if prefix is None else prefix)


class ListingFormatter(ChineseFormatter, argparse.RawDescriptionHelpFormatter):
    """The list of commands keeps its lines."""


class ChineseParser(argparse.ArgumentParser):
    """A parser that explains itself in Chinese and ends with exit code 2 on wrong usage."""

    def __init__(self, prog: str, description: str = "") -> None:
        super().__init__(prog=prog, description=description, add_help=False, formatter_class=ChineseFormatter)
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        wrong = re.search(r"unrecognized arguments: (.*)", message)
        value = re.search(r"argument (.*?): invalid .*?'(.*?)'", message)
        missing = re.search(r"are required: (.*)", message)
        if wrong:
            what = f"不认识“{wrong[1]}”"
        elif value:
            what = f"“{value[2]}”不能作为{value[1]}"
        else:
            what = f"还要写{missing[1]}" if missing else "命令用法不对"
        sys.stderr.write(f"{what}。{self.format_usage().strip()}\n看说明:{self.prog} --help\n")
        raise SystemExit(USAGE)


def say(sentence: str, code: int) -> int:
    """Say on the side of errors how it ended; return the exit code."""
    sys.stderr.write(f"{sentence}\n")
    return code


def add_operator(parser: ChineseParser) -> None:
    """Let it be said who does it."""
    parser.options.add_argument("--operator", metavar="姓名或工号", help="经办人,不写则记为系统")


def read_day(text: str) -> date:
    """Read a day written YYYY-MM-DD."""
    return date.fromisoformat(text)


def read_period(text: str) -> str:
    """Read a year, a month, a day or a moment, and leave it as it is written."""
    span_of(text)
    return text


def read_code(text: str) -> tuple[int, str]:
    """Read a printed 核对码: the number of its line and eight hex digits."""
    seq, code = re.split("[:：-]", text.replace(" ", ""))
    bytes.fromhex(code)
    return int(seq), code
