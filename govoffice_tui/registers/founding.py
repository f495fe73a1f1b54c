"""Beginning an office: the empty book, its name, its calendar, and from which session it is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from govoffice_tui.clock import Clock, local
from govoffice_tui.models import Setting
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.office import Office, create_office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import TITLES, Settings, read_value


def found_office(folder: Path, clock: Clock, values: dict[str, str]) -> Office:
    """Create an office with the settings given, kept from the next session that can still be signed.

    Refused for a setting that cannot be read, before anything is created; raises AlreadyAnOffice.
    """
    for key, value in values.items():
        try:
            read_value(key, checked(value, key))
        except ValueError:
            raise Refused(f"“{value}”不能作为“{TITLES[key]}”。", field=key) from None
    office = create_office(folder, clock)
    now = local(clock.now())
    first = next(
        (
            f"{now.date().isoformat()} {int(half)}"
            for half in Half
            if now <= session_hours(now.date(), half, Settings()).cutoff
        ),
        f"{(now.date() + timedelta(days=1)).isoformat()} 0",
    )
    with office.write("init") as writing:
        for key, value in ({"first_session": first} | values).items():
            writing.insert(Setting, key=key, value=value, from_day=settings.EVER.isoformat(), entered_at=writing.now)
    calendar.ensure(office, now.year)
    if now.month == 12:
        calendar.ensure(office, now.year + 1)
    return office
