"""A year read from the book: months up to now, each by its calendar, and what is pointed out on 今日."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar, catalog, closing
from govoffice_tui.registers.attendance import facts, months, years
from govoffice_tui.registers.attendance.register import ATTENDANCE
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.staff_changes import transfer_out
from govoffice_tui.rules.half_days import HalfStatus, span
from govoffice_tui.rules.refusal import Refused
from tests.factories import staff_lines

KEEPER = 3
Claim = Callable[[int, HalfStatus, date, date], None]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Office]:
    """An office of eight people since 1 October 2025, seen at noon on 31 March 2026."""
    values = {"office_name": "测试县人民政府办公室", "first_session": "2025-10-01 0"}
    office = found_office(tmp_path, SetClock(datetime(2026, 3, 31, 12, 0)), values)
    calendar.ensure(office, 2025)
    import_staff(office, staff_lines(8, date(2025, 10, 1)), by=None)
    yield office
    office.close()


@pytest.fixture
def claim(kept: Office, monkeypatch: pytest.MonkeyPatch) -> Claim:
    """Let a further book claim the days from first to last for a person, who signs on all others."""
    claimed: dict[int, list[tuple[HalfStatus, date, date]]] = {}

    def read(office: Office, days: Sequence[date]) -> facts.Claims:
        found: dict[int, dict[HalfStatus, int]] = {}
        whole = span(days[0], days[-1])
        for person in range(1, 9):
            mine: dict[HalfStatus, int] = {}
            for status, first, last in claimed.get(person, []):
                start, end = max(first, days[0]), min(last, days[-1])
                if start <= end:
                    mine[status] = mine.get(status, 0) | span(start, end)
            taken = 0
            for halves in mine.values():
                taken |= halves
            past = span(days[0], min(days[-1], date(2026, 3, 30))) if days[0] <= date(2026, 3, 30) else 0
            found[person] = {**mine, HalfStatus.SIGNED: whole & past & ~taken}
        return found

    def claiming(person: int, status: HalfStatus, first: date, last: date) -> None:
        claimed.setdefault(person, []).append((status, first, last))

    monkeypatch.setattr(facts, "CLAIMS", (read,))
    return claiming


def test_a_year_goes_up_to_this_month_and_names_the_open_ones(kept: Office, claim: Claim) -> None:
    year = years.attendance_year(kept, 2026)
    assert year.months == ("2026-01", "2026-02", "2026-03")
    assert year.open_months == year.months
    assert year.period_words == "2026年1月至3月"
    assert years.attendance_year(kept, 2025).months == ("2025-10", "2025-11", "2025-12")


def test_a_year_is_the_sum_of_the_months_as_they_are_reported(kept: Office, claim: Claim) -> None:
    claim(4, HalfStatus.SICK, date(2026, 1, 28), date(2026, 2, 3))
    claim(5, HalfStatus.LATE, date(2026, 3, 2), date(2026, 3, 2))
    year = years.attendance_year(kept, 2026)
    rows = [one for month in year.months for one in months.figures(kept, month)[2]]
    assert sum(one.due for one in year.people) == sum(one.due_count for one in rows)
    words = {one.person.id: years.total_words(one) for one in year.people}
    assert (words[4], words[5]) == ("病假5天 待核0.5天", "迟到2次 待核0.5天")


def test_a_year_without_books_is_refused(kept: Office, claim: Claim) -> None:
    for year in (2024, 2027):
        with pytest.raises(Refused, match=f"{year}年还没有考勤登记"):
            years.attendance_year(kept, year)
    assert catalog.register_years(kept, 2024) == []


def test_somebody_who_left_stands_in_the_year_with_when(kept: Office, claim: Claim) -> None:
    transfer_out(kept, 7, date(2026, 3, 30), by=KEEPER)
    (one,) = [one for one in years.attendance_year(kept, 2026).people if one.person.id == 7]
    assert one.remarks == ("3月31日调出",)


def test_a_run_from_december_is_found_where_the_year_begins_with_it(kept: Office, claim: Claim) -> None:
    claim(4, HalfStatus.ABSENT, date(2025, 11, 24), date(2026, 1, 9))
    chart = calendar.load(kept, [2025, 2026])
    expected = len(chart.workdays(date(2025, 11, 24), date(2026, 1, 9)))
    (one,) = [one for one in years.attendance_year(kept, 2026).people if one.person.id == 4]
    assert one.longest_run == expected
    assert one.absent == 2 * len(chart.workdays(date(2026, 1, 1), date(2026, 1, 9)))


def test_the_day_page_points_out_a_threshold_with_its_basis_and_who_decides(kept: Office, claim: Claim) -> None:
    def told() -> list[str]:
        return [due.text for due in ATTENDANCE.due(kept, kept.now()) if "旷工" in due.text]

    assert told() == []
    claim(4, HalfStatus.ABSENT, date(2026, 3, 2), date(2026, 3, 3))
    assert told() == []
    claim(4, HalfStatus.ABSENT, date(2026, 3, 4), date(2026, 3, 4))
    assert told() == ["提示:王伟(行政股) 连续旷工3天,由办公室按规定研究"]


def test_a_persons_year_is_told_in_lines(kept: Office, claim: Claim) -> None:
    claim(4, HalfStatus.ABSENT, date(2026, 3, 26), date(2026, 3, 30))
    lines = years.story(years.attendance_year(kept, 2026), 4)
    assert lines[1] == "旷工3天 待核0.5天"
    assert "旷工累计3天,最长连续3个工作日,最近一次连续3个工作日,尚未到岗" in lines
    assert "提示:连续旷工3个工作日(提示线3),由办公室按规定研究(公务员法第88条)。" in lines
    assert lines[-1] == "未定稿:1月、2月、3月还没有封存。"
    assert years.story(years.attendance_year(kept, 2026), 99) == []


def test_a_month_under_seal_is_open_no_more(kept: Office, claim: Claim) -> None:
    closing.close_month(kept, "attendance", "2026-01", lambda *_: [], lambda *_: "0" * 64, by=KEEPER)
    year = years.attendance_year(kept, 2026)
    assert year.open_months == ("2026-02", "2026-03")


def test_the_year_in_brief_adds_up_everybody(kept: Office, claim: Claim) -> None:
    (one,) = catalog.register_years(kept, 2026)
    due = sum(person.due for person in years.attendance_year(kept, 2026).people) / 2
    assert one.brief.summary.startswith(f"应出勤{due:g}天 ")
    assert one.brief.hints == ()
