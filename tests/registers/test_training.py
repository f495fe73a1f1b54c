"""The training register on a real file (学习制度第4条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import calendar, closing
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.rolls.months import month
from govoffice_tui.registers.training import (
    Course,
    between,
    correct_training,
    read_people,
    record_training,
    void_training,
    written_people,
    year_totals,
)
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.study import STUDY

RECORDER = 3
DAY = date(2026, 10, 12)
COURSE = Course("公文写作培训班", "市政府办公室", DAY, DAY, "4.5")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def empty_office(tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """An office that keeps its books here since September."""
    named = {"office_name": "测试县人民政府办公室", "first_session": "2026-09-01 0"}
    founded = found_office(tmp_path, clock, named)
    yield founded
    founded.close()


@pytest.fixture
def office(office: Office, clock: SetClock) -> Office:
    """Eight people on Tuesday 13 October, 9:00."""
    calendar.ensure(office, 2026)
    clock.set(datetime(2026, 10, 13, 9, 0))
    return office


def test_a_course_stands_with_its_people_in_rank_order_and_its_hours(office: Office) -> None:
    done = record_training(office, [7, 4, 6], COURSE, by=RECORDER)
    assert (done.number, done.hours, done.half_hours) == ("训〔2026〕1号", "4.5", 9)
    assert [name for _, name in done.people] == ["王伟(行政股)", "王伟(资料动态股)", "冯䶮"]
    assert between(office, *OCTOBER) == [done]


def test_a_year_adds_up_for_each_person(office: Office) -> None:
    record_training(office, [4, 7], COURSE, by=RECORDER)
    record_training(office, [4], replace(COURSE, hours="8", first=date(2026, 10, 13), last=date(2026, 10, 13)), by=3)
    totals = {one.person.id: (one.courses, one.hours) for one in year_totals(office, 2026, date(2026, 12, 31))}
    assert totals == {4: (2, "12.5"), 7: (1, "4.5")}
    assert {one.person.id: one.hours for one in year_totals(office, 2026, DAY)} == {4: "4.5", 7: "4.5"}
    assert year_totals(office, 2025, date(2025, 12, 31)) == []


@pytest.mark.parametrize(
    ("people", "changes", "field"),
    [
        ([], {}, "people"),
        ([99], {}, "people"),
        ([4], {"course": " "}, "course"),
        ([4], {"organiser": ""}, "organiser"),
        ([4], {"last": date(2026, 10, 11)}, "last"),
        ([4], {"last": date(2028, 10, 11)}, "last"),
        ([4], {"first": date(2026, 10, 14), "last": date(2026, 10, 14)}, "first"),
        ([4], {"hours": "四"}, "hours"),
        ([4], {"hours": "0"}, "hours"),
        ([4], {"hours": "-2"}, "hours"),
        ([4], {"hours": "4.3"}, "hours"),
        ([4], {"hours": "1e400"}, "hours"),
        ([4], {"hours": "NaN"}, "hours"),
        ([4], {"course": "机密★3年"}, "course"),
    ],
)
def test_what_cannot_be_a_course_is_refused_under_its_field(
    office: Office, people: list[int], changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        record_training(office, people, replace(COURSE, **changes), by=RECORDER)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert office.fetch("SELECT (SELECT count(*) FROM trainings) + (SELECT count(*) FROM training_people)") == [(0,)]


def test_a_correction_keeps_the_number_and_the_struck_line(office: Office) -> None:
    first = record_training(office, [4, 7], COURSE, by=RECORDER)
    with pytest.raises(Refused, match="更正要写原因"):
        correct_training(office, first.row, [4], COURSE, " ", by=RECORDER)
    second = correct_training(office, first.row, [4], replace(COURSE, hours="6"), "冯䶮没有去", by=RECORDER)
    assert (second.number, second.hours, len(second.people)) == (first.number, "6", 1)
    assert office.fetch("SELECT revision, struck_reason FROM trainings ORDER BY id") == [(1, "冯䶮没有去"), (2, None)]
    assert between(office, *OCTOBER) == [second]
    assert [one.hours for one in year_totals(office, 2026, DAY)] == ["6"]
    with pytest.raises(Refused, match="已划销"):
        correct_training(office, first.row, [4], COURSE, "再改", by=RECORDER)
    void_training(office, second.row, "没有办", by=RECORDER)
    assert between(office, *OCTOBER) == []
    assert record_training(office, [4], COURSE, by=RECORDER).number == "训〔2026〕2号"
    assert not verify_office(office).findings


def test_the_same_form_sent_twice_enters_one_course(office: Office) -> None:
    first = record_training(office, [4], COURSE, by=RECORDER, form_key="a")
    assert record_training(office, [4], COURSE, by=RECORDER, form_key="a") == first
    second = correct_training(office, first.row, [4, 7], COURSE, "补", by=RECORDER, form_key="b")
    assert correct_training(office, first.row, [4, 7], COURSE, "补", by=RECORDER, form_key="b") == second
    void_training(office, second.row, "错", by=RECORDER, form_key="c")
    void_training(office, second.row, "错", by=RECORDER, form_key="c")
    assert office.fetch("SELECT count(*) FROM trainings") == [(2,)]


def test_people_are_read_from_names_numbers_and_initials(office: Office) -> None:
    assert read_people(office, "冯䶮、003 zm,吴桂芳", DAY) == [7, 3, 1, 8]
    assert read_people(office, " 全体 ", DAY) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert read_people(office, "王伟(行政股)", DAY) == [4]
    assert read_people(office, "", DAY) == []
    for typed, words in (("王伟", "请写工号"), ("李四", "没有“李四”"), ("冯䶮、冯䶮", "写了两次")):
        with pytest.raises(Refused, match=words) as refusal:
            read_people(office, typed, DAY)
        assert refusal.value.field == "people"


def test_what_is_offered_for_correction_reads_back_as_the_same_people(office: Office) -> None:
    done = record_training(office, [4, 6, 7, 5], COURSE, by=RECORDER)
    words = written_people(office, done)
    assert sorted(read_people(office, words, DAY)) == [4, 5, 6, 7]


def test_only_the_recorder_enters_courses_once_there_is_one(office: Office) -> None:
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, 5, Post.STUDY_RECORDER, by=1)
    with pytest.raises(Refused, match="学习记录员"):
        record_training(office, [4], COURSE, by=RECORDER)
    record_training(office, [4], COURSE, by=5)


def test_a_sealed_month_of_study_takes_no_course(office: Office) -> None:
    done = record_training(office, [4], COURSE, by=RECORDER)
    closing.close_month(office, "study", "2026-10", lambda office, word: [], lambda office, word: "", by=RECORDER)
    acts: tuple[Callable[[], object], ...] = (
        lambda: record_training(office, [4], COURSE, by=RECORDER),
        lambda: correct_training(office, done.row, [4], COURSE, "错", by=RECORDER),
        lambda: void_training(office, done.row, "错", by=RECORDER),
    )
    for act in acts:
        with pytest.raises(Refused, match="已封存"):
            act()
    assert [one.number for one in month(office, STUDY, "2026-10").trainings] == ["训〔2026〕1号"]
