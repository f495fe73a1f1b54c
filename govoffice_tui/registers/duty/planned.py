"""Who the roster says is on duty: the one place the duty book asks it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from govoffice_tui.registers.duty.roster import planned_on, shifts_on
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


def planned_shifts(office: Office, day: date) -> Sequence[Planned]:
    """Return what is planned of each shift of a day in the order of their starts; nothing without a roster."""
    return shifts_on(office, day)


def planned(office: Office, day: date, starts: datetime | None = None) -> Planned | None:
    """Return who is planned for the shift of a day that a moment lies in, of the whole day without a moment.

    None without a roster: people are picked by hand. The only shift of a day is planned whatever the moment.
    """
    found = planned_shifts(office, day)
    if starts is None or len(found) <= 1:
        return planned_on(office, day)
    return next((one for one in found if one.starts_at <= starts < one.ends_at), None)
