"""The acts on a line of the book of outings: what its state allows, each by its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from textual.content import Content

from govoffice_tui.registers.outings import recording, returning
from govoffice_tui.registers.outings.pages import OutingLine
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.outings import MOVES
from govoffice_tui.screens.acting import ActingScreen, act
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.leave.board_hooks import ask_for_people
from govoffice_tui.screens.leave.outing_forms import (
    Answers,
    back_fields,
    correction_fields,
    extension_fields,
    read_plan,
    read_time,
    return_fields,
    strike_fields,
)
from govoffice_tui.widgets.form_rows import Field


@dataclass(frozen=True)
class Act:
    """One thing that can be done to a line: its verb, its word, and how it is begun."""

    verb: str
    title: str
    run: Callable[[OutingLine], object]


class OutingActs(ActingScreen):
    """The acts on one outing; the page that inherits them says which, and shows it."""

    @property
    def chosen(self) -> OutingLine | None:
        """Return the line under the cursor."""
        raise NotImplementedError

    def action_correct(self) -> None:
        """Choose what is to be put right of the line."""
        self._offer(
            "更正",
            Act("correct_outing", "更正", self._correct),
            Act("add_travellers", "添人", self._add),
            Act("strike_traveller", "划去一人", self._strike),
            Act("record_return", "改返回时间", self._note_return),
            Act("take_back_return", "撤回返回", self._take_back),
            Act("void_outing", "作废", self._void),
        )

    def action_proceed(self) -> None:
        """Choose what happens next with the line."""
        self._offer(
            "下一步",
            Act("record_return", "已返回(全部,现在)", self.back_now),
            Act("record_return", "返回(写时间,或一个人)", self._note_return),
            Act("extend_outing", "延期", self._extend),
            Act("settle_outings", "核销", self._settle_one),
        )

    def _offer(self, title: str, *acts: Act) -> None:
        """Offer what the line's state allows, by digit."""
        line = self.chosen
        if line is None:
            return
        legal = [act for act in acts if not line.is_struck and (line.state, act.verb) in MOVES]
        if title == "下一步":
            legal = [act for act in legal if act.verb != "record_return" or line.still_out]
        if not legal:
            words = "已划去" if line.is_struck else line.state.label
            self.note(f"{line.number}{words},没有可以{title}的。")
            return
        options = [(str(place), Content(act.title), act) for place, act in enumerate(legal, 1)]
        self.app.push_screen(
            ChooseScreen(f"{title} {line.number} {line.names}", options),
            lambda act: act.run(line) if act is not None else None,
        )

    def _correct(self, line: OutingLine) -> None:
        def verb(values: Answers) -> Callable[..., Any]:
            plan = read_plan(values, self.desk.office.now())
            return act(recording.correct_outing, line.id, plan, values["why"])

        fields = correction_fields(line, self.desk.people)
        self.fill(
            f"更正 {line.number} {line.names}",
            fields,
            verb,
            _corrected,
            word="更正",
            hint="原来的一笔划去,仍看得到。",
            draft="outing.correct",
            about=f"{line.id}",
        )

    def _add(self, line: OutingLine) -> None:
        async def submit(values: Answers, *, form_key: str) -> recording.Entered:
            people = await ask_for_people(self, values["people"], line.expected.first)
            ids = [person.id for person in people]
            return await self.desk.carry_out(recording.add_travellers, line.id, ids, form_key=form_key)

        fields = [Field("people", "添谁", required=True, placeholder="姓名用、隔开,或股室名")]
        self.open_form(
            f"添人 {line.number}",
            fields,
            submit,
            then=lambda done: self.say(_corrected(done)),
            draft="outing.add",
            about=f"{line.id}",
        )

    def _strike(self, line: OutingLine) -> None:
        self.fill(
            f"划去一人 {line.number}",
            strike_fields(line),
            lambda values: act(recording.strike_traveller, line.id, int(values["person"]), values["why"]),
            _corrected,
            word="划去",
            draft="outing.strike",
            about=f"{line.id}",
        )

    def _void(self, line: OutingLine) -> None:
        self.fill(
            f"作废 {line.number} {line.names}",
            [Field("why", "作废原因", required=True, placeholder="如 会议取消,没有去")],
            lambda values: act(recording.void_outing, line.id, values["why"]),
            lambda number: f"已作废 {number}",
            word="作废",
            draft="outing.void",
            about=f"{line.id}",
        )

    def back_now(self, line: OutingLine) -> None:
        """Note that everybody still out of a line is back now."""
        self.perform(returning.record_return, line.id, done=lambda done: f"已登记 {done.words}")

    def _note_return(self, line: OutingLine) -> None:
        def verb(values: Answers) -> Callable[..., Any]:
            people = [int(values["person"])] if values["person"] else []
            half = Half(int(values["half"])) if values["half"] else None
            day = date.fromisoformat(values["day"])
            return act(returning.record_return, line.id, people, day, half, read_time(values["at"]))

        hint = "不选人就是还没有返回的全部。" if len(line.standing) > 1 else ""
        self.fill(
            f"返回 {line.number} {line.names}",
            return_fields(line, self.today),
            verb,
            lambda done: f"已登记 {done.words}",
            hint=hint,
        )

    def _take_back(self, line: OutingLine) -> None:
        self.fill(
            f"撤回返回 {line.number}",
            back_fields(line),
            lambda values: act(returning.take_back_return, line.id, int(values["person"])),
            lambda name: f"已撤回 {name} 的返回(划去,留痕)",
            word="撤回",
        )

    def _extend(self, line: OutingLine) -> None:
        def verb(values: Answers) -> Callable[..., Any]:
            last, half = date.fromisoformat(values["last"]), Half(int(values["to_half"]))
            return act(recording.extend_outing, line.id, last, half, read_time(values["until_at"]), values["remark"])

        self.fill(
            f"延期 {line.number} {line.names}",
            extension_fields(line),
            verb,
            _corrected,
            draft="outing.extend",
            about=f"{line.id}",
        )

    def _settle_one(self, line: OutingLine) -> None:
        self.settle([line.id])

    def settle(self, outings: list[int]) -> None:
        """Check off outings whose people are all back."""
        self.perform(returning.settle_outings, outings, done=lambda count: f"已核销 {count}件外出")


def _corrected(done: recording.Entered) -> str:
    return f"已更正 {done.words}"
