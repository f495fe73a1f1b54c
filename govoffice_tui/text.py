"""Text from outside: cleaning, the classified guard, masking, search keys and pinyin initials."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LINE_LIMIT = 2000
NAME_LIMIT = 50
MIDDLE_DOT = "\u00b7"

_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])?"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|["
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_DOTS = re.compile("\\s*[\u00b7\u2022\u2027\u30fb\uff65\u22c5\uff0e]\\s*")
_BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True)
class Cleaned:
    """What is left of a text, and how many characters went."""

    text: str
    removed: int


def clean(raw: str, *, multiline: bool = False, limit: int = LINE_LIMIT) -> Cleaned:
    """Return a text without what cannot be seen or would command a terminal; the order of the rest is kept.

    The text is otherwise stored as typed. One line unless `multiline`; what is over `limit` characters goes.
    """
    text = _ESCAPES.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    text = _UNSEEN.sub("", text)
    if not multiline:
        text = text.replace("\n", " ")
    text = text.strip()
    kept = text[:limit].rstrip()
    spaces = len(raw) - len(raw.strip(" \n\t\r"))
    return Cleaned(kept, max(0, len(raw.replace("\r\n", "\n")) - spaces - len(kept)) if kept != raw.strip() else 0)


def cleaned_note(cleaned: Cleaned) -> str:
    """Return the sentence that tells what was taken out, empty where nothing was."""
    return f"已去掉{cleaned.removed}个不能显示或过长的字符" if cleaned.removed else ""


def clean_name(raw: str) -> Cleaned:
    """Return a person's name: one kind of middle dot, no spaces between Chinese characters."""
    cleaned = clean(raw, limit=NAME_LIMIT * 4)
    name = _BETWEEN_IDEOGRAPHS.sub("", _DOTS.sub(MIDDLE_DOT, cleaned.text))
    return Cleaned(name[:NAME_LIMIT], cleaned.removed + max(0, len(name) - NAME_LIMIT))


def fold(raw: str) -> str:
    """Return the key two spellings of the same word share: half width, lower case, one dot, no spaces."""
    text = unicodedata.normalize("NFKC", _DOTS.sub(MIDDLE_DOT, raw)).casefold()
    return "".join(unicodedata.normalize("NFKC", text).split())


class Verdict(StrEnum):
    """What the guard says of a text before it is saved, drafted or logged."""

    PASS = "pass"
    REMIND = "remind"
    REFUSE = "refuse"


_GRADE = "(?:绝密|机密|秘密)"
_REFUSED = re.compile(
    rf"{_GRADE}[★☆*]|[★☆]{_GRADE}|[★☆]\d+[年月]|[★☆](?:长期|启封)|{_GRADE}\d+年|{_GRADE}级|{_GRADE}(?:文件|电报|件)"
    rf"|[\[(【〔《<]{_GRADE}[\])】〕》>]|密码电报|密传发电"
)
_BARE = re.compile(rf"(?<![\u4e00-\u9fff保]){_GRADE}(?![\u4e00-\u9fff])|{_GRADE}(?:处|室)")


def guard(raw: str) -> Verdict:
    """Rule on a text: refuse what bears a classification mark, remind of a bare word, pass the rest (保密制度第2条)."""
    text = fold(clean(raw, multiline=True, limit=len(raw)).text)
    if _REFUSED.search(text):
        return Verdict.REFUSE
    if any(_BARE.search(part) for part in re.split(r"[\s,。;:、,;:]+", unicodedata.normalize("NFKC", raw))):
        return Verdict.REMIND
    return Verdict.PASS


def mask_name(name: str) -> str:
    """Return 王×× of 王建国."""
    return name[:1] + "×" * max(1, len(name) - 1) if name else ""


def mask_phone(phone: str) -> str:
    """Return 138****5678; a short number keeps only its last two digits."""
    if len(phone) >= 11:
        return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
    return "*" * max(0, len(phone) - 2) + phone[-2:]


_SURNAMES: Mapping[str, str] = {
    "单": "s", "曾": "z", "仇": "q", "解": "x", "查": "z", "盖": "g", "任": "r", "区": "o", "朴": "p", "翟": "z",
    "缪": "m", "葛": "g", "种": "c", "繁": "p", "秘": "b", "冼": "x", "尹": "y", "员": "y", "乐": "y", "召": "s",
    "尉迟": "yc", "单于": "cy", "万俟": "mq", "长孙": "zs", "澹台": "tt", "令狐": "lh", "宿": "s", "折": "s", "句": "g",
    "贾": "j", "石": "s", "覃": "q", "卜": "b", "都": "d", "䶮": "y",
}  # fmt: skip


def initials(name: str) -> str:
    """Return the pinyin initials of a name in lower case, surnames read as surnames; `?` where no reading is known.

    Letters and digits stay as they are, the middle dot goes.
    """
    for length in (2, 1):
        letters = _SURNAMES.get(name[:length])
        if letters is not None:
            return letters + _letters(name[length:])
    return _letters(name)


def _letters(text: str) -> str:
    """Return the first letter of each character's commonest reading."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = []
    for letter in text:
        if letter.isascii():
            found.append(letter.lower() if letter.isalnum() else "")
        elif letter != MIDDLE_DOT and not letter.isspace():
            reading = _SURNAMES.get(letter, "") if letter == "䶮" else pinyin(letter, style=Style.FIRST_LETTER)[0][0]
            found.append(reading if reading.isascii() and reading.isalpha() else "?")
    return "".join(found)
