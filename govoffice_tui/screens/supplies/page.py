"""耗材: issue in one line, what is in stock, the month's slips, who uses how much, an item's page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import month_of
from govoffice_tui.registers import closing
from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.registers.supplies import counts, pages, slips, use
from govoffice_tui.registers.supplies import items as item_book
from govoffice_tui.registers.supplies.booking import Head, next_row, number_of, open_page
from govoffice_tui.registers.supplies.register import SUPPLIES as BOOK
from govoffice_tui.registers.supplies.typed import read_goods, read_typed
from govoffice_tui.registers.supplies.views import LedgerPage, Slip, SlipLine, StockItem, UseRow
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import SUPPLIES, Item
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.exporting import choose_form
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.supplies import drawing, heads
from govoffice_tui.screens.supplies.acts import SupplyActs
from govoffice_tui.screens.supplies.corrections import Deed
from govoffice_tui.screens.supplies.opening import ask_for_list
from govoffice_tui.screens.supplies.printing import forms_of
from govoffice_tui.widgets.line_input import LineInput

VIEWS = ("stock", "slips", "use")
TITLES = {"stock": "库存", "slips": "凭证", "use": "各股室用量", "ledger": "台账"}


class QuickField(LineInput):
    """领用人 品目 数量: Enter is met in its turn among the letters, Down goes to the list."""

    class ToList(Message):
        """The list under the field is wanted."""

    async def _on_key(self, event: events.Key) -> None:
        """Send at the moment of the key, also where keys come in one burst."""
        if event.key == "enter":
            await self.action_submit()
        elif event.key == "down":
            self.post_message(self.ToList())
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()


class SuppliesScreen(SupplyActs):
    """The stock book; F8 goes through its pages, Enter opens an item's page."""

    help_text = (
        "耗材由专人管理,登记、签字手续齐全,不浪费(办公设施管理制度第5条)。\n"
        "领用:在上面一行写 领用人 品目 数量,如 zw a4 2,回车就登记上了;人和品目写首字母、名字、工号或编码。\n"
        "以旧换新的品目后面写 旧1;没有旧件写 无旧 和原因。超过限额的会打开表让你写批准人。\n"
        "F2 还有:一张单几个人几样东西、按月发放的表格、入库、退库、报废、盘点、新品目。\n"
        "签字页一页只问一次页号,写满25行再问。F5 给没签的单记签字页。\n"
        "库存永远不会小于零;已月结的月份不再记,补登记在本月,写上实际日期。\n"
        "盘点:F2 开始,F7 印盘点表,F6 逐项填实存;有差异写原因、批准。相符的也记。\n"
        "F8 在库存、凭证、各股室用量之间换;回车看台账页,F6 月结。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter", "登记", tooltip="领用、发放、入库、退库、报废、盘点、品目", id="supplies.enter"),
        Binding("f3", "find", "查找", tooltip="查凭证:品目、领用人、单号", id="supplies.find"),
        Binding("f4", "correct", "更正", tooltip="更正一行、单头、作废,或更正品目", id="supplies.correct"),
        Binding("f5", "proceed", "下一步", tooltip="记签字页、退库、填实存", id="supplies.proceed"),
        Binding("f6", "close", "月结", tooltip="完成盘点,月结", id="supplies.close"),
        Binding("f7", "export", "导出", tooltip="月报表、台账、领用单、盘点表、采购申请", id="supplies.export"),
        Binding("f8", "change_view", "换页", tooltip="库存、凭证、各股室用量", id="supplies.view"),
        Binding("pageup", "turn(-1)", "前一月", tooltip="翻到前一月", priority=True, id="supplies.previous"),
        Binding("pagedown", "turn(1)", "后一月", tooltip="翻到后一月", priority=True, id="supplies.next"),
        Binding("escape", "back", show=False),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="supplies-head", classes="page-line", markup=False)
        yield QuickField(placeholder="领用人 品目 数量,如 zw a4 2", id="quick")
        yield Static("", id="quick-reading", classes="page-keys", markup=False)
        yield Static("", id="chart", markup=False)
        yield Static("", id="columns", markup=False)
        yield OptionList(id="supplies", markup=False, compact=True)
        yield Static(
            "还没有品目。\n\n库存清单在Excel里的,按 Ctrl+P 选“导入期初清单”;手工开始按 F2 选新品目,再入库。",
            classes="empty",
            id="no-supplies",
            markup=False,
        )

    def on_mount(self) -> None:
        self._view, self._month = "stock", month_of(self.today)
        self._stock: list[StockItem] = []
        self._slips: list[Slip] = []
        self._use: tuple[UseRow, ...] = ()
        self._page: LedgerPage | None = None
        self._item: Item | None = None
        self._counting = ""
        self._drawn: tuple[object, ...] | None = None

    def on_resize(self) -> None:
        """Give names and summaries the room there is."""
        self._draw()

    def refresh_page(self) -> None:
        """Read what the page shows."""
        office = self.desk.office
        self._stock = pages.stock_list(office)
        self._slips = pages.slips_of(office, self._month)
        under_way = counts.open_count(office)
        self._counting = "" if under_way is None else number_of(office, under_way)
        self._use = use.use_month(office, self._month).rows if self._view == "use" else ()
        self._page = None
        if self._view == "ledger" and self._item is not None:
            self._item = item_book.item_of(office, self._item.id) or self._item
            self._page = pages.ledger(office, self._item, self._month, self._month)
        self._draw()

    def start_work(self) -> None:
        """Put the cursor where an issue is typed, on other pages on the list."""
        self.set_focus(self.query_one("#quick") if self._view == "stock" and self._stock else self.listing)

    def visit(self, day: date) -> None:
        """Turn to the slips of a day's month; of today to what is in stock."""
        self._view = "stock" if day == self.today else "slips"
        self._month = month_of(min(day, self.today))
        self.reload()
        self.start_work()

    def month_changed(self, month: str) -> None:
        """Begin the new month's page."""
        self._month = month

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action == "turn" and self.is_mounted:
            return self._view != "stock"
        if action in ("correct", "proceed") and self.is_mounted:
            return bool(self.chosen_item or self.chosen_slip)
        return True

    def explain_cursor(self) -> Explanation | None:
        """Explain the slip or the item under the cursor."""
        slip, item = self.chosen_slip, self.chosen_item
        if slip is None and item is None:
            return None
        facts = drawing.slip_facts(slip) if slip is not None else [item.title if item is not None else ""]
        return Explanation("依据", facts, SUPPLIES, article_text(SUPPLIES))

    def menu_entries(self) -> Iterable[Entry]:
        """Give every act by its name, and the pages."""
        yield from (Entry(words, deed) for words, deed in self._deeds())
        yield Entry("恢复停用的品目", self.choose_retired)
        yield Entry("导入期初清单", partial(ask_for_list, self), hint="Excel库存清单,先检查")
        yield from (Entry(f"看{TITLES[view]}", partial(self._show, view), "F8") for view in VIEWS)

    @property
    def listing(self) -> OptionList:
        """Return the list of lines."""
        return self.query_one("#supplies", OptionList)

    @property
    def chosen_item(self) -> Item | None:
        """Return the item under the cursor, on its page the item itself."""
        place = self.listing.highlighted
        if self._view == "stock" and place is not None and place < len(self._stock):
            return self._stock[place].item
        return self._item if self._view == "ledger" else None

    @property
    def chosen_slip(self) -> Slip | None:
        """Return the slip under the cursor, on an item's page that of the line."""
        place = self.listing.highlighted
        if place is None:
            return None
        if self._view == "slips" and place < len(self._slips):
            return self._slips[place]
        line = self._ledger_line(place)
        return None if line is None else next((one for one in self._slips if one.id == line[0]), None)

    def action_enter(self) -> None:
        """Choose what is to be entered."""
        self.offer("登记什么", self._deeds())

    def action_find(self) -> None:
        """Find a slip of this month and the eleven before."""
        found = [
            one
            for month in reversed(pages.months_up_to(self._month, 12))
            for one in pages.slips_of(self.desk.office, month)
        ]
        entries = [
            Entry(
                f"{one.number} {'、'.join(line.item.name for line in one.lines[:3])}",
                partial(self._go_to, one),
                hint=f"{one.day:%m-%d} {one.kind.label} {one.lines[0].to_whom if one.lines else ''}",
            )
            for one in found[:300]
        ]
        self.app.push_screen(MenuScreen(entries, "查凭证", "品目、领用人、单号的一段或首字母"))

    def action_correct(self) -> None:
        """Put right what is under the cursor."""
        slip, item = self.chosen_slip, self.chosen_item
        if slip is not None:
            self.correct_slip(slip, self._line_under_cursor(slip))
        elif item is not None:
            deeds = [("更正品目", partial(self.correct_item, item)), ("停用品目", partial(self.retire_item, item))]
            self.offer(f"更正 {item.title}", deeds)

    def action_proceed(self) -> None:
        """Offer what comes next for what is under the cursor."""
        slip, item = self.chosen_slip, self.chosen_item
        if slip is not None:
            self.proceed_slip(slip)
        elif item is not None:
            self._open_ledger(item)

    def action_close(self) -> None:
        """Go on with a count, or close the month."""
        office = self.desk.office
        deeds: list[Deed] = []
        slip = counts.open_count(office)
        if slip is not None:
            deeds = [("填实存", self.go_on_counting), ("批准,完成盘点", partial(self.finish_count, slip))]
        last = month_of(self.today.replace(day=1) - timedelta(days=1))
        month = last if self._month == month_of(self.today) else self._month
        deeds.append((f"月结 {month[:4]}年{int(month[5:])}月", partial(self._close, month)))
        self.offer("月结", deeds)

    def action_export(self) -> None:
        """Choose which form to write."""
        choose_form(self, forms_of(self, self._month, self.chosen_slip, self._slips))

    def action_change_view(self) -> None:
        """Go to the next page of the book."""
        place = VIEWS.index(self._view) + 1 if self._view in VIEWS else 0
        self._show(VIEWS[place % len(VIEWS)])

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring month, the present one at the most."""
        first = date.fromisoformat(f"{self._month}-01")
        target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
        if month_of(target) <= month_of(self.today):
            self._month = month_of(target)
            self.reload()
            self.start_work()

    def action_back(self) -> None:
        """Leave the field, or an item's page for what is in stock."""
        if self._view == "ledger":
            self._show("stock")
        else:
            self.action_leave_field()

    @on(Input.Changed, "#quick")
    def show_reading(self, event: Input.Changed) -> None:
        """Show what the line means so far."""
        event.stop()
        self._read_quick()

    @on(Input.Submitted, "#quick")
    def issue_quickly(self, event: Input.Submitted) -> None:
        """Issue what the line says."""
        event.stop()
        if event.value.strip():
            self.with_operator(partial(self._issue, event.value))

    @on(QuickField.ToList)
    def go_to_list(self, event: QuickField.ToList) -> None:
        """Go from the field to the list."""
        event.stop()
        self.set_focus(self.listing)

    @on(OptionList.OptionSelected, "#supplies")
    def open_line(self, event: OptionList.OptionSelected) -> None:
        """Open an item's page, or show everything a slip says."""
        event.stop()
        place = event.option_index
        if self._view == "stock":
            self._open_ledger(self._stock[place].item)
        elif self._view == "use":
            self._open_ledger(self._use[place].item)
        elif (slip := self.chosen_slip) is not None:
            facts = Content("\n".join(drawing.slip_facts(slip)))
            self.app.push_screen(TextScreen(f"{slip.number} {slip.kind.label}", facts))

    @work(group="verbs")
    async def _issue(self, text: str) -> None:
        """Issue one line; what needs a head's approval goes on in the form."""
        office, field = self.desk.office, self.query_one("#quick", QuickField)
        try:
            goods = read_goods(text, self.desk.people(), item_book.items(office), "quick")
            done = await self.desk.carry_out(slips.issue, [goods], Head(), open_page(office, self.today))
        except Refused as refusal:
            if refusal.field == "approved_by":
                self.enter_issue(text, refusal.message)
            else:
                self.refuse(refusal)
        except Busy:
            self.status.say("另一窗口正在写,没有登记上,请再按一次。", "refused")
        except StorageError as error:
            self.show_failure(error)
        else:
            if field.value == text:
                field.value = ""
            self._after_write()
            self.say(f"已登记 {done.sentence}")

    def _deeds(self) -> list[Deed]:
        return [
            ("领用(几个人、几样)", self.enter_issue),
            ("按月发放(股室和品目的表格)", self.begin_distribution),
            ("入库", self.enter_delivery),
            ("退库(没有拆封的)", self.choose_return),
            ("报废", self.enter_waste),
            ("盘点", self.begin_count),
            ("新品目", self.enter_item),
        ]

    def _show(self, view: str) -> None:
        self._view = view
        self.reload()
        self.start_work()

    def _open_ledger(self, item: Item) -> None:
        self._item = item
        self._show("ledger")

    def _go_to(self, slip: Slip) -> None:
        self._month = month_of(slip.day)
        self._show("slips")
        numbers = [one.id for one in self._slips]
        if slip.id in numbers:
            self.listing.highlighted = numbers.index(slip.id)

    def _close(self, month: str) -> None:
        self.perform(
            closing.close_month,
            BOOK.word,
            month,
            BOOK.pending,
            BOOK.seal_digest,
            done=lambda _: f"已月结 {month[:4]}年{int(month[5:])}月耗材",
        )

    def _ledger_line(self, place: int) -> tuple[int, int] | None:
        if self._view != "ledger" or self._page is None or place >= len(self._page.lines):
            return None
        line = self._page.lines[place]
        return None if line.slip is None or line.line is None else (line.slip, line.line)

    def _line_under_cursor(self, slip: Slip) -> SlipLine | None:
        place = self.listing.highlighted
        found = self._ledger_line(place) if place is not None else None
        return None if found is None else next((one for one in slip.standing if one.id == found[1]), None)

    def _read_quick(self) -> None:
        """Show under the field what it means, or which page is signed on."""
        text, office = self.query_one("#quick", QuickField).value, self.desk.office
        people = self.desk.people()
        if not text.strip():
            page = open_page(office, self.today)
            row = next_row(office, page, self.today) if page else 0
            words = f"签字页第{page}页,下一行第{row}行" if page else "没有签字页在用:登记后按 F5 记页号"
            self.query_one("#quick-reading", Static).update(
                Content(f"领用人 品目 数量,回车登记   下键到清单   {words}")
            )
            return
        typed = read_typed(text, people, [one.item for one in self._stock])
        stock = next(
            (one.stock for one in self._stock if typed.item is not None and one.item.id == typed.item.id), None
        )
        left = f"(现存{stock})" if stock is not None else ""
        words = "  ".join(part for part in (typed.words(display_names(people)) + left, typed.problem) if part)
        self.query_one("#quick-reading", Static).update(Content(words))

    def _draw(self) -> None:
        """Draw what was read; nothing is drawn anew where nothing differs."""
        width = self.size.width - 3
        drawn = (
            self._view,
            self._month,
            width,
            self._stock,
            self._slips,
            self._use,
            self._page,
            self._counting,
            self.app.theme,
        )
        if drawn == self._drawn:
            return
        is_same = self._drawn is not None and self._drawn[:2] == drawn[:2]
        place, self._drawn = self.listing.highlighted if is_same else 0, drawn
        rows, columns = self._rows(width)
        self.listing.set_options(Option(row) for row in rows)
        if rows:
            self.listing.highlighted = min(place or 0, len(rows) - 1)
        is_stock = self._view == "stock"
        self.query_one("#supplies-head", Static).update(self._head())
        self.query_one("#columns", Static).update(columns)
        for name, shown in (
            ("#quick", is_stock and bool(self._stock)),
            ("#quick-reading", is_stock and bool(self._stock)),
            ("#chart", self._page is not None),
            ("#columns", bool(rows)),
            ("#no-supplies", is_stock and not self._stock),
        ):
            self.query_one(name).display = shown
        if self._page is not None:
            self.query_one("#chart", Static).update(drawing.chart(self._page, width))
        if is_stock:
            self._read_quick()
        self.refresh_bindings()

    def _rows(self, width: int) -> tuple[list[Content], Content]:
        if self._view == "stock":
            return [drawing.stock_words(one, width) for one in self._stock], drawing.stock_head(width)
        if self._view == "slips":
            return [drawing.slip_words(one, width) for one in self._slips], drawing.slip_head(width)
        if self._view == "use":
            return [drawing.use_words(one, width) for one in self._use], drawing.use_head(width)
        lines = self._page.lines if self._page is not None else ()
        return [drawing.ledger_words(one, width) for one in lines], drawing.ledger_head(width)

    def _head(self) -> Content:
        is_closed = closing.sealed(self.desk.office, BOOK.word, self._month) is not None
        if self._page is not None:
            signal = use.signal_of(self.desk.office, self._page.item.id, self._month)
            return heads.ledger(self._page, signal, self._month)
        if self._view == "use":
            return heads.month_use(self._use, self._month)
        return heads.stock(
            self._stock,
            self._slips,
            self._month,
            is_stock=self._view == "stock",
            is_closed=is_closed,
            counting=self._counting,
        )
