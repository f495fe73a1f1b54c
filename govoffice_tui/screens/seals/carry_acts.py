"""The acts on a seal's way out of the office: asked for, let by the director, taken out, back, looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any

from govoffice_tui.registers.seals import carrying, keeping_pages, pages
from govoffice_tui.registers.seals.carrying import Carried, Errand, Leave
from govoffice_tui.registers.seals.lines import Used
from govoffice_tui.registers.seals.signatories import leaders, read_signatory
from govoffice_tui.registers.seals.views import CarryRow
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import CARRY_MOVES, CarryState
from govoffice_tui.rules.seals import OUTSIDE, SignPost
from govoffice_tui.screens.acting import Act, act
from govoffice_tui.screens.seals.answers import Answers, seal_field
from govoffice_tui.screens.seals.filling import FillingScreen
from govoffice_tui.screens.seals.use_form import open_use_form
from govoffice_tui.widgets.form_rows import Field

_DONE = "现场盖了章的先按 F5 登记现场用印,再登记归还;归还以后由携带人以外的人验收。"


class CarryActs(FillingScreen):
    """What is done about a seal outside the office."""

    def apply_carry(self) -> None:
        """Enter that a seal is wanted outside."""
        cards = keeping_pages.seals(self.desk.office, with_retired=False)
        if not cards:
            self.note("还没有印章。请先按 F8 到保管人页,登记印章和保管人。")
            return
        fields = [
            seal_field(cards, ""),
            Field("unit", "用印单位", required=True, history=pages.texts_used(self.desk.office, "unit"), width=40),
            Field("matter", "盖什么", required=True, placeholder="在外面盖哪些文件、多少份", width=60),
            Field("destination", "带到哪里", required=True, width=40, article=OUTSIDE),
            Field("companions", "同行人", placeholder="可不写", width=40),
            *self._due_fields(self.today, ""),
            Field("remark", "备注", placeholder="可不写"),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            errand = Errand(
                int(values["seal"]),
                values["unit"],
                values["matter"],
                values["destination"],
                _due(values),
                values["companions"],
                values["remark"],
            )
            return act(carrying.apply_carry, errand)

        hint = "印章不得私自带出;确需在外用印的请示主任批准,由保管人亲自携带到场监印(印章管理制度第2条)。"
        self.fill("印章外带申请", fields, verb, _words, hint=hint, draft="seal.carry")

    def next_of_carry(self, line: CarryRow) -> list[Act]:
        """Return what a carry's state allows next."""
        if line.struck_reason is not None:
            return []
        legal = {verb for state, verb in CARRY_MOVES if state is line.state}
        offered = [
            ("approve_carry", "同意(主任批准)", partial(self._let, line)),
            ("decline_carry", "不同意", partial(self._decline, line)),
            ("take_out", "带出", partial(self._move, line, carrying.take_out, "带出")),
            ("bring_back", "归还", partial(self._move, line, carrying.bring_back, "归还")),
            ("extend_carry", "改归还时间", partial(self._extend, line)),
            ("inspect_carry", "验收", partial(self._inspect, line)),
        ]
        acts = [Act(title, run) for verb, title, run in offered if verb in legal]
        if line.state is CarryState.OUT:
            acts.insert(0, Act("登记现场用印", partial(open_use_form, self, self.show_carried, carry=line.id)))
        return acts

    def show_carried(self, done: Used) -> None:
        """Stay on the page of the carries, which shows what was stamped outside."""

    def void_carry(self, line: CarryRow) -> None:
        """Strike a carry whose seal never went out."""
        self.fill(
            f"作废 {line.number}",
            [Field("why", "作废原因", required=True)],
            lambda values: act(carrying.void_carry, line.id, values["why"]),
            lambda number: f"已作废 {number}",
            word="作废",
        )

    def _let(self, line: CarryRow) -> None:
        self.fill(
            f"主任批准 {line.number} {line.seal_name}",
            self._leave_fields(),
            lambda values: act(carrying.approve_carry, line.id, self._leave(values)),
            _words,
            hint=f"{line.unit} {line.matter},带到{line.destination}",
        )

    def _decline(self, line: CarryRow) -> None:
        fields = [
            Field("words", "不同意的原因", required=True),
            Field("approver", "谁不同意", history=tuple(self.approvers()), placeholder="可不写", width=40),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            typed = values["approver"]
            who = read_signatory(self.desk.office, typed, self.today) if typed else None
            return act(carrying.decline_carry, line.id, who, values["words"])

        self.fill(f"不同意 {line.number}", fields, verb, _words)

    def _move(self, line: CarryRow, verb: Callable[..., Any], word: str) -> None:
        fields = [
            Field("day", f"{word}日期", "date", True, value=self.today.isoformat()),
            Field("at", "几点", "time", placeholder="不写就是现在", width=24),
        ]

        def deed(values: Answers) -> Callable[..., Any]:
            day = date.fromisoformat(values["day"])
            moment = datetime.combine(day, time.fromisoformat(values["at"])) if values["at"] else None
            if moment is None and day != self.today:
                raise Refused(f"不是今天{word}的请写几点。", field="at")
            return act(verb, line.id, moment)

        due = f"应{line.due_at:%-m月%-d日%-H:%M}归还。"
        hint = f"{due}{_DONE}" if line.state is CarryState.OUT else f"由保管人亲自携带。{due}"
        self.fill(f"{word} {line.number} {line.seal_name}", fields, deed, _words, hint=hint, word=word)

    def _extend(self, line: CarryRow) -> None:
        fields = [
            *self._due_fields(line.due_at.date(), f"{line.due_at:%H:%M}"),
            *self._leave_fields(),
        ]
        self.fill(
            f"改归还时间 {line.number}",
            fields,
            lambda values: act(carrying.extend_carry, line.id, _due(values), self._leave(values)),
            lambda done: f"已改归还时间 {done.number} {done.seal_name}",
            hint="归还时间要主任同意才能改。",
        )

    def _inspect(self, line: CarryRow) -> None:
        self.fill(
            f"验收 {line.number} {line.seal_name}",
            [Field("condition", "印章状况", required=True, value="完好,印面清洁,已上锁")],
            lambda values: act(carrying.inspect_carry, line.id, values["condition"]),
            _words,
            hint=f"由{line.keeper_name}以外的人验收。",
            word="验收",
        )

    def _due_fields(self, day: date, at: str) -> list[Field]:
        return [
            Field("due_day", "归还日期", "date", True, value=day.isoformat()),
            Field("due_at", "几点前归还", "time", True, value=at, width=12),
        ]

    def _leave_fields(self) -> list[Field]:
        listed = leaders(self.desk.office, self.today)
        director = next((one.words for one in listed if one.post is SignPost.DIRECTOR), "")
        return [
            Field("approver", "批准人", required=True, value=director, article=OUTSIDE, width=40),
            Field("approved_day", "批准日期", "date", True, value=self.today.isoformat()),
            Field("words", "批示", placeholder="可不写"),
            Field("paper_page", "批件存放", placeholder="册、页,可不写", width=24),
        ]

    def _leave(self, values: Answers) -> Leave:
        day = date.fromisoformat(values["approved_day"])
        who = read_signatory(self.desk.office, values["approver"], day)
        return Leave(who, day, values["words"], values["paper_page"])


def _due(values: Answers) -> datetime:
    return datetime.combine(date.fromisoformat(values["due_day"]), time.fromisoformat(values["due_at"]))


def _words(done: Carried) -> str:
    return f"已登记 {done.words}"
