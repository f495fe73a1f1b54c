"""What any page offers for the working days: the year's notice, and the office's own days off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import calendar
from govoffice_tui.registers.leave.recount import before_notice, recount
from govoffice_tui.rules.calendar import AdjustmentKind, Calendar, Half
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.menu import Entry

if TYPE_CHECKING:
    from govoffice_tui.registers.holiday_notices import EnteredNotice

WITHDRAW = "withdraw"
HALVES = {"day": tuple(Half), "morning": (Half.MORNING,), "afternoon": (Half.AFTERNOON,)}


def calendar_entries(screen: RegisterScreen) -> tuple[Entry, ...]:
    """Return the menu entries of the calendar for a page."""
    return (
        Entry("放假通知", partial(open_notice, screen), hint="装入国务院的放假安排,两个人核对"),
        Entry("本单位放假/停班", partial(open_adjustment, screen), hint="停班、集体活动、临时上班,马上生效"),
    )


def open_notice(screen: RegisterScreen) -> None:
    """Open the page on which a notice is entered."""
    from govoffice_tui.screens.holiday_notice import HolidayNoticeScreen

    def entered(done: EnteredNotice | None) -> None:
        if done is None:
            return
        _show_anew(screen)
        if not done.is_new:
            screen.note(f"{done.year}年放假通知原已装入,没有变化")
            return
        open_months = [month for month in done.months if not month.is_sealed]
        words = f",{len(open_months)}个月的工作日有变化" if open_months else ""
        screen.say(f"已装入 {done.year}年放假通知{words}")
        _show_recounted(screen, before_notice(calendar.load(screen.desk.office, done_years(done)), done.days))

    screen.with_operator(lambda: screen.app.push_screen(HolidayNoticeScreen(screen.desk), entered))


def open_adjustment(screen: RegisterScreen) -> None:
    """Open the form of the office's own half-days off and on."""
    from govoffice_tui.widgets.form_rows import Field

    before: list[Calendar] = []

    async def submit(values: dict[str, str], *, form_key: str) -> str:
        from govoffice_tui.registers.adjustments import adjust, withdraw_adjustment

        day, halves = date.fromisoformat(values["day"]), HALVES[values["halves"]]
        before[:] = [calendar.load(screen.desk.office, [day.year])]
        if values["kind"] == WITHDRAW:
            struck = await screen.desk.carry_out(withdraw_adjustment, day, halves, values["reason"], form_key=form_key)
            return f"已取消 {_shown(day, struck)}原来定的"
        kind = AdjustmentKind(values["kind"])
        await screen.desk.carry_out(
            adjust, day, halves, kind, values["ordered_by"], values["reason"], form_key=form_key
        )
        return f"已定 {_shown(day, halves)}{kind.label}"

    def decided(words: str) -> None:
        _show_anew(screen)
        screen.say(words)
        for chart in before:
            _show_recounted(screen, chart)

    fields = (
        Field("day", "日期", "date", required=True),
        Field(
            "halves",
            "时间",
            "choice",
            required=True,
            choices=(("day", "全天"), ("morning", "上午"), ("afternoon", "下午")),
        ),
        Field(
            "kind",
            "事项",
            "choice",
            required=True,
            choices=(("closed", "停班"), ("extra", "临时上班"), (WITHDRAW, "取消原来定的")),
        ),
        Field("ordered_by", "谁定的", placeholder="领导姓名或通知名称,取消时不用写"),
        Field("reason", "原因", placeholder="如集体活动、停电;取消时要写"),
    )
    hint = "还没有收存的场次马上生效;收存了的和封存了的月份不能改。"
    screen.open_form("本单位放假、停班", fields, submit, hint, then=decided, draft="calendar.adjustment")


def _shown(day: date, halves: Collection[Half]) -> str:
    return chinese_short_day(day) + ("" if len(halves) == len(Half) else "、".join(half.label for half in halves))


def done_years(done: EnteredNotice) -> set[int]:
    """Return the years whose calendar a notice changed."""
    return {done.year, *(one.day.year for one in done.days)}


def _show_recounted(screen: RegisterScreen, before: Calendar) -> None:
    """List the leave booked before whose length or approver is another one under the calendar that holds now."""
    office = screen.desk.office
    found = recount(office, before, calendar.load(office, before.years))
    if found:
        lines = [f"{one}{',请补请' if one.needs_higher_approval else ''}" for one in found]
        heading = "下面的假条天数或批准人随日历变了,已封存的月份不变。"
        screen.app.push_screen(TextScreen(f"{len(found)}张假条随日历变动", "\n".join([heading, "", *lines])))


def _show_anew(screen: RegisterScreen) -> None:
    """Read the page and its head again: what kind of day it is may have changed."""
    screen.try_reading(screen.desk.read_day)
    screen.reload()
    screen.show_frame()
