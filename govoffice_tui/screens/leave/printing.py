"""F7 on a line: one 请假审批单 written to be signed, or two blank ones."""

from __future__ import annotations

from functools import partial

from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.exporting import shown_path

BLANK = "blank"


def export_slip(screen: RegisterScreen, row: int | str) -> None:
    """Write one slip, or the blank page for `BLANK`, in the background."""
    screen.note("正在导出…")
    screen.run_worker(_export(screen, None if row == BLANK else int(row)), group="export", exclusive=True)


async def _export(screen: RegisterScreen, row: int | None) -> None:
    from govoffice_tui.reports import write_slip

    try:
        written = await screen.desk.read(partial(write_slip, row=row, by=screen.desk.operator_id))
    except Refused as refusal:
        screen.refuse(refusal)
    except StorageError as error:
        screen.alarm(str(error))
    else:
        screen.say(f"已导出 {written.title} {shown_path(written.path, screen.desk.office.folder)}")
