"""会议台账, 会议签到表 and 参会情况名单: cells read back, and the pages LibreOffice prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.meetings.forms import MEETING_LISTS, MEETING_SIGN_SHEET, MEETINGS_MONTH
from govoffice_tui.exporters.page import Page
from govoffice_tui.registers.meetings import attending, moving, notices
from govoffice_tui.registers.meetings.entering import enter_classified_meeting, enter_meeting
from govoffice_tui.registers.meetings.months import month
from govoffice_tui.registers.meetings.notices import AttendeeEntry, Comer, Stay
from govoffice_tui.registers.meetings.pages import page
from govoffice_tui.registers.meetings.papers import paper_page, paper_period
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.reports import write_forms, write_paper
from govoffice_tui.rules.meetings.kinds import MeetingKind
from govoffice_tui.rules.meetings.parts import Mark, Reply
from govoffice_tui.rules.refusal import Refused
from tests.exporters.factories import MADE_AT
from tests.exporters.tools import printed

KEEPER = 3
NINE = datetime(2026, 10, 14, 9)
FIRST, SECRET = MeetingKey(2026, 1), MeetingKey(2026, 2)
HOSTILE = "=1+1 [red] &Z&F"


@pytest.fixture
def meeting_office(office: Office, clock: SetClock) -> Office:
    """A 常务会议 of 45 units that was held, a 涉密会议, and a 专题会议 called off."""
    plan = MeetingPlan(MeetingKind.EXECUTIVE, "县政府常务会议", NINE, "一楼会议室", "江一帆", remark=HOSTILE)
    enter_meeting(office, plan, by=KEEPER)
    people = [AttendeeEntry(row, f"第{row}局", f"甲{row}", "局长") for row in range(1, 46)]
    people[6] = AttendeeEntry(7, "第7局", "阿卜杜热合曼·买买提明", "党组书记、局长")
    notices.import_attendees(office, FIRST, people, by=KEEPER)
    rows = page(office, FIRST).notices
    for place, one in enumerate(rows[:43]):
        reply = {1: Reply.SUBSTITUTE, 2: Reply.EXCUSED}.get(place, Reply.COMING)
        notices.reply_notice(office, FIRST, one.id, reply, by=KEEPER)
    notices.reply_notice(office, FIRST, rows[43].id, Reply.UNREACHED, by=KEEPER)
    comer = Comer(rows[1].people[0].id, "乙二", "副局长", "局长 甲2")
    notices.fill_notice(office, FIRST, rows[1].id, Stay("", "江一帆", "", comer), by=KEEPER)
    notices.fill_notice(office, FIRST, rows[2].id, Stay("", "江一帆", "外出招商"), by=KEEPER)
    enter_classified_meeting(office, date(2026, 10, 15), by=KEEPER)
    special = MeetingPlan(
        MeetingKind.SPECIAL, "防汛专题会议", NINE.replace(day=16), "三楼会议室", "陆远", organiser="县水利局"
    )
    moving.cancel_meeting(office, enter_meeting(office, special, by=KEEPER).key, "主任", "并会", by=KEEPER)
    clock.set(datetime(2026, 10, 14, 9, 12))
    attending.mark_attendee(office, FIRST, rows[4].people[0].id, Mark.LATE, by=KEEPER)
    attending.mark_attendee(office, FIRST, rows[5].people[0].id, Mark.ABSENT, by=KEEPER)
    attending.add_visitor(office, FIRST, "县电视台", "任远", by=KEEPER)
    moving.hold_meeting(office, FIRST, by=KEEPER)
    return office


def _rows(sheet: Page) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row.cells if cell) for block in sheet.blocks for row in block]


def test_the_ledger_has_every_meeting_and_nothing_of_a_classified_one_but_its_day(meeting_office: Office) -> None:
    (sheet,) = MEETINGS_MONTH.pages(month(meeting_office, "2026-10"), MADE_AT)
    assert sheet.title == "测试县人民政府办公室会议台账(未定稿)"
    first, secret, called_off, total = _rows(sheet)
    assert first[:5] == (
        "会〔2026〕\n1号",
        "县政府常务会议(第1次)",
        "县政府常务会议",
        "10月14日星期三9:00",
        "一楼会议室",
    )
    assert first[5:10] == ("江一帆", "行政股", "分管副主任牵头,资料动态股配合", "", 44)
    assert first[11:] == ("已召开", HOSTILE)
    assert [cell for cell in secret if cell] == ["会〔2026〕\n2号", "涉密会议", "10月15日星期四", "—", "拟办"]
    assert called_off[9:12] == ("", "", "取消")
    assert total == ("合计", "召开1次", 44, "延期0  取消1")
    assert "县政府常务会议1次 44人次" in sheet.notes[0]


def test_the_sheet_at_the_door_leaves_the_signatures_blank_and_says_who_stands_in(meeting_office: Office) -> None:
    (sheet,) = MEETING_SIGN_SHEET.pages(page(meeting_office, FIRST), MADE_AT)
    rows = _rows(sheet)
    assert len(rows) == 45 + 1 + 5
    assert all(row[4] == "" for row in rows)
    assert rows[1][1:] == ("第2局", "乙二", "副局长", "", "替局长 甲2")
    assert [rows[place][5] for place in (0, 2, 4, 5)] == ["", "请假", "迟到9:12", "缺席"]
    assert rows[45] == (46, "县电视台", "任远", "", "", "列席")
    assert rows[46] == ("", "", "", "", "", "")
    assert sheet.lead[0] == "时间:2026年10月14日星期三9:00    地点:一楼会议室    主持人:江一帆"


def test_a_meeting_without_a_list_has_a_sheet_of_blank_lines_that_fills_one_page(meeting_office: Office) -> None:
    found = page(meeting_office, FIRST)
    (sheet,) = MEETING_SIGN_SHEET.pages(replace(found, notices=(), visitors=()), MADE_AT)
    assert _rows(sheet) == [("", "", "", "", "", "")] * 20
    assert lay_out(sheet).pages == 1
    (few,) = MEETING_SIGN_SHEET.pages(replace(found, notices=found.notices[:18], visitors=()), MADE_AT)
    assert len(_rows(few)) == 18 + 5


def test_the_list_for_the_chair_groups_the_units_by_answer(meeting_office: Office) -> None:
    (sheet,) = MEETING_LISTS.pages(page(meeting_office, FIRST), MADE_AT)
    heads = [row[0] for row in _rows(sheet) if len(row) == 1]
    assert heads == ["参会(41个单位 41人)", "替会(1个单位 1人)", "请假(1个单位 1人)", "未回执(2个单位 2人)"]
    listed = {row[1]: row[3] for row in _rows(sheet) if len(row) == 5}
    assert (listed["第2局"], listed["第3局"], listed["第44局"]) == (
        "替局长 甲2;江一帆同意",
        "外出招商;江一帆同意",
        "未接通",
    )


def test_a_classified_meeting_has_no_papers_and_a_name_that_means_none_is_refused(meeting_office: Office) -> None:
    assert paper_period(meeting_office, FIRST) == "2026-10-14_会2026-1号"
    with pytest.raises(Refused, match="涉密会议不在本机印"):
        paper_period(meeting_office, SECRET)
    with pytest.raises(Refused, match="涉密会议不在本机印"):
        paper_page(meeting_office, "2026-10-15_会2026-2号")
    for period in ("2026-10-14", "2026-10-14_会2026-9号", "../x"):
        with pytest.raises(Refused):
            paper_page(meeting_office, period)


def test_the_workbooks_print_whole(meeting_office: Office, tmp_path: Path) -> None:
    period = paper_period(meeting_office, FIRST)
    (ledger,) = write_forms(meeting_office, "2026-10", ["meetings"], by=KEEPER)
    papers = [write_paper(meeting_office, form, period, by=KEEPER) for form in ("meeting_sign_sheet", "meeting_lists")]
    again = write_paper(meeting_office, "meeting_lists", period, by=KEEPER)
    assert (again.version, again.is_new) == (1, False)
    book = load_workbook(ledger.path)
    assert HOSTILE in [cell.value for row in book["会议台账"] for cell in row]
    assert all(cell.data_type != "f" for row in book["会议台账"] for cell in row)
    seen = printed([ledger.path, *(one.path for one in papers)], tmp_path)
    assert len(seen[ledger.path.stem]) == 2
    assert "纪要" in seen[ledger.path.stem][0]
    signed = seen[papers[0].path.stem][:-1]
    assert len(signed) >= 2
    assert all("签名" in sheet and "序号" in sheet for sheet in signed)
    assert "阿卜杜热合曼" in "".join(signed)
    assert all("参会人" in sheet for sheet in seen[papers[1].path.stem][:-1])
