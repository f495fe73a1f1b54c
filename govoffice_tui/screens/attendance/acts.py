"""What a keeper does on the page of a session: sign, take back, strike, collect, note who was missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from govoffice_tui.registers.attendance import signing
from govoffice_tui.registers.attendance.views import Board
from govoffice_tui.rules.attendance import ArrivalKind, StrikeReason
from govoffice_tui.rules.calendar import Half
from govoffice_tui.screens.attendance import dialogs
from govoffice_tui.screens.attendance.paper_acts import PaperActs
from govoffice_tui.screens.dialogs import ChooseScreen, take
from govoffice_tui.widgets.missing_list import MissingList

Act = tuple[str, str, Callable[[], object]]
"""Something a small menu offers: its digit, its words, and the deed."""

TYPING_FROM = 5
"""The digit of the first paper sheet to be typed in the menu of F6: those before it always mean the same."""


class SessionActs(PaperActs):
    """The acts on one session; the page that inherits them says which, and shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "strike", "更正", tooltip="划销一笔签到(点错、代签、其他)", id="attendance.strike"),
        Binding("f6", "close", "收存", tooltip="收存本场签到簿,或本场另作处理", id="attendance.collect"),
    ]

    _last: signing.Signed | None

    def action_strike(self) -> None:
        """Choose a signature of this session and strike it with a reason."""
        page = self._board
        if page is not None:
            self.with_operator(lambda: self.app.push_screen(dialogs.strike_menu(page, self._ask_reason)))

    def action_close(self) -> None:
        """List how the page of this session is closed; Enter takes the usual act."""
        page = self._board
        if page is not None:
            options = [(digit, Content(words), act) for digit, words, act in self.closing_acts(page)]
            self.app.push_screen(ChooseScreen(f"{page.half.label}签到簿", options), take)

    def closing_acts(self, page: Board) -> list[Act]:
        """Return how the page of a session is closed, the usual act first."""
        acts: list[Act] = []
        if page.collected is None:
            acts.append(("1", "收存", partial(self._begin_collection, page)))
            acts += [("2", words, act) for words, act in self.paper_acts(page)]
        typing = self.typing_acts(page)
        return [*acts, *((str(place), words, act) for place, (words, act) in enumerate(typing, TYPING_FROM))]

    def _begin_collection(self, page: Board) -> None:
        """Collect the book, or a sheet of it; early with people missing it asks for the reason."""
        if page.sheets:
            self.begin_sheet(page)
        elif page.missing and self.desk.office.now() <= page.hours.cutoff:
            title, fields = dialogs.early_collection(page)
            self.open_form(
                title,
                fields,
                self._collect_early,
                verb="收存",
                then=self._collected,
                draft="attendance.early",
                about=f"{self._day} {self._half.value}",
            )
        else:
            self.with_operator(lambda: self.run_worker(self._collect(), group="verbs"))

    def action_resume(self) -> None:
        """Let signing go on after a step of the clock."""
        self.perform(signing.resume_signing, self._day, self._half, done=lambda _: f"{self._half.label}继续签到")

    @on(MissingList.Noted)
    def note_missing(self, event: MissingList.Noted) -> None:
        """Note somebody missing: late now, or 待核; or open the form for time and remark."""
        if event.kind is not None:
            self.perform(
                signing.note_arrival,
                event.line.person.id,
                self._day,
                self._half,
                event.kind,
                done=dialogs.noted_words,
            )
            return
        title, fields = dialogs.arrival_form(event.line, self._half)
        submit = partial(self._note, event.line.person.id)
        self.open_form(
            title,
            fields,
            submit,
            then=lambda noted: self.say(dialogs.noted_words(noted)),
            draft="attendance.arrival",
            about=f"{event.line.person.id} {self._day} {self._half.value}",
        )

    @on(MissingList.SentOut)
    def explain_by_outing(self, event: MissingList.SentOut) -> None:
        """Open the form of an outing for somebody missing: word that comes now is 事后告知."""
        from govoffice_tui.screens.leave.board_hooks import explain_missing

        event.stop()
        explain_missing(self, event.line.person, event.line.display_name, self._day, self._half)

    def action_import_staff(self) -> None:
        """Bring in a staff list, after a look at what is in it."""
        from govoffice_tui.screens.staff_import import StaffImportScreen

        self.with_operator(lambda: self.app.push_screen(StaffImportScreen(self.desk), lambda _: self.reload()))

    def action_keeper(self) -> None:
        """Name who keeps the sign-in book."""
        title, fields = dialogs.keeper_form(self.desk.people)
        self.open_form(
            title, fields, partial(dialogs.assign_keeper, self.desk), then=lambda _: self.say("已指定签到管理人")
        )

    def _sign(self, person: int) -> None:
        self.run_worker(self._carry_sign(person, self._day, self._half), group="verbs")

    async def _carry_sign(self, person: int, day: date, half: Half) -> None:
        done = await self.attempt(signing.sign_in, person, day, half)
        if done is not None:
            self._last = done[0]
            self.say(f"{done[0].at:%H:%M:%S}  已登记 {done[0].name} {half.label}签到    Esc 撤回")

    async def _take_back(self, last: signing.Signed) -> None:
        done = await self.attempt(signing.take_back_sign_in, last.sign_in)
        if done is not None:
            self.say(f"已撤回 {last.name} 的签到(划销,留痕)")

    def _ask_reason(self, row: int) -> None:
        reasons = (StrikeReason.MISTAKE, StrikeReason.FOR_ANOTHER, StrikeReason.OTHER)
        options = [(str(place), Content(reason.label), reason) for place, reason in enumerate(reasons, 1)]
        self.app.push_screen(ChooseScreen("为什么划销", options), partial(self._strike, row))

    def _strike(self, row: int, reason: StrikeReason | None) -> None:
        if reason is StrikeReason.OTHER and self._board and self._board.collected:
            title, fields = dialogs.strike_form()
            submit = partial(dialogs.strike_for_other_reason, self.desk, row)
            self.open_form(
                title, fields, submit, verb="划销", then=lambda struck: self.say(self._struck(struck, reason))
            )
        elif reason is not None:
            self.perform(signing.strike_sign_in, row, reason, done=lambda struck: self._struck(struck, reason))

    def _struck(self, struck: signing.Signed, reason: StrikeReason) -> str:
        later = ",待另一个人两个工作日内复核" if self._board and self._board.collected else ""
        return f"已划销 {struck.name} 的签到:{reason.label}{later}"

    async def _collect(self) -> None:
        done = await self.attempt(signing.collect_book, self._day, self._half)
        if done is not None:
            self._collected(done[0])

    async def _collect_early(self, values: dict[str, str], *, form_key: str) -> signing.Collected:
        reason = values["early_reason"]
        return await self.desk.carry_out(signing.collect_book, self._day, self._half, reason, form_key=form_key)

    def _collected(self, done: signing.Collected) -> None:
        self.show_collection(done.expected, done.signed)

    async def _note(self, person: int, values: dict[str, str], *, form_key: str) -> signing.Noted:
        arrived, remark = values["arrived_at"], values["remark"]
        at = datetime.combine(self._day, datetime.strptime(arrived, "%H:%M").time()) if arrived else None
        kind = ArrivalKind.PENDING if at is None else ArrivalKind.LATE
        return await self.desk.carry_out(
            signing.note_arrival, person, self._day, self._half, kind, at, remark, form_key=form_key
        )
