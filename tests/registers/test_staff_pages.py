"""The staff list as its page shows it: how everybody stands today, and one person's history."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff_changes import NewPerson, Origin, add_person, lend_out, retire
from govoffice_tui.registers.staff_pages import entries, history
from govoffice_tui.registers.staff_profiles import correct_profile
from govoffice_tui.rules.people import display_names

KEEPER = 3
TODAY = date(2026, 10, 12)


def test_everybody_stands_in_the_words_of_the_day(office: Office, clock: SetClock) -> None:
    lend_out(office, 1, date(2026, 10, 19), date(2026, 10, 30), by=KEEPER)
    lend_out(office, 2, TODAY, by=KEEPER)
    retire(office, 4, date(2026, 11, 15), by=KEEPER)
    retire(office, 5, TODAY, by=KEEPER)
    coming = add_person(office, NewPerson("贺文斌"), Origin.SECONDED_IN, date(2026, 11, 2), by=KEEPER).staff

    def standing() -> dict[int, str]:
        return {entry.person.id: entry.standing for entry in entries(office, office.now().date())}

    assert standing() == {
        1: "10月19日借出",
        2: "借出",
        3: "在册",
        4: "11月16日离岗",
        5: "10月13日离岗",
        6: "在册",
        7: "在册",
        8: "在册",
        coming: "11月2日到岗",
    }
    clock.set(datetime(2026, 11, 2, 8, 0))
    assert (standing()[1], standing()[5], standing()[coming]) == ("在册", "已离岗", "借入")
    assert [entry.person.id for entry in entries(office, date(2026, 11, 2))][-1] == 5


def test_the_history_tells_who_entered_an_end_and_what_was_struck(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 10, 13, 9, 5))
    correct_profile(office, 7, name="冯龑", by=KEEPER)
    retire(office, 7, date(2026, 10, 30), by=KEEPER)
    told = [(line.words, line.entered, line.is_struck) for line in history(office, 7)]
    keeper = "周小萍 2026年10月13日 09:05"
    assert ("在册 10月12日至10月30日 退休", keeper, False) in told
    assert ("划销(改错字):冯䶮 资料动态股 科员", "系统 2026年10月12日 07:50", True) in told
    assert ("冯龑 资料动态股 科员 公务员", keeper, False) in told


def test_names_alone_are_those_of_the_whole_list(office: Office) -> None:
    for day in (TODAY, TODAY - timedelta(days=4000), TODAY + timedelta(days=400)):
        assert staff.names_ever(office, day) == display_names(staff.everybody_ever(office, day))
