"""Free text on its way into the book: cleaned, and refused where it bears a classification mark."""

from __future__ import annotations

from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import Verdict, clean, guard

NOT_HERE = "这里不能写涉密内容。请登记到机要登记簿,此处只写“涉密件,见机要第__册第__页”。"


def checked(raw: str, field: str, *, multiline: bool = False) -> str:
    """Return a text as it may be stored; refused, without repeating it, where the guard says so (保密制度第2条)."""
    text = clean(raw, multiline=multiline).text
    if guard(text) is Verdict.REFUSE:
        raise Refused(NOT_HERE, "保密制度第2条", field=field)
    return text
