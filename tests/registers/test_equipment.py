"""设备 on a real file: cards, faults, loans and their months, and what each verb refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.amendments import Amendment, amend
from govoffice_tui.registers.equipment import breaches, cards, loans, months, pages, repairs
from govoffice_tui.registers.equipment.history import history
from govoffice_tui.registers.equipment.importing import EquipmentLine, check_lines, import_equipment
from govoffice_tui.registers.equipment.register import EQUIPMENT
from govoffice_tui.registers.office import Office, open_office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.equipment import Breach, Condition, EquipmentState, Handling, LoanState, StorageTicks
from govoffice_tui.rules.refusal import Refused, Sealed

TODAY = date(2026, 10, 12)
KEEPER, HEAD, DEPUTY = 3, 8, 2
PROJECTOR = cards.CardPlan("投影仪", "X06", "SN1", "ZC-1", date(2024, 5, 6), 389900)
STICK = cards.CardPlan("移动硬盘", "1T", holds_data=True)
SECRET = cards.CardPlan("台式电脑", "T630", is_classified=True)
PLACE = cards.Place("行政股", "203", 3)
LOAN = loans.LoanPlan(4, "", "会议放映", date(2026, 10, 14), "电源线、遥控器")
APPROVED = loans.Approval(HEAD)
DONE = StorageTicks(True, True, True, "柏玉兰", "郑爽爽")


@pytest.fixture
def office(office: Office) -> Office:
    """赵敏 is 主任, 钱峰 分管副主任, 吴桂芳 股长, 周小萍 keeps the book."""
    assign_post(office, 1, Post.DIRECTOR, by=None)
    for person, post in ((2, Post.DEPUTY_IN_CHARGE), (8, Post.SECTION_HEAD), (3, Post.SIGN_IN_KEEPER)):
        assign_post(office, person, post, by=1)
    return office


def enter(office: Office, plan: cards.CardPlan = PROJECTOR) -> int:
    return cards.enter_equipment(office, plan, PLACE, by=KEEPER).root


def lend(office: Office, machine: int, plan: loans.LoanPlan = LOAN) -> int:
    return loans.apply_loan(office, machine, plan, APPROVED, is_handed_out=True, by=KEEPER).id


def state(office: Office, machine: int) -> EquipmentState:
    found = pages.machine(office, machine)
    assert found is not None
    return found.state


def fault(office: Office, machine: int) -> int:
    return repairs.report_fault(office, machine, "不亮", 4, by=KEEPER).id


def accepted(office: Office, machine: int) -> int:
    row = fault(office, machine)
    repairs.accept_repair(office, row, HEAD, "同意", by=KEEPER)
    return row


def refused(act: Callable[[], object], match: str, article: str = "") -> Refused:
    with pytest.raises(Refused, match=match) as found:
        act()
    assert not article or found.value.article == article
    return found.value


def test_cards_are_numbered_without_gaps_and_a_refused_one_takes_none(office: Office) -> None:
    enter(office)
    refused(lambda: enter(office), "资产编号ZC-1已是设〔2026〕1号投影仪的")
    refused(lambda: enter(office, replace(PROJECTOR, name=" ", asset="", serial="")), "请写设备名称")
    refused(lambda: enter(office, replace(STICK, bought_day=date(2026, 10, 13))), "购置日期不对")
    assert pages.machine(office, enter(office, STICK)).number == "设〔2026〕2号"  # type: ignore[union-attr]


def test_a_repair_goes_its_way_and_the_machine_with_it(office: Office, clock: SetClock) -> None:
    machine = enter(office)
    row = fault(office, machine)
    assert state(office, machine) is EquipmentState.REPAIR
    refused(lambda: fault(office, machine), "这台设备维修,不能报修")
    refused(lambda: repairs.begin_repair(office, row, Handling.VISIT, "店", by=KEEPER), "下一步请办受理")
    repairs.accept_repair(office, row, HEAD, "同意", by=KEEPER)
    repairs.begin_repair(office, row, Handling.VISIT, "宏达维修部", by=KEEPER)
    clock.set(datetime(2026, 10, 15, 9, 0))
    outcome = repairs.Outcome("换灯泡", "灯泡", 68050)
    early = replace(outcome, day=date(2026, 10, 11))
    refused(lambda: repairs.finish_repair(office, row, early, by=KEEPER), "不能早于10月12日")
    repairs.finish_repair(office, row, outcome, by=KEEPER)
    repairs.redo_repair(office, row, "还是不亮", by=KEEPER)
    repairs.begin_repair(office, row, Handling.REPLACED, "宏达维修部", by=KEEPER)
    repairs.finish_repair(office, row, outcome, by=KEEPER)
    repairs.check_repair(office, row, 4, by=KEEPER)
    assert state(office, machine) is EquipmentState.IN_USE
    line = pages.repair(office, row)
    assert line is not None
    assert (line.days_taken, line.cost, line.remark) == (3, "680.50", "退回重修:还是不亮")
    new = repairs.correct_repair(office, row, {"cost_fen": 70000}, "发票写错", by=KEEPER)
    assert new.number == line.number
    assert [one.cost for one in pages.repairs(office, "r.struck_at IS NULL")] == ["700.00"]
    assert not verify_office(office).findings


def test_what_is_not_worth_repairing_is_laid_up_and_scrapped_only_with_a_leaders_word(office: Office) -> None:
    machine = enter(office)
    row = accepted(office, machine)
    refused(lambda: cards.scrap_equipment(office, machine, DEPUTY, "坏了", by=KEEPER), "维修,不能报废")
    repairs.advise_scrap(office, row, repairs.Outcome("没有配件"), by=KEEPER)
    repairs.check_repair(office, row, 4, by=KEEPER)
    assert state(office, machine) is EquipmentState.IDLE
    refused(lambda: cards.scrap_equipment(office, machine, HEAD, "坏了", by=KEEPER), "要由分管副主任、主任批准")
    cards.scrap_equipment(office, machine, DEPUTY, "没有配件", by=KEEPER)
    refused(lambda: lend(office, machine), "报废,不能借用", "办公设施管理制度第4条")


def test_a_classified_machine_leaves_only_without_its_storage(office: Office) -> None:
    machine = enter(office, SECRET)
    row = accepted(office, machine)
    half = replace(DONE, is_kept=False, keeper="")
    found = refused(lambda: repairs.send_repair(office, row, "店", half, by=KEEPER), "还缺2项", "保密制度第4条")
    assert found.field == "is_kept"
    refused(lambda: repairs.begin_repair(office, row, Handling.VISIT, "店", by=KEEPER), "专人在场")
    assert repairs.send_repair(office, row, "店", DONE, by=KEEPER).words == "修〔2026〕1号 台式电脑 送修"
    repairs.finish_repair(office, row, repairs.Outcome("换电源"), by=KEEPER)
    refused(lambda: repairs.check_repair(office, row, 4, by=KEEPER), "存储部件还没有装回", "保密制度第4条")
    repairs.check_repair(office, row, 4, is_storage_back=True, by=KEEPER)
    refused(lambda: lend(office, machine), "涉密设备不外借", "保密制度第4条")


def test_a_machine_is_lent_only_with_an_approval_and_never_twice(office: Office) -> None:
    machine = enter(office)
    apply = loans.apply_loan
    refused(lambda: apply(office, machine, LOAN, is_handed_out=True, by=KEEPER), "私自外借", "办公设施管理制度第4条")
    assert not pages.open_loans(office)
    mine = replace(LOAN, borrower=HEAD)
    refused(lambda: apply(office, machine, mine, APPROVED, by=KEEPER), "借用人不能批准自己的借用")
    refused(lambda: apply(office, machine, LOAN, loans.Approval(5), by=KEEPER), "不能批准:要由股长")
    refused(lambda: apply(office, machine, replace(LOAN, borrower=None), by=KEEPER), "请写借用人")
    refused(lambda: apply(office, machine, replace(LOAN, due=date(2026, 10, 11)), by=KEEPER), "早于借出日期")
    first = apply(office, machine, LOAN, APPROVED, by=KEEPER)
    second = apply(office, machine, replace(LOAN, borrower=5), APPROVED, by=KEEPER)
    assert (first.number, second.number) == ("借〔2026〕1号", "借〔2026〕2号")
    loans.hand_out(office, first.id, by=KEEPER)
    refused(lambda: loans.hand_out(office, second.id, by=KEEPER), "借出,不能借出。请先登记归还")
    refused(lambda: fault(office, machine), "借出,不能报修")
    refused(lambda: lend(office, machine), "借出,不能借用")


def test_two_windows_never_lend_the_same_machine(office: Office, clock: SetClock) -> None:
    machine = enter(office)
    other = open_office(office.folder, clock)
    try:
        here = loans.apply_loan(office, machine, LOAN, APPROVED, by=KEEPER)
        there = loans.apply_loan(other, machine, replace(LOAN, borrower=5), APPROVED, by=KEEPER)
        loans.hand_out(other, there.id, by=KEEPER)
        refused(lambda: loans.hand_out(office, here.id, by=KEEPER), "借出")
        out = [one for one in pages.open_loans(office) if one.state is LoanState.OUT]
        assert [one.number for one in out] == ["借〔2026〕2号"]
    finally:
        other.close()


def test_the_same_form_sent_twice_lends_once(office: Office) -> None:
    machine = enter(office)
    sent = [
        loans.apply_loan(office, machine, LOAN, APPROVED, is_handed_out=True, by=KEEPER, form_key="k") for _ in "ab"
    ]
    assert sent[0] == sent[1]
    faulty = enter(office, STICK)
    told = [repairs.report_fault(office, faulty, "不认盘", 4, by=KEEPER, form_key="f") for _ in "ab"]
    assert told[0] == told[1]


def test_storage_is_cleared_before_it_goes_out_and_when_it_is_back(office: Office) -> None:
    machine = enter(office, STICK)
    refused(lambda: lend(office, machine), "借出前要把内容清除干净", "办公设施管理制度第4条")
    row = loans.apply_loan(office, machine, LOAN, APPROVED, is_handed_out=True, is_cleared=True, by=KEEPER).id
    good = loans.GivenBack(Condition.GOOD)
    refused(lambda: loans.give_back(office, row, good, by=KEEPER), "归还后要把内容清除干净")
    loans.give_back(office, row, replace(good, is_cleared=True), by=KEEPER)
    assert state(office, machine) is EquipmentState.IN_USE


def test_damage_is_named_and_dealt_with(office: Office) -> None:
    machine = enter(office)
    row = lend(office, machine)
    back = loans.GivenBack(Condition.SHORT)
    refused(lambda: loans.give_back(office, row, back, by=KEEPER), "缺哪几样")
    refused(lambda: loans.give_back(office, row, replace(back, missing="三脚架"), by=KEEPER), "附件里没有三脚架")
    fine = loans.GivenBack(Condition.GOOD, missing="遥控器")
    refused(lambda: loans.give_back(office, row, fine, by=KEEPER), "不能写“完好”")
    lost = loans.GivenBack(Condition.LOST)
    refused(lambda: loans.give_back(office, row, lost, by=KEEPER), "损坏或丢失的情况")
    early = replace(back, missing="遥控器", at=datetime(2026, 10, 12, 7, 0))
    refused(lambda: loans.give_back(office, row, early, by=KEEPER), "不能早于借出")
    loans.give_back(office, row, replace(back, missing="遥控器"), by=KEEPER)
    assert state(office, machine) is EquipmentState.IDLE
    assert any("缺遥控器,还没有处理" in one.text for one in months.due(office, office.now()))
    refused(lambda: loans.settle_loan(office, row, "", "赔偿", by=KEEPER), "请写谁负责")
    loans.settle_loan(office, row, "王伟", "照价补齐遥控器", by=KEEPER)
    cards.resume_equipment(office, machine, "补齐", by=KEEPER)
    words = "\n".join(one.words for one in history(office, machine).happenings)
    assert "王伟负责,照价补齐遥控器" in words


def test_an_overdue_loan_is_red_until_it_is_put_off_with_an_approval(office: Office, clock: SetClock) -> None:
    machine = enter(office)
    row = lend(office, machine)
    clock.set(datetime(2026, 10, 15, 9, 0))
    assert [one.is_overdue for one in months.due(office, office.now())] == [True]
    extend = loans.extend_loan
    refused(lambda: extend(office, row, date(2026, 10, 15), 4, "没用完", by=KEEPER), "不能批准")
    refused(lambda: extend(office, row, date(2026, 10, 14), HEAD, "没用完", by=KEEPER), "延期要晚于10月15日")
    extend(office, row, date(2026, 10, 20), HEAD, "没用完", by=KEEPER)
    assert not months.due(office, office.now())
    line = pages.loan(
        office, loans.correct_loan(office, row, replace(LOAN, due=date(2026, 10, 20)), "补", by=KEEPER).id
    )
    assert line is not None
    assert [one.words for one in line.extensions] == ["10月15日延到10月20日 吴桂芳批准:没用完"]


def test_a_machine_moves_by_the_day_and_keeps_its_history_when_its_card_is_put_right(
    office: Office, clock: SetClock
) -> None:
    machine = enter(office)
    clock.set(datetime(2026, 10, 20, 9, 0))
    refused(lambda: cards.move_equipment(office, machine, PLACE, by=KEEPER), "没有可改的")
    cards.move_equipment(office, machine, cards.Place("信息股", "305", 5), by=KEEPER)
    cards.correct_equipment(office, machine, replace(PROJECTOR, model="X08"), "型号写错", by=KEEPER)
    row = fault(office, machine)
    breaches.note_breach(office, machine, Breach.PRIVATE_LOAN, 4, "没有批准带回家", by=KEEPER)
    told = history(office, machine)
    assert told.machine.place == "信息股 305 阿依古丽·买买提"
    assert [one.kind for one in told.happenings] == ["购置", "建卡", "使用", "调配", "报修", "违规", "更正"]
    assert "原写投影仪 X06:型号写错" in told.happenings[-1].words
    assert repairs.void_repair(office, row, "没坏", by=KEEPER) == "修〔2026〕1号"
    assert state(office, machine) is EquipmentState.IN_USE
    refused(lambda: cards.void_equipment(office, machine, "重复", by=KEEPER), "已有报修、借用、保养或违规登记")
    assert not verify_office(office).findings


def test_a_service_comes_due_by_its_plan(office: Office, clock: SetClock) -> None:
    machine = enter(office, replace(PROJECTOR, upkeep_months=1))
    clock.set(datetime(2026, 11, 6, 9, 0))
    assert [one.text for one in months.due(office, office.now())] == ["保养 投影仪 X06 行政股 应11月12日"]
    assert cards.record_upkeep(office, machine, "除尘", "郑爽爽", by=KEEPER) == "养〔2026〕1号"
    assert not months.due(office, office.now())
    clock.set(datetime(2026, 12, 7, 9, 0))
    assert [one.is_overdue for one in months.due(office, office.now())] == [True]
    cards.plan_upkeep(office, machine, 0, by=KEEPER)
    assert not months.due(office, office.now())


def test_a_month_is_sealed_when_nothing_waits_and_later_acts_leave_it_as_it_was(
    office: Office, clock: SetClock
) -> None:
    machine, other = enter(office), enter(office, STICK)
    row = fault(office, machine)
    clock.set(datetime(2026, 11, 2, 9, 0))
    seal = (EQUIPMENT.word, "2026-10", EQUIPMENT.pending, EQUIPMENT.seal_digest)
    refused(lambda: closing.close_month(office, *seal, by=KEEPER), "还没有受理")
    repairs.accept_repair(office, row, HEAD, "同意", by=KEEPER)
    sealed = closing.close_month(office, *seal, by=KEEPER)
    repairs.begin_repair(office, row, Handling.ON_SITE, "自修", by=KEEPER)
    repairs.finish_repair(office, row, repairs.Outcome("修好", cost_fen=5000), by=KEEPER)
    assert EQUIPMENT.seal_digest(office, "2026-10") == sealed.figures_digest
    assert EQUIPMENT.month_summary(office, "2026-10").startswith("报修1件 修复0 未修1 费用0.00元")
    assert EQUIPMENT.month_summary(office, "2026-11").startswith("报修0件 修复1 未修0 费用50.00元")
    with pytest.raises(Sealed):
        repairs.report_fault(office, other, "坏", 4, date(2026, 10, 30), by=KEEPER)
    late = Amendment(DEPUTY, "补报")
    amend(
        office,
        late,
        lambda: repairs.report_fault(office, other, "坏", 4, date(2026, 10, 30), by=KEEPER),
        by=KEEPER,
    )
    again = closing.sealed(office, EQUIPMENT.word, "2026-10")
    assert again is not None
    assert again.revision == 2


@pytest.mark.parametrize("words", ["机密★3年", "绝密级文件盘"])
def test_what_bears_a_mark_is_refused_everywhere(office: Office, words: str) -> None:
    machine = enter(office)
    for act in (
        lambda: enter(office, replace(STICK, name=words)),
        lambda: repairs.report_fault(office, machine, words, 4, by=KEEPER),
        lambda: lend(office, machine, replace(LOAN, purpose=words)),
    ):
        refused(act, "这里不能写涉密内容", "保密制度第2条")
    assert state(office, machine) is EquipmentState.IN_USE


def test_only_who_may_writes_but_anybody_reports_a_fault(office: Office) -> None:
    machine = enter(office)
    refused(lambda: cards.enter_equipment(office, STICK, PLACE, by=5), "办理")
    assert repairs.report_fault(office, machine, "坏了", 5, by=5).number == "修〔2026〕1号"
    assert [hit.text for hit in months.search(office, "坏了")] == [
        "修〔2026〕1号 投影仪 X06(设〔2026〕1号) 行政股 坏了 阿依古丽·买买提 报修"
    ]


def test_a_list_is_brought_in_whole_or_not_at_all(office: Office) -> None:
    lines = [
        EquipmentLine(2, PROJECTOR, "行政股", "203", "周小萍"),
        EquipmentLine(3, STICK, "信息股", "", "王伟"),
        EquipmentLine(4, SECRET, "行政股", "", "没有的人"),
    ]
    assert [str(one)[:8] for one in check_lines(office, lines)] == ["第3行“责任人”", "第4行“责任人”"]
    refused(lambda: import_equipment(office, lines, by=KEEPER), "第3行")
    assert not pages.machines(office)
    good = [lines[0], replace(lines[1], section="行政股"), replace(lines[2], keeper="")]
    assert import_equipment(office, good, by=KEEPER).added == 3
    again = import_equipment(office, good[:1], by=KEEPER)
    assert (again.added, again.already) == (0, 1)
