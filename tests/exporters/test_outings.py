"""因公外出情况汇总表 and 旷工认定单: cells read back, and the pages LibreOffice prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.attendance.figures import OUT
from govoffice_tui.exporters.attendance.forms import ABSENCE_PAPER
from govoffice_tui.exporters.attendance.workbook_pages import month_pages as attendance_pages
from govoffice_tui.exporters.outings import OUTINGS_MONTH
from govoffice_tui.exporters.page import Page, Properties
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.registers.absence.finding import (
    decide_absence,
    note_own_words,
    open_absence,
    propose_absence,
    void_absence,
)
from govoffice_tui.registers.absence.pages import period_of
from govoffice_tui.registers.attendance.months import month
from govoffice_tui.registers.attendance.signing import collect_book, sign_in
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.pages import outings_month
from govoffice_tui.registers.outings.recording import Plan, enter_outing
from govoffice_tui.registers.outings.returning import record_return
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.reports import write_forms, write_paper
from govoffice_tui.rules.absence import Decision
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.outings import Notice
from govoffice_tui.rules.refusal import Refused
from tests.exporters.factories import MADE_AT, rows_named, texts
from tests.exporters.tools import printed
from tests.factories import staff_lines

TODAY = date(2026, 10, 12)
MORNING, AFTERNOON = Half.MORNING, Half.AFTERNOON
PLAN = Plan("下乡督查", "城关镇", TODAY, MORNING, TODAY, AFTERNOON, sent_by="钱峰")
HOSTILE = "=1+1 [red] &Z&F"


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people of whom many went out on 12 October, one of them late announced and one leader reporting."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(60, date(2026, 10, 1)), by=None)
    enter_outing(founded, [2], replace(PLAN, is_leader_report=True, notice=Notice.IN_PERSON), by=3)
    hour = enter_outing(founded, [4], replace(PLAN, left_at=time(9, 30), until_at=time(11, 0)), by=3)
    enter_outing(founded, range(20, 60), replace(PLAN, matter=HOSTILE), by=3)
    away = enter_outing(founded, [5], replace(PLAN, last=date(2026, 11, 3)), by=3)
    clock.set(datetime(2026, 10, 12, 9, 0))
    enter_outing(founded, [4], replace(PLAN, matter="送材料", from_half=AFTERNOON), by=3)
    enter_outing(founded, [6], PLAN, by=3)
    clock.set(datetime(2026, 11, 4, 9, 0))
    record_return(founded, hour.outing, [4], TODAY, None, time(11, 5), by=3)
    record_return(founded, away.outing, [5], date(2026, 11, 3), AFTERNOON, by=3)
    yield founded
    founded.close()


def test_days_are_those_of_the_sheet_of_attendance_and_a_short_outing_counts_only_as_a_time(office: Office) -> None:
    summary, _, _ = OUTINGS_MONTH.pages(outings_month(office, "2026-10"), MADE_AT)
    cells = {str(row[1]): row for row in _rows(summary) if isinstance(row[0], int)}
    assert cells["王伟(行政股)"][3:] == [2, 0.5, "下乡督查、送材料", 0, 1]
    assert cells["王伟(资料动态股)"][3:] == [1, 1, "下乡督查", 1, 1]
    assert cells["阿依古丽·买买提"][3:5] == [1, 15]
    total = rows_named(summary, "合计")[0]
    assert total[2] == OUT.of(month(office, "2026-10").people)
    assert total[1] == sum(int(str(row[3])) for row in cells.values())
    assert sum(float(str(row[2])) for row in _rows(summary) if "小计" in str(row[0])) == total[2]


def _rows(page: Page) -> list[list[object]]:
    return [[cell.value for cell in row.cells if cell] for block in page.blocks for row in block]


def test_the_months_of_a_journey_count_its_days_once(office: Office) -> None:
    whole = sum(
        next(one.halves for one in outings_month(office, word).people if one.person.id == 5)
        for word in ("2026-10", "2026-11")
    )
    assert whole == 2 * (15 + 2)
    _, detail, _ = OUTINGS_MONTH.pages(outings_month(office, "2026-10"), MADE_AT)
    assert [row[5] for row in rows_named(detail, "外〔2026〕4号")] == ["转下月"]


def test_the_leaders_list_holds_reports_alone(office: Office) -> None:
    _, detail, reports = OUTINGS_MONTH.pages(outings_month(office, "2026-10"), MADE_AT)
    assert len(rows_named(reports, "外〔")) == 1
    assert rows_named(reports, "外〔")[0][1] == "钱峰"
    assert len(rows_named(detail, "外〔2026〕3号")) == 2  # forty names go on in a second row


def test_the_digest_follows_what_is_shown(office: Office, clock: SetClock) -> None:
    before = OUTINGS_MONTH.digest(outings_month(office, "2026-10"))
    assert before == OUTINGS_MONTH.digest(outings_month(office, "2026-10"))
    record_return(office, 1, [2], TODAY, AFTERNOON, by=3)
    assert OUTINGS_MONTH.digest(outings_month(office, "2026-10")) != before


def test_an_empty_month_prints_a_sentence(office: Office) -> None:
    pages = OUTINGS_MONTH.pages(outings_month(office, "2026-09"), MADE_AT)
    assert [("本月没有" in texts(page)) for page in pages] == [True] * 3


def test_the_workbook_reads_back_and_prints_with_its_head_on_every_page(office: Office, tmp_path: Path) -> None:
    (written,) = write_forms(office, "2026-10", ["outings"], by=3)
    assert written.path.name == "2026-10_因公外出情况汇总表.xlsx"
    book = load_workbook(written.path)
    assert book.sheetnames == ["因公外出汇总", "外出明细", "外出报备", "核对信息"]
    assert HOSTILE in [cell.value for row in book["外出明细"].iter_rows() for cell in row]
    paper = printed([written.path], tmp_path)[written.path.stem]
    whole = "\n".join(paper)
    assert "未定稿" in paper[0]
    assert "分管副主任签字:" in whole
    summary = [page for page in paper if "因公外出情况汇总表 2026年10月" in page]
    assert len(summary) > 1
    assert all("未返回" in page and "事由摘要" in page for page in summary)
    assert "##" not in whole


@pytest.fixture
def found(office: Office, clock: SetClock) -> int:
    """A paper found about 赵敏's morning of 4 November, who signed in the afternoon."""
    clock.set(datetime(2026, 11, 4, 14, 30))
    sign_in(office, 7, date(2026, 11, 4), AFTERNOON, by=3)
    clock.set(datetime(2026, 11, 4, 14, 50))
    for half in Half:
        collect_book(office, date(2026, 11, 4), half, by=3)
    row = open_absence(office, 7, date(2026, 11, 4), [MORNING], asked="电话问过", by=3).id
    note_own_words(office, row, "睡过了\n" + "很长的话" * 200, by=3)
    propose_absence(office, row, 6, date(2026, 11, 4), "提请认定", by=3)
    decide_absence(office, row, Decision.FOUND, 2, date(2026, 11, 4), "夹第1页", "无故未到岗", by=3)
    return row


def test_the_sheet_of_attendance_marks_the_half_day_and_counts_the_day(office: Office, found: int) -> None:
    # example 9
    sheet = month(office, "2026-11")
    mine = next(one for one in sheet.people if one.person.id == 7)
    _, grid, notes = attendance_pages(sheet, MADE_AT)
    names = [[getattr(cell, "value", "") for cell in block[0].cells] for block in grid.blocks]
    lines = grid.blocks[next(place for place, name in enumerate(names) if "冯䶮" in name)][:2]
    day = 3 + 3  # after number, name and section comes the fourth of November
    assert [getattr(row.cells[day], "value", "") for row in lines] == ["×", "√"]
    assert mine.absent_count == 2
    assert "11月4日上午旷工,按日计(下午已签不另计)" in mine.remarks
    assert "旷工依考勤制度第3条按日计" in texts(grid)
    assert "旷〔2026〕1号 认定旷工:无故未到岗 钱峰11月4日签字" in texts(notes)


def test_the_paper_is_one_page_filled_or_blank_with_its_places_to_sign(
    office: Office, found: int, tmp_path: Path
) -> None:
    from govoffice_tui.registers.absence.papers import paper

    one = paper(office, found)
    assert one is not None
    filled = write_paper(office, "absence_paper", period_of(one), by=3)
    blank = write_paper(office, "absence_paper", "2026-11-04_空白", by=3)
    assert (filled.path.parent.name, blank.version) == ("2026-11", 1)
    pages = printed([filled.path, blank.path], tmp_path)
    for name in (filled.path.stem, blank.path.stem):
        assert len(pages[name]) == 2  # the paper and 核对信息
        assert pages[name][0].count("签字:__") == 3
    assert "√认定旷工" in pages[filled.path.stem][0]
    assert "钱峰2026年11月4日签字,存夹第1页" in pages[filled.path.stem][0]
    assert "□认定旷工" in pages[blank.path.stem][0]
    void_absence(office, found, "补了假条", by=3)
    again = write_paper(office, "absence_paper", period_of(one), by=3)
    assert (again.version, again.is_new) == (2, True)
    assert "(作废)" in texts(ABSENCE_PAPER.pages(ABSENCE_PAPER.summary(office, period_of(one)), MADE_AT)[0])
    with pytest.raises(Refused, match="没有这张认定单"):
        write_paper(office, "absence_paper", "2026-11-04_旷〔2026〕9号", by=3)


def test_a_paper_of_hostile_words_is_written_as_typed(office: Office, found: int, tmp_path: Path) -> None:
    sheet = replace(ABSENCE_PAPER.summary(office, "2026-11-04_空白"), name=HOSTILE)
    target = tmp_path / "paper.xlsx"
    write_workbook(ABSENCE_PAPER.pages(sheet, MADE_AT), Properties("题", "办公室", MADE_AT), target)
    sheet_written = load_workbook(target).worksheets[0]
    assert HOSTILE in [cell.value for row in sheet_written.iter_rows() for cell in row]
