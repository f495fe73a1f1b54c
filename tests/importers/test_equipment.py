"""设备清单: what of a list is read, and every problem with its line."""

from __future__ import annotations

from datetime import date

from govoffice_tui.importers.equipment import parse_equipment
from govoffice_tui.importers.reader import Table

HEAD = ("资产编号", "设备名称", "规格型号", "使用部门", "责任人", "购置日期", "原值", "是否涉密", "备注")


def read(*rows: tuple[str, ...]):  # type: ignore[no-untyped-def]
    return parse_equipment(Table("设备", (("测试县设备登记表",), HEAD, *rows)))


def test_a_list_is_read_with_sections_carried_down_and_footers_left_out() -> None:
    found = read(
        ("ZC-1", "打印机", "M403", "行政股", "周小萍", "2024-05-06", "2299.00", "否", ""),
        ("ZC-2", "台式电脑", "T630", "", "", "2023年1月2日", "4,599", "是", "机要"),
        ("合计", "", "", "", "", "", "6898", "", ""),
    )
    assert not found.problems
    first, second = found.lines
    assert (first.row, first.section, first.keeper, first.plan.price_fen) == (3, "行政股", "周小萍", 229900)
    assert (second.section, second.plan.bought_day, second.plan.is_classified) == ("行政股", date(2023, 1, 2), True)


def test_every_wrong_cell_is_named_by_its_line() -> None:
    found = read(
        ("ZC-1", "", "M403", "行政股", "", "", "", "", ""),
        ("ZC-1", "打印机", "", "行政股", "", "去年", "很贵", "也许", ""),
        ("ZC-3", "机密★电脑", "", "行政股", "", "2024-02-30", "", "", ""),
    )
    assert [str(one).partition(":")[0] for one in found.problems] == [
        "第3行“设备名称”",
        "第4行“资产编号”",
        "第4行“购置日期”",
        "第4行“原值”",
        "第4行“是否涉密”",
        "第5行“设备名称”",
        "第5行“购置日期”",
    ]
    assert not any("机密★" in str(one) for one in found.problems)


def test_a_table_without_titles_is_no_list() -> None:
    assert "找不到表头" in str(parse_equipment(Table("", (("甲", "乙"),))).problems[0])
