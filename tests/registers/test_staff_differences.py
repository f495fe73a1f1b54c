"""A staff list brought in again: what it says differently, what has to be asked, and that nobody is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance.months import month
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, memberships_on, people_on, person_on
from govoffice_tui.registers.staff_changes import NewPerson, Origin, add_person, transfer_out
from govoffice_tui.registers.staff_differences import (
    Decisions,
    Differences,
    Fate,
    Left,
    apply_differences,
    compare,
    undecided,
)
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.people import Category, Membership, StaffLine
from govoffice_tui.rules.refusal import Refused
from tests.factories import staff_lines

KEEPER = 3
TODAY = date(2026, 10, 12)


def said(seen: Differences) -> list[tuple[str, str, str, str]]:
    return [(one.person.name, one.field, one.old, one.new) for one in seen.changed]


def entered(office: Office, lines: list[StaffLine], decisions: Decisions) -> None:
    apply_differences(office, lines, compare(office, lines), decisions, by=KEEPER)


def test_the_same_list_changes_nothing(office: Office) -> None:
    lines = staff_lines(8)
    seen = compare(office, lines)
    assert seen.is_empty
    assert [person for _, person in seen.same] == list(range(1, 9))
    before = office.tail()
    apply_differences(office, lines, seen, Decisions(TODAY), by=KEEPER)
    assert office.tail() == before


def test_two_namesakes_without_numbers_are_told_apart_by_section(office: Office) -> None:
    lines = staff_lines(8)
    swapped = [lines[5], lines[3]]
    others = [line for line in lines if line.name != "王伟"]
    seen = compare(office, [*others, *swapped])
    assert seen.is_empty
    assert dict(seen.same)[lines[3].row] == 4
    assert dict(seen.same)[lines[5].row] == 6


def test_a_namesake_who_moved_is_found_by_phone(office: Office) -> None:
    lines = staff_lines(8)
    lines[5] = replace(lines[5], section="法制股")
    seen = compare(office, lines)
    assert said(seen) == [("王伟", "section", "资料动态股", "法制股")]
    assert not seen.doubtful
    entered(office, lines, Decisions(date(2026, 10, 19)))
    for day, section in ((TODAY, "资料动态股"), (date(2026, 10, 19), "法制股")):
        assert next(person.section for person in people_on(office, day) if person.id == 6) == section


def test_a_namesake_who_moved_and_has_another_phone_is_asked_about(office: Office) -> None:
    lines = staff_lines(8)
    lines[5] = replace(lines[5], section="法制股", phone="")
    seen = compare(office, lines)
    assert [[person.id for person in doubt.candidates] for doubt in seen.doubtful] == [[6]]
    assert not seen.missing
    assert [person.id for person in undecided(seen, Decisions(TODAY, same={lines[5].row: None}))] == [6]
    entered(office, lines, Decisions(TODAY, same={lines[5].row: 6}))
    assert len(people_on(office, TODAY)) == 8
    assert compare(office, lines).is_empty


def test_namesakes_whose_phones_say_otherwise_are_asked_about(office: Office) -> None:
    lines = staff_lines(8)
    lines[3], lines[5] = replace(lines[3], phone=lines[5].phone), replace(lines[5], phone=lines[3].phone)
    seen = compare(office, lines)
    assert [(doubt.line.row, [person.id for person in doubt.candidates]) for doubt in seen.doubtful] == [
        (lines[3].row, [4, 6]),
        (lines[5].row, [6, 4]),
    ]
    with pytest.raises(Refused, match="定成了同一个人"):
        entered(office, lines, Decisions(TODAY, same={lines[3].row: 4, lines[5].row: 4}))


def test_a_further_namesake_beside_one_who_is_found_is_somebody_new(office: Office) -> None:
    lines = [*staff_lines(8), replace(staff_lines(8)[6], row=99, section="法制股", phone="13900009999")]
    seen = compare(office, lines)
    assert [line.name for line in seen.added] == ["冯䶮"]
    assert not seen.doubtful
    entered(office, lines, Decisions(TODAY))
    assert [person.number for person in people_on(office, TODAY)][-1] == "009"


def test_a_known_number_under_another_name_is_never_somebody_new(office: Office, clock: SetClock) -> None:
    lines = [replace(line, number=f"{place:03d}") for place, line in enumerate(staff_lines(8), 1)]
    lines[6] = replace(lines[6], name="冯晓龙")
    seen = compare(office, lines)
    assert [(doubt.candidates[0].id, doubt.may_be_new) for doubt in seen.doubtful] == [(7, False)]
    with pytest.raises(Refused, match="已是别人的"):
        entered(office, lines, Decisions(TODAY, same={lines[6].row: None}))
    clock.set(datetime(2026, 11, 2, 8, 0))
    row = lines[6].row
    entered(office, lines, Decisions(date(2026, 11, 2), same={row: 7}, renamed=frozenset({row})))
    assert (month(office, "2026-10").display_names[7], month(office, "2026-11").display_names[7]) == ("冯䶮", "冯晓龙")
    lines[6] = replace(lines[6], name="冯小龙")
    entered(office, lines, Decisions(date(2026, 11, 2), same={row: 7}))
    assert month(office, "2026-11").display_names[7] == "冯小龙"


def test_numbers_the_book_never_gave_do_not_double_people(office: Office) -> None:
    lines = [replace(line, number=f"A{place}") for place, line in enumerate(staff_lines(8), 1)]
    assert compare(office, lines).is_empty
    blank = [replace(line, phone="") for line in lines]
    seen = compare(office, blank)
    assert not seen.added
    assert len(seen.doubtful) == 8


def test_empty_cells_say_nothing(office: Office) -> None:
    bare = [replace(line, position="", phone="", category=None) for line in staff_lines(8)]
    assert compare(office, bare).is_empty


def test_everything_the_list_says_differently_is_shown_and_entered_from_a_day(office: Office) -> None:
    lines = staff_lines(8)
    lines[1] = replace(lines[1], position="主任", phone="13900001234", category=Category.REFERENCE)
    seen = compare(office, lines)
    assert said(seen) == [
        ("钱峰", "position", "副主任", "主任"),
        ("钱峰", "phone", "13900000001", "13900001234"),
        ("钱峰", "category", "公务员", "参公"),
    ]
    entered(office, lines, Decisions(date(2026, 10, 19)))
    before, after = person_on(office, 2, TODAY), person_on(office, 2, date(2026, 10, 19))
    assert before is not None
    assert after is not None
    assert (before.position, after.position, after.category) == ("副主任", "主任", Category.REFERENCE)


def test_those_missing_are_asked_about_one_by_one(office: Office) -> None:
    lines = staff_lines(8)[:4]
    seen = compare(office, lines)
    assert [person.id for person in seen.missing] == [5, 6, 7, 8]
    answers = {
        5: Left(Fate.STAYS),
        6: Left(Fate.TRANSFERRED, date(2026, 10, 15)),
        7: Left(Fate.RETIRED, date(2026, 10, 31)),
    }
    with pytest.raises(Refused, match="吴桂芳不在名单上"):
        entered(office, lines, Decisions(TODAY, missing=answers))
    assert len(people_on(office, date(2026, 11, 2))) == 8
    entered(office, lines, Decisions(TODAY, missing=answers | {8: Left(Fate.LENT, date(2026, 10, 19))}))
    assert [person.id for person in people_on(office, date(2026, 11, 2))] == [1, 2, 3, 4, 5, 8]
    assert memberships_on(office, 8, date(2026, 11, 2)) == {Membership.EMPLOYED, Membership.SECONDED_OUT}
    assert office.fetch("SELECT count(*) FROM staff") == [(8,)]


def test_somebody_back_after_leaving_keeps_the_number(office: Office, clock: SetClock) -> None:
    transfer_out(office, 7, TODAY, by=KEEPER)
    clock.set(datetime(2026, 10, 19, 8, 0))
    lines = staff_lines(8)
    seen = compare(office, lines)
    assert [(doubt.line.name, doubt.candidates[0].id) for doubt in seen.doubtful] == [("冯䶮", 7)]
    assert undecided(seen, Decisions(TODAY, same={lines[6].row: None})) == []
    entered(office, lines, Decisions(date(2026, 10, 19), same={lines[6].row: 7}))
    assert [person.number for person in people_on(office, date(2026, 10, 19)) if person.id == 7] == ["007"]


def test_somebody_still_to_come_is_not_added_twice(office: Office) -> None:
    add_person(office, NewPerson("贺文斌", "信息股"), Origin.TRANSFERRED_IN, date(2026, 11, 2), by=KEEPER)
    newcomer = replace(staff_lines(8)[7], row=99, name="贺文斌", section="信息股", position="科员", phone="")
    lines = [*staff_lines(8), newcomer]
    assert said(compare(office, lines)) == [("贺文斌", "position", "", "科员")]
    entered(office, lines, Decisions(TODAY))
    assert compare(office, lines).is_empty


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda: Left(Fate.RETIRED), "写日期"),
        (lambda: Left(Fate.RETIRED, date(2026, 9, 1)), "才到岗"),
        (lambda: Left(Fate.LENT, date(2226, 9, 1)), "核对年份"),
    ],
)
def test_one_wrong_answer_leaves_the_whole_list_unwritten(office: Office, spoil: Callable[[], Left], why: str) -> None:
    lines = [*staff_lines(8)[:7], replace(staff_lines(8)[6], row=99, name="贺文斌", phone="")]
    before = office.tail()
    with pytest.raises(Refused, match=why):
        entered(office, lines, Decisions(TODAY, missing={8: spoil()}))
    assert office.tail() == before


def test_a_book_changed_since_the_difference_was_shown_is_compared_anew(office: Office) -> None:
    lines = [*staff_lines(8), replace(staff_lines(8)[6], row=99, name="贺文斌", phone="")]
    seen = compare(office, lines)
    apply_differences(office, lines, seen, Decisions(TODAY), by=KEEPER, form_key="list")
    again = apply_differences(office, lines, seen, Decisions(TODAY), by=KEEPER, form_key="list")
    assert (again.added, len(people_on(office, TODAY))) == (1, 9)
    with pytest.raises(Refused, match="刚才有变动"):
        apply_differences(office, lines, seen, Decisions(TODAY), by=KEEPER)
    assert not verify_office(office).findings


def test_a_first_list_brought_in_again_doubles_nobody(office: Office) -> None:
    lines = staff_lines(8)
    assert import_staff(office, lines, by=KEEPER).added == ()
    for other in (replace(lines[6], section="法制股"), replace(lines[6], number="A7")):
        with pytest.raises(Refused, match="有同名的人"):
            import_staff(office, [*lines[:6], other], by=KEEPER)
    assert len(people_on(office, TODAY)) == 8
