"""The demo office's meetings: 常务 twice a month, 专题 between, a few with units asked, one being prepared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from govoffice_tui.clock import month_days, month_of
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.meetings import (
    attending,
    listing,
    materials,
    minutes,
    moving,
    notices,
    pages,
    tasks,
    topics,
)
from govoffice_tui.registers.meetings.entering import enter_classified_meeting, enter_meeting
from govoffice_tui.registers.meetings.materials import MaterialPlan
from govoffice_tui.registers.meetings.notices import AttendeeEntry, Comer, Stay
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.topics import TopicPlan
from govoffice_tui.registers.meetings.views import MeetingKey, MeetingLine
from govoffice_tui.rules.meetings.checklists import CHECKLISTS
from govoffice_tui.rules.meetings.kinds import Leader, MeetingKind, SignerPost
from govoffice_tui.rules.meetings.parts import Mark, Outcome, Reply
from govoffice_tui.rules.meetings.states import MeetingState

HEAD, VICE = "江一帆", "陆远"
CLERK, WRITER, DEPUTY, DIRECTOR = "周小萍", "冯䶮", "钱峰", "赵敏"
UNITS = (
    "县财政局 局长 马骏",
    "县发改局 局长 丁宁",
    "县水利局 局长 白羽",
    "县审计局 局长 石磊",
    "县教育局 局长 方圆",
    "县农业农村局 局长 田野",
    "县应急局 局长 安平",
    "县住建局 局长 高楼",
    "县交通运输局 局长 路遥",
    "县卫健局 局长 华康",
    "城关镇 镇长 柳青",
    "河东镇 镇长 江月",
    "河西镇 镇长 沙洲",
    "青山乡 乡长 林木",
    "白水乡 乡长 泉清",
)
TOPICS = (
    ("审议防汛应急预案", "县水利局"),
    ("审议预算调整方案", "县财政局"),
    ("研究学校布局调整", "县教育局"),
    ("研究老旧小区改造", "县住建局"),
    ("听取安全生产情况汇报", "县应急局"),
)
SPECIALS = (("防汛工作专题会议", "县水利局"), ("安全生产专题会议", "县应急局"), ("项目建设专题会议", "县发改局"))
ENTERED_AHEAD = 4
"""Workdays between a meeting's entry and its day."""

ISSUED_AFTER = 4
"""Workdays between a meeting and its issued minutes, while there are as many left in the month."""


def meetings(day: DemoDay) -> Iterator[Act]:
    """Enter meetings some days ahead, hold them on their day, and see their minutes through in the days after."""
    if not day.is_workday:
        return
    place = len(day.chart.workdays(day.day.replace(day=1), day.day))
    clerk = day.people[CLERK].id
    if place in (2, 8, 13):
        yield day.at(9, 40), partial(_plan_ahead, day, place, clerk)
    if place == 7:
        yield day.at(9, 50), partial(_classified, day, clerk)
    yield day.at(10, 30), partial(_answers, day, clerk)
    if len(day.chart.workdays(day.day, day.last)) == 1:
        yield day.at(15, 30), partial(_prepare, day, clerk)
    yield day.at(17, 10), partial(_close, day, clerk)


def _plan_ahead(day: DemoDay, place: int, clerk: int) -> None:
    """Enter the meetings of the days to come; in some months one is put off or called off."""
    held = _workday(day, ENTERED_AHEAD)
    if held.month != day.day.month:
        return
    if place in (2, 13):
        plan = MeetingPlan(
            MeetingKind.EXECUTIVE,
            "县政府常务会议",
            datetime.combine(held, time(9)),
            "一楼会议室",
            HEAD,
            datetime.combine(held, time(11, 30)),
            arranger=clerk,
        )
        meeting = enter_meeting(day.office, plan, by=clerk).key
        title, unit = TOPICS[(day.day.month + place) % len(TOPICS)]
        topics.add_topic(day.office, meeting, TopicPlan(title, unit), by=clerk)
        for who in (WRITER, DEPUTY, DIRECTOR, HEAD):
            topics.review_topic(day.office, meeting, pages.page(day.office, meeting).topics[0].id, who, by=clerk)
        moving.settle_topics(day.office, meeting, by=clerk)
        if place == 2 and day.day.month % 4 == 0:
            _ask(day, meeting, UNITS[:10], clerk)
        if place == 2 and day.day.month % 5 == 0:
            moving.move_meeting(
                day.office,
                meeting,
                datetime.combine(_workday(day, ENTERED_AHEAD + 1), time(9)),
                None,
                "一楼会议室",
                f"主任 {DIRECTOR}",
                "县长到市里开会",
                by=clerk,
            )
        return
    title, unit = SPECIALS[day.day.month % len(SPECIALS)]
    plan = MeetingPlan(
        MeetingKind.SPECIAL,
        title,
        datetime.combine(held, time(15)),
        "三楼会议室",
        VICE,
        organiser=unit,
        arranger=clerk,
    )
    meeting = enter_meeting(day.office, plan, by=clerk).key
    if day.day.month % 6 == 3:
        moving.cancel_meeting(day.office, meeting, f"分管副县长 {VICE}", "并入常务会议", by=clerk)
    if day.day.month % 6 == 1:
        county = MeetingPlan(
            MeetingKind.COUNTY,
            "全县经济工作会议",
            datetime.combine(held, time(9)),
            "县会议中心",
            HEAD,
            leader=Leader.HEAD,
            partner="县委办",
            arranger=clerk,
            scope="各乡镇、县直各部门主要负责人",
        )
        _ask(day, enter_meeting(day.office, county, by=clerk).key, UNITS, clerk)


def _classified(day: DemoDay, clerk: int) -> None:
    if day.day.month % 6 == 5:
        enter_classified_meeting(day.office, day.day, by=clerk)


def _ask(day: DemoDay, meeting: MeetingKey, units: tuple[str, ...], clerk: int) -> None:
    people = [AttendeeEntry(row, *_parts(unit)) for row, unit in enumerate(units, 2)]
    notices.import_attendees(day.office, meeting, people, by=clerk)
    moving.send_notices(day.office, meeting, by=clerk)


def _parts(unit: str) -> tuple[str, str, str]:
    where, position, name = unit.split(" ")
    return where, name, position


def _answers(day: DemoDay, clerk: int) -> None:
    """Call the units of the meetings ahead that have not answered, once."""
    for line in listing.live(day.office):
        if line.state.is_ahead and line.notices and not line.replied:
            _call(day, line.key, line.notices, clerk)


def _prepare(day: DemoDay, clerk: int) -> None:
    """Leave one meeting being prepared: half its units have answered, two lines of its checklist are done."""
    held = _workday(day, 2)
    plan = MeetingPlan(
        MeetingKind.PROPOSED,
        "全县冬春农田水利工作会议",
        datetime.combine(held, time(15)),
        "县会议中心",
        VICE,
        organiser="县水利局",
        arranger=clerk,
        scope="各乡镇、县直有关部门主要负责人",
    )
    meeting = enter_meeting(day.office, plan, by=clerk).key
    _ask(day, meeting, UNITS, clerk)
    _call(day, meeting, len(UNITS) // 2, clerk)
    tasks.finish_task(day.office, meeting, 1, by=clerk)


def _call(day: DemoDay, meeting: MeetingKey, count: int, clerk: int) -> None:
    """Note what the first units asked answered: one stands in, one is excused, the others come."""
    for place, one in enumerate(pages.page(day.office, meeting).notices[:count]):
        reply = {3: Reply.SUBSTITUTE, 6: Reply.EXCUSED}.get(place, Reply.COMING)
        notices.reply_notice(day.office, meeting, one.id, reply, by=clerk)
        if reply is Reply.SUBSTITUTE:
            first = one.people[0]
            comer = Comer(first.id, "苏平", "副局长", f"{first.position} {first.name}")
            notices.fill_notice(day.office, meeting, one.id, Stay(approved_by=HEAD, comer=comer), by=clerk)
        elif reply is Reply.EXCUSED:
            notices.fill_notice(day.office, meeting, one.id, Stay(approved_by=HEAD, remark="外出招商"), by=clerk)


def _close(day: DemoDay, clerk: int) -> None:
    """Hold the meetings of the day, take their papers back, and bring the minutes of earlier ones on by a step."""
    for line in listing.live(day.office):
        if line.state.is_ahead and line.day <= day.day:
            _hold(day, line, clerk)
        elif line.state is MeetingState.HELD:
            _go_on(day, line, clerk)


def _hold(day: DemoDay, line: MeetingLine, clerk: int) -> None:
    if line.notices:
        people = pages.page(day.office, line.key).attendees
        attending.mark_attendee(day.office, line.key, people[-1].id, Mark.LATE, time(line.starts.hour, 10), by=clerk)
    moving.hold_meeting(day.office, line.key, None if line.notices else 9 + line.day.day % 9, by=clerk)
    if line.kind is MeetingKind.EXECUTIVE:
        topic = pages.page(day.office, line.key).topics[0]
        outcome = Outcome.IN_PRINCIPLE if line.day.month % 3 == 0 else Outcome.PASSED
        topics.decide_topic(day.office, line.key, topic.id, outcome, by=clerk)
    if line.kind is MeetingKind.EXECUTIVE and line.notices:
        paper = MaterialPlan("汇报材料", 12, "资料动态股", is_collected_back=True)
        materials.add_material(day.office, line.key, paper, by=clerk)
        page = pages.page(day.office, line.key)
        holders = [one.unit for one in page.notices][:4]
        materials.give_copies(day.office, line.key, page.materials[0].id, holders, by=clerk)
    if not line.needs_minutes:
        moving.archive_meeting(day.office, line.key, by=clerk)


def _go_on(day: DemoDay, line: MeetingLine, clerk: int) -> None:
    """Bring minutes on: written the day after, checked, signed and issued by the end of the month."""
    passed = len(day.chart.workdays(line.day, day.day)) - 1
    left = len(day.chart.workdays(day.day, month_days(month_of(day.day))[-1])) - 1
    office = day.office
    if line.minutes_state is None:
        minutes.draft_minutes(office, line.key, WRITER, by=clerk)
    if (passed >= ISSUED_AFTER or left <= 1) and (day.is_settled or line.day.day < 20):
        minutes.check_minutes(office, line.key, DEPUTY, by=clerk)
        is_head = line.kind is MeetingKind.EXECUTIVE
        post, signer = (SignerPost.HEAD, HEAD) if is_head else (SignerPost.VICE, VICE)
        minutes.sign_minutes(office, line.key, post, signer, by=clerk)
        minutes.issue_minutes(office, line.key, 30, "县政府领导,各有关单位", by=clerk)
        if line.copies_out:
            paper = pages.page(office, line.key).materials[0]
            materials.take_back_copies(office, line.key, [one.id for one in paper.still_out], by=clerk)
        if line.kind is not None and not day.is_settled:
            tasks.finish_task(office, line.key, len(CHECKLISTS[line.kind]) - 1, by=clerk)
        moving.archive_meeting(office, line.key, "会议卷", str(line.key.number), by=clerk)


def _workday(day: DemoDay, ahead: int) -> date:
    """Return the workday so many after today, inside the year the calendar is known for."""
    end = min(day.day + timedelta(days=20), date(day.day.year, 12, 31))
    return day.chart.workdays(day.day, end)[: ahead + 1][-1]
