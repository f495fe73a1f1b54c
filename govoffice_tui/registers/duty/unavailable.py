"""不能值班: from when to when somebody stands in no roster, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.models import DutyUnavailable
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused


def note_unavailable(
    office: Office,
    person: int,
    first: date,
    last: date | None,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> int:
    """Note from when to when somebody stands in no roster; open where `last` is None. Returns the row."""
    words = checked(reason, "reason")
    with office.write("note_unavailable", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return writing.repeated_entry
        posts.require(office, "note_unavailable", by, day_of(writing.now))
        if last is not None and last < first:
            raise Refused("止日早于起日,请核对。", field="last")
        if not words:
            raise Refused("请写不能值班的原因。", field="reason")
        if not staff.periods(office, first, last or first).get(person):
            raise Refused("这个人那时不在册。", field="staff")
        return writing.insert(
            DutyUnavailable,
            staff_id=person,
            from_day=first.isoformat(),
            to_day=last.isoformat() if last else None,
            remark=words,
            entered_at=writing.now,
            entered_by=by,
        )


def end_unavailable(
    office: Office, row: int, reason: str = "取消", *, by: int | None, form_key: str | None = None
) -> None:
    """Strike a note of somebody who can stand again."""
    words = checked(reason, "reason") or "取消"
    with office.write("end_unavailable", by, form_key) as writing:
        if writing.repeated is not None:
            return
        posts.require(office, "end_unavailable", by, day_of(writing.now))
        if not office.fetch("SELECT 1 FROM duty_unavailable WHERE id = ? AND struck_at IS NULL", row):
            raise Refused("这一条已经取消。")
        writing.strike(DutyUnavailable, row, words)


@dataclass(frozen=True)
class Unavailable:
    """One note of somebody who stands in no roster."""

    id: int
    staff: int
    first: date
    last: date | None
    reason: str


def unavailable(office: Office, first: date, last: date) -> list[Unavailable]:
    """Return the notes that touch some days."""
    rows = office.fetch(
        "SELECT id, staff_id, from_day, to_day, remark FROM duty_unavailable WHERE struck_at IS NULL"
        " AND from_day <= ? AND (to_day IS NULL OR to_day >= ?) ORDER BY from_day, id",
        last.isoformat(),
        first.isoformat(),
    )
    return [
        Unavailable(row, person, date.fromisoformat(start), date.fromisoformat(end) if end else None, reason)
        for row, person, start, end, reason in rows
    ]
