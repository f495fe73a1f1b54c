"""抽查到岗 and 在岗抽查: drawn once, answered when there is time, corrected with a line; never a status."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance import facts
from govoffice_tui.registers.attendance.months import figures, month
from govoffice_tui.registers.attendance.pages import board, story
from govoffice_tui.registers.attendance.register import ATTENDANCE
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.attendance.spot_checks import (
    answer_presence_check,
    correct_spot_check,
    draw_presence_check,
    inspections,
    record_spot_checks,
    strike_spot_check,
)
from govoffice_tui.registers.closing import close_month
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.attendance import Finding, Seen, draw_names
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit
from govoffice_tui.rules.refusal import Refused

TODAY = date(2026, 10, 12)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
INSPECTOR, KEEPER = 2, 3
TEN = datetime(2026, 10, 12, 10, 0)


@pytest.fixture
def signed(office: Office, clock: SetClock) -> Office:
    """An office whose keeper and deputy are named, seven of eight signed, the book collected at 8:16."""
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, INSPECTOR, Post.DEPUTY_IN_CHARGE, by=1)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=1)
    for person in range(1, 8):
        sign_in(office, person, TODAY, MORNING, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 16))
    collect_book(office, TODAY, MORNING, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 11, 0))
    return office


@pytest.mark.parametrize("seed", range(20))
def test_five_signed_names_are_drawn_each_once_and_never_the_inspector(signed: Office, seed: int) -> None:
    check = draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR, chance=Random(seed))
    drawn = [one.person for one in check.people]
    assert len(drawn) == len(set(drawn)) == 5
    assert set(drawn) <= {1, 3, 4, 5, 6, 7}
    assert check.inspector == "钱峰"


def test_every_name_can_be_drawn() -> None:
    drawn = {person for seed in range(200) for person in draw_names(range(1, 57), Random(seed))}
    assert drawn == set(range(1, 57))


def test_fewer_are_drawn_where_fewer_signed(office: Office) -> None:
    sign_in(office, 4, TODAY, MORNING, by=KEEPER)
    sign_in(office, 5, TODAY, MORNING, by=KEEPER)
    check = draw_presence_check(office, TODAY, MORNING, by=KEEPER)
    assert {one.person for one in check.people} == {4, 5}


def test_a_session_is_drawn_once_and_on_its_own_day(signed: Office, clock: SetClock) -> None:
    draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR, form_key="one")
    again = draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR, form_key="one")
    assert len(again.people) == 5
    with pytest.raises(Refused, match="已经抽过"):
        draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR)
    with pytest.raises(Refused, match="还没有人签到"):
        draw_presence_check(signed, TODAY, AFTERNOON, by=INSPECTOR)
    clock.set(datetime(2026, 10, 12, 14, 10))
    sign_in(signed, 4, TODAY, AFTERNOON, by=KEEPER)
    clock.set(datetime(2026, 10, 13, 9, 0))
    with pytest.raises(Refused, match="只在当天"):
        draw_presence_check(signed, TODAY, AFTERNOON, by=INSPECTOR)
    assert signed.fetch("SELECT count(*) FROM presence_draws") == [(1,)]


def test_only_a_keeper_or_a_head_looks(signed: Office) -> None:
    with pytest.raises(Refused, match="需由"):
        draw_presence_check(signed, TODAY, MORNING, by=5)
    with pytest.raises(Refused, match="经办人"):
        draw_presence_check(signed, TODAY, MORNING, by=None)


def test_answers_come_when_there_is_time_and_the_open_ones_stay_in_sight(signed: Office, clock: SetClock) -> None:
    check = draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR)
    first, second, *others = [one.person for one in check.people]
    answer_presence_check(signed, TODAY, MORNING, {first: Seen.SEEN, second: Seen.NOT_SEEN}, by=INSPECTOR)
    clock.set(datetime(2026, 10, 13, 9, 0))
    due = [one for one in ATTENDANCE.due(signed, signed.now()) if "抽查" in one.text]
    assert [(one.text, one.day) for one in due] == [("10月12日上午抽查到岗 3人没有结果", TODAY)]
    answer_presence_check(signed, TODAY, MORNING, dict.fromkeys(others, Seen.SEEN), by=INSPECTOR)
    assert not any("抽查" in one.text for one in ATTENDANCE.due(signed, signed.now()))


def test_not_seen_is_a_fact_and_never_a_status(signed: Office) -> None:
    person = draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR).people[0].person
    answer_presence_check(signed, TODAY, MORNING, {person: Seen.NOT_SEEN}, by=INSPECTOR)
    line = next(line for line in board(signed, TODAY, MORNING).lines if line.person.id == person)
    assert line.status is HalfStatus.SIGNED
    assert "抽查到岗 未见到(钱峰)" in [fact.words for fact in story(signed, person, TODAY, MORNING).facts]


def test_another_answer_corrects_the_first_and_the_same_changes_nothing(signed: Office) -> None:
    person = draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR).people[0].person
    for seen in (Seen.NOT_SEEN, Seen.NOT_SEEN, Seen.SEEN):
        answer_presence_check(signed, TODAY, MORNING, {person: seen}, by=INSPECTOR)
    rows = signed.fetch(
        "SELECT revision, found, struck_at IS NULL FROM drawn_names WHERE staff_id = ? ORDER BY id", person
    )
    assert rows == [(1, "not_seen", 0), (2, "seen", 1)]
    with pytest.raises(Refused, match="不在这一场抽到的名单里"):
        answer_presence_check(signed, TODAY, MORNING, {8: Seen.SEEN}, by=INSPECTOR)
    assert verify_office(signed).findings == ()


def test_leaving_early_counts_and_the_half_day_stays_attended(signed: Office) -> None:
    before = {one.person.id: one.attended_count for one in figures(signed, "2026-10")[2]}
    numbers = record_spot_checks(
        signed, TEN, INSPECTOR, {4: Finding.LEFT_EARLY, 5: Finding.AWAY, 6: Finding.PRESENT}, "三楼", by=KEEPER
    )
    assert numbers == ["查〔2026〕1号", "查〔2026〕2号", "查〔2026〕3号"]
    after = {one.person.id: one for one in figures(signed, "2026-10")[2]}
    assert {person: one.attended_count for person, one in after.items()} == before
    assert {person: one.early_count for person, one in after.items() if one.early_count} == {4: 1}
    notes = [(note.kind, note.person, note.detail) for note in month(signed, "2026-10").notes]
    assert notes == [
        ("在岗抽查早退", "王伟(行政股)", "10:00 抽查人钱峰 三楼"),
        ("在岗抽查离岗", "阿依古丽·买买提", "10:00 抽查人钱峰 三楼"),
    ]
    assert board(signed, TODAY, MORNING).lines[3].left_early_at == TEN
    assert "在岗抽查 早退:三楼(抽查人钱峰)" in [fact.words for fact in story(signed, 4, TODAY, MORNING).facts]


def test_two_inspections_of_one_half_day_are_one_early_leave(signed: Office) -> None:
    for at in (TEN, datetime(2026, 10, 12, 10, 30)):
        record_spot_checks(signed, at, INSPECTOR, {4: Finding.LEFT_EARLY}, by=KEEPER)
    assert [one.early_count for one in figures(signed, "2026-10")[2] if one.early_count] == [1]


def test_a_finding_is_corrected_under_its_number_and_struck_with_a_reason(signed: Office) -> None:
    record_spot_checks(signed, TEN, INSPECTOR, {4: Finding.LEFT_EARLY}, by=KEEPER)
    row = inspections(signed, TODAY)[0].id
    with pytest.raises(Refused, match="不用更正"):
        correct_spot_check(signed, row, Finding.LEFT_EARLY, by=KEEPER)
    assert correct_spot_check(signed, row, Finding.AWAY, by=KEEPER) == "王伟"
    with pytest.raises(Refused, match="已经更正或作废"):
        correct_spot_check(signed, row, Finding.PRESENT, by=KEEPER)
    assert sum(one.early_count for one in figures(signed, "2026-10")[2]) == 0
    (line,) = inspections(signed, TODAY)
    assert (line.number, line.finding) == ("查〔2026〕1号", Finding.AWAY)
    with pytest.raises(Refused, match="写原因"):
        strike_spot_check(signed, line.id, " ", by=KEEPER)
    strike_spot_check(signed, line.id, "看错人", by=KEEPER)
    assert inspections(signed, TODAY) == []
    assert verify_office(signed).findings == ()


@pytest.mark.parametrize(
    ("at", "findings", "inspector", "told"),
    [
        (datetime(2026, 10, 12, 11, 1), {4: Finding.AWAY}, INSPECTOR, "还没有到"),
        (datetime(2026, 10, 11, 10, 0), {4: Finding.AWAY}, INSPECTOR, "不是上班时间"),
        (datetime(2026, 10, 12, 6, 0), {4: Finding.AWAY}, INSPECTOR, "不是上班时间"),
        (datetime(2026, 10, 12, 8, 15), {4: Finding.LEFT_EARLY}, INSPECTOR, "签到还没有截止"),
        (TEN, {}, INSPECTOR, "还没有写一个人"),
        (TEN, {4: Finding.AWAY, 99: Finding.AWAY}, INSPECTOR, "不在册"),
        (TEN, {4: Finding.AWAY}, 99, "没有这个抽查人"),
    ],
)
def test_what_nobody_can_have_seen_is_refused_whole(
    signed: Office, at: datetime, findings: dict[int, Finding], inspector: int, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        record_spot_checks(signed, at, inspector, findings, by=KEEPER)
    assert signed.fetch("SELECT * FROM spot_checks") == []


def test_nobody_on_leave_or_out_is_away_without_reason(signed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {4: {HalfStatus.SICK: bit(TODAY, MORNING)}}
    monkeypatch.setattr(facts, "CLAIMS", (*facts.CLAIMS, lambda office, days: told))
    for finding in (Finding.AWAY, Finding.LEFT_EARLY):
        with pytest.raises(Refused, match="已登记请假或公出"):
            record_spot_checks(signed, TEN, INSPECTOR, {4: finding}, by=KEEPER)
    record_spot_checks(signed, TEN, INSPECTOR, {4: Finding.PRESENT}, by=KEEPER)
    with pytest.raises(Refused, match="已登记请假或公出"):
        correct_spot_check(signed, inspections(signed, TODAY)[0].id, Finding.AWAY, by=KEEPER)


def test_the_same_person_at_the_same_time_is_entered_once(signed: Office) -> None:
    for _ in range(2):
        record_spot_checks(signed, TEN, INSPECTOR, {4: Finding.AWAY}, by=KEEPER, form_key="one")
    with pytest.raises(Refused, match="已经登记"):
        record_spot_checks(signed, TEN, INSPECTOR, {5: Finding.AWAY, 4: Finding.PRESENT}, by=KEEPER)
    assert signed.fetch("SELECT count(*) FROM spot_checks") == [(1,)]


def test_a_sealed_month_takes_no_inspection(signed: Office) -> None:
    record_spot_checks(signed, TEN, INSPECTOR, {4: Finding.AWAY}, by=KEEPER)
    draw_presence_check(signed, TODAY, MORNING, by=INSPECTOR)
    close_month(signed, "attendance", "2026-10", lambda *_: [], lambda *_: "数", by=KEEPER)
    row = inspections(signed, TODAY)[0].id
    for act in (
        lambda: record_spot_checks(signed, TEN, INSPECTOR, {5: Finding.AWAY}, by=KEEPER),
        lambda: correct_spot_check(signed, row, Finding.PRESENT, by=KEEPER),
        lambda: strike_spot_check(signed, row, "看错人", by=KEEPER),
        lambda: answer_presence_check(signed, TODAY, MORNING, {4: Seen.SEEN}, by=KEEPER),
    ):
        with pytest.raises(Refused, match="已封存"):
            act()
