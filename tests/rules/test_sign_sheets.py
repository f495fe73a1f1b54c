"""The rules of sheets: what each state allows, where people sign, and what the settings may say of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.rules.attendance import SessionHours
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings, read_sign_points
from govoffice_tui.rules.sign_points import EVERYWHERE, point_of
from govoffice_tui.rules.sign_sheets import (
    SHEET_MOVES,
    SHEET_STATES,
    PaperReason,
    SheetMark,
    SheetState,
    refuse_on_screen,
    require_in_time,
    require_sheet_state,
    sheet_place,
)

HOURS = SessionHours(datetime(2026, 6, 10, 7, 0), datetime(2026, 6, 10, 8, 15))


def test_every_state_allows_what_its_moves_say_and_nothing_else() -> None:
    for state in SHEET_STATES:
        for verb in {verb for _, verb in SHEET_MOVES}:
            if (state, verb) in SHEET_MOVES:
                assert require_sheet_state(state, verb, "上午") is SHEET_MOVES[state, verb][0]
            else:
                with pytest.raises(Refused, match="上午") as refusal:
                    require_sheet_state(state, verb, "上午")
                assert refusal.value.article == "考勤制度第2条"


def test_nothing_follows_the_check_and_every_state_is_reached() -> None:
    assert not [state for state, _ in SHEET_MOVES if state is SheetState.CHECKED]
    assert {after for after, _, _ in SHEET_MOVES.values()} | {SheetState.OPEN} == set(SHEET_STATES)


def test_whoever_a_move_names_may_carry_out_its_verb() -> None:
    assert all(post in VERBS[verb] for (_, verb), (_, _, post) in SHEET_MOVES.items())


@pytest.mark.parametrize("state", SHEET_STATES)
@pytest.mark.parametrize("verb", ["sign_in", "strike_sign_in", "take_back_sign_in"])
def test_only_an_open_sheet_takes_a_signature_and_strikes_end_with_the_collection(state: SheetState, verb: str) -> None:
    if state is SheetState.OPEN or (state is SheetState.PAPER and verb != "sign_in"):
        refuse_on_screen(state, verb, "上午")
    else:
        with pytest.raises(Refused, match="上午"):
            refuse_on_screen(state, verb, "上午")


def test_the_cut_off_second_is_in_time_and_the_next_is_not() -> None:  # example 1
    collected = datetime(2026, 6, 10, 8, 40)
    require_in_time("王伟", datetime(2026, 6, 10, 8, 15, 0), HOURS, collected)
    with pytest.raises(Refused, match="8:15:01晚于截止8:15,请记迟到"):
        require_in_time("王伟", datetime(2026, 6, 10, 8, 15, 1), HOURS, collected)


@given(st.datetimes(datetime(2026, 6, 9), datetime(2026, 6, 11)), st.datetimes(HOURS.opens, datetime(2026, 6, 10, 9)))
def test_a_time_is_taken_exactly_between_the_opening_and_the_earlier_of_cut_off_and_collection(
    at: datetime, collected: datetime
) -> None:
    if HOURS.opens <= at <= min(HOURS.cutoff, collected):
        require_in_time("王伟", at, HOURS, collected)
    else:
        with pytest.raises(Refused):
            require_in_time("王伟", at, HOURS, collected)


def test_words_are_those_of_the_office() -> None:
    assert [reason.label for reason in PaperReason] == ["停电", "故障", "未开机", "分会场", "其他"]
    assert [mark.label for mark in SheetMark] == ["到", "迟到", "请假", "公出", "缺签"]
    assert all(state.label for state in SHEET_STATES)
    assert sheet_place("老楼", date(2026, 6, 10), Half.MORNING) == "老楼6月10日上午"


def test_a_section_signs_at_its_place_and_one_that_no_place_names_at_the_first() -> None:
    points = Settings(sign_points="主楼=办领导、行政股;老楼=信息股、资料动态股").points
    assert [point.name for point in points] == ["主楼", "老楼"]
    found = [point_of(section, points) for section in ("行政股", "信息股", "新设股", "")]
    assert found == ["主楼", "老楼", "主楼", "主楼"]
    assert [point_of(section, Settings().points) for section in ("行政股", "信息股")] == ["", ""]


def test_no_place_can_be_called_what_stands_for_all_of_them() -> None:
    with pytest.raises(ValueError, match="place"):
        read_sign_points(f"{EVERYWHERE}=行政股;老楼=信息股")
