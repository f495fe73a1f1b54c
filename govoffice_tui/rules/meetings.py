"""Meetings (会议管理制度): what each type decides, where a meeting stands, and what its checklist is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused

ORGANISING = "会议管理制度第2条"
MATERIALS = "会议管理制度第3条"
MINUTES = "会议管理制度第4条"
SERVICE = "会议管理制度第5条"
SECRECY = "保密制度第2条"

SECTION = "行政股"
CLASSIFIED_TITLE = "涉密会议"
NO_PLACE = "—"
USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is taken to last where no end was given."""

FARTHEST = timedelta(days=366)


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


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    COLLECTING = "collecting"
    SETTLED = "settled"
    NOTIFIED = "notified"
    HELD = "held"
    ARCHIVED = "archived"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _STATE_TITLES[self]

    @property
    def is_ahead(self) -> bool:
        """Return whether it is still to be held on its day."""
        return self in AHEAD

    @property
    def is_held(self) -> bool:
        """Return whether it took place, so that it counts."""
        return self in (MeetingState.HELD, MeetingState.ARCHIVED)


_STATE_TITLES: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: "拟办",
    MeetingState.COLLECTING: "议题征集",
    MeetingState.SETTLED: "议题审定",
    MeetingState.NOTIFIED: "已通知",
    MeetingState.HELD: "已召开",
    MeetingState.ARCHIVED: "归档",
    MeetingState.POSTPONED: "延期",
    MeetingState.CANCELLED: "取消",
}

AHEAD = (MeetingState.PLANNED, MeetingState.COLLECTING, MeetingState.SETTLED, MeetingState.NOTIFIED)
_WAITING = (*AHEAD, MeetingState.POSTPONED)
_LIVE = (*_WAITING, MeetingState.HELD)
_CLERK = Post.SIGN_IN_KEEPER
Move = tuple[MeetingState, str, Post | None]


def _stay(states: tuple[MeetingState, ...], article: str, *verbs: str) -> dict[tuple[MeetingState, str], Move]:
    """Return moves that leave a meeting where it stands."""
    return {(state, verb): (state, article, _CLERK) for state in states for verb in verbs}


STATES = tuple(MeetingState)
MOVES: Mapping[tuple[MeetingState, str], Move] = {
    (MeetingState.PLANNED, "collect_topics"): (MeetingState.COLLECTING, SERVICE, _CLERK),
    (MeetingState.COLLECTING, "settle_topics"): (MeetingState.SETTLED, SERVICE, _CLERK),
    **{(state, "send_notices"): (MeetingState.NOTIFIED, SERVICE, _CLERK) for state in AHEAD},
    **{(state, "postpone_meeting"): (MeetingState.POSTPONED, SERVICE, _CLERK) for state in AHEAD},
    **_stay(AHEAD, SERVICE, "move_meeting"),
    (MeetingState.POSTPONED, "move_meeting"): (MeetingState.PLANNED, SERVICE, _CLERK),
    **{(state, "cancel_meeting"): (MeetingState.CANCELLED, SERVICE, _CLERK) for state in _WAITING},
    **{(state, "hold_meeting"): (MeetingState.HELD, SERVICE, _CLERK) for state in AHEAD},
    (MeetingState.HELD, "archive_meeting"): (MeetingState.ARCHIVED, SERVICE, _CLERK),
    (MeetingState.HELD, "take_back_meeting"): (MeetingState.NOTIFIED, SERVICE, _CLERK),
    (MeetingState.ARCHIVED, "take_back_meeting"): (MeetingState.HELD, SERVICE, _CLERK),
    **_stay(_LIVE, ORGANISING, "correct_meeting", "void_meeting"),
    **_stay((MeetingState.CANCELLED,), ORGANISING, "void_meeting"),
    **_stay(_WAITING, SERVICE, "add_topic", "review_topic"),
    **_stay(_LIVE, SERVICE, "correct_topic", "strike_topic", "decide_topic"),
    **_stay(_LIVE, MATERIALS, "add_material", "correct_material", "strike_material", "give_copies", "take_back_copies"),
    **_stay(_WAITING, SERVICE, "add_units", "import_attendees"),
    **{(state, "reply_notice"): (MeetingState.NOTIFIED, SERVICE, _CLERK) for state in AHEAD},
    **_stay(AHEAD, SERVICE, "take_back_reply"),
    **_stay(_LIVE, SERVICE, "fill_notice", "strike_notice", "change_attendee"),
    **_stay((*AHEAD, MeetingState.HELD), SERVICE, "mark_attendee", "add_visitor", "strike_attendee"),
    **_stay(_LIVE, SERVICE, "add_task", "change_task", "finish_task"),
    **_stay(
        (MeetingState.HELD,),
        MINUTES,
        "draft_minutes",
        "check_minutes",
        "return_minutes",
        "sign_minutes",
        "issue_minutes",
        "correct_minutes",
        "void_minutes",
        "go_without_minutes",
    ),
}
"""(state, verb) → (state after, article, post that may) of a meeting and everything that hangs on it."""

VERB_WORDS: Mapping[str, str] = {
    "collect_topics": "征集议题",
    "settle_topics": "审定议题",
    "send_notices": "发通知",
    "postpone_meeting": "延期",
    "move_meeting": "改期",
    "cancel_meeting": "取消",
    "hold_meeting": "到会核对",
    "archive_meeting": "归档",
    "take_back_meeting": "撤回",
    "correct_meeting": "更正",
    "void_meeting": "作废",
    "add_topic": "登记议题",
    "correct_topic": "更正议题",
    "strike_topic": "划去议题",
    "review_topic": "审议题",
    "decide_topic": "记议题结果",
    "add_material": "登记材料",
    "correct_material": "更正材料",
    "strike_material": "划去材料",
    "give_copies": "发放材料",
    "take_back_copies": "收回材料",
    "add_units": "添加通知单位",
    "import_attendees": "导入参会名单",
    "reply_notice": "记回执",
    "take_back_reply": "撤回回执",
    "fill_notice": "补写回执",
    "strike_notice": "划去单位",
    "change_attendee": "改参会人",
    "mark_attendee": "记到会",
    "add_visitor": "添加列席人员",
    "strike_attendee": "划去人员",
    "add_task": "添加事项",
    "change_task": "改事项",
    "finish_task": "办结事项",
    "draft_minutes": "整理纪要",
    "check_minutes": "核稿",
    "return_minutes": "退回纪要",
    "sign_minutes": "签发纪要",
    "issue_minutes": "印发纪要",
    "correct_minutes": "更正纪要",
    "void_minutes": "作废纪要",
    "go_without_minutes": "不印发纪要",
}

CLASSIFIED_VERBS = frozenset(
    {"correct_meeting", "void_meeting", "postpone_meeting", "move_meeting", "cancel_meeting", "hold_meeting"}
    | {"archive_meeting", "take_back_meeting"}
)
"""All that may be done to a 涉密会议: its number and its day, and whether it was held."""


def require_move(state: MeetingState, verb: str, is_classified: bool = False) -> MeetingState:
    """Return the state a verb leads a meeting to, or refuse it in this one."""
    words = VERB_WORDS[verb]
    if is_classified and verb not in CLASSIFIED_VERBS:
        raise Refused(f"涉密会议只记编号和日期,不能{words}。议题、名单、材料请在机要登记簿上办理。", SECRECY)
    move = MOVES.get((state, verb))
    if move is not None:
        return move[0]
    article = next((article for (_, known), (_, article, _) in MOVES.items() if known == verb), SERVICE)
    if state is MeetingState.CANCELLED:
        raise Refused(f"会议已取消,不能再{words}。仍要召开的请另行登记,编号照取下一个。", article)
    if state is MeetingState.ARCHIVED:
        raise Refused(f"会议已归档,不能再{words}。", article)
    if state is MeetingState.HELD:
        raise Refused(f"会议已召开,不能再{words}。记错了的按F4更正。", article)
    if state is MeetingState.POSTPONED:
        raise Refused(f"会议已延期,还没有定新时间,不能{words}。请先改期。", article)
    if any(known == verb and before is MeetingState.HELD for before, known in MOVES):
        raise Refused(f"会议还没有召开,不能{words}。请先在到会页核对到会。", article)
    raise Refused(f"会议现在是{state.label},不能{words}。", article)


class TopicStage(StrEnum):
    """How far a topic's review has come."""

    COLLECTED = "collected"
    FIRST = "first"
    SECOND = "second"
    DIRECTOR = "director"
    LEADER = "leader"

    @property
    def label(self) -> str:
        return {
            "collected": "已征集",
            "first": "初审",
            "second": "二审",
            "director": "主任审",
            "leader": "县领导审定",
        }[self.value]


TOPIC_STAGES = tuple(TopicStage)
"""In the order of the review: no step is left out."""


def next_stage(stage: TopicStage) -> TopicStage | None:
    """Return the step of the review that follows, None once the county's leader has settled a topic."""
    at = TOPIC_STAGES.index(stage)
    return TOPIC_STAGES[at + 1] if at + 1 < len(TOPIC_STAGES) else None


class Outcome(StrEnum):
    """What became of a topic."""

    PASSED = "passed"
    IN_PRINCIPLE = "in_principle"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"passed": "通过", "in_principle": "原则通过", "deferred": "缓议", "withdrawn": "撤下"}[self.value]


class Reply(StrEnum):
    """What a unit answered, in the order of its digit."""

    COMING = "coming"
    SUBSTITUTE = "substitute"
    EXCUSED = "excused"
    UNREACHED = "unreached"

    @property
    def label(self) -> str:
        return {"coming": "参会", "substitute": "替会", "excused": "请假", "unreached": "未接通"}[self.value]


class Mark(StrEnum):
    """How somebody stood to the meeting on its day, in the order of its digit."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def label(self) -> str:
        return {"present": "到会", "late": "迟到", "absent": "缺席", "excused": "请假"}[self.value]

    @property
    def is_attended(self) -> bool:
        """Return whether the person was there."""
        return self in (Mark.PRESENT, Mark.LATE)


class MinutesState(StrEnum):
    """Where the minutes of a meeting stand."""

    DRAFTING = "drafting"
    CHECKED = "checked"
    SIGNED = "signed"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        return {"drafting": "整理中", "checked": "已核稿", "signed": "已签发", "issued": "已印发"}[self.value]


MinutesMove = tuple[MinutesState, str, Post | None]
MINUTES_MOVES: Mapping[tuple[MinutesState, str], MinutesMove] = {
    (MinutesState.DRAFTING, "check_minutes"): (MinutesState.CHECKED, MINUTES, _CLERK),
    (MinutesState.CHECKED, "return_minutes"): (MinutesState.DRAFTING, MINUTES, _CLERK),
    (MinutesState.CHECKED, "sign_minutes"): (MinutesState.SIGNED, MINUTES, _CLERK),
    (MinutesState.SIGNED, "issue_minutes"): (MinutesState.ISSUED, MINUTES, _CLERK),
    **{
        (state, verb): (state, MINUTES, _CLERK)
        for state in MinutesState
        for verb in ("correct_minutes", "void_minutes")
    },
}
"""(state, verb) → (state after, article, post that may) of the minutes: 整理 → 核稿 → 签发 → 印发."""


def require_minutes_move(state: MinutesState | None, verb: str) -> MinutesState:
    """Return the state a verb leads minutes to, or refuse it; None is a meeting whose minutes nobody has begun."""
    words = VERB_WORDS[verb]
    if state is None:
        raise Refused(f"纪要还没有整理,不能{words}。请先登记由谁整理。", MINUTES)
    move = MINUTES_MOVES.get((state, verb))
    if move is not None:
        return move[0]
    order = "纪要先整理,再核稿,后签发,签发了才印发"
    raise Refused(f"纪要现在是{state.label},不能{words}。{order}。", MINUTES)


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


class Phase(StrEnum):
    """When a line of the checklist falls: before, during or after the meeting."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"

    @property
    def label(self) -> str:
        return {"before": "会前", "during": "会中", "after": "会后"}[self.value]


@dataclass(frozen=True)
class TaskPlan:
    """One line of a type's checklist: `days` from the meeting's day, by `by`; None is the meeting's own beginning.

    `verb` is what finishes the line by itself.
    """

    phase: Phase
    words: str
    days: int
    by: time | None
    verb: str = ""


_EVENING = time(17, 30)
_BEFORE, _DURING, _AFTER = Phase.BEFORE, Phase.DURING, Phase.AFTER
_TOPICS = (
    TaskPlan(_BEFORE, "征集议题", -7, _EVENING, "collect_topics"),
    TaskPlan(_BEFORE, "议题送审审定", -3, _EVENING, "settle_topics"),
)
_ROOM = (
    TaskPlan(_BEFORE, "会场、座签、话筒、投影", -1, _EVENING),
    TaskPlan(_DURING, "签到、到会核对", 0, None, "hold_meeting"),
    TaskPlan(_DURING, "会议记录、会场服务", 0, None),
)
_NOTICE = TaskPlan(_BEFORE, "发会议通知,收回执", -2, _EVENING, "send_notices")
_PAPERS = TaskPlan(_BEFORE, "材料印制、编号", -1, _EVENING)
_BACK = TaskPlan(_AFTER, "收回会议材料", 1, _EVENING)
_MINUTES = (
    TaskPlan(_AFTER, "纪要整理、核稿", 3, _EVENING, "check_minutes"),
    TaskPlan(_AFTER, "纪要签发", 5, _EVENING, "sign_minutes"),
    TaskPlan(_AFTER, "纪要印发", 7, _EVENING, "issue_minutes"),
)
_END = (
    TaskPlan(_AFTER, "议定事项交督办", 7, _EVENING),
    TaskPlan(_AFTER, "整理归档", 15, _EVENING, "archive_meeting"),
)
_LARGE = (
    TaskPlan(_BEFORE, "会议方案、议程、分工", -10, _EVENING),
    TaskPlan(_BEFORE, "场地、食宿、交通、安全", -3, _EVENING),
)
CHECKLISTS: Mapping[MeetingKind, tuple[TaskPlan, ...]] = {
    MeetingKind.PLENARY: (*_TOPICS, _NOTICE, _PAPERS, *_ROOM, _BACK, *_MINUTES, *_END),
    MeetingKind.EXECUTIVE: (*_TOPICS, _NOTICE, _PAPERS, *_ROOM, _BACK, *_MINUTES, *_END),
    MeetingKind.COUNTY: (*_LARGE, _NOTICE, _PAPERS, *_ROOM, *_END),
    MeetingKind.GRAND: (*_LARGE, _NOTICE, _PAPERS, *_ROOM, *_END),
    MeetingKind.SPECIAL: (_NOTICE, _PAPERS, *_ROOM, *_MINUTES, *_END),
    MeetingKind.PROPOSED: (
        TaskPlan(_BEFORE, "承办部门方案报审", -5, _EVENING),
        _NOTICE,
        _PAPERS,
        *_ROOM,
        *_MINUTES,
        *_END,
    ),
}
"""What is done before, during and after a meeting of each type (会议管理制度第5条)."""


def task_due(plan: TaskPlan, starts: datetime) -> datetime:
    """Return when a line of the checklist is to be done."""
    if plan.by is None:
        return starts
    return datetime.combine(starts.date() + timedelta(days=plan.days), plan.by)


def overlaps(starts: datetime, ends: datetime | None, others: datetime, other_ends: datetime | None) -> bool:
    """Return whether two meetings run at the same time; one may begin where the other ends."""
    return starts < (other_ends or others + USUAL_LENGTH) and others < (ends or starts + USUAL_LENGTH)


def seats_short(seats: int | None, expected: int) -> str:
    """Return in words that more people are expected than a room holds, empty where they fit or nobody wrote it."""
    if seats is None or expected <= seats:
        return ""
    return f"会场坐{seats}人,预计{expected}人,少{expected - seats}座"


def require_time(starts: datetime, ends: datetime | None, today: date) -> None:
    """Refuse a meeting that ends before it begins or lies far from today."""
    if ends is not None and ends <= starts:
        raise Refused("结束时间不晚于开始时间,请核对。", SERVICE, field="ends")
    if abs(starts.date() - today) > FARTHEST:
        raise Refused(f"{starts.year}年{starts.month}月离今天太远,请核对年份。", field="day")


def require_begun(starts: datetime, now: datetime, words: str) -> None:
    """Refuse what nobody can know before the meeting began."""
    if now < starts:
        when = f"{starts:%-H:%M}" if starts.date() == now.date() else f"{starts.month}月{starts.day}日"
        raise Refused(f"会议{when}才开始,现在还不能{words}。", SERVICE)


def days_taken(begun: date, ended: date | None) -> int | None:
    """Return how many days a step of the minutes took, None while it is open."""
    return None if ended is None else (ended - begun).days
