"""`govoffice verify`: the schema, the chain, the rows and the anchors of one office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from govoffice_tui.journal import chain
from govoffice_tui.journal.change import Tail
from govoffice_tui.journal.verify import Finding, verify_chain, verify_rows, verify_since
from govoffice_tui.migrations import SCHEMA
from govoffice_tui.storage.files import Anchor, read_anchors
from govoffice_tui.storage.restore import is_before_restore
from govoffice_tui.storage.schema import columns_of, expected_digest, expected_schema, schema_text
from govoffice_tui.storage.sqlite import Office

CHECKED = "核验"
"""The kind of anchor that says up to where the book was found good."""


@dataclass(frozen=True)
class Report:
    """What a whole check found, and up to where the book went when it began."""

    lines: int
    code: str
    findings: tuple[Finding, ...]


def verify_office(
    office: Office, anchors: Sequence[Anchor] = (), progress: Callable[[int], None] = lambda done: None
) -> Report:
    """Check everything and return every finding, not only the first.

    `anchors` are lines somebody outside the file remembers: from exports, backups or printed sheets.
    """
    tail = office.tail()
    own = [anchor for anchor in read_anchors(office.folder) if not is_before_restore(office, anchor)]
    version = office.fetch("PRAGMA user_version")[0][0]
    older = columns_of(office.database) if version < SCHEMA else None
    findings = [
        *_verify_schema(office, version),
        *verify_chain(office.fetch, office.uuid, progress),
        *verify_rows(office.fetch, progress, older),
        *(finding for anchor in (*own, *anchors) for finding in verify_anchor(office, anchor)),
    ]
    return Report(tail.seq, chain.code(tail.hash), tuple(findings))


def verify_recent(office: Office) -> tuple[Finding, ...]:
    """Check what was written since the last good check, and remember how far a clean book goes.

    Raises CannotWrite where that cannot be remembered.
    """
    good = Tail(0, 0, chain.genesis(office.uuid))
    for anchor in reversed(read_anchors(office.folder)):
        found = office.fetch("SELECT at, hash FROM journal WHERE seq = ?", anchor.seq)
        if anchor.kind == CHECKED and found and bytes(found[0][1]) == anchor.hash:
            good = Tail(anchor.seq, found[0][0], anchor.hash)
            break
    tail = office.tail()
    findings = tuple(verify_since(office.fetch, office.uuid, good))
    if not findings and tail.seq > good.seq and not office.read_only:
        office.note_anchor(CHECKED, tail)
    return findings


def verify_anchor(office: Office, anchor: Anchor) -> Iterator[Finding]:
    """Yield what is wrong between the book and one remembered line."""
    found = office.fetch("SELECT hash FROM journal WHERE seq = ?", anchor.seq)
    if found and bytes(found[0][0]).startswith(anchor.hash):
        return
    if is_before_restore(office, anchor):
        words = f"恢复前的分支:{anchor.kind}(日志第{anchor.seq}笔)记的是恢复备份以前的登记"
        yield Finding("branch", words, seq=anchor.seq)
    elif not found:
        tail = office.tail()
        if anchor.seq:
            yield Finding("older", f"库比锚点旧:{anchor.kind}记到第{anchor.seq}笔,库里只有{tail.seq}笔", seq=anchor.seq)
    else:
        yield Finding("anchor", f"与锚点不一致:{anchor.kind}(日志第{anchor.seq}笔)", seq=anchor.seq)


def _verify_schema(office: Office, version: int) -> Iterator[Finding]:
    """Yield every table, index and trigger that is not as the program of the file's schema made it."""
    if expected_digest(version) is None:
        return
    expected, found = expected_schema(version), schema_text(office.database)
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            what = "不见了" if name not in found else "是多出来的" if name not in expected else "被改动"
            yield Finding("schema", f"表结构“{name}”{what}")
