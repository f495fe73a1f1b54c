"""How a line of the journal is written down and hashed; docs/journal-format.md is the same in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

Value = str | int | None

PAYLOAD_TAG = b"govoffice:1:payload\n"
ENTRY_TAG = b"govoffice:1:entry\n"
GENESIS_TAG = b"govoffice:1:genesis\n"

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Mapping[str, Value] | Sequence[Value]) -> str:
    """Return the one spelling of a row (an object) or of a head (a list)."""
    return _encode(value)


def genesis(uuid: bytes) -> bytes:
    """Return what the first line of an office has as its previous hash."""
    return sha256(GENESIS_TAG + uuid).digest()


def payload_hash(salt: bytes, payload: str) -> bytes:
    """Return the hash that stays when a payload is purged."""
    return sha256(PAYLOAD_TAG + salt + payload.encode()).digest()


def line_hash(previous: bytes, seq: int, at: int, head: str, hash_of_payload: bytes) -> bytes:
    """Return the hash of one line: everything in it, and the hash of the line before."""
    return sha256(
        ENTRY_TAG
        + previous
        + seq.to_bytes(8, "big")
        + at.to_bytes(8, "big", signed=True)
        + sha256(head.encode()).digest()
        + hash_of_payload
    ).digest()


def code(hash_of_line: bytes) -> str:
    """Return the 核对码 of a line: the first eight hex digits of its hash."""
    return hash_of_line.hex()[:8]
