"""The office's own half-days off and on: at once, with who ordered it, and never over a collected book."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.adjustments import adjust, withdraw_adjustment
from govoffice_tui.registers.attendance.months import figures, month
from govoffice_tui.registers.attendance.pages import board, is_worked
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.closing import close_month
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.calendar import AdjustmentKind, DayKind, Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused

TODAY, SATURDAY = date(2026, 10, 12), date(2026, 10, 17)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
CLOSED, EXTRA = AdjustmentKind.CLOSED, AdjustmentKind.EXTRA
ORDER = "县政府办通知"


def test_a_session_not_yet_collected_closes_at_once(office: Office) -> None:
    sign_in(office, 4, TODAY, MORNING, by=3)
    adjust(office, TODAY, [MORNING], CLOSED, ORDER, "停电", by=3)
    with pytest.raises(Refused, match=r"10月12日上午是停班\(上午\),不设签到"):
        sign_in(office, 5, TODAY, MORNING, by=3)
    with pytest.raises(Refused, match="没有签到簿"):
        collect_book(office, TODAY, MORNING, "停班", by=3)
    assert board(office, TODAY, MORNING).is_work is False
    assert board(office, TODAY, AFTERNOON).is_work is True
    assert board(office, TODAY, AFTERNOON).day_title == "停班(上午)"
    assert verify_office(office).findings == ()


def test_nobody_is_missing_from_a_closed_half_day(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 13, 18, 0))
    before = figures(office, "2026-10")[2][0]
    adjust(office, TODAY, [AFTERNOON], CLOSED, ORDER, by=3)
    people = figures(office, "2026-10")[2]
    assert people[0].status(TODAY, AFTERNOON) is HalfStatus.REST
    assert people[0].due_count == before.due_count - 1
    assert all(one.imbalance == 0 for one in people)


def test_a_rest_day_can_be_worked(office: Office, clock: SetClock) -> None:
    adjust(office, SATURDAY, [MORNING], EXTRA, "主任", "防汛", by=3)
    chart = calendar.for_day(office, SATURDAY)
    assert (chart.kind(SATURDAY, MORNING), chart.kind(SATURDAY, AFTERNOON)) == (DayKind.WORKDAY, DayKind.REST)
    assert chart.title(SATURDAY) == "临时上班(上午)"
    assert (is_worked(office, SATURDAY, MORNING), is_worked(office, SATURDAY, AFTERNOON)) == (True, False)
    clock.set(datetime(2026, 10, 17, 8, 0))
    assert sign_in(office, 4, SATURDAY, MORNING, by=3).name == "王伟"


def test_a_whole_day_is_called_by_its_kind(office: Office) -> None:
    adjust(office, TODAY, list(Half), CLOSED, ORDER, by=3)
    assert calendar.for_day(office, TODAY).title(TODAY) == "停班"


def test_who_ordered_it_stands_in_the_notes_of_the_month(office: Office) -> None:
    adjust(office, TODAY, [AFTERNOON], CLOSED, ORDER, "集体活动", by=3)
    note = next(note for note in month(office, "2026-10").notes if note.kind == "停班")
    assert (note.day, note.half, note.detail, note.noted_by) == (TODAY, AFTERNOON, f"{ORDER}定:集体活动", "周小萍")


def test_a_collected_session_is_not_adjusted(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 20))
    collect_book(office, TODAY, MORNING, by=3)
    with pytest.raises(Refused, match="上午签到簿已收存"):
        adjust(office, TODAY, list(Half), CLOSED, ORDER, by=3)
    assert calendar.for_day(office, TODAY).adjustments == {}


def test_a_month_under_seal_is_not_adjusted(office: Office) -> None:
    adjust(office, TODAY, [AFTERNOON], CLOSED, ORDER, by=3)
    close_month(office, "attendance", "2026-10", lambda *_: [], lambda *_: "数", by=3)
    with pytest.raises(Refused, match="已封存"):
        adjust(office, TODAY, [MORNING], CLOSED, ORDER, by=3)
    with pytest.raises(Refused, match="已封存"):
        withdraw_adjustment(office, TODAY, [AFTERNOON], "定错", by=3)


@pytest.mark.parametrize(
    ("day", "halves", "kind", "who", "told"),
    [
        (TODAY, [MORNING], CLOSED, "  ", "要写谁定的"),
        (TODAY, [], CLOSED, ORDER, "全天"),
        (SATURDAY, [MORNING], CLOSED, ORDER, "本来就不上班"),
        (TODAY, [MORNING], EXTRA, ORDER, "本来就上班"),
        (date(2026, 10, 11), [MORNING], EXTRA, ORDER, "签到时间已过"),
        (TODAY, [MORNING], CLOSED, "机密★10年", "涉密"),
        (date(2031, 3, 3), [MORNING], CLOSED, ORDER, "还没有装入"),
    ],
)
def test_what_cannot_be_decided_is_refused_whole(
    office: Office, day: date, halves: list[Half], kind: AdjustmentKind, who: str, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        adjust(office, day, halves, kind, who, by=3)
    assert office.fetch("SELECT * FROM calendar_adjustments") == []


def test_a_decision_is_taken_back_by_striking_it(office: Office) -> None:
    adjust(office, TODAY, list(Half), CLOSED, ORDER, by=3)
    with pytest.raises(Refused, match="已定为停班"):
        adjust(office, TODAY, [MORNING], EXTRA, ORDER, by=3)
    with pytest.raises(Refused, match="写原因"):
        withdraw_adjustment(office, TODAY, list(Half), "", by=3)
    assert withdraw_adjustment(office, TODAY, [MORNING], "来电了", by=3) == (MORNING,)
    assert is_worked(office, TODAY, MORNING)
    assert not is_worked(office, TODAY, AFTERNOON)
    with pytest.raises(Refused, match="没有定过"):
        withdraw_adjustment(office, TODAY, [MORNING], "来电了", by=3)
    rows = office.fetch("SELECT half, struck_reason FROM calendar_adjustments ORDER BY half")
    assert rows == [(0, "来电了"), (1, None)]
    assert verify_office(office).findings == ()


def test_the_same_form_sent_twice_decides_once(office: Office) -> None:
    for _ in range(2):
        adjust(office, TODAY, [MORNING], CLOSED, ORDER, by=3, form_key="once")
    assert len(office.fetch("SELECT * FROM calendar_adjustments")) == 1
