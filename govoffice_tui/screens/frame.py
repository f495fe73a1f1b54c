"""The frame round every page: head, tabs, status line and keys, and how a page left open keeps up with the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from govoffice_tui.clock import chinese_day, chinese_weekday, month_of
from govoffice_tui.registers.office import Busy, Moved, StorageError
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import AlarmBand, Head, HeaderLine, StatusLine, cited
from govoffice_tui.widgets.person_strip import PersonStrip
from govoffice_tui.widgets.tab_strip import TabStrip

if TYPE_CHECKING:
    from govoffice_tui.screens.catalog import Tab

WAITING = "正在等另一窗口…"
RETRY_SECONDS = 0.3
WHO = "现在谁在用? ›"


@dataclass
class OpenTab(Message):
    """A tab is wanted, at a day's page if one is given."""

    tab: str
    day: date | None = None


class Reopen(Message):
    """The office's file is another one now: everything has to be opened and checked anew."""


class FrameScreen(Screen[None]):
    """A page in its frame. It is ticked by the program only while its tab is shown."""

    operator_title: ClassVar[str] = "经办人"

    def __init__(self, desk: Desk, tabs: Sequence[Tab], tab: str) -> None:
        super().__init__()
        self.desk = desk
        self.tabs = tuple(tabs)
        self.tab = tab
        self.today = desk.office.now().date()
        self._is_ready = False
        self._minute = ""
        self._seen_version = 0
        self._retry_is_set = False

    def compose_body(self) -> ComposeResult:
        """Give what stands between the strip of tabs and the status line."""
        yield from ()

    def refresh_page(self) -> None:
        """Read and show the page anew."""

    def second_changed(self, now: datetime) -> None:
        """Move what counts seconds; called on the shown tab only."""

    def minute_changed(self, now: datetime) -> None:
        """Meet a minute (a cut-off, the opening of a session); the first one soon after the page is shown."""

    def day_changed(self, today: date) -> None:
        """Meet midnight, or the first look after it."""
        self.reload()

    def month_changed(self, month: str) -> None:
        """Meet the end of a month (YYYY-MM of the new one); called before `day_changed`."""

    def others_wrote(self) -> None:
        """Meet what another window, or the writer of this one, has written."""
        self.reload()

    def due_changed(self) -> None:
        """Meet what every book wants today, read anew."""

    def due_unread(self, error: Refused | StorageError) -> None:
        """Meet what kept the books from being asked; the head asks again in a minute."""

    def say(self, text: str) -> None:
        """Say in one line what stands in the book now."""
        self.status.say(text, "done")

    def note(self, text: str) -> None:
        """Say something that is neither a success nor a refusal."""
        self.status.say(text, "quiet")

    def refuse(self, refusal: Refused) -> None:
        """Say what cannot be, why with the article, and what to do instead."""
        self.status.say(cited(refusal.message, refusal.article), "refused")

    def alarm(self, text: str) -> None:
        """Show a red band that stays, on every tab, until something is written again."""
        self.desk.alarm = text
        self.show_frame()

    @property
    def status(self) -> StatusLine:
        """Return the line above the keys."""
        return self.query_one("#status", StatusLine)

    def compose(self) -> ComposeResult:
        yield HeaderLine()
        yield TabStrip([(tab.id, tab.title) for tab in self.tabs], self.tab)
        yield AlarmBand()
        if self.desk.operator is None and self.tab == self.tabs[0].id:
            yield PersonStrip(self.desk.people, WHO)
        with Vertical(id="body"):
            yield from self.compose_body()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        self._is_ready = True
        if not self.desk.office_name:
            self.try_reading(self.desk.read_day)
        self.reload()
        self.show_frame()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another tab was shown."""
        if self._is_ready:
            self.tick(self.desk.office.now())
            self.look_at_file()

    def tick(self, now: datetime) -> None:
        """Meet one second; midnight, months and minutes that have passed since the last are met once each."""
        if not self._is_ready:
            return
        before, self.today = self.today, now.date()
        if self.today != before:
            self.try_reading(self.desk.read_day)
            if month_of(self.today) != month_of(before):
                self.try_reading(partial(self.month_changed, month_of(self.today)))
            self.try_reading(partial(self.day_changed, self.today))
        minute = f"{now:%H:%M}"
        if minute != self._minute or self.today != before:
            self._minute = minute
            self.try_reading(partial(self.minute_changed, now))
            self.look_for_due()
        self.try_reading(partial(self.second_changed, now))
        self.show_frame()

    def reload(self) -> None:
        """Show the page anew; where another window holds the file, say so and try again in a moment."""
        self._retry_is_set = False
        if self._is_ready and self.is_attached:
            self.try_reading(self._read_page)

    def try_reading(self, read: Callable[[], object]) -> None:
        """Do something that reads the book; what speaks against it is shown, and a page that had to wait read again."""
        try:
            read()
        except (Refused, StorageError) as error:
            self.show_failure(error)
        else:
            if self.status.shown == WAITING:
                self.status.say("", "quiet")

    def show_failure(self, error: Refused | StorageError) -> None:
        """Show why something could not be read or done; a page that had to wait is read again in a moment."""
        if isinstance(error, Refused):
            self.refuse(error)
        elif isinstance(error, Moved):
            self.post_message(Reopen())
        elif not isinstance(error, Busy):
            self.alarm(str(error))
        else:
            self.status.say(WAITING, "waiting")
            if not self._retry_is_set:
                self._retry_is_set = True
                self.set_timer(RETRY_SECONDS, self.reload)

    def look_at_file(self) -> None:
        """Meet what others wrote, and a file that was swapped under the open window."""
        if not self._is_ready:
            return
        if self.desk.office.was_swapped():
            self.post_message(Reopen())
            return
        try:
            version = self.desk.office.data_version()
        except Busy:
            return
        if version != self._seen_version:
            self._seen_version = version
            self.try_reading(self.desk.read_day)
            self.show_frame()
            self.others_wrote()
            self.look_for_due()

    def look_for_due(self) -> None:
        """Find out in the background what is due and late; for the first time once the frame is painted."""
        if self.desk.agenda is None:
            self.call_after_refresh(self._ask_books)
        else:
            self._ask_books()

    @work(group="due", exclusive=True)
    async def _ask_books(self) -> None:
        try:
            await self.desk.look_for_due()
        except (Refused, StorageError) as error:
            self.due_unread(error)
        else:
            self.try_reading(self.due_changed)

    def show_frame(self) -> None:
        """Show the head and the alarm as they stand on the desk."""
        if not self._is_ready:
            return
        desk, now = self.desk, self.desk.office.now()
        self.query_one(HeaderLine).head = Head(
            office=desk.office_name,
            day=f"{chinese_day(now.date())} {chinese_weekday(now.date())}",
            kind=desk.day_kind,
            time=f"{now:%H:%M:%S}",
            operator_title=self.operator_title,
            operator=desk.operator_name,
            is_overdue=desk.is_overdue,
        )
        self.query_one(AlarmBand).show(desk.alarm)

    def _read_page(self) -> None:
        self._seen_version = self.desk.office.data_version()
        self.refresh_page()
