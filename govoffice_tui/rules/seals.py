"""印章管理制度: whose word lets which seal be used, what has to be in order before it is, and where a line stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused

KEEPING = "印章管理制度第1条"
OUTSIDE = "印章管理制度第2条"
AUTHORITY = "印章管理制度第3条"
IMPRINT = "印章管理制度第4条"
BLANK = "印章管理制度第5条"

LINES_A_PAGE = 25
"""Lines of a 签字页."""

CLASSIFIED_TITLE = "涉密件"
"""What stands in place of a title that must not be typed."""

MOST_DAYS_OUT = timedelta(days=15)
"""How far ahead the return of a seal may be expected."""

DAY_ENDS = time(18, 0)
"""From when on a seal that is not back stands red whatever was said."""

MOST_COPIES = 99_999
"""Copies and impressions of one line at the most; more is a slip of the key."""


class SealKind(StrEnum):
    """What a seal is: it decides whose word lets it be used."""

    GOVERNMENT = "government"
    OFFICE = "office"
    SPECIAL = "special"
    LEADER = "leader"

    @property
    def label(self) -> str:
        return _SEAL_TITLES[self]

    @property
    def is_of_the_government(self) -> bool:
        """Return whether the county's leaders decide over it: the government's own seal, and their name seals."""
        return self in (SealKind.GOVERNMENT, SealKind.LEADER)


_SEAL_TITLES: Mapping[SealKind, str] = {
    SealKind.GOVERNMENT: "县政府印章",
    SealKind.OFFICE: "办公室印章",
    SealKind.SPECIAL: "专用章",
    SealKind.LEADER: "领导签名章",
}


class DocumentKind(StrEnum):
    """What is stamped: documents and letters also need the signature of the deputy in charge."""

    DOCUMENT = "document"
    LETTER = "letter"
    CERTIFICATE = "certificate"
    CONTRACT = "contract"
    REPORT = "report"
    LICENCE = "licence"
    INTRODUCTION = "introduction"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _DOCUMENT_TITLES[self]

    @property
    def needs_deputy(self) -> bool:
        """Return whether 分管副主任 signs besides (各类文件、函件)."""
        return self in (DocumentKind.DOCUMENT, DocumentKind.LETTER)


_DOCUMENT_TITLES: Mapping[DocumentKind, str] = {
    DocumentKind.DOCUMENT: "公文",
    DocumentKind.LETTER: "函件",
    DocumentKind.CERTIFICATE: "证明",
    DocumentKind.CONTRACT: "合同协议",
    DocumentKind.REPORT: "报表",
    DocumentKind.LICENCE: "证照",
    DocumentKind.INTRODUCTION: "介绍信",
    DocumentKind.OTHER: "其他",
}


class SignPost(StrEnum):
    """What somebody signs as."""

    COUNTY_HEAD = "county_head"
    VICE_HEAD = "vice_head"
    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    SECTION_HEAD = "section_head"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _SIGN_TITLES[self]

    @property
    def is_county_leader(self) -> bool:
        return self in (SignPost.COUNTY_HEAD, SignPost.VICE_HEAD)


_SIGN_TITLES: Mapping[SignPost, str] = {
    SignPost.COUNTY_HEAD: "县长",
    SignPost.VICE_HEAD: "副县长",
    SignPost.DIRECTOR: "主任",
    SignPost.DEPUTY_DIRECTOR: "副主任",
    SignPost.SECTION_HEAD: "股长",
    SignPost.OTHER: "其他人员",
}

APPROVERS: Mapping[SealKind, frozenset[SignPost]] = {
    SealKind.GOVERNMENT: frozenset({SignPost.COUNTY_HEAD, SignPost.VICE_HEAD}),
    SealKind.LEADER: frozenset({SignPost.COUNTY_HEAD, SignPost.VICE_HEAD}),
    SealKind.OFFICE: frozenset({SignPost.DIRECTOR, SignPost.DEPUTY_DIRECTOR}),
    SealKind.SPECIAL: frozenset({SignPost.DIRECTOR, SignPost.DEPUTY_DIRECTOR}),
}
"""Whose word each seal needs.

The regulation names the government's seal and the office's; a leader's name seal follows the one, the office's own
special seals follow the other.
"""


def approvers_words(seal: SealKind) -> str:
    """Return who may approve a seal: 县长或副县长."""
    return "或".join(post.label for post in SignPost if post in APPROVERS[seal])


def may_approve(seal: SealKind, approver: SignPost) -> bool:
    """Return whether somebody's word lets a seal be used (印章管理制度第3条)."""
    return approver in APPROVERS[seal]


@dataclass(frozen=True)
class Signatory:
    """Somebody who signs: by name, as what, by staff id where they are on the list, and whether they are 分管副主任."""

    name: str
    post: SignPost
    person: int | None = None
    is_in_charge: bool = False

    @property
    def words(self) -> str:
        """Return 副主任 钱峰."""
        return f"{self.post.label} {self.name}"

    def is_same(self, other: Signatory) -> bool:
        """Return whether two signatures are one person's."""
        if self.person is not None and other.person is not None:
            return self.person == other.person
        return self.name == other.name


def require_authority(
    seal: SealKind, document: DocumentKind, approver: Signatory | None, deputy: Signatory | None
) -> None:
    """Refuse a stamp nobody entitled has approved, or that 分管副主任 has not signed (印章管理制度第3条).

    One signature serves for both where the approver is the deputy in charge.
    """
    if approver is None:
        raise Refused(f"还缺批准人:{seal.label}须经{approvers_words(seal)}批准。", AUTHORITY, field="approver")
    if not may_approve(seal, approver.post):
        raise Refused(
            f"{approver.words}不能批准使用{seal.label}:须经{approvers_words(seal)}批准。请补批准后再登记。",
            AUTHORITY,
            field="approver",
        )
    if not document.needs_deputy or approver.is_in_charge:
        return
    if deputy is None:
        raise Refused(f"还缺分管副主任签字:{document.label}盖章须经分管副主任签字。", AUTHORITY, field="deputy")
    if not deputy.is_in_charge:
        raise Refused(
            f"{deputy.name}不是分管副主任:{document.label}盖章须经分管副主任签字。", AUTHORITY, field="deputy"
        )


@dataclass(frozen=True)
class Checks:
    """What the keeper looks at before stamping: nothing is left out, not blank, as approved, dated and signed."""

    is_complete: bool = False
    is_not_blank: bool = False
    is_as_approved: bool = False
    is_dated_and_signed: bool = False

    @classmethod
    def all(cls) -> Checks:
        """Return all four checks made."""
        return cls(True, True, True, True)

    @property
    def left(self) -> tuple[str, ...]:
        """Return the checks that were not made, in words."""
        return tuple(_CHECK_TITLES[one.name] for one in fields(self) if not getattr(self, one.name))


_CHECK_TITLES: Mapping[str, str] = {
    "is_complete": "内容完整",
    "is_not_blank": "非空白",
    "is_as_approved": "与批准件一致",
    "is_dated_and_signed": "落款相符",
}
CHECK_TITLES = tuple(_CHECK_TITLES.values())

_BLANK = re.compile(
    "空白|空的|白纸|未填写?|没填写?|待填写?|没有内容|没写内容|无内容|先盖章?后填写?|盖章备用|预先?盖章?"
    "|空(?=介绍信|信|合同|协议|表|纸|证|函|票|收据|发票|凭证)"
)
_BLANK_FILLER = re.compile(
    "纸张|稿纸|纸|凭证|介绍信|信笺|信封|信|公文|公函|便函|函件|函|发文|稿|合同书|合同|协议书|协议|申请表|登记表|审批表"
    "|审批单|表格|表|证明|证书|证件|证|支票|票据|收据|收条|发票|便笺|便条|授权委托书|委托书|承诺书|通知书|回执|文件|单据"
    "|单|红头|函头|抬头|头|A[34]|已|打印|先|提前|备用|使用|急用|急|用|盖好|加盖|盖|印章|公章|章|好|的|了|在|上|等|和|、|式"
    r"|[0-9一二两三四五六七八九十百几若干半]+|张|份|页|本|枚|个|些|[\s()〔〕“”\"'。.;:]"
)
_REMARK = re.compile(r"\([^)]*\)")
_CLAUSES = re.compile(r"[,;。]")


def is_blank_title(title: str) -> bool:
    """Return whether a title, or a clause of it, names nothing but blank paper or a form; one about them is a document.

    A remark in brackets and what follows a comma makes no document of it: 空白信笺(某人要), 空白合同三份,急用.
    """
    closed = "".join(unicodedata.normalize("NFKC", title).split())
    return any(map(_names_only_blanks, (closed, *_CLAUSES.split(_REMARK.sub("", closed)))))


def _names_only_blanks(words: str) -> bool:
    return _BLANK.search(words) is not None and not _BLANK_FILLER.sub("", _BLANK.sub("", words))


def blank_refused(what: str) -> Refused:
    """Return the refusal to stamp blank paper, which stands in the refusal list (印章管理制度第5条)."""
    return Refused(
        f"不能盖章:{what}是空白凭证或空白纸张,一律不盖。请填写完整、经批准后再来登记。",
        BLANK,
        field="title",
        recorded=True,
    )


class ApprovalState(StrEnum):
    """Where an approval stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return {"applied": "申请", "approved": "同意", "refused": "不同意", "returned": "退回"}[self.value]


class UseState(StrEnum):
    """Where a line of the register stands."""

    WAITING = "waiting"
    USED = "used"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        return {"waiting": "待签字", "used": "已用印", "checked": "已验印"}[self.value]


class CarryState(StrEnum):
    """Where a seal's way out of the office stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    OUT = "out"
    BACK = "back"
    INSPECTED = "inspected"

    @property
    def label(self) -> str:
        return _CARRY_TITLES[self]


_CARRY_TITLES: Mapping[CarryState, str] = {
    CarryState.APPLIED: "申请",
    CarryState.APPROVED: "同意",
    CarryState.REFUSED: "不同意",
    CarryState.OUT: "外带",
    CarryState.BACK: "已归还",
    CarryState.INSPECTED: "已验收",
}

_KEEPER = Post.SEAL_KEEPER

APPROVAL_STATES = tuple(ApprovalState)
APPROVAL_MOVES: Mapping[tuple[ApprovalState, str], tuple[ApprovalState, str, Post | None]] = {
    (ApprovalState.APPLIED, "approve_stamp"): (ApprovalState.APPROVED, AUTHORITY, _KEEPER),
    (ApprovalState.APPLIED, "decline_stamp"): (ApprovalState.REFUSED, AUTHORITY, _KEEPER),
    (ApprovalState.APPLIED, "return_stamp"): (ApprovalState.RETURNED, AUTHORITY, _KEEPER),
    (ApprovalState.RETURNED, "reapply_stamp"): (ApprovalState.APPLIED, AUTHORITY, _KEEPER),
    (ApprovalState.APPROVED, "use_approval"): (ApprovalState.APPROVED, AUTHORITY, None),
    (ApprovalState.APPROVED, "amend_approval"): (ApprovalState.APPROVED, AUTHORITY, _KEEPER),
    (ApprovalState.APPROVED, "paper_approval"): (ApprovalState.APPROVED, AUTHORITY, _KEEPER),
    **{
        (state, "void_approval"): (state, AUTHORITY, _KEEPER)
        for state in (ApprovalState.APPLIED, ApprovalState.RETURNED, ApprovalState.APPROVED)
    },
}
"""(state, verb) → (state after, article, post that may) of an approval; a use is the holder's of the seal."""

STATES = tuple(UseState)
MOVES: Mapping[tuple[UseState, str], tuple[UseState, str, Post | None]] = {
    (UseState.WAITING, "sign_use"): (UseState.USED, AUTHORITY, None),
    (UseState.USED, "sign_use"): (UseState.USED, AUTHORITY, None),
    (UseState.CHECKED, "sign_use"): (UseState.CHECKED, AUTHORITY, None),
    (UseState.USED, "check_imprint"): (UseState.CHECKED, IMPRINT, None),
    **{
        (state, verb): (state, AUTHORITY, _KEEPER)
        for state in UseState
        for verb in ("correct_use", "void_use", "fill_outage")
    },
}
"""(state, verb) → (state after, article, post that may) of a line.

What was stamped on paper during an outage may be signed and completed later; whoever holds the seal signs and looks.
"""

CARRY_STATES = tuple(CarryState)
CARRY_MOVES: Mapping[tuple[CarryState, str], tuple[CarryState, str, Post | None]] = {
    (CarryState.APPLIED, "approve_carry"): (CarryState.APPROVED, OUTSIDE, _KEEPER),
    (CarryState.APPLIED, "decline_carry"): (CarryState.REFUSED, OUTSIDE, _KEEPER),
    (CarryState.APPROVED, "take_out"): (CarryState.OUT, OUTSIDE, None),
    (CarryState.APPROVED, "extend_carry"): (CarryState.APPROVED, OUTSIDE, _KEEPER),
    (CarryState.OUT, "extend_carry"): (CarryState.OUT, OUTSIDE, _KEEPER),
    (CarryState.OUT, "bring_back"): (CarryState.BACK, OUTSIDE, None),
    (CarryState.BACK, "inspect_carry"): (CarryState.INSPECTED, OUTSIDE, None),
    **{
        (state, "void_carry"): (state, OUTSIDE, _KEEPER)
        for state in (CarryState.APPLIED, CarryState.APPROVED, CarryState.REFUSED)
    },
}
"""(state, verb) → (state after, article, post that may) of a seal's way out; only whoever holds it takes it out."""

VERB_WORDS: Mapping[str, str] = {
    "approve_stamp": "登记同意",
    "decline_stamp": "登记不同意",
    "return_stamp": "退回",
    "reapply_stamp": "重新申请",
    "use_approval": "用印",
    "amend_approval": "改批准份数",
    "paper_approval": "补办手续",
    "void_approval": "作废",
    "sign_use": "登记承办人签字",
    "check_imprint": "验印",
    "correct_use": "更正",
    "void_use": "作废",
    "fill_outage": "补缺项",
    "approve_carry": "登记同意",
    "decline_carry": "登记不同意",
    "take_out": "带出",
    "extend_carry": "改归还时间",
    "bring_back": "归还",
    "inspect_carry": "验收",
    "void_carry": "作废",
}

State = TypeVar("State", ApprovalState, UseState, CarryState)


def require_move(
    moves: Mapping[tuple[State, str], tuple[State, str, Post | None]], state: State, verb: str, article: str
) -> State:
    """Return the state a verb leads to, or refuse it in this one."""
    move = moves.get((state, verb))
    if move is None:
        raise Refused(f"现在是“{state.label}”,不能{VERB_WORDS[verb]}。", article)
    return move[0]


def legal(moves: Mapping[tuple[State, str], tuple[State, str, Post | None]], state: State) -> tuple[str, ...]:
    """Return the verbs a state allows, in the order of the table."""
    return tuple(verb for (held, verb) in moves if held is state)


def require_left(approved: int, used: int, wanted: int) -> None:
    """Refuse more copies than are still approved (印章管理制度第3条)."""
    left = approved - used
    if wanted <= left:
        return
    spent = f",已用{used}份" if used else ""
    raise Refused(
        f"批准{approved}份{spent},还可盖{max(left, 0)}份,送来{wanted}份。请先由批准人改批准份数,再登记。",
        AUTHORITY,
        field="copies",
    )


@dataclass(frozen=True)
class Organ:
    """One organ of a joint document; ours is stamped here, the others stand as text."""

    name: str
    is_ours: bool = False


def require_joint(organs: Sequence[Organ]) -> None:
    """Refuse a joint document whose organs are not in order: two or more, each once, ours among them once."""
    names = [one.name for one in organs]
    if len(organs) < 2:
        raise Refused("联合行文至少写两个机关,主办机关在前。", IMPRINT, field="organs")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refused(f"{twice}写了两次,请核对用印顺序。", IMPRINT, field="organs")
    if sum(one.is_ours for one in organs) != 1:
        raise Refused("联合行文的机关里要有本单位,而且只有一次。", IMPRINT, field="organs")


def require_director(signer: Signatory) -> None:
    """Refuse a seal's way out of the office on anybody's word but the director's (印章管理制度第2条)."""
    if signer.post is not SignPost.DIRECTOR:
        raise Refused(f"{signer.words}不能批准:印章带出办公室使用,须请示主任批准。", OUTSIDE, field="approver")


def require_due(due: datetime, now: datetime) -> None:
    """Refuse a return that lies behind, or further ahead than a seal may be out."""
    if due <= now:
        raise Refused("预计归还的时间已经过了,请核对日期和时间。", OUTSIDE, field="due_at")
    if due - now > MOST_DAYS_OUT:
        raise Refused(f"印章外带最多写到{MOST_DAYS_OUT.days}天以后,请核对日期。", OUTSIDE, field="due_at")


def is_carry_overdue(out: datetime, due: datetime, now: datetime) -> bool:
    """Return whether a seal outside stands red: past its time, or not back by the end of the day it went out on."""
    return now > due or now.date() > out.date() or now.time() >= DAY_ENDS


IMPRINT_HELP = (
    "本单位制度:加盖在落款的年月日处,“齐年盖月”——章的左边缘与年相齐,月日盖在章下,印迹端正、清晰"
    "(印章管理制度第4条)。\n"
    "国家标准GB/T 9704—2012:印章端正、居中下压署名和成文日期,使署名和日期居印章中心偏下,顶端上距正文一行之内;"
    "联合行文一个署名一枚章,端正、居中、排列整齐,互不相交、相切,每排最多三枚。\n"
    "两种写法位置不同,本机只作提示,不作判断;同一单位请按领导定的一种盖。"
)
"""Where the seal goes: the office's own rule and the national standard, side by side."""


def gaps_of(
    *, approver: str, needs_deputy: bool, deputy: str, checks: Checks, agent: str, is_signed: bool
) -> tuple[str, ...]:
    """Return what a line still lacks, in the order of the rule."""
    missing: Iterable[tuple[bool, str]] = (
        (not approver, "批准人"),
        (needs_deputy and not deputy, "分管副主任签字"),
        (bool(checks.left), "核对" if checks == Checks() else f"核对({'、'.join(checks.left)})"),
        (not agent, "承办人"),
        (not is_signed, "承办人签字"),
    )
    return tuple(words for is_missing, words in missing if is_missing)
