"""Who holds which post from when to when, and who may change the staff list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post, end_post, holdings_on, without_deputy
from govoffice_tui.registers.staff_changes import NewPerson, Origin, add_person, retire, transfer_out
from govoffice_tui.registers.staff_profiles import rename
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused

KEEPER = 3
TODAY = date(2026, 10, 12)
NOVEMBER_16 = date(2026, 11, 16)


def test_a_keeper_post_without_its_deputy_is_named(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, 3, Post.SIGN_IN_KEEPER, by=1)
    assign_post(office, 4, Post.SUPPLIES_KEEPER, first=date(2026, 11, 2), last=date(2026, 11, 30), by=1)
    assert without_deputy(office, TODAY) == [Post.SIGN_IN_KEEPER]
    assert without_deputy(office, NOVEMBER_16) == [Post.SIGN_IN_KEEPER, Post.SUPPLIES_KEEPER]
    assign_post(office, 4, Post.SIGN_IN_KEEPER, "B", by=1)
    assert without_deputy(office, TODAY) == []


def test_seals_have_no_deputy_keeper_and_several_keep_them_side_by_side(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, 3, Post.SEAL_KEEPER, by=1)
    assign_post(office, 5, Post.SEAL_KEEPER, by=1)
    assert {one.staff for one in holdings_on(office, TODAY) if one.post is Post.SEAL_KEEPER} == {3, 5}
    assert without_deputy(office, TODAY) == []


def test_a_post_passes_on_with_the_day_and_shared_ones_are_held_side_by_side(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, 3, Post.SIGN_IN_KEEPER, by=1)
    assign_post(office, 4, Post.SIGN_IN_KEEPER, first=NOVEMBER_16, by=1)
    assert [(one.post, one.staff, one.last) for one in holdings_on(office, TODAY)] == [
        (Post.DIRECTOR, 1, None),
        (Post.SIGN_IN_KEEPER, 3, date(2026, 11, 15)),
    ]
    for person in (4, 8):
        assign_post(office, person, Post.SECTION_HEAD, by=1)
    assert [one.staff for one in holdings_on(office, NOVEMBER_16)] == [1, 4, 8, 4]
    with pytest.raises(Refused, match="已经是签到管理人A角"):
        assign_post(office, 3, Post.SIGN_IN_KEEPER, "B", by=1)
    with pytest.raises(Refused, match="不能倒填"):
        assign_post(office, 5, Post.SEAL_KEEPER, first=date(2026, 10, 11), by=1)


def test_a_post_ends_with_a_day(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    held = assign_post(office, 3, Post.SIGN_IN_KEEPER, by=1)
    end_post(office, held, date(2026, 10, 16), by=1)
    assert [one.post for one in holdings_on(office, date(2026, 10, 17))] == [Post.DIRECTOR]
    end_post(office, held, by=1)
    assert [one.post for one in holdings_on(office, TODAY)] == [Post.DIRECTOR]


def test_somebody_who_may_assign_posts_is_always_left(office: Office, clock: SetClock) -> None:
    held = assign_post(office, 1, Post.DIRECTOR, by=None)
    clock.set(datetime(2026, 10, 13, 7, 50))
    acts: tuple[Callable[[], object], ...] = (
        lambda: end_post(office, held, by=1),
        lambda: retire(office, 1, date(2026, 10, 30), by=1),
        lambda: assign_post(office, 2, Post.DIRECTOR, last=date(2026, 12, 31), by=1),
    )
    for act in acts:
        with pytest.raises(Refused, match="谁也不能再指定岗位"):
            act()
    assign_post(office, 2, Post.DIRECTOR, first=date(2026, 10, 31), by=1)
    retire(office, 1, date(2026, 10, 30), by=1)


def test_only_the_keeper_and_the_heads_change_the_list(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    for post in (Post.SIGN_IN_KEEPER, Post.SECTION_HEAD, Post.DEPUTY_IN_CHARGE):
        assign_post(office, KEEPER, post, by=1)
    with pytest.raises(Refused, match="签到管理人"):
        add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=4)
    with pytest.raises(Refused, match="先按F9"):
        rename(office, 4, "王为", TODAY, by=None)
    add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=KEEPER)


def test_a_post_is_given_only_for_days_its_holder_is_here(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    transfer_out(office, 4, date(2026, 11, 15), by=1)
    with pytest.raises(Refused, match="2026年11月15日离岗") as refusal:
        assign_post(office, 4, Post.SEAL_KEEPER, by=1)
    assert refusal.value.field == "last"
    with pytest.raises(Refused, match="2026年11月16日不在册"):
        assign_post(office, 4, Post.SEAL_KEEPER, first=NOVEMBER_16, by=1)
    assign_post(office, 4, Post.SEAL_KEEPER, last=date(2026, 11, 15), by=1)
    with pytest.raises(Refused, match="止日早于起日"):
        assign_post(office, 5, Post.SUPPLIES_KEEPER, first=NOVEMBER_16, last=TODAY, by=1)


def test_a_part_promised_to_somebody_later_is_not_given_over_their_head(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, 4, Post.SUPPLIES_KEEPER, first=NOVEMBER_16, by=1)
    with pytest.raises(Refused, match="2026年11月16日起已另定耗材保管人A角"):
        assign_post(office, 5, Post.SUPPLIES_KEEPER, by=1)
    assign_post(office, 5, Post.SUPPLIES_KEEPER, last=date(2026, 11, 15), by=1)
    assert [one.staff for one in holdings_on(office, date(2026, 11, 15))] == [1, 5]
    assert [one.staff for one in holdings_on(office, NOVEMBER_16)] == [1, 4]
