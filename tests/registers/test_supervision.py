"""督办 on a real file: what each verb writes and refuses, the months' balance, the import, the meeting's matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.importers.reader import Table
from govoffice_tui.importers.supervision import parse_ledger, read_ledger
from govoffice_tui.registers import closing
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.meetings.entering import enter_classified_meeting, enter_meeting
from govoffice_tui.registers.meetings.moving import hold_meeting
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.settings import change_many
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.supervision import months, pages
from govoffice_tui.registers.supervision.importing import import_decisions
from govoffice_tui.registers.supervision.reading import line
from govoffice_tui.registers.supervision.recording import Matter, correct_decision, enter_decision, void_decision
from govoffice_tui.registers.supervision.register import SUPERVISION
from govoffice_tui.registers.supervision.steps import (
    correct_step,
    extend_decision,
    finish_decision,
    note_progress,
    remind_unit,
    return_decision,
    settle_decision,
    strike_step,
)
from govoffice_tui.registers.supervision.views import DecisionKey, DecisionLine
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.meetings.kinds import MeetingKind
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.rules.supervision import MOVES, DecisionState, Flow, Source, StepKind, Way
from tests.factories import staff_lines

KEEPER, DEPUTY, HEAD = 3, 2, 8
TODAY = date(2026, 10, 12)
DUE = date(2026, 10, 20)
PLAN = Matter("修复城关镇水毁道路", "城关镇", DUE, TODAY, source_words="县长批示", person="冯磊", phone="13900010001")


def posted(office: Office) -> Office:
    """Give the eight people their posts: 周小萍 (3) keeps the book, 吴桂芳 (8) is 股长, 钱峰 (2) the deputy."""
    assign_post(office, 1, Post.DIRECTOR, by=None)
    for person, post in ((DEPUTY, Post.DEPUTY_IN_CHARGE), (HEAD, Post.SECTION_HEAD), (KEEPER, Post.SIGN_IN_KEEPER)):
        assign_post(office, person, post, by=1)
    return office


@pytest.fixture
def office(office: Office) -> Office:
    """The eight people with their posts."""
    return posted(office)


def enter(office: Office, plan: Matter = PLAN) -> DecisionKey:
    return enter_decision(office, plan, by=KEEPER).key


def seen(office: Office, key: DecisionKey) -> DecisionLine:
    found = line(office, key)
    assert found is not None
    return found


def at(clock: SetClock, month: int, day: int, hour: int = 9) -> None:
    clock.set(datetime(2026, month, day, hour))


def finished(office: Office, key: DecisionKey, day: date | None = None) -> None:
    finish_decision(office, key, "验收单第3号", day=day, by=KEEPER)


def refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as found:
        act()
    return found.value


def seal(office: Office, word: str) -> None:
    closing.close_month(office, "supervision", word, SUPERVISION.pending, SUPERVISION.seal_digest, by=KEEPER)


def test_a_matter_goes_from_entry_to_striking_off_and_leaves_its_whole_way(office: Office, clock: SetClock) -> None:
    key = enter(office)
    assert (key.shown, seen(office, key).state) == ("督〔2026〕1号", DecisionState.NEW)
    done = note_progress(office, key, "料已进场", day=TODAY, by=KEEPER)
    assert done.words == "督〔2026〕1号 城关镇 10月12日 料已进场(电话,冯磊报)"
    at(clock, 10, 19)
    reminded = remind_unit(office, key, by=KEEPER)
    assert reminded.words.endswith("10月19日9:00 电话催办 冯磊 13900010001")
    extend_decision(office, key, date(2026, 10, 30), "孙县长", "连日下雨", by=KEEPER)
    at(clock, 10, 28)
    finish_decision(office, key, "验收单第3号", way=Way.PAPER, by=KEEPER)
    settle_decision(office, key, "孙县长", by=HEAD)
    line_now = seen(office, key)
    assert line_now.state is DecisionState.SETTLED
    assert line_now.due_told == "2026年10月30日(原定2026年10月20日,延期1次)"
    assert [one.kind.value for one in line_now.steps] == ["progress", "reminded", "extended", "done", "settled"]
    assert line_now.steps[2].words == "10月19日 延期至2026年10月30日,孙县长批准:连日下雨"
    assert verify_office(office).findings == ()


def test_a_number_is_spent_by_a_void_and_never_by_a_refusal(office: Office) -> None:
    first = enter(office)
    refused(lambda: enter(office, replace(PLAN, lead_unit=" ")))
    second = enter(office, replace(PLAN, matter="清淤"))
    void_decision(office, second, "重复", by=KEEPER)
    third = enter(office, replace(PLAN, matter="排险"))
    assert [key.number for key in (first, second, third)] == [1, 2, 3]
    assert [one.number for one in pages.in_hand(office)] == [first.shown, third.shown]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"matter": ""}, "matter"),
        ({"lead_unit": ""}, "lead_unit"),
        ({"co_units": "财政局、城关镇"}, "co_units"),
        ({"source_words": ""}, "source_words"),
        ({"source": Source.MEETING}, "meeting"),
        ({"source": Source.MEETING, "meeting": MeetingKey(2026, 9)}, "meeting"),
        ({"due": date(2026, 10, 11)}, "due"),
        ({"begun": date(2026, 10, 13)}, "begun"),
        ({"source_day": date(2026, 10, 13)}, "source_day"),
        ({"matter": "转办★机密★件"}, "matter"),
        ({"person": "机密★"}, "person"),
    ],
)
def test_a_matter_that_cannot_be_entered_says_why_under_its_field(
    office: Office, change: dict[str, object], field: str
) -> None:
    found = refused(lambda: enter(office, replace(PLAN, **change)))  # type: ignore[arg-type]
    assert found.field == field
    assert found.message.endswith("。")
    assert pages.in_hand(office) == []


def test_the_same_matter_is_not_entered_twice_and_the_same_form_changes_nothing(office: Office) -> None:
    first = enter_decision(office, PLAN, by=KEEPER, form_key="a")
    assert enter_decision(office, PLAN, by=KEEPER, form_key="a") == first
    assert refused(lambda: enter(office)).field == "matter"
    key = first.key
    for _ in range(2):
        note_progress(office, key, "进场", by=KEEPER, form_key="b")
        remind_unit(office, key, by=KEEPER, form_key="c")
        correct_decision(office, key, replace(PLAN, person="魏芳"), "换人", by=KEEPER, form_key="d")
    assert len(seen(office, key).steps) == 2
    assert (seen(office, key).revision, seen(office, key).person) == (2, "魏芳")


def test_done_needs_evidence_an_extension_a_leader_and_nobody_approves_their_own(office: Office) -> None:
    key = enter(office)
    for nothing in ("  ", "x", "已办结。"):
        assert refused(partial(finish_decision, office, key, nothing, by=KEEPER)).field == "words"
    later = date(2026, 10, 30)
    assert refused(lambda: extend_decision(office, key, later, "", "下雨", by=KEEPER)).field == "approved_by"
    assert refused(lambda: extend_decision(office, key, later, "冯磊", "下雨", by=KEEPER)).field == "approved_by"
    assert refused(lambda: extend_decision(office, key, later, "孙县长", "", by=KEEPER)).field == "words"
    assert refused(lambda: extend_decision(office, key, DUE, "孙县长", "下雨", by=KEEPER)).field == "due"
    assert "还没有办结" in refused(lambda: settle_decision(office, key, "孙县长", by=HEAD)).message
    finished(office, key)
    assert "股长" in refused(lambda: settle_decision(office, key, "孙县长", by=KEEPER)).message
    assert refused(lambda: settle_decision(office, key, "冯磊", by=HEAD)).field == "approved_by"
    assert refused(lambda: settle_decision(office, key, "", by=HEAD)).field == "approved_by"
    assert "已经办结" in refused(lambda: note_progress(office, key, "又办", by=KEEPER)).message
    settle_decision(office, key, "孙县长", by=HEAD)
    assert "已经销号" in refused(lambda: return_decision(office, key, "孙县长", "不实", by=KEEPER)).message
    assert "没有督〔2026〕9号" in refused(lambda: note_progress(office, DecisionKey(2026, 9), "x", by=KEEPER)).message
    assert len(seen(office, key).steps) == 2


def test_a_standing_matter_is_never_overdue_and_not_put_off(office: Office, clock: SetClock) -> None:
    key = enter(office, replace(PLAN, due=None))
    at(clock, 11, 20)
    assert pages.to_remind(office, date(2026, 11, 20)) == []
    assert "长期" in refused(lambda: extend_decision(office, key, date(2027, 1, 9), "孙县长", "x", by=KEEPER)).message


def test_what_is_late_stands_first_and_the_rest_by_its_day_within_the_days_set(office: Office, clock: SetClock) -> None:
    for number, due in enumerate((date(2026, 10, 30), date(2026, 10, 22), None, date(2026, 10, 14)), 1):
        enter(office, replace(PLAN, matter=f"第{number}件", due=due))
    at(clock, 10, 16)
    assert [one.matter for one in pages.in_hand(office)] == ["第4件", "第2件", "第1件", "第3件"]
    told = pages.due_matters(office, office.now())
    assert [(words, late) for words, late, _ in told] == [
        ("督〔2026〕4号 城关镇 逾期2天 第4件", True),
        ("督〔2026〕2号 城关镇 余6天 第2件", False),
    ]
    change_many(office, {"supervision_blue_days": "3", "supervision_yellow_days": "1"}, by=KEEPER)
    at(clock, 10, 17)
    assert [one.matter for one in pages.to_remind(office, date(2026, 10, 17))] == ["第4件"]
    wrong = {"supervision_blue_days": "3", "supervision_yellow_days": "5"}
    assert refused(lambda: change_many(office, wrong, by=KEEPER)).field == "supervision_yellow_days"


def test_a_step_struck_or_put_right_leads_back_to_where_the_matter_stood(office: Office, clock: SetClock) -> None:
    key = enter(office)
    note_progress(office, key, "进场", by=KEEPER)
    at(clock, 10, 15)
    finished(office, key)
    first, done = seen(office, key).steps
    at(clock, 10, 16)
    settle_decision(office, key, "孙县长", by=HEAD)
    assert "先划去后面的" in refused(lambda: strike_step(office, key, done.id, "记错", by=KEEPER)).message
    strike_step(office, key, seen(office, key).steps[-1].id, "领导没有同意", by=KEEPER)
    right = correct_step(office, key, done.id, "日期写错", words="验收单第4号", day=date(2026, 10, 14), by=KEEPER)
    assert right.step.words == "10月14日 办结:验收单第4号"
    assert (
        refused(
            lambda: correct_step(office, key, right.step.id, "x", words="验收单", day=date(2026, 10, 11), by=KEEPER)
        ).field
        == "day"
    )
    assert (
        refused(
            lambda: correct_step(office, key, right.step.id, "x", words="", day=date(2026, 10, 14), by=KEEPER)
        ).field
        == "words"
    )
    strike_step(office, key, right.step.id, "记在别的事上了", by=KEEPER)
    assert seen(office, key).state is DecisionState.GOING
    strike_step(office, key, first.id, "没有这回事", by=KEEPER)
    assert seen(office, key).state is DecisionState.NEW
    assert "已经划去" in refused(lambda: strike_step(office, key, first.id, "x", by=KEEPER)).message
    assert [one.is_struck for one in seen(office, key).struck_steps] == [True] * 3
    assert verify_office(office).findings == ()


def test_returned_in_a_later_month_counts_as_that_and_in_its_own_takes_the_end_back(
    office: Office, clock: SetClock
) -> None:
    soon, late = enter(office), enter(office, replace(PLAN, matter="清淤"))
    at(clock, 10, 20)
    finished(office, soon)
    finished(office, late)
    at(clock, 10, 25)
    return_decision(office, soon, "孙县长", "没有回填", date(2026, 11, 5), by=KEEPER)
    at(clock, 11, 3)
    return_decision(office, late, "孙县长", "又堵了", by=KEEPER)
    at(clock, 11, 10)
    finished(office, late)
    october, november = months.month(office, "2026-10"), months.month(office, "2026-11")
    assert october.flow == Flow(added=2, done=1, left=1)
    assert november.flow == Flow(carried=1, returned=1, done=1, left=1)
    assert november.overdue == 1  # the new limit of 5 November has passed
    assert [one.is_in_time for one in october.lines if one.flow.done] == [True]
    assert [one.is_in_time for one in november.lines if one.flow.done] == [False]


def test_a_month_under_seal_stays_as_it_was_and_a_late_fact_follows_through_every_later_one(
    office: Office, clock: SetClock
) -> None:
    key = enter(office)
    at(clock, 11, 2)
    seal(office, "2026-10")
    at(clock, 12, 2)
    seal(office, "2026-11")
    for act in (
        lambda: enter(office, replace(PLAN, matter="晚登的", begun=date(2026, 10, 20), due=None)),
        lambda: finish_decision(office, key, "验收单", day=date(2026, 10, 31), by=KEEPER),
        lambda: correct_decision(office, key, replace(PLAN, lead_unit="水利局"), "写错", by=KEEPER),
        lambda: note_progress(office, key, "进场", day=date(2026, 11, 20), by=KEEPER),
    ):
        with pytest.raises(Sealed):
            act()
    correct_decision(office, key, replace(PLAN, phone="13900010009"), "换号", by=KEEPER)  # no form prints it
    void_decision(
        office, enter(office, replace(PLAN, matter="重的", begun=date(2026, 12, 1), due=None)), "x", by=KEEPER
    )
    assert "要经领导同意" in refused(lambda: void_decision(office, key, "不办了", by=KEEPER)).message
    amend(
        office,
        Amendment(DEPUTY, "漏记办结"),
        lambda: finish_decision(office, key, "验收单", day=date(2026, 10, 31), by=KEEPER),
        by=KEEPER,
    )
    found = [months.month(office, word) for word in ("2026-10", "2026-11", "2026-12")]
    assert [one.revision for one in found] == [2, 2, 0]
    assert [one.flow for one in found] == [Flow(added=1, done=1), Flow(), Flow()]
    assert found[0].notes[-1].startswith("封存后更正,第2版:漏记办结(钱峰批准")
    assert refused(lambda: seal(office, "2026-12")).message.startswith("还不能封存")


def test_a_meetings_matters_hang_on_it_and_a_classified_one_has_none(office: Office, clock: SetClock) -> None:
    plan = MeetingPlan(MeetingKind.EXECUTIVE, "县政府常务会议", datetime(2026, 10, 12, 10), "一楼会议室", "孙县长")
    meeting = enter_meeting(office, replace(plan, organiser="行政股"), by=KEEPER).key
    from_meeting = replace(PLAN, source=Source.MEETING, meeting=meeting)
    assert "还没有召开" in refused(lambda: enter(office, from_meeting)).message
    at(clock, 10, 12, 12)
    hold_meeting(office, meeting, 30, by=KEEPER)
    assert refused(lambda: enter(office, replace(from_meeting, topic=2))).field == "topic"
    key = enter(office, from_meeting)
    assert seen(office, key).origin == f"{meeting.shown} 县政府常务会议(第1次)"
    assert [one.key for one in pages.of_meeting(office, meeting)] == [key]
    secret = enter_classified_meeting(office, TODAY, by=KEEPER).key
    assert refused(lambda: enter(office, replace(from_meeting, meeting=secret))).article == "保密制度第2条"
    assert [(one.source, one.flow.added) for one in months.month(office, "2026-10").sources] == [
        (Source.MEETING, 1),
        (Source.INSTRUCTION, 0),
        (Source.OTHER, 0),
    ]


def test_the_months_line_names_the_balance_and_search_finds_by_every_word(office: Office) -> None:
    enter(office)
    assert months.month_summary(office, "2026-10") == "督办 上月结转0 新增1 办结0 结转下月1(逾期0)"
    for words in ("水毁", "城关", "冯磊", "县长批示", "督〔2026〕1"):
        assert [text for text, _ in pages.search(office, words)] == ["督〔2026〕1号 修复城关镇水毁道路 城关镇 未启动"]
    assert pages.search(office, "没有这个") == []
    assert SUPERVISION in REGISTERS


LEDGER = (
    ("测试县督办台账", "", "", "", "", "", ""),
    ("序号", "督办事项", "责任单位", "责任人", "完成时限", "办理情况", "状态", "交办时间"),
    ("1", "修路", "城关镇、交通局", "冯磊", "2026-11-05", "已进场", "办理中", "2026年9月3日"),
    ("2", "清淤", "", "", "长期", "", "", ""),
    ("3", "旧事", "水利局", "", "2026-03-01", "", "已办结", "2026-01-03"),
    ("4", "建库", "水利局", "", "2026年12月", "", "", "2026-10-08"),
    ("合计", "", "", "", "", "", "", ""),
)


def test_an_older_ledger_is_carried_over_once_and_what_is_done_stays_behind(office: Office) -> None:
    read = parse_ledger(Table("台账", LEDGER), TODAY)
    assert read.problems == ()
    assert "已办结的1行不导入" in read.notices
    assert [(one.matter, one.lead_unit, one.co_units, one.due, one.begun) for one in read.lines] == [
        ("修路", "城关镇", "交通局", date(2026, 11, 5), date(2026, 9, 3)),
        ("清淤", "城关镇", "交通局", None, date(2026, 9, 30)),
        ("建库", "水利局", "", date(2026, 12, 31), date(2026, 10, 8)),
    ]
    assert len(import_decisions(office, read.lines, by=KEEPER).added) == 3
    again = import_decisions(office, read.lines, by=KEEPER)
    assert (again.added, again.already) == ((), 3)
    assert months.month(office, "2026-10").flow == Flow(carried=2, added=1, left=3)
    assert [one.state.value for one in pages.in_hand(office)] == ["going", "new", "new"]
    assert verify_office(office).findings == ()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("9", "", "水利局", "", "2026-11-05", "", "", ""), "没有写要办什么事"),
        (("9", "修桥", "水利局", "", "", "", "", ""), "没有时限"),
        (("9", "修桥", "水利局", "", "下月", "", "", ""), "不是年月日"),
        (("9", "修桥", "水利局", "", "2026-11-05", "", "", "某天"), "不是年月日"),
        (("9", "修桥", "水利局", "", "2026-11-05", "", "", "2027-01-01"), "还没有到"),
        (("9", "修桥", "水利局", "", "2026-09-05", "", "", "2026-10-01"), "早于立项"),
        (("9", "传达★绝密★件", "水利局", "", "2026-11-05", "", "", ""), "密级"),
        (("9", "长" * 501, "水利局", "", "2026-11-05", "", "", ""), "超过500个字"),
    ],
)
def test_one_wrong_line_is_named_by_its_row(row: tuple[str, ...], words: str) -> None:
    read = parse_ledger(Table("台账", (*LEDGER[:3], row)), TODAY)
    assert [problem.place[:3] for problem in read.problems] == ["第4行"]
    assert words in read.problems[0].message


def test_a_ledger_is_entered_whole_or_not_at_all_whatever_its_file(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("督办事项,责任单位,时限,交办时间\n修路,城关镇,2026-11-05,2026-10-01\n", encoding="utf-8")
    (one,) = read_ledger(path, TODAY).lines
    wrong = replace(one, row=9, matter="x", due=date(2026, 1, 1))
    assert "第9行" in refused(lambda: import_decisions(office, [one, wrong], by=KEEPER)).message
    assert refused(lambda: import_decisions(office, [one, replace(one, matter="★机密★")], by=KEEPER)).field == "matter"
    assert pages.in_hand(office) == []
    assert parse_ledger(Table("", (("序号", "姓名"),)), TODAY).problems


KINDS = ("new", "late", "progress", "finish", "finish_late", "return", "settle", "extend", "void", "correct", "strike")
acts = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 30), st.integers(0, 12), st.integers(0, 40)),
    min_size=10,
    max_size=45,
)


VERBS = {
    "progress": "note_progress",
    "finish": "finish_decision",
    "finish_late": "finish_decision",
    "return": "return_decision",
    "settle": "settle_decision",
    "extend": "extend_decision",
    "void": "void_decision",
    "correct": "correct_decision",
    "strike": "strike_step",
}


def _new(office: Office, begun: date, days: int) -> None:
    count = office.fetch("SELECT count(*) FROM decisions")[0][0]
    plan = replace(PLAN, matter=f"事{count}", begun=begun, due=begun + timedelta(days=days))
    enter_decision(office, plan, by=KEEPER)


def _act(office: Office, kind: str, which: int, back: int) -> None:
    """Do one thing to one of the matters whose state lets it."""
    today = office.now().date()
    earlier = today - timedelta(days=back)
    able = [one for one in pages.recent(office) if (one.state, VERBS.get(kind, "")) in MOVES]
    if kind in ("new", "late") or not able:
        _new(office, earlier if kind == "late" else today, which)
        return
    found = able[which % len(able)]
    key = found.key
    if kind == "progress":
        note_progress(office, key, "进展", day=earlier if back % 2 else None, by=KEEPER)
    elif kind in ("finish", "finish_late"):
        finish_decision(office, key, "验收单", day=earlier if kind == "finish_late" else None, by=KEEPER)
    elif kind == "return":
        return_decision(office, key, "孙县长", "不实", day=earlier if back % 2 else None, by=KEEPER)
    elif kind == "settle":
        settle_decision(office, key, "孙县长", by=HEAD)
    elif kind == "extend":
        extend_decision(office, key, (found.due or today) + timedelta(days=back + 1), "孙县长", "理由", by=KEEPER)
    elif kind == "void":
        void_decision(office, key, "重复", "孙县长", by=KEEPER)
    elif kind == "correct":
        begun = found.begun - timedelta(days=back % 20)
        correct_decision(office, key, replace(PLAN, matter=found.matter, begun=begun, due=None), "更正", by=KEEPER)
    elif found.steps:
        strike_step(office, key, found.steps[-1].id, "记错", by=KEEPER)


def _carried_out(office: Office, act: Callable[[], None], amends: bool) -> None:
    """Do something, as a 更正单 where a month is under seal; where it cannot be, something new comes instead."""
    try:
        try:
            act()
        except Sealed:
            if not amends:
                raise
            amend(office, Amendment(DEPUTY, "迟到的事实"), act, by=KEEPER)
    except Refused:
        _new(office, office.now().date(), 9)


def _months(office: Office) -> list[Flow]:
    """Return the balance of every month from the one the oldest matter began in to this one."""
    began = [date.fromisoformat(day) for (day,) in office.fetch("SELECT event_day FROM decisions")]
    today = office.now().date()
    first = min(began, default=today)
    count = (today.year - first.year) * 12 + today.month - first.month + 1
    places = [first.year * 12 + first.month - 1 + step for step in range(count)]
    return [months.month(office, f"{place // 12}-{place % 12 + 1:02d}").flow for place in places]


@examples(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(acts, st.booleans())
@example([("late", 1, 0, 33), *[("new", 0, 0, 0)] * 9], False)
def test_whatever_happens_each_month_hands_on_what_the_next_takes_over_and_a_sealed_one_stays(
    history: list[tuple[str, int, int, int]], amends: bool
) -> None:
    with TemporaryDirectory() as folder:
        clock = SetClock(datetime(2026, 2, 2, 9))
        founded = found_office(Path(folder), clock, {"office_name": "测试县人民政府办公室"})
        try:
            import_staff(founded, staff_lines(8), by=None)
            posted(founded)
            sealed: dict[str, tuple[int, Flow]] = {}
            moment = datetime(2026, 2, 2, 9)
            for kind, which, wait, back in history:
                moment = min(moment + timedelta(days=wait, minutes=1), datetime(2026, 12, 30, 18))
                clock.set(moment)
                word = f"2026-{moment.month - 1:02d}"
                if which % 5 == 0 and word not in sealed and months.pending(founded, word) == []:
                    seal(founded, word)
                    sealed[word] = (1, months.month(founded, word).flow)
                _carried_out(founded, partial(_act, founded, kind, which, back), amends)
                for done, (revision, flow) in sealed.items():
                    now = months.month(founded, done)
                    assert now.flow == flow or now.revision > revision
                    sealed[done] = (now.revision, now.flow)
            found = _months(founded)
            carried = 0
            for flow in found:
                assert flow.imbalance == 0
                assert flow.carried == carried
                carried = flow.left
            still_open = [one for one in pages.in_hand(founded) if one.state.is_open]
            assert carried == len(still_open)
            numbers = founded.fetch("SELECT DISTINCT number FROM decisions ORDER BY number")
            assert [number for (number,) in numbers] == list(range(1, len(numbers) + 1))
            assert verify_office(founded).findings == ()
        finally:
            founded.close()


def test_a_reminder_is_of_its_moment_and_only_struck(office: Office) -> None:
    key = enter(office)
    step = remind_unit(office, key, "冯磊", "说下周进场", by=KEEPER).step
    assert step.kind is StepKind.REMINDED
    with pytest.raises(Refused, match="不能改"):
        correct_step(office, key, step.id, "x", words="y", day=TODAY - timedelta(days=1), by=KEEPER)
    strike_step(office, key, step.id, "没有打", by=KEEPER)
    assert seen(office, key).reminders == ""
