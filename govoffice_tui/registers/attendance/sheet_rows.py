"""The sheets of a session as they stand: which there are, what each says, and where a person signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from govoffice_tui.clock import chinese_short_day, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SignSheet
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.attendance.views import Fact, Sheet
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.settings import Settings
from govoffice_tui.rules.sign_points import point_of
from govoffice_tui.rules.sign_sheets import PaperReason, SheetState, refuse_on_screen

SHEETS = "张"

_COLUMNS = (
    "id, point, state, carrier, paper_reason, remark, decided_by, is_reopened, paper_book, paper_page, collected_at,"
    " collected_by_id, early_reason, expected, signed, checked_at, checked_by_id"
)


_NOTED = "coalesce(declared_at, entered_at), coalesce(declared_by_id, entered_by)"


def sheets_on(office: Office, day: date, half: Half, rules: Settings) -> tuple[Sheet, ...]:
    """Return the sheets of a half-day in the order of the places; none for a session on the screen at one place.

    Before the session has begun they are what the settings of its day say.
    """
    between = (day.isoformat(), int(half))
    found = office.fetch(
        f"SELECT {_COLUMNS} FROM sign_sheets WHERE event_day = ? AND half = ? AND struck_at IS NULL ORDER BY id",
        *between,
    )
    if found:
        return tuple(_sheet(office, day, row) for row in found)
    if office.fetch("SELECT 1 FROM sign_sessions WHERE event_day = ? AND half = ? AND struck_at IS NULL", *between):
        return ()
    return planned_sheets(rules)


def planned_sheets(rules: Settings) -> tuple[Sheet, ...]:
    """Return the sheets a session begins with under the settings of its day."""
    is_paper = rules.carrier == "paper"
    points = rules.points
    if len(points) == 1 and not is_paper:
        return ()
    state = SheetState.PAPER if is_paper else SheetState.OPEN
    return tuple(Sheet(None, point.name, state, is_paper) for point in points)


def lay_out(office: Office, writing: Change, session: int, day: date, half: Half, sheets: Sequence[Sheet]) -> None:
    """Write the sheets a session begins with."""
    for sheet in sheets:
        enter(
            office,
            writing,
            SignSheet,
            SHEETS,
            day,
            sheet.state.value,
            session_id=session,
            half=int(half),
            point=sheet.point,
            carrier="paper" if sheet.is_paper else "screen",
        )


def sheet_at(sheets: Sequence[Sheet], section: str, rules: Settings) -> Sheet:
    """Return the sheet a section signs on; the first for one that no place names."""
    point = point_of(section, rules.points)
    return next((sheet for sheet in sheets if sheet.point == point), sheets[0])


def require_on_screen(office: Office, verb: str, person: int, day: date, half: Half) -> None:
    """Refuse to sign on the screen where the person's sheet is paper, or to strike once it is collected (第2条)."""
    rules = settings.on(office, day)
    sheets = sheets_on(office, day, half, rules)
    known = staff.person_on(office, person, day)
    if sheets and known is not None:
        sheet = sheet_at(sheets, known.section, rules)
        refuse_on_screen(sheet.state, verb, f"{sheet.point}{half.label}")


def sheet_facts(office: Office, day: date, half: Half, point: str) -> list[Fact]:
    """Return what happened to the sheet of a half-day at one place, for whoever asks why."""
    facts = []
    for at, by, row in _rows_with_entry(office, day, half):
        sheet = _sheet(office, day, row)
        if sheet.point != point:
            continue
        place = sheet.point or "本场"
        if sheet.is_paper:
            words = f"{sheet.paper_words} {sheet.page_words}".strip()
            facts.append(Fact(local(at), f"{place}签到簿 {words}({staff.name_of(office, by, day)}登记)"))
        if sheet.collected_at is not None and sheet.point:
            facts.append(Fact(sheet.collected_at, f"{place}签到簿收存(收存人{sheet.collected_by})"))
        if sheet.checked_at is not None:
            facts.append(Fact(sheet.checked_at, f"{place}纸质签到簿录入核对完毕({sheet.checked_by})"))
    return facts


def unfinished_words(office: Office, first: date, last: date) -> list[tuple[date, Half, str]]:
    """Return the paper sheets between two days that were collected and wait to be typed or checked, oldest first."""
    return [
        (date.fromisoformat(day), Half(half), f"{point}纸质签到簿{'未录完' if signed is None else '未核对'}")
        for day, half, point, signed in office.fetch(
            "SELECT event_day, half, point, signed FROM sign_sheets WHERE event_day BETWEEN ? AND ?"
            " AND struck_at IS NULL AND state = 'transcribing' ORDER BY event_day, half, id",
            first.isoformat(),
            last.isoformat(),
        )
    ]


def unfinished_problems(office: Office, first: date, last: date) -> list[Problem]:
    """Return what keeps a month from being sealed: paper sheets that wait to be typed or checked."""
    return [
        Problem(f"{chinese_short_day(day)}{half.label}", words, day)
        for day, half, words in unfinished_words(office, first, last)
    ]


def unread_sessions(office: Office, first: date, last: date) -> set[tuple[str, int]]:
    """Return the sessions, by day and half, of which a collected paper sheet has not been typed: nobody is missing."""
    return set(
        office.fetch(
            "SELECT event_day, half FROM sign_sheets WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL"
            " AND state = 'transcribing' AND signed IS NULL",
            first.isoformat(),
            last.isoformat(),
        )
    )


def sheet_remarks(office: Office, first: date, last: date) -> list[tuple[str, int, str, str, int | None, int]]:
    """Return the month's remarks on sheets: day, half, kind, detail, by whom and when it was noted."""
    between = (first.isoformat(), last.isoformat())
    typed_late = {
        (day, half): count
        for day, half, count in office.fetch(
            "SELECT event_day, half, count(*) FROM sign_ins WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL"
            " AND paper_page <> '' AND late_reason IS NOT NULL GROUP BY event_day, half",
            *between,
        )
    }
    found: list[tuple[str, int, str, str, int | None, int]] = []
    for day, half, at, by, *row in office.fetch(
        f"SELECT event_day, half, {_NOTED}, {_COLUMNS} FROM sign_sheets"
        " WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL AND (carrier = 'paper' OR early_reason IS NOT NULL)"
        " ORDER BY event_day, half, id",
        *between,
    ):
        sheet = _sheet(office, date.fromisoformat(day), row)
        place = f"{sheet.point} " if sheet.point else ""
        if sheet.is_paper:
            late = typed_late.get((day, half), 0)
            told = (sheet.paper_words, sheet.page_words, sheet.transcription_words, f"本场补录{late}人" if late else "")
            found.append((day, half, "纸质签到", place + ",".join(part for part in told if part), by, at))
        if sheet.early_reason:
            found.append((day, half, "提前收存", place + sheet.early_reason, by, at))
    return found


def _rows_with_entry(office: Office, day: date, half: Half) -> list[tuple[int, int | None, list[Any]]]:
    return [
        (at, by, row)
        for at, by, *row in office.fetch(
            f"SELECT {_NOTED}, {_COLUMNS} FROM sign_sheets"
            " WHERE event_day = ? AND half = ? AND struck_at IS NULL ORDER BY id",
            day.isoformat(),
            int(half),
        )
    ]


def _sheet(office: Office, day: date, row: Sequence[Any]) -> Sheet:
    """Return one sheet as the screens show it."""
    found = dict(zip(_COLUMNS.split(", "), row, strict=True))
    is_paper = found["carrier"] == "paper"
    reason = PaperReason(found["paper_reason"]) if found["paper_reason"] else None
    words = reason.label if reason else ""
    if found["remark"]:
        words = found["remark"] if reason is PaperReason.OTHER else f"{words}({found['remark']})"
    collected, checked = found["collected_at"], found["checked_at"]
    return Sheet(
        row=found["id"],
        point=found["point"],
        state=SheetState(found["state"]),
        is_paper=is_paper,
        reason=words,
        decided_by=found["decided_by"],
        is_reopened=bool(found["is_reopened"]),
        book=found["paper_book"],
        page=found["paper_page"],
        collected_at=None if collected is None else local(collected),
        collected_by="" if collected is None else staff.name_of(office, found["collected_by_id"], day),
        early_reason=found["early_reason"] or "",
        expected=found["expected"],
        signed=found["signed"],
        checked_at=None if checked is None else local(checked),
        checked_by="" if checked is None else staff.name_of(office, found["checked_by_id"], day),
    )
