"""The office as screens, forms and the command line see it: one handle, and what can go wrong with it."""

from __future__ import annotations

from govoffice_tui.storage.errors import (
    AlreadyAnOffice,
    Busy,
    CannotWrite,
    Damaged,
    Moved,
    NoOffice,
    StorageError,
)
from govoffice_tui.storage.files import Anchor
from govoffice_tui.storage.opening import create_office, open_office
from govoffice_tui.storage.sqlite import READ_PATIENCE, WRITE_PATIENCE, Office

__all__ = [
    "READ_PATIENCE",
    "WRITE_PATIENCE",
    "AlreadyAnOffice",
    "Anchor",
    "Busy",
    "CannotWrite",
    "Damaged",
    "Moved",
    "NoOffice",
    "Office",
    "StorageError",
    "create_office",
    "open_office",
]
