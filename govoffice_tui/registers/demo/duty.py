"""The demo office's duty book: every night taken over, a few lines, what is open handed on and done by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.duty import entries, handing, presence, shifts
from govoffice_tui.registers.duty.entry_rows import loose_matters, open_matters
from govoffice_tui.registers.duty.hours import hours_of
from govoffice_tui.registers.duty.planned import planned
from govoffice_tui.registers.duty.shift_rows import open_shift, shift_on
from govoffice_tui.registers.duty.shifts import Crew
from govoffice_tui.registers.duty.views import Details
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.duty import EntryState, Kind, Stage, Template, Urgency

STAND_IN, LEADER, MESSENGER = "李卫东", "钱峰", "刘建华"
KEEPER = "郑爽爽"
TOWNS = ["城关镇", "白水镇", "龙潭乡", "石桥镇", "青云乡", "北山镇"]
BUREAUS = ["市政府总值班室", "县应急局", "县水利局", "县公安局", "县卫健局", "县教育局", "县交通局", "县委办值班室"]
NIGHT_LINES, DAY_LINES = 3, 5

_CALLS = (
    "报告{n}号路段塌方已清理,道路恢复通行",
    "询问明天常务会议时间和地点",
    "要求转告{n}日前报送防火值班安排",
    "报告辖区今天无异常情况",
    "通知{n}日召开安全生产视频会议,请安排会场",
    "反映{n}组停水,请协调供水公司",
    "请求派车协助送检样品",
    "核对节日值班电话和带班领导",
)
_FAXES = ("关于做好强降雨防范工作的紧急通知", "关于报送节日值班表的通知", "森林防火气象预警", "视频会议通知")
_WEATHER = ["晴", "多云", "阴", "小雨", "中雨"]


def duty(day: DemoDay) -> Iterator[Act]:
    """Hand the shift of the evening before over, settle what it left, and take over the one of the day."""
    chance = Random(day.day.toordinal() * 7919)  # its own chance: the other books keep theirs
    hours = hours_of(day.office, day.day)
    before = shift_on(day.office, day.day - timedelta(days=1))
    if before is not None:
        yield day.at(7, 56), partial(_hand_over, day)
    if day.is_settled or day.day < day.last:
        yield day.at(9, 20), partial(_settle, day)
        yield day.at(10, 5), partial(_sign, day, day.day - timedelta(days=2))
    crew = _crew(day, chance.choice(_WEATHER))
    officer = crew.officer
    took = hours.starts - timedelta(minutes=chance.randint(1, 12))
    if hours.template is Template.WHOLE_DAY:
        took = day.at(7, 58)
    yield took, partial(shifts.take_over_duty, day.office, crew, by=officer)
    busiest = DAY_LINES if hours.template is Template.WHOLE_DAY else NIGHT_LINES
    night = [took + timedelta(minutes=2)]
    for _ in range(min(8, max(0, int(chance.gauss(busiest / 2, 1.6))))):
        night.append(night[-1] + timedelta(minutes=chance.randint(11, 150)))
    last_moment = datetime.combine(day.day, datetime.min.time()) + timedelta(hours=23, minutes=50)
    for place, moment in enumerate(night[1:]):
        if moment < last_moment:
            yield moment, partial(_line, day.office, officer, chance.random(), chance.random(), place, moment)


def _crew(day: DemoDay, weather: str) -> Crew:
    """Return whom the roster plans; where it has nobody, the head of the section and a messenger."""
    plan = planned(day.office, day.day)
    if plan is None or not plan.officers:
        return Crew(day.people[STAND_IN].id, None, day.people[LEADER].id, day.people[MESSENGER].id, weather)
    second = plan.officers[1] if len(plan.officers) > 1 else None
    return Crew(plan.officers[0], second, plan.leader, plan.messenger, weather)


def _line(office: Office, officer: int, what: float, who: float, place: int, moment: datetime) -> None:
    """Enter one line and what follows from it at once."""
    shift = open_shift(office)
    if shift is None:
        return
    units = TOWNS if who < 0.6 else BUREAUS
    unit = units[int(who * 1000) % len(units)]
    caller = f"值班员 {'马吕丁任袁柳'[int(who * 977) % 6]}{'宏波敏洁军霞'[int(who * 613) % 6]}"
    phone = f"1390001{int(what * 8999) + 1000:04d}"
    record = partial(entries.record_entry, office, shift.id, by=officer)
    if what < 0.62:
        gist = _CALLS[int(what * 1000) % len(_CALLS)].format(n=int(who * 9) + 2)
        urgency = (None, Urgency.FILE, Urgency.FILE, Urgency.URGENT, Urgency.ASK)[int(what * 500) % 5]
        line = record(Kind.CALL_IN, Details(gist, unit, caller, phone), urgency=urgency or Urgency.FILE)
        if urgency in (Urgency.URGENT, Urgency.ASK):
            handing.report_entry(office, line.id, "带班领导", None, "按规定办理", by=officer)
            if place % 3:
                handing.finish_entry(office, line.id, "已通知有关单位", by=officer)
    elif what < 0.78:
        gist = _FAXES[int(what * 1000) % len(_FAXES)]
        details = Details(gist, BUREAUS[int(who * 1000) % 8], grade="特急" if who < 0.2 else "加急", pages=2)
        record(Kind.FAX, details, urgency=Urgency.FILE if who < 0.5 else None)
    elif what < 0.86:
        record(Kind.ROUND, Details("巡查办公楼门窗水电,正常"))
    elif what < 0.92:
        record(Kind.INSPECTION, Details("电话查岗", "市政府总值班室", answered_by=officer))
    elif what < 0.97:
        record(Kind.VISIT, Details("询问办事窗口上班时间", "群众", "来访群众"), urgency=Urgency.FILE)
    else:
        line = record(Kind.INCIDENT, Details("暴雨致县道边坡塌方,一车道通行,无人员伤亡", unit, caller, phone))
        handing.dispose(office, line.id, Urgency.URGENT, by=officer)
        entries.add_stage(office, line.id, Stage.FIRST, "县应急局", "已到现场,正在清理", by=officer)
        handing.report_entry(office, line.id, "带班领导", None, "立即处置", by=officer)
        handing.finish_entry(office, line.id, "次日清理完毕", by=officer)


def _hand_over(day: DemoDay) -> None:
    """Close the night: what nobody finished goes to 行政股."""
    shift = open_shift(day.office)
    if shift is None:
        return
    keeper = day.people[KEEPER].id
    loose = loose_matters(day.office, shift)
    receivers = {line.id: keeper for line in loose}
    has_lines = bool(day.office.fetch("SELECT 1 FROM duty_entries WHERE shift_id = ? LIMIT 1", shift.id))
    shifts.hand_over_duty(
        day.office, shift.id, keeper, receivers, "", not has_lines, "钥匙2把、值班本1本", by=shift.officer
    )


def _settle(day: DemoDay) -> None:
    """Take over and finish what the nights before left; the last morning of the book leaves some of it."""
    keeper = day.people[KEEPER].id
    for line in open_matters(day.office):
        if line.handing is None or line.state is not EntryState.HANDED:
            continue
        if line.handing.accepted_at is None:
            handing.accept_matter(day.office, line.id, by=keeper)
        handing.finish_entry(day.office, line.id, "已转有关股室办理", by=keeper)


def _sign(day: DemoDay, of: date) -> None:
    """Note the leader's signature on the page of two days before."""
    shift = shift_on(day.office, of)
    if shift is not None and shift.handed_at is not None and shift.leader is not None and shift.signed_by is None:
        presence.sign_duty_page(day.office, shift.id, shift.leader, day.day, by=day.people[KEEPER].id)
