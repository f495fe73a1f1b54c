"""Lines of the duty book as they stand, each with its last handing and the reports of its chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from govoffice_tui.clock import epoch, local
from govoffice_tui.registers.duty.book import Names, names_on
from govoffice_tui.registers.duty.views import (
    Details,
    EntryLine,
    Handing,
    Shift,
    StageLine,
)
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import (
    EntryState,
    Kind,
    Stage,
    Template,
    Urgency,
    part_words,
)

_ENTRY = (
    "e.id, e.year, e.number, e.revision, e.shift_id, e.event_day, e.place, e.kind, e.state, e.urgency, e.happened_at,"
    " e.entered_at, e.is_backfilled, e.gist, e.unit, e.caller, e.phone, e.grade, e.pages, e.answered_by_id,"
    " e.is_classified, e.paper_book, e.paper_page, e.reported_to, e.reported_at, e.instruction, e.result, e.done_at,"
    " e.fax_year, e.fax_number, e.entered_by, e.late_reason, e.remark, e.struck_reason, s.template, s.starts_at"
    " FROM duty_entries e JOIN duty_shifts s ON s.id = e.shift_id"
)


def entry(office: Office, row: int) -> EntryLine | None:
    """Return one line by its row, a struck one too."""
    rows = office.fetch(f"SELECT {_ENTRY} WHERE e.id = ?", row)
    return read_entries(office, rows)[0] if rows else None


def entries_of(office: Office, shift: int) -> list[EntryLine]:
    """Return every line of a shift in the order of its numbers, struck ones before their corrections."""
    return read_entries(office, office.fetch(f"SELECT {_ENTRY} WHERE e.shift_id = ? ORDER BY e.place, e.id", shift))


def open_matters(office: Office, before: datetime | None = None) -> list[EntryLine]:
    """Return every line handed on and not settled, oldest first; only of shifts that start before a moment."""
    rows = office.fetch(
        f"SELECT {_ENTRY} WHERE e.state = 'handed' AND e.struck_at IS NULL AND s.starts_at < ? ORDER BY s.starts_at,"
        " e.place",
        epoch(before or datetime(2199, 12, 31)),
    )
    return read_entries(office, rows)


def loose_matters(office: Office, shift: Shift) -> list[EntryLine]:
    """Return what keeps a shift from being closed: its own lines without an end, and matters its officers hold."""
    carried = [
        line
        for line in open_matters(office, shift.hours.starts)
        if line.handing is not None
        and line.handing.from_start < shift.hours.starts
        and line.handing.holder in shift.officers
    ]
    own = [
        line
        for line in entries_of(office, shift.id)
        if not line.is_struck and line.state in (EntryState.REGISTERED, EntryState.URGENT, EntryState.ASKING)
    ]
    return carried + own


def read_entries(office: Office, rows: Sequence[Sequence[Any]]) -> list[EntryLine]:
    """Return lines from their rows, each with its last handing and the reports of its chain."""
    if not rows:
        return []
    names = names_on(office, date.fromisoformat(max(row[5] for row in rows)) + timedelta(days=1))
    handings = _handings(office, rows, names)
    stages = _stages(office, rows)
    return [_entry(row, names, handings, stages) for row in rows]


def _entry(
    row: Sequence[Any],
    names: Names,
    handings: Mapping[tuple[int, int], Handing],
    stages: Mapping[tuple[int, int], list[StageLine]],
) -> EntryLine:
    (id_, year, number, revision, shift, day, place, kind, state, urgency, happened, entered, backfilled) = row[:13]
    (gist, unit, caller, phone, grade, pages, answered, classified, book, paper_page) = row[13:23]
    (told, told_at, instruction, result, done_at, fax_year, fax_number, by, late, remark, struck) = row[23:34]
    return EntryLine(
        id=id_,
        year=year,
        number=number,
        revision=revision,
        shift=shift,
        day=date.fromisoformat(day),
        part=part_words(Template(row[34]), local(row[35])),
        place=place,
        kind=Kind(kind),
        state=EntryState(state),
        urgency=Urgency(urgency) if urgency else None,
        happened_at=local(happened),
        entered_at=local(entered),
        is_backfilled=bool(backfilled),
        details=Details(gist, unit, caller, phone, grade, pages, answered, bool(classified), book, paper_page),
        answered_name="" if answered is None else names.get(answered, ""),
        reported_to=told,
        reported_at=None if told_at is None else local(told_at),
        instruction=instruction,
        result=result,
        done_at=None if done_at is None else local(done_at),
        fax=None if fax_year is None else (fax_year, fax_number),
        entered_by="系统" if by is None else names.get(by, ""),
        late_reason=late or "",
        remark=remark,
        struck_reason=struck or "",
        handing=handings.get((year, number)),
        stages=tuple(stages.get((year, number), ())),
    )


def _span(rows: Sequence[Sequence[Any]]) -> tuple[int, int, int, int]:
    """Return the years and numbers between which the rows lie: children are read by one range, not one by one."""
    years, numbers = [row[1] for row in rows], [row[2] for row in rows]
    return min(years), max(years), min(numbers), max(numbers)


def _handings(office: Office, rows: Sequence[Sequence[Any]], names: Names) -> dict[tuple[int, int], Handing]:
    found = {}
    for id_, year, number, day, starts, receiver, by, at, one_sided in office.fetch(
        "SELECT h.id, h.entry_year, h.entry_number, s.event_day, s.starts_at, h.receiver_id, h.accepted_by,"
        " h.accepted_at, h.is_one_sided FROM duty_handings h JOIN duty_shifts s ON s.id = h.shift_id"
        " WHERE h.entry_year BETWEEN ? AND ? AND h.entry_number BETWEEN ? AND ? AND h.struck_at IS NULL ORDER BY h.id",
        *_span(rows),
    ):
        found[year, number] = Handing(
            id_,
            date.fromisoformat(day),
            local(starts),
            receiver,
            names.get(receiver, ""),
            by,
            "" if by is None else names.get(by, ""),
            None if at is None else local(at),
            bool(one_sided),
        )
    return found


def _stages(office: Office, rows: Sequence[Sequence[Any]]) -> dict[tuple[int, int], list[StageLine]]:
    found: dict[tuple[int, int], list[StageLine]] = defaultdict(list)
    for year, number, stage, at, to, words in office.fetch(
        "SELECT entry_year, entry_number, stage, reported_at, reported_to, words FROM duty_stages"
        " WHERE entry_year BETWEEN ? AND ? AND entry_number BETWEEN ? AND ? AND struck_at IS NULL ORDER BY id",
        *_span(rows),
    ):
        found[year, number].append(StageLine(Stage(stage), local(at), to, words))
    return found
