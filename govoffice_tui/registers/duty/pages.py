"""The pages of the duty book, read from the book: which shift it is now, a shift with its lines, open matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from govoffice_tui.clock import epoch, local
from govoffice_tui.journal import chain
from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.duty.hours import current_hours, hours_of, hours_on, stored_hours
from govoffice_tui.registers.duty.views import (
    AbsenceLine,
    ChangeLine,
    Details,
    EntryLine,
    Handing,
    Shift,
    ShiftPage,
    StageLine,
)
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import (
    EntryState,
    Kind,
    ShiftHours,
    ShiftState,
    Stage,
    Template,
    Urgency,
    part_words,
    uncovered,
)

REGISTER = "duty"
WORDS = "值班"
SHIFTS, ENTRIES = "班", "值"

Names = Mapping[int, str]

_SHIFT = (
    "id, event_day, year, number, state, template, starts_at, ends_at, took_at, officer_id, second_id, leader_id,"
    " messenger_id, weather, is_one_sided, is_quiet, handed_at, incoming_id, five_missing, hand_over_words,"
    " signed_by_id, signed_day, sign_paper_page, late_reason, remark"
)
_ENTRY = (
    "e.id, e.year, e.number, e.revision, e.shift_id, e.event_day, e.place, e.kind, e.state, e.urgency, e.happened_at,"
    " e.entered_at, e.is_backfilled, e.gist, e.unit, e.caller, e.phone, e.grade, e.pages, e.answered_by_id,"
    " e.is_classified, e.paper_book, e.paper_page, e.reported_to, e.reported_at, e.instruction, e.result, e.done_at,"
    " e.fax_year, e.fax_number, e.entered_by, e.late_reason, e.remark, e.struck_reason, s.template, s.starts_at"
    " FROM duty_entries e JOIN duty_shifts s ON s.id = e.shift_id"
)


def names_on(office: Office, day: date) -> dict[int, str]:
    """Return what everybody is called on a day, those of the same name with their section; old pages keep old names."""
    return staff.names_ever(office, day)


def first_day(office: Office) -> date | None:
    """Return the day the duty book begins with, None while nobody has taken over a shift."""
    found = office.fetch("SELECT min(event_day) FROM duty_shifts WHERE struck_at IS NULL")[0][0]
    return date.fromisoformat(found) if found else None


def has_begun(office: Office, day: date) -> bool:
    """Return whether the duty book was kept by a day: its page may be printed, blank though it may be."""
    first = first_day(office)
    return first is not None and first <= day <= current_hours(office, office.now()).day


def open_shift(office: Office) -> Shift | None:
    """Return the newest shift that has not been handed over."""
    rows = office.fetch(
        f"SELECT {_SHIFT} FROM duty_shifts WHERE state = 'open' AND struck_at IS NULL ORDER BY starts_at DESC LIMIT 1"
    )
    return _shift(office, rows[0]) if rows else None


def shift_on(office: Office, day: date) -> Shift | None:
    """Return the first shift of a day that was taken over, None where none was; mostly it is the only one."""
    found = shifts_of_day(office, day)
    return found[0] if found else None


def shifts_of_day(office: Office, day: date) -> list[Shift]:
    """Return every shift of a day that was taken over, in the order of their starts."""
    rows = office.fetch(
        f"SELECT {_SHIFT} FROM duty_shifts WHERE event_day = ? AND struck_at IS NULL ORDER BY starts_at",
        day.isoformat(),
    )
    return [_shift(office, row) for row in rows]


def shift_at(office: Office, hours: ShiftHours) -> Shift | None:
    """Return the shift with some hours, None where nobody took it over."""
    rows = office.fetch(
        f"SELECT {_SHIFT} FROM duty_shifts WHERE event_day = ? AND starts_at = ? AND struck_at IS NULL",
        hours.day.isoformat(),
        epoch(hours.starts),
    )
    return _shift(office, rows[0]) if rows else None


def shift_before(office: Office, hours: ShiftHours) -> Shift | None:
    """Return the last shift taken over before one, None where it is the first."""
    rows = office.fetch(
        f"SELECT {_SHIFT} FROM duty_shifts WHERE starts_at < ? AND struck_at IS NULL ORDER BY starts_at DESC LIMIT 1",
        epoch(hours.starts),
    )
    return _shift(office, rows[0]) if rows else None


def shift_by_id(office: Office, row: int) -> Shift | None:
    """Return one shift by its row."""
    rows = office.fetch(f"SELECT {_SHIFT} FROM duty_shifts WHERE id = ? AND struck_at IS NULL", row)
    return _shift(office, rows[0]) if rows else None


def current_page(office: Office) -> ShiftHours:
    """Return whose page is worked on now: that of the open shift, else of the shift the clock stands in."""
    hours = current_hours(office, office.now())
    found = open_shift(office)
    if found is None or (found.hours.starts < hours.starts and shift_at(office, hours) is not None):
        return hours
    return found.hours


def current_day(office: Office) -> date:
    """Return the day whose page is worked on now."""
    return current_page(office).day


def neighbour(office: Office, hours: ShiftHours, step: int) -> ShiftHours:
    """Return the shift after one, or the one before: of its own day where it has one, else of the day beside."""
    found = hours_on(office, hours.day)
    others = [one for one in found if (one.starts > hours.starts if step > 0 else one.starts < hours.starts)]
    if not others:
        others = list(hours_on(office, hours.day + timedelta(days=step)))
    return others[0] if step > 0 else others[-1]


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


def page(office: Office, day: date, starts: datetime | None = None) -> ShiftPage:
    """Return the page of the shift of a day a moment lies in, of its first without one, read while nobody wrote."""
    return office.steady(lambda: _page(office, hours_of(office, day, starts)))


def pages_on(office: Office, day: date) -> tuple[ShiftPage, ...]:
    """Return the pages of every shift of a day in the order of their starts, read while nobody wrote."""
    return office.steady(lambda: tuple(_page(office, hours) for hours in hours_on(office, day)))


def blank_reason(office: Office, hours: ShiftHours) -> str:
    """Return what was found out about a shift nobody kept, of the day where it is its only one; or nothing."""
    rows = office.fetch(
        "SELECT remark FROM duty_blanks WHERE event_day = ? AND struck_at IS NULL AND (? OR starts_at BETWEEN ? AND ?)"
        " ORDER BY id DESC",
        hours.day.isoformat(),
        int(not hours.template.is_part),
        epoch(hours.starts),
        epoch(hours.ends) - 1,
    )
    return str(rows[0][0]) if rows else ""


def _page(office: Office, hours: ShiftHours) -> ShiftPage:
    day = hours.day
    rules = settings.on(office, day)
    now = office.now()
    shift = shift_at(office, hours)
    current = current_page(office)
    is_current = (hours.day, hours.starts) == (current.day, current.starts)
    chart = calendar.load(office, [day.year])
    absences = absences_of(office, shift) if shift else ()
    return ShiftPage(
        office_name=rules.office_name,
        day=day,
        day_title=chart.title(day) if day.year in chart.years else "",
        hours=hours,
        is_current=is_current,
        is_over=now >= hours.ends,
        report_minutes=rules.duty_report_minutes,
        shift=shift,
        lines=tuple(entries_of(office, shift.id)) if shift else (),
        matters=tuple(open_matters(office, hours.starts)) if is_current else (),
        absences=absences,
        uncovered=uncovered_minutes(shift, absences, now) if shift else 0,
        blank_reason=blank_reason(office, hours),
    )


def uncovered_minutes(shift: Shift, absences: Iterable[AbsenceLine], now: datetime) -> int:
    """Return the minutes of a shift up to now in which nobody was there (第2条, 第6条)."""
    end = min(shift.hours.ends, now)
    if end <= shift.hours.starts:
        return 0
    here = [(shift.took_at, max(shift.took_at, shift.hours.ends))]
    away = []
    for one in absences:
        away.append((one.start, one.end))
        if one.relief_start is not None and one.relief_end is not None:
            away.pop()
            away += _outside((one.start, one.end), (one.relief_start, one.relief_end))
    return uncovered((shift.hours.starts, end), here, away)


def _outside(span: tuple[datetime, datetime], relief: tuple[datetime, datetime]) -> list[tuple[datetime, datetime]]:
    start, end = span
    pieces = [(start, min(end, relief[0])), (max(start, relief[1]), end)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def absences_of(office: Office, shift: Shift) -> tuple[AbsenceLine, ...]:
    """Return who of a shift was away for a while, in the order of time."""
    return tuple(
        AbsenceLine(
            shift.name(person),
            bool(is_found),
            local(start),
            local(end),
            shift.name(relief),
            None if relief_start is None else local(relief_start),
            None if relief_end is None else local(relief_end),
            found_by,
            remark,
        )
        for person, is_found, start, end, relief, relief_start, relief_end, found_by, remark in office.fetch(
            "SELECT staff_id, is_found, from_at, to_at, relief_id, relief_from_at, relief_to_at, found_by, remark"
            " FROM duty_absences WHERE shift_id = ? AND struck_at IS NULL ORDER BY from_at, id",
            shift.id,
        )
    )


def _shift(office: Office, row: Sequence[Any]) -> Shift:
    (id_, day, year, number, state, template, starts, ends, took, officer, second, leader, messenger, weather) = row[
        :14
    ]
    one_sided, quiet, handed, incoming, five, words, signed_by, signed_day, sign_page, late, remark = row[14:]
    event_day = date.fromisoformat(day)
    names = names_on(office, event_day)
    changes = tuple(
        ChangeLine(left, came, names.get(left, ""), names.get(came, ""), local(at), reason)
        for left, came, at, reason in office.fetch(
            "SELECT left_id, came_id, changed_at, remark FROM duty_changes WHERE shift_id = ? AND struck_at IS NULL"
            " ORDER BY id",
            id_,
        )
    )
    return Shift(
        id=id_,
        day=event_day,
        number=shown(SHIFTS, year, number),
        state=ShiftState(state),
        hours=stored_hours(office, event_day, Template(template), local(starts), local(ends)),
        took_at=local(took),
        officer=officer,
        second=second,
        leader=leader,
        messenger=messenger,
        names=names,
        weather=weather,
        is_one_sided=bool(one_sided),
        is_quiet=bool(quiet),
        handed_at=None if handed is None else local(handed),
        incoming=incoming,
        five_missing=five,
        hand_over_words=words,
        signed_by=signed_by,
        signed_day=date.fromisoformat(signed_day) if signed_day else None,
        sign_paper_page=sign_page,
        late_reason=late or "",
        remark=remark,
        code_words=_code(office, id_),
        changes=changes,
    )


def _code(office: Office, shift: int) -> str:
    rows = office.fetch(
        "SELECT seq, hash FROM journal WHERE register = 'duty_shifts' AND entry = ? AND verb = 'hand_over_duty'"
        " ORDER BY seq DESC LIMIT 1",
        shift,
    )
    return f"{rows[0][0]}-{chain.code(bytes(rows[0][1]))}" if rows else ""


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
