"""耗材 in rules: counts in packs, money half up, the stock that never lacks, and what is far above the usual."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govoffice_tui.rules.authority import VERBS, Post
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import (
    MOVES,
    STATES,
    Balance,
    Item,
    Movement,
    Price,
    SlipKind,
    SlipState,
    balance,
    check_old_parts,
    needs_approval,
    read_count,
    read_money,
    require_move,
    shortfall,
    suggested_purchase,
    use_signal,
)

PAPER = Item(1, "01", "A4复印纸", "70g", "包", "箱", 10, 10, None, False, False, "a4fyz")
TONER = Item(2, "02", "硒鼓", "388A", "支", "", 1, 2, 1, True, False, "xg")


@pytest.mark.parametrize(
    ("typed", "count"),
    [("12", 12), (" 12 包", 12), ("2箱", 20), ("1箱2包", 12), ("１２", 12), ("1,200", 1200), ("0", 0)],
)
def test_a_count_is_typed_in_units_or_packs(typed: str, count: int) -> None:
    assert read_count(typed, PAPER) == count


@pytest.mark.parametrize("typed", ["", "半包", "1.5", "-3", "2盒", "1包2包", "1箱2", "箱", "99999999", "12²包", "٣"])
def test_anything_else_is_no_count(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_count(typed, PAPER)
    assert refused.value.field == "count"


def test_an_item_without_packs_knows_no_pack() -> None:
    with pytest.raises(Refused, match="没有“箱”"):
        read_count("2箱", TONER)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("", None),
        ("235", 23500),
        ("23.5", 2350),
        ("0.005", 1),
        ("0.0049", 0),
        ("1.115", 112),
        ("2.675", 268),
        ("￥1,234.50元", 123450),
        ("０", 0),
        ("5.", 500),
    ],
)
def test_money_is_rounded_half_up_and_an_empty_price_is_none(typed: str, fen: int | None) -> None:
    assert read_money(typed) == fen


@pytest.mark.parametrize("typed", ["-1", "1e3", "NaN", "一百", "1.2.3", "9999999999", ".5"])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_money(typed)


def test_an_unknown_price_prints_blank_and_nothing_costs_nothing() -> None:
    assert (yuan(None), yuan(0), yuan(5), yuan(123450)) == ("", "0.00", "0.05", "1234.50")


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_the_worth_of_a_stock_is_that_of_what_was_paid(fen: int, bought: int, count: int) -> None:
    worth = Price(fen, bought).of(count)
    assert abs(worth * bought - fen * count) * 2 <= bought
    assert Price(fen, bought).of(bought) == fen


# example 26
def test_the_month_is_what_stood_before_and_what_moved() -> None:
    changes = [(SlipKind.RECEIVE, 20), (SlipKind.ISSUE, -15), (SlipKind.RETURN, 2), (SlipKind.COUNT, -1)]
    assert balance(12, changes) == Balance(12, 20, 15, 2, 0, -1)
    assert balance(12, changes).closing == 18
    assert balance(18, ()).opening == 18


def test_what_a_book_begins_with_is_the_first_months_opening() -> None:
    assert balance(0, [(SlipKind.OPENING, 7), (SlipKind.WASTE, -2)]) == Balance(7, 0, 0, 0, 2, 0)


def test_the_first_movement_that_lacks_is_named_whatever_the_order_they_were_typed_in() -> None:
    late = Movement("2026-10-03", 3, -4, "领3")
    moves = [Movement("2026-10-01", 1, 5, "入1"), Movement("2026-10-05", 2, -3, "领2"), late]
    assert shortfall(moves[:2]) is None
    assert shortfall(moves) == (moves[1], 2)


def test_lines_of_one_slip_act_at_once() -> None:
    assert shortfall([Movement("2026-10-01", 1, -3), Movement("2026-10-01", 1, 3)]) is None


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(-9, 9)), max_size=12))
@settings(deadline=None, max_examples=80)
def test_nothing_lacks_exactly_where_every_running_stock_is_there(moves: list[tuple[int, int]]) -> None:
    typed = [Movement(f"2026-10-{day:02d}", place, change) for place, (day, change) in enumerate(moves, 1)]
    stock, ran = 0, []
    for one in sorted(typed, key=lambda move: (move.day, move.place)):
        stock += one.change
        ran.append(stock)
    assert (shortfall(typed) is None) == all(one >= 0 for one in ran)


def test_above_the_limit_means_more_than_it_and_an_item_may_have_its_own() -> None:
    assert not needs_approval(PAPER, 10, 10)
    assert needs_approval(PAPER, 11, 10)
    assert not needs_approval(PAPER, 500, 0)
    assert needs_approval(TONER, 2, 10)


def test_an_old_one_comes_in_for_a_new_one_or_a_reason() -> None:
    check_old_parts(TONER, 1, 1, "")
    check_old_parts(TONER, 1, 0, "新机第一支")
    for old, reason, count in ((0, "", 1), (1, "", 2), (3, "", 2)):
        with pytest.raises(Refused):
            check_old_parts(TONER, count, old, reason)
    with pytest.raises(Refused, match="不以旧换新"):
        check_old_parts(PAPER, 1, 1, "")


def test_far_above_takes_a_past_twice_as_small_and_more_than_a_pen() -> None:
    assert use_signal(12, [4, 3, 5]).word == "明显偏高"
    assert use_signal(7, [4, 4, 4]).word == ""
    assert use_signal(2, [1, 0, 1]).word == ""
    assert use_signal(50, [1, 1]) == use_signal(0, [])
    assert use_signal(3, [0, 0, 0]).is_far_above


def test_a_purchase_fills_up_to_the_minimum_and_a_quarter_in_whole_packs() -> None:
    assert suggested_purchase(PAPER, 6, 4.2) == 20
    assert suggested_purchase(PAPER, 60, 4) == 0
    assert suggested_purchase(TONER, 0, 0.4) == 4


def test_every_move_starts_and_ends_in_a_state_and_belongs_to_a_verb() -> None:
    for (state, verb), (after, article, post) in MOVES.items():
        assert state in STATES
        assert after in STATES
        assert verb in VERBS
        assert article.startswith("办公设施管理制度")
        assert post is Post.SUPPLIES_KEEPER
        assert require_move(state, verb) is after


def test_a_move_that_is_none_is_refused_with_what_to_do_instead() -> None:
    for state in STATES:
        for verb in {verb for _, verb in MOVES}:
            if (state, verb) not in MOVES:
                with pytest.raises(Refused) as refused:
                    require_move(state, verb)
                assert refused.value.article
    with pytest.raises(Refused, match="取消盘点"):
        require_move(SlipState.COUNTING, "void_supply_slip")
