"""The leave of the made-up office: every state, nothing open where a month is sealed, and the same each time."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.demo.build import build_demo
from govoffice_tui.registers.leave import months
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.seals.pages import to_be_papered
from govoffice_tui.registers.supervision import months as supervision
from govoffice_tui.registers.supervision import pages as matters
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.supervision import DecisionState

LAST = date(2026, 10, 23)
CLOCK = SetClock(datetime(2026, 10, 24, 9, 0))


def built(folder: Path, months: int = 4) -> Office:
    build_demo(folder, LAST, CLOCK, months=months)
    return open_office(folder, CLOCK)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Four months, from July 2026."""
    return built(tmp_path_factory.mktemp("demo"))


def test_months_long_past_are_sealed_and_the_last_two_are_open(demo: Office) -> None:
    rows = demo.fetch("SELECT month FROM closings WHERE register = 'leave' ORDER BY month")
    assert [month for (month,) in rows] == ["2026-07", "2026-08"]
    assert all(not months.pending(demo, month) for (month,) in rows)


def test_a_clerk_finds_slips_of_every_open_state_at_the_end(demo: Office) -> None:
    words = {line.state for line in months.lines_of(demo, "2026-10")}
    assert {"已销假", "逾期未补", "已同意", "已退回"} <= words
    assert months.due(demo, demo.now())


def test_leave_of_many_kinds_and_modes_was_asked_for(demo: Office) -> None:
    kinds = {kind for (kind,) in demo.fetch("SELECT DISTINCT kind FROM leaves")}
    assert {"personal", "sick", "annual", "marriage"} <= kinds
    assert {mode for (mode,) in demo.fetch("SELECT DISTINCT mode FROM leaves")} == {"oral", "written", "phone"}


def test_the_book_is_whole(demo: Office) -> None:
    assert verify_office(demo).findings == ()


def test_the_same_last_day_gives_the_same_leave(tmp_path: Path) -> None:
    once, again = (built(tmp_path / name, months=1) for name in ("once", "again"))
    query = "SELECT number, staff_id, kind, event_day, end_day, state FROM leaves ORDER BY id"
    assert once.fetch(query)
    assert again.fetch(query) == once.fetch(query)
    once.close()
    again.close()


def test_two_matters_of_the_supervision_lie_overdue_and_every_month_carries_over(demo: Office) -> None:
    found = matters.in_hand(demo)
    assert sum(one.is_overdue_on(LAST) for one in found) == 2
    assert {one.state for one in found} >= {DecisionState.GOING, DecisionState.DONE}
    flows = [supervision.month(demo, f"2026-{month:02d}").flow for month in (7, 8, 9, 10)]
    assert all(flow.added and not flow.imbalance for flow in flows)
    assert [flow.carried for flow in flows[1:]] == [flow.left for flow in flows[:-1]]


def test_a_keeper_finds_a_telephone_approval_no_paper_followed_in_time(demo: Office) -> None:
    due = [one.follow_up_day for one in to_be_papered(demo)]
    assert [day is not None and day < LAST for day in due] == [True, False]  # the second is of the last day itself
