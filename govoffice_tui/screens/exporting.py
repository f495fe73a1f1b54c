"""F7: forms written beside the keys, and a line that says where they are."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.base import RegisterScreen


def export_forms(screen: RegisterScreen, period: str | None) -> None:
    """Write the forms of a month or a day in the background; None is a choice not made."""
    if period is not None:
        screen.note("正在导出…")
        screen.run_worker(_export(screen, period), group="export", exclusive=True)


async def _export(screen: RegisterScreen, period: str) -> None:
    from govoffice_tui.reports import write_forms

    try:
        written = await screen.desk.read(partial(write_forms, period=period, by=screen.desk.operator_id))
    except Refused as refusal:
        screen.refuse(refusal)
    except StorageError as error:
        screen.alarm(str(error))
    else:
        folder = screen.desk.office.folder
        lines = [f"{one.title}第{one.version}版 {_shown(one.path, folder)} {one.changes}".rstrip() for one in written]
        screen.say("已导出 " + ";".join(lines) if lines else "没有可导出的表")


def _shown(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
