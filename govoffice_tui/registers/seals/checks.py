"""What every act of the seal register looks at first: the seal, who holds it, whether it is out, texts and days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, day_of, local
from govoffice_tui.journal.change import Change
from govoffice_tui.registers import closing, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.views import REGISTER, WORDS, Holding, SealCard
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import CarryState
from govoffice_tui.rules.seals import KEEPING, OUTSIDE, SealKind

OLDEST = timedelta(days=366)
"""How long ago an approval or a signature may lie."""


def required(raw: str, field: str, sentence: str, article: str = "") -> str:
    """Return a text that may not be left out, checked."""
    text = checked(raw, field)
    if not text:
        raise Refused(sentence, article, field=field)
    return text


def require_open(office: Office, day: date) -> None:
    """Refuse to write in a month of the seal register under seal."""
    closing.require_open(office, REGISTER, day, WORDS)


def require_day(day: date, today: date, words: str, field: str) -> None:
    """Refuse a day that has not come, or that lies over a year back."""
    if day > today:
        raise Refused(f"{words}{chinese_short_day(day)}还没有到。", field=field)
    if today - day > OLDEST:
        raise Refused(f"{words}{day.year}年{day.month}月离今天太远,请核对年份。", field=field)


def require_moment(moment: datetime, now: datetime, words: str, field: str) -> None:
    """Refuse a time that has not come, or that lies over a year back."""
    if moment > now:
        raise Refused(f"{words}{chinese_short_day(moment.date())}{moment:%-H:%M}还没有到。", field=field)
    require_day(moment.date(), now.date(), words, field)


def seal_of(office: Office, seal: int) -> SealCard:
    """Return one seal as it stands; refused where there is none."""
    rows = office.fetch(
        "SELECT name, kind, place, from_day, to_day, remark FROM seals WHERE id = ? AND struck_at IS NULL", seal
    )
    if not rows:
        raise Refused("没有这枚印章。", field="seal")
    name, kind, place, first, last, remark = rows[0]
    return SealCard(
        seal,
        name,
        SealKind(kind),
        place,
        date.fromisoformat(first),
        date.fromisoformat(last) if last else None,
        holding_of(office, seal),
        carry_of(office, seal),
        remark,
    )


def holding_of(office: Office, seal: int) -> Holding | None:
    """Return who holds a seal by the last handover, None before it was first handed out."""
    rows = office.fetch(
        "SELECT kind, receiver_id, handed_at, until_day FROM seal_handovers WHERE seal_id = ? AND struck_at IS NULL"
        " ORDER BY handed_at DESC, id DESC LIMIT 1",
        seal,
    )
    if not rows:
        return None
    kind, receiver, handed, until = rows[0]
    is_acting = kind == "acting"
    keeper = keeper_of(office, seal) if is_acting else receiver
    assert keeper is not None
    today = day_of(handed)
    name = staff.name_of(office, receiver, today)
    return Holding(
        receiver,
        name,
        local(handed),
        is_acting,
        date.fromisoformat(until) if until else None,
        keeper,
        name if keeper == receiver else staff.name_of(office, keeper, today),
    )


def keeper_of(office: Office, seal: int) -> int | None:
    """Return who is named to keep a seal, whoever may mind it now."""
    rows = office.fetch(
        "SELECT receiver_id FROM seal_handovers WHERE seal_id = ? AND struck_at IS NULL AND kind IN ('issue', 'change')"
        " ORDER BY handed_at DESC, id DESC LIMIT 1",
        seal,
    )
    return int(rows[0][0]) if rows else None


def carry_of(office: Office, seal: int) -> int | None:
    """Return the 外带 a seal is out on, None while it is in the office."""
    rows = office.fetch(
        "SELECT id FROM seal_carries WHERE seal_id = ? AND state = ? AND struck_at IS NULL ORDER BY id DESC LIMIT 1",
        seal,
        CarryState.OUT.value,
    )
    return int(rows[0][0]) if rows else None


def require_usable(office: Office, seal: int, day: date) -> SealCard:
    """Return a seal that is in use on a day, or refuse."""
    card = seal_of(office, seal)
    if not card.is_in_use(day):
        since = f"从{chinese_short_day(card.from_day)}起启用" if day < card.from_day else "已停用"
        raise Refused(f"{card.name}{since},不能用印。", KEEPING, field="seal")
    return card


def require_holder(office: Office, writing: Change, card: SealCard, carry: int | None = None) -> Holding:
    """Refuse a stamp by anybody but whoever holds the seal, and one in the office while the seal is out.

    `carry` is the 外带 that what is stamped belongs to.
    """
    day, holding = day_of(writing.now), card.holding
    if holding is None:
        raise Refused(f"{card.name}还没有保管人,请先办印章交接(启用)。", KEEPING, field="seal")
    if writing.operator != holding.person:
        name = staff.name_of(office, writing.operator, day) if writing.operator is not None else "现在的经办人"
        raise Refused(
            f"{card.name}现{holding.kept_words},{name}不能用印。请由{holding.name}按F9登记,或先办印章交接。",
            KEEPING,
            field="seal",
        )
    if holding.until is not None and day > holding.until:
        raise Refused(
            f"{holding.name}代管{card.name}到{chinese_short_day(holding.until)}为止,已过期。"
            f"请先交还{holding.keeper_name},或由领导重新指定。",
            KEEPING,
            field="seal",
        )
    if card.carry is not None and card.carry != carry:
        raise Refused(f"{card.name}正在外带,归还以前不能在办公室用印。", OUTSIDE, field="seal")
    if carry is not None and card.carry != carry:
        raise Refused(f"{card.name}没有在这次外带中,不能登记现场用印。", OUTSIDE, field="carry")
    return holding
