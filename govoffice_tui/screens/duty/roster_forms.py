"""The forms of the duty roster: 调班申请单, 不能值班, 专项值班安排, 补休, and what their answers become."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from govoffice_tui.registers.duty.roster import ShiftLine
from govoffice_tui.registers.duty.roster_changes import Slip
from govoffice_tui.registers.duty.roster_special import OwnPost, Special
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import match
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import OWN_STAFF, ROUND_THE_CLOCK, ChangeKind, DutyPost
from govoffice_tui.widgets.form_row import Field

Answers = dict[str, str]
People = Callable[[], Sequence[Person]]

AGREED = (("1", "双方都同意"), ("0", "还没有"))
OUTSIDERS = "只能由本办公室的人替,外单位职工、亲属不能代值;要在开始以前告知行政股。"
_SEMICOLON = re.compile("[;\uff1b]")
_OWN_POST = re.compile("(.+?)(?:([1-9])人)?[:\uff1a](.*)")
BEGUN = "班已经开始:写清几点接手,前后两个人都印在表上。外单位职工、亲属不能代值。"


def change_fields(kind: ChangeKind, people: People) -> list[Field]:
    """Return the fields of a slip of one kind."""
    taker = Field("taken_by", "由谁值", "person", required=True, article=OWN_STAFF, people=people)
    fields = {
        ChangeKind.SUBSTITUTE: [taker],
        ChangeKind.TEMPORARY: [
            taker,
            Field("taken_over_at", "几点接手", "time", required=True, article=OWN_STAFF, placeholder="如 2000"),
        ],
        ChangeKind.EXCHANGE: [
            Field("other_day", "换哪一天的班", "date", required=True, article=OWN_STAFF),
            Field("taken_by", "和谁换", "person", people=people, placeholder="那天只有一个人时可不写"),
        ],
    }[kind]
    return [
        *fields,
        Field("reason", "原因", required=True, article=OWN_STAFF),
        Field("is_agreed", "双方", "choice", required=True, article=OWN_STAFF, value="1", choices=AGREED),
    ]


def slip_of(kind: ChangeKind, line: ShiftLine, answers: Answers, others: Sequence[ShiftLine]) -> Slip:
    """Return the slip that a form makes; `others` are the places of the day to exchange with."""
    taker = int(answers["taken_by"]) if answers.get("taken_by") else None
    at, other = None, None
    if kind is ChangeKind.TEMPORARY:
        at = datetime.combine(line.day, datetime.strptime(answers["taken_over_at"], "%H:%M").time())
        at = at if at >= line.starts_at else at + timedelta(days=1)
    if kind is ChangeKind.EXCHANGE:
        found = [one for one in others if one.label == line.label and taker in (None, one.staff)]
        if not found:
            raise Refused(f"那一天没有可以换的{line.label}。", OWN_STAFF, "other_day")
        if len(found) > 1:
            raise Refused(f"那一天有{len(found)}名{line.label},请写和谁换。", OWN_STAFF, "taken_by")
        other = found[0].id
    return Slip(kind, line.id, taker, answers["reason"], answers["is_agreed"] == "1", other, at)


def unavailable_fields(people: People, today: date) -> list[Field]:
    """Return the fields of a note that somebody stands in no roster."""
    return [
        Field("staff", "姓名", "person", required=True, article=ROUND_THE_CLOCK, people=people),
        Field("first", "从哪天起", "date", required=True, value=today.isoformat()),
        Field("last", "到哪天", "date", placeholder="不写就是一直"),
        Field("reason", "原因", required=True, placeholder="如 孕期、长期住院、专项抽调"),
    ]


def rest_fields(people: People, today: date) -> list[Field]:
    """Return the fields of a half-day of 补休."""
    return [
        Field("staff", "姓名", "person", required=True, people=people),
        Field("day", "哪天", "date", required=True, value=today.isoformat()),
        Field("half", "上午或下午", "choice", required=True, value="0", choices=(("0", "上午"), ("1", "下午"))),
    ]


def special_fields(today: date) -> list[Field]:
    """Return the fields of a 专项值班安排."""
    names = "姓名之间用顿号,按这个次序轮"
    return [
        Field("title", "题目", required=True, placeholder="如 春节值班安排、防汛值班安排"),
        Field("first", "从哪天起", "date", required=True, value=today.isoformat()),
        Field("last", "到哪天", "date", required=True),
        Field("hours", "每天的班次", required=True, value="8:00-20:00 20:00-8:00"),
        Field("leader", "带班领导", required=True, article=ROUND_THE_CLOCK, placeholder=names),
        Field("officer", "值班员", article=ROUND_THE_CLOCK, placeholder=f"{names};另设岗位的可不写"),
        Field("count", "每班值班员", "choice", required=True, value="1", choices=(("1", "一名"), ("2", "两名"))),
        Field("own", "其他岗位", placeholder="如 抢险组2人:张伟、李明;车辆保障:王强", width=84),
        Field("messenger", "通讯员", placeholder=f"{names};可不写"),
    ]


def special_of(people: Sequence[Person], answers: Answers) -> Special:
    """Return what is asked for; refused for a name the staff list does not have, or has twice."""
    chosen = {post: _listed(people, answers[post.value], post.value) for post in DutyPost}
    return Special(
        answers["title"],
        date.fromisoformat(answers["first"]),
        date.fromisoformat(answers["last"]),
        answers["hours"],
        chosen,
        {DutyPost.OFFICER: int(answers["count"])},
        _own_posts(people, answers["own"]),
    )


def _own_posts(people: Sequence[Person], text: str) -> list[OwnPost]:
    """Return posts with names of their own, as 抢险组2人:张伟、李明;车辆保障:王强 says."""
    found = []
    for part in filter(None, (one.strip() for one in _SEMICOLON.split(text))):
        meant = _OWN_POST.fullmatch(part)
        if meant is None:
            raise Refused(f"“{part[:12]}”看不懂,要写成 岗位:姓名、姓名,两个岗位之间用分号。", field="own")
        title, count, names = meant.groups()
        found.append(OwnPost(title.strip(), _listed(people, names, "own"), int(count or 1)))
    return found


def people_of(office: Office, day: date) -> People:
    """Return who may be named on a day, read when the field asks."""
    from govoffice_tui.registers.staff import people_on

    return lambda: people_on(office, day)


def _listed(people: Sequence[Person], text: str, field: str) -> list[int]:
    found = []
    for name in filter(None, (part.strip() for part in text.replace(",", "、").replace("\uff0c", "、").split("、"))):
        exact = [person for person in people if person.name == name]
        meant = exact or match(people, name)
        if not meant:
            raise Refused(f"本办公室没有“{name[:12]}”,外单位的人不能排班。", OWN_STAFF, field)
        if len(meant) > 1:
            raise Refused(f"“{name[:12]}”有{len(meant)}个人,请写工号。", field=field)
        found.append(meant[0].id)
    return found
