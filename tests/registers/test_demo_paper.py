"""The demo office had its power cuts: their sheets are typed, checked and flagged like any other."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance.months import month
from govoffice_tui.registers.demo.build import build_demo
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.storage.opening import open_office


def test_the_demo_has_paper_sheets_typed_the_same_day_and_the_day_after(tmp_path: Path) -> None:
    clock = SetClock(datetime(2026, 10, 31, 7, 0))
    build_demo(tmp_path, date(2026, 10, 30), clock, months=1)
    office = open_office(tmp_path, clock)
    try:
        sheets = office.fetch("SELECT event_day, state, paper_reason FROM sign_sheets ORDER BY event_day")
        assert len(sheets) == 2
        assert {state for _, state, _ in sheets} == {"checked"}
        assert {reason for _, _, reason in sheets} == {"power"}
        typed = office.fetch(
            "SELECT count(DISTINCT event_day), sum(is_untimed), sum(1 - is_untimed) FROM sign_ins"
            " WHERE paper_page <> '' AND late_reason = '补录' AND struck_at IS NULL"
        )[0]
        assert typed[0] == 1
        assert min(typed[1:]) > 0
        details = [note.detail for note in month(office, "2026-10").notes if note.kind == "纸质签到"]
        assert len(details) == 2
        assert sum("补录" in detail for detail in details) == 1
        assert not verify_office(office).findings
    finally:
        office.close()
