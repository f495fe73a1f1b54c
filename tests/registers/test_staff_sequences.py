"""Whatever order people come, go and change in, the book stays whole and every month balances."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar
from govoffice_tui.registers.attendance.months import figures
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, people_on
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
from govoffice_tui.registers.staff_profiles import change_profile, correct_profile, move_rank, rename
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import AttendanceMode
from govoffice_tui.rules.refusal import Refused
from tests.factories import staff_lines
from tests.laws import cases

KEEPER = 3
DAYS = st.dates(date(2026, 9, 20), date(2026, 12, 10))
PEOPLE = st.integers(1, 9)
ACTS = st.one_of(
    st.tuples(st.just("add"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("transfer"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("retire"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("rejoin"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("lend"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("back"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("mode"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("rename"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("correct"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("move"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("joined"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("sign"), PEOPLE, DAYS, DAYS),
    st.tuples(st.just("collect"), PEOPLE, DAYS, DAYS),
)


def carry_out(office: Office, clock: SetClock, act: tuple[str, int, date, date]) -> None:
    verb, person, day, other = act
    if verb == "add":
        add_person(office, NewPerson(f"甲{person}"), list(Origin)[person % 3], day, by=KEEPER)
    elif verb == "transfer":
        transfer_out(office, person, day, by=KEEPER)
    elif verb == "retire":
        retire(office, person, day, by=KEEPER)
    elif verb == "rejoin":
        rejoin(office, person, Origin.TRANSFERRED_IN, day, by=KEEPER)
    elif verb == "lend":
        lend_out(office, person, day, None if day > other else other, by=KEEPER)
    elif verb == "back":
        return_from_loan(office, person, day, by=KEEPER)
    elif verb == "mode":
        mode = list(AttendanceMode)[other.day % 3]
        change_profile(office, person, day, mode=mode, remark="驻村;赵敏批准", by=KEEPER)
    elif verb == "rename":
        rename(office, person, f"乙{other.day}", day, by=KEEPER)
    elif verb == "correct":
        correct_profile(office, person, name=f"丙{other.day}", section="信息股", by=KEEPER)
    elif verb == "move":
        move_rank(office, person, 1 + other.day % 8, by=KEEPER)
    elif verb == "joined":
        correct_joined(office, person, day, by=KEEPER)
    elif verb == "sign":
        clock.set(max(clock_time(office), datetime(day.year, day.month, day.day, 8, 0)))
        sign_in(office, person, office.now().date(), Half.MORNING, by=KEEPER)
    else:
        clock.set(max(clock_time(office), datetime(day.year, day.month, day.day, 8, 20)))
        collect_book(office, office.now().date(), Half.MORNING, by=KEEPER)


def clock_time(office: Office) -> datetime:
    return office.now()


@pytest.mark.law
@settings(max_examples=cases(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(ACTS, min_size=5, max_size=30))
def test_whatever_happens_the_book_is_whole_and_the_months_balance(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, date, date]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("office")
    clock = SetClock(datetime(2026, 9, 21, 7, 0))
    office = found_office(folder, clock, {"office_name": "测试县人民政府办公室"})
    try:
        calendar.ensure(office, 2026)
        import_staff(office, staff_lines(8), by=None)
        for act in acts:
            try:
                carry_out(office, clock, act)
            except Refused:
                continue
        clock.set(datetime(2026, 12, 30, 20, 0))
        assert not verify_office(office).findings
        for word in ("2026-09", "2026-10", "2026-11", "2026-12"):
            for one in figures(office, word)[2]:
                assert one.imbalance == 0
                whole = 0
                for halves in one.statuses.values():
                    assert whole & halves == 0
                    whole |= halves
        today = date(2026, 12, 30)
        for person in people_on(office, today):
            rows = office.fetch(
                "SELECT from_day, to_day FROM staff_periods WHERE staff_id = ? AND struck_at IS NULL"
                " AND kind <> 'seconded_out' ORDER BY from_day",
                person.id,
            )
            assert all(last is not None and last < first for (_, last), (first, _) in pairwise(rows))
    finally:
        office.close()
