"""The forms of the book of outings: what is asked, and how the answers become a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.outings.pages import OutingLine, Traveller
from govoffice_tui.registers.outings.recording import Plan
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.outings import OUTING, Notice, half_of
from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]

CLASSIFIED_HINT = "涉密事项写“公务”,不写内容和去处。"
HALVES = tuple((str(int(half)), half.label) for half in Half)
NOTICES = tuple((notice.value, notice.label) for notice in Notice)
NO_YES = (("0", "否"), ("1", "是"))


def outing_fields(
    people: Callable[[], Sequence[Person]],
    now: datetime,
    taker: int | None,
    used: Callable[[str], tuple[str, ...]],
    *,
    who: str = "",
    day: date | None = None,
    half: Half | None = None,
) -> list[Field]:
    """Return the fields of a new outing; the four that are always asked stand first, the rest has its usual value."""
    matters, places, senders = used("matter"), used("place"), used("sent_by")
    start = day or now.date()
    return [
        Field(
            "people",
            "外出人员",
            required=True,
            value=who,
            article=OUTING,
            width=60,
            placeholder="姓名用、隔开,或股室名、全体",
        ),
        *_matter_fields(matters, places),
        Field(
            "sent_by", "派出领导", history=senders, last=senders[0] if senders else "", width=24, placeholder="可不写"
        ),
        *_when_fields(start, half if half is not None else half_of(now.time())),
        Field("notice", "告知方式", "choice", True, value=Notice.PHONE.value, choices=NOTICES),
        Field("notified_day", "告知日期", "date", value=now.date().isoformat()),
        Field("notified_at", "告知时间", "time", placeholder="不写就是现在", width=24),
        Field("taken_by", "接听人", "person", value=str(taker or ""), people=people),
        Field("is_leader_report", "外出报备", "choice", True, value="0", choices=NO_YES),
        Field("remark", "备注", placeholder="可不写"),
    ]


def correction_fields(line: OutingLine, people: Callable[[], Sequence[Person]]) -> list[Field]:
    """Return the fields that put an outing right, filled with what stands in the book."""
    stretch = line.expected
    return [
        Field("why", "更正原因", required=True, placeholder="如 地点写错、补地点"),
        Field("matter", "事由", required=True, value=line.matter, placeholder=CLASSIFIED_HINT),
        Field("place", "地点", required=True, value=line.place),
        Field("sent_by", "派出领导", value=line.sent_by, width=24),
        Field("first", "外出日期", "date", True, value=stretch.first.isoformat()),
        Field("from_half", "从", "choice", True, value=str(int(stretch.from_half)), choices=HALVES),
        Field("left_at", "几点外出", "time", value=_clock(stretch.left_at), width=24, placeholder="可不写"),
        Field("last", "预计返回", "date", True, value=stretch.last.isoformat()),
        Field("to_half", "到", "choice", True, value=str(int(stretch.to_half)), choices=HALVES),
        Field("until_at", "几点返回", "time", value=_clock(stretch.back_at), width=24, placeholder="可不写"),
        Field("notice", "告知方式", "choice", True, value=line.notice.value, choices=NOTICES),
        Field("notified_day", "告知日期", "date", True, value=line.notified_at.date().isoformat()),
        Field("notified_at", "告知时间", "time", True, value=_clock(line.notified_at), width=24),
        Field("taken_by", "接听人", "person", value=str(line.taken_by or ""), people=people),
        Field("is_leader_report", "外出报备", "choice", True, value=str(int(line.is_leader_report)), choices=NO_YES),
        Field("remark", "备注", value=line.remark),
    ]


def return_fields(line: OutingLine, today: date) -> list[Field]:
    """Return the fields of a return with its time, of one person or of everybody still out."""
    chosen = "" if len(line.standing) > 1 else str(line.standing[0].person)
    return [
        Field("person", "谁", "choice", value=chosen, choices=_choices(line.standing)),
        Field("day", "返回日期", "date", True, value=min(today, line.expected.last).isoformat()),
        Field("half", "上午下午", "choice", choices=HALVES),
        Field("at", "几点", "time", width=24, placeholder="如 1120,不写按上午或下午"),
    ]


def extension_fields(line: OutingLine) -> list[Field]:
    """Return the fields that put off the expected return."""
    return [
        Field("last", "预计返回", "date", True, value=line.expected.last.isoformat()),
        Field("to_half", "到", "choice", True, value=str(int(line.expected.to_half)), choices=HALVES),
        Field("until_at", "几点返回", "time", width=24, placeholder="可不写"),
        Field("remark", "说明", placeholder="如 会期延长一天"),
    ]


def strike_fields(line: OutingLine) -> list[Field]:
    """Return the fields that strike one person."""
    return [
        Field("person", "谁", "choice", True, choices=_choices(line.standing)),
        Field("why", "原因", required=True, placeholder="如 没有去"),
    ]


def back_fields(line: OutingLine) -> list[Field]:
    """Return the fields that take a return back."""
    return [Field("person", "谁", "choice", True, choices=_choices([one for one in line.standing if one.is_back]))]


def read_plan(answers: Answers, now: datetime) -> Plan:
    """Return what a form says of an outing; an end left out is the day and half it begins."""
    first = date.fromisoformat(answers["first"])
    from_half = Half(int(answers["from_half"]))
    left_at, until_at = _time(answers["left_at"]), _time(answers["until_at"])
    last = date.fromisoformat(answers["last"]) if answers["last"] else first
    begins = from_half if left_at is None else half_of(left_at)
    to_half = Half(int(answers["to_half"])) if answers["to_half"] else begins
    notified = None
    if answers["notified_at"]:
        on = date.fromisoformat(answers["notified_day"]) if answers["notified_day"] else now.date()
        notified = datetime.combine(on, _time(answers["notified_at"]) or time())
    return Plan(
        answers["matter"],
        answers["place"],
        first,
        from_half,
        last,
        to_half,
        left_at,
        until_at,
        answers["sent_by"],
        Notice(answers["notice"]),
        notified,
        int(answers["taken_by"]) if answers["taken_by"] else None,
        answers["is_leader_report"] == "1",
        answers["remark"],
    )


def read_time(text: str) -> time | None:
    """Return a time as a form gives it, None where it was left out."""
    return _time(text)


def prefilled_title(name: str, day: date, half: Half) -> str:
    """Return the title of the form somebody missing is explained by."""
    return f"因公外出 {name} {chinese_short_day(day)}{half.label}"


def _matter_fields(matters: tuple[str, ...], places: tuple[str, ...]) -> list[Field]:
    return [
        Field(
            "matter",
            "事由",
            required=True,
            article=OUTING,
            history=matters,
            last=matters[0] if matters else "",
            placeholder="涉密事项写“公务”",
        ),
        Field("place", "地点", required=True, history=places, last=places[0] if places else ""),
    ]


def _when_fields(start: date, half: Half) -> list[Field]:
    return [
        Field("first", "外出日期", "date", True, value=start.isoformat()),
        Field("from_half", "从", "choice", True, value=str(int(half)), choices=HALVES),
        Field("left_at", "几点外出", "time", width=24, placeholder="可不写"),
        Field("last", "预计返回", "date", placeholder="不写就是当天"),
        Field("to_half", "到", "choice", choices=HALVES),
        Field("until_at", "几点返回", "time", width=24, placeholder="可不写"),
    ]


def _choices(people: Sequence[Traveller]) -> tuple[tuple[str, str], ...]:
    return tuple((str(one.person), one.name) for one in people)


def _clock(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment is not None else ""


def _time(text: str) -> time | None:
    return datetime.strptime(text, "%H:%M").time() if text else None
