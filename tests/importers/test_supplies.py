"""An existing stock list: found by its titles, checked whole, entered as opening balances or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from govoffice_tui.__main__ import main
from govoffice_tui.clock import SystemClock
from govoffice_tui.importers.reader import Table
from govoffice_tui.importers.supplies import parse_stock_list
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import open_office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.supplies.items import ItemPlan, items
from govoffice_tui.registers.supplies.stock import stocks
from tests.factories import staff_lines

HEAD = ("序号", "品名", "规格型号", "单位", "结存数量", "单价(元)", "最低库存", "换算", "以旧换新", "存放处")


def read(*rows: tuple[str, ...]) -> tuple[list[tuple[ItemPlan, int, int | None]], list[str]]:
    found = parse_stock_list(Table("", rows))
    return list(found.lines), [str(problem) for problem in found.problems]


def test_titles_are_found_and_footers_passed_over() -> None:
    lines, problems = read(
        ("办公耗材库存表",),
        HEAD,
        ("1", "A4复印纸", "70g", "包", "12包", "23.505", "10", "箱=10包", "", "一号柜"),
        ("2", "硒鼓", "388A", "支", "3.0", "", "", "", "是", ""),
        ("", "", "", "", "", "", "", "", "", ""),
        ("合计", "", "", "", "15", "", "", "", "", ""),
        ("制表:周小萍",),
    )
    assert problems == []
    assert lines == [
        (ItemPlan("A4复印纸", "包", "70g", "", "箱", 10, 10), 12, 28212),
        (ItemPlan("硒鼓", "支", "388A", is_swap=True), 3, None),
    ]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (("1", "", "", "包", "1"), "第2行“品名”"),
        (("1", "笔", "", "", "1"), "第2行“单位”"),
        (("1", "笔", "", "支", "-1"), "第2行“结存数量”"),
        (("1", "笔", "", "支", "1.5"), "第2行“结存数量”"),
        (("1", "笔", "", "支", "9" * 12), "第2行“结存数量”"),
        (("1", "笔", "", "支", "1", "两元"), "第2行“单价”"),
        (("1", "笔", "", "支", "1", "", "", "盒12"), "第2行“换算”"),
        (("1", "笔", "", "支", "1", "", "", "盒=12包"), "第2行“换算”"),
        (("1", "笔", "", "支", "1", "", "", "", "也许"), "第2行“以旧换新”"),
        (("1", "笔" * 31, "", "支", "1"), "第2行“品名”"),
    ],
)
def test_what_cannot_be_is_named_by_row_and_column(row: tuple[str, ...], where: str) -> None:
    lines, problems = read(HEAD, row)
    assert lines == []
    assert [one.partition(":")[0] for one in problems] == [where]


def test_the_same_item_twice_is_a_problem_and_marked_text_is_not_repeated() -> None:
    _, problems = read(HEAD, ("1", "笔", "A", "支", "1"), ("2", "笔", "a", "支", "2"), ("3", "机密★3年", "", "个", "1"))
    assert len(problems) == 2
    assert "与第2行是同一个品目" in problems[0]
    assert "★" not in problems[1]


def test_no_heading_and_no_lines_are_problems() -> None:
    assert "找不到表头" in read(("甲", "乙"))[1][0]
    assert "找不到表头" in read(("品名", "规格"))[1][0]
    assert "没有品目" in read(HEAD)[1][0]


def test_a_list_comes_in_by_the_command_line_whole_or_not_at_all(tmp_path: Path) -> None:
    office = found_office(tmp_path, SystemClock(), {"office_name": "测试县人民政府办公室"})
    import_staff(office, staff_lines(8), by=None)
    office.close()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["品名", "规格", "单位", "数量", "金额"])
    sheet.append(["A4复印纸", "70g", "包", 12, 282])
    sheet.append(["=1+1", "", "个", "半", None])
    path = tmp_path / "库存.xlsx"
    book.save(path)
    run = ["import", "supplies", str(path), "--office", str(tmp_path), "--operator", "周小萍"]
    assert main(run) == 1
    sheet["A3"], sheet["D3"] = "[/]中性笔", 0
    book.save(path)
    assert main([*run, "--dry-run"]) == 0
    assert main(run[:-2]) == 2
    office = open_office(tmp_path, SystemClock())
    assert items(office) == []
    assert main(run) == 0
    assert [one.title for one in items(office)] == ["A4复印纸 70g", "[/]中性笔"]
    assert stocks(office) == {1: 12}
    assert main(run) == 1
    assert len(items(office)) == 2
    office.close()
