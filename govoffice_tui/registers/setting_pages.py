"""The settings as the page shows them: what holds, since when and by whom, what is to hold, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_day, chinese_short_day, chinese_time, local
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.settings import EVER, Row
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.setting_topics import TOPICS, Topic, default_value, spelled, topic_words
from govoffice_tui.rules.settings import TITLES, Settings

_A_YEAR = 366
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Coming:
    """What a topic is to be from a day on that has not begun; `keys` are those that change then."""

    first: date
    words: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class SettingLine:
    """One topic as it stands today: its values, in words, since when, who set it, and what is to come."""

    topic: Topic
    values: dict[str, str]
    words: str
    since: str
    coming: tuple[Coming, ...]


@dataclass(frozen=True)
class PastValue:
    """One value of a topic in its history: the day it holds from, what it is, when and by whom it was entered."""

    first: str
    words: str
    entered: str
    is_coming: bool


def lines(office: Office, today: date) -> dict[str, SettingLine]:
    """Return every topic as it stands on a day, by its word."""
    return {word: _line(office, topic, today) for word, topic in TOPICS.items()}


def history(office: Office, topic: Topic, today: date) -> list[PastValue]:
    """Return every value a topic ever had or is to have, newest first; a value taken back stays in it."""
    found = []
    for row in settings.rows_of(office, topic.keys):
        title = f"{TITLES[row.key]} " if len(topic.keys) > 1 else ""
        verb = office.fetch("SELECT max(verb) FROM journal WHERE register = 'settings' AND entry = ?", row.id)[0][0]
        word = "收回,仍是 " if verb == "take_back_setting" else ""
        found.append(
            PastValue(
                _from(row.first),
                f"{title}{word}{spelled(row.key, row.value)}",
                _entered(office, row),
                row.first > today,
            )
        )
    found.reverse()
    if not found:
        found = [PastValue("", topic_words(topic, {key: default_value(key) for key in topic.keys}), "没有改过", False)]
    return found


def hours_today(office: Office, now: datetime) -> tuple[str, str]:
    """Return the hours in force on this day, and in words when they change next; the second empty where never.

    The next change is sought for a year: summer begins or ends, or a value that was set takes hold.
    """
    today = now.date()
    present = _hours(settings.on(office, today), today)
    days = {row.first for row in settings.rows_of(office, _hour_keys()) if row.first > today}
    rules = settings.on(office, today)
    for step in range(1, _A_YEAR):
        day = today + step * _ONE_DAY
        if day in days:
            rules = settings.on(office, day)
        then = _hours(rules, day)
        if then != present:
            changed = "、".join(f"{half.label}{then[half]}" for half in Half if then[half] != present[half])
            year = f"{day.year}年" if day.year != today.year else ""
            return _all_hours(present), f"{year}{chinese_short_day(day)}起 {changed}"
    return _all_hours(present), ""


def _line(office: Office, topic: Topic, today: date) -> SettingLine:
    rows = settings.rows_of(office, topic.keys)
    values = {key: default_value(key) for key in topic.keys}
    latest: Row | None = None
    for row in rows:
        if row.first <= today:
            latest = row if values[row.key] != row.value or latest is None else latest
            values[row.key] = row.value
    since = "" if latest is None else f"{_from(latest.first)} {_by(office, latest)}"
    return SettingLine(topic, values, topic_words(topic, values), since, _coming(topic, rows, values, today))


def _coming(topic: Topic, rows: list[Row], values: dict[str, str], today: date) -> tuple[Coming, ...]:
    found = []
    standing = dict(values)
    for first in sorted({row.first for row in rows if row.first > today}):
        then = standing | {row.key: row.value for row in rows if row.first == first}
        changed = tuple(key for key in topic.keys if then[key] != standing[key])
        if changed:
            found.append(Coming(first, topic_words(topic, then), changed))
        standing = then
    return tuple(found)


def _hour_keys() -> tuple[str, ...]:
    return tuple(key for word in ("morning", "afternoon", "summer_afternoon", "summer") for key in TOPICS[word].keys)


def _hours(rules: Settings, day: date) -> dict[Half, str]:
    found = {}
    for half in Half:
        hours = session_hours(day, half, rules)
        found[half] = f"{chinese_time(hours.opens.time())}—{chinese_time(hours.cutoff.time())}"
    return found


def _all_hours(hours: dict[Half, str]) -> str:
    return "  ".join(f"{half.label}{words}" for half, words in hours.items())


def _from(first: date) -> str:
    return "建库起" if first == EVER else f"{chinese_day(first)}起"


def _by(office: Office, row: Row) -> str:
    return staff.name_of(office, row.entered_by, local(row.entered_at).date()) if row.entered_by else "系统"


def _entered(office: Office, row: Row) -> str:
    moment = local(row.entered_at)
    return f"{chinese_day(moment.date())} {moment:%H:%M} {_by(office, row)} 登记"


def unreadable(office: Office, today: date) -> str:
    """Return the sentence about a stored setting that cannot be read today, empty where all can."""
    try:
        settings.on(office, today)
    except Refused as refusal:
        return refusal.message
    return ""
