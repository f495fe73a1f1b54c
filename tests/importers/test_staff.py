"""Staff lists as offices keep them: what is read, what is passed over, and every problem at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.importers.headings import plain
from govoffice_tui.importers.reader import Table
from govoffice_tui.importers.staff import StaffList, parse_staff, read_staff_list
from govoffice_tui.importers.staff_words import COLUMNS, is_footer, is_name, read_day
from govoffice_tui.registers.demo.people import demo_lines
from govoffice_tui.rules.people import Category, StaffLine

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
HEADING = "序号 工号 姓名 性别 股室 职务 联系电话 到岗日期 人员类别 备注"


def parse(*rows: str | Sequence[str], sheet: str = "") -> StaffList:
    """Parse rows; one given as text is split at spaces, `_` standing for an empty cell."""
    split = [
        tuple("" if cell == "_" else cell for cell in row.split(" ")) if isinstance(row, str) else tuple(row)
        for row in rows
    ]
    return parse_staff(Table(sheet, tuple(split)))


def problems(*rows: str | Sequence[str]) -> list[str]:
    return [str(problem) for problem in parse(*rows).problems]


def test_a_whole_line_is_read() -> None:
    read = parse(HEADING, "1 007 冯䶮 女 资料动态股 科员 13900001111 2026/3/1 公务员 借调")
    line = StaffLine(
        2, "007", "冯䶮", "女", "资料动态股", "科员", "13900001111", date(2026, 3, 1), Category.CIVIL_SERVANT, "借调"
    )
    assert read == StaffList((line,), (), ())


@pytest.mark.parametrize(
    "heading",
    [
        ["序号", "姓  名", "股 室"],
        ["\ufeff序号", "姓名", "科(股)室"],
        ["序号", "姓\n名", "部门（科室）"],
        ["NO.", "姓名*", "所在股室:"],
        ["顺序号", "人员姓名", "内设机构"],
        ["序号", "【姓名】", "单位"],
    ],
)
def test_headings_are_known_whatever_stands_round_their_words(heading: list[str]) -> None:
    read = parse(heading, ["9", "王伟", "行政股"])
    assert [(line.number, line.name, line.section) for line in read.lines] == [("", "王伟", "行政股")]
    assert read.problems == ()


@pytest.mark.parametrize(
    ("title", "field", "cell", "value"),
    [
        ("员工编号", "number", "A-12", "A-12"),
        ("编号", "number", "００７", "007"),
        ("现任职务", "position", "副 股 长", "副股长"),
        ("职务/职级", "position", "四级主任科员", "四级主任科员"),
        ("手机", "phone", "139 0000 1111", "139 0000 1111"),
        ("联系方式", "phone", "8230123转801", "8230123转801"),
        ("入职时间", "joined", "2026年3月1日", date(2026, 3, 1)),
        ("编制类型", "category", "事业编", Category.INSTITUTION),
        ("身份", "category", "劳务派遣", Category.CONTRACT),
        ("性别", "sex", "女性", "女"),
        ("说明", "remark", "[/] =1+1", "[/] =1+1"),
    ],
)
def test_a_column_is_known_by_its_other_titles(title: str, field: str, cell: str, value: object) -> None:
    read = parse(["姓名", title], ["王伟", cell])
    assert getattr(read.lines[0], field) == value
    assert (read.problems, read.notices) == ((), ())


def test_every_title_is_written_as_titles_are_compared() -> None:
    words = [word for words in COLUMNS.values() for word in words]
    assert [plain(word) for word in words] == words
    assert len(set(words)) == len(words)


def test_titles_above_are_passed_over_and_the_sheet_is_named() -> None:
    read = parse("某某县人民政府办公室花名册", "_", "制表:2026年10月", "序号 姓名 性别", "1 王伟 男", sheet="名单")
    assert [line.row for line in read.lines] == [5]
    assert read.notices == ("读的是工作表“名单”", "已跳过标题行2行")


def test_a_heading_of_two_rows_is_read_as_one() -> None:
    read = parse("序号 姓名 基本情况 _ 联系方式 _", "_ _ 性别 民族 办公电话 手机", "1 王伟 男 汉 8230123 13900001111")
    assert [(line.sex, line.phone) for line in read.lines] == [("男", "13900001111")]
    assert read.notices == ("没有读入的列:“民族”、“办公电话”",)
    assert read.problems == ()


def test_a_heading_stays_one_row_where_people_follow_at_once() -> None:
    assert [line.name for line in parse("姓名 职务", "岗位 主任").lines] == ["岗位"]


def test_of_two_columns_for_one_thing_the_surer_is_read_and_the_other_named() -> None:
    read = parse("单位 股室 姓名 身份证号 手机号码 办公电话", "县政府办 行政股 王伟 略 13900001111 8230123")
    assert (read.lines[0].section, read.lines[0].phone) == ("行政股", "13900001111")
    assert read.notices == ("没有读入的列:“单位”、“身份证号”、“办公电话”",)


def test_the_year_somebody_began_to_work_is_not_the_day_they_came() -> None:
    read = parse("姓名 性别 参加工作时间", "王伟 男 1995-07-01")
    assert read.lines[0].joined is None
    assert read.notices == ("没有读入的列:“参加工作时间”",)


def test_totals_signatures_and_spare_lines_are_nobody() -> None:
    read = parse(
        "序号 姓名 股室 性别",
        "1 王伟 行政股 男",
        "小计 1",
        "2 赵敏 办领导 女",
        "_",
        "序号 姓名 股室 性别",
        "3 钱峰 办领导 男",
        "4",
        "5",
        "合计:3人",
        "其中 _ _ 编外0人",
        "_ _ 制表人:周小萍",
        "2026年10月12日",
    )
    assert [line.name for line in read.lines] == ["王伟", "赵敏", "钱峰"]
    assert read.problems == ()
    assert read.notices == ("已跳过合计、签字、重复表头等行:第3、6、10、11、12、13行",)


@pytest.mark.parametrize(
    "text", ["合计", "总 计", "共56人", "共计:56人", "合计:56人", "制表人:周小萍", "单位负责人(签字):", "注:略"]
)
def test_a_footer_is_told_by_its_first_words(text: str) -> None:
    assert is_footer(text)


@pytest.mark.parametrize("text", ["王伟", "共青", "1", "行政股", "", "人事股", "计小表"])
def test_a_person_is_no_footer(text: str) -> None:
    assert not is_footer(text)


def test_namesakes_in_two_sections_are_two_people() -> None:
    read = parse("姓名 股室 电话", "王伟 行政股 13900001111", "王伟 资料动态股 13900002222")
    assert len(read.lines) == 2
    assert read.problems == ()


def test_the_same_person_twice_is_a_problem() -> None:
    assert problems("姓名 股室", "王伟 行政股", "李卫东 行政股", "王　伟 行政股") == [
        "第4行“姓名”:与第2行同股室同姓名,重复的请删去,确是两个人的请都写上工号"
    ]
    assert problems("姓名 股室 手机", "王伟 行政股 13900001111", "王伟 督查股 13900001111") == [
        "第3行“姓名”:与第2行同姓名同手机号,像是同一个人,请删去一行或改正手机号"
    ]


def test_numbers_tell_namesakes_of_one_section_apart() -> None:
    assert problems("工号 姓名 股室", "1 王伟 行政股", "2 王伟 行政股") == []
    assert problems("工号 姓名 股室", "1 王伟 行政股", "１ 王伟 督查股", "_ 王伟 行政股") == [
        "第3行“工号”:工号与第2行相同,请核对",
        "第4行“姓名”:与第2行同股室同姓名,重复的请删去,确是两个人的请都写上工号",
    ]


@pytest.mark.parametrize("dot", "\u2022\u2027\u30fb\uff65\u22c5\uff0e")
def test_a_name_is_stored_with_the_one_middle_dot(dot: str) -> None:
    """Handbook example 28."""
    read = parse("姓名 性别", f"阿卜杜热合曼{dot}买买提明 男")
    assert read.lines[0].name == "阿卜杜热合曼·买买提明"
    assert read.notices == ("姓名里的间隔号已统一:第2行",)


@pytest.mark.parametrize(
    "name", ["冯䶮", "王𬸚", "张\ue000", "□伟", "李〇", "买买提·吐尔逊", "Li Ming", "葛\U000e0100伟"]
)
def test_a_rare_name_is_kept_as_typed(name: str) -> None:
    assert parse(["姓名", "性别"], [name, "男"]).lines[0].name == name
    assert parse(["姓名", "性别"], [name, "男"]).problems == ()


@pytest.mark.parametrize("name", ["王伟1", "[/]", "=1+1", "王伟(借调)", "139", "·", "-", "王,伟", "□"])
def test_what_is_no_name_is_a_problem(name: str) -> None:
    assert not is_name(name)
    assert problems(["姓名", "性别"], [name, "男"]) == [f"第2行“姓名”:“{name}”不像人名,请只写姓名,其他的写到备注"]


def test_hostile_cells_are_cleaned_and_counted() -> None:
    read = parse(["姓名", "职务", "备注"], ["张\x1b[31m三\u202e", "科\x00员", "[red]x[/red]\x1b]0;x\x07"])
    assert [(line.name, line.position, line.remark) for line in read.lines] == [("张三", "科员", "[red]x[/red]")]
    assert read.problems == ()
    assert read.notices == ("已去掉13个不能显示的字符",)


def test_a_cell_too_long_for_its_column_is_a_problem() -> None:
    assert problems(["姓名", "职务", "备注"], ["王" * 200_000, "长" * 101, "长" * 200_000]) == [
        "第2行“姓名”:“王王王王王王王王王王王王…”超过50个字,请核对",
        "第2行“职务”:太长(最多100个字),请缩短",
        "第2行“备注”:太长(最多500个字),请缩短",
    ]


def test_a_classified_mark_anywhere_stops_the_list_and_is_not_repeated() -> None:
    """Handbook example 29."""
    marked = "第{}:这一格像密级标志,涉密内容不得录入本机:确是的请报告保密办,不是的请改写"
    read = parse(
        "机密★3年", "姓名 备注 籍贯", "王伟1 秘密★ 略", "李卫东 _ (绝密)", "机密级 1 2", "赵敏 保密工作会议 略"
    )
    assert [str(problem) for problem in read.problems] == [
        marked.format("1行“第1列”"),
        marked.format("3行“备注”"),
        "第3行“姓名”:“王伟1”不像人名,请只写姓名,其他的写到备注",
        marked.format("4行“第3列”"),
        marked.format("5行“姓名”"),
    ]
    assert [(line.name, line.remark) for line in read.lines][:3] == [("王伟1", ""), ("李卫东", ""), ("", "1")]
    assert not any(word in str(read) for word in ("★", "绝密", "机密级"))


def test_a_mark_in_a_heading_or_a_sheet_name_is_not_repeated() -> None:
    read = parse(["姓名(机密)", "备注", "【绝密】"], ["王伟", "", ""], sheet="机密★")
    assert len(read.problems) == 3
    assert not any(word in str(read) for word in ("★", "绝密", "(机密"))


def test_a_bare_word_is_only_pointed_out() -> None:
    read = parse("姓名 备注", "王伟 原在机密处")
    assert read.problems == ()
    assert read.notices == ("有绝密、机密、秘密字样,请确认不涉密:第2行",)


def test_merged_sections_are_shared_and_said() -> None:
    read = parse("股室 姓名", "办领导 赵敏", "_ 钱峰", "行政股 李卫东", "_ 周小萍", "信息股 吴桂芳")
    assert [line.section for line in read.lines] == ["办领导", "办领导", "行政股", "行政股", "信息股"]
    assert read.notices == ("股室是合并的格子,空着的随上面一格:第3、5行",)


def test_a_blank_section_stays_blank_where_the_others_are_written_out() -> None:
    read = parse("股室 姓名", "行政股 李卫东", "行政股 周小萍", "_ 陈喆", "信息股 吴桂芳")
    assert [line.section for line in read.lines] == ["行政股", "行政股", "", "信息股"]
    assert read.notices == ("没有写股室:第4行",)


def test_those_above_the_first_section_take_none() -> None:
    read = parse("股室 姓名", "_ 赵敏", "行政股 李卫东", "_ 周小萍")
    assert [line.section for line in read.lines] == ["", "行政股", "行政股"]
    assert read.notices == ("没有写股室:第2行", "股室是合并的格子,空着的随上面一格:第4行")


def test_a_doubled_person_is_found_behind_merged_sections() -> None:
    assert len(problems("股室 姓名", "行政股 李卫东", "_ 王伟", "_ 王伟")) == 1


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026.03.01.",
        "2026年3月1日",
        "2026 年 3 月 1 日",
        "２０２６年３月１日",
        "20260301",
        "2026-3-1 00:00:00",
        "2026-03-01T08:30",
    ],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    read = read_day(written)
    assert read is not None
    assert (read.day, read.month_only) == (date(2026, 3, 1), False)


@pytest.mark.parametrize("written", ["2026.03", "2026-3", "2026年3月", "202603", "2026/03"])
def test_a_month_alone_stands_for_its_first_day_and_is_said(written: str) -> None:
    read = parse(["姓名", "到岗日期"], ["王伟", written])
    assert read.lines[0].joined == date(2026, 3, 1)
    assert read.notices == ("日期只写到月,按1日计:第2行",)


@pytest.mark.parametrize(
    "written", ["2026.1", "2026-02-30", "2026-13-01", "46082", "2026", "去年", "1890-01-01", "3月1日", "26-03-01"]
)
def test_an_unreadable_day_is_a_problem(written: str) -> None:
    assert problems(["姓名", "到岗日期"], ["王伟", written]) == [
        f"第2行“到岗日期”:“{written}”不是看得懂的日期,请写成2026-03-01"
    ]


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("公务员", Category.CIVIL_SERVANT),
        ("参照管理", Category.REFERENCE),
        ("参公(管理)", Category.REFERENCE),
        ("事业", Category.INSTITUTION),
        ("工 人", Category.WORKER),
        ("合同制", Category.CONTRACT),
        ("聘用", Category.CONTRACT),
        ("公岗", Category.PUBLIC_POST),
        ("见习", Category.INTERN),
        *[(category.label, category) for category in Category],
    ],
)
def test_a_category_is_known_by_the_offices_words(word: str, category: Category) -> None:
    read = parse(["姓名", "人员类别"], ["王伟", word])
    assert (read.lines[0].category, read.problems) == (category, ())


def test_letters_in_a_phone_number_are_pointed_out_only() -> None:
    read = parse("姓名 电话", "王伟 1390000llll", "赵敏 8230123转801")
    assert read.problems == ()
    assert read.notices == ("电话里有数字以外的字,请核对:第2行",)


def test_many_rows_of_one_notice_are_counted() -> None:
    read = parse("姓名 电话", *[f"王{chr(0x4E00 + place)} 无" for place in range(20)])
    assert read.notices == ("电话里有数字以外的字,请核对:第2、3、4、5、6、7、8、9行等20行",)


def test_all_problems_are_told_at_once_in_the_order_of_the_list() -> None:
    assert problems(
        HEADING,
        "1 007 王伟 男 行政股 科员 13900001111 昨天 公务员 _",
        "2 007 _ 男 行政股 科员 13900002222 _ 公务员 _",
        "3 008 赵1 雄 行政股 科员 13900003333 _ 干部 _",
        "行政股",
        "4 #9 王伟 男 行政股 科员 _ _ _ _",
    ) == [
        "第2行“到岗日期”:“昨天”不是看得懂的日期,请写成2026-03-01",
        "第3行“姓名”:没有姓名,请补上",
        "第3行“工号”:工号与第2行相同,请核对",
        "第4行“姓名”:“赵1”不像人名,请只写姓名,其他的写到备注",
        "第4行“性别”:“雄”认不出来,请写男或女",
        "第4行“人员类别”:“干部”不在人员类别里,请写公务员、参公、事业、工勤、编外聘用、公益性岗位、实习之一",
        "第5行“姓名”:没有姓名,请补上;这一行如果不是人员,请删去",
        "第6行“工号”:“#9”不能作工号,请只用数字和字母,最多20位",
    ]


def test_two_lists_side_by_side_are_not_half_read() -> None:
    assert problems("姓名 电话 姓名 电话", "王伟 1 赵敏 2") == [
        "第1行“姓名”:这一列有两个,名单左右并排时请把右半边接到左半边下面"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [["姓名"], ["王伟"]],
        [["股室", "电话"], ["行政股", "1"]],
        [[""]] * 30 + [["姓名", "性别"], ["王伟", "男"]],
    ],
)
def test_a_table_without_headings_is_told_what_it_needs(rows: list[list[str]]) -> None:
    said = problems(*rows)
    assert len(said) == 1
    assert said[0].startswith("找不到表头。名单里要有一行列名,写“姓名”和另外至少一列")


def test_headings_without_people_are_a_problem() -> None:
    assert problems("序号 姓名 性别", "合计") == ["表头下面没有人员,请核对是不是选错了文件或工作表"]


@pytest.mark.parametrize("name", ["花名册.xlsx", "花名册.csv"])
def test_the_sample_list_comes_in_whole(name: str) -> None:
    read = read_staff_list(SAMPLES / name)
    assert read.problems == ()
    assert [(line.name, line.section, line.position) for line in read.lines] == [
        (line.name, line.section, line.position) for line in demo_lines(date(2026, 1, 1))
    ]
    assert all(line.joined and line.category and line.sex and line.phone.startswith("1390000") for line in read.lines)
    assert read.notices[-2:] == ("已跳过标题行1行", "已跳过合计、签字、重复表头等行:第59行")


cells = st.one_of(
    st.sampled_from([word for words in COLUMNS.values() for word in words]),
    st.sampled_from(
        ["", "1", "王伟", "男", "2026.3.1", "公务员", "机密★3年", "合计", "[/]", "=1+1", "\x1b[0m", "\ud800"]
    ),
    st.text(st.characters(), max_size=8),
)


@given(
    sheet=st.text(max_size=5),
    rows=st.lists(st.lists(cells, max_size=6), max_size=12),
    headed=st.booleans(),
)
def test_no_table_whatever_it_holds_is_more_than_a_list_of_problems(
    sheet: str, rows: list[list[str]], headed: bool
) -> None:
    read = parse(*([HEADING.split(), *rows] if headed else rows), sheet=sheet)
    assert all(problem.message for problem in read.problems)
    if not read.problems:
        assert read.lines
        assert all(is_name(line.name) for line in read.lines)
