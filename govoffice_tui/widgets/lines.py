"""The single lines of the frame: the head, the lasting alarm, and what stands in the book now."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from govoffice_tui.widgets.literal import fitted, plain


def cited(message: str, article: str) -> str:
    """Return a sentence with the article it rests on."""
    return f"{message}(依据:{article})" if article else message


LATE_WORD = "逾期"
"""Stands red at the right end of the head; a word, because a colour alone tells nobody anything."""


@dataclass(frozen=True)
class Head:
    """What the head of a page says."""

    office: str = ""
    day: str = ""
    kind: str = ""
    time: str = ""
    operator_title: str = "经办人"
    operator: str = ""
    is_overdue: bool = False


class HeaderLine(Widget):
    """One line: office, date, weekday and kind of day, time, who is at the keyboard, and whether anything is late."""

    ALLOW_SELECT = False
    head: reactive[Head] = reactive(Head())

    def render(self) -> Content:
        head, width = self.head, self.content_region.width
        who = plain(head.operator)
        late = f" {LATE_WORD} " if head.is_overdue else ""
        right = cell_len(head.operator_title) + 1 + cell_len(who or "未选") + cell_len(late) + bool(late) + 1
        middle = self._middle(head, max(0, width - right - 4))
        office = fitted(head.office, max(0, width - right - cell_len("".join(middle)) - 5))
        day, moment = middle
        before = 1 + cell_len(office) + 3 * bool(office)
        after = width - before - cell_len(day) - cell_len(moment) - right
        return Content.assemble(
            " ",
            office,
            " " * (3 if office else 0),
            day,
            (moment, "bold"),
            " " * max(1, after),
            head.operator_title,
            " ",
            who or ("未选", "bold $due"),
            " " if late else "",
            (late, "bold $on-late on $late"),
            " ",
        )

    def _middle(self, head: Head, space: int) -> tuple[str, str]:
        """Return date and time as they fit: the kind of day gives way first, then the weekday, never the time."""
        weekday = head.day.partition(" ")[0]
        moment = f"   {head.time}" if head.time else ""
        for day in (f"{head.day} {plain(head.kind)}".strip(), head.day, weekday):
            if cell_len(day + moment) + 12 <= space:
                return day, moment
        return weekday, moment


class AlarmBand(Static):
    """A red band that stays until what it says is over."""

    def __init__(self) -> None:
        super().__init__("", id="alarm", markup=False)
        self.display = False

    def show(self, text: str) -> None:
        """Show a sentence, or nothing for an empty one."""
        self.update(plain(text))
        self.display = bool(text)


class StatusLine(Static):
    """The line above the keys: what stands in the book now, or what cannot be and why."""

    def __init__(self, id: str = "status") -> None:
        super().__init__("", id=id, markup=False)

    def say(self, text: str, tone: str = "done") -> None:
        """Show one sentence; the tone is done, refused, waiting or quiet."""
        self.update(plain(text))
        for one in ("done", "refused", "waiting", "quiet"):
            self.set_class(one == tone, f"-{one}")

    @property
    def shown(self) -> str:
        """Return the sentence that stands there."""
        return str(self.content)
