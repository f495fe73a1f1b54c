"""What the officer puts on record: a call in one step, other kinds, what a line lacked, the reports of an incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from typing import ClassVar

from textual.binding import Binding, BindingType

from govoffice_tui.registers.duty import contacts, entries, entry_rows, handing
from govoffice_tui.registers.duty.views import Details, EntryLine, Shift
from govoffice_tui.rules.duty import RECORD, EntryState, Kind, ShiftState, Stage, Urgency
from govoffice_tui.screens.duty import forms
from govoffice_tui.screens.duty.acts import ShiftActs
from govoffice_tui.widgets.form_rows import Field


class Recording(ShiftActs):
    """The lines an officer writes on the page of a shift."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "record", "登记", tooltip="记来电:写一句话,回车就登记", id="duty.record"),
    ]

    def action_record(self) -> None:
        """Put a call on record in one step."""
        shift = self.shift
        if shift is None or shift.state is not ShiftState.OPEN:
            self.note("还没有接班:先按1接班,再登记。")
            return

        if shift.late_reason:
            self._record_kind(shift, Kind.CALL_IN)
            return

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            details = Details(gist=values["gist"])
            return await self.desk.carry_out(entries.record_entry, shift.id, Kind.CALL_IN, details, form_key=form_key)

        title = f"记来电 {self.desk.office.now():%H:%M}"
        self.open_form(title, forms.call_fields(), submit, then=self._recorded, draft="duty_call")

    def _recorded(self, line: EntryLine) -> None:
        self.show_line(line)
        lacks = f" 还缺{'、'.join(line.missing)},回车补" if line.missing else ""
        fax = f" {line.fax_words}" if line.fax_words else ""
        self.say(f"已登记 第{line.place}号 {line.kind.label}{fax} {line.happened_at:%H:%M}{lacks}")

    def record_other(self) -> None:
        """Ask which kind, then open its form."""
        shift = self.shift
        if shift is None or shift.state is not ShiftState.OPEN:
            self.note("还没有接班:先按1接班,再登记。")
            return
        options = [(kind.label, partial(self._record_kind, shift, kind)) for kind in forms.OTHER_KINDS]
        self.choose("记哪一类", options)

    def _record_kind(self, shift: Shift, kind: Kind) -> None:
        office = self.desk.office

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            at = forms.moment_of(values["at"], shift, office.now())
            urgency = Urgency(values["urgency"]) if values.get("urgency") else None
            details = forms.details_of(values)
            return await self.desk.carry_out(
                entries.record_entry, shift.id, kind, details, at, urgency, form_key=form_key
            )

        fields = forms.entry_fields(office, self.desk.people, kind, None, is_late=bool(shift.late_reason))
        self._open_line_form(f"记{kind.label}", fields, submit, self._recorded, None, kind.value)

    def fill(self, line: EntryLine) -> None:
        """Fill in what a line lacks: unit, urgency, whom it was reported to; each is a verb of its own."""
        office = self.desk.office

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            now = await self.desk.read(entry_rows.entry, line.id)
            newest = now if now is not None and not now.is_struck else await self._newest(line)
            details = forms.details_of(values, newest.details)
            has_filled = details != newest.details
            if has_filled:
                key = f"{form_key}-{newest.id}-{sha256(repr(details).encode()).hexdigest()[:16]}"
                newest = await self.desk.carry_out(entries.fill_entry, newest.id, details, form_key=key)
            urgency = values.get("urgency", "")
            if urgency and newest.state is EntryState.REGISTERED:
                receiver = int(values["receiver"]) if values.get("receiver") else None
                newest = await self.desk.carry_out(
                    handing.dispose, newest.id, Urgency(urgency), receiver, form_key=f"{form_key}-{newest.id}-urgency"
                )
            if values.get("reported_to"):
                told = (values["reported_to"], None, values.get("instruction", ""))
                newest = await self.desk.carry_out(
                    handing.report_entry, newest.id, *told, form_key=f"{form_key}-{newest.id}-report"
                )
            return newest

        fields = forms.entry_fields(office, self.desk.people, line.kind, line)
        title = f"补填 第{line.place}号 {line.kind.label} {line.happened_at:%H:%M}"
        self._open_line_form(title, fields, submit, self._filled, line.id, f"{line.year}-{line.number}")

    async def _newest(self, line: EntryLine) -> EntryLine:
        found = await self.desk.read(entry_rows.entries_of, line.shift)
        return next((one for one in found if one.number == line.number and not one.is_struck), line)

    def _filled(self, line: EntryLine) -> None:
        self.show_line(line)
        lacks = f" 还缺{'、'.join(line.missing)}" if line.missing else ""
        self.say(f"已登记 第{line.place}号 {line.state.label}{lacks}")

    def _open_line_form(
        self,
        title: str,
        fields: Sequence[Field],
        submit: Callable[..., object],
        then: Callable[[EntryLine], None],
        entry: int | None,
        about: str,
    ) -> None:
        def finished(result: EntryLine | None) -> None:
            if result is not None:
                self._after_write()
                then(result)

        def begin() -> None:
            form = forms.LineForm(
                title,
                fields,
                submit,  # type: ignore[arg-type]
                today=self.today,
                failed=self.show_failure,
                amend=self.ask_amendment,
                drafts=self.desk.drafts.of_form(self.desk.operator_id, "duty_line", about),
            )
            form.office, form.entry_id = self.desk.office, entry
            self.app.push_screen(form, finished)

        self.with_operator(begin)

    def add_stage(self, line: EntryLine) -> None:
        """Add the next report to an incident's chain."""
        shift = self.shift
        stages = (Stage.FURTHER, Stage.FINAL) if line.stages else (Stage.FIRST,)
        choices = tuple((stage.value, stage.label) for stage in stages)
        fields = [
            Field("stage", "哪一报", "choice", True, RECORD, choices=choices, value=choices[0][0]),
            Field(
                "reported_to",
                "报给谁",
                required=True,
                placeholder="如 市政府总值班室",
                history=contacts.units(self.desk.office),
            ),
            Field("words", "报的内容", required=True, width=84),
            Field("at", "时间", "time", placeholder="现在不写", width=24),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> EntryLine:
            at = forms.moment_of(values["at"], shift, self.desk.office.now()) if shift else None
            said = (Stage(values["stage"]), values["reported_to"], values["words"], at)
            return await self.desk.carry_out(entries.add_stage, line.id, *said, form_key=form_key)

        self.open_form(
            f"第{line.place}号 突发事件报告",
            fields,
            submit,
            draft="duty.stage",
            about=f"{line.year}-{line.number}",
            then=self._filled,
        )
