"""What happens now and then to the demo office's sign-in book: a power cut, inspections, a correction reviewed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from govoffice_tui.registers import reviews
from govoffice_tui.registers.attendance import no_book, signing, spot_checks
from govoffice_tui.registers.attendance.pages import board
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.rules.attendance import Finding, NoBookDecision, Seen, StrikeReason
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus

KEEPER, SECOND, INSPECTOR, DEPUTY = "周小萍", "吴桂芳", "李卫东", "钱峰"
DARK_HALF = Half.AFTERNOON
DARK, LOOKED_FOR, INSPECTED, CORRECTED, REVIEWED = 12, 9, 7, 5, 4
"""How many workdays before the end of the history each thing happens."""

DRAWN_SEED = 5
FOUND = (Finding.PRESENT, Finding.PRESENT, Finding.AWAY, Finding.LEFT_EARLY)


def is_dark(day: DemoDay, half: Half) -> bool:
    """Return whether the power was cut in a half-day: nobody signed, and there was no paper either."""
    return half is DARK_HALF and _workdays_left(day) == DARK


def attendance_events(day: DemoDay) -> Iterator[Act]:
    """Write what happens on a day, late in the afternoon when its books have been kept."""
    left = _workdays_left(day)
    keeper, inspector = day.people[KEEPER].id, day.people[INSPECTOR].id
    if left == DARK:
        yield (
            day.at(16, 30),
            partial(no_book.declare_no_book, day.office, day.day, DARK_HALF, "线路检修停电", by=keeper),
        )
        yield day.at(17), partial(_rule, day, keeper)
    elif left == LOOKED_FOR:
        yield day.at(17), partial(_look_for, day, inspector)
    elif left == INSPECTED:
        yield day.at(17), partial(_inspect, day, inspector, keeper)
    elif left == CORRECTED:
        yield day.at(17), partial(_strike, day, keeper)
    elif left == REVIEWED:
        yield day.at(17), partial(_reject, day, day.people[SECOND].id)


def _workdays_left(day: DemoDay) -> int:
    """Return the workdays from a day to the last, both counted; 0 on a day of rest, and where too many are left."""
    if not day.is_workday or (day.last - day.day).days > 3 * DARK:
        return 0
    return len(day.chart.workdays(day.day, day.last))


def _rule(day: DemoDay, keeper: int) -> None:
    deputy = day.people[DEPUTY].id
    no_book.rule_no_book(day.office, day.day, DARK_HALF, NoBookDecision.EVERYBODY, deputy, "决定簿第3页", by=keeper)


def _look_for(day: DemoDay, inspector: int) -> None:
    """Draw five names and see four of them."""
    chance = random.Random(DRAWN_SEED)
    check = spot_checks.draw_presence_check(day.office, day.day, Half.AFTERNOON, by=inspector, chance=chance)
    answers = {one.person: Seen.NOT_SEEN if place == 1 else Seen.SEEN for place, one in enumerate(check.people)}
    spot_checks.answer_presence_check(day.office, day.day, Half.AFTERNOON, answers, by=inspector)


def _inspect(day: DemoDay, inspector: int, keeper: int) -> None:
    found = dict(zip(_signed(day, Half.AFTERNOON)[10::9], FOUND, strict=False))
    spot_checks.record_spot_checks(day.office, day.at(16, 40), inspector, found, by=keeper)


def _strike(day: DemoDay, keeper: int) -> None:
    person = _signed(day, Half.MORNING)[20]
    page = board(day.office, day.day, Half.MORNING)
    row = next(line.sign_in for line in page.lines if line.person.id == person)
    assert row is not None
    signing.strike_sign_in(day.office, row, StrikeReason.FOR_ANOTHER, "同室的人替签", by=keeper)


def _reject(day: DemoDay, second: int) -> None:
    for one in reviews.open_reviews(day.office):
        reviews.review(day.office, one.id, False, "本人当时在场,股长证明", by=second)


def _signed(day: DemoDay, half: Half) -> list[int]:
    """Return who signed in a session, in rank order."""
    lines = board(day.office, day.day, half).lines
    return [line.person.id for line in lines if line.status is HalfStatus.SIGNED]
