"""What is asked to be stamped and whose consent it has, as it may be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SealApproval, SealItem
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.reviews import workday_after
from govoffice_tui.registers.seals.checks import (
    require_day,
    require_moment,
    require_open,
    required,
)
from govoffice_tui.registers.seals.signatories import settled
from govoffice_tui.registers.seals.views import APPROVALS
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.blank_paper import BLANK, blank_refused, is_blank_title
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import APPROVAL_MOVES, ApprovalState, require_move
from govoffice_tui.rules.seals import (
    AUTHORITY,
    CLASSIFIED_TITLE,
    MOST_COPIES,
    DocumentKind,
    Organ,
    SealKind,
    Signatory,
    read_classified,
    require_authority,
    require_joint,
)

PHONE_DAYS = 7
"""How many days back a telephone approval may be entered."""


@dataclass(frozen=True)
class Title:
    """One document to be stamped: its title, number, kind, and how often.

    `approved` are the copies the approver let, those brought where nothing is said. `impressions` that are not copies
    × `per_copy` need a reason. A classified one has no title and no number, but the book and page of the paper
    register. `organs` are those of a joint document, 主办 first.
    """

    title: str
    kind: DocumentKind
    copies: int = 1
    per_copy: int = 1
    document_number: str = ""
    approved: int | None = None
    impressions: int | None = None
    impressions_reason: str = ""
    is_classified: bool = False
    paper_book: str = ""
    paper_page: str = ""
    organs: tuple[Organ, ...] = ()


@dataclass(frozen=True)
class Consent:
    """Who let a stamp be made and how: by paper or telephone, and the deputy's signature where one is needed."""

    approver: Signatory | None = None
    approved_day: date | None = None
    deputy: Signatory | None = None
    deputy_day: date | None = None
    is_by_phone: bool = False
    phone_at: datetime | None = None
    phone_number: str = ""


@dataclass(frozen=True)
class Request:
    """What a unit asks for: which seal, whose paper, by whom it is brought."""

    seal: int
    unit: str
    agent: str = ""
    unit_head: str = ""
    attachments: str = ""
    paper_page: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Decided:
    """What now stands in the book of an approval."""

    approval: int
    number: str
    state: ApprovalState
    unit: str

    @property
    def words(self) -> str:
        """Return 批〔2026〕12号 教育局 同意."""
        return f"{self.number} {self.unit} {self.state.label}"


def insert_approval(
    office: Office,
    writing: Change,
    request: Request,
    titles: Sequence[Title],
    state: ApprovalState,
    values: dict[str, Value],
    event_day: date | None = None,
) -> tuple[int, list[int]]:
    """Write an approval with its titles and return their rows; inside a writing transaction only."""
    ready = checked_titles(titles)
    require_some(ready)
    day = event_day or day_of(writing.now)
    require_open(office, day)
    row = enter(
        office,
        writing,
        SealApproval,
        APPROVALS,
        day,
        state.value,
        seal_id=request.seal,
        **request_values(request),
        **values,
    )
    return row, insert_items(writing, row, ready)


def consent_values(
    office: Office, writing: Change, consent: Consent, seal: SealKind, kinds: Sequence[DocumentKind]
) -> dict[str, Value]:
    """Return the columns of a consent, ruled by the matrix for every kind of document it is to serve.

    A telephone approval needs its time and number; its paper is due the next workday.
    """
    today = day_of(writing.now)
    if consent.approver is None:
        require_authority(seal, DocumentKind.OTHER, None, None)
        raise AssertionError
    day = consent.approved_day or today
    require_day(day, today, "批准日期", "approved_day")
    approver = settled(office, consent.approver, day)
    signed = consent.deputy_day or today
    require_day(signed, today, "签字日期", "deputy_day")
    deputy = None if consent.deputy is None else settled(office, consent.deputy, signed, "deputy")
    for kind in dict.fromkeys(kinds):
        require_authority(seal, kind, approver, deputy)
    values: dict[str, Value] = {
        "approver_id": approver.person,
        "approver_name": approver.name,
        "approver_post": approver.post.value,
        "approved_day": day.isoformat(),
        "mode": "paper",
    }
    if deputy is None and approver.is_in_charge:
        deputy, signed = approver, day
    if deputy is not None:
        values |= {"deputy_id": deputy.person, "deputy_name": deputy.name, "deputy_day": signed.isoformat()}
    if consent.is_by_phone:
        values |= _phone_values(office, writing, consent)
    return values


def checked_title(title: Title) -> Title:
    """Return a title as it may be stored.

    Refused for blank paper (on record), for what bears a classification mark, a classified one without its page in
    the paper register, numbers that cannot be, and organs out of order.
    """
    text = checked(title.title, "title")
    said = read_classified(text)
    if said is not None:
        book, page = title.paper_book or said[0], title.paper_page or said[1]
        title = replace(title, is_classified=True, paper_book=book, paper_page=page)
    if not title.is_classified and is_blank_title(text):
        raise blank_refused(f"“{text}”")
    book, page = checked(title.paper_book, "paper_book"), checked(title.paper_page, "paper_page")
    number = checked(title.document_number, "document_number")
    if title.is_classified:
        if not (book and page):
            raise Refused("涉密件请写在机要登记簿第几册第几页。", "保密制度第3条", field="paper_book")
        if number:
            raise Refused("涉密件不写文号,机要登记簿上有。", "保密制度第3条", field="document_number")
        text = CLASSIFIED_TITLE
    if not text:
        raise Refused("请写文件标题或事由。", AUTHORITY, field="title")
    require_count(title.copies, "copies", "份数")
    require_count(title.per_copy, "per_copy", "每份枚数")
    if title.approved is not None:
        require_count(title.approved, "approved", "批准份数")
    organs = tuple(Organ(checked(one.name, "organs"), one.is_ours) for one in title.organs)
    if organs:
        require_joint(organs)
    return replace(title, title=text, document_number=number, paper_book=book, paper_page=page, organs=organs)


def checked_titles(titles: Sequence[Title]) -> list[Title]:
    """Return the titles of one approval as they may be stored; a refusal of a further one stands under the batch."""
    return [checked_title(one) if place == 1 else _checked_in_batch(one, place) for place, one in enumerate(titles, 1)]


def _checked_in_batch(title: Title, place: int) -> Title:
    try:
        return checked_title(title)
    except Refused as refused:
        words = f"同批第{place - 1}行:{refused.message}"
        raise Refused(words, refused.article, "batch", recorded=refused.recorded) from refused


def require_state(office: Office, approval: int, verb: str) -> tuple[int, ApprovalState]:
    """Return an approval's seal and the state a verb leads to, or refuse."""
    rows = office.fetch("SELECT seal_id, state, struck_at, event_day FROM seal_approvals WHERE id = ?", approval)
    if not rows:
        raise Refused("没有这份审批单。")
    seal, state, struck, day = rows[0]
    if struck is not None:
        raise Refused("这份审批单已经作废或更正,请看最新的一份。")
    after = require_move(APPROVAL_MOVES, ApprovalState(state), verb, AUTHORITY)
    if verb not in ("use_approval", "amend_approval"):
        require_open(office, date.fromisoformat(day))
    return seal, after


def copies_used(office: Office, item: int, without: int = 0) -> int:
    """Return the copies of a title that standing lines have stamped or are to stamp."""
    used = office.fetch(
        "SELECT coalesce(sum(u.copies), 0) FROM seal_items i JOIN seal_uses u ON u.approval_id = i.approval_id"
        " AND u.item_id = i.id WHERE i.id = ? AND u.struck_at IS NULL AND u.id <> ?",
        item,
        without,
    )
    return int(used[0][0])


def decided(office: Office, approval: int) -> Decided:
    """Return what stands in the book of an approval."""
    year, number, state, unit = office.fetch(
        "SELECT year, number, state, unit FROM seal_approvals WHERE id = ?", approval
    )[0]
    return Decided(approval, shown(APPROVALS, year, number), ApprovalState(state), unit)


def _phone_values(office: Office, writing: Change, consent: Consent) -> dict[str, Value]:
    now = local(writing.now)
    if consent.phone_at is None:
        raise Refused("电话批准要写几点通的电话。", AUTHORITY, field="phone_at")
    require_moment(consent.phone_at, now, "通话时间", "phone_at")
    if (now.date() - consent.phone_at.date()).days > PHONE_DAYS:
        raise Refused("电话批准过了一星期,请补书面审批后再登记。", AUTHORITY, field="phone_at")
    number = required(consent.phone_number, "phone_number", "电话批准要写电话号码。", AUTHORITY)
    return {
        "mode": "phone",
        "phone_at": epoch(consent.phone_at),
        "phone_number": number,
        "approved_day": consent.phone_at.date().isoformat(),
        "follow_up_day": workday_after(office, consent.phone_at.date(), 1).isoformat(),
    }


def request_values(request: Request) -> dict[str, Value]:
    """Return the columns of what a unit asks for; refused without a unit."""
    return {
        "unit": required(request.unit, "unit", "请写用印单位。", AUTHORITY),
        "unit_head": checked(request.unit_head, "unit_head"),
        "agent": checked(request.agent, "agent"),
        "attachments": checked(request.attachments, "attachments"),
        "paper_page": checked(request.paper_page, "paper_page"),
        "remark": checked(request.remark, "remark"),
    }


def insert_items(writing: Change, approval: int, titles: Sequence[Title]) -> list[int]:
    """Write the titles of an approval and return their rows; inside a writing transaction only."""
    return [
        writing.insert(
            SealItem,
            approval_id=approval,
            place=place,
            title=one.title,
            document_number=one.document_number,
            kind=one.kind.value,
            copies=one.copies if one.approved is None else one.approved,
            per_copy=one.per_copy,
            is_classified=int(one.is_classified),
            paper_book=one.paper_book,
            paper_page=one.paper_page,
            entered_at=writing.now,
            entered_by=writing.operator,
        )
        for place, one in enumerate(titles, 1)
    ]


def require_some(titles: Sequence[Title]) -> None:
    """Refuse a request for nothing: that would be a stamp on blank paper."""
    if not titles:
        raise Refused("没有写要盖章的文件。", BLANK, field="title")


def require_count(count: int, field: str, words: str) -> None:
    """Refuse a number of copies or impressions that cannot be."""
    if not 1 <= count <= MOST_COPIES:
        raise Refused(f"{words}写1到{MOST_COPIES}。", field=field)
