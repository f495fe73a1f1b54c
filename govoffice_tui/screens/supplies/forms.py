"""The forms of the stock book: what is asked, and how the answers become lines and heads of slips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from govoffice_tui.registers.supplies.booking import Goods, Head
from govoffice_tui.registers.supplies.items import ItemPlan
from govoffice_tui.registers.supplies.typed import read_goods
from govoffice_tui.registers.supplies.views import Slip, SlipLine
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import SUPPLIES, Item, SlipKind, read_count, read_money
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]
People = Callable[[], Sequence[Person]]

ISSUE_ROWS, RECEIVE_ROWS, WASTE_ROWS = 6, 8, 4
NO_YES = (("0", "否"), ("1", "是"))
UNOPENED = (("1", "没有拆封"), ("0", "拆过封或用过"))
ISSUE_HINT = "一行一个品目:领用人 品目 数量,如 zw a4 2;人和品目写首字母、名字或编号,以旧换新的再写 旧1。"
RECEIVE_HINT = "一行一个品目:品目 数量 金额(元),如 a4 2箱 470;不知道金额就不写。"


def issue_fields(today: date, page: str, people: People, purposes: tuple[str, ...], first: str = "") -> list[Field]:
    """Return the fields of an issue of several items to several people."""
    return [
        *_rows("领用", ISSUE_ROWS, first, "领用人 品目 数量"),
        Field("remark", "用途", history=purposes, placeholder="可不写"),
        Field("approved_by", "批准人", "person", people=people, placeholder="超过限额的要写"),
        Field("page", "签字页", value=page, width=16, placeholder="页号,没签就空着"),
        Field("day", "日期", "date", True, value=today.isoformat()),
        Field("fact_day", "补登的日期", "date", placeholder="只在补登已月结的月份时写"),
    ]


def receive_fields(today: date, people: People, sources: tuple[str, ...], first: str = "") -> list[Field]:
    """Return the fields of a delivery."""
    return [
        *_rows("入库", RECEIVE_ROWS, first, "品目 数量 金额"),
        Field("source", "来源", history=sources, placeholder="如 县文化用品经营部"),
        Field("accepted_by", "验收人", "person", people=people),
        Field("day", "日期", "date", True, value=today.isoformat()),
        Field("fact_day", "补登的日期", "date", placeholder="只在补登已月结的月份时写"),
        Field("remark", "备注", placeholder="可不写"),
    ]


def waste_fields(today: date, people: People, first: str = "") -> list[Field]:
    """Return the fields of what is written off."""
    return [
        *_rows("报废", WASTE_ROWS, first, "品目 数量"),
        Field("remark", "报废原因", required=True, article=SUPPLIES, placeholder="如 受潮、过期"),
        Field("approved_by", "批准人", "person", True, people=people, article=SUPPLIES),
        Field("day", "日期", "date", True, value=today.isoformat()),
        Field("fact_day", "补登的日期", "date", placeholder="只在补登已月结的月份时写"),
    ]


def return_fields(line: SlipLine, today: date) -> list[Field]:
    """Return the fields of what comes back of an issued line."""
    left = line.count - line.returned
    return [
        Field("count", "退回数量", required=True, value=str(left), width=16, placeholder=f"最多{left}{line.item.unit}"),
        Field("is_unopened", "是否拆封", "choice", True, choices=UNOPENED, article=SUPPLIES),
        Field("remark", "原因", placeholder="如 领多了"),
        Field("day", "日期", "date", True, value=today.isoformat()),
    ]


def item_fields(item: Item | None = None) -> list[Field]:
    """Return the fields of a new item, or of one that is put right."""
    return [
        *([] if item is None else [Field("why", "更正原因", required=True, placeholder="如 规格写错、改最低库存")]),
        Field("name", "品名", required=True, value=item.name if item else "", width=40),
        Field("specification", "规格", value=item.specification if item else "", width=40, placeholder="可不写"),
        Field("unit", "单位", required=True, value=item.unit if item else "", width=12, placeholder="最小的:包、支"),
        Field("minimum", "最低库存", "number", value=str(item.minimum) if item else "0", width=12),
        Field("pack_unit", "整件单位", value=item.pack_unit if item else "", width=12, placeholder="如 箱"),
        Field("pack_size", "一整件有", "number", value=_pack(item), width=12, placeholder="如 10"),
        Field("limit", "领用限额", "number", value=_limit(item), width=12, placeholder="不写按设置"),
        Field("is_swap", "以旧换新", "choice", True, value=str(int(item.is_swap)) if item else "0", choices=NO_YES),
        Field("initials", "首字母", value=item.initials if item else "", width=20, placeholder="不写自动取"),
        *([] if item else [Field("code", "编码", width=16, placeholder="不写自动编")]),
    ]


def line_fields(slip: Slip, line: SlipLine, people: People) -> list[Field]:
    """Return the fields that put one line right, as far as its kind of slip has them."""
    fields = [
        Field("why", "更正原因", required=True, placeholder="如 数错、人写错"),
        Field("count", "数量", required=True, value=str(line.count), width=16),
    ]
    if slip.kind in (SlipKind.RECEIVE, SlipKind.OPENING):
        fields.append(Field("amount", "金额(元)", value=yuan(line.amount_fen), width=16, placeholder="不知道就空着"))
    if slip.kind is SlipKind.ISSUE:
        who = str(line.person) if line.person is not None else ""
        fields += [
            Field("person", "领用人", "person", value=who, people=people),
            Field("section", "股室", value=line.section if line.person is None else "", placeholder="不写按领用人"),
        ]
        if line.item.is_swap:
            fields += [
                Field("old_parts", "旧件", "number", value=str(line.old_parts), width=12),
                Field("old_missing", "无旧件原因", value=line.old_missing),
            ]
    fields.append(Field("remark", "用途" if slip.kind is SlipKind.ISSUE else "备注", value=line.remark))
    return fields


def count_line_fields(line: SlipLine, people: People) -> list[Field]:
    """Return the fields that put one item of an approved count right."""
    return [
        Field("why", "更正原因", required=True, placeholder="如 盘错、补登了以前的领用"),
        Field("count", "实存", required=True, value=str(line.counted or 0), width=16),
        Field("approved_by", "批准人", "person", True, people=people, article=SUPPLIES),
    ]


def head_fields(slip: Slip, people: People, staff_ids: dict[str, int]) -> list[Field]:
    """Return the fields that put a slip's head right."""
    fields = [
        Field("why", "更正原因", required=True, placeholder="如 日期写错"),
        Field("day", "日期", "date", True, value=slip.day.isoformat()),
    ]
    if slip.kind is SlipKind.RECEIVE:
        fields += [
            Field("source", "来源", value=slip.source),
            Field("accepted_by", "验收人", "person", value=_id(slip.accepted_by, staff_ids), people=people),
        ]
    if slip.kind in (SlipKind.ISSUE, SlipKind.WASTE):
        fields.append(Field("approved_by", "批准人", "person", value=_id(slip.approved_by, staff_ids), people=people))
    fields.append(Field("remark", "备注", value=slip.remark))
    return fields


def finish_fields(people: People, *, differs: bool) -> list[Field]:
    """Return the fields that approve a count."""
    approver = Field(
        "approved_by", "批准人", "person", differs, people=people, article=SUPPLIES, placeholder="有差异的要写"
    )
    return [Field("watched_by", "监盘人", "person", True, people=people), approver]


def read_lines(answers: Answers, people: Sequence[Person], items: Sequence[Item], *, with_person: bool) -> list[Goods]:
    """Return the lines somebody typed, each refused under its own field."""
    rows = [name for name in answers if name.startswith("line") and answers[name]]
    return [read_goods(answers[name], people, items, name, with_person=with_person) for name in rows]


def read_head(answers: Answers) -> Head:
    """Return what a form says above the lines."""
    return Head(
        date.fromisoformat(answers["day"]) if answers.get("day") else None,
        answers.get("source", ""),
        read_id(answers.get("accepted_by", "")),
        read_id(answers.get("approved_by", "")),
        date.fromisoformat(answers["fact_day"]) if answers.get("fact_day") else None,
        answers.get("remark", ""),
    )


def read_line(answers: Answers, line: SlipLine) -> Goods:
    """Return what a corrected line says."""
    return Goods(
        line.item.id,
        read_count(answers["count"], line.item),
        read_id(answers["person"]) if "person" in answers else line.person,
        answers.get("section", ""),
        read_money(answers["amount"]) if "amount" in answers else line.amount_fen,
        int(answers.get("old_parts") or 0),
        answers.get("old_missing", ""),
        answers.get("remark", ""),
    )


def read_item(answers: Answers) -> ItemPlan:
    """Return what a form says of an item."""
    if answers["pack_size"] == "0":
        raise Refused("一整件至少有1。", field="pack_size")
    return ItemPlan(
        answers["name"],
        answers["unit"],
        answers["specification"],
        answers.get("code", ""),
        answers["pack_unit"],
        int(answers["pack_size"] or 1),
        int(answers["minimum"] or 0),
        int(answers["limit"]) if answers["limit"] else None,
        answers["is_swap"] == "1",
        answers["initials"],
    )


def read_id(answer: str) -> int | None:
    """Return a person a form gives, None where nobody was written."""
    return int(answer) if answer else None


def _rows(word: str, count: int, first: str, placeholder: str) -> list[Field]:
    return [
        Field(
            f"line{place}",
            f"{word}{place}",
            required=place == 1,
            value=first if place == 1 else "",
            placeholder=placeholder if place == 1 else "可不写",
        )
        for place in range(1, count + 1)
    ]


def _pack(item: Item | None) -> str:
    return str(item.pack_size) if item is not None and item.pack_size > 1 else ""


def _limit(item: Item | None) -> str:
    return str(item.limit) if item is not None and item.limit is not None else ""


def _id(name: str, staff_ids: dict[str, int]) -> str:
    return str(staff_ids[name]) if name in staff_ids else ""
