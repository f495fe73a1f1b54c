"""The forms of the book of supervision: what is asked, and how the answers become a matter or a step."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from govoffice_tui.registers.meetings.views import MeetingKey, MeetingLine
from govoffice_tui.registers.supervision.recording import Matter
from govoffice_tui.registers.supervision.views import DecisionLine, StepLine
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import FOLLOWING, STANDING, Source, StepKind, Way
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]
People = Callable[[], Sequence[Person]]
Used = Callable[[str], tuple[str, ...]]

SOURCES = tuple((source.value, source.label) for source in Source)
WAYS = tuple((way.value, way.label) for way in Way)
_NUMBER = re.compile(r"[0-9]+")


def matter_fields(
    people: People,
    today: date,
    operator: int | None,
    used: Used,
    meetings: Sequence[MeetingLine],
    last: DecisionLine | None = None,
) -> list[Field]:
    """Return the fields of a new matter: what, who, until when, and where it comes from; the rest may stay as it is.

    `last` is the matter entered before: what one meeting or one instruction wants is entered one after another.
    """
    asked = _asked(used)
    before = _origin_of(last)
    origin = [
        Field("source", "来源", "choice", True, value=Source.MEETING.value, choices=SOURCES, last=before["source"]),
        Field(
            "meeting",
            "会议编号",
            last=before["meeting"],
            history=tuple(f"{one.number} {one.name}" for one in meetings),
            placeholder="来源是会议的写,如 12;按 ↓ 选最近的会议",
        ),
        Field(
            "source_words",
            "批示或交办",
            last=before["source_words"],
            history=used("source_words"),
            placeholder="不是会议的写,如 县长批示、市政府交办",
        ),
        Field("source_day", "批示日期", "date", last=before["source_day"]),
    ]
    return [*asked, *origin, *_who(used), *_rest(people, today, operator)]


def meeting_matter_fields(
    people: People, today: date, operator: int | None, used: Used, topics: Sequence[tuple[int, str]], topic: int | None
) -> list[Field]:
    """Return the fields of a matter a known meeting decided."""
    listed = tuple(f"{place} {title}" for place, title in topics)
    chosen = next((words for words in listed if topic is not None and words.startswith(f"{topic} ")), "")
    fields = _asked(used)
    if listed:
        fields.append(Field("topic", "议题", history=listed, value=chosen, placeholder="可不写;按 ↓ 选"))
    return [*fields, *_who(used), *_rest(people, today, operator)]


def correction_fields(line: DecisionLine, people: People, used: Used) -> list[Field]:
    """Return the fields that put a matter right, filled with what stands in the book."""
    filled = _origin_of(line) | {
        "matter": line.matter,
        "lead_unit": line.lead_unit,
        "due": STANDING if line.first_due is None else line.first_due.isoformat(),
        "topic": "" if line.topic is None else str(line.topic),
        "co_units": line.co_units,
        "person": line.person,
        "phone": line.phone,
        "begun": line.begun.isoformat(),
        "supervisor": str(line.supervisor or ""),
        "remark": line.remark,
    }
    return [
        Field("why", "更正原因", required=True, placeholder="如 责任人换了、单位写错"),
        Field("matter", "议定事项", required=True, value=filled["matter"], width=70),
        Field("lead_unit", "主办单位", required=True, value=filled["lead_unit"], history=used("lead_unit")),
        Field("due", "原定时限", "due", True, value=filled["due"]),
        Field("source", "来源", "choice", True, value=filled["source"], choices=SOURCES),
        Field("meeting", "会议编号", value=filled["meeting"]),
        Field("topic", "议题号", value=filled["topic"], width=24),
        Field("source_words", "批示或交办", value=filled["source_words"]),
        Field("source_day", "批示日期", "date", value=filled["source_day"]),
        Field("co_units", "协办单位", value=filled["co_units"], placeholder="几个用、隔开"),
        Field("person", "责任人", value=filled["person"]),
        Field("phone", "电话", value=filled["phone"]),
        Field("begun", "立项日期", "date", True, value=filled["begun"]),
        Field("supervisor", "督办人", "person", value=filled["supervisor"], people=people),
        Field("remark", "备注", value=filled["remark"]),
    ]


def progress_fields(line: DecisionLine, today: date) -> list[Field]:
    """Return the fields of a note of progress."""
    return [
        Field("words", "进展", required=True, width=70, placeholder="办到了哪一步"),
        Field("said_by", "谁报的", value=line.person),
        Field("way", "怎么报的", "choice", True, value=Way.PHONE.value, choices=WAYS),
        Field("day", "哪天", "date", True, value=today.isoformat()),
    ]


def reminder_fields(line: DecisionLine) -> list[Field]:
    """Return the fields of a reminder that says more than that the unit was called."""
    return [
        Field("said_by", "催了谁", required=True, value=f"{line.person or line.lead_unit} {line.phone}".strip()),
        Field("way", "怎么催的", "choice", True, value=Way.PHONE.value, choices=WAYS),
        Field("words", "答复", placeholder="可不写"),
    ]


def extension_fields(leaders: tuple[str, ...], today: date) -> list[Field]:
    """Return the fields that put a limit off."""
    return [
        Field("due", "延期到", "date", True),
        Field("approved_by", "批准领导", required=True, history=leaders, article=FOLLOWING, width=30),
        Field("words", "理由", required=True),
        Field("day", "批准日期", "date", True, value=today.isoformat()),
    ]


def finish_fields(line: DecisionLine, today: date) -> list[Field]:
    """Return the fields that finish a matter."""
    return [
        Field(
            "words",
            "办结依据",
            required=True,
            article=FOLLOWING,
            width=70,
            placeholder="文号、报告、验收单,或现场核实的情况",
        ),
        Field("said_by", "谁报的", value=line.person),
        Field("way", "怎么报的", "choice", True, value=Way.PAPER.value, choices=WAYS),
        Field("day", "办结日期", "date", True, value=today.isoformat()),
    ]


def return_fields(leaders: tuple[str, ...], today: date) -> list[Field]:
    """Return the fields that send a matter back."""
    return [
        Field("words", "差在哪里", required=True, width=70),
        Field("approved_by", "哪位领导定", required=True, history=leaders, width=30),
        Field("due", "重办时限", "date", placeholder="可不写,不写照原来的时限"),
        Field("day", "退回日期", "date", True, value=today.isoformat()),
    ]


def settle_fields(leaders: tuple[str, ...], today: date) -> list[Field]:
    """Return the fields that strike a matter off."""
    return [
        Field("approved_by", "同意领导", required=True, history=leaders, article=FOLLOWING, width=30),
        Field("words", "意见", placeholder="可不写"),
        Field("day", "同意日期", "date", True, value=today.isoformat()),
    ]


def step_fields(step: StepLine) -> list[Field]:
    """Return the fields that put one step right."""
    kind = step.kind
    fields = [
        Field("why", "更正原因", required=True),
        Field("words", "办结依据" if kind is StepKind.DONE else "内容", value=step.text, width=70),
        Field("day", "日期", "date", True, value=step.day.isoformat()),
    ]
    if kind in (StepKind.PROGRESS, StepKind.REMINDED, StepKind.DONE):
        fields.append(Field("said_by", "催了谁" if kind is StepKind.REMINDED else "谁报的", value=step.said_by))
    else:
        fields.append(Field("approved_by", "哪位领导", required=True, value=step.approved_by))
    if kind in (StepKind.EXTENDED, StepKind.RETURNED):
        value = "" if step.due is None else step.due.isoformat()
        fields.append(Field("due", "时限", "date", kind is StepKind.EXTENDED, value=value))
    return fields


def void_fields(leaders: tuple[str, ...]) -> list[Field]:
    """Return the fields that void a matter."""
    return [
        Field("why", "作废原因", required=True, placeholder="如 与12号重复"),
        Field("agreed_by", "同意领导", history=leaders, placeholder="往月立项的要写", width=30),
    ]


def read_matter(answers: Answers, today: date, meeting: MeetingKey | None = None) -> Matter:
    """Return what a form says of a matter; `meeting` is the one it was opened from."""
    source = Source.MEETING if meeting is not None else Source(answers["source"])
    return Matter(
        answers["matter"],
        answers["lead_unit"],
        read_due(answers["due"]),
        read_day(answers["begun"]) or today,
        source,
        answers.get("source_words", ""),
        read_day(answers.get("source_day", "")),
        meeting if meeting is not None else read_meeting(answers["meeting"], today),
        _read_topic(answers.get("topic", "")),
        answers["co_units"],
        answers["person"],
        answers["phone"],
        int(answers["supervisor"]) if answers["supervisor"] else None,
        answers["remark"],
    )


def read_meeting(text: str, today: date) -> MeetingKey | None:
    """Return the meeting a number means: 12 of this year, or 会〔2026〕12号 and more behind it; None for nothing."""
    if not text.strip():
        return None
    numbers = [int(one) for one in _NUMBER.findall(text.split(maxsplit=1)[0])]
    if not 1 <= len(numbers) <= 2 or max(numbers) > 99_999:
        raise Refused("会议编号写数字,如 12 或 会〔2026〕12号。", field="meeting")
    return MeetingKey(*numbers) if len(numbers) == 2 else MeetingKey(today.year, numbers[0])


def read_day(text: str) -> date | None:
    """Return a day as a form gives it, None where it was left out."""
    return date.fromisoformat(text) if text else None


def read_due(text: str) -> date | None:
    """Return a limit as a form gives it, None for 长期."""
    return None if text == STANDING else date.fromisoformat(text)


def _read_topic(text: str) -> int | None:
    if not text.strip():
        return None
    found = _NUMBER.match(text.strip())
    if found is None or len(found[0]) > 3:
        raise Refused("议题写它的号,如 3。", field="topic")
    return int(found[0])


def _origin_of(line: DecisionLine | None) -> dict[str, str]:
    """Return where a matter comes from as its fields hold it, empty for none."""
    if line is None:
        return dict.fromkeys(("source", "meeting", "source_words", "source_day"), "")
    return {
        "source": line.source.value,
        "meeting": line.meeting.shown if line.meeting else "",
        "source_words": "" if line.meeting else line.source_words,
        "source_day": "" if line.meeting or line.source_day is None else line.source_day.isoformat(),
    }


def _asked(used: Used) -> list[Field]:
    return [
        Field("matter", "议定事项", required=True, width=70, article=FOLLOWING, placeholder="要办什么事"),
        Field("lead_unit", "主办单位", required=True, history=used("lead_unit")),
        Field("due", "办理时限", "due", True),
    ]


def _who(used: Used) -> list[Field]:
    units, people, phones = used("co_units"), used("person"), used("phone")
    return [
        Field("person", "责任人", history=people),
        Field("phone", "电话", history=phones),
        Field("co_units", "协办单位", history=units, placeholder="可不写,几个用、隔开"),
    ]


def _rest(people: People, today: date, operator: int | None) -> list[Field]:
    return [
        Field("begun", "立项日期", "date", True, value=today.isoformat()),
        Field("supervisor", "督办人", "person", value=str(operator or ""), people=people),
        Field("remark", "备注", placeholder="可不写"),
    ]
