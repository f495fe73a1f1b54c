"""The pages of the book of supervision: what is in hand, what is to be reminded of, searches, and texts used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from govoffice_tui.clock import month_days
from govoffice_tui.registers import settings
from govoffice_tui.registers.duty import contacts
from govoffice_tui.registers.meetings.reading import lines as meeting_lines
from govoffice_tui.registers.meetings.views import MeetingKey, MeetingLine
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.reading import NEWEST, lines
from govoffice_tui.registers.supervision.views import DecisionLine
from govoffice_tui.rules.supervision import Alert, DecisionState, days_words
from govoffice_tui.text import fold

DUE_SHOWN = 6
"""Lines of one kind 今日 shows at most: the rest is counted in one more."""

MATTER_SHOWN = 16
"""Characters of a matter 今日 shows at most."""

TEXTS_KNOWN = 200
FOUND_LIMIT = 300
_COLUMNS = ("lead_unit", "co_units", "person", "phone", "source_words")


def in_hand(office: Office) -> list[DecisionLine]:
    """Return what is open, the most overdue first and 长期 last, then what is done and waits to be struck off."""
    found = lines(office, "d.struck_at IS NULL AND d.state IN ('new', 'going', 'done')")
    return sorted(found, key=_urgency)


def to_remind(office: Office, today: date) -> list[DecisionLine]:
    """Return the open matters that are overdue or due within the days the office has set, the most urgent first."""
    rules = settings.on(office, today)
    blue, yellow = rules.supervision_blue_days, rules.supervision_yellow_days
    found = lines(office, "d.struck_at IS NULL AND d.state IN ('new', 'going')")
    return sorted((one for one in found if one.alert(today, blue, yellow) is not Alert.NONE), key=_urgency)


def due_matters(office: Office, now: datetime) -> list[tuple[str, bool, date]]:
    """Return the lines of 今日: overdue in red, due soon, and how many wait to be struck off."""
    today = now.date()
    urgent = to_remind(office, today)
    found = []
    for is_late in (True, False):
        mine = [one for one in urgent if one.is_overdue_on(today) is is_late]
        found += [(_due_told(one, today), is_late, one.begun) for one in mine[:DUE_SHOWN]]
        if len(mine) > DUE_SHOWN:
            words = "逾期" if is_late else "快到期"
            found.append((f"督办 另有{len(mine) - DUE_SHOWN}件{words}", is_late, mine[DUE_SHOWN].begun))
    waiting = lines(office, "d.struck_at IS NULL AND d.state = 'done'")
    if waiting:
        found.append((f"督办 {len(waiting)}件已办结,等销号", False, waiting[0].begun))
    return found


def of_month(office: Office, word: str) -> list[DecisionLine]:
    """Return every matter a month (YYYY-MM) took over, got, or finished with; without those voided at once."""
    days = month_days(word)
    first, last = days[0].isoformat(), days[-1].isoformat()
    return lines(
        office,
        f"d.event_day <= ? AND {NEWEST} AND (d.state <> 'settled' OR d.event_day >= ? OR EXISTS"
        " (SELECT 1 FROM decision_steps s WHERE s.decision_year = d.year AND s.decision_number = d.number"
        " AND s.struck_at IS NULL AND s.event_day >= ?))",
        last,
        first,
        first,
    )


def of_meeting(office: Office, meeting: MeetingKey) -> list[DecisionLine]:
    """Return what a meeting decided and is followed up."""
    condition = "d.struck_at IS NULL AND d.meeting_year = ? AND d.meeting_number = ?"
    return lines(office, condition, meeting.year, meeting.number)


def of_unit(office: Office, unit: str) -> list[DecisionLine]:
    """Return what one unit has in hand, as 主办 or 协办, the most urgent first."""
    found = lines(office, "d.struck_at IS NULL AND d.state IN ('new', 'going', 'done')")
    return sorted((one for one in found if unit in (one.lead_unit, *one.co_units.split("、"))), key=_urgency)


def units_in_hand(office: Office) -> list[str]:
    """Return the units that have something in hand, those with the most first."""
    counts: dict[str, int] = {}
    for one in in_hand(office):
        if one.state.is_open:
            counts[one.lead_unit] = counts.get(one.lead_unit, 0) + 1
    return sorted(counts, key=lambda unit: (-counts[unit], unit))


def held_meetings(office: Office, today: date) -> list[MeetingLine]:
    """Return the meetings of the last half year that may have decided something, newest first."""
    first = (today - timedelta(days=183)).isoformat()
    found = meeting_lines(
        office, "struck_at IS NULL AND is_classified = 0 AND event_day BETWEEN ? AND ?", first, today.isoformat()
    )
    return [one for one in reversed(found) if one.state.is_held]


def search(office: Office, words: str) -> list[tuple[str, date]]:
    """Return the matters a text means, newest first: by number, matter, unit, person, or where it comes from."""
    key = fold(words)
    if not key:
        return []
    found = []
    for one in recent(office):
        texts = (one.number, one.matter, one.lead_unit, one.co_units, one.person, one.origin)
        if any(key in fold(text) for text in texts):
            found.append((f"{one.number} {one.matter} {one.lead_unit} {one.state.label}", one.begun))
    return found


def recent(office: Office) -> list[DecisionLine]:
    """Return the matters of the last two years, and older ones still in hand, newest first."""
    first = (office.now().date() - timedelta(days=731)).isoformat()
    condition = f"d.struck_at IS NULL AND {NEWEST} AND (d.event_day >= ? OR d.state <> 'settled')"
    return lines(office, condition, first)[::-1]


def last_entered(office: Office) -> DecisionLine | None:
    """Return the matter entered last, None in an empty book."""
    found = lines(office, "d.id = (SELECT max(id) FROM decisions WHERE struck_at IS NULL)")
    return found[0] if found else None


def texts_used(office: Office, column: str) -> tuple[str, ...]:
    """Return what was written last in a column, newest first, each once; units and people with the phone book's."""
    assert column in _COLUMNS
    rows = office.fetch(
        f"SELECT {column} FROM decisions WHERE struck_at IS NULL AND {column} <> ''"
        f" GROUP BY {column} ORDER BY max(id) DESC LIMIT {TEXTS_KNOWN}"
    )
    used = [text for (text,) in rows]
    if column in ("lead_unit", "co_units"):
        used += contacts.units(office)
    elif column == "phone":
        used += contacts.phones(office)
    return tuple(dict.fromkeys(used))


def leaders_used(office: Office) -> tuple[str, ...]:
    """Return the leaders who approved something of a matter, the last first."""
    rows = office.fetch(
        "SELECT approved_by FROM decision_steps WHERE struck_at IS NULL AND approved_by <> ''"
        f" GROUP BY approved_by ORDER BY max(id) DESC LIMIT {TEXTS_KNOWN}"
    )
    return tuple(text for (text,) in rows)


def person_of(office: Office, unit: str) -> tuple[str, str]:
    """Return whom a unit named last and the number, empty where it never did."""
    rows = office.fetch(
        "SELECT person, phone FROM decisions WHERE struck_at IS NULL AND lead_unit = ? AND person <> ''"
        " ORDER BY id DESC LIMIT 1",
        unit,
    )
    return (rows[0][0], rows[0][1]) if rows else ("", "")


def _urgency(one: DecisionLine) -> tuple[bool, bool, date, int, int]:
    due = one.due
    is_done = one.state is DecisionState.DONE
    return (is_done, due is None, due or date.max, one.key.year, one.key.number)


def _due_told(one: DecisionLine, today: date) -> str:
    asked = f" {one.reminders}" if one.reminders else ""
    matter = one.matter if len(one.matter) <= MATTER_SHOWN else f"{one.matter[: MATTER_SHOWN - 1]}…"
    return f"{one.number} {one.lead_unit} {days_words(one.due, today)} {matter}{asked}"


def counted(found: Iterable[DecisionLine], today: date) -> dict[str, int]:
    """Return how many are in hand, not begun, overdue, and wait to be struck off."""
    listed = list(found)
    still_open = [one for one in listed if one.state.is_open]
    return {
        "open": len(still_open),
        "new": sum(one.state is DecisionState.NEW for one in still_open),
        "overdue": sum(one.is_overdue_on(today) for one in still_open),
        "waiting": sum(one.state is DecisionState.DONE for one in listed),
    }
