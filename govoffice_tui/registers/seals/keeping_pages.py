"""The seals with whoever holds them, their handovers, counts and cleanings, the 签字页, and what was refused."""

from __future__ import annotations

from datetime import date, datetime, time

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.registers import staff
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import seal_of
from govoffice_tui.registers.seals.views import (
    HANDOVERS,
    PAGES,
    CleaningRow,
    CountRow,
    HandoverRow,
    PageRow,
    RefusalRow,
    SealCard,
)
from govoffice_tui.rules.seals import (
    LINES_A_PAGE,
    SealKind,
)

REFUSAL_VERBS = (
    "use_seal",
    "use_approval",
    "apply_for_stamp",
    "reapply_stamp",
    "record_outage_uses",
    "correct_use",
    "refuse_stamp",
)
"""Verbs whose refusals on record are the seal register's."""


def seals(office: Office, *, with_retired: bool = True) -> list[SealCard]:
    """Return every seal with who holds it, the government's first."""
    today = office.now().date()
    found = [seal_of(office, row) for (row,) in office.fetch("SELECT id FROM seals WHERE struck_at IS NULL")]
    order = list(SealKind)
    found.sort(key=lambda one: (not one.is_in_use(today), order.index(one.kind), one.id))
    return found if with_retired else [one for one in found if one.is_in_use(today)]


def handovers(office: Office, seal: int | None = None, limit: int = 200) -> list[HandoverRow]:
    """Return the handovers of every seal or of one, newest first."""
    names = names_of_all(office)
    condition = "" if seal is None else "WHERE h.seal_id = ?"
    return [
        HandoverRow(
            row,
            shown(HANDOVERS, year, number),
            seal_id,
            seal_name,
            kind,
            giver,
            names.get(giver, "") if giver is not None else "",
            receiver,
            names.get(receiver, ""),
            supervisor,
            condition_words,
            local(handed),
            date.fromisoformat(until) if until else None,
            leader,
            leader_post,
            page,
            remark,
            late is not None,
            None if struck is None else (why or "作废"),
        )
        for (
            row,
            year,
            number,
            seal_id,
            seal_name,
            kind,
            giver,
            receiver,
            supervisor,
            condition_words,
            handed,
            until,
            leader,
            leader_post,
            page,
            remark,
            late,
            struck,
            why,
        ) in office.fetch(
            "SELECT h.id, h.year, h.number, h.seal_id, s.name, h.kind, h.giver_id, h.receiver_id, h.supervisor,"
            " h.condition, h.handed_at, h.until_day, h.designated_by, h.designated_post, h.paper_page, h.remark,"
            " h.late_reason, h.struck_at, h.struck_reason FROM seal_handovers h JOIN seals s ON s.id = h.seal_id"
            f" {condition} ORDER BY h.handed_at DESC, h.id DESC LIMIT ?",
            *(() if seal is None else (seal,)),
            limit,
        )
    ]


def counts(office: Office, first: date, last: date) -> list[CountRow]:
    """Return every 清点上锁 from one day to another, newest first."""
    names = names_of_all(office)
    return [
        CountRow(seal, name, date.fromisoformat(day), local(at), names.get(by, ""), found, remark)
        for seal, name, day, at, by, found, remark in office.fetch(
            "SELECT c.seal_id, s.name, c.event_day, c.counted_at, c.counted_by_id, c.found, c.remark FROM seal_counts c"
            " JOIN seals s ON s.id = c.seal_id WHERE c.struck_at IS NULL AND c.event_day BETWEEN ? AND ?"
            " ORDER BY c.event_day DESC, c.seal_id",
            first.isoformat(),
            last.isoformat(),
        )
    ]


def cleanings(office: Office, limit: int = 50) -> list[CleaningRow]:
    """Return the last cleanings, newest first."""
    names = names_of_all(office)
    return [
        CleaningRow(row, seal, name, date.fromisoformat(day), names.get(by, ""), words)
        for row, seal, name, day, by, words in office.fetch(
            "SELECT c.id, c.seal_id, s.name, c.event_day, c.cleaned_by_id, c.words FROM seal_cleanings c"
            " JOIN seals s ON s.id = c.seal_id WHERE c.struck_at IS NULL ORDER BY c.id DESC LIMIT ?",
            limit,
        )
    ]


def refusals(office: Office, first: date, last: date) -> list[RefusalRow]:
    """Return the stamps refused on record from one day to another, newest first."""
    names = names_of_all(office)
    found = []
    for row, at, detail in office.fetch(
        "SELECT id, at, detail FROM events WHERE kind = 'refusal' AND at BETWEEN ? AND ? ORDER BY at DESC, id DESC",
        epoch(datetime.combine(first, time.min)),
        epoch(datetime.combine(last, time(23, 59, 59))),
    ):
        verb, _, words = detail.partition(":")
        if verb in REFUSAL_VERBS:
            by = _operator_of(office, row)
            found.append(RefusalRow(local(at), day_of(at), by, names.get(by, "") if by is not None else "", words))
    return found


def sign_page(office: Office, year: int) -> tuple[int, int]:
    """Return the running number of the 签字页 to go on with and its free lines; the next one where it is full."""
    rows = office.fetch(
        "SELECT p.number, p.closed_at, coalesce(max(u.page_line), 0) FROM seal_pages p"
        " LEFT JOIN seal_uses u ON u.page_id = p.id WHERE p.series = ? AND p.year = ? AND p.struck_at IS NULL"
        " GROUP BY p.id ORDER BY p.number DESC LIMIT 1",
        PAGES,
        year,
    )
    if not rows:
        return 1, LINES_A_PAGE
    number, closed, lines = rows[0]
    if closed is not None or lines >= LINES_A_PAGE:
        return number + 1, LINES_A_PAGE
    return number, LINES_A_PAGE - lines


def sign_pages(office: Office, limit: int = 100) -> list[PageRow]:
    """Return the 签字页 that were begun, newest first."""
    return [
        PageRow(row, shown(PAGES, year, number), number, lines, None if closed is None else local(closed))
        for row, year, number, closed, lines in office.fetch(
            "SELECT p.id, p.year, p.number, p.closed_at, coalesce(max(u.page_line), 0) FROM seal_pages p"
            " LEFT JOIN seal_uses u ON u.page_id = p.id WHERE p.struck_at IS NULL GROUP BY p.id"
            " ORDER BY p.year DESC, p.number DESC LIMIT ?",
            limit,
        )
    ]


def names_of_all(office: Office) -> dict[int, str]:
    """Return what everybody the office ever knew is called."""
    return staff.names_ever(office, office.now().date())


def _operator_of(office: Office, event: int) -> int | None:
    rows = office.fetch("SELECT operator FROM journal WHERE register = 'events' AND entry = ? LIMIT 1", event)
    return rows[0][0] if rows else None
