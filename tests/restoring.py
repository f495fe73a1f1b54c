"""What the tests of backups and of going back to one share."""

from __future__ import annotations

from pathlib import Path

from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.storage.backup import own_folder, take_backup
from govoffice_tui.storage.check import verify_office


def backup_of(office: Office) -> Path:
    """Take a backup into the office's own folder and return its file."""
    folder = own_folder(office.folder)
    folder.mkdir(exist_ok=True)
    return take_backup(office, folder, "备份").path


def sign(office: Office, *people: int) -> None:
    """Sign people in for this morning, each by their own hand."""
    for person in people:
        sign_in(office, person, office.now().date(), Half.MORNING, by=person)


def found_by_verify(office: Office) -> list[str]:
    """Return what a whole check finds."""
    return [str(one) for one in verify_office(office).findings]
