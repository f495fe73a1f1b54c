"""What is looked up in the duty book and printed from it: searches, forms, 处置提示."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from govoffice_tui.clock import chinese_short_day, month_of
from govoffice_tui.registers.duty import agenda, entry_rows
from govoffice_tui.registers.duty.views import EntryLine
from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.duty_advice import ADVICE
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.duty.moves import LineMoves
from govoffice_tui.screens.exporting import (
    CONTACTS,
    choose_form,
    export_contacts,
    export_forms,
    shown_path,
)
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_rows import Field


class DutyPapers(LineMoves):
    """Searches and papers of the duty book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "find", "查找", tooltip="按单位、姓名、电话、内容查历年值班记录", id="duty.find"),
        Binding("f7", "export", "导出", tooltip="导出值班页、月报表、来电呈阅单、应急联系表", id="duty.export"),
    ]

    _day: date
    _wanted: tuple[int, int] | None

    def action_find(self) -> None:
        """Ask for words, then list the lines of all years that hold them."""
        fields = [
            Field("words", "查什么", required=True, placeholder="单位、姓名、电话或内容中的字,空格隔开", width=60)
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> list[agenda.Found]:
            found = await self.desk.read(agenda.search, values["words"])
            if not found:
                raise Refused("历年值班记录里没有。", field="words")
            return found

        self.open_form("查值班记录", fields, submit, verb="查", then=self._list_found)

    def _list_found(self, found: list[agenda.Found]) -> None:
        entries = [Entry(one.text, partial(self._go_to, one)) for one in found]
        self.app.push_screen(MenuScreen(entries, f"找到{len(found)}笔", "再写几个字缩小"))

    def _go_to(self, found: agenda.Found) -> None:
        line = entry_rows.entry(self.desk.office, found.entry)
        if line is None:
            self.visit(found.day)
            return
        self._wanted = (line.year, line.number)
        self.show_shift(line.shift)

    def action_export(self) -> None:
        """Write the page of the shift, the month's forms, or the slip of the line under the cursor."""
        day, month = self._day, month_of(self._day)
        forms = [
            (f"{chinese_short_day(day)}值班记录", partial(export_forms, self, day.isoformat())),
            (f"{self._day.year}年{self._day.month}月值班工作情况月报表", partial(export_forms, self, month)),
        ]
        line = self.line_under_cursor()
        if line is not None and not line.is_struck:
            forms.append((f"第{line.place}号 值班来电呈阅单", partial(self._export_slip, line)))
        forms.append((CONTACTS, partial(export_contacts, self)))
        choose_form(self, forms)

    def _export_slip(self, line: EntryLine) -> None:
        self.note("正在导出…")
        self.run_worker(self._write_slip(line), group="export", exclusive=True)

    async def _write_slip(self, line: EntryLine) -> None:
        from govoffice_tui.reports import write_call_slip

        try:
            written = await self.desk.read(partial(write_call_slip, row=line.id, by=self.desk.operator_id))
        except Refused as refusal:
            self.refuse(refusal)
        except StorageError as error:
            self.alarm(str(error))
        else:
            self.say(f"已导出 {written.title} {shown_path(written.path, self.desk.office.folder)}")

    def show_advice(self) -> None:
        """Show what to ask and whom to tell, a page a kind of incident."""
        entries = [
            Entry(one.title, partial(self._advise, one.title, one.lines), hint=one.lines[0][:28]) for one in ADVICE
        ]
        self.app.push_screen(MenuScreen(entries, "处置提示", "哪一类?"))

    def _advise(self, title: str, lines: tuple[str, ...]) -> None:
        common = () if title == ADVICE[0].title else ADVICE[0].lines
        text = "\n".join(f"{place}. {line}" for place, line in enumerate((*lines, *common), 1))
        self.app.push_screen(TextScreen(f"处置提示 {title}", text))
