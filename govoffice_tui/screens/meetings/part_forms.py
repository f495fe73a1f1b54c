"""The forms of what hangs on a meeting: topics, papers, notices, people, checklist and minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from govoffice_tui.registers.meetings import history
from govoffice_tui.registers.meetings.materials import MaterialPlan
from govoffice_tui.registers.meetings.minutes import MinutesPlan
from govoffice_tui.registers.meetings.topics import TopicPlan
from govoffice_tui.registers.meetings.views import (
    AttendeeLine,
    MaterialLine,
    MinutesLine,
    NoticeLine,
    TaskLine,
    TopicLine,
)
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import MINUTES, SERVICE
from govoffice_tui.rules.meetings.checklists import Phase
from govoffice_tui.rules.meetings.kinds import TYPES, MeetingKind, SignerPost
from govoffice_tui.rules.meetings.parts import MinutesState
from govoffice_tui.rules.people import Person
from govoffice_tui.screens.meetings.forms import NO_YES, WHY, Answers, read_int, read_time
from govoffice_tui.widgets.form_rows import Field

People = Callable[[], Sequence[Person]]


def topic_fields(office: Office, topic: TopicLine | None = None) -> list[Field]:
    """Return the fields of a topic."""
    fields = [
        Field("title", "议题名称", required=True, value=topic.title if topic else "", article=SERVICE),
        Field(
            "unit",
            "汇报单位",
            required=True,
            value=topic.unit if topic else "",
            history=tuple(
                dict.fromkeys([*history.names_used(office, "meeting_topics", "unit"), *history.units_known(office)])
            ),
        ),
        Field("reporter", "汇报人", value=topic.reporter if topic else "", placeholder="可不写"),
        Field(
            "attending",
            "列席单位",
            value=topic.attending if topic else "",
            placeholder="可不写,用、隔开",
            joint="、",
        ),
        Field("remark", "备注", value=topic.remark if topic else "", placeholder="可不写"),
    ]
    return [WHY, *fields] if topic else fields


def read_topic(answers: Answers) -> TopicPlan:
    """Return what a form says of a topic."""
    return TopicPlan(answers["title"], answers["unit"], answers["reporter"], answers["attending"], answers["remark"])


def material_fields(office: Office, paper: MaterialLine | None = None) -> list[Field]:
    """Return the fields of a paper."""
    fields = [
        Field(
            "title",
            "材料名称",
            required=True,
            value=paper.title if paper else "",
            history=history.names_used(office, "meeting_materials", "title"),
        ),
        Field("copies", "印制份数", "number", True, value=str(paper.copies) if paper else "", width=12),
        Field(
            "is_collected_back",
            "会后收回",
            "choice",
            True,
            value=str(int(paper.is_collected_back)) if paper else "0",
            choices=NO_YES,
        ),
        Field(
            "lead",
            "承办",
            value=paper.lead if paper else "",
            history=history.names_used(office, "meeting_materials", "lead"),
            placeholder="可不写",
        ),
        Field("remark", "备注", value=paper.remark if paper else "", placeholder="可不写"),
    ]
    return [WHY, *fields] if paper else fields


def read_material(answers: Answers) -> MaterialPlan:
    """Return what a form says of a paper."""
    return MaterialPlan(
        answers["title"],
        int(answers["copies"]),
        answers["lead"],
        answers["is_collected_back"] == "1",
        answers["remark"],
    )


def notice_fields(office: Office, notice: NoticeLine) -> list[Field]:
    """Return what is added to a unit's answer: who comes in whose place, why, and who agreed."""
    first = notice.people[0] if notice.people else None
    approved = history.names_used(office, "meeting_notices", "approved_by")
    person = [] if first is None else attendee_fields(first)
    return [
        *person,
        Field("remark", "事由", value=notice.remark, placeholder="如 外出招商"),
        Field("approved_by", "谁同意", value=notice.approved_by, history=approved, width=24, placeholder="可不写"),
        Field("receiver", "接听人", value=notice.receiver, width=30, placeholder="可不写"),
    ]


def attendee_fields(person: AttendeeLine) -> list[Field]:
    """Return who comes, and for whom."""
    return [
        Field("name", "参会人", value=person.name, width=30),
        Field("position", "职务", value=person.position, width=30, placeholder="可不写"),
        Field("stands_for", "替谁", value=person.stands_for, width=40, placeholder="替会的写,如 局长 马骏"),
    ]


def task_fields(people: People, task: TaskLine | None = None) -> list[Field]:
    """Return the fields of a line of the checklist, of a new one with its words."""
    due = task.due if task is not None else None
    fields = [
        Field("owner", "谁办", "person", value=str((task.owner if task else None) or ""), people=people),
        Field("day", "哪天以前", "date", value=due.date().isoformat() if due else ""),
        Field("at", "几点以前", "time", value=f"{due:%H:%M}" if due else "", width=24, placeholder="不写就是17:30"),
    ]
    if task is not None:
        return fields
    phases = tuple((one.value, one.label) for one in Phase)
    return [
        Field("words", "要办什么", required=True),
        Field("phase", "什么时候", "choice", True, value=Phase.BEFORE.value, choices=phases),
        *fields,
    ]


def read_due(answers: Answers) -> datetime | None:
    """Return by when something is to be done, None where no day was given."""
    if not answers["day"]:
        return None
    return datetime.combine(date.fromisoformat(answers["day"]), read_time(answers["at"]) or time(17, 30))


def signer_fields(office: Office, kind: MeetingKind, today: date, *, is_first: bool) -> list[Field]:
    """Return who signs minutes, as what; the post the article names stands there already."""
    needed = TYPES[kind].signer or SignerPost.HEAD
    fields = [
        Field(
            "signer_post",
            "签发人职务",
            "choice",
            True,
            article=MINUTES,
            value=needed.value,
            choices=tuple((one.value, one.label) for one in SignerPost),
        ),
        Field(
            "signer",
            "签发人",
            required=True,
            history=history.names_used(office, "meeting_minutes", "signer"),
            width=24,
        ),
        Field("day", "签发日期", "date", True, value=today.isoformat()),
    ]
    if is_first:
        fields.append(Field("number", "编号从", "number", width=24, placeholder="不写就是1号"))
    return fields


def minutes_fields(found: MinutesLine) -> list[Field]:
    """Return the fields that put minutes right, as far as they have come."""
    reached = list(MinutesState).index(found.state)
    fields = [
        WHY,
        Field("drafter", "整理人", required=True, value=found.drafter),
        Field("begun", "整理日期", "date", True, value=found.begun.isoformat()),
    ]
    if reached >= 1:
        fields += [
            Field("checker", "核稿人", required=True, value=found.checker),
            Field("checked", "核稿日期", "date", True, value=_day(found.checked)),
        ]
    if reached >= 2:
        posts = tuple((one.value, one.label) for one in SignerPost)
        post = found.signer_post.value if found.signer_post is not None else ""
        fields += [
            Field("signer_post", "签发人职务", "choice", True, value=post, choices=posts, article=MINUTES),
            Field("signer", "签发人", required=True, value=found.signer),
            Field("signed", "签发日期", "date", True, value=_day(found.signed)),
        ]
    if reached >= 3:
        fields += [
            Field("issued", "印发日期", "date", True, value=_day(found.issued)),
            Field("copies", "印发份数", "number", True, value=str(found.copies or ""), width=12),
            Field("recipients", "发送范围", required=True, value=found.recipients),
        ]
    return [*fields, Field("remark", "说明", value=found.remark, placeholder="可不写")]


def read_minutes(answers: Answers) -> MinutesPlan:
    """Return what a form says of minutes."""

    def day(name: str) -> date | None:
        return date.fromisoformat(answers[name]) if answers.get(name) else None

    return MinutesPlan(
        answers["drafter"],
        date.fromisoformat(answers["begun"]),
        answers.get("checker", ""),
        day("checked"),
        SignerPost(answers["signer_post"]) if answers.get("signer_post") else None,
        answers.get("signer", ""),
        day("signed"),
        day("issued"),
        read_int(answers.get("copies", "")),
        answers.get("recipients", ""),
        answers["remark"],
    )


def read_day(answers: Answers) -> date:
    """Return the day a step was taken, as its form gives it."""
    return date.fromisoformat(answers["day"])


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
