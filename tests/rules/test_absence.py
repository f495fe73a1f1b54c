"""The rules of 旷工认定: the moves, who signs, and what the sheet says of a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.clock import month_days
from govoffice_tui.rules.absence import (
    MOVES,
    STATES,
    absence_remarks,
    halves_label,
    halves_of,
    mask_of,
    require_move,
    require_pending,
    signers,
)
from govoffice_tui.rules.authority import VERBS, Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, MonthFacts, MonthFrame, PersonMonth, bit, rule_month
from govoffice_tui.rules.refusal import Refused
from tests.rules.test_attendance import PERSON

DAY = date(2026, 10, 12)
OCTOBER = tuple(month_days("2026-10"))
AM, PM = bit(DAY, Half.MORNING), bit(DAY, Half.AFTERNOON)


def day_of(**claims: int) -> PersonMonth:
    """Return the month of somebody who was due on one day alone."""
    given_ = {HalfStatus(status): halves for status, halves in claims.items()}
    return rule_month(PERSON, MonthFrame(OCTOBER, AM | PM, AM | PM), MonthFacts(member=AM | PM, claims=given_))


def test_every_move_is_ruled_and_every_other_is_refused() -> None:
    for state in STATES:
        for verb in {verb for _, verb in MOVES}:
            if (state, verb) in MOVES:
                after, article, post = MOVES[state, verb]
                assert require_move(state, verb) is after
                assert article == "考勤制度第3条"
                assert post in VERBS[verb]
            else:
                with pytest.raises(Refused, match="这张认定单"):
                    require_move(state, verb)


@pytest.mark.parametrize(
    ("claims", "counts", "remarks"),
    [
        # example 9
        ({"absent": AM, "signed": PM}, (2, 0, 0), ("10月12日上午旷工,按日计(下午已签不另计)",)),
        # example 10
        ({"personal": AM, "absent": PM}, (2, 0, 0), ("10月12日下午旷工,按日计(上午事假不另计)",)),
        ({"absent": AM | PM}, (2, 0, 0), ("10月12日全天旷工",)),
        ({"absent": AM}, (2, 0, 0), ("10月12日上午旷工,按日计",)),
        ({"absent": AM, "late": PM}, (2, 0, 0), ("10月12日上午旷工,按日计(下午迟到不另计)",)),
        ({"absent": AM, "signed": AM | PM}, (0, 2, 0), ()),
        ({"personal": AM, "signed": PM}, (0, 1, 1), ()),
    ],
)
def test_a_day_of_absence_counts_once_and_says_what_it_swallows(
    claims: dict[str, int], counts: tuple[int, int, int], remarks: tuple[str, ...]
) -> None:
    month = day_of(**claims)
    assert (month.absent_count, month.attended_count, month.leave_count) == counts
    assert absence_remarks(month, OCTOBER) == remarks
    assert month.imbalance == 0


def test_whose_signature_decides() -> None:
    assert signers({Post.SECTION_HEAD}) == {Post.DEPUTY_IN_CHARGE, Post.DIRECTOR}
    assert signers({Post.DEPUTY_IN_CHARGE}) == {Post.DIRECTOR}
    assert signers({Post.DIRECTOR, Post.DEPUTY_IN_CHARGE}) == frozenset()


@pytest.mark.parametrize("status", HalfStatus)
def test_only_a_half_day_pending_can_be_found(status: HalfStatus) -> None:
    if status is HalfStatus.PENDING:
        require_pending("王伟", DAY, Half.MORNING, status)
        return
    with pytest.raises(Refused, match="不能认定旷工") as refusal:
        require_pending("王伟", DAY, Half.MORNING, status)
    assert refusal.value.field == "halves"


@given(st.sets(st.sampled_from(Half), min_size=1))
def test_the_half_days_of_a_paper_are_kept(halves: set[Half]) -> None:
    assert set(halves_of(mask_of(halves))) == halves
    assert mask_of(halves) in (1, 2, 3)
    assert halves_label(halves) in ("上午", "下午", "全天")
