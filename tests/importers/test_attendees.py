"""参会名单: found by its titles, checked whole, merged units carried down."""

from __future__ import annotations

from govoffice_tui.importers.attendees import parse_attendees
from govoffice_tui.importers.reader import Table

HEAD = ("序号", "参会单位", "姓名", "职务")


def read(*rows: tuple[str, ...]) -> tuple[list[tuple[str, ...]], list[str], tuple[str, ...]]:
    found = parse_attendees(Table("", rows))
    return (
        [(line.unit, line.name, line.position) for line in found.lines],
        [str(problem) for problem in found.problems],
        found.notices,
    )


def test_a_merged_unit_goes_down_and_titles_and_footers_are_passed_over() -> None:
    lines, problems, told = read(
        ("全县工作会议参会名单", "", "", ""),
        HEAD,
        ("1", "县财政局", "马骏", "局长"),
        ("2", "", "白羽", "副局长"),
        ("3", "县财政局", "马骏", "局长"),
        ("联系人:周小萍", "", "", ""),
    )
    assert problems == []
    assert lines == [("县财政局", "马骏", "局长"), ("县财政局", "白羽", "副局长")]
    assert told == ("单位空着的1行随上面一格", "单位、姓名都重复的1行只取一次")


def test_a_list_of_units_alone_is_a_list() -> None:
    lines, problems, _ = read(("序号", "单位"), ("1", "县财政局"), ("2", "县水利局"))
    assert problems == []
    assert lines == [("县财政局", "", ""), ("县水利局", "", "")]


def test_every_problem_is_named_and_marked_text_is_not_repeated() -> None:
    lines, problems, _ = read(HEAD, ("1", "", "马骏", ""), ("2", "城关镇", "机密★3年", ""), ("3", "长" * 51, "甲", ""))
    assert lines == []
    assert [problem.partition(":")[0] for problem in problems] == [
        "第2行“参会单位”",
        "第3行“姓名”",
        "第4行“参会单位”",
    ]
    assert "★" not in "".join(problems)


def test_no_heading_and_no_lines_are_problems() -> None:
    assert "找不到表头" in read(("甲", "乙"))[1][0]
    assert "没有单位" in read(HEAD)[1][0]
