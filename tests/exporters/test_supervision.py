"""会议及督办情况月报 and 督办清单: cells read back, the balance the spreadsheet works out, the pages printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.supervision.forms import SUPERVISION_LIST, SUPERVISION_MONTH
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.meetings.entering import enter_meeting
from govoffice_tui.registers.meetings.moving import hold_meeting
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.supervision.months import month
from govoffice_tui.registers.supervision.recording import Matter, enter_decision, void_decision
from govoffice_tui.registers.supervision.steps import extend_decision, finish_decision, note_progress, remind_unit
from govoffice_tui.registers.supervision.unit_list import list_period, unit_list
from govoffice_tui.reports import write_forms, write_paper
from govoffice_tui.rules.meetings.kinds import MeetingKind
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import Source
from tests.exporters.factories import MADE_AT, rows_named, texts
from tests.exporters.tools import printed
from tests.factories import staff_lines

HOSTILE = "=1+1 [red] &Z&F"
PLAN = Matter(
    "修复水毁道路", "县交通局", date(2026, 10, 20), date(2026, 9, 28), source_words="县长批示", person="贺远山"
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Two matters of September, of which one is done late in October; a meeting's, a voided and forty of October."""
    clock = SetClock(datetime(2026, 9, 28, 9))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(8), by=None)
    first = enter_decision(founded, PLAN, by=3).key
    second = enter_decision(founded, replace(PLAN, matter="清淤", lead_unit="县水利局", due=None), by=3).key
    clock.set(datetime(2026, 10, 12, 9))
    note_progress(founded, first, "路基已回填", by=3)
    plan = MeetingPlan(
        MeetingKind.EXECUTIVE, "县政府常务会议", datetime(2026, 10, 12, 9), "一楼会议室", "孙县长", organiser="行政股"
    )
    meeting = enter_meeting(founded, plan, by=3).key
    hold_meeting(founded, meeting, 38, by=3)
    late = date(2026, 10, 16)
    enter_decision(
        founded,
        replace(PLAN, matter=HOSTILE, begun=date(2026, 10, 12), due=late, source=Source.MEETING, meeting=meeting),
        by=3,
    )
    for number in range(40):
        plan_of = replace(
            PLAN, matter=f"第{number}件", lead_unit="城关镇", begun=date(2026, 10, 12), co_units="县交通局"
        )
        enter_decision(founded, plan_of, by=3)
    void_decision(founded, second, "并入另一件", "孙县长", by=3)
    clock.set(datetime(2026, 10, 22, 9))
    finish_decision(founded, first, "验收单第3号", by=3)
    clock.set(datetime(2026, 11, 2, 9))
    yield founded
    founded.close()


def test_the_report_counts_meetings_and_carries_matters_over(office: Office) -> None:
    report, units, detail = SUPERVISION_MONTH.pages(month(office, "2026-10"), MADE_AT)
    assert rows_named(report, "县政府常务会议")[0][1:3] == [1, 38]
    assert rows_named(report, "会议")[-1][1:] == [0, 1, 0, 0, 0, 1, 1]
    assert rows_named(report, "领导批示")[0][1:] == [0] * 7
    assert rows_named(report, "其他")[0][1:] == [2, 40, 0, 1, 1, 40, 40]
    assert rows_named(report, "合计")[-1][1:] == [2, 41, 0, 1, 1, 41, 41]
    assert "作废:督〔2026〕2号 并入另一件(孙县长同意)。" in texts(report)
    assert rows_named(units, "城关镇") == []  # the place stands first
    cells = [[cell.value for cell in row.cells if cell] for block in units.blocks for row in block]
    assert cells[0][:7] == [1, "县交通局", 2, 1, 0, "0%", 1]
    assert cells[-1][1:] == [43, 1, 0, "0%", 41, 0, 41]
    assert rows_named(detail, "督〔2026〕1号")[0][5:] == ["2026年10月20日", "办结", "10月22日\n(超期)", "结转、办结"]
    assert rows_named(detail, "督〔2026〕2号")[0][6:] == ["作废", "", "结转、作废"]


def test_the_digest_follows_what_is_shown(office: Office) -> None:
    before = SUPERVISION_MONTH.digest(month(office, "2026-10"))
    assert before == SUPERVISION_MONTH.digest(month(office, "2026-10"))
    enter_decision(office, replace(PLAN, matter="补登", begun=date(2026, 10, 30), due=None), by=3)
    assert SUPERVISION_MONTH.digest(month(office, "2026-10")) != before


def test_an_empty_month_prints_a_sentence_and_balances(office: Office) -> None:
    report, units, detail = SUPERVISION_MONTH.pages(month(office, "2026-08"), MADE_AT)
    assert rows_named(report, "合计")[-1][1:] == [0] * 7
    assert all("本月没有督办事项" in texts(page) for page in (units, detail))


def test_a_units_list_holds_what_it_leads_and_helps_with_days_and_colours(office: Office) -> None:
    keys = {one.line.matter: one.line.key for one in month(office, "2026-10").lines}
    extend_decision(office, keys["第0件"], date(2026, 11, 4), "孙县长", "下雨", by=3)
    remind_unit(office, keys["第1件"], by=3)
    (page,) = SUPERVISION_LIST.pages(unit_list(office, list_period(office, "城关镇")), MADE_AT)
    assert "在办40件,其中逾期39件" in page.subline
    zero, one = rows_named(page, keys["第0件"].shown)[0], rows_named(page, keys["第1件"].shown)[0]
    assert zero[3:7] == ["主办", "贺远山", "2026年11月4日(原定2026年10月20日,延期1次)", "未启动\n余2天(黄)"]
    assert one[6] == "逾期\n逾期13天(红)"
    (helping,) = SUPERVISION_LIST.pages(unit_list(office, list_period(office, "县交通局")), MADE_AT)
    assert rows_named(helping, keys["第1件"].shown)[0][3] == "协办\n(主办城关镇)"
    with pytest.raises(Refused, match="没有在办"):
        list_period(office, "县水利局")


def test_the_workbooks_read_back_and_print_on_their_pages(office: Office, tmp_path: Path) -> None:
    (written,) = write_forms(office, "2026-10", ["supervision"], by=3)
    assert written.path.name == "2026-10_会议及督办情况月报.xlsx"
    book = load_workbook(written.path)
    assert book.sheetnames == ["会议及督办月报", "单位办理情况", "督办事项明细", "核对信息"]
    formulas = {
        cell.coordinate: cell.value
        for row in book["会议及督办月报"].iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    }
    ((place, formula),) = formulas.items()
    above = int(place[1:]) - 1
    assert formula == f"=B{above}+C{above}+D{above}-E{above}-F{above}-G{above}"
    assert HOSTILE in [cell.value for line in book["督办事项明细"].iter_rows() for cell in line]
    listed = write_paper(office, "supervision_list", list_period(office, "城关镇"), by=3)
    paper = printed([written.path, listed.path], tmp_path)
    report = paper[written.path.stem]
    assert "审阅意见" in report[0]
    assert "分管副主任签字" in report[0]
    detail = [page for page in report if "议定事项" in page]
    assert len(detail) > 1
    assert all("本月" in page for page in detail)
    assert all("办理情况" in page for page in paper[listed.path.stem][:-1])
