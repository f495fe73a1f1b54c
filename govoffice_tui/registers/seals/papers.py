"""Papers of one matter of the seal register: an approval, a handover, a 签字页 — filled in, or blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import month_of
from govoffice_tui.registers import settings
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals import keeping_pages, pages
from govoffice_tui.registers.seals.views import APPROVALS, HANDOVERS, PAGES, ApprovalRow, HandoverRow, UseRow
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import UseState
from govoffice_tui.rules.seals import LINES_A_PAGE

BLANK = "空白"


@dataclass(frozen=True)
class ApprovalSheet:
    """What a 用印审批单 prints; `approval` is None on a blank one."""

    office_name: str
    approval: ApprovalRow | None


@dataclass(frozen=True)
class HandoverSheet:
    """What a 印章交接单 prints; `handover` is None on a blank one."""

    office_name: str
    handover: HandoverRow | None


@dataclass(frozen=True)
class SignSheet:
    """What a 签字页 prints: its number, empty on a blank one, and the lines by their place, None where none stands."""

    office_name: str
    number: str
    lines: tuple[UseRow | None, ...]


def approval_period(office: Office, row: int | None) -> str:
    """Return what one approval's file is named after: 2026-10_批2026-12, of a blank one 2026-10_空白."""
    return _period(office, "seal_approvals", APPROVALS, row, "这份审批单已经作废或更正,请看最新的一份。")


def approval_sheet(office: Office, period: str) -> ApprovalSheet:
    """Return the sheet of an approval by what its file is named after; refused where there is none."""
    name = _office_name(office)
    if _is_blank(period):
        return ApprovalSheet(name, None)
    year, number = _parts(period, APPROVALS)
    found = pages.select_approvals(office, "a.year = ? AND a.number = ? AND a.struck_at IS NULL", year, number)
    if not found:
        raise Refused("没有这份审批单,可能已作废。")
    return ApprovalSheet(name, found[0])


def handover_period(office: Office, row: int | None) -> str:
    """Return what one handover's file is named after: 2026-10_交2026-3, of a blank one 2026-10_空白."""
    return _period(office, "seal_handovers", HANDOVERS, row, "这次交接已经作废。")


def handover_sheet(office: Office, period: str) -> HandoverSheet:
    """Return the sheet of a handover by what its file is named after; refused where there is none."""
    name = _office_name(office)
    if _is_blank(period):
        return HandoverSheet(name, None)
    number = shown(HANDOVERS, *_parts(period, HANDOVERS))
    found = [one for one in keeping_pages.handovers(office, limit=-1) if one.number == number]
    if not found or found[0].struck_reason is not None:
        raise Refused("没有这次交接,可能已作废。")
    return HandoverSheet(name, found[0])


def sign_period(office: Office, is_blank: bool = False) -> str:
    """Return what the 签字页 to go on with is named after: 2026-10_签2026-7, a blank one 2026-10_空白."""
    today = office.now().date()
    if is_blank:
        return f"{month_of(today)}_{BLANK}"
    page, _ = keeping_pages.sign_page(office, today.year)
    return f"{month_of(today)}_{PAGES}{today.year}-{page}"


def sign_sheet(office: Office, period: str) -> SignSheet:
    """Return a 签字页: what stands on it by its lines, and behind it what waits to be signed for, the oldest first."""
    name = _office_name(office)
    if _is_blank(period):
        return SignSheet(name, "", (None,) * LINES_A_PAGE)
    year, number = _parts(period, PAGES)
    signed = pages.select_uses(office, "p.year = ? AND p.number = ?", year, number)
    lines: list[UseRow | None] = [None] * LINES_A_PAGE
    for one in sorted(signed, key=lambda one: one.revision):
        if one.page_line is not None:
            lines[one.page_line - 1] = one
    following = 1 + max((place for place, one in enumerate(lines) if one is not None), default=-1)
    if (number, year) == (keeping_pages.sign_page(office, year)[0], office.now().year):
        waiting = [one for one in pages.waiting(office) if one.state is UseState.WAITING]
        for place, one in enumerate(waiting[: LINES_A_PAGE - following], following):
            lines[place] = one
    return SignSheet(name, shown(PAGES, year, number), tuple(lines))


def _period(office: Office, table: str, series: str, row: int | None, gone: str) -> str:
    if row is None:
        return f"{month_of(office.now().date())}_{BLANK}"
    rows: Sequence[tuple[int, int, str, object]] = office.fetch(
        f"SELECT year, number, event_day, struck_at FROM {table} WHERE id = ?", row
    )
    if not rows or rows[0][3] is not None:
        raise Refused(gone)
    year, number, day, _ = rows[0]
    return f"{month_of(date.fromisoformat(day))}_{series}{year}-{number}"


def _parts(period: str, series: str) -> tuple[int, int]:
    year, _, number = period.rpartition("_")[2].removeprefix(series).partition("-")
    return int(year), int(number)


def _is_blank(period: str) -> bool:
    return period.rpartition("_")[2] == BLANK


def _office_name(office: Office) -> str:
    return settings.on(office, office.now().date()).office_name
