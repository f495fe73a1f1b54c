"""The form of a slip: in the rule's order, with what the length asks for told under it while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from textual import on

from govoffice_tui.registers.leave import applying
from govoffice_tui.registers.leave.applying import Slip
from govoffice_tui.registers.leave.checks import Approval, LeaveRequest
from govoffice_tui.registers.leave.preview import Preview, preview
from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.attendance import LEAVE
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment, Stretch
from govoffice_tui.rules.leave_approval import Level
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.date_field import Unreadable
from govoffice_tui.widgets.form import FormScreen, stay_out
from govoffice_tui.widgets.form_rows import Field, FieldRow

Answers = dict[str, str]
HALVES = (("0", "上午"), ("1", "下午"))
KINDS = tuple((kind.value, kind.label) for kind in LeaveKind)
MODES = tuple((mode.value, mode.label) for mode in LeaveMode)
GRANTED, UNDECIDED, COUNTY = "granted", "applied", "county"
DECISIONS = ((GRANTED, "已同意"), (UNDECIDED, "待批"), (COUNTY, "县领导同意"))
HINT = "起止按半天写,各含当天当半天;电话请假要写来电时间,返岗后补办手续。"


@dataclass(frozen=True)
class Prefill:
    """What stands in the form at the start; `first` None is today."""

    person: int | None = None
    first: Moment | None = None
    last: Moment | None = None
    kind: LeaveKind | None = None
    mode: LeaveMode | None = None


def leave_fields(people: Callable[[], Sequence[Person]], today: date, given: Prefill, taker: int | None) -> list[Field]:
    """Return the fields of a slip in the order of the rule."""
    first = given.first or Moment(today, Half.MORNING)
    last = given.last or Moment(first.day, Half.AFTERNOON)
    day = today.isoformat()
    return [
        Field("person", "姓名", "person", True, LEAVE, people=people, value=str(given.person or "")),
        Field("kind", "类别", "choice", True, choices=KINDS, value=given.kind.value if given.kind else ""),
        Field("first", "起", "date", True, value=first.day.isoformat()),
        Field("first_half", "从", "choice", True, value=str(int(first.half)), choices=HALVES),
        Field("last", "止", "date", True, value=last.day.isoformat()),
        Field("last_half", "到", "choice", True, value=str(int(last.half)), choices=HALVES),
        Field("mode", "方式", "choice", True, LEAVE, choices=MODES, value=given.mode.value if given.mode else ""),
        Field("decision", "批准", "choice", True, value=GRANTED, choices=DECISIONS),
        Field("approver", "批准人", "person", False, LEAVE, people=people),
        Field("leader_post", "领导职务", placeholder="如 县长、副县长", width=24),
        Field("leader_name", "领导姓名", width=24),
        Field("approved_day", "批准日期", "date", value=day),
        Field("asked_day", "哪天请的", "date", True, value=day),
        Field("asked_at", "几点请的", "time", placeholder="当天请的写,如 750;现在请的不用写"),
        Field("taken_by", "接听人", "person", people=people, value=str(taker or "")),
        Field("has_proof", "证明", "choice", value="0", choices=(("1", "有"), ("0", "无"))),
        Field("reason", "事由", placeholder="可不写"),
        Field("destination", "去向", placeholder="可不写"),
        Field("phone", "联系电话", placeholder="可不写", width=24),
        Field("cover", "工作交接人", "person", people=people),
        Field("paper_page", "假条存放", placeholder="册、页,可不写", width=24),
        Field("remark", "备注", placeholder="可不写"),
    ]


def stretch_of(answers: Answers) -> Stretch:
    """Return the days a form asks for."""
    start = Moment(date.fromisoformat(answers["first"]), Half(int(answers["first_half"])))
    end = Moment(date.fromisoformat(answers["last"]), Half(int(answers["last_half"])))
    return Stretch(LeaveKind(answers["kind"]), start, end)


def request_of(answers: Answers) -> LeaveRequest:
    """Return the slip a form says."""
    asked_at = answers.get("asked_at", "")
    return LeaveRequest(
        person=int(answers["person"]),
        stretch=stretch_of(answers),
        mode=LeaveMode(answers["mode"]),
        asked_day=date.fromisoformat(answers["asked_day"]),
        asked_at=time.fromisoformat(asked_at) if asked_at else None,
        reason=answers.get("reason", ""),
        destination=answers.get("destination", ""),
        phone=answers.get("phone", ""),
        cover=_staff(answers, "cover"),
        has_proof=answers.get("has_proof") == "1",
        taken_by=_staff(answers, "taken_by"),
        paper_page=answers.get("paper_page", ""),
        remark=answers.get("remark", ""),
    )


def approval_of(answers: Answers, today: date) -> Approval:
    """Return whose approval a form records; without a person it is a county leader's."""
    day = answers.get("approved_day") or today.isoformat()
    return Approval(
        date.fromisoformat(day),
        _staff(answers, "approver"),
        answers.get("leader_name", ""),
        answers.get("leader_post", ""),
    )


def _staff(answers: Answers, field: str) -> int | None:
    return int(answers[field]) if answers.get(field) else None


class LeaveForm(FormScreen[Slip]):
    """A slip being typed: rows come and go with kind, mode and decision; mode and approver follow the rule."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        given: Prefill,
        *,
        correcting: int | None = None,
        fields: Sequence[Field] | None = None,
        submit: Callable[..., object] | None = None,
        failed: Callable[[StorageError], None],
        amend: Callable[[Sealed, Callable[[], object]], object] = stay_out,
        draft: str = "leave",
        about: str = "",
    ) -> None:
        today = desk.office.now().date()
        listed = fields or leave_fields(desk.people, today, given, desk.operator_id)
        drafts = desk.drafts.of_form(desk.operator_id, draft, about)
        super().__init__(
            title,
            listed,
            submit or self._enter,  # type: ignore[arg-type]
            HINT,
            today=today,
            failed=failed,
            amend=amend,
            drafts=drafts,
        )
        self._desk = desk
        self._correcting = correcting
        self._touched: set[str] = {"mode"} if given.mode else set()

    def on_mount(self) -> None:
        self._follow()

    def draft_taken(self, names: set[str]) -> None:
        """Leave what a draft says as it is."""
        self._touched |= names
        self._follow()

    @property
    def rows(self) -> list[FieldRow]:
        """Return the rows that are asked now."""
        return [row for row in super().rows if row.display]

    @on(FieldRow.Edited)
    def follow_edit(self, event: FieldRow.Edited) -> None:
        """Tell anew what the slip asks for."""
        name = event.row.field.name
        if event.row.has_focus_within:
            self._touched.add(name)
        if name in ("person", "kind", "first", "first_half", "last", "last_half", "mode", "decision"):
            self._follow()

    async def _enter(self, values: Answers, *, form_key: str) -> Slip:
        request = request_of(values)
        if request.mode is LeaveMode.PHONE:
            return await self._desk.carry_out(applying.phone_leave, request, form_key=form_key)
        decided = values.get("decision") != UNDECIDED
        approval = approval_of(values, self.today) if decided else None
        return await self._desk.carry_out(applying.apply_leave, request, approval, form_key=form_key)

    def _row(self, name: str) -> FieldRow | None:
        return next((row for row in super().rows if row.field.name == name), None)

    def _value(self, name: str) -> str:
        row = self._row(name)
        if row is None:
            return ""
        try:
            return row.read()
        except Unreadable:
            return ""

    def _follow(self) -> None:
        if "first" in self._touched and "last" not in self._touched:
            self._put("last", self._value("first"))
        found = self._preview()
        if found is not None:
            self._suggest(found)
        self._show_rows()

    def _preview(self) -> Preview | None:
        note = self._row("last_half")
        answers = {name: self._value(name) for name in ("person", "kind", "first", "first_half", "last", "last_half")}
        if note is None or not all(answers.values()):
            return None
        asked = stretch_of(answers)
        try:
            found = preview(self._desk.office, int(answers["person"]), asked, without=self._correcting)
        except (Refused, StorageError) as error:
            note.note(str(error), is_bad=True)
            return None
        if found is None:
            note.note("止早于起" if asked.end < asked.start else "请核对起止的年份", is_bad=True)
        else:
            note.note(found.words)
        return found

    def _suggest(self, found: Preview) -> None:
        """Fill in what the rule says, as far as nobody typed something else."""
        if "mode" not in self._touched:
            self._put("mode", (LeaveMode.ORAL if found.ruling.may_be_oral else LeaveMode.WRITTEN).value)
        if "decision" not in self._touched and self._row("decision") is not None:
            is_county = found.ruling.level is Level.COUNTY
            if is_county is not (self._value("decision") == COUNTY):
                self._put("decision", COUNTY if is_county else GRANTED)
        if "approver" not in self._touched and found.approver is not None:
            self._put("approver", str(found.approver))

    def _put(self, name: str, value: str) -> None:
        row = self._row(name)
        if row is not None and self._value(name) != value:
            row.fill(value)

    def _show_rows(self) -> None:
        is_phone, is_sick = self._value("mode") == LeaveMode.PHONE.value, self._value("kind") == LeaveKind.SICK.value
        decision = GRANTED if self._row("decision") is None else self._value("decision")
        shown = {
            "taken_by": is_phone,
            "decision": not is_phone,
            "approver": not is_phone and decision == GRANTED,
            "leader_post": not is_phone and decision == COUNTY,
            "leader_name": not is_phone and decision == COUNTY,
            "approved_day": not is_phone and decision != UNDECIDED,
            "has_proof": is_sick,
            "reason": not is_sick,
        }
        for name, is_shown in shown.items():
            row = self._row(name)
            if row is not None:
                row.display = is_shown


def open_leave_form(
    screen: RegisterScreen, given: Prefill = Prefill(), then: Callable[[Slip], None] | None = None
) -> None:
    """Open the form of a new slip over a page."""

    def begin() -> None:
        about = "" if given.person is None else f"{given.person}"
        form = LeaveForm(
            screen.desk,
            "登记请假",
            given,
            failed=screen.show_failure,
            amend=screen.ask_amendment,
            about=about,
        )
        screen.app.push_screen(form, finished)

    def finished(slip: Slip | None) -> None:
        if slip is None:
            return
        screen.reload()
        screen.look_for_due()
        tell_slip(screen, slip)
        if then is not None:
            then(slip)

    screen.with_operator(begin)


def tell_slip(screen: RegisterScreen, slip: Slip) -> None:
    """Say what stands in the book now, with what the clerk must know of it."""
    screen.say(f"已登记 {slip.number} {slip.name} {slip.words}" + (f";{slip.warning}" if slip.warning else ""))


def correction_fields(
    people: Callable[[], Sequence[Person]], today: date, given: Prefill, answers: Answers
) -> list[Field]:
    """Return the fields of a slip to be put right, as it stands, with the reason of the correction."""
    left_out = ("decision", "approver", "leader_post", "leader_name", "approved_day")
    fields = [
        replace(field, value=answers.get(field.name, field.value))
        for field in leave_fields(people, today, given, None)
        if field.name not in left_out
    ]
    return [*fields, Field("why", "更正原因", required=True, placeholder="如 止日写错")]
