"""A month of the duty book: a line a shift, the figures of 值班工作情况月报表, what keeps the month open."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, local, month_days
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.duty.book import REGISTER, names_on
from govoffice_tui.registers.duty.hours import current_hours, hours_of, hours_on, stored_hours
from govoffice_tui.registers.duty.pages import blank_reason
from govoffice_tui.registers.duty.shift_rows import first_day
from govoffice_tui.registers.duty.views import DutyMonth, MonthRow
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import EntryState, Kind, ShiftHours, ShiftState, Template, Urgency, part_words
from govoffice_tui.rules.refusal import Problem

HIGHLIGHT_LETTERS = 60


def month(office: Office, word: str) -> DutyMonth:
    """Return one month (YYYY-MM) of shifts by the day they start on, read while nobody wrote (example 16)."""
    return office.steady(lambda: _month(office, word))


def rows(office: Office, word: str) -> list[MonthRow]:
    """Return a line for each shift of a month that has begun, those nobody kept among them."""
    begun = first_day(office)
    if begun is None:
        return []
    now = office.now()
    latest = current_hours(office, now).day
    days = [day for day in month_days(word) if begun <= day <= latest]
    if not days:
        return []
    span = days[0].isoformat(), days[-1].isoformat()
    names = names_on(office, days[-1])
    counts: dict[int, Counter[Kind]] = defaultdict(Counter)
    left: Counter[int] = Counter()
    for shift, kind, state, count in office.fetch(
        "SELECT shift_id, kind, state, count(*) FROM duty_entries WHERE event_day BETWEEN ? AND ?"
        " AND struck_at IS NULL GROUP BY shift_id, kind, state",
        *span,
    ):
        counts[shift][Kind(kind)] += count
        if not EntryState(state).is_settled:
            left[shift] += count
    came: dict[int, list[str]] = defaultdict(list)
    for shift, person in office.fetch(
        "SELECT c.shift_id, c.came_id FROM duty_changes c JOIN duty_shifts s ON s.id = c.shift_id"
        " WHERE s.event_day BETWEEN ? AND ? AND c.struck_at IS NULL ORDER BY c.id",
        *span,
    ):
        came[shift].append(f"{names.get(person, '')}(调)")
    kept: dict[str, list[MonthRow]] = defaultdict(list)
    for day, starts, ends, id_, state, template, leader, officer, second, quiet, signed in office.fetch(
        "SELECT event_day, starts_at, ends_at, id, state, template, leader_id, officer_id, second_id, is_quiet,"
        " signed_by_id FROM duty_shifts WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL ORDER BY starts_at",
        *span,
    ):
        lines = counts[id_].total()
        people = [names.get(one, "") for one in (officer, second) if one is not None] + came[id_]
        start_day = date.fromisoformat(day)
        hours = stored_hours(office, start_day, Template(template), local(starts), local(ends))
        row = MonthRow(
            day=start_day,
            template=_title(hours),
            state=ShiftState(state).label,
            leader=names.get(leader, "") if leader is not None else "",
            officers="、".join(people),
            counts=dict(counts[id_]),
            lines=lines,
            unsettled=left[id_],
            is_blank=state != ShiftState.OPEN and not lines and not quiet,
            is_signed=signed is not None,
            shift=id_,
            hours=hours,
        )
        kept[day].append(row)
    return [row for day in days for row in _rows_of(office, day, kept.get(day.isoformat(), []), begun)]


def _rows_of(office: Office, day: date, kept: list[MonthRow], begun: date) -> list[MonthRow]:
    """Return the lines of one day: shifts kept, and those nobody took over; none before the first of the book."""
    if any(not row.hours.template.is_part for row in kept):
        return kept
    now, starts = office.now(), {row.hours.starts for row in kept}
    first = min(starts) if day == begun and starts else None
    rows = list(kept)
    for place, hours in enumerate(hours_on(office, day)):
        has_come = place == 0 or hours.takes_from <= now
        if hours.starts not in starts and has_come and (first is None or first < hours.starts):
            rows.append(_unkept(hours, now >= hours.ends))
    return sorted(rows, key=lambda row: row.hours.starts)


def _unkept(hours: ShiftHours, is_over: bool) -> MonthRow:
    """Return the line of a shift nobody took over: 空白班 once it is over."""
    state = "空白班" if is_over else "未接班"
    return MonthRow(hours.day, _title(hours), state, "", "", {}, 0, 0, is_over, False, None, hours)


def _title(hours: ShiftHours) -> str:
    return hours.part or hours.template.label


def _month(office: Office, word: str) -> DutyMonth:
    days = month_days(word)
    found = rows(office, word)
    kinds: Counter[Kind] = Counter()
    for row in found:
        kinds.update(row.counts)
    span = days[0].isoformat(), days[-1].isoformat()
    urgencies: Counter[str] = Counter(
        dict(
            office.fetch(
                "SELECT urgency, count(*) FROM duty_entries WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL"
                " GROUP BY urgency",
                *span,
            )
        )
    )
    handed = office.fetch(
        "SELECT count(*) FROM duty_entries e WHERE e.event_day BETWEEN ? AND ? AND e.struck_at IS NULL AND EXISTS"
        " (SELECT 1 FROM duty_handings h WHERE h.entry_year = e.year AND h.entry_number = e.number"
        " AND h.struck_at IS NULL)",
        *span,
    )[0][0]
    missing = office.fetch(
        "SELECT count(*) FROM duty_absences a JOIN duty_shifts s ON s.id = a.shift_id WHERE a.is_found = 1"
        " AND a.struck_at IS NULL AND s.event_day BETWEEN ? AND ?",
        *span,
    )[0][0]
    rules = settings.on(office, days[-1])
    seal = closing.sealed(office, REGISTER, word)
    figures = {
        "班次数": sum(row.shift is not None for row in found),
        "来电": kinds[Kind.CALL_IN],
        "传真电报": kinds[Kind.FAX] + kinds[Kind.TELEGRAM],
        "来访": kinds[Kind.VISIT],
        "急办": urgencies[Urgency.URGENT.value],
        "请示": urgencies[Urgency.ASK.value],
        "移交": handed,
        "未结": sum(row.unsettled for row in found),
        "脱漏岗": missing,
        "空白班": sum(row.is_blank for row in found),
    }
    return DutyMonth(
        office_name=rules.office_name,
        month=word,
        rows=tuple(found),
        figures=figures,
        highlights=tuple(_highlights(office, span)),
        remarks=tuple(_remarks(office, span)),
        shortfalls=() if seal else tuple(str(problem) for problem in pending(office, word)),
        revision=seal.revision if seal else 0,
        kinds={kind.label: kinds[kind] for kind in Kind},
    )


def _highlights(office: Office, span: tuple[str, str]) -> list[str]:
    """Return 要情摘要: incidents and urgent lines by day, in their own words, nothing of what is classified."""
    found = []
    for day, template, starts, place, unit, gist, result in office.fetch(
        "SELECT e.event_day, s.template, s.starts_at, e.place, e.unit, e.gist, e.result FROM duty_entries e"
        " JOIN duty_shifts s ON s.id = e.shift_id WHERE e.event_day BETWEEN ? AND ?"
        " AND e.struck_at IS NULL AND e.is_classified = 0 AND (e.kind = 'incident' OR e.urgency = 'urgent')"
        " ORDER BY e.event_day, s.starts_at, e.place",
        *span,
    ):
        short = gist if len(gist) <= HIGHLIGHT_LETTERS else f"{gist[:HIGHLIGHT_LETTERS]}…"
        tail = f"({result[:30]})" if result else ""
        found.append(f"{_when(day, template, starts)}第{place}号 {unit} {short}{tail}".replace("  ", " "))
    return found


def _when(day: str, template: str, starts: int) -> str:
    """Return 10月11日, with 白班 or 夜班 where the day has several shifts."""
    return f"{chinese_short_day(date.fromisoformat(day))}{part_words(Template(template), local(starts))}"


def _remarks(office: Office, span: tuple[str, str]) -> list[str]:
    """Return what 说明 of the month lists: one-sided takeovers, swaps, absences found, late shifts, blank nights."""
    names = names_on(office, date.fromisoformat(span[1]))
    found = []
    for day, template, starts, state, late, remark in office.fetch(
        "SELECT event_day, template, starts_at, state, late_reason, remark FROM duty_shifts"
        " WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL ORDER BY event_day, starts_at",
        *span,
    ):
        words = ["未交班,下一班单方接班"] if state == ShiftState.ONE_SIDED else []
        words += [part for part in (late, remark) if part]
        if words:
            found.append(f"{_when(day, template, starts)}:{';'.join(words)}")
    for day, template, starts, left, came, at, reason in office.fetch(
        "SELECT s.event_day, s.template, s.starts_at, c.left_id, c.came_id, c.changed_at, c.remark FROM duty_changes c"
        " JOIN duty_shifts s ON s.id = c.shift_id WHERE s.event_day BETWEEN ? AND ? AND c.struck_at IS NULL"
        " ORDER BY s.event_day, s.starts_at, c.id",
        *span,
    ):
        who = f"{names.get(left, '')}→{names.get(came, '')}"
        found.append(f"{_when(day, template, starts)}:{local(at):%H:%M}临时调换 {who}({reason})")
    for day, template, starts, person, start, end, by in office.fetch(
        "SELECT s.event_day, s.template, s.starts_at, a.staff_id, a.from_at, a.to_at, a.found_by"
        " FROM duty_absences a JOIN duty_shifts s ON s.id = a.shift_id WHERE s.event_day BETWEEN ? AND ?"
        " AND a.is_found = 1 AND a.struck_at IS NULL"
        " ORDER BY s.event_day, s.starts_at, a.id",
        *span,
    ):
        when = f"{local(start):%H:%M}—{local(end):%H:%M}"
        found.append(f"{_when(day, template, starts)}:{names.get(person, '')}脱岗{when},{by}发现")
    for day, starts, remark in office.fetch(
        "SELECT event_day, starts_at, remark FROM duty_blanks WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL"
        " ORDER BY event_day, starts_at, id",
        *span,
    ):
        blank_day = date.fromisoformat(day)
        found.append(f"{chinese_short_day(blank_day)}{hours_of(office, blank_day, local(starts)).part}空白班:{remark}")
    return found


def pending(office: Office, word: str) -> list[Problem]:
    """Return what keeps a month from being sealed: shifts not handed over, lines neither done nor filed."""
    days = month_days(word)
    begun = first_day(office)
    if begun is None or begun > days[-1]:
        return []
    problems = []
    if office.now() < hours_on(office, days[-1])[-1].ends:
        problems.append(Problem(f"{int(word[5:])}月", "最后一班还没有过完", min(days[-1], office.now().date())))
    for day, template, starts, state in office.fetch(
        "SELECT event_day, template, starts_at, state FROM duty_shifts WHERE event_day BETWEEN ? AND ?"
        " AND state = 'open' AND struck_at IS NULL ORDER BY event_day, starts_at",
        days[0].isoformat(),
        days[-1].isoformat(),
    ):
        shift_day = date.fromisoformat(day)
        problems.append(Problem(_when(day, template, starts), f"{ShiftState(state).label},还没有交班", shift_day))
    for day, template, starts, place, state, unit in office.fetch(
        "SELECT e.event_day, s.template, s.starts_at, e.place, e.state, e.unit FROM duty_entries e"
        " JOIN duty_shifts s ON s.id = e.shift_id WHERE e.event_day BETWEEN ? AND ?"
        " AND e.state NOT IN ('done', 'filed') AND e.struck_at IS NULL ORDER BY e.event_day, s.starts_at, e.place",
        days[0].isoformat(),
        days[-1].isoformat(),
    ):
        shift_day = date.fromisoformat(day)
        words = f"{EntryState(state).label},没有办结 {unit}".strip()
        problems.append(Problem(f"{_when(day, template, starts)}第{place}号", words, shift_day))
    return problems


def summary(office: Office, word: str) -> str:
    """Return the month in one line: 班次, 来电, 传真电报, 未结, 空白班."""
    found = rows(office, word)
    calls = sum(row.counts.get(Kind.CALL_IN, 0) for row in found)
    faxes = sum(row.counts.get(Kind.FAX, 0) + row.counts.get(Kind.TELEGRAM, 0) for row in found)
    blank = sum(row.is_blank for row in found)
    open_lines = sum(row.unsettled for row in found)
    kept = sum(row.shift is not None for row in found)
    return f"{kept}班 来电{calls} 传真电报{faxes} 未结{open_lines} 空白班{blank}"


def seal_digest(office: Office, word: str) -> str:
    """Return the digest of a month's shifts and lines as they stand, the signatures of leaders left out."""
    days = month_days(word)
    span = days[0].isoformat(), days[-1].isoformat()
    shifts = office.fetch(
        "SELECT event_day, state, template, took_at, officer_id, second_id, leader_id, messenger_id, handed_at,"
        " incoming_id, is_quiet, remark FROM duty_shifts WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL"
        " ORDER BY event_day, starts_at",
        *span,
    )
    lines = office.fetch(
        "SELECT event_day, place, revision, kind, state, urgency, happened_at, unit, caller, phone, gist, reported_to,"
        " result, done_at FROM duty_entries WHERE event_day BETWEEN ? AND ? AND struck_at IS NULL"
        " ORDER BY event_day, (SELECT starts_at FROM duty_shifts WHERE id = shift_id), place",
        *span,
    )
    further = _remarks(office, span)
    text = json.dumps([shifts, lines, further], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def blank_shifts(office: Office, since: date) -> list[ShiftHours]:
    """Return the shifts from a day on that are over and blank, and nobody said why."""
    begun = first_day(office)
    if begun is None:
        return []
    latest = current_hours(office, office.now()).day
    months, day = [], max(begun, since)
    while day <= latest:
        months.append(f"{day:%Y-%m}")
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return [
        row.hours
        for word in months
        for row in rows(office, word)
        if row.is_blank and row.day >= since and not blank_reason(office, row.hours)
    ]
