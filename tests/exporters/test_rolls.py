"""The forms of 集中学习 and 大扫除: their cells, and how fifty-six people come out of the printer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govoffice_tui.clock import SetClock
from govoffice_tui.exporters.catalog import FORMS
from govoffice_tui.exporters.layout import lay_out
from govoffice_tui.exporters.page import Orientation, Page, Properties
from govoffice_tui.exporters.rolls import hygiene, study
from govoffice_tui.exporters.rolls.sheets import LEGEND
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.registers import calendar, staff_changes
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.rolls import calling, marking, planning
from govoffice_tui.registers.rolls.marking import Detail
from govoffice_tui.registers.rolls.months import month
from govoffice_tui.registers.rolls.pages import page
from govoffice_tui.registers.rolls.views import RollMonth, Topic
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.training import Course, record_training
from govoffice_tui.reports import write_forms
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.rolls import Book, MarkKind, ToldTo
from govoffice_tui.rules.study import STUDY
from tests.exporters.factories import MADE_AT, rows_named, texts
from tests.exporters.tools import printed

FIRST = date(2026, 10, 1)
STUDIES = [date(2026, 10, day) for day in (8, 13, 15, 20, 22, 27, 29)]
MONDAYS = [date(2026, 10, day) for day in (12, 19, 26)]
TOLD = Detail(told_to=ToldTo.SECTION, told_at=datetime(2026, 10, 13, 7, 50), remark="家中有事")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Fifty-six people in October: seven studies of which one was cancelled, three cleanings, one course."""
    clock = SetClock(datetime(2026, 10, 1, 7, 0))
    founded = found_office(
        tmp_path_factory.mktemp("rolls"),
        clock,
        {"office_name": "测试县人民政府办公室", "first_session": "2026-10-01 0"},
    )
    import_staff(founded, demo_lines(FIRST), by=None)
    assign_post(founded, 1, Post.DIRECTOR, by=None)
    calendar.ensure(founded, 2026)
    staff_changes.transfer_out(founded, 50, date(2026, 10, 14), by=1)
    clock.set(datetime(2026, 10, 30, 9, 0))
    for book, days in ((STUDY, STUDIES[:-1]), (HYGIENE, MONDAYS)):
        for day in days:
            _hold(founded, book, day)
    planning.cancel(founded, STUDY, STUDIES[-1], 1, "防汛", by=6)
    record_training(founded, [9, 13], Course("公文写作", "市政府办公室", MONDAYS[0], MONDAYS[0], "4"), by=6)
    yield founded
    founded.close()


def _hold(office: Office, book: Book, day: date) -> None:
    calling.write(office, book, day, Topic("学习《信访工作条例》", "集体学习", "钱峰", "赵敏", "会议室"), by=6)
    marking.mark(office, book, day, 7, MarkKind.LATE, by=6)
    marking.mark(office, book, day, 9, MarkKind.ABSENT, Detail(remark="没有来"), by=6)
    if day == STUDIES[1]:
        marking.mark(office, book, day, 12, MarkKind.LEAVE, TOLD, by=6)
        marking.mark(office, book, day, 13, MarkKind.OUT, by=6)
        marking.mark(office, book, day, 14, MarkKind.EARLY, Detail(approved_by=1), by=6)
    calling.finish(office, book, day, "3", by=6)
    calling.check(office, book, day, by=6)
    if book is STUDY:
        marking.make_up(office, book, day, 9, day, "自学", by=6)


@pytest.fixture(scope="module")
def october(office: Office) -> RollMonth:
    return month(office, STUDY, "2026-10")


@pytest.fixture(scope="module")
def summary(october: RollMonth) -> Page:
    return study.month_pages(october, MADE_AT)[0]


def test_the_study_sheet_lies_and_has_a_column_a_session(summary: Page) -> None:
    assert summary.orientation is Orientation.LANDSCAPE
    heads = [cell.value for cell in summary.header[0].cells if cell]
    assert heads[:3] == ["姓名", "10.8\n四", "10.13\n二"]
    assert heads[7:] == ["应到", "实到", "请假", "公出", "缺席", "迟到", "早退", "出勤率(%)", "补学"]
    assert summary.signatures == ("考勤人:", "党支部:", "分管副主任签字:")


def test_each_person_has_a_mark_a_session_and_figures_that_come_out(summary: Page) -> None:
    assert rows_named(summary, "王伟(行政股)") == [["王伟(行政股)", *["缺"] * 6, 6, 0, 0, 0, 6, 0, 0, "0.0", 6]]
    assert rows_named(summary, "褚文斌") == [["褚文斌", "√", "假", "√", "√", "√", "√", 6, 5, 1, 0, 0, 0, 0, "83.3", 0]]
    assert rows_named(summary, "冯䶮")[0][2] == "退"
    assert rows_named(summary, "吴桂芳")[0][1:9] == [*["迟"] * 6, 6, 6]


def test_somebody_transferred_out_is_due_at_no_later_session(summary: Page) -> None:
    gone = rows_named(summary, "苏文斌")[0]
    assert gone[1:9] == ["√", "√", "－", "－", "－", "－", 2, 2]


def test_the_sum_is_that_of_the_people(summary: Page, october: RollMonth) -> None:
    people = [[cell.value for cell in block[0].cells if cell] for block in summary.blocks[:-1]]
    total = [cell.value for cell in summary.blocks[-1][0].cells if cell]
    columns = list(zip(*(row[7:14] for row in people), strict=True))
    assert total[7:14] == [sum(int(str(value)) for value in column) for column in columns]
    assert total[14] == october.counts.rate
    assert len(people) == 56


def test_what_was_cancelled_told_and_made_up_for_stands_under_the_table(summary: Page) -> None:
    words = "\n".join(summary.notes)
    assert "10月29日集中学习取消(赵敏定:防汛)" in words
    assert "请假:10月13日褚文斌7:50告知行政股。" in words
    assert "补学:10月8日王伟(行政股)10月8日补(自学);" in words
    assert "10月8日集中学习为过后补录,纸质点名册第3页" in words
    assert "未定稿,尚缺:" in words
    assert "(未定稿)" in summary.title


def test_the_trainings_of_the_month_and_the_year_have_their_sheets(october: RollMonth) -> None:
    _, courses, year = study.month_pages(october, MADE_AT)
    assert rows_named(courses, "训〔2026〕1号")[0][2:6] == [
        "4",
        "市政府办公室",
        "公文写作",
        "王伟(行政股)、王伟(资料动态股)",
    ]
    assert [cell.value for cell in year.blocks[-1][0].cells if cell] == ["合计(人次、学时)", 2, 8.0]


def test_the_cleaning_sheet_stands_and_names_who_was_missing_and_why(office: Office) -> None:
    sessions, people = hygiene.month_pages(month(office, HYGIENE, "2026-10"), MADE_AT)
    assert sessions.orientation is Orientation.PORTRAIT
    assert rows_named(sessions, "10月12日")[0] == [
        "10月12日", "星期一", "学习《信访工作条例》", 56, 55, "王伟(行政股)(缺席:没有来)", "吴桂芳", "赵敏", "周小萍",
    ]  # fmt: skip
    assert rows_named(sessions, "合计")[0][:3] == ["合计 3次", 166, 163]
    assert rows_named(people, "合计")[0][1:4] == [166, 163, 0]


def test_a_blank_roll_holds_every_name_once_and_fits_one_sheet_of_paper(office: Office) -> None:
    for module in (study, hygiene):
        (sheet,) = module.blank_pages(office, STUDIES[0], MADE_AT)
        words = texts(sheet).splitlines()
        for name in ("赵敏", "王伟(行政股)", "郎春梅", "阿依古丽·买买提"):
            assert words.count(name) == 1
        assert "√" not in words
        assert lay_out(sheet).pages == 1
    (sheet,) = study.blank_pages(office, date(2026, 10, 17), MADE_AT)
    assert "星期六" in sheet.subline


def test_the_roll_of_a_session_is_marked_once_it_was_taken(office: Office) -> None:
    (sheet,) = study.roll_pages(page(office, STUDY, STUDIES[1]), MADE_AT)
    words = texts(sheet).splitlines()
    assert words.count("√") == 56 - 5
    assert "7:50告知 家中有事" in words
    assert "应到 56    实到 53    请假 1    公出 1    缺席 1    迟到 1    早退 1    出勤率 94.6%" in words


def test_a_form_is_written_for_a_day_only_where_there_is_a_session(office: Office) -> None:
    def titles(day: str, *registers: str) -> list[str]:
        return [form.title for form in write_forms(office, day, registers, by=6)]

    assert titles("2026-10-13", "study", "hygiene") == ["集中学习点名表"]
    assert titles("2026-10-12", "study", "hygiene") == ["大扫除点名表"]
    assert titles("2026-10-14", "study", "hygiene") == []
    assert titles("2026-10-29", "study") == []
    with pytest.raises(Refused, match="没有“sports”这一册"):
        titles("2026-10", "sports")


def test_the_same_figures_give_the_same_version_and_other_figures_the_next(office: Office) -> None:
    first = write_forms(office, "2026-10", ["hygiene"], by=6)[0]
    again = write_forms(office, "2026-10", ["hygiene"], by=6)[0]
    assert (first.version, again.version, again.is_new) == (1, 1, False)
    marking.mark(office, HYGIENE, MONDAYS[2], 7, MarkKind.PRESENT, Detail(reason="看错"), by=6)
    changed = write_forms(office, "2026-10", ["hygiene"], by=6)[0]
    assert (changed.version, changed.is_new) == (2, True)
    assert "点名" in changed.changes


def test_every_form_has_a_name_of_its_own() -> None:
    assert len({form.id for form in FORMS}) == len({form.name for form in FORMS}) == len(FORMS)


def test_the_sheets_are_reloaded_as_they_were_written(office: Office, october: RollMonth, tmp_path: Path) -> None:
    target = tmp_path / "study.xlsx"
    write_workbook(study.month_pages(october, MADE_AT), Properties("题", "办公室", MADE_AT), target)
    sheet = load_workbook(target)[study.TITLE]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["褚文斌"][:3] == ("褚文斌", "√", "假")
    assert sheet.print_title_rows == "$3:$3"


def test_fifty_six_people_come_out_of_the_printer(office: Office, october: RollMonth, tmp_path: Path) -> None:
    cleaning = month(office, HYGIENE, "2026-10")
    papers = {
        "study": study.month_pages(october, MADE_AT),
        "hygiene": hygiene.month_pages(cleaning, MADE_AT),
        "roll": study.roll_pages(page(office, STUDY, STUDIES[1]), MADE_AT),
        "blank": [*study.blank_pages(office, FIRST, MADE_AT), *hygiene.blank_pages(office, FIRST, MADE_AT)],
    }
    for name, pages in papers.items():
        write_workbook(pages, Properties("题", "办公室", MADE_AT), tmp_path / f"{name}.xlsx")
    paper = printed(sorted(tmp_path.glob("*.xlsx")), tmp_path)
    for name, pages in papers.items():
        assert len(paper[name]) == sum(lay_out(one).pages for one in pages), name
    summary_pages = paper["study"][: lay_out(papers["study"][0]).pages]
    for shown in summary_pages:
        assert "姓名" in shown
        assert "补学" in shown
    whole = "\n".join(summary_pages)
    for one in october.people:
        assert one.display_name.split("(")[0] in whole
    assert "党支部:" in summary_pages[-1]
    assert len(paper["blank"]) == 2
    assert "".join(LEGEND.split()) in "".join(paper["blank"][0].split())
