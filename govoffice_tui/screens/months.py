"""月报: one month of every register on a page: whether it is sealed, what is still open, and what was exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_short_day, day_of, local, month_of
from govoffice_tui.registers import calendar, catalog, closing, exports
from govoffice_tui.registers.catalog import RegisterMonth, RegisterYear
from govoffice_tui.registers.exports import Exported
from govoffice_tui.registers.office import Office, StorageError
from govoffice_tui.rules.refusal import Problem, Refused
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.calendar_entries import calendar_entries
from govoffice_tui.screens.dialogs import ChooseScreen, take
from govoffice_tui.screens.exporting import export_forms, packet_entry
from govoffice_tui.screens.menu import Entry
from govoffice_tui.widgets.literal import fitted, plain

STATE_CELLS, WORDS_CELLS = 24, 58


@dataclass(frozen=True)
class MonthPage:
    """One month as the page shows it."""

    month: str
    lines: tuple[RegisterMonth, ...]
    exported: tuple[Exported, ...]

    @property
    def title(self) -> str:
        """Return 2026年10月."""
        return f"{self.month[:4]}年{int(self.month[5:])}月"


def _read(month: str, office: Office) -> MonthPage:
    return MonthPage(month, tuple(catalog.register_months(office, month)), tuple(exports.of_month(office, month)))


@dataclass(frozen=True)
class YearPage:
    """One year as the page shows it."""

    year: str
    lines: tuple[RegisterYear, ...]
    exported: tuple[Exported, ...]


def _read_year(year: str, office: Office) -> YearPage:
    return YearPage(year, tuple(catalog.register_years(office, int(year))), tuple(exports.of_month(office, year)))


class MonthsScreen(RegisterScreen):
    """A month a page; the register under the cursor tells below what keeps it open, each line a place to go."""

    help_text = (
        "月报:一页一个月,每册一行,PageUp、PageDown 翻月。\n"
        "下面列出选中的一册还没有了结的事项,Tab 或回车进去选一项,再回车去办。\n"
        "事项都了结后按 F6、回车封存选中的一册。F7 导出这个月全部的表;没有封存的月份也能导出,表上标“未定稿”。\n"
        "F8 看全年的合计,再按回到月页;在年页上 F7 导出年度汇总表,PageUp、PageDown 翻年。\n"
        "封存以后才来的事实按更正单登记:照常登记,程序会问谁批准、为什么,然后另出第2版,原表保留。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "seal", "封存", tooltip="封存选中的一册", id="months.seal"),
        Binding("f7", "export", "导出全部", tooltip="导出这个月(年页:全年)全部的表", id="months.export"),
        Binding("f8", "turn_year", "月页/年页", tooltip="在一个月和全年之间切换", id="months.year"),
        Binding(
            "pageup", "turn(-1)", "前一页", tooltip="翻到前一个月(年页:前一年)", priority=True, id="months.previous"
        ),
        Binding("pagedown", "turn(1)", "后一页", tooltip="翻到后一月(年页:后一年)", priority=True, id="months.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="month-head", markup=False)
        yield OptionList(id="months", markup=False, compact=True)
        yield Static(id="month-words", markup=False)
        yield OptionList(id="problems", markup=False, compact=True)
        with VerticalScroll(id="month-detail", can_focus=False):
            yield Static(id="month-exports", markup=False)

    def on_mount(self) -> None:
        self._month = month_of(self.today)
        self._page: MonthPage | None = None
        self._is_year = False
        self._problems: tuple[Problem, ...] = ()

    def menu_entries(self) -> Iterable[Entry]:
        """Give the blank forms, and what concerns the working days."""
        return (packet_entry(self), *calendar_entries(self))

    def refresh_page(self) -> None:
        """Read the month or year beside the keys: its figures take longer than a key may wait."""
        if self._is_year:
            self._show_year(self._month[:4])
        else:
            self._show_month(self._month)

    def visit(self, day: date) -> None:
        """Turn to the month of a day."""
        self._month, self._is_year = month_of(day), False
        self.reload()
        self.refresh_bindings()

    def start_work(self) -> None:
        """Put the cursor on the registers; a year is only read."""
        if self._is_year:
            self.set_focus(None)
        else:
            self.query_one("#months").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Months are sealed, years are not."""
        return not (action == "seal" and self.is_mounted and self._is_year)

    def action_turn_year(self) -> None:
        """Change between the page of a month and the page of its year."""
        self._is_year = not self._is_year
        self._page = None
        self.reload()
        self.start_work()
        self.refresh_bindings()

    def action_turn(self, step: int) -> None:
        """Leaf to a neighbouring month or year, this one at the most."""
        first = date.fromisoformat(f"{self._month}-01")
        if self._is_year:
            year = max(first.year + step, calendar.FIRST_YEAR)
            self._month = min(month_of(first.replace(year=year)), month_of(self.today))
            self.reload()
            return
        target = month_of(first - timedelta(days=1) if step < 0 else first + timedelta(days=32))
        if step < 0 or target <= month_of(self.today):
            self._month = target
            self.reload()

    def action_export(self) -> None:
        """Write the forms of the month, or of the year on its page."""
        export_forms(self, self._month[:4] if self._is_year else self._month)

    def action_seal(self) -> None:
        """Ask once before the month of the register under the cursor is sealed: no key opens it again."""
        page, line = self._page, self._line
        if page is not None and line is not None:
            what = f"{page.title}{line.register.title}"
            options = [("1", Content(f"封存{what}"), partial(self._seal, page, line))]
            self.app.push_screen(ChooseScreen(f"{what},封存后只能按更正单改", options), take)

    def _seal(self, page: MonthPage, line: RegisterMonth) -> None:
        """Seal one month of a register, when nothing of it is open."""
        self.perform(
            closing.close_month,
            line.register.word,
            page.month,
            line.register.pending,
            line.register.seal_digest,
            done=lambda seal: f"已封存 {page.title}{line.register.title}",
        )

    @on(OptionList.OptionHighlighted, "#months")
    def show_register(self, event: OptionList.OptionHighlighted) -> None:
        """Show what keeps the register under the cursor open."""
        event.stop()
        self._show_problems()

    @on(OptionList.OptionSelected, "#months")
    def go_to_register(self, event: OptionList.OptionSelected) -> None:
        """Go among the open matters of a register; where there are none, to its pages."""
        event.stop()
        line = self._line
        if line is not None and any(problem.day for problem in line.pending):
            self.query_one("#problems").focus()
        elif line is not None:
            self.open_tab(line.register.tab, self._first_day)

    @on(OptionList.OptionSelected, "#problems")
    def go_to_problem(self, event: OptionList.OptionSelected) -> None:
        """Go where an open matter is settled."""
        event.stop()
        line = self._line
        if line is not None and event.option_index < len(self._problems):
            problem = self._problems[event.option_index]
            self.open_tab(problem.tab or line.register.tab, problem.day or self._first_day)

    @work(group="month", exclusive=True)
    async def _show_month(self, month: str) -> None:
        try:
            page = await self.desk.read(partial(_read, month))
        except (Refused, StorageError) as error:
            self.show_failure(error)
            return
        if month == self._month and not self._is_year:
            self._show(page)

    @work(group="month", exclusive=True)
    async def _show_year(self, year: str) -> None:
        try:
            page = await self.desk.read(partial(_read_year, year))
        except (Refused, StorageError) as error:
            self.show_failure(error)
            return
        if self._is_year and year == self._month[:4]:
            self._draw_year(page)

    @property
    def _first_day(self) -> date:
        return min(date.fromisoformat(f"{self._month}-01"), self.today)

    @property
    def _line(self) -> RegisterMonth | None:
        place = self.query_one("#months", OptionList).highlighted
        lines = self._page.lines if self._page else ()
        return None if place is None or place >= len(lines) else lines[place]

    def _show(self, page: MonthPage) -> None:
        if page == self._page:
            return
        self._page = page
        sealed = sum(line.seal is not None for line in page.lines)
        self.query_one("#month-head", Static).update(
            Content.assemble((page.title, "bold $chosen"), f"   应汇总 {len(page.lines)}   已封存 {sealed}")
        )
        listing = self.query_one("#months", OptionList)
        listing.display = True
        place = listing.highlighted or 0
        listing.set_options(Option(_register_words(line)) for line in page.lines)
        listing.highlighted = min(place, len(page.lines) - 1) if page.lines else None
        self._show_exported(page.exported)
        self._show_problems()

    def _draw_year(self, page: YearPage) -> None:
        """Draw the year: each register's totals, what is to be pointed out, and the months still open."""
        self.query_one("#month-head", Static).update(Content.styled(f"{page.year}年 全年", "bold $chosen"))
        for name in ("#months", "#problems"):
            self.query_one(name).display = False
        lines = [line for one in page.lines for line in _year_words(one)]
        words = Content("\n").join(lines) if lines else Content("这一年还没有登记。")
        self.query_one("#month-words", Static).update(words)
        self._show_exported(page.exported)

    def _show_exported(self, found: Sequence[Exported]) -> None:
        exported = [Content.styled("导出过的表" if found else "还没有导出过(F7 导出)", "bold")]
        exported += [Content(f"  {_exported_words(one)}") for one in found]
        self.query_one("#month-exports", Static).update(Content("\n").join(exported))

    def _show_problems(self) -> None:
        line = self._line
        self._problems = line.pending if line else ()
        problems = self.query_one("#problems", OptionList)
        problems.set_options(Option(_problem_words(problem)) for problem in self._problems)
        problems.highlighted = 0 if self._problems else None
        problems.display = bool(self._problems)
        words = self.query_one("#month-words", Static)
        if line is None:
            words.update("")
        elif line.seal is not None:
            words.update(Content.assemble((line.register.title, "bold"), f"  {line.summary}"))
        elif self._problems:
            words.update(
                Content.assemble(
                    (f"{line.register.title} 封存前还有{len(self._problems)}项", "bold $late"), f"  {line.summary}"
                )
            )
        else:
            words.update(Content.assemble((f"{line.register.title} 可以封存(F6)", "bold $done"), f"  {line.summary}"))


def _register_words(line: RegisterMonth) -> Content:
    """Return one register of the month: its title, whether it is sealed, and what comes first before that."""
    if line.seal is not None:
        again = f" 第{line.seal.revision}版" if line.seal.revision > 1 else ""
        state = f"已封存 {chinese_short_day(day_of(line.seal.closed_at))} {line.sealed_by}{again}"
        return Content.assemble(set_cell_size(line.register.title, 12), Content.styled(state, "$done"))
    if not line.pending:
        return Content.assemble(set_cell_size(line.register.title, 12), Content.styled("可封存", "bold $done"))
    count = set_cell_size(f"未封存 {len(line.pending)}项", STATE_CELLS)
    first = fitted(str(line.pending[0]), WORDS_CELLS)
    return Content.assemble(set_cell_size(line.register.title, 12), Content.styled(count, "$due"), first)


def _year_words(one: RegisterYear) -> list[Content]:
    """Return one register of the year: its totals, whether they are final, and what is to be pointed out."""
    brief = one.brief
    months = "、".join(f"{int(month[5:])}月" for month in brief.open_months)
    state = (f"未定稿:{months}还没有封存", "$due") if months else ("各月都已封存", "$done")
    lines = [Content.assemble((set_cell_size(one.register.title, 12), "bold"), brief.summary)]
    lines.append(Content.assemble(" " * 12, state))
    return [*lines, *(Content.assemble(" " * 12, (plain(hint), "bold $late")) for hint in brief.hints)]


def _problem_words(problem: Problem) -> Content:
    return Content.assemble(f"  {problem}", Content.styled("  ›", "$chosen") if problem.day else "")


def _exported_words(one: Exported) -> str:
    when = f"{local(one.made_at):%Y-%m-%d %H:%M}"
    return f"{one.file_name}  {when}  核对码 {one.anchor_seq}-{one.anchor_hash[:8]}"
