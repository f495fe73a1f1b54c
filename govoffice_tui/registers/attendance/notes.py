"""说明 of a month: every strike, late note, correction, early collection, adjusted session and amendment, as noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from govoffice_tui.clock import hour_minute, local, month_of
from govoffice_tui.registers import reviews, staff
from govoffice_tui.registers.absence.claims import absence_notes
from govoffice_tui.registers.attendance.pages import REGISTER
from govoffice_tui.registers.attendance.sheet_rows import sheet_remarks
from govoffice_tui.registers.attendance.stories import decision_words
from govoffice_tui.registers.attendance.views import BookNote
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import ArrivalKind, Finding
from govoffice_tui.rules.calendar import AdjustmentKind, Half
from govoffice_tui.rules.people import display_names

Names = Mapping[int, str]
"""What everybody is called on the month's last day, by staff id."""

_BETWEEN = "WHERE event_day BETWEEN ? AND ?"


def _struck_signatures(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    outcomes = reviews.outcomes(office, days)
    for row, day, half, person, reason, by, at in office.fetch(
        "SELECT id, event_day, half, staff_id, struck_reason, struck_by, struck_at FROM sign_ins"
        f" {_BETWEEN} AND struck_at IS NOT NULL",
        *span(days),
    ):
        detail = reason + outcomes.get(("sign_ins", row), "")
        yield note(names, day, half, "划销签到", names.get(person, ""), detail, by, at)


def _arrivals(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    outcomes = reviews.outcomes(office, days)
    for row, day, half, person, kind, arrived, remark, by, at, revision in office.fetch(
        "SELECT id, event_day, half, staff_id, kind, arrived_at, remark, entered_by, entered_at, revision FROM arrivals"
        f" {_BETWEEN}",
        *span(days),
    ):
        detail = f"{hour_minute(arrived)}到岗" if kind == ArrivalKind.LATE else "待核"
        label = ("更正为" if revision > 1 else "") + ArrivalKind(kind).label
        said = f"{detail} {remark}".strip() + outcomes.get(("arrivals", row), "")
        yield note(names, day, half, label, names.get(person, ""), said, by, at)


def _early_collections(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    for day, half, reason, by, at in office.fetch(
        "SELECT event_day, half, early_reason, collected_by_id, collected_at FROM sign_sessions"
        f" {_BETWEEN} AND early_reason IS NOT NULL AND struck_at IS NULL",
        *span(days),
    ):
        yield note(names, day, half, "提前收存", "", reason, by, at)


def _sheets(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    for day, half, kind, detail, by, at in sheet_remarks(office, days[0], days[-1]):
        yield note(names, day, half, kind, "", detail, by, at)


def _signatures_put_back(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    for day, half, person, remark, by, at in office.fetch(
        f"SELECT event_day, half, staff_id, remark, entered_by, entered_at FROM sign_ins {_BETWEEN} AND revision > 1",
        *span(days),
    ):
        yield note(names, day, half, "恢复签到", names.get(person, ""), remark, by, at)


def _sessions_without_book(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    for day, half, reason, by, at, revision, decision, decided_by, page, ruled_by, ruled_at, struck_at in office.fetch(
        "SELECT event_day, half, remark, entered_by, entered_at, revision, decision, decided_by_id, paper_page,"
        f" ruled_by, ruled_at, struck_at FROM no_books {_BETWEEN}",
        *span(days),
    ):
        if revision == 1:
            tail = ",后来取消" if struck_at is not None and not decision else ""
            yield note(names, day, half, "未设簿", "", f"{reason}{tail}", by, at)
        if decision:
            tail = ",后来改定" if struck_at is not None else ""
            words = decision_words(decision, names.get(decided_by, ""), page)
            yield note(names, day, half, "未设簿决定", "", f"{words}{tail}", ruled_by, ruled_at)


def _inspections(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    for day, half, checked_at, person, finding, inspector, remark, by, at in office.fetch(
        "SELECT event_day, half, checked_at, staff_id, state, inspector_id, remark, entered_by, entered_at"
        f" FROM spot_checks {_BETWEEN} AND struck_at IS NULL AND state <> ?",
        *span(days),
        Finding.PRESENT.value,
    ):
        detail = f"{hour_minute(checked_at)} 抽查人{names.get(inspector, '')} {remark}".strip()
        yield note(names, day, half, f"在岗抽查{Finding(finding).label}", names.get(person, ""), detail, by, at)


def _adjustments(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    for day, half, adjusted, ordered_by, remark, by, at in office.fetch(
        "SELECT event_day, half, kind, ordered_by, remark, entered_by, entered_at FROM calendar_adjustments"
        f" {_BETWEEN} AND struck_at IS NULL",
        *span(days),
    ):
        detail = f"{ordered_by}定{':' if remark else ''}{remark}"
        yield note(names, day, half, AdjustmentKind(adjusted).label, "", detail, by, at)


def _amendments(office: Office, days: Sequence[date], names: Names) -> Iterator[BookNote]:
    for revision, reason, approved_by, page, by, at in office.fetch(
        "SELECT revision, reason, approved_by, paper_page, closed_by, closed_at FROM closings"
        " WHERE register = ? AND month = ? AND revision > 1 ORDER BY revision",
        REGISTER,
        month_of(days[0]),
    ):
        filed = f",更正单第{page}页" if page else ""
        detail = f"第{revision}版:{reason}({names.get(approved_by, '')}批准{filed})"
        yield note(names, days[-1].isoformat(), None, "封存后更正", "", detail, by, at)


NOTES: tuple[Callable[[Office, Sequence[date], Names], Iterator[BookNote]], ...] = (
    _struck_signatures,
    _arrivals,
    _signatures_put_back,
    _early_collections,
    _sheets,
    _sessions_without_book,
    _inspections,
    _adjustments,
    absence_notes,
    _amendments,
)
"""Every kind of remark; each reads the days from first to last of one month."""


def month_notes(office: Office, days: Sequence[date]) -> list[BookNote]:
    """Return every remark of a month in the order it was noted."""
    names = display_names(staff.everybody(office, days[-1]))
    found = [one for read in NOTES for one in read(office, days, names)]
    return sorted(found, key=lambda one: one.noted_at)


def span(days: Sequence[date]) -> tuple[str, str]:
    """Return the first and last day as a query takes them."""
    return days[0].isoformat(), days[-1].isoformat()


def note(
    names: Names, day: str, half: int | None, kind: str, person: str, detail: str, by: int | None, at: int
) -> BookNote:
    """Return one remark; `by` None is the program itself, `half` None the whole day or month."""
    noted_by = "系统" if by is None else names.get(by, "系统")
    session = None if half is None else Half(half)
    return BookNote(date.fromisoformat(day), session, kind, person, detail, noted_by, local(at))
