"""The leave forms: figures of the month, what never stands in them, and how they print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.leave.forms import LEAVE_MONTH, LEAVE_SLIP
from govoffice_tui.exporters.leave.summary import AFTER_KINDS, BEFORE_KINDS
from govoffice_tui.exporters.leave.workbook_pages import month_digest, month_pages, slip_digest
from govoffice_tui.registers import calendar
from govoffice_tui.registers.closing import close_month
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.leave import months, slips
from govoffice_tui.registers.leave.applying import apply_leave
from govoffice_tui.registers.leave.checks import Approval
from govoffice_tui.registers.leave.ending import end_leave, void_leave
from govoffice_tui.registers.leave.rights import record_delegation, set_entitlement
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.reports import write_forms, write_slip
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment
from govoffice_tui.rules.people import Category
from govoffice_tui.rules.refusal import Refused
from tests.exporters.factories import MADE_AT, rows_named, texts
from tests.exporters.tools import printed
from tests.factories import staff_lines
from tests.leave_factories import CLERK, DEPUTY, DIRECTOR, KEEPER, granted, phoned, request, seat

TODAY = date(2026, 10, 12)
HEADS = (
    [f"{column.over}{column.under}" for column in BEFORE_KINDS]
    + ["类别"]
    + [f"{column.over}{column.under}" for column in AFTER_KINDS]
)


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """Sixty people, the last two of them 编外."""
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    lines = staff_lines(60)
    lines[58:] = [replace(line, category=Category.CONTRACT) for line in lines[58:]]
    import_staff(founded, lines, by=None)
    seat(founded)
    calendar.ensure(founded, 2026)
    yield founded
    founded.close()


def busy_month(office: Office, clock: SetClock) -> None:
    """Enter leave of several kinds and modes, one over the month's end, one void, one never papered."""
    set_entitlement(office, CLERK, 2026, 10, by=KEEPER)
    apply_leave(office, request("10-12pm", mode=LeaveMode.ORAL, reason="接送家人"), Approval(TODAY, DEPUTY), by=KEEPER)
    granted(office, "10-20", "10-22", kind=LeaveKind.ANNUAL)
    granted(office, "10-13", "10-14", person=5, kind=LeaveKind.MARRIAGE)
    granted(office, "10-30", "11-03", person=60, kind=LeaveKind.SICK)
    void_leave(office, granted(office, "10-27", person=7).id, "登记错", by=KEEPER)
    phoned(office, "10-16", at=time(7, 45))
    clock.set(datetime(2026, 11, 5, 9, 0))


def figures(office: Office, name: str, word: str = "2026-10") -> dict[str, Any]:
    """Return the named row of the month's summary by its heads."""
    page = month_pages(months.month(office, word), MADE_AT)[0]
    for block in page.blocks:
        for row in block:
            values = [cell.value for cell in row.cells if cell]
            if values[1] == name:
                return dict(zip(HEADS, values[3:], strict=False)) | {"备注": values[-1]}
    raise AssertionError(name)


def test_the_summary_counts_times_days_modes_and_what_is_missing(office: Office, clock: SetClock) -> None:
    busy_month(office, clock)
    mine = figures(office, "王伟(行政股)")
    expected = {
        "事假次": 2,
        "事假天": 0.5,
        "年休假天": 3,
        "合计天": 3.5,
        "其中(次)口头": 1,
        "其中(次)书面": 1,
        "其中(次)电话补办": 1,
        "未补手续次": 1,
        "未销假次": 2,
        "年休假(天)应休": 5,
        "年休假(天)已休": 3,
        "年休假(天)剩余": 2,
        "本年累计(天)事": 0.5,
        "本年累计(天)年": 3,
    }
    assert {head: mine[head] for head in expected} == expected
    assert (figures(office, "阿依古丽·买买提")["类别"], figures(office, "阿依古丽·买买提")["其他假天"]) == (
        "婚假2天",
        2,
    )


def test_leave_over_the_month_end_is_split_and_counted_once(office: Office, clock: SetClock) -> None:
    busy_month(office, clock)
    (name,) = [one.name for one in months.month(office, "2026-11").people]
    october, november = figures(office, name), figures(office, name, "2026-11")
    assert (october["病假次"], october["病假天"], october["备注"]) == (1, 1, "病假至11月3日")
    assert (november["病假次"], november["病假天"], november["备注"]) == (0, 2, "10月30日起病假接上月")
    assert november["本年累计(天)病"] == 3


def test_sections_are_summed_and_those_apart_stand_last(office: Office, clock: SetClock) -> None:
    busy_month(office, clock)
    page = month_pages(months.month(office, "2026-10"), MADE_AT)[0]
    titles = [str(row.cells[0].value) for block in page.blocks for row in block if row.cells[0]]
    sums = [title for title in titles if "计(" in title]
    assert sums == ["行政股小计(1人)", "信息股小计(1人)", "编外小计(1人)", "合计(3人)"]
    (total,) = rows_named(page, "合计")
    parts = [row for title in sums[:-1] for row in rows_named(page, title)]
    for place, value in enumerate(total):
        if isinstance(value, (int, float)):
            beside = [row[place] for row in parts]
            assert value == sum(one for one in beside if isinstance(one, (int, float)))


def test_an_unsealed_month_says_what_is_missing_and_a_sealed_one_does_not(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-13")
    clock.set(datetime(2026, 11, 2, 9, 0))
    page = month_pages(months.month(office, "2026-10"), MADE_AT)[0]
    assert page.title.endswith("(未定稿)")
    assert "王伟(行政股) 假〔2026〕1号:10月13日事假未销假" in page.lead[0]
    end_leave(office, slip.id, Moment(date(2026, 10, 14), Half.MORNING), by=KEEPER)
    before = month_digest(months.month(office, "2026-10"))
    close_month(office, "leave", "2026-10", months.pending, months.seal_digest, by=DIRECTOR)
    sealed = months.month(office, "2026-10")
    page = month_pages(sealed, MADE_AT)[0]
    assert (page.title, page.lead) == ("测试县人民政府办公室请假情况汇总表", ())
    assert month_digest(sealed) != before
    assert month_digest(sealed) == month_digest(months.month(office, "2026-10"))


def test_the_detail_sheet_lists_by_start_and_names_both_of_a_delegation(office: Office, clock: SetClock) -> None:
    record_delegation(office, DIRECTOR, DEPUTY, TODAY, date(2026, 10, 16), paper_page="3页", by=KEEPER)
    apply_leave(office, request("10-20", "10-23", person=5, reason="家事"), Approval(TODAY, DEPUTY), by=KEEPER)
    busy_month(office, clock)
    page = month_pages(months.month(office, "2026-10"), MADE_AT)[1]
    rows = [[cell.value for cell in block[0].cells if cell] for block in page.blocks]
    assert [row[4] for row in rows] == [
        "10月12日下午",
        "10月13日至10月14日",
        "10月16日",
        "10月20日至10月23日",
        "10月20日至10月22日",
        "10月30日至11月3日",
    ]
    assert rows[3][8] == "钱峰(受赵敏委托)"
    assert [row[11] for row in rows] == ["待销假", "待销假", "逾期未补", "待销假", "待销假", "待销假"]
    sick = next(row for row in rows if row[3] == "病假")
    assert sick[12] == "无证明"


def test_a_month_without_leave_says_so(office: Office) -> None:
    for page in month_pages(months.month(office, "2026-10"), MADE_AT):
        assert "本月没有人请假。" in texts(page)


def test_the_slip_is_printed_twice_and_filled_in(office: Office) -> None:
    slip = granted(office, "10-13", "10-15")
    period = slips.slip_period(office, slip.id)
    assert period == "2026-10_假2026-1"
    assert LEAVE_SLIP.file_name(period) == "2026-10_假2026-1_请假审批单.xlsx"
    (page,) = LEAVE_SLIP.pages(slips.slip_sheet(office, period), MADE_AT)
    words = texts(page)
    assert words.count("王伟(行政股)") == words.count("主任意见") - words.count("分管副主任意见") == 2
    assert "3天 须书面向主任请假" in page.subline
    assert words.count("自 2026年10月13日上午 至 2026年10月15日下午 止") == 2


def test_the_directors_slip_asks_a_county_leader(office: Office) -> None:
    asked = request("10-13", person=DIRECTOR)
    slip = apply_leave(office, asked, Approval(TODAY, None, "高志明", "县长"), by=KEEPER)
    (page,) = LEAVE_SLIP.pages(slips.slip_sheet(office, slips.slip_period(office, slip.id)), MADE_AT)
    words = texts(page)
    assert "县领导意见" in words
    assert "分管副主任意见" not in words


def test_a_blank_slip_has_every_kind_to_tick_and_no_name(office: Office) -> None:
    (page,) = LEAVE_SLIP.pages(slips.slip_sheet(office, slips.slip_period(office, None)), MADE_AT)
    words = texts(page)
    assert all(f"□{kind.label}" in words for kind in LeaveKind)
    assert "王伟" not in words


def test_a_void_slip_is_not_printed(office: Office) -> None:
    slip = granted(office, "10-13")
    void_leave(office, slip.id, "登记错", by=KEEPER)
    with pytest.raises(Refused, match="已作废"):
        write_slip(office, slip.id, by=KEEPER)
    with pytest.raises(Refused, match="没有这张假条"):
        slips.slip_sheet(office, "2026-10_假2026-1")


def test_the_digest_follows_the_figures_only(office: Office, clock: SetClock) -> None:
    slip = granted(office, "10-13")
    sheet = slips.slip_sheet(office, slips.slip_period(office, slip.id))
    before = month_digest(months.month(office, "2026-10")), slip_digest(sheet)
    clock.at += 60
    again = slips.slip_sheet(office, slips.slip_period(office, slip.id))
    assert (month_digest(months.month(office, "2026-10")), slip_digest(again)) == before
    granted(office, "10-20")
    assert month_digest(months.month(office, "2026-10")) != before[0]


def test_the_workbook_holds_the_figures_and_hostile_text_as_text(office: Office, clock: SetClock) -> None:
    apply_leave(office, request("10-26", reason="=HYPERLINK(1)"), Approval(TODAY, DEPUTY), by=KEEPER)
    busy_month(office, clock)
    written = {one.title: one.path for one in write_forms(office, "2026-10", ("leave",), by=KEEPER)}
    assert set(written) == {LEAVE_MONTH.title}
    book = load_workbook(written[LEAVE_MONTH.title])
    assert book.sheetnames == ["请假情况汇总表", "请假明细", "核对信息"]
    cells = {str(cell.value): cell for row in book["请假明细"].iter_rows() for cell in row if cell.value is not None}
    assert cells["=HYPERLINK(1)"].data_type == "s"
    total = next(row for row in book["请假情况汇总表"].iter_rows(values_only=True) if str(row[0]).startswith("合计("))
    assert total[3:9] == (3, 1.5, 1, 1, 3, 2)
    again = write_forms(office, "2026-10", ("leave",), by=KEEPER)
    assert [(one.version, one.is_new) for one in again] == [(1, False)]


def test_the_forms_print_whole_with_their_sums_checked(office: Office, clock: SetClock, tmp_path: Path) -> None:
    for person in range(9, 49):
        granted(office, "10-13", person=person)
    slip = granted(office, "10-14", person=8)
    busy_month(office, clock)
    books = [write_forms(office, "2026-10", ("leave",), by=KEEPER)[0].path]
    books += [write_slip(office, row, by=KEEPER).path for row in (slip.id, None)]
    pages = printed(books, tmp_path)
    month, filled, blank = (pages[book.stem] for book in books)
    summary = [page for page in month if "请假情况汇总表 2026年10月" in page]
    assert len(summary) >= 2
    assert all("本年累计" in page and "备注" in page for page in summary)
    checked = next(line for page in month for line in page.splitlines() if "复核" in line)
    assert set(checked.split()[1:]) == {"0"}
    assert "分管副主任签字:" in "".join(month)
    for sheet in (filled, blank):
        assert len(sheet) == 2
        assert sheet[0].count("请假审批单") == 2
        assert sheet[0].count("主任意见") == 4
