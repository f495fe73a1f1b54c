"""The forms: each can be looped over, and its file has a fixed name."""

from __future__ import annotations

from govoffice_tui.exporters.attendance.forms import (
    ATTENDANCE_DAY,
    ATTENDANCE_MOMENT,
    ATTENDANCE_MONTH,
    ATTENDANCE_YEAR,
)
from govoffice_tui.exporters.catalog import FORMS
from govoffice_tui.rules.periods import Span
from tests.exporters.factories import MADE_AT, day_sheet, october


def test_every_form_has_a_name_of_its_own() -> None:
    assert len({form.id for form in FORMS}) == len({form.name for form in FORMS}) == len(FORMS)
    assert all(form.title and form.register and "{period}" in form.name for form in FORMS)


def test_a_file_is_named_by_its_period_and_version() -> None:
    assert ATTENDANCE_MONTH.file_name("2026-10") == "2026-10_考勤月报表.xlsx"
    assert ATTENDANCE_MONTH.file_name("2026-10", 2) == "2026-10_考勤月报表_v2.xlsx"
    assert ATTENDANCE_DAY.file_name("2026-10-12", 1) == "2026-10-12_签到表.xlsx"
    assert ATTENDANCE_MOMENT.file_name("2026-10-12T09:20", 2) == "2026-10-12_0920_在岗情况表_v2.xlsx"
    assert ATTENDANCE_YEAR.file_name("2026") == "2026_年度考勤汇总表.xlsx"


def test_a_year_a_month_a_day_and_a_moment_have_forms() -> None:
    assert {form.span for form in FORMS} == set(Span)


def test_each_form_sets_its_summary_and_fingerprints_it() -> None:
    assert ATTENDANCE_MONTH.pages(october(3), MADE_AT)[0].sheet == "月考勤汇总"
    assert [page.sheet for page in ATTENDANCE_DAY.pages(day_sheet(3), MADE_AT)] == ["签到表"]
    assert len(ATTENDANCE_MONTH.digest(october(3))) == len(ATTENDANCE_DAY.digest(day_sheet(3))) == 64
