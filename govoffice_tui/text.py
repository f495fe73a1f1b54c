"""Text from outside: cleaning it, the guard over classified marks, masking, and the keys people search names by."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

TEXT_LIMIT = 2000
NAME_LIMIT = 50

MIDDLE_DOT = "·"
_OTHER_DOTS = dict.fromkeys(map(ord, "\u2022\u2027\u30fb\uff65\u22c5\uff0e"), MIDDLE_DOT)

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # cursor, colour
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # title, clipboard
    r"|\x1b[ -/]+[0-~]"  # character sets
)
_NOT_SHOWN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)

# Private-use characters stand for rare name characters in older files, 〇 is one by itself.
_HAN = "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\ufe00-\ufe0f\U00020000-\U000323af"
_VARIANT = "\U000e0100-\U000e01ef"
_SELECTOR = re.compile(f"[\ufe00-\ufe0f{_VARIANT}]")
_SPACE_IN_HAN = rf"(?<=[{_HAN}{_VARIANT}])\s+(?=[{_HAN}])"  # takes as long to compile as all others; `re` keeps it
_SPACE_AT_DOT = re.compile(rf"\s*{MIDDLE_DOT}\s*")


@dataclass(frozen=True)
class Cleaned:
    """Text that may be kept and shown; `removed` counts what went, of which `cut` for being too long."""

    text: str
    removed: int = 0
    cut: int = 0


def clean(raw: str, *, multiline: bool = False, limit: int = TEXT_LIMIT) -> Cleaned:
    """Return text without what cannot be shown or would steer a terminal, everything else as it was typed.

    A tab becomes a space, and so does a line end unless `multiline`; both ends are stripped.
    """
    if is_clean(raw, limit):
        return Cleaned(raw)
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    length = len(text)
    text = _NOT_SHOWN.sub("", _ESCAPE_SEQUENCE.sub("", text))
    removed = length - len(text)
    if not multiline:
        text = text.replace("\n", " ")
    return _cut(text.strip(), limit, removed)


def is_clean(raw: str, limit: int = TEXT_LIMIT) -> bool:
    """Return whether cleaning would surely leave a single line as it is; cheap enough for every cell of a list."""
    return raw.isprintable() and len(raw) <= limit and raw[:1] != " " and raw[-1:] != " "


def cleaned_note(cleaned: Cleaned) -> str:
    """Return the sentence that tells a person what went, empty when nothing did."""
    unseen = cleaned.removed - cleaned.cut
    parts = [f"已去掉{unseen}个不能显示的字符"] if unseen else []
    if cleaned.cut:
        parts.append(f"太长,末尾{cleaned.cut}个字没有保留")
    return ",".join(parts)


def clean_name(raw: str) -> Cleaned:
    """Return a person's name as it is kept: one middle dot (U+00B7), no spaces round it or between characters."""
    if raw.isalpha() and len(raw) <= NAME_LIMIT:
        return Cleaned(raw)
    whole = clean(raw)
    text = _SPACE_AT_DOT.sub(MIDDLE_DOT, close_up(whole.text.translate(_OTHER_DOTS)))
    named = _cut(text, NAME_LIMIT, whole.removed)
    return Cleaned(named.text, named.removed, named.cut + whole.cut)


def close_up(text: str) -> str:
    """Return text without the spaces that set Chinese characters apart for looks: 张　伟, 行 政 股."""
    return re.sub(_SPACE_IN_HAN, "", text)


def _cut(text: str, limit: int, removed: int) -> Cleaned:
    cut = max(0, len(text) - limit)
    return Cleaned(text[:limit].rstrip() if cut else text, removed + cut, cut)


def fold(raw: str) -> str:
    """Return the key two spellings share when a person would call them the same; never stored as the text itself."""
    if raw.isascii() and raw.isalnum():
        return raw.lower()
    key, before = raw, ""
    while key != before:  # each step can bring up work for another, such as a space before an accent
        before = key
        dotted = _NOT_SHOWN.sub("", key).translate(_OTHER_DOTS)
        key = "".join(unicodedata.normalize("NFKC", dotted).casefold().split())
    return key


class Verdict(StrEnum):
    """What the guard says of a text."""

    PASS = "pass"
    REMIND = "remind"
    REFUSE = "refuse"


_LEVEL = "(?:[绝絕]密|[机機]密|[秘祕]密)"
_STAR = "[★☆⭐*∗✩-✰✱✲]"
_COUNT = "(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})"
_JOINT = "[-_—~·.,、:;|/]*"
_REFUSED = (
    f"{_LEVEL}{_JOINT}{_STAR}|{_STAR}{_JOINT}{_LEVEL}"
    # 秘密10月, 秘密2026年: a month or a year of the calendar is no term.
    f"|{_LEVEL}[-_—~·:]*(?:{_COUNT}(?:年|个月)|(?:长期|長期|启封前?|啟封前?)(?![\u4e00-\u9fff]))"
    f"|[★☆⭐]{_JOINT}{_COUNT}(?:年|个月|月(?![份0-9]))"
    f"|{_LEVEL}[级級]|密[级級][:为是]*{_LEVEL}"
    rf"|[\[({{<【〔〖「『]{_LEVEL}件?[\])}}>】〕〗」』]"
    "|密码电报|密碼電報|密传发电|密傳發電"
)
# 随机密码, 拒绝密切接触, 神秘密室: the two characters meet by chance.
_REMINDED = re.compile(f"(?<!神){_LEVEL}(?![码碼钥匙封切集闭度实])")


def guard(raw: str) -> Verdict:
    """Return whether a text may be kept: REFUSE for the marks of a classified paper, REMIND for its bare words.

    Spaces and full-width forms do not hide a mark. A refused text is neither stored, drafted nor logged.
    """
    if not may_be_marked(raw):
        return Verdict.PASS
    key = _SELECTOR.sub("", fold(_ESCAPE_SEQUENCE.sub("", raw)))
    if re.search(_REFUSED, key):
        return Verdict.REFUSE
    return Verdict.REMIND if _REMINDED.search(key) else Verdict.PASS


def may_be_marked(raw: str) -> bool:
    """Return whether a text holds a character without which the guard has nothing to say; cheap."""
    return "密" in raw or "★" in raw or "☆" in raw or "⭐" in raw


def mask_name(name: str) -> str:
    """Return 王×× for 王建国: enough for the person to know themselves, not for others."""
    return name[:1] + "×" * min(len(name) - 1, 2) if len(name) > 1 else "×" * len(name)


def mask_phone(phone: str) -> str:
    """Return 138****5678 for a mobile number; of a shorter one fewer digits stay, of a very short one none."""
    signs = sum(sign.isalnum() for sign in phone)
    head, tail = (3, 4) if signs >= 11 else (0, 3) if signs >= 7 else (0, 1) if signs >= 4 else (0, 0)
    shown, place = [], 0
    for sign in phone:
        if sign.isalnum():
            shown.append(sign if place < head or place >= signs - tail else "*")
            place += 1
        else:
            shown.append(sign)
    return "".join(shown)


# Surnames whose first letter is not that of the character's common reading.
_SURNAMES = dict(zip("乐乜仇么区单句曾朴查炅秘种繁翟祭折覃解郇阚", "ynqyosgzpzgbcpzzsqxxk", strict=True))
_LONG_SURNAMES = {"万俟": "mq", "乐正": "yz", "单于": "cy", "尉迟": "yc", "澹台": "tt", "长孙": "zs"}


def initials(name: str) -> str:
    """Return the lower-case pinyin initials of a name: zw for 张伟, mmttex for 买买提·吐尔逊.

    Letters and digits stay, dots and punctuation go, a character without a known reading becomes `?`.
    """
    key = fold(name)
    known = "" if MIDDLE_DOT in key else _LONG_SURNAMES.get(key[:2]) or _SURNAMES.get(key[:1], "")
    return known + "".join(_initial(sign) for sign in key[len(known) :])


def _initial(sign: str) -> str:
    if sign.isascii() and sign.isalnum():
        return sign
    if unicodedata.category(sign)[0] in "PM":
        return ""
    # The dictionary of phrases costs three times the rest and says nothing about single characters.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, lazy_pinyin

    readings = lazy_pinyin(sign, style=Style.FIRST_LETTER, errors="ignore")
    return readings[0][:1] if readings and readings[0][:1].isascii() else "?"
