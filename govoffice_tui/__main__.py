"""The command line: `govoffice` opens the app, every other command does one thing and says so in Chinese."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from govoffice_tui.clock import SystemClock
from govoffice_tui.commands.catalog import COMMANDS
from govoffice_tui.commands.offices import open_app
from govoffice_tui.commands.usage import BUSY, CANNOT_OPEN, FINDING, ChineseParser, ListingFormatter, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 a finding or refusal, 2 usage, 3 cannot open, 4 busy."""
    os.umask(0o077)
    given = sys.argv[1:] if arguments is None else list(arguments)
    command = _take_command(given)
    parser = _parser(command)
    options = parser.parse_args(given)
    options.clock = SystemClock()
    from govoffice_tui.registers.office import Busy, NoOffice, StorageError
    from govoffice_tui.rules.refusal import Refused

    try:
        return COMMANDS[command].run(options) if command else open_app(options)
    except Busy as error:
        return say(f"{error}", BUSY)
    except NoOffice as error:
        return say(f"{error}先运行 govoffice init --name 单位名称,或直接运行 govoffice。", CANNOT_OPEN)
    except StorageError as error:
        return say(f"{error}", CANNOT_OPEN)
    except Refused as refusal:
        return say(f"{refusal}", FINDING)
    except KeyboardInterrupt:
        return say("已中断,没有写到一半的登记,可以重新运行。", FINDING)


def _take_command(given: list[str]) -> str:
    """Take the command out of the arguments: the first word, or the first behind --office DIR."""
    place = 0
    while place < len(given) and given[place].startswith("--office"):
        place += 1 if "=" in given[place] else 2
    return given.pop(place) if place < len(given) and given[place] in COMMANDS else ""


def _parser(command: str) -> ChineseParser:
    if not command:
        parser = ChineseParser("govoffice", "县政府办公室行政股的登记簿与月报。不带命令时打开程序。")
        listing = "\n".join(f"  {word:<9}{one.help}" for word, one in COMMANDS.items())
        parser.formatter_class = ListingFormatter
        parser.epilog = f"命令:\n{listing}\n\n每个命令的说明:govoffice 命令 --help"
    else:
        parser = ChineseParser(f"govoffice {command}", COMMANDS[command].help)
        COMMANDS[command].prepare(parser)
    parser.options.add_argument(
        "--office", metavar="文件夹", type=Path, default=Path(), help="单位所在文件夹,默认当前文件夹"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
