"""The tab of a roll book: the next session or the last with its roll, and the month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from govoffice_tui.clock import chinese_short_day, chinese_weekday, month_of
from govoffice_tui.registers.rolls import history, months, pages, sessions
from govoffice_tui.registers.rolls.views import RollPage
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.rolls import MarkKind, RollState
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.exporting import export_forms
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.rolls.acts import RollActs
from govoffice_tui.screens.rolls.head import (
    MARKS,
    band_of,
    counts_of,
    empty_of,
    has_begun,
    head_of,
    keys_of,
    line_of,
    topic_of,
)
from govoffice_tui.screens.rolls.month_grid import RollGrid
from govoffice_tui.screens.staff_entry import staff_entry
from govoffice_tui.widgets.roll_call import RollCall

NOBODY = "花名册还是空的,还不能点名。\n\n按 Ctrl+P 打开菜单,选“花名册”添加,或在“签到”页导入。"


class RollScreen(RollActs):
    """One book of sessions; it follows the calendar until somebody leafs away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "find", "查找", tooltip="查一个人各次的情况", id="roll.find"),
        Binding("f7", "export", "导出", tooltip="导出本月汇总表或这次的点名表", id="roll.export"),
        Binding("f8", "turn_month", "日页/月页", tooltip="在一次和一个月之间切换", id="roll.month"),
        Binding("pageup", "turn(-1)", "前一次", tooltip="翻到前一次(月页:前一月)", priority=True, id="roll.previous"),
        Binding("pagedown", "turn(1)", "后一次", tooltip="翻到后一次(月页:后一月)", priority=True, id="roll.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="page-head", markup=False)
        yield Static(id="roll-topic", markup=False)
        yield Static(id="roll-counts", markup=False)
        yield Static(id="band", markup=False)
        yield Static(id="roll-keys", markup=False)
        yield RollCall(MARKS, MarkKind.PRESENT.value, id="roll")
        yield Static(classes="empty", id="roll-empty", markup=False)
        yield RollGrid(id="grid")

    def on_mount(self) -> None:
        self._page: RollPage | None = None
        self._is_following = True
        self._day = self.today
        self.grid.display = False

    @property
    def grid(self) -> RollGrid:
        """Return the month page."""
        return self.query_one(RollGrid)

    def refresh_page(self) -> None:
        """Read the session's page and draw it, or its month."""
        office = self.desk.office
        if self._is_following:
            self._day = sessions.current_day(office, self.book)
        if self.grid.display:
            self.grid.show(months.month(office, self.book, month_of(self._day)), self._day)
        page = pages.page(office, self.book, self._day)
        self._page = page
        self._show(page, office.now(), is_new=history.is_empty(office, self.book))

    def minute_changed(self, now: datetime) -> None:
        """Meet the session's beginning and end."""
        self.reload()

    def start_work(self) -> None:
        """Put the focus on the roll or the month."""
        for widget in (self.grid, self.roll):
            if widget.display:
                widget.focus()
                return
        self.set_focus(None)

    def visit(self, day: date) -> None:
        """Turn to a day's session."""
        self.grid.display = False
        self.turn_to(day)

    def turn_to(self, day: date) -> None:
        """Show a day, until somebody leafs on."""
        self._day, self._is_following = day, False
        self.reload()
        self.start_work()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        page = self._page if self.is_mounted else None
        if page is None or action not in ("write", "correct", "close", "proceed"):
            return True
        if self.grid.display:
            return False
        session = page.session
        if action == "proceed":
            return True
        if session is None or session.state is RollState.CANCELLED:
            return session is not None and session.row is not None and action == "correct"
        if action == "close":
            is_open = session.state is not RollState.CHECKED or page.is_outdated
            return is_open and has_begun(page, self.desk.office.now())
        return action == "write" or bool(page.lines)

    def explain_cursor(self) -> Explanation | None:
        """Explain the person under the cursor, with the article it rests on."""
        book = self.book
        if self.grid.display:
            person, day = self.grid.under_cursor()
            if day is None:
                return None
            page = pages.page(self.desk.office, book, day)
            key = person.person.id if person else None
        else:
            line = self._highlighted
            page = self._page or pages.page(self.desk.office, book, self._day)
            key = line.person.id if line else None
        found = next((line for line in page.lines if line.person.id == key), None)
        head = f"{chinese_short_day(page.day)}{chinese_weekday(page.day)}{book.title}"
        if found is None:
            article = book.schedule_article
            return Explanation(f"{head} 依据", [page.day_title], article, article_text(article))
        note = line_of(found).note
        stands = "另一册有登记,待确认" if found.suggested else "已登记" if found.mark else "没有例外登记"
        facts = [f"{found.display_name} {found.kind.label} {note}".rstrip(), f"  {stands}"]
        article = book.attend_article
        return Explanation(f"{head} 依据", facts, article, article_text(article))

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        yield Entry("回到最近一次", self._follow, hint="今天的,或下一次")
        yield Entry(f"加开一次{self.book.title}", lambda: self._order(self.today), hint="主任或行政股定的")
        yield staff_entry(self)

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring session, or month."""
        if self.grid.display:
            first = self._day.replace(day=1)
            target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
            started = sessions.first_day(self.desk.office)
            if step < 0 and target < started:
                self.note("前面没有了。")
                return
            self._day = target.replace(day=1)
        else:
            found = sessions.neighbour(self.desk.office, self.book, self._day, step)
            if found is None:
                self.note("前面没有了。" if step < 0 else "后面还没有安排。")
                return
            self._day = found
        self._is_following = False
        self.reload()
        self.start_work()

    def action_turn_month(self) -> None:
        """Change between the page of a session and the page of its month; back to the session under the cursor."""
        if self.grid.display:
            _, day = self.grid.under_cursor()
            self._day = day or self._day
            self._is_following = False
        self.grid.display = not self.grid.display
        self.reload()
        self.start_work()

    def action_find(self) -> None:
        """Find a person, then one of their sessions."""
        people = self.desk.people()
        names = display_names(people)
        entries = [
            Entry(names[one.id], partial(self._show_person, one), hint=f"{one.section} {one.position}")
            for one in people
        ]
        self.app.push_screen(MenuScreen(entries, f"查谁的{self.book.title}", "姓名中的字或首字母"))

    def action_export(self) -> None:
        """Write the month's form, or the session's roll to be called on paper."""
        month = month_of(self._day)
        options = [("1", Content(f"{self._day.year}年{self._day.month}月{self.book.title}汇总表"), month)]
        if self._page is not None and self._page.session is not None:
            words = Content(f"{chinese_short_day(self._day)}{self.book.title}点名表")
            options.append(("2", words, self._day.isoformat()))
        registers = (self.book.word,)
        self.app.push_screen(ChooseScreen("导出哪一张", options), lambda period: export_forms(self, period, registers))

    def _follow(self) -> None:
        self.grid.display = False
        self._is_following = True
        self.reload()
        self.start_work()

    def _show_person(self, person: Person) -> None:
        found = history.of_person(self.desk.office, self.book, person.id)
        entries = [
            Entry(
                f"{one.session.day.isoformat()} {chinese_weekday(one.session.day)} {one.kind.label}",
                partial(self.visit, one.session.day),
                hint=f"{one.session.topic.subject} {one.words}".strip(),
            )
            for one in found
        ]
        missed = sum(one.kind is not MarkKind.PRESENT for one in found)
        title = f"{person.name} 近一年{self.book.title}{len(entries)}次,不是到的{missed}次"
        self.app.push_screen(MenuScreen(entries, title, "日期的一段,如 10-13;或 缺席、请假"))

    def _show(self, page: RollPage, now: datetime, *, is_new: bool) -> None:
        """Draw what was read."""
        is_day = not self.grid.display
        is_held = page.session is not None and page.session.state is not RollState.CANCELLED
        has_roll = is_held and bool(page.lines)
        words, is_alert = band_of(page, now)
        keys = keys_of(page, now, is_new=is_new) if has_roll else ""
        shown: dict[str, tuple[Content | str, bool]] = {
            "#page-head": (head_of(page), is_day),
            "#roll-topic": (topic_of(page), is_day and is_held),
            "#roll-counts": (counts_of(page, now), is_day and has_roll),
            "#band": (words, is_day and bool(words)),
            "#roll-keys": (keys, is_day and bool(keys)),
            "#roll-empty": (NOBODY if is_held else empty_of(page), is_day and not has_roll),
        }
        for place, (text, is_shown) in shown.items():
            part = self.query_one(place, Static)
            part.update(text)
            part.display = is_shown
        self.query_one("#band").set_class(is_alert, "-alert")
        was_shown, self.roll.display = self.roll.display, is_day and has_roll
        self._show_roll(page, is_ahead=not has_begun(page, now))
        if was_shown != self.roll.display and not self.query("PersonStrip"):
            self.start_work()
        self.refresh_bindings()

    def _show_roll(self, page: RollPage, *, is_ahead: bool) -> None:
        """Bring the roll to what stands in the book; letters being typed and marks on their way are left alone."""
        if self.desk.is_writing:
            return
        roll, lines = self.roll, [line_of(line, is_ahead=is_ahead) for line in page.lines]
        before = roll.lines
        who = [(line.key, line.name, line.group) for line in lines]
        if who != [(line.key, line.name, line.group) for line in before]:
            roll.show(lines)
            return
        for old, new in zip(before, lines, strict=True):
            if old != new:
                roll.set_line(new.key, value=new.value, note=new.note)
