"""The duty forms, cell by cell and on paper: a shift, a month, the slip of one line, the blank page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.duty.call_slip import slip_pages
from govoffice_tui.exporters.duty.month_report import FIGURES, month_digest, month_pages
from govoffice_tui.exporters.duty.page_sheet import blank_duty_page, duty_digest, duty_digests, duty_page, duty_pages
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import Page, Properties
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.registers import calendar, settings
from govoffice_tui.registers.duty import (
    entries,
    entry_rows,
    handing,
    months,
    pages,
    presence,
    shift_rows,
    shifts,
    slips,
)
from govoffice_tui.registers.duty.presence import Absence
from govoffice_tui.registers.duty.shifts import Crew
from govoffice_tui.registers.duty.views import Details
from govoffice_tui.registers.office import Office
from govoffice_tui.reports import write_call_slip, write_forms, write_packet
from govoffice_tui.rules.duty import Kind, Stage, Urgency
from govoffice_tui.rules.refusal import Refused
from tests.exporters.tools import printed

MADE_AT = datetime(2026, 12, 1, 9, 0)
MONDAY = date(2026, 11, 30)
DEPUTY, CLERK, OTHER, NIGHT = 2, 3, 6, 7
HOSTILE = "=1+1 [red] _x0041_ &Z"


@pytest.fixture
def clock() -> SetClock:
    """Monday 30 November 2026, 17:26."""
    return SetClock(datetime(2026, 11, 30, 17, 26))


@pytest.fixture
def kept(office: Office, clock: SetClock) -> Office:
    """An office with the night of 30 November kept and handed over: a struck line, a fax, an incident, a relief."""
    calendar.ensure(office, 2026)
    shift = shifts.take_over_duty(office, Crew(NIGHT, None, DEPUTY, CLERK, "小雨"), by=NIGHT).shift
    said = Details("询问会议时间", "城关镇", "副镇长 马骏", "13900010001")
    first = entries.record_entry(office, shift, Kind.CALL_IN, said, urgency=Urgency.FILE, by=NIGHT)
    entries.fill_entry(office, first.id, replace(said, gist="询问会议地点"), by=NIGHT)
    entries.record_entry(office, shift, Kind.FAX, Details(HOSTILE, "县应急局", grade="特急", pages=2), by=NIGHT)
    clock.set(datetime(2026, 12, 1, 2, 10))
    incident = Details("K12处塌方,一车道通行。" * 8, "城关镇")
    line = entries.record_entry(office, shift, Kind.INCIDENT, incident, urgency=Urgency.URGENT, by=NIGHT)
    entries.add_stage(office, line.id, Stage.FIRST, "县应急局", "已到现场", by=NIGHT)
    handing.report_entry(office, line.id, "带班领导钱峰", None, "立即处置", by=NIGHT)
    handing.finish_entry(office, line.id, "已抢通", by=NIGHT)
    kept_secret = Details(is_classified=True, paper_book="3", paper_page="12")
    entries.record_entry(office, shift, Kind.FAX, kept_secret, urgency=Urgency.FILE, by=NIGHT)
    away = Absence(NIGHT, datetime(2026, 12, 1, 1, 0), datetime(2026, 12, 1, 1, 20), OTHER)
    presence.record_absence(office, shift, away, by=NIGHT)
    clock.set(datetime(2026, 12, 1, 7, 58))
    loose = entry_rows.loose_matters(office, shift_rows.shift_on(office, MONDAY))  # type: ignore[arg-type]
    shifts.hand_over_duty(office, shift, CLERK, {one.id: CLERK for one in loose}, words="钥匙2把", by=NIGHT)
    clock.set(MADE_AT)
    return office


def texts(page: Page) -> str:
    return "\n".join(str(cell.value) for row in lay_out(page).rows for cell in row.cells if cell is not None)


def test_the_page_of_a_shift_has_every_line_with_its_true_time(kept: Office) -> None:
    page = duty_page(pages.page(kept, MONDAY), MADE_AT)
    said = texts(page)
    assert "带班领导:钱峰    值班员:冯䶮    通讯员:周小萍" in said
    assert "12月1日\n2:10" in said  # example 16
    assert "1(划去)" in said
    assert "1(更)" in said
    assert "传〔2026〕1号 特急 2页" in said
    assert "涉密件,见机要登记簿第3册第12页" in said
    assert "首报 02:10 报县应急局:已到现场" in said
    assert "临时替班 01:00—01:20 冯䶮,王伟(资料动态股)01:00—01:20" in said
    assert "交班:冯䶮    接班:周小萍    12月1日 7:58    核对码 " in said
    assert "钥匙2把" in said
    assert page.title.endswith("值班记录")


def test_an_open_page_and_a_blank_one_say_so(kept: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 1, 17, 30))
    shifts.take_over_duty(kept, Crew(NIGHT), by=NIGHT)
    assert duty_page(pages.page(kept, date(2026, 12, 1)), MADE_AT).title.endswith("值班记录(未交班)")
    assert duty_page(pages.page(kept, date(2026, 11, 27)), MADE_AT).title.endswith("值班记录(空白班)")


def test_the_month_has_the_books_figures(kept: Office) -> None:
    month = months.month(kept, "2026-11")
    figures, listing = month_pages(month, MADE_AT)
    assert figures.title == "测试县人民政府办公室值班工作情况月报表(未定稿)"
    row = [cell.value for cell in figures.blocks[0][0].cells if cell is not None]
    assert dict(zip(FIGURES, row, strict=True)) == {
        "班次数": 1,
        "来电": 1,
        "传真电报": 2,
        "来访": 0,
        "急办": 1,
        "请示": 0,
        "移交": 1,
        "未结": 1,
        "脱漏岗": 0,
        "空白班": 0,
    }
    said = texts(figures)
    assert "1.11月30日第3号 城关镇 K12处塌方" in said
    assert "机要" not in said
    assert "11月30日 一" in texts(listing)


def test_figures_and_words_change_the_digest_and_the_hour_does_not(kept: Office, clock: SetClock) -> None:
    month, page = months.month(kept, "2026-11"), pages.page(kept, MONDAY)
    digests = month_digest(month), duty_digest(page)
    clock.at += 60
    assert (month_digest(months.month(kept, "2026-11")), duty_digest(pages.page(kept, MONDAY))) == digests
    (matter,) = entry_rows.open_matters(kept)
    handing.finish_entry(kept, matter.id, "已送达", by=CLERK)
    assert month_digest(months.month(kept, "2026-11")) != digests[0]
    assert duty_digest(pages.page(kept, MONDAY)) != digests[1]


def test_a_slip_is_written_for_a_line_but_never_for_a_classified_one(kept: Office) -> None:
    lines = [line for line in entry_rows.entries_of(kept, 1) if not line.is_struck]
    slip = slips.call_slip(kept, slips.slip_period(kept, lines[2].id))
    assert "领导批示" in texts(slip_pages(slip, MADE_AT)[0])
    written = write_call_slip(kept, lines[2].id, by=CLERK)
    assert written.path.name == "2026-11-30_3号_值班来电呈阅单.xlsx"
    with pytest.raises(Refused, match="机要程序"):
        write_call_slip(kept, lines[3].id, by=CLERK)


def test_the_forms_of_a_day_a_month_and_the_packet_hold_the_duty_book(kept: Office) -> None:
    names = {one.path.name for one in write_forms(kept, "2026-11-30", ["duty"], by=CLERK)}
    assert names == {"2026-11-30_值班记录.xlsx"}
    (month,) = write_forms(kept, "2026-11", ["值班"], by=CLERK)
    book = load_workbook(month.path)
    assert book.sheetnames == ["值班工作情况月报表", "逐班情况", "核对信息"]
    again = write_forms(kept, "2026-11", ["duty"], by=CLERK)
    assert [one.is_new for one in again] == [False]
    packet = write_packet(kept, date(2026, 12, 2), ["duty"])
    assert packet.titles == ("值班页", "应急联系表")


def test_on_paper_every_sheet_has_its_last_column_and_its_foot(kept: Office, tmp_path: Path) -> None:
    page, month = pages.page(kept, MONDAY), months.month(kept, "2026-11")
    line = next(one for one in page.lines if one.kind is Kind.INCIDENT)
    sheets = {
        "shift": [duty_page(page, MADE_AT)],
        "blank": [blank_duty_page(pages.page(kept, date(2026, 12, 2)), MADE_AT)],
        "month": month_pages(month, MADE_AT),
        "slip": slip_pages(slips.call_slip(kept, slips.slip_period(kept, line.id)), MADE_AT),
    }
    books = []
    for name, found in sheets.items():
        books.append(tmp_path / f"{name}.xlsx")
        write_workbook(found, Properties("题", "办公室", MADE_AT), books[-1])
    paper = printed(books, tmp_path)
    assert {name: len(found) for name, found in paper.items()} == {"shift": 1, "blank": 1, "month": 2, "slip": 1}
    assert "报告、批示和办理结果" in paper["shift"][0]
    assert HOSTILE in paper["shift"][0]
    assert "带班领导签阅" in paper["shift"][0]
    assert "改用纸质原因" in paper["blank"][0]
    assert "分管副主任签字" in paper["month"][0]
    assert "办理结果" in paper["slip"][0]


def test_a_divided_day_has_a_sheet_for_each_shift(office: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 6, 7, 50))
    settings.change_many(office, {"duty_rest_shifts": "8:00-20:00 20:00-8:00"}, by=None)
    sunday = date(2026, 12, 6)
    shift = shifts.take_over_duty(office, Crew(NIGHT, None, DEPUTY), by=NIGHT).shift
    assert [page.sheet for page in duty_pages(pages.pages_on(office, sunday), MADE_AT)] == ["值班记录白班"]
    clock.set(datetime(2026, 12, 6, 19, 58))
    shifts.hand_over_duty(office, shift, OTHER, is_quiet=True, by=NIGHT)
    before = duty_digests(pages.pages_on(office, sunday))
    shifts.take_over_duty(office, Crew(OTHER, None, DEPUTY), by=OTHER)
    both = duty_pages(pages.pages_on(office, sunday), MADE_AT)
    assert [(page.sheet, page.subline.split()[-1]) for page in both] == [
        ("值班记录白班", "白班(8:00—20:00)"),
        ("值班记录夜班", "夜班(20:00—次日8:00)"),
    ]
    assert duty_digests(pages.pages_on(office, sunday)) != before
    listed = month_pages(months.month(office, "2026-12"), MADE_AT)[1]
    assert [block[0].cells[1].value for block in listed.blocks if block[0].cells[1] is not None] == ["白班", "夜班"]
