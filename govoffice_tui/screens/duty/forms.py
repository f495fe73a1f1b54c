"""The fields of the duty book's forms, and how what is typed becomes what a verb takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from textual import on

from govoffice_tui.registers.duty import contacts
from govoffice_tui.registers.duty.planned import Planned
from govoffice_tui.registers.duty.shifts import Crew
from govoffice_tui.registers.duty.views import Details, EntryLine, Shift
from govoffice_tui.registers.office import Office, StorageError
from govoffice_tui.rules.duty import (
    FIVE,
    GRADES,
    HAND_OVER,
    MESSENGER,
    PRESENCE,
    RECORD,
    SECRECY,
    EntryState,
    Kind,
    ShiftHours,
    Urgency,
)
from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field, FieldRow
from govoffice_tui.widgets.literal import fitted

People = Callable[[], Sequence[Person]]

OTHER_KINDS = tuple(kind for kind in Kind if kind is not Kind.CALL_IN)
URGENCIES = tuple((urgency.value, urgency.label) for urgency in Urgency)
AT_ONCE = tuple(choice for choice in URGENCIES if choice[0] != Urgency.HAND_ON.value)
CLASSIFIED = (("no", "不涉密"), ("yes", "涉密:只记机要登记簿册页"))
RECEIVER = "receiver-"

_BESIDE = timedelta(hours=1)
"""How far beside a shift a time may lie that is meant for it."""


class LineForm(FormScreen[EntryLine]):
    """The form of a line: under the unit stands who of it called last."""

    office: Office | None = None
    entry_id: int | None = None

    @on(FieldRow.Edited)
    def _hint(self, event: FieldRow.Edited) -> None:
        """Show who of the unit called last."""
        if event.row.field.name != "unit" or self.office is None:
            return
        try:
            event.row.note(contacts.last_call(self.office, event.row.read(), self.entry_id))
        except StorageError:
            return


def shown(person: int | None) -> str:
    """Return somebody's id as a field holds it, empty for nobody."""
    return "" if person is None else str(person)


def crew_fields(
    people: People, plan: Planned | None, operator: int | None, before: Shift | None, shift: Shift | None = None
) -> list[Field]:
    """Return the fields that say who has a shift, prefilled from the roster, the shift itself or the one before."""

    officer = operator if plan is None else plan.officers[0] if plan.officers else operator
    second = plan.officers[1] if plan is not None and len(plan.officers) > 1 else None
    leader = plan.leader if plan is not None else before.leader if before else None
    messenger = plan.messenger if plan is not None else before.messenger if before else None
    weather = ""
    if shift is not None:
        officer, second, leader, messenger = shift.officer, shift.second, shift.leader, shift.messenger
        weather = shift.weather
    fields = [
        Field("officer", "值班员", "person", True, PRESENCE, value=shown(officer), people=people),
        Field("leader", "带班领导", "person", value=shown(leader), people=people, placeholder="可以后补"),
        Field("messenger", "通讯员", "person", value=shown(messenger), people=people, placeholder="可以后补"),
        Field("second", "第二值班员", "person", value=shown(second), people=people, placeholder="没有不写"),
        Field("weather", "天气", value=weather, placeholder="可不写", width=24),
    ]
    if shift is not None:
        fields.append(Field("reason", "更正原因", placeholder="补上空着的不用写"))
    return fields


def crew_of(values: Mapping[str, str]) -> Crew:
    """Return who has a shift as a form says."""

    def person(name: str) -> int | None:
        return int(values[name]) if values.get(name) else None

    return Crew(
        int(values["officer"]), person("second"), person("leader"), person("messenger"), values.get("weather", "")
    )


def call_fields() -> list[Field]:
    """Return the one field that puts a call on record."""
    return [Field("gist", "内容", required=True, article=RECORD, placeholder="谁、什么事,几个字也行", width=84)]


def entry_fields(
    office: Office, people: People, kind: Kind, line: EntryLine | None, *, is_late: bool = False
) -> list[Field]:
    """Return the fields of a line of a kind, filled with what stands there; of a night on paper the time is asked."""
    details = line.details if line is not None else Details()
    unit_label = "查岗单位" if kind is Kind.INSPECTION else "来电(文)单位"
    fields = [
        Field("unit", unit_label, history=contacts.units(office), value=details.unit, width=50),
        Field("caller", "姓名职务", history=contacts.callers(office, details.unit), value=details.caller),
        Field("phone", "电话", history=contacts.phones(office, details.unit), value=details.phone, width=24),
    ]
    gist = Field("gist", "标题" if kind.has_number else "内容", article=RECORD, value=details.gist, width=84)
    if line is None:
        fields.insert(0, gist)
        fields.append(
            Field(
                "at",
                "发生时间",
                "time",
                is_late,
                placeholder="纸上写的时间" if is_late else "现在不写,如 2:10",
                width=24,
            )
        )
    if kind.has_number:
        grades = tuple((grade, grade) for grade in GRADES)
        pages = "" if details.pages is None else str(details.pages)
        fields += [
            Field("grade", "等级", "choice", choices=grades, value=details.grade),
            Field("pages", "页数", "number", value=pages, width=12),
        ]
    if kind is Kind.INSPECTION:
        fields.append(Field("answered_by", "谁接的", "person", value=shown(details.answered_by), people=people))
    if line is None or line.state is EntryState.REGISTERED:
        fields.append(Field("urgency", "缓急", "choice", choices=AT_ONCE if line is None else URGENCIES))
        if line is not None:
            fields.append(
                Field("receiver", "移交给", "person", people=people, placeholder="缓急选“移交”的才写,下一班或行政股")
            )
    if line is not None:
        if line.state in (EntryState.REGISTERED, EntryState.URGENT, EntryState.ASKING):
            fields.append(
                Field("reported_to", "报告谁", placeholder="如 带班领导钱峰", history=_leaders(line), width=40)
            )
            fields.append(Field("instruction", "领导批示", width=84))
        fields.append(gist)
    fields += classified_fields(details)
    return fields


def classified_fields(details: Details) -> list[Field]:
    """Return the tick 涉密 with the book and page that stand for everything else."""
    return [
        Field(
            "classified",
            "涉密",
            "choice",
            article=SECRECY,
            choices=CLASSIFIED,
            value="yes" if details.is_classified else "no",
        ),
        Field("paper_book", "机要登记簿册", value=details.paper_book, placeholder="涉密的才写", width=16),
        Field("paper_page", "机要登记簿页", value=details.paper_page, placeholder="涉密的才写", width=16),
    ]


def _leaders(line: EntryLine) -> tuple[str, ...]:
    return (line.reported_to,) if line.reported_to else ()


def details_of(values: Mapping[str, str], before: Details | None = None) -> Details:
    """Return what a form says of a line; a classified one keeps its book and page only."""
    old = before or Details()
    if values.get("classified") == "yes":
        return Details(
            is_classified=True, paper_book=values.get("paper_book", ""), paper_page=values.get("paper_page", "")
        )
    pages, answered = values.get("pages", ""), values.get("answered_by", "")
    return Details(
        gist=values.get("gist", old.gist),
        unit=values.get("unit", old.unit),
        caller=values.get("caller", old.caller),
        phone=values.get("phone", old.phone),
        grade=values.get("grade", old.grade),
        pages=int(pages) if pages else None,
        answered_by=int(answered) if answered else None,
        paper_book=values.get("paper_book", ""),
        paper_page=values.get("paper_page", ""),
    )


def moment_of(typed: str, shift: Shift, now: datetime) -> datetime | None:
    """Return the time of day a form holds as a moment of a shift, which runs past midnight; None for nothing typed.

    Of the two days of the shift it is the later one that has come, among those that lie in the shift if any does.
    """
    if not typed:
        return None
    clock = time.fromisoformat(typed)
    both = [datetime.combine(shift.day + timedelta(days=step), clock) for step in (0, 1)]
    come = [moment for moment in both if moment <= now]
    first, last = shift.hours.takes_from - _BESIDE, shift.hours.ends + _BESIDE
    inside = [moment for moment in come if first <= moment <= last]
    return inside[-1] if inside else come[-1] if come else both[0]


def late_moment(day: date, typed: str, found: Sequence[ShiftHours]) -> datetime:
    """Return when a night kept on paper was taken over: after midnight it is the day after the shift's own."""
    moment = datetime.combine(day, time.fromisoformat(typed))
    return moment if moment >= min(one.takes_from for one in found) else moment + timedelta(days=1)


def hand_over_fields(
    people: People, loose: Sequence[EntryLine], incoming: str, is_empty: bool, receivers: str
) -> list[Field]:
    """Return the fields of 交班: who takes over, who gets each open line, 五项, what else is to be said."""
    fields = [Field("incoming", "接班人", "person", True, HAND_OVER, value=incoming, people=people)]
    for line in loose:
        label = f"{line.day.day}日{line.part}{line.place}号 {fitted(line.words, 12)}→"
        fields.append(
            Field(
                f"{RECEIVER}{line.id}",
                label,
                "person",
                True,
                RECORD,
                value=receivers or incoming,
                people=people,
            )
        )
    five = (("yes", f"齐({' '.join(FIVE)})"), ("no", "有缺"))
    fields.append(Field("five", "五项", "choice", True, HAND_OVER, choices=five, value="yes"))
    fields.append(Field("five_missing", "缺什么", placeholder="五项齐的不写", width=50))
    quiet = (("no", "有登记"), ("yes", "本班无重要事项"))
    fields.append(Field("quiet", "本班", "choice", choices=quiet, value="yes" if is_empty else "no"))
    fields.append(Field("words", "说明", placeholder="可不写", width=70))
    return fields


def absence_fields(people: People, shift: Shift, is_found: bool) -> list[Field]:
    """Return the fields of a short absence with its relief, or of one that was found out."""
    choices = tuple((str(one), shift.name(one)) for one in sorted(shift.officers))
    fields = [
        Field("person", "谁离开", "choice", True, PRESENCE, choices=choices, value=choices[0][0]),
        Field("start", "从", "time", True, width=24),
        Field("end", "到", "time", True, width=24),
    ]
    if is_found:
        fields.append(
            Field("found_by", "谁发现", required=True, article=PRESENCE, placeholder="如 市政府总值班室电话查岗")
        )
    else:
        messenger = "" if shift.messenger is None else str(shift.messenger)
        fields += [
            Field("relief", "替班人", "person", article=MESSENGER, value=messenger, people=people),
            Field("relief_start", "替班从", "time", placeholder="同上不写", width=24),
            Field("relief_end", "替班到", "time", placeholder="同上不写", width=24),
        ]
    fields.append(Field("remark", "原因", placeholder="可不写", width=70))
    return fields
