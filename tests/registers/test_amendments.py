"""更正单: how a late fact gets into a month under seal, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import catalog, closing
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.attendance import months
from govoffice_tui.registers.attendance.pages import REGISTER
from govoffice_tui.registers.attendance.signing import Noted, collect_book, note_arrival
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import ArrivalKind
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused, Sealed

TODAY = date(2026, 10, 12)
DIRECTOR, DEPUTY, KEEPER, LATE = 1, 2, 3, 4
SLIP = Amendment(DEPUTY, "到岗时间写错", "12")


@pytest.fixture
def sealed_office(office: Office, clock: SetClock) -> Office:
    """An office whose October is under seal; 王伟 was noted late at 8:31."""
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    assign_post(office, DEPUTY, Post.DEPUTY_IN_CHARGE, by=DIRECTOR)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=DIRECTOR)
    clock.set(datetime(2026, 10, 12, 8, 40))
    collect_book(office, TODAY, Half.MORNING, by=KEEPER)
    late_at(office, 8, 31)
    seal(office)
    return office


def seal(office: Office) -> None:
    closing.close_month(office, REGISTER, "2026-10", lambda *_: [], months.seal_digest, by=KEEPER)


def late_at(office: Office, hour: int, minute: int) -> Noted:
    arrived = datetime(2026, 10, 12, hour, minute)
    return note_arrival(office, LATE, TODAY, Half.MORNING, ArrivalKind.LATE, arrived, by=KEEPER)


def pending(office: Office) -> Noted:
    return note_arrival(office, LATE, TODAY, Half.MORNING, ArrivalKind.PENDING, by=KEEPER)


def amended(office: Office, act: Callable[[Office], Noted], slip: Amendment = SLIP, by: int | None = KEEPER) -> Noted:
    return amend(office, slip, partial(act, office), by=by)


def test_a_month_under_seal_takes_nothing_without_a_slip(sealed_office: Office) -> None:
    with pytest.raises(Sealed, match="更正单") as refusal:
        pending(sealed_office)
    assert refusal.value.month == "2026-10"


def test_a_late_fact_is_an_amendment_and_yields_the_next_revision(sealed_office: Office) -> None:  # example 30
    first = closing.sealed(sealed_office, REGISTER, "2026-10")
    amended(sealed_office, pending)
    second = closing.sealed(sealed_office, REGISTER, "2026-10")
    assert first is not None
    assert second is not None
    assert (first.revision, second.revision) == (1, 2)
    assert first.figures_digest != second.figures_digest == months.seal_digest(sealed_office, "2026-10")
    sheet = months.month(sealed_office, "2026-10")
    assert sheet.revision == 2
    last = sheet.notes[-1]
    assert (last.kind, last.detail) == ("封存后更正", "第2版:到岗时间写错(钱峰批准,更正单第12页)")
    assert verify_office(sealed_office).findings == ()


def test_what_changes_no_figure_is_recorded_and_makes_no_revision(sealed_office: Office) -> None:
    amended(sealed_office, partial(late_at, hour=8, minute=35))
    seal = closing.sealed(sealed_office, REGISTER, "2026-10")
    assert seal is not None
    assert seal.revision == 1
    assert sealed_office.fetch("SELECT kind, detail FROM events") == [("amendment", "2026-10 批准2 到岗时间写错")]


def test_the_door_is_shut_again_after_an_amendment(sealed_office: Office) -> None:
    amended(sealed_office, pending)
    with pytest.raises(Sealed):
        late_at(sealed_office, 8, 35)


def test_a_refused_amendment_leaves_nothing_and_shuts_the_door(sealed_office: Office) -> None:
    before = sealed_office.tail().seq
    with pytest.raises(Refused, match="以后"):
        amended(sealed_office, partial(late_at, hour=7, minute=0))
    assert sealed_office.tail().seq == before
    with pytest.raises(Sealed):
        pending(sealed_office)


@pytest.mark.parametrize(
    ("slip", "by", "words"),
    [
        (Amendment(DEPUTY, " "), KEEPER, "要写原因"),
        (Amendment(LATE, "补交"), KEEPER, "由分管副主任或主任批准"),
        (Amendment(DEPUTY, "补交"), DEPUTY, "不能是同一个人"),
        (Amendment(DEPUTY, "补交"), LATE, "签到管理人"),
        (Amendment(DEPUTY, "机密★3年"), KEEPER, "涉密"),
    ],
    ids=["no reason", "no leader", "own approval", "no keeper", "marked text"],
)
def test_a_slip_nobody_may_give_is_refused(sealed_office: Office, slip: Amendment, by: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        amended(sealed_office, pending, slip, by)


def test_only_registers_whose_figures_changed_are_sealed_again(sealed_office: Office) -> None:
    amended(sealed_office, pending)
    rows = sealed_office.fetch("SELECT register, revision FROM closings ORDER BY id")
    assert rows == [(REGISTER, 1), (REGISTER, 2)]
    assert REGISTER in {register.word for register in catalog.REGISTERS}
