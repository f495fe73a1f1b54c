"""The office's dated settings: read as one frozen `Settings` for a day, changed only by a further row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from govoffice_tui.clock import chinese_day, day_of, month_of
from govoffice_tui.models import Setting
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import TITLES, Settings, read_value

EVER = date(1990, 1, 1)
"""The day a setting made before the first session holds from."""

AT_ONCE = frozenset({"backup_folder", "first_session"})
"""What touches no session that began: it holds from today."""

_KEYS = frozenset(field.name for field in fields(Settings))
_YEARS_AHEAD = 10


@dataclass(frozen=True)
class Row:
    """One value somebody set: from which day it holds, when and by whom it was entered."""

    id: int
    key: str
    value: str
    first: date
    entered_at: int
    entered_by: int | None


def on(office: Office, day: date) -> Settings:
    """Return the settings as they hold on a day; a stored value that cannot be read is refused, never skipped."""
    return _read(values_on(office, day))


def values_on(office: Office, day: date) -> dict[str, str]:
    """Return what is stored for each key that was ever set, as it holds on a day."""
    rows = office.fetch("SELECT key, value FROM settings WHERE from_day <= ? ORDER BY from_day, id", day.isoformat())
    return {key: value for key, value in rows if key in _KEYS}


def rows_of(office: Office, keys: Collection[str]) -> list[Row]:
    """Return every row of some settings in the order they take hold, the later entered last where days are equal."""
    marks = ", ".join("?" * len(keys))
    rows = office.fetch(
        "SELECT id, key, value, from_day, entered_at, entered_by FROM settings"
        f" WHERE key IN ({marks}) ORDER BY from_day, id",
        *sorted(keys),
    )
    return [Row(row, key, value, date.fromisoformat(first), at, by) for row, key, value, first, at, by in rows]


def has_begun(office: Office) -> bool:
    """Return whether anything stands in the sign-in book or under seal, so that the rules of past days are settled."""
    return bool(office.fetch("SELECT 1 FROM sign_sessions LIMIT 1") or office.fetch("SELECT 1 FROM closings LIMIT 1"))


def next_effective_day(office: Office, key: str) -> date:
    """Return the first day a change made now may hold from (考勤 rules never change inside a day that began).

    A value that cannot be read closes the day it holds on: its correction holds at once.
    """
    today = day_of(office.clock.now())
    if not has_begun(office):
        is_dated = any(EVER < row.first <= today for row in rows_of(office, (key,)))
        return today if is_dated else EVER
    stored = values_on(office, today).get(key)
    if key in AT_ONCE or (stored is not None and not _is_readable(key, stored)):
        return today
    return today + timedelta(days=1)


def change(
    office: Office, key: str, value: str, from_day: date | None = None, *, by: int | None, form_key: str | None = None
) -> date:
    """Set one key from a day on, by default from the first it may hold; return that day."""
    return change_many(office, {key: value}, from_day, by=by, form_key=form_key)


def change_many(
    office: Office,
    values: Mapping[str, str],
    from_day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> date:
    """Set several keys in one change from a day on, by default from the first they may hold; return that day.

    What already stands so then is not written again. `by` None is the program itself. Refused for an
    unknown key, a value that cannot be read, values that contradict each other on that day or on any later
    one, a day before the first they may hold from, and a month under seal.
    """
    entered = {key: _entered(key, value) for key, value in values.items()}
    with office.write("change_setting", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _first_day(office, writing.repeated_entry)
        today = day_of(writing.now)
        if by is not None:
            posts.require(office, "change_setting", by, today)
        if "first_session" in entered:
            _require_unbegun(office, entered["first_session"], today)
        effective = _effective(office, entered, from_day, today)
        standing = values_on(office, effective)
        changed = {key: value for key, value in entered.items() if standing.get(key, _default(key)) != value}
        if not changed:
            raise Refused("和现在的一样,没有改动。")
        for key, value in changed.items():
            writing.insert(
                Setting, key=key, value=value, from_day=effective.isoformat(), entered_at=writing.now, entered_by=by
            )
        _require_agreement(office, effective, changed)
    return effective


def take_back(
    office: Office, keys: Collection[str], first: date, *, by: int | None, form_key: str | None = None
) -> date:
    """Take back values before the day they are to hold from: a further row lets go on what held before.

    Refused for a day that began, where nothing was to change then, and where what is left would
    contradict itself.
    """
    with office.write("take_back_setting", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _first_day(office, writing.repeated_entry)
        today = day_of(writing.now)
        posts.require(office, "take_back_setting", by, today)
        if first <= today:
            raise Refused(f"{chinese_day(first)}已经开始,不能收回。请改成新的值,从以后的日子起。")
        before, then = values_on(office, first - timedelta(days=1)), values_on(office, first)
        coming = {row.key for row in rows_of(office, keys) if row.first == first}
        changed = {key: before.get(key, _default(key)) for key in keys if key in coming}
        changed = {key: value for key, value in changed.items() if then.get(key) != value}
        if not changed:
            raise Refused(f"{chinese_day(first)}没有要变的,不用收回。")
        for key, value in changed.items():
            writing.insert(
                Setting, key=key, value=value, from_day=first.isoformat(), entered_at=writing.now, entered_by=by
            )
        _require_agreement(office, first, changed)
    return first


def _read(stored: Mapping[str, str]) -> Settings:
    values: dict[str, Any] = {}
    for key, value in stored.items():
        try:
            values[key] = read_value(key, value)
        except ValueError:
            raise Refused(f"设置“{TITLES[key]}”的值“{value}”读不懂,请先改正这项设置。") from None
    return Settings(**values)


def _default(key: str) -> str:
    # The topics need the rules of every book; who reads settings, as every page does at its start, needs none.
    from govoffice_tui.rules.setting_topics import default_value

    return default_value(key)


def _is_readable(key: str, value: str) -> bool:
    try:
        read_value(key, value)
    except ValueError:
        return False
    return True


def _entered(key: str, value: str) -> str:
    """Return a value as it is stored; refused where it cannot be."""
    from govoffice_tui.rules.setting_topics import objection

    if key not in _KEYS:
        raise Refused(f"没有“{key}”这项设置。")
    text = checked(value, key)
    if message := objection(key, text):
        raise Refused(message, field=key)
    return text


def _effective(office: Office, keys: Collection[str], from_day: date | None, today: date) -> date:
    earliest = max(next_effective_day(office, key) for key in keys)
    effective = from_day or earliest
    titles = "、".join(TITLES[key] for key in keys)
    if from_day is not None and from_day < max(earliest, today):
        reason = "已经开始签到,当天不变" if earliest > today else "已经过去的日子不变"
        first = chinese_day(max(earliest, today))
        raise Refused(f"{reason},“{titles}”最早从{first}起改。", field="from_day")
    if effective.year > today.year + _YEARS_AHEAD:
        raise Refused(f"{chinese_day(effective)}离今天太远,请核对年份。", field="from_day")
    last_sealed = office.fetch("SELECT max(month) FROM closings")[0][0]
    if last_sealed is not None and not AT_ONCE.issuperset(keys) and month_of(effective) <= last_sealed:
        year, month = last_sealed.split("-")
        raise Refused(f"{year}年{int(month)}月已封存,不能再改它的规定,请写下个月或以后的日子。", field="from_day")
    return effective


def _require_unbegun(office: Office, value: str, today: date) -> None:
    """Refuse another first session once somebody signed, and one in the past."""
    if has_begun(office):
        raise Refused("签到簿已经启用,启用场次不能再改。", field="first_session")
    if date.fromisoformat(value.split(" ")[0]) < today:
        raise Refused("已经过去的场次没有人签到,请从今天或以后的一场启用。", field="first_session")


def _require_agreement(office: Office, first: date, changed: Collection[str]) -> None:
    """Refuse settings that contradict each other on a day or on any later day something changes.

    A day on which another setting cannot be read is closed as it is, and must not keep this one from being corrected.
    """
    from govoffice_tui.rules.setting_topics import contradiction

    days = {first} | {row.first for row in rows_of(office, _KEYS) if row.first > first}
    for day in sorted(days):
        stored = values_on(office, day)
        if not all(_is_readable(key, value) for key, value in stored.items()):
            continue
        found = contradiction(_read(stored))
        if found is not None:
            key, message = found
            when = "" if day == first else f"{chinese_day(day)}起:"
            field = key if key in changed else next(iter(changed))
            raise Refused(f"{when}{message}", field=field)


def _first_day(office: Office, row: int) -> date:
    """Return the day a row that was entered before holds from."""
    return date.fromisoformat(office.fetch("SELECT from_day FROM settings WHERE id = ?", row)[0][0])
