"""What stands in the menu of a roster: 不能值班, 专项值班安排, 补休, what is taken back, brought in and given out."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from pathlib import Path

from textual import work

from govoffice_tui.clock import chinese_day, chinese_short_day, day_of, month_days
from govoffice_tui.registers.duty import (
    roster,
    roster_making,
    roster_rest,
    roster_special,
    roster_telling,
    unavailable,
)
from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.duty import roster_forms
from govoffice_tui.screens.duty.roster_acts import RosterActs
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_row import Field


class RosterMenu(RosterActs):
    """The rarer acts on a roster, without keys of their own."""

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

    def _end_unavailable(self, row: int, name: str) -> None:
        self.perform(unavailable.end_unavailable, row, done=lambda _: f"已取消 {name} 不能值班")

    def export_calendar(self) -> None:
        """Choose whose duties of the month are written as a calendar file."""
        entries = [
            Entry(person.name, partial(self._write_calendar, person.id), hint=f"{person.section} {person.position}")
            for person in self.desk.people()
        ]
        self.app.push_screen(MenuScreen(entries, "谁的日历文件", "姓名中的字或首字母"))

    @work(group="export", exclusive=True)
    async def _write_calendar(self, person: int) -> None:
        from govoffice_tui.reports import write_duty_calendar

        try:
            path = await self.desk.read(partial(write_duty_calendar, person=person, month=self._month))
        except (Refused, StorageError) as error:
            self.show_failure(error)
        else:
            self.say(f"已导出 {path.relative_to(self.desk.office.folder)}")
