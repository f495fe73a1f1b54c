"""印章管理制度: whose word lets which seal be used, and what has to be in order before it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from enum import StrEnum

from govoffice_tui.rules.refusal import Refused

KEEPING = "印章管理制度第1条"
OUTSIDE = "印章管理制度第2条"
AUTHORITY = "印章管理制度第3条"
IMPRINT = "印章管理制度第4条"

LINES_A_PAGE = 25
"""Lines of a 签字页."""

CLASSIFIED_TITLE = "涉密件"
"""What stands in place of a title that must not be typed."""

_CLASSIFIED = re.compile(
    "涉密件(?:[,:]?(?:详?见)?机要(?:登记簿)?(?:第?(?P<book>[^第册页]{1,12})册)?(?:第?(?P<page>[^第册页]{1,12})页)?)?"
)


def read_classified(title: str) -> tuple[str, str] | None:
    """Return book and page of 机要登记簿 where a title says 涉密件, empty where unsaid; None for any other title."""
    found = _CLASSIFIED.fullmatch("".join(unicodedata.normalize("NFKC", title).split()))
    return None if found is None else ((found["book"] or "").strip("_"), (found["page"] or "").strip("_"))


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
