"""耗材 on a real file: what each verb writes, what it refuses, and that no stock ever falls below nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff_changes import transfer_out
from govoffice_tui.registers.supplies import months, pages, use
from govoffice_tui.registers.supplies.booking import Goods, Head
from govoffice_tui.registers.supplies.correcting import (
    correct_count,
    correct_line,
    correct_slip,
    strike_line,
    void_slip,
)
from govoffice_tui.registers.supplies.counts import begin_count, cancel_count, count_sheet, enter_counts, finish_count
from govoffice_tui.registers.supplies.items import (
    ItemPlan,
    add_item,
    change_item,
    items,
    match_items,
    plan_of,
    retire_item,
)
from govoffice_tui.registers.supplies.register import SUPPLIES, due, search
from govoffice_tui.registers.supplies.slips import give_back, issue, receive, sign, write_off
from govoffice_tui.registers.supplies.stock import broken_counts, stock_of
from govoffice_tui.registers.supplies.views import LedgerLine
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.rules.supplies import Balance, SlipState
from tests.stock_book import AYI, DEPUTY, DIRECTOR, KEEPER, PAPER, PENS, TONER, WANG, open_stock

NOW = Head()


@pytest.fixture
def stock(office: Office, clock: SetClock) -> Office:
    """Three items: 12 packs of paper, 3 cartridges, 20 pens; 周小萍 keeps the book from 1 October."""
    return open_stock(office, clock)


def at(clock: SetClock, day: int, month: int = 10, hour: int = 9) -> None:
    clock.set(datetime(2026, month, day, hour, 0))


def give(
    office: Office, item: int, count: int, person: int = WANG, head: Head = NOW, page: str = "", **more: Any
) -> int:
    """Issue one line and return the line."""
    issue(office, [Goods(item, count, person, **more)], head, page, by=KEEPER)
    return newest(office)


def buy(office: Office, item: int, count: int, fen: int | None = None, head: Head = NOW) -> int:
    return receive(office, [Goods(item, count, amount_fen=fen)], head, by=KEEPER).slip


def newest(office: Office) -> int:
    row: int = office.fetch("SELECT max(id) FROM supply_lines")[0][0]
    return row


def slip_of(office: Office, line: int) -> int:
    row: int = office.fetch("SELECT slip_id FROM supply_lines WHERE id = ?", line)[0][0]
    return row


def close(office: Office, month: str, by: int = KEEPER) -> None:
    closing.close_month(office, SUPPLIES.word, month, SUPPLIES.pending, SUPPLIES.seal_digest, by=by)


def count_all(office: Office, found: dict[int, tuple[int, str]]) -> int:
    """Count some items and approve it; return the slip."""
    slip = begin_count(office, list(found), by=KEEPER).slip
    sheet = count_sheet(office, slip)
    assert sheet is not None
    enter_counts(office, slip, {line.line: found[line.item.id] for line in sheet.lines}, by=KEEPER)
    return finish_count(office, slip, WANG, DEPUTY, by=KEEPER).slip


# example 26
def test_what_is_left_is_what_stood_there_and_what_moved_and_the_next_month_opens_with_it(
    stock: Office, clock: SetClock
) -> None:
    buy(stock, PAPER, 20)
    issued = give(stock, PAPER, 10)
    give(stock, PAPER, 5, AYI)
    give_back(stock, issued, 2, NOW, is_unopened=True, by=KEEPER)
    count_all(stock, {PAPER: (18, "破损一包")})
    assert months.balances(stock, "2026-10")[PAPER] == Balance(12, 20, 15, 2, 0, -1)
    assert stock_of(stock, PAPER) == 18
    at(clock, 2, 11)
    assert months.balances(stock, "2026-11")[PAPER] == Balance(18)
    with pytest.raises(Refused, match="只有18包") as refused:
        give(stock, PAPER, 30, head=Head(approved_by=DEPUTY))
    assert refused.value.field == "count"
    assert refused.value.article == "办公设施管理制度第5条"
    assert stock_of(stock, PAPER) == 18


# example 27
def test_a_half_used_toner_is_no_stock_any_more(stock: Office) -> None:
    line = give(stock, TONER, 1, old_parts=1)
    with pytest.raises(Refused, match=r"不能退库.*旧件或作报废"):
        give_back(stock, line, 1, NOW, is_unopened=False, by=KEEPER)
    assert stock_of(stock, TONER) == 2


def test_no_more_comes_back_than_is_out_and_not_before_it_went_out(stock: Office) -> None:
    line = give(stock, PENS, 5)
    give_back(stock, line, 3, NOW, is_unopened=True, by=KEEPER)
    with pytest.raises(Refused, match="还有2支没有退"):
        give_back(stock, line, 3, NOW, is_unopened=True, by=KEEPER)
    with pytest.raises(Refused, match="不能早于领用"):
        give_back(stock, line, 1, Head(date(2026, 10, 11)), is_unopened=True, by=KEEPER)
    with pytest.raises(Refused, match="不能比它少"):
        correct_line(stock, line, Goods(PENS, 2, WANG), "写错", by=KEEPER)
    with pytest.raises(Refused, match="先作废退库"):
        void_slip(stock, slip_of(stock, line), "写错", by=KEEPER)


def test_a_return_follows_the_line_it_names_when_that_is_put_right(stock: Office) -> None:
    line = give(stock, PENS, 5)
    give_back(stock, line, 3, NOW, is_unopened=True, by=KEEPER)
    back = newest(stock)
    correct_line(stock, line, Goods(PENS, 4, AYI), "领用人写错", by=KEEPER)
    issued = stock.fetch("SELECT returned_line FROM supply_lines WHERE id = ?", back)[0][0]
    with pytest.raises(Refused, match="还有1支没有退"):
        give_back(stock, issued, 2, NOW, is_unopened=True, by=KEEPER)
    with pytest.raises(Refused, match="退不了这么多"):
        correct_line(stock, back, Goods(PENS, 5, AYI), "写错", by=KEEPER)
    assert stock_of(stock, PENS) == 19


def test_two_terminals_cannot_both_issue_the_last_three(stock: Office, clock: SetClock, tmp_path: Path) -> None:
    other = open_office(stock.folder, clock)
    give(stock, PENS, 17, head=Head(approved_by=DEPUTY))
    other.fetch("SELECT 1")
    assert stock_of(other, PENS) == stock_of(stock, PENS) == 3
    give(other, PENS, 3, AYI)
    with pytest.raises(Refused, match="只有0支"):
        give(stock, PENS, 3)
    assert stock_of(stock, PENS) == 0
    other.close()


RACE = """
import sys
from datetime import datetime
from pathlib import Path
from govoffice_tui.clock import SetClock
from govoffice_tui.registers.office import WRITE_PATIENCE, Busy, open_office
from govoffice_tui.registers.supplies.booking import Goods, Head
from govoffice_tui.registers.supplies.slips import issue
from govoffice_tui.rules.refusal import Refused

office = open_office(Path(sys.argv[1]), SetClock(datetime(2026, 10, 12, 9, 0)))
office.set_patience(WRITE_PATIENCE)
print("ready", flush=True)
sys.stdin.readline()
done = 0
for _ in range(20):
    try:
        issue(office, [Goods(3, 3, 4)], Head(), by=3)
        done += 1
    except (Refused, Busy):
        pass
print(done)
"""


def test_two_processes_never_issue_more_than_there_is(stock: Office) -> None:
    command = [sys.executable, "-c", RACE, str(stock.folder)]
    root = Path(__file__).resolve().parents[2]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(2)
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    done = [int(one.communicate(timeout=60)[0]) for one in both]
    assert sum(done) == 6
    assert stock_of(stock, PENS) == 2
    assert not verify_office(stock).findings


def test_a_slip_takes_all_its_lines_or_none(stock: Office) -> None:
    with pytest.raises(Refused, match="硒鼓 388A只有3支"):
        issue(
            stock,
            [Goods(PENS, 2, WANG), Goods(TONER, 4, AYI, old_parts=4)],
            Head(approved_by=DEPUTY),
            by=KEEPER,
        )
    assert (stock_of(stock, PENS), stock_of(stock, TONER)) == (20, 3)
    done = issue(stock, [Goods(PENS, 2, WANG), Goods(PAPER, 1, AYI), Goods(PENS, 1, None, "信息股")], NOW, by=KEEPER)
    assert done.number == "领〔2026〕1号"
    assert done.sentence == "领〔2026〕1号 王伟、阿依古丽·买买提等3处 中性笔 0.5黑 3支、A4复印纸 70g 1包;3行待签字"


def test_above_the_limit_a_head_approves_who_neither_writes_nor_takes_it(stock: Office) -> None:
    for approver, why in ((None, "写批准人"), (KEEPER, "不能自己批准"), (AYI, "要由股长"), (DEPUTY, "")):
        goods = [Goods(PAPER, 11, DEPUTY if approver is None else WANG)]
        if why:
            with pytest.raises(Refused, match=why) as refused:
                issue(stock, goods, Head(approved_by=approver), by=KEEPER)
            assert refused.value.field == "approved_by"
    with pytest.raises(Refused, match="上一级"):
        issue(stock, [Goods(PAPER, 11, DEPUTY)], Head(approved_by=DEPUTY), by=KEEPER)
    issue(stock, [Goods(PAPER, 11, WANG)], Head(approved_by=DEPUTY), by=KEEPER)
    assert stock_of(stock, PAPER) == 1


def test_the_limit_is_of_what_one_taker_gets_on_a_slip(stock: Office) -> None:
    buy(stock, PAPER, 20)
    issue(stock, [Goods(PAPER, 8, None, "信息股"), Goods(PAPER, 8, None, "综合股")], NOW, by=KEEPER)
    with pytest.raises(Refused, match="领16包,超过限额10包"):
        issue(stock, [Goods(PAPER, 8, None, "信息股"), Goods(PAPER, 8, None, "信息股")], NOW, by=KEEPER)


def test_who_is_not_at_the_office_gets_nothing(stock: Office, clock: SetClock) -> None:
    transfer_out(stock, AYI, date(2026, 10, 12), by=DIRECTOR)
    at(clock, 13)
    with pytest.raises(Refused, match="不在册"):
        give(stock, PENS, 1, AYI)
    with pytest.raises(Refused, match="花名册里没有这个人"):
        give(stock, PENS, 1, 99)
    with pytest.raises(Refused, match="领用人或股室"):
        issue(stock, [Goods(PENS, 1)], NOW, by=KEEPER)


def test_only_the_keeper_or_a_head_moves_the_stock(stock: Office) -> None:
    with pytest.raises(Refused, match="耗材保管人"):
        issue(stock, [Goods(PENS, 1, WANG)], NOW, by=AYI)
    with pytest.raises(Refused, match="F9"):
        issue(stock, [Goods(PENS, 1, WANG)], NOW, by=None)


def test_the_same_form_sent_twice_is_one_slip(stock: Office) -> None:
    first = issue(stock, [Goods(PENS, 1, WANG)], NOW, by=KEEPER, form_key="one")
    again = issue(stock, [Goods(PENS, 1, WANG)], NOW, by=KEEPER, form_key="one")
    assert first.number == again.number
    assert stock_of(stock, PENS) == 19
    slip = begin_count(stock, [PENS], by=KEEPER, form_key="count").slip
    assert begin_count(stock, [PENS], by=KEEPER, form_key="count").slip == slip


def test_writing_off_takes_a_reason_and_a_head(stock: Office) -> None:
    goods = [Goods(PENS, 4)]
    for head, field in ((Head(approved_by=DEPUTY), "remark"), (Head(remark="受潮"), "approved_by")):
        with pytest.raises(Refused) as refused:
            write_off(stock, goods, head, by=KEEPER)
        assert refused.value.field == field
    write_off(stock, goods, Head(remark="受潮写不出", approved_by=DEPUTY), by=KEEPER)
    assert months.balances(stock, "2026-10")[PENS] == Balance(20, 0, 0, 0, 4, 0)


def test_a_page_has_25_lines_and_what_does_not_fit_waits_for_the_next(stock: Office) -> None:
    buy(stock, PENS, 100)
    for _ in range(24):
        give(stock, PENS, 1, page="第１2页")
    done = issue(stock, [Goods(PENS, 1, WANG), Goods(PENS, 1, AYI)], NOW, "12", by=KEEPER)
    assert done.unsigned == 1
    slip = pages.slip_of(stock, done.slip)
    assert slip is not None
    assert [(line.paper_page, line.paper_row) for line in slip.lines] == [("12", 25), ("", None)]
    assert slip.state is SlipState.UNSIGNED
    with pytest.raises(Refused, match="25行已写满"):
        sign(stock, done.slip, (), "12", by=KEEPER)
    with pytest.raises(Refused, match="页号"):
        sign(stock, done.slip, (), "A;DROP", by=KEEPER)
    sign(stock, done.slip, (), "13", by=KEEPER)
    slip = pages.slip_of(stock, done.slip)
    assert slip is not None
    assert slip.state is SlipState.SIGNED
    with pytest.raises(Refused, match="已经签字"):
        sign(stock, done.slip, (), "13", by=KEEPER)


def test_a_line_put_right_stands_struck_above_the_right_one(stock: Office) -> None:
    line = give(stock, PAPER, 5, page="3")
    correct_line(stock, line, Goods(PAPER, 3, AYI), "数错", by=KEEPER)
    page = pages.ledger(stock, items(stock)[0], "2026-10", "2026-10")
    struck, right = (one for one in page.lines if one.voucher.startswith("领"))
    assert (struck.outgo, struck.balance, struck.struck_reason) == (5, None, "数错")
    assert (right.outgo, right.balance, right.summary) == (3, 9, "信息股 阿依古丽·买买提")
    assert (struck.voucher, right.voucher) == ("领〔2026〕1号", "领〔2026〕1号")
    slip = pages.slip_of(stock, slip_of(stock, line))
    assert slip is not None
    assert (slip.standing[0].paper_page, slip.standing[0].paper_row) == ("3", 1)
    with pytest.raises(Refused, match="已经划去"):
        correct_line(stock, line, Goods(PAPER, 2, AYI), "再改", by=KEEPER)


def test_no_correction_leaves_less_than_nothing_at_any_time(stock: Office, clock: SetClock) -> None:
    bought = buy(stock, PENS, 10)
    at(clock, 13)
    give(stock, PENS, 28, head=Head(approved_by=DEPUTY))
    at(clock, 14)
    buy(stock, PENS, 50)
    with pytest.raises(Refused, match=r"10月13日领〔2026〕1号就少8支"):
        void_slip(stock, bought, "重复", by=KEEPER)
    with pytest.raises(Refused, match="就少3支"):
        correct_line(stock, newest(stock) - 2, Goods(PENS, 5), "多写", by=KEEPER)
    with pytest.raises(Refused, match="不能小于零"):
        give(stock, PENS, 3, head=Head(date(2026, 10, 12)))
    with pytest.raises(Refused, match="就少8支"):
        correct_slip(stock, bought, Head(date(2026, 10, 14)), "日期写错", by=KEEPER)
    assert stock_of(stock, PENS) == 52


def test_a_slip_moved_to_another_day_stands_struck_on_the_day_it_was_written_on(stock: Office) -> None:
    bought = buy(stock, PENS, 10, 1500)
    correct_slip(stock, bought, Head(date(2026, 10, 9), "县文具店"), "日期写错", by=KEEPER)
    lines = [one for one in pages.ledger(stock, items(stock)[2], "2026-10", "2026-10").lines if one.voucher[:1] == "入"]
    assert [(one.day, one.is_struck, one.balance) for one in lines] == [
        (date(2026, 10, 9), False, 30),
        (date(2026, 10, 12), True, None),
    ]
    assert lines[0].summary == "入库 县文具店(补登)"


def test_one_line_of_several_is_struck_and_the_last_voids_the_slip(stock: Office) -> None:
    done = issue(stock, [Goods(PENS, 2, WANG), Goods(PAPER, 1, AYI)], NOW, by=KEEPER)
    paper = newest(stock)
    strike_line(stock, paper, "没有领", by=KEEPER)
    assert stock_of(stock, PAPER) == 12
    with pytest.raises(Refused, match="请用作废"):
        strike_line(stock, paper - 1, "没有领", by=KEEPER)
    assert void_slip(stock, done.slip, "没有领", by=KEEPER) == done.number
    assert stock_of(stock, PENS) == 20
    assert not verify_office(stock).findings


def test_a_count_freezes_what_it_counts_until_it_is_done_or_given_up(stock: Office) -> None:
    slip = begin_count(stock, [PENS], by=KEEPER).slip
    with pytest.raises(Refused, match="正在盘点"):
        give(stock, PENS, 1)
    give(stock, PAPER, 1)
    with pytest.raises(Refused, match="正在盘点"):
        begin_count(stock, by=KEEPER)
    with pytest.raises(Refused, match="没有填实存"):
        finish_count(stock, slip, WANG, DEPUTY, by=KEEPER)
    assert [one.text for one in due(stock, stock.now()) if "盘点" in one.text] == [
        "盘点盘〔2026〕1号没有完成,还有1种没填实存"
    ]
    cancel_count(stock, slip, "停电", by=KEEPER)
    give(stock, PENS, 1)


def test_a_difference_takes_a_reason_a_watcher_and_a_head_and_agreement_is_kept_too(stock: Office) -> None:
    slip = begin_count(stock, by=KEEPER).slip
    sheet = count_sheet(stock, slip)
    assert sheet is not None
    paper, toner, pens = (line.line for line in sheet.lines)
    assert enter_counts(stock, slip, {paper: (12, ""), toner: (3, "")}, by=KEEPER) == 1
    enter_counts(stock, slip, {pens: (19, "")}, by=KEEPER)
    for watched, approved, why in ((WANG, DEPUTY, "请写原因"), (KEEPER, DEPUTY, "监盘人"), (WANG, None, "盘点有差异")):
        with pytest.raises(Refused, match=why):
            finish_count(stock, slip, watched, approved, by=KEEPER)
        enter_counts(stock, slip, {pens: (19, "丢失一支")}, by=KEEPER)
    finish_count(stock, slip, WANG, DEPUTY, by=KEEPER)
    assert (stock_of(stock, PENS), stock_of(stock, PAPER)) == (19, 12)
    done = count_sheet(stock, slip)
    assert done is not None
    assert [(line.book, line.counted, line.difference) for line in done.lines] == [(12, 12, 0), (3, 3, 0), (20, 19, -1)]
    with pytest.raises(Refused, match="已经批准入账"):
        enter_counts(stock, slip, {pens: (20, "")}, by=KEEPER)
    assert "10月12日盘点(盘〔2026〕1号):中性笔 0.5黑-1支" in months.notes_of(stock, "2026-10")


def test_a_count_that_agrees_needs_no_approval(stock: Office) -> None:
    slip = begin_count(stock, [PENS], by=KEEPER).slip
    enter_counts(stock, slip, {newest(stock): (20, "")}, by=KEEPER)
    finish_count(stock, slip, WANG, None, by=KEEPER)
    assert months.notes_of(stock, "2026-10") == ["10月12日盘点(盘〔2026〕1号):账实相符"]


def test_a_count_the_book_no_longer_agrees_with_is_a_finding_until_it_is_put_right(
    stock: Office, clock: SetClock
) -> None:
    give(stock, PENS, 2)
    counted = count_all(stock, {PENS: (15, "三支没登记")})
    assert not broken_counts(stock)
    at(clock, 13)
    issue(stock, [Goods(PENS, 3, None, "行政股")], Head(date(2026, 10, 10)), by=KEEPER)
    (finding,) = broken_counts(stock)
    assert "盘点15支,账上推算12支" in str(finding)
    assert next(one.text for one in due(stock, stock.now()) if one.is_overdue) == str(finding)
    sheet = count_sheet(stock, counted)
    assert sheet is not None
    with pytest.raises(Refused, match="更正盘点"):
        correct_line(stock, sheet.lines[0].line, Goods(PENS, 15), "漏登", by=KEEPER)
    correct_count(stock, sheet.lines[0].line, 15, "补登了10月10日的领用", DEPUTY, by=KEEPER)
    assert not broken_counts(stock)
    assert stock_of(stock, PENS) == 15
    assert months.balances(stock, "2026-10")[PENS].adjusted == 0


def test_a_count_checked_against_a_file_changed_from_outside_is_a_finding(stock: Office) -> None:
    count_all(stock, {PENS: (20, "")})
    stock.database.execute_sql("UPDATE supply_lines SET change = 25 WHERE item_id = 3 AND amount_fen IS NOT NULL")
    assert len(broken_counts(stock)) == 1
    assert verify_office(stock).findings


def test_a_closed_month_takes_no_slip_but_the_present_one_does_as_posted_late(stock: Office, clock: SetClock) -> None:
    at(clock, 3, 11)
    close(stock, "2026-10")
    with pytest.raises(Refused, match=r"10月已月结.*日期写今天") as refused:
        give(stock, PENS, 1, head=Head(date(2026, 10, 28)))
    assert not isinstance(refused.value, Sealed)
    with pytest.raises(Refused, match="还没有月结"):
        give(stock, PENS, 1, head=Head(fact_day=date(2026, 11, 2)))
    line = give(stock, PENS, 1, head=Head(fact_day=date(2026, 10, 28)))
    slip = pages.slip_of(stock, slip_of(stock, line))
    assert slip is not None
    assert (slip.day, slip.late_reason) == (date(2026, 11, 3), "补登10月28日")
    assert months.notes_of(stock, "2026-11") == ["领〔2026〕1号补登10月28日的领用"]
    assert months.balances(stock, "2026-10")[PENS] == Balance(20)


def test_a_mistake_in_a_closed_month_is_put_right_by_an_amendment_of_every_month_since(
    stock: Office, clock: SetClock
) -> None:
    line = give(stock, PENS, 5, page="1")
    at(clock, 3, 11)
    close(stock, "2026-10")
    at(clock, 3, 12)
    close(stock, "2026-11")
    with pytest.raises(Sealed):
        correct_line(stock, line, Goods(PENS, 4, WANG), "多写一支", by=KEEPER)
    paper = Amendment(DEPUTY, "数错", "更1")
    assign_post(stock, DEPUTY, Post.DEPUTY_IN_CHARGE, by=DIRECTOR)
    amend(stock, paper, lambda: correct_line(stock, line, Goods(PENS, 4, WANG), "多写一支", by=KEEPER), by=KEEPER)
    seals = [closing.sealed(stock, SUPPLIES.word, month) for month in ("2026-10", "2026-11")]
    assert [seal.revision for seal in seals if seal is not None] == [2, 2]
    assert months.balances(stock, "2026-11")[PENS] == Balance(16)


def test_a_month_is_closed_once_it_is_over_signed_counted_and_after_the_one_before(
    stock: Office, clock: SetClock
) -> None:
    line = give(stock, PENS, 1)
    begin_count(stock, [TONER], by=KEEPER)
    assert [str(one) for one in months.pending(stock, "2026-10")] == [
        "耗材:本月还没有过完",
        "领〔2026〕1号:领用人还没有签字",
        "盘〔2026〕1号:盘点还没有完成",
    ]
    at(clock, 2, 11)
    with pytest.raises(Refused, match="还不能封存"):
        close(stock, "2026-10")
    sign(stock, slip_of(stock, line), (), "1", by=KEEPER)
    cancel_count(stock, slip_of(stock, newest(stock)), "停电", by=KEEPER)
    at(clock, 2, 12)
    assert [str(one) for one in months.pending(stock, "2026-11")] == ["耗材:10月还没有月结,先结上月"]
    with pytest.raises(Refused, match="耗材保管人"):
        close(stock, "2026-10", by=WANG)
    close(stock, "2026-10")
    close(stock, "2026-11")


def test_the_ledger_reads_as_the_paper_book(stock: Office, clock: SetClock) -> None:
    buy(stock, PAPER, 20, 48000)
    give(stock, PAPER, 5)
    at(clock, 20, 11)
    give(stock, PAPER, 7, AYI)

    def words(line: LedgerLine) -> tuple[str, int | None, int | None, int | None]:
        return line.summary, line.income, line.outgo, line.balance

    page = pages.ledger(stock, items(stock)[0], "2026-11", "2026-10")
    assert [words(line) for line in page.lines] == [
        ("上月结转", None, None, 0),
        ("期初", 12, None, 12),
        ("入库", 20, None, 32),
        ("王伟(行政股)", None, 5, 27),
        ("本月合计", 32, 5, 27),
        ("本年累计", 32, 5, 27),
        ("信息股 阿依古丽·买买提", None, 7, 20),
        ("本月合计", 0, 7, 20),
        ("本年累计", 32, 12, 20),
        ("结转下月", None, None, 20),
    ]
    assert page.unit_fen == 2400
    assert page.twelve[-2:] == (("2026-10", 5), ("2026-11", 7))
    january = pages.ledger(stock, items(stock)[0], "2027-01", "2027-01")
    assert words(january.lines[0]) == ("上年结转", None, None, 20)
    assert words(pages.ledger(stock, items(stock)[0], "2026-12", "2026-12").lines[-1])[0] == "结转下年"
    assert words(pages.ledger(stock, items(stock)[0], "2026-12", "2026-12").lines[2]) == ("本年累计", 32, 12, 20)


def test_sections_by_items_add_up_to_what_was_issued_less_what_came_back(stock: Office) -> None:
    line = give(stock, PENS, 6)
    give(stock, PENS, 2, AYI)
    give(stock, TONER, 1, AYI, old_parts=1)
    give_back(stock, line, 1, NOW, is_unopened=True, by=KEEPER)
    table = use.cross_tab(stock, "2026-10")
    assert [(row.section, row.heads, row.counts, row.amount_fen) for row in table.rows] == [
        ("行政股", 2, (0, 5), 750),
        ("信息股", 2, (1, 2), 300),
    ]
    assert (table.totals, table.amount_fen) == ((1, 7), 1050)


def test_use_far_above_the_sections_own_past_is_pointed_out(stock: Office, clock: SetClock) -> None:
    buy(stock, PENS, 200)
    for month, count in ((10, 3), (11, 4), (12, 2)):
        at(clock, 14, month)
        give(stock, PENS, count, AYI)
        give(stock, PENS, 3, WANG)
    clock.set(datetime(2027, 1, 14, 9, 0))
    give(stock, PENS, 9, AYI)
    give(stock, PENS, 4, WANG)
    rows = use.use_month(stock, "2027-01").rows
    assert [(row.section, row.this, row.last, row.signal.word) for row in rows] == [
        ("信息股", 9, 2, "明显偏高"),
        ("行政股", 4, 3, ""),
    ]
    assert rows[0].signal.usual == 3
    assert rows[0].per_head == 4.5
    assert months.month_summary(stock, "2027-01") == "领用2笔 用量偏高1处"


def test_what_is_low_is_due_and_on_the_purchase_plan_in_whole_packs(stock: Office) -> None:
    assert [one.text for one in due(stock, stock.now())] == []
    give(stock, PAPER, 3)
    lines = [one.text for one in due(stock, stock.now())]
    assert lines == ["领用单待签字 1张,最早领〔2026〕1号(10月12日)", "库存低 A4复印纸 70g9包(最低10)"]
    (line,) = use.purchase_plan(stock).lines
    assert (line.item.name, line.stock, line.count, line.unit_fen, line.amount_fen) == ("A4复印纸", 9, 10, 2350, 23500)


def test_a_count_falls_due_after_three_months(stock: Office, clock: SetClock) -> None:
    at(clock, 12, 11)
    give(stock, PENS, 1)
    at(clock, 12, 12)
    give(stock, PENS, 1)
    clock.set(datetime(2027, 1, 2, 9, 0))
    assert "耗材该盘点了,还没有盘点过" in [one.text for one in due(stock, stock.now())]
    count_all(stock, {PENS: (18, "")})
    assert not [one for one in due(stock, stock.now()) if "该盘点" in one.text]


def test_an_item_is_found_by_code_initials_and_name_and_kept_once(stock: Office) -> None:
    listed = items(stock)
    assert [one.code for one in listed] == ["01", "02", "03"]
    for typed, name in (("02", "硒鼓"), ("a4", "A4复印纸"), ("复印", "A4复印纸"), ("ZXB", "中性笔"), ("388", "硒鼓")):
        assert [one.name for one in match_items(listed, typed)] == [name]
    assert match_items(listed, "") == match_items(listed, "电脑") == []
    with pytest.raises(Refused, match="已有A4复印纸 70g"):
        add_item(stock, ItemPlan("A4 复印纸", "箱", "70G"), by=KEEPER)
    with pytest.raises(Refused, match="编码02已经用过"):
        add_item(stock, ItemPlan("订书钉", "盒", code="02"), by=KEEPER)


def test_a_unit_stays_once_it_was_counted_in_and_a_change_keeps_what_stood_before(stock: Office) -> None:
    paper = items(stock)[0]
    with pytest.raises(Refused, match="单位不能改"):
        change_item(stock, PAPER, ItemPlan("A4复印纸", "张", "70g"), "按张领", by=KEEPER)
    changed = change_item(stock, PAPER, ItemPlan("A4复印纸", "包", "80g", minimum=5), "换规格", by=KEEPER)
    assert (changed.title, changed.minimum, changed.id) == ("A4复印纸 80g", 5, paper.id)
    old = stock.fetch("SELECT specification, struck_reason FROM supply_profiles WHERE item_id = 1 AND revision = 1")
    assert old == [("70g", "换规格")]
    assert plan_of(changed).code == "01"


def test_what_is_in_stock_is_kept_and_what_is_not_kept_is_not_issued(stock: Office) -> None:
    with pytest.raises(Refused, match="还有20支"):
        retire_item(stock, PENS, "不用了", by=KEEPER)
    give(stock, PENS, 20, head=Head(approved_by=DEPUTY))
    retire_item(stock, PENS, "不用了", by=KEEPER)
    with pytest.raises(Refused, match="已停用"):
        buy(stock, PENS, 5)
    retire_item(stock, PENS, "又要用", back=True, by=KEEPER)
    buy(stock, PENS, 5)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (ItemPlan("", "个"), "name"),
        (ItemPlan("甲" * 31, "个"), "name"),
        (ItemPlan("订书钉", ""), "unit"),
        (ItemPlan("订书钉", "10个"), "unit"),
        (ItemPlan("订书钉", "盒", pack_unit="箱"), "pack_size"),
        (ItemPlan("订书钉", "盒", pack_size=10), "pack_size"),
        (ItemPlan("订书钉", "盒", pack_unit="盒", pack_size=10), "pack_unit"),
        (ItemPlan("订书钉", "盒", minimum=-1), "minimum"),
        (ItemPlan("订书钉", "盒", limit=0), "limit"),
        (ItemPlan("订书钉", "盒", code="../x"), "code"),
        (ItemPlan("机密★3年", "盒"), "name"),
    ],
)
def test_an_item_that_cannot_be_is_refused_under_its_field(stock: Office, plan: ItemPlan, field: str) -> None:
    with pytest.raises(Refused) as refused:
        add_item(stock, plan, by=KEEPER)
    assert refused.value.field == field


def test_hostile_text_is_kept_as_text_or_refused_and_never_lost(stock: Office) -> None:
    name = "[/red]=cmd()'; DROP TABLE x--\x1b[31m笔\u202e"
    item = add_item(stock, ItemPlan(name, "支"), by=KEEPER)
    assert item.name == "[/red]=cmd()'; DROP TABLE x--笔"
    buy(stock, item.id, 3, head=Head(source="=HYPERLINK(1)"))
    with pytest.raises(Refused, match="涉密内容"):
        give(stock, item.id, 1, head=Head(remark="秘密★5年"))
    assert search(stock, "[/red]")[0].text.startswith("入〔2026〕1号 入库")
    assert [hit.text for hit in search(stock, "hyperlink")] == [hit.text for hit in search(stock, "入〔2026〕1号")]
    assert search(stock, "没有的字") == search(stock, "") == []


def test_a_day_to_come_or_long_gone_is_refused(stock: Office) -> None:
    for day in (date(2026, 10, 13), date(2025, 10, 1)):
        with pytest.raises(Refused) as refused:
            give(stock, PENS, 1, head=Head(day))
        assert refused.value.field == "day"
    for count in (0, -1, 10**7):
        with pytest.raises(Refused, match="大于0"):
            give(stock, PENS, count)


def test_everything_written_is_in_the_journal(stock: Office) -> None:
    line = give(stock, PENS, 5, page="1")
    correct_line(stock, line, Goods(PENS, 4, AYI), "写错", by=KEEPER)
    count_all(stock, {PENS: (16, ""), PAPER: (11, "少一包")})
    write_off(stock, [Goods(PAPER, 1)], Head(remark="受潮", approved_by=DEPUTY), by=KEEPER)
    assert not verify_office(stock).findings
