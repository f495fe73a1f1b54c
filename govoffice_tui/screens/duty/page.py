"""值班: the page of a shift, from taking it over to handing it on; a month of shifts a line each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import month_of
from govoffice_tui.registers.duty import book, months, pages, shift_rows
from govoffice_tui.registers.duty.hours import current_hours, hours_of
from govoffice_tui.registers.duty.planned import planned
from govoffice_tui.registers.duty.views import EntryLine, MonthRow, ShiftPage
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.duty import HAND_OVER, PRESENCE, RECORD, EntryState, ShiftHours, ShiftState
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.duty import drawing
from govoffice_tui.screens.duty.lines import DutyLines, Item
from govoffice_tui.screens.duty.papers import DutyPapers
from govoffice_tui.screens.exporting import (
    contacts_entry,
    packet_entry,
)
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry

FURTHEST_BACK = 400
"""Days a page can be turned back beyond the first shift of the book."""


class DutyScreen(DutyPapers):
    """The page of one shift: it follows the clock until somebody leafs away."""

    operator_title = "经办人"
    help_text = (
        "值班记录:一班一页,记在开始的那一天;次日凌晨的电话也在这一页(值班制度第3条)。\n"
        "1 接班:选值班员、带班领导、通讯员。上一班没有交班的,记单方接班。\n"
        "2 记来电(F2):写一句话,回车就登记;单位、缓急、报告谁,有空再按回车补。还缺什么,写在那一行后面。\n"
        "F5 下一步:急办、请示、移交、存查、接收、办结。急办、请示没有报告的计分钟,过了时限是红色。\n"
        "移交来的事项,5 全部接收,或在那一件上按 F5 逐件接收。\n"
        "3 交班(F6):未结的逐件写接收人,五项齐按回车,本班没有事的选“本班无重要事项”。\n"
        "涉密件不写单位和内容,只写机要登记簿的册页(值班制度第4条)。\n"
        "PgUp、PgDn 翻班,F8 一月一览,F3 查历年来电,F4 更正、作废、说明,F7 打印值班页、月报表、呈阅单、应急联系表。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "turn_month", "班页/月页", tooltip="在一班和一个月之间切换", id="duty.month"),
        Binding("pageup", "turn(-1)", "前一班", tooltip="翻到前一班(月页:前一月)", priority=True, id="duty.previous"),
        Binding("pagedown", "turn(1)", "后一班", tooltip="翻到后一班(月页:后一月)", priority=True, id="duty.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="page-head", markup=False)
        yield Static(id="duty-crew", markup=False)
        yield Static(id="band", markup=False)
        yield DutyLines("duty-lines")
        yield Static("这一班没有登记。", classes="empty", id="duty-nothing", markup=False)
        yield OptionList(id="duty-month", markup=False, compact=True)

    def on_mount(self) -> None:
        self._page: ShiftPage | None = None
        self._is_following = True
        self._day = self.today
        self._starts: datetime | None = None
        self._month_rows: tuple[MonthRow, ...] = ()
        self._wanted: tuple[int, int] | None = None
        self._is_fresh = True
        self.query_one("#duty-month").display = False

    @property
    def listing(self) -> DutyLines:
        """Return the one list of the page."""
        return self.query_one(DutyLines)

    @property
    def month_list(self) -> OptionList:
        """Return the month page."""
        return self.query_one("#duty-month", OptionList)

    def refresh_page(self) -> None:
        """Read the shift's page and draw it, or its month."""
        office = self.desk.office
        if self._is_following:
            current = pages.current_page(office)
            self._day, self._starts = current.day, current.starts
        if self.month_list.display:
            self._show_month()
        self._page = pages.page(office, self._day, self._starts)
        self._show(self._page, office.now())

    def start_work(self) -> None:
        """Put the cursor on what comes next: 接班, else 记来电."""
        if self.month_list.display:
            self.month_list.focus()
        elif self.listing.display:
            self.listing.focus()
        else:
            self.set_focus(None)

    def minute_changed(self, now: datetime) -> None:
        """Count the minutes of what nobody was told of, and meet the beginning and end of a shift."""
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the lines for the new width."""
        if self._page is not None:
            self._show(self._page, self.desk.office.now())

    def visit(self, day: date) -> None:
        """Turn to the page of a day: of several the one worked on now, else the first nobody kept, else the first."""
        found = pages.pages_on(self.desk.office, day)
        current = [page for page in found if page.is_current]
        blank = [page for page in found if page.is_blank and not page.blank_reason]
        self._turn_to((current or blank or list(found))[0].hours)

    def show_shift(self, row: int) -> None:
        """Turn to the page of a shift."""
        shift = shift_rows.shift_by_id(self.desk.office, row)
        if shift is not None:
            self._turn_to(shift.hours)

    def _turn_to(self, hours: ShiftHours) -> None:
        current = pages.current_page(self.desk.office)
        self.month_list.display = False
        self._day, self._starts = hours.day, hours.starts
        self._is_following = (hours.day, hours.starts) == (current.day, current.starts)
        self.reload()
        self.start_work()

    def follow(self) -> None:
        """Turn to the page that is worked on now."""
        self._is_following = True
        self._is_fresh = True
        self.reload()
        self.start_work()

    def show_line(self, line: EntryLine) -> None:
        """Put the cursor on a line that was written."""
        self._wanted = (line.year, line.number)
        self.reload()
        self.start_work()

    def line_under_cursor(self) -> EntryLine | None:
        """Return the line the cursor is on."""
        return None if self.month_list.display else self.listing.line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if not self.is_mounted:
            return True
        page = self._page
        shift = page.shift if page is not None else None
        is_month = self.month_list.display
        if action == "record":
            return not is_month and shift is not None and shift.state is ShiftState.OPEN
        if action == "close":
            return not is_month and shift is not None
        if action in ("move", "correct"):
            return not is_month and page is not None
        return True

    def menu_entries(self) -> Iterable[Entry]:
        """Give what has no key of its own."""
        yield Entry("接班", self.take_over, "1", "选值班员和带班领导")
        yield Entry("记其他", self.record_other, "4", "去电 传真 电报 来访 领导指示 突发 巡查 查岗")
        yield Entry("调换值班员", self.swap, hint="中途换人,前后两人都留名")
        yield Entry("处置提示", self.show_advice, hint="突发事件问什么、报谁")
        yield Entry("补登纸质值班", self.enter_late_shift, hint="停电时记在纸上的一班")
        yield contacts_entry(self)
        yield packet_entry(self)

    def explain_cursor(self) -> Explanation | None:
        """Explain the line under the cursor, or the page, with its article."""
        line = self.line_under_cursor()
        if line is not None:
            return Explanation(f"第{line.place}号", drawing.facts_of(line), RECORD, article_text(RECORD))
        page = self._page
        if page is not None and page.shift is not None and page.shift.state is not ShiftState.OPEN:
            return Explanation("交接班", [drawing.band_of(page)[0]], HAND_OVER, article_text(HAND_OVER))
        return Explanation("值班", [], PRESENCE, article_text(PRESENCE))

    @on(DutyLines.Act)
    def act(self, event: DutyLines.Act) -> None:
        """Begin an act by its digit."""
        event.stop()
        deeds = (self.take_over, self.action_record, self.hand_over, self.record_other, self.accept_all)
        deeds[event.digit - 1]()

    @on(DutyLines.Opened)
    def open_line(self, event: DutyLines.Opened) -> None:
        """Fill in a line while its shift goes on; afterwards show what it says."""
        event.stop()
        line, shift = event.line, self.shift
        is_own = shift is not None and line.shift == shift.id and shift.state is ShiftState.OPEN
        if (
            is_own
            and not line.is_struck
            and line.state in (EntryState.REGISTERED, EntryState.URGENT, EntryState.ASKING)
        ):
            self.fill(line)
        else:
            article = Content(f"\n\n依据 {RECORD}\n{article_text(RECORD)}")
            text = Content.assemble(Content("\n".join(drawing.facts_of(line))), article)
            self.app.push_screen(TextScreen(f"{line.told} {line.kind.label}", text))

    @on(OptionList.OptionSelected, "#duty-month")
    def open_shift(self, event: OptionList.OptionSelected) -> None:
        """Open a shift of the month."""
        event.stop()
        self._turn_to(self._month_rows[event.option_index].hours)

    @on(OptionList.OptionHighlighted, "#duty-lines")
    def cursor_moved(self, event: OptionList.OptionHighlighted) -> None:
        """Let the keys show what may be done with the line."""
        event.stop()
        self.refresh_bindings()

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring shift, or month; the shift worked on now is the last."""
        office = self.desk.office
        current = pages.current_page(office)
        if self.month_list.display:
            first = self._day.replace(day=1)
            target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
            self._day, self._starts = min(target.replace(day=1), current.day), None
        else:
            first = shift_rows.first_day(office) or current.day
            shown = hours_of(office, self._day, self._starts)
            target_hours = min(pages.neighbour(office, shown, step), current, key=lambda one: one.starts)
            if target_hours.day >= first - timedelta(days=FURTHEST_BACK):
                self._day, self._starts = target_hours.day, target_hours.starts
        self.say("")
        is_current = self._day == current.day and self._starts in (None, current.starts)
        self._is_following = is_current and not self.month_list.display
        self._is_fresh = True
        self.reload()
        self.start_work()

    def action_turn_month(self) -> None:
        """Change between the page of a shift and the page of its month."""
        self.month_list.display = not self.month_list.display
        self.reload()
        self.start_work()

    def _planned_words(self, page: ShiftPage) -> str:
        office = self.desk.office
        hours = current_hours(office, office.now()) if page.is_over else page.hours
        plan = planned(office, hours.day, hours.starts)
        if plan is None:
            return ""
        names = book.names_on(office, page.day)
        people = "、".join(names.get(one, "") for one in plan.officers)
        leader = f" 带班 {names.get(plan.leader, '')}" if plan.leader is not None else ""
        return f"值班表:{people}{leader}"

    def _show(self, page: ShiftPage, now: datetime) -> None:
        """Draw what was read."""
        is_month = self.month_list.display
        head = self.query_one("#page-head", Static)
        head.update(drawing.month_head(month_of(self._day), self._month_rows) if is_month else drawing.head_of(page))
        crew = self.query_one("#duty-crew", Static)
        crew.update(drawing.crew_of(page))
        crew.display = not is_month
        words, is_alert = drawing.band_of(page)
        band = self.query_one("#band", Static)
        band.update(words)
        band.set_class(is_alert, "-alert")
        band.display = bool(words) and not is_month
        items = self._items(page, now)
        listing = self.listing
        wanted, self._wanted = self._wanted, None
        listing.show(items, wanted)
        if self._is_fresh and items and wanted is None:
            is_open = page.shift is not None and page.shift.state is ShiftState.OPEN and not page.is_over
            acts = [place for place, item in enumerate(items) if item.act == (2 if is_open else 1)]
            listing.highlighted = acts[0] if acts else 0
            self._is_fresh = False
        listing.display = bool(items) and not is_month
        self.query_one("#duty-nothing").display = not items and not is_month
        self.refresh_bindings()

    def _items(self, page: ShiftPage, now: datetime) -> list[Item]:
        width = max(56, (self.size.width or drawing.FULL) - 4)
        items: list[Item] = []
        if page.is_current:
            acts = drawing.act_lines(page, self.next_words() or self._planned_words(page))
            items += [Item(words, place) for place, words in enumerate(acts, 1)]
        if page.matters:
            items.append(Item(Content("")))
            items.append(Item(drawing.heading("以前各班移交,未办结", len(page.matters))))
            items += [
                Item(drawing.line_of(line, now, page.report_minutes, width, is_matter=True), line=line)
                for line in page.matters
            ]
        if page.lines:
            if page.is_current:
                items.append(Item(Content("")))
                items.append(Item(drawing.heading("本班登记", len(page.standing))))
            items += [Item(drawing.line_of(line, now, page.report_minutes, width), line=line) for line in page.lines]
        return items

    def _show_month(self) -> None:
        word = month_of(self._day)
        found = tuple(months.rows(self.desk.office, word))
        width = max(56, (self.size.width or drawing.FULL) - 4)
        listing = self.month_list
        if found != self._month_rows or listing.option_count != len(found):
            place = listing.highlighted
            self._month_rows = found
            listing.set_options(Option(drawing.month_line(row, width)) for row in found)
            if found:
                same = [place for place, row in enumerate(found) if row.day == self._day]
                mine = [place for place in same if found[place].hours.starts == self._starts]
                chosen = (mine or same or [len(found) - 1])[0]
                listing.highlighted = chosen if place is None else min(place, len(found) - 1)
