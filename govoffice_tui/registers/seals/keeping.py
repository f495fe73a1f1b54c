"""Keeping the seals: which there are, who has them by which handover, 清点上锁 every day, and their cleaning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.models import Seal, SealCleaning, SealCount
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import (
    require_day,
    require_holder,
    require_open,
    required,
    seal_of,
)
from govoffice_tui.registers.seals.views import SealCard
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import KEEPING, SealKind


def add_seal(
    office: Office,
    name: str,
    kind: SealKind,
    place: str,
    from_day: date,
    *,
    by: int | None,
    form_key: str | None = None,
) -> int:
    """Enter a seal that is in use from a day on; return its row.

    Refused without a name or a place to lock it up, and for a name another seal in use bears.
    """
    with office.write("add_seal", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return writing.repeated_entry
        today = day_of(writing.now)
        posts.require(office, "add_seal", by, today)
        title = required(name, "name", "请写印章上刻的名称。")
        locked = required(place, "place", "请写存放的桌柜:保存印章的桌柜要牢固加锁。", KEEPING)
        if abs((from_day - today).days) > 366 * 50:
            raise Refused(f"{chinese_day(from_day)}离今天太远,请核对年份。", field="from_day")
        _require_free_name(office, title, from_day)
        return writing.insert(
            Seal,
            name=title,
            kind=kind.value,
            place=locked,
            from_day=from_day.isoformat(),
            entered_at=writing.now,
            entered_by=by,
        )


def correct_seal(
    office: Office,
    seal: int,
    name: str,
    place: str,
    reason: str,
    kind: SealKind | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> SealCard:
    """Put a seal's name or place right, with the reason noted beside it; its kind only before it was used."""
    with office.write("correct_seal", by, form_key) as writing:
        if writing.repeated is not None:
            return seal_of(office, seal)
        posts.require(office, "correct_seal", by, day_of(writing.now))
        card = seal_of(office, seal)
        title = required(name, "name", "请写印章上刻的名称。")
        locked = required(place, "place", "请写存放的桌柜:保存印章的桌柜要牢固加锁。", KEEPING)
        why = required(reason, "why", "请写为什么更正。")
        if title != card.name:
            _require_free_name(office, title, card.from_day)
        right = kind or card.kind
        if right is not card.kind and office.fetch("SELECT 1 FROM seal_uses WHERE seal_id = ? LIMIT 1", seal):
            raise Refused(f"{card.name}已用过,类别不能改;登记错了请停用后另行登记。", KEEPING, field="kind")
        writing.update(
            Seal,
            seal,
            name=title,
            place=locked,
            kind=right.value,
            remark=f"{chinese_day(day_of(writing.now))}更正:{why}",
        )
        return seal_of(office, seal)


def retire_seal(
    office: Office, seal: int, last: date, reason: str, *, by: int | None, form_key: str | None = None
) -> SealCard:
    """Let a seal be used for the last time on a day, with what becomes of it (缴销、封存).

    Refused for a day before its last use or still to come, and while it is out.
    """
    with office.write("retire_seal", by, form_key) as writing:
        if writing.repeated is not None:
            return seal_of(office, seal)
        today = day_of(writing.now)
        posts.require(office, "retire_seal", by, today)
        card = seal_of(office, seal)
        why = required(reason, "why", "请写停用原因和印章去向,如 换发新印,旧印缴销。")
        if card.to_day is not None:
            raise Refused(f"{card.name}已于{chinese_day(card.to_day)}停用。", field="last")
        if card.is_out:
            raise Refused(f"{card.name}正在外带,先归还再停用。", KEEPING, field="last")
        require_day(last, today, "停用日期", "last")
        newest = office.fetch("SELECT max(event_day) FROM seal_uses WHERE seal_id = ? AND struck_at IS NULL", seal)
        if last < card.from_day or (newest[0][0] and last.isoformat() < newest[0][0]):
            raise Refused("停用日期早于启用或最后一次用印,请核对。", field="last")
        writing.update(Seal, seal, to_day=last.isoformat(), remark=why)
        return seal_of(office, seal)


def count_seals(
    office: Office, missing: Mapping[int, str] | None = None, *, by: int | None, form_key: str | None = None
) -> list[str]:
    """Note that every seal in somebody's hands was counted and locked away today; return their names.

    A seal outside the office is counted as out, and its name says so. `missing` gives the seals that were not there,
    with what was done about it. Counted again the same day, the later time stands. Refused to who holds no seal
    (印章管理制度第1条).
    """
    gone = missing or {}
    with office.write("count_seals", by, form_key) as writing:
        today = day_of(writing.now)
        posts.require(office, "count_seals", by, today)
        mine = [
            card
            for card in (
                seal_of(office, seal)
                for (seal,) in office.fetch("SELECT id FROM seals WHERE struck_at IS NULL ORDER BY id")
            )
            if card.is_in_use(today) and card.holding is not None and card.holding.person == by
        ]
        if writing.repeated is not None:
            return [card.whereabouts_name for card in mine]
        if not mine:
            raise Refused("手里没有印章,不用清点。印章由谁保管见保管人页(F8)。", KEEPING)
        require_open(office, today)
        for seal in gone:
            if seal not in {card.id for card in mine}:
                raise Refused("这枚印章不在本人手里,由保管人清点。", KEEPING, field="seal")
        assert by is not None
        for card in mine:
            words = required(gone[card.id], "words", "请写怎么不见的、报告了谁。", KEEPING) if card.id in gone else ""
            found = "missing" if card.id in gone else "out" if card.is_out else "locked"
            standing = office.fetch(
                "SELECT id FROM seal_counts WHERE event_day = ? AND seal_id = ? AND struck_at IS NULL",
                today.isoformat(),
                card.id,
            )
            if standing:
                writing.update(
                    SealCount,
                    standing[0][0],
                    counted_at=writing.now,
                    counted_by_id=by,
                    found=found,
                    remark=words,
                )
            else:
                writing.insert(
                    SealCount,
                    event_day=today.isoformat(),
                    seal_id=card.id,
                    counted_by_id=by,
                    counted_at=writing.now,
                    found=found,
                    remark=words,
                    entered_at=writing.now,
                    entered_by=by,
                )
        return [card.whereabouts_name for card in mine]


def clean_seal(office: Office, seal: int, words: str = "", *, by: int | None, form_key: str | None = None) -> str:
    """Note that a seal was cleaned today; return its name. Only whoever holds it cleans it (印章管理制度第1条)."""
    with office.write("clean_seal", by, form_key) as writing:
        card = seal_of(office, seal)
        if writing.repeated is not None:
            return card.name
        posts.require(office, "clean_seal", by, day_of(writing.now))
        holding = card.holding
        if holding is None or holding.person != by:
            require_holder(office, writing, card)
        require_open(office, day_of(writing.now))
        assert by is not None
        writing.insert(
            SealCleaning,
            event_day=day_of(writing.now).isoformat(),
            seal_id=seal,
            cleaned_by_id=by,
            cleaned_at=writing.now,
            words=checked(words, "words"),
            entered_at=writing.now,
            entered_by=by,
        )
        return card.name


def _require_free_name(office: Office, name: str, day: date) -> None:
    if office.fetch(
        "SELECT 1 FROM seals WHERE name = ? AND struck_at IS NULL AND (to_day IS NULL OR to_day >= ?)",
        name,
        day.isoformat(),
    ):
        raise Refused(f"已有在用的{name},换发新印请先登记旧印停用。", KEEPING, field="name")
