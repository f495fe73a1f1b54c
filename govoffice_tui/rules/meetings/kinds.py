"""What each type of meeting decides: who organises it, leads its materials and signs its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from govoffice_tui.rules.meetings.articles import MATERIALS, MINUTES, ORGANISING
from govoffice_tui.rules.refusal import Refused

SECTION = "行政股"
CLASSIFIED_TITLE = "涉密会议"
NO_PLACE = "—"


class MeetingKind(StrEnum):
    """The types of meeting of 会议管理制度第2条, and 专题会议 of 第4条."""

    PLENARY = "plenary"
    EXECUTIVE = "executive"
    COUNTY = "county"
    GRAND = "grand"
    SPECIAL = "special"
    PROPOSED = "proposed"

    @property
    def label(self) -> str:
        return TYPES[self].label

    @property
    def short(self) -> str:
        """Return two or three characters for a narrow column."""
        return TYPES[self].short


class Leader(StrEnum):
    """Whose meeting it is: the county head's, or that of a vice head in charge."""

    HEAD = "head"
    VICE = "vice"

    @property
    def label(self) -> str:
        return {"head": "县长", "vice": "分管副县长"}[self.value]


class SignerPost(StrEnum):
    """As what somebody signs minutes."""

    HEAD = "head"
    VICE = "vice"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"head": "县长", "vice": "分管副县长", "other": "其他"}[self.value]


@dataclass(frozen=True)
class Ruling:
    """What the regulation decides, in words as they print, and the article it rests on."""

    words: str
    article: str


@dataclass(frozen=True)
class MeetingType:
    """What one type decides: who organises, whose meeting it can be, and who signs its minutes.

    `organiser` is empty where a body of its own organises, which is then named; `needs_partner` is where a department
    stands beside the section; `signer` None is where the article names nobody.
    """

    label: str
    short: str
    organiser: str
    organised: str
    needs_partner: bool
    leaders: tuple[Leader, ...]
    signer: SignerPost | None
    drafted: str
    has_topics: bool
    has_sittings: bool = False


_BOTH = (Leader.HEAD, Leader.VICE)
TYPES: Mapping[MeetingKind, MeetingType] = {
    MeetingKind.PLENARY: MeetingType(
        "县政府全体会议",
        "全体",
        SECTION,
        "行政股牵头,办公室相关人员配合",
        False,
        (Leader.HEAD,),
        None,
        "指定专人",
        True,
    ),
    MeetingKind.EXECUTIVE: MeetingType(
        "县政府常务会议",
        "常务",
        SECTION,
        "行政股牵头,办公室相关人员配合",
        False,
        (Leader.HEAD,),
        SignerPost.HEAD,
        "专人",
        True,
        has_sittings=True,
    ),
    MeetingKind.COUNTY: MeetingType(
        "全县性会议", "全县", SECTION, "行政股会同有关部门", True, _BOTH, None, "指定专人", False
    ),
    MeetingKind.GRAND: MeetingType(
        "特大型会议", "特大", "", "专门的会议领导机构", False, _BOTH, None, "指定专人", False
    ),
    MeetingKind.SPECIAL: MeetingType(
        "县政府专题会议",
        "专题",
        "",
        "承办部门,行政股指导落实",
        False,
        (Leader.VICE, Leader.HEAD),
        SignerPost.VICE,
        "对口文秘人员或主任指定专人",
        True,
    ),
    MeetingKind.PROPOSED: MeetingType(
        "部门提请召开的全县性会议",
        "部门",
        "",
        "承办部门,行政股指导落实",
        False,
        (Leader.VICE, Leader.HEAD),
        SignerPost.VICE,
        "对口文秘人员或主任指定专人",
        False,
    ),
}
"""会议管理制度第2条至第4条 as one table."""


def organiser_ruling(kind: MeetingKind) -> Ruling:
    """Return who organises a type of meeting (会议管理制度第2条)."""
    return Ruling(TYPES[kind].organised, ORGANISING)


def materials_ruling(kind: MeetingKind, leader: Leader) -> Ruling:
    """Return who leads the materials (会议管理制度第3条).

    Comprehensive meetings (全体, 常务) and the county head's are the deputy director's; a vice head's professional
    meetings are written by the writers of his field with the departments.
    """
    if kind in (MeetingKind.PLENARY, MeetingKind.EXECUTIVE) or leader is Leader.HEAD:
        return Ruling("分管副主任牵头,资料动态股配合", MATERIALS)
    return Ruling("对口文秘人员与相关部门承担", MATERIALS)


def signer_ruling(kind: MeetingKind) -> Ruling | None:
    """Return who signs the minutes (会议管理制度第4条), None where the article names nobody."""
    signer = TYPES[kind].signer
    return Ruling(f"{signer.label}签发", MINUTES) if signer is not None else None


def require_organiser(kind: MeetingKind, organiser: str, partner: str) -> None:
    """Refuse an organiser the type does not allow (会议管理制度第2条)."""
    decided = TYPES[kind]
    if decided.organiser:
        if organiser != decided.organiser:
            raise Refused(
                f"{decided.label}由{decided.organised},组织单位应写{decided.organiser}。", ORGANISING, field="organiser"
            )
        if decided.needs_partner and not partner:
            raise Refused(f"{decided.label}由{decided.organised}组织筹备,请写会同的部门。", ORGANISING, field="partner")
        return
    if not organiser:
        who = "会议领导机构" if kind is MeetingKind.GRAND else "承办部门"
        raise Refused(f"{decided.label}由{who}组织,请写是哪一个。", ORGANISING, field="organiser")
    if organiser == SECTION:
        who = "专门的会议领导机构组织" if kind is MeetingKind.GRAND else "承办部门组织筹备,行政股只作指导"
        raise Refused(f"{decided.label}由{who},组织单位不能写行政股。", ORGANISING, field="organiser")


def require_leader(kind: MeetingKind, leader: Leader) -> None:
    """Refuse a vice head's meeting where the type is the county head's own."""
    decided = TYPES[kind]
    if leader not in decided.leaders:
        raise Refused(f"{decided.label}是县长的会议,不能按副县长的会议办。", MATERIALS, field="leader")


def require_signer(kind: MeetingKind, post: SignerPost) -> None:
    """Refuse minutes signed by whom the article does not name (会议管理制度第4条); a higher leader is accepted."""
    needed = TYPES[kind].signer
    if needed is None or post is needed or (needed is SignerPost.VICE and post is SignerPost.HEAD):
        return
    raise Refused(f"{TYPES[kind].label}纪要由{needed.label}签发,不能由{post.label}签发。", MINUTES, field="signer_post")
