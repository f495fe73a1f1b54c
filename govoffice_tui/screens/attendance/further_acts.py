"""What else is done about a session: it had no book, it runs alone, people are looked for, corrections are reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from govoffice_tui.registers import posts, reviews
from govoffice_tui.registers.attendance.views import Board
from govoffice_tui.rules.attendance import SessionState
from govoffice_tui.rules.calendar import Half
from govoffice_tui.screens.attendance.acts import Act
from govoffice_tui.screens.attendance.inspection_acts import InspectionActs
from govoffice_tui.screens.attendance.kiosk import KioskScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.menu import Entry
from govoffice_tui.screens.reviewing import open_review_menu


class FurtherActs(InspectionActs):
    """The acts beside signing and collecting; F5 lists those that can be done now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "resume", "继续签到", tooltip="核对时间后继续签到", id="attendance.resume"),
        Binding("f5", "transcribe", "录入纸质", tooltip="录入或核对收存了的纸质签到簿", id="attendance.transcribe"),
        Binding("f5", "next", "下一步", tooltip="抽查到岗、在岗抽查、未设簿的决定、复核", id="attendance.next_step"),
    ]

    _kiosk: KioskScreen | None = None

    def _session_at(self, now: datetime) -> tuple[date, Half]:
        """Return the session the clock stands in."""
        raise NotImplementedError

    def tick(self, now: datetime) -> None:
        """Meet one second, and hand it on to the board that runs alone over this page."""
        super().tick(now)
        if self._kiosk is not None and self._kiosk.is_mounted:
            self._kiosk.tick(now)

    def closing_acts(self, page: Board) -> list[Act]:
        """Add how a session without a book is put on record, and the board that runs alone."""
        found = super().closing_acts(page)
        if page.signed == 0 and page.collected is None:
            found.append(("3", "未设簿(本场没有签到簿)", self.declare_no_book))
        if self.can_sign_now():
            found.append(("4", "签到台(只留签到,离开要签到管理人)", self.open_kiosk))
        return found

    def action_next(self) -> None:
        """List what can be done next about this session."""
        page = self._board
        if page is None:
            return
        options = [(str(place), Content(words), act) for place, (words, act) in enumerate(self._next_acts(page), 1)]
        self.app.push_screen(ChooseScreen("下一步", options), lambda act: act() if act is not None else None)

    def further_entries(self) -> Iterable[Entry]:
        """Give the same acts to the menu."""
        page = self._board
        if page is None:
            return
        for words, act in self._next_acts(page):
            yield Entry(words, act)
        if self.can_sign_now():
            yield Entry("签到台", self.open_kiosk, hint="只留签到,离开要签到管理人")
        is_open = page.state in (None, SessionState.OPEN, SessionState.HALTED)
        if page.is_work and is_open and page.signed == 0 and self.desk.office.now() >= page.hours.opens:
            yield Entry("未设簿", self.declare_no_book, hint="本场没有签到簿,不算缺签")

    def allows(self, action: str, page: Board) -> bool:
        """Return whether an act on the session does something now; F5 means the first of its acts that does."""
        is_halted = page.state is SessionState.HALTED
        if action == "resume":
            return is_halted
        if action == "transcribe":
            return not is_halted and bool(page.unfinished)
        has_begun = page.is_work and self.desk.office.now() >= page.hours.opens
        if action == "next":
            return has_begun and not is_halted and not page.unfinished
        if action == "close":
            is_open = page.state in (None, SessionState.OPEN, SessionState.HALTED)
            return (has_begun and is_open) or bool(page.unfinished)
        return has_begun and page.signed > 0

    def can_sign_now(self) -> bool:
        """Return whether the session shown is open for signatures."""
        page, now = self._board, self.desk.office.now()
        if page is None or not page.is_work or not page.lines or page.state not in (None, SessionState.OPEN):
            return False
        if not page.is_on_screen:
            return False
        return page.hours.opens <= now <= page.hours.cutoff

    def open_kiosk(self) -> None:
        """Let the board run alone; only who may end it may begin it."""
        self.with_operator(lambda: self.try_reading(self._open_kiosk))

    def _open_kiosk(self) -> None:
        office = self.desk.office
        posts.require(office, "run_kiosk", self.desk.operator_id, office.now().date())
        self._kiosk = KioskScreen(self.desk, self._session_at)
        self.app.push_screen(self._kiosk, lambda _: self._kiosk_left())

    def _kiosk_left(self) -> None:
        self._kiosk = None
        self.show_frame()
        self.reload()
        self.start_work()
        self.say(f"签到台已结束,现在由{self.desk.operator_name}经办")

    def _next_acts(self, page: Board) -> list[tuple[str, Callable[[], object]]]:
        found: list[tuple[str, Callable[[], object]]] = []
        found.extend(self.no_book_acts(page))
        found.extend(self.inspection_acts(page))
        waiting = reviews.open_reviews(self.desk.office)
        if waiting:
            found.append((f"复核更正({len(waiting)}件)", partial(open_review_menu, self)))
        return found
