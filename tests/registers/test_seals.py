"""The seal register on a real file: what each verb writes, what it refuses, and what stands open."""

from __future__ import annotations

import subprocess
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing, reviews
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.seals import duties, keeping_pages, pages
from govoffice_tui.registers.seals.approvals import (
    amend_approval,
    apply_for_stamp,
    approve_stamp,
    decline_stamp,
    paper_approval,
    reapply_stamp,
    return_stamp,
    void_approval,
)
from govoffice_tui.registers.seals.corrections import Corrected, correct_use, void_use
from govoffice_tui.registers.seals.handovers import Handing, hand_over_seal, void_handover
from govoffice_tui.registers.seals.keeping import add_seal, clean_seal, correct_seal, count_seals, retire_seal
from govoffice_tui.registers.seals.outages import Outage, fill_outage, record_outage_uses
from govoffice_tui.registers.seals.refusals import refuse_stamp
from govoffice_tui.registers.seals.register import SEALS
from govoffice_tui.registers.seals.requests import Consent, Request
from govoffice_tui.registers.seals.signatories import in_charge, leaders, read_signatory
from govoffice_tui.registers.seals.using import Signing, check_imprint, sign_use, use_approval, use_seal
from govoffice_tui.registers.seals.views import UseRow
from govoffice_tui.registers.staff_changes import transfer_out
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.rules.seal_states import ApprovalState, UseState
from govoffice_tui.rules.seals import Checks, DocumentKind, Organ, SealKind, Signatory, SignPost
from tests.seal_factories import (
    BOSS,
    DIRECTOR,
    HEAD,
    ISSUE,
    KEEPER,
    SECOND,
    STAND_IN,
    VICE,
    notice,
    stamp,
    two_seals,
)

TODAY = date(2026, 10, 12)


@pytest.fixture
def sealed(office: Office) -> tuple[Office, int, int]:
    """An office with its own seal and the government's in 周小萍's hands."""
    ours, county = two_seals(office)
    return office, ours, county


TwoSeals = tuple[Office, int, int]


def lines(office: Office) -> list[UseRow]:
    return list(reversed(pages.month(office, "2026-10")))


def refused(match: str) -> AbstractContextManager[pytest.ExceptionInfo[Refused]]:
    return pytest.raises(Refused, match=match)


def test_a_stamp_stands_in_the_register_item_by_item(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    done = stamp(office, ours)
    assert done.words == "印〔2026〕1号 行政股 公文 30份"
    (line,) = lines(office)
    assert (line.copies, line.impressions, line.state) == (30, 30, UseState.USED)
    assert (line.approver and line.approver.words, line.deputy) == ("主任 赵敏", "钱峰")
    assert (line.agent, line.page_number, line.page_line) == ("韩文斌", "签〔2026〕1号", 1)
    assert (line.keeper_name, line.gaps) == ("周小萍", ())
    assert verify_office(office).findings == ()


def test_one_approval_with_several_titles_takes_a_number_each(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    done = stamp(office, ours, notice(), notice(2, "关于任免的函"), notice(1, "会议纪要"))
    assert done.words == "印〔2026〕1号、印〔2026〕2号、印〔2026〕3号 行政股 公文 33份"
    assert {line.approval_number for line in lines(office)} == {"批〔2026〕1号"}
    assert [line.page_line for line in lines(office)] == [1, 2, 3]


def test_an_approver_who_is_the_deputy_in_charge_signs_once(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    stamp(office, ours, consent=Consent(SECOND))
    (line,) = lines(office)
    assert line.approver is not None
    assert (line.approver.words, line.deputy, line.gaps) == ("副主任 钱峰", "钱峰", ())


@pytest.mark.parametrize(
    ("seal", "consent", "match", "field"),
    [
        (0, Consent(None, deputy=SECOND), "还缺批准人:办公室印章须经主任或副主任批准", "approver"),
        (0, Consent(BOSS), "还缺分管副主任签字", "deputy"),
        (0, Consent(VICE, deputy=SECOND), "副县长 马骏不能批准使用办公室印章", "approver"),
        (1, Consent(BOSS, deputy=SECOND), "主任 赵敏不能批准使用县政府印章:须经县长或副县长批准", "approver"),
        (0, Consent(replace(BOSS, person=4), deputy=SECOND), "其他人员 王伟不能批准", "approver"),
        (0, Consent(replace(BOSS, person=999), deputy=SECOND), "赵敏10月12日不在册", "approver"),
        (0, Consent(BOSS, deputy=replace(SECOND, person=4)), "王伟不是分管副主任", "deputy"),
        (0, Consent(BOSS, TODAY + timedelta(days=1), SECOND), "批准日期10月13日还没有到", "approved_day"),
    ],
)
def test_a_step_missing_is_named_with_its_article_and_nothing_is_written(
    sealed: TwoSeals, seal: int, consent: Consent, match: str, field: str
) -> None:
    office, *both = sealed
    with refused(match) as refusal:
        stamp(office, both[seal], consent=consent)
    assert refusal.value.field == field
    assert refusal.value.article in ("印章管理制度第3条", "")
    assert lines(office) == []
    assert pages.approvals(office) == []


def test_checks_and_the_agent_are_steps_too(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    with refused("还缺核对:与批准件一致") as refusal:
        stamp(office, ours, checks=Checks(True, True, False, True))
    assert (refusal.value.field, refusal.value.article) == ("checks", "印章管理制度第3条")
    with refused("还缺承办人") as refusal:
        use_seal(office, Request(ours, "行政股"), Consent(SECOND), [notice()], Checks.all(), Signing(" "), by=KEEPER)
    assert refusal.value.field == "agent"
    assert lines(office) == []


def test_a_letter_of_the_government_needs_leader_and_deputy(sealed: TwoSeals) -> None:
    office, _, county = sealed
    stamp(office, county, consent=Consent(VICE, deputy=SECOND))
    stamp(office, county, replace(notice(), kind=DocumentKind.REPORT), consent=Consent(VICE))
    assert [line.number for line in lines(office)] == ["印〔2026〕1号", "印〔2026〕2号"]


def test_a_joint_document_has_one_head_and_ordered_rows(sealed: TwoSeals) -> None:
    # example 20
    office, ours, _ = sealed
    organs = (Organ("县财政局"), Organ("测试县人民政府办公室", True), Organ("县教育局"))
    stamp(office, ours, notice(organs=organs))
    (line,) = lines(office)
    assert (line.copies, line.impressions) == (30, 30)
    assert [(one.place, one.name, one.is_ours) for one in line.organs] == [
        (1, "县财政局", False),
        (2, "测试县人民政府办公室", True),
        (3, "县教育局", False),
    ]
    with refused("要有本单位") as refusal:
        stamp(office, ours, notice(organs=(Organ("县财政局"), Organ("县教育局"))))
    assert refusal.value.article == "印章管理制度第4条"


def test_more_copies_than_approved_are_refused_until_the_approval_is_amended(sealed: TwoSeals) -> None:
    # example 21
    office, ours, _ = sealed
    approval = apply_for_stamp(office, Request(ours, "教育局"), [notice(30)], by=KEEPER).approval
    approve_stamp(office, approval, Consent(BOSS, deputy=SECOND), by=KEEPER)
    found = pages.approval(office, approval)
    assert found is not None
    item = found.items[0].id
    with refused("批准30份,还可盖30份,送来32份。请先由批准人改批准份数") as refusal:
        use_approval(office, approval, {item: 32}, Checks.all(), Signing("韩文斌", 1), by=KEEPER)
    assert (refusal.value.article, refusal.value.field) == ("印章管理制度第3条", "copies")
    with refused("副县长 马骏不能批准"):
        amend_approval(office, item, 32, VICE, TODAY, by=KEEPER)
    amend_approval(office, item, 32, BOSS, TODAY, "附2026-3页", by=KEEPER)
    use_approval(office, approval, {item: 20}, Checks.all(), Signing("韩文斌", 1), by=KEEPER)
    with refused("批准32份,已用20份,还可盖12份,送来13份"):
        use_approval(office, approval, {item: 13}, Checks.all(), Signing("韩文斌", 1), by=KEEPER)
    with refused("已盖20份,不能改成19份"):
        amend_approval(office, item, 19, BOSS, TODAY, by=KEEPER)
    use_approval(office, approval, {item: 12}, Checks.all(), Signing("韩文斌", 1), by=KEEPER)
    found = pages.approval(office, approval)
    assert found is not None
    assert (found.left, [(one.before, one.after) for one in found.amendments]) == (0, [(30, 32)])
    assert sum(line.copies for line in lines(office)) == 32
    with refused("批准30份,还可盖30份,送来32份"):
        stamp(office, ours, notice(32, approved=30))


def test_who_minds_a_seal_stamps_only_inside_the_interval_of_the_handover(sealed: TwoSeals, clock: SetClock) -> None:
    # example 22
    office, ours, _ = sealed
    with refused("现由周小萍保管,阿依古丽·买买提不能用印") as refusal:
        stamp(office, ours, by=STAND_IN)
    assert (refusal.value.article, refusal.value.field) == ("印章管理制度第1条", "seal")
    minding = Handing("acting", STAND_IN, "吴桂芳", "完好", BOSS, date(2026, 10, 14))
    with refused("代管要由领导指定"):
        hand_over_seal(office, ours, replace(minding, designated_by=None), by=HEAD)
    with refused("王伟不能指定代管"):
        hand_over_seal(office, ours, replace(minding, designated_by=Signatory("王伟", SignPost.DIRECTOR, 4)), by=HEAD)
    with refused("请写代管到哪一天"):
        hand_over_seal(office, ours, replace(minding, until=None), by=HEAD)
    clock.set(datetime(2026, 10, 12, 9, 0))
    done = hand_over_seal(office, ours, minding, by=HEAD)
    assert done.words == "交〔2026〕3号 测试县人民政府办公室 由阿依古丽·买买提代管"
    clock.set(datetime(2026, 10, 12, 9, 30))
    stamp(office, ours, by=STAND_IN)
    with refused("现由阿依古丽·买买提代管\\(至10月14日\\),周小萍不能用印"):
        stamp(office, ours, by=KEEPER)
    clock.set(datetime(2026, 10, 15, 9, 0))
    with refused("代管测试县人民政府办公室到10月14日为止"):
        stamp(office, ours, by=STAND_IN)
    assert any("代管,10月14日到期" in text and late for text, late, _ in duties.due(office, office.now()))
    with refused("交还保管人周小萍"):
        hand_over_seal(office, ours, Handing("back", 7, "吴桂芳", "完好"), by=HEAD)
    hand_over_seal(office, ours, Handing("back", KEEPER, "吴桂芳", "完好"), by=HEAD)
    stamp(office, ours)
    assert [line.keeper_name for line in lines(office)] == ["阿依古丽·买买提", "周小萍"]


def test_there_is_no_second_keeper_for_seals(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    assign_post(office, STAND_IN, Post.SEAL_KEEPER, "B", by=DIRECTOR)
    with refused("现由周小萍保管"):
        stamp(office, ours, by=STAND_IN)


@pytest.mark.parametrize(
    ("changes", "match", "field"),
    [
        ({"kind": "issue"}, "已由周小萍保管", "kind"),
        ({"kind": "back"}, "不用交还", "kind"),
        ({"kind": "change", "receiver": KEEPER}, "已在周小萍手里", "receiver"),
        ({"kind": "change", "receiver": 4}, "王伟不是印章管理人", "receiver"),
        ({"kind": "change", "receiver": 999}, "不在册", "receiver"),
        ({"kind": "change", "receiver": STAND_IN, "supervisor": "周小萍"}, "监交人不能是移交人或接收人", "supervisor"),
        ({"kind": "change", "receiver": STAND_IN, "supervisor": ""}, "请写监交人", "supervisor"),
        ({"kind": "change", "receiver": STAND_IN, "condition": " "}, "请写印章状况", "condition"),
        ({"kind": "change", "receiver": STAND_IN, "at": datetime(2026, 10, 12, 8, 0)}, "还没有到", "at"),
        ({"kind": "change", "receiver": STAND_IN, "at": datetime(2026, 10, 12, 7, 0)}, "早于上一次交接", "at"),
    ],
)
def test_a_handover_that_cannot_be_is_refused(
    sealed: TwoSeals, changes: dict[str, object], match: str, field: str
) -> None:
    office, ours, _ = sealed
    assign_post(office, STAND_IN, Post.SEAL_KEEPER, "B", by=DIRECTOR)
    with refused(match) as refusal:
        hand_over_seal(office, ours, replace(ISSUE, **changes), by=DIRECTOR)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert len(keeping_pages.handovers(office)) == 2


def test_only_the_last_handover_is_voided_and_only_before_it_was_used(sealed: TwoSeals, clock: SetClock) -> None:
    office, ours, _ = sealed
    clock.set(datetime(2026, 10, 12, 9, 0))
    minding = Handing("acting", STAND_IN, "吴桂芳", "完好", BOSS, date(2026, 10, 14))
    row = hand_over_seal(office, ours, minding, by=HEAD).handover
    first = keeping_pages.handovers(office, ours)[-1].id
    with refused("只能作废最近的一次"):
        void_handover(office, first, "写错", by=HEAD)
    assert void_handover(office, row, "没有离岗", by=HEAD) == "交〔2026〕3号"
    stamp(office, ours)
    with refused("接收人已经用过"):
        void_handover(office, first, "写错", by=HEAD)


def test_blank_paper_is_refused_on_every_path_and_stands_in_the_refusal_list(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    blank = notice(5, "空白介绍信5份")
    with refused("一律不盖") as refusal:
        stamp(office, ours, blank)
    assert refusal.value.article == "印章管理制度第5条"
    with refused("同批第1行:不能盖章:“空白介绍信5份”.*一律不盖") as refusal:
        apply_for_stamp(office, Request(ours, "教育局"), [notice(), blank], by=KEEPER)
    assert (refusal.value.field, refusal.value.article) == ("batch", "印章管理制度第5条")
    with refused("核对时发现是空白凭证"):
        stamp(office, ours, checks=Checks(True, False, True, True))
    outage = Outage(datetime(2026, 10, 12, 7, 0), "停电", "应急页1", KEEPER)
    with refused("一律不盖"):
        record_outage_uses(office, Request(ours, "教育局"), Consent(), [blank], Checks(), outage, by=KEEPER)
    (line,) = (stamp(office, ours).uses,)
    with refused("一律不盖"):
        correct_use(office, line[0], Corrected("行政股", blank, "韩文斌"), "写错", by=KEEPER)
    said = refuse_stamp(office, "教育局", "空白信笺2张", by=KEEPER)
    assert said.startswith("不能盖章:教育局送来的“空白信笺2张”是空白凭证或空白纸张")
    kept = keeping_pages.refusals(office, TODAY, TODAY)
    assert len(kept) == 6
    assert {one.name for one in kept} == {"周小萍"}
    assert "空白介绍信5份" in kept[-1].words
    assert [one.copies for one in lines(office)] == [30]
    assert "拒绝6件" in duties.month_summary(office, "2026-10")
    assert verify_office(office).findings == ()


def test_a_telephone_approval_is_red_until_its_paper_comes(sealed: TwoSeals, clock: SetClock) -> None:
    office, ours, _ = sealed
    clock.set(datetime(2026, 10, 16, 17, 0))  # Friday
    phoned = Consent(BOSS, deputy=SECOND, is_by_phone=True, phone_at=datetime(2026, 10, 16, 16, 40))
    with refused("要写电话号码"):
        stamp(office, ours, consent=phoned)
    with refused("要写几点通的电话"):
        stamp(office, ours, consent=replace(phoned, phone_at=None, phone_number="13900000001"))
    with refused("还没有到"):
        stamp(office, ours, consent=replace(phoned, phone_at=datetime(2026, 10, 16, 17, 1), phone_number="1"))
    stamp(office, ours, consent=replace(phoned, phone_number="13900000001"))
    (waiting,) = pages.to_be_papered(office)
    assert waiting.follow_up_day == date(2026, 10, 19)
    (line,) = [one for one in duties.due(office, office.now()) if "电话批准" in one[0]]
    assert line[:2] == ("批〔2026〕1号 行政股 电话批准(主任 赵敏) 10月19日前补书面审批", True)
    with refused("请写审批单存在哪一册第几页"):
        paper_approval(office, waiting.id, date(2026, 10, 16), "", by=KEEPER)
    with refused("补办早于电话批准"):
        paper_approval(office, waiting.id, date(2026, 10, 15), "3册2页", by=KEEPER)
    paper_approval(office, waiting.id, date(2026, 10, 16), "3册2页", by=KEEPER)
    assert pages.to_be_papered(office) == []
    with refused("已补办手续"):
        paper_approval(office, waiting.id, date(2026, 10, 16), "3册2页", by=KEEPER)


def test_an_application_is_agreed_to_declined_or_sent_back(sealed: TwoSeals) -> None:
    office, _, county = sealed
    request = Request(county, "县水利局", "马立新", "何建平")
    one, two, three = (
        apply_for_stamp(office, request, [notice(4, f"取水许可{place}")], by=KEEPER).approval for place in (1, 2, 3)
    )
    with refused("主任 赵敏不能批准使用县政府印章"):
        approve_stamp(office, one, Consent(BOSS, deputy=SECOND), by=KEEPER)
    with refused("还缺分管副主任签字"):
        approve_stamp(office, one, Consent(VICE), by=KEEPER)
    assert approve_stamp(office, one, Consent(VICE, deputy=SECOND), by=KEEPER).words == "批〔2026〕1号 县水利局 同意"
    with refused("请写不同意的原因"):
        decline_stamp(office, two, VICE, "", by=KEEPER)
    decline_stamp(office, two, VICE, "材料不实", by=KEEPER)
    return_stamp(office, three, None, "缺负责人签字", by=KEEPER)
    for row in (two, three):
        with refused("不能用印"):
            use_approval(office, row, {1: 1}, Checks.all(), Signing("马立新", 1), by=KEEPER)
    again = reapply_stamp(office, three, request, [notice(4, "取水许可3")], by=KEEPER)
    assert (again.number, again.state) == ("批〔2026〕3号", ApprovalState.APPLIED)
    with refused("作废或更正"):
        return_stamp(office, three, None, "再退", by=KEEPER)
    assert void_approval(office, again.approval, "不办了", by=KEEPER) == "批〔2026〕3号"
    assert [(one.number, one.state.label) for one in pages.approvals(office)] == [
        ("批〔2026〕1号", "同意"),
        ("批〔2026〕2号", "不同意"),
    ]
    found = pages.approval(office, one)
    assert found is not None
    use_approval(office, one, {found.items[0].id: 1}, Checks.all(), Signing("马立新", 1), by=KEEPER)
    with refused("已按这份审批用印"):
        void_approval(office, one, "不办了", by=KEEPER)


def test_a_line_waits_for_the_agent_and_is_stamped_with_the_signature(sealed: TwoSeals, clock: SetClock) -> None:
    office, ours, _ = sealed
    done = stamp(office, ours, page=None)
    assert done.words == "印〔2026〕1号 行政股 公文 30份,待承办人签字"
    (line,) = lines(office)
    assert (line.state, line.stamped_at, line.gaps) == (UseState.WAITING, None, ("承办人签字",))
    assert duties.due(office, office.now())[0][:2] == ("用印承办人未签 1件(最早印〔2026〕1号 行政股)", False)
    with refused("现在是“待签字”,不能验印"):
        check_imprint(office, line.id, by=KEEPER)
    with refused("现由周小萍保管"):
        sign_use(office, line.id, Signing("韩文斌", 1), by=STAND_IN)
    sign_use(office, line.id, Signing("韩文斌", 1), by=KEEPER)
    (line,) = lines(office)
    assert (line.state, line.page_line, line.gaps) == (UseState.USED, 1, ())
    with refused("承办人已经签字"):
        sign_use(office, line.id, Signing("韩文斌", 1), by=KEEPER)


def test_the_imprint_and_spoiled_copies_are_noted_and_impressions_stay_counted(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    use = stamp(office, ours).uses[0]
    with refused("请写作废件怎么处理") as refusal:
        check_imprint(office, use, spoiled=2, by=KEEPER)
    assert refusal.value.article == "印章管理制度第4条"
    check_imprint(office, use, True, 2, "当面销毁", by=KEEPER)
    (line,) = lines(office)
    assert (line.state, line.spoiled_copies, line.impressions) == (UseState.CHECKED, 2, 30)
    with refused("现在是“已验印”,不能验印"):
        check_imprint(office, use, by=KEEPER)


def test_impressions_that_are_not_copies_times_each_need_a_reason(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    with refused("30份每份2枚应是60枚,写61枚请说明原因"):
        stamp(office, ours, notice(per_copy=2, impressions=61))
    stamp(office, ours, notice(per_copy=2, impressions=61, impressions_reason="骑缝一枚"))
    assert lines(office)[0].impressions == 61


def test_a_classified_one_shows_nothing_but_its_page(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    secret = replace(notice(1, "任意标题", is_classified=True), document_number="")
    with refused("第几册第几页") as refusal:
        stamp(office, ours, secret)
    assert refusal.value.article == "保密制度第3条"
    with refused("涉密件不写文号"):
        stamp(office, ours, replace(secret, document_number="县委〔2026〕1号", paper_book="3", paper_page="12"))
    stamp(office, ours, replace(secret, paper_book="3", paper_page="12"))
    (line,) = lines(office)
    assert (line.title, line.shown_title) == ("涉密件", "涉密件(机要第3册第12页)")
    plain = replace(notice(2), document_number="")
    with refused("同批第1行:涉密件请写在机要登记簿第几册第几页"):
        stamp(office, ours, plain, replace(plain, title="涉密件"))
    stamp(office, ours, plain, replace(plain, title="涉密件,见机要第4册第7页"))
    assert (lines(office)[-1].title, lines(office)[-1].shown_title) == ("涉密件", "涉密件(机要第4册第7页)")
    for text in ("机密★3年", "绝 密 ★", "密码电报"):
        with refused("这里不能写涉密内容"):
            stamp(office, ours, notice(1, text))
    assert "任意标题" not in str(office.fetch("SELECT * FROM journal"))
    assert "★" not in str(office.fetch("SELECT detail FROM events"))


def test_a_page_has_25_lines_is_asked_once_and_none_is_left_out(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    with refused("下一页是第1页"):
        stamp(office, ours, page=2)
    stamp(office, ours, *(notice(1, f"第{place}件") for place in range(23)))
    assert keeping_pages.sign_page(office, 2026) == (1, 2)
    stamp(office, ours, *(notice(1, f"再{place}件") for place in range(4)))
    assert [(one.page_number, one.page_line) for one in lines(office)[-3:]] == [
        ("签〔2026〕1号", 25),
        ("签〔2026〕2号", 1),
        ("签〔2026〕2号", 2),
    ]
    with refused("第1页已用完,请用第3页"):
        stamp(office, ours, page=1)
    stamp(office, ours, page=3)
    with refused("第2页已用完"):
        stamp(office, ours, page=2)
    assert [one.lines for one in keeping_pages.sign_pages(office)] == [1, 2, 25]


def test_a_correction_and_a_voided_line_wait_for_a_second_person(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    first, second = stamp(office, ours, notice(), notice(2, "会议纪要")).uses
    corrected = Corrected("信息股", replace(notice(29), document_number=""), "韩文斌")
    with refused("批准30份,还可盖30份,送来31份"):
        correct_use(office, first, replace(corrected, title=notice(31)), "份数写错", by=KEEPER)
    new = correct_use(office, first, corrected, "单位写错", by=KEEPER).uses[0]
    with refused("印〔2026〕1号的更正还没有复核"):
        void_use(office, new, "没有盖", by=KEEPER)
    assert void_use(office, second, "没有盖", by=KEEPER) == "印〔2026〕2号"
    shown = [(one.number, one.revision, one.unit, one.is_struck, one.struck_word) for one in lines(office)]
    assert shown == [
        ("印〔2026〕1号", 1, "行政股", True, "已更正"),
        ("印〔2026〕1号", 2, "信息股", False, ""),
        ("印〔2026〕2号", 1, "行政股", True, "作废"),
    ]
    assert stamp(office, ours).numbers == ("印〔2026〕3号",)
    waiting = reviews.open_reviews(office, "seals")
    assert [one.words for one in waiting] == ["更正印〔2026〕1号(单位写错)", "作废印〔2026〕2号(没有盖)"]
    assert sum(one.review is not None for one in SEALS.due(office, office.now())) == 2
    with refused("更正的人不能自己复核"):
        reviews.review(office, waiting[0].id, True, by=KEEPER)
    for one in waiting:
        reviews.review(office, one.id, False, "不对", by=HEAD)
    standing = [(one.number, one.unit, one.copies) for one in lines(office) if not one.is_struck]
    assert standing == [
        ("印〔2026〕1号", "行政股", 30),
        ("印〔2026〕2号", "行政股", 2),
        ("印〔2026〕3号", "行政股", 30),
    ]
    with refused("更正"):
        correct_use(office, new, corrected, "再改", by=KEEPER)
    assert verify_office(office).findings == ()


def test_what_was_stamped_during_an_outage_is_recorded_with_its_gaps_in_red(sealed: TwoSeals, clock: SetClock) -> None:
    office, ours, _ = sealed
    clock.set(datetime(2026, 10, 13, 9, 0))
    outage = Outage(datetime(2026, 10, 12, 16, 0), "停电", "应急页1", KEEPER)
    with refused("请写为什么没有用本机登记"):
        record_outage_uses(
            office, Request(ours, "教育局"), Consent(), [notice()], Checks(), replace(outage, reason=""), by=KEEPER
        )
    done = record_outage_uses(
        office, Request(ours, "教育局"), Consent(VICE), [notice()], Checks(True, True, True), outage, by=KEEPER
    )
    (line,) = lines(office)
    assert (line.event_day, line.state, line.late_reason) == (TODAY, UseState.USED, "停机补登:停电")
    assert line.gaps == ("批准人", "分管副主任签字", "核对(落款相符)", "承办人", "承办人签字")
    assert any(text.startswith("停机补登缺项 1件") and late for text, late, _ in duties.due(office, office.now()))
    with refused("副县长 马骏不能批准"):
        fill_outage(office, done.uses[0], Consent(VICE, deputy=SECOND), by=KEEPER)
    fill_outage(office, done.uses[0], Consent(BOSS, deputy=SECOND), Checks.all(), "马立新", by=KEEPER)
    sign_use(office, done.uses[0], Signing("马立新", 1), by=KEEPER)
    (line,) = lines(office)
    assert (line.gaps, line.keeper_name, f"{line.stamped_at:%d日%H}") == ((), "周小萍", "12日16")
    with refused("不是停机补登的"):
        fill_outage(office, stamp(office, ours).uses[0], Consent(BOSS, deputy=SECOND), by=KEEPER)
    assert pages.waiting(office) == []
    phoned = Consent(SECOND, is_by_phone=True, phone_number="13900000001")
    record_outage_uses(
        office, Request(ours, "教育局", "马立新"), phoned, [notice()], Checks.all(), replace(outage, is_signed=True),
        by=KEEPER,
    )  # fmt: skip
    (unpapered,) = pages.to_be_papered(office)
    assert (unpapered.is_by_phone, unpapered.follow_up_day) == (True, date(2026, 10, 13))
    paper_approval(office, unpapered.id, date(2026, 10, 13), "3册2页", by=KEEPER)


def test_an_entry_of_the_new_year_for_the_old_takes_the_new_years_number(sealed: TwoSeals, clock: SetClock) -> None:
    # example 32
    office, ours, _ = sealed
    clock.set(datetime(2026, 11, 20, 9, 0))
    stamp(office, ours)
    clock.set(datetime(2026, 12, 28, 9, 0))
    stamp(office, ours)
    clock.set(datetime(2027, 1, 2, 9, 0))
    outage = Outage(datetime(2026, 12, 31, 16, 0), "停电", "应急页1", KEEPER, is_signed=True)
    done = record_outage_uses(
        office, Request(ours, "教育局", "马立新"), Consent(SECOND), [notice()], Checks.all(), outage, by=KEEPER
    )
    assert done.numbers == ("印〔2027〕1号",)
    (line,) = [one for one in pages.month(office, "2026-12") if one.is_outage]
    assert (line.event_day, line.gaps) == (date(2026, 12, 31), ())


def test_seals_are_counted_and_locked_by_their_holder_each_day(sealed: TwoSeals, clock: SetClock) -> None:
    office, ours, _ = sealed
    with refused("手里没有印章"):
        count_seals(office, by=HEAD)
    clock.set(datetime(2026, 10, 12, 17, 30))
    assert any("还没有清点上锁" in text for text, _, _ in duties.due(office, office.now()))
    assert count_seals(office, by=KEEPER) == ["测试县人民政府办公室", "测试县人民政府"]
    assert not any("清点" in text for text, _, _ in duties.due(office, office.now()))
    clock.set(datetime(2026, 10, 12, 18, 0))
    with refused("请写怎么不见的"):
        count_seals(office, {ours: ""}, by=KEEPER)
    count_seals(office, {ours: "已报告主任"}, by=KEEPER)
    found = [(one.found, one.counted_at.hour) for one in keeping_pages.counts(office, TODAY, TODAY)]
    assert found == [("missing", 18), ("locked", 18)]
    clock.set(datetime(2026, 10, 14, 8, 0))
    assert any("10月13日没有清点上锁" in text and late for text, late, _ in duties.due(office, office.now()))
    assert clean_seal(office, ours, "清洗后印迹清晰", by=KEEPER) == "测试县人民政府办公室"
    with refused("现由周小萍保管"):
        clean_seal(office, ours, by=HEAD)
    assert [one.words for one in keeping_pages.cleanings(office)] == ["清洗后印迹清晰"]


def test_a_seal_out_of_use_stamps_nothing(sealed: TwoSeals, clock: SetClock) -> None:
    office, ours, _ = sealed
    stamp(office, ours)
    with refused("已有在用的测试县人民政府办公室"):
        add_seal(office, "测试县人民政府办公室", SealKind.OFFICE, "保险柜", TODAY, by=KEEPER)
    correct_seal(office, ours, "测试县人民政府办公室", "档案室保险柜", "移柜", by=KEEPER)
    with refused("已用过,类别不能改"):
        correct_seal(office, ours, "测试县人民政府办公室", "档案室", "写错", SealKind.GOVERNMENT, by=KEEPER)
    with refused("早于启用或最后一次用印"):
        retire_seal(office, ours, date(2026, 10, 11), "换发新印", by=KEEPER)
    retire_seal(office, ours, TODAY, "换发新印,旧印缴销", by=KEEPER)
    clock.set(datetime(2026, 10, 13, 9, 0))
    with refused("已停用"):
        stamp(office, ours)
    fresh = add_seal(office, "测试县人民政府办公室", SealKind.OFFICE, "保险柜", date(2026, 10, 13), by=KEEPER)
    with refused("还没有保管人"):
        stamp(office, fresh)


def test_the_same_form_sent_twice_is_one_stamp(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    for _ in range(2):
        done = stamp(office, ours, notice(), notice(1, "会议纪要"), form_key="a")
        assert done.numbers == ("印〔2026〕1号", "印〔2026〕2号")
    assert len(lines(office)) == 2
    outage = Outage(datetime(2026, 10, 12, 7, 0), "停电", "应急页1", KEEPER)
    for _ in range(2):
        done = record_outage_uses(
            office, Request(ours, "教育局"), Consent(BOSS), [notice()], Checks(), outage, by=KEEPER, form_key="b"
        )
        assert done.numbers == ("印〔2026〕3号",)
    assert len(lines(office)) == 3


def test_a_month_under_seal_takes_no_line(sealed: TwoSeals, clock: SetClock) -> None:
    office, ours, _ = sealed
    stamp(office, ours, page=None)
    clock.set(datetime(2026, 11, 2, 9, 0))
    assert [str(one) for one in duties.pending(office, "2026-10")] == ["印〔2026〕1号:行政股 缺承办人签字"]
    use = lines(office)[0].id
    sign_use(office, use, Signing("韩文斌", 1), by=KEEPER)
    closing.close_month(office, SEALS.word, "2026-10", SEALS.pending, SEALS.seal_digest, by=HEAD)
    with pytest.raises(Sealed):
        void_use(office, use, "写错", by=KEEPER)
    outage = Outage(datetime(2026, 10, 12, 16, 0), "停电", "应急页1", KEEPER)
    with pytest.raises(Sealed):
        record_outage_uses(office, Request(ours, "教育局"), Consent(), [notice()], Checks(), outage, by=KEEPER)


def test_who_signs_is_known_by_name_and_a_county_leader_by_title(sealed: TwoSeals) -> None:
    office, _, county = sealed
    assert [one.words for one in leaders(office, TODAY)] == ["主任 赵敏", "副主任 钱峰"]
    assert in_charge(office, TODAY) == SECOND
    assert read_signatory(office, "赵敏", TODAY) == read_signatory(office, "主任赵敏", TODAY) == BOSS
    assert read_signatory(office, "马骏副县长", TODAY) == read_signatory(office, "副县长 马骏", TODAY) == VICE
    for typed, match in (("马骏", "县领导写职务和姓名"), ("副县长 赵敏", "是办公室主任"), ("县长", "请写县长的姓名")):
        with refused(match):
            read_signatory(office, typed, TODAY)
    stamp(office, county, consent=Consent(VICE, deputy=SECOND))
    assert read_signatory(office, "马骏", TODAY) == VICE


def test_search_finds_by_number_unit_title_approver_and_seal(sealed: TwoSeals) -> None:
    office, ours, county = sealed
    stamp(office, ours)
    stamp(office, county, notice(1, "关于100%完成_的通知"), consent=Consent(VICE, deputy=SECOND), unit="县水利局")
    for words, count in (("印〔2026〕1", 1), ("秋季 防火", 1), ("水利", 1), ("马骏", 1), ("人民政府", 2), ("100%完", 1),
                         ("%", 1), ("_", 1), ("|", 0), ("没有", 0)):  # fmt: skip
        assert len(duties.search(office, words)) == count, words


@pytest.mark.parametrize("text", ["[/]", "[red]x", "=1+1", "\u202e王", "A\x1b]0;PWNED\x07B", "'; DROP TABLE seals --"])
def test_hostile_text_is_only_text(sealed: TwoSeals, text: str) -> None:
    office, ours, _ = sealed
    stamp(office, ours, notice(1, text), unit=text)
    (line,) = lines(office)
    assert "\x1b" not in line.title
    assert "\u202e" not in line.title
    assert duties.search(office, "x") is not None
    assert verify_office(office).findings == ()


def test_a_handover_is_not_put_before_what_was_stamped_and_a_keeper_who_left_is_red(
    sealed: TwoSeals, clock: SetClock
) -> None:
    office, ours, _ = sealed
    clock.set(datetime(2026, 10, 12, 10, 0))
    stamp(office, ours)
    minding = Handing("acting", STAND_IN, "吴桂芳", "完好", BOSS, TODAY, datetime(2026, 10, 12, 9, 0))
    with refused("周小萍在这以后还用过") as refusal:
        hand_over_seal(office, ours, minding, by=HEAD)
    assert refusal.value.field == "at"
    transfer_out(office, KEEPER, TODAY, by=HEAD)
    clock.set(datetime(2026, 10, 13, 9, 0))
    assert [text for text, late, _ in duties.due(office, office.now()) if late and "已不在册" in text] == [
        "测试县人民政府的保管人周小萍已不在册,请办交接",
        "测试县人民政府办公室的保管人周小萍已不在册,请办交接",
    ]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_stamped_refused_corrected_and_voided_the_numbers_have_no_gap(sealed: TwoSeals, seed: int) -> None:
    office, ours, _ = sealed
    chance = Random(seed)
    for _ in range(25):
        standing = [one for one in lines(office) if not one.is_struck]
        deed = chance.choice(["stamp", "wait", "two", "refuse", "blank", "void", "correct"])
        page = keeping_pages.sign_page(office, 2026)[0]
        try:
            if deed in ("stamp", "wait"):
                stamp(office, ours, page=page if deed == "stamp" else None)
            elif deed == "two":
                stamp(office, ours, notice(), notice(2, "会议纪要"), page=page)
            elif deed == "refuse":
                stamp(office, ours, consent=Consent(VICE))
            elif deed == "blank":
                stamp(office, ours, notice(1, "空白纸"))
            elif standing and deed == "void":
                void_use(office, chance.choice(standing).id, "没有盖", by=KEEPER)
            elif standing:
                corrected = Corrected("信息股", notice(1), "马立新")
                correct_use(office, chance.choice(standing).id, corrected, "写错", by=KEEPER)
        except Refused:
            assert deed in ("refuse", "blank", "void", "correct")
    found = {one.running for one in lines(office)}
    assert found == set(range(1, 1 + len(found)))
    current = [one.running for one in lines(office) if not one.is_struck]
    assert len(current) == len(set(current))
    assert verify_office(office).findings == ()


STAMPER = """
import sys
from pathlib import Path
from govoffice_tui.clock import SetClock
from datetime import datetime
from govoffice_tui.registers.office import WRITE_PATIENCE, open_office
from tests.seal_factories import stamp
office = open_office(Path(sys.argv[1]), SetClock(datetime(2026, 10, 12, 8, 0)), WRITE_PATIENCE)
for _ in range(12):
    stamp(office, int(sys.argv[2]))
office.close()
"""


def test_two_windows_that_register_at_once_share_and_skip_no_number(sealed: TwoSeals) -> None:
    office, ours, _ = sealed
    windows = [
        subprocess.Popen([sys.executable, "-c", STAMPER, str(office.folder), str(ours)], stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for window in windows:
        _, error = window.communicate(timeout=120)
        assert window.returncode == 0, error.decode()
    found = lines(office)
    assert [one.running for one in found] == list(range(1, 25))
    assert [(one.page_number, one.page_line) for one in found] == [("签〔2026〕1号", place) for place in range(1, 25)]
    assert verify_office(office).findings == ()
