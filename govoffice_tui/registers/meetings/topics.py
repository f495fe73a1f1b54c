"""Topics of a meeting (议题): entered, reviewed step by step, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.models import Meeting, MeetingTopic
from govoffice_tui.registers.meetings.checks import next_place, require, require_part, required, short, tick
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.meetings.kinds import TYPES
from govoffice_tui.rules.meetings.parts import Outcome, TopicStage, next_stage
from govoffice_tui.rules.meetings.states import MeetingState
from govoffice_tui.rules.refusal import Refused

TITLE_LIMIT = 120

COLUMNS: Mapping[TopicStage, tuple[str, str]] = {
    stage: (f"{stage.value}_day", f"{stage.value}_by") for stage in TopicStage if stage is not TopicStage.COLLECTED
}
"""Where the day of a step and who took it are kept."""


@dataclass(frozen=True)
class TopicPlan:
    """What is said of a topic: its title, who reports it, who sits in."""

    title: str
    unit: str
    reporter: str = ""
    attending: str = ""
    remark: str = ""


def add_topic(
    office: Office, meeting: MeetingKey, plan: TopicPlan, *, by: int | None, form_key: str | None = None
) -> str:
    """Enter a topic; a meeting that is only planned calls for topics from then on."""
    with office.write("add_topic", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _shown(office, writing.repeated_entry)
        row = require(office, writing, meeting, "add_topic")
        if row.kind is not None and not TYPES[row.kind].has_topics:
            raise Refused(f"{TYPES[row.kind].label}不设议题;有议程的写在备注里。", SERVICE)
        place = next_place(office, MeetingTopic, meeting)
        topic = writing.insert(
            MeetingTopic,
            meeting_year=meeting.year,
            meeting_number=meeting.number,
            place=place,
            state=TopicStage.COLLECTED.value,
            entered_at=writing.now,
            entered_by=by,
            **_values(plan),
        )
        if row.state is MeetingState.PLANNED:
            writing.update(Meeting, row.id, state=MeetingState.COLLECTING.value)
            tick(office, writing, row, "collect_topics")
        return _shown(office, topic)


def correct_topic(
    office: Office,
    meeting: MeetingKey,
    topic: int,
    plan: TopicPlan,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Put a topic right; the steps of its review stay."""
    with office.write("correct_topic", by, form_key) as writing:
        if writing.repeated is not None:
            return _shown(office, topic)
        require(office, writing, meeting, "correct_topic")
        require_part(office, MeetingTopic, meeting, topic, "议题")
        why = required(reason, "why", "请写为什么更正。")
        return _shown(office, writing.correct(MeetingTopic, topic, why, **_values(plan)))


def strike_topic(
    office: Office, meeting: MeetingKey, topic: int, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike a topic entered by mistake; one that is only not brought up is 撤下."""
    with office.write("strike_topic", by, form_key) as writing:
        if writing.repeated is not None:
            return _shown(office, topic)
        require(office, writing, meeting, "strike_topic")
        require_part(office, MeetingTopic, meeting, topic, "议题")
        writing.strike(MeetingTopic, topic, required(reason, "why", "请写为什么划去。"))
        return _shown(office, topic)


def review_topic(
    office: Office,
    meeting: MeetingKey,
    topic: int,
    reviewer: str,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note the next step of a topic's review, 初审 → 二审 → 主任 → 县领导: by whom, and on which day (today).

    Refused for a topic that is withdrawn or has been through, for a day to come, and one before the step before it.
    """
    with office.write("review_topic", by, form_key) as writing:
        if writing.repeated is not None:
            return _shown(office, topic)
        require(office, writing, meeting, "review_topic")
        require_part(office, MeetingTopic, meeting, topic, "议题")
        who = required(reviewer, "reviewer", "请写谁审的。")
        today = day_of(writing.now)
        on = day or today
        if on > today:
            raise Refused("审核日期还没有到。", SERVICE, field="day")
        state, outcome, *days = office.fetch(
            "SELECT state, outcome, first_day, second_day, director_day FROM meeting_topics WHERE id = ?", topic
        )[0]
        stage = TopicStage(state)
        if outcome == Outcome.WITHDRAWN.value:
            raise Refused("这个议题已撤下,不再送审。", SERVICE)
        after = next_stage(stage)
        if after is None:
            raise Refused("这个议题县领导已审定。", SERVICE)
        before = max((one for one in days if one), default="")
        if on.isoformat() < before:
            raise Refused(f"{after.label}不会早于{stage.label}({before})。", SERVICE, field="day")
        day_column, by_column = COLUMNS[after]
        values: dict[str, Value] = {"state": after.value, day_column: on.isoformat(), by_column: who}
        writing.update(MeetingTopic, topic, **values)
        return f"{_shown(office, topic)} {after.label}"


def decide_topic(
    office: Office,
    meeting: MeetingKey,
    topic: int,
    outcome: Outcome,
    words: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Note what became of a topic: 通过, 原则通过 and 缓议 after the meeting, 撤下 at any time."""
    with office.write("decide_topic", by, form_key) as writing:
        if writing.repeated is not None:
            return _shown(office, topic)
        row = require(office, writing, meeting, "decide_topic")
        require_part(office, MeetingTopic, meeting, topic, "议题")
        if outcome is not Outcome.WITHDRAWN and row.state is not MeetingState.HELD:
            raise Refused(f"会议还没有召开,不能记{outcome.label};不上会的请记撤下。", SERVICE, field="outcome")
        writing.update(MeetingTopic, topic, outcome=outcome.value, outcome_words=short(words, "words", 200))
        return f"{_shown(office, topic)} {outcome.label}"


def _values(plan: TopicPlan) -> dict[str, Value]:
    title = short(plan.title, "title", TITLE_LIMIT)
    if not title:
        raise Refused("请写议题名称。", SERVICE, field="title")
    return {
        "title": title,
        "unit": required(plan.unit, "unit", "请写汇报单位。"),
        "reporter": short(plan.reporter, "reporter"),
        "attending": short(plan.attending, "attending", 200),
        "remark": short(plan.remark, "remark", 200),
    }


def _shown(office: Office, topic: int) -> str:
    place, title = office.fetch("SELECT place, title FROM meeting_topics WHERE id = ?", topic)[0]
    return f"议题{place} {title}"
