"""Shifts of the duty book as they stand: who has which, the one open now, who was away for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from govoffice_tui.clock import epoch, local
from govoffice_tui.journal import chain
from govoffice_tui.registers.duty.book import SHIFTS, names_on
from govoffice_tui.registers.duty.hours import stored_hours
from govoffice_tui.registers.duty.views import (
    AbsenceLine,
    ChangeLine,
    Shift,
)
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import (
    ShiftHours,
    ShiftState,
    Template,
)

_SHIFT = (
    "id, event_day, year, number, state, template, starts_at, ends_at, took_at, officer_id, second_id, leader_id,"
    " messenger_id, weather, is_one_sided, is_quiet, handed_at, incoming_id, five_missing, hand_over_words,"
    " signed_by_id, signed_day, sign_paper_page, late_reason, remark"
)


def first_day(office: Office) -> date | None:
    """Return the day the duty book begins with, None while nobody has taken over a shift."""
    found = office.fetch("SELECT min(event_day) FROM duty_shifts WHERE struck_at IS NULL")[0][0]
    return date.fromisoformat(found) if found else None


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
