"""The staff list in real life: who comes, goes, is lent out, and is called something else from a day on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.attendance.months import figures, month, seal_digest
from govoffice_tui.registers.attendance.pages import REGISTER, board, due_people
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post, holdings_on
from govoffice_tui.registers.staff import everybody, import_staff, match, people_on, person_on
from govoffice_tui.registers.staff_changes import (
    NewPerson,
    Origin,
    add_person,
    correct_joined,
    lend_out,
    rejoin,
    retire,
    return_from_loan,
    transfer_out,
)
from govoffice_tui.registers.staff_profiles import change_profile, correct_initials, correct_profile, move_rank, rename
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, PersonMonth
from govoffice_tui.rules.people import AttendanceMode, Category, Person, display_names
from govoffice_tui.rules.refusal import Problem, Refused
from tests.factories import staff_lines

KEEPER = 3
TODAY = date(2026, 10, 12)
NOVEMBER_16 = date(2026, 11, 16)


def of(office: Office, word: str, person: int) -> PersonMonth | None:
    return next((one for one in figures(office, word)[2] if one.person.id == person), None)


def known(office: Office, person: int, day: date = TODAY) -> Person:
    found = person_on(office, person, day)
    assert found is not None
    return found


def nothing_open(office: Office, word: str) -> list[Problem]:
    return []


def seal(office: Office, word: str) -> None:
    closing.close_month(office, REGISTER, word, nothing_open, seal_digest, by=KEEPER)


def test_a_transfer_effective_16_november_leaves_ten_days_due(office: Office, clock: SetClock) -> None:  # example 14
    transfer_out(office, 4, NOVEMBER_16 - timedelta(days=1), by=KEEPER)
    clock.set(datetime(2026, 12, 1, 7, 0))
    mine = of(office, "2026-11", 4)
    stays = of(office, "2026-11", 1)
    assert mine is not None
    assert stays is not None
    assert (stays.due_count / 2, mine.due_count / 2) == (21, 10)
    assert mine.status(NOVEMBER_16, Half.MORNING) is HalfStatus.OFF_ROSTER
    assert mine.status(date(2026, 11, 13), Half.AFTERNOON) is HalfStatus.PENDING
    assert mine.remarks == ("11月16日调出",)
    assert of(office, "2026-12", 4) is None


def test_somebody_lent_out_all_month_is_listed_and_owes_nothing(office: Office, clock: SetClock) -> None:  # example 15
    lend_out(office, 4, date(2026, 10, 26), None, "县委办", by=KEEPER)
    clock.set(datetime(2026, 12, 1, 7, 0))
    mine = of(office, "2026-11", 4)
    assert mine is not None
    assert (mine.due_count, mine.pending_count, mine.count(HalfStatus.SECONDED)) == (0, 0, 42)
    assert 4 not in [person.id for person in due_people(office, NOVEMBER_16)]
    assert 4 in [person.id for person in people_on(office, NOVEMBER_16)]


def test_namesakes_separators_and_rare_characters(office: Office) -> None:  # example 28
    add_person(office, NewPerson("王伟", "信息股"), Origin.TRANSFERRED_IN, TODAY, by=KEEPER)
    added = add_person(office, NewPerson("阿卜杜热合曼・买买提明", "信息股"), Origin.RECRUITED, TODAY, by=KEEPER)
    rare = add_person(office, NewPerson("张䶮", "信息股"), Origin.RECRUITED, TODAY, by=KEEPER)
    people = people_on(office, TODAY)
    names = display_names(people)
    assert sorted(name for name in names.values() if name.startswith("王伟")) == [
        "王伟(信息股)",
        "王伟(行政股)",
        "王伟(资料动态股)",
    ]
    assert names[added.staff] == "阿卜杜热合曼·买买提明"
    assert names[rare.staff] == "张䶮"
    assert [person.name for person in match(people, "abdr")] == ["阿卜杜热合曼·买买提明"]


def test_namesakes_of_one_section_are_told_apart_by_number(office: Office) -> None:
    add_person(office, NewPerson("王伟", "行政股"), Origin.RECRUITED, TODAY, by=KEEPER)
    names = display_names(people_on(office, TODAY))
    assert [names[4], names[6], names[9]] == ["王伟(行政股004)", "王伟(资料动态股)", "王伟(行政股009)"]


def test_somebody_added_at_8_02_signs_at_8_03(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 12, 8, 2))
    added = add_person(office, NewPerson("贺文斌", "行政股", "科员"), Origin.TRANSFERRED_IN, TODAY, by=KEEPER)
    clock.set(datetime(2026, 10, 12, 8, 3))
    signed = sign_in(office, added.staff, TODAY, Half.MORNING, by=KEEPER)
    assert (signed.name, signed.at) == ("贺文斌", datetime(2026, 10, 12, 8, 3))
    page = board(office, TODAY, Half.MORNING)
    assert (page.expected, page.signed) == (9, 1)


def test_a_number_is_never_given_again(office: Office) -> None:
    first = add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=KEEPER)
    assert known(office, first.staff).number == "009"
    transfer_out(office, first.staff, TODAY, by=KEEPER)
    second = add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=KEEPER)
    assert known(office, second.staff).number == "010"
    with pytest.raises(Refused, match="工号009已经用过") as refusal:
        add_person(office, NewPerson("郭海燕", number="009"), Origin.RECRUITED, TODAY, by=KEEPER)
    assert refusal.value.field == "number"


def test_the_same_form_sent_twice_adds_one_person(office: Office) -> None:
    once = add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=KEEPER, form_key="form")
    again = add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=KEEPER, form_key="form")
    assert once == again
    assert len(people_on(office, TODAY)) == 9


def test_a_rename_leaves_old_months_on_the_old_name(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 2, 8, 0))
    rename(office, 7, "冯晓龙", date(2026, 11, 2), by=KEEPER)
    assert month(office, "2026-10").display_names[7] == "冯䶮"
    assert month(office, "2026-11").display_names[7] == "冯晓龙"
    assert [person.id for person in match(people_on(office, date(2026, 11, 2)), "fxl")] == [7]


def test_a_wrong_character_was_always_wrong(office: Office, clock: SetClock) -> None:
    change_profile(office, 7, date(2026, 10, 20), position="副股长", by=KEEPER)
    clock.set(datetime(2026, 11, 2, 8, 0))
    correct_profile(office, 7, name="冯龑", by=KEEPER)
    assert month(office, "2026-10").display_names[7] == "冯龑"
    assert known(office, 7, TODAY).name == known(office, 7, date(2026, 11, 2)).name == "冯龑"
    struck = office.fetch("SELECT name, struck_reason FROM staff_profiles WHERE struck_at IS NOT NULL")
    assert struck == [("冯䶮", "改错字"), ("冯䶮", "改错字")]
    assert max(office.fetch("SELECT revision FROM staff_profiles")) == (2,)


def test_a_wrong_character_is_put_right_as_far_as_it_reaches(office: Office, clock: SetClock) -> None:
    rename(office, 7, "冯晓龙", date(2026, 11, 2), by=KEEPER)
    clock.set(datetime(2026, 11, 3, 8, 0))
    correct_profile(office, 7, name="冯小龙", by=KEEPER)
    assert known(office, 7, TODAY).name == "冯䶮"
    assert known(office, 7, date(2026, 11, 3)).name == "冯小龙"


def test_an_earlier_change_reaches_later_lines_that_say_nothing_of_their_own(office: Office) -> None:
    change_profile(office, 7, date(2026, 11, 10), position="副股长", by=KEEPER)
    change_profile(office, 7, date(2026, 11, 2), section="信息股", position="一级科员", by=KEEPER)
    later = known(office, 7, date(2026, 11, 10))
    assert (later.section, later.position) == ("信息股", "副股长")
    assert known(office, 7, date(2026, 11, 9)).position == "一级科员"
    assert known(office, 7, date(2026, 11, 1)).section == "资料动态股"


def test_a_changed_category_stands_apart_from_its_day(office: Office, clock: SetClock) -> None:
    change_profile(office, 1, date(2026, 11, 2), category=Category.CONTRACT, by=KEEPER)
    clock.set(datetime(2026, 12, 1, 7, 0))
    assert figures(office, "2026-10")[2][0].person.id == 1
    assert figures(office, "2026-11")[2][-1].person.id == 1


def test_exemption_counts_from_its_day_and_needs_a_reason(office: Office, clock: SetClock) -> None:
    with pytest.raises(Refused, match="理由和批准人") as refusal:
        change_profile(office, 2, date(2026, 10, 19), mode=AttendanceMode.EXEMPT, by=KEEPER)
    assert refusal.value.field == "remark"
    change_profile(office, 2, date(2026, 10, 19), mode=AttendanceMode.EXEMPT, remark="驻村;赵敏批准", by=KEEPER)
    clock.set(datetime(2026, 11, 1, 7, 0))
    mine, other = of(office, "2026-10", 2), of(office, "2026-10", 1)
    assert mine is not None
    assert other is not None
    assert mine.count(HalfStatus.EXEMPT) == 20
    assert mine.due_count == other.due_count - 20


def test_initials_are_put_right_for_good(office: Office) -> None:
    correct_initials(office, 8, "WGF2x".replace("2", ""), by=KEEPER)
    assert [person.id for person in match(people_on(office, TODAY), "wgfx")] == [8]
    with pytest.raises(Refused, match="只用字母"):
        correct_initials(office, 8, "吴", by=KEEPER)


def test_a_person_moves_before_another_from_today(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 2, 8, 0))
    move_rank(office, 8, 1, by=KEEPER)
    move_rank(office, 2, None, by=KEEPER)
    assert [person.id for person in everybody(office, date(2026, 11, 2))] == [8, 1, 3, 4, 5, 6, 7, 2]
    assert [person.id for person in everybody(office, TODAY)] == list(range(1, 9))


def test_moving_again_and_again_finds_room(office: Office) -> None:
    for _ in range(12):
        move_rank(office, 8, 2, by=KEEPER)
        move_rank(office, 7, 8, by=KEEPER)
        move_rank(office, 7, 2, by=KEEPER)
        assert [person.id for person in people_on(office, TODAY)] == [1, 8, 7, 2, 3, 4, 5, 6]
    ranks = [person.rank for person in people_on(office, TODAY)]
    assert len(set(ranks)) == 8


def test_a_loan_ends_the_day_before_the_person_is_back(office: Office, clock: SetClock) -> None:
    lend_out(office, 4, date(2026, 11, 2), by=KEEPER)
    return_from_loan(office, 4, NOVEMBER_16, by=KEEPER)
    clock.set(datetime(2026, 12, 1, 7, 0))
    mine = of(office, "2026-11", 4)
    assert mine is not None
    assert (mine.due_count / 2, mine.count(HalfStatus.SECONDED) / 2) == (11, 10)
    assert mine.remarks == ("11月2日借出", "11月16日归来")


def test_a_loan_that_never_began_is_struck(office: Office) -> None:
    lend_out(office, 4, date(2026, 11, 2), by=KEEPER)
    return_from_loan(office, 4, date(2026, 11, 2), by=KEEPER)
    assert 4 in [person.id for person in due_people(office, date(2026, 11, 3))]


def test_leaving_ends_loans_and_posts(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, 4, Post.SUPPLIES_KEEPER, by=1)
    lend_out(office, 4, date(2026, 11, 2), by=1)
    retire(office, 4, date(2026, 11, 15), by=1)
    assert [one.staff for one in holdings_on(office, date(2026, 11, 15))] == [1, 4]
    assert [one.staff for one in holdings_on(office, NOVEMBER_16)] == [1]
    assert office.fetch("SELECT DISTINCT to_day, remark FROM staff_periods WHERE staff_id = 4 ORDER BY remark") == [
        ("2026-11-15", ""),
        ("2026-11-15", "退休"),
    ]


def test_a_departure_still_to_come_is_put_off_or_forward(office: Office, clock: SetClock) -> None:
    retire(office, 4, date(2026, 10, 30), by=KEEPER)
    retire(office, 4, date(2026, 11, 13), by=KEEPER)
    assert 4 in [person.id for person in people_on(office, date(2026, 11, 13))]
    transfer_out(office, 4, date(2026, 10, 16), by=KEEPER)
    assert 4 not in [person.id for person in people_on(office, date(2026, 10, 19))]
    with pytest.raises(Refused, match="本来就到"):
        transfer_out(office, 4, date(2026, 10, 16), by=KEEPER)
    clock.set(datetime(2026, 10, 19, 8, 0))
    with pytest.raises(Refused, match="不在册"):
        transfer_out(office, 4, date(2026, 10, 30), by=KEEPER)


def test_a_wrong_day_of_arrival_is_put_right(office: Office, clock: SetClock) -> None:
    added = add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, TODAY, by=KEEPER).staff
    correct_joined(office, added, date(2026, 10, 20), by=KEEPER)
    assert added not in [person.id for person in people_on(office, date(2026, 10, 19))]
    correct_joined(office, added, date(2026, 10, 14), by=KEEPER)
    clock.set(datetime(2026, 11, 2, 7, 0))
    mine = of(office, "2026-10", added)
    assert mine is not None
    assert (mine.due_count, mine.remarks) == (26, ("10月14日到岗",))
    seal(office, "2026-10")
    with pytest.raises(Refused, match="已封存"):
        correct_joined(office, added, date(2026, 10, 15), by=KEEPER)
    assert not verify_office(office).findings


def test_the_day_of_arrival_does_not_pass_what_came_after_it(office: Office) -> None:
    sign_in(office, 4, TODAY, Half.MORNING, by=KEEPER)
    with pytest.raises(Refused, match="10月12日还有签到"):
        correct_joined(office, 4, date(2026, 10, 14), by=KEEPER)
    rename(office, 5, "古丽", date(2026, 10, 14), by=KEEPER)
    with pytest.raises(Refused, match="已有别的登记"):
        correct_joined(office, 5, date(2026, 10, 14), by=KEEPER)


def test_somebody_who_left_comes_back_under_the_same_number(office: Office) -> None:
    transfer_out(office, 4, date(2026, 10, 20), by=KEEPER)
    with pytest.raises(Refused, match="在册"):
        rejoin(office, 4, Origin.TRANSFERRED_IN, date(2026, 10, 20), by=KEEPER)
    rejoin(office, 4, Origin.TRANSFERRED_IN, date(2026, 11, 2), by=KEEPER)
    assert 4 not in [person.id for person in people_on(office, date(2026, 10, 30))]
    assert [person.number for person in people_on(office, date(2026, 11, 2)) if person.id == 4] == ["004"]


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda office: transfer_out(office, 4, date(2026, 10, 1), by=KEEPER), "last"),
        (lambda office: retire(office, 4, date(2206, 10, 1), by=KEEPER), "last"),
        (lambda office: lend_out(office, 4, date(2026, 11, 2), date(2026, 11, 1), by=KEEPER), "last"),
        (lambda office: lend_out(office, 4, date(2026, 9, 1), by=KEEPER), "first"),
        (lambda office: return_from_loan(office, 4, TODAY, by=KEEPER), "back"),
        (lambda office: change_profile(office, 4, date(2026, 10, 1), section="股", by=KEEPER), "first"),
        (lambda office: rename(office, 4, "王为", date(2026, 10, 1), by=KEEPER), "first"),
        (lambda office: rename(office, 4, "  ", TODAY, by=KEEPER), "name"),
        (lambda office: add_person(office, NewPerson("甲"), Origin.RECRUITED, date(1926, 1, 1), by=KEEPER), "first"),
    ],
    ids=["leaves early", "far ahead", "reversed", "lent early", "never lent", "changed early", "renamed early",
         "nameless", "far back"],
)  # fmt: skip
def test_an_impossible_day_is_refused_under_its_field(
    office: Office, act: Callable[[Office], object], field: str
) -> None:
    before = office.tail()
    with pytest.raises(Refused) as refusal:
        act(office)
    assert refusal.value.field == field
    assert office.tail() == before


def test_nobody_leaves_before_a_day_they_signed(office: Office) -> None:
    sign_in(office, 4, TODAY, Half.MORNING, by=KEEPER)
    with pytest.raises(Refused, match="10月12日还有签到"):
        lend_out(office, 4, TODAY, by=KEEPER)
    transfer_out(office, 4, TODAY, by=KEEPER)
    assert 4 in [person.id for person in due_people(office, TODAY)]


def test_a_sealed_month_takes_no_change_of_who_was_due(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 2, 7, 0))
    seal(office, "2026-10")
    acts: tuple[Callable[[], object], ...] = (
        lambda: add_person(office, NewPerson("贺文斌"), Origin.RECRUITED, date(2026, 10, 30), by=KEEPER),
        lambda: transfer_out(office, 4, date(2026, 10, 29), by=KEEPER),
        lambda: lend_out(office, 4, date(2026, 10, 30), by=KEEPER),
        lambda: rename(office, 4, "王为", date(2026, 10, 30), by=KEEPER),
        lambda: change_profile(office, 4, date(2026, 10, 30), section="信息股", by=KEEPER),
        lambda: change_profile(office, 4, date(2026, 10, 30), mode=AttendanceMode.SHIFTS, by=KEEPER),
    )
    for act in acts:
        with pytest.raises(Refused, match="2026年10月考勤已封存") as refusal:
            act()
        assert refusal.value.field in ("first", "last")
    transfer_out(office, 4, date(2026, 10, 31), by=KEEPER)
    assert of(office, "2026-11", 4) is None


@pytest.mark.parametrize("field", ["name", "section", "position", "phone", "remark"])
def test_a_marked_text_enters_the_staff_list_by_no_verb(office: Office, field: str) -> None:
    marked: dict[str, Any] = {field: "机密★3年"}
    newcomer = replace(NewPerson("来人", "行政股", "科员"), **marked)
    with pytest.raises(Refused, match="涉密"):
        add_person(office, newcomer, Origin.RECRUITED, TODAY, by=KEEPER)
    line = replace(staff_lines(9)[8], **marked)
    with pytest.raises(Refused, match="涉密"):
        import_staff(office, [line], by=KEEPER)
    with pytest.raises(Refused, match="涉密"):
        settings.change(office, "office_name", "机密★3年", by=KEEPER)
