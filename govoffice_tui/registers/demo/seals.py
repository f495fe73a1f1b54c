"""The demo office's seals: handed on and minded, a stamp or two a day, telephone approvals, blank paper, a way out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from random import Random

from govoffice_tui.registers import posts, reviews
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.seals import approvals, carrying, handovers, keeping, pages
from govoffice_tui.registers.seals.carrying import Errand, Leave
from govoffice_tui.registers.seals.checks import holding_of
from govoffice_tui.registers.seals.corrections import void_use
from govoffice_tui.registers.seals.handovers import Handing
from govoffice_tui.registers.seals.keeping_pages import sign_page
from govoffice_tui.registers.seals.refusals import refuse_stamp
from govoffice_tui.registers.seals.requests import Consent, Request, Title
from govoffice_tui.registers.seals.using import Signing, check_imprint, use_seal
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.seals import Checks, DocumentKind, Organ, SealKind, Signatory, SignPost

FIRST_KEEPER, KEEPER, MINDER = "郑爽爽", "吴桂芳", "周小萍"
DIRECTOR, DEPUTY, HEAD = "赵敏", "钱峰", "李卫东"
OFFICE, COUNTY, OPEN_AFFAIRS = 1, 2, 3
SEALS = (
    ("测试县人民政府办公室", SealKind.OFFICE),
    ("测试县人民政府", SealKind.GOVERNMENT),
    ("政府信息公开专用章", SealKind.SPECIAL),
)
HANDED_ON, MINDED, GIVEN_BACK, PHONED = 270, 118, 112, 10
"""Days before the last one: when the keeper changes, when the seals are minded, and what still waits for paper."""

COUNTED_DAILY = 45
"""How many days of the history the seals were counted on every day; before, a Friday's count stands for its week."""

VICES = (Signatory("马骏", SignPost.VICE_HEAD), Signatory("杜怀远", SignPost.VICE_HEAD))
PAPERS = (
    ("行政股", "关于召开{month}月份政府常务会议的通知", DocumentKind.DOCUMENT, OFFICE, (20, 35)),
    ("督查股", "关于{month}月份重点工作督查情况的通报", DocumentKind.DOCUMENT, OFFICE, (25, 40)),
    ("应急股", "关于做好强降雨防范工作的紧急通知", DocumentKind.DOCUMENT, OFFICE, (30, 45)),
    ("教育局", "关于商请安排学校周边整治经费的函", DocumentKind.LETTER, OFFICE, (1, 3)),
    ("综合股", "{month}月份政务信息报送情况报表", DocumentKind.REPORT, OFFICE, (2, 4)),
    ("后勤服务中心", "办公楼消防设施维保合同", DocumentKind.CONTRACT, OFFICE, (4, 6)),
    ("法制股", "行政复议案件{day}号答复书", DocumentKind.OTHER, OFFICE, (2, 3)),
    ("信息股", "政府信息公开申请{day}号答复书", DocumentKind.OTHER, OPEN_AFFAIRS, (1, 2)),
    ("行政股", "干部在职情况证明", DocumentKind.CERTIFICATE, OFFICE, (1, 2)),
    ("自然资源局", "国有建设用地使用权出让批复", DocumentKind.DOCUMENT, COUNTY, (6, 12)),
    ("水利局", "关于报送水库除险加固项目的请示", DocumentKind.DOCUMENT, COUNTY, (5, 10)),
    ("卫健局", "医疗机构设置许可证", DocumentKind.LICENCE, COUNTY, (1, 2)),
)
AGENTS = ("邓晓军", "尹丽华", "熊文强", "龙玉梅", "石永胜", "段春霞")


def seals(day: DemoDay) -> Iterator[Act]:
    """Begin with three seals in their keeper's hands; stamp, count and settle on every workday."""
    if not day.is_workday:
        return
    if not day.office.fetch("SELECT 1 FROM seals LIMIT 1"):
        yield day.at(8, 40), partial(_begin, day)
    left, number = (day.last - day.day).days, day.day.toordinal()
    chance = Random(f"seals {day.day.isoformat()}")
    yield day.at(8, 50), partial(_hand_on, day, left)
    yield day.at(9, 0), partial(_settle, day, left)
    for place in range(chance.choice((0, 1, 1, 2))):
        yield day.at(9 + 2 * place, chance.randrange(10, 55)), partial(_stamp, day, chance.random(), chance.random())
    if number % 19 == 0 or left == 0:
        yield day.at(14, 20), partial(_phoned, day)
    if 4 <= left <= PHONED:
        yield day.at(14, 25), partial(_left_without_paper, day)
    if number % 23 == 0:
        yield day.at(15, 10), partial(_jointly, day)
    if number % 37 == 0 or left == 2:
        yield day.at(15, 20), partial(_refuse, day, chance.choice(("空白介绍信2份", "空白信笺5张", "空白合同3份")))
    if number % 29 == 0:
        yield day.at(15, 30), partial(_declined, day)
    if number % 61 == 0:
        yield day.at(16, 10), partial(_spoiled, day)
    if number % 43 == 0 and left:
        yield from _carried(day)
    if left == 0:
        yield day.at(15, 40), partial(_taken_out, day)
        yield day.at(16, 20), partial(_left_open, day)
    if left < COUNTED_DAILY or day.day.weekday() == 4:
        yield day.at(17, 40), partial(_count, day)


def _begin(day: DemoDay) -> None:
    head = day.people[DIRECTOR].id
    keeper = day.people[FIRST_KEEPER].id
    posts.assign_post(day.office, keeper, Post.SEAL_KEEPER, by=head)
    for name, kind in SEALS:
        seal = keeping.add_seal(day.office, name, kind, "行政股保险柜", day.day, by=keeper)
        handovers.hand_over_seal(day.office, seal, Handing("issue", keeper, HEAD, "完好,印迹清晰"), by=keeper)


def _hand_on(day: DemoDay, left: int) -> None:
    """Change the keeper once, and have the seals minded for some days once."""
    holding = holding_of(day.office, OFFICE)
    assert holding is not None
    keeper = day.people[KEEPER].id
    if holding.keeper != keeper and left <= HANDED_ON:
        posts.assign_post(day.office, keeper, Post.SEAL_KEEPER, by=day.people[DIRECTOR].id)
        _hand(day, holding.person, Handing("change", keeper, HEAD, "完好,印迹清晰", paper_page="交接单第1页"))
    elif holding.is_acting and left <= GIVEN_BACK:
        _hand(day, holding.person, Handing("back", holding.keeper, HEAD, "完好"))
    elif not holding.is_acting and GIVEN_BACK < left <= MINDED:
        until = date.fromordinal(day.last.toordinal() - GIVEN_BACK + 12)
        leader = _director(day)
        _hand(day, holding.person, Handing("acting", day.people[MINDER].id, HEAD, "完好", leader, until))


def _hand(day: DemoDay, giver: int, handing: Handing) -> None:
    by = day.people[HEAD].id
    for seal in (OFFICE, COUNTY, OPEN_AFFAIRS):
        handovers.hand_over_seal(day.office, seal, handing, by=by)


def _settle(day: DemoDay, left: int) -> None:
    """Follow telephone approvals up by paper, and agree to what was voided; the last days leave some of it."""
    head = day.people[HEAD].id
    for approval in pages.to_be_papered(day.office):
        waited = (day.day - approval.event_day).days
        is_slow = approval.event_day.toordinal() % 2 == 0
        if left > PHONED and waited >= (3 if is_slow else 1):
            approvals.paper_approval(day.office, approval.id, day.day, f"审批夹第{approval.id}页", by=head)
    for one in reviews.open_reviews(day.office, "seals"):
        reviews.review(day.office, one.id, True, by=head)


def _stamp(day: DemoDay, which: float, copies: float) -> None:
    unit, title, kind, seal, (least, most) = PAPERS[int(which * len(PAPERS))]
    count = least + int(copies * (most - least + 1))
    number = ""
    if kind in (DocumentKind.DOCUMENT, DocumentKind.LETTER):
        word = "测政" if seal == COUNTY else "测政办函" if kind is DocumentKind.LETTER else "测政办发"
        number = f"{word}〔{day.day.year}〕{int(day.day.strftime('%j')) // 2 + 1}号"
    words = title.format(month=day.day.month, day=day.day.toordinal() % 90 + 1)
    paper = Title(words, kind, count, document_number=number)
    if which * 97 % 1 < 0.02:
        paper = Title("", kind, count, is_classified=True, paper_book="3", paper_page=str(int(copies * 60) + 1))
    _use(day, seal, unit, paper, AGENTS[int(copies * len(AGENTS))])


def _use(
    day: DemoDay,
    seal: int,
    unit: str,
    paper: Title,
    agent: str,
    *,
    carry: int | None = None,
    is_signed: bool = True,
    phone: datetime | None = None,
) -> int:
    """Register one stamp by whoever holds the seal and return its line."""
    holding = holding_of(day.office, seal)
    assert holding is not None
    page = sign_page(day.office, day.day.year)[0] if is_signed else None
    deputy = _deputy(day)
    approver = VICES[day.day.toordinal() % 2] if seal == COUNTY else (_director(day) if paper.copies % 2 else deputy)
    consent = Consent(approver, deputy=deputy if paper.kind.needs_deputy else None)
    if phone is not None:
        consent = Consent(approver, deputy=consent.deputy, is_by_phone=True, phone_at=phone, phone_number="13900012210")
    done = use_seal(
        day.office,
        Request(seal, unit, agent),
        consent,
        [paper],
        Checks.all(),
        Signing(agent, page),
        carry=carry,
        by=holding.person,
    )
    return done.uses[0]


def _phoned(day: DemoDay) -> None:
    paper = Title("关于申请抗旱应急资金的请示", DocumentKind.DOCUMENT, 5, document_number=f"测政〔{day.day.year}〕急件")
    _use(day, COUNTY, "农业农村局", paper, AGENTS[1], phone=day.at(14, 5))


def _left_without_paper(day: DemoDay) -> None:
    """Leave one telephone approval no paper followed in time."""
    if not pages.to_be_papered(day.office):
        _phoned(day)


def _jointly(day: DemoDay) -> None:
    organs = (Organ("测试县委办公室"), Organ("测试县人民政府办公室", is_ours=True), Organ("测试县人大办公室"))
    paper = Title("关于开展联合调研的通知", DocumentKind.DOCUMENT, 30, organs=organs)
    use = _use(day, OFFICE, "行政股", paper, AGENTS[2])
    check_imprint(day.office, use, spoiled=1, words="印迹重叠,当面销毁", by=_holder(day, OFFICE))


def _refuse(day: DemoDay, what: str) -> None:
    refuse_stamp(day.office, "城关镇便民服务中心", what, by=day.people[HEAD].id)


def _declined(day: DemoDay) -> None:
    by = day.people[HEAD].id
    paper = Title("企业贷款担保函", DocumentKind.LETTER, 2)
    applied = approvals.apply_for_stamp(day.office, Request(COUNTY, "工业园区管委会", AGENTS[3]), [paper], by=by)
    approvals.decline_stamp(day.office, applied.approval, VICES[0], "政府不得为企业提供担保", by=by)


def _spoiled(day: DemoDay) -> None:
    use = _use(day, OFFICE, "行政股", Title("关于调整值班表的通知", DocumentKind.DOCUMENT, 20), AGENTS[4])
    void_use(day.office, use, "重复登记", by=day.people[HEAD].id)
    ours = next(one for one in reviews.open_reviews(day.office, "seals"))
    reviews.review(day.office, ours.id, True, by=day.people[DEPUTY].id)
    struck = pages.use(day.office, use)
    assert struck is not None
    assert struck.approval is not None
    approvals.void_approval(day.office, struck.approval, "重复登记", by=day.people[HEAD].id)


def _carried(day: DemoDay) -> Iterator[Act]:
    """Take the office's seal out before the day's first stamp at the counter could meet it, and bring it back."""
    yield day.at(14, 30), partial(_whole_way, day)


def _whole_way(day: DemoDay) -> None:
    carry = _let_out(day, OPEN_AFFAIRS, "法制股", "现场送达信息公开答复书", "县政务服务中心", day.at(17, 0))
    paper = Title("政府信息公开补正告知书", DocumentKind.OTHER, 3)
    _use(day, OPEN_AFFAIRS, "法制股", paper, AGENTS[5], carry=carry)
    carrying.bring_back(day.office, carry, by=_holder(day, OPEN_AFFAIRS))
    carrying.inspect_carry(day.office, carry, "完好,印面清洁", by=day.people[HEAD].id)


def _taken_out(day: DemoDay) -> None:
    """Take a seal out on the last day and leave it out."""
    _let_out(day, OPEN_AFFAIRS, "信息股", "政务公开日现场答复", "城关镇便民服务中心", day.at(17, 0))


def _let_out(day: DemoDay, seal: int, unit: str, matter: str, place: str, due: datetime) -> int:
    by = _holder(day, seal)
    errand = Errand(seal, unit, matter, place, due, "褚文斌")
    carry = carrying.apply_carry(day.office, errand, by=day.people[HEAD].id).carry
    carrying.approve_carry(day.office, carry, Leave(_director(day), day.day, "同意"), by=day.people[HEAD].id)
    carrying.take_out(day.office, carry, by=by)
    return carry


def _left_open(day: DemoDay) -> None:
    """Leave a line to be signed for, an application to be answered and an approval not used up."""
    by = day.people[HEAD].id
    paper = Title("关于报送年度工作总结的通知", DocumentKind.DOCUMENT, 28)
    _use(day, OFFICE, "综合股", paper, AGENTS[0], is_signed=False)
    request = Request(COUNTY, "交通运输局", AGENTS[2], "吕志宏")
    asked = Title("关于县道改造工程立项的请示", DocumentKind.DOCUMENT, 8)
    approvals.apply_for_stamp(day.office, request, [asked], by=by)
    granted = approvals.apply_for_stamp(
        day.office,
        Request(OFFICE, "督查股", AGENTS[4], "许文斌"),
        [Title("关于督办事项进展的通报", DocumentKind.DOCUMENT, 26)],
        by=by,
    )
    approvals.approve_stamp(day.office, granted.approval, Consent(_director(day), deputy=_deputy(day)), by=by)


def _count(day: DemoDay) -> None:
    keeping.count_seals(day.office, by=_holder(day, OFFICE))


def _holder(day: DemoDay, seal: int) -> int:
    holding = holding_of(day.office, seal)
    assert holding is not None
    return holding.person


def _director(day: DemoDay) -> Signatory:
    return Signatory(DIRECTOR, SignPost.DIRECTOR, day.people[DIRECTOR].id)


def _deputy(day: DemoDay) -> Signatory:
    return Signatory(DEPUTY, SignPost.DEPUTY_DIRECTOR, day.people[DEPUTY].id, is_in_charge=True)
