"""What a terminal sends: other encodings and pastes with escapes in them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste

from govoffice_tui.screens.terminal import PASTE_BEGINS, PASTE_ENDS, TerminalDecoder
from govoffice_tui.widgets.line_input import ESCAPE_STAND_IN, WRONG_BYTES, cleaned_paste


def decoded(*chunks: bytes) -> str:
    """Return what the key parser gets of bytes that came in these chunks."""
    decoder = TerminalDecoder()
    return "".join(decoder.decode(chunk) for chunk in chunks) + decoder.decode(b"", final=True)


def test_bytes_of_gbk_become_replacement_characters_instead_of_an_error() -> None:
    assert set(decoded("中文".encode("gbk"))) <= {"\ufffd", *map(chr, range(128))}
    assert "\ufffd" in decoded("中文".encode("gbk"))


def test_keys_pass_as_they_are_and_at_once() -> None:
    decoder = TerminalDecoder()
    assert decoder.decode(b"\x1b") == "\x1b"
    assert decoder.decode(b"\x1b[A") == "\x1b[A"
    assert decoder.decode("张".encode()[:2]) == ""
    assert decoder.decode("张".encode()[2:]) == "张"


def test_an_escape_inside_a_paste_keeps_its_place_in_the_text() -> None:
    sent = f"{PASTE_BEGINS}张\x1b[31m三\n四五{PASTE_ENDS}x"
    events = list(XTermParser().feed(decoded(sent.encode())))
    assert [type(event) for event in events] == [Paste, Key]
    [paste, _] = events
    assert isinstance(paste, Paste)
    assert cleaned_paste(paste.text, 100)[0] == "张三 四五"


@given(st.text(alphabet="张x\x1b[201~\n", max_size=40), st.lists(st.integers(0, 80), max_size=4))
def test_a_paste_is_the_same_however_it_is_cut_into_chunks(pasted: str, cuts: list[int]) -> None:
    sent = f"a{PASTE_BEGINS}{pasted}".encode() + f"{PASTE_ENDS}b".encode()
    begun = len(b"a" + PASTE_BEGINS.encode())
    places = sorted({begun, *(begun + cut for cut in cuts if begun + cut < len(sent)), len(sent)})
    chunks = [sent[: places[0]], *(sent[start:end] for start, end in pairwise(places))]
    assert decoded(*chunks) == decoded(sent)
    assert "\x1b" not in decoded(sent).partition(PASTE_BEGINS)[2].partition(PASTE_ENDS)[0]


def test_two_pastes_after_one_another_are_both_guarded() -> None:
    one = f"{PASTE_BEGINS}甲\x1b乙{PASTE_ENDS}"
    guarded = one.replace("甲\x1b", f"甲{ESCAPE_STAND_IN}")
    assert decoded((one + "k\x1b[A" + one).encode()) == f"{guarded}k\x1b[A{guarded}"


def test_a_paste_tells_what_was_taken_out_and_joined() -> None:
    assert cleaned_paste("王伟", 50) == ("王伟", "")
    assert cleaned_paste("王\u200b伟", 50)[1].startswith("已去掉")
    assert cleaned_paste("王\n伟", 50) == ("王 伟", "多行已并成一行")
    assert cleaned_paste("王\n伟", 50, multiline=True) == ("王\n伟", "")
    assert WRONG_BYTES in cleaned_paste("王\ufffd", 50)[1]
    assert cleaned_paste("王伟", 1)[0] == "王"
    assert cleaned_paste("王伟", 0)[0] == ""


def test_a_pasted_column_becomes_a_list_where_the_field_holds_one() -> None:
    assert cleaned_paste("县财政局\r\n县水利局\r\n", 50, joint="、") == ("县财政局、县水利局", "多行已并成一行")
    assert cleaned_paste("县财政局\t县水利局\n\n 城关镇", 50, joint="、")[0] == "县财政局、县水利局、城关镇"
    assert cleaned_paste("县财政局", 50, joint="、") == ("县财政局", "")
