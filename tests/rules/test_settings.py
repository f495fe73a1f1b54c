"""What a setting may be, in words and together with the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.setting_topics import (
    GROUPS,
    LEGEND_PRESETS,
    TOPICS,
    contradiction,
    default_value,
    legend_words,
    mark_objection,
    objection,
    spelled,
    topic_words,
)
from govoffice_tui.rules.settings import (
    DEFAULT_LEGEND,
    TITLES,
    Settings,
    is_printable_mark,
    read_legend,
    read_sign_points,
    read_value,
    write_legend,
)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("morning_opens", "7:00"),
        ("morning_opens", "25:00"),
        ("morning_opens", "08:15:30"),
        ("morning_cutoff", "08:15+08:00"),
        ("morning_cutoff", "T0815"),
        ("summer_from", "13-40"),
        ("summer_from", "W05-1"),
        ("summer_to", "5-1"),
        ("first_session", "2026-10-12 2"),
        ("first_session", "20261012 0"),
        ("first_session", "2026-10-12"),
        ("carrier", "纸"),
        ("office_name", " "),
        ("legend", "late=迟 lat=晚"),
        ("legend", "late=√"),
        ("legend", "late=迟到"),
        ("legend", "late=✓"),
        ("sign_points", "主楼"),
        ("leave_oral_halves", "半天"),
        ("leave_deputy_halves", "-4"),
        ("leave_followup_days", "2.5"),
        ("leave_long_sick_days", "9999"),
        ("sign_points", "主楼=综合股;老楼=综合股"),
    ],
)
def test_a_value_that_is_not_what_the_setting_holds_cannot_be_read(key: str, value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_value(key, value)
    assert objection(key, value)


@pytest.mark.parametrize("key", TITLES)
def test_what_a_new_office_stands_at_can_be_read_and_said(key: str) -> None:
    assert read_value(key, default_value(key)) == getattr(Settings(), key)
    assert "读不懂" not in spelled(key, default_value(key))


def test_every_setting_has_its_line_on_the_page_and_none_two() -> None:
    listed = [key for topics in GROUPS.values() for topic in topics for key in topic.keys]
    assert sorted(listed) == sorted(TITLES)


def test_hours_are_said_together() -> None:
    values = {key: default_value(key) for key in TOPICS["morning"].keys}
    assert topic_words(TOPICS["morning"], values) == "7:00开始,8:15收存"
    summer = {key: default_value(key) for key in TOPICS["summer"].keys}
    assert topic_words(TOPICS["summer"], summer) == "5月1日到9月30日"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"morning_opens": time(8, 15)}, "morning_cutoff"),
        ({"afternoon_cutoff": time(13, 0)}, "afternoon_cutoff"),
        ({"summer_afternoon_cutoff": time(14, 30)}, "summer_afternoon_cutoff"),
        ({"morning_cutoff": time(14, 0)}, "afternoon_opens"),
        ({"morning_cutoff": time(14, 15), "afternoon_opens": time(14, 20)}, None),
        ({"summer_from": "10-01"}, "summer_to"),
        ({"summer_from": "09-30"}, None),
    ],
)
def test_hours_that_do_not_go_together_are_named(changed: dict[str, object], field: str | None) -> None:
    found = contradiction(replace(Settings(), **changed))  # type: ignore[arg-type]
    assert (found and found[0]) == field


def test_both_presets_print_in_gb2312_and_tell_every_status_apart() -> None:
    for name, legend in LEGEND_PRESETS.items():
        marks = read_legend(legend)
        assert legend_words(legend) == name
        assert mark_objection(marks, {}) is None
        assert len(set(marks.values())) == len(marks)
    characters = read_legend(LEGEND_PRESETS["汉字式"])
    assert [characters[one] for one in ("signed", "late", "early", "absent", "personal", "sick", "out", "annual")] == [
        *"√迟退旷事病公年"
    ]


@pytest.mark.parametrize("mark", ["✓", "✔", "䶮", "迟到", "", " ", "\u3000", "=", "\x07", "喆", "𠮷"])
def test_a_mark_the_forms_typeface_lacks_or_that_cannot_be_seen_is_refused(mark: str) -> None:
    assert not is_printable_mark(mark)
    found = mark_objection({"signed": "√", "late": mark}, {"signed": "出勤", "late": "迟到"})
    assert found is not None
    assert found[0] == "late"


def test_two_statuses_with_one_mark_are_refused_by_name() -> None:
    found = mark_objection({"late": "迟", "early": "迟"}, {"late": "迟到", "early": "早退"})
    assert found == ("early", "“迟”已经是迟到的符号。")


def test_a_status_the_stored_legend_does_not_name_keeps_the_mark_of_a_new_office() -> None:
    assert read_legend("late=迟")["early"] == read_legend(DEFAULT_LEGEND)["early"]
    assert set(read_legend(DEFAULT_LEGEND)) <= {"early", *(status.value for status in HalfStatus)}


@given(st.dictionaries(st.sampled_from(sorted(read_legend(DEFAULT_LEGEND))), st.sampled_from("甲乙丙丁戊己庚辛壬癸")))
def test_a_legend_reads_back_as_it_was_written(given_marks: dict[str, str]) -> None:
    marks = read_legend(DEFAULT_LEGEND) | given_marks
    if len(set(marks.values())) == len(marks):
        assert read_legend(write_legend(marks)) == marks
    else:
        with pytest.raises(ValueError, match="share"):
            read_legend(write_legend(marks))


def test_sign_points_are_read_with_either_punctuation() -> None:
    assert read_sign_points("主楼=办领导、行政股;老楼=信息股") == {"主楼": ("办领导", "行政股"), "老楼": ("信息股",)}
    assert read_sign_points("主楼＝办领导,行政股；老楼=信息股") == read_sign_points("主楼=办领导、行政股;老楼=信息股")
    assert read_sign_points("") == {}
