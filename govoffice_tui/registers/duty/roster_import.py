"""Duties of an older roster, brought in as the turns everybody starts with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.models import DutyStart
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.duty.roster import document
from govoffice_tui.registers.duty.roster_facts import ensure_calendar
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import OWN_STAFF, DutyPost, duty_kind


class Duty(Protocol):
    """One name of one day in a roster brought in."""

    @property
    def row(self) -> int:
        """Return the line of the file."""

    @property
    def day(self) -> date:
        """Return the day of the duty."""

    @property
    def post(self) -> DutyPost:
        """Return the post."""

    @property
    def name(self) -> str:
        """Return the name, or the staff number."""


def import_duties(office: Office, lines: Sequence[Duty], *, by: int | None, form_key: str | None = None) -> int:
    """Enter duties as starting turns, all or nothing; returns how many were new.

    Refused for a name the staff list does not have (值班制度第2条) or has twice, a day to come, and a month that has
    a roster of its own here.
    """
    if not lines:
        raise Refused("表里没有值班人员。", field="path")
    chart = ensure_calendar(office, [line.day for line in lines])
    with office.write("import_duties", by, form_key) as writing:
        if writing.repeated is not None:
            return 0
        today = day_of(writing.now)
        posts.require(office, "import_duties", by, today)
        people = staff.everybody_ever(office, today)
        by_name: dict[str, list[int]] = {}
        for person in people:
            by_name.setdefault(person.name, []).append(person.id)
            by_name.setdefault(person.number, []).append(person.id)
        months = {f"{line.day:%Y-%m}" for line in lines}
        made = next((month for month in sorted(months) if document(office, month) is not None), None)
        if made is not None:
            raise Refused(f"{made[:4]}年{int(made[5:])}月已有值班表,不能再导入这个月的。", field="path")
        known = set(office.fetch("SELECT event_day, post, staff_id FROM duty_starts WHERE struck_at IS NULL"))
        added = 0
        for line in lines:
            found = by_name.get(line.name, [])
            if not found:
                name = line.name[:12]
                raise Refused(f"第{line.row}行“{name}”不在花名册上,请核对姓名,或先录入花名册。", OWN_STAFF, "path")
            if len(found) > 1:
                raise Refused(f"第{line.row}行“{line.name[:12]}”有{len(found)}个人,请改写工号。", field="path")
            if line.day >= today:
                raise Refused(f"第{line.row}行{chinese_day(line.day)}还没有到,只导入以前的。", field="path")
            key = (line.day.isoformat(), line.post.value, found[0])
            if key in known:
                continue
            known.add(key)
            added += 1
            writing.insert(
                DutyStart,
                event_day=key[0],
                kind=duty_kind(chart, line.day).value,
                post=key[1],
                staff_id=key[2],
                entered_at=writing.now,
                entered_by=by,
            )
        if not added:
            raise Refused("这些班次都已经导入过。", field="path")
        return added
