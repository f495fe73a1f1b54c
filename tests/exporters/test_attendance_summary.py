"""月考勤汇总: one page whatever happened, with everybody the deputy must hear of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from govoffice_tui.exporters.attendance.figures import runs
from govoffice_tui.exporters.attendance.workbook_pages import month_pages
from govoffice_tui.exporters.layout import room_left
from govoffice_tui.exporters.page import Page
from govoffice_tui.registers.attendance.views import AttendanceMonth
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus, bit, span
from govoffice_tui.rules.refusal import Problem
from tests.exporters.factories import (
    MADE_AT,
    calendar_2026,
    cells,
    frame_of,
    month_of,
    october,
    rows_named,
    staff,
    texts,
    with_status,
)


def summary(month: AttendanceMonth) -> Page:
    """Return 月考勤汇总."""
    return month_pages(month, MADE_AT)[0]


def test_an_unsealed_month_is_headed_by_what_is_missing() -> None:
    lacking = [
        Problem("10月20日下午", "尚有2人待核"),
        *(Problem(f"10月{day}日上午", "没有收存") for day in range(21, 31)),
    ]
    (line,) = summary(october(revision=0, shortfalls=lacking)).lead
    assert line.startswith("未定稿:10月20日下午:尚有2人待核;10月21日上午:没有收存")
    assert line.endswith("等11项。")
    assert summary(october(revision=1, shortfalls=lacking)).lead == ()


def test_the_deputys_page_names_everybody_with_an_exception_the_gravest_first() -> None:
    page = summary(october())
    kinds = [row.cells[0].value for row in page.blocks[-1][1:] if row.cells[0]]
    assert kinds == ["待核", "迟到", "借出", "免签", "备注"]
    words = texts(page)
    assert "王伟(办领导) 1天:10月20日下午至10月21日上午" in words
    assert "阿卜杜热合曼·买买提明 2次:10月9日上午、10月14日下午" in words
    assert "朱晓文 10月12日到岗" in words
    assert "审阅意见:" in words
    assert all(signature in words for signature in ("制表:", "审核:", "分管副主任签字:"))


def test_those_without_a_post_are_named_apart() -> None:
    month = october()
    late = bit(date(2026, 10, 9), Half.MORNING)
    rows = [with_status(one, HalfStatus.LATE, late) if one.person.id == 55 else one for one in month.people]
    page = summary(month_of(rows, month.calendar, month.frame))
    assert rows_named(page, "编外")[-1][1] == "迟到 杨强春 1次:10月9日上午"


def test_a_quiet_month_says_so() -> None:
    frame = frame_of("2026-10", calendar_2026())
    assert "本月无迟到、早退、请假、旷工、待核。" in texts(
        summary(month_of([october(2).people[1]], calendar_2026(), frame))
    )


@pytest.mark.parametrize("share", [2, 5, 11, 30])
def test_the_deputys_page_is_one_page_however_many_are_late(share: int) -> None:
    month = october()
    late = sum(bit(day, half) for day in month.frame.days for half in Half if (day.day + half) % share == 0)
    rows = [with_status(one, HalfStatus.LATE, late & one.statuses[HalfStatus.SIGNED]) for one in month.people]
    page = summary(month_of(rows, month.calendar, month.frame))
    assert page.is_one_page
    assert room_left(page) >= -1
    named = texts(page)
    assert all(name in named for name in month.display_names.values())


def test_where_not_even_the_names_fit_the_rest_is_counted() -> None:
    people = [replace(one, name=f"阿卜杜热合曼·买买提明{one.id}") for one in staff(56)] * 5
    month = october(56)
    late = bit(date(2026, 10, 9), Half.MORNING)
    base = with_status(month.people[1], HalfStatus.LATE, late)
    rows = [
        replace(base, person=replace(one, id=number, section=f"第{number % 9}股")) for number, one in enumerate(people)
    ]
    page = summary(month_of(rows, month.calendar, month.frame))
    assert room_left(page) >= -1
    assert any("其余" in str(cell.value) and "人见附表" in str(cell.value) for cell in cells(page))


def test_half_days_that_follow_each_other_at_work_are_written_as_one() -> None:
    month = october(1)
    friday, monday = date(2026, 10, 16), date(2026, 10, 19)
    assert runs(month, span(friday, friday)) == ["10月16日"]
    assert runs(month, bit(friday, Half.MORNING)) == ["10月16日上午"]
    assert runs(month, bit(friday, Half.AFTERNOON) | bit(monday, Half.MORNING)) == ["10月16日下午至10月19日上午"]
    assert runs(month, bit(friday, Half.MORNING) | bit(monday, Half.MORNING)) == ["10月16日上午", "10月19日上午"]
    assert runs(month, span(date(2026, 10, 8), date(2026, 10, 31)) & month.frame.work) == ["10月8日至10月30日"]
