"""Which forms were written to which files, and the anchor that stands in each."""

from __future__ import annotations

from dataclasses import dataclass

from govoffice_tui.journal.verify import REGISTER_WORDS
from govoffice_tui.models import Export
from govoffice_tui.registers.office import Office


@dataclass(frozen=True)
class Exported:
    """One version of one form of one period (`rules.periods`)."""

    form: str
    period: str
    version: int
    digest: str
    file_name: str
    anchor_seq: int
    anchor_hash: str
    made_at: int


_COLUMNS = "form, period, version, digest, file_name, anchor_seq, anchor_hash, made_at"


def newest(office: Office, form: str, period: str) -> Exported | None:
    """Return the last version of a form, None before the first."""
    rows = office.fetch(
        f"SELECT {_COLUMNS} FROM exports WHERE form = ? AND period = ? ORDER BY version DESC LIMIT 1", form, period
    )
    return Exported(*rows[0]) if rows else None


def of_month(office: Office, month: str) -> list[Exported]:
    """Return every version of every form of a month and its days, or of a year (YYYY) itself, newest first."""
    rows = office.fetch(
        f"SELECT {_COLUMNS} FROM exports WHERE substr(period, 1, 7) = ? ORDER BY made_at DESC, id DESC", month
    )
    return [Exported(*row) for row in rows]


def record_export(
    office: Office,
    form: str,
    period: str,
    digest: str,
    file_name: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Exported:
    """Record the next version of a form whose figures changed, anchored at the last line before it.

    The same figures as the last version change nothing: that version, its anchor, date and name come back.
    """
    with office.write("record_export", by, form_key) as writing:
        last = newest(office, form, period)
        if last is not None and last.digest == digest:
            return last
        exported = Exported(
            form,
            period,
            1 if last is None else last.version + 1,
            digest,
            file_name,
            writing.tail.seq,
            writing.tail.hash.hex(),
            writing.now,
        )
        writing.insert(
            Export,
            form=exported.form,
            period=exported.period,
            version=exported.version,
            digest=exported.digest,
            file_name=exported.file_name,
            anchor_seq=exported.anchor_seq,
            anchor_hash=exported.anchor_hash,
            made_at=exported.made_at,
            made_by=by,
        )
    office.note_anchor(f"导出 {file_name}")
    return exported


def hash_before(office: Office, exported: Exported) -> str:
    """Return the anchor of the export written before this one, empty for the office's first."""
    rows = office.fetch(
        "SELECT anchor_hash FROM exports WHERE id <"
        " (SELECT id FROM exports WHERE form = ? AND period = ? AND version = ?) ORDER BY id DESC LIMIT 1",
        exported.form,
        exported.period,
        exported.version,
    )
    return str(rows[0][0]) if rows else ""


def entered_between(office: Office, first: int, last: int) -> list[tuple[str, int]]:
    """Return how many lines of which registers were written after one anchor and up to another."""
    rows = office.fetch(
        "SELECT register, count(*) FROM journal WHERE seq > ? AND seq <= ? GROUP BY register ORDER BY register",
        first,
        last,
    )
    return [(REGISTER_WORDS[register], count) for register, count in rows if register not in ("exports", "events")]
