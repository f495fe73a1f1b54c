"""The rules of the seals: the whole matrix of authority, the moves, what blank paper is, and what a line lacks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govoffice_tui.rules import seals
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.authority import VERBS
from govoffice_tui.rules.blank_paper import BLANK, blank_refused, is_blank_title
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import (
    APPROVAL_MOVES,
    APPROVAL_STATES,
    CARRY_MOVES,
    CARRY_STATES,
    MOVES,
    STATES,
    VERB_WORDS,
    legal,
    require_move,
)
from govoffice_tui.rules.seals import (
    AUTHORITY,
    Checks,
    DocumentKind,
    Organ,
    SealKind,
    Signatory,
    SignPost,
    gaps_of,
    read_classified,
    require_authority,
    require_joint,
    require_left,
)

DEPUTY = Signatory("钱峰", SignPost.DEPUTY_DIRECTOR, 2, is_in_charge=True)

REGULATION = {
    "government": {"county_head", "vice_head"},
    "leader": {"county_head", "vice_head"},
    "office": {"director", "deputy_director"},
    "special": {"director", "deputy_director"},
}
"""使用政府印章须经政府领导批准,使用办公室印章须经主任或副主任批准 (第3条), written out a second time."""

WITH_DEPUTY = {"document", "letter"}
"""各类文件、函件盖章须经分管副主任签字 (第3条)."""


def ruling(
    seal: SealKind, document: DocumentKind, approver: Signatory | None, deputy: Signatory | None
) -> tuple[str, str] | None:
    """Return the field and article of a refusal, None where the stamp may be made."""
    try:
        require_authority(seal, document, approver, deputy)
    except Refused as refusal:
        return str(refusal.field), refusal.article
    return None


@pytest.mark.parametrize(("seal", "document", "post"), product(SealKind, DocumentKind, SignPost))
def test_every_seal_by_every_post_for_every_kind_is_as_the_regulation_says(
    seal: SealKind, document: DocumentKind, post: SignPost
) -> None:
    may = post.value in REGULATION[seal.value]
    needs_deputy = document.value in WITH_DEPUTY
    approver = Signatory("某人", post, 1)
    assert ruling(seal, document, approver, DEPUTY) == (None if may else ("approver", AUTHORITY))
    alone = ruling(seal, document, approver, None)
    assert alone == (("approver", AUTHORITY) if not may else ("deputy", AUTHORITY) if needs_deputy else None)
    wrong = ruling(seal, document, approver, Signatory("别人", SignPost.DEPUTY_DIRECTOR, 3))
    assert wrong == alone
    in_charge = Signatory("钱峰", post, 2, is_in_charge=True)
    assert ruling(seal, document, in_charge, None) == (None if may else ("approver", AUTHORITY))
    assert ruling(seal, document, None, DEPUTY) == ("approver", AUTHORITY)


@pytest.mark.parametrize(
    ("states", "moves"),
    [(STATES, MOVES), (APPROVAL_STATES, APPROVAL_MOVES), (CARRY_STATES, CARRY_MOVES)],
    ids=["uses", "approvals", "carries"],
)
def test_every_move_is_in_the_table_and_every_other_is_refused(
    states: tuple[Any, ...], moves: Mapping[tuple[Any, str], tuple[Any, str, Any]]
) -> None:
    verbs = {verb for _, verb in moves}
    assert verbs <= VERBS.keys() & VERB_WORDS.keys()
    for state, verb in product(states, sorted(verbs)):
        if (state, verb) in moves:
            after, article, _ = moves[state, verb]
            assert require_move(moves, state, verb, article) is after
            assert article_text(article)
            assert verb in legal(moves, state)
        else:
            with pytest.raises(Refused, match=f"现在是“{state.label}”,不能{VERB_WORDS[verb]}"):
                require_move(moves, state, verb, AUTHORITY)
    reached = {after for after, _, _ in moves.values()}
    assert set(states) - reached <= {states[0]}


@pytest.mark.parametrize(
    "title",
    ["空白介绍信", "空白纸", "空白A4纸两张", "(空白)信笺", "空白", "公文用空白纸张", "空白合同书3份", "介绍信(空白)",
     "盖好章的空白介绍信10张", "未填写的证明2份", "空 白 介 绍 信", "空白凭证、空白纸张", "已打印的空白介绍信",
     "白纸3张", "空合同两份", "介绍信(未填)", "先盖章后填",
     "空白协议书三份,领导急用", "空白信笺(某科长要)", "空白授权委托书", "Ａ４空白纸", "待填的证明", "空白发文稿纸"],
)  # fmt: skip
def test_blank_paper_is_known_by_what_is_written_of_it(title: str) -> None:
    assert is_blank_title(title)


@pytest.mark.parametrize(
    "title",
    ["关于空白介绍信管理的通知", "空白凭证管理办法", "填补空白项目的证明", "填补国内空白证书", "关于做好防汛工作的通知",
     "介绍信", "合同", "2026年工作要点", "", "清点空白介绍信,登记造册的报告", "空调采购合同", "航空信函证明",
     "关于启用(空白)介绍信的函", "未填报事项的证明", "高空作业证"],
)  # fmt: skip
def test_a_document_about_blank_paper_is_a_document(title: str) -> None:
    assert not is_blank_title(title)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("涉密件", ("", "")),
        (" 涉 密 件 ", ("", "")),
        ("涉密件,见机要第3册第12页", ("3", "12")),
        ("涉密件\uff0c见机要第\uff13册第12页", ("3", "12")),
        ("涉密件,见机要第__册第__页", ("", "")),
        ("涉密件销毁清单", None),
        ("关于涉密件的通知", None),
        ("", None),
    ],
)
def test_a_title_that_says_classified_is_read_with_its_page(title: str, read: tuple[str, str] | None) -> None:
    assert read_classified(title) == read


def test_the_refusal_of_blank_paper_is_kept_on_record() -> None:
    refusal = blank_refused("“空白介绍信”")
    assert refusal.recorded
    assert refusal.article == BLANK


@settings(max_examples=60, deadline=None)
@given(approved=st.integers(1, 500), used=st.integers(0, 500), wanted=st.integers(1, 500))
def test_never_more_copies_than_are_approved(approved: int, used: int, wanted: int) -> None:
    if used + wanted <= approved:
        require_left(approved, used, wanted)
    else:
        with pytest.raises(Refused, match="先由批准人改批准份数") as refusal:
            require_left(approved, used, wanted)
        assert (refusal.value.article, refusal.value.field) == (AUTHORITY, "copies")


def test_a_joint_document_has_its_organs_once_each_and_ours_among_them() -> None:
    ours, other = Organ("测试县人民政府办公室", True), Organ("县财政局")
    require_joint([other, ours])
    for wrong in ([ours], [ours, ours], [other, Organ("县教育局")], [other, other, ours]):
        with pytest.raises(Refused) as refusal:
            require_joint(wrong)
        assert refusal.value.article == seals.IMPRINT


def test_what_a_line_lacks_is_named_in_the_order_of_the_rule() -> None:
    assert gaps_of(approver="", needs_deputy=True, deputy="", checks=Checks(), agent="", is_signed=False) == (
        "批准人",
        "分管副主任签字",
        "核对",
        "承办人",
        "承办人签字",
    )
    whole = gaps_of(approver="赵敏", needs_deputy=False, deputy="", checks=Checks.all(), agent="马骏", is_signed=True)
    assert whole == ()


def test_where_the_seal_goes_is_told_in_both_ways() -> None:
    assert "齐年盖月" in seals.IMPRINT_HELP
    assert "GB/T 9704" in seals.IMPRINT_HELP
