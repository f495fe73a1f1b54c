"""The law of the stock book, month by month, whatever was put right: 结存 = 上存 + 入 − 领 + 退 − 废 ± 盘."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock, day_of, month_days, month_of
from govoffice_tui.registers import closing
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.settings import change
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.supplies import months, pages
from govoffice_tui.registers.supplies.booking import Goods, Head
from govoffice_tui.registers.supplies.correcting import correct_line, correct_slip, void_slip
from govoffice_tui.registers.supplies.counts import begin_count, count_sheet, enter_counts, finish_count
from govoffice_tui.registers.supplies.items import ItemPlan, items
from govoffice_tui.registers.supplies.register import SUPPLIES
from govoffice_tui.registers.supplies.slips import give_back, issue, open_book, receive, write_off
from govoffice_tui.registers.supplies.stock import broken_counts, stock_of
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import SlipKind, balance
from tests.factories import staff_lines

KEEPER, WATCHER, HEAD = 3, 4, 2
FIRST = datetime(2026, 11, 2, 9, 0)

DEEDS = ("receive", "issue", "return", "waste", "count", "correct", "void", "move", "late")
act = st.tuples(st.sampled_from(DEEDS), st.integers(1, 9), st.integers(0, 5), st.integers(0, 12))


@dataclass
class Kept:
    """What somebody keeps beside the book by hand: each slip's kind, day and what it does."""

    office: Office
    slips: dict[int, tuple[SlipKind, date, int]] = field(default_factory=dict)

    def month(self, word: str) -> tuple[int, list[tuple[SlipKind, int]]]:
        first, last = month_days(word)[0], month_days(word)[-1]
        opening = sum(change for _, day, change in self.slips.values() if day < first)
        return opening, [(kind, change) for kind, day, change in self.slips.values() if first <= day <= last]

    def line_of(self, slip: int) -> int:
        row: int = self.office.fetch("SELECT id FROM supply_lines WHERE slip_id = ? AND struck_at IS NULL", slip)[0][0]
        return row

    def pick(self, place: int, *kinds: SlipKind) -> int | None:
        mine = [slip for slip, (kind, _, _) in self.slips.items() if kind in kinds]
        return mine[place % len(mine)] if mine else None


def do(kept: Kept, deed: str, count: int, place: int, today: date) -> None:
    """Carry one deed out in the book and, once it was accepted, beside it; a refused one changes neither."""
    office, head = kept.office, Head(today)
    if deed == "receive":
        kept.slips[receive(office, [Goods(1, count)], head, by=KEEPER).slip] = (SlipKind.RECEIVE, today, count)
    elif deed in ("issue", "late"):
        day = today - timedelta(days=place) if deed == "late" else today
        done = issue(office, [Goods(1, count, None, "行政股")], Head(day), str(1 + len(kept.slips)), by=KEEPER)
        kept.slips[done.slip] = (SlipKind.ISSUE, day, -count)
    elif deed == "waste":
        done = write_off(office, [Goods(1, count)], Head(today, approved_by=HEAD, remark="受潮"), by=KEEPER)
        kept.slips[done.slip] = (SlipKind.WASTE, today, -count)
    elif deed == "return" and (slip := kept.pick(place, SlipKind.ISSUE)) is not None:
        done = give_back(office, kept.line_of(slip), count, head, is_unopened=True, by=KEEPER)
        kept.slips[done.slip] = (SlipKind.RETURN, today, count)
    elif deed == "count":
        slip = begin_count(office, by=KEEPER).slip
        sheet = count_sheet(office, slip)
        assert sheet is not None
        found = max(0, sheet.lines[0].book + count - 5)
        enter_counts(office, slip, {sheet.lines[0].line: (found, "盘点差异")}, by=KEEPER)
        finish_count(office, slip, WATCHER, HEAD, by=KEEPER)
        kept.slips[slip] = (SlipKind.COUNT, today, found - sheet.lines[0].book)
    elif (
        deed == "correct" and (slip := kept.pick(place, SlipKind.ISSUE, SlipKind.RECEIVE, SlipKind.RETURN)) is not None
    ):
        kind, day, _ = kept.slips[slip]
        correct_line(office, kept.line_of(slip), Goods(1, count, None, "信息股"), "数错", by=KEEPER)
        kept.slips[slip] = (kind, day, kind.sign * count)
    elif deed == "void" and (slip := kept.pick(place, SlipKind.ISSUE, SlipKind.RECEIVE, SlipKind.RETURN)) is not None:
        void_slip(office, slip, "重复", by=KEEPER)
        del kept.slips[slip]
    elif deed == "move" and (slip := kept.pick(place, SlipKind.ISSUE, SlipKind.RECEIVE)) is not None:
        kind, _, change = kept.slips[slip]
        day = today - timedelta(days=count)
        done_again = correct_slip(office, slip, Head(day), "日期写错", by=KEEPER)
        del kept.slips[slip]
        kept.slips[done_again.slip] = (kind, day, change)


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(act, min_size=8, max_size=24))
def test_what_is_left_is_what_stood_there_and_what_moved(history: list[tuple[str, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = SetClock(FIRST)
        office = found_office(Path(folder), clock, {"office_name": "测试县人民政府办公室"})
        import_staff(office, staff_lines(4), by=None)
        change(office, "supplies_count_months", "0", by=KEEPER)
        opened = open_book(office, [(ItemPlan("A4复印纸", "包"), 10, None)], by=KEEPER)
        kept = Kept(office, {opened.slip: (SlipKind.OPENING, FIRST.date(), 10)})
        for deed, count, place, days in history:
            before = clock.now()
            clock.at += days * 86400
            _close_months_gone(office, before, clock)
            with suppress(Refused):
                do(kept, deed, count, place, office.now().date())
            assert stock_of(office, 1) == sum(change for _, _, change in kept.slips.values()) >= 0
        _check(office, kept)
        assert not verify_office(office).findings
        office.close()


def _close_months_gone(office: Office, before: int, clock: SetClock) -> None:
    """Close the month that ended meanwhile, unless a count of it no longer holds."""
    gone = month_of(day_of(before))
    if gone != month_of(office.now().date()) and closing.sealed(office, SUPPLIES.word, gone) is None:
        with suppress(Refused):
            closing.close_month(office, SUPPLIES.word, gone, SUPPLIES.pending, SUPPLIES.seal_digest, by=KEEPER)
            assert not [one for one in broken_counts(office) if one.day is not None and month_of(one.day) <= gone]


def _check(office: Office, kept: Kept) -> None:
    """Compare every month with what was kept by hand, and each with the next."""
    (item,) = items(office)
    last = month_of(office.now().date())
    every = pages.months_up_to(last, 1 + (int(last[:4]) - 2026) * 12 + int(last[5:]) - 11)
    carried: dict[str, int] = defaultdict(int)
    for place, word in enumerate(every):
        opening, changes = kept.month(word)
        found = months.balances(office, word).get(1, balance(0, ()))
        assert found == balance(opening, changes)
        if place:
            assert found.opening == carried[every[place - 1]]
        carried[word] = found.closing
        page = pages.ledger(office, item, word, word)
        assert page.lines[-1].balance == found.closing
        assert all(line.balance is None or line.balance >= 0 for line in page.lines)
        running = [line.balance for line in page.lines if line.kind == "movement" and not line.is_struck]
        assert not running or running[-1] == found.closing
    if "2027-01" in every:
        december = pages.ledger(office, item, "2026-12").lines[-1]
        january = pages.ledger(office, item, "2027-01").lines[0]
        assert (december.summary, january.summary) == ("结转下年", "上年结转")
        assert december.balance == january.balance == months.balances(office, "2027-01")[1].opening
