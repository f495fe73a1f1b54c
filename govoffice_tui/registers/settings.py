"""The office's dated settings: read as one frozen `Settings` for a day, changed only by a further row."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from govoffice_tui.clock import day_of
from govoffice_tui.models import Setting
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import TITLES, Settings, read_value

EVER = date(1990, 1, 1)
"""The day a setting made before the first session holds from."""

_AT_ONCE = frozenset({"backup_folder"})
_KEYS = frozenset(field.name for field in fields(Settings))


def on(office: Office, day: date) -> Settings:
    """Return the settings as they hold on a day; a stored value that cannot be read is refused, never skipped."""
    rows = office.fetch("SELECT key, value FROM settings WHERE from_day <= ? ORDER BY from_day, id", day.isoformat())
    values: dict[str, Any] = {}
    for key, value in rows:
        if key not in _KEYS:
            continue
        try:
            values[key] = read_value(key, value)
        except ValueError:
            raise Refused(f"设置“{TITLES[key]}”的值“{value}”读不懂,请先改正这项设置。") from None
    return Settings(**values)


def next_effective_day(office: Office, key: str) -> date:
    """Return the first day a change made now may hold from (考勤 rules never change inside a day that began)."""
    if key in _AT_ONCE or not office.fetch("SELECT 1 FROM sign_sessions LIMIT 1"):
        return EVER
    return day_of(office.clock.now()) + timedelta(days=1)


def change(
    office: Office, key: str, value: str, from_day: date | None = None, *, by: int | None, form_key: str | None = None
) -> date:
    """Set one key from a day on, by default from the first it may hold; return that day.

    Refused for an unknown key, a value that cannot be read, and a day before the first it may hold from.
    """
    if key not in _KEYS:
        raise Refused(f"没有“{key}”这项设置。")
    try:
        read_value(key, checked(value, key))
    except ValueError:
        raise Refused(f"“{value}”不能作为“{TITLES[key]}”。", field=key) from None
    with office.write("change_setting", by, form_key) as writing:
        earliest = next_effective_day(office, key)
        if from_day is not None and from_day < earliest:
            raise Refused(f"已经开始签到,“{TITLES[key]}”最早从{earliest.isoformat()}起改。", field="from_day")
        effective = from_day or earliest
        writing.insert(
            Setting, key=key, value=value, from_day=effective.isoformat(), entered_at=writing.now, entered_by=by
        )
    return effective
