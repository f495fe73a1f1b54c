"""待核: every half-day nothing explains yet, what can be done about it, and the 旷工认定单."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
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

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import staff
from govoffice_tui.registers.absence import pages
from govoffice_tui.registers.absence.pages import BLANK, PendingHalf, paper_sheet, period_of
from govoffice_tui.registers.absence.papers import AbsencePaper
from govoffice_tui.registers.attendance.pages import story
from govoffice_tui.rules.absence import PAPER, Decision
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.attendance import ABSENCE
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen
from govoffice_tui.screens.exporting import export_paper
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.leave.absence_acts import AbsenceActs, Line
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.literal import fitted

LEAVE_TAB = "leave"
DAY, NAME, AGE = 14, 20, 14
DIGITS = "1235"
"""1 迟到, 2 补请假, 3 公出 as on the board; 5 旷工认定."""


class PendingList(OptionList):
    """Half-days 待核 and papers; a digit acts on the line under the cursor."""

    @dataclass
    class Wanted(Message):
        """A digit was pressed on a line."""

        digit: str

    def on_key(self, event: events.Key) -> None:
        """Take the digits that mean something here; elsewhere digits choose tabs."""
        if event.character and event.character in DIGITS and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.Wanted(event.character))


class AbsenceScreen(AbsenceActs):
    """Half-days 待核 oldest first, and under them the papers of the months not under seal."""

    help_text = (
        "待核:签到簿收存后没有签到、又没有请假和因公外出登记的半天。程序不替人定旷工,要有人一个一个弄清。\n"
        "选一行:1 记迟到(写到岗时间),2 补请假,3 因公外出(事后告知),5 开旷工认定单。\n"
        "旷工认定单:写事实、本人陈述、股长提请,打印(F7)由分管副主任或主任签字,再按 F5 照纸上的登记。\n"
        "认定了,当天按 1 天旷工计(考勤制度第3条);不予认定的仍待核,或由领导定视同出勤。错了用 F4 作废,写原因。\n"
        "本人不能参与对自己的认定。超过两个工作日没有弄清的变红,月报封存前都要弄清。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "open_paper", "认定单", tooltip="给选中的半天开旷工认定单", id="absence.open"),
        Binding("f3", "find", "查找", tooltip="按姓名或日期找一行", id="absence.find"),
        Binding("f4", "correct", "更正", tooltip="作废一张认定单", id="absence.correct"),
        Binding("f5", "proceed", "下一步", tooltip="这一行现在能办的事", id="absence.proceed"),
        Binding("f7", "export", "打印", tooltip="打印选中的或空白的旷工认定单", id="absence.export"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="absence-head", classes="page-line", markup=False)
        yield Static(self.keys_words(), classes="page-keys", markup=False)
        yield PendingList(id="absences", markup=False, compact=True)
        yield Static("没有待核的半天。", classes="empty", id="no-absences", markup=False)

    def on_mount(self) -> None:
        self._lines: list[Line] = []
        self._names: dict[int, str] = {}
        self._drawn: object = None

    def on_resize(self) -> None:
        """Give the remarks the room there is."""
        self._draw()

    def refresh_page(self) -> None:
        """Read the half-days 待核 and the papers of the months not under seal."""
        office = self.desk.office
        halves = pages.pending_halves(office, self.today)
        papers = [
            paper
            for word in reversed(pages.open_months(office, self.today))
            for paper in reversed(pages.papers_of_month(office, word))
        ]
        papers.sort(key=lambda paper: paper.state not in pages.IN_HAND or paper.struck_at is not None)
        kept = self.chosen
        self._lines = [*halves, *papers]
        self._names = {paper.person: staff.name_of(office, paper.person, paper.day) for paper in papers}
        self._draw()
        if kept is not None:
            keys = [_key(line) for line in self._lines]
            if _key(kept) in keys:
                self.listing.highlighted = keys.index(_key(kept))

    def start_work(self) -> None:
        """Put the cursor on the first line."""
        self.set_focus(self.listing if self._lines else None)

    def visit(self, day: date) -> None:
        """Go to the first line of a day."""
        self.reload()
        self.start_work()
        places = [place for place, line in enumerate(self._lines) if line.day == day]
        if places:
            self.listing.highlighted = places[0]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something with the line under the cursor."""
        if not self.is_mounted or action not in ("open_paper", "correct", "proceed", "find"):
            return True
        if action == "open_paper":
            return isinstance(self.chosen, PendingHalf)
        if action == "correct":
            return isinstance(self.chosen, AbsencePaper) and self.chosen.struck_at is None
        return bool(self._lines)

    def explain_cursor(self) -> Explanation | None:
        """Tell the half-day under the cursor."""
        line = self.chosen
        if line is None:
            return None
        return Explanation(f"{chinese_short_day(line.day)} 依据", self._facts(line), ABSENCE, article_text(ABSENCE))

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        yield Entry("打印空白旷工认定单", self._export_blank, hint="手写用")

    @property
    def listing(self) -> PendingList:
        """Return the list."""
        return self.query_one("#absences", PendingList)

    @property
    def chosen(self) -> Line | None:
        """Return the line under the cursor."""
        place = self.listing.highlighted
        return self._lines[place] if place is not None and place < len(self._lines) else None

    def action_find(self) -> None:
        """Find a line by name or day."""
        entries = [
            Entry(f"{self.who(line)} {line.when}", partial(self.go_to, line), hint=_state_words(line))
            for line in self._lines
        ]
        self.app.push_screen(MenuScreen(entries, "查待核", "姓名、日期的一段或首字母"))

    def action_correct(self) -> None:
        """Void the paper under the cursor."""
        line = self.chosen
        if isinstance(line, AbsencePaper) and line.struck_at is None:
            options = [("1", Content(f"作废 {line.number}"), True)]
            self.app.push_screen(
                ChooseScreen(f"更正 {line.number} {self.who(line)}", options),
                lambda wanted: self.void(line) if wanted else None,
            )

    def action_proceed(self) -> None:
        """Choose what happens next with the line."""
        line = self.chosen
        if line is None:
            return
        acts = self.half_acts(line) if isinstance(line, PendingHalf) else self.paper_acts(line)
        if not acts:
            self.note(f"{self.who(line)} {_state_words(line)},没有下一步;有错按 F4。")
            return
        options = [(digit, Content(title), run) for digit, title, run in acts]
        self.app.push_screen(
            ChooseScreen(f"下一步 {self.who(line)} {line.when}", options),
            lambda run: run() if run is not None else None,
        )

    def action_export(self) -> None:
        """Print the paper under the cursor, or a blank one."""
        line = self.chosen
        paper = line.paper if isinstance(line, PendingHalf) else line
        if paper is None:
            self._export_blank()
            return
        options: list[tuple[str, Content, Callable[[], object]]] = [
            ("1", Content(f"{PAPER}{paper.number} {self.who(paper)}"), partial(self._export, period_of(paper))),
            ("2", Content(f"空白{PAPER}"), self._export_blank),
        ]
        self.app.push_screen(ChooseScreen("打印哪一张", options), lambda run: run() if run is not None else None)

    @on(PendingList.Wanted)
    def act_on_digit(self, event: PendingList.Wanted) -> None:
        """Do what the digit means for the half-day under the cursor."""
        event.stop()
        line = self.chosen
        acts = self.half_acts(line) if isinstance(line, PendingHalf) else []
        for digit, _, run in acts:
            if digit == event.digit:
                run()
                return

    @on(OptionList.OptionHighlighted, "#absences")
    def offer_keys(self, event: OptionList.OptionHighlighted) -> None:
        """Show the keys of the line."""
        event.stop()
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#absences")
    def show_detail(self, event: OptionList.OptionSelected) -> None:
        """Tell the line."""
        event.stop()
        line = self._lines[event.option_index]
        self.app.push_screen(TextScreen(f"{self.who(line)} {line.when}", Content("\n".join(self._facts(line)))))

    def _export(self, period: str) -> None:
        export_paper(self, "absence_paper", period)

    def _export_blank(self) -> None:
        self._export(f"{self.today.isoformat()}_{BLANK}")

    def go_to(self, line: Line) -> None:
        """Put the cursor on a line, where it is still listed."""
        keys = [_key(one) for one in self._lines]
        if _key(line) in keys:
            self.listing.highlighted = keys.index(_key(line))
        self.start_work()

    def who(self, line: Line) -> str:
        return line.display_name if isinstance(line, PendingHalf) else self._names.get(line.person, "")

    def _facts(self, line: Line) -> list[str]:
        """Tell a half-day, and after it the paper as far as it goes."""
        halves = (line.half,) if isinstance(line, PendingHalf) else line.halves
        person = line.person.id if isinstance(line, PendingHalf) else line.person
        facts = []
        for half in halves:
            told = story(self.desk.office, person, line.day, half)
            facts.append(told.title)
            facts += [f"  {fact.at:%m-%d %H:%M} {fact.words}" for fact in told.facts] or ["  没有登记"]
        paper = line.paper if isinstance(line, PendingHalf) else line
        if paper is not None:
            sheet = paper_sheet(self.desk.office, period_of(paper))
            facts += ["", f"{PAPER}{paper.number} {paper.words}", f"  事实  {paper.facts}"]
            parts = (
                ("问询", paper.asked),
                ("陈述", paper.own_words),
                ("提请", f"{sheet.proposer} {paper.proposal}".strip()),
                ("决定", paper.decided_words if paper.decided_at is not None else ""),
                ("存放", paper.paper_page),
                ("作废", paper.struck_reason),
            )
            facts += [f"  {title}  {text}" for title, text in parts if text]
        return facts

    def _draw(self) -> None:
        """Draw what was read; nothing is drawn anew where nothing differs."""
        width = self.size.width - 2
        if (width, self._lines) == self._drawn:
            return
        self._drawn = (width, self._lines)
        place = self.listing.highlighted
        self.listing.set_options(Option(_words(line, self.who(line), width)) for line in self._lines)
        if self._lines:
            self.listing.highlighted = min(place or 0, len(self._lines) - 1)
        halves = [line for line in self._lines if isinstance(line, PendingHalf)]
        papers = [line for line in self._lines if isinstance(line, AbsencePaper)]
        in_hand = sum(paper.state in pages.IN_HAND and paper.struck_at is None for paper in papers)
        overdue = sum(one.is_overdue for one in halves)
        parts = [Content.styled(f"待核 {len(halves)} 个半天", "bold"), Content(f"   认定单未办结 {in_hand}张")]
        if overdue:
            words = f"   {overdue} 个超过{pages.WORKDAYS_TO_EXPLAIN}个工作日"
            parts.insert(1, Content.styled(words, "bold $late"))
        self.query_one("#absence-head", Static).update(Content.assemble(*parts))
        self.query_one(".page-keys").display = bool(halves)
        self.query_one("#no-absences").display = not self._lines
        self.refresh_bindings()


def _key(line: Line) -> tuple[object, ...]:
    """Return what makes a line the same one after another reading."""
    if isinstance(line, PendingHalf):
        return (line.person.id, line.day, line.half)
    return (line.id,)


def _state_words(line: Line) -> str:
    if isinstance(line, AbsencePaper):
        return f"{line.number} {line.words}"
    paper = f"{line.paper.number} {line.paper.words}" if line.paper is not None else ""
    return " ".join(part for part in (paper, line.remark) if part)


def _words(line: Line, name: str, width: int) -> Content:
    """Return one line of the page: when, who, for how long, and what is known or decided."""
    when = set_cell_size(line.when, DAY)
    who = set_cell_size(fitted(name, NAME - 1), NAME)
    room = max(10, width - DAY - NAME - AGE)
    if isinstance(line, PendingHalf):
        age = "今天" if line.age == 0 else f"已{line.age}个工作日"
        style = "bold $late" if line.is_overdue else "$due"
        rest = fitted(_state_words(line), room)
        return Content.assemble(when, who, Content.styled(set_cell_size(age, AGE), style), rest)
    text = fitted(f"{line.number} {line.struck_reason or line.ground}".strip(), room)
    if line.struck_at is not None:
        return Content.styled(f"{when}{who}{set_cell_size('作废', AGE)}{text}", "strike $faint")
    short = {Decision.FOUND: "旷工", Decision.PENDING: "不认定,待核", Decision.DEEMED: "视同出勤"}
    words = short[line.decision] if line.decision is not None else line.state.label
    style = "bold $late" if line.decision is Decision.FOUND else "$done" if line.decision is not None else "$chosen"
    return Content.assemble(when, who, Content.styled(set_cell_size(words, AGE), style), text)
