"""The office's own half-days off and on (停班、集体活动): decided by somebody, and holding at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from govoffice_tui.clock import day_of, local
from govoffice_tui.models import CalendarAdjustment
from govoffice_tui.registers import calendar, posts, settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import session_hours
from govoffice_tui.rules.calendar import Adjustment, AdjustmentKind, Calendar, Half
from govoffice_tui.rules.refusal import Refused


def adjust(
    office: Office,
    day: date,
    halves: Collection[Half],
    kind: AdjustmentKind,
    ordered_by: str,
    reason: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> tuple[Half, ...]:
    """Close half-days that are worked, or work some that are not, from now on; return the half-days.

    Refused without who ordered it, where the half-day already is what is asked for, after its sign-in book was
    collected, in a month under seal, and for an extra session whose time to sign has passed.
    """
    wanted = tuple(sorted(halves))
    who, why = checked(ordered_by, "ordered_by"), checked(reason, "reason")
    if not wanted:
        raise Refused("请选全天、上午还是下午。", field="halves")
    if not who:
        raise Refused(f"{kind.label}要写谁定的,如“县政府办通知”或领导姓名。", field="ordered_by")
    with office.write("adjust_calendar", by, form_key) as writing:
        if writing.repeated is not None:
            return wanted
        posts.require(office, "adjust_calendar", by, day_of(writing.now))
        chart = calendar.for_day(office, day)
        for half in wanted:
            _require_free(office, day, half)
            shown = f"{_shown(day)}{half.label}"
            standing = chart.adjustments.get((day, half))
            if standing is not None:
                raise Refused(f"{shown}已定为{standing.kind.label}({standing.ordered_by}),要改请先取消。", field="day")
            if chart.is_work(day, half) is kind.day_kind.is_work:
                raise Refused(f"{shown}本来就{'上班' if kind.day_kind.is_work else '不上班'},不用定。", field="day")
            hours = session_hours(day, half, settings.on(office, day))
            if kind is AdjustmentKind.EXTRA and local(writing.now) > hours.cutoff:
                raise Refused(f"{shown}的签到时间已过,不能再定为临时上班。", field="day")
            writing.insert(
                CalendarAdjustment,
                event_day=day.isoformat(),
                half=int(half),
                kind=kind.value,
                ordered_by=who,
                remark=why,
                entered_at=writing.now,
                entered_by=by,
            )
    return wanted


def withdraw_adjustment(
    office: Office, day: date, halves: Collection[Half], reason: str, *, by: int | None, form_key: str | None = None
) -> tuple[Half, ...]:
    """Strike what was decided about half-days, so that the notice holds again; return those that were struck.

    Refused without a reason, where nothing was decided, after collection, and in a month under seal.
    """
    why = checked(reason, "reason")
    if not why:
        raise Refused("取消要写原因。", field="reason")
    with office.write("withdraw_adjustment", by, form_key) as writing:
        if writing.repeated is not None:
            return tuple(sorted(halves))
        posts.require(office, "withdraw_adjustment", by, day_of(writing.now))
        found = {
            half: one for half, one in adjusted_halves(calendar.for_day(office, day), day).items() if half in halves
        }
        if not found:
            raise Refused(f"{_shown(day)}没有定过停班或临时上班。", field="day")
        for half, one in found.items():
            _require_free(office, day, half)
            writing.strike(CalendarAdjustment, one.id, why)
    return tuple(found)


def adjusted_halves(chart: Calendar, day: date) -> dict[Half, Adjustment]:
    """Return what was decided about a day's half-days."""
    return {half: chart.adjustments[day, half] for half in Half if (day, half) in chart.adjustments}


def _require_free(office: Office, day: date, half: Half) -> None:
    """Refuse a half-day whose sign-in book was collected, or whose month is under seal in any register."""
    if office.fetch("SELECT 1 FROM closings WHERE month = ? LIMIT 1", f"{day:%Y-%m}"):
        raise Refused(f"{day.year}年{day.month}月已封存,不能再改。请按更正单办理。", field="day")
    if office.fetch(
        "SELECT 1 FROM sign_sessions WHERE event_day = ? AND half = ? AND struck_at IS NULL"
        " AND state IN ('collected', 'ruled')",
        day.isoformat(),
        int(half),
    ):
        raise Refused(f"{_shown(day)}{half.label}签到簿已收存(或未设簿已有决定),不能再改。", field="day")


def _shown(day: date) -> str:
    return f"{day.month}月{day.day}日"
