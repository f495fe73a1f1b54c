"""The demo office's machines: sixty cards, services, fault reports to their end, and loans, one of them overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.demo.sign_ins import KEEPER
from govoffice_tui.registers.equipment import cards, loans, pages, repairs
from govoffice_tui.registers.equipment.importing import EquipmentLine, import_equipment
from govoffice_tui.registers.equipment.views import LoanLine, Machine, RepairLine
from govoffice_tui.rules.equipment import Condition, EquipmentState, Handling, LoanState, RepairState, StorageTicks

HEAD, CLASSIFIED_KEEPER = "李卫东", "柏玉兰"
SHOP = "县城宏达电脑维修部"
KINDS = (
    ("台式电脑", "T630", 459900, False, 0),
    ("台式电脑", "T630", 459900, False, 0),
    ("打印机", "M403", 229900, False, 6),
    ("文件柜", "", 68000, False, 0),
    ("电话机", "", 15900, False, 0),
)
SHARED = (
    ("投影仪", "CB-X06", 389900, False, 6),
    ("便携投影仪", "H6", 199900, False, 0),
    ("录音笔", "TP7", 49900, True, 0),
    ("移动硬盘", "1T", 39900, True, 0),
    ("笔记本电脑", "E14", 529900, True, 0),
    ("复印机", "3025", 1280000, False, 3),
    ("扫描仪", "DS-410", 219900, False, 6),
    ("摄像机", "AX45", 569900, True, 0),
)
FAULTS = (
    ("卡纸", "清理搓纸轮", "搓纸轮", 8000),
    ("开机没有显示", "重新插拔内存", "", 0),
    ("打印有黑线", "换硒鼓", "硒鼓", 26000),
    ("连不上网", "换网线", "网线", 1500),
    ("电源不通", "换电源", "电源", 18000),
    ("柜锁打不开", "换锁芯", "锁芯", 3500),
)
PURPOSES = ("下乡放映", "会议录音", "现场拍照", "业务培训", "调研汇报")
MACHINES_IN_ALL = 60
LOAN_EVERY, FAULT_EVERY, SERVICE_EVERY = 8, 5, 14
"""Of how many workdays one sees a loan, a fault, and a round of services."""

STRAY = 6
"""How many workdays of the history are left on the day the loan is due that nobody brings back."""


def equipment(day: DemoDay) -> Iterator[Act]:
    """Enter the cards on the first day; then report, repair, lend and take back as the days go."""
    if not day.is_workday:
        return
    by = day.people[KEEPER].id
    number = len(day.chart.workdays(day.day.replace(day=1), day.day))
    yield day.at(8, 31), partial(_found, day, by)
    yield day.at(9, 40), partial(_go_on, day, by)
    chance = Random(f"equipment {day.day.isoformat()}")
    if number % FAULT_EVERY == 2 or _left(day) in (0, 1):
        yield day.at(10, 20), partial(_report, day, by, chance)
    if number % LOAN_EVERY == 3 or _left(day) == STRAY:
        yield day.at(15, 10), partial(_lend, day, by, chance)
    if number % SERVICE_EVERY == 5:
        yield day.at(16, 5), partial(_service, day, by)
    yield day.at(17, 22), partial(_take_back, day, by)


def _found(day: DemoDay, by: int) -> None:
    """Bring the list of machines in, where none is in the book yet."""
    if day.office.fetch("SELECT 1 FROM equipment LIMIT 1"):
        return
    sections = sorted({one.section for one in day.people.values()})
    lines: list[EquipmentLine] = []
    for place in range(MACHINES_IN_ALL):
        is_shared = place < len(SHARED)
        name, model, fen, data, months = SHARED[place] if is_shared else KINDS[place % len(KINDS)]
        section = "行政股" if is_shared else sections[place % len(sections)]
        keeper = next(name for name, one in day.people.items() if one.section == section)
        is_classified = section == "机要室" and name == "台式电脑"
        plan = cards.CardPlan(
            name,
            model,
            f"SN{26000 + 37 * place}",
            f"ZC-{1001 + place}",
            date(day.day.year - 1 - place % 4, 1 + place % 12, 12),
            fen,
            is_classified,
            data,
            months,
        )
        lines.append(EquipmentLine(place + 2, plan, section, f"{200 + place % 20}室", keeper))
    import_equipment(day.office, lines, by=by)


def _report(day: DemoDay, by: int, chance: Random) -> None:
    """Take a fault down; once, of a machine with secrets."""
    able = pages.machines(day.office, "e.state = 'in_use'")
    is_turn = not day.office.fetch(
        "SELECT 1 FROM repairs r JOIN equipment e ON e.id = r.equipment_id WHERE e.is_classified = 1 LIMIT 1"
    )
    mine = [one for one in able if one.is_classified == is_turn] or able
    machine = mine[0] if is_turn else chance.choice(mine)
    fault = "电源不通" if is_turn else chance.choice(FAULTS)[0]
    repairs.report_fault(day.office, machine.root, fault, machine.keeper or by, by=by)


def _go_on(day: DemoDay, by: int) -> None:
    """Lead every open repair one step further, but for what is left open on the last days."""
    for line in reversed(pages.open_repairs(day.office)):
        if _left(day) == 0 and line.state is RepairState.REPORTED:
            continue
        _step(day, by, line)


def _step(day: DemoDay, by: int, line: RepairLine) -> None:
    office = day.office
    if line.state is RepairState.REPORTED:
        repairs.accept_repair(office, line.id, day.people[HEAD].id, "同意维修", by=by)
    elif line.state is RepairState.ACCEPTED and line.is_classified:
        ticks = StorageTicks(True, True, True, CLASSIFIED_KEEPER, CLASSIFIED_KEEPER)
        repairs.send_repair(office, line.id, SHOP, ticks, by=by)
    elif line.state is RepairState.ACCEPTED:
        repairs.begin_repair(office, line.id, Handling.VISIT, SHOP, by=by)
    elif line.state in (RepairState.REPAIRING, RepairState.SENT):
        _, result, parts, fen = next(one for one in FAULTS if one[0] == line.fault)
        outcome = repairs.Outcome(result, parts, fen or None)
        repairs.finish_repair(office, line.id, outcome, by=by)
    else:
        repairs.check_repair(office, line.id, line.reporter_id, is_storage_back=line.is_removed, by=by)


def _lend(day: DemoDay, by: int, chance: Random) -> None:
    """Lend one of the shared machines to somebody of ours for a day or two."""
    able = _shared(day)
    if not able:
        return
    machine = chance.choice(able)
    people = [one for one in day.people.values() if one.section not in ("办领导", "行政股")]
    due = day.day + timedelta(days=chance.choice((1, 2, 3)))
    plan = loans.LoanPlan(chance.choice(people).id, "", chance.choice(PURPOSES), due, "电源线、包")
    approval = loans.Approval(day.people[HEAD].id)
    loans.apply_loan(day.office, machine.root, plan, approval, is_handed_out=True, is_cleared=machine.holds_data, by=by)


def _take_back(day: DemoDay, by: int) -> None:
    """Take back what is due, in good order; the one lent on the stray day stays out."""
    for line in reversed(pages.loans(day.office, "l.struck_at IS NULL AND l.state = 'out'")):
        if line.due <= day.day and not _is_stray(day, line):
            given = loans.GivenBack(Condition.GOOD, is_cleared=line.holds_data)
            loans.give_back(day.office, line.id, given, by=by)


def _service(day: DemoDay, by: int) -> None:
    """Service what is due, but on the last days, so that something waits."""
    for one in pages.machines(day.office, "e.upkeep_months > 0"):
        if (
            one.is_kept
            and one.due_day is not None
            and one.due_day <= day.day + timedelta(days=5)
            and _left(day) > STRAY
        ):
            cards.record_upkeep(day.office, one.root, "除尘、清洁、检查线路", "郑爽爽", by=by)


def _shared(day: DemoDay) -> list[Machine]:
    return [
        one
        for one in pages.machines(day.office, "e.number <= ?", len(SHARED))
        if one.state is EquipmentState.IN_USE and one.name not in ("复印机", "扫描仪")
    ]


def _is_stray(day: DemoDay, line: LoanLine) -> bool:
    return line.state is LoanState.OUT and len(day.chart.workdays(line.event_day, day.last)) - 1 == STRAY


def _left(day: DemoDay) -> int:
    """Return how many workdays of the history follow this one."""
    return len(day.chart.workdays(day.day, day.last)) - 1
