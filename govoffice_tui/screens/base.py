"""What every tab shares: its keys, its verbs and forms, and who is at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on, work
from textual.binding import Binding, BindingType

from govoffice_tui.registers.office import Busy, StorageError
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.frame import WHO, FrameScreen, OpenTab, Reopen
from govoffice_tui.widgets.line_input import LineInput
from govoffice_tui.widgets.lines import AlarmBand
from govoffice_tui.widgets.person_strip import PersonStrip
from govoffice_tui.widgets.word_line import WordLine

if TYPE_CHECKING:
    from govoffice_tui.registers.amendments import Amendment
    from govoffice_tui.screens.catalog import Tab
    from govoffice_tui.screens.help import Explanation
    from govoffice_tui.screens.menu import Entry
    from govoffice_tui.widgets.form import Submit
    from govoffice_tui.widgets.form_rows import Field

__all__ = ["OpenTab", "RegisterScreen", "Reopen"]

T = TypeVar("T")

BUSY = "另一窗口正在写,没有登记上,请再按一次。"

DIGITS = tuple("0123456789")
"""They choose tabs while no field has the cursor."""

BACK_TO_WORK = ("up", "down")
"""Keys that move in a list, and take it up again where it was left."""


class RegisterScreen(FrameScreen):
    """One tab. A subclass gives `compose_body`, `refresh_page` and its keys.

    `refresh_page` reads with `self.desk.office` and shows; it may raise `Busy` at any point and is then called
    again. Verbs go through `perform` or a form.
    """

    help_text: ClassVar[str] = ""
    """What this book is for and how it is kept, in a few Chinese paragraphs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "帮助", tooltip="本页的用法、各键,和光标所指的依据", id="app.help"),
        Binding("f9", "change_operator", "换经办人", tooltip="换一个人登记", id="app.operator"),
        Binding("ctrl+p", "menu", "菜单", tooltip="列出全部可做的事,可用首字母查", id="app.menu"),
        Binding("escape", "leave_field", show=False),
        *(Binding(str(place), f"go_to({place})", show=False) for place in range(1, 10)),
    ]

    def __init__(self, desk: Desk, tabs: Sequence[Tab], tab: str) -> None:
        super().__init__(desk, tabs, tab)
        self._after_seat: Callable[[], object] | None = None

    def operator_changed(self) -> None:
        """Meet another person at the keyboard."""

    def visit(self, day: date) -> None:
        """Turn to a day's page because another tab sent the reader here."""

    def explain_cursor(self) -> Explanation | None:
        """Explain what is under the cursor, with its article."""
        return None

    def menu_entries(self) -> Iterable[Entry]:
        """Give what can be done here without a key of its own."""
        return ()

    def start_work(self) -> None:
        """Put the cursor where work begins."""
        for widget in self.query("#body *"):
            if widget.focusable:
                widget.focus()
                return
        self.set_focus(None)

    def open_tab(self, tab: str, day: date | None = None) -> None:
        """Send the reader to another tab."""
        self.post_message(OpenTab(tab, day))

    def perform(
        self, verb: Callable[..., T], *args: object, done: Callable[[T], str] | None = None, **kwargs: Any
    ) -> None:
        """Carry out a verb without waiting here: afterwards the page is read anew and `done` gives the line to show."""

        @work(group="verbs")
        async def carry_out(screen: RegisterScreen) -> None:
            result = await screen.attempt(verb, *args, again=lambda: carry_out(screen), **kwargs)
            if result is not None and done is not None:
                screen.say(done(result[0]))

        self.with_operator(lambda: carry_out(self))

    async def attempt(
        self, verb: Callable[..., T], *args: object, again: Callable[[], object] | None = None, **kwargs: Any
    ) -> tuple[T] | None:
        """Carry out a verb from a worker; return (result,), or None after showing what spoke against it.

        Where a month is under seal a 更正单 is asked for, and `again` called once there is one.
        """
        try:
            result = await self.desk.carry_out(verb, *args, **kwargs)
        except Busy:
            self.status.say(BUSY, "refused")
        except (Refused, StorageError) as error:
            self.show_failure(error)
            if isinstance(error, Sealed) and again is not None:
                self.ask_amendment(error, again)
        else:
            self._after_write()
            return (result,)
        return None

    def ask_amendment(self, refusal: Sealed, again: Callable[[], object]) -> None:
        """Ask for the 更正单 that lets a change into a month under seal; `again` is called once there is one."""
        from govoffice_tui.screens.amendment import amendment_form

        def filed(amendment: Amendment | None) -> None:
            if amendment is not None:
                self.desk.amendment = amendment
                again()

        self.app.push_screen(amendment_form(self.desk, refusal, self.today), filed)

    def open_form(
        self,
        title: str,
        fields: Sequence[Field],
        submit: Submit[T],
        hint: str = "",
        *,
        verb: str = "登记",
        then: Callable[[T], None] | None = None,
        draft: str = "",
        about: str = "",
    ) -> None:
        """Open a form over the page; `then` gets what `submit` returned.

        What is typed into one with a `draft`, a name that stays, is kept for the same person, apart for each
        matter it is `about`.
        """
        from govoffice_tui.widgets.form import FormScreen

        def finished(result: T | None) -> None:
            if result is not None:
                self._after_write()
                if then is not None:
                    then(result)

        def begin() -> None:
            form = FormScreen(
                title,
                fields,
                submit,
                hint,
                today=self.today,
                verb=verb,
                failed=self.show_failure,
                amend=self.ask_amendment,
                drafts=self.desk.drafts.of_form(self.desk.operator_id, draft, about),
            )
            self.app.push_screen(form, finished)

        self.with_operator(begin)

    @work(group="backup", exclusive=True)
    async def back_up(self) -> None:
        """Take a backup in the background; where it fails, a lasting band says so."""
        from govoffice_tui.registers.backups import back_up

        try:
            await self.desk.read(partial(back_up, folder=None, by=self.desk.operator_id))
        except (Refused, StorageError) as error:
            self.alarm(str(error))
        else:
            self.reload()

    def with_operator(self, act: Callable[[], object]) -> None:
        """Do something once it is known who is at the keyboard."""
        if self.desk.operator is not None:
            act()
        else:
            self._after_seat = act
            self.ask_operator("先选经办人 ›")

    def ask_operator(self, question: str = WHO) -> None:
        """Ask in a line under the tabs who is at the keyboard."""
        for strip in self.query(PersonStrip):
            strip.ask(question)
            return
        self.mount(PersonStrip(self.desk.people, question), after=self.query_one(AlarmBand))

    def action_help(self) -> None:
        """Show how this page is used, first what rests on which article under the cursor."""
        from govoffice_tui.screens.help import HelpScreen

        title = next(tab.title for tab in self.tabs if tab.id == self.tab)
        self.app.push_screen(HelpScreen(title, self.help_text, self.active_bindings, self.explain_cursor()))

    def action_change_operator(self) -> None:
        """Ask who is at the keyboard."""
        self.ask_operator()

    def action_menu(self) -> None:
        """List everything that can be done here."""
        from govoffice_tui.screens.menu import MenuScreen, entries_of

        self.app.push_screen(MenuScreen(entries_of(self)))

    def action_go_to(self, place: int) -> None:
        """Open a tab by its place on the strip."""
        if place <= len(self.tabs):
            self.open_tab(self.tabs[place - 1].id)

    def action_leave_field(self) -> None:
        """Leave the field, so that digits choose tabs."""
        self.set_focus(None)

    def on_key(self, event: events.Key) -> None:
        """Take work up again where a field was left: what is no key of the page goes where the cursor stood."""
        is_letter = event.is_printable and event.key != "space"
        if self.focused is None and (is_letter or event.key in BACK_TO_WORK) and event.character not in DIGITS:
            self.start_work()
            if self.focused is not None:
                event.stop()
                self.focused.post_message(events.Key(event.key, event.character))

    @on(WordLine.Picked, "#tabs")
    def _open_clicked_tab(self, event: WordLine.Picked) -> None:
        """Open the tab that was clicked."""
        event.stop()
        self.open_tab(event.value)

    @on(PersonStrip.Seated)
    def _seat(self, event: PersonStrip.Seated) -> None:
        """Go on with the person who sat down; with nobody, what waited for one is forgotten."""
        event.stop()
        waiting, self._after_seat = self._after_seat, None
        self.query(PersonStrip).remove()
        if event.person is not None:
            self.desk.take_seat(event.person)
            self.try_reading(self.operator_changed)
        self.start_work()
        if event.person is not None and waiting is not None:
            waiting()

    @on(LineInput.Told)
    def _tell(self, event: LineInput.Told) -> None:
        """Say what became of a text."""
        event.stop()
        self.note(event.text)

    def _after_write(self) -> None:
        self.desk.alarm = ""
        self.reload()
        self.show_frame()
        self.look_for_due()
