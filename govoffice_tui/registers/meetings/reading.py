"""How the rows of the book of meetings are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govoffice_tui.clock import local
from govoffice_tui.registers.meetings.views import MINUTES_SERIES, MeetingKey, MeetingLine
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.kinds import Leader, MeetingKind
from govoffice_tui.rules.meetings.parts import MinutesState
from govoffice_tui.rules.meetings.states import MeetingState

_COLUMNS = (
    "id, year, number, revision, kind, title, sitting, starts_at, ends_at, place, leader, chair, organiser, partner,"
    " materials_lead, arranger_id, scope, planned_people, attended, is_classified, state, held_at, no_minutes_reason,"
    " paper_book, paper_page, remark, late_reason, entered_at, entered_by, struck_at, struck_reason"
)

OF_MEETING = "WHERE meeting_year = ? AND meeting_number = ? AND struck_at IS NULL"
"""The lines of one meeting that stand, in a table of what hangs on it."""


def lines(office: Office, condition: str, *values: object) -> list[MeetingLine]:
    """Return the meetings a condition means, by day and number, each with what hangs on it counted."""
    rows = office.fetch(f"SELECT {_COLUMNS} FROM meetings WHERE {condition} ORDER BY starts_at, number, id", *values)
    if not rows:
        return []
    counts = _counts(office, [MeetingKey(row[1], row[2]) for row in rows])
    return [_line(row, counts[MeetingKey(row[1], row[2])]) for row in rows]


def _line(row: Sequence[Any], count: dict[str, Any]) -> MeetingLine:
    meeting, year, number, revision, kind, title, sitting, starts, ends, place, leader, chair, organiser = row[:13]
    partner, lead, arranger, scope, planned, attended, classified, state, held, without, book, page = row[13:25]
    remark, late, entered_at, entered_by, struck, why = row[25:]
    return MeetingLine(
        meeting,
        MeetingKey(year, number),
        revision,
        MeetingKind(kind) if kind else None,
        title,
        sitting,
        local(starts),
        local(ends) if ends is not None else None,
        place,
        Leader(leader) if leader else None,
        chair,
        organiser,
        partner,
        lead,
        arranger,
        scope,
        planned,
        attended,
        bool(classified),
        MeetingState(state),
        local(held) if held is not None else None,
        without,
        book,
        page,
        remark,
        late is not None,
        local(entered_at),
        entered_by,
        None if struck is None else (why or "划去"),
        **count,
    )


def _counts(office: Office, keys: Sequence[MeetingKey]) -> dict[MeetingKey, dict[str, Any]]:
    """Return by meeting the units asked and answered, the minutes and the copies still out."""
    found: dict[MeetingKey, dict[str, Any]] = {
        key: {"notices": 0, "replied": 0, "minutes_state": None, "minutes_number": "", "copies_out": 0} for key in keys
    }
    for year in {key.year for key in keys}:
        numbers = [key.number for key in keys if key.year == year]
        within = (year, min(numbers), max(numbers))
        part = "struck_at IS NULL AND meeting_year = ? AND meeting_number BETWEEN ? AND ? GROUP BY meeting_number"
        for number, asked, answered in office.fetch(
            "SELECT meeting_number, count(*), sum(reply IN ('coming', 'substitute', 'excused')) FROM meeting_notices"
            f" WHERE {part}",
            *within,
        ):
            if (key := MeetingKey(year, number)) in found:
                found[key] |= {"notices": asked, "replied": answered}
        for number, state, issue_year, issue in office.fetch(
            f"SELECT meeting_number, max(state), max(issue_year), max(issue_number) FROM meeting_minutes WHERE {part}",
            *within,
        ):
            if (key := MeetingKey(year, number)) in found:
                found[key] |= {
                    "minutes_state": MinutesState(state),
                    "minutes_number": shown(MINUTES_SERIES, issue_year, issue) if issue is not None else "",
                }
        for number, out in office.fetch(
            "SELECT h.meeting_number, sum(h.last_copy - h.first_copy + 1) FROM meeting_handouts h"
            " JOIN meeting_materials m ON m.meeting_year = h.meeting_year AND m.meeting_number = h.meeting_number"
            " AND m.place = h.material AND m.struck_at IS NULL AND m.is_collected_back = 1"
            " WHERE h.struck_at IS NULL AND h.back_at IS NULL AND h.meeting_year = ?"
            " AND h.meeting_number BETWEEN ? AND ? GROUP BY h.meeting_number",
            *within,
        ):
            if (key := MeetingKey(year, number)) in found:
                found[key]["copies_out"] = out
    return found
