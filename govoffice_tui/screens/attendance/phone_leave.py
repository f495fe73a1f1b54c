"""Leave from the sign-in book: told by telephone before the cut-off, or found on paper for somebody missing."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from govoffice_tui.registers.leave import applying
from govoffice_tui.registers.leave.applying import Slip
from govoffice_tui.registers.leave.checks import LeaveRequest
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment, Stretch
from govoffice_tui.rules.people import Person
from govoffice_tui.screens.attendance.acts import SessionActs
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.widgets.literal import literal
from govoffice_tui.widgets.missing_list import MissingList
from govoffice_tui.widgets.person_picker import PersonPicker

QUICK = (LeaveKind.PERSONAL, LeaveKind.SICK, LeaveKind.ANNUAL)
"""Kinds with a digit of their own."""

OTHER = "其他"


class LeaveActs(SessionActs):
    """What the page of a session adds of leave: F2 on a name, and 2 on somebody missing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "phone_leave", "请假", tooltip="电话请假:先输姓名,再按 F2 选类别", id="attendance.leave"),
    ]

    def action_phone_leave(self) -> None:
        """Enter leave told by telephone of whom the field means; without a name the whole form opens."""
        picker = self.query_one("#signer", PersonPicker)
        missing = self.query_one(MissingList)
        if missing.display and missing.highlighted_person is not None:
            self._open_form(missing.highlighted_person, LeaveMode.WRITTEN)
            return
        person = picker.meant if self.query_one("#sign-field").display else None
        if person is None:
            self._open_form(None, None)
            return
        self.with_operator(partial(self._ask_kind, person))

    @on(MissingList.LeaveAsked)
    def enter_paper(self, event: MissingList.LeaveAsked) -> None:
        """Open the form of a slip for the half-day of somebody missing."""
        event.stop()
        self._open_form(event.line.person, LeaveMode.WRITTEN)

    def _ask_kind(self, person: Person) -> None:
        options: list[tuple[str, Content, LeaveKind | str]] = [
            (str(place), Content(kind.label), kind) for place, kind in enumerate(QUICK, 1)
        ]
        options.append((str(len(QUICK) + 1), Content(f"{OTHER}…"), OTHER))
        title = f"{person.name}({person.section}) 电话请假 {self._day.month}月{self._day.day}日"
        self.app.push_screen(ChooseScreen(title, options), partial(self._ask_length, person))

    def _ask_length(self, person: Person, kind: LeaveKind | str | None) -> None:
        if kind is None:
            return
        if not isinstance(kind, LeaveKind):
            self._open_form(person, LeaveMode.PHONE)
            return
        start = Moment(self._day, self._half)
        lengths = [("1", literal(f"{self._half.label}半天"), start)]
        if self._half is Half.MORNING:
            lengths.append(("2", Content("全天"), Moment(self._day, Half.AFTERNOON)))
        title = f"{person.name}({person.section}) {kind.label},现在来电"
        self.app.push_screen(ChooseScreen(title, lengths), partial(self._phone, person, kind))

    def _phone(self, person: Person, kind: LeaveKind, end: Moment | None) -> None:
        if end is None:
            return
        start = Moment(self._day, self._half)
        request = LeaveRequest(person.id, Stretch(kind, start, end), LeaveMode.PHONE, self.today)
        self.query_one("#signer", PersonPicker).clear()
        self.perform(applying.phone_leave, request, done=_told)

    def _open_form(self, person: Person | None, mode: LeaveMode | None) -> None:
        from govoffice_tui.screens.leave.form import Prefill, open_leave_form

        start = Moment(self._day, self._half)
        given = Prefill(None if person is None else person.id, start, start, None, mode)
        open_leave_form(self, given, lambda _: self.start_work())


def _told(slip: Slip) -> str:
    more = f";{slip.warning}" if slip.warning else ""
    return f"已登记 {slip.number} {slip.name} {slip.words},返岗后补办手续{more}"
