"""印章: a day or a month of 用印登记簿, the approvals, and the seals with whoever holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_short_day, month_days, month_of
from govoffice_tui.registers import closing, staff
from govoffice_tui.registers.seals import carry_pages, keeping_pages, pages
from govoffice_tui.registers.seals.lines import Used
from govoffice_tui.registers.seals.register import SEALS
from govoffice_tui.registers.seals.views import ApprovalRow, CarryRow, SealCard, UseRow
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.seal_states import UseState
from govoffice_tui.rules.seals import AUTHORITY, IMPRINT_HELP, KEEPING, OUTSIDE
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry
from govoffice_tui.screens.reviewing import open_review_menu
from govoffice_tui.screens.seals.acts import Line, SealActs
from govoffice_tui.screens.seals.carry_lines import carry_facts, carry_words
from govoffice_tui.screens.seals.finding import SealSearch
from govoffice_tui.screens.seals.heads import page_head
from govoffice_tui.screens.seals.leaves import EMPTY, KEYS_SHOWN, SealList, View
from govoffice_tui.screens.seals.lines import (
    approval_facts,
    approval_words,
    seal_facts,
    seal_words,
    use_facts,
    use_words,
)
from govoffice_tui.screens.seals.printing import choose_seal_form
from govoffice_tui.screens.seals.use_form import open_use_form


class SealsScreen(SealActs):
    """The register of seal use: F8 leafs through its day, its month, the approvals and the keepers."""

    help_text = (
        "用印登记簿:一件一号,先登记、后盖章(印章管理制度第3条)。县政府印章须经县长或副县长批准,办公室印章须经主任或"
        "副主任批准;公文、函件还要分管副主任签字,批准人就是分管副主任的签一次即可。\n"
        "F2 登记用印:上次的印章、批准人、单位还在;缺哪一步都写在表头,缺了不能用印。核对按一次空格。\n"
        "签字页:先打印好页号,每页25行,换页时才问页号;承办人还没签的选“待签字”,签了按 F5,才算盖章。\n"
        "电话批准写时间和号码,下一个工作日前补书面审批,补上以前一直标红。\n"
        "印章在谁手里谁才能用:没有B角,离岗由领导指定代管并办交接(F8 到保管人页)。每天下班前 F6 回车 清点上锁。\n"
        "空白凭证、空白纸张一律不盖,送来的记入拒绝用印清单(菜单“拒绝用印登记”)。涉密件标题写“涉密件”,只记机要册页。\n"
        f"{IMPRINT_HELP}"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter", "登记", tooltip="登记用印、申请或印章", id="seals.enter"),
        Binding("f3", "find", "查找", tooltip="按单位、标题、编号查用印", id="seals.find"),
        Binding("f4", "correct", "更正", tooltip="更正、作废、改批准份数", id="seals.correct"),
        Binding("f5", "proceed", "下一步", tooltip="签字、验印、同意、交接", id="seals.proceed"),
        Binding("f6", "close", "清点", tooltip="清点上锁,封存本月", id="seals.close"),
        Binding("f7", "export", "导出", tooltip="本月的表、审批单、交接单、签字页", id="seals.export"),
        Binding("f8", "leaf", "月页", tooltip="日页、月页、审批页、保管人页", id="seals.leaf"),
        Binding("pageup", "turn(-1)", "前一页", tooltip="翻到前一天或前一月", priority=True, id="seals.previous"),
        Binding("pagedown", "turn(1)", "后一页", tooltip="翻到后一天或后一月", priority=True, id="seals.following"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="seals-head", classes="page-line", markup=False)
        yield Static(id="seals-keys", classes="page-keys", markup=False)
        yield SealList(id="seals", markup=False, compact=True)
        yield Static(classes="empty", id="no-seals", markup=False)

    def on_mount(self) -> None:
        self._view = View.DAY
        self._day = self.today
        self._lines: list[Line] = []
        self._counted: dict[int, str] = {}
        self._drawn: object = None

    def on_resize(self) -> None:
        """Give unit and title the room there is."""
        self._draw()

    def refresh_page(self) -> None:
        """Read the page that lies open."""
        office = self.desk.office
        kept = self.chosen
        if self._view is View.DAY:
            self._lines = [*pages.uses(office, self._day, self._day)]
            if self._day == self.today:
                listed = {one.id for one in self._lines}
                self._lines += [one for one in pages.waiting(office) if one.id not in listed]
        elif self._view is View.MONTH:
            self._lines = [*pages.month(office, month_of(self._day))]
        elif self._view is View.APPROVALS:
            self._lines = [*pages.approvals(office)]
        elif self._view is View.CARRIES:
            self._lines = [*carry_pages.carries(office)]
        else:
            self._lines = [*keeping_pages.seals(office)]
            found = {one.seal: one for one in keeping_pages.counts(office, self.today, self.today)}
            words = {"locked": "已清点", "out": "外带", "missing": "不见了"}
            self._counted = {seal: f"{words[one.found]} {one.counted_at:%-H:%M}" for seal, one in found.items()}
        self._draw()
        if kept is None or not self._lines:
            return
        if not isinstance(self._lines[0], type(kept)):  # another book's page: its rows are numbered on their own
            self.listing.highlighted = 0
            return
        places = [one.id for one in self._lines]
        if kept.id in places:
            self.listing.highlighted = places.index(kept.id)

    def start_work(self) -> None:
        """Put the cursor on the first line."""
        self.set_focus(self.listing if self._lines else None)

    def visit(self, day: date) -> None:
        """Turn to a day's page."""
        self._view, self._day = View.DAY, min(day, self.today)
        self.reload()
        self.start_work()

    def day_changed(self, today: date) -> None:
        """Begin the new day's page, where the old one lay open."""
        if self._day == today - timedelta(days=1):
            self._day = today

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action in ("correct", "proceed") and self.is_mounted:
            return bool(self._lines)
        if action == "turn" and self.is_mounted:
            return self._view in (View.DAY, View.MONTH)
        return True

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Return the keys that work now; F8 names the page it leads to."""
        from dataclasses import replace

        return {
            key: active._replace(binding=replace(active.binding, description=self._view.next.label))
            if active.binding.id == "seals.leaf" and self.is_mounted
            else active
            for key, active in super().active_bindings.items()
        }

    def menu_entries(self) -> Iterable[Entry]:
        """Give what has no key of its own."""
        return (
            Entry("登记用印", partial(open_use_form, self, self._show_used), "F2"),
            Entry("登记用印申请", self._asked(self.apply_ahead), hint="事先送审的,批下来再用"),
            Entry("停机补登", self._asked(self.record_outage), hint="停电、故障时纸上已经盖了的"),
            Entry("拒绝用印登记", self._asked(self.refuse_blank), hint="空白凭证、空白纸张,印章管理制度第5条"),
            Entry("拒绝用印清单", self._show_refusals, hint="本月拒绝的用印"),
            Entry("清点上锁", self.count, "F6", hint="手里的全部印章"),
            Entry("印章外带", self._asked(self.apply_carry), hint="带出办公室用印,主任批准、保管人携带"),
            Entry("登记印章", self._asked(self.add_seal), hint="启用新印"),
            Entry("盖章位置", self._show_place, hint="齐年盖月和国家标准"),
            Entry("复核用印更正", partial(open_review_menu, self), hint="另一个人看更正和作废"),
            *(Entry(f"到{view.label}", partial(self._open, view)) for view in View if view is not self._view),
        )

    def explain_cursor(self) -> Explanation | None:
        """Explain the line under the cursor."""
        line = self.chosen
        if line is None:
            return None
        article = {SealCard: KEEPING, CarryRow: OUTSIDE}.get(type(line), AUTHORITY)
        title = line.name if isinstance(line, SealCard) else line.number
        return Explanation(f"{title} 依据", self._facts(line), article, article_text(article))

    @property
    def listing(self) -> SealList:
        """Return the list of lines."""
        return self.query_one("#seals", SealList)

    @property
    def chosen(self) -> Line | None:
        """Return the line under the cursor."""
        place = self.listing.highlighted
        return self._lines[place] if place is not None and place < len(self._lines) else None

    def action_enter(self) -> None:
        """Open the form that belongs to the page."""
        if self._view is View.APPROVALS:
            self.apply_ahead()
        elif self._view is View.KEEPERS:
            self.add_seal()
        elif self._view is View.CARRIES:
            self.apply_carry()
        else:
            open_use_form(self, self._show_used)

    def action_find(self) -> None:
        """Find a line of any year."""
        self.app.push_screen(SealSearch(self.desk), lambda one: self._go_to_use(one) if one is not None else None)

    def action_close(self) -> None:
        """Count the seals and lock them away, or seal the month."""
        month = month_of(self._day)
        options: list[tuple[str, Content, Callable[[], object]]] = [
            ("1", Content("清点上锁(手里的全部印章)"), self.count),
            ("2", Content(f"封存{month[:4]}年{int(month[5:])}月用印"), partial(self._seal, month)),
        ]
        self.app.push_screen(ChooseScreen("收存", options), lambda run: run() if run is not None else None)

    def action_export(self) -> None:
        """Write the month's forms of this book, or the paper of what stands under the cursor."""
        self.try_reading(partial(choose_seal_form, self, month_of(self._day), self.chosen))

    def action_leaf(self) -> None:
        """Go to the next of the book's pages."""
        self._open(self._view.next)

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring day or month, today at the most."""
        if self._view is View.DAY:
            target = self._day + timedelta(days=step)
        else:
            first = self._day.replace(day=1)
            target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
            target = target.replace(day=1) if step < 0 else min(target.replace(day=1), self.today)
        if target <= self.today:
            self._day = target
            self.reload()
            self.start_work()

    @on(SealList.Clear)
    def note_clear(self, event: SealList.Clear) -> None:
        """Note that the imprint of the line is clear."""
        event.stop()
        line = self.chosen
        if isinstance(line, UseRow):
            if line.is_struck or line.state is not UseState.USED:
                self.note(f"{line.number}{'已划去' if line.is_struck else line.state.label},不用验印。")
            else:
                self.clear_imprint(line)

    @on(OptionList.OptionSelected, "#seals")
    def show_detail(self, event: OptionList.OptionSelected) -> None:
        """Show everything entered about a line."""
        event.stop()
        line = self._lines[event.option_index]
        title = line.name if isinstance(line, SealCard) else f"{line.number} {line.unit}"
        facts = self._facts(line)
        if isinstance(line, UseRow):
            facts += ["", *IMPRINT_HELP.splitlines()]
        self.app.push_screen(TextScreen(title, Content("\n".join(facts))))

    def _asked(self, act: Callable[[], object]) -> Callable[[], object]:
        return partial(self.try_reading, act)

    def _open(self, view: View) -> None:
        self._view = view
        self.reload()
        self.start_work()
        self.refresh_bindings()

    def _go_to_use(self, use: UseRow) -> None:
        self.visit(use.event_day)
        self._put_on(use.id)

    def _show_used(self, done: Used) -> None:
        if self._view not in (View.DAY, View.MONTH) or self._day != self.today:
            self._view, self._day = View.DAY, self.today
            self.reload()
        self.start_work()
        self._put_on(done.uses[0])

    def _put_on(self, row: int) -> None:
        places = [one.id for one in self._lines]
        if row in places:
            self.listing.highlighted = places.index(row)

    def _seal(self, month: str) -> None:
        self.perform(
            closing.close_month,
            SEALS.word,
            month,
            SEALS.pending,
            SEALS.seal_digest,
            done=lambda _: f"已封存 {month[:4]}年{int(month[5:])}月用印",
        )

    def _show_refusals(self) -> None:
        days = month_days(month_of(self._day))
        found = keeping_pages.refusals(self.desk.office, days[0], days[-1])
        lines = [f"{chinese_short_day(one.day)}{one.at:%H:%M} {one.name} {one.words}" for one in found]
        title = f"{days[0].year}年{days[0].month}月拒绝用印 {len(found)}件"
        self.app.push_screen(TextScreen(title, Content("\n".join(lines) or "本月没有拒绝用印。")))

    def _show_place(self) -> None:
        self.app.push_screen(TextScreen("盖章位置", Content(IMPRINT_HELP)))

    def _facts(self, line: Line) -> list[str]:
        office = self.desk.office
        if isinstance(line, UseRow):
            return use_facts(line, staff.name_of(office, line.entered_by, line.entered_at.date()))
        if isinstance(line, ApprovalRow):
            return approval_facts(line)
        if isinstance(line, CarryRow):
            return carry_facts(line)
        return seal_facts(line, keeping_pages.handovers(office, line.id))

    def _draw(self) -> None:
        """Draw what was read; nothing is drawn anew where nothing differs."""
        width = self.size.width - 2
        drawn = (self._view, self._day, width, self.today, self._lines, self._counted)
        if drawn == self._drawn:
            return
        self._drawn = (self._view, self._day, width, self.today, list(self._lines), dict(self._counted))
        place = self.listing.highlighted
        self.listing.set_options(Option(self._words(line, width)) for line in self._lines)
        if self._lines:
            self.listing.highlighted = min(place or 0, len(self._lines) - 1)
        self.query_one("#seals-head", Static).update(page_head(self.desk.office, self._view, self._day, self._lines))
        keys = self.query_one("#seals-keys", Static)
        keys.update(KEYS_SHOWN[self._view])
        keys.display = bool(self._lines)
        empty = self.query_one("#no-seals", Static)
        empty.update(EMPTY[self._view])
        empty.display = not self._lines
        self.refresh_bindings()

    def _words(self, line: Line, width: int) -> Content:
        if isinstance(line, UseRow):
            return use_words(line, width, with_day=self._view is View.MONTH or line.event_day != self._day)
        if isinstance(line, ApprovalRow):
            return approval_words(line, width)
        if isinstance(line, CarryRow):
            return carry_words(line, self.desk.office.now(), width)
        return seal_words(line, self.today, self._counted.get(line.id, ""), width)
