"""The forms of the staff list: what is asked for each verb, and how the answers become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from govoffice_tui.registers import posts, staff_changes, staff_profiles
from govoffice_tui.registers.posts import Holding
from govoffice_tui.registers.staff_changes import NewPerson, Origin
from govoffice_tui.registers.staff_pages import StaffEntry
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.people import AttendanceMode, Category, Person
from govoffice_tui.screens.acting import act
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]
Verb = Callable[..., Any]


@dataclass(frozen=True)
class Deed:
    """One thing that can be done to a person: what it is called, its form, and the verb the answers make.

    What is typed into one with a `draft` is kept, apart for each person it is `about`.
    """

    title: str
    hint: str
    fields: tuple[Field, ...]
    verb: Callable[[Answers], Verb]
    draft: str = ""
    about: str = ""


def adding(people: Sequence[Person], today: date) -> Deed:
    """Return the form for somebody new."""
    origins = tuple((one.value, one.label) for one in Origin)
    fields = (
        Field("name", "姓名", required=True),
        Field("section", "股室", history=_sections(people)),
        Field("position", "职务", history=_positions(people)),
        Field("category", "人员类别", "choice", True, value=Category.CIVIL_SERVANT.value, choices=_categories()),
        Field("origin", "来自", "choice", True, value=Origin.TRANSFERRED_IN.value, choices=origins),
        Field("first", "到岗日期", "date", True, value=today.isoformat()),
        Field("phone", "联系电话", width=24),
        Field("sex", "性别", "choice", choices=(("男", "男"), ("女", "女"))),
        Field("number", "工号", width=24, placeholder="不写由程序给号"),
    )

    def verb(answers: Answers) -> Verb:
        person = NewPerson(
            answers["name"],
            answers["section"],
            answers["position"],
            Category(answers["category"]),
            answers["phone"],
            answers["sex"],
            answers["number"],
        )
        origin, first = Origin(answers["origin"]), date.fromisoformat(answers["first"])
        return act(staff_changes.add_person, person, origin, first)

    return Deed("添加人员", "到岗当天起就能签到;工号一人一号,不重用。", fields, verb, "staff.add")


def corrections(entry: StaffEntry, people: Sequence[Person], today: date) -> list[Deed]:
    """Return what can be put right or changed of a person, in the order of the menu."""
    person, name, about = entry.person, entry.display_name, str(entry.person.id)
    start = Field("first", "从哪天起", "date", True, value=today.isoformat())
    return [
        Deed(
            f"改错字 {name}",
            "一直就写错了的:以前各月也照改正后的印。",
            (
                Field("name", "姓名", required=True, value=person.name),
                Field("section", "股室", value=person.section, history=_sections(people)),
                Field("position", "职务", value=person.position, history=_positions(people)),
                Field("phone", "联系电话", value=person.phone, width=24),
            ),
            lambda answers: act(staff_profiles.correct_profile, person.id, **answers),
            "staff.correct",
            about,
        ),
        Deed(
            f"更名 {name}",
            "从一天起改用新名:以前各月仍印旧名。",
            (Field("name", "新的姓名", required=True), start),
            lambda answers: act(
                staff_profiles.rename, person.id, answers["name"], date.fromisoformat(answers["first"])
            ),
            "staff.rename",
            about,
        ),
        Deed(
            f"调整 {name}",
            "从一天起变动;以前各月不变。",
            (
                start,
                Field("section", "股室", value=person.section, history=_sections(people)),
                Field("position", "职务", value=person.position, history=_positions(people)),
                Field("category", "人员类别", "choice", True, value=person.category.value, choices=_categories()),
                Field("phone", "联系电话", value=person.phone, width=24),
            ),
            lambda answers: _changing(
                person.id,
                answers,
                section=answers["section"],
                position=answers["position"],
                category=Category(answers["category"]),
                phone=answers["phone"],
            ),
            "staff.change",
            about,
        ),
        Deed(
            f"考勤方式 {name}",
            "免签、轮班的不计应到;免签要写明理由和批准人。",
            (
                Field(
                    "mode",
                    "考勤方式",
                    "choice",
                    True,
                    value=person.mode.value,
                    choices=tuple((one.value, one.label) for one in AttendanceMode),
                ),
                start,
                Field("remark", "理由和批准人", placeholder="如:驻村一年,赵敏批准"),
            ),
            lambda answers: _changing(
                person.id, answers, mode=AttendanceMode(answers["mode"]), remark=answers["remark"]
            ),
            "staff.mode",
            about,
        ),
        Deed(
            f"拼音首字母 {name}",
            "签到时用来找人,如 单 曾 仇 解 查 有两种读音。",
            (Field("initials", "首字母", required=True, value=person.initials, width=24),),
            lambda answers: act(staff_profiles.correct_initials, person.id, answers["initials"]),
        ),
        Deed(
            f"到岗日期 {name}",
            "到岗日期当初写错了的。",
            (Field("first", "到岗日期", "date", True, value=entry.joined.isoformat()),),
            partial(_dated, staff_changes.correct_joined, person.id, "first"),
        ),
    ]


def next_steps(entry: StaffEntry, today: date) -> list[Deed]:
    """Return what may happen to a person next, in the order of the menu."""
    person, name = entry.person.id, entry.display_name
    steps = []
    if entry.is_listed:
        last = (Field("last", "最后一天", "date", True, value=today.isoformat()),)
        for word, leave in (("调出", staff_changes.transfer_out), ("退休", staff_changes.retire)):
            hint = "写在本单位的最后一天;岗位和借出到这一天为止。"
            steps.append(Deed(f"{word} {name}", hint, last, partial(_dated, leave, person, "last")))
        if entry.loan is not None:
            back = (Field("back", "归来第一天", "date", True, value=max(today, entry.loan).isoformat()),)
            verb = partial(_dated, staff_changes.return_from_loan, person, "back")
            hint = "从这一天起又计应到;写借出的第一天,就是没有借出。"
            steps.append(Deed(f"归来 {name}", hint, back, verb))
        if not entry.is_lent:
            steps.append(_lending(person, name, today))
        steps.append(_post(person, name, today))
        steps += [_ending(holding, name, today) for holding in entry.posts]
    else:
        origins = tuple((one.value, one.label) for one in Origin)
        fields = (
            Field("origin", "来自", "choice", True, value=Origin.TRANSFERRED_IN.value, choices=origins),
            Field("first", "到岗日期", "date", True, value=today.isoformat()),
        )
        steps.append(Deed(f"重新到岗 {name}", "仍用原来的工号。", fields, partial(_rejoining, person)))
    return steps


def _lending(person: int, name: str, today: date) -> Deed:
    def verb(answers: Answers) -> Verb:
        last = date.fromisoformat(answers["last"]) if answers["last"] else None
        first = date.fromisoformat(answers["first"])
        return act(staff_changes.lend_out, person, first, last, answers["remark"])

    fields = (
        Field("first", "起日", "date", True, value=today.isoformat()),
        Field("last", "止日", "date", placeholder="没有定的不写"),
        Field("remark", "借到哪里"),
    )
    return Deed(f"借出 {name}", "借出期间仍在册,不计应到。", fields, verb, "staff.lend", str(person))


def _post(person: int, name: str, today: date) -> Deed:
    def verb(answers: Answers) -> Verb:
        last = date.fromisoformat(answers["last"]) if answers["last"] else None
        first, post = date.fromisoformat(answers["first"]), Post(answers["post"])
        return act(posts.assign_post, person, post, answers["part"], first, last)

    fields = (
        Field("post", "岗位", "choice", True, choices=tuple((one.value, one.label) for one in Post)),
        Field("part", "A角或B角", "choice", True, value="A", choices=(("A", "A角"), ("B", "B角"))),
        Field("first", "起日", "date", True, value=today.isoformat()),
        Field("last", "止日", "date", placeholder="没有定的不写"),
    )
    return Deed(f"定岗位 {name}", "原来的人到起日前一天为止;股长、值班员、查阅可以几个人。", fields, verb)


def _ending(holding: Holding, name: str, today: date) -> Deed:
    last = (Field("last", "最后一天", "date", True, value=today.isoformat()),)
    return Deed(
        f"卸任{holding.label} {name}", "到这一天为止。", last, partial(_dated, posts.end_post, holding.id, "last")
    )


def _changing(person: int, answers: Answers, **values: object) -> Verb:
    first = date.fromisoformat(answers["first"])
    return act(staff_profiles.change_profile, person, first, **values)


def _dated(verb: Verb, subject: int, field: str, answers: Answers) -> Verb:
    return act(verb, subject, date.fromisoformat(answers[field]))


def _rejoining(person: int, answers: Answers) -> Verb:
    origin, first = Origin(answers["origin"]), date.fromisoformat(answers["first"])
    return act(staff_changes.rejoin, person, origin, first)


def _categories() -> tuple[tuple[str, str], ...]:
    return tuple((one.value, one.label) for one in Category)


def _sections(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.section for person in people if person.section))


def _positions(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.position for person in people if person.position))
