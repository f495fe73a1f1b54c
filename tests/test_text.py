"""What becomes of text from outside: cleaning, the guard, masks and search keys."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govoffice_tui.text import (
    NAME_LIMIT,
    Cleaned,
    Verdict,
    clean,
    clean_name,
    cleaned_note,
    close_up,
    fold,
    guard,
    initials,
    is_clean,
    mask_name,
    mask_phone,
)

HOSTILE = (
    "\x00\x07\x08\t\n\x0b\r\x1b\x7f\x85\x90\x9b\x9c\x9d\xad\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u2060\u2066"
    "\u2069\ufeff\ufffe\uffff\ud800\udfff\U0001fffe\U000e0041 　[]m0;?c\\·•・．张伟王Aaß"
)
anything = st.text(st.one_of(st.characters(), st.sampled_from(HOSTILE), st.characters(categories=["Cs"])), max_size=60)

FORBIDDEN = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufffe\uffff",
    *"\u2066\u2067\u2068\u2069\U0010ffff",
    *map(chr, range(0xD800, 0xE000)),
}


@pytest.mark.parametrize(
    ("raw", "text", "removed"),
    [
        ("周小萍", "周小萍", 0),
        ("  周小萍　", "周小萍", 0),
        ("行政股\t科员", "行政股 科员", 0),
        ("行政股\r\n科员", "行政股 科员", 0),
        ("张\x1b[31m三", "张三", 5),
        ("张\x9b1;31m三", "张三", 6),
        ("A\x1b]0;PWNED\x07B", "AB", 10),
        ("A\x1b]52;c;eA==\x1b\\B", "AB", 13),
        ("A\x1b(BB", "AB", 3),
        ("张\x1b三", "张三", 1),
        ("A\x1b]没有结尾的标题", "A]没有结尾的标题", 1),
        ("\u202e萍小周\u202c", "萍小周", 2),
        ("\ufeff姓名", "姓名", 1),
        ("张\u200b三\u2060\xad", "张三", 3),
        ("张\ud800三\ufffe", "张三", 2),
        ("上\u2028下", "上下", 1),
        ("𬸚䶮\ue000", "𬸚䶮\ue000", 0),
        ("\uf900", "\uf900", 0),
        ("[/] [red]x[/red] =1+1", "[/] [red]x[/red] =1+1", 0),
        ("", "", 0),
    ],
)
def test_what_cannot_be_shown_goes_and_the_rest_keeps_its_order(raw: str, text: str, removed: int) -> None:
    assert clean(raw) == Cleaned(text, removed)


def test_a_text_of_several_lines_keeps_them() -> None:
    assert clean(" 一\r\n二\r三\x0b \n", multiline=True) == Cleaned("一\n二\n三", 1)


def test_what_is_too_long_is_cut_and_said() -> None:
    cleaned = clean("长" * 200_000)
    assert (len(cleaned.text), cleaned.removed, cleaned.cut) == (2000, 198_000, 198_000)
    assert cleaned_note(cleaned) == "太长,末尾198000个字没有保留"
    assert clean("一二 三四", limit=3) == Cleaned("一二", 2, 2)


def test_the_note_says_how_much_went_and_nothing_otherwise() -> None:
    assert cleaned_note(clean("张\u200b三\x00\x07")) == "已去掉3个不能显示的字符"
    assert cleaned_note(clean("张\x00三四", limit=2)) == "已去掉1个不能显示的字符,太长,末尾1个字没有保留"
    assert cleaned_note(clean(" 张三 ")) == ""


@given(raw=anything, multiline=st.booleans(), limit=st.integers(0, 20))
def test_cleaning_twice_changes_nothing_more(raw: str, multiline: bool, limit: int) -> None:
    once = clean(raw, multiline=multiline, limit=limit)
    assert clean(once.text, multiline=multiline, limit=limit) == Cleaned(once.text)
    assert len(once.text) <= limit


@given(raw=anything, multiline=st.booleans())
def test_no_forbidden_character_comes_through(raw: str, multiline: bool) -> None:
    kept = set(clean(raw, multiline=multiline).text)
    assert not kept & (FORBIDDEN - {"\n"} if multiline else FORBIDDEN)


@given(raw=st.text(st.characters(categories=["L", "M", "N", "P", "S"])))
def test_what_can_be_shown_is_stored_as_typed(raw: str) -> None:
    assert clean(raw) == Cleaned(raw)


@given(raw=st.text(st.one_of(st.characters(), st.sampled_from(HOSTILE)), max_size=3))
def test_a_text_called_clean_needs_no_cleaning(raw: str) -> None:
    if is_clean(raw):
        assert not set(raw) & FORBIDDEN
        assert raw == raw.strip()


@pytest.mark.parametrize("dot", "\u00b7\u2022\u2027\u30fb\uff65\u22c5\uff0e")
def test_every_middle_dot_of_a_name_becomes_one_without_spaces(dot: str) -> None:
    assert clean_name(f"阿卜杜热合曼{dot}买买提明").text == "阿卜杜热合曼·买买提明"
    assert clean_name(f"阿卜杜热合曼 {dot}　买买提明").text == "阿卜杜热合曼·买买提明"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张　伟", "张伟"),
        ("王 伟", "王伟"),
        ("冯\u00a0䶮", "冯䶮"),
        ("卓\n玛", "卓玛"),
        ("𠮷 𬸚", "𠮷𬸚"),
        ("葛\U000e0100 伟", "葛\U000e0100伟"),
        ("John Smith", "John Smith"),
        ("\u202e张\u200b伟", "张伟"),
    ],
)
def test_spaces_between_the_characters_of_a_name_go(raw: str, name: str) -> None:
    assert clean_name(raw).text == name


def test_a_name_has_room_for_fifty_characters() -> None:
    assert clean_name("买" * NAME_LIMIT) == Cleaned("买" * NAME_LIMIT)
    assert clean_name("买 " * NAME_LIMIT) == Cleaned("买" * NAME_LIMIT)
    assert clean_name("买" * 200_000) == Cleaned("买" * NAME_LIMIT, 199_950, 199_950)


@given(raw=anything)
def test_cleaning_a_name_twice_changes_nothing_more(raw: str) -> None:
    once = clean_name(raw).text
    assert clean_name(once) == Cleaned(once)


def test_characters_set_apart_for_looks_close_up() -> None:
    assert close_up("行 政　股 A 座") == "行政股 A 座"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢ１２", "ab12"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提 • 吐尔逊"),
        ("张　伟", "张伟"),
        ("\uf900", "\u8c48"),
        ("Straße", "STRASSE"),
        ("张\u200b伟", "张伟"),
    ],
)
def test_spellings_a_person_would_call_the_same_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(raw=anything)
def test_folding_twice_changes_nothing_more(raw: str) -> None:
    assert fold(fold(raw)) == fold(raw)


REFUSED = [
    "机密★3年",
    "机密★",
    "绝密☆",
    "秘密*",
    "★机密",
    "机 密 ★ 3 年",
    "机　密　★",
    "机密＊１年",
    "机\u200b密★",
    "机\x1b[0m密★",
    "机\ufe00密★",
    "★\ufe0f3年",
    "绝密★长期",
    "绝密长期",
    "绝密★启封前",
    "秘密启封",
    "秘密3年",
    "秘密 十年",
    "机密6个月",
    "★3年",
    "★６月",
    "☆十年",
    "机密级",
    "秘密级文件",
    "绝密级★",
    "密级:机密",
    "密级 秘密",
    "【机密】",
    "(机密)",
    "（机密）某某通知",
    "[绝密]",
    "〔秘密〕",
    "［ 秘 密 ］",
    "(机密件)",
    "密码电报",
    "收密 码 电 报一份",
    "密传发电",
    "機密★",
]
REMINDED = [
    "机密",
    "绝密",
    "秘密",
    "机密处",
    "保守国家秘密",
    "绝密文件不进本机",
    "机 密",
    "秘密10月学习",
    "商业秘密2026年培训",
]
PASSED = [
    "",
    "保密局",
    "保密工作会议",
    "机要室",
    "秘书",
    "秘书股",
    "保密制度学习",
    "保密办",
    "涉密件,见机要第3册第12页",
    "随机密码",
    "拒绝密切接触",
    "神秘密室",
    "★重点工作",
    "★10月12日开会",
    "★10月份计划",
    "★2026年要点",
    "2*3年",
    "密封条",
    "人口密度",
]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [(text, Verdict.REFUSE) for text in REFUSED]
    + [(text, Verdict.REMIND) for text in REMINDED]
    + [(text, Verdict.PASS) for text in PASSED],
)
def test_the_guard_tells_a_mark_from_a_word(text: str, verdict: Verdict) -> None:
    """Handbook example 29."""
    assert guard(text) is verdict


@given(
    text=st.sampled_from([text for text in REFUSED if text not in ("绝密长期", "秘密启封")]),
    before=st.sampled_from(["", "关于", "件:"]),
    after=st.sampled_from(["", "的通知"]),
)
def test_a_mark_is_found_inside_a_longer_text(text: str, before: str, after: str) -> None:
    assert guard(before + text + after) is Verdict.REFUSE


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王建国", "王××"), ("王伟", "王×"), ("买买提·吐尔逊", "买××"), ("王", "×"), ("", "")],
)
def test_a_masked_name_keeps_its_first_character(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("0971-8230123", "097*-***0123"),
        ("8230123", "****123"),
        ("66123", "****3"),
        ("120", "***"),
        ("张三家", "***"),
        ("", ""),
    ],
)
def test_a_masked_phone_hides_at_least_as_much_as_tells_whose_it_is(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(phone=st.text(min_size=1))
def test_no_phone_however_short_shows_whole(phone: str) -> None:
    hidden = sum(sign.isalnum() for sign in phone)
    assert hidden == 0 or mask_phone(phone) != phone


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("张伟", "zw"),
        ("买买提·吐尔逊", "mmttex"),
        ("买买提・吐尔逊", "mmttex"),
        ("单晓东", "sxd"),
        ("单于飞", "cyf"),
        ("曾志强", "zzq"),
        ("仇英", "qy"),
        ("解海燕", "xhy"),
        ("查玉兰", "zyl"),
        ("盖春梅", "gcm"),
        ("任永福", "ryf"),
        ("区文斌", "owb"),
        ("朴秀英", "pxy"),
        ("尉迟恭", "ycg"),
        ("尉建国", "wjg"),
        ("欧阳丽娟", "oylj"),
        ("万俟海", "mqh"),
        ("长孙玉兰", "zsyl"),
        ("令狐晓", "lhx"),
        ("翟文", "zw"),
        ("贾敏", "jm"),
        ("褚文斌", "cwb"),
        ("冯䶮", "fy"),
        ("王𬸚", "wy"),
        ("小单", "xd"),
        ("Ａ1王", "a1w"),
        ("王\U000e0100伟", "ww"),
        ("王\ue000", "w?"),
        ("□伟", "?w"),
        ("", ""),
    ],
)
def test_initials_read_a_surname_as_a_surname(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(name=st.text(max_size=20))
def test_initials_are_ascii_whatever_the_name(name: str) -> None:
    assert initials(name).isascii()


def test_importing_the_module_brings_no_heavy_library_along() -> None:
    heavy = ("textual", "peewee", "pypinyin", "openpyxl", "dateutil")
    program = f"import govoffice_tui.text, sys; print([name for name in {heavy!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_stored_text_is_not_normalised() -> None:
    typed = "e\u0301 Å ﬁ ㍻"
    assert clean(typed).text == typed != unicodedata.normalize("NFC", typed)
