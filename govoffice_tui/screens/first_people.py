"""手工开始: the first people of an office, a name and a section at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from govoffice_tui.registers.staff_rows import named
from govoffice_tui.registers.wording import NOT_HERE, checked
from govoffice_tui.rules.people import Category, StaffLine
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import NAME_LIMIT
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import fitted

WORDS = (
    "先写管签到簿的人,再写马上要签到的人;其余的以后再添。\n"
    "姓名回车,股室回车(和上一个相同就直接回车);姓名空着回车就是写完了。"
)
SECTION_LIMIT = 40


class FirstPeopleScreen(ModalScreen[tuple[StaffLine, ...] | None]):
    """Names and sections one after another; its result is the list, None for a step back."""

    CSS: ClassVar[str] = """
    .dialog.people { width: 84; height: 90%; }
    .dialog.people > .hint { margin: 1 2; color: $faint; }
    .dialog.people > .line { height: 1; margin: 0 2; }
    .dialog.people > .line > .question { width: 8; }
    .dialog.people > .line > LineInput { width: 24; margin-right: 2; }
    .dialog.people > VerticalScroll { height: 1fr; margin: 1 2; background: $band; scrollbar-background: $band; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "finish", "写完了", tooltip="这些人写进花名册,接着定谁管签到簿", id="people.finish"),
        Binding("f4", "take_back", "改上一个", tooltip="把刚写的一个拿回来改", id="people.take_back"),
        Binding("escape", "leave", "上一步", id="people.leave"),
    ]

    def __init__(self, people: Sequence[StaffLine] = ()) -> None:
        super().__init__()
        self.people = list(people)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog people"):
            yield Static("手工开始:先写几个人", classes="title", markup=False)
            yield Static(WORDS, classes="hint", markup=False)
            with Horizontal(classes="line"):
                yield Static("姓名 ›", classes="question", markup=False)
                yield LineInput(id="name", limit=NAME_LIMIT, placeholder="空着回车就写完了")
                yield Static("股室 ›", classes="question", markup=False)
                yield LineInput(self.people[-1].section if self.people else "", id="section", limit=SECTION_LIMIT)
            with VerticalScroll(id="people-scroll", can_focus=False):
                yield Static(id="people-list", markup=False)
            yield StatusLine(id="people-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self._field("name").focus()

    @on(Input.Submitted, "#name")
    def take_name(self, event: Input.Submitted) -> None:
        """Go on to the section; with no name the list is whole."""
        event.stop()
        if not event.value.strip():
            self.action_finish()
        elif self._named() is not None:
            self._field("section").focus()

    @on(Input.Submitted, "#section")
    def take_person(self, event: Input.Submitted) -> None:
        """Take the person and begin the next."""
        event.stop()
        name = self._named()
        if name is None:
            return
        try:
            section = checked(event.value, "section")
        except Refused as refusal:
            self._refuse(refusal, "section")
            return
        if any((one.name, one.section) == (name, section) for one in self.people):
            self._say(f"{name}({section or '没有股室'})已经写过。同名的另一个人请写不同的股室。", "refused")
            self._field("name").focus()
            return
        row = len(self.people) + 1
        self.people.append(StaffLine(row, "", name, "", section, "", "", None, Category.CIVIL_SERVANT, ""))
        self._field("name").value = ""
        self._field("name").focus()
        self._show()

    @on(LineInput.Told)
    def tell(self, event: LineInput.Told) -> None:
        """Say what became of a text that was pasted."""
        event.stop()
        self._say(event.text, "quiet")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to finish or to take back once somebody stands in the list."""
        return action not in ("finish", "take_back") or bool(self.people)

    def action_finish(self) -> None:
        """Hand the list over; a name that stands in the field belongs to it."""
        if self._field("name").value.strip():
            self._field("section").focus()
            self._say("这个人还没有写完:写股室,回车。", "refused")
        elif self.people:
            self.dismiss(tuple(self.people))
        else:
            self._say("至少写一个人:管签到簿的人。", "refused")

    def action_take_back(self) -> None:
        """Put the last person back into the fields."""
        if self.people:
            last = self.people.pop()
            self._field("name").value, self._field("section").value = last.name, last.section
            self._field("name").focus()
            self._show()

    def action_leave(self) -> None:
        """Go a step back."""
        self.dismiss(None)

    def _field(self, name: str) -> LineInput:
        return self.query_one(f"#{name}", LineInput)

    def _named(self) -> str | None:
        """Return the name as it is kept, or say what is wrong with it."""
        try:
            return named(self._field("name").value)
        except Refused as refusal:
            self._refuse(refusal, "name")
            return None

    def _refuse(self, refusal: Refused, name: str) -> None:
        """Say what cannot be; a text that must not be here does not stay in its field."""
        if refusal.message == NOT_HERE:
            self._field(name).value = ""
        self._say(cited(refusal.message, refusal.article), "refused")
        self._field(name).focus()

    def _say(self, text: str, tone: str) -> None:
        self.query_one("#people-status", StatusLine).say(text, tone)

    def _show(self) -> None:
        lines = [
            Content(f"{place:>3}  {set_cell_size(fitted(one.name, 24), 26)}{fitted(one.section, 40)}")
            for place, one in enumerate(self.people, 1)
        ]
        self.query_one("#people-list", Static).update(Content("\n").join(lines))
        self.query_one("#people-scroll", VerticalScroll).scroll_end(animate=False)
        self._say(f"已写{len(self.people)}人" if self.people else "", "quiet")
        self.refresh_bindings()
