"""The demo office's two 旷工认定单: one found, and one half-day the deputy counts as attended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from govoffice_tui.registers import settings
from govoffice_tui.registers.absence.finding import decide_absence, note_own_words, open_absence, propose_absence
from govoffice_tui.registers.attendance.pages import due_people
from govoffice_tui.registers.attendance.signing import note_arrival
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.demo.sign_ins import KEEPER
from govoffice_tui.rules.absence import Decision
from govoffice_tui.rules.attendance import ArrivalKind, session_hours
from govoffice_tui.rules.calendar import Half

NOT_CONCERNED = (KEEPER, "吴桂芳", "赵敏", "钱峰", "李卫东")


@dataclass(frozen=True)
class Case:
    """What the person said, and what was signed on which ground."""

    words: str
    decision: Decision
    ground: str


CASES: Mapping[int, Case] = {
    55: Case("本人睡过了", Decision.FOUND, "电话不接,下午到岗,无正当理由"),
    33: Case("在三楼会议室布置会场,忘了签到", Decision.DEEMED, "会务安排属实"),
}
"""The mornings somebody missed by how many workdays of the history are left, their own among them."""


def absence(day: DemoDay) -> Iterator[Act]:
    """Let somebody miss a morning, and decide it the workday after as it was signed."""
    if not day.is_workday:
        return
    left = len(day.chart.workdays(day.day, day.last))
    if left in CASES and day.chart.is_work(day.day, Half.MORNING):
        away = day.away[Half.MORNING] | day.away[Half.AFTERNOON]
        able = [one for one in due_people(day.office, day.day) if one.id not in away and one.name not in NOT_CONCERNED]
        person = able[left % len(able)]
        day.away[Half.MORNING].add(person.id)
        cutoff = session_hours(day.day, Half.MORNING, settings.on(day.office, day.day)).cutoff
        yield cutoff + timedelta(minutes=45), partial(_note, day, person.id)
    if left + 1 in CASES:
        yield day.at(17, 40), partial(_decide, day, CASES[left + 1])


def _note(day: DemoDay, person: int) -> None:
    keeper = day.people[KEEPER].id
    kind, remark = ArrivalKind.PENDING, "电话没人接"
    note_arrival(day.office, person, day.day, Half.MORNING, kind, remark=remark, by=keeper)


def _decide(day: DemoDay, case: Case) -> None:
    keeper, head, deputy = (day.people[name].id for name in (KEEPER, "李卫东", "钱峰"))
    rows = day.office.fetch(
        "SELECT staff_id, max(event_day) FROM arrivals WHERE kind = 'pending' AND remark = '电话没人接'"
        " AND event_day < ? AND struck_at IS NULL GROUP BY staff_id ORDER BY max(event_day) DESC LIMIT 1",
        day.day.isoformat(),
    )
    if not rows:
        return
    person, missed = rows[0][0], day.day.fromisoformat(rows[0][1])
    paper = open_absence(day.office, person, missed, (Half.MORNING,), asked="股长电话问过本人", by=keeper)
    note_own_words(day.office, paper.id, case.words, by=keeper)
    propose_absence(day.office, paper.id, head, day.day, "请领导审定", by=keeper)
    decide_absence(day.office, paper.id, case.decision, deputy, day.day, "认定单夹第1页", case.ground, by=keeper)
