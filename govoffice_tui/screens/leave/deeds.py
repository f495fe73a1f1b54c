"""What the leave page does beside its lines: the menu's deeds, and the form of every step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from textual.content import Content

from govoffice_tui.registers.leave import ending, rights, standing
from govoffice_tui.registers.leave.months import LeaveLine
from govoffice_tui.registers.leave.standing import DelegationRecord
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.leave.form import Answers
from govoffice_tui.screens.leave.printing import BLANK, export_slip
from govoffice_tui.screens.leave.steps import Step, delegating, entitling
from govoffice_tui.screens.menu import Entry
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.literal import literal


class LeaveDeeds(RegisterScreen):
    """The deeds without a line of their own; the page that inherits them says which slip is chosen."""

    @property
    def chosen(self) -> LeaveLine | None:
        """Return the slip under the cursor."""
        raise NotImplementedError

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        yield Entry("按签到销假", self.action_clear_signed, hint="期满后第一场已签到的,一次全部销假")
        yield Entry("登记委托代批", self._delegate, hint="分管副主任、主任委托别人批假")
        yield Entry("收回委托代批", self._end_delegation, hint="委托提前结束")
        yield Entry("年休假应休天数", self._entitle, hint="每人每年登记一次")
        yield Entry("空白请假审批单", partial(export_slip, self, BLANK), hint="A4一页两张")

    def action_clear_signed(self) -> None:
        """Clear all leave whose people signed in the first session after it."""

        def told(done: tuple[Any, ...]) -> str:
            names = "、".join(slip.name for slip in done[:6]) + ("等" if len(done) > 6 else "")
            return f"已销假 {len(done)}张 {names}" if done else "没有期满后已签到、还没销假的假条"

        self.perform(ending.end_signed_leave, done=told)

    def _open_step(self, step: Step | None) -> None:
        if step is None:
            return

        async def submit(values: Answers, *, form_key: str) -> tuple[Any]:
            return (await self.desk.carry_out(step.verb(values), form_key=form_key),)

        self.open_form(step.title, step.fields, submit, step.hint, then=lambda done: self._done(step.told(done[0])))

    def _done(self, words: str) -> None:
        self.reload()
        self.look_for_due()
        self.say(words)

    def _delegate(self) -> None:
        self._open_step(delegating(self.desk.people, self.today))

    def _end_delegation(self) -> None:
        standing_now = standing.delegations_between(self.desk.office, self.today, self.today + timedelta(days=400))
        if not standing_now:
            self.note("现在没有委托代批")
            return
        names = {person.id: person.name for person in self.desk.people()}

        def words(one: DelegationRecord) -> Content:
            return literal(f"{names.get(one.giver, '')}委托{names.get(one.taker, '')} {one.first}至{one.last}")

        options = [(str(n), words(one), one.id) for n, one in enumerate(standing_now[:9], 1)]
        self.app.push_screen(ChooseScreen("收回哪一项委托", options), self._ask_why_ended)

    def _ask_why_ended(self, row: int | None) -> None:
        if row is None:
            return
        fields = (Field("reason", "收回原因", required=True, placeholder="如 主任已回"),)

        def verb(answers: Answers) -> Any:
            def carried(office: Any, **stamps: Any) -> Any:
                return rights.end_delegation(office, row, answers["reason"], **stamps)

            return carried

        self._open_step(Step("收回委托代批", fields, verb, lambda _: "已收回 委托代批", "从今天起不能再代批。"))

    def _entitle(self) -> None:
        person = self.chosen.record.person if self.chosen else None
        self._open_step(entitling(self.desk.people, self.today, person))
