"""The demo office's sessions without power: signed on paper, typed the same day or the morning after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from govoffice_tui.registers import settings
from govoffice_tui.registers.attendance.pages import due_people
from govoffice_tui.registers.attendance.sheets import collect_sheet, finish_transcription, use_paper
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.attendance.transcription import sheet_page, transcribe
from govoffice_tui.registers.attendance.views import SheetLine
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.demo.sign_ins import KEEPER, LATE, arrivals
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.sign_sheets import PaperReason, SheetEntry, SheetMark

DECIDED_BY = "分管副主任钱峰"
TIMED = 0.7
"""How many of the lines on paper bear a time."""


@dataclass(frozen=True)
class PaperSession:
    """One session on paper, why, and whether its sheet waits until the next morning."""

    half: Half
    reason: PaperReason
    waits: bool = False


SESSIONS: Mapping[int, PaperSession] = {
    6: PaperSession(Half.MORNING, PaperReason.POWER),
    12: PaperSession(Half.MORNING, PaperReason.POWER, waits=True),
    60: PaperSession(Half.AFTERNOON, PaperReason.FAULT, waits=True),
    150: PaperSession(Half.MORNING, PaperReason.POWER),
}
"""The sessions on paper by how many workdays of the history are left, their own among them."""


def paper_sessions(day: DemoDay) -> Iterator[Act]:
    """Sign until the power fails, collect the paper sheet, and type it at once or the morning after."""
    if not day.is_workday:
        return
    before = SESSIONS.get(_left(day) + 1)
    is_waiting = bool(day.office.fetch("SELECT 1 FROM sign_sheets WHERE state = 'transcribing' LIMIT 1"))
    if before is not None and before.waits and is_waiting:
        yield day.at(9, 40), partial(_type, day, _workday_before(day), before.half)
    session = SESSIONS.get(_left(day))
    if session is None or not day.chart.is_work(day.day, session.half):
        return
    day.on_paper.add(session.half)
    half, keeper = session.half, day.people[KEEPER].id
    cutoff = session_hours(day.day, half, settings.on(day.office, day.day)).cutoff
    fails = cutoff - timedelta(minutes=15)
    people = [one for one in due_people(day.office, day.day) if one.id not in day.away[half]]
    for moment, person in arrivals(cutoff, people, day):
        if moment is not None and moment < fails:
            yield moment, partial(sign_in, day.office, person.id, day.day, half, by=keeper)
    yield fails, partial(use_paper, day.office, day.day, half, session.reason, DECIDED_BY, by=keeper)
    page, book = str(1 + day.day.timetuple().tm_yday // 3), f"{day.day.year}年纸质签到簿"
    collected = cutoff + timedelta(minutes=45)
    yield collected, partial(collect_sheet, day.office, day.day, half, page=page, book=book, by=keeper)
    if not session.waits:
        yield cutoff + timedelta(minutes=50), partial(_type, day, day.day, half)


def _type(day: DemoDay, of: date, half: Half) -> None:
    """Type the sheet of a session and compare it with the paper."""
    page = sheet_page(day.office, of, half)
    entries = [_entry(day, line, page.hours.cutoff) for line in page.lines if line.signed_at is None]
    keeper = day.people[KEEPER].id
    transcribe(day.office, of, half, entries, by=keeper)
    finish_transcription(day.office, of, half, by=keeper)


def _entry(day: DemoDay, line: SheetLine, cutoff: datetime) -> SheetEntry:
    """Return what the paper says of a person: most signed, some with the time beside it, a few came late."""
    if line.is_excused:
        return SheetEntry(line.person.id, line.mark)
    if day.chance.random() < LATE:
        return SheetEntry(line.person.id, SheetMark.LATE, cutoff + timedelta(minutes=day.chance.randint(2, 35)))
    at = cutoff - timedelta(minutes=day.chance.randint(0, 14)) if day.chance.random() < TIMED else None
    return SheetEntry(line.person.id, SheetMark.PRESENT, at)


def _left(day: DemoDay) -> int:
    return len(day.chart.workdays(day.day, day.last))


def _workday_before(day: DemoDay) -> date:
    before = day.day - timedelta(days=1)
    while not any(day.chart.is_work(before, half) for half in Half):
        before -= timedelta(days=1)
    return before
