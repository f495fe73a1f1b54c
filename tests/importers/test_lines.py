"""The lines below a heading: what is read, what is nobody's, and how it was read."""

from __future__ import annotations

from govoffice_tui.importers.headings import find_heading
from govoffice_tui.importers.lines import Lines
from govoffice_tui.importers.reader import Table

COLUMNS = {"day": ("日期",), "matter": ("事项",), "unit": ("单位",)}


def lines(*rows: tuple[str, ...], removed: int = 0) -> Lines:
    table = Table("台账", (("日期", "事项", "单位", "经费", "密级:秘密"), *rows), removed)
    heading = find_heading(table.rows, COLUMNS, "matter")
    assert heading is not None
    return Lines(table, heading, COLUMNS)


def test_a_line_that_begins_like_a_footer_but_says_more_is_read() -> None:
    read = lines(("2026年10月20日", "修路", "交通局"), ("", "有关说明:抓紧办", "教育局"))
    assert [cells["matter"] for _, cells in read.below()] == ["修路", "有关说明:抓紧办"]


def test_totals_signatures_notes_and_empty_lines_are_nobodys() -> None:
    read = lines(
        ("合计", "2件", "2家"), ("制表 张三", "审核 李四"), ("注:以上为在办",), ("2026年10月20日",), ("", "", ""), ("",)
    )
    assert list(read.below()) == []


def test_what_is_wrong_names_line_and_column_and_marked_titles_are_not_repeated() -> None:
    read = lines(("", "", "交通局"), removed=2)
    ((index, cells),) = read.below()
    read.require(index, cells, {"matter": "没有写要办什么事"})
    read.check_texts(index, {"unit": "很长" * 30, "matter": "★机密★文件"}, {"matter": 500})
    assert [f"{one.place} {one.message}".split(",")[0] for one in read.problems] == [
        "第2行“事项” 没有写要办什么事",
        "第2行“单位” 超过40个字",
        "第2行“事项” 这一格像密级标志",
    ]
    assert read.notices() == ["读的是工作表“台账”", "已去掉2个不能显示的字符", "没有读的列:经费"]
