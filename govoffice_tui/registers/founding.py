"""Beginning an office: the empty book, its name, its calendar, its first people, and when they first sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from govoffice_tui.clock import Clock, local
from govoffice_tui.models import Setting
from govoffice_tui.registers import calendar, posts, settings
from govoffice_tui.registers.office import Office, create_office, open_office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.authority import HEADS, Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.setting_topics import contradiction, objection
from govoffice_tui.rules.settings import Settings, read_value
from govoffice_tui.storage.drafting import Draft, begin, discard, settle

__all__ = [
    "Draft",
    "NextSession",
    "begin",
    "discard",
    "draft_office",
    "found_in",
    "found_office",
    "name_holders",
    "next_session",
    "settle",
]

_DAYS_AHEAD = 40


@dataclass(frozen=True)
class NextSession:
    """The next half-day that can be signed, and whether that is now."""

    day: date
    half: Half
    opens: datetime
    cutoff: datetime
    is_open: bool


def found_office(folder: Path, clock: Clock, values: Mapping[str, str]) -> Office:
    """Create an office with the settings given, kept from the next session that can still be signed.

    Refused for a setting that cannot be read; raises AlreadyAnOffice or CannotWrite. Whatever stops it, no
    part of an office is left.
    """
    draft = draft_office(folder, clock, values)
    try:
        settle(draft)
    except BaseException:
        discard(draft)
        raise
    return open_office(folder, clock)


def draft_office(folder: Path, clock: Clock, values: Mapping[str, str]) -> Draft:
    """Found an office in a place apart, to be settled or discarded; it is closed."""
    given = _checked_values(values)
    draft = begin(folder)
    try:
        found_in(draft.place, clock, given).close()
    except BaseException:
        discard(draft)
        raise
    return draft


def found_in(place: Path, clock: Clock, values: Mapping[str, str]) -> Office:
    """Found an office in a folder that is the caller's to take away again, and return it open."""
    given = _checked_values(values)
    office = create_office(place, clock)
    try:
        now = local(clock.now())
        with office.write("init") as writing:
            for key, value in ({"first_session": _first_session(now)} | given).items():
                writing.insert(
                    Setting, key=key, value=value, from_day=settings.EVER.isoformat(), entered_at=writing.now
                )
        calendar.ensure(office, now.year)
        if now.month == 12:
            calendar.ensure(office, now.year + 1)
    except BaseException:
        office.close()
        raise
    return office


def name_holders(
    office: Office, holders: Sequence[tuple[Post, str, int]], *, by: int | None = None, form_key: str | None = None
) -> None:
    """Give the first posts (post, A or B, staff id) of an office, each as a change of its own.

    The first head named, or the keeper where there is none, names everybody after that. What a try before
    gave already is left. Refused as each post is.
    """
    held = {(one.post, one.part, one.staff) for one in posts.holdings_on(office, office.now().date())}
    for place, (post, part, person) in enumerate(sorted(holders, key=lambda one: (one[0] not in HEADS, one[1]))):
        if (post, part, person) not in held:
            key = form_key and f"{form_key}-{place}"
            posts.assign_post(office, person, post, part, by=by, form_key=key)
        by = by or person


def next_session(office: Office) -> NextSession | None:
    """Return the session that is open now or the next one that will be; None where none is in sight."""
    now = office.now()
    started = settings.on(office, now.date()).first_half_day
    for ahead in range(_DAYS_AHEAD):
        day = now.date() + timedelta(days=ahead)
        chart = calendar.load(office, [day.year])
        rules = settings.on(office, day)
        for half in Half:
            hours = session_hours(day, half, rules)
            is_due = day.year in chart.years and chart.is_work(day, half) and (day, half) >= started
            if is_due and now <= hours.cutoff:
                return NextSession(day, half, hours.opens, hours.cutoff, hours.opens <= now)
    return None


def _checked_values(values: Mapping[str, str]) -> dict[str, str]:
    given = {key: checked(value, key) for key, value in values.items()}
    for key, value in given.items():
        if message := objection(key, value):
            raise Refused(message, field=key)
    found = contradiction(Settings(**{key: read_value(key, value) for key, value in given.items()}))
    if found is not None:
        field, message = found
        raise Refused(message, field=field)
    return given


def _first_session(now: datetime) -> str:
    """Return the next session that can still be signed under the hours of a new office."""
    today = now.date()
    for half in Half:
        if now <= session_hours(today, half, Settings()).cutoff:
            return f"{today.isoformat()} {int(half)}"
    return f"{(today + timedelta(days=1)).isoformat()} 0"
