"""Sums of money: typed in 元, kept in fen."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from govoffice_tui.rules.refusal import Refused

EXACT = 2
"""Decimals of a sum somebody pays; a price worked out in a spreadsheet has more and is rounded."""

_SUM = re.compile(r"[0-9]{1,9}(?:\.([0-9]{0,6}))?")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def narrowed(text: str) -> str:
    """Return text with full-width signs as plain ones, without blanks and thousands' commas."""
    return "".join(text.translate(_FULL_WIDTH).replace(",", "").split())


def read_fen(typed: str, field: str, *, most: int, decimals: int = EXACT) -> int | None:
    """Return the fen a sum typed in 元 means, half a fen rounded up; None for nothing typed.

    Refused for what is no sum, for more decimals than are asked for, and above `most` fen.
    """
    text = narrowed(typed).removesuffix("元").removeprefix("¥").removeprefix("￥")
    if not text:
        return None
    found = _SUM.fullmatch(text)
    if found is None or len(found[1] or "") > decimals:
        limit = f",最多{decimals}位小数" if decimals == EXACT else ";不知道就空着"
        raise Refused(f"金额写元,如 680 或 680.50{limit}。", field=field)
    fen = int((Decimal(text.rstrip(".")) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if fen > most:
        raise Refused("金额太大,请核对。", field=field)
    return fen


def yuan(fen: int | None) -> str:
    """Return 23.50, empty where no sum is known."""
    if fen is None:
        return ""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
