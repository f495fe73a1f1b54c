"""Putting lines of the register right: a second person looks at each correction, and a voided line stays."""

from __future__ import annotations

from dataclasses import dataclass

from govoffice_tui.clock import day_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import SealOrgan, SealUse
from govoffice_tui.registers import posts
from govoffice_tui.registers.attendance.put_back import REJECTED
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.reviews import ask
from govoffice_tui.registers.seals.checks import require_open, required
from govoffice_tui.registers.seals.lines import Standing, Used, rekey, standing_use, title_values, used
from govoffice_tui.registers.seals.requests import Title, checked_title, copies_used
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seal_states import MOVES, require_move
from govoffice_tui.rules.seals import AUTHORITY, DocumentKind, require_left


@dataclass(frozen=True)
class Corrected:
    """What a line should have said."""

    unit: str
    title: Title
    agent: str
    remark: str = ""


def correct_use(
    office: Office, use: int, corrected: Corrected, reason: str, *, by: int | None, form_key: str | None = None
) -> Used:
    """Put a line right: it is struck and written again under its number, and a second person looks at it.

    Refused without a reason, where it would take more copies than are approved, for a kind that needs a deputy's
    signature the approval does not have, and while an earlier change waits for its second person.
    """
    with office.write("correct_use", by, form_key) as writing:
        if writing.repeated is not None:
            return used(office, [newest(office, use)])
        posts.require(office, "correct_use", by, day_of(writing.now))
        row = standing_use(office, use)
        require_move(MOVES, row.state, "correct_use", AUTHORITY)
        require_open(office, row.event_day)
        _require_reviewed(office, row)
        why = required(reason, "why", "请写为什么更正。")
        title = checked_title(corrected.title)
        if row.item is not None:
            approved = office.fetch("SELECT copies FROM seal_items WHERE id = ?", row.item)[0][0]
            require_left(approved, copies_used(office, row.item, without=use), title.copies)
        _require_deputy(office, row.approval, title.kind)
        new = writing.correct(
            SealUse,
            use,
            why,
            unit=required(corrected.unit, "unit", "请写用印单位。", AUTHORITY),
            agent=required(corrected.agent, "agent", "请写承办人。", AUTHORITY)
            if row.page is not None
            else checked(corrected.agent, "agent"),
            remark=checked(corrected.remark, "remark"),
            **title_values(title),
        )
        _take_over_organs(office, writing, use, new, title)
        rekey(office, writing, new)
        ask(office, writing, SealUse, new, row.event_day, f"更正{row.number}({why})")
        return used(office, [new])


def void_use(office: Office, use: int, reason: str, *, by: int | None, form_key: str | None = None) -> str:
    """Strike a line (作废): it stays readable, its number is spent, and a second person looks at it."""
    with office.write("void_use", by, form_key) as writing:
        if writing.repeated is not None:
            return used(office, [use]).numbers[0]
        posts.require(office, "void_use", by, day_of(writing.now))
        row = standing_use(office, use)
        require_move(MOVES, row.state, "void_use", AUTHORITY)
        require_open(office, row.event_day)
        _require_reviewed(office, row)
        why = required(reason, "why", "请写为什么作废。")
        writing.strike(SealUse, use, why)
        ask(office, writing, SealUse, use, row.event_day, f"作废{row.number}({why})")
        return row.number


def put_back_use(office: Office, writing: Change, row: int, remark: str) -> None:
    """Write back what stood before a correction or a voiding that was rejected."""
    struck, before = office.fetch("SELECT struck_at, corrects FROM seal_uses WHERE id = ?", row)[0]
    if struck is not None:
        writing.put_back(SealUse, row, remark=f"{REJECTED}作废:{remark}")
        new = newest(office, row)
        _move_organs(office, writing, row, new)
        return
    columns = (
        "unit, title, document_number, kind, copies, per_copy, impressions, impressions_reason, is_classified,"
        " paper_book, paper_page, agent, search_key"
    )
    values = office.fetch(f"SELECT {columns} FROM seal_uses WHERE id = ?", before)[0]
    new = writing.correct(
        SealUse,
        row,
        REJECTED,
        remark=f"{REJECTED}:{remark}",
        **dict(zip(columns.split(", "), values, strict=True)),
    )
    for organ, _, _, _ in _organs(office, row):
        writing.strike(SealOrgan, organ, REJECTED)
    _write_organs(
        writing,
        new,
        [
            (name, ours)
            for name, ours in office.fetch(
                "SELECT organ, is_ours FROM seal_organs WHERE use_id = ? ORDER BY place", before
            )
        ],
    )


def newest(office: Office, use: int) -> int:
    """Return the newest row under the number of a row."""
    rows = office.fetch(
        "SELECT n.id FROM seal_uses n JOIN seal_uses o ON n.series = o.series AND n.year = o.year"
        " AND n.number = o.number WHERE o.id = ? ORDER BY n.revision DESC LIMIT 1",
        use,
    )
    return int(rows[0][0])


def _require_reviewed(office: Office, row: Standing) -> None:
    """Refuse to change a line anew while a second person has not answered the last change."""
    if office.fetch(
        "SELECT 1 FROM reviews WHERE register = 'seal_uses' AND entry = ? AND state = 'open' LIMIT 1", row.id
    ):
        raise Refused(f"{row.number}的更正还没有复核,请另一个人复核以后再改。", AUTHORITY)


def _require_deputy(office: Office, approval: int | None, kind: DocumentKind) -> None:
    if approval is None or not kind.needs_deputy:
        return
    if not office.fetch("SELECT 1 FROM seal_approvals WHERE id = ? AND deputy_name <> ''", approval):
        raise Refused(f"这份审批没有分管副主任签字,不能改成{kind.label}。", AUTHORITY, field="kind")


def _take_over_organs(office: Office, writing: Change, old: int, new: int, title: Title) -> None:
    """Keep the organs with the struck line, and write those of the corrected one."""
    for organ, _, _, _ in _organs(office, old):
        writing.strike(SealOrgan, organ, "更正")
    _write_organs(writing, new, [(organ.name, int(organ.is_ours)) for organ in title.organs])


def _move_organs(office: Office, writing: Change, old: int, new: int) -> None:
    for organ, _, _, _ in _organs(office, old):
        writing.update(SealOrgan, organ, use_id=new)


def _write_organs(writing: Change, use: int, organs: list[tuple[str, int]]) -> None:
    for place, (name, is_ours) in enumerate(organs, 1):
        writing.insert(
            SealOrgan,
            use_id=use,
            place=place,
            organ=name,
            is_ours=is_ours,
            entered_at=writing.now,
            entered_by=writing.operator,
        )


def _organs(office: Office, use: int) -> list[tuple[int, int, str, int]]:
    return [
        (row, place, organ, ours)
        for row, place, organ, ours in office.fetch(
            "SELECT id, place, organ, is_ours FROM seal_organs WHERE use_id = ? AND struck_at IS NULL ORDER BY place",
            use,
        )
    ]
