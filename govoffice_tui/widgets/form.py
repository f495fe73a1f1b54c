"""Forms: a band at the foot of the page that stays until the book has accepted what it says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar, Generic, Protocol, TypeVar
from uuid import uuid4

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static, TextArea

from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.registers.wording import NOT_HERE
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.widgets.date_field import Unreadable
from govoffice_tui.widgets.form_drafts import DraftedScreen, FormDrafts
from govoffice_tui.widgets.form_rows import Field, FieldRow, row_for
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine, cited
from govoffice_tui.widgets.literal import plain

__all__ = ["Field", "FormScreen", "Submit"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


LABEL_LIMIT = 24
"""Cells a label takes at most."""


class Submit(Protocol[T_co]):
    """What a form does with its values: the same `form_key` comes with every try of one opened form.

    It returns what the form is dismissed with, never None: that stands for a form that was left.
    """

    def __call__(self, values: dict[str, str], *, form_key: str) -> Awaitable[T_co]: ...


def stay_out(refusal: Sealed, again: Callable[[], object]) -> None:
    """Leave a month under seal as it is."""


def ignore(error: StorageError) -> None:
    """Do nothing about a failure: the foot of the form says it."""


class FormScreen(DraftedScreen[T], Generic[T]):
    """A form. It is left by Esc (result None) or when `submit` accepts (its result).

    `verb` is the word for what it does; `failed` hears of a book that could not be written at all; `amend` is told
    of a month under seal, and how to send the form again once there is a 更正单. With `drafts` what is typed is kept
    until the form is accepted, and offered when it is opened again.

    Dates come to `submit` as YYYY-MM-DD, days of the year as MM-DD, times as HH:MM, persons as their staff id,
    what is left out as "".
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "send", "登记", tooltip="把表上写的登记下来", id="form.send"),
        Binding("f2", "repeat_last", "同上次", tooltip="填上次登记的内容", id="form.repeat_last"),
        Binding("tab", "app.focus_next", "下一项", id="form.next"),
        Binding("shift+tab", "app.focus_previous", "上一项", show=False, id="form.previous"),
        Binding("escape", "leave", "不登记", tooltip="离开,什么也不登记", id="form.leave"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        submit: Submit[T],
        hint: str = "",
        *,
        today: date,
        verb: str = "登记",
        failed: Callable[[StorageError], None] = ignore,
        amend: Callable[[Sealed, Callable[[], object]], object] = stay_out,
        drafts: FormDrafts | None = None,
    ) -> None:
        super().__init__(drafts)
        self._amend = amend
        self.form_title = plain(title)
        self.fields = tuple(fields)
        self.hint = plain(hint)
        self.today = today
        self.verb = verb
        self.form_key = uuid4().hex
        self.is_sending = False
        self._submit = submit
        self._failed = failed

    def compose(self) -> ComposeResult:
        width = min(LABEL_LIMIT, max((cell_len(field.label) for field in self.fields), default=0)) + 3
        with Vertical(classes="form"):
            yield Static(self.form_title, markup=False, classes="title")
            if self.hint:
                yield Static(self.hint, markup=False, classes="hint")
            with VerticalScroll(classes="rows", can_focus=False):
                for field in self.fields:
                    yield row_for(field, self.today, width)
            yield StatusLine(id="form-status")
            yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F2 repeats the last form while nothing has been typed, and sends it afterwards."""
        if action in ("send", "repeat_last"):
            return (action == "repeat_last") == self._may_repeat
        return super().check_action(action, parameters)

    @property
    def _may_repeat(self) -> bool:
        return not self.is_edited and any(field.last for field in self.fields)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Return the keys that work now, in the words of this form's verb."""
        words = {"form.send": self.verb, "form.leave": f"不{self.verb}"}
        return {
            key: active._replace(binding=replace(active.binding, description=words[active.binding.id]))
            if active.binding.id in words
            else active
            for key, active in super().active_bindings.items()
        }

    def action_leave(self) -> None:
        """Leave; not while the book is being written, because the answer would be lost."""
        if not self.is_sending:
            self.leave_draft()
            self.dismiss(None)

    def action_repeat_last(self) -> None:
        """Fill in what the last form of this kind said."""
        for row in self.rows:
            if row.field.last:
                row.fill(row.field.last)
        self.begin_editing()
        self.rows[-1].begin()

    def action_send(self) -> None:
        """Check every field and send; once, however often it is pressed."""
        if self.is_sending:
            return
        values: dict[str, str] = {}
        wrong: list[FieldRow] = []
        for row in self.rows:
            try:
                values[row.field.name] = row.checked()
            except Unreadable as error:
                row.complain(str(error))
                wrong.append(row)
        if wrong:
            wrong[0].begin()
            return
        self.is_sending = True
        self._say(f"正在{self.verb}…", "waiting")
        self._send(values)

    @work(group="form")
    async def _send(self, values: dict[str, str]) -> None:
        """Hand the values over; what speaks against them stands under its field."""
        try:
            result = await self._submit(values, form_key=self.form_key)
        except Refused as refusal:
            if isinstance(refusal, Sealed):
                self._amend(refusal, partial(self._send_again, values))
            self._refuse(refusal)
        except Busy:
            self._say(f"另一窗口正在写,没有{self.verb}上,请再按一次。", "refused")
        except StorageError as error:
            self._say(str(error), "refused")
            self._failed(error)
        else:
            self.forget_draft()
            self.dismiss(result)
            return
        finally:
            self.is_sending = False

    def _send_again(self, values: dict[str, str]) -> None:
        """Hand the same values over with the 更正单 that lets them into a month under seal."""
        self.is_sending = True
        self._send(values)

    def _refuse(self, refusal: Refused) -> None:
        for row in self.rows:
            if row.field.name == refusal.field:
                if refusal.message == NOT_HERE:
                    with self.prevent(Input.Changed, TextArea.Changed):
                        row.fill("")
                row.complain(refusal.message, refusal.article)
                self._say("", "quiet")
                row.begin()
                row.scroll_visible()
                return
        self._say(cited(refusal.message, refusal.article), "refused")

    def _say(self, text: str, tone: str) -> None:
        self.foot.say(text, tone)

    @on(FieldRow.Edited)
    def _note_edit(self, event: FieldRow.Edited) -> None:
        """From the first key on, F2 sends."""
        event.stop()
        if not self.is_edited and event.row.has_focus_within:
            self.begin_editing()

    @on(FieldRow.Done)
    def _go_on(self, event: FieldRow.Done) -> None:
        """Go to the next row; behind the last one the form is sent."""
        event.stop()
        rows = self.rows
        place = rows.index(event.row)
        if place + 1 < len(rows):
            rows[place + 1].begin()
        else:
            self.action_send()
