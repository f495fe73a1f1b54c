"""What stands beside the database file: its name, the anchors, and what kind of disk it lies on."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from govoffice_tui.clock import local
from govoffice_tui.journal.change import Tail

DATABASE = "office.db"
ANCHORS = "anchors.log"
MIGRATED = "migrating.db"
"""The copy of an office that is being brought to a newer schema."""

_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "davfs"})
_REMOTE_DRIVE = 4


@dataclass(frozen=True)
class Anchor:
    """A line of the journal as somebody outside the file remembers it."""

    seq: int
    hash: bytes
    kind: str


def append_anchor(folder: Path, at: int, tail: Tail, kind: str) -> None:
    """Add one line to anchors.log and wait for the disk; raises OSError.

    A line that a crash cut off stays a line of its own: the new one begins after it.
    """
    path = folder / "data" / ANCHORS
    descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "ab+") as log:
        is_torn = log.tell() > 0 and (log.seek(-1, os.SEEK_END), log.read(1))[1] != b"\n"
        line = f"{local(at):%Y-%m-%dT%H:%M:%S} {tail.seq} {tail.hash.hex()} {kind}\n"
        log.write((b"\n" if is_torn else b"") + line.encode())
        log.flush()
        os.fsync(log.fileno())


def read_anchors(folder: Path) -> list[Anchor]:
    """Return every readable line of anchors.log; a line cut off by a crash is passed over."""
    return [anchor for line in _anchor_lines(folder) if (anchor := _anchor_in(line)) is not None]


def newest_anchor(folder: Path) -> Anchor | None:
    """Return the last readable anchor."""
    return next((anchor for line in reversed(_anchor_lines(folder)) if (anchor := _anchor_in(line)) is not None), None)


def _anchor_lines(folder: Path) -> list[str]:
    path = folder / "data" / ANCHORS
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []


def _anchor_in(line: str) -> Anchor | None:
    parts = line.split(" ", 3)
    if len(parts) == 4 and parts[1].isdecimal() and len(parts[2]) == 64 and _is_hex(parts[2]):
        return Anchor(int(parts[1]), bytes.fromhex(parts[2]), parts[3])
    return None


def remove_database(path: Path) -> None:
    """Remove a database file nobody has open, and a journal beside it."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _is_hex(text: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in text)


def is_on_network(path: Path) -> bool:
    """Return whether a path lies on a share of another machine."""
    resolved = path.resolve()
    if sys.platform == "win32":
        import ctypes

        anchor = resolved.anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE_DRIVE
    return _mount_kind(resolved) in _NETWORK_FILE_SYSTEMS


def _mount_kind(path: Path) -> str:
    """Return the file system a path lies on, as the system lists it; empty where it lists none."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return ""
    kind, longest = "", -1
    for line in mounts.read_text(errors="replace").splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) > longest:
            kind, longest = parts[2], len(point.parts)
    return kind
