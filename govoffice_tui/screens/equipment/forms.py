"""The forms of 设备: what is asked, and how the answers become what a verb takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from govoffice_tui.registers.equipment import pages
from govoffice_tui.registers.equipment.cards import CardPlan, Place
from govoffice_tui.registers.equipment.loans import LoanPlan
from govoffice_tui.registers.equipment.repairs import Outcome
from govoffice_tui.registers.equipment.views import LoanLine, Machine, RepairLine
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.equipment import (
    CARE,
    LENDING,
    REPAIRING,
    SECRECY,
    Breach,
    Condition,
    Handling,
    StorageTicks,
    read_cost,
)
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]
People = Callable[[], Sequence[Person]]

NO_YES = (("0", "否"), ("1", "是"))
WHY = Field("why", "原因", required=True)


def card_fields(office: Office, machine: Machine | None = None) -> list[Field]:
    """Return the fields of a card, filled with what stands on it."""
    return [
        Field(
            "name",
            "设备名称",
            required=True,
            article=CARE,
            history=pages.texts_used(office, "equipment", "name"),
            value="" if machine is None else machine.name,
        ),
        Field(
            "model",
            "型号",
            history=pages.texts_used(office, "equipment", "model"),
            value="" if machine is None else machine.model,
        ),
        Field("serial", "序列号", value="" if machine is None else machine.serial, width=30),
        Field("asset", "资产编号", value="" if machine is None else machine.asset, width=30),
        Field(
            "bought",
            "购置日期",
            "date",
            value="" if machine is None or machine.bought_day is None else machine.bought_day.isoformat(),
        ),
        Field(
            "price",
            "价格(元)",
            value="" if machine is None else yuan(machine.price_fen),
            width=16,
            placeholder="如 4599",
        ),
        Field(
            "classified",
            "涉密设备",
            "choice",
            True,
            value="0" if machine is None else str(int(machine.is_classified)),
            choices=NO_YES,
        ),
        Field(
            "data",
            "能存资料",
            "choice",
            True,
            value="0" if machine is None else str(int(machine.holds_data)),
            choices=NO_YES,
        ),
        Field("remark", "备注", value="" if machine is None else machine.remark, placeholder="可不写"),
    ]


def place_fields(office: Office, sections: tuple[str, ...], people: People, machine: Machine | None) -> list[Field]:
    """Return the fields of where a machine stands and who answers for it."""
    return [
        Field(
            "section",
            "使用股室",
            required=True,
            article=CARE,
            history=sections,
            value="" if machine is None else machine.section,
            width=30,
        ),
        Field(
            "room",
            "房间",
            history=pages.texts_used(office, "equipment_places", "room"),
            value="" if machine is None else machine.room,
            width=24,
        ),
        Field(
            "keeper",
            "责任人",
            "person",
            value="" if machine is None or machine.keeper is None else str(machine.keeper),
            people=people,
        ),
    ]


def read_card(answers: Answers, months: int = 0) -> CardPlan:
    """Return what a card's form says."""
    return CardPlan(
        answers["name"],
        answers["model"],
        answers["serial"],
        answers["asset"],
        day_of(answers["bought"]),
        read_cost(answers["price"], "price"),
        answers["classified"] == "1",
        answers["data"] == "1",
        months,
        answers["remark"],
    )


def read_place(answers: Answers) -> Place:
    """Return where a form says a machine stands."""
    return Place(answers["section"], answers["room"], person_of(answers["keeper"]))


def fault_fields(office: Office, people: People, machine: Machine, operator: int | None) -> list[Field]:
    """Return the fields of a fault report."""
    return [
        Field(
            "fault",
            "故障现象",
            required=True,
            article=REPAIRING,
            history=pages.texts_used(office, "repairs", "fault"),
            placeholder="如 开机没有显示",
        ),
        Field("reporter", "报修人", "person", True, value=str(machine.keeper or operator or ""), people=people),
        Field("day", "报修日期", "date", True, value=office.now().date().isoformat()),
    ]


def accept_fields(office: Office, people: People, head: int | None, today: date) -> list[Field]:
    """Return the fields that accept a fault report."""
    return [
        Field("head", "股室负责人", "person", True, value=str(head or ""), people=people),
        Field(
            "opinion",
            "意见",
            required=True,
            value="同意维修",
            history=pages.texts_used(office, "repairs", "opinion"),
        ),
        Field("day", "受理日期", "date", True, value=today.isoformat()),
    ]


def begin_fields(office: Office, line: RepairLine, today: date) -> list[Field]:
    """Return the fields of a repair in the house; who is there is asked of a classified machine."""
    ways = tuple((one.value, one.label) for one in Handling if one is not Handling.SENT)
    escort = "专人在场(涉密设备必填)" if line.is_classified else "在场的人"
    return [
        Field("handling", "处理方式", "choice", True, value=Handling.ON_SITE.value, choices=ways),
        Field(
            "repairer",
            "维修单位、人",
            required=True,
            article=REPAIRING,
            history=pages.texts_used(office, "repairs", "repairer"),
        ),
        Field("escort", escort, article=SECRECY if line.is_classified else "", width=30),
        Field("day", "开始日期", "date", True, value=today.isoformat()),
    ]


def send_fields(office: Office, line: RepairLine, today: date) -> list[Field]:
    """Return the fields of a machine sent away; of a classified one the tick list stands first."""
    ticks = [
        Field("is_removed", "存储部件(硬盘)已拆下", "choice", True, value="0", choices=NO_YES, article=SECRECY),
        Field("is_kept", "已交机要人员保管", "choice", True, value="0", choices=NO_YES, article=SECRECY),
        Field("is_emptied", "介质、材料已取出", "choice", True, value="0", choices=NO_YES, article=SECRECY),
        Field("keeper", "存储部件保管人", width=30),
    ]
    return [
        *(ticks if line.is_classified else []),
        Field(
            "repairer",
            "送到哪里修",
            required=True,
            article=REPAIRING,
            history=pages.texts_used(office, "repairs", "repairer"),
        ),
        Field("escort", "谁送去、谁在场", width=30, article=SECRECY if line.is_classified else ""),
        Field("day", "送修日期", "date", True, value=today.isoformat()),
    ]


def read_ticks(answers: Answers) -> StorageTicks:
    """Return the tick list of a form; one that did not ask has nothing ticked."""
    return StorageTicks(
        answers.get("is_removed") == "1",
        answers.get("is_kept") == "1",
        answers.get("is_emptied") == "1",
        answers.get("keeper", ""),
        answers["escort"],
    )


def outcome_fields(office: Office, today: date, *, is_given_up: bool) -> list[Field]:
    """Return the fields of how a repair ended."""
    return [
        Field(
            "result",
            "不能修的原因" if is_given_up else "怎样解决的",
            required=True,
            article=REPAIRING,
            history=pages.texts_used(office, "repairs", "result"),
        ),
        Field("parts", "更换配件", history=pages.texts_used(office, "repairs", "parts"), placeholder="没有可不写"),
        Field("cost", "费用(元)", width=16, placeholder="没有可不写"),
        Field("day", "完成日期", "date", True, value=today.isoformat()),
    ]


def read_outcome(answers: Answers) -> Outcome:
    """Return what a form says of the end of a repair."""
    cost = read_cost(answers["cost"], "cost")
    return Outcome(answers["result"], answers["parts"], cost, day_of(answers["day"]))


def check_fields(line: RepairLine, people: People, today: date) -> list[Field]:
    """Return the fields that check a repair off."""
    back = Field("is_storage_back", "存储部件已装回", "choice", True, value="0", choices=NO_YES, article=SECRECY)
    return [
        *([back] if line.is_removed and not line.is_given_up else []),
        Field("confirmed_by", "报修人确认", "person", True, value=str(line.reporter_id), people=people),
        Field("day", "验收日期", "date", True, value=today.isoformat()),
    ]


def repair_correction_fields(line: RepairLine) -> list[Field]:
    """Return the fields that put a fault report right."""
    fields = [
        Field("why", "更正原因", required=True),
        Field("fault", "故障现象", required=True, value=line.fault),
    ]
    if line.accepted_day is not None:
        fields.append(Field("opinion", "股室负责人意见", value=line.opinion))
    if line.handling is not None:
        fields.append(Field("repairer", "维修单位、人", value=line.repairer))
    if line.finished_day is not None:
        fields += [
            Field("result", "解决情况", value=line.result),
            Field("parts", "更换配件", value=line.parts),
            Field("cost", "费用(元)", value=line.cost, width=16),
        ]
    return fields


def loan_fields(office: Office, people: People, machine: Machine) -> list[Field]:
    """Return the fields of a loan: who approved it is never filled in by itself."""
    cleared = Field("is_cleared", "内容已清除", "choice", True, value="0", choices=NO_YES, article=LENDING)
    return [
        Field("borrower", "借用人", "person", people=people),
        Field(
            "unit",
            "外单位、姓名",
            history=pages.texts_used(office, "equipment_loans", "unit"),
            placeholder="本办的人不写",
        ),
        Field(
            "purpose",
            "用途",
            required=True,
            article=LENDING,
            history=pages.texts_used(office, "equipment_loans", "purpose"),
        ),
        Field("due", "应还日期", "date", True),
        Field(
            "accessories",
            "附件清单",
            history=pages.texts_used(office, "equipment_loans", "accessories"),
            placeholder="如 电源线、遥控器",
        ),
        Field("approver", "批准人", "person", people=people, article=LENDING),
        *([cleared] if machine.holds_data else []),
        Field("now", "马上借出", "choice", True, value="1", choices=NO_YES),
        Field("remark", "备注", placeholder="可不写"),
    ]


def loan_correction_fields(line: LoanLine, people: People) -> list[Field]:
    """Return the fields that put a loan right."""
    return [
        Field("why", "更正原因", required=True),
        Field("borrower", "借用人", "person", people=people, value=str(line.borrower or "")),
        Field("unit", "外单位、姓名", value=line.unit),
        Field("purpose", "用途", required=True, value=line.purpose),
        Field("due", "应还日期", "date", True, value=line.due.isoformat()),
        Field("accessories", "附件清单", value=line.accessories),
        Field("remark", "备注", value=line.remark),
    ]


def read_loan(answers: Answers) -> LoanPlan:
    """Return what a form says of a loan."""
    return LoanPlan(
        person_of(answers["borrower"]),
        answers["unit"],
        answers["purpose"],
        date.fromisoformat(answers["due"]),
        answers["accessories"],
        answers["remark"],
    )


def return_fields(line: LoanLine, today: date) -> list[Field]:
    """Return the fields of a machine that comes back."""
    ways = tuple((one.value, one.label) for one in Condition)
    cleared = Field("is_cleared", "内容已清除", "choice", True, value="0", choices=NO_YES, article=LENDING)
    listed = f"附件:{line.accessories}" if line.accessories else "借出时没有附件"
    return [
        Field("condition", "完好情况", "choice", True, value=Condition.GOOD.value, choices=ways),
        *([cleared] if line.holds_data else []),
        Field("missing", "缺哪几样", placeholder=listed),
        Field("damage", "损坏、丢失情况", placeholder="完好可不写"),
        Field("day", "归还日期", "date", True, value=today.isoformat()),
        Field("at", "几点", "time", width=24, placeholder="不写就是现在"),
    ]


def upkeep_fields(office: Office, today: date) -> list[Field]:
    """Return the fields of a service."""
    works = pages.texts_used(office, "equipment_upkeep", "work")
    doers = pages.texts_used(office, "equipment_upkeep", "done_by")
    return [
        Field("work", "保养内容", required=True, history=works, last=works[0] if works else "", article=REPAIRING),
        Field("done_by", "保养人", required=True, history=doers, last=doers[0] if doers else "", width=30),
        Field("day", "保养日期", "date", True, value=today.isoformat()),
        Field("cost", "费用(元)", width=16, placeholder="没有可不写"),
    ]


def breach_fields(people: People, today: date) -> list[Field]:
    """Return the fields of what was found against the rule."""
    kinds = tuple((one.value, one.label) for one in Breach)
    return [
        Field("kind", "类别", "choice", True, value=Breach.PRIVATE_LOAN.value, choices=kinds, article=LENDING),
        Field("person", "谁", "person", True, people=people),
        Field("day", "哪天", "date", True, value=today.isoformat()),
        Field("words", "怎么一回事", required=True),
        Field("treatment", "怎样处理", placeholder="可以后再写"),
    ]


def day_of(text: str) -> date | None:
    """Return a day as a form gives it, None where it was left out."""
    return date.fromisoformat(text) if text else None


def person_of(text: str) -> int | None:
    """Return a person as a form gives them, None where nobody was written."""
    return int(text) if text else None
