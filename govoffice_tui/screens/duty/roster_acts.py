"""What is done with a roster: moves, slips, receipts, reminders, and the forms of the menu."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from textual import work

from govoffice_tui.clock import chinese_day, chinese_short_day, day_of, month_days, month_of
from govoffice_tui.registers.duty import (
    roster,
    roster_changes,
    roster_making,
    roster_rest,
    roster_special,
    roster_telling,
    unavailable,
)
from govoffice_tui.registers.duty.roster import ShiftLine
from govoffice_tui.registers.duty.roster_pages import RosterPage, tomorrow
from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
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

    def note_unavailable(self) -> None:
        """Note that somebody stands in no roster for some days, or for good."""

        async def submit(values: dict[str, str], *, form_key: str) -> int:
            last = date.fromisoformat(values["last"]) if values["last"] else None
            first = date.fromisoformat(values["first"])
            return await self.desk.carry_out(
                unavailable.note_unavailable, int(values["staff"]), first, last, values["reason"], form_key=form_key
            )

        fields = roster_forms.unavailable_fields(self.desk.people, self.today)
        self.open_form(
            "不能值班",
            fields,
            submit,
            draft="roster.unavailable",
            then=lambda _: self.say("已登记 不能值班,以后生成时避开"),
        )

    def end_unavailable(self) -> None:
        """Choose a note of somebody who can stand again."""
        days = month_days(self._month)
        found = unavailable.unavailable(self.desk.office, days[0], days[-1])
        names = roster_making.names_of(self.desk.office, days[-1])
        entries = [
            Entry(
                names.get(one.staff, ""),
                partial(self._end_unavailable, one.id, names.get(one.staff, "")),
                hint=f"{one.first.isoformat()}起{f'到{one.last.isoformat()}' if one.last else ''} {one.reason}",
            )
            for one in found
        ]
        if entries:
            self.app.push_screen(MenuScreen(entries, "取消哪一条", "姓名中的字或首字母"))
        else:
            self.note("这个月没有登记不能值班的人。")

    def make_special(self) -> None:
        """Make a 专项值班安排."""

        async def submit(values: dict[str, str], *, form_key: str) -> int:
            special = roster_forms.special_of(self.desk.people(), values)
            return await self.desk.carry_out(roster_special.make_special, special, form_key=form_key)

        fields = roster_forms.special_fields(self.today)
        self.open_form(
            "专项值班安排",
            fields,
            submit,
            "另有题目、岗位和班次,压在各月值班表之上。",
            then=self.open_special,
            draft="roster.special",
        )

    def choose_special(self) -> None:
        """Choose a 专项值班安排 to look at."""
        first = date(int(self._month[:4]) - 1, 1, 1)
        found = roster.specials(self.desk.office, first, date(first.year + 2, 12, 31))
        entries = [
            Entry(
                one.title,
                partial(self.open_special, one.id),
                hint=f"{chinese_day(one.first)}至{chinese_day(one.last)} {one.state.label}",
            )
            for one in found
        ]
        if entries:
            self.app.push_screen(MenuScreen(entries, "看哪一份专项值班", "题目中的字"))
        else:
            self.note("还没有专项值班安排(菜单“专项值班安排”)。")

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

    def take_rest(self) -> None:
        """Enter a half-day of 补休."""

        async def submit(values: dict[str, str], *, form_key: str) -> str:
            day, half = date.fromisoformat(values["day"]), Half(int(values["half"]))
            return await self.desk.carry_out(
                roster_rest.take_duty_rest, int(values["staff"]), day, half, form_key=form_key
            )

        fields = roster_forms.rest_fields(self.desk.people, self.today)
        self.open_form(
            "登记补休", fields, submit, draft="roster.rest", then=lambda name: self.say(f"已登记 {name} 补休半天")
        )

    def take_back_receipt(self) -> None:
        """Choose whose tick is taken back."""
        page = self._page
        made = page.document if page is not None else None
        already = roster_telling.received(self.desk.office, made.id) if made is not None else {}
        if page is None or made is None or not already:
            self.note("这份值班表还没有登记谁收到。")
            return

        def take_back(person: int) -> None:
            self.perform(
                roster_telling.take_back_receipt, made.id, person, done=lambda name: f"已撤回 {name} 收到的登记"
            )

        entries = [
            Entry(page.names.get(person, ""), partial(take_back, person), hint=chinese_short_day(day_of(at)))
            for person, at in already.items()
        ]
        self.app.push_screen(MenuScreen(entries, "撤回谁的", "姓名中的字或首字母"))

    def take_back_rest(self) -> None:
        """Choose which half-day of 补休 is taken back, of the year shown."""
        first = date(int(self._month[:4]), 1, 1)
        found = roster_rest.rests_taken(self.desk.office, first, date(first.year, 12, 31))
        names = roster_making.names_of(self.desk.office, date(first.year, 12, 31))

        def take_back(rest: int) -> None:
            self.perform(roster_rest.take_back_rest, rest, done=lambda name: f"已撤回 {name} 补休半天")

        entries = [
            Entry(
                names.get(one.staff, ""),
                partial(take_back, one.id),
                hint=f"{chinese_short_day(one.day)}{one.half.label}",
            )
            for one in found
        ]
        if entries:
            self.app.push_screen(MenuScreen(entries, "撤回哪一条补休", "姓名中的字或首字母"))
        else:
            self.note(f"{first.year}年没有登记过补休。")

    def import_duties(self) -> None:
        """Bring in an older roster as the turns everybody starts with."""

        async def submit(values: dict[str, str], *, form_key: str) -> int:
            from govoffice_tui.importers.duty_roster import read_duty_roster
            from govoffice_tui.importers.reader import Unreadable
            from govoffice_tui.registers.duty.roster_import import import_duties

            path = Path(values["path"].strip().strip("'\"")).expanduser()
            year = int(values["year"]) if values["year"].isdecimal() else self.today.year
            try:
                read = await asyncio.to_thread(read_duty_roster, path, year)
            except Unreadable as error:
                raise Refused(str(error), field="path") from None
            if read.problems:
                more = f"等{len(read.problems)}处" if len(read.problems) > 1 else ""
                raise Refused(f"没有导入:{read.problems[0]}{more}。", field="path")
            return await self.desk.carry_out(import_duties, read.lines, form_key=form_key)

        fields = [
            Field(
                "path", "表格文件", required=True, placeholder="可从文件夹拖进来;列名 日期、带班领导、值班员、通讯员"
            ),
            Field("year", "哪一年", required=True, value=str(self.today.year), width=8),
        ]
        hint = "只作为轮次的起点,不出现在值班表里;一处不对就一行也不导入。"
        self.open_form(
            "导入以前的值班表",
            fields,
            submit,
            hint,
            verb="导入",
            draft="roster.import",
            then=lambda count: self.say(f"已导入 {count}班次"),
        )

    def export_calendar(self) -> None:
        """Choose whose duties of the month are written as a calendar file."""
        entries = [
            Entry(person.name, partial(self._write_calendar, person.id), hint=f"{person.section} {person.position}")
            for person in self.desk.people()
        ]
        self.app.push_screen(MenuScreen(entries, "谁的日历文件", "姓名中的字或首字母"))

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
        async def submit(values: dict[str, str], *, form_key: str) -> roster_changes.Entered:
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

    def _end_unavailable(self, row: int, name: str) -> None:
        self.perform(unavailable.end_unavailable, row, done=lambda _: f"已取消 {name} 不能值班")

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

    @work(group="export", exclusive=True)
    async def _write_calendar(self, person: int) -> None:
        from govoffice_tui.reports import write_duty_calendar

        try:
            path = await self.desk.read(partial(write_duty_calendar, person=person, month=self._month))
        except (Refused, StorageError) as error:
            self.show_failure(error)
        else:
            self.say(f"已导出 {path.relative_to(self.desk.office.folder)}")


def _do(deed: Callable[[], object] | None) -> None:
    if deed is not None:
        deed()
