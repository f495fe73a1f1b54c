"""会议 on a real file: what each verb writes and refuses, from the first line to the sealed month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.meetings import (
    attending,
    entering,
    listing,
    materials,
    minutes,
    months,
    moving,
    notices,
    pages,
    plans,
    sittings,
)
from govoffice_tui.registers.meetings import tasks as checklist
from govoffice_tui.registers.meetings import topics as agenda
from govoffice_tui.registers.meetings.entering import enter_meeting
from govoffice_tui.registers.meetings.materials import MaterialPlan
from govoffice_tui.registers.meetings.minutes import MinutesPlan
from govoffice_tui.registers.meetings.notices import AttendeeEntry, Stay
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.register import MEETINGS
from govoffice_tui.registers.meetings.topics import TopicPlan
from govoffice_tui.registers.meetings.views import MeetingKey, MeetingPage
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.meetings.checklists import Phase
from govoffice_tui.rules.meetings.kinds import Leader, MeetingKind, SignerPost
from govoffice_tui.rules.meetings.parts import Mark, Outcome, Reply
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.refusal import Refused, Sealed

KEEPER, DIRECTOR = 3, 1
NINE = datetime(2026, 10, 14, 9, 0)
EXECUTIVE = MeetingPlan(MeetingKind.EXECUTIVE, "县政府常务会议", NINE, "一楼会议室", "江一帆")
SPECIAL = MeetingPlan(
    MeetingKind.SPECIAL, "防汛专题会议", datetime(2026, 10, 14, 15, 0), "三楼会议室", "陆远", organiser="县水利局"
)


def enter(office: Office, plan: MeetingPlan = EXECUTIVE) -> MeetingKey:
    return enter_meeting(office, plan, by=KEEPER).key


def page(office: Office, meeting: MeetingKey) -> MeetingPage:
    return pages.page(office, meeting)


def on(clock: SetClock, day: int, hour: int, minute: int = 0) -> None:
    clock.set(datetime(2026, 10, day, hour, minute))


def held(office: Office, clock: SetClock, plan: MeetingPlan = EXECUTIVE, people: int = 12) -> MeetingKey:
    meeting = enter(office, plan)
    clock.set(plan.starts)
    moving.hold_meeting(office, meeting, people, by=KEEPER)
    return meeting


def issued(office: Office, meeting: MeetingKey, post: SignerPost = SignerPost.HEAD) -> str:
    minutes.draft_minutes(office, meeting, "冯䶮", by=KEEPER)
    minutes.check_minutes(office, meeting, "钱峰", by=KEEPER)
    number = minutes.sign_minutes(office, meeting, post, "江一帆", by=KEEPER)
    minutes.issue_minutes(office, meeting, 30, "县政府领导,各有关单位", by=KEEPER)
    return number


def test_the_type_fills_in_what_it_decides_and_counts_the_sittings(office: Office) -> None:
    first, second = (
        enter_meeting(office, EXECUTIVE, by=KEEPER),
        enter(office, replace(EXECUTIVE, starts=NINE.replace(day=21))),
    )
    assert first.words == "会〔2026〕1号 县政府常务会议(第1次) 10月14日星期三9:00"
    line = page(office, first.key).line
    assert (line.organiser, line.materials_lead, line.leader) == (
        "行政股",
        "分管副主任牵头,资料动态股配合",
        Leader.HEAD,
    )
    assert page(office, second).line.sitting == 2
    special = page(office, enter(office, SPECIAL)).line
    assert (special.organiser, special.materials_lead, special.sitting) == (
        "县水利局",
        "对口文秘人员与相关部门承担",
        None,
    )


def test_a_called_off_meeting_keeps_number_and_sitting_which_may_be_given_again_by_hand(office: Office) -> None:
    first = enter(office)
    moving.cancel_meeting(office, first, "主任", "县长出差", by=KEEPER)
    plan = replace(EXECUTIVE, starts=NINE.replace(day=21))
    assert page(office, enter(office, plan)).line.name == "县政府常务会议(第2次)"
    again = replace(EXECUTIVE, starts=NINE.replace(day=22), sitting=1)
    assert page(office, enter(office, again)).line.sitting == 1
    with pytest.raises(Refused, match="第2次已是会〔2026〕2号"):
        enter(office, replace(EXECUTIVE, starts=NINE.replace(day=23), sitting=2))
    assert [one.number for one in months.listed(office, "2026-10")] == [f"会〔2026〕{n}号" for n in (1, 2, 3)]


def test_sittings_run_through_a_term_once_it_is_set_and_else_through_a_year(office: Office, clock: SetClock) -> None:
    enter(office)
    settings.change(office, "meeting_term_from", "2026-10-13", by=KEEPER)
    assert page(office, enter(office, replace(EXECUTIVE, starts=NINE.replace(day=15), sitting=21))).line.sitting == 21
    clock.set(datetime(2027, 1, 4, 8, 0))
    assert sittings.next_sitting(office, date(2027, 1, 12)) == 22


@pytest.mark.parametrize(
    ("plan", "message", "field"),
    [
        (replace(SPECIAL, organiser=""), "承办部门", "organiser"),
        (replace(SPECIAL, organiser="行政股"), "只作指导", "organiser"),
        (replace(EXECUTIVE, organiser="县水利局"), "行政股牵头", "organiser"),
        (replace(EXECUTIVE, leader=Leader.VICE), "县长的会议", "leader"),
        (replace(SPECIAL, title=" "), "会议名称", "title"),
        (replace(SPECIAL, title="涉密会议"), "只记编号和日期", "title"),
        (replace(SPECIAL, title="机密★3年"), "不能写涉密内容", "title"),
        (replace(SPECIAL, chair=""), "主持人", "chair"),
        (replace(SPECIAL, place="绝密级"), "不能写涉密内容", "place"),
        (replace(SPECIAL, ends=NINE), "结束时间", "ends"),
        (replace(SPECIAL, starts=NINE.replace(year=2036)), "核对年份", "day"),
        (replace(SPECIAL, planned_people=0), "人数", "planned_people"),
        (replace(SPECIAL, arranger=99), "不在册", "arranger"),
        (replace(SPECIAL, title="长" * 61), "最多60个字", "title"),
        (replace(EXECUTIVE, sitting=0), "次数写1到999", "sitting"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_under_its_field(
    office: Office, plan: MeetingPlan, message: str, field: str
) -> None:
    before = office.tail().seq
    with pytest.raises(Refused, match=message) as refusal:
        enter(office, plan)
    assert refusal.value.field == field
    assert office.tail().seq == before


def test_a_room_is_held_by_one_meeting_at_a_time_and_people_in_two_places_are_told_of(office: Office) -> None:
    first = enter(office, replace(EXECUTIVE, arranger=KEEPER))
    with pytest.raises(Refused, match=r"一楼会议室这个时间已有会〔2026〕1号县政府常务会议\(10月14日9:00起\)"):
        enter(office, replace(SPECIAL, starts=NINE.replace(hour=10), place="一楼会议室"))
    told = enter_meeting(
        office,
        replace(SPECIAL, starts=NINE.replace(hour=10), chair="江一帆", arranger=KEEPER),
        by=KEEPER,
    )
    assert told.warnings == (
        "主持人江一帆同时有9:00会〔2026〕1号县政府常务会议",
        "会务负责人同时有9:00会〔2026〕1号县政府常务会议",
    )
    enter(office, replace(SPECIAL, starts=NINE.replace(hour=11), place="一楼会议室", chair="陆远"))
    moving.cancel_meeting(office, first, "主任", "并会", by=KEEPER)
    enter(office, replace(SPECIAL, starts=NINE, place="一楼会议室", chair="高山"))
    rest = enter_meeting(office, replace(SPECIAL, starts=datetime(2026, 10, 17, 9), chair="高山"), by=KEEPER)
    assert rest.warnings == ("这一天不是工作日",)


def test_the_same_form_sent_twice_enters_one_meeting(office: Office) -> None:
    first = enter_meeting(office, EXECUTIVE, by=KEEPER, form_key="once")
    again = enter_meeting(office, EXECUTIVE, by=KEEPER, form_key="once")
    assert first == again
    assert len(months.listed(office, "2026-10")) == 1
    with pytest.raises(Refused, match="还没有选经办人"):
        enter_meeting(office, SPECIAL, by=None)
    assign_post(office, 1, Post.DIRECTOR, by=None)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=1)
    with pytest.raises(Refused, match="签到管理人"):
        enter_meeting(office, SPECIAL, by=4)


def test_the_next_of_a_kind_begins_with_the_units_and_names_of_the_last(office: Office, clock: SetClock) -> None:
    first = enter(office)
    people = [AttendeeEntry(2, "县财政局", "马骏", "局长"), AttendeeEntry(3, "县发改局", "丁宁", "局长")]
    notices.import_attendees(office, first, people, by=KEEPER)
    row = page(office, first).notices[0]
    notices.reply_notice(office, first, row.id, Reply.SUBSTITUTE, by=KEEPER)
    attending.change_attendee(office, first, row.people[0].id, "白羽", "副局长", "局长 马骏", by=KEEPER)
    line = pages.line_of(office, first)
    assert line is not None
    plan = plans.plan_like(line, date(2026, 10, 21))
    second = enter_meeting(office, plan, like=first, by=KEEPER).key
    brought = page(office, second)
    assert (brought.line.starts, brought.line.sitting) == (NINE.replace(day=21), 2)
    assert [(one.unit, one.reply, one.names) for one in brought.notices] == [
        ("县财政局", None, ""),
        ("县发改局", None, "局长 丁宁"),
    ]


def test_a_topic_is_settled_only_after_its_whole_review(office: Office, clock: SetClock) -> None:
    meeting = enter(office)
    agenda.add_topic(office, meeting, TopicPlan("审议防汛预案", "县水利局", "马骏"), by=KEEPER)
    assert page(office, meeting).line.state is MeetingState.COLLECTING
    agenda.add_topic(office, meeting, TopicPlan("审议预算调整", "县财政局"), by=KEEPER)
    first, second = page(office, meeting).topics
    with pytest.raises(Refused, match="第1个议题还在已征集"):
        moving.settle_topics(office, meeting, by=KEEPER)
    for who in ("冯䶮", "钱峰", "赵敏"):
        agenda.review_topic(office, meeting, first.id, who, by=KEEPER)
    with pytest.raises(Refused, match="不会早于主任审"):
        agenda.review_topic(office, meeting, first.id, "江一帆", date(2026, 10, 11), by=KEEPER)
    with pytest.raises(Refused, match="还没有到"):
        agenda.review_topic(office, meeting, first.id, "江一帆", date(2026, 10, 13), by=KEEPER)
    agenda.review_topic(office, meeting, first.id, "江一帆", by=KEEPER)
    with pytest.raises(Refused, match="已审定"):
        agenda.review_topic(office, meeting, first.id, "江一帆", by=KEEPER)
    with pytest.raises(Refused, match="还没有召开"):
        agenda.decide_topic(office, meeting, first.id, Outcome.PASSED, by=KEEPER)
    agenda.decide_topic(office, meeting, second.id, Outcome.WITHDRAWN, "材料不齐", by=KEEPER)
    moving.settle_topics(office, meeting, by=KEEPER)
    assert page(office, meeting).line.state is MeetingState.SETTLED
    clock.set(NINE)
    moving.hold_meeting(office, meeting, 12, by=KEEPER)
    agenda.decide_topic(office, meeting, first.id, Outcome.IN_PRINCIPLE, "修改后印发", by=KEEPER)
    found = page(office, meeting).topics
    assert [(one.outcome, one.outcome_words) for one in found] == [
        (Outcome.IN_PRINCIPLE, "修改后印发"),
        (Outcome.WITHDRAWN, "材料不齐"),
    ]
    assert [f"{step.stage.label}{step.by}" for step in found[0].steps] == [
        "初审冯䶮",
        "二审钱峰",
        "主任审赵敏",
        "县领导审定江一帆",
    ]
    with pytest.raises(Refused, match="不能再登记议题"):
        agenda.add_topic(office, meeting, TopicPlan("补一个", "县财政局"), by=KEEPER)


def test_a_topic_put_right_keeps_its_place_and_its_review(office: Office) -> None:
    meeting = enter(office)
    agenda.add_topic(office, meeting, TopicPlan("审议防汛予案", "县水利局"), by=KEEPER)
    (topic,) = page(office, meeting).topics
    agenda.review_topic(office, meeting, topic.id, "冯䶮", by=KEEPER)
    agenda.correct_topic(office, meeting, topic.id, TopicPlan("审议防汛预案", "县水利局"), "错字", by=KEEPER)
    (right,) = page(office, meeting).topics
    assert (right.place, right.title, right.stage.label) == (1, "审议防汛预案", "初审")
    with pytest.raises(Refused, match="已经划去、更正"):
        agenda.review_topic(office, meeting, topic.id, "钱峰", by=KEEPER)
    agenda.strike_topic(office, meeting, right.id, "重复", by=KEEPER)
    assert page(office, meeting).topics == ()
    county = enter(office, MeetingPlan(MeetingKind.COUNTY, "全县工作会议", NINE, "大会堂", "江一帆", partner="县委办"))
    with pytest.raises(Refused, match="不设议题"):
        agenda.add_topic(office, county, TopicPlan("议程", "县委办"), by=KEEPER)


def test_numbered_copies_go_out_and_come_back(office: Office, clock: SetClock) -> None:
    meeting = enter(office)
    plan = MaterialPlan("防汛预案(送审稿)", 5, "资料动态股", is_collected_back=True)
    materials.add_material(office, meeting, plan, by=KEEPER)
    (paper,) = page(office, meeting).materials
    materials.give_copies(office, meeting, paper.id, ["县水利局", "县财政局"], by=KEEPER)
    materials.give_copies(office, meeting, paper.id, ["县领导"], 2, by=KEEPER)
    with pytest.raises(Refused, match="还剩1份,不够发2份"):
        materials.give_copies(office, meeting, paper.id, ["甲", "乙"], by=KEEPER)
    with pytest.raises(Refused, match="不能少于4"):
        materials.correct_material(office, meeting, paper.id, replace(plan, copies=3), "少印", by=KEEPER)
    with pytest.raises(Refused, match="已经发放"):
        materials.strike_material(office, meeting, paper.id, "登错", by=KEEPER)
    (paper,) = page(office, meeting).materials
    assert [one.copies_words for one in paper.handouts] == ["第1号", "第2号", "第3—4号"]
    clock.set(NINE)
    moving.hold_meeting(office, meeting, 12, by=KEEPER)
    assert page(office, meeting).line.copies_out == 4
    on(clock, 15, 8)
    assert any("材料还有4份没有收回" in text and late for text, late, _ in listing.due(office, office.now()))
    issued(office, meeting)
    with pytest.raises(Refused, match="材料还有4份没有收回"):
        moving.archive_meeting(office, meeting, by=KEEPER)
    assert materials.take_back_copies(office, meeting, [paper.handouts[2].id], by=KEEPER) == 2
    with pytest.raises(Refused, match="已经收回"):
        materials.take_back_copies(office, meeting, [paper.handouts[2].id], by=KEEPER)
    left = [one.id for one in page(office, meeting).materials[0].still_out]
    assert materials.take_back_copies(office, meeting, left, by=KEEPER) == 2
    moving.archive_meeting(office, meeting, "会议卷", "12", by=KEEPER)
    assert page(office, meeting).line.state is MeetingState.ARCHIVED


def test_an_answer_goes_down_with_its_time_and_caller(office: Office, clock: SetClock) -> None:
    meeting = enter(office)
    asked = notices.add_units(office, meeting, ["县财政局", "县水利局", "城关镇"], by=KEEPER)
    assert asked.words == "单位3个 人员0名"
    assert notices.add_units(office, meeting, ["县财政局", "县审计局"], by=KEEPER).already == 1
    first, second, *_ = page(office, meeting).notices
    on(clock, 12, 9, 30)
    notices.reply_notice(office, meeting, first.id, Reply.COMING, by=KEEPER)
    notices.reply_notice(office, meeting, second.id, Reply.UNREACHED, by=4)
    seen = page(office, meeting)
    assert seen.line.state is MeetingState.NOTIFIED
    assert (seen.line.notices, seen.line.replied) == (4, 1)
    one, two, *_ = seen.notices
    assert (one.reply, one.replied, one.replied_by) == (Reply.COMING, datetime(2026, 10, 12, 9, 30), "周小萍")
    assert (two.is_open, two.told_by) == (True, "王伟(行政股)")
    notices.reply_notice(office, meeting, second.id, Reply.EXCUSED, by=KEEPER)
    notices.fill_notice(office, meeting, second.id, Stay("办公室 小陈", "江一帆", "防汛值守"), by=KEEPER)
    two = page(office, meeting).notices[1]
    assert (two.reply, two.receiver, two.approved_by, two.remark) == (
        Reply.EXCUSED,
        "办公室 小陈",
        "江一帆",
        "防汛值守",
    )
    notices.take_back_reply(office, meeting, first.id, by=KEEPER)
    assert page(office, meeting).notices[0].is_open
    with pytest.raises(Refused, match="还没有回执"):
        notices.take_back_reply(office, meeting, first.id, by=KEEPER)
    notices.strike_notice(office, meeting, first.id, "多通知了", by=KEEPER)
    assert [one.unit for one in page(office, meeting).notices] == ["县水利局", "城关镇", "县审计局"]


def test_a_list_names_the_chairs_kept_for_its_units_all_or_nothing(office: Office) -> None:
    meeting = enter(office)
    notices.add_units(office, meeting, ["县财政局"], by=KEEPER)
    lines = [
        AttendeeEntry(2, "县财政局", "马骏", "局长"),
        AttendeeEntry(3, "县财政局", "白羽", "副局长"),
        AttendeeEntry(4, "城关镇", "丁・宁", "镇长"),
        AttendeeEntry(5, "县水利局"),
    ]
    assert notices.import_attendees(office, meeting, lines, by=KEEPER) == notices.Asked(2, 3, 0)
    assert [(one.unit, one.names) for one in page(office, meeting).notices] == [
        ("县财政局", "局长 马骏、副局长 白羽"),
        ("城关镇", "镇长 丁·宁"),
        ("县水利局", ""),
    ]
    assert notices.import_attendees(office, meeting, lines, by=KEEPER) == notices.Asked(0, 0, 4)
    before = office.tail().seq
    with pytest.raises(Refused, match="第3行没有单位"):
        notices.import_attendees(
            office, meeting, [AttendeeEntry(2, "县审计局", "甲"), AttendeeEntry(3, "", "乙")], by=KEEPER
        )
    with pytest.raises(Refused, match="不能写涉密内容"):
        notices.import_attendees(office, meeting, [AttendeeEntry(2, "机密★3年", "甲")], by=KEEPER)
    assert office.tail().seq == before


def test_who_is_not_marked_was_there_but_of_a_unit_on_leave(office: Office, clock: SetClock) -> None:
    meeting = enter(office)
    names = [AttendeeEntry(row, f"县{word}局", f"甲{word}", "局长") for row, word in enumerate("财水审教", 2)]
    notices.import_attendees(office, meeting, names, by=KEEPER)
    rows = page(office, meeting).notices
    notices.reply_notice(office, meeting, rows[0].id, Reply.EXCUSED, by=KEEPER)
    with pytest.raises(Refused, match="现在还不能记到会"):
        attending.mark_attendee(office, meeting, rows[1].people[0].id, Mark.ABSENT, by=KEEPER)
    attending.mark_attendee(office, meeting, rows[3].people[0].id, Mark.EXCUSED, by=KEEPER)
    with pytest.raises(Refused, match="会议10月14日才开始"):
        moving.hold_meeting(office, meeting, by=KEEPER)
    on(clock, 14, 8, 40)
    with pytest.raises(Refused, match="不会迟到"):
        attending.mark_attendee(office, meeting, rows[1].people[0].id, Mark.LATE, by=KEEPER)
    on(clock, 14, 9, 12)
    attending.mark_attendee(office, meeting, rows[1].people[0].id, Mark.LATE, by=KEEPER)
    attending.add_visitor(office, meeting, "县电视台", "任 远", by=KEEPER)
    with pytest.raises(Refused, match="已在名单上"):
        attending.add_visitor(office, meeting, "县电视台", "任远", by=KEEPER)
    assert moving.hold_meeting(office, meeting, by=KEEPER).endswith("到会3人")
    late = page(office, meeting).notices[1].people[0]
    assert (late.mark, late.arrived) == (Mark.LATE, datetime(2026, 10, 14, 9, 12))
    attending.mark_attendee(office, meeting, rows[2].people[0].id, Mark.ABSENT, by=KEEPER)
    assert page(office, meeting).line.people == 2
    attending.mark_attendee(office, meeting, rows[2].people[0].id, None, by=KEEPER)
    (visitor,) = page(office, meeting).visitors
    attending.strike_attendee(office, meeting, visitor.id, "记者,不计", by=KEEPER)
    assert page(office, meeting).line.people == 2
    with pytest.raises(Refused, match="不能再划去"):
        notices.strike_notice(office, meeting, rows[2].id, "多通知", by=KEEPER)


def test_a_meeting_without_a_list_is_counted_by_hand(office: Office, clock: SetClock) -> None:
    meeting = enter(office, SPECIAL)
    clock.set(SPECIAL.starts)
    with pytest.raises(Refused, match="请写到会人数") as refusal:
        moving.hold_meeting(office, meeting, by=KEEPER)
    assert refusal.value.field == "attended"
    moving.hold_meeting(office, meeting, 18, by=KEEPER)
    with pytest.raises(Refused, match="会议已召开"):
        moving.hold_meeting(office, meeting, 18, by=KEEPER)
    moving.take_back_meeting(office, meeting, by=KEEPER)
    line = page(office, meeting).line
    assert (line.state, line.people) == (MeetingState.NOTIFIED, 0)


@pytest.mark.parametrize(
    ("plan", "post", "is_allowed"),
    [
        (EXECUTIVE, SignerPost.HEAD, True),
        (EXECUTIVE, SignerPost.VICE, False),
        (EXECUTIVE, SignerPost.OTHER, False),
        (SPECIAL, SignerPost.VICE, True),
        (SPECIAL, SignerPost.HEAD, True),
        (SPECIAL, SignerPost.OTHER, False),
    ],
)
def test_minutes_are_signed_by_whom_the_article_names(
    office: Office, clock: SetClock, plan: MeetingPlan, post: SignerPost, is_allowed: bool
) -> None:
    meeting = held(office, clock, plan)
    minutes.draft_minutes(office, meeting, "冯䶮", by=KEEPER)
    minutes.check_minutes(office, meeting, "钱峰", by=KEEPER)
    if is_allowed:
        assert minutes.sign_minutes(office, meeting, post, "江一帆", by=KEEPER) == "纪〔2026〕1号"
    else:
        with pytest.raises(Refused) as refusal:
            minutes.sign_minutes(office, meeting, post, "江一帆", by=KEEPER)
        assert refusal.value.article == "会议管理制度第4条"


def test_minutes_run_through_their_steps_with_days_taken_and_numbers_without_gaps(
    office: Office, clock: SetClock
) -> None:
    meeting = held(office, clock)
    on(clock, 15, 9)
    with pytest.raises(Refused, match="还没有整理"):
        minutes.check_minutes(office, meeting, "钱峰", by=KEEPER)
    with pytest.raises(Refused, match="由专人整理"):
        minutes.draft_minutes(office, meeting, "", by=KEEPER)
    with pytest.raises(Refused, match="早于会议"):
        minutes.draft_minutes(office, meeting, "冯䶮", date(2026, 10, 13), by=KEEPER)
    minutes.draft_minutes(office, meeting, "冯䶮", date(2026, 10, 14), by=KEEPER)
    on(clock, 16, 9)
    minutes.check_minutes(office, meeting, "钱峰", by=KEEPER)
    minutes.return_minutes(office, meeting, "第三项表述不准", by=KEEPER)
    minutes.check_minutes(office, meeting, "钱峰", by=KEEPER)
    on(clock, 19, 9)
    with pytest.raises(Refused, match="早于会议或上一步"):
        minutes.sign_minutes(office, meeting, SignerPost.HEAD, "江一帆", date(2026, 10, 15), by=KEEPER)
    assert minutes.is_first_number(office, 2026)
    assert minutes.sign_minutes(office, meeting, SignerPost.HEAD, "江一帆", None, 12, by=KEEPER) == "纪〔2026〕12号"
    on(clock, 20, 9)
    with pytest.raises(Refused, match="发送范围"):
        minutes.issue_minutes(office, meeting, 30, " ", by=KEEPER)
    minutes.issue_minutes(office, meeting, 30, "各有关单位", by=KEEPER)
    found = page(office, meeting).minutes
    assert found is not None
    assert (found.days, found.total_days, found.number) == ((2, 3, 1), 6, "纪〔2026〕12号")
    other = held(office, clock, replace(SPECIAL, starts=datetime(2026, 10, 20, 15)))
    minutes.draft_minutes(office, other, "冯䶮", by=KEEPER)
    minutes.check_minutes(office, other, "钱峰", by=KEEPER)
    with pytest.raises(Refused, match="下一个是13号"):
        minutes.sign_minutes(office, other, SignerPost.VICE, "陆远", None, 15, by=KEEPER)
    assert minutes.sign_minutes(office, other, SignerPost.VICE, "陆远", by=KEEPER) == "纪〔2026〕13号"
    minutes.void_minutes(office, other, "重拟", by=KEEPER)
    assert issued(office, other, SignerPost.VICE) == "纪〔2026〕14号"


def test_minutes_put_right_keep_their_number_and_their_rules(office: Office, clock: SetClock) -> None:
    meeting = held(office, clock)
    on(clock, 16, 9)
    number = issued(office, meeting)
    day = date(2026, 10, 16)
    plan = MinutesPlan("冯䶮", day, "钱峰", day, SignerPost.HEAD, "江一帆", day, day, 35, "各有关单位")
    minutes.correct_minutes(office, meeting, plan, "份数写错", by=KEEPER)
    found = page(office, meeting).minutes
    assert found is not None
    assert (found.copies, found.number) == (35, number)
    with pytest.raises(Refused, match="由县长签发"):
        minutes.correct_minutes(office, meeting, replace(plan, signer_post=SignerPost.VICE), "改", by=KEEPER)
    with pytest.raises(Refused, match="请写签发日期"):
        minutes.correct_minutes(office, meeting, replace(plan, signed=None), "改", by=KEEPER)
    with pytest.raises(Refused, match="常务会议要有纪要"):
        minutes.go_without_minutes(office, meeting, "不印发", by=KEEPER)
    with pytest.raises(Refused, match="类型不能再改"):
        entering.correct_meeting(office, meeting, replace(SPECIAL, starts=NINE), "类型", by=KEEPER)


def test_a_special_meeting_may_say_why_it_has_no_minutes(office: Office, clock: SetClock) -> None:
    meeting = held(office, clock, SPECIAL)
    with pytest.raises(Refused, match="纪要还没有印发"):
        moving.archive_meeting(office, meeting, by=KEEPER)
    minutes.go_without_minutes(office, meeting, "只作部署,不印发", by=KEEPER)
    moving.archive_meeting(office, meeting, by=KEEPER)
    with pytest.raises(Refused, match="会议已归档"):
        attending.add_visitor(office, meeting, "县电视台", "任远", by=KEEPER)
    moving.take_back_meeting(office, meeting, by=KEEPER)
    assert page(office, meeting).line.state is MeetingState.HELD


def test_a_meeting_put_off_keeps_its_number_and_its_units_are_told_again(office: Office, clock: SetClock) -> None:
    meeting = enter(office)
    notices.add_units(office, meeting, ["县财政局"], by=KEEPER)
    (row,) = page(office, meeting).notices
    notices.reply_notice(office, meeting, row.id, Reply.COMING, by=KEEPER)
    on(clock, 12, 10)
    with pytest.raises(Refused, match="请写谁定的"):
        moving.postpone_meeting(office, meeting, "", "县长出差", by=KEEPER)
    moving.postpone_meeting(office, meeting, "主任", "县长出差", by=KEEPER)
    with pytest.raises(Refused, match="还没有定新时间"):
        notices.reply_notice(office, meeting, row.id, Reply.COMING, by=KEEPER)
    new = datetime(2026, 11, 3, 9)
    with pytest.raises(Refused, match="已经过去"):
        moving.move_meeting(office, meeting, NINE.replace(day=9), None, "一楼", "主任", "定了", by=KEEPER)
    moving.move_meeting(office, meeting, new, None, "一楼会议室", "主任", "县长回来", by=KEEPER)
    seen = page(office, meeting)
    assert (seen.line.number, seen.line.starts, seen.line.state) == ("会〔2026〕1号", new, MeetingState.PLANNED)
    assert seen.notices[0].is_stale
    assert [one.words for one in seen.changes] == [
        "10月14日9:00延期,时间另定(主任定:县长出差)",
        "10月14日9:00改到11月3日9:00(主任定:县长回来)",
    ]
    notices.reply_notice(office, meeting, row.id, Reply.COMING, by=KEEPER)
    assert not page(office, meeting).notices[0].is_stale
    assert months.listed(office, "2026-10") == []


def test_a_correction_strikes_the_line_and_keeps_what_hangs_on_it(office: Office, clock: SetClock) -> None:
    meeting = enter(office)
    notices.add_units(office, meeting, ["县财政局"], by=KEEPER)
    done = entering.correct_meeting(office, meeting, replace(EXECUTIVE, place="三楼会议室"), "地点写错", by=KEEPER)
    assert done.key == meeting
    seen = page(office, meeting)
    assert (seen.line.place, seen.line.revision, seen.line.sitting, len(seen.notices)) == ("三楼会议室", 2, 1, 1)
    assert [one.is_struck for one in listing.month_lines(office, "2026-10")].count(True) == 1
    entering.void_meeting(office, meeting, "登错", by=KEEPER)
    with pytest.raises(Refused, match="已经作废"):
        page(office, meeting)
    assert page(office, enter(office)).line.number == "会〔2026〕2号"
    assert verify_office(office).findings == ()


def test_the_checklist_follows_type_and_time_and_ticks_itself_where_it_can(office: Office, clock: SetClock) -> None:
    meeting = enter(office, replace(EXECUTIVE, arranger=KEEPER))
    lines = page(office, meeting).tasks
    assert [one.words for one in lines if one.phase is Phase.DURING] == ["签到、到会核对", "会议记录、会场服务"]
    assert {one.owner_name for one in lines} == {"周小萍"}
    notice = next(one for one in lines if one.words.startswith("发会议通知"))
    assert notice.due == datetime(2026, 10, 12, 17, 30)
    moving.send_notices(office, meeting, by=KEEPER)
    done = {one.words: one.done is not None for one in page(office, meeting).tasks}
    assert [words for words, is_done in done.items() if is_done] == ["发会议通知,收回执"]
    checklist.finish_task(office, meeting, 1, is_needless=True, remark="议题已定", by=KEEPER)
    with pytest.raises(Refused, match="不需要办"):
        checklist.finish_task(office, meeting, 1, by=KEEPER)
    checklist.change_task(office, meeting, 2, 4, NINE, by=KEEPER)
    checklist.add_task(office, meeting, Phase.BEFORE, "借投影仪", 5, NINE.replace(day=13), by=KEEPER)
    with pytest.raises(Refused, match="清单里没有"):
        checklist.finish_task(office, meeting, 77, by=KEEPER)
    seen = {one.words: (one.owner_name, one.due) for one in page(office, meeting).tasks}
    assert seen["议题送审审定"] == ("王伟(行政股)", NINE)
    assert seen["借投影仪"] == ("阿依古丽·买买提", NINE.replace(day=13))
    on(clock, 14, 8)
    assert [text for text, late, _ in listing.due(office, office.now()) if late] == [
        "会〔2026〕1号 县政府常务会议(第1次) 会前“材料印制、编号”等3项到期没有办"
    ]
    checklist.finish_task(office, meeting, 101, by=KEEPER)
    checklist.change_task(office, meeting, 101, None, None, is_reopened=True, by=KEEPER)
    assert next(one for one in page(office, meeting).tasks if one.place == 101).is_open


def test_of_a_classified_meeting_only_number_and_day_stand(office: Office, clock: SetClock) -> None:
    done = entering.enter_classified_meeting(office, date(2026, 10, 14), by=KEEPER)
    meeting = done.key
    assert done.words == "会〔2026〕1号 涉密会议 10月14日星期三"
    line = page(office, meeting).line
    assert (line.place, line.chair, line.organiser, line.kind, line.materials_lead) == ("—", "", "", None, "")
    refusals: list[Callable[[], object]] = [
        lambda: agenda.add_topic(office, meeting, TopicPlan("题", "局"), by=KEEPER),
        lambda: materials.add_material(office, meeting, MaterialPlan("材料", 3), by=KEEPER),
        lambda: notices.add_units(office, meeting, ["县财政局"], by=KEEPER),
        lambda: minutes.draft_minutes(office, meeting, "冯䶮", by=KEEPER),
        lambda: checklist.add_task(office, meeting, Phase.BEFORE, "会场", None, None, by=KEEPER),
        lambda: entering.correct_meeting(office, meeting, EXECUTIVE, "改", by=KEEPER),
        lambda: enter_meeting(office, replace(EXECUTIVE, place="二楼"), like=meeting, by=KEEPER),
    ]
    before = office.tail().seq
    for act in refusals:
        with pytest.raises(Refused, match="涉密会议") as refusal:
            act()
        assert refusal.value.article == "保密制度第2条"
    assert office.tail().seq == before
    assert page(office, meeting).tasks == ()
    on(clock, 14, 18)
    moving.hold_meeting(office, meeting, 9, by=KEEPER)
    moving.archive_meeting(office, meeting, "密卷", "3", by=KEEPER)
    stored = office.fetch("SELECT attended, paper_book, title FROM meetings WHERE archived_at IS NOT NULL")
    assert stored == [(None, "", "涉密会议")]
    assert listing.search(office, "密卷") == []


def test_a_month_is_sealed_once_everything_is_archived_and_opens_only_by_amendment(
    office: Office, clock: SetClock
) -> None:
    meeting = held(office, clock)
    cancelled = enter(office, replace(SPECIAL, starts=datetime(2026, 10, 16, 15)))
    moving.cancel_meeting(office, cancelled, "分管副县长", "并入常务会议", by=KEEPER)
    secret = entering.enter_classified_meeting(office, date(2026, 10, 20), by=KEEPER).key
    left = [str(problem) for problem in MEETINGS.pending(office, "2026-10")]
    assert left == [
        "会议:本月还没有过完",
        "会〔2026〕1号:县政府常务会议(第1次) 纪要没有印发",
        "会〔2026〕3号:涉密会议 没有登记召开、改期或取消",
    ]
    on(clock, 20, 18)
    moving.hold_meeting(office, secret, by=KEEPER)
    moving.archive_meeting(office, secret, by=KEEPER)
    issued(office, meeting)
    moving.archive_meeting(office, meeting, by=KEEPER)
    clock.set(datetime(2026, 11, 2, 9))
    assert MEETINGS in REGISTERS
    closing.close_month(office, MEETINGS.word, "2026-10", MEETINGS.pending, MEETINGS.seal_digest, by=KEEPER)
    found = months.month(office, "2026-10")
    assert [(one.label, one.count, one.people) for one in found.kinds if one.count] == [
        ("县政府常务会议", 1, 12),
        ("涉密会议", 1, 0),
    ]
    assert (found.count, found.people, found.cancelled, found.revision) == (2, 12, 1, 1)
    assert MEETINGS.month_summary(office, "2026-10") == "会议2次 12人次 常务1 涉密1 延期0 取消1"
    late = replace(SPECIAL, starts=datetime(2026, 10, 22, 15))
    with pytest.raises(Sealed):
        enter(office, late)
    assign_post(office, KEEPER, Post.SIGN_IN_KEEPER, by=None)
    slip = Amendment(DIRECTOR, "补登一次专题会议", "7")
    amend(office, slip, lambda: enter(office, late), by=KEEPER)
    found = months.month(office, "2026-10")
    assert (found.revision, len(found.lines)) == (2, 4)
    assert found.notes == (
        "补登:会〔2026〕4号(10月22日)。",
        "封存后更正,第2版:补登一次专题会议(赵敏批准,更正单第7页)。",
    )


def test_what_is_taken_back_is_open_again_on_the_checklist(office: Office, clock: SetClock) -> None:
    meeting = held(office, clock, replace(SPECIAL, starts=NINE))
    issued(office, meeting, SignerPost.VICE)
    moving.archive_meeting(office, meeting, by=KEEPER)

    def is_open(words: str) -> bool:
        return next(one for one in page(office, meeting).tasks if one.words == words).is_open

    assert not is_open("整理归档")
    moving.take_back_meeting(office, meeting, by=KEEPER)
    assert is_open("整理归档")
    minutes.void_minutes(office, meeting, "写错", by=KEEPER)
    assert not is_open("签到、到会核对")
    moving.take_back_meeting(office, meeting, by=KEEPER)
    assert is_open("签到、到会核对")
    assert verify_office(office).findings == ()


def test_too_few_seats_are_told_of_and_refuse_nothing(office: Office) -> None:
    settings.change(office, "meeting_rooms", "一楼会议室=40;三楼会议室", by=KEEPER)
    entered = enter_meeting(office, replace(EXECUTIVE, planned_people=60), by=KEEPER)
    assert entered.words.endswith("注意:会场坐40人,预计60人,少20座")
    assert enter_meeting(office, replace(SPECIAL, planned_people=900), by=KEEPER).warnings == ()
    people = [AttendeeEntry(at, f"第{at}局", f"张{'甲乙丙丁'[at % 4]}", "") for at in range(1, 63)]
    notices.import_attendees(office, entered.key, people, by=KEEPER)
    assert (page(office, entered.key).seats, page(office, entered.key).expected) == (40, 62)
    for one in page(office, entered.key).notices[:12]:
        notices.reply_notice(office, entered.key, one.id, Reply.EXCUSED, by=KEEPER)
    assert page(office, entered.key).expected == 60
