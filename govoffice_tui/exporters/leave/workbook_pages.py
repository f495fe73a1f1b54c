"""The sheets of the leave forms, and the digests that tell whether their figures changed."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.exporters.leave.details import details_page
from govoffice_tui.exporters.leave.slip import slip_pages
from govoffice_tui.exporters.leave.summary import AFTER_KINDS, BEFORE_KINDS, other_kinds, summary_page
from govoffice_tui.exporters.page import Page
from govoffice_tui.registers.leave.months import LeaveLine, LeaveMonth
from govoffice_tui.registers.leave.slips import SlipSheet

__all__ = ["month_digest", "month_pages", "slip_digest", "slip_pages"]


def month_pages(month: LeaveMonth, made_at: datetime) -> list[Page]:
    """Return 请假情况汇总表 and 请假明细 of a month; one that is not sealed is headed 未定稿, one sealed again 更正."""
    year, number = month.month.split("-")
    period = f"{year}年{int(number)}月"
    suffix = "(未定稿)" if month.revision == 0 else f"(更正,第{month.revision}版)" if month.revision > 1 else ""
    return [summary_page(month, made_at, suffix, period), details_page(month, made_at, suffix, period)]


def month_digest(month: LeaveMonth) -> str:
    """Return the SHA-256 in hex of everything the month's sheets show, but not of when or how they were set."""
    people = [
        {
            "name": one.name,
            "section": one.person.section,
            "is_apart": one.person.category.is_apart,
            "figures": [column.of(one) for column in (*BEFORE_KINDS, *AFTER_KINDS)],
            "kinds": other_kinds(one),
            "remarks": one.remarks,
        }
        for one in month.people
    ]
    return _digest(
        {
            "office": month.office_name,
            "month": month.month,
            "revision": month.revision,
            "people": people,
            "lines": [_line_words(line) for line in month.lines],
            "shortfalls": [str(problem) for problem in month.shortfalls],
        }
    )


def slip_digest(sheet: SlipSheet) -> str:
    """Return the SHA-256 in hex of everything the slip shows."""
    return _digest([sheet.office_name, sheet.cover, None if sheet.line is None else _line_words(sheet.line)])


def _line_words(line: LeaveLine) -> list[object]:
    one = line.record
    return [
        one.number,
        one.revision,
        line.name,
        line.person.section,
        line.person.position,
        one.kind.value,
        str(one.stretch),
        line.halves,
        line.inside,
        one.mode.value,
        line.approver,
        line.tier_words,
        one.applied_day.isoformat(),
        one.approved_day.isoformat() if one.approved_day else "",
        one.papered_day.isoformat() if one.papered_day else "",
        str(one.returned or ""),
        one.cleared_at.isoformat() if one.cleared_at else "",
        line.state,
        line.over,
        line.reason,
        one.destination,
        one.phone,
        one.remark,
        one.papered_late,
        one.late_reason,
    ]


def _digest(shown: object) -> str:
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()
