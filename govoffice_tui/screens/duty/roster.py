"""排班: a month of duty a page; generated, set by hand, checked, issued, and changed by slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_short_day, day_of, month_of
from govoffice_tui.registers.duty import roster_making, roster_placing
from govoffice_tui.registers.duty.roster import ShiftLine
from govoffice_tui.registers.duty.roster_fairness import DutyMonth, duty_month
from govoffice_tui.registers.duty.roster_making import Made
from govoffice_tui.registers.duty.roster_pages import RosterPage, month_after, roster_page
from govoffice_tui.registers.office import Office, StorageError
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import MOVES, RosterState
from govoffice_tui.rules.roster_rotation import Candidate
from govoffice_tui.screens.calendar_entries import calendar_entries
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.duty.roster_grid import FairnessGrid, RosterGrid
from govoffice_tui.screens.duty.roster_menu import RosterMenu
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.literal import plain

MOST_AHEAD = 12
"""Months after this one that may be leafed to."""

CANDIDATES = 9


class RosterScreen(RosterMenu):
    """A month of duty."""

    help_text = (
        "排班:一页一个月,一天一行。PageUp、PageDown 翻月。\n"
        "F2 生成:工作日、休息日、法定节假日分开轮,按“本类最少、最久未值、排序”定人,避开请假、外出和连着两夜;"
        "回车看这一格为什么是他,按数字换人。手工换过的(靛色)重新生成时不动。\n"
        "下面是核对出来的问题,Tab 进去,回车去改。F5 核对、印发;下月的表要在本月月底前印发。\n"
        "印发以后只用 F4 调班:替班、对调,要在开始以前登记;开始以后是临时调换,写几点接手。"
        "轮次记在原来排的人名下(欠、补)。\n"
        "F8 值班统计。菜单里有:不能值班、专项值班、明日提醒、谁收到、导入以前的值班表、日历文件。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "generate", "生成", tooltip="按轮次生成本月的值班表草稿", id="roster.generate"),
        Binding("f4", "change", "调班", tooltip="替班、调班、临时调换、撤销调班单", id="roster.change"),
        Binding("f5", "proceed", "下一步", tooltip="核对、印发、退回、谁收到、明日已通知", id="roster.proceed"),
        Binding("f7", "export", "导出", tooltip="值班表、调班申请单、值班统计表", id="roster.export"),
        Binding("f8", "fairness", "统计", tooltip="值班统计:各人各类次数、欠补、上次", id="roster.fairness"),
        Binding("pageup", "turn(-1)", "前一月", tooltip="翻到前一个月", priority=True, id="roster.previous"),
        Binding("pagedown", "turn(1)", "后一月", tooltip="翻到后一个月", priority=True, id="roster.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="roster-head", markup=False)
        yield RosterGrid(id="roster-grid")
        yield FairnessGrid(id="fairness", cursor_type="row", cell_padding=0)
        yield Static(
            "这个月还没有值班表。\n值班制度第1条:月底前印发下月值班表。\n\n按 F2 生成,草稿可以逐格改。",
            id="no-roster",
            classes="empty",
            markup=False,
        )
        yield OptionList(id="roster-checks", markup=False, compact=True)

    def on_mount(self) -> None:
        self._month = month_of(self.today)
        self._special: int | None = None
        self._page: RosterPage | None = None
        self._wanted: tuple[int | None, date | None] | None = None
        self.query_one("#fairness").display = False
        self.query_one("#no-roster").display = False

    def on_resize(self, event: events.Resize) -> None:
        """Give the remarks the room there is."""
        if self._page is not None:
            self.grid.show(self._page, self.size.width, self.today)

    @property
    def grid(self) -> RosterGrid:
        """Return the month."""
        return self.query_one(RosterGrid)

    @property
    def line(self) -> ShiftLine | None:
        """Return the place under the cursor, the first of its cell."""
        under = self.grid.under_cursor() if self._page and self._page.document else None
        return under[1][0] if under and under[1] else None

    def refresh_page(self) -> None:
        """Read the month beside the keys: turns of a year take longer than a key may wait."""
        self._read(self._month, self._special)

    def visit(self, day: date) -> None:
        """Turn to the month of a day, with the cursor on it."""
        self._month, self._special = month_of(day), None
        self._wanted = (None, day)
        self.query_one("#fairness").display = False
        self.reload()

    def start_work(self) -> None:
        """Put the cursor on the month."""
        if self.query_one("#fairness").display:
            self.query_one("#fairness").focus()
        else:
            self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if not self.is_mounted or getattr(self, "_page", None) is None:
            return True
        made = self._page.document if self._page else None
        if action == "generate":
            return self._special is None and (made is None or made.state is not RosterState.ISSUED)
        if action == "change":
            return made is not None and made.state is RosterState.ISSUED
        if action == "proceed":
            return made is not None
        return True

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        yield Entry("不能值班", self.note_unavailable, hint="某人某段时间不排班,或一直不排")
        yield Entry("取消不能值班", self.end_unavailable, hint="又能值班了")
        yield Entry("专项值班安排", self.make_special, hint="春节、防汛、重大活动")
        yield Entry("看专项值班", self.choose_special, hint="已有的专项值班安排")
        yield Entry("明日值班提醒", self.remind, hint="明天谁值班、电话,打完按已通知")
        yield Entry("谁收到值班表", self.tick_receipts, hint="印发后逐个打勾")
        yield Entry("撤回收到", self.take_back_receipt, hint="打错勾的")
        yield Entry("登记补休", self.take_rest, hint="值夜班攒下的半天")
        yield Entry("撤回补休", self.take_back_rest, hint="登记错的、后来没有休的")
        yield Entry("导入以前的值班表", self.import_duties, hint="从 Excel,作为轮次的起点")
        yield Entry("导出日历文件", self.export_calendar, hint="某人当月的班,手机、电脑日历可打开")
        yield from calendar_entries(self)

    def explain_cursor(self) -> Explanation | None:
        """Explain why the place under the cursor is whose it is."""
        line, page = self.line, self._page
        if line is None or page is None:
            return None
        facts = [f"{page.name(line)}:{line.basis or '手工指定'}"]
        if line.planned != line.staff:
            facts.append(f"原排{page.names.get(line.planned or 0, '空缺')},轮次记在原排的人名下")
        title = f"{chinese_short_day(line.day)}{line.label}"
        return Explanation(title, facts, line.post.article, article_text(line.post.article))

    def action_generate(self) -> None:
        """Generate the month anew; what was set by hand stays."""
        if self._page is not None and self._special is None:
            self.perform(roster_making.make_roster, self._month, done=_made_words)

    def action_turn(self, step: int) -> None:
        """Leaf to a neighbouring month, a year ahead at the most."""
        target = month_after(self._month, step)
        if target <= month_after(month_of(self.today), MOST_AHEAD):
            self._month, self._special = target, None
            self.say("")
            self.reload()

    def action_fairness(self) -> None:
        """Change between the month and 值班统计."""
        table = self.query_one("#fairness")
        table.display = not table.display
        self._show_parts()
        self.reload()
        self.start_work()

    def action_leave_field(self) -> None:
        """Leave 值班统计, then a 专项值班安排, for the month."""
        if self.query_one("#fairness").display:
            self.action_fairness()
        elif self._special is not None:
            self._special = None
            self.reload()
        else:
            super().action_leave_field()

    def open_special(self, roster: int) -> None:
        """Show a 专项值班安排."""
        self._special = roster
        self.query_one("#fairness").display = False
        self.reload()

    @on(DataTable.CellSelected, "#roster-grid")
    def choose_place(self, event: DataTable.CellSelected) -> None:
        """Enter on a cell offers who might stand there; of an issued roster how it may change."""
        event.stop()
        under = self.grid.under_cursor()
        if self._page is None or self._page.document is None or under is None or not under[1]:
            return
        self.pick_line(under[1], self._offer)

    @on(OptionList.OptionSelected, "#roster-checks")
    def go_to_finding(self, event: OptionList.OptionSelected) -> None:
        """Go to the place a finding is about."""
        event.stop()
        page = self._page
        if page is not None and event.option_index < len(page.findings):
            found = page.findings[event.option_index]
            self.grid.go_to(found.shift, found.problem.day)
            self.grid.focus()

    def _offer(self, line: ShiftLine) -> None:
        page = self._page
        if page is None or page.document is None:
            return
        if page.document.state is RosterState.DRAFT:
            self.with_operator(lambda: self._ask_candidates(line))
        elif page.document.state is RosterState.ISSUED:
            self.offer_changes(line)
        else:
            self.note("已核的值班表要改,先按 F5 退回草拟。")

    @work(group="candidates", exclusive=True)
    async def _ask_candidates(self, line: ShiftLine) -> None:
        try:
            found = await self.desk.read(roster_placing.candidates, line.id)
        except (Refused, StorageError) as error:
            self.show_failure(error)
            return
        page = self._page
        if page is None:
            return
        options: list[tuple[str, Content, int]] = [
            (str(place), _candidate_words(one, page), one.person) for place, one in enumerate(found[:CANDIDATES], 1)
        ]
        options.append(("0", Content("其他人…"), 0))
        title = f"{chinese_short_day(line.day)}{line.label} {page.name(line)}:{line.basis}"
        self.app.push_screen(ChooseScreen(title, options), partial(self._chosen, line))

    def _chosen(self, line: ShiftLine, person: int | None) -> None:
        if person == 0:
            self.app.push_screen(self._everybody(line))
        elif person is not None and person != line.staff:
            self._set(line, person)

    def _everybody(self, line: ShiftLine) -> MenuScreen:
        people: Sequence[Person] = self.desk.people()
        names = self._page.names if self._page else {}
        entries = [
            Entry(names.get(one.id, one.name), partial(self._set, line, one.id), hint=f"{one.section} {one.position}")
            for one in people
        ]
        entries.append(Entry("空缺", partial(self._set, line, None), hint="先空着"))
        return MenuScreen(entries, f"{chinese_short_day(line.day)}{line.label}由谁值", "姓名中的字或首字母")

    def _set(self, line: ShiftLine, person: int | None) -> None:
        label = f"{chinese_short_day(line.day)}{line.label}"
        self.perform(roster_placing.set_shift, line.id, person, done=lambda name: f"已改 {label} {name}(手工)")

    @work(group="roster", exclusive=True)
    async def _read(self, month: str, special: int | None) -> None:
        try:
            page = await self.desk.read(partial(_page_of, month, special))
            figures = await self.desk.read(partial(_figures_of, page.month))
        except (Refused, StorageError) as error:
            self.show_failure(error)
            return
        if (month, special) == (self._month, self._special):
            self._page = page
            self._show(page, figures)

    def _show(self, page: RosterPage, figures: DutyMonth) -> None:
        self.query_one("#roster-head", Static).update(_head(page))
        self.grid.show(page, self.size.width, self.today)
        self.query_one(FairnessGrid).show(figures, self.size.width)
        checks = self.query_one("#roster-checks", OptionList)
        place = checks.highlighted or 0
        checks.set_options(
            Option(Content.styled(f"{plain(str(one.problem))}  ›", "$late" if one.is_blocking else "$due"))
            for one in page.findings
        )
        checks.highlighted = min(place, len(page.findings) - 1) if page.findings else None
        self._show_parts()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.grid.go_to(*wanted)
        self.refresh_bindings()

    def _show_parts(self) -> None:
        page = self._page
        is_table = self.query_one("#fairness").display
        has_roster = page is not None and page.document is not None
        self.grid.display = has_roster and not is_table
        self.query_one("#no-roster").display = not has_roster and not is_table
        self.query_one("#roster-checks").display = (
            has_roster and page is not None and bool(page.findings) and not is_table
        )

    def moves(self) -> list[str]:
        """Return the verbs that lead on from the state of the roster shown."""
        made = self._page.document if self._page else None
        return [verb for state, verb in MOVES if made is not None and state is made.state]


def _page_of(month: str, special: int | None, office: Office) -> RosterPage:
    return roster_page(office, month, special)


def _figures_of(month: str, office: Office) -> DutyMonth:
    return duty_month(office, month)


def _made_words(made: Made) -> str:
    parts = [f"已生成 {int(made.month[5:])}月值班表第{made.version}版 {made.places}格"]
    if made.pinned:
        parts.append(f"手工定的{made.pinned}格没动")
    if made.vacant:
        parts.append(f"{made.vacant}格空缺")
    if made.running:
        parts.append(f"{made.running}格避不开连值")
    return ",".join(parts)


def _candidate_words(one: Candidate, page: RosterPage) -> Content:
    last = f"上次{chinese_short_day(one.last)}" if one.last else "没有值过"
    words = f"{page.names.get(one.person, '')}  本类{one.count}次(应{one.share:.1f})  {last}"
    return Content.assemble(plain(words), Content.styled(f"  {plain(one.obstacle)}", "$late") if one.obstacle else "")


def _head(page: RosterPage) -> Content:
    made = page.document
    parts: list[Content | str | tuple[str, str]] = [(page.title, "bold $chosen")]
    if made is not None:
        style = {"draft": "$due", "checked": "$chosen", "issued": "bold $done"}[made.state.value]
        parts += [f"  第{made.version}版 ", Content.styled(made.state.label, style)]
        if made.issued_at is not None:
            parts.append(f" {chinese_short_day(day_of(made.issued_at))}  收到{page.received}/{page.expected}")
    if page.is_provisional:
        parts.append(Content.styled("  暂定(没有放假通知)", "bold $due"))
    if page.countdown is not None:
        words, is_late = page.countdown
        parts.append(Content.styled(f"  {words}", "bold $late" if is_late else "$due"))
    return Content.assemble(*parts)
