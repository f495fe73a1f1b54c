"""What a staff list says differently from the book: shown line by line, decided where it asks, then entered whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import ClassVar
from uuid import uuid4

from rich.cells import set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_day, chinese_short_day
from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.registers.staff_differences import (
    FIELDS,
    Applied,
    Decisions,
    Differences,
    Doubt,
    Fate,
    Left,
    apply_differences,
    undecided,
)
from govoffice_tui.rules.people import Person, StaffLine
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.text import fold
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine
from govoffice_tui.widgets.literal import literal, plain

BUSY = "另一窗口正在写,没有导入,请再按一次。"
NEW, SAME, RENAMED = "new", "same", "renamed"


@dataclass(frozen=True)
class Item:
    """One line of the page: what it says, and what it asks about (nothing where it only tells)."""

    kind: str
    words: str
    answer: str = ""
    subject: Doubt | Person | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the line waits for an answer."""
        return self.subject is not None and not self.answer


class DifferencesScreen(ModalScreen[Applied | None]):
    """The page of a list brought in again; its result is what was entered."""

    CSS: ClassVar[str] = """
    .dialog.differences { width: 96; max-width: 100%; height: 90%; }
    .dialog.differences > #difference-words { height: auto; padding: 0 1; color: $faint; }
    .dialog.differences > OptionList { width: 100%; height: 1fr; max-height: 100%; }
    #difference-list > .option-list--option-highlighted, #difference-list:focus > .option-list--option-highlighted {
        background: $surface; color: $foreground;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter_all", "导入", tooltip="把差异和定下的全部写入花名册", id="differences.enter"),
        Binding("f4", "choose_day", "生效日期", tooltip="变动从哪天起", id="differences.day"),
        Binding("enter", "answer", "定", tooltip="定这一行:是谁,或去了哪里", priority=True, id="differences.answer"),
        Binding("escape", "leave", "返回", tooltip="什么也不写", id="differences.leave"),
    ]

    def __init__(self, desk: Desk, lines: Sequence[StaffLine], seen: Differences) -> None:
        super().__init__()
        self._desk = desk
        self._lines = tuple(lines)
        self._seen = seen
        self._decisions = Decisions(desk.office.now().date())
        self._key = uuid4().hex
        self._items: list[Item] = []
        self._is_busy = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog differences"):
            yield Static("名单与花名册的差异", classes="title", markup=False)
            yield Static(id="difference-words", markup=False)
            yield OptionList(id="difference-list", markup=False, compact=True)
            yield StatusLine(id="difference-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.query_one("#difference-list").focus()

    def action_answer(self) -> None:
        """Decide the line under the cursor."""
        place = self.query_one("#difference-list", OptionList).highlighted
        subject = self._items[place].subject if place is not None and place < len(self._items) else None
        if isinstance(subject, Doubt):
            self._ask_who(subject)
        elif isinstance(subject, Person):
            self._ask_where(subject)

    def action_choose_day(self) -> None:
        """Choose from which day the changes hold."""
        day = Field("day", "变动从哪天起", "date", True, value=self._decisions.from_day.isoformat())
        self._ask_day("变动的生效日期", day, "名单上没有写到岗日期的新人员也从这一天到岗。", self._take_day)

    def action_enter_all(self) -> None:
        """Enter everything, once every line is decided."""
        waiting = next((place for place, item in enumerate(self._items) if item.is_open), None)
        if waiting is not None:
            self.query_one("#difference-list", OptionList).highlighted = waiting
            left = sum(item.is_open for item in self._items)
            self._say(f"还有{left}行没有定:选中后按回车。", "refused")
        elif not self._is_busy:
            self._is_busy = True
            self.run_worker(self._enter(), group="verbs")

    def action_leave(self) -> None:
        """Enter nothing; not while the book is being written."""
        if not self._is_busy:
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Say by digit where somebody went who is not in the list: 1 仍在册, 2 调出, 3 退休, 4 借出."""
        digit = fold(event.character) if event.character else ""
        place = self.query_one("#difference-list", OptionList).highlighted
        subject = self._items[place].subject if place is not None and place < len(self._items) else None
        fates = list(Fate)
        if isinstance(subject, Person) and len(digit) == 1 and digit in "1234":
            event.stop()
            self._take_where(subject, fates[int(digit) - 1])

    @on(OptionList.OptionSelected, "#difference-list")
    def answer_clicked(self, event: OptionList.OptionSelected) -> None:
        """A click on a line decides it."""
        event.stop()
        self.action_answer()

    async def _enter(self) -> None:
        try:
            done = await self._desk.carry_out(
                apply_differences, self._lines, self._seen, self._decisions, form_key=self._key
            )
        except Busy:
            self._say(BUSY, "refused")
        except Refused as refusal:
            self._say(str(refusal), "refused")
        except StorageError as error:
            self._say(str(error), "refused")
        else:
            self.dismiss(done)
        finally:
            self._is_busy = False

    def _ask_who(self, doubt: Doubt) -> None:
        options: list[tuple[str, Content, tuple[str, Person | None]]] = []
        for person in doubt.candidates:
            where = f"{person.number} {person.name} {person.section} {person.position} {person.phone}"
            ways = [(SAME, "同一人,改错字"), (RENAMED, "同一人,更名")]
            for way, words in ways if person.name != doubt.line.name else [(SAME, "同一人")]:
                options.append((str(len(options) + 1), literal(f"{words}:{where}"), (way, person)))
        if doubt.may_be_new:
            options.append((str(len(options) + 1), literal("新来的人"), (NEW, None)))
        line = doubt.line
        title = f"第{line.row}行 {line.number} {line.name} {line.section} {line.position} {line.phone}"
        self.app.push_screen(ChooseScreen(title, options), partial(self._take_who, doubt))

    def _take_who(self, doubt: Doubt, chosen: tuple[str, Person | None] | None) -> None:
        if chosen is None:
            return
        way, person = chosen
        row = doubt.line.row
        renamed = self._decisions.renamed - {row} | ({row} if way == RENAMED else set())
        same = {**self._decisions.same, row: person.id if person is not None else None}
        self._decisions = replace(self._decisions, same=same, renamed=frozenset(renamed))
        self._show(move=True)

    def _ask_where(self, person: Person) -> None:
        options = [(str(place), literal(fate.label), fate) for place, fate in enumerate(Fate, 1)]
        title = f"名单上没有{person.name}({person.section})"
        self.app.push_screen(ChooseScreen(title, options), partial(self._take_where, person))

    def _take_where(self, person: Person, fate: Fate | None) -> None:
        if fate is Fate.STAYS:
            self._take_left(person, fate, None)
        elif fate is not None:
            label = "借出第一天" if fate is Fate.LENT else "在本单位最后一天"
            field = Field("day", label, "date", True, value=self._desk.office.now().date().isoformat())
            self._ask_day(f"{person.name} {fate.label}", field, "", partial(self._take_left, person, fate))

    def _take_left(self, person: Person, fate: Fate, day: date | None) -> None:
        missing = {**self._decisions.missing, person.id: Left(fate, day)}
        self._decisions = replace(self._decisions, missing=missing)
        self._show(move=True)

    def _take_day(self, day: date) -> None:
        self._decisions = replace(self._decisions, from_day=day)
        self._show()

    def _ask_day(self, title: str, field: Field, hint: str, take: Callable[[date], None]) -> None:
        async def submit(values: dict[str, str], *, form_key: str) -> date:
            return date.fromisoformat(values["day"])

        def finished(day: date | None) -> None:
            if day is not None:
                take(day)

        today = self._desk.office.now().date()
        self.app.push_screen(FormScreen(title, [field], submit, hint, today=today, verb="定"), finished)

    def _show(self, *, move: bool = False) -> None:
        """Draw every line; the cursor goes on to the next that waits for an answer."""
        seen, decisions = self._seen, self._decisions
        self._items = self._read_items()
        day = chinese_day(decisions.from_day)
        counts = f"新增{len(seen.added)}人,相同{len(seen.same)}人,变动{len(seen.changed)}处"
        asked = f"要问{len(seen.doubtful)}人,不在名单{len(seen.missing)}人"
        self.query_one("#difference-words", Static).update(f"{counts},{asked}。变动从{day}起(F4改)。")
        listing = self.query_one("#difference-list", OptionList)
        place = listing.highlighted or 0
        listing.set_options(Option(_line(item)) for item in self._items)
        waiting = [at for at, item in enumerate(self._items) if item.is_open]
        if move and waiting:
            place = next((at for at in waiting if at >= place), waiting[0])
        listing.highlighted = min(place, len(self._items) - 1) if self._items else None
        if waiting:
            missing = "不在名单的也可直接按数字:1仍在册 2调出 3退休 4借出"
            self._say(f"还有{len(waiting)}行要定,选中后按回车。{missing}", "waiting")
        elif self._items:
            self._say("都定了。按 F2 导入。", "done")
        else:
            self._say("名单与花名册完全一样,不用导入。", "done")

    def _read_items(self) -> list[Item]:
        seen, decisions = self._seen, self._decisions
        items = [self._doubt_item(doubt) for doubt in seen.doubtful]
        answered = decisions.missing
        open_people = undecided(seen, decisions)
        candidates = {person.id: person for doubt in seen.doubtful for person in doubt.candidates}
        listed = list(seen.missing)
        listed += [
            person
            for key, person in candidates.items()
            if self._all_decided and (person in open_people or key in answered)
        ]
        for person in listed:
            left = answered.get(person.id)
            day = f" {chinese_short_day(left.day)}" if left and left.day else ""
            words = f"{person.name} {person.section} {person.position}"
            items.append(Item("不在名单", words, f"{left.fate.label}{day}" if left else "", person))
        items += [Item("新增", f"{line.name} {line.section} {line.position} {line.number}") for line in seen.added]
        items += [
            Item("变动", f"{one.person.name} {FIELDS[one.field]} {one.old or '(空)'} → {one.new}")
            for one in seen.changed
        ]
        return items

    @property
    def _all_decided(self) -> bool:
        """Return whether every doubtful line is decided: only then is it known whom the list passes over."""
        return all(doubt.line.row in self._decisions.same for doubt in self._seen.doubtful)

    def _doubt_item(self, doubt: Doubt) -> Item:
        line, same = doubt.line, self._decisions.same
        answer = ""
        if line.row in same:
            found = next((person for person in doubt.candidates if person.id == same[line.row]), None)
            renamed = "更名" if line.row in self._decisions.renamed else ""
            answer = f"同一人:{found.number} {found.name} {found.section} {renamed}" if found else "新来的人"
        return Item("是谁", f"第{line.row}行 {line.name} {line.section} {line.position}", answer, doubt)

    def _say(self, text: str, tone: str) -> None:
        self.query_one("#difference-status", StatusLine).say(text, tone)


def applied_words(done: Applied) -> str:
    """Return the line that says what a list changed."""
    return f"已导入:新增{done.added}人,变动{done.changed}人,离开或借出{done.left}人"


def _line(item: Item) -> Content:
    """Return a line of the page: what waits in the colour of what is due, with its answer behind it."""
    heading = Content.styled(set_cell_size(item.kind, 10), "bold $due" if item.is_open else "bold $faint")
    answer = Content.styled(f"   {plain(item.answer)}", "$chosen") if item.answer else Content("")
    asks = Content.styled("   请定 ›", "$due") if item.is_open else Content("")
    return Content.assemble(heading, literal(item.words), answer, asks)
