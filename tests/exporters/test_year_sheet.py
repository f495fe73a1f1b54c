"""年度考勤汇总表: a line a person, sums that come out, 编外 apart, and what is pointed out before all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govoffice_tui.exporters.attendance.workbook_pages import Unbalanced
from govoffice_tui.exporters.attendance.year_sheet import FIGURES, HINTS_SHOWN, LONGEST_RUN, year_digest, year_pages
from govoffice_tui.exporters.layout import lay_out, printable, scale
from govoffice_tui.exporters.page import SIGNATURES, Page
from govoffice_tui.registers.attendance.years import AttendanceYear
from govoffice_tui.rules.half_days import LEAVES, HalfStatus
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.year_totals import PersonYear
from tests.exporters.factories import MADE_AT, OFFICE, rows_named, staff, texts


def person_year(number: int, absent: int = 0) -> PersonYear:
    """Return one of the 56 people with figures of their own; `absent` days are 旷工 in a row."""
    person = staff()[number - 1]
    leave = dict.fromkeys(LEAVES, 0)
    leave |= {HalfStatus.PERSONAL: number % 4, HalfStatus.SICK: number % 3, HalfStatus.MATERNITY: 2 * (number % 5)}
    due, pending = 400, number % 2
    attended = due - sum(leave.values()) - 2 * absent - pending
    return PersonYear(
        person, due, attended, number % 6, number % 7, number % 2, leave, 2 * absent, pending, 0, 0, absent, 0
    )


def year(absent: dict[int, int] | None = None, *, open_months: tuple[str, ...] = ()) -> AttendanceYear:
    people = [person_year(number, (absent or {}).get(number, 0)) for number in range(1, 57)]
    return year_of(people, open_months)


def year_of(people: list[PersonYear], open_months: tuple[str, ...] = ()) -> AttendanceYear:
    months = tuple(f"2026-{number:02d}" for number in range(1, 13))
    names = display_names(one.person for one in people)
    return AttendanceYear(OFFICE, 2026, months, open_months, tuple(people), names)


def page_of(found: AttendanceYear) -> Page:
    (page,) = year_pages(found, MADE_AT)
    return page


def lines_of(page: Page) -> list[list[object]]:
    return [[cell.value for cell in row.cells if cell] for block in page.blocks for row in block]


def test_everybody_has_one_line_and_those_apart_stand_last() -> None:
    found = year()
    lines = [line for line in lines_of(page_of(found)) if isinstance(line[0], int)]
    assert [line[0] for line in lines] == list(range(1, 57))
    assert [line[1] for line in lines] == [found.display_names[one.person.id] for one in found.people]
    assert rows_named(page_of(found), "编外小计(3人)")


def test_the_sums_of_the_sections_are_the_whole_in_every_column_that_adds_up() -> None:
    lines = lines_of(page_of(year({7: 3})))
    sums = [line[1:-1] for line in lines if "小计" in str(line[0])]
    (total,) = [line[1:-1] for line in lines if str(line[0]).startswith("合计(56人)")]
    for place, figure in enumerate(FIGURES):
        if figure.adds_up:
            assert total[place] == sum(float(str(line[place])) for line in sums)
        else:
            assert figure is LONGEST_RUN
            assert total[place] == ""


def test_a_year_with_open_months_is_headed_so_and_names_them() -> None:
    page = page_of(year(open_months=("2026-11", "2026-12")))
    assert page.title == f"{OFFICE}年度考勤汇总表(未定稿)"
    assert page.lead[0] == "未定稿:11月、12月还没有封存。"
    final = page_of(year())
    assert (final.title, final.lead) == (f"{OFFICE}年度考勤汇总表", ())
    assert final.signatures == SIGNATURES


def test_what_is_pointed_out_stands_first_and_is_no_decision() -> None:
    page = page_of(year({7: 10}))
    name = year().display_names[7]
    assert page.lead == (f"提示:{name} 连续旷工10个工作日(提示线10),由办公室按规定研究(公务员法第88条)",)
    assert "辞退" not in texts(page)


def test_of_very_many_the_first_are_named_and_the_rest_counted() -> None:
    page = page_of(year(dict.fromkeys(range(1, 51), 5)))
    assert len(page.lead) == HINTS_SHOWN + 1
    assert page.lead[-1].startswith(f"另有{50 - HINTS_SHOWN}人")


def test_other_leave_is_told_by_kind_and_coming_and_going_too() -> None:
    one = replace(person_year(6), exempt=20, seconded=5, remarks=("11月16日调出",))
    (line,) = [line for line in lines_of(page_of(year_of([one]))) if line[0] == 1]
    assert line[-1] == "产假1天;免签10天;借出2.5天;11月16日调出"
    endless = replace(person_year(6), remarks=("调" * 500,))
    (line,) = [line for line in lines_of(page_of(year_of([endless]))) if line[0] == 1]
    assert len(str(line[-1])) == 120


def test_figures_that_do_not_come_out_are_not_printed() -> None:
    wrong = replace(person_year(6), due=401)
    with pytest.raises(Unbalanced, match=r"全年应出勤与各项之和相差0\.5天"):
        year_pages(year_of([wrong]), MADE_AT)


def test_the_sheet_lies_and_its_columns_fit_it_at_full_size() -> None:
    page = page_of(year())
    assert scale(page) == 1.0
    assert sum(page.columns) == printable(page)[0]
    layout = lay_out(page)
    assert 2 <= layout.pages <= 4


def test_whatever_the_form_shows_changes_the_digest() -> None:
    found = year({7: 3})
    others = [
        year({7: 4}),
        year({7: 3}, open_months=("2026-12",)),
        replace(found, office_name="别县人民政府办公室"),
        replace(found, months=found.months[:-1]),
        replace(found, people=found.people[1:]),
        replace(found, people=(replace(found.people[0], remarks=("调出",)), *found.people[1:])),
        replace(found, display_names={**found.display_names, 1: "别人"}),
    ]
    assert len({year_digest(one) for one in [found, year({7: 3}), *others]}) == len(others) + 1
