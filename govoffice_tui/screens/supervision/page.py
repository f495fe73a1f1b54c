"""督办: what is in hand, the most urgent first; a month with its balance; the units in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_day, month_of
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.supervision import months, pages
from govoffice_tui.registers.supervision.recording import Entered
from govoffice_tui.registers.supervision.register import SUPERVISION
from govoffice_tui.registers.supervision.unit_list import list_period
from govoffice_tui.registers.supervision.views import DecisionKey, DecisionLine, SupervisionMonth, due_words
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import FOLLOWING
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen, take
from govoffice_tui.screens.exporting import choose_form, export_forms, export_paper
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.supervision.acts import SupervisionActs
from govoffice_tui.screens.supervision.drawing import hand_head, matter_words, month_head, month_words, unit_words
from govoffice_tui.screens.supervision.opening import open_matter_form

HAND, MONTH, UNITS = "hand", "month", "units"
PAGES = (HAND, MONTH, UNITS)
KEYS = {
    HAND: "1 催办(打完电话按)   回车 详情   F5 记进展、办结、延期、销号",
    MONTH: "回车 详情   翻页键 前后一月   F6 封存",
    UNITS: "回车 看这个单位的事项   F7 出督办清单",
}


class MatterList(OptionList):
    """The lines of the page; 1 notes that the unit of a line was called just now."""

    class RemindNow(Message):
        """The unit of the highlighted line was called."""

    def on_key(self, event: events.Key) -> None:
        """Take 1 for the line under the cursor; elsewhere digits choose tabs."""
        if event.character == "1" and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.RemindNow())


class SupervisionScreen(SupervisionActs):
    """Three pages in turn: in hand, a month, its units."""

    help_text = (
        "会后督促落实(会议管理制度第5条):会议议定的、领导批示的、上面交办的事,一件一行,办结并销号为止。\n"
        "F2 登记:事项、主办单位、时限(没有时限写“长期”)、来源;会议议定的写会议编号。\n"
        "颜色看离时限几天:蓝是快到了,黄是很近了,红是逾期;旁边都有字。天数在“设置”的督办里改。\n"
        "打完催办电话按 1,谁、什么时间、催了谁就记下了。F5 记进展、办结、延期、销号、退回重办。\n"
        "办结要写依据;销号由股长以上登记,写同意的领导;延期要写批准的领导,原定时限一直看得到。\n"
        "F8 换页:在办、全月、各单位。月底的数:上月结转+新增+退回重办-办结-作废=结转下月。\n"
        "当月办结又退回的不算办结;隔月退回的算退回重办,办好了再算一次办结。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter_matter", "登记", tooltip="登记督办事项", id="supervision.enter"),
        Binding("f3", "find", "查找", tooltip="按事项、单位、责任人、编号查督办", id="supervision.find"),
        Binding("f4", "correct", "更正", tooltip="更正事项或一条经过、划去一条、作废", id="supervision.correct"),
        Binding("f5", "proceed", "下一步", tooltip="进展、办结、销号、延期、催办、退回重办", id="supervision.proceed"),
        Binding("f6", "close", "封存", tooltip="封存一个月", id="supervision.close"),
        Binding("f7", "export", "导出", tooltip="导出会议及督办情况月报、单位督办清单", id="supervision.export"),
        Binding("f8", "turn_page", "在办/月/单位", tooltip="换页:在办、全月、各单位", id="supervision.page"),
        Binding("pageup", "turn(-1)", "前一月", priority=True, show=False, id="supervision.previous"),
        Binding("pagedown", "turn(1)", "后一月", priority=True, show=False, id="supervision.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="matters-head", classes="page-line", markup=False)
        yield Static(id="matters-keys", classes="page-keys", markup=False)
        yield MatterList(id="matters", markup=False, compact=True)
        yield Static(id="no-matters", classes="empty", markup=False)

    def on_mount(self) -> None:
        self._page = HAND
        self._month = month_of(self.today)
        self._lines: list[DecisionLine] = []
        self._seen: SupervisionMonth | None = None
        self._drawn: object = None

    def on_resize(self) -> None:
        """Give matter and unit the room there is."""
        self._draw()

    def refresh_page(self) -> None:
        """Read the page that is shown."""
        kept = self.chosen
        if self._page == HAND:
            self._lines = pages.in_hand(self.desk.office)
        else:
            self._seen = months.month(self.desk.office, self._month)
            self._lines = [one.line for one in self._seen.lines]
        self._draw()
        if kept is not None:
            self._seek(kept.key)

    def start_work(self) -> None:
        """Put the cursor on the first line."""
        self.set_focus(self.listing if self.listing.option_count else None)

    def day_changed(self, today: date) -> None:
        """The days left follow the day."""
        self.reload()

    def month_changed(self, month: str) -> None:
        """A new month begins with its own page."""
        self._month = month

    def visit(self, day: date) -> None:
        """Turn to what is in hand; a matter done long ago stands in the month it began in."""
        self._page = HAND
        self.reload()
        if not any(one.begun == day for one in self._lines):
            self._page, self._month = MONTH, month_of(min(day, self.today))
            self.reload()
        found = [place for place, one in enumerate(self._lines) if one.begun == day]
        if found:
            self.listing.highlighted = found[0]
        self.start_work()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action in ("correct", "proceed") and self.is_mounted:
            return self._page != UNITS and bool(self._lines)
        if action == "turn" and self.is_mounted:
            return self._page != HAND
        return True

    def menu_entries(self) -> Iterable[Entry]:
        """Offer the import of an older ledger."""
        yield Entry("导入督办台账", self.import_ledger, hint="以前用Excel记的,没办完的结转过来")
        yield Entry("本周催办", self._show_reminders, hint="逾期的和快到期的,电话号码在一起")

    def explain_cursor(self) -> Explanation | None:
        """Explain the line under the cursor."""
        line = self.chosen
        if line is None:
            return None
        return Explanation(f"{line.number} 依据", self._facts(line), FOLLOWING, article_text(FOLLOWING))

    @property
    def listing(self) -> MatterList:
        """Return the list of lines."""
        return self.query_one("#matters", MatterList)

    @property
    def chosen(self) -> DecisionLine | None:
        """Return the matter under the cursor, none on the page of units."""
        place = self.listing.highlighted
        if self._page == UNITS or place is None or place >= len(self._lines):
            return None
        return self._lines[place]

    @property
    def chosen_unit(self) -> str:
        """Return the responsible unit under the cursor, empty where there is none."""
        if self._page != UNITS:
            return self.chosen.lead_unit if self.chosen is not None else ""
        place = self.listing.highlighted
        units = self._seen.units if self._seen is not None else ()
        return units[place][1].unit if place is not None and place < len(units) else ""

    def action_enter_matter(self) -> None:
        """Open the form of a new matter."""
        open_matter_form(self, self._show_entered)

    def action_find(self) -> None:
        """Find a matter of the last two years, or one still in hand."""
        found = pages.recent(self.desk.office)[: pages.FOUND_LIMIT]
        entries = [
            Entry(
                f"{one.number} {one.matter}",
                partial(self._go_to, one),
                hint=f"{one.lead_unit} {one.person} {one.state.label}",
            )
            for one in found
        ]
        self.app.push_screen(MenuScreen(entries, "查督办", "事项、单位、责任人的一段或首字母"))

    def action_close(self) -> None:
        """Seal the month shown; from the page in hand the month before."""
        word = self._month
        if self._page == HAND:
            word = month_of(self.today.replace(day=1) - timedelta(days=1))
        name = f"{word[:4]}年{int(word[5:])}月督办"
        options: list[tuple[str, Content, Callable[[], object]]] = [
            ("1", Content(f"封存{name}"), partial(self._seal, word, name))
        ]
        self.app.push_screen(ChooseScreen(f"封存 {name}", options), take)

    def action_export(self) -> None:
        """Write the month's report, or the list of the unit under the cursor."""
        choices: list[tuple[str, Callable[[], object]]] = [
            (
                f"会议及督办情况月报 {int(self._month[5:])}月",
                partial(export_forms, self, self._month, [SUPERVISION.word]),
            )
        ]
        unit = self.chosen_unit
        if unit:
            choices.append((f"督办清单 {unit}", partial(self._export_list, unit)))
        choose_form(self, choices)

    def action_turn_page(self) -> None:
        """Turn from what is in hand to the month, to its units, and back."""
        self._page = PAGES[(PAGES.index(self._page) + 1) % len(PAGES)]
        self.reload()
        self.start_work()

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring month, the present one at the most."""
        first = date.fromisoformat(f"{self._month}-01")
        target = month_of(first - timedelta(days=1) if step < 0 else first + timedelta(days=32))
        if target <= month_of(self.today):
            self._month = target
            self.reload()
            self.start_work()

    @on(MatterList.RemindNow)
    def note_reminded(self, event: MatterList.RemindNow) -> None:
        """Note that the unit of the line was called."""
        event.stop()
        if self.chosen is not None:
            self.remind_now(self.chosen)

    @on(OptionList.OptionSelected, "#matters")
    def show_detail(self, event: OptionList.OptionSelected) -> None:
        """Show everything entered about a matter, or what a unit has in hand."""
        event.stop()
        line = self.chosen
        if line is not None:
            self.app.push_screen(TextScreen(f"{line.number} 督办", Content("\n".join(self._facts(line)))))
        elif self.chosen_unit:
            self._show_unit(self.chosen_unit)

    def _show_unit(self, unit: str) -> None:
        assert self._seen is not None
        listed = [
            f"{one.line.number} {one.line.matter}\n    时限{one.due} {one.state} {one.line.reminders}".rstrip()
            for one in self._seen.lines
            if one.line.lead_unit == unit and one.flow.in_hand
        ]
        self.app.push_screen(TextScreen(f"{unit} {self._month[:4]}年{int(self._month[5:])}月", "\n".join(listed)))

    def _show_reminders(self) -> None:
        """Show whom to call: overdue and due soon, each with the number."""
        listed = [
            f"{one.days_told(self.today)}  {one.lead_unit} {one.person} {one.phone}\n"
            f"    {one.number} {one.matter} 时限{one.due_told} {one.reminders}".rstrip()
            for one in pages.to_remind(self.desk.office, self.today)
        ]
        words = "\n".join(listed) or "没有逾期和快到期的事项。"
        self.app.push_screen(TextScreen(f"本周催办 {chinese_day(self.today)}", words))

    def _export_list(self, unit: str) -> None:
        try:
            period = list_period(self.desk.office, unit)
        except Refused as refusal:
            self.refuse(refusal)
            return
        export_paper(self, "supervision_list", period)

    def _seal(self, word: str, name: str) -> None:
        self.perform(
            closing.close_month,
            SUPERVISION.word,
            word,
            SUPERVISION.pending,
            SUPERVISION.seal_digest,
            done=lambda _: f"已封存 {name}",
        )

    def _show_entered(self, done: Entered) -> None:
        self._page = HAND
        self.reload()
        self._seek(done.key)
        self.start_work()

    def _go_to(self, line: DecisionLine) -> None:
        """Turn to the page a matter stands on."""
        self._page = HAND
        self.reload()
        if not self._seek(line.key):
            self._page, self._month = MONTH, month_of(line.steps[-1].day if line.steps else line.begun)
            self.reload()
            self._seek(line.key)
        self.start_work()

    def _seek(self, key: DecisionKey) -> bool:
        """Put the cursor on a matter; return whether it is on the page."""
        places = [place for place, one in enumerate(self._lines) if one.key == key]
        if places and self._page != UNITS:
            self.listing.highlighted = places[0]
        return bool(places)

    def _draw(self) -> None:
        """Draw what was read; nothing is drawn anew where nothing differs."""
        width, today = self.size.width - 2, self.today
        drawn = (self._page, self._month, width, today, self._lines, self._seen)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        place = self.listing.highlighted
        head, rows, nothing = self._drawing(width, today)
        self.listing.set_options(Option(words) for words in rows)
        if rows:
            self.listing.highlighted = min(place or 0, len(rows) - 1)
        self.query_one("#matters-head", Static).update(head)
        keys = self.query_one("#matters-keys", Static)
        keys.update(KEYS[self._page])
        keys.display = self.listing.display = bool(rows)
        empty = self.query_one("#no-matters", Static)
        empty.update(nothing)
        empty.display = not rows
        self.refresh_bindings()

    def _drawing(self, width: int, today: date) -> tuple[Content, list[Content], str]:
        """Return the head, the lines, and what stands there while there are none."""
        if self._page == HAND or self._seen is None:
            rules = settings.on(self.desk.office, today)
            days = (rules.supervision_blue_days, rules.supervision_yellow_days)
            rows = [matter_words(one, width, today, *days) for one in self._lines]
            nothing = (
                "没有在办的督办事项。\n\n按 F2 登记会议议定或领导批示的事:写事项、主办单位、时限(会议管理制度第5条)。"
            )
            return hand_head(pages.counted(self._lines, today)), rows, nothing
        if self._page == MONTH:
            rows = [month_words(one, width, today) for one in self._seen.lines]
            return month_head(self._seen, "督办"), rows, "这个月没有督办事项。"
        rows = [unit_words(place, one, width) for place, one in self._seen.units]
        return month_head(self._seen, "各单位"), rows, "这个月没有督办事项。"

    def _facts(self, line: DecisionLine) -> list[str]:
        """Return everything entered about a matter, in words."""
        office = self.desk.office
        by = staff.name_of(office, line.entered_by, line.entered_at.date())
        who = staff.name_of(office, line.supervisor, line.entered_at.date()) if line.supervisor else ""
        late = "  结转录入" if line.is_opening else "  补登" if line.is_late_entry else ""
        revised = f"  第{line.revision - 1}次更正" if line.revision > 1 else ""
        return [
            f"事项  {line.matter}",
            f"来源  {line.source.label}  {line.origin}",
            f"主办  {line.lead_unit}  {line.person} {line.phone}".rstrip(),
            *([f"协办  {line.co_units}"] if line.co_units else []),
            f"时限  {line.due_told}  {line.days_told(self.today)}",
            f"状态  {'作废' if line.is_struck else line.state_told(self.today)}",
            f"立项  {due_words(line.begun)}  督办人 {who or '没有写'}",
            *([f"备注  {line.remark}"] if line.remark else []),
            f"登记  {line.entered_at:%Y-%m-%d %H:%M} {by}{late}{revised}",
            *([f"作废  {line.struck_reason}"] if line.struck_reason else []),
            *(["", "经过"] if line.steps or line.struck_steps else []),
            *(f"  {one.words}{'  (更正过)' if one.revision > 1 else ''}" for one in line.steps),
            *(f"  划去:{one.words}({one.struck_reason})" for one in line.struck_steps),
        ]
