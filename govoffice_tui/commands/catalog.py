"""The commands by the word that calls them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from govoffice_tui.commands.exports import export, prepare_export
from govoffice_tui.commands.imports import import_file, prepare_import
from govoffice_tui.commands.offices import demo, init, prepare_demo, prepare_init
from govoffice_tui.commands.safety import backup, prepare_backup, prepare_restore, prepare_verify, restore, verify
from govoffice_tui.commands.usage import ChineseParser


@dataclass(frozen=True)
class Command:
    """One command: what it is for, its options, and what it does."""

    help: str
    prepare: Callable[[ChineseParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS = {
    "init": Command("建一个单位的登记库", prepare_init, init),
    "demo": Command("建一个演示办公室并打开", prepare_demo, demo),
    "import": Command("导入花名册或放假通知", prepare_import, import_file),
    "export": Command("导出一个月(或一年、一天)的表,或空白应急表", prepare_export, export),
    "verify": Command("核对登记库有没有被改动", prepare_verify, verify),
    "backup": Command("备份登记库", prepare_backup, backup),
    "restore": Command("从备份恢复登记库", prepare_restore, restore),
}
