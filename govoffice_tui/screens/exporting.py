"""F7: forms and blank forms written beside the keys, and a line that says where they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from textual.content import Content

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.periods import moment_word
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.menu import Entry

PACKET = "空白应急表"
CONTACTS = "应急联系表"


def choose_form(screen: RegisterScreen, forms: Sequence[tuple[str, Callable[[], object]]]) -> None:
    """Ask by digit which of some forms to write; each stands beside the deed that writes it."""
    options = [(str(place), Content(title), write) for place, (title, write) in enumerate(forms, 1)]

    def chosen(write: Callable[[], object] | None) -> None:
        if write is not None:
            write()

    screen.app.push_screen(ChooseScreen("导出哪一张", options), chosen)


def packet_entry(screen: RegisterScreen) -> Entry:
    """Return the menu entry that writes the blank forms of the next worked day."""
    return Entry(PACKET, partial(export_packet, screen), hint="停电、死机时手工签字用")


def contacts_entry(screen: RegisterScreen) -> Entry:
    """Return the menu entry that writes whom the duty room calls."""
    return Entry(CONTACTS, partial(export_contacts, screen), hint="本办人员和各单位电话,挂在值班室")


def export_contacts(screen: RegisterScreen) -> None:
    """Write whom the duty room calls, as it is today, in the background."""
    export_paper(screen, "duty_contacts", screen.desk.office.now().date().isoformat())


def export_packet(screen: RegisterScreen, day: date | None = None) -> None:
    """Write the blank forms of a day in the background, by default of the next worked one."""
    screen.note(f"正在写{PACKET}…")
    screen.run_worker(_export_packet(screen, day), group="export", exclusive=True)


def export_moment(screen: RegisterScreen) -> None:
    """Write who is at work just now in the background."""
    export_forms(screen, moment_word(screen.desk.office.now()))


def export_forms(screen: RegisterScreen, period: str | None, registers: Sequence[str] = ()) -> None:
    """Write the forms of a period in the background, of all registers or some; None is a choice not made."""
    if period is not None:
        screen.note("正在导出…")
        screen.run_worker(_export(screen, period, registers), group="export", exclusive=True)


def export_paper(screen: RegisterScreen, form_id: str, period: str) -> None:
    """Write the paper of one matter in the background."""
    screen.note("正在导出…")
    screen.run_worker(_export_paper(screen, form_id, period), group="export", exclusive=True)


async def _export_paper(screen: RegisterScreen, form_id: str, period: str) -> None:
    from govoffice_tui.reports import write_paper

    try:
        one = await screen.desk.read(partial(write_paper, form_id=form_id, period=period, by=screen.desk.operator_id))
    except Refused as refusal:
        screen.refuse(refusal)
    except StorageError as error:
        screen.alarm(str(error))
    else:
        screen.say(f"已导出 {one.title}第{one.version}版 {shown_path(one.path, screen.desk.office.folder)}")


async def _export(screen: RegisterScreen, period: str, registers: Sequence[str]) -> None:
    from govoffice_tui.reports import write_forms

    try:
        written = await screen.desk.read(
            partial(write_forms, period=period, registers=registers, by=screen.desk.operator_id)
        )
    except Refused as refusal:
        screen.refuse(refusal)
    except StorageError as error:
        screen.alarm(str(error))
    else:
        folder = screen.desk.office.folder
        lines = [
            f"{one.title}第{one.version}版 {shown_path(one.path, folder)} {one.changes}".rstrip() for one in written
        ]
        screen.say("已导出 " + ";".join(lines) if lines else "没有可导出的表")


async def _export_packet(screen: RegisterScreen, day: date | None) -> None:
    from govoffice_tui.reports import write_packet

    try:
        packet = await screen.desk.read(write_packet, day)
    except Refused as refusal:
        screen.refuse(refusal)
    except StorageError as error:
        screen.alarm(str(error))
    else:
        path = shown_path(packet.path, screen.desk.office.folder)
        screen.say(f"已写好{chinese_short_day(packet.day)}{PACKET}({'、'.join(packet.titles)}) {path}")


def shown_path(path: Path, folder: Path) -> str:
    """Return where a file stands, seen from the office's folder where it is inside."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
