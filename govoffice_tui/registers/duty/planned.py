"""Who the roster says is on duty: the one place the duty book asks it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from govoffice_tui.registers.duty.roster import planned_on
from govoffice_tui.registers.office import Office


class Planned(Protocol):
    """What the roster says of the shift that starts on a day; people by staff id."""

    @property
    def leader(self) -> int | None: ...
    @property
    def officers(self) -> Sequence[int]: ...
    @property
    def messenger(self) -> int | None: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def template(self) -> str: ...


def planned(office: Office, day: date) -> Planned | None:
    """Return who is planned for the shift that starts on a day; None without a roster: people are picked by hand."""
    return planned_on(office, day)
