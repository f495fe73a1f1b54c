"""今日: what is to be done now, register by register; every line is a place to go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.registers import calendar
from govoffice_tui.registers.office import Busy, Office, StorageError
from govoffice_tui.registers.register import Due
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.frame import RETRY_SECONDS

if TYPE_CHECKING:
    from govoffice_tui.registers.backups import BackupState
    from govoffice_tui.screens.menu import Entry

AHEAD = timedelta(days=40)
"""How far the page looks for a year whose calendar is 暂定."""

ASKING = "正在翻看各册…"
NOTHING = "今天没有要办的事。"


@dataclass(frozen=True)
class Line:
    """One line of the page: its heading, its words, whether it is late, and where it leads."""

    heading: str
    words: str
    is_overdue: bool
    due: Due | None = None


class TodayScreen(RegisterScreen):
    """The day on one page."""

    help_text = (
        "今日:各册现在要办的事,逾期的在前,是红色。上下键选一行,回车去办。\n"
        "F3 在各册里查:姓名、首字母、编号、单位、事由都行,回车到那一页。\n"
        "有人来查岗,按 F7 再按 1:此刻的在岗情况写成一页表;只在屏幕上看,在菜单里选“看在岗情况”。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "find", "查找", tooltip="在各册里查人、编号、单位、事由", id="today.find"),
        Binding("f7", "export", "导出", tooltip="导出在岗情况表、今天的签到表、空白应急表", id="today.export"),
    ]

    def compose_body(self) -> ComposeResult:
        yield OptionList(id="today", markup=False, compact=True)
        yield Static(ASKING, classes="empty", id="nothing", markup=False)

    def on_mount(self) -> None:
        self._lines: list[Line] = []
        self._book_lines: list[Line] = []
        self._calendar_lines: list[Line] = []
        self._backup_lines: list[Line] = []

    def refresh_page(self) -> None:
        """Read how the calendar and the backups stand; what the books want comes with `due_changed`."""
        self._calendar_lines = _calendar_lines(self.desk.office, self.today)
        self._show()
        self.call_after_refresh(self._look_at_backups)

    def due_changed(self) -> None:
        """Show what every register wants today, what is late before the rest."""
        lines = [Line(title, due.text, due.is_overdue, due) for title, due in self.desk.agenda or ()]
        self._book_lines = sorted(lines, key=lambda line: not line.is_overdue)
        self._show()

    def due_unread(self, error: Refused | StorageError) -> None:
        """Say why the books cannot be asked; where another window holds the file, ask again in a moment."""
        self.show_failure(error)
        if isinstance(error, Busy):
            self.set_timer(RETRY_SECONDS, self.look_for_due)

    def action_find(self) -> None:
        """Search every register, and go to the page of what was chosen."""
        from govoffice_tui.screens.search import Found, SearchScreen

        def chosen(found: Found | None) -> None:
            if found is not None:
                self.open_tab(found.register.tab, found.hit.day)

        self.app.push_screen(SearchScreen(self.desk), chosen)

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        from govoffice_tui.screens.attendance.whereabouts import whereabouts_entries
        from govoffice_tui.screens.calendar_entries import calendar_entries
        from govoffice_tui.screens.exporting import packet_entry
        from govoffice_tui.screens.menu import Entry
        from govoffice_tui.screens.staff_entry import staff_entry

        yield staff_entry(self)
        yield from calendar_entries(self)
        yield from whereabouts_entries(self)
        yield packet_entry(self)
        yield Entry("现在备份", self.back_up, hint="备份并当场核验")
        yield Entry("更正机器时间", self._fix_clock, hint="登记的时间超前了,主任核对后继续")

    def action_export(self) -> None:
        """Write who is at work just now, today's sheet, or the blank forms."""
        from govoffice_tui.screens.exporting import PACKET, choose_form, export_forms, export_moment, export_packet

        forms = [
            ("此刻在岗情况表", partial(export_moment, self)),
            ("今天的签到表", partial(export_forms, self, self.today.isoformat())),
            (PACKET, partial(export_packet, self)),
        ]
        choose_form(self, forms)

    def _fix_clock(self) -> None:
        """Ask the director what was wrong with the clock, so that the book goes on."""
        from govoffice_tui.registers import timekeeping
        from govoffice_tui.widgets.form_rows import Field

        async def submit(values: dict[str, str], *, form_key: str) -> bool:
            await self.desk.carry_out(timekeeping.fix_clock, values["reason"], form_key=form_key)
            return True

        fields = [Field("reason", "错在哪里、怎样核对的", required=True, placeholder="如 主板电池换过,与电视时间核对")]
        self.open_form(
            "更正机器时间",
            fields,
            submit,
            verb="更正",
            then=lambda _: self.say("机器时间已更正,可以登记"),
            draft="clock.fix",
        )

    @work(group="backups", exclusive=True)
    async def _look_at_backups(self) -> None:
        """Read from the disk how old the backups are, once the page stands."""
        try:
            found = await self.desk.read(_backup_state)
        except (Refused, StorageError):
            return  # the page that cannot be read says so itself
        self._backup_lines = [Line("备份", found.sentence, found.is_red)]
        self._show()

    def _show(self) -> None:
        if self.desk.agenda is None:
            return
        lines = self._book_lines + self._calendar_lines + self._backup_lines
        nothing = self.query_one("#nothing", Static)
        nothing.update(NOTHING)
        nothing.display = not self._book_lines
        if lines == self._lines:
            return
        self._lines = lines
        listing = self.query_one("#today", OptionList)
        place = listing.highlighted or 0
        listing.set_options(Option(_words(line)) for line in lines)
        listing.highlighted = min(place, len(lines) - 1) if lines else None

    @on(OptionList.OptionSelected, "#today")
    def go(self, event: OptionList.OptionSelected) -> None:
        """Go where the line leads."""
        from govoffice_tui.screens.reviewing import open_review

        event.stop()
        due = self._lines[event.option_index].due
        if due is not None and due.review is not None:
            open_review(self, due.review)
        elif due is not None:
            self.open_tab(due.tab, due.day)


def _words(line: Line) -> Content:
    """Return a line of the page: what is late in cinnabar, what leads somewhere with its arrow."""
    words = Content.styled(line.words, "bold $late" if line.is_overdue else "")
    heading = Content.styled(set_cell_size(line.heading, 8), "bold $faint")
    return Content.assemble(heading, words, Content.styled("  ›" if line.due else "", "$chosen"))


def _backup_state(office: Office) -> BackupState:
    from govoffice_tui.registers.backups import state

    return state(office)


def _calendar_lines(office: Office, today: date) -> list[Line]:
    """Return a line for each year in sight whose calendar is 暂定."""
    years = sorted({today.year, (today + AHEAD).year})
    chart = calendar.load(office, years)
    words = "年的工作日历暂定,没有调休:放假通知来了按 Ctrl+P 选“放假通知”装入"
    return [
        Line("日历", f"{year}{words}", False)
        for year in years
        if year in chart.years and chart.years[year].is_provisional
    ]
