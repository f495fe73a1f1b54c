"""The month's three sheets: figures, marks, who is named, what is refused, and what the digest is of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

import pytest

from govoffice_tui.exporters.attendance.figures import FIGURES, LEGEND_TITLES
from govoffice_tui.exporters.attendance.workbook_pages import Unbalanced, figures_digest, month_pages, unbalanced
from govoffice_tui.exporters.layout import ROW_LIMIT, heights, lay_out
from govoffice_tui.exporters.page import Cell, Page
from govoffice_tui.registers.attendance.views import AttendanceMonth
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, MonthFrame, PersonMonth, bit, span
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.settings import DEFAULT_LEGEND, read_legend
from tests.exporters.factories import (
    MADE_AT,
    book_note,
    calendar_2026,
    frame_of,
    month_of,
    october,
    rows_named,
    texts,
    with_status,
)

TITLES = [figure.title for figure in FIGURES]
FIRST_DAY = 3
"""Place of the column of the 1st in a person's line."""


def summary(month: AttendanceMonth) -> Page:
    """Return 月考勤汇总."""
    return month_pages(month, MADE_AT)[0]


def grid(month: AttendanceMonth) -> Page:
    """Return 考勤月报表."""
    return month_pages(month, MADE_AT)[1]


def person_rows(page: Page, number: int) -> tuple[list[Cell | None], list[Cell | None]]:
    """Return the two lines of the person with a number."""
    pair = next(block for block in page.blocks if _number(block[0].cells[0]) == number)
    return list(pair[0].cells), list(pair[1].cells)


def _number(cell: Cell | None) -> object:
    return cell.value if cell else None


def figure_of(page: Page, number: int, title: str) -> object:
    """Return one figure of one person."""
    upper, _ = person_rows(page, number)
    return _number(upper[FIRST_DAY + 31 + TITLES.index(title)])


def one_month(row: PersonMonth, frame: MonthFrame) -> AttendanceMonth:
    """Return a month of one person."""
    return month_of([row], calendar_2026(), frame)


def test_a_month_has_three_sheets_in_this_order() -> None:
    assert [page.sheet for page in month_pages(october(), MADE_AT)] == ["月考勤汇总", "考勤月报表", "说明"]


def test_a_month_without_people_is_still_three_sheets() -> None:
    month = replace(october(1), people=(), display_names={})
    assert [lay_out(page).pages for page in month_pages(month, MADE_AT)] == [1, 1, 1]


def test_a_short_month_has_as_many_columns_as_days_and_the_same_width() -> None:
    calendar = calendar_2026()
    month = month_of([october(1).people[0]], calendar, frame_of("2026-02", calendar))
    page = grid(month)
    assert len(page.columns) == FIRST_DAY + 28 + len(FIGURES) + 1
    assert sum(page.columns) == pytest.approx(sum(grid(october(1)).columns)) == pytest.approx(257)
    assert lay_out(page).pages == 1


def test_the_sheet_counts_the_workdays_of_the_month() -> None:
    assert "2026年10月    应出勤天数:18天" in grid(october()).subline


def test_a_person_has_two_lines_of_marks_and_the_figures_beside_them() -> None:
    page = grid(october())
    upper, lower = person_rows(page, 3)
    assert [cell.value for cell in upper[:3] if cell] == [3, "李国国", "办领导"]
    assert _number(upper[FIRST_DAY + 8]) == "◇"
    assert _number(lower[FIRST_DAY + 14]) == "◇"
    assert _number(upper[FIRST_DAY + 9]) == "√"
    assert figure_of(page, 3, "应出勤") == 18
    assert figure_of(page, 3, "实出勤") == 18
    assert figure_of(page, 3, "迟到次数") == 2
    assert figure_of(page, 5, "实出勤") == 17
    assert figure_of(page, 5, "待核") == 1


def test_days_of_rest_are_shaded_and_blank_and_the_make_up_saturday_is_not() -> None:
    page = grid(october())
    upper, _ = person_rows(page, 2)
    shaded = [day for day in range(1, 32) if (cell := upper[FIRST_DAY + day - 1]) and cell.is_shaded]
    assert shaded == [1, 2, 3, 4, 5, 6, 7, 11, 17, 18, 24, 25, 31]
    assert {_number(upper[FIRST_DAY + day - 1]) for day in shaded} == {""}
    heads = [[cell.value if cell else None for cell in row.cells] for row in page.header[1:]]
    assert heads[0][FIRST_DAY : FIRST_DAY + 3] == ["1", "2", "3"]
    assert heads[1][FIRST_DAY + 9] == "六"
    assert heads[2][FIRST_DAY + 9] == "班"
    assert heads[2][FIRST_DAY : FIRST_DAY + 8] == ["假", "假", "假", "", "假", "假", "假", ""]


def test_half_a_day_of_rest_is_shaded_alone() -> None:
    page = grid(october(calendar=calendar_2026(half_rest=[date(2026, 10, 30)])))
    upper, lower = person_rows(page, 2)
    assert [cell.is_shaded for cell in (upper[FIRST_DAY + 29], lower[FIRST_DAY + 29]) if cell] == [False, True]
    assert figure_of(page, 2, "应出勤") == 17.5
    assert "半天不上班:10月30日下午" in texts(page)


def test_before_somebody_came_the_line_says_not_on_the_roster() -> None:
    upper, lower = person_rows(grid(october()), 16)
    assert {_number(cell) for line in (upper, lower) for cell in line[FIRST_DAY : FIRST_DAY + 11]} == {"－"}
    assert _number(upper[-1]) == "10月12日到岗"


def test_somebody_lent_out_and_somebody_exempt_have_marks_and_nothing_due() -> None:
    page = grid(october())
    assert [_number(person_rows(page, number)[0][FIRST_DAY + 7]) for number in (1, 9)] == ["免", "借"]
    assert [figure_of(page, number, "应出勤") for number in (1, 9)] == [0, 0]


def test_sums_add_days_and_counts_of_their_section_and_of_everybody() -> None:
    month = october()
    page = grid(month)
    first = [figure_of(page, number, "应出勤") for number in range(1, 6)]
    (leaders,) = rows_named(page, "办领导小计")
    assert leaders[2] == sum(cast("list[int]", first)) == 72
    (total,) = rows_named(page, "合计")
    assert total[0] == "合计(56人)"
    parts = [rows_named(page, f"{title}小计")[0] for title in _section_titles(month)]
    for place in range(2, 2 + len(FIGURES)):
        assert total[place] == sum(cast("float", row[place]) for row in parts)


def _section_titles(month: AttendanceMonth) -> list[str]:
    return [*dict.fromkeys(one.person.section for one in month.people if not one.person.category.is_apart), "编外"]


def test_those_without_a_post_stand_apart_at_the_end() -> None:
    page = grid(october())
    assert rows_named(page, "编外小计")[0][0] == "编外小计(3人)"
    numbers = [_number(block[0].cells[0]) for block in page.blocks]
    assert numbers == list(range(1, 57))
    assert rows_named(page, "后勤股小计")[0][0] == "后勤股小计(2人)"


def test_each_kind_of_leave_lands_in_its_column() -> None:
    frame = frame_of("2026-10", calendar_2026())
    row = next(iter(october(2).people[1:]))
    half, day = bit(date(2026, 10, 8), Half.MORNING), span(date(2026, 10, 9), date(2026, 10, 9))
    row = with_status(with_status(row, HalfStatus.PERSONAL, half), HalfStatus.MARRIAGE, day)
    page = grid(one_month(row, frame))
    assert [figure_of(page, 1, title) for title in ("事假", "其他假", "病假")] == [0.5, 1, 0]
    assert [_number(person_rows(page, 1)[0][FIRST_DAY + place]) for place in (7, 8)] == ["△", "婚"]
    listed = texts(summary(one_month(row, frame)))
    assert "0.5天:10月8日上午" in listed
    assert "1天:10月9日" in listed


def test_the_legend_of_the_office_is_printed_whole() -> None:
    month = october()
    line = texts(grid(month))
    assert set(LEGEND_TITLES) == set(read_legend(DEFAULT_LEGEND))
    assert all(f"{mark} {LEGEND_TITLES[key]}" in line for key, mark in month.legend.items())
    other = replace(month, legend={**month.legend, "late": "迟"})
    assert _number(person_rows(grid(other), 3)[0][FIRST_DAY + 8]) == "迟"
    assert "迟 迟到" in texts(grid(other))


def test_notes_tell_holidays_changed_hours_and_a_provisional_calendar() -> None:
    words = texts(grid(october()))
    assert "法定节假日:10月1日至10月7日国庆节;调休上班:10月10日" in words
    assert "10月8日起签到簿收存时间为上午8:15、下午14:45" in words
    assert "暂定" not in words
    provisional = october(calendar=calendar_2026(is_provisional=True))
    assert all("暂定:" in texts(page) for page in month_pages(provisional, MADE_AT)[:2])


def test_a_book_begun_inside_the_month_says_from_when_it_counts() -> None:
    month = october(2)
    later = replace(
        month, frame=replace(month.frame, work=month.frame.work & ~span(date(2026, 10, 1), date(2026, 10, 9)))
    )
    assert "签到簿自10月10日上午起启用" in texts(grid(later))
    assert "起启用" not in texts(grid(month))


@pytest.mark.parametrize(
    ("revision", "word"), [(0, "考勤月报表(未定稿)"), (1, "考勤月报表"), (2, "考勤月报表(更正,第2版)")]
)
def test_a_title_says_whether_the_month_is_sealed_and_which_version_it_is(revision: int, word: str) -> None:
    assert grid(october(revision=revision)).title.endswith(word)


def test_a_month_that_does_not_come_out_is_refused_with_name_and_figures() -> None:
    month = october(6)
    rows = [
        replace(one, due=one.due | span(date(2026, 10, 3), date(2026, 10, 3))) if one.person.id == 5 else one
        for one in month.people
    ]
    wrong = replace(month, people=tuple(rows))
    assert unbalanced(month) == []
    (problem,) = unbalanced(wrong)
    assert str(problem) == "王伟:应出勤19天,实出勤17天,请假0天,旷工0天,待核1天,相差1天"
    with pytest.raises(Unbalanced, match="平衡校验没有通过:王伟") as told:
        month_pages(wrong, MADE_AT)
    assert told.value.problems == [problem]


def test_notes_of_the_month_are_listed_and_none_is_said() -> None:
    notes = [book_note("划销签到", "王伟", "点错"), book_note("迟到", "冯䶮", "8:40到岗", date(2026, 10, 12))]
    page = month_pages(october(notes=notes), MADE_AT)[2]
    rows = [[cell.value for cell in block[0].cells if cell] for block in page.blocks]
    assert rows[1] == [2, "10月12日", "上午", "迟到", "冯䶮", "8:40到岗", "周小萍", "10月12日 00:00"]
    assert "没有划销" in texts(month_pages(october(), MADE_AT)[2])


def test_a_long_remark_goes_on_in_the_next_row_and_none_is_higher_than_a_row_may_be() -> None:
    detail = "途中车辆故障已电话报告股长" * 150
    month = october(3, notes=[book_note("迟到", "王伟", detail)])
    rows = [[cell.value for cell in block[0].cells if cell] for block in month_pages(month, MADE_AT)[2].blocks]
    assert "".join(str(row[5]) for row in rows) == detail
    assert {row[3] for row in rows[1:]} == {"(续)"}
    remarked = replace(month.people[0], remarks=("调" * 500,))
    pages = month_pages(replace(month, people=(remarked, *month.people[1:])), MADE_AT)
    assert str(person_rows(pages[1], 1)[0][-1]).count("调") == 119
    for page in pages:
        assert all(height < ROW_LIMIT for block in page.blocks for height in heights(page, block))


def test_the_digest_is_of_the_figures_and_not_of_when_they_were_set() -> None:
    month = october(8)
    assert figures_digest(month) == figures_digest(october(8))
    assert len(figures_digest(month)) == 64
    later = month_pages(month, MADE_AT + timedelta(days=1))
    assert later != month_pages(month, MADE_AT)


def test_whatever_the_sheets_show_changes_the_digest() -> None:
    month = october(8)
    one = with_status(month.people[1], HalfStatus.LATE, bit(date(2026, 10, 9), Half.MORNING))
    shown = [
        replace(month, people=(month.people[0], one, *month.people[2:])),
        replace(month, people=month.people[:-1]),
        replace(month, people=(replace(month.people[0], remarks=("10月12日到岗",)), *month.people[1:])),
        replace(month, display_names={**month.display_names, 2: "王伟(行政股)"}),
        replace(month, legend={**month.legend, "late": "迟"}),
        replace(month, notes=(book_note("迟到", "王伟", "8:40到岗"),)),
        replace(month, shortfalls=(Problem("10月20日", "没有收存"),)),
        replace(month, hours_note=""),
        replace(month, revision=2),
        replace(month, office_name="别县人民政府办公室"),
        replace(month, calendar=calendar_2026(is_provisional=True)),
    ]
    digests = {figures_digest(other) for other in [month, *shown]}
    assert len(digests) == len(shown) + 1


def test_when_a_sheet_was_made_stands_at_its_foot() -> None:
    for page in month_pages(october(3), datetime(2026, 11, 2, 9, 5)):
        assert page.made_foot == "2026年11月2日 9:05制表"


def test_leaving_early_has_its_mark_and_a_missing_book_one_of_its_own_with_a_legend() -> None:
    month = october(8)
    early = bit(date(2026, 10, 12), Half.MORNING)
    first, second, *others = month.people
    gone = replace(second, left_early=early)
    page = grid(replace(month, people=(first, gone, *others)))
    marks = [_number(cell) for cell in person_rows(page, 2)[0][FIRST_DAY:]]
    assert (marks[11], marks[12]) == ("□", "√")
    assert "未设簿" not in texts(page)
    dark = with_status(second, HalfStatus.NO_BOOK, early)
    undecided = replace(dark, due=second.due & ~early)
    page = grid(replace(month, people=(first, undecided, *others)))
    assert _number(person_rows(page, 2)[0][FIRST_DAY + 11]) == "未"
    assert "未 未设簿(待决定)" in texts(page)
