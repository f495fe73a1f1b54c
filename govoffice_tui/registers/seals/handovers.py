"""印章交接: a seal from hand to hand, for good or for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.models import SealHandover
from govoffice_tui.registers import posts, staff
from govoffice_tui.registers.numbering import enter, shown
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import (
    keeper_of,
    require_moment,
    require_open,
    required,
    seal_of,
)
from govoffice_tui.registers.seals.signatories import settled
from govoffice_tui.registers.seals.views import HANDOVERS, SealCard
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import KEEPING, Signatory, SignPost

NAMED = ("issue", "change")
"""Handovers that name a keeper for good; the others are for a while."""


LEADERS = (SignPost.COUNTY_HEAD, SignPost.VICE_HEAD, SignPost.DIRECTOR, SignPost.DEPUTY_DIRECTOR)
"""Who may designate somebody to mind a seal."""


@dataclass(frozen=True)
class Handing:
    """What a 印章交接单 says: of what kind, to whom, under whose eyes, how the seal was found.

    `kind` is issue, change, acting or back; who minds a seal for a while is designated by a leader, until a day.
    `at` None is now.
    """

    kind: str
    receiver: int
    supervisor: str
    condition: str
    designated_by: Signatory | None = None
    until: date | None = None
    at: datetime | None = None
    paper_page: str = ""
    remark: str = ""


@dataclass(frozen=True)
class HandedOver:
    """What now stands in the book of a handover."""

    handover: int
    number: str
    seal_name: str
    receiver_name: str
    kind: str

    @property
    def words(self) -> str:
        """Return 交〔2026〕3号 办公室印章 由吴桂芳代管."""
        deed = {"issue": "由{}保管", "change": "由{}保管", "acting": "由{}代管", "back": "交还{}"}[self.kind]
        return f"{self.number} {self.seal_name} {deed.format(self.receiver_name)}"


def hand_over_seal(
    office: Office, seal: int, handing: Handing, *, by: int | None, form_key: str | None = None
) -> HandedOver:
    """Enter that a seal went from its holder to somebody else (印章交接单).

    A keeper for good holds the post 印章管理人. 代管 needs a leader's designation and a last day; there is no B角 for
    seals. Refused without a supervisor who is neither giver nor receiver, without the seal's condition, while the
    seal is out, for a time before the last handover, and where nothing changes hands.
    """
    with office.write("hand_over_seal", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _handed(office, writing.repeated_entry)
        now = local(writing.now)
        posts.require(office, "hand_over_seal", by, now.date())
        card = seal_of(office, seal)
        at = handing.at or now
        require_moment(at, now, "交接时间", "at")
        require_open(office, at.date())
        giver = _giver(office, card, handing, at)
        receiver = staff.name_of(office, handing.receiver, at.date())
        _require_receiver(office, card, handing, receiver, at.date())
        supervisor = required(handing.supervisor, "supervisor", "请写监交人:印章交接要有人监交。", KEEPING)
        giver_name = staff.name_of(office, giver, at.date()) if giver is not None else ""
        if supervisor in (receiver, giver_name):
            raise Refused("监交人不能是移交人或接收人。", KEEPING, field="supervisor")
        leader = _designation(office, handing, at.date())
        row = enter(
            office,
            writing,
            SealHandover,
            HANDOVERS,
            at.date(),
            "done",
            seal_id=seal,
            kind=handing.kind,
            giver_id=giver,
            receiver_id=handing.receiver,
            supervisor=supervisor,
            condition=required(handing.condition, "condition", "请写印章状况,如 完好、印迹清晰。", KEEPING),
            handed_at=epoch(at),
            until_day=handing.until.isoformat() if handing.until is not None else None,
            designated_by=leader.name if leader is not None else "",
            designated_post=leader.post.value if leader is not None else "",
            paper_page=checked(handing.paper_page, "paper_page"),
            remark=checked(handing.remark, "remark"),
        )
        return _handed(office, row)


def void_handover(office: Office, handover: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike the last handover of a seal; return its number.

    Refused for an earlier one, and once the receiver has stamped or counted with it.
    """
    with office.write("void_handover", by, form_key) as writing:
        if writing.repeated is not None:
            return _handed(office, handover).number
        posts.require(office, "void_handover", by, day_of(writing.now))
        rows = office.fetch(
            "SELECT seal_id, handed_at, event_day, receiver_id FROM seal_handovers WHERE id = ? AND struck_at IS NULL",
            handover,
        )
        if not rows:
            raise Refused("没有这一次交接,或已经作废。")
        seal, handed_at, day, receiver = rows[0]
        require_open(office, date.fromisoformat(day))
        why = required(reason, "why", "请写为什么作废。")
        if office.fetch(
            "SELECT 1 FROM seal_handovers WHERE seal_id = ? AND struck_at IS NULL"
            " AND (handed_at > ? OR (handed_at = ? AND id > ?)) LIMIT 1",
            seal,
            handed_at,
            handed_at,
            handover,
        ):
            raise Refused("后面还有交接,只能作废最近的一次。", KEEPING)
        if office.fetch(
            "SELECT 1 FROM seal_uses WHERE seal_id = ? AND keeper_id = ? AND stamped_at >= ? AND struck_at IS NULL"
            " LIMIT 1",
            seal,
            receiver,
            handed_at,
        ):
            raise Refused("接收人已经用过这枚印章,不能作废,请再办一次交接。", KEEPING)
        writing.strike(SealHandover, handover, why)
        return _handed(office, handover).number


def _giver(office: Office, card: SealCard, handing: Handing, at: datetime) -> int | None:
    """Return who gives a seal away; refused where this kind of handover cannot be now."""
    holding = card.holding
    if card.is_out:
        raise Refused(f"{card.name}正在外带,归还以后再交接。", KEEPING, field="seal")
    if card.to_day is not None and at.date() > card.to_day:
        raise Refused(f"{card.name}已停用,不再交接。", KEEPING, field="seal")
    if holding is None:
        if handing.kind != "issue":
            raise Refused(f"{card.name}还没有保管人,请先登记启用。", KEEPING, field="kind")
        return None
    if handing.kind == "issue":
        raise Refused(f"{card.name}已{holding.kept_words},请选专人变更或代管。", KEEPING, field="kind")
    if handing.kind == "back" and not holding.is_acting:
        raise Refused(f"{card.name}在保管人{holding.name}手里,不用交还。", KEEPING, field="kind")
    if at < holding.since:
        raise Refused(f"交接时间早于上一次交接({holding.since:%Y-%m-%d %H:%M})。", KEEPING, field="at")
    used = office.fetch(
        "SELECT 1 FROM seal_uses WHERE seal_id = ? AND keeper_id = ? AND stamped_at > ? AND struck_at IS NULL LIMIT 1",
        card.id,
        holding.person,
        epoch(at),
    )
    if used:
        raise Refused(f"{holding.name}在这以后还用过{card.name},请核对交接时间。", KEEPING, field="at")
    if handing.receiver == holding.person:
        raise Refused(f"{card.name}已在{holding.name}手里。", KEEPING, field="receiver")
    return holding.person


def _require_receiver(office: Office, card: SealCard, handing: Handing, name: str, day: date) -> None:
    if not staff.memberships_on(office, handing.receiver, day):
        raise Refused(f"{name or '这个人'}不在册,不能保管印章。", KEEPING, field="receiver")
    if handing.kind == "back" and handing.receiver != keeper_of(office, card.id):
        assert card.holding is not None
        raise Refused(f"代管的印章交还保管人{card.holding.keeper_name}。", KEEPING, field="receiver")
    if handing.kind in NAMED and Post.SEAL_KEEPER not in posts.vacant(office):
        holders = {one.staff for one in posts.holdings_on(office, day) if one.post is Post.SEAL_KEEPER}
        if handing.receiver not in holders:
            raise Refused(f"{name}不是印章管理人。请先在设置里指定,临时保管的请选代管。", KEEPING, field="receiver")


def _designation(office: Office, handing: Handing, day: date) -> Signatory | None:
    """Return the leader who designated whoever minds a seal; refused for 代管 without one and without a last day."""
    if handing.kind != "acting":
        return None
    if handing.designated_by is None:
        raise Refused("代管要由领导指定,请写哪位领导。印章没有B角。", KEEPING, field="designated_by")
    leader = settled(office, handing.designated_by, day, "designated_by")
    if leader.post not in LEADERS:
        raise Refused(f"{leader.words}不能指定代管,要由主任、副主任或县领导指定。", KEEPING, field="designated_by")
    if handing.until is None:
        raise Refused("请写代管到哪一天。", KEEPING, field="until")
    if handing.until < day:
        raise Refused("代管的止日早于交接,请核对。", field="until")
    if (handing.until - day).days > 366:
        raise Refused("代管最长一年,更长的请办专人变更。", KEEPING, field="until")
    return leader


def _handed(office: Office, handover: int) -> HandedOver:
    year, number, name, receiver, day, kind = office.fetch(
        "SELECT h.year, h.number, s.name, h.receiver_id, h.event_day, h.kind FROM seal_handovers h"
        " JOIN seals s ON s.id = h.seal_id WHERE h.id = ?",
        handover,
    )[0]
    who = staff.name_of(office, receiver, date.fromisoformat(day))
    return HandedOver(handover, shown(HANDOVERS, year, number), name, who, kind)
