"""How the rows of the book of supervision are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from govoffice_tui.clock import day_of, local
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.views import DecisionKey, DecisionLine, StepLine
from govoffice_tui.rules.supervision import Source, StepKind, Way

_COLUMNS = (
    "d.id, d.year, d.number, d.revision, d.event_day, d.source, d.source_words, d.source_day, d.meeting_year,"
    " d.meeting_number, d.topic, d.matter, d.lead_unit, d.co_units, d.person, d.phone, d.due_day, d.supervisor_id,"
    " d.is_opening, d.late_reason, d.remark, d.entered_at, d.entered_by, d.struck_at, d.struck_reason"
)
_STEPS = (
    "decision_number, id, place, kind, event_day, happened_at, way, said_by, words, approved_by, due_day, revision,"
    " entered_at, entered_by, struck_reason, struck_at"
)
NEWEST = (
    "NOT EXISTS (SELECT 1 FROM decisions n WHERE n.series = d.series AND n.year = d.year AND n.number = d.number"
    " AND n.revision > d.revision)"
)
"""A row no correction has followed: the matter as it stands, or struck for good."""


def lines(office: Office, condition: str, *values: object) -> list[DecisionLine]:
    """Return the matters a condition on `decisions d` means, by number, each with its steps."""
    rows = office.fetch(
        f"SELECT {_COLUMNS} FROM decisions d WHERE {condition} ORDER BY d.year, d.number, d.id", *values
    )
    steps = _steps(office, [DecisionKey(row[1], row[2]) for row in rows])
    return [_line(row, steps.get(DecisionKey(row[1], row[2]), [])) for row in rows]


def line(office: Office, key: DecisionKey) -> DecisionLine | None:
    """Return a matter by its number, None where there is none."""
    found = lines(office, f"d.year = ? AND d.number = ? AND {NEWEST}", key.year, key.number)
    return found[0] if found else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value is not None else None


def _line(row: Sequence[Any], steps: Sequence[StepLine]) -> DecisionLine:
    row_id, year, number, revision, begun, source, words, source_day, meeting_year, meeting_number, topic = row[:11]
    matter, lead, co_units, person, phone, due, supervisor, is_opening, late, remark = row[11:21]
    entered_at, entered_by, struck_at, struck = row[21:]
    return DecisionLine(
        row_id,
        DecisionKey(year, number),
        revision,
        date.fromisoformat(begun),
        Source(source),
        words,
        _day(source_day),
        MeetingKey(meeting_year, meeting_number) if meeting_year is not None else None,
        topic,
        matter,
        lead,
        co_units,
        person,
        phone,
        _day(due),
        supervisor,
        bool(is_opening),
        late is not None,
        remark,
        local(entered_at),
        entered_by,
        None if struck_at is None else (struck or "划去"),
        None if struck_at is None else day_of(struck_at),
        tuple(one for one in steps if not one.is_struck),
        tuple(one for one in steps if one.is_struck),
    )


def _steps(office: Office, keys: Sequence[DecisionKey]) -> dict[DecisionKey, list[StepLine]]:
    """Return by matter its steps in their order; a struck one that was written again is left out."""
    found: dict[DecisionKey, list[StepLine]] = defaultdict(list)
    for year in {key.year for key in keys}:
        numbers = [key.number for key in keys if key.year == year]
        rows = office.fetch(
            f"SELECT {_STEPS} FROM decision_steps WHERE decision_year = ? AND decision_number BETWEEN ? AND ?"
            " ORDER BY decision_number, place, revision DESC",
            year,
            min(numbers),
            max(numbers),
        )
        wanted, seen = set(numbers), set()
        for (
            number,
            row,
            place,
            kind,
            day,
            happened,
            way,
            said,
            words,
            approved,
            due,
            revision,
            at,
            by,
            why,
            struck,
        ) in rows:
            if number not in wanted or (number, place) in seen:
                continue
            seen.add((number, place))
            found[DecisionKey(year, number)].append(
                StepLine(
                    row,
                    place,
                    StepKind(kind),
                    date.fromisoformat(day),
                    local(happened) if happened is not None else None,
                    Way(way) if way else None,
                    said,
                    words,
                    approved,
                    _day(due),
                    revision,
                    local(at),
                    by,
                    None if struck is None else (why or "划去"),
                )
            )
    return found
