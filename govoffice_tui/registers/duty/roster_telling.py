"""Who knows of a roster: who received it, and that tomorrow's people were told by phone (值班制度第1条)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from govoffice_tui.clock import chinese_short_day, day_of, month_of
from govoffice_tui.models import RosterReceipt, RosterShift
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.duty.roster import (
    document,
    document_by_id,
    shifts,
)
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import ROUND_THE_CLOCK, RosterState


def receive_roster(
    office: Office, roster: int, people: Collection[int], *, by: int | None, form_key: str | None = None
) -> int:
    """Note who has received an issued roster; whoever is ticked already stays so. Returns how many were added."""
    with office.write("receive_roster", by, form_key) as writing:
        if writing.repeated is not None:
            return 0
        posts.require(office, "receive_roster", by, day_of(writing.now))
        made = document_by_id(office, roster)
        if made is None or made.state is not RosterState.ISSUED:
            raise Refused("印发以后才登记谁收到。", ROUND_THE_CLOCK)
        already = set(received(office, roster))
        fresh = [person for person in people if person not in already]
        if not fresh:
            raise Refused("这些人都已登记收到。")
        for person in fresh:
            if not staff.memberships_on(office, person, day_of(writing.now)):
                raise Refused("收件人要在本办公室花名册上。", field="staff")
            writing.insert(
                RosterReceipt, roster_id=roster, staff_id=person, entered_at=writing.now, entered_by=writing.operator
            )
        return len(fresh)


def take_back_receipt(office: Office, roster: int, person: int, *, by: int | None, form_key: str | None = None) -> str:
    """Strike the tick of somebody who has not received the roster after all; returns the name."""
    with office.write("take_back_receipt", by, form_key) as writing:
        today = day_of(writing.now)
        name = staff.name_of(office, person, today)
        if writing.repeated is not None:
            return name
        posts.require(office, "take_back_receipt", by, today)
        rows = office.fetch(
            "SELECT id FROM roster_receipts WHERE roster_id = ? AND staff_id = ? AND struck_at IS NULL", roster, person
        )
        if not rows:
            raise Refused(f"{name}没有登记收到,不用撤回。")
        writing.strike(RosterReceipt, rows[0][0], "撤回")
        return name


def received(office: Office, roster: int) -> dict[int, int]:
    """Return who received a roster, and when."""
    return dict(
        office.fetch(
            "SELECT staff_id, entered_at FROM roster_receipts WHERE roster_id = ? AND struck_at IS NULL", roster
        )
    )


def note_notified(office: Office, day: date, *, by: int | None, form_key: str | None = None) -> int:
    """Note that everybody on duty on a day was told by phone (值班制度第1条); returns how many."""
    with office.write("note_notified", by, form_key) as writing:
        if writing.repeated is not None:
            return 0
        posts.require(office, "note_notified", by, day_of(writing.now))
        made = document(office, month_of(day))
        lines = [] if made is None or made.state is not RosterState.ISSUED else shifts(office, made.id)
        mine = [line for line in lines if line.day == day and line.staff is not None and line.notified_at is None]
        if not mine:
            raise Refused(f"{chinese_short_day(day)}没有要通知的人。")
        for line in mine:
            writing.update(RosterShift, line.id, notified_at=writing.now, notified_by=by)
        return len(mine)
