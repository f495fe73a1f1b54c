"""The program itself: tabs, looks, the beat of its clock, and what happens when something breaks."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.actions import ActionParseResult
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.events import Event, Key, Resize

from govoffice_tui.clock import Clock
from govoffice_tui.registers.catalog import REGISTERS
from govoffice_tui.registers.office import Damaged, NoOffice, StorageError, open_office
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.catalog import TABS, Tab
from govoffice_tui.screens.clock_watch import ClockWatch
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.frame import OpenTab, Reopen
from govoffice_tui.screens.quiet_app import QuietApp
from govoffice_tui.screens.terminal import accept_any_terminal
from govoffice_tui.screens.too_small import TooSmallScreen, cover_where_small

if TYPE_CHECKING:
    from govoffice_tui.screens.first_run import Beginning

REOPEN = "reopen"
LEAVING = ("next_tab", "leave", "tell_how_to_leave", "quit", "help_quit", "suspend_process")
"""What would lead away from a board that runs alone."""

STEP_CHECK_SECONDS = 10
FILE_CHECK_SECONDS = 2
BOOK_CHECK_SECONDS = 5
"""When after the start the newest lines of the book are checked: not before the first keys were answered."""


class OfficeApp(QuietApp[str]):
    """One office on one screen."""

    CSS_PATH = "app.tcss"
    DEFAULT_MODE = "tab1"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+left,ctrl+pageup", "next_tab(-1)", "前一页", show=False, priority=True, id="app.previous_tab"),
        Binding("ctrl+right,ctrl+pagedown", "next_tab(1)", "后一页", show=False, priority=True, id="app.next_tab"),
        Binding("ctrl+q", "leave", "退出", tooltip="退出程序", show=False, priority=True, id="app.quit"),
        Binding("ctrl+c", "tell_how_to_leave", show=False, system=True),
    ]

    def __init__(self, desk: Desk, tabs: Sequence[Tab] = TABS) -> None:
        super().__init__(desk.office.folder, desk.clock)
        self.desk = desk
        self.tabs = tuple(tabs)
        self._beats = 0
        self._idle_beats = 0
        self._calendar_year = 0
        self._has_asked = False
        self._clock_watch = ClockWatch(desk.clock)
        for place, tab in enumerate(self.tabs, 1):
            self.add_mode(f"tab{place}", self._screen_of(tab))
        self.greet: Callable[[RegisterScreen], None] | None = None
        desk.on_change = self._show_frame

    @property
    def page(self) -> RegisterScreen | None:
        """Return the page of the open tab, whatever stands over it."""
        page = self.screen_stack[0]
        return page if isinstance(page, RegisterScreen) else None

    def on_mount(self) -> None:
        if not self.is_headless:  # without a terminal whoever drives the program gives the beat
            self.set_interval(1.0, self.beat)
        self.call_after_refresh(self._greet)

    def beat(self) -> None:
        """Meet one second: the shown page, the file every two, the clock every ten."""
        self._beats += 1
        self._rest()
        page = self.page
        if page is None:
            return
        if self._beats % STEP_CHECK_SECONDS == 0 and (step := self._clock_watch.step()):
            self.clock_stepped(step)
        if not page.is_mounted:
            return
        now = self.desk.office.now()
        if not self._has_asked:
            self._has_asked = True
            self._ask_about_the_day(page)
        if now.year != self._calendar_year:
            self._calendar_year = now.year
            self.run_worker(self.desk.keep_calendar(), group="calendar")
        page.tick(now)
        if self._beats == BOOK_CHECK_SECONDS:
            self.run_worker(self.desk.check_book(), group="check")
            self.run_worker(self.desk.drafts.clear_old(), group="drafts")
        if self._beats % FILE_CHECK_SECONDS == 0:
            page.look_at_file()

    def clock_stepped(self, seconds: int) -> None:
        """Record that the machine's clock jumped, and warn; an open sign-in stops."""
        self.run_worker(self.desk.record_clock_step(seconds), group="clock")

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks; where the file is held or the rules forbid it, say so instead of ending."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except (Refused, StorageError) as error:
            if self.page is not None:
                self.page.show_failure(error)
            return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tabs stay as they are while the window is too small to show one; a board that runs alone is not left."""
        if self.desk.runs_alone and action in LEAVING:
            return False
        return action != "next_tab" or not isinstance(self.screen, TooSmallScreen)

    async def action_next_tab(self, step: int) -> None:
        """Open the neighbouring tab."""
        place = int(self.current_mode.removeprefix("tab")) - 1 + step
        await self.switch_mode(f"tab{place % len(self.tabs) + 1}")

    def action_leave(self) -> None:
        """Leave; nothing is asked unless the book is being written this moment."""
        from govoffice_tui.screens.dialogs import ConfirmScreen

        if not self.desk.is_writing:
            self.exit()
        elif not isinstance(self.screen, ConfirmScreen):
            question = ConfirmScreen("正在登记,还没有写完。写完后退出吗?", "写完后退出", "不退出")
            self.push_screen(question, lambda wanted: self.exit() if wanted else None)

    def action_tell_how_to_leave(self) -> None:
        """Ctrl+C copies; who meant to leave is told how."""
        if self.page is not None:
            self.page.note("退出请按 Ctrl+Q")

    @on(OpenTab)
    async def _open_tab(self, message: OpenTab) -> None:
        """Open a tab, at a day's page if one is given."""
        if self.desk.runs_alone:
            return
        place = [tab.id for tab in self.tabs].index(message.tab) + 1
        await self.switch_mode(f"tab{place}")
        page = self.page
        if message.day is not None and page is not None:
            page.try_reading(partial(page.visit, message.day))

    @on(Reopen)
    def _reopen(self) -> None:
        """Leave, so that the office is opened again with all its checks."""
        self.exit(REOPEN)

    def on_resize(self, event: Resize) -> None:
        """Cover everything while the window is too small."""
        cover_where_small(self, event.size)

    async def on_event(self, event: Event) -> None:
        """A key ends the idleness in which garbage is collected for the first time."""
        if isinstance(event, Key):
            self._idle_beats = 0
        await super().on_event(event)

    def _ask_about_the_day(self, page: RegisterScreen) -> None:
        """Ask whether the machine's date can be right, where days have passed without a line."""
        from govoffice_tui.screens.clock_question import ask_about_the_day

        page.try_reading(partial(ask_about_the_day, page))

    def _greet(self) -> None:
        if self.greet is not None and self.page is not None:
            self.page.try_reading(partial(self.greet, self.page))

    def _screen_of(self, tab: Tab) -> Callable[[], RegisterScreen]:
        return lambda: tab.screen()(self.desk, self.tabs, tab.id)

    def _show_frame(self) -> None:
        if self.page is not None:
            self.page.show_frame()

    def _rest(self) -> None:
        """Collect garbage again after the first second without a key."""
        self._idle_beats += 1
        if self._idle_beats == 2 and not gc.isenabled():
            gc.freeze()
            gc.enable()


def _tell_before_the_first_frame(sentence: str) -> None:
    """Say on the bare terminal why the first frame takes a while."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def run(folder: Path, clock: Clock) -> int:
    """Open the office in a folder on this terminal; return the exit code.

    Raises StorageError where the office cannot be opened.
    """
    gc.disable()
    accept_any_terminal()
    operator: Person | None = None
    begun: Beginning | None = None
    while True:
        try:
            opened = open_office(folder, clock, tell=_tell_before_the_first_frame)
        except NoOffice:
            from govoffice_tui.screens.first_run import begin_here

            begun = begin_here(folder, clock)
            if begun is None:
                return 0
            folder = begun.folder
            continue
        except Damaged as damage:
            from govoffice_tui.screens.damaged import show_damage

            if not show_damage(folder, clock, str(damage)):
                return 3
            continue
        desk = Desk(opened, REGISTERS)
        desk.operator = operator
        app = OfficeApp(desk)
        if begun is not None:
            keeper, app.greet, begun = begun.keeper, begun.greet, None
            desk.operator = next((person for person in desk.people() if person.id == keeper), None)
        try:
            outcome = app.run()
        finally:
            operator = desk.operator
            desk.close()
            opened.close()
        if app.last_words:
            sys.stderr.write(f"{app.last_words}\n")
            return 1
        if outcome != REOPEN:
            return app.return_code or 0
