"""外出: a month of the book of outings, who is out now, and who has not come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar

from rich.cells import set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_short_day, month_of
from govoffice_tui.registers import closing, staff
from govoffice_tui.registers.outings import pages, recording
from govoffice_tui.registers.outings.pages import OutingLine
from govoffice_tui.registers.outings.register import OUTINGS
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.outings import OUTING, OutingState
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen
from govoffice_tui.screens.exporting import export_forms
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.leave.board_hooks import open_outing_form
from govoffice_tui.screens.leave.outing_acts import OutingActs
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.literal import fitted

NUMBER, WHEN, STATE = 7, 28, 12
"""Cells of the columns that never give way; people and matter share the rest."""

LEAVE_TAB = "leave"
FOUND_LIMIT = 300


class OutingList(OptionList):
    """The lines of the book; 1 notes that everybody of a line is back now."""

    class BackNow(Message):
        """Everybody of the highlighted line is back."""

    def on_key(self, event: events.Key) -> None:
        """Take 1 for the line under the cursor; elsewhere digits choose tabs."""
        if event.character == "1" and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.BackNow())


class OutingsScreen(OutingActs):
    """A month of outings, newest first; on the present month whoever is still out stands on top."""

    help_text = (
        "因公外出:电话、当面或会议通知都可以(考勤制度第5条),一次几个人、一个股室、全体都记一笔。\n"
        "F2 登记:姓名用、隔开,或写股室名、全体;没有的人和同名的人会列出来问,不会登记一半。\n"
        "收存时间以前告知的算按时,以后的标“事后告知”,半天都算因公外出。\n"
        "写了几点到几点的,跨过收存时间才算因公外出;上午9:30到11:00出去一趟,上午照样要签到。\n"
        "人回来了按 1(现在),或 F5 写时间、写一个人;过了预计返回一个工作日还没有登记的变红。\n"
        "涉密的事写“公务”。F6 把已返回的核销,本月都核销了可以封存。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter_outing", "登记", tooltip="登记因公外出:一个人、几个人、一个股室", id="outings.enter"),
        Binding("f3", "find", "查找", tooltip="按姓名、事由、地点查外出", id="outings.find"),
        Binding("f4", "correct", "更正", tooltip="更正、添人、划去一人、改返回、作废", id="outings.correct"),
        Binding("f5", "proceed", "下一步", tooltip="已返回、写返回时间、延期、核销", id="outings.proceed"),
        Binding("f6", "close", "核销", tooltip="核销已返回的,封存本月", id="outings.close"),
        Binding("f7", "export", "导出", tooltip="导出本月因公外出情况汇总表", id="outings.export"),
        Binding("f8", "to_leave", "请假页", tooltip="到请假登记", id="outings.leave"),
        Binding("pageup", "turn(-1)", "前一月", tooltip="翻到前一月", priority=True, id="outings.previous"),
        Binding("pagedown", "turn(1)", "后一月", tooltip="翻到后一月", priority=True, id="outings.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="outings-head", classes="page-line", markup=False)
        yield Static("1 已返回(现在)   回车 详情   F5 写返回时间、延期", classes="page-keys", markup=False)
        yield OutingList(id="outings", markup=False, compact=True)
        yield Static(
            "这个月没有因公外出登记。\n\n接到电话按 F2:写姓名、事由、地点,再按 F2 就登记上了。",
            classes="empty",
            id="no-outings",
            markup=False,
        )

    def on_mount(self) -> None:
        self._month = month_of(self.today)
        self._lines: list[OutingLine] = []
        self._drawn: object = None

    def on_resize(self) -> None:
        """Give people and matter the room there is."""
        self._draw()

    def refresh_page(self) -> None:
        """Read the month, and on the present one whoever is out since an earlier."""
        office, kept = self.desk.office, self.chosen
        lines = pages.month(office, self._month)
        if self._month == month_of(self.today):
            out = pages.not_back(office)
            listed = {one.id for one in out}
            lines = [*out, *(one for one in lines if one.id not in listed)]
        self._lines = lines
        self._draw()
        places = [one.number for one in lines if not one.is_struck]
        if kept is not None and kept.number in places:
            standing = [place for place, one in enumerate(lines) if not one.is_struck]
            self.listing.highlighted = standing[places.index(kept.number)]

    def start_work(self) -> None:
        """Put the cursor on the first line."""
        self.set_focus(self.listing if self._lines else None)

    def visit(self, day: date) -> None:
        """Turn to the month of a day."""
        self._month = month_of(day if day < self.today.replace(day=1) else self.today)
        self.reload()
        self.start_work()

    def month_changed(self, month: str) -> None:
        """Begin the new month's page."""
        self._month = month

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action == "to_leave":
            return any(tab.id == LEAVE_TAB for tab in self.tabs)
        if action in ("correct", "proceed") and self.is_mounted:
            return bool(self._lines)
        return True

    def explain_cursor(self) -> Explanation | None:
        """Explain the line under the cursor."""
        line = self.chosen
        if line is None:
            return None
        return Explanation(f"{line.number} 依据", self._facts(line), OUTING, article_text(OUTING))

    @property
    def listing(self) -> OutingList:
        """Return the list of lines."""
        return self.query_one("#outings", OutingList)

    @property
    def chosen(self) -> OutingLine | None:
        """Return the line under the cursor."""
        place = self.listing.highlighted
        return self._lines[place] if place is not None and place < len(self._lines) else None

    def action_enter_outing(self) -> None:
        """Open the form of a new outing."""
        open_outing_form(self, "因公外出登记", then=self._show_entered)

    def action_find(self) -> None:
        """Find an outing of the last year."""
        found = pages.recent(self.desk.office, FOUND_LIMIT)
        entries = [
            Entry(f"{one.number} {one.names}", partial(self.visit, one.expected.first), hint=f"{one.when} {one.matter}")
            for one in found
        ]
        self.app.push_screen(MenuScreen(entries, "查外出", "姓名、事由、日期的一段或首字母"))

    def action_close(self) -> None:
        """Check off what is done with, or seal the month."""
        ready = [one.id for one in self._lines if one.state is OutingState.BACK and not one.is_struck]
        title = f"{self._month[:4]}年{int(self._month[5:])}月外出"
        options: list[tuple[str, Content, Callable[[], object]]] = [
            ("1", Content(f"核销已返回的{len(ready)}件"), partial(self.settle, ready)),
            ("2", Content("封存本月"), self._seal),
        ]
        self.app.push_screen(ChooseScreen(title, options), lambda run: run() if run is not None else None)

    def action_export(self) -> None:
        """Write the month's forms of this book."""
        export_forms(self, self._month, [OUTINGS.word])

    def action_to_leave(self) -> None:
        """Go to the page of leave."""
        self.open_tab(LEAVE_TAB)

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring month, the present one at the most."""
        first = date.fromisoformat(f"{self._month}-01")
        target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
        ahead = month_of(self.today.replace(day=28) + timedelta(days=4))
        if month_of(target) <= ahead:
            self._month = month_of(target)
            self.reload()
            self.start_work()

    @on(OutingList.BackNow)
    def note_back_now(self, event: OutingList.BackNow) -> None:
        """Note that everybody of the line is back."""
        event.stop()
        if self.chosen is not None:
            self.back_now(self.chosen)

    @on(OptionList.OptionSelected, "#outings")
    def show_detail(self, event: OptionList.OptionSelected) -> None:
        """Show everything entered about a line."""
        event.stop()
        line = self._lines[event.option_index]
        self.app.push_screen(TextScreen(f"{line.number} 因公外出", Content("\n".join(self._facts(line)))))

    def _seal(self) -> None:
        register = OUTINGS
        self.perform(
            closing.close_month,
            register.word,
            self._month,
            register.pending,
            register.seal_digest,
            done=lambda _: f"已封存 {self._month[:4]}年{int(self._month[5:])}月外出",
        )

    def _show_entered(self, done: recording.Entered) -> None:
        numbers = [one.number for one in self._lines]
        if done.number in numbers:
            self.listing.highlighted = numbers.index(done.number)
        self.start_work()

    def _draw(self) -> None:
        """Draw what was read; nothing is drawn anew where nothing differs."""
        now, width = self.desk.office.now(), self.size.width - 2
        drawn = (self._month, width, now.date(), self._lines)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        place = self.listing.highlighted
        self.listing.set_options(Option(_words(line, width, now)) for line in self._lines)
        if self._lines:
            self.listing.highlighted = min(place or 0, len(self._lines) - 1)
        self.query_one("#outings-head", Static).update(self._head(now))
        self.query_one(".page-keys").display = bool(self._lines)
        self.query_one("#no-outings").display = not self._lines
        self.refresh_bindings()

    def _head(self, now: datetime) -> Content:
        standing = [one for one in self._lines if not one.is_struck]
        out = sum(len(one.still_out) for one in standing if one.state is OutingState.OUT and not one.is_unreturned(now))
        unreturned = sum(len(one.still_out) for one in standing if one.is_unreturned(now))
        late = sum(one.is_late_notice for one in standing)
        seal = closing.sealed(self.desk.office, OUTINGS.word, self._month)
        parts = [
            Content.styled(f"{self._month[:4]}年{int(self._month[5:])}月 因公外出", "bold"),
            Content(f"   {len(standing)}件   外出中 {out}人   事后告知 {late}件"),
        ]
        if unreturned:
            parts.append(Content.styled(f"   应返回未登记 {unreturned}人", "bold $late"))
        if seal is not None:
            parts.append(Content.styled("   已封存", "$done"))
        return Content.assemble(*parts)

    def _facts(self, line: OutingLine) -> list[str]:
        """Return everything entered about a line, in words."""
        office = self.desk.office
        notified = f"{chinese_short_day(line.notified_at.date())}{line.notified_at:%H:%M}"
        taker = staff.name_of(office, line.taken_by, line.expected.first) if line.taken_by else ""
        facts = [
            f"时间  {line.when}",
            f"事由  {line.matter}",
            f"地点  {line.place or '还没有写'}",
            f"派出  {line.sent_by or '没有写'}",
            f"告知  {line.notice.label} {notified} {taker}接{'  事后告知' if line.is_late_notice else ''}",
            *(["报备  领导外出报备"] if line.is_leader_report else []),
            *([f"备注  {line.remark}"] if line.remark else []),
            f"登记  {line.entered_at:%Y-%m-%d %H:%M} {staff.name_of(office, line.entered_by, line.expected.first)}"
            f"{'  补登' if line.is_late_entry else ''}{f'  第{line.revision}次更正' if line.revision > 1 else ''}",
            *([f"划去  {line.struck_reason}"] if line.struck_reason else []),
            "",
        ]
        for one in line.travellers:
            state = (
                f"划去:{one.struck_reason}"
                if one.is_struck
                else (f"{one.back_words}返回" if one.is_back else "没有登记返回")
            )
            facts.append(f"{set_cell_size(one.name, 26)}{state}")
        return facts


def _words(line: OutingLine, width: int, now: datetime) -> Content:
    """Return one line of the page: number, people, time, matter and place, and where it stands."""
    room = max(20, width - NUMBER - WHEN - STATE)
    names_width = room * 9 // 20
    number = f"{line.number.split('〕')[-1]}"
    matter = f"{line.matter} {line.place}".strip()
    style = ""
    if line.is_struck:
        state, style = "划去", "strike $faint"
    elif line.is_unreturned(now):
        state, style = "未返回", "bold $late"
    elif line.state is OutingState.OUT:
        state, style = "外出中", "$chosen"
    else:
        state = line.state.label
        style = "$faint" if line.state is OutingState.SETTLED else "$done" if line.state is OutingState.BACK else ""
    late = Content.styled("事后", "$due") if line.is_late_notice and not line.is_struck else Content("")
    body = "strike $faint" if line.is_struck else ""
    return Content.assemble(
        Content.styled(
            set_cell_size(number, NUMBER)
            + set_cell_size(fitted(line.names, names_width - 1), names_width)
            + set_cell_size(line.when, WHEN)
            + set_cell_size(fitted(matter, room - names_width - 1), room - names_width),
            body,
        ),
        Content.styled(set_cell_size(state, 7), style),
        late,
    )
