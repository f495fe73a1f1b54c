"""Meetings among each other: what is due, a month as its page shows it, and what a text means."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.meetings.checklist import tasks
from govoffice_tui.registers.meetings.months import listed
from govoffice_tui.registers.meetings.reading import lines
from govoffice_tui.registers.meetings.views import MeetingKey, MeetingLine
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.checklists import Phase
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.text import fold

SOON = timedelta(days=2)
"""How long before a meeting an open answer is shown on the day page."""

SEARCHED = timedelta(days=366)


def live(office: Office) -> list[MeetingLine]:
    """Return the meetings that are neither archived nor called off."""
    return lines(office, "struck_at IS NULL AND state NOT IN ('archived', 'cancelled')")


def due(office: Office, now: datetime) -> list[tuple[str, bool, date]]:
    """Return the lines of 今日: meetings of the day, lines of a checklist that are late, and what is still open."""
    found: list[tuple[str, bool, date]] = []
    for one in live(office):
        if one.state is MeetingState.POSTPONED:
            continue
        name = f"{one.number} {one.name}"
        if one.state.is_ahead:
            if one.day == now.date():
                words = one.name if one.is_classified else f"{one.starts:%-H:%M} {one.name} {one.place}"
                is_over = not one.is_classified and now > (one.ends or one.starts + timedelta(hours=2))
                found.append((f"今日会议 {words}{',还没有核对到会' if is_over else ''}", is_over, one.day))
            elif one.day < now.date():
                found.append((f"{name} {chinese_short_day(one.day)}应召开,没有登记召开、改期或取消", True, one.day))
            open_answers = one.notices - one.replied
            if open_answers and now.date() <= one.day <= (now + SOON).date():
                found.append((f"{name} 还有{open_answers}个单位没有回执", one.day == now.date(), one.day))
        elif one.copies_out and now.date() > one.day:
            found.append((f"{name} 材料还有{one.copies_out}份没有收回", True, one.day))
        if not one.is_classified:
            passed = (Phase.BEFORE,) if one.state is MeetingState.HELD else ()
            late = [task for task in tasks(office, one, {}) if task.is_late(now) and task.phase not in passed]
            if late:
                more = f"等{len(late)}项" if len(late) > 1 else ""
                found.append((f"{name} {late[0].phase.label}“{late[0].words}”{more}到期没有办", True, one.day))
    return found


def search(office: Office, words: str) -> list[tuple[str, date]]:
    """Return the meetings a text means, newest first: by number, title, place, chair, organiser, topic or minutes."""
    key = fold(words)
    if not key:
        return []
    first = (office.now() - SEARCHED).date().isoformat()
    topics: dict[MeetingKey, list[str]] = defaultdict(list)
    for year, number, title in office.fetch(
        "SELECT t.meeting_year, t.meeting_number, t.title FROM meeting_topics t JOIN meetings m ON m.year ="
        " t.meeting_year AND m.number = t.meeting_number AND m.struck_at IS NULL WHERE t.struck_at IS NULL"
        " AND m.event_day >= ?",
        first,
    ):
        topics[MeetingKey(year, number)].append(title)
    found = []
    for one in reversed(lines(office, "event_day >= ?", first)):
        mine = topics.get(one.key, []) if not one.is_struck else []
        texts = (one.number, one.name, one.place, one.chair, one.organisers, one.minutes_number)
        hits = [title for title in mine if key in fold(title)]
        if hits or any(key in fold(text) for text in texts):
            about = f" 议题:{hits[0]}" if hits else ""
            struck = " 作废" if one.is_struck else ""
            found.append((f"{one.number} {one.name} {one.when} {one.place}{struck}{about}".strip(), one.day))
    return found


def recent(office: Office, limit: int) -> list[MeetingLine]:
    """Return the meetings of the last year, newest first, so many at the most."""
    first = (office.now() - SEARCHED).date().isoformat()
    return list(reversed(lines(office, "event_day >= ? AND struck_at IS NULL", first)))[:limit]


def month_lines(office: Office, word: str) -> list[MeetingLine]:
    """Return a month (YYYY-MM) as its page shows it: everything of it, struck lines too, newest first."""
    return list(reversed(listed(office, word, with_struck=True)))
