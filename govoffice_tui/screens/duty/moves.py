"""F5 and F4 on a line: its legal moves, and its corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from govoffice_tui.registers.duty import entries, handing, presence, shift_rows, shifts
from govoffice_tui.registers.duty.views import EntryLine, Shift
from govoffice_tui.rules.duty import MOVE_WORDS, RECORD, EntryState, Kind, Urgency, legal_moves
from govoffice_tui.screens.duty import forms
from govoffice_tui.screens.duty.recording import Recording
from govoffice_tui.widgets.form_rows import Field

_URGENCY_OF = {urgency.verb: urgency for urgency in Urgency}


class LineMoves(Recording):
    """What becomes of the line under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "correct", "更正", tooltip="更正、作废、说明、班头", id="duty.correct"),
        Binding("f5", "move", "下一步", tooltip="这一笔的下一步:急办、请示、移交、存查、接收、办结", id="duty.move"),
    ]

    def line_under_cursor(self) -> EntryLine | None:
        """Return the line the cursor is on."""
        raise NotImplementedError

    def action_move(self) -> None:
        """Offer the legal moves of the line under the cursor, the usual one first."""
        line = self.line_under_cursor()
        if line is None or line.is_struck:
            self.note("请先用上下键选一笔登记,再按F5。")
            return
        options: list[tuple[str, Callable[[], object]]] = []
        for verb in legal_moves(line.state):
            is_accepted = line.handing is not None and line.handing.accepted_at is not None
            if verb == "accept_matter":
                if not is_accepted:
                    options.insert(0, ("接收", partial(self._accept, line)))
            elif verb in _URGENCY_OF and (verb != "hand_on" or line.state is not EntryState.HANDED or is_accepted):
                options.append((MOVE_WORDS[verb], partial(self._dispose, line, _URGENCY_OF[verb])))
            elif verb == "report_entry":
                options.append((MOVE_WORDS[verb], partial(self._report, line)))
            elif verb == "finish_entry":
                options.append((MOVE_WORDS[verb], partial(self._finish, line)))
        if line.kind is Kind.INCIDENT:
            options.append(("首报、续报、终报", partial(self.add_stage, line)))
        if not options:
            self.note("这一笔已经办结。要改的请按F4更正。")
            return
        self.choose(f"第{line.place}号 {line.kind.label}", options)

    def _accept(self, line: EntryLine) -> None:
        self.perform(
            handing.accept_matter,
            line.id,
            done=lambda done: f"已接收 第{done.place}号 {done.handing.told if done.handing else ''}",
        )

    def accept_all(self) -> None:
        """Take over everything that was handed to this shift."""
        self.perform(handing.accept_matters, done=lambda count: f"已接收 移交来的{count}件")

    def _dispose(self, line: EntryLine, urgency: Urgency) -> None:
        if urgency is not Urgency.HAND_ON:
            self.perform(handing.dispose, line.id, urgency, done=self._disposed)
            return
        fields = [
            Field(
                "receiver",
                "移交给",
                "person",
                True,
                RECORD,
                people=self.desk.people,
                placeholder="下一班值班员或行政股人员",
            )
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            receiver = int(values["receiver"])
            return await self.desk.carry_out(handing.dispose, line.id, urgency, receiver, form_key=form_key)

        self.open_form(
            f"移交 第{line.place}号",
            fields,
            submit,
            verb="移交",
            draft="duty.hand_on",
            about=f"{line.year}-{line.number}",
            then=self._filled,
        )

    def _disposed(self, line: EntryLine) -> str:
        lacks = f" 还缺{'、'.join(line.missing)}" if line.missing else ""
        return f"已登记 第{line.place}号 {line.state.label}{lacks}"

    def _report(self, line: EntryLine) -> None:
        shift = self.shift
        history = [shift.name(shift.leader)] if shift is not None and shift.leader is not None else []
        fields = [
            Field("reported_to", "报告谁", required=True, article=RECORD, history=tuple(history), width=40),
            Field("at", "时间", "time", placeholder="现在不写", width=24),
            Field("instruction", "领导批示", placeholder="可不写", width=84),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            at = self._moment(values["at"], line)
            said = (values["reported_to"], at, values["instruction"])
            return await self.desk.carry_out(handing.report_entry, line.id, *said, form_key=form_key)

        self.open_form(
            f"第{line.place}号 报告和批示",
            fields,
            submit,
            draft="duty.report",
            about=f"{line.year}-{line.number}",
            then=self._filled,
        )

    def _finish(self, line: EntryLine) -> None:
        fields = [
            Field(
                "result", "办理结果", required=True, article=RECORD, placeholder="如 已通知、已答复、已送达", width=84
            ),
            Field("at", "办结时间", "time", placeholder="现在不写", width=24),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            at = self._moment(values["at"], line)
            return await self.desk.carry_out(handing.finish_entry, line.id, values["result"], at, form_key=form_key)

        self.open_form(
            f"办结 第{line.place}号",
            fields,
            submit,
            verb="办结",
            draft="duty.finish",
            about=f"{line.year}-{line.number}",
            then=self._filled,
        )

    def _moment(self, typed: str, line: EntryLine) -> datetime | None:
        """Return a typed time as a moment of the shift that is on now, or of the line's own."""
        if not typed:
            return None
        office = self.desk.office
        now = office.now()
        shift: Shift | None = shift_rows.shift_by_id(office, line.shift)
        if shift is None or now > shift.hours.ends:
            clock = datetime.strptime(typed, "%H:%M").time()
            moment = datetime.combine(now.date(), clock)
            return moment if moment <= now else None
        return forms.moment_of(typed, shift, now)

    def action_correct(self) -> None:
        """Offer what puts a page right: the line under the cursor, the head of the page, 说明."""
        page = self._page
        if page is None:
            return
        options: list[tuple[str, Callable[[], object]]] = []
        line = self.line_under_cursor()
        if line is not None and not line.is_struck:
            options.append((f"更正第{line.place}号", partial(self._correct, line)))
            options.append((f"作废第{line.place}号", partial(self._void, line)))
        if page.shift is not None:
            options.append(("班头:带班领导、值班员、通讯员、天气", partial(self._correct_crew, page.shift)))
        options.append(("说明", self._explain))
        self.choose("更正", options)

    def _correct(self, line: EntryLine) -> None:
        office = self.desk.office
        kinds = tuple((kind.value, kind.label) for kind in Kind)
        details = line.details
        fields = [
            Field("kind", "类别", "choice", True, choices=kinds, value=line.kind.value),
            Field("at", "发生时间", "time", True, value=f"{line.happened_at:%H:%M}", width=24),
            Field("unit", "来电(文)单位", value=details.unit),
            Field("caller", "姓名职务", value=details.caller),
            Field("phone", "电话", value=details.phone, width=24),
            Field("gist", "内容", value=details.gist, width=84),
            *forms.classified_fields(details),
            Field("reason", "更正原因", required=True, article=RECORD, placeholder="如 单位听错"),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            shift = await self.desk.read(shift_rows.shift_by_id, line.shift)
            typed = values["at"]
            at = line.happened_at
            if typed != f"{line.happened_at:%H:%M}" and shift is not None:
                at = forms.moment_of(typed, shift, office.now()) or at
            kept = {
                "grade": details.grade,
                "pages": "" if details.pages is None else str(details.pages),
                "answered_by": "" if details.answered_by is None else str(details.answered_by),
            }
            new = forms.details_of({**kept, **values}, details)
            said = (Kind(values["kind"]), new, at, values["reason"])
            return await self.desk.carry_out(entries.correct_entry, line.id, *said, form_key=form_key)

        hint = "原来的一笔划线保留,下面另写更正后的,号不变。"
        self.open_form(
            f"更正 第{line.place}号",
            fields,
            submit,
            hint,
            verb="更正",
            draft="duty.correct",
            about=f"{line.year}-{line.number}",
            then=self._filled,
        )

    def _void(self, line: EntryLine) -> None:
        fields = [Field("reason", "作废原因", required=True, article=RECORD, placeholder="如 重复登记")]

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            return await self.desk.carry_out(entries.void_entry, line.id, values["reason"], form_key=form_key)

        self.open_form(
            f"作废 第{line.place}号",
            fields,
            submit,
            verb="作废",
            draft="duty.void",
            about=f"{line.year}-{line.number}",
            then=lambda one: self.say(f"已作废 第{one.place}号"),
        )

    def _correct_crew(self, shift: Shift) -> None:
        fields = forms.crew_fields(self.desk.people, None, None, None, shift)

        async def submit(values: dict[str, str], *, form_key: str) -> Shift:
            crew = forms.crew_of(values)
            return await self.desk.carry_out(shifts.correct_crew, shift.id, crew, values["reason"], form_key=form_key)

        self.open_form(
            "班头", fields, submit, draft="duty.crew", about=shift.number, then=lambda _: self.say("已登记班头")
        )

    def _explain(self) -> None:
        page = self._page
        if page is None:
            return
        fields = [Field("words", "说明", required=True, width=84, placeholder="如 停电,值班记在纸质页第3页")]

        async def submit(values: dict[str, str], *, form_key: str) -> str:
            return await self.desk.carry_out(
                presence.explain_duty, page.day, values["words"], page.hours.starts, form_key=form_key
            )

        self.open_form(
            "说明",
            fields,
            submit,
            draft="duty.explain",
            about=page.hours.starts.isoformat(),
            then=lambda _: self.say("已登记说明"),
        )
