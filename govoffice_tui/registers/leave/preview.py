"""What a slip would be, told while it is being typed; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from govoffice_tui.registers.leave.charts import FARTHEST, LONGEST
from govoffice_tui.registers.leave.rights import annual_of
from govoffice_tui.registers.leave.standing import approvers_on, ruling_on
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.leave import LeaveKind, Stretch, days_words
from govoffice_tui.rules.leave_approval import LeaveRuling, Level


@dataclass(frozen=True)
class Preview:
    """The ruling on a slip, who would approve it today (None for a county leader), and what is left of annual leave."""

    ruling: LeaveRuling
    approver: int | None
    annual_words: str

    @property
    def words(self) -> str:
        """Return 3天 须书面向主任请假(考勤制度第5条), with what adjoining leave and annual leave add."""
        parts = (f"{self.ruling.words}({self.ruling.article})", self.ruling.adjoining_words, self.annual_words)
        return ";".join(part for part in parts if part)


def preview(office: Office, person: int, asked: Stretch, *, without: int | None = None) -> Preview | None:
    """Return the preview of a slip, None where its days are reversed or far too many."""
    is_far = abs((asked.start.day - office.now().date()).days) > FARTHEST
    if asked.end < asked.start or is_far or (asked.end.day - asked.start.day).days > LONGEST:
        return None
    ruling = ruling_on(office, person, asked, without=without)
    heads = approvers_on(office, office.now().date())
    wanted = heads.get(ruling.level) if ruling.level is not Level.COUNTY else None
    return Preview(ruling, wanted, _annual_words(office, person, asked, ruling))


def _annual_words(office: Office, person: int, asked: Stretch, ruling: LeaveRuling) -> str:
    if asked.kind is not LeaveKind.ANNUAL:
        return ""
    one = annual_of(office, asked.start.day.year, date(asked.start.day.year, 12, 31)).get(person)
    if one is None or one.left is None:
        return "本年年休假应休天数还没有登记"
    left = one.left - ruling.halves
    return f"本年年休假剩余{days_words(one.left)}" + (f",超出{days_words(-left)}" if left < 0 else "")
