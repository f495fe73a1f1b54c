"""Which half-days a decision settles, and what the papers tell of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from govoffice_tui.registers import staff
from govoffice_tui.registers.absence.papers import papers
from govoffice_tui.registers.attendance.views import BookNote, Fact
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.absence import PAPER, AbsenceState, halves_of
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit


def absence_claims(office: Office, days: Sequence[date]) -> Mapping[int, Mapping[HalfStatus, int]]:
    """Return whose half-days were found to be 旷工, or counted as attended by decision (考勤制度第3条)."""
    claimed: dict[int, dict[HalfStatus, int]] = defaultdict(lambda: defaultdict(int))
    for person, day, mask, state in office.fetch(
        "SELECT staff_id, event_day, halves, state FROM absences WHERE event_day BETWEEN ? AND ?"
        " AND struck_at IS NULL AND (state = 'found' OR (state = 'dismissed' AND is_deemed = 1))",
        days[0].isoformat(),
        days[-1].isoformat(),
    ):
        status = HalfStatus.ABSENT if state == AbsenceState.FOUND.value else HalfStatus.DEEMED
        for half in halves_of(mask):
            claimed[person][status] |= bit(date.fromisoformat(day), half)
    return claimed


def absence_story(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Return what the papers say of a person's half-day: opened, decided, voided."""
    return list(_facts(office, person, day, half))


def _facts(office: Office, person: int, day: date, half: Half) -> Iterator[Fact]:
    for paper in papers(office, "event_day = ? AND staff_id = ?", day.isoformat(), person):
        if half not in paper.halves:
            continue
        name = f"{PAPER}{paper.number}"
        yield Fact(paper.entered_at, f"开{name}({staff.name_of(office, paper.entered_by, day)})")
        if paper.decided_at is not None:
            yield Fact(paper.decided_at, f"{name} {paper.decided_words}")
        if paper.struck_at is not None:
            by = staff.name_of(office, paper.struck_by, day)
            yield Fact(paper.struck_at, f"{name}作废:{paper.struck_reason}({by})")


def absence_notes(office: Office, days: Sequence[date], names: Mapping[int, str]) -> Iterator[BookNote]:
    """Yield what the month's 说明 says of the papers that were decided; `names` are by staff id."""
    between = (days[0].isoformat(), days[-1].isoformat())
    for paper in papers(office, "event_day BETWEEN ? AND ? AND decided_at IS NOT NULL", *between):
        assert paper.decided_at is not None
        voided = f" 已作废:{paper.struck_reason}" if paper.struck_at is not None else ""
        half = paper.halves[0] if len(paper.halves) == 1 else None
        detail = f"{paper.number} {paper.decided_words}{voided}"
        by = names.get(paper.entered_by or 0, "系统")
        yield BookNote(paper.day, half, PAPER, names.get(paper.person, ""), detail, by, paper.decided_at)
