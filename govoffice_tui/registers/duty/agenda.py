"""What the duty book wants of today, and what a search in it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, local, month_of
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.duty.book import REGISTER, names_on
from govoffice_tui.registers.duty.entry_rows import entries_of, open_matters
from govoffice_tui.registers.duty.hours import current_hours
from govoffice_tui.registers.duty.months import blank_shifts
from govoffice_tui.registers.duty.planned import planned
from govoffice_tui.registers.duty.shift_rows import first_day, open_shift, shift_at
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import Kind
from govoffice_tui.text import fold

LOOKED_BACK = timedelta(days=14)
SLICE = 2000
FOUND_AT_MOST = 200


@dataclass(frozen=True)
class DutyDue:
    """One thing to be done: its words, whether it is late, and the page it stands on."""

    text: str
    is_overdue: bool
    day: date


@dataclass(frozen=True)
class Found:
    """One line a search found: what it says, and its page."""

    text: str
    day: date
    entry: int


def due(office: Office, now: datetime) -> list[DutyDue]:
    """Return tonight's shift, urgent lines nobody was told of, matters handed on, pages not signed, blank shifts."""
    found = [*_tonight(office, now), *_matters(office, now)]
    if first_day(office) is None:
        return found
    since = now.date() - LOOKED_BACK
    unsigned = office.fetch(
        "SELECT event_day FROM duty_shifts WHERE state <> 'open' AND signed_by_id IS NULL AND struck_at IS NULL"
        " AND leader_id IS NOT NULL AND event_day >= ? ORDER BY event_day",
        since.isoformat(),
    )
    open_days = [date.fromisoformat(day) for (day,) in unsigned]
    open_days = [day for day in open_days if closing.sealed(office, REGISTER, month_of(day)) is None]
    if open_days:
        words = f"带班领导未签阅 {len(open_days)}页,最早{chinese_short_day(open_days[0])}"
        found.append(DutyDue(words, False, open_days[0]))
    for hours in blank_shifts(office, since):
        day = hours.day
        if closing.sealed(office, REGISTER, month_of(day)) is None:
            found.append(
                DutyDue(f"{chinese_short_day(day)}{hours.part}空白班:没有接班或一笔也没有,请写说明(F4)", True, day)
            )
    return found


def _tonight(office: Office, now: datetime) -> list[DutyDue]:
    hours = current_hours(office, now)
    shift = shift_at(office, hours)
    found = []
    current = open_shift(office)
    if current is not None and now >= current.hours.ends:
        words = (
            f"{chinese_short_day(current.day)}{current.hours.template.label}还没有交班 值班员 {current.officer_names}"
        )
        found.append(DutyDue(words, True, current.day))
    if shift is None and now < hours.ends:
        plan = planned(office, hours.day, hours.starts)
        people = ""
        if plan is not None:
            names = names_on(office, hours.day)
            people = " 值班员 " + "、".join(names.get(one, "") for one in plan.officers)
        is_late = now >= hours.starts and first_day(office) is not None
        words = "还没有接班" if now >= hours.starts else "待接班"
        found.append(DutyDue(f"{hours.words} {words}{people}", is_late, hours.day))
    elif shift is not None and shift.handed_at is None and now < hours.ends:
        leader = f"带班 {shift.name(shift.leader)} " if shift.leader is not None else ""
        found.append(DutyDue(f"{hours.words} {leader}值班员 {shift.officer_names}", False, hours.day))
    return found


def _matters(office: Office, now: datetime) -> list[DutyDue]:
    found = []
    current = open_shift(office)
    limit = settings.on(office, now.date()).duty_report_minutes
    if current is not None:
        for line in entries_of(office, current.id):
            waited = line.minutes_waiting(now)
            if waited is not None:
                words = f"{line.state.label} 第{line.place}号 {line.details.unit} 已过{waited}分钟,尚未报告"
                found.append(DutyDue(words, waited >= limit, current.day))
    matters = open_matters(office)
    for line in matters[:8]:
        handing = f" {line.handing.told}" if line.handing else ""
        words = f"{line.told} {line.details.unit} {line.words[:24]}{handing}"
        is_late = now.date() - line.day > timedelta(days=2)
        found.append(DutyDue(words.replace("  ", " "), is_late, line.day))
    if len(matters) > 8:
        found.append(DutyDue(f"移交未办结的还有{len(matters) - 8}件", False, matters[8].day))
    return found


def search(office: Office, words: str) -> list[Found]:
    """Return the lines that hold every word in unit, name, phone, gist or result, all years, newest first."""
    keys = [fold(word) for word in words.split() if fold(word)]
    if not keys:
        return []
    found: list[Found] = []
    last = (office.fetch("SELECT max(id) FROM duty_entries")[0][0] or 0) + 1
    while last > 0 and len(found) < FOUND_AT_MOST:
        first = max(0, last - SLICE)
        for id_, day, place, kind, happened, unit, caller, phone, gist, result, to in office.fetch(
            "SELECT id, event_day, place, kind, happened_at, unit, caller, phone, gist, result, reported_to"
            " FROM duty_entries WHERE id >= ? AND id < ? AND struck_at IS NULL ORDER BY id DESC",
            first,
            last,
        ):
            text = fold(" ".join((unit, caller, phone, gist, result, to, Kind(kind).label)))
            if all(key in text for key in keys) and len(found) < FOUND_AT_MOST:
                when = f"{day} {local(happened):%H:%M}"
                said = " ".join(part for part in (Kind(kind).label, unit, caller, phone, gist) if part)
                found.append(Found(f"{when} 第{place}号 {said}", date.fromisoformat(day), id_))
        last = first
    return found
