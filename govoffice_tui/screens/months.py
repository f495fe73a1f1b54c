"""月报: every month of every register, whether it is sealed, what is still open, and what was exported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_short_day, day_of, local
from govoffice_tui.registers import catalog, closing, exports, staff
from govoffice_tui.registers.catalog import Register
from govoffice_tui.registers.closing import SealedMonth
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.calendar_entries import calendar_entries
from govoffice_tui.screens.exporting import export_forms
from govoffice_tui.screens.menu import Entry


@dataclass(frozen=True)
class Line:
    """One month of one register."""

    month: str
    register: Register
    seal: SealedMonth | None

    @property
    def title(self) -> str:
        """Return 2026年10月."""
        return f"{self.month[:4]}年{int(self.month[5:])}月"


class MonthsScreen(RegisterScreen):
    """The months, newest first; the one under the cursor is shown below."""

    help_text = (
        "月报:每册每月一行。选中一个月,下面列出还没有了结的事项和导出过的表。\n"
        "F7 导出这个月的表;事项都了结后按 F6 封存。没有封存的月份也能导出,表上标“未定稿”。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "seal", "封存", tooltip="封存选中的月份", id="months.seal"),
        Binding("f7", "export", "导出", tooltip="导出选中月份的表", id="months.export"),
    ]

    def compose_body(self) -> ComposeResult:
        yield OptionList(id="months", markup=False, compact=True)
        with VerticalScroll(id="month-detail", can_focus=False):
            yield Static(id="month-words", markup=False)

    def on_mount(self) -> None:
        self._lines: list[Line] = []

    def menu_entries(self) -> Iterable[Entry]:
        """Give what concerns the working days."""
        return calendar_entries(self)

    def refresh_page(self) -> None:
        """Read the months and the one under the cursor."""
        office = self.desk.office
        lines = [
            Line(month, register, closing.sealed(office, register.word, month))
            for month in catalog.months_begun(office)
            for register in catalog.REGISTERS
        ]
        listing = self.query_one("#months", OptionList)
        if lines != self._lines:
            place = listing.highlighted or 0
            self._lines = lines
            listing.set_options(Option(self._words(line)) for line in lines)
            listing.highlighted = min(place, len(lines) - 1)
        self._show_detail()

    @on(OptionList.OptionHighlighted, "#months")
    def show_month(self) -> None:
        """Show the month under the cursor."""
        self.reload()

    @on(OptionList.OptionSelected, "#months")
    def go(self, event: OptionList.OptionSelected) -> None:
        """Open the register at the month."""
        line = self._lines[event.option_index]
        self.open_tab(line.register.word, min(date.fromisoformat(f"{line.month}-01"), self.today))

    def action_export(self) -> None:
        """Write the month's forms."""
        line = self._line
        if line is not None:
            export_forms(self, line.month)

    def action_seal(self) -> None:
        """Seal the month, when nothing of it is open."""
        line = self._line
        if line is not None:
            self.perform(
                closing.close_month,
                line.register.word,
                line.month,
                line.register.pending,
                line.register.seal_digest,
                done=lambda seal: f"已封存 {line.title}{line.register.title}",
            )

    @property
    def _line(self) -> Line | None:
        place = self.query_one("#months", OptionList).highlighted
        return None if place is None or place >= len(self._lines) else self._lines[place]

    def _words(self, line: Line) -> Content:
        if line.seal is None:
            state = Content.styled("未封存", "$due")
        else:
            by = staff.name_of(self.desk.office, line.seal.closed_by, day_of(line.seal.closed_at))
            state = Content.styled(f"已封存 {chinese_short_day(day_of(line.seal.closed_at))} {by}", "$done")
        return Content.assemble(set_cell_size(line.title, 14), set_cell_size(line.register.title, 10), state)

    def _show_detail(self) -> None:
        line = self._line
        words = self.query_one("#month-words", Static)
        if line is None:
            words.update("")
            return
        office = self.desk.office
        parts = [Content.styled(f"{line.title}{line.register.title}", "bold $chosen")]
        parts.append(Content(line.register.month_summary(office, line.month)))
        if line.seal is None:
            left = line.register.pending(office, line.month)
            heading = f"封存前还有{len(left)}项" if left else "可以封存(F6)"
            parts.append(Content.styled(f"\n{heading}", "bold $late" if left else "bold $done"))
            parts += [Content(f"  {problem}") for problem in left]
        listed = exports.of_month(office, line.month)
        parts.append(Content.styled("\n导出过的表" if listed else "\n还没有导出过(F7 导出)", "bold"))
        parts += [
            Content(
                f"  {one.file_name}  {local(one.made_at):%Y-%m-%d %H:%M}  核对码 {one.anchor_seq}-{one.anchor_hash[:8]}"
            )
            for one in listed
        ]
        words.update(Content("\n").join(parts))
