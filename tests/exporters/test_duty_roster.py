"""The roster's forms: 值班表, 调班申请单, 值班统计表 and the calendar file, read back cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.duty import roster_forms
from govoffice_tui.exporters.duty.roster_calendar import duty_calendar, escaped, folded
from govoffice_tui.exporters.page import Properties
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.duty.roster import ShiftLine, document, shifts
from govoffice_tui.registers.duty.roster_changes import Slip, change_shift
from govoffice_tui.registers.duty.roster_fairness import duty_month
from govoffice_tui.registers.duty.roster_making import make_roster, move_roster
from govoffice_tui.registers.duty.roster_pages import duties_of, roster_page
from govoffice_tui.registers.duty.roster_special import OwnPost, Special, make_special
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff, people_on
from govoffice_tui.reports import write_duty_calendar, write_forms
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import ChangeKind, DutyKind, DutyPost
from tests.exporters.tools import printed

MONTH = "2026-12"
MADE_AT = datetime(2026, 11, 27, 9, 0)
BY = 5


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """December issued; the night of the 9th has changed hands."""
    clock.set(datetime(2026, 11, 20, 9, 0))
    founded = found_office(tmp_path / "office", clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, demo_lines(date(2026, 10, 1)), by=None)
    row = make_roster(founded, MONTH, by=BY).roster
    move_roster(founded, row, "check_roster", by=BY)
    move_roster(founded, row, "issue_roster", by=BY)
    slip = Slip(ChangeKind.SUBSTITUTE, night(founded).id, spare(founded), "=家中老人住院", is_agreed=True)
    change_shift(founded, slip, by=BY)
    yield founded
    founded.close()


def lines_of(office: Office) -> list[ShiftLine]:
    made = document(office, MONTH)
    assert made is not None
    return shifts(office, made.id)


def night(office: Office) -> ShiftLine:
    return next(line for line in lines_of(office) if line.day.day == 9 and line.post is DutyPost.OFFICER)


def spare(office: Office) -> int:
    busy = {line.staff for line in lines_of(office) if line.day.day in (8, 9, 10)}
    return next(person for person in range(20, 56) if person not in busy)


def test_the_roster_on_paper_stands_whole_on_its_pages(office: Office, tmp_path: Path) -> None:
    people = {DutyPost.LEADER: [1], DutyPost.OFFICER: [20, 21]}
    own = [OwnPost("抢险组", [30, 31, 32], 2), OwnPost("车辆保障", [40])]
    days = (date(2026, 12, 31), date(2027, 1, 3))
    make_special(office, Special("元旦值班安排", *days, "8:00-8:00", people, {}, own), by=BY)
    books = {
        "roster": roster_forms.roster_forms(roster_forms.roster_sheets(office, MONTH), MADE_AT),
        "changes": roster_forms.change_forms(roster_page(office, MONTH), MADE_AT),
        "figures": roster_forms.figure_forms(duty_month(office, MONTH), MADE_AT),
    }
    for name, pages in books.items():
        write_workbook(pages, Properties("题", "办公室", MADE_AT), tmp_path / f"{name}.xlsx")
    paper = printed([tmp_path / f"{name}.xlsx" for name in books], tmp_path)
    words = "\n".join(paper["roster"])
    for day in range(1, 32):
        assert f"12月{day}日" in words
    for page in paper["roster"]:
        assert "备注" in page
    assert all(
        part in words for part in ("2026年11月20日印发", "不得代值", "抄送", "元旦值班安排", "2027年1月3日", "抢险组")
    )
    assert re.search("原.+\n.*现|现.+\n.*原|原", words)
    assert not any("##" in page for pages in paper.values() for page in pages)
    assert "调〔2026〕1号" in paper["changes"][0]
    assert "=家中老人住院" in paper["changes"][0]
    (last,) = [page for page in paper["figures"] if "合计" in page]
    assert any(person.name in last for person in people_on(office, date(2026, 12, 1)))


def test_a_changed_place_prints_who_was_and_who_is(office: Office, tmp_path: Path) -> None:
    pages = roster_forms.roster_forms(roster_forms.roster_sheets(office, MONTH), MADE_AT)
    write_workbook(pages, Properties("题", "办公室", MADE_AT), tmp_path / "roster.xlsx")
    sheet = load_workbook(tmp_path / "roster.xlsx")["值班表"]
    names = roster_page(office, MONTH).names
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "12月9日"]
    line = night(office)
    assert row[5] == f"原{names[line.planned or 0]}\n现{names[line.staff or 0]}"
    assert row[6] == roster_page(office, MONTH).phones[line.staff or 0]
    assert len([row for row in sheet.iter_rows(values_only=True) if re.fullmatch("12月[0-9]+日", str(row[0]))]) == 31


def test_the_figures_add_up(office: Office) -> None:
    month = duty_month(office, MONTH)
    assert sum(one.count for one in month.people) == 31 * 3
    assert sum(one.led for one in month.people) == 31
    assert sum(one.owing for one in month.people) == 0
    assert sum(one.given for one in month.people) == sum(one.taken for one in month.people) == 1


def test_the_figures_say_that_a_holiday_on_a_weekend_stands_in_both_columns(office: Office) -> None:
    make_roster(office, "2027-02", by=BY)
    month = duty_month(office, "2027-02")
    kinds = sum(sum(one.month.values()) for one in month.people)
    working = sum(one.month[DutyKind.WORKDAY] for one in month.people)
    holidays = sum(one.month[DutyKind.HOLIDAY] for one in month.people)
    assert kinds == 28 * 3
    assert working + holidays + sum(one.weekends for one in month.people) > kinds
    (page,) = roster_forms.figure_forms(month, MADE_AT)
    assert any("各栏相加可以多于值班次数" in note for note in page.notes)


def test_a_month_without_slips_prints_a_blank_one(office: Office) -> None:
    (page,) = roster_forms.change_forms(roster_page(office, "2026-11"), MADE_AT)
    assert page.subline == "调〔    〕   号"


def test_a_roster_not_issued_and_a_provisional_year_say_so(office: Office) -> None:
    make_roster(office, "2027-01", by=BY)
    page = roster_forms.roster_forms(roster_forms.roster_sheets(office, "2027-01"), MADE_AT)[0]
    assert page.title.endswith("(暂定)")
    assert "草拟,未印发" in page.subline


def test_the_same_figures_give_the_same_version_and_a_slip_the_next(office: Office) -> None:
    first = {one.title: one.version for one in write_forms(office, MONTH, ["roster"], by=BY)}
    again = {one.title: one.version for one in write_forms(office, MONTH, ["roster"], by=BY)}
    assert first == again == {"值班表": 1, "调班申请单": 1, "值班统计表": 1}
    taker = next(person for person in range(20, 56) if person not in {line.staff for line in lines_of(office)})
    change_shift(office, Slip(ChangeKind.SUBSTITUTE, night(office).id, taker, "下乡", is_agreed=True), by=BY)
    later = {one.title: one.version for one in write_forms(office, MONTH, ["roster"], by=BY)}
    assert later == {"值班表": 2, "调班申请单": 2, "值班统计表": 2}


def test_a_calendar_file_holds_ones_duties_in_the_offices_time(office: Office) -> None:
    person = night(office).staff
    assert person is not None
    path = write_duty_calendar(office, person, MONTH)
    text = path.read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == len(duties_of(office, person, MONTH))
    assert "DTSTART;TZID=Asia/Shanghai:20261209T173000\r\nDTEND;TZID=Asia/Shanghai:20261210T080000" in text
    uids = re.findall("UID:(.+)\r", text)
    assert len(set(uids)) == len(uids)
    assert re.findall("UID:(.+)\r", write_duty_calendar(office, person, MONTH).read_bytes().decode()) == uids
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_somebody_without_a_duty_gets_no_calendar_file(office: Office) -> None:
    idle = next(person for person in range(1, 57) if not duties_of(office, person, MONTH))
    with pytest.raises(Refused, match="没有这个人的班"):
        write_duty_calendar(office, idle, MONTH)


def test_hostile_names_cannot_break_out_of_a_calendar_line(office: Office) -> None:
    person = night(office).staff or 0
    text = duty_calendar("王;,\\\r\nEND:VCALENDAR", "u", duties_of(office, person, MONTH)[:1], MADE_AT)
    assert text.count("\r\nEND:VCALENDAR") == 1
    assert escaped("a,b;c\\") == "a\\,b\\;c\\\\"
    assert folded("长" * 60)[1].startswith(" ")
