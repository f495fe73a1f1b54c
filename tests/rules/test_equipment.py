"""办公设施: every move of a machine, a repair and a loan, and what is ticked off before a machine leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.equipment import (
    EQUIPMENT_MOVES,
    EQUIPMENT_STATES,
    LOAN_MOVES,
    LOAN_STATES,
    REPAIR_MOVES,
    REPAIR_STATES,
    Breach,
    EquipmentState,
    Handling,
    LoanState,
    RepairState,
    StorageTicks,
    accessories_of,
    add_months,
    equipment_move,
    loan_move,
    read_cost,
    repair_move,
    require_handling,
    require_storage_out,
    storage_left,
)
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.refusal import Refused

DONE = StorageTicks(True, True, True, "柏玉兰", "郑爽爽")


@pytest.mark.parametrize(
    ("states", "moves", "move"),
    [
        (EQUIPMENT_STATES, EQUIPMENT_MOVES, equipment_move),
        (REPAIR_STATES, REPAIR_MOVES, repair_move),
        (LOAN_STATES, LOAN_MOVES, loan_move),
    ],
)
def test_every_move_is_ruled_and_every_other_is_refused(states, moves, move) -> None:  # type: ignore[no-untyped-def]
    for state in states:
        for verb in {verb for _, verb in moves}:
            if (state, verb) in moves:
                after, article, post = moves[state, verb]
                assert move(state, verb) is after
                assert article_text(article)
                assert post is None or post in VERBS[verb]
            else:
                with pytest.raises(Refused, match="不能") as refused:
                    move(state, verb)
                assert refused.value.article
                assert "。" in refused.value.message


def test_nothing_leads_out_of_scrap_and_a_settled_or_refused_loan() -> None:
    assert not [verb for state, verb in EQUIPMENT_MOVES if state is EquipmentState.SCRAPPED]
    ended = (LoanState.RETURNED, LoanState.SETTLED, LoanState.REFUSED)
    assert not [verb for state, verb in LOAN_MOVES if state in ended]
    assert [verb for state, verb in REPAIR_MOVES if state is RepairState.CHECKED] == ["correct_repair"]


def test_only_a_machine_in_use_is_lent() -> None:
    assert [state for state, verb in EQUIPMENT_MOVES if verb == "hand_out"] == [EquipmentState.IN_USE]


@pytest.mark.parametrize(
    "open_item",
    [
        {"is_removed": False},
        {"is_kept": False},
        {"is_emptied": False},
        {"keeper": ""},
        {"escort": ""},
    ],
)
def test_a_classified_machine_leaves_only_with_the_whole_list_ticked(open_item: dict[str, object]) -> None:
    require_storage_out(DONE)
    ticks = replace(DONE, **open_item)  # type: ignore[arg-type]
    assert len(storage_left(ticks)) == 1
    with pytest.raises(Refused, match="涉密设备不能送修,还缺1项") as refused:
        require_storage_out(ticks)
    assert refused.value.article == "保密制度第4条"
    assert refused.value.field in open_item


def test_a_classified_machine_is_repaired_in_the_house_under_eyes() -> None:
    require_handling(Handling.VISIT, True, "柏玉兰")
    require_handling(Handling.ON_SITE, False, "")
    with pytest.raises(Refused, match="专人在场"):
        require_handling(Handling.ON_SITE, True, "")
    with pytest.raises(Refused, match="请选“送修”"):
        require_handling(Handling.SENT, False, "")


def test_a_breach_rests_on_its_own_article() -> None:
    assert Breach.PRIVATE_LOAN.article == Breach.MISHANDLING.article == "办公设施管理制度第4条"
    assert Breach.OTHER_USE.article == "办公设施管理制度第3条"


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2026, 11, 15), 2) == date(2027, 1, 15)


@given(st.integers(0, 10**10))
def test_a_sum_reads_back_as_it_is_shown(fen: int) -> None:
    assert read_cost(yuan(fen), "cost") == fen


@pytest.mark.parametrize("typed", ["一百", "1.234", "-5", "1e3", "1.2.3"])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="金额写元"):
        read_cost(typed, "cost")


def test_a_checklist_is_read_with_any_comma_each_thing_once() -> None:
    assert accessories_of("电源线、遥控器,包;电源线 、") == ("电源线", "遥控器", "包")
