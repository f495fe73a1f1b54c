"""Text on paper: what a cell may hold, how wide it is set, and which characters the office's font lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from govoffice_tui.text import clean

TEXT_LIMIT = 32_000
"""UTF-16 units a cell may hold: a spreadsheet silently cuts at 32,767."""

CUT_MARK = "…(已截断)"
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@lru_cache(maxsize=4096)
def literal(raw: str) -> str:
    """Return a text as a cell may hold it: without what cannot be seen or would be decoded, cut with a mark."""
    text = _ESCAPE_LIKE.sub("_x005F_", seen(raw))
    if len(text) * 2 <= TEXT_LIMIT or _units(text) <= TEXT_LIMIT:
        return text
    kept = text[: TEXT_LIMIT - len(CUT_MARK)]
    while _units(kept) > TEXT_LIMIT - len(CUT_MARK):
        kept = kept[: -max(1, (_units(kept) - TEXT_LIMIT + len(CUT_MARK)) // 2)]
    return kept + CUT_MARK


def seen(raw: str) -> str:
    """Return a text without control characters, as a file can hold it."""
    return clean(raw, multiline=True, limit=len(raw)).text


def foot_text(raw: str) -> str:
    """Return a text as the foot of a page may hold it: there `&` begins a code."""
    return seen(raw).replace("\n", " ").replace("&", "&&")


@lru_cache(maxsize=4096)
def is_common(text: str) -> bool:
    """Return whether 仿宋_GB2312 has every character; the codec knows the middle dot and the dash by other names."""
    try:
        text.replace("\u00b7", "\u30fb").replace("\u2014", "\u2015").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def ems(text: str) -> float:
    """Return how wide a text is set, in widths of a Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.55 for letter in text)


def made_words(made_at: datetime) -> str:
    """Return 2026年11月2日 7:30制表, as it stands at the foot of every page."""
    return f"{made_at.year}年{made_at.month}月{made_at.day}日 {made_at.hour}:{made_at.minute:02d}制表"


def joined(parts: Iterable[str], between: str = "、") -> str:
    """Return the parts that are not empty as one text."""
    return between.join(part for part in parts if part)


def number_in_two(number: str) -> str:
    """Return a number for a narrow column, broken behind its year: 会〔2026〕 and 30号."""
    return number.replace("〕", "〕\n", 1)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
