"""单位通讯录: found by its titles, checked whole, merged units carried down."""

from __future__ import annotations

from pathlib import Path

from govoffice_tui.__main__ import main
from govoffice_tui.clock import SystemClock
from govoffice_tui.importers.contacts import parse_contacts
from govoffice_tui.importers.reader import Table
from govoffice_tui.registers.duty.contacts import units
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import open_office


def read(*rows: tuple[str, ...]) -> tuple[list[tuple[str, ...]], list[str]]:
    found = parse_contacts(Table("", rows))
    return (
        [(line.unit, line.name, line.position, line.phone) for line in found.lines],
        [str(problem) for problem in found.problems],
    )


HEAD = ("序号", "单位名称", "姓名", "职务", "联系电话")


def test_a_merged_unit_goes_down_and_titles_and_footers_are_passed_over() -> None:
    lines, problems = read(
        ("全县通讯录", "", "", "", ""),
        HEAD,
        ("1", "城关镇", "马骏", "副镇长", "13900010001"),
        ("2", "", "丁宏", "值班员", "13900010002"),
        ("制表:周小萍", "", "", "", ""),
    )
    assert problems == []
    assert lines == [("城关镇", "马骏", "副镇长", "13900010001"), ("城关镇", "丁宏", "值班员", "13900010002")]


def test_two_numbers_of_a_unit_without_names_are_two_lines() -> None:
    lines, problems = read(HEAD, ("1", "白水镇", "", "值班室", "88002001"), ("2", "", "", "传真", "88002002"))
    assert problems == []
    assert [line[3] for line in lines] == ["88002001", "88002002"]


def test_every_problem_is_named_and_marked_text_is_not_repeated() -> None:
    lines, problems = read(
        HEAD, ("1", "", "马骏", "", ""), ("2", "白水镇", "机密★3年", "", ""), ("3", "长" * 51, "", "", "")
    )
    assert lines == []
    assert [problem.partition(":")[0] for problem in problems] == ["第2行“单位名称”", "第3行“姓名”", "第4行“单位名称”"]
    assert "★" not in "".join(problems)


def test_no_heading_and_no_lines_are_problems() -> None:
    assert "找不到表头" in read(("甲", "乙"))[1][0]
    assert "没有单位" in read(HEAD)[1][0]


def test_a_phone_book_comes_in_by_the_command_line(tmp_path: Path) -> None:
    found_office(tmp_path, SystemClock(), {"office_name": "测试县人民政府办公室"}).close()
    book = tmp_path / "通讯录.csv"
    book.write_text("单位,姓名,职务,电话\n城关镇,马骏,副镇长,13900010001\n", "utf-8")
    assert main(["import", "contacts", str(book), "--dry-run", "--office", str(tmp_path)]) == 0
    assert main(["import", "contacts", str(book), "--office", str(tmp_path)]) == 0
    office = open_office(tmp_path, SystemClock())
    assert units(office) == ("城关镇",)
    office.close()
