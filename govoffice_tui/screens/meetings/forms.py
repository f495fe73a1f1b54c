"""The forms of the book of meetings: what is asked, and how the answers become a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from govoffice_tui.registers import settings
from govoffice_tui.registers.meetings import history
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.sittings import next_sitting
from govoffice_tui.registers.meetings.views import (
    MeetingLine,
)
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import MATERIALS, MINUTES, ORGANISING
from govoffice_tui.rules.meetings.kinds import (
    TYPES,
    Leader,
    MeetingKind,
    materials_ruling,
    organiser_ruling,
    signer_ruling,
)
from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]
People = Callable[[], Sequence[Person]]
NO_YES = (("0", "否"), ("1", "是"))
WHY = Field("why", "原因", required=True, placeholder="如 写错、重复登记")


def kind_hint(kind: MeetingKind) -> str:
    """Return what a type decides, each with its article, in one line over its form."""
    decided = TYPES[kind]
    words = [f"组织:{organiser_ruling(kind).words}({ORGANISING})"]
    rulings = dict.fromkeys(materials_ruling(kind, leader).words for leader in decided.leaders)
    words.append(f"材料:{'或'.join(rulings)}({MATERIALS})")
    signed = signer_ruling(kind)
    if signed is not None:
        words.append(f"纪要:{signed.words}({MINUTES})")
    return "  ".join(words)


def meeting_fields(
    office: Office, kind: MeetingKind, people: People, plan: MeetingPlan | None, today: date
) -> list[Field]:
    """Return the fields of a meeting of one type, filled with what a plan says; only what the type leaves open."""
    decided = TYPES[kind]
    rooms = [room for room, _ in settings.on(office, today).rooms]
    places = tuple(dict.fromkeys([*rooms, *history.texts_used(office, "place")]))
    title = plan.title if plan is not None else decided.label if decided.has_sittings else ""
    fields = [Field("title", "会议名称", required=True, value=title, history=history.texts_used(office, "title"))]
    if decided.has_sittings:
        count = plan.sitting if plan is not None else None
        fields.append(
            Field(
                "sitting",
                "第几次",
                "number",
                value=str(count or ""),
                width=24,
                placeholder=f"不写就是第{next_sitting(office, today)}次",
            )
        )
    fields += [
        Field("day", "日期", "date", True, value=plan.starts.date().isoformat() if plan is not None else ""),
        Field("starts", "开始", "time", True, value=f"{plan.starts:%H:%M}" if plan is not None else "", width=24),
        Field("place", "地点", required=True, value=plan.place if plan is not None else "", history=places),
        Field(
            "chair",
            "主持人",
            required=True,
            value=plan.chair if plan is not None else "",
            history=history.texts_used(office, "chair"),
            width=24,
        ),
    ]
    if not decided.organiser:
        label = "领导机构" if kind is MeetingKind.GRAND else "承办部门"
        fields.append(
            Field(
                "organiser",
                label,
                required=True,
                article=ORGANISING,
                value=plan.organiser if plan is not None else "",
                history=history.texts_used(office, "organiser"),
            )
        )
    if decided.needs_partner:
        fields.append(
            Field(
                "partner",
                "会同部门",
                required=True,
                article=ORGANISING,
                value=plan.partner if plan is not None else "",
                history=history.texts_used(office, "partner"),
            )
        )
    if len(decided.leaders) > 1:
        whose = plan.leader if plan is not None and plan.leader is not None else decided.leaders[0]
        fields.append(
            Field(
                "leader",
                "谁的会议",
                "choice",
                True,
                article=MATERIALS,
                value=whose.value,
                choices=tuple((one.value, one.label) for one in decided.leaders),
            )
        )
    arranger = plan.arranger if plan is not None else None
    return [
        *fields,
        Field("arranger", "会务负责", "person", value=str(arranger or ""), people=people, placeholder="可不写"),
        Field(
            "ends",
            "结束",
            "time",
            value=f"{plan.ends:%H:%M}" if plan is not None and plan.ends is not None else "",
            width=24,
            placeholder="可不写,按两小时算",
        ),
        Field(
            "scope",
            "参会范围",
            value=plan.scope if plan is not None else "",
            history=history.texts_used(office, "scope"),
            placeholder="如 各乡镇、县直各部门主要负责人",
        ),
        Field(
            "planned_people",
            "计划人数",
            "number",
            value=str(plan.planned_people or "") if plan is not None else "",
            width=12,
            placeholder="可不写",
        ),
        Field("remark", "备注", value=plan.remark if plan is not None else "", placeholder="可不写"),
    ]


def read_plan(kind: MeetingKind, answers: Answers) -> MeetingPlan:
    """Return what a form says of a meeting."""
    day = date.fromisoformat(answers["day"])
    starts = datetime.combine(day, read_time(answers["starts"]) or time())
    ends = read_time(answers["ends"])
    return MeetingPlan(
        kind,
        answers["title"],
        starts,
        answers["place"],
        answers["chair"],
        None if ends is None else datetime.combine(day, ends),
        Leader(answers["leader"]) if answers.get("leader") else None,
        answers.get("organiser", ""),
        answers.get("partner", ""),
        read_int(answers["arranger"]),
        answers["scope"],
        read_int(answers["planned_people"]),
        read_int(answers.get("sitting", "")),
        answers["remark"],
    )


def put_off_fields(office: Office) -> list[Field]:
    """Return who put a meeting off or called it off, and why."""
    used = history.names_used(office, "meeting_changes", "ordered_by")
    return [
        Field("ordered_by", "谁定的", required=True, history=used, width=24, placeholder="如 主任 赵敏"),
        Field("why", "原因", required=True, placeholder="如 县长出差"),
    ]


def move_fields(office: Office, line: MeetingLine) -> list[Field]:
    """Return the fields of a new time; of a 涉密会议 the day alone."""
    day = Field("day", "新的日期", "date", True)
    if line.is_classified:
        return [day, *put_off_fields(office)]
    return [
        day,
        Field("starts", "开始", "time", True, value=f"{line.starts:%H:%M}", width=24),
        Field("ends", "结束", "time", width=24, placeholder="可不写"),
        Field("place", "地点", required=True, value=line.place, history=history.texts_used(office, "place")),
        *put_off_fields(office),
    ]


def read_time(text: str) -> time | None:
    """Return a time as a form gives it, None where it was left out."""
    return datetime.strptime(text, "%H:%M").time() if text else None


def read_int(text: str) -> int | None:
    """Return a number or a person as a form gives it, None where it was left out."""
    return int(text) if text else None
