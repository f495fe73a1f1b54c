"""Holiday notices: every way they are written, every mistake told at once, and the published years day by day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.importers.holidays import CHARACTERS, parse_notice, read_notice
from govoffice_tui.importers.reader import Unreadable
from govoffice_tui.rules.notices import FESTIVALS, HolidayNotice, summary, workday_count, year_of
from tests.notices import FULL_WIDTH, NOTICE_2026, TEXT_2017, TEXT_2019, TEXT_2025, TEXT_2026, TEXT_2027, TEXT_2028

PUBLISHED = {2026: TEXT_2026, 2025: TEXT_2025, 2019: TEXT_2019, 2017: TEXT_2017}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]


def is_worked(notice: HolidayNotice, day: date) -> bool:
    return day in notice.make_up or (day not in notice.days_off and day.weekday() < 5)


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_published_notice_agrees_with_both_libraries_on_every_day(year: int) -> None:
    notice = parse_notice(PUBLISHED[year])
    assert (notice.year, notice.problems) == (year, ())
    first = country_holidays("CN", years=year, language="zh_CN")
    for day in days_of(year):
        worked = is_worked(notice, day)
        assert worked == first.is_working_day(day), f"{day}: holidays"
        assert worked == chinese_calendar.is_workday(day), f"{day}: chinesecalendar"


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_year_a_notice_makes_is_worked_as_the_notice_says(year: int) -> None:
    notice = parse_notice(PUBLISHED[year])
    made = year_of(notice, None)
    assert len(made.codes) == 2 * len(days_of(year))
    for day, morning, afternoon in zip(days_of(year), made.codes[::2], made.codes[1::2], strict=True):
        assert morning == afternoon
        assert (morning in "WM") == is_worked(notice, day), day


def test_the_number_and_the_names_of_the_days_are_read() -> None:
    notice = parse_notice(TEXT_2026)
    assert (notice.notice_number, notice.notices) == ("国办发明电〔2025〕7号", ())
    assert notice.days_off[date(2026, 10, 7)] == "国庆节"
    assert notice.make_up[date(2026, 9, 20)] == "国庆节"
    combined = parse_notice(TEXT_2025)
    assert combined.notice_number == ""
    assert combined.notices
    assert combined.days_off[date(2025, 10, 6)] == "国庆节、中秋节"


def test_a_notice_is_summed_up_a_line_a_festival() -> None:
    lines = summary(parse_notice(TEXT_2026))
    assert len(lines) == len(FESTIVALS)
    assert lines[0] == "元旦:1月1日(周四)至3日(周六)放假3天,1月4日(周日)上班"
    assert lines[1] == "春节:2月15日(周日)至23日(周一)放假9天,2月14日(周六)、2月28日(周六)上班"
    assert summary(parse_notice(TEXT_2025))[0] == "元旦:1月1日(周三)放假1天"
    assert summary(parse_notice(TEXT_2017))[0] == "元旦:1月1日(周日)至2日(周一)放假2天"
    assert summary(parse_notice(TEXT_2019))[0] == "元旦:12月30日(周日)至1月1日(周二)放假3天,12月29日(周六)上班"


def test_a_new_year_that_begins_in_december_belongs_to_both_years() -> None:
    notice = parse_notice(TEXT_2019)
    assert notice.days_off[date(2018, 12, 31)] == "元旦"
    assert notice.make_up[date(2018, 12, 29)] == "元旦"
    unnamed = parse_notice(TEXT_2028)
    assert (unnamed.problems, sorted(unnamed.days_off)[0]) == ((), date(2027, 12, 31))
    assert date(2027, 12, 26) in unnamed.make_up


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: text.translate(FULL_WIDTH),
        lambda text: text.replace("周", "星期").replace("星期日", "星期天"),
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("月", " 月 ").replace("、", "、\n  "),
        lambda text: text.replace("放假调休", "放假公休").replace("至", "—"),
        lambda text: text.replace("共3天", "共三天").replace("共9天", "共 九 天"),
        lambda text: text.replace("一、", "1.").replace("二、", "(二)"),
        lambda text: text.replace("劳动节:", "“五一”国际劳动节:").replace("清明节:", "清明:"),
        lambda text: text + "鼓励错峰出行。节假日期间,各部门妥善安排好值班,放假前检查。\n国务院办公厅\n2025年11月4日\n",
        lambda text: text.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    ],
)
def test_a_notice_may_be_written_in_many_ways(rewrite: object) -> None:
    assert callable(rewrite)
    plain, written = parse_notice(TEXT_2026), parse_notice(rewrite(TEXT_2026))
    assert written.problems == ()
    assert (written.days_off, written.make_up) == (plain.days_off, plain.make_up)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1月4日(周日)上班", "1月4日(周六)上班", "2026年1月4日是星期日,写的是周六"),
        ("共9天", "共8天", "写的是8天,起止日期算出来是9天"),
        ("5月9日(周六)上班", "5月8日上班", "本来就上班"),
        ("5月9日(周六)上班", "5月3日上班", "又放假又上班"),
        ("六、中秋节:9月25日(周五)至27日(周日)放假,共3天。\n", "", "缺中秋节"),
        ("4月4日(周六)至6日(周一)放假,共3天", "4月4日至31日放假", "没有4月31日这一天"),
        ("4月4日(周六)至6日(周一)放假,共3天", "2027年4月4日至6日放假", "不在2026年里"),
        ("4月4日(周六)至6日(周一)放假,共3天", "4月4日起放三天假", "读不懂"),
        ("4月4日(周六)至6日(周一)放假,共3天", "另行通知", "没有读到放假的日期"),
        ("9月25日(周五)至27日", "10月1日至27日", "里都放假"),
        ("10月1日(周四)至7日(周三)放假调休,共7天", "10月2日至8日放假", "没有10月1日"),
        ("至7日(周三)放假调休,共7天", "至25日放假", "全年工作日有"),
        ("四、劳动节", "四、端午节", "端午节写了两次"),
        ("6月19日(周五)至21日", "6月21日至19日", "请核对"),
        ("2026年", "秘密★10年 2026年", "密级"),
        ("2026年", "", "看不出是哪一年"),
    ],
)
def test_a_mistake_in_a_notice_is_told(old: str, new: str, told: str) -> None:
    text = TEXT_2026.replace(old, new)
    assert text != TEXT_2026
    assert any(told in problem for problem in parse_notice(text).problems)


def test_all_mistakes_are_told_at_once() -> None:
    text = TEXT_2026.replace("共9天", "共8天").replace("1月4日(周日)", "1月4日(周六)").replace("五、端午节", "五、休息")
    problems = parse_notice(text).problems
    assert [word for word in ("8天", "写的是周六", "缺端午节") if not any(word in one for one in problems)] == []


def test_a_notice_of_another_year_than_asked_for_is_told() -> None:
    assert any("要的是2027年" in problem for problem in parse_notice(TEXT_2026, 2027).problems)
    headless = TEXT_2027.replace("2027年", "")
    assert (parse_notice(headless, 2027).problems, parse_notice(headless, 2027).year) == ((), 2027)


def test_no_year_is_so_odd_that_its_workdays_are_doubted_in_vain() -> None:
    assert [workday_count(parse_notice(text)) for text in PUBLISHED.values()] == [248, 248, 250, 249]


def test_what_steers_a_terminal_does_not_come_back_in_a_problem() -> None:
    problems = parse_notice(TEXT_2026.replace("放假调休,共9天", "放\x1b[31m假\x1b]0;题\x07假9天")).problems
    assert any("读不懂" in problem for problem in problems)
    assert all(problem.isprintable() for problem in problems)


@pytest.mark.parametrize("part", ["元旦、", "元旦:", "元旦:1月1日、", "1月1日放假", "一", "(", "密"])
def test_an_endless_text_is_answered_with_problems(part: str) -> None:
    assert parse_notice("2026年部分节假日元旦:1月1日放假" + part * (CHARACTERS // 2 // len(part))).problems
    assert "太长" in parse_notice(part * CHARACTERS + "2026年部分节假日").problems[0]


@given(st.text(alphabet="元旦春节国庆:,。、()至日月年1234567890共天放假上班调休周六与末连", max_size=120))
def test_no_text_is_more_than_a_problem(text: str) -> None:
    notice = parse_notice("2026年部分节假日" + text)
    assert notice.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_encodings_found_here(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(TEXT_2026, encoding=encoding)
    assert read_notice(path) == parse_notice(TEXT_2026)


def test_the_sample_is_a_notice() -> None:
    sample = NOTICE_2026.read_text("utf-8")
    assert sample == TEXT_2026.translate(FULL_WIDTH)
    assert read_notice(NOTICE_2026) == parse_notice(TEXT_2026)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("通知.doc", b"x", "不是.txt文件"),
        ("通知.txt", b"\xff\x81\x00", "认不出来"),
        ("通知.txt", b"x" * 300_000, "太大"),
        ("通知.txt", None, "打不开"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, name: str, data: bytes | None, told: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(Unreadable, match=told):
        read_notice(path)
