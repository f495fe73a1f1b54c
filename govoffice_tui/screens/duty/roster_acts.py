"""What is done with a roster: its moves, slips, receipts and reminders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from govoffice_tui.clock import chinese_short_day, month_of
from govoffice_tui.registers.duty import (
    roster,
    roster_changes,
    roster_making,
    roster_slips,
    roster_telling,
)
from govoffice_tui.registers.duty.roster import ShiftLine
from govoffice_tui.registers.duty.roster_pages import RosterPage, tomorrow
from govoffice_tui.rules.roster import MOVE_TITLES, ChangeKind, RosterState
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen, ConfirmScreen, TextScreen
from govoffice_tui.screens.duty import roster_forms
from govoffice_tui.screens.exporting import export_forms
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_row import Field
from govoffice_tui.widgets.literal import literal

ONE_DAY = timedelta(days=1)


class RosterActs(RegisterScreen):
    """The acts on a roster; the page that inherits them says which, and shows it."""

    _month: str
    _special: int | None
    _page: RosterPage | None

    @property
    def line(self) -> ShiftLine | None:
        """Return the place under the cursor."""
        raise NotImplementedError

    def moves(self) -> list[str]:
        """Return the verbs that lead on from the state of the roster shown."""
        raise NotImplementedError

    def open_special(self, roster: int) -> None:
        """Show a 专项值班安排."""
        raise NotImplementedError

    def action_proceed(self) -> None:
        """Choose the next step of the roster: check, issue, return, who received it, who was told."""
        page = self._page
        if page is None or page.document is None:
            return
        deeds: list[tuple[str, Callable[[], object]]] = [
            (MOVE_TITLES[verb], partial(self._move, verb)) for verb in self.moves()
        ]
        if page.document.state is RosterState.ISSUED:
            deeds.append(("全体已收到", self.receive_all))
            deeds.append(("逐个登记谁收到", self.tick_receipts))
            deeds.append(("明日值班提醒", self.remind))
        options = [(str(place), literal(title), deed) for place, (title, deed) in enumerate(deeds, 1)]
        self.app.push_screen(ChooseScreen(f"{page.title} 下一步", options), _do)

    def action_change(self) -> None:
        """Choose how the place under the cursor changes hands."""
        line = self.line
        if line is not None:
            self.offer_changes(line)

    def action_export(self) -> None:
        """Write the forms of the month."""
        month = self._month
        if self._page is not None and self._page.document is not None and self._special is not None:
            month = month_of(self._page.document.first)
        export_forms(self, month, (roster.REGISTER,))

    def pick_line(self, lines: Sequence[ShiftLine], then: Callable[[ShiftLine], object]) -> None:
        """Ask which of several places of a cell is meant."""
        if len(lines) == 1:
            then(lines[0])
            return
        page = self._page
        assert page is not None
        options = [
            (str(place % 10), literal(f"{line.label} {line.template} {page.name(line)}"), line)
            for place, line in enumerate(lines[:10], 1)
        ]
        title = f"{chinese_short_day(lines[0].day)} 哪一格"

        def picked(line: ShiftLine | None) -> None:
            if line is not None:
                then(line)

        self.app.push_screen(ChooseScreen(title, options), picked)

    def offer_changes(self, line: ShiftLine) -> None:
        """Offer the kinds of change that the hour allows, and the slips that may be taken back."""
        has_begun = self.desk.office.now() >= line.starts_at
        kinds = (ChangeKind.TEMPORARY,) if has_begun else (ChangeKind.SUBSTITUTE, ChangeKind.EXCHANGE)
        hints = {
            ChangeKind.SUBSTITUTE: "替班(别人替一次)",
            ChangeKind.EXCHANGE: "调班(两人对调)",
            ChangeKind.TEMPORARY: "临时调换(已经开始,写几点接手)",
        }
        deeds: list[tuple[str, Callable[[], object]]] = [
            (hints[kind], partial(self._open_slip, kind, line)) for kind in kinds
        ]
        page = self._page
        assert page is not None
        deeds += [
            (f"撤销 {slip.number}", partial(self._open_cancel, slip.id, slip.number))
            for slip in page.changes
            if slip.struck_reason is None and line.day in (slip.day, slip.other_day) and not has_begun
        ]
        options = [(str(place), literal(title), deed) for place, (title, deed) in enumerate(deeds[:9], 1)]
        title = f"{chinese_short_day(line.day)}{line.label} {page.name(line)}"
        self.app.push_screen(ChooseScreen(title, options), _do)

    def remind(self) -> None:
        """Show tomorrow's people with their phones; 1 notes that all were told."""
        found = tomorrow(self.desk.office, self.today)
        if not found:
            self.note("明天没有已印发的值班安排。")
            return
        words = "\n".join(
            f"{one.post.label} {one.name} {one.phone or '没有电话'} {one.hours}{' 已通知' if one.is_told else ''}"
            for one in found
        )
        if all(one.is_told for one in found):
            self.app.push_screen(TextScreen("明日值班", words))
            return
        day = self.today + ONE_DAY
        asked = ConfirmScreen(f"{chinese_short_day(day)}值班  {'  '.join(words.splitlines())}", "已通知", "还没有")
        self.app.push_screen(asked, lambda is_told: self._notified(day) if is_told else None)

    def receive_all(self) -> None:
        """Note that everybody of the office received the roster."""
        page = self._page
        if page is not None and page.document is not None:
            people = [person.id for person in self.desk.people()]
            self.perform(
                roster_telling.receive_roster,
                page.document.id,
                people,
                done=lambda count: f"已登记 {count}人收到{page.title}",
            )

    def tick_receipts(self) -> None:
        """Tick one after another who received the roster."""
        page = self._page
        if page is None or page.document is None or page.document.state is not RosterState.ISSUED:
            self.note("印发以后才登记谁收到。")
            return
        already = roster_telling.received(self.desk.office, page.document.id)
        entries = [
            Entry(page.names.get(person.id, person.name), partial(self._tick, person.id), hint=person.section)
            for person in self.desk.people()
            if person.id not in already
        ]
        if entries:
            self.app.push_screen(MenuScreen(entries, f"谁收到 已登记{len(already)}人", "姓名中的字或首字母"))
        else:
            self.note("全体都已登记收到。")

    def _move(self, verb: str) -> None:
        page = self._page
        if page is None or page.document is None:
            return
        made = page.document
        if verb == "issue_roster" and made.is_provisional:
            question = f"{made.first.year}年工作日历暂定(放假通知没有装入),仍按暂定印发?"
            asked = ConfirmScreen(question, "知道,按暂定印发", "先不印发")
            self.app.push_screen(asked, lambda is_sure: self._carry_move(made.id, verb, True) if is_sure else None)
        else:
            self._carry_move(made.id, verb, False)

    def _carry_move(self, made: int, verb: str, is_acknowledged: bool) -> None:
        self.perform(
            roster_making.move_roster,
            made,
            verb,
            is_acknowledged=is_acknowledged,
            done=lambda moved: f"{moved.title} {moved.state.label}",
        )

    def _open_slip(self, kind: ChangeKind, line: ShiftLine) -> None:
        async def submit(values: dict[str, str], *, form_key: str) -> roster_slips.Entered:
            others: list[ShiftLine] = []
            if kind is ChangeKind.EXCHANGE:
                others = self._on_day(date.fromisoformat(values["other_day"]))
            slip = roster_forms.slip_of(kind, line, values, others)
            return await self.desk.carry_out(roster_changes.change_shift, slip, form_key=form_key)

        page = self._page
        name = page.name(line) if page else ""
        self.open_form(
            f"{kind.label} {chinese_short_day(line.day)}{line.label} {name}",
            roster_forms.change_fields(kind, self.desk.people),
            submit,
            roster_forms.BEGUN if kind is ChangeKind.TEMPORARY else roster_forms.OUTSIDERS,
            then=lambda entered: self.say(f"已登记 {entered.number} {entered.words}"),
            draft=f"roster.{kind.value}",
            about=f"{line.day.isoformat()}-{line.post.value}-{line.place}",
        )

    def _on_day(self, day: date) -> list[ShiftLine]:
        """Return the places of a day in the issued rosters, or in the 专项值班安排 shown."""
        if self._special is not None:
            return [line for line in roster.shifts(self.desk.office, self._special) if line.day == day]
        return roster.issued_between(self.desk.office, day, day)

    def _open_cancel(self, slip: int, number: str) -> None:
        async def submit(values: dict[str, str], *, form_key: str) -> str:
            return await self.desk.carry_out(roster_changes.cancel_change, slip, values["reason"], form_key=form_key)

        fields = [Field("reason", "撤销原因", required=True)]
        self.open_form(
            f"撤销 {number}",
            fields,
            submit,
            verb="撤销",
            draft="roster.cancel",
            about=number,
            then=lambda done: self.say(f"已撤销 {done}"),
        )

    def _notified(self, day: date) -> None:
        self.perform(
            roster_telling.note_notified, day, done=lambda count: f"已登记 {chinese_short_day(day)}值班{count}人已通知"
        )

    def _tick(self, person: int) -> None:
        page = self._page
        if page is not None and page.document is not None:
            name = page.names.get(person, "")
            self.perform(
                roster_telling.receive_roster, page.document.id, [person], done=lambda _: f"已登记 {name} 收到"
            )


def _do(deed: Callable[[], object] | None) -> None:
    if deed is not None:
        deed()
