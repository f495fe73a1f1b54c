"""The demo office's 督办: matters of meetings and instructions followed up, done, put off, sent back and overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random

from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.demo.sign_ins import KEEPER
from govoffice_tui.registers.supervision.pages import held_meetings, in_hand
from govoffice_tui.registers.supervision.recording import Matter, enter_decision, void_decision
from govoffice_tui.registers.supervision.steps import (
    extend_decision,
    finish_decision,
    note_progress,
    remind_unit,
    return_decision,
    settle_decision,
)
from govoffice_tui.registers.supervision.views import DecisionLine
from govoffice_tui.rules.supervision import DecisionState, Source, StepKind, Way

HEAD = "李卫东"
LEADER = "孙县长"
UNITS = (
    ("县水利局", "柳长河", "13900020001"),
    ("县交通局", "贺远山", "13900020002"),
    ("县教育局", "尹素琴", "13900020003"),
    ("县财政局", "郭景行", "13900020004"),
    ("县住建局", "秦望野", "13900020005"),
    ("城关镇", "丁若松", "13900020006"),
    ("白水镇", "庞立夏", "13900020007"),
    ("龙潭乡", "古兰亭", "13900020008"),
)
MATTERS = (
    "修复水毁农村道路",
    "完成小型水库除险加固",
    "落实义务教育学校取暖设施",
    "清理拖欠中小企业账款",
    "老旧小区供水管网改造",
    "秋冬季造林整地",
    "排查整治自建房安全隐患",
    "规范集贸市场经营秩序",
    "推进政务服务下沉乡镇",
    "整治县城占道经营",
)
INSTRUCTIONS = ("县长批示", "分管副县长批示", "市政府督查室交办")
STRAYS, LATELY = 2, 25
"""How many matters are left lying at the end, and of how many of the last days they are."""

PACE = 7
"""On one workday in so many a round of the matters in hand is made."""


def supervision(day: DemoDay) -> Iterator[Act]:
    """Enter a matter now and then and follow up what is in hand; the last days leave some of it open and late."""
    if not day.is_workday:
        return
    place = len(day.chart.workdays(day.day.replace(month=1, day=1), day.day))
    chance = Random(f"supervision {day.day.isoformat()}")
    left = (day.last - day.day).days
    if place % 2 == 1:
        yield day.at(10, 40), partial(_enter, day, chance)
    if place % PACE == 3 or left == 0:
        yield day.at(16, 10), partial(_follow, day, chance)


def _enter(day: DemoDay, chance: Random) -> None:
    unit, person, phone = chance.choice(UNITS)
    held = held_meetings(day.office, day.day)[:1] if chance.random() < 0.5 else []
    limit = chance.choice((12, 20, 30, 45))
    due = None if chance.random() < 0.06 else day.day + timedelta(days=limit)
    helping = chance.choice(UNITS)[0]
    plan = Matter(
        f"{chance.choice(MATTERS)}({day.day.month}月{day.day.day}日)",
        unit,
        due,
        day.day,
        Source.MEETING if held else Source.INSTRUCTION,
        chance.choice(INSTRUCTIONS),
        None if held else day.day,
        held[0].key if held else None,
        co_units=helping if helping != unit and chance.random() < 0.3 else "",
        person=person,
        phone=phone,
        supervisor=day.people[KEEPER].id,
    )
    enter_decision(day.office, plan, by=day.people[KEEPER].id)


def _follow(day: DemoDay, chance: Random) -> None:
    """Make a round of what is in hand: each matter goes one step on, but for two that units leave lying."""
    found = in_hand(day.office)
    stray = sorted(one.key for one in found if one.state.is_open and _is_due_lately(day, one))[:STRAYS]
    for one in found:
        _step(day, one, chance, one.key in stray)


def _step(day: DemoDay, one: DecisionLine, chance: Random, is_stray: bool) -> None:
    office, keeper = day.office, day.people[KEEPER].id
    is_last = day.day == day.last
    if one.state is DecisionState.DONE:
        if is_last:
            return
        if chance.random() < 0.08 and not one.of_kind(StepKind.RETURNED):
            again = day.day + timedelta(days=20)
            return_decision(office, one.key, LEADER, "现场核实还差收尾", again, by=keeper)
            return
        settle_decision(office, one.key, LEADER, by=day.people[HEAD].id)
        return
    due = one.due
    wait = (due - day.day).days if due is not None else 99
    if is_stray and wait < 0:
        if not is_last:
            remind_unit(office, one.key, by=keeper)
    elif one.state is DecisionState.NEW:
        note_progress(office, one.key, "已安排专人,开始实施", by=keeper)
    elif is_stray:
        return
    elif wait <= 9 and chance.random() < 0.12 and not one.of_kind(StepKind.EXTENDED) and due is not None:
        extend_decision(office, one.key, due + timedelta(days=15), LEADER, "连续降雨影响施工", by=keeper)
    elif (wait <= 10 or chance.random() < 0.25) and not (is_last and one.key.number % 4):
        finish_decision(office, one.key, f"{one.lead_unit}报告和现场照片", way=Way.PAPER, by=keeper)
    elif due is None and chance.random() < 0.05:
        void_decision(office, one.key, "与另一件重复", LEADER, by=keeper)


def _is_due_lately(day: DemoDay, one: DecisionLine) -> bool:
    """Return whether a matter is due in the last weeks of the history."""
    due = one.due
    return due is not None and -LATELY <= (due - day.last).days < 0
