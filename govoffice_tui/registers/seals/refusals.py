"""The refusal list: what was asked for at the counter and not stamped."""

from __future__ import annotations

from govoffice_tui.clock import day_of
from govoffice_tui.models import Event
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.checks import require_open, required
from govoffice_tui.rules.blank_paper import blank_refused


def refuse_stamp(office: Office, unit: str, what: str, *, by: int | None, form_key: str | None = None) -> str:
    """Note that a unit wanted blank paper stamped and was refused (印章管理制度第5条); return the sentence."""
    with office.write("refuse_stamp", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _words(office, writing.repeated_entry)
        posts.require(office, "refuse_stamp", by, day_of(writing.now))
        require_open(office, day_of(writing.now))
        who = required(unit, "unit", "请写哪个单位送来的。")
        brought = required(what, "what", "请写送来的是什么,如 空白介绍信2份。")
        refusal = blank_refused(f"{who}送来的“{brought}”")
        row = writing.insert(Event, at=writing.now, kind="refusal", detail=f"refuse_stamp:{refusal}")
        return _words(office, row)


def _words(office: Office, event: int) -> str:
    detail = office.fetch("SELECT detail FROM events WHERE id = ?", event)[0][0]
    return str(detail).partition(":")[2]
