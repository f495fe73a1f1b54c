"""A list of people each marked by a digit, entered in the book all at once: who was seen, who was there."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar
from uuid import uuid4

from rich.cells import set_cell_size
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.registers.staff import match
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import fold
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import plain

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

SOUGHT_LIMIT = 20
"""Characters of a name that is sought; more are no name."""


@dataclass(frozen=True)
class Mark:
    """One thing that can be said of a person: its digit, its word, how it looks, and the value that comes back."""

    digit: str
    word: str
    style: str
    value: str


class SubmitMarks(Protocol[T_co]):
    """What is done with the marks, by staff id: the same `form_key` comes with every try of one opened list."""

    def __call__(self, marks: dict[int, str], *, form_key: str) -> Awaitable[T_co]: ...


class MarkScreen(ModalScreen[T | None], Generic[T]):
    """The list: letters seek a person, a digit marks and goes on to the next, Enter enters all marks in the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f2", "send", "登记", priority=True, tooltip="把标了的一起登记", id="marks.send"),
        Binding("backspace,delete", "clear", "取消标记", id="marks.clear"),
        Binding("escape", "leave", "不登记", id="marks.leave"),
    ]

    def __init__(
        self,
        title: str,
        people: Sequence[Person],
        marks: Sequence[Mark],
        submit: SubmitMarks[T],
        standing: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__()
        self.dialog_title = plain(title)
        self.people = tuple(people)
        self.marks = tuple(marks)
        self.values = dict(standing or {})
        self.form_key = uuid4().hex
        self.is_sending = False
        self._submit = submit
        self._names = display_names(people)
        self._sought = ""

    def compose(self) -> ComposeResult:
        keys = "   ".join(f"{mark.digit} {mark.word}" for mark in self.marks)
        with Vertical(classes="dialog marks"):
            yield Static(self.dialog_title, markup=False, classes="title")
            yield Static(f"{keys}   输首字母找人", markup=False, classes="hint")
            yield OptionList(markup=False, compact=True)
            yield StatusLine(id="marks-status")
            yield KeyLine()

    def on_mount(self) -> None:
        self._draw(0)

    def on_key(self, event: events.Key) -> None:
        """Mark by digit; any other character seeks a person."""
        typed = fold(event.character) if event.character and event.is_printable else ""
        place = self.query_one(OptionList).highlighted
        if not typed or place is None:
            return
        event.stop()
        for mark in self.marks:
            if typed == mark.digit:
                self._sought = ""
                self.values[self.people[place].id] = mark.value
                self._draw(min(place + 1, len(self.people) - 1))
                return
        self._seek(typed)

    def action_clear(self) -> None:
        """Take the mark of the highlighted person away, or where there is none that of the one before."""
        place = self.query_one(OptionList).highlighted
        self._sought = ""
        if place is not None:
            if self.people[place].id not in self.values:
                place = max(0, place - 1)
            self.values.pop(self.people[place].id, None)
            self._draw(place)

    def action_leave(self) -> None:
        """Leave; not while the book is being written, because the answer would be lost."""
        if not self.is_sending:
            self.dismiss(None)

    def action_send(self) -> None:
        """Enter what is marked; once, however often it is pressed."""
        if self.is_sending:
            return
        if not self.values:
            self._say("还没有标一个人:上下键选人,按数字标。", "refused")
            return
        self.is_sending = True
        self._send()

    @on(OptionList.OptionSelected)
    def keep(self, event: OptionList.OptionSelected) -> None:
        """A click chooses the line only."""
        event.stop()

    @work(group="marks")
    async def _send(self) -> None:
        try:
            result = await self._submit(dict(self.values), form_key=self.form_key)
        except Refused as refusal:
            self._say(cited(refusal.message, refusal.article), "refused")
        except Busy:
            self._say("另一窗口正在写,没有登记上,请再按一次。", "refused")
        except StorageError as error:
            self._say(str(error), "refused")
        else:
            self.dismiss(result)
        finally:
            self.is_sending = False

    def _seek(self, typed: str) -> None:
        """Go to the first person the letters typed so far mean; letters that mean nobody begin anew."""
        sought = (self._sought + typed)[:SOUGHT_LIMIT]
        found = match(self.people, sought) or match(self.people, typed)
        self._sought = sought if match(self.people, sought) else typed
        if found:
            places = {person.id: place for place, person in enumerate(self.people)}
            self.query_one(OptionList).highlighted = places[found[0].id]
        self._say(f"找 {self._sought}" + ("" if found else ":没有这个人"), "quiet")

    def _say(self, text: str, tone: str) -> None:
        self.query_one("#marks-status", StatusLine).say(text, tone)

    def _draw(self, place: int) -> None:
        listing = self.query_one(OptionList)
        words = {mark.value: mark for mark in self.marks}
        options = []
        for person in self.people:
            mark = words.get(self.values.get(person.id, ""))
            said = Content.styled(mark.word, mark.style) if mark else Content.styled("未标", "$faint")
            who = set_cell_size(f"{plain(self._names[person.id])} {plain(person.position)}", 32)
            options.append(Option(Content.assemble(who, said)))
        listing.set_options(options)
        listing.highlighted = place if options else None
        self._say(f"已标 {len(self.values)}人,共{len(self.people)}人" if self.values else "", "quiet")
