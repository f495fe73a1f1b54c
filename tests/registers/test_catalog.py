"""The list of books: every one that is written is on it, and none is imported before it is looked at."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from govoffice_tui import registers
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.register import Register
from govoffice_tui.screens.catalog import TABS


def test_every_book_that_is_written_is_on_the_list_once_and_has_its_tab() -> None:
    folder = Path(registers.__file__).parent
    modules = [
        import_module(f"govoffice_tui.registers.{path.parent.name}.register") for path in folder.glob("*/register.py")
    ]
    written = [one for module in modules for one in vars(module).values() if isinstance(one, Register)]
    assert sorted(one.word for one in written) == sorted(one.word for one in REGISTERS)
    assert len({one.word for one in REGISTERS}) == len({one.title for one in REGISTERS}) == len(REGISTERS) > 0
    assert {one.tab for one in REGISTERS} <= {tab.id for tab in TABS}


def test_the_list_reads_like_any_other() -> None:
    assert REGISTERS[:2] == (REGISTERS[0], REGISTERS[1])
    assert list(REGISTERS) == [REGISTERS[place] for place in range(len(REGISTERS))]


def test_no_book_is_imported_with_the_list() -> None:
    program = (
        "import sys, govoffice_tui.app, govoffice_tui.screens.today\n"
        "print([name for name in sys.modules if name.startswith('govoffice_tui') and name.endswith('.register')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['govoffice_tui.registers.register']"
