"""印章外带: the director's word, the keeper in person, one way out at a time, back and looked at (制度九.2)."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals import carry_pages, duties, pages
from govoffice_tui.registers.seals.carrying import (
    Errand,
    Leave,
    apply_carry,
    approve_carry,
    bring_back,
    decline_carry,
    extend_carry,
    inspect_carry,
    take_out,
    void_carry,
)
from govoffice_tui.registers.seals.handovers import Handing, hand_over_seal
from govoffice_tui.registers.seals.keeping import count_seals
from govoffice_tui.registers.seals.register import SEALS
from govoffice_tui.registers.seals.requests import Consent, Request
from govoffice_tui.registers.seals.using import Signing, use_seal
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import CARRY_MOVES, CarryState
from govoffice_tui.rules.seals import OUTSIDE, Checks, is_carry_overdue
from tests.factories import staff_lines
from tests.seal_factories import BOSS, DIRECTOR, HEAD, KEEPER, SECOND, STAND_IN, notice, stamp, two_seals

TODAY = date(2026, 10, 12)
NINE, FIVE = datetime(2026, 10, 12, 9, 0), datetime(2026, 10, 12, 17, 0)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NINE)


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Office:
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(12, date(2026, 1, 5)), by=None)
    return founded


@pytest.fixture
def seal(office: Office) -> int:
    return two_seals(office)[0]


def _errand(seal: int, due: datetime = FIVE, /, **changes: str) -> Errand:
    said = {"unit": "县医院", "matter": "项目合同20份", "destination": "县医院会议室", "companions": "韩文斌"} | changes
    return Errand(seal, said["unit"], said["matter"], said["destination"], due, said["companions"])


def _approved(office: Office, seal: int) -> int:
    carry = apply_carry(office, _errand(seal), by=KEEPER).carry
    approve_carry(office, carry, Leave(BOSS, TODAY, "同意", "批件夹第3页"), by=KEEPER)
    return carry


def _out(office: Office, seal: int) -> int:
    carry = _approved(office, seal)
    take_out(office, carry, by=KEEPER)
    return carry


def test_a_carry_goes_from_asking_to_inspection(office: Office, clock: SetClock, seal: int) -> None:
    carry = _approved(office, seal)
    assert take_out(office, carry, by=KEEPER).words == "带〔2026〕1号 测试县人民政府办公室 县医院会议室 外带"
    done = use_seal(
        office,
        Request(seal, "县医院"),
        Consent(BOSS, deputy=SECOND),
        [notice(20)],
        Checks.all(),
        Signing("韩文斌", 1),
        carry=carry,
        by=KEEPER,
    )
    clock.set(datetime(2026, 10, 12, 16, 30))
    bring_back(office, carry, datetime(2026, 10, 12, 16, 10), by=KEEPER)
    inspect_carry(office, carry, "完好", by=HEAD)
    row = carry_pages.carry(office, carry)
    assert row is not None
    assert (row.state, row.keeper, row.inspected_by, row.condition) == (CarryState.INSPECTED, KEEPER, HEAD, "完好")
    assert (row.out_at, row.back_at) == (NINE, datetime(2026, 10, 12, 16, 10))
    assert [one.number for one in row.uses] == list(done.numbers)
    assert [one.carry for one in pages.uses(office, TODAY, TODAY)] == [carry]


def test_only_the_director_lets_a_seal_out_and_only_its_holder_takes_it(office: Office, seal: int) -> None:
    carry = apply_carry(office, _errand(seal), by=KEEPER).carry
    with pytest.raises(Refused, match="请示主任批准") as refused:
        approve_carry(office, carry, Leave(SECOND, TODAY), by=KEEPER)
    assert (refused.value.article, refused.value.field) == (OUTSIDE, "approver")
    with pytest.raises(Refused, match="“申请”,不能带出"):
        take_out(office, carry, by=KEEPER)
    approve_carry(office, carry, Leave(BOSS, TODAY), by=KEEPER)
    for stranger in (HEAD, DIRECTOR, STAND_IN):
        with pytest.raises(Refused, match="不能用印"):
            take_out(office, carry, by=stranger)
    take_out(office, carry, by=KEEPER)
    assert office.fetch("SELECT keeper_id FROM seal_carries WHERE id = ?", carry) == [(KEEPER,)]


def test_a_seal_that_is_out_is_not_used_taken_or_handed_over(office: Office, seal: int) -> None:
    second = _approved(office, seal)
    _out(office, seal)
    with pytest.raises(Refused, match="归还以前不能在办公室用印"):
        stamp(office, seal)
    with pytest.raises(Refused, match="归还以前不能再带出"):
        take_out(office, second, by=KEEPER)
    with pytest.raises(Refused, match="外带"):
        hand_over_seal(office, seal, Handing("change", STAND_IN, "吴桂芳", "完好"), by=DIRECTOR)
    with pytest.raises(Refused, match="归还以前不能在办公室用印"):
        use_seal(
            office,
            Request(seal, "行政股"),
            Consent(BOSS, deputy=SECOND),
            [notice()],
            Checks.all(),
            Signing("韩文斌", 1),
            carry=second,
            by=KEEPER,
        )
    assert count_seals(office, by=KEEPER) == ["测试县人民政府办公室(外带)", "测试县人民政府"]
    assert office.fetch("SELECT found FROM seal_counts WHERE seal_id = ?", seal) == [("out",)]


def test_a_seal_not_back_by_the_end_of_the_day_stands_red_and_in_the_month(
    office: Office, clock: SetClock, seal: int
) -> None:
    # example 23
    carry = _out(office, seal)
    words = "印章外带 测试县人民政府办公室 县医院会议室 周小萍携带 应10月12日17:00归还"
    assert (words, False, TODAY) in duties.due(office, datetime(2026, 10, 12, 16, 59))
    for late in (datetime(2026, 10, 12, 18, 0), datetime(2026, 10, 13, 7, 0)):
        assert (words, True, TODAY) in duties.due(office, late)
    clock.set(datetime(2026, 11, 2, 9, 0))
    assert [one.number for one in carry_pages.carries_of_month(office, "2026-11")] == ["带〔2026〕1号"]
    with pytest.raises(Refused):
        closing.close_month(office, "seals", "2026-10", SEALS.pending, SEALS.seal_digest, by=HEAD)
    assert any(words in str(one) for one in duties.pending(office, "2026-10"))
    bring_back(office, carry, by=KEEPER)
    inspect_carry(office, carry, "完好", by=HEAD)
    assert not any("外带" in text for text, _, _ in duties.due(office, office.now()))


@pytest.mark.parametrize(
    ("due", "now", "is_late"),
    [
        (FIVE, datetime(2026, 10, 12, 17, 0), False),
        (FIVE, datetime(2026, 10, 12, 17, 1), True),
        (datetime(2026, 10, 13, 12, 0), datetime(2026, 10, 12, 17, 59), False),
        (datetime(2026, 10, 13, 12, 0), datetime(2026, 10, 12, 18, 0), True),
        (datetime(2026, 10, 13, 12, 0), datetime(2026, 10, 13, 0, 0), True),
    ],
)
def test_the_end_of_the_day_is_late_whatever_was_said(due: datetime, now: datetime, is_late: bool) -> None:
    assert is_carry_overdue(NINE, due, now) is is_late


def test_whoever_carried_does_not_inspect(office: Office, seal: int) -> None:
    carry = _out(office, seal)
    bring_back(office, carry, by=KEEPER)
    with pytest.raises(Refused, match="周小萍不能验收自己带出的印章"):
        inspect_carry(office, carry, "完好", by=KEEPER)
    with pytest.raises(Refused, match="请写印章状况"):
        inspect_carry(office, carry, " ", by=HEAD)


def test_times_that_cannot_be_are_refused(office: Office, clock: SetClock, seal: int) -> None:
    with pytest.raises(Refused, match="已经过了") as refused:
        apply_carry(office, _errand(seal, NINE), by=KEEPER)
    assert refused.value.field == "due_at"
    with pytest.raises(Refused, match="15天"):
        apply_carry(office, _errand(seal, datetime(2027, 10, 12, 9, 0)), by=KEEPER)
    clock.set(datetime(2026, 10, 13, 9, 0))
    carry = apply_carry(office, _errand(seal, datetime(2026, 10, 13, 17, 0)), by=KEEPER).carry
    approve_carry(office, carry, Leave(BOSS, date(2026, 10, 13)), by=KEEPER)
    with pytest.raises(Refused, match="才批准"):
        take_out(office, carry, datetime(2026, 10, 12, 16, 0), by=KEEPER)
    with pytest.raises(Refused, match="还没有到"):
        take_out(office, carry, datetime(2026, 10, 13, 10, 0), by=KEEPER)
    clock.set(datetime(2026, 10, 13, 17, 0))
    with pytest.raises(Refused, match="先改归还时间"):
        take_out(office, carry, by=KEEPER)
    with pytest.raises(Refused, match="请示主任批准"):
        extend_carry(office, carry, datetime(2026, 10, 13, 20, 0), Leave(SECOND, date(2026, 10, 13)), by=KEEPER)
    extend_carry(office, carry, datetime(2026, 10, 13, 20, 0), Leave(BOSS, date(2026, 10, 13)), by=KEEPER)
    take_out(office, carry, by=KEEPER)
    with pytest.raises(Refused, match="不能在那以前归还"):
        bring_back(office, carry, datetime(2026, 10, 13, 16, 0), by=KEEPER)


def test_a_second_way_out_begins_after_the_first_is_over(office: Office, clock: SetClock, seal: int) -> None:
    first, second = _out(office, seal), _approved(office, seal)
    clock.set(datetime(2026, 10, 12, 11, 0))
    bring_back(office, first, by=KEEPER)
    with pytest.raises(Refused, match="那时还在外带"):
        take_out(office, second, datetime(2026, 10, 12, 10, 0), by=KEEPER)
    take_out(office, second, by=KEEPER)


@pytest.mark.parametrize("missing", ["unit", "matter", "destination"])
def test_what_is_missing_is_named_under_its_field(office: Office, seal: int, missing: str) -> None:
    with pytest.raises(Refused) as refused:
        apply_carry(office, _errand(seal, **{missing: " "}), by=KEEPER)
    assert refused.value.field == missing
    assert office.fetch("SELECT count(*) FROM seal_carries") == [(0,)]


def test_a_form_sent_twice_changes_nothing(office: Office, seal: int) -> None:
    carry = apply_carry(office, _errand(seal), by=KEEPER, form_key="a").carry
    assert apply_carry(office, _errand(seal), by=KEEPER, form_key="a").carry == carry
    for _ in range(2):
        approve_carry(office, carry, Leave(BOSS, TODAY), by=KEEPER, form_key="b")
    for _ in range(2):
        take_out(office, carry, by=KEEPER, form_key="c")
    for _ in range(2):
        assert bring_back(office, carry, by=KEEPER, form_key="d").state is CarryState.BACK
    assert office.fetch("SELECT count(*) FROM seal_carries") == [(1,)]


def test_what_was_declined_or_voided_is_over_and_its_number_spent(office: Office, seal: int) -> None:
    no = apply_carry(office, _errand(seal), by=KEEPER).carry
    with pytest.raises(Refused, match="不同意的原因"):
        decline_carry(office, no, BOSS, "", by=KEEPER)
    decline_carry(office, no, BOSS, "请到办公室来盖", by=KEEPER)
    gone = _approved(office, seal)
    assert void_carry(office, gone, "不去了", by=KEEPER) == "带〔2026〕2号"
    with pytest.raises(Refused, match="已经作废"):
        take_out(office, gone, by=KEEPER)
    assert apply_carry(office, _errand(seal), by=KEEPER).number == "带〔2026〕3号"
    out = _approved(office, seal)
    take_out(office, out, by=KEEPER)
    with pytest.raises(Refused, match="不能作废"):
        void_carry(office, out, "登错了", by=KEEPER)


def test_every_move_of_a_carry_has_its_verb_and_article() -> None:
    assert {article for _, article, _ in CARRY_MOVES.values()} == {OUTSIDE}
    ends = {state for state in CarryState if not any(held is state for held, _ in CARRY_MOVES)}
    assert ends == {CarryState.INSPECTED}
    assert time(18, 0) > FIVE.time()
